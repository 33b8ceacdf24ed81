//! 保存期間と廃棄: how long a closed case is kept, what keeps it longer, and who may agree that it goes (`domain.md`
//! §3.2: by-laws ask for two to five years, so that each desk has its own setting).
//!
//! Nobody disposes of anything alone: one operator proposes, and a supervisor who is somebody else agrees.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::brief::Brief;
use super::date;
use super::id::Id;
use super::meeting::Meeting;
use super::number::Number;
use super::operator::{DeskProfile, Operator, Role, role_of};
use super::record::Explain;
use super::say::Say;

/// 保存期間 where the desk has set none: fiscal years after the one in which the case was closed.
pub const YEARS: u32 = 5;

/// The desk's 保存期間 in fiscal years.
pub fn years(profile: &DeskProfile) -> u32 {
    profile.retention_years.unwrap_or(YEARS)
}

/// The first day on which a case that was closed on this day may be disposed of: a first of April. The fiscal year of
/// closing and `years` whole ones after it are over by then. `None` beyond the calendar.
pub fn due_since(closed_on: NaiveDate, years: u32) -> Option<NaiveDate> {
    let year = date::fiscal_year(closed_on).checked_add(1)?.checked_add_unsigned(years)?;
    NaiveDate::from_ymd_opt(year, 4, 1)
}

/// Why a case is not to be disposed of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is worked on, or was opened again.
    Open,
    /// It is closed, and nobody knows since when.
    NoDay,
    /// Its time is not over before this day.
    Until(NaiveDate),
    /// Somebody holds it.
    Held,
    /// It is to be talked about in a meeting to come.
    Meeting,
    /// An open case names its number.
    Named(String),
    /// A call about it is on somebody's screen, or was left there.
    Call,
    /// There is no such case any more.
    Gone,
}

impl Kept {
    /// The reason, as a sentence about the case of this 受付番号.
    pub fn say(&self, number: &str) -> Say {
        let say = match self {
            Self::Open => Say::new("retention-kept-open"),
            Self::NoDay => Say::new("retention-kept-no-day"),
            Self::Until(day) => Say::new("retention-kept-until").with("day", date::format_era(*day)),
            Self::Held => Say::new("retention-kept-held"),
            Self::Meeting => Say::new("retention-kept-meeting"),
            Self::Named(by) => Say::new("retention-kept-named").with("by", by.clone()),
            Self::Call => Say::new("retention-kept-call"),
            Self::Gone => Say::new("retention-kept-gone"),
        };
        say.with("number", number)
    }
}

/// What keeps cases beside their own state: meetings to come, and open cases that name them.
#[derive(Debug, Clone, Default)]
pub struct Ties {
    /// Cases on which a meeting to come has a decision.
    meetings: BTreeSet<Id>,
    /// 受付番号 that open cases name, with the open case's own number.
    named: BTreeMap<Number, String>,
}

impl Ties {
    /// The ties that these meetings make.
    pub fn of_meetings<'a>(meetings: impl IntoIterator<Item = &'a Meeting>, today: NaiveDate) -> Self {
        let coming = meetings.into_iter().filter(|meeting| !meeting.held && meeting.on.is_none_or(|on| on >= today));
        let decided = coming.flat_map(|meeting| &meeting.items).filter(|(_, item)| !item.decision.is_empty());
        Self { meetings: decided.map(|(case, _)| *case).collect(), named: BTreeMap::new() }
    }

    /// Adds what an open case of this number says in one of its texts.
    pub fn add_text(&mut self, number: &str, text: &str) {
        let own = number.parse::<Number>().ok();
        for named in numbers_in(text).filter(|named| Some(*named) != own) {
            self.named.entry(named).or_insert_with(|| number.to_owned());
        }
    }

    /// Adds every text in this value of an open case or of one of its contacts.
    pub fn add_value(&mut self, number: &str, value: &Value) {
        match value {
            Value::String(text) => self.add_text(number, text),
            Value::Array(list) => list.iter().for_each(|value| self.add_value(number, value)),
            Value::Object(members) => members.values().for_each(|value| self.add_value(number, value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// The 受付番号 that stand in a text.
fn numbers_in(text: &str) -> impl Iterator<Item = Number> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter_map(|word| word.trim_matches('-').parse().ok())
}

/// Since when the case may be disposed of, or why it may not.
pub fn due(case: &Brief, ties: &Ties, years: u32, today: NaiveDate) -> Result<NaiveDate, Kept> {
    if case.is_open() {
        return Err(Kept::Open);
    }
    let closed_on = case.closed_on.ok_or(Kept::NoDay)?;
    let since = due_since(closed_on, years).unwrap_or(NaiveDate::MAX);
    if today < since {
        return Err(Kept::Until(since));
    }
    if case.hold.is_some() {
        return Err(Kept::Held);
    }
    if case.flag.is_some() || ties.meetings.contains(&case.id) {
        return Err(Kept::Meeting);
    }
    let named = case.number().parse().ok().and_then(|number: Number| ties.named.get(&number));
    named.map_or(Ok(since), |by| Err(Kept::Named(by.clone())))
}

/// The cases that may be disposed of, with the day since when, the longest due first.
pub fn all_due<'a>(
    cases: impl IntoIterator<Item = &'a Brief>,
    ties: &Ties,
    years: u32,
    today: NaiveDate,
) -> Vec<(&'a Brief, NaiveDate)> {
    let mut all: Vec<(&Brief, NaiveDate)> =
        cases.into_iter().filter_map(|case| Some((case, due(case, ties, years, today).ok()?))).collect();
    all.sort_by_key(|(case, since)| (*since, case.closed_on, case.number().parse::<Number>().ok(), case.id));
    all
}

/// A case of a disposal. Its number stays in the register: it says nothing of the person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Disposed {
    /// 受付番号.
    pub number: String,
    /// 終結日.
    pub closed_on: Option<NaiveDate>,
    /// Since when it might be disposed of.
    pub since: Option<NaiveDate>,
}

impl Disposed {
    /// The register's line of a case that may be disposed of since this day.
    pub fn of(case: &Brief, since: NaiveDate) -> Self {
        Self { number: case.number().to_string(), closed_on: case.closed_on, since: Some(since) }
    }
}

/// 廃棄: proposed by one operator, agreed to by another. Holds no text of anybody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Disposal {
    /// The cases.
    pub cases: BTreeMap<Id, Disposed>,
    /// Who proposed it.
    pub proposed_by: Id,
    /// When.
    pub proposed_at: Option<DateTime<FixedOffset>>,
    /// Who agreed.
    pub approved_by: Id,
    /// When; with this it is done.
    pub approved_at: Option<DateTime<FixedOffset>>,
    /// When it was done again to a desk that was restored from a backup made before it.
    pub restored_at: Option<DateTime<FixedOffset>>,
    /// How many contacts went with the cases.
    pub contacts: usize,
    /// The journal's numbers of the changes whose text is no more, each range from and to.
    pub numbers: Vec<(u64, u64)>,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

impl Disposal {
    /// Whether it waits for somebody to agree.
    pub const fn is_proposed(&self) -> bool {
        self.approved_at.is_none() && self.restored_at.is_none()
    }
}

/// Why an operator cannot agree to a disposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotApproved {
    /// There is no such proposal, or it was withdrawn.
    Unknown,
    /// It was agreed to already.
    Done,
    /// Only a supervisor may.
    NotSupervisor,
    /// Who proposed it cannot agree to it.
    Proposer,
    /// The same, and there is no other supervisor at the desk.
    Alone,
    /// One of its cases is to be kept.
    Kept {
        /// Its 受付番号.
        number: String,
        /// Why.
        why: Kept,
    },
}

impl Explain for NotApproved {
    fn say(&self) -> Say {
        match self {
            Self::Unknown => Say::new("retention-no-proposal"),
            Self::Done => Say::new("retention-done-already"),
            Self::NotSupervisor => Say::new("retention-supervisors-only"),
            Self::Proposer => Say::new("retention-own-proposal"),
            Self::Alone => Say::new("retention-second-needed"),
            Self::Kept { number, why } => why.say(number),
        }
    }
}

/// Whether this operator may agree to the disposal.
///
/// # Errors
/// Why not.
pub fn may_approve(disposal: &Disposal, by: Id, operators: &BTreeMap<Id, Operator>) -> Result<(), NotApproved> {
    let supervises = |operator: &Operator| !operator.left && role_of(operator, operators.values()) == Role::Supervisor;
    if !disposal.is_proposed() {
        return Err(NotApproved::Done);
    }
    if disposal.proposed_by == by {
        let other = operators.iter().any(|(id, operator)| *id != by && supervises(operator));
        return Err(if other { NotApproved::Proposer } else { NotApproved::Alone });
    }
    if operators.get(&by).is_some_and(supervises) { Ok(()) } else { Err(NotApproved::NotSupervisor) }
}

/// Whether this operator may propose a disposal, or hold and release a case: everybody who works on cases.
pub fn may_propose(by: Id, operators: &BTreeMap<Id, Operator>) -> bool {
    operators.get(&by).is_some_and(|operator| !operator.left && role_of(operator, operators.values()) != Role::Viewer)
}

#[cfg(test)]
mod tests;
