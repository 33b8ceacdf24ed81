//! Cases with everything that happened on them as a file of JSON, which is read back. The list for a spreadsheet is
//! made by [`super::cases`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::clean::entered;
use super::error::{ImportError, Refusal};
use super::table::MAX_FILE_MB;
use crate::desk::case::Case;
use crate::desk::codebook::Codebook;
use crate::desk::contact::Contact;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::members;
use crate::desk::number::Number;
use crate::desk::patch;
use crate::desk::record::{Batch, Edit, Kind, RecordKey};

pub use wrong::{CasesError, Fault};

mod wrong;

/// What the file says it is.
const FORMAT: &str = "madoguchi-cases";
/// The version of the format that is written, and the newest that is read.
const VERSION: u64 = 1;

/// A case with all that happened on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// The case's identity.
    pub id: Id,
    /// The case.
    pub case: Case,
    /// 経過, oldest first.
    pub contacts: Vec<(Id, Contact)>,
}

impl Whole {
    /// The case as one JSON object: its filled members, `id`, and `contacts`.
    pub fn json(&self) -> Value {
        let contacts = self.contacts.iter().map(|(id, contact)| {
            let mut members = members_of(contact);
            members.remove("case");
            members.insert("id".to_owned(), json!(id));
            Value::Object(members)
        });
        let mut members = members_of(&self.case);
        members.insert("status".to_owned(), json!(self.case.status));
        members.insert("contacts".to_owned(), contacts.collect());
        members.insert("id".to_owned(), json!(self.id));
        Value::Object(members)
    }
}

fn members_of(record: &impl serde::Serialize) -> Map<String, Value> {
    match edits::compact(record) {
        Value::Object(members) => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

/// The file that [`read`] takes back.
pub fn json_file(cases: &[Whole]) -> Result<Vec<u8>, serde_json::Error> {
    let all: Vec<Value> = cases.iter().map(Whole::json).collect();
    let mut bytes = serde_json::to_vec_pretty(&json!({ "format": FORMAT, "version": VERSION, "cases": all }))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A record of the file: the members that it names.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    id: Id,
    members: Map<String, Value>,
}

/// A file of cases that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    file: String,
    cases: Vec<(Entry, Vec<Entry>)>,
}

/// What the desk has of what a file names.
#[derive(Debug, Default)]
pub struct Present {
    /// Records by key.
    pub records: BTreeMap<RecordKey, Value>,
    /// Cases by 受付番号.
    pub numbers: BTreeMap<String, Id>,
    /// What was disposed of: it must not come back by a file from before.
    pub disposed: Gone,
}

/// Cases and contacts that were disposed of.
#[derive(Debug, Default)]
pub struct Gone {
    /// The records.
    pub records: BTreeSet<RecordKey>,
    /// 受付番号 of the cases.
    pub numbers: BTreeSet<String>,
}

/// What taking a file in will do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    edits: Vec<Edit>,
    /// New cases.
    pub added: usize,
    /// Cases of which a member changes.
    pub changed: usize,
    /// Cases that stay as they are.
    pub unchanged: usize,
    /// New contacts.
    pub contacts_added: usize,
    /// Contacts of which a member changes.
    pub contacts_changed: usize,
}

impl Plan {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Everything as one batch, which one undo takes back.
    pub fn batch(self, operator: Id) -> Batch {
        Batch::new("done-import-cases", operator, self.edits)
    }
}

/// Reads a file that [`json_file`] wrote. Nothing is compared with the desk yet.
///
/// # Errors
/// A [`CasesError`] for anything else.
pub fn read(path: &Path) -> Result<Incoming, CasesError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let unreadable =
        |error: &std::io::Error| ImportError::new(&name, Refusal::Unreadable { why: error.kind().to_string() });
    let size = std::fs::metadata(path).map_err(|error| unreadable(&error))?.len();
    if size > MAX_FILE_MB << 20 {
        return Err(ImportError::new(&name, Refusal::TooLarge { limit: MAX_FILE_MB }).into());
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(&error))?;
    from_bytes(&name, &bytes)
}

/// Reads a file that is in memory.
///
/// # Errors
/// As [`read`].
pub fn from_bytes(file: &str, bytes: &[u8]) -> Result<Incoming, CasesError> {
    let not_ours = || CasesError::NotOurs { file: file.to_owned() };
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if !text.trim_ascii_start().starts_with(b"{") {
        return Err(not_ours());
    }
    let value: Value = serde_json::from_slice(text)
        .map_err(|error| ImportError::new(file, Refusal::Json { row: error.line(), at: error.column() }))?;
    if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(not_ours());
    }
    let version = value.get("version").and_then(Value::as_u64).ok_or_else(not_ours)?;
    if version > VERSION {
        return Err(CasesError::Newer { file: file.to_owned(), version });
    }
    let list = value.get("cases").and_then(Value::as_array).ok_or_else(not_ours)?;
    let mut reading = Reading { file, seen: BTreeSet::new() };
    let cases: Result<Vec<_>, CasesError> = (1..).zip(list).map(|(n, case)| reading.case(n, case)).collect();
    Ok(Incoming { file: file.to_owned(), cases: cases? })
}

struct Reading<'a> {
    file: &'a str,
    seen: BTreeSet<Id>,
}

impl Reading<'_> {
    fn fault(&self, at: (usize, usize), field: &str, fault: Fault) -> CasesError {
        fault_at(self.file, at, field, fault)
    }

    fn case(&mut self, n: usize, case: &Value) -> Result<(Entry, Vec<Entry>), CasesError> {
        let mut entry = self.entry((n, 0), case)?;
        let contacts = match entry.members.remove("contacts") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(self.fault((n, 0), "contacts", Fault::Value)),
        };
        let contacts: Result<Vec<Entry>, CasesError> =
            (1..).zip(&contacts).map(|(m, contact)| self.entry((n, m), contact)).collect();
        Ok((entry, contacts?))
    }

    fn entry(&mut self, at: (usize, usize), value: &Value) -> Result<Entry, CasesError> {
        let Value::Object(members) = value else { return Err(self.fault(at, "", Fault::Value)) };
        let mut members = members.clone();
        let id = members.remove("id").and_then(|id| id.as_str()?.parse::<Id>().ok()).filter(|id| !id.is_nil());
        let id = id.ok_or_else(|| self.fault(at, "id", Fault::Value))?;
        if !self.seen.insert(id) {
            return Err(self.fault(at, "id", Fault::Twice));
        }
        members.values_mut().for_each(entered);
        Ok(Entry { id, members })
    }
}

fn fault_at(file: &str, (case, contact): (usize, usize), field: &str, fault: Fault) -> CasesError {
    CasesError::At { file: file.to_owned(), case, contact, field: field.to_owned(), fault }
}

impl Incoming {
    /// The records that the file names.
    pub fn keys(&self) -> impl Iterator<Item = RecordKey> + '_ {
        self.cases.iter().flat_map(|(case, contacts)| {
            let contacts = contacts.iter().map(|contact| RecordKey::new(Kind::Contact, contact.id));
            std::iter::once(RecordKey::new(Kind::Case, case.id)).chain(contacts)
        })
    }

    /// The 受付番号 that the file names.
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.cases.iter().filter_map(|(case, _)| case.members.get("number")?.as_str())
    }

    /// What taking the file in will do. A member that the file does not name stays as it is; null takes it away.
    /// Nothing is ever removed from the desk but that.
    ///
    /// # Errors
    /// The first [`CasesError`]; then nothing of the file may be taken in.
    pub fn plan(&self, present: &Present, codebook: &Codebook) -> Result<Plan, CasesError> {
        let mut plan = Plan::default();
        let mut numbers = BTreeSet::new();
        for (n, (entry, contacts)) in (1..).zip(&self.cases) {
            let place = Place { file: &self.file, at: (n, 0), present, codebook };
            let number = entry.members.get("number").and_then(Value::as_str);
            if number.is_some_and(|number| !numbers.insert(number)) {
                return Err(place.fault("number", Fault::Twice));
            }
            if number.is_some_and(|number| present.disposed.numbers.contains(number)) {
                return Err(place.fault("number", Fault::Disposed));
            }
            let (new, edit) = place.edit::<Case>(Kind::Case, entry.id, &entry.members)?;
            let touched = edit.is_some();
            plan.edits.extend(edit);
            let mut with_contacts = touched;
            for (m, contact) in (1..).zip(contacts) {
                let place = Place { at: (n, m), ..place };
                let members = place.within(entry.id, contact)?;
                let (new, edit) = place.edit::<Contact>(Kind::Contact, contact.id, &members)?;
                let touched = edit.is_some();
                plan.contacts_added += usize::from(new && touched);
                plan.contacts_changed += usize::from(!new && touched);
                with_contacts |= touched;
                plan.edits.extend(edit);
            }
            plan.added += usize::from(new);
            plan.changed += usize::from(!new && touched);
            plan.unchanged += usize::from(!new && !with_contacts);
        }
        Ok(plan)
    }
}

/// One record of the file, and what it is compared with.
#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a str,
    at: (usize, usize),
    present: &'a Present,
    codebook: &'a Codebook,
}

impl Place<'_> {
    fn fault(&self, field: &str, fault: Fault) -> CasesError {
        fault_at(self.file, self.at, field, fault)
    }

    /// The members of a contact with the case that it stands under. One that belongs to another case is refused.
    fn within(&self, case: Id, contact: &Entry) -> Result<Map<String, Value>, CasesError> {
        let owner = |value: Option<&Value>| value.and_then(Value::as_str).and_then(|id| id.parse::<Id>().ok());
        let kept = self.present.records.get(&RecordKey::new(Kind::Contact, contact.id));
        for other in [owner(contact.members.get("case")), owner(kept.and_then(|kept| kept.get("case")))] {
            if other.is_some_and(|other| !other.is_nil() && other != case) {
                return Err(self.fault("case", Fault::Taken));
            }
        }
        let mut members = contact.members.clone();
        members.insert("case".to_owned(), json!(case));
        Ok(members)
    }

    /// Whether the record is new, and the edit that leads from what the desk has to what the file wants.
    fn edit<T: DeserializeOwned + serde::Serialize + Default>(
        &self,
        kind: Kind,
        id: Id,
        members: &Map<String, Value>,
    ) -> Result<(bool, Option<Edit>), CasesError> {
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let alone = Map::from_iter([(name.clone(), value.clone())]);
            if serde_json::from_value::<T>(Value::Object(alone)).is_err() {
                return Err(self.fault(name, Fault::Value));
            }
        }
        if self.present.disposed.records.contains(&RecordKey::new(kind, id)) {
            return Err(self.fault("id", Fault::Disposed));
        }
        let kept = self.present.records.get(&RecordKey::new(kind, id));
        let kept = kept.filter(|value| value.as_object().is_some_and(|members| !members.is_empty()));
        let mut wanted = kept.cloned().unwrap_or_else(|| json!({}));
        patch::apply(&mut wanted, &Value::Object(members.clone()));
        let typed = |value: Value| serde_json::from_value::<T>(value).map_err(|_| self.fault("", Fault::Value));
        let before = kept.cloned().map_or_else(|| Ok(T::default()), typed)?;
        let edit = edits::change(kind, id, &before, &typed(wanted)?);
        let touched = edit.iter().filter_map(|edit| edit.patch.as_object()).flatten();
        for (name, value) in touched {
            self.check_code(kind, name, value)?;
        }
        if kind == Kind::Case {
            self.check_number(id, kept.is_none(), edit.as_ref())?;
        }
        Ok((kept.is_none(), edit))
    }

    fn check_code(&self, kind: Kind, name: &str, value: &Value) -> Result<(), CasesError> {
        // The states are no list that a desk can change: the type has checked them.
        let Some(list) = members::list_of(kind, name).filter(|list| *list != "status") else { return Ok(()) };
        let codes = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let unknown = |code: &Value| code.as_str().is_some_and(|code| self.codebook.entry(list, code).is_none());
        if codes.iter().any(unknown) { Err(self.fault(name, Fault::Code)) } else { Ok(()) }
    }

    /// A new case has a number, and no other case has the same.
    fn check_number(&self, id: Id, new: bool, edit: Option<&Edit>) -> Result<(), CasesError> {
        let number = edit.and_then(|edit| edit.patch.get("number"));
        let Some(number) = number.and_then(Value::as_str) else {
            let removed = number.is_some_and(Value::is_null);
            return if new || removed { Err(self.fault("number", Fault::Value)) } else { Ok(()) };
        };
        if number.parse::<Number>().is_err() {
            return Err(self.fault("number", Fault::Value));
        }
        let other = self.present.numbers.get(number).is_some_and(|other| *other != id);
        if other { Err(self.fault("number", Fault::Taken)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
