//! Opening a desk only to read it, where it may not or cannot be written to: another process has it open, the disk is
//! full, the medium takes no writes. Nothing on the disk changes: no lock is taken, no mark is removed, nothing is wiped.
//!
//! The segments are replayed into a store in memory, so that the store on the disk and its lock do not matter. What
//! another process appends meanwhile is a torn tail to us until its batch is whole; what comes after opening is not seen.

use std::any::Any;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use super::backup::Claims;
use super::disk::{Disk, DiskFile, read_all};
use super::drafts::Drafts;
use super::error::Told;
use super::format::genesis;
use super::log::Log;
use super::open::{CLEAN, clean_seq, exists, find_desk};
use super::rebuild::{ReplayError, Sources, told_of};
use super::store::cell::Mark;
use super::store::memory::MemoryStore;
use super::walk::segment_numbers;
use super::{Journal, OpenError, Opened, Options, ReadError, StoreChoice};

/// A disk below which nothing is written, whoever asks.
pub struct OnlyRead(Arc<dyn Disk>);

impl OnlyRead {
    /// This disk, only to read.
    pub fn of(disk: Arc<dyn Disk>) -> Self {
        Self(disk)
    }
}

fn refused() -> io::Error {
    ErrorKind::ReadOnlyFilesystem.into()
}

impl Disk for OnlyRead {
    fn create_folder(&self, _: &Path) -> io::Result<()> {
        Err(refused())
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.0.names(folder)
    }

    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn DiskFile>> {
        if create { Err(refused()) } else { self.open_to_read(path) }
    }

    fn open_to_read(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(OnlyReadFile(self.0.open_to_read(path)?)))
    }

    fn has_folder(&self, path: &Path) -> io::Result<bool> {
        self.0.has_folder(path)
    }

    fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(refused())
    }

    fn remove(&self, _: &Path) -> io::Result<()> {
        Err(refused())
    }

    fn remove_folder(&self, _: &Path) -> io::Result<()> {
        Err(refused())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Err(refused())
    }

    fn lock(&self, _: &Path) -> io::Result<Option<Box<dyn Any + Send>>> {
        Err(refused())
    }

    fn is_remote(&self, folder: &Path) -> bool {
        self.0.is_remote(folder)
    }
}

struct OnlyReadFile(Box<dyn DiskFile>);

impl DiskFile for OnlyReadFile {
    fn size(&self) -> io::Result<u64> {
        self.0.size()
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        self.0.read_at(at, into)
    }

    fn write_at(&mut self, _: u64, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync(&mut self) -> io::Result<()> {
        Err(refused())
    }
}

impl Journal {
    /// Opens the desk in this folder only to read it. Whatever would write answers that it may not
    /// ([`CommitError::ReadOnly`](super::CommitError::ReadOnly)); [`Options::store`] is not looked at. It reads the whole
    /// journal: about a second for 10,000 cases.
    pub fn open_read_only(folder: &Path, disk: Arc<dyn Disk>, options: Options) -> Result<(Self, Opened), OpenError> {
        let at = |error| OpenError::io(folder, error);
        let disk: Arc<dyn Disk> = Arc::new(OnlyRead::of(disk));
        if !exists(folder, &*disk).map_err(at)? {
            return Err(OpenError::NoDesk(folder.to_owned()));
        }
        if !options.seal.is_open() {
            return Err(OpenError::Locked);
        }
        if super::convert::is_clear(folder, &*disk).map_err(at)? {
            return Err(OpenError::InClear(folder.to_owned()));
        }
        let (desk, _) = find_desk(folder, &*disk)?;
        // Without the mark somebody has it open, or had until the power went: the end may be torn.
        let clean = read_all(&*disk, &folder.join(CLEAN)).map_err(at)?.and_then(|bytes| clean_seq(&bytes));
        let acknowledged = clean.unwrap_or_default();
        let store = MemoryStore::default();
        let journal = folder.join("journal");
        let numbers = segment_numbers(&*disk, &journal).map_err(|error| OpenError::io(&journal, error))?;
        let sources =
            Sources { disk: &*disk, folder: &journal, numbers: &numbers, seal: &*options.seal, store: &store };
        let replayed = sources.replay(Mark::empty(genesis(desk), options.seal.epoch()), acknowledged);
        let replayed = replayed.map_err(|error| match error {
            ReplayError::Io(error) => OpenError::io(&journal, error),
            ReplayError::Read(ReadError::Locked(_)) => OpenError::KeyMissing(folder.to_owned()),
            other @ (ReplayError::Mismatch | ReplayError::Read(_)) => {
                OpenError::io(&journal, io::Error::other(other.to_string()))
            }
        })?;
        let mut told = vec![Told::OnlyToRead];
        told.extend(told_of(&replayed.walked));
        told.extend(replayed.lost_told());
        let log = Log::open_to_read(Arc::clone(&disk), &journal, desk, &numbers, &replayed.walked)
            .map_err(|error| OpenError::io(&journal, error))?;
        let drafts = Drafts::at(Arc::clone(&disk), Arc::clone(&options.seal), &folder.join("drafts"));
        let opened = Self {
            folder: folder.to_owned(),
            stamp: log.stamp().max(replayed.mark.stamp),
            mark: replayed.mark,
            desk,
            log,
            store: Box::new(store.clone()),
            unflushed: 0,
            hardened: true,
            store_behind: false,
            drafts,
            renewal: None,
            claims: Claims::default(),
            disk,
            options: Options { store: StoreChoice::Memory(store), ..options },
            lock: None,
        };
        Ok((opened, Opened { desk, told, checked: true }))
    }

    /// Whether nothing may be written: the desk was opened only to read it.
    pub const fn is_read_only(&self) -> bool {
        self.lock.is_none()
    }
}
