//! Persons of contacts and cases that were kept before there were persons, or came in by an import: made once, a page at a
//! time, each page one batch. Whoever is not sure to be the same stays alone; a name without any other mark makes nobody.
//! A cut-off run begins again and finds what it has made.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::app::known::{Card, Known};
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::edits::{self, Called};
use crate::desk::id::Id;
use crate::desk::operator::DeskProfile;
use crate::desk::person::{Person, first_told_in};
use crate::desk::record::{Edit, Kind, RecordKey};
use crate::journal::{CommitError, Journal, ReadError};
use crate::search::Keys;

/// How many records are looked at in one step.
const PAGE: usize = 64;

/// How far it has come.
#[derive(Default)]
pub struct Deriving {
    known: Known,
    at: At,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum At {
    #[default]
    Begin,
    Persons(Option<Id>),
    Cases(Option<Id>),
    Contacts(Option<Id>),
    End,
}

/// What a step has come to.
pub struct Step {
    /// Records with their values now.
    pub changed: Vec<(RecordKey, Value)>,
    /// Whether that was all.
    pub done: bool,
}

/// Why a step could not be taken. The next start begins again.
#[derive(Debug, thiserror::Error)]
pub enum DeriveError {
    /// Something does not read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Something was not kept.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl Deriving {
    /// Takes over persons that were changed meanwhile.
    pub fn note(&mut self, records: &[(RecordKey, Value)]) {
        for (key, value) in records.iter().filter(|(key, _)| key.kind == Kind::Person) {
            let gone = value.as_object().is_none_or(serde_json::Map::is_empty);
            let person: Option<Person> = if gone { None } else { serde_json::from_value(value.clone()).ok() };
            self.known.apply(key.id, person.as_ref());
        }
    }

    /// The next step.
    ///
    /// # Errors
    /// What was made by earlier steps stays.
    pub fn step(&mut self, journal: &mut Journal, at: DateTime<FixedOffset>) -> Result<Step, DeriveError> {
        let (edits, next) = match self.at {
            At::Begin => {
                let desk = RecordKey::new(Kind::Desk, journal.desk());
                let profile: Option<DeskProfile> = journal.get(desk)?.and_then(typed);
                let next = if profile.is_some_and(|desk| !desk.has_persons) { At::Persons(None) } else { At::End };
                self.at = next;
                return Ok(Step { changed: Vec::new(), done: next == At::End });
            }
            At::Persons(after) => {
                let (page, last) = page(journal, Kind::Person, after)?;
                let cards = page.into_iter().filter_map(|(id, value)| {
                    let card = Card::of(&typed::<Person>(value)?);
                    let keys = Keys::of(&card.entry());
                    Some((id, card, keys))
                });
                self.known.arrive(cards.collect());
                (Vec::new(), last.map_or(At::Cases(None), |last| At::Persons(Some(last))))
            }
            At::Cases(after) => {
                let (page, last) = page(journal, Kind::Case, after)?;
                let edits = page.into_iter().filter_map(|(id, value)| Some((id, typed::<Case>(value)?)));
                let edits = edits.flat_map(|(id, case)| self.subject(id, &case)).collect();
                (edits, last.map_or(At::Contacts(None), |last| At::Cases(Some(last))))
            }
            At::Contacts(after) => {
                let (page, last) = page(journal, Kind::Contact, after)?;
                let mut edits = Vec::new();
                for (id, value) in page {
                    if let Some(contact) = typed::<Contact>(value) {
                        edits.extend(self.caller(id, &contact));
                        edits.extend(self.seen(journal, &contact)?);
                    }
                }
                (edits, last.map_or(At::End, |last| At::Contacts(Some(last))))
            }
            At::End => return Ok(Step { changed: Vec::new(), done: true }),
        };
        let mut edits = edits;
        if next == At::End {
            edits.push(Edit::new(RecordKey::new(Kind::Desk, journal.desk()), json!({ "has_persons": true })));
        }
        let changed =
            if edits.is_empty() { Vec::new() } else { journal.commit(edits::derive_persons(edits), at)?.records };
        self.at = next;
        Ok(Step { changed, done: next == At::End })
    }

    /// The person of a description that nobody is linked to yet, and the edit that makes or completes them.
    fn person(&mut self, told: Option<Person>, linked: Id, from: Id, case: Id, on: Option<NaiveDate>) -> Vec<Edit> {
        let Some(told) = told.filter(|told| told.is_marked() && !told.name.is_empty() || !told.phones.is_empty())
        else {
            return Vec::new();
        };
        if !self.known.resolve(linked).is_nil() {
            return Vec::new();
        }
        let sure = self.known.sure(&told);
        let id = sure.unwrap_or_else(|| first_told_in(from));
        let before = self.known.get(id).map(Card::person);
        let called = Called { id, before, told };
        let edit = called.edit(case, on);
        crate::app::known::link::note(&mut self.known, case, on, std::slice::from_ref(&called));
        edit.into_iter().chain(std::iter::once(link_to(id))).collect()
    }

    fn subject(&mut self, id: Id, case: &Case) -> Vec<Edit> {
        let on = case.opened_at.map(|at| at.date_naive());
        let edits = self.person(Person::of_subject(case), case.subject_person, id, id, on);
        linked(edits, RecordKey::new(Kind::Case, id), "subject_person")
    }

    fn caller(&mut self, id: Id, contact: &Contact) -> Vec<Edit> {
        let on = contact.at.map(|at| at.date_naive());
        let edits = self.person(Person::of_caller(contact), contact.caller_person, id, contact.case, on);
        linked(edits, RecordKey::new(Kind::Contact, id), "caller_person")
    }

    /// That a call was about the subject of its case, on this day.
    fn seen(&mut self, journal: &Journal, contact: &Contact) -> Result<Option<Edit>, ReadError> {
        let Some(on) = contact.at.map(|at| at.date_naive()) else { return Ok(None) };
        let case: Option<Case> = journal.get(RecordKey::new(Kind::Case, contact.case))?.and_then(typed);
        let subject = self.known.resolve(case.map_or(Id::NIL, |case| case.subject_person));
        let Some(card) = self.known.get(subject) else { return Ok(None) };
        let before = card.person();
        let mut after = before.clone();
        after.see(contact.case, on);
        let batch = edits::edit_person(Id::NIL, subject, &before, &after);
        self.known.apply(subject, Some(&after));
        Ok(batch.and_then(|batch| batch.edits.into_iter().next()))
    }
}

/// Stands for the link until it is known in which record it is to stand.
fn link_to(id: Id) -> Edit {
    Edit::new(RecordKey::new(Kind::Person, id), Value::Null)
}

/// The edits with the link in its record.
fn linked(mut edits: Vec<Edit>, record: RecordKey, member: &str) -> Vec<Edit> {
    if let Some(last) = edits.last_mut() {
        *last = Edit::new(record, json!({ member: last.record.id }));
    }
    edits
}

fn typed<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// Some records, and where they end if there may be more.
type Page = (Vec<(Id, Value)>, Option<Id>);

/// Some records after this one, and the last of them where there may be more.
fn page(journal: &Journal, kind: Kind, after: Option<Id>) -> Result<Page, ReadError> {
    let page: Result<Vec<(Id, Value)>, ReadError> = journal.each_after(kind, after).take(PAGE).collect();
    let page = page?;
    let last = page.last().map(|(id, _)| *id).filter(|_| page.len() == PAGE);
    Ok((page, last))
}

#[cfg(test)]
mod tests;
