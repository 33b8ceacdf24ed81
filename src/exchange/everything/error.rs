//! Why an export of everything is not taken in. Holds where and what, never a value of the file: those are personal data.

use super::super::error::ImportError;
use crate::desk::record::Explain;
use crate::desk::say::Say;

/// Why nothing of it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EverythingError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] ImportError),
    /// It is no export of everything: its first table is missing.
    #[error("{file}: no export of everything")]
    NotOurs {
        /// The file's or the folder's name.
        file: String,
    },
    /// A newer program wrote it.
    #[error("{file}: version {version}")]
    Newer {
        /// The file's or the folder's name.
        file: String,
        /// Its version.
        version: u64,
    },
    /// A table has fewer rows than were written, or is missing.
    #[error("{file}: {found} of {expected} rows")]
    Missing {
        /// The file, with the sheet.
        file: String,
        /// Rows that are there.
        found: usize,
        /// Rows that were written.
        expected: usize,
    },
    /// A cell or a row cannot be taken in.
    #[error("{file}: row {row}: {fault:?}")]
    At {
        /// The file, with the sheet.
        file: String,
        /// The row, as a spreadsheet counts.
        row: u32,
        /// The column's header; empty for the whole row.
        column: String,
        /// What is wrong.
        fault: Fault,
    },
}

/// What is wrong with a cell or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The cell is not what its column holds.
    Value,
    /// A code that neither this desk nor the file has.
    Code,
    /// The identity stands in another row as well.
    Twice,
    /// Another record of this desk has this number.
    Taken,
    /// It was disposed of at this desk.
    Disposed,
    /// The record that it belongs to is neither in the file nor at this desk.
    Alone,
    /// A cell that a spreadsheet could not calculate.
    Formula,
    /// The row has more or fewer cells than the header.
    Cells,
}

impl Explain for EverythingError {
    fn say(&self) -> Say {
        match self {
            Self::File(error) => error.say(),
            Self::NotOurs { file } => Say::new("exchange-all-not-ours").with("file", file.as_str()),
            Self::Newer { file, version } => {
                Say::new("exchange-all-newer").with("file", file.as_str()).with("version", version.to_string())
            }
            Self::Missing { file, found, expected } => Say::new("exchange-all-missing")
                .with("file", file.as_str())
                .with("found", found.to_string())
                .with("expected", expected.to_string()),
            Self::At { file, row, column, fault } => {
                let say = match fault {
                    Fault::Value => Say::new("exchange-all-value"),
                    Fault::Code => Say::new("exchange-all-code"),
                    Fault::Twice => Say::new("exchange-all-twice"),
                    Fault::Taken => Say::new("exchange-all-taken"),
                    Fault::Disposed => Say::new("exchange-all-disposed"),
                    Fault::Alone => Say::new("exchange-all-alone"),
                    Fault::Formula => Say::new("exchange-all-formula"),
                    Fault::Cells => Say::new("exchange-all-cells"),
                };
                say.with("file", file.as_str()).with("row", row.to_string()).with("column", column.as_str())
            }
        }
    }
}
