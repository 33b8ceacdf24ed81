//! Bringing the store and the journal together: replay of what the store lacks, building it anew, and writing to the
//! journal again what only the store still has.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::Path;

use serde_json::Value;

use super::disk::Disk;
use super::error::{ReadError, Told};
use super::fold::{Fold, Placed};
use super::format::{Body, RecordHead, SEGMENT_HEAD, SegmentHead, hash};
use super::log::SALT;
use super::salvage::Salvage;
use super::seal::{NoKey, Seal, epoch_of};
use super::store::cell::{self, Mark};
use super::store::{Scan, Store, StoreError};
use super::walk::{Damage, Met, Place, Walked, segment_name, walk};
use super::{CommitError, Journal};
use crate::desk::id::Id;
use crate::desk::record::{Batch, Change, Edit, RecordKey};

/// What the batch is called that writes records again from the store.
pub const RESTATED: &str = "setup-restated";

/// Why a replay stopped.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The store is of another journal, or of a journal that was changed.
    #[error("the store does not belong to the journal")]
    Mismatch,
    /// The store failed or is damaged.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The journal's disk failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<StoreError> for ReplayError {
    fn from(error: StoreError) -> Self {
        Self::Read(ReadError::Store(error))
    }
}

/// What a replay did.
pub struct Replayed {
    /// What the walk found.
    pub walked: Walked,
    /// How far the store has come.
    pub mark: Mark,
    /// Changes that were put into the store.
    pub changes: u64,
    /// Numbers of damaged changes that the store did not have either, and that were not written again since.
    pub lost: BTreeSet<u64>,
}

impl Replayed {
    /// What is told of the changes that are lost.
    pub fn lost_told(&self) -> Option<Told> {
        let changes = u64::try_from(self.lost.len()).unwrap_or(u64::MAX);
        self.lost.first().map(|first| Told::Lost { first: *first, changes })
    }
}

/// Where a replay reads and what it writes to.
pub struct Sources<'a> {
    /// The journal's disk.
    pub disk: &'a dyn Disk,
    /// The segments' folder.
    pub folder: &'a Path,
    /// The segments' numbers.
    pub numbers: &'a [u32],
    /// How bodies are sealed.
    pub seal: &'a dyn Seal,
    /// The store.
    pub store: &'a dyn Store,
}

/// What stands behind a head.
pub enum Said {
    /// A change.
    Change(Box<Change>),
    /// Nothing any more: it was disposed of.
    Disposed,
    /// It does not open, or is not what the head says.
    Unreadable,
}

/// What the body behind this head says. While the desk is locked nothing is said, so that nothing is taken for damage.
pub fn said(seal: &dyn Seal, head: &RecordHead, body: &[u8]) -> Result<Said, NoKey> {
    if !seal.is_open() {
        return Err(NoKey);
    }
    let plain = match head.body_in(body) {
        Some(Body::Disposed) => return Ok(Said::Disposed),
        // What is sealed with a key that is not here is no damage.
        Some(Body::Sealed(sealed)) if epoch_of(sealed).is_some_and(|epoch| !seal.knows(epoch)) => return Err(NoKey),
        Some(Body::Sealed(sealed)) => seal.open(&head.encode(), sealed).filter(|plain| hash(plain) == head.body),
        // Only the conversion reads those.
        Some(Body::Clear(_)) | None => None,
    };
    let text = plain.as_deref().and_then(|plain| plain.get(SALT..));
    Ok(match text.and_then(|text| serde_json::from_slice(text).ok()) {
        Some(change) => Said::Change(Box::new(change)),
        None => Said::Unreadable,
    })
}

impl Sources<'_> {
    /// The segments that a store with this mark must see: the one that holds its last change, and those behind it.
    fn since_mark(&self, seq: u64) -> Result<&[u32], io::Error> {
        for (i, number) in self.numbers.iter().enumerate().rev() {
            let mut head = [0; SEGMENT_HEAD];
            self.disk.open(&self.folder.join(segment_name(*number)), false)?.read_at(0, &mut head)?;
            if SegmentHead::decode(&head).is_some_and(|head| head.first <= seq) {
                return Ok(self.numbers.get(i..).unwrap_or_default());
            }
        }
        Ok(self.numbers)
    }

    /// Puts into the store what it lacks beyond `mark`. `acknowledged` is the highest number known to have been saved.
    pub fn replay(&self, mark: Mark, acknowledged: u64) -> Result<Replayed, ReplayError> {
        let numbers = self.since_mark(mark.seq)?;
        let mut fold = Fold::new(self.store, self.seal, mark, HashMap::new());
        let (mut changes, mut restated) = (0, 0);
        let mut unreadable: Vec<Damage> = Vec::new();
        let mut walked = walk(self.disk, self.folder, numbers, acknowledged, |met: Met<'_>| {
            let head = &met.head;
            if head.seq <= mark.seq {
                if head.seq == mark.seq && met.hash != mark.hash {
                    return Err(ReplayError::Mismatch);
                }
                fold.pass(met.place, head);
                return Ok(());
            }
            let change = match said(self.seal, head, met.body).map_err(ReadError::Locked)? {
                Said::Change(change) => change,
                Said::Disposed => {
                    fold.pass_disposed(head, met.hash);
                    return Ok(());
                }
                Said::Unreadable => {
                    let Place { segment, at } = met.place;
                    let (first, seq) = (head.seq, head.seq);
                    unreadable.push(Damage { segment, from: at, to: at, first, count: 1, seq });
                    return Ok(());
                }
            };
            let placed = Placed { place: met.place, seq: head.seq, hash: met.hash, last: head.last, change: &change };
            changes += 1;
            if change.what == RESTATED {
                restated = head.seq;
            }
            if fold.apply(&placed)? {
                fold.write()?;
                self.store.flush()?;
            }
            Ok(())
        })?;
        walked.damage.append(&mut unreadable);
        if changes > 0 {
            fold.write()?;
            self.store.flush()?;
        }
        let mut lost = lost_numbers(&walked.damage);
        lost.retain(|seq| *seq > mark.seq && *seq > restated);
        Ok(Replayed { walked, mark: fold.mark(), changes, lost })
    }
}

/// More numbers than this are not listed one by one: a forged head may claim that any number of changes is missing.
const LOST_MAX: usize = 1 << 20;

/// The numbers of the changes that damage took away, the first [`LOST_MAX`] of them.
pub fn lost_numbers(damage: &[Damage]) -> BTreeSet<u64> {
    damage.iter().flat_map(|d| d.first..d.first.saturating_add(d.count)).take(LOST_MAX).collect()
}

/// What is told of damaged parts and segment heads.
pub fn told_of(walked: &Walked) -> Vec<Told> {
    let heads = walked.bad_heads.iter().map(|number| Told::SegmentHead { file: segment_name(*number) });
    let parts =
        walked.damage.iter().map(|d| Told::Damage { file: segment_name(d.segment), from: d.from, changes: d.count });
    heads.chain(parts).collect()
}

/// The edits that make a record this value, whatever it was.
fn anew(record: RecordKey, value: Option<Value>) -> Vec<Edit> {
    let value = value.filter(|value| !value.is_null()).map(|value| Edit::new(record, value));
    std::iter::once(Edit::new(record, Value::Null)).chain(value).collect()
}

impl Salvage {
    /// The edits that put back what was found.
    pub(super) fn edits(&self) -> Vec<Edit> {
        self.found.iter().flat_map(|(record, value)| anew(*record, Some(value.clone()))).collect()
    }
}

impl Journal {
    /// Which records the store says that these changes belong to, and that were not written again since.
    pub(super) fn records_of(&self, lost: &BTreeSet<u64>) -> Result<Vec<RecordKey>, ReadError> {
        let mut found = BTreeSet::new();
        if lost.is_empty() {
            return Ok(Vec::new());
        }
        for pair in Scan::new(&*self.store, b"H", false) {
            let (key, _) = pair?;
            found.extend(cell::change_of(&key).filter(|(_, seq)| lost.contains(seq)));
        }
        let mut records = BTreeSet::new();
        for (key, seq) in found {
            let later = self.changes_since(key, seq)?;
            if !later.iter().any(|change| change.what == RESTATED) {
                records.insert(key);
            }
        }
        Ok(records.into_iter().collect())
    }

    /// The edits that say anew what these records are, and the records that the store does not have whole either.
    pub(super) fn restating(&self, records: &[RecordKey]) -> (Vec<Edit>, Vec<RecordKey>) {
        let (mut edits, mut left) = (Vec::new(), Vec::new());
        for key in records {
            match super::fold::load(&*self.store, &*self.options.seal, *key) {
                Ok(loaded) => edits.extend(anew(*key, loaded.value)),
                Err(_) => left.push(*key),
            }
        }
        (edits, left)
    }

    /// Writes these records to the journal again, in a segment of their own beginning.
    pub(super) fn restate(&mut self, edits: Vec<Edit>) -> Result<u64, CommitError> {
        let records = edits.iter().map(|edit| edit.record).collect::<BTreeSet<_>>().len();
        let at = self.options.now;
        self.commit(Batch::new(RESTATED, Id::NIL, edits), at)?;
        Ok(u64::try_from(records).unwrap_or(u64::MAX))
    }
}
