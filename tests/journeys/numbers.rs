//! Any office's number stands on the screen within five keys, whatever was open before.

use std::collections::BTreeMap;

use madoguchi::locale::Lang;
use madoguchi::runtime::headless::parse;
use madoguchi::screens::ScreenName;
use madoguchi::search::fold::romaji;

use crate::desk::{Desk, demo, empty_desk};
use crate::support::shows;

/// The smallest terminal on which all work can be done.
const SIZE: (u16, u16) = (80, 24);
const KEYS: usize = 5;

/// What was open before, and on which screen that is. Every screen is there, with and without something on top of it.
const BEFORE: [(&str, ScreenName); 25] = [
    ("f2", ScreenName::Intake),
    ("f3", ScreenName::Queue),
    ("f4", ScreenName::Directory),
    ("f5", ScreenName::Meeting),
    ("f4 alt-f", ScreenName::Upkeep),
    ("shift-f10", ScreenName::Keeping),
    // A slip that is half typed: in its codes, its names, its memo with a list at the caret.
    ("f7 \"1架空 いち\"", ScreenName::Intake),
    ("f7 \"1\" tab \"かくう\"", ScreenName::Intake),
    ("f7 \"1\" tab tab tab tab tab tab \"メモの途中 >なか\"", ScreenName::Intake),
    // Something else was searched, narrowed, or its people have the keys.
    ("f4 \"看取り 可\"", ScreenName::Directory),
    ("f4 \"ありえない言葉\"", ScreenName::Directory),
    ("f4 tab tab down", ScreenName::Directory),
    ("f4 tab alt-t \"4\" tab", ScreenName::Directory),
    ("f4 \"看取り 可\" f3", ScreenName::Queue),
    // Something lies on top.
    ("f3 f1", ScreenName::Queue),
    ("f3 f10", ScreenName::Queue),
    ("f3 \"p\"", ScreenName::Queue),
    ("f3 \"e\"", ScreenName::Queue),
    ("f5 f1", ScreenName::Meeting),
    ("f4 alt-j", ScreenName::Directory),
    ("f4 alt-q", ScreenName::Directory),
    ("f4 alt-t", ScreenName::Directory),
    ("f4 alt-f f1", ScreenName::Upkeep),
    ("shift-f10 f10", ScreenName::Keeping),
    ("f7 \"1\" f1", ScreenName::Intake),
];

/// The ways into the directory's empty field; each key counts.
const WAYS: [&str; 5] = ["f4", "ctrl-f", "f4 ctrl-f", "esc f4", "esc ctrl-f"];

/// The numbers of the directory, each with what may be typed of its office's reading, the shortest first.
fn offices(desk: &Desk) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for office in desk.app.model.offices.values().filter(|office| !office.removed && !office.phone.is_empty()) {
        let key = romaji::key(office.reading());
        let letters: Vec<char> = key.chars().filter(char::is_ascii_alphabetic).collect();
        let parts = (2..KEYS).flat_map(|n| letters.windows(n).map(|part| part.iter().collect::<String>()));
        all.insert(office.phone.clone(), parts.collect());
    }
    all
}

/// Whether the number stands on the screen after these keys, which are no more than they may be.
fn stands(desk: &mut Desk, way: &str, typed: &str, number: &str) -> bool {
    let script = format!("{way} \"{typed}\"");
    let few = parse(&script).unwrap().len() <= KEYS;
    few && {
        desk.keys(&script).unwrap();
        desk.app.screen() == ScreenName::Directory && desk.text().contains(number)
    }
}

#[test]
fn any_offices_number_is_on_the_screen_within_five_keys_from_anywhere() {
    for screen in ScreenName::ALL {
        assert!(BEFORE.iter().filter(|(_, on)| *on == screen).count() > 1, "{screen:?} with and without a popup");
    }
    let mut desk = demo(Lang::Ja, SIZE);
    let offices = offices(&desk);
    assert!(offices.len() > 50, "the demo is not there");
    // The fewest letters for each, so that keys are left for what lies on top.
    let mut typed: Vec<(&str, &str)> = Vec::new();
    desk.keys("f4").unwrap();
    for (number, parts) in &offices {
        let found = parts.iter().find(|part| stands(&mut desk, "ctrl-f", part, number));
        typed.push((found.unwrap_or_else(|| panic!("no way to {number} in {KEYS} keys")), number));
    }
    typed.sort_by_key(|(part, _)| part.len());
    // What was open decides the way into the field, and nothing of what is typed there: the longest stands for all.
    let (part, number) = typed.last().unwrap();
    for (before, screen) in BEFORE {
        let shown = WAYS.iter().any(|way| {
            let mut desk = demo(Lang::Ja, SIZE);
            desk.keys(before).unwrap();
            assert_eq!(desk.app.screen(), screen, "{before}");
            stands(&mut desk, way, part, number)
        });
        assert!(shown, "{before}: {number} by {part}");
    }
}

#[test]
fn an_office_of_a_name_that_a_hundred_others_have_stands_first_and_is_chosen_when_it_is_added() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f4").unwrap();
    for _ in 0..104 {
        desk.keys("ctrl-f alt-n \"架空医院\" ctrl-s").unwrap();
    }
    desk.keys("ctrl-f \"架空医院\"").unwrap();
    shows(&desk, "104件");
    // The last one has a reading behind all others: it is not among those that are listed.
    desk.keys("alt-n end tab \"ンンン\" tab tab tab tab \"0834009999\" ctrl-s").unwrap();
    shows(&desk, "105件");
    let text = desk.text();
    let row = text.lines().find(|line| line.contains("> 架空医院")).unwrap();
    assert!(row.contains("0834-00-9999"), "{text}");
    assert!(
        text.lines().position(|line| line.contains("> 架空医院"))
            < text.lines().position(|line| line.contains("  架空医院"))
    );
    // Letters are commands now, and are about it.
    desk.keys("\"a\" \"架空 窓子\" ctrl-s").unwrap();
    shows(&desk, "架空 窓子");
    shows(&desk, "0834-00-9999");
}
