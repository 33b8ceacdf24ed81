//! 主治医照会: a doctor who was asked for a case, and what the doctor answered. It names the case and never the person.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::Id;

/// What the doctor said (list `inquiry-answer`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// 返事待ち: nothing yet.
    #[default]
    Waiting,
    /// 受ける.
    Accepted,
    /// 条件付き.
    Conditional,
    /// 受けない.
    Declined,
}

impl Reply {
    /// All, in the order in which tables show them.
    pub const ALL: [Self; 4] = [Self::Accepted, Self::Conditional, Self::Declined, Self::Waiting];

    /// The code as records keep it, of list `inquiry-answer`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Conditional => "conditional",
            Self::Declined => "declined",
        }
    }

    /// The reply of a code; an empty or unknown one is none yet.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|reply| reply.code() == code).unwrap_or_default()
    }
}

/// One doctor, asked once.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Inquiry {
    /// The case.
    pub case: Id,
    /// The doctor's office.
    pub office: Id,
    /// The doctor among the office's staff; nobody where the office as a whole was asked.
    pub staff: Id,
    /// 照会目的 (list `inquiry-purpose`).
    pub purpose: String,
    /// What was asked for (codes of list `capability`).
    pub wanted: Vec<String>,
    /// By what means (list `method`).
    pub means: String,
    /// When the doctor was asked.
    pub on: Option<NaiveDate>,
    /// The operator who asked.
    pub by: Id,
    /// The answer.
    pub answer: Reply,
    /// Why the doctor declined (list `inquiry-decline`); empty: did not, or not told.
    pub declined_for: String,
    /// What was said with the answer: a condition, a reason, when.
    pub answer_text: String,
    /// When the answer came.
    pub answered_on: Option<NaiveDate>,
    /// 休止: the last day on which the doctor does not want to be asked.
    pub rest_until: Option<NaiveDate>,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

impl Inquiry {
    /// Whether the doctor has not answered yet.
    pub fn is_waiting(&self) -> bool {
        self.answer == Reply::Waiting
    }

    /// Whether it was put to this doctor: by name, or to the office as a whole.
    pub fn is_to(&self, office: Id, staff: Id) -> bool {
        self.office == office && (self.staff == staff || self.staff.is_nil() || staff.is_nil())
    }
}

/// The inquiries of one case, the newest first.
pub fn of_case<'a>(inquiries: impl IntoIterator<Item = (&'a Id, &'a Inquiry)>, case: Id) -> Vec<(Id, &'a Inquiry)> {
    let own = inquiries.into_iter().filter(|(_, inquiry)| inquiry.case == case);
    let mut own: Vec<_> = own.map(|(id, inquiry)| (*id, inquiry)).collect();
    own.sort_by(|(a_id, a), (b_id, b)| b.on.cmp(&a.on).then_with(|| b_id.cmp(a_id)));
    own
}

/// Days over which the inquiries of a doctor are listed.
pub const YEAR: i64 = 365;

/// The inquiries to an office in the last year, the newest first; `staff`: only those that were put to this doctor, or, where
/// it is nobody, to the office as a whole.
pub fn of_doctor<'a>(
    inquiries: impl IntoIterator<Item = (&'a Id, &'a Inquiry)>,
    office: Id,
    staff: Option<Id>,
    today: NaiveDate,
) -> Vec<(Id, &'a Inquiry)> {
    let recent = |on: NaiveDate| on <= today && (today - on).num_days() < YEAR;
    let own = inquiries.into_iter().filter(|(_, inquiry)| {
        inquiry.office == office && staff.is_none_or(|staff| inquiry.staff == staff) && inquiry.on.is_some_and(recent)
    });
    let mut own: Vec<_> = own.map(|(id, inquiry)| (*id, inquiry)).collect();
    own.sort_by(|(a_id, a), (b_id, b)| b.on.cmp(&a.on).then_with(|| b_id.cmp(a_id)));
    own
}

/// How often each answer was given, as [`Reply::ALL`] has them.
pub fn counted<'a>(inquiries: impl IntoIterator<Item = &'a Inquiry>) -> [usize; 4] {
    let mut counts = [0; 4];
    for inquiry in inquiries {
        let places = Reply::ALL.iter().zip(&mut counts);
        places.filter(|(reply, _)| **reply == inquiry.answer).for_each(|(_, count)| *count += 1);
    }
    counts
}

/// Days within which an answer is expected where the desk has said nothing else: a clinic that closes twice a week can
/// have put the question to its doctor by then.
pub const ANSWER_DAYS: u32 = 7;

/// What a case still waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The day of the oldest inquiry without an answer; `None` where that one has no day.
    pub since: Option<NaiveDate>,
    /// How many have no answer.
    pub count: usize,
}

impl Waiting {
    /// How many days it has waited, from 0; a day ahead counts as today.
    pub fn days(&self, today: NaiveDate) -> i64 {
        self.since.map_or(0, |since| (today - since).num_days().max(0))
    }

    /// Whether an answer should be there by now: more than `within` days have passed.
    pub fn is_late(&self, today: NaiveDate, within: u32) -> bool {
        self.days(today) > i64::from(within)
    }
}

impl Inquiry {
    /// What waits, where it has no answer.
    pub fn waiting(&self) -> Option<Waiting> {
        self.is_waiting().then_some(Waiting { since: self.on, count: 1 })
    }
}

/// The cases that wait for an answer, by case.
pub fn waiting<'a>(inquiries: impl IntoIterator<Item = &'a Inquiry>) -> BTreeMap<Id, Waiting> {
    let mut cases: BTreeMap<Id, Waiting> = BTreeMap::new();
    for inquiry in inquiries {
        let Some(one) = inquiry.waiting() else { continue };
        let known = cases.entry(inquiry.case).or_insert(Waiting { count: 0, ..one });
        known.count += 1;
        known.since = match (known.since, one.since) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_reads_back_from_its_code_and_an_unknown_one_is_none_yet() {
        for reply in Reply::ALL {
            assert_eq!(Reply::from_code(reply.code()), reply);
            assert_eq!(serde_json::to_value(reply).unwrap(), reply.code());
        }
        for code in ["", "受ける", "ACCEPTED"] {
            assert_eq!(Reply::from_code(code), Reply::Waiting, "{code}");
        }
    }

    #[test]
    fn who_was_asked_by_name_was_asked_and_the_office_as_a_whole_is_all_of_its_doctors() {
        let id = |n: u8| Id::from_bytes([n; 16]);
        for (staff, asked, is) in [(1, 1, true), (1, 2, false), (0, 2, true), (1, 0, true)] {
            let inquiry = Inquiry { office: id(9), staff: id(staff), ..Inquiry::default() };
            assert_eq!(inquiry.is_to(id(9), id(asked)), is, "{staff} {asked}");
            assert!(!inquiry.is_to(id(8), id(asked)));
        }
    }

    #[test]
    fn a_case_waits_since_its_oldest_inquiry_without_an_answer() {
        let id = |n: u8| Id::from_bytes([n; 16]);
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d);
        let of = |case, on, answer| Inquiry { case: id(case), on, answer, ..Inquiry::default() };
        let all = [
            of(7, day(3), Reply::Accepted),
            of(7, day(20), Reply::Waiting),
            of(7, day(15), Reply::Waiting),
            of(7, None, Reply::Waiting),
            of(8, day(1), Reply::Declined),
            of(9, None, Reply::Waiting),
            of(6, day(30), Reply::Waiting),
        ];
        let found = waiting(&all);
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), [id(6), id(7), id(9)]);
        let today = day(22).unwrap();
        for (case, count, days, late_in) in [(7, 3, 7, 6), (9, 1, 0, 0), (6, 1, 0, 0)] {
            let waits = found[&id(case)];
            assert_eq!((waits.count, waits.days(today)), (count, days), "{case}");
            assert!(!waits.is_late(today, ANSWER_DAYS), "{case}");
            assert_eq!(waits.is_late(today, late_in), days > i64::from(late_in), "{case}");
        }
        assert!(waiting([]).is_empty());
    }

    #[test]
    fn what_a_doctor_was_asked_in_the_last_year_is_listed_the_newest_first() {
        let id = |n: u8| Id::from_bytes([n; 16]);
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let ago = |days| today.checked_sub_signed(chrono::TimeDelta::days(days));
        let of = |office, staff: u8, on, answer| {
            let staff = if staff == 0 { Id::NIL } else { id(staff) };
            Inquiry { office: id(office), staff, on, answer, ..Inquiry::default() }
        };
        let all: BTreeMap<Id, Inquiry> = [
            (id(1), of(9, 1, ago(300), Reply::Accepted)),
            (id(2), of(9, 1, ago(3), Reply::Waiting)),
            (id(3), of(9, 2, ago(30), Reply::Declined)),
            (id(4), of(9, 0, ago(40), Reply::Declined)),
            (id(5), of(9, 1, ago(365), Reply::Accepted)),
            (id(6), of(9, 1, ago(-1), Reply::Accepted)),
            (id(7), of(9, 1, None, Reply::Accepted)),
            (id(8), of(8, 1, ago(1), Reply::Accepted)),
        ]
        .into();
        for (staff, expected, counts) in [
            (None, vec![2, 3, 4, 1], [1, 0, 2, 1]),
            (Some(id(1)), vec![2, 1], [1, 0, 0, 1]),
            (Some(Id::NIL), vec![4], [0, 0, 1, 0]),
            (Some(id(7)), vec![], [0; 4]),
        ] {
            let found = of_doctor(&all, id(9), staff, today);
            assert_eq!(counted(found.iter().map(|(_, inquiry)| *inquiry)), counts);
            let found: Vec<Id> = found.into_iter().map(|(id, _)| id).collect();
            assert_eq!(found, expected.into_iter().map(id).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_newest_of_a_case_come_first() {
        let id = |n: u8| Id::from_bytes([n; 16]);
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d);
        let of = |case, d| Inquiry { case: id(case), on: day(d), ..Inquiry::default() };
        let all: BTreeMap<Id, Inquiry> =
            [(id(1), of(7, 3)), (id(2), of(7, 20)), (id(3), of(8, 21)), (id(4), of(7, 20))].into();
        let found: Vec<Id> = of_case(&all, id(7)).into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, [id(4), id(2), id(1)]);
    }
}
