//! The directory: found at each key, offices and people added, corrected, checked and removed, and taken back.

use madoguchi::locale::Lang;
use madoguchi::screens::ScreenName;

use crate::desk::{again, demo, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);

#[test]
fn an_office_is_found_in_every_script_by_number_person_and_what_it_can_do() {
    for typed in ["架空内科", "かくうないか", "ｶｸｳﾅｲｶ", "kakuunaika", "0834003100", "久世", "看取り 内科"]
    {
        let mut desk = demo(Lang::Ja, SIZE);
        desk.keys(&format!("f4 \"{typed}\"")).unwrap();
        shows(&desk, "架空内科クリニック");
        hides(&desk, "61件");
    }
}

#[test]
fn a_low_terminal_shows_the_offices_and_leaves_the_look_at_one_out() {
    for size in [(40, 10), (60, 11)] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f7 f4 \"架空内科\"").unwrap();
        shows(&desk, "> 架空内科");
    }
}

#[test]
fn nothing_found_says_what_to_do_and_what_was_typed_becomes_the_name() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"架空未登録医院\"").unwrap();
    shows(&desk, "見つかりません");
    desk.keys("alt-n").unwrap();
    shows(&desk, "連携先を加える");
    desk.keys("ctrl-s").unwrap();
    shows(&desk, "連携先を追加しました");
    shows(&desk, "> 架空未登録医院");
}

#[test]
fn an_office_is_added_with_a_person_corrected_checked_and_its_history_shows_all() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f4").unwrap();
    shows(&desk, "連携先がまだありません");
    desk.keys("alt-n \"架空新病院\" tab tab \"1\" tab tab \"０８３４００９９０１\" ctrl-s").unwrap();
    shows(&desk, "架空新病院");
    shows(&desk, "0834-00-9901");
    shows(&desk, "まだ確認していません");
    // The new office is chosen, and letters are commands: a person, a correction, a check.
    desk.keys("\"a\" \"架空 窓子\" ctrl-s").unwrap();
    shows(&desk, "架空 窓子");
    desk.keys("\"e\" end \"分院\" ctrl-s").unwrap();
    shows(&desk, "架空新病院分院");
    desk.keys("\"v\" \"1\"").unwrap();
    shows(&desk, "確認 11/24(火) 山田 花子");
    let mut desk = again(desk);
    desk.keys("f4 tab alt-h").unwrap();
    shows(&desk, "履歴");
    shows(&desk, "架空新病院 -> 架空新病院分院");
}

#[test]
fn each_change_of_an_office_is_taken_back_in_turn_also_after_a_restart() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f4 alt-n \"架空新病院\" ctrl-s \"a\" \"架空 窓子\" ctrl-s \"v\" \"1\"").unwrap();
    shows(&desk, "確認 11/24(火)");
    desk.keys("ctrl-z").unwrap();
    shows(&desk, "まだ確認していません");
    shows(&desk, "架空 窓子");
    let mut desk = again(desk);
    desk.keys("f4 ctrl-z").unwrap();
    hides(&desk, "架空 窓子");
    desk.keys("ctrl-z").unwrap();
    hides(&desk, "架空新病院");
    desk.keys("ctrl-y ctrl-y ctrl-y").unwrap();
    shows(&desk, "架空 窓子");
    shows(&desk, "確認 11/24(火)");
}

#[test]
fn an_office_is_removed_only_when_asked_and_comes_back() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"架空駅前医院\" tab \"D\" \"n\"").unwrap();
    shows(&desk, "0834-00-3300");
    desk.keys("\"D\" \"y\"").unwrap();
    hides(&desk, "0834-00-3300");
    desk.keys("ctrl-z").unwrap();
    shows(&desk, "0834-00-3300");
}

#[test]
fn the_foot_offers_to_take_an_office_only_where_there_is_a_call() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"架空内科\"").unwrap();
    hides(&desk, "受付票へ入れる");
    desk.keys("f7 \"1\" ctrl-f \"架空内科\"").unwrap();
    shows(&desk, "Enter 受付票へ入れる");
    desk.keys("enter").unwrap();
    assert_eq!(desk.app.screen(), ScreenName::Intake);
    shows(&desk, "架空内科クリニック");
}

#[test]
fn words_typed_among_names_narrow_and_are_shown_as_they_were_understood() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"看取り 可\"").unwrap();
    shows(&desk, "[看取り 可]");
    hides(&desk, "61件");
    desk.keys("\" 中央\"").unwrap();
    shows(&desk, "[圏域・所在 中央]");
    // A word that is only half typed is looked for as a word.
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"どよう\"").unwrap();
    shows(&desk, "[土曜]");
    desk.keys("backspace").unwrap();
    hides(&desk, "[土曜]");
}

#[test]
fn keys_type_the_same_words_and_take_them_out_again() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 tab \"m\"").unwrap();
    shows(&desk, "[今 開いている]");
    desk.keys("alt-l").unwrap();
    hides(&desk, "[今 開いている]");
    shows(&desk, "61件");
    desk.keys("alt-t").unwrap();
    shows(&desk, "できることで絞る");
    desk.keys("\"4\"").unwrap();
    shows(&desk, "[看取り 可]");
    desk.keys("alt-b").unwrap();
    shows(&desk, "圏域で絞る");
    desk.keys("\"1\"").unwrap();
    shows(&desk, "[圏域・所在");
}

#[test]
fn a_guessed_reading_is_marked_found_by_and_confirmed_or_corrected_in_place() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f4 alt-n \"周南髙橋内科\" ctrl-s").unwrap();
    shows(&desk, "よみ 推: シュウナンタカハシナイカ");
    desk.keys("esc \"takahasinaika\"").unwrap();
    shows(&desk, "周南髙橋内科");
    desk.keys("alt-r").unwrap();
    shows(&desk, "周南髙橋内科 のよみ");
    desk.keys("end \"イイン\" enter").unwrap();
    hides(&desk, "よみ 推");
    let mut desk = again(desk);
    desk.keys("f4 \"takahasinaikaiin\"").unwrap();
    shows(&desk, "周南髙橋内科");
    hides(&desk, "よみ 推");
    desk.keys("ctrl-z").unwrap();
    desk.keys("esc \"takahasinaika\"").unwrap();
    shows(&desk, "よみ 推");
}
