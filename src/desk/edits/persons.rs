//! Changes of persons, and of the policies that desks share about them.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::super::id::Id;
use super::super::person::Person;
use super::super::policy::Policy;
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::{change, create};

/// A person of a call that is being saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Called {
    /// The person's identity.
    pub id: Id,
    /// As known until now; `None`: nobody knew the person.
    pub before: Option<Person>,
    /// As the call tells.
    pub told: Person,
}

impl Called {
    /// The edit that makes or completes the person, with the case and day of this contact; `None` when nothing is new.
    pub fn edit(&self, case: Id, on: Option<NaiveDate>) -> Option<Edit> {
        let mut told = self.told.clone();
        if let Some(on) = on {
            told.see(case, on);
        }
        match &self.before {
            None => Some(create(Kind::Person, self.id, &told)),
            Some(before) => change(Kind::Person, self.id, before, &before.completed(&told)),
        }
    }
}

/// The batch of a saved call with the persons of it made or completed.
#[must_use]
pub fn with_persons(mut batch: Batch, case: Id, on: Option<NaiveDate>, persons: &[Called]) -> Batch {
    let edits: Vec<Edit> = persons.iter().filter_map(|person| person.edit(case, on)).collect();
    batch.edits.splice(0..0, edits);
    batch
}

/// Persons that were made of contacts and cases of before there were persons, one batch of several.
pub fn derive_persons(edits: Vec<Edit>) -> Batch {
    Batch::new("done-derive-persons", Id::NIL, edits)
}

/// Fields of a person were changed; `None` when nothing differs.
pub fn edit_person(by: Id, id: Id, before: &Person, after: &Person) -> Option<Batch> {
    change(Kind::Person, id, before, after).map(|edit| Batch::new("done-edit-person", by, vec![edit]))
}

/// `gone` turned out to be `keep`, who is `merged` from now on. Contacts and cases of both stay as they are: whoever is
/// named there is found by where `gone` points to. One undo takes it back.
pub fn merge_persons(by: Id, keep: (Id, &Person), gone: Id, merged: &Person) -> Batch {
    let (id, before) = keep;
    let mut edits: Vec<Edit> = change(Kind::Person, id, before, merged).into_iter().collect();
    edits.push(Edit::new(RecordKey::new(Kind::Person, gone), json!({ "merged_into": id })));
    Batch::new("done-merge-persons", by, edits)
}

/// A policy is written or written anew. `persons`: the persons who were unknown until now and are made with it.
pub fn write_policy(by: Id, id: Id, before: Option<&Policy>, after: &Policy) -> Option<Batch> {
    let edit = match before {
        None => Some(create(Kind::Policy, id, after)),
        Some(before) => change(Kind::Policy, id, before, after),
    };
    edit.map(|edit| Batch::new("done-write-policy", by, vec![edit]))
}

/// A policy holds no more.
pub fn end_policy(by: Id, id: Id) -> Batch {
    Batch::new("done-end-policy", by, vec![Edit::new(RecordKey::new(Kind::Policy, id), Value::Null)])
}
