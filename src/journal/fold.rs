//! Folding changes into the store: values, indexes, history and undo stacks, all in one write. Knows no segment.
//!
//! The same code runs for a commit, for the replay of what the store lacks, and for building a store anew, so the
//! store is always a function of the journal.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::error::ReadError;
use super::format::{Hash, RecordHead};
use super::seal::{NoKey, Seal};
use super::store::cell::{self, Cell, Mark, Stack};
use super::store::{Scan, Store, StoreError};
use super::walk::Place;
use crate::desk::number::Number;
use crate::desk::record::{Change, DISPOSAL, LOOK, RecordKey, Stamp};
use crate::desk::{index, patch};

/// A write to the store stays below this many bytes, so that sled never has much that is not flushed.
const CHUNK_BYTES: usize = 64 << 10;

/// Whether a batch of this name can be taken back: setting up the desk, looking at data and disposal cannot.
pub fn undoable(what: &str) -> bool {
    ["setup-", LOOK, DISPOSAL].iter().all(|prefix| !what.starts_with(prefix))
}

/// A record as the store has it.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The journal number of its last change; 0 when it never was.
    pub seq: u64,
    /// How many cells it takes.
    pub parts: u16,
    /// Its value; `None` when there is no such record.
    pub value: Option<Value>,
    /// What each of its cells adds to the store's digest; empty when it is not known, or the record never was.
    pub digests: Vec<u128>,
}

/// Reads a record that is about to be changed.
pub fn load_to_change(store: &dyn Store, seal: &dyn Seal, key: RecordKey) -> Result<Loaded, ReadError> {
    let mut digests = Vec::new();
    let loaded = load_and(store, seal, key, |at, bytes| digests.push(cell::digest(at, bytes)))?;
    Ok(Loaded { digests, ..loaded })
}

/// Where a record's value is sealed for: bytes moved to another record or number do not open.
pub fn value_place(key: RecordKey, seq: u64) -> Vec<u8> {
    cell::change(key, seq)
}

/// Puts a record together from its cells.
pub fn assemble(seal: &dyn Seal, key: RecordKey, cells: Vec<Cell>) -> Result<Loaded, ReadError> {
    let damaged = || if seal.is_open() { ReadError::Damaged(key) } else { ReadError::Locked(NoKey) };
    let (mut sealed, mut found) = (Vec::new(), 0_u16);
    let (mut seq, mut parts) = (0, 0);
    for part in cells {
        if found == 0 {
            (seq, parts) = (part.seq, part.parts);
        } else if (part.seq, part.parts) != (seq, parts) {
            return Err(damaged());
        }
        sealed.extend_from_slice(&part.payload);
        found = found.saturating_add(1);
    }
    if found != parts {
        return Err(damaged());
    }
    if sealed.is_empty() {
        return Ok(Loaded { seq, parts, value: None, digests: Vec::new() });
    }
    let plain = seal.open(&value_place(key, seq), &sealed).ok_or_else(damaged)?;
    let value = serde_json::from_slice(&plain).map_err(|_| damaged())?;
    Ok(Loaded { seq, parts, value: Some(value), digests: Vec::new() })
}

/// Reads a record from the store.
pub fn load(store: &dyn Store, seal: &dyn Seal, key: RecordKey) -> Result<Loaded, ReadError> {
    load_and(store, seal, key, |_, _| {})
}

/// The same, showing each cell as it is read.
fn load_and(
    store: &dyn Store,
    seal: &dyn Seal,
    key: RecordKey,
    mut show: impl FnMut(&[u8], &[u8]),
) -> Result<Loaded, ReadError> {
    let mut read = |part| -> Result<Option<Cell>, ReadError> {
        let at = cell::part(key, part);
        let Some(bytes) = store.get(&at)? else { return Ok(None) };
        show(&at, &bytes);
        Cell::decode(&at, &bytes).map(Some).ok_or(ReadError::Damaged(key))
    };
    let Some(first) = read(0)? else { return Ok(Loaded::default()) };
    let mut cells = Vec::with_capacity(usize::from(first.parts));
    let parts = first.parts;
    cells.push(first);
    for part in 1..parts {
        cells.extend(read(part)?);
    }
    assemble(seal, key, cells)
}

/// A value as it counts: a record without members is no record.
pub fn present(value: Value) -> Option<Value> {
    let nothing = value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty);
    (!nothing).then_some(value)
}

/// The value after the patch.
pub fn patched(before: Option<&Value>, change: &Value) -> Option<Value> {
    let mut value = before.cloned().unwrap_or(Value::Null);
    patch::apply(&mut value, change);
    present(value)
}

/// What the highest case numbers are hidden under.
pub const LAST_NUMBER: &str = "last-number";

fn number_place(at: &[u8], seq: u64) -> Vec<u8> {
    [at, &seq.to_be_bytes()].concat()
}

/// The case number in such a cell.
pub fn number_in(seal: &dyn Seal, at: &[u8], bytes: &[u8]) -> Option<Number> {
    let cell = Cell::decode(at, bytes)?;
    let plain = seal.open(&number_place(at, cell.seq), &cell.payload)?;
    std::str::from_utf8(&plain).ok()?.parse().ok()
}

/// A change with where it lies in the journal.
pub struct Placed<'a> {
    /// Where.
    pub place: Place,
    /// Its record's number.
    pub seq: u64,
    /// The hash of its record's head.
    pub hash: Hash,
    /// Whether it ends its batch.
    pub last: bool,
    /// The change.
    pub change: &'a Change,
}

/// What the store holds under a key that is about to be written.
#[derive(Debug, Clone, Copy)]
enum Old {
    /// Nobody has looked.
    Unread,
    /// Nothing.
    Absent,
    /// A cell that adds this to the digest.
    Adds(u128),
}

/// A cell on its way: what is there now, and what will be.
struct Waiting {
    old: Old,
    new: Option<Vec<u8>>,
}

/// Changes on their way into the store.
pub struct Fold<'a> {
    store: &'a dyn Store,
    seal: &'a dyn Seal,
    mark: Mark,
    writes: BTreeMap<Vec<u8>, Waiting>,
    bytes: usize,
    loaded: HashMap<RecordKey, Loaded>,
    known: HashMap<RecordKey, Loaded>,
    batch: Option<(u64, Place, Stamp)>,
    /// Part of the batch at hand was disposed of: nobody can take it back any more.
    in_part: bool,
}

impl<'a> Fold<'a> {
    /// A fold that goes on from `mark`. `known` are records as the store has them, read to be changed.
    pub fn new(store: &'a dyn Store, seal: &'a dyn Seal, mark: Mark, known: HashMap<RecordKey, Loaded>) -> Self {
        Self {
            store,
            seal,
            mark,
            writes: BTreeMap::new(),
            bytes: 0,
            loaded: HashMap::new(),
            known,
            batch: None,
            in_part: false,
        }
    }

    /// How far the store has come with what was written.
    pub const fn mark(&self) -> Mark {
        self.mark
    }

    /// The record as what was applied so far leaves it.
    fn take(&mut self, key: RecordKey) -> Result<Loaded, ReadError> {
        match self.loaded.remove(&key).or_else(|| self.known.remove(&key)) {
            Some(loaded) => Ok(loaded),
            None => load_to_change(self.store, self.seal, key),
        }
    }

    /// Notes a record that the store has already: a batch that was cut in two is completed by its end.
    pub fn pass(&mut self, place: Place, head: &RecordHead) {
        self.batch.get_or_insert((head.seq, place, head.stamp));
        if head.last {
            self.batch = None;
        }
    }

    /// Notes a record that was disposed of: the store has come past it, and nothing of it is there.
    pub fn pass_disposed(&mut self, head: &RecordHead, hash: Hash) {
        (self.batch, self.in_part) = if head.last { (None, false) } else { (self.batch, true) };
        (self.mark.seq, self.mark.hash, self.mark.stamp) = (head.seq, hash, head.stamp);
    }

    /// Folds one change in. Says whether enough has gathered that [`Fold::write`] is due.
    pub fn apply(&mut self, placed: &Placed<'_>) -> Result<bool, ReadError> {
        let (seq, change) = (placed.seq, placed.change);
        if change.is_look() {
            let at = cell::look(change.record, seq);
            self.put(at, seq, &cell::encode_place(placed.place, change.stamp));
        } else {
            self.apply_patch(placed)?;
        }
        if self.batch.is_some_and(|(_, _, batch)| batch != change.batch) {
            // The end of the batch before is damaged.
            self.batch = None;
        }
        self.batch.get_or_insert((seq, placed.place, change.batch));
        if placed.last {
            self.end_batch(seq, change)?;
        }
        (self.mark.seq, self.mark.hash, self.mark.stamp) = (seq, placed.hash, change.stamp);
        Ok(self.bytes >= CHUNK_BYTES)
    }

    fn apply_patch(&mut self, placed: &Placed<'_>) -> Result<(), ReadError> {
        let (seq, change) = (placed.seq, placed.change);
        let key = change.record;
        let before = self.take(key)?;
        // Never older over newer (storage rule 4).
        if before.seq < seq {
            let after = patched(before.value.as_ref(), &change.patch);
            self.reindex(key, seq, before.value.as_ref(), after.as_ref())?;
            let parts = self.put_value(key, seq, &before, after.as_ref())?;
            self.loaded.insert(key, Loaded { seq, parts, value: after, digests: Vec::new() });
        } else {
            self.loaded.insert(key, before);
        }
        // The store has no change beyond its mark, so these keys are new to it and are not looked for.
        self.put(cell::change(key, seq), seq, &cell::encode_place(placed.place, change.stamp));
        Ok(())
    }

    /// Lets a cell wait for the write. What the store holds is what the first to name the key knew of it.
    fn wait(&mut self, key: Vec<u8>, old: Old, new: Option<Vec<u8>>) {
        self.bytes += new.as_ref().map_or(0, |new| key.len() + new.len());
        self.writes.entry(key).or_insert(Waiting { old, new: None }).new = new;
    }

    /// A small cell under a key that the store does not have.
    fn put(&mut self, key: Vec<u8>, seq: u64, payload: &[u8]) {
        let bytes = cell::encode(&key, seq, 1, payload);
        self.wait(key, Old::Absent, Some(bytes));
    }

    fn put_value(
        &mut self,
        key: RecordKey,
        seq: u64,
        before: &Loaded,
        value: Option<&Value>,
    ) -> Result<u16, ReadError> {
        let sealed = match value {
            Some(value) => {
                let plain = serde_json::to_vec(value).map_err(|_| ReadError::Damaged(key))?;
                self.seal.seal(&value_place(key, seq), &plain)?
            }
            None => Vec::new(),
        };
        let pieces: Vec<&[u8]> = if sealed.is_empty() { vec![&[][..]] } else { sealed.chunks(cell::PART).collect() };
        let parts = u16::try_from(pieces.len()).map_err(|_| ReadError::Damaged(key))?;
        let old = |part: u16| match before.digests.get(usize::from(part)) {
            Some(digest) => Old::Adds(*digest),
            None if before.seq == 0 => Old::Absent,
            None => Old::Unread,
        };
        for (part, piece) in (0_u16..).zip(pieces) {
            let at = cell::part(key, part);
            let bytes = cell::encode(&at, seq, parts, piece);
            self.wait(at, old(part), Some(bytes));
        }
        for part in parts..before.parts {
            self.wait(cell::part(key, part), old(part), None);
        }
        Ok(parts)
    }

    fn reindex(
        &mut self,
        key: RecordKey,
        seq: u64,
        before: Option<&Value>,
        after: Option<&Value>,
    ) -> Result<(), ReadError> {
        let keys = |value: Option<&Value>| value.map_or_else(Vec::new, |value| index::keys(key.kind, value));
        let (old, new) = (keys(before), keys(after));
        for (name, at) in old.iter().filter(|entry| !new.contains(entry)) {
            let at = cell::index(name, &self.blind(name, at)?, key);
            self.wait(at, Old::Unread, None);
        }
        for (name, at) in new.iter().filter(|entry| !old.contains(entry)) {
            if *name == index::NUMBER {
                self.note_number(seq, at)?;
            }
            let at = cell::index(name, &self.blind(name, at)?, key);
            // An earlier version of the program may have put the record under this key already.
            let bytes = cell::encode(&at, seq, 1, &[]);
            self.wait(at, Old::Unread, Some(bytes));
        }
        Ok(())
    }

    fn blind(&self, name: &str, key: &[u8]) -> Result<cell::Blinded, ReadError> {
        Ok(self.seal.blind(self.mark.blind, name, key)?)
    }

    /// Keeps the highest case number of each fiscal year: hidden index keys have no order.
    fn note_number(&mut self, seq: u64, number: &[u8]) -> Result<(), ReadError> {
        let Some(number) = std::str::from_utf8(number).ok().and_then(|text| text.parse::<Number>().ok()) else {
            return Ok(());
        };
        let at = cell::last_number(&self.blind(LAST_NUMBER, &number.fiscal_year.to_be_bytes())?);
        let waiting = self.writes.get(&at).and_then(|waiting| waiting.new.clone());
        let present = match waiting {
            Some(bytes) => Some(bytes),
            None => self.store.get(&at)?,
        };
        let known = present.and_then(|bytes| number_in(self.seal, &at, &bytes));
        if known.is_none_or(|known| known < number) {
            let sealed = self.seal.seal(&number_place(&at, seq), number.to_string().as_bytes())?;
            let bytes = cell::encode(&at, seq, 1, &sealed);
            self.wait(at, Old::Unread, Some(bytes));
        }
        Ok(())
    }

    fn end_batch(&mut self, seq: u64, change: &Change) -> Result<(), ReadError> {
        let in_part = std::mem::take(&mut self.in_part);
        let Some((first, place, stamp)) = self.batch.take() else { return Ok(()) };
        let where_it_lies = cell::encode_place(place, stamp);
        self.put(cell::batch(first), seq, &where_it_lies);
        let operator = change.operator;
        if in_part {
            return Ok(());
        }
        let to = match change.undoes {
            None if undoable(&change.what) => {
                self.clear(&cell::stack(operator, Stack::Redo))?;
                Stack::Done
            }
            None => return Ok(()),
            Some(target) => {
                let done = cell::stacked(operator, Stack::Done, target);
                let redo = cell::stacked(operator, Stack::Redo, target);
                let was_done = self.has(&done)?;
                self.wait(if was_done { done } else { redo }, Old::Unread, None);
                if was_done { Stack::Redo } else { Stack::Done }
            }
        };
        self.put(cell::stacked(operator, to, stamp), seq, &where_it_lies);
        Ok(())
    }

    fn has(&self, key: &[u8]) -> Result<bool, StoreError> {
        match self.writes.get(key) {
            Some(waiting) => Ok(waiting.new.is_some()),
            None => Ok(self.store.get(key)?.is_some()),
        }
    }

    fn clear(&mut self, prefix: &[u8]) -> Result<(), StoreError> {
        let mut keys: Vec<Vec<u8>> = self.writes.keys().filter(|key| key.starts_with(prefix)).cloned().collect();
        for pair in Scan::new(self.store, prefix, false) {
            keys.push(pair?.0);
        }
        for key in keys {
            self.wait(key, Old::Unread, None);
        }
        Ok(())
    }

    /// Writes what has gathered, with the mark, as one.
    pub fn write(&mut self) -> Result<(), StoreError> {
        let mut mark = self.mark;
        let mut writes = Vec::with_capacity(self.writes.len() + 1);
        for (key, Waiting { old, new }) in std::mem::take(&mut self.writes) {
            let old = match old {
                Old::Absent => None,
                Old::Adds(digest) => Some(digest),
                Old::Unread => self.store.get(&key)?.map(|old| cell::digest(&key, &old)),
            };
            if let Some(old) = old {
                mark.digest = mark.digest.wrapping_sub(old);
                mark.cells = mark.cells.saturating_sub(1);
            }
            if let Some(new) = &new {
                mark.digest = mark.digest.wrapping_add(cell::digest(&key, new));
                mark.cells = mark.cells.saturating_add(1);
            } else if old.is_none() {
                continue;
            }
            writes.push((key, new));
        }
        writes.push((cell::MARK.to_vec(), Some(cell::encode(cell::MARK, mark.seq, 1, &mark.encode()))));
        self.store.write(&writes)?;
        self.mark = mark;
        self.bytes = 0;
        self.loaded.clear();
        Ok(())
    }
}
