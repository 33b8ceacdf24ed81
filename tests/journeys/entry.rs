//! The way in over a real vault: the lock in the middle of a call, another operator, a viewer, a forgotten passphrase.

use std::time::Duration;

use crate::desk::{again_as, empty_desk};
use crate::support::{hides, shows};

const MINE: &str = "\"雨の日は縁側で猫とお茶を飲む\" enter";
const THEIRS: &str = "\"青い自転車で海まで行く夏の朝\" enter";

#[test]
fn a_call_goes_on_behind_the_lock_and_comes_back_as_it_was() {
    let mut desk = empty_desk((100, 30));
    desk.keys("f7 tab \"架空花枝\" left").unwrap();
    let (caret, field) = (desk.caret(), "架空花枝");
    desk.keys("ctrl-l").unwrap();
    hides(&desk, field);
    desk.advance(Duration::from_secs(61));
    shows(&desk, "01:01");
    desk.keys("\"ちがう合言葉をここに入れてみる\" enter").unwrap();
    hides(&desk, field);
    desk.advance(Duration::from_secs(120));
    desk.keys(MINE).unwrap();
    shows(&desk, field);
    assert_eq!(desk.caret(), caret);
    // The first key of the next call comes right behind the passphrase.
    desk.keys(&format!("ctrl-l {MINE} f7")).unwrap();
    assert_eq!(desk.app.intake().calls().len(), 2);
}

#[test]
fn an_idle_desk_is_locked_and_opened_by_another_operator_who_finds_the_draft() {
    let mut desk = empty_desk((100, 30));
    let twice = format!("{THEIRS} {THEIRS}");
    desk.keys(&format!("shift-f10 n \"佐藤 健一\" ctrl-s enter {twice}")).unwrap();
    shows(&desk, "佐藤 健一");
    desk.keys("f7 tab \"架空花枝\"").unwrap();
    desk.advance(Duration::from_secs(5 * 60));
    shows(&desk, "に施錠しました");
    desk.keys(THEIRS).unwrap();
    shows(&desk, "佐藤 健一");
    shows(&desk, "架空花枝");
}

#[test]
fn a_viewer_never_gets_a_name() {
    let mut desk = empty_desk((100, 30));
    desk.keys("f7 \"1\" tab \"架空花枝\" ctrl-s f3").unwrap();
    shows(&desk, "R8-0001");
    let twice = format!("{THEIRS} {THEIRS}");
    desk.keys(&format!("shift-f10 n \"閲覧 一郎\" tab tab \"3\" ctrl-s enter {twice} f3")).unwrap();
    let mut desk = again_as(desk, "青い自転車で海まで行く夏の朝");
    shows(&desk, "閲覧のみ");
    desk.keys("f3").unwrap();
    shows(&desk, "R8-0001");
    // The foot names no key that would be refused.
    shows(&desk, "Enter 開く");
    hides(&desk, "a 経過");
    desk.keys("enter").unwrap();
    hides(&desk, "架空花枝");
    assert!(desk.app.model.cases.iter().all(|case| case.caller().is_empty() && case.subject().is_empty()));
    assert!(desk.app.model.file.is_none());
    desk.keys("esc f7").unwrap();
    assert!(desk.app.intake().is_idle());
}
