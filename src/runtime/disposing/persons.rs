//! What becomes of the persons of disposed cases: who was known by them alone goes with them, and of the others what
//! nothing says any more but the person's own record.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use super::{all, get};
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::index;
use crate::desk::person::Person;
use crate::desk::policy::Policy;
use crate::desk::record::{Edit, Kind, RecordKey, Stamp};
use crate::journal::{Journal, ReadError};

/// How far a chain of persons who turned out to be others is followed.
const CHAIN: usize = 16;

/// Persons that go, and those that stay without these cases.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    /// Nobody refers to them any more.
    pub gone: Vec<RecordKey>,
    /// Other cases do.
    pub stay: Vec<(RecordKey, Value)>,
    /// Numbers and stamps of the changes of those who stay that hold what goes.
    pub changes: BTreeMap<u64, Stamp>,
}

/// What becomes of the persons of these cases.
pub(super) fn leaving(journal: &Journal, cases: &BTreeSet<Id>) -> Result<Leaving, ReadError> {
    let persons: BTreeMap<Id, Person> = all(journal, Kind::Person)?.into_iter().collect();
    let policies: Vec<(Id, Policy)> = all(journal, Kind::Policy)?;
    let of_policies: BTreeSet<Id> = policies
        .into_iter()
        .filter(|(_, policy)| !cases.contains(&policy.case))
        .flat_map(|(_, policy)| policy.persons.into_keys())
        .collect();
    let mut stay: BTreeMap<Id, (Person, Texts)> = BTreeMap::new();
    let mut gone: BTreeSet<Id> = BTreeSet::new();
    for (id, person) in &persons {
        if !person.seen.keys().any(|case| cases.contains(case)) {
            continue;
        }
        let (left, texts) = without(journal, &persons, *id, cases)?;
        if left.is_somebody() {
            stay.insert(*id, (left, texts));
        } else if of_policies.contains(id) {
            // A policy that stays names them: they are known by name and number when they call again.
            let left = Person { seen: left.seen, ..person.clone() };
            stay.insert(*id, (left.clone(), Texts::of([&left])));
        } else {
            gone.insert(*id);
        }
    }
    // Whoever turned out to be one of them had their cases as well.
    let merged = persons.keys().filter(|id| chain(&persons, **id).any(|of| gone.contains(&of)));
    let merged: Vec<Id> = merged.copied().collect();
    gone.extend(merged);
    let mut leaving = Leaving::default();
    for (id, (person, texts)) in stay.into_iter().filter(|(id, _)| !gone.contains(id)) {
        let key = RecordKey::new(Kind::Person, id);
        for (seq, change) in journal.numbered(key)? {
            if texts.lack(&change.patch) || texts.lack(&change.back) {
                leaving.changes.insert(seq, change.stamp);
            }
        }
        leaving.stay.push((key, edits::compact(&person)));
    }
    leaving.gone = gone.into_iter().map(|id| RecordKey::new(Kind::Person, id)).collect();
    Ok(leaving)
}

/// Persons who lack what contacts and cases say of them, completed: their changes went with a disposal of before this
/// desk was restored, and what other cases say of them went along.
pub(super) fn told_again(journal: &Journal) -> Result<Vec<Edit>, ReadError> {
    let before: BTreeMap<Id, Person> = all(journal, Kind::Person)?.into_iter().collect();
    let mut persons = before.clone();
    for (id, case) in all::<Case>(journal, Kind::Case)? {
        complete(&mut persons, case.subject_person, Person::of_subject(&case), (id, case.opened_at));
    }
    for (_, contact) in all::<Contact>(journal, Kind::Contact)? {
        complete(&mut persons, contact.caller_person, Person::of_caller(&contact), (contact.case, contact.at));
    }
    let changed = persons.iter().filter_map(|(id, after)| match before.get(id) {
        Some(before) => edits::edit_person(Id::NIL, *id, before, after),
        None => Some(edits::derive_persons(vec![edits::create(Kind::Person, *id, after)])),
    });
    Ok(changed.flat_map(|batch| batch.edits).collect())
}

fn complete(
    persons: &mut BTreeMap<Id, Person>,
    linked: Id,
    told: Option<Person>,
    (case, at): (Id, Option<DateTime<FixedOffset>>),
) {
    let Some(mut told) = told.filter(|_| !linked.is_nil()) else { return };
    if let Some(at) = at {
        told.see(case, at.date_naive());
    }
    let id = chain(persons, linked).last().unwrap_or(linked);
    let person = persons.entry(id).or_default();
    *person = person.completed(&told);
}

/// The person and whom they turned out to be, one after the other.
fn chain(persons: &BTreeMap<Id, Person>, id: Id) -> impl Iterator<Item = Id> {
    let next = |id: &Id| persons.get(id).map(|person| person.merged_into).filter(|next| !next.is_nil());
    std::iter::successors(Some(id), next).take(CHAIN)
}

/// The person without these cases, and without what no other case says; with it, all that the others say.
fn without(
    journal: &Journal,
    persons: &BTreeMap<Id, Person>,
    id: Id,
    cases: &BTreeSet<Id>,
) -> Result<(Person, Texts), ReadError> {
    let mut left = persons.get(&id).cloned().unwrap_or_default();
    left.seen.retain(|case, _| !cases.contains(case));
    let (mut texts, mut own) = (Texts::default(), Person::default());
    let is_own = |linked: Id| chain(persons, linked).any(|of| of == id);
    for case_id in left.seen.keys() {
        let case: Case = get(journal, RecordKey::new(Kind::Case, *case_id))?.unwrap_or_default();
        let subject = Person::of_subject(&case);
        let mut told: Vec<(Id, Person)> = subject.map(|person| (case.subject_person, person)).into_iter().collect();
        for key in journal.index_at(index::CASE, case_id.bytes())? {
            let contact: Contact = get(journal, key)?.unwrap_or_default();
            told.extend(Person::of_caller(&contact).map(|person| (contact.caller_person, person)));
        }
        for (linked, person) in told {
            texts.add(&person);
            if is_own(linked) {
                own = own.completed(&person);
            }
        }
    }
    texts.keep(&mut left);
    Ok((left.completed(&own), texts))
}

/// What is said of persons, whatever of them it says.
#[derive(Debug, Default)]
struct Texts(BTreeSet<String>);

impl Texts {
    fn of<'a>(persons: impl IntoIterator<Item = &'a Person>) -> Self {
        let mut texts = Self::default();
        persons.into_iter().for_each(|person| texts.add(person));
        texts
    }

    fn add(&mut self, person: &Person) {
        self.0.extend(said(&edits::compact(person)));
    }

    /// Takes from a person what is not said here.
    fn keep(&self, person: &mut Person) {
        let told = |text: &String| self.0.contains(text.as_str());
        let texts = [
            &mut person.name,
            &mut person.kana,
            &mut person.relation,
            &mut person.office,
            &mut person.fax,
            &mut person.area,
        ];
        for text in texts.into_iter().filter(|text| !told(text)) {
            text.clear();
        }
        if person.office.is_empty() {
            person.office_id = Id::NIL;
        }
        person.phones.retain(|digits, _| told(digits));
        person.birth.take_if(|day| !told(&day.to_string()));
    }

    /// Whether this patch of a person holds a text that is not said here.
    fn lack(&self, patch: &Value) -> bool {
        said(patch).any(|text| !self.0.contains(&text))
    }
}

/// The texts in a patch of a person: values, and the digits that the numbers are kept by.
fn said(patch: &Value) -> impl Iterator<Item = String> {
    let members = patch.as_object().into_iter().flatten();
    members.filter(|(name, _)| TEXTS.contains(&name.as_str())).flat_map(|(_, value)| match value {
        Value::String(text) => vec![text.clone()],
        Value::Object(numbers) => numbers.keys().cloned().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Vec::new(),
    })
}

/// The members of a person that tell of somebody: no codes, no identities, no days of contacts.
const TEXTS: [&str; 8] = ["name", "kana", "relation", "office", "phones", "fax", "birth", "area"];

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;
    use crate::desk::record::{Batch, Edit};

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    const DAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2020, 4, 1);

    fn now() -> DateTime<chrono::FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap()
    }

    fn person(cases: &[u8], merged: u8) -> Person {
        Person {
            name: "架空 花枝".into(),
            seen: cases.iter().map(|case| (id(*case), DAY.unwrap())).collect(),
            merged_into: if merged == 0 { Id::NIL } else { id(merged) },
            ..Person::default()
        }
    }

    fn contact(case: u8, name: &str, phone: &str) -> Contact {
        Contact { case: id(case), at: Some(now()), caller_name: name.into(), phone: phone.into(), ..Contact::default() }
    }

    fn journal_with(edits: Vec<Edit>) -> Journal {
        let (mut journal, ..) = Journal::in_memory(id(99), now()).unwrap();
        journal.commit(Batch::new("done-save-call", id(9), edits), now()).unwrap();
        journal
    }

    fn staying(leaving: Leaving) -> BTreeMap<Id, Person> {
        leaving.stay.into_iter().map(|(key, value)| (key.id, serde_json::from_value(value).unwrap())).collect()
    }

    #[test]
    fn who_was_known_by_the_cases_alone_goes_with_them() {
        let persons = [
            (1, person(&[11], 0)),
            (2, person(&[11, 12], 0)),
            // Turned out to be the first one, by way of another.
            (3, person(&[], 4)),
            (4, person(&[11], 1)),
            // A policy from a case that stays names this one.
            (5, person(&[11], 0)),
            (6, person(&[12], 0)),
        ];
        let mut edits: Vec<Edit> = persons.iter().map(|(n, p)| edits::create(Kind::Person, id(*n), p)).collect();
        edits.push(edits::create(Kind::Contact, id(22), &contact(12, "架空 花枝", "")));
        for (n, case, whom) in [(31, 12, 5), (32, 11, 1)] {
            let policy = Policy { case: id(case), persons: BTreeMap::from([(id(whom), true)]), ..Policy::default() };
            edits.push(edits::create(Kind::Policy, id(n), &policy));
        }
        let journal = journal_with(edits);
        let leaving = leaving(&journal, &BTreeSet::from([id(11)])).unwrap();
        let gone: Vec<Id> = leaving.gone.iter().map(|key| key.id).collect();
        assert_eq!(gone, [id(1), id(3), id(4)]);
        assert!(leaving.changes.is_empty(), "what they say is said by others too");
        let stay = staying(leaving);
        assert_eq!(stay.keys().copied().collect::<Vec<_>>(), [id(2), id(5)]);
        assert_eq!(stay.get(&id(2)).unwrap().seen, BTreeMap::from([(id(12), DAY.unwrap())]));
        let named = stay.get(&id(5)).unwrap();
        assert!(named.seen.is_empty() && named.name == "架空 花枝");
    }

    #[test]
    fn who_stays_keeps_what_the_other_cases_say_and_nothing_else() {
        let told = |name: &str, phone: &str| Person::of_caller(&contact(0, name, phone)).unwrap();
        let known = Person { fax: "0834-00-9999".into(), relation: "長女".into(), ..person(&[11, 12], 0) };
        let known = known.completed(&told("", "0834-00-1111")).completed(&told("", "0834-00-2222"));
        for (name, number, left) in [
            ("架空 花枝", "0834-00-2222", "架空 花枝"),
            // As the other case spells it, and not at all where it does not.
            ("架空花枝", "０８３４（００）２２２２", "架空花枝"),
            ("", "0834-00-2222", ""),
        ] {
            let other = Contact { caller_person: id(2), ..contact(12, name, number) };
            let gone = Contact { caller_person: id(2), ..contact(11, "架空 花枝", "0834-00-1111") };
            let journal = journal_with(vec![
                edits::create(Kind::Person, id(2), &known),
                edits::create(Kind::Contact, id(21), &gone),
                edits::create(Kind::Contact, id(22), &other),
            ]);
            let leaving = leaving(&journal, &BTreeSet::from([id(11)])).unwrap();
            assert_eq!((leaving.gone.len(), leaving.changes.len()), (0, 1), "{name}");
            let stay = staying(leaving).remove(&id(2)).unwrap();
            assert_eq!((stay.name.as_str(), stay.fax.as_str(), stay.relation.as_str()), (left, "", ""));
            assert_eq!(stay.phones.keys().collect::<Vec<_>>(), ["0834002222"]);
        }
    }

    #[test]
    fn whoever_lost_what_others_say_of_them_is_completed() {
        let lost = Person { name: String::new(), ..person(&[12], 0) };
        let one = Contact { caller_person: id(3), ..contact(12, "架空 花枝", "0834-00-2222") };
        let journal = journal_with(vec![
            edits::create(Kind::Person, id(2), &lost),
            edits::create(Kind::Person, id(3), &Person { merged_into: id(2), ..Person::default() }),
            edits::create(Kind::Contact, id(22), &one),
            edits::create(Kind::Contact, id(23), &Contact { caller_person: id(4), ..one.clone() }),
        ]);
        let again = told_again(&journal).unwrap();
        let ids: Vec<Id> = again.iter().map(|edit| edit.record.id).collect();
        assert_eq!(ids, [id(2), id(4)]);
        assert!(again.iter().all(|edit| edit.patch.get("name").is_some() && edit.patch.get("phones").is_some()));
    }
}
