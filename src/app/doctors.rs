//! What the rules about doctors need from elsewhere: spellings from the search, days of the week from the words of an
//! office, and the directory and the inquiries of the desk. Screens and command line ask here.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};

use super::asked::week::Week;
use super::model::Model;
use crate::desk::doctors::path::{self, Step, Stop};
use crate::desk::doctors::place::about;
use crate::desk::doctors::{Asking, DAYS, Fit, From, Need, Ways, rank};
use crate::desk::id::Id;
use crate::desk::inquiry::{ANSWER_DAYS, Inquiry};
use crate::desk::office::{Answer, Office};
use crate::search::fold;

/// What the rules cannot know by themselves.
pub const WAYS: Ways<'static> = Ways { same: &same, inside: &inside, works: &works };

/// The signs of the days as offices write them, Monday first.
const DAYS_OF_WEEK: &str = "月火水木金土日"; // data, not a sentence
/// What says that a day is closed in some weeks only.
const SOME_WEEKS: char = '第'; // data, not a sentence

fn same(a: &str, b: &str) -> bool {
    !a.is_empty() && fold::same(a, b)
}

fn inside(address: &str, place: &str) -> bool {
    let place = fold::address(place);
    !place.is_empty() && fold::address(address).contains(&place)
}

/// Whether an office works on a weekday, by its hours and closed days as they were told.
fn works(office: &Office, day: Weekday) -> Answer {
    let index = usize::try_from(day.num_days_from_monday()).unwrap_or_default();
    let sign = DAYS_OF_WEEK.chars().nth(index);
    let closed = fold::plain(&office.closed);
    if sign.is_some_and(|sign| closed.contains(sign)) {
        return if closed.contains(SOME_WEEKS) { Answer::Ask } else { Answer::No };
    }
    match Week::read(&office.hours) {
        Some(week) if week.on(index) => Answer::Yes,
        Some(_) => Answer::No,
        // Who told the closed days told all of them.
        None if !closed.is_empty() => Answer::Yes,
        None => Answer::Unknown,
    }
}

/// Over how many days inquiries weigh at this desk.
pub fn days(model: &Model) -> u32 {
    model.desk.inquiry_days.unwrap_or(DAYS)
}

/// Within how many days an answer is expected at this desk.
pub fn answer_days(model: &Model) -> u32 {
    model.desk.answer_days.unwrap_or(ANSWER_DAYS)
}

/// Everybody who can be asked, in the order in which they are to be asked, and from where their distance is measured.
pub fn fits(need: &Need, model: &Model) -> (Vec<Fit>, Option<From>) {
    ranked(need, &model.offices, &model.inquiries, model.today(), days(model))
}

fn ranked(
    need: &Need,
    offices: &BTreeMap<Id, Box<Office>>,
    inquiries: &BTreeMap<Id, Inquiry>,
    today: NaiveDate,
    days: u32,
) -> (Vec<Fit>, Option<From>) {
    let at = about(need, offices.values().map(AsRef::as_ref), &WAYS);
    let asking = Asking { today, days, at, ways: WAYS };
    let all = offices.iter().map(|(id, office)| (*id, office.as_ref()));
    (rank(need, all, inquiries, &asking), at.map(|(_, from)| from))
}

/// The way through the hospitals of the directory for somebody of this 圏域 who is in this facility now.
pub fn steps<'a>(model: &'a Model, area: &str, facility: &str) -> Vec<(Step, Vec<Stop<'a>>)> {
    path::path(&model.offices.iter().map(|(id, office)| (*id, office.as_ref())), area, facility, &WAYS)
}

/// A doctor's office and name, as one line says them: `架空浜クリニック 磯部 渚`.
pub fn name(model: &Model, office: Id, staff: Id) -> String {
    let Some(office) = model.offices.get(&office) else { return String::new() };
    match office.staff.get(&staff) {
        Some(person) => format!("{} {}", office.name, person.name),
        None => office.name.clone(),
    }
}

/// The same with the doctor first: what stands in a narrow column.
pub fn name_first(model: &Model, office: Id, staff: Id) -> String {
    let Some(office) = model.offices.get(&office) else { return String::new() };
    match office.staff.get(&staff) {
        Some(person) => format!("{} {}", person.name, office.name),
        None => office.name.clone(),
    }
}

/// The next weekday to choose behind this one, through the week and back to none.
pub const fn next_weekday(day: Option<Weekday>) -> Option<Weekday> {
    match day {
        None => Some(Weekday::Mon),
        Some(Weekday::Sun) => None,
        Some(day) => Some(day.succ()),
    }
}

/// A day of this week that has this name, for words that are made from days.
pub fn on_weekday(day: Weekday, today: NaiveDate) -> NaiveDate {
    today.week(Weekday::Mon).first_day() + chrono::TimeDelta::days(i64::from(day.num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use chrono::Datelike as _;

    use super::*;

    #[test]
    fn an_office_works_on_the_days_that_it_told() {
        for (hours, closed, monday, thursday) in [
            ("月火水 9:00-12:00", "", Answer::Yes, Answer::No),
            ("平日 9:00-18:00", "木・日・祝", Answer::Yes, Answer::No),
            ("外来 午前、訪問 午後", "木曜、日曜", Answer::Yes, Answer::No),
            ("外来 午前", "第2・4木曜", Answer::Yes, Answer::Ask),
            ("", "", Answer::Unknown, Answer::Unknown),
        ] {
            let office = Office { hours: hours.into(), closed: closed.into(), ..Office::default() };
            assert_eq!(
                (works(&office, Weekday::Mon), works(&office, Weekday::Thu)),
                (monday, thursday),
                "{hours} {closed}"
            );
        }
    }

    #[test]
    fn places_are_the_same_however_they_are_spelt() {
        assert!(same("架空ヶ丘", "架空が丘") && !same("", "") && !same("架空", ""));
        assert!(inside("架空市大字西浜１丁目", "西浜") && !inside("架空市西浜", "") && !inside("", "西浜"));
    }

    #[test]
    fn the_weekdays_come_round() {
        let mut day = None;
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for _ in 0..7 {
            day = next_weekday(day);
            let day = day.unwrap();
            assert_eq!(on_weekday(day, today).weekday(), day);
        }
        assert_eq!(next_weekday(day), None);
    }
}
