//! How a form is drawn: rows of labelled fields, the choices of the field in focus under them. Changes no state.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use serde_json::Value;

use super::field::{Field, FieldKind};
use super::{Around, Editor, Form};
use crate::desk::date;
use crate::screens::look::Look;
use crate::widgets::cache::version;
use crate::widgets::chips::{self, Chip};
use crate::widgets::held::Held;
use crate::widgets::paint::put;
use crate::widgets::theme::Theme;
use crate::widgets::width::{truncate, width, wrap};

/// The cells that a label takes, with the space behind it.
const LABEL: u16 = 11;
/// The rows that a memo takes at least.
const MEMO_ROWS: u16 = 3;

/// A row of fields with its height.
struct Row {
    fields: Vec<usize>,
    height: u16,
}

/// Where a field stands on the page.
struct Cell {
    index: usize,
    field: &'static Field,
    area: Rect,
}

impl Form {
    /// Draws the page of the field in focus; returns where the caret stands.
    pub fn view(&self, look: &Look<'_>, around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.view_others(look, around, area, buf);
        self.view_focused(look, around, area, buf)
    }

    /// Draws every field of the page but the one in focus, whose place stays blank: what does not change while one types.
    pub fn view_others(&self, look: &Look<'_>, around: &Around<'_>, area: Rect, buf: &mut Buffer) {
        for cell in self.cells(area).iter().filter(|cell| cell.index != self.focused()) {
            self.cell(cell, look, around, buf);
        }
    }

    /// What [`Form::view_others`] draws, as far as it is the form's: the values of all fields but the one in focus.
    pub fn others_version(&self) -> u64 {
        let others = self.fields().iter().enumerate().filter(|(index, _)| *index != self.focused());
        let values = others.map(|(_, field)| {
            let raw = if self.values().has_raw() { self.values().raw(field) } else { None };
            (raw, self.values().get(field.target, field.member))
        });
        version(&(self.focused(), values.collect::<Vec<_>>(), &self.proposals))
    }

    /// Draws the field in focus; returns where the caret stands.
    pub fn view_focused(&self, look: &Look<'_>, around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.text_at.set(None);
        let cells = self.cells(area);
        let focused = cells.iter().find(|cell| cell.index == self.focused())?;
        if let Some(held) = look.held {
            held.wipe(focused.area, buf);
        }
        self.cell(focused, look, around, buf)
    }

    /// Paints nothing but the memo in focus, where it stood in the frame before; `None` for any other field.
    pub fn view_text(&self, held: &Held, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
        let (_, area) = self.text_at.get().filter(|(index, _)| *index == self.focused())?;
        let Editor::Area(text) = &self.editor else { return None };
        text.draw_over(held, buf, area, theme.value)
    }

    /// The fields of the page with their places in `area`, as far as they are in sight.
    fn cells(&self, area: Rect) -> Vec<Cell> {
        let rows = self.rows(area.height);
        let mut top = 0;
        let mut focused_end = 0;
        for row in &rows {
            top += row.height;
            if row.fields.contains(&self.focused()) {
                focused_end = top;
            }
        }
        // The row in focus is always in sight: the page scrolls just as far as that needs.
        let mut skip = focused_end.saturating_sub(area.height);
        let mut y = area.y;
        let mut cells = Vec::new();
        for row in &rows {
            if skip >= row.height {
                skip -= row.height;
                continue;
            }
            let height = row.height.min(area.bottom().saturating_sub(y));
            if height == 0 {
                break;
            }
            self.row(row, Rect { y, height, ..area }, &mut cells);
            y += height;
            skip = 0;
        }
        cells
    }

    /// The rows that the longest page takes at least.
    pub fn height(&self) -> u16 {
        let page = |page: u8| {
            let mut rows: Vec<(u8, u16)> = Vec::new();
            for field in self.fields().iter().filter(|field| field.page == page) {
                let least = if field.kind == FieldKind::Memo { MEMO_ROWS } else { 1 };
                match rows.last_mut() {
                    Some((at, height)) if *at == field.row => *height = least.max(*height),
                    _ => rows.push((field.row, least)),
                }
            }
            rows.iter().map(|(_, height)| height).sum()
        };
        (0..self.pages()).map(page).max().unwrap_or(0)
    }

    /// The rows of the page in focus; memos share what height is left. Where there is little, only the memo that is
    /// being written has its rows, so that as many other fields as can be stay in sight.
    fn rows(&self, height: u16) -> Vec<Row> {
        let mut rows: Vec<(u8, Row)> = Vec::new();
        for (index, field) in self.fields().iter().enumerate().filter(|(_, f)| f.page == self.page()) {
            match rows.last_mut() {
                Some((at, same)) if *at == field.row => same.fields.push(index),
                _ => rows.push((field.row, Row { fields: vec![index], height: 1 })),
            }
        }
        let mut rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
        let is_memo =
            |row: &Row| row.fields.iter().filter_map(|i| self.fields().get(*i)).any(|f| f.kind == FieldKind::Memo);
        for row in rows.iter_mut().filter(|row| row.fields.contains(&self.focused()) && is_memo(row)) {
            row.height = MEMO_ROWS;
        }
        let used: u16 = rows.iter().map(|row| row.height).sum();
        let memos = rows.iter().filter(|row| is_memo(row)).count();
        if let (Some(left), Ok(memos)) = (height.checked_sub(used), u16::try_from(memos))
            && memos > 0
        {
            rows.iter_mut().filter(|row| is_memo(row)).for_each(|row| row.height += left / memos);
        }
        rows
    }

    fn row(&self, row: &Row, area: Rect, cells: &mut Vec<Cell>) {
        let fields: Vec<(usize, &'static Field)> =
            row.fields.iter().filter_map(|i| Some((*i, self.fields().get(*i)?))).collect();
        let weights: u16 = fields.iter().map(|(_, f)| f.weight).sum();
        let mut x = area.x;
        let mut before = 0;
        for (index, field) in fields {
            before += field.weight;
            let end = area.x
                + u16::try_from(u32::from(area.width) * u32::from(before) / u32::from(weights.max(1)))
                    .unwrap_or(area.width);
            cells.push(Cell { index, field, area: Rect { x, width: end.saturating_sub(x), ..area } });
            x = end;
        }
    }

    fn cell(&self, cell: &Cell, look: &Look<'_>, around: &Around<'_>, buf: &mut Buffer) -> Option<Position> {
        let Cell { index, field, area } = *cell;
        let focused = index == self.focused();
        let key = field.label_key();
        let label = look.locale.t(&key);
        let style = if focused { look.theme.bar_active } else { look.theme.label };
        // Where there is little room the label takes no more than it needs, and a long one takes what it needs.
        let needed = width(&label) + 1;
        let wanted = if area.width < 2 * LABEL { needed + 1 } else { needed.clamp(LABEL, area.width / 2) };
        let width = wanted.min(area.width);
        put(buf, area.x, area.y, width.saturating_sub(1), &label, style);
        // One cell stays free at the end, so that neighbours never touch.
        let value = Rect { x: area.x + width, width: area.width.saturating_sub(width + 1), ..area };
        if focused {
            match &self.editor {
                Editor::Code => {
                    self.value(field, look, around, value, buf);
                    return Some(Position { x: value.x, y: value.y });
                }
                Editor::Line(line) => {
                    let caret = line.draw(buf, value, look.theme.field_focused);
                    self.proposed(field, look, around, value, look.theme.field_focused, buf);
                    return caret;
                }
                Editor::Area(text) => {
                    let caret = text.draw(buf, value, look.theme.value);
                    self.text_at.set(Some((index, value)));
                    if let Some(held) = look.held {
                        text.drawn_in(held.frame());
                    }
                    return caret;
                }
            }
        }
        self.value(field, look, around, value, buf);
        None
    }

    fn value(&self, field: &Field, look: &Look<'_>, around: &Around<'_>, area: Rect, buf: &mut Buffer) {
        if let Some(raw) = self.values().raw(field) {
            put(buf, area.x, area.y, area.width, &truncate(raw, area.width), look.theme.error);
            return;
        }
        let Some(value) = self.values().get(field.target, field.member) else {
            return self.proposed(field, look, around, area, look.theme.value, buf);
        };
        match field.kind {
            FieldKind::Memo => memo(value.as_str().unwrap_or_default(), look, area, buf),
            FieldKind::Codes(list) => codes(&keyed(list, value, look, around), look, area, buf),
            _ => {
                let shown = shown(field, value, look, around, area.width);
                put(buf, area.x, area.y, area.width, &truncate(&shown, area.width), look.theme.value);
            }
        }
    }

    /// What is proposed for an empty field: grey, and in brackets, because not every terminal has a grey.
    fn proposed(
        &self,
        field: &Field,
        look: &Look<'_>,
        around: &Around<'_>,
        area: Rect,
        under: Style,
        buf: &mut Buffer,
    ) {
        let Some(proposal) = self.proposal(field) else { return };
        let room = area.width.saturating_sub(2);
        // The short label: a long one has brackets of its own.
        let text = format!("({})", truncate(&shown(field, &proposal.value, look, around, 0), room));
        put(buf, area.x, area.y, area.width, &text, under.patch(look.theme.muted));
    }

    /// What is proposed for the field in focus, in words, with the reason.
    pub fn offer(&self, look: &Look<'_>, around: &Around<'_>) -> Option<(String, String)> {
        let (field, proposal) = (self.field()?, self.offered()?);
        Some((shown(field, &proposal.value, look, around, 0), proposal.why.text(look)))
    }

    /// The choices of the field in focus; none where it is typed.
    pub fn choices(&self, look: &Look<'_>, around: &Around<'_>) -> Choices {
        let Some(field) = self.field() else { return Choices::default() };
        let one = self.values().text(field.target, field.member);
        if field.kind == FieldKind::Area {
            let areas = around.areas.iter().enumerate();
            return Choices(areas.map(|(i, area)| ((i + 1).to_string(), area.clone(), area == one)).collect());
        }
        if field.kind == FieldKind::Operator {
            let operators = around.choosable();
            return Choices(
                operators.map(|(key, id, o)| (key.to_string(), o.name.clone(), id.to_string() == one)).collect(),
            );
        }
        let Some(list) = field.kind.list() else { return Choices::default() };
        let several = self.values().codes(field.target, field.member);
        let entries = around.codebook.offered(list, around.today).map(|entry| {
            let chosen = one == entry.code || several.contains(&entry.code.as_str());
            (entry.key.map(String::from).unwrap_or_default(), look.short_code(list, &entry.code), chosen)
        });
        Choices(entries.collect())
    }
}

/// The choices of a field, ready to be drawn: key, label, whether it is chosen.
#[derive(Debug, Default)]
pub struct Choices(Vec<(String, String, bool)>);

impl Choices {
    /// Whether there is nothing to choose.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many rows they take in `cells` columns.
    pub fn height(&self, cells: u16) -> u16 {
        if self.is_empty() { 0 } else { chips::height(&self.chips(), cells) }
    }

    /// Draws them.
    pub fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        chips::draw(buf, area, look.theme, &self.chips(), None);
    }

    fn chips(&self) -> Vec<Chip<'_>> {
        self.0.iter().map(|(code, label, chosen)| Chip { code, label, chosen: *chosen }).collect()
    }
}

/// A value as it is read, in at most these cells where there is a shorter way to say it.
fn shown(field: &Field, value: &Value, look: &Look<'_>, around: &Around<'_>, cells: u16) -> String {
    let text = value.as_str().unwrap_or_default();
    match field.kind {
        FieldKind::Code(list) => {
            let full = look.code(list, text);
            if width(&full) <= cells { full } else { look.short_code(list, text) }
        }
        FieldKind::Codes(list) => {
            let codes = keyed(list, value, look, around).into_iter().map(|(_, label)| label);
            codes.collect::<Vec<_>>().join("  ")
        }
        FieldKind::Date | FieldKind::Birth | FieldKind::Due => {
            text.parse().map_or_else(|_| text.to_owned(), |day| format!("{} {}", date::format_era(day), look.day(day)))
        }
        FieldKind::Operator => {
            let known = text.parse().ok().and_then(|id| around.operators.get(&id));
            known.map_or_else(String::new, |operator| operator.name.clone())
        }
        FieldKind::Line | FieldKind::Phone | FieldKind::Area | FieldKind::Memo => text.to_owned(),
    }
}

/// The codes of a field that holds several, each with its key and its short label.
fn keyed(list: &str, value: &Value, look: &Look<'_>, around: &Around<'_>) -> Vec<(String, String)> {
    let codes = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    let key = |code: &str| around.codebook.entry(list, code).and_then(|entry| entry.key).map(String::from);
    codes.map(|code| (key(code).unwrap_or_default(), look.short_code(list, code))).collect()
}

/// Draws codes, the key apart from the label as it stands among the choices.
fn codes(codes: &[(String, String)], look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let mut x = area.x;
    for (at, (key, label)) in codes.iter().enumerate() {
        let gap = if at == 0 { 0 } else { 2 };
        let wanted = gap + width(key) + 1 + width(label);
        let room = area.right().saturating_sub(x);
        let more = if at + 1 < codes.len() { 2 } else { 0 };
        if wanted + more > room {
            // What does not fit is cut where it stands, so that it shows that there is more.
            let rest = format!("{:gap$}{key} {label}..", "", gap = usize::from(gap));
            put(buf, x, area.y, room, &truncate(&rest, room), look.theme.value);
            return;
        }
        put(buf, x + gap, area.y, room - gap, key, look.theme.key);
        put(buf, x + gap + width(key) + 1, area.y, room - gap - width(key) - 1, label, look.theme.value);
        x += wanted;
    }
}

fn memo(text: &str, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    for (y, range) in (area.y..area.bottom()).zip(wrap(text, area.width)) {
        put(buf, area.x, y, area.width, text.get(range).unwrap_or_default().trim_end_matches('\n'), look.theme.value);
    }
}
