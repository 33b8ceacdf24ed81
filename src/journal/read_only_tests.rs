//! Tests of opening only to read: everything is there, and nothing on the disk changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::tests::{all, at, case, edit, id, memory};
use super::*;
use crate::desk::record::{Batch, Edit};

fn read(disk: &FaultyDisk, options: &Options) -> (Journal, Opened) {
    Journal::open_read_only(Path::new("desk"), Arc::new(disk.clone()), options.clone()).unwrap()
}

/// Every file below the folder, with its bytes and the time at which it was written last.
fn files(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let written = fs::metadata(&path).unwrap().modified().unwrap();
            if path.is_dir() {
                folders.push(path.clone());
                found.insert(path, (Vec::new(), written));
            } else {
                // A locked file cannot be read on Windows.
                let bytes = fs::read(&path).unwrap_or_default();
                found.insert(path, (bytes, written));
            }
        }
    }
    found
}

#[test]
fn a_desk_that_is_open_elsewhere_is_read_and_nothing_on_the_disk_changes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("desk");
    let options = Options { reserve_bytes: 1 << 16, ..Options::small(at(0)).of_desk(id(1)) };
    let (mut journal, _) = Journal::create(&folder, Arc::new(RealDisk), options.clone()).unwrap();
    for n in 0..50 {
        journal.commit(edit(n % 7, json!({"n": n, "remarks": format!("経過{n}").repeat(300)})), at(n)).unwrap();
    }
    journal.drafts().save(id(77), &json!({"complaint": "夜"})).unwrap();
    let before = all(&journal);
    // sled writes in the background; what lies still belongs to us alone.
    journal.close().unwrap();
    let lock = RealDisk.lock(&folder.join("lock")).unwrap();
    assert!(lock.is_some());
    let lying = files(&folder);
    let refused = Journal::open(&folder, Arc::new(RealDisk), options.clone()).err();
    assert!(matches!(refused, Some(OpenError::OpenElsewhere { .. })), "{refused:?}");

    let (mut journal, opened) = Journal::open_read_only(&folder, Arc::new(RealDisk), options).unwrap();
    assert_eq!(opened.told, [Told::OnlyToRead]);
    assert!(journal.is_read_only());
    assert_eq!(all(&journal), before);
    assert_eq!(journal.history(case(3)).unwrap().changes.len(), 7);
    let report = journal.verify().unwrap();
    assert!(report.is_sound(), "{:?}", report.told);
    // Whatever would write is refused, and says so.
    assert!(matches!(journal.commit(edit(1, json!({"n": 0})), at(60)), Err(CommitError::ReadOnly)));
    assert!(matches!(journal.undo(id(900), at(60)), Err(CommitError::ReadOnly)));
    assert!(matches!(journal.repair(&report), Err(OpenError::ReadOnly)));
    assert!(journal.drafts().save(id(78), &json!({})).is_err());
    assert!(journal.drafts().remove(id(77)).is_err());
    assert!(journal.release_reserve().is_err());
    assert!(journal.begin_renewal(&[1].into()).is_err());
    assert!(!journal.renewal_step().unwrap());
    assert_eq!(journal.drafts().count().unwrap(), 1);
    assert_eq!(journal.drafts().list().unwrap().0.len(), 1);
    journal.idle().unwrap();
    journal.close().unwrap();
    assert!(files(&folder) == lying, "a file of the desk changed");
}

#[test]
fn what_another_process_appends_meanwhile_is_seen_up_to_the_last_whole_batch() {
    let (mut journal, disk, options) = memory();
    let Some(first) = journal.commit(edit(1, json!({"n": 1})), at(1)).ok() else { panic!("not saved") };
    assert!(!first.records.is_empty());
    let path = Path::new("desk/journal/00000001.seg");
    let end = |disk: &FaultyDisk| {
        let bytes = disk::read_all(disk, path).unwrap().unwrap();
        bytes.iter().rposition(|byte| *byte != 0).unwrap()
    };
    let from = end(&disk);
    let many = (0..6).map(|n| Edit::new(case(n), json!({"later": "経過".repeat(40)})));
    journal.commit(Batch::new("done-test", id(900), many.collect()), at(2)).unwrap();
    let to = end(&disk);
    // The other process has come as far as any byte of its batch.
    for cut in (from + 1..=to).step_by(97).chain([to]) {
        let then = disk.after_cut(0);
        then.tamper(path, |bytes| bytes[cut + 1..].fill(0));
        let (reader, opened) = read(&then, &options);
        assert_eq!(opened.told, [Told::OnlyToRead], "cut at {cut}");
        let whole = cut >= to;
        assert_eq!(reader.get(case(1)).unwrap().unwrap().get("later").is_some(), whole, "cut at {cut} of {to}");
        assert_eq!(reader.get(case(5)).unwrap().is_some(), whole);
        assert!(reader.verify().unwrap().is_sound());
    }
    // It goes on behind the reader's back, into further segments too: the reader stays at what it saw.
    let (reader, _) = read(&disk, &options);
    let before = all(&reader);
    for n in 0..40 {
        journal.commit(edit(n, json!({"long": "長い".repeat(5_000)})), at(10 + n)).unwrap();
    }
    assert_eq!(all(&reader), before);
    assert!(reader.verify().unwrap().is_sound());
}

#[test]
fn damage_is_told_and_what_stands_around_it_is_read() {
    let (mut journal, disk, options) = memory();
    for n in 0..9 {
        journal.commit(edit(n, json!({"n": n})), at(n)).unwrap();
    }
    journal.close().unwrap();
    let path = Path::new("desk/journal/00000001.seg");
    let bytes = disk::read_all(&disk, path).unwrap().unwrap();
    let fifth = memchr::memmem::find_iter(&bytes, &format::RECORD_MAGIC).nth(4).unwrap();
    disk.tamper(path, |bytes| bytes[fifth + 200] ^= 1);
    disk.tamper(Path::new("desk/desk"), |bytes| bytes[3] ^= 1);
    let (reader, opened) = read(&disk, &options);
    assert!(opened.told.contains(&Told::Lost { first: 5, changes: 1 }), "{:?}", opened.told);
    assert_eq!(all(&reader).len(), 8);
    // The next one who may write finds it as it was.
    let (journal, _) = Journal::open(Path::new("desk"), Arc::new(disk), options).unwrap();
    assert_eq!(all(&journal).len(), 9);
}

#[test]
fn without_a_desk_or_a_key_nothing_is_opened() {
    let disk = FaultyDisk::new();
    let options = Options::small(at(0));
    let none = Journal::open_read_only(Path::new("desk"), Arc::new(disk), options).err();
    assert!(matches!(none, Some(OpenError::NoDesk(_))), "{none:?}");
}
