//! The FAX cover sheet from a case in the queue: how many keys, what is asked first, what is noted.

use madoguchi::desk::access::Access;
use madoguchi::desk::record::Kind;
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
fn any_office_of_the_directory_is_found_by_typing() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"p\" \"kinen\"").unwrap();
    shows(&desk, "東部架空記念病院");
    desk.keys("down up \"ありえない言葉\"").unwrap();
    shows(&desk, "当てはまる連携先はありません");
    desk.keys("enter alt-u esc").unwrap();
    hides(&desk, "送付書の送り先");
    desk.keys("\"p\" \"kinen\" enter").unwrap();
    shows(&desk, "送り先  東部架空記念病院");
    shows(&desk, "F A X   0 8 3 4 - 0 0 -");
    desk.keys("enter").unwrap();
    assert!(desk.printed.is_empty(), "Enter makes nothing");
    desk.keys("esc").unwrap();
    assert!(desk.printed.is_empty());
}

#[test]
fn the_full_name_is_a_choice_that_is_shown_and_taken_back_and_each_page_is_noted() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"e\" pagedown \"架空 花枝\" tab \"カクウ ハナエ\" ctrl-s").unwrap();
    desk.keys("\"p\" \"kinen\" enter").unwrap();
    shows(&desk, "K.H.（イニシャル）");
    hides(&desk, "架空 花枝（");
    desk.keys("\"２\"").unwrap();
    shows(&desk, "架空 花枝（氏名をそのまま載せます）");
    desk.keys("\"2\"").unwrap();
    shows(&desk, "K.H.（イニシャル）");
    desk.keys("\"1\" \"p\" \"kinen\" enter \"2\" \"1\"").unwrap();
    let [initials, full] = desk.printed.as_slice() else { panic!("{}", desk.text()) };
    assert!(initials.contains("K.H.") && !initials.contains("花枝"));
    let (page, reply) = full.split_once("返信欄").unwrap();
    assert!(page.contains("架空 花枝 様") && !reply.contains("花枝") && reply.contains("K.H."));
    let noted: Vec<_> = desk.log().into_iter().filter(|entry| entry.access() == Some(Access::Print)).collect();
    assert_eq!(noted.len(), 2);
    for entry in noted {
        assert_eq!(entry.record.kind, Kind::Case);
        assert_eq!(entry.details.task, "fax");
        assert!(entry.details.to.contains("東部架空記念病院") && entry.details.to.contains("0834-00-"));
    }
}

#[test]
fn without_a_number_nothing_can_be_made_and_it_is_said() {
    let mut desk = empty_desk(SIZE);
    desk.keys("f4 alt-n \"架空内科医院\" ctrl-s f7 \"1架空 一郎\" ctrl-s f3 \"p\" \"架空内科\" enter").unwrap();
    shows(&desk, "架空内科医院");
    shows(&desk, "FAX番号が登録されていません");
    hides(&desk, "用紙を作る");
    desk.keys("enter \"1\"").unwrap();
    assert!(desk.printed.is_empty());
    // The first digit chooses what is left: another recipient.
    shows(&desk, "送付書の送り先");
}

#[test]
fn what_one_page_does_not_hold_is_told_before_the_page_is_made() {
    let mut desk = empty_desk(SIZE);
    let long = "架".repeat(200);
    desk.keys("f4 alt-n").unwrap();
    desk.paste(&long);
    desk.keys("tab tab tab tab").unwrap();
    desk.paste(&long);
    desk.keys("tab \"0834-00-1234\" tab tab \"0834-00-1235\" ctrl-s").unwrap();
    desk.keys("f7 \"1架空 一郎\" ctrl-s f3 \"e\" pagedown").unwrap();
    desk.paste(&long);
    desk.keys("tab").unwrap();
    desk.paste(&"ア ".repeat(60));
    desk.keys("ctrl-s \"p\" \"架架架\" enter").unwrap();
    shows(&desk, "用紙を作る");
    hides(&desk, "2枚になります");
    desk.keys("\"2\"").unwrap();
    shows(&desk, "2枚になります");
    desk.keys("\"1\"").unwrap();
    let page = desk.printed.last().unwrap();
    assert!(page.contains("（1 / 2枚）") && page.contains("（2 / 2枚）"));
}

#[test]
fn as_a_pdf_it_goes_to_the_desks_folder_under_its_number_and_the_day() {
    let mut desk = demo(Lang::Ja, SIZE);
    desk.keys("f3 \"p\" \"kinen\" enter").unwrap();
    shows(&desk, "F A X");
    hides(&desk, "PDF にして");
    desk.keys("esc shift-f10").unwrap();
    for _ in 0..8 {
        if desk.text().contains("窓口の電話") {
            break;
        }
        desk.keys("right").unwrap();
    }
    desk.keys("end enter \"/紙\" enter f3 \"p\" \"kinen\" enter").unwrap();
    shows(&desk, "PDF にして");
    // What cannot be chosen has no digit: the full name only where it is known.
    let digit = if desk.text().contains("氏名をそのまま載せる") { "4" } else { "3" };
    desk.keys(&format!("\"{digit}\"")).unwrap();
    let [(name, page)] = desk.files.as_slice() else { panic!("{}", desk.text()) };
    assert!(name.starts_with("FAX-R8-") && name.ends_with("-20261124.pdf"), "{name}");
    let page = String::from_utf8(page.clone()).unwrap();
    assert!(page.contains("電話 0834-00-1000") && page.contains("返信欄"), "{page}");
    assert!(desk.printed.is_empty());
}
