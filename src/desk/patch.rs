//! RFC 7396 JSON merge patches: applying, making, and taking back. Knows no record.

use serde_json::{Map, Value};

/// Applies `patch` to `target` (RFC 7396, section 2).
pub fn apply(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(map) = target else { return };
    for (name, wanted) in members {
        if wanted.is_null() {
            map.remove(name);
        } else {
            apply(map.entry(name.clone()).or_insert(Value::Null), wanted);
        }
    }
}

/// The patch that leads from `old` to `new`; `None` when they are the same.
///
/// Null members of `new` count as absent, because a merge patch cannot write them.
pub fn diff(old: &Value, new: &Value) -> Option<Value> {
    let (Value::Object(before), Value::Object(after)) = (old, new) else {
        return (old != new).then(|| new.clone());
    };
    let mut patch = Map::new();
    for name in before.keys() {
        if after.get(name).is_none_or(Value::is_null) {
            patch.insert(name.clone(), Value::Null);
        }
    }
    for (name, wanted) in after {
        if wanted.is_null() {
            continue;
        }
        let change = match before.get(name) {
            Some(present) => diff(present, wanted),
            None => Some(without_nulls(wanted)),
        };
        if let Some(change) = change {
            patch.insert(name.clone(), change);
        }
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

/// The patch that takes `patch` back from a record whose value was `before`: it touches only what `patch` touched.
pub fn inverse(before: &Value, patch: &Value) -> Value {
    let Value::Object(members) = patch else { return before.clone() };
    let mut back = Map::new();
    for (name, wanted) in members {
        let undo = match before.get(name) {
            None => Value::Null,
            Some(present) if present.is_object() && wanted.is_object() => inverse(present, wanted),
            Some(present) => present.clone(),
        };
        back.insert(name.clone(), undo);
    }
    Value::Object(back)
}

fn without_nulls(value: &Value) -> Value {
    let Value::Object(map) = value else { return value.clone() };
    Value::Object(map.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k.clone(), without_nulls(v))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn the_examples_of_rfc_7396() {
        for (mut target, patch, result) in [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (json!({"a":"b"}), json!({"a":null}), json!({})),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":{"b":"c"}}), json!({"a":{"b":"d","c":null}}), json!({"a":{"b":"d"}})),
            (json!(["a"]), json!({"a":"b"}), json!({"a":"b"})),
            (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
        ] {
            apply(&mut target, &patch);
            assert_eq!(target, result);
        }
    }

    fn tree() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            (0..9_i64).prop_map(Value::from),
            "[あ-う]{0,3}".prop_map(Value::from)
        ];
        let any = leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map("[a-d]", inner, 0..4).prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        });
        prop::collection::btree_map("[a-d]", any, 0..4).prop_map(|m| Value::Object(m.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn a_made_patch_leads_there_and_its_inverse_back(old in tree(), new in tree()) {
            let mut value = old.clone();
            match diff(&old, &new) {
                None => prop_assert_eq!(&old, &new),
                Some(patch) => {
                    apply(&mut value, &patch);
                    prop_assert_eq!(&value, &new);
                    let back = inverse(&old, &patch);
                    apply(&mut value, &back);
                    prop_assert_eq!(value, old);
                }
            }
        }
    }
}
