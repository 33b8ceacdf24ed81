//! Makes room for a popup. ratatui's own `Clear` leaves a wide glyph that straddles the area's left edge, and the diff
//! then skips the popup's border there (ratatui#2526); the same happens at the right edge. The wanted screen is what the
//! tests state, so that a fix upstream can't break us silently.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::fill;
use super::width::of_cell;

/// Blanks `area`, and both halves of every wide glyph that only partly lies in it. Parts outside the buffer are left out.
pub fn clear_area(buf: &mut Buffer, area: Rect) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    for y in area.top()..area.bottom() {
        if area.left() > buf.area.left() {
            blank_if_wide(buf, area.left() - 1, y);
        }
        let last = area.right() - 1;
        let straddles = buf.cell((last, y)).is_some_and(|cell| of_cell(cell) > 1);
        if straddles && let Some(cell) = buf.cell_mut((area.right(), y)) {
            cell.set_symbol(" ");
        }
    }
    fill(buf, area, Style::new());
}

fn blank_if_wide(buf: &mut Buffer, x: u16, y: u16) {
    if let Some(cell) = buf.cell_mut((x, y))
        && of_cell(cell) > 1
    {
        cell.set_symbol(" ");
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;
    use crate::widgets::paint::{put, screen_text};

    fn ground() -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 3));
        for y in 0..3 {
            put(&mut buf, 0, y, 12, "徳山中央病院", Style::new().fg(Color::Green));
        }
        buf
    }

    /// What a terminal shows that had the ground and then got the diff to the popup.
    fn after_diff(next: &Buffer) -> String {
        let mut shown = ground();
        let updates: Vec<(u16, u16, ratatui::buffer::Cell)> =
            ground().diff(next).into_iter().map(|(x, y, cell)| (x, y, cell.clone())).collect();
        for (x, y, cell) in updates {
            shown[(x, y)] = cell;
        }
        screen_text(&shown)
    }

    #[test]
    fn borders_stand_at_odd_and_even_columns() {
        for (x, width, row) in [
            (2, 4, "徳|  |央病院"),
            (3, 4, "徳 |  | 病院"),
            (2, 5, "徳|   | 病院"),
            (3, 5, "徳 |   |病院"),
            (0, 3, "| | 中央病院"),
            (9, 3, "徳山中央 | |"),
        ] {
            let mut buf = ground();
            clear_area(&mut buf, Rect::new(x, 1, width, 1));
            put(&mut buf, x, 1, 1, "|", Style::new());
            put(&mut buf, x + width - 1, 1, 1, "|", Style::new());
            let wanted = format!("徳山中央病院\n{row}\n徳山中央病院\n");
            assert_eq!(screen_text(&buf), wanted, "at {x}, {width} wide");
            assert_eq!(after_diff(&buf), wanted, "at {x}, {width} wide, by the diff");
        }
    }

    #[test]
    fn any_area_is_taken() {
        for area in [Rect::ZERO, Rect::new(0, 0, 99, 99), Rect::new(50, 50, 3, 3), Rect::new(11, 2, 1, 1)] {
            clear_area(&mut ground(), area);
        }
        clear_area(&mut Buffer::empty(Rect::ZERO), Rect::new(0, 0, 3, 3));
    }
}
