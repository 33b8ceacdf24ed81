//! Everything that a desk knows as tables: a table for each kind of record, one for each of their lists, and a first one
//! that says how many rows each has. What is written here is read back value by value, by the records' identities.
//!
//! [`cells`] takes a record apart and puts it together; [`mod@tables`] makes tables of records and records of tables;
//! [`plan`] compares them with what a desk has. Not in it: the desk's own settings, keys and passphrases, the history
//! (`export --all` in JSON Lines has that), numbers of keystrokes, and what was disposed of.

mod cells;
mod error;
mod plan;
mod tables;

use crate::desk::record::Kind;

pub use error::{EverythingError, Fault};
pub use plan::{Plan, Present};
pub use tables::{Incoming, from_files, from_workbook, read, tables};

/// The kinds of records, in the order of their tables.
pub const KINDS: [Kind; 15] = [
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
];

#[cfg(test)]
mod tests;
