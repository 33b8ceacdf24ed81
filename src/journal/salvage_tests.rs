//! Tests of a fault in the journal and one in the store at once: what is missing is named, and nothing more is missing
//! than neither side has. And of store folders that sled cannot open.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::{Value, json};

use super::store::sled::SledStore;
use super::store::{StoreError, cell};
use super::tests::{all, at, case, edit, id, memory, reopen};
use super::*;

const SEGMENT: &str = "desk/journal/00000001.seg";

type Records = BTreeMap<RecordKey, Value>;

/// Twenty saves on six records, closed; the fifth is the only one of its record.
fn closed() -> (FaultyDisk, Options, Records) {
    let (mut journal, disk, options) = memory();
    for n in 0..20 {
        let record = if n == 4 { 77 } else { n % 6 };
        journal.commit(edit(record, json!({"n": n, "remarks": format!("経過{n}")})), at(n)).unwrap();
    }
    let before = all(&journal);
    journal.close().unwrap();
    (disk, options, before)
}

/// Flips a bit in the body of the `n`th record (from 0).
fn damage_journal(disk: &FaultyDisk, n: usize) {
    disk.tamper(Path::new(SEGMENT), |bytes| {
        let place = memchr::memmem::find_iter(bytes, &format::RECORD_MAGIC).nth(n).unwrap();
        bytes[place + 200] ^= 4;
    });
}

fn damage_store(options: &Options, key: &[u8]) {
    let StoreChoice::Memory(store) = &options.store else { unreachable!() };
    store.tamper(|map| map.get_mut(key).unwrap()[30] ^= 1);
}

fn unclean(disk: &FaultyDisk) {
    disk.remove(Path::new("desk/clean")).unwrap();
}

#[test]
fn a_record_that_neither_has_is_named_whether_the_store_is_kept_or_built_anew() {
    for clean in [true, false] {
        let (disk, options, mut before) = closed();
        damage_journal(&disk, 4);
        damage_store(&options, &cell::part(case(77), 0));
        if !clean {
            unclean(&disk);
        }
        let (journal, opened) = reopen(&disk, &options);
        assert!(opened.told.contains(&Told::RecordLost { record: case(77) }), "{clean} {:?}", opened.told);
        assert!(opened.told.iter().any(|told| matches!(told, Told::Damage { file, .. } if file == "00000001.seg")));
        assert!(opened.told.iter().any(Told::is_damage));
        before.remove(&case(77));
        for (record, value) in &before {
            assert_eq!(journal.get(*record).unwrap().as_ref(), Some(value));
        }
        // Where the store was kept it goes on to name the record; repair does not hide it.
        let report = journal.verify().unwrap();
        assert!(!report.is_sound());
        if clean {
            assert!(report.told.contains(&Told::RecordLost { record: case(77) }), "{:?}", report.told);
        }
    }
}

#[test]
fn repair_names_what_it_cannot_bring_back() {
    let (disk, options, _) = closed();
    let (mut journal, _) = reopen(&disk, &options);
    damage_journal(&disk, 4);
    damage_store(&options, &cell::part(case(77), 0));
    let report = journal.verify().unwrap();
    let told = journal.repair(&report).unwrap();
    assert!(told.contains(&Told::RecordLost { record: case(77) }), "{told:?}");
    assert_eq!(told.iter().filter(|told| matches!(told, Told::RecordLost { .. })).count(), 1);
    assert_eq!(journal.get(case(77)).unwrap(), None);
}

#[test]
fn what_a_damaged_store_still_reads_is_taken_from_it_before_it_is_gone() {
    for at_opening in [true, false] {
        let (disk, options, before) = closed();
        let other = cell::part(case(3), 0);
        let told = if at_opening {
            damage_journal(&disk, 4);
            damage_journal(&disk, 19);
            damage_store(&options, &other);
            unclean(&disk);
            let (journal, opened) = reopen(&disk, &options);
            assert_eq!(all(&journal), before);
            opened.told
        } else {
            let (mut journal, _) = reopen(&disk, &options);
            damage_journal(&disk, 4);
            damage_journal(&disk, 19);
            damage_store(&options, &other);
            let report = journal.verify().unwrap();
            let told = journal.repair(&report).unwrap();
            assert_eq!(all(&journal), before);
            told
        };
        assert!(told.contains(&Told::Restated { records: 2 }), "{told:?}");
        assert!(told.iter().any(|told| matches!(told, Told::StoreRebuilt { .. })), "{told:?}");
        assert!(!told.iter().any(|told| matches!(told, Told::RecordLost { .. } | Told::Lost { .. })), "{told:?}");
        // And it is whole from the journal alone.
        let options = Options { store: StoreChoice::Memory(MemoryStore::default()), ..options };
        let (journal, _) = reopen(&disk.after_cut(1), &options);
        assert_eq!(all(&journal), before);
    }
}

#[test]
fn a_store_that_lags_behind_does_not_take_later_changes_away() {
    let (mut journal, disk, options) = memory();
    journal.commit(edit(1, json!({"a": 1})), at(1)).unwrap();
    journal.commit(edit(1, json!({"b": 2})), at(2)).unwrap();
    let StoreChoice::Memory(store) = &options.store else { unreachable!() };
    let lagging = store.snapshot();
    journal.commit(edit(1, json!({"c": 3})), at(3)).unwrap();
    drop(journal);
    damage_journal(&disk, 1);
    let options = Options { store: StoreChoice::Memory(lagging), ..options };
    damage_store(&options, &cell::changes(case(1)).into_iter().chain(1_u64.to_be_bytes()).collect::<Vec<_>>());
    let (journal, opened) = reopen(&disk, &options);
    assert!(opened.told.contains(&Told::RecordLost { record: case(1) }), "{:?}", opened.told);
    assert_eq!(journal.get(case(1)).unwrap(), Some(json!({"a": 1, "c": 3})));
}

/// A desk with real files, closed; its folder goes with the first value.
fn on_disk() -> (tempfile::TempDir, PathBuf, Options, Records) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk");
    let options = Options::small(at(0)).of_desk(id(1));
    let (mut journal, _) = Journal::create(&path, Arc::new(RealDisk), options.clone()).unwrap();
    for n in 0..60 {
        journal.commit(edit(n % 20, json!({"n": n, "remarks": format!("経過{n}").repeat(40)})), at(n)).unwrap();
    }
    let before = all(&journal);
    journal.close().unwrap();
    (folder, path, options, before)
}

fn flip(path: &Path, seed: u64) {
    let mut bytes = fs::read(path).unwrap();
    let written = bytes.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1);
    let hash = blake3::hash(&seed.to_be_bytes());
    let place = usize::from_be_bytes(*hash.as_bytes().first_chunk().unwrap()) % written;
    bytes[place] ^= 1 << (seed % 8);
    fs::write(path, bytes).unwrap();
}

#[test]
fn whatever_two_faults_take_away_on_real_files_is_told() {
    for seed in 0..12 {
        let (_folder, path, options, before) = on_disk();
        flip(&path.join("journal/00000001.seg"), seed);
        let store = fs::read_dir(path.join("store-1")).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<PathBuf> =
            store.filter(|path| path.is_file() && fs::metadata(path).unwrap().len() > 0).collect();
        files.sort();
        flip(&files[usize::try_from(seed).unwrap() % files.len()], seed + 100);
        if seed % 2 == 0 {
            fs::remove_file(path.join("clean")).unwrap();
        }
        let (mut journal, opened) = Journal::open(&path, Arc::new(RealDisk), options).unwrap();
        let mut told = opened.told;
        let report = journal.verify().unwrap();
        told.extend(journal.repair(&report).unwrap());
        told.extend(report.told);
        let ranges = told.iter().any(|told| matches!(told, Told::Lost { .. }));
        for (record, value) in &before {
            let whole = journal.get(*record).is_ok_and(|now| now.as_ref() == Some(value));
            let named = told.contains(&Told::RecordLost { record: *record });
            assert!(whole || named || ranges, "seed {seed}: {record} is missing and not told: {told:?}");
        }
    }
}

#[test]
fn folders_that_sled_cannot_open_are_set_aside_and_the_store_is_built_anew() {
    type Spoil = fn(&Path);
    let garbage: Vec<u8> = (0..70_000_u32).map(|n| blake3::hash(&n.to_be_bytes()).as_bytes()[0]).collect();
    let spoils: [(&str, Spoil); 7] = [
        ("an empty conf", |store| fs::write(store.join("conf"), b"").unwrap()),
        ("a conf of nonsense", |store| fs::write(store.join("conf"), b"\xff\xff\xff\xff nonsense").unwrap()),
        ("no conf", |store| fs::remove_file(store.join("conf")).unwrap()),
        ("a short db", |store| fs::write(store.join("db"), b"short").unwrap()),
        ("no db", |store| fs::remove_file(store.join("db")).unwrap()),
        ("a folder in the place of db", |store| {
            fs::remove_file(store.join("db")).unwrap();
            fs::create_dir(store.join("db")).unwrap();
        }),
        ("a file in the place of the folder", |store| {
            fs::remove_dir_all(store).unwrap();
            fs::write(store, b"not a folder").unwrap();
        }),
    ];
    for (name, spoil) in spoils {
        let (_folder, path, options, before) = on_disk();
        spoil(&path.join("store-1"));
        let (journal, opened) = Journal::open(&path, Arc::new(RealDisk), options).unwrap();
        // sled copes with some of it by itself; then there is nothing to tell.
        assert_eq!(all(&journal), before, "{name}: {:?}", opened.told);
        assert!(journal.verify().unwrap().is_sound(), "{name}");
    }
    let (_folder, path, options, before) = on_disk();
    let db = path.join("store-1/db");
    fs::write(&db, &garbage).unwrap();
    let (journal, opened) = Journal::open(&path, Arc::new(RealDisk), options).unwrap();
    let aside = opened
        .told
        .iter()
        .find_map(|told| if let Told::StoreRebuilt { aside, .. } = told { Some(aside.clone()) } else { None });
    assert_eq!(all(&journal), before);
    let aside = aside.unwrap();
    assert!(path.join(&aside).is_dir(), "kept as {aside}");
}

#[test]
fn a_store_that_hangs_is_given_up_at_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    // It waits for a word that never comes while this test holds the other end.
    let (word, wait) = channel::<()>();
    let opened = SledStore::open(&folder.path().join("store-1"), 1 << 20, Duration::from_millis(200), move |_| {
        let _ = wait.recv();
        Ok(())
    });
    assert!(matches!(opened.err(), Some(StoreError::Slow)));
    drop(word);
}
