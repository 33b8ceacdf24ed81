//! Key names, actions, keymap files, look-up, hints. Knows no terminal library.
//!
//! A key comes in as a [`Key`], is looked up in the tables that apply ([`Context`]) and becomes an [`Action`].
//! The same map makes every hint on the screen, so that none of them can say what is not so. A keymap is layered:
//! the one that is part of the program, an overlay that the user chose, the user's own file. A row that cannot be
//! used is left out and told about ([`Diagnostic`]); it never keeps the desk from opening.

mod action;
mod check;
mod context;
mod diagnostic;
mod file;
mod hints;
mod key;
mod keymap;
mod load;

pub use action::{Action, UnknownAction};
pub use check::{Trouble, trouble};
pub use context::Context;
pub use diagnostic::{Diagnostic, Layer, Problem};
pub use hints::Hint;
pub use key::{Key, KeyCode, KeyError};
pub use keymap::{Keymap, Next, Resolution, Then};
pub use load::{Loaded, SHIPPED, USER_FILE, check, load, load_over, read_file};

#[cfg(test)]
mod check_tests;
#[cfg(test)]
mod look_up_tests;
#[cfg(test)]
mod shipped_tests;
