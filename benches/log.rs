//! The access log with up to 100,000 entries, and the check of a desk with as many cases: a page of the log, the page with the
//! rarest filter, the months that were reviewed; `madoguchi audit` and `madoguchi verify` as processes, beside the
//! reading of the very same bytes from the disk in the same run.
//!
//! `cargo bench --bench log`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot run says where it stopped; its figures are for people"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use desk::disk::Observed;
use desk::figures::{argon2, load, ms, read_all};
use desk::{PASSPHRASE, id, now, operator};
use madoguchi::app::msg::{Answer, LogPage, LogQuery, Query};
use madoguchi::desk::access::{Access, Filter, Look, batch};
use madoguchi::desk::record::{Kind, RecordKey};
use madoguchi::desk::secret::Secret;
use madoguchi::journal::vault::Vault;
use madoguchi::journal::{Disk, Journal, Options, RealDisk};
use madoguchi::runtime::{entry, reading};

mod desk;
mod rows;

const PAGES: usize = 51;
const RUNS: usize = 5;

fn main() {
    // `cargo test` builds and runs this too: a debug build has no figures to give.
    if cfg!(debug_assertions) {
        println!("log: not measured in a debug build");
        return;
    }
    for cases in desk::sizes() {
        measure(cases);
    }
}

fn measure(cases: usize) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let folder = home.path().join("data");
    desk::fill(&folder, cases);
    let mut journal = open(&folder, Arc::new(Observed::lazy()));
    look(&mut journal, cases);
    journal.close().expect("a clean stop");
    let journal = open(&folder, Arc::new(RealDisk));
    println!("milliseconds, p50 / p99; {cases} cases and as many entries; a save waits for one page at most");
    pages(&journal);
    journal.close().expect("a clean stop");
    let secret = home.path().join("secret");
    fs::write(&secret, PASSPHRASE).expect("a file");
    for arguments in [&["audit", "--json"][..], &["audit", "--json", "--limit", "20"], &["verify"]] {
        run(arguments, &folder, &secret);
    }
}

/// The desk behind its passphrase.
fn open(folder: &Path, disk: Arc<dyn Disk>) -> Journal {
    let mut vault = Vault::load(folder, Arc::clone(&disk)).expect("the desk's keys");
    let unlocked = vault.unlock(&Secret::passphrase(PASSPHRASE), None, now()).expect("the passphrase opens the desk");
    let options = entry::behind(&Options::new(now()), &unlocked.keyring);
    Journal::open(folder, disk, options).expect("the desk opens").0
}

/// Somebody looks at one case after another, each a batch of its own as at a desk, and prints each ten-thousandth.
fn look(journal: &mut Journal, cases: usize) {
    for n in 0..cases {
        let access = if n % 10_000 == 500 { Access::Print } else { Access::Open };
        let case = RecordKey::new(Kind::Case, id(4, n));
        let minutes = TimeDelta::minutes(i64::try_from(n).unwrap_or_default());
        journal.commit(batch(access, operator(), &[Look::new(access, case)]), now() + minutes).expect("a save");
    }
}

fn pages(journal: &Journal) {
    let ask = |filter: &Filter, before| {
        let query = Query::Log(LogQuery { who: operator(), filter: filter.clone(), before });
        let begun = Instant::now();
        let Answer::Log(page) = reading::answer(journal, &query) else { panic!("no page of the log") };
        (begun.elapsed(), *page)
    };
    let every = Filter::default();
    let first: Vec<Duration> = (0..PAGES).map(|_| ask(&every, None).0).collect();
    println!("the first page: {}   load {}", ms(&first), load());
    for (name, filter) in
        [("all pages", every), ("prints alone", Filter { access: Some(Access::Print), ..Filter::default() })]
    {
        let (mut times, mut entries, mut before) = (Vec::new(), 0, None);
        loop {
            let (time, LogPage { entries: found, next, .. }) = ask(&filter, before);
            times.push(time);
            entries += found.len();
            before = next;
            if before.is_none() {
                break;
            }
        }
        assert!(entries > 0, "nothing was found");
        let all: Duration = times.iter().sum();
        println!("{name}: {} pages of {}, all {} ms, {entries} entries", times.len(), ms(&times), all.as_millis());
    }
    let reviews: Vec<Duration> = (0..PAGES)
        .map(|_| {
            let begun = Instant::now();
            assert!(matches!(reading::answer(journal, &Query::Reviews), Answer::Reviews(_)), "no reviews");
            begun.elapsed()
        })
        .collect();
    println!("months reviewed: {}", ms(&reviews));
}

/// A subcommand as a process of its own.
fn run(arguments: &[&str], folder: &Path, secret: &Path) {
    let (mut times, mut alone, mut read, mut bytes) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..RUNS {
        let (all, time) = read_all(folder);
        bytes = all;
        read.push(time);
        alone.push(argon2());
        let mut program = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
        program.args(arguments).arg("--data").arg(folder).arg("--passphrase-file").arg(secret);
        let begun = Instant::now();
        let output = program.stdin(Stdio::null()).output().expect("the program runs");
        times.push(begun.elapsed());
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let name = arguments.join(" ");
    println!(
        "{name}: {}   argon2 {}   the same {} MB read {}   load {}",
        ms(&times),
        ms(&alone),
        bytes / 1_000_000,
        ms(&read),
        load()
    );
}
