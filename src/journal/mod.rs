//! What is true: an append-only file, and sled, the store that it folds into. Only this room names sled. It knows no
//! terminal, no screen and no clock: the time comes with each call.
//!
//! # A save
//!
//! [`Journal::commit`] turns a batch of edits into changes, appends them to the open segment with one write and one
//! `fdatasync`, folds them into the store with one write, and then gives the receipt. The store's own flush comes
//! **after** the receipt: at the latest before the fifth write, or when the caller is idle ([`Journal::idle`]). That is
//! safe, because the promise is the journal's alone: each start compares the store's mark with the journal and puts
//! back what the store lacks, so a store that lost its last four writes is complete again before anybody reads it.
//! It is fast, because a save then costs one `fdatasync` and not two (`benches/commit.rs`).
//!
//! # A start
//!
//! The store's mark says how far it has come. Only the segment of that mark and those behind it are read: usually the
//! open one. Before a segment is closed the store is flushed and synced, so this stays so after a power cut. A stop
//! leaves a clean mark; without it the whole store is checked before use, and with it [`Journal::check_on`] may run
//! behind the screen.
//!
//! # Damage
//!
//! Only what follows the last whole batch, and was never acknowledged, is wiped. Everything else that does not read is
//! kept, told ([`Told`]), and put right from the other copy: a store is set aside and built anew from the segments,
//! and records whose changes are damaged in the journal are written to it again from the store.

mod back;
pub mod backup;
mod broken;
pub mod check;
mod commit;
pub mod convert;
pub mod disk;
pub mod disposals;
pub mod drafts;
pub mod error;
pub mod faulty;
mod fold;
pub mod format;
mod lock;
mod log;
mod open;
mod read;
pub mod read_only;
mod rebuild;
pub mod renew;
mod salvage;
pub mod seal;
pub mod store;
mod undo;
pub mod vault;
mod walk;

#[cfg(test)]
mod convert_tests;
#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod disposals_tests;
#[cfg(test)]
mod looks_tests;
#[cfg(test)]
mod place_tests;
#[cfg(test)]
mod read_only_tests;
#[cfg(test)]
mod renew_tests;
#[cfg(test)]
mod salvage_tests;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

pub use back::Logged;
pub use broken::{Broken, hex};
pub use check::{Report, StoreCheck};
pub use disk::{Disk, DiskFile, RealDisk};
pub use drafts::Drafts;
pub use error::{CommitError, OpenError, ReadError, Told};
pub use faulty::FaultyDisk;
pub use fold::undoable;
pub use lock::is_free;
pub use open::{exists, has_reserve, release_reserve};
pub use read::History;
pub use seal::{Clear, Seal};
pub use store::inside_store;
pub use store::memory::MemoryStore;
pub use undo::TakenBack;

use crate::desk::id::Id;
use crate::desk::record::{RecordKey, Stamp};
use lock::Lock;
use log::Log;
use store::Store;
use store::cell::Mark;

/// Which store the journal folds into.
#[derive(Debug, Clone, Default)]
pub enum StoreChoice {
    /// sled, in the data folder.
    #[default]
    Sled,
    /// A map in memory, shared by its clones.
    Memory(MemoryStore),
}

/// How a journal is opened.
#[derive(Clone)]
pub struct Options {
    /// The desk's identity: needed to create, and not looked at to open.
    pub desk: Option<Id>,
    /// The computer's user, for who else wants to open the same desk.
    pub who: String,
    /// The time of opening, for the same.
    pub now: DateTime<FixedOffset>,
    /// Bytes of a segment. 4 MiB.
    pub segment_bytes: u64,
    /// Bytes of the reserve file; 0 for none. 16 MiB.
    pub reserve_bytes: u64,
    /// Bytes that sled may keep in memory beside its page table. 4 MiB: with 16 MiB a check of 100,000 cases leaves 25 MB
    /// more behind and is no faster.
    pub cache_bytes: u64,
    /// How long sled may take to open, with its check after an unclean stop. One minute.
    pub sled_limit: Duration,
    /// The store.
    pub store: StoreChoice,
    /// How bodies, values and drafts are sealed.
    pub seal: Arc<dyn Seal>,
}

impl Options {
    /// The options of a real desk.
    pub fn new(now: DateTime<FixedOffset>) -> Self {
        Self {
            desk: None,
            who: String::new(),
            now,
            segment_bytes: 4 << 20,
            reserve_bytes: 16 << 20,
            cache_bytes: 4 << 20,
            sled_limit: Duration::from_secs(60),
            store: StoreChoice::Sled,
            seal: Arc::new(Clear),
        }
    }

    /// Small segments and no reserve: for the demo and for tests.
    #[must_use]
    pub fn small(now: DateTime<FixedOffset>) -> Self {
        Self { segment_bytes: 256 << 10, reserve_bytes: 0, ..Self::new(now) }
    }

    /// The same with this desk's identity, to create it.
    #[must_use]
    pub fn of_desk(self, desk: Id) -> Self {
        Self { desk: Some(desk), ..self }
    }
}

/// What opening found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The desk.
    pub desk: Id,
    /// What was put right, set aside or found damaged, in that order.
    pub told: Vec<Told>,
    /// Whether the store was checked from end to end.
    pub checked: bool,
}

/// That a batch is on the disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The batch: the stamp of its first change. The last stamp of the desk when nothing had to be changed.
    pub batch: Stamp,
    /// When, on the wall clock of the desk.
    pub at: DateTime<FixedOffset>,
    /// Each record that was changed, once, with its value after the batch; null when there is no such record any more.
    pub records: Vec<(RecordKey, Value)>,
    /// The batch that this one took back, when it is an undo or a redo.
    pub undoes: Option<Stamp>,
    /// The batch is saved, but the store could not take it in: it wants [`Journal::repair`], and until then reading may
    /// not show it (`journal-store-behind` says so).
    pub store_behind: bool,
}

/// The journal of one desk, open.
pub struct Journal {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    options: Options,
    desk: Id,
    log: Log,
    store: Box<dyn Store>,
    mark: Mark,
    unflushed: u8,
    hardened: bool,
    store_behind: bool,
    stamp: Stamp,
    drafts: Drafts,
    renewal: Option<renew::Renewal>,
    claims: backup::Claims,
    // Let go last: the store must be closed before another may open it. None: only to read.
    lock: Option<Lock>,
}

impl Journal {
    /// A new desk in memory, with the disk that it is on: the same code above the store, for the simulation.
    pub fn in_memory(desk: Id, now: DateTime<FixedOffset>) -> Result<(Self, FaultyDisk, Options), OpenError> {
        let disk = FaultyDisk::new();
        let store = StoreChoice::Memory(MemoryStore::default());
        let options = Options { store, ..Options::small(now).of_desk(desk) };
        let (journal, _) = Self::create(Path::new("desk"), Arc::new(disk.clone()), options.clone())?;
        Ok((journal, disk, options))
    }

    /// The desk's identity.
    pub const fn desk(&self) -> Id {
        self.desk
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The drafts. They are saved beside the journal, by whoever holds this.
    pub fn drafts(&self) -> Drafts {
        self.drafts.clone()
    }

    /// The stamp of the last change.
    pub const fn stamp(&self) -> Stamp {
        self.stamp
    }
}
