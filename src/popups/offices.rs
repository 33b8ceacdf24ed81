//! An office of the directory, chosen by typing: those that are near at hand first, then what the search finds.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::Hands;
use crate::desk::id::Id;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::screens::form::{Around, Focus};
use crate::screens::lists;
use crate::screens::look::Look;
use crate::search::Query;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::put;
use crate::widgets::text_field::TextField;
use crate::widgets::width::truncate;

/// How many are listed.
const LISTED: usize = 30;

/// Rows of the list.
const ROWS: u16 = 10;

/// What is done with the office that was chosen.
type Then = Box<dyn FnOnce(&mut Hands<'_>, Id)>;

/// One row.
struct Row {
    id: Id,
    name: String,
    number: String,
}

/// The list.
pub struct Offices {
    title: Say,
    field: TextField,
    near: Vec<Id>,
    rows: Vec<Row>,
    list: ListState,
    then: Option<Then>,
}

impl Offices {
    /// A list that begins with `near`; `then` gets the chosen office.
    pub fn new(title: Say, near: Vec<Id>, hands: &Hands<'_>, then: impl FnOnce(&mut Hands<'_>, Id) + 'static) -> Self {
        let mut offices = Self {
            title,
            field: TextField::new(60),
            near,
            rows: Vec::new(),
            list: ListState::default(),
            then: Some(Box::new(then)),
        };
        offices.find(hands);
        offices
    }

    fn find(&mut self, hands: &Hands<'_>) {
        let typed = self.field.text().trim();
        let found: Vec<Id> = if typed.is_empty() {
            self.near.clone()
        } else {
            hands.model.index.search(&Query::new(typed), LISTED).into_iter().map(|hit| hit.id).collect()
        };
        let row = |id: Id| {
            let office = hands.model.offices.get(&id).filter(|office| !office.removed)?;
            Some(Row { id, name: office.name.clone(), number: office.fax.clone() })
        };
        self.rows = found.into_iter().filter_map(row).collect();
        self.list.select(0);
    }
}

impl Popup for Offices {
    fn takes(&self) -> Focus {
        Focus::Line
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        let len = self.rows.len();
        match action {
            Action::Accept | Action::Open => {
                let chosen = self.list.selected(len).and_then(|at| self.rows.get(at)).map(|row| row.id);
                let Some((id, then)) = chosen.and_then(|id| Some((id, self.then.take()?))) else { return Flow::Stay };
                then(hands, id);
                return Flow::Close;
            }
            Action::Cancel | Action::Back => return Flow::Close,
            // In a form the arrows go from field to field; this one has a list under it.
            Action::NextField => _ = lists::go(&mut self.list, Action::Down, len),
            Action::PreviousField => _ = lists::go(&mut self.list, Action::Up, len),
            _ => _ = lists::go(&mut self.list, action, len),
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) -> Flow {
        self.edit(Edit::Insert(text), hands)
    }

    fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>) -> Flow {
        self.field.edit(edit);
        self.find(hands);
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept, Action::NextField, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = framed(&look.locale.say(&self.title), 70, ROWS + 4, look, area, buf);
        let room = inner.width.saturating_sub(2);
        let field = Rect { x: inner.x + 1, y: inner.y, width: room, height: inner.height.min(1) };
        let about =
            if self.rows.is_empty() && !self.field.is_empty() { "print-offices-none" } else { "print-offices-about" };
        if inner.height > 1 {
            put(buf, inner.x + 1, inner.y + 1, room, &truncate(&look.t(about), room), look.theme.muted);
        }
        let rows = Rect { y: inner.y + inner.height.min(2), height: inner.height.saturating_sub(2), ..inner };
        self.list.draw(buf, rows, look.theme, self.rows.len(), true, |buf, slot| {
            let Some(row) = self.rows.get(slot.index) else { return };
            let number = 16_u16.min(slot.area.width);
            let name = slot.area.width.saturating_sub(number + 1);
            put(buf, slot.area.x, slot.area.y, name, &truncate(&row.name, name), look.theme.text);
            put(buf, slot.area.x + name + 1, slot.area.y, number, &truncate(&row.number, number), look.theme.muted);
        });
        self.field.draw(buf, field, look.theme.field_focused)
    }
}
