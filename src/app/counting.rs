//! Counting keys, so that the desk can see whether a call fits its budget (`domain.md` §4.2). Numbers only, no text.
//!
//! The rules:
//! - A key is **text** when it writes free text on a slip: a printable key, Backspace, Delete, or Enter in a memo, with the
//!   focus in a line, a telephone number or a memo, and no list open at the caret.
//! - Every other key is **coded**: it chooses, moves, commands, answers a popup, searches the directory, gives a date.
//! - The sign that opens the list in the memo, and what is typed while the list is open, is coded: it chooses.
//! - What was typed into a line and then replaced by a choice (the caller taken with Enter) becomes coded: it searched.
//! - A paste, and what an input method commits at once, is one text key a character; into anything else it is one
//!   coded key. The keys that an input method takes for itself reach no program: `domain.md` §4.1 has the factor.
//! - A key belongs to the call in front when it was pressed, whatever screen it was pressed on, unless the call is parked;
//!   the keys that begin a call belong to the new one.

use super::App;
use super::model::Phase;
use chrono::Timelike;

use crate::desk::id::Id;
use crate::desk::record::Edit;
use crate::desk::usage::{self, Kept, Tally};
use crate::keys::{Key, KeyCode};
use crate::screens::ScreenName;
use crate::screens::form::Focus;
use crate::screens::form::field::{FieldKind, Target};
use crate::screens::intake::call::Call;

/// What a key does for the one who presses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// Chooses, moves, commands.
    Coded,
    /// Writes free text.
    Text,
}

/// What is remembered from key to key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counting {
    /// All keys since the program was opened.
    pub all: Tally,
    /// The call that was kept last.
    pub last: Option<Tally>,
    /// Changes that were taken back since a call was kept.
    pub undone: u32,
    /// Saves that failed since a call was kept.
    pub unsaved: u32,
    /// The keys since nothing was open over the screen and no chord was begun, the newest with them.
    lead: u32,
    /// Text keys in the field in focus since it came into focus: the call, the field, how many.
    field: (Id, usize, u32),
}

/// The state before a key or a paste.
#[derive(Debug)]
pub(super) struct Before {
    call: Option<Id>,
    calls: usize,
    stroke: Stroke,
    strokes: u32,
    chosen: [String; 3],
}

/// What a key is where free text is written (`free`: what the focus takes), or where nothing is.
pub fn stroke(key: Key, free: Option<Focus>) -> Stroke {
    let Some(focus) = free else { return Stroke::Coded };
    let corrects = matches!(key.code, KeyCode::Backspace | KeyCode::Delete) && !key.ctrl && !key.alt;
    let breaks = focus == Focus::Area && key.code == KeyCode::Enter && !key.ctrl && !key.alt;
    if key.text().is_some() || corrects || breaks { Stroke::Text } else { Stroke::Coded }
}

impl App {
    /// The keys that were pressed so far.
    pub const fn counted(&self) -> &Counting {
        &self.counting
    }

    /// Counts a key before it does anything, so that a save has it already.
    pub(super) fn count_key(&mut self, key: Key) -> Option<Before> {
        self.count(stroke(key, self.free_text()), 1)
    }

    /// Counts what a paste or an input method brought at once.
    pub(super) fn count_paste(&mut self, text: &str) -> Option<Before> {
        let free = self.free_text().is_some();
        let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        self.count(if free { Stroke::Text } else { Stroke::Coded }, if free { characters } else { 1 })
    }

    fn count(&mut self, stroke: Stroke, strokes: u32) -> Option<Before> {
        if self.model.phase != Phase::Ready {
            return None;
        }
        if self.popups.is_empty() && self.chord.is_empty() {
            self.counting.lead = 0;
        }
        self.counting.lead = self.counting.lead.saturating_add(1);
        add(&mut self.counting.all, stroke, strokes);
        let counted = self.call_worked_on();
        let call = counted.map(|call| call.id);
        let chosen = counted.map(chosen).unwrap_or_default();
        let focused = counted.map_or(0, |call| call.form.focused());
        // What a memo says stays said when a caller is chosen in it.
        let searches = counted.and_then(|call| call.form.field()).is_some_and(|field| field.kind != FieldKind::Memo);
        let calls = self.intake.calls().len();
        if let Some(id) = call {
            if (self.counting.field.0, self.counting.field.1) != (id, focused) {
                self.counting.field = (id, focused, 0);
            }
            if stroke == Stroke::Text && searches {
                self.counting.field.2 = self.counting.field.2.saturating_add(strokes);
            }
            if let Some(call) = self.intake.call_mut(id) {
                add(&mut call.tally, stroke, strokes);
            }
        }
        Some(Before { call, calls, stroke, strokes, chosen })
    }

    /// Puts right what only shows after the key: a call was begun, a list was opened, somebody was taken.
    pub(super) fn count_after(&mut self, before: Option<Before>) {
        let Some(before) = before else { return };
        let lead = self.counting.lead;
        if self.intake.calls().len() > before.calls {
            if let Some(call) = before.call.and_then(|id| self.intake.call_mut(id)) {
                call.tally.coded = call.tally.coded.saturating_sub(lead);
            }
            if let Some(call) = self.intake.calls().last().map(|call| call.id).and_then(|id| self.intake.call_mut(id)) {
                (call.tally.coded, call.tally.begin) = (lead, lead);
            }
            return;
        }
        let Some(id) = before.call else { return };
        let Some(call) = self.intake.calls().iter().find(|call| call.id == id) else { return };
        let searched = if before.stroke == Stroke::Text && call.memo.is_open() {
            before.strokes
        } else if before.stroke == Stroke::Coded && chosen(call) != before.chosen {
            self.counting.field.2
        } else {
            return;
        };
        self.counting.field.2 = self.counting.field.2.saturating_sub(searched);
        recode(&mut self.counting.all, searched);
        if let Some(call) = self.intake.call_mut(id) {
            recode(&mut call.tally, searched);
        }
    }

    /// How many keys it took to end the call, now that it is being saved; and the numbers that are kept with it.
    pub(super) fn count_end(&mut self, draft: Id) -> Option<Edit> {
        let (lead, now) = (self.counting.lead, self.model.now.mono);
        let call = self.intake.call_mut(draft)?;
        call.tally.end = lead;
        self.counting.last = Some(call.tally);
        let kept = Kept {
            tally: call.tally,
            seconds: u32::try_from(call.seconds_at(now)).unwrap_or(u32::MAX),
            form: call.form_kind().name().to_owned(),
            hour: call.started_at.hour(),
            rescued: call.rescued,
            undone: self.counting.undone,
            unsaved: self.counting.unsaved,
        };
        Some(usage::note(call.operator, call.started_at.date_naive(), self.ids.fresh(), &kept))
    }

    /// A call is on the disk, with what was counted since the one before.
    pub(super) const fn count_kept(&mut self) {
        (self.counting.undone, self.counting.unsaved) = (0, 0);
    }

    /// A change was taken back.
    pub(super) const fn count_undone(&mut self) {
        self.counting.undone = self.counting.undone.saturating_add(1);
    }

    /// A save failed.
    pub(super) const fn count_unsaved(&mut self) {
        self.counting.unsaved = self.counting.unsaved.saturating_add(1);
    }

    /// The call that is being worked on: in front, or in front of another screen with its clock running.
    fn call_worked_on(&self) -> Option<&Call> {
        let call = self.intake.current()?;
        (self.screen == ScreenName::Intake || call.is_running()).then_some(call)
    }

    /// What the focus takes, where it is free text on a slip.
    fn free_text(&self) -> Option<Focus> {
        if self.screen != ScreenName::Intake || !self.popups.is_empty() || !self.chord.is_empty() {
            return None;
        }
        let call = self.intake.current()?;
        let kind = call.form.field()?.kind;
        let free = matches!(kind, FieldKind::Line | FieldKind::Phone | FieldKind::Memo);
        (free && !call.memo.is_open()).then(|| call.form.takes())
    }
}

/// Whom and what somebody has chosen on this slip instead of writing it out.
fn chosen(call: &Call) -> [String; 3] {
    let values = call.form.values();
    [(Target::Contact, "caller_person"), (Target::Contact, "caller_office_id"), (Target::Case, "subject_person")]
        .map(|(target, member)| values.text(target, member).to_owned())
}

fn add(tally: &mut Tally, stroke: Stroke, strokes: u32) {
    let number = match stroke {
        Stroke::Coded => &mut tally.coded,
        Stroke::Text => &mut tally.text,
    };
    *number = number.saturating_add(strokes);
}

/// What was taken for text was a search.
fn recode(tally: &mut Tally, strokes: u32) {
    tally.text = tally.text.saturating_sub(strokes);
    tally.coded = tally.coded.saturating_add(strokes);
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::desk::secret::Secret;
    use crate::runtime::headless::{Headless, World, parse};

    fn desk() -> Headless {
        let mut desk = World::new(DateTime::parse_from_rfc3339("2026-11-24T10:05:00+09:00").unwrap()).start();
        desk.keys("1").unwrap();
        while desk.app.has_popup() {
            desk.keys("esc").unwrap();
        }
        desk
    }

    fn tally(coded: u32, text: u32, begin: u32) -> Tally {
        Tally { coded, text, begin, end: 0 }
    }

    #[test]
    fn a_key_is_text_only_where_free_text_is_written() {
        let cases = [
            ("a", Some(Focus::Line), Stroke::Text),
            ("あ", Some(Focus::Area), Stroke::Text),
            ("backspace", Some(Focus::Line), Stroke::Text),
            ("enter", Some(Focus::Area), Stroke::Text),
            ("enter", Some(Focus::Line), Stroke::Coded),
            ("tab", Some(Focus::Area), Stroke::Coded),
            ("left", Some(Focus::Line), Stroke::Coded),
            ("ctrl-s", Some(Focus::Area), Stroke::Coded),
            ("1", None, Stroke::Coded),
            ("backspace", None, Stroke::Coded),
        ];
        for (key, free, expected) in cases {
            assert_eq!(
                stroke(parse(key).or_else(|_| parse(&format!("\"{key}\""))).unwrap()[0], free),
                expected,
                "{key}"
            );
        }
    }

    #[test]
    fn each_key_is_counted_once_and_for_its_call() {
        // Each row goes on from the one before.
        let steps = [
            ("f7", tally(1, 0, 1)),
            ("\"1\"", tally(2, 0, 1)),
            ("\"架空一郎\"", tally(2, 4, 1)),
            ("backspace", tally(2, 5, 1)),
            ("tab tab tab", tally(5, 5, 1)),
            ("f4 f2", tally(7, 5, 1)),
            ("f1 esc", tally(9, 5, 1)),
        ];
        let mut desk = desk();
        for (keys, expected) in steps {
            desk.keys(keys).unwrap();
            assert_eq!(desk.app.intake().current().unwrap().tally, expected, "{keys}");
        }
        // A second call on top: its key is its own, and those on it are not the first one's.
        desk.keys("f7 \"21\"").unwrap();
        assert_eq!(desk.app.intake().calls()[0].tally, tally(9, 5, 1));
        assert_eq!(desk.app.intake().calls()[1].tally.begin, 1);
        desk.keys("ctrl-s").unwrap();
        assert_eq!(desk.app.counted().last.unwrap().end, 1);
    }

    #[test]
    fn the_palette_begins_a_call_with_more_keys() {
        let mut desk = desk();
        desk.keys("f10 \"new-call\" enter").unwrap();
        assert_eq!(desk.app.intake().current().unwrap().tally, tally(10, 0, 10));
    }

    #[test]
    fn what_searched_is_coded() {
        let mut desk = desk();
        desk.keys("f7 \"1\" ctrl-t").unwrap();
        let before = desk.app.intake().current().unwrap().tally;
        desk.keys("\"退院 #\"").unwrap();
        let after = desk.app.intake().current().unwrap().tally;
        assert_eq!((after.coded - before.coded, after.text - before.text), (1, 3));
        desk.keys("enter").unwrap();
        let after = desk.app.intake().current().unwrap().tally;
        assert_eq!((after.coded - before.coded, after.text - before.text), (2, 3));
    }

    #[test]
    fn a_paste_is_a_key_a_character() {
        let mut desk = desk();
        desk.keys("f7 \"1\"").unwrap();
        desk.paste("架空花子");
        assert_eq!(desk.app.intake().current().unwrap().tally, tally(2, 4, 1));
    }

    #[test]
    fn the_count_outlives_the_program() {
        let mut world = World::new(DateTime::parse_from_rfc3339("2026-11-24T10:05:00+09:00").unwrap());
        world.passphrase = Some(Secret::passphrase("雨の日は縁側で猫とお茶を飲む"));
        let mut desk = world.start();
        desk.keys("1").unwrap();
        while desk.app.has_popup() {
            desk.keys("esc").unwrap();
        }
        desk.keys("f7 \"1架空\"").unwrap();
        desk.advance(std::time::Duration::from_secs(2));
        let counted = desk.app.intake().current().unwrap().tally;
        drop(desk);
        assert_eq!(world.start().app.intake().current().unwrap().tally, counted);
    }
}
