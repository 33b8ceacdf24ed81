//! Files in and out: CSV (UTF-8, CP932), Excel, JSON. Makes edits; never writes to the journal itself.
//!
//! The way of a file in: [`table`] reads rows out of bytes, [`layout`] finds the header and says what its columns are,
//! [`rows`] makes clean directory entries of the rows, [`offices`] compares them with the directory and plans the
//! edits. [`export`] writes the directory out so that the same way reads it in. Nothing is written before the whole file has been understood, so a refused file leaves nothing behind.

mod ability;
pub mod archive;
pub mod cases;
mod clean;
mod delimited;
pub mod edition;
pub mod error;
pub mod everything;
pub mod export;
pub mod hsds;
mod json;
mod kind;
pub mod layout;
mod matching;
pub mod offices;
pub mod outreach;
pub mod postal;
pub mod proposal;
pub mod rows;
pub mod survey;
pub mod table;
pub mod text;
mod workbook;
pub mod write;

#[cfg(test)]
mod broken;
#[cfg(test)]
mod tests;
