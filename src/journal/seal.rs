//! Sealing: the place where bodies, drafts and stored values are encrypted before they reach a file. Knows no format.
//!
//! Every format around it carries a key epoch already, so a sealing implementation is one more `impl`, not a new format.

/// Encrypts and decrypts what is kept. A place is where the bytes stand: bytes moved to another place must not open.
pub trait Seal: Send + Sync {
    /// The epoch of the key in force; 0 is "in clear".
    fn epoch(&self) -> u32;
    /// The bytes as they are kept.
    fn seal(&self, place: &[u8], plain: &[u8]) -> Vec<u8>;
    /// The bytes as they were given; `None` when they are not those, or the key of this epoch is not at hand.
    fn open(&self, place: &[u8], epoch: u32, sealed: &[u8]) -> Option<Vec<u8>>;
}

/// In clear: what is kept is what was given. Damage is noticed by the checksums around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clear;

impl Seal for Clear {
    fn epoch(&self) -> u32 {
        0
    }

    fn seal(&self, _: &[u8], plain: &[u8]) -> Vec<u8> {
        plain.to_vec()
    }

    fn open(&self, _: &[u8], epoch: u32, sealed: &[u8]) -> Option<Vec<u8>> {
        (epoch == 0).then(|| sealed.to_vec())
    }
}
