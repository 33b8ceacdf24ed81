//! Puts text into a buffer and reads a buffer back. Knows no widget.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::width::{graphemes, of_cell, slice, truncate, wrap};

/// Writes `text` into row `y` from column `x` on, at most `cells` wide and never outside the buffer, whole graphemes
/// only. Returns the column after it. Control characters are left out. As `Buffer::set_stringn`, but quicker for
/// Japanese, and without a panic at the borders.
pub fn put(buf: &mut Buffer, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
    let area = buf.area;
    if y < area.top() || y >= area.bottom() || x < area.left() {
        return x;
    }
    let end = x.saturating_add(cells).min(area.right());
    let mut x = x;
    for grapheme in graphemes(text).filter(|grapheme| grapheme.cells > 0) {
        let next = x.saturating_add(grapheme.cells);
        if next > end {
            break;
        }
        if let Some(cell) = buf.cell_mut((x, y)) {
            cell.set_symbol(grapheme.text).set_style(style);
        }
        for hidden in x.saturating_add(1)..next {
            if let Some(cell) = buf.cell_mut((hidden, y)) {
                cell.reset();
                // The terminal draws the glyph with its own style alone; the cell keeps the ground for what comes later.
                cell.set_style(style);
            }
        }
        x = next;
    }
    x
}

/// Writes `text` into the first row of `area`, cut with `..` where it is too wide, and returns the column after it. An empty
/// area takes nothing, so that a pane without room for a row needs no case of its own.
pub fn put_line(buf: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    if area.is_empty() {
        return area.x;
    }
    put(buf, area.x, area.y, area.width, &truncate(text, area.width), style)
}

/// Writes `text`, wrapped as Japanese is set, into `area` and returns how many rows it took there: for text that is read.
pub fn put_wrapped(buf: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let mut rows = 0;
    for (place, row) in area.rows().zip(wrap(text, area.width)) {
        put(buf, place.x, place.y, place.width, slice(text, row.start, row.end), style);
        rows += 1;
    }
    rows
}

/// Fills `area` with spaces in `style`: the ground of a row or pane.
pub fn fill(buf: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buf.area);
    for position in area.positions() {
        if let Some(cell) = buf.cell_mut(position) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// What a reader sees in `buf`: one line a row, without the hidden half of wide glyphs and without spaces at the end.
pub fn screen_text(buf: &Buffer) -> String {
    let mut text = String::new();
    for row in buf.area.rows() {
        let (mut line, mut hidden) = (String::new(), 0);
        for cell in row.positions().filter_map(|position| buf.cell(position)) {
            if hidden > 0 {
                hidden -= 1;
                continue;
            }
            line.push_str(cell.symbol());
            hidden = of_cell(cell).saturating_sub(1);
        }
        text.push_str(line.trim_end_matches(' '));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn writes_whole_graphemes_inside_the_buffer_only() {
        let mut buf = Buffer::empty(Rect::new(2, 1, 6, 1));
        assert_eq!(put(&mut buf, 2, 1, 99, "徳山病院", Style::new()), 8);
        assert_eq!(screen_text(&buf), "徳山病\n");
        assert_eq!(put(&mut buf, 3, 1, 2, "abc", Style::new()), 5);
        for (x, y) in [(0, 1), (2, 0), (2, 2), (8, 1), (u16::MAX, 1)] {
            assert_eq!(put(&mut buf, x, y, u16::MAX, "徳", Style::new()), x);
        }
    }

    #[test]
    fn a_line_is_cut_and_stays_in_its_area() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 9, 2));
        assert_eq!(put_line(&mut buf, Rect::new(1, 0, 7, 2), "徳山中央病院", Style::new()), 7);
        assert_eq!(put_line(&mut buf, Rect::new(1, 1, 7, 0), "徳山", Style::new()), 1);
        assert_eq!(put_line(&mut buf, Rect::new(1, 1, 0, 1), "徳山", Style::new()), 1);
        assert_eq!(screen_text(&buf), " 徳山..\n\n");
    }

    #[test]
    fn wraps_into_the_area_and_no_further() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 8, 3));
        assert_eq!(put_wrapped(&mut buf, Rect::new(1, 0, 6, 2), "通院困難。入院したくない", Style::new()), 2);
        assert_eq!(screen_text(&buf), " 通院困\n 難。入\n\n");
        assert_eq!(put_wrapped(&mut buf, Rect::new(1, 2, 6, 1), "", Style::new()), 1);
        assert_eq!(put_wrapped(&mut buf, Rect::new(9, 9, 6, 1), "徳山", Style::new()), 1);
        assert_eq!(put_wrapped(&mut buf, Rect::ZERO, "徳山", Style::new()), 0);
    }

    #[test]
    fn reads_wide_glyphs_without_their_hidden_cells() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 9, 2));
        put(&mut buf, 1, 0, 9, "a徳b", Style::new());
        assert_eq!(screen_text(&buf), " a徳b\n\n");
    }

    proptest! {
        #[test]
        fn writes_what_the_buffer_would_write(text in "[a徳か、ー𠮷\u{3099}① ]{0,20}", cells in 0_u16..20) {
            let area = Rect::new(0, 0, 18, 1);
            let (mut own, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            let end = put(&mut own, 0, 0, cells, &text, Style::new());
            let (their_end, _) = theirs.set_stringn(0, 0, &text, usize::from(cells), Style::new());
            prop_assert_eq!(end, their_end);
            prop_assert_eq!(own, theirs);
        }
    }
}
