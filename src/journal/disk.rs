//! The disk under the journal's segments and the drafts: a trait, so that tests can fail, tear and forget any write or
//! sync, and the real one. The only code for one operating system in this room. Knows no format.

pub mod owner;

use std::any::Any;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;

/// What the journal needs of a file system. Every call may fail; none may panic.
pub trait Disk: Send + Sync {
    /// Creates the folder and those above it.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// The names of the files in the folder, in no order; none when the folder is missing.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Opens a file to read and write; `create` makes it when it is missing.
    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn DiskFile>>;
    /// Opens a file only to read, where nothing may be written: a locked stick.
    fn open_to_read(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.open(path, false)
    }
    /// Whether there is such a folder. A disk that has no folders of their own has every one.
    fn has_folder(&self, path: &Path) -> io::Result<bool> {
        let _ = path;
        Ok(true)
    }
    /// Renames a file over whatever stands there, or a folder to where nothing stands.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder; one that is missing is removed already.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes created, renamed and removed names in the folder durable.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Takes the lock file for as long as the guard lives; `None` when another holds it.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Any + Send>>>;
    /// Closes a data folder to everybody but its owner; whether it is closed then.
    fn close_to_others(&self, folder: &Path) -> bool {
        let _ = folder;
        true
    }
    /// Whether the folder lies on a disk of another computer, where a sync and a lock promise little.
    fn is_remote(&self, folder: &Path) -> bool {
        let _ = folder;
        false
    }
}

/// An open file.
pub trait DiskFile: Send {
    /// Bytes in the file.
    fn size(&self) -> io::Result<u64>;
    /// Reads at `at`; returns how many bytes there were, fewer than asked only at the end.
    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize>;
    /// Writes all bytes at `at`, growing the file.
    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()>;
    /// Makes what was written durable (`fdatasync`). After an error nothing may be believed about unsynced bytes.
    fn sync(&mut self) -> io::Result<()>;
    /// Asks the system to forget what it holds of the file in memory, so that the next reading is one of the medium.
    /// Where a system has no way to ask, or does not follow, the reading is of its memory.
    fn forget_cached(&self) {}
}

/// The whole file; `None` when it is missing.
pub fn read_all(disk: &dyn Disk, path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match disk.open(path, false) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let size = usize::try_from(file.size()?).map_err(|_| io::Error::from(ErrorKind::FileTooLarge))?;
    let mut bytes = vec![0; size];
    let read = file.read_at(0, &mut bytes)?;
    bytes.truncate(read);
    Ok(Some(bytes))
}

/// Puts `bytes` in the place of the file at once: written aside, synced, renamed, the folder synced.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = path.with_extension("new");
    let mut file = match disk.remove(&aside) {
        // A longer file from an interrupted attempt must not show behind this one.
        Ok(()) => disk.open(&aside, true)?,
        Err(error) if error.kind() == ErrorKind::NotFound => disk.open(&aside, true)?,
        Err(error) => return Err(error),
    };
    file.write_at(0, bytes)?;
    file.sync()?;
    drop(file);
    disk.rename(&aside, path)?;
    path.parent().map_or(Ok(()), |folder| disk.sync_folder(folder))
}

/// The file system of this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        owner::make_folder(path)?;
        path.parent().map_or(Ok(()), sync_folder)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                names.extend(entry.file_name().into_string());
            }
        }
        Ok(names)
    }

    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        let file = owner::for_the_owner(options.read(true).write(true).create(create).truncate(false)).open(path)?;
        Ok(Box::new(RealFile(file)))
    }

    fn open_to_read(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = File::open(path)?;
        // A folder opens too on some systems, and fails only when it is read.
        if file.metadata()?.is_dir() { Err(ErrorKind::IsADirectory.into()) } else { Ok(Box::new(RealFile(file))) }
    }

    fn has_folder(&self, path: &Path) -> io::Result<bool> {
        match fs::metadata(path) {
            Ok(found) => Ok(found.is_dir()),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        match fs::remove_dir(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        sync_folder(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Any + Send>>> {
        let mut options = OpenOptions::new();
        let file = owner::for_the_owner(options.read(true).write(true).create(true).truncate(false)).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn close_to_others(&self, folder: &Path) -> bool {
        owner::close_to_others(folder)
    }

    fn is_remote(&self, folder: &Path) -> bool {
        owner::is_remote(folder)
    }
}

struct RealFile(File);

impl DiskFile for RealFile {
    fn size(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        while let Some(rest) = into.get_mut(done..).filter(|rest| !rest.is_empty()) {
            let offset = at.saturating_add(u64::try_from(done).unwrap_or(u64::MAX));
            match positioned::read(&self.0, offset, rest) {
                Ok(0) => break,
                Ok(n) => done += n,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(done)
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        positioned::write_all(&self.0, at, bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }

    #[cfg(target_os = "linux")]
    fn forget_cached(&self) {
        let _ = rustix::fs::fadvise(&self.0, 0, None, rustix::fs::Advice::DontNeed);
    }
}

#[cfg(unix)]
mod positioned {
    use std::fs::File;
    use std::io;
    use std::os::unix::fs::FileExt;

    pub fn read(file: &File, at: u64, into: &mut [u8]) -> io::Result<usize> {
        file.read_at(into, at)
    }

    pub fn write_all(file: &File, at: u64, bytes: &[u8]) -> io::Result<()> {
        file.write_all_at(bytes, at)
    }
}

#[cfg(windows)]
mod positioned {
    use std::fs::File;
    use std::io::{self, ErrorKind};
    use std::os::windows::fs::FileExt;

    pub fn read(file: &File, at: u64, into: &mut [u8]) -> io::Result<usize> {
        file.seek_read(into, at)
    }

    pub fn write_all(file: &File, mut at: u64, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let written = match file.seek_write(bytes, at) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(n) => n,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            bytes = bytes.get(written..).unwrap_or_default();
            at = at.saturating_add(u64::try_from(written).unwrap_or(u64::MAX));
        }
        Ok(())
    }
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path)?.sync_all()
}

/// NTFS journals its names; a folder cannot be opened as a file there.
#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as on the other systems")]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes every file below the folder durable, the folders too (rule 2 of the store: sled never syncs some of its files).
pub fn sync_tree(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            sync_tree(&entry.path())?;
        } else if kind.is_file() {
            match OpenOptions::new().read(true).write(true).open(entry.path()) {
                Ok(file) => file.sync_all()?,
                // sled renames and removes its snapshots on threads of its own.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_file_holds_the_new_bytes_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("下書き.draft");
        for bytes in [&b"a long first text"[..], b"short", b""] {
            replace(&RealDisk, &path, bytes).unwrap();
            assert_eq!(read_all(&RealDisk, &path).unwrap().as_deref(), Some(bytes));
        }
        assert_eq!(RealDisk.names(folder.path()).unwrap(), ["下書き.draft"]);
        assert_eq!(read_all(&RealDisk, &folder.path().join("none")).unwrap(), None);
        assert!(RealDisk.names(&folder.path().join("none")).unwrap().is_empty());
        sync_tree(folder.path()).unwrap();
    }

    #[test]
    fn the_lock_is_held_once_and_free_after_its_guard() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let guard = RealDisk.lock(&path).unwrap();
        assert!(guard.is_some());
        assert!(RealDisk.lock(&path).unwrap().is_none());
        drop(guard);
        assert!(RealDisk.lock(&path).unwrap().is_some());
    }
}
