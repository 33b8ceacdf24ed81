//! 案件: what is next and why. The list of cases with its filters, a look at the chosen one beside it, and the case file.

mod acts;
mod choose;
mod close;
mod due;
mod fields;
mod file;
mod list;
mod looks;
pub mod paper;
pub mod preview;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Screen;
use super::form::Focus;
use super::lists;
use super::look::Look;
use crate::app::hands::{Hands, Request};
use crate::app::model::Model;
use crate::app::msg::Query;
use crate::desk::case::Status;
use crate::desk::id::Id;
use crate::desk::queue::{CaseFilter, States};
use crate::keys::Action;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::text_field::TextField;

use rows::Rows;

/// The longest text to narrow by, in characters.
const TEXT_MAX: usize = 60;

/// What waits for the full case to arrive. Any further key gives it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// A slip about it.
    Contact,
    /// Its fields to change.
    Edit,
    /// Its end.
    Close,
    /// Its telephone number.
    Phone,
    /// What all desks say to its persons.
    Policy,
    /// A paper about it.
    Paper,
    /// Its inquiries to doctors.
    Doctor,
    /// The way through hospitals.
    Path,
}

/// The screen.
#[derive(Debug)]
pub struct Queue {
    filter: CaseFilter,
    text: TextField,
    /// Whether the text to narrow by is being typed.
    typing: bool,
    rows: Rows,
    list: ListState,
    chosen: Option<Id>,
    marked: BTreeSet<Id>,
    /// The case file that is open over the list.
    file: Option<file::Open>,
    /// The case that was asked for last.
    asked: Option<Id>,
    wanted: Option<(Id, Wanted)>,
    /// What the access log was told last of what was searched for.
    searched: String,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            filter: CaseFilter::default(),
            text: TextField::new(TEXT_MAX),
            typing: false,
            rows: Rows::default(),
            list: ListState::default(),
            chosen: None,
            marked: BTreeSet::new(),
            file: None,
            asked: None,
            wanted: None,
            searched: String::new(),
        }
    }
}

impl Queue {
    /// Shows this case: it is chosen in the list, whose filters give way where they hide it.
    pub fn show(&mut self, case: Id, model: &Model) {
        self.file = None;
        self.typing = false;
        self.refresh(model);
        if self.rows.position(case).is_none() {
            self.text.set_text("");
            let closed = model.brief(case).is_some_and(|brief| !brief.is_open());
            let states = if closed { States::All } else { States::Open };
            self.filter = CaseFilter { states, ..CaseFilter::default() };
        }
        self.choose(case);
        self.refresh(model);
    }

    /// Chooses this case in the list if it is there; filters stay.
    pub fn choose(&mut self, case: Id) {
        self.chosen = Some(case);
        // The rows may not have it yet: they are made anew before the next look.
        if let Some(at) = self.rows.position(case) {
            self.list.select(at);
        }
    }

    /// Narrows the list to this.
    pub fn filter(&mut self, filter: CaseFilter) {
        self.filter = filter;
    }

    /// The case that actions are about: the open file's, else the chosen row's.
    fn current(&self) -> Option<Id> {
        self.file.as_ref().map(file::Open::case).or(self.chosen)
    }

    /// The cases that an action for several is about.
    fn targets(&self) -> Vec<Id> {
        if self.file.is_none() && !self.marked.is_empty() {
            return self.marked.iter().copied().collect();
        }
        self.current().into_iter().collect()
    }

    /// Brings the rows up to date; the choice stays on its case as long as that shows.
    fn refresh(&mut self, model: &Model) {
        if self.rows.renew(model, &self.filter, self.text.text()) {
            if let Some(at) = self.chosen.and_then(|case| self.rows.position(case)) {
                self.list.select(at);
            }
            if !self.marked.is_empty() {
                let shown: BTreeSet<Id> = self.rows.ids().iter().copied().collect();
                self.marked.retain(|case| shown.contains(case));
            }
        }
        let ids = self.rows.ids();
        self.chosen = self.list.selected(ids.len()).and_then(|at| ids.get(at)).copied();
        self.file.take_if(|file| !model.cases.has(file.case()));
    }

    /// Sees to it that the current case is read in full, without waiting for it.
    fn look_into(&mut self, hands: &mut Hands<'_>) {
        let Some(case) = self.current() else { return };
        if hands.model.file.as_ref().is_some_and(|file| file.id == case) {
            self.asked = None;
        } else if self.asked != Some(case) {
            self.asked = Some(case);
            hands.ask(Request::Load(Query::CaseFile(case)));
        }
    }

    /// Moves the choice; in an open file, the text.
    fn step(&mut self, action: Action) {
        if let Some(file) = &self.file {
            file.scroll(action);
            return;
        }
        let len = self.rows.ids().len();
        lists::go(&mut self.list, action, len);
    }

    fn mark(&mut self) {
        let Some(case) = self.chosen.filter(|_| self.file.is_none()) else { return };
        if !self.marked.remove(&case) {
            self.marked.insert(case);
        }
        self.list.down(self.rows.ids().len());
    }

    /// One step back: the file, the marks, the typed text. `false` when nothing is left.
    fn back(&mut self) -> bool {
        if self.file.take().is_some() {
            return true;
        }
        if !self.marked.is_empty() {
            self.marked.clear();
            return true;
        }
        let typed = !self.text.is_empty();
        self.text.set_text("");
        typed
    }

    /// The keys while the text to narrow by is typed: the list can be gone through and opened, and Tab leads to it.
    fn act_typing(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => self.step(action),
            Action::Open => {
                self.typing = false;
                self.open(hands);
            }
            Action::NextPane | Action::NextField | Action::PreviousField => {
                self.note_search(hands);
                self.typing = false;
            }
            Action::ClearField => {
                self.note_search(hands);
                self.text.set_text("");
            }
            Action::Back | Action::Cancel => {
                self.note_search(hands);
                self.text.set_text("");
                self.typing = false;
            }
            _ => return self.act_on_cases(action, hands),
        }
        true
    }

    fn act_list(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last => {
                self.step(action);
            }
            Action::Mark => self.mark(),
            Action::Open => self.open(hands),
            Action::Back | Action::Cancel => _ = self.back(),
            Action::Narrow => {
                self.file = None;
                self.typing = true;
            }
            Action::FilterFlag => self.filter.flagged = !self.filter.flagged,
            Action::FilterInquiry => self.filter.asked = !self.filter.asked,
            Action::ClearFilters => {
                self.note_search(hands);
                self.filter = CaseFilter::default();
                self.text.set_text("");
            }
            _ => return self.act_on_cases(action, hands),
        }
        true
    }

    /// Whether the list may show closed cases while some of them have not arrived from the store.
    fn waits_for_closed(&self, model: &Model) -> bool {
        let closed = !matches!(self.filter.states, States::Open)
            && !matches!(self.filter.states, States::Only(status) if status != Status::Closed);
        closed && !model.complete
    }
}

impl Screen for Queue {
    fn takes(&self) -> Focus {
        if self.typing { Focus::Line } else { Focus::None }
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        self.wanted = None;
        self.refresh(hands.model);
        let taken = if self.typing { self.act_typing(action, hands) } else { self.act_list(action, hands) };
        if taken {
            self.refresh(hands.model);
            self.look_into(hands);
        }
        taken
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) {
        if self.typing {
            self.edit(Edit::Insert(text), hands);
        }
    }

    fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>) {
        self.text.edit(edit);
        self.refresh(hands.model);
        self.look_into(hands);
    }

    fn entered(&mut self, hands: &mut Hands<'_>) {
        // Another screen may have had another case read meanwhile.
        self.asked = None;
        self.changed(hands);
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        self.refresh(hands.model);
        self.look_into(hands);
        let there = hands.model.file.as_ref().map(|file| file.id);
        if let Some((_, wanted)) = self.wanted.take_if(|(case, _)| there == Some(*case)) {
            Self::go_on(wanted, hands);
        }
    }

    fn left(&mut self, hands: &mut Hands<'_>) {
        self.note_search(hands);
    }

    fn shows(&self, model: &Model) -> Option<Id> {
        self.current().filter(|case| model.file.as_ref().is_some_and(|file| file.id == *case))
    }

    fn hints(&self) -> &'static [Action] {
        if self.typing {
            return &[Action::Open, Action::NextPane, Action::Down, Action::ClearField, Action::Back, Action::Palette];
        }
        if self.file.is_some() {
            return &[
                Action::Back,
                Action::AddContact,
                Action::SetStatus,
                Action::SetDue,
                Action::FlagMeeting,
                Action::CloseCase,
                Action::AskDoctor,
                Action::Print,
                Action::Edit,
                Action::SetUrgency,
                Action::History,
                Action::CopyPhone,
                Action::ShowPath,
                Action::Undo,
                Action::Help,
            ];
        }
        &[
            Action::Open,
            Action::AddContact,
            Action::SetStatus,
            Action::SetDue,
            Action::FlagMeeting,
            Action::CloseCase,
            Action::Print,
            Action::Narrow,
            Action::NewCall,
            Action::Mark,
            Action::Undo,
            Action::Edit,
            Action::SetUrgency,
            Action::History,
            Action::AskDoctor,
            Action::ShowPath,
            Action::ReopenCase,
            Action::Help,
        ]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        match &self.file {
            Some(open) => {
                open.view(model, look, area, buf);
                None
            }
            None => self.view_list(model, look, area, buf),
        }
    }
}
