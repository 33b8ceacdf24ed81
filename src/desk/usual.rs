//! いつもの答え: what an operator, or the whole desk, has mostly answered lately, and what was said of a person the last
//! time. Only proposals are made of it: a wrong one costs more than none, so that it wants enough answers and a clear
//! majority. Knows no form and no store.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Map, Value};

use super::case::Case;
use super::contact::Contact;
use super::edits::compact;
use super::id::Id;

/// The members of a contact whose commonest answer is worth proposing: how a call came in and what it belonged to.
/// Nothing of a person (sex, age, care level), nothing that is decided anew each time (urgency, topics).
pub const USUAL: [&str; 5] = ["method", "visit", "scene", "direction", "route"];

/// How many answers there must be before they are called usual.
const LEAST: usize = 5;
/// The share of all answers, each weighed by its age, that the commonest must have: two thirds.
const SHARE: (u64, u64) = (2, 3);
/// An answer weighs half as much for each such span of days behind it: what a desk is asked changes with the seasons.
const HALVES: i64 = 90;
/// The weight of an answer of today.
const WEIGHT: u64 = 1 << 10;
/// How many of the newest contacts are counted.
const MOST: usize = 400;

/// What one contact answered.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answered {
    operator: Id,
    at: DateTime<FixedOffset>,
    codes: [Box<str>; USUAL.len()],
}

impl Answered {
    fn of(contact: &Contact) -> Option<Self> {
        let codes = [&contact.method, &contact.visit, &contact.scene, &contact.direction, &contact.route];
        let at = contact.ended_at.or(contact.at)?;
        Some(Self { operator: contact.operator, at, codes: codes.map(|code| code.as_str().into()) })
    }
}

/// A usual answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Usual<'a> {
    /// The code.
    pub code: &'a str,
    /// Whether it is the operator's own; else it is what the desk mostly answers.
    pub own: bool,
}

/// What the newest contacts answered.
#[derive(Debug, Default)]
pub struct Habits {
    answered: BTreeMap<Id, Answered>,
    version: u64,
}

impl Habits {
    /// Counts the changes.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Takes over a contact after a commit; `None`: it is no more.
    pub fn apply(&mut self, id: Id, contact: Option<&Contact>) {
        self.version += 1;
        self.answered.remove(&id);
        if let Some(answered) = contact.and_then(Answered::of) {
            self.answered.insert(id, answered);
            self.forget_oldest();
        }
    }

    /// Takes in contacts from the store. What changed meanwhile is newer and stays.
    pub fn arrive(&mut self, contacts: &[(Id, Contact)]) {
        self.version += 1;
        for (id, contact) in contacts {
            if let (false, Some(answered)) = (self.answered.contains_key(id), Answered::of(contact)) {
                self.answered.insert(*id, answered);
                self.forget_oldest();
            }
        }
    }

    fn forget_oldest(&mut self) {
        if self.answered.len() > MOST
            && let Some(oldest) = self.answered.iter().min_by_key(|(id, one)| (one.at, **id)).map(|(id, _)| *id)
        {
            self.answered.remove(&oldest);
        }
    }

    /// The contact that this operator kept last.
    pub fn last_of(&self, operator: Id) -> Option<Id> {
        let own = self.answered.iter().filter(|(_, one)| one.operator == operator);
        own.max_by_key(|(id, one)| (one.at, **id)).map(|(id, _)| *id)
    }

    /// What this operator mostly answers for this member; where they have answered too seldom, what the desk does.
    /// Somebody whose own answers vary is not told what others do.
    pub fn usual(&self, member: &str, operator: Id, today: NaiveDate) -> Option<Usual<'_>> {
        let at = USUAL.iter().position(|usual| *usual == member)?;
        let answers = |own: bool| -> Vec<(&str, NaiveDate)> {
            let all = self.answered.values().filter(|one| !own || one.operator == operator);
            all.filter_map(|one| Some((one.codes.get(at)?.as_ref(), one.at.date_naive())))
                .filter(|(code, _)| !code.is_empty())
                .collect()
        };
        let mine = answers(true);
        let own = mine.len() >= LEAST;
        let code = commonest(if own { &mine } else { &[] }, today).or_else(|| {
            let all = if own { Vec::new() } else { answers(false) };
            commonest(&all, today)
        })?;
        Some(Usual { code, own })
    }
}

/// The answer that has a clear majority of these, the newer ones counting more; `None` where there are too few, or none has.
pub fn commonest<'a>(answers: &[(&'a str, NaiveDate)], today: NaiveDate) -> Option<&'a str> {
    if answers.len() < LEAST {
        return None;
    }
    let mut weights: BTreeMap<&str, u64> = BTreeMap::new();
    for (code, on) in answers {
        let halves = u32::try_from((today - *on).num_days().max(0) / HALVES).unwrap_or(u32::MAX);
        // Ten halves and more weigh nothing: an answer of years ago is no habit.
        *weights.entry(code).or_default() += WEIGHT.checked_shr(halves).unwrap_or_default();
    }
    let total: u64 = weights.values().sum();
    let (code, weight) = weights.into_iter().max_by_key(|(_, weight)| *weight)?;
    (weight > 0 && weight * SHARE.1 >= total * SHARE.0).then_some(code)
}

/// What is said of a person over their cases, and not of one matter: the members of a case that are proposed again.
pub const OF_PERSON: [&str; 23] = [
    "sex",
    "age_band",
    "birth",
    "address",
    "area",
    "school_district",
    "phone",
    "insured_number",
    "insurer",
    "whereabouts",
    "facility",
    "household",
    "emergency_contact",
    "care_level",
    "certified_from",
    "certified_until",
    "mobility",
    "dementia",
    "has_doctor",
    "doctor",
    "second_doctor",
    "care_manager",
    "subject_kana",
];

/// What is said of who calls: the members of a contact that are proposed again.
pub const OF_CALLER: [&str; 5] = ["caller_kind", "method", "relation", "reachable", "fax"];

/// A value as it was the last time, and the day.
pub type Last = (&'static str, Value, NaiveDate);

/// What these cases of one person, the newest first, said last, member by member.
pub fn last_of_person<'a>(cases: impl IntoIterator<Item = (NaiveDate, &'a Case)>) -> Vec<Last> {
    newest(&OF_PERSON, cases.into_iter().map(|(on, case)| (on, compact(case))))
}

/// What these contacts of one caller, the newest first, said last, member by member.
pub fn last_of_caller<'a>(contacts: impl IntoIterator<Item = &'a Contact>) -> Vec<Last> {
    let dated = contacts.into_iter().filter_map(|contact| Some((contact.at?.date_naive(), compact(contact))));
    newest(&OF_CALLER, dated)
}

fn newest(members: &[&'static str], records: impl Iterator<Item = (NaiveDate, Value)>) -> Vec<Last> {
    let mut found: Vec<Last> = Vec::new();
    for (on, record) in records {
        let Value::Object(record) = record else { continue };
        found.extend(told(members, &record, &found).into_iter().map(|(member, value)| (member, value, on)));
    }
    found
}

/// The members that this record tells and none before it did. A doctor of a time before there was none is not told.
fn told(members: &[&'static str], record: &Map<String, Value>, before: &[Last]) -> Vec<(&'static str, Value)> {
    let known = |member: &str| before.iter().any(|(known, ..)| *known == member);
    // What belongs to an answer comes from the same day as the answer.
    let late = |member: &str| HEADS.iter().any(|(head, rest)| rest.contains(&member) && known(head));
    let wanted = members.iter().filter(|member| !known(member) && !late(member));
    wanted.filter_map(|member| Some((*member, record.get(*member)?.clone()))).collect()
}

/// Answers with what belongs to them: who is the doctor to whether there is one, where to being in hospital.
pub const HEADS: [(&str, &[&str]); 3] = [
    ("has_doctor", &["doctor", "second_doctor"]),
    ("whereabouts", &["facility"]),
    ("care_level", &["certified_from", "certified_until"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap() - chrono::TimeDelta::days(n)
    }

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn contact(operator: u8, ago: i64, method: &str) -> Contact {
        let at = format!("{}T10:00:00+09:00", day(ago)).parse().unwrap();
        Contact { operator: id(operator), at: Some(at), method: method.to_owned(), ..Contact::default() }
    }

    #[test]
    fn an_answer_is_usual_when_there_are_enough_and_most_are_the_same() {
        let of = |answers: &[(&'static str, i64)]| {
            let answers: Vec<_> = answers.iter().map(|(code, ago)| (*code, day(*ago))).collect();
            commonest(&answers, day(0))
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("1", 0); 4]), None, "four are no habit");
        assert_eq!(of(&[("1", 0); 5]), Some("1"));
        assert_eq!(of(&[("1", 0), ("1", 1), ("1", 2), ("1", 3), ("2", 4), ("2", 5)]), Some("1"), "four of six");
        assert_eq!(of(&[("1", 0), ("1", 1), ("1", 2), ("2", 3), ("2", 4)]), None, "three of five");
        // Ten of last year against four of this week: what is answered now counts.
        let mut turned = vec![("1", 360); 10];
        turned.extend([("2", 0); 4]);
        assert_eq!(of(&turned), Some("2"));
        assert_eq!(of(&[("1", 4000); 50]), None, "years ago is no habit");
        assert_eq!(of(&[("1", -3); 5]), Some("1"), "a clock that was ahead does no harm");
    }

    #[test]
    fn the_operators_own_habit_comes_before_the_desks() {
        let mut habits = Habits::default();
        let mut n = 0;
        let mut add = |habits: &mut Habits, operator, method: &str, times| {
            for _ in 0..times {
                n += 1;
                habits.apply(id(n), Some(&contact(operator, i64::from(n) % 7, method)));
            }
        };
        let usual = |habits: &Habits, operator| {
            habits.usual("method", id(operator), day(0)).map(|usual| (usual.code.to_owned(), usual.own))
        };
        add(&mut habits, 101, "1", 20);
        assert_eq!(usual(&habits, 101), Some(("1".into(), true)));
        assert_eq!(usual(&habits, 102), Some(("1".into(), false)));
        add(&mut habits, 102, "2", 4);
        assert_eq!(usual(&habits, 102), Some(("1".into(), false)));
        add(&mut habits, 102, "2", 1);
        assert_eq!(usual(&habits, 102), Some(("2".into(), true)));
        add(&mut habits, 102, "3", 5);
        assert_eq!(usual(&habits, 102), None, "who answers now so, now so, is proposed nothing");
        assert_eq!(habits.usual("sex", id(101), day(0)), None);
        assert_eq!(habits.usual("scene", id(101), day(0)), None, "nobody said anything");
    }

    #[test]
    fn a_contact_that_was_changed_or_taken_back_counts_as_it_is_now() {
        let mut habits = Habits::default();
        for n in 1..=5 {
            habits.apply(id(n), Some(&contact(9, i64::from(n), "1")));
        }
        assert_eq!(habits.last_of(id(9)), Some(id(1)));
        habits.apply(id(1), None);
        assert_eq!((habits.last_of(id(9)), habits.last_of(id(8))), (Some(id(2)), None));
        assert_eq!(habits.usual("method", id(9), day(0)), None, "four are left");
        // What comes from the store later is older.
        habits.arrive(&[(id(2), contact(9, 2, "7")), (id(6), contact(9, 6, "1"))]);
        assert_eq!(habits.usual("method", id(9), day(0)).map(|usual| usual.code), Some("1"));
    }

    #[test]
    fn only_the_newest_are_kept() {
        let mut habits = Habits::default();
        for n in 0..u32::try_from(MOST).unwrap() + 50 {
            let id = Id::from_bytes(u128::from(n).to_be_bytes());
            habits.apply(id, Some(&contact(9, i64::from(n), "1")));
        }
        assert_eq!(habits.answered.len(), MOST);
        assert_eq!(habits.last_of(id(9)), Some(Id::from_bytes([0; 16])));
    }

    #[test]
    fn of_a_person_each_member_is_as_it_was_said_last() {
        let older = Case {
            area: "東部".into(),
            care_level: "21".into(),
            has_doctor: "1".into(),
            doctor: "架空 医師".into(),
            urgency: "1".into(),
            summary: "前の件".into(),
            ..Case::default()
        };
        let newer = Case { care_level: "23".into(), has_doctor: "2".into(), ..Case::default() };
        let found = last_of_person([(day(3), &newer), (day(90), &older)]);
        let said: Vec<(&str, &str, NaiveDate)> =
            found.iter().map(|(member, value, on)| (*member, value.as_str().unwrap(), *on)).collect();
        // The doctor of before is not proposed to somebody who has none now; the matter of before not at all.
        assert_eq!(said, [("care_level", "23", day(3)), ("has_doctor", "2", day(3)), ("area", "東部", day(90))]);
    }

    #[test]
    fn every_member_is_one_of_its_record() {
        let case = serde_json::to_value(Case::default()).unwrap();
        let contact = serde_json::to_value(Contact::default()).unwrap();
        for member in OF_PERSON {
            assert!(case.get(member).is_some(), "{member}");
        }
        for member in OF_CALLER.iter().chain(&USUAL) {
            assert!(contact.get(member).is_some(), "{member}");
        }
    }
}
