//! Sealing: the place where bodies, drafts and stored values are encrypted before they reach a file. Knows no format.
//!
//! Sealed bytes begin with the epoch of their key, so that what is sealed with an older key opens beside what is sealed
//! with the newest; 0 is "in clear".

use super::format::{hash, take};

/// The key is not at hand: the desk is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the desk is locked")]
pub struct NoKey;

/// Encrypts and decrypts what is kept. A place is where the bytes stand: bytes moved to another place must not open.
pub trait Seal: Send + Sync {
    /// The epoch of the key in force; 0 is "in clear".
    fn epoch(&self) -> u32;
    /// Whether the keys are at hand; while the desk is locked they are not.
    fn is_open(&self) -> bool;
    /// Whether the key of this epoch is at hand.
    fn knows(&self, epoch: u32) -> bool;
    /// Whether keys of older epochs are at hand too: then something may still be sealed with one of them.
    fn holds_older(&self) -> bool {
        false
    }
    /// How many bytes so many plain ones become.
    fn sealed_len(&self, plain: usize) -> usize;
    /// The bytes as they are kept.
    fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, NoKey>;
    /// The bytes as they were given; `None` when they are not those, or the key of their epoch is not at hand.
    fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>>;
    /// What stands for an index key in the store: the same for the same key and epoch, and it tells nothing else.
    fn blind(&self, epoch: u32, name: &str, key: &[u8]) -> Result<[u8; 16], NoKey>;
    /// Bytes that nobody can guess: the hash of a body that begins with them does not betray it.
    fn salt(&self) -> [u8; 16];
}

/// The epoch that sealed bytes begin with.
pub fn epoch_of(sealed: &[u8]) -> Option<u32> {
    take(sealed, 0).map(u32::from_le_bytes)
}

/// In clear: what is kept is what was given. For tests; damage is noticed by the checksums around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clear;

impl Seal for Clear {
    fn epoch(&self) -> u32 {
        0
    }

    fn is_open(&self) -> bool {
        true
    }

    fn knows(&self, epoch: u32) -> bool {
        epoch == 0
    }

    fn sealed_len(&self, plain: usize) -> usize {
        4 + plain
    }

    fn seal(&self, _: &[u8], plain: &[u8]) -> Result<Vec<u8>, NoKey> {
        Ok([&[0; 4], plain].concat())
    }

    fn open(&self, _: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        (epoch_of(sealed)? == 0).then(|| sealed.get(4..).unwrap_or_default().to_vec())
    }

    fn blind(&self, _: u32, name: &str, key: &[u8]) -> Result<[u8; 16], NoKey> {
        let hash = hash(&[name.as_bytes(), &[0], key].concat());
        Ok(take(&hash, 0).unwrap_or_default())
    }

    fn salt(&self) -> [u8; 16] {
        [0; 16]
    }
}
