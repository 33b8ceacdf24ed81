//! Tests of damage: in the segments, in the store, in the small files; and of saves that failed.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::tests::{all, at, case, edit, id, memory, reopen};
use super::*;
use crate::desk::record::{Batch, Edit};

fn segment(n: u32) -> std::path::PathBuf {
    Path::new("desk/journal").join(format!("{n:08}.seg"))
}

/// A desk with twenty saves, closed; and what was in it.
fn closed() -> (FaultyDisk, Options, BTreeMap<RecordKey, Value>) {
    let (mut journal, disk, options) = memory();
    for n in 0..20 {
        journal.commit(edit(n % 6, json!({"n": n, "remarks": format!("経過{n}")})), at(n)).unwrap();
    }
    let before = all(&journal);
    journal.close().unwrap();
    (disk, options, before)
}

/// The offset of the `n`th record (from 0) in the first segment.
fn offset(disk: &FaultyDisk, n: usize) -> usize {
    let bytes = disk::read_all(disk, &segment(1)).unwrap().unwrap();
    memchr::memmem::find_iter(&bytes, &format::RECORD_MAGIC).nth(n).unwrap()
}

#[test]
fn damage_is_kept_told_and_mended_from_the_store() {
    // A body, a head, the last record, and two records at once.
    for (record, distance, lost) in [(4, 200, 1), (4, 20, 1), (19, 200, 1), (19, 20, 1), (18, 100, 1)] {
        let (disk, options, before) = closed();
        let place = offset(&disk, record) + distance;
        disk.tamper(&segment(1), |bytes| bytes[place] ^= 4);
        let bytes = disk::read_all(&disk, &segment(1)).unwrap();
        let (journal, opened) = reopen(&disk, &options);
        let told = opened.told.iter().any(
            |told| matches!(told, Told::Damage { file, changes, .. } if file == "00000001.seg" && *changes == lost),
        );
        assert!(told && opened.told.contains(&Told::Restated { records: 1 }), "{record}: {:?}", opened.told);
        assert_eq!(disk::read_all(&disk, &segment(1)).unwrap(), bytes, "damage is never written over");
        assert_eq!(all(&journal), before);
        let report = journal.verify().unwrap();
        assert!(!report.is_sound() && !report.needs_repair(), "{:?}", report.told);
        assert_eq!(journal.history(case(4)).unwrap().unreadable, u64::from(record == 4));
        journal.close().unwrap();
        // Told once: the next start does not read that segment any more.
        let (journal, opened) = reopen(&disk, &options);
        assert_eq!(opened.told, []);
        drop(journal);
        // And the records are whole without the old store.
        let options = Options { store: StoreChoice::Memory(MemoryStore::default()), ..options };
        let (journal, opened) = reopen(&disk, &options);
        assert_eq!(all(&journal), before, "{record}");
        assert!(!opened.told.iter().any(|told| matches!(told, Told::Lost { .. })), "{:?}", opened.told);
    }
}

#[test]
fn what_neither_copy_has_any_more_is_told_as_lost() {
    let (disk, options, _) = closed();
    let place = offset(&disk, 4) + 200;
    disk.tamper(&segment(1), |bytes| bytes[place] ^= 4);
    let options = Options { store: StoreChoice::Memory(MemoryStore::default()), ..options };
    let (_, opened) = reopen(&disk, &options);
    assert!(opened.told.contains(&Told::Lost { first: 5, changes: 1 }), "{:?}", opened.told);
    assert!(opened.told.iter().any(Told::is_grave));
}

#[test]
fn a_store_that_forgot_gets_what_it_lacks_and_nothing_older() {
    let (mut journal, disk, options) = memory();
    let StoreChoice::Memory(store) = &options.store else { unreachable!() };
    let mut snapshots = vec![store.snapshot()];
    for n in 0..12 {
        journal.commit(edit(n % 3, json!({"n": n})), at(n)).unwrap();
        snapshots.push(store.snapshot());
    }
    let before = all(&journal);
    drop(journal);
    for (n, snapshot) in snapshots.into_iter().enumerate() {
        let lacks = u64::try_from(12 - n).unwrap();
        let options = Options { store: StoreChoice::Memory(snapshot), ..options.clone() };
        let (journal, opened) = reopen(&disk, &options);
        let expected = match lacks {
            0 => None,
            12 => Some(Told::StoreRebuilt { aside: String::new(), changes: 12 }),
            changes => Some(Told::Replayed { changes }),
        };
        assert_eq!(opened.told.get(1), expected.as_ref());
        assert_eq!(all(&journal), before);
        assert!(journal.verify().unwrap().is_sound());
    }
}

#[test]
fn a_store_of_another_desk_is_not_believed() {
    let (disk, options, before) = closed();
    let (mut other, _, other_options) = Journal::in_memory(id(2), at(0)).unwrap();
    for n in 0..20 {
        other.commit(edit(n, json!({"other": n})), at(n)).unwrap();
    }
    other.close().unwrap();
    let options = Options { store: other_options.store, ..options };
    let (journal, opened) = reopen(&disk, &options);
    assert_eq!(opened.told, [Told::StoreRebuilt { aside: String::new(), changes: 20 }]);
    assert_eq!(all(&journal), before);
}

#[test]
fn a_damaged_cell_is_read_from_the_journal_and_a_missing_one_shows_in_the_check() {
    for missing in [false, true] {
        let (disk, options, before) = closed();
        let StoreChoice::Memory(store) = &options.store else { unreachable!() };
        let (mut journal, _) = reopen(&disk, &options);
        let key = store::cell::part(case(3), 0);
        store.tamper(|map| {
            if missing {
                map.remove(&key);
            } else {
                map.get_mut(&key).unwrap()[30] ^= 1;
            }
        });
        if !missing {
            assert_eq!(journal.get(case(3)).unwrap().as_ref(), before.get(&case(3)));
            assert_eq!(all(&journal), before);
        }
        let mut check = StoreCheck::default();
        assert!(journal.check_on(&mut check).is_err());
        assert!(journal.check_store().is_err());
        let report = journal.verify().unwrap();
        assert_eq!(report.told, [Told::StoreDamaged]);
        journal.repair(&report).unwrap();
        assert_eq!(all(&journal), before);
        assert!(journal.verify().unwrap().is_sound());
        // After an unclean stop the same is found before use.
        drop(journal);
        store.tamper(|map| drop(map.remove(&key)));
        let (journal, opened) = reopen(&disk, &options);
        assert_eq!(opened.told.get(1), Some(&Told::StoreRebuilt { aside: String::new(), changes: 20 }));
        assert_eq!(all(&journal), before);
    }
}

#[test]
fn a_failed_save_stops_writing_until_it_is_wiped() {
    let (mut journal, disk, options) = memory();
    journal.commit(edit(1, json!({"a": 1})), at(1)).unwrap();
    // The write comes through and its sync does not.
    disk.plan(faulty::Plan { fail_at: Some(2), ..faulty::Plan::default() });
    assert!(matches!(journal.commit(edit(1, json!({"a": 2})), at(2)), Err(CommitError::NotConfirmed(_))));
    assert!(matches!(journal.commit(edit(1, json!({"a": 3})), at(3)), Err(CommitError::Stopped)));
    assert_eq!(journal.get(case(1)).unwrap(), Some(json!({"a": 1})));
    journal.resume().unwrap();
    journal.commit(edit(1, json!({"b": 4})), at(4)).unwrap();
    drop(journal);
    let (journal, _) = reopen(&disk, &options);
    assert_eq!(journal.get(case(1)).unwrap(), Some(json!({"a": 1, "b": 4})));
}

#[test]
fn stamps_go_on_when_the_clock_goes_back_and_after_a_restart() {
    let (mut journal, disk, options) = memory();
    let mut stamps = Vec::new();
    for second in [50, 10, 10, 60] {
        stamps.push(journal.commit(edit(1, json!({"n": stamps.len()})), at(second)).unwrap().batch);
    }
    drop(journal);
    let (mut journal, _) = reopen(&disk, &options);
    stamps.push(journal.commit(edit(1, json!({"n": 9})), at(0)).unwrap().batch);
    assert!(stamps.is_sorted_by(|a, b| a < b));
}

#[test]
fn a_damaged_desk_file_or_segment_head_is_put_right() {
    for path in [Path::new("desk/desk").to_owned(), segment(1)] {
        for place in [3, 12, 40] {
            let (disk, options, before) = closed();
            disk.tamper(&path, |bytes| bytes[place] ^= 1);
            let (journal, opened) = reopen(&disk, &options);
            assert_eq!(opened.desk, id(1));
            assert!(!opened.told.is_empty(), "{path:?} {place}");
            assert_eq!(all(&journal), before);
        }
    }
}

#[test]
fn a_check_in_steps_begins_anew_after_a_save_and_ends() {
    let (mut journal, ..) = memory();
    let many = (0..900).map(|n| Edit::new(case(n), json!({"n": n})));
    journal.commit(Batch::new("done-import", id(9), many.collect()), at(1)).unwrap();
    let (mut check, mut steps) = (StoreCheck::default(), 0);
    while !journal.check_on(&mut check).unwrap() {
        steps += 1;
        if steps == 2 {
            journal.commit(edit(3, json!({"later": true})), at(2)).unwrap();
        }
    }
    assert!(steps > 4, "{steps} steps");
}
