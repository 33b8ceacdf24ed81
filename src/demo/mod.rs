//! A fictional desk, as edits: ten months of a city that does not exist, with the figures of the minutes of 2017-02-09.
//! Knows no disk: the batches are committed as any others are.

use chrono::{DateTime, FixedOffset};

use crate::desk::id::Id;
use crate::desk::record::Batch;

mod build;
mod directory;
mod editions;
mod inquiries;
mod meetings;
mod offices;
mod outreach;
mod people;
mod rounds;
mod sheets;
mod stories;
mod time;

pub use people::PASSPHRASES;

/// Everything that the demo's desk did up to the last opening day before `today`, in the order of time.
///
/// The same for the same day, but for the identities, which come from `ids`. The first batch sets the desk up; who did
/// it is the operator that opens the demo. What happens: offices from a survey, 50 contacts in 40 cases, checks of the
/// directory, a round of them that is half done, a past meeting with its decisions, and the next one with some flagged cases.
pub fn batches(today: DateTime<FixedOffset>, ids: &mut dyn FnMut() -> Id) -> Vec<(DateTime<FixedOffset>, Batch)> {
    let mut build = build::Build::new(time::Time::new(today), ids);
    build.set_up();
    build.directory();
    build.cases();
    build.inquiries();
    build.districts();
    build.meetings();
    build.sheets();
    build.editions();
    build.round();
    build.outreach();
    build.finish()
}

#[cfg(test)]
mod tests;
