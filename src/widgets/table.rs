//! Columns of full-width text: which show at a width, how wide each is, and the drawing of heads and rows. Columns are
//! left out whole, the least important first; cells are cut by width. Knows no domain; the rows are a list's.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::put;
use super::theme::Theme;
use super::width::{truncate, width};

/// Cells between two columns: the spare one for characters that some terminals draw wider.
const GAP: u16 = 1;

/// What a column wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<'a> {
    title: Cow<'a, str>,
    min: u16,
    ideal: u16,
    priority: u8,
    right: bool,
}

impl<'a> Column<'a> {
    /// A column of at least `min` cells, or it is left out, and at best `ideal`; [`Column::REST`] takes what is left over.
    /// Of two that don't both fit, the one with the higher `priority` stays; of equals the earlier one.
    pub fn new(title: impl Into<Cow<'a, str>>, min: u16, ideal: u16, priority: u8) -> Self {
        Self { title: title.into(), min, ideal: ideal.max(min), priority, right: false }
    }

    /// An ideal width without bound.
    pub const REST: u16 = u16::MAX;

    /// The same column set to the right: for figures.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.right = true;
        self
    }
}

/// The columns that show at a width, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns<'a> {
    shown: Vec<Shown<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown<'a> {
    index: usize,
    column: Column<'a>,
    width: u16,
}

impl<'a> Columns<'a> {
    /// Lays the columns out in `cells`.
    pub fn new(columns: impl IntoIterator<Item = Column<'a>>, cells: u16) -> Self {
        let mut shown: Vec<Shown<'a>> =
            columns.into_iter().enumerate().map(|(index, column)| Shown { index, width: column.min, column }).collect();
        shown.sort_by_key(|shown| std::cmp::Reverse(shown.column.priority));
        let needed =
            |shown: &[Shown<'a>]| shown.iter().map(|shown| u32::from(shown.width) + u32::from(GAP)).sum::<u32>();
        let room = u32::from(cells) + u32::from(GAP);
        while needed(&shown) > room {
            shown.pop();
        }
        let mut spare = u16::try_from(room - needed(&shown)).unwrap_or(u16::MAX);
        for bounded in shown.iter_mut().filter(|shown| shown.column.ideal != Column::REST) {
            let more = spare.min(bounded.column.ideal - bounded.width);
            bounded.width += more;
            spare -= more;
        }
        let mut takers =
            u16::try_from(shown.iter().filter(|shown| shown.column.ideal == Column::REST).count()).unwrap_or(0);
        for taker in shown.iter_mut().filter(|shown| shown.column.ideal == Column::REST) {
            let more = spare.div_ceil(takers.max(1));
            taker.width += more;
            spare -= more;
            takers = takers.saturating_sub(1);
        }
        shown.sort_by_key(|shown| shown.index);
        Self { shown }
    }

    /// Whether the column `index` shows.
    pub fn shows(&self, index: usize) -> bool {
        self.shown.iter().any(|shown| shown.index == index)
    }

    /// Whether the column `index` has no room for all of this text.
    pub fn cuts(&self, index: usize, text: &str) -> bool {
        let shown = self.shown.iter().find(|shown| shown.index == index);
        width(text) > shown.map_or(0, |shown| shown.width)
    }

    /// Draws the heads into the first row of `area`.
    pub fn draw_head(&self, buf: &mut Buffer, area: Rect, theme: &Theme) {
        self.draw_cells(buf, area, |shown| (shown.column.title.clone(), theme.head));
    }

    /// Draws one row into the first row of `area`; `cell` is asked for the text and style of the columns that show.
    pub fn draw_row<'c>(&self, buf: &mut Buffer, area: Rect, mut cell: impl FnMut(usize) -> (Cow<'c, str>, Style)) {
        self.draw_cells(buf, area, |shown| cell(shown.index));
    }

    fn draw_cells<'c>(&self, buf: &mut Buffer, area: Rect, mut cell: impl FnMut(&Shown<'a>) -> (Cow<'c, str>, Style))
    where
        'a: 'c,
    {
        if area.is_empty() {
            return;
        }
        let mut x = area.x;
        for shown in &self.shown {
            let (text, style) = cell(shown);
            let room = shown.width.min(area.right().saturating_sub(x));
            let text = truncate(&text, room);
            let before = if shown.column.right { room.saturating_sub(width(&text)) } else { 0 };
            put(buf, x.saturating_add(before), area.y, room - before, &text, style);
            x = x.saturating_add(shown.width).saturating_add(GAP);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::widgets::screen_text;

    fn columns(cells: u16) -> Columns<'static> {
        Columns::new(
            [
                Column::new("番号", 7, 7, 9),
                Column::new("急", 4, 4, 8),
                Column::new("内容", 10, Column::REST, 7),
                Column::new("日数", 4, 4, 2).right(),
                Column::new("担当", 4, 8, 3),
            ],
            cells,
        )
    }

    fn drawn(cells: u16) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, cells, 2));
        let (head, row) = (Rect::new(0, 0, cells, 1), Rect::new(0, 1, cells, 1));
        let columns = columns(cells);
        columns.draw_head(&mut buf, head, &Theme::default());
        let texts = ["R8-0119", "至急", "転院先の受入調整", "12", "山田花子"];
        columns.draw_row(&mut buf, row, |index| (texts[index].into(), Style::new()));
        screen_text(&buf)
    }

    #[test]
    fn columns_line_up_and_give_way() {
        for (cells, text) in [
            (46, "番号    急   内容                日数 担当\nR8-0119 至急 転院先の受入調整      12 山田花子\n"),
            (33, "番号    急   内容       日数 担当\nR8-0119 至急 転院先の..   12 山..\n"),
            (32, "番号    急   内容       担当\nR8-0119 至急 転院先の.. 山田花子\n"),
            (23, "番号    急   内容\nR8-0119 至急 転院先の..\n"),
            (12, "番号    急\nR8-0119 至急\n"),
            (7, "番号\nR8-0119\n"),
            (6, "\n\n"),
        ] {
            assert_eq!(drawn(cells), text, "{cells} wide");
        }
        assert!(columns(33).shows(3));
        assert!(!columns(32).shows(3));
        for (cells, index, text, cut) in [
            (46, 2, "転院先の受入調整", false),
            (33, 2, "転院先の受入調整", true),
            (33, 2, "転院", false),
            (32, 3, "1", true),
        ] {
            assert_eq!(columns(cells).cuts(index, text), cut, "{cells} wide: {text}");
        }
    }

    #[test]
    fn any_area_is_taken() {
        let mut buf = Buffer::empty(Rect::new(2, 2, 10, 2));
        for area in [Rect::ZERO, Rect::new(0, 0, 99, 99), Rect::new(11, 3, 50, 1), Rect::new(60, 60, 5, 1)] {
            columns(46).draw_row(&mut buf, area, |_| ("徳山中央病院".into(), Style::new()));
            columns(area.width).draw_head(&mut buf, area, &Theme::default());
        }
    }

    proptest! {
        #[test]
        fn never_wider_than_asked(wants in proptest::collection::vec((0_u16..20, 0_u16..40, 0_u8..5), 0..8), cells in 0_u16..60) {
            let columns = Columns::new(wants.iter().map(|&(min, ideal, priority)| Column::new("見出し", min, ideal, priority)), cells);
            let used: u16 = columns.shown.iter().map(|shown| shown.width + GAP).sum();
            prop_assert!(used <= cells + GAP);
            prop_assert!(columns.shown.iter().all(|shown| shown.width >= shown.column.min));
        }
    }
}
