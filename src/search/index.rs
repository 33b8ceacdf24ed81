//! The records' keys in memory, and the search over them: a scan, no index, because a scan is quicker than a frame.
//!
//! Three buffers hold the text, romaji and digit keys of all records; `find` looks for a query's terms in each. An edited
//! record's old part is blanked and its new one put at the end; when a quarter is blank, the buffers are written anew.

use std::collections::HashMap;

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

/// What is remembered of a record beside its keys.
pub(super) struct Slot {
    /// [`Id::NIL`] when the record is gone.
    pub id: Id,
    pub order: [u8; 16],
    pub recent: u32,
    /// Where the fields of the text part end: name, short name, kana, address.
    pub text_ends: [u16; 4],
    /// Where the fields of the romaji part end: first reading, second reading, address.
    pub romaji_ends: [u16; 3],
}

/// All records that can be searched.
pub struct Index {
    pub(super) slots: Vec<Slot>,
    pub(super) by_id: HashMap<Id, u32>,
    pub(super) names: Buffer,
    pub(super) text: Buffer,
    pub(super) romaji: Buffer,
    pub(super) digits: Buffer,
    pub(super) heads: Heads,
    /// The records of each tag, in their order; some of them may be gone.
    pub(super) tags: HashMap<Box<str>, Vec<u32>>,
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
            heads: Heads::default(),
            tags: HashMap::new(),
        }
    }

    /// Gives back memory that was taken ahead: to be called when a load is done.
    pub fn settle(&mut self) {
        for buffer in [&mut self.names, &mut self.text, &mut self.romaji, &mut self.digits] {
            buffer.settle();
        }
        self.slots.shrink_to_fit();
        self.heads.settle();
        self.tags.values_mut().for_each(Vec::shrink_to_fit);
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
            + self.heads.memory()
            + self.tags.values().map(|slots| slots.capacity() * size_of::<u32>()).sum::<usize>()
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
        let (text_ends, romaji_ends) = (ends(&keys.text), ends(&keys.romaji));
        let [_, short, kana, _] = text_ends.map(usize::from);
        let [first, second, _] = romaji_ends.map(usize::from);
        for (of, part, starts, from, to) in [
            (Of::Name, &keys.text, &keys.text_starts, 0, short),
            (Of::Kana, &keys.text, &keys.text_starts, short, kana),
            (Of::Romaji, &keys.romaji, &keys.romaji_starts, 0, first),
            (Of::Flat, &keys.romaji, &keys.romaji_starts, first, second),
        ] {
            let starts = starts.iter().copied().filter(|at| (from..to).contains(&usize::from(*at)));
            self.heads.add(slot, of, part, starts);
        }
        for tag in &keys.tags {
            match self.tags.get_mut(tag.as_str()) {
                Some(slots) => slots.push(slot),
                None => _ = self.tags.insert(tag.as_str().into(), vec![slot]),
            }
        }
        self.slots.push(Slot { id, order: keys.order, recent: keys.recent, text_ends, romaji_ends });
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

    /// The tags that records have, in no order.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.keys().map(Box::as_ref)
    }

    /// Writes the buffers anew without the records that are gone.
    fn compact(&mut self) {
        let live: Vec<usize> =
            (0..self.slots.len()).filter(|at| !self.slots.get(*at).is_none_or(|s| s.id.is_nil())).collect();
        for buffer in [&mut self.names, &mut self.text, &mut self.romaji, &mut self.digits] {
            *buffer = buffer.keep(live.iter().copied());
        }
        let mut places = vec![None; self.slots.len()];
        for (now, before) in (0..).zip(&live) {
            places.iter_mut().skip(*before).take(1).for_each(|place| *place = Some(now));
        }
        let place = |before: u32| places.get(before as usize).copied().flatten();
        self.heads.keep(place);
        for slots in self.tags.values_mut() {
            *slots = slots.iter().filter_map(|slot| place(*slot)).collect();
        }
        self.tags.retain(|_, slots| !slots.is_empty());
        self.slots.retain(|slot| !slot.id.is_nil());
        self.by_id = self.slots.iter().zip(0..).map(|(slot, at)| (slot.id, at)).collect();
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
