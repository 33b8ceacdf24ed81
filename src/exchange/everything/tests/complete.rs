//! Nothing of a desk stays behind unsaid, and nothing of a set of files is missing unseen.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::locale::{Lang, Locale};

#[test]
fn every_kind_has_a_table_or_stays_at_the_desk_for_a_reason_that_is_told() {
    for kind in Kind::ALL {
        let left = LEFT_OUT.iter().filter(|left| left.kind == Some(kind)).count();
        assert_eq!(usize::from(KINDS.contains(&kind)) + left, 1, "{}", kind.name());
    }
    for locale in [Lang::Ja, Lang::En].map(Locale::new) {
        for kind in KINDS {
            assert!(locale.has(&format!("exchange-kind-{}", kind.name())), "{}", kind.name());
        }
        let told: BTreeSet<String> = LEFT_OUT.iter().map(|left| locale.t(left.why).into_owned()).collect();
        assert!(told.len() == LEFT_OUT.len() && told.iter().all(|told| told.chars().count() > 20));
    }
    let tables: Vec<String> = tables(DESK, &[], &label).into_iter().map(|(name, _)| name).collect();
    assert_eq!(tables[1..], KINDS.map(|kind| kind.name().to_owned()), "a kind without records has its table too");
}

/// Every member of the desk's own record.
fn settings() -> Value {
    let id = |n: u8| id(n).to_string();
    json!({
        "name": "架空窓口", "founder": "架空市医師会", "phone": "0834-00-0001", "fax": "0834-00-0002",
        "areas": ["中央", "西部"], "meeting_rule": "2-tue", "demo": true, "language": "ja", "idle_minutes": 3,
        "backup_folder": "/media/stick", "backup_daily": 5, "backup_weekly": 4, "retention_years": 7, "ask_reason": true,
        "callers": "experts", "paper_folder": "/media/paper", "verify_months": 6, "has_persons": true,
        "districts": { id(11): { "name": "架空西中学校区", "area": "西部", "order": 1 } },
        "doctor_pairs": { id(12): { "district": id(11), "doctor_office": id(13), "on": "2026-11-01" } },
        "inquiry_days": 60, "answer_days": 5, "later": { "setting": [1, "2"] },
    })
}

#[test]
fn the_settings_of_a_desk_come_along_but_what_is_of_the_computer() {
    let Value::Object(all) = settings() else { panic!() };
    let known = serde_json::to_value(crate::desk::operator::DeskProfile::default()).unwrap();
    for name in known.as_object().unwrap().keys() {
        assert!(all.contains_key(name), "{name}: is it to come along?");
    }
    let old = RecordKey::new(Kind::Desk, id(50));
    let desk: Desk = [(old, settings()), (RecordKey::new(Kind::Desk, id(51)), json!({ "name": "よその窓口" }))].into();
    let records: Vec<(RecordKey, Value)> = desk.into_iter().collect();
    for format in FORMATS {
        let mut incoming = read_back(&written(&tables(id(50), &records, &label), format)).unwrap();
        incoming.at_desk(DESK);
        let moved = into_empty(&incoming);
        let mut wanted = settings();
        wanted.as_object_mut().unwrap().retain(|name, _| !STAYING.contains(&name.as_str()));
        assert_eq!(moved, Desk::from([(RecordKey::new(Kind::Desk, DESK), wanted)]), "{format}");
        // A desk that was just set up keeps its name and gets the rest.
        let mut present = Present { desk: DESK, ..Present::default() };
        let own = json!({ "name": "新しい窓口", "backup_folder": "E:\\", "districts": { id(60).to_string(): { "name": "架空東中学校区" } } });
        present.archive.records.insert(RecordKey::new(Kind::Desk, DESK), own.clone());
        let after = |overwrite| {
            let plan = incoming.plan(&present, overwrite).unwrap();
            let mut desk = Desk::from([(RecordKey::new(Kind::Desk, DESK), own.clone())]);
            apply(&mut desk, plan.edits());
            (desk.remove(&RecordKey::new(Kind::Desk, DESK)).unwrap(), plan.changed, plan.kept)
        };
        let (filled, changed, kept) = after(false);
        assert_eq!((&filled["name"], &filled["backup_folder"]), (&json!("新しい窓口"), &json!("E:\\")));
        assert_eq!((&filled["retention_years"], filled["districts"].as_object().unwrap().len()), (&json!(7), 2));
        assert_eq!((changed, kept), (1, 1), "what differs is told");
        let (over, changed, kept) = after(true);
        assert_eq!((&over["name"], &over["backup_folder"], changed, kept), (&json!("架空窓口"), &json!("E:\\"), 1, 0));
    }
    // Another desk's record in a file is not taken for this one's.
    let mut incoming = read_back(&written(&tables(id(50), &records, &label), "csv")).unwrap();
    incoming.at_desk(Id::NIL);
    let error = incoming.plan(&Present { desk: DESK, ..Present::default() }, true).unwrap_err();
    assert!(matches!(error, EverythingError::At { fault: Fault::Value, .. }), "{error:?}");
}

#[test]
fn a_set_that_was_cut_between_any_two_rows_is_refused_with_the_file_and_both_counts() {
    let mut few = BTreeMap::new();
    let mut desk = demo();
    desk.retain(|key, _| {
        let n = few.entry(key.kind).or_insert(0);
        *n += 1;
        *n <= 3 || matches!(key.kind, Kind::Case | Kind::Codebook)
    });
    for format in ["csv", "cp932"] {
        let desk = in_cp932(&desk);
        let files = written(&tables(DESK, &listed(&desk), &label), format);
        assert!(read_back(&files).is_ok());
        let mut cuts = 0;
        for (n, (name, bytes)) in files.iter().enumerate() {
            let rows = table::from_bytes(name, bytes).unwrap()[0].rows.len();
            let ends: Vec<usize> = ends_of_rows(bytes).collect();
            assert_eq!(ends.len(), rows, "{name}");
            for (kept, end) in ends.iter().enumerate().take(rows - 1) {
                let mut cut = files.clone();
                cut[n].1.truncate(*end);
                cuts += 1;
                match read_back(&cut).map(|_| ()).unwrap_err() {
                    EverythingError::Missing { file, found, expected } => {
                        let head = if n == 0 { 2 } else { 1 };
                        assert_eq!((file, found), (name.clone(), (kept + 1).saturating_sub(head)), "{name} {kept}");
                        assert_eq!(expected, rows - head, "{name} {kept}");
                    }
                    // Of the first table nothing is left that says what it is.
                    EverythingError::NotOurs { .. } => assert_eq!((n, kept), (0, 0)),
                    error @ (EverythingError::File(_) | EverythingError::Newer { .. } | EverythingError::At { .. }) => {
                        panic!("{name} {kept}: {error:?}")
                    }
                }
            }
        }
        assert!(cuts > 60, "{cuts}");
    }
    // Within the number of rows: `12` would be `1`.
    let mut files = written(&tables(DESK, &listed(&desk), &label), "csv");
    let text = String::from_utf8(files[0].1.clone()).unwrap();
    files[0].1.truncate(text.trim_end().len() - 2);
    assert!(matches!(read_back(&files), Err(EverythingError::At { fault: Fault::Cells, .. })));
    // A sheet that was taken out of the workbook.
    let tables = tables(DESK, &listed(&desk), &label);
    for gone in 1..tables.len() {
        let mut fewer = tables.clone();
        let (name, lost) = fewer.remove(gone);
        let read = read_back(&written(&fewer, "xlsx"));
        let refused =
            matches!(&read, Err(EverythingError::Missing { found: 0, expected, .. }) if *expected == lost.rows.len());
        assert!(refused || lost.rows.is_empty() && read.is_ok(), "{name}: {read:?}");
    }
}

/// Where each row of a CSV file ends: a line end outside of quotes. In CP932 neither sign is ever half of another.
fn ends_of_rows(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut quoted = false;
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        quoted ^= *byte == b'"';
        (*byte == b'\n' && !quoted).then_some(at + 1)
    })
}

#[test]
fn blank_texts_in_a_list_come_back() {
    for list in [json!(["\n"]), json!([" ", "　"]), json!(["a", "\n"]), json!(["", "b"]), json!([" a ", "、", "\\"])]
    {
        let task = RecordKey::new(Kind::Task, id(1));
        let desk = Desk::from([(task, json!({ "a": list }))]);
        for format in FORMATS {
            let copied = into_empty(&read_back(&written(&tables(DESK, &listed(&desk), &label), format)).unwrap());
            assert_eq!(copied.get(&task), desk.get(&task), "{format}");
        }
    }
}
