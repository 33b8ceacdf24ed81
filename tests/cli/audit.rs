//! audit: what subcommands leave in the access log, what narrows it, and the monthly review.

use serde_json::{Value, json};

use super::{Computer, Demo, members};

/// The kinds and details of the log, oldest first, without the setting up.
fn log(demo: &Demo, more: &[&str]) -> Vec<(String, Value)> {
    let entries = demo.json(&[&["audit"], more].concat());
    let mut all: Vec<_> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["what"].as_str().unwrap().to_owned(), entry["details"].clone()))
        .filter(|(what, _)| what.starts_with("access-"))
        .collect();
    all.reverse();
    all
}

#[test]
fn each_subcommand_that_shows_people_leaves_one_entry() {
    let demo = Demo::new();
    let file = demo.computer.arg("案件.json");
    let list = demo.json(&["case", "list"]);
    let number = list[0]["number"].as_str().unwrap();
    let before = log(&demo, &["--kind", "export"]).len();
    assert_eq!(before, 0);
    for line in [
        vec!["case", "show", number],
        vec!["case", "export", &file],
        vec!["case", "import", &file],
        vec!["history", number],
        vec!["meeting", "print", "next"],
        vec!["office", "export", &demo.computer.arg("名簿.csv")],
    ] {
        demo.run(&line).ends(0);
    }
    let kinds: Vec<String> =
        log(&demo, &[]).into_iter().map(|(what, _)| what).filter(|what| what != "access-login").collect();
    let wanted = ["list", "log", "open", "export", "import", "history", "print", "export"];
    assert_eq!(kinds, wanted.map(|kind| format!("access-{kind}")));
    let exports = log(&demo, &["--kind", "export"]);
    assert_eq!(exports[0].1["file"], "案件.json", "the name, and no folder of anybody");
    assert_eq!(exports[0].1["count"], json!(demo.json(&["case", "list", "--all"]).as_array().unwrap().len()));
    assert!(exports.iter().all(|(_, details)| details["command_line"] == true));
    // What does not show people leaves nothing but what opening the desk does.
    let count = log(&demo, &[]).len();
    demo.run(&["verify"]).ends(0);
    demo.run(&["office", "list"]).ends(0);
    let after: Vec<_> = log(&demo, &[]).split_off(count);
    assert!(after.iter().all(|(what, _)| what == "access-log" || what == "access-login"), "{after:?}");
}

#[test]
fn the_log_is_narrowed_and_has_the_promised_members() {
    let demo = Demo::new();
    let number = demo.json(&["case", "list"])[0]["number"].as_str().unwrap().to_owned();
    let other = demo.json(&["case", "list"])[1]["number"].as_str().unwrap().to_owned();
    for number in [&number, &other] {
        demo.run(&["case", "show", number]).ends(0);
    }
    let of = demo.json(&["audit", "--record", &number]);
    let entry = &of[0];
    assert_eq!((of.as_array().unwrap().len(), entry["record"]["name"].as_str()), (1, Some(number.as_str())));
    let wanted = ["at", "details", "failure", "message", "operator", "operator_name", "record", "seq", "what"];
    assert_eq!(members(entry), wanted);
    let name = entry["operator_name"].as_str().unwrap();
    let count = |line: &[&str]| demo.json(&[&["audit"], line].concat()).as_array().unwrap().len();
    assert_eq!(count(&["--kind", "open", "--operator", name]), 2);
    assert_eq!(count(&["--kind", "open", "--limit", "1"]), 1);
    assert_eq!(count(&["--failures"]), 0);
    assert_eq!(count(&["--kind", "open", "--to", "2020-01-01"]), 0);
    assert_eq!(count(&["--kind", "open", "--from", "2020-01-01"]), 2);
    assert!(count(&["--changes"]) > count(&[]));
    let text = demo.run(&["audit", "--kind", "open"]).ends(0).out;
    assert!(text.contains("案件を見た") && text.contains(&number) && text.contains("コマンドで"), "{text}");
    let english = demo.run(&["--lang", "en", "audit", "--kind", "open"]).ends(0).out;
    assert!(english.contains("Looked at a case") && !english.contains("access-"), "{english}");
    for (line, code) in [
        (vec!["audit", "--operator", "架空 無名"], 1),
        (vec!["audit", "--record", "R8-9999"], 1),
        (vec!["audit", "--kind", "peek"], 2),
        (vec!["audit", "--from", "昨日"], 2),
        (vec!["audit", "--month", "2026-13"], 2),
        (vec!["audit", "--sign-off"], 2),
        (vec!["audit", "--limit", "0"], 2),
    ] {
        let ended = demo.run(&line).ends(code);
        assert!(ended.out.is_empty() && !ended.err.is_empty(), "{line:?}: {}", ended.err);
    }
}

#[test]
fn a_month_is_reviewed_on_one_page_and_signed_off_once_it_is_over() {
    let demo = Demo::new();
    let number = demo.json(&["case", "list"])[0]["number"].as_str().unwrap().to_owned();
    demo.run(&["case", "show", &number]).ends(0);
    // The clock of the program tells what month it is.
    let newest = demo.json(&["audit", "--kind", "open"])[0]["at"].as_str().unwrap().to_owned();
    let today: chrono::NaiveDate = newest[..10].parse().unwrap();
    let this = today.format("%Y-%m").to_string();
    let last = (today - chrono::Months::new(1)).format("%Y-%m").to_string();
    let page = demo.json(&["audit", "--month", &this]);
    assert_eq!((page["by_kind"]["open"].as_u64(), page["by_kind"]["list"].as_u64()), (Some(1), Some(1)));
    assert_eq!(page["signed_off"], json!([]));
    let open = page["months_not_signed_off"].as_array().unwrap().clone();
    assert!(open.contains(&json!(last)) && !open.contains(&json!(this)), "the demo began in an earlier month");
    let early = demo.run(&["audit", "--month", &this, "--sign-off"]).ends(1);
    assert!(early.err.contains("まだ終わっていません"), "{}", early.err);

    let said = demo.run(&["audit", "--month", &last, "--sign-off"]).ends(0).out;
    assert!(said.contains("点検しました"), "{said}");
    let page = demo.json(&["audit", "--month", &last]);
    let signed = &page["signed_off"][0];
    assert_eq!(signed["head"].as_str().unwrap().len(), 64);
    assert!(!page["months_not_signed_off"].as_array().unwrap().contains(&json!(last)));
    assert_eq!(log(&demo, &["--kind", "review"])[0].1["month"], last);
    assert!(demo.run(&["verify"]).ends(0).out.contains("壊れた記録はありません"));
}

#[test]
fn an_empty_log_says_so() {
    let computer = Computer::new();
    let data = computer.arg("data");
    computer.run(&["--data", &data, "init", "--desk", "架空窓口", "--operator", "山田"]).ends(0);
    let ended = computer.run(&["--data", &data, "audit", "--kind", "print"]).ends(0);
    assert!(ended.out.is_empty() && ended.err.contains("当てはまる記録はありません"), "{}", ended.err);
}
