//! 活動: what the desk does besides its cases, by fiscal year with what it cost; the offices that never called or were never
//! met, of which a tour is made; and how callers found the desk.

mod counts;
mod sheet;
mod view;
mod visits;

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::proposals::into_folder;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::Query;
use crate::app::sheets::SheetWish;
use crate::desk::activity::{Activity, LastMet};
use crate::desk::date::{fiscal_label, fiscal_months, fiscal_year};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::Role;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::confirm::Confirm;
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::screens::pages::Page;
use crate::screens::{Screen, lists};
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    /// The activities of a fiscal year.
    #[default]
    Activities,
    /// Offices that never called.
    NeverCalled,
    /// Offices where nobody was ever met.
    NeverMet,
    /// How callers found the desk, by month.
    Routes,
    /// What outreach came to and cost, by month.
    Months,
}

impl Shown {
    /// The one behind it.
    const fn next(self) -> Self {
        match self {
            Self::Activities => Self::NeverCalled,
            Self::NeverCalled => Self::NeverMet,
            Self::NeverMet => Self::Routes,
            Self::Routes => Self::Months,
            Self::Months => Self::Activities,
        }
    }

    /// Whether it is a list of offices.
    const fn is_offices(self) -> bool {
        matches!(self, Self::NeverCalled | Self::NeverMet)
    }
}

/// Offices that were found for one state of the desk.
#[derive(Debug, Default)]
struct Found {
    of: Option<(Shown, u64, u64, Option<DateTime<FixedOffset>>)>,
    ids: Vec<Id>,
}

/// The page.
#[derive(Debug, Default)]
pub struct Outreach {
    shown: Shown,
    /// Fiscal years back from this one.
    back: i32,
    list: ListState,
    /// The offices of the activity in front, while they have the keys.
    visits: ListState,
    inside: bool,
    marked: BTreeSet<Id>,
    found: RefCell<Found>,
}

impl Outreach {
    fn year(&self, model: &Model) -> i32 {
        fiscal_year(model.today()) - self.back
    }

    fn year_label(&self, model: &Model) -> String {
        let first = fiscal_months(self.year(model)).into_iter().next().unwrap_or_else(|| model.today());
        fiscal_label(first)
    }

    /// The activities of the year, the newest first.
    fn activities<'m>(&self, model: &'m Model) -> Vec<(Id, &'m Activity)> {
        let year = self.year(model);
        let of_year = |activity: &Activity| !activity.removed && activity.year() == Some(year);
        let mut all: Vec<_> =
            model.activities.iter().filter(|(_, activity)| of_year(activity)).map(|(id, a)| (*id, a)).collect();
        all.sort_by_key(|(id, activity)| std::cmp::Reverse((activity.on, *id)));
        all
    }

    /// The offices of the list in front, by area, so that what lies together is gone to together.
    fn offices(&self, model: &Model) -> Vec<Id> {
        let of = Some((self.shown, model.offices_version, model.reach.version(), model.saved_at));
        let mut found = self.found.borrow_mut();
        if found.of != of {
            let offices = model.offices.iter().map(|(id, office)| (*id, office.as_ref()));
            let ids = match self.shown {
                // Half of it would name offices that have called.
                Shown::NeverCalled if model.reach.is_complete() => model.reach.never_called(offices),
                Shown::NeverMet => {
                    let met = LastMet::of(model.activities.values(), model.today());
                    let never = |(id, office): &(Id, &Office)| !office.removed && !met.offices.contains_key(id);
                    offices.filter(never).map(|(id, _)| id).collect()
                }
                Shown::NeverCalled | Shown::Activities | Shown::Routes | Shown::Months => Vec::new(),
            };
            let row = |id: Id| Some(model.offices.get(&id)?.tour_key(id));
            let mut rows: Vec<_> = ids.into_iter().filter_map(row).collect();
            rows.sort_unstable();
            *found = Found { of, ids: rows.into_iter().map(|(.., id)| id).collect() };
        }
        found.ids.clone()
    }

    /// The activity in front.
    fn front<'m>(&self, model: &'m Model) -> Option<(Id, &'m Activity)> {
        let all = self.activities(model);
        let at = self.list.selected(all.len()).filter(|_| self.shown == Shown::Activities)?;
        all.get(at).copied()
    }

    /// The office in front, of the activity in front or of the list.
    fn office(&self, model: &Model) -> Option<Id> {
        if self.shown == Shown::Activities {
            let tour: Vec<Id> = self.front(model)?.1.tour().into_iter().map(|(id, _)| id).collect();
            return tour.get(self.visits.selected(tour.len())?).copied();
        }
        let all = self.offices(model);
        all.get(self.list.selected(all.len())?).copied()
    }

    fn len(&self, model: &Model) -> usize {
        match self.shown {
            Shown::Activities => self.activities(model).len(),
            Shown::NeverCalled | Shown::NeverMet => self.offices(model).len(),
            Shown::Routes => self.count_rows(model),
            // Twelve months and their sum.
            Shown::Months => 13,
        }
    }

    fn go(&mut self, action: Action, model: &Model) -> bool {
        if self.inside {
            let len = self.front(model).map_or(0, |(_, activity)| activity.tour().len());
            return lists::go(&mut self.visits, action, len);
        }
        self.visits.select(0);
        let len = self.len(model);
        lists::go(&mut self.list, action, len)
    }

    fn turn(&mut self, shown: Shown) {
        self.shown = shown;
        self.inside = false;
        self.list.select(0);
        self.visits.select(0);
    }

    /// A new activity: with the offices that are marked, in the order of the list.
    fn add(&mut self, hands: &mut Hands<'_>) {
        let offices: Vec<Id> = match self.shown {
            Shown::Activities | Shown::Routes | Shown::Months => Vec::new(),
            Shown::NeverCalled | Shown::NeverMet => {
                let all = self.offices(hands.model);
                let marked: Vec<Id> = all.into_iter().filter(|id| self.marked.contains(id)).collect();
                if marked.is_empty() { self.office(hands.model).into_iter().collect() } else { marked }
            }
        };
        self.marked.clear();
        self.turn(Shown::Activities);
        self.back = 0;
        sheet::add(&offices, hands);
    }

    fn remove(&self, hands: &mut Hands<'_>) {
        let Some((id, activity)) = self.front(hands.model) else { return };
        if self.inside {
            let Some(office) = self.office(hands.model) else { return };
            return hands.commit(edits::set_visit(hands.model.me, id, office, None));
        }
        let day = activity.on.map(|on| on.to_string()).unwrap_or_default();
        let question = Say::new("outreach-remove-question").with("day", day);
        hands.open(Confirm::new(question, move |hands| hands.commit(edits::remove_activity(hands.model.me, id))));
    }

    fn mark(&mut self, model: &Model) {
        let Some(id) = self.office(model).filter(|_| self.shown.is_offices()) else { return };
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
        self.go(Action::Down, model);
    }

    fn turn_year(&mut self, by: i32) {
        // There is nothing to see of a year that has not begun but what is planned in the next one.
        self.back = (self.back - by).max(-1);
        self.turn(if self.shown.is_offices() { Shown::Activities } else { self.shown });
    }
}

/// Has all contacts read, where that was not done yet or came to a stop.
fn read_contacts(hands: &mut Hands<'_>) {
    if let Some(after) = hands.model.reach.wanted() {
        hands.ask(Request::Load(Query::Reach(after)));
    }
}

impl Screen for Outreach {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        let front = self.front(hands.model).map(|(id, _)| id);
        match action {
            Action::AddEntry => self.add(hands),
            Action::NextView => {
                self.turn(self.shown.next());
                read_contacts(hands);
            }
            Action::SaveTable => {
                let year = self.year(hands.model);
                into_folder(hands, move |folder| SheetWish::Activities(year, folder));
            }
            Action::Mark => self.mark(hands.model),
            Action::PreviousYear => self.turn_year(-1),
            Action::NextYear => self.turn_year(1),
            Action::RemoveEntry => self.remove(hands),
            Action::NextPane => self.inside = !self.inside && front.is_some(),
            Action::Open | Action::Edit | Action::AddVisit | Action::SetMet => match (front, action) {
                (Some(id), Action::AddVisit) => visits::add(id, hands),
                (Some(id), Action::SetMet) => match self.office(hands.model) {
                    Some(office) => visits::ask(id, office, hands),
                    None => hands.say(Say::new("outreach-no-offices"), Tone::Warning),
                },
                (Some(id), _) => sheet::edit(id, hands),
                (None, _) => return false,
            },
            Action::Back if self.inside => self.inside = false,
            Action::Back if self.shown != Shown::Activities => self.turn(Shown::Activities),
            _ => return self.go(action, hands.model),
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn entered(&mut self, hands: &mut Hands<'_>) {
        read_contacts(hands);
    }

    fn hints(&self) -> &'static [Action] {
        match self.shown {
            Shown::Activities => &[
                Action::AddEntry,
                Action::Edit,
                Action::AddVisit,
                Action::SetMet,
                Action::NextView,
                Action::PreviousYear,
                Action::SaveTable,
                Action::RemoveEntry,
                Action::Undo,
                Action::Help,
            ],
            Shown::NeverCalled | Shown::NeverMet => {
                &[Action::Mark, Action::AddEntry, Action::NextView, Action::Back, Action::Help]
            }
            Shown::Routes | Shown::Months => &[
                Action::PreviousYear,
                Action::NextYear,
                Action::SaveTable,
                Action::NextView,
                Action::Back,
                Action::Help,
            ],
        }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        match self.shown {
            Shown::Activities => self.draw_activities(model, look, area, buf),
            Shown::NeverCalled | Shown::NeverMet => self.draw_offices(model, look, area, buf),
            Shown::Routes => self.draw_routes(model, look, area, buf),
            Shown::Months => self.draw_months(model, look, area, buf),
        }
        None
    }
}

impl Page for Outreach {
    fn title(&self) -> &'static str {
        "outreach-page"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}
