//! What the environment says about language and colours. Pure: the variables are handed in.

use crate::locale::Lang;

/// What the background of the terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    /// Nobody said: only colours that can be read on both.
    #[default]
    Unknown,
    /// Dark.
    Dark,
    /// Light.
    Light,
}

/// The language to start in: what was asked for, else what the locale variables say, else `None`.
///
/// The operator's own setting stands between the two; it is known only after the data folder was opened.
pub fn language(asked: Option<Lang>, variable: impl Fn(&str) -> Option<String>) -> Option<Lang> {
    asked.or_else(|| {
        // POSIX: the first of these that is set and not empty decides.
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()))
            .and_then(|value| Lang::from_code(&value))
    })
}

/// Whether colours are to be left out altogether (<https://no-color.org>: set and not empty, or a terminal without).
pub fn no_colour(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("NO_COLOR").is_some_and(|value| !value.is_empty()) || variable("TERM").is_some_and(|term| term == "dumb")
}

/// Whether the terminal says that it has the 256 colours, of which all but the first 16 look the same everywhere.
pub fn many_colours(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("COLORTERM").is_some_and(|value| !value.is_empty())
        || variable("TERM").is_some_and(|term| term.contains("256color") || term.contains("direct"))
        // Windows Terminal says neither.
        || variable("WT_SESSION").is_some_and(|value| !value.is_empty())
}

/// The background by `COLORFGBG` (`fg;bg` or `fg;default;bg`), which several terminals set.
pub fn background(variable: impl Fn(&str) -> Option<String>) -> Background {
    let value = variable("COLORFGBG").unwrap_or_default();
    match value.rsplit(';').next().and_then(|last| last.parse::<u8>().ok()) {
        Some(7 | 9..=15) => Background::Light,
        Some(0..=8) => Background::Dark,
        _ => Background::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_language_that_was_asked_for_comes_first_then_the_variables() {
        let (ja, en) = (Some(Lang::Ja), Some(Lang::En));
        for (asked, lang, lc_all, expected) in [
            (None, "", "", None),
            (None, "en_US.UTF-8", "", en),
            (None, "ja_JP.UTF-8", "en_GB.UTF-8", en),
            (None, "ja_JP.UTF-8", "", ja),
            (None, "en_US.UTF-8", "C", None),
            (None, "日本", "", None),
            (ja, "en_US.UTF-8", "", ja),
        ] {
            assert_eq!(language(asked, set(&[("LANG", lang), ("LC_ALL", lc_all)])), expected, "{lang} {lc_all}");
        }
    }

    #[test]
    fn colours_are_left_out_when_the_variable_is_set_to_anything() {
        assert!(no_colour(set(&[("NO_COLOR", "1")])));
        assert!(no_colour(set(&[("TERM", "dumb")])));
        assert!(!no_colour(set(&[("NO_COLOR", ""), ("TERM", "xterm-256color")])));
    }

    #[test]
    fn many_colours_are_said_by_the_terminal() {
        for (name, value, expected) in [
            ("TERM", "xterm-256color", true),
            ("TERM", "tmux-256color", true),
            ("COLORTERM", "truecolor", true),
            ("COLORTERM", "", false),
            ("WT_SESSION", "0", true),
            ("TERM", "linux", false),
            ("TERM", "xterm", false),
        ] {
            assert_eq!(many_colours(set(&[(name, value)])), expected, "{name} {value}");
        }
    }

    #[test]
    fn the_background_is_the_last_number() {
        for (value, expected) in [
            ("15;0", Background::Dark),
            ("0;15", Background::Light),
            ("0;default;7", Background::Light),
            ("12;8", Background::Dark),
            ("", Background::Unknown),
            ("0;default", Background::Unknown),
            ("黒;白", Background::Unknown),
        ] {
            assert_eq!(background(set(&[("COLORFGBG", value)])), expected, "{value}");
        }
    }
}
