use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::widgets::width::odd_text;

/// A text with its caret marked by `|`, and back.
fn editor(marked: &str, multiline: bool) -> Editor {
    let (before, after) = marked.split_once('|').unwrap();
    let mut editor = Editor::new(1_000, multiline);
    editor.set_text(&format!("{before}{after}"));
    editor.set_cursor(before.len());
    editor
}

fn marked(editor: &Editor) -> String {
    let mut text = editor.text().to_owned();
    text.insert(editor.cursor(), '|');
    text
}

#[test]
fn edits() {
    for (before, edit, after, edited) in [
        ("|", Edit::Insert("看取り"), "看取り|", Edited::Text),
        ("主|医", Edit::Insert("治"), "主治|医", Edited::Text),
        ("|", Edit::Insert("ｶﾞｰｾﾞ"), "ガーゼ|", Edited::Text),
        ("|", Edit::Insert(""), "|", Edited::Nothing),
        ("|", Edit::Insert("\u{1b}\u{7}"), "|", Edited::Nothing),
        ("カ|", Edit::Insert("ﾞ"), "ガ|", Edited::Text),
        ("ハ|ル", Edit::Insert("ﾟｰ"), "パー|ル", Edited::Text),
        ("|", Edit::Insert("ﾞ"), "゛|", Edited::Text),
        ("看|", Edit::Insert("ﾞ"), "看゛|", Edited::Text),
        ("|", Edit::Insert("看\t取り"), "看 取り|", Edited::Text),
        ("か|き", Edit::Insert("\u{3099}"), "が|き", Edited::Text),
        ("パ\u{301}|", Edit::Backspace, "|", Edited::Text),
        ("|a", Edit::Backspace, "|a", Edited::Nothing),
        ("葛\u{E0100}|城", Edit::Backspace, "|城", Edited::Text),
        ("a|👨\u{200D}👩\u{200D}👧b", Edit::Delete, "a|b", Edited::Text),
        ("a|", Edit::Delete, "a|", Edited::Nothing),
        ("徳|山", Edit::Left, "|徳山", Edited::Caret),
        ("|徳山", Edit::Left, "|徳山", Edited::Nothing),
        ("徳|山", Edit::Right, "徳山|", Edited::Caret),
        ("徳山|", Edit::Right, "徳山|", Edited::Nothing),
        ("徳|山", Edit::Home, "|徳山", Edited::Caret),
        ("徳|山", Edit::End, "徳山|", Edited::Caret),
        ("徳|山", Edit::Up, "徳|山", Edited::Nothing),
        ("地域連携センターへ電話|", Edit::WordLeft, "地域連携センターへ|電話", Edited::Caret),
        ("地域連携センター|へ電話", Edit::WordLeft, "地域連携|センターへ電話", Edited::Caret),
        ("TEL 0834|", Edit::WordLeft, "TEL |0834", Edited::Caret),
        ("TEL |0834", Edit::WordLeft, "|TEL 0834", Edited::Caret),
        ("、|、", Edit::WordLeft, "|、、", Edited::Caret),
        ("|、佐々木さん", Edit::WordRight, "、佐々木|さん", Edited::Caret),
        ("、佐々木|さん", Edit::WordRight, "、佐々木さん|", Edited::Caret),
        ("徳山|病院", Edit::KillToEnd, "徳山|", Edited::Text),
        ("徳山|", Edit::KillToEnd, "徳山|", Edited::Nothing),
        ("徳山|病院", Edit::KillToStart, "|病院", Edited::Text),
        ("|病院", Edit::KillToStart, "|病院", Edited::Nothing),
    ] {
        for multiline in [false, true] {
            let mut editor = editor(before, multiline);
            assert_eq!(editor.edit(edit), edited, "{before} {edit:?}");
            assert_eq!(marked(&editor), after, "{before} {edit:?}");
        }
    }
}

#[test]
fn line_breaks() {
    for (before, edit, multiline, after) in [
        ("一|二", Edit::Newline, true, "一\n|二"),
        ("一|二", Edit::Newline, false, "一|二"),
        ("|", Edit::Insert("一\r\n二\r三\n"), true, "一\n二\n三\n|"),
        ("|", Edit::Insert("一\u{2028}二"), true, "一\n二|"),
        ("|", Edit::Insert("一\r\n二\r三\n"), false, "一 二 三|"),
        ("一\n|二", Edit::Backspace, true, "一|二"),
        ("一|\n二", Edit::KillToEnd, true, "一|二"),
        ("一\n二|三\n四", Edit::KillToStart, true, "一\n|三\n四"),
        ("一\n二|三\n四", Edit::End, true, "一\n二三|\n四"),
        ("一\n二|三\n四", Edit::Home, true, "一\n|二三\n四"),
    ] {
        let mut editor = editor(before, multiline);
        editor.edit(edit);
        assert_eq!(marked(&editor), after, "{before:?} {edit:?}");
    }
}

#[test]
fn the_limit_cuts_whole_graphemes_and_says_when_nothing_fits() {
    let mut editor = Editor::new(3, false);
    assert_eq!(editor.edit(Edit::Insert("徳山中央")), Edited::Text);
    assert_eq!(editor.text(), "徳山中");
    assert_eq!(editor.edit(Edit::Insert("央")), Edited::Nothing);
    editor.edit(Edit::Backspace);
    assert_eq!(editor.edit(Edit::Insert("葛\u{E0100}")), Edited::Nothing);
    assert_eq!(editor.edit(Edit::Insert("央")), Edited::Text);
    editor.set_text("一二三四五");
    assert_eq!(marked(&editor), "一二三|");
}

#[test]
fn replaces_a_part() {
    for (before, range, new, after) in [
        ("家で>徳山|最期", 6..13, "徳山架空病院", "家で徳山架空病院|最期"),
        ("abc|", 3..3, "d", "abcd|"),
        ("abc|", 0..99, "", "|"),
        ("か\u{301}|", 3..4, "x", "x|"),
    ] {
        let mut editor = editor(before, true);
        assert_eq!(editor.replace(range, new), Edited::Text);
        assert_eq!(marked(&editor), after, "{before}");
    }
    assert_eq!(editor("a|", true).replace(0..0, ""), Edited::Nothing);
}

fn any_edit() -> impl Strategy<Value = (usize, String)> {
    (0_usize..16, odd_text())
}

pub fn edit_of(kind: usize, text: &str) -> Edit<'_> {
    match kind {
        0 => Edit::Backspace,
        1 => Edit::Delete,
        2 => Edit::Left,
        3 => Edit::Right,
        4 => Edit::Home,
        5 => Edit::End,
        6 => Edit::WordLeft,
        7 => Edit::WordRight,
        8 => Edit::KillToEnd,
        9 => Edit::KillToStart,
        10 => Edit::Newline,
        11 => Edit::Up,
        12 => Edit::Down,
        _ => Edit::Insert(text),
    }
}

proptest! {
    #[test]
    fn the_caret_is_always_on_a_grapheme_border(edits in proptest::collection::vec(any_edit(), 1..30), multiline: bool) {
        let mut editor = Editor::new(60, multiline);
        for (kind, text) in edits {
            let before = (editor.text().to_owned(), editor.cursor());
            let edited = editor.edit(edit_of(kind, &text));
            let borders: Vec<usize> =
                editor.text().grapheme_indices(true).map(|(at, _)| at).chain([editor.text().len()]).collect();
            prop_assert!(borders.contains(&editor.cursor()), "{:?} in {:?}", editor.cursor(), editor.text());
            prop_assert_eq!(editor.chars, characters(editor.text()));
            prop_assert!(editor.chars <= 60);
            prop_assert!(multiline || !editor.text().contains('\n'));
            prop_assert!(!editor.text().chars().any(|c| c.is_control() && c != '\n'));
            match edited {
                Edited::Nothing => prop_assert_eq!(before, (editor.text().to_owned(), editor.cursor())),
                Edited::Caret => prop_assert_eq!(before.0, editor.text()),
                Edited::Text => {}
            }
        }
    }

    #[test]
    fn any_replacement_keeps_the_border(text in odd_text(), from in 0_usize..60, len in 0_usize..20, new in odd_text()) {
        let mut editor = Editor::new(200, true);
        editor.set_text(&text);
        editor.replace(from..from + len, &new);
        prop_assert!(editor.text().is_char_boundary(editor.cursor()));
        editor.set_cursor(from);
        prop_assert_eq!(editor.border_from(editor.cursor()), editor.cursor());
    }
}
