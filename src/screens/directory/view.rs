//! How the directory is drawn: the field, what was understood of it, the hits. Changes no state.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Directory, Place};
use crate::app::asked::Chip;
use crate::app::asked::week::HOLIDAY;
use crate::app::model::Model;
use crate::desk::office::{Freshness, Office};
use crate::keys::Action;
use crate::popups::abilities::answer_key;
use crate::screens::look::Look;
use crate::widgets::paint::{put, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::{truncate, width as measure};

/// From this width on the chosen office stands beside the list.
const WIDE: u16 = 116;
/// Below this height one list with a few rows says more than two boxes with hardly any.
const LOW: u16 = 9;

impl Directory {
    pub(super) fn draw(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let caret = self.draw_field(model, look, Rect { height: 1, ..area }, buf);
        let head = 1 + self.draw_chips(model, look, Rect { y: area.y + 1, height: 1, ..area }, buf);
        let body = Rect { y: area.y + head, height: area.height.saturating_sub(head), ..area };
        if area.width < WIDE && body.height < LOW {
            self.draw_list(model, look, body, buf);
            return caret;
        }
        let (list, detail) = if area.width >= WIDE {
            let width = body.width * 11 / 20;
            (Rect { width, ..body }, Rect { x: body.x + width, width: body.width - width, ..body })
        } else {
            let height = body.height / 2;
            (Rect { height, ..body }, Rect { y: body.y + height, height: body.height - height, ..body })
        };
        self.draw_list(model, look, list, buf);
        self.draw_detail(model, look, detail, buf);
        caret
    }

    fn draw_field(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let label = look.t("directory-search");
        let x = put(buf, area.x + 1, area.y, area.width, &label, look.theme.label) + 1;
        let found = self.results.of(model, self.field.text(), self.kind.as_deref());
        let kind = self.kind.as_deref().map(|kind| look.short_code("office-kind", kind)).unwrap_or_default();
        let near =
            found.second_from.map_or(0, |from| found.unknown_from.unwrap_or(found.ids.len()).saturating_sub(from));
        let key = match (found.more, near) {
            (true, _) => "directory-count-more",
            (false, 0) => "directory-count",
            (false, _) => "directory-count-near",
        };
        let count = look.locale.f(key, &[("count", &found.total.to_string()), ("near", &near.to_string())]);
        let loading = if model.complete { Cow::Borrowed("") } else { look.t("directory-loading") };
        let right =
            [kind.as_str(), &count, &loading].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join("  ");
        let width = crate::widgets::width::width(&right);
        put(buf, area.right().saturating_sub(width + 1), area.y, width, &right, look.theme.muted);
        let field = Rect { x, width: area.right().saturating_sub(x + width + 3), ..area };
        if self.place == Place::Field {
            let caret = self.field.draw(buf, field, look.theme.field_focused);
            if self.field.is_empty() {
                put(
                    buf,
                    field.x,
                    field.y,
                    field.width,
                    &truncate(&look.t("directory-example"), field.width),
                    look.theme.muted,
                );
            }
            return caret;
        }
        self.field.draw_idle(buf, field, look.theme.value);
        None
    }

    /// What was understood of the words; how many rows it takes.
    fn draw_chips(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> u16 {
        let found = self.results.of(model, self.field.text(), self.kind.as_deref());
        if found.chips.is_empty() || area.y >= buf.area.bottom() {
            return 0;
        }
        let mut x = put(buf, area.x + 1, area.y, area.width, &look.t("directory-understood"), look.theme.label) + 1;
        for chip in &found.chips {
            let text = format!("[{}]", label(chip, look));
            x = put(buf, x, area.y, area.right().saturating_sub(x), &text, look.theme.chosen) + 1;
        }
        let hint = truncate(&look.t("directory-understood-hint"), area.right().saturating_sub(x)).into_owned();
        put(buf, x, area.y, area.right().saturating_sub(x), &hint, look.theme.muted);
        1
    }

    fn draw_list(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let title = look.t("directory-title");
        let inner = Panel::new(look.theme).title(&title).focused(self.place != Place::Staff).draw(buf, area);
        let found = self.results.of(model, self.field.text(), self.kind.as_deref());
        if found.ids.is_empty() {
            let text = match (model.offices.is_empty(), model.complete) {
                // They are on their way: to call the directory empty would be wrong.
                (true, false) => "directory-on-the-way",
                (true, true) => "directory-empty",
                (false, _) => "directory-nothing",
            };
            let add = look.key(Action::AddOffice).unwrap_or_default();
            put_wrapped(buf, inner, &look.locale.f(text, &[("add", &add)]), look.theme.muted);
            return;
        }
        let columns = columns(look, crate::widgets::list::ListState::row_area(inner).width);
        let head = Rect { height: 1, ..crate::widgets::list::ListState::row_area(inner) };
        columns.draw_head(buf, head, look.theme);
        let foot = u16::from(found.unknown > 0 && inner.height > 3);
        if foot > 0 {
            let args = [("count", &*found.unknown.to_string())];
            // Where the others fill the list there is no room for them.
            let listed = found.unknown_from.is_some();
            let key = if listed { "directory-unknown-beside" } else { "directory-unknown-beside-many" };
            let text = look.locale.f(key, &args);
            put(buf, inner.x, inner.bottom() - 1, inner.width, &truncate(&text, inner.width), look.theme.warning);
        }
        let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1 + foot), ..inner };
        self.list.draw(buf, rows, look.theme, found.ids.len(), self.place != Place::Staff, |buf, slot| {
            let office = found.ids.get(slot.index).and_then(|id| model.offices.get(id));
            let Some(office) = office else { return };
            let from = |from: Option<usize>| from.is_some_and(|from| slot.index >= from);
            let sure = match (from(found.unknown_from), from(found.second_from)) {
                (true, _) => Sure::Unknown,
                (false, true) => Sure::Scattered,
                (false, false) => Sure::Found,
            };
            let freshness = office.freshness(look.today, model.desk.verify_months());
            columns.draw_row(buf, slot.area, |column| cell(column, office, (sure, freshness), look));
        });
    }
}

/// A chip in words.
fn label(chip: &Chip, look: &Look<'_>) -> String {
    match chip {
        Chip::Able(code, None) => look.short_code("capability", code),
        Chip::Able(code, Some(wanted)) => {
            format!("{} {}", look.short_code("capability", code), look.t(answer_key(*wanted)))
        }
        Chip::Kind(code) => {
            look.locale.f("directory-chip-kind", &[("kind", &look.short_code("office-kind", code))]).into_owned()
        }
        Chip::Area(area) => look.locale.f("directory-chip-area", &[("area", area)]).into_owned(),
        Chip::Day(day) => look.locale.f("directory-chip-day", &[("day", &day_name(*day, look))]).into_owned(),
        Chip::Nth(day, weeks) => {
            let weeks = (1..=5).filter(|nth| weeks & (1 << (nth - 1)) != 0).map(|nth: u32| nth.to_string());
            let weeks = weeks.collect::<Vec<_>>().join("・"); // data, not a sentence
            look.locale.f("directory-chip-nth", &[("weeks", &weeks), ("day", &day_name(*day, look))]).into_owned()
        }
        Chip::Half(day, afternoon) => {
            let half = look.t(if *afternoon { "directory-word-afternoon" } else { "directory-word-morning" });
            let day = match day {
                None => return half.into_owned(),
                Some(HOLIDAY) => look.t("directory-chip-public-holiday").into_owned(),
                Some(day) => look.locale.f("directory-chip-day", &[("day", &day_name(*day, look))]).into_owned(),
            };
            look.locale.f("directory-chip-half", &[("day", &day), ("half", &half)]).into_owned()
        }
        Chip::PublicHoliday => look.t("directory-chip-public-holiday").into_owned(),
        Chip::Accepting => look.t("directory-chip-accepting").into_owned(),
        Chip::Now => look.t("directory-chip-now").into_owned(),
        Chip::Night => look.t("directory-chip-night").into_owned(),
        Chip::Holiday => look.t("directory-chip-holiday").into_owned(),
    }
}

/// A day of the week, 0 being Monday.
fn day_name<'a>(day: usize, look: &Look<'a>) -> Cow<'a, str> {
    // Any Monday begins a week.
    let monday = chrono::NaiveDate::default() + chrono::Days::new(4);
    look.t(crate::desk::date::weekday(monday + chrono::Days::new(day as u64)))
}

/// How sure it is that an office has what was asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sure {
    Found,
    /// Only the second pass found it.
    Scattered,
    /// Nobody knows whether it has what was asked.
    Unknown,
}

fn columns<'a>(look: &Look<'a>, width: u16) -> Columns<'a> {
    // The name needs the room: the others take no more than their words.
    let kinds = look.codebook.entries("office-kind").iter();
    let kind = kinds.map(|entry| measure(&look.short_code("office-kind", &entry.code))).max().unwrap_or_default();
    Columns::new(
        [
            Column::new(look.t("directory-column-name"), 20, Column::REST, 9),
            Column::new(look.t("directory-column-kind"), 6, kind.clamp(6, 10), 4),
            Column::new(look.t("directory-column-phone"), 12, 13, 8),
            Column::new(look.t("directory-column-area"), 8, 10, 3),
            Column::new(look.t("directory-column-verified"), 10, 10, 2),
        ],
        width,
    )
}

fn cell<'a>(
    column: usize,
    office: &'a Office,
    (sure, freshness): (Sure, Freshness),
    look: &Look<'_>,
) -> (Cow<'a, str>, Style) {
    let theme = look.theme;
    match column {
        0 if sure == Sure::Unknown => {
            (format!("{} {}", look.t("directory-unknown-mark"), full_name(office)).into(), theme.muted)
        }
        0 => (full_name(office).into(), if sure == Sure::Scattered { theme.muted } else { theme.text }),
        1 => (look.short_code("office-kind", &office.kind).into(), theme.text),
        2 => (office.phone.as_str().into(), theme.text),
        3 => (if office.area.is_empty() { office.address.as_str() } else { &office.area }.into(), theme.text),
        _ => match (&office.verified, freshness) {
            (Some(verified), Freshness::Fresh) => (look.short_day(verified.on).into(), theme.text),
            (Some(_), _) => (look.t("directory-old").into_owned().into(), theme.warning),
            (None, _) => (look.t("directory-unverified").into_owned().into(), theme.warning),
        },
    }
}

/// The name with the department that is called.
pub(super) fn full_name(office: &Office) -> String {
    if office.department.is_empty() { office.name.clone() } else { format!("{} {}", office.name, office.department) }
}
