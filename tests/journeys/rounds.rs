//! A round of checks: begun by two keys, answered by one, put aside for a call, taken back, closed and read.

use std::time::Duration;

use madoguchi::desk::id::Id;
use madoguchi::desk::office::Office;
use madoguchi::desk::record::Kind;
use madoguchi::desk::round::{Outcome, Round};
use madoguchi::locale::Lang;

use crate::desk::{Desk, again, demo};
use crate::support::{PASSPHRASE, hides, shows};

const SIZE: (u16, u16) = (100, 30);

fn rounds(desk: &Desk) -> Vec<Round> {
    let mut rounds: Vec<Round> = desk
        .records(Kind::Round, PASSPHRASE)
        .into_values()
        .map(|value| serde_json::from_value(value).unwrap())
        .collect();
    rounds.sort_by_key(|round| (round.on, round.offices.len()));
    rounds
}

fn outcomes(round: &Round) -> Vec<Outcome> {
    round.asked().filter_map(|(_, asked)| asked.outcome()).collect()
}

#[test]
fn one_key_says_unchanged_verifies_and_brings_the_next_office() {
    for size in [(80, 24), SIZE, (140, 40)] {
        let mut desk = demo(Lang::Ja, size);
        desk.keys("f3 \"U\" left left").unwrap();
        shows(&desk, "確認の巡回");
        // Of a kind: 薬局.
        desk.keys("\"n\" \"2\" \"4\"").unwrap();
        shows(&desk, "確認の巡回: 薬局");
        shows(&desk, "済 0件");
        shows(&desk, "窓口になる部署のお名前を教えてください。");
        desk.keys("\"1\"").unwrap();
        shows(&desk, "済 1件");
        let round = rounds(&desk).pop().unwrap();
        assert_eq!(outcomes(&round), [Outcome::Unchanged]);
        let (asked, _) = round.asked().find(|(_, asked)| asked.is_done()).unwrap();
        let office: Office =
            serde_json::from_value(desk.records(Kind::Office, PASSPHRASE).remove(&asked).unwrap()).unwrap();
        assert_eq!(office.verified.map(|verified| verified.how), Some("1".to_owned()));
        // One undo takes the answer and the check back.
        desk.keys("\"u\"").unwrap();
        shows(&desk, "済 0件");
        let mut desk = again(desk);
        desk.keys("f3 \"U\" left left").unwrap();
        shows(&desk, "薬局");
    }
}

#[test]
fn each_outcome_has_its_key_and_who_was_absent_is_asked_again() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"U\" left left \"n\" \"2\" \"6\"").unwrap();
    shows(&desk, "確認の巡回: 居宅介護支援");
    desk.keys("\"3\" \"+3 午後\" enter").unwrap();
    shows(&desk, "済 0件");
    desk.keys("\"4\" \"6\"").unwrap();
    shows(&desk, "済 2件");
    desk.keys("end up up").unwrap();
    shows(&desk, "不在1回 11/27(金)");
    desk.keys("home").unwrap();
    // Nobody was reached: a day that has passed is refused, an empty one is fine.
    desk.keys("\"3\" \"2020/1/1\" enter").unwrap();
    shows(&desk, "過ぎた日です");
    desk.keys("ctrl-u enter").unwrap();
    hides(&desk, "過ぎた日です");
    let round = rounds(&desk).into_iter().find(|round| round.of == "6").unwrap();
    let mut found = outcomes(&round);
    found.sort_unstable();
    assert_eq!(found, [Outcome::Absent, Outcome::Absent, Outcome::Refused, Outcome::Outside]);
    assert!(round.asked().any(|(_, asked)| asked.again_on.is_some() && asked.note == "午後" && asked.tries.len() == 1));
}

#[test]
fn what_changed_is_written_then_verified_and_a_closed_office_leaves_the_directory() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"U\" left left \"n\" \"2\" \"4\" \"2\"").unwrap();
    shows(&desk, "で変わったこと");
    // A new person, then all is written.
    desk.keys("\"a\" \"架空新人 あい\" ctrl-s").unwrap();
    shows(&desk, "で変わったこと");
    desk.keys("enter").unwrap();
    shows(&desk, "済 1件");
    desk.keys("\"5\" \"1\" \"y\"").unwrap();
    shows(&desk, "済 2件");
    let offices = desk.records(Kind::Office, PASSPHRASE);
    let offices: Vec<Office> = offices.into_values().map(|value| serde_json::from_value(value).unwrap()).collect();
    assert!(offices.iter().any(|office| office.removed));
    let changed = offices.iter().find(|office| office.staff.values().any(|person| person.name == "架空新人 あい"));
    assert!(changed.and_then(|office| office.verified.as_ref()).is_some());
    let round = rounds(&desk).into_iter().find(|round| round.of == "4").unwrap();
    let mut found = outcomes(&round);
    found.sort_unstable();
    assert_eq!(found, [Outcome::Changed, Outcome::Gone]);
}

fn office_named(desk: &Desk, id: Id) -> Office {
    serde_json::from_value(desk.records(Kind::Office, PASSPHRASE).remove(&id).unwrap()).unwrap()
}

#[test]
fn one_undo_takes_an_answer_back_with_the_corrections_that_led_to_it() {
    for between in ["", "f3 \"m\" \"U\""] {
        let mut desk = demo(Lang::Ja, SIZE);
        desk.keys("f3 \"U\" left left \"n\" \"2\" \"4\"").unwrap();
        let before = desk.records(Kind::Office, PASSPHRASE);
        // A check of the office before it, and a correction that belongs to it alone.
        desk.keys("\"1\"").unwrap();
        let checked = desk.records(Kind::Office, PASSPHRASE);
        assert_ne!(before, checked);
        desk.keys("\"2\" \"a\" \"架空新人 あい\" ctrl-s \"a\" \"架空新人 うめ\" ctrl-s").unwrap();
        desk.keys(if between.is_empty() { "enter" } else { "esc" }).unwrap();
        if !between.is_empty() {
            // Something else is kept before the answer: the corrections are deeds of their own then.
            desk.keys(between).unwrap();
            desk.keys("\"2\" enter").unwrap();
        }
        shows(&desk, "済 2件");
        desk.keys("\"u\"").unwrap();
        shows(&desk, "済 1件");
        let now = desk.records(Kind::Office, PASSPHRASE);
        if between.is_empty() {
            shows(&desk, "その前に直した2件も");
            assert_eq!(now, checked);
            // And the check before it by one more.
            desk.keys("\"u\"").unwrap();
            shows(&desk, "済 0件");
            assert_eq!(desk.records(Kind::Office, PASSPHRASE), before);
            // What was taken back comes again, the oldest first.
            desk.keys("ctrl-y ctrl-y ctrl-y ctrl-y").unwrap();
            shows(&desk, "済 2件");
        } else {
            hides(&desk, "その前に直した");
            let new = now.keys().filter(|id| now[*id] != checked[*id]);
            let new: Vec<Office> = new.map(|id| office_named(&desk, *id)).collect();
            assert_eq!(new.len(), 1);
            assert!(new[0].staff.values().any(|person| person.name == "架空新人 あい"));
        }
    }
}

#[test]
fn the_clock_stands_still_while_the_desk_is_locked_even_under_a_question() {
    for asking in [false, true] {
        let mut desk = demo(Lang::Ja, SIZE);
        desk.keys("f3 \"U\" left left \"n\" \"2\" \"4\" enter").unwrap();
        desk.advance(Duration::from_secs(60));
        if asking {
            desk.keys("\"2\"").unwrap();
            shows(&desk, "で変わったこと");
        }
        // Nobody touches a key: the screen locks itself, and the rest of the hour is nobody's call.
        for _ in 0..60 {
            desk.advance(Duration::from_secs(60));
        }
        hides(&desk, "確認の巡回");
        desk.keys(&format!("\"{PASSPHRASE}\" enter")).unwrap();
        desk.advance(Duration::from_secs(120));
        desk.keys(if asking { "enter" } else { "\"1\"" }).unwrap();
        shows(&desk, "済 1件");
        let round = rounds(&desk).into_iter().find(|round| round.of == "4").unwrap();
        // A minute of the call, and those until the desk knew that nobody sits there.
        assert!((60..=60 + 5 * 60).contains(&round.seconds()), "{asking}: {}", round.seconds());
    }
}

#[test]
fn the_clock_runs_by_itself_from_office_to_office_and_waits_while_a_call_is_taken() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"U\" left left \"n\" \"2\" \"4\"").unwrap();
    shows(&desk, "で計時");
    desk.keys("enter").unwrap();
    shows(&desk, "電話 00:00");
    desk.advance(Duration::from_secs(65));
    shows(&desk, "電話 01:05");
    // A call comes in: the round stays as it is, the time of the call is not the office's.
    desk.keys("f7").unwrap();
    desk.advance(Duration::from_secs(120));
    desk.keys("ctrl-x d f3 \"U\"").unwrap();
    shows(&desk, "電話 01:05");
    shows(&desk, "済 0件");
    desk.keys("\"1\"").unwrap();
    shows(&desk, "済 1件");
    shows(&desk, "電話 00:00");
    let round = rounds(&desk).into_iter().find(|round| round.of == "4").unwrap();
    assert_eq!(round.seconds(), 65);
}

#[test]
fn a_closed_round_is_a_report_by_kind_and_area() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"U\" left left enter \"r\"").unwrap();
    shows(&desk, "回答率");
    shows(&desk, "全体");
    desk.keys("\"r\" \"c\" \"y\"").unwrap();
    shows(&desk, "回答率");
    hides(&desk, "残 ");
    desk.keys("\"1\" esc").unwrap();
    shows(&desk, "終了 11/");
    let round = rounds(&desk).into_iter().find(|round| round.closed_on.is_some()).unwrap();
    assert_eq!(outcomes(&round).len(), 7);
    // Taken back, it is open again.
    desk.keys("\"u\"").unwrap();
    shows(&desk, "進行中");
}

#[test]
fn an_expired_check_is_a_word_in_the_directory_not_a_colour() {
    let mut desk = demo(Lang::Ja, (140, 40));
    desk.keys("f4 \"架空外科医院\"").unwrap();
    shows(&desk, "要確認");
    shows(&desk, "で期限切れ");
    desk.keys("tab \"v\" enter").unwrap();
    hides(&desk, "で期限切れ");
    shows(&desk, "期限 ");
}
