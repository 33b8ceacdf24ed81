//! 保存期間: a case past its period is held, proposed by one and approved by another, and nothing brings it back.

use std::collections::BTreeSet;
use std::path::PathBuf;

use madoguchi::journal::backup;

use crate::desk::{Desk, days_later, empty_desk};
use crate::support::{PASSPHRASE, hides, shows};

const SIZE: (u16, u16) = (140, 30);
/// The second operator's passphrase, at the lock.
const THEIRS: &str = "\"青い自転車で海まで行く夏の朝\" enter";
/// The page, from the start of the program.
const PAGE: &str = "f3 shift-f10 right right right right";
/// The page that was open last.
const AGAIN: &str = "f3 shift-f10";
/// Who the case that goes is about, and their number.
const NAME: &str = "架空花枝";
const NUMBER: [&str; 2] = ["0834-00-7001", "0834007001"];
/// Who called about both cases, from one number about the one that goes and from another about the one that stays.
const CALLER: &str = "架空鶴吉";
const BEFORE: [&str; 3] = ["カクウツルキチ", "0834-00-7002", "0834007002"];
const SINCE: &str = "0834-00-7003";
const STICK: &str = "/media/usb";

/// A desk with two supervisors, a backup of each day, one case that was closed seven years ago and one that is open.
fn seven_years_later() -> Desk {
    let mut desk = empty_desk(SIZE);
    let caller = |number: &str| format!("f7 \"1{CALLER}\" tab \"架空鶴園\" tab \"{number}\" tab");
    let (own, subject) = (BEFORE[0], NUMBER[0]);
    desk.keys(&format!("{} \"11{NAME}\" pagedown \"{own}\"", caller(BEFORE[1]))).unwrap();
    desk.keys(&format!("{} \"{subject}\" ctrl-s {} ctrl-s", "tab ".repeat(10), caller(SINCE))).unwrap();
    desk.keys(&format!("shift-f10 n \"佐藤 健一\" tab tab \"1\" ctrl-s enter {THEIRS} {THEIRS}")).unwrap();
    desk.keys(&format!("f3 shift-f10 right right e \"{STICK}\" enter")).unwrap();
    shows(&desk, "控え 1時間以内");
    desk.keys("f3 / \"架空花枝\" enter \"c\" \"11\" ctrl-s").unwrap();
    shows(&desk, "案件を終結しました");
    let mut desk = days_later(desk, 7 * 366);
    desk.keys(PAGE).unwrap();
    desk
}

/// The numbers of the cases that the desk knows.
fn numbers(desk: &Desk) -> Vec<String> {
    let mut numbers: Vec<String> = desk.app.model.cases.iter().map(|case| case.number().to_string()).collect();
    numbers.sort();
    numbers
}

/// Names and numbers of the persons that the desk knows.
fn callers(desk: &Desk) -> Vec<(String, Vec<String>)> {
    let cards = desk.app.model.known.iter().map(|(_, card)| card);
    cards.map(|card| (card.name.to_string(), card.phones.iter().map(ToString::to_string).collect())).collect()
}

#[test]
fn a_case_past_its_period_goes_by_two_operators_and_comes_back_by_no_backup() {
    let mut desk = seven_years_later();
    shows(&desk, "期間満了");
    shows(&desk, "R8-0001");
    hides(&desk, "R8-0002");
    // Held, it cannot be proposed; released, it can.
    desk.keys("\"L\" enter").unwrap();
    shows(&desk, "保留の理由を書いてください");
    desk.keys("\"開示請求のため\" enter").unwrap();
    shows(&desk, "開示請求のため");
    hides(&desk, "期間満了");
    desk.keys("\"d\"").unwrap();
    hides(&desk, "承認待ち");
    desk.keys("\"L\" \"y\"").unwrap();
    shows(&desk, "期間満了");
    desk.keys("\"d\"").unwrap();
    shows(&desk, "承認待ち");
    hides(&desk, "期間満了");
    let before = desk.keyring(PASSPHRASE);
    let held = desk.holding(NAME, std::slice::from_ref(&before));
    let old: BTreeSet<String> = desk.files_in(STICK).iter().map(|file| file.display().to_string()).collect();
    assert!(old.len() == 2 && held.is_superset(&old) && held.contains("store"), "{held:?}");
    assert!(held.iter().any(|file| file.starts_with("desk/journal")), "{held:?}");
    for text in NUMBER.iter().chain(&BEFORE) {
        assert!(desk.holding(text, std::slice::from_ref(&before)).contains("store"), "{text} was there");
    }

    // Who proposed it cannot approve it.
    desk.keys("\"a\"").unwrap();
    shows(&desk, "自分で申し出た廃棄は承認できません");
    assert_eq!(numbers(&desk), ["R8-0001", "R8-0002"]);
    desk.keys(&format!("enter ctrl-l {THEIRS} {AGAIN} home \"a\" \"2\" enter")).unwrap();
    shows(&desk, "この申し出の案件は 1件です");
    assert_eq!(numbers(&desk), ["R8-0001", "R8-0002"]);
    desk.keys("ctrl-u \"1\" enter").unwrap();
    assert_eq!(numbers(&desk), ["R8-0002"]);
    desk.keys(&format!("esc {AGAIN}")).unwrap();
    shows(&desk, "廃棄済み");
    // The chain is whole around what is gone.
    let report = desk.report(PASSPHRASE);
    assert!(report.is_sound() && report.disposed.len() > 3, "{report:?}");
    // One backup more, and no sealed piece of journal, store, drafts and that backup says it, with the keys of then or now.
    desk.keys(&format!("esc {AGAIN} left left \"b\" enter")).unwrap();
    let keys = [before, desk.keyring(PASSPHRASE)];
    assert_eq!(desk.holding(NAME, &keys), old, "only the backups of before, which are restored without it");
    for text in NUMBER.iter().chain(&BEFORE) {
        assert!(desk.holding(text, &keys).is_subset(&old), "{text}");
    }
    // What another case says of the caller is still known.
    assert!(desk.holding(SINCE, &keys).contains("store"));
    assert_eq!(callers(&desk), [(CALLER.to_owned(), vec![SINCE.to_owned()])]);

    // Each of them, the oldest from before the case was closed.
    let made = desk.files_in(STICK);
    let made: Vec<&PathBuf> = made.iter().filter(|file| file.to_string_lossy().ends_with(".backup")).collect();
    assert_eq!(made.len(), old.len() + 1, "{made:?}");
    for file in made {
        assert!(backup::check(desk.disk(), file).is_ok(), "{}", file.display());
        let restored = desk.restored(file);
        assert_eq!(numbers(&restored), ["R8-0002"], "{}", file.display());
        let before = old.contains(&file.display().to_string());
        assert_eq!(
            restored.text().contains("復元した控えより後の廃棄"),
            before,
            "{}\n{}",
            file.display(),
            restored.text()
        );
        let keys = [restored.keyring(PASSPHRASE)];
        for text in std::iter::once(&NAME).chain(&NUMBER).chain(&BEFORE) {
            let held = restored.holding(text, &keys);
            assert!(held.iter().all(|file| file.starts_with(STICK)), "{held:?}");
        }
        assert_eq!(callers(&restored), [(CALLER.to_owned(), vec![SINCE.to_owned()])], "{}", file.display());
    }

    // Nobody finds it at the desk either. This comes last: what one searches for is in the access log.
    desk.keys("esc f3 / \"架空花枝\" enter").unwrap();
    shows(&desk, "架空花枝");
    hides(&desk, "R8-0001");
}

#[test]
fn a_proposal_is_withdrawn_and_the_case_is_due_again() {
    let mut desk = seven_years_later();
    desk.keys("\"d\" home \"w\"").unwrap();
    hides(&desk, "承認待ち");
    shows(&desk, "期間満了");
    assert_eq!(numbers(&desk), ["R8-0001", "R8-0002"]);
}
