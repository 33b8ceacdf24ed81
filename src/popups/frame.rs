//! The box that every popup is drawn in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::screens::look::Look;
use crate::widgets::clear::clear_area;
use crate::widgets::panel::Panel;

/// Clears and frames a box of at most this size in the middle of `area`; returns the room inside.
pub fn framed(title: &str, width: u16, height: u16, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Rect {
    // min, never clamp: a popup must fit any terminal.
    let (width, height) = (width.min(area.width), height.min(area.height));
    let outer = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    clear_area(buf, outer);
    Panel::new(look.theme).title(title).focused(true).draw(buf, outer)
}
