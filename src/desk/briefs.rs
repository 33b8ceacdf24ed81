//! The briefs of all cases, in the order of their identities: a sorted map that holds a hundred thousand of them in little more
//! than their own memory. `BTreeMap` leaves its nodes half empty where what arrives is in order, and so takes twice as much.

use super::brief::Brief;
use super::id::Id;

/// How many briefs share a piece of memory: to put one between the others moves no more than these.
const SHELF: usize = 32;

/// Briefs by identity. None is there twice.
#[derive(Debug, Default)]
pub struct Briefs {
    /// Ascending, in each and from one to the next; none is empty.
    shelves: Vec<Vec<Brief>>,
    len: usize,
}

impl Briefs {
    /// The brief of this case.
    pub fn get(&self, id: Id) -> Option<&Brief> {
        let (shelf, place) = self.find(id);
        self.shelves.get(shelf)?.get(place.ok()?)
    }

    /// Whether this case is there.
    pub fn has(&self, id: Id) -> bool {
        self.find(id).1.is_ok()
    }

    /// All of them, in the order of their identities.
    pub fn iter(&self) -> impl Iterator<Item = &Brief> {
        self.shelves.iter().flatten()
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Puts a brief in its place; the one that stood there before.
    pub fn insert(&mut self, brief: Brief) -> Option<Brief> {
        let (at, place) = self.find(brief.id);
        let place = match place {
            Ok(place) => {
                let there = self.shelves.get_mut(at)?.get_mut(place)?;
                return Some(std::mem::replace(there, brief));
            }
            Err(place) => place,
        };
        self.len += 1;
        match self.shelves.get_mut(at) {
            Some(shelf) if shelf.len() < SHELF => shelf.insert(place, brief),
            // Cut where the new one goes, not in the middle: what arrives in order leaves full shelves behind.
            Some(shelf) => {
                let behind = shelf.split_off(place);
                if place < SHELF / 2 {
                    shelf.push(brief);
                    self.shelves.insert(at + 1, behind);
                } else {
                    self.shelves.insert(at + 1, shelf_of(brief, behind));
                }
            }
            None => self.shelves.push(shelf_of(brief, Vec::new())),
        }
        None
    }

    /// Takes a brief out.
    pub fn remove(&mut self, id: Id) -> Option<Brief> {
        let (at, place) = self.find(id);
        let shelf = self.shelves.get_mut(at)?;
        let gone = shelf.remove(place.ok()?);
        self.len -= 1;
        if shelf.is_empty() {
            self.shelves.remove(at);
        }
        Some(gone)
    }

    /// The shelf of this case, and its place there or the one where it would stand.
    fn find(&self, id: Id) -> (usize, Result<usize, usize>) {
        let behind = self.shelves.partition_point(|shelf| shelf.first().is_some_and(|first| first.id <= id));
        let at = behind.saturating_sub(1);
        let shelf = self.shelves.get(at).map(Vec::as_slice).unwrap_or_default();
        (at, shelf.binary_search_by_key(&id, |brief| brief.id))
    }
}

/// A new shelf with this brief, and those behind it.
fn shelf_of(first: Brief, behind: Vec<Brief>) -> Vec<Brief> {
    let mut shelf = Vec::with_capacity(SHELF);
    shelf.push(first);
    shelf.extend(behind);
    shelf
}

impl PartialEq for Briefs {
    /// However they stand on their shelves.
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl FromIterator<Brief> for Briefs {
    fn from_iter<T: IntoIterator<Item = Brief>>(briefs: T) -> Self {
        let mut all = Self::default();
        for brief in briefs {
            all.insert(brief);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::desk::case::Case;

    fn id(n: u32) -> Id {
        Id::from_bytes(u128::from(n).to_be_bytes())
    }

    fn brief(n: u32, summary: &str) -> Brief {
        Brief::of(id(n), &Case { summary: summary.to_owned(), ..Case::default() })
    }

    /// The same numbers on every machine, in no order.
    fn numbers() -> impl Iterator<Item = u32> {
        std::iter::successors(Some(7_u32), |n| Some(n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)))
            .map(|n| n >> 8)
    }

    #[test]
    fn it_holds_what_a_map_holds_whatever_came_and_went() {
        let (mut briefs, mut map) = (Briefs::default(), BTreeMap::new());
        for (n, number) in numbers().take(6_000).enumerate() {
            let number = number % 2_500;
            if n % 3 == 2 {
                assert_eq!(briefs.remove(id(number)), map.remove(&id(number)));
            } else {
                let brief = brief(number, &format!("架空{n}"));
                assert_eq!(briefs.insert(brief.clone()), map.insert(brief.id, brief));
            }
            assert_eq!(briefs.get(id(number)), map.get(&id(number)));
        }
        assert_eq!(briefs.len(), map.len());
        assert!(briefs.iter().eq(map.values()));
        for number in 0..2_500 {
            assert_eq!(briefs.has(id(number)), map.contains_key(&id(number)));
        }
        for number in 0..2_500 {
            briefs.remove(id(number));
        }
        assert!(briefs.is_empty() && briefs.shelves.is_empty());
    }

    #[test]
    fn a_desk_that_arrives_in_order_behind_its_open_cases_leaves_few_places_empty() {
        let mut briefs: Briefs = (0..300).map(|n| brief(n * 333, "開")).collect();
        for number in 0..100_000 {
            briefs.insert(brief(number, "済"));
        }
        assert_eq!(briefs.len(), 100_000);
        let places: usize = briefs.shelves.iter().map(Vec::capacity).sum();
        assert!(places <= 130_000, "{places}");
        assert!(briefs.iter().map(|brief| brief.id).is_sorted());
        assert_eq!(briefs, (0..100_000).map(|n| brief(n, "済")).collect());
    }
}
