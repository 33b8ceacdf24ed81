//! Several lines of text with a caret, wrapped softly as Japanese is set. Knows no domain.
//!
//! An own editor, because ratatui-textarea 0.9.4 wraps by glyph or by word without 禁則, rebuilds the rows of the whole
//! text at every look, and keeps a cursor in characters that can stand inside a grapheme; and because the one-line field
//! needs the same core anyway.

mod layout;

use std::cell::{Cell, Ref, RefCell};
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use self::layout::Layout;
use super::cache::version;
use super::edit::{Edit, Edited, Editor};
use super::held::{Frame, Held};
use super::paint::{fill, put};
use super::width::{byte_at_column, column_of, slice};

/// Cells at the right end of the rows that only the caret uses, after a full row.
const CARET: u16 = 1;

/// A text of several lines.
#[derive(Debug, Clone)]
pub struct TextArea {
    editor: Editor,
    /// The column that Up and Down aim for, while nothing else happens.
    goal: Option<u16>,
    /// Whether the caret, standing where one row ends and the next starts, belongs to the end of the upper one.
    at_row_end: bool,
    /// The rows as last asked for; only drawing knows the width.
    layout: RefCell<Layout>,
    cells: Cell<u16>,
    first: Cell<usize>,
    painted: RefCell<Option<Painted>>,
}

/// What was painted last on a buffer that is drawn on frame after frame.
#[derive(Debug, Clone)]
struct Painted {
    frame: Frame,
    area: Rect,
    /// A version of each row.
    rows: Vec<u64>,
}

impl TextArea {
    /// An empty text that takes at most `limit` characters.
    pub fn new(limit: usize) -> Self {
        Self {
            editor: Editor::new(limit, true),
            goal: None,
            at_row_end: false,
            layout: RefCell::default(),
            cells: Cell::new(u16::MAX),
            first: Cell::new(0),
            painted: RefCell::default(),
        }
    }

    /// The text; line breaks are `\n`.
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
        self.forget();
    }

    /// The caret, as a byte of the text on a grapheme border.
    pub const fn cursor(&self) -> usize {
        self.editor.cursor()
    }

    /// Puts the caret at the grapheme border at or after `byte`.
    pub fn set_cursor(&mut self, byte: usize) {
        self.editor.set_cursor(byte);
        self.forget();
    }

    /// Puts `new` in the place of the bytes `range` and the caret after it: how a choice made at the caret comes in.
    pub fn replace(&mut self, range: Range<usize>, new: &str) -> Edited {
        self.forget();
        self.editor.replace(range, new)
    }

    /// Carries an edit out. Rows are those of the last drawing; `Up` in the first and `Down` in the last do nothing.
    pub fn edit(&mut self, edit: Edit<'_>) -> Edited {
        match edit {
            Edit::Up => return self.go_row(|row, _| row.checked_sub(1)),
            Edit::Down => return self.go_row(|row, last| (row < last).then_some(row + 1)),
            Edit::Home | Edit::End => {
                let edited = self.go_row_edge(matches!(edit, Edit::End));
                if edited != Edited::Nothing {
                    return edited;
                }
            }
            Edit::Insert(_)
            | Edit::Backspace
            | Edit::Delete
            | Edit::Left
            | Edit::Right
            | Edit::WordLeft
            | Edit::WordRight
            | Edit::KillToEnd
            | Edit::KillToStart
            | Edit::Newline => {}
        }
        self.forget();
        self.editor.edit(edit)
    }

    /// How many rows the text takes in an area of `width` cells: at least 1.
    pub fn rows(&self, width: u16) -> usize {
        self.laid_out(width).len()
    }

    /// Draws the rows around the caret and returns where the caret is in the buffer, for `Frame::set_cursor_position` if
    /// the text has the focus; `None` if the area is empty.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, style: Style) -> Option<Position> {
        self.paint(None, buf, area, style)
    }

    /// The same over the frame before: only the rows that changed are painted. In every frame since the one in which the
    /// text was [drawn](Self::draw) first, nothing else may have painted there.
    pub fn draw_over(&self, held: &Held, buf: &mut Buffer, area: Rect, style: Style) -> Option<Position> {
        self.paint(Some(held), buf, area, style)
    }

    /// Says that the text was drawn in this frame, so that the next can go [over](Self::draw_over) it.
    pub fn drawn_in(&self, frame: Frame) {
        if let Some(painted) = self.painted.borrow_mut().as_mut() {
            painted.frame = frame;
        }
    }

    fn paint(&self, held: Option<&Held>, buf: &mut Buffer, area: Rect, style: Style) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let height = usize::from(area.height);
        let layout = self.laid_out(area.width);
        let caret_row = layout.row_of(self.cursor(), self.at_row_end);
        let most = layout.len().saturating_sub(height);
        let least = (caret_row + 1).saturating_sub(height);
        let first = self.first.get().min(most).clamp(least, caret_row);
        self.first.set(first);
        let text = self.text();
        let painted = self.painted.take().filter(|painted| painted.area == area);
        let there = held.zip(painted.as_ref()).is_some_and(|(held, painted)| held.has(painted.frame));
        let mut before = painted.iter().flat_map(|painted| &painted.rows);
        let rows = area.rows().zip(first..).map(|(place, row)| {
            let range = if row < layout.len() { layout.row(row) } else { 0..0 };
            let row = slice(text, range.start, range.end);
            let seen = version(&row);
            if before.next() != Some(&seen) || !there {
                if let Some(held) = held {
                    held.wipe(place, buf);
                }
                fill(buf, place, style);
                put(buf, place.x, place.y, place.width, row, style);
            }
            seen
        });
        let rows: Vec<u64> = rows.collect();
        // On another buffer it is a frame that no other follows, but where the same stands there.
        let same = painted.filter(|painted| painted.rows == rows).map(|painted| painted.frame);
        let frame = held.map(Held::frame).or(same).unwrap_or_default();
        self.painted.replace(Some(Painted { frame, area, rows }));
        let range = layout.row(caret_row);
        let row = slice(text, range.start, range.end);
        let mut column = column_of(row, self.cursor().saturating_sub(range.start));
        if column >= area.width {
            // Spaces that hang over the end: the caret stays at the edge, and not in the right half of a wide one.
            column = column_of(row, byte_at_column(row, area.width - 1));
        }
        let down = u16::try_from(caret_row - first).unwrap_or(0);
        Some(Position::new(area.x + column.min(area.width - 1), area.y + down))
    }

    fn forget(&mut self) {
        self.goal = None;
        self.at_row_end = false;
    }

    /// The rows for an area of `width` cells, made again only where the text changed.
    fn laid_out(&self, width: u16) -> Ref<'_, Layout> {
        self.cells.set(width);
        self.layout.borrow_mut().update(self.text(), width.saturating_sub(CARET));
        self.layout.borrow()
    }

    fn go_row(&mut self, to: impl Fn(usize, usize) -> Option<usize>) -> Edited {
        let layout = self.laid_out(self.cells.get());
        let text = self.editor.text();
        let row = layout.row_of(self.editor.cursor(), self.at_row_end);
        let Some(next) = to(row, layout.len() - 1) else {
            return Edited::Nothing;
        };
        let here = layout.row(row);
        let goal = self
            .goal
            .unwrap_or_else(|| column_of(slice(text, here.start, here.end), self.editor.cursor() - here.start));
        let there = layout.row(next);
        let byte = there.start + byte_at_column(slice(text, there.start, there.end), goal);
        let at_row_end = byte == there.end && layout.is_soft_end(next);
        drop(layout);
        self.goal = Some(goal);
        self.at_row_end = at_row_end;
        self.editor.go(byte);
        Edited::Caret
    }

    fn go_row_edge(&mut self, end: bool) -> Edited {
        let layout = self.laid_out(self.cells.get());
        let row = layout.row_of(self.editor.cursor(), self.at_row_end);
        let range = layout.row(row);
        let soft = end && layout.is_soft_end(row);
        drop(layout);
        let moved = self.editor.go(if end { range.end } else { range.start });
        if moved != Edited::Nothing {
            self.goal = None;
            self.at_row_end = soft;
        }
        moved
    }
}

#[cfg(test)]
mod tests;
