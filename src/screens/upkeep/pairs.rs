//! What is done to the 主治医・副主治医 of a 中学校区: each step is one choice, and one deed.

use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::desk::doctors::pairs::{District, Pair, Row};
use crate::desk::doctors::{self, Fit, Need, What};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::Answer;
use crate::desk::say::Say;
use crate::popups::offices::Offices;
use crate::popups::picker::{Choice, Picker};
use crate::popups::prompt::Prompt;
use crate::search::fold;

/// What can be done with a line, as the picker hands it on.
const DOCTOR: &str = "doctor";
const SECOND: &str = "second";
const NO_SECOND: &str = "no-second";
const CONFIRM: &str = "confirm";
const RENAME: &str = "rename";

/// How many doctors of the district are offered before anything is typed.
const NEAR: usize = 10;

/// Asks what is to be done with a line.
pub(super) fn change(row: &Row<'_>, hands: &mut Hands<'_>) {
    let Some((_, pair)) = row.pair else { return choose(row, None, true, hands) };
    let choice = |code: &str, key: char, label: &'static str| Choice {
        code: code.to_owned(),
        key: Some(key),
        label: hands.locale.t(label).into_owned(),
    };
    let mut choices = vec![choice(DOCTOR, '1', "inquiry-pair-doctor"), choice(SECOND, '2', "inquiry-pair-second")];
    if !pair.second_office.is_nil() {
        choices.push(choice(NO_SECOND, '3', "inquiry-pair-no-second"));
    }
    choices.push(choice(CONFIRM, '4', "inquiry-pair-confirm"));
    choices.push(choice(RENAME, '5', "inquiry-pair-rename"));
    let title = Say::new("inquiry-pair-what").with("district", row.of.name.clone());
    let (district, pair) = ((row.district, row.of.clone()), row.pair.map(|(id, pair)| (id, pair.clone())));
    hands.open(Picker::new(title, choices, Some(CONFIRM), move |hands, code| {
        let Some((id, before)) = pair else { return };
        let row = Row { district: district.0, of: &district.1, pair: Some((id, &before)), gaps: Vec::new() };
        let (me, desk) = (hands.model.me, hands.model.desk_id);
        match code {
            DOCTOR | SECOND => choose(&row, Some((id, before.clone())), code == DOCTOR, hands),
            NO_SECOND => {
                let after = Pair { second_office: Id::NIL, second_staff: Id::NIL, ..before.clone() };
                keep(id, Some(&before), &after, hands);
            }
            CONFIRM => hands.commit(edits::confirm_pair(me, desk, id, hands.today())),
            _ => ask_district(Some((district.0, district.1.clone())), hands),
        }
    }));
}

/// Lets a doctor be chosen from the directory, those first who serve the district: for the pair that there is, else for a
/// new one.
pub(super) fn choose(row: &Row<'_>, pair: Option<(Id, Pair)>, main: bool, hands: &mut Hands<'_>) {
    let key = if main { "inquiry-choose-doctor" } else { "inquiry-choose-second" };
    let title = Say::new(key).with("district", row.of.name.clone());
    let near = near(row.of, hands.model);
    let district = row.district;
    let list = Offices::new(title, near, hands, move |hands, office| which(district, pair, main, office, hands));
    hands.open(list);
}

/// The offices that serve a district, as the list of doctors has them.
fn near(district: &District, model: &Model) -> Vec<Id> {
    let need = Need {
        wanted: vec![doctors::HOME_VISIT.to_owned()],
        area: district.area.clone(),
        school_district: district.name.clone(),
        ..Need::default()
    };
    let (fits, _) = crate::app::doctors::fits(&need, model);
    let serves = |fit: &&Fit| {
        let here = fit.criteria.iter().any(|c| c.what == What::Place && c.answer == Answer::Yes);
        here && fit.worst() != Answer::No
    };
    let mut near: Vec<Id> = Vec::new();
    // Who serves the district comes first, even one who does not want to be asked for cases just now.
    for fit in fits.iter().filter(serves).chain(fits.iter().filter(|fit| fit.fits())) {
        if !near.contains(&fit.office) && near.len() < NEAR {
            near.push(fit.office);
        }
    }
    near
}

/// Of an office with several doctors, which one.
fn which(district: Id, pair: Option<(Id, Pair)>, main: bool, office: Id, hands: &mut Hands<'_>) {
    let Some(found) = hands.model.offices.get(&office) else { return };
    let there = doctors::doctors(found);
    let [only] = there.as_slice() else {
        if there.is_empty() {
            return set(district, pair, main, (office, Id::NIL), hands);
        }
        let named = ('1'..='9').zip(&there).map(|(key, (id, person))| Choice {
            code: id.to_string(),
            key: Some(key),
            label: person.name.clone(),
        });
        let whole = Choice {
            code: Id::NIL.to_string(),
            key: Some('0'),
            label: hands.locale.t("inquiry-whole-office").into_owned(),
        };
        let choices: Vec<Choice> = named.chain([whole]).collect();
        let title = Say::new("inquiry-which-doctor").with("office", found.name.clone());
        hands.open(Picker::new(title, choices, None, move |hands, code| {
            let staff = code.parse().unwrap_or_default();
            set(district, pair, main, (office, staff), hands);
        }));
        return;
    };
    set(district, pair, main, (office, only.0), hands);
}

fn set(district: Id, pair: Option<(Id, Pair)>, main: bool, (office, staff): (Id, Id), hands: &mut Hands<'_>) {
    let (id, before) = pair.map_or_else(|| (hands.ids.fresh(), None), |(id, before)| (id, Some(before)));
    let mut after = before.clone().unwrap_or_else(|| Pair { district, ..Pair::default() });
    after.on = Some(hands.today());
    if main {
        (after.doctor_office, after.doctor_staff) = (office, staff);
    } else {
        (after.second_office, after.second_staff) = (office, staff);
    }
    keep(id, before.as_ref(), &after, hands);
}

fn keep(id: Id, before: Option<&Pair>, after: &Pair, hands: &mut Hands<'_>) {
    match edits::keep_pair(hands.model.me, hands.model.desk_id, id, before, after) {
        Some(batch) => hands.commit(batch),
        None => hands.say(Say::new("keeping-unchanged"), Tone::Good),
    }
}

/// Asks for a district's name: a new one where there is none before.
pub(super) fn ask_district(before: Option<(Id, District)>, hands: &mut Hands<'_>) {
    let text = before.as_ref().map(|(_, district)| format!("{} {}", district.name, district.area)).unwrap_or_default();
    let prompt = Prompt::new(
        Say::new("inquiry-district-title"),
        Say::new("inquiry-district-about"),
        text.trim(),
        move |hands, typed| {
            let known = &hands.model.desk.districts;
            let typed = fold::one_line(typed);
            let mut parts = typed.split_whitespace();
            let name = parts.next().ok_or_else(|| Say::new("inquiry-district-needed"))?;
            let own = before.as_ref().map(|(id, _)| *id);
            if known.iter().any(|(id, other)| Some(*id) != own && fold::same(&other.name, name)) {
                return Err(Say::new("inquiry-district-same").with("name", name));
            }
            let last = known.values().map(|district| district.order).max().unwrap_or_default();
            let (id, was) = before.clone().unwrap_or_else(|| {
                (hands.ids.fresh(), District { order: last.saturating_add(1), ..District::default() })
            });
            let after = District { name: name.to_owned(), area: parts.collect::<Vec<_>>().join(" "), ..was };
            hands.commit(edits::keep_district(hands.model.me, hands.model.desk_id, id, &after));
            Ok(())
        },
    );
    hands.open(prompt);
}
