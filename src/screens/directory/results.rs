//! What the search field finds, kept until the query, the filter or the directory changes.

use std::cell::{Ref, RefCell};

use crate::app::asked::{Asked, Chip, kind_tag};
use crate::app::model::Model;
use crate::desk::id::Id;
use crate::search;

/// More hits than this are counted, not listed: nobody reads further, they type one more key.
const LISTED: usize = 100;

/// The hits of one query.
#[derive(Debug, Default)]
pub struct Found {
    /// The hits, best first.
    pub ids: Vec<Id>,
    /// From this hit on only the second pass (略称) found them.
    pub second_from: Option<usize>,
    /// From this hit on nobody knows whether they have what was asked: their days do not read, or nobody asked them.
    pub unknown_from: Option<usize>,
    /// How many of those there are in all, listed or not.
    pub unknown: usize,
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
pub struct Results {
    found: RefCell<Found>,
    /// An office that stands first whether it is among the listed hits or not.
    pinned: Option<Id>,
}

impl Results {
    /// Puts an office first until the query changes: one that was just added may be one of thousands of its name.
    pub fn pin(&mut self, office: Option<Id>) {
        self.pinned = office;
        // Nothing has this version: it is searched anew.
        self.found.get_mut().version = u64::MAX;
    }

    /// The hits for this query and kind of office, searched only if something changed.
    pub fn of(&self, model: &Model, query: &str, kind: Option<&str>) -> Ref<'_, Found> {
        let fresh = {
            let found = self.found.borrow();
            let now = !found.chips.iter().any(Chip::is_of_now) || found.minute == minute(model);
            let same = (found.version, found.codebook) == (model.offices_version, model.codebook_version);
            same && now && found.query == query && found.kind.as_deref() == kind
        };
        if !fresh {
            self.found.replace(look_up(model, query, kind, self.pinned));
        }
        self.found.borrow()
    }
}

fn minute(model: &Model) -> i64 {
    model.now.wall.timestamp() / 60
}

fn look_up(model: &Model, query: &str, kind: Option<&str>, pinned: Option<Id>) -> Found {
    let mut asked = Asked::new(query, &model.index, &model.codebook, model.now.wall);
    if let Some(kind) = kind {
        asked.query.tags(vec![kind_tag(kind)]);
        asked.or_unknown.iter_mut().for_each(|query| query.tags(vec![kind_tag(kind)]));
    }
    let sure = model.index.find(&asked.query, LISTED);
    let mut found = Found {
        second_from: sure.hits.iter().position(|hit| hit.second_pass),
        ids: sure.hits.into_iter().map(|hit| hit.id).collect(),
        total: sure.total,
        more: sure.more,
        query: query.to_owned(),
        kind: kind.map(str::to_owned),
        version: model.offices_version,
        codebook: model.codebook_version,
        minute: minute(model),
        ..Found::default()
    };
    if let Some(or_unknown) = &asked.or_unknown {
        found.add_unknown(&model.index.find(or_unknown, LISTED));
    }
    found.chips = asked.chips;
    if let Some(office) = pinned.filter(|office| model.offices.get(office).is_some_and(|office| !office.removed)) {
        found.put_first(office);
    }
    found
}

impl Found {
    /// Adds the offices of which it is not known behind the others; `all` are both.
    fn add_unknown(&mut self, all: &search::Found) {
        self.unknown = all.total.saturating_sub(self.total);
        let room = LISTED.saturating_sub(self.ids.len());
        let new: Vec<Id> = all.hits.iter().map(|hit| hit.id).filter(|id| !self.ids.contains(id)).take(room).collect();
        if self.unknown > 0 && !new.is_empty() {
            self.unknown_from = Some(self.ids.len());
            self.ids.extend(new);
        }
    }

    fn put_first(&mut self, office: Id) {
        if self.ids.contains(&office) {
            return;
        }
        self.ids.insert(0, office);
        for from in [&mut self.second_from, &mut self.unknown_from].into_iter().flatten() {
            *from += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    #[test]
    fn one_that_is_pinned_stands_first_beyond_all_that_are_listed() {
        let hundred = || (1..=100).map(id).collect::<Vec<_>>();
        for (pinned, first, len, second, unknown) in [
            // Not among the hundred: it comes before them, and what stands behind moves on.
            (id(200), id(200), 101, Some(41), Some(61)),
            // Among them it stays where it is.
            (id(1), id(1), 100, Some(40), Some(60)),
            (id(77), id(1), 100, Some(40), Some(60)),
        ] {
            let mut found =
                Found { ids: hundred(), second_from: Some(40), unknown_from: Some(60), total: 500, ..Found::default() };
            found.put_first(pinned);
            assert_eq!((found.ids[0], found.ids.len()), (first, len));
            assert_eq!((found.second_from, found.unknown_from, found.total), (second, unknown, 500));
        }
        let mut none = Found::default();
        none.put_first(id(9));
        assert_eq!((none.ids, none.second_from, none.unknown_from), (vec![id(9)], None, None));
    }

    #[test]
    fn those_nobody_knows_of_are_counted_in_all_and_listed_while_there_is_room() {
        let hit = |n: u8| search::Hit { id: id(n), why: search::Why::Scattered, second_pass: false };
        for (sure, all, listed, from, unknown) in [
            (98_u8, 110_u8, LISTED, Some(98), 12),
            (100, 110, LISTED, None, 10),
            (3, 3, 3, None, 0),
            (0, 5, 5, Some(0), 5),
        ] {
            let mut found = Found { ids: (1..=sure).map(id).collect(), total: usize::from(sure), ..Found::default() };
            let hits = (1..=all.min(100)).map(|n| hit(if n > sure { n + 100 } else { n })).collect();
            found.add_unknown(&search::Found { hits, total: usize::from(all), more: false });
            assert_eq!((found.ids.len(), found.unknown_from, found.unknown), (listed, from, unknown), "{sure} {all}");
        }
    }
}
