//! Opening days (開庁日): what `急ぐ(3開庁日)` counts, and the days on which a demo's desk answered. Knows no clock.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use jpholiday::jpholiday::JPHoliday;

/// Whether the desk is open: not a weekend, not a holiday, not 29 December to 3 January (行政機関の休日).
pub fn is_opening_day(day: NaiveDate) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let new_year = matches!((day.month(), day.day()), (12, 29..=31) | (1, 1..=3));
    !weekend && !new_year && !is_holiday(day)
}

/// Whether this is one of Japan's public holidays, moved ones included.
pub fn is_holiday(day: NaiveDate) -> bool {
    JPHoliday::new().is_holiday(&day)
}

/// The `n`th opening day after `day`; `n` = 0: `day` itself if it is one, else the next one.
pub fn opening_day_after(day: NaiveDate, n: u32) -> NaiveDate {
    let mut left = n;
    let mut at = if n == 0 { Some(day) } else { day.checked_add_days(Days::new(1)) };
    while let Some(candidate) = at {
        if is_opening_day(candidate) {
            if left <= 1 {
                return candidate;
            }
            left -= 1;
        }
        at = candidate.checked_add_days(Days::new(1));
    }
    NaiveDate::MAX
}

/// The last opening day on or before `day`.
pub fn opening_day_before(day: NaiveDate) -> NaiveDate {
    let mut at = day;
    while !is_opening_day(at) {
        let Some(earlier) = at.checked_sub_days(Days::new(1)) else { return at };
        at = earlier;
    }
    at
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
            assert_eq!(is_opening_day(date), open, "{date}");
        }
    }

    #[test]
    fn opening_days_are_counted_over_a_long_weekend() {
        let friday = day(2026, 11, 20);
        assert_eq!(opening_day_after(friday, 0), friday);
        assert_eq!(opening_day_after(friday, 1), day(2026, 11, 24));
        assert_eq!(opening_day_after(friday, 3), day(2026, 11, 26));
        assert_eq!(opening_day_after(day(2026, 11, 21), 0), day(2026, 11, 24));
        assert_eq!(opening_day_before(day(2026, 11, 23)), friday);
        assert_eq!(opening_day_after(NaiveDate::MAX, 5), NaiveDate::MAX);
    }
}
