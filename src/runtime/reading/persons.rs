//! What persons called about before, out of the journal.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::app::msg::{Answer, History};
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::id::Id;
use crate::desk::index;
use crate::desk::record::{Kind, RecordKey};
use crate::journal::{Journal, ReadError};

use super::typed;

/// How many contacts are handed on.
const MOST: usize = 12;
/// How many of each person's cases are handed on.
const CASES: usize = 4;

/// The last contacts of these persons, those that they made and those about them, the newest first.
pub(super) fn history(journal: &Journal, persons: &[Id]) -> Result<Answer, ReadError> {
    let mut found: BTreeMap<Id, Contact> = BTreeMap::new();
    let mut add = |key: RecordKey| -> Result<(), ReadError> {
        if let Some(value) = journal.get(key)? {
            found.extend(typed::<Contact>(Kind::Contact, key.id, value).map(|contact| (key.id, contact)));
        }
        Ok(())
    };
    let mut about: Vec<(Id, RecordKey)> = Vec::new();
    for person in persons {
        for key in journal.index_at(index::CALLER, person.bytes())? {
            add(key)?;
        }
        for case in journal.index_at(index::SUBJECT, person.bytes())? {
            about.push((*person, case));
            for key in journal.index_at(index::CASE, case.id.bytes())? {
                add(key)?;
            }
        }
    }
    let cases = cases(journal, &about, &found)?;
    let mut contacts: Vec<(Id, Contact)> = found.into_iter().collect();
    contacts.sort_by_key(|(id, contact)| std::cmp::Reverse((contact.at, *id)));
    // The last one of each caller is told even where others have called since.
    let mut callers: Vec<Id> = Vec::new();
    let mut at = 0;
    contacts.retain(|(_, contact)| {
        let first = persons.contains(&contact.caller_person) && !callers.contains(&contact.caller_person);
        callers.extend(first.then_some(contact.caller_person));
        at += 1;
        at <= MOST || first
    });
    let contacts = contacts.into_iter().map(|(_, contact)| contact).collect();
    Ok(Answer::Persons(Box::new(History { persons: persons.to_vec(), contacts, cases })))
}

/// The newest cases of each person, each with the day of its last contact.
fn cases(
    journal: &Journal,
    about: &[(Id, RecordKey)],
    contacts: &BTreeMap<Id, Contact>,
) -> Result<Vec<(NaiveDate, Case)>, ReadError> {
    let mut days: BTreeMap<Id, NaiveDate> = BTreeMap::new();
    for contact in contacts.values() {
        if let Some(on) = contact.at.map(|at| at.date_naive()) {
            let day = days.entry(contact.case).or_insert(on);
            *day = on.max(*day);
        }
    }
    let mut newest: Vec<&(Id, RecordKey)> = about.iter().collect();
    newest.sort_by_key(|(_, key)| Reverse((days.get(&key.id), key.id)));
    let mut found = Vec::new();
    let mut taken: BTreeMap<Id, usize> = BTreeMap::new();
    for (person, key) in newest {
        let taken = taken.entry(*person).or_default();
        *taken += 1;
        if *taken > CASES {
            continue;
        }
        let Some(value) = journal.get(*key)? else { continue };
        let Some(case) = typed::<Case>(Kind::Case, key.id, value) else { continue };
        let day = days.get(&key.id).copied().or_else(|| case.opened_at.map(|at| at.date_naive()));
        found.extend(day.map(|day| (day, case)));
    }
    Ok(found)
}
