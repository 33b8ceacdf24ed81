//! How segments and records lie in a file. Knows no disk and no meaning.
//!
//! A segment file is a head of [`SEGMENT_HEAD`] bytes, records without gaps, and zeros. A record is a head of
//! [`RECORD_HEAD`] bytes and a body. All numbers are little endian. A record's head holds the hash of the head before it
//! (the chain) and the hash of what its body says: of a salt and the text **before** sealing. So a body can be sealed
//! anew with another key, or disposed of, and the chain stays whole. The head itself is what the body is sealed for: a
//! body behind an altered head, or in another place of the chain, does not open.
//!
//! A body is a kind, a check of the bytes behind it (so that damage shows without the key), and the sealed bytes, or
//! as many zeros where it was disposed of.
//!
//! | segment head | bytes | record head | bytes |
//! |---|---|---|---|
//! | magic `F4 "MDSEG" 0D 0A` | 0..8 | magic `F4 "MD" FF` | 0..4 |
//! | version | 8..12 | version, flags, 0, 0 | 4..8 |
//! | segment number | 12..16 | zeros | 8..12 |
//! | first seq | 16..24 | body length | 12..16 |
//! | desk | 24..40 | seq | 16..24 |
//! | hash before the first record | 40..72 | stamp | 24..40 |
//! | zeros | 72..120 | hash of the head before | 40..72 |
//! | check | 120..128 | hash of what the body says | 72..104 |
//! | | | place in the batch, from 0 | 104..108 |
//! | | | zeros | 108..112 |
//! | | | check | 112..120 |

use crate::desk::id::Id;
use crate::desk::record::Stamp;

/// A BLAKE3 hash.
pub type Hash = [u8; 32];

/// Bytes of a segment's head.
pub const SEGMENT_HEAD: usize = 128;
/// Bytes of a record's head.
pub const RECORD_HEAD: usize = 120;
/// The format that this program writes.
pub const VERSION: u8 = 2;
/// The format of desks that were made before anything was sealed: the body is the text, and its hash is of the body.
pub const VERSION_CLEAR: u8 = 1;
/// Bytes of a body before the sealed ones: its kind and its check.
pub const BODY_HEAD: usize = 9;
/// No body is longer: a length beyond it is damage, not a record.
pub const BODY_MAX: usize = 64 << 20;

/// No desk makes so many changes: a number beyond it is damage, not a record.
pub const SEQ_MAX: u64 = 1 << 48;

// Neither can stand in UTF-8 text, so that a text in clear is never taken for a head.
const SEGMENT_MAGIC: [u8; 8] = *b"\xf4MDSEG\r\n";
/// What every record begins with; what the search after damage looks for.
pub const RECORD_MAGIC: [u8; 4] = *b"\xf4MD\xff";

const LAST: u8 = 1;
const AFTER_DAMAGE: u8 = 2;

const SEALED: u8 = 1;
const DISPOSED: u8 = 2;

/// What a body is, as far as it shows without a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body<'a> {
    /// Sealed bytes.
    Sealed(&'a [u8]),
    /// It was disposed of.
    Disposed,
    /// In clear, in a segment of before.
    Clear(&'a [u8]),
}

/// The bytes of a body.
pub fn body(sealed: &[u8]) -> Vec<u8> {
    body_of(SEALED, sealed)
}

/// The bytes of a body of this length that was disposed of.
pub fn disposed(length: usize) -> Vec<u8> {
    body_of(DISPOSED, &vec![0; length.saturating_sub(BODY_HEAD)])
}

fn body_of(kind: u8, rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(BODY_HEAD + rest.len());
    out.push(kind);
    out.extend_from_slice(&body_check(kind, rest));
    out.extend_from_slice(rest);
    out
}

fn body_check(kind: u8, rest: &[u8]) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[kind]).update(rest);
    take(hasher.finalize().as_bytes(), 0).unwrap_or_default()
}

/// A segment's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentHead {
    /// The format: [`VERSION`], or [`VERSION_CLEAR`].
    pub version: u8,
    /// The segment's number, from 1.
    pub number: u32,
    /// The seq of its first record.
    pub first: u64,
    /// Whose journal it is.
    pub desk: Id,
    /// The chain's hash before its first record.
    pub prev: Hash,
}

/// A record's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordHead {
    /// Whether the record ends its batch.
    pub last: bool,
    /// The record's place in its batch, from 0: so that a torn batch is told from two, of which one is damaged.
    pub nth: u32,
    /// Whether records before this one are known to be missing: the chain begins again here.
    pub after_damage: bool,
    /// The format: [`VERSION`], or [`VERSION_CLEAR`].
    pub version: u8,
    /// Bytes of the body.
    pub length: u32,
    /// The record's number, from 1, one more for each.
    pub seq: u64,
    /// The change's stamp.
    pub stamp: Stamp,
    /// Hash of the head before.
    pub prev: Hash,
    /// Hash of what the body says, before sealing.
    pub body: Hash,
}

/// The hash of these bytes.
pub fn hash(bytes: &[u8]) -> Hash {
    *blake3::hash(bytes).as_bytes()
}

/// The first eight bytes of the hash: the check of a head.
pub fn check(bytes: &[u8]) -> [u8; 8] {
    take(&hash(bytes), 0).unwrap_or_default()
}

/// The hash that a desk's chain begins with.
pub fn genesis(desk: Id) -> Hash {
    let mut bytes = b"madoguchi journal of desk ".to_vec();
    bytes.extend_from_slice(desk.bytes());
    hash(&bytes)
}

/// `N` bytes at `at`.
pub fn take<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

impl SegmentHead {
    /// The head's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(SEGMENT_HEAD);
        out.extend_from_slice(&SEGMENT_MAGIC);
        out.extend_from_slice(&u32::from(self.version).to_le_bytes());
        out.extend_from_slice(&self.number.to_le_bytes());
        out.extend_from_slice(&self.first.to_le_bytes());
        out.extend_from_slice(self.desk.bytes());
        out.extend_from_slice(&self.prev);
        out.resize(SEGMENT_HEAD - 8, 0);
        let check = check(&out);
        out.extend_from_slice(&check);
        out
    }

    /// The head in these bytes; `None` when it is damaged or of another version.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let sound =
            take(bytes, 0)? == SEGMENT_MAGIC && take(bytes, SEGMENT_HEAD - 8)? == check(bytes.get(..SEGMENT_HEAD - 8)?);
        sound.then_some(())?;
        let version = u8::try_from(u32::from_le_bytes(take(bytes, 8)?)).ok()?;
        let first = u64::from_le_bytes(take(bytes, 16)?);
        (matches!(version, VERSION | VERSION_CLEAR) && first <= SEQ_MAX).then_some(())?;
        Some(Self {
            version,
            number: u32::from_le_bytes(take(bytes, 12)?),
            first,
            desk: Id::from_bytes(take(bytes, 24)?),
            prev: take(bytes, 40)?,
        })
    }

    /// The version of a sound head that another version of the program wrote.
    pub fn other_version(bytes: &[u8]) -> Option<u32> {
        let sound =
            take(bytes, 0)? == SEGMENT_MAGIC && take(bytes, SEGMENT_HEAD - 8)? == check(bytes.get(..SEGMENT_HEAD - 8)?);
        let version = u32::from_le_bytes(take(bytes, 8)?);
        (sound && version > u32::from(VERSION)).then_some(version)
    }
}

impl RecordHead {
    /// The head's bytes.
    pub fn encode(&self) -> Vec<u8> {
        let flags = if self.last { LAST } else { 0 } | if self.after_damage { AFTER_DAMAGE } else { 0 };
        let mut out = Vec::with_capacity(RECORD_HEAD);
        out.extend_from_slice(&RECORD_MAGIC);
        out.extend_from_slice(&[self.version, flags, 0, 0]);
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&self.length.to_le_bytes());
        out.extend_from_slice(&self.seq.to_le_bytes());
        out.extend_from_slice(&self.stamp.bytes());
        out.extend_from_slice(&self.prev);
        out.extend_from_slice(&self.body);
        out.extend_from_slice(&self.nth.to_le_bytes());
        out.extend_from_slice(&[0; 4]);
        let check = check(&out);
        out.extend_from_slice(&check);
        out
    }

    /// The head at the start of these bytes, with its hash; `None` when it is damaged.
    pub fn decode(bytes: &[u8]) -> Option<(Self, Hash)> {
        if take(bytes, 0)? != RECORD_MAGIC {
            return None;
        }
        let head = bytes.get(..RECORD_HEAD)?;
        let [version, flags] = take(head, 4)?;
        let sound = take(head, RECORD_HEAD - 8)? == check(head.get(..RECORD_HEAD - 8)?)
            && matches!(version, VERSION | VERSION_CLEAR);
        sound.then_some(())?;
        let read = Self {
            version,
            last: flags & LAST != 0,
            nth: u32::from_le_bytes(take(head, 104)?),
            after_damage: flags & AFTER_DAMAGE != 0,
            length: u32::from_le_bytes(take(head, 12)?),
            seq: u64::from_le_bytes(take(head, 16)?),
            stamp: Stamp::from_bytes(take(head, 24)?),
            prev: take(head, 40)?,
            body: take(head, 72)?,
        };
        let sane = read.seq <= SEQ_MAX && usize::try_from(read.length).is_ok_and(|n| n <= BODY_MAX);
        sane.then(|| (read, hash(head)))
    }

    /// What these bytes behind the head are; `None` when they are damaged.
    pub fn body_in<'a>(&self, bytes: &'a [u8]) -> Option<Body<'a>> {
        if self.version == VERSION_CLEAR {
            return (hash(bytes) == self.body).then_some(Body::Clear(bytes));
        }
        let (kind, rest) = (*bytes.first()?, bytes.get(BODY_HEAD..)?);
        let sound = take(bytes, 1)? == body_check(kind, rest);
        match kind {
            SEALED if sound => Some(Body::Sealed(rest)),
            DISPOSED if sound => Some(Body::Disposed),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> RecordHead {
        RecordHead {
            last: true,
            nth: 8,
            after_damage: false,
            version: VERSION,
            length: 77,
            seq: 12,
            stamp: Stamp { ms: 5, counter: 6, desk: 7 },
            prev: [1; 32],
            body: [2; 32],
        }
    }

    #[test]
    fn heads_read_back_as_they_were_written() {
        let segment =
            SegmentHead { version: VERSION, number: 4, first: 9, desk: Id::from_bytes([5; 16]), prev: [6; 32] };
        let bytes = segment.encode();
        assert_eq!(bytes.len(), SEGMENT_HEAD);
        assert_eq!(SegmentHead::decode(&bytes), Some(segment));
        assert_eq!(SegmentHead::other_version(&bytes), None);
        let bytes = record().encode();
        assert_eq!(bytes.len(), RECORD_HEAD);
        assert_eq!(RecordHead::decode(&bytes).map(|(head, _)| head), Some(record()));
    }

    #[test]
    fn a_body_shows_damage_and_disposal_without_a_key() {
        let head = record();
        let bytes = body(b"sealed bytes");
        assert_eq!(head.body_in(&bytes), Some(Body::Sealed(b"sealed bytes")));
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(head.body_in(&bad), None, "bit {bit}");
        }
        let gone = disposed(bytes.len());
        assert_eq!((head.body_in(&gone), gone.len()), (Some(Body::Disposed), bytes.len()));
        assert_eq!(head.body_in(b""), None);
        let clear = RecordHead { version: VERSION_CLEAR, body: hash(b"text"), ..head };
        assert_eq!(clear.body_in(b"text"), Some(Body::Clear(b"text")));
        assert_eq!(clear.body_in(b"texu"), None);
    }

    #[test]
    fn a_head_with_any_flipped_bit_is_refused() {
        let bytes = record().encode();
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(RecordHead::decode(&bad), None, "bit {bit}");
        }
        assert_eq!(RecordHead::decode(&bytes[..RECORD_HEAD - 1]), None);
        assert_eq!(RecordHead::decode(&[]), None);
    }
}
