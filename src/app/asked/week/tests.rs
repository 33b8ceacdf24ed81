//! Days and hours in words, as they are told.

use super::*;

#[test]
fn days_and_hours_as_they_are_told() {
    for (told, open, shut) in [
        (
            "月～金 9:00～17:30、土 9:00～12:00",
            &[(0, 9 * 60), (4, 17 * 60), (5, 11 * 60)][..],
            &[(5, 13 * 60), (6, 600)][..],
        ),
        ("平日９時から１７時半", &[(2, 9 * 60), (2, 17 * 60 + 20)], &[(5, 600)]),
        (
            "月火水木金土 8:30-12:00,14:00-18:00 木・日・祝 休診",
            &[(0, 510), (5, 15 * 60)],
            &[(0, 13 * 60), (3, 600), (6, 600)],
        ),
        ("月・火・水・金 午前9時～午後6時", &[(4, 17 * 60)], &[(3, 600)]),
        ("月～金 9:00～17:00（休診日：土日）", &[(0, 600), (4, 600)], &[(5, 600), (6, 600)]),
        ("毎日 9:00～17:00、定休日：日曜", &[(0, 600), (5, 600)], &[(6, 600)]),
        ("月～金 9:00～17:00（昼休み 12:00～13:00）、土 9:00～12:00", &[(0, 600), (5, 600)], &[(5, 750)]),
        ("月～土 9:00～17:00、第2・4土曜休", &[(0, 600), (5, 600)], &[(6, 600)]),
        ("土・休日 9:00～12:00", &[(5, 600)], &[(6, 600)]),
        ("月～金 9:00～17:00 年末年始休み", &[(0, 600), (4, 600)], &[(5, 600)]),
        ("年中無休 24時間", &[(6, 0), (3, 23 * 60 + 59)], &[]),
        ("毎日 24時間対応", &[(6, 0)], &[]),
    ] {
        let week = Week::read(told).unwrap_or_else(|| panic!("{told}"));
        assert!(open.iter().all(|(day, minute)| week.at(*day, *minute)), "{told} {week:?}");
        assert!(!shut.iter().any(|(day, minute)| week.at(*day, *minute)), "{told} {week:?}");
        assert_eq!(Week::from_tag(&week.tag()), Some(week));
    }
    let days = Week::read("月火水木金土").unwrap();
    assert!(days.on(5) && !days.on(6) && !days.at(5, 600) && days.lacks_hours(), "the hours are not known");
    assert!(Week::read("月～金 9:00～19:00").unwrap().by_night());
    assert!(!Week::read("月～金 9:00～17:00").unwrap().by_night());
    for told in ["", "要予約", "9:00～17:00", "〜", "月", "99:99~", "日祝休み"] {
        assert!(Week::read(told).is_none_or(|week| told == "月" && week.on(0)), "{told}");
    }
    Week::read(&"月～金 9:00～17:00、土".repeat(5_000)).unwrap();
}

#[test]
fn some_weeks_of_a_month_are_not_all() {
    for (told, day, open) in [
        ("月～金 9:00～17:00、第1・第3土曜 9:00～12:00", 5, &[1, 3][..]),
        ("月～金 9:00～17:00、第1、第3土曜日 9:00～12:00", 5, &[1, 3]),
        ("月～金 9:00～17:00、土 (第２・４) 9:00～12:00", 5, &[2, 4]),
        ("月～土 9:00～17:00、第2・4土曜休", 5, &[1, 3, 5]),
        ("月～土 9:00～17:00 休診日:第二土曜", 5, &[1, 3, 4, 5]),
        ("月～土 9:00～17:00（休診：第二土曜）", 5, &[1, 3, 4, 5]),
        ("月～土 9:00～17:00", 5, &[1, 2, 3, 4, 5]),
        ("第5木曜 9:00～12:00", 3, &[5]),
    ] {
        let week = Week::read(told).unwrap();
        let weeks: Vec<u32> = (1..=5).filter(|nth| week.in_week(day, *nth)).collect();
        assert_eq!(weeks, open, "{told} {week:?}");
        assert_eq!(Week::from_tag(&week.tag()), Some(week));
    }
}

#[test]
fn closed_days_have_a_field_of_their_own_and_holidays_are_a_day() {
    for (hours, closed, open, shut) in [
        ("毎日 9:00～17:00", "日曜・祝日", &[0, 5][..], &[6, 7][..]),
        ("月～土 9:00～17:00、祝日 9:00～12:00", "日", &[5, 7], &[6]),
        ("年中無休 24時間", "なし", &[6, 7], &[]),
        ("月～土 9:00～17:00", "木曜午後、日曜、年末年始", &[3, 5], &[6]),
        ("", "日曜", &[], &[0, 6]),
    ] {
        let office = Office { hours: hours.into(), closed: closed.into(), ..Office::default() };
        let week = Week::of(&office).unwrap_or_default();
        assert!(
            open.iter().all(|day| week.on(*day)) && !shut.iter().any(|day| week.on(*day)),
            "{hours} {closed} {week:?}"
        );
    }
    let half = Office { hours: "月～土 9:00～17:00".into(), closed: "木曜午後".into(), ..Office::default() };
    let half = Week::of(&half).unwrap();
    assert!(half.half(Some(3), false) && !half.half(Some(3), true) && half.half(None, true));
    assert!(!half.tells_holidays() && Week::read("土・日・祝休み 月～金 9:00～17:00").unwrap().tells_holidays());
}
