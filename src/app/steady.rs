//! Whether a key changed nothing on the screen but the text that is being written: then only that text is painted.
//! Knows no buffer.
//!
//! Asked before and after each key, so it must be cheap and may be too careful: what it does not know of is drawn anew.

use super::App;
use crate::app::msg::{Msg, Now};
use crate::desk::id::Id;
use crate::screens::form::Focus;

/// What shows on the screen beside the text that is being written and that a key in it, or the time, may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Steady {
    call: Id,
    /// The page and the field in focus.
    place: (u8, usize),
    /// Whether the draft is on the disk, something is wrong with the field, it is empty, a place to fill is marked.
    slip: (bool, bool, bool, bool),
    /// The call's clocks in seconds, with and without the time that it was left; the wall's in minutes.
    clocks: (u64, i64, i64),
    saving: usize,
    known: u64,
}

impl App {
    /// What shows, where a key would only write text; `now` is the time of the key.
    pub(super) fn steady(&self, now: Now) -> Option<Steady> {
        let alone = self.popups.is_empty() && self.chord.is_empty() && self.notice.is_none();
        if !alone || self.takes() != Focus::Area {
            return None;
        }
        let (call, place) = (self.intake.current()?, self.intake.place()?);
        let (seen, memo) = (call.form.is_focus_empty(), call.memo.is_at_place());
        Some(Steady {
            call: call.id,
            place,
            slip: (call.is_kept(), call.form.complaint().is_some(), seen, memo),
            clocks: (
                call.seconds_at(now.mono),
                (now.wall - call.started_at).num_seconds(),
                now.wall.timestamp().div_euclid(60),
            ),
            saving: self.model.saving,
            known: self.intake.known_version(),
        })
    }

    /// Notes whether all but the text in focus still is as it was drawn: `before` is what showed before the message.
    pub(super) fn note_steady(&mut self, before: Option<(Steady, u64)>) {
        let written = |(shown, version): (Steady, u64)| {
            // One change is the text itself; a second one is another field that it speaks of.
            let changes = self.form_version().saturating_sub(version);
            changes <= 1 && self.steady(self.model.now) == Some(shown)
        };
        if !before.is_some_and(written) {
            self.stirred.set(true);
        }
    }

    /// What shows before a message, if that is a key which writes text.
    pub(super) fn before_key(&self, msg: &Msg, before: Now) -> Option<(Steady, u64)> {
        let Msg::Key(key) = msg else { return None };
        key.text().and_then(|_| Some((self.steady(before)?, self.form_version())))
    }

    fn form_version(&self) -> u64 {
        self.intake.current().map_or(0, |call| call.form.version())
    }
}
