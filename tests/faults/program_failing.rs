//! A call of the system fails under the program itself: it says a sentence and ends with a code that is not 0, or its
//! screen tells; nothing that it said to be saved is lost, and the desk opens again. Row 7 of the table (docs/faults.md).

use std::fs;
use std::path::Path;

use madoguchi::keys::Action;

use super::closed::{self, files};
use super::harness::{Desk, Home, PASSPHRASE, text_of};
use super::program::{desk, file, listed, number, program, said, verified};
use super::recording::{entries, environment, record};
use super::rounds::{figures, rounds};
use super::steps::ja;

const EIO: i32 = 5;
const ENOSPC: i32 = 28;
const EROFS: i32 = 30;
/// Every kind of call that changes something (`record.c`).
const ALL: &str = "OWTSDRNUM";

/// A place with a desk that has one case, and a file with another.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let sound = place.path().join("sound");
    desk(place.path(), &sound);
    let first = file(place.path(), 0, 0);
    let output = program(place.path(), &sound, &["case", "import", first.to_str().unwrap()]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    file(place.path(), 1, 0);
    place
}

/// What is asked afterwards, on a disk that is well again: what was there before, and the new case where it was promised.
fn afterwards(place: &Path, folder: &Path, promised: bool) -> Result<(), String> {
    let there = listed(place, folder)?;
    let has = |n: u64| there.iter().any(|(known, _)| *known == number(n));
    if !has(0) || (promised && !has(1)) {
        return Err(format!("lost: {there:?}, promised {promised}"));
    }
    verified(place, folder)?;
    // And it takes the case now, again or for the first time.
    let again = place.join("case-1-0.json");
    let output = program(place, folder, &["case", "import", again.to_str().unwrap()]).output().unwrap();
    if output.status.success() { Ok(()) } else { Err(format!("no import afterwards: {}", said(&output))) }
}

/// One import whose `n`th call fails. `None` where there was no such call; else whether the program said that it failed.
fn round(place: &Path, n: u64, error: i32, how: &str) -> Option<Result<bool, String>> {
    let (folder, log) = (place.join("desk"), place.join("log"));
    closed::copy(&place.join("sound"), &folder);
    let path = place.join("case-1-0.json");
    let mut command = program(place, &folder, &["case", "import", path.to_str().unwrap()]);
    record(&mut command, &folder, &log).env("MADOGUCHI_RECORD_FAIL", format!("{n} {error} {how} {ALL}"));
    let output = command.output().unwrap();
    let failed = entries(&log).iter().any(|entry| entry.letter == b'F');
    let told = said(&output);
    let promised = output.status.success() || !output.stdout.is_empty();
    let spoke = !String::from_utf8_lossy(&output.stderr).trim().is_empty();
    let result = match output.status.code() {
        Some(0) => afterwards(place, &folder, promised).map(|()| false),
        Some(1 | 3 | 4 | 5) if spoke && !told.contains("panicked") => {
            afterwards(place, &folder, promised).map(|()| true)
        }
        _ => Err("it ended without a sentence".to_owned()),
    };
    fs::remove_dir_all(&folder).unwrap();
    fs::remove_file(&log).unwrap();
    failed.then(|| result.map_err(|wrong| format!("call {n}, errno {error}, {how}: {wrong}; {told}")))
}

#[test]
fn a_call_that_fails_under_an_import_is_told_and_loses_nothing() {
    let place = place();
    for (error, how, first) in [(EIO, "once", 1), (EIO, "lasting", 4), (ENOSPC, "lasting", 7)] {
        let (mut rounds_done, mut told, mut wrong) = (0_u64, 0_u64, Vec::new());
        for n in (first..).step_by(usize::try_from(rounds(13, 1)).unwrap()) {
            match round(place.path(), n, error, how) {
                None => break,
                Some(Ok(spoke)) => told += u64::from(spoke),
                Some(Err(error)) => wrong.push(error),
            }
            rounds_done += 1;
        }
        assert!(wrong.is_empty(), "{} of {rounds_done}: {}", wrong.len(), wrong.join("\n"));
        assert!(rounds_done >= 3 && (how == "once" || told > 0), "{rounds_done} calls failed, {told} were told");
        figures(&format!("import, errno {error} {how}: {rounds_done} calls failed, {told} times told, nothing lost"));
    }
}

/// What is on the screen in one line, without the borders: a sentence may be wrapped anywhere.
fn flat(screen: &vt100::Screen) -> String {
    text_of(screen).chars().filter(|sign| !sign.is_whitespace() && !"│┌┐└┘─".contains(*sign)).collect()
}

/// The beginning of each sentence that a failing disk may lead to, after what is put into it.
fn tells(screen: &vt100::Screen) -> bool {
    const KEYS: [&str; 11] = [
        "app-not-saved",
        "journal-not-confirmed",
        "journal-not-saved",
        "journal-full",
        "journal-full-reserve",
        "journal-stopped",
        "journal-disk-failed",
        "journal-store-failed",
        "journal-store-behind",
        // What comes last on the line: the slip itself is not on the disk either.
        "runtime-draft-not-saved",
        "runtime-store-fault",
    ];
    let flat = flat(screen);
    KEYS.iter().any(|key| {
        let sentence: String = ja(key).chars().filter(|sign| !sign.is_whitespace()).collect();
        let longest = sentence.split(['{', '}']).max_by_key(|part| part.len()).unwrap_or_default();
        flat.contains(&longest.chars().take(12).collect::<String>())
    })
}

/// Starts the program in a terminal with calls that fail.
fn failing_screen(home: &Home, folder: &Path, log: &Path, fail: &str) -> Desk {
    let mut command = home.bare_command();
    command.args(["--lang", "ja", "--data"]);
    command.arg(folder);
    for (name, value) in environment(folder, log) {
        command.env(name, value);
    }
    command.env("MADOGUCHI_RECORD_FAIL", fail);
    Desk::start(command, 120, 34)
}

/// Opens the desk, takes a call and saves it, as far as that goes. Whether its number was shown; else it was told why not.
fn call_is_saved(desk: &mut Desk) -> bool {
    let slip = ja("intake-slip-new");
    for (step, wanted) in ["試験花子", &slip, "R8-0001"].into_iter().enumerate() {
        match step {
            0 => {}
            1 => desk.act(Action::NewCall),
            _ => {
                desk.send("1架空音 喜代乃");
                desk.act(Action::SaveCall);
            }
        }
        desk.until(&format!("{wanted}, or why not"), |screen| text_of(screen).contains(wanted) || tells(screen));
        if !desk.text().contains(wanted) {
            return false;
        }
    }
    true
}

#[test]
fn a_disk_that_fails_under_the_screen_is_told_on_it_and_loses_nothing() {
    let (place, home) = (place(), Home::new());
    let (folder, log) = (place.path().join("desk"), place.path().join("log"));
    let (mut shown, mut told) = (0, 0);
    for n in (1..).step_by(usize::try_from(rounds(24, 3)).unwrap()) {
        closed::copy(&place.path().join("sound"), &folder);
        let mut desk = failing_screen(&home, &folder, &log, &format!("{n} {EIO} lasting {ALL}"));
        let promised = call_is_saved(&mut desk);
        desk.kill();
        let failed = entries(&log).iter().any(|entry| entry.letter == b'F');
        let there = listed(place.path(), &folder).unwrap_or_else(|error| panic!("call {n}: {error}"));
        let has = |wanted: &str| there.iter().any(|(known, _)| known == wanted);
        assert!(has(&number(0)) && (!promised || has("R8-0001")), "call {n}: {there:?}, promised {promised}");
        verified(place.path(), &folder).unwrap_or_else(|error| panic!("call {n}: {error}"));
        fs::remove_dir_all(&folder).unwrap();
        fs::remove_file(&log).unwrap();
        if promised {
            shown += 1;
        } else {
            told += 1;
        }
        if !failed {
            break;
        }
    }
    assert!(shown > 0 && told > 0, "saved {shown} times, told {told} times");
    figures(&format!("the screen, errno {EIO} lasting: {told} times told, {shown} times saved, nothing lost"));
}

#[test]
fn a_folder_that_takes_no_writes_is_opened_to_read_with_the_passphrase_and_stays_as_it_is() {
    let (place, home) = (place(), Home::new());
    let (folder, log) = (place.path().join("sound"), place.path().join("log"));
    let contents = || {
        let mut found = Vec::new();
        files(&folder, &mut found);
        found.into_iter().map(|path| (fs::read(&path).unwrap(), path)).collect::<Vec<_>>()
    };
    let before = contents();
    let mut desk = failing_screen(&home, &folder, &log, &format!("1 {EROFS} lasting {ALL}"));
    // What can be done instead is offered by itself; the passphrase is asked for where it was not given.
    desk.until("what can be done instead", |screen| flat(screen).contains(&flat_text("popup-shut-read-only")));
    desk.send("1");
    desk.until("the cases or the lock", |screen| {
        let text = text_of(screen);
        text.contains(&number(0)) || text.contains(&ja("entry-title-closed"))
    });
    if desk.text().contains(&ja("entry-title-closed")) {
        desk.send(PASSPHRASE);
        desk.press("enter");
    }
    desk.until_text(&ja("app-read-only"));
    desk.act(Action::GoQueue);
    desk.until_text(&ja("app-read-only"));
    desk.act(Action::Quit);
    assert_eq!(desk.finished().status.exit_code(), 0);
    assert!(contents() == before, "something was written");
}

fn flat_text(key: &str) -> String {
    ja(key).chars().filter(|sign| !sign.is_whitespace()).take(8).collect()
}
