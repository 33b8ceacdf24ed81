//! The program itself at work in a terminal, and afterwards every file that it could have written: no known name, number
//! or text stands in any of them. Row 11 of the table (docs/faults.md).

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use madoguchi::demo::batches;
use madoguchi::keys::Action;
use madoguchi::runtime::clock::wall;

use super::harness::{Desk, Home, PASSPHRASE, text_of};
use super::id;
use super::rounds::figures;
use super::spelt::{Search, texts};
use super::steps::{head_of, ja};

/// What the program was given and has not written itself.
fn given(home: &Home) -> Vec<PathBuf> {
    vec![home.root().join("passphrase")]
}

/// Nothing of it is anywhere; and it would be found in whatever file it stood, so that finding nothing says something.
fn nowhere(home: &Home, known: &BTreeSet<String>, what: &str) {
    let search = Search::of(known);
    assert_eq!(search.hits(home.root(), &given(home)), BTreeSet::new(), "{what}");
    let mut written = Vec::new();
    super::closed::files(home.root(), &mut written);
    written.retain(|path| !given(home).contains(path));
    let last = known.len() - 1;
    let planted: Vec<u8> = known.last().unwrap().encode_utf16().flat_map(u16::to_le_bytes).collect();
    for path in &written {
        let before = fs::metadata(path).unwrap().len();
        fs::OpenOptions::new().append(true).open(path).unwrap().write_all(&planted).unwrap();
        assert!(fs::metadata(path).unwrap().len() > before);
    }
    let hits = search.hits(home.root(), &given(home));
    for path in &written {
        let inside = path.strip_prefix(home.root()).unwrap().to_string_lossy().into_owned();
        assert!(hits.contains(&(inside.clone(), last)), "{what}: what stands in {inside} was not found");
        let whole = fs::metadata(path).unwrap().len() - u64::try_from(planted.len()).unwrap();
        fs::OpenOptions::new().write(true).open(path).unwrap().set_len(whole).unwrap();
    }
    let (texts, spelt, files) = (known.len(), search.len(), written.len());
    figures(&format!("{what}: {texts} texts in {spelt} spellings looked for in {files} files, none found"));
}

/// The texts of a call: who, from where, on which number, about what.
const CALL: [&str; 4] = ["架空音 喜代乃", "架空きらぼし居宅", "0834-00-4417", "夜明けに痰が絡み背をさすって過ごした"];
const PARKED: [&str; 2] = ["架空谷 弥寿子", "鷺沼から来た鼓の師匠が転んだ"];
const REASON: &str = "次の会で沼津の件と併せて";
const SOUGHT: &str = "きらぼしの玄関の猫";
const OPEN: &str = "途中で切れた鵺退治の話";

fn take_a_call(desk: &mut Desk) {
    desk.act(Action::NewCall);
    desk.until_text(&ja("intake-slip-new"));
    desk.send(&format!("1{}\t{}\t", CALL[0], CALL[1]));
    desk.send("０８３４００４４１７");
    desk.press("ctrl-t");
    desk.until_text(CALL[2]);
    desk.send(CALL[3]);
    desk.until_text(CALL[3]);
    desk.until_text(&ja("intake-draft-kept"));
    desk.act(Action::SaveCall);
    desk.until_text("R8-0001");
    desk.until("the queue instead of the slip", |screen| !text_of(screen).contains(&ja("intake-slip-new")));
}

fn park_a_call(desk: &mut Desk) {
    desk.act(Action::NewCall);
    desk.until_text(&ja("intake-slip-new"));
    desk.send(&format!("1{}", PARKED[0]));
    desk.press("ctrl-t");
    desk.send(PARKED[1]);
    desk.until_text(PARKED[1]);
    desk.until_text(&ja("intake-draft-kept"));
    desk.press("shift-f7");
    desk.until("the slip parked", |screen| !text_of(screen).contains(PARKED[1]));
}

/// A folder is chosen for backups, one makes itself, one is asked for, and one fails, which is noted in the log.
fn back_up(desk: &mut Desk, stick: &Path) {
    let begins = |key: &str| ja(key).chars().take(9).collect::<String>();
    fs::create_dir(stick).unwrap();
    desk.press("shift-f10 right right");
    desk.until_text(&ja("backup-where"));
    desk.send("e");
    desk.send(stick.to_str().unwrap());
    desk.press("enter");
    desk.until("a backup that made itself", |_| fs::read_dir(stick).unwrap().next().is_some());
    desk.until_text(&ja("backup-state-good"));
    desk.send("b");
    desk.until_text(&begins("backup-made"));
    desk.press("enter");
    desk.until("the message gone", |screen| !text_of(screen).contains(&begins("backup-made")));
    let away = stick.with_extension("away");
    fs::rename(stick, &away).unwrap();
    desk.send("b");
    desk.until_text(&head_of("backup-folder-missing"));
    desk.press("enter");
    fs::rename(away, stick).unwrap();
}

#[test]
fn nothing_typed_into_the_program_stands_in_any_file() {
    let home = Home::new();
    let mut desk = home.set_up(120, 34);
    take_a_call(&mut desk);
    park_a_call(&mut desk);
    // Flagged for the meeting, with a reason.
    desk.act(Action::GoQueue);
    desk.until_text("R8-0001");
    desk.send("M");
    desk.until_text(&ja("queue-flag-about"));
    desk.send(REASON);
    desk.press("enter");
    desk.until_text(REASON);
    // Sought, in the directory and in the queue.
    desk.act(Action::Find);
    desk.send(SOUGHT);
    desk.until_text(SOUGHT);
    desk.press("enter f3");
    desk.until_text("R8-0001");
    desk.send("/");
    desk.send(CALL[0]);
    desk.press("enter");
    desk.until_text(CALL[0]);
    // Locked and unlocked.
    desk.act(Action::Lock);
    desk.until_text(&ja("entry-title-locked"));
    desk.send(PASSPHRASE);
    desk.press("enter");
    desk.until("what stood there", |screen| !text_of(screen).contains(&ja("entry-title-locked")));
    back_up(&mut desk, &home.root().join("stick"));
    // Killed with a slip open.
    desk.act(Action::NewCall);
    desk.until_text(&ja("intake-slip-new"));
    desk.press("ctrl-t");
    desk.send(OPEN);
    desk.until_text(OPEN);
    desk.until_text(&ja("intake-draft-kept"));
    desk.kill();
    assert!(home.data().join("madoguchi.log").exists(), "the log is one of the files");
    let mut known: BTreeSet<String> = [&CALL[..], &PARKED, &[REASON, SOUGHT, OPEN, PASSPHRASE, "架空窓口", "試験花子"]]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect();
    nowhere(&home, &known, "after kill -9");
    // Started again, everything put right, and closed in order.
    let mut desk = home.start(120, 34);
    desk.until_text(OPEN);
    known.insert("玄関先の金木犀が満開だと言う".to_owned());
    desk.send("玄関先の金木犀が満開だと言う");
    desk.until_text("玄関先の金木犀");
    desk.act(Action::Quit);
    assert_eq!(desk.finished().status.exit_code(), 0);
    nowhere(&home, &known, "after a clean end");
}

#[test]
fn nothing_of_the_demo_stands_in_any_file() {
    let home = Home::new();
    let mut command = home.command();
    command.args(["--lang", "ja", "demo", "--keep"]);
    command.arg(home.root().join("kept"));
    command.env_remove("MADOGUCHI_PASSPHRASE_FILE");
    let mut desk = Desk::start(command, 120, 34);
    desk.until_text("R8-");
    for screen in ["f4", "f5", "f2", "f3"] {
        desk.press(screen);
    }
    desk.until_text("R8-");
    desk.press("enter f4");
    desk.until_text(&ja("app-tab-directory"));
    desk.send("架空");
    desk.until_text("架空");
    desk.kill();
    let mut n = 0;
    let mut ids = || {
        n += 1;
        id(n)
    };
    let mut known = BTreeSet::new();
    for (_, batch) in batches(wall(), &mut ids) {
        batch.edits.iter().for_each(|edit| texts(&edit.patch, &mut known));
    }
    assert!(known.len() > 400, "the demo holds only {} texts", known.len());
    nowhere(&home, &known, "the demo");
}
