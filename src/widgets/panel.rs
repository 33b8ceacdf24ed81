//! A box with a title on the left and one on the right. Knows no domain.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::put;
use super::theme::Theme;
use super::width::{truncate, width};

/// A box with titles in its upper border.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    theme: &'a Theme,
    title: &'a str,
    right: &'a str,
    focused: bool,
}

impl<'a> Panel<'a> {
    /// A box without titles.
    pub const fn new(theme: &'a Theme) -> Self {
        Self { theme, title: "", right: "", focused: false }
    }

    /// The title on the left; cut if it is too wide.
    #[must_use]
    pub const fn title(mut self, title: &'a str) -> Self {
        self.title = title;
        self
    }

    /// The title on the right, such as a count; left out whole if both don't fit.
    #[must_use]
    pub const fn right(mut self, right: &'a str) -> Self {
        self.right = right;
        self
    }

    /// Whether what is in the box takes the keys.
    #[must_use]
    pub const fn focused(mut self, focused: bool) -> Self {
        self.focused = focused;
        self
    }

    /// What is left inside the box of `area`.
    pub const fn inner(area: Rect) -> Rect {
        Rect {
            x: area.x.saturating_add(1),
            y: area.y.saturating_add(1),
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(2),
        }
    }

    /// Draws the box into `area` and returns what is inside. An area too small for a box stays empty. What is inside is
    /// not blanked: a frame starts blank, a popup calls `clear_area` first.
    pub fn draw(&self, buf: &mut Buffer, area: Rect) -> Rect {
        let area = area.intersection(buf.area);
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let style = if self.focused { self.theme.border_focused } else { self.theme.border };
        self.draw_box(buf, area, style);
        self.draw_titles(buf, area);
        Self::inner(area)
    }

    fn draw_box(&self, buf: &mut Buffer, area: Rect, style: Style) {
        let borders = self.theme.borders;
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        for x in area.left() + 1..right {
            put(buf, x, area.y, 1, borders.horizontal, style);
            put(buf, x, bottom, 1, borders.horizontal, style);
        }
        for y in area.top() + 1..bottom {
            put(buf, area.x, y, 1, borders.vertical, style);
            put(buf, right, y, 1, borders.vertical, style);
        }
        put(buf, area.x, area.y, 1, borders.top_left, style);
        put(buf, right, area.y, 1, borders.top_right, style);
        put(buf, area.x, bottom, 1, borders.bottom_left, style);
        put(buf, right, bottom, 1, borders.bottom_right, style);
    }

    /// `┌─ title ──── right ─┐`
    fn draw_titles(&self, buf: &mut Buffer, area: Rect) {
        let style = if self.focused { self.theme.title.patch(self.theme.border_focused) } else { self.theme.title };
        let room = area.width.saturating_sub(6);
        let title = truncate(self.title, room);
        let left = width(&title);
        if left > 0 {
            let end = put(buf, area.x + 2, area.y, 1, " ", style);
            let end = put(buf, end, area.y, left, &title, style);
            put(buf, end, area.y, 1, " ", style);
        }
        let right = width(self.right);
        let free = room.saturating_sub(if left > 0 { left + 3 } else { 0 });
        if right > 0 && right <= free {
            let x = area.right() - 4 - right;
            let end = put(buf, x, area.y, 1, " ", style);
            let end = put(buf, end, area.y, right, self.right, style);
            put(buf, end, area.y, 1, " ", style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widgets::screen_text;
    use crate::widgets::theme::{Borders, Colours};

    fn drawn(title: &str, right: &str, width: u16, height: u16, borders: Borders) -> String {
        let theme = Theme::new(Colours::None, borders);
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let area = buf.area;
        Panel::new(&theme).title(title).right(right).draw(&mut buf, area);
        screen_text(&buf)
    }

    #[test]
    fn titles_give_way() {
        for (width, top) in [
            (24, "┌─ 案件 ──────── 12件 ─┐"),
            (18, "┌─ 案件 ── 12件 ─┐"),
            (17, "┌─ 案件 ─ 12件 ─┐"),
            (16, "┌─ 案件 ───────┐"),
            (10, "┌─ 案件 ─┐"),
            (9, "┌─ .. ──┐"),
            (4, "┌──┐"),
        ] {
            let text = drawn("案件", "12件", width, 2, Borders::LINE);
            assert_eq!(text.lines().next(), Some(top), "{width} wide");
        }
        assert_eq!(drawn("案件", "", 10, 3, Borders::ASCII), "+- 案件 -+\n|        |\n+--------+\n");
        assert_eq!(drawn("", "3件", 12, 2, Borders::LINE), "┌──── 3件 ─┐\n└──────────┘\n");
    }

    #[test]
    fn any_size_is_taken() {
        for width in 0..12 {
            for height in 0..4 {
                let text = drawn("案件", "12件", width, height, Borders::LINE);
                assert_eq!(text.lines().count(), usize::from(height));
                assert_eq!(text.trim().is_empty(), width < 2 || height < 2);
            }
        }
    }
}
