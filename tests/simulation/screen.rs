//! What every screen must be: no half glyph, nothing that a terminal would obey, the caret on it.

use madoguchi::widgets::width::width;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// What is wrong with a screen.
pub fn fault(buffer: &Buffer, caret: Option<Position>) -> Option<String> {
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            let symbol = buffer.cell((x, y))?.symbol();
            if symbol.chars().any(char::is_control) {
                return Some(format!("a control character at {x},{y}: {symbol:?}"));
            }
            if symbol.is_ascii() {
                continue;
            }
            // Whatever stands in the hidden cell of a wide glyph would be drawn over its right half.
            for hidden in x + 1..x + width(symbol).max(1) {
                match buffer.cell((hidden, y)).map(ratatui::buffer::Cell::symbol) {
                    Some(" ") if hidden < area.right() => {}
                    other => return Some(format!("{symbol:?} at {x},{y} is cut by {other:?}")),
                }
                if caret == Some(Position::new(hidden, y)) {
                    return Some(format!("the caret is inside {symbol:?} at {x},{y}"));
                }
            }
        }
    }
    match caret {
        Some(at) if !area.contains(at) => Some(format!("the caret is outside the screen: {at} in {area}")),
        _ => None,
    }
}

/// The first row, as it is read.
pub fn first_row(buffer: &Buffer) -> String {
    let area = buffer.area;
    (area.left()..area.right())
        .filter_map(|x| buffer.cell((x, area.top())))
        .map(ratatui::buffer::Cell::symbol)
        .collect()
}
