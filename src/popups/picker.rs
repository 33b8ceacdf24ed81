//! A list to choose from: by its one-key code, by typing, by arrows.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::Hands;
use crate::desk::codebook::{Entry, label_key};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::screens::form::{Around, Focus};
use crate::screens::lists;
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::list::ListState;
use crate::widgets::paint::put;
use crate::widgets::width::truncate;

/// One thing to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is handed on when it is chosen.
    pub code: String,
    /// The key that chooses it at once.
    pub key: Option<char>,
    /// What stands in the list.
    pub label: String,
}

/// The codes of a list that may be chosen today, as this desk calls them.
pub fn codes(list: &str, hands: &Hands<'_>) -> Vec<Choice> {
    let offered = hands.model.codebook.offered(list, hands.today());
    let choice = |entry: &Entry| {
        let own = entry.label.clone();
        let label = own.unwrap_or_else(|| hands.locale.t(&label_key(list, &entry.code)).into_owned());
        Choice { code: entry.code.clone(), key: entry.key, label }
    };
    offered.map(choice).collect()
}

/// What is done with the code that was chosen.
type Then = Box<dyn FnOnce(&mut Hands<'_>, &str)>;

/// A list of choices.
pub struct Picker {
    title: Say,
    choices: Vec<Choice>,
    list: ListState,
    then: Option<Then>,
}

impl Picker {
    /// A list under a title, `at` chosen first; `then` gets the chosen code.
    pub fn new(
        title: Say,
        choices: Vec<Choice>,
        at: Option<&str>,
        then: impl FnOnce(&mut Hands<'_>, &str) + 'static,
    ) -> Self {
        let mut list = ListState::default();
        if let Some(index) = at.and_then(|code| choices.iter().position(|c| c.code == code)) {
            list.select(index);
        }
        Self { title, choices, list, then: Some(Box::new(then)) }
    }

    fn choose(&mut self, index: usize, hands: &mut Hands<'_>) -> Flow {
        let (Some(choice), Some(then)) = (self.choices.get(index), self.then.take()) else { return Flow::Stay };
        then(hands, &choice.code);
        Flow::Close
    }
}

impl Popup for Picker {
    fn takes(&self) -> Focus {
        Focus::Code
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        let len = self.choices.len();
        match action {
            Action::Accept | Action::Open => {
                return self.list.selected(len).map_or(Flow::Stay, |index| self.choose(index, hands));
            }
            Action::Cancel | Action::Back => return Flow::Close,
            _ => _ = lists::go(&mut self.list, action, len),
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) -> Flow {
        let Some(typed) = text.chars().next() else { return Flow::Stay };
        let key = fold::command_key(typed).unwrap_or(typed).to_ascii_lowercase();
        match self.choices.iter().position(|c| c.key == Some(key)) {
            Some(index) => self.choose(index, hands),
            None => Flow::Stay,
        }
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let rows = u16::try_from(self.choices.len()).unwrap_or(u16::MAX);
        let inner = framed(&look.locale.say(&self.title), 56, rows.saturating_add(2), look, area, buf);
        self.list.draw(buf, inner, look.theme, self.choices.len(), true, |buf, slot| {
            let Some(choice) = self.choices.get(slot.index) else { return };
            let key = choice.key.map(String::from).unwrap_or_default();
            put(buf, slot.area.x, slot.area.y, 2, &key, look.theme.key);
            let room = slot.area.width.saturating_sub(3);
            put(buf, slot.area.x + 3, slot.area.y, room, &truncate(&choice.label, room), look.theme.text);
        });
        None
    }
}
