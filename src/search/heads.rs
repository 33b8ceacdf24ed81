//! Where words begin in names and readings, by their first character: what a short query finds first, without a scan.
//! Knows no record and no query.

use std::collections::HashMap;

use super::keys::FIELD;

/// How many bytes of a word stand in its entry; longer needles look on in the record's part.
const INLINE: usize = 8;

/// Which keys a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Of {
    /// The name or the short name, as text keys.
    Name,
    /// The reading, as text keys.
    Kana,
    /// The first reading in romaji.
    Romaji,
    /// The reading with short vowels in romaji.
    Flat,
}

/// A word's beginning. Sixteen bytes: a directory of the whole country has millions.
#[derive(Debug, Clone, Copy)]
struct Head {
    slot: u32,
    /// Where it stands in the record's part, in bytes.
    at: u16,
    of: Of,
    word: [u8; INLINE],
}

/// All words' beginnings, in the order of their records.
#[derive(Debug, Default)]
pub(super) struct Heads {
    by_first: HashMap<char, Vec<Head>>,
}

impl Heads {
    /// Adds words of the record `slot`: `starts` are in bytes of its part.
    pub fn add(&mut self, slot: u32, of: Of, part: &str, starts: impl Iterator<Item = u16>) {
        for at in starts {
            let Some(rest) = part.get(usize::from(at)..) else { continue };
            let Some(first) = rest.chars().next().filter(|first| *first != FIELD) else { continue };
            let mut word = [0; INLINE];
            word.iter_mut().zip(rest.bytes()).for_each(|(to, from)| *to = from);
            self.by_first.entry(first).or_default().push(Head { slot, at, of, word });
        }
    }

    /// Calls `hit` with the record and the field of each word that begins with the needle. `part` gives a record's part.
    pub fn each<'a>(
        &self,
        needle: &str,
        wanted: &[Of],
        part: impl Fn(Of, usize) -> &'a [u8],
        mut hit: impl FnMut(usize, Of),
    ) {
        let Some(heads) = needle.chars().next().and_then(|first| self.by_first.get(&first)) else { return };
        let needle = needle.as_bytes();
        let (short, mask) = inline(needle);
        for head in heads {
            if u64::from_le_bytes(head.word) & mask != short || !wanted.contains(&head.of) {
                continue;
            }
            let slot = head.slot as usize;
            let whole = needle.len() <= INLINE
                || part(head.of, slot).get(usize::from(head.at)..).is_some_and(|rest| rest.starts_with(needle));
            if whole {
                hit(slot, head.of);
            }
        }
    }

    /// How many bytes of memory it has taken.
    pub fn memory(&self) -> usize {
        self.by_first.values().map(|heads| heads.capacity() * size_of::<Head>() + size_of::<(char, Vec<Head>)>()).sum()
    }

    /// Gives back memory that was taken ahead.
    pub fn settle(&mut self) {
        self.by_first.values_mut().for_each(Vec::shrink_to_fit);
        self.by_first.shrink_to_fit();
    }

    /// Only the words of the records that have a new place, which `place` gives; in the order of the records as before.
    pub fn keep(&mut self, place: impl Fn(u32) -> Option<u32>) {
        for heads in self.by_first.values_mut() {
            heads.retain_mut(|head| match place(head.slot) {
                Some(slot) => {
                    head.slot = slot;
                    true
                }
                None => false,
            });
        }
        self.by_first.retain(|_, heads| !heads.is_empty());
        self.settle();
    }
}

/// The first bytes of a needle as a number, and the mask of how many there are.
fn inline(needle: &[u8]) -> (u64, u64) {
    let mut word = [0; INLINE];
    let mut mask = [0; INLINE];
    for ((to, mask), from) in word.iter_mut().zip(&mut mask).zip(needle) {
        (*to, *mask) = (*from, u8::MAX);
    }
    (u64::from_le_bytes(word), u64::from_le_bytes(mask))
}
