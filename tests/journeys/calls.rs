//! Calls on top of calls: each with its clocks, how often it was left, and what its slip still lacks.

use std::time::Duration;

use madoguchi::locale::Lang;
use madoguchi::screens::form::field::Target;

use crate::desk::{Desk, again, demo, empty_desk};
use crate::support::{hides, shows};

#[test]
fn a_call_that_is_left_counts_how_often_and_for_how_long() {
    let mut desk = empty_desk((100, 30));
    desk.keys("f7 \"1架空 一郎\"").unwrap();
    desk.advance(Duration::from_secs(60));
    shows(&desk, "架空 一郎 01:00");
    hides(&desk, "中断");
    // A second call on top for half a minute, then back to the first.
    desk.keys("f7 \"2\"").unwrap();
    desk.advance(Duration::from_secs(30));
    desk.keys("alt-1").unwrap();
    shows(&desk, "架空 一郎 01:00/01:30 中断1");
    desk.keys("alt-l").unwrap();
    shows(&desk, "受付中の電話");
    shows(&desk, "通話 01:00  中断 1回 00:30");
    shows(&desk, "2 包括  受付票 標準");
    // Enter goes to the call that is chosen.
    desk.keys("down down down enter").unwrap();
    assert_eq!(desk.app.intake().current_index(), 1);
    desk.keys("alt-1 tab \"架空居宅\" ctrl-s").unwrap();
    desk.keys("f3 enter").unwrap();
    shows(&desk, "中断");
    shows(&desk, "2回");
}

#[test]
fn what_a_slip_lacks_is_named_and_changes_only_when_a_field_is_left() {
    let mut desk = empty_desk((80, 24));
    desk.keys("f7 \"1\" \"架空 一郎\"").unwrap();
    shows(&desk, "未記入 7");
    let mut desk = empty_desk((100, 30));
    desk.keys("f7").unwrap();
    shows(&desk, "未記入 8: 相談者・氏");
    desk.keys("\"1\"").unwrap();
    shows(&desk, "未記入 7: 氏名");
    desk.keys("\"架空 一郎\"").unwrap();
    shows(&desk, "未記入 7: 氏名");
    desk.keys("tab").unwrap();
    shows(&desk, "未記入 6: 年代");
    // On the brief form less is wanted.
    desk.keys("alt-f").unwrap();
    shows(&desk, "未記入 4: 内容・紹介");
    desk.keys("alt-l").unwrap();
    shows(&desk, "未記入 4: 内容・紹介先・対応・メモ");
    // The phone rings: the list goes by itself.
    desk.keys("f7").unwrap();
    hides(&desk, "受付中の電話");
    assert_eq!(desk.app.intake().calls().len(), 2);
}

#[test]
fn a_program_that_went_counts_as_one_time_left_and_the_draft_says_what_it_lacks() {
    let mut desk = empty_desk((100, 30));
    desk.keys("f7 \"1架空 一郎\"").unwrap();
    desk.advance(Duration::from_secs(2));
    let mut desk = again(desk);
    assert_eq!(desk.app.intake().current().unwrap().pauses(), 1);
    desk.keys("alt-l").unwrap();
    shows(&desk, "中断 1回");
    shows(&desk, "未記入 6: 年代");
    // Written and restored without going on: it was left only once.
    desk.keys("esc shift-f7").unwrap();
    let desk = again(desk);
    assert_eq!(desk.app.intake().calls().len(), 1);
}

#[test]
fn all_three_are_told_in_english_too() {
    let mut desk = demo(Lang::En, (80, 24));
    desk.keys("f7 \"F\" alt-l").unwrap();
    shows(&desk, "Calls in progress");
    shows(&desk, "Not filled in, 7: Name, Age");
    desk.keys("esc alt-r").unwrap();
    let call = desk.app.intake().current().unwrap();
    assert!(call.form.values().text(Target::Contact, "text").contains("Warm transfer"));
}

#[test]
fn a_slash_before_another_key_is_none_of_two() {
    let mut desk = empty_desk((100, 30));
    desk.keys("f7 \"1\" \"架空 一郎\" ctrl-s").unwrap();
    let kind = |desk: &Desk| {
        let call = desk.app.intake().current().unwrap();
        call.form.values().text(Target::Contact, "caller_kind").to_owned()
    };
    desk.keys("f7 \"/\" tab shift-tab \"/\"").unwrap();
    assert_eq!(kind(&desk), "");
    desk.keys("\"/\"").unwrap();
    assert_eq!(kind(&desk), "1");
}
