//! The keymaps that are shipped, and the layers over them.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::locale::{Lang, Locale};

const QUEUE: &[Context] = &[Context::Queue, Context::List, Context::Global];
const INTAKE: &[Context] = &[Context::Intake, Context::Form, Context::Global];

fn key(text: &str) -> Key {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e:?}"))
}

/// Each shipped keymap as it comes into force.
fn shipped() -> Vec<(&'static str, Loaded)> {
    SHIPPED.iter().map(|(name, _)| (*name, load(Some(name), None))).collect()
}

#[test]
fn each_shipped_keymap_is_without_fault() {
    for (name, loaded) in shipped() {
        assert_eq!(loaded.diagnostics, [], "{name}");
    }
}

#[test]
fn a_shipped_keymap_binds_what_it_says() {
    for (name, text) in SHIPPED {
        let keymap = load(Some(name), None).keymap;
        let bound: BTreeSet<(Context, String)> =
            Context::ALL.iter().flat_map(|c| keymap.rows(*c).into_iter().map(|(keys, _)| (*c, keys))).collect();
        let mut context = None;
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            if let Some(table) = line.strip_prefix('[') {
                context = Context::from_name(table.trim_end_matches(']'));
                assert!(context.is_some(), "{name}: {line}");
                continue;
            }
            let (keys, action) = line.split_once(" = ").unwrap();
            let row = (context.unwrap(), keys.trim_matches('"').to_owned());
            assert!(bound.contains(&row), "{name}: {line}");
            assert!(action.trim_matches('"').parse::<Action>().is_ok(), "{name}: {line}");
        }
    }
}

#[test]
fn in_each_shipped_keymap_a_key_leads_to_every_action() {
    for (name, loaded) in shipped() {
        for action in Action::ALL.iter().filter(|action| action.available()) {
            let reached = Context::STACKS.iter().any(|stack| loaded.keymap.keys_for(*action, stack).is_some());
            assert!(reached, "{name}: {action}");
        }
    }
}

#[test]
fn what_works_everywhere_has_a_function_key_everywhere() {
    for (name, loaded) in shipped() {
        let rows = loaded.keymap.rows(Context::Global);
        let global: BTreeSet<&str> = rows.iter().map(|(_, action)| *action).collect();
        for action in Action::ALL.iter().filter(|action| action.available() && global.contains(action.name())) {
            // The nine calls are nine times next-call, which has one; going back is Esc, which passes too.
            if action.call_number().is_some() || *action == Action::Back {
                continue;
            }
            for stack in Context::STACKS {
                let keys = loaded.keymap.chords_for(*action, stack);
                let passes = |chord: &[Key]| {
                    chord.first().is_some_and(|key| matches!(key.code, KeyCode::F(_)) && !key.ctrl && !key.alt)
                };
                assert!(keys.into_iter().any(passes), "{name}: {action} in {stack:?}");
            }
        }
    }
}

#[test]
fn a_key_that_converts_kana_or_needs_alt_is_never_the_only_one() {
    for (name, loaded) in shipped() {
        for context in Context::ALL {
            let rows = loaded.keymap.rows(context);
            for (keys, action) in rows.iter().filter(|(_, action)| *action != "none") {
                let chord = Key::chord(keys).unwrap();
                let converts = matches!(
                    chord.first(),
                    Some(Key { code: KeyCode::F(6..=10), ctrl: false, alt: false, shift: false })
                );
                let alt = chord.iter().any(|key| key.alt);
                if !converts && !alt {
                    continue;
                }
                // In [global] and [form] a field has the focus; elsewhere only Alt can be missing.
                let wide = [context, Context::Intake, Context::List, Context::Global];
                let other = wide.iter().flat_map(|c| loaded.keymap.rows(*c)).any(|(other, same)| {
                    let first = Key::chord(&other).ok().and_then(|chord| chord.first().copied());
                    same == *action && other != *keys && first.is_some_and(|key| !(alt && key.alt))
                });
                assert!(
                    other || (converts && matches!(context, Context::List)),
                    "{name}: [{}] {keys} {action}",
                    context.name()
                );
            }
        }
    }
}

#[test]
fn in_a_field_no_letter_is_a_command() {
    for (name, loaded) in shipped() {
        for context in [Context::Form, Context::Intake, Context::Global] {
            for (keys, _) in loaded.keymap.rows(context) {
                let first = Key::chord(&keys).unwrap()[0];
                assert_eq!(first.text(), None, "{name}: [{}] {keys}", context.name());
            }
        }
    }
}

#[test]
fn keys_become_actions() {
    let keymap = Keymap::default();
    for (contexts, pressed, action) in [
        (QUEUE, "ctrl-s", Some(Action::SaveCall)),
        (QUEUE, "a", Some(Action::AddContact)),
        (QUEUE, "x", Some(Action::Mark)),
        (QUEUE, "enter", Some(Action::Open)),
        (INTAKE, "enter", Some(Action::NextField)),
        (INTAKE, "esc", Some(Action::Back)),
        (INTAKE, "a", None),
        (INTAKE, "f7", Some(Action::NewCall)),
        (QUEUE, "案", None),
        (QUEUE, "ctrl-l", None), // lock comes later
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
    let user = "[queue]\n\"a\" = \"edit\"\n\"x\" = \"none\"\n\"f\" = \"find\"\n[global]\n\"ctrl-d\" = \"save-call\"\n";
    let loaded = Keymap::layered(None, Some(user));
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("a")), Resolution::Matched(Action::Edit));
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("x")), Resolution::NotFound, "none hides the wider table too");
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("f")), Resolution::Matched(Action::Find), "a chord gives way");
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("d")), Resolution::Matched(Action::SetDue), "the others stay");
    assert_eq!(loaded.keymap.keys_for(Action::SaveCall, QUEUE).as_deref(), Some("^D"), "the newest is shown");
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
fn a_chosen_keymap_lies_between() {
    let vim = load(Some("vim"), None).keymap;
    assert_eq!(vim.resolve(QUEUE, &[key("g")], key("g")), Resolution::Matched(Action::First));
    assert_eq!(vim.keys_for(Action::Down, QUEUE).as_deref(), Some("j"));
    let office = load(Some("function-keys"), None).keymap;
    assert_eq!(office.keys_for(Action::GoQueue, INTAKE).as_deref(), Some("F2 2"));
    assert_eq!(office.resolve(INTAKE, &[], key("f10")), Resolution::Matched(Action::SaveCall));
}

#[test]
fn hints_and_help_say_what_the_keys_do() {
    let keymap = Keymap::default();
    let hints = keymap.hints(QUEUE, &[Action::AddContact, Action::Print, Action::NextField, Action::FilterFlag]);
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
    assert_eq!(keys(Action::SetDue), Some("d"));
    assert_eq!(keys(Action::SaveCall), Some("^S"));
    assert_eq!(keys(Action::Up), None, "only moves");
    assert_eq!(keys(Action::TakeOffice), None, "of another screen");
    assert_eq!(keys(Action::Lock), None, "not yet");
}

/// What is told about a user's file: line, column, and the first word of the sentence's key.
fn told(text: &str) -> Vec<(usize, usize, &'static str)> {
    check(text).iter().map(|found| (found.line, found.column, found.say().key)).collect()
}

#[test]
fn each_fault_is_told_with_its_place() {
    for (text, expected) in [
        ("", vec![]),
        ("[queue]\n\"b\" = \"edit\"\n", vec![]),
        ("[queue]\n  \"b\" = \"edti\"\n", vec![(2, 9, "keys-unknown-action-nearest")]),
        ("[queue]\nb = \"frobnicate\"\n", vec![(2, 5, "keys-unknown-action")]),
        ("[queue]\n\"gg\" = \"edit\"\n", vec![(2, 1, "keys-key-unknown")]),
        ("[queue]\n\"gg\" = \"edti\"\n", vec![(2, 1, "keys-key-unknown"), (2, 8, "keys-unknown-action-nearest")]),
        ("[queue]\n\"\" = \"edit\"\n", vec![(2, 1, "keys-key-empty")]),
        ("[queue]\n\"shift-1\" = \"edit\"\n", vec![(2, 1, "keys-key-shifted-sign")]),
        ("[queue]\n\"super-s\" = \"edit\"\n", vec![(2, 1, "keys-key-modifier")]),
        ("[案件]\n", vec![(1, 2, "keys-syntax")]),
        ("[\"案件\"]\n\"b\" = \"edit\"\n", vec![(1, 2, "keys-unknown-context")]),
        ("b = \"edit\"\n", vec![(1, 1, "keys-outside-table")]),
        ("[queue]\n\"b\" = 3\n", vec![(2, 7, "keys-not-text")]),
        ("[queue]\n\"b\" = \"edit\"\n\"b\" = \"undo\"\n", vec![(3, 1, "keys-duplicate")]),
        ("[queue]\n\"J\" = \"edit\"\n\"shift-j\" = \"undo\"\n", vec![(3, 1, "keys-duplicate")]),
        ("[queue]\n\"b\" = \"edit\"\n\"b b\" = \"undo\"\n", vec![(3, 1, "keys-shadowed")]),
        ("[queue]\n\"b b\" = \"edit\"\n\"b\" = \"undo\"\n", vec![(3, 1, "keys-shadowed")]),
        ("[global]\n\"b\" = \"edit\"\n[queue]\n\"b b\" = \"undo\"\n", vec![(4, 1, "keys-shadowed")]),
        ("[list]\n\"f\" = \"edit\"\n", vec![(2, 1, "keys-shadowed")]),
        ("[queue]\n\"ctrl-i\" = \"edit\"\n", vec![(2, 1, "keys-same-as")]),
        ("[queue]\n\"ctrl-1\" = \"edit\"\n", vec![(2, 1, "keys-never-sent")]),
        ("[queue]\n\"ctrl-space\" = \"edit\"\n", vec![(2, 1, "keys-taken")]),
        ("[form]\n\"b\" = \"pick\"\n", vec![(2, 1, "keys-text-in-form")]),
        ("[form]\n\"あ b\" = \"pick\"\n", vec![(2, 1, "keys-text-in-form")]),
        ("[queue]\n# 注\n\"a\" = \"none\"\n", vec![(3, 1, "keys-unreachable")]),
        ("[queue]\n\"a\" = \"edit\"\n", vec![(2, 1, "keys-unreachable")]),
        ("\"あ\" = [\n", vec![(1, 8, "keys-syntax")]),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn each_finding_is_a_sentence_in_both_languages() {
    let text = "[queue]\n\"gg\" = \"edit\"\n\"b\" = \"edti\"\n\"B\" = \"edit\"\n\"B B\" = \"undo\"\n\"shift-b\" = \"undo\"\n\
                \"ctrl-m\" = \"edit\"\n\"ctrl-1\" = \"edit\"\n\"alt-`\" = \"edit\"\n\"a\" = \"none\"\n[x]\n[form]\n\"b\" = \"pick\"\n";
    let found = check(text);
    assert!(found.len() >= 10, "{found:?}");
    for lang in [Lang::Ja, Lang::En] {
        let locale = Locale::new(lang);
        for found in &found {
            let say = found.say();
            let sentence = locale.say(&say);
            assert!(sentence != say.key && !sentence.contains('$') && !sentence.contains('{'), "{sentence}");
            assert!(sentence.ends_with(if lang == Lang::Ja { '。' } else { sentence.chars().last().unwrap() }));
        }
    }
}

#[test]
fn a_bad_file_leaves_the_default_in_force() {
    let good = Keymap::default();
    for text in
        ["[queue\n\"a\" = \"edit\"", "\u{0}", "[queue]\n\"a\" = \"edit\"\n\"b\" = \"", "[[queue]]\n\"a\" = \"edit\"\n"]
    {
        let loaded = Keymap::layered(None, Some(text));
        assert_eq!(loaded.keymap, good, "{text:?}");
        assert!(loaded.diagnostics.iter().any(Diagnostic::is_error), "{text:?}");
    }
    let loaded = Keymap::layered(None, Some("[queue]\n\"a\" = \"frobnicate\"\n\"b\" = \"edit\"\n"));
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("a")), Resolution::Matched(Action::AddContact), "as before");
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("b")), Resolution::Matched(Action::Edit), "good rows count");
}

#[test]
fn files_are_found_missed_and_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mine = dir.path().join(USER_FILE);
    let absent = load(None, Some(&mine));
    assert_eq!((absent.keymap, absent.diagnostics), (Keymap::default(), vec![]), "no file is no fault");
    std::fs::write(&mine, "\u{feff}[queue]\r\n\"b\" = \"edit\"\r\n").unwrap();
    let loaded = load(Some("vim"), Some(&mine));
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("b")), Resolution::Matched(Action::Edit));
    let by_path = load(mine.to_str(), None);
    assert_eq!(by_path.keymap.resolve(QUEUE, &[], key("b")), Resolution::Matched(Action::Edit));
    std::fs::write(&mine, b"[queue]\n\"\x82\xa0\" = \"edit\"\n").unwrap();
    for (choice, user, said) in [
        (None, Some(mine.as_path()), "keys-unreadable"),
        (None, Some(dir.path()), "keys-unreadable"),
        (dir.path().to_str(), None, "keys-unreadable"),
        (Some("emacs"), None, "keys-no-such-keymap"),
    ] {
        let loaded = load(choice, user);
        assert_eq!(loaded.keymap, Keymap::default());
        assert_eq!(loaded.diagnostics.iter().map(|found| found.say().key).collect::<Vec<_>>(), [said]);
    }
}

#[test]
fn what_a_terminal_cannot_send_is_known() {
    for (text, expected) in [
        ("ctrl-i", Some(Trouble::SameAs("tab"))),
        ("ctrl-m", Some(Trouble::SameAs("enter"))),
        ("ctrl-j", Some(Trouble::SameAs("enter"))),
        ("ctrl-h", Some(Trouble::SameAs("backspace"))),
        ("ctrl-[", Some(Trouble::SameAs("esc"))),
        ("ctrl-shift-x", Some(Trouble::NeverSent)),
        ("ctrl-S", Some(Trouble::NeverSent)),
        ("ctrl-1", Some(Trouble::NeverSent)),
        ("ctrl-;", Some(Trouble::NeverSent)),
        ("ctrl-\\", Some(Trouble::NeverSent)),
        ("ctrl-^", Some(Trouble::NeverSent)),
        ("ctrl-あ", Some(Trouble::NeverSent)),
        ("ctrl-space", Some(Trouble::Taken)),
        ("ctrl-alt-q", Some(Trouble::Taken)),
        ("alt-`", Some(Trouble::Taken)),
        ("alt-[", Some(Trouble::SameAs("esc"))),
        ("shift-f3", Some(Trouble::NeverSent)),
        ("f13", Some(Trouble::NeverSent)),
        ("shift-enter", Some(Trouble::SameAs("enter"))),
        ("shift-insert", Some(Trouble::Taken)),
        ("ctrl-s", None),
        ("alt-1", None),
        ("shift-tab", None),
        ("shift-f9", None),
        ("J", None),
        ("無", None),
    ] {
        assert_eq!(trouble(key(text)), expected, "{text}");
    }
}

#[test]
fn every_table_is_looked_up_somewhere_and_titled() {
    for context in Context::ALL {
        assert_eq!(Context::from_name(context.name()), Some(context));
        assert!(Context::STACKS.iter().any(|stack| stack.contains(&context)), "{context:?}");
        assert!(Locale::new(Lang::Ja).has(context.title()), "{context:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_a_keymap_or_told_about(
        text in "(\\[(queue|form|global|x)\\]\n|\"(ctrl-|shift-|g |.){0,3}\" = \"(edit|undo|none|.{0,6})\"\n|.|\n){0,12}"
    ) {
        let loaded = Keymap::layered(None, Some(&text));
        for found in &loaded.diagnostics {
            prop_assert!(found.line >= 1 && found.column >= 1);
            prop_assert!(found.line <= text.matches('\n').count() + 1);
        }
    }

    #[test]
    fn what_a_hint_says_is_what_the_keys_do(at in 0..Action::ALL.len(), stack in 0..Context::STACKS.len()) {
        let (action, stack) = (Action::ALL[at], Context::STACKS[stack]);
        for (_, loaded) in shipped() {
            for chord in loaded.keymap.chords_for(action, stack) {
                let (last, begun) = chord.split_last().unwrap();
                prop_assert_eq!(loaded.keymap.resolve(stack, begun, *last), Resolution::Matched(action));
            }
        }
    }
}

#[test]
fn the_app_looks_keys_up_in_the_tables_that_the_check_judges() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.join("app"), source.join("popups"), source.join("screens")];
    let mut seen = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for list in text.split("&[Context::").skip(1).filter_map(|rest| rest.split(']').next()) {
                let names: Vec<String> =
                    list.split(',').map(|name| name.trim().trim_start_matches("Context::").to_lowercase()).collect();
                let stack: Option<Vec<Context>> = names.iter().map(|name| Context::from_name(name)).collect();
                let stack = stack.unwrap_or_else(|| panic!("{}: {names:?}", path.display()));
                let known = Context::STACKS.contains(&stack.as_slice()) || stack == [Context::Global];
                assert!(known, "{}: {names:?} is missing in Context::STACKS", path.display());
                seen.insert(stack);
            }
        }
    }
    assert!(seen.len() > 5, "{seen:?}");
}
