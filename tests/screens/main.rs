//! Snapshots of every screen and popup over the demo's desk, at four sizes in both languages, each with the place of
//! its caret. `INSTA_UPDATE=always cargo test --test screens` writes them anew; then look at what changed.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, too, stop where a desk may not")]

mod looks;
mod scenes;

use std::fmt::Write;

use madoguchi::app::msg::Msg;
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;
use madoguchi::widgets::paint::screen_text;

use scenes::Scene;

/// The sizes of `code-anchors` for a snapshot: the least for all work, the usual, the wide, the impossible.
const SIZES: [(u16, u16); 4] = [(80, 24), (100, 30), (140, 40), (20, 5)];

/// What is on the screen at this size, with the place of the caret.
fn at(desk: &mut Headless, (width, height): (u16, u16)) -> String {
    desk.take(Msg::Resize(width, height));
    let caret = desk.caret().map_or_else(|| "no caret".to_owned(), |at| format!("caret at {},{}", at.x, at.y));
    format!("{width}x{height}, {caret}\n{}", screen_text(desk.buffer()))
}

fn snapshot(name: &str, scene: Scene, lang: Lang, sizes: &[(u16, u16)]) {
    let mut desk = scene.reach(scenes::world(lang));
    let mut text = String::new();
    for size in sizes {
        writeln!(text, "{}", at(&mut desk, *size)).unwrap();
    }
    let settings = {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings
    };
    settings.bind(|| insta::assert_snapshot!(format!("{name}-{}", lang.code()), text));
}

#[test]
fn every_scene_in_japanese() {
    for scene in Scene::ALL {
        snapshot(scene.name(), scene, Lang::Ja, &SIZES);
    }
}

#[test]
fn every_scene_in_english() {
    for scene in Scene::ALL {
        snapshot(scene.name(), scene, Lang::En, &SIZES);
    }
}

/// Popups over Japanese whose borders fall beside glyphs and into the middle of them.
#[test]
fn popups_over_japanese_at_even_and_odd_columns() {
    for (name, scene) in [("picker-columns", Scene::Picker), ("not-saved-columns", Scene::NotSaved)] {
        snapshot(name, scene, Lang::Ja, &[(80, 20), (81, 20), (82, 20), (84, 20)]);
    }
}
