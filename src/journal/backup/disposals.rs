//! What was disposed of: identities and stamps of changes, no text. It lies in the data folder and beside the backups,
//! so that a backup from before a disposal is restored without what was disposed of since.
//!
//! Changes are named by their stamps and not by their numbers: a desk that was restored from an older backup gives the
//! same numbers to other changes, which must not go with the next restoring.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::super::disk::{Disk, read_all, replace};
use super::super::format::hash;
use super::BackupError;
use super::generations::disposals_name;
use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey, Stamp};

/// The name of the list in the data folder.
pub const DISPOSALS: &str = "disposals";

/// One disposal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Disposal {
    /// The record that agrees to it.
    pub id: Id,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// The records that are no more.
    pub records: Vec<RecordKey>,
    /// The stamps of the changes whose text is no more, ascending.
    pub changes: Vec<Stamp>,
}

/// All disposals of a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposals {
    desk: Id,
    all: BTreeSet<Disposal>,
}

#[derive(Serialize, Deserialize)]
struct File {
    format: u32,
    desk: Id,
    disposals: BTreeSet<Disposal>,
    /// The hash of the desk and the disposals: damage must not look like a disposal.
    check: String,
}

fn check_of(desk: Id, disposals: &BTreeSet<Disposal>) -> String {
    let bytes = serde_json::to_vec(&(desk, disposals)).unwrap_or_default();
    blake3::Hash::from(hash(&bytes)).to_hex().to_string()
}

impl Disposals {
    /// None of this desk.
    pub const fn none(desk: Id) -> Self {
        Self { desk, all: BTreeSet::new() }
    }

    /// The list in this file; an empty one when there is no such file.
    ///
    /// # Errors
    /// It is damaged, of a newer format, or another desk's.
    pub fn load(disk: &dyn Disk, path: &Path, desk: Id) -> Result<Self, BackupError> {
        let bytes = read_all(disk, path).map_err(|error| BackupError::reading(path, error))?;
        bytes.map_or_else(|| Ok(Self::none(desk)), |bytes| Self::decode(&bytes, path, desk))
    }

    /// The list in these bytes.
    pub(super) fn decode(bytes: &[u8], path: &Path, desk: Id) -> Result<Self, BackupError> {
        let damaged = |_| BackupError::damaged(path, DISPOSALS);
        let file: File = serde_json::from_slice(bytes).map_err(damaged)?;
        if file.format > 1 {
            return Err(BackupError::Newer { file: path.to_owned(), version: file.format });
        }
        if file.check != check_of(file.desk, &file.disposals) {
            return Err(BackupError::damaged(path, DISPOSALS));
        }
        if file.desk != desk {
            return Err(BackupError::OtherDesk(path.to_owned()));
        }
        Ok(Self { desk, all: file.disposals })
    }

    /// Whether nothing was ever disposed of.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The disposals, oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Disposal> {
        self.all.iter()
    }

    /// The stamps of all changes whose text is no more.
    pub fn changes(&self) -> BTreeSet<Stamp> {
        self.all.iter().flat_map(|disposal| disposal.changes.iter().copied()).collect()
    }

    /// Whether the list has the disposal that this record agrees to.
    pub fn has(&self, id: Id) -> bool {
        self.all.iter().any(|disposal| disposal.id == id)
    }

    /// Whether this member of a backup is the draft of a call that was disposed of.
    pub(super) fn has_draft(&self, member: &Path) -> bool {
        let name = member.strip_prefix("drafts").ok().and_then(|name| name.to_str()?.strip_suffix(".draft"));
        let Some(id) = name.and_then(|name| name.parse().ok()) else { return false };
        self.all.iter().any(|disposal| disposal.records.contains(&RecordKey::new(Kind::Contact, id)))
    }

    /// Adds one.
    pub fn add(&mut self, disposal: Disposal) {
        self.all.insert(disposal);
    }

    /// Takes in what another list has; says whether anything was new.
    pub fn merge(&mut self, other: &Self) -> bool {
        let before = self.all.len();
        self.all.extend(other.all.iter().cloned());
        self.all.len() > before
    }

    /// Puts the list in the place of the file at once.
    ///
    /// # Errors
    /// The disk; then the file is as it was.
    pub fn save(&self, disk: &dyn Disk, path: &Path) -> Result<(), BackupError> {
        let check = check_of(self.desk, &self.all);
        let file = File { format: 1, desk: self.desk, disposals: self.all.clone(), check };
        let folder = path.parent().unwrap_or(path);
        let failed = |error| BackupError::writing(folder, error);
        let bytes = serde_json::to_vec(&file).map_err(|error| failed(error.into()))?;
        replace(disk, path, &bytes).map_err(failed)
    }

    /// Adds this list to the one beside the backups in a folder. A damaged one there is made anew: it was a copy.
    ///
    /// # Errors
    /// The folder is not there or cannot be written to; the list is a newer program's or another desk's.
    pub fn merge_into(&self, disk: &dyn Disk, folder: &Path) -> Result<(), BackupError> {
        if self.is_empty() {
            return Ok(());
        }
        if !disk.has_folder(folder).map_err(|error| BackupError::reading(folder, error))? {
            return Err(BackupError::FolderMissing(folder.to_owned()));
        }
        let path = folder.join(disposals_name(self.desk));
        let mut all = match Self::load(disk, &path, self.desk) {
            Err(BackupError::Damaged { .. }) => Self::none(self.desk),
            loaded => loaded?,
        };
        if all.merge(self) { all.save(disk, &path) } else { Ok(()) }
    }
}
