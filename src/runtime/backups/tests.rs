//! The restore drill looks at the keys inside a backup: whoever has to rely on it has no others.

use chrono::DateTime;
use serde_json::json;

use super::*;
use crate::desk::record::{Edit, Kind, RecordKey};
use crate::desk::secret::Secret;
use crate::journal::vault::{Cost, Founding, Newcomer};
use crate::journal::{FaultyDisk, MemoryStore, Options, StoreChoice};
use crate::runtime::entry;

const FIRST: &str = "夜の川に白い橋がかかる秋の朝";
const SECOND: &str = "縁側の猫は雨の日だけ鳴いている";
const STICK: &str = "stick";

fn at(seconds: i64) -> DateTime<FixedOffset> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap().fixed_offset()
}

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn newcomer(operator: u8, passphrase: &Secret) -> Newcomer<'_> {
    Newcomer { operator: id(operator), passphrase, second: None, names: &["見本 花子", "架空窓口"] }
}

/// Keys of their own for a desk of this identity.
fn keys(disk: &FaultyDisk, folder: &str, desk: u8) -> (Vault, Keyring) {
    let passphrase = Secret::passphrase(FIRST);
    let founding = Founding { desk: id(desk), demo: false, first: newcomer(1, &passphrase), cost: Cost::TEST };
    let (vault, unlocked, _) = Vault::create(Path::new(folder), Arc::new(disk.clone()), &founding, at(0)).unwrap();
    (vault, unlocked.keyring)
}

struct Desk {
    disk: FaultyDisk,
    journal: Journal,
    vault: Vault,
    keys: Keyring,
    drills: usize,
}

/// A sealed desk of some cases, with two operators.
fn desk() -> Desk {
    let disk = FaultyDisk::new();
    let (mut vault, keys) = keys(&disk, "desk", 9);
    vault.add(&keys, &newcomer(2, &Secret::passphrase(SECOND)), at(1)).unwrap();
    let store = StoreChoice::Memory(MemoryStore::default());
    let options = entry::behind(&Options { store, ..Options::small(at(2)).of_desk(id(9)) }, &keys);
    let (mut journal, _) = Journal::create(Path::new("desk"), Arc::new(disk.clone()), options).unwrap();
    for n in 0..5 {
        let edit = Edit::new(RecordKey::new(Kind::Case, id(20 + n)), json!({"number": format!("R8-000{n}")}));
        journal.commit(Batch::new("done-edit-case", id(1), vec![edit]), at(3)).unwrap();
    }
    Desk { disk, journal, vault, keys, drills: 0 }
}

impl Desk {
    /// Makes a backup and gives its file.
    fn back_up(&mut self) -> PathBuf {
        let snapshot = snapshot(&mut self.journal).unwrap();
        let kept = backup::keep(&snapshot, &self.disk, Path::new(STICK), Keep::default(), at(10)).unwrap();
        Path::new(STICK).join(kept.generation.to_string())
    }

    fn drill(&mut self) -> Drilled {
        self.drills += 1;
        let snapshot = snapshot(&mut self.journal).unwrap();
        let disk: Arc<dyn Disk> = Arc::new(self.disk.clone());
        let scratch = PathBuf::from(format!("scratch{}", self.drills));
        drill(&disk, (&snapshot, &self.keys), Path::new(STICK), &scratch, at(20)).unwrap().1
    }

    /// What the person is told of the trial.
    fn told(&mut self) -> (bool, &'static str) {
        let drilled = self.drill();
        let (good, say) = (drilled.is_good(), drill_say("x", &drilled));
        // All but the keys is right: it is they that the trial is about.
        assert!(drilled.same_chain && drilled.told.is_empty() && drilled.changes == 5, "{drilled:?}");
        (good, say.key)
    }
}

/// Puts other bytes in the place of both files of keys.
fn put(disk: &FaultyDisk, change: impl Fn(&mut Vec<u8>)) {
    for name in ["keys", "keys.copy"] {
        assert!(disk.tamper(&Path::new("desk").join(name), |bytes| change(bytes)), "{name}");
    }
}

#[test]
fn a_backup_with_the_keys_of_the_desk_is_good() {
    let mut desk = desk();
    desk.back_up();
    assert_eq!(desk.told(), (true, "backup-drill-good"));
    // One of the two files is enough.
    let mut desk = self::desk();
    desk.disk.tamper(Path::new("desk/keys"), |bytes| bytes.truncate(9));
    desk.back_up();
    assert_eq!(desk.told(), (true, "backup-drill-good"));
}

#[test]
fn a_backup_with_damaged_keys_is_told() {
    for damage in [(|bytes: &mut Vec<u8>| bytes.truncate(100)) as fn(&mut Vec<u8>), Vec::clear, |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
    }] {
        let mut desk = desk();
        put(&desk.disk, damage);
        // The backup is sound as a file: it holds what the folder held.
        let file = desk.back_up();
        assert!(backup::check(&desk.disk, &file).unwrap().damage.is_empty());
        assert_eq!(desk.told(), (false, "backup-drill-keys"));
    }
    // Without any there is no backup at all.
    let mut desk = desk();
    for name in ["desk/keys", "desk/keys.copy"] {
        desk.disk.remove(Path::new(name)).unwrap();
    }
    let snapshot = snapshot(&mut desk.journal).unwrap();
    let kept = backup::keep(&snapshot, &desk.disk, Path::new(STICK), Keep::default(), at(10));
    assert!(matches!(kept, Err(BackupError::Damaged { member, .. }) if member == "keys"));
    assert!(desk.disk.names(Path::new(STICK)).unwrap().is_empty());
}

#[test]
fn a_backup_with_the_keys_of_another_desk_is_told() {
    // Of a desk of another identity, and of one that says that it is this one: with the same passphrase.
    for identity in [8, 9] {
        let mut desk = desk();
        keys(&desk.disk, "other", identity);
        let foreign = read_all(&desk.disk, Path::new("other/keys")).unwrap().unwrap();
        put(&desk.disk, |bytes| bytes.clone_from(&foreign));
        desk.back_up();
        assert_eq!(desk.told(), (false, "backup-drill-keys"), "{identity}");
    }
}

#[test]
fn of_a_backup_from_before_an_operator_was_removed_the_keys_cannot_be_said() {
    let mut desk = desk();
    desk.back_up();
    assert!(entry::remove_key(&mut desk.journal, (&mut desk.vault, &desk.keys), id(2)).unwrap());
    // While its key is still at hand the backup opens.
    assert_eq!(desk.told(), (true, "backup-drill-good"));
    assert!((0..200).any(|_| desk.journal.renewal_step().unwrap()));
    entry::retire(&mut desk.vault, &desk.keys).unwrap();
    let drilled = desk.drill();
    assert_eq!((drilled.keys, drilled.opened), (None, None));
    assert_eq!(drill_say("x", &drilled).key, "backup-drill-unopened");
}
