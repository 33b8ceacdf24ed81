//! What the search field finds, kept until the query, the filter or the directory changes.

use std::cell::{Ref, RefCell};

use crate::app::model::Model;
use crate::desk::id::Id;
use crate::search::Query;

/// More hits than this are counted, not listed: nobody reads further, they type one more key.
const LISTED: usize = 100;

/// The hits of one query.
#[derive(Debug, Default)]
pub struct Found {
    /// The hits, best first.
    pub ids: Vec<Id>,
    /// From this hit on only the second pass (略称) found them.
    pub second_from: Option<usize>,
    /// How many there are in all.
    pub total: usize,
    /// Whether there are even more.
    pub more: bool,
    query: String,
    kind: Option<String>,
    version: u64,
}

/// Keeps the hits of the last query.
#[derive(Debug, Default)]
pub struct Results(RefCell<Found>);

impl Results {
    /// The hits for this query and kind of office, searched only if something changed.
    pub fn of(&self, model: &Model, query: &str, kind: Option<&str>) -> Ref<'_, Found> {
        let fresh = {
            let found = self.0.borrow();
            found.version == model.offices_version && found.query == query && found.kind.as_deref() == kind
        };
        if !fresh {
            self.0.replace(search(model, query, kind));
        }
        self.0.borrow()
    }
}

fn search(model: &Model, query: &str, kind: Option<&str>) -> Found {
    // A filter by kind looks at every hit; without one the search stops at what is listed.
    let limit = if kind.is_some() { model.offices.len() } else { LISTED };
    let found = model.index.find(&Query::new(query), limit);
    let wanted = |id: &Id| kind.is_none_or(|kind| model.offices.get(id).is_some_and(|office| office.kind == kind));
    let hits: Vec<_> = found.hits.iter().copied().filter(|hit| wanted(&hit.id)).collect();
    let total = if kind.is_some() { hits.len() } else { found.total };
    Found {
        second_from: hits.iter().position(|hit| hit.second_pass),
        ids: hits.into_iter().map(|hit| hit.id).take(LISTED).collect(),
        total,
        more: found.more,
        query: query.to_owned(),
        kind: kind.map(str::to_owned),
        version: model.offices_version,
    }
}
