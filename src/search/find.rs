//! The search over an index: which records have all words of a query, where, and the best of them.
//!
//! Words that begin a name or a reading are found without a scan; the rest by `memmem`, in 五十音順, the best places first. What
//! can't be among the best any more is only counted, and beyond [`COUNTED`] not even that.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::{ControlFlow, Range};

use super::heads::Of;
use super::index::{Found, Hit, Index};
use super::keys::FIELD;
use super::query::{Group, Needle, Place, Query, Term};
use super::rank::{Rank, Why, class};
use super::scan::Buffer;
use super::second;
use crate::desk::id::Id;

/// A query with fewer hits than this gets a second pass.
const FEW: usize = 5;

/// How many hits are counted at most where only the best are wanted.
const COUNTED: usize = 10_000;

/// So many digits at the end of a number are what people remember of it.
const PHONE_END: usize = 4;

/// More records than these outside of every run, and all are looked at.
const APART: usize = 2_000;

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
            let Some(standing) = self.standings.get(at) else { continue };
            let key = (rank, Reverse(standing.recent), standing.order, at);
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
        let found = second::scattered(&self.names, query, |slot| {
            let dead = self.slots.get(slot).is_none_or(|s| s.id.is_nil());
            let end = self.slots.get(slot).and_then(|s| s.names.first()).copied().unwrap_or_default();
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
            if self.written.get(at).is_some_and(|written| written.begins_with(&query.raw)) {
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
        let mut few = self.candidates(query);
        let mut left: Option<Vec<Rank>> = None;
        for group in &query.groups {
            let ranks = self.group(group, alone, &few);
            few.retain(|at| ranks.get(*at as usize).is_some_and(|rank| *rank != Rank::NONE));
            match &mut left {
                None => left = Some(ranks),
                Some(left) => left.iter_mut().zip(ranks).for_each(|(rank, other)| *rank = rank.and(other)),
            }
        }
        Tally { ranks: left.unwrap_or_default(), total: few.len(), ..Tally::default() }
    }

    /// The records that may have all words, by their signs and tags, in their order.
    fn candidates(&self, query: &Query) -> Vec<u32> {
        let blocks = self.slots.len().div_ceil(64);
        let mut all = vec![u64::MAX; blocks];
        for group in &query.groups {
            let mut any = vec![0; blocks];
            for meaning in &group.meanings {
                let mut every = vec![u64::MAX; blocks];
                for term in &meaning.terms {
                    let mut one = vec![0; blocks];
                    for scan in scans(term) {
                        self.buffer(scan.keys).candidates(&scan.needle.finder, &mut one);
                    }
                    every.iter_mut().zip(one).for_each(|(word, one)| *word &= one);
                }
                any.iter_mut().zip(every).for_each(|(word, every)| *word |= every);
            }
            let tagged = self.tagged(group);
            any.iter_mut().zip(tagged).for_each(|(word, tagged)| *word |= tagged);
            all.iter_mut().zip(any).for_each(|(word, any)| *word &= any);
        }
        let bits = |word: u64| (0..64_u32).filter(move |bit| word & (1 << bit) != 0);
        let slots =
            all.into_iter().zip((0_u32..).step_by(64)).flat_map(|(word, from)| bits(word).map(move |bit| from + bit));
        slots.filter(|at| self.slots.get(*at as usize).is_some_and(|slot| !slot.id.is_nil())).collect()
    }

    /// The ranks of these `few` records: the best of what the group's words may mean.
    fn group(&self, group: &Group, alone: bool, few: &[u32]) -> Vec<Rank> {
        let mut ranks = vec![Rank::NONE; self.slots.len()];
        for meaning in &group.meanings {
            let mut all: Option<Vec<Rank>> = None;
            for term in &meaning.terms {
                let found = self.term(term, usize::MAX, Some(few)).ranks;
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
        let tagged = self.tagged(group);
        for at in few.iter().map(|at| *at as usize) {
            let found = tagged.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0);
            if let Some(rank) = ranks.get_mut(at).filter(|rank| found && !rank.is_of_name()) {
                *rank = (*rank).min(by_tag);
            }
        }
        ranks
    }

    /// The records that a group means by its tags: a bit each.
    fn tagged(&self, group: &Group) -> Vec<u64> {
        let mut tagged = vec![0; self.slots.len().div_ceil(64)];
        let set = |tagged: &mut Vec<u64>, tags: &[String]| {
            for slot in tags.iter().filter_map(|tag| self.tags.get(tag.as_str())).flatten() {
                tagged.iter_mut().skip(*slot as usize / 64).take(1).for_each(|word| *word |= 1 << (slot % 64));
            }
        };
        set(&mut tagged, &group.tags);
        if group.without {
            for word in &mut tagged {
                *word = !*word;
            }
            set(&mut tagged, &group.unless);
        }
        tagged
    }

    /// The rank of every record, or of these `few`, by one word.
    fn term(&self, term: &Term, limit: usize, few: Option<&[u32]>) -> Tally {
        let mut tally = Tally { ranks: vec![Rank::NONE; self.slots.len()], ..Tally::default() };
        for needle in &term.needles {
            self.by_heads(needle, &mut tally);
        }
        let apart = if few.is_none() && limit < self.slots.len() { self.apart() } else { None };
        for scan in scans(term) {
            // Whatever this scan finds stands behind those that are found: then it is only counted.
            let decided = tally.better_than(scan.best) >= limit;
            if decided && tally.total >= COUNTED {
                tally.more = true;
                break;
            }
            if let Some(few) = few.or(apart.as_deref()) {
                self.buffer(scan.keys)
                    .each_of(&scan.needle.finder, few, |at, offset| self.note(&scan, at, offset, &mut tally));
            }
            if few.is_none() {
                self.scan(&scan, &mut tally, limit, decided, apart.is_some());
            }
        }
        tally
    }

    /// One scan over all records; in `runs`, which are in 五十音順, only as far as they can bring one of the best, and enough
    /// are counted.
    fn scan(&self, scan: &Scan<'_>, tally: &mut Tally, limit: usize, decided: bool, runs: bool) {
        let mut from = 0;
        for run in self.runs.iter().filter(|_| runs) {
            self.scan_run(scan, tally, limit, decided, from..run.start, false);
            self.scan_run(scan, tally, limit, decided, run.clone(), true);
            from = run.end;
        }
        self.scan_run(scan, tally, limit, decided, from..self.slots.len(), false);
    }

    fn scan_run(
        &self,
        scan: &Scan<'_>,
        tally: &mut Tally,
        limit: usize,
        decided: bool,
        slots: Range<usize>,
        sorted: bool,
    ) {
        if slots.is_empty() {
            return;
        }
        let mut here = 0;
        self.buffer(scan.keys).each_in(&scan.needle.finder, slots, |at, offset| {
            if decided {
                tally.count(at);
            } else {
                self.note(scan, at, offset, tally);
                here += usize::from(tally.ranks.get(at) == Some(&scan.best));
            }
            // Those to come are no better than `best`, and behind the ones here in 五十音順.
            let enough = decided || sorted && tally.better_than(scan.best) + here >= limit;
            if enough && tally.total >= COUNTED {
                tally.more = true;
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
    }

    fn note(&self, scan: &Scan<'_>, at: usize, offset: usize, tally: &mut Tally) {
        tally.note(at, || self.class(scan, at, offset), scan.best);
    }

    /// The records that stand before others whatever their 五十音順, or outside of every run: used lately, or changed since they
    /// came. `None`: too many are.
    fn apart(&self) -> Option<Vec<u32>> {
        let outside = self.slots.len() - self.runs.iter().map(Range::len).sum::<usize>();
        if outside > APART {
            return None;
        }
        let mut apart = self.used.clone();
        let mut from = 0;
        for run in self.runs.iter().cloned().chain(std::iter::once(self.slots.len()..self.slots.len())) {
            apart.extend((from..run.start).filter_map(|at| u32::try_from(at).ok()));
            from = run.end;
        }
        Some(apart)
    }

    const fn buffer(&self, keys: In) -> &Buffer {
        match keys {
            In::Names => &self.names,
            In::Readings => &self.readings,
            In::Address => &self.address,
            In::Notes => &self.notes,
            In::Digits => &self.digits,
        }
    }

    /// The records in whose name or reading a word begins with the needle.
    fn by_heads(&self, needle: &Needle, tally: &mut Tally) {
        let Ok(key) = std::str::from_utf8(needle.finder.needle()) else { return };
        let romaji = match needle.place {
            Place::Text => false,
            Place::Romaji | Place::FlatRomaji => true,
            Place::Digits => return,
        };
        let part = |of: Of, slot: usize| match of {
            Of::Name | Of::Kana => self.names.part(slot),
            Of::Romaji | Of::Flat => self.readings.part(slot),
        };
        let some_gone = self.len() < self.slots.len();
        self.heads.each(key, romaji, part, |at, of| {
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
    fn class(&self, scan: &Scan<'_>, at: usize, offset: usize) -> u8 {
        let Some(slot) = self.slots.get(at) else { return class::FLAT_NOTE };
        let [_, short, _] = slot.names.map(usize::from);
        let [first, _] = slot.readings.map(usize::from);
        match (scan.keys, scan.best.class()) {
            (In::Names, _) if offset >= short => class::KANA_INSIDE,
            (In::Readings, _) if offset >= first => class::FLAT_KANA_INSIDE,
            (In::Digits, _) => self.digits_class(at, offset, scan.needle),
            (In::Names | In::Readings | In::Address | In::Notes, best) => best,
        }
    }

    fn digits_class(&self, at: usize, offset: usize, needle: &Needle) -> u8 {
        let digits = needle.finder.needle();
        let mut rest = self.digits.part(at).get(offset..).unwrap_or_default();
        while digits.len() >= PHONE_END {
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
        let slot = self.index.slot_of(id).and_then(|slot| ranks.get(slot as usize));
        slot.is_some_and(|rank| *rank != Rank::NONE)
    }
}

/// Which keys of the records are looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum In {
    Names,
    Readings,
    Address,
    Notes,
    Digits,
}

/// One needle in one buffer.
struct Scan<'a> {
    needle: &'a Needle,
    keys: In,
    /// The best that it can find, where it begins no word of a name.
    best: Rank,
}

/// What is to be looked through for a word, what can find the best first.
fn scans(term: &Term) -> Vec<Scan<'_>> {
    let mut scans: Vec<Scan<'_>> = Vec::with_capacity(term.needles.len() * 2);
    for needle in &term.needles {
        let flat = needle.place == Place::FlatRomaji;
        let (address, note) =
            if flat { (class::FLAT_ADDRESS, class::FLAT_NOTE) } else { (class::ADDRESS, class::NOTE) };
        let all: &[(In, u8)] = match needle.place {
            Place::Text => &[(In::Names, class::NAME_INSIDE), (In::Address, address), (In::Notes, note)],
            Place::Romaji => &[(In::Readings, class::KANA_INSIDE), (In::Address, address), (In::Notes, note)],
            Place::FlatRomaji => &[(In::Readings, class::FLAT_KANA_INSIDE), (In::Address, address), (In::Notes, note)],
            // Fewer than four digits are no end that anybody remembers.
            Place::Digits if needle.finder.needle().len() < PHONE_END => &[(In::Digits, class::PHONE)],
            Place::Digits => &[(In::Digits, class::PHONE_END)],
        };
        for (keys, best) in all {
            // Letters are the same needle as text and as romaji.
            let same = |scan: &Scan<'_>| scan.keys == *keys && scan.needle.finder.needle() == needle.finder.needle();
            if !scans.iter().any(same) {
                scans.push(Scan { needle, keys: *keys, best: Rank::of(*best) });
            }
        }
    }
    scans.sort_by_key(|scan| scan.best);
    scans
}
