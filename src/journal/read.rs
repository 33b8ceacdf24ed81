//! Reading: records, indexes and histories. A cell that is damaged in the store is read from the journal instead.

use serde_json::Value;

use super::fold::{LAST_NUMBER, assemble, load, number_in, patched};
use super::rebuild::{Said, said};
use super::store::cell::{self, Cell, Stack};
use super::store::{Scan, StoreError};
use super::walk::Place;
use super::{Journal, ReadError};
use crate::desk::id::Id;
use crate::desk::number::Number;
use crate::desk::record::{Change, Kind, RecordKey, Stamp};

/// The changes of one record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// The changes that read, oldest first.
    pub changes: Vec<Change>,
    /// How many more there were whose text is damaged.
    pub unreadable: u64,
}

impl Journal {
    /// A record's value; `None` when there is no such record.
    pub fn get(&self, key: RecordKey) -> Result<Option<Value>, ReadError> {
        match load(&*self.store, &*self.options.seal, key) {
            Ok(loaded) => Ok(loaded.value),
            Err(_) => self.by_journal(key),
        }
    }

    /// The record as the journal says, without the store's copy of it.
    fn by_journal(&self, key: RecordKey) -> Result<Option<Value>, ReadError> {
        let history = self.history(key)?;
        if history.unreadable > 0 {
            return Err(ReadError::Damaged(key));
        }
        Ok(history.changes.iter().fold(None, |value, change| patched(value.as_ref(), &change.patch)))
    }

    /// All records of a kind, in the order of their identities.
    pub fn each(&self, kind: Kind) -> impl Iterator<Item = Result<(Id, Value), ReadError>> + '_ {
        self.each_after(kind, None)
    }

    /// The same, only those after this one: for reading a kind in steps.
    pub fn each_after(
        &self,
        kind: Kind,
        after: Option<Id>,
    ) -> impl Iterator<Item = Result<(Id, Value), ReadError>> + '_ {
        let mut records = self.cells_after(kind, after);
        std::iter::from_fn(move || {
            loop {
                let (key, cells) = match records.next()? {
                    Ok(record) => record,
                    Err(error) => return Some(Err(error.into())),
                };
                let value = match cells.map(|cells| assemble(&*self.options.seal, key, cells)) {
                    Some(Ok(loaded)) => Ok(loaded.value),
                    Some(Err(_)) | None => self.by_journal(key),
                };
                match value {
                    Ok(Some(value)) => return Some(Ok((key.id, value))),
                    Ok(None) => {}
                    Err(error) => return Some(Err(error)),
                }
            }
        })
    }

    /// The cells of each record of a kind, removed ones too; `None` when one of them does not read.
    pub(super) fn cells_after(
        &self,
        kind: Kind,
        after: Option<Id>,
    ) -> impl Iterator<Item = Result<(RecordKey, Option<Vec<Cell>>), StoreError>> + '_ {
        let mut scan = Scan::new(&*self.store, &cell::records(kind), false);
        if let Some(id) = after {
            scan = scan.behind(&cell::record(RecordKey::new(kind, id)));
        }
        let mut cells = scan.peekable();
        std::iter::from_fn(move || {
            loop {
                let (at, bytes) = match cells.next()? {
                    Ok(pair) => pair,
                    Err(error) => return Some(Err(error)),
                };
                let Some((key, _)) = cell::part_of(&at) else { continue };
                let mut parts = vec![Cell::decode(&at, &bytes)];
                while let Some(Ok((at, bytes))) = cells
                    .next_if(|pair| pair.as_ref().is_ok_and(|(at, _)| cell::part_of(at).is_some_and(|p| p.0 == key)))
                {
                    parts.push(Cell::decode(&at, &bytes));
                }
                return Some(Ok((key, parts.into_iter().collect())));
            }
        })
    }

    /// The records of an index, whatever their keys, in no order.
    pub fn index(&self, name: &str) -> Result<Vec<RecordKey>, ReadError> {
        self.indexed(&cell::index_of(name))
    }

    /// The records under exactly this key of an index, in the order of their identities.
    pub fn index_at(&self, name: &str, key: &[u8]) -> Result<Vec<RecordKey>, ReadError> {
        let blinded = self.options.seal.blind(self.mark.blind, name, key)?;
        self.indexed(&cell::index_at(name, &blinded))
    }

    fn indexed(&self, prefix: &[u8]) -> Result<Vec<RecordKey>, ReadError> {
        let pairs = Scan::new(&*self.store, prefix, false);
        pairs.filter_map(|pair| pair.map(|(at, _)| cell::indexed(&at)).transpose()).map(own).collect()
    }

    /// The highest case number that was ever given in the fiscal year that begins in this calendar year.
    pub fn last_number(&self, fiscal_year: i32) -> Result<Option<Number>, ReadError> {
        let seal = &*self.options.seal;
        let at = cell::last_number(&seal.blind(self.mark.blind, LAST_NUMBER, &fiscal_year.to_be_bytes())?);
        Ok(self.store.get(&at)?.and_then(|bytes| number_in(seal, &at, &bytes)))
    }

    /// The changes of a record, oldest first.
    pub fn history(&self, key: RecordKey) -> Result<History, ReadError> {
        let mut history = History::default();
        for pair in Scan::new(&*self.store, &cell::changes(key), false) {
            let (at, bytes) = pair?;
            match self.change_of_cell(&at, &bytes)? {
                Some(change) if change.record == key => history.changes.push(change),
                Some(_) | None => history.unreadable += 1,
            }
        }
        Ok(history)
    }

    /// The looks at a record, newest first, at most `n`; those whose text is damaged are left out.
    pub fn looks(&self, key: RecordKey, n: usize) -> Result<Vec<Change>, ReadError> {
        let mut found = Vec::new();
        for pair in Scan::new(&*self.store, &cell::looks(key), true).take(n) {
            let (at, bytes) = pair?;
            found.extend(self.change_of_cell(&at, &bytes)?.filter(|change| change.record == key));
        }
        Ok(found)
    }

    /// The first change of each batch, newest first, from before the journal's number `before` (none: from the end), and
    /// the number of each: for reading in pages. Those whose text is damaged are left out.
    pub fn walk_back(&self, before: Option<u64>) -> impl Iterator<Item = Result<(u64, Change), ReadError>> + '_ {
        let (from, to) = (cell::batch(0), before.map_or_else(|| super::store::after(cell::BATCHES), cell::batch));
        Scan::between(&*self.store, from, to, true).filter_map(move |pair| {
            let (at, bytes) = match pair {
                Ok(pair) => pair,
                Err(error) => return Some(Err(error.into())),
            };
            let seq = cell::batch_of(&at)?;
            self.change_of_cell(&at, &bytes).map(|change| change.map(|change| (seq, change))).transpose()
        })
    }

    /// The change that a cell of a place says.
    pub(super) fn change_of_cell(&self, at: &[u8], bytes: &[u8]) -> Result<Option<Change>, ReadError> {
        let place = Cell::decode(at, bytes).and_then(|cell| Some(cell::decode_place(&cell.payload)?.0));
        Ok(place.map(|place| self.change_at(place)).transpose()?.flatten().map(|(change, _)| change))
    }

    /// The changes of a record whose number is higher than `seq`.
    pub(super) fn changes_since(&self, key: RecordKey, seq: u64) -> Result<Vec<Change>, ReadError> {
        let mut changes = Vec::new();
        for pair in Scan::new(&*self.store, &cell::changes(key), true) {
            let (at, bytes) = pair?;
            if cell::change_of(&at).is_none_or(|(_, n)| n <= seq) {
                break;
            }
            changes.extend(self.change_of_cell(&at, &bytes)?);
        }
        Ok(changes)
    }

    /// The first change of each of the last `n` batches, newest first: what was done lately, and by whom.
    pub fn recent(&self, n: usize) -> Result<Vec<Change>, ReadError> {
        let mut found = Vec::new();
        for pair in Scan::new(&*self.store, cell::BATCHES, true).take(n) {
            let (at, bytes) = pair?;
            found.extend(self.change_of_cell(&at, &bytes)?);
        }
        Ok(found)
    }

    /// The change at this place, and whether it ends its batch; `None` when it is damaged.
    pub(super) fn change_at(&self, place: Place) -> Result<Option<(Change, bool)>, ReadError> {
        let Some((head, body)) = self.log.read(place)? else { return Ok(None) };
        Ok(match said(&*self.options.seal, &head, &body)? {
            Said::Change(change) => Some((*change, head.last)),
            Said::Disposed | Said::Unreadable => None,
        })
    }

    /// The batch on top of an operator's stack: its stamp and where it lies.
    pub(super) fn top(&self, operator: Id, kind: Stack) -> Result<Option<(Stamp, Place)>, ReadError> {
        let top = Scan::new(&*self.store, &cell::stack(operator, kind), true).next().transpose()?;
        let Some((at, bytes)) = top else { return Ok(None) };
        let cell = Cell::decode(&at, &bytes).ok_or(StoreError::Damaged)?;
        Ok(cell::decode_place(&cell.payload).map(|(place, stamp)| (stamp, place)))
    }
}

fn own<T>(result: Result<T, StoreError>) -> Result<T, ReadError> {
    result.map_err(ReadError::from)
}
