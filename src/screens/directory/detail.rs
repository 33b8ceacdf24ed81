//! The entry of the chosen office: the alert, how to reach it, what it can do, its people. Changes no state.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::view::full_name;
use super::{Directory, Place};
use crate::app::model::Model;
use crate::desk::activity::LastMet;
use crate::desk::beds;
use crate::desk::id::Id;
use crate::desk::office::{Answer, Freshness, Office, Staff};
use crate::desk::operator::Role;
use crate::keys::Action;
use crate::popups::abilities::{answer_key, source};
use crate::popups::inquiries;
use crate::screens::look::Look;
use crate::widgets::paint::{put, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::{width as measure, wrap};

impl Directory {
    pub(super) fn draw_detail(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let Some((id, office)) = self.office(model) else {
            Panel::new(look.theme).draw(buf, area);
            return;
        };
        let verified = office.verified.as_ref().map_or_else(
            || look.t("directory-never-verified").into_owned(),
            |verified| {
                let day = look.day(verified.on);
                look.locale
                    .f("directory-verified", &[("day", &day), ("name", model.operator_name(verified.by))])
                    .into_owned()
            },
        );
        let title = full_name(office);
        let inner =
            Panel::new(look.theme).title(&title).right(&verified).focused(self.place == Place::Staff).draw(buf, area);
        let people = office.present_staff();
        let mut y = inner.y;
        let mut lines = detail(office, (model.desk.verify_months(), &|id| model.operator_name(id)), inner.width, look);
        let last = LastMet::of(model.activities.values(), model.today());
        if let Some(day) = last.offices.get(&id) {
            let text = look.locale.f("outreach-last-met", &[("day", &look.day(*day))]).into_owned();
            lines.push((text, look.theme.muted));
        }
        if model.role() != Role::Viewer {
            // High enough to be seen on a low screen, under the numbers and what is told of today.
            let asked = inquiries::line(id, model, look).map(|text| (text, look.theme.muted));
            let told = [!office.alert.is_empty(), true, accepting(office, "", look).is_some()];
            let at = told.into_iter().filter(|told| *told).count().min(lines.len());
            lines.splice(at..at, asked);
        }
        let kept = u16::try_from(people.len()).unwrap_or(u16::MAX).min(inner.height / 2);
        for (text, style) in &lines {
            for range in wrap(text, inner.width) {
                if y + kept < inner.bottom() {
                    put(buf, inner.x, y, inner.width, text.get(range).unwrap_or_default(), *style);
                    y += 1;
                }
            }
        }
        let rows = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
        let people_rows = u16::try_from(people.len()).unwrap_or(u16::MAX);
        let met = people.iter().any(|(id, _)| last.staff.contains_key(id));
        let room = crate::widgets::list::ListState::row_area(rows).width;
        let columns = people_columns(&people, met, room, look);
        self.staff.draw(buf, rows, look.theme, people.len(), self.place == Place::Staff, |buf, slot| {
            let Some((id, person)) = people.get(slot.index) else { return };
            columns.draw_row(buf, slot.area, |column| {
                let text = match column {
                    4 => last.staff.get(id).map_or_else(String::new, |day| {
                        look.locale.f("outreach-met-on", &[("day", &look.day(*day))]).into_owned()
                    }),
                    0 => person.name.clone(),
                    1 => person.role.clone(),
                    2 => call(&person.phone, &person.extension, look),
                    _ => person.handles.clone(),
                };
                (Cow::Owned(text), look.theme.text)
            });
        });
        // A row cuts what somebody handles: where there is room it stands in full below.
        let chosen = self.staff.selected(people.len()).and_then(|at| people.get(at)).map(|(_, person)| *person);
        if let Some(person) = chosen.filter(|person| rows.height > people_rows + 1 && columns.cuts(3, &person.handles))
        {
            let below =
                Rect { y: rows.y + people_rows + 1, height: rows.height - people_rows - 1, x: rows.x + 2, ..rows };
            let below = Rect { width: rows.width.saturating_sub(2), ..below };
            put_wrapped(buf, below, &format!("{} {}: {}", person.name, person.role, person.handles), look.theme.muted);
        }
    }
}

fn people_columns<'a>(people: &[(Id, &Staff)], met: bool, width: u16, look: &Look<'a>) -> Columns<'a> {
    // What they handle is the longest: the others take no more room than they have words for.
    let longest = |text: &dyn Fn(&Staff) -> String, least: u16, most: u16| {
        people.iter().map(|(_, person)| measure(&text(person))).max().unwrap_or_default().clamp(least, most)
    };
    let (name, role) = (longest(&|person| person.name.clone(), 10, 14), longest(&|person| person.role.clone(), 8, 16));
    let phone = longest(&|person| call(&person.phone, &person.extension, look), 8, 20);
    let known = [
        Column::new(look.t("field-staff-name"), 10, name, 9),
        Column::new(look.t("field-staff-role"), 8, role, 5),
        Column::new(look.t("field-staff-phone"), phone.min(13), phone, 7),
        Column::new(look.t("field-staff-handles"), 8, Column::REST, 6),
    ];
    // Only where somebody was met the column has its room.
    Columns::new(known.into_iter().chain(met.then(|| Column::new("", 14, 14, 4))), width)
}

fn call(phone: &str, extension: &str, look: &Look<'_>) -> String {
    match (phone.is_empty(), extension.is_empty()) {
        (_, true) => phone.to_owned(),
        (true, false) => look.locale.f("directory-extension", &[("number", extension)]).into_owned(),
        (false, false) => format!("{phone} {}", look.locale.f("directory-extension", &[("number", extension)])),
    }
}

/// What it can do, then what it does on request, then what it does not, each in the order of the list; no line ends between an
/// ability and its answer.
fn abilities(office: &Office, width: u16, look: &Look<'_>) -> Vec<String> {
    let place = |code: &str| look.codebook.entries("capability").iter().position(|entry| entry.code == code);
    let told = [Answer::Yes, Answer::Ask, Answer::No].into_iter().flat_map(|answer| {
        let mut same: Vec<_> = office.capabilities.iter().filter(|(_, known)| known.answer == answer).collect();
        same.sort_by_key(|(code, _)| place(code).unwrap_or(usize::MAX));
        same
    });
    let mut lines: Vec<String> = Vec::new();
    for (code, known) in told {
        let old = if known.is_old(look.today) { look.t("directory-old-mark") } else { Cow::Borrowed("") };
        let beds = beds::told(&office.capacity, code).map(|count| count.to_string()).unwrap_or_default();
        let one = format!("{}{beds} {}{old}", look.short_code("capability", code), look.t(answer_key(known.answer)));
        match lines.last_mut() {
            Some(line) if measure(line) + 2 + measure(&one) <= width => {
                line.push_str("  ");
                line.push_str(&one);
            }
            _ => lines.push(one),
        }
    }
    lines
}

/// What stands about an office before its people: the alert first, then how to reach it, what it can do, where it is.
fn detail<'m>(
    office: &Office,
    (months, name): (u32, &dyn Fn(Id) -> &'m str),
    width: u16,
    look: &Look<'_>,
) -> Vec<(String, Style)> {
    let theme = look.theme;
    let mut lines = Vec::new();
    if !office.alert.is_empty() {
        lines.push((look.locale.f("directory-alert", &[("text", &office.alert)]).into_owned(), theme.urgent));
    }
    let mut first = call(&office.phone, &office.extension, look);
    if !office.fax.is_empty() {
        first = format!("{first}   FAX {}", office.fax);
    }
    if !office.kind.is_empty() {
        first = format!("{first}   {}", look.code("office-kind", &office.kind));
    }
    lines.push((first.trim_start().to_owned(), theme.chosen));
    lines.extend(accepting(office, name(office.accepting_by), look));
    lines.extend(abilities(office, width, look).into_iter().map(|line| (line, theme.text)));
    lines.extend(admission(office, name, look));
    if office.reading_is_guessed() {
        let key = look.key(Action::FixReading).unwrap_or_default();
        let args = [("kana", office.kana_guess.as_str()), ("key", &key)];
        lines.push((look.locale.f("directory-reading-guessed", &args).into_owned(), theme.warning));
    }
    lines.extend(checked(office, months, look));
    let labelled = |member: &str, text: &str| {
        let key = format!("field-office-{member}");
        (!text.is_empty()).then(|| (format!("{}: {text}", look.locale.t(&key)), theme.text))
    };
    lines.extend(labelled("how-to-contact", &office.how_to_contact));
    lines.extend(labelled("best-time", &office.best_time));
    lines.extend(labelled("hours", &office.hours));
    lines.extend(labelled("closed", &office.closed));
    lines.extend(labelled("serves", &office.serves));
    lines.extend(labelled("handles", &office.handles));
    lines.extend(labelled("address", format!("{} {}", office.address, office.building).trim()));
    lines.extend(labelled("services", &office.services.join(" ")));
    lines.extend(labelled("capacity", &office.capacity));
    lines.extend(labelled("corporation", &office.corporation));
    lines.extend(labelled("note", &office.note.replace('\n', " ")));
    lines.retain(|(text, _)| !text.is_empty());
    lines
}

/// Who was told of 受入, when and how: of all answers the one that is asked about most.
fn admission<'m>(office: &Office, name: &dyn Fn(Id) -> &'m str, look: &Look<'_>) -> Option<(String, Style)> {
    let told = office.capabilities.get("admission").filter(|told| told.answer != Answer::Unknown)?;
    let args = [
        ("what", &*look.code("capability", "admission")),
        ("answer", &*look.t(answer_key(told.answer))),
        ("day", &*told.on.map(|on| look.day(on)).unwrap_or_default()),
        ("source", &*source(told, look)),
        ("name", name(told.by)),
    ];
    let text = look.locale.f("directory-admission-told", &args);
    Some((text.trim_end().to_owned(), look.theme.text))
}

/// How the entry was checked last, and until when that holds. When and by whom stands in the title.
fn checked(office: &Office, months: u32, look: &Look<'_>) -> Option<(String, Style)> {
    let verified = office.verified.as_ref()?;
    let (how, until) = (look.code("method", &verified.how), look.day(verified.expires(months)));
    let (key, style) = match office.freshness(look.today, months) {
        Freshness::Fresh => ("directory-check-holds", look.theme.muted),
        Freshness::Expired | Freshness::Never => ("directory-check-expired", look.theme.warning),
    };
    Some((look.locale.f(key, &[("how", &how), ("day", &until)]).into_owned(), style))
}

/// 受入 and 待ち as they were told, until when that holds, and whether that day has passed.
fn accepting(office: &Office, asked_by: &str, look: &Look<'_>) -> Option<(String, Style)> {
    if office.accepting.is_empty() && office.waiting.is_empty() {
        return None;
    }
    let answer = if office.accepting.is_empty() {
        look.t("directory-unknown").into_owned()
    } else {
        look.code("accepting", &office.accepting)
    };
    let waiting = match office.waiting.as_str() {
        "" => String::new(),
        days if days.bytes().all(|b| b.is_ascii_digit()) => {
            look.locale.f("directory-waiting-days", &[("days", days)]).into_owned()
        }
        text => look.locale.f("directory-waiting", &[("text", text)]).into_owned(),
    };
    let day = office.accepting_until.map(|until| look.day(until)).unwrap_or_default();
    let current = office.accepting_until.is_some_and(|until| look.today <= until);
    let (key, style) = match (current, day.is_empty()) {
        (true, _) => ("directory-accepting", look.theme.chosen),
        (false, false) => ("directory-accepting-expired", look.theme.warning),
        (false, true) => ("directory-accepting-undated", look.theme.warning),
    };
    let args = [("answer", answer.as_str()), ("waiting", &waiting), ("day", &day)];
    let mut text = look.locale.f(key, &args).into_owned();
    if let Some(on) = office.accepting_on {
        let args = [("day", &*look.day(on)), ("name", asked_by)];
        text = format!("{text}  {}", look.locale.f("directory-accepting-asked", &args));
    }
    Some((text, style))
}
