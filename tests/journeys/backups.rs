//! The desk's backups: the folder chosen, made by themselves each day, made and tried by hand, and what the head says.

use std::path::Path;
use std::time::Duration;

use madoguchi::desk::access::{Access, Entry};
use madoguchi::journal::FaultyDisk;
use madoguchi::journal::backup;
use madoguchi::journal::faulty::Plan;
use madoguchi::locale::Lang;

use crate::support::{demo, empty_desk, hides, shows};

const SIZE: (u16, u16) = (140, 30);
/// The passphrase of the desk, at its lock.
const UNLOCK: &str = "\"雨の日は縁側で猫とお茶を飲む\" enter";
const HOUR: Duration = Duration::from_secs(3600);

/// The names of the files on the stick.
fn stick(disk: &FaultyDisk) -> Vec<String> {
    let on = |path: &Path| path.strip_prefix("/media/usb").ok().map(|name| name.display().to_string());
    disk.paths().iter().filter_map(|path| on(path)).collect()
}

#[test]
fn a_folder_is_chosen_and_the_backup_of_the_day_makes_itself() {
    let disk = FaultyDisk::new();
    let mut desk = empty_desk(&disk, SIZE);
    shows(&desk, "控え先なし");
    desk.keys("shift-f10 right right e").unwrap();
    desk.keys("\"usb\" enter").unwrap();
    shows(&desk, "はじめから終わりまでの場所");
    desk.keys("ctrl-u \"/media/usb\" enter").unwrap();
    shows(&desk, "控え 1時間以内");
    hides(&desk, "控え先なし");
    let made = stick(&disk);
    assert_eq!(made.len(), 1, "{made:?}");
    assert!(backup::check(&disk, &Path::new("/media/usb").join(&made[0])).is_ok());
    shows(&desk, "確認済");
    // The desk locks itself, and goes on behind the lock.
    desk.advance(HOUR * 3);
    desk.keys(UNLOCK).unwrap();
    shows(&desk, "控え 3時間前");
    assert_eq!(stick(&disk).len(), 1, "one a day");
    desk.advance(HOUR * 12);
    assert_eq!(stick(&disk).len(), 2);
    desk.keys(UNLOCK).unwrap();
    shows(&desk, "控え 5時間前");
    desk.advance(HOUR * 24 * 40);
    // Seven days and five weeks, one of which is the last day too.
    assert_eq!(stick(&disk).len(), 12, "{:?}", stick(&disk));
}

#[test]
fn a_stick_that_takes_nothing_turns_the_head_red_and_its_return_heals_it() {
    let disk = FaultyDisk::new();
    let mut desk = empty_desk(&disk, SIZE);
    desk.keys("shift-f10 right right e \"/media/usb\" enter").unwrap();
    let used = disk.paths().len();
    assert!(used > 0);
    disk.plan(Plan { room: Some(0), ..Plan::default() });
    desk.advance(HOUR * 47);
    desk.keys(UNLOCK).unwrap();
    hides(&desk, "要確認");
    shows(&desk, "空きが足りない");
    desk.advance(HOUR * 3);
    desk.keys(UNLOCK).unwrap();
    shows(&desk, "控え 2日前 要確認");
    assert_eq!(stick(&disk).len(), 1, "the good one is still there");
    desk.keys("f3").unwrap();
    shows(&desk, "要確認");
    disk.plan(Plan::default());
    desk.advance(HOUR);
    desk.keys(UNLOCK).unwrap();
    hides(&desk, "要確認");
    assert_eq!(stick(&disk).len(), 2);
    // Each day on which none could be made is in the log once, although it was tried every few minutes.
    let log = desk.log();
    let tried = |entry: &&Entry| entry.access() == Some(Access::Backup) && entry.details.by_itself;
    let failed: Vec<_> = log.iter().filter(tried).filter(|entry| entry.is_failure()).map(Entry::day).collect();
    let days: std::collections::BTreeSet<_> = failed.iter().collect();
    assert!(days.len() == failed.len() && (1..=3).contains(&days.len()), "{failed:?}");
}

#[test]
fn a_stick_that_was_taken_out_is_told_and_its_return_heals_it() {
    const GONE: &str = "控えの置き場所 /media/usb がありません。";
    let disk = FaultyDisk::new();
    let mut desk = empty_desk(&disk, SIZE);
    desk.keys("shift-f10 right right e \"/media/usb\" enter").unwrap();
    shows(&desk, "控え 1時間以内");
    disk.plan(Plan { gone: Some("/media/usb".into()), ..Plan::default() });
    // Whoever asks for one is told at once, and what it is that is missing.
    desk.keys("b").unwrap();
    shows(&desk, GONE);
    desk.keys("enter right left").unwrap();
    shows(&desk, GONE);
    // This computer remembers the last good one: the head is calm for two days, and red from then on.
    shows(&desk, "控え 1時間以内");
    desk.advance(HOUR * 47);
    desk.keys(UNLOCK).unwrap();
    shows(&desk, "控え 47時間前");
    hides(&desk, "要確認");
    shows(&desk, GONE);
    desk.advance(HOUR);
    desk.keys(UNLOCK).unwrap();
    shows(&desk, "控え 2日前 要確認");
    // The work goes on.
    desk.keys("f7 tab \"架空 一郎\" ctrl-s").unwrap();
    shows(&desk, "保存済");
    shows(&desk, "要確認");
    assert_eq!(desk.app.model.cases.len(), 1);
    // It is in again: nobody has to do anything.
    disk.plan(Plan::default());
    assert_eq!(stick(&disk).len(), 1);
    desk.advance(HOUR);
    desk.keys(UNLOCK).unwrap();
    shows(&desk, "控え 1時間以内");
    hides(&desk, "要確認");
    desk.keys("f3 shift-f10").unwrap();
    hides(&desk, GONE);
    let made = stick(&disk);
    assert_eq!(made.len(), 2);
    for name in made {
        assert!(backup::check(&disk, &Path::new("/media/usb").join(&name)).is_ok(), "{name}");
    }
}

#[test]
fn one_is_made_and_tried_by_hand() {
    let disk = FaultyDisk::new();
    let mut desk = demo(&disk, Lang::Ja, SIZE);
    hides(&desk, "控え先なし");
    desk.keys("shift-f10 right right b").unwrap();
    shows(&desk, "置き場所が決まっていません");
    desk.keys("e \"/media/usb\" enter b").unwrap();
    shows(&desk, "控えを作り、読み返して確かめました");
    desk.keys("enter t").unwrap();
    shows(&desk, "開いて確かめました");
    desk.keys("enter").unwrap();
    let name = stick(&disk).pop().unwrap();
    disk.tamper(&Path::new("/media/usb").join(name), |bytes| bytes.truncate(2000));
    desk.keys("right left").unwrap();
    shows(&desk, "使えません");
}

#[test]
fn another_start_knows_the_last_backup() {
    let disk = FaultyDisk::new();
    let mut desk = empty_desk(&disk, SIZE);
    desk.keys("shift-f10 right right e \"/media/usb\" enter").unwrap();
    drop(desk);
    let desk = crate::support::again(&disk, 7, Lang::Ja, SIZE);
    shows(&desk, "控え 1時間以内");
    assert_eq!(stick(&disk).len(), 1, "today's is there already");
}
