//! The FAX cover sheet from a case in the queue: how many keys, what is asked first, what is noted.

use madoguchi::desk::access::Access;
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::parse;

use crate::desk::{Desk, demo, empty_desk};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (100, 30);

/// Presses the keys and gives how many there were.
fn counted(desk: &mut Desk, script: &str) -> usize {
    desk.keys(script).unwrap();
    parse(script).unwrap().len()
}

/// A desk with a case about 架空 花枝, in the queue, whose caller is of an office of the directory with this FAX number.
fn desk_with(fax: &str) -> Desk {
    let mut desk = empty_desk(SIZE);
    desk.keys("f4 alt-n \"架空内科医院\"").unwrap();
    for _ in 0..60 {
        if desk.text().lines().any(|line| line.contains("FAX") && line.contains('>')) {
            break;
        }
        desk.keys("tab").unwrap();
    }
    desk.keys(&format!("\"{fax}\" ctrl-s")).unwrap();
    desk
}

#[test]
fn from_a_case_to_the_page_in_at_most_four_keys_with_the_number_shown_first() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3").unwrap();
    let mut best = usize::MAX;
    for _ in 0..11 {
        let before = desk.printed.len();
        let keys = counted(&mut desk, "\"p\" enter");
        if desk.text().contains("F A X") {
            shows(&desk, "番号を、名刺や控えと照らして確かめてください");
            assert_eq!(desk.printed.len(), before, "nothing is made before the number was seen");
            let keys = keys + counted(&mut desk, "enter \"1\"") - 1;
            assert_eq!(desk.printed.len(), before + 1, "{}", desk.text());
            best = best.min(keys);
        }
        desk.keys("esc esc down").unwrap();
    }
    assert!(best <= 4, "{best} keys");
    let page = desk.printed.last().unwrap();
    assert!(page.contains("返信欄") && page.contains("様（イニシャル）"));
}

#[test]
fn any_office_of_the_directory_is_found_by_typing_and_what_was_chosen_is_noted() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"p\"").unwrap();
    desk.keys("\"徳山\"").unwrap();
    desk.keys("down up enter").unwrap();
    shows(&desk, "主治医連絡FAX送付書");
    if desk.text().contains("登録されていません") {
        hides(&desk, "用紙を作る");
    }
}

#[test]
fn the_full_name_is_a_choice_that_is_shown_and_taken_back() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3").unwrap();
    for _ in 0..11 {
        desk.keys("\"p\" enter").unwrap();
        if desk.text().contains("F A X") && desk.text().contains("氏名をそのまま載せる") {
            desk.keys("\"２\"").unwrap();
            shows(&desk, "（氏名をそのまま載せます）");
            let name = desk.text().lines().find_map(|line| {
                let (_, rest) = line.split_once("対象の方  ")?;
                Some(rest.split_once('（')?.0.to_owned())
            });
            let name = name.unwrap();
            desk.keys("\"2\"").unwrap();
            hides(&desk, "（氏名をそのまま載せます）");
            desk.keys("\"1\"").unwrap();
            assert!(!desk.printed.last().unwrap().contains(&name));
            desk.keys("\"p\" enter \"2\" \"1\"").unwrap();
            let page = desk.printed.last().unwrap().clone();
            assert!(page.split("返信欄").next().unwrap().contains(&name));
            assert!(!page.split("返信欄").nth(1).unwrap().contains(&name));
            let noted = desk.log().into_iter().filter(|entry| entry.access() == Some(Access::Print));
            let noted: Vec<_> = noted.collect();
            assert_eq!(noted.len(), 2);
            for entry in noted {
                assert_eq!(entry.record.kind, madoguchi::desk::record::Kind::Case);
                assert!(entry.details.to.contains("0834-00-"), "the office with its number");
                assert_eq!(entry.details.task, "fax");
            }
            return;
        }
        desk.keys("esc esc down").unwrap();
    }
    panic!("no case of the demo names its person and an office with a FAX number");
}

#[test]
fn without_a_number_nothing_can_be_made_and_it_is_said() {
    let mut desk = desk_with("");
    desk.keys("esc f7 \"1架空 一郎\" ctrl-s f3 \"p\" \"架空内科\" enter").unwrap();
    shows(&desk, "架空内科医院");
    shows(&desk, "FAX番号が登録されていません");
    hides(&desk, "用紙を作る");
    desk.keys("enter \"1\"").unwrap();
    assert!(desk.printed.is_empty());
    // The first digit chooses what is left: another recipient.
    shows(&desk, "送付書の送り先");
}
