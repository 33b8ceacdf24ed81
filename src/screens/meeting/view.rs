//! How the meeting is drawn: its head, the agenda, and the chosen case with the room for its decision. Changes no state.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::sitting::{Sitting, Stage, put_off_before};
use crate::app::model::Model;
use crate::desk::agenda::{self, Row};
use crate::desk::brief::Brief;
use crate::desk::contact::Contact;
use crate::desk::date;
use crate::desk::meeting::Treatment;
use crate::keys::{Action, Context};
use crate::screens::look::Look;
use crate::widgets::bar::{Segment, draw_bar};
use crate::widgets::list::ListState;
use crate::widgets::paint::{put, put_line, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::{truncate, width, wrap};

/// From this width on the chosen case stands beside the agenda, below it otherwise.
const WIDE: u16 = 96;
/// The rows that the room for the decision takes at least, with its rule.
const DECISION: u16 = 4;

/// From this many free rows on the difficulty and the wishes are told too, before the contacts.
const ROOMY: u16 = 6;

/// Where the keys of this screen are looked up, under a popup too.
const HERE: &[Context] = &[Context::Meeting, Context::List, Context::Global];

/// Draws the meeting.
pub(super) fn view(list: &ListState, sitting: &Sitting, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let head = 2.min(area.height);
    draw_head(sitting, model, look, Rect { height: head, ..area }, buf);
    let body = Rect { y: area.y + head, height: area.height - head, ..area };
    let (left, right) = if area.width >= WIDE {
        let left = Rect { width: body.width / 2, ..body };
        (left, Rect { x: left.right(), width: body.width - left.width, ..body })
    } else {
        let rows = u16::try_from(sitting.rows.len()).unwrap_or(u16::MAX).saturating_add(2);
        let height = rows.clamp(4, 4.max(body.height * 2 / 5)).min(body.height);
        (Rect { height, ..body }, Rect { y: body.y + height, height: body.height - height, ..body })
    };
    if sitting.rows.is_empty() {
        return empty(sitting, look, body, buf);
    }
    draw_agenda(list, sitting, model, look, left, buf);
    let chosen = list.selected(sitting.rows.len());
    if let Some((index, row)) = chosen.and_then(|index| Some((index, sitting.rows.get(index)?))) {
        draw_case(index, row, sitting, model, look, right, buf);
    }
}

/// When, where and by whom; below, where it stands and how much there is.
fn draw_head(sitting: &Sitting, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let (theme, meeting) = (look.theme, &sitting.meeting);
    let mut first = vec![Segment::new(look.code("meeting-kind", &meeting.kind), theme.title, 9)];
    if let Some(on) = meeting.on {
        let day = format!("{} {}", date::format_era(on), look.day(on));
        first.push(Segment::new(day, theme.title, 8));
    }
    let unset = |key| Segment::new(look.t(key), theme.muted, 1);
    first.push(match meeting.starts_at {
        Some(at) => Segment::new(at.format("%H:%M").to_string(), theme.text, 7),
        None => unset("meeting-no-time"),
    });
    first.push(match meeting.place.as_str() {
        "" => unset("meeting-no-place"),
        place => Segment::new(truncate(place, 30).into_owned(), theme.text, 5),
    });
    let chair = model.operator_name(meeting.chair);
    if !chair.is_empty() {
        first.push(Segment::new(look.locale.f("meeting-chair", &[("name", chair)]).into_owned(), theme.text, 4));
    }
    let line = |y: u16| Rect {
        y: area.y + y,
        height: area.height.saturating_sub(y).min(1),
        x: area.x + 1,
        width: area.width.saturating_sub(2),
    };
    draw_bar(buf, line(0), theme.text, &first, &[]);
    if line(1).height > 0 {
        draw_bar(buf, line(1), theme.text, &stage(sitting, look), &counts(sitting, look));
    }
}

fn stage<'a>(sitting: &Sitting, look: &Look<'a>) -> Vec<Segment<'a>> {
    let theme = look.theme;
    let days = sitting.meeting.on.map_or(0, |on| (on - look.today).num_days());
    let key = look.keymap.keys_for(Action::HoldMeeting, HERE).unwrap_or_default();
    let (text, style) = match sitting.stage {
        Stage::Held => (look.t("meeting-stage-held").into_owned(), theme.ok),
        Stage::Left => (look.locale.f("meeting-stage-left", &[("key", &key)]).into_owned(), theme.warning),
        Stage::Next if days == 0 => {
            (look.locale.f("meeting-stage-today", &[("key", &key)]).into_owned(), theme.warning)
        }
        Stage::Next => (look.locale.f("meeting-stage-next", &[("days", &days.to_string())]).into_owned(), theme.text),
        Stage::Later => (look.t("meeting-stage-later").into_owned(), theme.muted),
    };
    let mut segments = vec![Segment::new(text, style, 9)];
    let closed = sitting.meeting.on.is_some_and(agenda::falls_on_closed_day);
    if closed && sitting.stage != Stage::Held {
        segments.push(Segment::new(look.t("meeting-closed-day"), theme.warning, 8));
    }
    segments
}

fn counts<'a>(sitting: &Sitting, look: &Look<'a>) -> Vec<Segment<'a>> {
    let theme = look.theme;
    let all = [Treatment::Decide, Treatment::Report, Treatment::Defer];
    let mut segments: Vec<Segment<'a>> = all
        .into_iter()
        .map(|treatment| {
            let text = format!("{} {}", look.t(name(treatment)), sitting.count(treatment));
            Segment::new(text, theme.text, 6)
        })
        .collect();
    if sitting.undecided() > 0 && sitting.stage == Stage::Held {
        let count = sitting.undecided().to_string();
        segments.push(Segment::new(
            look.locale.f("meeting-undecided", &[("count", &count)]).into_owned(),
            theme.warning,
            4,
        ));
    }
    let minutes = sitting.minutes().to_string();
    segments.push(Segment::new(
        look.locale.f("meeting-estimate", &[("minutes", &minutes)]).into_owned(),
        theme.text,
        5,
    ));
    segments
}

/// The locale key of a treatment.
const fn name(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Decide => "meeting-decide",
        Treatment::Report => "meeting-report",
        Treatment::Defer => "meeting-defer",
    }
}

/// Nothing is on the agenda: says how something gets there.
fn empty(sitting: &Sitting, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let inner = Panel::new(look.theme).title(&look.t("meeting-agenda")).focused(true).draw(buf, area);
    let room = Rect {
        x: inner.x + 1,
        y: inner.y + 1,
        width: inner.width.saturating_sub(2),
        height: inner.height.saturating_sub(1),
    };
    let key = |action, contexts| look.keymap.keys_for(action, contexts).unwrap_or_default();
    let flag = key(Action::FlagMeeting, &[Context::Queue, Context::List, Context::Global]);
    let anywhere = key(Action::FlagMeeting, &[Context::Global]);
    let queue = key(Action::GoQueue, &[Context::Global]);
    let text = match sitting.stage {
        Stage::Held => look.t("meeting-empty-held"),
        Stage::Next | Stage::Left | Stage::Later => {
            look.locale.f("meeting-empty", &[("queue", &queue), ("flag", &flag), ("anywhere", &anywhere)])
        }
    };
    put_wrapped(buf, room, &text, look.theme.text);
}

fn draw_agenda(list: &ListState, sitting: &Sitting, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let count = look.locale.f("meeting-count", &[("count", &sitting.rows.len().to_string())]);
    let inner = Panel::new(look.theme).title(&look.t("meeting-agenda")).right(&count).focused(true).draw(buf, area);
    let treatments = [Treatment::Decide, Treatment::Report, Treatment::Defer];
    let widest = treatments.iter().map(|t| width(&look.t(name(*t)))).max().unwrap_or_default();
    let done = look.t("meeting-written");
    let minutes = sitting.rows.iter().map(|row| width(&minutes(row, look))).max().unwrap_or_default();
    let columns = Columns::new(
        [
            Column::new("", 2, 2, 9).right(),
            Column::new("", widest, widest, 8),
            Column::new("", 7, 7, 7),
            Column::new("", 8, Column::REST, 6),
            Column::new("", minutes, minutes, 4).right(),
            Column::new("", width(&done), width(&done), 5),
        ],
        ListState::row_area(inner).width,
    );
    list.draw(buf, inner, look.theme, sitting.rows.len(), true, |buf, slot| {
        let Some(row) = sitting.rows.get(slot.index) else { return };
        columns.draw_row(buf, slot.area, |column| agenda_cell(column, slot.index, row, model, look));
    });
}

fn agenda_cell<'a>(column: usize, index: usize, row: &Row, model: &Model, look: &Look<'a>) -> (Cow<'a, str>, Style) {
    let theme = look.theme;
    let brief = model.brief(row.case);
    match column {
        0 => ((index + 1).to_string().into(), theme.text),
        1 => {
            let style = if row.item.treatment == Treatment::Defer { theme.muted } else { theme.text };
            (look.t(name(row.item.treatment)), style)
        }
        2 => (brief.map(|brief| brief.number().to_string()).unwrap_or_default().into(), theme.text),
        3 => (brief.map(|brief| subject(brief, look)).unwrap_or_default().into(), theme.text),
        4 => (minutes(row, look).into(), theme.muted),
        _ if row.item.decision.is_empty() => (Cow::Borrowed(""), theme.text),
        _ => (look.t("meeting-written"), theme.ok),
    }
}

/// How long the item is expected to take; empty for what takes none.
fn minutes(row: &Row, look: &Look<'_>) -> String {
    match agenda::minutes(&row.item) {
        0 => String::new(),
        minutes => look.locale.f("meeting-minutes", &[("minutes", &minutes.to_string())]).into_owned(),
    }
}

/// What a case is about, on one line.
fn subject(brief: &Brief, look: &Look<'_>) -> String {
    if brief.summary().is_empty() { look.short_codes("topic", brief.topics()) } else { brief.summary().to_string() }
}

fn draw_case(index: usize, row: &Row, sitting: &Sitting, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let brief = model.brief(row.case);
    let number = brief.map(|brief| brief.number().to_string()).unwrap_or_default();
    let title = format!("{} {number}  {}", index + 1, look.t(name(row.item.treatment)));
    let right = brief.map(|brief| model.operator_name(brief.operator).to_owned()).unwrap_or_default();
    let inner = Panel::new(look.theme).title(&title).right(&right).draw(buf, area);
    let room = DECISION.max(inner.height / 3).min(inner.height);
    let facts = Rect { height: inner.height - room, ..inner };
    let decision = Rect { y: facts.bottom(), height: room, ..inner };
    match brief {
        Some(brief) => draw_facts(brief, row, sitting, model, look, facts, buf),
        None => _ = put_line(buf, facts, &look.t("meeting-case-absent"), look.theme.muted),
    }
    draw_decision(row, sitting, model, look, decision, buf);
}

/// Labelled lines from the top of `area` down.
struct Lines<'a, 'b> {
    look: &'b Look<'a>,
    area: Rect,
    label: u16,
}

impl Lines<'_, '_> {
    /// A labelled text of at most `most` rows; nothing for an empty text.
    fn put(&mut self, buf: &mut Buffer, key: &'static str, text: &str, most: u16, style: Style) {
        if text.is_empty() || self.area.height == 0 {
            return;
        }
        let label = self.look.locale.t(key);
        put(buf, self.area.x, self.area.y, self.label, &label, self.look.theme.label);
        let width = self.area.width.saturating_sub(self.label);
        let rows = wrapped(text, width, most.min(self.area.height));
        let height = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        for (y, row) in (self.area.y..).zip(rows) {
            put(buf, self.area.x + self.label, y, width, &row, style);
        }
        self.area.y += height;
        self.area.height = self.area.height.saturating_sub(height);
    }
}

/// At most `most` rows of the text; the last one shows that there is more.
fn wrapped(text: &str, cells: u16, most: u16) -> Vec<String> {
    let rows = wrap(text, cells);
    let most = usize::from(most);
    let more = rows.len() > most;
    let take = |(index, row): (usize, std::ops::Range<usize>)| {
        let last = index + 1 == most;
        let shown = if more && last { text.get(row.start..) } else { text.get(row) }.unwrap_or_default();
        truncate(&shown.replace('\n', " "), cells).trim_end().to_owned()
    };
    rows.into_iter().enumerate().take(most).map(take).collect()
}

fn draw_facts(
    brief: &Brief,
    row: &Row,
    sitting: &Sitting,
    model: &Model,
    look: &Look<'_>,
    area: Rect,
    buf: &mut Buffer,
) {
    let labels = [
        "meeting-label-wish",
        "meeting-label-flag",
        "meeting-label-caller",
        "meeting-label-about",
        "meeting-label-next",
        "meeting-label-log",
    ];
    let label = labels.iter().map(|key| width(&look.locale.t(key))).max().unwrap_or_default() + 1;
    let mut lines = Lines { look, area, label };
    let theme = look.theme;
    let style = if brief.flag.is_some() { theme.title } else { theme.muted };
    lines.put(buf, "meeting-label-flag", &why(brief, row, sitting, model, look), 2, style);
    let kind = look.short_code("caller-kind", brief.caller_kind());
    let who = [kind.as_str(), brief.caller(), brief.subject(), brief.area()];
    let who: Vec<&str> = who.into_iter().filter(|text| !text.is_empty()).collect();
    lines.put(buf, "meeting-label-caller", &who.join("  "), 1, theme.text);
    lines.put(buf, "meeting-label-about", &subject(brief, look), 2, theme.text);
    let overdue = brief.due.is_some_and(|due| due < look.today) && brief.is_open();
    let due = brief.due.map(|due| look.day(due)).unwrap_or_default();
    let late = if overdue { look.t("meeting-overdue") } else { Cow::Borrowed("") };
    let next = [due.as_str(), &late, brief.next_action()].join(" ");
    let style = if overdue { theme.warning } else { theme.text };
    lines.put(buf, "meeting-label-next", next.trim(), 1, style);
    let file = model.file.as_ref().filter(|file| file.id == brief.id);
    if let Some(case) = file.map(|file| &file.case).filter(|_| lines.area.height >= ROOMY) {
        let said = [&case.difficulty, &case.wish_of_person, &case.wish_of_family];
        let said: Vec<&str> = said.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        lines.put(buf, "meeting-label-wish", &said.join(" / "), 3, theme.text);
    }
    // Where there is room a contact is read as far as it goes; what came last stands first.
    let most = (lines.area.height / 5).clamp(1, 3);
    for (_, contact) in file.iter().flat_map(|file| file.contacts.iter().rev()) {
        lines.put(buf, "meeting-label-log", &log_line(contact, model, look), most, theme.muted);
    }
}

/// Why the case is on the agenda: the reason and who gave it when; from the last meeting; only for its decision.
fn why(brief: &Brief, row: &Row, sitting: &Sitting, model: &Model, look: &Look<'_>) -> String {
    let mut parts = Vec::new();
    if put_off_before(model, sitting, row.case) {
        parts.push(look.t("meeting-from-last").into_owned());
    }
    match &brief.flag {
        Some(flag) => {
            let by = format!("{} {}", look.day(flag.at.date_naive()), model.operator_name(flag.by));
            let reason = if flag.reason.is_empty() { look.t("meeting-no-reason") } else { (&*flag.reason).into() };
            parts.push(format!("{reason} ({})", by.trim()));
        }
        None => parts.push(look.t("meeting-flag-gone").into_owned()),
    }
    parts.join("  ")
}

/// One contact on one line.
fn log_line(contact: &Contact, model: &Model, look: &Look<'_>) -> String {
    let day = contact.at.map(|at| look.day(at.date_naive())).unwrap_or_default();
    let text = [&contact.text, &contact.complaint, &contact.response_text].into_iter().find(|t| !t.is_empty());
    let method = look.short_code("method", &contact.method);
    let parts = [day.as_str(), model.operator_name(contact.operator), &method, text.map_or("", String::as_str)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The room for the decision: it stands at the same place whatever the case, and shows how to fill it.
fn draw_decision(row: &Row, sitting: &Sitting, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let (theme, item) = (look.theme, &row.item);
    let Some(first) = area.rows().next() else { return };
    let line = look.theme.borders.horizontal;
    let mut x = first.x;
    while x < first.right() {
        x = put(buf, x, first.y, 1, line, theme.border).max(x + 1);
    }
    let title = look.t("meeting-decision");
    put(buf, first.x + 1, first.y, first.width.saturating_sub(1), &format!(" {title} "), theme.title);
    let text = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    if item.decision.is_empty() {
        let key = look.keymap.keys_for(Action::WriteDecision, HERE).unwrap_or_default();
        let hint = match sitting.stage {
            Stage::Held => look.t("meeting-decided-nothing"),
            Stage::Next | Stage::Later | Stage::Left => look.locale.f("meeting-no-decision", &[("key", &key)]),
        };
        put_line(buf, text, &hint, theme.muted);
    } else {
        for (y, row) in (text.y..).zip(wrapped(&item.decision, text.width, text.height)) {
            put(buf, text.x, y, text.width, &row, theme.value);
        }
    }
    let Some(last) = area.rows().next_back().filter(|last| last.y > first.y) else { return };
    let none = || look.t("meeting-unset").into_owned();
    let operator = Some(model.operator_name(item.operator).to_owned()).filter(|name| !name.is_empty());
    let due = item.due.map(|due| look.day(due));
    let parts =
        [("field-meeting-operator", operator.unwrap_or_else(none)), ("field-meeting-due", due.unwrap_or_else(none))];
    let mut x = last.x;
    for (key, value) in parts {
        x = put(buf, x, last.y, last.right().saturating_sub(x), &look.locale.t(key), theme.label) + 1;
        x = put(buf, x, last.y, last.right().saturating_sub(x), &value, theme.value) + 2;
    }
}
