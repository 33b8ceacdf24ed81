//! What can go wrong with a backup, as data.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::super::error::OpenError;
use crate::desk::record::Explain;
use crate::desk::say::Say;

/// Why a backup was not made, not believed or not restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder for backups is not there: the stick is not in, the share not connected.
    #[error("no folder {}", .0.display())]
    FolderMissing(PathBuf),
    /// The folder for backups lies in the data folder: both would be lost together.
    #[error("{} lies in the data folder", .0.display())]
    Inside(PathBuf),
    /// No space is left where the backup goes.
    #[error("no space left")]
    Full(PathBuf),
    /// Nothing may be written there.
    #[error("read-only")]
    ReadOnly(PathBuf),
    /// The folder has no backup of this desk.
    #[error("no backup in {}", .0.display())]
    None(PathBuf),
    /// The desk lies there in clear: a backup of it would be readable for everybody.
    #[error("{} is not sealed", .0.display())]
    Clear(PathBuf),
    /// There is no such file.
    #[error("no file {}", .0.display())]
    Missing(PathBuf),
    /// The file is none of ours.
    #[error("no backup: {}", .0.display())]
    NotABackup(PathBuf),
    /// The end of the file is missing or damaged.
    #[error("cut short: {}", .0.display())]
    CutShort(PathBuf),
    /// A member is missing, longer or shorter than it should be, or has other bytes.
    #[error("{}: {member} is damaged", file.display())]
    Damaged {
        /// The backup.
        file: PathBuf,
        /// The member's name in it; empty for the table of contents.
        member: String,
    },
    /// A newer program made it.
    #[error("format {version}")]
    Newer {
        /// The backup.
        file: PathBuf,
        /// The version that it has.
        version: u32,
    },
    /// It is the backup of another desk.
    #[error("another desk: {}", .0.display())]
    OtherDesk(PathBuf),
    /// The desk's journal is being rewritten, or another backup is being made.
    #[error("the journal is in use")]
    Busy,
    /// The data folder has no desk, has one already, or is open elsewhere.
    #[error(transparent)]
    Desk(#[from] OpenError),
    /// The disk failed.
    #[error("disk: {error}")]
    Io {
        /// Where.
        path: PathBuf,
        /// How.
        error: io::Error,
    },
}

impl BackupError {
    /// What went wrong while writing into this folder: its name tells a person more than that of a file that is not
    /// there yet.
    pub(super) fn writing(folder: &Path, error: io::Error) -> Self {
        let folder = folder.to_owned();
        let kind = error.kind();
        if matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory) {
            Self::FolderMissing(folder)
        } else if matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge) {
            Self::Full(folder)
        } else if matches!(kind, ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) {
            Self::ReadOnly(folder)
        } else {
            Self::Io { path: folder, error }
        }
    }

    /// What went wrong while reading this file.
    pub(super) fn reading(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        if error.kind() == ErrorKind::NotFound {
            Self::Missing(path)
        } else if error.kind() == ErrorKind::IsADirectory {
            Self::NotABackup(path)
        } else {
            Self::Io { path, error }
        }
    }

    /// A damaged member of this file.
    pub(super) fn damaged(file: &Path, member: &str) -> Self {
        Self::Damaged { file: file.to_owned(), member: member.to_owned() }
    }
}

impl Explain for BackupError {
    fn say(&self) -> Say {
        let at = |key, path: &Path| Say::new(key).with("path", path.display().to_string());
        match self {
            Self::FolderMissing(path) => at("backup-folder-missing", path),
            Self::Inside(path) => at("backup-folder-inside", path),
            Self::Full(path) => at("backup-full", path),
            Self::ReadOnly(path) => at("backup-read-only", path),
            Self::None(path) => at("backup-none-there", path),
            Self::Clear(path) => at("backup-clear", path),
            Self::Missing(path) => at("backup-missing", path),
            Self::NotABackup(path) => at("backup-not-ours", path),
            Self::CutShort(path) => at("backup-cut-short", path),
            Self::Damaged { file, member } if member.is_empty() => at("backup-damaged-contents", file),
            Self::Damaged { file, member } => at("backup-damaged", file).with("member", member.clone()),
            Self::Newer { file, version } => at("backup-newer", file).with("version", version.to_string()),
            Self::OtherDesk(path) => at("backup-other-desk", path),
            Self::Busy => Say::new("backup-busy"),
            Self::Desk(error) => error.say(),
            Self::Io { path, error } => at("backup-disk", path).with("error", error.to_string()),
        }
    }
}
