//! Full dates in every spelling that papers, lists and people have. Knows nothing of days told from today (`due`).

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use super::era::Era;
use super::{DateError, Note, Parsed, day};

/// How far from today a year without era and century may lie to be taken without asking, in years.
const NEAR_YEARS: i32 = 10;

/// A date in any spelling: `R8.11.22`, `令和8年11月22日`, `㋿8年…`, `2026-11-22`, `20261122`; `11/22` is the one nearest to today.
pub fn parse(text: &str, today: NaiveDate) -> Result<Parsed, DateError> {
    let text = clean(text)?;
    match full(&text) {
        Some(found) => found,
        None => without_century(&text, today)
            .or_else(|| month_and_day(&text, |m, d| nearest(m, d, today)))
            .unwrap_or_else(|| Err(unreadable(&text))),
    }
}

/// A birth date: a year without an era (`15/3/3`) can be 昭和15, 平成15 or 2015, and is [`DateError::Ambiguous`] where several of them
/// are not after today.
pub fn parse_birth(text: &str, today: NaiveDate) -> Result<Parsed, DateError> {
    let text = clean(text)?;
    let parsed = match full(&text).or_else(|| births(&text, today)) {
        Some(found) => found?,
        None => return Err(unreadable(&text)),
    };
    if parsed.date > today { Err(DateError::InFuture) } else { Ok(parsed) }
}

/// A date in a field whose label says 令和: six digits (`081122`) and years without an era are of that era.
pub fn parse_in_reiwa(text: &str, today: NaiveDate) -> Result<Parsed, DateError> {
    let plain = clean(text)?;
    if let Some(found) = full(&plain) {
        return found;
    }
    let six = Some(plain.as_str()).filter(|t| t.len() == 6).and_then(|t| digits(t, &[2, 2, 2]));
    match six.or_else(|| three(&plain)) {
        Some([year, month, day]) => Era::Reiwa.date(year, month, day),
        None => parse(text, today),
    }
}

/// Two dates with `～`, `〜`, `から` or `-` between them: `令和3年6月1日～令和9年5月31日`.
pub fn parse_range(text: &str, today: NaiveDate) -> Result<(Parsed, Parsed), DateError> {
    let plain = clean(text)?;
    let parts = plain.split_once('~').or_else(|| plain.split_once("から")).or_else(|| plain.split_once("--"));
    let Some((from, to)) = parts else { return Err(DateError::Unreadable) };
    let (from, to) = (parse(from, today)?, parse(to.trim_end_matches("まで"), today)?);
    if to.date < from.date { Err(DateError::Backwards) } else { Ok((from, to)) }
}

/// The text after NFKC in lower case, without spaces, weekdays in brackets, and a time of day behind the date.
pub(super) fn clean(text: &str) -> Result<String, DateError> {
    let plain: String =
        text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_control() || c.is_whitespace()).collect();
    let mut plain = plain.trim().to_owned();
    // 2026-11-22T10:30 and 2026/11/22 0:00:00, as programs write them.
    if let Some(at) =
        plain.find(':').and_then(|colon| plain.get(..colon)?.rfind(|c: char| c == 't' || c.is_whitespace()))
    {
        plain.truncate(at);
    }
    if let (Some(open), Some(close)) = (plain.rfind('('), plain.rfind(')')) {
        let inside = plain.get(open + 1..close).unwrap_or_default();
        let weekday = inside.chars().next().is_some_and(|c| "月火水木金土日祝".contains(c)) || inside.len() == 3;
        if open > 0 && weekday {
            plain.truncate(open);
        }
    }
    let plain: String = plain.chars().filter(|c| !c.is_whitespace()).map(mark).collect();
    if plain.is_empty() { Err(DateError::Empty) } else { Ok(plain) }
}

/// Marks that stand for others, now that NFKC has taken the widths away.
const fn mark(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' => '-',
        '〜' => '~',
        '。' | '・' | '、' | ',' => '.',
        _ => c,
    }
}

fn unreadable(text: &str) -> DateError {
    // Year and month alone are the commonest half of a date.
    let rest = Era::strip(text).map_or(text, |(_, rest)| rest).replace('元', "1");
    let parts: Vec<&str> = rest.trim_end_matches('月').split(is_separator).filter(|p| !p.is_empty()).collect();
    let numbers = parts.iter().all(|p| p.chars().all(|c| c.is_ascii_digit()));
    if numbers && (parts.len() == 2 || text.ends_with('年')) { DateError::NoDay } else { DateError::Unreadable }
}

const fn is_separator(c: char) -> bool {
    matches!(c, '.' | '/' | '-' | '年' | '月')
}

/// Dates that say their year themselves; `None` for other texts.
fn full(text: &str) -> Option<Result<Parsed, DateError>> {
    if let Some((era, rest)) = Era::strip(text) {
        let rest = rest.trim_start_matches(['.', '-']);
        let rest = if let Some(after) = rest.strip_prefix('元') { format!("1{after}") } else { rest.to_owned() };
        let six = Some(rest.as_str()).filter(|t| t.len() == 6).and_then(|t| digits(t, &[2, 2, 2]));
        return three(&rest).or(six).map(|[year, month, day]| era.date(year, month, day));
    }
    if let Some([year, month, of_month]) = Some(text).filter(|t| t.len() == 8).and_then(|t| digits(t, &[4, 2, 2])) {
        return Some(gregorian(year, month, of_month));
    }
    let [year, month, of_month] = three(text).filter(|[year, ..]| *year >= 1000)?;
    Some(gregorian(year, month, of_month))
}

fn gregorian(year: u32, month: u32, of_month: u32) -> Result<Parsed, DateError> {
    day(i32::try_from(year).map_err(|_| DateError::NoSuchDay)?, month, of_month).map(Parsed::plain)
}

/// Three numbers with separators: year, month, day.
fn three(text: &str) -> Option<[u32; 3]> {
    let text = text.strip_suffix('日').unwrap_or(text);
    let mut parts = text.split(is_separator);
    let numbers = [number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?];
    parts.next().is_none().then_some(numbers)
}

/// Digits without separators, cut at these widths.
fn digits(text: &str, widths: &[usize; 3]) -> Option<[u32; 3]> {
    let mut at = 0;
    let mut numbers = [0; 3];
    for (slot, width) in numbers.iter_mut().zip(widths) {
        *slot = number(text.get(at..at + width)?, *width)?;
        at += width;
    }
    (at == text.len()).then_some(numbers)
}

pub(super) fn number(text: &str, longest: usize) -> Option<u32> {
    let sound = !text.is_empty() && text.len() <= longest && text.chars().all(|c| c.is_ascii_digit());
    sound.then(|| text.parse().ok()).flatten()
}

/// A year of two digits without era: of 令和 or of this century, whichever lies near today; a question where both do.
fn without_century(text: &str, today: NaiveDate) -> Option<Result<Parsed, DateError>> {
    let [year, month, of_month] = three(text).filter(|[year, ..]| *year < 100)?;
    let near = |date: &NaiveDate| (date.year() - today.year()).abs() <= NEAR_YEARS;
    let mut days: Vec<NaiveDate> = [Era::Reiwa.date(year, month, of_month), gregorian(2000 + year, month, of_month)]
        .into_iter()
        .filter_map(|found| found.ok().map(|parsed| parsed.date))
        .filter(near)
        .collect();
    days.sort_unstable();
    days.dedup();
    Some(match days.as_slice() {
        [] => Err(DateError::NoSuchDay),
        [date] => Ok(Parsed { date: *date, note: Some(Note::EraGuessed) }),
        _ => Err(DateError::Ambiguous(days)),
    })
}

/// All births that a year of one or two digits can mean: any era, or two digits of 19xx or 20xx.
fn births(text: &str, today: NaiveDate) -> Option<Result<Parsed, DateError>> {
    let [year, month, of_month] = three(text).filter(|[year, ..]| *year < 100)?;
    let eras = Era::ALL.into_iter().filter_map(|era| era.date(year, month, of_month).ok());
    let inside = eras.filter(|parsed| parsed.note.is_none()).map(|parsed| parsed.date);
    let centuries = [1900 + year, 2000 + year].into_iter().filter_map(|year| gregorian(year, month, of_month).ok());
    // Hardly anybody alive was born more than 105 years ago; who was can be written with the era.
    let living = |date: &NaiveDate| *date <= today && date.year() >= today.year() - 105;
    let mut days: Vec<NaiveDate> = inside.chain(centuries.map(|parsed| parsed.date)).filter(living).collect();
    days.sort_unstable();
    days.dedup();
    Some(match days.as_slice() {
        [] => Err(DateError::NoSuchDay),
        [date] => Ok(Parsed { date: *date, note: Some(Note::EraGuessed) }),
        _ => Err(DateError::Ambiguous(days)),
    })
}

/// Month and day: `11/22`, `11月22日`; the year is for `choose` to find.
pub(super) fn month_and_day(
    text: &str,
    choose: impl Fn(u32, u32) -> Option<NaiveDate>,
) -> Option<Result<Parsed, DateError>> {
    let text = text.strip_suffix('日').unwrap_or(text);
    let (month, of_month) = text.split_once(|c| is_separator(c) && c != '年')?;
    let (month, of_month) = (number(month, 2)?, number(of_month, 2)?);
    let found = choose(month, of_month).ok_or(DateError::NoSuchDay);
    Some(found.map(|date| Parsed { date, note: Some(Note::YearGuessed) }))
}

/// The day of this month and day that is nearest to today, the later one of two that are as near.
fn nearest(month: u32, of_month: u32, today: NaiveDate) -> Option<NaiveDate> {
    let years = (today.year() - 8)..=(today.year() + 8);
    let days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, of_month));
    days.min_by_key(|date| ((*date - today).num_days().abs(), *date < today))
}
