//! What speaks for one person, and how strongly.

use super::Likeness::{Different, Part, Same, Unknown};
use super::*;

fn evidence(of: &[(&str, Likeness)]) -> Evidence {
    let mut evidence = Evidence::default();
    for (name, likeness) in of {
        match *name {
            "phone" => evidence.phone = *likeness,
            "name" => evidence.name = *likeness,
            "kana" => evidence.kana = *likeness,
            "year" => evidence.birth_year = *likeness,
            "birth" => evidence.birth = *likeness,
            "office" => evidence.office = *likeness,
            "role" => evidence.role = *likeness,
            other => panic!("{other}"),
        }
    }
    evidence
}

#[test]
fn a_number_goes_before_reading_and_year_and_these_before_office_and_role() {
    let falling: [&[(&str, Likeness)]; 12] = [
        &[("phone", Same), ("name", Same)],
        &[("phone", Same), ("name", Part)],
        &[("phone", Same)],
        &[("kana", Same), ("year", Same)],
        &[("name", Part), ("phone", Part)],
        &[("name", Same), ("office", Same), ("role", Same)],
        &[("phone", Part)],
        &[("name", Same)],
        &[("name", Part), ("role", Different), ("office", Same)],
        &[("name", Part)],
        &[("name", Part), ("office", Different)],
        &[("phone", Same), ("name", Different)],
    ];
    let scores: Vec<i32> = falling.iter().map(|of| evidence(of).score()).collect();
    assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    assert!(
        evidence(&[("office", Same), ("role", Same)]).score() < evidence(&[("kana", Same), ("year", Same)]).score()
    );
}

#[test]
fn false_suggestions_are_worse_than_none() {
    for (of, alike) in [
        (&[("phone", Same), ("name", Same)][..], true),
        (&[("phone", Same)], true),
        (&[("kana", Same), ("year", Same)], true),
        (&[("name", Same), ("office", Same)], true),
        (&[("name", Same), ("birth", Same), ("year", Same)], true),
        // Somebody else at the same number, in the same year, at the same office.
        (&[("phone", Same), ("name", Different)], false),
        (&[("phone", Same), ("name", Different), ("office", Same), ("role", Same)], false),
        (&[("kana", Same), ("year", Different)], false),
        (&[("year", Same)], false),
        (&[("office", Same), ("role", Same), ("year", Same)], false),
        (&[("name", Same)], false),
        (&[("name", Same), ("role", Same)], false),
        (&[], false),
    ] {
        assert_eq!(evidence(of).score() >= ALIKE, alike, "{of:?} {}", evidence(of).score());
    }
}

#[test]
fn a_name_alone_makes_nobody_the_same_without_asking() {
    for (of, sure) in [
        (&[("name", Same), ("phone", Same)][..], true),
        (&[("name", Same), ("office", Same)], true),
        (&[("name", Same), ("birth", Same), ("year", Same)], true),
        (&[("phone", Same)], true),
        (&[("name", Same)], false),
        (&[("name", Same), ("kana", Same), ("year", Same)], false),
        (&[("name", Part), ("phone", Same)], false),
        (&[("name", Different), ("phone", Same)], false),
        (&[("name", Same), ("phone", Same), ("birth", Different)], false),
        (&[("kana", Different), ("phone", Same)], false),
        (&[], false),
    ] {
        assert_eq!(evidence(of).is_sure(), sure, "{of:?}");
    }
}

#[test]
fn numbers_compare_in_any_spelling_from_four_digits() {
    let numbers = ["0834-00-1234", "080-0000-5678"];
    for (typed, expected) in [
        ("0834-00-1234", Same),
        ("０８３４（００）１２３４", Same),
        ("0834ー00ー1234", Same),
        ("+81 834-00-1234", Same),
        ("0834", Part),
        ("1234", Part),
        ("５６７８", Part),
        ("083400", Part),
        ("083", Different),
        ("0835", Different),
        ("4001", Different),
        ("", Unknown),
        ("なし", Unknown),
    ] {
        assert_eq!(phone_likeness(typed, numbers), expected, "{typed}");
    }
    assert_eq!(phone_likeness("0834", []), Unknown);
    assert_eq!(phone_likeness(&"1".repeat(50_000), numbers), Different);
}

#[test]
fn who_gave_neither_name_nor_number_is_nobody() {
    for (contact, somebody) in [
        (Contact::default(), false),
        (Contact { caller_kind: "F".into(), relation: "長女".into(), ..Contact::default() }, false),
        (Contact { caller_office: "架空居宅".into(), ..Contact::default() }, false),
        (Contact { caller_name: " ".into(), phone: "なし".into(), ..Contact::default() }, false),
        (Contact { caller_name: "架空 花子".into(), ..Contact::default() }, true),
        (Contact { phone: "0834-00-1234".into(), ..Contact::default() }, true),
    ] {
        assert_eq!(Person::of_caller(&contact).is_some(), somebody, "{contact:?}");
    }
    assert_eq!(Person::of_subject(&Case::default()), None);
    let case =
        Case { subject_name: "架空 花枝".into(), birth: NaiveDate::from_ymd_opt(1940, 1, 2), ..Case::default() };
    assert_eq!(Person::of_subject(&case).unwrap().birth_year(), Some(1940));
}

#[test]
fn completing_adds_and_never_replaces() {
    let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    let case = Id::from_bytes([7; 16]);
    let known = Person {
        name: "架空 花子".into(),
        office: "架空居宅".into(),
        phones: numbers("0834-00-1234"),
        seen: BTreeMap::from([(case, day(20))]),
        ..Person::default()
    };
    let told = Person {
        name: "架空 はなこ".into(),
        kana: "かくう はなこ".into(),
        office: "架空病院".into(),
        office_id: Id::from_bytes([9; 16]),
        phones: numbers("080-0000-1234"),
        seen: BTreeMap::from([(case, day(3)), (Id::from_bytes([8; 16]), day(24))]),
        ..Person::default()
    };
    let person = known.completed(&told);
    assert_eq!((person.name.as_str(), person.kana.as_str()), ("架空 花子", "かくう はなこ"));
    assert_eq!((person.office.as_str(), person.office_id), ("架空居宅", Id::NIL), "another office is not this one's");
    assert_eq!(person.phones.len(), 2);
    assert_eq!((person.seen.get(&case), person.last_seen()), (Some(&day(20)), Some(day(24))));
    assert_eq!(person.completed(&told), person, "twice is as once");
}
