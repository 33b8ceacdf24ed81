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

/// The first days of the twelve months of a fiscal year, from April on.
pub fn fiscal_months(year: i32) -> Vec<NaiveDate> {
    let months = (4..=12).map(|month| (year, month)).chain((1..=3).map(|month| (year + 1, month)));
    months.filter_map(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1)).collect()
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

/// Whether public offices are open: no Saturday, Sunday or national holiday, and not 29 December to 3 January (the law
/// on the closing days of administrative organs).
pub fn is_open_day(date: NaiveDate) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let new_year = matches!((date.month(), date.day()), (12, 29..=31) | (1, 1..=3));
    !weekend && !new_year && !JPHoliday::new().is_holiday(&date)
}

/// The first open day on or after this one.
pub fn next_open_day(date: NaiveDate) -> NaiveDate {
    // No run of closed days is longer than two weeks.
    date.iter_days().take(15).find(|day| is_open_day(*day)).unwrap_or(date)
}

/// The last open day on or before this one.
pub fn last_open_day(date: NaiveDate) -> NaiveDate {
    let back = std::iter::successors(Some(date), NaiveDate::pred_opt);
    back.take(15).find(|day| is_open_day(*day)).unwrap_or(date)
}

/// So many open days after this one; 0: this one, open or not.
pub fn open_day_after(date: NaiveDate, days: u32) -> NaiveDate {
    (0..days).fold(date, |day, _| day.succ_opt().map_or(day, next_open_day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn weekends_holidays_and_the_new_year_are_closed() {
        for (date, open) in [
            (day(2026, 11, 20), true),
            (day(2026, 11, 21), false),
            (day(2026, 11, 22), false),
            (day(2026, 11, 23), false), // 勤労感謝の日
            (day(2026, 11, 24), true),
            (day(2026, 12, 28), true),
            (day(2026, 12, 29), false),
            (day(2027, 1, 4), true),
            (day(2025, 11, 24), false), // moved
        ] {
            assert_eq!(is_open_day(date), open, "{date}");
        }
    }

    #[test]
    fn open_days_are_counted_over_a_long_weekend() {
        let friday = day(2026, 11, 20);
        assert_eq!(open_day_after(friday, 0), friday);
        assert_eq!(open_day_after(friday, 1), day(2026, 11, 24));
        assert_eq!(open_day_after(friday, 3), day(2026, 11, 26));
        assert_eq!(next_open_day(day(2026, 11, 21)), day(2026, 11, 24));
        assert_eq!(last_open_day(day(2026, 11, 23)), friday);
        assert_eq!(last_open_day(day(2027, 1, 3)), day(2026, 12, 28));
        assert_eq!(open_day_after(NaiveDate::MAX, 5), NaiveDate::MAX);
        assert_eq!(last_open_day(NaiveDate::MIN), NaiveDate::MIN);
    }
}
