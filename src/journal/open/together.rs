//! The store at an opening: opened and brought to where the journal is, or set aside and built anew.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::check;
use super::super::disk::Disk;
use super::super::error::Told;
use super::super::format::genesis;
use super::super::rebuild::{ReplayError, Replayed, Sources};
use super::super::salvage::{Salvage, old_store, salvage};
use super::super::store::cell::{self, Cell, Mark};
use super::super::store::memory::MemoryStore;
use super::super::store::sled::{SledStore, current_folder, remove_all, set_aside};
use super::super::store::{Store, StoreError};
use super::super::walk::{segment_numbers, walk};
use super::super::{OpenError, Options, ReadError, StoreChoice};
use crate::desk::id::Id;

/// A store with the mark in it; none when it is empty.
pub(super) struct Stored {
    pub(super) store: Box<dyn Store>,
    pub(super) mark: Option<Mark>,
}

fn read_mark(store: &dyn Store) -> Result<Option<Mark>, StoreError> {
    match store.get(cell::MARK)? {
        Some(bytes) => {
            let cell = Cell::decode(cell::MARK, &bytes).ok_or(StoreError::Damaged)?;
            Mark::decode(&cell).map(Some).ok_or(StoreError::Damaged)
        }
        None if store.page(&[], &[u8::MAX], false, 1)?.is_empty() => Ok(None),
        None => Err(StoreError::Damaged),
    }
}

/// Opens the store; `full` checks every cell of it.
pub(super) fn open_store(folder: &Path, options: &Options, full: bool) -> Result<Stored, StoreError> {
    let checked = move |store: &dyn Store| match read_mark(store)? {
        Some(mark) if full => check::check_cells(store, &mark),
        Some(_) | None => Ok(()),
    };
    let store: Box<dyn Store> = match &options.store {
        StoreChoice::Sled => {
            let folder = current_folder(folder).map_err(StoreError::Io)?;
            Box::new(SledStore::open(&folder, options.cache_bytes, options.sled_limit, checked)?)
        }
        StoreChoice::Memory(store) => {
            checked(store)?;
            Box::new(store.clone())
        }
    };
    let mark = read_mark(&*store)?;
    Ok(Stored { store, mark })
}

/// An empty store, and what became of the one before.
pub struct NewStore {
    /// The empty one.
    pub store: Box<dyn Store>,
    /// The folder of the one before, in the data folder; empty when there was none.
    pub aside: String,
    /// The one before, when it was in memory.
    pub memory: Option<MemoryStore>,
}

/// Sets the store aside and opens an empty one.
pub fn new_store(folder: &Path, options: &Options) -> Result<NewStore, OpenError> {
    match &options.store {
        StoreChoice::Sled => {
            let (next, aside) = set_aside(folder).map_err(|error| OpenError::io(folder, error))?;
            let opened = SledStore::open(&next, options.cache_bytes, options.sled_limit, |_| Ok(()));
            let store = Box::new(opened.map_err(|error| OpenError::store(folder, error))?);
            Ok(NewStore { store, aside, memory: None })
        }
        StoreChoice::Memory(store) => {
            let memory = Some(store.snapshot());
            store.tamper(std::collections::BTreeMap::clear);
            Ok(NewStore { store: Box::new(store.clone()), aside: String::new(), memory })
        }
    }
}

/// The store with everything in it that the journal has.
pub(super) struct Restored {
    pub(super) store: Box<dyn Store>,
    pub(super) replayed: Replayed,
    /// What the store before it still told.
    pub(super) salvage: Salvage,
    /// The highest number known to have been saved.
    pub(super) acknowledged: u64,
}

pub(super) struct Opening<'a> {
    pub(super) folder: &'a Path,
    pub(super) disk: &'a Arc<dyn Disk>,
    pub(super) options: &'a Options,
    pub(super) desk: Id,
    pub(super) clean: u64,
}

impl Opening<'_> {
    /// The store, with everything in it that the journal has.
    pub(super) fn store_and_journal(&self, full: bool, told: &mut Vec<Told>) -> Result<Restored, OpenError> {
        let mut of_this_desk = true;
        let opened = open_store(self.folder, self.options, full);
        match opened {
            Err(error @ (StoreError::Full | StoreError::Locked)) => {
                return Err(OpenError::store(self.folder, error));
            }
            Ok(Stored { store, mark }) => {
                let from = mark.unwrap_or_else(|| Mark::empty(genesis(self.desk), self.options.seal.epoch()));
                let acknowledged = self.clean.max(from.seq);
                match self.replay(&*store, from, acknowledged) {
                    Ok(replayed) => {
                        if replayed.changes > 0 {
                            told.push(match mark {
                                Some(_) => Told::Replayed { changes: replayed.changes },
                                None => Told::StoreRebuilt { aside: String::new(), changes: replayed.changes },
                            });
                        }
                        let salvage = Salvage { unknown: replayed.lost.clone(), ..Salvage::default() };
                        return Ok(Restored { store, replayed, salvage, acknowledged });
                    }
                    Err(ReplayError::Io(error)) => return Err(self.failed(error)),
                    Err(ReplayError::Read(ReadError::Locked(_))) => {
                        return Err(OpenError::KeyMissing(self.folder.to_owned()));
                    }
                    Err(ReplayError::Read(ReadError::Store(StoreError::Full))) => {
                        return Err(OpenError::Full(self.folder.to_owned()));
                    }
                    Err(ReplayError::Mismatch) => of_this_desk = false,
                    Err(ReplayError::Read(_)) => {}
                }
            }
            Err(_) => {}
        }
        match self.build_anew(of_this_desk, told) {
            // The store that was set aside may be what fills the disk. It can tell nothing that a whole journal does not.
            Err(OpenError::Full(_)) if self.is_whole()? => {
                remove_all(self.folder).map_err(|error| OpenError::io(self.folder, error))?;
                self.build_anew(false, told)
            }
            built => built,
        }
    }

    /// Whether every record of the journal reads.
    fn is_whole(&self) -> Result<bool, OpenError> {
        if !matches!(self.options.store, StoreChoice::Sled) {
            return Ok(false);
        }
        let journal = self.folder.join("journal");
        let numbers = segment_numbers(&**self.disk, &journal).map_err(|error| self.failed(error))?;
        let walked = walk(&**self.disk, &journal, &numbers, self.clean, |_| Ok::<(), io::Error>(()));
        Ok(walked.map_err(|error| self.failed(error))?.damage.is_empty())
    }

    /// Sets the store aside and makes another from all of the journal. `of_this_desk`: the old one may still tell what a
    /// damaged journal does not.
    fn build_anew(&self, of_this_desk: bool, told: &mut Vec<Told>) -> Result<Restored, OpenError> {
        let made = new_store(self.folder, self.options)?;
        let old = if of_this_desk { old_store(self.folder, self.options, &made) } else { None };
        // How far it had come is known where its mark reads: what is missing up to there was saved.
        let known = old.as_deref().and_then(|old| read_mark(old).ok().flatten()).map_or(0, |mark| mark.seq);
        let acknowledged = self.clean.max(known);
        let empty = Mark::empty(genesis(self.desk), self.options.seal.epoch());
        let replayed = self.replay(&*made.store, empty, acknowledged).map_err(|error| match error {
            ReplayError::Io(error) => self.failed(error),
            ReplayError::Read(ReadError::Store(error)) => OpenError::store(self.folder, error),
            ReplayError::Read(ReadError::Locked(_)) => OpenError::KeyMissing(self.folder.to_owned()),
            other @ (ReplayError::Mismatch | ReplayError::Read(_)) => self.failed(io::Error::other(other.to_string())),
        })?;
        told.push(Told::StoreRebuilt { aside: made.aside.clone(), changes: replayed.changes });
        let salvage = salvage(old.as_deref(), &*made.store, &*self.options.seal, &replayed.lost);
        Ok(Restored { store: made.store, replayed, salvage, acknowledged })
    }

    fn replay(&self, store: &dyn Store, mark: Mark, acknowledged: u64) -> Result<Replayed, ReplayError> {
        let journal: PathBuf = self.folder.join("journal");
        let numbers = segment_numbers(&**self.disk, &journal)?;
        let sources =
            Sources { disk: &**self.disk, folder: &journal, numbers: &numbers, seal: &*self.options.seal, store };
        sources.replay(mark, acknowledged)
    }

    fn failed(&self, error: io::Error) -> OpenError {
        OpenError::io(&self.folder.join("journal"), error)
    }
}
