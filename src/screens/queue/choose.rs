//! What is chosen from lists: codes, operators, and what the queue is narrowed to.

use std::collections::BTreeSet;

use crate::app::hands::{Hands, Request};
use crate::desk::brief::Brief;
use crate::desk::case::Status;
use crate::desk::queue::{CaseFilter, States};
use crate::desk::say::Say;
use crate::popups::picker::{Choice, Picker, codes};

/// What stands for "all" in the lists of filters.
const ALL: &str = "all";
/// What stands for all open cases.
const OPEN: &str = "open";
/// What stands for the cases for which the desk is late.
const LATE: &str = "late";

/// The keys of lists that have no codes of their own.
fn keys() -> impl Iterator<Item = char> {
    ('1'..='9').chain('a'..='z')
}

fn choice(code: impl Into<String>, key: Option<char>, label: impl Into<String>) -> Choice {
    Choice { code: code.into(), key, label: label.into() }
}

/// The operators by name, who sits here first; `left`: also those who no longer work at the desk, at the end.
pub(super) fn operators(hands: &Hands<'_>, left: bool) -> Vec<Choice> {
    let mut all: Vec<_> = hands.model.operators.iter().filter(|(_, o)| left || !o.left).collect();
    all.sort_by_key(|(id, o)| (o.left, **id != hands.model.me, o.name.as_str()));
    let keys = keys().map(Some).chain(std::iter::repeat(None));
    all.into_iter().zip(keys).map(|((id, o), key)| choice(id.to_string(), key, o.name.as_str())).collect()
}

/// Opens the list of states to narrow to.
pub(super) fn status_filter(filter: &CaseFilter, hands: &mut Hands<'_>) {
    let text = |key: &'static str| hands.locale.t(key).into_owned();
    let mut choices = vec![
        choice(OPEN, Some('0'), text("queue-states-open")),
        choice(ALL, Some('a'), text("queue-states-all")),
        choice(LATE, Some('x'), text("queue-states-late")),
    ];
    choices.extend(codes("status", hands));
    let at = match filter.states {
        _ if filter.overdue => LATE,
        States::Open => OPEN,
        States::All => ALL,
        States::Only(status) => status.name(),
    };
    let filter = filter.clone();
    hands.open(Picker::new(Say::new("queue-filter-status"), choices, Some(at), move |hands, code| {
        let only = Status::ALL.into_iter().find(|status| status.name() == code).map(States::Only);
        let states = only.unwrap_or(if code == ALL { States::All } else { States::Open });
        hands.ask(Request::NarrowCases(CaseFilter { states, overdue: code == LATE, ..filter }));
    }));
}

/// Opens the list of operators to narrow to.
pub(super) fn operator_filter(filter: &CaseFilter, hands: &mut Hands<'_>) {
    let mut choices = vec![choice(ALL, Some('0'), hands.locale.t("queue-operators-all"))];
    choices.extend(operators(hands, true));
    let at = filter.operator.map(|id| id.to_string());
    let filter = filter.clone();
    let title = Say::new("queue-filter-operator");
    hands.open(Picker::new(title, choices, at.as_deref(), move |hands, code| {
        hands.ask(Request::NarrowCases(CaseFilter { operator: code.parse().ok(), ..filter }));
    }));
}

/// Opens the list of areas to narrow to: the desk's own, then others that cases name, then none.
pub(super) fn area_filter(filter: &CaseFilter, hands: &mut Hands<'_>) {
    let own = &hands.model.desk.areas;
    let named: BTreeSet<&str> = hands.model.cases.iter().map(Brief::area).collect();
    let others = named.into_iter().filter(|area| !area.is_empty() && !own.iter().any(|own| own == area));
    let areas: Vec<String> = own.iter().map(String::as_str).chain(others).map(str::to_owned).collect();
    let mut choices = vec![choice(ALL, Some('0'), hands.locale.t("queue-areas-all"))];
    let keys = keys().map(Some).chain(std::iter::repeat(None));
    choices.extend(areas.iter().zip(keys).enumerate().map(|(at, (area, key))| choice(at.to_string(), key, area)));
    choices.push(choice(areas.len().to_string(), None, hands.locale.t("queue-areas-none")));
    let at = filter.area.as_ref().map(|area| areas.iter().position(|a| a == area).unwrap_or(areas.len()).to_string());
    let filter = filter.clone();
    hands.open(Picker::new(Say::new("queue-filter-area"), choices, at.as_deref(), move |hands, code| {
        let at: Option<usize> = code.parse().ok();
        let area = at.map(|at| areas.get(at).cloned().unwrap_or_default());
        hands.ask(Request::NarrowCases(CaseFilter { area, ..filter }));
    }));
}
