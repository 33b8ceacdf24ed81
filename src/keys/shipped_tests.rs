//! The keymaps that are part of the program, and where they and the user's own are found.

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
fn a_chosen_keymap_lies_between() {
    let vim = load(Some("vim"), None).keymap;
    assert_eq!(vim.resolve(QUEUE, &[key("g")], key("g")), Resolution::Matched(Action::First));
    assert_eq!(vim.keys_for(Action::Down, QUEUE).as_deref(), Some("j"));
    let office = load(Some("function-keys"), None).keymap;
    assert_eq!(office.keys_for(Action::GoQueue, INTAKE).as_deref(), Some("F2 2"));
    assert_eq!(office.resolve(INTAKE, &[], key("f10")), Resolution::Matched(Action::SaveCall));
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
fn every_table_is_looked_up_somewhere_and_titled() {
    for context in Context::ALL {
        assert_eq!(Context::from_name(context.name()), Some(context));
        assert!(Context::STACKS.iter().any(|stack| stack.contains(&context)), "{context:?}");
        assert!(Locale::new(Lang::Ja).has(context.title()), "{context:?}");
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

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
