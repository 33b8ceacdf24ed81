//! What is told of a case beside the list: why it stands there, who, what is next, and what happened, the newest first.

use std::borrow::Cow;

use chrono::Datelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::looks::view_wanted;
use crate::app::doctors;
use crate::app::model::Model;
use crate::app::msg::CaseFile;
use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::date;
use crate::desk::inquiry::of_case;
use crate::desk::queue::{DueIn, due, due_in, is_overdue, why};
use crate::popups::inquiry_sheet;
use crate::screens::look::Look;
use crate::widgets::paint::put;
use crate::widgets::panel::Panel;
use crate::widgets::width::{truncate, wrap};

/// The cells that a label takes, with the space behind it.
const LABEL: u16 = 9;

/// A piece of text with a label before it, or without one.
pub(super) struct Line<'a> {
    pub label: Cow<'a, str>,
    pub text: String,
    pub style: Style,
    /// The rows that it may take at most.
    pub most: usize,
}

impl<'a> Line<'a> {
    /// A labelled text.
    pub fn of(label: impl Into<Cow<'a, str>>, text: impl Into<String>, style: Style) -> Self {
        Self { label: label.into(), text: text.into(), style, most: usize::MAX }
    }

    /// Its rows in `width` cells, `label` of which the label takes: what stands before the text, and the text.
    pub fn rows(&self, label: u16, width: u16) -> Vec<(&str, Cow<'_, str>)> {
        let label = if self.label.is_empty() { 0 } else { label };
        let room = width.saturating_sub(label).max(1);
        let found = wrap(&self.text, room);
        let last = found.len().min(self.most);
        let mut rows = Vec::with_capacity(last);
        for (at, row) in found.iter().take(last).enumerate() {
            let cut = at + 1 == last && found.len() > last;
            let text = if cut {
                truncate(self.text.get(row.start..).unwrap_or_default(), room)
            } else {
                Cow::Borrowed(self.text.get(row.clone()).unwrap_or_default())
            };
            rows.push((if at == 0 { self.label.as_ref() } else { "" }, text));
        }
        rows
    }
}

/// Draws lines from the top of `area` on, as many as fit.
fn draw(lines: &[Line<'_>], look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let mut places = area.rows();
    for line in lines {
        let indent = if line.label.is_empty() { 0 } else { LABEL };
        for (label, text) in line.rows(LABEL, area.width) {
            let Some(at) = places.next() else { return };
            put(buf, at.x, at.y, indent.saturating_sub(1), label, look.theme.label);
            put(buf, at.x + indent, at.y, at.width.saturating_sub(indent), text.trim_end(), line.style);
        }
    }
}

/// The day by which something is due, as a word where there is one: 超過 2日, 今日, 明日, 11/26(木).
pub(super) fn due_words(case: &Brief, look: &Look<'_>) -> String {
    match (due(case, look.today), case.due) {
        (DueIn::Ahead(days), Some(day)) if days > 1 => look.day(day),
        (DueIn::None, _) => String::new(),
        _ => look.locale.say(&due_in(case, look.today)),
    }
}

/// The same for a column: the state beside it says already that a case waits for others.
pub(super) fn due_short(case: &Brief, look: &Look<'_>) -> String {
    match due(case, look.today) {
        DueIn::Over(days) => look.locale.f("desk-due-over", &[("days", &days.to_string())]).into_owned(),
        DueIn::Today => look.t("desk-due-today").into_owned(),
        DueIn::Ahead(_) if case.due.is_some_and(|day| day.year() != look.today.year()) => {
            case.due.map_or_else(String::new, |day| day.format("%Y/%m/%d").to_string())
        }
        DueIn::None | DueIn::Ahead(_) => due_words(case, look),
    }
}

/// How urgent the due day looks: never the only sign, the words say it too.
pub(super) fn due_style(case: &Brief, look: &Look<'_>) -> Style {
    match due(case, look.today) {
        _ if is_overdue(case, look.today) => look.theme.error,
        DueIn::Today | DueIn::Over(_) => look.theme.warning,
        DueIn::None | DueIn::Ahead(_) => look.theme.text,
    }
}

/// Who called: kind and name, as far as they are known.
pub fn caller(kind: &str, name: &str, look: &Look<'_>) -> String {
    joined([look.short_code("caller-kind", kind), name.to_owned()])
}

/// The parts that hold something, with a space between.
pub(super) fn joined(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// When, who, how, with whom: the head of one contact.
pub(super) fn contact_head(contact: &Contact, model: &Model, look: &Look<'_>) -> String {
    let at = contact.at.map(|at| format!("{} {}", look.day(at.date_naive()), at.format("%H:%M")));
    let name = if contact.caller_name.is_empty() { &contact.caller_office } else { &contact.caller_name };
    joined([
        at.unwrap_or_default(),
        model.operator_name(contact.operator).to_owned(),
        look.short_code("method", &contact.method),
        look.short_code("direction", &contact.direction),
        caller(&contact.caller_kind, name, look),
    ])
}

/// What was said and done, on one line.
fn contact_text(contact: &Contact) -> String {
    let texts = [&contact.text, &contact.complaint, &contact.response_text];
    let text = texts.into_iter().find(|text| !text.trim().is_empty()).map(String::as_str).unwrap_or_default();
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The person, in short.
fn person(case: &Case, look: &Look<'_>) -> String {
    let name =
        if case.subject_name.is_empty() { look.t("queue-anonymous").into_owned() } else { case.subject_name.clone() };
    let age = case.birth.and_then(|birth| date::age(birth, look.today));
    let age = match age {
        Some(age) => look.locale.f("queue-age", &[("age", &age.to_string())]).into_owned(),
        None => look.short_code("age-band", &case.age_band),
    };
    joined([
        name,
        age,
        look.short_code("sex", &case.sex),
        look.short_code("care-level", &case.care_level),
        look.short_code("whereabouts", &case.whereabouts),
        look.short_code("household", &case.household),
        case.area.clone(),
    ])
}

/// The doctor, and whether the doctor was told.
fn doctor(case: &Case, look: &Look<'_>) -> String {
    let told = joined([
        look.short_code("doctor-notice", &case.doctor_notice),
        case.doctor_notice_on.map(|day| look.day(day)).unwrap_or_default(),
        look.short_code("method", &case.doctor_notice_by),
    ]);
    let told = if told.is_empty() { told } else { look.locale.f("queue-told", &[("how", &told)]).into_owned() };
    joined([look.short_code("has-doctor", &case.has_doctor), case.doctor.clone(), told])
}

/// What is known of the case from its row, and from its file where that is there.
fn lines<'a>(case: &Brief, file: Option<&CaseFile>, model: &Model, look: &Look<'a>, most: usize) -> Vec<Line<'a>> {
    let theme = look.theme;
    let mut lines = Vec::new();
    let next = joined([due_words(case, look), case.next_action().to_string()]);
    if !next.is_empty() {
        lines.push(Line { most, ..Line::of(look.t("queue-label-next"), next, due_style(case, look)) });
    }
    if let Some(flag) = &case.flag {
        let reason = joined([look.t("queue-flagged").into_owned(), flag.reason.clone()]);
        lines.push(Line { most, ..Line::of(look.t("queue-label-meeting"), reason, theme.text) });
    }
    let subject = file.map_or_else(|| case.subject().to_string(), |file| person(&file.case, look));
    if !subject.is_empty() {
        lines.push(Line { most: 1, ..Line::of(look.t("queue-label-person"), subject, theme.text) });
    }
    let doctor = file.map(|file| doctor(&file.case, look)).unwrap_or_default();
    if !doctor.is_empty() {
        lines.push(Line { most: 1, ..Line::of(look.t("queue-label-doctor"), doctor, theme.text) });
    }
    let asked = of_case(&model.inquiries, case.id);
    // One who has not answered is what one looks for.
    let shown = asked.iter().find(|(_, inquiry)| inquiry.is_waiting()).or(asked.first());
    if let Some((_, newest)) = shown {
        let waiting = asked.iter().filter(|(_, inquiry)| inquiry.is_waiting()).count().to_string();
        let count = look.locale.f("inquiry-count", &[("waiting", &waiting), ("all", &asked.len().to_string())]);
        let whom = doctors::name(model, newest.office, newest.staff);
        let text = joined([count.into_owned(), whom, inquiry_sheet::stands(newest, doctors::answer_days(model), look)]);
        lines.push(Line { most: 1, ..Line::of(look.t("inquiry-label"), text, theme.text) });
    }
    if !case.summary().is_empty() {
        lines.push(Line { most, ..Line::of(look.t("queue-label-matter"), case.summary(), theme.text) });
    }
    let Some(file) = file else {
        lines.push(Line::of("", look.t("queue-reading"), theme.muted));
        return lines;
    };
    for (_, contact) in file.contacts.iter().rev() {
        let head = contact_head(contact, model, look);
        let text = contact_text(contact);
        let text = if text.is_empty() { head } else { format!("{head}: {text}") };
        lines.push(Line { most, ..Line::of("", text, theme.text) });
    }
    lines
}

/// Draws the look at a case; `most` is how many rows one piece of it may take.
pub(super) fn view(case: &Brief, model: &Model, look: &Look<'_>, most: usize, area: Rect, buf: &mut Buffer) {
    if model.asks_reason(case.id) {
        return view_wanted(case.number(), look, area, buf);
    }
    let file = model.file.as_ref().filter(|file| file.id == case.id);
    let why = look.locale.say(&why(case, look.today));
    let count = file.map(|file| contact_count(file, look)).unwrap_or_default();
    let title = format!("{}  {why}", case.number());
    let inner = Panel::new(look.theme).title(&title).right(&count).draw(buf, area);
    draw(&lines(case, file, model, look, most), look, inner, buf);
}

/// How many contacts the case has, for a title.
pub(super) fn contact_count(file: &CaseFile, look: &Look<'_>) -> String {
    look.locale.f("queue-contacts", &[("count", &file.contacts.len().to_string())]).into_owned()
}
