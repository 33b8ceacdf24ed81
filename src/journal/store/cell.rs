//! What stands in the store: keys, and cells that carry the journal's number and a check of their own. Knows no engine.
//!
//! | key | cell |
//! |---|---|
//! | `M` | the [`Mark`]: how far the store has come |
//! | `R` kind id part | a record's value, sealed, in parts of at most [`PART`] bytes; an empty one was removed |
//! | `I` name 0 blinded kind id | the record is under this key of this index; the key itself is not to be seen |
//! | `N` blinded | the highest case number of a fiscal year, sealed |
//! | `H` kind id seq | where the change `seq` of the record lies |
//! | `L` kind id seq | where the look `seq` at the record lies |
//! | `B` seq | where the batch that begins at `seq` lies |
//! | `U` operator `d`/`r` stamp | a batch that the operator may take back (`d`) or bring back (`r`) |

use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey, Stamp};
use crate::journal::format::{Hash, take};
use crate::journal::walk::Place;

/// Longest piece of a value in one cell: sled writes larger values to files that it never syncs (storage §1).
pub const PART: usize = 3_900;

const VERSION: u8 = 2;
const HEAD: usize = 19;

/// The key of the store's [`Mark`].
pub const MARK: &[u8] = b"M";
/// What the keys of batches begin with.
pub const BATCHES: &[u8] = b"B";

/// A cell: a payload, and the journal number of its last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The journal number of its last change.
    pub seq: u64,
    /// How many parts the value has.
    pub parts: u16,
    /// The payload, or this part of it.
    pub payload: Vec<u8>,
}

fn check(key: &[u8], bytes: &[u8]) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key).update(&[0]).update(bytes);
    take(hasher.finalize().as_bytes(), 0).unwrap_or_default()
}

/// The bytes of a [`Cell`] of these members under this key.
pub fn encode(key: &[u8], seq: u64, parts: u16, payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEAD + payload.len());
    out.extend_from_slice(&seq.to_be_bytes());
    out.extend_from_slice(&[0; 8]);
    out.push(VERSION);
    out.extend_from_slice(&parts.to_be_bytes());
    out.extend_from_slice(payload);
    let check = check(key, &out);
    if let Some(place) = out.get_mut(8..16) {
        place.copy_from_slice(&check);
    }
    out
}

impl Cell {
    /// A small payload of its own, in clear.
    pub const fn small(seq: u64, payload: Vec<u8>) -> Self {
        Self { seq, parts: 1, payload }
    }

    /// The cell's bytes under this key.
    pub fn encode(&self, key: &[u8]) -> Vec<u8> {
        encode(key, self.seq, self.parts, &self.payload)
    }

    /// The cell in these bytes; `None` when they are damaged or stand under another key.
    pub fn decode(key: &[u8], bytes: &[u8]) -> Option<Self> {
        let told: [u8; 8] = take(bytes, 8)?;
        let mut clean = bytes.to_vec();
        clean.get_mut(8..16)?.fill(0);
        let sound = check(key, &clean) == told && bytes.get(16) == Some(&VERSION);
        sound.then_some(())?;
        Some(Self {
            seq: u64::from_be_bytes(take(bytes, 0)?),
            parts: u16::from_be_bytes(take(bytes, 17)?),
            payload: bytes.get(HEAD..)?.to_vec(),
        })
    }
}

/// What one cell adds to the store's digest: the sum over all cells shows one that went missing or changed.
pub fn digest(key: &[u8], bytes: &[u8]) -> u128 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&u64::try_from(key.len()).unwrap_or(u64::MAX).to_be_bytes()).update(key).update(bytes);
    u128::from_be_bytes(take(hasher.finalize().as_bytes(), 0).unwrap_or_default())
}

/// How far the store has come, and the digest of all its other cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The last journal record that is folded in.
    pub seq: u64,
    /// The hash of that record's head.
    pub hash: Hash,
    /// Its stamp.
    pub stamp: Stamp,
    /// The sum of [`digest`] over all other cells.
    pub digest: u128,
    /// How many other cells there are.
    pub cells: u64,
    /// The epoch of the key that hides the index keys of this store.
    pub blind: u32,
}

impl Mark {
    /// The mark of an empty store.
    pub const fn empty(hash: Hash, blind: u32) -> Self {
        Self { seq: 0, hash, stamp: Stamp { ms: 0, counter: 0, desk: 0 }, digest: 0, cells: 0, blind }
    }

    /// The mark's payload.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.hash.to_vec();
        out.extend_from_slice(&self.stamp.bytes());
        out.extend_from_slice(&self.digest.to_be_bytes());
        out.extend_from_slice(&self.cells.to_be_bytes());
        out.extend_from_slice(&self.blind.to_be_bytes());
        out
    }

    /// The mark in this cell.
    pub fn decode(cell: &Cell) -> Option<Self> {
        let bytes = &cell.payload;
        Some(Self {
            seq: cell.seq,
            hash: take(bytes, 0)?,
            stamp: Stamp::from_bytes(take(bytes, 32)?),
            digest: u128::from_be_bytes(take(bytes, 48)?),
            cells: u64::from_be_bytes(take(bytes, 64)?),
            blind: u32::from_be_bytes(take(bytes, 72)?),
        })
    }
}

/// What the keys of a kind's records begin with.
pub fn records(kind: Kind) -> Vec<u8> {
    vec![b'R', kind.number()]
}

/// What the keys of a record's parts begin with.
pub fn record(key: RecordKey) -> Vec<u8> {
    tagged(b'R', key)
}

/// The key of one part of a record.
pub fn part(key: RecordKey, part: u16) -> Vec<u8> {
    let mut out = record(key);
    out.extend_from_slice(&part.to_be_bytes());
    out
}

/// The record and the part that a key of a record names.
pub fn part_of(key: &[u8]) -> Option<(RecordKey, u16)> {
    let key_part = u16::from_be_bytes(take(key, 18)?);
    Some((record_at(key, 1)?, key_part))
}

fn tagged(tag: u8, key: RecordKey) -> Vec<u8> {
    let mut out = vec![tag, key.kind.number()];
    out.extend_from_slice(key.id.bytes());
    out
}

fn record_at(bytes: &[u8], at: usize) -> Option<RecordKey> {
    let kind = Kind::from_number(*bytes.get(at)?)?;
    Some(RecordKey::new(kind, Id::from_bytes(take(bytes, at + 1)?)))
}

/// A hidden index key.
pub type Blinded = [u8; 16];

/// What the keys of an index begin with.
pub fn index_of(name: &str) -> Vec<u8> {
    let mut out = vec![b'I'];
    out.extend_from_slice(name.as_bytes());
    out.push(0);
    out
}

/// What the keys of the records under one key of an index begin with.
pub fn index_at(name: &str, blinded: &Blinded) -> Vec<u8> {
    let mut out = index_of(name);
    out.extend_from_slice(blinded);
    out
}

/// The key that puts a record under a key of an index.
pub fn index(name: &str, blinded: &Blinded, key: RecordKey) -> Vec<u8> {
    let mut out = index_at(name, blinded);
    out.push(key.kind.number());
    out.extend_from_slice(key.id.bytes());
    out
}

/// The record of a key of an index.
pub fn indexed(key: &[u8]) -> Option<RecordKey> {
    record_at(key, key.len().checked_sub(17)?)
}

/// The key of the highest case number of a fiscal year.
pub fn last_number(blinded: &Blinded) -> Vec<u8> {
    let mut out = vec![b'N'];
    out.extend_from_slice(blinded);
    out
}

/// What the keys of the histories of a kind's records begin with.
pub fn changes_of(kind: Kind) -> Vec<u8> {
    vec![b'H', kind.number()]
}

/// What the keys of a record's history begin with.
pub fn changes(key: RecordKey) -> Vec<u8> {
    tagged(b'H', key)
}

/// The key of one change of a record.
pub fn change(key: RecordKey, seq: u64) -> Vec<u8> {
    let mut out = changes(key);
    out.extend_from_slice(&seq.to_be_bytes());
    out
}

/// What the keys of all looks begin with.
pub const LOOKS: &[u8] = b"L";

/// What the keys of the looks at a kind's records begin with.
pub fn looks_of(kind: Kind) -> Vec<u8> {
    vec![b'L', kind.number()]
}

/// What the keys of the looks at a record begin with.
pub fn looks(key: RecordKey) -> Vec<u8> {
    tagged(b'L', key)
}

/// The key of one look at a record.
pub fn look(key: RecordKey, seq: u64) -> Vec<u8> {
    let mut out = looks(key);
    out.extend_from_slice(&seq.to_be_bytes());
    out
}

/// The record and the number of a key of the history.
pub fn change_of(key: &[u8]) -> Option<(RecordKey, u64)> {
    Some((record_at(key, 1)?, u64::from_be_bytes(take(key, 18)?)))
}

/// The key of the batch that begins at `seq`.
pub fn batch(seq: u64) -> Vec<u8> {
    let mut out = BATCHES.to_vec();
    out.extend_from_slice(&seq.to_be_bytes());
    out
}

/// The number in the key of a batch.
pub fn batch_of(key: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(take(key, 1)?))
}

/// What an operator may do with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stack {
    /// Take it back.
    Done,
    /// Bring it back.
    Redo,
}

/// What the keys of an operator's stack begin with.
pub fn stack(operator: Id, stack: Stack) -> Vec<u8> {
    let mut out = vec![b'U'];
    out.extend_from_slice(operator.bytes());
    out.push(if stack == Stack::Done { b'd' } else { b'r' });
    out
}

/// The key of the batch with this stamp in an operator's stack.
pub fn stacked(operator: Id, kind: Stack, batch: Stamp) -> Vec<u8> {
    let mut out = stack(operator, kind);
    out.extend_from_slice(&batch.bytes());
    out
}

/// The payload that says where something lies, with the stamp of its first change.
pub fn encode_place(place: Place, stamp: Stamp) -> Vec<u8> {
    let mut out = place.segment.to_be_bytes().to_vec();
    out.extend_from_slice(&place.at.to_be_bytes());
    out.extend_from_slice(&stamp.bytes());
    out
}

/// The place and the stamp in such a payload.
pub fn decode_place(payload: &[u8]) -> Option<(Place, Stamp)> {
    let place = Place { segment: u32::from_be_bytes(take(payload, 0)?), at: u64::from_be_bytes(take(payload, 4)?) };
    Some((place, Stamp::from_bytes(take(payload, 12)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: RecordKey = RecordKey::new(Kind::Case, Id::from_bytes([7; 16]));

    #[test]
    fn cells_read_back_under_their_own_key_alone() {
        let cell = Cell { seq: 9, parts: 3, payload: "訪問".into() };
        let bytes = cell.encode(b"key");
        assert_eq!(Cell::decode(b"key", &bytes), Some(cell));
        assert_eq!(Cell::decode(b"kez", &bytes), None);
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Cell::decode(b"key", &bad), None, "bit {bit}");
        }
        assert_eq!(Cell::decode(b"", b""), None);
    }

    #[test]
    fn keys_read_back() {
        assert_eq!(part_of(&part(KEY, 5)), Some((KEY, 5)));
        assert_eq!(change_of(&change(KEY, 6)), Some((KEY, 6)));
        assert_eq!(indexed(&index("number", &[4; 16], KEY)), Some(KEY));
        assert!(index("number", &[4; 16], KEY).starts_with(&index_at("number", &[4; 16])));
        let mark =
            Mark { seq: 1, hash: [2; 32], stamp: Stamp { ms: 3, counter: 4, desk: 5 }, digest: 6, cells: 7, blind: 8 };
        assert_eq!(Mark::decode(&Cell::small(1, mark.encode())), Some(mark));
        let place = Place { segment: 8, at: 9 };
        assert_eq!(decode_place(&encode_place(place, mark.stamp)), Some((place, mark.stamp)));
    }
}
