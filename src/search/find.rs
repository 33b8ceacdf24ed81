//! The search over an index: which records have all words of a query, where, and the best of them.
//!
//! Words that begin a name or a reading are found without a scan; the rest by `memmem`. What can't be among the best any more
//! is only counted, and beyond [`COUNTED`] not even that: a short query in a large directory is answered from its beginnings.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use super::heads::Of;
use super::index::{Found, Hit, Index, Slot};
use super::keys::FIELD;
use super::query::{Group, Needle, Place, Query, Term};
use super::rank::{Rank, Why, class};
use super::second;
use crate::desk::id::Id;

/// A query with fewer hits than this gets a second pass.
const FEW: usize = 5;

/// How many hits are counted at most where only the best are wanted.
const COUNTED: usize = 10_000;

/// Where fewer than one in so many records are left, they are asked one by one instead of a scan over all.
const SPARSE: usize = 8;

impl Index {
    /// The best hits, best first, at most `limit`.
    pub fn search(&self, query: &Query, limit: usize) -> Vec<Hit> {
        self.find(query, limit).hits
    }

    /// Which records have every word of the query, to be asked record by record: for a list that has an order of its own.
    pub fn matching(&self, query: &Query) -> Matching<'_> {
        let ranks = (!query.is_empty()).then(|| self.ranks(query, usize::MAX).ranks);
        Matching { index: self, ranks }
    }

    /// The best hits with the number of all.
    pub fn find(&self, query: &Query, limit: usize) -> Found {
        if query.is_empty() {
            let all = self.slots.iter().enumerate().filter(|(_, slot)| !slot.id.is_nil());
            let hits = self.best(all.map(|(at, _)| (Rank::ALL, at)), limit);
            return Found { hits, total: self.len(), more: false };
        }
        let mut found = self.ranks(query, limit);
        self.exact_names(query, &mut found.ranks);
        let ranked = found.ranks.iter().enumerate().filter(|(_, rank)| **rank != Rank::NONE);
        let mut hits = self.best(ranked.map(|(at, rank)| (*rank, at)), limit);
        if found.total < FEW && query.kanji() >= 2 && query.is_plain() {
            self.second_pass(query, &found.ranks, limit, &mut hits);
        }
        Found { hits, total: found.total, more: found.more }
    }

    /// The best of these: by rank, then recent use, then 五十音.
    fn best(&self, ranked: impl Iterator<Item = (Rank, usize)>, limit: usize) -> Vec<Hit> {
        let mut heap = BinaryHeap::with_capacity(limit.min(self.slots.len()) + 1);
        for (rank, at) in ranked {
            let full = heap.len() >= limit;
            // Most ranks are worse than the worst that is kept: the record needn't be looked at.
            if full && heap.peek().is_none_or(|(worst, ..): &(Rank, _, _, _)| rank > *worst) {
                continue;
            }
            let Some(slot) = self.slots.get(at) else { continue };
            let key = (rank, Reverse(slot.recent), slot.order, at);
            if !full {
                heap.push(key);
            } else if heap.peek().is_some_and(|worst| key < *worst) {
                heap.pop();
                heap.push(key);
            }
        }
        let hit = |at: usize, rank: Rank| Some(Hit { id: self.slots.get(at)?.id, why: rank.why(), second_pass: false });
        heap.into_sorted_vec().into_iter().filter_map(|(rank, .., at)| hit(at, rank)).collect()
    }

    fn second_pass(&self, query: &Query, ranks: &[Rank], limit: usize, hits: &mut Vec<Hit>) {
        let found = second::scattered(&self.text, query, |slot| {
            let dead = self.slots.get(slot).is_none_or(|s| s.id.is_nil());
            let end = self.slots.get(slot).and_then(|s| s.text_ends.first()).copied().unwrap_or_default();
            let new = ranks.get(slot).is_none_or(|rank| *rank == Rank::NONE);
            (!dead && new).then_some(usize::from(end))
        });
        let room = limit.saturating_sub(hits.len());
        let ids = found.into_iter().filter_map(|slot| Some(self.slots.get(slot)?.id));
        hits.extend(ids.take(room).map(|id| Hit { id, why: Why::Scattered, second_pass: true }));
    }

    /// Raises the names that begin with the very characters that were typed.
    fn exact_names(&self, query: &Query, ranks: &mut [Rank]) {
        let (word, exact) = (Rank::of(class::NAME_WORD), Rank::of(class::EXACT_NAME));
        for (at, rank) in ranks.iter_mut().enumerate().filter(|(_, rank)| **rank == word) {
            if self.names.part(at).starts_with(query.raw.as_bytes()) {
                *rank = exact;
            }
        }
    }

    /// The rank of every record, or, of those that can't be among the best `limit`, at least of as many as are counted.
    fn ranks(&self, query: &Query, limit: usize) -> Tally {
        if let [group] = query.groups.as_slice()
            && let Some(term) = group.only_term()
        {
            return self.term(term, limit, None);
        }
        let alone = query.groups.len() == 1;
        let mut groups: Vec<&Group> = query.groups.iter().collect();
        // The longest is probably the rarest, and what it leaves is quickly asked for the others.
        groups.sort_by_key(|group| Reverse(group.weight()));
        let mut left: Option<Vec<Rank>> = None;
        for group in groups {
            let ranks = self.group(group, alone, left.as_deref());
            match &mut left {
                None => left = Some(ranks),
                Some(left) => left.iter_mut().zip(ranks).for_each(|(rank, other)| *rank = rank.and(other)),
            }
        }
        let ranks = left.unwrap_or_default();
        let total = ranks.iter().filter(|rank| **rank != Rank::NONE).count();
        Tally { ranks, total, ..Tally::default() }
    }

    /// The rank of every record that is `left`: the best of what the group's words may mean.
    fn group(&self, group: &Group, alone: bool, left: Option<&[Rank]>) -> Vec<Rank> {
        let mut ranks = vec![Rank::NONE; self.slots.len()];
        for meaning in &group.meanings {
            let mut all: Option<Vec<Rank>> = None;
            for term in &meaning.terms {
                let found = self.term(term, usize::MAX, all.as_deref().or(left)).ranks;
                match &mut all {
                    None => all = Some(found),
                    Some(all) => all.iter_mut().zip(found).for_each(|(rank, other)| *rank = rank.and(other)),
                }
            }
            for (rank, found) in ranks.iter_mut().zip(all.unwrap_or_default()) {
                if !meaning.in_names || found.is_of_name() {
                    *rank = (*rank).min(found);
                }
            }
        }
        // Beside other words a tag says that the record may stay, not where it stands; alone, names come before it.
        let by_tag = if alone { Rank::tagged(class::ADDRESS) } else { Rank::tagged(class::EXACT_NAME) };
        for slot in group.tags.iter().filter_map(|tag| self.tags.get(tag.as_str())).flatten() {
            let at = *slot as usize;
            let gone = self.slots.get(at).is_none_or(|slot| slot.id.is_nil());
            if let Some(rank) = ranks.get_mut(at).filter(|rank| !gone && !rank.is_of_name()) {
                *rank = (*rank).min(by_tag);
            }
        }
        ranks
    }

    /// The rank of every record that is `left` by one word.
    fn term(&self, term: &Term, limit: usize, left: Option<&[Rank]>) -> Tally {
        let mut tally = Tally { ranks: vec![Rank::NONE; self.slots.len()], ..Tally::default() };
        for needle in &term.needles {
            self.by_heads(needle, &mut tally);
        }
        let few: Option<Vec<usize>> = left.and_then(|left| {
            let count = left.iter().filter(|rank| **rank != Rank::NONE).count();
            let some = || left.iter().enumerate().filter(|(_, rank)| **rank != Rank::NONE).map(|(at, _)| at);
            (count < left.len() / SPARSE).then(|| some().collect())
        });
        let mut needles: Vec<&Needle> = term.needles.iter().collect();
        needles.sort_by_key(|needle| needle.place.best());
        for needle in needles {
            let best = Rank::of(needle.place.best());
            // Whatever this needle finds stands behind those that are found: then it is only counted.
            let decided = tally.better_than(best) >= limit;
            if decided && tally.total >= COUNTED {
                tally.more = true;
                break;
            }
            if let Some(few) = &few {
                let buffer = self.buffer(needle.place);
                for at in few {
                    if let Some(offset) = needle.finder.find(buffer.part(*at)) {
                        tally.note(*at, || self.inside(needle, *at, offset), best);
                    }
                }
                continue;
            }
            self.buffer(needle.place).each(&needle.finder, |at, offset| {
                if decided {
                    tally.count(at);
                    if tally.total >= COUNTED {
                        tally.more = true;
                        return ControlFlow::Break(());
                    }
                } else {
                    tally.note(at, || self.inside(needle, at, offset), best);
                }
                ControlFlow::Continue(())
            });
        }
        tally
    }

    const fn buffer(&self, place: Place) -> &super::scan::Buffer {
        match place {
            Place::Text => &self.text,
            Place::Romaji | Place::FlatRomaji => &self.romaji,
            Place::Digits => &self.digits,
        }
    }

    /// The records in whose name or reading a word begins with the needle.
    fn by_heads(&self, needle: &Needle, tally: &mut Tally) {
        let Ok(key) = std::str::from_utf8(needle.finder.needle()) else { return };
        let wanted: &[Of] = match needle.place {
            Place::Text => &[Of::Name, Of::Kana],
            Place::Romaji | Place::FlatRomaji => &[Of::Romaji, Of::Flat],
            Place::Digits => return,
        };
        let part = |of: Of, slot: usize| match of {
            Of::Name | Of::Kana => self.text.part(slot),
            Of::Romaji | Of::Flat => self.romaji.part(slot),
        };
        let some_gone = self.by_id.len() < self.slots.len();
        self.heads.each(key, wanted, part, |at, of| {
            if some_gone && self.slots.get(at).is_none_or(|slot| slot.id.is_nil()) {
                return;
            }
            let class = match (of, needle.place) {
                (Of::Name, _) => class::NAME_WORD,
                (Of::Kana, _) | (Of::Romaji, Place::Romaji) => class::KANA_WORD,
                (Of::Romaji | Of::Flat, _) => class::FLAT_KANA_WORD,
            };
            tally.note(at, || class, Rank::of(class));
        });
    }

    /// The class of a needle that stands at this offset of a record's part, where no word of a name begins with it.
    fn inside(&self, needle: &Needle, at: usize, offset: usize) -> u8 {
        let Some(slot) = self.slots.get(at) else { return class::NOTE };
        match needle.place {
            Place::Text => text_class(slot, offset),
            Place::Romaji => romaji_class(slot, offset),
            Place::FlatRomaji => weaker(romaji_class(slot, offset)),
            Place::Digits => self.digits_class(at, offset, needle),
        }
    }

    fn digits_class(&self, at: usize, offset: usize, needle: &Needle) -> u8 {
        let digits = needle.finder.needle();
        let mut rest = self.digits.part(at).get(offset..).unwrap_or_default();
        // The last four digits are what people remember of a number.
        while digits.len() >= 4 {
            let Some(found) = needle.finder.find(rest) else { break };
            rest = rest.get(found + digits.len()..).unwrap_or_default();
            if rest.first().is_some_and(|b| char::from(*b) == FIELD) {
                return class::PHONE_END;
            }
        }
        class::PHONE
    }
}

/// What one word has found so far.
#[derive(Default)]
struct Tally {
    ranks: Vec<Rank>,
    /// How many records have a rank.
    total: usize,
    /// How many have each class.
    classes: [usize; class::COUNT],
    /// Whether there may be more than are counted.
    more: bool,
}

impl Tally {
    /// Notes a hit; its class is asked for only where it could be better than what is known, `best` being the best that it can be.
    fn note(&mut self, at: usize, class: impl FnOnce() -> u8, best: Rank) {
        let Some(rank) = self.ranks.get_mut(at).filter(|rank| **rank > best) else { return };
        let found = class();
        let new = Rank::of(found);
        if new < *rank {
            if *rank == Rank::NONE {
                self.total += 1;
            } else if let Some(count) = self.classes.get_mut(usize::from(rank.class())) {
                *count -= 1;
            }
            if let Some(count) = self.classes.get_mut(usize::from(found)) {
                *count += 1;
            }
            *rank = new;
        }
    }

    /// Counts a hit that can't be among the best, whatever its class.
    fn count(&mut self, at: usize) {
        if self.ranks.get(at).is_some_and(|rank| *rank == Rank::NONE) {
            self.note(at, || class::FLAT_NOTE, Rank::ALL);
        }
    }

    /// How many hits are better than this.
    fn better_than(&self, rank: Rank) -> usize {
        self.classes.iter().take(usize::from(rank.class())).sum()
    }
}

/// What a query found, without an order and without the second pass.
pub struct Matching<'a> {
    index: &'a Index,
    /// `None`: nothing was asked for, and every record has it.
    ranks: Option<Vec<Rank>>,
}

impl Matching<'_> {
    /// Whether this record was found.
    pub fn has(&self, id: Id) -> bool {
        let Some(ranks) = &self.ranks else { return true };
        let slot = self.index.by_id.get(&id).and_then(|slot| ranks.get(*slot as usize));
        slot.is_some_and(|rank| *rank != Rank::NONE)
    }
}

fn text_class(slot: &Slot, offset: usize) -> u8 {
    let [name, short, kana, address] = slot.text_ends.map(usize::from);
    match offset {
        at if at < short.max(name) => class::NAME_INSIDE,
        at if at < kana => class::KANA_INSIDE,
        at if at < address => class::ADDRESS,
        _ => class::NOTE,
    }
}

fn romaji_class(slot: &Slot, offset: usize) -> u8 {
    let [first, second, address] = slot.romaji_ends.map(usize::from);
    match offset {
        at if at < first => class::KANA_INSIDE,
        at if at < second => class::FLAT_KANA_INSIDE,
        at if at < address => class::ADDRESS,
        _ => class::NOTE,
    }
}

/// The class of a hit that only the key without long vowels has.
const fn weaker(class: u8) -> u8 {
    match class {
        class::KANA_INSIDE => class::FLAT_KANA_INSIDE,
        class::ADDRESS => class::FLAT_ADDRESS,
        class::NOTE => class::FLAT_NOTE,
        other => other,
    }
}
