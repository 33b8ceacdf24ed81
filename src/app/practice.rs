//! 練習: a guided first call in the demo. It looks at what is on the slip and in the queue, never at the keys, so that a
//! step is done whatever way it was done, early or in another order; what is taken back comes again.

mod strip;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::App;
use super::hands::Tone;
use super::model::Phase;
use crate::desk::id::Id;
use crate::desk::operator::Role;
use crate::desk::say::Say;
use crate::desk::usage::Tally;
use crate::screens::ScreenName;
use crate::screens::form::field::Target;
use crate::screens::intake::Intake;
use crate::screens::intake::call::Call;

/// What is to be done next, in the order in which it is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Open a slip.
    Begin,
    /// Say who calls.
    Caller,
    /// Choose what it is about.
    Topic,
    /// Write a sign in the memo and choose from its list.
    Memo,
    /// Find an office and take it into the call.
    Office,
    /// Promise a day.
    Due,
    /// Flag the case for the meeting.
    Flag,
    /// Open a second call on top,
    Second,
    /// and come back from it.
    Return,
    /// Save.
    Save,
    /// See where the case stands.
    Queue,
    /// Take the save back.
    Undo,
    /// All is done.
    End,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 13] = [
        Self::Begin,
        Self::Caller,
        Self::Topic,
        Self::Memo,
        Self::Office,
        Self::Due,
        Self::Flag,
        Self::Second,
        Self::Return,
        Self::Save,
        Self::Queue,
        Self::Undo,
        Self::End,
    ];

    /// The steps that are about the slip of the call: what is kept may lack any of them.
    const ON_THE_SLIP: [Self; 8] =
        [Self::Caller, Self::Topic, Self::Memo, Self::Office, Self::Due, Self::Flag, Self::Second, Self::Return];

    /// The keys of its sentences: what is heard, and which keys lead on.
    const fn says(self) -> (&'static str, &'static str) {
        match self {
            Self::Begin => ("practice-begin-words", "practice-begin-keys"),
            Self::Caller => ("practice-caller-words", "practice-caller-keys"),
            Self::Topic => ("practice-topic-words", "practice-topic-keys"),
            Self::Memo => ("practice-memo-words", "practice-memo-keys"),
            Self::Office => ("practice-office-words", "practice-office-keys"),
            Self::Due => ("practice-due-words", "practice-due-keys"),
            Self::Flag => ("practice-flag-words", "practice-flag-keys"),
            Self::Second => ("practice-second-words", "practice-second-keys"),
            Self::Return => ("practice-return-words", "practice-return-keys"),
            Self::Save => ("practice-save-words", "practice-save-keys"),
            Self::Queue => ("practice-queue-words", "practice-queue-keys"),
            Self::Undo => ("practice-undo-words", "practice-undo-keys"),
            Self::End => ("practice-end-words", "practice-end-keys"),
        }
    }
}

/// The call of the practice, once it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kept {
    case: Id,
    contact: Option<Id>,
    tally: Tally,
    seconds: u64,
}

/// How far the practice has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Practice {
    /// Whether its strip is shown and it looks on.
    running: bool,
    /// Whether it was ever begun, so that it need not be offered any more.
    begun: bool,
    /// Calls that were there before: none of them is the one of the practice.
    others: BTreeSet<Id>,
    call: Option<Id>,
    kept: Option<Kept>,
    done: BTreeSet<Step>,
}

impl Practice {
    /// Whether its strip is shown.
    pub const fn is_running(&self) -> bool {
        self.running
    }

    /// Whether it was begun since the program was opened.
    pub const fn was_begun(&self) -> bool {
        self.begun
    }

    /// What is to be done next.
    pub fn step(&self) -> Step {
        Step::ALL.into_iter().find(|step| !self.done.contains(step)).unwrap_or(Step::End)
    }

    /// Begins, or goes on where it was left. What has come to its end begins anew.
    fn begin(&mut self, intake: &Intake) {
        if self.step() == Step::End {
            *self = Self::default();
        }
        if self.call.is_none() && self.kept.is_none() {
            self.others = intake.calls().iter().map(|call| call.id).collect();
        }
        (self.running, self.begun) = (true, true);
    }

    /// The call was kept as this case.
    fn keep(&mut self, call: &Call, case: Id, contact: Option<Id>, seconds: u64) {
        if self.running && self.call == Some(call.id) {
            self.kept = Some(Kept { case, contact, tally: call.tally, seconds });
        }
    }

    /// This kept call was taken back. Its case stays where the call only went on with it.
    pub(super) fn taken_back(&mut self, contact: Id) {
        if self.kept.as_ref().is_some_and(|kept| kept.contact == Some(contact)) {
            self.done.insert(Step::Undo);
        }
    }

    fn mark(&mut self, step: Step, done: bool) {
        if done {
            self.done.insert(step);
        } else {
            self.done.remove(&step);
        }
    }

    /// Looks at what is there now. `in_front`: the screen; `there`: whether a case is kept.
    fn look(&mut self, intake: &Intake, in_front: ScreenName, there: impl Fn(Id) -> bool) {
        if let Some(kept) = &self.kept {
            self.done.extend(Step::ON_THE_SLIP.into_iter().chain([Step::Begin, Step::Save]));
            let queue = self.done.contains(&Step::Queue) || in_front == ScreenName::Queue;
            let undone = self.done.contains(&Step::Undo) || !there(kept.case);
            // Who has taken it back has seen it.
            self.done.extend((queue || undone).then_some(Step::Queue));
            self.done.extend(undone.then_some(Step::Undo));
            return;
        }
        let gone = |id: &Id| !intake.calls().iter().any(|call| call.id == *id);
        if self.call.is_some_and(|id| gone(&id)) {
            // The slip was thrown away: another call will do.
            (self.call, self.done) = (None, BTreeSet::new());
        }
        self.call = self.call.or_else(|| Some(intake.calls().iter().find(|call| !self.others.contains(&call.id))?.id));
        let Some(call) = intake.calls().iter().find(|call| Some(call.id) == self.call) else { return };
        self.mark(Step::Begin, true);
        for step in [Step::Caller, Step::Topic, Step::Memo, Step::Office, Step::Due, Step::Flag] {
            self.mark(step, is_on_slip(step, call));
        }
        let later = intake.calls().iter().any(|other| other.id != call.id && !self.others.contains(&other.id));
        // A call that came on top and is gone again was there all the same.
        if later {
            self.done.insert(Step::Second);
        }
        let front = intake.current().is_some_and(|front| front.id == call.id);
        if self.done.contains(&Step::Second) && front {
            self.done.insert(Step::Return);
        }
    }
}

/// Whether the slip says what this step asks for.
fn is_on_slip(step: Step, call: &Call) -> bool {
    let values = call.form.values();
    let text = |target, member| !values.text(target, member).is_empty();
    let contact = |member| text(Target::Contact, member);
    match step {
        Step::Caller => {
            let typing = call.form.field().is_some_and(|field| field.member == "caller_name");
            contact("caller_person") || contact("caller_office_id") || (contact("caller_name") && !typing)
        }
        Step::Topic => !values.codes(Target::Contact, "topics").is_empty(),
        Step::Memo => call.memo.has_token(),
        Step::Office => {
            values.get(Target::Contact, "offices").and_then(|v| v.as_object()).is_some_and(|given| !given.is_empty())
        }
        Step::Due => text(Target::Case, "due"),
        Step::Flag => values.get(Target::Case, "flag").is_some(),
        Step::Begin | Step::Second | Step::Return | Step::Save | Step::Queue | Step::Undo | Step::End => false,
    }
}

impl App {
    /// How far the practice has come.
    pub const fn practice(&self) -> &Practice {
        &self.practice
    }

    /// From the next demo that opens the practice begins by itself.
    pub const fn practise_when_open(&mut self) {
        self.practise_soon = true;
    }

    /// The practice was asked for: begins, goes on, or is left. Fictional people never come among real ones.
    pub(super) fn practise(&mut self) {
        if !self.model.desk.demo {
            return self.say(Say::new("practice-only-in-demo"), Tone::Warning);
        }
        if self.practice.running {
            self.practice.running = false;
            if self.practice.step() != Step::End {
                let key = self.look_of().key(crate::keys::Action::Practice).unwrap_or_default();
                self.say(Say::new("practice-left").with("key", key), Tone::Good);
            }
        } else if self.model.role() == Role::Viewer || self.model.read_only {
            self.refuse_to_write();
        } else {
            self.practice.begin(&self.intake);
        }
        self.dirty = true;
    }

    /// Whether the screen says how to begin: on the first screen of a demo, as long as nothing else was begun.
    pub(super) fn offers_practice(&self) -> bool {
        let first = self.model.phase == Phase::Ready && self.screen == ScreenName::Queue && self.popups.is_empty();
        let may = self.model.role() != Role::Viewer && !self.model.read_only;
        first && may && self.model.desk.demo && !self.practice.begun && self.intake.is_idle()
    }

    /// Begins the practice of which the start screen or the command line has spoken.
    pub(super) fn practise_if_asked(&mut self) {
        if self.model.phase == Phase::Ready && std::mem::take(&mut self.practise_soon) && !self.practice.running {
            self.practise();
        }
    }

    /// The call of this draft is on the disk as this case, or as this contact of the case that it went on with.
    pub(super) fn practised(&mut self, draft: Id, case: Option<Id>, contact: Option<Id>) {
        let now = self.model.now.mono;
        let call = self.intake.calls().iter().find(|call| call.id == draft);
        let case = case.or_else(|| call?.about.as_ref().map(|(case, _)| *case));
        if let (Some(call), Some(case)) = (call, case) {
            self.practice.keep(call, case, contact, call.seconds_at(now));
        }
    }

    /// Lets the practice see what has come of the last message.
    pub(super) fn watch_practice(&mut self) {
        if self.practice.running && self.model.phase == Phase::Ready {
            let before = self.practice.step();
            let model = &self.model;
            self.practice.look(&self.intake, self.screen, |case| model.brief(case).is_some());
            self.dirty |= before != self.practice.step();
        }
    }
}
