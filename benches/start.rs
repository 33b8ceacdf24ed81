//! Where a start goes: opening the journal and its store to a first usable queue, and reading the rest behind it, with
//! 1,000 to 100,000 cases; beside it the reading of the very same bytes from the disk in the same run.
//!
//! `cargo bench --bench start`. Each start is a process of its own, because memory that one start has used shows in the
//! next. `latency` measures the same from outside, with the terminal and the threads.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot run says where it stopped; its figures are for people"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use chrono::DateTime;
use madoguchi::app::msg::{Msg, Now};
use madoguchi::app::{App, Config};
use madoguchi::keys::Keymap;
use madoguchi::locale::Lang;
use madoguchi::runtime::keeper::Keeper;
use madoguchi::runtime::screen::Screen;
use madoguchi::widgets::theme::Theme;

mod desk;
mod rows;

const STARTS: usize = 21;
/// Names the folder to the process that is one start.
const FOLDER: &str = "MADOGUCHI_BENCH_START";

fn main() {
    // `cargo test` builds and runs this too: a debug build has no figures to give.
    if cfg!(debug_assertions) {
        println!("start: not measured in a debug build");
        return;
    }
    if let Some(folder) = env::var_os(FOLDER) {
        return one(&PathBuf::from(folder));
    }
    println!("milliseconds, p50 / p99 of {STARTS} starts; memory in MB when the queue is there and when all is");
    println!("   cases   bytes on disk   usable queue   all of the desk   the same bytes read   ratio   memory");
    for cases in [1_000, 10_000, 100_000] {
        measure(cases);
    }
}

fn measure(cases: usize) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let folder = home.path().join("data");
    desk::fill(&folder, cases);
    let (mut queue, mut all, mut read) = (Vec::new(), Vec::new(), Vec::new());
    let (mut bytes, mut memory) = (0, (0, 0));
    for _ in 0..STARTS {
        let begun = Instant::now();
        bytes = read_all(&folder).expect("the desk's files");
        read.push(begun.elapsed());
        let program = env::current_exe().expect("this program");
        let output = Command::new(program).env(FOLDER, &folder).output().expect("a start");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let told: Vec<u64> = text.split_whitespace().map(|n| n.parse().expect("a number")).collect();
        assert_eq!(told.len(), 4, "a start failed: {text}{}", String::from_utf8_lossy(&output.stderr));
        queue.push(Duration::from_micros(told[0]));
        all.push(Duration::from_micros(told[1]));
        memory = (told[2] / 1_024, told[3] / 1_024);
    }
    let ratio = percentile(&mut queue, 50).as_secs_f64() / percentile(&mut read, 50).as_secs_f64();
    println!(
        "  {cases:>6} {bytes:>15} {} {}    {}          {ratio:>6.2}   {} {}",
        pair(&mut queue),
        pair(&mut all),
        pair(&mut read),
        memory.0,
        memory.1
    );
}

/// One start: microseconds to the queue on the screen and until everything has arrived, and the memory at both.
fn one(folder: &Path) {
    let begun = Instant::now();
    let now = || Now {
        wall: DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").expect("a time"),
        mono: begun.elapsed(),
    };
    let mut app = App::new(Config {
        lang: Some(Lang::Ja),
        keymap: Keymap::default(),
        theme: Theme::default(),
        seed: [1; 32],
        now: now(),
    });
    let mut screen = Screen::new(io::sink(), 120, 40);
    let mut keeper = Keeper::on_disk(folder.to_owned(), [2; 32]);
    let mut answers: Vec<Msg> = Vec::new();
    keeper.open(&mut |answer| answers.push(answer.into_msg()));
    for answer in answers.drain(..) {
        drop(app.update(now(), answer));
    }
    screen.draw(|area, buf| app.view(area, buf)).expect("a sink takes everything");
    let (queue, small) = (begun.elapsed(), memory());
    assert!(app.model.open_count() > 0, "the queue is empty");
    while keeper.has_more() {
        keeper.read_on(&mut |answer| answers.push(answer.into_msg()));
        for answer in answers.drain(..) {
            drop(app.update(now(), answer));
        }
    }
    screen.draw(|area, buf| app.view(area, buf)).expect("a sink takes everything");
    println!("{} {} {small} {}", queue.as_micros(), begun.elapsed().as_micros(), memory());
    assert!(app.model.complete, "not everything arrived");
    keeper.close();
}

/// The process's resident memory in KiB; 0 where the system does not say.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse().unwrap_or_default()
}

/// Reads every file of a folder; how many bytes there were.
fn read_all(folder: &Path) -> io::Result<usize> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        bytes += if path.is_dir() { read_all(&path)? } else { fs::read(&path)?.len() };
    }
    Ok(bytes)
}

fn pair(times: &mut [Duration]) -> String {
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    format!("{:>7.1} /{:>6.1}", ms(percentile(times, 50)), ms(percentile(times, 99)))
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100]
}
