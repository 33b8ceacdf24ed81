//! Backups restored elsewhere and compared with what the desk was; and backups that are broken off by an error or a power
//! cut, which never take the place of a good one. Row 12 of the table (docs/faults.md).

use std::path::Path;
use std::sync::Arc;

use madoguchi::journal::backup::{self, Target};
use madoguchi::journal::faulty::{Plan, Random};
use madoguchi::journal::{Disk, FaultyDisk, Journal, MemoryStore, Options, StoreChoice, Told};

use super::rounds::{figures, rounds};
use super::{Records, all, at, id, operator, save};

const FILE: &str = "stick/desk.backup";

fn options() -> Options {
    let store = StoreChoice::Memory(MemoryStore::default());
    Options { segment_bytes: 16 << 10, store, ..Options::small(at(0)) }.of_desk(id(7))
}

fn elsewhere<T>(work: impl FnOnce(&Target<'_>) -> T) -> T {
    let disk: Arc<dyn Disk> = Arc::new(FaultyDisk::new());
    work(&Target { disk: &disk, folder: Path::new("new"), who: "", now: at(9_000) })
}

/// The records of the backup's desk, restored into a new folder, where everything is found to be sound.
fn restored(stick: &FaultyDisk) -> Records {
    elsewhere(|target| {
        backup::restore(stick, Path::new(FILE), target).unwrap();
        let (journal, opened) = Journal::open(target.folder, Arc::clone(target.disk), options()).unwrap();
        assert!(!opened.told.iter().any(Told::is_grave), "{:?}", opened.told);
        assert!(journal.verify().unwrap().is_sound());
        all(&journal).unwrap()
    })
}

/// Saves of a random number; now and then one is taken back.
fn work_on(journal: &mut Journal, from: u64, random: &mut Random) -> u64 {
    let end = from + 1 + u64::try_from(random.below(40)).unwrap();
    for n in from..end {
        journal.commit(save(n), at(n)).unwrap();
    }
    if random.below(2) == 0 {
        journal.undo(operator(), at(end)).unwrap();
    }
    end
}

#[test]
fn what_is_restored_is_what_the_desk_was_and_a_broken_off_backup_harms_no_good_one() {
    let rounds = rounds(5, 50);
    let mut broken_off = 0;
    for seed in 0..rounds {
        let mut random = Random(seed);
        let (disk, stick) = (FaultyDisk::new(), FaultyDisk::new());
        stick.create_folder(Path::new("stick")).unwrap();
        let (mut journal, _) = Journal::create(Path::new("desk"), Arc::new(disk), options()).unwrap();
        let mut end = work_on(&mut journal, 0, &mut random);
        let snapshot = journal.snapshot().unwrap();
        let made = backup::write(&snapshot, &stick, Path::new(FILE), at(end)).unwrap();
        let drilled = elsewhere(|target| backup::drill(&snapshot, &stick, Path::new(FILE), target)).unwrap();
        assert!(drilled.is_good() && drilled.changes == made.checked.changes, "seed {seed}: {drilled:?}");
        drop(snapshot);
        let good = all(&journal).unwrap();
        assert!(restored(&stick) == good, "seed {seed}");

        // The desk goes on, and the next backup is broken off at every operation in turn.
        end = work_on(&mut journal, end, &mut random);
        let later = all(&journal).unwrap();
        for step in 1.. {
            let mut stick = stick.copy();
            let cut = random.below(3) == 0;
            let lasting = random.below(2) == 0;
            let failing = Plan { fail_at: Some(step), lasting, torn: true, ..Plan::default() };
            stick.plan(if cut { Plan { cut_at: Some(step), ..Plan::default() } } else { failing });
            let made = backup::write(&journal.snapshot().unwrap(), &stick, Path::new(FILE), at(end));
            let reached = stick.operations() >= step;
            if cut {
                stick = stick.after_cut(random.next_u64());
            }
            stick.plan(Plan::default());
            let there = restored(&stick);
            assert!(there == good || there == later, "seed {seed}, step {step}: neither the old one nor the new one");
            assert!(there == later || made.is_err(), "seed {seed}, step {step}: said to be made, and is not there");
            broken_off += u64::from(made.is_err());
            if !reached {
                assert!(there == later, "seed {seed}: a backup that nothing hinders is made");
                break;
            }
        }
    }
    assert!(broken_off > rounds * 4, "only {broken_off} backups were broken off");
    figures(&format!(
        "backups: {rounds} desks restored and compared, {broken_off} broken off, a good one always there"
    ));
}
