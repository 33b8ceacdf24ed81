//! verify on data that were damaged.

use std::fs;

use super::{Demo, members};

#[test]
fn a_sound_desk_is_said_to_be_sound() {
    let demo = Demo::new();
    let report = demo.json(&["verify"]);
    assert_eq!(
        members(&report),
        [
            "at_opening",
            "changes",
            "first_broken_link",
            "found",
            "lost_changes",
            "needs_repair",
            "records",
            "repaired",
            "sound"
        ]
    );
    assert_eq!((report["sound"].as_bool(), report["found"].as_array().unwrap().len()), (Some(true), 0));
    assert!(report["changes"].as_u64().unwrap() > 100);
    assert!(demo.run(&["verify"]).ends(0).out.contains("壊れた記録はありません"));
    assert!(demo.run(&["--lang", "en", "verify"]).ends(0).out.contains("Nothing is damaged"));
}

#[test]
fn a_flipped_byte_in_the_journal_is_found() {
    let demo = Demo::new();
    let folder = demo.computer.path("data").join("journal");
    let mut segments: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    segments.sort();
    let mut bytes = fs::read(&segments[0]).unwrap();
    // The file is longer than what has been written to it.
    let middle = bytes.iter().rposition(|byte| *byte != 0).unwrap() / 2;
    bytes[middle] ^= 1;
    fs::write(&segments[0], bytes).unwrap();
    let ended = demo.run(&["verify"]).ends(1);
    assert!(ended.out.contains("壊れたところがありました"), "{}", ended.out);
    let report = demo.run(&["verify", "--json"]).ends(1).json();
    assert_eq!(report["sound"], false);
    let link = &report["first_broken_link"];
    assert_eq!((link["how"].as_str(), link["file"].as_str()), (Some("missing"), Some("00000001.seg")));
    assert!(link["number"].as_u64().unwrap() > 1 && !link["record"]["id"].is_null(), "{link}");
    assert!(ended.out.contains(&format!("{}番", link["number"])), "{}", ended.out);
    assert!(!report["found"].as_array().unwrap().is_empty());
}

#[test]
fn a_desk_that_was_not_closed_is_checked_and_sound() {
    let demo = Demo::new();
    fs::remove_file(demo.computer.path("data").join("clean")).unwrap();
    let report = demo.json(&["verify"]);
    assert_eq!((report["sound"].as_bool(), report["at_opening"].as_array().unwrap().len()), (Some(true), 1));
}

#[test]
fn a_lost_store_is_built_again_and_told_once() {
    let demo = Demo::new();
    let before = demo.json(&["case", "list", "--all"]);
    let data = demo.computer.path("data");
    let store = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path());
    let store = store.into_iter().find(|path| path.is_dir() && path.join("conf").exists()).unwrap();
    fs::remove_dir_all(store).unwrap();
    let ended = demo.run(&["case", "list", "--all", "--json"]).ends(0);
    assert_eq!(ended.json(), before);
    assert!(!ended.err.is_empty(), "it is told");
    demo.run(&["verify"]).ends(0);
}
