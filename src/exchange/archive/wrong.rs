//! Why a file of cases is refused. Holds where and what, never a value of the file: those are personal data.

use super::super::error::ImportError;
use crate::desk::record::Explain;
use crate::desk::say::Say;

/// Why a file of cases is refused. Holds where and what, never a value of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CasesError {
    /// It cannot be read, or is no JSON.
    #[error(transparent)]
    File(#[from] ImportError),
    /// It is no export of cases.
    #[error("{file}: no export of cases")]
    NotOurs {
        /// The file's name without its folders.
        file: String,
    },
    /// A newer program wrote it.
    #[error("{file}: version {version}")]
    Newer {
        /// The file's name.
        file: String,
        /// Its version.
        version: u64,
    },
    /// A member of it cannot be taken in.
    #[error("{file}: case {case}: {fault:?}")]
    At {
        /// The file's name.
        file: String,
        /// Which case of the file, from 1.
        case: usize,
        /// Which of its contacts, from 1; 0 for the case itself.
        contact: usize,
        /// The member's name in the file.
        field: String,
        /// What is wrong.
        fault: Fault,
    },
}

/// What is wrong with a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It has a value of another kind.
    Value,
    /// It has a code that this desk does not have.
    Code,
    /// Two entries of the file have it.
    Twice,
    /// Another case of this desk has it.
    Taken,
    /// It was disposed of at this desk.
    Disposed,
}

impl Explain for CasesError {
    fn say(&self) -> Say {
        match self {
            Self::File(error) => error.say(),
            Self::NotOurs { file } => Say::new("exchange-cases-not-ours").with("file", file.as_str()),
            Self::Newer { file, version } => {
                Say::new("exchange-cases-newer").with("file", file.as_str()).with("version", version.to_string())
            }
            Self::At { file, case, contact, field, fault } => {
                let say = match fault {
                    Fault::Value => Say::new("exchange-cases-value"),
                    Fault::Code => Say::new("exchange-cases-code"),
                    Fault::Twice => Say::new("exchange-cases-twice"),
                    Fault::Taken => Say::new("exchange-cases-taken"),
                    Fault::Disposed => Say::new("exchange-cases-disposed"),
                };
                say.with("file", file.as_str())
                    .with("case", case.to_string())
                    .with("contact", if *contact == 0 { "none".to_owned() } else { contact.to_string() })
                    .with("field", field.as_str())
            }
        }
    }
}
