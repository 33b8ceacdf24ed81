//! What is to be kept, on its way to the disk and back: tickets, answers, undo and redo.

use serde_json::Value;

use super::App;
use super::hands::Tone;
use super::model::Model;
use super::msg::{Committed, Effect, Ticket};
use crate::desk::edits::corrections;
use crate::desk::id::Id;
use crate::desk::operator::Role;
use crate::desk::record::{Batch, Kind, RecordKey};
use crate::desk::say::Say;
use crate::popups::message::Message;
use crate::screens::ScreenName;

/// What is to happen when a commit's answer comes.
pub(super) enum Pending {
    /// Nothing more than showing it.
    Plain,
    /// The call of this draft ends.
    Call(Id),
    /// An undo or redo: say what was taken back.
    Undo,
    /// An undo of what belongs to another one that was taken back before.
    UndoMore,
    /// A redo.
    Redo,
    /// The keys and a commit of one operator.
    Keys,
}

/// What was done, and the records that it changed.
pub(super) type Deed = (String, Vec<RecordKey>);

/// How many deeds are remembered.
const DEEDS: usize = 40;

/// Whether a record's value says that it is no more.
fn is_gone(value: &Value) -> bool {
    value.as_object().is_none_or(serde_json::Map::is_empty)
}

impl Model {
    /// Why nothing may be written here: the desk is open to be read, or to somebody who may only look. `None`: it may.
    pub fn refusal(&self) -> Option<Say> {
        if self.role() == Role::Viewer {
            return Some(Say::new("entry-viewer"));
        }
        self.read_only.then(|| Say::new("app-only-reading"))
    }
}

impl App {
    pub(super) fn committed(&mut self, ticket: Ticket, receipt: Committed) {
        self.model.saving = self.model.saving.saturating_sub(1);
        self.model.saved_at = Some(receipt.at);
        let case = receipt.records.iter().find(|(key, _)| key.kind == Kind::Case).map(|(key, _)| key.id);
        let calls = receipt.records.iter().filter(|(key, _)| key.kind == Kind::Contact);
        let calls: Vec<(Id, bool)> = calls.map(|(key, value)| (key.id, is_gone(value))).collect();
        let mut records: Vec<RecordKey> = receipt.records.iter().map(|(key, _)| *key).collect();
        // What is taken back comes from its end.
        records.sort_unstable();
        records.dedup();
        let deed = (receipt.what.clone(), records);
        for (key, value) in receipt.records {
            self.model.apply(key, value);
        }
        let pending = self.pending.remove(&ticket);
        let more = self.note_deed(deed, pending.as_ref());
        if let (Some(Pending::Undo | Pending::Redo), Some(case)) = (&pending, case) {
            // What was taken back is shown where it is.
            self.queue.choose(case);
        }
        let done = self.locale.t(&receipt.what).into_owned();
        match pending {
            Some(Pending::Undo) => {
                self.count_undone();
                calls.iter().filter(|(_, gone)| *gone).for_each(|(call, _)| self.practice.taken_back(*call));
                let say = if more > 0 {
                    (0..more).for_each(|_| self.take_back(Pending::UndoMore));
                    Say::new("app-undone-with").with("count", more.to_string())
                } else {
                    Say::new("app-undone")
                };
                self.say(say.with("what", done), Tone::Good);
            }
            Some(Pending::UndoMore) => self.count_undone(),
            Some(Pending::Redo) => self.say(Say::new("app-redone").with("what", done), Tone::Good),
            Some(Pending::Call(draft)) => {
                self.practised(draft, case, calls.first().map(|(call, _)| *call));
                self.count_kept();
                self.intake.ended(draft, &self.model, &mut self.effects);
                if self.intake.is_idle() {
                    // What was just taken is the case that one wants to see next.
                    if let Some(case) = case {
                        self.queue.choose(case);
                    }
                    self.go(ScreenName::Queue);
                }
                self.say(Say::new("app-done").with("what", done), Tone::Good);
            }
            Some(Pending::Plain | Pending::Keys) | None => {
                self.say(Say::new("app-done").with("what", done), Tone::Good);
            }
        }
        self.dirty = true;
    }

    /// Remembers what was done and taken back last; how many of the deeds before one that was just taken back belong to it.
    fn note_deed(&mut self, deed: Deed, pending: Option<&Pending>) -> usize {
        match pending {
            Some(Pending::Undo | Pending::UndoMore) => {
                // The journal knows what was done before the program was opened; here nothing is known of that.
                if self.deeds.pop().as_ref() != Some(&deed) {
                    self.deeds.clear();
                }
                if let Some(Pending::UndoMore) = pending { 0 } else { corrections(&deed, &self.deeds) }
            }
            Some(_) => {
                if self.deeds.len() == DEEDS {
                    self.deeds.remove(0);
                }
                self.deeds.push(deed);
                0
            }
            // Nobody here asked for it.
            None => 0,
        }
    }

    /// A batch is not on the disk: the call that it would have ended goes on.
    pub(super) fn not_committed(&mut self, ticket: Ticket, say: Say) {
        if let Some(Pending::Call(draft)) = self.pending.remove(&ticket) {
            self.intake.not_ended(draft);
        }
        self.count_unsaved();
        self.model.saving = self.model.saving.saturating_sub(1);
        self.open(Box::new(Message::new(vec![Say::new("app-not-saved"), say])));
    }

    /// There was nothing to take back, or to do again.
    pub(super) fn nothing_to_undo(&mut self, ticket: Ticket) {
        let undo = !matches!(self.pending.remove(&ticket), Some(Pending::Redo));
        self.model.saving = self.model.saving.saturating_sub(1);
        let say = Say::new(if undo { "app-nothing-to-undo" } else { "app-nothing-to-redo" });
        self.say(say, Tone::Warning);
    }

    pub(super) fn ticket(&mut self, pending: Pending) -> Ticket {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        self.pending.insert(ticket, pending);
        ticket
    }

    pub(super) fn undo(&mut self, redo: bool) {
        if self.refuse_to_write() {
            return;
        }
        self.take_back(if redo { Pending::Redo } else { Pending::Undo });
    }

    fn take_back(&mut self, pending: Pending) {
        self.model.saving += 1;
        let (redo, operator) = (matches!(pending, Pending::Redo), self.model.me);
        let ticket = self.ticket(pending);
        self.effects.push(if redo { Effect::Redo { ticket, operator } } else { Effect::Undo { ticket, operator } });
    }

    /// Whether the desk is open only to read it, or to somebody who may only look; which is said then.
    pub(super) fn refuse_to_write(&mut self) -> bool {
        let refusal = self.model.refusal();
        let refused = refusal.is_some();
        if let Some(say) = refusal {
            self.say(say, Tone::Warning);
        }
        refused
    }

    pub(super) fn commit(&mut self, batch: Batch, pending: Pending) {
        if self.refuse_to_write() {
            return;
        }
        self.model.saving += 1;
        let ticket = self.ticket(pending);
        self.effects.push(Effect::Commit { ticket, batch });
    }
}
