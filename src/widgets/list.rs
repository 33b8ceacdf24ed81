//! Rows of height 1 with one chosen row: what is chosen, what is scrolled into view, and the drawing of the rows that show.
//! Rows come from a callback for those that can be seen, so a hundred thousand cost as little as ten. Knows no domain.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{fill, put};
use super::theme::Theme;

/// Cells to the left of each row: `>` at the chosen one, and room for a sign of the row's own.
pub const MARK: u16 = 2;
/// Cells to the right of the rows: the scrollbar, which nothing may be drawn under.
pub const BAR: u16 = 1;

/// Which row of a list is chosen, and which rows show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListState {
    selected: usize,
    /// First row shown and rows that fit: only drawing knows the height, and `view` has `&self`.
    first: Cell<usize>,
    page: Cell<usize>,
}

/// One row for the callback of [`ListState::draw`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowSlot {
    /// Which row, from 0.
    pub index: usize,
    /// Where to draw it: one cell high, without mark and scrollbar.
    pub area: Rect,
    /// Whether it is the chosen one; its style is laid over what is drawn.
    pub selected: bool,
}

impl RowSlot {
    /// Writes a sign of one cell between the `>` and the row, such as `*` for rows that are acted on together.
    pub fn mark(&self, buf: &mut Buffer, sign: &str, theme: &Theme) {
        put(buf, self.area.x.saturating_sub(1), self.area.y, 1, sign, theme.key);
    }
}

impl ListState {
    /// The chosen row of `len` rows; `None` if there is none.
    pub fn selected(&self, len: usize) -> Option<usize> {
        len.checked_sub(1).map(|last| self.selected.min(last))
    }

    /// Chooses a row; one beyond the end counts as the last.
    pub fn select(&mut self, row: usize) {
        self.selected = row;
    }

    /// The row above. Whether the choice moved.
    pub fn up(&mut self, len: usize) -> bool {
        self.by(len, |row, _| row.saturating_sub(1))
    }

    /// The row below. Whether the choice moved.
    pub fn down(&mut self, len: usize) -> bool {
        self.by(len, |row, _| row.saturating_add(1))
    }

    /// One page up, keeping one row in view. Whether the choice moved.
    pub fn page_up(&mut self, len: usize) -> bool {
        self.by(len, usize::saturating_sub)
    }

    /// One page down, keeping one row in view. Whether the choice moved.
    pub fn page_down(&mut self, len: usize) -> bool {
        self.by(len, usize::saturating_add)
    }

    /// The first row. Whether the choice moved.
    pub fn first(&mut self, len: usize) -> bool {
        self.by(len, |_, _| 0)
    }

    /// The last row. Whether the choice moved.
    pub fn last(&mut self, len: usize) -> bool {
        self.by(len, |_, _| usize::MAX)
    }

    /// Draws those of the `len` rows that show, the mark of the chosen one, and the scrollbar if there is more. `focused`
    /// says whether the list takes the keys.
    pub fn draw(
        &self,
        buf: &mut Buffer,
        area: Rect,
        theme: &Theme,
        len: usize,
        focused: bool,
        mut row: impl FnMut(&mut Buffer, RowSlot),
    ) {
        let area = area.intersection(buf.area);
        let height = usize::from(area.height);
        self.page.set(height);
        if area.is_empty() {
            return;
        }
        let first = self.scroll(len, height);
        let selected = self.selected(len);
        let style = if focused { theme.selected } else { theme.selected_idle };
        for (line, index) in area.rows().zip(first..len) {
            let is_selected = selected == Some(index);
            let line = Rect { width: line.width.saturating_sub(BAR), ..line };
            let slot = Rect { x: line.x.saturating_add(MARK), width: line.width.saturating_sub(MARK), ..line };
            if !slot.is_empty() {
                row(buf, RowSlot { index, area: slot, selected: is_selected });
            }
            if is_selected {
                put(buf, line.x, line.y, line.width, ">", theme.text);
                buf.set_style(line, style);
            }
        }
        scrollbar(buf, area, theme, first, len);
    }

    /// Where rows are drawn for an `area` of the list: for the heads of a table above it.
    pub const fn row_area(area: Rect) -> Rect {
        Rect {
            x: area.x.saturating_add(MARK),
            y: area.y,
            width: area.width.saturating_sub(MARK + BAR),
            height: area.height,
        }
    }

    fn by(&mut self, len: usize, to: impl Fn(usize, usize) -> usize) -> bool {
        let Some(now) = self.selected(len) else {
            return false;
        };
        let page = self.page.get().saturating_sub(1).max(1);
        self.selected = to(now, page).min(len - 1);
        self.selected != now
    }

    fn scroll(&self, len: usize, height: usize) -> usize {
        let chosen = self.selected(len).unwrap_or(0);
        let last_first = len.saturating_sub(height);
        let least = chosen.saturating_add(1).saturating_sub(height);
        let first = self.first.get().clamp(least, chosen).min(last_first);
        self.first.set(first);
        first
    }
}

/// A scrollbar in the last column of `area` for `len` rows of which those from `first` on show; nothing if all show.
pub fn scrollbar(buf: &mut Buffer, area: Rect, theme: &Theme, first: usize, len: usize) {
    let height = usize::from(area.height);
    if area.is_empty() || len <= height {
        return;
    }
    let column = Rect { x: area.right() - 1, width: 1, ..area };
    fill(buf, column, theme.border);
    let size = (height.saturating_mul(height) / len).max(1);
    let most = len - height;
    let top = first.min(most).saturating_mul(height - size).div_ceil(most);
    for (at, cell) in column.rows().enumerate() {
        let sign = if (top..top + size).contains(&at) { theme.borders.thumb } else { theme.borders.track };
        put(buf, cell.x, cell.y, 1, sign, theme.border);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::widgets::screen_text;

    fn drawn(state: &ListState, width: u16, height: u16, len: usize) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let area = buf.area;
        state.draw(&mut buf, area, &Theme::default(), len, true, |buf, slot| {
            put(
                buf,
                slot.area.x,
                slot.area.y,
                slot.area.width,
                &format!("案件{}の概要", slot.index),
                Theme::default().text,
            );
        });
        screen_text(&buf)
    }

    #[test]
    fn marks_the_chosen_row_and_keeps_the_scrollbar_free_of_text() {
        let mut state = ListState::default();
        state.select(1);
        assert_eq!(drawn(&state, 12, 3, 9), "  案件0の概┃\n> 案件1の概│\n  案件2の概│\n");
        state.last(9);
        assert_eq!(drawn(&state, 12, 3, 9), "  案件6の概│\n  案件7の概│\n> 案件8の概┃\n");
        assert_eq!(drawn(&state, 12, 3, 2), "  案件0の概\n> 案件1の概\n\n");
        assert_eq!(drawn(&state, 12, 2, 0), "\n\n");
    }

    #[test]
    fn rows_can_be_marked() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 8, 2));
        let area = buf.area;
        let theme = Theme::default();
        ListState::default().draw(&mut buf, area, &theme, 2, true, |buf, slot| {
            slot.mark(buf, "*", &theme);
            put(buf, slot.area.x, slot.area.y, slot.area.width, "案件", theme.text);
        });
        assert_eq!(screen_text(&buf), ">*案件\n *案件\n");
    }

    #[test]
    fn moves_stop_at_the_ends_and_say_so() {
        let mut state = ListState::default();
        drawn(&state, 12, 4, 10);
        assert!(!state.up(10));
        assert!(state.down(10));
        assert!(state.page_down(10));
        assert_eq!(state.selected(10), Some(4));
        assert!(state.page_up(10));
        assert_eq!(state.selected(10), Some(1));
        assert!(state.last(10));
        assert!(!state.down(10));
        assert_eq!(state.selected(3), Some(2), "the list got shorter");
        assert!(state.first(3));
        assert!(!state.down(0));
        assert_eq!(state.selected(0), None);
    }

    #[test]
    fn only_rows_that_show_are_asked_for() {
        let mut state = ListState::default();
        state.select(70_000);
        let mut asked = Vec::new();
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 5));
        let area = buf.area;
        state.draw(&mut buf, area, &Theme::default(), 100_000, true, |_, slot| asked.push(slot.index));
        assert_eq!(asked, (69_996..=70_000).collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn the_chosen_row_shows_at_any_size(moves in proptest::collection::vec(0_u8..6, 0..20), len in 0_usize..40, width in 0_u16..9, height in 0_u16..9) {
            let mut state = ListState::default();
            for step in moves {
                match step {
                    0 => state.up(len),
                    1 => state.down(len),
                    2 => state.page_up(len),
                    3 => state.page_down(len),
                    4 => state.first(len),
                    _ => state.last(len),
                };
                let text = drawn(&state, width, height, len);
                let marks = text.lines().filter(|line| line.starts_with('>')).count();
                prop_assert_eq!(marks, usize::from(len > 0 && width > BAR && height > 0));
            }
        }
    }
}
