//! The call script: what to read out and to ask, in its order, with what stands in the directory beside each question.

use crate::app::model::Model;
use crate::desk::office::{Answer, Office};
use crate::popups::abilities::answer_key;
use crate::screens::look::Look;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about: 部署, 担当者, 電話.
    pub about: String,
    /// What to read out.
    pub ask: String,
    /// What stands there now; empty: nothing, so that it is asked for.
    pub now: String,
}

/// The questions about an office.
pub fn questions(office: &Office, model: &Model, look: &Look<'_>) -> Vec<Question> {
    let question =
        |about: &str, ask: String, now: String| Question { about: look.locale.t(about).into_owned(), ask, now };
    let plain = |key: &str| look.locale.t(key).into_owned();
    let me = model.operator_name(model.me);
    let hello = look.locale.f("rounds-ask-hello", &[("desk", &model.desk.name), ("me", me)]).into_owned();
    let mut all = vec![question("rounds-about-hello", hello, String::new())];
    let department = if office.department.is_empty() { "rounds-ask-department-new" } else { "rounds-ask-department" };
    all.push(question("field-office-department", plain(department), office.department.clone()));
    let people = office.present_staff();
    if people.is_empty() {
        all.push(question("rounds-about-person", plain("rounds-ask-person-new"), String::new()));
    }
    for (_, person) in people {
        let who = if person.name.is_empty() { &person.department } else { &person.name };
        let ask = look.locale.f("rounds-ask-person", &[("name", who)]).into_owned();
        let extension = extension(&person.extension, look);
        let now = [who.as_str(), &person.role, &person.phone, &extension, &person.handles];
        all.push(question("rounds-about-person", ask, joined(&now)));
    }
    let extension = extension(&office.extension, look);
    let phone = joined(&[&office.phone, &extension]);
    let fax =
        if office.fax.is_empty() { look.locale.t("rounds-no-fax").into_owned() } else { format!("FAX {}", office.fax) };
    all.push(question("rounds-about-numbers", plain("rounds-ask-numbers"), joined(&[&phone, &fax])));
    all.push(question("rounds-about-accepting", plain("rounds-ask-accepting"), accepting(office, look)));
    all.extend(abilities(office, look).map(|(ask, now)| question("rounds-about-able", ask, now)));
    all.push(question("rounds-about-thanks", plain("rounds-ask-thanks"), String::new()));
    all
}

fn extension(number: &str, look: &Look<'_>) -> String {
    if number.is_empty() {
        return String::new();
    }
    look.locale.f("directory-extension", &[("number", number)]).into_owned()
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("  ")
}

fn accepting(office: &Office, look: &Look<'_>) -> String {
    let until =
        office.accepting_until.map(|day| look.locale.f("rounds-until", &[("day", &look.day(day))]).into_owned());
    joined(&[&look.code("accepting", &office.accepting), &office.waiting, &until.unwrap_or_default()])
}

/// What the office can do, as far as the answers are old; where nothing was ever asked, what is to be asked first.
fn abilities(office: &Office, look: &Look<'_>) -> Option<(String, String)> {
    let told = office.capabilities.iter().filter(|(_, told)| told.answer != Answer::Unknown);
    if told.clone().next().is_none() {
        return Some((look.locale.t("rounds-ask-able-new").into_owned(), String::new()));
    }
    let old: Vec<String> = told
        .filter(|(_, told)| told.is_old(look.today))
        .map(|(code, told)| format!("{} {}", look.short_code("capability", code), look.t(answer_key(told.answer))))
        .collect();
    if old.is_empty() {
        return None;
    }
    Some((look.locale.t("rounds-ask-able").into_owned(), old.join("  ")))
}
