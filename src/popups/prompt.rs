//! One line to type: a due date, a reason.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::Hands;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::screens::form::{Around, Focus};
use crate::screens::look::Look;
use crate::widgets::edit::Edit;
use crate::widgets::paint::put;
use crate::widgets::text_field::TextField;
use crate::widgets::width::truncate;

/// What is done with the line; an error keeps the prompt open and is said in it.
type Then = Box<dyn FnMut(&mut Hands<'_>, &str) -> Result<(), Say>>;

/// A line to type under a title, with a sentence about what is expected.
pub struct Prompt {
    title: Say,
    about: Say,
    field: TextField,
    error: Option<Say>,
    then: Then,
}

impl Prompt {
    /// Asks for a line that starts as `text`.
    pub fn new(
        title: Say,
        about: Say,
        text: &str,
        then: impl FnMut(&mut Hands<'_>, &str) -> Result<(), Say> + 'static,
    ) -> Self {
        let mut field = TextField::new(200);
        field.set_text(text);
        Self { title, about, field, error: None, then: Box::new(then) }
    }
}

impl Popup for Prompt {
    fn takes(&self) -> Focus {
        Focus::Line
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Accept | Action::NextField => match (self.then)(hands, self.field.text()) {
                Ok(()) => Flow::Close,
                Err(say) => {
                    self.error = Some(say);
                    Flow::Stay
                }
            },
            Action::Cancel | Action::Back => Flow::Close,
            _ => Flow::Stay,
        }
    }

    fn text(&mut self, text: &str, _hands: &mut Hands<'_>) -> Flow {
        self.error = None;
        self.field.edit(Edit::Insert(text));
        Flow::Stay
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) -> Flow {
        self.error = None;
        self.field.edit(edit);
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = framed(&look.locale.say(&self.title), 64, 5, look, area, buf);
        let room = inner.width.saturating_sub(2);
        let line = |n: u16| ratatui::layout::Rect {
            x: inner.x + 1,
            y: inner.y + n,
            width: room,
            height: inner.height.saturating_sub(n).min(1),
        };
        let (about, style) = match &self.error {
            Some(error) => (look.locale.say(error), look.theme.error),
            None => (look.locale.say(&self.about), look.theme.muted),
        };
        put(buf, line(2).x, line(2).y, if line(2).height == 0 { 0 } else { room }, &truncate(&about, room), style);
        self.field.draw(buf, line(0), look.theme.field_focused)
    }
}
