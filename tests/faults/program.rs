//! Power cuts under the program itself: its subcommands, and its screen in a terminal. What it said to be saved, on its
//! standard output or on the screen, is there when the same program opens what the cut left. Row 2 of the table
//! (docs/faults.md).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use madoguchi::keys::Action;
use serde_json::{Value, json};

use super::harness::{Desk, Home, PASSPHRASE, text_of};
use super::recorded::Run;
use super::recording::{RangeSync, environment, record};
use super::rounds::{figures, rounds};
use super::steps::ja;
use super::{closed, id};

/// What other programs wrote: two cases, the first of which is taken as a form for all.
const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/seeds/cases/two-cases.json");

/// The program on this data folder; its home and its passphrase lie beside that.
pub fn program(place: &Path, data: &Path, line: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
    let passphrase = place.join("passphrase");
    if !passphrase.exists() {
        fs::write(&passphrase, PASSPHRASE).unwrap();
    }
    command.env_clear();
    for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"] {
        command.env(name, place);
    }
    command.env("MADOGUCHI_PASSPHRASE_FILE", passphrase).env("MADOGUCHI_TEST_COST", "1");
    command.stdin(Stdio::null()).args(["--lang", "ja", "--data"]).arg(data).args(line);
    command
}

pub fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{:?}: {}{}", output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// A desk with its first operator.
pub fn desk(place: &Path, data: &Path) {
    let made = program(place, data, &["init", "--desk", "架空窓口", "--operator", "試験花子"]).output().unwrap();
    assert!(made.status.success(), "{}", said(&made));
}

pub fn number(n: u64) -> String {
    format!("R7-{:04}", n + 1)
}

/// A file with one case, the `n`th; another `version` of it changes what is written there.
pub fn file(place: &Path, n: u64, version: u64) -> PathBuf {
    let mut value: Value = serde_json::from_slice(&fs::read(CASES).unwrap()).unwrap();
    let mut case = value["cases"][0].take();
    case["id"] = json!(id(n).to_string());
    case["number"] = json!(number(n));
    case["status"] = json!("active");
    case.as_object_mut().unwrap().remove("closed_at");
    case["summary"] = json!(format!("架空の要約{version}"));
    for (i, contact) in case["contacts"].as_array_mut().unwrap().iter_mut().enumerate() {
        contact["id"] = json!(id(1_000 + n * 10 + u64::try_from(i).unwrap()).to_string());
    }
    value["cases"] = json!([case]);
    let path = place.join(format!("case-{n}-{version}.json"));
    fs::write(&path, value.to_string()).unwrap();
    path
}

/// Number and summary of every case, as the program lists them; why not, where it does not.
pub fn listed(place: &Path, data: &Path) -> Result<Vec<(String, String)>, String> {
    let output = program(place, data, &["case", "list", "--all", "--json"]).output().unwrap();
    if !output.status.success() {
        return Err(format!("case list: {}", said(&output)));
    }
    let list: Vec<Value> = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(list.iter().map(|case| (text(&case["number"]), text(&case["summary"]))).collect())
}

/// The program finds nothing wrong with its desk. A store that the fault left unusable is set aside and built anew, which
/// is told once.
pub fn verified(place: &Path, data: &Path) -> Result<(), String> {
    let first = program(place, data, &["verify"]).output().unwrap();
    if first.status.success() {
        return Ok(());
    }
    let output = program(place, data, &["verify"]).output().unwrap();
    let rebuilt = said(&first).contains(".aside");
    if rebuilt && output.status.success() {
        Ok(())
    } else {
        Err(format!("verify: {}; {}", said(&first), said(&output)))
    }
}

const IMPORTS: u64 = 6;

/// The work: cases are added one by one, then each is changed once. Gives what was imported, in order.
fn imports() -> impl Iterator<Item = (u64, u64)> {
    (0..2).flat_map(|version| (0..IMPORTS).map(move |n| (n, version)))
}

#[test]
fn a_power_cut_under_the_subcommands_loses_nothing_that_they_said_was_done() {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (folder, log) = (place.path().join("desk"), place.path().join("log"));
    desk(place.path(), &folder);
    closed::copy(&folder, &place.path().join("before"));
    for (n, version) in imports() {
        let path = file(place.path(), n, version);
        let mut command = program(place.path(), &folder, &["case", "import", path.to_str().unwrap(), "--json"]);
        let output = record(&mut command, &folder, &log).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    let home = place.path().to_owned();
    let run = Run::read(place);
    let check = |path: &Path, said: &str| {
        verified(&home, path)?;
        let there = listed(&home, path)?;
        // Each says once what it added or changed, when that is saved.
        let done = said.matches("\"contacts_changed\"").count();
        for (n, version) in imports().take(done) {
            let found = there.iter().find(|(known, _)| *known == number(n)).map(|(_, summary)| summary.clone());
            let newest = version.max(u64::from(usize::try_from(IMPORTS + n).unwrap() < done));
            let right = |wanted: u64| found.as_deref() == Some(&format!("架空の要約{wanted}"));
            // What was on its way and not yet said may be there too.
            if !right(newest) && !right(newest + 1) {
                return Err(format!("{done} were done, and {} is {found:?}", number(n)));
            }
        }
        Ok(())
    };
    for worth in RangeSync::ALL {
        let cuts = rounds(5, 200);
        assert_eq!(run.cuts(worth, cuts, check), Vec::<String>::new());
        figures(&format!("subcommands, {worth:?}: {cuts} cuts in {} calls, nothing lost, all opened", run.len()));
    }
}

const CALLS: u64 = 4;

/// Takes calls and saves them; flags one, and leaves a slip open.
fn work(desk: &mut Desk) {
    desk.until_text("試験花子");
    for n in 1..=CALLS {
        desk.act(Action::NewCall);
        desk.until_text(&ja("intake-slip-new"));
        desk.send(&format!("1架空音 第{n}子"));
        desk.press("ctrl-t");
        desk.send("夜明けに痰が絡む");
        desk.until_text(&ja("intake-draft-kept"));
        desk.act(Action::SaveCall);
        desk.act(Action::GoQueue);
        desk.until_text(&format!("R8-{n:04}"));
    }
    desk.act(Action::Lock);
    desk.until_text(&ja("entry-title-locked"));
    desk.send(PASSPHRASE);
    desk.press("enter");
    desk.until_text("R8-0001");
    desk.act(Action::Quit);
    assert_eq!(desk.finished().status.exit_code(), 0);
}

/// The numbers on this screen.
fn numbers(screen: &vt100::Screen) -> BTreeSet<String> {
    let text = text_of(screen);
    let starts = text.match_indices("R8-").filter_map(|(at, _)| text.get(at..at + 7));
    starts.filter(|number| number.bytes().skip(3).all(|b| b.is_ascii_digit())).map(str::to_owned).collect()
}

#[test]
fn a_power_cut_under_the_screen_loses_nothing_that_it_showed_as_saved() {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (folder, log) = (place.path().join("desk"), place.path().join("log"));
    desk(place.path(), &folder);
    closed::copy(&folder, &place.path().join("before"));
    let home = Home::new();
    let mut command = home.bare_command();
    command.args(["--lang", "ja", "--data"]);
    command.arg(&folder);
    for (name, value) in environment(&folder, &log) {
        command.env(name, value);
    }
    work(&mut Desk::start(command, 120, 34));
    let home = place.path().to_owned();
    let run = Run::read(place);
    // A number that was once on the screen was promised; which ones had been, after each thing that the program wrote.
    let mut parser = vt100::Parser::new(34.try_into().unwrap(), 120.try_into().unwrap(), 0);
    let mut promised: Vec<(usize, BTreeSet<String>)> = vec![(0, BTreeSet::new())];
    for (calls, bytes) in run.said() {
        parser.process(bytes);
        let mut all = promised.last().unwrap().1.clone();
        all.extend(numbers(parser.screen()));
        promised.push((calls, all));
    }
    assert_eq!(promised.last().unwrap().1.len() as u64, CALLS, "{:?}", promised.last());
    let check = |path: &Path, _: &str, point: usize| {
        verified(&home, path)?;
        let there: BTreeSet<String> = listed(&home, path)?.into_iter().map(|(number, _)| number).collect();
        let (_, shown) = promised.iter().rev().find(|(calls, _)| *calls <= point).unwrap();
        let lost: Vec<&String> = shown.difference(&there).collect();
        if lost.is_empty() { Ok(()) } else { Err(format!("shown as saved and lost: {lost:?}")) }
    };
    for worth in RangeSync::ALL {
        let cuts = rounds(5, 200);
        assert_eq!(run.cuts_at(worth, cuts, check), Vec::<String>::new());
        figures(&format!("the screen, {worth:?}: {cuts} cuts in {} calls, nothing lost, all opened", run.len()));
    }
}
