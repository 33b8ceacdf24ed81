//! Backups on this computer: what the screen and the command line both do with them. Each call may take as long as a
//! stick or a share takes: the screen's calls run on a thread of their own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDateTime};

use crate::app::msg::{BackupNews, BackupOrder, BackupRow, BackupTask};
use crate::desk::access::{self, Access, Details};
use crate::desk::id::Id;
use crate::desk::record::{Batch, Explain};
use crate::desk::say::Say;
use crate::journal::backup::{self, BackupError, Drilled, Generation, Keep, Rank, Snapshot, Target};
use crate::journal::disk::{read_all, replace};
use crate::journal::vault::{Keyring, Vault};
use crate::journal::{Disk, Journal};

use super::fault;
use super::private::Scratch;

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

/// The open desk as it is now, for a backup: without what was agreed to be disposed of, even where that is still on its
/// way.
///
/// # Errors
/// The segments are in use, or could not be written.
pub fn snapshot(journal: &mut Journal) -> Result<Snapshot, BackupError> {
    journal.dispose_now()?;
    journal.snapshot().ok_or(BackupError::Busy)
}

/// Restores a backup on trial, a file or the newest good one of a folder, and says which that was. `scratch` is an empty
/// folder that only this person may read.
///
/// # Errors
/// No good one, or the restore.
pub fn drill(
    disk: &Arc<dyn Disk>,
    (snapshot, keys): (&Snapshot, &Keyring),
    target: &Path,
    scratch: &Path,
    now: DateTime<FixedOffset>,
) -> Result<(PathBuf, Drilled), BackupError> {
    let folder = disk.has_folder(target).map_err(|error| BackupError::Io { path: target.to_owned(), error })?;
    let file = if folder { newest(&**disk, target, snapshot.desk())? } else { target.to_owned() };
    let to = Target { disk, folder: scratch, who: "", now };
    let mut drilled = backup::drill(snapshot, &**disk, &file, &to)?;
    if !keys.is_locked() {
        // Whoever has to rely on the backup has the keys that are in it, and no others.
        drilled.keys = Vault::load(scratch, Arc::clone(disk)).map_or(Some(false), |vault| vault.fits(keys));
    }
    Ok((file, drilled))
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
        (false, _) if drilled.keys == Some(false) => "backup-drill-keys",
        (false, _) if !drilled.same_chain => "backup-drill-other-way",
        (false, _) => "backup-drill-bad",
    };
    let opened = drilled.opened.unwrap_or(backup::OpenedDrill { records: 0, cases: 0, sound: false });
    let say = Say { key, args: Vec::new() }.with("file", file).with("changes", drilled.changes.to_string());
    say.with("records", opened.records.to_string()).with("cases", opened.cases.to_string())
}

/// The file of the data folder that says when the last generation was made: the stick may be out.
const LAST: &str = "last-backup";

/// Notes that a generation was made.
pub fn remember(disk: &dyn Disk, data: &Path, at: NaiveDateTime) {
    if let Err(error) = replace(disk, &data.join(LAST), at.format(MINUTE).to_string().as_bytes()) {
        // Then the folder tells, when it is there.
        tracing::warn!(%error, "the time of the backup could not be noted");
    }
}

const MINUTE: &str = "%Y-%m-%dT%H:%M";

fn remembered(disk: &dyn Disk, data: &Path) -> Option<NaiveDateTime> {
    let bytes = read_all(disk, &data.join(LAST)).ok()??;
    NaiveDateTime::parse_from_str(std::str::from_utf8(&bytes).ok()?, MINUTE).ok()
}

/// An order with all that it needs of the desk: it can be carried out on another thread.
pub struct Job {
    order: BackupOrder,
    disk: Arc<dyn Disk>,
    data: PathBuf,
    desk: Id,
    /// None where the order only looks.
    snapshot: Option<Snapshot>,
    /// For the trial, which compares them with those in the backup.
    keys: Keyring,
    now: DateTime<FixedOffset>,
}

/// What came of a job.
#[derive(Debug)]
pub struct Done {
    /// For the app.
    pub news: BackupNews,
    /// For the access log.
    pub look: Option<Batch>,
    /// Whether nobody asked for it and it failed.
    pub failed_by_itself: bool,
}

/// The answer to an order that cannot be carried out.
pub fn refused(order: BackupOrder, say: Say) -> BackupNews {
    let outcome = (order.task != BackupTask::List).then(|| Err(say.clone()));
    BackupNews { order, rows: Err(say), remembered: None, outcome }
}

impl Job {
    /// What is to be done for this order, with the desk as it is now.
    ///
    /// # Errors
    /// The answer, while the segments are in use.
    pub fn of(
        order: BackupOrder,
        (journal, keys): (&mut Journal, &Keyring),
        disk: &Arc<dyn Disk>,
        now: DateTime<FixedOffset>,
    ) -> Result<Self, Box<BackupNews>> {
        let mut snapshot = None;
        if order.task != BackupTask::List {
            snapshot = match fault::guarded(|| self::snapshot(journal)) {
                Ok(Ok(snapshot)) => Some(snapshot),
                Ok(Err(error)) => return Err(Box::new(refused(order, error.say()))),
                Err(fault::Fault) => return Err(Box::new(refused(order, Say::new("runtime-store-fault")))),
            };
        }
        let (data, desk) = (journal.folder().to_owned(), journal.desk());
        Ok(Self { order, disk: Arc::clone(disk), data, desk, snapshot, keys: keys.clone(), now })
    }

    /// What is told where there is no thread to do it on.
    pub fn spoiled(&self) -> Done {
        Done {
            news: refused(self.order.clone(), Say::new("runtime-store-fault")),
            look: None,
            failed_by_itself: self.order.by_itself,
        }
    }

    /// Does it.
    pub fn run(self) -> Done {
        let spoiled = self.spoiled();
        fault::guarded(|| self.carry_out()).unwrap_or(spoiled)
    }

    fn carry_out(self) -> Done {
        let folder = PathBuf::from(&self.order.folder);
        let (outcome, look) = match (&self.order.task, &self.snapshot) {
            (BackupTask::Make, Some(snapshot)) => self.make(snapshot, &folder),
            (BackupTask::Drill, Some(snapshot)) => self.try_one(snapshot, &folder),
            (BackupTask::List | BackupTask::Make | BackupTask::Drill, _) => (None, None),
        };
        let rows = list(&*self.disk, &folder, self.desk).map_err(|error| error.say());
        // A folder that is there knows best: what it has no more is no backup any more.
        let remembered = if rows.is_ok() { None } else { remembered(&*self.disk, &self.data) };
        let rows = rows.map(|rows| rows.into_iter().map(Row::told).collect());
        let failed_by_itself = self.order.by_itself && matches!(outcome, Some(Err(_)));
        Done { news: BackupNews { order: self.order, rows, remembered, outcome }, look, failed_by_itself }
    }

    fn look(&self, access: Access, details: Details) -> Batch {
        let details = Details { by_itself: self.order.by_itself, ..details };
        access::of_desk(access, self.desk, self.order.operator, details)
    }

    fn make(&self, snapshot: &Snapshot, folder: &Path) -> Outcome {
        let keep = Keep {
            daily: self.order.daily.unwrap_or(Keep::default().daily),
            weekly: self.order.weekly.unwrap_or(Keep::default().weekly),
        };
        let made = refuse_inside(folder, &self.data)
            .and_then(|()| backup::keep(snapshot, &*self.disk, folder, keep, self.now));
        match made {
            Ok(kept) => {
                let file = kept.generation.to_string();
                remember(&*self.disk, &self.data, kept.generation.at);
                let look = self.look(Access::Backup, Details { file: file.clone(), ..Details::default() });
                if !kept.made.checked.damage.is_empty() {
                    return (Some(Err(Say::new("backup-of-damaged"))), Some(look));
                }
                let changes = kept.made.checked.changes.to_string();
                (Some(Ok(Say::new("backup-made").with("file", file).with("changes", changes))), Some(look))
            }
            Err(error) => {
                tracing::warn!(%error, "no backup was made");
                let look = self.look(Access::Backup, Details { failed: true, ..Details::default() });
                (Some(Err(error.say())), Some(look))
            }
        }
    }

    fn try_one(&self, snapshot: &Snapshot, folder: &Path) -> Outcome {
        let mut chance = [0; 8];
        let scratch = getrandom::fill(&mut chance).map_err(std::io::Error::other);
        let scratch = match scratch.and_then(|()| Scratch::new("drill", chance)) {
            Ok(scratch) => scratch,
            Err(error) => {
                let say = Say::new("backup-drill-no-folder").with("why", error.kind().to_string());
                return (Some(Err(say)), None);
            }
        };
        let done = drill(&self.disk, (snapshot, &self.keys), folder, scratch.path(), self.now);
        let good = done.as_ref().is_ok_and(|(_, drilled)| drilled.is_good());
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let file = done.as_ref().map(|(file, _)| name(file)).unwrap_or_default();
        let count = done.as_ref().ok().and_then(|(_, drilled)| drilled.opened).map(|opened| opened.records);
        let look = self.look(Access::Drill, Details { file: file.clone(), count, failed: !good, ..Details::default() });
        let outcome = match done {
            Ok((_, drilled)) if good => Ok(drill_say(&file, &drilled)),
            Ok((_, drilled)) => Err(drill_say(&file, &drilled)),
            Err(error) => Err(error.say()),
        };
        (Some(outcome), Some(look))
    }
}

/// How an order ended, and what the access log is told.
type Outcome = (Option<Result<Say, Say>>, Option<Batch>);

impl Row {
    /// The row as the screen shows it.
    fn told(self) -> BackupRow {
        BackupRow {
            file: self.generation.to_string(),
            at: self.generation.at,
            weekly: self.generation.rank == Rank::Weekly,
            size: size(self.bytes),
            problem: self.problem,
        }
    }
}

#[cfg(test)]
mod tests;
