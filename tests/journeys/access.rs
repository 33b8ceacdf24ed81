//! The access log: what a day's work leaves in it, and what it asks before a case of another operator is shown.

use std::time::Duration;

use madoguchi::desk::access::{Access, Entry};
use madoguchi::desk::record::{Kind, RecordKey};
use madoguchi::locale::Lang;

use crate::desk::{Desk, again, demo, empty_desk};
use crate::support::{PASSPHRASE, hides, shows};

const SIZE: (u16, u16) = (100, 30);

/// The frame of the contacts of a case that is open; the key at the foot is called 経過 too.
const CONTACTS: &str = "─ 経過 ";

/// What was logged, in short: the kind, and what more is known.
fn log(desk: &mut Desk) -> Vec<String> {
    desk.log().iter().filter(|entry| entry.is_look()).map(told).collect()
}

fn told(entry: &Entry) -> String {
    let details = &entry.details;
    let kind = entry.access().map_or("?", Access::short);
    let preview = if details.preview { "preview" } else { "" };
    let other = if details.of_other { "other" } else { "" };
    let parts = [kind, &details.task, &details.query, &details.reason, preview, other];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Lets time pass at a desk where somebody sits: a key now and then, so that it does not lock itself.
fn stay(desk: &mut Desk, seconds: u64) {
    for _ in 0..seconds / 100 {
        desk.advance(Duration::from_secs(100));
        desk.keys("ctrl-r").unwrap();
    }
}

/// A desk with one case, in the queue.
fn one_case() -> Desk {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\" ctrl-s f3").unwrap();
    desk
}

#[test]
fn a_days_work_leaves_exactly_these_entries() {
    let mut desk = one_case();
    assert_eq!(log(&mut desk), ["login"]);
    // A second case, opened; its own history; its telephone number; a change of its fields.
    desk.keys("enter \"h\" esc \"e\" esc esc").unwrap();
    assert_eq!(log(&mut desk), ["login", "open", "history"], "what follows from having it open is no other look");
    // Searched letter by letter, and settled once.
    desk.keys("/ \"架空\" enter esc").unwrap();
    assert_eq!(log(&mut desk)[3..], ["search 架空", "open"]);
    desk.keys("/ tab esc").unwrap();
    assert_eq!(log(&mut desk).len(), 5, "the same text is not another search");
    // Reading what stands beside the list for a while.
    desk.advance(Duration::from_secs(240));
    assert_eq!(log(&mut desk).len(), 5, "it has stood there since it was noted");
    // A contact on it after a while is a look at it too.
    desk.keys("\"a\"").unwrap();
    let before = log(&mut desk).len();
    assert_eq!(before, 5, "it was seen just now");
    // The log itself is asked for by nothing here; undo takes back the change and never a look.
    desk.keys("ctrl-s f3 ctrl-z ctrl-z ctrl-z").unwrap();
    assert_eq!(log(&mut desk).len(), before);
    let mut desk = again(desk);
    assert_eq!(log(&mut desk)[before..], ["login"]);
}

#[test]
fn going_past_a_case_is_no_look_and_staying_is_one() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 down down down").unwrap();
    assert_eq!(log(&mut desk).iter().filter(|entry| entry.starts_with("open")).count(), 0);
    desk.advance(Duration::from_secs(2));
    let seen: Vec<String> = log(&mut desk).into_iter().filter(|entry| entry.starts_with("open")).collect();
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert!(seen[0].contains("preview"), "{seen:?}");
    desk.keys("up down").unwrap();
    desk.advance(Duration::from_secs(5));
    assert_eq!(log(&mut desk).iter().filter(|entry| entry.starts_with("open")).count(), 1, "it was seen just now");
    stay(&mut desk, 700);
    desk.keys("up down").unwrap();
    desk.advance(Duration::from_secs(2));
    assert_eq!(log(&mut desk).iter().filter(|entry| entry.starts_with("open")).count(), 2);
}

#[test]
fn a_number_that_is_copied_is_noted() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"y\"").unwrap();
    assert_eq!(desk.copied.len(), 1);
    let log = log(&mut desk);
    assert!(log.last().is_some_and(|entry| entry.starts_with("copy phone")), "{log:?}");
}

/// The demo's desk, which asks for reasons, on a case that another operator has.
fn on_a_case_of_another() -> Desk {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.app.model.desk.ask_reason = true;
    desk.keys("f3 home").unwrap();
    for _ in 0..11 {
        if desk.text().contains("ほかの相談員の案件です") {
            return desk;
        }
        desk.keys("down").unwrap();
    }
    panic!("every case is one's own:\n{}", desk.text());
}

#[test]
fn a_case_of_another_operator_asks_for_a_reason_before_it_is_shown() {
    for (keys, reason) in [
        ("\"1\"", "担当者の代わりに対応する"),
        ("\"6\" \"電話があった\" enter", "電話があった"),
        ("\"6\" enter \"電話があった\" enter", "電話があった"),
    ] {
        let mut desk = on_a_case_of_another();
        desk.keys("enter").unwrap();
        shows(&desk, "見る理由は");
        hides(&desk, CONTACTS);
        desk.keys(keys).unwrap();
        shows(&desk, CONTACTS);
        assert_eq!(log(&mut desk).last(), Some(&format!("open {reason} other")), "{keys}");
        // Asked once: until another operator sits here it is known.
        desk.keys("esc enter \"h\"").unwrap();
        shows(&desk, "履歴");
        assert_eq!(log(&mut desk).last(), Some(&format!("history {reason} other")), "{keys}");
    }
}

#[test]
fn who_gives_no_reason_sees_nothing() {
    for keys in ["enter", "\"h\"", "\"e\"", "\"y\"", "\"c\""] {
        let mut desk = on_a_case_of_another();
        let before = log(&mut desk);
        desk.keys(keys).unwrap();
        shows(&desk, "見る理由は");
        desk.keys("esc").unwrap();
        hides(&desk, CONTACTS);
        desk.advance(Duration::from_secs(5));
        assert_eq!((log(&mut desk), desk.copied.len()), (before, 0), "{keys}");
    }
}

#[test]
fn nobody_is_asked_during_a_call_or_where_the_desk_does_not_want_it() {
    let mut desk = on_a_case_of_another();
    desk.app.model.desk.ask_reason = false;
    desk.keys("enter").unwrap();
    shows(&desk, CONTACTS);
    let mut desk = on_a_case_of_another();
    desk.keys("f7 \"1\" f3 enter").unwrap();
    shows(&desk, CONTACTS);
    assert!(log(&mut desk).last().is_some_and(|entry| entry == "open other"), "{:?}", log(&mut desk));
    // A contact is added to anybody's case without a question.
    let mut desk = on_a_case_of_another();
    desk.keys("\"a\"").unwrap();
    shows(&desk, "R8-");
    hides(&desk, "見る理由は");
}

#[test]
fn the_page_shows_the_log_and_narrows_it() {
    let mut desk = one_case();
    desk.keys("enter esc \"h\" esc shift-f10").unwrap();
    desk.keys("left").unwrap();
    shows(&desk, "アクセス記録");
    for what in ["ログイン", "案件を見た", "履歴を見た", "アクセス記録を見た", "R8-0001"] {
        shows(&desk, what);
    }
    desk.keys("/ \"ﾘﾚｷ\" enter").unwrap();
    hides(&desk, "履歴を見た");
    desk.keys("esc / \"履歴\" enter").unwrap();
    shows(&desk, "履歴を見た");
    hides(&desk, "ログイン");
    desk.keys("esc \"k\" \"1\"").unwrap();
    shows(&desk, "失敗だけ");
    shows(&desk, "当てはまる記録はありません");
    desk.keys("\"k\" \"0\" \"o\" \"1\"").unwrap();
    shows(&desk, "案件を見た");
    // From an entry to its case.
    desk.keys("/ \"案件を見た\" enter enter").unwrap();
    shows(&desk, "架空 一郎");
}

#[test]
fn a_month_is_reviewed_and_signed_off_on_the_page() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 enter esc shift-f10 left tab").unwrap();
    shows(&desk, "未点検");
    // This month is the first in the list, and not over yet.
    desk.keys("home \"S\"").unwrap();
    shows(&desk, "まだ終わっていません");
    desk.keys("down \"S\"").unwrap();
    shows(&desk, "点検しましたか");
    desk.keys("\"y\"").unwrap();
    shows(&desk, "2026-10 済");
    shows(&desk, "に点検しました");
    assert!(log(&mut desk).iter().any(|entry| entry == "review"));
    let mut desk = again(desk);
    desk.keys("shift-f10 left tab").unwrap();
    shows(&desk, "2026-10 済");
}

#[test]
fn a_history_tells_of_changes_and_on_a_key_who_looked() {
    let mut desk = one_case();
    desk.keys("enter \"h\"").unwrap();
    shows(&desk, "->");
    hides(&desk, "案件を見た");
    desk.keys("tab").unwrap();
    shows(&desk, "だれが見たか");
    shows(&desk, "案件を見た");
    hides(&desk, "->");
    desk.keys("tab").unwrap();
    shows(&desk, "->");
}

#[test]
fn each_act_at_the_screen_leaves_its_entry_with_who_when_and_which_record() {
    let mut desk = one_case();
    let me = desk.app.model.me;
    let desk_id = desk.app.model.desk_id;
    let case = desk.app.model.open_cases().next().unwrap().id;
    let on_case = RecordKey::new(Kind::Case, case);
    let whole = RecordKey::new(Kind::Desk, desk_id);
    let own = RecordKey::new(Kind::Operator, me);
    let unlock = format!("\"{PASSPHRASE}\" enter");
    for (keys, access, record) in [
        ("enter", Access::Open, on_case),
        ("\"h\"", Access::History, on_case),
        ("esc esc esc / \"架空\" enter", Access::Search, whole),
        ("esc ctrl-l", Access::Lock, own),
        ("ctrl-l", Access::Unlock, own),
        ("ctrl-l \"架空の間違い\" enter", Access::Lock, own),
    ] {
        desk.advance(Duration::from_secs(7));
        let now = desk.app.model.now.wall;
        desk.keys(keys).unwrap();
        // While it is locked the log is as closed as everything else.
        if keys.contains("ctrl-l") {
            desk.keys(&unlock).unwrap();
        }
        let found = desk.log();
        let entry = found.iter().rev().find(|entry| entry.access() == Some(access)).expect(keys);
        assert_eq!((entry.operator, entry.record), (me, record), "{keys}");
        assert!(entry.happened() >= now, "{keys}: {entry:?}");
    }
    let failed = desk.log().into_iter().find(|entry| entry.access() == Some(Access::UnlockFailed)).unwrap();
    assert!(failed.is_failure() && failed.details.tried_at.is_some() && failed.record == whole, "{failed:?}");
}
