//! How the page of 変更届 is drawn.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Chosen, Proposals};
use crate::app::model::Model;
use crate::desk::proposal::{Expected, Item, LEFT, Part, answer_of, present};
use crate::popups::abilities::answer_key;
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::{put_line, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::width as measure;

/// Rows under the items for the one with the marker.
const BELOW: u16 = 5;
/// From this width on the sheets have more room.
const WIDE: u16 = 100;

/// What a cell has to hold, in a few words.
pub(super) const fn expected_key(expected: Expected) -> &'static str {
    match expected {
        Expected::Phone => "proposal-needs-phone",
        Expected::Postal => "proposal-needs-postal",
        Expected::Email => "proposal-needs-email",
        Expected::Day => "proposal-needs-day",
        Expected::Answer => "proposal-needs-answer",
        Expected::Name => "proposal-needs-name",
    }
}

impl Proposals {
    pub(super) fn draw(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let waiting = model.waiting_proposals();
        let left = if area.width >= WIDE { 34 } else { 24 }.min(area.width);
        let sheets = Rect { width: left, ..area };
        let rest = Rect { x: area.x + left, width: area.width - left, ..area };
        let count = look.locale.f("intake-count", &[("count", &waiting.len().to_string())]);
        let title = look.t("proposal-page");
        let panel = Panel::new(look.theme).title(&title).right(&count).focused(!self.inside);
        let inner = panel.draw(buf, sheets);
        if waiting.is_empty() {
            put_wrapped(
                buf,
                Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner },
                &look.t("proposal-empty"),
                look.theme.muted,
            );
        }
        let columns = [Column::new("", 10, Column::REST, 9), Column::new("", 3, 3, 8).right()];
        let columns = Columns::new(columns, ListState::row_area(inner).width);
        self.sheets.draw(buf, inner, look.theme, waiting.len(), !self.inside, |buf, slot| {
            let Some((_, proposal)) = waiting.get(slot.index) else { return };
            columns.draw_row(buf, slot.area, |column| match column {
                0 => (proposal.name.as_str().into(), look.theme.text),
                _ => (proposal.waiting().count().to_string().into(), look.theme.muted),
            });
        });
        if let Some(chosen) = self.chosen(model) {
            return self.fields(&chosen, look, rest, buf);
        }
        let inner = Panel::new(look.theme).draw(buf, rest);
        let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        put_wrapped(buf, text, &look.t("proposal-about"), look.theme.muted);
    }

    fn fields(&self, chosen: &Chosen<'_>, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let proposal = chosen.proposal;
        let title = chosen.office.map_or(proposal.name.as_str(), |office| office.name.as_str());
        let inner = Panel::new(look.theme).title(title).focused(self.inside).draw(buf, area);
        let day = |on: Option<chrono::NaiveDate>| on.map(|on| look.day(on)).unwrap_or_default();
        let about = look.locale.f(
            "proposal-head",
            &[("made", &day(proposal.made_on)), ("received", &day(proposal.received_on)), ("file", &proposal.file)],
        );
        let line = |n: u16| Rect {
            x: inner.x + 1,
            y: inner.y + n,
            width: inner.width.saturating_sub(2),
            height: inner.height.saturating_sub(n).min(1),
        };
        put_line(buf, line(0), &about, look.theme.muted);
        let warning = match (proposal.sure, proposal.unchanged) {
            (false, _) => look.t("proposal-unsure-line"),
            (true, true) => look.t("proposal-all-holds-line"),
            (true, false) => Cow::Borrowed(""),
        };
        put_line(buf, line(1), &warning, look.theme.warning);
        let below = BELOW.min(inner.height / 3);
        let head = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2).min(1), ..inner };
        let rows = Rect { y: inner.y + 3, height: inner.height.saturating_sub(3 + below), ..inner };
        let items: Vec<(Part, &Item)> = proposal.waiting().collect();
        let columns = compared(chosen, &items, ListState::row_area(rows).width, look);
        columns.draw_head(buf, ListState::row_area(head), look.theme);
        self.items.draw(buf, rows, look.theme, items.len(), self.inside, |buf, slot| {
            let Some((part, item)) = items.get(slot.index) else { return };
            let (mark, style) = mark(chosen, part, item, look);
            columns.draw_row(buf, slot.area, |column| match column {
                0 => (mark.clone(), style),
                1 => (label(part, chosen, look).into(), look.theme.label),
                2 => (now(part, chosen, look), look.theme.text),
                3 => (flat(&shown(part, &item.wanted, look)), look.theme.value),
                _ => (flat(&shown(part, &item.base, look)), look.theme.muted),
            });
        });
        if let Some((part, item)) = self.items.selected(items.len()).and_then(|at| items.get(at)) {
            let foot = Rect { x: inner.x + 1, y: rows.bottom(), width: inner.width.saturating_sub(2), height: below };
            details(chosen, part, item, look, foot, buf);
        }
    }
}

/// The columns of the comparison: what is wanted has the room that the others leave, and the value of the day on which the
/// sheet was made is shown only where nothing of it is cut for that; it stands below in any case.
fn compared<'a>(chosen: &Chosen<'_>, items: &[(Part, &Item)], cells: u16, look: &Look<'a>) -> Columns<'a> {
    let longest = |text: &dyn Fn(&Part, &Item) -> u16, most: u16| {
        items.iter().map(|(part, item)| text(part, item)).max().unwrap_or_default().clamp(10, most)
    };
    let value = |part: &Part, value: &str| measure(&flat(&shown(part, value, look)));
    let about = longest(&|part, _| measure(&label(part, chosen, look)), 24);
    let present = longest(&|part, _| measure(&now(part, chosen, look)), 32);
    let wanted = longest(&|part, item| value(part, &item.wanted), 40);
    let base = longest(&|part, item| value(part, &item.base), 32);
    let known = [
        Column::new("", 2, 2, 9),
        Column::new(look.t("proposal-sheet-item"), 9, about, 9),
        Column::new(look.t("proposal-now"), 10, present, 8),
        Column::new(look.t("proposal-sheet-after"), 10, Column::REST, 9),
    ];
    let roomy = 2 + about + present + wanted + base + 4 <= cells;
    let before = roomy.then(|| Column::new(look.t("proposal-base"), base, base, 4));
    Columns::new(known.into_iter().chain(before), cells)
}

/// The sign before an item, and how it looks: the directory has gone on, or the cell does not read.
fn mark<'l>(chosen: &Chosen<'_>, part: &Part, item: &Item, look: &Look<'l>) -> (Cow<'l, str>, ratatui::style::Style) {
    match (item.expected, chosen.is_conflict(part, item)) {
        (Some(_), _) => (look.t("proposal-sign-unread"), look.theme.error),
        (None, true) => (look.t("proposal-sign-conflict"), look.theme.warning),
        (None, false) => (Cow::Borrowed(""), look.theme.text),
    }
}

/// The item with the marker in full: its three values, and what is the matter with it.
fn details(chosen: &Chosen<'_>, part: &Part, item: &Item, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let matter = match (item.expected, chosen.is_conflict(part, item)) {
        (Some(expected), _) => {
            let needs = look.t(expected_key(expected)).into_owned();
            look.locale.f("proposal-unread-line", &[("cell", &item.cell), ("needs", &needs)]).into_owned()
        }
        (None, true) => look.t("proposal-conflict-line").into_owned(),
        (None, false) => String::new(),
    };
    let line = |key: &str, value: &str| format!("{}: {value}", look.locale.t(key));
    let texts = [
        (matter, look.theme.warning),
        (line("proposal-now", &now(part, chosen, look)), look.theme.text),
        (line("proposal-sheet-after", &shown(part, &item.wanted, look)), look.theme.value),
        (line("proposal-base", &shown(part, &item.base, look)), look.theme.muted),
    ];
    let mut rest = area;
    for (text, style) in texts.iter().filter(|(text, _)| !text.is_empty()) {
        let used = put_wrapped(buf, rest, text, *style).min(rest.height);
        rest = Rect { y: rest.y + used, height: rest.height - used, ..rest };
    }
}

/// What an item is about, in words.
fn label(part: &Part, chosen: &Chosen<'_>, look: &Look<'_>) -> String {
    let person = |id| chosen.office.and_then(|office| office.staff.get(id)).map_or("", |person| person.name.as_str());
    match part {
        Part::Office(member) => look.locale.t(&format!("field-office-{}", member.replace('_', "-"))).into_owned(),
        Part::Able(code) => look.short_code("capability", code),
        Part::Staff(id, member) => format!("{} {}", look.locale.t(&format!("field-staff-{member}")), person(id)),
        Part::Left(id) => format!("{} {}", look.t("proposal-sheet-left"), person(id)),
        Part::New(_) => look.t("proposal-new-person").into_owned(),
    }
}

fn now<'a>(part: &Part, chosen: &Chosen<'_>, look: &Look<'_>) -> Cow<'a, str> {
    let now = chosen.office.map(|office| present(office, part)).unwrap_or_default();
    flat(&shown(part, &now, look))
}

/// A value in words: answers are kept as codes.
fn shown(part: &Part, value: &str, look: &Look<'_>) -> String {
    match part {
        Part::Able(_) => look.locale.t(answer_key(answer_of(value))).into_owned(),
        Part::Office("accepting") if answer_key(answer_of(value)) != "directory-unknown" => {
            look.locale.t(answer_key(answer_of(value))).into_owned()
        }
        Part::Left(_) if value == LEFT => look.t("proposal-sheet-left").into_owned(),
        Part::Office(_) | Part::Staff(..) | Part::Left(_) | Part::New(_) => value.to_owned(),
    }
}

fn flat<'a>(text: &str) -> Cow<'a, str> {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" / ").into()
}
