//! Keys looked up in the layers of a keymap, and the hints made from them.

use super::*;

const QUEUE: &[Context] = &[Context::Queue, Context::List, Context::Global];
const INTAKE: &[Context] = &[Context::Intake, Context::Form, Context::Global];

fn key(text: &str) -> Key {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e:?}"))
}

#[test]
fn keys_become_actions() {
    let keymap = Keymap::default();
    for (contexts, pressed, action) in [
        (QUEUE, "ctrl-s", Some(Action::SaveCall)),
        (QUEUE, "a", Some(Action::AddContact)),
        (QUEUE, "x", Some(Action::Mark)),
        (QUEUE, "enter", Some(Action::Open)),
        (INTAKE, "enter", Some(Action::TakeCaller)),
        (INTAKE, "esc", Some(Action::Back)),
        (INTAKE, "a", None),
        (INTAKE, "f7", Some(Action::NewCall)),
        (QUEUE, "案", None),
        (QUEUE, "ctrl-l", Some(Action::Lock)),
        (QUEUE, "p", Some(Action::Print)),
        (QUEUE, "r", None), // circulation comes later
        (&[], "f1", None),
    ] {
        let expected = action.map_or(Resolution::NotFound, Resolution::Matched);
        assert_eq!(keymap.resolve(contexts, &[], key(pressed)), expected, "{pressed} in {contexts:?}");
    }
}

#[test]
fn a_chord_waits_goes_on_and_is_taken_back() {
    let keymap = Keymap::default();
    let Resolution::Pending(next) = keymap.resolve(INTAKE, &[], key("ctrl-x")) else { panic!("no chord") };
    assert!(next.contains(&Next { key: key("1"), then: Then::Action(Action::Call1) }));
    assert!(next.contains(&Next { key: key("d"), then: Then::Action(Action::DropDraft) }), "of another table");
    let begun = [key("ctrl-x")];
    assert_eq!(keymap.resolve(INTAKE, &begun, key("2")), Resolution::Matched(Action::Call2));
    assert_eq!(keymap.resolve(INTAKE, &begun, key("q")), Resolution::NotFound);
    assert_eq!(keymap.resolve(INTAKE, &begun, key("esc")), Resolution::Cancelled);
    assert_eq!(keymap.resolve(QUEUE, &begun, key("d")), Resolution::NotFound, "only in forms");
}

#[test]
fn how_a_chord_goes_on_can_be_shown() {
    let office = load(Some("function-keys"), None).keymap;
    let shown = office.continuations(INTAKE, &[key("f2")], |_| None);
    assert!(shown.contains(&("2".to_owned(), "action-go-queue")), "{shown:?}");
    assert!(!shown.iter().any(|(keys, _)| keys == "5"), "statistics come later: {shown:?}");
    let keymap = Keymap::layered(None, Some("[queue]\n\"g a b\" = \"edit\"\n")).keymap;
    let fold = |c| (c == 'ｇ').then_some('g');
    assert_eq!(keymap.continuations(QUEUE, &[Key::char('ｇ')], fold), [("a".to_owned(), "keys-more")]);
    assert_eq!(keymap.continuations(QUEUE, &[], fold), []);
}

#[test]
fn while_a_field_has_the_focus_no_keymap_makes_text_a_command() {
    let typing = &[Context::Directory, Context::List, Context::Form, Context::Global];
    let loaded = Keymap::layered(None, Some("[global]\n\"q\" = \"quit\"\n\"あ\" = \"undo\"\n\"Z Z\" = \"quit\"\n"));
    for pressed in ["q", "あ", "Z", "y", "?", "space", "/"] {
        let found = loaded.keymap.resolve_folded(typing, &[], key(pressed), |_| Some('q'));
        assert_eq!(found, Resolution::NotFound, "{pressed}");
    }
    assert_eq!(loaded.keymap.resolve(typing, &[], key("alt-y")), Resolution::Matched(Action::CopyPhone));
    assert_eq!(loaded.keymap.resolve(typing, &[key("ctrl-x")], key("1")), Resolution::Matched(Action::Call1));
    assert_eq!(loaded.keymap.keys_for(Action::CopyPhone, typing).as_deref(), Some("Alt-y"));
    assert_eq!(loaded.keymap.keys_for(Action::Quit, typing).as_deref(), Some("^Q"));
    assert_eq!(load(Some("vim"), None).keymap.keys_for(Action::Down, typing).as_deref(), Some("Down"));
}

#[test]
fn a_longer_chord_shows_that_more_keys_follow() {
    let keymap = Keymap::layered(None, Some("[queue]\n\"g a b\" = \"edit\"\n\"g c\" = \"undo\"\n")).keymap;
    let Resolution::Pending(next) = keymap.resolve(QUEUE, &[], key("g")) else { panic!("no chord") };
    assert_eq!(
        next,
        [Next { key: key("a"), then: Then::More }, Next { key: key("c"), then: Then::Action(Action::Undo) }]
    );
    assert_eq!(keymap.resolve(QUEUE, &[key("g"), key("a")], key("b")), Resolution::Matched(Action::Edit));
}

#[test]
fn what_an_input_method_makes_of_a_key_is_the_key() {
    let keymap = Keymap::layered(None, Some("[queue]\n\"済\" = \"close-case\"\n")).keymap;
    let fold = |c: char| match c {
        'あ' | 'ａ' => Some('a'),
        'ｆ' => Some('f'),
        '済' => Some('x'),
        _ => None,
    };
    let press = |pending: &[Key], c: char| keymap.resolve_folded(QUEUE, pending, Key::char(c), fold);
    assert_eq!(press(&[], 'ａ'), Resolution::Matched(Action::AddContact));
    assert_eq!(press(&[], 'あ'), Resolution::Matched(Action::AddContact));
    assert_eq!(press(&[], '済'), Resolution::Matched(Action::CloseCase), "as bound before as folded");
    assert_eq!(press(&[], '語'), Resolution::NotFound);
    assert!(matches!(press(&[], 'ｆ'), Resolution::Pending(_)));
    assert_eq!(press(&[Key::char('ｆ')], 'あ'), Resolution::Matched(Action::FilterArea), "a chord of folded keys");
}

#[test]
fn a_newer_layer_replaces_single_keys() {
    let user = "[queue]\n\"a\" = \"edit\"\n\"x\" = \"none\"\n\"f\" = \"find\"\n[global]\n\"ctrl-t\" = \"save-call\"\n";
    let loaded = Keymap::layered(None, Some(user));
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("a")), Resolution::Matched(Action::Edit));
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("x")), Resolution::NotFound, "none hides the wider table too");
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("f")), Resolution::Matched(Action::Find), "a chord gives way");
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("d")), Resolution::Matched(Action::SetDue), "the others stay");
    assert_eq!(loaded.keymap.keys_for(Action::SaveCall, QUEUE).as_deref(), Some("^T"), "the newest is shown");
    assert_eq!(
        loaded.keymap.keys_for(Action::SaveCall, INTAKE).as_deref(),
        Some("^S"),
        "unless it means another thing"
    );
    assert_eq!(
        loaded.keymap.resolve(&[Context::Directory, Context::List], &[], key("x")),
        Resolution::Matched(Action::Mark)
    );
}

#[test]
fn hints_and_help_say_what_the_keys_do() {
    let keymap = Keymap::default();
    let hints = keymap.hints(QUEUE, &[Action::AddContact, Action::Circulate, Action::NextField, Action::FilterFlag]);
    let shown: Vec<_> = hints.iter().map(|hint| (hint.keys.as_str(), hint.title)).collect();
    assert_eq!(shown, [("a", "action-add-contact"), ("f m", "action-filter-flag")]);
    for stack in Context::STACKS {
        for (context, hints) in keymap.help(stack) {
            for hint in hints {
                assert!(hint.action.available());
                for keys in keymap.all_keys_for(hint.action, &[context]) {
                    assert!(!keys.is_empty());
                }
            }
        }
    }
    let help = keymap.help(QUEUE);
    assert_eq!(help.iter().map(|(context, _)| *context).collect::<Vec<_>>(), QUEUE);
    let save = help.iter().flat_map(|(_, hints)| hints).find(|hint| hint.action == Action::SaveCall).unwrap();
    assert_eq!(save.keys, "^S  F12");
}

#[test]
fn the_palette_keeps_what_lost_its_key() {
    let keymap = Keymap::layered(None, Some("[queue]\n\"a\" = \"none\"\n")).keymap;
    let offered = keymap.commands(QUEUE);
    let keys = |action| offered.iter().find(|hint| hint.action == action).map(|hint| hint.keys.as_str());
    assert_eq!(keys(Action::AddContact), Some(""));
    let place = |action| offered.iter().position(|hint| hint.action == action);
    assert!(place(Action::AddContact) < place(Action::SaveCall), "the nearest first");
    assert_eq!(keys(Action::SetDue), Some("d"));
    assert_eq!(keys(Action::SaveCall), Some("^S"));
    assert_eq!(keys(Action::Up), None, "only moves");
    assert_eq!(keys(Action::TakeOffice), None, "of another screen");
    assert_eq!(keys(Action::Print), Some("p"));
    assert_eq!(keys(Action::Circulate), None, "not yet");
}
