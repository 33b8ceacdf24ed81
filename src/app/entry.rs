//! Entering and leaving: the passphrase at the start, the lock, idling, and what is done with the keys. Knows no vault.

use std::time::Duration;

use super::hands::Tone;
use super::keys::Front;
use super::model::Phase;
use super::msg::{Effect, KeysResult, KeysTask, Msg, Ticket};
use super::{App, Pending};
use crate::desk::id::Id;
use crate::desk::operator::Role;
use crate::desk::say::Say;
use crate::keys::Key;
use crate::popups::Flow;
use crate::screens::ScreenName;
use crate::screens::entry::Gate;

/// After how many idle minutes the screen locks itself where the desk says nothing.
const IDLE_MINUTES: u32 = 5;
/// How long before that it is told.
const WARNED: Duration = Duration::from_secs(30);
/// The most keys that are kept while a passphrase is being tried.
const EARLY: usize = 64;

impl App {
    pub(super) fn ask_passphrase(&mut self, demo: bool, wait: Option<Duration>) {
        self.model.phase = Phase::Closed;
        self.gate = Gate::closed(demo, self.barred(wait));
        self.dirty = true;
    }

    pub(super) fn ask_seal(&mut self, operators: Vec<(Id, String)>) {
        self.model.phase = Phase::Closed;
        self.gate = Gate::unsealed(operators);
        self.dirty = true;
    }

    pub(super) fn recovering(&mut self, operators: Vec<(Id, String)>) {
        self.gate.recovering(operators);
        self.dirty = true;
    }

    /// The door is open. At the start the desk itself comes next; after a lock all is as it was.
    pub(super) fn unlocked(&mut self, operator: Id) {
        if self.model.phase != Phase::Locked {
            return;
        }
        let only_looks = |id| self.model.role_of(id) == Role::Viewer;
        if only_looks(operator) != only_looks(self.model.me) {
            // What lies behind this lock is not for a viewer, or is not all that an operator needs.
            self.effects.push(Effect::Lock);
            return self.not_unlocked(Say::new("entry-viewer-restart"), false, None);
        }
        self.model.phase = Phase::Ready;
        self.gate = Gate::default();
        self.popups = std::mem::take(&mut self.covered);
        self.touched = self.model.now;
        self.dirty = true;
        self.looks.forget();
        if operator != self.model.me {
            self.look_afresh();
            self.model.me = operator;
            self.deeds.clear();
            self.follow_language();
            self.say(Say::new("app-works-as").with("name", self.model.operator_name(operator)), Tone::Good);
            if self.screen == ScreenName::Keeping {
                // What the other one saw there may not be for this one.
                self.popups.clear();
                self.go(ScreenName::Keeping);
            }
        }
        self.look_again();
        self.press_early_keys();
    }

    pub(super) fn not_unlocked(&mut self, say: Say, code_needed: bool, wait: Option<Duration>) {
        self.early.clear();
        self.dirty = true;
        let barred = self.barred(wait);
        match self.model.phase {
            Phase::Closed | Phase::Locked => self.gate.refused(say, code_needed, barred),
            Phase::Fresh => self.start.refused(say),
            Phase::Opening | Phase::Ready | Phase::Failed => self.say(say, Tone::Bad),
        }
    }

    fn barred(&self, wait: Option<Duration>) -> Option<Duration> {
        wait.map(|wait| self.model.now.mono + wait)
    }

    /// Whether this key waits until it is known if the passphrase is right: nobody who hears the phone ring waits for
    /// that before pressing the next key.
    pub(super) fn wait_for_door(&mut self, key: Key) -> bool {
        let tried = matches!(self.model.phase, Phase::Closed | Phase::Locked) && self.gate.is_waiting();
        if tried && self.early.len() < EARLY {
            self.early.push(key);
        }
        tried
    }

    /// Presses the keys that waited for the door.
    pub(super) fn press_early_keys(&mut self) {
        if self.model.phase == Phase::Ready {
            for key in std::mem::take(&mut self.early) {
                self.key(key);
            }
        }
    }

    /// Hides everything until a passphrase is given. Drafts go to the disk first.
    pub(super) fn lock(&mut self) {
        if self.model.phase != Phase::Ready {
            return;
        }
        if !self.model.sealed {
            self.say(Say::new("entry-not-sealed"), Tone::Warning);
            return;
        }
        self.leave();
        self.intake.flush_drafts(&self.model, &mut self.effects);
        self.effects.push(Effect::Lock);
        self.chord.clear();
        self.notice = None;
        self.covered = std::mem::take(&mut self.popups);
        let by = self.model.operator_name(self.model.me);
        self.gate = Gate::locked(self.model.desk.demo, by, self.model.now.wall);
        self.model.phase = Phase::Locked;
        self.dirty = true;
    }

    /// How long the desk may stand idle.
    fn idle_limit(&self) -> Duration {
        Duration::from_secs(60 * u64::from(self.model.desk.idle_minutes.unwrap_or(IDLE_MINUTES).max(1)))
    }

    /// How long nobody has pressed a key. A computer that slept knows it by the wall clock alone.
    fn idle(&self) -> Duration {
        let slept = (self.model.now.wall - self.touched.wall).to_std().unwrap_or_default();
        self.model.now.mono.saturating_sub(self.touched.mono).max(slept)
    }

    /// Locks the screen if nobody has pressed a key for too long; `true` when this message is done with by that. A key
    /// that comes too late goes nowhere: it was meant for what is hidden now.
    pub(super) fn lock_when_idle(&mut self, msg: &Msg) -> bool {
        let key = matches!(msg, Msg::Key(_) | Msg::Paste(_));
        let late = self.model.phase == Phase::Ready && self.model.sealed && self.idle() >= self.idle_limit();
        let left = self.bears_key() && self.idle() >= self.idle_limit();
        if late {
            self.lock();
        } else if left {
            self.gate.back();
            (self.touched, self.dirty) = (self.model.now, true);
        } else if key || (self.model.phase != Phase::Ready && !self.bears_key()) {
            self.touched = self.model.now;
        }
        (late || left) && key
    }

    /// Whether a recovery key stands on the screen of a desk that is closed.
    fn bears_key(&self) -> bool {
        matches!(self.model.phase, Phase::Closed | Phase::Locked) && self.gate.bears_key()
    }

    /// When a recovery key that somebody left on the screen is wiped.
    pub(super) fn key_deadline(&self) -> Option<Duration> {
        self.bears_key().then(|| self.touched.mono + self.idle_limit())
    }

    /// When the next thing about idling is to be shown or done.
    pub(super) fn idle_deadline(&self) -> Option<Duration> {
        if !self.model.sealed {
            return None;
        }
        let end = self.touched.mono + self.idle_limit();
        let warned = end.saturating_sub(WARNED);
        let now = self.model.now.mono;
        if now < warned {
            return Some(warned);
        }
        // From then on each second is shown.
        let part = Duration::from_nanos(u64::from(end.saturating_sub(now).subsec_nanos()));
        Some(now + if part.is_zero() { Duration::from_secs(1) } else { part })
    }

    /// How many seconds there are until the screen locks itself, once that is near.
    pub(super) fn seconds_to_lock(&self) -> Option<u64> {
        if self.model.phase != Phase::Ready || !self.model.sealed {
            return None;
        }
        let left = self.idle_limit().saturating_sub(self.idle());
        (left <= WARNED).then(|| left.as_secs() + u64::from(left.subsec_nanos() > 0))
    }

    /// Asks for something to be done with the keys.
    pub(super) fn ask_keys(&mut self, task: KeysTask) {
        if self.model.phase == Phase::Ready && self.refuse_to_write() {
            return;
        }
        let commits = matches!(task, KeysTask::AddOperator { .. } | KeysTask::RemoveOperator { .. });
        self.model.saving += usize::from(commits);
        let ticket = self.ticket(if commits { Pending::Keys } else { Pending::Plain });
        self.effects.push(Effect::Keys { ticket, task });
    }

    pub(super) fn keys_done(&mut self, ticket: Ticket, result: &Result<KeysResult, Say>) {
        // Still there: nothing was committed with it.
        if let Some(Pending::Keys) = self.pending.remove(&ticket) {
            self.model.saving = self.model.saving.saturating_sub(1);
        }
        self.dirty = true;
        if let Ok(KeysResult::Holders(holders)) = result {
            self.model.holders.clone_from(holders);
            return;
        }
        let mut heard = false;
        self.at_front(|front, hands| match front {
            Front::Popup(popup) => {
                let flow = popup.keys_done(result);
                heard = flow.is_some();
                flow.unwrap_or(Flow::Stay)
            }
            Front::Screen(screen) => {
                heard = screen.keys_done(result, hands);
                Flow::Stay
            }
        });
        match result {
            Ok(_) if self.model.phase == Phase::Ready => {
                self.say(Say::new("entry-keys-done"), Tone::Good);
                self.ask_keys(KeysTask::Holders);
            }
            Err(say) if !heard => self.say(say.clone(), Tone::Bad),
            Ok(_) | Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
