//! The restore drill: a backup is restored where it does no harm, opened, and compared with the desk.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::super::disk::Disk;
use super::super::error::{OpenError, Told};
use super::super::format::genesis;
use super::super::walk::walk;
use super::super::{Journal, MemoryStore, Options, Report, StoreChoice};
use super::restore::{Target, restore};
use super::{BackupError, Manifest, Snapshot, look};
use crate::desk::record::Kind;

/// What a drill came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drilled {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// Changes that were read from it.
    pub changes: u64,
    /// Whether the desk's chain goes through the end of the backup's: what was restored is what the desk had then.
    pub same_chain: bool,
    /// What opening found, where the keys were at hand.
    pub opened: Option<OpenedDrill>,
    /// Whether the keys inside the backup are this desk's and lead to what is sealed in it; none where that cannot be
    /// said, such as of a backup from before an operator was removed.
    pub keys: Option<bool>,
    /// What is not as it should be.
    pub told: Vec<Told>,
}

/// What opening a restored desk found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenedDrill {
    /// Records that were compared with the fold of their changes.
    pub records: u64,
    /// Cases among what there is.
    pub cases: u64,
    /// Whether every one of them is sound.
    pub sound: bool,
}

impl Drilled {
    /// Whether the backup can be relied on.
    pub fn is_good(&self) -> bool {
        self.same_chain
            && self.keys != Some(false)
            && self.told.is_empty()
            && self.opened.is_none_or(|opened| opened.sound)
    }
}

/// Restores a backup into `target`, a folder of its own that the caller removes afterwards, and compares it with the
/// desk. It is opened where the snapshot is of an open desk, with the keys of that.
///
/// # Errors
/// The backup or the restore; a desk that does not open is [told](Drilled::opened).
pub fn drill(snapshot: &Snapshot, from: &dyn Disk, path: &Path, target: &Target<'_>) -> Result<Drilled, BackupError> {
    if look(from, path)?.desk != snapshot.desk {
        return Err(BackupError::OtherDesk(path.to_owned()));
    }
    let restored = restore(from, path, target)?;
    let manifest = restored.checked.manifest;
    let same_chain = snapshot.passes(&manifest).map_err(|error| OpenError::io(&snapshot.folder, error))?;
    let mut told = restored.checked.damage;
    let opened = match &snapshot.options {
        Some(options) => open(options, target, &mut told)?,
        None => None,
    };
    Ok(Drilled { manifest, changes: restored.checked.changes, same_chain, opened, keys: None, told })
}

fn open(options: &Options, target: &Target<'_>, told: &mut Vec<Told>) -> Result<Option<OpenedDrill>, BackupError> {
    let store = match &options.store {
        StoreChoice::Sled => StoreChoice::Sled,
        StoreChoice::Memory(_) => StoreChoice::Memory(MemoryStore::default()),
    };
    let options =
        Options { desk: None, now: target.now, who: target.who.to_owned(), reserve_bytes: 0, store, ..options.clone() };
    let (journal, opened) = match Journal::open(target.folder, Arc::clone(target.disk), options) {
        Ok(opened) => opened,
        // The desk was locked meanwhile, or the backup is sealed with a key of before.
        Err(OpenError::Locked | OpenError::KeyMissing(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    told.extend(opened.told.into_iter().filter(Told::is_grave));
    let failed = |error: super::super::ReadError| OpenError::io(target.folder, io::Error::other(error.to_string()));
    let report: Report = journal.verify().map_err(failed)?;
    let mut cases = 0;
    for case in journal.each(Kind::Case) {
        case.map_err(failed)?;
        cases += 1;
    }
    let sound = report.is_sound();
    told.extend(report.told);
    Ok(Some(OpenedDrill { records: report.records, cases, sound }))
}

impl Snapshot {
    /// Whether the chain goes through the end of the one that this manifest names.
    fn passes(&self, manifest: &Manifest) -> io::Result<bool> {
        let mut found = (manifest.seq == 0).then(|| genesis(self.desk));
        let journal = self.folder.join("journal");
        walk::<io::Error>(&*self.disk, &journal, &self.segments, self.chain.seq, |met| {
            if met.head.seq == manifest.seq {
                found = Some(met.hash);
            }
            Ok(())
        })?;
        Ok(found.is_some_and(|hash| blake3::Hash::from(hash).to_hex().as_str() == manifest.head))
    }
}
