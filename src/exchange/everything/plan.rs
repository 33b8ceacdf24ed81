//! What taking in an export of everything would do to a desk. Pure: takes what the desk has and gives edits.
//!
//! What the desk does not have comes in as it was. What it has and the file says otherwise stays, unless asked: a file may
//! be older than the desk. Nothing is ever removed, and an operator that is there keeps what they may do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::super::archive;
use super::STAYING;
use super::error::{EverythingError, Fault};
use super::tables::Incoming;
use crate::desk::activity::Activity;
use crate::desk::case::Case;
use crate::desk::codebook::Codebook;
use crate::desk::contact::Contact;
use crate::desk::document::Document;
use crate::desk::edits::compact;
use crate::desk::id::Id;
use crate::desk::inquiry::Inquiry;
use crate::desk::meeting::Meeting;
use crate::desk::members;
use crate::desk::number::Number;
use crate::desk::office::Office;
use crate::desk::operator::{DeskProfile, Operator, Role};
use crate::desk::patch;
use crate::desk::person::Person;
use crate::desk::policy::Policy;
use crate::desk::proposal::Proposal;
use crate::desk::record::{Batch, Edit, Kind, RecordKey};
use crate::desk::round::Round;
use crate::desk::survey::Survey;
use crate::desk::usage::Day;

/// A record of the file.
#[derive(Debug)]
pub struct Record {
    /// Which it is.
    pub key: RecordKey,
    /// What the file says of it.
    pub members: Map<String, Value>,
    /// The file and the row.
    pub place: (String, u32),
    /// The columns' headers by their places.
    pub headers: BTreeMap<String, String>,
    /// File and row of its lists' entries.
    pub entries: BTreeMap<(String, String), (String, u32)>,
}

impl Record {
    fn fault(&self, member: &str, fault: Fault) -> EverythingError {
        let of = |place: &String| place.split('.').next() == Some(member);
        let column = self.headers.iter().find(|(place, _)| of(place)).map(|(_, header)| header.clone());
        let ((file, row), column) = (self.place.clone(), column.unwrap_or_default());
        EverythingError::At { file, row, column, fault }
    }

    /// Whether its kind can keep it; the fault is at the entry of a list that has it, else at the member.
    fn check<T: DeserializeOwned>(&self) -> Result<(), EverythingError> {
        let sound = |members: Map<String, Value>| serde_json::from_value::<T>(Value::Object(members)).is_ok();
        let one = |name: &str, value: Value| Map::from_iter([(name.to_owned(), value)]);
        let mut all = self.members.iter();
        let Some((name, value)) = all.find(|(name, value)| !sound(one(name, (*value).clone()))) else { return Ok(()) };
        let mut entries = value.as_object().into_iter().flatten();
        let bad = entries.find(|(key, entry)| !sound(one(name, Value::Object(one(key, (*entry).clone())))));
        match bad.and_then(|(key, _)| self.entries.get(&(name.clone(), key.clone()))).cloned() {
            Some((file, row)) => Err(EverythingError::At { file, row, column: String::new(), fault: Fault::Value }),
            None => Err(self.fault(name, Fault::Value)),
        }
    }

    fn checked(&self) -> Result<(), EverythingError> {
        match self.key.kind {
            Kind::Case => self.check::<Case>(),
            Kind::Contact => self.check::<Contact>(),
            Kind::Office => self.check::<Office>(),
            Kind::Person => self.check::<Person>(),
            Kind::Meeting => self.check::<Meeting>(),
            Kind::Policy => self.check::<Policy>(),
            Kind::Operator => self.check::<Operator>(),
            Kind::Activity => self.check::<Activity>(),
            Kind::Document => self.check::<Document>(),
            Kind::Inquiry => self.check::<Inquiry>(),
            Kind::Round => self.check::<Round>(),
            Kind::Survey => self.check::<Survey>(),
            Kind::Proposal => self.check::<Proposal>(),
            Kind::Desk => self.check::<DeskProfile>(),
            Kind::Usage => self.check::<Day>(),
            Kind::Task | Kind::Codebook | Kind::Disposal => Ok(()),
        }
    }

    fn text(&self, member: &str) -> &str {
        self.members.get(member).and_then(Value::as_str).unwrap_or_default()
    }
}

/// What the desk has of what a file names.
#[derive(Debug, Default)]
pub struct Present {
    /// The desk itself.
    pub desk: Id,
    /// Records by key, and what was disposed of.
    pub archive: archive::Present,
    /// Its codebook records.
    pub books: Vec<Value>,
    /// Whether an operator who is there is a supervisor by name.
    pub has_supervisor: bool,
}

/// What taking the file in will do.
#[derive(Debug, Default)]
pub struct Plan {
    edits: Vec<Edit>,
    /// New records, by kind.
    pub added: BTreeMap<Kind, usize>,
    /// Records that change.
    pub changed: usize,
    /// Records that are the same.
    pub unchanged: usize,
    /// Records that differ and stay as the desk has them.
    pub kept: usize,
}

impl Plan {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// New records in all.
    pub fn added(&self) -> usize {
        self.added.values().sum()
    }

    /// The edits.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Everything as one batch, which one undo takes back.
    pub fn batch(self, operator: Id) -> Batch {
        Batch::new("done-import-all", operator, self.edits)
    }
}

impl Incoming {
    /// The records that the file names.
    pub fn keys(&self) -> impl Iterator<Item = RecordKey> + '_ {
        self.records.iter().map(|record| record.key)
    }

    /// Puts what has the identity of the desk that wrote it, such as its own texts and the numbers of its editions, under
    /// that of the desk that takes it in: it is looked for there.
    pub fn at_desk(&mut self, desk: Id) {
        let Some(from) = self.desk else { return };
        for record in self.records.iter_mut().filter(|record| record.key.id == from) {
            record.key.id = desk;
        }
    }

    /// The 受付番号 that the file names.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        let cases = self.records.iter().filter(|record| record.key.kind == Kind::Case);
        cases.map(|record| record.text("number")).filter(|number| !number.is_empty())
    }

    /// What taking the file in will do; with `overwrite` what the file says otherwise than the desk is taken.
    ///
    /// # Errors
    /// The first [`EverythingError`]; then nothing of the file may be taken in.
    pub fn plan(&self, present: &Present, overwrite: bool) -> Result<Plan, EverythingError> {
        let own = self.records.iter().filter(|record| record.key.kind == Kind::Codebook);
        let books: Vec<Value> =
            present.books.iter().cloned().chain(own.map(|record| Value::Object(record.members.clone()))).collect();
        let codebook = Codebook::from_records(&books);
        let cases: BTreeSet<Id> = self.keys().filter(|key| key.kind == Kind::Case).map(|key| key.id).collect();
        let mut plan = Plan::default();
        let mut numbers = BTreeSet::new();
        for record in &self.records {
            let number = record.text("number");
            if record.key.kind == Kind::Case && !number.is_empty() && !numbers.insert(number) {
                return Err(record.fault("number", Fault::Twice));
            }
            let against = Against { present, codebook: &codebook, cases: &cases };
            plan.take(record, &against, overwrite)?;
        }
        Ok(plan)
    }
}

/// What a record is compared with.
struct Against<'a> {
    present: &'a Present,
    codebook: &'a Codebook,
    cases: &'a BTreeSet<Id>,
}

impl Against<'_> {
    fn kept(&self, key: RecordKey) -> Option<&Value> {
        let kept = self.present.archive.records.get(&key);
        kept.filter(|value| value.as_object().is_some_and(|members| !members.is_empty()))
    }

    /// Whether the record may come in at all.
    fn check(&self, record: &Record, members: &Map<String, Value>) -> Result<(), EverythingError> {
        let kind = record.key.kind;
        // There is one desk here; what a file says of another can't be told apart from its own.
        if kind == Kind::Desk && record.key.id != self.present.desk {
            return Err(record.fault("#id", Fault::Value));
        }
        if self.present.archive.disposed.records.contains(&record.key) {
            return Err(record.fault("", Fault::Disposed));
        }
        for (name, value) in members {
            let Some(list) = members::list_of(kind, name).filter(|list| *list != "status") else { continue };
            let codes = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            if codes.iter().any(|code| code.as_str().is_some_and(|code| self.codebook.entry(list, code).is_none())) {
                return Err(record.fault(name, Fault::Code));
            }
        }
        if kind == Kind::Case {
            self.check_number(record)?;
        }
        let known = |case: Id| self.cases.contains(&case) || self.kept(RecordKey::new(Kind::Case, case)).is_some();
        if kind == Kind::Contact && !record.text("case").parse::<Id>().is_ok_and(known) {
            return Err(record.fault("case", Fault::Alone));
        }
        Ok(())
    }

    fn check_number(&self, record: &Record) -> Result<(), EverythingError> {
        let number = record.text("number");
        if number.parse::<Number>().is_err() {
            return Err(record.fault("number", Fault::Value));
        }
        if self.present.archive.disposed.numbers.contains(number) {
            return Err(record.fault("number", Fault::Disposed));
        }
        let other = self.present.archive.numbers.get(number).is_some_and(|other| *other != record.key.id);
        if other { Err(record.fault("number", Fault::Taken)) } else { Ok(()) }
    }
}

/// Whether two values are one to their kind: 34 and 34.0, a member that is missing and one that is as if it were.
fn same(kind: Kind, a: &Value, b: &Value) -> bool {
    fn normal<T: DeserializeOwned + Serialize>(value: &Value) -> Option<Value> {
        serde_json::from_value::<T>(value.clone()).ok().map(|typed| compact(&typed))
    }
    let alike = |normal: fn(&Value) -> Option<Value>| normal(a).is_some_and(|a| Some(a) == normal(b));
    let by_kind = match kind {
        Kind::Case => alike(normal::<Case>),
        Kind::Contact => alike(normal::<Contact>),
        Kind::Office => alike(normal::<Office>),
        Kind::Meeting => alike(normal::<Meeting>),
        Kind::Person
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
        | Kind::Proposal => false,
    };
    by_kind || compact(a) == compact(b)
}

/// What a record does not say yet: whole members, and entries of members that hold several.
fn missing(before: &Value, members: &Map<String, Value>) -> Map<String, Value> {
    let said = |name: &String| before.get(name).filter(|said| !said.is_null());
    let new = members.iter().filter_map(|(name, value)| match (said(name), value) {
        (None, value) => Some((name.clone(), value.clone())),
        (Some(Value::Object(here)), Value::Object(there)) => {
            let new: Map<String, Value> =
                there.clone().into_iter().filter(|(key, _)| !here.contains_key(key)).collect();
            (!new.is_empty()).then(|| (name.clone(), Value::Object(new)))
        }
        (Some(_), _) => None,
    });
    new.collect()
}

impl Plan {
    /// The settings that a new desk does not have yet come in; what it has said itself stays. Whether that is all.
    fn fill(&mut self, key: RecordKey, before: &Value, wanted: &Value) -> bool {
        let new = wanted.as_object().map(|wanted| missing(before, wanted)).unwrap_or_default();
        if new.is_empty() {
            return false;
        }
        let mut filled = before.clone();
        patch::apply(&mut filled, &Value::Object(new.clone()));
        self.changed += 1;
        self.edits.push(Edit::new(key, Value::Object(new)));
        compact(&filled) == compact(wanted)
    }

    fn take(&mut self, record: &Record, against: &Against<'_>, overwrite: bool) -> Result<(), EverythingError> {
        record.checked()?;
        against.check(record, &record.members)?;
        let mut members = record.members.clone();
        if record.key.kind == Kind::Desk {
            members.retain(|name, _| !STAYING.contains(&name.as_str()));
        }
        let Some(kept) = against.kept(record.key) else {
            // Where nobody is a supervisor by name all are: one without a key must not be the only one.
            let supervises = members.get("role").is_some_and(|role| *role == json!(Role::Supervisor.code()));
            if record.key.kind == Kind::Operator && supervises && !against.present.has_supervisor {
                members.remove("role");
            }
            if !members.is_empty() {
                *self.added.entry(record.key.kind).or_default() += 1;
                self.edits.push(Edit::new(record.key, Value::Object(members)));
            }
            return Ok(());
        };
        let before = compact(kept);
        let mut after = before.clone();
        patch::apply(&mut after, &Value::Object(members));
        match patch::diff(&before, &compact(&after)).filter(|_| !same(record.key.kind, &before, &after)) {
            None => self.unchanged += 1,
            Some(patch) if overwrite && record.key.kind != Kind::Operator => {
                self.changed += 1;
                self.edits.push(Edit::new(record.key, patch));
            }
            Some(_) => {
                let filled = record.key.kind == Kind::Desk && self.fill(record.key, &before, &after);
                self.kept += usize::from(!filled);
            }
        }
        Ok(())
    }
}
