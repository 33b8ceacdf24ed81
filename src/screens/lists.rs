//! The keys that move in a list, the same on every screen and in every popup.

use crate::keys::Action;
use crate::widgets::list::ListState;

/// Moves in a list of `len` rows; `false` where the action is none that moves.
pub fn go(list: &mut ListState, action: Action, len: usize) -> bool {
    match action {
        Action::Up => list.up(len),
        Action::Down => list.down(len),
        Action::PageUp => list.page_up(len),
        Action::PageDown => list.page_down(len),
        Action::First => list.first(len),
        Action::Last => list.last(len),
        _ => return false,
    };
    true
}
