//! Who is calling is known before the second field: by number, name or office in any spelling; two records of one person
//! become one; what all desks say to a family stands over the slip; an earlier case is continued by one key.

use std::time::Duration;

use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;
use madoguchi::screens::form::field::Target;

use crate::desk::{Desk, again, demo, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);
const SMALL: (u16, u16) = (80, 24);

/// What stands on the slip in front.
fn on_slip(desk: &Headless, member: &str) -> String {
    desk.app.intake().current().unwrap().form.values().text(Target::Contact, member).to_owned()
}

/// The member of the field in focus.
fn focus(desk: &Headless) -> &'static str {
    desk.app.intake().current().unwrap().form.field().unwrap().member
}

/// A desk that 田中 一郎 called once: kind, name, office, number, reading, fax, a case.
fn called_once(size: (u16, u16)) -> Desk {
    let mut desk = empty_desk(size);
    desk.keys("f7 \"1田中 一郎\" tab \"架空居宅\" tab \"0834-00-1234\"").unwrap();
    desk.keys("pagedown \"たなか いちろう\" tab tab \"0834-00-1235\" ctrl-t \"往診医を探している\" ctrl-s").unwrap();
    shows(&desk, "R8-0001");
    desk
}

#[test]
fn a_number_in_any_spelling_brings_the_caller_in_one_key() {
    for typed in ["0834-00-1234", "０８３４（００）１２３４", "0834001234", "1234"] {
        let mut desk = called_once(SIZE);
        desk.keys(&format!("f7 tab tab tab \"{typed}\"")).unwrap();
        shows(&desk, "田中 一郎");
        shows(&desk, "Enter で写す");
        assert_eq!(on_slip(&desk, "caller_name"), "", "nothing is written before a key says so: {typed}");
        desk.keys("enter").unwrap();
        for (member, value) in [
            ("caller_kind", "1"),
            ("caller_name", "田中 一郎"),
            ("caller_kana", "たなか いちろう"),
            ("caller_office", "架空居宅"),
            ("phone", "0834-00-1234"),
            ("fax", "0834-00-1235"),
        ] {
            assert_eq!(on_slip(&desk, member), value, "{typed}: {member}");
        }
        assert_eq!(focus(&desk), "method", "{typed}");
    }
}

#[test]
fn a_number_typed_into_the_name_is_a_number() {
    let mut desk = called_once(SIZE);
    desk.keys("f7 tab \"0834001234\"").unwrap();
    shows(&desk, "Enter で写す");
    desk.keys("enter").unwrap();
    assert_eq!((on_slip(&desk, "caller_name"), on_slip(&desk, "phone")), ("田中 一郎".into(), "0834-00-1234".into()));
}

#[test]
fn a_name_brings_the_caller_in_kana_romaji_and_kanji() {
    for typed in ["たなか", "tanaka", "田中", "ﾀﾅｶ", "タナカ　イチロウ"] {
        let mut desk = called_once(SIZE);
        desk.keys(&format!("f7 tab \"{typed}\"")).unwrap();
        shows(&desk, "Enter で写す");
        desk.keys("enter").unwrap();
        assert_eq!(on_slip(&desk, "caller_name"), "田中 一郎", "{typed}");
        assert_eq!(on_slip(&desk, "phone"), "0834-00-1234", "{typed}");
    }
}

#[test]
fn who_is_not_known_is_typed_as_ever() {
    let mut desk = called_once(SIZE);
    desk.keys("f7 \"1佐藤 花\" enter").unwrap();
    assert_eq!((on_slip(&desk, "caller_name"), focus(&desk)), ("佐藤 花".into(), "caller_office"));
    // Tab goes on even where somebody is proposed.
    desk.keys("shift-tab alt-u \"田中\" tab").unwrap();
    assert_eq!((on_slip(&desk, "caller_name"), focus(&desk)), ("田中".into(), "caller_office"));
}

#[test]
fn what_was_taken_is_taken_back_by_undo_and_survives_the_end_of_the_program() {
    let mut desk = called_once(SIZE);
    desk.keys("f7 tab \"tanaka\" enter").unwrap();
    desk.advance(Duration::from_secs(1));
    let mut desk = again(desk);
    assert_eq!(on_slip(&desk, "caller_name"), "田中 一郎");
    shows(&desk, "前の相談 田中 一郎");
    desk.keys("ctrl-s").unwrap();
    shows(&desk, "R8-0002");
    desk.keys("f7 tab \"tanaka\" enter ctrl-z").unwrap();
    assert_eq!(on_slip(&desk, "phone"), "");
}

#[test]
fn earlier_contacts_stand_over_the_slip_and_a_case_is_continued_by_one_key() {
    let mut desk = called_once(SIZE);
    desk.keys("f7 tab tab tab \"0834-00-1234\"").unwrap();
    shows(&desk, "11/24(火)");
    shows(&desk, "往診医を探している");
    desk.keys("enter").unwrap();
    shows(&desk, "前の相談 田中 一郎");
    desk.keys("alt-c").unwrap();
    shows(&desk, "R8-0001");
    assert!(desk.app.intake().current().unwrap().about.is_some());
    desk.keys("ctrl-t \"返事をした\" ctrl-s").unwrap();
    hides(&desk, "R8-0002");
    desk.keys("enter").unwrap();
    shows(&desk, "返事をした");
    shows(&desk, "往診医を探している");
}

#[test]
fn an_offices_number_proposes_its_people() {
    let mut desk = called_once(SIZE);
    desk.keys("f7 \"1鈴木 花\" tab \"架空居宅\" tab \"0834-00-1234\" tab ctrl-t \"相談\" ctrl-s").unwrap();
    desk.keys("f7 tab tab tab \"0834001234\"").unwrap();
    shows(&desk, "田中 一郎");
    shows(&desk, "鈴木 花");
    hides(&desk, "Enter で写す");
    desk.keys("down").unwrap();
    shows(&desk, "Enter で写す");
    desk.keys("down enter").unwrap();
    assert_ne!(on_slip(&desk, "caller_name"), "");
}

#[test]
fn two_records_of_one_person_become_one_and_two_again() {
    let mut desk = empty_desk(SIZE);
    // First only a number, then the name behind it: whether they are one is for somebody to say.
    desk.keys("f7 \"F\" tab tab \"0834-00-5678\" ctrl-t \"一度目\" ctrl-s").unwrap();
    desk.keys("f7 \"F架空 幸枝\" tab tab \"0834-00-5678\" ctrl-t \"二度目\" ctrl-s").unwrap();
    desk.keys("f7 tab tab tab \"0834-00-5678\" down").unwrap();
    shows(&desk, "同じ人かもしれません");
    desk.keys("alt-m").unwrap();
    shows(&desk, "同じ人の記録を1つにする");
    shows(&desk, "案件 2 件");
    desk.keys("enter").unwrap();
    shows(&desk, "同じ人を統合");
    hides(&desk, "同じ人かもしれません");
    shows(&desk, "Enter で写す");
    desk.keys("enter").unwrap();
    assert_eq!(on_slip(&desk, "caller_name"), "架空 幸枝");
    shows(&desk, "11/24(火)");
    desk.advance(Duration::from_secs(1));
    let mut desk = again(desk);
    shows(&desk, "前の相談 架空 幸枝");
    // The merge is taken back where nothing is being typed.
    desk.keys("esc ctrl-z").unwrap();
    shows(&desk, "元に戻しました");
    desk.keys("f7 tab tab tab \"0834-00-5678\" down").unwrap();
    shows(&desk, "同じ人かもしれません");
}

#[test]
fn the_policy_of_all_desks_stands_in_full_before_anything_else_is_typed() {
    for size in [SIZE, SMALL, (140, 40)] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f7 \"F\" \"架空幸枝\"").unwrap();
        assert_eq!(on_slip(&desk, "caller_kana"), "", "{size:?}");
        shows(&desk, "統一対応方針");
        desk.keys("enter").unwrap();
        shows(&desk, "入院中に他院の外来を受診することは、制度上できません");
        shows(&desk, "批評をしない");
    }
}

#[test]
fn a_policy_is_written_from_a_case_and_says_when_it_has_expired() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"F架空 幸枝\" tab tab \"0834-00-5678\" ctrl-t \"各窓口へ同じ相談\" ctrl-s").unwrap();
    desk.keys("P").unwrap();
    shows(&desk, "統一対応方針を書く");
    desk.keys("\"同じ説明をする\" tab \"ほかの窓口を勧めない\" tab tab tab tab \"2026-11-30\" ctrl-s").unwrap();
    shows(&desk, "統一対応方針を保存");
    desk.keys("f7 tab tab tab \"0834005678\"").unwrap();
    shows(&desk, "伝える: 同じ説明をする");
    shows(&desk, "控える: ほかの窓口を勧めない");
    hides(&desk, "期限切れ");
    desk.keys("enter alt-p tab tab tab tab tab alt-u \"2026-11-20\" ctrl-s").unwrap();
    shows(&desk, "期限切れ");
}

#[test]
fn at_eighty_columns_the_choices_make_room_for_who_is_calling() {
    let mut desk = called_once(SMALL);
    desk.keys("f7 tab").unwrap();
    let row = desk.caret().map(|caret| caret.y);
    for letter in ["t", "a", "n", "a", "k", "a"] {
        desk.keys(&format!("\"{letter}\"")).unwrap();
        assert_eq!(desk.caret().map(|caret| caret.y), row, "the slip stands still while somebody types");
    }
    shows(&desk, "田中 一郎");
    shows(&desk, "Enter で写す");
    let caret = desk.caret();
    assert!(caret.is_some());
    desk.keys("enter").unwrap();
    shows(&desk, "前の相談 田中 一郎");
    assert_eq!(focus(&desk), "method");
    shows(&desk, "電話");
}

#[test]
fn anonymous_callers_make_nobody() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f7 \"F\" ctrl-t \"匿名の相談\" ctrl-s").unwrap();
    shows(&desk, "R8-0001");
    assert!(desk.app.model.known.is_empty());
    desk.keys("f7 \"F架空 花\" ctrl-t \"名前のある相談\" ctrl-s").unwrap();
    assert_eq!(desk.app.model.known.len(), 1);
    desk.keys("ctrl-z").unwrap();
    assert!(desk.app.model.known.is_empty(), "undo takes the person back with the call");
}
