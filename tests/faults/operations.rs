//! A fault at each operation of the disk, once and lasting, clean and torn.

use std::path::Path;
use std::sync::Arc;

use madoguchi::journal::faulty::Plan;
use madoguchi::journal::{CommitError, FaultyDisk, Journal, MemoryStore, OpenError, Options, StoreChoice};
use serde_json::json;

use super::{Seen, all, at, fold, id, operator, save};

const SAVES: u64 = 24;

fn options(store: &MemoryStore) -> Options {
    Options {
        segment_bytes: 16 << 10,
        reserve_bytes: 1 << 10,
        store: StoreChoice::Memory(store.clone()),
        ..Options::small(at(0))
    }
    .of_desk(id(7))
}

/// A desk is made, saved to, taken back from, closed, opened and saved to again; `resume` is tried after a failed save.
fn work(disk: &FaultyDisk, store: &MemoryStore, resume: bool, seen: &mut Seen) {
    let shared: Arc<FaultyDisk> = Arc::new(disk.clone());
    let Ok((mut journal, _)) = Journal::create(Path::new("desk"), shared.clone(), options(store)) else { return };
    some_saves(&mut journal, 0..SAVES, resume, seen);
    let _ = journal.drafts().save(id(3), &json!({"complaint": "途中"}));
    if let Ok(Some(back)) = journal.undo(operator(), at(900)) {
        for (key, value) in back.receipt.records {
            seen.saved.insert(key, value);
        }
        seen.saved.retain(|_, value| !value.is_null());
    } else if journal.is_stopped() {
        // The undo may be on the disk or not; the desk is opened anew and everything is compared from there on.
        seen.maybe = None;
        drop(journal);
        disk.plan(Plan::default());
        let (journal, _) = Journal::open(Path::new("desk"), shared, options(store)).unwrap();
        seen.saved = all(&journal).unwrap();
        return;
    }
    let _ = journal.drafts().remove(id(3));
    let _ = journal.close();
    let Ok((mut journal, _)) = Journal::open(Path::new("desk"), shared, options(store)) else { return };
    if seen.maybe.is_some() {
        let now = all(&journal).unwrap();
        seen.check(&now).unwrap();
        (seen.saved, seen.maybe) = (now, None);
    }
    some_saves(&mut journal, SAVES..SAVES + 6, resume, seen);
}

fn some_saves(journal: &mut Journal, numbers: std::ops::Range<u64>, resume: bool, seen: &mut Seen) {
    for n in numbers {
        let batch = save(n);
        let edits = batch.edits.clone();
        let before = (journal.is_stopped(), seen.saved.clone());
        let result = journal.commit(batch, at(n));
        if before.0 {
            assert!(matches!(result, Err(CommitError::Stopped)), "no save after a failed sync until it is resumed");
            continue;
        }
        seen.committed(&edits, &result);
        if result.is_err() && resume && journal.resume().is_ok() {
            // Wiped, durably: now it is certain that it was not saved.
            seen.maybe = None;
            assert_eq!(all(journal).unwrap(), before.1);
        }
    }
}

#[test]
fn a_fault_at_each_write_and_sync_loses_nothing_acknowledged() {
    let (disk, store) = (FaultyDisk::new(), MemoryStore::default());
    let mut seen = Seen::default();
    work(&disk, &store, false, &mut seen);
    let steps = disk.operations();
    assert!(steps > 60, "{steps} operations");
    let mut whole = super::Records::new();
    (0..SAVES - 1).chain(SAVES..SAVES + 6).for_each(|n| fold(&mut whole, &save(n).edits));
    // The undo took save 23 back, and its case was not saved to again.
    assert_eq!(seen.saved.len(), whole.len());

    for step in 1..=steps {
        for variant in 0..8_u8 {
            let plan =
                Plan { fail_at: Some(step), lasting: variant & 1 != 0, torn: variant & 2 != 0, ..Plan::default() };
            let (disk, store) = (FaultyDisk::new(), MemoryStore::default());
            disk.plan(plan);
            let mut seen = Seen::default();
            work(&disk, &store, variant & 4 != 0, &mut seen);
            disk.plan(Plan::default());
            let shared: Arc<FaultyDisk> = Arc::new(disk.clone());
            let opened = match Journal::open(Path::new("desk"), shared.clone(), options(&store)) {
                Err(OpenError::NoDesk(_)) if seen.saved.is_empty() => {
                    Journal::create(Path::new("desk"), shared, options(&store))
                }
                other => other,
            };
            let (mut journal, opened) = opened.unwrap_or_else(|error| panic!("step {step}/{variant}: {error:?}"));
            seen.check(&all(&journal).unwrap()).unwrap_or_else(|error| panic!("step {step}/{variant}: {error}"));
            assert!(!opened.told.iter().any(madoguchi::journal::Told::is_grave), "step {step}: {:?}", opened.told);
            let report = journal.verify().unwrap();
            assert!(report.is_sound(), "step {step}/{variant}: {:?}", report.told);
            assert_eq!(journal.drafts().list().unwrap().1, [], "step {step}: a draft is whole or not there");
            journal.commit(save(500), at(2_000)).unwrap();
        }
    }
}

#[test]
fn a_full_disk_is_told_and_takes_saves_again_once_there_is_room() {
    let (disk, store) = (FaultyDisk::new(), MemoryStore::default());
    let options = Options { reserve_bytes: 64 << 10, ..options(&store) };
    let (mut journal, _) = Journal::create(Path::new("desk"), Arc::new(disk.clone()), options).unwrap();
    disk.plan(Plan { room: Some(150 << 10), ..Plan::default() });
    let mut seen = Seen::default();
    let mut full = 0;
    for n in 0..400 {
        let batch = save(n);
        let edits = batch.edits.clone();
        let result = journal.commit(batch, at(n));
        seen.committed(&edits, &result);
        match result {
            Ok(_) => {}
            Err(CommitError::Full { reserve }) => {
                assert_eq!(reserve, full == 0);
                assert!(!journal.is_stopped(), "nothing was written: the journal is as it was");
                seen.check(&all(&journal).unwrap()).unwrap();
                full += 1;
                match full {
                    1 => journal.release_reserve().unwrap(),
                    2 => disk.plan(Plan::default()),
                    _ => panic!("there is room"),
                }
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(full, 2);
    seen.check(&all(&journal).unwrap()).unwrap();
    assert!(journal.verify().unwrap().is_sound());
}
