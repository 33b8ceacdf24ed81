//! `madoguchi verify`: whether the desk's data are whole, or a backup of them.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::desk::Desk;
use super::{Cx, Exit, Failure};
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::journal::{Broken, RealDisk, Report, Told, backup};
use crate::runtime::backups;
use crate::runtime::eyes::Act;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Put right what can be put right.
    #[arg(long)]
    repair: bool,
    /// A backup to check; the desk without it.
    #[arg(conflicts_with = "repair")]
    file: Option<PathBuf>,
}

impl Args {
    /// Whether nothing is written for it.
    pub(super) const fn only_reads(&self) -> bool {
        !self.repair
    }

    /// Looking whether the data are whole is anybody's; a repair writes.
    pub(super) const fn act(&self) -> Act {
        if self.repair { Act::Work } else { Act::Free }
    }
}

/// Checks everything and tells; a failure where anything was damaged.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    if let Some(file) = &args.file {
        return check_backup(&backups::absolute(file), cx);
    }
    let sound = Desk::with(cx, |desk, cx| check(desk, args.repair, cx))?;
    // What is wrong has been told.
    if sound { Ok(()) } else { Err(Failure { exit: Exit::Failed, says: Vec::new() }) }
}

fn check(desk: &mut Desk, repair: bool, cx: &mut Cx<'_>) -> Result<bool, Failure> {
    let read = |desk: &Desk| desk.journal().verify().map_err(|error| Failure::of(Exit::Failed, &error));
    let mut report = read(desk)?;
    let mut repaired = Vec::new();
    if repair && report.needs_repair() {
        let done = desk.journal_mut().repair(&report);
        repaired = done.map_err(|error| Failure::of(Exit::Failed, &error))?;
        report = read(desk)?;
    }
    // Opening puts right what it finds; whoever asks must hear that there was something.
    let sound = report.is_sound() && !desk.told().iter().any(Told::is_damage);
    if cx.global.json {
        let value = as_json(sound, desk.told(), &repaired, &report, cx);
        cx.json(&value)?;
        return Ok(sound);
    }
    for told in repaired.iter().chain(&report.told) {
        cx.print(&told.say())?;
    }
    for say in report.broken.iter().flat_map(Broken::says) {
        cx.print(&say)?;
    }
    if report.needs_repair() {
        cx.print(&Say::new("cli-verify-repair-hint"))?;
    } else if !sound {
        cx.print(&Say::new("cli-verify-backup-hint"))?;
    }
    let key = if sound { "cli-verify-sound" } else { "cli-verify-damaged" };
    let summary = Say { key, args: Vec::new() }
        .with("changes", report.changes.to_string())
        .with("records", report.records.to_string());
    cx.print(&summary)?;
    Ok(sound)
}

/// Checks every byte of a backup, without a key.
fn check_backup(file: &Path, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let checked = backup::check(&RealDisk, file).map_err(|error| super::backup::failed(&error))?;
    let (manifest, name) = (&checked.manifest, file.display().to_string());
    if cx.global.json {
        let value = json!({
            "file": name,
            "sound": checked.damage.is_empty(),
            "desk": manifest.desk,
            "at": manifest.at,
            "changes": checked.changes,
            "damage": said(&checked.damage, cx),
        });
        cx.json(&value)?;
    } else {
        for told in &checked.damage {
            cx.print(&told.say())?;
        }
        let at = manifest.at.format("%Y-%m-%d %H:%M").to_string();
        let key = if checked.damage.is_empty() { "backup-sound" } else { "backup-of-damaged" };
        let say = Say { key, args: Vec::new() }.with("file", name).with("at", at);
        cx.print(&say.with("changes", checked.changes.to_string()))?;
    }
    if checked.damage.is_empty() { Ok(()) } else { Err(Failure { exit: Exit::Failed, says: Vec::new() }) }
}

/// What was found, as other programs read it.
pub(super) fn said(all: &[Told], cx: &Cx<'_>) -> Value {
    let entry = |told: &Told| {
        let say = told.say();
        json!({ "problem": say.key, "message": cx.locale.say(&say) })
    };
    all.iter().map(entry).collect()
}

/// The first broken link, as other programs read it.
fn link(broken: &Broken, cx: &Cx<'_>) -> Value {
    let says: Vec<String> = broken.says().iter().map(|say| cx.locale.say(say)).collect();
    json!({
        "number": broken.seq,
        "how": broken.how.name(),
        "file": broken.file,
        "byte": broken.byte,
        "at": broken.at,
        "record": broken.record,
        "look": broken.look,
        "message": says.join(" "),
    })
}

fn as_json(sound: bool, opened: &[Told], repaired: &[Told], report: &Report, cx: &Cx<'_>) -> Value {
    let told = |all: &[Told]| said(all, cx);
    json!({
        "sound": sound,
        "changes": report.changes,
        "records": report.records,
        "at_opening": told(opened),
        "repaired": told(repaired),
        "found": told(&report.told),
        "needs_repair": report.needs_repair(),
        "lost_changes": report.lost,
        "first_broken_link": report.broken.as_ref().map(|broken| link(broken, cx)),
    })
}
