//! The three forms of a slip: one key goes from one to the next, nothing that was written goes, a draft remembers its own.

use std::time::Duration;

use madoguchi::desk::slip::SlipForm;
use madoguchi::runtime::headless::Headless;
use madoguchi::screens::form::field::Target;

use crate::desk::{again, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (80, 24);

fn form(desk: &Headless) -> SlipForm {
    desk.app.intake().current().unwrap().form_kind()
}

fn field(desk: &Headless) -> String {
    desk.app.intake().current().unwrap().form.field().unwrap().name()
}

fn text(desk: &Headless, target: Target, member: &str) -> String {
    desk.app.intake().current().unwrap().form.values().text(target, member).to_owned()
}

#[test]
fn one_key_goes_through_the_forms_and_what_was_written_stays_and_is_counted() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\" tab \"架空居宅\" tab tab tab tab \"架空 花枝\"").unwrap();
    shows(&desk, "Alt-f 受付票 標準");
    desk.keys("alt-f").unwrap();
    assert_eq!(form(&desk), SlipForm::Brief);
    shows(&desk, "受付票 下書き 簡易");
    shows(&desk, "他の票に記入 1");
    hides(&desk, "架空 花枝");
    assert_eq!(field(&desk), "contact.phone", "the first field that is empty");
    desk.keys("alt-f").unwrap();
    shows(&desk, "受付票 下書き 退院情報連絡");
    shows(&desk, "架空 花枝");
    desk.keys("alt-f").unwrap();
    assert_eq!(form(&desk), SlipForm::Standard);
    for (target, member, told) in [
        (Target::Contact, "caller_name", "架空 一郎"),
        (Target::Contact, "caller_office", "架空居宅"),
        (Target::Case, "subject_name", "架空 花枝"),
    ] {
        assert_eq!(text(&desk, target, member), told);
    }
    desk.keys("ctrl-z").unwrap();
    assert_eq!(form(&desk), SlipForm::Discharge, "a form that was taken is taken back like a field");
}

#[test]
fn the_caret_stays_in_the_memo_when_the_form_changes() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 ctrl-t \"看取り\" left alt-f \"の\"").unwrap();
    assert!(text(&desk, Target::Contact, "text").ends_with("看取のり"));
    assert_eq!(field(&desk), "contact.text");
}

#[test]
fn a_brief_call_is_twenty_keys_and_its_row_says_what_it_was() {
    let mut desk = empty_desk((100, 30));
    let keys = "f7 alt-f \"F\" tab tab tab \"q\" tab tab \"5\" \"架空福祉窓口\" tab \"介護の申し込みをしたい\" ctrl-s";
    desk.keys(keys).unwrap();
    shows(&desk, "R8-0001");
    shows(&desk, "介護の申し込みをしたい");
    desk.keys("f3 enter").unwrap();
    shows(&desk, "簡易");
    shows(&desk, "架空福祉窓口");
    shows(&desk, "他窓口へ紹介");
}

#[test]
fn a_hospital_with_a_discharge_is_offered_its_form_and_nobody_is_switched() {
    let mut desk = empty_desk((100, 30));
    desk.keys("f7 \"3\"").unwrap();
    hides(&desk, "病院からの退院");
    desk.keys("ctrl-t \"#退院・転院\" enter").unwrap();
    shows(&desk, "Alt-f 退院情報連絡の票へ");
    assert_eq!(form(&desk), SlipForm::Standard);
    desk.keys("alt-f").unwrap();
    assert_eq!(form(&desk), SlipForm::Discharge);
    // Once somebody chose, it is not asked again.
    desk.keys("alt-f").unwrap();
    assert_eq!(form(&desk), SlipForm::Standard);
    hides(&desk, "退院情報連絡の票へ");
    desk.keys("alt-f").unwrap();
    assert_eq!(form(&desk), SlipForm::Brief);
}

#[test]
fn what_a_hospital_tells_of_a_discharge_stands_in_the_case() {
    let mut desk = empty_desk((100, 30));
    desk.keys("f7 alt-f alt-f \"3架空 次郎\" tab \"徳山架空病院\" tab \"0834002100\" tab").unwrap();
    assert_eq!(text(&desk, Target::Case, "facility"), "徳山架空病院", "where the person is");
    assert_eq!(text(&desk, Target::Case, "hospital_staff"), "架空 次郎", "whom to ask there");
    desk.keys("tab \"3階東\" tab tab \"架空 医師\" tab \"架空 花枝\" tab \"8\" \"2\" \"12/5\" tab \"1\"").unwrap();
    assert_eq!(text(&desk, Target::Case, "discharge_on"), "2026-12-05");
    desk.keys("tab \"3\" \"架空居宅\" tab tab tab \"ケアマネジャーへ連絡してほしい\" tab \"胃ろうあり\" ctrl-s")
        .unwrap();
    shows(&desk, "R8-0001");
    desk.keys("f3 enter").unwrap();
    for told in ["徳山架空病院", "3階東", "架空 医師", "ケアマネジャーへ連絡してほしい", "退院・転院"]
    {
        shows(&desk, told);
    }
}

#[test]
fn a_draft_that_was_left_comes_back_on_its_form() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"1架空 一郎\" alt-f").unwrap();
    desk.advance(Duration::from_secs(1));
    let desk = again(desk);
    assert_eq!(form(&desk), SlipForm::Brief);
    shows(&desk, "架空 一郎");
    shows(&desk, "受付票 下書き 簡易");
}
