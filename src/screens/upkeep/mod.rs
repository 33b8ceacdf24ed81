//! 名簿整備: what keeps the directory right and what comes of it, one page a matter: rounds of checks, changes that others
//! propose, surveys, editions, outreach, doctors. A new page is a file here and a line in [`screen`].

pub mod doctors;
pub mod editions;
mod outreach;
mod pairs;
mod proposals;
mod rounds;
mod survey;

use super::pages::{Page, Pages};
use crate::keys::Context;
use editions::Editions;
use proposals::Proposals;
use survey::Surveys;

/// The keys of this screen, under a popup too.
pub const HERE: &[Context] = &[Context::Upkeep, Context::List, Context::Global];

/// The screen with all its pages, in their order.
pub fn screen() -> Pages {
    let pages: Vec<Box<dyn Page>> = vec![
        Box::new(Editions::default()),
        Box::new(Proposals::default()),
        Box::new(Surveys::default()),
        Box::new(doctors::Doctors::default()),
        Box::new(rounds::Rounds::default()),
        Box::new(outreach::Outreach::default()),
    ];
    Pages::new(pages, HERE)
}
