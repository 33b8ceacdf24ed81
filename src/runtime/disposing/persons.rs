//! What becomes of the persons of disposed cases: who was known by them alone goes with them.

use std::collections::BTreeSet;

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
                leaving
                    .stay
                    .push((key, edits::compact(&Person { seen: std::collections::BTreeMap::new(), ..person.clone() })));
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
