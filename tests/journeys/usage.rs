//! The desk's report on itself: what is counted, that it outlives everything, and who sees what.

use std::time::Duration;

use madoguchi::desk::record::Kind;
use madoguchi::desk::usage::Spread;
use madoguchi::journal::faulty::Plan;

use crate::desk::{Desk, again, again_as, days_later, empty_desk};
use crate::support::{PASSPHRASE, hides, shows};

const SIZE: (u16, u16) = (100, 40);
const THEIRS: &str = "橋の向こうの豆腐屋の長い影";

/// A call of five coded keys and two of text, kept.
fn call(desk: &mut Desk) {
    desk.keys("f7 \"1\"").unwrap();
    desk.advance(Duration::from_secs(30));
    desk.keys("\"架空\" tab tab ctrl-s").unwrap();
}

/// Opens the page, which is not at the same place for everybody.
fn turn_to_page(desk: &mut Desk) {
    desk.keys("f3 shift-f10").unwrap();
    for _ in 0..9 {
        if desk.text().contains("[自己点検]") {
            // What was shown before is asked for anew.
            desk.keys("left right").unwrap();
            return;
        }
        desk.keys("right").unwrap();
    }
    panic!("no such page\n{}", desk.text());
}

fn report(desk: &mut Desk) -> madoguchi::desk::usage::Report {
    turn_to_page(desk);
    let report = desk.app.model.usage.clone().unwrap();
    desk.keys("f3").unwrap();
    report
}

#[test]
fn each_kept_call_adds_its_numbers_and_one_taken_back_takes_them_along() {
    let mut desk = empty_desk(SIZE);
    assert_eq!(report(&mut desk).desk.calls, 0);
    call(&mut desk);
    call(&mut desk);
    let found = report(&mut desk);
    assert_eq!((found.desk.calls, found.own.calls, found.weeks.len()), (2, 2, 1));
    let is = |number| Spread { median: number, p90: number };
    assert_eq!((found.desk.coded, found.desk.text, found.desk.seconds), (is(5), is(2), is(30)));
    assert_eq!((found.desk.begin, found.desk.end), (is(1), is(1)));
    assert_eq!(found.hours.iter().map(|(hour, _)| *hour).collect::<Vec<_>>(), [14]);
    // A draft that is thrown away was no case.
    desk.keys("f7 \"1\" ctrl-x d y").unwrap();
    assert_eq!(report(&mut desk).desk.calls, 2);
    desk.keys("ctrl-z").unwrap();
    assert_eq!(report(&mut desk).desk.calls, 1);
    desk.keys("ctrl-y").unwrap();
    assert_eq!(report(&mut desk).desk.calls, 2);
    // What was taken back counts with the next call.
    call(&mut desk);
    assert_eq!(report(&mut desk).desk.undone, 1);
    assert_eq!(desk.report(PASSPHRASE).told, []);
}

#[test]
fn the_numbers_outlive_the_program_and_older_weeks_leave_the_report() {
    let mut desk = empty_desk(SIZE);
    call(&mut desk);
    let before = report(&mut desk);
    let mut desk = again(desk);
    assert_eq!(report(&mut desk), before);
    let mut desk = days_later(desk, 7);
    call(&mut desk);
    let found = report(&mut desk);
    assert_eq!((found.desk.calls, found.weeks.len()), (2, 2));
    let mut desk = days_later(desk, 8 * 7);
    assert_eq!(report(&mut desk).desk.calls, 0);
}

#[test]
fn a_draft_that_a_crash_left_is_counted_when_it_is_kept() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空\"").unwrap();
    desk.advance(Duration::from_secs(2));
    let mut desk = again(again(desk));
    shows(&desk, "架空");
    desk.keys("ctrl-s").unwrap();
    let found = report(&mut desk);
    assert_eq!((found.desk.calls, found.desk.rescued), (1, 1));
    assert_eq!((found.desk.coded.median, found.desk.text.median), (3, 2));
}

#[test]
fn a_save_that_failed_is_counted_with_the_one_that_did_not() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空\"").unwrap();
    desk.advance(Duration::from_secs(2));
    desk.disk().plan(Plan { fail_at: Some(1), lasting: true, ..Plan::default() });
    desk.keys("ctrl-s").unwrap();
    shows(&desk, "保存できていません");
    desk.disk().plan(Plan::default());
    desk.keys("enter ctrl-s").unwrap();
    let found = report(&mut desk);
    assert_eq!((found.desk.calls, found.desk.unsaved), (1, 1));
}

#[test]
fn an_operator_sees_the_medians_of_the_desk_and_nobody_elses_calls() {
    let mut desk = empty_desk(SIZE);
    call(&mut desk);
    let twice = format!("\"{THEIRS}\" enter \"{THEIRS}\" enter");
    desk.keys(&format!("shift-f10 n \"佐藤 健一\" ctrl-s enter {twice}")).unwrap();
    let mut desk = again_as(desk, THEIRS);
    let found = report(&mut desk);
    assert_eq!((found.desk.calls, found.own.calls, found.weeks.len(), found.all), (1, 0, 0, false));
    turn_to_page(&mut desk);
    shows(&desk, "週ごと（自分）");
    hides(&desk, "山田 花子");
}

#[test]
fn only_numbers_are_kept() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1\" \"架空太郎\" tab \"架空居宅\" ctrl-t \"退院の相談\" ctrl-s").unwrap();
    let report = serde_json::to_string(&report(&mut desk)).unwrap();
    assert!(!report.contains("架空") && !report.contains("退院"), "{report}");
    assert_eq!(Kind::Usage.name(), "usage");
}
