//! Ages, fiscal years, weekdays and open days. Knows no desk's own closing days.

use chrono::{Datelike, NaiveDate, Weekday};
use jpholiday::jpholiday::JPHoliday;

use super::era::{Era, format_era};

/// Age in whole years on a day; `None` before the birth.
pub fn age(birth: NaiveDate, on: NaiveDate) -> Option<u32> {
    on.years_since(birth)
}

/// The fiscal year (年度, from April), by the calendar year in which it begins.
pub fn fiscal_year(date: NaiveDate) -> i32 {
    date.year() - i32::from(date.month() < 4)
}

/// The fiscal year with its era, such as `R8`: the era in which most of it lies, so that 2019 is `R1`.
pub fn fiscal_label(date: NaiveDate) -> String {
    let year = fiscal_year(date);
    let middle = NaiveDate::from_ymd_opt(year, 10, 1);
    match middle.and_then(Era::of) {
        Some(era) => format!("{}{}", era.letter(), era.year_of(year)),
        None => year.to_string(),
    }
}

/// The key of the weekday's short name in the locale files: `date-weekday-mon`.
pub fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "date-weekday-mon",
        Weekday::Tue => "date-weekday-tue",
        Weekday::Wed => "date-weekday-wed",
        Weekday::Thu => "date-weekday-thu",
        Weekday::Fri => "date-weekday-fri",
        Weekday::Sat => "date-weekday-sat",
        Weekday::Sun => "date-weekday-sun",
    }
}

/// Both forms of a date for the search: `r8.11.22 2026-11-22`.
pub fn search_forms(date: NaiveDate) -> String {
    format!("{} {date}", format_era(date))
}

/// The name of the national holiday (祝日, 振替休日, 国民の休日) on this day, as the law names it.
pub fn holiday(date: NaiveDate) -> Option<String> {
    JPHoliday::new().is_holiday_name(&date)
}

/// Whether public offices are open: no Saturday, Sunday or national holiday.
pub fn is_open_day(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !JPHoliday::new().is_holiday(&date)
}

/// The first open day on or after this one.
pub fn next_open_day(date: NaiveDate) -> NaiveDate {
    // No run of closed days is longer than two weeks.
    date.iter_days().take(15).find(|day| is_open_day(*day)).unwrap_or(date)
}
