//! Backups: one file that holds a desk as it was at one moment, made, checked and restored without any key. Knows no
//! sealed text and no clock.
//!
//! # The file
//!
//! A zip file whose members are stored as they are: `desk`, `keys`, `keys.copy`, `renewal` and `disposals` where the
//! desk has them, `journal/NNNNNNNN.seg` up to the end of the log, `drafts/*.draft`, and at last `manifest.json`, which names
//! each member with its length and its BLAKE3 hash, and the end of the chain. The comment of the zip file ends in the
//! hash of everything before it, so no byte of the file can change unnoticed. Any program that reads zip files can take
//! it apart; what is sealed in the data folder is sealed here.
//!
//! # Making one
//!
//! Written beside its place, synced, read back from the first to the last byte and compared, renamed, the folder
//! synced; a broken-off attempt never stands in the place of a good file. The desk is open meanwhile: closed segments
//! do not change, and of the open one only the bytes up to its end at the moment of the [`Snapshot`] are read. What
//! would change closed segments takes the journal's [`Claims`] first, as a backup does.
//!
//! # Restoring one
//!
//! Only into a folder that has no desk. The segments come under their name at once, by the rename of their folder, so
//! that after a power cut there is either no desk or a whole one.

mod changes;
mod check;
mod claims;
mod disposals;
mod drill;
mod error;
mod generations;
mod inside;
mod restore;
mod sink;
mod snapshot;
mod write;

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::walk::segment_name;
use crate::desk::id::Id;

pub use check::{Checked, check, look};
pub use claims::{Claim, Claims};
pub use disposals::{DISPOSALS, Disposal, Disposals};
pub use drill::{Drilled, OpenedDrill, drill};
pub use error::BackupError;
pub use generations::{Generation, Keep, Kept, Rank, generations, keep, newest, newest_good};
pub use restore::{Restored, Target, restore};
pub use snapshot::Snapshot;
pub use write::{Made, write};

/// The format that this program writes, and the newest that it reads.
const FORMAT: u32 = 1;
/// The member that names the others.
const MANIFEST: &str = "manifest.json";
/// What the comment of the zip file says before the hash.
const COMMENT: &str = "madoguchi backup ";
/// Characters of a BLAKE3 hash.
const HEX: usize = 64;
/// No segment has more zeros at its end: a longer claim is damage.
const ZEROS_MAX: u64 = 256 << 20;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format of the file.
    pub format: u32,
    /// Whose backup it is.
    pub desk: Id,
    /// When it was made.
    pub at: DateTime<FixedOffset>,
    /// The number of the last change in it; 0 for none.
    pub seq: u64,
    /// The hash of the head of that change, as 64 hexadecimal digits: the end of the chain.
    pub head: String,
    /// The version of the program that made it.
    pub program: String,
    /// Every other member.
    pub files: Vec<Member>,
}

/// A member of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name: the path in the data folder, with `/`.
    pub name: String,
    /// Bytes of it in the backup.
    pub size: u64,
    /// Bytes of it in the data folder: zeros at the end of a segment are not kept.
    pub length: u64,
    /// Its BLAKE3 hash as 64 hexadecimal digits.
    pub blake3: String,
}

/// Files of the data folder that a backup holds beside segments and drafts, where they are there.
const SMALL: [&str; 5] = ["desk", "keys", "keys.copy", "renewal", DISPOSALS];

/// Whether a backup may hold a member of this name: no other name is ever written to a disk.
fn is_member(name: &str) -> bool {
    if SMALL.contains(&name) {
        return true;
    }
    if let Some(file) = name.strip_prefix("journal/") {
        let number = file.strip_suffix(".seg").and_then(|number| number.parse::<u32>().ok());
        return number.is_some_and(|number| segment_name(number) == file);
    }
    let draft = name.strip_prefix("drafts/").and_then(|file| file.strip_suffix(".draft"));
    draft.is_some_and(|id| id.parse::<Id>().is_ok_and(|known| known.to_string() == id))
}

/// The path with something behind its name: not an extension, which would take the place of ours.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
