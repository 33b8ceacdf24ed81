//! The FAX cover sheet as a file: what stands on it, who may read it, what is refused.

use super::Demo;

/// An open case of the demo, and an office with a FAX number.
fn sheet(demo: &Demo) -> (String, String, String) {
    let cases = demo.json(&["case", "list"]);
    let number = cases[0]["number"].as_str().unwrap().to_owned();
    let offices = demo.json(&["office", "list"]);
    let office = offices.as_array().unwrap().iter().find(|office| office["fax"] != "").unwrap();
    (number, office["name"].as_str().unwrap().to_owned(), office["fax"].as_str().unwrap().to_owned())
}

#[test]
fn a_sheet_goes_to_a_file_of_the_owner_or_to_standard_output_and_into_the_log() {
    let demo = Demo::new();
    let (number, office, fax) = sheet(&demo);
    let page = demo.run(&["print", "fax", &number, "--to", &office]).ends(0).out;
    for text in [&number, &office, &fax, "返信欄", "イニシャル"] {
        assert!(page.contains(text), "{text}");
    }
    let out = demo.computer.arg("sheet.html");
    let said = demo.run(&["print", "fax", &number, "--to", &office, "--out", &out]).ends(0).out;
    assert!(said.contains(&fax) && said.contains(&office), "{said}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), page);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let log = demo.run(&["audit", "--kind", "print", "--json"]).ends(0).out;
    assert!(log.contains(&fax) && log.contains("sheet.html"), "{log}");
    let told = demo.run(&["audit", "--kind", "print"]).ends(0).out;
    assert!(told.contains("送り先: ") && told.contains("主治医連絡FAX送付書"), "{told}");
}

#[test]
fn the_name_stands_on_it_only_when_it_is_asked_for() {
    let demo = Demo::new();
    let (_, office, _) = sheet(&demo);
    let file = demo.computer.arg("cases.json");
    demo.run(&["case", "export", &file]).ends(0);
    let mut cases: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let mut one = cases["cases"].as_array().unwrap().iter().find(|case| case["status"] != "closed").unwrap().clone();
    let (number, name) = ("R8-0999".to_owned(), "架空 花枝".to_owned());
    let id = one["id"].as_str().unwrap();
    let (head, last) = id.split_at(id.len() - 1);
    one["id"] = format!("{head}{}", if last == "0" { "1" } else { "0" }).into();
    one["number"] = number.as_str().into();
    one["subject_name"] = name.as_str().into();
    one["subject_kana"] = "カクウ ハナエ".into();
    one["contacts"] = serde_json::json!([]);
    cases["cases"] = serde_json::json!([one]);
    std::fs::write(&file, cases.to_string()).unwrap();
    demo.run(&["case", "import", &file]).ends(0);
    let page = demo.run(&["print", "fax", &number, "--to", &office]).ends(0).out;
    assert!(!page.contains(&name) && page.contains("K.H."));
    let full = demo.run(&["print", "fax", &number, "--to", &office, "--full-name"]).ends(0).out;
    assert!(full.contains(&name));
}

#[test]
fn what_cannot_be_made_is_said_and_nothing_is_written() {
    let demo = Demo::new();
    let (number, office, _) = sheet(&demo);
    let out = demo.computer.arg("sheet.pdf");
    // This computer's path is empty: no browser is installed.
    let ended = demo.run(&["print", "fax", &number, "--to", &office, "--pdf", "--out", &out]).ends(1);
    assert!(ended.err.contains("Chromium") && ended.out.is_empty(), "{}", ended.err);
    demo.run(&["print", "fax", &number, "--to", &office, "--pdf"]).ends(2);
    let ended = demo.run(&["print", "fax", &number, "--to", "0834-00-9999", "--out", &out]).ends(1);
    assert!(ended.err.contains("連携先"), "{}", ended.err);
    let none = demo.json(&["office", "list"]);
    let none = none.as_array().unwrap().iter().find(|office| office["fax"] == "").unwrap();
    let ended = demo.run(&["print", "fax", &number, "--to", none["id"].as_str().unwrap(), "--out", &out]).ends(1);
    assert!(ended.err.contains("FAX番号"), "{}", ended.err);
    let closed = demo.json(&["case", "list", "--closed"])[0]["number"].as_str().unwrap().to_owned();
    let ended = demo.run(&["print", "fax", &closed, "--to", &office, "--out", &out]).ends(1);
    assert!(ended.err.contains("終結"), "{}", ended.err);
    demo.run(&["--read-only", "print", "fax", &number, "--to", &office]).ends(2);
    assert!(!std::path::Path::new(&out).exists());
}

#[test]
fn a_sheet_that_takes_two_pages_says_so_and_one_that_takes_more_is_refused_with_the_part_that_is_too_long() {
    let demo = Demo::new();
    let (number, _, _) = sheet(&demo);
    let file = demo.computer.arg("long.csv");
    let out = demo.computer.arg("long.html");
    for (length, code) in [(900, 0), (5_000, 1)] {
        let name = format!("{length}{}", "架".repeat(length));
        std::fs::write(&file, format!("\u{feff}病院名,部署,電話,FAX\n{name},連携室,0834-00-0301,0834-00-0309\n"))
            .unwrap();
        demo.run(&["office", "import", &file]).ends(0);
        let ended = demo.run(&["print", "fax", &number, "--to", &name, "--out", &out]).ends(code);
        if code == 0 {
            assert!(ended.out.contains("2枚になります"), "{}", ended.out);
            assert!(std::fs::read_to_string(&out).unwrap().contains("（2 / 2枚）"));
            std::fs::remove_file(&out).unwrap();
        } else {
            assert!(ended.err.contains("送り先の名称 が 5004 字") && !ended.err.contains("架架"), "{}", ended.err);
            assert!(!std::path::Path::new(&out).exists());
        }
    }
}
