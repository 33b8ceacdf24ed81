//! What becomes of the persons of disposed cases: who was known by them alone goes with them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{all, get};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::person::Person;
use crate::desk::policy::Policy;
use crate::desk::record::{Kind, RecordKey};
use crate::journal::{Journal, ReadError};

/// Persons that go, and those that stay without these cases.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    /// Nobody refers to them any more.
    pub gone: Vec<RecordKey>,
    /// Other cases do.
    pub stay: Vec<(RecordKey, Value)>,
}

/// What becomes of the persons of these cases.
pub(super) fn leaving(journal: &Journal, cases: &BTreeSet<Id>) -> Result<Leaving, ReadError> {
    let persons: Vec<(Id, Person)> = all(journal, Kind::Person)?;
    let policies: Vec<(Id, Policy)> = all(journal, Kind::Policy)?;
    let of_policies: BTreeSet<Id> = policies
        .into_iter()
        .filter(|(_, policy)| !cases.contains(&policy.case))
        .flat_map(|(_, policy)| policy.persons.into_keys())
        .collect();
    let mut leaving = Leaving::default();
    let mut gone: BTreeSet<Id> = BTreeSet::new();
    for (id, person) in &persons {
        if !person.seen.keys().any(|case| cases.contains(case)) {
            continue;
        }
        let key = RecordKey::new(Kind::Person, *id);
        match edits::without_cases(person, |case| cases.contains(&case)) {
            Some(left) => leaving.stay.push((key, left)),
            // A policy that stays names them.
            None if of_policies.contains(id) => {
                leaving.stay.push((key, edits::compact(&Person { seen: BTreeMap::new(), ..person.clone() })));
            }
            None => _ = gone.insert(*id),
        }
    }
    // Whoever turned out to be one of them had their cases as well.
    for (id, person) in &persons {
        let mut at = person.merged_into;
        for _ in 0..16 {
            if gone.contains(&at) {
                gone.insert(*id);
            }
            at = get::<Person>(journal, RecordKey::new(Kind::Person, at))?.map_or(Id::NIL, |next| next.merged_into);
            if at.is_nil() {
                break;
            }
        }
    }
    leaving.stay.retain(|(key, _)| !gone.contains(&key.id));
    leaving.gone = gone.into_iter().map(|id| RecordKey::new(Kind::Person, id)).collect();
    Ok(leaving)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;
    use crate::desk::record::{Batch, Edit};

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    #[test]
    fn who_was_known_by_the_cases_alone_goes_with_them() {
        let now = DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").unwrap();
        let (mut journal, ..) = Journal::in_memory(id(99), now).unwrap();
        let day = NaiveDate::from_ymd_opt(2020, 4, 1).unwrap();
        let person = |cases: &[u8], merged: u8| Person {
            name: "架空 花枝".into(),
            seen: cases.iter().map(|case| (id(*case), day)).collect(),
            merged_into: if merged == 0 { Id::NIL } else { id(merged) },
            ..Person::default()
        };
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
        for (n, case, whom) in [(31, 12, 5), (32, 11, 1)] {
            let policy = Policy { case: id(case), persons: BTreeMap::from([(id(whom), true)]), ..Policy::default() };
            edits.push(edits::create(Kind::Policy, id(n), &policy));
        }
        journal.commit(Batch::new("done-save-call", id(9), edits), now).unwrap();
        let leaving = leaving(&journal, &BTreeSet::from([id(11)])).unwrap();
        let ids = |keys: Vec<RecordKey>| keys.into_iter().map(|key| key.id).collect::<Vec<_>>();
        assert_eq!(ids(leaving.gone), [id(1), id(3), id(4)]);
        let stay: BTreeMap<Id, Person> =
            leaving.stay.into_iter().map(|(key, value)| (key.id, serde_json::from_value(value).unwrap())).collect();
        assert_eq!(stay.keys().copied().collect::<Vec<_>>(), [id(2), id(5)]);
        assert_eq!(stay.get(&id(2)).unwrap().seen, BTreeMap::from([(id(12), day)]));
        assert!(stay.get(&id(5)).unwrap().seen.is_empty());
    }
}
