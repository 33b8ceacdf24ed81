//! What goes into the access log from the screens: cases that were looked at, searches, histories, a clock that was
//! set. Writes nothing itself: each look is an effect. Says nothing about logins: the runtime knows of them first.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;

use super::App;
use super::hands::Tone;
use super::model::{Model, Phase};
use super::msg::{Effect, Now};
use crate::desk::access::{self, Access, Details, Filter, Look};
use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;

/// A case that stands beside the list for this long has been looked at; going past it is no look.
const GLANCE: Duration = Duration::from_secs(1);
/// A case that was seen beside the list, or opened to be changed, is not noted again for this long.
const SEEN: Duration = Duration::from_secs(600);
/// A wall clock that goes back by less than this was only put right by the network's time.
const BACK: TimeDelta = TimeDelta::seconds(-2);
/// A wall clock that goes ahead of the time that passed by more than this was set, or the computer slept.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// What was looked at lately.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// When each case was noted last.
    seen: BTreeMap<Id, Duration>,
    /// The case in front, since when.
    shown: Option<(Id, Duration)>,
}

impl Looks {
    /// When the case in front counts as looked at.
    pub fn deadline(&self) -> Option<Duration> {
        let (case, since) = self.shown?;
        let seen = self.seen.get(&case).is_some_and(|seen| since.saturating_sub(*seen) < SEEN);
        (!seen).then_some(since + GLANCE)
    }

    /// Another operator, or the same one after a lock: everything counts anew.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

/// By how much the wall clock went another way than the time that passed, if that is worth a word.
fn step(before: Now, now: Now) -> Option<TimeDelta> {
    let passed = TimeDelta::from_std(now.mono.saturating_sub(before.mono)).ok()?;
    let step = now.wall.signed_duration_since(before.wall) - passed;
    (step < BACK || step > AHEAD).then_some(step)
}

/// What is known of a look at this case by who sits at the desk.
fn at_case(case: Id, model: &Model) -> Details {
    let of_other = model.brief(case).is_some_and(|brief| access::is_of_other(brief.operator, model.me));
    let reason = model.reasons.get(&case).filter(|_| of_other).cloned().unwrap_or_default();
    Details { reason, of_other, ..Details::default() }
}

impl App {
    /// Notes a look.
    pub(super) fn look(&mut self, look: Look) {
        if self.model.me.is_nil() {
            return;
        }
        let Look { access, record, mut details } = look;
        if record.kind == Kind::Case {
            let known = at_case(record.id, &self.model);
            details = Details { of_other: known.of_other, reason: known.reason, ..details };
            if access == Access::Open {
                let again = self.looks.seen.insert(record.id, self.model.now.mono);
                let lately = again.is_some_and(|seen| self.model.now.mono.saturating_sub(seen) < SEEN);
                // Opening a case is always noted; what follows from having it open is not.
                if lately && !details.task.is_empty() {
                    return;
                }
            }
        }
        self.effects.push(Effect::Look(Look { access, record, details }.batch(self.model.me)));
    }

    /// Notes the case in front once it has stood there long enough to be read.
    pub(super) fn watch_case(&mut self) {
        let now = self.model.now.mono;
        let front = self.front().and_then(|screen| screen.shows(&self.model));
        let shown = front.filter(|case| self.popups.is_empty() && !self.model.asks_reason(*case));
        match (shown, self.looks.shown) {
            (None, _) => self.looks.shown = None,
            (Some(case), Some((before, _))) if case == before => {}
            (Some(case), _) => self.looks.shown = Some((case, now)),
        }
        if let Some((case, _)) = self.looks.shown
            && self.looks.deadline().is_some_and(|deadline| deadline <= now)
        {
            self.looks.seen.insert(case, now);
            let details = Details { preview: true, ..at_case(case, &self.model) };
            let look = Look::new(Access::Open, RecordKey::new(Kind::Case, case)).with(details);
            self.effects.push(Effect::Look(look.batch(self.model.me)));
        }
    }

    /// Compares the two clocks with what they were: a wall clock that was set is told and noted, because everything
    /// that is dated goes by it.
    pub(super) fn watch_clock(&mut self, before: Now) {
        let Some(step) = step(before, self.model.now).filter(|_| self.model.phase == Phase::Ready) else { return };
        let key = if step < TimeDelta::zero() { "access-clock-back" } else { "access-clock-ahead" };
        let minutes = (step.num_seconds().abs() + 59) / 60;
        self.say(Say::new(key).with("minutes", minutes.to_string()), Tone::Warning);
        let details = Details { seconds: Some(step.num_seconds()), ..Details::default() };
        self.look(Look::new(Access::Clock, RecordKey::new(Kind::Desk, self.model.desk_id)).with(details));
    }

    /// Why this case of another operator is looked at: from now on each look at it says so.
    pub(super) fn give_reason(&mut self, case: Id, reason: String) {
        self.model.reasons.insert(case, reason);
    }

    /// Who sits at the desk has changed: reasons and what was seen were the other's.
    pub(super) fn look_afresh(&mut self) {
        self.looks.forget();
        self.model.reasons.clear();
        (self.model.log, self.model.reviews) = (None, None);
        self.model.log_filter = Filter::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clock_that_was_set_is_worth_a_word() {
        let at = |wall: i64, mono| Now {
            wall: chrono::DateTime::from_timestamp(1_800_000_000 + wall, 0).unwrap().fixed_offset(),
            mono: Duration::from_secs(mono),
        };
        for (now, expected) in [
            (at(10, 10), None),
            // A little faster or slower than the time that passed.
            (at(8, 10), None),
            (at(7, 10), Some(-3)),
            (at(-3600, 10), Some(-3610)),
            (at(310, 10), None),
            (at(311, 10), Some(301)),
            // Nothing happened at the desk for a night: both went on.
            (at(36_000, 36_000), None),
        ] {
            assert_eq!(step(at(0, 0), now).map(|step| step.num_seconds()), expected, "{now:?}");
        }
    }
}
