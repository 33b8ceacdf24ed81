//! Tests of the whole room: on the disk and the store in memory, and on real files with sled.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::*;
use crate::desk::record::{Batch, Edit, Kind};

pub(super) fn at(second: u32) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T09:00:00+09:00").unwrap() + chrono::TimeDelta::seconds(second.into())
}

pub(super) fn id(n: u32) -> Id {
    let mut bytes = [0; 16];
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    bytes[0] = 0x42;
    Id::from_bytes(bytes)
}

pub(super) fn case(n: u32) -> RecordKey {
    RecordKey::new(Kind::Case, id(n))
}

pub(super) fn operator() -> Id {
    id(900)
}

pub(super) fn edit(n: u32, patch: Value) -> Batch {
    Batch::new("done-test", operator(), vec![Edit::new(case(n), patch)])
}

pub(super) fn memory() -> (Journal, FaultyDisk, Options) {
    Journal::in_memory(id(1), at(0)).unwrap()
}

pub(super) fn reopen(disk: &FaultyDisk, options: &Options) -> (Journal, Opened) {
    Journal::open(Path::new("desk"), Arc::new(disk.clone()), options.clone()).unwrap()
}

pub(super) fn all(journal: &Journal) -> BTreeMap<RecordKey, Value> {
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
        assert_eq!(journal.index("open").unwrap(), [case(0), case(2)]);
        assert_eq!(journal.index("flagged").unwrap(), [case(2)]);
        assert_eq!(journal.index_at("number", b"R8-0001").unwrap(), [case(0)]);
        assert_eq!(journal.index_at("number", b"R8-000").unwrap(), []);
        assert_eq!(journal.index("number").unwrap().len(), 3);
        assert_eq!(journal.last_number(2026).unwrap().unwrap().to_string(), "R8-0002");
        assert_eq!(journal.last_number(2027).unwrap(), None);
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
fn a_record_changed_often_in_one_batch_leaves_a_store_that_adds_up() {
    let (mut journal, ..) = memory();
    let long = "長い相談".repeat(3_000);
    let changes = |patches: Vec<Value>| {
        let edits = patches.into_iter().map(|patch| Edit::new(case(1), patch)).collect();
        Batch::new("done-test", operator(), edits)
    };
    for (n, patches) in [
        (1, vec![json!({"number": "R8-0001", "text": long}), json!({"text": "短", "status": "closed"})]),
        (2, vec![json!({"status": null}), json!({"text": long}), json!({"text": ""}), json!({"status": "closed"})]),
        (3, vec![Value::Null, json!({"number": "R8-0001", "text": long}), json!({"number": "R8-0002"})]),
        (4, vec![json!({"text": "短"}), Value::Null]),
        (5, vec![json!({"text": long})]),
    ] {
        journal.commit(changes(patches), at(n)).unwrap();
        journal.check_store().unwrap();
        assert!(journal.verify().unwrap().is_sound(), "batch {n}");
    }
    while journal.undo(operator(), at(9)).unwrap().is_some() {
        assert!(journal.verify().unwrap().is_sound());
    }
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
    // What somebody added to stays whole: a case without its number and caller would be nobody's.
    assert_eq!(back.kept, [case(1)]);
    assert_eq!(journal.get(case(1)).unwrap(), Some(json!({"caller": "乙", "area": "東"})));
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

#[test]
fn what_could_not_be_read_back_is_refused_and_nothing_changes() {
    let (mut journal, disk, _) = memory();
    let before = disk.operations();
    let mut deep = json!("底");
    for _ in 0..110 {
        deep = json!({"a": deep});
    }
    for value in [deep, json!({"a": "x".repeat(40 << 20)})] {
        assert!(matches!(journal.commit(edit(1, value), at(1)), Err(CommitError::TooLarge(_))));
    }
    assert_eq!((all(&journal).len(), disk.operations()), (0, before));
}
