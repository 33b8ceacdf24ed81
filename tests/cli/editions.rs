//! Editions of the lists on the command line: made, compared, given away, written to files.

use serde_json::Value;

use super::Demo;

fn names(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

#[test]
fn an_edition_is_made_of_the_directory_numbered_and_compared() {
    let demo = Demo::new();
    let all = demo.json(&["edition", "list"]);
    assert_eq!((&all[0]["number"], &all[0]["list"], &all[1]["number"]), (&2.into(), &"liaison".into(), &1.into()));
    let made = demo.json(&["edition", "make", "連携室一覧表", "--note", "ためし"]);
    assert_eq!((&made["number"], &made["note"]), (&3.into(), &"ためし".into()));
    let shown = demo.json(&["edition", "show", "liaison"]);
    assert_eq!(shown["number"], 3);
    let rows = shown["rows"].as_array().unwrap();
    assert!(rows.len() > 3 && rows.iter().all(|row| row["kind"] == "1" && row["phone"] != ""));
    assert!(rows.iter().any(|row| row["staff"][0]["name"] != ""));
    let changed = demo.json(&["edition", "changes", "liaison", "--since", "1", "--until", "2"]);
    let told = changed["offices"].as_array().unwrap();
    assert!(told.iter().any(|one| one["what"][0]["before"] == "0834-00-1999"), "{told:?}");
    assert!(told.iter().any(|one| one["what"][0]["what"] == "新しく掲載"), "{told:?}");
    assert_eq!(demo.json(&["edition", "changes", "liaison"])["offices"], Value::Array(Vec::new()));
    let told = demo.run(&["edition", "changes", "liaison"]).ends(0).out;
    assert!(told.contains("変更はありません"), "{told}");
    // Taken back by whoever: the number stays given, because its paper may have left.
    assert_eq!(demo.json(&["edition", "make", "施設一覧"])["number"], 1);
}

#[test]
fn who_received_it_is_kept_once_and_who_has_an_older_one_is_told() {
    let demo = Demo::new();
    let old = demo.json(&["edition", "sent", "liaison", "--old"]);
    let left = old.as_array().unwrap().len();
    assert!(left > 2 && old.as_array().unwrap().iter().all(|one| one["number"] == 1), "{old}");
    let first = names(&old)[0].to_owned();
    demo.run(&["edition", "sent", "liaison", "--name", "　架空 ブロック地域ケア会議"]).ends(0);
    let given = demo.json(&["edition", "sent", "liaison", "--renew", "--copies", "2", "--on", "2026-12-01"]);
    assert!(given.as_array().unwrap().iter().all(|one| one["copies"] == 2 && one["on"] == "2026-12-01"));
    assert!(names(&given).contains(&first.as_str()) || first.contains("ブロック"), "{given}");
    assert_eq!(demo.json(&["edition", "sent", "liaison", "--old"]).as_array().unwrap().len(), 0);
    let again = demo.run(&["edition", "sent", "liaison", "--renew", "--all"]).ends(0).out;
    let count = demo.json(&["edition", "sent", "liaison"]).as_array().unwrap().len();
    let offices = demo.json(&["edition", "show", "liaison"])["rows"].as_array().unwrap().len();
    assert!(count >= offices, "{again}");
    let nobody = demo.run(&["edition", "sent", "liaison", "--all"]).ends(0).out;
    assert!(nobody.contains("もう受け取っています"), "{nobody}");
}

#[test]
fn it_goes_to_files_of_each_form_and_into_the_log() {
    let demo = Demo::new();
    for ending in ["xlsx", "csv", "json", "html"] {
        let file = demo.computer.arg(&format!("list.{ending}"));
        let said = demo.run(&["edition", "export", "liaison", &file]).ends(0).out;
        assert!(said.contains(&file), "{said}");
        assert!(std::fs::metadata(&file).unwrap().len() > 500, "{ending}");
    }
    let csv = std::fs::read(demo.computer.arg("list.csv")).unwrap();
    assert!(csv.starts_with(b"\xef\xbb\xbf") && String::from_utf8_lossy(&csv).contains("担当者の氏名"));
    let file = demo.computer.arg("cp932.csv");
    demo.run(&["edition", "export", "liaison", &file, "--cp932"]).ends(0);
    let bytes = std::fs::read(&file).unwrap();
    assert!(std::str::from_utf8(&bytes).is_err(), "it is no UTF-8");
    let page = |line: &[&str]| {
        let file = demo.computer.arg("page.html");
        demo.run(&[&["edition", "export", "liaison", &file], line].concat()).ends(0);
        std::fs::read_to_string(&file).unwrap()
    };
    assert!(page(&[]).contains("第2版") && page(&["--number", "1"]).contains("第1版"));
    let changes = page(&["--changes", "--since", "1", "--until", "2"]);
    assert!(changes.contains("変更一覧") && changes.contains("0834-00-1999"));
    assert!(page(&["--recall"]).contains("架空市民生委員児童委員協議会"));
    let log = demo.run(&["audit", "--kind", "export", "--json"]).ends(0).out;
    assert!(log.contains("list.xlsx") && log.contains("edition-recall"), "{log}");
}

#[test]
fn what_makes_no_sense_is_told_and_nothing_is_kept() {
    let demo = Demo::new();
    for (line, code, said) in [
        (&["edition", "show", "電話帳"][..], 2, "電話帳"),
        (&["edition", "show", "liaison", "--number", "9"], 1, "第9版"),
        (&["edition", "show", "medical"], 1, "まだありません"),
        (&["edition", "make", "medical", "--kind", "ZZ"], 2, "ZZ"),
        (&["edition", "make", "medical", "--area", "どこにもない圏域"], 1, "当てはまる"),
        (&["edition", "export", "liaison", "x.docx"], 2, ".xlsx"),
        (&["edition", "export", "liaison", "x.xlsx", "--changes"], 2, ".html"),
        (&["edition", "export", "liaison", "x.html", "--cp932"], 2, ".csv"),
        (&["edition", "sent", "liaison", "--to", "どこにもない医院"], 1, "連携先"),
        (&["edition", "sent", "liaison", "--name", "会", "--how", "??"], 2, "??"),
        (&["edition", "sent", "liaison", "--all", "--old"], 2, "--old"),
        (&["--read-only", "edition", "make", "liaison"], 2, "read-only"),
    ] {
        let ended = demo.run(line).ends(code);
        assert!(ended.err.contains(said), "{line:?}: {}", ended.err);
    }
    assert_eq!(demo.json(&["edition", "list"]).as_array().unwrap().len(), 2);
    let read = demo.run(&["--read-only", "edition", "sent", "liaison", "--old", "--json"]).ends(0);
    assert!(read.json().as_array().unwrap().len() > 2);
}
