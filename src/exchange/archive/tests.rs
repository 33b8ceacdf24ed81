//! Cases out and in again, and everything that is refused.

use chrono::DateTime;
use serde_json::json;

use super::*;
use crate::desk::case::{Flag, Status};

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn whole(n: u8) -> Whole {
    let at = DateTime::parse_from_rfc3339("2026-11-20T09:00:00+09:00").unwrap();
    Whole {
        id: id(n),
        case: Case {
            number: format!("R8-{n:04}"),
            status: Status::WaitingOther,
            urgency: "2".into(),
            opened_at: Some(at),
            summary: "=往診を探す, \"至急\"\n二行目".into(),
            topics: vec!["a".into(), "e".into()],
            flag: Some(Flag { reason: "方針".into(), at, by: id(9) }),
            ..Case::default()
        },
        contacts: vec![(
            id(n + 100),
            Contact {
                case: id(n), at: Some(at), method: "1".into(), text: "電話あり".into(), ..Contact::default()
            },
        )],
    }
}

/// The desk as it is after these cases were written to it.
fn present(wholes: &[Whole]) -> Present {
    let mut present = Present::default();
    for whole in wholes {
        present.records.insert(RecordKey::new(Kind::Case, whole.id), edits::compact(&whole.case));
        present.numbers.insert(whole.case.number.clone(), whole.id);
        for (id, contact) in &whole.contacts {
            present.records.insert(RecordKey::new(Kind::Contact, *id), edits::compact(contact));
        }
    }
    present
}

fn plan_of(file: &Value, present: &Present) -> Result<Plan, CasesError> {
    from_bytes("f.json", &serde_json::to_vec(file).unwrap())?.plan(present, &Codebook::default())
}

fn file(wholes: &[Whole]) -> Value {
    serde_json::from_slice(&json_file(wholes).unwrap()).unwrap()
}

#[test]
fn an_export_makes_the_same_desk_again_and_changes_nothing_there() {
    let wholes = [whole(1), whole(2)];
    let file = file(&wholes);
    let plan = plan_of(&file, &Present::default()).unwrap();
    assert_eq!((plan.added, plan.contacts_added, plan.unchanged), (2, 2, 0));
    let mut records: BTreeMap<RecordKey, Value> = BTreeMap::new();
    for edit in plan.batch(id(9)).edits {
        patch::apply(records.entry(edit.record).or_insert_with(|| json!({})), &edit.patch);
    }
    assert_eq!(records, present(&wholes).records);
    let again = plan_of(&file, &present(&wholes)).unwrap();
    assert!(again.is_empty());
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 2));
}

#[test]
fn only_what_the_file_names_differently_is_changed() {
    let mut file = file(&[whole(1)]);
    let case = &mut file["cases"][0];
    case["summary"] = json!("ｵｳｼﾝ医");
    case["flag"] = Value::Null;
    case.as_object_mut().unwrap().remove("topics");
    case["contacts"][0]["text"] = json!("折り返し");
    case["contacts"][0].as_object_mut().unwrap().remove("at");
    let plan = plan_of(&file, &present(&[whole(1)])).unwrap();
    assert_eq!((plan.changed, plan.contacts_changed, plan.added, plan.contacts_added), (1, 1, 0, 0));
    let patches: Vec<Value> = plan.batch(id(9)).edits.into_iter().map(|edit| edit.patch).collect();
    assert_eq!(patches, [json!({"summary": "オウシン医", "flag": null}), json!({"text": "折り返し"})]);
}

/// Makes one thing of a file wrong.
type Change = fn(&mut Value);

#[test]
fn whatever_is_wrong_is_refused_with_its_place() {
    let good = || file(&[whole(1), whole(2)]);
    let desk = present(&[whole(1), whole(2)]);
    let cases: [(Change, (usize, usize), &str, Fault); 14] = [
        (|f| f["cases"][1]["id"] = json!("x"), (2, 0), "id", Fault::Value),
        (|f| f["cases"][1]["id"] = f["cases"][0]["id"].clone(), (2, 0), "id", Fault::Twice),
        (|f| f["cases"][0]["number"] = json!("R8-0002"), (1, 0), "number", Fault::Taken),
        (|f| f["cases"][0]["number"] = json!("受付1"), (1, 0), "number", Fault::Value),
        (|f| f["cases"][0]["number"] = Value::Null, (1, 0), "number", Fault::Value),
        (|f| f["cases"][0]["status"] = json!("終結"), (1, 0), "status", Fault::Value),
        (|f| f["cases"][0]["due"] = json!("来週"), (1, 0), "due", Fault::Value),
        (|f| f["cases"][0]["topics"] = json!("a"), (1, 0), "topics", Fault::Value),
        (|f| f["cases"][0]["topics"] = json!(["a", "山田"]), (1, 0), "topics", Fault::Code),
        (|f| f["cases"][0]["urgency"] = json!("9"), (1, 0), "urgency", Fault::Code),
        (|f| f["cases"][0]["contacts"] = json!({}), (1, 0), "contacts", Fault::Value),
        (|f| f["cases"][1]["contacts"][0] = json!(7), (2, 1), "", Fault::Value),
        (|f| f["cases"][1]["contacts"][0]["seconds"] = json!(-1), (2, 1), "seconds", Fault::Value),
        (|f| f["cases"][1]["contacts"][0]["case"] = f["cases"][0]["id"].clone(), (2, 1), "case", Fault::Taken),
    ];
    for (n, (change, (case, contact), field, fault)) in cases.into_iter().enumerate() {
        let mut file = good();
        change(&mut file);
        let expected = CasesError::At { file: "f.json".into(), case, contact, field: field.into(), fault };
        assert_eq!(plan_of(&file, &desk), Err(expected), "{n}");
    }
    let mut file = good();
    file["cases"][1]["contacts"][0]["method"] = json!("");
    assert_eq!(plan_of(&file, &desk).unwrap().contacts_changed, 1, "an emptied code is taken away");
    file["cases"][0]["number"] = file["cases"][1]["number"].clone();
    let twice = plan_of(&file, &Present::default());
    assert!(matches!(twice, Err(CasesError::At { case: 2, fault: Fault::Twice, .. })), "{twice:?}");
    file = good();
    file["cases"][0]["id"] = json!(id(7));
    file["cases"][0]["contacts"] = json!([]);
    assert!(
        matches!(plan_of(&file, &desk), Err(CasesError::At { fault: Fault::Taken, .. })),
        "its number is another's"
    );
    file["cases"][0].as_object_mut().unwrap().remove("number");
    assert!(
        matches!(plan_of(&file, &desk), Err(CasesError::At { fault: Fault::Value, .. })),
        "a new case has a number"
    );
}

#[test]
fn what_is_no_export_is_refused() {
    let not_ours = |result: Result<Incoming, CasesError>| matches!(result, Err(CasesError::NotOurs { .. }));
    for text in ["", "[]", "[{}]", "{}", "受付番号,状態\r\n", "{\"format\":\"x\",\"version\":1,\"cases\":[]}"] {
        assert!(not_ours(from_bytes("f", text.as_bytes())), "{text}");
    }
    for text in ["{\"format\":\"madoguchi-cases\",\"cases\":[]}", "{\"format\":\"madoguchi-cases\",\"version\":1}"] {
        assert!(not_ours(from_bytes("f", text.as_bytes())), "{text}");
    }
    let newer = from_bytes("f", b"{\"format\":\"madoguchi-cases\",\"version\":2,\"cases\":[]}");
    assert_eq!(newer, Err(CasesError::Newer { file: "f".into(), version: 2 }));
    let cut = json_file(&[whole(1)]).unwrap();
    assert!(matches!(from_bytes("f", &cut[..cut.len() / 2]), Err(CasesError::File(_))));
    assert!(matches!(from_bytes("f", &b"{\"a\":".repeat(100_000)), Err(CasesError::File(_))), "no stack overflow");
    assert!(matches!(read(Path::new("/no/such/file.json")), Err(CasesError::File(_))));
}
