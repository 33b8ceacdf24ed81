//! Days to come, as people say them: `+7`, `火`, `来週火`, `12/5`, `月末`, `あさって`. Knows no clock.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::parse::{clean, month_and_day, number, parse};
use super::{DateError, Note, Parsed};

/// A due date: words and counts from today, weekdays, `12/5` (the next one), `5日` or `5` (the next 5th), and all full dates.
///
/// A bare weekday is the next one after today, never today itself; 今週 and 来週 begin on Monday. A full date that has passed is
/// taken, with [`Note::Past`].
pub fn parse_due(text: &str, today: NaiveDate) -> Result<Parsed, DateError> {
    let plain = clean(text)?;
    let told = word(&plain, today)
        .or_else(|| count(&plain, today))
        .or_else(|| weekday_told(&plain, today))
        .or_else(|| of_month(&plain, today));
    let parsed = match told.map(|found| found.map(Parsed::plain)).or_else(|| next_year_or_this(&plain, today)) {
        Some(found) => found?,
        None => parse(text, today)?,
    };
    if parsed.date < today { Ok(Parsed { note: Some(Note::Past), ..parsed }) } else { Ok(parsed) }
}

fn next_year_or_this(text: &str, today: NaiveDate) -> Option<Result<Parsed, DateError>> {
    month_and_day(text, |month, day| coming(month, day, today))
}

/// The next day of this month and day, today included.
fn coming(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let years = today.year()..=(today.year() + 8);
    years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|date| *date >= today)
}

fn days(today: NaiveDate, count: u64) -> Option<NaiveDate> {
    today.checked_add_days(Days::new(count))
}

/// The last day of the month that is `months` after today's.
fn month_end(today: NaiveDate, months: u32) -> Option<NaiveDate> {
    today.with_day(1)?.checked_add_months(Months::new(months + 1))?.pred_opt()
}

/// `None`: not such a word.
fn word(text: &str, today: NaiveDate) -> Option<Result<NaiveDate, DateError>> {
    let found = match text {
        "今日" | "本日" | "きょう" | "today" | "t" => Some(today),
        "明日" | "あす" | "あした" | "みょうにち" | "翌日" | "tomorrow" => days(today, 1),
        "明後日" | "あさって" => days(today, 2),
        "明々後日" | "しあさって" => days(today, 3),
        "来週" => days(today, 7),
        "再来週" => days(today, 14),
        "来月" => today.checked_add_months(Months::new(1)),
        "月末" | "今月末" => month_end(today, 0),
        "来月末" | "翌月末" => month_end(today, 1),
        "再来月末" => month_end(today, 2),
        "年末" => NaiveDate::from_ymd_opt(today.year(), 12, 31),
        "年度末" => {
            let year = today.year() + i32::from(today.month() > 3);
            NaiveDate::from_ymd_opt(year, 3, 31)
        }
        _ => return None,
    };
    Some(found.ok_or(DateError::NoSuchDay))
}

/// `+7`, `+2w`, `+1m`, `3日後`, `2週間後`, `1か月後`.
fn count(text: &str, today: NaiveDate) -> Option<Result<NaiveDate, DateError>> {
    let told = match text.strip_prefix('+') {
        Some(rest) => rest,
        None => text.strip_suffix('後')?,
    };
    let end = told.find(|c: char| !c.is_ascii_digit()).unwrap_or(told.len());
    let (figures, unit) = told.split_at_checked(end)?;
    let figures = number(figures, 4)?;
    let found = match unit {
        "" | "d" | "日" => days(today, figures.into()),
        "w" | "週" | "週間" => days(today, u64::from(figures) * 7),
        "m" | "月" | "か月" | "ヶ月" | "ヵ月" | "カ月" | "ケ月" | "箇月" => {
            today.checked_add_months(Months::new(figures))
        }
        "y" | "年" => today.checked_add_months(Months::new(figures.checked_mul(12)?)),
        _ => return None,
    };
    Some(found.ok_or(DateError::NoSuchDay))
}

const WEEKDAYS: [(Weekday, char, &str); 7] = [
    (Weekday::Mon, '月', "monday"),
    (Weekday::Tue, '火', "tuesday"),
    (Weekday::Wed, '水', "wednesday"),
    (Weekday::Thu, '木', "thursday"),
    (Weekday::Fri, '金', "friday"),
    (Weekday::Sat, '土', "saturday"),
    (Weekday::Sun, '日', "sunday"),
];

fn weekday_named(text: &str) -> Option<Weekday> {
    let text = text.trim_start_matches('の').trim_start_matches('(').trim_end_matches(')');
    let found = WEEKDAYS.iter().find(|(_, kanji, english)| {
        let rest = text.strip_prefix(*kanji);
        rest.is_some_and(|rest| matches!(rest, "" | "曜" | "曜日")) || (text.len() >= 3 && english.starts_with(text))
    });
    found.map(|(weekday, ..)| *weekday)
}

fn weekday_told(text: &str, today: NaiveDate) -> Option<Result<NaiveDate, DateError>> {
    let weeks = [("再来週", 2), ("来週", 1), ("翌週", 1), ("今週", 0), ("next", 1), ("this", 0)];
    let told = weeks.iter().find_map(|(word, weeks)| Some((text.strip_prefix(word)?, *weeks)));
    if let Some((rest, weeks)) = told {
        let weekday = weekday_named(rest)?;
        let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()));
        let found = monday.and_then(|day| days(day, u64::from(weekday.num_days_from_monday() + 7 * weeks)));
        return Some(found.ok_or(DateError::NoSuchDay));
    }
    let text = text.strip_prefix("次").unwrap_or(text);
    let weekday = weekday_named(text)?;
    let ahead = (weekday.num_days_from_monday() + 7 - today.weekday().num_days_from_monday()) % 7;
    Some(days(today, if ahead == 0 { 7 } else { ahead.into() }).ok_or(DateError::NoSuchDay))
}

/// `5日`, `5`: the next such day of a month, today included; `来月5日`.
fn of_month(text: &str, today: NaiveDate) -> Option<Result<NaiveDate, DateError>> {
    let (rest, months) = match text.strip_prefix("来月") {
        Some(rest) => (rest.trim_start_matches('の'), 1..=1),
        None => (text.strip_prefix("今月").unwrap_or(text), 0..=12),
    };
    let day = number(rest.strip_suffix('日').unwrap_or(rest), 2).filter(|day| (1..=31).contains(day))?;
    let first = today.with_day(1)?;
    let mut found = months.filter_map(|ahead| first.checked_add_months(Months::new(ahead))?.with_day(day));
    Some(found.find(|date| *date >= today).ok_or(DateError::NoSuchDay))
}
