//! The invariants of the house, stated as absences: what a room may not know (`src/lib.rs`).

#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "a test may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

/// A source file without its tests and comments.
struct Source {
    path: String,
    code: String,
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    assert!(found.len() > 50, "the sources were not found");
    let mut all: Vec<Source> = found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            Source {
                path: path.strip_prefix(&root).unwrap().display().to_string().replace('\\', "/"),
                code: code.join("\n"),
            }
        })
        .filter(|source| !source.path.ends_with("tests.rs") && !source.path.contains("/tests/"))
        .collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// No file that `inside` accepts may hold one of these words.
fn absent(inside: impl Fn(&str) -> bool, words: &[&str]) {
    let mut looked = 0;
    for source in sources().iter().filter(|s| inside(&s.path)) {
        looked += 1;
        for word in words {
            if let Some(line) = source.code.lines().find(|line| line.contains(word)) {
                panic!("src/{}: `{word}` in `{}`", source.path, line.trim());
            }
        }
    }
    assert!(looked > 0, "no file was looked at: the house has moved");
}

fn room(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn the_desk_imports_nothing_of_ours_and_knows_no_terminal_disk_or_clock() {
    let rooms = [
        "crate::app",
        "crate::cli",
        "crate::demo",
        "crate::exchange",
        "crate::journal",
        "crate::keys",
        "crate::locale",
        "crate::popups",
        "crate::runtime",
        "crate::screens",
        "crate::search",
        "crate::widgets",
    ];
    absent(|path| room(path) == "desk", &rooms);
    absent(
        |path| room(path) == "desk",
        &["ratatui", "crossterm", "sled", "std::fs", "std::io", "Local::now", "Utc::now", "SystemTime"],
    );
}

#[test]
fn only_the_runtime_names_crossterm() {
    absent(|path| room(path) != "runtime", &["crossterm"]);
}

#[test]
fn only_the_journal_names_sled() {
    absent(|path| room(path) != "journal", &["sled::", "use sled"]);
}

#[test]
fn screens_popups_and_widgets_never_write() {
    let writers = [
        "crate::journal",
        "crate::runtime",
        "crate::cli",
        "crate::exchange",
        "std::fs",
        "std::io",
        "std::process",
        "std::env",
    ];
    absent(|path| ["screens", "popups", "widgets"].contains(&room(path)), &writers);
}

#[test]
fn the_app_is_pure() {
    let outside = [
        "crate::journal",
        "crate::runtime",
        "std::fs",
        "std::io",
        "std::env",
        "std::thread",
        "Instant",
        "SystemTime",
        "Local::now",
        "Utc::now",
        "getrandom",
    ];
    absent(|path| room(path) == "app", &outside);
}

#[test]
fn a_view_changes_no_state() {
    for source in sources() {
        let mut rest = source.code.as_str();
        while let Some(at) = rest.find("fn view(") {
            rest = &rest[at..];
            let signature = rest.split('{').next().unwrap_or_default();
            assert!(!signature.contains("&mut self"), "src/{}: {}", source.path, signature.trim());
            rest = &rest[8..];
        }
    }
}

#[test]
fn nothing_but_the_fold_decides_when_two_spellings_are_the_same() {
    // The dates of the desk and the entry of text normalise too, but compare no spellings.
    let may = |path: &str| {
        path.starts_with("search/")
            || path.starts_with("desk/date")
            || path.starts_with("desk/phone")
            || path.starts_with("desk/secret")
            || path.starts_with("widgets/edit")
    };
    absent(|path| !may(path), &["unicode_normalization", ".nfkc()", ".nfc()"]);
}

#[test]
fn nothing_but_the_width_measures_text() {
    absent(|path| !path.starts_with("widgets/width"), &["unicode_width", "UnicodeWidthStr", "UnicodeWidthChar"]);
}

#[test]
fn only_the_runtime_and_the_journals_disk_have_code_for_one_operating_system() {
    let may =
        |path: &str| room(path) == "runtime" || path.starts_with("journal/disk") || path.starts_with("journal/lock");
    absent(
        |path| !may(path),
        &["cfg(unix)", "cfg(windows)", "cfg(target_os", "cfg!(windows", "cfg!(unix", "std::os::"],
    );
}

#[test]
fn widgets_know_no_domain() {
    absent(
        |path| room(path) == "widgets",
        &["crate::desk", "crate::app", "crate::screens", "crate::popups", "crate::keys", "crate::locale"],
    );
}

#[test]
fn files_stay_short_enough_to_be_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    let long: Vec<String> = found
        .iter()
        .map(|path| (path, fs::read_to_string(path).unwrap().lines().count()))
        .filter(|(path, lines)| *lines > 500 && !path.ends_with("tests.rs"))
        .map(|(path, lines)| format!("{} has {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}
