//! `madoguchi export --all`: everything in a form that any program reads, for who leaves or wants to look for themselves.

pub(super) mod tables;

use std::collections::BTreeMap;
use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use self::tables::As;
use super::desk::Desk;
use super::{Cx, Exit, Failure};
use crate::desk::access::{Access, Details};
use crate::desk::record::Kind;
use crate::desk::say::Say;
use crate::exchange::text::Twins;
use crate::runtime::{backups, private};

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Everything.
    #[arg(long, required = true)]
    all: bool,
    /// Write without asking.
    #[arg(long)]
    yes: bool,
    /// CSV tables instead of JSON Lines.
    #[arg(long)]
    csv: bool,
    /// CSV tables in CP932.
    #[arg(long, conflicts_with = "csv")]
    cp932: bool,
    /// Look-alikes of signs that CP932 does not have.
    #[arg(long, requires = "cp932")]
    similar: bool,
    /// A folder that is not there yet or empty, or a file whose name ends in `.jsonl` or `.xlsx`.
    target: PathBuf,
}

impl Args {
    /// The kind of tables that is wanted; nothing where it is JSON Lines.
    fn tables(&self, target: &Path) -> Result<Option<As>, Failure> {
        let workbook = target.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
        let csv = self.csv || self.cp932;
        if csv && (workbook || is_file(target)) {
            return Err(Failure::new(Exit::Usage, Say::new("exchange-all-csv-is-a-folder")));
        }
        let twins = if self.similar { Twins::Write } else { Twins::Refuse };
        Ok(match (workbook, csv) {
            (true, _) => Some(As::Workbook),
            (_, true) => Some(if self.cp932 { As::Cp932(twins) } else { As::Utf8 }),
            (false, false) => None,
        })
    }
}

/// The file of all changes in a folder; each kind's file has the kind's name.
const CHANGES: &str = "change";

/// Writes everything after a warning.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let target = backups::absolute(&args.target);
    let tables = args.tables(&target)?;
    refuse_used(&target, tables)?;
    if !args.yes {
        ask(cx)?;
    }
    Desk::with(cx, |desk, cx| match tables {
        Some(how) => tables::write(desk, &target, how, cx),
        None => export(desk, &target, cx),
    })
}

fn is_file(target: &Path) -> bool {
    target.extension().is_some_and(|end| end.eq_ignore_ascii_case("jsonl") || end.eq_ignore_ascii_case("ndjson"))
}

/// Nothing that is there already is written over, and nothing is mixed with files of others.
fn refuse_used(target: &Path, tables: Option<As>) -> Result<(), Failure> {
    let used = match std::fs::read_dir(target) {
        Ok(mut entries) => is_file(target) || tables == Some(As::Workbook) || entries.next().is_some(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    };
    if used {
        let say = Say::new("backup-export-used").with("path", target.display().to_string());
        return Err(Failure::new(Exit::Usage, say));
    }
    Ok(())
}

/// What is written can be read by anybody who gets it: that must be wanted.
fn ask(cx: &mut Cx<'_>) -> Result<(), Failure> {
    cx.tell(&Say::new("backup-export-warning"));
    if !io::stdin().is_terminal() {
        return Err(Failure::new(Exit::Usage, Say::new("backup-export-yes-needed")));
    }
    cx.tell(&Say::new("backup-export-ask"));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    let answer = answer.trim().to_lowercase();
    let yes = answer == "yes" || answer == cx.locale.t("cli-yes").to_lowercase();
    if read.is_ok() && yes { Ok(()) } else { Err(Failure::new(Exit::Usage, Say::new("backup-export-not-done"))) }
}

/// One line of a file.
fn line(into: &mut Vec<u8>, value: &Value) -> Result<(), Failure> {
    serde_json::to_writer(&mut *into, value).map_err(io::Error::from)?;
    into.push(b'\n');
    Ok(())
}

fn export(desk: &mut Desk, target: &Path, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let failed = |error: crate::journal::ReadError| Failure::of(Exit::Failed, &error);
    let mut files: BTreeMap<&'static str, Vec<u8>> = BTreeMap::new();
    let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
    for kind in Kind::ALL {
        for record in desk.journal().each(kind) {
            let (id, value) = record.map_err(failed)?;
            *counts.entry(kind.name()).or_default() += 1;
            let row = json!({ "kind": kind.name(), "id": id, "value": value });
            line(files.entry(kind.name()).or_default(), &row)?;
        }
    }
    let (mut changes, mut count) = (Vec::new(), 0);
    let unreadable = desk.journal().each_change(|seq, change| {
        count += 1;
        // Records are told from changes by the kind, in one file too.
        let row = json!({ "kind": CHANGES, "seq": seq, "value": change });
        serde_json::to_writer(&mut changes, &row).map_err(io::Error::from)?;
        changes.push(b'\n');
        Ok(())
    });
    let unreadable = unreadable.map_err(failed)?;
    files.insert(CHANGES, changes);
    counts.insert(CHANGES, count);
    let all: u64 = counts.values().sum();
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Noted before it is written: what left the desk must not be missing in the log.
    let details = Details { file: name, task: "all".to_owned(), count: Some(all), ..Details::default() };
    desk.look(Access::Export, None, details, cx);
    write(target, files).map_err(|error| {
        let say = Say::new("exchange-not-written").with("file", target.display().to_string());
        Failure::new(Exit::Failed, say.with("why", error.kind().to_string()))
    })?;
    if unreadable > 0 {
        cx.tell(&Say::new("cli-history-unreadable").with("count", unreadable.to_string()));
    }
    let target = target.display().to_string();
    if cx.global.json {
        return cx.json(&json!({ "target": target, "lines": counts, "unreadable": unreadable }));
    }
    cx.print(&Say::new("backup-exported").with("path", target).with("count", all.to_string()))
}

fn write(target: &Path, files: BTreeMap<&'static str, Vec<u8>>) -> io::Result<()> {
    if is_file(target) {
        return private::write(target, &files.into_values().flatten().collect::<Vec<u8>>());
    }
    if !target.is_dir() {
        private::folder(target)?;
    }
    files.into_iter().try_for_each(|(name, bytes)| private::write(&target.join(format!("{name}.jsonl")), &bytes))
}
