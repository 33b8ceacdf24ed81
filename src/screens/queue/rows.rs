//! Which cases the list shows, in the order of the queue. Made anew only when the cases, the filter or the typed text
//! changed: a hundred thousand cases cost a key press nothing.

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::model::Model;
use crate::desk::brief::Brief;
use crate::desk::id::Id;
use crate::desk::queue::{CaseFilter, Place, is_overdue, newest_first, place};
use crate::search::Query;

/// Open ones by urgency, due date and age, then closed ones, the newest first; the identity parts equals.
type Rank = (bool, Option<Place>, Option<Reverse<Option<DateTime<FixedOffset>>>>, Id);

/// The rows of the list.
#[derive(Debug, Default)]
pub(super) struct Rows {
    ids: Vec<Id>,
    overdue: usize,
    made_from: Option<Source>,
}

/// What the rows depend on.
#[derive(Debug, PartialEq, Eq)]
struct Source {
    cases: u64,
    today: NaiveDate,
    filter: CaseFilter,
    text: String,
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

    /// Where this case stands.
    pub fn position(&self, case: Id) -> Option<usize> {
        self.ids.iter().position(|id| *id == case)
    }

    /// Makes the rows anew if something changed that they depend on. Whether it did.
    pub fn renew(&mut self, model: &Model, filter: &CaseFilter, text: &str) -> bool {
        let today = model.today();
        let same = self.made_from.as_ref().is_some_and(|from| {
            from.cases == model.cases_version && from.today == today && from.text == text && from.filter == *filter
        });
        if same {
            return false;
        }
        self.made_from =
            Some(Source { cases: model.cases_version, today, filter: filter.clone(), text: text.to_owned() });
        let query = Query::new(text);
        let mut found: Vec<Rank> = if query.is_empty() {
            model.cases.values().filter(|case| filter.shows(*case, today)).map(rank).collect()
        } else {
            // All hits, because the filter comes after them.
            let hits = model.case_index.find(&query, model.case_index.len()).hits;
            let cases = hits.iter().filter_map(|hit| model.brief(hit.id));
            cases.filter(|case| filter.shows(*case, today)).map(rank).collect()
        };
        found.sort_unstable();
        self.ids = found.into_iter().map(|(.., id)| id).collect();
        self.overdue =
            self.ids.iter().filter_map(|id| model.brief(*id)).filter(|case| is_overdue(*case, today)).count();
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
