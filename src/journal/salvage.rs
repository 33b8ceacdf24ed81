//! What a store that was set aside still tells of changes that the journal has lost. Its cells carry checks of their own
//! and decode one by one, so that a store which cannot be trusted as a whole still gives back the records it has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::error::Told;
use super::fold::load;
use super::open::NewStore;
use super::seal::Seal;
use super::store::cell::{self, Cell};
use super::store::sled::SledStore;
use super::store::{Scan, Store};
use super::{Options, StoreChoice};
use crate::desk::record::{Kind, RecordKey};

/// How long a damaged store may take to open once more: it was slow or failed before.
const LIMIT: Duration = Duration::from_secs(10);

/// What became of records that lost changes in the journal.
#[derive(Debug, Default)]
pub struct Salvage {
    /// Records with the value that they had, as the old store tells it.
    pub found: Vec<(RecordKey, Value)>,
    /// Records of which neither has everything.
    pub missing: Vec<RecordKey>,
    /// Lost changes of which nobody knows what they belonged to.
    pub unknown: BTreeSet<u64>,
}

impl Salvage {
    /// What is told of what could not be brought back.
    pub fn told(&self) -> Vec<Told> {
        let changes = u64::try_from(self.unknown.len()).unwrap_or(u64::MAX);
        let unknown = self.unknown.first().map(|first| Told::Lost { first: *first, changes });
        let missing = self.missing.iter().map(|record| Told::RecordLost { record: *record });
        missing.chain(unknown).collect()
    }
}

/// The store that was set aside, where it opens at all: to look at its cells one by one.
pub fn old_store(data: &Path, options: &Options, made: &NewStore) -> Option<Box<dyn Store>> {
    match &options.store {
        StoreChoice::Sled if made.aside.is_empty() => None,
        StoreChoice::Sled => {
            let limit = options.sled_limit.min(LIMIT);
            let opened = SledStore::open(&data.join(&made.aside), options.cache_bytes, limit, |_| Ok(()));
            opened.ok().map(|store| Box::new(store) as Box<dyn Store>)
        }
        StoreChoice::Memory(_) => made.memory.clone().map(|store| Box::new(store) as Box<dyn Store>),
    }
}

/// Looks in the old store for what `lost` changes did; `new` is the one built from what the journal has.
pub fn salvage(old: Option<&dyn Store>, new: &dyn Store, seal: &dyn Seal, lost: &BTreeSet<u64>) -> Salvage {
    match old.filter(|_| !lost.is_empty()) {
        Some(old) => between(old, new, seal, lost),
        None => Salvage { unknown: lost.clone(), ..Salvage::default() },
    }
}

fn between(old: &dyn Store, new: &dyn Store, seal: &dyn Seal, lost: &BTreeSet<u64>) -> Salvage {
    let (touched, broken) = touched(old, lost);
    let mut salvage = Salvage { unknown: lost.clone(), ..Salvage::default() };
    let seq_in_new = |record| load(new, seal, record).map_or(0, |loaded| loaded.seq);
    for (record, numbers) in touched {
        for number in &numbers {
            salvage.unknown.remove(number);
        }
        match load(old, seal, record) {
            // Older than what the journal still has: to put it back would take that away.
            Ok(loaded) if loaded.seq >= seq_in_new(record) && loaded.seq > 0 => {
                salvage.found.push((record, loaded.value.unwrap_or(Value::Null)));
            }
            Ok(_) | Err(_) => salvage.missing.push(record),
        }
    }
    // Nothing of these reads, in either.
    salvage.missing.extend(broken.into_iter().filter(|record| seq_in_new(*record) == 0));
    salvage.missing.sort();
    salvage.missing.dedup();
    salvage
}

/// The records that lost changes belong to, with the numbers; and the records whose first cell does not read.
fn touched(old: &dyn Store, lost: &BTreeSet<u64>) -> (BTreeMap<RecordKey, BTreeSet<u64>>, Vec<RecordKey>) {
    let mut touched: BTreeMap<RecordKey, BTreeSet<u64>> = BTreeMap::new();
    let mut broken = Vec::new();
    for kind in Kind::ALL {
        // A part of the store that does not read ends its own scan alone.
        for (at, _) in Scan::new(old, &cell::changes_of(kind), false).map_while(Result::ok) {
            if let Some((record, seq)) = cell::change_of(&at).filter(|(_, seq)| lost.contains(seq)) {
                touched.entry(record).or_default().insert(seq);
            }
        }
        for (at, bytes) in Scan::new(old, &cell::records(kind), false).map_while(Result::ok) {
            let Some((record, 0)) = cell::part_of(&at) else { continue };
            match Cell::decode(&at, &bytes) {
                Some(cell) if lost.contains(&cell.seq) => _ = touched.entry(record).or_default().insert(cell.seq),
                Some(_) => {}
                None => broken.push(record),
            }
        }
    }
    (touched, broken)
}
