//! The access log by the command line: each act leaves its entry, with who, when, and which record.

use chrono::{DateTime, FixedOffset};
use madoguchi::runtime::clock;
use serde_json::Value;

use super::{Computer, Demo, Ended};

/// Whose entry it is, or what it is about.
#[derive(Clone, Copy)]
enum About {
    Case,
    Desk,
    Operator,
}

/// The entries of the log that are not of looking at the log, oldest first.
fn log(demo: &Demo) -> Vec<Value> {
    let mut all = demo.json(&["audit"]).as_array().unwrap().clone();
    all.retain(|entry| entry["what"].as_str().is_some_and(|what| what.starts_with("access-") && what != "access-log"));
    all.reverse();
    all
}

/// Runs the program where no passphrase is given by the environment.
#[cfg(unix)]
fn without_passphrase(computer: &Computer, line: &[&str]) -> Ended {
    let without = ["-c", "unset MADOGUCHI_PASSPHRASE_FILE && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_madoguchi")];
    computer.end(std::process::Command::new("/bin/sh").args(without).args(line))
}

fn happened(entry: &Value) -> DateTime<FixedOffset> {
    let at = entry["details"]["tried_at"].as_str().or_else(|| entry["at"].as_str()).unwrap();
    DateTime::parse_from_rfc3339(at).unwrap()
}

#[test]
fn each_act_leaves_its_entry_with_who_when_and_which_record() {
    let demo = Demo::new();
    let first = demo.json(&["case", "list"])[0].clone();
    let (number, id) = (first["number"].as_str().unwrap(), first["id"].as_str().unwrap());
    let [cases, offices, file, all, wrong, other] =
        ["案件.json", "名簿.csv", "控え.backup", "全部.jsonl", "wrong.txt", "other.txt"].map(|n| demo.computer.arg(n));
    std::fs::write(&wrong, "架空の合言葉ではありません\n").unwrap();
    std::fs::write(&other, "雨の日は縁側で猫とお茶を飲みます\n").unwrap();
    let me = demo.json(&["audit"])[0]["operator"].clone();
    assert!(me.as_str().is_some_and(|me| me.len() == 26), "{me}");
    let acts: &[(&[&str], &str, About)] = &[
        (&["case", "show", number], "open", About::Case),
        (&["history", number], "history", About::Case),
        (&["case", "list"], "list", About::Desk),
        (&["case", "export", &cases], "export", About::Desk),
        (&["case", "import", &cases], "import", About::Desk),
        (&["office", "export", &offices], "export", About::Desk),
        (&["meeting", "print", "next"], "print", About::Desk),
        (&["backup", &file], "backup", About::Desk),
        (&["backup", "--drill", &file], "restore-drill", About::Desk),
        (&["export", "--all", &all, "--yes"], "export", About::Desk),
        (&["operator", "recovery-key"], "settings", About::Desk),
        (&["verify"], "login", About::Operator),
        (&["--read-only", "case", "show", number], "open", About::Case),
    ];
    for (line, kind, about) in acts {
        let seen = log(&demo).len();
        let begun = clock::wall() - chrono::TimeDelta::seconds(1);
        demo.run(line).ends(0);
        let ended = clock::wall();
        let new = log(&demo).split_off(seen);
        let name = format!("access-{kind}");
        let found: Vec<&Value> = new.iter().filter(|entry| entry["what"] == *name).collect();
        let [entry, ..] = found[..] else { panic!("{line:?}: {new:?}") };
        assert_eq!(entry["operator"], me, "{line:?}");
        assert!((begun..=ended).contains(&happened(entry)), "{line:?}: {entry}");
        let record = &entry["record"];
        match about {
            About::Case => assert_eq!((&record["kind"], &record["id"]), (&"case".into(), &id.into()), "{line:?}"),
            About::Desk => assert!(record["kind"] == "desk" || record["kind"] == "meeting", "{line:?}: {entry}"),
            About::Operator => assert_eq!((&record["kind"], &record["id"]), (&"operator".into(), &me), "{line:?}"),
        }
        // Who came in is there before what they did.
        assert!(*kind == "login" || new.iter().any(|entry| entry["what"] == "access-login"), "{line:?}");
    }
    let seen = log(&demo).len();
    demo.run(&["--passphrase-file", &wrong, "case", "list"]).ends(5);
    let new = log(&demo).split_off(seen);
    assert_eq!((&new[0]["what"], &new[0]["failure"]), (&"access-login-failed".into(), &true.into()), "{new:?}");
}

#[cfg(unix)]
#[test]
fn what_was_done_without_the_passphrase_is_taken_over_by_the_next_opening() {
    let demo = Demo::new();
    let (data, file, new) = (demo.computer.arg("data"), demo.computer.arg("架空花子.backup"), demo.computer.arg("new"));
    let seen = log(&demo).len();
    without_passphrase(&demo.computer, &["--data", &data, "backup", &file]).ends(0);
    without_passphrase(&demo.computer, &["--data", &data, "backup", "/nowhere/x.backup"]).ends(1);
    without_passphrase(&demo.computer, &["--data", &new, "restore", &file]).ends(0);
    let nobody = "0".repeat(26);
    let of = |demo: &Demo, kind: &str| {
        let mut all = log(demo);
        all.retain(|entry| entry["what"] == kind && entry["operator"] == *nobody);
        all
    };
    let backups = of(&demo, "access-backup");
    assert_eq!(backups.iter().map(|entry| entry["failure"].clone()).collect::<Vec<_>>(), [false, true]);
    assert!(log(&demo).len() > seen + 2 && of(&demo, "access-backup").len() == 2, "taken over once");
    assert!(!format!("{backups:?}").contains("架空花子"));
    let restored = demo.computer.run(&["--data", &new, "audit", "--json"]).ends(0).json();
    assert!(restored.as_array().unwrap().iter().any(|entry| entry["what"] == "access-restore"), "{restored}");
    demo.run(&["verify"]).ends(0);
}
