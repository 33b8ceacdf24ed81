//! Who may only look: every action that writes, asked for in every place of the directory, its upkeep and the inquiries to
//! doctors, by a viewer and at a desk that is open to be read. Nothing is kept, no sheet opens, and a sentence says so.

use std::collections::BTreeMap;
use std::path::Path;

use madoguchi::desk::id::Id;
use madoguchi::desk::record::Kind;
use madoguchi::journal::Disk;
use madoguchi::keys::{Action, Keymap};
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;
use serde_json::Value;

use crate::desk::{Desk, again_with_keys, demo, second_with_keys};
use crate::support::{PASSPHRASE, hides, shows};

/// Actions that write, each with a chord that means it everywhere, whatever the keymap of the program says there.
fn writing() -> (Keymap, Vec<(Action, String)>) {
    let letters = "abcdefghij".chars();
    let chords = letters.clone().flat_map(|first| letters.clone().map(move |second| format!("f12 {first} {second}")));
    let all = Action::ALL.iter().copied().filter(|action| action.writes() && action.available());
    let all: Vec<(Action, String)> = all.zip(chords).collect();
    assert!(all.len() > 60 && all.len() < 100, "{}", all.len());
    let rows: Vec<String> = all.iter().map(|(action, keys)| format!("\"{keys}\" = \"{action}\"")).collect();
    let loaded = Keymap::layered(None, Some(&format!("[global]\n{}", rows.join("\n"))));
    (loaded.keymap, all)
}

/// Everything that is kept, read from the disk.
fn kept(desk: &Desk) -> BTreeMap<(Kind, Id), Value> {
    let each = Kind::ALL.into_iter().flat_map(|kind| {
        let records = desk.records(kind, PASSPHRASE).into_iter();
        records.map(move |(id, value)| ((kind, id), value))
    });
    each.collect()
}

/// The screen without the line of what is said.
fn drawn(desk: &Headless) -> Vec<String> {
    let mut lines: Vec<String> = desk.text().lines().map(str::to_owned).collect();
    let said = lines.len() - 2;
    lines[said].clear();
    lines
}

/// A place: the keys to its screen, the page of the upkeep (none: another screen), the keys on from there, what shows it.
type Place<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Goes to a place from wherever the desk is.
fn go(desk: &mut Headless, (way, page, on, shown): Place<'_>) {
    while desk.app.has_popup() {
        desk.keys("esc").unwrap();
    }
    desk.keys("esc").unwrap();
    desk.keys(way).unwrap();
    let title = format!("[{page}]");
    for _ in (0..6).take_while(|_| !page.is_empty()) {
        if !desk.text().contains(&title) {
            desk.keys("right").unwrap();
        }
    }
    desk.keys(on).unwrap();
    shows(desk, shown);
}

/// Asks for each action in each place, and fails where something else than a sentence comes of it.
fn ask_everywhere(desk: &mut Headless, places: &[Place<'_>], actions: &[(Action, String)], sentence: &str) {
    for place in places {
        go(desk, *place);
        let before = drawn(desk);
        let (screen, popup) = (desk.app.screen(), desk.app.has_popup());
        for (action, keys) in actions {
            desk.keys(keys).unwrap();
            let there = || format!("{action} at {place:?}:\n{}", desk.text());
            assert_eq!((desk.app.screen(), desk.app.has_popup()), (screen, popup), "{}", there());
            assert!(drawn(desk) == before, "{}\nwas:\n{}", there(), before.join("\n"));
            // Under a popup, what the popup does not know is no command.
            let said = desk.text().lines().rev().nth(1).unwrap_or_default().to_owned();
            assert!(popup || said.contains(sentence), "{}", there());
        }
    }
}

/// Where a viewer gets to.
const SEEN: &[Place<'_>] = &[
    ("f4", "", "", "検索: 名前"),
    ("f4", "", "tab", "検索:   "),
    ("f4", "", "alt-k", "┌─ 種別で絞る"),
    ("f4", "", "alt-t", "┌─ できることで絞る"),
    ("f4", "", "alt-b", "┌─ 圏域で絞る"),
    ("f3", "", "", "[F3 案件"),
    ("f3", "", "enter", "┌─ R8-"),
    ("f5", "", "", "┌─ 次第"),
    ("f4", "", "f10", "┌─ 操作を探す"),
    ("f4", "", "f1", "┌─ "),
];

/// What who may read everything reaches beside that.
const READ: &[Place<'_>] = &[
    ("f4", "", "tab tab", "[F4 連携先]"),
    ("f4", "", "alt-h", "┌─ 履歴"),
    ("f4", "", "\"内科\" alt-c", "┌─ 照会の履歴"),
    ("f3", "", "h", "┌─ 履歴"),
    ("f3", "", "b", "┌─ 病院の機能と転院の道すじ"),
    ("f4 alt-f", "版", "", "第2版の配付先"),
    ("f4 alt-f", "版", "s", "┌─ "),
    ("f4 alt-f", "変更届", "", "変更後"),
    ("f4 alt-f", "変更届", "tab", "変更後"),
    ("f4 alt-f", "アンケート", "", "─ 在宅医療アンケート ─"),
    ("f4 alt-f", "アンケート", "tab", "─ 在宅医療アンケート ─"),
    ("f4 alt-f", "アンケート", "enter", "─ 在宅医療アンケート ─"),
    ("f4 alt-f", "アンケート", "enter", "─ 在宅医療アンケート ─"),
    ("f4 alt-f", "主治医", "", "副主治医"),
    ("f4 alt-f", "主治医", "v", "主治医"),
    ("f4 alt-f", "確認", "", "確認の巡回"),
    ("f4 alt-f", "確認", "enter", "名乗る"),
    ("f4 alt-f", "確認", "r", "確認"),
    ("f4 alt-f", "活動", "", "活動 R8年度"),
    ("f4 alt-f", "活動", "v", "相談のない連携先"),
    ("f4 alt-f", "活動", "v v", "┌─ "),
    ("f4 alt-f", "活動", "v v v", "┌─ "),
];

/// An entry opens whole, as a sheet that says that it cannot be kept, and is not.
fn reads_an_entry(desk: &mut Headless, actions: &[(Action, String)], sentence: &str) {
    let (_, save) = actions.iter().find(|(action, _)| *action == Action::SaveCall).unwrap();
    desk.keys("esc esc esc f4 alt-enter").unwrap();
    shows(desk, "を直す");
    shows(desk, sentence);
    desk.keys(&format!("\"ほかの名\" {save}")).unwrap();
    shows(desk, sentence);
    desk.keys("esc f4").unwrap();
    hides(desk, "ほかの名");
}

#[test]
fn a_viewer_changes_nothing_in_any_place() {
    let viewer = "青い自転車で海まで行く夏の朝";
    let (keymap, actions) = writing();
    let mut desk = demo(Lang::Ja, (100, 30));
    let twice = format!("\"{viewer}\" enter \"{viewer}\" enter");
    desk.keys(&format!("shift-f10 n \"閲覧 一郎\" tab tab \"3\" ctrl-s enter {twice}")).unwrap();
    let mut desk = again_with_keys(desk, viewer, keymap);
    shows(&desk, "閲覧のみ");
    let before = kept(&desk);
    let sentence = "閲覧のみの相談員です。";
    ask_everywhere(&mut desk, SEEN, &actions, sentence);
    reads_an_entry(&mut desk, &actions, sentence);
    // Nothing of the upkeep is there for them.
    for way in ["f4 alt-f", "f3 U", "f4 alt-c"] {
        desk.keys("esc esc esc").unwrap();
        desk.keys(way).unwrap();
        shows(&desk, sentence);
        hides(&desk, "一覧表の版");
    }
    assert!(before == kept(&desk), "a record was changed");
    assert!(before.len() > 100);
    assert_eq!(desk.files_in("desk/drafts"), Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_desk_that_is_open_to_be_read_changes_nothing_in_any_place() {
    let (keymap, mut actions) = writing();
    let first = demo(Lang::Ja, (100, 30));
    // Beside the files in which it is noted who looked, which is told and wanted.
    let bytes = || {
        let disk = first.disk();
        let read = |path: &Path| {
            let file = disk.open_to_read(path).unwrap();
            let mut bytes = vec![0; usize::try_from(file.size().unwrap()).unwrap()];
            file.read_at(0, &mut bytes).unwrap();
            bytes
        };
        let paths = disk.paths().into_iter().filter(|path| path.extension().is_none_or(|end| end != "note"));
        paths.map(|path| (read(&path), path)).collect::<Vec<_>>()
    };
    let mut desk = second_with_keys(&first, keymap);
    desk.keys("\"1\"").unwrap();
    shows(&desk, "閲覧のみ");
    let before = (kept(&first), bytes());
    // The shared policy is opened to be read: its sheet cannot be kept.
    let policy = actions.iter().position(|(action, _)| *action == Action::SharedPolicy).unwrap();
    let (_, policy) = actions.remove(policy);
    let sentence = "閲覧のみで開いているため";
    ask_everywhere(&mut desk, SEEN, &actions, sentence);
    ask_everywhere(&mut desk, READ, &actions, sentence);
    reads_an_entry(&mut desk, &actions, sentence);
    let save = actions.iter().find(|(action, _)| *action == Action::SaveCall).unwrap().1.clone();
    desk.keys("esc esc esc f3 enter").unwrap();
    desk.keys(&format!("{policy} \"言うこと\" {save}")).unwrap();
    shows(&desk, sentence);
    assert!(before == (kept(&first), bytes()), "something was changed");
}
