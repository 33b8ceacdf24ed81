//! What can be wrong with keys, as data; the sentences stand in the locale files.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::primitive::NoChance;
use crate::desk::passphrase::Weak;
use crate::desk::record::Explain;
use crate::desk::say::Say;

/// Why the desk stays closed.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// No slot opens with this passphrase, or the recovery key is not this desk's.
    #[error("wrong")]
    Wrong,
    /// The recovery key has a letter too few, or one that is wrong: it was not tried.
    #[error("a slip in the recovery key")]
    Slip,
    /// The passphrase is right, and its operator has a second factor.
    #[error("a code is needed")]
    CodeNeeded,
    /// The passphrase is right, the code is not, or was used before.
    #[error("the code is wrong")]
    CodeWrong,
    /// Too many wrong tries: this one was not looked at.
    #[error("wait")]
    Wait(Duration),
    /// There is no keys file in this folder.
    #[error("no keys in {}", .folder.display())]
    NoKeys {
        /// The data folder.
        folder: PathBuf,
    },
    /// Neither the keys file nor its copy reads.
    #[error("damaged: {}", .file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
    },
    /// A newer program wrote the keys.
    #[error("format {version}")]
    Newer {
        /// The file.
        file: PathBuf,
        /// Its format.
        version: u32,
    },
    /// The passphrase is right, but the keys were altered by somebody who has none: a slot or an epoch is not ours.
    #[error("altered: {}", .file.display())]
    Foreign {
        /// The file.
        file: PathBuf,
    },
    /// The keys are older than those that were used here last: somebody put an old file back.
    #[error("older: {}", .file.display())]
    Older {
        /// The file.
        file: PathBuf,
    },
    /// The disk failed.
    #[error("disk: {error}")]
    Io {
        /// Where.
        file: PathBuf,
        /// How.
        error: io::Error,
    },
    /// The system gave no random bytes, or not the memory that a try costs.
    #[error("no random bytes or no memory")]
    Chance,
}

impl From<NoChance> for UnlockError {
    fn from(_: NoChance) -> Self {
        Self::Chance
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

impl Explain for UnlockError {
    fn say(&self) -> Say {
        match self {
            Self::Wrong => Say::new("vault-wrong"),
            Self::Slip => Say::new("vault-recovery-slip"),
            Self::CodeNeeded => Say::new("vault-code-needed"),
            Self::CodeWrong => Say::new("vault-code-wrong"),
            Self::Wait(wait) => Say::new("vault-wait").with("seconds", seconds(*wait).to_string()),
            Self::NoKeys { folder } => Say::new("vault-no-keys").with("folder", shown(folder)),
            Self::Damaged { file } => Say::new("vault-damaged").with("file", shown(file)),
            Self::Newer { file, version } => {
                Say::new("journal-newer-format").with("file", shown(file)).with("version", version.to_string())
            }
            Self::Foreign { file } => Say::new("vault-foreign").with("file", shown(file)),
            Self::Older { file } => Say::new("vault-older").with("file", shown(file)),
            Self::Io { file, error } => {
                Say::new("journal-disk-failed").with("file", shown(file)).with("error", error.to_string())
            }
            Self::Chance => Say::new("vault-no-chance"),
        }
    }
}

/// Whole seconds, rounded up: a wait is never told shorter than it is.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0))
}

/// Why something about the keys was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// A passphrase or a code did not open what it was to open, or the keys do not read.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// The passphrase breaks a rule.
    #[error("weak")]
    Weak(Weak),
    /// Another operator has this passphrase. The sentence does not say so: it would tell whose desk neighbour's it is.
    #[error("taken")]
    Taken,
    /// The operator has no key.
    #[error("no slot")]
    NoSlot,
    /// The operator has a key already.
    #[error("a slot exists")]
    HasSlot,
    /// Without this operator only the recovery key would open the desk.
    #[error("the last operator")]
    LastOperator,
    /// The desk is locked.
    #[error("locked")]
    Locked,
}

impl From<NoChance> for VaultError {
    fn from(_: NoChance) -> Self {
        Self::Unlock(UnlockError::Chance)
    }
}

impl From<Weak> for VaultError {
    fn from(weak: Weak) -> Self {
        Self::Weak(weak)
    }
}

impl VaultError {
    pub(super) fn io(file: &Path, error: io::Error) -> Self {
        Self::Unlock(UnlockError::Io { file: file.to_owned(), error })
    }
}

impl Explain for VaultError {
    fn say(&self) -> Say {
        match self {
            Self::Unlock(error) => error.say(),
            Self::Weak(weak @ Weak::Short { least }) => Say::new(weak.key()).with("least", least.to_string()),
            Self::Weak(weak) => Say::new(weak.key()),
            Self::Taken => Say::new("vault-taken"),
            Self::NoSlot => Say::new("vault-no-slot"),
            Self::HasSlot => Say::new("vault-has-slot"),
            Self::LastOperator => Say::new("vault-last-operator"),
            Self::Locked => Say::new("vault-locked"),
        }
    }
}
