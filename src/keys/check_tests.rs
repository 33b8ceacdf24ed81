//! What is wrong with a keymap, and where.

use proptest::prelude::*;

use super::*;
use crate::locale::{Lang, Locale};

const QUEUE: &[Context] = &[Context::Queue, Context::List, Context::Global];

fn key(text: &str) -> Key {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e:?}"))
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
        (
            "[form]\n\"ctrl-u\" = \"pick\"\n\"left\" = \"pick\"\n\"alt-left\" = \"pick\"\n",
            vec![(2, 1, "keys-editing-key"), (3, 1, "keys-editing-key")],
        ),
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
    let say = loaded.say().unwrap();
    assert_eq!((say.key, say.args), ("keys-rows-refused", vec![("count", "1".to_owned())]));
    assert_eq!(Keymap::layered(None, Some("[queue]\n\"a\" = \"none\"\n")).say(), None, "may be meant so");
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("a")), Resolution::Matched(Action::AddContact), "as before");
    assert_eq!(loaded.keymap.resolve(QUEUE, &[], key("b")), Resolution::Matched(Action::Edit), "good rows count");
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
}
