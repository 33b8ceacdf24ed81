//! The keymap in force, and the look-up of a key in it. Knows no file: `file` reads, `load` puts the layers together.

use super::action::Action;
use super::context::Context;
use super::diagnostic::Layer;
use super::key::{Key, KeyCode};

/// One row of a keymap file that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binding {
    /// The keys, one after the other; never empty.
    pub chord: Vec<Key>,
    /// What they ask for; `None` where the file says `"none"`: then nothing, not even what a wider table says.
    pub action: Option<Action>,
    /// Which file said so.
    pub layer: Layer,
    /// The row's line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
}

impl Binding {
    /// What a key press finds here: nothing for an action that the program cannot do yet.
    fn counts(&self) -> bool {
        self.action.is_none_or(Action::available)
    }
}

/// What a key means where it was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// This action. Forget the pending keys.
    Matched(Action),
    /// A chord has begun: keep the key with the pending ones and show how it can go on.
    Pending(Vec<Next>),
    /// Nothing. Forget the pending keys.
    NotFound,
    /// Esc took a begun chord back. Forget the pending keys.
    Cancelled,
}

/// How a begun chord can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// The next key.
    pub key: Key,
    /// What it leads to.
    pub then: Then,
}

/// What a further key of a chord leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// This action.
    Action(Action),
    /// Still further keys.
    More,
}

/// Which key asks for what, table by table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// One list a context, in the order of `Context::ALL`; the newest layer first, its rows in the file's order.
    tables: Vec<Vec<Binding>>,
}

impl Keymap {
    /// No key means anything.
    pub(super) fn empty() -> Self {
        Self { tables: vec![Vec::new(); Context::ALL.len()] }
    }

    /// The rows of one table.
    pub(super) fn table(&self, context: Context) -> &[Binding] {
        let at = Context::ALL.iter().position(|c| *c == context);
        at.and_then(|at| self.tables.get(at)).map_or(&[], Vec::as_slice)
    }

    /// Lays the rows of a newer file over these. A newer row replaces what it would otherwise hide or be hidden by:
    /// the same chord, its beginnings and its continuations in the same table.
    pub(super) fn overlay(&mut self, rows: &[(Context, Binding)]) {
        for (at, context) in Context::ALL.into_iter().enumerate() {
            let Some(table) = self.tables.get_mut(at) else { continue };
            let mut newer: Vec<Binding> =
                rows.iter().filter(|(c, _)| *c == context).map(|(_, row)| row.clone()).collect();
            table.retain(|old| {
                !newer.iter().any(|new| old.chord.starts_with(&new.chord) || new.chord.starts_with(&old.chord))
            });
            newer.append(table);
            *table = newer;
        }
    }

    /// What `key` means in these tables, the nearest first, after the `pending` keys of a begun chord.
    ///
    /// Ask this only once the focused field has let the key pass: see [`Key::text`]. With `form` among the contexts a
    /// key that types a character begins nothing, whatever a keymap says; it may go on with a chord.
    pub fn resolve(&self, contexts: &[Context], pending: &[Key], key: Key) -> Resolution {
        self.resolve_folded(contexts, pending, key, |_| None)
    }

    /// Like [`Self::resolve`]; a character that means nothing is tried again as what `fold` makes of it: the key that
    /// was meant while the input method was on (`search::fold` knows). Pending keys are kept as they were pressed.
    pub fn resolve_folded(
        &self,
        contexts: &[Context],
        pending: &[Key],
        key: Key,
        fold: impl Fn(char) -> Option<char>,
    ) -> Resolution {
        if !pending.is_empty() && key == Key::plain(KeyCode::Esc) {
            return Resolution::Cancelled;
        }
        let mut chord: Vec<Key> = pending.to_vec();
        chord.push(key);
        let found = self.look_up(contexts, &chord);
        if found != Resolution::NotFound {
            return found;
        }
        let folded: Vec<Key> = chord.iter().map(|key| folded(*key, &fold)).collect();
        if folded == chord { found } else { self.look_up(contexts, &folded) }
    }

    /// What a chord means, or how it can go on.
    pub(super) fn look_up(&self, contexts: &[Context], chord: &[Key]) -> Resolution {
        if contexts.contains(&Context::Form) && chord.first().is_some_and(|key| key.text().is_some()) {
            return Resolution::NotFound;
        }
        let mut next: Vec<Next> = Vec::new();
        let mut unbound: Vec<&[Key]> = Vec::new();
        for context in contexts {
            let table = self.table(*context);
            // The nearest table that knows the chord, or the beginning of a longer one, decides.
            if next.is_empty()
                && let Some(row) = table.iter().find(|row| row.chord == chord && row.counts())
            {
                return row.action.map_or(Resolution::NotFound, Resolution::Matched);
            }
            for row in table.iter().filter(|row| row.counts() && row.chord.len() > chord.len()) {
                let Some([key, rest @ ..]) = row.chord.strip_prefix(chord) else { continue };
                let Some(action) = row.action else {
                    unbound.push(&row.chord);
                    continue;
                };
                let hidden = unbound.iter().any(|gone| row.chord.starts_with(gone));
                if !hidden && !next.iter().any(|known| known.key == *key) {
                    let then = if rest.is_empty() { Then::Action(action) } else { Then::More };
                    next.push(Next { key: *key, then });
                }
            }
        }
        if next.is_empty() { Resolution::NotFound } else { Resolution::Pending(next) }
    }
}

/// The key that was meant while the input method was on.
fn folded(key: Key, fold: &impl Fn(char) -> Option<char>) -> Key {
    let KeyCode::Char(char) = key.code else { return key };
    fold(char).map_or(key, |meant| Key::new(KeyCode::Char(meant), key.ctrl, key.alt, false))
}
