//! Files and folders that only the person who runs the program may read: exports of cases, the demo's own folder, and that of a restore drill.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What this process makes from now on, by whatever hand (sled asks for no permissions), is the owner's alone; and what
/// lies in its memory comes on no disk by a core file.
///
/// On Windows new files have the access list of their folder: a person's own folders are closed to others there. Its
/// error reports cannot be refused without unsafe calls: `docs/security.md` says so.
pub fn keep_to_the_owner() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    keep_memory_in();
}

/// No core file, and no other program of the same person that reads the memory: in both the keys of the open desk would
/// stand in clear. Where the system refuses, the desk opens all the same.
#[cfg(unix)]
fn keep_memory_in() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // A core that is handed to a program, as systemd does, asks for no limit: only this keeps it from being made.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(unix))]
const fn keep_memory_in() {}

/// Puts `bytes` in the place of the file at once, readable for its owner alone: written aside, synced, renamed. A full
/// disk leaves the old file as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".new");
    let aside = PathBuf::from(aside);
    // What is left of an earlier attempt may have been open to others.
    match fs::remove_file(&aside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let written = owners_file(&aside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&aside, path)).inspect_err(|_| {
        // A part of it is of no use to anybody.
        let _ = fs::remove_file(&aside);
    })
}

/// Makes a folder that its owner alone may read; those above it must be there.
pub fn folder(path: &Path) -> io::Result<()> {
    owners_folder(path)
}

/// A new folder among the temporary ones, readable for its owner alone; it goes with this value, and all that is in it.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes the folder, with its purpose in its name. `chance` is random: nobody must be able to guess the name and put something there first.
    pub fn new(purpose: &str, chance: [u8; 8]) -> io::Result<Self> {
        Self::within(&std::env::temp_dir(), purpose, chance)
    }

    /// The same in this folder, where a program cannot see the temporary ones.
    pub fn within(folder: &Path, purpose: &str, chance: [u8; 8]) -> io::Result<Self> {
        let name = format!("madoguchi-{purpose}-{:016x}", u64::from_be_bytes(chance));
        let path = folder.join(name);
        owners_folder(&path)?;
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The system clears its temporary folder too.
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(unix)]
fn owners_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(unix)]
fn owners_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    DirBuilder::new().mode(0o700).create(path)
}

/// A file of the person's own folders is closed to others on Windows.
#[cfg(windows)]
fn owners_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// So is the person's temporary folder.
#[cfg(windows)]
fn owners_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("案件.json");
        for bytes in [&b"a long first text"[..], b"short", b""] {
            write(&path, bytes).unwrap();
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write(&folder.path().join("none").join("x"), b"").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn others_read_neither_the_file_nor_the_folder() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        fs::write(&path, b"open to all").unwrap();
        write(&path, b"closed").unwrap();
        assert_eq!(mode(&path), 0o600);
        let scratch = Scratch::new("test", std::process::id().to_be_bytes().repeat(2).try_into().unwrap()).unwrap();
        let made = scratch.path().to_owned();
        assert_eq!(mode(&made), 0o700);
        fs::write(made.join("x"), b"").unwrap();
        drop(scratch);
        assert!(!made.exists());
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    #[test]
    fn no_core_is_made_and_nobody_else_reads_the_memory() {
        use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
        keep_memory_in();
        assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
        assert_eq!(getrlimit(Resource::Core).maximum, Some(0));
    }
}
