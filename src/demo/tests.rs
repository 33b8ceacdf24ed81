//! The demo shows what it says: the figures of the minutes, codes that exist, days on which a desk is open.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::*;
use crate::desk::agenda;
use crate::desk::case::{Case, Status};
use crate::desk::closing;
use crate::desk::codebook::{self, CITIZENS};
use crate::desk::contact::Contact;
use crate::desk::date::is_open_day;
use crate::desk::edits::DONE;
use crate::desk::meeting::Meeting;
use crate::desk::office::Office;
use crate::desk::operator::{DeskProfile, Operator};
use crate::desk::patch;
use crate::desk::queue;
use crate::desk::record::{Kind, RecordKey};
use crate::locale::{Lang, Locale};

/// Mondays, a Sunday before a holiday, the first of months, New Year, the day of a meeting and the day after it.
const DAYS: [&str; 12] = [
    "2026-11-22",
    "2026-11-20",
    "2026-12-01",
    "2026-12-02",
    "2027-01-01",
    "2027-01-04",
    "2026-05-06",
    "2026-12-08",
    "2026-12-09",
    "2028-02-29",
    "2026-03-31",
    "2026-04-01",
];

struct Made {
    today: DateTime<FixedOffset>,
    batches: Vec<(DateTime<FixedOffset>, Batch)>,
    records: BTreeMap<RecordKey, Value>,
}

fn make(day: &str) -> Made {
    let today = DateTime::parse_from_rfc3339(&format!("{day}T08:31:00+09:00")).unwrap();
    let mut last = 0_u128;
    let batches = batches(today, &mut || {
        last += 1;
        Id::from_bytes(last.to_be_bytes())
    });
    let mut records = BTreeMap::new();
    for edit in batches.iter().flat_map(|(_, batch)| &batch.edits) {
        patch::apply(records.entry(edit.record).or_insert(Value::Null), &edit.patch);
    }
    Made { today, batches, records }
}

impl Made {
    fn all<T: DeserializeOwned>(&self, kind: Kind) -> BTreeMap<Id, T> {
        let of_kind = self.records.iter().filter(|(key, _)| key.kind == kind);
        of_kind.map(|(key, value)| (key.id, serde_json::from_value(value.clone()).unwrap())).collect()
    }
}

fn count<'a>(codes: impl IntoIterator<Item = &'a String>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for code in codes {
        *counts.entry(code.as_str()).or_default() += 1;
    }
    counts
}

fn most<'a>(counts: &BTreeMap<&'a str, usize>) -> &'a str {
    let (code, highest) = counts.iter().max_by_key(|(_, n)| **n).unwrap();
    assert_eq!(counts.values().filter(|n| *n == highest).count(), 1, "one is the most frequent: {counts:?}");
    code
}

#[test]
fn the_figures_are_those_of_the_minutes() {
    for day in DAYS {
        let made = make(day);
        let contacts: BTreeMap<Id, Contact> = made.all(Kind::Contact);
        assert_eq!(contacts.len(), 50, "{day}");
        let callers = count(contacts.values().map(|c| &c.caller_kind));
        assert_eq!(callers.get("1"), Some(&15));
        assert_eq!(CITIZENS.iter().filter_map(|kind| callers.get(kind)).sum::<usize>(), 12);
        assert_eq!(most(&callers), "1");
        assert_eq!(most(&count(contacts.values().flat_map(|c| &c.topics))), "g");
        assert_eq!(most(&count(contacts.values().flat_map(|c| &c.information))), "1");
        let cases: BTreeMap<Id, Case> = made.all(Kind::Case);
        assert_eq!(most(&count(cases.values().flat_map(|c| &c.topics))), "g");
        let months: BTreeSet<String> = contacts.values().map(|c| c.at.unwrap().format("%Y-%m").to_string()).collect();
        assert_eq!(months.len(), 10, "{day}: five a month over ten months: {months:?}");
    }
}

#[test]
fn everything_happened_while_the_desk_was_open_and_in_order() {
    for day in DAYS {
        let made = make(day);
        assert!(made.batches.is_sorted_by_key(|(at, _)| *at), "{day}");
        for (at, batch) in &made.batches {
            assert!(is_open_day(at.date_naive()), "{day}: {at} {}", batch.what);
            assert!(*at < made.today, "{day}: {at} {}", batch.what);
            assert!((8..=17).contains(&chrono::Timelike::hour(at)), "{day}: {at} {}", batch.what);
        }
        let mut last: BTreeMap<Id, DateTime<FixedOffset>> = BTreeMap::new();
        let mut contacts: Vec<Contact> = made.all(Kind::Contact).into_values().collect();
        contacts.sort_by_key(|c| c.at);
        for contact in contacts {
            let (at, ended) = (contact.at.unwrap(), contact.ended_at.unwrap());
            assert!(at < ended && is_open_day(at.date_naive()));
            assert!(last.insert(contact.case, ended).is_none_or(|before| before < at), "{day}: two calls at once");
        }
        for case in made.all::<Case>(Kind::Case).into_values() {
            assert!(case.closed_at.is_none_or(|at| at < made.today && at > case.opened_at.unwrap()), "{day}");
        }
    }
}

/// The order of the tables tells a story only if the calls of one case stand in it.
#[test]
fn the_calls_of_a_case_come_in_the_order_in_which_they_are_told() {
    for day in DAYS {
        let time = time::Time::new(make(day).today);
        for story in stories::all() {
            let told: Vec<_> = story.calls.iter().map(|c| time.at(time.day(c.when), c.at.0, c.at.1)).collect();
            assert!(told.is_sorted_by(|a, b| a < b), "{day}: {}", story.summary);
        }
    }
}

fn codes<'a>(list: &str, codes: impl IntoIterator<Item = &'a String>) {
    let entries = codebook::list(list).unwrap().entries;
    for code in codes.into_iter().filter(|code| !code.is_empty()) {
        assert!(entries.iter().any(|e| e.code == code), "{list}: {code}");
    }
}

#[test]
fn every_code_is_in_its_list() {
    let made = make("2026-11-22");
    for c in made.all::<Contact>(Kind::Contact).values() {
        for (list, code) in [
            ("method", &c.method),
            ("direction", &c.direction),
            ("visit", &c.visit),
            ("caller-kind", &c.caller_kind),
            ("route", &c.route),
            ("scene", &c.scene),
            ("response", &c.response),
        ] {
            assert!(!code.is_empty(), "{list}");
            codes(list, [code]);
        }
        codes("topic", &c.topics);
        codes("eight-items", &c.items);
        codes("information", &c.information);
        assert!(!c.topics.is_empty());
    }
    for c in made.all::<Case>(Kind::Case).values() {
        for (list, code) in [
            ("urgency", &c.urgency),
            ("caller-kind", &c.caller_kind),
            ("scene", &c.scene),
            ("sex", &c.sex),
            ("age-band", &c.age_band),
            ("whereabouts", &c.whereabouts),
            ("household", &c.household),
            ("care-level", &c.care_level),
            ("mobility", &c.mobility),
            ("dementia", &c.dementia),
            ("has-doctor", &c.has_doctor),
            ("consent", &c.consent),
            ("doctor-notice", &c.doctor_notice),
            ("method", &c.doctor_notice_by),
            ("outcome", &c.outcome),
            ("yes-no", &c.share_with_city),
        ] {
            codes(list, [code]);
        }
        codes("topic", &c.topics);
        codes("treatment", &c.treatments);
    }
    for office in made.all::<Office>(Kind::Office).values() {
        codes("office-kind", [&office.kind]);
        codes("capability", office.capabilities.keys());
    }
    for meeting in made.all::<Meeting>(Kind::Meeting).values() {
        codes("meeting-kind", [&meeting.kind]);
    }
}

#[test]
fn every_code_and_every_deed_has_its_words_in_both_languages() {
    let made = make("2026-11-22");
    for lang in [Lang::Ja, Lang::En] {
        let locale = Locale::new(lang);
        for list in codebook::LISTS {
            assert!(locale.has(&format!("list-{}", list.name)), "{}", list.name);
            for code in list.entries {
                let key = codebook::label_key(list.name, code.code);
                assert!(locale.has(&key), "{key}");
            }
        }
        for what in DONE.iter().copied().chain(made.batches.iter().map(|(_, b)| b.what.as_str())) {
            assert!(locale.has(what), "{what}");
        }
    }
}

#[test]
fn no_number_can_be_called() {
    let made = make("2026-11-22");
    let mut found = 0;
    for value in made.records.values() {
        let text = value.to_string();
        for part in text.split("0834-").skip(1) {
            assert!(part.starts_with("00-"), "{part:.8}");
            found += 1;
        }
    }
    assert!(found > 100);
    let phones =
        |value: &Value| ["phone", "fax"].map(|name| value.get(name).and_then(Value::as_str).map(str::to_owned));
    for phone in made.records.values().flat_map(phones).flatten() {
        assert!(phone.starts_with("0834-00-") && phone.len() == 12, "{phone}");
    }
    let offices = made.all::<Office>(Kind::Office);
    let numbers: BTreeSet<_> = offices.values().map(|o| &o.phone).collect();
    assert_eq!(numbers.len(), offices.len(), "no two offices share a number");
    assert!(offices.values().all(|o| o.postal_code.len() == 7 && o.postal_code.starts_with("000")));
}

#[test]
fn the_directory_has_offices_of_every_kind_with_staff() {
    let made = make("2026-11-22");
    let offices = made.all::<Office>(Kind::Office);
    assert!(offices.len() >= 60, "{}", offices.len());
    let kinds: BTreeSet<_> = offices.values().map(|o| o.kind.as_str()).collect();
    assert_eq!(kinds.len(), codebook::list("office-kind").unwrap().entries.len());
    assert!(offices.values().map(|o| o.staff.len()).sum::<usize>() >= 40);
    assert!(offices.values().filter(|o| o.kind == "1").all(|o| o.staff.len() >= 2 && !o.department.is_empty()));
    let profile = made.all::<DeskProfile>(Kind::Desk).into_values().next().unwrap();
    assert!(profile.demo && profile.areas.len() == 5);
    assert!(offices.values().all(|o| profile.areas.contains(&o.area)));
    assert!(offices.values().any(|o| o.verified.is_some()) && offices.values().any(|o| o.verified.is_none()));
    let operators = made.all::<Operator>(Kind::Operator);
    let at_work = operators.values().filter(|o| o.role != "viewer");
    assert!(operators.len() == 5 && at_work.clone().count() == 4);
    assert!(at_work.clone().all(|o| o.qualifications.len() >= 2), "each of them does another job too");
    assert_eq!(at_work.filter(|o| o.role == "supervisor").count(), 2, "one proposes, another approves");
    let named: usize = stories::all().flat_map(|s| s.calls).map(|c| c.offices.len()).sum();
    let given: usize = made.all::<Contact>(Kind::Contact).values().map(|c| c.offices.len()).sum();
    assert_eq!(given, named, "every office that a story names is in the directory");
    let callers = made.all::<Contact>(Kind::Contact);
    assert!(callers.values().all(|c| c.caller_office.is_empty() || !c.caller_office_id.is_nil()));
}

#[test]
fn there_is_something_of_each_kind_in_the_queue() {
    for day in DAYS {
        let made = make(day);
        let today = made.today.date_naive();
        let cases: BTreeMap<Id, Case> = made.all(Kind::Case);
        let open: Vec<_> = cases.values().filter(|c| c.is_open()).collect();
        assert!((8..=15).contains(&open.len()), "{day}: {}", open.len());
        assert!(open.iter().filter(|c| queue::is_overdue(**c, today)).count() >= 2, "{day}");
        let states: BTreeSet<_> = cases.values().map(|c| c.status).collect();
        assert_eq!(states.len(), Status::ALL.len(), "{day}: every state stands somewhere");
        let contacts: BTreeMap<Id, Contact> = made.all(Kind::Contact);
        for (id, case) in cases.iter().filter(|(_, c)| !c.is_open()) {
            let of_case = contacts.values().filter(|c| c.case == *id);
            assert_eq!(closing::missing(case, of_case), [], "{day}: {}", case.summary);
        }
        let numbers: BTreeSet<_> = cases.values().map(|c| c.number.as_str()).collect();
        assert_eq!(numbers.len(), cases.len(), "{day}: no number twice");
    }
}

#[test]
fn one_meeting_was_held_and_the_next_has_an_agenda() {
    for day in DAYS {
        let made = make(day);
        let today = made.today.date_naive();
        let meetings: BTreeMap<Id, Meeting> = made.all(Kind::Meeting);
        let cases: BTreeMap<Id, Case> = made.all(Kind::Case);
        let held: Vec<_> = meetings.values().filter(|m| m.held).collect();
        assert_eq!(held.len(), 1, "{day}");
        assert!(held.iter().flat_map(|m| m.items.values()).filter(|i| !i.decision.is_empty()).count() >= 2, "{day}");
        let (_, next) = agenda::next_meeting(meetings.iter().map(|(id, m)| (*id, m)), today).unwrap();
        let flags: Vec<_> = cases.iter().filter_map(|(id, c)| Some((*id, c.flag.as_ref()?))).collect();
        let rows = agenda::agenda(Some(next), flags.iter().copied());
        assert_eq!(rows.len(), 5, "{day}");
        assert_eq!(rows.len(), flags.len(), "{day}: all that is flagged is on it");
        assert!(rows.iter().any(|row| row.placed) && rows.iter().any(|row| !row.placed), "{day}");
    }
}

#[test]
fn the_three_told_cases_are_there_with_their_course() {
    let made = make("2026-11-22");
    let cases: BTreeMap<Id, Case> = made.all(Kind::Case);
    let contacts: BTreeMap<Id, Contact> = made.all(Kind::Contact);
    let course = |word: &str| {
        let (id, case) = cases.iter().find(|(_, c)| c.summary.contains(word)).unwrap();
        let mut of_case: Vec<_> = contacts.values().filter(|c| c.case == *id).collect();
        of_case.sort_by_key(|c| c.at);
        (case, of_case)
    };
    let (case, calls) = course("看取りができる主治医の紹介");
    assert_eq!((calls.first().unwrap().caller_kind.as_str(), case.outcome.as_str()), ("1", "7"));
    let days = (calls.last().unwrap().at.unwrap() - calls.first().unwrap().at.unwrap()).num_days();
    assert!((25..=45).contains(&days), "about a month: {days}");
    let (_, calls) = course("同じ相談を繰り返すご家族");
    let kinds: BTreeSet<_> = calls.iter().map(|c| c.caller_kind.as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["2", "3", "F"]));
    assert_eq!(calls.last().unwrap().response, "6");
    let (case, calls) = course("4つの病院へ転院");
    assert_eq!((calls.first().unwrap().caller_kind.as_str(), case.status), ("2", Status::Closed));
    assert_eq!(calls.first().unwrap().offices.len(), 4);
}

#[test]
fn the_same_day_makes_the_same_demo() {
    assert_eq!(make("2026-11-22").batches, make("2026-11-22").batches);
}
