//! The places to fill in a canned text: `{病院}`. What is typed at one takes its place.

use std::ops::Range;

/// The first place that begins at or after this byte: braces in one line with something between them.
pub fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    rest.match_indices('{').find_map(|(at, _)| {
        let inside = rest.get(at + 1..)?;
        let end = inside.find(['{', '}', '\n'])?;
        let closed = end > 0 && inside.get(end..)?.starts_with('}');
        closed.then_some(from + at..from + at + end + 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_one_after_the_other() {
        for (text, from, place) in [
            ("{病院}へ", 0, Some("{病院}")),
            ("明日{日時}に{病院}へ", 0, Some("{日時}")),
            ("明日{日時}に{病院}へ", 7, Some("{病院}")),
            ("明日{日時}に{病院}へ", 40, None),
            ("{}", 0, None),
            ("{病\n院}", 0, None),
            ("{{病院}", 0, Some("{病院}")),
            ("{病院", 0, None),
            ("", 0, None),
        ] {
            assert_eq!(next(text, from).and_then(|range| text.get(range)), place, "{text} from {from}");
        }
    }
}
