//! The desk at which every run starts: the demo's, with one operator, none of whose changes can be taken back by her.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, FixedOffset};
use madoguchi::app::hands::Ids;
use madoguchi::app::msg::Setup;
use madoguchi::desk::id::Id;
use madoguchi::desk::record::{Kind, RecordKey};
use madoguchi::desk::secret::Secret;
use madoguchi::journal::vault::{Cost, Founding, Newcomer, Vault};
use madoguchi::journal::{Journal, MemoryStore, Options, StoreChoice};
use madoguchi::runtime::{entry, setup};
use serde_json::json;

use crate::ledger::Records;

pub use madoguchi::journal::FaultyDisk;

/// The moment at which every run starts.
pub fn moment() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-24T09:02:00+09:00").unwrap()
}

/// The data folder.
pub fn folder() -> &'static Path {
    Path::new("desk")
}

/// How the desk is opened.
pub fn options(store: &MemoryStore, now: DateTime<FixedOffset>) -> Options {
    Options { store: StoreChoice::Memory(store.clone()), ..Options::small(now) }
}

/// Everything that is on a disk, read from a copy of it with an empty store.
pub fn read(disk: &FaultyDisk) -> (Journal, Records) {
    let copy = disk.copy();
    let options = behind(disk, &options(&MemoryStore::default(), moment()));
    let (journal, _) = Journal::open(folder(), Arc::new(copy), options).unwrap();
    let records = records(&journal);
    (journal, records)
}

/// The options behind the keys that are on this disk.
fn behind(disk: &FaultyDisk, options: &Options) -> Options {
    let mut vault = Vault::load(folder(), Arc::new(disk.copy())).unwrap();
    let unlocked = vault.unlock(&Secret::passphrase(entry::DEMO), None, moment()).unwrap();
    entry::behind(options, &unlocked.keyring)
}

/// Every record of a journal.
pub fn records(journal: &Journal) -> Records {
    let all = Kind::ALL.into_iter().flat_map(|kind| {
        journal.each(kind).map(move |record| {
            let (id, value) = record.unwrap();
            (RecordKey::new(kind, id), value)
        })
    });
    all.collect()
}

/// The disk and the store at the start, each time anew.
pub fn desk() -> (FaultyDisk, MemoryStore) {
    static DESK: OnceLock<(FaultyDisk, MemoryStore)> = OnceLock::new();
    let (disk, store) = DESK.get_or_init(|| {
        let (disk, store) = (FaultyDisk::new(), MemoryStore::default());
        fill(&disk, &store);
        (disk, store)
    });
    (disk.after_cut(0), store.snapshot())
}

fn fill(disk: &FaultyDisk, store: &MemoryStore) {
    let mut ids = Ids::new([7; 32]);
    let batches = setup::batches(&Setup::Demo, moment(), &mut ids);
    let mut operators = batches.iter().flat_map(|(_, batch)| &batch.edits).filter(|e| e.record.kind == Kind::Operator);
    let me = operators.next().unwrap().record.id;
    let desk = batches.iter().flat_map(|(_, b)| &b.edits).find(|edit| edit.record.kind == Kind::Desk).unwrap();
    let passphrase = Secret::passphrase(entry::DEMO);
    let first = Newcomer { operator: me, passphrase: &passphrase, second: None, names: &[] };
    let founding = Founding { desk: desk.record.id, demo: true, first, cost: Cost::TEST };
    Vault::create(folder(), Arc::new(disk.clone()), &founding, moment()).unwrap();
    let options = behind(disk, &options(store, moment())).of_desk(desk.record.id);
    let (mut journal, _) = Journal::create(folder(), Arc::new(disk.clone()), options).unwrap();
    for (at, mut batch) in batches {
        for edit in &mut batch.edits {
            // What two operators did to one field cannot be taken back by either alone, so there is one.
            if edit.record.kind == Kind::Operator && edit.record.id != me {
                edit.patch["left"] = json!(true);
            }
        }
        batch.operator = Id::from_bytes([99; 16]);
        journal.commit(batch, at).unwrap();
    }
    journal.close().unwrap();
}
