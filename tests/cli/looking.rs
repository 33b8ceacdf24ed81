//! Who may only look, on the command line: every subcommand about the directory, its upkeep and the inquiries to doctors
//! that writes or takes something out is refused with a sentence, and nothing is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::Demo;

const VIEWER: &str = "見ているだけの窓辺の鉢植え";

/// The subcommands that only show something.
const SHOW: &[&str] = &[
    "activity list",
    "activity never-called",
    "activity report",
    "doctor fit",
    "doctor load",
    "doctor pairs",
    "edition changes",
    "edition list",
    "edition show",
    "inquiry list",
    "office list",
    "office search",
    "office show",
    "proposal list",
    "round list",
    "round report",
    "round show",
    "survey list",
];

/// The words before the first that a person chooses: `activity add`.
fn name(line: &[&str]) -> String {
    line[..2].join(" ")
}

#[test]
fn what_writes_is_refused_to_a_viewer_and_at_a_desk_that_is_only_read() {
    let demo = Demo::new();
    let computer = &demo.computer;
    fs::write(computer.path("viewer"), VIEWER).unwrap();
    let passphrase = computer.arg("viewer");
    demo.run(&["operator", "add", "試験 閲覧", "--role", "viewer", "--new-passphrase-file", &passphrase]).ends(0);
    let case = demo.json(&["case", "list"])[0]["number"].as_str().unwrap().to_owned();
    let offices = demo.json(&["office", "list"]);
    let office = offices.as_array().unwrap().iter().find(|one| one["fax"] != "" && one["kind"] == "2").unwrap();
    let office = office["id"].as_str().unwrap().to_owned();
    let inquiry = demo.json(&["inquiry", "list"])[0]["id"].as_str().unwrap().to_owned();
    let proposal = demo.json(&["proposal", "list"])[0]["id"].as_str().unwrap().to_owned();
    let (list, sheets, out) = (computer.arg("offices.csv"), computer.arg("sheets"), computer.arg("out"));
    demo.run(&["office", "export", &list]).ends(0);
    demo.run(&["proposal", "make", &office, "--out", &sheets]).ends(0);
    let asked = computer.arg("asked");
    demo.run(&["survey", "make", "試験前のアンケート", "--out", &asked]).ends(0);
    let [csv, xlsx, pdf, hsds] = ["csv", "xlsx", "pdf", "json"].map(|end| format!("{out}.{end}"));
    let survey = "在宅医療アンケート";
    let writing: &[&[&str]] = &[
        &["activity", "add", "1", "試験の挨拶回り"],
        &["activity", "export", &xlsx],
        &["edition", "make", "liaison"],
        &["edition", "sent", "liaison", "--all"],
        &["edition", "sent", "liaison", "--renew"],
        &["edition", "export", "liaison", &csv],
        &["edition", "export", "liaison", &pdf, "--changes"],
        &["inquiry", "add", &case, &office],
        &["inquiry", "answer", &inquiry, "accepted"],
        &["office", "import", &list],
        &["office", "export", &hsds, "--hsds"],
        &["print", "fax", &case, "--to", &office, "--out", &pdf],
        &["print", "fax", &case, "--to", &office],
        &["proposal", "make", &office, "--out", &out],
        &["proposal", "read", &sheets],
        &["proposal", "accept", &proposal],
        &["proposal", "refuse", &proposal],
        &["round", "begin", "never"],
        &["survey", "make", "試験のアンケート", "--out", &out],
        &["survey", "read", &asked],
        &["survey", "report", survey, "--out", &out],
        &["survey", "missing", survey, "--out", &csv],
    ];
    // Every subcommand is in one of the two lists, so that a new one cannot be forgotten here.
    let known: BTreeSet<String> =
        writing.iter().map(|line| name(line)).chain(SHOW.iter().map(|&s| s.to_owned())).collect();
    let commands: BTreeSet<&str> = writing.iter().map(|line| line[0]).chain(["doctor"]).collect();
    let mut told = BTreeSet::new();
    for command in commands {
        let help = demo.run(&[command, "--help"]).ends(0).out;
        let rows = help.lines().skip_while(|line| *line != "コマンド:").skip(1).take_while(|line| !line.is_empty());
        told.extend(rows.map(|row| format!("{command} {}", row.split_whitespace().next().unwrap())));
    }
    assert_eq!(told, known, "the subcommands, and those that are tried here or only show");

    // All tables of the desk; who looked, and was refused, is in none of them.
    let everything = |name: &str| {
        demo.run(&["export", "--all", "--csv", "--yes", &computer.arg(name)]).ends(0);
        let files = fs::read_dir(computer.path(name)).unwrap().map(|file| file.unwrap());
        let files: BTreeMap<_, _> = files.map(|file| (file.file_name(), fs::read(file.path()).unwrap())).collect();
        assert!(files.len() > 10, "{}", files.len());
        files
    };
    let before = everything("before");
    for line in writing {
        let refused = demo.run(&[&["--passphrase-file", &passphrase], *line].concat()).ends(1);
        assert!(refused.err.contains("閲覧のみ") && refused.out.is_empty(), "{line:?}: {}{}", refused.out, refused.err);
        let refused = demo.run(&[&["--read-only"], *line].concat()).ends(2);
        assert!(refused.err.contains("--read-only では") && refused.out.is_empty(), "{line:?}: {}", refused.err);
    }
    for file in [&out, &csv, &xlsx, &pdf, &hsds] {
        assert!(!fs::exists(file).unwrap(), "{file} was written");
    }
    let after = everything("after");
    let changed: Vec<_> = after.iter().filter(|(name, bytes)| before.get(*name) != Some(*bytes)).collect();
    assert!(changed.is_empty() && before.len() == after.len(), "{:?}", changed.first().map(|(name, _)| name));
}
