//! Plays the practice call on the whole app.

use chrono::DateTime;

use super::*;
use crate::keys::{Action, Context};
use crate::locale::{Lang, Locale};
use crate::runtime::headless::{Headless, World};
use crate::widgets::width::width;

fn world(size: (u16, u16), lang: Lang) -> World {
    let mut world = World::new(DateTime::parse_from_rfc3339("2026-11-24T10:05:00+09:00").unwrap());
    (world.size, world.lang) = (size, Some(lang));
    world
}

/// A demo that was opened for its practice.
fn practising(size: (u16, u16), lang: Lang) -> Headless {
    let mut desk = world(size, lang).start();
    desk.keys("\"4\"").unwrap();
    assert!(desk.app.practice().is_running(), "{}", desk.text());
    desk
}

fn play(desk: &mut Headless, steps: &[(&str, Step)]) {
    for (keys, next) in steps {
        desk.keys(keys).unwrap();
        assert_eq!(desk.app.practice().step(), *next, "after {keys}\n{}", desk.text());
    }
}

/// What a newcomer does who follows the strip.
const FOLLOWED: &[(&str, Step)] = &[
    ("f7", Step::Caller),
    ("tab \"tamura\"", Step::Caller),
    ("enter", Step::Topic),
    ("tab tab tab tab tab tab tab tab tab tab tab", Step::Topic),
    ("\"a\"", Step::Memo),
    ("ctrl-t \"#\"", Step::Memo),
    ("down enter", Step::Office),
    ("ctrl-f \"zaitaku\"", Step::Office),
    ("enter", Step::Due),
    ("tab tab tab tab tab \"+3\"", Step::Due),
    ("tab", Step::Flag),
    ("f8", Step::Second),
    ("f7", Step::Return),
    ("f9", Step::Save),
    ("ctrl-s", Step::Queue),
    ("f3", Step::Undo),
    ("ctrl-z", Step::End),
];

#[test]
fn the_call_is_taken_as_the_strip_says() {
    for (size, lang) in [((80, 24), Lang::Ja), ((100, 30), Lang::Ja), ((80, 24), Lang::En)] {
        let mut desk = practising(size, lang);
        for step in FOLLOWED {
            let shown = desk.text();
            assert!(shown.contains(&format!("{}/12", number(desk.app.practice().step()))), "{shown}");
            play(&mut desk, &[*step]);
        }
        let text = desk.text();
        assert!(text.contains(if lang == Lang::Ja { "終わり: " } else { "Done: " }), "{text}");
        assert!(text.contains("F1") && text.contains("^L"), "{text}");
        // The key that leaves it ends it, and begins anew.
        desk.keys("alt-g").unwrap();
        assert!(!desk.app.practice().is_running());
        desk.keys("alt-g").unwrap();
        assert_eq!(desk.app.practice().step(), Step::Begin);
    }
}

fn number(step: Step) -> usize {
    (Step::ALL.iter().position(|other| *other == step).unwrap() + 1).min(12)
}

#[test]
fn steps_count_in_any_order_and_in_any_way() {
    let mut desk = practising((100, 30), Lang::Ja);
    // Everything by the memo, the number instead of the name, the second call first of all, the save before the rest.
    play(
        &mut desk,
        &[
            ("ctrl-n", Step::Caller),
            ("f8", Step::Caller),
            ("f7 \"2\" f9", Step::Caller),
            ("ctrl-t \"#\" enter", Step::Caller),
            ("\" !\"", Step::Caller),
            ("\"12/5 \"", Step::Caller),
            ("ctrl-f \"zaitaku\" enter", Step::Caller),
            ("shift-tab", Step::Caller),
        ],
    );
    let practice = desk.app.practice();
    for step in [Step::Topic, Step::Memo, Step::Office, Step::Flag, Step::Second, Step::Return] {
        assert!(practice.done.contains(&step), "{step:?}\n{}", desk.text());
    }
    desk.keys("f12").unwrap();
    assert_eq!(desk.app.practice().step(), Step::Queue);
    // Who takes it back without having looked has seen where it was.
    desk.keys("f3 u").unwrap();
    assert_eq!(desk.app.practice().step(), Step::End);
    desk.keys("ctrl-y").unwrap();
    assert_eq!(desk.app.practice().step(), Step::End);
}

#[test]
fn a_call_that_went_on_with_an_earlier_case_is_taken_back_too() {
    let mut desk = practising((100, 30), Lang::Ja);
    let before = desk.app.model.cases.len();
    desk.keys("f3 a \"9\" f12").unwrap();
    assert_eq!(desk.app.model.cases.len(), before, "{}", desk.text());
    assert!(!desk.app.practice().done.contains(&Step::Undo), "{}", desk.text());
    desk.keys("ctrl-z").unwrap();
    assert_eq!(desk.app.model.cases.len(), before);
    assert!(desk.app.practice().done.contains(&Step::Undo), "{}", desk.text());
}

#[test]
fn what_is_taken_back_comes_again() {
    let mut desk = practising((100, 30), Lang::Ja);
    play(
        &mut desk,
        &[
            ("f7 tab \"tamura\" enter", Step::Topic),
            ("ctrl-t \"#\" enter", Step::Office),
            ("backspace backspace backspace backspace backspace backspace backspace backspace", Step::Topic),
            ("ctrl-x d y", Step::Begin),
            ("f7", Step::Caller),
        ],
    );
}

#[test]
fn it_can_be_left_and_taken_up_and_outlasts_a_lock() {
    let mut desk = practising((80, 24), Lang::Ja);
    desk.keys("f7 tab \"tamura\" enter alt-g").unwrap();
    assert!(desk.text().contains("Alt-g で続きからできます"), "{}", desk.text());
    // A call that was begun before goes on; what is done meanwhile counts.
    desk.keys("f8 alt-g").unwrap();
    assert_eq!(desk.app.practice().step(), Step::Topic);
    assert!(desk.app.practice().done.contains(&Step::Flag));
    desk.keys("ctrl-l").unwrap();
    assert!(!desk.text().contains("練習 "), "{}", desk.text());
}

#[test]
fn a_real_desk_only_says_where_it_is() {
    let mut desk = world((80, 24), Lang::Ja).start();
    desk.keys("2 \"架空窓口\" tab \"試験花子\" tab tab \"雨の日は縁側で猫とお茶を飲む\" tab \"雨の日は縁側で猫とお茶を飲む\" enter")
        .unwrap();
    desk.confirm_recovery_key();
    desk.keys("alt-g").unwrap();
    assert!(desk.text().contains("madoguchi demo --practice"), "{}", desk.text());
    assert!(!desk.app.practice().is_running());
}

#[test]
fn the_demo_offers_it_until_something_is_begun() {
    for (keys, offered) in [("", true), ("f4", false), ("f4 f3", true), ("f7 f3", false), ("alt-g alt-g", false)] {
        let mut desk = world((80, 24), Lang::Ja).start();
        desk.keys(&format!("1 {keys}")).unwrap();
        assert_eq!(desk.text().contains("はじめの電話の練習ができます"), offered, "{keys}\n{}", desk.text());
    }
    let mut desk = world((80, 24), Lang::Ja).start();
    desk.keys("1 f10 \"練習\" enter").unwrap();
    assert!(desk.app.practice().is_running(), "{}", desk.text());
}

#[test]
fn every_line_fits_eighty_columns_with_every_keymap() {
    for (name, lang) in [
        ("default", Lang::Ja),
        ("vim", Lang::Ja),
        ("function-keys", Lang::Ja),
        ("function-keys", Lang::En),
        ("default", Lang::En),
    ] {
        let mut world = world((80, 24), lang);
        world.keymap = crate::keys::load(Some(name), None).keymap;
        let leave = world.keymap.keys_for(Action::Practice, &[Context::Form, Context::Global]).unwrap();
        let locale = Locale::new(lang);
        let keymap = world.keymap.clone();
        let mut desk = world.start();
        desk.keys("\"4\"").unwrap();
        let key = |action, context: &[Context]| keymap.keys_for(action, context).unwrap_or_default();
        for step in Step::ALL {
            let (words, keys) = step.says();
            let longest = [
                "number", "R8-00000", "place", "12", "minutes", "12", "seconds", "34", "coded", "123", "budget", "45",
                "text", "123",
            ];
            let mut args: Vec<(&'static str, String)> = longest.chunks(2).map(|c| (c[0], c[1].to_owned())).collect();
            // The reason is cut where it has no room.
            args.push(("why", String::new()));
            let words = locale.say(&Say { key: words, args });
            let count = locale.say(&Say::new("practice-count").with("at", "12").with("of", "12"));
            assert!(width(&words) <= 78, "{step:?} {words}");
            let global = &[Context::Intake, Context::Form, Context::Global][..];
            let all = [
                ("new", Action::NewCall),
                ("next", Action::NextField),
                ("take", Action::TakeCaller),
                ("time", Action::StampTime),
                ("find", Action::Find),
                ("flag", Action::FlagMeeting),
                ("back", Action::NextCall),
                ("save", Action::SaveCall),
                ("queue", Action::GoQueue),
                ("undo", Action::Undo),
                ("help", Action::Help),
                ("lock", Action::Lock),
            ];
            let say = all.iter().fold(Say::new(keys), |say, (name, action)| say.with(name, key(*action, global)));
            let line = locale.say(&say);
            let rest = width(&leave) + 1 + width(&locale.t("practice-leave")) + width(&count) + 4;
            assert!(width(&line) + rest <= 80, "{name} {step:?} {line}");
        }
    }
}
