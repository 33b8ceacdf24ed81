//! Under which keys a record is found without reading all of its kind. Knows nothing of how an index is kept.

use serde_json::Value;

use super::id::Id;
use super::record::Kind;

/// Cases that are not closed; the key is empty.
pub const OPEN: &str = "open";
/// Cases by 受付番号.
pub const NUMBER: &str = "number";
/// Contacts by the 16 bytes of their case's identity.
pub const CASE: &str = "case";
/// Contacts by the 16 bytes of who called.
pub const CALLER: &str = "caller";
/// Cases by the 16 bytes of whom they are about.
pub const SUBJECT: &str = "subject";
/// Offices by [`Office::official_id`](super::office::Office::official_id).
pub const OFFICIAL_ID: &str = "official-id";
/// Operators who have not left; the key is empty.
pub const OPERATOR: &str = "operator";
/// Meetings by their day, as `2026-12-08`.
pub const DAY: &str = "day";
/// Cases and contacts that carry the flag for the meeting; the key is empty.
pub const FLAGGED: &str = "flagged";

/// Every index key of a record with this value, by index name.
pub fn keys(kind: Kind, value: &Value) -> Vec<(&'static str, Vec<u8>)> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let of = |name: &str| text(name).and_then(|id| id.parse::<Id>().ok()).filter(|id| !id.is_nil());
    let mut keys = Vec::new();
    let mut put = |name, key: Option<Vec<u8>>| keys.extend(key.map(|key| (name, key)));
    match kind {
        Kind::Case => {
            put(OPEN, (text("status") != Some("closed")).then(Vec::new));
            put(NUMBER, text("number").map(|n| n.as_bytes().to_vec()));
            put(FLAGGED, value.get("flag").filter(|flag| flag.is_object()).map(|_| Vec::new()));
            put(SUBJECT, of("subject_person").map(|id| id.bytes().to_vec()));
        }
        Kind::Contact => {
            put(CASE, of("case").map(|id| id.bytes().to_vec()));
            put(CALLER, of("caller_person").map(|id| id.bytes().to_vec()));
        }
        Kind::Office => put(OFFICIAL_ID, text("official_id").map(|id| id.as_bytes().to_vec())),
        Kind::Operator => {
            let left = value.get("left").and_then(Value::as_bool).unwrap_or_default();
            put(OPERATOR, (!left).then(Vec::new));
        }
        Kind::Meeting => put(DAY, text("on").map(|day| day.as_bytes().to_vec())),
        Kind::Person
        | Kind::Task
        | Kind::Policy
        | Kind::Codebook
        | Kind::Desk
        | Kind::Activity
        | Kind::Document
        | Kind::Disposal
        | Kind::Usage
        | Kind::Inquiry
        | Kind::Round
        | Kind::Survey
        | Kind::Proposal => {}
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_record_is_under_the_keys_that_its_value_says() {
        let case = Id::from_bytes([3; 16]);
        for (kind, value, expected) in [
            (Kind::Case, json!({}), vec![(OPEN, vec![])]),
            (
                Kind::Case,
                json!({"status": "closed", "number": "R8-0123", "flag": {"at": "…"}}),
                vec![(NUMBER, b"R8-0123".to_vec()), (FLAGGED, vec![])],
            ),
            (Kind::Contact, json!({"case": case.to_string()}), vec![(CASE, case.bytes().to_vec())]),
            (Kind::Contact, json!({"case": Id::NIL.to_string()}), vec![]),
            (Kind::Contact, json!({"case": "山田", "caller_person": "山田", "phone": "なし"}), vec![]),
            (
                Kind::Contact,
                json!({"caller_person": case.to_string(), "phone": "０８３４（００）１２３４ 内線 2"}),
                vec![(CALLER, case.bytes().to_vec())],
            ),
            (
                Kind::Case,
                json!({"status": "closed", "subject_person": case.to_string()}),
                vec![(SUBJECT, case.bytes().to_vec())],
            ),
            (Kind::Office, json!({"official_id": "kaigo:1"}), vec![(OFFICIAL_ID, b"kaigo:1".to_vec())]),
            (Kind::Office, json!({"official_id": ""}), vec![]),
            (Kind::Operator, json!({"left": true}), vec![]),
            (Kind::Operator, json!({"left": 7}), vec![(OPERATOR, vec![])]),
            (Kind::Meeting, json!({"on": "2026-12-08"}), vec![(DAY, b"2026-12-08".to_vec())]),
            (Kind::Task, json!([]), vec![]),
        ] {
            assert_eq!(keys(kind, &value), expected, "{kind:?} {value}");
        }
    }
}
