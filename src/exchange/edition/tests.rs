//! Files of an edition, read back.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::super::write::formula::bare;
use super::*;
use crate::desk::codebook::Codebook;
use crate::desk::document::{Document, Extent};
use crate::desk::edition::{LIAISON, snapshot, usual_extent};
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::desk::operator::DeskProfile;

fn list(names: &[&str], staff: &[&str]) -> List {
    let office = |(n, name): (usize, &&str)| {
        let person = |(m, name): (usize, &&str)| {
            let phone = format!("0834-00-2{n}{m}0");
            let id = Id::from_bytes([u8::try_from(100 + n * 10 + m).unwrap(); 16]);
            (id, Staff { name: (*name).to_owned(), phone, order: u32::try_from(m).unwrap(), ..Staff::default() })
        };
        let office = Office {
            name: (*name).to_owned(),
            kana: format!("カクウ{n}"),
            kind: "1".to_owned(),
            phone: format!("0834-00-100{n}"),
            handles: "=1+1\n入退院、\"転院\"".to_owned(),
            staff: staff.iter().enumerate().map(person).collect(),
            ..Office::default()
        };
        (Id::from_bytes([u8::try_from(n).unwrap() + 1; 16]), office)
    };
    let offices: Vec<(Id, Office)> = names.iter().enumerate().map(office).collect();
    let extent: Extent = usual_extent(LIAISON);
    let made = snapshot(offices.iter().map(|(id, o)| (*id, o)), LIAISON, &extent, &|a, b| a == b);
    let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 24);
    let made = Document { number: 3, on, note: "電話の変更".to_owned(), ..made };
    let desk =
        DeskProfile { name: "架空窓口".to_owned(), phone: "0834-00-1000".to_owned(), ..DeskProfile::default() };
    List::of(&made, &desk, &Codebook::default())
}

#[test]
fn a_sheet_reads_back_as_the_list_with_its_title_and_everything_as_text() {
    let list = list(&["架空中央病院", "髙﨑架空病院～分院"], &["山田 花子", "森 三郎"]);
    let bytes = file(&list, Format::Xlsx).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |row: usize, column: usize| match sheet.get((row, column)) {
        Some(Data::String(text)) => text.clone(),
        None | Some(Data::Empty) => String::new(),
        Some(other) => panic!("{other:?} is no text"),
    };
    assert_eq!(text(0, 0), "連携室一覧表　第3版");
    assert!(
        text(1, 0).contains("令和8年11月24日") && text(1, 0).contains("架空窓口") && text(1, 0).contains("電話の変更")
    );
    assert_eq!(list.table.len(), 5, "a row for each person, and the heads");
    for (row, cells) in list.table.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            assert_eq!(&text(row + 2, column), cell, "row {row} column {column}");
        }
    }
    assert_eq!(sheet.height(), 7);
}

#[test]
fn csv_reads_back_in_both_encodings_and_a_character_that_is_missing_is_told() {
    let list = list(&["架空中央病院"], &["山田 花子"]);
    let utf8 = file(&list, Format::CsvUtf8).unwrap();
    assert!(utf8.starts_with(b"\xef\xbb\xbf"));
    for bytes in [utf8, file(&list, Format::CsvCp932).unwrap()] {
        let text = super::super::text::decode(&bytes).unwrap_or_else(|_| panic!("no text")).into_owned();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(|cell| bare(cell).to_owned()).collect()).collect();
        assert_eq!(rows, list.table);
    }
    let rare = super::tests::list(&["架空病院", "架空🏥医院"], &["𠮷田"]);
    let refused = file(&rare, Format::CsvCp932).unwrap_err();
    let ExportError::Unmappable { places, cells } = &refused else { panic!("{refused:?}") };
    let first = &places[0];
    assert_eq!((first.row, first.column.as_str(), first.sign, *cells), (2, "担当者の氏名", '𠮷', 3));
}

#[test]
fn an_empty_list_and_an_endless_cell_are_files_or_a_sentence() {
    for form in [Format::Xlsx, Format::CsvUtf8, Format::CsvCp932, Format::Json] {
        assert!(file(&list(&[], &[]), form).is_ok());
        assert!(file(&List::default(), form).is_ok());
    }
    let long = list(&["架空".repeat(20_000).as_str()], &[]);
    assert_eq!(
        file(&long, Format::Xlsx),
        Err(ExportError::TooLong { table: String::new(), row: 4, column: "名称".to_owned() })
    );
    assert!(file(&long, Format::CsvUtf8).is_ok());
}
