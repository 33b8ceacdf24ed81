//! Renewal: what was disposed of is nowhere, what was sealed with an old key is sealed with the new one, and a power cut
//! at any moment leaves one or the other.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use super::faulty::Plan;
use super::format::{Body, take};
use super::renew::ranges;
use super::seal::{NoKey, Seal, epoch_of};
use super::store::Store;
use super::tests::{all, at, case, edit, id, operator, reopen};
use super::walk::{Met, segment_numbers, walk};
use super::*;
use crate::desk::record::{Batch, Edit, Kind};

const SECRET: &str = "架空の主訴 0834-00-1234";

/// A seal with epochs and no secrecy: only who may open what is looked at here.
#[derive(Clone)]
struct Toy {
    newest: Arc<AtomicU32>,
    oldest: Arc<AtomicU32>,
}

impl Toy {
    fn new() -> Self {
        Self { newest: Arc::new(AtomicU32::new(1)), oldest: Arc::new(AtomicU32::new(1)) }
    }

    fn tag(epoch: u32, place: &[u8], plain: &[u8]) -> [u8; 32] {
        *blake3::hash(&[&epoch.to_le_bytes(), place, plain].concat()).as_bytes()
    }
}

impl Seal for Toy {
    fn epoch(&self) -> u32 {
        self.newest.load(Ordering::Relaxed)
    }

    fn is_open(&self) -> bool {
        true
    }

    fn knows(&self, epoch: u32) -> bool {
        (self.oldest.load(Ordering::Relaxed)..=self.epoch()).contains(&epoch)
    }

    fn holds_older(&self) -> bool {
        self.oldest.load(Ordering::Relaxed) < self.epoch()
    }

    fn sealed_len(&self, plain: usize) -> usize {
        36 + plain
    }

    fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, NoKey> {
        let epoch = self.epoch();
        Ok([&epoch.to_le_bytes()[..], &Self::tag(epoch, place, plain), plain].concat())
    }

    fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let epoch = epoch_of(sealed).filter(|epoch| self.knows(*epoch))?;
        let plain = sealed.get(36..)?;
        (take(sealed, 4)? == Self::tag(epoch, place, plain)).then(|| plain.to_vec())
    }

    fn blind(&self, epoch: u32, name: &str, key: &[u8]) -> Result<[u8; 16], NoKey> {
        let hash = Self::tag(epoch, name.as_bytes(), key);
        if self.knows(epoch) { take(&hash, 0).ok_or(NoKey) } else { Err(NoKey) }
    }

    fn salt(&self) -> [u8; 16] {
        [9; 16]
    }
}

/// A desk of several segments: case 1 is to go, case 2 stays.
fn desk() -> (Journal, FaultyDisk, Options, Toy) {
    let toy = Toy::new();
    let options = Options {
        store: StoreChoice::Memory(MemoryStore::default()),
        seal: Arc::new(toy.clone()),
        segment_bytes: 4 << 10,
        ..Options::small(at(0)).of_desk(id(1))
    };
    let disk = FaultyDisk::new();
    let (mut journal, _) = Journal::create(Path::new("desk"), Arc::new(disk.clone()), options.clone()).unwrap();
    let number = |n: u32| json!({"number": format!("R8-000{n}"), "complaint": SECRET, "n": 0});
    journal.commit(edit(1, number(1)), at(1)).unwrap();
    let kept = json!({"number": "R8-0002", "complaint": "残す話", "n": 0});
    journal.commit(edit(2, kept), at(1)).unwrap();
    for n in 2..30 {
        journal.commit(edit(1 + n % 2, json!({"n": n})), at(n)).unwrap();
    }
    let look = Batch::new("access-open", operator(), vec![Edit::new(case(1), json!({"reason": SECRET}))]);
    journal.commit(look, at(31)).unwrap();
    journal.drafts().save(id(7), &json!({"draft": true})).unwrap();
    (journal, disk, options, toy)
}

fn dispose_of_case_1(journal: &mut Journal) -> BTreeSet<u64> {
    let numbers = journal.numbers_of(&[case(1)]).unwrap();
    let record = RecordKey::new(Kind::Disposal, id(77));
    let agreed = json!({ check::NUMBERS: ranges(&numbers), "by": operator() });
    let edits = vec![Edit::new(case(1), serde_json::Value::Null), Edit::new(record, agreed)];
    journal.commit(Batch::new("disposal-done", operator(), edits), at(40)).unwrap();
    journal.begin_renewal(&numbers).unwrap();
    numbers
}

fn finish(journal: &mut Journal) {
    let done = (0..200).any(|_| journal.renewal_step().unwrap());
    assert!(done && !journal.is_renewing());
}

/// Every byte that is on the disk or in the store.
fn bytes(disk: &FaultyDisk, options: &Options) -> Vec<u8> {
    let mut out = Vec::new();
    for path in disk.paths() {
        disk.copy().tamper(&path, |bytes| out.extend_from_slice(bytes));
    }
    let StoreChoice::Memory(store) = &options.store else { unreachable!() };
    for (key, value) in store.page(&[], &[255; 3], false, usize::MAX).unwrap() {
        out.extend(key);
        out.extend(value);
    }
    out
}

fn holds_secret(disk: &FaultyDisk, options: &Options) -> bool {
    memchr::memmem::find(&bytes(disk, options), SECRET.as_bytes()).is_some()
}

fn epochs(disk: &FaultyDisk) -> BTreeSet<u32> {
    let folder = Path::new("desk/journal");
    let numbers = segment_numbers(disk, folder).unwrap();
    let mut found = BTreeSet::new();
    walk::<std::io::Error>(disk, folder, &numbers, 0, |met: Met<'_>| {
        if let Some(Body::Sealed(sealed)) = met.head.body_in(met.body) {
            found.extend(epoch_of(sealed));
        }
        Ok(())
    })
    .unwrap();
    found
}

#[test]
fn what_was_disposed_of_is_nowhere_and_the_chain_is_whole() {
    let (mut journal, disk, options, _) = desk();
    assert!(segment_numbers(&disk, Path::new("desk/journal")).unwrap().len() > 2);
    assert!(holds_secret(&disk, &options));
    let kept = journal.get(case(2)).unwrap();
    let numbers = dispose_of_case_1(&mut journal);
    finish(&mut journal);
    assert!(!holds_secret(&disk, &options));
    let look = |journal: &Journal| {
        assert_eq!(journal.get(case(1)).unwrap(), None);
        assert_eq!(journal.get(case(2)).unwrap(), kept);
        assert_eq!(journal.history(case(2)).unwrap().changes.len(), 15);
        assert_eq!(journal.looks(case(1), 9).unwrap(), []);
        let report = journal.verify().unwrap();
        assert!(report.is_sound(), "{:?}", report.told);
        assert_eq!(report.disposed, numbers.iter().copied().collect::<Vec<_>>());
    };
    look(&journal);
    journal.commit(edit(2, json!({"after": true})), at(50)).unwrap();
    journal.undo(operator(), at(51)).unwrap().unwrap();
    drop(journal);
    let (journal, opened) = reopen(&disk, &options);
    assert!(opened.told.iter().all(|told| !told.is_grave()), "{:?}", opened.told);
    assert_eq!(journal.get(case(2)).unwrap(), kept);
    assert_eq!(journal.last_number(2026).unwrap().unwrap().serial, 2);
    assert_eq!(journal.verify().unwrap().told, []);
}

#[test]
fn a_body_that_was_removed_without_a_disposal_is_told() {
    let (journal, disk, options, _) = desk();
    let numbers = ranges(&journal.numbers_of(&[case(1)]).unwrap());
    drop(journal);
    assert_eq!(renew::dispose_in(&disk, Path::new("desk/journal"), &numbers).unwrap(), 16);
    let (journal, _) = reopen(&disk, &options);
    let told = journal.verify().unwrap().told;
    assert!(told.contains(&Told::Gone { first: 1, changes: 16 }), "{told:?}");
}

#[test]
fn after_a_renewal_the_old_key_is_not_needed_any_more() {
    let (mut journal, disk, options, toy) = desk();
    let before = all(&journal);
    toy.newest.store(2, Ordering::Relaxed);
    journal.begin_renewal(&BTreeSet::new()).unwrap();
    // Work goes on meanwhile.
    for n in 0..6 {
        journal.renewal_step().unwrap();
        journal.commit(edit(3, json!({ "n": n })), at(60 + n)).unwrap();
    }
    finish(&mut journal);
    assert_eq!(epochs(&disk), BTreeSet::from([2]));
    toy.oldest.store(2, Ordering::Relaxed);
    let mut look = all(&journal);
    assert_eq!(look.remove(&case(3)), Some(json!({"n": 5})));
    assert_eq!(look, before);
    assert!(journal.verify().unwrap().is_sound());
    assert_eq!(journal.index_at("number", b"R8-0002").unwrap(), [case(2)]);
    drop(journal);
    let (journal, _) = reopen(&disk, &options);
    assert_eq!(journal.drafts().list().unwrap().0.len(), 1);
    assert!(journal.verify().unwrap().is_sound());
}

#[test]
fn a_renewal_that_was_cut_off_is_finished_after_the_next_start() {
    let (journal, disk, options, _) = desk();
    let kept = journal.get(case(2)).unwrap();
    drop(journal);
    let StoreChoice::Memory(store) = &options.store else { unreachable!() };
    let steps = {
        let options = Options { store: StoreChoice::Memory(store.snapshot()), ..options.clone() };
        let disk = disk.after_cut(0);
        let (mut journal, _) = reopen(&disk, &options);
        let before = disk.operations();
        dispose_of_case_1(&mut journal);
        finish(&mut journal);
        disk.operations() - before
    };
    assert!(steps > 20);
    for cut in (1..=steps).step_by(3) {
        let options = Options { store: StoreChoice::Memory(store.snapshot()), ..options.clone() };
        let disk = disk.after_cut(0);
        let (mut journal, _) = reopen(&disk, &options);
        let begun = disk.operations();
        disk.plan(Plan { cut_at: Some(begun + cut), ..Plan::default() });
        let numbers = journal.numbers_of(&[case(1)]).unwrap();
        let agreed = json!({ check::NUMBERS: ranges(&numbers) });
        let record = RecordKey::new(Kind::Disposal, id(77));
        let edits = vec![Edit::new(case(1), serde_json::Value::Null), Edit::new(record, agreed)];
        let agreed = journal.commit(Batch::new("disposal-done", operator(), edits), at(40)).is_ok();
        let begun = agreed && journal.begin_renewal(&numbers).is_ok();
        while begun && matches!(journal.renewal_step(), Ok(false)) {}
        drop(journal);
        let disk = disk.after_cut(cut);
        let (mut journal, opened) = reopen(&disk, &options);
        assert!(opened.told.iter().all(|told| !told.is_grave()), "cut at {cut}: {:?}", opened.told);
        let was_begun = journal.is_renewing();
        if was_begun {
            finish(&mut journal);
        }
        assert_eq!(journal.get(case(2)).unwrap(), kept, "cut at {cut}");
        let report = journal.verify().unwrap();
        assert!(report.is_sound(), "cut at {cut}: {:?}", report.told);
        let gone = !holds_secret(&disk, &options);
        assert!(gone || (!was_begun && !begun), "cut at {cut}: begun, and not finished");
    }
}

#[test]
fn real_files_keep_one_store_and_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("desk");
    let options = Options::small(at(0)).of_desk(id(1));
    let (mut journal, _) = Journal::create(&data, Arc::new(RealDisk), options.clone()).unwrap();
    journal.commit(edit(1, json!({"complaint": SECRET})), at(1)).unwrap();
    journal.commit(edit(2, json!({"complaint": "残す話"})), at(1)).unwrap();
    journal.idle().unwrap();
    dispose_of_case_1(&mut journal);
    finish(&mut journal);
    journal.close().unwrap();
    let mut stores = 0;
    let mut folders = vec![data.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                stores += usize::from(path.file_name().unwrap().to_str().unwrap().starts_with("store-"));
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).unwrap();
                assert!(memchr::memmem::find(&bytes, SECRET.as_bytes()).is_none(), "{}", path.display());
            }
        }
    }
    assert_eq!(stores, 1);
    let (journal, opened) = Journal::open(&data, Arc::new(RealDisk), options).unwrap();
    assert_eq!((opened.told, journal.get(case(1)).unwrap()), (Vec::new(), None));
    assert!(journal.verify().unwrap().is_sound());
}
