//! Every spelling of a date. Today is Sunday, 2026-11-22 (令和8年).

use super::*;
use crate::desk::record::Explain;
use chrono::Datelike;
use proptest::prelude::*;

fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn today() -> NaiveDate {
    ymd(2026, 11, 22)
}

#[test]
fn every_spelling_of_a_full_date_is_the_same_day() {
    for text in [
        "R8.11.22",
        "r8.11.22",
        "Ｒ８．１１．２２",
        "R8/11/22",
        "R8-11-22",
        "R08.11.22",
        "R.8.11.22",
        "R081122",
        "令8.11.22",
        "令和8.11.22",
        "令和8年11月22日",
        "令和８年１１月２２日",
        "令和 08年11月22日",
        "令和　8年 11月 22日",
        "令和8年11月22日(日)",
        "令和8年11月22日（日曜日）",
        "㋿8年11月22日",
        "令和8年11月22",
        "2026-11-22",
        "2026/11/22",
        "2026.11.22",
        "2026/11/22 0:00:00",
        "2026-11-22T10:30:00",
        "２０２６年１１月２２日",
        "20261122",
        "2026ー11ー22",
        "2026‐11‐22",
    ] {
        assert_eq!(parse(text, today()), Ok(Parsed::plain(today())), "{text}");
        assert_eq!(parse_birth(text, today()), Ok(Parsed::plain(today())), "{text}");
        assert_eq!(parse_due(text, today()), Ok(Parsed::plain(today())), "{text}");
        assert_eq!(parse_in_reiwa(text, today()), Ok(Parsed::plain(today())), "{text}");
    }
}

#[test]
fn eras_begin_and_end_where_they_did() {
    for (text, date) in [
        ("明治元年10月23日", Ok((ymd(1868, 10, 23), None))),
        ("明治45年7月29日", Ok((ymd(1912, 7, 29), None))),
        ("明治45年7月30日", Ok((ymd(1912, 7, 30), Some(Note::EraEnded(Era::Meiji))))),
        ("大正元年7月30日", Ok((ymd(1912, 7, 30), None))),
        ("T15.12.24", Ok((ymd(1926, 12, 24), None))),
        ("昭和元年12月25日", Ok((ymd(1926, 12, 25), None))),
        ("S22.4.1", Ok((ymd(1947, 4, 1), None))),
        ("昭64.1.7", Ok((ymd(1989, 1, 7), None))),
        ("H9.11.25", Ok((ymd(1997, 11, 25), None))),
        ("㍻元年1月8日", Ok((ymd(1989, 1, 8), None))),
        ("平成31年4月30日", Ok((ymd(2019, 4, 30), None))),
        ("平成31年5月1日", Ok((ymd(2019, 5, 1), Some(Note::EraEnded(Era::Heisei))))),
        ("平成32年3月31日", Ok((ymd(2020, 3, 31), Some(Note::EraEnded(Era::Heisei))))),
        ("令和元年5月1日", Ok((ymd(2019, 5, 1), None))),
        ("令和元年4月30日", Err(DateError::BeforeEra(Era::Reiwa))),
        ("R0.5.1", Err(DateError::NoSuchDay)),
        ("令和 02年05月01日", Ok((ymd(2020, 5, 1), None))),
        ("R8.2.29", Err(DateError::NoSuchDay)),
        ("R6.2.29", Ok((ymd(2024, 2, 29), None))),
        ("R8.13.1", Err(DateError::NoSuchDay)),
    ] {
        let date = date.map(|(date, note)| Parsed { date, note });
        assert_eq!(parse(text, today()), date, "{text}");
    }
}

#[test]
fn a_date_without_its_year_or_era_is_taken_where_it_is_clear() {
    for (text, date) in [
        ("11/22", Ok((today(), Some(Note::YearGuessed)))),
        ("1/5", Ok((ymd(2027, 1, 5), Some(Note::YearGuessed)))),
        ("9/1", Ok((ymd(2026, 9, 1), Some(Note::YearGuessed)))),
        ("9月1日", Ok((ymd(2026, 9, 1), Some(Note::YearGuessed)))),
        ("2/29", Ok((ymd(2028, 2, 29), Some(Note::YearGuessed)))),
        ("2/30", Err(DateError::NoSuchDay)),
        ("8/11/22", Ok((today(), Some(Note::EraGuessed)))),
        ("26/11/22", Ok((today(), Some(Note::EraGuessed)))),
        ("18/4/1", Err(DateError::Ambiguous(vec![ymd(2018, 4, 1), ymd(2036, 4, 1)]))),
        ("60/4/1", Err(DateError::NoSuchDay)),
        ("081122", Err(DateError::Unreadable)),
        ("令和8年11月", Err(DateError::NoDay)),
        ("平成31年5月", Err(DateError::NoDay)),
        ("2026年", Err(DateError::NoDay)),
        ("2026/11", Err(DateError::NoDay)),
        ("", Err(DateError::Empty)),
        ("　 ", Err(DateError::Empty)),
        ("なし", Err(DateError::Unreadable)),
        ("R8.11.22.1", Err(DateError::Unreadable)),
        ("99999/1/1", Err(DateError::Unreadable)),
        ("9999/1/1", Err(DateError::NoSuchDay)),
    ] {
        let date = date.map(|(date, note)| Parsed { date, note });
        assert_eq!(parse(text, today()), date, "{text}");
    }
    assert_eq!(parse_in_reiwa("081122", today()), Ok(Parsed::plain(today())));
    assert_eq!(parse_in_reiwa("8/11/22", today()), Ok(Parsed::plain(today())));
}

#[test]
fn a_birth_date_that_can_mean_several_days_is_asked_for() {
    for (text, date) in [
        ("15/3/3", Err(DateError::Ambiguous(vec![ymd(1926, 3, 3), ymd(1940, 3, 3), ymd(2003, 3, 3), ymd(2015, 3, 3)]))),
        ("60/3/3", Err(DateError::Ambiguous(vec![ymd(1960, 3, 3), ymd(1985, 3, 3)]))),
        ("88/3/3", Ok((ymd(1988, 3, 3), Some(Note::EraGuessed)))),
        ("昭和15年3月3日", Ok((ymd(1940, 3, 3), None))),
        ("S15.3.3", Ok((ymd(1940, 3, 3), None))),
        ("R9.1.1", Err(DateError::InFuture)),
        ("3/3", Err(DateError::NoDay)),
        ("+7", Err(DateError::Unreadable)),
    ] {
        let date = date.map(|(date, note)| Parsed { date, note });
        assert_eq!(parse_birth(text, today()), date, "{text}");
    }
}

#[test]
fn days_to_come_are_told_from_today() {
    for (text, date) in [
        ("+7", ymd(2026, 11, 29)),
        ("＋７", ymd(2026, 11, 29)),
        ("+0", today()),
        ("+2w", ymd(2026, 12, 6)),
        ("+1m", ymd(2026, 12, 22)),
        ("+3月", ymd(2027, 2, 22)),
        ("3日後", ymd(2026, 11, 25)),
        ("2週間後", ymd(2026, 12, 6)),
        ("1か月後", ymd(2026, 12, 22)),
        ("１ヶ月後", ymd(2026, 12, 22)),
        ("火", ymd(2026, 11, 24)),
        ("火曜", ymd(2026, 11, 24)),
        ("火曜日", ymd(2026, 11, 24)),
        ("(火)", ymd(2026, 11, 24)),
        ("日", ymd(2026, 11, 29)),
        ("月", ymd(2026, 11, 23)),
        ("次の火曜", ymd(2026, 11, 24)),
        ("今週金", ymd(2026, 11, 20)),
        ("来週火", ymd(2026, 11, 24)),
        ("来週の火曜日", ymd(2026, 11, 24)),
        ("再来週火", ymd(2026, 12, 1)),
        ("tue", ymd(2026, 11, 24)),
        ("Tuesday", ymd(2026, 11, 24)),
        ("next fri", ymd(2026, 11, 27)),
        ("12/5", ymd(2026, 12, 5)),
        ("12月5日", ymd(2026, 12, 5)),
        ("１２／５", ymd(2026, 12, 5)),
        ("11/22", today()),
        ("11/21", ymd(2027, 11, 21)),
        ("5日", ymd(2026, 12, 5)),
        ("5", ymd(2026, 12, 5)),
        ("22", today()),
        ("31", ymd(2026, 12, 31)),
        ("来月5日", ymd(2026, 12, 5)),
        ("月末", ymd(2026, 11, 30)),
        ("今月末", ymd(2026, 11, 30)),
        ("来月末", ymd(2026, 12, 31)),
        ("年度末", ymd(2027, 3, 31)),
        ("今日", today()),
        ("きょう", today()),
        ("明日", ymd(2026, 11, 23)),
        ("あした", ymd(2026, 11, 23)),
        ("あさって", ymd(2026, 11, 24)),
        ("明後日", ymd(2026, 11, 24)),
        ("tomorrow", ymd(2026, 11, 23)),
        ("来週", ymd(2026, 11, 29)),
        ("R9.1.4", ymd(2027, 1, 4)),
    ] {
        assert_eq!(parse_due(text, today()).map(|p| p.date), Ok(date), "{text}");
    }
    assert_eq!(parse_due("R8.11.21", today()), Ok(Parsed { date: ymd(2026, 11, 21), note: Some(Note::Past) }));
    assert_eq!(parse_due("今週金", today()), Ok(Parsed { date: ymd(2026, 11, 20), note: Some(Note::Past) }));
    for text in ["", "+", "+x", "32", "0", "来週", "月火", "そのうち", "+99999"] {
        let found = parse_due(text, today());
        assert_eq!(found.is_ok(), text == "来週", "{text}: {found:?}");
    }
}

#[test]
fn weekdays_count_from_each_day_of_the_week() {
    for ahead in 0..7 {
        let today = today() + chrono::Days::new(ahead);
        for name in ["月", "火", "水", "木", "金", "土", "日"] {
            let next = parse_due(name, today).unwrap().date;
            assert!(next > today && next <= today + chrono::Days::new(7), "{name}");
            let week = parse_due(&format!("来週{name}"), today).unwrap().date;
            assert_eq!(week.iso_week(), (today + chrono::Days::new(7)).iso_week(), "{name}");
            assert_eq!(week.weekday(), next.weekday());
        }
    }
}

#[test]
fn a_range_has_two_days_in_their_order() {
    let range = parse_range("令和3年6月1日～令和9年5月31日", today()).map(|(a, b)| (a.date, b.date));
    assert_eq!(range, Ok((ymd(2021, 6, 1), ymd(2027, 5, 31))));
    for text in ["令和3年6月1日〜令和9年5月31日", "R3.6.1から R9.5.31まで", "2021-06-01 ～ 2027-05-31"]
    {
        assert_eq!(parse_range(text, today()).map(|(a, b)| (a.date, b.date)), range, "{text}");
    }
    assert_eq!(parse_range("R9.5.31～R3.6.1", today()), Err(DateError::Backwards));
    assert_eq!(parse_range("R9.5.31", today()), Err(DateError::Unreadable));
    assert_eq!(parse_range("R9.5.31～", today()), Err(DateError::Empty));
}

#[test]
fn dates_are_written_with_their_era() {
    for (date, short, long) in [
        (ymd(2026, 11, 22), "R8.11.22", "令和8年11月22日"),
        (ymd(2019, 5, 1), "R1.5.1", "令和元年5月1日"),
        (ymd(1989, 1, 7), "S64.1.7", "昭和64年1月7日"),
        (ymd(1868, 10, 22), "1868-10-22", "1868-10-22"),
    ] {
        assert_eq!(format_era(date), short);
        assert_eq!(format_era_long(date), long);
    }
    assert_eq!(search_forms(today()), "R8.11.22 2026-11-22");
}

#[test]
fn ages_and_fiscal_years() {
    assert_eq!(age(ymd(1940, 3, 3), ymd(2026, 3, 2)), Some(85));
    assert_eq!(age(ymd(1940, 3, 3), ymd(2026, 3, 3)), Some(86));
    assert_eq!(age(ymd(2004, 2, 29), ymd(2026, 2, 28)), Some(21));
    assert_eq!(age(ymd(2027, 1, 1), today()), None);
    for (date, year, label) in [
        (ymd(2026, 3, 31), 2025, "R7"),
        (ymd(2026, 4, 1), 2026, "R8"),
        (ymd(2019, 4, 1), 2019, "R1"),
        (ymd(2019, 3, 31), 2018, "H30"),
    ] {
        assert_eq!((fiscal_year(date), fiscal_label(date).as_str()), (year, label));
    }
    assert_eq!(weekday(today()), "date-weekday-sun");
}

#[test]
fn open_days_leave_out_weekends_and_holidays() {
    // 2026-11-23 is 勤労感謝の日; 2026-09-22 lies between two holidays; 2026-05-06 stands in for 憲法記念日, a Sunday.
    for (date, open) in [
        (ymd(2026, 11, 21), ymd(2026, 11, 24)),
        (ymd(2026, 11, 24), ymd(2026, 11, 24)),
        (ymd(2026, 9, 19), ymd(2026, 9, 24)),
        (ymd(2026, 5, 2), ymd(2026, 5, 7)),
        (ymd(2027, 3, 20), ymd(2027, 3, 23)),
    ] {
        assert_eq!(next_open_day(date), open, "{date}");
    }
    assert_eq!(holiday(ymd(2026, 11, 23)).as_deref(), Some("勤労感謝の日"));
    assert_eq!(holiday(ymd(2026, 11, 24)), None);
    assert!(!is_open_day(ymd(2026, 9, 22)));
}

#[test]
fn every_error_and_note_can_be_said() {
    for error in [
        DateError::Empty,
        DateError::Unreadable,
        DateError::NoDay,
        DateError::NoSuchDay,
        DateError::BeforeEra(Era::Reiwa),
        DateError::Ambiguous(vec![today()]),
        DateError::InFuture,
        DateError::Backwards,
    ] {
        assert!(error.say().key.starts_with("date-"));
    }
    assert_eq!(DateError::Ambiguous(vec![today()]).say().args, [("days", "R8.11.22 (2026-11-22)".to_owned())]);
    assert_eq!(Note::EraEnded(Era::Heisei).say(today()).args.len(), 2);
}

proptest! {
    #[test]
    fn a_written_date_reads_back(days in 0_u64..119_000) {
        let date = ymd(1873, 1, 1) + chrono::Days::new(days);
        for text in [format_era(date), format_era_long(date), date.to_string(), date.format("%Y%m%d").to_string()] {
            prop_assert_eq!(parse(&text, today()), Ok(Parsed::plain(date)));
        }
    }

    #[test]
    fn no_text_is_trouble(text in "[\\PC0-9０-９年月日令和RSHTM./+-]{0,24}") {
        let _ = (parse(&text, today()), parse_birth(&text, today()), parse_due(&text, today()));
        let _ = (parse_in_reiwa(&text, today()), parse_range(&text, today()));
    }
}
