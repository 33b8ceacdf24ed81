//! What an office can do and whether it has places now: written down by single keys, shown in words, taken back, expired.

use madoguchi::locale::Lang;

use crate::desk::{again, demo};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);

#[test]
fn answers_are_given_by_single_keys_kept_as_one_deed_and_taken_back_as_one() {
    for size in [(80, 24), SIZE] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f4 \"架空山手医院\" tab \"c\"").unwrap();
        shows(&desk, "架空山手医院 にできること");
        shows(&desk, "今日わかった方法: 電話");
        // 看取り 可, 緩和ケア 要相談, IVH 不可.
        desk.keys("\"4\" \"55\" \"888\"").unwrap();
        shows(&desk, "看取り     可");
        shows(&desk, "緩和ケア   要相談");
        shows(&desk, "IVH        不可");
        desk.keys("ctrl-s").unwrap();
        shows(&desk, "看取り 可");
        shows(&desk, "緩和ケア 要相談");
        shows(&desk, "IVH 不可");
        let mut desk = again(desk);
        desk.keys("f4 \"架空山手医院\"").unwrap();
        shows(&desk, "看取り 可");
        desk.keys("ctrl-z").unwrap();
        hides(&desk, "看取り 可");
        hides(&desk, "IVH 不可");
        shows(&desk, "0834-00-3700");
    }
}

#[test]
fn each_answer_tells_how_and_when_and_by_whom_it_became_known_also_in_the_history() {
    let mut desk = demo(Lang::Ja, SIZE);
    // By survey: three times on from the telephone; arrows go to the next, the blank turns it.
    desk.keys("f4 \"架空山手医院\" tab \"c\" tab tab tab").unwrap();
    shows(&desk, "今日わかった方法: アンケート");
    desk.keys("\"4\" down \" \" right \"   \" ctrl-s \"c\"").unwrap();
    shows(&desk, "看取り     可");
    shows(&desk, "緩和ケア   可");
    shows(&desk, "吸引       不可");
    shows(&desk, "調査 山田 花子");
    desk.keys("esc alt-h").unwrap();
    shows(&desk, "できることを記入");
    shows(&desk, "看取り 可 アンケート");
}

#[test]
fn escape_throws_no_answer_away_at_once() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"架空山手医院\" tab \"c\" \"4\" esc").unwrap();
    shows(&desk, "にできること");
    desk.keys("esc").unwrap();
    hides(&desk, "にできること");
    hides(&desk, "看取り 可");
    // Nothing was given: one Esc is enough.
    desk.keys("\"c\" esc").unwrap();
    hides(&desk, "にできること");
}

#[test]
fn one_key_says_that_all_is_as_before_and_the_answers_are_of_today() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"架空在宅クリニック\" tab \"c\"").unwrap();
    shows(&desk, "開設時アンケ..");
    desk.keys("\"0\" ctrl-s \"c\"").unwrap();
    hides(&desk, "開設時アンケ..");
}

#[test]
fn places_now_are_found_until_their_last_day_and_then_shown_as_expired() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"架空山手医院\" tab \"w\" \"1\" \"14\" tab \"+7\" ctrl-s").unwrap();
    shows(&desk, "今の受入: 可 待ち14日 (12/01(火)まで)");
    desk.keys("f4 ctrl-f \"架空山手 受入中\"").unwrap();
    shows(&desk, "[今 受入あり・要相談]");
    shows(&desk, "架空山手医院");
    // A day that was never given: two weeks.
    desk.keys("tab \"w\" \"2\" ctrl-s").unwrap();
    shows(&desk, "今の受入: 要相談 待ち14日 (12/08(火)まで)");
    desk.keys("ctrl-z ctrl-z ctrl-f \"架空山手\"").unwrap();
    shows(&desk, "0834-00-3700");
    hides(&desk, "今の受入: ");
}

#[test]
fn places_of_the_past_are_marked_and_no_longer_narrow() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"みなと架空 老人保健\"").unwrap();
    shows(&desk, "期限切れ");
    shows(&desk, "要確認");
    desk.keys("ctrl-f \"受入中\"").unwrap();
    shows(&desk, "架空在宅クリニック");
    hides(&desk, "介護老人保健施設みなと架空");
}

#[test]
fn a_place_that_is_served_is_found_although_the_office_stands_elsewhere() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f4 \"訪問診療 架空島\"").unwrap();
    shows(&desk, "[圏域・所在 架空島]");
    shows(&desk, "北部架空診療所");
    shows(&desk, "訪問エリア: 北部中学校区、架空島");
}
