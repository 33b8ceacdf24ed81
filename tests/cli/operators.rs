//! Who may open the desk: passphrases, roles, the second factor and the recovery key through the real program.

use std::fs;

use chrono::TimeDelta;
use madoguchi::journal::vault::Shared;
use madoguchi::runtime::clock;

use super::{Computer, Ended};

const HANAKO: &str = "雨の夜は縁側で猫が鳴いている";
const TARO: &str = "坂の上の郵便局まで自転車で九分";
const OTHER: &str = "灯台の下でまぐろを七匹数えた朝";

/// A desk with 見本 花子, its supervisor, and its recovery key.
struct Desk {
    computer: Computer,
    recovery: String,
}

impl Desk {
    fn new() -> Self {
        let computer = Computer::new();
        let file = Self::file(&computer, "hanako", HANAKO);
        let data = computer.arg("data");
        let line = ["--data", &data, "--passphrase-file", &file, "--json"];
        let line = [&line[..], &["init", "--desk", "架空窓口", "--operator", "見本 花子"]].concat();
        let made = computer.run(&line).ends(0).json();
        Self { recovery: made["recovery_key"].as_str().unwrap().to_owned(), computer }
    }

    fn file(computer: &Computer, name: &str, text: &str) -> String {
        fs::write(computer.path(name), text).unwrap();
        computer.arg(name)
    }

    /// Runs a subcommand with what stands in a passphrase file.
    fn run(&self, passphrase: &str, line: &[&str]) -> Ended {
        let file = Self::file(&self.computer, "given", passphrase);
        let data = self.computer.arg("data");
        self.computer.run(&[&["--data", &data, "--passphrase-file", &file], line].concat())
    }

    /// The same with a file for a new passphrase at its end.
    fn set(&self, passphrase: &str, new: &str, line: &[&str]) -> Ended {
        let new = Self::file(&self.computer, "new", new);
        self.run(passphrase, &[line, &["--new-passphrase-file", &new]].concat())
    }

    fn opens(&self, passphrase: &str) -> bool {
        match self.run(passphrase, &["case", "list"]).code {
            0 => true,
            5 => false,
            code => panic!("{code}"),
        }
    }
}

#[test]
fn an_operator_gets_a_key_and_loses_it() {
    let desk = Desk::new();
    let add = ["operator", "add", "試験 太郎", "--kana", "しけん たろう", "--qualification", "看護師", "--json"];
    desk.set(HANAKO, TARO, &add).ends(0);
    let list = desk.run(TARO, &["operator", "list", "--json"]).ends(0).json();
    let taro = list.as_array().unwrap().iter().find(|who| who["name"] == "試験 太郎").unwrap();
    assert_eq!(
        (&taro["role"], &taro["key"], &taro["second_factor"]),
        (&"operator".into(), &true.into(), &false.into())
    );
    assert_eq!(taro["qualifications"][0], "看護師");
    // Who is no supervisor manages nobody.
    for line in [
        &["operator", "remove", "見本 花子"][..],
        &["operator", "recovery-key"],
        &["operator", "passphrase", "--of", "見本 花子"],
    ] {
        let refused = desk.run(TARO, line).ends(1);
        assert!(refused.err.contains("管理者"), "{}", refused.err);
    }
    let refused = desk.set(TARO, OTHER, &["operator", "add", "別人"]).ends(1);
    assert!(refused.err.contains("管理者"));

    desk.run(HANAKO, &["operator", "remove", "試験 太郎"]).ends(0);
    assert!(!desk.opens(TARO));
    assert!(desk.opens(HANAKO));
    let keys = fs::read_to_string(desk.computer.path("data/keys")).unwrap();
    assert!(keys.contains("\"retired\":1"), "the old key is forgotten once everything is sealed with the new one");
    desk.run(HANAKO, &["verify"]).ends(0);
    let last = desk.run(HANAKO, &["operator", "remove", "見本 花子"]).ends(1);
    assert!(last.err.contains("管理者"), "{}", last.err);
}

#[test]
fn what_is_weak_taken_or_not_there_is_refused_and_nothing_changes() {
    let desk = Desk::new();
    for (new, said) in [("みじかい", "13"), ("試験太郎 12345678", "名前"), (HANAKO, "使えません")] {
        let refused = desk.set(HANAKO, new, &["operator", "add", "試験 太郎"]).ends(2);
        assert!(refused.err.contains(said), "{}", refused.err);
    }
    let refused = desk.run(HANAKO, &["operator", "add", "試験 太郎"]).ends(2);
    assert!(refused.err.contains("合言葉"), "nobody can be asked: {}", refused.err);
    desk.set(HANAKO, TARO, &["operator", "add", "　"]).ends(2);
    desk.run(HANAKO, &["operator", "remove", "だれでもない"]).ends(1);
    desk.set(HANAKO, TARO, &["operator", "add", "試験 太郎", "--role", "chief"]).ends(2);
    assert_eq!(desk.run(HANAKO, &["operator", "list", "--json"]).ends(0).json().as_array().unwrap().len(), 1);
}

#[test]
fn a_passphrase_is_changed_by_its_owner_and_given_by_a_supervisor() {
    let desk = Desk::new();
    desk.set(HANAKO, OTHER, &["operator", "passphrase"]).ends(0);
    assert!(desk.opens(OTHER) && !desk.opens(HANAKO));
    desk.set(OTHER, TARO, &["operator", "add", "試験 太郎", "--role", "viewer"]).ends(0);
    desk.set(OTHER, HANAKO, &["operator", "passphrase", "--of", "試験 太郎"]).ends(0);
    assert!(!desk.opens(TARO));
    let list = desk.run(HANAKO, &["operator", "list"]).ends(0).out;
    assert!(list.contains("閲覧のみ") && list.contains("管理者"), "{list}");
}

#[test]
fn the_recovery_key_gives_a_new_passphrase_and_is_made_anew() {
    let desk = Desk::new();
    let computer = &desk.computer;
    let recover = |key: &str, new: &str| {
        let (key, new) = (Desk::file(computer, "key", key), Desk::file(computer, "new", new));
        let data = computer.arg("data");
        let files = ["--recovery-key-file", &key, "--new-passphrase-file", &new];
        computer.run(&[&["--data", &data, "operator", "recover", "見本 花子"][..], &files].concat())
    };
    recover(&desk.recovery, OTHER).ends(0);
    assert!(desk.opens(OTHER) && !desk.opens(HANAKO));
    let slip = format!("7{}", desk.recovery.get(1..).unwrap());
    let slip = if slip == desk.recovery { format!("8{}", desk.recovery.get(1..).unwrap()) } else { slip };
    assert!(recover(&slip, TARO).ends(5).err.contains("予備の鍵"));
    let new = desk.run(OTHER, &["operator", "recovery-key", "--json"]).ends(0).json();
    recover(&desk.recovery, TARO).ends(5);
    recover(new["recovery_key"].as_str().unwrap(), TARO).ends(0);
    assert!(desk.opens(TARO));
    let log = desk.run(TARO, &["audit", "--json"]).ends(0).json();
    let log = log.to_string();
    assert!(log.contains("recover") && log.contains("login-failed"), "{log}");
}

#[test]
fn a_second_factor_is_asked_for_by_the_second_line_of_the_file() {
    let desk = Desk::new();
    let shared = Shared::fresh().unwrap();
    let letters = shared.letters().expose().to_owned();
    let code = |later: i64| -> String { shared.code(clock::wall() + TimeDelta::seconds(later)) };
    let secret = Desk::file(&desk.computer, "secret", &format!("{letters}\n{}\n", code(-3600)));
    desk.run(HANAKO, &["operator", "second-factor", "--secret-file", &secret]).ends(5);
    let secret = Desk::file(&desk.computer, "secret", &format!("{letters}\n{}\n", code(-30)));
    desk.run(HANAKO, &["operator", "second-factor", "--secret-file", &secret]).ends(0);
    let refused = desk.run(HANAKO, &["case", "list"]).ends(5);
    assert!(refused.err.contains('6'), "{}", refused.err);
    let given = format!("{HANAKO}\n{}\n", code(0));
    desk.run(&given, &["case", "list"]).ends(0);
    desk.run(&given, &["case", "list"]).ends(5);
    let given = format!("{HANAKO}\n{}\n", code(30));
    desk.run(&given, &["operator", "second-factor", "--drop"]).ends(0);
    assert!(desk.opens(HANAKO));
}

#[test]
fn an_operator_is_added_with_a_short_passphrase_and_a_second_factor() {
    /// Eight characters, and seven.
    const EIGHT: &str = "緑の傘と猫が三匹";
    const SEVEN: &str = "緑の傘と猫三匹";
    let desk = Desk::new();
    let shared = Shared::fresh().unwrap();
    let code = |later: i64| -> String { shared.code(clock::wall() + TimeDelta::seconds(later)) };
    let add = |passphrase: &str, more: &[&str]| {
        desk.set(HANAKO, passphrase, &[&["operator", "add", "試験 太郎"], more].concat())
    };
    let with_code = |passphrase: &str, later: i64| {
        let text = format!("{}\n{}\n", shared.letters().expose(), code(later));
        add(passphrase, &["--secret-file", &Desk::file(&desk.computer, "secret", &text)])
    };
    let short = add(EIGHT, &[]).ends(2);
    assert!(short.err.contains("13"), "too short alone: {}", short.err);
    let short = with_code(SEVEN, 0).ends(2);
    assert!(short.err.contains('8'), "too short with a second factor too: {}", short.err);
    with_code(EIGHT, -3600).ends(5);
    // It is drawn where nobody is at a terminal too, but nobody comes in whose code was never seen.
    let shown = add(EIGHT, &["--second-factor"]).ends(2);
    assert!(shown.err.contains('█') && shown.err.contains("--secret-file"), "{}", shown.err);
    assert_eq!(desk.run(HANAKO, &["operator", "list", "--json"]).ends(0).json().as_array().unwrap().len(), 1);

    with_code(EIGHT, 0).ends(0);
    assert!(!desk.opens(EIGHT), "the code is asked for");
    desk.run(&format!("{EIGHT}\n{}\n", code(30)), &["case", "list"]).ends(0);
    let list = desk.run(HANAKO, &["operator", "list", "--json"]).ends(0).json();
    let taro = list.as_array().unwrap().iter().find(|who| who["name"] == "試験 太郎").unwrap();
    assert_eq!(taro["second_factor"], true);
}

#[test]
fn without_a_terminal_a_second_factor_cannot_be_shown() {
    let desk = Desk::new();
    let refused = desk.run(HANAKO, &["operator", "second-factor"]).ends(2);
    assert!(refused.err.contains("█") || refused.err.contains("▀"), "the code is drawn: {}", refused.err);
    assert!(desk.opens(HANAKO), "nothing was changed");
}

#[test]
fn wrong_passphrases_have_to_wait_and_are_told() {
    let desk = Desk::new();
    for _ in 0..3 {
        desk.run(TARO, &["case", "list"]).ends(5);
    }
    let waits = desk.run(HANAKO, &["case", "list"]).ends(5);
    assert!(waits.err.contains("秒"), "{}", waits.err);
}
