//! The practice's strip: what the caller says, and the keys for the next step. Changes no state.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Step;
use crate::app::App;
use crate::app::model::Phase;
use crate::desk::queue;
use crate::desk::say::Say;
use crate::keys::{Action, Context};
use crate::screens::ScreenName;
use crate::screens::look::Look;
use crate::widgets::bar::{Segment, draw_bar};
use crate::widgets::paint::{fill, put_line};

/// From this height on the strip has rows of its own. Below it lies over the notices and the keys at the foot, for the
/// fields of a slip take all the rest.
const ROOMY: u16 = 28;
/// The keys that a case may take (`domain.md` §4.2).
const BUDGET: u32 = 45;

const SLIP: &[Context] = &[Context::Intake, Context::Form, Context::Global];
const FORM: &[Context] = &[Context::Form, Context::Global];
const OFFICES: &[Context] = &[Context::Directory, Context::List, Context::Form, Context::Global];
const CASES: &[Context] = &[Context::Queue, Context::List, Context::Global];

impl App {
    /// The rows that the strip takes from the screen.
    pub(in crate::app) fn strip_rows(&self, height: u16) -> u16 {
        if self.practice.is_running() && self.model.phase == Phase::Ready && height >= ROOMY { 2 } else { 0 }
    }

    /// Whether the strip lies over the notices and the keys at the foot: not over the keys of a popup or a chord.
    pub(in crate::app) fn strip_covers_foot(&self, height: u16) -> bool {
        let free = self.popups.is_empty() && self.chord.is_empty();
        self.practice.is_running() && self.model.phase == Phase::Ready && height < ROOMY && free
    }

    /// Draws the strip into two rows. A notice goes before what the caller says.
    pub(in crate::app) fn strip(&self, look: &Look<'_>, area: Rect, noticed: bool, buf: &mut Buffer) {
        let step = self.practice.step();
        let at = Step::ALL.iter().position(|other| *other == step).unwrap_or_default() + 1;
        let last = Step::ALL.len() - 1;
        let upper = Rect { height: area.height.min(1), ..area };
        // At the end there is nothing that matters more.
        if !noticed || step == Step::End {
            fill(buf, upper, look.theme.text);
            let words = look.locale.say(&self.words(step, look));
            put_line(buf, Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..upper }, &words, look.theme.ok);
        }
        let lower = Rect { y: area.y + 1, height: area.height.saturating_sub(1).min(1), ..area };
        let count = look.locale.f("practice-count", &[("at", &at.min(last).to_string()), ("of", &last.to_string())]);
        let count = Segment::new(count, look.theme.bar, 7);
        let next = Segment::new(look.locale.say(&self.way(step, look)), look.theme.bar_active, 9);
        let leave = look.keymap.keys_for(Action::Practice, FORM).unwrap_or_default();
        let leave = Segment::hint(leave, look.t("practice-leave"), look.theme, 8);
        draw_bar(buf, lower, look.theme.bar, &[count, next], &[leave]);
    }

    /// What is heard.
    fn words(&self, step: Step, look: &Look<'_>) -> Say {
        let kept = self.practice.kept;
        match (step, kept) {
            (Step::Undo, Some(kept)) => match self.model.brief(kept.case) {
                Some(case) => {
                    let before = self.model.open_cases().filter(|other| queue::place(*other) < queue::place(case));
                    Say::new("practice-undo-words")
                        .with("number", case.number().to_string())
                        .with("place", (before.count() + 1).to_string())
                        .with("why", look.locale.say(&queue::why(case, look.today)))
                }
                None => Say::new("practice-queue-words"),
            },
            (Step::End, Some(kept)) => Say::new("practice-end-words")
                .with("minutes", (kept.seconds / 60).to_string())
                .with("seconds", (kept.seconds % 60).to_string())
                .with("coded", kept.tally.coded.to_string())
                .with("budget", BUDGET.to_string())
                .with("text", kept.tally.text.to_string()),
            _ => Say::new(step.says().0),
        }
    }

    /// Which keys lead on from where one is.
    fn way(&self, step: Step, look: &Look<'_>) -> Say {
        let key = |action, contexts: &[Context]| look.keymap.keys_for(action, contexts).unwrap_or_default();
        let on_slip = matches!(step, Step::Caller | Step::Topic | Step::Memo | Step::Due | Step::Flag | Step::Save);
        let front = self.intake.current().is_some_and(|call| Some(call.id) == self.practice.call);
        if (on_slip || step == Step::Office) && !front {
            return Say::new("practice-other-call").with("key", key(Action::NextCall, SLIP));
        }
        if on_slip && self.screen != ScreenName::Intake {
            return Say::new("practice-to-slip").with("key", key(Action::GoIntake, CASES));
        }
        let say = Say::new(step.says().1);
        match step {
            Step::Begin => say.with("new", key(Action::NewCall, CASES)),
            Step::Caller => say.with("next", key(Action::NextField, FORM)).with("take", key(Action::TakeCaller, SLIP)),
            Step::Topic | Step::Due => say.with("next", key(Action::NextField, FORM)),
            Step::Memo => say.with("time", key(Action::StampTime, SLIP)),
            Step::Office if self.screen == ScreenName::Directory => {
                Say::new("practice-office-take").with("take", key(Action::TakeOffice, OFFICES))
            }
            Step::Office => say.with("find", key(Action::Find, SLIP)),
            Step::Flag => say.with("flag", key(Action::FlagMeeting, SLIP)),
            Step::Second => say.with("new", key(Action::NewCall, SLIP)),
            Step::Return => say.with("back", key(Action::NextCall, SLIP)),
            Step::Save => say.with("save", key(Action::SaveCall, SLIP)),
            Step::Queue => say.with("queue", key(Action::GoQueue, CASES)),
            Step::Undo => say.with("undo", key(Action::Undo, &[Context::Global])),
            Step::End => say.with("help", key(Action::Help, &[Context::Global])).with("lock", key(Action::Lock, CASES)),
        }
    }
}
