//! 統一対応方針 as a form: what all desks say to a person or a family, and what not.

use serde_json::Value;

use super::sheet::Sheet;
use crate::app::hands::{Hands, Tone};
use crate::app::msg::CaseFile;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::person::is_private;
use crate::desk::policy::Policy;
use crate::desk::say::Say;
use crate::screens::form::Form;
use crate::screens::form::field::{Field, FieldKind, Target, field};
use crate::screens::form::values::Values;

use FieldKind::{Date, Due, Line, Memo};
use Target::Policy as Of;

/// The fields of a policy.
pub const FIELDS: &[Field] = &[
    field(Of, "say", Memo, 0, 0, 1),
    field(Of, "avoid", Memo, 0, 1, 1),
    field(Of, "desks", Line, 0, 2, 1),
    field(Of, "agreed_on", Date, 0, 3, 1),
    field(Of, "review_on", Due, 0, 3, 1),
    field(Of, "expires_on", Due, 0, 4, 1),
];

/// A policy for these persons that begins today, written from this case.
pub fn fresh(case: Id, persons: &[Id], hands: &Hands<'_>) -> Policy {
    Policy {
        case,
        persons: persons.iter().map(|person| (*person, true)).collect(),
        desks: hands.model.desk.name.clone(),
        agreed_on: Some(hands.today()),
        by: hands.model.me,
        ..Policy::default()
    }
}

/// Opens the policy for the persons of this case, or a new one for them.
pub fn open(file: &CaseFile, hands: &mut Hands<'_>) {
    let callers = || file.contacts.iter().map(|(_, contact)| contact);
    // A policy is for a person or a family: who calls because it is their work is none of them, unless nobody else is.
    let family = callers().filter(|contact| is_private(&contact.caller_kind)).map(|contact| contact.caller_person);
    let mut persons: Vec<Id> = std::iter::once(file.case.subject_person).chain(family).collect();
    persons.retain(|person| !person.is_nil());
    if persons.is_empty() {
        persons.extend(callers().map(|contact| contact.caller_person).filter(|person| !person.is_nil()));
    }
    persons.sort_unstable();
    persons.dedup();
    if persons.is_empty() {
        return hands.say(Say::new("policy-no-person"), Tone::Warning);
    }
    let known = hands.model.known.policies_for(&persons).first().map(|(id, policy)| (*id, (*policy).clone()));
    match known {
        Some((id, policy)) => hands.open(sheet(Some(id), &policy)),
        None => hands.open(sheet(None, &fresh(file.id, &persons, hands))),
    }
}

/// The form of a policy; without an identity it is a new one.
pub fn sheet(id: Option<Id>, policy: &Policy) -> Sheet {
    let mut values = Values::default();
    if let Value::Object(members) = edits::compact(policy) {
        values.set_record(Of, members);
    }
    let (before, title) = (policy.clone(), if id.is_some() { "policy-edit" } else { "policy-new" });
    Sheet::new(Say::new(title), Form::new(FIELDS, values), move |hands, values| {
        let after: Policy =
            serde_json::from_value(Value::Object(values.record(Of))).map_err(|_| Say::new("form-not-understood"))?;
        if after.say.trim().is_empty() && after.avoid.trim().is_empty() {
            return match id {
                // Emptied: it holds no more, and undo brings it back.
                Some(id) => {
                    hands.commit(edits::end_policy(hands.model.me, id));
                    Ok(())
                }
                None => Err(Say::new("policy-empty")),
            };
        }
        let seen = id.map(|_| &before);
        let new = id.unwrap_or_else(|| hands.ids.fresh());
        if let Some(batch) = edits::write_policy(hands.model.me, new, seen, &after) {
            hands.commit(batch);
        }
        Ok(())
    })
}
