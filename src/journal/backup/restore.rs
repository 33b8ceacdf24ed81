//! Restoring a backup into a folder that has no desk.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::super::disk::{Disk, replace};
use super::super::error::OpenError;
use super::super::format::{Body, RECORD_HEAD, disposed};
use super::super::lock::Lock;
use super::super::open::{CLEAN, exists};
use super::super::walk::{Place, segment_name, segment_numbers, walk};
use super::check::{Checked, check_opened};
use super::generations::disposals_name;
use super::inside::{self, Inside};
use super::{BackupError, DISPOSALS, Disposals};
use crate::desk::record::Stamp;

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup is.
    pub checked: Checked,
    /// Files that were written.
    pub files: usize,
    /// Changes that were disposed of after the backup was made, and are not in what was restored.
    pub disposed: u64,
    /// The list of disposals beside the backup is damaged: what was disposed of after the backup may be back.
    pub list_damaged: bool,
}

/// Where a backup is restored to.
pub struct Target<'a> {
    /// The disk of the data folder.
    pub disk: &'a Arc<dyn Disk>,
    /// The data folder: without a desk.
    pub folder: &'a Path,
    /// The computer's user, for who else wants to open the folder.
    pub who: &'a str,
    /// Now.
    pub now: DateTime<FixedOffset>,
}

/// Restores the backup at `path` on `from`, after every byte of it was checked.
///
/// # Errors
/// Then the folder has no desk, as before.
pub fn restore(from: &dyn Disk, path: &Path, target: &Target<'_>) -> Result<Restored, BackupError> {
    let opened = inside::open(from, path)?;
    let checked = check_opened(&opened, path)?;
    let (disposals, list_damaged) = disposals(from, path, &opened.inside, &checked)?;
    let (disk, folder) = (&**target.disk, target.folder);
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| BackupError::Desk(OpenError::io(&path, error))
    };
    disk.create_folder(folder).map_err(at(folder))?;
    let _lock = Lock::take(disk, folder, target.who, target.now)?;
    let journal = folder.join("journal");
    let has_segments = || disk.names(&journal).map(|names| !names.is_empty());
    if exists(folder, disk).map_err(at(folder))? || has_segments().map_err(at(&journal))? {
        return Err(OpenError::Exists(folder.to_owned()).into());
    }
    // It would speak of another journal.
    match disk.remove(&folder.join(CLEAN)) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(at(folder)(error)),
        Ok(()) | Err(_) => {}
    }
    let gone = disposed_bodies(&opened.inside, &checked, &disposals.changes())
        .map_err(|error| BackupError::reading(path, error))?;
    let writing = Writing { disk, folder, inside: &opened.inside, path, gone: &gone };
    let mut files = 0;
    let mut last = Vec::new();
    for member in checked.manifest.files.iter().map(|member| Path::new(&member.name)) {
        if member.starts_with("journal") || disposals.has_draft(member) {
            continue;
        }
        // With it the folder has a desk.
        if member == Path::new("desk") {
            last = writing.bytes(member)?;
        } else if member != Path::new(DISPOSALS) {
            writing.small(member)?;
        }
        files += 1;
    }
    if !disposals.is_empty() {
        disposals.save(disk, &folder.join(DISPOSALS))?;
    }
    files += writing.segments(&checked)?;
    if !last.is_empty() {
        let path = folder.join("desk");
        replace(disk, &path, &last).map_err(at(&path))?;
    }
    let disposed = u64::try_from(gone.len()).unwrap_or(u64::MAX);
    Ok(Restored { checked, files, disposed, list_damaged })
}

/// What was disposed of, by the list in the backup and the one beside it; and whether the latter is damaged. A damaged
/// list must not keep a desk from being restored.
fn disposals(
    from: &dyn Disk,
    path: &Path,
    inside: &Inside,
    checked: &Checked,
) -> Result<(Disposals, bool), BackupError> {
    let desk = checked.manifest.desk;
    let mut all = Disposals::none(desk);
    if let Some(bytes) = inside.read(Path::new(DISPOSALS)).map_err(|error| BackupError::reading(path, error))? {
        all.merge(&Disposals::decode(&bytes, path, desk)?);
    }
    let beside = path.parent().unwrap_or(Path::new("")).join(disposals_name(desk));
    let damaged = match Disposals::load(from, &beside, desk) {
        Ok(list) => {
            all.merge(&list);
            false
        }
        Err(BackupError::Damaged { .. }) => true,
        Err(error) => return Err(error),
    };
    Ok((all, damaged))
}

/// The bodies, by where they lie and how long they are, that the backup still has of what was disposed of.
fn disposed_bodies(inside: &Inside, checked: &Checked, changes: &BTreeSet<Stamp>) -> io::Result<Vec<(Place, usize)>> {
    let mut gone = Vec::new();
    if changes.is_empty() {
        return Ok(gone);
    }
    let journal = Path::new("journal");
    let numbers = segment_numbers(inside, journal)?;
    walk::<io::Error>(inside, journal, &numbers, checked.manifest.seq, |met| {
        if changes.contains(&met.head.stamp) && met.head.body_in(met.body) != Some(Body::Disposed) {
            gone.push((met.place, met.body.len()));
        }
        Ok(())
    })?;
    Ok(gone)
}

/// Puts nothing in the place of what was disposed of: the heads, and so the chain, stay what they are.
fn dispose(name: &Path, bytes: &mut [u8], gone: &[(Place, usize)]) {
    for (place, length) in gone.iter().filter(|(place, _)| Path::new(&segment_name(place.segment)) == name) {
        let from = usize::try_from(place.at).unwrap_or(usize::MAX).saturating_add(RECORD_HEAD);
        if let Some(body) = bytes.get_mut(from..from.saturating_add(*length)) {
            body.copy_from_slice(&disposed(*length));
        }
    }
}

struct Writing<'a> {
    disk: &'a dyn Disk,
    folder: &'a Path,
    inside: &'a Inside,
    path: &'a Path,
    gone: &'a [(Place, usize)],
}

impl Writing<'_> {
    fn bytes(&self, member: &Path) -> Result<Vec<u8>, BackupError> {
        let bytes = self.inside.read(member).map_err(|error| BackupError::reading(self.path, error))?;
        bytes.ok_or_else(|| BackupError::damaged(self.path, &member.display().to_string()))
    }

    /// A file beside the journal.
    fn small(&self, member: &Path) -> Result<(), BackupError> {
        let to = self.folder.join(member);
        let put = |bytes: &[u8]| {
            if let Some(folder) = to.parent() {
                self.disk.create_folder(folder)?;
            }
            replace(self.disk, &to, bytes)
        };
        put(&self.bytes(member)?).map_err(|error| OpenError::io(&to, error).into())
    }

    /// The segments, in a folder of another name until all of them are durable.
    fn segments(&self, checked: &Checked) -> Result<usize, BackupError> {
        let aside = self.folder.join("journal.new");
        let failed = |error| BackupError::Desk(OpenError::io(&aside, error));
        self.disk.create_folder(&aside).map_err(failed)?;
        for name in self.disk.names(&aside).map_err(failed)? {
            self.disk.remove(&aside.join(name)).map_err(failed)?;
        }
        let mut count = 0;
        for member in checked.manifest.files.iter().map(|member| Path::new(&member.name)) {
            let Ok(name) = member.strip_prefix("journal") else { continue };
            let mut bytes = self.bytes(member)?;
            dispose(name, &mut bytes, self.gone);
            let mut file = self.disk.open(&aside.join(name), true).map_err(failed)?;
            file.write_at(0, &bytes).and_then(|()| file.sync()).map_err(failed)?;
            count += 1;
        }
        self.disk.sync_folder(&aside).map_err(failed)?;
        let journal: PathBuf = self.folder.join("journal");
        let renamed = self.disk.rename(&aside, &journal).and_then(|()| self.disk.sync_folder(self.folder));
        renamed.map_err(|error| BackupError::Desk(OpenError::io(&journal, error)))?;
        Ok(count)
    }
}
