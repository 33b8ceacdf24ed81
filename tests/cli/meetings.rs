//! meeting on the demo.

use super::{Demo, members};

#[test]
fn the_meetings_stand_by_day_with_the_next_one() {
    let demo = Demo::new();
    let list = demo.json(&["meeting", "list"]);
    let list = list.as_array().unwrap();
    assert!(list.len() >= 2);
    for meeting in list {
        assert_eq!(members(meeting), ["date", "held", "id", "items", "kind", "next", "place", "starts_at"]);
    }
    assert!(list.is_sorted_by_key(|meeting| meeting["date"].as_str().unwrap().to_owned()));
    assert_eq!(list.iter().filter(|meeting| meeting["next"] == true).count(), 1);
    assert!(list.iter().any(|meeting| meeting["held"] == true));
    let out = demo.run(&["meeting", "list"]).ends(0).out;
    assert!(out.contains("定例会") && out.contains("次回") && out.contains("開催済"), "{out}");
    assert_eq!(out.lines().count(), list.len() + 1);
    let english = demo.run(&["--lang", "en", "meeting", "list"]).ends(0).out;
    assert!(english.starts_with("Code") && !english.contains("meeting-"), "{english}");
}

#[test]
fn the_next_ones_agenda_is_the_flagged_cases() {
    let demo = Demo::new();
    let next = demo.json(&["meeting", "show", "next"]);
    let items = next["items"].as_array().unwrap();
    let cases = demo.json(&["case", "list", "--all"]);
    let flagged = cases.as_array().unwrap().iter().filter(|case| case["flagged"] == true);
    let mut flagged: Vec<&str> = flagged.map(|case| case["number"].as_str().unwrap()).collect();
    let mut listed: Vec<&str> = items.iter().map(|item| item["number"].as_str().unwrap()).collect();
    flagged.sort_unstable();
    listed.sort_unstable();
    assert!(!listed.is_empty());
    assert_eq!(listed, flagged);
    assert_eq!(
        members(&items[0]),
        [
            "area",
            "caller_kind",
            "case",
            "decision",
            "due",
            "flagged",
            "minutes",
            "number",
            "operator",
            "reason",
            "status",
            "summary",
            "topics",
            "treatment"
        ]
    );
    let shown = demo.run(&["meeting", "show", "next"]).ends(0).out;
    assert!(listed.iter().all(|number| shown.contains(number)), "{shown}");
}

#[test]
fn a_held_meeting_shows_what_was_decided_by_code_or_day() {
    let demo = Demo::new();
    let list = demo.json(&["meeting", "list"]);
    let held = list.as_array().unwrap().iter().find(|meeting| meeting["held"] == true).unwrap();
    let (id, day) = (held["id"].as_str().unwrap(), held["date"].as_str().unwrap());
    let whole = demo.json(&["meeting", "show", id]);
    assert!(whole["items"].as_array().unwrap().iter().any(|item| !item["decision"].as_str().unwrap().is_empty()));
    assert_eq!(demo.json(&["meeting", "show", &id[..8]]), whole);
    assert_eq!(demo.json(&["meeting", "print", day]), whole);
    for wrong in ["", "次", "1999-01-01", "zzzz"] {
        let ended = demo.run(&["meeting", "show", wrong]).ends(1);
        assert!(ended.out.is_empty() && ended.err.contains("会議はありません"), "{}", ended.err);
    }
}

#[test]
fn a_printed_agenda_fits_the_page_and_has_room_to_write() {
    let demo = Demo::new();
    for (lang, title) in [("ja", "定例会 次第"), ("en", "Agenda")] {
        let page = demo.run(&["--lang", lang, "meeting", "print", "next"]).ends(0).out;
        assert!(page.to_lowercase().contains(&title.to_lowercase()), "{page}");
        assert!(page.contains("____"), "{page}");
        assert!(page.lines().all(|line| madoguchi::widgets::width::width(line) <= 78), "{page}");
    }
}
