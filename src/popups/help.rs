//! All that the keys do here, made from the keymap in force; narrowed by typing.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::Hands;
use crate::keys::{Action, Context};
use crate::screens::form::{Around, Focus};
use crate::screens::lists;
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::put;
use crate::widgets::text_field::TextField;
use crate::widgets::width::{truncate, width, wrap};

/// The widest that the keys become.
const KEYS: u16 = 19;

/// A row as it is drawn.
struct Row {
    head: bool,
    keys: String,
    text: String,
}

/// The help over the screen whose keys it tells.
pub struct Help {
    contexts: &'static [Context],
    field: TextField,
    list: ListState,
    /// How many rows there were when it was drawn last.
    rows: std::cell::Cell<usize>,
}

impl Help {
    /// Help for keys looked up in these contexts.
    pub fn new(contexts: &'static [Context]) -> Self {
        Self { contexts, field: TextField::new(40), list: ListState::default(), rows: std::cell::Cell::new(0) }
    }

    /// Heads and rows: what stands on the left (keys) and on the right.
    fn found(&self, look: &Look<'_>) -> Vec<(String, String)> {
        let wanted = fold::text(self.field.text());
        let mut lines = Vec::new();
        for (context, hints) in look.keymap.help(self.contexts) {
            let found: Vec<_> = hints
                .into_iter()
                .filter(|hint| hint.action.available())
                .map(|hint| {
                    (hint.keys, format!("{}  {}", look.locale.t(hint.title), look.locale.t(hint.action.help())))
                })
                .filter(|(keys, text)| fold::text(text).contains(&wanted) || fold::text(keys).contains(&wanted))
                .collect();
            if !found.is_empty() {
                lines.push((String::new(), look.locale.t(context.title()).into_owned()));
                lines.extend(found);
            }
        }
        lines
    }

    /// The rows for a list of this width, and how wide their keys are: what has no room goes on in the next row.
    fn lines(&self, look: &Look<'_>, cells: u16) -> (Vec<Row>, u16) {
        let found = self.found(look);
        let keys = found.iter().map(|(keys, _)| width(keys)).max().unwrap_or_default().min(KEYS) + 1;
        let mut rows = Vec::new();
        for (left, text) in found {
            if left.is_empty() {
                rows.push(Row { head: true, keys: left, text });
                continue;
            }
            let mut left = Some(left);
            for part in wrap(&text, cells.saturating_sub(keys)) {
                let text = text.get(part).unwrap_or_default().trim_end().to_owned();
                rows.push(Row { head: false, keys: left.take().unwrap_or_default(), text });
            }
        }
        (rows, keys)
    }
}

impl Popup for Help {
    fn takes(&self) -> Focus {
        Focus::Line
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::List, Context::Form, Context::Global]
    }

    fn act(&mut self, action: Action, _hands: &mut Hands<'_>) -> Flow {
        let len = self.rows.get();
        match action {
            Action::Cancel | Action::Back | Action::Accept | Action::Help => return Flow::Close,
            _ => _ = lists::go(&mut self.list, action, len),
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _hands: &mut Hands<'_>) -> Flow {
        self.field.edit(Edit::Insert(text));
        self.list.select(0);
        Flow::Stay
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) -> Flow {
        self.field.edit(edit);
        self.list.select(0);
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Down, Action::PageDown, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = framed(&look.t("popup-help-title"), 96, area.height, look, area, buf);
        let label = look.t("popup-narrow");
        let x = put(buf, inner.x + 1, inner.y, inner.width, &label, look.theme.label) + 1;
        let caret = self.field.draw(
            buf,
            Rect { x, height: 1, width: inner.right().saturating_sub(x + 1), ..inner },
            look.theme.field_focused,
        );
        let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let (rows, wide) = self.lines(look, ListState::row_area(list).width);
        self.rows.set(rows.len());
        if rows.is_empty() {
            put(buf, list.x + 1, list.y, list.width, &look.t("popup-nothing-found"), look.theme.muted);
        }
        self.list.draw(buf, list, look.theme, rows.len(), true, |buf, slot| {
            let Some(row) = rows.get(slot.index) else { return };
            let (style, indent) = if row.head { (look.theme.title, 0) } else { (look.theme.text, wide) };
            put(buf, slot.area.x, slot.area.y, indent, &truncate(&row.keys, wide - 1), look.theme.key);
            let room = slot.area.width.saturating_sub(indent);
            put(buf, slot.area.x + indent, slot.area.y, room, &truncate(&row.text, room), style);
        });
        caret
    }
}
