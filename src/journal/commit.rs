//! One way to write: append, `fdatasync`, fold into the store, receipt.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use super::disk::replace;
use super::fold::{Fold, Loaded, Placed, load_to_change, patched};
use super::format::BODY_MAX;
use super::log::{self, AppendError, batch_bytes};
use super::rebuild::RESTATED;
use super::seal::NoKey;
use super::store::StoreError;
use super::{CommitError, Journal, OpenError, ReadError, Receipt};
use crate::desk::patch;
use crate::desk::record::{Batch, Change, DISPOSAL, Edit, LOOK, RecordKey};

/// Records with their values as the batch leaves them.
type Values = HashMap<RecordKey, Option<Value>>;

/// Records as the store has them, for the fold.
type Known = HashMap<RecordKey, Loaded>;

/// How many records are kept as they were before the batch, so that the fold need not read them again: a big batch
/// would keep everything twice.
const KNOWN_MAX: usize = 64;

/// sled can hang for ever when more writes than this wait for a flush (storage §1).
const UNFLUSHED_MAX: u8 = 4;

/// The reader of JSON goes no deeper than 128, and a change is some members around the patch.
const DEPTH_MAX: usize = 100;

/// How many values stand inside one another.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

impl Journal {
    /// Saves a batch. With the receipt it is on the disk; with an error the records are as they were.
    ///
    /// Edits that change nothing are left out; a batch of only such edits writes nothing.
    pub fn commit(&mut self, batch: Batch, at: DateTime<FixedOffset>) -> Result<Receipt, CommitError> {
        if self.is_read_only() {
            return Err(CommitError::ReadOnly);
        }
        if self.log.is_dead() {
            return Err(CommitError::Stopped);
        }
        if self.store_behind {
            return Err(CommitError::StoreBehind);
        }
        if !self.options.seal.is_open() {
            return Err(CommitError::Locked);
        }
        let (changes, mut values, known) = self.changes(batch, at)?;
        let Some(first) = changes.first() else {
            return Ok(Receipt { batch: self.stamp, at, records: Vec::new(), undoes: None, store_behind: false });
        };
        let (batch, undoes) = (first.batch, first.undoes);
        let mut bodies = Vec::with_capacity(changes.len());
        for change in &changes {
            let text = serde_json::to_vec(change).map_err(|error| CommitError::Io(error.into()))?;
            if text.len() > BODY_MAX / 2 || depth(&change.patch).max(depth(&change.back)) > DEPTH_MAX {
                return Err(CommitError::TooLarge(change.record));
            }
            bodies.push(log::plain(&*self.options.seal, change.stamp, &text));
        }
        let seal = Arc::clone(&self.options.seal);
        let bytes = batch_bytes(&bodies, &*seal);
        if self.log.needs_segment(bytes) {
            // Closed segments are not read at a start, so the store must have them for good.
            self.checkpoint().map_err(|error| match error {
                StoreError::Full => CommitError::Full { reserve: self.has_reserve() },
                StoreError::Io(_)
                | StoreError::Damaged
                | StoreError::Panicked
                | StoreError::Locked
                | StoreError::Slow => CommitError::StoreBehind,
            })?;
            self.log.next_segment(bytes).map_err(|error| self.append_failed(error))?;
        }
        let before = self.log.chain().seq;
        let places = self.log.append(&bodies, &*seal).map_err(|error| self.append_failed(error))?;
        self.stamp = self.log.stamp();
        // From here on the batch is saved, whatever happens to the store.
        let count = changes.len();
        let lying: Vec<Placed<'_>> = changes
            .iter()
            .zip(places)
            .enumerate()
            .map(|(i, (change, (place, hash)))| {
                let seq = before + 1 + u64::try_from(i).unwrap_or_default();
                Placed { place, seq, hash, last: i + 1 == count, change }
            })
            .collect();
        self.store_behind = self.fold_in(&lying, known).is_err();
        let keys = changes.iter().map(|change| change.record);
        // The map gives each value once: a record that was changed twice stands at its first place.
        let records = keys.filter_map(|key| Some((key, values.remove(&key)?.unwrap_or(Value::Null)))).collect();
        Ok(Receipt { batch, at, records, undoes, store_behind: self.store_behind })
    }

    fn append_failed(&self, error: AppendError) -> CommitError {
        match error {
            AppendError::Room(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                CommitError::Full { reserve: self.has_reserve() }
            }
            AppendError::Room(error) => CommitError::Io(error),
            AppendError::Failed(error) => CommitError::NotConfirmed(error),
            AppendError::Dead => CommitError::Stopped,
            AppendError::NoKey(NoKey) => CommitError::Locked,
        }
    }

    /// The batch as changes, with what takes each back.
    fn changes(&self, batch: Batch, at: DateTime<FixedOffset>) -> Result<(Vec<Change>, Values, Known), CommitError> {
        let now = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        let [a, b, c, d, ..] = *self.desk.bytes();
        let desk = u32::from_be_bytes([a, b, c, d]);
        let mut stamp = self.stamp;
        let (mut values, mut known) = (Values::new(), Known::new());
        let mut changes: Vec<Change> = Vec::new();
        let looks = batch.what.starts_with(LOOK);
        for edit in batch.edits {
            if looks {
                stamp = stamp.next(now, desk);
                let first = changes.first().map_or(stamp, |first| first.stamp);
                let Edit { record, patch } = edit;
                let (operator, what, undoes, back) = (batch.operator, batch.what.clone(), None, Value::Null);
                let batch = first;
                let desk = self.desk;
                changes.push(Change { stamp, batch, at, desk, operator, what, undoes, record, patch, back });
                continue;
            }
            let present = match values.entry(edit.record) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => entry.insert(self.before(edit.record, &mut known)?),
            };
            let after = patched(present.as_ref(), &edit.patch);
            // An undo that finds nothing left to take back is kept, so that the one before it comes next; so is what says
            // again that a record is gone, because the change that removed it is damaged.
            if after == *present && batch.undoes.is_none() && batch.what != RESTATED {
                continue;
            }
            let back = if batch.what.starts_with(DISPOSAL) {
                Value::Null
            } else {
                patch::inverse(present.as_ref().unwrap_or(&Value::Null), &edit.patch)
            };
            *present = after;
            stamp = stamp.next(now, desk);
            changes.push(Change {
                stamp,
                batch: changes.first().map_or(stamp, |first| first.stamp),
                at,
                desk: self.desk,
                operator: batch.operator,
                what: batch.what.clone(),
                undoes: batch.undoes,
                record: edit.record,
                patch: edit.patch,
                back,
            });
        }
        Ok((changes, values, known))
    }

    /// The record's value before the batch.
    fn before(&self, key: RecordKey, known: &mut Known) -> Result<Option<Value>, CommitError> {
        let Ok(loaded) = load_to_change(&*self.store, &*self.options.seal, key) else {
            // Damaged in the store: the journal says it, and the fold will find out by itself.
            return self.get(key).map_err(|_| CommitError::Damaged(key));
        };
        let value = loaded.value.clone();
        if value.is_none() || known.len() < KNOWN_MAX {
            known.insert(key, loaded);
        }
        Ok(value)
    }

    fn fold_in(&mut self, placed: &[Placed<'_>], known: Known) -> Result<(), ReadError> {
        if self.unflushed >= UNFLUSHED_MAX {
            let flushed = self.store.flush();
            self.flushed(flushed)?;
        }
        let mut fold = Fold::new(&*self.store, &*self.options.seal, self.mark, known);
        for change in placed {
            if fold.apply(change)? {
                fold.write()?;
                // A big batch: each piece is flushed by itself.
                self.store.flush()?;
            }
        }
        fold.write()?;
        self.mark = fold.mark();
        self.unflushed += 1;
        Ok(())
    }

    /// Hands what the store has not flushed to the disk. To be called when there is nothing else to do.
    pub fn idle(&mut self) -> Result<(), StoreError> {
        if !self.hardened {
            return self.checkpoint();
        }
        if self.unflushed > 0 {
            let flushed = self.store.flush();
            self.flushed(flushed)?;
        }
        Ok(())
    }

    /// Makes the store survive a power cut with all that was saved, so that the next start has nothing to put back.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        let flushed = self.store.flush().and_then(|()| self.store.harden());
        self.hardened = true;
        self.flushed(flushed)
    }

    fn flushed(&mut self, result: Result<(), StoreError>) -> Result<(), StoreError> {
        match &result {
            Ok(()) => self.unflushed = 0,
            // After a failed flush sled stays failed: nothing more is given to this handle.
            Err(_) => self.store_behind = true,
        }
        result
    }

    /// Closes the journal and leaves the mark of a clean stop. Without it the next start checks the whole store.
    pub fn close(mut self) -> Result<(), OpenError> {
        if self.log.is_dead() || self.store_behind || self.is_read_only() {
            return Ok(());
        }
        self.checkpoint().map_err(|error| OpenError::store(&self.folder, error))?;
        let path = self.folder.join(super::open::CLEAN);
        replace(&*self.disk, &path, &super::open::clean_mark(self.log.chain().seq))
            .map_err(|error| OpenError::io(&path, error))
    }

    /// After [`CommitError::NotConfirmed`]: wipes what was not confirmed and lets writing go on, when the disk can again.
    pub fn resume(&mut self) -> Result<(), OpenError> {
        let folder = self.log.folder().to_owned();
        self.log.resume().map_err(|error| OpenError::io(&folder, error))
    }

    /// Whether writing has stopped after a failed write ([`Journal::resume`]).
    pub const fn is_stopped(&self) -> bool {
        self.log.is_dead()
    }

    /// Whether the store wants [`Journal::repair`].
    pub const fn is_store_behind(&self) -> bool {
        self.store_behind
    }
}
