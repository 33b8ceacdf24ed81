//! Broken copies of files, made here: each is refused with its place and what to do, or read rightly where nothing is wrong.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook};

use super::error::{ImportError, Refusal};
use super::rows::{Reading, from_bytes};
use super::table::{MAX_COLUMNS, MAX_SHARED_MB, MAX_TEXT_MB};
use crate::desk::record::Explain;
use crate::locale::{Lang, Locale};

fn refused(name: &str, bytes: &[u8]) -> ImportError {
    let error = from_bytes(name, bytes).expect_err(&format!("{name} was taken in"));
    for lang in [Lang::Ja, Lang::En] {
        let said = Locale::new(lang).say(&error.say());
        assert!(said.contains(name) && !said.contains("exchange-"), "{said}");
    }
    error
}

fn refusal(bytes: &[u8]) -> Refusal {
    refused("名簿.csv", bytes).what
}

fn read(bytes: &[u8]) -> Reading {
    let mut all = from_bytes("名簿.xlsx", bytes).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// Files as a zip archive.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of one sheet, as other programs than ours write it.
fn workbook(rows: &str, behind: &str, shared: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
    );
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{REL}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><sheets><sheet name=\"名簿\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let rels = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r1\" Type=\"{REL}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"r2\" Type=\"{REL}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData>{behind}</worksheet>");
    let shared = format!("<sst xmlns=\"{MAIN}\">{shared}</sst>");
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
    ])
}

/// Rows of a sheet, each with these cells.
fn rows(count: u32, cells: impl Fn(u32) -> String) -> String {
    (1..=count).map(|n| ["<row r=\"", &n.to_string(), "\">", &cells(n), "</row>"].concat()).collect()
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A head and one office, whose phone is this cell.
fn with_phone(cell: &str) -> Vec<u8> {
    let head = format!("<row r=\"1\">{}{}{}</row>", text("A1", "病院名"), text("B1", "電話"), text("C1", "備考"));
    workbook(&format!("{head}<row r=\"2\">{}{cell}</row>", text("A2", "架空病院")), "", "")
}

#[test]
fn formulas_are_read_where_their_results_were_saved_and_named_where_not() {
    let number = |cell: &str| read(&with_phone(cell)).rows[0].office.phone.clone();
    assert_eq!(number(r#"<c r="B2" t="str"><f>A1</f><v>0834-00-0001</v></c>"#), "0834-00-0001");
    assert_eq!(number(r#"<c r="B2"><f>1+1</f><v>834000001</v></c>"#), "0834-00-0001");
    assert_eq!(number(r#"<c r="B2" t="str"><f>IF(A1="","",A1)</f><v></v></c>"#), "", "an empty result is a result");
    for cell in [r#"<c r="B2"><f>A1</f></c>"#, r#"<c r="B2"><f>A1</f><v></v></c>"#] {
        let error = refused("名簿.xlsx", &with_phone(cell));
        let what = Refusal::Uncalculated { row: 2, column: "電話".into() };
        assert_eq!((error.sheet.as_str(), error.what), ("名簿", what), "{cell}");
    }
    for sign in ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"] {
        let error = refused("名簿.xlsx", &with_phone(&format!("<c r=\"B2\" t=\"e\"><f>X</f><v>{sign}</v></c>")));
        assert_eq!(error.what, Refusal::CellError { row: 2, column: "電話".into(), sign: sign.into() });
    }
    let unread = with_phone(r#"<c r="B2"><v>834000001</v></c><c r="Z2" t="e"><v>#REF!</v></c>"#);
    assert_eq!(read(&unread).rows.len(), 1, "an error in a column that nobody reads stops nothing");
}

#[test]
fn a_file_that_was_cut_is_refused_wherever_it_was_cut() {
    let whole = include_bytes!("../../tests/fixtures/kaigo_new.csv").as_slice();
    let ends: Vec<usize> = whole.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect();
    let mut taken = Vec::new();
    for end in ends[1] + 1..whole.len() {
        match from_bytes("事業所.csv", &whole[..end]) {
            // Between two rows nothing tells that more was to come, nor at the very end of a row's last cell.
            Ok(all) => taken.push((end, all[0].rows.len())),
            Err(error) => assert!(
                matches!(
                    error.what,
                    Refusal::Cut { .. }
                        | Refusal::OpenQuote { .. }
                        | Refusal::NotText { .. }
                        | Refusal::MixedEncodings { .. }
                ),
                "{end}: {error:?}"
            ),
        }
    }
    for (end, rows) in &taken {
        let last = whole[..*end].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let cells = whole[last..*end].split(|b| *b == b',').count();
        let full = ends.contains(end) || cells >= 20;
        assert!(full && *rows >= 1, "cut at {end} and taken in with {rows} rows");
    }
    let whole = include_bytes!("../../tests/fixtures/liaison_cp932.csv").as_slice();
    let cut = whole.len() - 40;
    let cuts = (cut..whole.len()).filter_map(|end| from_bytes("連携室.csv", &whole[..end]).err());
    assert!(cuts.count() > 10);
}

#[test]
fn a_workbook_that_was_cut_anywhere_is_refused() {
    let whole = with_phone(r#"<c r="B2"><v>834000001</v></c>"#);
    for end in (4..whole.len()).step_by(11) {
        assert_eq!(refused("名簿.xlsx", &whole[..end]).what, Refusal::Damaged, "{end}");
    }
}

#[test]
fn what_is_no_table_is_refused_by_what_it_is_and_not_by_its_name() {
    for (bytes, what) in [
        (b"%PDF-1.7\n%\xe2\xe3".as_slice(), Refusal::OtherKind { kind: "PDF" }),
        (b"\x89PNG\r\n\x1a\n", Refusal::OtherKind { kind: "PNG" }),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Refusal::OtherKind { kind: "JPEG" }),
        (b"{\\rtf1\\ansi", Refusal::OtherKind { kind: "RTF" }),
        (b"\x1f\x8b\x08\0", Refusal::OtherKind { kind: "gzip" }),
        ("<!DOCTYPE html>\n<html><body>病院名,電話</body></html>".as_bytes(), Refusal::OtherKind { kind: "HTML" }),
        ("\u{feff}  <HTML><table><tr><td>病院名".as_bytes(), Refusal::OtherKind { kind: "HTML" }),
        // .xls, and .xlsx with a password: both are of the old container.
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0E\0n\0c\0r\0y\0p\0t\0i\0o\0n", Refusal::OldExcel),
        ("病院名,電話\n架空病院,0834\u{0}-00-0001\n".as_bytes(), Refusal::Binary { row: 2 }),
        (b"\0\0\0\0\0\0\0\0", Refusal::Binary { row: 1 }),
        ("架空病院のみなさまへ\nいつもお世話になっております。\n".as_bytes(), Refusal::NoHeader),
        ("code,prefecture,city,prefecture_kana,city_kana\n352152,架空県,架空市,ｶ,ｶ\n".as_bytes(), Refusal::CodeTable),
        (b"true", Refusal::NoHeader),
        (b"\xef\xbb\xbf", Refusal::Empty),
    ] {
        assert_eq!(refusal(bytes), what);
    }
    assert_eq!(refusal(&zipped(&[("word/document.xml", b"<document/>")])), Refusal::Damaged, "a text document");
    assert_eq!(refusal(&zipped(&[])), Refusal::Damaged);
    // What the name says does not count: a workbook called .csv and a table called .xlsx are what they are.
    let book = with_phone(r#"<c r="B2"><v>834000001</v></c>"#);
    assert_eq!(from_bytes("名簿.csv", &book).unwrap()[0].rows.len(), 1);
    assert_eq!(from_bytes("名簿.xlsx", "病院名,電話\n架空病院,0834-00-0001\n".as_bytes()).unwrap()[0].rows.len(), 1);
}

#[test]
fn shifted_and_doubled_columns_are_named() {
    let wide = "病院名,電話,備考\n架空病院,0834-00-0001,\n架空,医院,0834-00-0002,注\n";
    assert_eq!(refusal(wide.as_bytes()), Refusal::ColumnCount { row: 3, found: 4, expected: 3 });
    let twice = "病院名,電話番号,電話番号\n架空病院,0834-00-0001,0834-00-0002\n";
    assert_eq!(refusal(twice.as_bytes()), Refusal::TwiceTheSameColumn { row: 1, column: "電話番号".into() });
    let mixed = [
        "病院名,電話\n架空病院,0834-00-0001\n".as_bytes(),
        &super::text::encode_cp932("髙﨑医院,0834-00-0002\n", super::text::Twins::Refuse).unwrap(),
    ]
    .concat();
    assert_eq!(refusal(&mixed), Refusal::MixedEncodings { row: 3 });
    let row = format!("病院名,電話\n架空病院{}\n", ",".repeat(1_000_000));
    assert_eq!(refusal(row.as_bytes()), Refusal::TooManyCells { row: 2, limit: MAX_COLUMNS });
}

#[test]
fn small_workbooks_that_would_fill_the_memory_are_refused() {
    // One long text that every cell shares.
    let text = "あ".repeat(1 << 20);
    let shared = rows(200, |n| format!("<c r=\"A{n}\" t=\"s\"><v>0</v></c>"));
    let bytes = workbook(&shared, "", &format!("<si><t>{text}</t></si>"));
    assert!(bytes.len() < 1 << 20, "a small file");
    assert_eq!(refusal(&bytes), Refusal::Inflates { limit: MAX_TEXT_MB as u64 });
    // One cell in each row, as far right as columns go.
    let wide = rows(30_000, |n| format!("<c r=\"ALL{n}\"><v>1</v></c>"));
    let refused = refusal(&workbook(&wide, "", ""));
    assert!(matches!(refused, Refusal::TooManyCells { limit: MAX_COLUMNS, .. }), "{refused:?}");
    // Regions merged far to the right.
    let far = |n| if n == 1 { "<c r=\"ALK1\"><v>1</v></c>" } else { "" };
    let long = rows(900, |n| format!("<c r=\"A{n}\"><v>1</v></c>{}", far(n)));
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"ALK1:ALK900\"/></mergeCells>";
    assert_eq!(refusal(&workbook(&long, merged, "")), Refusal::NoHeader, "bounded, and read");
    // Shared texts alone.
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/sharedStrings.xml", options).unwrap();
    let block = "<si><t>a</t></si>".repeat(1 << 16);
    for _ in 0..=(MAX_SHARED_MB << 20) / block.len() as u64 {
        archive.write_all(block.as_bytes()).unwrap();
    }
    assert_eq!(refusal(&archive.finish().unwrap().into_inner()), Refusal::Inflates { limit: MAX_SHARED_MB });
}

#[test]
fn a_text_that_names_itself_over_and_over_is_no_bomb() {
    let head = format!("<row r=\"1\">{}{}</row>", text("A1", "病院名"), text("B1", "電話"));
    let rows = format!("{head}<row r=\"2\">{}{}</row>", text("A2", "&a;&a;&a;架空病院"), text("B2", "0834-00-0001"));
    // Entities of the file itself are never unfolded: the file is refused, or the text stays without them.
    if let Ok(all) = from_bytes("名簿.xlsx", &workbook(&rows, "", "")) {
        assert!(all[0].rows[0].office.name.ends_with("架空病院") && all[0].rows[0].office.name.len() < 64);
    }
}

#[test]
fn merged_heads_and_a_hundred_thousand_empty_rows_are_read_rightly() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 3, "架空市 一覧（令和8年度）", &plain).unwrap();
    sheet.merge_range(1, 0, 2, 0, "病院名", &plain).unwrap();
    sheet.merge_range(1, 1, 1, 2, "連絡先", &plain).unwrap();
    sheet.write(2, 1, "電話").unwrap();
    sheet.write(2, 2, "FAX").unwrap();
    for row in 3..100_003 {
        sheet.write_blank(row, 0, &plain.clone().set_bold()).unwrap();
    }
    sheet.write_row(100_003, 0, ["架空病院", "0834-00-0001", "0834-00-0002"]).unwrap();
    let reading = read(&book.save_to_buffer().unwrap());
    assert_eq!((reading.rows.len(), reading.rows[0].row, reading.header_row), (1, 100_004, 2));
    let office = &reading.rows[0].office;
    assert_eq!((office.phone.as_str(), office.fax.as_str()), ("0834-00-0001", "0834-00-0002"));
    assert_eq!(reading.problems, []);
}
