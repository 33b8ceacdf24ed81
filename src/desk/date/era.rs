//! Japanese eras (元号): names, beginnings, and dates written with them. The names are data, the same in every language.

use chrono::{Datelike, NaiveDate};

use super::{DateError, Note, Parsed, day};

/// An era. Ascending in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, from 1868-10-23 (Gregorian dates are in use from 1873).
    Meiji,
    /// 大正, from 1912-07-30.
    Taisho,
    /// 昭和, from 1926-12-25.
    Showa,
    /// 平成, from 1989-01-08.
    Heisei,
    /// 令和, from 2019-05-01.
    Reiwa,
}

impl Era {
    /// All, ascending.
    pub const ALL: [Self; 5] = [Self::Meiji, Self::Taisho, Self::Showa, Self::Heisei, Self::Reiwa];

    /// The name: 令和.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meiji => "明治",
            Self::Taisho => "大正",
            Self::Showa => "昭和",
            Self::Heisei => "平成",
            Self::Reiwa => "令和",
        }
    }

    /// The letter: R.
    pub const fn letter(self) -> char {
        match self {
            Self::Meiji => 'M',
            Self::Taisho => 'T',
            Self::Showa => 'S',
            Self::Heisei => 'H',
            Self::Reiwa => 'R',
        }
    }

    /// Its first day.
    pub const fn start(self) -> NaiveDate {
        let date = match self {
            Self::Meiji => NaiveDate::from_ymd_opt(1868, 10, 23),
            Self::Taisho => NaiveDate::from_ymd_opt(1912, 7, 30),
            Self::Showa => NaiveDate::from_ymd_opt(1926, 12, 25),
            Self::Heisei => NaiveDate::from_ymd_opt(1989, 1, 8),
            Self::Reiwa => NaiveDate::from_ymd_opt(2019, 5, 1),
        };
        match date {
            Some(date) => date,
            None => NaiveDate::MIN,
        }
    }

    /// The era that a day lies in; `None` before 明治.
    pub fn of(date: NaiveDate) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|era| era.start() <= date)
    }

    /// The calendar year of the era's year (1: 元年).
    pub fn calendar_year(self, year: u32) -> Option<i32> {
        i32::try_from(year).ok().and_then(|year| self.start().year().checked_add(year)?.checked_sub(1))
    }

    /// The era's year of a calendar year.
    pub fn year_of(self, calendar_year: i32) -> i32 {
        calendar_year - self.start().year() + 1
    }

    /// Takes an era off the beginning of a text (after NFKC, in lower case): 令和, 令, r.
    pub(super) fn strip(text: &str) -> Option<(Self, &str)> {
        Self::ALL.into_iter().find_map(|era| {
            let letter = era.letter().to_ascii_lowercase();
            let head = era.name().chars().next()?;
            let rest =
                text.strip_prefix(era.name()).or_else(|| text.strip_prefix(head)).or_else(|| text.strip_prefix(letter));
            rest.map(|rest| (era, rest))
        })
    }

    /// The day of a date written with this era. A day after the era's end counts on, with a note; one before it is an error.
    pub(super) fn date(self, year: u32, month: u32, of_month: u32) -> Result<Parsed, DateError> {
        if year == 0 {
            return Err(DateError::NoSuchDay);
        }
        let date = day(self.calendar_year(year).ok_or(DateError::NoSuchDay)?, month, of_month)?;
        if date < self.start() {
            return Err(DateError::BeforeEra(self));
        }
        let note = (Self::of(date) != Some(self)).then_some(Note::EraEnded(self));
        Ok(Parsed { date, note })
    }
}

/// The short form, such as `R8.11.22`; before 明治 the ISO form.
pub fn format_era(date: NaiveDate) -> String {
    match Era::of(date) {
        Some(era) => format!("{}{}.{}.{}", era.letter(), era.year_of(date.year()), date.month(), date.day()),
        None => date.to_string(),
    }
}

/// The long form, such as `令和8年11月22日`, with 元年 for a first year; before 明治 the ISO form.
pub fn format_era_long(date: NaiveDate) -> String {
    match Era::of(date) {
        Some(era) => {
            let year = era.year_of(date.year());
            let year = if year == 1 { "元".to_owned() } else { year.to_string() };
            format!("{}{year}年{}月{}日", era.name(), date.month(), date.day())
        }
        None => date.to_string(),
    }
}
