//! Power cuts while a backup is written and while a desk goes over to a new key: row 3 of the table (docs/faults.md).
//! The recorder and the checks are those of `recorded`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use madoguchi::desk::secret::Secret;
use madoguchi::journal::backup::{self, Keep, Target};
use madoguchi::journal::vault::{Cost, Founding, Newcomer, Unlocked, Vault};
use madoguchi::journal::{Disk, Journal, Options, RealDisk};

use super::recorded::{BEFORE, Run, check_desk, desk_with_saves, last, options, saves};
use super::recording::RangeSync;
use super::rounds::{figures, rounds};
use super::{at, id, save, tell};

const FIRST: &str = "夜の川に白い橋がかかる秋の朝";
const SECOND: &str = "青い傘を借りて帰った雨の午後";

fn now(second: u64) -> chrono::DateTime<chrono::FixedOffset> {
    at(second)
}

/// The child's scene: saves, and backups between them, each of a later day.
pub fn backups(root: &Path) {
    let (folder, target) = (root.join("data"), root.join("backups"));
    let (mut journal, _) = Journal::open(&folder, Arc::new(RealDisk), options()).unwrap();
    for day in 0..4_u64 {
        let begin = BEFORE + day * 8;
        saves(&mut journal, begin..begin + 8);
        let snapshot = journal.snapshot().unwrap();
        let when = at(0) + TimeDelta::days(i64::try_from(day).unwrap());
        backup::keep(&snapshot, &RealDisk, &target, Keep { daily: 2, weekly: 1 }, when).unwrap();
        tell(&format!("backup {}", begin + 8));
    }
}

/// A cut: the desk is as it must be, and of the backups the last one that was acknowledged, or a later one, is good.
fn check_backups(root: &Path, said: &str) -> Result<(), String> {
    let (folder, target) = (root.join("data"), root.join("backups"));
    let saved = last(said, "saved").or(Some(BEFORE - 1));
    let journal = check_desk(&folder, options(), saved, last(said, "draft"))?;
    let desk = journal.desk();
    journal.close().map_err(|error| format!("does not close: {error:?}"))?;
    let all = backup::generations(&RealDisk, &target, desk).map_err(|error| format!("{error:?}"))?;
    let Some(wanted) = last(said, "backup") else { return Ok(()) };
    let newest = all.first().ok_or("no backup is there")?;
    // Those that stand under their name were all finished: none may be half.
    for generation in &all {
        let path = target.join(generation.to_string());
        backup::check(&RealDisk, &path).map_err(|error| format!("{generation}: {error:?}"))?;
    }
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let restored = root.join("restored");
    let place = Target { disk: &disk, folder: &restored, who: "", now: now(0) };
    backup::restore(&RealDisk, &target.join(newest.to_string()), &place).map_err(|error| format!("{error:?}"))?;
    check_desk(&restored, options(), Some(wanted - 1), None).map(drop)
}

#[test]
fn a_power_cut_while_a_backup_is_written_leaves_the_one_before_or_the_new_one() {
    let run = Run::of("backups", |root| {
        fs::create_dir_all(root.join("backups")).unwrap();
        desk_with_saves(&root.join("data"));
    });
    cut(&run, check_backups);
}

/// `Cost::TEST`, so that each check can afford to unlock.
fn newcomer(n: u64, passphrase: &Secret) -> Newcomer<'_> {
    Newcomer { operator: id(n), passphrase, second: None, names: &[] }
}

fn sealed(unlocked: &Unlocked) -> Options {
    Options { seal: Arc::new(unlocked.keyring.clone()), ..options() }
}

fn unlock(folder: &Path, passphrase: &str) -> Result<(Vault, Unlocked), String> {
    let mut vault = Vault::load(folder, Arc::new(RealDisk)).map_err(|error| format!("keys: {error:?}"))?;
    let unlocked =
        vault.unlock(&Secret::new(passphrase), None, now(5)).map_err(|error| format!("not unlocked: {error:?}"))?;
    Ok((vault.with_cost(Cost::TEST), unlocked))
}

/// A sealed desk with two operators and saves.
pub fn sealed_desk(folder: &Path) {
    let (first, second) = (Secret::new(FIRST), Secret::new(SECOND));
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let founding = Founding { desk: id(7), demo: false, first: newcomer(1, &first), cost: Cost::TEST };
    let (mut vault, unlocked, _) = Vault::create(folder, Arc::clone(&disk), &founding, now(0)).unwrap();
    vault.add(&unlocked.keyring, &newcomer(2, &second), now(1)).unwrap();
    let (mut journal, _) = Journal::create(folder, disk, sealed(&unlocked)).unwrap();
    for n in 0..BEFORE {
        journal.commit(save(n), at(n)).unwrap();
    }
    journal.close().unwrap();
}

/// The child's scene: an operator is removed, and the desk goes over to the new key while it is saved to.
pub fn new_key(folder: &Path) {
    let (mut vault, unlocked) = unlock(folder, FIRST).unwrap();
    let (mut journal, _) = Journal::open(folder, Arc::new(RealDisk), sealed(&unlocked)).unwrap();
    saves(&mut journal, BEFORE..BEFORE + 4);
    let epoch = vault.remove(&unlocked.keyring, id(2)).unwrap();
    tell("removed 2");
    journal.begin_renewal(&BTreeSet::new()).unwrap();
    let mut next = BEFORE + 4;
    while !journal.renewal_step().unwrap() {
        if next < BEFORE + 24 {
            saves(&mut journal, next..next + 1);
            next += 1;
        }
    }
    vault.retire(&unlocked.keyring, epoch - 1).unwrap();
    tell("retired 1");
    saves(&mut journal, next..next + 4);
    journal.close().unwrap();
}

fn check_new_key(folder: &Path, said: &str) -> Result<(), String> {
    let (_, unlocked) = unlock(folder, FIRST)?;
    if last(said, "removed").is_some() && unlock(folder, SECOND).is_ok() {
        return Err("whoever was removed gets in".to_owned());
    }
    let saved = last(said, "saved").or(Some(BEFORE - 1));
    let mut journal = check_desk(folder, sealed(&unlocked), saved, last(said, "draft"))?;
    // What was begun is brought to its end, and everything is still there.
    let mut steps = 0;
    while !journal.renewal_step().map_err(|error| format!("{error:?}"))? {
        steps += 1;
        if steps > 10_000 {
            return Err("the renewal has no end".to_owned());
        }
    }
    let report = journal.verify().map_err(|error| format!("{error:?}"))?;
    if report.is_sound() { Ok(()) } else { Err(format!("after the renewal: {:?}", report.told)) }
}

#[test]
fn a_power_cut_while_a_new_key_comes_into_force_loses_nothing() {
    cut(&Run::of("new-key", sealed_desk), check_new_key);
}

fn cut(run: &Run, check: impl Fn(&Path, &str) -> Result<(), String>) {
    for worth in RangeSync::ALL {
        let cuts = rounds(14, 340);
        let wrong = run.cuts(worth, cuts, &check);
        assert_eq!(wrong, Vec::<String>::new());
        figures(&format!("{worth:?}: {cuts} cuts in {} calls, nothing lost, all opened", run.len()));
    }
}
