//! Taking back and bringing back: a new batch with the inverse patches of an old one. Nothing is ever removed.
//!
//! An operator takes back their own batches, the last one first, as far back as there are any, after a restart too.
//! An undo can be taken back in turn (redo) until the operator commits something else. A field that somebody else has
//! changed since is left as it is, and told.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

use super::fold::patched;
use super::store::cell::Stack;
use super::{CommitError, Journal, ReadError, Receipt};
use crate::desk::id::Id;
use crate::desk::record::{Batch, Change, Edit, RecordKey, Stamp};

/// What an undo or a redo did.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenBack {
    /// What was done in the batch that was taken back ([`Batch::what`]): "undone: …".
    pub what: String,
    /// That batch.
    pub batch: Stamp,
    /// Records of it with fields that somebody has changed since: those fields are as they were.
    pub kept: Vec<RecordKey>,
    /// That it is on the disk.
    pub receipt: Receipt,
}

impl Journal {
    /// Takes back the operator's last batch that is not taken back; `None` when there is none.
    pub fn undo(&mut self, operator: Id, at: DateTime<FixedOffset>) -> Result<Option<TakenBack>, CommitError> {
        self.take_back(operator, Stack::Done, at)
    }

    /// Brings back what the operator took back last, unless something else was committed since; `None` when there is none.
    pub fn redo(&mut self, operator: Id, at: DateTime<FixedOffset>) -> Result<Option<TakenBack>, CommitError> {
        self.take_back(operator, Stack::Redo, at)
    }

    fn take_back(
        &mut self,
        operator: Id,
        stack: Stack,
        at: DateTime<FixedOffset>,
    ) -> Result<Option<TakenBack>, CommitError> {
        if !self.options.seal.is_open() {
            return Err(CommitError::Locked);
        }
        if self.store_behind {
            return Err(CommitError::StoreBehind);
        }
        let Some((stamp, place)) = self.top(operator, stack).map_err(|error| damaged(&error))? else {
            return Ok(None);
        };
        if self.is_going(place, stamp).map_err(|error| damaged(&error))? {
            return Ok(None);
        }
        let changes = self.batch_from(place, stamp).map_err(|error| damaged(&error))?;
        let Some(first) = changes.first() else { return Err(CommitError::StoreBehind) };
        let (what, mut kept, mut edits) = (first.what.clone(), Vec::new(), Vec::new());
        let mut values: std::collections::HashMap<RecordKey, Option<Value>> = std::collections::HashMap::new();
        for change in changes.iter().rev() {
            let key = change.record;
            let value = match values.remove(&key) {
                Some(value) => value,
                None => self.get(key).map_err(|_| CommitError::Damaged(key))?,
            };
            let mut left = false;
            let mut back = narrowed(&change.back, &change.patch, value.as_ref(), &mut left);
            // What somebody added to a record must not be left without the rest of it: such a record stays whole.
            let rest = back.as_ref().and_then(|back| patched(value.as_ref(), back));
            if rest.is_some() && self.began(change).map_err(|error| damaged(&error))? {
                (back, left) = (None, true);
            }
            if left && !kept.contains(&key) {
                kept.push(key);
            }
            let back = back.unwrap_or_else(|| Value::Object(Map::new()));
            let after = patched(value.as_ref(), &back);
            values.insert(key, after);
            edits.push(Edit::new(key, back));
        }
        let batch = Batch { undoes: Some(stamp), ..Batch::new(what.clone(), operator, edits) };
        let receipt = self.commit(batch, at)?;
        Ok(Some(TakenBack { what, batch: stamp, kept, receipt }))
    }

    /// Whether something of the batch that begins here was disposed of, and only its text has not been removed yet: it
    /// must not come back by an undo.
    fn is_going(&self, place: super::walk::Place, batch: Stamp) -> Result<bool, ReadError> {
        let agreed = self.agreed_disposals()?;
        if agreed.is_empty() {
            return Ok(false);
        }
        let Some((head, _)) = self.log.read(place)? else { return Ok(false) };
        let length = u64::try_from(self.batch_from(place, batch)?.len()).unwrap_or(u64::MAX);
        Ok((head.seq..head.seq.saturating_add(length)).any(|seq| super::renew::holds(&agreed, seq)))
    }

    /// Whether there was no such record before this change.
    fn began(&self, change: &Change) -> Result<bool, ReadError> {
        let nothing = |back: &Value| back.as_object().is_some_and(|members| members.values().all(Value::is_null));
        if !nothing(&change.back) {
            return Ok(false);
        }
        let earlier = self.history(change.record)?.changes.into_iter().take_while(|other| other.stamp < change.stamp);
        Ok(earlier.fold(None, |value, change| patched(value.as_ref(), &change.patch)).is_none())
    }

    /// The changes of the batch that begins at this place.
    fn batch_from(&self, place: super::walk::Place, batch: Stamp) -> Result<Vec<Change>, ReadError> {
        let mut changes = Vec::new();
        let mut at = place;
        while let Some((head, _)) = self.log.read(at)? {
            let Some((change, last)) = self.change_at(at)? else { break };
            if change.batch != batch {
                break;
            }
            changes.push(change);
            at.at += u64::try_from(super::format::RECORD_HEAD).unwrap_or_default() + u64::from(head.length);
            if last {
                return Ok(changes);
            }
        }
        // Half of a batch must not be taken back.
        Err(ReadError::Io(std::io::ErrorKind::InvalidData.into()))
    }
}

fn damaged(_: &ReadError) -> CommitError {
    CommitError::StoreBehind
}

/// The part of `back` whose fields still hold what `patch` wrote; `left` is set when that is not all of it.
fn narrowed(back: &Value, patch: &Value, present: Option<&Value>, left: &mut bool) -> Option<Value> {
    let (Value::Object(wrote), Value::Object(before)) = (patch, back) else {
        let still = patched(None, patch).as_ref() == present;
        *left |= !still;
        return still.then(|| back.clone());
    };
    let mut out = Map::new();
    for (name, wanted) in wrote {
        let here = present.and_then(|value| value.get(name));
        let was = before.get(name).unwrap_or(&Value::Null);
        if wanted.is_object() && was.is_object() {
            if let Some(inner) = narrowed(was, wanted, here, left) {
                out.insert(name.clone(), inner);
            }
        } else if here.cloned() == written(wanted) {
            out.insert(name.clone(), was.clone());
        } else {
            *left = true;
        }
    }
    (!out.is_empty()).then_some(Value::Object(out))
}

/// What a field holds after a patch wrote `wanted` over something that was no object.
fn written(wanted: &Value) -> Option<Value> {
    if wanted.is_null() {
        return None;
    }
    let mut value = Value::Null;
    crate::desk::patch::apply(&mut value, wanted);
    Some(value)
}
