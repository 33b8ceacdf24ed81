//! What was disposed of: identities and numbers of changes, no text. It lies in the data folder and beside the backups,
//! so that a backup from before a disposal is restored without what was disposed of since.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::super::disk::{Disk, read_all, replace};
use super::super::format::hash;
use super::BackupError;
use crate::desk::id::Id;
use crate::desk::record::RecordKey;

/// The name of the list in the data folder.
pub const DISPOSALS: &str = "disposals";

/// One disposal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Disposal {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// The records that are no more.
    pub records: Vec<RecordKey>,
    /// The numbers of the changes whose text is no more, ascending.
    pub changes: Vec<u64>,
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
    /// The hash of the disposals: damage must not look like a disposal.
    check: String,
}

fn check_of(disposals: &BTreeSet<Disposal>) -> String {
    let bytes = serde_json::to_vec(disposals).unwrap_or_default();
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
        if file.check != check_of(&file.disposals) {
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

    /// The numbers of all changes whose text is no more.
    pub fn changes(&self) -> BTreeSet<u64> {
        self.all.iter().flat_map(|disposal| disposal.changes.iter().copied()).collect()
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
        let check = check_of(&self.all);
        let file = File { format: 1, desk: self.desk, disposals: self.all.clone(), check };
        let folder = path.parent().unwrap_or(path);
        let failed = |error| BackupError::writing(folder, error);
        let bytes = serde_json::to_vec(&file).map_err(|error| failed(error.into()))?;
        replace(disk, path, &bytes).map_err(failed)
    }
}
