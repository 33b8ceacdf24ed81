//! What a screen may do with a text and the values of a form beside typing: put a choice in the place of what was typed,
//! take a sign out, fill other fields, all without the caret's moving from where the person writes.

use std::ops::Range;

use super::field::Target;
use super::values::Values;
use super::{Around, Editor, Form};

impl Form {
    /// Whether this field is in focus.
    pub fn is_on(&self, target: Target, member: &str) -> bool {
        self.field().is_some_and(|field| field.target == target && field.member == member)
    }

    /// Whether something stands in this field; in the one in focus, whether it did when the focus came.
    pub fn stood(&self, target: Target, member: &str) -> bool {
        if self.is_on(target, member) {
            return self.stood;
        }
        self.values.get(target, member).is_some() || self.values.raw_of(target, member).is_some()
    }

    /// Where the caret stands in a text of several lines, as a byte of it; `None` in any other field.
    pub const fn caret(&self) -> Option<usize> {
        match &self.editor {
            Editor::Area(area) => Some(area.cursor()),
            Editor::Code | Editor::Line(_) => None,
        }
    }

    /// Puts the caret of a text of several lines at this byte.
    pub fn set_caret(&mut self, byte: usize) {
        if let Editor::Area(area) = &mut self.editor {
            area.set_cursor(byte);
        }
    }

    /// Puts `new` in the place of these bytes of the text in focus, and the caret behind it.
    pub fn replace(&mut self, range: Range<usize>, new: &str, around: &Around<'_>) {
        if let Editor::Area(area) = &mut self.editor {
            area.replace(range, new);
            self.typed(around);
        }
    }

    /// Takes these bytes out of a text, in focus or not; the caret stays where it is in the rest.
    pub fn take_out(&mut self, target: Target, member: &str, range: Range<usize>) {
        let focused = self.is_on(target, member);
        let text = match &mut self.editor {
            Editor::Area(area) if focused => {
                let caret = area.cursor();
                let gone = range.end.min(caret).saturating_sub(range.start);
                area.replace(range, "");
                area.set_cursor(caret - gone.min(caret));
                area.text().to_owned()
            }
            Editor::Area(_) | Editor::Line(_) | Editor::Code => {
                let mut text = self.values.text(target, member).to_owned();
                if text.get(range.clone()).is_none() {
                    return;
                }
                text.replace_range(range, "");
                text
            }
        };
        self.values.set_text(target, member, &text);
        self.version += 1;
    }

    /// Changes values beside what is being typed: as [`Form::change`], but the caret stays, and what was typed before and
    /// what is set now are taken back together.
    pub fn put(&mut self, change: impl FnOnce(&mut Values)) {
        change(&mut self.values);
        self.version += 1;
        self.refresh();
    }

    /// Shows the field in focus anew where something else stands in it by now; else the caret stays.
    pub(super) fn refresh(&mut self) {
        let Some(field) = self.field() else { return };
        let stale = match &self.editor {
            Editor::Code => false,
            Editor::Line(line) => line.text() != self.shown(field),
            Editor::Area(area) => area.text() != self.shown(field),
        };
        if stale {
            self.enter_without_mark(self.focus);
        }
    }

    /// What is changed from here on is taken back by itself.
    pub fn checkpoint(&mut self) {
        self.mark(self.focus);
    }
}
