//! The log file in the data folder: identities, counts and durations, never what a person typed or read.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing_subscriber::filter::LevelFilter;

/// From this size on the log is set aside as `.old` and begun anew.
const LONGEST: u64 = 1024 * 1024;

/// Sends what the program notes to this file from now on.
///
/// The file is made at the first note, and never its folder: to look at an empty data folder must leave nothing there.
pub fn start(path: PathBuf) {
    let subscriber = tracing_subscriber::fmt()
        .with_writer(Mutex::new(Lazy { path, file: None }))
        .with_ansi(false)
        .with_max_level(LevelFilter::INFO)
        .finish();
    // A second start in one process (tests) keeps the first file.
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// Nothing is noted any more: the data folder is only read from now on.
pub fn stop() {
    STOPPED.store(true, Ordering::Relaxed);
}

static STOPPED: AtomicBool = AtomicBool::new(false);

/// A file that is opened when there is something to write. What cannot be written is dropped: a log must stop nothing.
struct Lazy {
    path: PathBuf,
    file: Option<File>,
}

impl Write for Lazy {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if STOPPED.load(Ordering::Relaxed) {
            return Ok(bytes.len());
        }
        if self.file.is_none() {
            self.file = open(&self.path).ok();
        }
        if let Some(file) = &mut self.file {
            let _ = file.write_all(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn open(path: &Path) -> io::Result<File> {
    if std::fs::metadata(path).is_ok_and(|file| file.len() > LONGEST) {
        std::fs::rename(path, path.with_extension("log.old"))?;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    // Times of work are nobody else's business.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_log_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("madoguchi.log");
        std::fs::write(&path, vec![b'x'; usize::try_from(LONGEST).unwrap() + 1]).unwrap();
        open(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
        assert!(folder.path().join("madoguchi.log.old").exists());
    }

    #[test]
    fn a_log_makes_no_folder_and_begins_once_there_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let mut log = Lazy { path: data.join("madoguchi.log"), file: None };
        log.write_all(b"one").unwrap();
        assert!(!data.exists());
        std::fs::create_dir(&data).unwrap();
        log.write_all(b"two").unwrap();
        assert_eq!(std::fs::read(data.join("madoguchi.log")).unwrap(), b"two");
    }
}
