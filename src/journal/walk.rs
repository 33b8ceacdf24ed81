//! Reading segments from the first to the last byte: what is sound, what is damaged, what is a torn tail.
//!
//! The rule (storage rule 5): only what follows the last whole batch, and was never acknowledged, is a torn tail.
//! Everything else that does not read is damage: skipped by searching the next record, never cut, and told.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, read_all};
use super::format::{Hash, RECORD_HEAD, RECORD_MAGIC, RecordHead, SEGMENT_HEAD, SegmentHead};

/// Where a record lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The segment's number.
    pub segment: u32,
    /// Bytes from the start of the file to the record's head.
    pub at: u64,
}

/// The end of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// The last record's number; 0 before the first.
    pub seq: u64,
    /// The hash of its head.
    pub hash: Hash,
}

/// A part of a segment that does not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The segment's number.
    pub segment: u32,
    /// First damaged byte.
    pub from: u64,
    /// Byte after the last damaged one.
    pub to: u64,
    /// The first record number that is missing, if one is.
    pub first: u64,
    /// How many records are missing.
    pub count: u64,
    /// The number of the record at which the chain breaks here.
    pub seq: u64,
}

/// A record as the walk meets it.
pub struct Met<'a> {
    /// Where it lies.
    pub place: Place,
    /// Its head.
    pub head: RecordHead,
    /// The hash of its head.
    pub hash: Hash,
    /// Its body, sound as far as it shows without a key.
    pub body: &'a [u8],
}

/// What a walk found.
#[derive(Debug, Clone)]
pub struct Walked {
    /// The end of the chain: the last record whose head reads and that is no torn tail.
    pub chain: Option<Chain>,
    /// The stamp of the last such record.
    pub stamp: crate::desk::record::Stamp,
    /// The damaged parts, in order.
    pub damage: Vec<Damage>,
    /// Segments whose own head does not read.
    pub bad_heads: Vec<u32>,
    /// Whether the last segment is empty and its own head does not read.
    pub unfinished: bool,
    /// Where the next record goes in the last segment.
    pub end: u64,
    /// The torn tail of the last segment, from `end` to here; equal to `end` when there is none.
    pub torn_to: u64,
    /// Whether the damage reaches the end, so that the next record begins a new chain.
    pub broken_end: bool,
    /// Records that read, by number of records.
    pub sound: u64,
}

enum Item {
    Record { at: usize, head: RecordHead, hash: Hash, sound: bool },
    Hole { from: usize, to: usize },
}

/// The name of a segment's file.
pub fn segment_name(number: u32) -> String {
    format!("{number:08}.seg")
}

/// The numbers of the segments in the folder, ascending.
pub fn segment_numbers(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<u32>> {
    let names = disk.names(folder)?;
    let mut numbers: Vec<u32> = names.iter().filter_map(|n| n.strip_suffix(".seg")?.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Walks the segments `numbers` of `folder`. `acknowledged` is the highest record number known to have been saved.
pub fn walk<E: From<io::Error>>(
    disk: &dyn Disk,
    folder: &Path,
    numbers: &[u32],
    acknowledged: u64,
    mut meet: impl FnMut(Met<'_>) -> Result<(), E>,
) -> Result<Walked, E> {
    let mut walked = Walked {
        chain: None,
        stamp: crate::desk::record::Stamp::default(),
        damage: Vec::new(),
        bad_heads: Vec::new(),
        unfinished: false,
        end: len(SEGMENT_HEAD),
        torn_to: len(SEGMENT_HEAD),
        broken_end: false,
        sound: 0,
    };
    for (i, number) in numbers.iter().enumerate() {
        let path: PathBuf = folder.join(segment_name(*number));
        let bytes = read_all(disk, &path)?.unwrap_or_default();
        let last = i + 1 == numbers.len();
        walked.segment(*number, &bytes, last.then_some(acknowledged), &mut meet)?;
    }
    Ok(walked)
}

fn len(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

impl Walked {
    fn segment<E>(
        &mut self,
        number: u32,
        bytes: &[u8],
        last: Option<u64>,
        meet: &mut impl FnMut(Met<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let items = items(bytes);
        match SegmentHead::decode(bytes) {
            // The first segment of the walk says where the chain stands.
            Some(head) if self.chain.is_none() => {
                self.chain = Some(Chain { seq: head.first.saturating_sub(1), hash: head.prev });
            }
            Some(_) => {}
            // The power went while the segment was being made.
            None if last.is_some() && items.is_empty() => self.unfinished = true,
            None => self.bad_heads.push(number),
        }
        let before = self.chain.map_or(0, |chain| chain.seq);
        let whole = match last {
            Some(acknowledged) => whole_items(&items, before, acknowledged),
            None => items.len(),
        };
        let mut end = SEGMENT_HEAD;
        for item in items.get(..whole).unwrap_or_default() {
            match item {
                Item::Hole { from, to } => {
                    let seq = self.chain.map_or(0, |chain| chain.seq) + 1;
                    let hole = Damage { segment: number, from: len(*from), to: len(*to), first: 0, count: 0, seq };
                    self.damage.push(hole);
                    end = *to;
                }
                Item::Record { at, head, hash, sound } => {
                    end = at + RECORD_HEAD + usize::try_from(head.length).unwrap_or_default();
                    if self.follows(number, *at, head, *hash) {
                        let body = bytes.get(at + RECORD_HEAD..end).unwrap_or_default();
                        if *sound {
                            self.sound += 1;
                            meet(Met {
                                place: Place { segment: number, at: len(*at) },
                                head: *head,
                                hash: *hash,
                                body,
                            })?;
                        } else {
                            let (from, to) = (len(at + RECORD_HEAD), len(end));
                            self.damage.push(Damage {
                                segment: number,
                                from,
                                to,
                                first: head.seq,
                                count: 1,
                                seq: head.seq,
                            });
                        }
                    }
                }
            }
        }
        self.end = len(end);
        self.torn_to = self.end;
        if let Some(acknowledged) = last {
            self.finish(number, bytes, acknowledged);
        }
        Ok(())
    }

    /// Takes the record into the chain; `false` when it does not belong there. What is missing before it is damage.
    fn follows(&mut self, number: u32, at: usize, head: &RecordHead, hash: Hash) -> bool {
        let before = self.chain.map_or(head.seq.saturating_sub(1), |chain| chain.seq);
        let here = Damage { segment: number, from: len(at), to: len(at), first: before + 1, count: 0, seq: before + 1 };
        if head.seq <= before {
            // A record put in another place: it says nothing that was not said.
            self.damage.push(Damage { to: len(at + RECORD_HEAD), first: 0, ..here });
            return false;
        }
        let missing = head.seq - before - 1;
        if missing > 0 {
            match self.damage.last_mut().filter(|hole| hole.count == 0 && hole.segment == number) {
                Some(hole) => (hole.first, hole.count) = (before + 1, missing),
                None => self.damage.push(Damage { count: missing, ..here }),
            }
        } else if !head.after_damage && self.chain.is_some_and(|chain| chain.hash != head.prev) {
            self.damage.push(Damage { first: 0, seq: head.seq, ..here });
        }
        self.chain = Some(Chain { seq: head.seq, hash });
        self.stamp = head.stamp;
        true
    }

    /// What the end of the last segment says: a torn tail, or records that were acknowledged and are gone.
    fn finish(&mut self, number: u32, bytes: &[u8], acknowledged: u64) {
        let end = usize::try_from(self.end).unwrap_or(usize::MAX);
        let dirty = dirty(bytes.get(end..).unwrap_or_default());
        let before = self.chain.map_or(0, |chain| chain.seq);
        if acknowledged > before {
            let (first, count) = (before + 1, acknowledged - before);
            let end = self.end;
            let at_the_end = |hole: &&mut Damage| hole.count == 0 && hole.segment == number && hole.to == end;
            if let Some(hole) = self.damage.last_mut().filter(at_the_end) {
                (hole.first, hole.count) = (first, count);
            } else {
                let to = end + len(dirty);
                self.damage.push(Damage { segment: number, from: end, to, first, count, seq: first });
            }
            self.broken_end = true;
        } else {
            self.torn_to = self.end + len(dirty);
        }
    }
}

/// How many items from the start are no torn tail. `before` is the number of the last record before the segment.
fn whole_items(items: &[Item], before: u64, acknowledged: u64) -> usize {
    let mut items = items;
    loop {
        let belongs = |item: &Item| match item {
            Item::Record { head, sound, .. } => head.seq <= acknowledged || (*sound && head.last),
            Item::Hole { .. } => false,
        };
        let whole = items.iter().rposition(belongs).map_or(0, |i| i + 1);
        items = items.get(..whole).unwrap_or_default();
        let Some(Item::Record { head: end, .. }) = items.last() else { return 0 };
        let first = end.seq.saturating_sub(u64::from(end.nth));
        if end.seq <= acknowledged || is_whole_batch(items, first) {
            return whole;
        }
        // A batch that is not whole was never acknowledged, unless more than this batch is missing: that is damage.
        let earlier = items.iter().rposition(|item| matches!(item, Item::Record { head, .. } if head.seq < first));
        let previous = match earlier.and_then(|i| items.get(i)) {
            Some(Item::Record { head, .. }) => head.seq,
            Some(Item::Hole { .. }) | None => before,
        };
        if previous + 1 != first {
            return whole;
        }
        items = items.get(..earlier.map_or(0, |i| i + 1)).unwrap_or_default();
    }
}

/// Whether the items end in sound records from number `first` on without a gap.
fn is_whole_batch(items: &[Item], first: u64) -> bool {
    let mut wanted = None;
    for item in items.iter().rev() {
        let Item::Record { head, sound: true, .. } = item else { return false };
        if wanted.is_some_and(|wanted| wanted != head.seq) {
            return false;
        }
        if head.seq == first {
            return true;
        }
        wanted = Some(head.seq.saturating_sub(1));
    }
    false
}

/// Bytes up to the last that is not zero. Most of an open segment is zeros, which are compared in pieces: byte by byte a
/// segment takes some milliseconds, which is a good part of a start.
fn dirty(bytes: &[u8]) -> usize {
    const ZEROS: [u8; 4_096] = [0; 4_096];
    let clean = bytes.rchunks(ZEROS.len()).take_while(|piece| ZEROS.get(..piece.len()) == Some(*piece));
    let clean: usize = clean.map(<[u8]>::len).sum();
    let rest = bytes.get(..bytes.len().saturating_sub(clean)).unwrap_or_default();
    rest.iter().rposition(|b| *b != 0).map_or(0, |i| i + 1)
}

/// The records and holes of a segment, up to the last byte that is not zero.
fn items(bytes: &[u8]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = SEGMENT_HEAD;
    // A sound body may end in zeros, so that a record may reach beyond.
    let written = dirty(bytes);
    while let Some(rest) = bytes.get(at..).filter(|_| at < written) {
        if let Some((head, head_hash)) = RecordHead::decode(rest) {
            let end = RECORD_HEAD + usize::try_from(head.length).unwrap_or_default();
            let body = rest.get(RECORD_HEAD..end);
            let sound = body.is_some_and(|body| head.body_in(body).is_some());
            items.push(Item::Record { at, head, hash: head_hash, sound });
            at = at.saturating_add(end);
        } else {
            let next = memchr::memmem::find_iter(rest, &RECORD_MAGIC)
                .find(|n| rest.get(*n..).is_some_and(|r| RecordHead::decode(r).is_some()));
            let Some(next) = next else {
                items.push(Item::Hole { from: at, to: written });
                break;
            };
            items.push(Item::Hole { from: at, to: at + next });
            at += next;
        }
    }
    items
}
