//! The way into a sealed desk: the passphrase at the start and after a lock, the recovery key, and the sealing of a desk
//! that an earlier version left in clear. Knows nothing of what is behind it: nothing can be seen from here.

pub mod lines;
pub mod pairing;
mod view;

use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Screen;
use super::form::Focus;
use super::look::Look;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::desk::id::Id;
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::keys::Action;
use crate::widgets::edit::Edit;

use lines::{Line, Lines};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// The passphrase; a code as well where it was asked for.
    Passphrase,
    /// The recovery key.
    Key,
    /// The recovery key was right: who sets which new passphrase.
    Recover(Secret),
    /// The desk is in clear: who seals it by which passphrase.
    Seal,
}

/// The screen.
#[derive(Debug)]
pub struct Gate {
    stage: Stage,
    lines: Lines,
    /// Those who may be chosen.
    people: Vec<(Id, String)>,
    demo: bool,
    /// Who locked the screen, and when; none at the start.
    locked: Option<(String, DateTime<FixedOffset>)>,
    /// An answer is on its way.
    waiting: bool,
    /// Until when, on the clock that never runs back, there is no further try.
    barred: Option<Duration>,
    /// What came of the last try.
    said: Option<Say>,
}

impl Default for Gate {
    fn default() -> Self {
        Self::closed(false, None)
    }
}

impl Gate {
    /// The start of a sealed desk; `barred` as for [`Gate::refused`].
    pub fn closed(demo: bool, barred: Option<Duration>) -> Self {
        Self {
            stage: Stage::Passphrase,
            lines: passphrase(),
            people: Vec::new(),
            demo,
            locked: None,
            waiting: false,
            barred,
            said: None,
        }
    }

    /// The screen was locked by this person at this time.
    pub fn locked(demo: bool, by: &str, at: DateTime<FixedOffset>) -> Self {
        Self { locked: Some((by.to_owned(), at)), ..Self::closed(demo, None) }
    }

    /// A desk in clear, to be sealed by one of these.
    pub fn unsealed(people: Vec<(Id, String)>) -> Self {
        let lines = Lines::new(choosing(&people));
        Self { stage: Stage::Seal, lines, people, ..Self::default() }
    }

    /// Whether an answer is on its way.
    pub const fn is_waiting(&self) -> bool {
        self.waiting
    }

    /// The desk stays closed; no further try before `barred`, on the clock that never runs back.
    pub fn refused(&mut self, say: Say, code_needed: bool, barred: Option<Duration>) {
        (self.waiting, self.barred) = (false, barred);
        if self.stage == Stage::Passphrase {
            if code_needed && self.lines.digits("code").is_none() {
                // The passphrase was right and stays; the sentence would only repeat what the new line asks.
                self.lines.add(Line::text("code", "entry-code"));
                self.said = None;
                return;
            }
            self.lines.clear(if code_needed { &["code"] } else { &["passphrase", "code"] });
        }
        self.said = Some(say);
    }

    /// The recovery key was right: one of these sets a new passphrase.
    pub fn recovering(&mut self, people: Vec<(Id, String)>) {
        let key = match &self.stage {
            Stage::Key => self.lines.passphrase("key"),
            Stage::Passphrase | Stage::Recover(_) | Stage::Seal => return,
        };
        (self.waiting, self.said) = (false, None);
        self.lines = Lines::new(choosing(&people));
        self.people = people;
        self.stage = Stage::Recover(key);
    }

    /// When the time to wait shows its next second.
    pub fn deadline(&self, now: Duration) -> Option<Duration> {
        let left = self.barred?.checked_sub(now).filter(|left| !left.is_zero())?;
        let part = Duration::from_nanos(u64::from(left.subsec_nanos()));
        Some(now + if part.is_zero() { Duration::from_secs(1) } else { part })
    }

    /// How long there is still to wait.
    fn time_left(&self, now: Duration) -> Option<Duration> {
        self.barred?.checked_sub(now).filter(|left| !left.is_zero())
    }

    fn names(&self) -> Vec<&str> {
        self.people.iter().map(|(_, name)| name.as_str()).collect()
    }

    fn submit(&mut self, hands: &mut Hands<'_>) {
        if self.waiting || self.time_left(hands.model.now.mono).is_some() {
            return;
        }
        let effect = match &self.stage {
            Stage::Passphrase => {
                let passphrase = self.lines.passphrase("passphrase");
                if passphrase.is_empty() {
                    return;
                }
                Effect::Unlock { passphrase, code: self.lines.digits("code") }
            }
            Stage::Key => {
                let key = self.lines.passphrase("key");
                if key.is_empty() {
                    return;
                }
                Effect::UnlockByRecovery { key, operator: None, passphrase: Secret::default() }
            }
            Stage::Recover(_) | Stage::Seal => {
                let passphrase = match lines::checked(&self.lines, false, &self.names()) {
                    Ok(passphrase) => passphrase,
                    Err((line, say)) => {
                        self.lines.focus_on(line);
                        self.said = Some(say);
                        return;
                    }
                };
                let Some((operator, _)) = self.people.get(self.lines.chosen("who")) else { return };
                match &self.stage {
                    Stage::Recover(key) => {
                        Effect::UnlockByRecovery { key: key.clone(), operator: Some(*operator), passphrase }
                    }
                    _ => Effect::SealDesk { operator: *operator, passphrase },
                }
            }
        };
        (self.waiting, self.said) = (true, None);
        hands.ask(Request::Enter(effect));
    }

    /// Whether the recovery key is on the screen or at hand: not for longer than somebody sits there.
    pub const fn bears_key(&self) -> bool {
        matches!(self.stage, Stage::Key | Stage::Recover(_)) && !self.waiting
    }

    /// Back to the passphrase, from the recovery key, which is wiped.
    pub fn back(&mut self) {
        if matches!(self.stage, Stage::Key | Stage::Recover(_)) {
            (self.stage, self.lines, self.said) = (Stage::Passphrase, passphrase(), None);
        }
    }
}

fn passphrase() -> Lines {
    Lines::new(vec![Line::secret("passphrase", "entry-passphrase")])
}

/// Who, and the new passphrase twice.
fn choosing(people: &[(Id, String)]) -> Vec<Line> {
    let names = people.iter().map(|(_, name)| name.clone()).collect();
    let [new, again] = lines::new_passphrase();
    vec![Line::choice("who", "entry-who", names), new, again]
}

impl Screen for Gate {
    fn takes(&self) -> Focus {
        self.lines.takes()
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        if self.waiting {
            return false;
        }
        match action {
            Action::NextField | Action::Accept => {
                if self.lines.at_end() {
                    self.submit(hands);
                } else {
                    self.lines.go(action);
                }
            }
            Action::PreviousField => _ = self.lines.go(action),
            Action::SaveCall => self.submit(hands),
            Action::UseRecovery if self.stage == Stage::Passphrase => {
                self.stage = Stage::Key;
                self.lines = Lines::new(vec![Line::key("key", "entry-key")]);
                self.said = None;
            }
            Action::Back | Action::Cancel => self.back(),
            Action::Quit | Action::Redraw => return false,
            Action::Language if self.locked.is_none() => return false,
            // Whatever else a key would do is behind the lock; saying so tells nobody anything.
            _ => hands.say(Say::new("entry-locked-key"), Tone::Warning),
        }
        true
    }

    fn text(&mut self, text: &str, _hands: &mut Hands<'_>) {
        if !self.waiting {
            self.said = None;
            self.lines.insert(text);
        }
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) {
        if !self.waiting {
            self.said = None;
            self.lines.edit(edit);
        }
    }

    fn hints(&self) -> &'static [Action] {
        match self.stage {
            Stage::Passphrase if self.locked.is_some() => &[Action::Accept, Action::UseRecovery, Action::Quit],
            Stage::Passphrase => &[Action::Accept, Action::UseRecovery, Action::Language, Action::Quit],
            Stage::Key | Stage::Recover(_) => &[Action::Accept, Action::Back, Action::Quit],
            Stage::Seal => &[Action::Accept, Action::PreviousField, Action::Language, Action::Quit],
        }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.draw(model.now.mono, look, area, buf)
    }
}
