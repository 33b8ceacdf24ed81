//! The second pass, for short forms that nobody wrote down (徳中 → 徳山中央病院): fuzzy matching over names only.

use memchr::memmem::Finder;
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::query::Query;
use super::scan::Buffer;

/// The records whose names hold the characters of the query in their order, best first. `name_end` gives the length of a
/// record's name in its text part, or `None` for records that are not asked for.
pub(super) fn scattered(text: &Buffer, query: &Query, name_end: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let wanted: String = query.terms.iter().map(|term| term.key.as_str()).collect();
    let Some(first) = wanted.chars().next() else { return Vec::new() };
    let atom = Atom::new(&wanted, CaseMatching::Ignore, Normalization::Never, AtomKind::Fuzzy, false);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut chars = Vec::new();
    let mut found: Vec<(u16, usize)> = Vec::new();
    // Looking for the first character is quick and leaves few names for the matcher.
    text.each(&Finder::new(first.encode_utf8(&mut [0; 4]).as_bytes()), |slot, offset| {
        let Some(end) = name_end(slot).filter(|end| offset < *end) else { return };
        let Some(name) = text.part(slot).get(..end).and_then(|name| std::str::from_utf8(name).ok()) else { return };
        if !in_order(name, &wanted) {
            return;
        }
        if let Some(score) = atom.score(Utf32Str::new(name, &mut chars), &mut matcher) {
            found.push((score, slot));
        }
    });
    found.sort_unstable_by_key(|(score, slot)| (std::cmp::Reverse(*score), *slot));
    found.into_iter().map(|(_, slot)| slot).collect()
}

fn in_order(name: &str, wanted: &str) -> bool {
    let mut name = name.chars();
    wanted.chars().all(|c| name.any(|n| n == c))
}
