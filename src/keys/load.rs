//! The layers of the keymap in force: part of the program, chosen, the user's own. The only file here that reads a disk.

use std::fs;
use std::io;
use std::path::Path;

use super::check as judge;
use super::diagnostic::{Diagnostic, Layer, Problem};
use super::file;
use super::keymap::Keymap;
use crate::desk::say::Say;

/// The keymaps that are part of the program: name and text. The first is the one below all others.
pub const SHIPPED: [(&str, &str); 3] = [
    ("default", include_str!("../../keymaps/default.toml")),
    ("vim", include_str!("../../keymaps/vim.toml")),
    ("function-keys", include_str!("../../keymaps/function-keys.toml")),
];

/// The name of the user's own keymap in the config folder.
pub const USER_FILE: &str = "keymap.toml";

/// Above this many bytes a file is no keymap.
const MAX_BYTES: u64 = 256 * 1024;

/// A keymap with what is wrong with its files.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The keymap in force.
    pub keymap: Keymap,
    /// What is wrong, by file and line.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// What the desk says at the start when rows were left out; `None` when each could be used. Where a row only may
    /// surprise, `madoguchi keys` tells it: someone may have meant it, and would be told at each start.
    pub fn say(&self) -> Option<Say> {
        let refused = self.diagnostics.iter().filter(|found| found.is_error()).count();
        (refused > 0).then(|| Say::new("keys-rows-refused").with("count", refused.to_string()))
    }
}

impl Default for Keymap {
    /// The keymap that is part of the program.
    fn default() -> Self {
        Self::layered(None, None).keymap
    }
}

impl Keymap {
    /// The keymap of the program, with a chosen keymap and the user's own laid over it, each given as its text.
    pub fn layered(chosen: Option<&str>, user: Option<&str>) -> Loaded {
        let default = SHIPPED.first().map(|(_, text)| *text);
        let mut keymap = Self::empty();
        let mut base = Self::empty();
        let mut newest = Layer::Default;
        let mut diagnostics = Vec::new();
        for (layer, text) in [(Layer::Default, default), (Layer::Chosen, chosen), (Layer::User, user)] {
            let Some(text) = text else { continue };
            let (rows, mut found) = file::read(text, layer);
            base = keymap.clone();
            keymap.overlay(&rows);
            diagnostics.append(&mut found);
            newest = layer;
        }
        for found in judge::effective(&keymap, &base, newest) {
            if !diagnostics.contains(&found) {
                diagnostics.push(found);
            }
        }
        diagnostics.sort_by_key(|found| (found.layer, found.line, found.column));
        Loaded { keymap, diagnostics }
    }
}

/// What is wrong with the text of a user's keymap, laid over the program's own.
pub fn check(text: &str) -> Vec<Diagnostic> {
    Keymap::layered(None, Some(text)).diagnostics
}

/// The keymap in force: `choice` is the name of a shipped keymap or a file, `user` the user's own file, which need not
/// be there. Whatever is wrong becomes a diagnostic; there is always a keymap.
pub fn load(choice: Option<&str>, user: Option<&Path>) -> Loaded {
    let (chosen, mut unread) = choose(choice);
    let user = user.and_then(|path| match read_file(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            unread.push(unread_file(Layer::User, Problem::Unreadable(error.to_string())));
            None
        }
    });
    let mut loaded = Keymap::layered(chosen.as_deref(), user.as_deref());
    unread.append(&mut loaded.diagnostics);
    Loaded { keymap: loaded.keymap, diagnostics: unread }
}

/// The same with the text of a user's keymap, to check it before it is used.
pub fn load_over(choice: Option<&str>, user: &str) -> Loaded {
    let (chosen, mut unread) = choose(choice);
    let mut loaded = Keymap::layered(chosen.as_deref(), Some(user));
    unread.append(&mut loaded.diagnostics);
    Loaded { keymap: loaded.keymap, diagnostics: unread }
}

/// The text of the keymap that is to lie over the program's own, and why there is none.
fn choose(choice: Option<&str>) -> (Option<String>, Vec<Diagnostic>) {
    let Some(name) = choice else { return (None, Vec::new()) };
    let mut shipped = SHIPPED.iter().skip(1);
    if let Some((_, text)) = shipped.find(|(shipped, _)| *shipped == name) {
        return (Some((*text).to_owned()), Vec::new());
    }
    // The program's own lies below in any case.
    if SHIPPED.first().is_some_and(|(own, _)| *own == name) {
        return (None, Vec::new());
    }
    let problem = match read_file(Path::new(name)) {
        Ok(text) => return (Some(text), Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Problem::NoSuchKeymap(name.to_owned()),
        Err(error) => Problem::Unreadable(error.to_string()),
    };
    (None, vec![unread_file(Layer::Chosen, problem)])
}

const fn unread_file(layer: Layer, problem: Problem) -> Diagnostic {
    Diagnostic { layer, line: 1, column: 1, problem }
}

/// The text of a keymap file; an error for one that is not UTF-8 or far too long.
pub fn read_file(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > MAX_BYTES {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    fs::read_to_string(path)
}
