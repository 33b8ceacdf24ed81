//! Sealing a desk of before: everything is there afterwards, nothing is in clear, and a power cut at any moment leaves a
//! desk that can be sealed again or is.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::convert::{is_clear, records, seal_desk};
use super::disk::{Disk, replace};
use super::faulty::Plan;
use super::format::{RECORD_HEAD, RecordHead, SegmentHead, VERSION_CLEAR, genesis, hash};
use super::tests::{all, at, case, id, operator, reopen};
use super::*;
use crate::desk::record::{Change, Kind};

const SECRET: &str = "架空の主訴 0834-00-1234";

/// How drafts and text lay in a draft's file before anything was sealed.
fn clear_draft(value: &Value) -> Vec<u8> {
    let text = serde_json::to_vec(value).unwrap();
    let mut bytes = b"\xf4MDDRF\r\n".to_vec();
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(hash(&text));
    bytes.extend(text);
    bytes
}

/// A desk as the program before wrote it: three segments of batches of two.
fn clear_desk(disk: &FaultyDisk) {
    let desk = id(1);
    let folder = Path::new("desk");
    let file = json!({"format": 1, "desk": desk});
    replace(disk, &folder.join("desk"), file.to_string().as_bytes()).unwrap();
    replace(disk, &folder.join("drafts").join(format!("{}.draft", id(8))), &clear_draft(&json!({"memo": SECRET})))
        .unwrap();
    let (mut prev, mut seq, mut stamp) = (genesis(desk), 0, Stamp::default());
    for number in 1..=3_u32 {
        let mut bytes = SegmentHead { version: VERSION_CLEAR, number, first: seq + 1, desk, prev }.encode();
        for n in 0..4_u32 {
            let mut batch = None;
            for nth in 0..2 {
                seq += 1;
                stamp = stamp.next(u64::from(number * 1000 + n), 7);
                let batch = *batch.get_or_insert(stamp);
                let kind = if nth == 0 { case(n) } else { RecordKey::new(Kind::Operator, operator()) };
                let patch = json!({"number": format!("R8-000{}", n + 1), "complaint": SECRET, "n": seq});
                let change = Change {
                    stamp,
                    batch,
                    at: at(n),
                    desk,
                    operator: operator(),
                    what: "done-test".into(),
                    undoes: None,
                    record: kind,
                    patch,
                    back: Value::Null,
                };
                let text = serde_json::to_vec(&change).unwrap();
                let head = RecordHead {
                    version: VERSION_CLEAR,
                    last: nth == 1,
                    nth,
                    after_damage: false,
                    length: u32::try_from(text.len()).unwrap(),
                    seq,
                    stamp,
                    prev,
                    body: hash(&text),
                };
                prev = hash(&head.encode());
                bytes.extend(head.encode());
                bytes.extend(text);
            }
        }
        bytes.resize(bytes.len() + RECORD_HEAD, 0);
        replace(disk, &folder.join("journal").join(format!("{number:08}.seg")), &bytes).unwrap();
    }
}

/// Not secret, but no clear text either.
struct Turned;

impl Seal for Turned {
    fn epoch(&self) -> u32 {
        1
    }
    fn is_open(&self) -> bool {
        true
    }
    fn knows(&self, epoch: u32) -> bool {
        epoch == 1
    }
    fn sealed_len(&self, plain: usize) -> usize {
        4 + plain
    }
    fn seal(&self, _: &[u8], plain: &[u8]) -> Result<Vec<u8>, seal::NoKey> {
        Ok(1_u32.to_le_bytes().into_iter().chain(plain.iter().map(|b| b ^ 0x55)).collect())
    }
    fn open(&self, _: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        Some(sealed.get(4..)?.iter().map(|b| b ^ 0x55).collect())
    }
    fn blind(&self, _: u32, name: &str, key: &[u8]) -> Result<[u8; 16], seal::NoKey> {
        Clear.blind(0, name, key)
    }
    fn salt(&self) -> [u8; 16] {
        [3; 16]
    }
}

fn options() -> Options {
    let store = StoreChoice::Memory(MemoryStore::default());
    Options { store, seal: Arc::new(Turned), ..Options::small(at(0)) }
}

fn in_clear(disk: &FaultyDisk) -> bool {
    disk.paths().iter().any(|path| {
        let mut found = false;
        disk.copy().tamper(path, |bytes| found = memchr::memmem::find(bytes, "架空".as_bytes()).is_some());
        found
    })
}

fn check_sealed(disk: &FaultyDisk, options: &Options, told: &str) {
    assert!(!in_clear(disk), "{told}: clear text left in {:?}", disk.paths());
    let (journal, _) = reopen(disk, options);
    assert_eq!(all(&journal).len(), 5, "{told}");
    assert_eq!(journal.get(case(3)).unwrap().unwrap()["n"], json!(23), "{told}");
    assert_eq!(journal.history(case(3)).unwrap().changes.len(), 3, "{told}");
    assert_eq!(journal.last_number(2026).unwrap().unwrap().serial, 4);
    assert_eq!(journal.drafts().list().unwrap().0, [(id(8), json!({"memo": SECRET}))], "{told}");
    assert!(journal.verify().unwrap().is_sound(), "{told}");
}

#[test]
fn a_desk_of_before_is_sealed_whole() {
    let disk = FaultyDisk::new();
    clear_desk(&disk);
    let (options, folder) = (options(), Path::new("desk"));
    assert!(is_clear(folder, &disk).unwrap() && in_clear(&disk));
    let refused = Journal::open(folder, Arc::new(disk.clone()), options.clone());
    assert!(matches!(refused, Err(OpenError::InClear(_))));
    let known = records(folder, &disk, &[Kind::Operator]).unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].1["n"], json!(24));
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    assert_eq!(seal_desk(folder, &shared, &options).unwrap(), []);
    assert!(!is_clear(folder, &disk).unwrap());
    check_sealed(&disk, &options, "at once");
}

#[test]
fn a_power_cut_leaves_a_desk_that_can_be_sealed() {
    let steps = {
        let disk = FaultyDisk::new();
        clear_desk(&disk);
        disk.plan(Plan::default());
        let shared: Arc<dyn Disk> = Arc::new(disk.clone());
        seal_desk(Path::new("desk"), &shared, &options()).unwrap();
        disk.operations()
    };
    assert!(steps > 20);
    for cut in 1..=steps {
        let disk = FaultyDisk::new();
        clear_desk(&disk);
        disk.plan(Plan { cut_at: Some(cut), ..Plan::default() });
        let shared: Arc<dyn Disk> = Arc::new(disk.clone());
        let _ = seal_desk(Path::new("desk"), &shared, &options());
        let disk = disk.after_cut(cut);
        let (options, shared): (_, Arc<dyn Disk>) = (options(), Arc::new(disk.clone()));
        if is_clear(Path::new("desk"), &disk).unwrap() {
            let sealed = seal_desk(Path::new("desk"), &shared, &options);
            assert_eq!(sealed.unwrap_or_else(|error| panic!("cut at {cut}: {error}")), [], "cut at {cut}");
        }
        check_sealed(&disk, &options, &format!("cut at {cut}"));
    }
}
