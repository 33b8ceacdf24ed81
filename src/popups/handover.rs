//! 引継ぎ: one page of what who comes to the desk must know, to be read at the first login of the day and to be handed
//! on as plain text. The command line prints the same lines.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::{Hands, Request};
use crate::desk::access::{Access, Details};
use crate::desk::brief::Brief;
use crate::desk::handover::{OpenDraft, Page, Touched};
use crate::desk::id::Id;
use crate::desk::queue::due_in;
use crate::desk::record::{Kind, RecordKey};
use crate::keys::{Action, Context};
use crate::screens::form::{Around, Focus};
use crate::screens::intake::clocks;
use crate::screens::lists;
use crate::screens::look::Look;
use crate::screens::queue::preview::caller;
use crate::widgets::list::ListState;
use crate::widgets::paint::put;
use crate::widgets::width::{pad, truncate};

/// The widest that the page becomes, in cells.
const WIDTH: u16 = 100;

/// One line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether it is the head of a part.
    pub head: bool,
    /// What it says.
    pub text: String,
    /// The case that it is about.
    pub case: Option<Id>,
}

/// The page as lines; `name` tells an operator's name.
pub fn lines(page: &Page<'_>, look: &Look<'_>, name: &dyn Fn(Id) -> String) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut part = |head: Cow<'_, str>, rows: Vec<(String, Option<Id>)>| {
        if !rows.is_empty() {
            lines.push(Line { head: true, text: head.into_owned(), case: None });
            lines.extend(rows.into_iter().map(|(text, case)| Line { head: false, text, case }));
        }
    };
    let head = |key: &'static str, count: usize| look.locale.f(key, &[("count", &count.to_string())]);
    let cases = |briefs: &[&Brief]| {
        briefs.iter().map(|brief| (promised(brief, look, name), Some(brief.id))).collect::<Vec<_>>()
    };
    let drafts = page.drafts.iter().flat_map(|draft| {
        let lacks = format!("    {}", clocks::lacks(&draft.wanted, look));
        [(of_draft(draft, look, name), None), (lacks, None)]
    });
    part(head("handover-drafts", page.drafts.len()), drafts.collect());
    part(head("handover-overdue", page.overdue.len()), cases(&page.overdue));
    part(head("handover-today", page.today.len()), cases(&page.today));
    part(head("handover-ask", page.ask.len()), cases(&page.ask));
    for (on, touched) in &page.days {
        let key = if *on == look.today { "handover-done-today" } else { "handover-done-before" };
        let (day, count) = (look.day(*on), touched.len().to_string());
        let rows = touched.iter().map(|(touched, brief)| (done(touched, brief, look, name), Some(brief.id)));
        part(look.locale.f(key, &[("day", &day), ("count", &count)]), rows.collect());
    }
    if lines.is_empty() {
        lines.push(Line { head: false, text: look.t("handover-nothing").into_owned(), case: None });
    }
    lines
}

/// The texts that are there, with room between them.
fn row(cells: [&str; 4], rest: &[&str]) -> String {
    let [number, due, who, operator] = cells;
    let rest: Vec<&str> = rest.iter().copied().filter(|text| !text.is_empty()).collect();
    let (who, operator) = (truncate(who, 18), truncate(operator, 10));
    let cells = [pad(number, 8), pad(due, 15), pad(&who, 18), pad(&operator, 10)];
    format!("{} {}", cells.join(" "), rest.join(" ")).trim_end().to_owned()
}

fn promised(brief: &Brief, look: &Look<'_>, name: &dyn Fn(Id) -> String) -> String {
    let due = look.locale.say(&due_in(brief, look.today));
    let who = caller(brief.caller_kind(), brief.caller(), look);
    let next = if brief.next_action().is_empty() { String::new() } else { format!("[{}]", brief.next_action()) };
    row([brief.number(), &due, &who, &name(brief.operator)], &[&next, brief.summary()])
}

fn done(touched: &Touched, brief: &Brief, look: &Look<'_>, name: &dyn Fn(Id) -> String) -> String {
    let names: Vec<String> = touched.operators.iter().map(|id| name(*id)).filter(|name| !name.is_empty()).collect();
    let who = caller(brief.caller_kind(), brief.caller(), look);
    let what = match (touched.closed, touched.taken, touched.contacts) {
        (true, ..) => look.t("handover-closed").into_owned(),
        (_, true, _) => look.t("handover-taken").into_owned(),
        (.., contacts) if contacts > 0 => look.t("handover-contact").into_owned(),
        _ => look.t("handover-changed").into_owned(),
    };
    let status = look.short_code("status", brief.status.name());
    row([brief.number(), &what, &who, &names.join(" ")], &[&status, brief.summary()])
}

fn of_draft(draft: &OpenDraft, look: &Look<'_>, name: &dyn Fn(Id) -> String) -> String {
    let at = format!("{} {}", look.day(draft.started_at.date_naive()), draft.started_at.format("%H:%M"));
    let who = caller(&draft.caller_kind, &draft.caller, look);
    let who = if who.is_empty() { look.t("intake-nobody-yet").into_owned() } else { who };
    let left = draft.started_at.date_naive() < look.today;
    let left = if left { look.t("handover-left").into_owned() } else { String::new() };
    let parts = [pad(&at, 17), left, truncate(&who, 24).into_owned(), name(draft.operator), draft.text.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("  ")
}

/// The page on the screen.
pub struct Handover {
    lines: Vec<Line>,
    list: ListState,
    /// Whether there was room for all of it when it was drawn last.
    whole: std::cell::Cell<bool>,
}

impl Handover {
    /// These lines, as [`lines`] makes them.
    pub fn new(lines: Vec<Line>) -> Self {
        Self { lines, list: ListState::default(), whole: std::cell::Cell::new(true) }
    }

    /// The page as it is handed on.
    pub fn text(lines: &[Line]) -> String {
        let mut text = String::new();
        for line in lines {
            if line.head && !text.is_empty() {
                text.push('\n');
            }
            text.push_str(if line.head { "■ " } else { "  " }); // data, not a sentence
            text.push_str(&line.text);
            text.push('\n');
        }
        text
    }
}

impl Popup for Handover {
    fn takes(&self) -> Focus {
        Focus::None
    }

    /// A list first: what Enter does here is to open a case, and so it says.
    fn contexts(&self) -> &'static [Context] {
        &[Context::List, Context::Popup, Context::Global]
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Cancel | Action::Back | Action::Handover => Flow::Close,
            Action::Accept | Action::Open => {
                let chosen = self.list.selected(self.lines.len()).and_then(|at| self.lines.get(at)?.case);
                if let Some(case) = chosen {
                    hands.ask(Request::ShowCase(case));
                }
                Flow::Close
            }
            Action::CopyText => {
                let desk = RecordKey::new(Kind::Desk, hands.model.desk_id);
                hands.look(Access::Copy, desk, Details { task: "handover".to_owned(), ..Details::default() });
                hands.ask(Request::Copy(Self::text(&self.lines)));
                Flow::Stay
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
        if self.whole.get() {
            &[Action::Back, Action::Open, Action::CopyText, Action::NewCall]
        } else {
            &[Action::Back, Action::Open, Action::CopyText, Action::NewCall, Action::PageDown]
        }
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let height = u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = framed(&look.t("handover-title"), WIDTH, height, look, area, buf);
        self.whole.set(self.lines.len() <= usize::from(inner.height));
        self.list.draw(buf, inner, look.theme, self.lines.len(), true, |buf, slot| {
            let Some(line) = self.lines.get(slot.index) else { return };
            let (indent, style) = if line.head { (0, look.theme.title) } else { (1, look.theme.text) };
            let room = slot.area.width.saturating_sub(indent);
            put(buf, slot.area.x + indent, slot.area.y, room, &truncate(&line.text, room), style);
        });
        None
    }
}
