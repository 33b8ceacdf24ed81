//! The first minutes: an empty folder, the demo, a desk of one's own, the language.

use madoguchi::locale::Lang;

use crate::desk::{again, demo, empty_desk, fresh};
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
    shows(&desk, "2 回の合言葉が違います");
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
