//! The files `keys` and `keys.copy`: one line of JSON, and one with its checksum. Knows no key: what a slot holds is
//! for those who have one.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::UnlockError;
use super::primitive::{Hex, Key, derive};
use super::slot::Slot;
use crate::desk::id::Id;
use crate::journal::disk::{Disk, read_all, replace};

/// The file, and its copy: written one after the other, so that at any moment one of them is whole.
pub(super) const NAMES: [&str; 2] = ["keys", "keys.copy"];

const FORMAT: u32 = 1;
/// No keys file is longer: a desk of a hundred operators has less than 100 KiB.
const LONGEST: u64 = 4 << 20;

/// What stands in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub format: u32,
    pub desk: Id,
    /// Counts the writes: of two sound files the one with more counts.
    pub generation: u64,
    /// The demo, whose passphrase is no secret.
    pub demo: bool,
    /// The epochs whose keys can be had, the newest last.
    pub epochs: Vec<Epoch>,
    /// Up to this epoch nothing is sealed any more.
    pub retired: u32,
    pub slots: Vec<Slot>,
    /// Over all of the above, keyed from the newest data key.
    pub mac: Hex,
}

/// A key epoch. Its data key lies in each slot, or in the next epoch's `older`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Epoch {
    pub number: u32,
    /// The data key of the epoch before, sealed with this one's: who forges an epoch cannot have it.
    pub older: Hex,
}

impl Document {
    pub fn new(desk: Id, demo: bool) -> Self {
        let epochs = vec![Epoch { number: 1, older: Hex::default() }];
        Self { format: FORMAT, desk, generation: 0, demo, epochs, retired: 0, slots: Vec::new(), mac: Hex::default() }
    }

    /// The number of the newest epoch.
    pub fn newest(&self) -> u32 {
        self.epochs.last().map_or(0, |epoch| epoch.number)
    }

    fn mac_with(&self, data: &Key) -> io::Result<blake3::Hash> {
        let bare = serde_json::to_vec(&Self { mac: Hex::default(), ..self.clone() })?;
        Ok(blake3::keyed_hash(&derive("madoguchi 2026 vault mac 1", &[&**data]), &bare))
    }

    /// Whether whoever wrote this had the newest data key.
    pub fn is_genuine(&self, data: &Key) -> bool {
        let claimed = self.mac.exactly().map(blake3::Hash::from_bytes);
        // Compared in constant time by `Hash`.
        matches!((self.mac_with(data), claimed), (Ok(right), Some(claimed)) if right == claimed)
    }

    /// Puts the MAC right.
    pub fn sign(&mut self, data: &Key) -> io::Result<()> {
        self.mac = Hex(self.mac_with(data)?.as_bytes().to_vec());
        Ok(())
    }

    fn encode(&self) -> io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec(self)?;
        bytes.push(b'\n');
        let sum = blake3::hash(&bytes);
        bytes.extend_from_slice(sum.to_hex().as_bytes());
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// One of the two files.
#[derive(Debug)]
enum Found {
    Missing,
    Broken,
    Newer(u32),
    Sound(Box<Document>),
}

fn decode(bytes: &[u8]) -> Found {
    let line = bytes.iter().position(|byte| *byte == b'\n').map(|end| bytes.split_at(end.saturating_add(1)));
    let Some((json, sum)) = line else { return Found::Broken };
    if sum.strip_suffix(b"\n") != Some(blake3::hash(json).to_hex().as_bytes()) {
        return Found::Broken;
    }
    if let Ok(document) = serde_json::from_slice::<Document>(json)
        && document.format == FORMAT
        && document.newest() > 0
    {
        return Found::Sound(Box::new(document));
    }
    // The checksum is right, so this is what a program wrote: one that knows more than this one.
    let format = serde_json::from_slice::<serde_json::Value>(json).ok();
    let format = format.and_then(|value| value.get("format")?.as_u64()).and_then(|n| u32::try_from(n).ok());
    format.filter(|format| *format > FORMAT).map_or(Found::Broken, Found::Newer)
}

fn look(disk: &dyn Disk, path: &Path) -> io::Result<Found> {
    match disk.open(path, false) {
        Ok(file) if file.size()? > LONGEST => return Ok(Found::Broken),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Missing),
        Err(error) => return Err(error),
    }
    Ok(read_all(disk, path)?.map_or(Found::Missing, |bytes| decode(&bytes)))
}

/// What the two files hold.
#[derive(Debug)]
pub(super) struct Copies {
    /// The sound ones, the one with the highest generation first.
    pub sound: Vec<Document>,
    /// Files that were missing, broken or behind.
    pub behind: Vec<&'static str>,
}

/// Whether there are keys in this folder, whole or not.
pub(super) fn exist(disk: &dyn Disk, folder: &Path) -> io::Result<bool> {
    let names = disk.names(folder)?;
    Ok(NAMES.iter().any(|wanted| names.iter().any(|name| name == wanted)))
}

/// Reads both files.
pub(super) fn read(disk: &dyn Disk, folder: &Path) -> Result<Copies, UnlockError> {
    let (mut sound, mut behind, mut newer, mut seen) = (Vec::new(), Vec::new(), None, false);
    let mut refused = None;
    for name in NAMES {
        // A file that the disk refuses to read is as good as a broken one, as long as the other reads.
        let found = look(disk, &folder.join(name)).unwrap_or_else(|error| {
            refused = Some(UnlockError::Io { file: folder.join(name), error });
            Found::Broken
        });
        seen |= !matches!(found, Found::Missing);
        match found {
            Found::Sound(document) => sound.push((name, *document)),
            Found::Newer(version) => newer = Some((folder.join(name), version)),
            Found::Missing | Found::Broken => behind.push(name),
        }
    }
    if let Some((file, version)) = newer {
        return Err(UnlockError::Newer { file, version });
    }
    sound.sort_by_key(|(_, document)| std::cmp::Reverse(document.generation));
    let best = sound.first().map(|(_, document)| document.generation);
    let older = sound.iter().filter(|(_, document)| Some(document.generation) != best);
    behind.extend(older.map(|(name, _)| *name));
    if sound.is_empty() {
        return Err(match refused {
            Some(refused) => refused,
            None if seen => UnlockError::Damaged { file: first(folder) },
            None => UnlockError::NoKeys { folder: folder.to_owned() },
        });
    }
    Ok(Copies { sound: sound.into_iter().map(|(_, document)| document).collect(), behind })
}

/// Writes the file. With `Ok` it stands after a power cut; else it or the one before does.
pub(super) fn write(disk: &dyn Disk, folder: &Path, document: &Document) -> io::Result<()> {
    replace(disk, &first(folder), &document.encode()?)
}

/// Writes the copy.
pub(super) fn write_copy(disk: &dyn Disk, folder: &Path, document: &Document) -> io::Result<()> {
    replace(disk, &folder.join(NAMES[1]), &document.encode()?)
}

/// The path that messages name.
pub(super) fn first(folder: &Path) -> PathBuf {
    folder.join(NAMES[0])
}
