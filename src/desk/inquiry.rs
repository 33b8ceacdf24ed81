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
