//! The calls in progress, each with its clocks, how often it was left, and what its slip still lacks. Enter goes to one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::{Hands, Request};
use crate::desk::id::Id;
use crate::keys::Action;
use crate::screens::form::{Around, Focus};
use crate::screens::lists;
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::put;
use crate::widgets::width::truncate;

/// The widest that the list becomes, in cells.
const WIDTH: u16 = 100;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether it is the head of a call.
    pub head: bool,
    /// What it says.
    pub text: String,
    /// The call: others may end while the list is open.
    pub call: Id,
}

/// The list on the screen.
pub struct Calls {
    lines: Vec<Line>,
    list: ListState,
}

impl Calls {
    /// These lines, the call at `front` chosen first.
    pub fn new(lines: Vec<Line>, front: Option<Id>) -> Self {
        let mut list = ListState::default();
        list.select(lines.iter().position(|line| Some(line.call) == front).unwrap_or(0));
        Self { lines, list }
    }
}

impl Popup for Calls {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Cancel | Action::Back | Action::ShowCalls => Flow::Close,
            Action::Accept | Action::Open => {
                if let Some(line) = self.list.selected(self.lines.len()).and_then(|at| self.lines.get(at)) {
                    hands.ask(Request::GoToCall(line.call));
                }
                Flow::Close
            }
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last => {
                lists::go(&mut self.list, action, self.lines.len());
                Flow::Stay
            }
            // The phone may ring while this stands here: any command puts it away and is done.
            _ => {
                hands.ask(Request::Act(action));
                Flow::Close
            }
        }
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Cancel, Action::Accept, Action::NewCall, Action::PageDown]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let height = u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = framed(&look.t("calls-title"), WIDTH, height, look, area, buf);
        self.list.draw(buf, inner, look.theme, self.lines.len(), true, |buf, slot| {
            let Some(line) = self.lines.get(slot.index) else { return };
            let (indent, style) = if line.head { (0, look.theme.title) } else { (3, look.theme.text) };
            let room = slot.area.width.saturating_sub(indent);
            put(buf, slot.area.x + indent, slot.area.y, room, &truncate(&line.text, room), style);
        });
        None
    }
}
