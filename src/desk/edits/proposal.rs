//! What becomes of 変更届: read in, accepted, refused, corrected.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::super::id::Id;
use super::super::office::{Office, Staff, Verified};
use super::super::patch;
use super::super::proposal::{self, Item, Part, Proposal, State};
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::{change, compact, create};

fn proposal_edit(id: Id, patch: Value) -> Edit {
    Edit::new(RecordKey::new(Kind::Proposal, id), patch)
}

/// Who accepts, and what is written down of it.
#[derive(Debug, Clone, Copy)]
pub struct Accept<'a> {
    /// The operator.
    pub by: Id,
    /// How the entry was checked (list `method`).
    pub how: &'a str,
    /// How an answer became known.
    pub told: &'a str,
    /// Today at the desk.
    pub today: NaiveDate,
}

/// Sheets were read in; they wait from now on. `None` when there is none.
pub fn add_proposals(by: Id, proposals: &[(Id, Proposal)]) -> Option<Batch> {
    let edits: Vec<Edit> = proposals.iter().map(|(id, proposal)| create(Kind::Proposal, *id, proposal)).collect();
    (!edits.is_empty()).then(|| Batch::new("done-read-proposals", by, edits))
}

/// The patch of a proposal that gives these items a state; it is closed when no other waits.
fn settle(proposal: &Proposal, keys: &[&String], state: State) -> Value {
    let items: Map<String, Value> = keys.iter().map(|key| ((*key).clone(), json!({ "state": state }))).collect();
    let rest = proposal.items.iter().any(|(key, item)| item.state == State::Waiting && !keys.contains(&key));
    if rest { json!({ "items": items }) } else { json!({ "items": items, "closed": true }) }
}

fn waiting<'k>(proposal: &Proposal, keys: &'k [String]) -> Vec<&'k String> {
    let waits = |key: &&String| proposal.items.get(*key).is_some_and(|item| item.state == State::Waiting);
    keys.iter().filter(waits).collect()
}

/// These items come into the directory, as one batch: the office's entry, when and how it was checked, and what became of
/// the items. `None` where none of them waits and can be taken over as it stands; a sheet that only says that all still
/// holds is accepted without items.
pub fn accept_changes(
    accept: &Accept<'_>,
    (id, proposal): (Id, &Proposal),
    office: &Office,
    keys: &[String],
    fresh: &mut dyn FnMut() -> Id,
) -> Option<Batch> {
    let on = proposal.received_on.unwrap_or(accept.today);
    let good = |key: &&String| proposal.items.get(*key).is_some_and(|item| item.expected.is_none());
    let keys: Vec<&String> = waiting(proposal, keys).into_iter().filter(good).collect();
    let holds = proposal.unchanged && proposal.items.is_empty() && !proposal.closed;
    if keys.is_empty() && !holds {
        return None;
    }
    let mut entry = Value::Object(Map::new());
    let mut after = office.clone();
    for key in &keys {
        let (Ok(part), Some(item)) = (key.parse::<Part>(), proposal.items.get(*key)) else { continue };
        let one = proposal::patch(&part, item, &after, (accept.told, on, accept.by), fresh());
        // Two new people stand one after the other.
        let mut value = compact(&after);
        patch::apply(&mut value, &one);
        after = serde_json::from_value(value).unwrap_or(after);
        graft(&mut entry, &one);
    }
    if !keys.is_empty() {
        graft(&mut entry, &json!({ "updated_on": accept.today }));
    }
    if office.verified.as_ref().is_none_or(|verified| verified.on <= on) {
        graft(&mut entry, &json!({ "verified": Verified { on, by: accept.by, how: accept.how.to_owned() } }));
    }
    let edits = vec![
        Edit::new(RecordKey::new(Kind::Office, proposal.office), entry),
        proposal_edit(id, settle(proposal, &keys, State::Accepted)),
    ];
    Some(Batch::new("done-accept-changes", accept.by, edits))
}

/// Puts one merge patch into another: unlike applying it, what takes a member away stays.
fn graft(into: &mut Value, patch: &Value) {
    match (into, patch) {
        (Value::Object(into), Value::Object(members)) => {
            for (name, value) in members {
                match into.get_mut(name) {
                    Some(present) if present.is_object() => graft(present, value),
                    _ => _ = into.insert(name.clone(), value.clone()),
                }
            }
        }
        (into, value) => *into = value.clone(),
    }
}

/// These items do not come in. `None` where none of them waits; a sheet without items is put away.
pub fn refuse_changes(by: Id, (id, proposal): (Id, &Proposal), keys: &[String]) -> Option<Batch> {
    let keys = waiting(proposal, keys);
    if keys.is_empty() && (proposal.closed || !proposal.items.is_empty()) {
        return None;
    }
    Some(Batch::new("done-refuse-changes", by, vec![proposal_edit(id, settle(proposal, &keys, State::Refused))]))
}

/// What an item wants was put right. `None` where nothing differs, or where it does not wait.
pub fn edit_change(by: Id, (id, proposal): (Id, &Proposal), key: &str, wanted: &str) -> Option<Batch> {
    let item = proposal.items.get(key).filter(|item| item.state == State::Waiting)?;
    if item.wanted == wanted && item.expected.is_none() {
        return None;
    }
    let wanted = json!({ "wanted": super::text(wanted), "expected": Value::Null });
    Some(Batch::new("done-edit-change", by, vec![proposal_edit(id, json!({ "items": { key: wanted } }))]))
}

/// Somebody new is put right before they come in; `line` is them in one line. `None`: that is no new person who waits, or
/// nothing differs.
pub fn edit_new_person(
    by: Id,
    (id, proposal): (Id, &Proposal),
    key: &str,
    person: &Staff,
    line: String,
) -> Option<Batch> {
    let mut after = proposal.clone();
    let item = after.items.get_mut(key).filter(|item| item.state == State::Waiting && item.person.is_some())?;
    (item.person, item.wanted, item.expected) = (Some(person.clone()), line, None);
    change(Kind::Proposal, id, proposal, &after).map(|edit| Batch::new("done-edit-change", by, vec![edit]))
}

/// Somebody else has left than the sheet said. `None`: nobody was told to have left who waits, or it is the same one.
pub fn edit_left(by: Id, (id, proposal): (Id, &Proposal), key: &str, who: Id) -> Option<Batch> {
    let mut after = proposal.clone();
    let item = after.items.get_mut(key).filter(|item| item.state == State::Waiting)?;
    let other = Item { state: State::Waiting, ..item.clone() };
    item.state = State::Refused;
    let other_key = Part::Left(who).to_string();
    if other_key == key {
        return None;
    }
    after.items.insert(other_key, other);
    change(Kind::Proposal, id, proposal, &after).map(|edit| Batch::new("done-edit-change", by, vec![edit]))
}

/// A person says whose sheet it is.
pub fn name_proposal(by: Id, id: Id, office: Id) -> Batch {
    Batch::new("done-name-proposal", by, vec![proposal_edit(id, json!({ "office": office, "sure": true }))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_left_and_who_is_new_are_put_right_before_acceptance() {
        let id = |n: u8| Id::from_bytes([n; 16]);
        let item = |wanted: &str, person: Option<Staff>| Item { wanted: wanted.into(), person, ..Item::default() };
        let new = Staff { name: "架空 春香".into(), role: "MSW".into(), ..Staff::default() };
        let (left, row) = (Part::Left(id(1)).to_string(), Part::New(3).to_string());
        let before = Proposal {
            items: [(left.clone(), item("left", None)), (row.clone(), item("架空 春香 MSW", Some(new.clone())))].into(),
            ..Proposal::default()
        };
        let applied = |batch: Option<Batch>| {
            let mut value = compact(&before);
            batch.unwrap().edits.iter().for_each(|edit| patch::apply(&mut value, &edit.patch));
            serde_json::from_value::<Proposal>(value).unwrap()
        };
        // Another one has left.
        let after = applied(edit_left(id(9), (id(50), &before), &left, id(2)));
        assert_eq!(after.items[&left].state, State::Refused);
        let other = &after.items[&Part::Left(id(2)).to_string()];
        assert_eq!((other.state, other.wanted.as_str()), (State::Waiting, "left"));
        assert!(!after.closed);
        assert_eq!(edit_left(id(9), (id(50), &before), &left, id(1)), None);
        // The name is another, the job is taken away.
        let person = Staff { name: "架空 春奈".into(), ..Staff::default() };
        let after = applied(edit_new_person(id(9), (id(50), &before), &row, &person, "架空 春奈".into()));
        assert_eq!((after.items[&row].person.clone(), after.items[&row].wanted.as_str()), (Some(person), "架空 春奈"));
        assert_eq!(edit_new_person(id(9), (id(50), &before), &row, &new, "架空 春香 MSW".into()), None);
        assert_eq!(edit_new_person(id(9), (id(50), &before), &left, &new, String::new()), None);
    }
}
