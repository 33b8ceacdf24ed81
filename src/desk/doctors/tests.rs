//! Who fits, in what order, and why in that one.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use proptest::prelude::*;

use super::super::office::{Capability, Staff, Verified};
use super::path::{Step, path};
use super::place::town;
use super::*;

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn ago(days: i64) -> Option<NaiveDate> {
    today().checked_sub_signed(chrono::TimeDelta::days(days))
}

fn clinic(able: &[(&str, Answer)]) -> Office {
    let known = |answer| Capability { answer, on: ago(30), ..Capability::default() };
    Office {
        kind: CLINIC.into(),
        capabilities: able.iter().map(|(code, answer)| ((*code).to_owned(), known(*answer))).collect(),
        verified: Some(Verified { on: today(), by: id(99), how: "1".into() }),
        ..Office::default()
    }
}

fn at(office: Office, north: f64) -> Office {
    Office { latitude: Some(34.0 + north / 111.195), longitude: Some(131.0), ..office }
}

fn asked(office: u8, staff: u8, days: i64) -> Inquiry {
    Inquiry { case: id(200), office: id(office), staff: id(staff), on: ago(days), ..Inquiry::default() }
}

fn asking(at: Option<Point>) -> Asking<'static> {
    let ways = Ways {
        same: &|a, b| a == b,
        inside: &|address, place| !place.is_empty() && address.contains(place),
        works: &|office, day| if office.closed.contains(&format!("{day}")) { Answer::No } else { Answer::Yes },
    };
    Asking { today: today(), days: DAYS, at: at.map(|at| (at, From::Area)), ways }
}

const HERE: Point = Point { latitude: 34.0, longitude: 131.0 };

fn ranked(
    need: &Need,
    offices: &BTreeMap<Id, Office>,
    inquiries: &BTreeMap<Id, Inquiry>,
    from: Option<Point>,
) -> Vec<Fit> {
    rank(need, offices.iter().map(|(id, office)| (*id, office)), inquiries, &asking(from))
}

fn order(fits: &[Fit]) -> Vec<Id> {
    fits.iter().map(|fit| fit.office).collect()
}

fn need(wanted: &[&str]) -> Need {
    Need { case: id(100), wanted: wanted.iter().map(|code| (*code).to_owned()).collect(), ..Need::default() }
}

#[test]
fn what_a_case_asks_for_comes_from_its_topics_and_treatments() {
    for (topics, treatments, wanted) in [
        (&[][..], &[][..], &["home-visit"][..]),
        (&["h", "a", "g"], &["6"], &["end-of-life", "home-visit", "ventilator"]),
        (&["h"], &[], &["home-visit", "end-of-life"]),
        (&["c", "b"], &[], &["opinion-letter"]),
        (&["m"], &[], &["visiting-dentist"]),
        (&["i"], &["2", "b"], &["home-visit", "round-clock", "ivh", "pressure-ulcer"]),
        (&["看取り"], &["0", "z"], &["home-visit"]),
    ] {
        let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        let case = Case { topics: codes(topics), treatments: codes(treatments), ..Case::default() };
        assert_eq!(Need::of(id(1), &case).wanted, wanted, "{topics:?}");
    }
}

#[test]
fn what_is_known_to_be_possible_comes_before_what_is_to_be_asked_and_what_is_not_last() {
    use Answer::{Ask, No, Unknown, Yes};
    let offices = BTreeMap::from([
        (id(1), clinic(&[("home-visit", Yes), ("end-of-life", No)])),
        (id(2), clinic(&[("home-visit", Yes)])),
        (id(3), clinic(&[("home-visit", Yes), ("end-of-life", Yes)])),
        (id(4), clinic(&[("home-visit", Yes), ("end-of-life", Ask)])),
        (id(5), clinic(&[("home-visit", Yes), ("end-of-life", Unknown)])),
        (id(6), Office { removed: true, ..clinic(&[("home-visit", Yes)]) }),
        (id(7), Office { kind: "5".into(), ..clinic(&[("home-visit", Yes)]) }),
        (id(8), Office { kind: HOSPITAL.into(), ..clinic(&[]) }),
        (id(9), Office { kind: HOSPITAL.into(), ..clinic(&[("house-call", Ask)]) }),
    ]);
    let fits = ranked(&need(&["home-visit", "end-of-life"]), &offices, &BTreeMap::new(), None);
    assert_eq!(order(&fits), [id(3), id(4), id(2), id(5), id(9), id(1)]);
    let fit: Vec<bool> = fits.iter().map(Fit::fits).collect();
    assert_eq!(fit, [true, true, true, true, true, false]);
    let second = fits.first().and_then(|first| first.criteria.get(1)).unwrap();
    assert_eq!((second.answer, second.on, second.old), (Yes, ago(30), false));
}

#[test]
fn who_was_asked_less_comes_first_among_those_who_fit_alike_and_are_about_as_near() {
    let can = || clinic(&[("home-visit", Answer::Yes)]);
    let offices = BTreeMap::from([
        (id(1), at(can(), 1.0)),
        (id(2), at(can(), 3.0)),
        (id(3), at(can(), 5.0)),
        (id(4), at(can(), 20.0)),
    ]);
    let of = |list: &[Inquiry]| list.iter().cloned().zip(1..).map(|(i, n)| (id(n), i)).collect::<BTreeMap<_, _>>();
    for (inquiries, expected, why) in [
        (vec![], [1, 2, 3, 4], [Why::Distance, Why::Step, Why::Answers]),
        (vec![asked(1, 0, 5)], [2, 1, 3, 4], [Why::Doctor, Why::Step, Why::Answers]),
        (vec![asked(1, 0, 5), asked(2, 0, 5), asked(2, 0, 9)], [1, 2, 3, 4], [Why::Doctor, Why::Step, Why::Answers]),
        // An inquiry of long ago no longer weighs; one that is further away does not come first for being asked less.
        (vec![asked(1, 0, 90), asked(3, 0, 1)], [1, 2, 3, 4], [Why::Distance, Why::Step, Why::Answers]),
        (vec![asked(1, 0, 89)], [2, 1, 3, 4], [Why::Doctor, Why::Step, Why::Answers]),
    ] {
        let fits = ranked(&need(&["home-visit"]), &offices, &of(&inquiries), Some(HERE));
        assert_eq!(order(&fits), expected.map(id), "{inquiries:?}");
        let found: Vec<Why> = fits.windows(2).map(|pair| pair[0].compare(&pair[1]).1).collect();
        assert_eq!(found, why, "{inquiries:?}");
    }
}

#[test]
fn each_doctor_of_an_office_has_a_line_and_a_load_of_their_own() {
    let person = |role: &str, left| Staff { role: role.into(), kana: role.into(), left, ..Staff::default() };
    let staff = [
        (1, person("医師", false)),
        (2, person("院長・医師", false)),
        (3, person("看護師", false)),
        (4, person("医師", true)),
    ];
    let office = Office {
        staff: staff.into_iter().map(|(n, s)| (id(n), s)).collect(),
        ..clinic(&[("home-visit", Answer::Yes)])
    };
    let offices = BTreeMap::from([(id(50), office)]);
    let inquiries = BTreeMap::from([(id(1), asked(50, 1, 3)), (id(2), asked(50, 0, 4))]);
    let fits = ranked(&need(&["home-visit"]), &offices, &inquiries, None);
    let found: Vec<_> = fits.iter().map(|fit| (fit.staff, fit.load.doctor, fit.load.office)).collect();
    assert_eq!(found, [(id(2), 1, 2), (id(1), 2, 2)]);
    assert_eq!(fits[1].load.last, Some((ago(3).unwrap(), Reply::Waiting)));
}

#[test]
fn who_declined_or_rests_stands_last_with_the_reason() {
    let can = || clinic(&[("home-visit", Answer::Yes)]);
    let offices: BTreeMap<Id, Office> = (1..=6).map(|n| (id(n), can())).collect();
    let own = |office, answer| Inquiry { case: id(100), answer, answered_on: ago(2), ..asked(office, 0, 3) };
    let rest = |days: i64, office| Inquiry { rest_until: ago(days), ..asked(office, 0, 400) };
    let inquiries = BTreeMap::from([
        (id(1), own(1, Reply::Declined)),
        (id(2), own(2, Reply::Waiting)),
        (id(3), own(3, Reply::Accepted)),
        (id(4), rest(-10, 4)),
        (id(5), rest(1, 5)),
    ]);
    let fits = ranked(&need(&["home-visit"]), &offices, &inquiries, None);
    let found: Vec<_> = fits.iter().map(|fit| (fit.office, fit.aside)).collect();
    assert_eq!(
        found,
        [
            (id(5), None),
            (id(6), None),
            (id(3), Some(Aside::Taken(ago(2)))),
            (id(2), Some(Aside::Waiting(ago(3)))),
            (id(1), Some(Aside::Declined(ago(2)))),
            (id(4), Some(Aside::Resting(ago(-10).unwrap()))),
        ]
    );
}

#[test]
fn no_room_puts_behind_those_who_fit_alike_and_are_as_near_and_no_further() {
    let can = || clinic(&[("home-visit", Answer::Yes)]);
    let offices = BTreeMap::from([
        (id(1), at(can(), 1.0)),
        (id(2), at(can(), 3.0)),
        (id(3), at(can(), 5.0)),
        (id(4), at(clinic(&[("home-visit", Answer::Ask)]), 1.0)),
    ]);
    let no = |why: &str, case, days| Inquiry {
        case: id(case),
        answer: Reply::Declined,
        declined_for: why.into(),
        answered_on: ago(days),
        ..asked(1, 0, days)
    };
    // The second was asked twice: without the no it stands behind the first.
    let often = [asked(2, 0, 8), asked(2, 0, 9)];
    for (answer, expected, why) in [
        (no("full", 200, 4), [2, 1, 3, 4], Why::Full),
        (no("hands", 200, 4), [2, 1, 3, 4], Why::Full),
        // For that person's own reasons; too long ago.
        (no("person", 200, 4), [1, 2, 3, 4], Why::Doctor),
        (no("", 200, 4), [1, 2, 3, 4], Why::Doctor),
        (no("full", 200, 40), [1, 2, 3, 4], Why::Doctor),
        // For this case: not to be asked at all, whatever the reason.
        (no("full", 100, 4), [2, 3, 4, 1], Why::Step),
        (no("person", 100, 4), [2, 3, 4, 1], Why::Step),
    ] {
        let inquiries: BTreeMap<Id, Inquiry> =
            often.iter().chain([&answer]).zip(1..).map(|(inquiry, n)| (id(n), inquiry.clone())).collect();
        let fits = ranked(&need(&["home-visit"]), &offices, &inquiries, Some(HERE));
        assert_eq!(order(&fits), expected.map(id), "{} {:?}", answer.declined_for, answer.answered_on);
        assert_eq!(fits[0].compare(&fits[1]).1, why, "{}", answer.declined_for);
    }
}

#[test]
fn the_place_of_the_person_the_weekday_and_places_just_now_count() {
    let can = |serves: &str, area: &str| Office { serves: serves.into(), area: area.into(), ..clinic(&[]) };
    let person = Need {
        area: "西部".into(),
        school_district: "架空西中学校区".into(),
        address: "架空市西浜1丁目2番".into(),
        weekday: Some(Weekday::Tue),
        ..Need::default()
    };
    for (office, answer) in [
        (can("架空西中学校", "東部"), Answer::Yes),
        (can("西部", "東部"), Answer::Yes),
        (can("東部、西浜", "東部"), Answer::Yes),
        (can("東部", "西部"), Answer::Ask),
        (can("中学校区", "西部"), Answer::Ask),
        (can("", "西部"), Answer::Yes),
        (can("", "東部"), Answer::Unknown),
    ] {
        let offices = BTreeMap::from([(id(1), office.clone())]);
        let fits = ranked(&person, &offices, &BTreeMap::new(), None);
        let place = fits[0].criteria.iter().find(|c| c.what == What::Place).unwrap();
        assert_eq!(place.answer, answer, "{} {}", office.serves, office.area);
    }
    let offices = BTreeMap::from([
        (id(1), Office { closed: "Tue".into(), ..can("", "西部") }),
        (id(2), Office { accepting: "no".into(), accepting_until: ago(0), ..can("", "西部") }),
        (id(3), Office { accepting: "no".into(), accepting_until: ago(1), ..can("", "西部") }),
    ]);
    let fits = ranked(&person, &offices, &BTreeMap::new(), None);
    assert_eq!(
        fits.iter().map(|fit| (fit.office, fit.fits())).collect::<Vec<_>>(),
        [(id(3), true), (id(1), false), (id(2), false)]
    );
}

#[test]
fn distances_are_those_of_the_map_and_towns_end_at_their_numbers() {
    let tokyo = Point { latitude: 35.6812, longitude: 139.7671 };
    let osaka = Point { latitude: 34.7025, longitude: 135.4959 };
    assert!((km(tokyo, osaka) - 403.0).abs() < 2.0, "{}", km(tokyo, osaka));
    assert!(km(tokyo, tokyo).abs() < 1e-9);
    for (address, name) in [
        ("架空市中央1丁目2番3号", "架空市中央"),
        ("架空市三丘町２−３", "架空市三丘町"),
        ("架空市浜町三丁目", "架空市浜町"),
        ("架空島", "架空島"),
        ("", ""),
        ("12-3", ""),
    ] {
        assert_eq!(town(address), name);
    }
    let nowhere = Office { latitude: Some(0.0), longitude: Some(0.0), ..Office::default() };
    let wrong = Office { latitude: Some(340.0), longitude: Some(131.0), ..Office::default() };
    assert!(Point::of(&nowhere).is_none() && Point::of(&wrong).is_none() && Point::of(&Office::default()).is_none());
}

#[test]
fn where_a_person_lives_is_told_by_the_offices_of_the_town_and_else_of_the_area() {
    let stands = |address: &str, area: &str, north| {
        at(Office { address: address.into(), area: area.into(), ..clinic(&[]) }, north)
    };
    let all = [
        stands("架空市西浜1丁目", "西部", 2.0),
        stands("架空市西浜9丁目", "西部", 4.0),
        stands("架空市山手1丁目", "西部", 12.0),
    ];
    let asking = asking(None);
    for (address, area, found) in [
        ("架空市西浜3丁目", "東部", Some((3.0, From::Town))),
        ("架空市奥山3丁目", "西部", Some((6.0, From::Area))),
        ("", "西部", Some((6.0, From::Area))),
        ("", "北部", None),
        ("架空市奥山", "", None),
    ] {
        let need = Need { address: address.into(), area: area.into(), ..Need::default() };
        let about = place::about(&need, all.iter(), &asking.ways);
        let about = about.map(|(point, from)| ((km(HERE, point) * 100.0).round() / 100.0, from));
        assert_eq!(about, found, "{address} {area}");
    }
}

#[test]
fn the_way_through_hospitals_is_that_of_their_bed_functions() {
    let hospital = |capacity: &str, name: &str| Office {
        kind: HOSPITAL.into(),
        name: name.into(),
        kana: name.into(),
        capacity: capacity.into(),
        area: "西部".into(),
        ..Office::default()
    };
    let asked = Office {
        capabilities: clinic(&[("bed-chronic", Answer::Yes), ("bed-acute", Answer::No)]).capabilities,
        ..hospital("急性期 40床", "う")
    };
    let offices = BTreeMap::from([
        (id(1), hospital("高度急性期 20床", "あ")),
        (id(2), Office { area: "東部".into(), ..hospital("急性期 80床、療養 20床", "い") }),
        (id(3), asked),
        (id(4), Office { kind: "8".into(), ..hospital("入所 80名", "え") }),
        (id(5), hospital("急性期 10床", "お")),
        (id(6), Office { kind: "5".into(), ..hospital("急性期", "か") }),
    ]);
    let steps = path(&offices.iter().map(|(id, office)| (*id, office)), "西部", "い", &asking(None).ways);
    let found: Vec<(Step, Vec<(Id, Answer)>)> =
        steps.iter().map(|(step, stops)| (*step, stops.iter().map(|stop| (stop.id, stop.answer)).collect())).collect();
    assert_eq!(
        found,
        [
            (Step::HighAcute, vec![(id(1), Answer::Unknown)]),
            (Step::Acute, vec![(id(2), Answer::Unknown), (id(5), Answer::Unknown)]),
            (Step::Recovery, vec![]),
            (Step::Chronic, vec![(id(2), Answer::Unknown), (id(3), Answer::Yes)]),
            (Step::Onward, vec![(id(4), Answer::Yes)]),
        ]
    );
    assert!(steps[1].1[0].here && !steps[1].1[0].near && steps[1].1[1].near);
}

#[test]
fn the_table_of_fairness_counts_the_window_the_year_and_the_answers() {
    let answered = |office, days, answer| Inquiry { answer, ..asked(office, 0, days) };
    let inquiries = BTreeMap::from([
        (id(1), answered(1, 1, Reply::Accepted)),
        (id(2), answered(1, 100, Reply::Declined)),
        (id(3), answered(1, 500, Reply::Declined)),
        (id(4), answered(2, 2, Reply::Waiting)),
        (id(5), Inquiry { rest_until: ago(-30), ..answered(2, 3, Reply::Declined) }),
        (id(6), asked(3, 7, 365)),
    ]);
    let lines: Vec<_> = load::table(&inquiries, today(), 90)
        .into_iter()
        .map(|line| (line.office, line.recent, line.year, line.answers, line.last, line.resting))
        .collect();
    assert_eq!(
        lines,
        [
            (id(2), 2, 2, [0, 0, 1, 1], ago(2), ago(-30)),
            (id(1), 1, 2, [1, 0, 1, 0], ago(1), None),
            (id(3), 0, 0, [0, 0, 0, 0], ago(365), None),
        ]
    );
}

fn an_office() -> impl Strategy<Value = Office> {
    let answer = prop_oneof![Just(Answer::Yes), Just(Answer::Ask), Just(Answer::Unknown), Just(Answer::No)];
    (answer.clone(), answer, 0.0..30.0_f64, any::<bool>(), any::<bool>()).prop_map(
        |(visit, last, north, known, removed)| {
            let office = Office { removed, ..clinic(&[("home-visit", visit), ("end-of-life", last)]) };
            if known { at(office, north) } else { office }
        },
    )
}

proptest! {
    #[test]
    fn nobody_is_missing_asking_moves_down_and_the_order_is_total(
        offices in proptest::collection::vec(an_office(), 1..12),
        inquiries in proptest::collection::vec((1_u8..12, 0_i64..200), 0..20),
        who in 0_usize..12,
    ) {
        let offices: BTreeMap<Id, Office> = (1..).zip(offices).map(|(n, office)| (id(n), office)).collect();
        let mut asked: BTreeMap<Id, Inquiry> =
            (1..).zip(inquiries).map(|(n, (office, days))| (id(n), self::asked(office, 0, days))).collect();
        let need = need(&["home-visit", "end-of-life"]);
        let before = ranked(&need, &offices, &asked, Some(HERE));
        // Everybody who may be asked is there once.
        let mut there = order(&before);
        there.sort_unstable();
        let all: Vec<Id> = offices.iter().filter(|(_, office)| !office.removed).map(|(id, _)| *id).collect();
        prop_assert_eq!(there, all);
        // Each comes before all behind it, and the order is the same however the offices come in.
        for (at, fit) in before.iter().enumerate() {
            prop_assert!(before.iter().skip(at + 1).all(|behind| fit.compare(behind).0.is_lt()));
            prop_assert!(fit.compare(fit).0.is_eq());
        }
        let backwards = rank(&need, offices.iter().rev().map(|(id, o)| (*id, o)), &asked, &asking(Some(HERE)));
        prop_assert_eq!(order(&backwards), order(&before));
        // One more inquiry for another case: nobody overtakes but those who fit alike and are as near.
        let Some(chosen) = before.get(who % before.len().max(1)).cloned() else { return Ok(()) };
        asked.insert(id(250), Inquiry { office: chosen.office, ..self::asked(0, 0, 0) });
        let after = ranked(&need, &offices, &asked, Some(HERE));
        let place = |fits: &[Fit]| fits.iter().position(|fit| fit.office == chosen.office).unwrap();
        prop_assert!(place(&after) >= place(&before));
        let equal = |fit: &Fit| (fit.worst(), fit.step()) == (chosen.worst(), chosen.step());
        let overtook = after.iter().take(place(&after)).skip(place(&before));
        for fit in overtook {
            prop_assert!(equal(fit) && fit.load.doctor <= chosen.load.doctor + 1);
        }
        let rest = |fits: &[Fit]| order(fits).into_iter().filter(|office| *office != chosen.office).collect::<Vec<_>>();
        prop_assert_eq!(rest(&after), rest(&before));
    }
}
