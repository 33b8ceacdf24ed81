//! Somebody with the files and without a key: tries passphrases, cuts keys, swaps values, puts older ones back. Row 10 of
//! the table (docs/faults.md).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;
use madoguchi::desk::secret::Secret;
use madoguchi::journal::disk::{Disk, read_all};
use madoguchi::journal::faulty::Random;
use madoguchi::journal::format::{RECORD_HEAD, RECORD_MAGIC, RecordHead};
use madoguchi::journal::vault::{Cost, Founding, Newcomer, UnlockError, Unlocked, Vault};
use madoguchi::journal::{FaultyDisk, Journal, MemoryStore, Options, StoreChoice};

#[cfg(target_os = "linux")]
use super::closed::copy;
#[cfg(target_os = "linux")]
use super::program::{desk, file, listed, program, said};
use super::rounds::{figures, rounds};
use super::{Records, all, at, id, save};

const PASSPHRASE: &str = "夜の川に白い橋がかかる秋の朝";
const SAVES: u64 = 30;

struct Sealed {
    disk: FaultyDisk,
    store: MemoryStore,
    /// The store when half of the saves had been made.
    half: MemoryStore,
    records: Records,
}

fn options(store: &MemoryStore, unlocked: &Unlocked) -> Options {
    let store = StoreChoice::Memory(store.clone());
    let seal = Arc::new(unlocked.keyring.clone());
    Options { segment_bytes: 1 << 20, store, seal, ..Options::small(at(0)) }.of_desk(id(7))
}

fn made() -> Sealed {
    let (disk, store) = (FaultyDisk::new(), MemoryStore::default());
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let passphrase = Secret::new(PASSPHRASE);
    let first = Newcomer { operator: id(1), passphrase: &passphrase, second: None, names: &[] };
    let founding = Founding { desk: id(7), demo: false, first, cost: Cost::TEST };
    let (_, unlocked, _) = Vault::create(Path::new("desk"), Arc::clone(&shared), &founding, at(0)).unwrap();
    let (mut journal, _) = Journal::create(Path::new("desk"), shared, options(&store, &unlocked)).unwrap();
    let mut half = store.snapshot();
    for n in 0..SAVES {
        if n == SAVES / 2 {
            half = store.snapshot();
        }
        journal.commit(save(n), at(n)).unwrap();
    }
    let records = all(&journal).unwrap();
    drop(journal);
    Sealed { disk, store, half, records }
}

fn unlock(disk: &FaultyDisk, passphrase: &str, day: i64) -> Result<Unlocked, UnlockError> {
    let mut vault = Vault::load(Path::new("desk"), Arc::new(disk.clone()))?;
    // Days apart, so that the wait after many wrong ones is over.
    vault.unlock(&Secret::new(passphrase), None, at(0) + TimeDelta::days(day))
}

/// Opens the desk with the right passphrase and says whether anything was told; the records are right in any case, or
/// the loss is told.
fn open(disk: &FaultyDisk, store: &MemoryStore, records: &Records, what: &str) -> bool {
    let unlocked = unlock(disk, PASSPHRASE, 900).unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let (mut journal, opened) = Journal::open(Path::new("desk"), Arc::new(disk.clone()), options(store, &unlocked))
        .unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let report = journal.verify().unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let told = opened.told.iter().chain(&report.told).any(madoguchi::journal::Told::is_grave);
    let rebuilt = opened.told.len() > 1;
    journal.repair(&report).unwrap_or_else(|error| panic!("{what}: {error:?}"));
    let now = all(&journal).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!(now == *records || told, "{what}: wrong records in silence");
    told || rebuilt
}

fn segments(disk: &FaultyDisk) -> Vec<PathBuf> {
    disk.paths().into_iter().filter(|path| path.extension().is_some_and(|end| end == "seg")).collect()
}

/// Where the bodies of the records lie: from and to.
fn bodies(bytes: &[u8]) -> Vec<(usize, usize)> {
    let starts = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(&RECORD_MAGIC));
    let found = starts.filter_map(|at| Some((at, RecordHead::decode(&bytes[at..])?.0)));
    found.map(|(at, head)| (at + RECORD_HEAD, at + RECORD_HEAD + usize::try_from(head.length).unwrap())).collect()
}

#[test]
fn whoever_has_the_files_and_no_key_gets_in_nowhere_and_alters_nothing_in_silence() {
    let sealed = made();
    let rounds = rounds(50, 500);
    for round in 0..rounds {
        let mut random = Random(round);
        let (disk, store) = (sealed.disk.copy(), sealed.store.snapshot());
        match round % 5 {
            0 => {
                let wrong = format!("{PASSPHRASE}{}", random.below(1_000));
                for day in 1..4 {
                    let refused = unlock(&disk, &wrong, day);
                    assert!(matches!(refused, Err(UnlockError::Wrong | UnlockError::Wait(_))), "round {round}");
                }
                let unlocked = unlock(&disk, PASSPHRASE, 9).unwrap();
                assert!(unlocked.failures.len() >= 2, "what failed is kept for the access log");
                open(&disk, &store, &sealed.records, "wrong passphrases");
            }
            1 => {
                // One file: the other has it all. Both: refused, and nothing opens.
                let cut = |path: &str, random: &mut Random| {
                    let path = Path::new(path);
                    disk.tamper(path, |bytes| {
                        if random.below(2) == 0 {
                            bytes.truncate(random.below(bytes.len()));
                        } else {
                            let at = random.below(bytes.len());
                            bytes[at] ^= 1 << random.below(8);
                        }
                    })
                };
                assert!(cut("desk/keys", &mut random));
                open(&disk, &store, &sealed.records, "a cut keys file");
                let disk = sealed.disk.copy();
                for path in ["desk/keys", "desk/keys.copy"] {
                    disk.tamper(Path::new(path), |bytes| bytes.truncate(bytes.len() - 1 - random.below(bytes.len())));
                }
                assert!(unlock(&disk, PASSPHRASE, 9).is_err(), "round {round}: cut keys open nothing");
            }
            2 => {
                store.tamper(|cells| {
                    let keys: Vec<_> = cells.keys().cloned().collect();
                    let (a, b) = (random.below(keys.len()), random.below(keys.len()));
                    let (x, y) = (cells[&keys[a]].clone(), cells[&keys[b]].clone());
                    cells.insert(keys[a].clone(), y);
                    cells.insert(keys[b].clone(), x);
                });
                open(&disk, &store, &sealed.records, "swapped values");
            }
            3 => {
                let mut older = Vec::new();
                sealed.half.tamper(|cells| older.extend(cells.iter().map(|(key, value)| (key.clone(), value.clone()))));
                let mut changed = false;
                store.tamper(|cells| {
                    let differing: Vec<_> = older.iter().filter(|(key, old)| cells.get(key) != Some(old)).collect();
                    let (key, old) = differing[random.below(differing.len())];
                    changed = cells.insert(key.clone(), old.clone()).is_some();
                });
                assert!(changed, "an older value was put back");
                assert!(open(&disk, &store, &sealed.records, "an older value"), "round {round}: silent");
            }
            _ => {
                let path = segments(&disk).pop().unwrap();
                let mut swapped = false;
                disk.tamper(&path, |bytes| {
                    let all = bodies(bytes);
                    let pairs: Vec<_> = (0..all.len())
                        .flat_map(|i| (0..i).map(move |j| (i, j)))
                        .filter(|(i, j)| all[*i].1 - all[*i].0 == all[*j].1 - all[*j].0)
                        .collect();
                    let (i, j) = pairs[random.below(pairs.len())];
                    let (x, y) = (bytes[all[i].0..all[i].1].to_vec(), bytes[all[j].0..all[j].1].to_vec());
                    bytes[all[i].0..all[i].1].copy_from_slice(&y);
                    bytes[all[j].0..all[j].1].copy_from_slice(&x);
                    swapped = true;
                });
                // The check of a body needs no key, so both are whole; only their places are wrong.
                assert!(swapped && open(&disk, &store, &sealed.records, "swapped bodies"), "round {round}: silent");
            }
        }
    }
    figures(&format!("without a key: {rounds} rounds, nobody in, nothing altered in silence"));
    let keys = read_all(&sealed.disk, Path::new("desk/keys")).unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&keys).contains(PASSPHRASE));
}

/// Tries that fail are slowed down, restarts do not help, and who then gets in finds them in the access log.
#[cfg(target_os = "linux")]
#[test]
fn wrong_passphrases_are_slowed_down_and_stand_in_the_access_log() {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let data = place.path().join("data");
    desk(place.path(), &data);
    let wrong = place.path().join("wrong");
    std::fs::write(&wrong, "夜の川に橋はない秋の朝").unwrap();
    for n in 0..3 {
        let mut command = program(place.path(), &data, &["case", "list", "--json"]);
        let ended = command.env("MADOGUCHI_PASSPHRASE_FILE", &wrong).output().unwrap();
        assert_eq!((ended.status.code(), ended.stdout.len()), (Some(5), 0), "try {n}: {}", said(&ended));
    }
    // Time goes by as it is asked to: the last try is noted as one of an hour later or earlier.
    let moved = |hours: i64| {
        let path = data.join("attempts");
        let mut noted: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(noted["streak"], 3, "{noted}");
        let last = chrono::DateTime::parse_from_rfc3339(noted["last"].as_str().unwrap()).unwrap();
        noted["last"] = serde_json::json!((last + TimeDelta::hours(hours)).to_rfc3339());
        std::fs::write(&path, noted.to_string()).unwrap();
    };
    // The right one has to wait as well, or the wait would tell which is right. A clock that was put back does not help.
    moved(1);
    let waits = program(place.path(), &data, &["case", "list"]).output().unwrap();
    let sentence = String::from_utf8_lossy(&waits.stderr).into_owned();
    assert!(waits.status.code() == Some(5) && sentence.contains("秒"), "{}", said(&waits));
    moved(-2);
    let log = || {
        let line = ["audit", "--kind", "login-failed", "--json"];
        let output = program(place.path(), &data, &line).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        serde_json::from_slice::<Vec<serde_json::Value>>(&output.stdout).unwrap()
    };
    let tried = log();
    assert_eq!(tried.len(), 3, "{tried:?}");
    assert!(tried.iter().all(|entry| entry["what"] == "access-login-failed"), "{tried:?}");
    assert_eq!(log().len(), tried.len(), "they are noted once");
}

/// The whole store, or the whole journal, of an older copy of the desk is put in place of the newer one.
#[cfg(target_os = "linux")]
#[test]
fn an_older_copy_of_the_store_or_of_the_journal_is_never_taken_for_the_newer_in_silence() {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let data = place.path().join("data");
    desk(place.path(), &data);
    let import = |n: u64, version: u64| {
        let path = file(place.path(), n, version);
        let done = program(place.path(), &data, &["case", "import", path.to_str().unwrap()]).output().unwrap();
        assert!(done.status.success(), "{}", said(&done));
    };
    import(0, 0);
    let older = place.path().join("older");
    copy(&data, &older);
    import(0, 1);
    import(1, 0);
    let newer = listed(place.path(), &data).unwrap();
    for part in ["store-1", "journal"] {
        let desk = place.path().join(format!("with-older-{part}"));
        copy(&data, &desk);
        std::fs::remove_dir_all(desk.join(part)).unwrap();
        copy(&older.join(part), &desk.join(part));
        let checked = program(place.path(), &desk, &["verify"]).output().unwrap();
        let there = listed(place.path(), &desk);
        let told = !checked.status.success() && !checked.stderr.is_empty();
        assert!(there.as_ref() == Ok(&newer) || told, "an older {part}, in silence: {there:?}; {}", said(&checked));
        // What the journal has all of is right again, whatever the store had.
        assert!(part != "store-1" || there == Ok(newer.clone()), "{there:?}");
    }
}
