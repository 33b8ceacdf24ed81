//! One line that must not be read over a shoulder: a star for each character, the caret always at the end. What was
//! typed is wiped from memory. Knows no domain.

use std::fmt;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use zeroize::{Zeroize, Zeroizing};

use super::edit::Edit;
use super::paint::{fill, put};
use super::width::{byte_at_column, graphemes, slice, width};

/// The most bytes that it takes: room is made for them at once, so that no copy is left behind by growing.
const MOST: usize = 1024;

/// The field.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretField {
    typed: Zeroizing<String>,
}

impl Default for SecretField {
    fn default() -> Self {
        Self { typed: Zeroizing::new(String::with_capacity(MOST)) }
    }
}

impl fmt::Debug for SecretField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretField(..)")
    }
}

impl SecretField {
    /// What was typed, as it was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Wipes it.
    pub fn clear(&mut self) {
        self.typed.zeroize();
        // Wiping gives the room back; the next text must not leave copies either.
        self.typed.reserve(MOST);
    }

    /// Carries an edit out. There is no going back into what cannot be seen: Backspace takes the last character.
    pub fn edit(&mut self, edit: Edit<'_>) {
        match edit {
            Edit::Insert(text) => {
                for c in text.chars().filter(|c| !c.is_control()) {
                    if self.typed.len() + c.len_utf8() <= MOST {
                        self.typed.push(c);
                    }
                }
            }
            Edit::Backspace => {
                let last = self.typed.grapheme_indices(true).next_back().map(|(at, _)| at);
                self.typed.truncate(last.unwrap_or_default());
            }
            Edit::KillToStart => self.clear(),
            Edit::Delete
            | Edit::Left
            | Edit::Right
            | Edit::Home
            | Edit::End
            | Edit::Up
            | Edit::Down
            | Edit::WordLeft
            | Edit::WordRight
            | Edit::KillToEnd
            | Edit::Newline => {}
        }
    }

    /// Draws what was typed in groups of four letters, as a key that is copied from paper stands there, the last ones where
    /// there is no room for all; returns where the caret is.
    pub fn draw_groups(&self, buf: &mut Buffer, area: Rect, style: Style) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        fill(buf, Rect { height: 1, ..area }, style);
        let mut shown = Zeroizing::new(String::with_capacity(2 * MOST));
        for (n, letter) in self.typed.chars().filter(|c| c.is_alphanumeric()).enumerate() {
            if n > 0 && n % 4 == 0 {
                shown.push(' ');
            }
            shown.push(letter);
        }
        let room = area.width - 1;
        let first = byte_at_column(&shown, width(&shown).saturating_sub(room));
        let shown = slice(&shown, first, shown.len());
        put(buf, area.x, area.y, room, shown, style);
        Some(Position::new(area.x + width(shown).min(room), area.y))
    }

    /// Draws the stars into the first row of `area`, the last ones where there are too many, and returns where the
    /// caret is: behind them, where an input method shows what is being composed.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, style: Style) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        fill(buf, Rect { height: 1, ..area }, style);
        let stars = u16::try_from(graphemes(&self.typed).count()).unwrap_or(u16::MAX).min(area.width - 1);
        put(buf, area.x, area.y, area.width, &"*".repeat(usize::from(stars)), style);
        Some(Position::new(area.x + stars, area.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widgets::screen_text;

    fn drawn(field: &SecretField, cells: u16) -> (String, Option<u16>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, cells, 1));
        let area = buf.area;
        let caret = field.draw(&mut buf, area, Style::new());
        (screen_text(&buf).trim_end().to_owned(), caret.map(|at| at.x))
    }

    #[test]
    fn a_star_stands_for_each_character_and_the_caret_behind() {
        for (typed, cells, stars, caret) in [
            ("", 10, "", Some(0)),
            ("demo", 10, "****", Some(4)),
            ("合言葉", 10, "***", Some(3)),
            ("か\u{3099}き", 10, "**", Some(2)),
            ("0123456789", 6, "*****", Some(5)),
            ("0123456789", 0, "", None),
        ] {
            let mut field = SecretField::default();
            field.edit(Edit::Insert(typed));
            let (shown, at) = drawn(&field, cells);
            assert_eq!(at, caret, "{typed}");
            assert_eq!(shown, stars, "{typed}");
        }
    }

    #[test]
    fn a_key_from_paper_stands_in_groups_however_it_is_typed() {
        for (typed, cells, shown, caret) in [
            ("", 20, "", 0),
            ("ab12", 20, "ab12", 4),
            ("ab12cd", 20, "ab12 cd", 7),
            ("ab12-cd34 7k2m", 20, "ab12 cd34 7k2m", 14),
            ("ab12cd347k2m", 8, "34 7k2m", 7),
            ("ＡＢ１", 20, "ＡＢ１", 6),
        ] {
            let mut field = SecretField::default();
            field.edit(Edit::Insert(typed));
            let mut buf = Buffer::empty(Rect::new(0, 0, cells, 1));
            let area = buf.area;
            let at = field.draw_groups(&mut buf, area, Style::new());
            assert_eq!((screen_text(&buf).trim_end(), at.map(|at| at.x)), (shown, Some(caret)), "{typed}");
        }
    }

    #[test]
    fn edits_take_from_the_end_and_controls_do_not_come_in() {
        let mut field = SecretField::default();
        field.edit(Edit::Insert("合言\u{7}葉\n1"));
        assert_eq!(field.typed(), "合言葉1");
        field.edit(Edit::Home);
        field.edit(Edit::Backspace);
        assert_eq!(field.typed(), "合言葉");
        field.edit(Edit::KillToStart);
        assert!(field.is_empty());
        field.edit(Edit::Backspace);
        field.edit(Edit::Insert(&"長".repeat(1_000)));
        assert!(field.typed().len() <= MOST && !field.is_empty());
        assert_eq!(format!("{field:?}"), "SecretField(..)");
    }
}
