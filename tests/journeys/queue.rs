//! The queue: what narrows it, the next action and its date, contacts, closing and reopening, taking back.

use madoguchi::locale::Lang;

use crate::desk::{Desk, again, demo, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);

/// The numbers of the cases in the list, from the top.
fn numbers(desk: &Desk) -> Vec<String> {
    let rows = desk.text();
    let listed = rows.lines().filter_map(|row| row.strip_prefix('│')?.get(2..9));
    listed.filter(|number| number.starts_with("R8-")).map(str::to_owned).collect()
}

/// A desk with one case, in the queue.
fn one_case() -> Desk {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\" ctrl-s f3").unwrap();
    desk
}

#[test]
fn filters_narrow_alone_and_together_and_one_chord_clears_them() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3").unwrap();
    let all = numbers(&desk);
    assert_eq!(all.len(), 11, "{all:?}");
    desk.keys("f m").unwrap();
    let flagged = numbers(&desk);
    assert_eq!(flagged.len(), 5, "{flagged:?}");
    assert!(flagged.iter().all(|number| all.contains(number)));
    desk.keys("f s \"2\"").unwrap();
    let active = numbers(&desk);
    assert!(!active.is_empty() && active.len() < flagged.len(), "{active:?}");
    desk.keys("f f f s \"x\"").unwrap();
    assert_eq!(numbers(&desk).len(), 2, "overdue");
    desk.keys("f f").unwrap();
    assert_eq!(numbers(&desk), all);
}

#[test]
fn typed_text_narrows_in_any_script_and_says_how_to_undo_it() {
    let mut desk = demo(Lang::Ja, SIZE);
    for typed in ["往診医", "ｵｳｼﾝ", "oushin"] {
        desk.keys(&format!("f3 / \"{typed}\"")).unwrap();
        let found = numbers(&desk);
        assert!(found.contains(&"R8-0030".to_owned()) && found.len() < 11, "{typed}: {found:?}");
        desk.keys("esc f f").unwrap();
    }
    desk.keys("/ \"ありえない言葉\" enter").unwrap();
    shows(&desk, "当てはまる案件はありません");
    desk.keys("f f").unwrap();
    assert_eq!(numbers(&desk).len(), 11);
}

#[test]
fn an_input_method_left_on_gives_the_same_commands_in_the_list() {
    let mut desk = one_case();
    desk.keys("\"ｄ\"").unwrap();
    shows(&desk, "次の対応と期限");
    desk.keys("esc \"ｓ\"").unwrap();
    shows(&desk, "状態を変える");
}

#[test]
fn the_next_action_takes_its_date_in_every_spelling() {
    // The desk's day is Tuesday the 24th of November 2026.
    for (typed, shown) in [
        ("+7", "12/01(火)"),
        ("＋７", "12/01(火)"),
        ("火", "12/01(火)"),
        ("明日", "明日"),
        ("月末", "11/30(月)"),
        ("12/5", "12/05(土)"),
        ("R8.12.5", "12/05(土)"),
        ("3/1", "2027/03/01"),
    ] {
        let mut desk = one_case();
        desk.keys(&format!("\"d\" \"{typed} 返事を確認\" enter")).unwrap();
        shows(&desk, shown);
        shows(&desk, "返事を確認");
    }
}

#[test]
fn a_day_that_does_not_exist_is_said_and_stays_to_be_corrected() {
    let mut desk = one_case();
    desk.keys("\"d\" \"2/30\" enter").unwrap();
    shows(&desk, "その日はありません");
    shows(&desk, "2/30");
    desk.keys("ctrl-u \"2/28\" enter").unwrap();
    shows(&desk, "2027/02/28");
}

#[test]
fn a_case_is_closed_with_what_is_missing_and_reopened() {
    let mut desk = demo(Lang::Ja, SIZE);
    // The third: nobody told the doctor yet, so closing asks for it beside the outcome.
    desk.keys("f3 down down \"c\"").unwrap();
    shows(&desk, "終結: R8-0030");
    shows(&desk, "転帰");
    shows(&desk, "主治医へ");
    desk.keys("ctrl-s").unwrap();
    shows(&desk, "終結: R8-0030");
    desk.keys("esc").unwrap();
    assert!(numbers(&desk).contains(&"R8-0030".to_owned()), "nothing was closed");
    // The first has all but its outcome.
    desk.keys("home \"c\" \"1\" ctrl-s").unwrap();
    shows(&desk, "案件を終結しました");
    assert!(!numbers(&desk).contains(&"R8-0026".to_owned()));
    let mut desk = again(desk);
    desk.keys("f3 / \"R8-0026\" enter f s \"a\"").unwrap();
    assert_eq!(numbers(&desk), ["R8-0026"]);
    desk.keys("\"o\"").unwrap();
    desk.keys("f f").unwrap();
    assert!(numbers(&desk).contains(&"R8-0026".to_owned()), "reopened");
}

#[test]
fn a_contact_is_added_to_a_case_by_one_key_and_counted_there() {
    let mut desk = one_case();
    shows(&desk, "経過 1件");
    desk.keys("\"a\"").unwrap();
    shows(&desk, "R8-0001");
    desk.keys("ctrl-t \"返事があった\" ctrl-s f3").unwrap();
    assert_eq!(numbers(&desk).len(), 1, "no second case");
    shows(&desk, "経過 2件");
    shows(&desk, "返事があった");
}

#[test]
fn marked_cases_are_changed_together_and_taken_back_together() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"x\" \"x\"").unwrap();
    shows(&desk, "2件を選択中");
    desk.keys("\"d\" \"+7\" enter").unwrap();
    assert_eq!(desk.text().matches("12/01(火)").count(), 2, "both rows:\n{}", desk.text());
    desk.keys("ctrl-z").unwrap();
    hides(&desk, "12/01(火)");
}

#[test]
fn what_was_done_to_a_case_is_undone_redone_and_in_its_history() {
    for (keys, done) in
        [("\"s\" \"3\"", "先方待"), ("\"!\" \"1\"", "至急"), ("\"d\" \"+7\" enter", "12/01(火)"), ("\"m\"", "旗あり")]
    {
        let mut desk = one_case();
        hides(&desk, done);
        desk.keys(keys).unwrap();
        shows(&desk, done);
        desk.keys("u").unwrap();
        hides(&desk, done);
        let mut desk = again(desk);
        desk.keys("f3 ctrl-y").unwrap();
        shows(&desk, done);
        desk.keys("\"h\"").unwrap();
        shows(&desk, "履歴");
        shows(&desk, "山田 花子");
        shows(&desk, "->");
    }
}

#[test]
fn a_key_that_does_nothing_here_says_so_also_a_function_key() {
    let mut desk = one_case();
    for (key, name) in [("f6", "F6"), ("\"Q\"", "Q"), ("ctrl-k", "^K")] {
        desk.keys(key).unwrap();
        shows(&desk, &format!("{name} はここでは使いません"));
    }
}

#[test]
fn the_palette_and_the_help_say_when_nothing_has_that_name() {
    let mut desk = one_case();
    for open in ["f10", "f1"] {
        desk.keys(&format!("{open} \"存在しない命令\"")).unwrap();
        shows(&desk, "見つかりません");
        desk.keys("esc").unwrap();
    }
}
