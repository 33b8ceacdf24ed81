//! What is wrong with a keymap, and where. Knows no sentence: `locale` does.

use super::action::Action;
use super::check::Trouble;
use super::context::Context;
use super::key::KeyError;
use crate::desk::say::Say;

/// Which file a row comes from; a later one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The keymap that is part of the program.
    Default,
    /// The overlay that the user chose, shipped or a file.
    Chosen,
    /// The user's own file in the config folder, or the file being checked.
    User,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file is there but cannot be read: the system's reason.
    Unreadable(String),
    /// There is neither a shipped keymap nor a file of this name.
    NoSuchKeymap(String),
    /// The file is no TOML, so none of it is used: the parser's reason.
    Syntax(String),
    /// No table has this name.
    UnknownContext(String),
    /// A row outside of any table.
    OutsideTable(String),
    /// The action of this key is no text.
    NotText(String),
    /// No such key.
    UnknownKey(String, KeyError),
    /// No such action, and the one whose name is nearest.
    UnknownAction(String, Option<Action>),
    /// The key stands twice in its table; the first line counts.
    Duplicate {
        /// The key.
        key: String,
        /// The line that counts.
        first: usize,
    },
    /// A chord hides a longer one, so that the longer one can never be typed.
    Shadowed {
        /// The shorter chord.
        short: String,
        /// Where it stands.
        short_in: Context,
        /// The longer chord.
        long: String,
        /// Where it stands.
        long_in: Context,
    },
    /// A plain terminal cannot send the key, or sends another one.
    Unsendable {
        /// The key.
        key: String,
        /// What is the matter.
        trouble: Trouble,
    },
    /// A key that types a character cannot be a command while a field has the focus.
    TextInForm(String),
    /// A text field uses the key itself, so that in `form` it works in coded fields at most.
    EditingKey(String),
    /// No key leads to the action any more.
    Unreachable(Action),
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file.
    pub layer: Layer,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

impl Diagnostic {
    /// Whether the row (or the file) was left out; otherwise it is used, but will surprise.
    pub const fn is_error(&self) -> bool {
        use Problem::{EditingKey, Shadowed, Unreachable, Unsendable};
        !matches!(self.problem, Shadowed { .. } | Unsendable { .. } | EditingKey(_) | Unreachable(_))
    }

    /// What is wrong and what to do about it, without the place.
    pub fn say(&self) -> Say {
        match &self.problem {
            Problem::Unreadable(why) => Say::new("keys-unreadable").with("why", why),
            Problem::NoSuchKeymap(name) => Say::new("keys-no-such-keymap").with("name", name),
            Problem::Syntax(why) => Say::new("keys-syntax").with("why", why),
            Problem::UnknownContext(name) => {
                let known: Vec<_> = Context::ALL.iter().map(|context| context.name()).collect();
                Say::new("keys-unknown-context").with("name", name).with("known", known.join(" "))
            }
            Problem::OutsideTable(key) => Say::new("keys-outside-table").with("key", key),
            Problem::NotText(key) => Say::new("keys-not-text").with("key", key),
            Problem::UnknownKey(key, why) => match why {
                KeyError::Empty => Say::new("keys-key-empty").with("key", key),
                KeyError::Unknown => Say::new("keys-key-unknown").with("key", key),
                KeyError::ShiftedSign => Say::new("keys-key-shifted-sign").with("key", key),
                KeyError::Modifier => Say::new("keys-key-modifier").with("key", key),
            },
            Problem::UnknownAction(name, nearest) => match nearest {
                Some(action) => {
                    Say::new("keys-unknown-action-nearest").with("name", name).with("nearest", action.name())
                }
                None => Say::new("keys-unknown-action").with("name", name),
            },
            Problem::Duplicate { key, first } => {
                Say::new("keys-duplicate").with("key", key).with("first", first.to_string())
            }
            Problem::Shadowed { short, short_in, long, long_in } => Say::new("keys-shadowed")
                .with("short", short)
                .with("short-in", short_in.name())
                .with("long", long)
                .with("long-in", long_in.name()),
            Problem::Unsendable { key, trouble } => match trouble {
                Trouble::SameAs(other) => Say::new("keys-same-as").with("key", key).with("other", *other),
                Trouble::NeverSent => Say::new("keys-never-sent").with("key", key),
                Trouble::Taken => Say::new("keys-taken").with("key", key),
            },
            Problem::TextInForm(key) => Say::new("keys-text-in-form").with("key", key),
            Problem::EditingKey(key) => Say::new("keys-editing-key").with("key", key),
            Problem::Unreachable(action) => Say::new("keys-unreachable").with("action", action.name()),
        }
    }
}
