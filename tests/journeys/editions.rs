//! The lists that are given away: made, given to somebody, compared, recalled and written, on the page of editions.

use madoguchi::desk::access::Access;
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;

use crate::desk::{demo, empty_desk, second};
use crate::support::{hides, shows};

const SIZE: (u16, u16) = (120, 36);

/// Goes to the page, wherever it stands among the others.
fn open(desk: &mut Headless) {
    desk.keys("f3 U").unwrap();
    for _ in 0..12 {
        if desk.text().contains("一覧表の版") {
            return;
        }
        desk.keys("right").unwrap();
    }
    panic!("there is no page of editions:\n{}", desk.text());
}

#[test]
fn the_demo_shows_who_has_an_older_edition_and_what_changed() {
    let mut desk = demo(Lang::Ja, SIZE);
    open(&mut desk);
    shows(&desk, "第2版の配付先");
    shows(&desk, "担当者の異動");
    desk.keys("s").unwrap();
    shows(&desk, "第2版のあとの変更");
    shows(&desk, "変更はありません");
    desk.keys("down").unwrap();
    shows(&desk, "第1版から第2版への変更");
    shows(&desk, "0834-00-1999 > 0834-00-");
    shows(&desk, "新しく掲載");
    desk.keys("s").unwrap();
    shows(&desk, "旧版を持つ配付先（最新は第2版）");
    shows(&desk, "架空市民生委員児童委員");
    desk.keys("up s \"P\" \"6\"").unwrap();
    assert!(desk.printed.last().unwrap().contains("変更一覧"));
    desk.keys("\"P\" \"8\"").unwrap();
    assert!(desk.printed.last().unwrap().contains("架空市民生委員児童委員協議会"));
    desk.keys("\"P\" \"1\"").unwrap();
    let page = desk.printed.last().unwrap();
    assert!(page.contains("連携室一覧表") && page.contains("第2版") && page.contains("0834-00-"));
    let noted: Vec<_> = desk.log().into_iter().filter(|entry| entry.access() == Some(Access::Print)).collect();
    assert_eq!(noted.len(), 3);
    assert!(noted.iter().any(|entry| entry.details.task == "edition-recall"));
}

#[test]
fn an_edition_is_made_in_three_keys_and_its_number_is_never_given_again() {
    let mut desk = demo(Lang::Ja, SIZE);
    open(&mut desk);
    desk.keys("\"N\" \"1\"").unwrap();
    shows(&desk, "連携室一覧表 第3版を作る");
    desk.keys("ctrl-s").unwrap();
    shows(&desk, "第3版の配付先");
    shows(&desk, "まだ配付の記録がありません");
    desk.keys("ctrl-z").unwrap();
    hides(&desk, "第3版");
    shows(&desk, "第2版の配付先");
    desk.keys("\"N\" \"1\" ctrl-s").unwrap();
    shows(&desk, "第4版の配付先");
    // Another list counts for itself, and one that fits nothing is not made.
    desk.keys("\"N\" \"3\" ctrl-s").unwrap();
    shows(&desk, "施設一覧");
    shows(&desk, "第1版の配付先");
    desk.keys("\"N\" \"3\" tab \"どこにもない圏域\" ctrl-s").unwrap();
    shows(&desk, "当てはまる連携先がない");
    desk.keys("esc esc").unwrap();
}

#[test]
fn who_receives_it_is_recorded_one_by_one_or_all_at_once_and_taken_back() {
    let mut desk = demo(Lang::Ja, SIZE);
    open(&mut desk);
    desk.keys("\"N\" \"1\" ctrl-s").unwrap();
    desk.keys("\"d\" \"2\" \"架空公民館\" tab tab \"3\" \"１２\" ctrl-s").unwrap();
    shows(&desk, "架空公民館");
    shows(&desk, "12部");
    desk.keys("\"d\" \"1\" \"kinen\" enter ctrl-s").unwrap();
    shows(&desk, "架空記念病院");
    desk.keys("s s").unwrap();
    shows(&desk, "架空市民生委員児童委員");
    desk.keys("\"d\" \"4\" ctrl-s").unwrap();
    shows(&desk, "旧版を持つ配付先はありません");
    desk.keys("ctrl-z").unwrap();
    shows(&desk, "架空市民生委員児童委員");
    desk.keys("s \"d\" \"3\" ctrl-s \"d\" \"3\" ctrl-s").unwrap();
    shows(&desk, "もう受け取っています");
    // One of an older edition is taken back: it is asked for no more.
    desk.keys("s s \"b\"").unwrap();
    shows(&desk, "Tab で右側に移り");
    let before = desk.text();
    let first = ["架空市民生委員児童委員", "架空ブロック地域ケア会議"];
    let left = first.iter().filter(|name| before.contains(**name)).count();
    assert_eq!(left, 2, "{before}");
    desk.keys("tab \"b\"").unwrap();
    let after = desk.text();
    assert_eq!(first.iter().filter(|name| after.contains(**name)).count(), 1, "{after}");
    desk.keys("ctrl-z").unwrap();
    desk.keys("s \"x\"").unwrap();
    shows(&desk, "配付先の記録を取り消し");
    desk.keys("ctrl-z tab \"d\" \"2\" ctrl-s").unwrap();
    shows(&desk, "配付先の名前を入れてください");
    desk.keys("\"架空\" tab tab tab ctrl-u \"0\" ctrl-s").unwrap();
    shows(&desk, "1 から 9999 までの数");
}

#[test]
fn files_go_to_the_desks_folder_and_without_one_it_is_said_where_to_set_it() {
    let mut desk = demo(Lang::Ja, SIZE);
    open(&mut desk);
    desk.keys("\"P\" \"3\"").unwrap();
    shows(&desk, "書き出し先のフォルダーが決まっていません");
    desk.keys("esc").unwrap();
    assert!(desk.files.is_empty());
    desk.keys("shift-f10").unwrap();
    for _ in 0..8 {
        if desk.text().contains("窓口の電話") {
            break;
        }
        desk.keys("right").unwrap();
    }
    desk.keys("end enter \"/紙\" enter").unwrap();
    open(&mut desk);
    for key in ["2", "3", "4", "5"] {
        desk.keys(&format!("\"P\" \"{key}\"")).unwrap();
    }
    let names: Vec<&str> = desk.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["連携室一覧表-2.pdf", "連携室一覧表-2.xlsx", "連携室一覧表-2.csv", "連携室一覧表-2.csv"]);
    assert!(desk.files[1].1.starts_with(b"PK") && desk.files[2].1.starts_with(b"\xef\xbb\xbf"));
    assert!(std::str::from_utf8(&desk.files[3].1).is_err());
    shows(&desk, "書き出しました");
    // The other pages open in the browser or become a PDF, as the list does.
    for key in ["6", "7", "8", "9"] {
        desk.keys(&format!("\"P\" \"{key}\"")).unwrap();
    }
    let names: Vec<&str> = desk.files.iter().skip(4).map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["連携室一覧表-2-変更一覧.pdf", "連携室一覧表-2-旧版の配付先.pdf"]);
    let [.., (_, changes), (_, recall)] = desk.files.as_slice() else { panic!("{names:?}") };
    let pages = [changes, recall].map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    assert!(pages[0].contains("変更前") && pages[1].contains("手元の版"), "{pages:?}");
    assert_eq!(desk.printed.len(), 2);
    assert_eq!(&desk.printed, &pages, "the PDF is the page that the browser opens");
}

#[test]
fn a_desk_without_editions_says_how_to_begin() {
    let mut desk = empty_desk(SIZE);
    open(&mut desk);
    shows(&desk, "まだ版がありません");
    desk.keys("\"d\" \"P\" \"b\" \"x\" s tab down").unwrap();
    desk.keys("\"N\" \"1\" ctrl-s").unwrap();
    shows(&desk, "当てはまる連携先がない");
}

#[test]
fn a_faulty_template_of_the_desk_makes_no_page_and_is_told_with_its_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let forms = folder.path().join("forms");
    std::fs::create_dir(&forms).unwrap();
    std::fs::write(forms.join("edition.html"), "<h1>{{ title }}</h1>\n{{ nummer }}").unwrap();
    std::fs::write(forms.join("recall.html"), "<h1>窓口の様式 {{ title }}</h1>").unwrap();
    let mut desk = demo(Lang::Ja, (140, 40));
    desk.keys("shift-f10").unwrap();
    for _ in 0..8 {
        if desk.text().contains("窓口の電話") {
            break;
        }
        desk.keys("right").unwrap();
    }
    desk.keys("end enter").unwrap();
    desk.paste(folder.path().to_str().unwrap());
    desk.keys("enter").unwrap();
    open(&mut desk);
    desk.keys("\"P\" \"1\"").unwrap();
    assert!(desk.printed.is_empty());
    shows(&desk, "edition.html の 2 行目に、この用紙にな");
    shows(&desk, "（nummer）。名前を直してください");
    desk.keys("enter \"P\" \"8\"").unwrap();
    assert_eq!(desk.printed, ["<h1>窓口の様式 連携室一覧表</h1>"]);
    // The example of the guide: one place of the program's page is the desk's.
    let guide = include_str!("../../docs/operators-guide.md");
    let example = guide.split("```html\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    std::fs::write(forms.join("edition.html"), example).unwrap();
    desk.keys("\"P\" \"1\"").unwrap();
    let page = desk.printed.last().unwrap();
    assert!(page.contains("休日は当番医へ。</p>") && page.contains("table-header-group"), "{page}");
    // The head of all lists is the desk's; who has a page of its own keeps that.
    std::fs::write(forms.join("base.html"), "<b>窓口の枠</b>{% block count %}{% endblock %}").unwrap();
    desk.keys("\"P\" \"1\"").unwrap();
    let page = desk.printed.last().unwrap();
    assert!(page.starts_with("<b>窓口の枠</b>") && page.ends_with("休日は当番医へ。"), "{page}");
    desk.keys("\"P\" \"8\"").unwrap();
    assert_eq!(desk.printed.last().unwrap(), "<h1>窓口の様式 連携室一覧表</h1>");
    std::fs::write(forms.join("base.html"), "{% block count %}{% endblock %}\n{{ nummer }}").unwrap();
    desk.keys("\"P\" \"1\"").unwrap();
    shows(&desk, "base.html の 2 行目に");
}

#[test]
fn who_may_only_look_is_offered_no_key_that_makes_gives_or_prints_and_makes_nothing_by_it() {
    let first = demo(Lang::Ja, SIZE);
    let mut desk = second(&first);
    desk.keys("\"1\"").unwrap();
    open(&mut desk);
    shows(&desk, "右側を切替");
    let before = desk.app.model.documents.clone();
    for offered in ["新しい版", "配付を記録", "印刷"] {
        hides(&desk, offered);
    }
    desk.keys("tab").unwrap();
    for offered in ["回収", "配付先を外す"] {
        hides(&desk, offered);
    }
    desk.keys("tab").unwrap();
    for key in ["N", "d", "P", "b", "x"] {
        desk.keys(&format!("\"{key}\" \"1\" ctrl-s esc esc")).unwrap();
        open(&mut desk);
    }
    assert_eq!(desk.app.model.documents, before);
    assert!(desk.printed.is_empty() && desk.files.is_empty());
    desk.keys("f3 \"p\" \"kinen\" enter \"1\"").unwrap();
    hides(&desk, "FAX送付書");
    assert!(desk.printed.is_empty());
}
