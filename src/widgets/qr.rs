//! A QR code, two modules a cell: the light ones are drawn, on a dark ground where the theme has colours. Knows no domain.

use qrcode::{Color, EcLevel, QrCode};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::put;
use super::theme::Theme;

/// The light border in modules. Four are the standard's; two are enough for telephones, and 24 rows hold no more.
const QUIET: u16 = 2;

/// A code that is ready to be drawn.
#[derive(Debug)]
pub struct Qr {
    dark: Vec<bool>,
    modules: u16,
}

impl Qr {
    /// The code of a text; `None` for one that is too long for any.
    pub fn new(text: &str) -> Option<Self> {
        // The screen is no crumpled paper: the lowest correction gives the largest modules.
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let modules = u16::try_from(code.width()).ok()?;
        Some(Self { dark: code.to_colors().into_iter().map(|color| color == Color::Dark).collect(), modules })
    }

    /// Its columns and rows on the screen.
    pub const fn size(&self) -> (u16, u16) {
        let side = self.modules + 2 * QUIET;
        (side, side.div_ceil(2))
    }

    fn is_dark(&self, x: u16, y: u16) -> bool {
        let inside = |at: u16| at.checked_sub(QUIET).filter(|at| *at < self.modules);
        let (Some(x), Some(y)) = (inside(x), inside(y)) else { return false };
        let at = usize::from(y) * usize::from(self.modules) + usize::from(x);
        self.dark.get(at).copied().unwrap_or_default()
    }

    /// Draws it into the upper left of `area`; `false`, and nothing drawn, where it has no room: a part of it is of no use.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, theme: &Theme) -> bool {
        let area = area.intersection(buf.area);
        let (width, height) = self.size();
        if area.width < width || area.height < height {
            return false;
        }
        for row in 0..height {
            for x in 0..width {
                let light = (!self.is_dark(x, 2 * row), !self.is_dark(x, 2 * row + 1));
                let sign = match light {
                    (true, true) => "█",
                    (true, false) => "▀",
                    (false, true) => "▄",
                    (false, false) => " ",
                };
                put(buf, area.x + x, area.y + row, 1, sign, theme.picture);
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "otpauth://totp/madoguchi?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=madoguchi";

    #[test]
    fn it_is_drawn_whole_or_not_at_all() {
        let qr = Qr::new(URL).unwrap();
        let (width, height) = qr.size();
        assert!(width <= 50 && height <= 25, "{width}x{height}");
        for (cells, rows, drawn) in [(width, height, true), (width - 1, height, false), (width, height - 1, false)] {
            let mut buf = Buffer::empty(Rect::new(0, 0, cells, rows));
            let area = buf.area;
            assert_eq!(qr.draw(&mut buf, area, &Theme::default()), drawn);
            assert_eq!(buf.content.iter().any(|cell| cell.symbol() == "▀"), drawn);
        }
    }

    #[test]
    fn the_corners_are_the_finder_patterns_on_a_light_ground() {
        let qr = Qr::new("a").unwrap();
        let last = qr.modules + QUIET - 1;
        for (x, y, dark) in [
            (0, 0, false),
            (QUIET, QUIET, true),
            (QUIET + 1, QUIET + 1, false),
            (last, QUIET, true),
            (QUIET, last, true),
            (last + 1, QUIET, false),
            (500, 500, false),
        ] {
            assert_eq!(qr.is_dark(x, y), dark, "{x},{y}");
        }
    }

    #[test]
    fn a_text_too_long_has_no_code() {
        assert!(Qr::new(&"長".repeat(3_000)).is_none());
    }
}
