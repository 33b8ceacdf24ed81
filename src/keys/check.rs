//! What only the map in force can tell: hidden chords, actions that nothing reaches. And which keys a plain terminal
//! cannot send. Knows no file.

use std::collections::BTreeSet;

use super::action::Action;
use super::context::Context;
use super::diagnostic::{Diagnostic, Layer, Problem};
use super::key::{Key, KeyCode};
use super::keymap::{Binding, Keymap};

/// Why a key may not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A plain terminal sends the same bytes for this other key.
    SameAs(&'static str),
    /// A plain terminal sends nothing of its own for it.
    NeverSent,
    /// The terminal, the system or the input method keeps it for itself.
    Taken,
}

/// What keeps a key from arriving on a plain terminal; `None` for keys that arrive.
#[expect(clippy::wildcard_enum_match_arm, reason = "a key that is not named here arrives")]
pub fn trouble(key: Key) -> Option<Trouble> {
    use Trouble::{NeverSent, SameAs, Taken};
    let Key { code, ctrl, alt, shift } = key;
    match code {
        KeyCode::Char(' ') if ctrl => Some(Taken),
        KeyCode::Char('i') if ctrl => Some(SameAs("tab")),
        KeyCode::Char('m' | 'j') if ctrl => Some(SameAs("enter")),
        KeyCode::Char('h') if ctrl => Some(SameAs("backspace")),
        KeyCode::Char('[') if ctrl => Some(SameAs("esc")),
        // Ctrl-\ ends programs, Ctrl-^ and Ctrl-_ arrive as a digit or not at all, a letter with shift as without.
        KeyCode::Char(char) if ctrl && (shift || !char.is_ascii_lowercase()) => Some(NeverSent),
        // AltGr arrives as Ctrl with Alt on Windows: people type signs with it.
        KeyCode::Char(_) if ctrl && alt => Some(Taken),
        // Escape with one of these is how longer sequences begin.
        KeyCode::Char('[' | 'O') if alt => Some(SameAs("esc")),
        KeyCode::F(13..) => Some(NeverSent),
        // The bytes of F3 with a modifier are also a cursor report.
        KeyCode::F(3) if ctrl || alt || shift => Some(NeverSent),
        KeyCode::Char('`') | KeyCode::F(4) if alt => Some(Taken),
        KeyCode::Enter if ctrl || shift => Some(SameAs("enter")),
        KeyCode::Tab if ctrl || alt => Some(Taken),
        KeyCode::Backspace if ctrl || shift => Some(SameAs("backspace")),
        KeyCode::Esc if ctrl || alt || shift => Some(SameAs("esc")),
        KeyCode::Insert | KeyCode::PageUp | KeyCode::PageDown if shift => Some(Taken),
        _ => None,
    }
}

/// Whether a text field takes the key for itself before any keymap is asked.
pub(super) fn edits(key: Key) -> bool {
    use KeyCode::{Backspace, Char, Delete, End, Home, Left, Right};
    match key {
        Key { alt: true, .. } => false,
        Key { code: Left | Right, .. } => true,
        Key { code, ctrl: true, .. } => matches!(code, Char('u' | 'k')),
        Key { code, .. } => matches!(code, Backspace | Delete | Home | End),
    }
}

/// The action whose name is at most two slips of the pen away.
pub(super) fn nearest(name: &str) -> Option<Action> {
    // A very long text is no slip of the pen, and comparing costs its length.
    if name.len() > 40 {
        return None;
    }
    let by_slips = Action::ALL.iter().map(|action| (slips(name, action.name()), *action));
    by_slips.filter(|(slips, _)| *slips <= 2).min_by_key(|(slips, _)| *slips).map(|(_, action)| action)
}

/// Letters to add, drop or change (Levenshtein).
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, from) in a.chars().enumerate() {
        let mut last = at + 1;
        let mut next = vec![last];
        for ((to, above), left_above) in b.iter().zip(row.iter().skip(1)).zip(&row) {
            last = (above + 1).min(last + 1).min(left_above + usize::from(from != *to));
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// Judges the map in force. `base` is the map below the newest layer: what that still reached tells what a row took away.
pub(super) fn effective(map: &Keymap, base: &Keymap, newest: Layer) -> Vec<Diagnostic> {
    let mut found = shadows(map);
    for action in Action::ALL.iter().copied().filter(|action| action.available()) {
        let reaches = |map: &Keymap| Context::STACKS.iter().any(|stack| map.chords_for(action, stack).next().is_some());
        if !reaches(map) {
            let row = if reaches(base) { taker(map, base, action) } else { None };
            let (layer, line, column) = row.map_or((newest, 1, 1), |row| (row.layer, row.line, row.column));
            found.push(Diagnostic { layer, line, column, problem: Problem::Unreachable(action) });
        }
    }
    found.sort_by_key(|found| (found.layer, found.line, found.column));
    found
}

/// The newest row that stands where `base` still had the action.
fn taker<'a>(map: &'a Keymap, base: &Keymap, action: Action) -> Option<&'a Binding> {
    let mut takers: Vec<&Binding> = Vec::new();
    for context in Context::ALL {
        for lost in base.table(context).iter().filter(|row| row.action == Some(action)) {
            let touches =
                |row: &&Binding| row.chord.starts_with(&lost.chord) || lost.chord.starts_with(row.chord.as_slice());
            takers.extend(map.table(context).iter().filter(touches).filter(|row| row.action != Some(action)));
        }
    }
    takers.into_iter().max_by_key(|row| (row.layer, row.line))
}

/// A chord in one table and its own beginning in another that is looked up together with it: one of them is lost.
fn shadows(map: &Keymap) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut pairs = BTreeSet::new();
    for stack in Context::STACKS {
        for (at, nearer) in stack.iter().enumerate() {
            for wider in stack.iter().skip(at + 1) {
                if pairs.insert((*nearer, *wider)) {
                    shadows_of(map, *nearer, *wider, &mut found);
                }
            }
        }
    }
    found
}

fn shadows_of(map: &Keymap, nearer: Context, wider: Context, found: &mut Vec<Diagnostic>) {
    for row in map.table(nearer) {
        for other in map.table(wider) {
            if row.chord == other.chord || row.action.is_none() || other.action.is_none() {
                continue;
            }
            let (short, short_in, long, long_in) = if row.chord.len() < other.chord.len() {
                (row, nearer, other, wider)
            } else {
                (other, wider, row, nearer)
            };
            if long.chord.starts_with(&short.chord) {
                let newer = if row.layer >= other.layer { row } else { other };
                let place = (newer.layer, newer.line, newer.column);
                // One row that meets a whole family of chords (`f` and `f s`, `f a`) is told about once.
                if found.iter().any(|told| (told.layer, told.line, told.column) == place) {
                    continue;
                }
                let problem = Problem::Shadowed {
                    short: Key::print_chord(&short.chord),
                    short_in,
                    long: Key::print_chord(&long.chord),
                    long_in,
                };
                found.push(Diagnostic { layer: place.0, line: place.1, column: place.2, problem });
            }
        }
    }
}
