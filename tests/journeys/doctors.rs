//! Asking doctors: from a case to an inquiry and its answer, the order that spares who was asked, the districts without a
//! doctor, the way through hospitals.

use std::time::Duration;

use madoguchi::locale::Lang;

use crate::desk::{again, demo};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);
/// A case of the demo whose person wants to die at home.
const CASE: &str = "f3 \"/看取りたい\" enter";

#[test]
fn from_a_case_to_an_inquiry_and_its_answer_that_makes_the_doctor() {
    for size in [(80, 24), SIZE] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys(CASE).unwrap();
        desk.keys("\"i0\"").unwrap();
        // What the case needs is chosen already: it wants to be looked after to the end, with oxygen.
        for text in ["[2訪診]", "[4看取り]", "[9在宅酸素]", "圏域「中央」の中心から"] {
            shows(&desk, text);
        }
        shows(&desk, "架空在宅クリニック 雪村 冬馬");
        desk.keys("enter").unwrap();
        shows(&desk, "照会: 架空在宅クリニック 雪村 冬馬");
        shows(&desk, "訪問診療・主治医の引受");
        desk.keys("ctrl-s").unwrap();
        shows(&desk, "返事待ち 2");
        let mut desk = again(desk);
        desk.keys(CASE).unwrap();
        shows(&desk, "返事待ち 2");
        // The answer: 条件付き, and the doctor from now on. Only who accepts can be.
        desk.keys("\"i\"").unwrap();
        shows(&desk, "架空在宅クリニック 雪村 冬馬 返事待ち");
        desk.keys("enter \"0\" tab tab \"火曜の午後なら\" tab \"1\" ctrl-s").unwrap();
        shows(&desk, "「条件付き」のときだけ");
        desk.keys("shift-tab shift-tab shift-tab shift-tab shift-tab \"2\" ctrl-s").unwrap();
        shows(&desk, "引受: 条件付き");
        shows(&desk, "火曜の午後なら");
        shows(&desk, "返事待ち 1");
        desk.keys("pagedown pagedown pagedown").unwrap();
        desk.keys("pageup").unwrap();
        let mut desk = again(desk);
        desk.keys("f3 \"/看取りたい\"").unwrap();
        shows(&desk, "架空在宅クリニック 雪村 冬馬");
        // One undo takes the answer and the doctor back; the inquiry stays.
        desk.keys("tab ctrl-z").unwrap();
        shows(&desk, "港町架空医院 院長");
        shows(&desk, "返事待ち 2");
    }
}

#[test]
fn who_takes_a_case_was_told_of_it_so_the_case_can_be_closed() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys(CASE).unwrap();
    desk.keys("\"i0\" enter tab tab tab \"1\" tab tab tab \"1\" ctrl-s esc").unwrap();
    shows(&desk, "架空在宅クリニック 雪村 冬馬 (伝達: 必要 11/24(火) 電話)");
    desk.keys("\"c\"").unwrap();
    hides(&desk, "主治医への伝達");
    shows(&desk, "主治医照会の返事待ちが 1 件");
}

#[test]
fn the_order_spares_who_was_asked_often_and_says_why() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys(CASE).unwrap();
    desk.keys("\"i0\"").unwrap();
    shows(&desk, "この順の理由: 条件の答え、近さ、照会の少なさの順に比べて、先頭です。");
    desk.keys("down").unwrap();
    shows(&desk, "直近90日の照会が 架空在宅クリニック より多くなっています(3回、先方1回)");
    // Who declined and who rests stand last, with the reason.
    desk.keys("end").unwrap();
    shows(&desk, "西部架空医院 夕凪 誠一");
    shows(&desk, "まで照会を休止してほしい");
    desk.keys("up").unwrap();
    shows(&desk, "に「受けない」と返事がありました。");
    // Another need, another order; a weekday too.
    desk.keys("\"9\" \"4\" \"a\" tab").unwrap();
    shows(&desk, "[a認知症]");
    shows(&desk, "曜日: 月");
    shows(&desk, "東部架空脳神経クリニック");
    shows(&desk, "すべて可");
    // On Sundays nobody is there.
    desk.keys("tab tab tab tab tab tab").unwrap();
    shows(&desk, "曜日: 日");
    hides(&desk, "すべて可");
}

#[test]
fn a_doctor_who_is_asked_during_a_call_is_kept_with_it() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 tab \"架空鶴\" alt-i").unwrap();
    shows(&desk, "本人の圏域・住所が未入力です");
    desk.keys("enter tab \"4\" ctrl-s").unwrap();
    shows(&desk, "FAX送付書は、通話を保存したあと、案件で p を押すと");
    desk.advance(Duration::from_secs(1));
    // The program is gone without a word: the inquiry is in the draft.
    let mut desk = again(desk);
    desk.keys("f2 ctrl-s f3 \"/架空鶴\" enter").unwrap();
    shows(&desk, "主治医照会  返事待ち 1  全1件");
    // The case is there now: the sheet goes to who was asked, though the case names no doctor.
    desk.keys("\"p\"").unwrap();
    shows(&desk, "FAX送付書");
    shows(&desk, "0 8 3 4 - 0 0 -");
}

#[test]
fn a_fax_inquiry_offers_the_cover_sheet() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys(CASE).unwrap();
    desk.keys("\"i0\" enter tab \"4\" ctrl-s").unwrap();
    shows(&desk, "架空在宅クリニック");
    shows(&desk, "0 8 3 4 - 0 0 - 3 2 0 1");
}

#[test]
fn the_districts_without_a_doctor_are_seen_and_filled() {
    for size in [(80, 24), SIZE] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f3 \"U\"").unwrap();
        to_doctors(&mut desk);
        shows(&desk, "西部中学校区");
        shows(&desk, "主治医なし");
        shows(&desk, "副主治医なし");
        shows(&desk, "1年以上確認なし");
        // 西部: the first who serves it, then a deputy.
        desk.keys("down down down down \"+\" enter").unwrap();
        shows(&desk, "夕凪 誠一");
        desk.keys("\"e2\" \"架空内科クリニック\" enter").unwrap();
        desk.keys("\"C\" \"架空山中学校区 北部\" enter").unwrap();
        shows(&desk, "架空山中学校区");
        let mut desk = again(desk);
        desk.keys("f3 \"U\"").unwrap();
        to_doctors(&mut desk);
        shows(&desk, "架空山中学校区");
        desk.keys("end \"-\" \"y\"").unwrap();
        hides(&desk, "架空山中学校区");
        desk.keys("ctrl-z").unwrap();
        shows(&desk, "架空山中学校区");
        desk.keys("tab").unwrap();
        shows(&desk, "照会の偏り(医師別)");
        shows(&desk, "鷹取 碧 架空在宅");
    }
}

/// Turns the pages until that of the doctors is in front.
fn to_doctors(desk: &mut crate::desk::Desk) {
    for _ in 0..9 {
        if desk.text().contains("[主治医]") {
            return;
        }
        desk.keys("right").unwrap();
    }
    panic!("no page of doctors:\n{}", desk.text());
}

#[test]
fn the_way_through_hospitals_is_read_out_in_both_languages() {
    for size in [(80, 24), (140, 40)] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f3 \"/転院先\" enter \"b\"").unwrap();
        // It begins where the person is.
        shows(&desk, "[今ここ]");
        shows(&desk, "東部架空記念病院");
        shows(&desk, "手術や点滴などの治療を、短い間に集中して行うところです。");
        desk.keys("down tab").unwrap();
        shows(&desk, "This is where people practise to go home.");
        desk.keys("alt-c esc f7 alt-b").unwrap();
        shows(&desk, "病院の機能と転院の道すじ");
    }
}

#[test]
fn what_waits_for_a_doctor_shows_in_the_list_is_found_alone_and_is_late_in_time() {
    for size in [(80, 24), SIZE, (140, 40)] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f3").unwrap();
        shows(&desk, "照会待ち 4(超過 2)");
        desk.keys("\"f\" \"i\"").unwrap();
        shows(&desk, "4件");
        shows(&desk, "[照5日] ");
        shows(&desk, "[照12超]");
        if size.0 >= 100 {
            shows(&desk, "[照会の返事待ち]");
        }
        desk.keys("enter").unwrap();
        shows(&desk, "R8-0030  対応中  急ぐ  [照5日]");
        shows(&desk, "引受: 返事待ち");
        // What happened has the inquiries among the calls, the newest first.
        let text = desk.text();
        let asked = text.find("11/19(木) 山田 花子 主治医照会 電話 架空内").unwrap();
        assert!(asked < text.find("11/18(水) 14:29 山田 花子 電話").unwrap(), "{text}");
        // The answer takes the case off the list, and stands in what happened under its own day.
        desk.keys("\"i\" enter \"3\" tab \"1\" \"来月まで\" ctrl-s").unwrap();
        hides(&desk, "照5日");
        shows(&desk, "11/24(火) 照会の返事 架空浜");
        shows(&desk, "受けない 満床・停止中 来月まで");
        desk.keys("esc").unwrap();
        shows(&desk, "照会待ち 3(超過 2)");
        // The same key again shows all.
        desk.keys("\"f\" \"i\"").unwrap();
        shows(&desk, "R8-0030");
    }
}

#[test]
fn after_how_many_days_an_answer_is_late_is_a_setting() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("shift-f10").unwrap();
    for _ in 0..9 {
        if desk.text().contains("主治医照会の返事を待つ日数") {
            break;
        }
        desk.keys("right").unwrap();
    }
    desk.keys("down down down down down down down down \"e\"").unwrap();
    shows(&desk, "主治医照会の返事を待つ日数");
    desk.keys("ctrl-u \"4\" enter f3").unwrap();
    shows(&desk, "照会待ち 4(超過 4)");
    shows(&desk, "[照5超]");
}

#[test]
fn what_an_office_was_asked_in_a_year_is_a_key_away_and_leads_to_the_case() {
    for size in [(80, 24), SIZE, (140, 40)] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f4 \"架空在宅クリニック\"").unwrap();
        shows(&desk, "主治医照会 直近1年 5件");
        desk.keys("alt-c").unwrap();
        shows(&desk, "照会の履歴 直近1年 5件: 架空在宅クリニック");
        shows(&desk, "受ける 2  条件付き 1  受けない 1  返事待ち 1");
        desk.keys("down").unwrap();
        shows(&desk, "受けない  10/08(木)  満床・停止中 今月はいっぱい");
        desk.keys("up enter").unwrap();
        shows(&desk, "[F3 案件");
        shows(&desk, "在宅緩和ケア中の急変時の入院先");
        // From the table of fairness, of one doctor.
        desk.keys("\"U\"").unwrap();
        to_doctors(&mut desk);
        desk.keys("tab enter").unwrap();
        shows(&desk, "照会の履歴 直近1年");
        desk.keys("esc").unwrap();
        shows(&desk, "照会の偏り(医師別)");
    }
}

#[test]
fn who_said_that_there_is_no_room_comes_behind_who_fits_alike_with_the_reason() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"/主治医意見書を書く\" enter \"i0\"").unwrap();
    shows(&desk, "1.1km 空きなし ");
    shows(&desk, "別の案件で 11/19(木) に、空きがない(満床・停止中、手が足りない)と返事がありました。");
    // A no for that person's own reasons says nothing here.
    desk.keys("esc esc esc \"/往診医を探している\" enter \"i\" up enter").unwrap();
    shows(&desk, "照会の返事: 架空内科クリニック 高梨 亘");
    desk.keys("tab tab \"5\" ctrl-s").unwrap();
    shows(&desk, "この方の事情");
    desk.keys("esc esc \"/主治医意見書を書く\" enter \"i0\"").unwrap();
    hides(&desk, "空きなし");
}
