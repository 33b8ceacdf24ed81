//! A backup as a disk that can only be read: its members under their names, with the zeros that were left out.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use zip::{CompressionMethod, ZipArchive};

use super::super::disk::{Disk, DiskFile};
use super::{BackupError, COMMENT, HEX, MANIFEST, Manifest, Member, ZEROS_MAX, is_member};

/// No manifest is longer: a longer one is not read into memory.
const MANIFEST_MAX: u64 = 64 << 20;

type Shared = Arc<Mutex<Box<dyn DiskFile>>>;

/// A member with where its bytes lie in the backup.
#[derive(Debug, Clone, Copy, Default)]
struct Lying {
    start: u64,
    size: u64,
    length: u64,
}

/// The members of one backup.
pub struct Inside {
    file: Shared,
    members: BTreeMap<PathBuf, Lying>,
}

/// A backup with what it says of itself; its members have not been looked at.
pub struct Opened {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its members.
    pub inside: Inside,
    /// Bytes of the file.
    pub size: u64,
    /// The hash of the file that its comment gives.
    pub hash: blake3::Hash,
}

/// The disk's own error in it, if it is one: the library gives its findings kinds of errors too.
fn io_of(error: zip::result::ZipError) -> Option<io::Error> {
    use ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    let zip::result::ZipError::Io(error) = error else { return None };
    (!matches!(error.kind(), UnexpectedEof | InvalidData | InvalidInput | Other)).then_some(error)
}

/// Opens a backup and reads what it says of itself.
///
/// # Errors
/// No backup, cut short, of a newer format, or damaged where its members are listed.
pub fn open(disk: &dyn Disk, path: &Path) -> Result<Opened, BackupError> {
    let failed = |error| BackupError::reading(path, error);
    let file = disk.open_to_read(path).map_err(failed)?;
    let size = file.size().map_err(failed)?;
    let begins = begins_like_ours(&*file).map_err(failed)?;
    let file: Shared = Arc::new(Mutex::new(file));
    // A file that begins like one of ours was one; what is missing of it is damage.
    let not_ours =
        || if begins { BackupError::CutShort(path.to_owned()) } else { BackupError::NotABackup(path.to_owned()) };
    let broken = |error| io_of(error).map_or_else(not_ours, failed);
    let window = Window { file: Arc::clone(&file), at: 0, size };
    let mut zip = ZipArchive::new(BufReader::new(window)).map_err(broken)?;
    let (version, hash) = comment(zip.comment()).ok_or_else(not_ours)?;
    if version > super::FORMAT {
        return Err(BackupError::Newer { file: path.to_owned(), version });
    }
    let mut found = BTreeMap::new();
    let mut twice = zip.has_duplicate_names();
    for i in 0..zip.len() {
        let damaged = |error| io_of(error).map_or_else(|| BackupError::damaged(path, ""), failed);
        let member = zip.by_index(i).map_err(damaged)?;
        let name = member.name().map_err(damaged)?.into_owned();
        let plain = member.compression() == CompressionMethod::Stored && member.compressed_size() == member.size();
        let start = member.data_start().filter(|start| plain && start.saturating_add(member.size()) <= size);
        let Some(start) = start.filter(|_| is_member(&name) || name == MANIFEST) else {
            return Err(BackupError::damaged(path, &name));
        };
        twice |= found.insert(name, (start, member.size())).is_some();
    }
    if twice {
        return Err(BackupError::damaged(path, ""));
    }
    let manifest = manifest(&mut zip, path)?;
    found.remove(MANIFEST);
    let inside = Inside { file, members: members(path, &manifest, &found)? };
    Ok(Opened { manifest, inside, size, hash })
}

/// Whether the file begins with the local head of a member that a backup may have.
fn begins_like_ours(file: &dyn DiskFile) -> io::Result<bool> {
    let mut head = [0; 34];
    let read = file.read_at(0, &mut head)?;
    let head = head.get(..read).unwrap_or_default();
    Ok(head.starts_with(b"PK\x03\x04") && (head.ends_with(b"desk") || head.ends_with(b"jour")))
}

/// The format and the hash that the comment gives.
fn comment(bytes: &[u8]) -> Option<(u32, blake3::Hash)> {
    let (version, hash) = std::str::from_utf8(bytes).ok()?.strip_prefix(COMMENT)?.split_once(' ')?;
    let hash = blake3::Hash::from_hex(hash).ok().filter(|known| known.to_hex().as_str() == hash)?;
    Some((version.parse().ok()?, hash))
}

fn manifest(zip: &mut ZipArchive<BufReader<Window>>, path: &Path) -> Result<Manifest, BackupError> {
    let damaged = || BackupError::damaged(path, MANIFEST);
    let member = zip.by_name(MANIFEST).map_err(|_| damaged())?;
    let mut bytes = Vec::new();
    // The library compares the sum that the zip file has for the member at its end.
    member.take(MANIFEST_MAX).read_to_end(&mut bytes).map_err(|_| damaged())?;
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
    let version = value.get("format").and_then(serde_json::Value::as_u64).ok_or_else(damaged)?;
    let version = u32::try_from(version).unwrap_or(u32::MAX);
    if version > super::FORMAT {
        return Err(BackupError::Newer { file: path.to_owned(), version });
    }
    serde_json::from_value(value).map_err(|_| damaged())
}

/// The members of the manifest with where they lie; each member of the zip file must be one of them.
fn members(
    path: &Path,
    manifest: &Manifest,
    found: &BTreeMap<String, (u64, u64)>,
) -> Result<BTreeMap<PathBuf, Lying>, BackupError> {
    let mut members = BTreeMap::new();
    let mut named = BTreeSet::new();
    for Member { name, size, length, .. } in &manifest.files {
        let lying = found.get(name).filter(|(_, there)| there == size);
        let zeros = length.checked_sub(*size).is_some_and(|zeros| zeros <= ZEROS_MAX);
        let Some((start, _)) = lying.filter(|_| zeros && named.insert(name)) else {
            return Err(BackupError::damaged(path, name));
        };
        members.insert(PathBuf::from(name), Lying { start: *start, size: *size, length: *length });
    }
    match found.keys().find(|name| !named.contains(name)) {
        Some(stray) => Err(BackupError::damaged(path, stray)),
        None => Ok(members),
    }
}

impl Inside {
    /// The hash of the member's bytes in the backup; `None` when there is no such member.
    pub fn hash(&self, member: &str) -> io::Result<Option<blake3::Hash>> {
        let Some(lying) = self.members.get(Path::new(member)) else { return Ok(None) };
        hash_of(&self.file, lying.start, lying.size).map(|hasher| Some(hasher.finalize()))
    }

    /// The hash of the whole file of this size, its own hash in it taken as `0`s.
    pub fn whole(&self, size: u64) -> io::Result<blake3::Hash> {
        let digits = u64::try_from(HEX).unwrap_or_default();
        let mut hasher = hash_of(&self.file, 0, size.saturating_sub(digits))?;
        hasher.update(&[b'0'; HEX]);
        Ok(hasher.finalize())
    }

    /// The member's bytes, as they are in the data folder.
    pub fn read(&self, member: &Path) -> io::Result<Option<Vec<u8>>> {
        super::super::disk::read_all(self, member)
    }
}

fn hash_of(file: &Shared, from: u64, size: u64) -> io::Result<blake3::Hasher> {
    let mut window = Window { file: Arc::clone(file), at: from, size: from.saturating_add(size) };
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; 256 << 10];
    loop {
        let read = window.read(&mut piece)?;
        if read == 0 {
            break;
        }
        hasher.update(piece.get(..read).unwrap_or_default());
    }
    Ok(hasher)
}

/// A part of the file that is read from its start to its end.
struct Window {
    file: Shared,
    at: u64,
    size: u64,
}

impl Read for Window {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = into.len().min(left);
        let into = into.get_mut(..wanted).unwrap_or_default();
        let read = self.file.lock().unwrap_or_else(PoisonError::into_inner).read_at(self.at, into)?;
        self.at = self.at.saturating_add(u64::try_from(read).unwrap_or_default());
        Ok(read)
    }
}

impl Seek for Window {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

fn only_to_read() -> io::Error {
    ErrorKind::ReadOnlyFilesystem.into()
}

impl Disk for Inside {
    fn create_folder(&self, _: &Path) -> io::Result<()> {
        Err(only_to_read())
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let inside = self.members.keys().filter(|path| path.parent() == Some(folder));
        Ok(inside.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect())
    }

    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn DiskFile>> {
        if create {
            return Err(only_to_read());
        }
        let lying = *self.members.get(path).ok_or(ErrorKind::NotFound)?;
        Ok(Box::new(InsideFile { file: Arc::clone(&self.file), lying }))
    }

    fn has_folder(&self, path: &Path) -> io::Result<bool> {
        Ok(self.members.keys().any(|member| member.parent() == Some(path)))
    }

    fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(only_to_read())
    }

    fn remove(&self, _: &Path) -> io::Result<()> {
        Err(only_to_read())
    }

    fn remove_folder(&self, _: &Path) -> io::Result<()> {
        Err(only_to_read())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Err(only_to_read())
    }

    fn lock(&self, _: &Path) -> io::Result<Option<Box<dyn Any + Send>>> {
        Err(only_to_read())
    }
}

struct InsideFile {
    file: Shared,
    lying: Lying,
}

impl DiskFile for InsideFile {
    fn size(&self) -> io::Result<u64> {
        Ok(self.lying.length)
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let small = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let wanted = into.len().min(small(self.lying.length.saturating_sub(at)));
        let kept = wanted.min(small(self.lying.size.saturating_sub(at)));
        let Some((bytes, zeros)) = into.get_mut(..wanted).and_then(|into| into.split_at_mut_checked(kept)) else {
            return Ok(0);
        };
        let start = self.lying.start.saturating_add(at);
        let read = self.file.lock().unwrap_or_else(PoisonError::into_inner).read_at(start, bytes)?;
        if read < kept {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        zeros.fill(0);
        Ok(wanted)
    }

    fn write_at(&mut self, _: u64, _: &[u8]) -> io::Result<()> {
        Err(only_to_read())
    }

    fn sync(&mut self) -> io::Result<()> {
        Err(only_to_read())
    }
}
