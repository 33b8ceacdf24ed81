//! Text and where it lands: committed by an input method, pasted, under popups, in windows of any size.

use madoguchi::keys::Action;
use madoguchi::locale::{Lang, Locale};

use crate::harness::{Desk, Home, find, text_of};
use crate::steps::ja;

#[test]
fn a_fresh_folder_offers_the_demo_or_a_desk_and_is_left_empty() {
    let home = Home::new();
    let mut desk = home.start(80, 24);
    desk.until_text(&ja("start-1-demo"));
    desk.until_text(&ja("start-2-desk"));
    desk.act(Action::Quit);
    assert_eq!(desk.finished().status.exit_code(), 0);
    assert!(!home.data().exists(), "looking left something behind");
}

#[test]
fn japanese_is_typed_and_pasted_into_the_memo() {
    let home = Home::new();
    let mut desk = home.set_up(100, 30);
    desk.go_to_memo();
    desk.send("往診医を探す");
    desk.until_text("往診医を探す");
    // Terminals send \r for each line end of a paste.
    desk.paste("退院は来週\n夜間はｶﾞｿﾞｳあり\n");
    desk.until_text("夜間はガゾウあり");
    let screen = desk.screen();
    let (first, second) = (find(&screen, "往診医を探す退院は来週"), find(&screen, "夜間はガゾウあり"));
    let ((first, column), (second, same)) = (first.expect("one line"), second.expect("the next line"));
    assert_eq!((second, same), (first + 1, column));
    desk.until("the caret on the line after", |screen| screen.cursor_position() == (first + 2, column));
}

#[test]
fn what_an_input_method_commits_at_once_is_drawn_at_once() {
    let home = Home::new();
    let mut desk = home.set_up(100, 30);
    desk.go_to_memo();
    let text = "訪問看護と訪問歯科の併用についての相談です".repeat(2);
    let before = desk.frames();
    desk.send(&text);
    let end: String = text.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    desk.until_text(&end);
    let frames = desk.frames() - before;
    // One for the text; the clock of the call and the mark of the draft may have had theirs.
    assert!(frames <= 6, "{frames} frames for one commit of {} characters", text.chars().count());
}

#[test]
fn a_burst_with_a_sign_opens_its_list_at_once_and_the_caret_stays_in_its_cell() {
    for (columns, rows) in [(80, 24), (100, 30)] {
        let home = Home::new();
        let mut desk = home.set_up(columns, rows);
        desk.go_to_memo();
        let (row, start) = desk.screen().cursor_position();
        let before = desk.frames();
        desk.send("看取りの相談、＃みとり");
        desk.until_text("Enter 入れる");
        let frames = desk.frames() - before;
        assert!(frames <= 6, "{frames} frames for one commit");
        let behind = (row, start + 22);
        desk.until("the caret behind what was typed", |screen| {
            screen.cursor_position() == behind && !screen.hide_cursor()
        });
        desk.press("enter");
        let label = Locale::new(Lang::Ja).t("code-topic-h-short").into_owned();
        desk.until_text(&format!("看取りの相談、#{label}"));
        desk.until("the caret behind the blank", |screen| screen.cursor_position() == (row, start + 14 + 1 + 6 + 1));
    }
}

#[test]
fn the_caret_is_behind_what_was_typed_in_every_window() {
    for (columns, rows) in [(80, 24), (100, 30), (140, 40), (61, 18)] {
        let home = Home::new();
        let mut desk = home.set_up(columns, rows);
        desk.go_to_memo();
        let (row, start) = desk.screen().cursor_position();
        let mut cells = 0;
        // Wide, narrow, wide with a mark of its own, half-width that becomes wide, a sign that some fonts draw wide.
        for (text, width) in [("山", 2), ("a", 1), ("が", 2), ("ｱ", 2), ("①", 1), ("〒", 2), (" ", 1), ("田", 2)]
        {
            desk.send(text);
            cells += width;
            let expected = (row, start + cells);
            desk.until(&format!("the caret behind {text:?} in {columns}x{rows}"), |screen| {
                screen.cursor_position() == expected && !screen.hide_cursor()
            });
        }
        desk.press("left left");
        desk.until("the caret back by 田 and the space", |screen| {
            screen.cursor_position() == (row, start + cells - 3)
        });
    }
}

/// Whether a box with this title has its whole border.
fn has_whole_border(screen: &vt100::Screen, title: &str) -> bool {
    let Some((top, at)) = find(screen, title) else { return false };
    let sign = |row, column| screen.cell(row, column).map(|cell| cell.contents().to_owned()).unwrap_or_default();
    let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
    let Some(left) = (0..at).rev().find(|column| sign(top, *column) == "┌") else { return false };
    let Some(right) = (at..columns).find(|column| sign(top, *column) == "┐") else { return false };
    let Some(bottom) = (top + 1..rows).find(|row| sign(*row, left) != "│") else { return false };
    sign(bottom, left) == "└"
        && sign(bottom, right) == "┘"
        && bottom > top + 2
        && (top + 1..bottom).all(|row| sign(row, right) == "│")
}

#[test]
fn a_popup_over_japanese_keeps_its_border_at_odd_and_even_columns() {
    let title = ja("popup-palette-title");
    // One narrow letter in front moves every character behind it to the other parity.
    for shift in ["", "a"] {
        let home = Home::new();
        let mut desk = home.set_up(108, 30);
        desk.go_to_memo();
        desk.send(shift);
        desk.send(&"退院前の相談".repeat(40));
        desk.until_text("退院前の相談退院前の相談");
        for columns in [108, 109, 110, 111] {
            // The window is there before the key: the terminal library leaves a key that comes together with a new size
            // lying until the next one.
            let before = desk.written();
            desk.resize(columns, 30);
            if columns != 108 {
                desk.until_written(before);
            }
            desk.act(Action::Palette);
            desk.until(&format!("a whole border at {columns} columns behind {shift:?}"), |screen| {
                has_whole_border(screen, &title)
            });
            desk.press("esc");
            desk.until("the text again", |screen| {
                let text = text_of(screen);
                !text.contains(&title) && text.contains("退院前の相談退院前の相談")
            });
        }
    }
}

#[test]
fn a_window_changes_its_size_under_an_open_popup() {
    let home = Home::new();
    let mut desk = home.set_up(100, 30);
    desk.go_to_memo();
    desk.send("転院先を探す");
    desk.until_text("転院先を探す");
    desk.act(Action::Palette);
    let title = ja("popup-palette-title");
    for (columns, rows) in [(100, 30), (60, 20), (141, 40), (20, 5), (3, 1), (80, 24)] {
        let before = desk.written();
        if (columns, rows) != (100, 30) {
            desk.resize(columns, rows);
            desk.until_written(before);
        }
        if columns >= 60 {
            desk.until("the popup", |screen| has_whole_border(screen, &title));
        }
    }
    desk.press("esc");
    desk.until("the slip", |screen| {
        let text = text_of(screen);
        !text.contains(&title) && text.contains("転院先を探す")
    });
}

#[test]
fn the_first_screen_speaks_the_language_of_the_environment() {
    for (variable, lang) in [("en_US.UTF-8", Lang::En), ("ja_JP.UTF-8", Lang::Ja), ("C.UTF-8", Lang::Ja)] {
        let home = Home::new();
        let mut command = home.command();
        command.env("LANG", variable);
        let desk = Desk::start(command, 100, 30);
        desk.until_text(&Locale::new(lang).t("start-2-desk"));
    }
}
