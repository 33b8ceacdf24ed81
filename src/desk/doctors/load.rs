//! How often doctors were asked lately, and how it ended: what weighs in the order, and the table of fairness.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::id::Id;
use super::super::inquiry::{Inquiry, Reply};

/// How often a doctor was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// Inquiries to the doctor in the window; those to the office as a whole are everybody's there.
    pub doctor: u32,
    /// Inquiries to the office in the window.
    pub office: u32,
    /// The last inquiry ever to the doctor: its day and how it ended.
    pub last: Option<(NaiveDate, Reply)>,
}

/// The inquiries counted by whom they were put to.
#[derive(Debug)]
pub(super) struct Tally {
    offices: BTreeMap<Id, BTreeMap<Id, Counted>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    recent: u32,
    last: Option<(NaiveDate, Reply)>,
}

impl Tally {
    /// Counts the inquiries of the last `days` days, today included.
    pub fn of(inquiries: &BTreeMap<Id, Inquiry>, today: NaiveDate, days: u32) -> Self {
        let mut offices: BTreeMap<Id, BTreeMap<Id, Counted>> = BTreeMap::new();
        for inquiry in inquiries.values() {
            let counted = offices.entry(inquiry.office).or_default().entry(inquiry.staff).or_default();
            counted.recent += u32::from(is_recent(inquiry, today, days));
            counted.last = counted.last.max(inquiry.on.map(|on| (on, inquiry.answer)));
        }
        Self { offices }
    }

    /// How often this doctor was asked; nobody means the office.
    pub fn load(&self, office: Id, staff: Id) -> Load {
        let all = || self.offices.get(&office).into_iter().flatten();
        let own = || all().filter(|(asked, _)| **asked == staff || asked.is_nil() || staff.is_nil());
        Load {
            doctor: own().map(|(_, counted)| counted.recent).sum(),
            office: all().map(|(_, counted)| counted.recent).sum(),
            last: own().filter_map(|(_, counted)| counted.last).max(),
        }
    }
}

fn is_recent(inquiry: &Inquiry, today: NaiveDate, days: u32) -> bool {
    inquiry.on.is_some_and(|on| on <= today && (today - on).num_days() < i64::from(days))
}

/// A line of the table of fairness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The office.
    pub office: Id,
    /// The doctor; nobody: the office as a whole.
    pub staff: Id,
    /// Inquiries in the last window.
    pub recent: u32,
    /// Inquiries in the last 365 days.
    pub year: u32,
    /// Answers in the last 365 days, as [`Reply::ALL`] has them.
    pub answers: [u32; 4],
    /// The day of the last one.
    pub last: Option<NaiveDate>,
    /// 休止 until this day, where that is not over.
    pub resting: Option<NaiveDate>,
}

/// Every doctor who was ever asked, the most asked first. By office and doctor where they are asked alike.
pub fn table(inquiries: &BTreeMap<Id, Inquiry>, today: NaiveDate, days: u32) -> Vec<Asked> {
    let mut lines: BTreeMap<(Id, Id), Asked> = BTreeMap::new();
    for inquiry in inquiries.values() {
        let (office, staff) = (inquiry.office, inquiry.staff);
        let line = lines.entry((office, staff)).or_insert_with(|| Asked {
            office,
            staff,
            recent: 0,
            year: 0,
            answers: [0; 4],
            last: None,
            resting: None,
        });
        line.recent += u32::from(is_recent(inquiry, today, days));
        if is_recent(inquiry, today, 365) {
            line.year += 1;
            let answers = Reply::ALL.iter().zip(&mut line.answers);
            answers.filter(|(reply, _)| **reply == inquiry.answer).for_each(|(_, count)| *count += 1);
        }
        line.last = line.last.max(inquiry.on);
        line.resting = line.resting.max(inquiry.rest_until.filter(|until| today <= *until));
    }
    let mut lines: Vec<Asked> = lines.into_values().collect();
    lines.sort_by_key(|line| (std::cmp::Reverse((line.recent, line.year)), line.office, line.staff));
    lines
}
