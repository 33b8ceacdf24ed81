//! The values of a form: a JSON object for each record that the form fills. Knows no field table.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::field::{Field, Target};

/// What stands in a form, as it goes into drafts and patches. Empty texts and lists are not kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values {
    records: BTreeMap<Target, Map<String, Value>>,
    /// What was typed into a field that wants a date and is none: kept as typed, by the field's name.
    raw: BTreeMap<String, String>,
}

impl Values {
    /// The value of a member.
    pub fn get(&self, target: Target, member: &str) -> Option<&Value> {
        self.records.get(&target)?.get(member)
    }

    /// The text of a member; empty where there is none.
    pub fn text(&self, target: Target, member: &str) -> &str {
        self.get(target, member).and_then(Value::as_str).unwrap_or_default()
    }

    /// The codes of a member that holds several.
    pub fn codes(&self, target: Target, member: &str) -> Vec<&str> {
        self.get(target, member).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Sets a member; null, an empty text and an empty list remove it.
    pub fn set(&mut self, target: Target, member: &str, value: Value) {
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(map) => map.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        let record = self.records.entry(target).or_default();
        if empty {
            record.remove(member);
        } else {
            record.insert(member.to_owned(), value);
        }
    }

    /// Sets a member to a text.
    pub fn set_text(&mut self, target: Target, member: &str, text: &str) {
        self.set(target, member, Value::from(text));
    }

    /// Adds the code to a list that holds several, or takes it out.
    pub fn toggle(&mut self, target: Target, member: &str, code: &str) {
        let mut codes: Vec<String> = self.codes(target, member).into_iter().map(str::to_owned).collect();
        match codes.iter().position(|c| c == code) {
            Some(at) => {
                codes.remove(at);
            }
            None => codes.push(code.to_owned()),
        }
        self.set(target, member, Value::from(codes));
    }

    /// The members of one record.
    pub fn record(&self, target: Target) -> Map<String, Value> {
        self.records.get(&target).cloned().unwrap_or_default()
    }

    /// Puts a whole record in place.
    pub fn set_record(&mut self, target: Target, record: Map<String, Value>) {
        self.records.insert(target, record);
    }

    /// What was typed into a field and not understood.
    pub fn raw(&self, field: &Field) -> Option<&str> {
        self.raw.get(&field.name()).map(String::as_str)
    }

    /// Keeps what was typed and not understood; `None` forgets it.
    pub fn set_raw(&mut self, field: &Field, text: Option<&str>) {
        match text.filter(|t| !t.trim().is_empty()) {
            Some(text) => self.raw.insert(field.name(), text.to_owned()),
            None => self.raw.remove(&field.name()),
        };
    }

    /// What was typed into the field of this member and not understood.
    pub fn raw_of(&self, target: Target, member: &str) -> Option<&str> {
        let own = |name: &str| name.strip_prefix(target.name()).and_then(|rest| rest.strip_prefix('.')) == Some(member);
        self.raw.iter().find(|(name, _)| own(name)).map(|(_, text)| text.as_str())
    }

    /// Whether something stands in this field, understood or not.
    pub fn is_filled(&self, field: &Field) -> bool {
        self.get(field.target, field.member).is_some() || self.raw(field).is_some()
    }

    /// Whether something was typed that is not understood yet.
    pub fn has_raw(&self) -> bool {
        !self.raw.is_empty()
    }

    /// Whether nothing was filled in.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty() && self.records.values().all(Map::is_empty)
    }

    /// The values as they stand in a draft.
    pub fn to_json(&self) -> Value {
        let mut all: Map<String, Value> = self
            .records
            .iter()
            .map(|(target, record)| (target.name().to_owned(), Value::Object(record.clone())))
            .collect();
        if !self.raw.is_empty() {
            all.insert(
                "raw".into(),
                Value::Object(self.raw.iter().map(|(k, v)| (k.clone(), v.as_str().into())).collect()),
            );
        }
        Value::Object(all)
    }

    /// The values of a draft. What is not of the right shape is left out.
    pub fn from_json(json: &Value) -> Self {
        let mut values = Self::default();
        for target in Target::ALL {
            if let Some(record) = json.get(target.name()).and_then(Value::as_object) {
                values.set_record(target, record.clone());
            }
        }
        for (name, text) in json.get("raw").and_then(Value::as_object).into_iter().flatten() {
            if let Some(text) = text.as_str() {
                values.raw.insert(name.clone(), text.to_owned());
            }
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screens::form::field::{FieldKind, field};

    #[test]
    fn values_read_back_from_a_draft_as_they_were() {
        let birth = field(Target::Case, "birth", FieldKind::Date, 0, 0, 1);
        let mut values = Values::default();
        values.set_text(Target::Contact, "text", "看取り\n1行目");
        values.toggle(Target::Contact, "topics", "h");
        values.toggle(Target::Contact, "topics", "a");
        values.toggle(Target::Contact, "topics", "h");
        values.set_raw(&birth, Some("昭和15年13月"));
        let back = Values::from_json(&values.to_json());
        assert_eq!(back, values);
        assert_eq!(back.codes(Target::Contact, "topics"), ["a"]);
        assert_eq!(back.raw(&birth), Some("昭和15年13月"));
        values.set_raw(&birth, None);
        values.toggle(Target::Contact, "topics", "a");
        values.set_text(Target::Contact, "text", "");
        assert!(values.is_empty());
    }
}
