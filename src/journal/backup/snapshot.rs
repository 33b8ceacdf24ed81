//! What of a data folder goes into a backup: the files and the end of the log at one moment.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::super::convert::is_clear;
use super::super::disk::{Disk, read_all};
use super::super::error::OpenError;
use super::super::format::genesis;
use super::super::lock::Lock;
use super::super::open::{CLEAN, clean_seq, desk_of_segments};
use super::super::renew::dispose_left_over;
use super::super::walk::{Chain, segment_numbers, walk};
use super::super::{Journal, Options};
use super::claims::{Claim, Claims};
use super::{BackupError, Manifest};
use crate::desk::id::Id;

/// A desk at one moment. While it lives no closed segment is rewritten; saves go on.
pub struct Snapshot {
    pub(super) disk: Arc<dyn Disk>,
    pub(super) folder: PathBuf,
    pub(super) desk: Id,
    pub(super) segments: Vec<u32>,
    /// Where the log ends in the last segment.
    pub(super) end: u64,
    pub(super) chain: Chain,
    /// How the desk is open; none when it is at rest.
    pub(super) options: Option<Options>,
    pub(super) _claim: Option<Claim>,
    pub(super) _lock: Option<Lock>,
}

impl Snapshot {
    /// A desk that no program has open, without any key: its lock is held for as long as this lives.
    ///
    /// # Errors
    /// As opening it: no desk, open elsewhere, the disk.
    pub fn at_rest(
        disk: Arc<dyn Disk>,
        folder: &Path,
        who: &str,
        now: DateTime<FixedOffset>,
    ) -> Result<Self, BackupError> {
        let failed = |error| BackupError::Desk(OpenError::io(folder, error));
        let journal = folder.join("journal");
        let Some(desk) = desk_of_segments(folder, &*disk).map_err(failed)? else {
            return Err(OpenError::NoDesk(folder.to_owned()).into());
        };
        if is_clear(folder, &*disk).map_err(failed)? {
            return Err(BackupError::Clear(folder.to_owned()));
        }
        let lock = Lock::take(&*disk, folder, who, now)?;
        // What was agreed to go must not lie in a backup that is made after that.
        dispose_left_over(&*disk, folder).map_err(failed)?;
        let clean = read_all(&*disk, &folder.join(CLEAN)).map_err(failed)?;
        let acknowledged = clean.and_then(|bytes| clean_seq(&bytes)).unwrap_or_default();
        let segments = segment_numbers(&*disk, &journal).map_err(failed)?;
        let walked = walk::<std::io::Error>(&*disk, &journal, &segments, acknowledged, |_| Ok(())).map_err(failed)?;
        let chain = walked.chain.unwrap_or(Chain { seq: 0, hash: genesis(desk) });
        let end = walked.end;
        let folder = folder.to_owned();
        Ok(Self { disk, folder, desk, segments, end, chain, options: None, _claim: None, _lock: Some(lock) })
    }

    /// The number of the last change in it.
    pub const fn seq(&self) -> u64 {
        self.chain.seq
    }

    /// Whose desk it is.
    pub const fn desk(&self) -> Id {
        self.desk
    }

    /// The manifest, still without members.
    pub(super) fn manifest(&self, at: DateTime<FixedOffset>) -> Manifest {
        Manifest {
            format: super::FORMAT,
            desk: self.desk,
            at,
            seq: self.chain.seq,
            head: blake3::Hash::from(self.chain.hash).to_hex().to_string(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            files: Vec::new(),
        }
    }
}

impl Journal {
    /// The claims on this journal's closed segments: who rewrites them takes one first.
    pub const fn claims(&self) -> &Claims {
        &self.claims
    }

    /// The desk as it is now, for a backup on another thread. `None` while the segments are being rewritten, or while
    /// another backup is being made: to be asked for again.
    pub fn snapshot(&self) -> Option<Snapshot> {
        let claim = self.claims.take()?;
        Some(Snapshot {
            disk: Arc::clone(&self.disk),
            folder: self.folder.clone(),
            desk: self.desk,
            segments: self.log.numbers().to_vec(),
            end: self.log.end(),
            chain: self.log.chain(),
            options: Some(self.options.clone()),
            _claim: Some(claim),
            _lock: None,
        })
    }
}
