//! What the search field finds, kept until the query, the filter or the directory changes.

use std::cell::{Ref, RefCell};

use crate::app::asked::{Asked, Chip, kind_tag};
use crate::app::model::Model;
use crate::desk::id::Id;

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
    /// What was understood of the query beside names and words.
    pub chips: Vec<Chip>,
    query: String,
    kind: Option<String>,
    version: u64,
    codebook: u64,
    /// The minute for which 今 and 受入中 were looked up.
    minute: i64,
}

/// Keeps the hits of the last query.
#[derive(Debug, Default)]
pub struct Results(RefCell<Found>);

impl Results {
    /// The hits for this query and kind of office, searched only if something changed.
    pub fn of(&self, model: &Model, query: &str, kind: Option<&str>) -> Ref<'_, Found> {
        let fresh = {
            let found = self.0.borrow();
            let now = !found.chips.iter().any(|chip| matches!(chip, Chip::Now | Chip::Accepting))
                || found.minute == minute(model);
            let same = (found.version, found.codebook) == (model.offices_version, model.codebook_version);
            same && now && found.query == query && found.kind.as_deref() == kind
        };
        if !fresh {
            self.0.replace(search(model, query, kind));
        }
        self.0.borrow()
    }
}

fn minute(model: &Model) -> i64 {
    model.now.wall.timestamp() / 60
}

fn search(model: &Model, query: &str, kind: Option<&str>) -> Found {
    let mut asked = Asked::new(query, &model.index, &model.codebook, model.now.wall);
    if let Some(kind) = kind {
        asked.query.tags(vec![kind_tag(kind)]);
    }
    let found = model.index.find(&asked.query, LISTED);
    Found {
        second_from: found.hits.iter().position(|hit| hit.second_pass),
        ids: found.hits.into_iter().map(|hit| hit.id).collect(),
        total: found.total,
        more: found.more,
        chips: asked.chips,
        query: query.to_owned(),
        kind: kind.map(str::to_owned),
        version: model.offices_version,
        codebook: model.codebook_version,
        minute: minute(model),
    }
}
