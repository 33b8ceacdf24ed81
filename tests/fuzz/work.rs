//! What each fuzz target does with the bytes: what the program does with such a file. Nothing here may panic, hang or
//! ask for much memory; what comes out is checked only for what must always hold.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "each target uses its part; a fault must be seen"
)]

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use madoguchi::desk::codebook::Codebook;
use madoguchi::desk::id::Id;
use madoguchi::desk::record::Explain;
use madoguchi::desk::record::{Batch, Edit, Kind, RecordKey};
use madoguchi::desk::secret::Secret;
use madoguchi::exchange::{archive, offices, rows};
use madoguchi::journal::backup::{self, Target};
use madoguchi::journal::disk::Disk;
use madoguchi::journal::format::{BODY_HEAD, RECORD_HEAD, RECORD_MAGIC, SEGMENT_HEAD, body, check as head_check};
use madoguchi::journal::vault::{Cost, Founding, Newcomer, Vault};
use madoguchi::journal::{Clear, Drafts, FaultyDisk, Journal, MemoryStore, Options, StoreChoice};
use madoguchi::keys::Keymap;
use serde_json::json;

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap()
}

/// A table with offices, as the importer takes it: read, compared with an empty directory, made into a batch, and read
/// again over what that gives.
fn table(file: &str, bytes: &[u8]) {
    let readings = match rows::from_bytes(file, bytes) {
        Ok(readings) => readings,
        Err(error) => return drop(error.say()),
    };
    let day: NaiveDate = now().date_naive();
    let mut n = 0_u8;
    let mut new_id = move || {
        n = n.wrapping_add(1);
        Id::from_bytes([n.max(1); 16])
    };
    let plan = offices::plan(&readings, &[], &mut new_id, day);
    let there = offices::after(&[], &plan);
    let _ = plan.batch(Id::from_bytes([9; 16]));
    let again = offices::plan(&readings, &there, &mut new_id, day);
    let _ = again.batch(Id::from_bytes([9; 16]));
    for problem in plan.problems.iter().chain(&plan.skipped).chain(&plan.conflicts) {
        let _ = problem.say();
    }
}

/// A list with commas, in UTF-8 or CP932.
pub fn csv(bytes: &[u8]) {
    table("list.csv", bytes);
}

/// A list with tabs: the bytes stand below a header that is understood.
pub fn tsv(bytes: &[u8]) {
    let mut whole = "名称\t所在地\t電話番号\tサービス\n".as_bytes().to_vec();
    whole.extend_from_slice(bytes);
    table("list.tsv", &whole);
}

/// A list of objects.
pub fn json(bytes: &[u8]) {
    table("list.json", bytes);
}

/// A workbook: the bytes as they are, or, where they begin with `=`, as the parts of one.
pub fn xlsx(bytes: &[u8]) {
    match bytes.strip_prefix(b"=") {
        None => table("list.xlsx", bytes),
        Some(parts) => table("list.xlsx", &workbook(parts)),
    }
}

/// A workbook of one sheet; the bytes are the sheet and, behind a NUL each, the shared texts, the styles and the book.
/// What is not given is as a spreadsheet program writes it.
pub fn workbook(parts: &[u8]) -> Vec<u8> {
    const BOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const LINKS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>"#;
    let mut given = parts.split(|byte| *byte == 0);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut file = |name: &str, bytes: &[u8]| {
        writer.start_file(name, stored).unwrap();
        writer.write_all(bytes).unwrap();
    };
    file("xl/worksheets/sheet1.xml", given.next().unwrap_or_default());
    file("xl/sharedStrings.xml", given.next().unwrap_or(b"<sst></sst>"));
    file("xl/styles.xml", given.next().unwrap_or(b"<styleSheet></styleSheet>"));
    file("xl/workbook.xml", given.next().unwrap_or(BOOK));
    file("xl/_rels/workbook.xml.rels", LINKS);
    file("[Content_Types].xml", TYPES);
    writer.finish().unwrap().into_inner()
}

/// A file of cases, as `case export` writes it.
pub fn cases(bytes: &[u8]) {
    let incoming = match archive::from_bytes("cases.json", bytes) {
        Ok(incoming) => incoming,
        Err(error) => return drop(error.say()),
    };
    let present = archive::Present::default();
    match incoming.plan(&present, &Codebook::default()) {
        Ok(plan) => drop(plan.batch(Id::from_bytes([9; 16]))),
        Err(error) => drop(error.say()),
    }
}

/// A keymap file.
pub fn keymap(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let loaded = Keymap::layered(None, Some(text));
    let _ = loaded.say();
}

fn file(disk: &FaultyDisk, path: &str, bytes: &[u8]) {
    let mut file = disk.open(Path::new(path), true).unwrap();
    file.write_at(0, bytes).unwrap();
}

/// A draft's file: as it is, and with a head that is sound.
pub fn drafts(bytes: &[u8]) {
    let disk = FaultyDisk::new();
    let drafts = Drafts::open(Arc::new(disk.clone()), Arc::new(Clear), Path::new("drafts")).unwrap();
    let id = Id::from_bytes([3; 16]);
    file(&disk, &format!("drafts/{id}.draft"), bytes);
    let (list, told) = drafts.list().unwrap();
    assert_eq!(list.len() + told.len(), 1, "a draft reads, or it is set aside and told");
    for told in told {
        let _ = told.say();
    }
}

/// Segments of 4 KiB: what is damaged is followed by a new segment, and of a larger one a run would do little but write
/// and read zeros.
fn options() -> Options {
    Options { store: StoreChoice::Memory(MemoryStore::default()), segment_bytes: 4 << 10, ..Options::small(now()) }
}

/// Opens a desk whose only segment holds these bytes, reads and checks all of it, repairs it, saves to it.
fn segment(bytes: &[u8]) {
    let disk = FaultyDisk::new();
    file(&disk, "desk/journal/00000001.seg", bytes);
    let shared = Arc::new(disk.clone());
    let (mut journal, opened) = match Journal::open(Path::new("desk"), shared.clone(), options()) {
        Ok(opened) => opened,
        Err(error) => return drop(error.say()),
    };
    for told in opened.told {
        let _ = told.say();
    }
    let report = journal.verify().unwrap();
    journal.repair(&report).unwrap();
    let again = journal.verify().unwrap();
    assert!(!again.needs_repair(), "a repaired desk needs no repair");
    journal.close().unwrap();
    Journal::open(Path::new("desk"), shared, options()).unwrap();
}

/// A segment of the journal: the bytes as they are, and with every check put right, so that what lies behind a sound
/// check is met too.
pub fn journal(bytes: &[u8]) {
    segment(bytes);
    let mut bytes = bytes.to_vec();
    put_right(&mut bytes);
    segment(&bytes);
}

fn put_right(bytes: &mut [u8]) {
    let mut fix = |from: usize, length: usize| {
        let Some(head) = bytes.get_mut(from..from + length) else { return };
        let (said, sum) = head.split_at_mut(length - 8);
        sum.copy_from_slice(&head_check(said));
    };
    fix(0, SEGMENT_HEAD);
    let starts: Vec<usize> = (SEGMENT_HEAD..bytes.len()).filter(|at| bytes[*at..].starts_with(&RECORD_MAGIC)).collect();
    for at in starts {
        let Some(length) = bytes.get(at + 12..at + 16).and_then(|length| length.first_chunk()) else { continue };
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap();
        let from = at + RECORD_HEAD;
        if let Some(found) = from.checked_add(length).and_then(|to| bytes.get_mut(from..to))
            && found.len() > BODY_HEAD
        {
            let right = body(&found[BODY_HEAD..]);
            found.copy_from_slice(&right);
        }
        if let Some(head) = bytes.get_mut(at..at + RECORD_HEAD) {
            let (said, sum) = head.split_at_mut(RECORD_HEAD - 8);
            sum.copy_from_slice(&head_check(said));
        }
    }
}

/// A backup: the bytes as they are, and with the hash at their end put right. Checked, and restored where it passes.
pub fn backup(bytes: &[u8]) {
    restored(bytes);
    if let Some(end) = bytes.len().checked_sub(64) {
        let mut right = bytes[..end].to_vec();
        let hash = blake3::hash(&right).to_hex();
        right.extend_from_slice(hash.as_bytes());
        restored(&right);
    }
}

fn restored(bytes: &[u8]) {
    let (from, path) = (FaultyDisk::new(), Path::new("desk.backup"));
    file(&from, "desk.backup", bytes);
    let looked = backup::look(&from, path).map_err(|error| drop(error.say()));
    let checked = backup::check(&from, path).map_err(|error| drop(error.say()));
    let disk: Arc<dyn Disk> = Arc::new(FaultyDisk::new());
    let target = Target { disk: &disk, folder: Path::new("desk"), who: "", now: now() };
    match backup::restore(&from, path, &target) {
        Ok(_) => {
            assert!(looked.is_ok() && checked.is_ok(), "what is restored passes the check");
            if let Ok((journal, _)) = Journal::open(Path::new("desk"), disk, options()) {
                drop(journal.verify());
            }
        }
        Err(error) => drop(error.say()),
    }
}

/// The keys of a desk: the bytes as they are, and with their checksum put right. Nobody gets in who did not before.
pub fn keys(bytes: &[u8]) {
    unlocked(bytes);
    if let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        let mut right = bytes[..=end].to_vec();
        let sum = blake3::hash(&right).to_hex();
        right.extend_from_slice(sum.as_bytes());
        right.push(b'\n');
        unlocked(&right);
    }
}

const PASSPHRASE: &str = "架空の長い合言葉その一二三";

fn unlocked(bytes: &[u8]) {
    let disk = FaultyDisk::new();
    file(&disk, "desk/keys", bytes);
    let mut vault = match Vault::load(Path::new("desk"), Arc::new(disk)) {
        Ok(vault) => vault,
        Err(error) => return drop(error.say()),
    };
    let _ = (vault.desk(), vault.is_demo(), vault.wait(now()));
    // A slot may ask for much work, within limits: it is done where it is little, as in what `made` makes.
    if memchr::memmem::find(bytes, b"\"memory_kib\":8,").is_some() {
        let wrong = vault.unlock(&Secret::new("この合言葉ではありません"), None, now());
        assert!(wrong.is_err(), "a wrong passphrase opens nothing");
    }
}

/// A small desk's files, as the program writes them: what the targets start from.
pub struct Made {
    pub journal: Vec<u8>,
    pub backup: Vec<u8>,
    pub keys: Vec<u8>,
    pub drafts: Vec<u8>,
}

fn whole(disk: &FaultyDisk, path: &str) -> Vec<u8> {
    madoguchi::journal::disk::read_all(disk, Path::new(path)).unwrap().unwrap()
}

pub fn made() -> Made {
    let (disk, desk) = (FaultyDisk::new(), Id::from_bytes([7; 16]));
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let options = Options { segment_bytes: 1 << 10, ..options() }.of_desk(desk);
    let (mut journal, _) = Journal::create(Path::new("desk"), Arc::clone(&shared), options).unwrap();
    let key = RecordKey::new(Kind::Case, Id::from_bytes([1; 16]));
    for n in 0..3 {
        let edits = vec![Edit::new(key, json!({"n": n})), Edit::new(key, json!({"summary": "架空"}))];
        journal.commit(Batch::new("done-test", Id::from_bytes([9; 16]), edits), now()).unwrap();
    }
    let draft = Id::from_bytes([3; 16]);
    journal.drafts().save(draft, &json!({"complaint": "夜"})).unwrap();
    let passphrase = Secret::new(PASSPHRASE);
    let first = Newcomer { operator: Id::from_bytes([9; 16]), passphrase: &passphrase, second: None, names: &[] };
    let founding = Founding { desk, demo: false, first, cost: Cost::TEST };
    Vault::create(Path::new("desk"), Arc::clone(&shared), &founding, now()).unwrap();
    let snapshot = journal.snapshot().unwrap();
    backup::write(&snapshot, &disk, Path::new("made.backup"), now()).unwrap();
    Made {
        journal: whole(&disk, "desk/journal/00000001.seg"),
        backup: whole(&disk, "made.backup"),
        keys: whole(&disk, "desk/keys"),
        drafts: whole(&disk, &format!("desk/drafts/{draft}.draft")),
    }
}
