//! Disposal by the command line: two operators, one after the other.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use madoguchi::desk::case::Case;
use madoguchi::desk::contact::Contact;
use madoguchi::desk::edits;
use madoguchi::desk::id::Id;
use madoguchi::desk::operator::{DeskProfile, Operator};
use madoguchi::desk::secret::Secret;
use madoguchi::journal::vault::{Cost, Founding, Newcomer, Vault};
use madoguchi::journal::{Disk, Journal, Options, RealDisk};
use madoguchi::runtime::entry;
use serde_json::Value;

use super::{Computer, Ended};

/// The first is that of the other tests.
const PASSPHRASES: [&str; 2] = ["雨の日は縁側で猫とお茶を飲む", "縁側の猫は雨の日だけ鳴いている"];

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}T10:00:00+09:00")).unwrap()
}

/// A desk with a supervisor, an operator, and three cases: R1-0001 and R1-0002 were closed long ago.
fn desk(second: &str) -> Computer {
    let computer = Computer::new();
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let passphrases = PASSPHRASES.map(Secret::passphrase);
    let newcomer =
        |n: u8| Newcomer { operator: id(n), passphrase: &passphrases[usize::from(n) - 1], second: None, names: &[] };
    let founding = Founding { desk: id(99), demo: false, first: newcomer(1), cost: Cost::TEST };
    let (mut vault, unlocked, _) =
        Vault::create(&computer.path("data"), Arc::clone(&disk), &founding, at("2019-04-01")).unwrap();
    vault.add(&unlocked.keyring, &newcomer(2), at("2019-04-01")).unwrap();
    let options = entry::behind(&Options::small(at("2019-04-01")), &unlocked.keyring).of_desk(id(99));
    let (mut journal, _) = Journal::create(&computer.path("data"), disk, options).unwrap();
    let mut keep = |batch, when| journal.commit(batch, at(when)).map(|_| ()).unwrap();
    let person = |name: &str, role: &str| Operator { name: name.into(), role: role.into(), ..Operator::default() };
    let profile = DeskProfile { name: "架空窓口".into(), ..DeskProfile::default() };
    keep(edits::set_up(id(99), &profile, id(1), &person("試験一郎", "operator")), "2019-04-01");
    keep(edits::add_operator(id(1), id(2), &person("試験二郎", second)), "2019-04-01");
    for (n, number) in [(11, "R1-0001"), (12, "R1-0002"), (13, "R1-0003")] {
        let case = Case { number: number.into(), summary: format!("架空の相談{n}"), ..Case::default() };
        let contact = Contact { text: "架空の経過".into(), ..Contact::default() };
        keep(edits::save_call(id(1), id(n), None, &case, (id(n + 10), &contact)), "2019-05-07");
    }
    for n in [11, 12] {
        keep(edits::close(id(1), id(n), "1", "", at("2019-07-01")), "2019-07-01");
    }
    journal.close().unwrap();
    computer
}

impl Computer {
    /// Runs a subcommand of `retention` in the name of this operator.
    fn retention(&self, by: u8, line: &[&str]) -> Ended {
        let (data, passphrase) = (self.arg("data"), self.arg("passphrase"));
        std::fs::write(&passphrase, PASSPHRASES[usize::from(by) - 1]).unwrap();
        self.run(&[&["retention"], line, &["--data", &data, "--passphrase-file", &passphrase]].concat())
    }

    fn count(&self, list: &str) -> usize {
        let listed: Value = self.retention(1, &["list", "--json"]).ends(0).json();
        listed[list].as_array().unwrap().len()
    }
}

#[test]
fn one_proposes_and_another_approves() {
    let computer = desk("supervisor");
    let list = computer.retention(1, &["list", "--json"]).ends(0).json();
    assert_eq!(list["years"], 5);
    assert_eq!(list["due"][0]["number"], "R1-0001");
    assert_eq!((&list["due"][0]["closed_on"], &list["due"][0]["since"]), (&"2019-07-01".into(), &"2025-04-01".into()));
    assert_eq!(list["due"].as_array().unwrap().len(), 2);
    let told = computer.retention(1, &["list"]).ends(0).out;
    assert!(told.contains("R1-0002") && told.contains("2025-04-01") && !told.contains("R1-0003"), "{told}");

    let held = computer.retention(1, &["hold", "R1-0002", "--reason", "開示請求", "--json"]).ends(0).json();
    assert_eq!(held["hold"]["reason"], "開示請求");
    assert_eq!((computer.count("due"), computer.count("held")), (1, 1));
    assert!(computer.retention(1, &["propose", "R1-0002"]).ends(1).err.contains("保留"));
    assert!(computer.retention(1, &["propose", "R1-0003"]).ends(1).err.contains("終結していません"));
    assert!(computer.retention(1, &["hold", "R1-0002", "--reason", " "]).ends(2).err.contains("理由"));

    let (data, file) = (computer.arg("data"), computer.arg("案件.json"));
    computer.run(&["case", "export", &file, "--data", &data]).ends(0);
    let proposed = computer.retention(1, &["propose", "--json"]).ends(0).json();
    let proposal = proposed["id"].as_str().unwrap().to_owned();
    assert_eq!(proposed["proposed_by"], "試験一郎");
    assert!(computer.retention(1, &["propose", "R1-0001"]).ends(1).err.contains("もう廃棄が申し出られています"));
    let short = &proposal[..6];
    assert!(computer.retention(1, &["approve", short, "--count", "1"]).ends(1).err.contains("別の管理者"));
    assert!(computer.retention(2, &["approve", short, "--count", "2"]).ends(1).err.contains("1件"));
    assert!(computer.retention(2, &["approve", short]).ends(2).err.contains("--count"));
    assert!(computer.retention(2, &["approve", "zzz", "--count", "1"]).ends(1).err.contains("申し出はありません"));
    let done = computer.retention(2, &["approve", short, "--count", "1", "--json"]).ends(0).json();
    assert_eq!((&done["approved_by"], &done["contacts"]), (&"試験二郎".into(), &1.into()));
    assert_eq!(done["cases"][0]["number"], "R1-0001");
    assert!(computer.retention(2, &["approve", short, "--count", "1"]).ends(1).err.contains("もう済んでいます"));

    // What was written out before does not bring it back: neither by its identity, nor under another by its number.
    let exported: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    for by_number in [false, true] {
        let mut written = exported.clone();
        let cases = written["cases"].as_array_mut().unwrap();
        let place = cases.iter().position(|case| case["number"] == "R1-0001").unwrap();
        if by_number {
            cases[place]["id"] = id(77).to_string().into();
            cases[place]["contacts"] = Value::Array(Vec::new());
        } else {
            cases[place]["number"] = "R1-0077".into();
        }
        std::fs::write(&file, written.to_string()).unwrap();
        let refused = computer.run(&["case", "import", &file, "--data", &data]).ends(3).err;
        assert!(refused.contains("廃棄した") && refused.contains("案件.json"), "{refused}");
        assert!(refused.contains(&format!("{}件目", place + 1)), "{refused}");
    }
    computer.run(&["case", "show", "R1-0001", "--data", &data]).ends(1);
    computer.run(&["case", "show", "R1-0002", "--data", &data]).ends(0);
    computer.run(&["verify", "--data", &data]).ends(0);
    let log = computer.retention(1, &["log", "--json"]).ends(0).json();
    assert_eq!((log.as_array().unwrap().len(), &log[0]["id"]), (1, &proposal.clone().into()));
    let told = computer.retention(1, &["log"]).ends(0).out;
    assert!(told.contains("R1-0001") && told.contains("試験二郎"), "{told}");

    computer.retention(1, &["release", "R1-0002"]).ends(0);
    let again = computer.retention(1, &["propose", "R1-0002", "--json"]).ends(0).json();
    let again = again["id"].as_str().unwrap().to_owned();
    assert_eq!((computer.count("due"), computer.count("proposals")), (0, 1));
    computer.retention(1, &["withdraw", &again]).ends(0);
    assert_eq!((computer.count("due"), computer.count("proposals")), (1, 0));
}

#[test]
fn alone_at_the_desk_one_is_told_who_is_missing() {
    let computer = desk("operator");
    let proposed = computer.retention(2, &["propose", "--json"]).ends(0).json();
    let proposal = proposed["id"].as_str().unwrap().to_owned();
    // Nobody is a supervisor, so everybody is: the other one may approve.
    assert!(computer.retention(2, &["approve", &proposal, "--count", "2"]).ends(1).err.contains("別の管理者"));
    computer.retention(1, &["approve", &proposal, "--count", "2"]).ends(0);

    let computer = desk("viewer");
    let proposed = computer.retention(1, &["propose", "--json"]).ends(0).json();
    let proposal = proposed["id"].as_str().unwrap().to_owned();
    let refused = computer.retention(1, &["approve", &proposal, "--count", "2"]).ends(1).err;
    assert!(refused.contains("相談員を加え"), "{refused}");
    for line in [&["list"][..], &["propose"], &["release", "R1-0001"]] {
        assert!(computer.retention(2, line).ends(1).err.contains("閲覧のみ"), "{line:?}");
    }
}
