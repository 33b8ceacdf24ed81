//! Reading a desk out of the journal: what is needed at once, the rest in steps, and the answers to questions.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::app::entries::{case_entry, office_entry};
use crate::app::msg::{Answer, Arrival, Card, CaseFile, Query};
use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::handover::{Gather, OpenDraft, Recent};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::person::Person;
use crate::desk::record::{Batch, Edit, Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::desk::usage::{Day, Report, report};
use crate::desk::{date, index};
use crate::journal::{Journal, ReadError};
use crate::search::Keys;

pub mod log;
mod newest;
mod persons;
mod reach;

pub use newest::Back;

/// How many records are read in one step: a few milliseconds, which is what a save may have to wait.
const STEP: usize = 128;

/// No more records than these are handed on at once: to take in more would hold up a key.
const LARGEST: usize = 4096;

/// How far from today the numbers of other fiscal years are looked up.
const YEARS: i32 = 10;

/// How many batches, looks among them, are read for a handover at most: more than a desk makes in two days.
const RECENT_BATCHES: usize = 4_000;
/// How many changes of one of them: an import is told of by its first.
const RECENT_CHANGES: usize = 40;

/// What is still to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Offices after this one.
    Offices(Option<Id>),
    /// Persons after this one.
    Persons(Option<Id>),
    /// The newest contacts, from here back.
    Newest(Back),
    /// Closed cases after this one.
    Cases(Option<Id>),
    /// To say that this was all.
    End,
    /// Nothing.
    Nothing,
}

impl Rest {
    /// Everything beyond the opening.
    pub const fn first() -> Self {
        Self::Offices(None)
    }
}

/// What was read and not handed on yet.
///
/// Each arrival costs the app the same whatever is in it (its lists are made anew), so that a large desk arrives in
/// ever larger parts: a hundred thousand cases in about a hundred, none of which holds up a key for long.
#[derive(Debug, Default)]
pub struct Gathered {
    offices: Vec<(Id, Office, Keys)>,
    persons: Vec<(Id, Card, Keys)>,
    cases: Vec<(Brief, Keys)>,
    handed: usize,
}

impl Gathered {
    /// Takes what a step has read, and hands on what has come together when it is enough, or when it was the last.
    pub fn add(&mut self, arrival: Arrival, hand: &mut dyn FnMut(Arrival)) {
        match arrival {
            Arrival::Offices(more) => self.offices.extend(more),
            Arrival::Persons(more) => self.persons.extend(more),
            Arrival::Cases(more) => self.cases.extend(more),
            last @ (Arrival::Changed(_) | Arrival::Complete) => {
                self.hand_on(hand);
                return hand(last);
            }
            // Few, and they change no list.
            contacts @ Arrival::Contacts(_) => return hand(contacts),
        }
        if self.count() >= (self.handed / 32).clamp(STEP, LARGEST) {
            self.hand_on(hand);
        }
    }

    const fn count(&self) -> usize {
        self.offices.len() + self.persons.len() + self.cases.len()
    }

    /// Hands on what there is.
    pub fn hand_on(&mut self, hand: &mut dyn FnMut(Arrival)) {
        self.handed += self.count();
        if !self.offices.is_empty() {
            hand(Arrival::Offices(std::mem::take(&mut self.offices)));
        }
        if !self.persons.is_empty() {
            hand(Arrival::Persons(std::mem::take(&mut self.persons)));
        }
        if !self.cases.is_empty() {
            hand(Arrival::Cases(std::mem::take(&mut self.cases)));
        }
    }
}

/// The next step of reading, and what remains after it.
pub fn step(journal: &Journal, rest: Rest) -> (Arrival, Rest) {
    match rest {
        Rest::Offices(after) => {
            let (page, last) = page(journal, Kind::Office, after);
            let offices = page.into_iter().filter_map(|(id, value)| {
                let office: Office = typed(Kind::Office, id, value)?;
                let keys = Keys::of(&office_entry(&office));
                Some((id, office, keys))
            });
            (Arrival::Offices(offices.collect()), last.map_or(Rest::Persons(None), |last| Rest::Offices(Some(last))))
        }
        Rest::Persons(after) => {
            let (page, last) = page(journal, Kind::Person, after);
            let persons = page.into_iter().filter_map(|(id, value)| {
                let card = Card::of(&typed::<Person>(Kind::Person, id, value)?);
                let keys = Keys::of(&card.entry());
                Some((id, card, keys))
            });
            let rest = last.map_or_else(|| Rest::Newest(Back::default()), |last| Rest::Persons(Some(last)));
            (Arrival::Persons(persons.collect()), rest)
        }
        Rest::Newest(back) => {
            let (contacts, more) = newest::step(journal, back);
            (Arrival::Contacts(contacts), more.map_or(Rest::Cases(None), Rest::Newest))
        }
        Rest::Cases(after) => {
            let (page, last) = page(journal, Kind::Case, after);
            // The open ones came with the opening.
            let cases =
                page.into_iter().filter_map(|(id, value)| brief(id, value)).filter(|(brief, _)| !brief.is_open());
            (Arrival::Cases(cases.collect()), last.map_or(Rest::End, |last| Rest::Cases(Some(last))))
        }
        Rest::End | Rest::Nothing => (Arrival::Complete, Rest::Nothing),
    }
}

/// The records after this one, and the last of them when there may be more.
fn page(journal: &Journal, kind: Kind, after: Option<Id>) -> (Vec<(Id, Value)>, Option<Id>) {
    let mut page = Vec::with_capacity(STEP);
    let mut met = 0;
    for record in journal.each_after(kind, after) {
        met += 1;
        match record {
            Ok(record) => page.push(record),
            // The check of the whole store names what is damaged.
            Err(error) => tracing::error!(%error, kind = kind.name(), "a record does not read"),
        }
        if met == STEP {
            break;
        }
    }
    let last = page.last().map(|(id, _)| *id).filter(|_| met == STEP);
    (page, last)
}

/// The cases that are not closed.
pub fn open_cases(journal: &Journal, notices: &mut Vec<Say>) -> Result<Vec<(Brief, Keys)>, ReadError> {
    let mut cases = Vec::new();
    for key in journal.index_at(index::OPEN, &[])? {
        match journal.get(key) {
            Ok(Some(value)) => cases.extend(brief(key.id, value)),
            Ok(None) => {}
            Err(error) => notices.push(error.say()),
        }
    }
    Ok(cases)
}

/// The highest case number of each fiscal year around that of `today`, and around those of the calls that were left open: a
/// call may have begun in another one, and a clock may be wrong by more than anybody would think.
pub fn last_numbers(journal: &Journal, today: NaiveDate, drafts: &[(Id, Value)]) -> Result<Vec<String>, ReadError> {
    let this = date::fiscal_year(today);
    let begun = drafts.iter().filter_map(|(_, draft)| Some(OpenDraft::of(draft)?.started_at.date_naive()));
    let years: BTreeSet<i32> = (this - YEARS..=this + YEARS).chain(begun.map(date::fiscal_year)).collect();
    let mut found = Vec::new();
    for year in years {
        found.extend(journal.last_number(year)?.map(|number| number.to_string()));
    }
    Ok(found)
}

/// Whether a batch is about a case that was taken back meanwhile: what it changes would stand there without its case.
pub fn is_gone(journal: &Journal, batch: &Batch) -> bool {
    let made = |case: Id| batch.edits.iter().any(|edit| edit.record.id == case && edit.patch.get("number").is_some());
    let of = |edit: &Edit| match edit.record.kind {
        Kind::Case => Some(edit.record.id),
        Kind::Contact => edit.patch.get("case").and_then(Value::as_str).and_then(|id| id.parse().ok()),
        Kind::Person
        | Kind::Office
        | Kind::Meeting
        | Kind::Task
        | Kind::Policy
        | Kind::Operator
        | Kind::Codebook
        | Kind::Desk
        | Kind::Activity
        | Kind::Document
        | Kind::Disposal
        | Kind::Usage
        | Kind::Inquiry
        | Kind::Round
        | Kind::Survey
        | Kind::Proposal => None,
    };
    let mut cases = batch.edits.iter().filter_map(of);
    cases.any(|case| !made(case) && matches!(journal.get(RecordKey::new(Kind::Case, case)), Ok(None)))
}

/// The answer to a question.
pub fn answer(journal: &Journal, query: &Query) -> Answer {
    let answer = match query {
        Query::CaseFile(id) => case_file(journal, *id),
        Query::Reach(after) => Ok(Answer::Reach(reach::part(journal, *after))),
        Query::Persons(persons) => persons::history(journal, persons),
        Query::Slip(id) => newest::slip(journal, *id),
        Query::History(key) => journal.history(*key).map(|history| Answer::History(*key, history.changes)),
        Query::Looks(key, who) => log::looks(journal, *key, *who),
        Query::Log(query) => log::page(journal, query).map(|page| Answer::Log(Box::new(page))),
        Query::Reviews => log::reviews(journal).map(|reviews| Answer::Reviews(Box::new(reviews))),
        Query::Usage(who, today) => usage(journal, *who, *today).map(|report| Answer::Usage(Box::new(report))),
        Query::Recent(who, today) => recent(journal, *today, *who).map(|recent| Answer::Recent(Box::new(recent))),
    };
    answer.unwrap_or_else(|error| failed(error.say()))
}

/// What was done to cases today and on the last day before, as far as the newest batches tell.
pub fn recent(journal: &Journal, today: NaiveDate, who: Id) -> Result<Recent, ReadError> {
    let mut gather = Gather::new(today, who);
    for logged in journal.batches_back(None, RECENT_CHANGES).take(RECENT_BATCHES) {
        // The last change of a batch first, as everything here.
        if !logged?.changes.iter().rev().all(|change| gather.take(change)) {
            break;
        }
    }
    Ok(gather.finish())
}

/// How many keys and seconds calls took, as far as who asks may see it.
pub fn usage(journal: &Journal, who: Id, today: NaiveDate) -> Result<Report, ReadError> {
    let mut days = Vec::new();
    for record in journal.each(Kind::Usage) {
        let (id, value) = record?;
        days.extend(typed::<Day>(Kind::Usage, id, value));
    }
    Ok(report(&days, who, today, log::sees_all(journal, who)?))
}

/// It could not be read.
pub const fn failed(say: Say) -> Answer {
    Answer::Failed(say)
}

fn case_file(journal: &Journal, id: Id) -> Result<Answer, ReadError> {
    let Some(value) = journal.get(RecordKey::new(Kind::Case, id))? else { return Ok(Answer::Nothing) };
    let Some(case) = typed(Kind::Case, id, value) else { return Ok(Answer::Nothing) };
    let mut contacts: Vec<(Id, Contact)> = Vec::new();
    for key in journal.index_at(index::CASE, id.bytes())? {
        if let Some(value) = journal.get(key)? {
            contacts.extend(typed(key.kind, key.id, value).map(|contact| (key.id, contact)));
        }
    }
    contacts.sort_by_key(|(id, contact)| (contact.at, *id));
    Ok(Answer::CaseFile(Box::new(CaseFile { id, case, contacts })))
}

fn brief(id: Id, value: Value) -> Option<(Brief, Keys)> {
    let case: Case = typed(Kind::Case, id, value)?;
    let brief = Brief::of(id, &case);
    let keys = Keys::of(&case_entry(&brief));
    Some((brief, keys))
}

/// A record as its type; `None` (and a note) for one that a newer or damaged program wrote in another shape.
fn typed<T: DeserializeOwned>(kind: Kind, id: Id, value: Value) -> Option<T> {
    let typed = serde_json::from_value(value).ok();
    if typed.is_none() {
        tracing::error!(kind = kind.name(), %id, "a record has another shape than expected");
    }
    typed
}
