//! Dates as people write them: eras, abbreviations, days from today; fiscal years and open days. Knows no clock: today comes in.

mod calendar;
mod due;
mod era;
mod parse;
mod time;

use chrono::NaiveDate;

use super::record::Explain;
use super::say::Say;

pub use calendar::{
    age, fiscal_label, fiscal_months, fiscal_year, holiday, is_open_day, last_open_day, next_open_day, open_day_after,
    search_forms, weekday,
};
pub use due::parse_due;
pub use era::{Era, format_era, format_era_long};
pub use parse::{parse, parse_birth, parse_in_reiwa, parse_range};
pub use time::parse_time;

/// A date that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// The day.
    pub date: NaiveDate,
    /// What the person should be told about how it was understood.
    pub note: Option<Note>,
}

impl Parsed {
    const fn plain(date: NaiveDate) -> Self {
        Self { date, note: None }
    }
}

/// How a date was understood that does not say itself what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The era had ended by that day (平成31年5月, as old papers have it): the day is counted on.
    EraEnded(Era),
    /// The year was not written: the nearest such day was taken.
    YearGuessed,
    /// The year was written with two digits and no era.
    EraGuessed,
    /// The day was told where a day to come is expected, and has passed.
    Past,
}

impl Note {
    /// The sentence, with the date as it was understood.
    pub fn say(self, date: NaiveDate) -> Say {
        let say = match self {
            Self::EraEnded(era) => Say::new("date-era-ended").with("era", era.name()),
            Self::YearGuessed => Say::new("date-year-guessed"),
            Self::EraGuessed => Say::new("date-era-guessed"),
            Self::Past => Say::new("date-past"),
        };
        say.with("date", format_era(date))
    }
}

/// Why a text is no date. Holds days where the person has to choose, never the text itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing was written.
    #[error("no date")]
    Empty,
    /// Not a spelling that is known.
    #[error("not a date")]
    Unreadable,
    /// A spelling that is known, but without the day of the month.
    #[error("day is missing")]
    NoDay,
    /// There is no such month or day: 2月30日.
    #[error("no such day")]
    NoSuchDay,
    /// The day lies before the era began: 令和元年4月30日.
    #[error("before the era began")]
    BeforeEra(Era),
    /// The text can mean several days: the person has to choose. Ascending.
    #[error("several days")]
    Ambiguous(Vec<NaiveDate>),
    /// A birth date after today.
    #[error("in the future")]
    InFuture,
    /// The second day of a range lies before the first.
    #[error("range runs backwards")]
    Backwards,
}

impl Explain for DateError {
    fn say(&self) -> Say {
        match self {
            Self::Empty => Say::new("date-empty"),
            Self::Unreadable => Say::new("date-unreadable"),
            Self::NoDay => Say::new("date-no-day"),
            Self::NoSuchDay => Say::new("date-no-such-day"),
            Self::BeforeEra(era) => {
                Say::new("date-before-era").with("era", era.name()).with("start", era.start().to_string())
            }
            Self::Ambiguous(days) => {
                let days: Vec<String> = days.iter().map(|day| format!("{} ({})", format_era(*day), day)).collect();
                Say::new("date-ambiguous").with("days", days.join(" / "))
            }
            Self::InFuture => Say::new("date-in-future"),
            Self::Backwards => Say::new("date-backwards"),
        }
    }
}

/// The day, when it exists and lies in the years that a desk can meet.
fn day(year: i32, month: u32, day: u32) -> Result<NaiveDate, DateError> {
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay)?;
    if (1868..=2200).contains(&year) { Ok(date) } else { Err(DateError::NoSuchDay) }
}

#[cfg(test)]
mod tests;
