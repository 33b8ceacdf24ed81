//! The editions at the left; at the right what one of them is, and who has it or what changed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Editions, Side, Somebody, all};
use crate::app::model::Model;
use crate::desk::document::Document;
use crate::desk::edition;
use crate::desk::say::Say;
use crate::print::edition::{Difference, extent};
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::{put, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::truncate;

/// The rows that tell what an edition is, with a blank one or the heads of the columns under them.
const HEAD: u16 = 4;

/// The least cells for the editions: their names, numbers and days.
const LEFT: u16 = 35;

/// The rows for the change that is chosen, in full.
const FOOT: u16 = 4;

pub(super) fn draw(page: &Editions, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let left = (area.width * 2 / 5).clamp(LEFT.min(area.width), 52);
    let (left, right) = (
        Rect { width: left.min(area.width), ..area },
        Rect { x: area.x + left.min(area.width), width: area.width - left.min(area.width), ..area },
    );
    list(page, model, look, left, buf);
    beside(page, model, look, right, buf);
}

fn list(page: &Editions, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let all = all(model);
    let count = look.locale.f("intake-count", &[("count", &all.len().to_string())]);
    let title = look.t("edition-page-title");
    let inner = Panel::new(look.theme).title(&title).right(&count).focused(!page.right).draw(buf, area);
    if all.is_empty() {
        let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        put_wrapped(buf, text, &look.t("edition-none-here"), look.theme.muted);
        return;
    }
    let columns = [Column::new("", 12, Column::REST, 9), Column::new("", 6, 8, 8), Column::new("", 10, 10, 7)];
    let columns = Columns::new(columns, ListState::row_area(inner).width);
    page.list.draw(buf, inner, look.theme, all.len(), !page.right, |buf, slot| {
        let Some((_, document)) = all.get(slot.index) else { return };
        columns.draw_row(buf, slot.area, |column| match column {
            0 => (look.code("edition-list", &document.list).into(), look.theme.text),
            1 => (number(document.number, look).into(), look.theme.value),
            _ => (document.on.map(|on| look.short_day(on)).unwrap_or_default().into(), look.theme.muted),
        });
    });
}

fn number(number: u32, look: &Look<'_>) -> String {
    look.locale.f("edition-number", &[("number", &number.to_string())]).into_owned()
}

fn beside(page: &Editions, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let Some((_, document)) = page.chosen(model) else {
        Panel::new(look.theme).draw(buf, area);
        return;
    };
    let newest = edition::editions(&model.documents, &document.list).first().map_or(0, |(_, newest)| newest.number);
    let title = match page.side {
        Side::Recipients => Say::new("edition-side-recipients").with("number", document.number.to_string()),
        Side::Changes if newest > document.number => Say::new("edition-side-changes-to")
            .with("number", document.number.to_string())
            .with("newest", newest.to_string()),
        Side::Changes => Say::new("edition-side-changes").with("number", document.number.to_string()),
        Side::Old => Say::new("edition-side-old").with("newest", newest.to_string()),
    };
    let title = look.locale.say(&title);
    let rows = page.rows(model).to_string();
    let count = look.locale.f("intake-count", &[("count", &rows)]);
    let inner = Panel::new(look.theme).title(&title).right(&count).focused(page.right).draw(buf, area);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
    let head = HEAD.min(inner.height / 2);
    about(document, model, look, Rect { height: head, ..inner }, buf);
    let body = Rect { y: inner.y + head, height: inner.height - head, ..inner };
    let titles = Rect { y: body.y.saturating_sub(1), height: head.min(1), ..body };
    match page.side {
        Side::Changes => changes(page, look, body, buf),
        Side::Recipients | Side::Old => entries(page, model, look, (titles, body), buf),
    }
}

/// What the edition is.
fn about(document: &Document, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let made = Say::new("edition-about-made")
        .with("day", document.on.map(|on| look.day(on)).unwrap_or_default())
        .with("by", model.operator_name(document.by))
        .with("count", document.rows.len().to_string());
    let extent = extent(look.locale, look.codebook, document);
    let lines = [look.locale.say(&made), extent, document.note.clone()];
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        put(buf, area.x, y, area.width, &truncate(&line, area.width), look.theme.muted);
    }
}

fn entries(page: &Editions, model: &Model, look: &Look<'_>, (head, area): (Rect, Rect), buf: &mut Buffer) {
    let entries = page.entries(model);
    if entries.is_empty() {
        let key = if page.side == Side::Old { "edition-nobody-old" } else { "edition-nobody-yet" };
        put_wrapped(buf, area, &look.t(key), look.theme.muted);
        return;
    }
    // The names need the room. Of one edition all have its number, and mostly nothing came back.
    let numbered = page.side == Side::Old;
    let back = entries.iter().any(|one| one.recipient.back.is_some());
    let columns = [
        numbered.then(|| Column::new(look.t("edition-head-number"), 6, 6, 6)),
        Some(Column::new(look.t("edition-head-recipient"), 18, Column::REST, 9)),
        Some(Column::new(look.t("edition-head-on"), 10, 10, 7)),
        Some(Column::new(look.t("edition-head-how"), 6, 8, 4)),
        Some(Column::new(look.t("edition-head-copies"), 4, 5, 5)),
        back.then(|| Column::new(look.t("edition-head-back"), 4, 4, 8)),
    ];
    let shown: Vec<usize> =
        columns.iter().enumerate().filter_map(|(at, column)| column.is_some().then_some(at)).collect();
    let columns = Columns::new(columns.into_iter().flatten(), ListState::row_area(area).width);
    columns.draw_head(buf, ListState::row_area(head), look.theme);
    // A name that is cut stands in full below, where there is room.
    let chosen =
        page.beside.selected(entries.len()).and_then(|at| entries.get(at)).map(|one| one.recipient.name.as_str());
    let name_column = shown.iter().position(|column| *column == 1).unwrap_or_default();
    let rows = u16::try_from(entries.len()).unwrap_or(u16::MAX).saturating_add(1);
    if let Some(name) = chosen.filter(|name| rows < area.height && columns.cuts(name_column, name)) {
        let below =
            Rect { x: area.x + 2, y: area.y + rows, width: area.width.saturating_sub(3), height: area.height - rows };
        put_wrapped(buf, below, name, look.theme.text);
    }
    page.beside.draw(buf, area, look.theme, entries.len(), page.right, |buf, slot| {
        let Some(Somebody { number: edition, recipient: one, .. }) = entries.get(slot.index) else { return };
        columns.draw_row(buf, slot.area, |column| match shown.get(column).copied().unwrap_or_default() {
            0 => (number(*edition, look).into(), look.theme.value),
            1 => (one.name.as_str().into(), look.theme.text),
            2 => (one.on.map(|on| look.short_day(on)).unwrap_or_default().into(), look.theme.muted),
            3 => (look.short_code("method", &one.how).into(), look.theme.muted),
            4 => {
                let copies = look.locale.f("edition-copies", &[("count", &one.copies.to_string())]);
                (copies.into_owned().into(), look.theme.muted)
            }
            _ => {
                let back = if one.back.is_some() { look.t("edition-is-back") } else { "".into() };
                (back, look.theme.muted)
            }
        });
    });
}

fn changes(page: &Editions, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    if page.changed.is_empty() {
        put_wrapped(buf, area, &look.t("edition-no-changes"), look.theme.muted);
        return;
    }
    let rows: Vec<_> =
        page.changed.iter().flat_map(|office| office.what.iter().map(|what| (&office.name, what))).collect();
    let columns = [Column::new("", 8, 20, 9), Column::new("", 6, 16, 8), Column::new("", 8, Column::REST, 7)];
    let columns = Columns::new(columns, ListState::row_area(area).width);
    let line = |text: &str| text.lines().collect::<Vec<_>>().join(" ");
    let empty = look.t("edition-empty-cell");
    let shown = |text: &str| if text.is_empty() { empty.clone().into_owned() } else { line(text) };
    let told = |what: &Difference| match (what.before.as_str(), what.after.as_str()) {
        ("", "") => String::new(),
        (before, after) => format!("{} > {}", shown(before), shown(after)),
    };
    let about = |what: &Difference| format!("{} {}", what.person, what.what).trim().to_owned();
    // A row cuts long values: the one that is chosen stands in full below.
    let foot = FOOT.min(area.height / 3);
    let (area, below) = (
        Rect { height: area.height - foot, ..area },
        Rect { y: area.y + area.height - foot, height: foot, width: area.width.saturating_sub(1), ..area },
    );
    if let Some((name, what)) = page.beside.selected(rows.len()).and_then(|at| rows.get(at)) {
        put_wrapped(buf, below, &format!("{name} {} {}", about(what), told(what)), look.theme.text);
    }
    page.beside.draw(buf, area, look.theme, rows.len(), page.right, |buf, slot| {
        let Some((name, what)) = rows.get(slot.index) else { return };
        columns.draw_row(buf, slot.area, |column| match column {
            0 => (name.as_str().into(), look.theme.text),
            1 => (about(what).into(), look.theme.label),
            _ => (told(what).into(), look.theme.value),
        });
    });
}
