//! Disposals are carried out whatever happens between agreeing and removing, and no backup brings anything back.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::backup::{BackupError, Keep, Snapshot, Target, generations, keep, restore};
use super::disk::read_all;
use super::disposals::{Going, Settled};
use super::tests::{at, case, edit, id, operator, reopen};
use super::*;
use crate::desk::record::{Batch, Edit, Kind};

const SECRET: &str = "架空の主訴 0834-00-1234";
const STICK: &str = "stick";

fn memory_options() -> Options {
    let store = StoreChoice::Memory(MemoryStore::default());
    Options { store, segment_bytes: 4 << 10, ..Options::small(at(0)).of_desk(id(1)) }
}

/// A desk with a case that is to go and one that stays, and a stick for its backups.
fn desk() -> (Journal, FaultyDisk, Options) {
    let (disk, options) = (FaultyDisk::new(), memory_options());
    let (mut journal, _) = Journal::create(Path::new("desk"), Arc::new(disk.clone()), options.clone()).unwrap();
    disk.create_folder(Path::new(STICK)).unwrap();
    for n in 1..=2 {
        let text = if n == 1 { SECRET } else { "残す話" };
        journal.commit(edit(n, json!({"number": format!("R1-000{n}"), "complaint": text})), at(n)).unwrap();
    }
    for n in 3..20 {
        journal.commit(edit(1 + n % 2, json!({"n": n, "old": null})), at(n)).unwrap();
    }
    journal
        .commit(Batch::new("access-open", operator(), vec![Edit::new(case(1), json!({"reason": SECRET}))]), at(21))
        .unwrap();
    (journal, disk, options)
}

fn agreement(going: &Going) -> Batch {
    let record = RecordKey::new(Kind::Disposal, id(77));
    let agreed = json!({"approved_at": at(40), "numbers": going.numbers(), "cases": {id(1).to_string(): {}}});
    let cases = going.records.iter().map(|key| Edit::new(*key, Value::Null));
    Batch::new("disposal-done", operator(), cases.chain([Edit::new(record, agreed)]).collect())
}

fn dispose(journal: &mut Journal) -> Going {
    let going = journal.going(vec![case(1)]).unwrap();
    let (_, failed) = journal.dispose(agreement(&going), id(77), &going, at(40)).unwrap();
    assert!(failed.is_none(), "{failed:?}");
    going
}

fn finish(journal: &mut Journal) {
    assert!((0..200).any(|_| journal.renewal_step().unwrap()));
}

fn holds_secret(disk: &FaultyDisk, under: &str) -> bool {
    let secret = SECRET.as_bytes();
    disk.paths()
        .iter()
        .filter(|path| path.starts_with(under))
        .any(|path| memchr::memmem::find(&read_all(disk, path).unwrap().unwrap(), secret).is_some())
}

fn backup(journal: &Journal, disk: &FaultyDisk, minute: u32) {
    keep(&journal.snapshot().unwrap(), disk, Path::new(STICK), Keep::default(), at(minute * 60)).unwrap();
}

/// The oldest backup (or the newest) in a folder of its own, open.
fn restored(journal: &Journal, disk: &FaultyDisk, newest: bool, to: &str) -> (Journal, bool) {
    let all = generations(disk, Path::new(STICK), journal.desk()).unwrap();
    let name = if newest { all.first() } else { all.last() }.unwrap().to_string();
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let target = Target { disk: &shared, folder: Path::new(to), who: "uketsuke", now: at(50) };
    let restored = restore(disk, &Path::new(STICK).join(name), &target).unwrap();
    let (journal, _) = Journal::open(Path::new(to), shared, memory_options()).unwrap();
    (journal, restored.list_damaged)
}

#[test]
fn a_disposal_is_agreed_to_carried_out_and_listed() {
    let (mut journal, disk, options) = desk();
    let going = dispose(&mut journal);
    assert_eq!(going.changes.len(), 10);
    finish(&mut journal);
    assert!(!holds_secret(&disk, "desk"));
    let list = journal.disposals().unwrap();
    assert!(list.has(id(77)) && list.changes().iter().eq(going.changes.values()));
    assert_eq!(journal.settle_disposals(at(41)).unwrap(), Settled::default());
    drop(journal);
    let (mut journal, _) = reopen(&disk, &options);
    assert_eq!(journal.settle_disposals(at(42)).unwrap(), Settled::default());
    assert!(!journal.is_renewing() && journal.verify().unwrap().is_sound());
    assert_eq!(journal.get(case(1)).unwrap(), None);
    assert!(journal.get(case(2)).unwrap().is_some());
}

#[test]
fn what_was_agreed_to_before_a_power_cut_is_carried_out_after_it() {
    let (mut journal, disk, options) = desk();
    let going = journal.going(vec![case(1)]).unwrap();
    journal.commit(agreement(&going), at(40)).unwrap();
    drop(journal);
    let (mut journal, _) = reopen(&disk, &options);
    assert!(holds_secret(&disk, "desk"));
    let settled = journal.settle_disposals(at(41)).unwrap();
    assert_eq!(settled, Settled { resumed: 1, ..Settled::default() });
    finish(&mut journal);
    assert!(!holds_secret(&disk, "desk"));
    let list = journal.disposals().unwrap();
    assert!(list.changes().iter().eq(going.changes.values()));
    assert_eq!(list.all().next().unwrap().records, [case(1)]);
    assert_eq!(journal.settle_disposals(at(42)).unwrap(), Settled::default());
}

#[test]
fn an_undo_brings_nothing_back_while_the_text_is_still_there() {
    let (mut journal, disk, options) = desk();
    // Taking this back would write the text again.
    journal.commit(edit(1, json!({"complaint": null})), at(30)).unwrap();
    let going = journal.going(vec![case(1)]).unwrap();
    journal.commit(agreement(&going), at(40)).unwrap();
    assert_eq!(journal.undo(operator(), at(41)).unwrap(), None);
    assert_eq!(journal.get(case(1)).unwrap(), None);
    drop(journal);
    let (mut journal, _) = reopen(&disk, &options);
    journal.settle_disposals(at(42)).unwrap();
    finish(&mut journal);
    // What is left can be taken back as ever.
    while let Some(back) = journal.undo(operator(), at(43)).unwrap() {
        assert!(back.receipt.records.iter().all(|(key, _)| *key != case(1)));
    }
    assert!(!holds_secret(&disk, "desk") && journal.verify().unwrap().is_sound());
}

#[test]
fn an_older_backup_is_restored_without_it_and_agrees_to_it() {
    let (mut journal, disk, _) = desk();
    backup(&journal, &disk, 1);
    dispose(&mut journal);
    journal.list_disposals_in(Path::new(STICK)).unwrap();
    finish(&mut journal);
    let (mut copy, list_damaged) = restored(&journal, &disk, false, "new");
    assert!(!list_damaged && !holds_secret(&disk, "new"));
    assert!(copy.verify().unwrap().told.iter().any(|told| matches!(told, Told::Gone { .. })));
    let settled = copy.settle_disposals(at(60)).unwrap();
    assert_eq!(settled, Settled { restored: 1, ..Settled::default() });
    assert!(!copy.is_renewing() && copy.verify().unwrap().is_sound());
    assert_eq!(copy.get(case(1)).unwrap(), None);
    assert_eq!(copy.get(case(2)).unwrap(), journal.get(case(2)).unwrap());
    assert_eq!(copy.settle_disposals(at(61)).unwrap(), Settled::default());
    // The restored desk gives numbers to new changes that the old one gave to others: those must not go.
    for n in 0..20 {
        copy.commit(edit(3, json!({"n": n, "text": "復元してからの話"})), at(70 + n)).unwrap();
    }
    let kept = copy.get(case(3)).unwrap();
    backup(&copy, &disk, 100);
    let (mut again, _) = restored(&copy, &disk, true, "newer");
    assert_eq!(again.settle_disposals(at(200)).unwrap(), Settled::default());
    assert_eq!((again.get(case(3)).unwrap(), again.history(case(3)).unwrap().changes.len()), (kept, 20));
    assert!(again.verify().unwrap().is_sound());
}

#[test]
fn a_backup_without_keys_in_the_midst_of_a_removal_holds_nothing_of_it() {
    for steps in 0..200 {
        let (mut journal, disk, options) = desk();
        dispose(&mut journal);
        let done = (0..steps).any(|_| journal.renewal_step().unwrap());
        drop(journal);
        let removed = !holds_secret(&disk, "desk");
        assert!(removed || !done, "{steps} steps");
        let shared: Arc<dyn Disk> = Arc::new(disk.clone());
        let at_rest = Snapshot::at_rest(shared, Path::new("desk"), "uketsuke", at(50)).unwrap();
        keep(&at_rest, &disk, Path::new(STICK), Keep::default(), at(51)).unwrap();
        drop(at_rest);
        assert!(!holds_secret(&disk, STICK), "{steps} steps");
        // The text is gone from the desk too, and the next start only has to finish.
        assert!(!holds_secret(&disk, "desk"), "{steps} steps");
        let (mut journal, _) = reopen(&disk, &options);
        journal.settle_disposals(at(52)).unwrap();
        if journal.is_renewing() {
            finish(&mut journal);
        }
        assert!(journal.verify().unwrap().is_sound() && journal.get(case(2)).unwrap().is_some(), "{steps} steps");
        assert!(steps > 0 || !removed, "the text was there before the first step");
        if done {
            assert!(steps > 3, "a removal of one step cannot be met in its midst");
            return;
        }
    }
    panic!("a removal takes more than 200 steps");
}

#[test]
fn a_damaged_list_is_made_anew_and_keeps_nobody_from_restoring() {
    let (mut journal, disk, options) = desk();
    backup(&journal, &disk, 1);
    let going = dispose(&mut journal);
    finish(&mut journal);
    journal.list_disposals_in(Path::new(STICK)).unwrap();
    drop(journal);
    let lists: Vec<_> = disk.paths().into_iter().filter(|path| path.to_string_lossy().ends_with("disposals")).collect();
    assert_eq!(lists.len(), 2);
    for list in &lists {
        disk.tamper(list, |bytes| bytes[60] ^= 1);
    }
    let (mut journal, _) = reopen(&disk, &options);
    assert!(matches!(journal.disposals(), Err(BackupError::Damaged { .. })));
    assert!(restored(&journal, &disk, false, "new").1, "restored, and told");
    let settled = journal.settle_disposals(at(60)).unwrap();
    assert_eq!(settled, Settled { resumed: 1, list_damaged: true, ..Settled::default() });
    assert!(!journal.is_renewing(), "nothing of it was there any more");
    assert!(journal.disposals().unwrap().changes().iter().eq(going.changes.values()));
    journal.list_disposals_in(Path::new(STICK)).unwrap();
    assert!(!restored(&journal, &disk, false, "newer").1);
    assert!(!holds_secret(&disk, "newer"));
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let (mut journal, ..) = desk();
    assert!(journal.list_disposals_in(Path::new("none")).is_ok(), "nothing to list");
    dispose(&mut journal);
    let folder = tempfile::tempdir().unwrap();
    let error = journal.disposals().unwrap().merge_into(&RealDisk, &folder.path().join("none")).unwrap_err();
    assert!(matches!(error, BackupError::FolderMissing(_)), "{error:?}");
}
