//! The keys of an open desk in memory: seals and opens what the journal, the store and the drafts keep. Knows no file.
//!
//! Wiped when the desk is locked; every clone of a keyring is the same keyring, so wiping one wipes all.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::primitive::{Key, NONCE, TAG, derive, open_into, random, seal_into};
use crate::journal::seal::{NoKey, Seal};

/// What is sealed is as long as a multiple of this: how long a note is does not show.
const STEP: usize = 256;
const HEAD: usize = 4 + NONCE;

/// The data keys of all epochs in use, or none: then the desk is locked.
#[derive(Clone, Default)]
pub struct Keyring(Arc<RwLock<Ring>>);

#[derive(Clone, Default)]
struct Ring {
    newest: u32,
    epochs: BTreeMap<u32, Epoch>,
}

/// A data key and what follows from it, each for one purpose.
#[derive(Clone)]
struct Epoch {
    data: Key,
    seal: Key,
    blind: Key,
}

impl Epoch {
    fn new(data: Key) -> Self {
        let seal = derive("madoguchi 2026 seal 1", &[&*data]);
        let blind = derive("madoguchi 2026 blind 1", &[&*data]);
        Self { data, seal, blind }
    }
}

impl Keyring {
    /// A keyring without keys: everything sealed stays so until it is filled.
    pub fn empty() -> Self {
        Self::default()
    }

    pub(super) fn with(keys: &BTreeMap<u32, Key>) -> Self {
        let ring = Self::empty();
        ring.set(keys);
        ring
    }

    pub(super) fn set(&self, keys: &BTreeMap<u32, Key>) {
        let epochs = keys.iter().map(|(number, data)| (*number, Epoch::new(data.clone()))).collect();
        *self.change() = Ring { newest: keys.keys().last().copied().unwrap_or_default(), epochs };
    }

    /// A new epoch, in which everything is sealed from now on.
    pub(super) fn add(&self, number: u32, data: Key) {
        let mut ring = self.change();
        ring.epochs.insert(number, Epoch::new(data));
        ring.newest = ring.newest.max(number);
    }

    /// Nothing is sealed with the keys up to this epoch any more.
    pub(super) fn forget(&self, epoch: u32) {
        let mut ring = self.change();
        let newest = ring.newest;
        ring.epochs.retain(|number, _| *number > epoch || *number == newest);
    }

    pub(super) fn data(&self) -> Option<(u32, Key)> {
        let ring = self.read();
        ring.epochs.get(&ring.newest).map(|epoch| (ring.newest, epoch.data.clone()))
    }

    /// The data key of an epoch, where it is at hand.
    pub(super) fn data_of(&self, epoch: u32) -> Option<Key> {
        self.read().epochs.get(&epoch).map(|epoch| epoch.data.clone())
    }

    /// Takes over the keys of another keyring: the desk is unlocked.
    pub fn fill(&self, from: &Self) {
        if Arc::ptr_eq(&self.0, &from.0) {
            return;
        }
        let ring = from.read().clone();
        *self.change() = ring;
    }

    /// Wipes all keys from memory: the desk is locked.
    pub fn wipe(&self) {
        // Each key is overwritten as it is dropped.
        *self.change() = Ring::default();
    }

    /// Whether there is no key.
    pub fn is_locked(&self) -> bool {
        self.read().epochs.is_empty()
    }

    /// The epochs whose keys are at hand, the newest last.
    pub fn epochs(&self) -> Vec<u32> {
        self.read().epochs.keys().copied().collect()
    }

    fn read(&self) -> RwLockReadGuard<'_, Ring> {
        // Nothing that holds the lock can leave half a ring behind.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self) -> RwLockWriteGuard<'_, Ring> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn padded(plain: usize) -> usize {
    plain.saturating_add(4).next_multiple_of(STEP)
}

fn here(place: &[u8]) -> Vec<u8> {
    [b"madoguchi seal 1".as_slice(), place].concat()
}

impl Seal for Keyring {
    fn epoch(&self) -> u32 {
        self.read().newest
    }

    fn is_open(&self) -> bool {
        !self.is_locked()
    }

    fn knows(&self, epoch: u32) -> bool {
        self.read().epochs.contains_key(&epoch)
    }

    fn holds_older(&self) -> bool {
        self.read().epochs.len() > 1
    }

    fn sealed_len(&self, plain: usize) -> usize {
        HEAD.saturating_add(padded(plain)).saturating_add(TAG)
    }

    fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, NoKey> {
        let (epoch, key) = {
            let ring = self.read();
            (ring.newest, ring.epochs.get(&ring.newest).ok_or(NoKey)?.seal.clone())
        };
        let length = u32::try_from(plain.len()).map_err(|_| NoKey)?;
        let whole = padded(plain.len());
        let mut buffer = Vec::with_capacity(whole.saturating_add(TAG));
        buffer.extend_from_slice(&length.to_le_bytes());
        buffer.extend_from_slice(plain);
        buffer.resize(whole, 0);
        let nonce = seal_into(&key, &here(place), &mut buffer).map_err(|_| NoKey)?;
        let mut sealed = Vec::with_capacity(self.sealed_len(plain.len()));
        sealed.extend_from_slice(&epoch.to_le_bytes());
        sealed.extend_from_slice(&nonce);
        sealed.append(&mut buffer);
        Ok(sealed)
    }

    fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (epoch, rest) = sealed.split_first_chunk::<4>()?;
        let (nonce, text) = rest.split_first_chunk::<NONCE>()?;
        let key = self.read().epochs.get(&u32::from_le_bytes(*epoch))?.seal.clone();
        let mut plain = text.to_vec();
        open_into(&key, &here(place), *nonce, &mut plain)?;
        let length = usize::try_from(u32::from_le_bytes(*plain.first_chunk()?)).ok()?;
        (padded(length) == plain.len()).then_some(())?;
        plain.drain(..4);
        plain.truncate(length);
        Some(plain)
    }

    fn blind(&self, epoch: u32, name: &str, key: &[u8]) -> Result<[u8; 16], NoKey> {
        let ring = self.read();
        let blind = &ring.epochs.get(&epoch).ok_or(NoKey)?.blind;
        let mut hasher = blake3::Hasher::new_keyed(blind);
        // The length keeps a name and a key apart from another name and key that read the same in a row.
        hasher.update(&u64::try_from(name.len()).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update(key);
        Ok(hasher.finalize().as_bytes().first_chunk().copied().unwrap_or_default())
    }

    fn salt(&self) -> [u8; 16] {
        random().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::primitive::new_key;
    use super::*;

    fn keyring() -> Keyring {
        Keyring::with(&BTreeMap::from([(1, new_key().unwrap())]))
    }

    #[test]
    fn what_is_sealed_reads_back_and_its_length_does_not_show() {
        let ring = keyring();
        let long = "あ".repeat(40_000);
        for (plain, length) in
            [("", 300), ("架空の相談", 300), (&"x".repeat(252), 300), (&"x".repeat(253), 556), (&long, 120_108)]
        {
            let sealed = ring.seal(b"place", plain.as_bytes()).unwrap();
            assert_eq!(sealed.len(), length);
            assert_eq!(ring.sealed_len(plain.len()), length);
            assert_eq!(ring.open(b"place", &sealed).unwrap(), plain.as_bytes());
            assert_ne!(ring.seal(b"place", plain.as_bytes()).unwrap(), sealed);
        }
    }

    #[test]
    fn another_place_another_key_or_an_altered_byte_does_not_open() {
        let ring = keyring();
        let sealed = ring.seal(b"case/1 revision 4", "みとり".as_bytes()).unwrap();
        assert!(!sealed.windows(9).any(|bytes| bytes == "みとり".as_bytes()));
        for place in [b"case/1 revision 3".as_slice(), b"case/2 revision 4", b""] {
            assert!(ring.open(place, &sealed).is_none());
        }
        assert!(keyring().open(b"case/1 revision 4", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(ring.open(b"case/1 revision 4", &altered).is_none(), "byte {at}");
        }
        for length in 0..sealed.len() {
            assert!(ring.open(b"case/1 revision 4", &sealed[..length]).is_none());
        }
        assert!(ring.open(b"", &[0; 300]).is_none(), "what says that it is in clear is not taken");
    }

    #[test]
    fn a_locked_ring_gives_nothing_and_all_its_clones_are_locked() {
        let ring = keyring();
        let (clone, other) = (ring.clone(), Keyring::empty());
        let sealed = ring.seal(b"p", b"x").unwrap();
        other.fill(&ring);
        ring.wipe();
        assert!(clone.is_locked() && clone.seal(b"p", b"x").is_err() && clone.open(b"p", &sealed).is_none());
        assert!(clone.blind(1, "phone", b"0").is_err());
        assert_eq!(clone.epoch(), 0);
        assert!(!other.is_locked(), "another keyring");
        clone.fill(&other);
        assert_eq!(ring.open(b"p", &sealed).unwrap(), b"x");
    }

    #[test]
    fn an_older_epoch_opens_and_the_newest_seals() {
        let ring = keyring();
        let old = ring.seal(b"p", b"old").unwrap();
        let blind = ring.blind(1, "phone", b"0834").unwrap();
        ring.add(2, new_key().unwrap());
        let new = ring.seal(b"p", b"new").unwrap();
        assert_eq!((old[0], new[0], ring.epoch()), (1, 2, 2));
        assert_eq!(
            (ring.open(b"p", &old).unwrap(), ring.open(b"p", &new).unwrap()),
            (b"old".to_vec(), b"new".to_vec())
        );
        assert_eq!(ring.blind(1, "phone", b"0834").unwrap(), blind);
        for (epoch, name, key) in [(2, "phone", b"0834".as_slice()), (1, "phone0", b"834"), (1, "fax", b"0834")] {
            assert_ne!(ring.blind(epoch, name, key).unwrap(), blind);
        }
    }
}
