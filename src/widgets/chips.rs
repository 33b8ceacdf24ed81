//! The choices of a field with their one-key codes, in columns over the width: `a往診医を探す  b主治医がいない …`. A chosen one
//! stands in brackets, so that it is not told by colour alone. Knows no code list and no key.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::scrollbar;
use super::paint::put;
use super::theme::Theme;
use super::width::{truncate, width};

/// The room for the brackets, which is there for all, so that nothing moves when one is chosen.
const BRACKETS: u16 = 2;

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chip<'a> {
    /// The key that chooses it; may be empty.
    pub code: &'a str,
    /// What it means.
    pub label: &'a str,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Chip<'_> {
    fn width(&self) -> u16 {
        width(self.code).saturating_add(width(self.label)).saturating_add(BRACKETS)
    }
}

/// How many rows the choices take in an area of `cells`.
pub fn height(chips: &[Chip<'_>], cells: u16) -> u16 {
    u16::try_from(chips.len().div_ceil(columns(chips, cells).len().max(1))).unwrap_or(u16::MAX)
}

/// Draws the choices into `area`, row by row. `cursor` is the one that the arrow keys stand on. Where there are more rows
/// than fit, those around the cursor show, with a scrollbar.
pub fn draw(buf: &mut Buffer, area: Rect, theme: &Theme, chips: &[Chip<'_>], cursor: Option<usize>) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let too_many = height(chips, area.width) > area.height;
    // A key that is not seen cannot be pressed: where columns take too much room, the choices stand one behind the other.
    if let Some(places) = flowing(chips, area).filter(|_| too_many && cursor.is_none()) {
        chips.iter().zip(places).for_each(|(chip, place)| draw_chip(buf, place, theme, chip, false));
        return;
    }
    let cells = area.width.saturating_sub(u16::from(too_many));
    let columns = columns(chips, cells);
    let rows = chips.len().div_ceil(columns.len().max(1));
    let at = cursor.unwrap_or(0) / columns.len().max(1);
    let first = (at + 1).saturating_sub(usize::from(area.height)).min(rows);
    let shown = chips.chunks(columns.len().max(1)).enumerate().skip(first);
    for (line, (row, chips)) in area.rows().zip(shown) {
        let mut x = line.x;
        for (column, (chip, &room)) in chips.iter().zip(&columns).enumerate() {
            let here = cursor == Some(row * columns.len() + column);
            draw_chip(buf, Rect { x, width: room.min(cells), ..line }, theme, chip, here);
            x = x.saturating_add(room);
        }
    }
    scrollbar(buf, area, theme, first, rows);
}

/// The places of the choices one behind the other; `None` where even so they take more rows than there are.
fn flowing(chips: &[Chip<'_>], area: Rect) -> Option<Vec<Rect>> {
    let (mut x, mut y) = (area.x, area.y);
    let place = |chip: &Chip<'_>| {
        let width = chip.width();
        if x > area.x && x.saturating_add(width) > area.right() {
            (x, y) = (area.x, y + 1);
        }
        let fits = y < area.bottom() && x.saturating_add(width) <= area.right();
        let place = Rect { x, y, width, height: 1 };
        x = x.saturating_add(width);
        fits.then_some(place)
    };
    chips.iter().map(place).collect()
}

fn draw_chip(buf: &mut Buffer, area: Rect, theme: &Theme, chip: &Chip<'_>, here: bool) {
    let style = if chip.chosen { theme.chosen } else { theme.text };
    let (open, close) = if chip.chosen { ("[", "]") } else { (" ", " ") };
    let room = area.width.saturating_sub(BRACKETS);
    let x = put(buf, area.x, area.y, area.width, open, style);
    let code = width(chip.code).min(room);
    let x = put(buf, x, area.y, code, chip.code, if chip.chosen { style } else { theme.key });
    let x = put(buf, x, area.y, room - code, &truncate(chip.label, room - code), style);
    let x = put(buf, x, area.y, area.right().saturating_sub(x), close, style);
    if here {
        buf.set_style(Rect { width: x.saturating_sub(area.x), ..area }, theme.selected);
    }
}

/// The widths of as many columns as fit into `cells`, each as wide as its widest choice; at least one column.
fn columns(chips: &[Chip<'_>], cells: u16) -> Vec<u16> {
    let widths: Vec<u16> = chips.iter().map(Chip::width).collect();
    let narrowest = widths.iter().copied().min().unwrap_or(1).max(1);
    let most = usize::from(cells / narrowest).clamp(1, chips.len().max(1));
    for count in (2..=most).rev() {
        let mut columns = vec![0_u16; count];
        for row in widths.chunks(count) {
            for (column, &width) in columns.iter_mut().zip(row) {
                *column = (*column).max(width);
            }
        }
        if columns.iter().map(|&width| u32::from(width)).sum::<u32>() <= u32::from(cells) {
            return columns;
        }
    }
    vec![widths.iter().copied().max().unwrap_or(0).min(cells)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::widgets::screen_text;

    const CHIPS: [Chip<'static>; 5] = [
        Chip { code: "a", label: "往診医を探す", chosen: false },
        Chip { code: "b", label: "主治医", chosen: false },
        Chip { code: "h", label: "看取り", chosen: true },
        Chip { code: "k", label: "拒否", chosen: false },
        Chip { code: "z", label: "その他", chosen: true },
    ];

    fn drawn(cells: u16, rows: u16, cursor: Option<usize>) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, cells, rows));
        let area = buf.area;
        draw(&mut buf, area, &Theme::default(), &CHIPS, cursor);
        screen_text(&buf)
    }

    #[test]
    fn columns_line_up_and_chosen_ones_are_marked() {
        for (cells, text) in [
            (60, " a往診医を探す  b主治医 [h看取り] k拒否 [zその他]\n"),
            (36, " a往診医を探す  b主治医 [h看取り]\n k拒否         [zその他]\n"),
            (24, " a往診医を探す  b主治医\n[h看取り]       k拒否\n[zその他]\n"),
            (15, " a往診医を探す\n b主治医\n[h看取り]\n k拒否\n[zその他]\n"),
            (9, " a往診..\n b主治医\n[h看取り]\n k拒否\n[zその他]\n"),
        ] {
            let rows = height(&CHIPS, cells);
            assert_eq!(drawn(cells, rows, None), text, "{cells} wide");
        }
    }

    #[test]
    fn where_columns_take_too_many_rows_all_stand_one_behind_the_other() {
        assert_eq!(drawn(27, 2, None), " a往診医を探す  b主治医\n[h看取り] k拒否 [zその他]\n");
        assert_eq!(drawn(26, 2, None), " a往診医を探す  b主治医\n[h看取り] k拒否 [zその他]\n");
        assert_eq!(drawn(24, 2, None).lines().next(), Some(" a往診医を探す         ┃"));
    }

    #[test]
    fn shows_the_row_of_the_cursor_when_there_is_no_room_for_all() {
        assert_eq!(drawn(25, 2, Some(0)), " a往診医を探す  b主治医 ┃\n[h看取り]       k拒否   │\n");
        assert!(drawn(24, 2, Some(4)).contains("[zその他]"));
        let mut buf = Buffer::empty(Rect::new(0, 0, 60, 1));
        let area = buf.area;
        draw(&mut buf, area, &Theme::default(), &CHIPS, Some(2));
        let reversed = (0..60).filter(|&x| buf[(x, 0)].modifier.contains(ratatui::style::Modifier::REVERSED)).count();
        assert_eq!(reversed, 9);
    }

    proptest! {
        #[test]
        fn any_size_is_taken(cells in 0_u16..40, rows in 0_u16..6, cursor in proptest::option::of(0_usize..9)) {
            drawn(cells, rows, cursor);
            let mut buf = Buffer::empty(Rect::new(3, 2, cells, rows));
            draw(&mut buf, Rect::new(0, 0, 99, 99), &Theme::default(), &[], cursor);
            prop_assert!(height(&CHIPS, cells) >= 1);
            prop_assert_eq!(height(&[], cells), 0);
        }
    }
}
