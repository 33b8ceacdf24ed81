//! The indexed store that the journal folds into: one ordered map of bytes to bytes, written a few cells at a time.
//! Narrow on purpose: another engine is one more `impl`. Knows no record.

pub mod cell;
pub mod memory;
pub mod sled;

use std::cell::Cell as ThreadCell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A key and its new bytes; `None` removes it.
pub type Write = (Vec<u8>, Option<Vec<u8>>);
/// A key and its bytes.
pub type Pair = (Vec<u8>, Vec<u8>);

/// What went wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space is left on the disk.
    #[error("no space left for the store")]
    Full,
    /// The disk failed.
    #[error("the store's disk failed: {0}")]
    Io(io::Error),
    /// The store's files are damaged.
    #[error("the store is damaged")]
    Damaged,
    /// The store's code panicked; the panic was caught.
    #[error("the store panicked")]
    Panicked,
    /// Another process (or an earlier handle) holds the store's own lock.
    #[error("the store is locked")]
    Locked,
    /// The store did not open, or did not sync, within its limit.
    #[error("the store did not answer in time")]
    Slow,
}

/// An ordered map of bytes to bytes on a disk.
pub trait Store: Send + Sync {
    /// The bytes of a key.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;
    /// Up to `limit` pairs with `from <= key < to`, from the back when `backwards`.
    fn page(&self, from: &[u8], to: &[u8], backwards: bool, limit: usize) -> Result<Vec<Pair>, StoreError>;
    /// Writes all of them or none (after a crash too).
    fn write(&self, writes: &[Write]) -> Result<(), StoreError>;
    /// Hands what was written to the disk.
    fn flush(&self) -> Result<(), StoreError>;
    /// Makes what was flushed survive a power cut.
    fn harden(&self) -> Result<(), StoreError>;
}

thread_local! {
    static INSIDE: ThreadCell<bool> = const { ThreadCell::new(false) };
}

/// Whether this thread is inside a call to the store, whose panics are caught: a panic hook has nothing to say then.
pub fn inside_store() -> bool {
    INSIDE.get()
}

/// Runs a call into the store; a panic in it is an error like others (storage rule 6).
pub fn guarded<T>(call: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let before = INSIDE.replace(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    INSIDE.set(before);
    result.unwrap_or(Err(StoreError::Panicked))
}

/// The first key after all keys that begin with `prefix`.
pub fn after(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.last_mut() {
        if *last < u8::MAX {
            *last += 1;
            return end;
        }
        end.pop();
    }
    // Nothing stands behind a prefix of 0xff bytes; no key of ours begins so.
    vec![u8::MAX; prefix.len() + 1]
}

const PAGE: usize = 128;

/// All pairs whose key begins with a prefix, read page by page.
pub struct Scan<'a> {
    store: &'a dyn Store,
    from: Vec<u8>,
    to: Vec<u8>,
    backwards: bool,
    page: std::vec::IntoIter<Pair>,
    done: bool,
}

impl<'a> Scan<'a> {
    /// The pairs under `prefix`.
    pub fn new(store: &'a dyn Store, prefix: &[u8], backwards: bool) -> Self {
        Self::between(store, prefix.to_vec(), after(prefix), backwards)
    }

    /// The pairs with `from <= key < to`.
    pub fn between(store: &'a dyn Store, from: Vec<u8>, to: Vec<u8>, backwards: bool) -> Self {
        Self { store, from, to, backwards, page: Vec::new().into_iter(), done: false }
    }

    /// The same from behind all keys that begin with `prefix`; for a scan forwards.
    #[must_use]
    pub fn behind(self, prefix: &[u8]) -> Self {
        Self { from: after(prefix), ..self }
    }

    fn turn(&mut self) -> Result<(), StoreError> {
        let page = self.store.page(&self.from, &self.to, self.backwards, PAGE)?;
        self.done = page.len() < PAGE;
        if let Some((key, _)) = page.last() {
            if self.backwards {
                self.to.clone_from(key);
            } else {
                self.from.clone_from(key);
                self.from.push(0);
            }
        }
        self.page = page.into_iter();
        Ok(())
    }
}

impl Iterator for Scan<'_> {
    type Item = Result<Pair, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(pair) = self.page.next() {
                return Some(Ok(pair));
            }
            if self.done {
                return None;
            }
            if let Err(error) = self.turn() {
                self.done = true;
                return Some(Err(error));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::memory::MemoryStore;
    use super::*;

    #[test]
    fn a_scan_meets_every_key_of_its_prefix_in_both_directions() {
        let store = MemoryStore::default();
        let writes: Vec<Write> =
            (0..300_u16).map(|n| ([b"a".as_slice(), &n.to_be_bytes()].concat(), Some(vec![1]))).collect();
        store.write(&writes).unwrap();
        store.write(&[(b"b".to_vec(), Some(vec![2])), (b"a\xff\xff".to_vec(), Some(vec![3]))]).unwrap();
        let keys =
            |backwards| -> Vec<Vec<u8>> { Scan::new(&store, b"a", backwards).map(|pair| pair.unwrap().0).collect() };
        assert_eq!(keys(false).len(), 301);
        assert!(keys(false).is_sorted());
        assert!(keys(true).into_iter().rev().eq(keys(false)));
    }

    #[test]
    fn a_panic_is_an_error() {
        assert!(!inside_store());
        let result = guarded::<()>(|| {
            assert!(inside_store());
            std::panic::resume_unwind(Box::new("as sled does"))
        });
        assert!(matches!(result, Err(StoreError::Panicked)));
        assert!(!inside_store());
    }
}
