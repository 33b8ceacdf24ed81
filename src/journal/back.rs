//! Reading what was done backwards from the end: the access log, which is all looks and the batches between them.

use super::format::{Hash, RECORD_HEAD};
use super::store::cell::{self, Cell};
use super::store::{Scan, after};
use super::walk::Place;
use super::{Journal, ReadError};
use crate::desk::record::Change;

/// A batch as the walk backwards meets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// The journal's number of its first change: the walk may go on from here.
    pub seq: u64,
    /// Its changes that read: all of a batch of looks, the first ones of any other. Empty: damaged, or disposed of.
    pub changes: Vec<Change>,
}

impl Journal {
    /// The end of the chain: the last number, and the hash of its head. It stands for everything before it.
    pub const fn head(&self) -> (u64, Hash) {
        let chain = self.log.chain();
        (chain.seq, chain.hash)
    }

    /// The first change of the desk that reads; `None` on a desk without any.
    pub fn first_change(&self) -> Result<Option<Change>, ReadError> {
        for pair in Scan::new(&*self.store, cell::BATCHES, false) {
            let (at, bytes) = pair?;
            let place = Cell::decode(&at, &bytes).and_then(|cell| Some(cell::decode_place(&cell.payload)?.0));
            if let Some((change, _)) = place.map(|place| self.change_at(place)).transpose()?.flatten() {
                return Ok(Some(change));
            }
        }
        Ok(None)
    }

    /// What was done, newest first, from before the journal's number `before` (none: from the end).
    pub fn log_back(&self, before: Option<u64>) -> impl Iterator<Item = Result<Logged, ReadError>> + '_ {
        self.batches_back(before, 1)
    }

    /// The same with the first `most` changes of each batch, at least one: an import may have thousands.
    pub fn batches_back(
        &self,
        before: Option<u64>,
        most: usize,
    ) -> impl Iterator<Item = Result<Logged, ReadError>> + '_ {
        let (from, to) = (cell::batch(0), before.map_or_else(|| after(cell::BATCHES), cell::batch));
        Scan::between(&*self.store, from, to, true).filter_map(move |pair| {
            let (at, bytes) = match pair {
                Ok(pair) => pair,
                Err(error) => return Some(Err(error.into())),
            };
            let seq = cell::batch_of(&at)?;
            let place = Cell::decode(&at, &bytes).and_then(|cell| Some(cell::decode_place(&cell.payload)?.0));
            let changes = place.map_or_else(|| Ok(Vec::new()), |place| self.first_of(place, most));
            Some(changes.map(|changes| Logged { seq, changes }))
        })
    }

    /// The changes of the batch that begins here, up to the first that does not read; of a batch that is no look, the
    /// first `most`.
    fn first_of(&self, place: Place, most: usize) -> Result<Vec<Change>, ReadError> {
        let (mut changes, mut at) = (Vec::new(), place);
        loop {
            let Some((change, last)) = self.change_at(at)? else { return Ok(changes) };
            let enough = !change.is_look() && changes.len() + 1 >= most;
            let ends = last || enough;
            changes.push(change);
            if ends {
                return Ok(changes);
            }
            let Some((head, _)) = self.log.read(at)? else { return Ok(changes) };
            at.at += u64::try_from(RECORD_HEAD).unwrap_or_default() + u64::from(head.length);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::{at, case, edit, memory, operator};
    use crate::desk::record::{Batch, Edit};

    #[test]
    fn all_looks_of_a_batch_are_met_and_of_others_the_first_change() {
        let (mut journal, ..) = memory();
        assert_eq!((journal.first_change().unwrap(), journal.head().0), (None, 0));
        journal.commit(edit(1, json!({"n": 1})), at(1)).unwrap();
        let looks = (1..=3).map(|n| Edit::new(case(n), json!({"n": n}))).collect();
        journal.commit(Batch::new("access-open", operator(), looks), at(2)).unwrap();
        let both = (1..=2).map(|n| Edit::new(case(n), json!({"later": n}))).collect();
        journal.commit(Batch::new("done-test", operator(), both), at(3)).unwrap();
        let met: Vec<(u64, usize)> =
            journal.log_back(None).map(|logged| logged.unwrap()).map(|l| (l.seq, l.changes.len())).collect();
        assert_eq!(met, [(5, 1), (2, 3), (1, 1)]);
        let whole = journal.batches_back(None, 9).next().unwrap().unwrap();
        assert_eq!(whole.changes.len(), 2);
        let page: Vec<u64> = journal.log_back(Some(2)).map(|logged| logged.unwrap().seq).collect();
        assert_eq!(page, [1]);
        assert_eq!(journal.first_change().unwrap().map(|change| change.at), Some(at(1)));
        assert_eq!(journal.head().0, 6);
    }
}
