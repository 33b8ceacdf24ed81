//! A store in memory: for the simulation, and for tests that want a store which forgot. Clones share it.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Pair, Store, StoreError, Write};

type Map = BTreeMap<Vec<u8>, Vec<u8>>;

/// The store.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Map>>);

impl MemoryStore {
    fn map(&self) -> MutexGuard<'_, Map> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A store with the same cells that goes its own way: what was flushed before a power cut.
    #[must_use]
    pub fn snapshot(&self) -> Self {
        Self(Arc::new(Mutex::new(self.map().clone())))
    }

    /// Takes the place of this store under all who share it.
    pub fn become_like(&self, new: &Self) {
        let cells = std::mem::take(&mut *new.map());
        *self.map() = cells;
    }

    /// Changes the cells behind everybody's back.
    pub fn tamper(&self, change: impl FnOnce(&mut BTreeMap<Vec<u8>, Vec<u8>>)) {
        change(&mut self.map());
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.map().get(key).cloned())
    }

    fn page(&self, from: &[u8], to: &[u8], backwards: bool, limit: usize) -> Result<Vec<Pair>, StoreError> {
        if from >= to {
            return Ok(Vec::new());
        }
        let map = self.map();
        let range = map.range::<[u8], _>((Bound::Included(from), Bound::Excluded(to)));
        let own = |(key, bytes): (&Vec<u8>, &Vec<u8>)| (key.clone(), bytes.clone());
        Ok(if backwards { range.rev().take(limit).map(own).collect() } else { range.take(limit).map(own).collect() })
    }

    fn write(&self, writes: &[Write]) -> Result<(), StoreError> {
        let mut map = self.map();
        for (key, bytes) in writes {
            match bytes {
                Some(bytes) => drop(map.insert(key.clone(), bytes.clone())),
                None => drop(map.remove(key)),
            }
        }
        Ok(())
    }

    fn flush(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn harden(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
