//! The terminal is as it was, however the program ends.

use madoguchi::keys::Action;

use crate::harness::Home;
use crate::steps::{head_of, ja};

#[test]
fn the_terminal_is_given_back_at_the_end() {
    let home = Home::new();
    let mut desk = home.set_up(80, 24);
    desk.until("the modes of the program", |screen| screen.alternate_screen() && screen.bracketed_paste());
    desk.act(Action::Quit);
    let ended = desk.finished();
    assert_eq!(ended.status.exit_code(), 0);
    ended.assert_restored();
}

#[test]
fn the_terminal_is_given_back_after_a_fault_and_one_sentence_says_where() {
    let home = Home::new();
    let mut desk = home.start_with(80, 24, &[("MADOGUCHI_TEST_PANIC", "1")]);
    desk.until_text(&ja("start-2-desk"));
    desk.send("x");
    let ended = desk.finished();
    assert_eq!(ended.status.exit_code(), 101);
    ended.assert_restored();
    let said = ended.text().replace('\n', "");
    assert!(said.contains(&head_of("runtime-fault")) && said.contains("src/runtime/turn.rs:"), "{said}");
    assert!(said.contains("madoguchi.log"), "{said}");
    assert!(!ended.bytes.contains("asked for by a test"), "what a panic says may hold what was typed");
}

#[test]
fn the_terminal_is_given_back_after_a_signal() {
    for (signal, code) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
        let home = Home::new();
        let mut desk = home.start(80, 24);
        desk.until_text(&ja("start-2-desk"));
        desk.signal(signal);
        let ended = desk.finished();
        assert_eq!(ended.status.exit_code(), code, "{signal}");
        ended.assert_restored();
    }
}

#[test]
fn a_stopped_program_gives_the_terminal_back_and_takes_it_again() {
    let home = Home::new();
    let mut desk = home.start(80, 24);
    desk.until_text(&ja("start-2-desk"));
    desk.signal("TSTP");
    desk.until("the terminal as it was", |screen| !screen.alternate_screen() && !screen.bracketed_paste());
    // The terminal is given back a moment before the program stops; only a stopped one can be continued.
    desk.until_pushed(
        "the program's modes",
        |desk| desk.signal("CONT"),
        |screen| screen.alternate_screen() && screen.bracketed_paste(),
    );
    desk.until_text(&ja("start-2-desk"));
    desk.act(Action::Quit);
    desk.finished().assert_restored();
}

#[test]
fn no_colour_is_sent_where_none_is_wanted() {
    let home = Home::new();
    let mut desk = home.start_with(80, 24, &[("NO_COLOR", "1")]);
    desk.until_text(&ja("start-2-desk"));
    desk.act(Action::Quit);
    let ended = desk.finished();
    for sequence in ended.bytes.split("\x1b[").skip(1) {
        let Some((numbers, _)) =
            sequence.split_once('m').filter(|(n, _)| n.chars().all(|c| c.is_ascii_digit() || c == ';'))
        else {
            continue;
        };
        for number in numbers.split(';').filter_map(|n| n.parse::<u8>().ok()) {
            assert!(!matches!(number, 30..=38 | 40..=48 | 90..=107), "colour {numbers}");
        }
    }
}

#[test]
fn without_a_terminal_one_sentence_says_what_is_needed() {
    let home = Home::new();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_madoguchi"))
        .args(["--lang", "ja", "--data"])
        .arg(home.data())
        .output()
        .expect("the program starts");
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&run.stderr).trim(), ja("runtime-no-terminal"));
    assert_eq!(run.stdout, b"");
}
