//! The vault as a whole, on a disk that fails when told to, with passphrases that cost nothing.

use super::file::{NAMES, write, write_copy};
use super::primitive::{Hex, random};
use super::*;
use crate::journal::faulty::Plan;
use crate::journal::{FaultyDisk, Seal};

const FOLDER: &str = "desk";
const FIRST: &str = "夜の川に白い橋がかかる秋の朝";
const SECOND: &str = "縁側の猫は雨の日だけ鳴いている";
const THIRD: &str = "坂の上の郵便局まで自転車で九分";

fn at(seconds: i64) -> DateTime<FixedOffset> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap().fixed_offset()
}

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn secret(text: &str) -> Secret {
    Secret::passphrase(text)
}

fn newcomer(operator: u8, passphrase: &Secret) -> Newcomer<'_> {
    Newcomer { operator: id(operator), passphrase, second: None, names: &["見本 花子", "架空窓口"] }
}

fn disk(faulty: &FaultyDisk) -> Arc<dyn Disk> {
    Arc::new(faulty.clone())
}

fn create(faulty: &FaultyDisk) -> (Vault, Keyring, Secret) {
    let passphrase = secret(FIRST);
    let first = newcomer(1, &passphrase);
    let founding = Founding { desk: id(9), demo: false, first, cost: Cost::TEST };
    let (vault, unlocked, key) = Vault::create(Path::new(FOLDER), disk(faulty), &founding, at(0)).unwrap();
    assert_eq!(unlocked.operator, id(1));
    (vault, unlocked.keyring, key)
}

fn load(faulty: &FaultyDisk) -> Vault {
    Vault::load(Path::new(FOLDER), disk(faulty)).unwrap().with_cost(Cost::TEST)
}

fn unlock(faulty: &FaultyDisk, passphrase: &str) -> Result<Unlocked, UnlockError> {
    // No test waits, unless it is about waiting.
    faulty.tamper(&Path::new(FOLDER).join("attempts"), |bytes| {
        let mut attempts: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
        attempts["streak"] = 0.into();
        *bytes = serde_json::to_vec(&attempts).unwrap();
    });
    Vault::load(Path::new(FOLDER), disk(faulty))?.with_cost(Cost::TEST).unlock(&secret(passphrase), None, at(1000))
}

/// Two operators and a recovery key.
fn desk_of_two() -> (FaultyDisk, Vault, Keyring, Secret) {
    let faulty = FaultyDisk::new();
    let (mut vault, keys, key) = create(&faulty);
    vault.add(&keys, &newcomer(2, &secret(SECOND)), at(1)).unwrap();
    (faulty, vault, keys, key)
}

fn document(faulty: &FaultyDisk) -> Document {
    file::read(faulty, Path::new(FOLDER)).unwrap().sound.swap_remove(0)
}

/// Writes both files with right checksums: what somebody with the files and without a key can do.
fn forge(faulty: &FaultyDisk, change: impl FnOnce(&mut Document)) {
    let mut forged = document(faulty);
    change(&mut forged);
    write(faulty, Path::new(FOLDER), &forged).unwrap();
    write_copy(faulty, Path::new(FOLDER), &forged).unwrap();
}

#[test]
fn each_passphrase_opens_the_same_desk_and_says_who_is_there() {
    let (faulty, _, keys, key) = desk_of_two();
    let sealed = keys.seal(b"place", "架空の相談".as_bytes()).unwrap();
    for (passphrase, operator) in [(FIRST, 1), (SECOND, 2), (" 夜の川に白い橋がかかる秋の朝\n", 1)] {
        let unlocked = unlock(&faulty, passphrase).unwrap();
        assert_eq!(unlocked.operator, id(operator));
        assert_eq!(unlocked.keyring.open(b"place", &sealed).unwrap(), "架空の相談".as_bytes());
        assert!(!unlocked.healed);
    }
    let unlocked = load(&faulty).unlock_by_recovery(&key, at(5)).unwrap();
    assert_eq!(unlocked.operator, Id::NIL);
    assert_eq!(unlocked.keyring.open(b"place", &sealed).unwrap(), "架空の相談".as_bytes());
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_is_told_to_who_gets_in() {
    let (faulty, ..) = desk_of_two();
    for wrong in ["", "demo", "夜の川に白い橋がかかる秋の夜", &"あ".repeat(10_000)] {
        assert!(matches!(unlock(&faulty, wrong), Err(UnlockError::Wrong)), "{wrong}");
    }
    let mut vault = load(&faulty);
    let slip = vault.unlock_by_recovery(&Secret::new("ABCD EFGH"), at(5000));
    assert!(matches!(slip, Err(UnlockError::Slip)));
    let other = RecoveryKey::fresh().unwrap().printed();
    assert!(matches!(vault.unlock_by_recovery(&other, at(5000)), Err(UnlockError::Wrong)));
    let unlocked = vault.unlock(&secret(FIRST), None, at(6000)).unwrap();
    assert_eq!(unlocked.failures.len(), 5, "four wrong passphrases, and a wrong recovery key");
    assert_eq!(unlocked.failures.last().unwrap().at, at(5000));
    vault.failures_are_logged();
    assert!(unlock(&faulty, FIRST).unwrap().failures.is_empty());
}

#[test]
fn many_wrong_tries_have_to_wait_in_another_program_too() {
    let (faulty, ..) = desk_of_two();
    for n in 0..4 {
        let tried = load(&faulty).unlock(&secret("ちがう"), None, at(10 + 2 * n));
        assert!(matches!(tried, Err(UnlockError::Wrong)));
    }
    let mut vault = load(&faulty);
    let refused = vault.unlock(&secret(FIRST), None, at(17));
    assert!(matches!(refused, Err(UnlockError::Wait(wait)) if wait == Duration::from_secs(3)));
    assert_eq!(vault.wait(at(-500)), Some(Duration::from_secs(4)), "the clock was put back");
    assert_eq!(load(&faulty).wait(at(-497)), Some(Duration::from_secs(1)), "for the next program too");
    assert_eq!(vault.unlock(&secret(FIRST), None, at(-496)).unwrap().operator, id(1));
    assert_eq!(vault.wait(at(-496)), None);
}

#[test]
fn no_name_no_number_of_operators_second_factors_or_passphrase_is_in_the_files() {
    let (faulty, ..) = desk_of_two();
    for path in faulty.paths() {
        let bytes = crate::journal::disk::read_all(&faulty, &path).unwrap().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        for word in [FIRST, SECOND, &id(1).to_string(), &id(2).to_string()] {
            assert!(!text.contains(word), "{}", path.display());
        }
    }
}

#[test]
fn a_flipped_bit_or_a_cut_anywhere_is_healed_from_the_copy() {
    let (faulty, ..) = desk_of_two();
    let whole = crate::journal::disk::read_all(&faulty, &Path::new(FOLDER).join("keys")).unwrap().unwrap();
    let places = (0..whole.len()).step_by(131).chain(whole.len() - 70..whole.len());
    for at in places {
        for (name, other) in [(NAMES[0], NAMES[1]), (NAMES[1], NAMES[0])] {
            for cut in [false, true] {
                let faulty = faulty.copy();
                let path = Path::new(FOLDER).join(name);
                faulty.tamper(&path, |bytes| if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << (at % 8) });
                let unlocked = unlock(&faulty, SECOND).unwrap();
                assert!(unlocked.healed, "{name} at {at}");
                let read = |name: &str| crate::journal::disk::read_all(&faulty, &Path::new(FOLDER).join(name));
                assert_eq!(read(name).unwrap(), read(other).unwrap(), "{name} at {at}");
                assert!(!unlock(&faulty, SECOND).unwrap().healed);
            }
        }
    }
}

#[test]
fn both_files_gone_or_broken_is_said_and_nothing_is_written() {
    let (faulty, ..) = desk_of_two();
    let gone = faulty.copy();
    for name in NAMES {
        gone.remove(&Path::new(FOLDER).join(name)).unwrap();
        faulty.tamper(&Path::new(FOLDER).join(name), |bytes| bytes[20] ^= 4);
    }
    assert!(matches!(unlock(&gone, FIRST), Err(UnlockError::NoKeys { .. })));
    assert!(!Vault::exists(Path::new(FOLDER), &gone).unwrap());
    let before = faulty.operations();
    assert!(matches!(unlock(&faulty, FIRST), Err(UnlockError::Damaged { .. })));
    assert_eq!(faulty.operations(), before);
    assert!(Vault::exists(Path::new(FOLDER), &faulty).unwrap());
}

#[test]
fn a_file_of_a_newer_program_is_left_alone() {
    let (faulty, ..) = desk_of_two();
    forge(&faulty, |document| document.format = 2);
    assert!(matches!(unlock(&faulty, FIRST), Err(UnlockError::Newer { version: 2, .. })));
}

type Change = (&'static str, Box<dyn Fn(&mut Document)>);

#[test]
fn what_was_altered_without_a_key_is_refused() {
    let (faulty, _, _, key) = desk_of_two();
    let foreign = FaultyDisk::new();
    let (_, foreign_keys, _) = create(&foreign);
    let changes: Vec<Change> = vec![
        ("a slot that somebody added", {
            let slot = document(&foreign).slots.swap_remove(0);
            Box::new(move |document| document.slots.push(slot.clone()))
        }),
        ("a slot that was taken away", Box::new(|document| drop(document.slots.remove(1)))),
        ("slots in another order", Box::new(|document| document.slots.swap(0, 1))),
        ("a public key that somebody has the private one of", {
            let public = document(&foreign).slots.swap_remove(0).public;
            Box::new(move |document| document.slots[1].public.clone_from(&public))
        }),
        ("an epoch more", {
            Box::new(|document| document.epochs.push(file::Epoch { number: 2, older: Hex(vec![0; 72]) }))
        }),
        ("an epoch that is called retired", Box::new(|document| document.retired = 1)),
        ("a demo", Box::new(|document| document.demo = true)),
        ("another generation", Box::new(|document| document.generation += 1)),
        ("another desk", Box::new(|document| document.desk = id(8))),
        ("a MAC of somebody else", {
            let (_, data) = foreign_keys.data().unwrap();
            Box::new(move |document| document.sign(&data).unwrap())
        }),
        ("no MAC", Box::new(|document| document.mac = Hex::default())),
        ("a cheaper try", Box::new(|document| document.slots.iter_mut().for_each(|slot| slot.cost.passes = 2))),
        ("a slot that says to be older", Box::new(|document| document.slots[0].pinned = 0)),
    ];
    for (what, change) in changes {
        let faulty = faulty.copy();
        forge(&faulty, |document| change(document));
        let refused = unlock(&faulty, FIRST).err();
        assert!(matches!(refused, Some(UnlockError::Foreign { .. } | UnlockError::Wrong)), "{what}: {refused:?}");
        let refused = load(&faulty).unlock_by_recovery(&key, at(9000)).err();
        assert!(matches!(refused, Some(UnlockError::Foreign { .. } | UnlockError::Wrong)), "{what}: {refused:?}");
    }
}

#[test]
fn one_altered_file_is_put_right_from_the_other() {
    let (faulty, ..) = desk_of_two();
    let mut forged = document(&faulty);
    forged.generation += 5;
    forged.slots.remove(1);
    write(&faulty, Path::new(FOLDER), &forged).unwrap();
    assert!(unlock(&faulty, SECOND).unwrap().healed);
    assert_eq!(document(&faulty).slots.len(), 3);
}

#[test]
fn an_epoch_whose_key_somebody_else_knows_is_refused_even_with_everything_else_right() {
    let (faulty, ..) = desk_of_two();
    // The forger makes a data key, wraps it for everybody, and signs with it; the key before is not to be had.
    let data = new_key().unwrap();
    for (epoch, older) in [(2, Hex(random::<72>().unwrap().to_vec())), (2, Hex::default())] {
        for alone in [false, true] {
            let faulty = faulty.copy();
            forge(&faulty, |document| {
                let seat = Seat { desk: document.desk, epoch, data: &data };
                for slot in &mut document.slots {
                    slot.wrap(seat).unwrap();
                    slot.sign(seat, Who { operator: id(1), second: false, since: 0 }).unwrap();
                }
                if alone {
                    document.epochs.clear();
                    document.retired = 1;
                }
                document.epochs.push(file::Epoch { number: epoch, older: older.clone() });
                document.generation += 1;
                document.sign(&data).unwrap();
            });
            assert!(matches!(unlock(&faulty, FIRST), Err(UnlockError::Foreign { .. })));
        }
    }
}

#[test]
fn an_older_file_put_back_is_refused_and_only_the_recovery_key_takes_it() {
    let (faulty, mut vault, keys, key) = desk_of_two();
    let old = faulty.copy();
    let old_document = document(&faulty);
    vault.remove(&keys, id(2)).unwrap();
    unlock(&faulty, FIRST).unwrap();
    write(&faulty, Path::new(FOLDER), &old_document).unwrap();
    write_copy(&faulty, Path::new(FOLDER), &old_document).unwrap();
    assert!(matches!(unlock(&faulty, SECOND), Err(UnlockError::Older { .. })));
    assert!(matches!(unlock(&faulty, FIRST), Err(UnlockError::Older { .. })));
    assert!(load(&faulty).unlock_by_recovery(&key, at(9000)).is_ok());
    // Somewhere else it is a restored backup.
    assert!(unlock(&old, SECOND).is_ok());
}

#[test]
fn who_was_removed_opens_nothing_new_by_passphrase_or_by_private_key() {
    let (faulty, mut vault, keys, key) = desk_of_two();
    let old = document(&faulty);
    let slot =
        old.slots.iter().find(|slot| slot.kek(&secret(SECOND)).is_some_and(|kek| slot.open(old.desk, &kek).is_some()));
    let slot = slot.unwrap().clone();
    let private = slot.open(old.desk, &slot.kek(&secret(SECOND)).unwrap()).unwrap().private;
    let before = keys.seal(b"p", b"before").unwrap();
    let theirs = unlock(&faulty, SECOND).unwrap().keyring;

    assert_eq!(vault.remove(&keys, id(2)).unwrap(), 2);
    let after = keys.seal(b"p", b"after").unwrap();
    assert!(matches!(unlock(&faulty, SECOND), Err(UnlockError::Wrong)));
    assert!(theirs.open(b"p", &after).is_none(), "the data key that they had");
    let new = document(&faulty);
    for other in &new.slots {
        for epoch in [1, 2] {
            assert!(other.unwrap(new.desk, epoch, &private).is_none(), "nothing is wrapped for their private key");
        }
    }
    assert!(slot.unwrap(new.desk, 2, &private).is_none());
    assert!(matches!(vault.remove(&keys, id(2)), Err(VaultError::NoSlot)));
    assert!(matches!(vault.remove(&keys, id(1)), Err(VaultError::LastOperator)));
    // The others read both, by passphrase and by recovery key.
    for ring in
        [unlock(&faulty, FIRST).unwrap().keyring, load(&faulty).unlock_by_recovery(&key, at(9)).unwrap().keyring]
    {
        assert_eq!(ring.open(b"p", &before).unwrap(), b"before");
        assert_eq!(ring.open(b"p", &after).unwrap(), b"after");
        assert_eq!(ring.epochs(), [1, 2]);
    }
}

#[test]
fn a_retired_epoch_is_forgotten_and_everybody_still_gets_in() {
    let (faulty, mut vault, keys, key) = desk_of_two();
    vault.add(&keys, &newcomer(3, &secret(THIRD)), at(2)).unwrap();
    let before = keys.seal(b"p", b"before").unwrap();
    vault.remove(&keys, id(3)).unwrap();
    vault.retire(&keys, 99).unwrap();
    assert_eq!(keys.epochs(), [2]);
    assert!(keys.open(b"p", &before).is_none());
    // Neither has been here since; what leads from the key that they know to the new one is kept until they have.
    assert_eq!(unlock(&faulty, FIRST).unwrap().keyring.epochs(), [2]);
    assert_eq!(unlock(&faulty, SECOND).unwrap().keyring.epochs(), [2]);
    let mut vault = load(&faulty);
    let keys = vault.unlock(&secret(FIRST), None, at(10)).unwrap().keyring;
    vault.retire(&keys, 1).unwrap();
    assert_eq!(document(&faulty).epochs.len(), 1);
    assert_eq!(unlock(&faulty, SECOND).unwrap().keyring.epochs(), [2]);
    assert_eq!(load(&faulty).unlock_by_recovery(&key, at(9000)).unwrap().keyring.epochs(), [2]);
}

#[test]
fn no_two_operators_have_one_passphrase_and_no_weak_one_is_taken() {
    let (faulty, mut vault, keys, _) = desk_of_two();
    let taken = secret(FIRST);
    assert!(matches!(vault.add(&keys, &newcomer(3, &taken), at(2)), Err(VaultError::Taken)));
    assert!(matches!(vault.give(&keys, &newcomer(2, &taken), at(2)), Err(VaultError::Taken)));
    let changed = vault.change_passphrase(&keys, &newcomer(2, &taken), &secret(SECOND), None, at(2));
    assert!(matches!(changed, Err(VaultError::Taken)));
    for weak in ["みじかい", "見本花子 123456789", "password12345"] {
        let weak = secret(weak);
        assert!(matches!(vault.add(&keys, &newcomer(3, &weak), at(2)), Err(VaultError::Weak(_))));
        let changed = vault.change_passphrase(&keys, &newcomer(2, &weak), &secret(SECOND), None, at(2));
        assert!(matches!(changed, Err(VaultError::Weak(_))));
    }
    assert!(matches!(vault.add(&keys, &newcomer(2, &secret(THIRD)), at(2)), Err(VaultError::HasSlot)));
    assert!(matches!(vault.add(&Keyring::empty(), &newcomer(3, &secret(THIRD)), at(2)), Err(VaultError::Locked)));
    assert_eq!(vault.operators(&keys).unwrap().len(), 2);
    assert_eq!(unlock(&faulty, SECOND).unwrap().operator, id(2));
}

#[test]
fn a_changed_or_given_passphrase_counts_from_then_on() {
    let (faulty, mut vault, keys, key) = desk_of_two();
    let (third, wrong) = (secret(THIRD), secret("まったく違う長い合言葉を入れた"));
    let refused = vault.change_passphrase(&keys, &newcomer(2, &third), &wrong, None, at(2));
    assert!(matches!(refused, Err(VaultError::Unlock(UnlockError::Wrong))));
    vault.change_passphrase(&keys, &newcomer(2, &third), &secret(SECOND), None, at(3)).unwrap();
    assert!(matches!(unlock(&faulty, SECOND), Err(UnlockError::Wrong)));
    assert_eq!(unlock(&faulty, THIRD).unwrap().operator, id(2));
    // Everything is forgotten: the recovery key sets the first operator's anew.
    let mut vault = load(&faulty);
    let keys = vault.unlock_by_recovery(&key, at(9000)).unwrap().keyring;
    let anew = secret(SECOND);
    vault.give(&keys, &newcomer(1, &anew), at(9000)).unwrap();
    assert!(matches!(unlock(&faulty, FIRST), Err(UnlockError::Wrong)));
    assert_eq!(unlock(&faulty, SECOND).unwrap().operator, id(1));
    assert_eq!(vault.operators(&keys).unwrap().len(), 2);
}

#[test]
fn a_new_recovery_key_takes_the_place_of_the_one_before() {
    let (faulty, mut vault, keys, old) = desk_of_two();
    let new = vault.new_recovery_key(&keys, at(3)).unwrap();
    assert!(matches!(load(&faulty).unlock_by_recovery(&old, at(4)), Err(UnlockError::Wrong)));
    assert!(load(&faulty).unlock_by_recovery(&new, at(5)).is_ok());
}

#[test]
fn a_second_factor_is_asked_for_and_no_code_is_taken_twice() {
    let (faulty, mut vault, keys, _) = desk_of_two();
    let shared = Shared::fresh().unwrap();
    let short = secret("k7#q2Lw!");
    let confirmed = |time| Confirmed::new(&shared.letters(), &shared.code(time), time);
    let with = |second| Newcomer { second, ..newcomer(3, &short) };
    assert!(matches!(vault.add(&keys, &with(None), at(0)), Err(VaultError::Weak(_))));
    assert!(Confirmed::new(&shared.letters(), "000000", at(0)).is_none() || shared.code(at(0)) == "000000");
    vault.add(&keys, &with(confirmed(at(0))), at(0)).unwrap();
    assert!(vault.operators(&keys).unwrap().iter().any(|holder| holder.operator == id(3) && holder.second));

    let mut vault = load(&faulty);
    let mut enter = |code: Option<&str>, now| vault.unlock(&short, code, now).map(|unlocked| unlocked.operator);
    assert!(matches!(enter(None, at(100)), Err(UnlockError::CodeNeeded)));
    assert!(matches!(enter(Some(" "), at(100)), Err(UnlockError::CodeNeeded)));
    assert!(matches!(enter(Some(&shared.code(at(0))), at(0)), Err(UnlockError::CodeWrong)), "used at set-up");
    let code = shared.code(at(100));
    assert_eq!(enter(Some(&code), at(100)).unwrap(), id(3));
    assert!(matches!(enter(Some(&code), at(101)), Err(UnlockError::CodeWrong)), "a replay");
    let again = load(&faulty).unlock(&short, Some(&code), at(101));
    assert!(matches!(again, Err(UnlockError::CodeWrong)), "a replay after a restart");
    let unlocked = load(&faulty).unlock(&short, Some(&shared.code(at(160))), at(160)).unwrap();
    let slot = unlocked.failures.last().unwrap().slot;
    assert!(document(&faulty).slots.iter().any(|known| Some(known.id) == slot), "a wrong code says at which slot");
}

#[test]
fn a_second_factor_is_set_changed_and_dropped_by_who_has_it() {
    let (faulty, mut vault, keys, _) = desk_of_two();
    let (one, two) = (Shared::fresh().unwrap(), Shared::fresh().unwrap());
    let passphrase = secret(SECOND);
    let with = |shared: Option<&Shared>, time| {
        let second = shared.map(|shared| Confirmed::new(&shared.letters(), &shared.code(time), time).unwrap());
        Newcomer { second, ..newcomer(2, &passphrase) }
    };
    vault.set_second_factor(&keys, &with(Some(&one), at(0)), None, at(0)).unwrap();
    assert!(matches!(unlock(&faulty, SECOND), Err(UnlockError::CodeNeeded)));
    let refused = vault.set_second_factor(&keys, &with(Some(&two), at(60)), None, at(60));
    assert!(matches!(refused, Err(VaultError::Unlock(UnlockError::CodeNeeded))));
    vault.set_second_factor(&keys, &with(Some(&two), at(60)), Some(&one.code(at(60))), at(60)).unwrap();
    // A short passphrase is enough as long as there is a second factor.
    let short = secret("k7#q2Lw!");
    let newcomer_short = Newcomer { passphrase: &short, ..newcomer(2, &short) };
    vault.change_passphrase(&keys, &newcomer_short, &passphrase, Some(&two.code(at(120))), at(120)).unwrap();
    let drop = vault.set_second_factor(&keys, &newcomer_short, Some(&two.code(at(180))), at(180));
    assert!(matches!(drop, Err(VaultError::Weak(_))));
    vault.change_passphrase(&keys, &with(None, at(0)), &short, Some(&two.code(at(240))), at(240)).unwrap();
    vault.set_second_factor(&keys, &with(None, at(0)), Some(&two.code(at(300))), at(300)).unwrap();
    assert_eq!(unlock(&faulty, SECOND).unwrap().operator, id(2));
}

#[test]
fn the_demo_may_have_a_passphrase_that_everybody_knows() {
    let faulty = FaultyDisk::new();
    let passphrase = secret("demo");
    let founding = |demo| Founding { desk: id(9), demo, first: newcomer(1, &passphrase), cost: Cost::TEST };
    let refused = Vault::create(Path::new(FOLDER), disk(&faulty), &founding(false), at(0));
    assert!(matches!(refused.err(), Some(VaultError::Weak(_))));
    assert!(!Vault::exists(Path::new(FOLDER), &faulty).unwrap(), "nothing was written");
    Vault::create(Path::new(FOLDER), disk(&faulty), &founding(true), at(0)).unwrap();
    assert!(load(&faulty).is_demo());
    assert_eq!(load(&faulty).desk(), id(9));
    assert_eq!(unlock(&faulty, "ｄｅｍｏ").unwrap().operator, id(1));
}

#[test]
fn who_has_just_come_in_with_a_code_changes_their_slot_without_another() {
    let (faulty, mut vault, keys, _) = desk_of_two();
    let (shared, passphrase, third) = (Shared::fresh().unwrap(), secret(SECOND), secret(THIRD));
    let second = Confirmed::new(&shared.letters(), &shared.code(at(0)), at(0));
    vault.set_second_factor(&keys, &Newcomer { second, ..newcomer(2, &passphrase) }, None, at(0)).unwrap();
    let mut vault = load(&faulty);
    let keys = vault.unlock(&passphrase, Some(&shared.code(at(100))), at(100)).unwrap().keyring;
    let late = vault.change_passphrase(&keys, &newcomer(2, &third), &passphrase, None, at(220));
    assert!(matches!(late, Err(VaultError::Unlock(UnlockError::CodeNeeded))));
    let replay =
        vault.change_passphrase(&keys, &newcomer(2, &third), &passphrase, Some(&shared.code(at(100))), at(110));
    assert!(matches!(replay, Err(VaultError::Unlock(UnlockError::CodeWrong))));
    vault.change_passphrase(&keys, &newcomer(2, &third), &passphrase, None, at(130)).unwrap();
    assert!(matches!(unlock(&faulty, THIRD), Err(UnlockError::CodeNeeded)));
}

/// Cuts the power at every operation of a change: afterwards the desk opens with the old keys or with the new ones.
fn cut_everywhere(change: impl Fn(&mut Vault, &Keyring), old: &str, new: &str, none_but: &[&str]) {
    let (faulty, _, _, key) = desk_of_two();
    let begin = |faulty: &FaultyDisk| {
        let mut vault = load(faulty);
        let keys = vault.unlock(&secret(FIRST), None, at(10)).unwrap().keyring;
        faulty.plan(Plan::default());
        (vault, keys)
    };
    let counted = faulty.after_cut(0);
    let (mut vault, keys) = begin(&counted);
    change(&mut vault, &keys);
    let steps = counted.operations();
    assert!(steps > 6, "both files were written");
    for cut in 1..=steps + 1 {
        for seed in 0..4 {
            let faulty = faulty.after_cut(0);
            let (mut vault, keys) = begin(&faulty);
            faulty.plan(Plan { cut_at: Some(cut), ..Plan::default() });
            change(&mut vault, &keys);
            let after = faulty.after_cut(seed);
            let opens = |passphrase| unlock(&after.copy(), passphrase).is_ok();
            assert!(opens(old) || opens(new), "cut at {cut}, seed {seed}");
            assert!(none_but.iter().all(|always| opens(always)), "cut at {cut}, seed {seed}");
            assert!(load(&after).unlock_by_recovery(&key, at(9000)).is_ok(), "cut at {cut}, seed {seed}");
        }
    }
}

#[test]
fn a_power_cut_leaves_the_old_keys_or_the_new_ones() {
    let change = |vault: &mut Vault, keys: &Keyring| {
        let _ = vault.change_passphrase(keys, &newcomer(1, &secret(THIRD)), &secret(FIRST), None, at(20));
    };
    cut_everywhere(change, FIRST, THIRD, &[SECOND]);
    let remove = |vault: &mut Vault, keys: &Keyring| {
        let _ = vault.remove(keys, id(2));
    };
    cut_everywhere(remove, FIRST, FIRST, &[FIRST]);
    let add = |vault: &mut Vault, keys: &Keyring| {
        let _ = vault.add(keys, &newcomer(3, &secret(THIRD)), at(20));
    };
    cut_everywhere(add, FIRST, THIRD, &[FIRST, SECOND]);
}

#[test]
fn a_failed_write_changes_nothing_and_is_said() {
    let (faulty, mut vault, keys, _) = desk_of_two();
    faulty.plan(Plan { fail_at: Some(1), lasting: true, ..Plan::default() });
    let refused = vault.remove(&keys, id(2));
    assert!(matches!(refused, Err(VaultError::Unlock(UnlockError::Io { .. }))));
    assert_eq!(keys.epochs(), [1]);
    faulty.plan(Plan::default());
    assert_eq!(unlock(&faulty, SECOND).unwrap().operator, id(2));
    vault.remove(&keys, id(2)).unwrap();
    assert_eq!(keys.epochs(), [1, 2]);
}

#[test]
fn a_medium_that_takes_no_writes_opens_all_the_same() {
    let (faulty, mut vault, keys, _) = desk_of_two();
    vault.remove(&keys, id(2)).unwrap();
    faulty.plan(Plan { fail_at: Some(1), lasting: true, ..Plan::default() });
    let mut vault = load(&faulty);
    for n in 0..4 {
        assert!(matches!(vault.unlock(&secret("ちがう"), None, at(10 + 2 * n)), Err(UnlockError::Wrong)));
    }
    assert!(matches!(vault.unlock(&secret(FIRST), None, at(16)), Err(UnlockError::Wait(_))), "remembered in memory");
    assert_eq!(vault.unlock(&secret(FIRST), None, at(100)).unwrap().operator, id(1));
}
