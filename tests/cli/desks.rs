//! demo, init, and what every subcommand does without a desk or with one that is open elsewhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use madoguchi::journal::{Disk, Journal, Options, RealDisk};
use madoguchi::runtime::clock;

use super::{Computer, Demo, made, members};

/// A command line of each subcommand that needs a desk.
const WITH_DESK: [&[&str]; 9] = [
    &["case", "list"],
    &["case", "show", "R8-0001"],
    &["case", "export", "x.json"],
    &["meeting", "list"],
    &["meeting", "show", "next"],
    &["meeting", "print", "next"],
    &["office", "list"],
    &["verify"],
    &["history", "R8-0001"],
];

#[test]
fn a_kept_demo_is_made_once_and_says_where() {
    let (computer, said) = made();
    let folder = computer.arg("demo");
    assert!(said.contains(&folder) && said.contains("--data"), "{said}");
    let again = computer.run(&["demo", "--keep", &folder, "--no-open"]).ends(2);
    assert!(again.err.contains(&folder) && again.err.contains("空ではありません"), "{}", again.err);
    let other = computer.arg("file");
    std::fs::write(&other, "x").unwrap();
    let refused = computer.run(&["--lang", "en", "demo", "--keep", &other, "--no-open"]).ends(2);
    assert!(refused.err.contains("cannot be used"), "{}", refused.err);
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "x");
}

#[test]
fn a_demo_without_a_folder_is_gone_at_the_end_even_when_no_screen_opens() {
    let computer = Computer::new();
    let ended = computer.run(&["demo"]).ends(2);
    assert!(ended.err.contains("端末"), "{}", ended.err);
    let ended = computer.run(&["demo", "--no-open", "--lang", "en"]).ends(2);
    assert!(ended.err.contains("--keep"), "{}", ended.err);
    for name in ["tmp", "home"] {
        assert_eq!(std::fs::read_dir(computer.path(name)).unwrap().count(), 0, "{name}");
    }
}

#[test]
fn a_demo_without_a_temporary_folder_says_so() {
    let computer = Computer::new();
    std::fs::remove_dir(computer.path("tmp")).unwrap();
    let ended = computer.run(&["demo"]).ends(1);
    assert!(ended.err.contains("一時フォルダー") && ended.out.is_empty(), "{}", ended.err);
}

#[test]
fn the_data_option_names_the_demos_folder_too() {
    let computer = Computer::new();
    let folder = computer.arg("体験");
    let made = computer.run(&["--data", &folder, "demo", "--no-open", "--json"]).ends(0).json();
    assert_eq!(made["folder"], folder.as_str());
    let cases = computer.run(&["--data", &folder, "case", "list", "--all", "--json"]).ends(0).json();
    assert!(cases.as_array().unwrap().len() >= 30);
}

#[test]
fn a_desk_is_set_up_once() {
    let computer = Computer::new();
    let folder = computer.arg("窓口");
    let line = ["--data", &folder, "init", "--desk", "架空窓口", "--operator", "ﾔﾏﾀﾞ 花子", "--json"];
    let made = computer.run(&line).ends(0).json();
    assert_eq!(members(&made), ["desk", "folder", "operator", "recovery_key"]);
    assert_eq!((&made["desk"], &made["operator"]), (&"架空窓口".into(), &"ヤマダ 花子".into()));
    assert_eq!(made["folder"], folder.as_str());
    let again = computer.run(&line).ends(1);
    assert!(again.err.contains("すでに") && again.err.contains(&folder) && again.out.is_empty(), "{}", again.err);
    let cases = computer.run(&["--data", &folder, "case", "list", "--json"]).ends(0).json();
    assert_eq!(cases, serde_json::json!([]));
    let empty = computer.run(&["--data", &folder, "case", "list"]).ends(0);
    assert!(empty.out.is_empty() && empty.err.contains("案件はありません"), "{}", empty.err);
    computer.run(&["--data", &folder, "verify"]).ends(0);
    let next = computer.run(&["--data", &folder, "meeting", "show", "next", "--json"]).ends(0).json();
    assert_eq!((next["id"].is_null(), next["items"].as_array().unwrap().len()), (true, 0));
}

#[test]
fn without_the_data_option_the_persons_own_folder_is_used() {
    let computer = Computer::new();
    let line = ["init", "--desk", "Desk", "--operator", "Jane", "--lang", "en"];
    let said = computer.run(&line).ends(0).out;
    assert!(said.contains("Desk") && said.contains(&computer.arg("home")), "{said}");
    assert_eq!(computer.run(&["case", "list", "--json"]).ends(0).json(), serde_json::json!([]));
}

#[test]
fn names_of_nothing_and_missing_ones_are_wrong_usage() {
    let computer = Computer::new();
    let folder = computer.arg("desk");
    for (line, said) in [
        (&["init"][..], "--desk"),
        (&["init", "--desk", "架空窓口"], "--operator"),
        (&["init", "--desk", "　", "--operator", "山田"], "--desk"),
        (&["init", "--desk", "架空窓口", "--operator", " \t"], "--operator"),
        (&["case", "list", "--all", "--closed"], "--closed"),
        (&["case"], "case"),
        (&["case", "show"], "ID"),
        (&["case", "export", "cases.txt"], ".json"),
        (&["case", "export", "cases"], ".csv"),
        (&["meeting", "show"], "ID"),
        (&["history"], "ID"),
        (&["history", "R8-0001", "余分"], "余分"),
        (&["verify", "a", "余分"], "余分"),
        (&["demo", "余分"], "余分"),
    ] {
        for lang in ["ja", "en"] {
            let all: Vec<&str> = ["--lang", lang, "--data", &folder].iter().chain(line).copied().collect();
            let ended = computer.run(&all).ends(2);
            assert!(ended.out.is_empty() && ended.err.contains(said), "{line:?}: {}", ended.err);
            assert!(!ended.err.contains("cli-") && !ended.err.contains("exchange-"), "{line:?}: {}", ended.err);
        }
    }
    assert!(!computer.path("desk").exists(), "nothing was made");
}

#[test]
fn without_a_desk_each_subcommand_says_where_it_looked() {
    let computer = Computer::new();
    let folder = computer.arg("none");
    for line in WITH_DESK {
        let all: Vec<&str> = ["--data", &folder].iter().chain(line).copied().collect();
        let ended = computer.run(&all).ends(1);
        assert!(ended.out.is_empty() && ended.err.contains(&folder), "{line:?}: {}", ended.err);
    }
    assert!(!computer.path("none").exists());
}

#[test]
fn a_desk_that_is_open_elsewhere_is_left_alone() {
    let demo = Demo::new();
    let options = Options { who: "tantou".into(), ..Options::new(clock::wall()) };
    let (open, _) = Journal::open(&demo.computer.path("data"), Arc::new(RealDisk), options).unwrap();
    for line in WITH_DESK.into_iter().chain([&["init", "--desk", "a", "--operator", "b"][..]]) {
        let ended = demo.run(line).ends(4);
        let pid = std::process::id().to_string();
        assert!(ended.err.contains("tantou") && ended.err.contains(&pid), "{line:?}: {}", ended.err);
        assert!(ended.out.is_empty());
    }
    open.close().unwrap();
    demo.run(&["verify"]).ends(0);
}

/// Every file of a data folder with its bytes, and when it was written.
fn files(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let written = std::fs::metadata(&path).unwrap().modified().unwrap();
            // Who looks at a desk that is only read is noted beside it.
            if path.ends_with("noted") {
                continue;
            }
            if path.is_dir() {
                folders.push(path.clone());
            }
            // A locked file cannot be read on Windows, and a folder nowhere.
            found.insert(path.clone(), (std::fs::read(&path).unwrap_or_default(), written));
        }
    }
    found
}

#[test]
fn a_desk_that_is_open_elsewhere_is_read_without_a_trace() {
    let demo = Demo::new();
    let data = demo.computer.path("data");
    let reading = [
        &["case", "list"][..],
        &["case", "show", "R8-0001"],
        &["office", "list"],
        &["office", "search", "byouin"],
        &["meeting", "list"],
        &["history", "R8-0001"],
        &["verify"],
    ];
    // Each look is written down where that is possible, so that what is read is compared with a second copy.
    let free = Demo::new();
    let lock = RealDisk.lock(&data.join("lock")).unwrap();
    assert!(lock.is_some());
    let before = files(&data);
    for line in reading {
        let refused = demo.run(line).ends(4);
        assert!(refused.err.contains("--read-only"), "{line:?}: {}", refused.err);
        let read = demo.run(&[&["--read-only"], line].concat()).ends(0);
        assert!(read.err.contains("閲覧のみ"), "{line:?}: {}", read.err);
        if line != ["verify"] {
            assert_eq!(read.out, free.run(line).ends(0).out, "{line:?}");
        }
    }
    let out = demo.computer.arg("out.json");
    for line in [&["case", "export", &out][..], &["verify", "--repair"], &["meeting", "print", "next"]] {
        let refused = demo.run(&[&["--read-only"], line].concat()).ends(2);
        assert!(refused.err.contains("--read-only"), "{line:?}: {}", refused.err);
    }
    assert!(!Path::new(&out).exists());
    assert!(files(&data) == before, "a file of the desk changed");
}

#[cfg(unix)]
#[test]
fn the_demos_people_have_the_passphrases_that_it_says() {
    let computer = Computer::new();
    let data = computer.arg("demo");
    let mut make = std::process::Command::new("/bin/sh");
    // Who gives their demo a passphrase wants nobody else in it, and the tests give one.
    make.args(["-c", "MADOGUCHI_PASSPHRASE_FILE= exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_madoguchi")]);
    computer.end(make.args(["demo", "--keep", &data, "--no-open"])).ends(0);
    for (passphrase, lists, audits) in
        [("demo", 0, 0), ("demo2", 0, 0), ("demo3", 0, 0), ("demo4", 0, 0), ("demo5", 0, 1), ("demo6", 5, 5)]
    {
        std::fs::write(computer.path("given"), passphrase).unwrap();
        let given = computer.arg("given");
        let run = |line: &[&str]| computer.run(&[&["--data", &data, "--passphrase-file", &given], line].concat());
        run(&["case", "list"]).ends(lists);
        run(&["audit"]).ends(audits);
    }
    let list = computer.run(&["--data", &data, "operator", "list"]);
    assert_eq!(list.code, 5, "the tests' own passphrase opens nothing here");
}
