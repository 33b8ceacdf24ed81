//! What a viewer may see of a record: codes, dates, numbers, areas. Everything else is left out, what a later version adds
//! too: this is a list of what stays, not of what goes. Knows no role; whoever hands records to a viewer calls it.

use chrono::{DateTime, NaiveDate, NaiveTime};
use serde_json::{Map, Value};

use super::codebook::Codebook;
use super::id::Id;
use super::members::{CASE, CONTACT};
use super::number::Number;
use super::record::Kind;

/// What makes a text one that may stay.
#[derive(Debug, Clone, Copy)]
enum Stays {
    /// A code, or several, of this list.
    Code(&'static str),
    /// An identity: random, it says nothing.
    Id,
    /// A case number.
    Number,
    /// A day.
    Day,
    /// A day with its time.
    Time,
    /// A time of day.
    Clock,
    /// One of the desk's own areas: a typed one may be an address.
    Area,
    /// A count, or yes and no.
    Count,
}

/// The members that stay besides those with a code list.
const CASE_STAYS: &[(&str, Stays)] = &[
    ("number", Stays::Number),
    ("due", Stays::Day),
    ("operator", Stays::Id),
    ("opened_at", Stays::Time),
    ("closed_at", Stays::Time),
    ("doctor_notice_on", Stays::Day),
    ("area", Stays::Area),
];
const CONTACT_STAYS: &[(&str, Stays)] = &[
    ("case", Stays::Id),
    ("at", Stays::Time),
    ("ended_at", Stays::Time),
    ("seconds", Stays::Count),
    ("pauses", Stays::Count),
    ("operator", Stays::Id),
];
const FLAG_STAYS: &[(&str, Stays)] = &[("at", Stays::Time), ("by", Stays::Id)];
const MEETING_STAYS: &[(&str, Stays)] = &[
    ("kind", Stays::Code("meeting-kind")),
    ("on", Stays::Day),
    ("starts_at", Stays::Clock),
    ("chair", Stays::Id),
    ("held", Stays::Count),
];
const ITEM_STAYS: &[(&str, Stays)] = &[
    ("order", Stays::Count),
    ("treatment", Stays::Code("treatment-of-item")),
    ("minutes", Stays::Count),
    ("operator", Stays::Id),
    ("due", Stays::Day),
];
/// How a meeting treats a case (`desk::meeting::Treatment`): names of the program, no list of the codebook.
const TREATMENTS: [&str; 3] = ["decide", "report", "defer"];

/// What public directories say of an office.
const OFFICE_STAYS: &[&str] = &[
    "name",
    "kana",
    "short_name",
    "kind",
    "department",
    "phone",
    "fax",
    "postal_code",
    "address",
    "building",
    "area",
    "corporation",
    "services",
    "hours",
    "url",
    "capacity",
    "updated_on",
    "removed",
];

/// What must be known of a desk.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The code lists in force.
    pub codebook: &'a Codebook,
    /// The desk's own areas.
    pub areas: &'a [String],
}

/// The record as a viewer may see it. Of a case, contact or meeting only what is named here; of the desk's own records
/// what every screen needs; of an office what is in public directories, without its people; of others nothing.
pub fn deidentified(kind: Kind, value: &Value, known: &Known<'_>) -> Value {
    match kind {
        Kind::Case => {
            let mut kept = coded(CASE, value, known);
            kept.extend(members(CASE_STAYS, value, known));
            kept.extend(value.get("flag").map(|flag| part("flag", FLAG_STAYS, flag, known)));
            Value::Object(kept)
        }
        Kind::Contact => {
            let mut kept = coded(CONTACT, value, known);
            kept.extend(members(CONTACT_STAYS, value, known));
            Value::Object(kept)
        }
        Kind::Meeting => {
            let mut kept = members(MEETING_STAYS, value, known);
            let items = value.get("items").and_then(Value::as_object).into_iter().flatten();
            let items = items.filter(|(case, _)| case.parse::<Id>().is_ok());
            let items: Map<String, Value> = items.map(|(case, item)| part(case, ITEM_STAYS, item, known)).collect();
            kept.insert("items".to_owned(), Value::Object(items));
            Value::Object(kept)
        }
        Kind::Office => office(value),
        Kind::Desk | Kind::Codebook | Kind::Operator => value.clone(),
        Kind::Person
        | Kind::Task
        | Kind::Policy
        | Kind::Activity
        | Kind::Document
        | Kind::Disposal
        | Kind::Usage
        | Kind::Inquiry
        | Kind::Round
        | Kind::Survey
        | Kind::Proposal => Value::Object(Map::new()),
    }
}

fn part(name: &str, stays: &[(&str, Stays)], value: &Value, known: &Known<'_>) -> (String, Value) {
    (name.to_owned(), Value::Object(members(stays, value, known)))
}

/// The members that are chosen from a code list.
fn coded(all: &[(&'static str, &'static str)], value: &Value, known: &Known<'_>) -> Map<String, Value> {
    let lists = all.iter().filter(|(_, list)| !list.is_empty());
    let stays: Vec<(&str, Stays)> = lists.map(|(name, list)| (*name, Stays::Code(list))).collect();
    members(&stays, value, known)
}

fn members(stays: &[(&str, Stays)], value: &Value, known: &Known<'_>) -> Map<String, Value> {
    let kept = stays.iter().filter_map(|(name, stays)| {
        let value = allowed(value.get(name)?, *stays, known)?;
        Some(((*name).to_owned(), value))
    });
    kept.collect()
}

/// The value where it is what it says it is.
fn allowed(value: &Value, stays: Stays, known: &Known<'_>) -> Option<Value> {
    match value {
        Value::Array(values) => {
            let kept: Vec<Value> = values.iter().filter_map(|value| allowed(value, stays, known)).collect();
            matches!(stays, Stays::Code(_)).then_some(Value::Array(kept))
        }
        Value::String(text) => is(text, stays, known).then(|| value.clone()),
        Value::Number(_) | Value::Bool(_) => matches!(stays, Stays::Count).then(|| value.clone()),
        Value::Null | Value::Object(_) => None,
    }
}

fn is(text: &str, stays: Stays, known: &Known<'_>) -> bool {
    match stays {
        Stays::Code("treatment-of-item") => TREATMENTS.contains(&text),
        Stays::Code(list) => known.codebook.entry(list, text).is_some(),
        Stays::Id => text.parse::<Id>().is_ok(),
        Stays::Number => text.parse::<Number>().is_ok(),
        Stays::Day => text.parse::<NaiveDate>().is_ok(),
        Stays::Time => DateTime::parse_from_rfc3339(text).is_ok(),
        Stays::Clock => text.parse::<NaiveTime>().is_ok(),
        Stays::Area => known.areas.iter().any(|area| area == text),
        Stays::Count => false,
    }
}

/// What public directories say of an office: nothing of its people, nothing that the desk wrote about it.
fn office(value: &Value) -> Value {
    let kept = OFFICE_STAYS.iter().filter_map(|name| Some(((*name).to_owned(), value.get(name)?.clone())));
    let mut kept: Map<String, Value> = kept.collect();
    let able = value.get("capabilities").and_then(Value::as_object).into_iter().flatten();
    let able: Map<String, Value> = able
        .filter_map(|(code, answer)| Some((code.clone(), serde_json::json!({ "answer": answer.get("answer")? }))))
        .collect();
    if !able.is_empty() {
        kept.insert("capabilities".to_owned(), Value::Object(able));
    }
    Value::Object(kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::case::Case;
    use super::super::contact::Contact;
    use super::super::edits::compact;
    use super::super::meeting::Meeting;
    use super::*;

    /// Every string of a record, whatever its depth, replaced by `text`; lists get it as a member, objects as a new one.
    fn stained(value: &Value, text: &str) -> Value {
        match value {
            Value::String(_) | Value::Null => Value::from(text),
            Value::Array(_) => json!([text]),
            Value::Object(members) => {
                let mut all: Map<String, Value> =
                    members.iter().map(|(name, value)| (name.clone(), stained(value, text))).collect();
                all.insert("later".to_owned(), json!({ "deep": [text] }));
                all.insert(text.to_owned(), Value::from(text));
                Value::Object(all)
            }
            Value::Number(_) | Value::Bool(_) => value.clone(),
        }
    }

    fn records() -> [(Kind, Value); 3] {
        let item = Id::from_bytes([3; 16]).to_string();
        let mut meeting = serde_json::to_value(Meeting::default()).unwrap();
        meeting["items"] = json!({ item: { "decision": "", "order": 1, "treatment": "decide", "minutes": 5 } });
        let mut case = serde_json::to_value(Case::default()).unwrap();
        case["flag"] = json!({ "at": "", "by": "", "reason": "" });
        [
            (Kind::Case, case),
            (Kind::Contact, serde_json::to_value(Contact::default()).unwrap()),
            (Kind::Meeting, meeting),
        ]
    }

    fn known(codebook: &Codebook) -> Known<'_> {
        Known { codebook, areas: &[] }
    }

    proptest! {
        #[test]
        fn no_text_survives(text in "[ぁ-んァ-ヶ一-龠a-zA-Z0-9ー 0-9-]{3,30}") {
            let codebook = Codebook::default();
            let known = known(&codebook);
            // What happens to be a code, a date, a number or an identity says nothing.
            let says_nothing = [Stays::Id, Stays::Number, Stays::Day, Stays::Time, Stays::Clock];
            prop_assume!(!says_nothing.iter().any(|stays| is(&text, *stays, &known)));
            for (kind, record) in records() {
                let shown = deidentified(kind, &stained(&record, &text), &known).to_string();
                prop_assert!(!shown.contains(&text), "{:?} {}", kind, shown);
            }
        }
    }

    #[test]
    fn what_identifies_goes_and_what_counts_stays() {
        let codebook = Codebook::default();
        let areas = ["架空中央".to_owned()];
        let known = Known { codebook: &codebook, areas: &areas };
        let operator = Id::from_bytes([7; 16]);
        let case = Case {
            number: "R8-0123".to_owned(),
            urgency: "2".to_owned(),
            topics: vec!["h".to_owned(), "看取りの相談".to_owned()],
            subject_name: "架空 花枝".to_owned(),
            phone: "0834-00-1234".to_owned(),
            birth: NaiveDate::from_ymd_opt(1940, 1, 2),
            due: NaiveDate::from_ymd_opt(2026, 11, 30),
            area: "架空中央".to_owned(),
            summary: "架空花枝さんの退院".to_owned(),
            operator,
            ..Case::default()
        };
        let shown = deidentified(Kind::Case, &compact(&case), &known);
        let expected = json!({
            "number": "R8-0123", "status": "received", "urgency": "2", "topics": ["h"], "due": "2026-11-30", "area": "架空中央",
            "operator": operator.to_string(),
        });
        assert_eq!(shown, expected);
        let elsewhere = Case { area: "架空町1丁目2番".to_owned(), ..case };
        assert_eq!(deidentified(Kind::Case, &compact(&elsewhere), &known).get("area"), None);
        let back: Case = serde_json::from_value(shown).unwrap();
        assert!(back.subject_name.is_empty() && back.is_open());
    }

    #[test]
    fn the_state_of_a_case_and_the_agenda_stay() {
        let codebook = Codebook::default();
        let known = known(&codebook);
        let shown = deidentified(Kind::Case, &json!({"status": "closed", "outcome": "1"}), &known);
        assert_eq!(shown, json!({"status": "closed", "outcome": "1"}));
        let case = Id::from_bytes([3; 16]).to_string();
        let meeting = json!({"held": true, "place": "架空センター", "note": "架空", "items": {
            &case: {"treatment": "report", "decision": "架空花枝さんは", "order": 2}, "架空": {"treatment": "decide"}}});
        let shown = deidentified(Kind::Meeting, &meeting, &known);
        assert_eq!(shown, json!({"held": true, "items": {case: {"treatment": "report", "order": 2}}}));
    }

    #[test]
    fn an_office_keeps_what_is_public_and_loses_its_people() {
        let codebook = Codebook::default();
        let office = json!({"name": "徳山架空病院", "phone": "0834-00-2100", "note": "担当は架空さん",
            "staff": {"a": {"name": "架空 次郎"}}});
        let shown = deidentified(Kind::Office, &office, &known(&codebook));
        assert_eq!(shown, json!({"name": "徳山架空病院", "phone": "0834-00-2100"}));
        for kind in [Kind::Person, Kind::Policy, Kind::Task, Kind::Activity, Kind::Document, Kind::Inquiry] {
            assert_eq!(deidentified(kind, &office, &known(&codebook)), json!({}), "{kind:?}");
        }
    }
}
