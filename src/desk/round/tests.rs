//! Which offices are asked, in which order, and what is counted.

use chrono::Days;

use super::super::office::{Staff, Verified};
use super::*;

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn office(kind: &str, area: &str, verified: Option<&str>) -> Office {
    let verified = verified.map(|on| Verified { on: day(on), by: id(9), how: "1".into() });
    Office { name: "架空".into(), kind: kind.into(), area: area.into(), verified, ..Office::default() }
}

fn tried(outcome: &str, at: &str) -> Try {
    Try { at: Some(format!("{at}T10:00:00+09:00").parse().unwrap()), by: id(9), outcome: outcome.into(), seconds: 90 }
}

#[test]
fn a_scope_holds_what_it_says() {
    let today = day("2026-11-22");
    let staff = |role: &str, left| {
        let person = Staff { role: role.into(), left, ..Staff::default() };
        Office { staff: [(id(1), person)].into(), ..office("9", "港", Some("2026-11-01")) }
    };
    let gone = Office { removed: true, ..office("1", "港", None) };
    for (scope, of, office, holds) in [
        (Scope::Expired, "", office("2", "港", Some("2025-11-22")), false),
        (Scope::Expired, "", office("2", "港", Some("2025-11-21")), true),
        (Scope::Expired, "", office("2", "港", None), true),
        (Scope::Never, "", office("2", "港", Some("2001-01-01")), false),
        (Scope::Never, "", office("2", "港", None), true),
        (Scope::Kind, "2", office("2", "港", None), true),
        (Scope::Kind, "3", office("2", "港", None), false),
        (Scope::Area, "港", office("2", "港", None), true),
        (Scope::Area, "北部", office("2", "港", None), false),
        (Scope::April, "", office("1", "港", None), true),
        (Scope::April, "", office("6", "港", None), true),
        (Scope::April, "", office("2", "港", None), false),
        (Scope::April, "", staff("主任ケアマネジャー", false), true),
        (Scope::April, "", staff("主任ケアマネジャー", true), false),
        (Scope::April, "", staff("看護師", false), false),
        (Scope::Never, "", gone, false),
    ] {
        assert_eq!(scope.holds(of, &office, today, 12), holds, "{scope:?} {of} {office:?}");
    }
}

#[test]
fn the_oldest_check_is_asked_first_then_the_most_used_and_who_was_absent_later() {
    let today = day("2026-11-22");
    let offices: BTreeMap<Id, Office> = [
        (id(1), office("1", "", Some("2025-01-10"))),
        (id(2), office("1", "", None)),
        (id(3), office("1", "", None)),
        (id(4), office("1", "", Some("2024-01-10"))),
        (id(5), office("1", "", None)),
        (id(6), office("1", "", None)),
        (id(7), office("1", "", None)),
    ]
    .into();
    let mut round = Round::over(offices.keys().copied(), Scope::Expired, "", id(9), today);
    // Absent before, again today; absent today; again in a week; done.
    let mut put = |n: u8, call: Try, again: Option<u64>| {
        let asked = round.offices.get_mut(&id(n)).unwrap();
        asked.tries.insert(id(100 + n), call);
        asked.again_on = again.and_then(|days| today.checked_add_days(Days::new(days)));
    };
    put(4, tried("3", "2026-11-20"), Some(0));
    put(5, tried("3", "2026-11-22"), None);
    put(6, tried("3", "2026-11-20"), Some(7));
    put(7, tried("1", "2026-11-20"), None);
    let used = |wanted: Id| u32::from(wanted == id(3));
    let order = round.order(|id| offices.get(&id), used, today);
    assert_eq!(order, [3, 2, 4, 1, 5, 6, 7].map(id));
    assert_eq!(round.progress(), (1, 6));
    assert_eq!(round.seconds(), 360);
    // What is not in the directory any more is not called.
    assert_eq!(round.order(|_| None, used, today), []);
    round.offices.get_mut(&id(2)).unwrap().wanted = false;
    assert_eq!(round.progress(), (1, 5));
}

#[test]
fn the_last_call_counts_and_only_absence_is_asked_again() {
    let mut asked = Asked { wanted: true, ..Asked::default() };
    assert!(!asked.is_done() && asked.outcome().is_none());
    for (n, at, outcome, done) in [
        (1, "2026-11-20", "3", false),
        (2, "2026-11-22", "1", true),
        // Told later by another desk, about an earlier day.
        (3, "2026-11-21", "3", true),
        // A code of a newer version is an answer that this one cannot name.
        (4, "2026-11-23", "x", true),
    ] {
        asked.tries.insert(id(n), tried(outcome, at));
        assert_eq!(asked.is_done(), done, "{n}");
    }
    assert_eq!((asked.outcome(), asked.tries.len(), asked.seconds()), (None, 4, 360));
}

#[test]
fn a_round_takes_no_more_than_can_be_asked_and_tells_the_rest() {
    let today = day("2026-11-22");
    let many: Vec<(Id, Office)> = (0..=u16::try_from(MOST).unwrap())
        .map(|n| {
            let mut bytes = [0; 16];
            bytes[..2].copy_from_slice(&n.to_be_bytes());
            (Id::from_bytes(bytes), office("2", "", None))
        })
        .collect();
    let all = || many.iter().map(|(id, office)| (*id, office));
    let last = many.last().unwrap().0;
    let (ids, more) = offices_for((Scope::Never, ""), all(), |id| u32::from(id == last), (today, 12));
    assert_eq!((ids.len(), more, ids.first()), (MOST, 1, Some(&last)));
    assert_eq!(offices_for((Scope::Kind, "1"), all(), |_| 0, (today, 12)), (vec![], 0));
}

#[test]
fn the_april_round_is_due_until_one_was_closed_or_nothing_is_left_to_ask() {
    let old = || office("1", "", Some("2026-03-31"));
    let closed = |scope: Scope, on: Option<&str>| {
        let round = Round::over([], scope, "", id(9), day("2026-04-02"));
        Round { closed_on: on.map(day), ..round }
    };
    let typed = Office { updated_on: Some(day("2026-05-01")), ..office("1", "", None) };
    for (today, rounds, offices, due) in [
        ("2026-04-01", vec![], vec![old(), old()], 2),
        ("2026-11-22", vec![closed(Scope::April, None)], vec![old()], 1),
        ("2026-11-22", vec![closed(Scope::Expired, Some("2026-05-01"))], vec![old()], 1),
        ("2026-11-22", vec![closed(Scope::April, Some("2026-04-30"))], vec![old()], 0),
        ("2027-04-01", vec![closed(Scope::April, Some("2026-04-30"))], vec![old()], 1),
        ("2026-03-31", vec![], vec![old()], 0),
        ("2026-04-01", vec![], vec![office("2", "", Some("2020-01-01"))], 0),
        ("2026-11-22", vec![], vec![office("1", "", None), typed], 0),
        ("2026-11-22", vec![], vec![office("1", "", Some("2026-04-01"))], 0),
    ] {
        assert_eq!(april_due(rounds.iter(), offices.iter(), day(today)), due, "{today} {rounds:?}");
    }
}

#[test]
fn a_report_counts_by_kind_and_area() {
    let offices: BTreeMap<Id, Office> =
        [(id(1), office("1", "港", None)), (id(2), office("1", "北部", None)), (id(3), office("2", "港", None))].into();
    let mut round = Round::over((1..=4).map(id), Scope::Never, "", id(9), day("2026-11-20"));
    for (n, outcomes) in [(1, vec!["3", "1"]), (2, vec!["3"]), (3, vec!["6"])] {
        for (m, outcome) in (0..).zip(outcomes) {
            let call = tried(outcome, &format!("2026-11-{}", 20 + m));
            round.offices.get_mut(&id(n)).unwrap().tries.insert(id(10 * n + m), call);
        }
    }
    let report = Report::of(&round, |id| offices.get(&id));
    let all = report.all;
    assert_eq!((all.offices, all.called, all.calls, all.unchanged, all.absent, all.outside), (4, 3, 4, 1, 1, 1));
    assert_eq!((all.rate(), all.seconds, all.minutes()), (Some(33), 360, 6));
    let rates: Vec<_> = report.kinds.iter().map(|(kind, tally)| (kind.as_str(), tally.rate())).collect();
    assert_eq!(rates, [("", Some(0)), ("1", Some(50)), ("2", None)]);
    assert_eq!(report.areas.get("港").map(|tally| (tally.offices, tally.answered())), Some((2, 1)));
    assert_eq!(Report::of(&Round::default(), |_| None).all.rate(), None);
}

#[test]
fn codes_read_back_and_stand_in_their_lists() {
    use super::super::codebook::list;
    let codes = |name: &str| list(name).unwrap().entries.iter().map(|entry| entry.code).collect::<Vec<_>>();
    assert_eq!(codes("round-outcome"), Outcome::ALL.map(Outcome::code));
    assert_eq!(codes("round-scope"), Scope::ALL.map(Scope::code));
    assert!(Outcome::ALL.into_iter().all(|outcome| Outcome::from_code(outcome.code()) == Some(outcome)));
    assert!(Scope::ALL.into_iter().all(|scope| Scope::from_code(scope.code()) == Some(scope)));
    assert_eq!((Outcome::from_code("x"), Scope::from_code("")), (None, None));
}
