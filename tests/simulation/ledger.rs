//! What the desk was told is on the disk, and what must therefore be found there.

use std::collections::{BTreeMap, BTreeSet};

use madoguchi::desk::id::Id;
use madoguchi::desk::patch;
use madoguchi::desk::record::{Change, Kind, RecordKey, Stamp};
use madoguchi::journal::Journal;
use serde_json::Value;

/// Every record by its key.
pub type Records = BTreeMap<RecordKey, Value>;

/// The members of a record that are not the same in the other one.
pub fn members(value: Option<&Value>, other: Option<&Value>) -> String {
    let Some(Value::Object(own)) = value else { return "nothing".to_owned() };
    let differs = own.iter().filter(|(name, value)| other.and_then(|other| other.get(*name)) != Some(value));
    differs.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")
}

/// What happened to a record, a line a change.
pub fn told(journal: &Journal, key: RecordKey) -> String {
    let changes = journal.history(key).unwrap().changes;
    let line = |change: &Change| {
        let undoes = change.undoes.map(|stamp| format!(" takes back {stamp}")).unwrap_or_default();
        let Change { stamp, batch, operator, what, patch, back, .. } = change;
        format!("  {stamp} in {batch} by {operator} {what}{undoes}: {patch}, before {back}")
    };
    changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// One draft, as far as the desk knows.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// What was acknowledged.
    pub kept: Option<Value>,
    /// What was tried since, and may be there or not.
    pub tried: Vec<Value>,
    /// Its removal was asked for.
    pub removed: bool,
}

/// The promises.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The records after the last acknowledged batch.
    pub records: Records,
    /// The last acknowledged batch.
    pub last: Stamp,
    /// Batches that were tried since and not acknowledged.
    pub doubtful: usize,
    /// The drafts.
    pub drafts: BTreeMap<Id, Draft>,
}

impl Ledger {
    /// The promises of a journal that was just opened.
    pub fn of(journal: &Journal, records: Records) -> Self {
        Self { records, last: journal.stamp(), ..Self::default() }
    }

    /// A batch was acknowledged with these records.
    pub fn acknowledged(&mut self, batch: Stamp, records: &[(RecordKey, Value)]) {
        for (key, value) in records {
            if value.as_object().is_none_or(serde_json::Map::is_empty) {
                self.records.remove(key);
            } else {
                self.records.insert(*key, value.clone());
            }
        }
        self.last = self.last.max(batch);
        self.doubtful = 0;
    }

    /// What is wrong with what was found in the journal.
    pub fn missing(&self, journal: &Journal, found: &Records) -> Option<String> {
        let keys: BTreeSet<&RecordKey> = self.records.keys().chain(found.keys()).collect();
        let mut later = BTreeSet::new();
        for key in keys {
            let (kept, there) = (self.records.get(key), found.get(key));
            if kept == there {
                continue;
            }
            let history = journal.history(*key).unwrap();
            let new = history.changes.iter().filter(|change| change.batch > self.last);
            later.extend(new.map(|change| change.batch));
            let mut value = Value::Null;
            for change in history.changes.iter().filter(|change| change.batch <= self.last) {
                patch::apply(&mut value, &change.patch);
            }
            let before = value.as_object().filter(|members| !members.is_empty()).map(|_| &value);
            if before != kept || history.unreadable > 0 {
                let (kept, before) = (members(kept, before), members(before, kept));
                return Some(format!("{key}: acknowledged {kept}, found {before}\n{}", told(journal, *key)));
            }
        }
        (later.len() > self.doubtful).then(|| format!("{} batches of {} doubtful ones", later.len(), self.doubtful))
    }

    /// What is wrong with the drafts that were found.
    pub fn drafts_missing(&self, found: &[(Id, Value)]) -> Option<String> {
        let there: BTreeMap<Id, &Value> = found.iter().map(|(id, value)| (*id, value)).collect();
        for (id, draft) in &self.drafts {
            let kept = draft.kept.as_ref();
            match there.get(id) {
                None if draft.removed || kept.is_none() => {}
                // Its call is saved.
                None if self.records.contains_key(&RecordKey::new(Kind::Contact, *id)) => {}
                None => return Some(format!("the draft {id} is gone: {kept:?}")),
                Some(value) if kept == Some(value) || draft.tried.contains(value) => {}
                Some(value) => return Some(format!("the draft {id}: acknowledged {kept:?}, found {value}")),
            }
        }
        let unknown = there.keys().find(|id| !self.drafts.contains_key(id));
        if let Some(id) = unknown {
            return Some(format!("nobody wrote the draft {id}"));
        }
        // A call that is saved must not come back as one that is not: it would be saved twice.
        let twice = there.keys().find(|id| self.records.contains_key(&RecordKey::new(Kind::Contact, **id)));
        twice.map(|id| format!("the draft {id} is there again, and its call is saved"))
    }

    /// A case number that was given twice.
    pub fn number_twice(&self) -> Option<String> {
        let mut seen = BTreeMap::new();
        for (key, case) in self.records.iter().filter(|(key, _)| key.kind == Kind::Case) {
            let number = case.get("number").and_then(Value::as_str).unwrap_or_default();
            if let Some(other) = seen.insert(number, key) {
                return Some(format!("{other} and {key} are both {number:?}"));
            }
        }
        None
    }
}
