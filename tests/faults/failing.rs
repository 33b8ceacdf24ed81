//! The real disk fails: a call of the system gives an error, once or from then on; the file system is full.
//!
//! A child of this test program saves to a desk as the program does, and says what it could and could not save; the
//! parent then opens the desk on a disk that is well again. Rows 6 and 7 of the table (docs/faults.md).

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use madoguchi::journal::{CommitError, Journal, Options, RealDisk, Receipt, Told};
use serde_json::json;

use super::recording::{entries, record};
use super::rounds::{figures, rounds};
use super::{Records, all, at, fold, id, save, tell};

const FOLDER: &str = "MADOGUCHI_FAULTS_FAILING";
/// How many saves the child makes.
const SAVES: &str = "MADOGUCHI_FAULTS_SAVES";
const BEFORE: u64 = 10;

fn options() -> Options {
    Options { segment_bytes: 24 << 10, reserve_bytes: 64 << 10, ..Options::small(at(0)) }.of_desk(id(7))
}

/// Saves as the program does: what an earlier failure left is put right first, the reserve makes room once.
fn write(journal: &mut Journal, n: u64) -> Result<Receipt, CommitError> {
    if journal.is_stopped() {
        if journal.resume().is_err() {
            return Err(CommitError::Stopped);
        }
        tell("resumed");
    }
    match journal.commit(save(n), at(n)) {
        Err(CommitError::Full { reserve: true }) if journal.release_reserve().is_ok() => {
            tell("reserve");
            journal.commit(save(n), at(n))
        }
        Err(error @ (CommitError::StoreBehind | CommitError::Damaged(_))) => match journal.verify() {
            Ok(report) if journal.repair(&report).is_ok() => journal.commit(save(n), at(n)),
            Ok(_) | Err(_) => Err(error),
        },
        result => result,
    }
}

fn work(journal: &mut Journal, numbers: std::ops::Range<u64>) {
    for n in numbers {
        if journal.drafts().save(id(n % 3), &json!({"n": n})).is_ok() {
            tell(&format!("draft {n}"));
        }
        match write(journal, n) {
            Ok(_) => tell(&format!("saved {n}")),
            Err(CommitError::NotConfirmed(_)) => tell(&format!("maybe {n}")),
            Err(error) => tell(&format!("not {n} {}", madoguchi::desk::record::Explain::say(&error).key)),
        }
        if n % 8 == 7 {
            let _ = journal.idle();
        }
        // The store's own handle may be dead after an error; then reading says so, and never shows less than there is.
        if all(journal).is_err() {
            tell("unread");
        }
    }
}

/// The child: in an ordinary run of the tests there is no folder and nothing to do.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let end = BEFORE + std::env::var(SAVES).unwrap().parse::<u64>().unwrap();
    for numbers in [BEFORE..end - 2, end - 2..end] {
        match Journal::open(&folder, Arc::new(RealDisk), options()) {
            Ok((mut journal, _)) => {
                tell("opened");
                work(&mut journal, numbers);
                if let Err(error) = journal.close() {
                    tell(&format!("unclosed {}", madoguchi::desk::record::Explain::say(&error).key));
                }
            }
            Err(error) => tell(&format!("refused {}", madoguchi::desk::record::Explain::say(&error).key)),
        }
    }
}

/// Runs the child to its end, and gives what it said.
fn run(folder: &Path, saves: u64, about: impl FnOnce(&mut Command)) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "failing::child", "--nocapture", "--test-threads=1"]);
    command
        .env(FOLDER, folder)
        .env(SAVES, saves.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .env("RUST_BACKTRACE", "0");
    about(&mut command);
    let mut child = command.spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut said = String::new();
        let read = out.read_to_string(&mut said);
        let _ = sender.send(read.map(|_| said));
    });
    let said = receiver.recv_timeout(Duration::from_secs(120));
    if said.is_err() {
        let _ = child.kill();
    }
    let status = child.wait().unwrap();
    let said = said.expect("the child comes to an end").unwrap();
    assert!(status.success(), "the child failed: {said}");
    said
}

fn desk(folder: &Path) {
    let (mut journal, _) = Journal::create(folder, Arc::new(RealDisk), options()).unwrap();
    (0..BEFORE).for_each(|n| drop(journal.commit(save(n), at(n)).unwrap()));
    journal.close().unwrap();
}

/// Every state that the desk may be in after what the child said: more than one where nobody could say.
fn allowed(said: &str) -> Result<(Vec<Records>, Option<u64>), String> {
    let mut sound = Records::new();
    (0..BEFORE).for_each(|n| fold(&mut sound, &save(n).edits));
    let (mut states, mut unsure, mut draft) = (vec![sound], None, None);
    for line in said.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let number = || rest.parse::<u64>().map_err(|error| format!("{line}: {error}"));
        match word {
            "saved" => {
                let edits = save(number()?).edits;
                for state in &mut states {
                    fold(state, &edits);
                }
            }
            "maybe" => {
                let edits = save(number()?).edits;
                unsure = Some(states.clone());
                let mut after = states.clone();
                for state in &mut after {
                    fold(state, &edits);
                }
                states.append(&mut after);
            }
            // What was not confirmed was wiped, by the journal that it was given to.
            "resumed" => states = unsure.take().unwrap_or(states),
            "opened" => unsure = None,
            "draft" => draft = Some(number()?),
            _ => {}
        }
    }
    Ok((states, draft))
}

/// What is asked of the desk afterwards.
fn check(folder: &Path, said: &str) -> Result<(), String> {
    let (mut journal, opened) =
        Journal::open(folder, Arc::new(RealDisk), options()).map_err(|error| format!("does not open: {error:?}"))?;
    let (states, draft) = allowed(said)?;
    let now = all(&journal)?;
    if !states.contains(&now) {
        let wrong = states[0].iter().filter(|(key, value)| now.get(key) != Some(value)).count();
        return Err(format!("{wrong} of {} records are not as acknowledged, {} there", states[0].len(), now.len()));
    }
    let (drafts, broken) = journal.drafts().list().map_err(|error| error.to_string())?;
    let kept = draft.is_none_or(|draft| drafts.iter().any(|(_, value)| value["n"].as_u64() >= Some(draft)));
    if !broken.is_empty() || !kept {
        return Err(format!("draft {draft:?}: {broken:?}"));
    }
    let grave = |told: &&Told| matches!(told, Told::Lost { .. } | Told::Damage { .. });
    if let Some(told) = opened.told.iter().find(grave) {
        return Err(format!("{told:?}"));
    }
    journal.commit(save(900), at(900)).map_err(|error| format!("no save afterwards: {error:?}"))?;
    journal.close().map_err(|error| format!("does not close: {error:?}"))
}

/// A call fails, and the child goes on as well as it can. `None` when there was no such call.
fn round(place: &Path, n: u64, error: i32, how: &str) -> Option<Result<String, String>> {
    let (folder, log) = (place.join("desk"), place.join("log"));
    super::closed::copy(&place.join("sound"), &folder);
    let said = run(&folder, 8, |command| {
        record(command, &folder, &log).env("MADOGUCHI_RECORD_FAIL", format!("{n} {error} {how} OWTSDRNUM"));
    });
    let failed = entries(&log).iter().any(|entry| entry.letter == b'F');
    let result = check(&folder, &said).map_err(|error| format!("call {n}, {how}: {error}\n{said}"));
    fs::remove_dir_all(&folder).unwrap();
    fs::remove_file(&log).unwrap();
    failed.then(|| result.map(|()| said))
}

const EIO: i32 = 5;
const ENOSPC: i32 = 28;

/// Makes each `step`th call fail, one a round.
fn each(error: i32, how: &str, first: u64, step: u64) -> (u64, String) {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    desk(&place.path().join("sound"));
    let (mut rounds, mut all_said, mut wrong) = (0, String::new(), Vec::new());
    for n in (first..).step_by(usize::try_from(step).unwrap()) {
        match round(place.path(), n, error, how) {
            None => break,
            Some(Ok(said)) => all_said.push_str(&said),
            Some(Err(error)) => wrong.push(error),
        }
        rounds += 1;
    }
    assert!(wrong.is_empty(), "{} of {rounds}: {}", wrong.len(), wrong.join("\n"));
    let unread = all_said.matches("\nunread\n").count();
    figures(&format!("errno {error} at each call, {how}: {rounds} rounds, nothing lost; {unread} times unreadable"));
    (rounds, all_said)
}

#[test]
fn an_error_of_the_disk_at_any_call_loses_nothing_acknowledged() {
    let (rounds, said) = each(EIO, "once", 1, rounds(3, 1));
    assert!(rounds > 20 && said.contains("\nsaved "), "{rounds} calls failed");
}

#[test]
fn a_disk_that_fails_from_a_call_on_loses_nothing_acknowledged() {
    let (rounds, said) = each(EIO, "lasting", 2, rounds(4, 1));
    // Once a write failed nothing is called saved until it was resumed.
    assert!(rounds > 15 && said.contains("\nmaybe ") && said.contains("\nnot "), "{rounds} calls failed");
}

#[test]
fn a_disk_that_is_full_from_a_call_on_loses_nothing_acknowledged() {
    let (rounds, said) = each(ENOSPC, "lasting", 3, rounds(4, 1));
    assert!(rounds > 15 && said.contains("journal-full"), "{rounds} calls failed");
}
