//! The keymap read backwards: which keys lead to an action here and now. Footer, help and palette are made from it.

use std::sync::OnceLock;

use super::action::Action;
use super::context::Context;
use super::key::Key;
use super::keymap::{Binding, Keymap, Next, Resolution, Then};

/// An action with the keys that lead to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The action.
    pub action: Action,
    /// Its keys as the screen shows them: `^S`, `F2`, `Alt-1`.
    pub keys: String,
    /// The locale key of its title.
    pub title: &'static str,
}

impl Keymap {
    /// The first key that leads to `action` in these tables, as the screen shows it. `None`: no key does.
    pub fn keys_for(&self, action: Action, contexts: &[Context]) -> Option<String> {
        self.chords_for(action, contexts).next().map(Key::display_chord)
    }

    /// Every key that leads to `action` in these tables.
    pub fn all_keys_for(&self, action: Action, contexts: &[Context]) -> Vec<String> {
        self.chords_for(action, contexts).map(Key::display_chord).collect()
    }

    /// The actions that a key leads to here, each with its first key, in the order asked for. The others are left out.
    pub fn hints(&self, contexts: &[Context], actions: &[Action]) -> Vec<Hint> {
        let hint = |action: &Action| {
            let keys = self.keys_for(*action, contexts)?;
            Some(Hint { action: *action, keys, title: action.title() })
        };
        actions.iter().filter_map(hint).collect()
    }

    /// All that the keys do here, by the table that says so, each action with all of its keys in that table: the help.
    pub fn help(&self, contexts: &[Context]) -> Vec<(Context, Vec<Hint>)> {
        let mut groups = Vec::new();
        for context in contexts {
            let mut hints: Vec<Hint> = Vec::new();
            for row in self.table(*context) {
                let Some(action) = self.leads_to(row, contexts) else { continue };
                let keys = Key::display_chord(&row.chord);
                if let Some(hint) = hints.iter_mut().find(|hint| hint.action == action) {
                    hint.keys.push_str("  ");
                    hint.keys.push_str(&keys);
                } else {
                    hints.push(Hint { action, keys, title: action.title() });
                }
            }
            if !hints.is_empty() {
                groups.push((*context, hints));
            }
        }
        groups
    }

    /// How a begun chord can go on, as the screen shows it: the key, and the locale key of what it does.
    pub fn continuations(
        &self,
        contexts: &[Context],
        pending: &[Key],
        fold: impl Fn(char) -> Option<char>,
    ) -> Vec<(String, &'static str)> {
        let Some((last, begun)) = pending.split_last() else { return Vec::new() };
        let Resolution::Pending(next) = self.resolve_folded(contexts, begun, *last, fold) else { return Vec::new() };
        let title = |next: &Next| match next.then {
            Then::Action(action) => action.title(),
            Then::More => "keys-more",
        };
        // What the program cannot do yet is not offered.
        let there = |next: &&Next| !matches!(next.then, Then::Action(action) if !action.available());
        next.iter().filter(there).map(|next| (next.key.display(), title(next))).collect()
    }

    /// The commands that can be given here, whether or not a key leads to them: what the palette offers. Those that
    /// lost their keys keep their place by the program's own keymap, with empty `keys`.
    pub fn commands(&self, contexts: &[Context]) -> Vec<Hint> {
        static OWN: OnceLock<Keymap> = OnceLock::new();
        let own = OWN.get_or_init(Self::default);
        let bound =
            |map: &Self, action, context: &Context| map.table(*context).iter().any(|row| row.action == Some(action));
        let mut found: Vec<(usize, Hint)> = Vec::new();
        for action in Action::ALL.iter().copied().filter(|action| action.available() && action.is_command()) {
            let place = contexts.iter().position(|at| bound(self, action, at) || bound(own, action, at));
            if let Some(place) = place {
                let keys = self.keys_for(action, contexts).unwrap_or_default();
                found.push((place, Hint { action, keys, title: action.title() }));
            }
        }
        // What belongs to this screen comes before what works everywhere.
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, hint)| hint).collect()
    }

    /// Every row in force of one table: the keys as a keymap writes them, and the action's name, `none` for nothing.
    pub fn rows(&self, context: Context) -> Vec<(String, &'static str)> {
        let name = |row: &Binding| row.action.map_or("none", Action::name);
        self.table(context).iter().map(|row| (Key::print_chord(&row.chord), name(row))).collect()
    }

    /// The chords that lead to `action` in these tables, the nearest table first.
    pub(super) fn chords_for<'a>(
        &'a self,
        action: Action,
        contexts: &'a [Context],
    ) -> impl Iterator<Item = &'a [Key]> + 'a {
        let rows = contexts.iter().flat_map(|context| self.table(*context));
        let rows = rows.filter(move |row| row.action == Some(action) && self.leads_to(row, contexts) == Some(action));
        rows.map(|row| row.chord.as_slice())
    }

    /// What typing a row's keys does: nothing where a nearer table takes the keys for something else.
    fn leads_to(&self, row: &Binding, contexts: &[Context]) -> Option<Action> {
        let action = row.action?;
        let begun = (1..row.chord.len())
            .filter_map(|end| row.chord.get(..end))
            .all(|begin| matches!(self.look_up(contexts, begin), Resolution::Pending(_)));
        (begun && self.look_up(contexts, &row.chord) == Resolution::Matched(action)).then_some(action)
    }
}
