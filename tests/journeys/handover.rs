//! 引継ぎ: the page at the first login of the day, asked for by a key, handed on as text.

use madoguchi::locale::Lang;

use crate::desk::{again, days_later, demo, empty_desk};
use crate::support::{hides, shows};

#[test]
fn who_comes_first_in_the_morning_finds_what_is_promised_and_what_was_left() {
    let mut desk = empty_desk((100, 30));
    desk.keys("f7 \"1\" \"架空花枝\" ctrl-s").unwrap();
    desk.keys("f3 d \"+1\" enter").unwrap();
    desk.keys("f7 \"2\" \"架空葉子\"").unwrap();
    desk.advance(std::time::Duration::from_secs(2));
    let mut desk = days_later(desk, 1);
    for text in [
        "引継ぎ",
        "書きかけの受付票 1件",
        "架空葉子",
        "今日の約束・折返し 1件",
        "R8-0001",
        "前回 11/24(火)",
        "前の日から",
        "未記入 6: 年代",
    ] {
        shows(&desk, text);
    }
    // The phone rings: the page goes by itself, and the call begins.
    desk.keys("f7").unwrap();
    hides(&desk, "今日の約束");
    assert_eq!(desk.app.intake().calls().len(), 2);
    // Once a day.
    let mut desk = again(desk);
    hides(&desk, "今日の約束");
    desk.keys("f3 H c").unwrap();
    let text = desk.copied.last().cloned().unwrap();
    assert!(text.contains("■ 今日の約束・折返し 1件\n") && text.contains("架空葉子"), "{text}");
    desk.keys("esc").unwrap();
    hides(&desk, "今日の約束");
}

#[test]
fn a_desk_where_nothing_happened_says_so_only_when_it_is_asked() {
    let desk = empty_desk((80, 24));
    let mut desk = days_later(desk, 3);
    hides(&desk, "引き継ぐことは");
    desk.keys("f3 H").unwrap();
    shows(&desk, "引き継ぐことはありません");
}

#[test]
fn the_demo_shows_it_by_the_key_in_both_languages() {
    for (lang, title) in [(Lang::Ja, "引継ぎ"), (Lang::En, "Overdue")] {
        let mut desk = demo(lang, (80, 24));
        hides(&desk, title);
        desk.keys("f3 H").unwrap();
        shows(&desk, title);
        // The first line is a head; the case below it is shown by Enter.
        desk.keys("down enter").unwrap();
        hides(&desk, title);
        shows(&desk, "> R8-0026");
    }
}
