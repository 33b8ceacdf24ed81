//! Every frame that the program draws, not only the last one: where the caret is in it, and what moved since the one before.

use crate::harness::{Home, find, text_of};
use crate::steps::ja;

/// What is typed: wide and narrow, and no sign that opens a list.
const TEXT: &str = "往診医を探すab、看取り1件";

#[test]
fn the_caret_is_behind_what_was_typed_in_every_frame_at_every_size() {
    for (columns, rows) in [(80, 24), (100, 30), (140, 40), (60, 18)] {
        let home = Home::new();
        let mut desk = home.set_up(columns, rows);
        desk.go_to_memo();
        let (row, start) = desk.screen().cursor_position();
        let before = desk.written();
        // Key by key, as fast as they come: some frames have several.
        for c in TEXT.chars() {
            desk.send(&c.to_string());
        }
        desk.until_text(TEXT);
        desk.until_text(&ja("intake-draft-kept"));
        let frames = desk.frames_from(before);
        assert!(frames.len() > 1, "{columns}x{rows}");
        for screen in frames {
            let (at, column) = screen.cursor_position();
            assert!(!screen.hide_cursor() && at == row, "{columns}x{rows}:\n{}", text_of(&screen));
            let written = screen.contents_between(row, start, row, column);
            let behind = screen.contents_between(row, column, row, start + 30);
            let rest = behind.split('│').next().unwrap_or_default();
            assert!(TEXT.starts_with(&written), "{columns}x{rows}: {written} before the caret");
            assert!(rest.trim().is_empty(), "{columns}x{rows}: {rest} behind the caret");
        }
    }
}

#[test]
fn nothing_moves_outside_the_field_but_clocks_and_what_is_saved() {
    for (columns, rows) in [(80, 24), (100, 30), (140, 40)] {
        let home = Home::new();
        let mut desk = home.set_up(columns, rows);
        desk.go_to_memo();
        desk.until_text(&ja("intake-draft-kept"));
        let (row, start) = desk.screen().cursor_position();
        let first = desk.screen();
        let line = |screen: &vt100::Screen, row: u16| screen.contents_between(row, 0, row, columns);
        let before = desk.written();
        for part in ["往診医", "を探す", "との", "相談"] {
            desk.send(part);
        }
        desk.until_text("往診医を探すとの相談");
        desk.until("a second more on the call's clock", |screen| line(screen, 1) != line(&first, 1));
        let mut earlier = first;
        for screen in desk.frames_from(before) {
            for y in 0..rows {
                for x in 0..columns {
                    let sign = |screen: &vt100::Screen| screen.cell(y, x).map(|cell| cell.contents().to_owned());
                    let (was, is) = (sign(&earlier), sign(&screen));
                    let digits = [&was, &is].iter().all(|s| s.as_deref().is_some_and(|s| s.parse::<u8>().is_ok()));
                    let may = match y {
                        // What is saved, and whether the draft is.
                        0 | 2 => true,
                        // The call's clock.
                        1 => digits,
                        _ => y == row && x >= start,
                    };
                    let at = format!("{columns}x{rows}: {was:?} became {is:?} at {y}, {x}");
                    assert!(was == is || may, "{at}\n{}\n{}", text_of(&earlier), text_of(&screen));
                }
            }
            earlier = screen;
        }
    }
}

#[test]
fn what_is_pasted_is_text_and_no_key_of_it_does_anything() {
    let home = Home::new();
    let mut desk = home.set_up(100, 30);
    desk.go_to_memo();
    let (row, start) = desk.screen().cursor_position();
    // A tab and a line end go to no other field, a letter chooses nothing, a sign before the caret's end opens no list.
    desk.paste("退院は\tqx\n#みとり の相談");
    desk.until_text("の相談");
    let screen = desk.screen();
    assert!(!text_of(&screen).contains("Enter 入れる"), "{}", text_of(&screen));
    assert!(text_of(&screen).contains(&ja("intake-slip-new")), "{}", text_of(&screen));
    let (second, column) = find(&screen, "#みとり の相談").expect("the second line");
    assert_eq!((second, column), (row + 1, start));
    desk.until("the caret behind it", |screen| screen.cursor_position() == (row + 1, start + 14));
    assert!(find(&screen, "退院は").is_some_and(|at| at == (row, start)), "{}", text_of(&screen));
}
