//! One contiguous buffer of keys, a part for each record, and the scan over it. Knows no record and no ranking.

use memchr::memmem::Finder;

/// Ends the part of a record; never part of a query.
const END: u8 = b'\n';

/// Keys of all records behind each other.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    /// Where each record's part begins, ascending; the last is the end of the buffer.
    starts: Vec<u32>,
    /// Bytes of records that are gone.
    dead: usize,
}

impl Buffer {
    /// Adds the part of the next record.
    pub fn push(&mut self, part: &str) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.bytes.extend_from_slice(part.as_bytes());
        self.bytes.push(END);
        // Offsets are 32 bits: beyond 4 GiB of keys nothing more is found, which no directory comes near.
        self.starts.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// The part of a record, without its end.
    pub fn part(&self, slot: usize) -> &[u8] {
        let bounds = self.starts.get(slot).zip(self.starts.get(slot + 1));
        let Some((from, to)) = bounds.map(|(a, b)| (*a as usize, (*b as usize).saturating_sub(1))) else { return &[] };
        self.bytes.get(from..to).unwrap_or_default()
    }

    /// Makes a record's part such that nothing is found in it.
    pub fn blank(&mut self, slot: usize) {
        let bounds = self.starts.get(slot).zip(self.starts.get(slot + 1));
        let Some((from, to)) = bounds.map(|(a, b)| (*a as usize, *b as usize)) else { return };
        if let Some(part) = self.bytes.get_mut(from..to) {
            part.fill(END);
            self.dead += part.len();
        }
    }

    /// The buffer with only these records, in this order.
    pub fn keep(&self, slots: impl Iterator<Item = usize>) -> Self {
        let mut kept = Self { bytes: Vec::with_capacity(self.bytes.len() - self.dead), ..Self::default() };
        for slot in slots {
            if kept.starts.is_empty() {
                kept.starts.push(0);
            }
            kept.bytes.extend_from_slice(self.part(slot));
            kept.bytes.push(END);
            kept.starts.push(u32::try_from(kept.bytes.len()).unwrap_or(u32::MAX));
        }
        kept
    }

    /// How many bytes it holds, and how many of them belong to records that are gone.
    pub const fn size(&self) -> (usize, usize) {
        (self.bytes.len(), self.dead)
    }

    /// How many bytes of memory it has taken.
    pub const fn memory(&self) -> usize {
        self.bytes.capacity() + self.starts.capacity() * size_of::<u32>()
    }

    /// Calls `hit` with each record that holds the needle and the offset of its first place in the record's part.
    pub fn each(&self, needle: &Finder<'_>, mut hit: impl FnMut(usize, usize)) {
        let mut at = 0;
        let mut slot = 0;
        while let Some(found) = self.bytes.get(at..).and_then(|rest| needle.find(rest)) {
            let place = at + found;
            slot = self.slot_of(place, slot);
            let Some((from, to)) = self.starts.get(slot).zip(self.starts.get(slot + 1)) else { return };
            hit(slot, place - *from as usize);
            at = *to as usize;
            slot += 1;
        }
    }

    /// The record whose part holds the byte, at or after the record `from`: it is mostly near, so steps double.
    fn slot_of(&self, place: usize, from: usize) -> usize {
        let begins_after = |slot: usize| self.starts.get(slot).is_none_or(|start| *start as usize > place);
        let mut low = from;
        let mut step = 1;
        while !begins_after(low + step) {
            low += step;
            step *= 2;
        }
        let mut high = low + step;
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if begins_after(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        low
    }
}
