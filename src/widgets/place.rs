//! Rows of an area, and where a popup stands: in the middle, or at the caret. Knows no popup.

use ratatui::layout::{Position, Rect};

/// The row `row` of `area`, from 0; an empty area beyond its end.
pub fn row(area: Rect, row: u16) -> Rect {
    let y = area.y.saturating_add(row).min(area.bottom());
    Rect { y, height: area.bottom().saturating_sub(y).min(1), ..area }
}

/// What is left of `area` below its first `rows` rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y.saturating_add(rows), height: area.height - rows, ..area }
}

/// A box of `width` by `height` cells in the middle of `frame`, or as much of it as fits.
pub fn centred(frame: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(frame.width), height.min(frame.height));
    Rect { x: frame.x + (frame.width - width) / 2, y: frame.y + (frame.height - height) / 2, width, height }
}

/// A box of `width` by `height` cells for what is chosen at the caret: under its row, above it where there is more room,
/// never over it; as much of the box as fits.
pub fn at_caret(frame: Rect, caret: Position, width: u16, height: u16) -> Rect {
    let caret_y = caret.y.clamp(frame.top(), frame.bottom().saturating_sub(1).max(frame.top()));
    let above = caret_y - frame.top();
    let below = frame.bottom().saturating_sub(caret_y).saturating_sub(1);
    let width = width.min(frame.width);
    let x = caret.x.max(frame.left()).min(frame.right() - width);
    if height <= below || below >= above {
        let y = (caret_y + 1).min(frame.bottom());
        Rect { x, y, width, height: height.min(below) }
    } else {
        let height = height.min(above);
        Rect { x, y: caret_y - height, width, height }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn rows_end_with_the_area() {
        let area = Rect::new(2, 3, 10, 2);
        assert_eq!(row(area, 1), Rect::new(2, 4, 10, 1));
        for beyond in [2, 3, u16::MAX] {
            assert!(row(area, beyond).is_empty());
            assert!(below(area, beyond).is_empty());
        }
        assert_eq!(below(area, 1), Rect::new(2, 4, 10, 1));
        assert_eq!(below(area, 0), area);
    }

    #[test]
    fn stands_in_the_middle_or_at_the_caret() {
        let frame = Rect::new(0, 0, 80, 24);
        assert_eq!(centred(frame, 40, 10), Rect::new(20, 7, 40, 10));
        assert_eq!(centred(frame, 100, 100), frame);
        for (caret, place) in [
            ((10, 5), Rect::new(10, 6, 30, 8)),
            ((70, 5), Rect::new(50, 6, 30, 8)),
            ((10, 22), Rect::new(10, 14, 30, 8)),
            ((10, 12), Rect::new(10, 13, 30, 8)),
        ] {
            assert_eq!(at_caret(frame, caret.into(), 30, 8), place, "{caret:?}");
        }
    }

    proptest! {
        #[test]
        fn stays_inside_and_off_the_caret(
            frame in (0_u16..9, 0_u16..9, 0_u16..40, 0_u16..20), caret in (0_u16..60, 0_u16..30), width in 0_u16..50, height in 0_u16..30
        ) {
            let frame = Rect::new(frame.0, frame.1, frame.2, frame.3);
            let place = at_caret(frame, caret.into(), width, height);
            prop_assert_eq!(place.intersection(frame).area(), place.area());
            prop_assert!(!place.contains(caret.into()));
            let middle = centred(frame, width, height);
            prop_assert_eq!(middle.intersection(frame).area(), middle.area());
        }
    }
}
