//! The records' keys in memory, and the search over them: a scan, no index, because a scan is quicker than a frame.
//!
//! Buffers hold the text, romaji and digit keys of all records, what they are called apart from all else; `find` looks for a
//! query's terms in each. Records that arrive together stand in 五十音順 among themselves (a run), so that a load leaves nothing
//! to be put in order. An edited record's old part is blanked and its new one put at the end; when a quarter is blank, the
//! buffers are written anew.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use hashbrown::HashTable;

use super::heads::{Heads, Of};
use super::keys::{Entry, FIELD, Keys};
use super::rank::Why;
use super::scan::Buffer;
use crate::desk::id::Id;

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
    /// Whether there are more than `total`: nobody needs the number of tens of thousands, and counting them takes its time.
    pub more: bool,
}

/// How many bytes of a name are remembered as they are written: enough to tell by them what is typed.
const WRITTEN: usize = 24;

/// Fewer records than these make no run: each run costs every search a few hits more.
const RUN: usize = 64;

/// What is remembered of a record beside its keys.
pub(super) struct Slot {
    /// [`Id::NIL`] when the record is gone.
    pub id: Id,
    /// Where the fields of what it is called end: name, short name, kana.
    pub names: [u16; 3],
    /// Where its readings end: the first, and the one with short vowels.
    pub readings: [u16; 2],
}

/// What decides among equals. Apart from the slots, because a search looks at it for very many records.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    pub order: [u8; 16],
    pub recent: u32,
}

/// How a name begins as it is written.
#[derive(Clone, Copy)]
pub(super) struct Written([u8; WRITTEN]);

impl Written {
    fn of(name: &str) -> Self {
        let mut written = [0; WRITTEN];
        written.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
        Self(written)
    }

    /// Whether the name begins with the very characters that were typed, as far as it is remembered.
    pub fn begins_with(&self, typed: &str) -> bool {
        self.0.starts_with(typed.as_bytes().get(..WRITTEN).unwrap_or(typed.as_bytes()))
    }
}

/// All records that can be searched.
pub struct Index {
    pub(super) slots: Vec<Slot>,
    pub(super) standings: Vec<Standing>,
    pub(super) written: Vec<Written>,
    /// The slots of the records that are there, by the hashes of their identities, which stand in the slots alone.
    by_id: HashTable<u32>,
    hasher: RandomState,
    pub(super) names: Buffer,
    pub(super) readings: Buffer,
    pub(super) address: Buffer,
    pub(super) notes: Buffer,
    pub(super) digits: Buffer,
    pub(super) heads: Heads,
    /// The records of each tag, in their order; some of them may be gone.
    pub(super) tags: HashMap<Box<str>, Vec<u32>>,
    /// Neighbouring records that stand in 五十音順, ascending; those between and behind them stand as they came.
    pub(super) runs: Vec<Range<usize>>,
    /// Those that were used lately ([`Entry::recent`]); some of them may be gone.
    pub(super) used: Vec<u32>,
}

impl Default for Index {
    fn default() -> Self {
        Self::new()
    }
}

impl Index {
    /// An index without records, for short ones that have no address: cases, persons.
    pub fn new() -> Self {
        Self::signed([64, 128, 0, 512])
    }

    /// An index without records, for a directory: its records have long texts, and there may be those of the whole country.
    pub fn directory() -> Self {
        Self::signed([256, 384, 256, 512])
    }

    fn signed([names, readings, address, notes]: [usize; 4]) -> Self {
        Self {
            slots: Vec::new(),
            standings: Vec::new(),
            written: Vec::new(),
            by_id: HashTable::new(),
            hasher: RandomState::new(),
            names: Buffer::signed(names),
            readings: Buffer::signed(readings),
            address: Buffer::signed(address),
            notes: Buffer::signed(notes),
            digits: Buffer::default(),
            heads: Heads::default(),
            tags: HashMap::new(),
            runs: Vec::new(),
            used: Vec::new(),
        }
    }

    const fn buffers_mut(&mut self) -> [&mut Buffer; 5] {
        [&mut self.names, &mut self.readings, &mut self.address, &mut self.notes, &mut self.digits]
    }

    /// Gives back memory that was taken ahead: to be called when a load is done. Takes a moment, however many records there are.
    pub fn settle(&mut self) {
        for buffer in self.buffers_mut() {
            buffer.settle();
        }
        self.slots.shrink_to_fit();
        self.standings.shrink_to_fit();
        self.written.shrink_to_fit();
        self.heads.settle();
        self.tags.values_mut().for_each(Vec::shrink_to_fit);
        let (slots, hasher) = (&self.slots, &self.hasher);
        self.by_id.shrink_to_fit(|slot| hash(slots, hasher, *slot));
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
        [&self.names, &self.readings, &self.address, &self.notes, &self.digits]
            .iter()
            .map(|b| b.memory())
            .sum::<usize>()
            + self.slots.capacity() * size_of::<Slot>()
            + self.standings.capacity() * size_of::<Standing>()
            + self.written.capacity() * size_of::<Written>()
            + self.heads.memory()
            + self.tags.values().map(|slots| slots.capacity() * size_of::<u32>()).sum::<usize>()
            + self.by_id.allocation_size()
    }

    /// Adds a record, in place of the one with this identity if there is one.
    pub fn insert(&mut self, id: Id, entry: &Entry<'_>) {
        self.insert_keys(id, &Keys::of(entry));
    }

    /// The same as [`Index::insert`]: says that the record is known to be there.
    pub fn replace(&mut self, id: Id, entry: &Entry<'_>) {
        self.insert(id, entry);
    }

    /// Adds records that arrive together, by keys that were computed before: found sooner than those that come one by one.
    pub fn insert_all<'k>(&mut self, records: impl IntoIterator<Item = (Id, &'k Keys)>) {
        let mut records: Vec<(Id, &Keys)> = records.into_iter().collect();
        records.sort_by_key(|(_, keys)| keys.order);
        // Taking out what was there before may write the buffers anew: not in the middle of a run.
        for (id, _) in &records {
            self.remove(*id);
        }
        let from = self.slots.len();
        for (id, keys) in &records {
            self.insert_keys(*id, keys);
        }
        let run = from..self.slots.len();
        if run.len() >= RUN {
            self.runs.push(run);
        }
    }

    /// Adds a record by keys that were computed before.
    pub fn insert_keys(&mut self, id: Id, keys: &Keys) {
        self.remove(id);
        let Ok(slot) = u32::try_from(self.slots.len()) else { return };
        let [_, parts @ ..] = keys.parts();
        for (buffer, part) in self.buffers_mut().into_iter().zip(parts) {
            buffer.push(part);
        }
        let ([name, short, kana], [first, second]) = (ends(&keys.names), ends(&keys.readings));
        for (of, part, starts, from, to) in [
            (Of::Name, &keys.names, &keys.name_starts, 0, short),
            (Of::Kana, &keys.names, &keys.name_starts, short, kana),
            (Of::Romaji, &keys.readings, &keys.reading_starts, 0, first),
            (Of::Flat, &keys.readings, &keys.reading_starts, first, second),
        ] {
            let starts = starts.iter().copied().filter(|at| (from..to).contains(at));
            self.heads.add(slot, of, part, starts);
        }
        for tag in &keys.tags {
            match self.tags.get_mut(tag.as_str()) {
                Some(slots) => slots.push(slot),
                None => _ = self.tags.insert(tag.as_str().into(), vec![slot]),
            }
        }
        self.slots.push(Slot { id, names: [name, short, kana], readings: [first, second] });
        self.standings.push(Standing { order: keys.order, recent: keys.recent });
        self.written.push(Written::of(&keys.name));
        if keys.recent > 0 {
            self.used.push(slot);
        }
        self.enlist(slot);
    }

    /// Takes a record out; whether it was there.
    pub fn remove(&mut self, id: Id) -> bool {
        let slots = &self.slots;
        let of_this = |slot: &u32| slots.get(*slot as usize).is_some_and(|slot| slot.id == id);
        let Ok(found) = self.by_id.find_entry(self.hasher.hash_one(id), of_this) else { return false };
        let slot = found.remove().0 as usize;
        for buffer in self.buffers_mut() {
            buffer.blank(slot);
        }
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.id = Id::NIL;
        }
        let (size, dead) = self.names.size();
        if dead > size / 4 && self.slots.len() > 64 {
            self.compact();
        }
        true
    }

    /// Notes when a record was last used ([`Entry::recent`]).
    pub fn touch(&mut self, id: Id, recent: u32) {
        let Some(at) = self.slot_of(id) else { return };
        let Some(standing) = self.standings.get_mut(at as usize) else { return };
        if std::mem::replace(&mut standing.recent, recent) == 0 {
            self.used.push(at);
        }
    }

    /// Where a record stands.
    pub(super) fn slot_of(&self, id: Id) -> Option<u32> {
        let of_this = |slot: &u32| self.slots.get(*slot as usize).is_some_and(|slot| slot.id == id);
        self.by_id.find(self.hasher.hash_one(id), of_this).copied()
    }

    /// Notes that the record in this slot is there.
    fn enlist(&mut self, slot: u32) {
        let (slots, hasher) = (&self.slots, &self.hasher);
        self.by_id.insert_unique(hash(slots, hasher, slot), slot, |slot| hash(slots, hasher, *slot));
    }

    /// Whether a record has this tag, or had it lately.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.contains_key(tag)
    }

    /// The tags that records have, in no order.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.keys().map(Box::as_ref)
    }

    /// Writes the buffers anew without the records that are gone, the others in 五十音順.
    fn compact(&mut self) {
        let alive = self.slots.iter().zip(0_u32..).filter(|(slot, _)| !slot.id.is_nil());
        let mut live: Vec<u32> = alive.map(|(_, at)| at).collect();
        live.sort_by_key(|at| self.standings.get(*at as usize).map(|standing| standing.order));
        for buffer in self.buffers_mut() {
            *buffer = buffer.keep(live.iter().map(|at| *at as usize));
        }
        let mut places = vec![None; self.slots.len()];
        for (now, before) in (0_u32..).zip(&live) {
            places.iter_mut().skip(*before as usize).take(1).for_each(|place| *place = Some(now));
        }
        let place = |before: u32| places.get(before as usize).copied().flatten();
        self.heads.keep(place);
        for slots in self.tags.values_mut() {
            *slots = slots.iter().filter_map(|slot| place(*slot)).collect();
        }
        self.tags.retain(|_, slots| !slots.is_empty());
        self.used = self.used.iter().filter_map(|slot| place(*slot)).collect();
        let mut slots: Vec<Option<Slot>> = std::mem::take(&mut self.slots).into_iter().map(Some).collect();
        self.slots = live.iter().filter_map(|at| slots.get_mut(*at as usize)?.take()).collect();
        self.standings = live.iter().filter_map(|at| self.standings.get(*at as usize).copied()).collect();
        self.written = live.iter().filter_map(|at| self.written.get(*at as usize).copied()).collect();
        self.by_id.clear();
        (0..).zip(&live).for_each(|(slot, _)| self.enlist(slot));
        self.runs = std::iter::once(0..self.slots.len()).collect();
    }
}

/// The hash of the identity in this slot.
fn hash(slots: &[Slot], hasher: &RandomState, slot: u32) -> u64 {
    hasher.hash_one(slots.get(slot as usize).map_or(Id::NIL, |slot| slot.id))
}

/// Where the first fields of a part end, in bytes.
fn ends<const N: usize>(part: &str) -> [u16; N] {
    let mut ends = [u16::MAX; N];
    for (end, (at, _)) in ends.iter_mut().zip(part.match_indices(FIELD)) {
        *end = u16::try_from(at).unwrap_or(u16::MAX);
    }
    ends
}
