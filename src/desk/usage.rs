//! 入力の手数: how many keys and seconds a call took. Numbers only: no text, no person, no case.
//!
//! One record an operator and day, to which each kept call adds its numbers in the batch that keeps it: no save costs a
//! further sync, and a call that is taken back takes its numbers with it. What is told of them are medians: nobody is
//! compared with anybody ([`Report`]).

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Value, json};

use super::id::Id;
use super::record::{Edit, Kind, RecordKey};
use super::slip::SlipForm;

use serde::{Deserialize, Serialize};

/// The keys that one call took. What counts as which is told in `app::counting`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Keys that choose, move or command, those to begin and to end the call too.
    #[serde(skip_serializing_if = "is_zero")]
    pub coded: u32,
    /// Keys that write free text, one a character where an input method or a paste brings several at once.
    #[serde(skip_serializing_if = "is_zero")]
    pub text: u32,
    /// Keys from whatever was open to the first field of the slip.
    #[serde(skip_serializing_if = "is_zero")]
    pub begin: u32,
    /// Keys from hanging up to the case being saved; 0 until then.
    #[serde(skip_serializing_if = "is_zero")]
    pub end: u32,
}

impl Tally {
    /// Coded and text keys together.
    pub const fn keys(&self) -> u32 {
        self.coded.saturating_add(self.text)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference in")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What is remembered of one kept call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Its keys.
    #[serde(flatten)]
    pub tally: Tally,
    /// Seconds for which its slip was in front.
    pub seconds: u32,
    /// Which form it was typed on; empty: the standard one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub form: String,
    /// The hour of the day in which it began, 0 to 23.
    pub hour: u32,
    /// Whether its draft was found after the program had been cut off.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rescued: bool,
    /// Changes that were taken back since the call before.
    #[serde(skip_serializing_if = "is_zero")]
    pub undone: u32,
    /// Saves that failed since the call before.
    #[serde(skip_serializing_if = "is_zero")]
    pub unsaved: u32,
}

/// The calls that one operator kept on one day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Day {
    /// The day on which they began.
    pub on: Option<NaiveDate>,
    /// Who took them.
    pub operator: Id,
    /// By a mark that tells nothing of the call.
    pub calls: BTreeMap<String, Kept>,
}

/// The record of an operator's day.
pub fn record(operator: Id, on: NaiveDate) -> RecordKey {
    let mut bytes = *operator.bytes();
    // Days differ in their number, operators in all the other bytes.
    bytes.iter_mut().zip(on.num_days_from_ce().to_le_bytes()).for_each(|(byte, day)| *byte ^= day);
    RecordKey::new(Kind::Usage, Id::from_bytes(bytes))
}

/// A call was kept: its numbers come to the operator's day. `mark` is a fresh identity.
pub fn note(operator: Id, on: NaiveDate, mark: Id, kept: &Kept) -> Edit {
    let mark: String = mark.to_string().chars().take(8).collect();
    Edit::new(record(operator, on), json!({ "on": on, "operator": operator, "calls": { mark: kept } }))
}

/// The day in the value of a record; `None` where it is none.
pub fn day(value: Value) -> Option<Day> {
    serde_json::from_value(value).ok()
}

/// The middle of some numbers, and what nine of ten do not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Spread {
    /// The median, the lower of two.
    pub median: u32,
    /// The 90th percentile.
    pub p90: u32,
}

/// What a number of calls took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// How many calls.
    pub calls: usize,
    /// Their coded keys; the budget is [`BUDGET`].
    pub coded: Spread,
    /// Their text keys.
    pub text: Spread,
    /// Their seconds.
    pub seconds: Spread,
    /// Keys to begin.
    pub begin: Spread,
    /// Keys to end.
    pub end: Spread,
    /// Calls that took more coded keys than the budget.
    pub over: usize,
    /// Drafts that were found again after the program had been cut off, and kept.
    pub rescued: usize,
    /// Changes that were taken back.
    pub undone: u32,
    /// Saves that failed.
    pub unsaved: u32,
}

/// What a call may take (`domain.md` §4.2): coded keys, seconds, keys to begin, keys to end.
pub const BUDGET: (u32, u32, u32, u32) = (45, 72, 1, 2);

/// Over how many weeks a report goes, this one with them.
pub const WEEKS: u64 = 8;

/// What the desk says of itself. It names nobody: of all there are medians, of single persons their own to themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// The first day that it covers, a Monday.
    pub from: NaiveDate,
    /// The whole desk.
    pub desk: Figures,
    /// Who asks.
    pub own: Figures,
    /// By the Monday of the week, the newest first: of the desk for a supervisor, else of who asks.
    pub weeks: Vec<(NaiveDate, Figures)>,
    /// By the form, as `weeks`.
    pub forms: Vec<(String, Figures)>,
    /// By the hour of the day, as `weeks`.
    pub hours: Vec<(u32, Figures)>,
    /// Whether weeks, forms and hours are those of the whole desk.
    pub all: bool,
}

/// The figures of these calls.
fn figures<'a>(calls: impl IntoIterator<Item = &'a Kept>) -> Figures {
    let calls: Vec<&Kept> = calls.into_iter().collect();
    let of = |number: fn(&Kept) -> u32| spread(calls.iter().map(|call| number(call)).collect());
    let sum = |number: fn(&Kept) -> u32| calls.iter().fold(0u32, |sum, call| sum.saturating_add(number(call)));
    Figures {
        calls: calls.len(),
        coded: of(|call| call.tally.coded),
        text: of(|call| call.tally.text),
        seconds: of(|call| call.seconds),
        begin: of(|call| call.tally.begin),
        end: of(|call| call.tally.end),
        over: calls.iter().filter(|call| call.tally.coded > BUDGET.0).count(),
        rescued: calls.iter().filter(|call| call.rescued).count(),
        undone: sum(|call| call.undone),
        unsaved: sum(|call| call.unsaved),
    }
}

/// The smallest number that at least half, and nine in ten, do not exceed.
fn spread(mut numbers: Vec<u32>) -> Spread {
    numbers.sort_unstable();
    let rank = |part: usize| numbers.get((numbers.len() * part).div_ceil(100).saturating_sub(1)).copied();
    Spread { median: rank(50).unwrap_or_default(), p90: rank(90).unwrap_or_default() }
}

/// The report on these days as of `today`, for `me`; `all`: a supervisor asks.
pub fn report(days: &[Day], me: Id, today: NaiveDate, all: bool) -> Report {
    let monday = |day: NaiveDate| day - Days::new(u64::from(day.weekday().num_days_from_monday()));
    let from = monday(today) - Days::new(7 * (WEEKS - 1));
    let days = || days.iter().filter_map(|day| Some((day.on?, day))).filter(|(on, _)| *on >= from && *on <= today);
    let of_me = |day: &Day| day.operator == me;
    let shown = || days().filter(|(_, day)| all || of_me(day));
    let mut weeks: BTreeMap<NaiveDate, Vec<&Kept>> = BTreeMap::new();
    let mut forms: BTreeMap<&str, Vec<&Kept>> = BTreeMap::new();
    let mut hours: BTreeMap<u32, Vec<&Kept>> = BTreeMap::new();
    for (on, day) in shown() {
        for kept in day.calls.values() {
            weeks.entry(monday(on)).or_default().push(kept);
            forms.entry(SlipForm::of(&kept.form).name()).or_default().push(kept);
            hours.entry(kept.hour).or_default().push(kept);
        }
    }
    Report {
        from,
        desk: figures(days().flat_map(|(_, day)| day.calls.values())),
        own: figures(days().filter(|(_, day)| of_me(day)).flat_map(|(_, day)| day.calls.values())),
        weeks: weeks.into_iter().rev().map(|(week, calls)| (week, figures(calls))).collect(),
        forms: forms.into_iter().map(|(form, calls)| (form.to_owned(), figures(calls))).collect(),
        hours: hours.into_iter().map(|(hour, calls)| (hour, figures(calls))).collect(),
        all,
    }
}

#[cfg(test)]
mod tests {
    use super::super::patch;
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn id(byte: u8) -> Id {
        Id::from_bytes([byte; 16])
    }

    fn kept(coded: u32, seconds: u32) -> Kept {
        Kept { tally: Tally { coded, text: 2 * coded, begin: 1, end: 1 }, seconds, hour: 10, ..Kept::default() }
    }

    #[test]
    fn a_spread_is_of_numbers_that_were_there() {
        for (numbers, median, p90) in [
            (vec![], 0, 0),
            (vec![7], 7, 7),
            (vec![9, 1], 1, 9),
            (vec![3, 1, 2], 2, 3),
            ((1..=10).collect(), 5, 9),
            ((1..=100).rev().collect(), 50, 90),
        ] {
            assert_eq!(spread(numbers.clone()), Spread { median, p90 }, "{numbers:?}");
        }
    }

    #[test]
    fn calls_come_together_by_operator_and_day() {
        let (on, me) = (date("2026-11-24"), id(1));
        assert_ne!(record(me, on), record(me, date("2026-11-25")));
        assert_ne!(record(me, on), record(id(2), on));
        let mut value = json!({});
        for (mark, coded) in [(3, 20), (4, 30)] {
            let edit = note(me, on, id(mark), &kept(coded, 60));
            assert_eq!(edit.record, record(me, on));
            patch::apply(&mut value, &edit.patch);
        }
        let day = day(value).unwrap();
        assert_eq!((day.on, day.operator, day.calls.len()), (Some(on), me, 2));
        assert!(day.calls.values().any(|call| *call == kept(30, 60)));
    }

    #[test]
    fn a_report_holds_the_last_weeks_and_names_nobody() {
        let day = |on: &str, operator, calls: &[Kept]| Day {
            on: Some(date(on)),
            operator: id(operator),
            calls: calls.iter().enumerate().map(|(n, call)| (n.to_string(), call.clone())).collect(),
        };
        let rescued = Kept { rescued: true, undone: 2, unsaved: 1, ..kept(50, 90) };
        let days = [
            // A Monday eight weeks before counts, the day before it does not; nor does what lies ahead.
            day("2026-10-05", 1, &[kept(10, 30)]),
            day("2026-10-04", 1, &[kept(99, 999)]),
            day("2026-11-25", 1, &[kept(99, 999)]),
            day("2026-11-23", 2, &[kept(20, 40), rescued]),
            day("2026-11-24", 1, &[kept(30, 50)]),
        ];
        let today = date("2026-11-24");
        let all = report(&days, id(1), today, true);
        assert_eq!((all.from, all.desk.calls, all.desk.coded), (date("2026-10-05"), 4, Spread { median: 20, p90: 50 }));
        assert_eq!((all.desk.over, all.desk.rescued, all.desk.undone, all.desk.unsaved), (1, 1, 2, 1));
        assert_eq!((all.own.calls, all.own.seconds.median), (2, 30));
        let weeks: Vec<_> = all.weeks.iter().map(|(week, figures)| (*week, figures.calls)).collect();
        assert_eq!(weeks, [(date("2026-11-23"), 3), (date("2026-10-05"), 1)]);
        // Who is no supervisor has the desk's medians, and the rest of their own calls.
        let own = report(&days, id(1), today, false);
        assert_eq!((own.desk, own.own), (all.desk, all.own));
        let weeks: Vec<_> = own.weeks.iter().map(|(week, figures)| (*week, figures.calls)).collect();
        assert_eq!(weeks, [(date("2026-11-23"), 1), (date("2026-10-05"), 1)]);
        let text = serde_json::to_string(&all).unwrap();
        assert!(!text.contains(&id(1).to_string()) && !text.contains(&id(2).to_string()), "{text}");
    }
}
