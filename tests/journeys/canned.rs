//! 定型文, changed by the desk itself: written anew, corrected, taken out, taken back, and used in a memo each time.

use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;
use madoguchi::screens::form::field::Target;

use crate::desk::{again, demo, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);

/// Opens the page with the texts.
fn turn_to_page(desk: &mut Headless) {
    desk.keys("f3 shift-f10").unwrap();
    for _ in 0..9 {
        if desk.text().contains("[定型文]") {
            return;
        }
        desk.keys("right").unwrap();
    }
    panic!("no such page\n{}", desk.text());
}

/// What `;` and these letters bring into the memo of a fresh slip.
fn brought(desk: &mut Headless, letters: &str) -> String {
    desk.keys(&format!("f7 ctrl-t \";{letters}\"")).unwrap();
    let memo = desk.app.intake().current().unwrap().form.values().text(Target::Contact, "text").to_owned();
    desk.keys("ctrl-x d y").unwrap();
    memo
}

#[test]
fn a_text_is_written_used_corrected_and_taken_out() {
    let mut desk = empty_desk(SIZE);
    turn_to_page(&mut desk);
    shows(&desk, "聞き方の助言");
    // The name is taken as an input method leaves it, too.
    desk.keys("\"+\" \"ＺＺ\" tab \"架空の案内\" tab \"架空の{場所}を案内した。\" ctrl-s").unwrap();
    shows(&desk, "架空の案内");
    assert!(brought(&mut desk, "zz").ends_with("架空の{場所}を案内した。"));

    turn_to_page(&mut desk);
    find(&mut desk, "架空の{場所}");
    desk.keys("e tab tab ctrl-u \"架空の案内を直した。\" ctrl-s").unwrap();
    assert!(brought(&mut desk, "zz").ends_with("架空の案内を直した。"));

    let mut desk = again(desk);
    assert!(brought(&mut desk, "zz").ends_with("架空の案内を直した。"), "it is there after a restart");
    turn_to_page(&mut desk);
    find(&mut desk, "架空の案内を直した。");
    desk.keys("-").unwrap();
    shows(&desk, "定型文 zz 架空の案内 を消しますか。");
    desk.keys("y").unwrap();
    hides(&desk, "架空の案内を直した。");
    assert!(!brought(&mut desk, "zz").contains("架空の案内"));
    desk.keys("ctrl-z").unwrap();
    assert!(brought(&mut desk, "zz").ends_with("架空の案内を直した。"), "the removal is taken back");
}

/// Goes down the list until the text below it says this.
fn find(desk: &mut Headless, text: &str) {
    desk.keys("home").unwrap();
    for _ in 0..40 {
        // The chosen text stands whole under the list, in the last rows of the page.
        let shown = desk.text();
        if shown.lines().rev().take(8).any(|row| row.contains(text)) {
            return;
        }
        desk.keys("down").unwrap();
    }
    panic!("no text says {text}\n{}", desk.text());
}

#[test]
fn a_built_in_text_becomes_the_desks_own() {
    let mut desk = demo(Lang::Ja, SIZE);
    let before = brought(&mut desk, "or");
    turn_to_page(&mut desk);
    find(&mut desk, "確かめて折り返すと伝えた。");
    desk.keys("e tab tab ctrl-u \"架空市では翌日までに折り返す。\" ctrl-s").unwrap();
    assert!(brought(&mut desk, "or").ends_with("架空市では翌日までに折り返す。"));
    desk.keys("ctrl-z").unwrap();
    assert_eq!(brought(&mut desk, "or"), before);
}

#[test]
fn what_cannot_be_a_text_is_refused_with_a_reason() {
    for (typed, said) in [
        ("\"a\" tab \"題\" tab \"本文\"", "呼び名は英字2文字にしてください。"),
        ("\"か1\" tab \"題\" tab \"本文\"", "呼び名は英字2文字にしてください。"),
        ("\"or\" tab \"題\" tab \"本文\"", "呼び名 or はもう使われています。"),
        ("\"zz\" tab \"題\"", "題と本文を入れてください。"),
        ("\"zz\" tab tab \"本文\"", "題と本文を入れてください。"),
    ] {
        let mut desk = empty_desk(SIZE);
        turn_to_page(&mut desk);
        desk.keys(&format!("\"+\" {typed} ctrl-s")).unwrap();
        shows(&desk, said);
        // Nothing was kept, and the sheet with what was typed is still there.
        desk.keys("esc esc").unwrap();
        hides(&desk, said);
        assert!(desk.app.model.canned_record().is_none_or(|record| !record.to_string().contains("題")));
    }
}
