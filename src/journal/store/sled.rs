//! sled 0.34.7 as the store, under the rules that measuring it taught (docs/decisions.md, "Journal"). Nobody else names sled.
//!
//! It is opened on a thread of its own, inside `catch_unwind`, with a time limit; each call is guarded against panics;
//! its files are synced by us, because it never syncs some of them (a new store at once, an old one at the first idle
//! moment after each opening: until then the journal has what matters). Its folder is `store-N` with the highest N: a
//! folder that does not open is renamed to `store-N.aside`, or left where it is when even that fails, and never deleted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Pair, Store, StoreError, Write, guarded};
use crate::journal::disk::{owner, sync_tree};

/// The store.
pub struct SledStore {
    /// There until it is dropped.
    db: Option<sled::Db>,
    folder: PathBuf,
}

impl SledStore {
    fn db(&self) -> Result<&sled::Db, StoreError> {
        self.db.as_ref().ok_or(StoreError::Panicked)
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        // sled syncs once more when its last handle goes, and panics when that fails. What was promised is in the journal.
        let db = self.db.take();
        let _ = within(PATIENCE, "store-drop", move || {
            drop(db);
            Ok(())
        });
    }
}

/// How long a call that syncs may take. Where a write to the disk fails at the wrong moment, sled waits for ever for bytes
/// that nobody writes any more (seen in `make_stable_inner`): what it holds is in the journal, and the desk goes on.
const PATIENCE: Duration = Duration::from_secs(20);

/// Has work done that may never end, on a thread of its own, and waits no longer than the limit.
fn within<T: Send + 'static>(
    limit: Duration,
    name: &str,
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let (sender, receiver) = mpsc::channel();
    let spawned = thread::Builder::new().name(name.into()).spawn(move || {
        // Nobody waits any more after the limit: then what came of it is dropped here.
        let _ = sender.send(guarded(work));
    });
    spawned.map_err(StoreError::Io)?;
    receiver.recv_timeout(limit).unwrap_or(Err(StoreError::Slow))
}

fn told(error: &sled::Error) -> StoreError {
    match error {
        sled::Error::Io(error) if error.kind() == io::ErrorKind::StorageFull => StoreError::Full,
        // sled gives the lock's failure as text alone.
        sled::Error::Io(error) if error.to_string().contains("could not acquire lock") => StoreError::Locked,
        sled::Error::Io(error) => StoreError::Io(io::Error::new(error.kind(), error.to_string())),
        sled::Error::Unsupported(_)
        | sled::Error::ReportableBug(_)
        | sled::Error::CollectionNotFound(_)
        | sled::Error::Corruption { .. } => StoreError::Damaged,
    }
}

fn io_told(error: io::Error) -> StoreError {
    if error.kind() == io::ErrorKind::StorageFull { StoreError::Full } else { StoreError::Io(error) }
}

/// The folders `store-N` of the data folder that are not set aside, by N.
fn folders(data: &Path) -> io::Result<Vec<(u32, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix("store-")?.parse().ok());
        found.extend(number.map(|number: u32| (number, entry.path())));
    }
    found.sort();
    Ok(found)
}

/// The folders of all stores, those that were set aside too.
fn stores(data: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(data)?.collect::<io::Result<Vec<_>>>()?;
    let is_store = |entry: &fs::DirEntry| entry.file_name().to_str().is_some_and(|name| name.starts_with("store-"));
    Ok(entries.iter().filter(|entry| is_store(entry)).map(fs::DirEntry::path).collect())
}

/// The folder of the store in force, or of the first one to be made.
pub fn current_folder(data: &Path) -> io::Result<PathBuf> {
    Ok(folders(data)?.pop().map_or_else(|| data.join("store-1"), |(_, path)| path))
}

/// The number of the store in force; 0 when there is none.
pub fn current_number(data: &Path) -> io::Result<u32> {
    Ok(folders(data)?.pop().map_or(0, |(number, _)| number))
}

/// The folder for a store that is to take the place of the one in force.
pub fn next_folder(data: &Path) -> io::Result<PathBuf> {
    Ok(data.join(format!("store-{}", current_number(data)?.saturating_add(1))))
}

/// Removes every store but the one in force, those that were set aside too.
pub fn remove_all_but_current(data: &Path) -> io::Result<()> {
    let current = current_folder(data)?;
    for store in stores(data)?.into_iter().filter(|store| *store != current) {
        fs::remove_dir_all(store)?;
    }
    crate::journal::disk::Disk::sync_folder(&crate::journal::disk::RealDisk, data)
}

/// Removes every store, those that were set aside too.
pub fn remove_all(data: &Path) -> io::Result<()> {
    for store in stores(data)? {
        fs::remove_dir_all(store)?;
    }
    crate::journal::disk::Disk::sync_folder(&crate::journal::disk::RealDisk, data)
}

/// Overwrites and removes every store, those that were set aside too: they hold clear text. The journal has it sealed.
pub fn overwrite_all(data: &Path) -> io::Result<()> {
    for store in stores(data)? {
        overwrite_tree(&store)?;
        fs::remove_dir_all(store)?;
    }
    crate::journal::disk::Disk::sync_folder(&crate::journal::disk::RealDisk, data)
}

fn overwrite_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            overwrite_tree(&entry.path())?;
        } else {
            let zeros = vec![0; usize::try_from(entry.metadata()?.len()).map_err(|_| io::ErrorKind::FileTooLarge)?];
            let mut file = fs::OpenOptions::new().write(true).open(entry.path())?;
            io::Write::write_all(&mut file, &zeros)?;
            file.sync_data()?;
        }
    }
    Ok(())
}

/// Sets the store's folder aside, and names the one to begin anew in. Returns the name under which the old one is kept.
pub fn set_aside(data: &Path) -> io::Result<(PathBuf, String)> {
    let Some((number, path)) = folders(data)?.pop() else {
        return Ok((data.join("store-1"), String::new()));
    };
    let mut name = format!("store-{number}.aside");
    // A store that hangs may hold its files (Windows): it stays where it is, and the next number counts.
    if fs::rename(&path, data.join(&name)).is_err() {
        name = format!("store-{number}");
    }
    Ok((data.join(format!("store-{}", number.saturating_add(1))), name))
}

impl SledStore {
    /// Opens or makes the store in `folder`. `check` runs on the opening thread, within the limit.
    pub fn open(
        folder: &Path,
        cache_bytes: u64,
        limit: Duration,
        check: impl FnOnce(&dyn Store) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<Self, StoreError> {
        let folder = folder.to_owned();
        within(limit, "store-open", move || {
            let new = !folder.exists();
            // sled asks for no permissions of its own.
            owner::make_folder(&folder).map_err(io_told)?;
            let store = Self { db: Some(open_db(&folder, cache_bytes, limit)?), folder };
            if new {
                store.harden()?;
            } else {
                owner::close_tree(&store.folder);
            }
            check(&store)?;
            Ok(store)
        })
    }
}

/// Opens sled; an earlier handle of this process may hold its lock for a moment longer (spacejam/sled#1289).
fn open_db(folder: &Path, cache_bytes: u64, limit: Duration) -> Result<sled::Db, StoreError> {
    let begun = Instant::now();
    loop {
        let opened = sled::Config::new()
            .path(folder)
            .mode(sled::Mode::LowSpace)
            .cache_capacity(cache_bytes)
            .flush_every_ms(Some(500))
            .open();
        match opened.map_err(|error| told(&error)) {
            Err(StoreError::Locked) if begun.elapsed() < limit / 2 => thread::sleep(Duration::from_millis(5)),
            other => return other,
        }
    }
}

/// One of so many cells of a long scan is asked for again.
const EVERY: usize = 64;
/// So often that its part of the cache looks at what it holds.
const AGAIN: usize = 65;

/// Keeps a long scan from filling the memory. sled's cache has 256 parts, and each counts what it holds only at every 64th
/// time that it is asked: a scan asks for each leaf about once, so that up to sixteen thousand leaves stay, whatever the
/// cache may hold. Of 100,000 cases that is 55 MB; to ask one leaf in six often enough costs a fifth of the scan.
fn make_room(db: &sled::Db, page: &[Pair]) -> Result<(), StoreError> {
    for (key, _) in page.iter().skip(EVERY - 1).step_by(EVERY) {
        for _ in 0..AGAIN {
            db.get(key).map_err(|e| told(&e))?;
        }
    }
    Ok(())
}

impl Store for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        guarded(|| Ok(self.db()?.get(key).map_err(|e| told(&e))?.map(|bytes| bytes.to_vec())))
    }

    fn page(&self, from: &[u8], to: &[u8], backwards: bool, limit: usize) -> Result<Vec<Pair>, StoreError> {
        guarded(|| {
            let own = |pair: sled::Result<(sled::IVec, sled::IVec)>| {
                pair.map(|(key, bytes)| (key.to_vec(), bytes.to_vec())).map_err(|e| told(&e))
            };
            if from >= to {
                return Ok(Vec::new());
            }
            let db = self.db()?;
            let range = db.range(from..to);
            let page: Result<Vec<Pair>, StoreError> = if backwards {
                range.rev().take(limit).map(own).collect()
            } else {
                range.take(limit).map(own).collect()
            };
            let page = page?;
            make_room(db, &page)?;
            Ok(page)
        })
    }

    fn write(&self, writes: &[Write]) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        for (key, bytes) in writes {
            match bytes {
                Some(bytes) => batch.insert(key.as_slice(), bytes.as_slice()),
                None => batch.remove(key.as_slice()),
            }
        }
        guarded(|| self.db()?.apply_batch(batch).map_err(|e| told(&e)))
    }

    fn flush(&self) -> Result<(), StoreError> {
        let db = self.db()?.clone();
        within(PATIENCE, "store-flush", move || db.flush().map(drop).map_err(|e| told(&e)))
    }

    fn harden(&self) -> Result<(), StoreError> {
        owner::close_tree(&self.folder);
        sync_tree(&self.folder).map_err(io_told)?;
        let parent = self.folder.parent().unwrap_or(&self.folder);
        crate::journal::disk::Disk::sync_folder(&crate::journal::disk::RealDisk, parent).map_err(io_told)
    }
}
