//! Lists on paper (editions, and who has not answered a survey): as many pages as they need, each with the title and the
//! heads, and every text on one of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use madoguchi::desk::codebook::Codebook;
use madoguchi::desk::document::Document;
use madoguchi::desk::edition::{self, LIAISON, MEDICAL};
use madoguchi::desk::id::Id;
use madoguchi::desk::office::{Office, Staff};
use madoguchi::desk::operator::DeskProfile;
use madoguchi::desk::survey::{Returned, Survey};
use madoguchi::print::chase::unanswered;
use madoguchi::print::{Changes, Chase, List, Paper, Recall};

use crate::pdf::{A4, Pdf, plain};

/// A4, lying.
const LYING: (f64, f64) = (A4.1, A4.0);

fn desk() -> DeskProfile {
    DeskProfile {
        name: "架空市在宅医療介護連携支援センター".to_owned(),
        phone: "0834-00-1000".to_owned(),
        fax: "0834-00-1001".to_owned(),
        ..DeskProfile::default()
    }
}

fn directory(count: u8) -> BTreeMap<Id, Office> {
    let office = |n: u8| {
        let person = |m: u8| {
            let staff = Staff {
                name: format!("架空 {m}子"),
                role: "医療ソーシャルワーカー".to_owned(),
                phone: format!("0834-00-3{n:02}{m}"),
                handles: "入退院の相談".to_owned(),
                order: u32::from(m),
                ..Staff::default()
            };
            (Id::from_bytes([n, m, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]), staff)
        };
        let office = Office {
            name: format!("架空第{n}病院"),
            kana: format!("カクウ{n:03}"),
            kind: "1".to_owned(),
            department: "地域医療連携室".to_owned(),
            phone: format!("0834-00-1{n:03}"),
            fax: format!("0834-00-2{n:03}"),
            area: "中央".to_owned(),
            address: format!("架空市港町{n}-1"),
            handles: "転院、退院の調整、訪問診療への引き継ぎ。".repeat(1 + usize::from(n % 4)),
            how_to_contact: "午前は電話、午後はFAX".to_owned(),
            staff: (1..=n % 4).map(person).collect(),
            ..Office::default()
        };
        (Id::from_bytes([n; 16]), office)
    };
    (1..=count).map(office).collect()
}

fn made(directory: &BTreeMap<Id, Office>, list: &str, number: u32) -> Document {
    let extent = edition::usual_extent(list);
    let made = edition::snapshot(directory.iter().map(|(id, o)| (*id, o)), list, &extent, &|a, b| a == b);
    let note = "電話番号の変更".to_owned();
    Document { number, on: NaiveDate::from_ymd_opt(2026, 11, number), note, ..made }
}

#[test]
#[ignore = "needs Chromium, poppler-utils and a Japanese font: tests/run"]
fn a_list_takes_the_pages_it_needs_with_its_head_on_each_and_nothing_cut() {
    for (count, least) in [(0_u8, 1), (3, 1), (60, 5)] {
        for list in [LIAISON, MEDICAL] {
            let document = made(&directory(count), list, 3);
            let list = List::of(&document, &desk(), &Codebook::default());
            let pdf = Pdf::of_paper(&Paper::List(Box::new(list.clone())));
            let pages = pdf.texts();
            assert_eq!(pages.len(), pdf.pages(LYING));
            assert!(pages.len() >= least, "{count}: {} pages", pages.len());
            pdf.keeps_to_its_margins(LYING);
            for (n, page) in pages.iter().enumerate() {
                for wanted in [format!("{} 第3版", list.title), "名称電話・FAX".to_owned()] {
                    assert!(page.contains(&plain(&wanted)), "page {}: {wanted}\n{page}", n + 1);
                }
                assert!(page.contains(&format!("{}/{}", n + 1, pages.len())), "page {} has no number", n + 1);
            }
            let all = pdf.text();
            for line in &list.rows {
                let office = [&line.name, &line.department, &line.phone, &line.fax, &line.place];
                let rest = line.rest.iter().map(|one| &one.value);
                let staff = line.staff.iter().flat_map(|one| [&one.name, &one.role, &one.phone, &one.handles]);
                for wanted in office.into_iter().chain(rest).chain(staff) {
                    assert!(all.contains(&plain(wanted)), "{wanted} is not on the paper");
                }
            }
        }
    }
}

#[test]
#[ignore = "needs Chromium, poppler-utils and a Japanese font: tests/run"]
fn changes_and_holders_of_old_editions_are_pages_too() {
    let book = Codebook::default();
    let before = directory(6);
    let mut after = before.clone();
    let changed = after.get_mut(&Id::from_bytes([1; 16])).unwrap();
    changed.phone = "0834-00-9999".to_owned();
    changed.staff.values_mut().next().unwrap().name = "新任 花子".to_owned();
    after.remove(&Id::from_bytes([2; 16]));
    let (old, new) = (made(&before, LIAISON, 1), made(&after, LIAISON, 2));
    let found = edition::changes(&old, &new);
    let pdf = Pdf::of_paper(&Paper::Changes(Box::new(Changes::of(&old, &new, &found, &desk(), &book))));
    assert_eq!(pdf.pages(A4), 1);
    pdf.keeps_to_its_margins(A4);
    let text = pdf.text();
    for wanted in
        ["変更一覧", "第1版", "第2版", "0834-00-1001", "0834-00-9999", "新任 花子", "架空第2病院", "掲載を終了"]
    {
        assert!(text.contains(&plain(wanted)), "{wanted}: {text}");
    }
    let mut documents: BTreeMap<Id, Document> = BTreeMap::new();
    let mut given = old;
    let on = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
    for n in 0..45_u8 {
        let received = edition::recipient(Id::NIL, &format!("架空配付先その{n}"), on, "6", Id::NIL);
        given.recipients.insert(Id::from_bytes([n + 1; 16]), received);
    }
    documents.insert(Id::from_bytes([201; 16]), given);
    documents.insert(Id::from_bytes([202; 16]), new.clone());
    let holders = edition::holders_of_old(&documents, LIAISON, &|r| r.name.clone());
    assert_eq!(holders.len(), 45);
    let pdf = Pdf::of_paper(&Paper::Recall(Box::new(Recall::of(&new, &holders, &desk(), &book))));
    assert!(pdf.pages(A4) >= 2);
    pdf.keeps_to_its_margins(A4);
    let text = pdf.text();
    assert!((0..45).all(|n| text.contains(&plain(&format!("架空配付先その{n}")))) && text.contains("差し替え"));
}

#[test]
#[ignore = "needs Chromium, poppler-utils and a Japanese font: tests/run"]
fn who_has_not_answered_is_a_page_to_work_at_and_as_many_as_that_takes() {
    let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let long = "架空在宅医療連携アンケート令和8年度（訪問診療・看取り・受入の現状について）".repeat(2);
    for (asked, answered, pages) in [(0_u8, 0_u8, 1), (4, 1, 1), (60, 5, 4)] {
        let mut offices = directory(asked);
        if let Some(office) = offices.get_mut(&Id::from_bytes([asked; 16])) {
            office.name = "架空医療法人社団".repeat(25);
            office.extension = "12345".to_owned();
            office.best_time = "平日の午後2時から4時、水曜の午後は休み".repeat(5);
            office.area = String::new();
        }
        let survey = Survey {
            name: if asked == 60 { long.clone() } else { "架空アンケート".to_owned() },
            due: NaiveDate::from_ymd_opt(2026, 12, 15),
            asked: offices.keys().copied().collect(),
            returned: offices.keys().take(usize::from(answered)).map(|id| (*id, Returned::default())).collect(),
            ..Survey::default()
        };
        let missing = unanswered(survey.missing().into_iter().map(|id| (id, &offices[&id])));
        let rows: Vec<&Office> = missing.iter().map(|(_, office)| *office).collect();
        assert_eq!(rows.len(), usize::from(asked - answered));
        let pdf = Pdf::of_paper(&Paper::Chase(Box::new(Chase::of(&survey, &rows, on, &desk(), &Codebook::default()))));
        let texts = pdf.texts();
        assert_eq!(texts.len(), pdf.pages(A4), "{asked}");
        assert!(texts.len() >= pages && (pages > 1 || texts.len() == 1), "{asked}: {} pages", texts.len());
        pdf.keeps_to_its_margins(A4);
        pdf.fonts();
        for (n, page) in texts.iter().enumerate() {
            for wanted in [format!("{}　未回答", survey.name), "連携先電話・FAX連絡した日と結果".to_owned()]
            {
                assert!(page.contains(&plain(&wanted)), "page {}: {wanted}\n{page}", n + 1);
            }
            assert!(page.contains(&format!("{}/{}", n + 1, texts.len())), "page {} has no number", n + 1);
        }
        let all = pdf.text();
        let count = format!("{asked}件中 {answered}件回答");
        for wanted in ["令和8年11月20日 現在", "期限 令和8年12月15日", &count, "電話 0834-00-1000"] {
            assert!(all.contains(&plain(wanted)), "{asked}: {wanted}: {all}");
        }
        for office in rows {
            let texts = [&office.name, &office.department, &office.area, &office.phone, &office.extension];
            for wanted in texts.into_iter().chain([&office.fax, &office.best_time]) {
                assert!(all.contains(&plain(wanted)), "{wanted} is not on the paper");
            }
        }
        let boxes = all.matches(&plain("□ 再送")).count();
        assert_eq!(boxes, usize::from(asked - answered), "a place to write for each");
        assert_eq!(all.contains("未回答の連携先はありません"), asked == 0);
    }
}
