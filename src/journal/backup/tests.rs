//! Backups of whole desks: made while saves go on, cut off at every operation, restored, in generations.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::super::disk::{Disk, RealDisk, read_all};
use super::super::faulty::{FaultyDisk, Plan};
use super::super::tests::{all, at, case, edit, id, memory, reopen};
use super::super::{Journal, MemoryStore, Options, StoreChoice};
use super::generations::disposals_name;
use super::*;
use crate::desk::record::{Kind, RecordKey, Stamp};

const STICK: &str = "stick";

fn folder() -> &'static Path {
    Path::new(STICK)
}

pub(super) fn file() -> PathBuf {
    folder().join("控え.backup")
}

/// A desk of several segments with drafts and a file of keys.
pub(super) fn desk() -> (Journal, FaultyDisk, Options) {
    let (_, _, options) = memory();
    let (disk, store) = (FaultyDisk::new(), StoreChoice::Memory(MemoryStore::default()));
    let options = Options { segment_bytes: 4 << 10, store, ..options };
    let (mut journal, _) = Journal::create(Path::new("desk"), Arc::new(disk.clone()), options.clone()).unwrap();
    for n in 0..30 {
        journal.commit(edit(n % 6, json!({"n": n, "remarks": format!("架空の経過{n}").repeat(20)})), at(n)).unwrap();
    }
    for n in 1..=2 {
        journal.drafts().save(id(n), &json!({"n": n})).unwrap();
    }
    super::super::disk::replace(&disk, Path::new("desk/keys"), b"slots and epochs").unwrap();
    (journal, disk, options)
}

pub(super) fn made(journal: &Journal, disk: &FaultyDisk) -> Made {
    write(&journal.snapshot().unwrap(), disk, &file(), at(40)).unwrap()
}

/// Restores the file into a folder of another disk and opens it there.
fn restored(disk: &FaultyDisk, path: &Path, to: &FaultyDisk) -> Result<(Journal, Restored), BackupError> {
    let target: Arc<dyn Disk> = Arc::new(to.clone());
    let target = Target { disk: &target, folder: Path::new("new"), who: "uketsuke", now: at(50) };
    let restored = restore(disk, path, &target)?;
    let store = StoreChoice::Memory(MemoryStore::default());
    let options = Options { store, ..Options::small(at(50)) };
    let (journal, opened) = Journal::open(Path::new("new"), Arc::new(to.clone()), options).unwrap();
    assert!(opened.told.iter().all(|told| !told.is_grave()), "{:?}", opened.told);
    Ok((journal, restored))
}

#[test]
fn what_was_saved_before_is_restored_and_nothing_else() {
    let (mut journal, disk, _) = desk();
    let before: BTreeMap<RecordKey, Value> = all(&journal);
    let seq = journal.log.chain().seq;
    let snapshot = journal.snapshot().unwrap();
    // Saves do not wait for a backup, into new segments too, and are not in it.
    for n in 30..60 {
        journal.commit(edit(n, json!({"remarks": "後から".repeat(200)})), at(n)).unwrap();
    }
    let made = write(&snapshot, &disk, &file(), at(61)).unwrap();
    drop(snapshot);
    assert_eq!((made.checked.manifest.seq, made.checked.changes), (seq, seq));
    assert!(made.checked.damage.is_empty() && made.bytes > 10_000);
    assert_eq!(look(&disk, &file()).unwrap(), made.checked.manifest);
    assert_eq!(check(&disk, &file()).unwrap(), made.checked);
    let elsewhere = FaultyDisk::new();
    let (copy, restored) = restored(&disk, &file(), &elsewhere).unwrap();
    assert_eq!(all(&copy), before);
    assert_eq!((copy.desk(), copy.log.chain().seq), (journal.desk(), seq));
    assert_eq!(restored.checked, made.checked);
    assert!(copy.verify().unwrap().is_sound());
    assert_eq!(copy.drafts().list().unwrap().0.len(), 2);
    let keys = read_all(&elsewhere, Path::new("new/keys")).unwrap().unwrap();
    assert_eq!(keys, b"slots and epochs");
    // The chain is the same one: what was saved later follows.
    assert_eq!(blake3::Hash::from(copy.log.chain().hash).to_hex().as_str(), made.checked.manifest.head);
}

#[test]
fn a_desk_at_rest_is_backed_up_without_opening_it() {
    let (journal, disk, _) = desk();
    let before = all(&journal);
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let at_rest = || Snapshot::at_rest(Arc::clone(&shared), Path::new("desk"), "uketsuke", at(50));
    assert!(matches!(at_rest().err(), Some(BackupError::Desk(super::super::OpenError::OpenElsewhere { .. }))));
    journal.close().unwrap();
    let snapshot = at_rest().unwrap();
    assert_eq!(snapshot.seq(), 30);
    write(&snapshot, &disk, &file(), at(51)).unwrap();
    drop(snapshot);
    let (copy, _) = restored(&disk, &file(), &FaultyDisk::new()).unwrap();
    assert_eq!(all(&copy), before);
    let none = Snapshot::at_rest(shared, Path::new("none"), "uketsuke", at(50)).err().unwrap();
    assert!(matches!(none, BackupError::Desk(super::super::OpenError::NoDesk(_))), "{none:?}");
}

#[test]
fn one_claim_at_a_time() {
    let (journal, ..) = desk();
    let snapshot = journal.snapshot();
    assert!(snapshot.is_some() && journal.snapshot().is_none() && journal.claims().take().is_none());
    drop(snapshot);
    let rewriting = journal.claims().take();
    assert!(rewriting.is_some() && journal.snapshot().is_none());
}

#[test]
fn an_empty_desk_can_be_backed_up_and_restored() {
    let (journal, disk, _) = memory();
    let made = made(&journal, &disk);
    assert_eq!((made.checked.manifest.seq, made.checked.changes), (0, 0));
    assert!(all(&restored(&disk, &file(), &FaultyDisk::new()).unwrap().0).is_empty());
}

#[test]
fn a_backup_cut_off_at_any_operation_never_takes_the_place_of_a_good_one() {
    let (mut journal, disk, _) = desk();
    let old = made(&journal, &disk).checked;
    let now = at(61);
    journal.commit(edit(1, json!({"remarks": "新しい"})), at(60)).unwrap();
    let snapshot = |disk: &FaultyDisk| on(disk, journal.snapshot().unwrap());
    let steps = {
        let disk = disk.copy();
        disk.plan(Plan::default());
        write(&snapshot(&disk), &disk, &file(), now).unwrap();
        disk.operations()
    };
    assert!(steps >= 6, "{steps}");
    for step in 1..=steps {
        for seed in 0..6 {
            let cut = disk.copy();
            cut.plan(Plan { cut_at: Some(step), ..Plan::default() });
            assert!(write(&snapshot(&cut), &cut, &file(), now).is_err());
            let after = check(&cut.after_cut(seed), &file()).unwrap();
            assert!(after == old || after.manifest.seq == old.manifest.seq + 1, "cut at {step}, seed {seed}");
        }
        for plan in [
            Plan { fail_at: Some(step), ..Plan::default() },
            Plan { fail_at: Some(step), lasting: true, torn: true, ..Plan::default() },
        ] {
            let failing = disk.copy();
            failing.plan(plan);
            assert!(write(&snapshot(&failing), &failing, &file(), now).is_err());
            let after = check(&failing, &file()).unwrap();
            // Only the last step, after the rename, can fail with the new one in its place.
            assert!(after == old || step == steps, "failed at {step}");
        }
    }
}

/// The same snapshot of a copy of its disk.
fn on(disk: &FaultyDisk, snapshot: Snapshot) -> Snapshot {
    Snapshot { disk: Arc::new(disk.clone()), ..snapshot }
}

#[test]
fn a_full_stick_is_told_and_left_as_it_was() {
    let (journal, ..) = desk();
    let stick = FaultyDisk::new();
    stick.plan(Plan { room: Some(9_000), ..Plan::default() });
    let error = write(&journal.snapshot().unwrap(), &stick, &file(), at(40)).unwrap_err();
    assert!(matches!(&error, BackupError::Full(path) if path == folder()), "{error:?}");
    assert!(stick.paths().is_empty());
}

#[test]
fn a_restore_goes_nowhere_over_a_desk() {
    let (journal, disk, _) = desk();
    made(&journal, &disk);
    let before = all(&journal);
    journal.close().unwrap();
    let target: Arc<dyn Disk> = Arc::new(disk.clone());
    let target = Target { disk: &target, folder: Path::new("desk"), who: "uketsuke", now: at(50) };
    let paths = disk.paths();
    let error = restore(&disk, &file(), &target).unwrap_err();
    assert!(matches!(error, BackupError::Desk(super::super::OpenError::Exists(_))), "{error:?}");
    assert_eq!(disk.paths(), paths);
    let elsewhere = FaultyDisk::new();
    let (copy, _) = restored(&disk, &file(), &elsewhere).unwrap();
    assert_eq!(all(&copy), before);
    // It is open now.
    assert!(matches!(restored(&disk, &file(), &elsewhere).err(), Some(BackupError::Desk(_))));
}

#[test]
fn a_restore_cut_off_at_any_operation_leaves_no_desk_or_a_whole_one() {
    let (journal, disk, _) = desk();
    made(&journal, &disk);
    let before = all(&journal);
    let target = |to: &FaultyDisk| -> Arc<dyn Disk> { Arc::new(to.clone()) };
    let run = |to: &FaultyDisk| {
        let target = target(to);
        restore(&disk, &file(), &Target { disk: &target, folder: Path::new("new"), who: "", now: at(50) })
    };
    let whole = FaultyDisk::new();
    run(&whole).unwrap();
    let steps = whole.operations();
    for step in 1..=steps {
        for seed in 0..4 {
            let cut = FaultyDisk::new();
            cut.plan(Plan { cut_at: Some(step), ..Plan::default() });
            assert!(run(&cut).is_err() || step == steps, "cut at {step}");
            let after = cut.after_cut(seed);
            if !super::super::exists(Path::new("new"), &after).unwrap() {
                // Again, over what the first attempt left.
                run(&after).unwrap();
            }
            let store = StoreChoice::Memory(MemoryStore::default());
            let options = Options { store, ..Options::small(at(50)) };
            let (copy, opened) = Journal::open(Path::new("new"), Arc::new(after.clone()), options).unwrap();
            assert!(opened.told.iter().all(|told| !told.is_grave()), "cut at {step}: {:?}", opened.told);
            assert_eq!(all(&copy), before, "cut at {step}, seed {seed}");
            assert!(read_all(&after, Path::new("new/keys")).unwrap().is_some(), "cut at {step}, seed {seed}");
        }
    }
}

#[test]
fn a_damaged_journal_is_backed_up_told_and_hides_no_older_backup() {
    let (journal, disk, options) = desk();
    let first = keep(&journal.snapshot().unwrap(), &disk, folder(), Keep { daily: 1, weekly: 1 }, at(40)).unwrap();
    journal.close().unwrap();
    let bytes = read_all(&disk, Path::new("desk/journal/00000002.seg")).unwrap().unwrap();
    let record = memchr::memmem::find_iter(&bytes, &super::super::format::RECORD_MAGIC).nth(1).unwrap();
    disk.tamper(Path::new("desk/journal/00000002.seg"), |bytes| bytes[record + 180] ^= 1);
    let (journal, _) = reopen(&disk, &options);
    let (day, week) = (60 * 60 * 24, 60 * 60 * 24 * 8);
    for later in [day, 2 * day, week] {
        let kept =
            keep(&journal.snapshot().unwrap(), &disk, folder(), Keep { daily: 1, weekly: 1 }, at(later)).unwrap();
        assert!(!kept.made.checked.damage.is_empty());
        assert!(kept.removed.is_empty());
    }
    assert_eq!(generations(&disk, folder(), journal.desk()).unwrap().len(), 4);
    assert!(check(&disk, &folder().join(first.generation.to_string())).unwrap().damage.is_empty());
}

#[test]
fn generations_come_and_go_and_other_files_stay() {
    let (journal, disk, _) = desk();
    let day = 60 * 60 * 24;
    let put = |name: &str| super::super::disk::replace(&disk, &folder().join(name), b"x").unwrap();
    let other = Generation::new(Id::from_bytes([9; 16]), at(0).naive_local(), Rank::Daily);
    let broken = Generation::new(journal.desk(), at(0).naive_local(), Rank::Daily);
    let leftover = format!("{broken}.new");
    for name in ["写真.jpg", &other.to_string(), &broken.to_string(), &leftover] {
        put(name);
    }
    for n in 0..40 {
        keep(&journal.snapshot().unwrap(), &disk, folder(), Keep::default(), at(n * day)).unwrap();
    }
    let all = generations(&disk, folder(), journal.desk()).unwrap();
    let count = |rank| all.iter().filter(|generation| generation.rank == rank && **generation != broken).count();
    assert_eq!((count(Rank::Daily), count(Rank::Weekly)), (7, 5));
    assert!(all.is_sorted_by(|a, b| a > b));
    let names = disk.names(folder()).unwrap();
    assert!(names.contains(&"写真.jpg".to_owned()) && names.contains(&other.to_string()));
    assert!(names.contains(&broken.to_string()), "what does not read is told and not removed");
    assert!(!names.contains(&leftover));
    let (good, bad) = newest_good(&disk, folder(), journal.desk()).unwrap();
    assert_eq!((good, bad.len()), (all.first().copied(), 0));
    let newest = folder().join(all[0].to_string());
    disk.tamper(&newest, |bytes| bytes.truncate(5_000));
    let (good, bad) = newest_good(&disk, folder(), journal.desk()).unwrap();
    assert_eq!((good, bad.len()), (all.get(1).copied(), 1));
    let inside = keep(&journal.snapshot().unwrap(), &disk, Path::new("desk/backups"), Keep::default(), at(0));
    assert!(matches!(inside, Err(BackupError::Inside(_))));
}

#[test]
fn rotation_cut_off_at_any_operation_leaves_a_good_backup() {
    let (journal, disk, _) = desk();
    let day = 60 * 60 * 24;
    let limit = Keep { daily: 1, weekly: 1 };
    for n in 0..2 {
        keep(&journal.snapshot().unwrap(), &disk, folder(), limit, at(n * day)).unwrap();
    }
    let run = |disk: &FaultyDisk| keep(&on(disk, journal.snapshot().unwrap()), disk, folder(), limit, at(2 * day));
    let steps = {
        let disk = disk.copy();
        run(&disk).unwrap();
        disk.operations()
    };
    for step in 1..=steps {
        for seed in 0..4 {
            let cut = disk.copy();
            cut.plan(Plan { cut_at: Some(step), ..Plan::default() });
            let _ = run(&cut);
            let after = cut.after_cut(seed);
            let (good, bad) = newest_good(&after, folder(), journal.desk()).unwrap();
            assert!(good.is_some() && bad.is_empty(), "cut at {step}, seed {seed}: {bad:?}");
            run(&after).unwrap();
            assert!(!after.names(folder()).unwrap().iter().any(|name| name.contains(".new")));
        }
    }
}

#[test]
fn a_drill_restores_compares_and_tells_what_differs() {
    let (mut journal, disk, _) = desk();
    made(&journal, &disk);
    journal.commit(edit(1, json!({"remarks": "後から"})), at(60)).unwrap();
    let run = |snapshot: &Snapshot| {
        let target: Arc<dyn Disk> = Arc::new(FaultyDisk::new());
        drill(snapshot, &disk, &file(), &Target { disk: &target, folder: Path::new("drill"), who: "", now: at(70) })
    };
    let good = run(&journal.snapshot().unwrap()).unwrap();
    assert!(good.is_good(), "{good:?}");
    assert_eq!((good.changes, good.opened), (30, Some(OpenedDrill { records: 6, cases: 6, sound: true })));
    // A desk of the same identity that went another way, and one of another identity.
    let (disk, store) = (FaultyDisk::new(), StoreChoice::Memory(MemoryStore::default()));
    let options = Options { store, ..Options::small(at(0)) };
    for (who, same) in [(id(1), true), (id(2), false)] {
        let folder = PathBuf::from(format!("other{same}"));
        let (mut other, _) = Journal::create(&folder, Arc::new(disk.clone()), options.clone().of_desk(who)).unwrap();
        for n in 0..40 {
            other.commit(edit(n, json!({"n": n + 1})), at(n)).unwrap();
        }
        let drilled = run(&other.snapshot().unwrap());
        if same {
            let drilled = drilled.unwrap();
            assert!(!drilled.same_chain && !drilled.is_good());
        } else {
            assert!(matches!(drilled, Err(BackupError::OtherDesk(_))));
        }
        if let StoreChoice::Memory(store) = &options.store {
            store.tamper(BTreeMap::clear);
        }
    }
}

#[test]
fn the_list_of_disposals_goes_with_the_backups() {
    let (journal, disk, _) = desk();
    let mut ours = Disposals::none(journal.desk());
    let changes: Vec<Stamp> = [2, 8].map(|ms| Stamp { ms, ..Stamp::default() }).into();
    ours.add(Disposal { at: at(1), id: id(70), records: vec![case(1)], changes: changes.clone() });
    ours.save(&disk, Path::new("desk/disposals")).unwrap();
    keep(&journal.snapshot().unwrap(), &disk, folder(), Keep::default(), at(40)).unwrap();
    let beside = folder().join(disposals_name(journal.desk()));
    assert_eq!(Disposals::load(&disk, &beside, journal.desk()).unwrap(), ours);
    assert_eq!(ours.changes().into_iter().collect::<Vec<_>>(), changes);
    assert!(ours.has(id(70)) && !ours.has(id(71)));
    assert!(matches!(Disposals::load(&disk, &beside, id(99)), Err(BackupError::OtherDesk(_))));
    for byte in 0..read_all(&disk, &beside).unwrap().unwrap().len() {
        let copy = disk.copy();
        copy.tamper(&beside, |bytes| bytes[byte] ^= 2);
        if let Ok(read) = Disposals::load(&copy, &beside, journal.desk()) {
            assert_eq!(read, ours, "byte {byte}");
        }
    }
}

#[test]
fn an_older_backup_is_restored_without_what_was_disposed_of_since() {
    let (journal, disk, _) = desk();
    keep(&journal.snapshot().unwrap(), &disk, folder(), Keep::default(), at(40)).unwrap();
    let name = generations(&disk, folder(), journal.desk()).unwrap()[0].to_string();
    let changes: Vec<Stamp> = journal.history(case(1)).unwrap().changes.iter().map(|change| change.stamp).collect();
    let mut ours = Disposals::none(journal.desk());
    ours.add(Disposal { at: at(50), id: id(70), records: vec![case(1)], changes: changes.clone() });
    ours.save(&disk, Path::new("desk/disposals")).unwrap();
    // The next backup brings the list to the older ones.
    keep(&journal.snapshot().unwrap(), &disk, folder(), Keep::default(), at(60 * 60 * 24)).unwrap();
    let elsewhere = FaultyDisk::new();
    let (copy, restored) = restored(&disk, &folder().join(name), &elsewhere).unwrap();
    assert_eq!(restored.disposed, 5);
    let mut expected = all(&journal);
    expected.remove(&case(1));
    assert_eq!(all(&copy), expected);
    assert_eq!(copy.log.chain(), journal.log.chain());
    let (text, other) = ("架空の経過1架空".as_bytes(), "架空の経過2架空".as_bytes());
    let found = |text: &[u8]| {
        elsewhere.paths().iter().any(|path| {
            let bytes = read_all(&elsewhere, path).unwrap().unwrap();
            memchr::memmem::find(&bytes, text).is_some()
        })
    };
    assert!(!found(text) && found(other));
    assert!(
        Disposals::load(&elsewhere, Path::new("new/disposals"), copy.desk()).unwrap().changes().iter().eq(&changes)
    );
}

#[test]
fn on_real_files_too() {
    let (data, stick, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let options = Options::small(at(0)).of_desk(id(1));
    let (mut journal, _) = Journal::create(data.path(), Arc::clone(&disk), options.clone()).unwrap();
    for n in 0..10 {
        journal.commit(edit(n, json!({"remarks": "架空"})), at(n)).unwrap();
    }
    let kept = keep(&journal.snapshot().unwrap(), &RealDisk, stick.path(), Keep::default(), at(20)).unwrap();
    let path = stick.path().join(kept.generation.to_string());
    assert_eq!(check(&RealDisk, &path).unwrap(), kept.made.checked);
    let to = new.path().join("窓口");
    restore(&RealDisk, &path, &Target { disk: &disk, folder: &to, who: "", now: at(21) }).unwrap();
    let (copy, _) = Journal::open(&to, Arc::clone(&disk), options).unwrap();
    assert_eq!(all(&copy), all(&journal));
    assert_eq!(copy.each(Kind::Case).count(), 10);
    let missing = keep(&journal.snapshot().unwrap(), &RealDisk, &stick.path().join("抜いた"), Keep::default(), at(22));
    assert!(matches!(missing, Err(BackupError::FolderMissing(_))));
    assert!(!stick.path().join("抜いた").exists(), "an empty mount point is never filled");
    assert!(matches!(check(&RealDisk, stick.path()), Err(BackupError::NotABackup(_))));
}
