//! 会議: the agenda of the monthly meeting, made from flags, and what was decided on each case. Past meetings can be
//! looked at with their decisions.

mod sheets;
pub mod sitting;
mod view;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Screen;
use super::form::Focus;
use super::look::Look;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::Query;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::meeting::{AgendaItem, Treatment};
use crate::desk::record::{Batch, Kind, RecordKey};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::confirm::Confirm;
use crate::popups::history::History;
use crate::popups::picker::{Choice, Picker};
use crate::popups::prompt::Prompt;
use crate::popups::reason;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;

use sitting::{Ahead, Shown, Sitting, Stage};

/// The screen.
#[derive(Debug, Default)]
pub struct MeetingScreen {
    shown: Shown,
    /// The case whose row is chosen: it stays chosen when the order changes.
    chosen: Option<Id>,
    list: ListState,
    /// The case whose file was asked for last.
    asked: Option<Id>,
    /// The identity that the next meeting gets with its first change.
    made: Option<Id>,
    ahead: Option<Ahead>,
    /// Whether the meeting that is looked at was held: then other keys are worth showing.
    held: bool,
}

impl MeetingScreen {
    /// The meeting that is looked at, as it is on the disk.
    fn sitting(&self, model: &Model) -> Sitting {
        Sitting::find(model, self.shown, None)
    }

    /// The meeting that is looked at, as it is when all that was asked for is on the disk: changes build on it.
    fn ahead(&mut self, model: &Model) -> Sitting {
        if model.saving == 0 {
            self.ahead = None;
        }
        Sitting::find(model, self.shown, self.ahead.as_ref())
    }

    /// The identity of the meeting, given now if it has none.
    fn identity(&mut self, sitting: &Sitting, hands: &mut Hands<'_>) -> Id {
        self.made = self.made.filter(|id| !hands.model.meetings.contains_key(id));
        sitting.id.unwrap_or_else(|| *self.made.get_or_insert_with(|| hands.ids.fresh()))
    }

    /// The chosen row of the agenda, and what follows from it.
    fn chosen(&self, sitting: &Sitting) -> Option<usize> {
        self.chosen.and_then(|case| sitting.index_of(case))
    }

    fn commit(&mut self, sitting: &Sitting, id: Id, batch: Option<Batch>, hands: &mut Hands<'_>) {
        if let Some(batch) = batch {
            self.ahead = Ahead::after(sitting, id, &batch).or(self.ahead.take());
            hands.commit(batch);
        }
    }

    /// Puts the list on the chosen case, or the choice where the list stands if that case is gone, and asks for its file.
    fn follow(&mut self, hands: &mut Hands<'_>) {
        let sitting = self.sitting(hands.model);
        self.held = sitting.stage == Stage::Held;
        match self.chosen(&sitting) {
            Some(index) => self.list.select(index),
            None => self.choose_here(&sitting),
        }
        let here = hands.model.file.as_ref().map(|file| file.id);
        if let Some(case) = self.chosen
            && here != Some(case)
            && self.asked != Some(case)
        {
            self.asked = Some(case);
            hands.ask(Request::Load(Query::CaseFile(case)));
        }
    }

    fn choose_here(&mut self, sitting: &Sitting) {
        let row = self.list.selected(sitting.rows.len()).and_then(|index| sitting.rows.get(index));
        self.chosen = row.map(|row| row.case);
    }

    fn step(&mut self, hands: &Hands<'_>, step: impl FnOnce(&mut ListState, usize) -> bool) {
        let sitting = self.sitting(hands.model);
        step(&mut self.list, sitting.rows.len());
        self.choose_here(&sitting);
    }

    /// Looks at the meeting `by` places later.
    fn turn(&mut self, by: isize, hands: &mut Hands<'_>) {
        let all = sitting::all(hands.model);
        let now = self.sitting(hands.model).id;
        let next = Sitting::find(hands.model, Shown::Next, None).id;
        let same = |shown: &Shown| match shown {
            Shown::Next => now == next,
            Shown::Kept(id) => now == Some(*id),
        };
        let at = all.iter().position(same).unwrap_or_default();
        let to = at.checked_add_signed(by).and_then(|to| all.get(to)).copied();
        let Some(to) = to else {
            let key = if by < 0 { "meeting-no-earlier" } else { "meeting-no-later" };
            hands.say(Say::new(key), Tone::Warning);
            return;
        };
        self.shown = to;
        self.chosen = None;
        self.list.select(0);
    }

    /// Moves the chosen case `by` places down the agenda.
    fn reorder(&mut self, by: isize, hands: &mut Hands<'_>) {
        let sitting = self.ahead(hands.model);
        let Some(from) = self.changeable(&sitting, hands) else { return };
        let Some(to) = from.checked_add_signed(by).filter(|to| *to < sitting.rows.len()) else { return };
        let id = self.identity(&sitting, hands);
        let batch = edits::reorder(hands.model.me, &sitting.reference(hands.model, id), &sitting.rows, from, to);
        self.commit(&sitting, id, batch, hands);
    }

    fn cycle_treatment(&mut self, hands: &mut Hands<'_>) {
        let sitting = self.ahead(hands.model);
        let Some(index) = self.changeable(&sitting, hands) else { return };
        let Some(row) = sitting.rows.get(index) else { return };
        let treatment = match row.item.treatment {
            Treatment::Decide => Treatment::Report,
            Treatment::Report => Treatment::Defer,
            Treatment::Defer => Treatment::Decide,
        };
        let item = AgendaItem { treatment, ..row.item.clone() };
        let id = self.identity(&sitting, hands);
        let meeting = sitting.reference(hands.model, id);
        let batch = edits::decide(hands.model.me, &meeting, &sitting.rows, index, &item);
        self.commit(&sitting, id, batch, hands);
    }

    /// The chosen row if the agenda may still change; otherwise says why not.
    fn changeable(&self, sitting: &Sitting, hands: &mut Hands<'_>) -> Option<usize> {
        if sitting.stage == Stage::Held {
            hands.say(Say::new("meeting-was-held"), Tone::Warning);
            return None;
        }
        let chosen = self.chosen(sitting);
        if chosen.is_none() {
            hands.say(Say::new("meeting-nothing-chosen"), Tone::Warning);
        }
        chosen
    }

    fn write_decision(&mut self, hands: &mut Hands<'_>) {
        let sitting = self.ahead(hands.model);
        let Some(case) = self.chosen(&sitting).and(self.chosen) else {
            hands.say(Say::new("meeting-nothing-chosen"), Tone::Warning);
            return;
        };
        let fresh = self.identity(&sitting, hands);
        sheets::decision(hands, &sitting, self.shown, case, fresh);
    }

    fn edit_meeting(&mut self, hands: &mut Hands<'_>) {
        let sitting = self.ahead(hands.model);
        let fresh = self.identity(&sitting, hands);
        sheets::meeting(hands, &sitting, self.shown, fresh);
    }

    /// Asks whether the meeting was held, telling what will become of its cases.
    fn ask_to_hold(&mut self, hands: &mut Hands<'_>) {
        let sitting = self.ahead(hands.model);
        if sitting.stage == Stage::Held {
            hands.say(Say::new("meeting-was-held"), Tone::Warning);
            return;
        }
        let put_off = sitting.count(Treatment::Defer);
        let day = sitting.meeting.on.map(crate::desk::date::format_era).unwrap_or_default();
        let question = Say::new("meeting-hold-question")
            .with("day", day)
            .with("treated", (sitting.rows.len() - put_off).to_string())
            .with("deferred", put_off.to_string())
            .with("undecided", sitting.undecided().to_string());
        let fresh = self.identity(&sitting, hands);
        let shown = self.shown;
        // It stays in front once it is held; until then there is nothing else of this identity to show.
        self.shown = Shown::Kept(fresh);
        hands.open(Confirm::new(question, move |hands| {
            let sitting = Sitting::find(hands.model, shown, None);
            let meeting = sitting.reference(hands.model, fresh);
            let status = |case| hands.model.brief(case).map(|brief| brief.status);
            let batch = edits::hold_meeting(hands.model.me, &meeting, &sitting.rows, status);
            hands.commit(batch);
        }));
    }

    /// Takes the case off the next meeting, or puts it on.
    fn flag(&self, hands: &mut Hands<'_>) {
        let Some(brief) = self.chosen.and_then(|case| hands.model.brief(case)) else {
            hands.say(Say::new("app-no-case-here"), Tone::Warning);
            return;
        };
        let me = hands.model.me;
        let batch = match brief.flag {
            Some(_) => edits::unflag(me, &[brief.id]),
            None => edits::flag(me, &[brief.id], "", hands.model.now.wall),
        };
        hands.commit(batch);
    }

    /// Asks why the case is to be talked about. The flag keeps its time, and so the case its place.
    fn ask_reason(&self, hands: &mut Hands<'_>) {
        let Some(brief) = self.chosen.and_then(|case| hands.model.brief(case)) else {
            hands.say(Say::new("app-no-case-here"), Tone::Warning);
            return;
        };
        let case = brief.id;
        let reason = brief.flag.as_ref().map(|flag| flag.reason.clone()).unwrap_or_default();
        let title = Say::new("meeting-reason-title").with("number", brief.number());
        let about = Say::new("meeting-reason-about");
        hands.open(Prompt::new(title, about, &reason, move |hands, reason| {
            let flag = hands.model.brief(case).and_then(|brief| brief.flag.as_deref());
            if flag.is_some_and(|flag| flag.reason == reason.trim()) {
                return Ok(());
            }
            let at = flag.map_or(hands.model.now.wall, |flag| flag.at);
            hands.commit(edits::flag(hands.model.me, &[case], reason, at));
            Ok(())
        }));
    }

    /// The history of the chosen case or of the meeting; asks which where there are both.
    fn history(&self, hands: &mut Hands<'_>) {
        let meeting = self.sitting(hands.model).id;
        match (self.chosen, meeting) {
            (Some(case), None) => show_history(hands, RecordKey::new(Kind::Case, case)),
            (None, Some(meeting)) => show_history(hands, RecordKey::new(Kind::Meeting, meeting)),
            (None, None) => hands.say(Say::new("meeting-nothing-chosen"), Tone::Warning),
            (Some(case), Some(meeting)) => {
                let choice = |code: &str, key, label: &str| Choice {
                    code: code.to_owned(),
                    key: Some(key),
                    label: label.to_owned(),
                };
                let choices = vec![
                    choice("case", '1', &hands.locale.t("meeting-history-case")),
                    choice("meeting", '2', &hands.locale.t("meeting-history-meeting")),
                ];
                hands.open(Picker::new(Say::new("history-title"), choices, None, move |hands, code| {
                    let of_case = code == "case";
                    let (kind, id) = if of_case { (Kind::Case, case) } else { (Kind::Meeting, meeting) };
                    show_history(hands, RecordKey::new(kind, id));
                }));
            }
        }
    }
}

fn show_history(hands: &mut Hands<'_>, record: RecordKey) {
    if record.kind == Kind::Case && hands.model.asks_reason(record.id) {
        return reason::ask(record.id, hands, move |hands| show_history(hands, record));
    }
    let history = History::new(record, hands);
    hands.open(history);
    hands.ask(Request::Load(Query::History(record)));
}

impl Screen for MeetingScreen {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Up => self.step(hands, ListState::up),
            Action::Down => self.step(hands, ListState::down),
            Action::PageUp => self.step(hands, ListState::page_up),
            Action::PageDown => self.step(hands, ListState::page_down),
            Action::First => self.step(hands, ListState::first),
            Action::Last => self.step(hands, ListState::last),
            Action::MoveUp => self.reorder(-1, hands),
            Action::MoveDown => self.reorder(1, hands),
            Action::CycleTreatment => self.cycle_treatment(hands),
            Action::WriteDecision => self.write_decision(hands),
            Action::Open => match self.chosen {
                Some(case) => hands.ask(Request::ShowCase(case)),
                None => hands.say(Say::new("meeting-nothing-chosen"), Tone::Warning),
            },
            Action::FlagMeeting => self.flag(hands),
            Action::FlagReason => self.ask_reason(hands),
            Action::History => self.history(hands),
            Action::NextMeeting => self.turn(1, hands),
            Action::PreviousMeeting => self.turn(-1, hands),
            Action::HoldMeeting => self.ask_to_hold(hands),
            Action::Edit => self.edit_meeting(hands),
            // From another meeting back to the next one.
            Action::Back if self.shown != Shown::Next => {
                self.shown = Shown::Next;
                self.chosen = None;
                self.list.select(0);
            }
            _ => return false,
        }
        self.follow(hands);
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn entered(&mut self, hands: &mut Hands<'_>) {
        self.shown = Shown::Next;
        self.asked = None;
        self.follow(hands);
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        self.follow(hands);
    }

    fn shows(&self, model: &Model) -> Option<Id> {
        self.chosen.filter(|case| model.file.as_ref().is_some_and(|file| file.id == *case))
    }

    fn hints(&self) -> &'static [Action] {
        if self.chosen.is_none() {
            return &[
                Action::GoQueue,
                Action::Edit,
                Action::PreviousMeeting,
                Action::NextMeeting,
                Action::HoldMeeting,
                Action::Help,
            ];
        }
        if self.held {
            return &[
                Action::Open,
                Action::WriteDecision,
                Action::NextMeeting,
                Action::PreviousMeeting,
                Action::Back,
                Action::FlagMeeting,
                Action::History,
                Action::Help,
            ];
        }
        &[
            Action::Open,
            Action::WriteDecision,
            Action::CycleTreatment,
            Action::MoveDown,
            Action::MoveUp,
            Action::PreviousMeeting,
            Action::HoldMeeting,
            Action::FlagMeeting,
            Action::FlagReason,
            Action::Edit,
            Action::NextMeeting,
            Action::History,
            Action::Undo,
            Action::Help,
        ]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        view::view(&self.list, &self.sitting(model), model, look, area, buf);
        None
    }
}

#[cfg(test)]
mod tests;
