//! Which keys stand at the foot of a slip, the most important first: what does not fit is left out from the end.

use super::Intake;
use crate::keys::Action;

/// While somebody is proposed as the caller.
const PROPOSING: &[Action] = &[
    Action::TakeCaller,
    Action::Up,
    Action::Down,
    Action::NextField,
    Action::SaveCall,
    Action::ContinueCase,
    Action::Undo,
    Action::Help,
];

/// Without a call.
const IDLE: &[Action] = &[Action::NewCall, Action::GoQueue, Action::GoDirectory, Action::Help, Action::Palette];

/// On a slip, the same whatever is on it: nothing moves while somebody types. The key for another call stands above it,
/// those for the next page and to drop the draft on borders.
const WRITING: &[Action] = &[
    Action::SaveCall,
    Action::NextField,
    Action::PreviousField,
    Action::Find,
    Action::FlagMeeting,
    Action::StampTime,
    Action::Undo,
    Action::Help,
];

/// The hints for what is in front.
pub(super) fn of(intake: &Intake) -> &'static [Action] {
    match intake.current() {
        _ if intake.known.proposes() => PROPOSING,
        None => IDLE,
        Some(_) => WRITING,
    }
}
