//! The case file: all that is known of one case and everything that happened on it, over the whole screen.

use std::borrow::Cow;
use std::cell::Cell;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use serde_json::{Map, Value};

use super::fields::{CASE, GROUPS};
use super::list::waits_sign;
use super::looks::view_wanted;
use super::preview::{Line, contact_count, contact_head, due_style, due_words, joined};
use crate::app::doctors;
use crate::app::model::Model;
use crate::app::msg::CaseFile;
use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::date;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::inquiry::{Inquiry, of_case, waiting};
use crate::desk::queue::why;
use crate::keys::Action;
use crate::popups::inquiry_sheet;
use crate::screens::form::field::{Field, FieldKind, label_key};
use crate::screens::intake::clocks::clock;
use crate::screens::look::Look;
use crate::widgets::list::{BAR, scrollbar};
use crate::widgets::paint::put;
use crate::widgets::panel::Panel;

/// From this width on the contacts stand beside the fields.
const WIDE: u16 = 100;
/// The cells that a label takes, with the space behind it.
const LABEL: u16 = 13;

/// A case file that is open.
#[derive(Debug)]
pub(super) struct Open {
    case: Id,
    top: Cell<usize>,
    /// Rows that fit, and rows that there are: only drawing knows them.
    page: Cell<usize>,
    len: Cell<usize>,
}

/// A row as it is drawn: label, text, style.
type Row = (String, String, Style);

impl Open {
    /// The file of this case, from its top.
    pub const fn new(case: Id) -> Self {
        Self { case, top: Cell::new(0), page: Cell::new(1), len: Cell::new(0) }
    }

    /// Whose it is.
    pub const fn case(&self) -> Id {
        self.case
    }

    /// Moves the text.
    pub fn scroll(&self, action: Action) {
        let page = self.page.get().saturating_sub(1).max(1);
        let top = self.top.get();
        let to = match action {
            Action::Up => top.saturating_sub(1),
            Action::Down => top + 1,
            Action::PageUp => top.saturating_sub(page),
            Action::PageDown => top + page,
            Action::First => 0,
            _ => usize::MAX,
        };
        self.top.set(to.min(self.len.get().saturating_sub(self.page.get())));
    }

    /// Draws the file.
    pub fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let Some(case) = model.brief(self.case) else { return };
        if model.asks_reason(self.case) {
            return view_wanted(case.number(), look, area, buf);
        }
        let file = model.file.as_ref().filter(|file| file.id == self.case);
        let status = look.code("status", case.status.name());
        let urgency = look.short_code("urgency", &case.urgency.to_string());
        let waits = inquiries_waiting(self.case, model, look);
        let title = format!("{}  {status}  {urgency}{waits}", case.number());
        let Some(file) = file else {
            let inner = Panel::new(look.theme).title(&title).focused(true).draw(buf, area);
            put(buf, inner.x + 1, inner.y, inner.width.saturating_sub(1), &look.t("queue-reading"), look.theme.muted);
            return;
        };
        let head = head(case, &file.case, look);
        let mut head = head;
        head.extend(inquiries(self.case, model, look));
        let groups = groups(&file.case, model, look);
        let contacts = timeline(file, model, look);
        let count = contact_count(file, look);
        let panel = Panel::new(look.theme).title(&title).focused(true);
        if area.width >= WIDE {
            let left = Rect { width: area.width / 2, ..area };
            let right = Rect { x: left.right(), width: area.width - left.width, ..area };
            let inner = panel.draw(buf, left);
            let beside = Panel::new(look.theme).title(&count).draw(buf, right);
            let left_rows = rows(head.into_iter().chain(groups), inner.width.saturating_sub(BAR));
            let right_rows = rows(contacts, beside.width.saturating_sub(BAR));
            self.measure(left_rows.len().max(right_rows.len()), inner.height);
            self.draw(&left_rows, look, inner, buf);
            self.draw(&right_rows, look, beside, buf);
        } else {
            let inner = panel.right(&count).draw(buf, area);
            // What happened comes right after what is next: it is what one opens a file for.
            let lines = head.into_iter().chain(contacts).chain(groups);
            let rows = rows(lines, inner.width.saturating_sub(BAR));
            self.measure(rows.len(), inner.height);
            self.draw(&rows, look, inner, buf);
        }
    }

    fn measure(&self, len: usize, height: u16) {
        let height = usize::from(height);
        self.len.set(len);
        self.page.set(height);
        self.top.set(self.top.get().min(len.saturating_sub(height)));
    }

    fn draw(&self, rows: &[Row], look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let top = self.top.get().min(rows.len().saturating_sub(usize::from(area.height)));
        for (at, (label, text, style)) in area.rows().zip(rows.iter().skip(top)) {
            let indent = if label.is_empty() && !text.starts_with(' ') { 0 } else { LABEL };
            put(buf, at.x, at.y, LABEL - 1, label, look.theme.label);
            let text = text.trim();
            put(buf, at.x + indent, at.y, at.width.saturating_sub(indent + BAR), text, *style);
        }
        scrollbar(buf, area, look.theme, top, rows.len());
    }
}

/// Lines as rows of a width. A row that goes on under a label begins with a space.
fn rows<'a>(lines: impl IntoIterator<Item = Line<'a>>, width: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in lines {
        let labelled = !line.label.is_empty();
        for (label, text) in line.rows(LABEL, width) {
            let text = if labelled { format!(" {text}") } else { text.trim_end().to_owned() };
            rows.push((label.to_owned(), text, line.style));
        }
    }
    rows
}

fn labelled<'a>(target: &str, member: &str, text: String, look: &Look<'_>) -> Option<Line<'a>> {
    let key = label_key(target, member);
    (!text.is_empty()).then(|| Line::of(look.locale.t(&key).into_owned(), text, look.theme.value))
}

/// Why it stands where it stands, what it is about, and what is next.
fn head<'a>(brief: &Brief, case: &Case, look: &Look<'a>) -> Vec<Line<'a>> {
    let style = due_style(brief, look);
    let mut lines = vec![Line::of("", look.locale.say(&why(brief, look.today)), style)];
    lines.extend(labelled("case", "summary", case.summary.clone(), look));
    lines.extend(labelled("case", "next_action", case.next_action.clone(), look));
    if let Some(day) = brief.due {
        let (day, word) = (look.day(day), due_words(brief, look));
        let text = if word == day { day } else { joined([day, word]) };
        lines.push(Line::of(look.locale.t(&label_key("case", "due")).into_owned(), text, style));
    }
    lines
}

/// The fields of the head, which no group repeats.
const HEAD: [&str; 3] = ["summary", "next_action", "due"];

/// The fields that hold something, group by group, each with its title.
fn groups<'a>(case: &Case, model: &Model, look: &Look<'a>) -> Vec<Line<'a>> {
    let Value::Object(members) = edits::compact(case) else { return Vec::new() };
    let mut groups = Vec::new();
    for (page, title) in (0_u8..).zip(GROUPS) {
        let fields = CASE.iter().filter(|field| field.page == page && !HEAD.contains(&field.member));
        let mut lines: Vec<Line<'_>> =
            fields.filter_map(|field| labelled("case", field.member, value(field, &members, look), look)).collect();
        if page == 0 {
            lines.extend(desk_lines(case, model, look));
        }
        if !lines.is_empty() {
            groups.push(Line::of("", look.t(title), look.theme.title));
            groups.extend(lines);
        }
    }
    groups
}

/// The sign that a doctor has not answered yet, for the title; nothing where none is asked.
fn inquiries_waiting(case: Id, model: &Model, look: &Look<'_>) -> String {
    let own = of_case(&model.inquiries, case);
    let waits = waiting(own.into_iter().map(|(_, inquiry)| inquiry)).remove(&case);
    let sign = waits.map(|waits| waits_sign(waits, waits.is_late(look.today, doctors::answer_days(model)), look));
    sign.map(|sign| format!("  {sign}")).unwrap_or_default()
}

/// The doctors who were asked, the newest first, under how many have not answered.
fn inquiries<'a>(case: Id, model: &Model, look: &Look<'a>) -> Vec<Line<'a>> {
    let all = of_case(&model.inquiries, case);
    if all.is_empty() {
        return Vec::new();
    }
    let waiting = all.iter().filter(|(_, inquiry)| inquiry.is_waiting()).count().to_string();
    let count = look.locale.f("inquiry-count", &[("waiting", &waiting), ("all", &all.len().to_string())]);
    let title = format!("{}  {count}", look.t("inquiry-group"));
    let mut lines = vec![Line::of("", title, look.theme.title)];
    lines.extend(all.into_iter().map(|(_, inquiry)| {
        let whom = doctors::name(model, inquiry.office, inquiry.staff);
        let style = if inquiry.is_waiting() { look.theme.warning } else { look.theme.value };
        Line::of(look.t("inquiry-label"), inquiry_sheet::line(inquiry, &whom, model, look), style)
    }));
    lines
}

/// What the desk keeps on its own: who, since when, the meeting, the end.
fn desk_lines<'a>(case: &Case, model: &Model, look: &Look<'a>) -> Vec<Line<'a>> {
    let time =
        |at: chrono::DateTime<chrono::FixedOffset>| format!("{} {}", look.day(at.date_naive()), at.format("%H:%M"));
    let flag = case.flag.as_ref().map(|flag| {
        let day = look.day(flag.at.date_naive());
        joined([day, model.operator_name(flag.by).to_owned(), flag.reason.clone()])
    });
    let hold = case.hold.as_ref().map(|hold| {
        let day = look.day(hold.at.date_naive());
        joined([day, model.operator_name(hold.by).to_owned(), hold.reason.clone()])
    });
    let found = [
        ("operator", model.operator_name(case.operator).to_owned()),
        ("opened_at", case.opened_at.map(time).unwrap_or_default()),
        ("flag", flag.unwrap_or_default()),
        ("closed_at", case.closed_at.map(time).unwrap_or_default()),
        ("outcome", look.code("outcome", &case.outcome)),
        ("closing_note", case.closing_note.clone()),
        ("hold", hold.unwrap_or_default()),
    ];
    found.into_iter().filter_map(|(member, text)| labelled("case", member, text, look)).collect()
}

/// The value of a field as it is read.
fn value(field: &Field, members: &Map<String, Value>, look: &Look<'_>) -> String {
    let value = members.get(field.member);
    let text = value.and_then(Value::as_str).unwrap_or_default();
    match field.kind {
        FieldKind::Code(list) => look.code(list, text),
        FieldKind::Codes(list) => look.short_codes(list, codes(value)),
        FieldKind::Date | FieldKind::Birth | FieldKind::Due => {
            text.parse().map_or_else(|_| text.to_owned(), |day| format!("{} {}", date::format_era(day), look.day(day)))
        }
        FieldKind::Line | FieldKind::Phone | FieldKind::Area | FieldKind::Memo => text.to_owned(),
        // No field of a slip is one: who works on a case stands in its head.
        FieldKind::Operator => String::new(),
    }
}

fn codes(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// Everything that happened, the newest first: the contacts, and between them who was asked and answered on which day.
fn timeline<'a>(file: &CaseFile, model: &Model, look: &Look<'a>) -> Vec<Line<'a>> {
    let contact = |contact: &Contact| {
        let mut lines = vec![Line::of("", contact_head(contact, model, look), look.theme.title)];
        lines.extend(contact_lines(contact, look));
        (contact.at.map(|at| at.date_naive()), lines)
    };
    // Oldest first, as contacts are kept; of one day an inquiry comes behind the call that led to it.
    let mut happened: Vec<(Option<NaiveDate>, Vec<Line<'a>>)> = file.contacts.iter().map(|(_, c)| contact(c)).collect();
    for (_, inquiry) in of_case(&model.inquiries, file.id).into_iter().rev() {
        happened.extend(inquiry_happened(inquiry, model, look));
    }
    happened.sort_by_key(|(day, _)| *day);
    happened.into_iter().rev().flat_map(|(_, lines)| lines).collect()
}

/// That a doctor was asked, and, where that was on another day, that the doctor answered.
fn inquiry_happened<'a>(inquiry: &Inquiry, model: &Model, look: &Look<'a>) -> Vec<(Option<NaiveDate>, Vec<Line<'a>>)> {
    let day = |day: Option<NaiveDate>| day.map(|day| look.day(day)).unwrap_or_default();
    let whom = doctors::name(model, inquiry.office, inquiry.staff);
    let head = |on, who: &str, key: &'static str, means: String| {
        let text = joined([day(on), who.to_owned(), look.t(key).into_owned(), means, whom.clone()]);
        Line::of("", text, look.theme.title)
    };
    let answer = || {
        let style = if inquiry.is_waiting() { look.theme.warning } else { look.theme.value };
        let text = joined([
            inquiry_sheet::stands(inquiry, doctors::answer_days(model), look),
            inquiry_sheet::answered(inquiry, look),
        ]);
        Line::of(look.t("field-inquiry-answer"), text, style)
    };
    let asked_for = look.short_codes("capability", inquiry.wanted.iter().map(String::as_str));
    let purpose = joined([look.code("inquiry-purpose", &inquiry.purpose), asked_for]);
    let means = look.short_code("method", &inquiry.means);
    let mut asked = vec![head(inquiry.on, model.operator_name(inquiry.by), "inquiry-happened", means)];
    asked.extend(labelled("inquiry", "purpose", purpose, look));
    let later = inquiry.answered_on.filter(|on| Some(*on) != inquiry.on);
    let Some(on) = later else {
        asked.push(answer());
        return vec![(inquiry.on, asked)];
    };
    let told = vec![head(Some(on), "", "inquiry-answered", String::new()), answer()];
    vec![(inquiry.on, asked), (Some(on), told)]
}

/// How long a call took that was left meanwhile, how often and for how long.
fn paused(contact: &Contact, look: &Look<'_>) -> String {
    let (Some(at), Some(ended_at), true) = (contact.at, contact.ended_at, contact.pauses > 0) else {
        return String::new();
    };
    let (active, all) = (u64::from(contact.seconds), u64::try_from((ended_at - at).num_seconds()).unwrap_or(0));
    let (pauses, away, active) = (contact.pauses.to_string(), clock(all.saturating_sub(active)), clock(active));
    look.locale.f("queue-paused", &[("pauses", &pauses), ("away", &away), ("active", &active)]).into_owned()
}

fn contact_lines<'a>(contact: &Contact, look: &Look<'a>) -> Vec<Line<'a>> {
    let offices = contact.offices.values().map(|office| {
        let kind = if office.referred { "queue-referred" } else { "queue-given" };
        joined([office.name.clone(), office.staff.clone(), office.phone.clone(), look.t(kind).into_owned()])
    });
    let office = if contact.caller_name.is_empty() { String::new() } else { contact.caller_office.clone() };
    let topics = look.short_codes("topic", contact.topics.iter().map(String::as_str));
    let information = look.short_codes("information", contact.information.iter().map(String::as_str));
    let items = look.short_codes("eight-items", contact.items.iter().map(String::as_str));
    let found: [(&str, Cow<'_, str>); 17] = [
        ("form", look.code("form", &contact.form).into()),
        ("pauses", paused(contact, look).into()),
        ("caller_office", office.into()),
        ("relation", (&contact.relation).into()),
        ("phone", (&contact.phone).into()),
        ("fax", (&contact.fax).into()),
        ("reachable", (&contact.reachable).into()),
        ("route", look.code("route", &contact.route).into()),
        ("topics", topics.into()),
        ("complaint", (&contact.complaint).into()),
        ("request", (&contact.request).into()),
        ("text", (&contact.text).into()),
        ("information", information.into()),
        ("response", look.code("response", &contact.response).into()),
        ("response_text", (&contact.response_text).into()),
        ("referred_to", (&contact.referred_to).into()),
        ("items", items.into()),
    ];
    let mut lines: Vec<Line<'_>> =
        found.into_iter().filter_map(|(member, text)| labelled("contact", member, text.into_owned(), look)).collect();
    lines.extend(offices.map(|office| Line::of(look.t("queue-label-office"), office, look.theme.value)));
    lines
}
