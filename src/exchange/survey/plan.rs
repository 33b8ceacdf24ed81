//! What sheets of アンケート that came back lead to: answers for the survey, abilities for the directory, and what is to be
//! told. Compares; changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::read::Filled;
use crate::desk::edits::{Answered, answer_survey};
use crate::desk::id::Id;
use crate::desk::office::{Answer, Office};
use crate::desk::phone;
use crate::desk::proposal::answer_code;
use crate::desk::record::{Batch, Explain};
use crate::desk::say::Say;
use crate::desk::survey::{Asked, Returned, Survey, Taken, abilities};
use crate::exchange::ability;
use crate::exchange::proposal::cells::{Place, at};
use crate::search::fold;

/// Something of a sheet that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// The answer is none of those that were given.
    NotAnswer(Place),
    /// It is not known which office it is.
    Whose(Place),
    /// The survey is not one of this desk.
    OtherSurvey(Place),
    /// A newer sheet of the office was read before.
    Older(Place),
    /// The directory has answers of a later day: how many, of which office.
    Newer(String, usize),
}

impl Explain for Left {
    fn say(&self) -> Say {
        match self {
            Self::NotAnswer(place) => at(Say::new("survey-not-answer"), place),
            Self::Whose(place) => at(Say::new("survey-whose"), place),
            Self::OtherSurvey(place) => at(Say::new("survey-other"), place),
            Self::Older(place) => at(Say::new("survey-older"), place),
            Self::Newer(name, count) => Say::new("survey-newer").with("name", name).with("count", count.to_string()),
        }
    }
}

/// What sheets lead to.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// By survey and office what is new.
    pub answered: BTreeMap<Id, BTreeMap<Id, Returned>>,
    /// How many sheets are the same as before.
    pub known: usize,
    /// How many answers about abilities are new to the directory.
    pub abilities: usize,
    /// What was left out.
    pub left: Vec<Left>,
}

/// What these sheets lead to in this directory.
pub fn plan(
    filled: &[Filled],
    surveys: &BTreeMap<Id, Survey>,
    offices: &BTreeMap<Id, &Office>,
    source: &dyn Fn(&Survey) -> String,
    today: NaiveDate,
) -> Plan {
    let mut plan = Plan::default();
    let mut now = surveys.clone();
    for sheet in filled {
        let Some((id, survey)) = sheet.survey.and_then(|id| Some((id, now.get_mut(&id)?))) else {
            plan.left.push(Left::OtherSurvey(sheet.at.clone()));
            continue;
        };
        let Some((office_id, office)) = whose(sheet, survey, offices) else {
            plan.left.push(Left::Whose(sheet.at.clone()));
            continue;
        };
        let answers = answers(sheet, survey, &mut plan.left);
        if answers.is_empty() {
            continue;
        }
        let on = Some(sheet.on.unwrap_or(today));
        let returned = Returned { on, file: sheet.at.file.clone(), answers };
        match survey.takes(office_id, &returned, sheet.on.is_some()) {
            Taken::Known => plan.known += 1,
            Taken::Older => plan.left.push(Left::Older(sheet.at.clone())),
            Taken::New | Taken::Unasked => {
                let (new, newer) = abilities(office, &returned, &source(survey));
                plan.abilities += new.len();
                if !newer.is_empty() {
                    plan.left.push(Left::Newer(office.name.clone(), newer.len()));
                }
                survey.returned.insert(office_id, returned.clone());
                plan.answered.entry(id).or_default().insert(office_id, returned);
            }
        }
    }
    plan
}

/// The office of a sheet: by its key, else the only one of those asked that has the name or the number on it.
fn whose<'o>(sheet: &Filled, survey: &Survey, offices: &BTreeMap<Id, &'o Office>) -> Option<(Id, &'o Office)> {
    let there = |id: Id| offices.get(&id).filter(|office| !office.removed).map(|office| (id, *office));
    if let Some(found) = sheet.office.and_then(there) {
        return Some(found);
    }
    let digits = phone::digits(&sheet.phone);
    let fits = |office: &Office| {
        (!sheet.name.is_empty() && fold::same(&office.name, &sheet.name))
            || (!digits.is_empty() && phone::digits(&office.phone) == digits)
    };
    let asked: BTreeSet<Id> = survey.asked.iter().copied().collect();
    let mut found = asked.into_iter().filter_map(there).filter(|(_, office)| fits(office));
    match (found.next(), found.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// The answers of a sheet as they are kept. What cannot be read is told, and nothing is guessed.
fn answers(sheet: &Filled, survey: &Survey, left: &mut Vec<Left>) -> BTreeMap<String, String> {
    let keys = survey.keys();
    let mut answers = BTreeMap::new();
    for (key, text, place) in &sheet.answers {
        let Some((_, asked)) = keys.iter().find(|(known, _)| known == key) else { continue };
        let answer = match asked {
            Asked::Able(_) | Asked::Accepting => match ability::written(&fold::plain(text)) {
                // 未確認 is no answer.
                Some(Answer::Unknown) => continue,
                answer => answer.map(|answer| answer_code(answer).to_owned()),
            },
            Asked::Own(question) if question.choices.is_empty() => Some(text.clone()),
            Asked::Own(question) => question.choices.iter().find(|choice| fold::same(choice, text)).cloned(),
        };
        match answer {
            Some(answer) => _ = answers.insert(key.clone(), answer),
            None => left.push(Left::NotAnswer(place.clone())),
        }
    }
    answers
}

impl Plan {
    /// How many sheets are taken over.
    pub fn count(&self) -> usize {
        self.answered.values().map(BTreeMap::len).sum()
    }

    /// All of it as one batch; `None` where nothing is new. `how` is how an entry was checked (list `method`).
    pub fn batch(
        &self,
        by: Id,
        surveys: &BTreeMap<Id, Survey>,
        offices: &BTreeMap<Id, &Office>,
        source: &dyn Fn(&Survey) -> String,
        (how, today): (&str, NaiveDate),
    ) -> Option<Batch> {
        let mut whole: Option<Batch> = None;
        let mut taken: BTreeMap<Id, Office> = BTreeMap::new();
        for (id, returned) in &self.answered {
            let Some(survey) = surveys.get(id) else { continue };
            for office in returned.keys() {
                if let Some(entry) = offices.get(office) {
                    taken.entry(*office).or_insert_with(|| (*entry).clone());
                }
            }
            let answered = returned.iter().filter_map(|(office, returned)| {
                Some(Answered { id: *office, office: taken.get(office)?, returned: returned.clone() })
            });
            let answered: Vec<Answered<'_>> = answered.collect();
            let Some(batch) = answer_survey(by, (*id, survey), &answered, (&source(survey), how, today)) else {
                continue;
            };
            match &mut whole {
                Some(whole) => whole.edits.extend(batch.edits),
                None => whole = Some(batch),
            }
        }
        whole
    }
}
