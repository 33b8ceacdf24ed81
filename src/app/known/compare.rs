//! How two descriptions of persons compare: what the search folds, what the digits say.

use chrono::Datelike;

use super::{Card, Known};
use crate::desk::id::Id;
use crate::desk::person::{ALIKE, Evidence, Likeness, Person, likeness, phone_likeness};
use crate::search::{Query, fold};

/// How much speaks for one person. What is not known on one side says nothing.
pub fn compare(a: &Card, b: &Person) -> Evidence {
    let told = |text: &str| Some(fold::text(text)).filter(|text| !text.is_empty());
    let numbers: Vec<Likeness> =
        b.phones.values().map(|number| phone_likeness(number, a.phones.iter().map(AsRef::as_ref))).collect();
    let office = if a.office_id.is_nil() || b.office_id.is_nil() {
        likeness(told(&a.office), told(&b.office))
    } else {
        likeness(Some(a.office_id), Some(b.office_id))
    };
    let code = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
    Evidence {
        // Two whole numbers are the same or not: that one ends like the other says nothing.
        phone: numbers
            .into_iter()
            .filter(|n| *n != Likeness::Part)
            .max_by_key(|n| *n == Likeness::Same)
            .unwrap_or_default(),
        name: likeness(told(&a.name), told(&b.name)),
        kana: likeness(told(&a.kana), told(&b.kana)),
        birth_year: likeness(a.birth.map(|day| day.year()), b.birth_year()),
        birth: likeness(a.birth, b.birth),
        office,
        role: likeness(code(&a.kind), code(&b.kind)),
    }
}

/// Who looks like this person, the likest first, with the score; never the person itself.
pub fn alike(known: &Known, id: Id) -> Vec<(Id, i32)> {
    let id = known.resolve(id);
    let Some(card) = known.get(id) else { return Vec::new() };
    let person = card.person();
    let mut found: Vec<(Id, i32)> = candidates(known, &person)
        .into_iter()
        .filter(|other| *other != id)
        .filter_map(|other| Some((other, compare(known.get(other)?, &person).score())))
        .filter(|(_, score)| *score >= ALIKE)
        .collect();
    found.sort_by_key(|(id, score)| (std::cmp::Reverse(*score), *id));
    found
}

/// Who may be this person: whoever has one of the numbers, the name or its reading.
pub(super) fn candidates(known: &Known, person: &Person) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    let texts = person.phones.keys().chain([&person.name, &person.kana]);
    for text in texts.filter(|text| !text.is_empty()) {
        found.extend(known.index.search(&Query::new(text), MOST).into_iter().map(|hit| hit.id));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// How many are compared for one text: more share no number and no name.
const MOST: usize = 40;
