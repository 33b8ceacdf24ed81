//! What a thing looks like by what it means. Only the 16 ANSI colours, and of them only those that can be read on the
//! ground they are for; where nobody says what the ground is, four of the 256 that can be read on both. Nothing is said
//! by colour alone. Knows no widget.

use ratatui::style::{Color, Modifier, Style};

/// What the terminal's ground is, or that it wants no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// Light text on a dark ground.
    #[default]
    Dark,
    /// Dark text on a light ground.
    Light,
    /// Nobody said what the ground is, and the terminal has the fixed colours of the 256: no ANSI colour can be read on
    /// both grounds in every palette, these can, with a contrast of nearly 4:1 or more on black and on white.
    Either,
    /// `NO_COLOR`: modifiers only. A colour would be sent as a reset, which wipes the reverse video of the selection.
    None,
}

macro_rules! theme {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// The styles of everything that is drawn, by meaning.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Theme {
            $($(#[$doc])* pub $name: Style,)+
            /// A picture that a telephone reads: light on dark, whatever the ground is. Not of the styles by meaning:
            /// it brings its own ground.
            pub picture: Style,
            /// The signs of boxes and scrollbars.
            pub borders: Borders,
        }

        impl Theme {
            /// Every style with its name.
            pub fn styles(&self) -> impl Iterator<Item = (&'static str, Style)> {
                [$((stringify!($name), self.$name)),+].into_iter()
            }
        }
    };
}

theme! {
    /// Text as the terminal has it.
    text,
    /// The title of a box.
    title,
    /// The border of a box.
    border,
    /// The border of the box that takes the keys.
    border_focused,
    /// The chosen row of the list that takes the keys.
    selected,
    /// The chosen row of a list that does not take the keys now.
    selected_idle,
    /// The name of a field.
    label,
    /// The value of a field.
    value,
    /// The field that takes the keys.
    field_focused,
    /// A key in a hint, a code of a choice.
    key,
    /// What the key does.
    hint,
    /// A choice that was made.
    chosen,
    /// The part of a text that the search found.
    found,
    /// Done, saved, agreed.
    ok,
    /// Look here: due today, not verified.
    warning,
    /// Refused, failed, overdue.
    error,
    /// Before everything else.
    urgent,
    /// Of less weight: earlier text, an example in an empty field.
    muted,
    /// The head of the screen.
    bar,
    /// The open screen in the head.
    bar_active,
    /// Column heads of a table.
    head,
}

impl Theme {
    /// The theme for a ground, with line borders or, for terminals that draw those wide, ASCII ones.
    pub fn new(colours: Colours, borders: Borders) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let reversed = plain.add_modifier(Modifier::REVERSED);
        let underlined = plain.add_modifier(Modifier::UNDERLINED);
        let theme = Self {
            text: plain,
            title: bold,
            border: plain,
            border_focused: bold,
            selected: reversed,
            selected_idle: bold,
            label: plain,
            value: plain,
            field_focused: underlined,
            key: bold,
            hint: plain,
            chosen: bold,
            found: underlined,
            ok: plain,
            warning: bold,
            error: bold,
            urgent: bold.add_modifier(Modifier::REVERSED),
            muted: plain.add_modifier(Modifier::DIM),
            bar: plain,
            bar_active: bold.add_modifier(Modifier::REVERSED),
            head: underlined,
            picture: plain,
            borders,
        };
        match colours {
            Colours::None => theme,
            // Blue is hard to read on black, yellow and cyan on white.
            Colours::Dark => theme.tinted(Color::Cyan, Color::Yellow, Color::LightRed, Color::Green),
            Colours::Light => theme.tinted(Color::Blue, Color::Magenta, Color::Red, Color::Green),
            // Of the colour cube: #0087af, #af5f00, #d70000, #008700.
            Colours::Either => {
                theme.tinted(Color::Indexed(31), Color::Indexed(130), Color::Indexed(160), Color::Indexed(28))
            }
        }
    }

    fn tinted(mut self, accent: Color, warning: Color, error: Color, ok: Color) -> Self {
        self.border_focused = self.border_focused.fg(accent);
        self.label = self.label.fg(accent);
        self.key = self.key.fg(accent);
        self.chosen = self.chosen.fg(ok);
        self.found = self.found.fg(accent);
        self.ok = self.ok.fg(ok);
        self.warning = self.warning.fg(warning);
        self.error = self.error.fg(error);
        self.urgent = self.urgent.fg(error);
        // Of the colour cube, because a palette may make White and Black anything.
        self.picture = self.picture.fg(Color::Indexed(231)).bg(Color::Indexed(16));
        self
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(Colours::Dark, Borders::LINE)
    }
}

/// The signs that boxes and scrollbars are made of, one cell each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Borders {
    /// ┌
    pub top_left: &'static str,
    /// ┐
    pub top_right: &'static str,
    /// └
    pub bottom_left: &'static str,
    /// ┘
    pub bottom_right: &'static str,
    /// ─
    pub horizontal: &'static str,
    /// │
    pub vertical: &'static str,
    /// The part of a scrollbar where the shown rows are.
    pub thumb: &'static str,
    /// The rest of a scrollbar.
    pub track: &'static str,
}

impl Borders {
    /// Box lines, which nearly every terminal draws in one cell.
    pub const LINE: Self = Self {
        top_left: "┌",
        top_right: "┐",
        bottom_left: "└",
        bottom_right: "┘",
        horizontal: "─",
        vertical: "│",
        thumb: "┃",
        track: "│",
    };

    /// For terminals that draw box lines in two cells, and for `--ascii`.
    pub const ASCII: Self = Self {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        horizontal: "-",
        vertical: "|",
        thumb: "#",
        track: "|",
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widgets::width::width;

    #[test]
    fn no_color_has_no_colour_at_all() {
        for (name, style) in Theme::new(Colours::None, Borders::LINE).styles() {
            assert_eq!((style.fg, style.bg), (None, None), "{name}");
        }
    }

    #[test]
    fn only_readable_colours_and_never_a_meaning_by_colour_alone() {
        let readable = |colours| match colours {
            Colours::Dark => vec![Color::Cyan, Color::Yellow, Color::LightRed, Color::Green],
            Colours::Light => vec![Color::Blue, Color::Magenta, Color::Red, Color::Green],
            Colours::Either => vec![Color::Indexed(31), Color::Indexed(130), Color::Indexed(160), Color::Indexed(28)],
            Colours::None => vec![],
        };
        for colours in [Colours::Dark, Colours::Light, Colours::Either] {
            for (name, style) in Theme::new(colours, Borders::LINE).styles() {
                assert_eq!(style.bg, None, "{name}");
                assert!(style.fg.is_none_or(|fg| readable(colours).contains(&fg)), "{name}");
                assert!(style.fg.is_none() || !style.add_modifier.contains(Modifier::DIM), "{name}: dim and coloured");
            }
            let theme = Theme::new(colours, Borders::LINE);
            let plain = Theme::new(Colours::None, Borders::LINE);
            for (name, style) in theme.styles().filter(|(name, _)| ["selected", "urgent", "bar_active"].contains(name))
            {
                let bare = plain.styles().find(|(other, _)| *other == name).map(|(_, style)| style.add_modifier);
                assert_eq!(bare, Some(style.add_modifier), "{name}");
                assert!(style.add_modifier.contains(Modifier::REVERSED), "{name}");
            }
        }
    }

    /// Relative luminance of WCAG 2, of a colour of the 6×6×6 cube (xterm's levels).
    fn luminance(index: u8) -> f64 {
        let level = |step: u8| if step == 0 { 0.0 } else { f64::from(step) * 40.0 + 55.0 };
        let cube = index - 16;
        let linear = |level: f64| {
            let share = level / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(level(cube / 36)) + 0.7152 * linear(level(cube / 6 % 6)) + 0.0722 * linear(level(cube % 6))
    }

    #[test]
    fn where_the_ground_is_not_known_every_colour_can_be_read_on_black_and_on_white() {
        let mut seen = 0;
        for (name, style) in Theme::new(Colours::Either, Borders::LINE).styles() {
            let Some(fg) = style.fg else { continue };
            let Color::Indexed(index) = fg else { panic!("{name}: a palette may make {fg} anything") };
            let (black, white) = ((luminance(index) + 0.05) / 0.05, 1.05 / (luminance(index) + 0.05));
            assert!(black > 3.5 && white > 3.5, "{name}: {black:.1} on black, {white:.1} on white");
            seen += 1;
        }
        assert!(seen > 0);
    }

    #[test]
    fn border_signs_take_one_cell_and_ascii_ones_are_ascii() {
        for (borders, ascii) in [(Borders::LINE, false), (Borders::ASCII, true)] {
            let Borders { top_left, top_right, bottom_left, bottom_right, horizontal, vertical, thumb, track } =
                borders;
            for sign in [top_left, top_right, bottom_left, bottom_right, horizontal, vertical, thumb, track] {
                assert_eq!(width(sign), 1, "{sign}");
                assert_eq!(sign.is_ascii(), ascii, "{sign}");
            }
        }
    }
}
