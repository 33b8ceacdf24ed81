//! 変更届 and アンケート on their pages: sheets made, filled in, read, and taken over field by field.

use std::collections::BTreeSet;

use madoguchi::desk::id::Id;
use madoguchi::desk::proposal::State;
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;

use crate::desk::{again, demo};
use crate::support::{hides, shows};
use crate::workbook::{files, fill};

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

#[test]
fn a_new_person_is_put_right_before_they_come_in() {
    for size in [(80, 24), SIZE] {
        let mut desk = demo(Lang::Ja, size);
        turn_to(&mut desk, "変更届");
        let (id, proposal) =
            desk.app.model.waiting_proposals().into_iter().next().map(|(id, p)| (id, p.clone())).unwrap();
        let row = proposal.waiting().position(|(_, item)| item.person.is_some()).unwrap();
        desk.keys("enter home").unwrap();
        for _ in 0..row {
            desk.keys("down").unwrap();
        }
        desk.keys("e ctrl-u").unwrap();
        desk.keys("ctrl-s").unwrap();
        shows(&desk, "氏名");
        desk.keys("\"架空 春奈\" ctrl-s").unwrap();
        let found = |desk: &Headless| {
            let proposal = &desk.app.model.proposals[&id];
            proposal.waiting().find_map(|(_, item)| Some((item.person.clone()?, item.wanted.clone()))).unwrap()
        };
        let (person, line) = found(&desk);
        assert_eq!(person.name, "架空 春奈");
        assert!(line.starts_with("架空 春奈"), "{line}");
        desk.keys("f").unwrap();
        let office = &desk.app.model.offices[&proposal.office];
        assert!(office.staff.values().any(|person| person.name == "架空 春奈"));
        assert!(!office.staff.values().any(|person| person.name == "架空 春香"));
    }
}

/// The items of a notice that wait, and the one whose key begins with this in front.
fn go_to_item(desk: &mut Headless, id: Id, begins: &str) {
    let row = desk.app.model.proposals[&id].waiting().position(|(key, _)| key.to_string().starts_with(begins)).unwrap();
    desk.keys("esc enter home").unwrap();
    for _ in 0..row {
        desk.keys("down").unwrap();
    }
}

#[test]
fn a_leaver_and_a_new_person_of_a_returned_sheet_are_put_right_before_they_come_in() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("用紙");
    let mut desk = demo(Lang::Ja, SIZE);
    turn_to(&mut desk, "変更届");
    let made: BTreeSet<Id> = desk.app.model.proposals.keys().copied().collect();
    desk.keys("o 1").unwrap();
    desk.paste("架空医師会病院");
    desk.keys("enter ctrl-u").unwrap();
    desk.paste(out.to_str().unwrap());
    desk.keys("enter enter").unwrap();
    let (office, there) = {
        let found = desk.app.model.offices.iter().find(|(_, office)| office.name == "架空医師会病院").unwrap();
        (*found.0, found.1.present_staff().into_iter().map(|(id, p)| (id, p.name.clone())).collect::<Vec<_>>())
    };
    let [(first, _), (second, leaver), ..] = &there[..] else { panic!("{there:?}") };
    let sheet = files(&out).remove(0);
    // The wrong row is marked 退職, and the name of the new person is misspelt.
    let marked = format!("@person {first}");
    fill(
        &sheet,
        &[(&marked, 9, "退職"), ("@new", 2, "架空 夏実子"), ("@new", 4, "看護師"), ("@new", 6, "0834-00-2299")],
    );
    desk.keys("i").unwrap();
    desk.paste(sheet.to_str().unwrap());
    desk.keys("enter").unwrap();
    shows(&desk, "変更届を 1 件読み込みました");
    desk.keys("enter").unwrap();
    let id = *desk.app.model.proposals.keys().find(|id| !made.contains(id)).unwrap();
    assert_eq!(desk.app.model.proposals[&id].waiting().count(), 2);
    let row = desk.app.model.waiting_proposals().iter().position(|(one, _)| *one == id).unwrap();
    desk.keys("esc home").unwrap();
    for _ in 0..row {
        desk.keys("down").unwrap();
    }
    // Another one of the office has left, who is chosen by name.
    go_to_item(&mut desk, id, "left.");
    desk.keys("e").unwrap();
    shows(&desk, &format!("退職: {leaver}"));
    shows(&desk, "だれも退職していない");
    desk.keys("2").unwrap();
    go_to_item(&mut desk, id, "new.");
    desk.keys("e").unwrap();
    shows(&desk, "0834-00-2299");
    desk.keys("ctrl-u \"架空 夏実\" ctrl-s").unwrap();
    let mut desk = again(desk);
    turn_to(&mut desk, "変更届");
    desk.keys("home").unwrap();
    for _ in 0..row {
        desk.keys("down").unwrap();
    }
    desk.keys("A").unwrap();
    let present = |desk: &Headless| -> Vec<String> {
        let staff = desk.app.model.offices[&office].present_staff();
        staff.into_iter().map(|(_, person)| person.name.clone()).collect()
    };
    let now = present(&desk);
    assert_eq!(now.len(), there.len());
    assert!(now.contains(&there[0].1) && now.contains(&"架空 夏実".to_owned()) && !now.contains(leaver), "{now:?}");
    let office_now = &desk.app.model.offices[&office];
    assert!(office_now.staff[second].left && !office_now.staff[first].left);
    let new = office_now.staff.values().find(|person| person.name == "架空 夏実").unwrap();
    assert_eq!((new.role.as_str(), new.phone.as_str()), ("看護師", "0834-00-2299"));
    assert!(desk.app.model.proposals[&id].waiting().next().is_none());
    desk.keys("ctrl-z").unwrap();
    assert_eq!(
        present(&desk),
        there.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>(),
        "one undo takes it back"
    );
    // Nobody has left after all: the item goes, and nobody with it.
    go_to_item(&mut desk, id, "left.");
    desk.keys("e 0").unwrap();
    desk.keys("A").unwrap();
    assert_eq!(present(&desk).len(), there.len() + 1);
    assert!(desk.app.model.offices[&office].staff.values().all(|person| !person.left));
}

#[test]
fn who_has_not_answered_is_printed_and_written_to_files() {
    for size in [(80, 24), SIZE] {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = demo(Lang::Ja, size);
        turn_to(&mut desk, "アンケート");
        desk.keys("tab tab").unwrap();
        let survey = desk.app.model.surveys.values().next().unwrap().clone();
        let names: Vec<String> = survey.missing().iter().map(|id| desk.app.model.offices[id].name.clone()).collect();
        assert!(names.len() > 3);
        desk.keys("P").unwrap();
        let page = desk.printed.last().unwrap().clone();
        assert!(page.contains("未回答") && page.contains("□ 電話"), "{page}");
        assert!(names.iter().all(|name| page.contains(name.as_str())));
        let answered = survey.returned.keys().map(|id| &desk.app.model.offices[id].name);
        assert!(answered.into_iter().all(|name| !page.contains(name.as_str())));
        desk.keys("X ctrl-u").unwrap();
        desk.paste(folder.path().join("督促").to_str().unwrap());
        desk.keys("enter").unwrap();
        shows(&desk, "2 件の用紙を作りました");
        let all = files(&folder.path().join("督促"));
        let csv = all.iter().find(|file| file.extension().is_some_and(|end| end == "csv")).unwrap();
        let text = std::fs::read_to_string(csv).unwrap();
        assert_eq!(text.lines().count(), names.len() + 1, "{text}");
        assert!(names.iter().all(|name| text.contains(name.as_str())) && text.contains("0834-00-"));
        assert!(all.iter().any(|file| file.extension().is_some_and(|end| end == "xlsx")));
    }
}

#[test]
fn a_desk_that_is_only_read_says_so_at_the_key_and_shows_none_that_writes() {
    for (page, keys) in [
        ("変更届", &["i", "o", "A", "R", "f"][..]),
        ("アンケート", &["q", "i", "o", "S", "X", "P"]),
        ("確認", &["n", "enter 1", "2", "3", "4", "5", "6", "e", "w", "c"]),
        ("活動", &["n", "e", "a", "p", "D", "X", "v n"]),
    ] {
        let mut desk = demo(Lang::Ja, SIZE);
        turn_to(&mut desk, page);
        desk.app.model.read_only = true;
        let before = format!("{:?}{:?}", desk.app.model.rounds, desk.app.model.activities);
        for key in keys {
            desk.keys(key).unwrap();
            shows(&desk, "閲覧のみで開いているため");
            assert!(!desk.app.has_popup(), "{page} {key}");
        }
        // The next key that only moves takes the sentence away; what is shown then writes nothing.
        desk.keys("down").unwrap();
        let foot = desk.text().lines().rev().take(2).collect::<Vec<_>>().join("");
        for title in
            ["新しく始める", "直す", "読み込む", "作る", "変更なし", "メモ", "ファイルに", "反映", "却下", "加える"]
        {
            assert!(!foot.contains(title), "{page}: {title}\n{foot}");
        }
        assert_eq!(before, format!("{:?}{:?}", desk.app.model.rounds, desk.app.model.activities));
    }
}
