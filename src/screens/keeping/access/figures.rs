//! The figures of a month in words: the same on the screen and on the command line.

use crate::desk::access::Access;
use crate::desk::access::review::{Figures, Work};
use crate::locale::Locale;

/// The kinds that are counted one by one, in the order of the page.
const COUNTED: [Access; 13] = [
    Access::Login,
    Access::Open,
    Access::List,
    Access::Search,
    Access::History,
    Access::Copy,
    Access::Print,
    Access::Export,
    Access::Import,
    Access::Backup,
    Access::Drill,
    Access::Settings,
    Access::Clock,
];

/// What is counted over the whole desk: label and number. What wants a look comes first.
pub fn rows(figures: &Figures, locale: &Locale) -> Vec<(String, u64)> {
    let row = |key: &str, count| (locale.t(key).into_owned(), count);
    let first = [
        row("access-figure-refused", figures.refused),
        row("access-figure-failed", figures.failed),
        row("access-figure-others", figures.others),
        row("access-figure-without-reason", figures.without_reason),
        row("access-figure-odd", figures.odd),
    ];
    let counted = COUNTED.iter().map(|access| row(access.name(), figures.count(*access)));
    first.into_iter().chain(counted).chain([row("access-figure-total", figures.total)]).collect()
}

/// The heads of the table of operators, behind the name.
pub const HEADS: [&str; 7] = [
    "access-figure-logins",
    "access-figure-opens",
    "access-figure-searches",
    "access-figure-prints",
    "access-figure-exports",
    "access-figure-others-short",
    "access-figure-odd-short",
];

/// The numbers under [`HEADS`].
pub const fn numbers(work: &Work) -> [u64; 7] {
    [work.logins, work.opens, work.searches, work.prints, work.exports, work.others, work.odd]
}
