//! proposal and survey on the demo: real workbooks made by the program, filled in, and read back.

use calamine::{Reader, Xlsx};

use super::workbook::{files, fill};
use super::{Demo, members};

/// The office of the demo with this kind, as the list has it.
fn offices(demo: &Demo, kind: &str) -> Vec<serde_json::Value> {
    let list = demo.json(&["office", "list"]);
    list.as_array().unwrap().iter().filter(|office| office["kind"] == kind).cloned().collect()
}

#[test]
fn a_change_notice_goes_out_comes_back_and_is_taken_over_item_by_item() {
    let demo = Demo::new();
    let waiting = demo.json(&["proposal", "list"]).as_array().unwrap().len();
    let office = offices(&demo, "4").remove(0);
    let (id, name) = (office["id"].as_str().unwrap(), office["name"].as_str().unwrap());
    let out = demo.computer.path("out");
    let made = demo.json(&["proposal", "make", id, "--out", out.to_str().unwrap()]);
    let file = std::path::PathBuf::from(made["files"][0].as_str().unwrap());
    assert!(file.file_name().unwrap().to_str().unwrap().contains(name), "{file:?}");
    let arg = file.to_str().unwrap().to_owned();
    // As it went: nothing.
    let read = demo.json(&["proposal", "read", &arg]);
    assert_eq!((read["nothing"].as_u64(), read["new"].as_array().map(Vec::len)), (Some(1), Some(0)));
    fill(
        &file,
        &[("office.fax", 7, "０８３４００７７７７"), ("office.hours", 7, "平日のみ"), ("office.email", 7, "なんとか")],
    );
    let read = demo.json(&["proposal", "read", &arg]);
    let new = &read["new"][0];
    assert_eq!(
        members(new),
        ["file", "id", "items", "made_on", "name", "office", "received_on", "sheet", "sure", "unchanged"]
    );
    let code = new["id"].as_str().unwrap().to_owned();
    assert_eq!(demo.json(&["proposal", "list"]).as_array().unwrap().len(), waiting + 1);
    assert_eq!(demo.json(&["proposal", "read", &arg])["known"], 1);
    let before = demo.json(&["office", "show", id]);
    // What is not readable stays; the rest is one batch.
    let accepted = demo.json(&["proposal", "accept", &code, "office.fax"]);
    assert_eq!((accepted["accepted"][0].as_str(), accepted["left"].as_u64()), (Some("office.fax"), Some(0)));
    let after = demo.json(&["office", "show", id]);
    assert_eq!(after["fax"], "0834-00-7777");
    assert_eq!(after["hours"], before["hours"]);
    assert_ne!(after["verified_on"], serde_json::Value::Null);
    let rest = demo.json(&["proposal", "accept", &code]);
    assert_eq!((rest["accepted"][0].as_str(), rest["left"].as_u64()), (Some("office.hours"), Some(1)));
    assert!(
        demo.run(&["proposal", "accept", &code, "office.email"]).ends(1).err.contains("反映できる項目がありません")
    );
    demo.run(&["proposal", "refuse", &code]).ends(0);
    assert_eq!(demo.json(&["proposal", "list"]).as_array().unwrap().len(), waiting);
}

#[test]
fn files_that_are_no_such_sheets_are_refused_and_nothing_changes() {
    let demo = Demo::new();
    let wrong = demo.computer.path("一覧.csv");
    std::fs::write(&wrong, "名称,電話\n").unwrap();
    let before = demo.json(&["proposal", "list"]);
    for (what, said) in [("proposal", "変更届の用紙が見つかりません"), ("survey", "アンケートの用紙が見つかりません")]
    {
        let ended = demo.run(&[what, "read", wrong.to_str().unwrap()]).ends(3);
        assert!(ended.out.is_empty() && ended.err.contains(said) && ended.err.contains("一覧.csv"), "{}", ended.err);
    }
    assert_eq!(demo.json(&["proposal", "list"]), before);
    assert!(demo.run(&["proposal", "accept", "zzzz"]).ends(1).err.contains("zzzz"));
    assert!(demo.run(&["survey", "report", "ない"]).ends(1).err.contains("ない"));
    let out = demo.computer.arg("out");
    assert!(demo.run(&["survey", "make", "x", "--out", &out, "--kinds", "架空"]).ends(2).err.contains("office-kind"));
    assert!(demo.run(&["survey", "make", "x", "--out", &out, "--areas", "どこか"]).ends(1).err.contains("圏域"));
}

#[test]
fn a_survey_goes_out_and_its_answers_are_counted_and_known_in_the_directory() {
    let demo = Demo::new();
    let out = demo.computer.path("out");
    let line = [
        "survey",
        "make",
        "薬局アンケート",
        "--out",
        out.to_str().unwrap(),
        "--kinds",
        "4",
        "--abilities",
        "ivh,oxygen",
        "--question",
        "会議の形|対面|オンライン",
        "--due",
        "+14",
    ];
    let made = demo.json(&line);
    let asked = offices(&demo, "4").len();
    assert_eq!(made["files"].as_array().unwrap().len(), asked + 1, "a sheet an office and the table");
    let sheet = files(&out).into_iter().find(|file| !file.to_str().unwrap().contains("一覧")).unwrap();
    fill(&sheet, &[("able.ivh", 4, "可"), ("own.1", 4, "対面")]);
    let read = demo.json(&["survey", "read", out.to_str().unwrap()]);
    assert_eq!(
        (read["read"].as_u64(), read["abilities"].as_u64(), read["left_out"].as_u64()),
        (Some(1), Some(1), Some(0))
    );
    let again = demo.json(&["survey", "read", out.to_str().unwrap()]);
    assert_eq!((again["read"].as_u64(), again["known"].as_u64()), (Some(0), Some(1)));
    let report = demo.json(&["survey", "report", "薬局アンケート"]);
    assert_eq!(report["rate"]["asked"].as_u64(), u64::try_from(asked).ok());
    assert_eq!(report["rate"]["answered"], 1);
    assert_eq!(report["results"][0]["answers"][0], serde_json::json!({ "answer": "yes", "count": 1 }));
    assert_eq!(report["missing"].as_array().unwrap().len(), asked - 1);
    let told = demo.run(&["survey", "report", "薬局アンケート"]).ends(0).out;
    assert!(told.contains("未回答") && told.contains("会議の形") && told.contains("対面"), "{told}");
    let able = offices(&demo, "4").iter().any(|office| {
        let whole = demo.json(&["office", "show", office["id"].as_str().unwrap()]);
        whole["capabilities"]["ivh"]["source"] == "アンケート 薬局アンケート"
    });
    assert!(able);
    let results = demo.json(&["survey", "report", "薬局アンケート", "--out", out.to_str().unwrap()]);
    assert!(results["files"][0].as_str().unwrap().contains("アンケート_結果"));
    assert!(demo.json(&["survey", "list"]).as_array().unwrap().iter().any(|s| s["name"] == "薬局アンケート"));
}

#[test]
fn who_has_not_answered_is_listed_and_written_to_a_file() {
    let demo = Demo::new();
    let missing = demo.json(&["survey", "missing", "在宅医療アンケート"]);
    let names: Vec<&str> = missing.as_array().unwrap().iter().map(|office| office["name"].as_str().unwrap()).collect();
    assert!(names.len() > 3);
    let out = demo.run(&["survey", "missing", "在宅医療アンケート"]).ends(0).out;
    assert!(names.iter().all(|name| out.contains(name)), "{out}");
    for name in ["未回答.csv", "未回答.html", "未回答.xlsx"] {
        let file = demo.computer.arg(name);
        demo.run(&["survey", "missing", "在宅医療アンケート", "--out", &file]).ends(0);
        let bytes = std::fs::read(&file).unwrap();
        if name.ends_with("xlsx") {
            let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
            assert_eq!(book.worksheet_range("未回答").unwrap().height(), names.len() + 1);
        } else {
            let text = String::from_utf8(bytes).unwrap();
            assert!(names.iter().all(|name| text.contains(name)), "{text}");
        }
    }
    let file = demo.computer.arg("未回答.txt");
    let run = demo.run(&["survey", "missing", "在宅医療アンケート", "--out", &file]).ends(2);
    assert!(run.err.contains(".csv .xlsx .html .pdf"), "{}", run.err);
    assert!(demo.run(&["survey", "missing", "どこにもない"]).ends(1).err.contains("どこにもない"));
}
