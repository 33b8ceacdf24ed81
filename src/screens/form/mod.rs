//! A form: fields, values, the field in focus. Every screen that fills in a record uses this one. Knows no screen.

mod area;
pub mod codes;
pub mod field;
pub mod proposal;
mod refit;
pub mod values;
pub mod view;

use std::cell::Cell;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::desk::codebook::Codebook;
use crate::desk::date;
use crate::desk::id::Id;
use crate::desk::operator::Operator;
use crate::desk::phone;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::text_area::TextArea;
use crate::widgets::text_field::TextField;

use field::{Field, FieldKind};
use proposal::Proposals;
use values::Values;

/// What a form must know of its surroundings.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Today at the desk.
    pub today: NaiveDate,
    /// The code lists in force.
    pub codebook: &'a Codebook,
    /// The desk's own areas.
    pub areas: &'a [String],
    /// The operators, those who left too.
    pub operators: &'a BTreeMap<Id, Operator>,
}

impl<'a> Around<'a> {
    /// The operators to choose from, each with the key that does.
    pub fn choosable(&self) -> impl Iterator<Item = (char, Id, &'a Operator)> + use<'a> {
        ('1'..='9').chain('a'..='z').zip(present(self.operators)).map(|(key, (id, operator))| (key, id, operator))
    }
}

/// The operators who have not left, by reading and name.
pub fn present(operators: &BTreeMap<Id, Operator>) -> Vec<(Id, &Operator)> {
    let mut present: Vec<_> = operators.iter().filter(|(_, o)| !o.left).map(|(id, o)| (*id, o)).collect();
    present.sort_by(|(_, a), (_, b)| (&a.kana, &a.name).cmp(&(&b.kana, &b.name)));
    present
}

/// What the focus takes of the keys before the keymap is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// No field: every key is a command.
    #[default]
    None,
    /// A coded field: printable keys choose.
    Code,
    /// One line of text.
    Line,
    /// Several lines of text: Enter, Up and Down too.
    Area,
}

/// The text editor of the field in focus.
#[derive(Debug)]
enum Editor {
    Code,
    Line(TextField),
    Area(TextArea),
}

/// A form with its values and the field in focus.
#[derive(Debug)]
pub struct Form {
    fields: &'static [Field],
    values: Values,
    focus: usize,
    editor: Editor,
    complaint: Option<(usize, Say)>,
    version: u64,
    /// Whether something stood in the field in focus when the focus came.
    stood: bool,
    /// Where the text in focus was drawn last, and in which field.
    text_at: Cell<Option<(usize, Rect)>>,
    /// What stood in the form before each field was changed, the newest last.
    earlier: Vec<(Values, usize)>,
    /// What empty fields may be filled with.
    proposals: Proposals,
    /// The field in focus when the proposals were looked at last: what it proposes is on the screen.
    promised: Option<(field::Target, &'static str)>,
}

/// The longest text of one line, in characters.
const LINE_MAX: usize = 200;
/// How many changed fields can be taken back.
const EARLIER: usize = 50;
/// The longest memo, in characters.
const MEMO_MAX: usize = 20_000;

impl Form {
    /// A form over these fields with these values, the first field in focus.
    pub fn new(fields: &'static [Field], values: Values) -> Self {
        let mut form = Self {
            fields,
            values,
            focus: 0,
            editor: Editor::Code,
            complaint: None,
            version: 1,
            stood: false,
            text_at: Cell::new(None),
            earlier: Vec::new(),
            proposals: Proposals::default(),
            promised: None,
        };
        form.enter(0);
        form
    }

    /// The fields.
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// The values, as far as they are understood.
    pub const fn values(&self) -> &Values {
        &self.values
    }

    /// Changes values from outside (a chosen office); the field in focus shows it too.
    pub fn change(&mut self, change: impl FnOnce(&mut Values)) {
        change(&mut self.values);
        self.version += 1;
        self.enter(self.focus);
    }

    /// Counts the changes: a draft is saved when it has grown.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// The index of the field in focus.
    pub const fn focused(&self) -> usize {
        self.focus
    }

    /// The field in focus.
    pub fn field(&self) -> Option<&'static Field> {
        self.fields.get(self.focus)
    }

    /// The page of the field in focus.
    pub fn page(&self) -> u8 {
        self.field().map_or(0, |f| f.page)
    }

    /// How many pages there are.
    pub fn pages(&self) -> u8 {
        self.fields.last().map_or(1, |f| f.page + 1)
    }

    /// What is wrong with the field in focus, or with the one just left.
    pub fn complaint(&self) -> Option<&Say> {
        self.complaint.as_ref().map(|(_, say)| say)
    }

    /// Whether nothing but blanks stands in the text in focus; `true` for a coded field.
    pub fn is_focus_empty(&self) -> bool {
        match &self.editor {
            Editor::Code => true,
            Editor::Line(line) => line.text().trim().is_empty(),
            Editor::Area(area) => area.text().trim().is_empty(),
        }
    }

    /// What the focus takes of the keys.
    pub const fn takes(&self) -> Focus {
        match self.editor {
            Editor::Code => Focus::Code,
            Editor::Line(_) => Focus::Line,
            Editor::Area(_) => Focus::Area,
        }
    }

    /// Puts the focus on the field at `index`; what was typed into the one before is read first.
    pub fn focus_on(&mut self, index: usize, around: &Around<'_>) {
        self.leave(around);
        self.enter(index.min(self.fields.len().saturating_sub(1)));
    }

    /// Puts the focus on a field by its record and member.
    /// `false` where the form has no such field.
    pub fn focus_member(&mut self, target: field::Target, member: &str, around: &Around<'_>) -> bool {
        let found = self.fields.iter().position(|f| f.target == target && f.member == member);
        found.map(|index| self.focus_on(index, around)).is_some()
    }

    /// The next field; `false` at the last one.
    pub fn next(&mut self, around: &Around<'_>) -> bool {
        let more = self.focus + 1 < self.fields.len();
        let next = if more { self.focus + 1 } else { self.focus };
        self.focus_on(next, around);
        more
    }

    /// The field before; `false` at the first one.
    pub fn previous(&mut self, around: &Around<'_>) -> bool {
        let more = self.focus > 0;
        self.focus_on(self.focus.saturating_sub(1), around);
        more
    }

    /// The first field of the next page, or of the first one after the last.
    pub fn turn_page(&mut self, forward: bool, around: &Around<'_>) {
        let pages = self.pages();
        let wanted = if forward { (self.page() + 1) % pages } else { (self.page() + pages - 1) % pages };
        if let Some(index) = self.fields.iter().position(|f| f.page == wanted) {
            self.focus_on(index, around);
        }
    }

    /// Reads what stands in the field in focus, as leaving it does. Before a save and before a draft is written.
    pub fn settle(&mut self, around: &Around<'_>) {
        self.leave(around);
        self.enter(self.focus);
    }

    /// Committed text: a key, an input method's commit, a paste.
    pub fn insert(&mut self, text: &str, around: &Around<'_>) {
        match &mut self.editor {
            Editor::Code => self.insert_code(text, around),
            Editor::Line(line) => {
                line.edit(Edit::Insert(text));
                self.typed(around);
            }
            Editor::Area(area) => {
                area.edit(Edit::Insert(text));
                self.typed(around);
            }
        }
    }

    /// An editing key.
    pub fn edit(&mut self, edit: Edit<'_>, around: &Around<'_>) {
        match &mut self.editor {
            Editor::Code => {
                if matches!(edit, Edit::Backspace | Edit::Delete) {
                    self.clear_code();
                }
                return;
            }
            Editor::Line(line) => line.edit(edit),
            Editor::Area(area) => area.edit(edit),
        };
        self.typed(around);
    }

    /// Empties the field in focus.
    pub fn clear(&mut self) {
        let Some(field) = self.field() else { return };
        self.values.set(field.target, field.member, serde_json::Value::Null);
        self.values.set_raw(field, None);
        self.complaint = None;
        self.version += 1;
        self.enter(self.focus);
    }

    /// What was typed into the text field in focus goes into the values at once: a draft may be written at any moment.
    fn typed(&mut self, around: &Around<'_>) {
        let Some(field) = self.field() else { return };
        let text = match &self.editor {
            Editor::Code => return,
            Editor::Line(line) => line.text(),
            Editor::Area(area) => area.text(),
        };
        let before = self.shown(field);
        if before == text {
            return;
        }
        let text = text.to_owned();
        self.complaint = None;
        self.version += 1;
        match field.kind {
            FieldKind::Date | FieldKind::Birth | FieldKind::Due => self.values.set_raw(field, Some(&text)),
            FieldKind::Area => {
                if let Some(area) = area_by_number(&text, around.areas) {
                    self.values.set_text(field.target, field.member, area);
                    self.next(around);
                    return;
                }
                self.values.set_text(field.target, field.member, &text);
            }
            FieldKind::Line
            | FieldKind::Phone
            | FieldKind::Memo
            | FieldKind::Code(_)
            | FieldKind::Codes(_)
            | FieldKind::Operator => {
                self.values.set_text(field.target, field.member, &text);
            }
        }
        if field.kind.is_date() && text.trim().is_empty() {
            self.values.set(field.target, field.member, serde_json::Value::Null);
        }
    }

    /// The text that the editor of this field starts with.
    fn shown(&self, field: &Field) -> String {
        if let Some(raw) = self.values.raw(field) {
            return raw.to_owned();
        }
        let text = self.values.text(field.target, field.member);
        match field.kind {
            FieldKind::Date | FieldKind::Birth | FieldKind::Due => {
                text.parse().map_or_else(|_| text.to_owned(), |day: NaiveDate| date::format_era(day))
            }
            FieldKind::Line
            | FieldKind::Phone
            | FieldKind::Area
            | FieldKind::Memo
            | FieldKind::Code(_)
            | FieldKind::Codes(_)
            | FieldKind::Operator => text.to_owned(),
        }
    }

    /// Takes back what was changed in the field that was changed last; `false` when nothing is left.
    pub fn undo(&mut self) -> bool {
        while let Some((values, focus)) = self.earlier.pop() {
            if values != self.values {
                self.values = values;
                self.complaint = None;
                self.version += 1;
                self.enter_without_mark(focus);
                return true;
            }
        }
        false
    }

    /// Remembers the form as it is before a field may be changed.
    fn mark(&mut self, index: usize) {
        if self.earlier.last().is_some_and(|(values, _)| *values == self.values) {
            self.earlier.pop();
        }
        if self.earlier.len() == EARLIER {
            self.earlier.remove(0);
        }
        self.earlier.push((self.values.clone(), index));
    }

    fn enter(&mut self, index: usize) {
        self.mark(index);
        self.enter_without_mark(index);
    }

    fn enter_without_mark(&mut self, index: usize) {
        self.focus = index;
        let Some(field) = self.fields.get(index) else { return };
        self.stood = self.values.is_filled(field);
        self.editor = match field.kind {
            FieldKind::Code(_) | FieldKind::Codes(_) | FieldKind::Operator => Editor::Code,
            FieldKind::Line
            | FieldKind::Phone
            | FieldKind::Date
            | FieldKind::Birth
            | FieldKind::Due
            | FieldKind::Area => {
                let mut line = TextField::new(LINE_MAX);
                line.set_text(&self.shown(field));
                Editor::Line(line)
            }
            FieldKind::Memo => {
                let mut area = TextArea::new(MEMO_MAX);
                area.set_text(&self.shown(field));
                Editor::Area(area)
            }
        };
    }

    /// Reads dates and numbers when their field is left; what is not understood stays as typed and is said.
    fn leave(&mut self, around: &Around<'_>) {
        let Some(field) = self.field() else { return };
        match field.kind {
            FieldKind::Date | FieldKind::Birth | FieldKind::Due => self.read_date(field, around.today),
            FieldKind::Phone => {
                let typed = self.values.text(field.target, field.member);
                let neat = phone::format(typed);
                if neat != typed {
                    self.values.set_text(field.target, field.member, &neat);
                    self.version += 1;
                }
            }
            FieldKind::Line
            | FieldKind::Area
            | FieldKind::Memo
            | FieldKind::Code(_)
            | FieldKind::Codes(_)
            | FieldKind::Operator => {}
        }
    }

    fn read_date(&mut self, field: &'static Field, today: NaiveDate) {
        let Some(typed) = self.values.raw(field).map(str::to_owned) else { return };
        let read = match field.kind {
            FieldKind::Due => date::parse_due(&typed, today),
            FieldKind::Birth => date::parse_birth(&typed, today),
            _ => date::parse(&typed, today),
        };
        self.version += 1;
        match read {
            Ok(parsed) => {
                self.values.set_raw(field, None);
                self.values.set_text(field.target, field.member, &parsed.date.format("%Y-%m-%d").to_string());
                self.complaint = parsed.note.map(|note| (self.focus, note.say(parsed.date)));
            }
            Err(error) => self.complaint = Some((self.focus, error.say())),
        }
    }
}

/// `2` typed into an area field is the desk's second area.
fn area_by_number<'a>(text: &str, areas: &'a [String]) -> Option<&'a str> {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    let number = fold::command_key(c)?.to_digit(10)?;
    areas.get(usize::try_from(number).ok()?.checked_sub(1)?).map(String::as_str)
}
