//! case and history on the demo.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Computer, Demo, members};

fn numbers(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|case| case["number"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_list_is_the_queue_and_has_the_promised_members() {
    let demo = Demo::new();
    let open = demo.json(&["case", "list"]);
    let wanted =
        ["caller_kind", "due", "flagged", "id", "number", "opened_at", "status", "summary", "topics", "urgency"];
    let list = open.as_array().unwrap();
    assert!(list.len() > 3);
    for case in list {
        assert_eq!(members(case), wanted);
        assert_ne!(case["status"], "closed");
        assert!(case["flagged"].is_boolean() && case["topics"].is_array());
    }
    let order = |case: &Value| {
        let due = case["due"].as_str().map(str::to_owned);
        (case["urgency"].as_str().unwrap().to_owned(), due.is_none(), due)
    };
    assert!(list.is_sorted_by_key(order), "urgency, then due");
    assert!(list.iter().any(|case| case["flagged"] == true));

    let (all, closed) = (demo.json(&["case", "list", "--all"]), demo.json(&["case", "list", "--closed"]));
    assert!(closed.as_array().unwrap().iter().all(|case| case["status"] == "closed"));
    let both: Vec<String> = [numbers(&open), numbers(&closed)].concat();
    assert_eq!(numbers(&all), both, "closed ones stand behind the open ones");
    assert_eq!(both.iter().collect::<BTreeSet<_>>().len(), both.len());
}

#[test]
fn the_table_is_aligned_in_both_languages() {
    let demo = Demo::new();
    for (lang, head) in [("ja", "受付番号"), ("en", "Number")] {
        let out = demo.run(&["--lang", lang, "case", "list", "--all"]).ends(0).out;
        let mut lines = out.lines();
        assert!(lines.next().unwrap().starts_with(head), "{out}");
        assert_eq!(lines.clone().count(), demo.json(&["case", "list", "--all"]).as_array().unwrap().len());
        assert!(lines.all(|line| line.starts_with('R')), "{out}");
        assert!(!out.contains("code-") && !out.contains("field-"), "{out}");
    }
}

#[test]
fn a_case_is_shown_by_its_number_or_identity() {
    let demo = Demo::new();
    let list = demo.json(&["case", "list"]);
    let (number, id) = (list[0]["number"].as_str().unwrap(), list[0]["id"].as_str().unwrap());
    let whole = demo.json(&["case", "show", id]);
    assert_eq!(whole["id"], id);
    assert!(!whole["contacts"].as_array().unwrap().is_empty());
    for other in [number.to_owned(), number.to_lowercase(), number.replace("-0", "-")] {
        assert_eq!(demo.json(&["case", "show", &other]), whole, "{other}");
    }
    let shown = demo.run(&["case", "show", number]).ends(0).out;
    assert!(shown.starts_with(number) && shown.contains("緊急度") && !shown.contains("field-"), "{shown}");
    let english = demo.run(&["--lang", "en", "case", "show", number]).ends(0).out;
    assert!(english.contains("Urgency"), "{english}");
    for wrong in ["R8-9999", "R8", "", "山田", "00000000000000000000000000", &id.replace(|_| true, "7")] {
        let ended = demo.run(&["case", "show", wrong]).ends(1);
        assert!(ended.out.is_empty() && ended.err.contains("案件はありません"), "{}", ended.err);
    }
}

#[test]
fn an_export_is_private_and_makes_the_same_cases_elsewhere() {
    let demo = Demo::new();
    let file = demo.computer.arg("案件.json");
    let said = demo.json(&["case", "export", &file]);
    let count = demo.json(&["case", "list", "--all"]).as_array().unwrap().len();
    assert_eq!(said, json!({ "file": file, "cases": count }));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let none = json!({"added": 0, "changed": 0, "unchanged": count, "contacts_added": 0, "contacts_changed": 0});
    assert_eq!(demo.json(&["case", "import", &file]), none);

    let other = Computer::new();
    let data = other.arg("data");
    other.run(&["--data", &data, "init", "--desk", "架空窓口", "--operator", "山田"]).ends(0);
    let said = other.run(&["--data", &data, "case", "import", &file]).ends(0).out;
    assert!(said.contains(&format!("追加 {count}件")), "{said}");
    let again = other.run(&["--data", &data, "case", "export", &other.arg("b.json")]).ends(0);
    assert!(again.out.contains("書き出しました"), "{}", again.out);
    assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(other.path("b.json")).unwrap());
    other.run(&["--data", &data, "verify"]).ends(0);
}

#[test]
fn a_changed_export_updates_and_shows_in_the_history() {
    let demo = Demo::new();
    let file = demo.computer.path("cases.json");
    let name = file.to_str().unwrap();
    demo.run(&["case", "export", name]).ends(0);
    let mut value: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let number = value["cases"][0]["number"].as_str().unwrap().to_owned();
    let before = value["cases"][0]["summary"].clone();
    value["cases"][0]["summary"] = json!("書き直した要約");
    std::fs::write(&file, serde_json::to_vec(&value).unwrap()).unwrap();
    assert_eq!(demo.json(&["case", "import", name])["changed"], 1);
    assert_eq!(demo.json(&["case", "show", &number])["summary"], "書き直した要約");

    let history = demo.json(&["history", &number]);
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!(members(last), ["at", "fields", "message", "operator", "operator_name", "undo", "what"]);
    assert_eq!(last["what"], "done-import-cases");
    assert_eq!(last["fields"], json!([{ "field": "summary", "from": before, "to": "書き直した要約" }]));
    assert!(!last["operator_name"].as_str().unwrap().is_empty());
    let told = demo.run(&["history", &number]).ends(0).out;
    assert!(told.contains("案件を取り込み") && told.contains("-> 書き直した要約"), "{told}");
    let english = demo.run(&["--lang", "en", "history", &number]).ends(0).out;
    assert!(english.contains("Imported cases") && !english.contains("done-"), "{english}");
}

#[test]
fn a_refused_file_changes_nothing() {
    let demo = Demo::new();
    let file = demo.computer.path("cases.json");
    let name = file.to_str().unwrap();
    demo.run(&["case", "export", name]).ends(0);
    let good: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let before = demo.json(&["case", "list", "--all"]);
    let mut wrong = good.clone();
    wrong["cases"][0]["summary"] = json!("入ってはいけない");
    wrong["cases"][1]["urgency"] = json!("至急 山田");
    for (bytes, said) in [
        (serde_json::to_vec(&wrong).unwrap(), "2件目"),
        (serde_json::to_vec(&good).unwrap()[..1000].to_vec(), "cases.json"),
        (b"[]".to_vec(), "cases.json"),
        ("受付番号,状態\r\nR8-0001,対応中\r\n".into(), "cases.json"),
        (Vec::new(), "cases.json"),
        (vec![0xff, 0xfe, 0x00], "cases.json"),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let ended = demo.run(&["case", "import", name]).ends(3);
        assert!(ended.err.contains(said) && ended.err.contains("変えていません"), "{}", ended.err);
        assert!(ended.out.is_empty() && !ended.err.contains("山田"), "{}", ended.err);
        assert_eq!(demo.json(&["case", "list", "--all"]), before);
    }
    demo.run(&["case", "import", &demo.computer.arg("無い.json")]).ends(3);
    demo.run(&["case", "export", &demo.computer.arg("無い/x.json")]).ends(1);
}

#[test]
fn a_spreadsheet_file_has_a_row_for_each_case() {
    let demo = Demo::new();
    let numbers: BTreeSet<String> = numbers(&demo.json(&["case", "list", "--all"])).into_iter().collect();
    for name in ["list.CSV", "list.xlsx"] {
        let file = demo.computer.path(name);
        demo.run(&["case", "export", file.to_str().unwrap()]).ends(0);
        let sheets = madoguchi::exchange::table::read(&file).unwrap();
        let rows = &sheets[0].rows;
        let column = rows[0].cells.iter().position(|head| head == "受付番号").unwrap();
        assert_eq!(rows[1..].iter().map(|row| row.cell(column).to_owned()).collect::<BTreeSet<_>>(), numbers);
        let ended = demo.run(&["case", "import", file.to_str().unwrap()]).ends(3);
        assert!(ended.err.contains(name), "{}", ended.err);
    }
}

#[test]
fn the_history_of_any_record_is_told() {
    let demo = Demo::new();
    let list = demo.json(&["case", "list"]);
    let id = list[0]["id"].as_str().unwrap();
    assert_eq!(demo.json(&["history", id]), demo.json(&["history", list[0]["number"].as_str().unwrap()]));
    let office = demo.json(&["office", "list"])[0]["id"].as_str().unwrap().to_owned();
    assert!(!demo.json(&["history", &office]).as_array().unwrap().is_empty());
    let told = demo.run(&["history", &office]).ends(0).out;
    assert!(told.contains("連携先を追加") && told.contains("名称: (なし) -> "), "{told}");
    let ended = demo.run(&["history", "70000000000000000000000000"]).ends(1);
    assert!(ended.err.contains("記録はありません"), "{}", ended.err);
    demo.run(&["history", "山田"]).ends(1);
}
