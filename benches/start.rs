//! Where a start goes: from the passphrase's Enter to a usable queue, and the rest behind it, with 1,000 to 100,000 cases;
//! sealed and in clear, beside argon2 alone and beside the reading of the very same bytes from the disk.
//!
//! `cargo bench --bench start`. Each start is a process of its own, because memory that one start has used shows in the
//! next. `latency` measures the same from outside, with the terminal and the threads.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot run says where it stopped; its figures are for people"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{env, iter};

use desk::figures::{argon2, load, memory, ms, read_all};
use desk::program::Program;
use desk::{Sealing, now};
use madoguchi::journal::{Journal, Options, RealDisk};

mod desk;
mod rows;

const STARTS: usize = 15;
/// Names the folder to the process that is one start.
const FOLDER: &str = "MADOGUCHI_BENCH_START";
/// Says to that process that the desk in the folder is in clear.
const CLEAR: &str = "MADOGUCHI_BENCH_CLEAR";

fn main() {
    // `cargo test` builds and runs this too: a debug build has no figures to give.
    if cfg!(debug_assertions) {
        println!("start: not measured in a debug build");
        return;
    }
    if let Some(folder) = env::var_os(FOLDER) {
        return one(&PathBuf::from(folder));
    }
    println!("milliseconds, p50 / p99 of {STARTS} starts; beyond: Enter to a usable queue less argon2 alone (bar 100)");
    println!("memory in MB when the queue is there, when all is (bar 120), and the most it ever was");
    for cases in desk::sizes() {
        for sealing in [Sealing::Sealed, Sealing::Clear] {
            measure(cases, sealing);
        }
    }
}

fn measure(cases: usize, sealing: Sealing) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let folder = home.path().join("data");
    desk::fill_as(&folder, cases, sealing);
    let mut parts: [Vec<Duration>; 5] = Default::default();
    let (mut read, mut bytes, mut held) = (Vec::new(), 0, Vec::new());
    for _ in 0..STARTS {
        let (all, time) = read_all(&folder);
        bytes = all;
        read.push(time);
        let mut start = Command::new(env::current_exe().expect("this program"));
        start.env(FOLDER, &folder);
        if sealing == Sealing::Clear {
            start.env(CLEAR, "1");
        }
        let output = start.output().expect("a start");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let told: Vec<u64> = text.split_whitespace().map(|n| n.parse().expect("a number")).collect();
        assert_eq!(told.len(), 9, "a start failed: {text}{}", String::from_utf8_lossy(&output.stderr));
        iter::zip(&mut parts, &told).for_each(|(part, told)| part.push(Duration::from_micros(*told)));
        held = told[5..].to_vec();
    }
    let [argon2, unlocked, queue, beyond, all] = &parts;
    let name = if sealing == Sealing::Sealed { "sealed" } else { "in clear" };
    println!("{cases:>7} {name:<8} {:>4} MB on disk, load {}", bytes / 1_000_000, load());
    println!("    argon2 alone {}   Enter to keys {}   to queue {}", ms(argon2), ms(unlocked), ms(queue));
    println!("    beyond {}   all of the desk {}   the same bytes read {}", ms(beyond), ms(all), ms(&read));
    println!("    memory {} {} {}, {} of it what is searched", held[0], held[1], held[2], held[3]);
}

/// One start, told in microseconds: argon2 alone, to the keys, to the queue on the screen, the queue beyond argon2, and
/// until everything has arrived; then the memory at the last two and at its highest.
fn one(folder: &Path) {
    let mut program = Program::new();
    let begun;
    let (alone, unlocked, queue, small, all);
    if env::var_os(CLEAR).is_some() {
        begun = Instant::now();
        let (journal, _) = Journal::open(folder, Arc::new(RealDisk), Options::new(now())).expect("a desk in clear");
        program.open_clear(&journal);
        (alone, unlocked, queue, small) = (Duration::ZERO, Duration::ZERO, begun.elapsed(), memory(None).0);
        program.read_on_clear(&journal);
        all = begun.elapsed();
        told(&program, [alone, unlocked, queue, queue, all], small);
        journal.close().expect("a clean stop");
    } else {
        alone = argon2();
        begun = Instant::now();
        let (mut keeper, started) = program.open(folder);
        small = memory(None).0;
        (unlocked, queue) = (started.unlocked, started.queue);
        program.read_on(&mut keeper);
        all = begun.elapsed();
        told(&program, [alone, unlocked, queue, queue.saturating_sub(alone), all], small);
        keeper.close();
    }
}

fn told(program: &Program, times: [Duration; 5], small: u64) {
    let (now, most) = memory(None);
    assert!(program.app.model.complete, "not everything arrived");
    let times: Vec<String> = times.iter().map(|time| time.as_micros().to_string()).collect();
    let keys = (program.app.model.case_index.memory() + program.app.model.index.memory()) >> 20;
    println!("{} {small} {now} {most} {keys}", times.join(" "));
}
