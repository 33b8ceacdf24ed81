//! Changes of what is kept how long: holds, proposals, and the disposal itself.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::super::id::Id;
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::super::retention::{Disposal, Disposed};
use super::create;

fn of_cases(ids: &[Id], patch: &Value) -> Vec<Edit> {
    ids.iter().map(|id| Edit::new(RecordKey::new(Kind::Case, *id), patch.clone())).collect()
}

/// These cases are not disposed of until they are released.
pub fn hold(by: Id, ids: &[Id], reason: &str, at: DateTime<FixedOffset>) -> Batch {
    let patch = json!({ "hold": { "reason": reason.trim(), "at": at, "by": by } });
    Batch::new("done-hold-case", by, of_cases(ids, &patch))
}

/// These cases may be disposed of again when their time is over.
pub fn release(by: Id, ids: &[Id]) -> Batch {
    Batch::new("done-release-case", by, of_cases(ids, &json!({ "hold": null })))
}

/// A disposal of these cases is proposed.
pub fn propose_disposal(by: Id, id: Id, cases: BTreeMap<Id, Disposed>, at: DateTime<FixedOffset>) -> Batch {
    let proposal = Disposal { cases, proposed_by: by, proposed_at: Some(at), ..Disposal::default() };
    Batch::new("done-propose-disposal", by, vec![create(Kind::Disposal, id, &proposal)])
}

/// A proposal is withdrawn.
pub fn withdraw_disposal(by: Id, id: Id) -> Batch {
    Batch::new("done-withdraw-disposal", by, vec![Edit::new(RecordKey::new(Kind::Disposal, id), Value::Null)])
}

/// What a disposal takes away.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Leaving {
    /// Records that go as a whole: the cases, their contacts.
    pub records: Vec<RecordKey>,
    /// Records that stay, with their values as they are without the text that goes. Changes of theirs are disposed of, so
    /// that they are said anew.
    pub restated: Vec<(RecordKey, Value)>,
    /// The journal's numbers of the changes whose text goes, each range from and to.
    pub numbers: Vec<(u64, u64)>,
}

/// Somebody agrees to a disposal. Nothing takes it back.
pub fn dispose(by: Id, id: Id, leaving: &Leaving, at: DateTime<FixedOffset>) -> Batch {
    let mut edits: Vec<Edit> = leaving.records.iter().map(|key| Edit::new(*key, Value::Null)).collect();
    for (key, value) in &leaving.restated {
        edits.push(Edit::new(*key, Value::Null));
        edits.push(Edit::new(*key, value.clone()));
    }
    let contacts = leaving.records.iter().filter(|key| key.kind == Kind::Contact).count();
    let agreed = json!({ "approved_by": by, "approved_at": at, "contacts": contacts, "numbers": leaving.numbers });
    edits.push(Edit::new(RecordKey::new(Kind::Disposal, id), agreed));
    Batch::new("disposal-done", by, edits)
}

/// A disposal that was done before the desk was restored from an older backup holds for this desk too.
pub fn restore_disposal(id: Id, numbers: &[(u64, u64)], cases: &[Id], at: DateTime<FixedOffset>) -> Batch {
    let cases: BTreeMap<String, Value> = cases.iter().map(|case| (case.to_string(), json!({}))).collect();
    // What the backup has of the proposal is kept: this is only added to it.
    let again = json!({ "cases": cases, "numbers": numbers, "restored_at": at });
    Batch::new("disposal-restored", Id::NIL, vec![Edit::new(RecordKey::new(Kind::Disposal, id), again)])
}
