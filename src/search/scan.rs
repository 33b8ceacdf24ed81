//! One contiguous buffer of keys, a part for each record, and the scan over it. Knows no record and no ranking.

use std::ops::ControlFlow;

use memchr::memmem::Finder;

/// Ends the part of a record; never part of a query.
const END: u8 = b'\n';

/// How many records share a block of signs: a bit of a word for each.
const BLOCK: usize = 64;

/// More bits of a sign than these are not asked for: they leave hardly more than the records that are found.
const ASKED: usize = 10;

/// Keys of all records behind each other.
#[derive(Default)]
pub(super) struct Buffer {
    /// How many bits a sign has; 0: parts have no signs.
    bits: usize,
    /// The signs. A sign says which groups of neighbouring characters a part holds, as bits by their hash: a needle can only be
    /// where all its bits are. They lie across: a word has one and the same bit of the records of a block, so that a question
    /// reads but a few words of each block.
    signs: Vec<u64>,
    bytes: Vec<u8>,
    /// Where each record's part begins, ascending; the last is the end of the buffer.
    starts: Vec<u32>,
    /// Bytes of records that are gone.
    dead: usize,
}

impl Buffer {
    /// A buffer whose parts have signs of so many bits: more for longer parts. Letters of romaji are all common, and so are the
    /// first bytes of kana: without signs the scan would stop at every other place to compare.
    pub fn signed(bits: usize) -> Self {
        Self { bits, ..Self::default() }
    }

    /// How many parts it has.
    pub const fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Adds the part of the next record.
    pub fn push(&mut self, part: &str) {
        let (block, bit) = (self.len() / BLOCK, self.len() % BLOCK);
        if bit == 0 {
            self.signs.resize(self.signs.len() + self.bits, 0);
        }
        if let Some(signs) = self.signs.get_mut(block * self.bits..).filter(|_| self.bits > 0) {
            let bits = self.bits;
            groups(part, |group| {
                signs.iter_mut().skip(group.place(bits)).take(1).for_each(|word| *word |= 1 << bit);
            });
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

    /// Makes a record's part such that nothing is found in it. Its sign stays: it only says where to look.
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
        let mut kept = Self::signed(self.bits);
        kept.bytes.reserve_exact(self.bytes.len() - self.dead);
        for slot in slots {
            kept.push(std::str::from_utf8(self.part(slot)).unwrap_or_default());
        }
        kept
    }

    /// How many bytes it holds, and how many of them belong to records that are gone.
    pub const fn size(&self) -> (usize, usize) {
        (self.bytes.len(), self.dead)
    }

    /// How many bytes of memory it has taken.
    pub const fn memory(&self) -> usize {
        self.bytes.capacity() + self.starts.capacity() * size_of::<u32>() + self.signs.capacity() * size_of::<u64>()
    }

    /// Gives back memory that was taken ahead.
    pub fn settle(&mut self) {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.signs.shrink_to_fit();
    }

    /// Calls `hit` with each of these neighbouring records that holds the needle and the offset of its first place in the
    /// record's part, in the order of the records, until it breaks off.
    pub fn each_in(
        &self,
        needle: &Finder<'_>,
        slots: std::ops::Range<usize>,
        mut hit: impl FnMut(usize, usize) -> ControlFlow<()>,
    ) {
        if let Some(wanted) = self.wanted(needle) {
            let first = slots.start / BLOCK;
            let signs = self.signs.get(first * self.bits..).unwrap_or_default();
            for (block, signs) in (first..slots.end.div_ceil(BLOCK)).zip(signs.chunks_exact(self.bits)) {
                let mut left = holding(signs, &wanted);
                while left != 0 {
                    let slot = block * BLOCK + left.trailing_zeros() as usize;
                    left &= left - 1;
                    if slots.contains(&slot)
                        && let Some(offset) = needle.find(self.part(slot))
                        && hit(slot, offset).is_break()
                    {
                        return;
                    }
                }
            }
            return;
        }
        let byte = |slot: usize| self.starts.get(slot).map_or(self.bytes.len(), |at| *at as usize);
        let (mut at, end) = (byte(slots.start), byte(slots.end));
        let mut slot = slots.start;
        while let Some(found) = self.bytes.get(at..end).and_then(|rest| needle.find(rest)) {
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

    /// Calls `hit` with each record that has all these characters somewhere, by their signs: some may not.
    pub fn each_with(&self, chars: &str, mut hit: impl FnMut(usize)) {
        let mut wanted: Vec<usize> = chars.chars().filter_map(single).map(|group| group.place(self.bits)).collect();
        wanted.truncate(ASKED);
        for (block, signs) in self.signs.chunks_exact(self.bits.max(1)).enumerate() {
            let mut left = holding(signs, &wanted);
            while left != 0 {
                hit(block * BLOCK + left.trailing_zeros() as usize);
                left &= left - 1;
            }
        }
    }

    /// Calls `hit` with those of these records that hold the needle.
    pub fn each_of(&self, needle: &Finder<'_>, slots: &[u32], mut hit: impl FnMut(usize, usize)) {
        let wanted = self.wanted(needle).unwrap_or_default();
        for slot in slots.iter().map(|slot| *slot as usize) {
            let signs = self.signs.get(slot / BLOCK * self.bits..).unwrap_or_default();
            if holding(signs, &wanted) & (1 << (slot % BLOCK)) != 0
                && let Some(offset) = needle.find(self.part(slot))
            {
                hit(slot, offset);
            }
        }
    }

    /// Adds the records that may hold the needle, by their signs: a word for each block.
    pub fn candidates(&self, needle: &Finder<'_>, into: &mut [u64]) {
        match self.wanted(needle) {
            Some(wanted) => {
                let blocks = self.signs.chunks_exact(self.bits);
                into.iter_mut().zip(blocks).for_each(|(word, signs)| *word |= holding(signs, &wanted));
            }
            None => into.fill(u64::MAX),
        }
    }

    /// The bits that a part must have for this needle; `None` where signs say nothing.
    fn wanted(&self, needle: &Finder<'_>) -> Option<Vec<usize>> {
        let needle = std::str::from_utf8(needle.needle()).ok().filter(|_| self.bits > 0)?;
        let mut wanted: Vec<usize> = Vec::new();
        let mut add = |group: Option<Group>| {
            let place = group.map(|group| group.place(self.bits));
            wanted.extend(place.filter(|place| wanted.len() < ASKED && !wanted.contains(place)));
        };
        // The groups that say most first.
        let lately = |of: fn(&Recent) -> Option<Group>| {
            let mut recent = Recent::default();
            needle.chars().filter_map(move |c| {
                recent.push(c);
                of(&recent)
            })
        };
        lately(Recent::three).for_each(|group| add(Some(group)));
        lately(Recent::pair).for_each(|group| add(Some(group)));
        needle.chars().for_each(|c| add(single(c)));
        (!wanted.is_empty()).then_some(wanted)
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

/// The records of a block that have all these bits.
fn holding(signs: &[u64], wanted: &[usize]) -> u64 {
    wanted.iter().fold(u64::MAX, |left, bit| left & signs.get(*bit).copied().unwrap_or_default())
}

/// Neighbouring characters that a part may hold.
#[derive(Debug, Clone, Copy)]
enum Group {
    /// Any letters: they tell names in kanji from a needle in romaji.
    Letters,
    /// Any digits.
    Digits,
    /// These characters, by their hash.
    Of(u64),
}

impl Group {
    /// Its bit in a sign of so many.
    fn place(self, bits: usize) -> usize {
        match self {
            Self::Letters => 0,
            Self::Digits => 1,
            Self::Of(hash) => usize::try_from(hash).unwrap_or_default() % bits.saturating_sub(2).max(1) + 2,
        }
    }

    /// The upper bits of the products are the well mixed ones.
    fn of(chars: &[char]) -> Self {
        let mix = |hash: u64, c: &char| (hash.rotate_left(5) ^ u64::from(*c)).wrapping_mul(0x517c_c1b7_2722_0a95);
        Self::Of(chars.iter().fold(0, mix) >> 40)
    }
}

/// The last characters of a text that is gone through.
#[derive(Default, Clone, Copy)]
struct Recent([char; 3]);

impl Recent {
    const fn push(&mut self, c: char) {
        let [_, b, a] = self.0;
        self.0 = [b, a, c];
    }

    /// The last two.
    fn pair(&self) -> Option<Group> {
        let [_, b, a] = self.0;
        (b != '\0').then(|| Group::of(&[b, a]))
    }

    /// The last three, where they are letters of romaji or digits.
    fn three(&self) -> Option<Group> {
        let all = |of: fn(&char) -> bool| self.0.iter().all(of);
        (all(char::is_ascii_lowercase) || all(char::is_ascii_digit)).then(|| Group::of(&self.0))
    }
}

/// One character, where it is rare enough to say something.
fn single(c: char) -> Option<Group> {
    match c {
        'a'..='z' => Some(Group::Letters),
        '0'..='9' => Some(Group::Digits),
        _ => (!c.is_ascii()).then(|| Group::of(&[c])),
    }
}

/// The groups of neighbouring characters of a text: each alone, by twos, and letters and digits by threes.
fn groups(text: &str, mut group: impl FnMut(Group)) {
    let mut recent = Recent::default();
    for c in text.chars() {
        recent.push(c);
        for found in [single(c), recent.pair(), recent.three()].into_iter().flatten() {
            group(found);
        }
    }
}
