//! Changes of the desk's own people, its profile and its code lists.

use serde_json::Value;

use super::super::id::Id;
use super::super::operator::{DeskProfile, Operator, Role};
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::{change, create};

/// A new desk with its first operator, who does it, and is its supervisor unless another role is given.
pub fn set_up(desk: Id, profile: &DeskProfile, operator: Id, person: &Operator) -> Batch {
    let mut person = person.clone();
    if person.role.is_empty() {
        Role::Supervisor.code().clone_into(&mut person.role);
    }
    // There is nothing yet that persons could be made of.
    let profile = DeskProfile { has_persons: true, ..profile.clone() };
    let edits = vec![create(Kind::Desk, desk, &profile), create(Kind::Operator, operator, &person)];
    Batch::new("setup-desk", operator, edits)
}

/// A new operator.
pub fn add_operator(by: Id, id: Id, operator: &Operator) -> Batch {
    Batch::new("done-add-operator", by, vec![create(Kind::Operator, id, operator)])
}

/// An operator's name, qualifications or language were changed, or they left; `None` when nothing differs.
pub fn edit_operator(by: Id, id: Id, before: &Operator, after: &Operator) -> Option<Batch> {
    change(Kind::Operator, id, before, after).map(|edit| Batch::new("done-edit-operator", by, vec![edit]))
}

/// The desk's profile was changed; `None` when nothing differs.
pub fn edit_desk(by: Id, id: Id, before: &DeskProfile, after: &DeskProfile) -> Option<Batch> {
    change(Kind::Desk, id, before, after).map(|edit| Batch::new("done-edit-desk", by, vec![edit]))
}

/// The desk's own record of a code list was changed. `patch` is over the record described at
/// `codebook::Codebook::from_records`.
pub fn edit_codes(by: Id, id: Id, patch: Value) -> Batch {
    Batch::new("done-edit-codes", by, vec![Edit::new(RecordKey::new(Kind::Codebook, id), patch)])
}
