//! backup, restore, verify of a backup, the drill, and the export of everything, with real files.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::{Computer, Demo, members};

/// A demo with one backup of it.
fn backed_up() -> (Demo, String, Value) {
    let demo = Demo::new();
    let file = demo.computer.arg("控え.backup");
    let made = demo.json(&["backup", &file]);
    (demo, file, made)
}

/// Everything that the program says of the cases.
fn cases(computer: &Computer, data: &str) -> Value {
    computer.run(&["--data", data, "case", "list", "--all", "--json"]).ends(0).json()
}

#[test]
fn a_backup_is_restored_elsewhere_and_never_over_a_desk() {
    let (demo, file, made) = backed_up();
    assert_eq!(members(&made), ["at", "bytes", "changes", "damage", "file", "removed"]);
    let before = cases(&demo.computer, &demo.computer.arg("data"));
    let elsewhere = demo.computer.arg("別の 場所");
    let restored = demo.computer.run(&["--data", &elsewhere, "restore", &file, "--json"]).ends(0).json();
    assert_eq!(members(&restored), ["at", "changes", "disposals_damaged", "disposed", "files", "folder", "verified"]);
    assert_eq!((restored["changes"].clone(), restored["disposed"].as_u64()), (made["changes"].clone(), Some(0)));
    assert_eq!(restored["verified"], true);
    assert_eq!(cases(&demo.computer, &elsewhere), before);
    let again = demo.computer.run(&["--data", &elsewhere, "restore", &file]).ends(1);
    assert!(again.err.contains("すでに窓口のデータがあります"), "{}", again.err);
    assert_eq!(cases(&demo.computer, &elsewhere), before);
    // The name of a file that is there is taken by the next one, which holds at least as much.
    let later = demo.json(&["backup", &file]);
    assert!(later["changes"].as_u64() >= made["changes"].as_u64());
    assert!(!demo.computer.path("控え.backup.new").exists());
}

#[test]
fn a_backup_is_checked_and_every_fault_has_its_sentence() {
    let (demo, file, made) = backed_up();
    let check = |code: i32| demo.computer.run(&["verify", &file, "--json"]).ends(code);
    let sound = check(0).json();
    assert_eq!(members(&sound), ["at", "changes", "damage", "desk", "file", "sound"]);
    assert_eq!((sound["sound"].as_bool(), &sound["changes"]), (Some(true), &made["changes"]));
    let good = fs::read(&file).unwrap();
    let place = good.len() / 2;
    let mut bad = good.clone();
    bad[place] ^= 1;
    let short = &good[..place];
    let elsewhere = demo.computer.arg("new");
    for (bytes, said) in
        [(&bad[..], "journal/00000001.seg"), (short, "終わりが欠けている"), (b"x", "控えではありません")]
    {
        fs::write(&file, bytes).unwrap();
        let ended = check(3);
        assert!(ended.err.contains(said) && ended.out.is_empty(), "{}", ended.err);
        let ended = demo.computer.run(&["--data", &elsewhere, "restore", &file]).ends(3);
        assert!(ended.err.contains(said), "{}", ended.err);
        assert!(!PathBuf::from(&elsewhere).join("desk").exists());
    }
    let none = demo.computer.arg("無い.backup");
    assert!(demo.computer.run(&["verify", &none]).ends(3).err.contains("無い.backup"));
}

#[test]
fn generations_are_listed_and_tried_and_others_left() {
    let demo = Demo::new();
    let stick = demo.computer.arg("stick");
    let missing = demo.run(&["backup", &format!("{stick}/x.backup")]).ends(1);
    assert!(missing.err.contains("stick") && !PathBuf::from(&stick).exists(), "{}", missing.err);
    fs::create_dir(&stick).unwrap();
    fs::write(PathBuf::from(&stick).join("写真.jpg"), b"x").unwrap();
    assert!(demo.run(&["backup", &stick, "--list"]).ends(0).err.contains("控えはありません"));
    assert!(demo.run(&["backup", "--drill", &stick]).ends(1).err.contains("控えはありません"));
    let made = demo.json(&["backup", &stick]);
    let name = PathBuf::from(made["file"].as_str().unwrap());
    let list = demo.json(&["backup", &stick, "--list"]);
    let rows = list.as_array().unwrap();
    assert_eq!(members(&rows[0]), ["at", "bytes", "file", "kind", "problem"]);
    assert_eq!((rows.len(), rows[0]["kind"].as_str(), rows[0]["problem"].is_null()), (1, Some("weekly"), true));
    assert_eq!(rows[0]["file"], made["file"]);
    let shown = demo.run(&["backup", &stick, "--list"]).ends(0).out;
    assert!(shown.contains("週ごと") && shown.contains("1時間以内"), "{shown}");
    let drill = demo.json(&["backup", "--drill", &stick]);
    assert_eq!(members(&drill), ["at", "cases", "changes", "file", "found", "good", "opened", "records", "same_chain"]);
    assert_eq!((drill["good"].as_bool(), drill["opened"].as_bool()), (Some(true), Some(true)));
    assert!(drill["cases"].as_u64().unwrap() > 10);
    assert_eq!(fs::read_dir(demo.computer.path("tmp")).unwrap().count(), 0, "nothing is left of the trial");
    // The newest one that is whole is tried.
    let mut bytes = fs::read(&name).unwrap();
    bytes.truncate(1000);
    fs::write(&name, bytes).unwrap();
    assert!(demo.run(&["backup", "--drill", &stick]).ends(3).err.contains("終わりが欠けている"));
    assert!(demo.run(&["backup", &stick, "--list"]).ends(0).out.contains("終わりが欠けている"));
    assert!(PathBuf::from(&stick).join("写真.jpg").exists());
    let inside = demo.run(&["backup", &demo.computer.arg("data")]).ends(1);
    assert!(inside.err.contains("同じ場所"), "{}", inside.err);
    assert!(demo.run(&["backup"]).ends(2).err.contains("置き場所が決まっていません"));
}

#[test]
fn everything_is_written_out_after_a_warning() {
    let demo = Demo::new();
    let folder = demo.computer.arg("全部");
    let warned = demo.run(&["export", "--all", &folder]).ends(2);
    assert!(warned.err.contains("暗号化されません") && warned.err.contains("--yes"), "{}", warned.err);
    assert!(!PathBuf::from(&folder).exists());
    assert_eq!(demo.run(&["export", &folder]).code, 2);
    let told = demo.json(&["export", "--all", "--yes", &folder]);
    assert_eq!(members(&told), ["lines", "target", "unreadable"]);
    let lines = |name: &str| -> Vec<Value> {
        let text = fs::read_to_string(PathBuf::from(&folder).join(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let cases = lines("case.jsonl");
    assert_eq!(Some(u64::try_from(cases.len()).unwrap()), told["lines"]["case"].as_u64());
    assert!(cases.iter().all(|case| case["kind"] == "case" && case["id"].is_string() && case["value"].is_object()));
    let changes = lines("change.jsonl");
    assert_eq!(changes[0]["seq"], 1);
    assert!(changes.len() > cases.len() && told["unreadable"] == 0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(PathBuf::from(&folder)), mode(PathBuf::from(&folder).join("case.jsonl"))), (0o700, 0o600));
    }
    // Nothing is written over or among other files.
    assert!(demo.run(&["export", "--all", "--yes", &folder]).ends(2).err.contains("すでに使われています"));
    let one = demo.computer.arg("全部.jsonl");
    let told = demo.json(&["export", "--all", "--yes", &one]);
    let count: u64 = told["lines"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(u64::try_from(fs::read_to_string(&one).unwrap().lines().count()).unwrap(), count);
}
