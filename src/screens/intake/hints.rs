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

/// On a slip with nothing on it: it may have been a wrong number, and nobody has to look for the key that closes it.
const BLANK: &[Action] = &[
    Action::NextField,
    Action::DropDraft,
    Action::Find,
    Action::StampTime,
    Action::SaveCall,
    Action::PreviousField,
    Action::Help,
];

/// On a slip. The key for another call stands above it, that for the next page on its border.
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
        Some(call) if call.is_blank() => BLANK,
        Some(_) => WRITING,
    }
}
