//! Which cases the list shows, in the order of the queue. Sorted only when the cases or the filter changed, and narrowed
//! only when the typed text did: a hundred thousand cases cost a key press nothing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::doctors;
use crate::app::model::Model;
use crate::desk::brief::Brief;
use crate::desk::id::Id;
use crate::desk::inquiry::{Waiting, waiting};
use crate::desk::queue::{CaseFilter, Place, is_overdue, newest_first, place};
use crate::search::Query;

/// Open ones by urgency, due date and age, then closed ones, the newest first; the identity parts equals.
type Rank = (bool, Option<Place>, Option<Reverse<Option<DateTime<FixedOffset>>>>, Id);

/// The rows of the list.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// What the filter lets through, in order; and whether the desk is late with it.
    base: Vec<(Id, bool)>,
    /// Those of them that the typed text leaves.
    ids: Vec<Id>,
    overdue: usize,
    /// The cases for which a doctor was asked who has not answered, shown or not.
    waiting: BTreeMap<Id, Waiting>,
    /// How many of the cases shown wait for a doctor's answer, and for how many of them it is late.
    asked: (usize, usize),
    filtered_by: Option<Source>,
    narrowed_by: String,
}

/// What the rows depend on, but for the typed text.
#[derive(Debug, PartialEq, Eq)]
struct Source {
    cases: u64,
    inquiries: u64,
    answer_days: u32,
    today: NaiveDate,
    filter: CaseFilter,
}

impl Rows {
    /// The cases shown, in order.
    pub fn ids(&self) -> &[Id] {
        &self.ids
    }

    /// For how many of them the desk is late.
    pub const fn overdue(&self) -> usize {
        self.overdue
    }

    /// How many of them wait for a doctor's answer, and for how many of them it is late.
    pub const fn asked(&self) -> (usize, usize) {
        self.asked
    }

    /// What this case waits for from doctors.
    pub fn waiting(&self, case: Id) -> Option<Waiting> {
        self.waiting.get(&case).copied()
    }

    /// Where this case stands.
    pub fn position(&self, case: Id) -> Option<usize> {
        self.ids.iter().position(|id| *id == case)
    }

    /// Makes the rows anew if something changed that they depend on. Whether it did.
    pub fn renew(&mut self, model: &Model, filter: &CaseFilter, text: &str) -> bool {
        let sorted = self.sort(model, filter);
        if !sorted && self.narrowed_by == text {
            return false;
        }
        text.clone_into(&mut self.narrowed_by);
        // A letter more takes rows out and leaves their order: nothing is sorted while one types.
        let found = model.case_index.matching(&Query::new(text));
        let left = self.base.iter().filter(|(id, _)| found.has(*id));
        let (today, within) = (model.today(), doctors::answer_days(model));
        self.overdue = 0;
        self.asked = (0, 0);
        self.ids.clear();
        for (id, late) in left {
            self.ids.push(*id);
            self.overdue += usize::from(*late);
            let waits = self.waiting.get(id);
            self.asked.0 += usize::from(waits.is_some());
            self.asked.1 += usize::from(waits.is_some_and(|waits| waits.is_late(today, within)));
        }
        true
    }

    /// Sorts what the filter lets through, if that changed.
    fn sort(&mut self, model: &Model, filter: &CaseFilter) -> bool {
        let today = model.today();
        let (cases, inquiries) = (model.cases_version, model.inquiries_version);
        let source =
            Source { cases, inquiries, answer_days: doctors::answer_days(model), today, filter: filter.clone() };
        if self.filtered_by.as_ref() == Some(&source) {
            return false;
        }
        self.filtered_by = Some(source);
        self.waiting = waiting(model.inquiries.values());
        let asked = |case: &Brief| self.waiting.contains_key(&case.id);
        let shown = model.cases.iter().filter(|case| filter.shows(*case, today, asked(case)));
        let mut found: Vec<(Rank, bool)> = shown.map(|case| (rank(case), is_overdue(case, today))).collect();
        found.sort_unstable();
        self.base = found.into_iter().map(|((.., id), late)| (id, late)).collect();
        true
    }
}

fn rank(case: &Brief) -> Rank {
    if case.is_open() {
        (false, Some(place(case)), None, case.id)
    } else {
        (true, None, Some(newest_first(case)), case.id)
    }
}
