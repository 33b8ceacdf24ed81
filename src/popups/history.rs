//! What became of a record: when, who, which field, from what to what.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::told::told;
use super::{Flow, Popup};
use crate::app::hands::{Hands, Request};
use crate::app::msg::{Answer, Query};
use crate::desk::access::Entry;
use crate::desk::history::{Step, steps};
use crate::desk::record::RecordKey;
use crate::keys::Action;
use crate::screens::form::field::label_key;
use crate::screens::form::{Around, Focus};
use crate::screens::keeping::access::told as access;
use crate::screens::lists;
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::put;
use crate::widgets::width::truncate;

/// The history of one record; asks for nothing itself: whoever opens it loads [`crate::app::msg::Query::History`].
pub struct History {
    record: RecordKey,
    steps: Option<Vec<Step>>,
    /// The looks at it, once they were asked for; shown in place of the changes.
    looks: Option<Vec<Entry>>,
    looking: bool,
    names: Vec<(crate::desk::id::Id, String)>,
    list: ListState,
    rows: std::cell::Cell<usize>,
}

impl History {
    /// The history of `record`, which arrives later; `names` are those of the operators.
    pub fn new(record: RecordKey, hands: &Hands<'_>) -> Self {
        let names = hands.model.operators.iter().map(|(id, o)| (*id, o.name.clone())).collect();
        Self {
            record,
            steps: None,
            looks: None,
            looking: false,
            names,
            list: ListState::default(),
            rows: std::cell::Cell::new(0),
        }
    }

    fn name(&self, id: crate::desk::id::Id) -> &str {
        self.names.iter().find(|(other, _)| *other == id).map_or("", |(_, name)| name.as_str())
    }

    /// Who looked, newest first: a head a look, a line for what more is known.
    fn look_lines(&self, look: &Look<'_>) -> Vec<(bool, String)> {
        let mut lines = Vec::new();
        for entry in self.looks.iter().flatten() {
            let (when, what) = (access::when(entry), access::what(entry, look.locale));
            lines.push((true, format!("{when}  {}  {what}", self.name(entry.operator))));
            let details = access::details(entry, look.locale);
            lines.extend((!details.is_empty()).then_some((false, details)));
        }
        lines
    }

    /// Newest first: a head a change, a line a field.
    fn lines(&self, look: &Look<'_>) -> Vec<(bool, String)> {
        let mut lines = Vec::new();
        for step in self.steps.iter().flatten().rev() {
            let name = self.name(step.change.operator);
            let mut head =
                format!("{}  {name}  {}", step.change.at.format("%Y-%m-%d %H:%M"), look.locale.t(&step.change.what));
            if step.change.undoes.is_some() {
                let _ = write!(head, "  {}", look.t("history-undo"));
            }
            lines.push((true, head));
            for (member, from, to) in &step.fields {
                let value = |value| told(self.record.kind, member, value, &self.names, look);
                let label = label_key(self.record.kind.name(), member);
                let label = if look.locale.has(&label) { look.locale.t(&label).into_owned() } else { member.clone() };
                lines.push((false, format!("{label}: {} -> {}", value(from), value(to))));
            }
        }
        lines
    }
}

impl Popup for History {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        let len = self.rows.get();
        match action {
            Action::NextPane => {
                self.looking = !self.looking;
                self.list.select(0);
                if self.looks.is_none() {
                    hands.ask(Request::Load(Query::Looks(self.record, hands.model.me)));
                }
            }
            Action::Cancel | Action::Back | Action::Accept | Action::History => return Flow::Close,
            _ => _ = lists::go(&mut self.list, action, len),
        }
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Down, Action::PageDown, Action::NextPane, Action::Cancel]
    }

    fn answered(&mut self, answer: &Answer) {
        if let Answer::History(record, changes) = answer
            && *record == self.record
        {
            self.steps = Some(steps(changes.clone()));
        }
        if let Answer::Looks(record, looks) = answer
            && *record == self.record
        {
            self.looks = Some(looks.clone());
        }
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let title = if self.looking { "history-looks" } else { "history-title" };
        let inner = framed(&look.t(title), 96, area.height, look, area, buf);
        let waits = if self.looking { self.looks.is_none() } else { self.steps.is_none() };
        if waits {
            put(buf, inner.x + 1, inner.y, inner.width.saturating_sub(1), &look.t("history-loading"), look.theme.muted);
            return None;
        }
        let lines = if self.looking { self.look_lines(look) } else { self.lines(look) };
        self.rows.set(lines.len());
        self.list.draw(buf, inner, look.theme, lines.len(), true, |buf, slot| {
            let Some((head, text)) = lines.get(slot.index) else { return };
            let (indent, style) = if *head { (0, look.theme.title) } else { (2, look.theme.text) };
            let room = slot.area.width.saturating_sub(indent);
            put(buf, slot.area.x + indent, slot.area.y, room, &truncate(text, room), style);
        });
        None
    }
}
