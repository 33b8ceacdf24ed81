//! The first minutes: an empty folder, the demo, a desk of one's own, the language.

use madoguchi::locale::Lang;

use crate::desk::{again, demo, empty_desk, fresh, second};
use crate::support::shows;

#[test]
fn an_empty_folder_offers_the_demo_and_a_desk() {
    let mut desk = fresh((80, 24));
    shows(&desk, "試してみる");
    shows(&desk, "窓口を始める");
    desk.keys("\"3\"").unwrap();
    shows(&desk, "Set up your desk");
    desk.keys("ctrl-e").unwrap();
    shows(&desk, "窓口を始める");
}

#[test]
fn the_demo_opens_with_its_cases() {
    let desk = demo(Lang::Ja, (100, 30));
    shows(&desk, "体験用");
    shows(&desk, "R8-");
}

#[test]
fn a_desk_is_set_up_by_two_names_and_a_passphrase_and_is_there_again() {
    let mut desk = fresh((80, 24));
    desk.keys("\"2\" ctrl-s").unwrap();
    shows(&desk, "この欄を入れてください");
    desk.keys("\"架空窓口\" enter \"山田 花子\" enter enter \"短い\"").unwrap();
    shows(&desk, "あと少し長くしてください");
    desk.keys("ctrl-u \"雨の日は縁側で猫とお茶を飲む\" enter \"雨の日は\" enter").unwrap();
    shows(&desk, "2回の合言葉が違います");
    desk.keys("\"縁側で猫とお茶を飲む\" enter").unwrap();
    shows(&desk, "山田 花子");
    shows(&again(desk), "山田 花子");
}

#[test]
fn one_key_changes_the_language_and_the_operator_keeps_it() {
    let mut desk = empty_desk((80, 24));
    desk.keys("ctrl-e").unwrap();
    shows(&desk, "Cases");
    desk.keys("f10 \"language\" enter").unwrap();
    shows(&desk, "案件");
}

#[test]
fn a_desk_that_is_open_elsewhere_can_be_read_and_says_so_on_every_screen() {
    let mut first = empty_desk((100, 30));
    let mut desk = second(&first);
    shows(&desk, "uketsuke さんが 2026-");
    shows(&desk, "1  閲覧のみで開く");
    // Another key does nothing; closing it here leaves nothing to work with.
    desk.keys("\"5\" enter").unwrap();
    shows(&desk, "1  閲覧のみで開く");
    desk.keys("\"1\"").unwrap();
    shows(&desk, "閲覧のみ");
    shows(&desk, "山田 花子");
    for keys in ["f7", "ctrl-z"] {
        desk.keys(keys).unwrap();
        shows(&desk, "書き込めません。電話は紙に控えてください。");
        assert!(desk.text().lines().next().unwrap_or_default().contains("閲覧のみ"), "{}", desk.text());
    }
    // Who has it open notices nothing.
    first.keys("f7").unwrap();
    shows(&first, "受付票");
}
