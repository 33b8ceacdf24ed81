//! One key as the keymaps write it. Knows no terminal library: the runtime converts.

use std::fmt;
use std::str::FromStr;

/// What was pressed, without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A key that makes a character, with what shift makes of it: `J`, `?`, `あ`. A space too.
    Char(char),
    /// A function key, 1 to 24.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab; with shift it is the back tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
}

/// The keys that have a name: in a keymap, and on the screen.
const NAMED: [(KeyCode, &str, &str); 15] = [
    (KeyCode::Char(' '), "space", "Space"),
    (KeyCode::Enter, "enter", "Enter"),
    (KeyCode::Esc, "esc", "Esc"),
    (KeyCode::Tab, "tab", "Tab"),
    (KeyCode::Backspace, "backspace", "Backspace"),
    (KeyCode::Delete, "delete", "Del"),
    (KeyCode::Insert, "insert", "Ins"),
    (KeyCode::Home, "home", "Home"),
    (KeyCode::End, "end", "End"),
    (KeyCode::PageUp, "pageup", "PgUp"),
    (KeyCode::PageDown, "pagedown", "PgDn"),
    (KeyCode::Up, "up", "Up"),
    (KeyCode::Down, "down", "Down"),
    (KeyCode::Left, "left", "Left"),
    (KeyCode::Right, "right", "Right"),
];

/// A key with its modifiers, always in one spelling: see [`Key::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What was pressed.
    pub code: KeyCode,
    /// Held with Ctrl.
    pub ctrl: bool,
    /// Held with Alt (Option, Meta).
    pub alt: bool,
    /// Held with Shift; never set for a character without Ctrl, because the character already tells.
    pub shift: bool,
}

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// Nothing there.
    Empty,
    /// No key has this name.
    Unknown,
    /// Shift with a sign: the keymap must name the sign that it makes.
    ShiftedSign,
    /// A modifier that no terminal passes on: Super, Meta, Hyper, Cmd, Win, Fn.
    Modifier,
}

impl Key {
    /// The key in its one spelling: shift is part of a character (`shift-j` is `J`), with Ctrl a letter is lower case.
    pub fn new(code: KeyCode, ctrl: bool, alt: bool, shift: bool) -> Self {
        let KeyCode::Char(char) = code else { return Self { code, ctrl, alt, shift } };
        if ctrl && char.is_ascii_alphabetic() {
            return Self { code: KeyCode::Char(char.to_ascii_lowercase()), ctrl, alt, shift };
        }
        let char = if shift { char.to_ascii_uppercase() } else { char };
        Self { code: KeyCode::Char(char), ctrl, alt, shift: false }
    }

    /// A key without modifiers.
    pub fn plain(code: KeyCode) -> Self {
        Self::new(code, false, false, false)
    }

    /// A character without modifiers.
    pub fn char(char: char) -> Self {
        Self::plain(KeyCode::Char(char))
    }

    /// The character that this key types into a field; `None` for commands and keys that type nothing.
    pub const fn text(self) -> Option<char> {
        match self {
            Self { code: KeyCode::Char(char), ctrl: false, alt: false, .. } => Some(char),
            _ => None,
        }
    }

    /// As the screen shows it: `^S`, `F2`, `Shift-Tab`, `Alt-1`, `?`.
    pub fn display(self) -> String {
        let mut shown = String::new();
        if self.alt {
            shown.push_str("Alt-");
        }
        if self.shift {
            shown.push_str("Shift-");
        }
        match (self.ctrl, self.code) {
            (true, KeyCode::Char(char)) if char != ' ' => {
                shown.push('^');
                shown.push(char.to_ascii_uppercase());
                return shown;
            }
            (true, _) => shown.push_str("Ctrl-"),
            (false, _) => {}
        }
        if let Some((_, _, name)) = NAMED.iter().find(|(code, ..)| *code == self.code) {
            shown.push_str(name);
        } else if let KeyCode::F(number) = self.code {
            shown.push('F');
            shown.push_str(&number.to_string());
        } else if let KeyCode::Char(char) = self.code {
            shown.push(char);
        }
        shown
    }

    /// A chord: keys with blanks between, such as `g g`.
    pub fn chord(text: &str) -> Result<Vec<Self>, KeyError> {
        let keys: Vec<Self> =
            text.split([' ', '\t']).filter(|part| !part.is_empty()).map(Self::from_str).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(KeyError::Empty) } else { Ok(keys) }
    }

    /// The chord as the screen shows it: `g g`, `^X 1`.
    pub fn display_chord(chord: &[Self]) -> String {
        chord.iter().map(|key| key.display()).collect::<Vec<_>>().join(" ")
    }

    /// The chord as a keymap writes it.
    pub fn print_chord(chord: &[Self]) -> String {
        chord.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Key {
    /// As a keymap writes it; parsing it gives the same key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, prefix) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(prefix)?;
            }
        }
        if let Some((_, name, _)) = NAMED.iter().find(|(code, ..)| *code == self.code) {
            return f.write_str(name);
        }
        if let KeyCode::F(number) = self.code {
            write!(f, "f{number}")
        } else if let KeyCode::Char(char) = self.code {
            write!(f, "{char}")
        } else {
            Ok(())
        }
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        loop {
            let (held, after) = if let Some(after) = rest.strip_prefix("ctrl-") {
                (&mut ctrl, after)
            } else if let Some(after) = rest.strip_prefix("alt-") {
                (&mut alt, after)
            } else if let Some(after) = rest.strip_prefix("shift-") {
                (&mut shift, after)
            } else {
                break;
            };
            // A modifier named twice is a slip of the pen, not a key.
            if std::mem::replace(held, true) {
                return Err(KeyError::Unknown);
            }
            rest = after;
        }
        let code = code(rest)?;
        if let KeyCode::Char(char) = code {
            if shift && !char.is_ascii_alphabetic() {
                return Err(KeyError::ShiftedSign);
            }
            // Upper case means shift, also with Ctrl, where a terminal cannot tell: the check says so.
            shift |= ctrl && char.is_ascii_uppercase();
        }
        Ok(Self::new(code, ctrl, alt, shift))
    }
}

/// The code of a key's name without modifiers.
fn code(name: &str) -> Result<KeyCode, KeyError> {
    if name.is_empty() {
        return Err(KeyError::Empty);
    }
    if let Some((code, ..)) = NAMED.iter().find(|(_, named, _)| *named == name) {
        return Ok(*code);
    }
    let mut chars = name.chars();
    if let (Some(char), None) = (chars.next(), chars.next()) {
        return if char.is_control() || char.is_ascii_whitespace() {
            Err(KeyError::Unknown)
        } else {
            Ok(KeyCode::Char(char))
        };
    }
    if let Some(digits) = name.strip_prefix('f')
        && !digits.starts_with(['0', '+'])
        && let Ok(number @ 1..=24) = digits.parse()
    {
        return Ok(KeyCode::F(number));
    }
    let modifier = ["super-", "meta-", "hyper-", "cmd-", "win-", "fn-"].iter().any(|prefix| name.starts_with(prefix));
    Err(if modifier { KeyError::Modifier } else { KeyError::Unknown })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_read_and_printed_in_one_spelling() {
        for (text, printed, shown) in [
            ("ctrl-s", "ctrl-s", "^S"),
            ("alt-1", "alt-1", "Alt-1"),
            ("alt-ctrl-x", "ctrl-alt-x", "Alt-^X"),
            ("shift-tab", "shift-tab", "Shift-Tab"),
            ("f2", "f2", "F2"),
            ("shift-f12", "shift-f12", "Shift-F12"),
            ("ctrl-f2", "ctrl-f2", "Ctrl-F2"),
            ("enter", "enter", "Enter"),
            ("space", "space", "Space"),
            ("ctrl-space", "ctrl-space", "Ctrl-Space"),
            ("?", "?", "?"),
            ("J", "J", "J"),
            ("shift-j", "J", "J"),
            ("ctrl-S", "ctrl-shift-s", "Shift-^S"),
            ("alt-J", "alt-J", "Alt-J"),
            ("-", "-", "-"),
            ("ctrl--", "ctrl--", "^-"),
            ("pagedown", "pagedown", "PgDn"),
            ("案", "案", "案"),
            ("ｶ", "ｶ", "ｶ"),
        ] {
            let key: Key = text.parse().unwrap_or_else(|e| panic!("{text}: {e:?}"));
            assert_eq!(key.to_string(), printed, "{text}");
            assert_eq!(key.display(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for (text, why) in [
            ("", KeyError::Empty),
            ("ctrl-", KeyError::Empty),
            ("gg", KeyError::Unknown),
            ("Ctrl-s", KeyError::Unknown),
            ("ctrl-ctrl-s", KeyError::Unknown),
            ("f0", KeyError::Unknown),
            ("f01", KeyError::Unknown),
            ("f25", KeyError::Unknown),
            ("f+1", KeyError::Unknown),
            ("F2", KeyError::Unknown),
            ("return", KeyError::Unknown),
            ("\u{7}", KeyError::Unknown),
            ("shift-1", KeyError::ShiftedSign),
            ("shift-space", KeyError::ShiftedSign),
            ("super-s", KeyError::Modifier),
            ("ctrl-win-s", KeyError::Modifier),
        ] {
            assert_eq!(text.parse::<Key>(), Err(why), "{text:?}");
        }
        assert_eq!(Key::chord("  "), Err(KeyError::Empty));
        assert_eq!(Key::chord("g  g"), Ok(vec![Key::char('g'), Key::char('g')]));
    }

    #[test]
    fn only_a_character_without_ctrl_and_alt_is_text() {
        for (text, types) in [
            ("a", Some('a')),
            ("J", Some('J')),
            ("space", Some(' ')),
            ("あ", Some('あ')),
            ("ctrl-a", None),
            ("alt-a", None),
            ("enter", None),
        ] {
            assert_eq!(text.parse::<Key>().map(Key::text), Ok(types), "{text}");
        }
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            (0..NAMED.len()).prop_map(|at| NAMED[at].0),
            (1u8..=24).prop_map(KeyCode::F),
            any::<char>()
                .prop_filter("no control, no blank", |c| !c.is_control() && !c.is_ascii_whitespace())
                .prop_map(KeyCode::Char),
        ];
        (code, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(code, c, a, s)| Key::new(code, c, a, s))
    }

    proptest! {
        #[test]
        fn a_printed_key_is_read_back(key in any_key()) {
            prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        }

        #[test]
        fn a_printed_chord_is_read_back(chord in prop::collection::vec(any_key(), 1..4)) {
            prop_assert_eq!(Key::chord(&Key::print_chord(&chord)), Ok(chord));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|(ctrl-|alt-|shift-|f|.){0,4}") {
            if let Ok(chord) = Key::chord(&text) {
                prop_assert_eq!(Key::chord(&Key::print_chord(&chord)), Ok(chord));
            }
        }
    }
}
