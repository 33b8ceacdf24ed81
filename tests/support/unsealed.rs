//! What stands on a disk and in a store for somebody who has the keys: every sealed piece, opened. Where a text is to be
//! gone, it must be in none of them, and in no byte in clear either. A piece that none of the keys opens fails the test: it
//! could hold anything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use madoguchi::desk::id::Id;
use madoguchi::desk::secret::Secret;
use madoguchi::journal::disk::read_all;
use madoguchi::journal::format::{Body, RECORD_HEAD, RECORD_MAGIC, RecordHead};
use madoguchi::journal::seal::Seal;
use madoguchi::journal::store::cell::{self, Cell};
use madoguchi::journal::vault::{Keyring, Vault};
use madoguchi::journal::{Disk, FaultyDisk, MemoryStore};
use memchr::memmem;

/// The keys that a passphrase leads to at this moment. They open what was sealed until now, whatever is forgotten later.
pub fn keys(disk: &FaultyDisk, passphrase: &str, now: DateTime<FixedOffset>) -> Keyring {
    let disk: Arc<dyn Disk> = Arc::new(disk.copy());
    let mut vault = Vault::load(Path::new("desk"), disk).unwrap();
    vault.unlock(&Secret::passphrase(passphrase), None, now).unwrap().keyring
}

/// The files, and `store`, in which a text stands, in clear or behind one of these keys.
pub fn holding(text: &str, disk: &FaultyDisk, store: &MemoryStore, keys: &[Keyring]) -> BTreeSet<String> {
    let sought = memmem::Finder::new(text);
    let says = |bytes: &[u8]| sought.find(bytes).is_some();
    let mut found = BTreeSet::new();
    for path in disk.paths() {
        let bytes = read_all(disk, &path).unwrap().unwrap_or_default();
        let pieces = records(&bytes, keys).chain(draft(&path, &bytes, keys));
        if says(&bytes) || pieces.into_iter().any(|piece| says(&piece)) {
            found.insert(path.display().to_string());
        }
    }
    store.tamper(|cells| {
        let clear = cells.iter().any(|(key, value)| says(key) || says(value));
        if clear || values(cells, keys).iter().any(|value| says(value)) {
            found.insert("store".to_owned());
        }
    });
    found
}

fn open(keys: &[Keyring], place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    keys.iter().find_map(|keys| keys.open(place, sealed))
}

/// The records in a file, a segment's or a backup's (whose members are stored as they are), wherever they begin.
fn records<'a>(bytes: &'a [u8], keys: &'a [Keyring]) -> impl Iterator<Item = Vec<u8>> + 'a {
    memmem::find_iter(bytes, &RECORD_MAGIC).filter_map(|at| {
        let rest = bytes.get(at..)?;
        let (head, _) = RecordHead::decode(rest)?;
        let length = usize::try_from(head.length).unwrap();
        match head.body_in(rest.get(RECORD_HEAD..RECORD_HEAD + length)?)? {
            Body::Sealed(sealed) => Some(open(keys, &head.encode(), sealed).unwrap()),
            Body::Disposed | Body::Clear(_) => None,
        }
    })
}

/// Bytes of a draft's file before what is sealed.
const DRAFT_HEAD: usize = 48;

fn draft(path: &Path, bytes: &[u8], keys: &[Keyring]) -> Option<Vec<u8>> {
    let id: Id = path.file_name()?.to_str()?.strip_suffix(".draft")?.parse().ok()?;
    Some(open(keys, id.bytes(), bytes.get(DRAFT_HEAD..)?).unwrap())
}

/// The values of the records in the store.
fn values(cells: &BTreeMap<Vec<u8>, Vec<u8>>, keys: &[Keyring]) -> Vec<Vec<u8>> {
    let mut sealed: BTreeMap<_, (u64, Vec<u8>)> = BTreeMap::new();
    for (key, bytes) in cells.iter().filter(|(key, _)| key.first() == Some(&b'R')) {
        let (record, part) = cell::part_of(key).unwrap();
        let cell = Cell::decode(key, bytes).unwrap();
        let value = sealed.entry(record).or_default();
        if part == 0 {
            value.0 = cell.seq;
        }
        value.1.extend(cell.payload);
    }
    let whole = sealed.into_iter().filter(|(_, (_, bytes))| !bytes.is_empty());
    whole.map(|(record, (seq, bytes))| open(keys, &cell::change(record, seq), &bytes).unwrap()).collect()
}
