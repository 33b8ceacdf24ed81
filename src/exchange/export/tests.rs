//! What is written is read back as it was.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::super::{offices, rows};
use super::*;
use crate::desk::office::{Answer, Capability};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn operators() -> Vec<(Id, String)> {
    vec![(Id::from_bytes([77; 16]), "架空 太郎".into()), (Id::from_bytes([78; 16]), "架空 次郎".into())]
}

fn read(name: &str, bytes: &[u8]) -> Vec<rows::Reading> {
    let mut readings = rows::from_bytes(name, bytes).unwrap();
    for reading in &mut readings {
        reading.name_operators(&operators());
    }
    readings
}

fn office(n: u8, staff: &[&str]) -> (Id, Office) {
    let member = |(i, name): (usize, &&str)| {
        let id = Id::from_bytes([n * 16 + u8::try_from(i).unwrap(); 16]);
        let staff = Staff {
            name: (*name).to_owned(),
            kana: "カクウ".into(),
            department: "連携室".into(),
            role: "MSW".into(),
            phone: "0834-00-0002".into(),
            extension: "0123".into(),
            handles: "入退院\n転院".into(),
            order: u32::try_from(i).unwrap(),
            ..Staff::default()
        };
        (id, staff)
    };
    let office = Office {
        name: format!("髙﨑架空病院　第{n}～館"),
        kana: "タカサキ".into(),
        kind: "1".into(),
        phone: format!("0834-00-{n:04}"),
        postal_code: "0600001".into(),
        address: format!("架空市港町{n}－1"),
        latitude: Some(34.05),
        official_id: format!("iryo:35113500000{n:02}"),
        services: vec!["内科".into(), "内科（循環器）".into()],
        handles: "行1\n\n=1+1".into(),
        note: "\"引用\", と改行".into(),
        closed: "水・日".into(),
        best_time: "12:30-13:00".into(),
        serves: "港中学校区、架空島".into(),
        accepting: "ask".into(),
        waiting: "14".into(),
        accepting_until: NaiveDate::from_ymd_opt(2026, 12, 6),
        accepting_on: Some(day()),
        accepting_by: Id::from_bytes([77; 16]),
        capabilities: [("end-of-life", Answer::Yes, "phone"), ("ivh", Answer::Ask, "春の アンケート")]
            .map(|(code, answer, source)| {
                (code.to_owned(), Capability { answer, source: source.into(), on: Some(day()), by: Id::NIL })
            })
            .into(),
        staff: staff.iter().enumerate().map(member).collect(),
        updated_on: Some(day()),
        ..Office::default()
    };
    (Id::from_bytes([n; 16]), office)
}

const FORMATS: [(Format, &str); 4] =
    [(Format::CsvUtf8, "o.csv"), (Format::CsvCp932, "o.csv"), (Format::Xlsx, "o.xlsx"), (Format::Json, "o.json")];

#[test]
fn an_export_into_the_same_directory_changes_nothing() {
    let directory = vec![office(1, &["架空 一郎", "架空 花子"]), office(2, &[])];
    for (format, name) in FORMATS {
        let bytes = offices(&directory, &operators(), format).unwrap();
        let readings = read(name, &bytes);
        assert_eq!(readings[0].layout, "madoguchi", "{format:?}");
        let plan = offices::plan(&readings, &directory, &mut || Id::from_bytes([99; 16]), day());
        assert!(plan.is_empty(), "{format:?} {:?}", plan.changes);
        assert_eq!((plan.unchanged, plan.problems.len(), plan.kept.len()), (2, 0, 0), "{format:?}");
    }
}

#[test]
fn an_export_into_an_empty_directory_gives_the_same_offices() {
    let directory = vec![office(1, &["架空 一郎", "架空 花子"]), office(2, &[])];
    for (format, name) in FORMATS {
        let bytes = offices(&directory, &operators(), format).unwrap();
        let mut n = 0;
        let mut new_id = || {
            n += 1;
            Id::from_bytes([n; 16])
        };
        let plan = offices::plan(&read(name, &bytes), &[], &mut new_id, day());
        let copied = offices::after(&[], &plan);
        for ((_, was), (_, is)) in directory.iter().zip(&copied) {
            let bare = |o: &Office| Office { staff: BTreeMap::new(), source: String::new(), ..o.clone() };
            assert_eq!(bare(was), bare(is), "{format:?}");
            let staff = |o: &Office| o.present_staff().into_iter().map(|(_, s)| s.clone()).collect::<Vec<_>>();
            assert_eq!(staff(was), staff(is), "{format:?}");
        }
    }
}

#[test]
fn a_file_that_was_edited_in_a_spreadsheet_brings_its_edits_back() {
    let directory = vec![office(1, &["架空 一郎"])];
    let text = String::from_utf8(offices(&directory, &operators(), Format::CsvUtf8).unwrap()).unwrap();
    let edited = text.replace("0834-00-0001", "0834-00-0077");
    let readings = rows::from_bytes("o.csv", edited.as_bytes()).unwrap();
    let plan = offices::plan(&readings, &directory, &mut || Id::NIL, day());
    assert_eq!(plan.changes.iter().map(|c| (c.field, c.to.as_str())).collect::<Vec<_>>(), [("phone", "0834-00-0077")]);
    // What the desk changed after the export is newer than the file.
    let mut newer = directory.clone();
    newer[0].1.updated_on = day().succ_opt();
    let plan = offices::plan(&readings, &newer, &mut || Id::NIL, day());
    assert_eq!((plan.is_empty(), plan.kept.len()), (true, 1));
}

#[test]
fn a_character_that_cp932_lacks_is_told_and_not_replaced() {
    let mut directory = vec![office(1, &[]), office(2, &["𠮷野 架空"])];
    directory[1].1.note = "🏥".into();
    let error = offices(&directory, &operators(), Format::CsvCp932).unwrap_err();
    let ExportError::Unmappable { places, cells } = error else { panic!("{error}") };
    let told: Vec<_> = places.iter().map(|p| (p.row, p.column.as_str(), p.sign)).collect();
    assert_eq!((told, cells), (vec![(3, "備考", '🏥'), (3, "担当者名", '𠮷')], 2));
    assert!(offices(&directory, &operators(), Format::CsvUtf8).is_ok());
}

#[test]
fn a_sign_that_cp932_has_in_another_form_is_no_change() {
    let mut directory = vec![office(1, &["架空 一郎"])];
    directory[0].1.address = "架空市港町1−1〜2".into();
    directory[0].1.staff.values_mut().for_each(|s| s.handles = "平日—土曜".into());
    let refused = offices(&directory, &operators(), Format::CsvCp932).unwrap_err();
    assert!(matches!(refused, ExportError::Unmappable { cells: 2, .. }), "never replaced unasked: {refused:?}");
    let bytes = offices(&directory, &operators(), Format::CsvCp932Similar).unwrap();
    let plan = offices::plan(&read("o.csv", &bytes), &directory, &mut || Id::NIL, day());
    assert!(plan.is_empty(), "{:?}", plan.changes);
}

#[test]
fn a_cell_that_excel_cannot_hold_is_named() {
    let mut directory = vec![office(1, &[])];
    directory[0].1.note = "長".repeat(40_000);
    let too_long = ExportError::TooLong { table: String::new(), row: 2, column: "備考".to_owned() };
    assert_eq!(offices(&directory, &operators(), Format::Xlsx), Err(too_long));
}

#[test]
fn who_left_and_what_was_removed_is_not_exported() {
    let mut directory = vec![office(1, &["架空 一郎"]), office(2, &[])];
    directory[0].1.staff.values_mut().for_each(|s| s.left = true);
    directory[1].1.removed = true;
    let text = String::from_utf8(offices(&directory, &operators(), Format::Json).unwrap()).unwrap();
    assert!(!text.contains("架空 一郎") && !text.contains("第2"), "{text}");
    assert_eq!(Format::of_name("a.b.XLSX"), Some(Format::Xlsx));
    assert_eq!(Format::of_name("csv"), None);
}

proptest! {
    #[test]
    fn any_text_comes_back(note in "[ -~ぁ-んァ-ヶ一-龠、。\n\"',]{0,40}", name in "[ぁ-ん一-龠a-z\"]{1,12}") {
        let note = note.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
        let mut directory = vec![office(1, &[])];
        directory[0].1.note = note;
        directory[0].1.name = name;
        for (format, file) in [(Format::CsvUtf8, "o.csv"), (Format::Xlsx, "o.xlsx"), (Format::Json, "o.json")] {
            let readings = rows::from_bytes(file, &offices(&directory, &operators(), format).unwrap()).unwrap();
            let plan = offices::plan(&readings, &directory, &mut || Id::NIL, day());
            prop_assert!(plan.is_empty(), "{:?} {:?}", format, plan.changes);
        }
    }
}

#[test]
fn an_answer_in_an_older_file_never_takes_a_newer_one_back_and_a_bad_cell_is_named() {
    let (id, was) = office(1, &[]);
    let bytes = offices(&[(id, was.clone())], &operators(), Format::CsvUtf8).unwrap();
    let mut now = was.clone();
    now.capabilities.get_mut("ivh").unwrap().answer = Answer::No;
    now.capabilities.get_mut("ivh").unwrap().on = day().succ_opt();
    let plan = offices::plan(&read("o.csv", &bytes), &[(id, now)], &mut || id, day());
    assert!(plan.is_empty());
    assert_eq!(plan.kept.iter().map(|k| k.change.field).collect::<Vec<_>>(), ["capabilities"]);
    // An answer that is not there comes in with its day and how it became known.
    let mut without = was.clone();
    without.capabilities.remove("ivh");
    let plan = offices::plan(&read("o.csv", &bytes), &[(id, without.clone())], &mut || id, day());
    let after = offices::after(&[(id, without)], &plan);
    assert_eq!(after[0].1.capabilities, was.capabilities);
    // What a person broke is named by its column; nothing of it is taken.
    let broken = String::from_utf8(bytes).unwrap().replace("end-of-life 可", "end-of-life だいたい可");
    let reading = &rows::from_bytes("o.csv", broken.as_bytes()).unwrap()[0];
    let told: Vec<_> = reading.problems.iter().map(|p| (p.column.as_str(), p.what)).collect();
    assert_eq!(told, [("できること", rows::Trouble::Value(super::super::clean::Bad::Ability))]);
    let plan = offices::plan(std::slice::from_ref(reading), &[(id, was)], &mut || id, day());
    assert!(plan.is_empty());
}

#[test]
fn a_file_without_the_newer_columns_is_still_read_and_takes_nothing_away() {
    let (id, was) = office(1, &[]);
    let old = format!("窓口管理ID,名称,種別,電話番号,更新日\n{id},{},1,0834-00-0001,2026-11-22\n", was.name);
    let readings = rows::from_bytes("o.csv", old.as_bytes()).unwrap();
    assert_eq!((readings[0].layout, readings[0].problems.len()), ("madoguchi", 0));
    assert!(offices::plan(&readings, &[(id, was)], &mut || id, day()).is_empty());
}

#[test]
fn who_asked_for_places_comes_back_by_name_or_it_is_told() {
    let twins =
        vec![(Id::from_bytes([77; 16]), "架空 太郎".to_owned()), (Id::from_bytes([79; 16]), "架空　太郎".to_owned())];
    let others = vec![(Id::from_bytes([80; 16]), "架空 三郎".to_owned())];
    let moved = vec![(Id::from_bytes([81; 16]), "架空太郎".to_owned())];
    for (format, name) in FORMATS {
        let bytes = offices(&[office(1, &[])], &operators(), format).unwrap();
        for (there, by, told) in
            [(&twins, Id::NIL, 1), (&others, Id::NIL, 1), (&moved, Id::from_bytes([81; 16]), 0), (&vec![], Id::NIL, 1)]
        {
            let mut readings = rows::from_bytes(name, &bytes).unwrap();
            readings[0].name_operators(there);
            let office = &readings[0].rows[0].office;
            assert_eq!((office.accepting_by, office.accepting_on), (by, Some(day())), "{format:?}");
            assert_eq!(readings[0].problems.len(), told, "{format:?}");
            assert!(readings[0].problems.iter().all(|p| p.column == "受入を聞いた人" && p.row > 0));
        }
    }
}
