//! The clock goes back or ahead between saves and between starts: numbers and stamps only grow, and nothing changes its
//! order. Row 13 of the table (docs/faults.md).

use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use madoguchi::desk::record::{Kind, RecordKey};
use madoguchi::journal::faulty::Random;
use madoguchi::journal::{FaultyDisk, Journal, MemoryStore, Options, StoreChoice};

use super::rounds::{figures, rounds};
use super::{Records, all, at, fold, id, operator, save};

/// Now, as a clock has it that somebody set by up to ten years, or by some minutes, or not at all.
fn jumped(random: &mut Random, n: u64) -> chrono::DateTime<chrono::FixedOffset> {
    let seconds = [0, 600, 86_400, 315_360_000][random.below(4)];
    let by = i64::try_from(random.below(seconds * 2 + 1)).unwrap() - i64::try_from(seconds).unwrap();
    at(n * 60) + TimeDelta::seconds(by)
}

#[test]
fn a_clock_that_jumps_changes_no_order_and_loses_nothing() {
    let seeds = rounds(20, 500);
    for seed in 0..seeds {
        let mut random = Random(seed);
        let (disk, store) = (FaultyDisk::new(), MemoryStore::default());
        let options = |now| {
            let store = StoreChoice::Memory(store.clone());
            Options { segment_bytes: 16 << 10, store, ..Options::small(now) }.of_desk(id(7))
        };
        let shared = Arc::new(disk.clone());
        let (mut journal, _) =
            Journal::create(Path::new("desk"), shared.clone(), options(jumped(&mut random, 0))).unwrap();
        let (mut expected, mut stamp) = (Records::new(), journal.stamp());
        for n in 0..60 {
            let receipt = journal.commit(save(n), jumped(&mut random, n)).unwrap();
            assert!(receipt.batch > stamp, "seed {seed}, save {n}: stamps grow");
            stamp = journal.stamp();
            assert!(stamp >= receipt.batch);
            fold(&mut expected, &save(n).edits);
            if random.below(8) == 0 {
                if random.below(2) == 0 {
                    journal.close().unwrap();
                } else {
                    drop(journal);
                }
                let now = jumped(&mut random, n);
                journal = Journal::open(Path::new("desk"), shared.clone(), options(now)).unwrap().0;
                assert_eq!(journal.stamp(), stamp, "seed {seed}: the last stamp outlives a start");
            }
        }
        assert!(all(&journal).unwrap() == expected, "seed {seed}");
        assert!(journal.verify().unwrap().is_sound(), "seed {seed}");
        let history = journal.history(RecordKey::new(Kind::Case, id(3))).unwrap();
        let numbers: Vec<_> = history.changes.iter().filter_map(|change| change.patch.get("n")?.as_u64()).collect();
        assert!(numbers == [3, 43] || numbers == [43, 3], "seed {seed}: {numbers:?}");
        // What is taken back is the last that was done, not the one with the latest time.
        let back = journal.undo(operator(), jumped(&mut random, 60)).unwrap().unwrap();
        let taken: Vec<_> = back.receipt.records.iter().map(|(key, _)| key.id).collect();
        assert!(taken.contains(&id(100_059)), "seed {seed}: {taken:?}");
    }
    figures(&format!("clock: {seeds} desks with 60 saves each, in order"));
}
