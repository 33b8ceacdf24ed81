//! One line of text with a caret, scrolled sideways so that the caret always shows. Knows no domain.

use std::cell::Cell;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::edit::{Edit, Edited, Editor};
use super::paint::{fill, put};
use super::width::{byte_at_column, column_of, slice, width};

/// Cells kept free to the right of the caret, so that the next character and the IME's text have room.
const AHEAD: u16 = 2;

/// A one-line text field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextField {
    editor: Editor,
    /// First byte shown. Only drawing knows the width, so it is kept here and not decided in an edit.
    first: Cell<usize>,
}

impl TextField {
    /// An empty field that takes at most `limit` characters.
    pub fn new(limit: usize) -> Self {
        Self { editor: Editor::new(limit, false), first: Cell::new(0) }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.editor.text()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Replaces the text (normalised and cut to the limit); the caret goes to the end.
    pub fn set_text(&mut self, text: &str) {
        self.editor.set_text(text);
        self.first.set(0);
    }

    /// The caret, as a byte of the text on a grapheme border.
    pub const fn cursor(&self) -> usize {
        self.editor.cursor()
    }

    /// Puts the caret at the grapheme border at or after `byte`.
    pub fn set_cursor(&mut self, byte: usize) {
        self.editor.set_cursor(byte);
    }

    /// Puts `new` in the place of the bytes `range` and the caret after it.
    pub fn replace(&mut self, range: Range<usize>, new: &str) -> Edited {
        self.editor.replace(range, new)
    }

    /// Carries an edit out. Line breaks come in as spaces; `Newline`, `Up` and `Down` do nothing.
    pub fn edit(&mut self, edit: Edit<'_>) -> Edited {
        self.editor.edit(edit)
    }

    /// Draws the part around the caret into the first row of `area` and returns where the caret is in the buffer, for
    /// `Frame::set_cursor_position` if the field has the focus; `None` if the area is empty.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, style: Style) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        fill(buf, Rect { height: 1, ..area }, style);
        let text = self.text();
        let first = self.scroll(area.width);
        put(buf, area.x, area.y, area.width, slice(text, first, text.len()), style);
        let column = width(slice(text, first, self.cursor()));
        Some(Position::new(area.x + column.min(area.width - 1), area.y))
    }

    /// Draws the text without a caret, from its start and cut at the end: the look of a field without the focus.
    pub fn draw_idle(&self, buf: &mut Buffer, area: Rect, style: Style) {
        if area.is_empty() {
            return;
        }
        fill(buf, Rect { height: 1, ..area }, style);
        put(buf, area.x, area.y, area.width, &super::width::truncate(self.text(), area.width), style);
    }

    /// The first byte to show in `cells`: as before if the caret can be seen so, else moved by as little as needed.
    fn scroll(&self, cells: u16) -> usize {
        let text = self.text();
        let caret = column_of(text, self.cursor());
        let ahead = AHEAD.min(cells.saturating_sub(1));
        // Nothing is hidden on the left while there is room on the right.
        let most = (width(text) + ahead).saturating_sub(cells.saturating_sub(1));
        let before = column_of(text, self.first.get()).min(most);
        let least = (caret + ahead + 1).saturating_sub(cells);
        let column = before.clamp(least.min(caret), caret);
        let byte = byte_at_column(text, column);
        // A column inside a wide glyph: the glyph goes, or the caret would be pushed off on the right.
        let first = if column_of(text, byte) < column { next_border(text, byte) } else { byte }.min(self.cursor());
        self.first.set(first);
        first
    }
}

fn next_border(text: &str, byte: usize) -> usize {
    super::width::graphemes_from(text, byte).next().map_or(byte, |grapheme| grapheme.end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::widgets::screen_text;
    use crate::widgets::width::odd_text;

    fn drawn(field: &TextField, cells: u16) -> (String, Option<Position>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, cells, 1));
        let area = buf.area;
        let caret = field.draw(&mut buf, area, Style::new());
        (screen_text(&buf).trim_end().to_owned(), caret)
    }

    #[test]
    fn the_caret_stands_after_the_cells_before_it() {
        let mut field = TextField::new(100);
        for (text, column) in [("", 0), ("abc", 3), ("徳山", 4), ("か\u{3099}", 2), ("ｶﾞ", 2), ("葛\u{E0100}城a", 5)]
        {
            field.set_text(text);
            assert_eq!(drawn(&field, 20).1, Some(Position::new(column, 0)), "{text}");
        }
    }

    #[test]
    fn scrolls_by_as_little_as_needed_and_back() {
        let mut field = TextField::new(100);
        field.set_text("徳山中央病院");
        assert_eq!(drawn(&field, 9), ("央病院".to_owned(), Some(Position::new(6, 0))));
        field.edit(Edit::Left);
        assert_eq!(drawn(&field, 9), ("央病院".to_owned(), Some(Position::new(4, 0))));
        field.edit(Edit::Home);
        assert_eq!(drawn(&field, 9), ("徳山中央".to_owned(), Some(Position::new(0, 0))));
        field.edit(Edit::End);
        field.edit(Edit::KillToStart);
        assert_eq!(drawn(&field, 9), (String::new(), Some(Position::new(0, 0))));
    }

    #[test]
    fn what_was_hidden_comes_back_when_the_text_gets_shorter() {
        let mut field = TextField::new(100);
        field.set_text("0834-00-1234 内線 201");
        drawn(&field, 12);
        for _ in 0..7 {
            field.edit(Edit::Backspace);
        }
        assert_eq!(drawn(&field, 16).0, "0834-00-1234");
    }

    #[test]
    fn pasting_is_typing() {
        let (mut pasted, mut typed) = (TextField::new(10), TextField::new(10));
        pasted.edit(Edit::Insert("徳山\r\n病院\r"));
        for c in ["徳", "山", " ", "病", "院"] {
            typed.edit(Edit::Insert(c));
        }
        assert_eq!(pasted.text(), typed.text());
        assert_eq!(pasted.cursor(), typed.cursor());
    }

    proptest! {
        #[test]
        fn the_caret_is_inside_and_right_at_any_size(text in odd_text(), at in 0_usize..80, cells in 0_u16..16, again in 0_u16..16) {
            let mut field = TextField::new(200);
            field.set_text(&text);
            field.set_cursor(at);
            for cells in [cells, again] {
                let (_, caret) = drawn(&field, cells);
                prop_assert_eq!(caret.is_some(), cells > 0);
                let Some(caret) = caret else { continue };
                prop_assert!(caret.x < cells);
                let before = slice(field.text(), field.first.get(), field.cursor());
                prop_assert_eq!(caret.x, width(before), "{:?} of {:?}", before, field.text());
                prop_assert!(cells < 4 || caret.x + AHEAD < cells, "room for the next character");
            }
        }
    }
}
