//! kill -9 while saving: a child process saves and acknowledges on a pipe, the parent kills it and looks.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use madoguchi::desk::record::{Kind, RecordKey};
use madoguchi::journal::faulty::Random;
use madoguchi::journal::{Journal, Options, RealDisk, Told, exists};
use serde_json::{Value, json};

use super::rounds::{figures, rounds};
use super::{Records, all, at, fold, id, save};

const FOLDER: &str = "MADOGUCHI_FAULTS_KILL";

fn options() -> Options {
    Options { segment_bytes: 64 << 10, ..Options::small(at(0)) }.of_desk(id(7))
}

fn open(folder: &Path) -> (Journal, Vec<Told>) {
    let disk = Arc::new(RealDisk);
    let opened = if exists(folder, &RealDisk).unwrap() {
        Journal::open(folder, disk, options())
    } else {
        Journal::create(folder, disk, options())
    };
    let (journal, opened) = opened.unwrap();
    (journal, opened.told)
}

fn saves(journal: &Journal) -> u64 {
    u64::try_from(journal.each(Kind::Contact).count()).unwrap()
}

/// The child. In an ordinary run of the tests there is no folder and nothing to do.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let mut out = std::io::stdout();
    writeln!(out, "\nsaved begun").unwrap();
    let (mut journal, _) = open(&folder);
    for n in saves(&journal).. {
        journal.drafts().save(id(n % 3), &json!({"n": n})).unwrap();
        journal.commit(save(n), at(n)).unwrap();
        writeln!(out, "saved {n}").unwrap();
        out.flush().unwrap();
    }
}

/// Runs the child until it has acknowledged `wanted` saves, kills it, and returns the last acknowledged number.
fn run_and_kill(folder: &Path, wanted: u64) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut told = (&mut lines).map_while(Result::ok).filter_map(|line| line.strip_prefix("saved ").map(str::to_owned));
    let mut last = None;
    assert_eq!(told.next().as_deref(), Some("begun"));
    for _ in 0..wanted {
        last = Some(told.next().expect("the child saves on").parse().unwrap());
    }
    child.kill().unwrap();
    // What it had acknowledged before it died counts too.
    last = told.filter_map(|line| line.parse().ok()).last().or(last);
    child.wait().unwrap();
    last
}

#[test]
fn kill_9_while_saving_loses_nothing_acknowledged() {
    let rounds = rounds(64, 2_000);
    let mut sum = Sum::default();
    // A desk of its own now and then: to compare a large one each time takes most of the time.
    for first in (0..rounds).step_by(100) {
        killed(first..(first + 100).min(rounds), &mut sum);
    }
    let Sum { saves, replays, slowest } = sum;
    figures(&format!(
        "kill -9: {rounds} rounds, {saves} saves, {replays} with a replay, opened in {slowest:?} at most; nothing lost, \
         no store set aside"
    ));
    assert!(saves > 300, "only {saves} saves in {rounds} rounds; {replays} replays");
}

/// What the rounds came to.
#[derive(Default)]
struct Sum {
    saves: u64,
    replays: u32,
    slowest: Duration,
}

/// These rounds on one desk.
fn killed(rounds: std::ops::Range<u64>, sum: &mut Sum) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("desk");
    let mut random = Random(2 + rounds.start);
    let (mut expected, mut folded) = (Records::new(), 0);
    for round in rounds {
        let last = run_and_kill(&path, u64::try_from(random.below(24)).unwrap());
        let begun = Instant::now();
        let (journal, told) = open(&path);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(5), "round {round}: opened in {took:?}");
        sum.slowest = sum.slowest.max(took);
        let there = saves(&journal);
        if let Some(last) = last {
            assert!(there > last, "round {round}: {last} was acknowledged, {there} are there");
        }
        assert!(there >= folded);
        for n in folded..there {
            fold(&mut expected, &save(n).edits);
        }
        folded = there;
        // Whole batches in order, and nothing else: a torn pair or an older value would show.
        assert!(all(&journal).unwrap() == expected, "round {round}: the records are not those of {there} saves");
        assert!(!told.iter().any(Told::is_grave), "round {round}: {told:?}");
        sum.replays += u32::from(told.iter().any(|told| matches!(told, Told::Replayed { .. })));
        let (drafts, broken) = journal.drafts().list().unwrap();
        assert_eq!(broken, []);
        assert!(drafts.iter().all(|(_, value)| value.get("n").and_then(Value::as_u64) <= Some(there)));
        let key = RecordKey::new(Kind::Contact, id(100_000));
        assert_eq!(journal.history(key).unwrap().unreadable, 0);
    }
    let (journal, _) = open(&path);
    assert!(journal.verify().unwrap().is_sound());
    sum.saves += folded;
}
