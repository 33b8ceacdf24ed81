//! `//`: the value that a field had on the call that this operator kept last, in this run of the program or before.

use super::Intake;
use crate::app::hands::{Hands, Tone};
use crate::desk::id::Id;
use crate::desk::say::Say;
use crate::screens::form::field::{FieldKind, Target};
use crate::search::fold;

/// What was typed of `//`.
#[derive(Debug, Default)]
pub(super) struct Last {
    /// The call and the coded field in which one `/` was typed, until any other key.
    slashed: Option<(Id, usize)>,
}

impl Intake {
    /// A key that is no text came: a `/` before it was none of two.
    pub(super) fn no_slash(&mut self) {
        self.last.slashed = None;
    }

    /// Takes a `/` that is one of two; `false` where it is text.
    pub(super) fn slash(&mut self, text: &str, hands: &mut Hands<'_>) -> bool {
        let slashed = self.last.slashed.take();
        let mut typed = text.chars();
        // An input method that was left on makes another sign of the key.
        let is_slash = |c: char| fold::command_key(c) == Some('/');
        if !typed.next().is_some_and(is_slash) || !typed.as_str().is_empty() {
            return false;
        }
        let Some(call) = self.current() else { return false };
        let (form, place) = (&call.form, (call.id, call.form.focused()));
        let Some(field) = form.field() else { return false };
        let second = match field.kind {
            FieldKind::Memo => return false,
            FieldKind::Code(_) | FieldKind::Codes(_) | FieldKind::Operator => {
                let second = slashed == Some(place);
                if !second {
                    self.last.slashed = Some(place);
                    hands.say(Say::new("intake-slash-again"), Tone::Good);
                    return true;
                }
                second
            }
            FieldKind::Line
            | FieldKind::Phone
            | FieldKind::Date
            | FieldKind::Birth
            | FieldKind::Due
            | FieldKind::Area => {
                let typed = form.values().raw(field).unwrap_or_else(|| form.values().text(field.target, field.member));
                let mut before = typed.chars();
                before.next().is_some_and(is_slash) && before.as_str().is_empty()
            }
        };
        if second {
            self.repeat(hands);
        }
        second
    }

    /// Puts into the field in focus what it held on the call kept last, and goes on to the next one.
    pub(super) fn repeat(&mut self, hands: &mut Hands<'_>) {
        let around = hands.model.around();
        let Some(call) = self.calls.get_mut(self.current) else { return };
        let Some(field) = call.form.field() else { return };
        let last = hands.model.last_slip.as_ref().filter(|slip| slip.operator == hands.model.me);
        let value = last.and_then(|slip| match field.target {
            Target::Contact => slip.contact.get(field.member),
            Target::Case => slip.case.get(field.member),
            _ => None,
        });
        let value = value.cloned();
        if field.kind == FieldKind::Memo {
            return;
        }
        let Some(value) = value else {
            // What was typed to ask for it is no value.
            call.form.clear();
            let key = if last.is_some() { "intake-nothing-to-repeat" } else { "intake-no-last-call" };
            hands.say(Say::new(key), Tone::Warning);
            return;
        };
        call.form.change(|values| {
            values.set_raw(field, None);
            values.set(field.target, field.member, value);
        });
        call.form.next(&around);
    }
}
