//! The command line, with everything around it handed in.

use std::cell::RefCell;
use std::path::Path;

use serde_json::Value;

use super::*;
use crate::keys::USER_FILE;

/// What came of a command line.
struct Ended {
    code: u8,
    out: String,
    err: String,
    opened: Vec<Global>,
}

fn run_in(config: Option<&Path>, lang: &str, line: &[&str]) -> Ended {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let opened = RefCell::new(Vec::new());
    let code = run(
        std::iter::once("madoguchi").chain(line.iter().copied()),
        Surroundings {
            variable: &|name| (name == "LANG").then(|| lang.to_owned()),
            config: config.map(Path::to_owned),
            open_desk: &|global| {
                opened.borrow_mut().push(global.clone());
                42
            },
            ask: &|_| None,
            out: &mut out,
            err: &mut err,
        },
    );
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code, out: text(out), err: text(err), opened: opened.into_inner() }
}

fn ja(line: &[&str]) -> Ended {
    run_in(None, "ja_JP.UTF-8", line)
}

/// Every command with the key of its sentence.
fn commands(command: &clap::Command, key: &str, found: &mut Vec<(String, clap::Command)>) {
    found.push((key.to_owned(), command.clone()));
    for sub in command.get_subcommands() {
        commands(sub, &format!("{key}-{}", sub.get_name()), found);
    }
}

#[test]
fn every_command_and_argument_is_explained_in_both_languages() {
    for lang in [Lang::Ja, Lang::En] {
        let locale = Locale::new(lang);
        let command = help::command(&locale);
        command.clone().debug_assert();
        let mut found = Vec::new();
        commands(&command, "cli", &mut found);
        for (key, command) in found {
            assert!(locale.has(&key), "{lang:?}: no sentence `{key}`");
            for arg in command.get_arguments() {
                let key = help::sentence_key(arg, &key);
                assert!(locale.has(&key), "{lang:?}: no sentence `{key}`");
            }
        }
    }
}

#[test]
fn help_speaks_the_language_that_was_asked_for() {
    for (lang, line, start) in [
        ("ja_JP.UTF-8", &["--help"][..], "在宅医療"),
        ("en_US.UTF-8", &["--help"], "The front desk"),
        ("C", &["--help"], "在宅医療"),
        ("ja_JP.UTF-8", &["--lang", "en", "-h"], "The front desk"),
        ("en_US.UTF-8", &["--help", "--lang=ja"], "在宅医療"),
        ("ja_JP.UTF-8", &["keys", "--help"], "いまの"),
        ("en_US.UTF-8", &["keys", "--help"], "Show the keymap"),
    ] {
        let ended = run_in(None, lang, line);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{line:?}");
        assert!(ended.out.starts_with(start), "{line:?}: {}", ended.out);
        assert!(ended.out.contains("--data"), "{line:?}");
        assert_eq!(ended.out.contains("Usage"), start.is_ascii(), "{line:?}: {}", ended.out);
        assert!(!ended.out.contains("cli-"), "{line:?}: {}", ended.out);
    }
    assert_eq!(ja(&["--version"]).out.trim(), concat!("madoguchi ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_is_said_with_what_to_do() {
    for (line, said) in [
        (&["kyes"][..], "kyes"),
        (&["kyes"], "keys"),
        (&["keys", "--chek"], "--check"),
        (&["--lang", "fr"], "fr"),
        (&["--lang"], "--lang"),
        (&["keys", "--check"], "--check"),
        (&["keys", "--check", "a", "--print"], "--print"),
        (&["completions"], "SHELL"),
        (&["completions", "tcsh"], "zsh"),
        (&["keys", "余分"], "余分"),
        (&["--data", ""], "--data"),
        (&[""], "madoguchi --help"),
    ] {
        for lang in ["ja", "en"] {
            let ended = run_in(None, lang, line);
            assert_eq!((ended.code, ended.out.as_str()), (Exit::Usage as u8, ""), "{line:?}");
            assert!(ended.err.contains(said) && ended.err.contains("madoguchi --help"), "{line:?}: {}", ended.err);
            assert!(!ended.err.contains("error:") && !ended.err.contains("cli-"), "{line:?}: {}", ended.err);
            assert!(ended.opened.is_empty(), "{line:?}");
        }
    }
}

#[test]
fn without_a_command_the_desk_is_opened_with_the_options() {
    let ended =
        ja(&["--data", "窓口", "--lang", "en", "--keymap", "vim", "--ascii", "--read-only", "--passphrase-file", "鍵"]);
    assert_eq!(ended.code, 42);
    let expected = Global {
        demo: false,
        practice: false,
        data: Some("窓口".into()),
        lang: Some(Lang::En),
        keymap: Some("vim".into()),
        passphrase_file: Some("鍵".into()),
        json: false,
        ascii: true,
        read_only: true,
    };
    assert_eq!(ended.opened, [expected]);
    assert_eq!((ja(&[]).opened, ja(&[]).code), (vec![Global::default()], 42));
}

#[test]
fn a_keymap_file_is_checked_with_places_and_an_exit_code() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("鍵盤.toml");
    let name = file.to_str().unwrap();
    for (text, code, said) in [
        ("[queue]\n\"b\" = \"edit\"\n", Exit::Done, vec![]),
        ("[queue]\n\"gg\" = \"edit\"\n", Exit::BadInput, vec![":2:1: "]),
        ("[queue]\n\"b\" = \"edti\"\n\"B\" = \"x\"\n", Exit::BadInput, vec![":2:7: ", ":3:7: "]),
        ("[queue]\n\"ctrl-i\" = \"edit\"\n", Exit::Done, vec![":2:1: "]),
        ("[queue\n", Exit::BadInput, vec![":1:"]),
    ] {
        std::fs::write(&file, text).unwrap();
        let ended = ja(&["keys", "--check", name]);
        assert_eq!(ended.code, code as u8, "{text}: {}", ended.out);
        let told: Vec<&str> = ended.out.lines().filter(|line| line.starts_with(&format!("{name}:"))).collect();
        assert_eq!(ended.err.is_empty(), code == Exit::Done, "{text}");
        let places = told.iter().filter(|line| said.iter().any(|place| line.contains(&format!("{name}{place}"))));
        assert_eq!(places.count(), said.len(), "{text}: {}", ended.out);
        let ended = run_in(None, "en", &["--json", "keys", "--check", name]);
        let entries: Value = serde_json::from_str(&ended.out).unwrap();
        let entries = entries.as_array().unwrap();
        assert_eq!(entries.len(), said.len(), "{text}: {}", ended.out);
        assert_eq!(entries.iter().any(|entry| entry["error"] == true), code == Exit::BadInput, "{text}");
    }
    assert_eq!(ja(&["keys", "--check", dir.path().to_str().unwrap()]).code, Exit::BadInput as u8);
    assert_eq!(ja(&["keys", "--check", dir.path().join("無い").to_str().unwrap()]).code, Exit::BadInput as u8);
}

#[test]
fn the_keymap_in_force_is_shown_printed_and_given_as_json() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(USER_FILE), "[queue]\n\"b\" = \"edit\"\n\"x\" = \"none\"\n\"\\\"\" = \"undo\"\n")
        .unwrap();
    let at = |line: &[&str]| run_in(Some(dir.path()), "ja", line);
    let shown = at(&["keys"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!(shown.out.lines().any(|line| line.split_whitespace().eq(["b", "edit", "直す"])), "{}", shown.out);
    assert!(!shown.out.contains("stamp-read"), "what is still to come is not shown");

    let printed = at(&["--keymap", "vim", "keys", "--print"]).out;
    let again = dir.path().join("again.toml");
    std::fs::write(&again, &printed).unwrap();
    assert_eq!(ja(&["keys", "--check", again.to_str().unwrap()]).code, 0);
    let other = tempfile::tempdir().unwrap();
    std::fs::write(other.path().join(USER_FILE), &printed).unwrap();
    assert_eq!(run_in(Some(other.path()), "ja", &["keys", "--print"]).out, printed, "it says the whole map");

    let json: Value = serde_json::from_str(&at(&["keys", "--json"]).out).unwrap();
    let rows = json["queue"].as_array().unwrap();
    assert!(rows.contains(&serde_json::json!({ "keys": "b", "action": "edit", "title": "直す" })));
    assert!(rows.contains(&serde_json::json!({ "keys": "x", "action": "none", "title": null })));
}

#[test]
fn a_bad_keymap_of_the_user_is_told_about_and_the_rest_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(USER_FILE), "[queue]\n\"gg\" = \"edit\"\n\"b\" = \"edit\"\n").unwrap();
    let ended = run_in(Some(dir.path()), "ja", &["keys", "--json"]);
    assert_eq!(ended.code, 0);
    assert!(ended.err.contains(&format!("{USER_FILE}:2:1: ")), "{}", ended.err);
    assert!(serde_json::from_str::<Value>(&ended.out).is_ok(), "nothing but JSON");
    let ended = ja(&["keys", "--keymap", "emacs"]);
    assert_eq!((ended.code, ended.out.as_str()), (Exit::Usage as u8, ""));
}

#[test]
fn each_shell_gets_its_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ended = ja(&["completions", shell]);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{shell}");
        assert!(ended.out.contains("madoguchi") && ended.out.contains("keymap"), "{shell}");
    }
}

#[test]
fn a_reader_that_had_enough_is_no_fault_and_a_full_disk_is() {
    struct Broken(io::ErrorKind);
    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::from(self.0))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    for (kind, code) in [(io::ErrorKind::BrokenPipe, Exit::Done), (io::ErrorKind::StorageFull, Exit::Failed)] {
        for line in [&["keys"][..], &["keys", "--json"], &["completions", "fish"], &["--help"]] {
            let mut err = Vec::new();
            let around = Surroundings {
                variable: &|_| None,
                config: None,
                open_desk: &|_| 42,
                ask: &|_| None,
                out: &mut Broken(kind),
                err: &mut err,
            };
            let ended = run(std::iter::once("madoguchi").chain(line.iter().copied()), around);
            assert_eq!(ended, code as u8, "{line:?}");
            assert_eq!(err.is_empty(), code == Exit::Done, "{line:?}");
        }
    }
}

#[test]
fn the_passphrase_file_may_come_from_the_environment() {
    let locale = Locale::new(Lang::En);
    for (option, variable, expected) in
        [(Some("a"), Some("b"), Some("a")), (None, Some("b"), Some("b")), (None, Some(""), None), (None, None, None)]
    {
        let global = Global { passphrase_file: option.map(PathBuf::from), ..Global::default() };
        let cx = Cx {
            global: &global,
            act: Act::Free,
            locale: &locale,
            variable: &|name| variable.filter(|_| name == "MADOGUCHI_PASSPHRASE_FILE").map(str::to_owned),
            config: None,
            open_desk: &|_| 42,
            ask: &|_| None,
            out: &mut Vec::new(),
            err: &mut Vec::new(),
        };
        assert_eq!(cx.passphrase_file(), expected.map(PathBuf::from));
    }
}
