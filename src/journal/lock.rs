//! Who has the desk open: our own lock file, taken before anything else is touched, and beside it who holds it.

use std::any::Any;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::disk::{Disk, read_all};
use super::error::OpenError;

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Holder {
    who: String,
    pid: u32,
    since: Option<DateTime<FixedOffset>>,
}

/// The lock, for as long as it lives.
pub struct Lock {
    _guard: Box<dyn Any + Send>,
}

impl Lock {
    /// Takes the lock of a data folder for the computer user `who`.
    pub fn take(disk: &dyn Disk, folder: &Path, who: &str, since: DateTime<FixedOffset>) -> Result<Self, OpenError> {
        let (path, holder) = (folder.join("lock"), folder.join("holder"));
        let guard = disk.lock(&path).map_err(|error| OpenError::io(&path, error))?;
        let Some(guard) = guard else { return Err(held(disk, folder)) };
        let told = Holder { who: who.to_owned(), pid: std::process::id(), since: Some(since) };
        let mut bytes = serde_json::to_vec(&told).unwrap_or_default();
        // Longer than any earlier holder's entry, so that nothing of it shows behind.
        bytes.resize(bytes.len().max(512), 0);
        let written = disk.open(&holder, true).and_then(|mut file| file.write_at(0, &bytes));
        // The name is a courtesy: a full disk must not keep the desk from opening.
        let _ = written;
        Ok(Self { _guard: guard })
    }
}

/// Who has the desk open, as far as it is known.
fn held(disk: &dyn Disk, folder: &Path) -> OpenError {
    // Windows lets nobody read a locked file, so the name stands in a second one.
    let bytes = read_all(disk, &folder.join("holder")).ok().flatten().unwrap_or_default();
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    let known: Holder = serde_json::from_slice(bytes.get(..end).unwrap_or_default()).unwrap_or_default();
    OpenError::OpenElsewhere { who: known.who, since: known.since, pid: known.pid }
}

/// Whether nobody has the desk open at this moment: to be said before a passphrase is asked for. Opening asks again.
///
/// # Errors
/// Who has it open since when.
pub fn is_free(folder: &Path, disk: &dyn Disk) -> Result<(), OpenError> {
    let path = folder.join("lock");
    match disk.lock(&path) {
        Ok(None) => Err(held(disk, folder)),
        // A folder in which no lock can be made is opening's to explain.
        Ok(Some(_)) | Err(_) => Ok(()),
    }
}
