//! Every change that screens and commands make, in one place: from what is wanted to the patches of single fields.
//! Knows no disk: what becomes of a batch is the journal's matter.
//!
//! A patch touches only the fields that its name means, so that two desks' changes of one record fold together.

use serde::Serialize;
use serde_json::{Map, Value};

use super::id::Id;
use super::patch;
use super::record::{Edit, Kind, RecordKey};

mod activity;
mod canned;
mod cases;
mod edition;
mod inquiry;
mod meetings;
mod offices;
mod people;
mod persons;
mod proposal;
mod retention;
mod round;
mod survey;

pub use activity::*;
pub use canned::*;
pub use cases::*;
pub use edition::*;
pub use inquiry::*;
pub use meetings::*;
pub use offices::*;
pub use people::*;
pub use persons::*;
pub use proposal::*;
pub use retention::*;
pub use round::*;
pub use survey::*;

/// The names of all batches made here: each is a sentence in the locale.
pub const DONE: [&str; 72] = [
    "setup-desk",
    "done-save-call",
    "done-add-contact",
    "done-edit-contact",
    "done-edit-case",
    "done-set-status",
    "done-set-next",
    "done-set-urgency",
    "done-set-operator",
    "done-close-case",
    "done-reopen-case",
    "done-flag",
    "done-unflag",
    "done-open-meeting",
    "done-edit-meeting",
    "done-decide",
    "done-set-treatment",
    "done-reorder",
    "done-hold-meeting",
    "done-add-office",
    "done-edit-office",
    "done-set-abilities",
    "done-verify-office",
    "done-remove-office",
    "done-restore-office",
    "done-add-staff",
    "done-edit-staff",
    "done-staff-left",
    "done-read-proposals",
    "done-accept-changes",
    "done-refuse-changes",
    "done-edit-change",
    "done-name-proposal",
    "done-make-survey",
    "done-read-survey",
    "done-add-operator",
    "done-edit-operator",
    "done-edit-desk",
    "done-edit-codes",
    "done-keep-canned",
    "done-remove-canned",
    "done-hold-case",
    "done-release-case",
    "done-propose-disposal",
    "done-withdraw-disposal",
    "done-derive-persons",
    "done-edit-person",
    "done-merge-persons",
    "done-write-policy",
    "done-end-policy",
    "done-number-edition",
    "done-make-edition",
    "done-give-edition",
    "done-ungive-edition",
    "done-edition-back",
    "done-add-activity",
    "done-edit-activity",
    "done-set-visit",
    "done-remove-activity",
    "done-begin-round",
    "done-answer-in-round",
    "done-correct-in-round",
    "done-note-in-round",
    "done-close-round",
    "done-add-inquiry",
    "done-answer-inquiry",
    "done-keep-district",
    "done-remove-district",
    "done-keep-pair",
    "done-remove-pair",
    "disposal-done",
    "disposal-restored",
];

/// A record's value as it is kept: without the members that are as if they were not there (empty, false, zero, nobody).
pub fn compact(record: &impl Serialize) -> Value {
    let value = serde_json::to_value(record).unwrap_or_else(|_| Value::Object(Map::new()));
    without_defaults(value)
}

/// The edit that makes a new record of `value`.
pub fn create(kind: Kind, id: Id, value: &impl Serialize) -> Edit {
    Edit::new(RecordKey::new(kind, id), compact(value))
}

/// The edit that leads from what the operator saw to what is wanted now; `None` when nothing changed.
///
/// It touches only the members that differ, so that what somebody else changed meanwhile stays.
pub fn change<T: Serialize>(kind: Kind, id: Id, before: &T, after: &T) -> Option<Edit> {
    let after = compact(after);
    let mut patch = patch::diff(&compact(before), &after)?;
    for name in WHOLE {
        if let (Some(Value::Object(written)), Some(Value::Object(wanted))) = (patch.get_mut(name), after.get(name)) {
            written.extend(wanted.clone());
        }
    }
    Some(Edit::new(RecordKey::new(kind, id), patch))
}

/// Members that mean nothing in part: when somebody took one away meanwhile, what is written must stand by itself.
const WHOLE: [&str; 2] = ["flag", "verified"];

fn without_defaults(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let kept = members.into_iter().map(|(name, value)| (name, without_defaults(value)));
    Value::Object(kept.filter(|(_, value)| !is_default(value)).collect())
}

fn is_default(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(set) => !set,
        Value::Number(number) => number.as_u64() == Some(0),
        // The identity of nobody is 26 zeros.
        Value::String(text) => text.is_empty() || (text.len() == 26 && text.bytes().all(|b| b == b'0')),
        Value::Array(members) => members.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
}

/// A text as a patch writes it: an empty one takes the member away.
fn text(value: &str) -> Value {
    if value.is_empty() { Value::Null } else { Value::from(value) }
}

#[cfg(test)]
mod tests;
