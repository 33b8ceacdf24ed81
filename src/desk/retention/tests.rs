//! When a case is due, what keeps it, and who may agree.

use serde_json::json;

use super::super::case::{Case, Flag, Hold, Status};
use super::super::meeting::AgendaItem;
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}T10:00:00+09:00")).unwrap()
}

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn closed(n: u8, on: &str) -> Case {
    Case {
        number: format!("R1-{n:04}"),
        status: Status::Closed,
        closed_at: Some(at(on)),
        summary: "架空の相談".into(),
        ..Case::default()
    }
}

fn brief(n: u8, case: &Case) -> Brief {
    Brief::of(id(n), case)
}

#[test]
fn the_time_is_over_when_whole_fiscal_years_have_passed() {
    for (closed_on, years, since) in [
        ("2026-03-31", 5, "2031-04-01"),
        ("2026-04-01", 5, "2032-04-01"),
        ("2027-03-31", 5, "2032-04-01"),
        ("2026-03-31", 0, "2026-04-01"),
        ("2026-04-01", 0, "2027-04-01"),
        ("2020-02-29", 2, "2022-04-01"),
        // The era changed in the middle of fiscal year 2019: both sides of the day are of one year.
        ("2019-04-30", 5, "2025-04-01"),
        ("2019-05-01", 5, "2025-04-01"),
        ("2019-03-31", 5, "2024-04-01"),
        ("2026-12-31", 10, "2037-04-01"),
        ("2027-01-01", 10, "2037-04-01"),
    ] {
        assert_eq!(due_since(day(closed_on), years), Some(day(since)), "{closed_on} {years}");
    }
    assert_eq!(due_since(day("2026-04-01"), u32::MAX), None);
    assert_eq!(years(&DeskProfile::default()), 5);
    assert_eq!(years(&DeskProfile { retention_years: Some(2), ..DeskProfile::default() }), 2);
}

#[test]
fn a_case_is_due_on_the_day_and_not_before() {
    let case = brief(1, &closed(1, "2021-03-31"));
    let due = |today| due(&case, &Ties::default(), 5, day(today));
    assert_eq!(due("2026-03-31"), Err(Kept::Until(day("2026-04-01"))));
    assert_eq!(due("2026-04-01"), Ok(day("2026-04-01")));
    assert_eq!(due("2040-01-01"), Ok(day("2026-04-01")));
}

#[test]
fn what_is_still_wanted_is_kept() {
    let old = || closed(1, "2019-06-01");
    let flag = Flag { reason: String::new(), at: at("2026-11-01"), by: id(9) };
    let hold = Hold { reason: "開示請求".into(), at: at("2026-11-01"), by: id(9) };
    let meeting = |on: &str, held, decision: &str| Meeting {
        on: Some(day(on)),
        held,
        items: [(id(1), AgendaItem { decision: decision.into(), ..AgendaItem::default() })].into(),
        ..Meeting::default()
    };
    let named = |text: &str| {
        let mut ties = Ties::default();
        ties.add_value("R8-0007", &json!({"remarks": ["", {"text": text}], "n": 3, "none": null}));
        ties
    };
    let meetings = |meeting: &Meeting| Ties::of_meetings([meeting], day("2026-11-24"));
    let free = Ties::default;
    let kept_by_name = Some(Kept::Named("R8-0007".into()));
    for (name, case, ties, kept) in vec![
        ("nothing", old(), free(), None),
        ("open", Case { status: Status::Active, ..old() }, free(), Some(Kept::Open)),
        ("reopened", Case { status: Status::Active, closed_at: None, ..old() }, free(), Some(Kept::Open)),
        ("closed again lately", closed(1, "2026-11-01"), free(), Some(Kept::Until(day("2032-04-01")))),
        ("no day", Case { closed_at: None, ..old() }, free(), Some(Kept::NoDay)),
        ("hold", Case { hold: Some(hold), ..old() }, free(), Some(Kept::Held)),
        ("flag", Case { flag: Some(flag), ..old() }, free(), Some(Kept::Meeting)),
        ("decision to come", old(), meetings(&meeting("2026-12-08", false, "方針")), Some(Kept::Meeting)),
        ("decision today", old(), meetings(&meeting("2026-11-24", false, "方針")), Some(Kept::Meeting)),
        ("only a place on the agenda", old(), meetings(&meeting("2026-12-08", false, "")), None),
        ("held meeting", old(), meetings(&meeting("2026-12-08", true, "方針")), None),
        ("meeting that nobody closed", old(), meetings(&meeting("2020-12-08", false, "方針")), None),
        ("named", old(), named("前回（R1-0001）の続き"), kept_by_name.clone()),
        ("named shortly", old(), named("r1-1の方"), kept_by_name),
        ("another number", old(), named("R1-00010、XR1-0001、R11-0001、相談"), None),
    ] {
        let found = due(&brief(1, &case), &ties, 5, day("2026-11-24")).err();
        assert_eq!(found, kept, "{name}");
    }
    let mut own = Ties::default();
    own.add_text("R1-0001", "R1-0001");
    assert!(due(&brief(1, &old()), &own, 5, day("2026-11-24")).is_ok(), "a case that names itself");
}

#[test]
fn the_longest_due_come_first() {
    let cases = [
        brief(1, &closed(1, "2020-05-01")),
        brief(2, &closed(2, "2018-05-01")),
        brief(3, &closed(3, "2026-05-01")),
        brief(4, &closed(4, "2018-04-01")),
        brief(5, &Case::default()),
    ];
    let all = all_due(&cases, &Ties::default(), 5, day("2026-11-24"));
    let found: Vec<(Id, NaiveDate)> = all.into_iter().map(|(case, since)| (case.id, since)).collect();
    assert_eq!(found, [(id(4), day("2024-04-01")), (id(2), day("2024-04-01")), (id(1), day("2026-04-01"))]);
    assert_eq!(all_due([], &Ties::default(), 5, day("2026-11-24")), []);
}

#[test]
fn nobody_agrees_to_what_they_proposed() {
    let operator = |role: &str, left| Operator { role: role.into(), left, ..Operator::default() };
    let desk = |all: &[(u8, &str, bool)]| -> BTreeMap<Id, Operator> {
        all.iter().map(|(n, role, left)| (id(*n), operator(role, *left))).collect()
    };
    let proposal = Disposal { proposed_by: id(1), proposed_at: Some(at("2026-11-24")), ..Disposal::default() };
    let two = [(1, "operator", false), (2, "supervisor", false)];
    for (name, all, by, found) in [
        ("another supervisor", &two[..], 2, Ok(())),
        ("the proposer", &two, 1, Err(NotApproved::Proposer)),
        ("an operator", &[(1, "supervisor", false), (3, "operator", false)], 3, Err(NotApproved::NotSupervisor)),
        ("a viewer", &[(1, "supervisor", false), (3, "viewer", false)], 3, Err(NotApproved::NotSupervisor)),
        ("nobody else", &[(1, "supervisor", false)], 1, Err(NotApproved::Alone)),
        ("who left", &[(1, "supervisor", false), (2, "supervisor", true)], 1, Err(NotApproved::Alone)),
        ("who left agrees", &[(1, "operator", false), (2, "supervisor", true)], 2, Err(NotApproved::NotSupervisor)),
        ("a stranger", &two, 9, Err(NotApproved::NotSupervisor)),
        ("two supervisors", &[(1, "supervisor", false), (2, "supervisor", false)], 2, Ok(())),
        // A desk of before roles: everybody is one.
        ("no roles", &[(1, "", false), (2, "", false)], 2, Ok(())),
        ("no roles, alone", &[(1, "", false)], 1, Err(NotApproved::Alone)),
    ] {
        assert_eq!(may_approve(&proposal, id(by), &desk(all)), found, "{name}");
    }
    let done = Disposal { approved_at: Some(at("2026-11-24")), ..proposal.clone() };
    assert_eq!(may_approve(&done, id(2), &desk(&two)), Err(NotApproved::Done));
    let all = desk(&[(1, "operator", false), (2, "viewer", false), (3, "supervisor", true)]);
    let propose = |n| may_propose(id(n), &all);
    assert_eq!([propose(1), propose(2), propose(3), propose(4)], [true, false, false, false]);
}
