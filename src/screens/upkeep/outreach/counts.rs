//! What a fiscal year came to, month by month: how callers found the desk, and what outreach cost.

use chrono::Datelike as _;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Outreach;
use super::view::inset;
use crate::app::model::Model;
use crate::desk::activity::{Total, months};
use crate::desk::date::fiscal_months;
use crate::desk::reach::{in_order, routes};
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};

/// The rows under a table for what it counts.
const FOOT: u16 = 3;

/// Below this width a way in which callers found the desk goes by its short name.
const NARROW: u16 = 90;

/// A row of a table, and how it is written.
type Row = (Vec<String>, Style);

/// A month as it heads a column.
fn month(first: chrono::NaiveDate, look: &Look<'_>) -> String {
    look.locale.t(&format!("outreach-month-{}", first.month())).into_owned()
}

impl Outreach {
    /// How many rows there are to go through.
    pub(super) fn count_rows(&self, model: &Model) -> usize {
        routes(model.reach.told(), self.year(model)).len() + 1
    }

    pub(super) fn draw_routes(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let year = self.year(model);
        let found = routes(model.reach.told(), year);
        let mut all = [0_u32; 12];
        for counts in found.values() {
            all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        let cells = |label: String, counts: &[u32; 12]| {
            // Nothing is easier to overlook than a nought.
            let text = |count: &u32| if *count == 0 { String::new() } else { count.to_string() };
            let sum = counts.iter().sum::<u32>().to_string();
            std::iter::once(label).chain(counts.iter().map(text)).chain([sum]).collect::<Vec<String>>()
        };
        let label = |route: &str| match route {
            "" => look.t("outreach-route-none").into_owned(),
            // All twelve months are to stand beside it.
            route if area.width < NARROW => look.short_code("route", route),
            route => look.code("route", route),
        };
        let mut rows: Vec<Row> = in_order(&found, look.codebook)
            .into_iter()
            .map(|(route, counts)| (cells(label(route), counts), look.theme.text))
            .collect();
        rows.push((cells(look.t("outreach-sum").into_owned(), &all), look.theme.value));
        let months = fiscal_months(year).into_iter().map(|first| Column::new(month(first, look), 4, 5, 8).right());
        let columns = std::iter::once(Column::new(look.t("list-route"), 10, Column::REST, 9))
            .chain(months)
            .chain([Column::new(look.t("outreach-sum"), 4, 6, 9).right()]);
        let about = Self::reading(model, look).unwrap_or_else(|| look.t("outreach-routes-about").into_owned());
        self.draw_counts(("outreach-routes-title", &about), (columns.collect(), &rows), (model, look), area, buf);
    }

    pub(super) fn draw_months(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let found = months(model.activities.values(), self.year(model), model.today());
        let mut all = Total::default();
        for (_, total) in &found {
            all.join(total);
        }
        let cells = |label: String, total: &Total| {
            let figures = total.figures().into_iter();
            let shown = figures.map(|text| if text == "0" { String::new() } else { text });
            std::iter::once(label).chain(shown).collect::<Vec<String>>()
        };
        let mut rows: Vec<Row> =
            found.iter().map(|(first, total)| (cells(month(*first, look), total), look.theme.text)).collect();
        rows.push((cells(look.t("outreach-sum").into_owned(), &all), look.theme.value));
        let heads = [
            ("outreach-column-count", 5, 8),
            ("outreach-column-offices-count", 6, 8),
            ("outreach-column-met", 5, 8),
            ("field-activity-heads", 8, 10),
            ("outreach-column-flyers", 7, 9),
            ("outreach-column-yen", 10, 12),
            ("outreach-column-island-trips", 8, 10),
            ("outreach-column-island-yen", 10, 14),
        ];
        let heads = heads.into_iter().map(|(key, min, ideal)| Column::new(look.t(key), min, ideal, 8).right());
        let columns = std::iter::once(Column::new(look.t("outreach-column-month"), 5, 10, 9)).chain(heads).collect();
        let about = look.t("outreach-months-about");
        self.draw_counts(("outreach-months-title", &about), (columns, &rows), (model, look), area, buf);
    }

    fn draw_counts(
        &self,
        (title, about): (&str, &str),
        (columns, rows): (Vec<Column<'_>>, &[Row]),
        (model, look): (&Model, &Look<'_>),
        area: Rect,
        buf: &mut Buffer,
    ) {
        let year = self.year_label(model);
        let title = look.locale.f(title, &[("year", &year)]).into_owned();
        let inner = Panel::new(look.theme).title(&title).focused(true).draw(buf, area);
        let head = Rect { height: inner.height.min(1), ..ListState::row_area(inner) };
        let columns = Columns::new(columns, head.width);
        columns.draw_head(buf, head, look.theme);
        let foot = FOOT.min(inner.height.saturating_sub(1));
        let body = Rect { y: inner.y + head.height, height: inner.height - head.height - foot, ..inner };
        self.list.draw(buf, body, look.theme, rows.len(), true, |buf, slot| {
            let Some((cells, style)) = rows.get(slot.index) else { return };
            columns.draw_row(buf, slot.area, |column| {
                let text = cells.get(column).map_or("", String::as_str);
                (text.into(), if column == 0 { look.theme.label } else { *style })
            });
        });
        let below = inset(Rect { y: body.bottom(), height: foot, ..inner });
        put_wrapped(buf, below, about, look.theme.muted);
    }

    /// What to say while not all contacts have been read.
    pub(super) fn reading(model: &Model, look: &Look<'_>) -> Option<String> {
        let count = model.reach.count().to_string();
        let reading = || look.locale.f("outreach-reading", &[("count", &count)]).into_owned();
        (!model.reach.is_complete()).then(reading)
    }
}
