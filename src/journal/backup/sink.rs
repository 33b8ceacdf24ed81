//! Writing a file through the disk in big pieces, with the hash of all that was written.

use std::io::{self, Write};

use super::super::disk::DiskFile;

/// Bytes of one write: sticks and shares are slow with small ones.
const PIECE: usize = 256 << 10;

/// A file that is written from its start to its end.
///
/// It never answers with an error, because the zip library tells a failed end on standard error, which is the
/// operator's screen: after a failure what comes is thrown away, and [`Sink::end`] says what happened.
pub struct Sink {
    file: Box<dyn DiskFile>,
    at: u64,
    waiting: Vec<u8>,
    hasher: blake3::Hasher,
    failed: Option<io::Error>,
}

impl Sink {
    /// Writes into this (empty) file.
    pub fn new(file: Box<dyn DiskFile>) -> Self {
        let (waiting, hasher) = (Vec::with_capacity(PIECE), blake3::Hasher::new());
        Self { file, at: 0, waiting, hasher, failed: None }
    }

    /// Whether a write failed: then there is no use in going on.
    pub const fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    fn put(&mut self) {
        if self.failed.is_none() {
            match self.file.write_at(self.at, &self.waiting) {
                Ok(()) => self.at = self.at.saturating_add(u64::try_from(self.waiting.len()).unwrap_or(u64::MAX)),
                Err(error) => self.failed = Some(error),
            }
        }
        self.waiting.clear();
    }

    /// Writes the hash of everything over its last 64 bytes (which were `0`s) and has all of it synced.
    pub fn end(mut self) -> io::Result<blake3::Hash> {
        self.put();
        if let Some(error) = self.failed {
            return Err(error);
        }
        let hash = self.hasher.finalize();
        let digits = u64::try_from(super::HEX).unwrap_or_default();
        self.file.write_at(self.at.saturating_sub(digits), hash.to_hex().as_bytes())?;
        self.file.sync()?;
        Ok(hash)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hasher.update(bytes);
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE {
            self.put();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
