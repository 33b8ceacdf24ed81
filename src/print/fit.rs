//! How large the type of a FAX sheet may be, and on how many pages it stands. Nothing is ever cut and no type is smaller
//! than a FAX machine's reader can read: what a page does not hold in [`SMALL`] goes on two, and what two do not hold is
//! told before anything is made.
//!
//! Counted, not measured: the sheet is made by a browser that this program does not hold, and the number of pages is to
//! be known when the number is confirmed. Each character counts as a full square, which the widest (kanji) are, so that
//! the paper has more room than is counted here. Lengths are in tenths of a point (1/720 inch).

use serde::Serialize;

use super::fax::{Fax, Purpose};
use crate::desk::record::Explain;
use crate::desk::say::Say;

/// How a sheet is set. Templates use the members by these names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Fit {
    /// Whether the type is small; on two pages, that of the first.
    pub small: bool,
    /// On how many pages it stands: 1 or 2.
    pub sheets: u8,
}

/// More stands on a sheet than two pages hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{over} characters too many for two pages; {field} has {count}")]
pub struct TooLong {
    /// The longest part: `office`, `department`, `doctor`, `fax`, `phone`, `desk`, `founder`, `operator`, `name`, `area`,
    /// `topics`, `other`.
    pub field: &'static str,
    /// How many characters it has.
    pub count: usize,
    /// About how many characters are too many.
    pub over: usize,
}

impl Explain for TooLong {
    fn say(&self) -> Say {
        let say = Say::new("print-fax-too-long").with("field", self.field);
        say.with("count", self.count.to_string()).with("over", self.over.to_string())
    }
}

/// The height of a page inside its margins, as the template gives it: 272 mm.
const PAGE: usize = 7710;

/// The width of a line across the page: 186 mm.
const ACROSS: usize = 5270;

/// The least height for what is written by hand: the message, the answer; and the message where it has its own page.
const MESSAGE: usize = 850;
const ANSWER: usize = 700;
const ALONE: usize = 850;

/// A size of type: of the text and of the recipient, with the height of their lines.
#[derive(Clone, Copy)]
struct Type {
    text: (usize, usize),
    to: (usize, usize),
    /// The height of the lines in hundredths of the type.
    lead: usize,
    /// The width beside a label.
    beside: usize,
    /// What the lines and the padding of a row take.
    row: usize,
    /// The title.
    title: usize,
}

const LARGE: Type = Type { text: (120, 168), to: (150, 210), lead: 140, beside: 4370, row: 68, title: 200 };
/// The first of two pages: no smaller, with closer lines.
const CLOSE: Type = Type { text: (95, 114), to: (105, 126), lead: 120, beside: 4540, row: 40, title: 140 };
const SMALL: Type = Type { text: (95, 124), to: (110, 143), lead: 130, beside: 4370, row: 68, title: 200 };

/// Characters, for what stands on paper: [`crate::widgets`] measure the screen.
fn count(text: &str) -> usize {
    text.chars().count()
}

/// How many characters of this size are in a line: one fewer, for it may end before a sign that must not begin the next.
const fn in_line(size: usize, width: usize) -> usize {
    width / size - 1
}

/// The height of so many characters of this size and line height in this width.
const fn lines(characters: usize, (size, lead): (usize, usize), width: usize) -> usize {
    let lines = characters.div_ceil(in_line(size, width));
    if lines == 0 { lead } else { lines * lead }
}

impl Type {
    const fn of(self, size: usize) -> (usize, usize) {
        (size, size * self.lead / 100)
    }

    /// Everything above the reply slip but the room for the message.
    fn top(self, fax: &Fax) -> usize {
        let (to, from, about) = (&fax.to, &fax.from, &fax.about);
        let beside = |characters| lines(characters, self.text, self.beside);
        let person = if about.name.is_empty() { count(&about.initials) + 9 } else { count(&about.name) + 2 };
        let topics: usize = fax.topics.iter().map(|topic| count(topic) + 1).sum();
        let filled = [
            lines(count(&fax.date) + count(&fax.number) + 13, self.text, ACROSS),
            // The title.
            self.of(self.title).1 + 57,
            lines(count(&to.office) + count(&to.department) + 1, self.to, self.beside),
            beside(count(&to.doctor) + 3),
            // The number, set apart.
            lines(count(&to.fax) + 4, (215, 240), self.beside),
            beside(count(&to.phone) + 3),
            beside(count(&from.founder) + count(&from.desk) + count(&from.operator) + 5),
            beside(count(&from.phone).max(10) + count(&from.fax).max(10) + 8),
            beside(person + count(&about.area) + 4),
            beside(topics.max(10)),
            self.purpose(fax),
            // The small print.
            lines(80, self.of(95), ACROSS),
            6 * self.row + 11,
        ];
        filled.into_iter().sum()
    }

    /// What it is about: boxes two beside each other, and what is asked for.
    fn purpose(self, fax: &Fax) -> usize {
        let open = |one: &Purpose| if one.open { 10 } else { 0 };
        let pair = |pair: &[Purpose]| {
            let longest = pair.iter().map(|one| count(&one.label) + 2 + open(one)).max().unwrap_or_default();
            lines(longest, self.text, self.beside / 2)
        };
        let wanted: usize = fax.wanted.iter().map(|able| count(able) + 1).sum();
        let wanted = if wanted == 0 { 0 } else { lines(wanted + 9, self.text, self.beside) };
        // A row has a line where nothing stands in it.
        fax.purposes.chunks(2).map(pair).sum::<usize>().max(self.text.1) + wanted
    }

    /// The reply slip but the room for the answer.
    fn reply(self, fax: &Fax) -> usize {
        let head = count(&fax.from.desk) + count(&fax.from.operator) + count(&fax.from.fax) + 10;
        let person = lines(count(&fax.number) + count(&fax.about.initials) + 14, self.text, self.beside);
        // The boxes for the answer of a doctor who is asked to take somebody on.
        let take = if fax.to_take { self.text.1 + lines(38, self.text, self.beside) } else { 0 };
        let fixed = 3 * self.text.1 + 4 * self.row + 11;
        self.of(100).1 + 100 + lines(head, self.of(130), ACROSS) + 28 + person + take + fixed
    }

    fn on_one(self, fax: &Fax) -> bool {
        self.top(fax) + self.reply(fax) + MESSAGE + ANSWER <= PAGE
    }
}

/// What stands on the first of two pages: of the purposes only that which is marked.
fn on_two(fax: &Fax) -> Fax {
    let mut fax = fax.clone();
    if fax.purposes.iter().any(|one| one.chosen) {
        fax.purposes.retain(|one| one.chosen);
    }
    fax
}

impl Fit {
    /// How this sheet is set.
    ///
    /// # Errors
    /// What is too long for two pages.
    pub fn of(fax: &Fax) -> Result<Self, TooLong> {
        for (kind, small) in [(LARGE, false), (SMALL, true)] {
            if kind.on_one(fax) {
                return Ok(Self { small, sheets: 1 });
            }
        }
        // The second page is set large: the answer is written there by hand. The number stands on it once more.
        let second = LARGE.reply(fax) + ANSWER + LARGE.text.1;
        let over = (CLOSE.top(&on_two(fax)) + ALONE).saturating_sub(PAGE).max(second.saturating_sub(PAGE));
        if over == 0 {
            return Ok(Self { small: true, sheets: 2 });
        }
        let (field, count) = longest(fax);
        let (size, lead) = if matches!(field, "office" | "department") { CLOSE.to } else { CLOSE.text };
        Err(TooLong { field, count, over: (over.div_ceil(lead) * in_line(size, CLOSE.beside)).min(count) })
    }
}

/// The longest part of a sheet.
fn longest(fax: &Fax) -> (&'static str, usize) {
    let (to, from, about) = (&fax.to, &fax.from, &fax.about);
    let parts = [
        ("other", count(&fax.number).max(count(&about.initials))),
        ("office", count(&to.office)),
        ("department", count(&to.department)),
        ("doctor", count(&to.doctor)),
        ("fax", count(&to.fax)),
        ("phone", count(&to.phone)),
        ("desk", count(&from.desk).max(count(&from.phone)).max(count(&from.fax))),
        ("founder", count(&from.founder)),
        ("operator", count(&from.operator)),
        ("name", count(&about.name)),
        ("area", count(&about.area)),
        ("topics", fax.topics.iter().map(|topic| count(topic)).sum()),
    ];
    parts.into_iter().max_by_key(|(_, count)| *count).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Lang, Locale};

    fn fax(office: usize, topics: usize) -> Fax {
        let mut fax = Fax { number: "R8-0123".to_owned(), date: "令和8年11月24日".to_owned(), ..Fax::default() };
        fax.to.office = "架".repeat(office);
        fax.to.fax = "0834-00-1234".to_owned();
        fax.from.desk = "架空窓口".to_owned();
        fax.topics = vec!["往診の相談".to_owned(); topics];
        fax
    }

    #[test]
    fn a_longer_sheet_gets_smaller_type_then_a_second_page_and_never_fewer() {
        let mut before = Fit { small: false, sheets: 1 };
        let mut seen = vec![before];
        for office in 0..6000 {
            let Ok(fit) = Fit::of(&fax(office, 2)) else { break };
            let order = |fit: Fit| (fit.sheets, fit.small);
            assert!(order(fit) >= order(before), "{office}: {fit:?} after {before:?}");
            if fit != before {
                seen.push(fit);
            }
            before = fit;
        }
        let small = Fit { small: true, sheets: 1 };
        assert_eq!(seen, [Fit { small: false, sheets: 1 }, small, Fit { small: true, sheets: 2 }]);
    }

    #[test]
    fn names_as_they_are_at_a_desk_are_set_large_and_fields_filled_to_their_end_on_two_pages() {
        for (office, topics) in [(0, 0), (8, 1), (40, 6), (60, 10)] {
            assert_eq!(Fit::of(&fax(office, topics)).unwrap(), Fit { small: false, sheets: 1 }, "{office} {topics}");
        }
        // A field of one line takes 200 characters.
        let mut full = fax(200, 23);
        let long = "架".repeat(200);
        for text in [&mut full.to.department, &mut full.to.doctor, &mut full.from.desk, &mut full.from.founder] {
            text.clone_from(&long);
        }
        for text in [&mut full.from.operator, &mut full.about.name, &mut full.about.area] {
            text.clone_from(&long);
        }
        assert_eq!(Fit::of(&full).unwrap().sheets, 2);
    }

    #[test]
    fn what_two_pages_do_not_hold_is_told_by_its_longest_part_and_how_much_is_too_much() {
        let long = Fit::of(&fax(20_000, 0)).unwrap_err();
        assert_eq!((long.field, long.count), ("office", 20_000));
        assert!(Fit::of(&fax(20_000 - long.over, 0)).is_ok(), "{long:?}");
        let topics = Fit::of(&fax(10, 2_000)).unwrap_err();
        assert_eq!((topics.field, topics.count), ("topics", 10_000));
        for lang in [Lang::Ja, Lang::En] {
            let said = Locale::new(lang).say(&long.say());
            assert!(said.contains("20000") && said.contains(&long.over.to_string()) && !said.contains("架"), "{said}");
        }
    }
}
