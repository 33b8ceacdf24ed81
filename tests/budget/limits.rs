//! The other limits of `domain.md` §4.2 that are counted in keys.

use madoguchi::locale::Lang;

use crate::calls::SIZES;
use crate::desk::demo;
use crate::player::Step::{Begin, Coded, Search};
use crate::player::play;
use crate::support::{hides, shows};

#[test]
fn the_number_of_a_liaison_office_is_on_the_screen_within_five_keys_from_any_screen() {
    for size in SIZES {
        // The slip is a call that goes on.
        for screen in ["f3", "f4", "f5", "f7", "shift-f10"] {
            for (typed, number) in [
                ("chuu", "0834-00-2100"),
                ("ishi", "0834-00-2200"),
                ("riha", "0834-00-2300"),
                ("hoku", "0834-00-2400"),
                ("mi b", "0834-00-2500"),
                ("koko", "0834-00-2600"),
                ("toub", "0834-00-2700"),
                ("seib", "0834-00-2800"),
            ] {
                let mut desk = demo(Lang::Ja, size);
                let what = format!("{screen}, {typed}");
                if screen.starts_with("shift") {
                    // 管理 has no name in a narrow head.
                    desk.keys(screen).unwrap();
                } else {
                    play(&mut desk, &what, &[Begin(screen)]);
                }
                // The directory shows its first offices at once.
                if screen != "f4" {
                    hides(&desk, number);
                }
                let count = play(&mut desk, &what, &[Coded("f4"), Search(typed)]);
                assert!(count.coded <= 5, "{what}: {count:?}");
                shows(&desk, number);
            }
        }
    }
}

#[test]
fn a_case_is_flagged_for_the_meeting_and_not_by_one_key() {
    for size in SIZES {
        let mut desk = demo(Lang::Ja, size);
        let flagged = desk.app.model.flagged_count();
        for by in [1, 0] {
            let count = play(&mut desk, "the queue", &[Coded("\"m\"")]);
            assert_eq!((count.coded, flagged.abs_diff(desk.app.model.flagged_count())), (1, by));
        }
        play(&mut desk, "the slip", &[Begin("f7"), Coded("\"1\"")]);
        for is_flagged in [true, false] {
            let count = play(&mut desk, "the slip", &[Coded("f8")]);
            let call = desk.app.intake().current().unwrap();
            let flag = call.form.values().get(madoguchi::screens::form::field::Target::Case, "flag");
            assert_eq!((count.coded, flag.is_some()), (1, is_flagged));
        }
    }
}
