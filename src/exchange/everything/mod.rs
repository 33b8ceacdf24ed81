//! Everything that a desk knows as tables: a table for each kind of record, one for each of their lists, and a first one
//! that says how many rows each has. What is written here is read back value by value, by the records' identities.
//!
//! [`cells`] takes a record apart and puts it together; [`mod@tables`] makes tables of records and records of tables;
//! [`plan`] compares them with what a desk has. Not in it is what [`LEFT_OUT`] names, with the reason for each.

mod cells;
mod error;
mod plan;
mod tables;

use crate::desk::record::Kind;

pub use error::{EverythingError, Fault};
pub use plan::{Plan, Present};
pub use tables::{Incoming, from_files, from_workbook, read, tables};

/// The kinds of records, in the order of their tables.
pub const KINDS: [Kind; 17] = [
    Kind::Office,
    Kind::Case,
    Kind::Contact,
    Kind::Person,
    Kind::Policy,
    Kind::Meeting,
    Kind::Task,
    Kind::Inquiry,
    Kind::Round,
    Kind::Survey,
    Kind::Proposal,
    Kind::Activity,
    Kind::Document,
    Kind::Codebook,
    Kind::Operator,
    Kind::Desk,
    Kind::Usage,
];

/// Something of a desk that no table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name for other programs.
    pub name: &'static str,
    /// The kind of record that it is; `None`: no record.
    pub kind: Option<Kind>,
    /// The key of the sentence that says what it is, why it is left out, and what carries it.
    pub why: &'static str,
}

/// What no table holds: told to whoever writes or reads one.
pub const LEFT_OUT: [LeftOut; 6] = [
    // They name changes of this journal by their numbers; in another one the same numbers are other changes.
    LeftOut { name: "disposals", kind: Some(Kind::Disposal), why: "exchange-all-left-disposals" },
    LeftOut { name: "history", kind: None, why: "exchange-all-left-history" },
    LeftOut { name: "secrets", kind: None, why: "exchange-all-left-secrets" },
    LeftOut { name: "folders", kind: None, why: "exchange-all-left-folders" },
    LeftOut { name: "drafts", kind: None, why: "exchange-all-left-drafts" },
    LeftOut { name: "files", kind: None, why: "exchange-all-left-files" },
];

/// Members of the desk's own record that stay at the computer: where it writes, what it has done already, and whether its
/// people are fictional.
pub const STAYING: [&str; 4] = ["backup_folder", "paper_folder", "has_persons", "demo"];

#[cfg(test)]
mod tests;
