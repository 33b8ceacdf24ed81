//! inquiry and doctor on the demo.

use super::{Demo, members};

/// An open case of the demo whose person is to be looked after to the end.
fn case(demo: &Demo) -> String {
    let cases = demo.json(&["case", "list"]);
    let wanted = cases.as_array().unwrap().iter().find(|case| {
        case["topics"].as_array().unwrap().iter().any(|topic| topic == "h")
            && case["topics"].as_array().unwrap().iter().any(|topic| topic == "a")
    });
    wanted.unwrap()["number"].as_str().unwrap().to_owned()
}

#[test]
fn a_doctor_is_asked_answers_and_becomes_that_of_the_case() {
    let demo = Demo::new();
    let number = case(&demo);
    let fits = demo.json(&["doctor", "fit", &number]);
    let fits = fits.as_array().unwrap();
    assert_eq!(
        members(&fits[0]),
        [
            "answer",
            "aside",
            "aside_day",
            "asked",
            "criteria",
            "doctor",
            "fits",
            "full",
            "km",
            "last_answer",
            "last_asked",
            "office",
            "office_asked",
            "staff",
            "step"
        ]
    );
    let first = &fits[0];
    assert_eq!(first["fits"], true);
    assert!(fits.last().unwrap()["aside"] == "resting", "{fits:?}");
    let office = first["office"].as_str().unwrap();
    let doctor = first["doctor"].as_str().unwrap().split_once(' ').unwrap().1;
    let line = ["inquiry", "add", &number, office, "--doctor", doctor, "--means", "4", "--want", "home-visit"];
    let asked = demo.json(&line);
    assert_eq!((asked["answer"].as_str(), asked["case"].as_str()), (Some("waiting"), Some(number.as_str())));
    let again = demo.json(&["doctor", "fit", &number]);
    let same = again.as_array().unwrap().iter().find(|fit| fit["doctor"] == first["doctor"]).unwrap();
    assert_eq!((same["aside"].as_str(), same["fits"].as_bool()), (Some("waiting"), Some(false)));
    assert_eq!(same["asked"].as_u64().unwrap(), first["asked"].as_u64().unwrap() + 1);
    let id = asked["id"].as_str().unwrap();
    let line = ["inquiry", "answer", id, "conditional", "--text", "火曜の午後なら", "--take"];
    assert_eq!(demo.json(&line)["answer"], "conditional");
    let shown = demo.json(&["case", "show", &number]);
    assert_eq!((shown["doctor"].as_str(), shown["doctor_office"].as_str()), (first["doctor"].as_str(), Some(office)));
    assert_eq!((shown["doctor_notice"].as_str(), shown["doctor_notice_by"].as_str()), (Some("1"), Some("4")));
    let waiting = demo.json(&["inquiry", "list", "--waiting"]);
    assert!(waiting.as_array().unwrap().iter().all(|one| one["id"] != id && one["answer"] == "waiting"));
    let own = demo.run(&["inquiry", "list", "--case", &number]).ends(0).out;
    assert!(own.contains("条件付き") && own.contains("火曜の午後なら"), "{own}");
}

#[test]
fn what_makes_no_sense_is_refused_with_what_to_do() {
    let demo = Demo::new();
    let number = case(&demo);
    let id = demo.json(&["inquiry", "list"])[0]["id"].as_str().unwrap().to_owned();
    for (line, said) in [
        (vec!["inquiry", "add", &number, "架空内科クリニック", "--purpose", "77"], "1 2 3"),
        (vec!["inquiry", "add", &number, "架空内科クリニック", "--want", "空を飛ぶ"], "home-visit"),
        (vec!["inquiry", "add", &number, "架空内科クリニック", "--doctor", "いない 人"], "高梨 亘"),
        (vec!["inquiry", "add", &number, "架空内科クリニック", "--on", "2999-01-01"], "先の日"),
        (vec!["inquiry", "add", &number, "ない医院"], "ない医院"),
        (vec!["inquiry", "answer", &id, "maybe"], "accepted"),
        (vec!["inquiry", "answer", &id, "declined", "--take"], "条件付き"),
        (vec!["inquiry", "answer", "zzzz", "declined"], "inquiry list"),
        (vec!["doctor", "fit", "R8-9999"], "R8-9999"),
        (vec!["doctor", "fit", &number, "--want", "空を飛ぶ"], "home-visit"),
    ] {
        let ended = demo.run(&line).ends(1);
        assert!(ended.err.contains(said), "{line:?}: {}", ended.err);
    }
}

#[test]
fn the_pairs_show_their_gaps_and_the_table_who_was_asked_most() {
    let demo = Demo::new();
    let pairs = demo.json(&["doctor", "pairs"]);
    let gaps: Vec<&str> = pairs.as_array().unwrap().iter().filter_map(|row| row["gaps"][0].as_str()).collect();
    for gap in ["no-pair", "no-second", "old-pair"] {
        assert!(gaps.contains(&gap), "{gap}: {gaps:?}");
    }
    let told = demo.run(&["doctor", "pairs"]).ends(0).out;
    assert!(told.contains("主治医なし") && told.contains("西部中学校区"), "{told}");
    let load = demo.json(&["doctor", "load"]);
    let load = load.as_array().unwrap();
    assert!(load.is_sorted_by(|a, b| a["asked"].as_u64() >= b["asked"].as_u64()));
    assert!(load[0]["doctor"].as_str().unwrap().contains("架空在宅クリニック"));
    let english = demo.run(&["--lang", "en", "doctor", "load"]).ends(0).out;
    assert!(english.starts_with("Office, doctor") && !english.contains("inquiry-"), "{english}");
    let fits = demo.run(&["doctor", "fit", &case(&demo), "--weekday", "tue"]).ends(0).out;
    assert!(fits.contains("休止中") && fits.contains("km"), "{fits}");
}

#[test]
fn what_is_late_and_what_an_office_was_asked_are_listed_and_a_reason_goes_with_a_no() {
    let demo = Demo::new();
    let all = demo.json(&["inquiry", "list", "--waiting"]);
    let late = demo.json(&["inquiry", "list", "--late"]);
    let (all, late) = (all.as_array().unwrap(), late.as_array().unwrap());
    assert!(!late.is_empty() && late.len() < all.len(), "{} of {}", late.len(), all.len());
    assert!(late.iter().all(|one| one["late"] == true && one["waiting_days"].as_u64().unwrap() > 7));
    assert!(all.iter().filter(|one| one["late"] == false).all(|one| one["waiting_days"].as_u64().unwrap() <= 7));
    let told = demo.run(&["inquiry", "list", "--late"]).ends(0).out;
    assert!(told.contains("日 超過"), "{told}");
    // An office by its name, with the answers of the year.
    let of_office = demo.json(&["inquiry", "list", "--office", "架空在宅クリニック"]);
    let of_office = of_office.as_array().unwrap();
    assert!(of_office.len() >= 4, "{}", of_office.len());
    assert!(of_office.iter().all(|one| one["doctor"].as_str().unwrap().starts_with("架空在宅クリニック")));
    demo.run(&["inquiry", "list", "--office", "ない医院"]).ends(1);
    // A reason goes with a no only, and is one of the list.
    let id = all[0]["id"].as_str().unwrap();
    for (line, said) in [
        (vec!["inquiry", "answer", id, "accepted", "--reason", "full"], "受けない"),
        (vec!["inquiry", "answer", id, "declined", "--reason", "満床"], "full hands outside"),
    ] {
        let ended = demo.run(&line).ends(1);
        assert!(ended.err.contains(said), "{}", ended.err);
    }
    let no = demo.json(&["inquiry", "answer", id, "declined", "--reason", "full", "--text", "来月まで"]);
    assert_eq!((no["declined_for"].as_str(), no["late"].as_bool()), (Some("full"), Some(false)));
    assert!(no["waiting_days"].is_null());
    // Another case sees it: the doctor says that there is no room.
    let cases = demo.json(&["case", "list"]);
    let other = cases.as_array().unwrap().iter().find(|case| case["number"] != no["case"]).unwrap();
    let fits = demo.json(&["doctor", "fit", other["number"].as_str().unwrap()]);
    let full: Vec<_> = fits.as_array().unwrap().iter().filter(|fit| !fit["full"].is_null()).collect();
    assert!(full.iter().any(|fit| fit["doctor"] == no["doctor"]), "{full:?}");
}
