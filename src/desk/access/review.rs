//! The monthly review of the access log: figures of a month, and which months nobody has signed off. Knows no store.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike};

use super::{Access, Details, Entry, Look, REVIEWS};
use crate::desk::date::is_open_day;
use crate::desk::id::Id;
use crate::desk::record::{Batch, Change};

/// A desk is expected to be at work from this hour on.
const OPENS: u32 = 7;
/// And up to this hour.
const CLOSES: u32 = 21;

/// A month of the calendar, written `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

/// The text is no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a month")]
pub struct NotAMonth;

impl Month {
    /// The month of this day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The month before.
    #[must_use]
    pub const fn before(self) -> Self {
        match self.month {
            1 => Self { year: self.year - 1, month: 12 },
            month => Self { year: self.year, month: month - 1 },
        }
    }

    /// The month after.
    #[must_use]
    pub const fn after(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1 },
            month => Self { year: self.year, month: month + 1 },
        }
    }

    /// Its first day. Every month that can be read has one.
    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.after().first().pred_opt().unwrap_or_default()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let day = format!("{}-01", text.trim());
        if text.trim().len() != 7 {
            return Err(NotAMonth);
        }
        day.parse().map(Self::of).map_err(|_| NotAMonth)
    }
}

/// Whether nobody is expected at the desk: before 7, from 21 on, and on days on which public offices are closed.
pub fn is_odd_hour(at: DateTime<FixedOffset>) -> bool {
    !(OPENS..CLOSES).contains(&at.hour()) || !is_open_day(at.date_naive())
}

/// What one operator did in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Logins.
    pub logins: u64,
    /// Cases looked at, those seen beside the list too.
    pub opens: u64,
    /// Searches among the cases.
    pub searches: u64,
    /// Prints.
    pub prints: u64,
    /// Exports.
    pub exports: u64,
    /// Looks at cases that another operator had.
    pub others: u64,
    /// Looks when nobody is expected at the desk.
    pub odd: u64,
}

/// The figures of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The month.
    pub month: Month,
    /// How many of each kind.
    pub of: BTreeMap<Access, u64>,
    /// Refused logins and unlocks.
    pub refused: u64,
    /// What did not succeed beside those, such as a backup.
    pub failed: u64,
    /// What each operator did.
    pub by: BTreeMap<Id, Work>,
    /// Looks at cases that another operator had.
    pub others: u64,
    /// Of those, how many without a reason.
    pub without_reason: u64,
    /// Looks when nobody is expected at the desk.
    pub odd: u64,
    /// All looks.
    pub total: u64,
}

impl Figures {
    /// A month of which nothing has been counted.
    pub const fn new(month: Month) -> Self {
        Self {
            month,
            of: BTreeMap::new(),
            refused: 0,
            failed: 0,
            by: BTreeMap::new(),
            others: 0,
            without_reason: 0,
            odd: 0,
            total: 0,
        }
    }

    /// How many of this kind.
    pub fn count(&self, access: Access) -> u64 {
        self.of.get(&access).copied().unwrap_or_default()
    }

    /// Counts an entry, if it is a look of this month.
    pub fn add(&mut self, entry: &Entry) {
        if !entry.is_logged() || Month::of(entry.day()) != self.month {
            return;
        }
        self.total += 1;
        let access = entry.access();
        if let Some(access) = access {
            *self.of.entry(access).or_default() += 1;
        }
        if access.is_some_and(Access::is_failure) {
            // Whose tries they were nobody knows: they are nobody's work.
            self.refused += 1;
            return;
        }
        self.failed += u64::from(entry.details.failed);
        let odd = u64::from(is_odd_hour(entry.happened()));
        let others = u64::from(entry.details.of_other);
        self.odd += odd;
        self.others += others;
        self.without_reason += u64::from(entry.details.of_other && entry.details.reason.is_empty());
        let work = self.by.entry(entry.operator).or_default();
        work.odd += odd;
        work.others += others;
        match access {
            Some(Access::Login) => work.logins += 1,
            Some(Access::Open) => work.opens += 1,
            Some(Access::Search) => work.searches += 1,
            Some(Access::Print) => work.prints += 1,
            Some(Access::Export) => work.exports += 1,
            _ => {}
        }
    }
}

/// That an operator has reviewed a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The month.
    pub month: Month,
    /// Who.
    pub by: Id,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// The journal's last number then.
    pub seq: u64,
    /// The hash of that record's head, in hexadecimal.
    pub head: String,
}

impl SignOff {
    /// The sign-off that a look at [`REVIEWS`] says.
    pub fn of(change: &Change) -> Option<Self> {
        let details = Details::of(&change.patch);
        let (month, seq) = (details.month.parse().ok()?, details.seq.unwrap_or_default());
        let is_review = change.what == Access::Review.name() && change.record == REVIEWS;
        is_review.then_some(Self { month, by: change.operator, at: change.at, seq, head: details.head })
    }
}

/// Signs a month off: the batch names the end of the journal as it was seen, so that what was reviewed can be proved.
pub fn sign_off(month: Month, by: Id, seq: u64, head: &str) -> Batch {
    let details = Details { month: month.to_string(), seq: Some(seq), head: head.to_owned(), ..Details::default() };
    Look::new(Access::Review, REVIEWS).with(details).batch(by)
}

/// The months from the desk's first day up to the last one that is over, without a sign-off, oldest first. A month can
/// be signed off when it is over, so that what was signed before its end does not count.
pub fn open_months(first: NaiveDate, today: NaiveDate, signed: &[SignOff]) -> Vec<Month> {
    let is_signed = |sign: &&SignOff| Month::of(sign.at.date_naive()) > sign.month;
    let signed: BTreeSet<Month> = signed.iter().filter(is_signed).map(|sign| sign.month).collect();
    let this = Month::of(today);
    let months = std::iter::successors(Some(Month::of(first)), |month| Some(month.after()));
    months.take_while(|month| *month < this).filter(|month| !signed.contains(month)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::record::{Kind, RecordKey, Stamp};

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn months_are_read_and_counted_over_the_end_of_a_year() {
        assert_eq!(month("2026-12").after(), month("2027-01"));
        assert_eq!(month("2027-01").before(), month("2026-12"));
        assert_eq!(month("2028-02").last(), NaiveDate::from_ymd_opt(2028, 2, 29).unwrap());
        assert_eq!(month(" 2026-02 ").to_string(), "2026-02");
        for text in ["", "2026", "2026-13", "2026-00", "2026-1", "26-01", "2026/01", "令和8年", "2026-01-01"] {
            assert_eq!(text.parse::<Month>(), Err(NotAMonth), "{text}");
        }
    }

    #[test]
    fn odd_hours_are_nights_and_closed_days() {
        for (text, expected) in [
            ("2026-11-24T06:59:59+09:00", true),
            ("2026-11-24T07:00:00+09:00", false),
            ("2026-11-24T20:59:00+09:00", false),
            ("2026-11-24T21:00:00+09:00", true),
            // Sunday; 勤労感謝の日; the closing days at the turn of the year.
            ("2026-11-22T10:00:00+09:00", true),
            ("2026-11-23T10:00:00+09:00", true),
            ("2026-12-30T10:00:00+09:00", true),
        ] {
            assert_eq!(is_odd_hour(at(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_month_is_counted_by_kind_and_operator() {
        let entry = |what: &str, when: &str, operator, details| Entry {
            seq: 1,
            at: at(when),
            operator,
            what: what.to_owned(),
            record: RecordKey::new(Kind::Case, id(9)),
            details,
        };
        let none = Details::default;
        let (day, night) = ("2026-11-24T10:00:00+09:00", "2026-11-24T23:00:00+09:00");
        let mut figures = Figures::new(month("2026-11"));
        for entry in [
            entry("access-login", day, id(1), none()),
            entry("access-open", day, id(1), none()),
            entry("access-open", night, id(2), Details { of_other: true, ..none() }),
            entry("access-open", day, id(2), Details { of_other: true, reason: "交代".into(), ..none() }),
            entry("access-backup", day, id(1), Details { failed: true, ..none() }),
            entry("access-login-failed", day, id(1), Details { failed: true, ..none() }),
            entry("access-later", day, id(1), none()),
            entry("access-export", "2026-10-31T10:00:00+09:00", id(1), none()),
            entry("done-save-call", day, id(1), none()),
        ] {
            figures.add(&entry);
        }
        assert_eq!((figures.total, figures.refused, figures.failed), (7, 1, 1));
        assert_eq!((figures.others, figures.without_reason, figures.odd), (2, 1, 1));
        assert_eq!((figures.count(Access::Open), figures.count(Access::Export)), (3, 0));
        assert_eq!(figures.by.get(&id(1)), Some(&Work { logins: 1, opens: 1, ..Work::default() }));
        assert_eq!(figures.by.get(&id(2)), Some(&Work { opens: 2, others: 2, odd: 1, ..Work::default() }));
    }

    #[test]
    fn months_without_a_sign_off_are_listed_once_they_are_over() {
        let change = |batch: Batch, when: &str| Change {
            stamp: Stamp::default(),
            batch: Stamp::default(),
            at: at(when),
            desk: id(3),
            operator: batch.operator,
            what: batch.what,
            undoes: None,
            record: batch.edits[0].record,
            patch: batch.edits[0].patch.clone(),
            back: serde_json::Value::Null,
        };
        let signed =
            |text: &str, when: &str| SignOff::of(&change(sign_off(month(text), id(1), 70, "00ff"), when)).unwrap();
        let whole = signed("2026-10", "2026-11-02T09:00:00+09:00");
        assert_eq!((whole.month, whole.by, whole.seq, whole.head.as_str()), (month("2026-10"), id(1), 70, "00ff"));
        // Signed before November was over: what came later was not looked at.
        let early = signed("2026-11", "2026-11-20T09:00:00+09:00");
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let open = open_months(day("2026-09-15"), day("2027-01-05"), &[whole, early]);
        assert_eq!(open, ["2026-09", "2026-11", "2026-12"].map(month));
        assert_eq!(open_months(day("2027-01-05"), day("2027-01-05"), &[]), []);
        let other = Batch { what: "access-open".into(), ..sign_off(month("2026-10"), id(1), 1, "") };
        assert_eq!(SignOff::of(&change(other, "2026-11-02T09:00:00+09:00")), None);
    }
}
