//! How the list is drawn: what narrows it, the rows, and the look at the chosen case under or beside them.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::preview::{caller, due_short, due_style, joined};
use super::{Queue, preview};
use crate::app::doctors;
use crate::app::model::Model;
use crate::desk::brief::Brief;
use crate::desk::case::Status;
use crate::desk::id::Id;
use crate::desk::inquiry::Waiting;
use crate::desk::queue::States;
use crate::keys::{Action, Context};
use crate::screens::look::Look;
use crate::widgets::bar::{Segment, draw_bar};
use crate::widgets::list::ListState;
use crate::widgets::paint::{put, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::width;

/// From this width on the look at a case stands beside the list, not under it.
const WIDE: u16 = 120;
/// Below this height there is no room for the look at a case.
const LOW: u16 = 12;

/// The cells of a number, of an operator's name, and the fewest of a day.
const NUMBER: u16 = 8;
const OPERATOR: u16 = 9;
const DUE: u16 = 10;
/// The next action beside its day is worth its cells from this width on: narrower it is cut to a few characters.
const DUE_WITH_ACTION: u16 = 28;

/// The sign of a marked row.
const MARKED: &str = "*";

impl Queue {
    /// Draws filters, list and preview; returns where the caret stands.
    pub(super) fn view_list(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if area.height < 3 {
            return None;
        }
        let caret = self.view_filters(model, look, Rect { height: 1, ..area }, buf);
        let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let (list, beside) = self.panes(body);
        self.view_rows(model, look, list, buf);
        let chosen = self.chosen.and_then(|case| model.brief(case));
        if let (Some(case), Some(beside)) = (chosen, beside) {
            let most = if body.width >= WIDE { 4 } else { 1 };
            preview::view(case, model, look, most, beside, buf);
        }
        caret
    }

    fn panes(&self, area: Rect) -> (Rect, Option<Rect>) {
        if self.rows.ids().is_empty() {
            return (area, None);
        }
        if area.width >= WIDE {
            let width = area.width * 2 / 5;
            let list = Rect { width: area.width - width, ..area };
            return (list, Some(Rect { x: list.right(), width, ..area }));
        }
        if area.height < LOW {
            return (area, None);
        }
        let height = (area.height * 2 / 5).max(8);
        let list = Rect { height: area.height - height, ..area };
        (list, Some(Rect { y: list.bottom(), height, ..area }))
    }

    /// What narrows the list, each with its key.
    fn view_filters(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        if self.typing {
            let label = look.t("queue-typing");
            let x = put(buf, area.x, area.y, area.width, &label, look.theme.label) + 1;
            let field = Rect { x, width: area.right().saturating_sub(x).min(40), ..area };
            return self.text.draw(buf, field, look.theme.field_focused);
        }
        let filter = &self.filter;
        let states = match filter.states {
            _ if filter.overdue => look.t("queue-states-late").into_owned(),
            States::Open => look.t("queue-states-open").into_owned(),
            States::All => look.t("queue-states-all").into_owned(),
            States::Only(status) => look.code("status", status.name()),
        };
        let operator = filter.operator.map(|id| model.operator_name(id).to_owned());
        let area_name = filter
            .area
            .as_ref()
            .map(|area| if area.is_empty() { look.t("queue-areas-none").into_owned() } else { area.clone() });
        let flagged = filter.flagged.then(|| look.t("queue-flagged-only").into_owned());
        let asked = filter.asked.then(|| look.t("queue-asked-only").into_owned());
        let text = Some(self.text.text().to_owned()).filter(|text| !text.is_empty());
        let parts = [
            (
                Action::FilterStatus,
                Some(states).filter(|_| filter.states != States::Open || filter.overdue),
                "queue-states-open",
                9,
            ),
            (Action::FilterOperator, operator, "queue-operators-all", 7),
            (Action::FilterArea, area_name, "queue-areas-all", 5),
            (Action::FilterFlag, flagged, "queue-flagged-any", 4),
            (Action::FilterInquiry, asked, "queue-asked-any", 3),
            (Action::Narrow, text, "queue-text-any", 6),
        ];
        let narrowed = parts.iter().any(|(_, set, ..)| set.is_some());
        let mut left: Vec<Segment<'_>> =
            parts.into_iter().map(|(action, set, all, weight)| segment(action, set, all, weight, look)).collect();
        if narrowed {
            let key = key(Action::ClearFilters, look);
            left.push(Segment::hint(key, look.t("queue-clear"), look.theme, 8));
        }
        let mut right = Vec::new();
        if !self.marked.is_empty() {
            let count = self.marked.len().to_string();
            right.push(Segment::new(look.locale.f("queue-marked", &[("count", &count)]), look.theme.chosen, 20));
        }
        if self.waits_for_closed(model) {
            right.push(Segment::new(look.t("queue-arriving"), look.theme.warning, 19));
        }
        draw_bar(buf, area, look.theme.text, &left, &right);
        None
    }

    fn view_rows(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let ids = self.rows.ids();
        let title = look.t("queue-title");
        let count = ids.len().to_string();
        let late = self.rows.overdue().to_string();
        let counts = look.locale.f("queue-counts", &[("count", &count), ("late", &late)]);
        let counts = joined_wide([counts.into_owned(), self.asked(look)]);
        let full = format!("{counts}  {}", look.t("queue-order"));
        // The counts stay where there is no room for the order.
        let fits = width(&full).saturating_add(width(&title)).saturating_add(9) <= area.width;
        let right = if fits { full.as_str() } else { &counts };
        let inner = Panel::new(look.theme).title(&title).right(right).focused(!self.typing).draw(buf, area);
        if ids.is_empty() {
            self.view_empty(model, look, inner, buf);
            return;
        }
        let (columns, roomy) = columns(look, ListState::row_area(inner).width);
        columns.draw_head(buf, ListState::row_area(Rect { height: inner.height.min(1), ..inner }), look.theme);
        let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let within = doctors::answer_days(model);
        self.list.draw(buf, rows, look.theme, ids.len(), !self.typing, |buf, slot| {
            let Some(case) = ids.get(slot.index).and_then(|id| model.brief(*id)) else { return };
            if self.is_marked(case.id) {
                slot.mark(buf, MARKED, look.theme);
            }
            let waits = self.rows.waiting(case.id).map(|waits| (waits, waits.is_late(look.today, within)));
            columns.draw_row(buf, slot.area, |column| cell((case, waits), column, roomy, model, look));
        });
    }

    /// How many of the cases shown wait for a doctor's answer; nothing where none does.
    fn asked(&self, look: &Look<'_>) -> String {
        let (asked, late) = self.rows.asked();
        let key = match (asked, late) {
            (0, _) => return String::new(),
            (_, 0) => "inquiry-waiting-count",
            _ => "inquiry-waiting-count-late",
        };
        look.locale.f(key, &[("count", &asked.to_string()), ("late", &late.to_string())]).into_owned()
    }

    fn is_marked(&self, case: Id) -> bool {
        self.marked.contains(&case)
    }

    /// What to do where there is nothing to see.
    fn view_empty(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let key = |action| key(action, look);
        let narrowed = self.filter.narrows() || !self.text.is_empty();
        let text = if narrowed {
            look.locale.f("queue-empty-narrowed", &[("key", &key(Action::ClearFilters))])
        } else if model.cases.is_empty() {
            look.locale.f("queue-empty", &[("key", &key(Action::NewCall))])
        } else {
            look.locale.f("queue-empty-open", &[("key", &key(Action::FilterStatus)), ("call", &key(Action::NewCall))])
        };
        let room = Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(1),
        };
        put_wrapped(buf, room, &text, look.theme.text);
    }
}

/// The key of the list itself, also while a popup on top takes the keys: what stands there does not jump.
fn key(action: Action, look: &Look<'_>) -> String {
    look.keymap.keys_for(action, &[Context::Queue, Context::List, Context::Global]).unwrap_or_default()
}

fn segment<'a>(action: Action, set: Option<String>, all: &'a str, weight: u8, look: &Look<'a>) -> Segment<'a> {
    let key = key(action, look);
    // What narrows the list is never what gives way.
    let priority = if set.is_some() { weight + 10 } else { weight };
    let (text, style) = match set {
        Some(set) => (Cow::Owned(format!("[{set}]")), look.theme.chosen),
        None => (look.t(all), look.theme.text),
    };
    Segment { parts: vec![(key.into(), look.theme.key), (" ".into(), look.theme.text), (text, style)], priority }
}

/// The cells of the columns that take what the others leave.
struct Room {
    due: u16,
    caller: u16,
}

/// The columns: 番号 状態 急 期限 相談者 内容 会 担当; and whether the next action fits beside its day.
fn columns<'a>(look: &Look<'a>, cells: u16) -> (Columns<'a>, bool) {
    let widest = |list: &str, codes: &[&str], head: &str| {
        let labels = codes.iter().map(|code| width(&look.short_code(list, code)));
        labels.chain([width(&look.t(head))]).max().unwrap_or_default()
    };
    let status = widest("status", &Status::ALL.map(Status::name), "queue-head-status");
    let urgency = widest("urgency", &["1", "2", "3", "4"], "queue-head-urgency");
    let meeting = width(&look.t("queue-head-meeting")).max(width(&look.t("queue-flag-sign")));
    let left = cells.saturating_sub(NUMBER + status + urgency + meeting + OPERATOR + 7);
    let share = left * 3 / 10;
    let roomy = share >= DUE_WITH_ACTION;
    let room = Room { due: if roomy { share.min(36) } else { DUE }, caller: share.clamp(DUE, 22) };
    let columns = [
        Column::new(look.t("queue-head-number"), NUMBER, NUMBER, 9),
        Column::new(look.t("queue-head-status"), status, status, 8),
        Column::new(look.t("queue-head-urgency"), urgency, urgency, 7),
        Column::new(look.t("queue-head-due"), DUE, room.due, 6),
        Column::new(look.t("queue-head-caller"), DUE, room.caller, 3),
        Column::new(look.t("queue-head-matter"), 12, Column::REST, 5),
        Column::new(look.t("queue-head-meeting"), meeting, meeting, 4),
        Column::new(look.t("queue-head-operator"), OPERATOR, OPERATOR, 2),
    ];
    (Columns::new(columns, cells), roomy)
}

fn joined_wide(parts: [String; 2]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

/// The sign of a case that waits for a doctor's answer, with the days.
pub(super) fn waits_sign(waits: Waiting, late: bool, look: &Look<'_>) -> String {
    let key = if late { "inquiry-waits-late" } else { "inquiry-waits" };
    format!("[{}]", look.locale.f(key, &[("days", &waits.days(look.today).to_string())]))
}

/// `waits`: what the case waits for from doctors, and whether that is late.
fn cell<'a>(
    (case, waits): (&'a Brief, Option<(Waiting, bool)>),
    column: usize,
    roomy: bool,
    model: &'a Model,
    look: &Look<'a>,
) -> (Cow<'a, str>, Style) {
    let theme = look.theme;
    match column {
        0 => (Cow::Borrowed(case.number()), theme.text),
        1 => (look.short_code("status", case.status.name()).into(), status_style(case.status, look)),
        2 => {
            let style = if case.urgency == 1 && case.is_open() { theme.urgent } else { theme.text };
            (look.short_code("urgency", &case.urgency.to_string()).into(), style)
        }
        3 => {
            let words = match case.closed_on.filter(|_| !case.is_open()) {
                Some(day) => look.day(day),
                None if roomy => joined([due_short(case, look), case.next_action().to_string()]),
                None => due_short(case, look),
            };
            (words.into(), due_style(case, look))
        }
        4 => (caller(case.caller_kind(), case.caller(), look).into(), theme.text),
        5 => {
            let topics = look.short_codes("topic", case.topics());
            // In front, where no narrow screen cuts it.
            let sign = waits.map(|(waits, late)| waits_sign(waits, late, look)).unwrap_or_default();
            let style = if waits.is_some_and(|(_, late)| late) { theme.warning } else { theme.text };
            (joined([sign, topics, case.summary().to_string()]).into(), style)
        }
        6 if case.flag.is_some() => (look.t("queue-flag-sign"), theme.chosen),
        7 => (Cow::Borrowed(model.operator_name(case.operator)), theme.text),
        _ => (Cow::Borrowed(""), theme.text),
    }
}

const fn status_style(status: Status, look: &Look<'_>) -> Style {
    match status {
        Status::Received => look.theme.warning,
        Status::Closed => look.theme.muted,
        Status::Active
        | Status::WaitingOther
        | Status::Circulating
        | Status::WaitingMeeting
        | Status::WaitingFollowUp => look.theme.text,
    }
}
