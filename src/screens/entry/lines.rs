//! A few lines to fill in where some of them must not be seen: passphrases, codes, a choice among a few. Not a form of a
//! record: nothing of it is kept in drafts, and what was typed is wiped. Knows no desk.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::desk::passphrase::{self, Weak};
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::keys::Action;
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::paint::put;
use crate::widgets::secret_field::SecretField;
use crate::widgets::text_field::TextField;
use crate::widgets::width::truncate;

/// The cells that a label takes, with the space behind it.
const LABEL: u16 = 22;

/// One line.
#[derive(Debug)]
pub struct Line {
    name: &'static str,
    label: &'static str,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Text(TextField),
    Secret(SecretField),
    /// Seen while it is copied from paper, and wiped as the others.
    Key(SecretField),
    Choice(Vec<String>, usize),
}

impl Line {
    /// A line of text that may be seen. `label` is a locale key.
    pub fn text(name: &'static str, label: &'static str) -> Self {
        Self { name, label, content: Content::Text(TextField::new(200)) }
    }

    /// A line that shows stars.
    pub fn secret(name: &'static str, label: &'static str) -> Self {
        Self { name, label, content: Content::Secret(SecretField::default()) }
    }

    /// A line for a key that is copied from paper: it can be read, in groups.
    pub fn key(name: &'static str, label: &'static str) -> Self {
        Self { name, label, content: Content::Key(SecretField::default()) }
    }

    /// One of these, chosen by its number; the first to begin with.
    pub const fn choice(name: &'static str, label: &'static str, choices: Vec<String>) -> Self {
        Self { name, label, content: Content::Choice(choices, 0) }
    }
}

/// The lines and the one in focus.
#[derive(Debug, Default)]
pub struct Lines {
    lines: Vec<Line>,
    focus: usize,
}

impl Lines {
    /// These lines, the first in focus.
    pub const fn new(lines: Vec<Line>) -> Self {
        Self { lines, focus: 0 }
    }

    /// One more line at the end, in focus; nothing where there is one of that name.
    pub fn add(&mut self, line: Line) {
        if self.line(line.name).is_none() {
            self.lines.push(line);
            self.focus = self.lines.len() - 1;
        }
    }

    fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    /// The text of a line, on one line without blanks at its ends.
    pub fn text(&self, name: &str) -> String {
        match self.line(name).map(|line| &line.content) {
            Some(Content::Text(field)) => fold::one_line(field.text()),
            Some(Content::Secret(_) | Content::Key(_) | Content::Choice(..)) | None => String::new(),
        }
    }

    /// The passphrase or the key of a line.
    pub fn passphrase(&self, name: &str) -> Secret {
        match self.line(name).map(|line| &line.content) {
            Some(Content::Secret(field) | Content::Key(field)) => Secret::passphrase(field.typed()),
            Some(Content::Text(_) | Content::Choice(..)) | None => Secret::default(),
        }
    }

    /// The digits of a line, from whatever an input method made of them; `None` where there is no such line.
    pub fn digits(&self, name: &str) -> Option<String> {
        match &self.line(name)?.content {
            Content::Text(field) => Some(fold::text(field.text()).chars().filter(char::is_ascii_digit).collect()),
            Content::Secret(_) | Content::Key(_) | Content::Choice(..) => None,
        }
    }

    /// The place of what is chosen, from 0.
    pub fn chosen(&self, name: &str) -> usize {
        match self.line(name).map(|line| &line.content) {
            Some(Content::Choice(_, at)) => *at,
            Some(Content::Text(_) | Content::Secret(_) | Content::Key(_)) | None => 0,
        }
    }

    /// Whether something was typed.
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| match &line.content {
            Content::Text(field) => field.is_empty(),
            Content::Secret(field) | Content::Key(field) => field.is_empty(),
            Content::Choice(_, at) => *at == 0,
        })
    }

    /// The name of the line in focus.
    pub fn focused(&self) -> &'static str {
        self.lines.get(self.focus).map_or("", |line| line.name)
    }

    /// Whether the line in focus is the last.
    pub const fn at_end(&self) -> bool {
        self.focus + 1 >= self.lines.len()
    }

    /// Puts the focus on the line of this name.
    pub fn focus_on(&mut self, name: &str) {
        if let Some(at) = self.lines.iter().position(|line| line.name == name) {
            self.focus = at;
        }
    }

    /// Wipes the lines of these names and puts the focus on the first of them.
    pub fn clear(&mut self, names: &[&str]) {
        for line in self.lines.iter_mut().filter(|line| names.contains(&line.name)) {
            match &mut line.content {
                Content::Text(field) => field.set_text(""),
                Content::Secret(field) | Content::Key(field) => field.clear(),
                Content::Choice(_, at) => *at = 0,
            }
        }
        if let Some(first) = names.first() {
            self.focus_on(first);
        }
    }

    /// What the line in focus takes of the keys.
    pub fn takes(&self) -> Focus {
        match self.lines.get(self.focus).map(|line| &line.content) {
            Some(Content::Text(_) | Content::Secret(_) | Content::Key(_)) => Focus::Line,
            Some(Content::Choice(..)) => Focus::Code,
            None => Focus::None,
        }
    }

    /// Moves the focus; `false` where the action does not, or there is no line further.
    pub const fn go(&mut self, action: Action) -> bool {
        match action {
            Action::NextField | Action::Accept if !self.at_end() => self.focus += 1,
            Action::PreviousField if self.focus > 0 => self.focus -= 1,
            _ => return false,
        }
        true
    }

    /// Typed or pasted text.
    pub fn insert(&mut self, text: &str) {
        match self.lines.get_mut(self.focus).map(|line| &mut line.content) {
            Some(Content::Text(field)) => _ = field.edit(Edit::Insert(text)),
            Some(Content::Secret(field) | Content::Key(field)) => field.edit(Edit::Insert(text)),
            Some(Content::Choice(choices, at)) => {
                let key = text.chars().next().map(|c| fold::command_key(c).unwrap_or(c));
                let index = key.and_then(|key| KEYS.chars().position(|k| k == key));
                if let Some(index) = index.filter(|index| *index < choices.len()) {
                    *at = index;
                    self.go(Action::NextField);
                }
            }
            None => {}
        }
    }

    /// An editing key.
    pub fn edit(&mut self, edit: Edit<'_>) {
        match self.lines.get_mut(self.focus).map(|line| &mut line.content) {
            Some(Content::Text(field)) => _ = field.edit(edit),
            Some(Content::Secret(field) | Content::Key(field)) => field.edit(edit),
            Some(Content::Choice(..)) | None => {}
        }
    }

    /// How many rows they take.
    pub fn height(&self) -> u16 {
        let rows = |line: &Line| match &line.content {
            Content::Choice(choices, _) => choices.len().max(1),
            Content::Text(_) | Content::Secret(_) | Content::Key(_) => 1,
        };
        u16::try_from(self.lines.iter().map(rows).sum::<usize>()).unwrap_or(u16::MAX)
    }

    /// Draws them one under the other; returns where the caret stands.
    pub fn view(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let mut y = area.y;
        let mut caret = None;
        for (at, line) in self.lines.iter().enumerate() {
            if y >= area.bottom() {
                break;
            }
            let focused = at == self.focus;
            let style = if focused { look.theme.bar_active } else { look.theme.label };
            let room = LABEL.min(area.width / 2);
            let label = look.t(line.label);
            put(buf, area.x, y, room.saturating_sub(1), &truncate(&label, room.saturating_sub(1)), style);
            let value = Rect { x: area.x + room, y, width: area.width.saturating_sub(room + 1), height: 1 };
            let style = if focused { look.theme.field_focused } else { look.theme.value };
            let here = match &line.content {
                Content::Text(field) if focused => field.draw(buf, value, style),
                Content::Text(field) => {
                    field.draw_idle(buf, value, style);
                    None
                }
                Content::Secret(field) => field.draw(buf, value, style),
                Content::Key(field) => field.draw_groups(buf, value, style),
                Content::Choice(choices, chosen) => {
                    let rows = Rect { height: area.bottom() - y, ..value };
                    let last = choice_rows(choices, *chosen, look, rows, buf);
                    y = last;
                    Some(Position { x: value.x, y: value.y })
                }
            };
            caret = here.filter(|_| focused).or(caret);
            y += 1;
        }
        caret
    }
}

/// The keys of choices, in order.
const KEYS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

/// Draws the choices one under the other and returns the row of the last.
fn choice_rows(choices: &[String], chosen: usize, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> u16 {
    let mut last = area.y;
    for ((at, label), (y, key)) in choices.iter().enumerate().zip((area.y..area.bottom()).zip(KEYS.chars())) {
        let (mark, style) = if at == chosen { (">", look.theme.chosen) } else { (" ", look.theme.text) };
        put(buf, area.x, y, 1, mark, style);
        put(buf, area.x + 2, y, 1, &key.to_string(), look.theme.key);
        let room = area.width.saturating_sub(5);
        put(buf, area.x + 5, y, room, &truncate(label, room), style);
        last = y;
    }
    last
}

/// The two lines of a new passphrase.
pub fn new_passphrase() -> [Line; 2] {
    [Line::secret("new", "entry-new"), Line::secret("again", "entry-again")]
}

/// The new passphrase, if it may be used and was typed twice the same; else the line to go to, and what is wrong.
///
/// # Errors
/// The name of the line and the sentence.
pub fn checked(lines: &Lines, second: bool, known: &[&str]) -> Result<Secret, (&'static str, Say)> {
    let new = lines.passphrase("new");
    if let Some(weak) = passphrase::weakness(&new, second, known) {
        return Err(("new", said(weak)));
    }
    if lines.passphrase("again") != new {
        return Err(("again", Say::new("entry-not-the-same")));
    }
    Ok(new)
}

fn said(weak: Weak) -> Say {
    let say = Say::new(weak.key());
    match weak {
        Weak::Short { least } => say.with("least", least.to_string()),
        Weak::Name | Weak::Digits | Weak::Pattern | Weak::Common => say,
    }
}

/// What is to be said of a new passphrase while it is typed, and whether that is good.
pub fn verdict(lines: &Lines, second: bool, known: &[&str]) -> Option<(Say, bool)> {
    let new = lines.passphrase("new");
    if new.is_empty() {
        return None;
    }
    let length = passphrase::length(&new).to_string();
    if let Some(weak) = passphrase::weakness(&new, second, known) {
        return Some((said(weak).with("length", length), false));
    }
    let again = lines.passphrase("again");
    if again.is_empty() {
        return Some((Say::new("entry-strong").with("length", length), true));
    }
    let same = again == new;
    Some((Say::new(if same { "entry-the-same" } else { "entry-not-the-same" }), same))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "雨の日は縁側で猫とお茶を飲む";

    fn typed(new: &str, again: &str) -> Lines {
        let mut lines = Lines::new(new_passphrase().into());
        lines.insert(new);
        lines.go(Action::NextField);
        lines.insert(again);
        lines
    }

    #[test]
    fn a_new_passphrase_is_strong_and_typed_twice() {
        for (new, again, wrong) in [
            ("", "", Some(("new", "entry-weak-short"))),
            ("短い", "短い", Some(("new", "entry-weak-short"))),
            (GOOD, "", Some(("again", "entry-not-the-same"))),
            (GOOD, "雨の日は縁側で猫とお茶をのむ", Some(("again", "entry-not-the-same"))),
            (GOOD, GOOD, None),
            ("thirteen char", "ｔｈｉｒｔｅｅｎ　ｃｈａｒ ", None),
            ("架空の窓口の架空の窓口の", "", Some(("new", "entry-weak-short"))),
        ] {
            let found = checked(&typed(new, again), false, &["架空の窓口"]);
            assert_eq!(found.as_ref().err().map(|(name, say)| (*name, say.key)), wrong, "{new} {again}");
        }
        assert!(verdict(&typed("", ""), false, &[]).is_none());
        assert!(verdict(&typed("green-tea", ""), true, &[]).unwrap().1);
        assert!(!verdict(&typed("green-tea", ""), false, &[]).unwrap().1);
    }

    #[test]
    fn choices_are_made_by_number_and_go_on() {
        let choices = vec!["使わない".to_owned(), "使う".to_owned()];
        let mut lines =
            Lines::new(vec![Line::choice("second", "entry-second", choices), Line::text("code", "entry-code")]);
        assert_eq!((lines.takes(), lines.height()), (Focus::Code, 3));
        lines.insert("9");
        assert_eq!((lines.chosen("second"), lines.focused()), (0, "second"));
        lines.insert("２");
        assert_eq!((lines.chosen("second"), lines.focused()), (1, "code"));
        lines.insert("１２３ 456-");
        assert_eq!(lines.digits("code").as_deref(), Some("123456"));
        assert_eq!(lines.digits("none"), None);
        assert!(!lines.is_blank());
        lines.clear(&["code"]);
        assert_eq!(lines.digits("code").as_deref(), Some(""));
    }
}
