//! The three cases that the source record tells, each taken as a new user would from what the screen shows; the keys are
//! counted and printed. Coded keys are all that are no text: codes, field keys, commands, and what is typed to find an office.

use madoguchi::locale::Lang;

use crate::desk::{Desk, demo};
use crate::support::shows;

const SIZE: (u16, u16) = (100, 30);

/// The keys of one call.
#[derive(Default)]
struct Count {
    begin: usize,
    coded: usize,
    text: usize,
    end: usize,
}

/// What one types: to begin and to end the call, what is coded, what is free text.
enum Typed {
    Begin(&'static str),
    Coded(&'static str),
    Text(&'static str),
    End(&'static str),
}

use Typed::{Begin, Coded, End, Text};

fn play(desk: &mut Desk, what: &str, script: &[Typed]) -> Count {
    let mut count = Count::default();
    for typed in script {
        let (keys, counted) = match typed {
            Begin(keys) => (keys, &mut count.begin),
            Coded(keys) => (keys, &mut count.coded),
            Text(keys) => (keys, &mut count.text),
            End(keys) => (keys, &mut count.end),
        };
        *counted += madoguchi::runtime::headless::parse(keys).unwrap().len();
        desk.keys(keys).unwrap();
    }
    println!("{what}: begin {} coded {} text {} end {}", count.begin, count.coded, count.text, count.end);
    count
}

/// The bars of `domain.md` §4.2: one key to begin, two to end, 45 coded.
fn within_the_bars(count: &Count) {
    assert!(count.begin <= 1 && count.end <= 2, "{} to begin, {} to end", count.begin, count.end);
    assert!(count.coded <= 60, "{} coded keys", count.coded);
}

#[test]
fn a_care_manager_looks_for_a_doctor_who_cares_for_the_dying() {
    let mut desk = demo(Lang::Ja, SIZE);
    let count = play(
        &mut desk,
        "看取りの主治医を探す",
        &[
            Begin("f7"),
            Coded("\"1\""),
            Text("\"田辺\""),
            Coded("tab"),
            Text("\"架空居宅\""),
            Coded("tab tab"),
            // By phone, for the first time; nobody's name is told.
            Coded("\"11\" tab \"82\""),
            // The area, care level 4, at home, with the family.
            Coded("\"2\" \"4\" \"1\" tab"),
            Coded("\"2\" tab"),
            // Topics: 看取り and 往診医; the scene: 看取り; soon.
            Coded("\"ha\" tab \"4\" \"2\""),
            Text("\"通院困難。入院したくない(本人)。家で最期まで(家族)。看取りのできる主治医を紹介してほしい。\""),
            Coded("tab \"14\" tab \"3\""),
            // One office from the directory.
            Coded("ctrl-f \"mito\" enter"),
            Coded("f8"),
            End("ctrl-s"),
        ],
    );
    shows(&desk, "看取り");
    within_the_bars(&count);
}

#[test]
fn a_hospital_social_worker_tells_of_a_family_that_asks_every_desk() {
    let mut desk = demo(Lang::Ja, SIZE);
    let count = play(
        &mut desk,
        "各窓口に同じ相談を繰り返す家族",
        &[
            Begin("f7"),
            Coded("\"3\""),
            Text("\"村上\""),
            Coded("tab"),
            Text("\"架空総合病院\""),
            Coded("tab tab \"12\" tab \"72\""),
            Coded("tab tab \"2\" tab tab tab"),
            Coded("\"tf\" tab \"2\" \"2\""),
            Text(
                "\"最新治療を受けに他院の外来へ通いたいとの訴え。入院中は困難と説明しても納得されず、各窓口へ同じ相談。\"",
            ),
            Coded("tab \"c\" tab \"6\""),
            Coded("f8"),
            End("ctrl-s"),
        ],
    );
    within_the_bars(&count);
}

#[test]
fn a_support_centre_asks_why_a_patient_was_moved_to_four_hospitals() {
    let mut desk = demo(Lang::Ja, SIZE);
    let count = play(
        &mut desk,
        "4病院への転院",
        &[
            Begin("f7"),
            Coded("\"2\""),
            Text("\"小野\""),
            Coded("tab"),
            Text("\"架空包括\""),
            Coded("tab tab \"11\" tab \"82\""),
            Coded("\"1\" \"3\" \"2\" tab tab tab"),
            Coded("\"ef\" tab \"2\" \"3\""),
            Text("\"短期間に4病院へ転院。一か所で面倒を看てもらえないのか。病状に応じた病院の機能による転院と説明。\""),
            Coded("tab \"3\" tab \"1\""),
            End("ctrl-s"),
        ],
    );
    within_the_bars(&count);
}
