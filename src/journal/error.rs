//! What can go wrong, and what was found and put right, as data; the sentences stand in the locale files.

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::seal::NoKey;
use super::store::StoreError;
use crate::desk::record::{Explain, RecordKey};
use crate::desk::say::Say;

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Why the journal did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no desk in this folder.
    #[error("no desk in {}", .0.display())]
    NoDesk(PathBuf),
    /// There is a desk already.
    #[error("a desk exists in {}", .0.display())]
    Exists(PathBuf),
    /// Somebody has the desk open.
    #[error("open elsewhere (pid {pid})")]
    OpenElsewhere {
        /// The computer user who opened it; empty when unknown.
        who: String,
        /// Since when, where known.
        since: Option<DateTime<FixedOffset>>,
        /// The process; 0 when unknown.
        pid: u32,
    },
    /// A desk is not made on a disk of another computer.
    #[error("{} is on another computer", .0.display())]
    Remote(PathBuf),
    /// No space is left; nothing was changed.
    #[error("no space left")]
    Full(PathBuf),
    /// The disk failed.
    #[error("disk: {error}")]
    Io {
        /// Where.
        path: PathBuf,
        /// How.
        error: io::Error,
    },
    /// The desk is locked: the key is not at hand.
    #[error("locked")]
    Locked,
    /// What is kept here is sealed with a key that the key file does not hold: it is of an older day, or of another desk.
    #[error("the key is missing")]
    KeyMissing(PathBuf),
    /// The desk was made before anything was sealed: [`seal_desk`](super::convert::seal_desk) comes first.
    #[error("not sealed yet")]
    InClear(PathBuf),
    /// The keys of the desk do not read, or are missing.
    #[error("keys: {}", .0.key)]
    Keys(Say),
    /// A newer program wrote this folder.
    #[error("format {version}")]
    Newer {
        /// The file.
        file: PathBuf,
        /// The version that it has.
        version: u32,
    },
    /// The store's own lock is held.
    #[error("the store is locked")]
    StoreLocked,
    /// The desk is open only to read.
    #[error("open only to read")]
    ReadOnly,
    /// Even a new store could not be built.
    #[error("store: {0}")]
    Store(StoreError),
}

impl OpenError {
    pub(super) fn io(path: &Path, error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::StorageFull {
            Self::Full(path.to_owned())
        } else {
            Self::Io { path: path.to_owned(), error }
        }
    }

    /// Whether the desk may still be opened to read it ([`Journal::open_read_only`](super::Journal::open_read_only)).
    pub const fn leaves_reading(&self) -> bool {
        match self {
            Self::OpenElsewhere { .. } | Self::Full(_) | Self::Io { .. } | Self::StoreLocked | Self::Store(_) => true,
            Self::NoDesk(_)
            | Self::Exists(_)
            | Self::Remote(_)
            | Self::Locked
            | Self::InClear(_)
            | Self::KeyMissing(_)
            | Self::Keys(_)
            | Self::Newer { .. }
            | Self::ReadOnly => false,
        }
    }

    pub(super) fn store(folder: &Path, error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full(folder.to_owned()),
            StoreError::Locked => Self::StoreLocked,
            other @ (StoreError::Io(_) | StoreError::Damaged | StoreError::Panicked | StoreError::Slow) => {
                Self::Store(other)
            }
        }
    }
}

impl Explain for OpenError {
    fn say(&self) -> Say {
        match self {
            Self::NoDesk(path) => Say::new("journal-no-desk").with("folder", shown(path)),
            Self::Exists(path) => Say::new("journal-desk-exists").with("folder", shown(path)),
            Self::OpenElsewhere { who, since, pid } => match since {
                Some(since) => Say::new("journal-open-elsewhere")
                    .with("who", who.clone())
                    .with("since", since.format("%Y-%m-%d %H:%M").to_string())
                    .with("pid", pid.to_string()),
                None => Say::new("journal-open-elsewhere-unknown"),
            },
            Self::Remote(path) => Say::new("journal-remote-refused").with("folder", shown(path)),
            Self::Full(path) => Say::new("journal-full-at-start").with("folder", shown(path)),
            Self::Io { path, error } => {
                Say::new("journal-disk-failed").with("file", shown(path)).with("error", error.to_string())
            }
            Self::Newer { file, version } => {
                Say::new("journal-newer-format").with("file", shown(file)).with("version", version.to_string())
            }
            Self::Locked => Say::new("journal-locked"),
            Self::KeyMissing(path) => Say::new("journal-key-missing").with("folder", shown(path)),
            Self::InClear(path) => Say::new("journal-in-clear").with("folder", shown(path)),
            Self::Keys(say) => say.clone(),
            Self::StoreLocked => Say::new("journal-store-locked"),
            Self::ReadOnly => Say::new("journal-read-only"),
            Self::Store(error) => Say::new("journal-store-failed").with("error", error.to_string()),
        }
    }
}

/// Why a batch was not saved. Whatever it is, the records are as they were.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The write or its sync failed: nobody can say that it is on the disk. Writing stops until the journal is
    /// [resumed](super::Journal::resume) or opened anew.
    #[error("not confirmed: {0}")]
    NotConfirmed(io::Error),
    /// An earlier write failed, and the journal was not resumed.
    #[error("writing has stopped")]
    Stopped,
    /// No space is left. With the reserve file there is a way out: [`Journal::release_reserve`](super::Journal::release_reserve).
    #[error("no space left")]
    Full {
        /// Whether there is a reserve file to release.
        reserve: bool,
    },
    /// The desk is locked: the key is not at hand. Nothing was written.
    #[error("locked")]
    Locked,
    /// The desk is open only to read ([`Journal::open_read_only`](super::Journal::open_read_only)). Nothing was written.
    #[error("open only to read")]
    ReadOnly,
    /// The disk failed before anything was written.
    #[error("disk: {0}")]
    Io(io::Error),
    /// A record of the batch is longer (32 MiB) or deeper (100 levels) than can be read back. Nothing was written.
    #[error("too large: {0}")]
    TooLarge(RecordKey),
    /// A record that the batch changes does not read: the store wants [repair](super::Journal::repair).
    #[error("damaged: {0}")]
    Damaged(RecordKey),
    /// The store failed at an earlier batch (which is saved), so this one is not: it wants [repair](super::Journal::repair).
    #[error("the store lags behind")]
    StoreBehind,
}

impl Explain for CommitError {
    fn say(&self) -> Say {
        match self {
            Self::NotConfirmed(error) => Say::new("journal-not-confirmed").with("error", error.to_string()),
            Self::Stopped => Say::new("journal-stopped"),
            Self::Locked => Say::new("journal-locked"),
            Self::ReadOnly => Say::new("journal-read-only"),
            Self::Full { reserve: true } => Say::new("journal-full-reserve"),
            Self::Full { reserve: false } => Say::new("journal-full"),
            Self::Io(error) => Say::new("journal-not-saved").with("error", error.to_string()),
            Self::TooLarge(record) => Say::new("journal-too-large").with("record", record.to_string()),
            Self::Damaged(record) => Say::new("journal-record-damaged").with("record", record.to_string()),
            Self::StoreBehind => Say::new("journal-not-saved-store"),
        }
    }
}

/// Why something could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The store failed.
    #[error("store: {0}")]
    Store(#[from] StoreError),
    /// A record is damaged in the store, and the journal does not have it whole either.
    #[error("damaged: {0}")]
    Damaged(RecordKey),
    /// A journal file failed.
    #[error("journal: {0}")]
    Io(#[from] io::Error),
    /// The desk is locked: the key is not at hand.
    #[error(transparent)]
    Locked(#[from] NoKey),
}

impl Explain for ReadError {
    fn say(&self) -> Say {
        match self {
            Self::Store(error) => Say::new("journal-store-failed").with("error", error.to_string()),
            Self::Damaged(record) => Say::new("journal-record-damaged").with("record", record.to_string()),
            Self::Locked(NoKey) => Say::new("journal-locked"),
            Self::Io(error) => Say::new("journal-not-readable").with("error", error.to_string()),
        }
    }
}

/// Something that was found at opening or checking, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The desk was opened only to read: it is seen as it was at this moment, and nothing was put right.
    OnlyToRead,
    /// The last stop was no clean one; the store was checked.
    UncleanStop,
    /// The end of the last segment was a batch that never was acknowledged; it was wiped.
    TornTail {
        /// The segment's file.
        file: String,
        /// Bytes wiped.
        bytes: u64,
    },
    /// The store lacked so many saved changes; they were put back from the journal.
    Replayed {
        /// How many.
        changes: u64,
    },
    /// The store did not open or did not match; it is kept aside, and was built anew from the journal.
    StoreRebuilt {
        /// The name of the folder where the old one is kept; empty when there was none.
        aside: String,
        /// Changes folded in.
        changes: u64,
    },
    /// A part of a journal file does not read. It is kept as it is.
    Damage {
        /// The segment's file.
        file: String,
        /// The first byte.
        from: u64,
        /// Changes whose text is lost from the history.
        changes: u64,
    },
    /// A segment's head did not read. Its records do.
    SegmentHead {
        /// The segment's file.
        file: String,
    },
    /// Records whose last changes are damaged in the journal, written to it again from the store.
    Restated {
        /// How many records.
        records: u64,
    },
    /// Changes that neither the journal nor the store has any more.
    Lost {
        /// The number of the first one.
        first: u64,
        /// How many.
        changes: u64,
    },
    /// A record of which changes are lost in the journal, and that the store does not have whole either.
    RecordLost {
        /// The record.
        record: RecordKey,
    },
    /// A record of which changes are damaged in the journal, and that was not written to it again yet.
    Unmended {
        /// The record.
        record: RecordKey,
    },
    /// The text of changes was removed, and no disposal agreed to it.
    Gone {
        /// The number of the first one.
        first: u64,
        /// How many.
        changes: u64,
    },
    /// The store does not match its own check: it wants repair.
    StoreDamaged,
    /// A record does not read, or is not what the journal says.
    Record {
        /// The record.
        record: RecordKey,
    },
    /// A draft did not read; it is kept aside under this name.
    DraftAside {
        /// The file's new name.
        file: String,
    },
    /// The desk file did not read and was written again.
    DeskFile,
    /// The reserve file could not be made: little space is left.
    NoReserve,
    /// The data folder could not be closed to other users of this computer.
    OpenToOthers {
        /// The data folder.
        folder: PathBuf,
    },
    /// The data folder lies on another computer.
    Remote {
        /// The data folder.
        folder: PathBuf,
    },
    /// The computer's clock stands more than a day before the last change.
    ClockBack {
        /// What the clock says.
        now: DateTime<FixedOffset>,
        /// When the last change was made.
        last: DateTime<FixedOffset>,
    },
}

impl Told {
    /// Whether somebody must look at it: data were damaged or lost, or the disk is about to be full.
    pub fn is_grave(&self) -> bool {
        // A store made anew where there was none (a copied folder, a restored one) took nothing away.
        let made = matches!(self, Self::StoreRebuilt { aside, .. } if aside.is_empty());
        !made && !matches!(self, Self::OnlyToRead | Self::UncleanStop | Self::TornTail { .. } | Self::Replayed { .. })
    }

    /// Whether data were damaged or lost: what somebody must look at, without what the surroundings lack.
    pub fn is_damage(&self) -> bool {
        let around =
            matches!(self, Self::NoReserve | Self::OpenToOthers { .. } | Self::Remote { .. } | Self::ClockBack { .. });
        self.is_grave() && !around
    }
}

impl Explain for Told {
    fn say(&self) -> Say {
        match self {
            Self::OnlyToRead => Say::new("journal-only-to-read"),
            Self::UncleanStop => Say::new("journal-unclean-stop"),
            Self::TornTail { file, bytes } => {
                Say::new("journal-torn-tail").with("file", file.clone()).with("bytes", bytes.to_string())
            }
            Self::Replayed { changes } => Say::new("journal-replayed").with("changes", changes.to_string()),
            Self::StoreRebuilt { aside, changes } if aside.is_empty() => {
                Say::new("journal-store-built").with("changes", changes.to_string())
            }
            Self::StoreRebuilt { aside, changes } => {
                Say::new("journal-store-rebuilt").with("aside", aside.clone()).with("changes", changes.to_string())
            }
            Self::Damage { file, from, changes } => Say::new("journal-damage")
                .with("file", file.clone())
                .with("from", from.to_string())
                .with("changes", changes.to_string()),
            Self::SegmentHead { file } => Say::new("journal-segment-head").with("file", file.clone()),
            Self::Restated { records } => Say::new("journal-restated").with("records", records.to_string()),
            Self::Lost { first, changes } => {
                Say::new("journal-lost").with("first", first.to_string()).with("changes", changes.to_string())
            }
            Self::RecordLost { record } => Say::new("journal-record-lost").with("record", record.to_string()),
            Self::Unmended { record } => Say::new("journal-unmended").with("record", record.to_string()),
            Self::Gone { first, changes } => {
                Say::new("journal-gone").with("first", first.to_string()).with("changes", changes.to_string())
            }
            Self::StoreDamaged => Say::new("journal-store-damaged"),
            Self::Record { record } => Say::new("journal-record-damaged").with("record", record.to_string()),
            Self::DraftAside { file } => Say::new("journal-draft-aside").with("file", file.clone()),
            Self::DeskFile => Say::new("journal-desk-file"),
            Self::NoReserve => Say::new("journal-no-reserve"),
            Self::OpenToOthers { folder } => Say::new("journal-open-to-others").with("folder", shown(folder)),
            Self::Remote { folder } => Say::new("journal-remote").with("folder", shown(folder)),
            Self::ClockBack { now, last } => Say::new("journal-clock-back")
                .with("now", now.format("%Y-%m-%d %H:%M").to_string())
                .with("last", last.format("%Y-%m-%d %H:%M").to_string()),
        }
    }
}
