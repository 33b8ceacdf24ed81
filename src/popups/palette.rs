//! Every command of the screen by its name: type a part of it, Enter does it. Made from the keymap in force.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::{Hands, Request};
use crate::keys::{Action, Context};
use crate::locale::Locale;
use crate::screens::form::{Around, Focus};
use crate::screens::lists;
use crate::screens::look::Look;
use crate::search::{Entry, Filter, Keys};
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::put;
use crate::widgets::text_field::TextField;
use crate::widgets::width::truncate;

/// The palette over the screen whose commands it lists.
pub struct Palette {
    contexts: &'static [Context],
    actions: Vec<Action>,
    field: TextField,
    list: ListState,
    found: Vec<Action>,
}

impl Palette {
    /// The commands that can be called in these contexts.
    pub fn new(contexts: &'static [Context], actions: Vec<Action>) -> Self {
        Self { contexts, found: actions.clone(), actions, field: TextField::new(40), list: ListState::default() }
    }

    fn narrow(&mut self, locale: &Locale) {
        let filter = Filter::new(self.field.text());
        let named = |action: &Action| {
            let name = format!("{} {}", locale.t(action.title()), action.name());
            filter.matches(&Keys::of(&Entry { name: &name, ..Entry::default() }))
        };
        self.found = self.actions.iter().copied().filter(named).collect();
        self.list.select(0);
    }
}

impl Popup for Palette {
    fn takes(&self) -> Focus {
        Focus::Line
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::List, Context::Form, Context::Global]
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        let len = self.found.len();
        match action {
            Action::Accept | Action::Open => {
                if let Some(chosen) = self.list.selected(len).and_then(|at| self.found.get(at)) {
                    hands.ask(Request::Act(*chosen));
                    return Flow::Close;
                }
            }
            Action::Cancel | Action::Back | Action::Palette => return Flow::Close,
            _ => _ = lists::go(&mut self.list, action, len),
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) -> Flow {
        self.field.edit(Edit::Insert(text));
        self.narrow(hands.locale);
        Flow::Stay
    }

    fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>) -> Flow {
        self.field.edit(edit);
        self.narrow(hands.locale);
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept, Action::Down, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = framed(&look.t("popup-palette-title"), 76, area.height.min(20), look, area, buf);
        let label = look.t("popup-narrow");
        let x = put(buf, inner.x + 1, inner.y, inner.width, &label, look.theme.label) + 1;
        let caret = self.field.draw(
            buf,
            Rect { x, height: 1, width: inner.right().saturating_sub(x + 1), ..inner },
            look.theme.field_focused,
        );
        let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        if self.found.is_empty() {
            put(buf, list.x + 1, list.y, list.width, &look.t("popup-nothing-found"), look.theme.muted);
        }
        self.list.draw(buf, list, look.theme, self.found.len(), true, |buf, slot| {
            let Some(action) = self.found.get(slot.index) else { return };
            let keys = look.keymap.keys_for(*action, self.contexts).unwrap_or_default();
            put(buf, slot.area.x, slot.area.y, 11, &truncate(&keys, 11), look.theme.key);
            let text = format!("{}  {}", look.locale.t(action.title()), look.locale.t(action.help()));
            let room = slot.area.width.saturating_sub(12);
            put(buf, slot.area.x + 12, slot.area.y, room, &truncate(&text, room), look.theme.text);
        });
        caret
    }
}
