//! How rounds are drawn: the list of all, and one with the office in front and its questions.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::script::{Question, questions};
use super::{Rounds, all, order, stands};
use crate::app::model::Model;
use crate::desk::office::{Freshness, Office};
use crate::desk::round::{Asked, Report, Round, Scope};
use crate::keys::Action;
use crate::screens::intake::clocks::clock;
use crate::screens::look::Look;
use crate::widgets::bar::{Segment, draw_bar};
use crate::widgets::list::ListState;
use crate::widgets::paint::{put, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::{truncate, width, wrap};

/// From this width on the questions stand beside the list.
const WIDE: u16 = 116;
/// So many offices are looked at for how wide a column is to be: there may be those of the whole country.
const LOOKED: usize = 200;
/// The rows for the list where the questions stand under it: they are what is read.
const FEW: u16 = 5;

/// The keys that say what came of a call.
const ANSWERS: [Action; 6] = [
    Action::AnswerUnchanged,
    Action::AnswerChanged,
    Action::AnswerAbsent,
    Action::AnswerRefused,
    Action::AnswerGone,
    Action::AnswerOutside,
];

/// What a round is about.
fn about(round: &Round, look: &Look<'_>) -> String {
    match Scope::from_code(&round.scope) {
        Some(Scope::Kind) => look.code("office-kind", &round.of),
        Some(Scope::Area) => round.of.clone(),
        Some(Scope::Expired | Scope::April | Scope::Never) | None => look.code("round-scope", &round.scope),
    }
}

/// The same as a title.
pub(super) fn heading(round: &Round, look: &Look<'_>) -> String {
    look.locale.f("rounds-heading", &[("scope", &about(round, look))]).into_owned()
}

/// From when to when, and by whom.
pub(super) fn span(round: &Round, model: &Model, look: &Look<'_>) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| look.day(day)).unwrap_or_default();
    let (from, to) = (day(round.on), day(round.closed_on));
    let args = [("from", from.as_str()), ("to", &to), ("name", model.operator_name(round.by))];
    look.locale.f(if round.is_open() { "rounds-since" } else { "rounds-span" }, &args).into_owned()
}

fn inset(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

impl Rounds {
    /// The list of all rounds, and how fresh the directory is.
    pub(super) fn draw_all(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let inner = Panel::new(look.theme).title(&look.t("rounds-title")).focused(true).draw(buf, area);
        let foot = inner.height.min(5);
        let head = Rect { height: inner.height.min(1), ..inner };
        let rows = Rect { y: inner.y + head.height, height: inner.height.saturating_sub(foot + head.height), ..inner };
        let all = all(model);
        if all.is_empty() {
            let key = look.key(Action::AddEntry).unwrap_or_default();
            let text = look.locale.f("rounds-empty", &[("key", &key)]);
            put_wrapped(
                buf,
                inset(Rect { y: inner.y, height: rows.height + head.height, ..inner }),
                &text,
                look.theme.muted,
            );
        } else {
            self.draw_rows(&all, model, look, (head, rows), buf);
        }
        let counted = self.counted(model);
        let (fresh, expired) = (counted.fresh.to_string(), counted.expired.to_string());
        let (never, months) = (counted.never.to_string(), model.desk.verify_months().to_string());
        let args = [("fresh", fresh.as_str()), ("expired", &expired), ("never", &never), ("months", &months)];
        let mut below =
            inset(Rect { y: inner.bottom().saturating_sub(foot) + 1, height: foot.saturating_sub(1), ..inner });
        if counted.april > 0 {
            let count = counted.april.to_string();
            let key = look.key(Action::AddEntry).unwrap_or_default();
            let text = look.locale.f("rounds-april-due", &[("count", &count), ("key", &key)]);
            let used = put_wrapped(buf, below, &text, look.theme.warning);
            below = Rect { y: below.y + used, height: below.height.saturating_sub(used), ..below };
        }
        put_wrapped(buf, below, &look.locale.f("rounds-freshness", &args), look.theme.muted);
    }

    fn draw_rows(
        &self,
        all: &[(crate::desk::id::Id, &Round)],
        model: &Model,
        look: &Look<'_>,
        (head, rows): (Rect, Rect),
        buf: &mut Buffer,
    ) {
        let columns = [
            Column::new(look.t("rounds-head-on"), 9, 10, 9),
            Column::new(look.t("rounds-head-scope"), 18, Column::REST, 8),
            Column::new(look.t("rounds-head-done"), 8, 9, 8),
            Column::new(look.t("rounds-head-rate"), 6, 7, 5).right(),
            Column::new(look.t("rounds-head-minutes"), 4, 5, 4).right(),
            Column::new(look.t("rounds-head-by"), 9, 12, 3),
            Column::new(look.t("rounds-head-state"), 6, 14, 7),
        ];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        columns.draw_head(buf, ListState::row_area(head), look.theme);
        self.list.draw(buf, rows, look.theme, all.len(), true, |buf, slot| {
            let Some((_, round)) = all.get(slot.index) else { return };
            let tally = Report::of(round, |_| None).all;
            let (done, left) = round.progress();
            columns.draw_row(buf, slot.area, |column| {
                let text: Cow<'_, str> = match column {
                    0 => round.on.map(|on| look.short_day(on)).unwrap_or_default().into(),
                    1 => about(round, look).into(),
                    2 => format!("{done}/{}", done + left).into(),
                    3 => tally.rate().map(|rate| format!("{rate}%")).unwrap_or_default().into(),
                    4 => tally.minutes().to_string().into(),
                    5 => model.operator_name(round.by).into(),
                    _ => match round.closed_on {
                        Some(day) => look.locale.f("rounds-closed", &[("day", &look.day(day))]).into_owned().into(),
                        None => look.t("rounds-open").into_owned().into(),
                    },
                };
                let style = if column == 6 && round.is_open() { look.theme.chosen } else { look.theme.text };
                (text, style)
            });
        });
    }

    /// One round: the offices, and the one in front with its questions.
    pub(super) fn draw_round(&self, round: &Round, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let head = Rect { height: area.height.min(1), ..area };
        let body = Rect { y: area.y + head.height, height: area.height - head.height, ..area };
        self.draw_head(round, model, look, head, buf);
        let (list, detail) = if area.width >= WIDE {
            let width = body.width * 9 / 20;
            (Rect { width, ..body }, Rect { x: body.x + width, width: body.width - width, ..body })
        } else {
            let height = (body.height / 4).max(FEW).min(body.height);
            (Rect { height, ..body }, Rect { y: body.y + height, height: body.height - height, ..body })
        };
        self.draw_offices(round, model, look, list, buf);
        let front = self.chosen.and_then(|id| Some((model.offices.get(&id)?.as_ref(), round.offices.get(&id)?)));
        match front {
            Some((office, asked)) => self.draw_front((office, asked), model, look, detail, buf),
            None => _ = Panel::new(look.theme).draw(buf, detail),
        }
    }

    fn draw_head(&self, round: &Round, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let theme = look.theme;
        let (done, left) = round.progress();
        let (done, left) = (done.to_string(), left.to_string());
        let progress = look.locale.f("rounds-progress", &[("done", &done), ("left", &left)]).into_owned();
        let segments = [Segment::new(heading(round, look), theme.title, 8), Segment::new(progress, theme.chosen, 9)];
        let now = model.now.mono;
        let running = self.clock.get().filter(|clock| Some(clock.office) == self.chosen);
        let this = if let Some(running) = running {
            let key = if running.since.is_some() { "rounds-clock" } else { "rounds-clock-stopped" };
            look.locale.f(key, &[("time", &clock(running.at(now)))]).into_owned()
        } else {
            let key = look.key(Action::CallClock).unwrap_or_default();
            look.locale.f("rounds-clock-none", &[("key", &key)]).into_owned()
        };
        let total = round.seconds() + self.clock.get().map_or(0, |clock| clock.at(now));
        let total = look.locale.f("rounds-clock-total", &[("time", &clock(total))]).into_owned();
        let style = if running.is_some() { theme.chosen } else { theme.muted };
        let right = [Segment::new(this, style, 7), Segment::new(total, theme.text, 6)];
        draw_bar(buf, inset(area), theme.text, &segments, &right);
    }

    fn draw_offices(&self, round: &Round, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let inner = Panel::new(look.theme).title(&look.t("rounds-offices")).focused(true).draw(buf, area);
        let order = order(round, model);
        let told =
            order.iter().take(LOOKED).filter_map(|id| round.offices.get(id)).map(|asked| width(&stands(asked, look)));
        let outcome = told.max().unwrap_or_default().clamp(10, 24);
        // Beside the questions, which begin with the number, the name has its room.
        let columns = [
            Column::new("", 22, Column::REST, 9),
            Column::new("", 12, 13, 4),
            Column::new("", 9, 10, 5),
            Column::new("", outcome, outcome, 8),
        ];
        let columns = Columns::new(columns, ListState::row_area(inner).width);
        let months = model.desk.verify_months();
        self.offices.draw(buf, inner, look.theme, order.len(), true, |buf, slot| {
            let found = order.get(slot.index).and_then(|id| Some((model.offices.get(id)?, round.offices.get(id)?)));
            let Some((office, asked)) = found else { return };
            let done = asked.is_done();
            columns.draw_row(buf, slot.area, |column| {
                let style = if done { look.theme.muted } else { look.theme.text };
                match column {
                    0 => (office.name.as_str().into(), style),
                    1 => (office.phone.as_str().into(), style),
                    2 => checked(office, months, look),
                    _ => (stands(asked, look).into(), if done { look.theme.ok } else { look.theme.text }),
                }
            });
        });
    }

    /// The office in front: how it is reached, what was noted, the questions, and the keys for what came of it.
    fn draw_front(
        &self,
        (office, asked): (&Office, &Asked),
        model: &Model,
        look: &Look<'_>,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let title = format!("{} {}", office.name, office.department);
        let stands = stands(asked, look);
        let inner = inset(Panel::new(look.theme).title(title.trim_end()).right(&stands).draw(buf, area));
        let foot = u16::from(inner.height > 1);
        let mut y = inner.y;
        let end = inner.bottom().saturating_sub(foot);
        let mut line = |buf: &mut Buffer, text: &str, style| {
            for range in wrap(text, inner.width) {
                if y < end {
                    put(buf, inner.x, y, inner.width, text.get(range).unwrap_or_default(), style);
                    y += 1;
                }
            }
        };
        if !office.alert.is_empty() {
            line(buf, &look.locale.f("directory-alert", &[("text", &office.alert)]), look.theme.urgent);
        }
        let mut first = vec![office.phone.clone()];
        if !office.extension.is_empty() {
            first.push(look.locale.f("directory-extension", &[("number", &office.extension)]).into_owned());
        }
        first.extend(Some(office.best_time.clone()).filter(|text| !text.is_empty()));
        line(buf, &first.join("  "), look.theme.chosen);
        if !office.how_to_contact.is_empty() {
            line(buf, &office.how_to_contact, look.theme.muted);
        }
        if !asked.note.is_empty() {
            line(buf, &look.locale.f("rounds-note", &[("text", &asked.note)]), look.theme.warning);
        }
        let rest = Rect { y, height: end.saturating_sub(y), ..inner };
        self.more.set(draw_questions(&questions(office, model, look), self.scroll, look, rest, buf));
        if foot > 0 {
            let key = look.key(Action::NextPane).unwrap_or_default();
            let more = Segment::hint(key, look.t("rounds-more-questions"), look.theme, 9);
            let more: Vec<_> =
                Some(more).filter(|_| self.scroll > 0 || self.more.get().is_some()).into_iter().collect();
            let keys = ANSWERS
                .into_iter()
                .filter_map(|action| Some(Segment::hint(look.key(action)?, look.t(action.title()), look.theme, 5)));
            let keys: Vec<_> = keys.collect();
            draw_bar(buf, Rect { y: end, height: 1, ..inner }, look.theme.text, &keys, &more);
        }
    }
}

fn checked<'a>(office: &Office, months: u32, look: &Look<'_>) -> (Cow<'a, str>, Style) {
    match (&office.verified, office.freshness(look.today, months)) {
        (Some(verified), Freshness::Fresh) => (look.day(verified.on).into(), look.theme.muted),
        (Some(verified), _) => (verified.on.format("%Y/%m").to_string().into(), look.theme.warning),
        (None, _) => (look.t("directory-unverified").into_owned().into(), look.theme.warning),
    }
}

/// The questions on the left, what stands in the directory on the right, each beside the other, from the row `from` on.
/// The row with which the next part begins; `None`: that was all.
fn draw_questions(questions: &[Question], from: u16, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<u16> {
    let label = 9.min(area.width);
    let ask = (area.width - label) * 11 / 20;
    let now = area.width.saturating_sub(label + ask + 1);
    let mut row = 0_u16;
    for question in questions {
        // What stands alone has the whole width.
        let (ask, now) = if question.now.is_empty() { (area.width - label, 0) } else { (ask, now) };
        let left = wrap(&question.ask, ask);
        let right = if now == 0 { Vec::new() } else { wrap(&question.now, now) };
        for at in 0..left.len().max(right.len()) {
            let shown = row.checked_sub(from).map(|row| area.y.saturating_add(row));
            row += 1;
            let Some(y) = shown else { continue };
            if y >= area.bottom() {
                return Some(row - 1);
            }
            if at == 0 || y == area.y {
                put(buf, area.x, y, label, &truncate(&question.about, label), look.theme.label);
            }
            let part = |ranges: &[Range<usize>], text: &str| {
                ranges.get(at).and_then(|range| text.get(range.clone())).unwrap_or_default().to_owned()
            };
            put(buf, area.x + label, y, ask, &part(&left, &question.ask), look.theme.text);
            put(buf, area.x + label + ask + 1, y, now, &part(&right, &question.now), look.theme.value);
        }
    }
    None
}
