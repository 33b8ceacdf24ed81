//! Tests of the whole room: on the disk and the store in memory, and on real files with sled.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::*;
use crate::desk::record::{Batch, Edit, Kind};

fn at(second: u32) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T09:00:00+09:00").unwrap() + chrono::TimeDelta::seconds(second.into())
}

fn id(n: u32) -> Id {
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    bytes[0] = 0x42;
    Id::from_bytes(bytes)
}

fn case(n: u32) -> RecordKey {
    RecordKey::new(Kind::Case, id(n))
}

fn operator() -> Id {
    id(900)
}

fn edit(n: u32, patch: Value) -> Batch {
    Batch::new("done-test", operator(), vec![Edit::new(case(n), patch)])
}

fn memory() -> (Journal, FaultyDisk, Options) {
    Journal::in_memory(id(1), at(0)).unwrap()
}

fn reopen(disk: &FaultyDisk, options: &Options) -> (Journal, Opened) {
    Journal::open(Path::new("desk"), Arc::new(disk.clone()), options.clone()).unwrap()
}

fn all(journal: &Journal) -> BTreeMap<RecordKey, Value> {
    let of = |kind| journal.each(kind).map(move |r| r.map(|(id, value)| (RecordKey::new(kind, id), value)));
    Kind::ALL.into_iter().flat_map(of).collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_journal_can_be_given_to_another_thread() {
    fn send<T: Send>() {}
    send::<Journal>();
    send::<Drafts>();
}

#[test]
fn what_was_committed_is_there_in_every_way_of_reading() {
    let (mut journal, disk, options) = memory();
    let long = "とても長いメモ。".repeat(2_000);
    let values = [
        json!({"number": "R8-0001", "status": "received", "remarks": ""}),
        json!({"number": "R8-0002", "status": "closed", "remarks": long}),
        json!({"number": "R7-0150", "status": "active", "remarks": "ｶﾅ", "flag": {"at": "x", "by": id(3).to_string()}}),
    ];
    for (n, value) in (0..).zip(&values) {
        let receipt = journal.commit(edit(n, value.clone()), at(n)).unwrap();
        assert_eq!(receipt.records, [(case(n), value.clone())]);
    }
    let look = |journal: &Journal| {
        for (n, value) in (0..).zip(&values) {
            assert_eq!(journal.get(case(n)).unwrap().as_ref(), Some(value));
        }
        assert_eq!(all(journal).len(), 3);
        assert_eq!(journal.get(case(9)).unwrap(), None);
        assert_eq!(journal.index("open", b"").unwrap(), [case(0), case(2)]);
        assert_eq!(journal.index("flagged", b"").unwrap(), [case(2)]);
        assert_eq!(journal.index_at("number", b"R8-0001").unwrap(), [case(0)]);
        assert_eq!(journal.index_at("number", b"R8-000").unwrap(), []);
        assert_eq!(journal.index("number", b"R8-").unwrap().len(), 2);
        assert_eq!(journal.index_last("number", b"R8-").unwrap(), Some((b"R8-0002".to_vec(), case(1))));
        assert_eq!(journal.index_last("number", b"R9-").unwrap(), None);
        assert!(journal.verify().unwrap().is_sound());
    };
    look(&journal);
    journal.close().unwrap();
    let (journal, opened) = reopen(&disk, &options);
    assert_eq!(opened, Opened { desk: id(1), told: vec![], checked: false });
    look(&journal);
}

#[test]
fn a_shrinking_value_leaves_nothing_behind() {
    let (mut journal, disk, options) = memory();
    let before = disk.paths().len();
    for text in ["長".repeat(9_000), String::new(), "長".repeat(3_000), "短".into()] {
        journal.commit(edit(1, json!({"remarks": text})), at(1)).unwrap();
        assert_eq!(journal.get(case(1)).unwrap(), Some(json!({"remarks": text})));
        assert!(journal.verify().unwrap().is_sound());
    }
    assert_eq!(disk.paths().len(), before);
    drop(journal);
    assert!(reopen(&disk, &options).0.verify().unwrap().is_sound());
}

#[test]
fn the_history_says_from_what_to_what() {
    let (mut journal, ..) = memory();
    journal.commit(edit(1, json!({"caller": "山本", "area": "東"})), at(1)).unwrap();
    journal.commit(edit(1, json!({"caller": "山本 花子", "area": null})), at(2)).unwrap();
    journal.commit(edit(2, json!({"caller": "別"})), at(3)).unwrap();
    let history = journal.history(case(1)).unwrap();
    assert_eq!(history.unreadable, 0);
    let seen: Vec<_> = history.changes.iter().map(|c| (c.patch.clone(), c.back.clone(), c.at)).collect();
    assert_eq!(
        seen,
        [
            (json!({"caller": "山本", "area": "東"}), json!({"caller": null, "area": null}), at(1)),
            (json!({"caller": "山本 花子", "area": null}), json!({"caller": "山本", "area": "東"}), at(2)),
        ]
    );
    let recent: Vec<_> = journal.recent(2).unwrap().into_iter().map(|c| (c.record, c.at)).collect();
    assert_eq!(recent, [(case(2), at(3)), (case(1), at(2))]);
}

#[test]
fn nothing_is_written_for_edits_that_change_nothing() {
    let (mut journal, disk, _) = memory();
    journal.commit(edit(1, json!({"a": 1})), at(1)).unwrap();
    let before = disk.operations();
    let receipt = journal.commit(edit(1, json!({"a": 1, "b": null})), at(2)).unwrap();
    assert_eq!((receipt.records, disk.operations()), (vec![], before));
    assert!(journal.commit(Batch::new("x", operator(), vec![]), at(2)).unwrap().records.is_empty());
}

#[test]
fn undo_of_everything_returns_to_the_start_and_redo_comes_back() {
    let (mut journal, disk, options) = memory();
    journal
        .commit(Batch::new("setup-desk", operator(), vec![Edit::new(case(0), json!({"name": "窓口"}))]), at(0))
        .unwrap();
    let mut states = vec![all(&journal)];
    for n in 0..40_u32 {
        let patch = match n % 4 {
            0 => json!({"caller": format!("人{n}"), "flag": {"reason": "", "at": n}}),
            1 => json!({"flag": null, "topics": ["1", "2"]}),
            2 => json!({"caller": null, "remarks": "x".repeat(5_000)}),
            _ => json!({"topics": null, "flag": {"reason": "y"}, "map": {"a": {"b": n}}}),
        };
        let batch = Batch::new(
            "done-test",
            operator(),
            vec![
                Edit::new(case(n / 7 + 1), patch.clone()),
                Edit::new(case(n + 100), json!({"n": n})),
                Edit::new(case(n / 7 + 1), json!({"again": n})),
            ],
        );
        journal.commit(batch, at(n)).unwrap();
        states.push(all(&journal));
    }
    for state in states.iter().rev().skip(1) {
        let back = journal.undo(operator(), at(60)).unwrap().unwrap();
        assert_eq!((back.what.as_str(), back.kept), ("done-test", vec![]));
        assert_eq!(&all(&journal), state);
    }
    assert_eq!(journal.undo(operator(), at(61)).unwrap(), None, "the desk itself stays");
    drop(journal);
    let (mut journal, _) = reopen(&disk, &options);
    for state in states.iter().skip(1) {
        journal.redo(operator(), at(70)).unwrap().unwrap();
        assert_eq!(&all(&journal), state);
    }
    assert_eq!(journal.redo(operator(), at(71)).unwrap(), None);
    journal.undo(operator(), at(72)).unwrap().unwrap();
    journal.undo(operator(), at(72)).unwrap().unwrap();
    journal.redo(operator(), at(73)).unwrap().unwrap();
    assert_eq!(all(&journal), states[39]);
    journal.commit(edit(500, json!({"new": 1})), at(74)).unwrap();
    assert_eq!(journal.redo(operator(), at(75)).unwrap(), None, "a new commit ends what can be brought back");
    assert!(journal.verify().unwrap().is_sound());
}

#[test]
fn operators_take_back_their_own_and_never_each_others() {
    let (mut journal, ..) = memory();
    let other = id(901);
    journal.commit(edit(1, json!({"caller": "甲", "area": "東"})), at(1)).unwrap();
    let by_other = Batch::new("done-other", other, vec![Edit::new(case(1), json!({"caller": "乙"}))]);
    journal.commit(by_other, at(2)).unwrap();
    assert_eq!(journal.undo(id(902), at(3)).unwrap(), None);
    let back = journal.undo(operator(), at(3)).unwrap().unwrap();
    assert_eq!(back.kept, [case(1)]);
    assert_eq!(journal.get(case(1)).unwrap(), Some(json!({"caller": "乙"})));
    journal.redo(operator(), at(4)).unwrap().unwrap();
    assert_eq!(journal.get(case(1)).unwrap(), Some(json!({"caller": "乙", "area": "東"})));
    assert_eq!(journal.undo(other, at(5)).unwrap().unwrap().what, "done-other");
    assert_eq!(journal.get(case(1)).unwrap(), Some(json!({"caller": "甲", "area": "東"})));
}

#[test]
fn a_second_opening_names_the_first() {
    let (_journal, disk, options) = memory();
    let options = Options { who: "nakano".into(), ..options };
    let error = Journal::open(Path::new("desk"), Arc::new(disk), options).err().unwrap();
    let OpenError::OpenElsewhere { pid, since, .. } = &error else { panic!("{error:?}") };
    assert_eq!((*pid, *since), (std::process::id(), Some(at(0))));
}

#[test]
fn a_folder_without_a_desk_says_so_and_a_desk_is_not_made_twice() {
    let (journal, disk, options) = memory();
    drop(journal);
    let open = |path| Journal::open(Path::new(path), Arc::new(disk.clone()), options.clone()).err();
    assert!(matches!(open("elsewhere"), Some(OpenError::NoDesk(_))));
    let again = Journal::create(Path::new("desk"), Arc::new(disk.clone()), options.clone()).err();
    assert!(matches!(again, Some(OpenError::Exists(_))));
}

#[test]
fn a_large_batch_is_one_batch_and_segments_follow_each_other() {
    let (mut journal, disk, options) = memory();
    let edits =
        (0..3_000).map(|n| Edit::new(case(n), json!({"number": format!("R8-{n:04}"), "remarks": "x".repeat(500)})));
    let receipt = journal.commit(Batch::new("done-import", operator(), edits.collect()), at(1)).unwrap();
    assert_eq!(receipt.records.len(), 3_000);
    for n in 0..600 {
        journal.commit(edit(n, json!({"summary": format!("要約{n}")})), at(2)).unwrap();
    }
    assert!(disk.paths().iter().filter(|p| p.extension().is_some_and(|e| e == "seg")).count() > 2);
    let before = all(&journal);
    drop(journal);
    let (journal, opened) = reopen(&disk, &options);
    assert_eq!(opened.told, [Told::UncleanStop]);
    assert_eq!(all(&journal), before);
    drop(journal);
    // Without its store, from the segments alone.
    let options = Options { store: StoreChoice::Memory(MemoryStore::default()), ..options };
    let (mut journal, opened) = reopen(&disk, &options);
    assert_eq!(opened.told, [Told::UncleanStop, Told::StoreRebuilt { aside: String::new(), changes: 3_600 }]);
    assert_eq!(all(&journal), before);
    assert!(journal.verify().unwrap().is_sound());
    for _ in 0..=600 {
        journal.undo(operator(), at(3)).unwrap().unwrap();
    }
    assert!(all(&journal).is_empty());
}

#[test]
fn real_files_and_sled_hold_what_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk");
    let options = Options { reserve_bytes: 1 << 16, ..Options::small(at(0)) }.of_desk(id(1));
    let (mut journal, opened) = Journal::create(&path, Arc::new(RealDisk), options.clone()).unwrap();
    assert_eq!(opened.told, []);
    assert!(journal.has_reserve());
    for n in 0..50 {
        journal.commit(edit(n % 20, json!({"n": n, "remarks": "x".repeat(200 * (n as usize))})), at(n)).unwrap();
    }
    journal.drafts().save(id(7), &json!({"complaint": "夜"})).unwrap();
    let before = all(&journal);
    assert!(matches!(Journal::open(&path, Arc::new(RealDisk), options.clone()), Err(OpenError::OpenElsewhere { .. })));
    journal.close().unwrap();
    let (journal, opened) = Journal::open(&path, Arc::new(RealDisk), options.clone()).unwrap();
    assert_eq!(opened.told, []);
    assert_eq!(all(&journal), before);
    assert!(journal.verify().unwrap().is_sound());
    drop(journal);
    let (journal, opened) = Journal::open(&path, Arc::new(RealDisk), options).unwrap();
    assert_eq!(opened, Opened { desk: id(1), told: vec![Told::UncleanStop], checked: true });
    assert_eq!(journal.drafts().list().unwrap().0, [(id(7), json!({"complaint": "夜"}))]);
    assert_eq!(all(&journal), before);
}

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
