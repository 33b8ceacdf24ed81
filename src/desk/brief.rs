//! What lists show of a case: small enough to hold a hundred thousand of them in memory.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::case::{Case, Flag, Hold, Status};
use super::id::Id;

/// A case as lists, filters and the order of the queue need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The case.
    pub id: Id,
    /// 受付番号.
    pub number: Box<str>,
    /// 進行状態.
    pub status: Status,
    /// 緊急度, 1 (today) to 4 (planned); what is not set counts as 3.
    pub urgency: u8,
    /// 受付日時.
    pub opened_at: Option<DateTime<FixedOffset>>,
    /// 終結日.
    pub closed_on: Option<NaiveDate>,
    /// 次の対応の期限.
    pub due: Option<NaiveDate>,
    /// 次の対応.
    pub next_action: Box<str>,
    /// 転帰 (list `outcome`); empty while it is open.
    pub outcome: Box<str>,
    /// 担当.
    pub operator: Id,
    /// 相談者区分.
    pub caller_kind: Box<str>,
    /// The caller's name or office.
    pub caller: Box<str>,
    /// The kana of the person and of the caller, for the search.
    pub kana: Box<str>,
    /// 相談内容区分.
    pub topics: Box<[Box<str>]>,
    /// One line: what it is about.
    pub summary: Box<str>,
    /// 圏域.
    pub area: Box<str>,
    /// 対象者.
    pub subject: Box<str>,
    /// The flag for the monthly meeting.
    pub flag: Option<Box<Flag>>,
    /// Why it is not disposed of, whatever its age.
    pub hold: Option<Box<Hold>>,
}

impl Brief {
    /// What lists show of this case.
    pub fn of(id: Id, case: &Case) -> Self {
        Self {
            id,
            number: case.number.as_str().into(),
            status: case.status,
            urgency: case.urgency.parse().ok().filter(|u| (1..=4).contains(u)).unwrap_or(3),
            opened_at: case.opened_at,
            closed_on: case.closed_at.map(|at| at.date_naive()),
            due: case.due,
            next_action: case.next_action.as_str().into(),
            outcome: case.outcome.as_str().into(),
            operator: case.operator,
            caller_kind: case.caller_kind.as_str().into(),
            caller: case.caller.as_str().into(),
            kana: format!("{} {}", case.subject_kana, case.caller_kana).trim().into(),
            topics: case.topics.iter().map(|t| t.as_str().into()).collect(),
            summary: case.summary.as_str().into(),
            area: case.area.as_str().into(),
            subject: case.subject_name.as_str().into(),
            flag: case.flag.clone().map(Box::new),
            hold: case.hold.clone().map(Box::new),
        }
    }

    /// Whether anything is still to be done.
    pub fn is_open(&self) -> bool {
        self.status != Status::Closed
    }
}
