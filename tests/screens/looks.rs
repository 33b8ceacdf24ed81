//! What holds on every screen, whatever it shows: no colour where none is wanted, no box lines where none can be drawn.

use madoguchi::app::msg::Msg;
use madoguchi::locale::Lang;
use madoguchi::widgets::paint::screen_text;
use madoguchi::widgets::theme::{Borders, Colours, Theme};
use ratatui::style::Color;

use crate::scenes::{self, Scene};

const SIZES: [(u16, u16); 4] = [(80, 24), (81, 25), (140, 40), (20, 5)];

#[test]
fn no_cell_has_a_colour_under_no_color() {
    for scene in Scene::ALL {
        for size in SIZES {
            let mut desk = scene.reach(scenes::world(Lang::Ja));
            desk.take(Msg::Resize(size.0, size.1));
            let coloured =
                desk.buffer().content().iter().find(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
            assert_eq!(coloured, None, "{scene:?} at {size:?}");
        }
    }
}

/// The screens show by colour when they may: else the test above could not fail.
#[test]
fn there_are_colours_where_they_are_wanted() {
    for colours in [Colours::Dark, Colours::Light] {
        let mut world = scenes::world(Lang::Ja);
        world.theme = Theme::new(colours, Borders::LINE);
        let desk = Scene::Queue.reach(world);
        assert!(desk.buffer().content().iter().any(|cell| cell.fg != Color::Reset), "{colours:?}");
    }
}

#[test]
fn no_box_lines_with_ascii_borders() {
    let lines = |text: &str| text.chars().find(|c| ('\u{2500}'..='\u{259f}').contains(c));
    for scene in Scene::ALL {
        for lang in [Lang::Ja, Lang::En] {
            let mut world = scenes::world(lang);
            assert!(
                matches!(scene, Scene::Start) || lines(&screen_text(scene.reach(world.clone()).buffer())).is_some(),
                "{scene:?} has boxes otherwise"
            );
            world = scenes::world(lang);
            world.theme = Theme::new(Colours::None, Borders::ASCII);
            let mut desk = scene.reach(world);
            for size in SIZES {
                desk.take(Msg::Resize(size.0, size.1));
                assert_eq!(lines(&screen_text(desk.buffer())), None, "{scene:?} at {size:?}");
            }
        }
    }
}
