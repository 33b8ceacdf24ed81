//! Coded fields: one key chooses, whatever an input method that was left on makes of the key.

use serde_json::Value;

use super::field::FieldKind;
use super::{Around, Form};
use crate::desk::say::Say;
use crate::search::fold;

impl Form {
    /// Chooses by each character typed; one code goes on to the next field, several wait for Enter.
    pub(super) fn insert_code(&mut self, text: &str, around: &Around<'_>) {
        let Some(field) = self.field() else { return };
        if field.kind == FieldKind::Operator {
            return self.insert_operator(text, around);
        }
        let Some(list) = field.kind.list() else { return };
        let mut rest = text.chars();
        while let Some(typed) = rest.next() {
            if typed.is_whitespace() {
                continue;
            }
            let key = fold::command_key(typed).unwrap_or(typed);
            let Some(entry) = around.codebook.by_key(list, key, around.today) else {
                self.complaint = Some((self.focused(), Say::new("form-no-such-code").with("key", typed.to_string())));
                return;
            };
            self.complaint = None;
            self.version += 1;
            if matches!(field.kind, FieldKind::Codes(_)) {
                self.values.toggle(field.target, field.member, &entry.code);
            } else {
                self.values.set_text(field.target, field.member, &entry.code);
                self.next(around);
                // A burst of keys goes on in the next field: nothing typed is dropped.
                if !rest.as_str().is_empty() {
                    self.insert(rest.as_str(), around);
                }
                return;
            }
        }
    }

    /// Chooses the operator whose key is typed, and goes on.
    fn insert_operator(&mut self, text: &str, around: &Around<'_>) {
        let (Some(field), Some(typed)) = (self.field(), text.chars().find(|c| !c.is_whitespace())) else { return };
        let wanted = fold::command_key(typed).unwrap_or(typed);
        let Some((_, id, _)) = around.choosable().find(|(key, ..)| *key == wanted) else {
            self.complaint = Some((self.focused(), Say::new("form-no-such-code").with("key", typed.to_string())));
            return;
        };
        self.complaint = None;
        self.version += 1;
        self.values.set_text(field.target, field.member, &id.to_string());
        self.next(around);
    }

    /// Backspace takes the last code away.
    pub(super) fn clear_code(&mut self) {
        let Some(field) = self.field() else { return };
        if matches!(field.kind, FieldKind::Codes(_)) {
            let mut codes = self.values.codes(field.target, field.member);
            codes.pop();
            let rest: Vec<Value> = codes.into_iter().map(Value::from).collect();
            self.values.set(field.target, field.member, Value::from(rest));
        } else {
            self.values.set(field.target, field.member, Value::Null);
        }
        self.complaint = None;
        self.version += 1;
    }
}
