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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::NaiveDate;

    use super::*;
    use crate::desk::codebook::Codebook;
    use crate::desk::slip::SlipForm;
    use crate::screens::form::values::Values;
    use crate::screens::intake::fields;

    /// What arrives for a key: itself, and what an input method that was left on makes of it, alone and with the key that
    /// commits it.
    fn typed(key: char) -> Vec<char> {
        let wide = char::from_u32(u32::from(key) + 0xFEE0).unwrap();
        let kana = match key {
            'a' => Some('あ'),
            'i' => Some('い'),
            'u' => Some('う'),
            'e' => Some('え'),
            'o' => Some('お'),
            'n' => Some('ん'),
            _ => None,
        };
        [Some(key), Some(wide), kana].into_iter().flatten().collect()
    }

    #[test]
    fn each_code_of_each_field_of_a_slip_is_one_key_with_an_input_method_on_or_off() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let (codebook, operators) = (Codebook::default(), BTreeMap::new());
        let around = Around { today, codebook: &codebook, areas: &[], operators: &operators };
        let mut tried = 0;
        for field in SlipForm::ALL.into_iter().flat_map(fields::of) {
            let Some(list) = field.kind.list() else { continue };
            for entry in codebook.offered(list, today) {
                let key = entry.key.unwrap_or_else(|| panic!("{list} {} has no key", entry.code));
                for arrives in typed(key) {
                    let fields = std::slice::from_ref(field);
                    let mut form = Form::new(fields, Values::default());
                    form.insert(&arrives.to_string(), &around);
                    let one = form.values().text(field.target, field.member).to_owned();
                    let chosen = form.values().codes(field.target, field.member);
                    let is_chosen = one == entry.code || chosen == [entry.code.as_str()];
                    assert!(is_chosen, "{} {}: {arrives} chose {one}{chosen:?}", field.name(), entry.code);
                    assert!(form.complaint().is_none());
                    tried += 1;
                }
            }
        }
        assert!(tried > 400, "only {tried} were tried");
    }

    #[test]
    fn a_burst_of_codes_goes_through_the_fields_in_each_spelling() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let (codebook, operators) = (Codebook::default(), BTreeMap::new());
        let around = Around { today, codebook: &codebook, areas: &[], operators: &operators };
        for burst in ["82", "８２", "８2", "8　２"] {
            let mut form = Form::new(fields::of(SlipForm::Standard), Values::default());
            form.focus_member(super::super::field::Target::Case, "age_band", &around);
            form.insert(burst, &around);
            let of = |member| form.values().text(super::super::field::Target::Case, member);
            assert_eq!((of("age_band"), of("sex")), ("8", "2"), "{burst}");
        }
    }
}
