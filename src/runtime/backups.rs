//! Backups on this computer: what the screen and the command line both do with them. Each call may take as long as a
//! stick or a share takes: the screen's calls run on a thread of their own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::desk::id::Id;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::journal::backup::{self, BackupError, Drilled, Generation, Rank, Snapshot, Target};
use crate::journal::{Disk, RealDisk};

/// A backup in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub generation: Generation,
    /// Bytes of the file; 0 when it does not read.
    pub bytes: u64,
    /// What is wrong with it, as far as a short look shows.
    pub problem: Option<Say>,
}

/// This desk's backups in the folder, newest first, each looked at shortly.
///
/// # Errors
/// The folder is not there or does not read.
pub fn list(disk: &dyn Disk, folder: &Path, desk: Id) -> Result<Vec<Row>, BackupError> {
    let row = |generation: Generation| {
        let path = folder.join(generation.to_string());
        let bytes = disk.open_to_read(&path).and_then(|file| file.size()).unwrap_or_default();
        let problem = match backup::look(disk, &path) {
            Ok(manifest) if manifest.desk == desk => None,
            Ok(_) => Some(BackupError::OtherDesk(path).say()),
            Err(error) => Some(error.say()),
        };
        Row { generation, bytes, problem }
    };
    Ok(backup::generations(disk, folder, desk)?.into_iter().map(row).collect())
}

/// Restores a backup on trial, a file or the newest good one of a folder, and says which that was. `scratch` is an empty
/// folder that only this person may read.
///
/// # Errors
/// No good one, or the restore.
pub fn drill(
    snapshot: &Snapshot,
    target: &Path,
    scratch: &Path,
    now: DateTime<FixedOffset>,
) -> Result<(PathBuf, Drilled), BackupError> {
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let file = if target.is_dir() { newest(&*disk, target, snapshot.desk())? } else { target.to_owned() };
    let to = Target { disk: &disk, folder: scratch, who: "", now };
    backup::drill(snapshot, &*disk, &file, &to).map(|drilled| (file, drilled))
}

/// The newest good backup of the folder.
pub fn newest(disk: &dyn Disk, folder: &Path, desk: Id) -> Result<PathBuf, BackupError> {
    let (good, bad) = backup::newest_good(disk, folder, desk)?;
    match (good, bad.into_iter().next()) {
        (Some(good), _) => Ok(folder.join(good.to_string())),
        (None, Some((_, error))) => Err(error),
        (None, None) => Err(BackupError::None(folder.to_owned())),
    }
}

/// The same path by its full name.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Refuses a folder that lies with the data, links followed.
///
/// # Errors
/// [`BackupError::Inside`].
pub fn refuse_inside(folder: &Path, data: &Path) -> Result<(), BackupError> {
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if real(folder).starts_with(real(data)) { Err(BackupError::Inside(folder.to_owned())) } else { Ok(()) }
}

/// The locale key of a row of generations.
pub const fn rank_key(rank: Rank) -> &'static str {
    match rank {
        Rank::Daily => "backup-daily",
        Rank::Weekly => "backup-weekly",
    }
}

/// A size as a person reads it, in units of 1024.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..0x0010_0000 => format!("{} KB", bytes.div_ceil(1 << 10)),
        0x0010_0000..0x4000_0000 => format!("{} MB", bytes.div_ceil(1 << 20)),
        _ => format!("{}.{} GB", bytes >> 30, ((bytes & 0x3fff_ffff) * 10) >> 30),
    }
}

/// What a drill came to, as one sentence.
pub fn drill_say(file: &str, drilled: &Drilled) -> Say {
    let key = match (drilled.is_good(), drilled.opened) {
        (true, Some(_)) => "backup-drill-good",
        (true, None) => "backup-drill-unopened",
        (false, _) if !drilled.same_chain => "backup-drill-other-way",
        (false, _) => "backup-drill-bad",
    };
    let opened = drilled.opened.unwrap_or(backup::OpenedDrill { records: 0, cases: 0, sound: false });
    let say = Say { key, args: Vec::new() }.with("file", file).with("changes", drilled.changes.to_string());
    say.with("records", opened.records.to_string()).with("cases", opened.cases.to_string())
}
