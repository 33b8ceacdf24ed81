//! `madoguchi backup`: makes a backup, lists them, restores one on trial.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use super::desk::{Desk, chance, not_opened, options};
use super::verify::said;
use super::{Cx, Exit, Failure};
use crate::app::backups::age;
use crate::desk::access::{Access, Details};
use crate::desk::id::Id;
use crate::desk::operator::DeskProfile;
use crate::desk::record::{Explain, Kind};
use crate::desk::say::Say;
use crate::journal::backup::{self, BackupError, Drilled, Generation, Keep, Made, Snapshot};
use crate::journal::{Disk, OpenError, RealDisk};
use crate::runtime::private::Scratch;
use crate::runtime::{backups, clock, noted};

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file, or the folder for the next generation; the desk's own folder without it.
    target: Option<PathBuf>,
    /// List the backups in the folder.
    #[arg(long, conflicts_with = "drill")]
    list: bool,
    /// Restore the newest good one on trial.
    #[arg(long)]
    drill: bool,
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let target = args.target.as_deref().map(backups::absolute);
    if args.drill {
        return Desk::with(cx, |desk, cx| drill(desk, target.as_deref(), cx));
    }
    if args.list {
        return Desk::with(cx, |desk, cx| list(desk, target.as_deref(), cx));
    }
    match target {
        // Nothing of the desk has to be read for this one, so it goes without a passphrase; with one it is logged.
        Some(target) if cx.passphrase_file().is_none() => {
            let options = options(cx);
            let disk: Arc<dyn Disk> = Arc::new(RealDisk);
            let data = cx.paths()?.data;
            let snapshot = Snapshot::at_rest(disk, &data, &options.who, options.now).map_err(|error| failed(&error))?;
            let made = make(&snapshot, &target, &data, Keep::default());
            note(&data, (Access::Backup, snapshot.desk()), made.is_err(), cx);
            tell(&made.map_err(|error| failed(&error))?, cx)
        }
        target => Desk::with(cx, |desk, cx| {
            let profile = profile(desk)?;
            let target = target.map_or_else(|| folder(&profile), Ok)?;
            let made = backups::snapshot(desk.journal_mut())
                .and_then(|snapshot| make(&snapshot, &target, desk.journal().folder(), Keep::of(&profile)));
            let file = made.as_ref().map_or(&target, |made| &made.file);
            desk.look(Access::Backup, None, details(file, made.is_err()), cx);
            tell(&made.map_err(|error| failed(&error))?, cx)
        }),
    }
}

/// Notes for the access log what was done without the passphrase: the next opening takes it over.
pub(super) fn note(data: &Path, what: (Access, Id), failed: bool, cx: &mut Cx<'_>) {
    if noted::leave_without_key(&RealDisk, data, what, clock::wall(), failed).is_err() {
        cx.tell(&Say::new("access-not-kept"));
    }
}

/// What a failed backup ends in.
pub(super) fn failed(error: &BackupError) -> Failure {
    use BackupError::{CutShort, Damaged, Missing, Newer, NotABackup, OtherDesk};
    if let BackupError::Desk(error @ (OpenError::OpenElsewhere { .. } | OpenError::StoreLocked)) = error {
        return not_opened(error);
    }
    let refused =
        matches!(error, Missing(_) | NotABackup(_) | CutShort(_) | Damaged { .. } | Newer { .. } | OtherDesk(_));
    Failure::of(if refused { Exit::BadInput } else { Exit::Failed }, error)
}

/// What the access log is told: the file's name alone.
pub(super) fn details(file: &Path, failed: bool) -> Details {
    let file = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Details { file, failed, ..Details::default() }
}

fn profile(desk: &Desk) -> Result<DeskProfile, Failure> {
    Ok(desk.all(Kind::Desk)?.into_iter().next().map(|(_, profile)| profile).unwrap_or_default())
}

/// The folder that the desk chose.
fn folder(profile: &DeskProfile) -> Result<PathBuf, Failure> {
    if profile.backup_folder.is_empty() {
        return Err(Failure::new(Exit::Usage, Say::new("backup-no-folder")));
    }
    Ok(PathBuf::from(&profile.backup_folder))
}

/// A backup with where it lies.
struct New {
    file: PathBuf,
    made: Made,
    removed: Vec<Generation>,
}

/// One file of this name, or the next generation in a folder.
fn make(snapshot: &Snapshot, target: &Path, data: &Path, keep: Keep) -> Result<New, BackupError> {
    let now = clock::wall();
    let to_folder = target.is_dir();
    let folder = if to_folder { target } else { target.parent().unwrap_or(target) };
    backups::refuse_inside(folder, data)?;
    if to_folder {
        let kept = backup::keep(snapshot, &RealDisk, target, keep, now)?;
        backups::remember(&RealDisk, data, kept.generation.at);
        return Ok(New { file: target.join(kept.generation.to_string()), made: kept.made, removed: kept.removed });
    }
    let made = backup::write(snapshot, &RealDisk, target, now)?;
    Ok(New { file: target.to_owned(), made, removed: Vec::new() })
}

fn tell(new: &New, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let checked = &new.made.checked;
    let file = new.file.display().to_string();
    if cx.global.json {
        let removed: Vec<String> = new.removed.iter().map(ToString::to_string).collect();
        let value = json!({
            "file": file,
            "bytes": new.made.bytes,
            "at": checked.manifest.at,
            "changes": checked.changes,
            "damage": said(&checked.damage, cx),
            "removed": removed,
        });
        return cx.json(&value);
    }
    for told in &checked.damage {
        cx.tell(&told.say());
    }
    if !checked.damage.is_empty() {
        cx.tell(&Say::new("backup-of-damaged"));
    }
    cx.print(&Say::new("backup-made").with("file", file).with("changes", checked.changes.to_string()))
}

fn list(desk: &mut Desk, target: Option<&Path>, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let folder = target.map_or_else(|| folder(&profile(desk)?), |folder| Ok(folder.to_owned()))?;
    let rows = backups::list(&RealDisk, &folder, desk.journal().desk()).map_err(|error| failed(&error))?;
    let now = clock::wall().naive_local();
    if cx.global.json {
        let row = |row: &backups::Row| {
            json!({
                "file": folder.join(row.generation.to_string()).display().to_string(),
                "at": row.generation.at,
                "kind": row.generation.rank.word(),
                "bytes": row.bytes,
                "problem": row.problem.as_ref().map(|say| cx.locale.say(say)),
            })
        };
        let rows: Vec<Value> = rows.iter().map(row).collect();
        return cx.json(&rows);
    }
    if rows.is_empty() {
        cx.tell(&Say::new("backup-none-there").with("path", folder.display().to_string()));
    }
    for row in rows {
        let rank = cx.locale.t(backups::rank_key(row.generation.rank)).into_owned();
        let age = cx.locale.say(&age(row.generation.at, now));
        let problem = row.problem.map(|say| cx.locale.say(&say)).unwrap_or_default();
        let line = format!("{}  {rank}  {age}  {}  {problem}", row.generation, backups::size(row.bytes));
        writeln!(cx.out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn drill(desk: &mut Desk, target: Option<&Path>, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let target = target.map_or_else(|| folder(&profile(desk)?), |target| Ok(target.to_owned()))?;
    let scratch = Scratch::new("drill", chance()?).map_err(|error| {
        Failure::new(Exit::Failed, Say::new("backup-drill-no-folder").with("why", error.kind().to_string()))
    })?;
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let keys = desk.keys().1.clone();
    let done = backups::snapshot(desk.journal_mut())
        .and_then(|snapshot| backups::drill(&disk, (&snapshot, &keys), &target, scratch.path(), clock::wall()));
    let good = done.as_ref().is_ok_and(|(_, drilled)| drilled.is_good());
    let file = done.as_ref().map_or(&target, |(file, _)| file);
    let count = done.as_ref().ok().and_then(|(_, drilled)| drilled.opened).map(|opened| opened.records);
    desk.look(Access::Drill, None, Details { count, ..details(file, !good) }, cx);
    let (file, drilled) = done.map_err(|error| failed(&error))?;
    tell_drill(&file, &drilled, cx)?;
    if good { Ok(()) } else { Err(Failure { exit: Exit::Failed, says: Vec::new() }) }
}

fn tell_drill(file: &Path, drilled: &Drilled, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let name = file.display().to_string();
    if cx.global.json {
        let value = json!({
            "file": name,
            "good": drilled.is_good(),
            "at": drilled.manifest.at,
            "changes": drilled.changes,
            "same_chain": drilled.same_chain,
            "opened": drilled.opened.is_some(),
            "records": drilled.opened.map(|opened| opened.records),
            "cases": drilled.opened.map(|opened| opened.cases),
            "found": said(&drilled.told, cx),
        });
        return cx.json(&value);
    }
    for told in &drilled.told {
        cx.print(&told.say())?;
    }
    cx.print(&backups::drill_say(&name, drilled))
}
