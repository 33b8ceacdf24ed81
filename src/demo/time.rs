//! The demo's time: the opening days of ten calendar months, the last of which has the last opening day before today.

use chrono::{DateTime, Datelike, Duration, FixedOffset, Months, NaiveDate, NaiveTime, TimeZone};

use super::stories::When;
use crate::desk::agenda::Rule;
use crate::desk::date::{is_open_day, last_open_day, open_day_after};

/// The demo's days.
pub(super) struct Time {
    /// The day on which the demo is opened.
    pub today: NaiveDate,
    offset: FixedOffset,
    days: Vec<NaiveDate>,
    /// The day of the meeting that was held.
    pub past_meeting: NaiveDate,
    /// The day of the meeting to come.
    pub next_meeting: NaiveDate,
}

impl Time {
    pub fn new(today: DateTime<FixedOffset>) -> Self {
        let day = today.date_naive();
        let last = last_open_day(day.pred_opt().unwrap_or(day));
        let first = last.with_day(1).and_then(|month| month.checked_sub_months(Months::new(9))).unwrap_or(last);
        let days = first.iter_days().take_while(|day| *day <= last).filter(|day| is_open_day(*day)).collect();
        let rule = Rule::default();
        Self {
            today: day,
            offset: *today.offset(),
            days,
            past_meeting: last_open_day(rule.last_before(day)),
            next_meeting: rule.next_from(day),
        }
    }

    pub fn first(&self) -> NaiveDate {
        self.days.first().copied().unwrap_or(self.today)
    }

    pub fn last(&self) -> NaiveDate {
        self.days.last().copied().unwrap_or(self.today)
    }

    /// The opening day at this thousandth of the demo's time.
    pub fn part(&self, thousandths: u32) -> NaiveDate {
        let count = self.days.len().saturating_sub(1);
        let index = count.saturating_mul(usize::try_from(thousandths).unwrap_or_default()) / 1000;
        self.days.get(index).copied().unwrap_or_else(|| self.last())
    }

    pub fn day(&self, when: When) -> NaiveDate {
        match when {
            When::At(thousandths) => self.part(thousandths),
            When::Ago(days) => {
                let back = self.days.iter().rev();
                back.copied().nth(usize::try_from(days).unwrap_or_default()).unwrap_or_else(|| self.first())
            }
            When::AfterMeeting(days) => self.after(self.past_meeting, days),
        }
    }

    /// So many opening days later, but not after the demo's last day.
    pub fn after(&self, day: NaiveDate, days: u32) -> NaiveDate {
        if days == 0 { day } else { open_day_after(day, days).min(self.last()) }
    }

    /// An hour and minute of a day, on the desk's clock.
    pub fn at(&self, day: NaiveDate, hour: u32, minute: u32) -> DateTime<FixedOffset> {
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        // A fixed offset has exactly one instant for each local time.
        self.offset.from_local_datetime(&day.and_time(time)).single().unwrap_or_default()
    }
}

/// So many minutes later.
pub(super) fn later(at: DateTime<FixedOffset>, minutes: i64) -> DateTime<FixedOffset> {
    at + Duration::minutes(minutes)
}
