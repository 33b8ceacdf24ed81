//! What an import would do to the directory: which entries are new, which fields change, what the desk's own hand keeps.
//!
//! Pure: takes the directory as it is and gives edits. A field is changed only while it still holds what an import of the
//! same list wrote into it ([`Office::imported`]); a value that is missing in a file never empties a field.

mod guesses;
mod merge;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::matching::{Match, Matcher};
use super::rows::{Incoming, Problem, Reading, Trouble};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::patch;
use crate::desk::record::{Batch, Edit, Kind, RecordKey};
pub use guesses::guesses;
use merge::{Merge, Work, bare};

/// What was done, in the history.
pub const DONE: &str = "done-import-offices";

/// The fields of an office that lists have, in the order in which they are shown.
pub const FIELDS: [&str; 31] = [
    "name",
    "kana",
    "short_name",
    "kind",
    "department",
    "phone",
    "extension",
    "fax",
    "email",
    "postal_code",
    "address",
    "building",
    "latitude",
    "longitude",
    "area",
    "corporation",
    "handles",
    "hours",
    "how_to_contact",
    "alert",
    "closed",
    "best_time",
    "serves",
    "accepting",
    "waiting",
    "accepting_until",
    "accepting_on",
    "accepting_by",
    "url",
    "capacity",
    "note",
];
/// The fields of a member of staff that lists have.
pub const STAFF_FIELDS: [&str; 7] = ["name", "kana", "department", "role", "phone", "extension", "handles"];

/// What an import would do.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// New entries.
    pub adds: Vec<(Id, Office)>,
    /// Fields that change in entries that are there.
    pub changes: Vec<Change>,
    /// Fields that the files would change and that stay, because the desk or another list wrote them.
    pub kept: Vec<Kept>,
    /// Entries that are in the files and stay as they are.
    pub unchanged: usize,
    /// Rows that were passed over.
    pub skipped: Vec<Problem>,
    /// Rows that need a look: the same name or identity twice.
    pub conflicts: Vec<Problem>,
    /// Cells that could not be taken.
    pub problems: Vec<Problem>,
    edits: Vec<Edit>,
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The entry.
    pub id: Id,
    /// Its name.
    pub office: String,
    /// The member of staff, if the field is theirs.
    pub staff: String,
    /// One of [`FIELDS`], [`STAFF_FIELDS`], `official_id`, `services` or `staff` (a new person).
    pub field: &'static str,
    /// What it was.
    pub from: String,
    /// What it will be.
    pub to: String,
}

/// A field that stays although the file says something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// What would have changed.
    pub change: Change,
    /// Why it stays.
    pub why: Why,
}

/// Why a field stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The desk wrote or emptied it.
    Desk,
    /// Another list wrote it.
    OtherList,
    /// The desk took the entry out of the directory.
    Removed,
}

impl Plan {
    /// The edits as one batch, so that one undo takes the whole import back.
    pub fn batch(&self, operator: Id) -> Batch {
        Batch::new(DONE, operator, self.edits.clone())
    }

    /// Whether the import would change nothing.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// How many entries that are there would change.
    pub fn changed_offices(&self) -> usize {
        self.edits.len().saturating_sub(self.adds.len())
    }
}

/// Compares what the files hold with the directory.
///
/// `new_id` gives identities for new entries and staff; `today` becomes the date of the change. `verified` stays as it is:
/// a list that was published is no call to the office.
pub fn plan(readings: &[Reading], existing: &[(Id, Office)], new_id: &mut dyn FnMut() -> Id, today: NaiveDate) -> Plan {
    let mut planner = Planner { matcher: Matcher::new(existing), works: Vec::new(), plan: Plan::default(), new_id };
    planner.works.extend(existing.iter().map(|(id, office)| Work::of(*id, Some(office))));
    for (file, reading) in readings.iter().enumerate() {
        let (skipped, problems) = reading.problems.iter().cloned().partition(|p| p.what == Trouble::NoName);
        planner.plan.skipped.extend::<Vec<_>>(skipped);
        planner.plan.problems.extend::<Vec<_>>(problems);
        for incoming in &reading.rows {
            planner.take(file, reading, incoming);
        }
    }
    planner.finish(today)
}

struct Planner<'a, 'n> {
    matcher: Matcher,
    works: Vec<Work<'a>>,
    plan: Plan,
    new_id: &'n mut dyn FnMut() -> Id,
}

impl Planner<'_, '_> {
    fn take(&mut self, file: usize, reading: &Reading, incoming: &Incoming) {
        let problem = |what| {
            let sheet = if reading.sheet.is_empty() { String::new() } else { format!(" [{}]", reading.sheet) };
            Problem { file: format!("{}{sheet}", reading.file), row: incoming.row, column: String::new(), what }
        };
        let (place, by_id) = match self.matcher.find(incoming) {
            Match::Same { place, by_id } => (place, by_id),
            Match::Several => return self.plan.conflicts.push(problem(Trouble::Several)),
            Match::New { same_name } => {
                if same_name {
                    self.plan.conflicts.push(problem(Trouble::SameName));
                }
                self.works.push(Work::of((self.new_id)(), None));
                (self.matcher.add(incoming), true)
            }
        };
        let Some(work) = self.works.get_mut(place) else { return };
        let mut merge = Merge { work, incoming, file, by_id, plan: &mut self.plan, new_id: self.new_id };
        if merge.office() {
            self.plan.conflicts.push(problem(Trouble::TwoNames));
        }
        self.matcher.refine(place, incoming);
    }

    fn finish(mut self, today: NaiveDate) -> Plan {
        for work in self.works {
            let Some(mut now) = work.now else { continue };
            if !work.dirty && work.before.is_some() {
                self.plan.unchanged += 1;
                continue;
            }
            now.insert("updated_on".to_owned(), json!(today));
            let (before, now) = (Value::Object(work.before.map_or_else(Map::new, bare)), Value::Object(now));
            let Some(patch) = patch::diff(&before, &now) else { continue };
            let record = RecordKey::new(Kind::Office, work.id);
            self.plan.edits.push(Edit::new(record, patch));
            if work.before.is_some() {
                self.plan.changes.extend(work.changes);
            } else if let Ok(office) = serde_json::from_value(now) {
                self.plan.adds.push((work.id, office));
            }
        }
        self.plan
    }
}

/// The directory as it would be after the import.
pub fn after(existing: &[(Id, Office)], plan: &Plan) -> Vec<(Id, Office)> {
    let mut all: BTreeMap<Id, Office> = existing.iter().cloned().collect();
    for edit in &plan.edits {
        let office = all.entry(edit.record.id).or_default();
        let mut value = Value::Object(bare(office));
        patch::apply(&mut value, &edit.patch);
        if let Ok(changed) = serde_json::from_value(value) {
            *office = changed;
        }
    }
    all.into_iter().collect()
}

#[cfg(test)]
mod tests;
