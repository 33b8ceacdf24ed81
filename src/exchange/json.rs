//! JSON: a list of objects, as a list of rows under the union of their keys.

use serde_json::{Map, Value};

use super::error::Refusal;
use super::table::{Guard, Row, Sheet};

/// The objects of `text` as rows. Row 0 is made of the keys; the objects count from 1.
pub fn read(text: &str) -> Result<Sheet, Refusal> {
    let value: Value =
        serde_json::from_str(text.trim()).map_err(|e| Refusal::Json { row: e.line(), at: e.column() })?;
    let list = list_in(value).ok_or(Refusal::JsonShape)?;
    let mut keys: Vec<String> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let mut rows = Vec::with_capacity(list.len() + 1);
    let mut guard = Guard::default();
    for (i, item) in list.into_iter().enumerate() {
        let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
        let Value::Object(members) = item else { return Err(Refusal::JsonShape) };
        for members in spread(members) {
            let mut row = Row { number, cells: Vec::with_capacity(keys.len()) };
            for (key, value) in members {
                let place = *places.entry(key.clone()).or_insert_with(|| {
                    keys.push(key);
                    keys.len() - 1
                });
                if row.cells.len() <= place {
                    row.cells.resize(place + 1, String::new());
                }
                if let Some(cell) = row.cells.get_mut(place) {
                    *cell = plain(value);
                }
            }
            guard.row(number, row.cells.len())?;
            if row.cells.iter().any(|c| !c.trim().is_empty()) {
                rows.push(row);
            }
        }
    }
    rows.insert(0, Row { number: 0, cells: keys });
    Ok(Sheet { rows, ..Sheet::default() })
}

/// An object that holds a list of objects, such as the staff of an office, as one object for each of them, their members
/// under both names: `staff.name`.
fn spread(mut members: Map<String, Value>) -> Vec<Map<String, Value>> {
    let inner = members.iter().find(|(_, v)| v.as_array().is_some_and(|l| l.iter().any(Value::is_object)));
    let Some(key) = inner.map(|(key, _)| key.clone()) else { return vec![members] };
    let Some(Value::Array(list)) = members.remove(&key) else { return vec![members] };
    let one = |item: Value| {
        let mut all = members.clone();
        if let Value::Object(item) = item {
            all.extend(item.into_iter().map(|(name, value)| (format!("{key}.{name}"), value)));
        }
        all
    };
    list.into_iter().map(one).collect()
}

/// The list itself, or the only list in an object around it.
fn list_in(value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(list) => Some(list),
        Value::Object(members) => {
            let mut lists =
                members.into_iter().filter_map(|(_, v)| if let Value::Array(l) = v { Some(l) } else { None });
            let first = lists.next()?;
            lists.next().is_none().then_some(first)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn plain(value: Value) -> String {
    match value {
        Value::Null | Value::Object(_) => String::new(),
        Value::Bool(yes) => if yes { "1" } else { "" }.to_owned(),
        Value::Number(n) => n.to_string(),
        Value::String(text) => text,
        Value::Array(items) => items.into_iter().map(plain).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("、"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_become_rows_under_all_of_their_keys() {
        let sheet = read(r#"[{"a":1,"b":["月","火"]},{"c":null,"b":"x","d":true}]"#).unwrap();
        assert_eq!(sheet.rows[0].cells, ["a", "b", "c", "d"]);
        assert_eq!(sheet.rows[1].cells, ["1", "月、火"]);
        assert_eq!(sheet.rows[2].cells, ["", "x", "", "1"]);
        let people = read(r#"[{"name":"x","staff":[{"name":"a"},{"name":"b"}]},{"name":"y","staff":[]}]"#).unwrap();
        assert_eq!(people.rows[0].cells, ["name", "staff.name", "staff"]);
        let cells: Vec<_> = people.rows.iter().skip(1).map(|r| (r.number, r.cells.join(" "))).collect();
        assert_eq!(cells, [(1, "x a".into()), (1, "x b".into()), (2, "y  ".into())]);
        assert_eq!(read(r#"{"count":1,"data":[{"a":1}]}"#).unwrap().rows.len(), 2);
    }

    #[test]
    fn what_is_no_list_of_objects_is_refused() {
        assert_eq!(read("[1,2]"), Err(Refusal::JsonShape));
        assert_eq!(read(r#"{"a":[],"b":[]}"#), Err(Refusal::JsonShape));
        assert_eq!(read("[{\"a\":1},\n{\"a\":"), Err(Refusal::Json { row: 2, at: 5 }));
        assert!(matches!(read(&"[".repeat(100_000)), Err(Refusal::Json { .. })), "no stack overflow");
    }
}
