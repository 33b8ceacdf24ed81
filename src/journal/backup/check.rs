//! Whether a backup is whole: without any key, and every byte of it.

use std::io;
use std::path::Path;

use super::super::disk::Disk;
use super::super::error::Told;
use super::super::format::{Body, SEGMENT_HEAD, SegmentHead, genesis};
use super::super::rebuild::told_of;
use super::super::seal::epoch_of;
use super::super::walk::{segment_name, segment_numbers, walk};
use super::inside::{self, Inside, Opened};
use super::{BackupError, Manifest};

/// A backup in which every byte is as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Changes that read.
    pub changes: u64,
    /// What was damaged in the desk's journal already when the backup was made; mostly nothing.
    pub damage: Vec<Told>,
}

/// What a backup says of itself, without a look at its members: for lists.
///
/// # Errors
/// No backup, cut short, damaged where its members are listed, or of a newer format.
pub fn look(disk: &dyn Disk, path: &Path) -> Result<Manifest, BackupError> {
    inside::open(disk, path).map(|opened| opened.manifest)
}

/// Reads a backup from its first to its last byte.
///
/// # Errors
/// The first thing that is wrong with it, by its member's name.
pub fn check(disk: &dyn Disk, path: &Path) -> Result<Checked, BackupError> {
    check_hash(disk, path).map(|(checked, _)| checked)
}

/// The same, with the hash of the whole file.
pub(super) fn check_hash(disk: &dyn Disk, path: &Path) -> Result<(Checked, blake3::Hash), BackupError> {
    let opened = inside::open(disk, path)?;
    let checked = check_opened(&opened, path)?;
    Ok((checked, opened.hash))
}

/// The same for a backup that is open.
pub(super) fn check_opened(opened: &Opened, path: &Path) -> Result<Checked, BackupError> {
    let Opened { manifest, inside, size, hash } = opened;
    let failed = |error| BackupError::reading(path, error);
    for member in &manifest.files {
        let found = inside.hash(&member.name).map_err(failed)?;
        if found.is_none_or(|found| found.to_hex().as_str() != member.blake3) {
            return Err(BackupError::damaged(path, &member.name));
        }
    }
    if inside.whole(*size).map_err(failed)? != *hash {
        return Err(BackupError::damaged(path, ""));
    }
    let (changes, damage) = check_chain(inside, manifest, path)?;
    Ok(Checked { manifest: manifest.clone(), changes, damage })
}

/// Follows the chain from the desk's beginning to the end that the manifest names. Segments are whole here, so what does
/// not fit was so at the desk.
fn check_chain(inside: &Inside, manifest: &Manifest, path: &Path) -> Result<(u64, Vec<Told>), BackupError> {
    let failed = |error| BackupError::reading(path, error);
    let journal = Path::new("journal");
    let numbers = segment_numbers(inside, journal).map_err(failed)?;
    let Some(first) = numbers.first() else {
        return Err(BackupError::damaged(path, &format!("journal/{}", segment_name(1))));
    };
    let first = journal.join(segment_name(*first));
    let mut sealed = false;
    let walked = walk::<io::Error>(inside, journal, &numbers, manifest.seq, |met| {
        let epoch = match met.head.body_in(met.body) {
            Some(Body::Sealed(bytes)) => epoch_of(bytes),
            Some(Body::Disposed | Body::Clear(_)) | None => None,
        };
        sealed |= epoch.is_some_and(|epoch| epoch > 0);
        Ok(())
    });
    let walked = walked.map_err(failed)?;
    // What is sealed is of no use without the file that holds the keys' slots.
    if sealed && !manifest.files.iter().any(|member| member.name.starts_with("keys")) {
        return Err(BackupError::damaged(path, "keys"));
    }
    let mut head = [0; SEGMENT_HEAD];
    inside.open(&first, false).and_then(|file| file.read_at(0, &mut head)).map_err(failed)?;
    let begins = SegmentHead::decode(&head)
        .is_none_or(|head| head.desk == manifest.desk && (head.first > 1 || head.prev == genesis(manifest.desk)));
    let end = walked.chain.map_or((0, genesis(manifest.desk)), |chain| (chain.seq, chain.hash));
    let ends = end.0 == manifest.seq && blake3::Hash::from(end.1).to_hex().as_str() == manifest.head;
    let mut damage = told_of(&walked);
    if damage.is_empty() && !(begins && ends) {
        // Each member is what was written, but together they are not what the manifest says: two desks in one file.
        return Err(BackupError::damaged(path, super::MANIFEST));
    }
    if walked.torn_to > walked.end {
        damage.push(Told::TornTail {
            file: numbers.last().map(|number| segment_name(*number)).unwrap_or_default(),
            bytes: walked.torn_to - walked.end,
        });
    }
    Ok((walked.sound, damage))
}
