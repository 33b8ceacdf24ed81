//! What a token's words mean on the slip: whether it holds there, how it gets there, and what goes when it goes. Changes
//! only values.

use serde_json::{Map, Value, json};

use super::callers::Caller;
use super::labels::{Labels, word};
use super::tokens::{Day, Said};
use crate::app::model::Model;
use crate::desk::contact::GivenOffice;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::screens::form::field::{FieldKind, Target, field};
use crate::screens::form::values::Values;

/// The field of a due date, as the slip has it: for what was typed there and is not read yet.
const DUE: crate::screens::form::field::Field = field(Target::Case, "due", FieldKind::Due, 0, 0, 1);

/// Whether the slip says what the token says.
pub fn holds(said: &Said, slip: &Values) -> bool {
    let contact = |member| slip.text(Target::Contact, member);
    match said {
        Said::Kind(code) => contact("caller_kind") == code,
        Said::Caller { office, name } => {
            (office.is_empty() || word(contact("caller_office")) == *office)
                && (name.is_empty() || word(contact("caller_name")) == *name)
        }
        Said::Topic(code) => slip.codes(Target::Contact, "topics").contains(&code.as_str()),
        Said::Office(name) => given(slip).any(|(_, other)| other == *name),
        Said::Next { day, action } => due_is(slip, day) && (action.is_empty() || next_action(slip) == action),
        Said::Meeting => slip.get(Target::Case, "flag").is_some(),
    }
}

/// Writes on the slip what the token says, as far as it can be: not on a day that is none. `true`: with whoever it names
/// came a kind of caller that was not there.
pub fn set(said: &Said, slip: &mut Values, labels: &Labels, model: &Model) -> bool {
    match said {
        Said::Kind(code) => slip.set_text(Target::Contact, "caller_kind", code),
        Said::Caller { office, name } => match Caller::named(office, name, labels, model) {
            Some(caller) => return caller.fill(slip),
            None => _ = Caller { office: office.clone(), name: name.clone(), ..Caller::default() }.fill(slip),
        },
        Said::Topic(code) => {
            if !slip.codes(Target::Contact, "topics").contains(&code.as_str()) {
                slip.toggle(Target::Contact, "topics", code);
            }
        }
        Said::Office(name) => {
            if !given(slip).any(|(_, other)| other == *name)
                && let Some((id, office)) = labels.office(name, model)
            {
                give(id, office, slip);
            }
        }
        Said::Next { day, action } => {
            if let Some(date) = day.coming(model.today()) {
                slip.set_raw(&DUE, None);
                slip.set_text(Target::Case, "due", &date.format("%Y-%m-%d").to_string());
                if !action.is_empty() {
                    slip.set_text(Target::Case, "next_action", action);
                }
            }
        }
        Said::Meeting => {
            if slip.get(Target::Case, "flag").is_none() {
                slip.set(Target::Case, "flag", json!({ "reason": "", "at": model.now.wall, "by": model.me }));
            }
        }
    }
    false
}

/// Takes from the slip what a token said that is gone: only what still is as it said; the kind of caller only where it
/// came with the token (`own_kind`).
pub fn clear(said: &Said, own_kind: bool, slip: &mut Values, labels: &Labels, model: &Model) {
    if !holds(said, slip) {
        return;
    }
    match said {
        Said::Kind(_) => slip.set(Target::Contact, "caller_kind", Value::Null),
        Said::Caller { office, name } => {
            let filled = Caller::named(office, name, labels, model);
            filled
                .unwrap_or_else(|| Caller { office: office.clone(), name: name.clone(), ..Caller::default() })
                .empty(slip, own_kind);
        }
        Said::Topic(code) => slip.toggle(Target::Contact, "topics", code),
        Said::Office(name) => {
            let rest: Map<String, Value> = members(slip).filter(|(_, office)| name_of(office) != *name).collect();
            slip.set(Target::Contact, "offices", Value::Object(rest));
        }
        Said::Next { action, .. } => {
            slip.set(Target::Case, "due", Value::Null);
            if !action.is_empty() {
                slip.set(Target::Case, "next_action", Value::Null);
            }
        }
        Said::Meeting => slip.set(Target::Case, "flag", Value::Null),
    }
}

/// Puts an office on the slip: 提供情報, with the number that is given out.
pub fn give(id: Id, office: &Office, slip: &mut Values) {
    let mut offices: Map<String, Value> = members(slip).collect();
    let given = GivenOffice { name: office.name.clone(), phone: office.phone.clone(), ..GivenOffice::default() };
    offices.entry(id.to_string()).or_insert_with(|| json!(given));
    slip.set(Target::Contact, "offices", Value::Object(offices));
}

fn members(slip: &Values) -> impl Iterator<Item = (String, Value)> {
    let offices = slip.get(Target::Contact, "offices").and_then(Value::as_object).cloned();
    offices.unwrap_or_default().into_iter()
}

fn name_of(office: &Value) -> String {
    word(office.get("name").and_then(Value::as_str).unwrap_or_default()).into_owned()
}

fn given(slip: &Values) -> impl Iterator<Item = (String, String)> {
    members(slip).map(|(id, office)| {
        let name = name_of(&office);
        (id, name)
    })
}

fn due_is(slip: &Values, day: &Day) -> bool {
    // What is being typed into the field is not what the text says any more.
    slip.raw(&DUE).is_none() && slip.text(Target::Case, "due").parse().is_ok_and(|date| day.is(date))
}

fn next_action(slip: &Values) -> &str {
    slip.text(Target::Case, "next_action")
}
