//! One contiguous buffer of keys, a part for each record, and the scan over it. Knows no record and no ranking.

use std::ops::ControlFlow;

use memchr::memmem::Finder;

/// Ends the part of a record; never part of a query.
const END: u8 = b'\n';

/// Which groups of neighbouring characters a part holds, as bits by their hash: a needle can only be where all its bits are.
type Sign = [u64; 8];

/// Keys of all records behind each other.
#[derive(Default)]
pub(super) struct Buffer {
    /// How many neighbouring characters make a group; 0: parts have no signs.
    group: usize,
    signs: Vec<Sign>,
    bytes: Vec<u8>,
    /// Where each record's part begins, ascending; the last is the end of the buffer.
    starts: Vec<u32>,
    /// Bytes of records that are gone.
    dead: usize,
}

impl Buffer {
    /// A buffer whose parts are signed by groups of so many characters. Letters of romaji are all common, and so are the first bytes
    /// of kana: without signs the scan would stop at every other place to compare.
    pub fn signed(group: usize) -> Self {
        Self { group, ..Self::default() }
    }

    /// Adds the part of the next record.
    pub fn push(&mut self, part: &str) {
        if self.group > 0 {
            self.signs.push(sign(part, self.group).unwrap_or_default());
        }
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
        if let Some(sign) = self.signs.get_mut(slot) {
            *sign = Sign::default();
        }
    }

    /// The buffer with only these records, in this order.
    pub fn keep(&self, slots: impl Iterator<Item = usize>) -> Self {
        let mut kept = Self::signed(self.group);
        kept.bytes.reserve_exact(self.bytes.len() - self.dead);
        for slot in slots {
            if kept.starts.is_empty() {
                kept.starts.push(0);
            }
            kept.signs.extend(self.signs.get(slot));
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
        self.bytes.capacity() + self.starts.capacity() * size_of::<u32>() + self.signs.capacity() * size_of::<Sign>()
    }

    /// Gives back memory that was taken ahead.
    pub fn settle(&mut self) {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.signs.shrink_to_fit();
    }

    /// Calls `hit` with each record that holds the needle and the offset of its first place in the record's part, until it
    /// breaks off.
    pub fn each(&self, needle: &Finder<'_>, mut hit: impl FnMut(usize, usize) -> ControlFlow<()>) {
        let wanted = std::str::from_utf8(needle.needle()).ok().and_then(|needle| sign(needle, self.group));
        if let Some(wanted) = wanted {
            for (slot, _) in self.signs.iter().enumerate().filter(|(_, sign)| holds(sign, &wanted)) {
                if let Some(offset) = needle.find(self.part(slot))
                    && hit(slot, offset).is_break()
                {
                    return;
                }
            }
            return;
        }
        let mut at = 0;
        let mut slot = 0;
        while let Some(found) = self.bytes.get(at..).and_then(|rest| needle.find(rest)) {
            let place = at + found;
            slot = self.slot_of(place, slot);
            let Some((from, to)) = self.starts.get(slot).zip(self.starts.get(slot + 1)) else { return };
            if hit(slot, place - *from as usize).is_break() {
                return;
            }
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

/// The sign of a text; `None` when it has no group of so many characters.
fn sign(text: &str, group: usize) -> Option<Sign> {
    if group == 0 {
        return None;
    }
    let mut sign = Sign::default();
    let mut any = false;
    let mut recent = [0_u32; 3];
    for (n, c) in text.chars().enumerate() {
        recent.rotate_left(1);
        if let Some(last) = recent.last_mut() {
            *last = c.into();
        }
        if n + 1 >= group {
            any = true;
            let bits = recent
                .iter()
                .rev()
                .take(group)
                .fold(0_u32, |hash, c| (hash.rotate_left(5) ^ c).wrapping_mul(0x9e37_79b9));
            // The upper bits are the well mixed ones: three choose the word, six the bit in it.
            let word = usize::try_from(bits >> 29).unwrap_or_default();
            if let Some(word) = sign.get_mut(word) {
                *word |= 1 << ((bits >> 23) & 63);
            }
        }
    }
    any.then_some(sign)
}

fn holds(sign: &Sign, wanted: &Sign) -> bool {
    sign.iter().zip(wanted).fold(0, |missing, (has, wants)| missing | (wants & !has)) == 0
}
