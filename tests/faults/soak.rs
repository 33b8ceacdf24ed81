//! Very many cases and an hour of edits: memory, disk and the time of a save. Row 16 of the table (docs/faults.md). Only
//! in the weekly rounds; `MADOGUCHI_SOAK` gives other numbers of cases and minutes: `100000 5`.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use madoguchi::desk::record::{Batch, Edit, Kind, RecordKey};
use madoguchi::journal::faulty::Random;
use madoguchi::journal::{Journal, Options, RealDisk};
use serde_json::{Value, json};

use super::closed::files;
use super::rounds::{figures, is_weekly};
use super::{at, id, operator};

fn case(n: u64, version: u64) -> Value {
    json!({
        "number": format!("R8-{n:07}"), "caller": format!("架空 花子{n}"), "phone": format!("0834-00-{:04}", n % 10_000),
        "complaint": "退院後の療養の相談。".repeat(12), "version": version,
    })
}

/// Resident memory of this process in MiB, where the system tells it.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

fn size(folder: &Path) -> u64 {
    let mut found = Vec::new();
    files(folder, &mut found);
    found.iter().map(|path| fs::metadata(path).map_or(0, |data| data.len())).sum()
}

#[test]
fn very_many_cases_and_an_hour_of_edits() {
    if !is_weekly() {
        return;
    }
    let asked = std::env::var("MADOGUCHI_SOAK").unwrap_or_else(|_| "1000000 60".to_owned());
    let asked: Vec<u64> = asked.split_whitespace().map(|n| n.parse().expect("MADOGUCHI_SOAK is two numbers")).collect();
    let (cases, minutes) = (asked[0], asked[1]);
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = place.path().join("desk");
    let (mut journal, _) = Journal::create(&folder, Arc::new(RealDisk), Options::new(at(0)).of_desk(id(7))).unwrap();
    let mut raw = 0;
    let begun = Instant::now();
    for first in (0..cases).step_by(500) {
        let edits: Vec<Edit> = (first..(first + 500).min(cases))
            .map(|n| Edit::new(RecordKey::new(Kind::Case, id(n)), case(n, 0)))
            .inspect(|edit| raw += u64::try_from(edit.patch.to_string().len()).unwrap())
            .collect();
        journal.commit(Batch::new("done-test", operator(), edits), at(first)).unwrap();
    }
    let loaded = begun.elapsed();
    let (mut random, mut times, end) = (Random(1), Vec::new(), Instant::now() + Duration::from_secs(minutes * 60));
    while Instant::now() < end {
        let n = u64::try_from(random.below(usize::try_from(cases).unwrap())).unwrap();
        let version = u64::try_from(times.len()).unwrap() + 1;
        let edit = Edit::new(RecordKey::new(Kind::Case, id(n)), case(n, version));
        raw += u64::try_from(edit.patch.to_string().len()).unwrap();
        let before = Instant::now();
        journal.commit(Batch::new("done-test", operator(), vec![edit]), at(cases + version)).unwrap();
        times.push(before.elapsed());
        if version % 64 == 0 {
            journal.idle().unwrap();
        }
    }
    times.sort();
    let p99 = times[times.len() * 99 / 100];
    let (memory, disk) = (resident(), size(&folder));
    figures(&format!(
        "soak: {cases} cases loaded in {loaded:?}, {} edits in {minutes} min; p50 {:?}, p99 {p99:?}, longest {:?}; \
         {memory} MiB in memory; {} MiB on the disk for {} MiB of text",
        times.len(),
        times[times.len() / 2],
        times[times.len() - 1],
        disk >> 20,
        raw >> 20,
    ));
    assert!(journal.verify().unwrap().is_sound());
    assert!(p99 < Duration::from_millis(50), "p99 of a save is {p99:?}");
    assert!(memory < 1_500, "{memory} MiB in memory");
    // The journal keeps of every change what it was before and after, and the store every record once more with its
    // indexes: 6.5 times the text was measured.
    assert!(disk < raw * 8, "{disk} bytes for {raw}");
}
