//! Changes of the directory.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::super::id::Id;
use super::super::office::{Answer, Capability, Office, Staff, Verified};
use super::super::patch;
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::{compact, create};

fn office_edit(id: Id, patch: Value) -> Edit {
    Edit::new(RecordKey::new(Kind::Office, id), patch)
}

/// A new office.
pub fn add_office(by: Id, id: Id, office: &Office, today: NaiveDate) -> Batch {
    let office = Office { updated_on: Some(today), ..office.clone() };
    Batch::new("done-add-office", by, vec![create(Kind::Office, id, &office)])
}

/// Fields of an office were changed (its staff too); `None` when nothing differs. Says when, but not that it was
/// checked with the office: that is [`verify_offices`].
pub fn edit_office(by: Id, id: Id, before: &Office, after: &Office, today: NaiveDate) -> Option<Batch> {
    let mut patch = patch::diff(&compact(before), &compact(after))?;
    patch::apply(&mut patch, &json!({ "updated_on": today }));
    // Who asked for places, and when: as with what an office can do.
    if ["accepting", "waiting", "accepting_until"].iter().any(|member| patch.get(member).is_some()) {
        let told = !after.accepting.is_empty() || !after.waiting.is_empty();
        let asked = told.then_some((today, by));
        patch::apply(
            &mut patch,
            &json!({ "accepting_on": asked.map(|(on, _)| on), "accepting_by": asked.map(|(_, by)| by) }),
        );
    }
    Some(Batch::new("done-edit-office", by, vec![office_edit(id, patch)]))
}

/// What an office can do was asked: each answer is a whole, with who wrote it down, when, and how it became known (list
/// `told`). An answer that was given again counts as given today; one taken back goes. `None` when there is none.
pub fn set_abilities(
    by: Id,
    id: Id,
    before: &BTreeMap<String, Capability>,
    answers: &BTreeMap<String, Answer>,
    source: &str,
    today: NaiveDate,
) -> Option<Batch> {
    let mut patch = serde_json::Map::new();
    for (code, answer) in answers {
        if *answer == Answer::Unknown {
            if before.contains_key(code) {
                patch.insert(code.clone(), Value::Null);
            }
            continue;
        }
        let told = Capability { answer: *answer, source: source.to_owned(), on: Some(today), by };
        if before.get(code) != Some(&told) {
            patch.insert(code.clone(), compact(&told));
        }
    }
    let patch = (!patch.is_empty()).then(|| json!({ "capabilities": patch, "updated_on": today }))?;
    Some(Batch::new("done-set-abilities", by, vec![office_edit(id, patch)]))
}

/// The entries were checked with the offices themselves, in this way (list `method`).
pub fn verify_offices(by: Id, ids: &[Id], on: NaiveDate, how: &str) -> Batch {
    let verified = json!({ "verified": Verified { on, by, how: how.to_owned() } });
    let edits = ids.iter().map(|id| office_edit(*id, verified.clone())).collect();
    Batch::new("done-verify-office", by, edits)
}

/// The offices are taken out of the directory; old records still find them.
pub fn remove_offices(by: Id, ids: &[Id]) -> Batch {
    let edits = ids.iter().map(|id| office_edit(*id, json!({ "removed": true }))).collect();
    Batch::new("done-remove-office", by, edits)
}

/// The offices are in the directory again.
pub fn restore_offices(by: Id, ids: &[Id]) -> Batch {
    let edits = ids.iter().map(|id| office_edit(*id, json!({ "removed": null }))).collect();
    Batch::new("done-restore-office", by, edits)
}

fn staff_edit(office: Id, staff: Id, value: &Value, today: NaiveDate) -> Edit {
    office_edit(office, json!({ "staff": { staff.to_string(): value }, "updated_on": today }))
}

/// A new person at an office.
pub fn add_staff(by: Id, office: Id, id: Id, staff: &Staff, today: NaiveDate) -> Batch {
    Batch::new("done-add-staff", by, vec![staff_edit(office, id, &compact(staff), today)])
}

/// Fields of a person were changed; `None` when nothing differs.
pub fn edit_staff(by: Id, office: Id, id: Id, before: &Staff, after: &Staff, today: NaiveDate) -> Option<Batch> {
    let patch = patch::diff(&compact(before), &compact(after))?;
    Some(Batch::new("done-edit-staff", by, vec![staff_edit(office, id, &patch, today)]))
}

/// The person is no longer there; old records still name them.
pub fn staff_left(by: Id, office: Id, id: Id, today: NaiveDate) -> Batch {
    Batch::new("done-staff-left", by, vec![staff_edit(office, id, &json!({ "left": true }), today)])
}
