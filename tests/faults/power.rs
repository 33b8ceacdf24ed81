//! Power cuts on the disk in memory, and the test of this checker itself.

use std::path::Path;
use std::sync::Arc;

use madoguchi::journal::faulty::{Plan, Random};
use madoguchi::journal::{FaultyDisk, Journal, MemoryStore, OpenError, Options, StoreChoice};

use super::rounds::{figures, rounds};
use super::{Seen, all, at, id, save};

const SAVES: u64 = 40;

fn options(store: MemoryStore) -> Options {
    Options { segment_bytes: 16 << 10, store: StoreChoice::Memory(store), ..Options::small(at(0)) }.of_desk(id(7))
}

/// Saves until the power goes. Returns the store as it was some saves before, as a store that was not flushed.
fn work(disk: &FaultyDisk, store: &MemoryStore, lag: u64, seen: &mut Seen) -> MemoryStore {
    let mut behind = vec![store.snapshot()];
    let shared = Arc::new(disk.clone());
    if let Ok((mut journal, _)) = Journal::create(Path::new("desk"), shared, options(store.clone())) {
        for n in 0..SAVES {
            let batch = save(n);
            let edits = batch.edits.clone();
            let result = journal.commit(batch, at(n));
            seen.committed(&edits, &result);
            if result.is_err() {
                break;
            }
            behind.push(store.snapshot());
        }
        let _ = journal.close();
    }
    let lag = usize::try_from(lag).unwrap().min(behind.len() - 1);
    behind.swap_remove(behind.len() - 1 - lag)
}

/// Cuts the power at operation `cut` and looks at what is there afterwards.
fn cut(cut: u64, seed: u64, forget_syncs: bool) -> Result<(), String> {
    let mut random = Random(seed);
    let (disk, store) = (FaultyDisk::new(), MemoryStore::default());
    disk.plan(Plan { cut_at: Some(cut), forget_syncs, ..Plan::default() });
    let mut seen = Seen::default();
    let lag = [0, 2, 4, SAVES][random.below(4)];
    let store = work(&disk, &store, lag, &mut seen);
    let mut disk = disk.after_cut(random.next_u64());
    // The power may go again while the desk is opened.
    for again in [Some(1 + u64::try_from(random.below(12)).unwrap()), None] {
        disk.plan(Plan { cut_at: again, forget_syncs, ..Plan::default() });
        let store = store.snapshot();
        let opened = Journal::open(Path::new("desk"), Arc::new(disk.clone()), options(store));
        match opened {
            Ok((journal, _)) => {
                seen.check(&all(&journal)?)?;
                if again.is_none() {
                    let report = journal.verify().map_err(|error| error.to_string())?;
                    return if report.is_sound() { Ok(()) } else { Err(format!("{:?}", report.told)) };
                }
            }
            Err(OpenError::NoDesk(_)) if again.is_none() => {
                return if seen.saved.is_empty() { Ok(()) } else { Err("no desk".into()) };
            }
            Err(error) if again.is_none() => return Err(format!("does not open: {error:?}")),
            Err(_) => {}
        }
        disk = disk.after_cut(random.next_u64());
    }
    Ok(())
}

fn steps() -> u64 {
    let (disk, store) = (FaultyDisk::new(), MemoryStore::default());
    work(&disk, &store, 0, &mut Seen::default());
    disk.operations()
}

#[test]
fn a_power_cut_loses_nothing_acknowledged() {
    let steps = steps();
    let mut cuts = 0;
    for step in 1..=steps + 1 {
        for round in 0..rounds(4, 40) {
            let seed = step * 1_000 + round;
            cut(step, seed, false).unwrap_or_else(|error| panic!("cut at {step}, seed {seed}: {error}"));
            cuts += 1;
        }
    }
    figures(&format!("power cuts on the disk in memory: {cuts} at {steps} operations, nothing lost"));
    assert!(cuts >= 60);
}

#[test]
fn checker_a_journal_without_syncs_fails_it() {
    let steps = steps();
    let lost = (1..=steps + 1).filter(|step| cut(*step, *step, true).is_err()).count();
    let third = usize::try_from(steps).unwrap() / 3;
    assert!(lost > third, "the checker saw only {lost} of {steps} cuts lose something");
}
