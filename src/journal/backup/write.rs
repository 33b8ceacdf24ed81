//! Making one backup file.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::super::disk::{Disk, read_all};
use super::super::error::OpenError;
use super::super::walk::segment_name;
use super::check::{Checked, check_hash};
use super::sink::Sink;
use super::{BackupError, COMMENT, HEX, MANIFEST, Manifest, Member, SMALL, Snapshot, beside};

/// A backup that was made, read back and found to be what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What reading it back found. Damage in it is damage that the desk's own journal has.
    pub checked: Checked,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Makes a backup at `path` on `disk` and reads it back before it takes the place of what stands there.
///
/// # Errors
/// Then nothing stands at `path` that did not before, and the attempt beside it is removed where that is possible.
pub fn write(
    snapshot: &Snapshot,
    disk: &dyn Disk,
    path: &Path,
    now: DateTime<FixedOffset>,
) -> Result<Made, BackupError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |error| BackupError::writing(folder, error);
    if !disk.has_folder(folder).map_err(failed)? {
        return Err(BackupError::FolderMissing(folder.to_owned()));
    }
    let aside = beside(path, ".new");
    let made = write_aside(snapshot, disk, (folder, &aside), now).and_then(|made| {
        disk.rename(&aside, path).map_err(failed)?;
        match disk.sync_folder(folder) {
            // Not every stick and share can do it; the file itself is synced and was read back.
            Err(error) if !matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {
                Err(failed(error))
            }
            Ok(()) | Err(_) => Ok(made),
        }
    });
    if made.is_err() {
        // What cannot be removed now is by the next backup.
        let _ = disk.remove(&aside);
    }
    made
}

fn write_aside(
    snapshot: &Snapshot,
    disk: &dyn Disk,
    (folder, aside): (&Path, &Path),
    now: DateTime<FixedOffset>,
) -> Result<Made, BackupError> {
    let failed = |error| BackupError::writing(folder, error);
    match disk.remove(aside) {
        Err(error) if !matches!(error.kind(), ErrorKind::NotFound) => return Err(failed(error)),
        // A longer file from a broken-off attempt must not show behind this one.
        Ok(()) | Err(_) => {}
    }
    let file = disk.open(aside, true).map_err(failed)?;
    let mut zip = Zip { zip: ZipWriter::new_stream(Sink::new(file)), manifest: snapshot.manifest(now) };
    match zip.fill(snapshot) {
        Ok(()) => {}
        Err(Fill::Source(error)) => return Err(error),
        // The sink knows more.
        Err(Fill::Sink(error)) => return Err(failed(zip.finish().err().unwrap_or(error))),
    }
    let manifest = zip.manifest.clone();
    let hash = zip.finish().map_err(failed)?;
    // What was synced a moment ago is still in memory: what is read back is to come from the medium.
    if let Ok(file) = disk.open(aside, false) {
        file.forget_cached();
    }
    let (checked, read) = check_hash(disk, aside)?;
    // What is on the disk must be what was meant to be there, not only something sound.
    if read != hash || checked.manifest != manifest {
        return Err(BackupError::damaged(aside, ""));
    }
    let bytes = disk.open(aside, false).and_then(|file| file.size()).map_err(failed)?;
    Ok(Made { checked, bytes })
}

/// Why a file was not filled.
enum Fill {
    /// The data folder.
    Source(BackupError),
    /// The backup's own disk.
    Sink(io::Error),
}

struct Zip {
    zip: ZipWriter<StreamWriter<Sink>>,
    manifest: Manifest,
}

impl Zip {
    fn fill(&mut self, snapshot: &Snapshot) -> Result<(), Fill> {
        let disk = &*snapshot.disk;
        let source = |path: &Path, error| Fill::Source(BackupError::Desk(OpenError::io(path, error)));
        for name in SMALL {
            let path = snapshot.folder.join(name);
            if let Some(bytes) = read_all(disk, &path).map_err(|error| source(&path, error))? {
                self.add(name, &bytes)?;
            }
        }
        for (i, number) in snapshot.segments.iter().enumerate() {
            let file = segment_name(*number);
            let path = snapshot.folder.join("journal").join(&file);
            let bytes = read_all(disk, &path).and_then(|bytes| bytes.ok_or_else(|| ErrorKind::NotFound.into()));
            let mut bytes = bytes.map_err(|error| source(&path, error))?;
            if i + 1 == snapshot.segments.len() {
                // Behind the end of the log there may be a save by now, which belongs to the next backup.
                bytes.truncate(usize::try_from(snapshot.end).unwrap_or(usize::MAX));
            }
            self.add(&format!("journal/{file}"), &bytes)?;
        }
        let drafts = snapshot.folder.join("drafts");
        let mut names = disk.names(&drafts).map_err(|error| source(&drafts, error))?;
        names.sort();
        for name in names.iter().map(|name| format!("drafts/{name}")).filter(|name| super::is_member(name)) {
            let path = snapshot.folder.join(&name);
            // One that was saved or dropped meanwhile is in the journal or nowhere.
            if let Some(bytes) = read_all(disk, &path).map_err(|error| source(&path, error))? {
                self.add(&name, &bytes)?;
            }
        }
        let manifest = serde_json::to_vec_pretty(&self.manifest).map_err(|error| Fill::Sink(error.into()))?;
        self.put(MANIFEST, &manifest)
    }

    /// Adds a file of the data folder, without the zeros that a preallocated segment ends in.
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Fill> {
        let zeros = if name.starts_with("journal/") { bytes.iter().rev().take_while(|b| **b == 0).count() } else { 0 };
        let kept = bytes.get(..bytes.len() - zeros).unwrap_or(bytes);
        let wide = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        self.manifest.files.push(Member {
            name: name.to_owned(),
            size: wide(kept.len()),
            length: wide(bytes.len()),
            blake3: blake3::hash(kept).to_hex().to_string(),
        });
        self.put(name, kept)
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), Fill> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let options = options.large_file(u32::try_from(bytes.len()).is_err());
        self.zip.start_file(name, options).map_err(|error| Fill::Sink(error.into()))?;
        self.zip.write_all(bytes).map_err(Fill::Sink)?;
        let failed = self.zip.get_ref().is_some_and(|stream| stream.get_ref().has_failed());
        // Which error it was, the end says.
        if failed { Err(Fill::Sink(ErrorKind::WriteZero.into())) } else { Ok(()) }
    }

    /// Ends the file.
    fn finish(mut self) -> io::Result<blake3::Hash> {
        let comment = format!("{COMMENT}{} {}", super::FORMAT, "0".repeat(HEX));
        self.zip.set_raw_comment(comment.into_bytes().into_boxed_slice())?;
        self.zip.finish()?.into_inner().end()
    }
}
