//! The second pass, for short forms that nobody wrote down (徳中 → 徳山中央病院): fuzzy matching over names only.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::query::Query;
use super::scan::Buffer;

/// The records whose names hold the characters of the query in their order, best first. `name_end` gives the length of a
/// record's name in its text part, or `None` for records that are not asked for.
pub(super) fn scattered(text: &Buffer, query: &Query, name_end: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let wanted: String = query.terms().map(|term| term.key.as_str()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let atom = Atom::new(&wanted, CaseMatching::Ignore, Normalization::Never, AtomKind::Fuzzy, false);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut chars = Vec::new();
    let mut found: Vec<(u16, usize)> = Vec::new();
    // The records that have all the characters somewhere are few, and soon found.
    text.each_with(&wanted, |slot| {
        let name = name_end(slot).and_then(|end| std::str::from_utf8(text.part(slot).get(..end)?).ok());
        if let Some(name) = name.filter(|name| in_order(name, &wanted)) {
            found.extend(atom.score(Utf32Str::new(name, &mut chars), &mut matcher).map(|score| (score, slot)));
        }
    });
    found.sort_unstable_by_key(|(score, slot)| (std::cmp::Reverse(*score), *slot));
    found.into_iter().map(|(_, slot)| slot).collect()
}

fn in_order(name: &str, wanted: &str) -> bool {
    let mut name = name.chars();
    wanted.chars().all(|c| name.any(|n| n == c))
}
