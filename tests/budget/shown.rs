//! Whether the screen shows a key, so that somebody who sees it for the first time could press it.

use madoguchi::keys::{Key, KeyCode};
use madoguchi::widgets::theme::Theme;
use ratatui::buffer::{Buffer, Cell};

use crate::desk::Desk;

/// What has to be on the screen for a key: the key as hints write it, or a one-key code before its label.
pub fn shows_key(desk: &Desk, key: Key) -> bool {
    if let (KeyCode::Char(c), false, false) = (key.code, key.ctrl, key.alt) {
        return is_code(desk.buffer(), c) || is_sign(&desk.text(), c);
    }
    is_word(&desk.text(), &key.display())
}

/// Whether a key of more than one letter stands in the text as a word of its own.
fn is_word(text: &str, key: &str) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '^');
    text.match_indices(key).any(|(at, _)| {
        let before = text.split_at(at).0.chars().next_back();
        let after = text.split_at(at + key.len()).1.chars().next();
        !before.is_some_and(joins) && !after.is_some_and(joins)
    })
}

/// Whether a letter or digit stands alone in the style of keys, or in the brackets of what is chosen.
fn is_code(buf: &Buffer, c: char) -> bool {
    let theme = Theme::default();
    let in_style = |cell: &Cell, style: ratatui::style::Style| {
        Some(cell.fg) == style.fg && cell.modifier == style.add_modifier && cell.symbol().trim() != ""
    };
    let area = buf.area;
    let mut symbol = [0; 4];
    let symbol: &str = c.encode_utf8(&mut symbol);
    (area.top()..area.bottom()).any(|y| {
        let row: Vec<&Cell> = (area.left()..area.right()).map(|x| &buf[(x, y)]).collect();
        row.windows(3).any(|cells| {
            let [before, here, after] = cells else { return false };
            let is_key = |cell: &Cell| in_style(cell, theme.key);
            let alone = is_key(here) && !is_key(before) && !is_key(after);
            let chosen = before.symbol() == "[" && in_style(here, theme.chosen) && after.symbol() != " ";
            here.symbol() == symbol && (alone || chosen)
        })
    })
}

/// Whether the line about the signs of the memo has this one with what it is for.
fn is_sign(text: &str, c: char) -> bool {
    "@#>!*;".contains(c)
        && text.lines().any(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let signs = words.iter().filter(|word| word.starts_with(['@', '#', '>', '!', '*', ';'])).count();
            signs == 6 && words.iter().any(|word| word.starts_with(c) && word.chars().count() > 1)
        })
}

#[test]
fn checker_a_key_is_a_word_of_its_own() {
    for (text, key, shown) in [
        ("^S 保存  Tab 次の欄", "^S", true),
        ("^S 保存  Tab 次の欄", "Tab", true),
        ("Shift-Tab 前の欄", "Tab", false),
        ("F1 ヘルプ F12", "F2", false),
        ("F12 保存", "F1", false),
        ("[F2 受付 1]", "F2", true),
        ("「Enterで写す」", "Enter", true),
    ] {
        assert_eq!(is_word(text, key), shown, "{key} in {text}");
    }
}

#[test]
fn checker_a_digit_of_a_clock_is_no_code() {
    use ratatui::layout::Rect;
    let theme = Theme::default();
    let mut buf = Buffer::empty(Rect::new(0, 0, 40, 3));
    buf.set_string(0, 0, "14:29 4要介護", theme.text);
    buf.set_string(0, 1, " ", theme.text);
    buf.set_string(1, 1, "5", theme.key);
    buf.set_string(2, 1, "要介護5", theme.text);
    buf.set_string(0, 2, "[6要支援1]", theme.chosen);
    buf.set_string(20, 2, "F7", theme.key);
    for (c, shown) in [('4', false), ('1', false), ('5', true), ('6', true), ('7', false), ('F', false)] {
        assert_eq!(is_code(&buf, c), shown, "{c}");
    }
}
