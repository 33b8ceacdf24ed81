//! Real workbooks: made, filled in as a clerk does, and read back.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::plan::{Came, Reader, plan};
use super::read::{Returned, from_bytes};
use super::*;
use crate::desk::office::{Answer, Capability};
use crate::desk::proposal::{Item, Proposal};
use crate::exchange::error::Refusal;
use crate::exchange::table::Sheet;
use crate::exchange::workbook;
use crate::locale::Lang;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn id(n: u8) -> Id {
    Id::from_bytes([n; 16])
}

fn words() -> Locale {
    Locale::new(Lang::Ja)
}

pub(crate) fn office() -> Office {
    let person = |name: &str, phone: &str| Staff {
        name: name.into(),
        kana: "かくう".into(),
        role: "MSW".into(),
        phone: phone.into(),
        ..Staff::default()
    };
    Office {
        name: "架空総合病院".into(),
        kana: "カクウソウゴウビョウイン".into(),
        phone: "0834-00-0001".into(),
        fax: "0834-00-0002".into(),
        address: "山口県架空市港町1-1".into(),
        services: vec!["内科".into(), "外科".into()],
        hours: "平日 9:00-17:00\n土 9:00-12:00".into(),
        note: "内緒の覚え書き".into(),
        alert: "内緒の注意".into(),
        accepting: "ask".into(),
        accepting_until: NaiveDate::from_ymd_opt(2026, 12, 1),
        capabilities: [("ivh".into(), Capability { answer: Answer::No, ..Capability::default() })].into(),
        staff: [(id(1), person("架空花子", "0834-00-0011")), (id(2), person("架空次郎", ""))].into(),
        ..Office::default()
    }
}

fn made(office: &Office) -> Vec<u8> {
    let (words, codebook) = (words(), Codebook::default());
    let desk = DeskProfile { name: "架空窓口".into(), phone: "0834-00-0099".into(), ..DeskProfile::default() };
    let sender = Sender { desk: &desk, desk_id: id(9), on: today(), words: &words, codebook: &codebook };
    sheet(id(5), office, &sender).unwrap()
}

/// The cells of a workbook, to be changed as a clerk changes them.
struct Clerk {
    cells: BTreeMap<(u32, usize), String>,
    name: String,
}

impl Clerk {
    fn of(bytes: &[u8]) -> Self {
        let sheets = workbook::read_form("x.xlsx", bytes).unwrap();
        let Sheet { rows, name, .. } = sheets.into_iter().next().unwrap();
        let cells = rows.into_iter().flat_map(|row| {
            let number = row.number - 1;
            row.cells.into_iter().enumerate().map(move |(column, text)| ((number, column), text))
        });
        Self { cells: cells.filter(|(_, text)| !text.is_empty()).collect(), name }
    }

    fn find(&self, text: &str) -> (u32, usize) {
        *self.cells.iter().find(|(_, cell)| cell.as_str() == text).unwrap_or_else(|| panic!("no cell {text}")).0
    }

    /// Writes 変更後 of the row with this key.
    fn after(&mut self, key: &str, text: &str) -> &mut Self {
        let (row, _) = self.find(key);
        self.put(row, 7, text)
    }

    fn put(&mut self, row: u32, column: usize, text: &str) -> &mut Self {
        self.cells.insert((row, column), text.to_owned());
        self
    }

    /// The file as another program saves it: no formats, no protection, no merged cells.
    fn save(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(&self.name).unwrap();
        for ((row, column), text) in &self.cells {
            sheet.write_string(*row, u16::try_from(*column).unwrap(), text).unwrap();
        }
        book.save_to_buffer().unwrap()
    }

    fn drop_columns(&mut self, keep: impl Fn(usize) -> bool) -> &mut Self {
        self.cells.retain(|(_, column), _| keep(*column));
        self
    }
}

fn read(bytes: &[u8]) -> Returned {
    let mut sheets = from_bytes("返送.xlsx", bytes, &words(), today()).unwrap();
    assert_eq!(sheets.len(), 1);
    sheets.remove(0)
}

fn came(bytes: &[u8], now: &Office) -> Came {
    let reader = Reader { by: id(7), today: today() };
    let mut all = || vec![(id(5), now)];
    let found = |wanted: Id| (wanted == id(5)).then_some(now);
    plan(&read(bytes), &found, &mut all, std::iter::empty(), reader)
}

fn waits(bytes: &[u8], now: &Office) -> Proposal {
    match came(bytes, now) {
        Came::Waits(proposal) => *proposal,
        other @ (Came::Nothing | Came::Known) => panic!("{other:?}"),
    }
}

fn wanted(proposal: &Proposal) -> Vec<(String, &str)> {
    proposal.in_order().into_iter().map(|(part, item)| (part.to_string(), item.wanted.as_str())).collect()
}

#[test]
fn a_sheet_that_comes_back_as_it_went_proposes_nothing() {
    let bytes = made(&office());
    assert_eq!(came(&bytes, &office()), Came::Nothing);
    assert_eq!(came(&Clerk::of(&bytes).save(), &office()), Came::Nothing);
    assert_eq!(came(&Clerk::of(&bytes).drop_columns(|c| c > 1).save(), &office()), Came::Nothing);
    assert_eq!(came(&made(&Office::default()), &Office::default()), Came::Nothing);
}

#[test]
fn the_desks_own_words_about_an_office_do_not_leave_it() {
    let cells = Clerk::of(&made(&office())).cells;
    assert!(!cells.values().any(|cell| cell.contains("内緒")));
}

#[test]
fn what_was_written_is_found_field_by_field() {
    let mut clerk = Clerk::of(&made(&office()));
    clerk
        .after("office.phone", "０８３４００９９９９")
        .after("office.fax", "なし")
        .after("office.kana", "ｶｸｳﾋﾞｮｳｲﾝ")
        .after("office.hours", "変わりなし")
        .after("office.accepting", "可")
        .after("office.accepting_until", "R8.12.24")
        .after("office.postal_code", "〒745-0000")
        .after("able.ivh", "要相談")
        .after("able.oxygen", "○");
    let proposal = waits(&clerk.save(), &office());
    assert!(proposal.sure && proposal.office == id(5) && proposal.made_on == Some(today()));
    assert_eq!(
        wanted(&proposal),
        [
            ("office.kana", "カクウビョウイン"),
            ("office.phone", "0834-00-9999"),
            ("office.fax", ""),
            ("office.postal_code", "7450000"),
            ("office.accepting", "yes"),
            ("office.accepting_until", "2026-12-24"),
            ("able.ivh", "ask"),
            ("able.oxygen", "yes"),
        ]
        .map(|(part, text)| (part.to_owned(), text))
    );
    let item = proposal.items.get("office.phone").unwrap();
    assert_eq!((item.base.as_str(), item.cell.as_str()), ("0834-00-0001", "H11"));
}

#[test]
fn people_change_leave_and_come() {
    let mut clerk = Clerk::of(&made(&office()));
    let (hanako, _) = clerk.find(&format!("@person {}", id(1)));
    let (jiro, _) = clerk.find(&format!("@person {}", id(2)));
    let (new, _) = clerk.find("@new");
    clerk.put(hanako, 6, "0834000012 内線 7").put(hanako, 4, "看護師").put(jiro, 9, "退職");
    clerk.put(new, 2, "架空　三郎").put(new, 3, "ｶｸｳ ｻﾌﾞﾛｳ").put(new, 6, "0834-00-0013");
    // A row that the clerk added below the last.
    clerk.put(new + 1, 2, "架空四郎");
    let proposal = waits(&clerk.save(), &office());
    let names = proposal.in_order();
    let told: Vec<(String, &str)> = names.iter().map(|(part, item)| (part.to_string(), item.wanted.as_str())).collect();
    let staff = |member: &str| format!("staff.{}.{member}", id(1));
    assert_eq!(
        told,
        [
            (staff("role"), "看護師"),
            (staff("phone"), "0834-00-0012"),
            (staff("extension"), "7"),
            (format!("left.{}", id(2)), "left"),
            (format!("new.{}", new + 1), "架空　三郎 カクウ サブロウ 0834-00-0013"),
            (format!("new.{}", new + 2), "架空四郎"),
        ]
    );
    let person = proposal.items.get(&format!("new.{}", new + 1)).and_then(|item| item.person.clone()).unwrap();
    assert_eq!((person.kana.as_str(), person.phone.as_str()), ("カクウ サブロウ", "0834-00-0013"));
}

#[test]
fn a_directory_that_went_on_is_a_conflict_or_nothing_to_do() {
    let mut clerk = Clerk::of(&made(&office()));
    clerk.after("office.phone", "0834-00-0003").after("office.fax", "0834-00-0004");
    let now = Office { phone: "0834-00-0008".into(), fax: "0834-00-0004".into(), ..office() };
    let proposal = waits(&clerk.save(), &now);
    assert_eq!(wanted(&proposal), [("office.phone".to_owned(), "0834-00-0003")]);
    let item: &Item = proposal.items.get("office.phone").unwrap();
    assert!(Proposal::is_conflict(&Part::Office("phone"), item, &now));
    assert!(!Proposal::is_conflict(&Part::Office("phone"), item, &office()));
}

#[test]
fn cells_that_hold_something_else_are_told_and_wait() {
    let mut clerk = Clerk::of(&made(&office()));
    clerk
        .after("office.phone", "変わったような")
        .after("office.accepting_until", "来月")
        .after("able.ivh", "たぶん可")
        .after("office.email", "メールは無い");
    let bytes = clerk.save();
    let told: Vec<String> =
        read(&bytes).misread().iter().map(|misread| words().say(&crate::desk::record::Explain::say(misread))).collect();
    assert_eq!(told.len(), 4);
    assert!(told.iter().all(|say| say.starts_with("返送.xlsx [変更届] H")), "{told:?}");
    assert!(told.iter().any(|say| say.contains("H11: 電話番号になっていません")), "{told:?}");
    let proposal = waits(&bytes, &office());
    assert!(proposal.items.values().all(|item| item.expected.is_some()));
}

#[test]
fn a_clerk_may_lose_the_keys_and_write_over_what_stood_there() {
    let mut clerk = Clerk::of(&made(&office()));
    clerk.after("office.phone", "0834-00-0003");
    let (row, _) = clerk.find("office.hours");
    clerk.put(row, 4, "平日 8:30-17:00");
    assert_eq!(
        wanted(&waits(&clerk.save(), &office())).iter().map(|(part, _)| part.as_str()).collect::<Vec<_>>(),
        ["office.phone", "office.hours"]
    );
    // Only the mark in the first cells is gone: rows are still known, the office is not.
    clerk.cells.retain(|(row, column), _| *row > 0 || *column > 1);
    let unsure = waits(&clerk.save(), &office());
    assert!(!unsure.sure && unsure.office == id(5));
    assert_eq!(unsure.items.len(), 2);
    // Both hidden columns are gone: labels tell the rows.
    clerk.drop_columns(|column| column > 1);
    let unsure = waits(&clerk.save(), &office());
    assert!(!unsure.sure && unsure.office == id(5));
    assert_eq!(wanted(&unsure), [("office.phone".to_owned(), "0834-00-0003")]);
    // Another desk's office of no known name or number: somebody has to say whose it is.
    let other = Office { name: "架空医院".into(), phone: "0834-00-7777".into(), ..Office::default() };
    assert!(waits(&clerk.save(), &other).office.is_nil());
}

#[test]
fn a_tick_says_that_all_still_holds() {
    let mut clerk = Clerk::of(&made(&office()));
    let (row, _) = clerk.find("@filled");
    clerk.put(row, 6, "架空 太郎");
    assert_eq!(came(&clerk.save(), &office()), Came::Nothing);
    clerk.put(row, 4, "〇").put(row, 8, "R8/11/20");
    let bytes = clerk.save();
    let proposal = waits(&bytes, &office());
    assert!(proposal.unchanged && proposal.items.is_empty());
    assert_eq!(read(&bytes).filled_on, NaiveDate::from_ymd_opt(2026, 11, 20));
}

#[test]
fn the_same_sheet_is_read_once() {
    let mut clerk = Clerk::of(&made(&office()));
    clerk.after("office.phone", "0834-00-0003");
    let first = waits(&clerk.save(), &office());
    let now = office();
    let (found, mut all) = (|_: Id| Some(&now), Vec::new);
    let reader = Reader { by: id(7), today: today() };
    let again = plan(&read(&clerk.save()), &found, &mut all, std::iter::once(&first), reader);
    assert_eq!(again, Came::Known);
}

#[test]
fn another_file_is_refused() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "名称").unwrap();
    for (bytes, what) in [
        (book.save_to_buffer().unwrap(), Refusal::NoProposal),
        ("名称,電話\n".into(), Refusal::NoProposal),
        (Vec::new(), Refusal::NoProposal),
        (b"PK\x03\x04broken".to_vec(), Refusal::Damaged),
        (b"\xd0\xcf\x11\xe0old".to_vec(), Refusal::OldExcel),
    ] {
        assert_eq!(from_bytes("一覧.xlsx", &bytes, &words(), today()).map_err(|e| e.what), Err(what));
    }
}

#[test]
fn names_of_files_are_fit_for_any_system() {
    let named = |name: &str| file_name("変更届", &Office { name: name.into(), ..Office::default() });
    assert_eq!(named("架空/総合:病院?*"), "変更届_架空総合病院.xlsx");
    assert_eq!(named("../etc"), "変更届_etc.xlsx");
    assert!(named(&"長".repeat(300)).len() < 255);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_the_directory_a_sheet_that_comes_back_as_it_went_proposes_nothing(
        texts in proptest::collection::vec("[ -~ぁ-んァ-ヶ一-鿋ｱ-ﾟ０-９\n]{0,30}", 14)
    ) {
        let mut texts = texts.into_iter().map(|text| crate::search::fold::display(&text));
        let mut next = || texts.next().unwrap_or_default();
        let person = Staff { name: next(), kana: next(), role: next(), phone: next(), handles: next(), ..Staff::default() };
        let office = Office {
            name: next(), kana: next(), phone: next(), fax: next(), email: next(), address: next(), hours: next(),
            best_time: next(), url: next(), staff: [(id(1), person)].into(), ..Office::default()
        };
        let bytes = made(&office);
        prop_assert_eq!(came(&bytes, &office), Came::Nothing);
        prop_assert_eq!(came(&Clerk::of(&bytes).save(), &office), Came::Nothing);
    }
}
