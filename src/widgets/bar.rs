//! One row of segments on the left and on the right: the head of the screen and the keys at its foot. What does not fit is
//! left out whole, the least important first, never cut in the middle of a word. Knows no domain and no key.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::{fill, put};
use super::theme::Theme;
use super::width::width;

/// Cells between two segments.
const GAP: u16 = 2;

/// A part of a bar that shows whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The texts, each in its style.
    pub parts: Vec<(Cow<'a, str>, Style)>,
    /// Of two that don't both fit, the one with the higher value stays; of equals the earlier one.
    pub priority: u8,
}

impl<'a> Segment<'a> {
    /// A segment of one text.
    pub fn new(text: impl Into<Cow<'a, str>>, style: Style, priority: u8) -> Self {
        Self { parts: vec![(text.into(), style)], priority }
    }

    /// A key and what it does.
    pub fn hint(key: impl Into<Cow<'a, str>>, does: impl Into<Cow<'a, str>>, theme: &Theme, priority: u8) -> Self {
        Self { parts: vec![(key.into(), theme.key), (" ".into(), theme.hint), (does.into(), theme.hint)], priority }
    }

    /// The cells that it takes.
    pub fn width(&self) -> u16 {
        self.parts.iter().fold(0, |sum, (text, _)| sum.saturating_add(width(text)))
    }
}

/// Which of `segments` show in `cells`, by index. The most important one always does, cut if it must be.
pub fn segments(segments: &[Segment<'_>], cells: u16) -> Vec<usize> {
    let widths: Vec<u32> = segments.iter().map(|segment| u32::from(segment.width()) + u32::from(GAP)).collect();
    let mut by_weight: Vec<usize> = (0..segments.len()).collect();
    by_weight.sort_by_key(|&index| segments.get(index).map(|segment| std::cmp::Reverse(segment.priority)));
    let mut total: u32 = widths.iter().sum();
    // The gap after the last segment is not needed.
    while total > u32::from(cells) + u32::from(GAP) && by_weight.len() > 1 {
        let gone = by_weight.pop().and_then(|index| widths.get(index)).copied();
        total -= gone.unwrap_or(0);
    }
    by_weight.sort_unstable();
    by_weight
}

/// Draws `left` from the left and `right` to the right of the first row of `area`, in the ground `style`; both compete for
/// the room.
pub fn draw_bar(buf: &mut Buffer, area: Rect, style: Style, left: &[Segment<'_>], right: &[Segment<'_>]) {
    let area = Rect { height: area.height.min(1), ..area }.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    fill(buf, area, style);
    let all: Vec<Segment<'_>> = left.iter().chain(right).cloned().collect();
    let kept = segments(&all, area.width);
    let ends_left = kept.partition_point(|&index| index < left.len());
    let mut x = area.x;
    for segment in kept.iter().take(ends_left).filter_map(|&index| all.get(index)) {
        x = draw_segment(buf, x, area, segment).saturating_add(GAP);
    }
    let mut end = area.right();
    for segment in kept.iter().skip(ends_left).rev().filter_map(|&index| all.get(index)) {
        let start = end.saturating_sub(segment.width()).max(area.x);
        draw_segment(buf, start, area, segment);
        end = start.saturating_sub(GAP);
    }
}

fn draw_segment(buf: &mut Buffer, x: u16, area: Rect, segment: &Segment<'_>) -> u16 {
    segment.parts.iter().fold(x, |x, (text, style)| {
        let room = area.right().saturating_sub(x);
        put(buf, x, area.y, room, text, *style)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widgets::screen_text;

    fn drawn(cells: u16) -> String {
        let theme = Theme::default();
        let left = [
            Segment::new("窓口", theme.title, 9),
            Segment::new("[F3 案件 12]", theme.bar_active, 8),
            Segment::hint("F4", "連携先", &theme, 3),
        ];
        let right = [Segment::new("山田花子", theme.bar, 2), Segment::new("保存済 14:32:07", theme.ok, 7)];
        let mut buf = Buffer::empty(Rect::new(0, 0, cells, 1));
        let area = buf.area;
        draw_bar(&mut buf, area, theme.bar, &left, &right);
        screen_text(&buf).trim_end().to_owned()
    }

    #[test]
    fn the_least_important_goes_first_and_whole() {
        for (cells, row) in [
            (60, "窓口  [F3 案件 12]  F4 連携先      山田花子  保存済 14:32:07"),
            (56, "窓口  [F3 案件 12]  F4 連携先  山田花子  保存済 14:32:07"),
            (55, "窓口  [F3 案件 12]  F4 連携先           保存済 14:32:07"),
            (45, "窓口  [F3 案件 12]            保存済 14:32:07"),
            (35, "窓口  [F3 案件 12]  保存済 14:32:07"),
            (34, "窓口  [F3 案件 12]"),
            (17, "窓口"),
            (4, "窓口"),
            (3, "窓"),
            (0, ""),
        ] {
            assert_eq!(drawn(cells), row, "{cells} wide");
        }
    }

    #[test]
    fn any_area_is_taken() {
        let segments = [Segment::new("窓口", Style::new(), 1), Segment::new("保存済", Style::new(), 2)];
        let mut buf = Buffer::empty(Rect::new(2, 2, 10, 1));
        for area in [Rect::ZERO, Rect::new(0, 0, 99, 99), Rect::new(11, 2, 9, 1), Rect::new(60, 60, 5, 1)] {
            draw_bar(&mut buf, area, Style::new(), &segments, &segments);
        }
    }

    #[test]
    fn of_equals_the_earlier_stays() {
        let hint = |key: &'static str| Segment::new(key, Style::new(), 5);
        assert_eq!(segments(&[hint("aa"), hint("bb"), hint("cc")], 6), [0, 1]);
        assert!(segments(&[], 10).is_empty());
    }
}
