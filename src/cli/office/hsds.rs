//! The directory in HSDS 3.0: what [`crate::exchange::hsds`] needs of this desk.

use crate::app::asked::week::Week;
use crate::cli::desk::Desk;
use crate::cli::words::Words;
use crate::cli::{Exit, Failure};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::DeskProfile;
use crate::desk::record::Kind;
use crate::desk::say::Say;
use crate::exchange::hsds::{self, Around, Opening};
use crate::locale::Locale;
use crate::search::fold;

/// The file's bytes.
pub(super) fn bytes(desk: &Desk, all: &[(Id, Office)], locale: &Locale) -> Result<Vec<u8>, Failure> {
    let profiles: Vec<(Id, DeskProfile)> = desk.all(Kind::Desk)?;
    let name = profiles.into_iter().map(|(_, profile)| profile.name).next().unwrap_or_default();
    let words = Words::of(desk)?;
    let word =
        |list: &str, code: &str| if code.is_empty() { String::new() } else { words.look(locale).code(list, code) };
    let list = hsds::services(all, &Around { desk: &name, openings: &openings, word: &word });
    let made = serde_json::to_vec_pretty(&list);
    made.map_err(|error| Failure::new(Exit::Failed, Say::new("exchange-not-made").with("why", error.to_string())))
}

/// The hours that can be read, days with the same ones together. A time that does not stand in the text was rounded to
/// the half hour for searching: then only the days are told.
fn openings(office: &Office) -> Vec<Opening> {
    let Some(week) = Week::read(&office.hours) else { return Vec::new() };
    let told = fold::plain(&office.hours);
    let mut all: Vec<Opening> = Vec::new();
    for day in (0..7).filter(|day| week.every_week(*day)) {
        let spans = spans(&week, day);
        let exact = !spans.is_empty() && spans.iter().all(|(from, to)| says(&told, *from) && says(&told, *to));
        let hours = if exact { spans.into_iter().map(Some).collect() } else { vec![None] };
        for hours in hours {
            match all.iter_mut().find(|opening| opening.hours == hours) {
                Some(opening) => opening.days.push(day),
                None => all.push(Opening { days: vec![day], hours }),
            }
        }
    }
    all
}

/// From and to of each time at which it is open on this day, in minutes.
fn spans(week: &Week, day: usize) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for minute in (0..48).map(|half| half * 30).filter(|minute| week.at(day, *minute)) {
        match spans.last_mut() {
            Some((_, to)) if *to == minute => *to = minute + 30,
            _ => spans.push((minute, minute + 30)),
        }
    }
    spans
}

/// Whether the text says this time of day.
fn says(told: &str, minutes: u32) -> bool {
    let (hour, minute) = (minutes / 60, minutes % 60);
    let half = if minute == 30 { "半" } else { "" }; // data, not a sentence
    let whole = if minute == 0 { format!("{hour}時") } else { format!("{hour}時{minute}分") };
    [format!("{hour}:{minute:02}"), whole, format!("{hour}時{half}")].iter().any(|time| told.contains(time.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_times_that_were_told_are_told() {
        let five = vec![0, 1, 2, 3, 4];
        for (hours, wanted) in [
            ("月～金 9:00～17:00", vec![Opening { days: five.clone(), hours: Some((540, 1020)) }]),
            ("月～金 8:45～17:10", vec![Opening { days: five, hours: None }]),
            ("いつでも相談してください", vec![]),
            ("", vec![]),
        ] {
            let office = Office { hours: hours.into(), ..Office::default() };
            assert_eq!(openings(&office), wanted, "{hours}");
        }
    }
}
