//! 変更届 and アンケート on their pages: sheets made, filled in, read, and taken over field by field.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use madoguchi::desk::proposal::State;
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;
use rust_xlsxwriter::Workbook;

use crate::desk::{again, demo};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (140, 40);

fn turn_to(desk: &mut Headless, page: &str) {
    desk.keys("f3 U").unwrap();
    for _ in 0..12 {
        if desk.text().contains(&format!("[{page}]")) {
            return;
        }
        desk.keys("right").unwrap();
    }
    panic!("no such page\n{}", desk.text());
}

/// Fills in cells of the workbook by the key of their row, as another program saves it.
fn fill(file: &Path, cells: &[(&str, u16, &str)]) {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(std::fs::read(file).unwrap())).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    let mut out = Workbook::new();
    let sheet = out.add_worksheet();
    sheet.set_name(&name).unwrap();
    for (row, column, cell) in range.used_cells() {
        if let Data::String(text) = cell {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            sheet.write_string(row, column, text).unwrap();
        }
    }
    for (key, column, text) in cells {
        let found = range.used_cells().find(|(_, _, cell)| **cell == Data::String((*key).to_owned())).unwrap();
        sheet.write_string(u32::try_from(found.0).unwrap(), *column, *text).unwrap();
    }
    out.save(file).unwrap();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn a_notice_that_waits_is_taken_over_field_by_field_and_one_undo_takes_it_back() {
    let mut desk = demo(Lang::Ja, SIZE);
    turn_to(&mut desk, "変更届");
    let (id, proposal) = desk.app.model.waiting_proposals().into_iter().next().map(|(id, p)| (id, p.clone())).unwrap();
    let phone = |desk: &Headless| desk.app.model.offices[&proposal.office].phone.clone();
    let before = phone(&desk);
    shows(&desk, "競");
    // All but what the directory has changed since.
    desk.keys("A").unwrap();
    assert_eq!(phone(&desk), before, "a conflict is never taken over with the others");
    let office = desk.app.model.offices[&proposal.office].clone();
    assert_eq!(office.best_time, "平日 13:00-16:00");
    assert_eq!(office.verified.as_ref().map(|v| v.how.as_str()), Some("6"));
    assert!(office.staff.values().any(|person| person.name == "架空 春香"));
    assert_eq!(desk.app.model.proposals[&id].waiting().count(), 1);
    desk.keys("ctrl-z").unwrap();
    assert_eq!(desk.app.model.proposals[&id].waiting().count(), proposal.items.len());
    assert!(!desk.app.model.offices[&proposal.office].staff.values().any(|person| person.name == "架空 春香"));

    // One by one: the conflict too, after a look, with a corrected value; the rest is refused.
    desk.keys("enter home").unwrap();
    shows(&desk, "用紙を作ったあとに名簿が変わっています");
    desk.keys("e ctrl-u \"変な番号\" enter").unwrap();
    shows(&desk, "電話番号になっていません");
    desk.keys("ctrl-u \"０８３４－００－１９９５\" enter f").unwrap();
    assert_eq!(phone(&desk), "0834-00-1995");
    let mut desk = again(desk);
    assert_eq!(desk.app.model.proposals[&id].waiting().count(), proposal.items.len() - 1, "it waits over a restart");
    turn_to(&mut desk, "変更届");
    desk.keys("R").unwrap();
    shows(&desk, "すべて却下しますか");
    desk.keys("y").unwrap();
    assert!(desk.app.model.waiting_proposals().is_empty());
    let refused = desk.app.model.proposals[&id].items.values().filter(|item| item.state == State::Refused).count();
    assert_eq!(refused, proposal.items.len() - 1);
    shows(&desk, "待っている変更届はありません");
}

#[test]
fn a_sheet_is_made_filled_in_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("用紙");
    let mut desk = demo(Lang::Ja, SIZE);
    turn_to(&mut desk, "変更届");
    desk.keys("o 1").unwrap();
    desk.paste("架空薬局");
    desk.keys("enter ctrl-u").unwrap();
    desk.paste(out.to_str().unwrap());
    desk.keys("enter").unwrap();
    shows(&desk, "1 件の用紙を作りました");
    desk.keys("enter").unwrap();
    let file = files(&out).remove(0);
    fill(&file, &[("office.fax", 7, "0834007771"), ("office.accepting_until", 7, "そのうち")]);
    let waiting = desk.app.model.waiting_proposals().len();
    desk.keys("i").unwrap();
    desk.paste(&format!("'{}'", file.display()));
    desk.keys("enter").unwrap();
    shows(&desk, "変更届を 1 件読み込みました");
    shows(&desk, "日付になっていません");
    desk.keys("enter").unwrap();
    assert_eq!(desk.app.model.waiting_proposals().len(), waiting + 1);
    // The same file again, and one that is none.
    desk.keys("i").unwrap();
    desk.paste(out.to_str().unwrap());
    desk.keys("enter").unwrap();
    shows(&desk, "読み込み済み 1 件");
    desk.keys("enter i").unwrap();
    let wrong = folder.path().join("一覧.csv");
    std::fs::write(&wrong, "名称\n").unwrap();
    desk.paste(wrong.to_str().unwrap());
    desk.keys("enter").unwrap();
    shows(&desk, "変更届の用紙が見つかりません");
    desk.keys("enter").unwrap();
    assert_eq!(desk.app.model.waiting_proposals().len(), waiting + 1);
}

#[test]
fn a_survey_is_made_answered_and_counted_and_who_is_missing_can_be_called() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = demo(Lang::Ja, SIZE);
    turn_to(&mut desk, "アンケート");
    shows(&desk, "在宅医療アンケート");
    shows(&desk, "種別ごと");
    desk.keys("tab").unwrap();
    shows(&desk, "多職種の会議に出やすい形");
    desk.keys("tab y").unwrap();
    shows(&desk, "0834-00-");
    assert!(desk.copied.last().is_some_and(|number| number.starts_with("0834-00-")));
    desk.keys("esc q").unwrap();
    desk.paste("薬局アンケート");
    desk.keys("tab tab 4 tab tab tab 8 9 tab").unwrap();
    desk.paste("会議の形|対面|オンライン");
    desk.keys("tab tab").unwrap();
    desk.paste(folder.path().join("用紙").to_str().unwrap());
    desk.keys("ctrl-s").unwrap();
    shows(&desk, "件の用紙を作りました");
    desk.keys("enter").unwrap();
    let (id, survey) = desk
        .app
        .model
        .surveys
        .iter()
        .find(|(_, s)| s.name == "薬局アンケート")
        .map(|(id, s)| (*id, s.clone()))
        .unwrap();
    assert_eq!((survey.abilities.join(" ").as_str(), survey.questions.len()), ("ivh oxygen", 1));
    let all = files(&folder.path().join("用紙"));
    assert_eq!(all.len(), survey.asked.len() + 1);
    let sheet = all.into_iter().find(|file| !file.to_str().unwrap().contains("一覧")).unwrap();
    fill(&sheet, &[("able.ivh", 4, "可"), ("able.oxygen", 4, "まあまあ")]);
    desk.keys("i").unwrap();
    desk.paste(sheet.to_str().unwrap());
    desk.keys("enter").unwrap();
    shows(&desk, "回答を 1 件取り込みました");
    shows(&desk, "選べる回答のどれ");
    desk.keys("enter").unwrap();
    let mut desk = again(desk);
    let survey = desk.app.model.surveys[&id].clone();
    assert_eq!((survey.rate_of_all().answered, survey.missing().len()), (1, survey.asked.len() - 1));
    let office = survey.returned.keys().next().unwrap();
    let able = &desk.app.model.offices[office].capabilities["ivh"];
    assert_eq!(able.source, "アンケート 薬局アンケート");
    turn_to(&mut desk, "アンケート");
    hides(&desk, "アンケートはまだありません");
    desk.keys("ctrl-z").unwrap();
    assert!(desk.app.model.surveys[&id].returned.is_empty());
    assert!(!desk.app.model.offices[office].capabilities.contains_key("ivh"));
}
