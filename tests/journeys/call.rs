//! Taking a call: one key to the first field, free order, drafts that survive, saving, a second call on top.

use std::time::Duration;

use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;
use madoguchi::screens::ScreenName;
use madoguchi::screens::form::field::Target;

use crate::desk::{again, demo, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);

/// The code that the slip in front holds for the caller.
fn caller_kind(desk: &Headless) -> String {
    let call = desk.app.intake().current().unwrap();
    call.form.values().text(Target::Contact, "caller_kind").to_owned()
}

#[test]
fn one_key_opens_a_slip_from_any_screen_with_its_first_field_ready() {
    for screen in ["f3", "f4", "f5"] {
        let mut desk = empty_desk(SIZE);
        desk.keys(screen).unwrap();
        desk.keys("f7").unwrap();
        assert_eq!(desk.app.screen(), ScreenName::Intake, "from {screen}");
        shows(&desk, "受付票 下書き");
        assert!(desk.caret().is_some(), "from {screen}");
        desk.keys("\"1\"").unwrap();
        assert_eq!(caller_kind(&desk), "1", "from {screen}");
    }
}

#[test]
fn a_slip_is_filled_in_any_order_and_queued_by_one_key() {
    let mut desk = empty_desk(SIZE);
    // Caller kind, name, office, phone in full width, method, first time.
    desk.keys("f7 \"1架空 一郎\" tab \"架空居宅\" tab \"０８３４００１２３４\" tab \"11\"").unwrap();
    shows(&desk, "0834-00-1234");
    // Back to the phone, and on to the memo by the key for the time.
    desk.keys("shift-tab shift-tab ctrl-t \"看取りの主治医を探している\" ctrl-s").unwrap();
    hides(&desk, "受付票 下書き");
    shows(&desk, "R8-0001");
    shows(&desk, "保存済");
    let desk = again(desk);
    shows(&desk, "R8-0001");
    assert!(desk.app.intake().is_idle(), "the draft of a saved call is gone");
}

#[test]
fn an_input_method_left_on_chooses_the_same_codes() {
    for keys in ["\"1\"", "\"１\""] {
        let mut desk = empty_desk(SIZE);
        desk.keys("f7").unwrap();
        desk.keys(keys).unwrap();
        assert_eq!(caller_kind(&desk), "1", "{keys}");
    }
    // A whole first page with the input method on as with it off: what it commits comes in one burst, or key by key.
    let told = [
        "f7 \"a\" tab tab tab \"12\" tab \"82\" tab \"4\" \"1\" \"2\" \"2\" tab \"ah\" tab \"42\"",
        "f7 \"あ\" tab tab tab \"１２\" tab \"８２\" tab \"４\" \"１\" \"２\" \"２\" tab \"あｈ\" tab \"４２\"",
    ];
    let slips = told.map(|keys| {
        let mut desk = empty_desk(SIZE);
        desk.keys(keys).unwrap();
        desk.app.intake().current().unwrap().form.values().clone()
    });
    assert_eq!(slips[0], slips[1]);
    assert_eq!(slips[0].text(Target::Case, "urgency"), "2");
    assert_eq!(slips[0].codes(Target::Contact, "topics"), ["a", "h"]);
}

#[test]
fn a_draft_is_on_the_disk_within_a_second_of_the_last_key_and_there_again() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\"").unwrap();
    desk.advance(Duration::from_secs(1));
    shows(&desk, "下書き済");
    // The program is gone without a word.
    let mut desk = again(desk);
    shows(&desk, "架空 一郎");
    shows(&desk, "1件 を復元しました");
    desk.keys("tab \"架空居宅\" ctrl-s").unwrap();
    shows(&desk, "R8-0001");
    assert!(again(desk).app.intake().is_idle());
}

#[test]
fn a_second_call_on_top_is_one_key_and_back_is_one_key() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\"").unwrap();
    desk.advance(Duration::from_secs(60));
    desk.keys("f7 \"f架空 花\"").unwrap();
    desk.advance(Duration::from_secs(30));
    shows(&desk, "01:00(保留)");
    shows(&desk, "00:30");
    desk.keys("f9").unwrap();
    desk.advance(Duration::from_secs(5));
    shows(&desk, "01:05");
    shows(&desk, "00:30(保留)");
    assert_eq!(desk.app.intake().calls().len(), 2);
    desk.keys("alt-2").unwrap();
    shows(&desk, "01:05(保留)");
}

#[test]
fn a_paste_is_typing_and_never_a_command() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 ctrl-t").unwrap();
    desk.paste("1行目\r\n2行目 q\u{1b}");
    shows(&desk, "1行目");
    shows(&desk, "2行目 q");
    desk.keys("shift-tab").unwrap();
    assert_eq!(desk.app.screen(), ScreenName::Intake);
}

#[test]
fn dates_in_every_spelling_and_what_is_no_date_stays_as_typed() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 pagedown tab tab tab tab tab tab tab").unwrap();
    for (typed, shown) in [("S15.3.2", "S15.3.2"), ("昭和１５年３月２日", "S15.3.2"), ("1940/3/2", "S15.3.2")]
    {
        desk.keys(&format!("ctrl-u \"{typed}\" tab shift-tab")).unwrap();
        shows(&desk, shown);
    }
    desk.keys("ctrl-u \"昭和15年13月1日\" tab").unwrap();
    shows(&desk, "昭和15年13月1日");
    desk.keys("ctrl-s").unwrap();
    shows(&desk, "R8-0001");
    desk.keys("enter").unwrap();
}

#[test]
fn a_new_line_has_keys_beside_enter() {
    for key in ["ctrl-b", "alt-enter"] {
        let mut desk = empty_desk(SIZE);
        desk.keys(&format!("f7 ctrl-t \"上の行\" {key} \"下の行\"")).unwrap();
        shows(&desk, "下の行");
        hides(&desk, "上の行下の行");
    }
}

#[test]
fn what_is_typed_on_a_slip_can_be_taken_back_there() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\" tab \"架空居宅\" tab").unwrap();
    desk.keys("ctrl-z").unwrap();
    hides(&desk, "架空居宅");
    shows(&desk, "架空 一郎");
    desk.keys("ctrl-z ctrl-z").unwrap();
    hides(&desk, "架空 一郎");
    assert_eq!(caller_kind(&desk), "");
    desk.keys("ctrl-z").unwrap();
    shows(&desk, "この受付票に元に戻すものはありません");
}

#[test]
fn an_office_from_the_directory_comes_into_the_call_by_one_key() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 \"1\" ctrl-f \"kakuuhoumon\" enter").unwrap();
    assert_eq!(desk.app.screen(), ScreenName::Intake);
    shows(&desk, "架空訪問看護ステーション");
    desk.keys("ctrl-f \"かくう\" tab").unwrap();
    desk.keys("y").unwrap();
    assert!(desk.copied.last().is_some_and(|phone| phone.starts_with("0834-00-")), "{:?}", desk.copied);
}

#[test]
fn saving_is_undone_and_redone_also_after_a_restart() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\" ctrl-s").unwrap();
    shows(&desk, "R8-0001");
    desk.keys("ctrl-z").unwrap();
    hides(&desk, "R8-0001");
    desk.keys("ctrl-y").unwrap();
    shows(&desk, "R8-0001");
    let mut desk = again(desk);
    desk.keys("ctrl-z").unwrap();
    hides(&desk, "R8-0001");
    desk.keys("ctrl-z").unwrap();
    shows(&desk, "元に戻すものはありません");
}

#[test]
fn a_flag_on_the_slip_is_one_key_and_lands_in_the_meeting() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\" f8 ctrl-s f5").unwrap();
    shows(&desk, "R8-0001");
}

#[test]
fn an_area_is_one_key_and_goes_on() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f7 \"1\" tab tab tab \"11\" tab \"62\" \"23\"").unwrap();
    shows(&desk, "港");
    shows(&desk, "要介護3");
}
