//! What became of a record, step by step: which field, from what to what. Knows no journal: the changes are handed in.

use serde_json::Value;

use super::patch;
use super::record::Change;

/// One change with what it led from and to.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The change.
    pub change: Change,
    /// Member, the value before, the value after.
    pub fields: Vec<(String, Value, Value)>,
}

/// Folds the changes of one record, oldest first, into steps that tell from what to what.
pub fn steps(changes: Vec<Change>) -> Vec<Step> {
    let mut value = Value::Object(serde_json::Map::new());
    let mut steps = Vec::with_capacity(changes.len());
    for change in changes {
        let before = value.clone();
        patch::apply(&mut value, &change.patch);
        let touched = change.patch.as_object().into_iter().flatten().map(|(name, _)| name);
        let fields = touched
            .map(|name| {
                let at = |value: &Value| value.get(name).cloned().unwrap_or(Value::Null);
                let (from, to) = (at(&before), at(&value));
                if name == "capabilities" {
                    (name.clone(), without(&from, &to), without(&to, &from))
                } else {
                    (name.clone(), from, to)
                }
            })
            .filter(|(_, from, to)| from != to)
            .collect();
        steps.push(Step { change, fields });
    }
    steps
}

/// The members that the other has not, or not so: of a map with many members only those that changed are told.
fn without(value: &Value, other: &Value) -> Value {
    let Value::Object(members) = value else { return value.clone() };
    let kept = members.iter().filter(|(name, value)| other.get(name) != Some(value));
    Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::id::Id;
    use crate::desk::record::{Kind, RecordKey, Stamp};
    use serde_json::json;

    #[test]
    fn each_step_tells_from_what_to_what() {
        let change = |ms, patch| Change {
            stamp: Stamp { ms, ..Stamp::default() },
            batch: Stamp { ms, ..Stamp::default() },
            at: chrono::DateTime::parse_from_rfc3339("2026-11-22T09:00:00+09:00").unwrap(),
            desk: Id::NIL,
            operator: Id::NIL,
            what: "done-save-call".into(),
            undoes: None,
            record: RecordKey::new(Kind::Case, Id::NIL),
            patch,
            back: serde_json::Value::Null,
        };
        let steps = steps(vec![
            change(1, json!({"urgency": "3", "area": "架空中央"})),
            change(2, json!({"urgency": "1", "area": "架空中央"})),
            change(3, json!({"area": null})),
        ]);
        let told: Vec<_> = steps.iter().map(|s| s.fields.clone()).collect();
        assert_eq!(told[1], [("urgency".to_owned(), json!("3"), json!("1"))]);
        assert_eq!(told[2], [("area".to_owned(), json!("架空中央"), Value::Null)]);
        assert_eq!(told[0].len(), 2);
    }
}
