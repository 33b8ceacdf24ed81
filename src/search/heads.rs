//! Where words begin in names and readings, by their first letters: what a short query finds first, without a scan.
//! Knows no record and no query.

use std::collections::HashMap;

use super::keys::FIELD;

/// How many bytes of a word, behind the letters of its drawer, stand in its entry; longer needles look on in the record's part.
const INLINE: usize = 6;

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

impl Of {
    const fn is_romaji(self) -> bool {
        matches!(self, Self::Romaji | Self::Flat)
    }

    const fn bits(self) -> u16 {
        (self as u16) << 14
    }
}

/// A word's beginning. Twelve bytes: a directory of the whole country has millions.
#[derive(Debug, Clone, Copy)]
struct Head {
    slot: u32,
    /// Where it stands in the record's part, in bytes, and in the two upper bits in which keys: no name is longer.
    place: u16,
    word: [u8; INLINE],
}

impl Head {
    const fn at(&self) -> usize {
        (self.place & 0x3fff) as usize
    }

    const fn of(&self) -> Of {
        match self.place >> 14 {
            0 => Of::Name,
            1 => Of::Kana,
            2 => Of::Romaji,
            _ => Of::Flat,
        }
    }
}

/// What the words of a drawer have in common: how they begin, in text or in romaji.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Drawer {
    romaji: bool,
    first: char,
    /// NUL where the word has but one character.
    second: char,
}

impl Drawer {
    /// The drawer of a word that begins here, and how many bytes of the word it says.
    fn of(romaji: bool, word: &str) -> Option<(Self, usize)> {
        let mut chars = word.chars().take_while(|c| *c != FIELD && *c != ' ');
        let first = chars.next()?;
        let second = chars.next();
        let said = first.len_utf8() + second.map_or(0, char::len_utf8);
        Some((Self { romaji, first, second: second.unwrap_or_default() }, said))
    }
}

/// All words' beginnings, in the order of their records.
#[derive(Debug, Default)]
pub(super) struct Heads {
    drawers: HashMap<Drawer, Vec<Head>>,
    /// Which drawers there are for a first character.
    seconds: HashMap<(bool, char), Vec<char>>,
}

impl Heads {
    /// Adds words of the record `slot`: `starts` are in bytes of its part.
    pub fn add(&mut self, slot: u32, of: Of, part: &str, starts: impl Iterator<Item = u16>) {
        for at in starts {
            let Some(rest) = part.get(usize::from(at)..).filter(|_| at < 1 << 14) else { continue };
            let Some((drawer, said)) = Drawer::of(of.is_romaji(), rest) else { continue };
            let mut word = [0; INLINE];
            word.iter_mut().zip(rest.bytes().skip(said)).for_each(|(to, from)| *to = from);
            let heads = self.drawers.entry(drawer).or_insert_with(|| {
                self.seconds.entry((drawer.romaji, drawer.first)).or_default().push(drawer.second);
                Vec::new()
            });
            heads.push(Head { slot, place: at | of.bits(), word });
        }
    }

    /// Calls `hit` with the record and the keys of each word that begins with the needle: words of text, or of romaji.
    /// `part` gives a record's part.
    pub fn each<'a>(
        &self,
        needle: &str,
        romaji: bool,
        part: impl Fn(Of, usize) -> &'a [u8],
        mut hit: impl FnMut(usize, Of),
    ) {
        let Some((drawer, said)) = Drawer::of(romaji, needle) else { return };
        if drawer.second == '\0' {
            // One character: all that begin with it.
            let seconds = self.seconds.get(&(romaji, drawer.first)).into_iter().flatten();
            let drawers = seconds.filter_map(|second| self.drawers.get(&Drawer { second: *second, ..drawer }));
            drawers.flatten().for_each(|head| hit(head.slot as usize, head.of()));
            return;
        }
        let Some(heads) = self.drawers.get(&drawer) else { return };
        let rest = needle.as_bytes().get(said..).unwrap_or_default();
        let (short, mask) = inline(rest);
        for head in heads.iter().filter(|head| number(&head.word) & mask == short) {
            let whole = rest.len() <= INLINE
                || part(head.of(), head.slot as usize)
                    .get(head.at()..)
                    .is_some_and(|word| word.starts_with(needle.as_bytes()));
            if whole {
                hit(head.slot as usize, head.of());
            }
        }
    }

    /// How many bytes of memory it has taken.
    pub fn memory(&self) -> usize {
        let of = |heads: &Vec<Head>| heads.capacity() * size_of::<Head>() + size_of::<(Drawer, Vec<Head>)>();
        self.drawers.values().map(of).sum::<usize>() + self.drawers.len() * size_of::<char>()
    }

    /// Gives back memory that was taken ahead.
    pub fn settle(&mut self) {
        self.drawers.values_mut().for_each(Vec::shrink_to_fit);
        self.drawers.shrink_to_fit();
        self.seconds.values_mut().for_each(Vec::shrink_to_fit);
    }

    /// Only the words of the records that have a new place, which `place` gives.
    pub fn keep(&mut self, place: impl Fn(u32) -> Option<u32>) {
        for heads in self.drawers.values_mut() {
            heads.retain_mut(|head| match place(head.slot) {
                Some(slot) => {
                    head.slot = slot;
                    true
                }
                None => false,
            });
            // In the order of the records: the search goes through memory in one direction.
            heads.sort_unstable_by_key(|head| (head.slot, head.place));
        }
        self.drawers.retain(|_, heads| !heads.is_empty());
        for ((romaji, first), seconds) in &mut self.seconds {
            let drawer = |second| Drawer { romaji: *romaji, first: *first, second };
            seconds.retain(|second| self.drawers.contains_key(&drawer(*second)));
        }
        self.settle();
    }
}

/// The first bytes of a needle as a number, and the mask of how many there are.
fn inline(needle: &[u8]) -> (u64, u64) {
    let needle = needle.get(..INLINE).unwrap_or(needle);
    (number(needle), number([u8::MAX; INLINE].get(..needle.len()).unwrap_or_default()))
}

fn number(bytes: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(eight)
}
