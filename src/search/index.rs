//! The records' keys in memory, and the search over them: a scan, no index, because a scan is quicker than a frame.
//!
//! Three buffers hold the text, romaji and digit keys of all records; a term is looked for in each by `memmem`. A record must
//! have all terms, each in any key; the worst of the terms' places is the record's rank. An edited record's old part is
//! blanked and its new one put at the end; when a quarter is blank, the buffers are written anew.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::keys::{Entry, FIELD, Keys};
use super::query::{Needle, Place, Query, Term};
use super::rank::{Why, class, why};
use super::scan::Buffer;
use super::second;
use crate::desk::id::Id;

/// A query with fewer hits than this gets a second pass.
const FEW: usize = 5;

/// A record that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub id: Id,
    /// Where.
    pub why: Why,
    /// Whether only the second pass found it (略称): shown under a divider, after all others.
    pub second_pass: bool,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The best, best first, at most as many as were asked for.
    pub hits: Vec<Hit>,
    /// How many records there are in all, without the second pass.
    pub total: usize,
}

/// What is remembered of a record beside its keys.
struct Slot {
    /// [`Id::NIL`] when the record is gone.
    id: Id,
    order: [u8; 16],
    recent: u32,
    /// Where the fields of the text part end: name, short name, kana, address.
    text_ends: [u16; 4],
    /// Where the fields of the romaji part end: first reading, second reading, address.
    romaji_ends: [u16; 3],
    /// Where its word beginnings stand in the pool, and how many there are in the text and the romaji part.
    words: u32,
    text_words: u16,
    romaji_words: u16,
}

/// All records that can be searched.
pub struct Index {
    slots: Vec<Slot>,
    by_id: HashMap<Id, u32>,
    names: Buffer,
    text: Buffer,
    romaji: Buffer,
    digits: Buffer,
    words: Vec<u16>,
}

impl Default for Index {
    fn default() -> Self {
        Self::new()
    }
}

impl Index {
    /// An index without records.
    pub fn new() -> Self {
        Self {
            slots: Vec::new(),
            by_id: HashMap::new(),
            names: Buffer::default(),
            text: Buffer::signed(2),
            romaji: Buffer::signed(3),
            digits: Buffer::default(),
            words: Vec::new(),
        }
    }

    /// Gives back memory that was taken ahead: to be called when a load is done.
    pub fn settle(&mut self) {
        for buffer in [&mut self.names, &mut self.text, &mut self.romaji, &mut self.digits] {
            buffer.settle();
        }
        self.slots.shrink_to_fit();
        self.words.shrink_to_fit();
        self.by_id.shrink_to_fit();
    }

    /// How many records it holds.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether it holds no record.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// How many bytes of memory it has taken.
    pub fn memory(&self) -> usize {
        [&self.names, &self.text, &self.romaji, &self.digits].iter().map(|b| b.memory()).sum::<usize>()
            + self.slots.capacity() * size_of::<Slot>()
            + self.words.capacity() * size_of::<u16>()
            + self.by_id.capacity() * (size_of::<(Id, u32)>() + 1)
    }

    /// Adds a record, in place of the one with this identity if there is one.
    pub fn insert(&mut self, id: Id, entry: &Entry<'_>) {
        self.insert_keys(id, &Keys::of(entry));
    }

    /// The same as [`Index::insert`]: says that the record is known to be there.
    pub fn replace(&mut self, id: Id, entry: &Entry<'_>) {
        self.insert(id, entry);
    }

    /// Adds a record by keys that were computed before.
    pub fn insert_keys(&mut self, id: Id, keys: &Keys) {
        self.remove(id);
        let Ok(slot) = u32::try_from(self.slots.len()) else { return };
        self.names.push(&keys.name);
        self.text.push(&keys.text);
        self.romaji.push(&keys.romaji);
        self.digits.push(&keys.digits);
        let words = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.extend_from_slice(&keys.text_starts);
        self.words.extend_from_slice(&keys.romaji_starts);
        self.slots.push(Slot {
            id,
            order: keys.order,
            recent: keys.recent,
            text_ends: ends(&keys.text),
            romaji_ends: ends(&keys.romaji),
            words,
            text_words: u16::try_from(keys.text_starts.len()).unwrap_or(u16::MAX),
            romaji_words: u16::try_from(keys.romaji_starts.len()).unwrap_or(u16::MAX),
        });
        self.by_id.insert(id, slot);
    }

    /// Takes a record out; whether it was there.
    pub fn remove(&mut self, id: Id) -> bool {
        let Some(slot) = self.by_id.remove(&id) else { return false };
        let slot = slot as usize;
        for buffer in [&mut self.names, &mut self.text, &mut self.romaji, &mut self.digits] {
            buffer.blank(slot);
        }
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.id = Id::NIL;
        }
        let (size, dead) = self.text.size();
        if dead > size / 4 && self.slots.len() > 64 {
            self.compact();
        }
        true
    }

    /// Notes when a record was last used ([`Entry::recent`]).
    pub fn touch(&mut self, id: Id, recent: u32) {
        let slot = self.by_id.get(&id).and_then(|slot| self.slots.get_mut(*slot as usize));
        if let Some(slot) = slot {
            slot.recent = recent;
        }
    }

    /// The best hits, best first, at most `limit`.
    pub fn search(&self, query: &Query, limit: usize) -> Vec<Hit> {
        self.find(query, limit).hits
    }

    /// Which records have every word of the query, to be asked record by record: for a list that has an order of its own.
    pub fn matching(&self, query: &Query) -> Matching<'_> {
        Matching { index: self, ranks: self.ranks(query) }
    }

    /// The best hits with the number of all.
    pub fn find(&self, query: &Query, limit: usize) -> Found {
        let ranks = self.ranks(query);
        let mut heap = BinaryHeap::with_capacity(limit + 1);
        let mut total = 0;
        for (at, slot) in self.slots.iter().enumerate() {
            let rank = ranks.as_ref().map_or(0, |ranks| ranks.get(at).copied().unwrap_or(class::NONE));
            if rank == class::NONE || slot.id.is_nil() {
                continue;
            }
            total += 1;
            let key = (rank, Reverse(slot.recent), slot.order, at);
            if heap.len() < limit {
                heap.push(key);
            } else if heap.peek().is_some_and(|worst| key < *worst) {
                heap.pop();
                heap.push(key);
            }
        }
        let asked = !query.is_empty();
        let best = heap.into_sorted_vec().into_iter().filter_map(|(rank, .., at)| {
            let why = if asked { why(rank) } else { Why::All };
            Some(Hit { id: self.slots.get(at)?.id, why, second_pass: false })
        });
        let mut hits: Vec<Hit> = best.collect();
        if asked && total < FEW && query.kanji() >= 2 {
            self.second_pass(query, ranks.as_deref().unwrap_or_default(), limit, &mut hits);
        }
        Found { hits, total }
    }

    fn second_pass(&self, query: &Query, ranks: &[u8], limit: usize, hits: &mut Vec<Hit>) {
        let found = second::scattered(&self.text, query, |slot| {
            let dead = self.slots.get(slot).is_none_or(|s| s.id.is_nil());
            let end = self.slots.get(slot).and_then(|s| s.text_ends.first()).copied().unwrap_or_default();
            let new = ranks.get(slot).is_none_or(|rank| *rank == class::NONE);
            (!dead && new).then_some(usize::from(end))
        });
        let room = limit.saturating_sub(hits.len());
        let ids = found.into_iter().filter_map(|slot| Some(self.slots.get(slot)?.id));
        hits.extend(ids.take(room).map(|id| Hit { id, why: Why::Scattered, second_pass: true }));
    }

    /// The rank of every record; `None` when the query asks for nothing.
    fn ranks(&self, query: &Query) -> Option<Vec<u8>> {
        let mut terms = query.terms.iter();
        let mut ranks = self.term_ranks(terms.next()?);
        for term in terms {
            // A record must have all terms: the worse rank counts, and "not found" is the worst.
            for (rank, other) in ranks.iter_mut().zip(self.term_ranks(term)) {
                *rank = (*rank).max(other);
            }
        }
        self.exact_names(query, &mut ranks);
        Some(ranks)
    }

    /// Raises the names that begin with the very characters that were typed.
    fn exact_names(&self, query: &Query, ranks: &mut [u8]) {
        for (at, rank) in ranks.iter_mut().enumerate().filter(|(_, rank)| **rank == class::NAME_WORD) {
            if self.names.part(at).starts_with(query.raw.as_bytes()) {
                *rank = class::EXACT_NAME;
            }
        }
    }

    fn term_ranks(&self, term: &Term) -> Vec<u8> {
        let mut ranks = vec![class::NONE; self.slots.len()];
        for needle in &term.needles {
            let buffer = match needle.place {
                Place::Text => &self.text,
                Place::Romaji | Place::FlatRomaji => &self.romaji,
                Place::Digits => &self.digits,
            };
            buffer.each(&needle.finder, |at, offset| {
                let Some((slot, rank)) = self.slots.get(at).zip(ranks.get_mut(at)) else { return };
                let here = match needle.place {
                    Place::Text => self.text_class(slot, at, offset, needle),
                    Place::Romaji => self.romaji_class(slot, at, offset, needle),
                    Place::FlatRomaji => weaker(self.romaji_class(slot, at, offset, needle)),
                    Place::Digits => self.digits_class(at, offset, needle),
                };
                *rank = (*rank).min(here);
            });
        }
        ranks
    }

    fn text_class(&self, slot: &Slot, at: usize, offset: usize, needle: &Needle) -> u8 {
        let [name, short, kana, address] = slot.text_ends.map(usize::from);
        if offset < kana {
            let words = self.words_of(slot).0;
            let (in_word, inside, end) = if offset < short.max(name) {
                (class::NAME_WORD, class::NAME_INSIDE, short.max(name))
            } else {
                (class::KANA_WORD, class::KANA_INSIDE, kana)
            };
            if at_word(self.text.part(at), needle, offset, end, words) { in_word } else { inside }
        } else if offset < address {
            class::ADDRESS
        } else {
            class::NOTE
        }
    }

    fn romaji_class(&self, slot: &Slot, at: usize, offset: usize, needle: &Needle) -> u8 {
        let [first, second, address] = slot.romaji_ends.map(usize::from);
        if offset < second {
            let words = self.words_of(slot).1;
            let (in_word, inside, end) = if offset < first {
                (class::KANA_WORD, class::KANA_INSIDE, first)
            } else {
                (class::FLAT_KANA_WORD, class::FLAT_KANA_INSIDE, second)
            };
            if at_word(self.romaji.part(at), needle, offset, end, words) { in_word } else { inside }
        } else if offset < address {
            class::ADDRESS
        } else {
            class::NOTE
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

    /// The word beginnings of the text part and of the romaji part.
    fn words_of(&self, slot: &Slot) -> (&[u16], &[u16]) {
        let from = slot.words as usize;
        let middle = from + usize::from(slot.text_words);
        let end = middle + usize::from(slot.romaji_words);
        (self.words.get(from..middle).unwrap_or_default(), self.words.get(middle..end).unwrap_or_default())
    }

    /// Writes the buffers anew without the records that are gone.
    fn compact(&mut self) {
        let live: Vec<usize> =
            (0..self.slots.len()).filter(|at| !self.slots.get(*at).is_none_or(|s| s.id.is_nil())).collect();
        for buffer in [&mut self.names, &mut self.text, &mut self.romaji, &mut self.digits] {
            *buffer = buffer.keep(live.iter().copied());
        }
        let mut words = Vec::with_capacity(self.words.len());
        let mut slots = Vec::with_capacity(live.len());
        for mut slot in std::mem::take(&mut self.slots).into_iter().filter(|slot| !slot.id.is_nil()) {
            let from = slot.words as usize;
            let count = usize::from(slot.text_words) + usize::from(slot.romaji_words);
            slot.words = u32::try_from(words.len()).unwrap_or(u32::MAX);
            words.extend_from_slice(self.words.get(from..from + count).unwrap_or_default());
            slots.push(slot);
        }
        self.words = words;
        self.by_id = slots.iter().zip(0..).map(|(slot, at)| (slot.id, at)).collect();
        self.slots = slots;
    }
}

/// What a query found, without an order and without the second pass.
pub struct Matching<'a> {
    index: &'a Index,
    /// `None`: nothing was asked for, and every record has it.
    ranks: Option<Vec<u8>>,
}

impl Matching<'_> {
    /// Whether this record was found.
    pub fn has(&self, id: Id) -> bool {
        let Some(ranks) = &self.ranks else { return true };
        let slot = self.index.by_id.get(&id).and_then(|slot| ranks.get(*slot as usize));
        slot.is_some_and(|rank| *rank != class::NONE)
    }
}

/// Whether the needle, first found at `offset`, stands before `end` at the beginning of a word.
fn at_word(part: &[u8], needle: &Needle, offset: usize, end: usize, words: &[u16]) -> bool {
    let key = needle.finder.needle();
    words
        .iter()
        .map(|word| usize::from(*word))
        .filter(|word| (offset..end).contains(word))
        .any(|word| word == offset || part.get(word..).is_some_and(|rest| rest.starts_with(key)))
}

/// The rank of a hit that only the key without long vowels has.
const fn weaker(rank: u8) -> u8 {
    match rank {
        class::KANA_WORD => class::FLAT_KANA_WORD,
        class::KANA_INSIDE => class::FLAT_KANA_INSIDE,
        class::ADDRESS => class::FLAT_ADDRESS,
        class::NOTE => class::FLAT_NOTE,
        other => other,
    }
}

/// Where the first fields of a part end, in bytes.
fn ends<const N: usize>(part: &str) -> [u16; N] {
    let mut ends = [u16::MAX; N];
    for (end, (at, _)) in ends.iter_mut().zip(part.match_indices(FIELD)) {
        *end = u16::try_from(at).unwrap_or(u16::MAX);
    }
    ends
}
