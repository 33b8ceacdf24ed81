//! Files in every layout, whole and broken, from bytes to entries.

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::clean::Bad;
use super::error::{ImportError, Refusal};
use super::rows::{Incoming, Reading, Trouble, from_bytes};

macro_rules! fixture {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../tests/fixtures/", $name)).as_slice())
    };
}

fn read((name, bytes): (&str, &[u8])) -> Reading {
    let mut all = from_bytes(name, bytes).unwrap();
    assert_eq!(all.len(), 1, "{name}");
    all.remove(0)
}

fn refusal(bytes: &[u8]) -> Refusal {
    from_bytes("f", bytes).unwrap_err().what
}

#[test]
fn each_published_layout_is_known_by_its_headers() {
    for (fixture, layout, rows, kinds) in [
        (fixture!("iryo_hospital.csv"), "iryo-net", 4, "1111"),
        (fixture!("iryo_pharmacy.csv"), "iryo-net", 2, "44"),
        (fixture!("kaigo_old.csv"), "kaigo-open-data", 3, "888"),
        (fixture!("kaigo_new.csv"), "kaigo-open-data", 3, "569"),
        (fixture!("kaigo_standard.csv"), "kaigo-standard", 1, "8"),
        (fixture!("medical_standard.csv"), "medical-standard", 2, "23"),
        (fixture!("hospital_list.csv"), "hospital-list", 2, "11"),
        (fixture!("hospital_list_bom.csv"), "hospital-list", 2, "11"),
        (fixture!("offices_en.json"), "json-offices", 2, "99"),
        (fixture!("offices_ja.json"), "kaigo-open-data", 1, "9"),
        (fixture!("liaison_utf8.csv"), "liaison", 3, "111"),
        (fixture!("liaison_cp932.csv"), "liaison", 3, "111"),
        (fixture!("liaison_preamble.tsv"), "liaison", 2, "11"),
    ] {
        let reading = read(fixture);
        let name = fixture.0;
        assert_eq!(reading.layout, layout, "{name}");
        assert_eq!(reading.rows.len(), rows, "{name}");
        assert_eq!(reading.problems, [], "{name}");
        assert_eq!(reading.rows.iter().map(|r| r.office.kind.as_str()).collect::<String>(), kinds, "{name}");
    }
}

#[test]
fn the_fields_of_published_lists_arrive() {
    let iryo = read(fixture!("iryo_hospital.csv"));
    let office = &iryo.rows[0].office;
    assert_eq!(office.official_id, "iryo:3511350000011");
    assert_eq!(office.name, "医療法人架空会　架空中央病院");
    assert_eq!((office.short_name.as_str(), office.capacity.as_str()), ("架中", "260（一般200・療養60）"));
    assert_eq!((office.latitude, office.longitude), (Some(34.05), Some(131.8)));
    assert!(iryo.rows.iter().all(|r| r.office.phone.is_empty()), "this list has no phone numbers");

    let kaigo = read(fixture!("kaigo_old.csv"));
    let office = &kaigo.rows[1].office;
    assert_eq!(office.address, "山口県架空市山手2-2", "the prefecture stands in its own column");
    assert_eq!((office.hours.as_str(), office.capacity.as_str()), ("平日 年末年始休み", ""));
    let office = &kaigo.rows[2].office;
    assert_eq!((office.name.as_str(), office.building.as_str()), ("ホーム架空", "架空ビル2階"));
    assert_eq!(office.address, "山口県架空市港町3-3");
    assert_eq!(crate::desk::phone::digits(&office.phone), "0834000033", "the zero that a spreadsheet took");
    assert_eq!(office.latitude, None);

    let new = read(fixture!("kaigo_new.csv"));
    assert_eq!(new.rows[0].office.corporation, "架空会");
    assert_eq!(new.rows[0].office.services, ["訪問看護"]);
    assert_eq!(new.rows[2].office.official_id, "kaigo:0170000077");

    let medical = read(fixture!("medical_standard.csv"));
    let office = &medical.rows[0].office;
    assert_eq!(office.official_id, "kikan:350100088");
    assert_eq!(office.postal_code, "7450000");
    assert_eq!(office.services, ["内科", "小児科"]);
    assert_eq!(office.hours, "月火水金 9:00～18:00 木は午前のみ");
    assert_eq!(medical.rows[1].office.official_id, "kikan:350100091");
    assert_eq!(medical.rows[1].office.services, ["歯科", "小児歯科"]);
}

#[test]
fn a_hospital_list_with_a_column_for_each_department_is_read() {
    let list = read(fixture!("hospital_list.csv"));
    let office = &list.rows[0].office;
    assert_eq!(office.services, ["内科", "循環器内科", "小児科", "血液・腫瘍内科", "がん化学療法内科"]);
    assert_eq!(office.capacity, "一般490");
    assert_eq!(office.address, "架空市中央区港町１丁目１－１");
    assert_eq!(list.rows[1].office.capacity, "療養20・精神176");
    let bom = read(fixture!("hospital_list_bom.csv"));
    for (a, b) in list.rows.iter().zip(&bom.rows) {
        assert_eq!(a.office, b.office);
    }
}

#[test]
fn an_identity_is_no_phone_number_and_a_phone_number_no_identity() {
    let reading = read(fixture!("wrong_columns.json"));
    assert_eq!(reading.rows[0].office.phone, "");
    assert_eq!(reading.rows[0].office.official_id, "iryo:3511350000201");
    assert_eq!(reading.rows[0].office.services, ["内科", "外科"]);
    assert_eq!(reading.rows[1].office.official_id, "");
    assert_eq!(crate::desk::phone::digits(&reading.rows[1].office.phone), "0834000202");
    let found: Vec<_> = reading.problems.iter().map(|p| (p.row, p.column.as_str(), p.what)).collect();
    let wanted = [(1, "tel", Trouble::Value(Bad::PhoneIsId)), (2, "id", Trouble::Value(Bad::IdIsPhone))];
    assert_eq!(found, wanted);
}

fn person(incoming: &Incoming) -> [&str; 6] {
    let staff = incoming.staff.as_ref().unwrap();
    [&staff.name, &staff.kana, &staff.role, &staff.extension, &staff.handles, &staff.department].map(String::as_str)
}

#[test]
fn a_desks_own_list_gives_the_staff_of_each_office() {
    for fixture in [fixture!("liaison_utf8.csv"), fixture!("liaison_cp932.csv")] {
        let reading = read(fixture);
        let first = &reading.rows[0];
        assert_eq!(first.office.name, "架空中央病院");
        assert_eq!(first.office.department, "地域医療連携室");
        assert_eq!(first.office.extension, "", "the extension is the person's");
        assert_eq!(person(first), ["山口 花子", "やまぐち はなこ", "MSW", "2101", "入退院調整", "地域医療連携室"]);
        let second = &reading.rows[1];
        assert_eq!(second.office.name, "架空中央病院", "the name stands in the first row only");
        assert_eq!(
            person(second),
            ["髙橋 一郎", "たかはし いちろう", "看護師", "2102", "在宅移行・往診の相談", "地域医療連携室"]
        );
        assert_eq!(reading.rows[2].office.name, "架空ミナト病院");
    }
}

#[test]
fn titles_above_the_header_and_other_words_and_orders_are_understood() {
    let reading = read(fixture!("liaison_preamble.tsv"));
    assert_eq!(reading.header_row, 4);
    let first = &reading.rows[0];
    assert_eq!((first.row, first.office.name.as_str()), (5, "架空中央病院"));
    assert_eq!(person(first), ["山口　花子", "ヤマグチ　ハナコ", "MSW", "2101", "入退院調整", "地域医療連携室"]);
    assert_eq!(crate::desk::phone::digits(&first.office.fax), "0834000309");
}

#[test]
fn the_reading_beside_the_name_of_a_hospital_is_the_hospitals() {
    let text = "担当者名,病院名,ふりがな,電話\n架空 花子,架空病院,かくうびょういん,0834-00-0001\n";
    let reading = read(("f", text.as_bytes()));
    assert_eq!(reading.rows[0].office.kana, "かくうびょういん");
    assert_eq!(reading.rows[0].staff.as_ref().unwrap().kana, "");
}

#[test]
fn headers_that_no_list_has_are_understood_by_their_words() {
    let text = "No.,病院名称・施設名,電話番号（代表・夜間）,ＦＡＸ（連携室）,担当者お名前,主な対応内容など,更新\n\
                1,架空病院,0834-00-0001,0834-00-0002,架空 花子,転院,R8.4.1\n";
    let reading = read(("f", text.as_bytes()));
    let office = &reading.rows[0].office;
    assert_eq!(
        (office.name.as_str(), office.phone.as_str(), office.fax.as_str()),
        ("架空病院", "0834-00-0001", "0834-00-0002")
    );
    assert_eq!(reading.rows[0].staff.as_ref().unwrap().handles, "転院");
    assert_eq!(reading.unread, ["No.", "更新"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_columns_of_a_desks_own_list_may_stand_in_any_order(order in Just((0..9).collect::<Vec<usize>>()).prop_shuffle()) {
        let (_, bytes) = fixture!("liaison_utf8.csv");
        let text = std::str::from_utf8(bytes).unwrap();
        let shuffled: String = text
            .lines()
            .map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                order.iter().map(|i| cells[*i]).collect::<Vec<_>>().join(",") + "\n"
            })
            .collect();
        prop_assert_eq!(read(("f", shuffled.as_bytes())).rows, read(("f", bytes)).rows);
    }
}

#[test]
fn rows_and_columns_beyond_all_reason_are_refused() {
    let wide = format!("病院名,電話{}\n架空病院,0834-00-0001\n", ",x".repeat(1_000));
    assert_eq!(refusal(wide.as_bytes()), Refusal::TooManyCells { row: 1, limit: 1_000 });
    let long = format!("病院名,電話\n{}", "a,0\n".repeat(1_000_001));
    assert_eq!(refusal(long.as_bytes()), Refusal::TooManyRows { limit: 1_000_000 });
    let far = workbook(|sheet| {
        sheet.write_row(0, 0, ["病院名", "電話"]).unwrap();
        sheet.write(1, 16_000, "x").unwrap();
    });
    assert_eq!(refusal(&far), Refusal::TooManyCells { row: 2, limit: 1_000 });
}

/// A workbook as desks make them: a title, a header of two rows with merged cells, names merged over their staff.
fn merged_workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("名簿").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 5, "架空市 連携室一覧", &plain).unwrap();
    sheet.merge_range(2, 0, 3, 0, "病院名", &plain).unwrap();
    sheet.merge_range(2, 1, 2, 2, "担当者", &plain).unwrap();
    sheet.merge_range(2, 3, 2, 4, "連絡先", &plain).unwrap();
    for (column, text) in [(1, "氏名"), (2, "職種"), (3, "電話"), (4, "FAX")] {
        sheet.write(3, column, text).unwrap();
    }
    sheet.merge_range(4, 0, 5, 0, "架空中央病院", &plain).unwrap();
    for (row, name) in [(4, "山口 花子"), (5, "架空 一郎")] {
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 2, "MSW").unwrap();
    }
    sheet.write(4, 3, 834_000_301).unwrap();
    sheet.write_formula(4, 4, Formula::new("=\"0834-00-\"&\"0309\"").set_result("0834-00-0309")).unwrap();
    book.add_worksheet().write(0, 0, "メモだけのシート").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn merged_headers_numbers_and_formulas_of_a_workbook_are_read() {
    let reading = read(("名簿.xlsx", &merged_workbook()));
    assert_eq!((reading.sheet.as_str(), reading.layout, reading.header_row), ("名簿", "liaison", 3));
    assert_eq!(reading.rows.len(), 2);
    assert_eq!(crate::desk::phone::digits(&reading.rows[0].office.phone), "0834000301");
    assert_eq!(crate::desk::phone::digits(&reading.rows[0].office.fax), "0834000309");
    assert_eq!(reading.rows[1].office.name, "架空中央病院");
    assert_eq!(reading.rows[1].staff.as_ref().unwrap().role, "MSW");
}

#[test]
fn a_workbook_of_a_published_list_is_read_as_its_csv() {
    let (_, csv) = fixture!("hospital_list.csv");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in std::str::from_utf8(csv).unwrap().lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(read(("list.xlsx", &bytes)).rows, read(("list.xlsx", csv)).rows);
}

fn workbook(write: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    write(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

#[test]
fn a_cell_that_excel_could_not_calculate_is_named() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["病院名", "電話"]).unwrap();
        sheet.write(1, 0, "架空病院").unwrap();
        sheet.write_formula(1, 1, Formula::new("=VLOOKUP(1,A1:B2,2)").set_result("#N/A")).unwrap();
    });
    let error = from_bytes("名簿.xlsx", &bytes).unwrap_err();
    let what = Refusal::CellError { row: 2, column: "電話".into(), sign: "#N/A".into() };
    assert_eq!(error, ImportError::new("名簿.xlsx", what).in_sheet("Sheet1"));
}

#[test]
fn empty_rows_are_passed_over_and_keep_their_numbers() {
    let bytes = workbook(|sheet| {
        let format = Format::new().set_bold();
        sheet.write_row(0, 0, ["病院名", "電話"]).unwrap();
        for row in 1..100_001 {
            sheet.write_blank(row, 0, &format).unwrap();
        }
        sheet.write_row(100_001, 0, ["架空病院", "0834-00-0001"]).unwrap();
    });
    let reading = read(("f", &bytes));
    assert_eq!(reading.rows.len(), 1);
    assert_eq!(reading.rows[0].row, 100_002);
    let text = format!("病院名,電話\n{}架空病院,0834-00-0001\n", ",\n".repeat(100_000));
    assert_eq!(read(("f", text.as_bytes())).rows[0].row, 100_002);
}

#[test]
fn broken_files_are_refused_with_their_place() {
    let (_, whole) = fixture!("kaigo_new.csv");
    let text = std::str::from_utf8(whole).unwrap();
    let cut = text.rfind("141.3").unwrap();
    assert_eq!(refusal(&whole[..cut]), Refusal::Cut { row: 4, found: 11, expected: 20 });
    let comma = text
        .replacen("架空ケアプランセンター,", "架空,ケアプランセンター,", 1)
        .replace(",平日,,,\r\n", ",平日,,,備考\r\n");
    assert_eq!(refusal(comma.as_bytes()), Refusal::ColumnCount { row: 3, found: 21, expected: 20 });
    let quote = text.replacen("\"平日,土曜日\"", "\"平日,土曜日", 1);
    assert_eq!(refusal(quote.as_bytes()), Refusal::OpenQuote { row: 2 });
    let (_, liaison) = fixture!("liaison_cp932.csv");
    let mixed = [liaison, "架空の丘病院,,,,,0834-00-0009,,,\r\n".as_bytes()].concat();
    assert_eq!(refusal(&mixed), Refusal::MixedEncodings { row: 1 });
    assert_eq!(refusal(b"a,b\n\xfd\xff,\xff"), Refusal::NotText { row: 2 });
    assert_eq!(refusal(b""), Refusal::Empty);
    assert_eq!(refusal(b" \r\n,,\r\n"), Refusal::NoHeader);
    assert_eq!(refusal("病院名,電話\n".as_bytes()), Refusal::NoRows);
    assert_eq!(refusal("a,b\n1,2\n".as_bytes()), Refusal::NoHeader);
    let twice = "病院名,電話,電話\n架空病院,0834-00-0001,0834-00-0002\n";
    assert_eq!(refusal(twice.as_bytes()), Refusal::TwiceTheSameColumn { row: 1, column: "電話".into() });
    assert_eq!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"), Refusal::OldExcel);
    let book = merged_workbook();
    for end in [4, book.len() / 2, book.len() - 1] {
        assert_eq!(refusal(&book[..end]), Refusal::Damaged, "{end}");
    }
}

#[test]
fn a_list_that_spreads_an_office_over_many_rows_is_refused_and_not_misread() {
    let text = "架空県 指定一覧,,\n1,架空病院,〒745-0000\n,架空市港町1-1,0834-00-0001\n,架空 太郎,一般 100\n";
    assert_eq!(refusal(text.as_bytes()), Refusal::NoHeader);
}

#[test]
fn damaged_workbooks_never_panic() {
    let book = merged_workbook();
    for at in (0..book.len()).step_by(37) {
        let mut bytes = book.clone();
        bytes[at] ^= 0x5a;
        // Either the damage does not matter or the file is refused; both are answers.
        let _ = from_bytes("f", &bytes);
    }
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..=super::table::MAX_UNPACKED_MB {
        archive.write_all(&block).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20, "a small file");
    assert_eq!(refusal(&bytes), Refusal::Inflates { limit: super::table::MAX_UNPACKED_MB });
}

#[test]
fn every_refusal_is_a_sentence_with_its_place_in_both_languages() {
    use crate::desk::record::Explain;
    use crate::locale::{Lang, Locale};
    let (_, whole) = fixture!("kaigo_new.csv");
    let error = from_bytes("事業所.csv", &whole[..whole.len() - 40]).unwrap_err();
    let ja = Locale::new(Lang::Ja).say(&error.say());
    assert!(ja.contains("事業所.csv") && ja.contains("4行目") && ja.contains("20個"), "{ja}");
    let en = Locale::new(Lang::En).say(&error.say());
    assert!(en.contains("row 4") && en.contains("20"), "{en}");
    assert!(!format!("{error} {error:?}").contains("架空"), "no value of the file");
}
