//! A sealed desk that is opened only to read: the passphrase opens it, every screen says so, nothing on the disk changes.

use std::fs;
use std::path::{Path, PathBuf};

use madoguchi::keys::Action;

use crate::harness::{Desk, Home, PASSPHRASE, text_of};
use crate::steps::{head_of, ja};

/// Every file below the folder, with what is in it.
fn contents(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            contents(&path, found);
        } else {
            found.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
}

fn all(home: &Home) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    contents(&home.data(), &mut found);
    found
}

#[test]
fn a_sealed_desk_is_read_behind_its_passphrase_and_stays_as_it_is() {
    let home = Home::new();
    let mut desk = home.set_up(100, 30);
    desk.go_to_memo();
    desk.send("看取りの主治医を探す");
    desk.until_text("看取りの主治医を探す");
    desk.act(Action::SaveCall);
    desk.until_text("R8-0001");
    desk.act(Action::Quit);
    assert_eq!(desk.finished().status.exit_code(), 0);
    let before = all(&home);

    let mut command = home.command();
    command.env_remove("MADOGUCHI_PASSPHRASE_FILE");
    command.args(["--lang", "ja", "--read-only"]);
    let mut desk = Desk::start(command, 100, 30);
    desk.until_text(&ja("entry-title-closed"));
    // A wrong one is refused here too, though nothing of it can be written down.
    desk.send("夜の川に白い橋がかかる");
    desk.press("enter");
    desk.until_text(&head_of("vault-wrong").chars().take(8).collect::<String>());
    assert!(!desk.text().contains("R8-0001"));
    desk.send(PASSPHRASE);
    desk.press("enter");
    desk.until_text("R8-0001");
    desk.until_text(&ja("app-read-only"));
    desk.until_text(&ja("journal-only-to-read").chars().take(10).collect::<String>());
    // A call cannot be written down, and that is said before anything is typed.
    desk.act(Action::NewCall);
    desk.until_text(&ja("app-only-reading").chars().take(10).collect::<String>());
    assert!(!desk.text().contains(&ja("intake-slip-new")));
    desk.act(Action::GoDirectory);
    desk.until("the directory, still only to read", |screen| {
        text_of(screen).contains(&ja("app-read-only")) && !text_of(screen).contains("R8-0001")
    });
    desk.act(Action::Quit);
    assert_eq!(desk.finished().status.exit_code(), 0);
    let (noted, after): (Vec<_>, Vec<_>) =
        all(&home).into_iter().partition(|(path, _)| path.starts_with(home.data().join("noted")));
    // Who read is noted, sealed, for the access log of the next opening that may write; nothing else is touched.
    assert!(!noted.is_empty(), "nobody would know who read");
    let told =
        |text: &str| noted.iter().any(|(_, bytes)| bytes.windows(text.len()).any(|part| part == text.as_bytes()));
    assert!(!told("R8-0001") && !told("看取り"));
    let names = |files: &[(PathBuf, Vec<u8>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before));
    assert!(after == before, "a file was written to");
}
