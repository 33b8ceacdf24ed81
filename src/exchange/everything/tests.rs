//! The whole demo desk goes out and comes back; broken copies of it are refused where they are broken.

mod complete;

use std::collections::BTreeMap;

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::table::{self, Sheet};
use super::super::text::Twins;
use super::super::write::{self, ExportError, Table};
use super::*;
use crate::desk::edits::compact;
use crate::desk::id::Id;
use crate::desk::patch;
use crate::desk::record::{Edit, RecordKey};
use crate::search::fold;

type Desk = BTreeMap<RecordKey, Value>;

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn label(kind: Kind, list: &str, place: &str) -> String {
    format!("語 {} {list} {place}", kind.name())
}

fn apply(desk: &mut Desk, edits: &[Edit]) {
    for edit in edits {
        patch::apply(desk.entry(edit.record).or_insert_with(|| json!({})), &edit.patch);
    }
}

/// The demo's desk, with a record of each kind that it does not have and everything that an office can have.
fn demo() -> Desk {
    let mut n = 0_u128;
    let mut ids = || {
        n += 1;
        Id::from_bytes((n * 0x0123_4567_89ab_cdef_0123).to_be_bytes())
    };
    let mut desk = Desk::new();
    for (_, batch) in crate::demo::batches(DateTime::parse_from_rfc3339("2026-11-23T09:00:00+09:00").unwrap(), &mut ids)
    {
        if !batch.what.starts_with("access-") {
            apply(&mut desk, &batch.edits);
        }
    }
    let profile = *desk.keys().find(|key| key.kind == Kind::Desk).unwrap();
    let mut value = desk.remove(&profile).unwrap();
    patch::apply(
        &mut value,
        &json!({ "backup_folder": "/media/stick", "retention_years": 7, "doctor_pairs": { id(12).to_string(): { "district": id(13), "on": "2026-11-01" } } }),
    );
    desk.insert(RecordKey::new(Kind::Desk, DESK), value);
    for (kind, n, value) in [
        (Kind::Task, 1, json!({ "what": "折り返す", "due": "2026-12-01", "case": id(9), "later": { "step": [1, 2] } })),
        (
            Kind::Activity,
            2,
            json!({ "title": "挨拶回り", "km": 12.5, "people": { id(3).to_string(): { "met": true } } }),
        ),
        (
            Kind::Document,
            3,
            json!({ "title": "一覧表 第3版", "later_count": 120, "later_rows": [{ "long": "長い文𠀋".repeat(20_000) }], "later_offices": [id(4), id(5)] }),
        ),
        (Kind::Codebook, 4, json!({ "list": "topic", "entries": { "zz": { "label": "架空の区分", "key": "z" } } })),
        (
            Kind::Codebook,
            5,
            json!({ "list": "canned", "texts": { "ab": { "title": "題", "text": "=一行目\n'二行目" } } }),
        ),
        (
            Kind::Office,
            6,
            json!({
                "name": "架空全部病院", "kana": "カクウ", "phone": "0834-00-0001", "postal_code": "0600001", "kind": "1",
                "latitude": 34.051_234_567_8, "longitude": 131.0, "services": ["内科", "内科、外科", "a\\b"],
                "alert": "=HYPERLINK(\"x\")", "note": " 行1\n\n行3 ", "hours": "月～金 9:00～17:00", "waiting": "-3",
                "capabilities": { "ivh": { "answer": "ask", "source": "phone", "on": "2026-11-22", "by": id(7) } },
                "staff": { id(8).to_string(): { "name": "架空 一郎", "extension": "0012", "order": 3, "left": true } },
                "verified": { "on": "2026-11-20", "by": id(7), "how": "1" }, "updated_on": "2026-11-21",
                "imported": { "name": "架空", "services": { "kaigo": ["a"] } }, "accepting_until": "2026-12-06",
                "member.of[later]": { "x": [true, null, { "y": 1 }] }, "later": "知らない項目",
            }),
        ),
    ] {
        desk.insert(RecordKey::new(kind, id(n)), value);
    }
    desk
}

fn listed(desk: &Desk) -> Vec<(RecordKey, Value)> {
    let listed = desk.iter().filter(|(key, _)| KINDS.contains(&key.kind)).map(|(key, value)| (*key, value.clone()));
    let mut all: Vec<(RecordKey, Value)> = listed.collect();
    for (_, value) in all.iter_mut().filter(|(key, _)| key.kind == Kind::Desk) {
        value.as_object_mut().unwrap().retain(|name, _| !STAYING.contains(&name.as_str()));
    }
    all
}

/// The desk: the texts of codebook 5 are its own.
const DESK: Id = Id::from_bytes([5; 16]);

const FORMATS: [&str; 3] = ["csv", "cp932", "xlsx"];

/// What is on the disk: the files' names and bytes.
fn written(tables: &[(String, Table)], format: &str) -> Vec<(String, Vec<u8>)> {
    let only: Vec<&Table> = tables.iter().map(|(_, table)| table).collect();
    let named = |all: Vec<Vec<u8>>| tables.iter().map(|(name, _)| format!("{name}.csv")).zip(all).collect();
    match format {
        "csv" => named(only.iter().map(|table| write::csv_utf8(table).unwrap()).collect()),
        "cp932" => named(write::csv_cp932(&only, Twins::Refuse).unwrap()),
        _ => {
            let all: Vec<Table> = only.into_iter().cloned().collect();
            vec![("all.xlsx".to_owned(), write::book(&all).unwrap())]
        }
    }
}

fn read_back(files: &[(String, Vec<u8>)]) -> Result<Incoming, EverythingError> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for (name, bytes) in files {
        sheets.extend(table::from_bytes(name, bytes)?);
    }
    if files.len() == 1 { from_workbook("all.xlsx", sheets) } else { from_files("all", sheets) }
}

fn into_empty(incoming: &Incoming) -> Desk {
    let plan = incoming.plan(&Present { desk: DESK, has_supervisor: true, ..Present::default() }, false).unwrap();
    let mut desk = Desk::new();
    apply(&mut desk, plan.edits());
    desk
}

/// Without what CP932 cannot hold.
fn in_cp932(desk: &Desk) -> Desk {
    let all: Vec<(RecordKey, Value)> = listed(desk);
    let mut text = serde_json::to_string(&all).unwrap();
    text = text.replace('𠀋', "");
    text.retain(|c| super::super::text::encode_cp932(&c.to_string(), Twins::Refuse).is_ok());
    serde_json::from_str::<Vec<(RecordKey, Value)>>(&text).unwrap().into_iter().collect()
}

#[test]
fn a_whole_desk_goes_out_and_comes_back_value_by_value_and_byte_by_byte() {
    let whole = demo();
    for format in FORMATS {
        let desk = if format == "cp932" { in_cp932(&whole) } else { whole.clone() };
        let tables = tables(DESK, &listed(&desk), &label);
        let files = written(&tables, format);
        assert_eq!(files, written(&tables, format), "{format}: the same desk gives the same bytes");
        let copied = into_empty(&read_back(&files).unwrap());
        let wanted: Desk = listed(&desk).into_iter().map(|(key, value)| (key, compact(&value))).collect();
        assert!(wanted.len() > 100, "the demo is not there");
        for (key, value) in &wanted {
            let mut value = value.clone();
            if let Some(note) = value.get_mut("note").filter(|_| *key == RecordKey::new(Kind::Office, id(6))) {
                assert!(note.as_str().unwrap().starts_with(' '));
            }
            assert_eq!(copied.get(key).map(compact).as_ref(), Some(&value), "{format} {key}");
        }
        assert_eq!(copied.len(), wanted.len(), "{format}");
        assert_eq!(written(&super::tables(DESK, &listed(&copied), &label), format), files, "{format}: out again");
        let again = read_back(&files).unwrap();
        let present = present(&desk);
        let plan = again.plan(&present, true).unwrap();
        assert!(plan.is_empty(), "{format}: into the same desk nothing changes");
        assert_eq!(plan.unchanged, wanted.len());
    }
}

fn present(desk: &Desk) -> Present {
    let mut present = Present { desk: DESK, has_supervisor: true, ..Present::default() };
    for (key, value) in listed(desk) {
        if let Some(number) = value.get("number").and_then(Value::as_str) {
            present.archive.numbers.insert(number.to_owned(), key.id);
        }
        present.archive.records.insert(key, value);
    }
    present
}

#[test]
fn what_the_desk_has_stays_unless_it_is_to_be_overwritten() {
    let desk = demo();
    let files = written(&tables(DESK, &listed(&desk), &label), "csv");
    let mut newer = desk.clone();
    let (office, operator) =
        (RecordKey::new(Kind::Office, id(6)), *desk.keys().find(|key| key.kind == Kind::Operator).unwrap());
    newer.get_mut(&office).unwrap()["phone"] = json!("0834-00-0099");
    newer.get_mut(&office).unwrap()["staff"][id(20).to_string()] = json!({ "name": "架空 二郎" });
    newer.get_mut(&operator).unwrap()["role"] = json!("viewer");
    let incoming = read_back(&files).unwrap();
    let plan = incoming.plan(&present(&newer), false).unwrap();
    assert!(plan.is_empty() && plan.kept == 2);
    let plan = incoming.plan(&present(&newer), true).unwrap();
    assert_eq!((plan.changed, plan.kept), (1, 1), "nobody gets a role out of a file");
    let mut after = newer.clone();
    apply(&mut after, plan.edits());
    assert_eq!(after[&office]["phone"], "0834-00-0001");
    assert_eq!(after[&office]["staff"].as_object().unwrap().len(), 2, "what only the desk has stays");
}

#[test]
fn a_supervisor_without_a_key_never_is_the_only_one() {
    let files = written(&tables(DESK, &listed(&demo()), &label), "csv");
    let plan = read_back(&files).unwrap().plan(&Present { desk: DESK, ..Present::default() }, false).unwrap();
    let roles = plan.edits().iter().filter(|edit| edit.record.kind == Kind::Operator);
    assert!(roles.filter_map(|edit| edit.patch.get("role")?.as_str()).all(|role| role != "supervisor"));
}

#[test]
fn cp932_names_every_place_and_writes_nothing() {
    let mut desk = demo();
    desk.get_mut(&RecordKey::new(Kind::Office, id(6))).unwrap()["address"] = json!("架空市𠮷野1〜2");
    desk.get_mut(&RecordKey::new(Kind::Task, id(1))).unwrap()["what"] = json!("〜まで");
    let tables = tables(DESK, &listed(&in_cp932(&demo())), &label);
    let only: Vec<&Table> = tables.iter().map(|(_, table)| table).collect();
    assert!(write::csv_cp932(&only, Twins::Refuse).is_ok());
    let tables = super::tables(DESK, &listed(&desk), &label);
    let only: Vec<&Table> = tables.iter().map(|(_, table)| table).collect();
    let Err(ExportError::Unmappable { places, cells }) = write::csv_cp932(&only, Twins::Refuse) else { panic!() };
    assert!(cells >= 2);
    let named = |column: &str, sign| places.iter().any(|p| p.column.ends_with(column) && p.sign == sign && p.row > 1);
    assert!(named("[address]", '𠮷') && named("[what]", '〜'), "{places:?}");
}

/// What is done to a file.
type Break<'a> = Box<dyn Fn(&str) -> String + 'a>;
/// What is to become of it.
type Wanted<'a> = &'a dyn Fn(&EverythingError) -> bool;

/// The text of one file of the demo's desk.
fn text_of(name: &str) -> (Vec<(String, Vec<u8>)>, usize, String) {
    let files = written(&tables(DESK, &listed(&demo()), &label), "csv");
    let place = files.iter().position(|(file, _)| file == name).unwrap();
    let text = String::from_utf8(files[place].1.clone()).unwrap();
    (files, place, text)
}

#[test]
fn broken_copies_are_refused_with_file_row_and_column() {
    let lines = |text: &str, f: &dyn Fn(&mut Vec<String>)| {
        let mut all: Vec<String> = text.split_inclusive("\r\n").map(str::to_owned).collect();
        f(&mut all);
        all.concat()
    };
    let replaced = |from: &'static str, to: &'static str| move |text: &str| text.replacen(from, to, 1);
    let cases: Vec<(&str, Break<'_>, Wanted<'_>)> = vec![
        ("task.csv", Box::new(|t| t.replace("2026-12-01", "\"2026-12-01")), &|e| {
            matches!(e, EverythingError::At { row: 2, .. })
        }),
        ("task.csv", Box::new(|t| t.trim_end().to_owned()), &|e| at(e, "task.csv", 2, "", Fault::Cells)),
        ("task.csv", Box::new(|t| lines(t, &|all| drop(all.pop()))), &|e| {
            matches!(e, EverythingError::Missing { found: 0, expected: 1, .. })
        }),
        ("activity.csv", Box::new(replaced("12.5", "たくさん")), &|e| fault(e, "[km:number]", Fault::Value)),
        ("activity.csv", Box::new(replaced("挨拶回り", "挨拶,回り")), &|e| fault(e, "", Fault::Cells)),
        ("office.csv", Box::new(replaced("34.0512345678", "{}")), &|e| fault(e, "[latitude:number]", Fault::Value)),
        ("office.csv", Box::new(|t| t.replacen("2026-11-21", "先月", 1)), &|e| {
            fault(e, "[updated_on]", Fault::Value)
        }),
        ("office.staff.csv", Box::new(replaced("0012", "0012,")), &|e| fault(e, "", Fault::Cells)),
        (
            "office.capabilities.csv",
            Box::new(|t| {
                lines(t, &|all| all[1] = all[1].replacen(",yes", ",どうかな", 1).replacen(",ask", ",どうかな", 1))
            }),
            &|e| fault(e, "", Fault::Value),
        ),
        ("contact.csv", Box::new(|t| lines(t, &|all| all[1] = all[2].clone())), &|e| fault(e, "[#id]", Fault::Twice)),
        (
            "case.csv",
            Box::new(|t| {
                lines(t, &|all| {
                    let row = all[1].clone();
                    all.push(row);
                })
            }),
            &|e| fault(e, "[#id]", Fault::Twice),
        ),
        ("madoguchi.csv", Box::new(replaced("madoguchi-tables,1", "madoguchi-tables,2")), &|e| {
            matches!(e, EverythingError::Newer { version: 2, .. })
        }),
        ("madoguchi.csv", Box::new(replaced("madoguchi-tables", "something")), &|e| {
            matches!(e, EverythingError::NotOurs { .. })
        }),
    ];
    for (n, (name, broken, wanted)) in cases.iter().enumerate() {
        let (mut files, place, text) = text_of(name);
        let now = broken(&text);
        assert_ne!(now, text, "{n} {name}: nothing was broken");
        files[place].1 = now.into_bytes();
        let refused = read_back(&files).and_then(|read| read.plan(&Present::default(), false));
        let error = refused.expect_err(&format!("{n} {name} was taken in"));
        assert!(wanted(&error), "{n} {name}: {error:?}");
    }
}

fn at(error: &EverythingError, file: &str, row: u32, column: &str, fault: Fault) -> bool {
    let EverythingError::At { file: f, row: r, column: c, fault: is } = error else { return false };
    f == file
        && *r == row
        && (column.is_empty() && c.is_empty() || !column.is_empty() && c.ends_with(column))
        && *is == fault
}

fn fault(error: &EverythingError, column: &str, fault: Fault) -> bool {
    let EverythingError::At { column: c, fault: is, row, .. } = error else { return false };
    c.ends_with(column) && *is == fault && *row > 1
}

#[test]
fn what_cannot_be_at_this_desk_is_refused() {
    let desk = demo();
    let incoming = read_back(&written(&tables(DESK, &listed(&desk), &label), "csv")).unwrap();
    let case = *desk.keys().find(|key| key.kind == Kind::Case).unwrap();
    let number = desk[&case]["number"].as_str().unwrap().to_owned();
    let mut taken = Present::default();
    taken.archive.numbers.insert(number.clone(), id(99));
    let mut gone = Present::default();
    gone.archive.disposed.records.insert(case);
    let mut number_gone = Present::default();
    number_gone.archive.disposed.numbers.insert(number);
    for (present, wanted) in [(taken, Fault::Taken), (gone, Fault::Disposed), (number_gone, Fault::Disposed)] {
        let error = incoming.plan(&present, true).unwrap_err();
        assert!(matches!(error, EverythingError::At { fault, .. } if fault == wanted), "{error:?}");
    }
    let mut alone = desk.clone();
    alone.retain(|key, _| key.kind != Kind::Case);
    let error =
        read_back(&written(&tables(DESK, &listed(&alone), &label), "xlsx")).unwrap().plan(&Present::default(), false);
    assert!(matches!(error, Err(EverythingError::At { fault: Fault::Alone, .. })));
    let mut unknown = desk;
    unknown.get_mut(&case).unwrap()["topics"] = json!(["no-such-code"]);
    let error =
        read_back(&written(&tables(DESK, &listed(&unknown), &label), "xlsx")).unwrap().plan(&Present::default(), false);
    let Err(error) = error else { panic!() };
    assert!(fault(&error, "[topics:list]", Fault::Code), "{error:?}");
}

#[test]
fn texts_of_a_desk_come_under_the_desk_that_takes_them_in() {
    let mut incoming = read_back(&written(&tables(DESK, &listed(&demo()), &label), "xlsx")).unwrap();
    incoming.at_desk(id(77));
    let plan = incoming.plan(&Present { desk: id(77), ..Present::default() }, false).unwrap();
    let mut desk = Desk::new();
    apply(&mut desk, plan.edits());
    assert_eq!(desk[&RecordKey::new(Kind::Codebook, id(77))]["texts"]["ab"]["title"], "題");
    assert!(desk.contains_key(&RecordKey::new(Kind::Codebook, id(4))));
}

/// Any text as a desk keeps it; often with blanks and breaks of a line at its ends, and at times nothing else than these.
fn text() -> impl Strategy<Value = String> {
    let any = "[ -~ぁ-んァ-ヶ一-龠、。＝￥\n\"',=+@\\\\-]{0,12}";
    let blanks = || {
        prop::collection::vec(
            prop::sample::select(&["\n", "\r\n", "\r", " ", "\t", "\u{3000}", "\u{a0}", "\n\n"]),
            0..3,
        )
        .prop_map(|all| all.concat())
    };
    prop_oneof![
        3 => any,
        3 => (blanks(), any, blanks()).prop_map(|(before, text, after)| before + &text + &after),
        1 => blanks(),
        1 => ("[a-zあ-ん]{1,3}", blanks(), "[a-zあ-ん]{1,3}").prop_map(|(one, between, other)| one + &between + &other),
    ]
    .prop_map(|typed| fold::display(&typed))
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1.0e6..1.0e6_f64).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        prop::collection::vec(text(), 0..3).prop_map(Value::from),
        Just(json!("2026-11-23")),
        Just(json!("1899-01-01")),
        Just(json!("0012")),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let name = "[a-e]{1,2}|[a-c ア.:\\[\\]]{1,3}";
    let object = |inner: BoxedStrategy<Value>| {
        prop::collection::btree_map(name, inner, 0..4)
            .prop_map(|all| Value::Object(all.into_iter().collect::<Map<_, _>>()))
    };
    object(prop_oneof![3 => leaf().boxed(), 1 => object(leaf().boxed()).boxed()].boxed())
}

/// As the desk keeps it: what is as if it were not there is not.
fn kept(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let all = members.iter().map(|(name, value)| (name.clone(), kept(value)));
            let blank = |v: &Value| v.is_null() || v.as_str().is_some_and(|t| t.trim().is_empty());
            let empty = |v: &Value| v.as_array().is_some_and(Vec::is_empty) || v.as_object().is_some_and(Map::is_empty);
            Value::Object(all.filter(|(_, v)| !blank(v) && !empty(v)).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => value.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn any_record_comes_back(all in prop::collection::vec(value(), 1..5)) {
        let desk: Desk = (1..).zip(&all).map(|(n, value)| (RecordKey::new(Kind::Task, id(n)), value.clone())).collect();
        for format in ["csv", "xlsx"] {
            let files = written(&tables(DESK, &listed(&desk), &label), format);
            let copied = into_empty(&read_back(&files).unwrap());
            for (key, value) in &desk {
                let wanted = kept(&compact(value));
                let is = copied.get(key).map_or_else(|| json!({}), |value| kept(&compact(value)));
                prop_assert_eq!(&is, &wanted, "{}", format);
            }
            let again = written(&tables(DESK, &listed(&copied), &label), format);
            prop_assert_eq!(again, files);
        }
    }
}
