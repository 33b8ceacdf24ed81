//! A form in a popup: an office, a person at it, the end of a case.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::Hands;
use crate::desk::say::Say;
use crate::keys::{Action, Context};
use crate::screens::form::values::Values;
use crate::screens::form::{Around, Focus, Form};
use crate::screens::look::Look;
use crate::widgets::edit::Edit;
use crate::widgets::paint::put_wrapped;
use crate::widgets::width::wrap;

/// The rows for the choices of the field in focus.
const CHOICES: u16 = 5;

/// The cells of a sheet, at most.
const WIDTH: u16 = 90;

/// What is done with the values; an error keeps the sheet open and is said in it.
type Then = Box<dyn FnMut(&mut Hands<'_>, &Values) -> Result<(), Say>>;

/// A form that is kept by the key that saves a call, and left by Esc with a question if something was typed.
pub struct Sheet {
    title: Say,
    form: Form,
    fresh: u64,
    error: Option<Say>,
    notes: Vec<Say>,
    leaving: bool,
    then: Then,
}

impl Sheet {
    /// A form under a title; `then` keeps its values.
    pub fn new(title: Say, form: Form, then: impl FnMut(&mut Hands<'_>, &Values) -> Result<(), Say> + 'static) -> Self {
        let fresh = form.version();
        Self { title, form, fresh, error: None, notes: Vec::new(), leaving: false, then: Box::new(then) }
    }

    /// The same sheet with sentences to look at before it is kept; they stop nothing.
    #[must_use]
    pub fn notes(mut self, notes: Vec<Say>) -> Self {
        self.notes = notes;
        self
    }

    fn keep(&mut self, hands: &mut Hands<'_>) -> Flow {
        self.form.settle(&hands.model.around());
        if self.form.values().has_raw() {
            self.error = self.form.complaint().cloned().or_else(|| Some(Say::new("form-not-understood")));
            return Flow::Stay;
        }
        match (self.then)(hands, self.form.values()) {
            Ok(()) => Flow::Close,
            Err(say) => {
                self.error = Some(say);
                Flow::Stay
            }
        }
    }
}

impl Popup for Sheet {
    fn takes(&self) -> Focus {
        self.form.takes()
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::Form, Context::Global]
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        let around = hands.model.around();
        let leaving = std::mem::take(&mut self.leaving);
        match action {
            Action::SaveCall => return self.keep(hands),
            Action::NextField | Action::Accept => {
                self.form.next(&around);
            }
            Action::PreviousField => {
                self.form.previous(&around);
            }
            Action::NextPage => self.form.turn_page(true, &around),
            Action::PreviousPage => self.form.turn_page(false, &around),
            Action::ClearField => self.form.clear(),
            Action::Undo => {
                self.form.undo();
            }
            Action::Cancel | Action::Back => {
                if self.form.version() == self.fresh || leaving {
                    return Flow::Close;
                }
                // Esc never throws away by itself: the second one in a row does.
                self.leaving = true;
                self.error = Some(Say::new("sheet-leave"));
                return Flow::Stay;
            }
            _ => {}
        }
        self.error = None;
        Flow::Stay
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) -> Flow {
        (self.error, self.leaving) = (None, false);
        self.form.insert(text, &hands.model.around());
        Flow::Stay
    }

    fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>) -> Flow {
        (self.error, self.leaving) = (None, false);
        self.form.edit(edit, &hands.model.around());
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::SaveCall, Action::NextField, Action::PreviousField, Action::ClearField, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let choices = self.form.choices(look, around);
        let notes: Vec<_> = self.notes.iter().map(|say| look.locale.say(say)).collect();
        let room = WIDTH.min(area.width).saturating_sub(2);
        let rows = notes.iter().map(|text| wrap(text, room).len()).sum::<usize>();
        let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height / 4);
        let wanted = self.form.height().saturating_add(rows).saturating_add(CHOICES + 3);
        let inner = framed(&look.locale.say(&self.title), WIDTH, wanted, look, area, buf);
        // The room for choices stays the same from field to field, so that nothing jumps.
        let foot = (inner.height / 3).min(CHOICES) + 1;
        let form = Rect { height: inner.height.saturating_sub(foot + rows), ..inner };
        let mut told =
            Rect { y: form.bottom(), height: rows.min(inner.bottom().saturating_sub(form.bottom())), ..inner };
        for text in &notes {
            let used = put_wrapped(buf, told, text, look.theme.warning).min(told.height);
            told = Rect { y: told.y + used, height: told.height - used, ..told };
        }
        let caret = self.form.view(look, around, form, buf);
        let line = form.bottom() + rows;
        let below = Rect { y: line, height: inner.bottom().saturating_sub(line), ..inner };
        let complaint = self.error.as_ref().or_else(|| self.form.complaint());
        let used = complaint.map_or(0, |say| put_wrapped(buf, below, &look.locale.say(say), look.theme.error)).max(1);
        let choices_at = Rect { y: line + used, height: below.height.saturating_sub(used), ..inner };
        choices.draw(look, choices_at, buf);
        caret
    }
}
