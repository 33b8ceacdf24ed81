//! What a role may do on the command line: a viewer gets de-identified lists and nothing else, and only a supervisor keeps
//! the operators and takes everything out of the desk.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::{Demo, Ended};

const VIEWER: &str = "見ているだけの窓辺の鉢植え";
const OPERATOR: &str = "橋の向こうの豆腐屋の長い影";

/// The demo with one operator of each role.
struct Desk {
    demo: Demo,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { demo: Demo::new() };
        for (role, passphrase) in [("viewer", VIEWER), ("operator", OPERATOR)] {
            let file = desk.file(role, passphrase);
            let name = format!("試験 {role}");
            let add = ["operator", "add", &name, "--role", role, "--new-passphrase-file", &file];
            desk.demo.run(&add).ends(0);
        }
        desk
    }

    fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.demo.computer.path(name), text).unwrap();
        self.demo.computer.arg(name)
    }

    fn run_as(&self, passphrase: &str, line: &[&str]) -> Ended {
        let file = self.file("given", passphrase);
        self.demo.run(&[&["--passphrase-file", &file], line].concat())
    }

    /// Every text of every case that a person wrote, as JSON holds it.
    fn written(&self) -> BTreeSet<String> {
        let file = self.demo.computer.arg("all.json");
        self.demo.run(&["case", "export", &file]).ends(0);
        let all: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let mut found = BTreeSet::new();
        texts(&all, &mut found);
        assert!(found.len() > 50, "{}", found.len());
        found
    }
}

/// The members that hold what a person wrote about a person.
const PERSONAL: [&str; 8] =
    ["caller", "caller_name", "subject_name", "summary", "text", "doctor", "next_action", "complaint"];

fn texts(value: &Value, found: &mut BTreeSet<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let personal = PERSONAL.contains(&name.as_str());
        let text = value.as_str().filter(|text| personal && text.chars().count() > 3);
        found.extend(text.map(str::to_owned));
        texts(value, found);
    }
    for value in value.as_array().into_iter().flatten() {
        texts(value, found);
    }
}

#[test]
fn a_viewer_gets_the_lists_without_persons() {
    let desk = Desk::new();
    let mine = desk.demo.json(&["case", "list", "--all"]);
    let theirs = desk.run_as(VIEWER, &["case", "list", "--all", "--json"]).ends(0);
    assert!(theirs.err.contains("名前を伏せた"), "{}", theirs.err);
    let theirs = theirs.json();
    let without = |list: &Value| -> Vec<Value> {
        let mut rows = list.as_array().unwrap().clone();
        for row in &mut rows {
            row["summary"] = "".into();
        }
        rows
    };
    assert_eq!(without(&mine), *theirs.as_array().unwrap(), "the same rows in the same order, without the summary");
    assert!(mine.as_array().unwrap().iter().any(|row| row["summary"] != ""), "there was something to leave out");

    let offices = desk.demo.json(&["office", "list"]).to_string();
    // The names of offices are no secret, and callers are offices too.
    let written: Vec<String> = desk.written().into_iter().filter(|text| !offices.contains(text)).collect();
    assert!(written.len() > 50, "{}", written.len());
    for line in [
        &["case", "list"][..],
        &["case", "list", "--closed"],
        &["meeting", "list"],
        &["office", "list", "--json"],
        &["office", "search", "病院"],
        &["operator", "list"],
        &["verify"],
    ] {
        let seen = desk.run_as(VIEWER, line).ends(0);
        let leak = written.iter().find(|text| seen.out.contains(*text) || seen.err.contains(*text));
        assert!(leak.is_none(), "{line:?}: {leak:?}");
        assert!(!seen.out.is_empty(), "{line:?}");
    }
    let staff = |list: &Value| list.as_array().unwrap().iter().any(|o| !o["staff"].as_array().unwrap().is_empty());
    assert!(staff(&desk.demo.json(&["office", "list"])));
    assert!(!staff(&desk.run_as(VIEWER, &["office", "list", "--json"]).ends(0).json()), "no person of an office");
}

#[test]
fn everything_else_is_refused_to_a_viewer_and_nothing_is_written() {
    let desk = Desk::new();
    let case = desk.demo.json(&["case", "list"])[0]["number"].as_str().unwrap().to_owned();
    let offices = desk.demo.computer.arg("offices.csv");
    desk.demo.run(&["office", "export", &offices]).ends(0);
    let cases = desk.demo.computer.arg("cases.json");
    desk.demo.run(&["case", "export", &cases]).ends(0);
    let (out, new) = (desk.demo.computer.arg("out.json"), desk.file("new", "三月の終わりの石段と犬の影"));
    let everything = desk.demo.computer.arg("out.jsonl");
    let tables = desk.demo.computer.arg("tables.xlsx");
    desk.demo.run(&["export", "--all", "--yes", &tables]).ends(0);
    for line in [
        &["import", "--all", &tables][..],
        &["case", "show", &case],
        &["case", "import", &cases],
        &["case", "export", &out],
        &["office", "import", &offices],
        &["office", "export", &out],
        &["meeting", "show", "next"],
        &["meeting", "print", "next"],
        &["meeting", "print", "next", "--file", &out],
        &["history", &case],
        &["handover"],
        &["audit"],
        &["audit", "--record", &case],
        &["audit", "--month", "2026-10"],
        &["export", "--all", "--yes", &everything],
        &["backup", &out],
        &["backup", "--list"],
        &["backup", "--drill"],
        &["verify", "--repair"],
        &["retention", "list"],
        &["retention", "propose"],
        &["retention", "hold", &case, "--reason", "試験"],
        &["retention", "release", &case],
        &["retention", "log"],
        &["operator", "add", "別人", "--new-passphrase-file", &new],
        &["operator", "remove", "試験 operator"],
        &["operator", "recovery-key"],
        &["operator", "passphrase", "--of", "試験 operator", "--new-passphrase-file", &new],
    ] {
        let refused = desk.run_as(VIEWER, line).ends(1);
        assert!(refused.err.contains("閲覧のみ") && refused.out.is_empty(), "{line:?}: {}{}", refused.out, refused.err);
        for file in [&out, &everything] {
            assert!(!fs::exists(file).unwrap(), "{line:?} wrote a file");
        }
    }
    // Their own passphrase is theirs to change.
    desk.run_as(VIEWER, &["operator", "passphrase", "--new-passphrase-file", &new]).ends(0);
    desk.run_as(VIEWER, &["case", "list"]).ends(5);
}

#[test]
fn only_a_supervisor_keeps_the_operators_and_takes_everything_out() {
    let desk = Desk::new();
    let everything = desk.demo.computer.arg("all.jsonl");
    let new = desk.file("new", "三月の終わりの石段と犬の影");
    let case = desk.demo.json(&["case", "list"])[0]["number"].as_str().unwrap().to_owned();
    for line in [
        &["operator", "add", "別人", "--new-passphrase-file", &new][..],
        &["operator", "remove", "試験 viewer"],
        &["operator", "recovery-key"],
        &["operator", "passphrase", "--of", "試験 viewer", "--new-passphrase-file", &new],
        &["audit", "--month", "2026-10", "--sign-off"],
        &["export", "--all", "--yes", &everything],
    ] {
        let refused = desk.run_as(OPERATOR, line).ends(1);
        assert!(refused.err.contains("管理者") && refused.out.is_empty(), "{line:?}: {}", refused.err);
    }
    assert!(!fs::exists(&everything).unwrap());
    desk.demo.run(&["export", "--all", "--yes", &everything]).ends(0);
    desk.run_as(OPERATOR, &["case", "show", &case]).ends(0);
    desk.run_as(OPERATOR, &["verify", "--repair"]).ends(0);
    desk.run_as(VIEWER, &["case", "list"]).ends(0);
}
