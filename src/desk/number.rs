//! 受付番号 of cases: `R8-0123`, era year of the fiscal year and a running number within it.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::date;

/// A case number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// The calendar year in which the fiscal year begins (April), such as 2026 for `R8`.
    pub fiscal_year: i32,
    /// The running number in the fiscal year, from 1.
    pub serial: u32,
}

/// The text is not a case number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a case number")]
pub struct NotANumber;

/// The part of the numbers of this day's fiscal year before the hyphen, such as `R8`.
pub fn prefix(on: NaiveDate) -> String {
    date::fiscal_label(on)
}

/// The number after `last`, the highest one given so far; the first of the fiscal year of `on` if `last` is none,
/// is from another fiscal year, or cannot be read.
pub fn next_number(last: Option<&str>, on: NaiveDate) -> String {
    let fiscal_year = date::fiscal_year(on);
    let before = last.and_then(|text| text.parse::<Number>().ok()).filter(|n| n.fiscal_year == fiscal_year);
    Number { fiscal_year, serial: before.map_or(0, |n| n.serial).saturating_add(1) }.to_string()
}

/// The highest number of the fiscal year of `on` among these: what [`next_number`] wants as `last`.
pub fn highest<'a>(numbers: impl IntoIterator<Item = &'a str>, on: NaiveDate) -> Option<String> {
    let year = date::fiscal_year(on);
    let parsed = numbers.into_iter().filter_map(|text| text.parse::<Number>().ok());
    parsed.filter(|n| n.fiscal_year == year).max().map(|n| n.to_string())
}

/// The eras by the fiscal year from which they name it: 令和, 平成, 昭和. A fiscal year has one name, that of its greater
/// part, as in [`date::fiscal_label`]: April 2019 is already `R1`.
const ERAS: [(char, i32); 3] = [('R', 2019), ('H', 1989), ('S', 1926)];

fn era_year(fiscal_year: i32) -> (char, i32) {
    let (era, first) = ERAS.into_iter().find(|(_, first)| *first <= fiscal_year).unwrap_or(('S', 1926));
    (era, fiscal_year - first + 1)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (era, year) = era_year(self.fiscal_year);
        write!(f, "{era}{year}-{:04}", self.serial)
    }
}

impl FromStr for Number {
    type Err = NotANumber;

    /// Reads `R8-0123`, also in small letters and without the zeros.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (head, serial) = text.trim().split_once('-').ok_or(NotANumber)?;
        let mut letters = head.chars();
        let era = letters.next().map(|c| c.to_ascii_uppercase());
        let first = ERAS.into_iter().find(|(name, _)| Some(*name) == era).ok_or(NotANumber)?.1;
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
        let year = digits(letters.as_str()).filter(|year| (1..=99).contains(year)).ok_or(NotANumber)?;
        let serial = digits(serial).filter(|serial| *serial > 0).ok_or(NotANumber)?;
        let year = i32::try_from(year).map_err(|_| NotANumber)?;
        Ok(Self { fiscal_year: first + year - 1, serial })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn numbers_run_within_a_fiscal_year() {
        for (last, on, next) in [
            (None, day(2026, 11, 22), "R8-0001"),
            (Some("R8-0122"), day(2026, 11, 22), "R8-0123"),
            (Some("R8-0122"), day(2027, 3, 31), "R8-0123"),
            (Some("R8-0122"), day(2027, 4, 1), "R9-0001"),
            (Some("R8-9999"), day(2026, 11, 22), "R8-10000"),
            (Some("受付番号なし"), day(2026, 11, 22), "R8-0001"),
            (None, day(2019, 4, 1), "R1-0001"),
            (None, day(2019, 3, 31), "H30-0001"),
            (None, day(1989, 3, 31), "S63-0001"),
        ] {
            assert_eq!(next_number(last, on), next, "{last:?} {on}");
        }
        for (on, label) in [(day(2026, 4, 1), "R8"), (day(2019, 4, 1), "R1"), (day(1989, 4, 1), "H1")] {
            assert_eq!(prefix(on), label, "numbers and reports name the year alike");
            assert_eq!(next_number(None, on), format!("{label}-0001"));
        }
    }

    #[test]
    fn a_number_reads_back_as_it_was_written_and_nothing_else_does() {
        for text in ["R8-0123", "R8-10000", "H30-0001", "S63-0001"] {
            assert_eq!(text.parse::<Number>().unwrap().to_string(), text);
        }
        assert_eq!("r8-7".parse::<Number>().unwrap().to_string(), "R8-0007");
        for text in ["", "-", "R-1", "R8", "R8-", "R8-0", "R0-1", "R+8-1", "X8-1", "R8-１", "R8--1", "R999999999999-1"]
        {
            assert_eq!(text.parse::<Number>(), Err(NotANumber), "{text}");
        }
    }

    #[test]
    fn the_highest_is_found_by_number_not_by_spelling() {
        let all = ["R8-9999", "R8-10000", "R7-20000", "x", "R8-0002"];
        assert_eq!(highest(all, day(2026, 11, 22)).as_deref(), Some("R8-10000"));
        assert_eq!(highest(all, day(2027, 11, 22)), None);
    }
}
