//! Folding of Japanese text, keys, ranking. Nothing else decides when two spellings are the same.
//!
//! [`fold`] makes keys of text, [`Keys`] are the keys of one record (they can be kept with it), [`Index`] finds records at
//! each key press, [`Filter`] narrows a list that is already in hand. Knows no record type of the desk: an [`Entry`] is made by
//! whoever owns the record.

mod find;
pub mod fold;
mod guess;
mod heads;
mod index;
mod keys;
mod places;
mod query;
mod rank;
#[cfg(test)]
mod recall;
mod scan;
mod second;
#[cfg(test)]
mod tests;
mod words;

pub use find::Matching;
pub use fold::{same, same_address};
pub use guess::Readings;
pub use index::{Found, Hit, Index};
pub use keys::{Entry, Keys};
pub use places::city;
pub use query::{Filter, Query};
pub use rank::Why;
pub use words::reading;
