//! The order of the queue, and why a case stands where it does: urgency, then due date, then age (`domain.md` §1, 21–22).

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::brief::Brief;
use super::case::{Case, Status};
use super::id::Id;
use super::say::Say;

/// What the order and the filters ask of a case, whether it is there in full or in brief.
pub trait Queued {
    /// 進行状態.
    fn status(&self) -> Status;
    /// 緊急度, 1 (today) to 4 (planned); 3 where none is set.
    fn urgency(&self) -> u8;
    /// 次の対応の期限; for a case that waits for others, the day to ask again.
    fn due(&self) -> Option<NaiveDate>;
    /// 受付日時.
    fn opened_at(&self) -> Option<DateTime<FixedOffset>>;
    /// 担当.
    fn operator(&self) -> Id;
    /// 圏域.
    fn area(&self) -> &str;
    /// Whether it is flagged for the monthly meeting.
    fn flagged(&self) -> bool;
}

impl Queued for Case {
    fn status(&self) -> Status {
        self.status
    }
    fn urgency(&self) -> u8 {
        urgency_of(&self.urgency)
    }
    fn due(&self) -> Option<NaiveDate> {
        self.due
    }
    fn opened_at(&self) -> Option<DateTime<FixedOffset>> {
        self.opened_at
    }
    fn operator(&self) -> Id {
        self.operator
    }
    fn area(&self) -> &str {
        &self.area
    }
    fn flagged(&self) -> bool {
        self.flag.is_some()
    }
}

impl Queued for Brief {
    fn status(&self) -> Status {
        self.status
    }
    fn urgency(&self) -> u8 {
        self.urgency
    }
    fn due(&self) -> Option<NaiveDate> {
        self.due
    }
    fn opened_at(&self) -> Option<DateTime<FixedOffset>> {
        self.opened_at
    }
    fn operator(&self) -> Id {
        self.operator
    }
    fn area(&self) -> &str {
        self.area()
    }
    fn flagged(&self) -> bool {
        self.flag.is_some()
    }
}

/// The urgency that a code stands for: 1 to 4; 3 for an empty or unknown one.
pub fn urgency_of(code: &str) -> u8 {
    code.parse().ok().filter(|urgency| (1..=4).contains(urgency)).unwrap_or(3)
}

/// The place of a case in the queue: sort by it, smallest first.
pub type Place = (bool, u8, (bool, Option<NaiveDate>), Option<DateTime<FixedOffset>>);

/// Where this case stands: open before closed, then urgency, then due date (those without one after those with one,
/// so that what is overdue leads), then the older case.
pub fn place(case: &impl Queued) -> Place {
    let due = case.due();
    (case.status() == Status::Closed, case.urgency(), (due.is_none(), due), case.opened_at())
}

/// Where a closed case stands among closed ones: the last taken first.
pub fn newest_first(case: &impl Queued) -> Reverse<Option<DateTime<FixedOffset>>> {
    Reverse(case.opened_at())
}

/// How a case stands to its due date today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueIn {
    /// No date is set.
    None,
    /// So many days ago, 1 or more.
    Over(i64),
    /// Today.
    Today,
    /// In so many days, 1 or more.
    Ahead(i64),
}

/// How a case stands to its due date. A closed case has nothing due.
pub fn due(case: &impl Queued, today: NaiveDate) -> DueIn {
    let Some(on) = case.due().filter(|_| case.status() != Status::Closed) else { return DueIn::None };
    match (on - today).num_days() {
        0 => DueIn::Today,
        days if days < 0 => DueIn::Over(-days),
        days => DueIn::Ahead(days),
    }
}

/// Whether the desk itself is late: not while a case waits for others, whose date says only when to ask again.
pub fn is_overdue(case: &impl Queued, today: NaiveDate) -> bool {
    case.status() != Status::WaitingOther && matches!(due(case, today), DueIn::Over(_))
}

/// The due date for a column of a list, such as 「超過 2日」.
pub fn due_in(case: &impl Queued, today: NaiveDate) -> Say {
    let waiting = case.status() == Status::WaitingOther;
    match due(case, today) {
        DueIn::None => Say::new("desk-due-none"),
        DueIn::Over(days) if waiting => Say::new("desk-ask-over").with("days", days.to_string()),
        DueIn::Over(days) => Say::new("desk-due-over").with("days", days.to_string()),
        DueIn::Today if waiting => Say::new("desk-ask-today"),
        DueIn::Today => Say::new("desk-due-today"),
        DueIn::Ahead(1) => Say::new("desk-due-tomorrow"),
        DueIn::Ahead(days) => Say::new("desk-due-ahead").with("days", days.to_string()),
    }
}

/// Why a case stands where it stands, as a sentence: 「至急で、期限を2日過ぎています」.
pub fn why(case: &impl Queued, today: NaiveDate) -> Say {
    if case.status() == Status::Closed {
        return Say::new("desk-why-closed");
    }
    let waiting = case.status() == Status::WaitingOther;
    let say = match due(case, today) {
        DueIn::None => {
            let days = age_days(case, today).unwrap_or_default();
            Say::new("desk-why-no-due").with("days", days.to_string())
        }
        DueIn::Over(days) if waiting => Say::new("desk-why-ask-over").with("days", days.to_string()),
        DueIn::Over(days) => Say::new("desk-why-over").with("days", days.to_string()),
        DueIn::Today if waiting => Say::new("desk-why-ask-today"),
        DueIn::Today => Say::new("desk-why-today"),
        DueIn::Ahead(days) if waiting => Say::new("desk-why-ask-ahead").with("days", days.to_string()),
        DueIn::Ahead(days) => Say::new("desk-why-ahead").with("days", days.to_string()),
    };
    let urgency = match case.urgency() {
        1 => "urgent",
        2 => "soon",
        4 => "planned",
        _ => "normal",
    };
    say.with("urgency", urgency)
}

/// How many days ago the case was taken; `None` where that is not known. A date in the future counts as today.
pub fn age_days(case: &impl Queued, today: NaiveDate) -> Option<i64> {
    Some((today - case.opened_at()?.date_naive()).num_days().max(0))
}

/// Which states a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum States {
    /// 未終結: all but the closed ones.
    #[default]
    Open,
    /// All.
    All,
    /// One state.
    Only(Status),
}

/// What a list of cases is narrowed to; the default shows all open ones. Typed text is search's matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseFilter {
    /// By state.
    pub states: States,
    /// Of one operator.
    pub operator: Option<Id>,
    /// Only those flagged for the meeting.
    pub flagged: bool,
    /// Only those for which the desk is late.
    pub overdue: bool,
    /// Of one area; an empty text means those without an area.
    pub area: Option<String>,
    /// Of one urgency, 1 to 4.
    pub urgency: Option<u8>,
    /// Only those with an inquiry to a doctor that has no answer.
    pub asked: bool,
}

impl CaseFilter {
    /// Whether the case is shown; `asked`: whether a doctor was asked for it who has not answered.
    pub fn shows(&self, case: &impl Queued, today: NaiveDate, asked: bool) -> bool {
        let state = match self.states {
            States::Open => case.status() != Status::Closed,
            States::All => true,
            States::Only(status) => case.status() == status,
        };
        state
            && self.operator.is_none_or(|operator| operator == case.operator())
            && (!self.flagged || case.flagged())
            && (!self.asked || asked)
            && (!self.overdue || is_overdue(case, today))
            && self.area.as_deref().is_none_or(|area| area == case.area())
            && self.urgency.is_none_or(|urgency| urgency == case.urgency())
    }

    /// Whether it shows something other than all open cases, so that the screen must say so.
    pub fn narrows(&self) -> bool {
        *self != Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::Flag;
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn case(number: &str, status: Status, urgency: &str, due: Option<u32>, opened: u32) -> Case {
        Case {
            number: number.to_owned(),
            status,
            urgency: urgency.to_owned(),
            due: due.map(day),
            opened_at: Some(DateTime::parse_from_rfc3339(&format!("2026-11-{opened:02}T09:00:00+09:00")).unwrap()),
            ..Case::default()
        }
    }

    #[test]
    fn urgency_then_due_then_age() {
        let mut cases = [
            case("closed", Status::Closed, "1", Some(1), 1),
            case("planned", Status::Received, "4", Some(1), 1),
            case("normal, later", Status::Received, "", Some(26), 5),
            case("normal, no date, younger", Status::Received, "3", None, 9),
            case("normal, no date, older", Status::Received, "x", None, 2),
            case("normal, waiting, to be asked again first", Status::WaitingOther, "3", Some(24), 9),
            case("normal, overdue", Status::Active, "3", Some(10), 9),
            case("urgent, no date", Status::Received, "1", None, 9),
            case("urgent, overdue", Status::Active, "1", Some(20), 9),
        ];
        cases.sort_by_key(place);
        let order: Vec<_> = cases.iter().map(|c| c.number.as_str()).collect();
        assert_eq!(
            order,
            [
                "urgent, overdue",
                "urgent, no date",
                "normal, overdue",
                "normal, waiting, to be asked again first",
                "normal, later",
                "normal, no date, older",
                "normal, no date, younger",
                "planned",
                "closed"
            ]
        );
    }

    #[test]
    fn a_case_in_brief_stands_where_the_case_stands() {
        let one = Case {
            area: "中央".into(),
            operator: Id::from_bytes([1; 16]),
            ..case("", Status::Active, "2", Some(20), 9)
        };
        for full in [one, Case::default(), case("", Status::Closed, "9", None, 1)] {
            let brief = Brief::of(Id::NIL, &full);
            assert_eq!(place(&brief), place(&full));
            assert_eq!(why(&brief, day(22)), why(&full, day(22)));
            assert_eq!(
                (brief.operator(), brief.area(), brief.flagged()),
                (full.operator(), full.area(), full.flagged())
            );
        }
    }

    #[test]
    fn the_reason_names_urgency_and_date() {
        let today = day(22);
        for (status, due, key, days) in [
            (Status::Active, Some(20), "desk-why-over", Some("2")),
            (Status::Active, Some(22), "desk-why-today", None),
            (Status::Active, Some(25), "desk-why-ahead", Some("3")),
            (Status::Active, None, "desk-why-no-due", Some("13")),
            (Status::WaitingOther, Some(20), "desk-why-ask-over", Some("2")),
            (Status::WaitingOther, Some(22), "desk-why-ask-today", None),
            (Status::WaitingOther, Some(25), "desk-why-ask-ahead", Some("3")),
        ] {
            let say = why(&case("", status, "1", due, 9), today);
            assert_eq!(say.key, key);
            assert_eq!(say.args.iter().find(|(n, _)| *n == "days").map(|(_, v)| v.as_str()), days, "{key}");
            assert!(say.args.contains(&("urgency", "urgent".to_owned())), "{key}");
        }
        assert_eq!(why(&case("", Status::Closed, "1", Some(20), 9), today).key, "desk-why-closed");
        assert_eq!(due_in(&case("", Status::Active, "", Some(23), 9), today).key, "desk-due-tomorrow");
        assert_eq!(due_in(&case("", Status::Closed, "", Some(20), 9), today).key, "desk-due-none");
        assert_eq!(age_days(&Case::default(), today), None);
    }

    #[test]
    fn waiting_for_others_is_not_being_late() {
        let today = day(22);
        assert!(is_overdue(&case("", Status::Received, "", Some(21), 9), today));
        assert!(!is_overdue(&case("", Status::WaitingOther, "", Some(21), 9), today));
        assert!(!is_overdue(&case("", Status::Received, "", Some(22), 9), today));
    }

    #[test]
    fn filters_combine() {
        let today = day(22);
        let mine = Id::from_bytes([1; 16]);
        let mut one = case("", Status::Active, "2", Some(20), 9);
        one.operator = mine;
        one.area = "中央".to_owned();
        one.flag = Some(Flag { reason: String::new(), at: one.opened_at.unwrap(), by: mine });
        let all = CaseFilter {
            states: States::Only(Status::Active),
            operator: Some(mine),
            flagged: true,
            overdue: true,
            area: Some("中央".to_owned()),
            urgency: Some(2),
            asked: true,
        };
        assert!(all.shows(&one, today, true) && !all.shows(&one, today, false));
        assert!(all.narrows() && !CaseFilter::default().narrows());
        for other in [
            Case { status: Status::Received, ..one.clone() },
            Case { operator: Id::NIL, ..one.clone() },
            Case { flag: None, ..one.clone() },
            Case { due: None, ..one.clone() },
            Case { area: String::new(), ..one.clone() },
            Case { urgency: String::new(), ..one.clone() },
        ] {
            assert!(!all.shows(&other, today, true));
            assert!(CaseFilter::default().shows(&other, today, false));
        }
        let closed = Case { status: Status::Closed, ..one };
        assert!(!CaseFilter::default().shows(&closed, today, false));
        assert!(CaseFilter { states: States::All, ..CaseFilter::default() }.shows(&closed, today, false));
    }
}
