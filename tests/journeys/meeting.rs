//! The monthly meeting: flags become the agenda, which is put in order, decided on, held, and taken back.

use madoguchi::locale::Lang;

use crate::desk::{Desk, again, demo, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);

/// The numbers of the agenda, from the top.
fn agenda(desk: &Desk) -> Vec<String> {
    let text = desk.text();
    let rows = text.lines().skip_while(|row| !row.contains("─ 次第")).skip(1).take_while(|row| row.starts_with('│'));
    let numbers = rows.filter_map(|row| row.split_whitespace().find(|word| word.starts_with("R8-")));
    numbers.map(str::to_owned).collect()
}

#[test]
fn a_flag_with_its_reason_is_on_the_agenda_and_off_it_again() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\" ctrl-s f5").unwrap();
    assert!(agenda(&desk).is_empty());
    desk.keys("f3 \"M\" \"対応を揃えたい\" enter f5").unwrap();
    assert_eq!(agenda(&desk), ["R8-0001"]);
    shows(&desk, "対応を揃えたい");
    let mut desk = again(desk);
    desk.keys("f5 \"m\"").unwrap();
    assert!(agenda(&desk).is_empty());
    desk.keys("ctrl-z").unwrap();
    assert_eq!(agenda(&desk), ["R8-0001"]);
    shows(&desk, "対応を揃えたい");
}

#[test]
fn the_order_is_changed_kept_and_taken_back() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f5").unwrap();
    let before = agenda(&desk);
    assert_eq!(before.len(), 5, "{before:?}");
    desk.keys("\"J\"").unwrap();
    let mut moved = before.clone();
    moved.swap(0, 1);
    assert_eq!(agenda(&desk), moved);
    let mut desk = again(desk);
    desk.keys("f5").unwrap();
    assert_eq!(agenda(&desk), moved);
    desk.keys("ctrl-z").unwrap();
    assert_eq!(agenda(&desk), before);
}

#[test]
fn a_decision_is_written_kept_and_taken_back_and_the_treatment_goes_round() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f5 \"d\" \"各窓口で同じ説明をする\" ctrl-s").unwrap();
    shows(&desk, "各窓口で同じ説明をする");
    desk.keys("\"t\"").unwrap();
    shows(&desk, "要決定 4  報告 1");
    let mut desk = again(desk);
    desk.keys("f5").unwrap();
    shows(&desk, "各窓口で同じ説明をする");
    desk.keys("ctrl-z ctrl-z").unwrap();
    hides(&desk, "各窓口で同じ説明をする");
    shows(&desk, "要決定 5  報告 0");
}

#[test]
fn a_held_meeting_takes_the_flags_off_and_gives_them_back_when_undone() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f5 \"d\" \"方針を揃える\" ctrl-s \"H\"").unwrap();
    shows(&desk, "開催済みにしますか");
    desk.keys("\"n\"").unwrap();
    assert_eq!(agenda(&desk).len(), 5);
    desk.keys("\"H\" \"y\"").unwrap();
    shows(&desk, "開催済");
    desk.keys("f3 f m").unwrap();
    shows(&desk, "当てはまる案件はありません");
    desk.keys("ctrl-z f f f5").unwrap();
    shows(&desk, "要決定 5");
    shows(&desk, "方針を揃える");
}
