//! How outreach is drawn: the activities of a year with what they came to, the one in front, and the lists of offices.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Outreach, Shown};
use crate::app::model::Model;
use crate::desk::activity::{Activity, LastMet, Total, totals};
use crate::keys::Action;
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::{put, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::{width, wrap};

/// From this width on the activity in front stands beside the list.
const WIDE: u16 = 116;
/// So many offices are looked at for how wide a column is to be: there may be those of the whole country.
const LOOKED: usize = 200;
/// The rows under the list of activities for what the year came to.
const FOOT: u16 = 4;

pub(super) fn inset(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

fn total_line(key: &'static str, total: &Total, kind: &str, look: &Look<'_>) -> String {
    let counts = [
        ("kind", kind.to_owned()),
        ("count", total.count.to_string()),
        ("offices", total.offices.to_string()),
        ("met", total.met.to_string()),
        ("heads", total.heads.to_string()),
        ("flyers", total.flyers.to_string()),
        ("islands", total.islands.to_string()),
        ("yen", total.yen.to_string()),
    ];
    let args: Vec<_> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    look.locale.f(key, &args).into_owned()
}

impl Outreach {
    pub(super) fn draw_activities(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let (list, detail) = if area.width >= WIDE {
            let width = area.width * 11 / 20;
            (Rect { width, ..area }, Rect { x: area.x + width, width: area.width - width, ..area })
        } else {
            let height = area.height * 11 / 20;
            (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
        };
        let year = self.year(model);
        let title = look.locale.f("outreach-title", &[("year", &self.year_label(model))]).into_owned();
        let all = self.activities(model);
        let count = look.locale.f("intake-count", &[("count", &all.len().to_string())]).into_owned();
        let inner = Panel::new(look.theme).title(&title).right(&count).focused(!self.inside).draw(buf, list);
        let foot = FOOT.min(inner.height / 2);
        let rows = Rect { height: inner.height - foot, ..inner };
        if all.is_empty() {
            let key = look.key(Action::AddEntry).unwrap_or_default();
            put_wrapped(buf, inset(rows), &look.locale.f("outreach-empty", &[("key", &key)]), look.theme.muted);
        }
        let columns = [
            Column::new("", 9, 10, 9),
            Column::new("", 6, 10, 8),
            Column::new("", 10, Column::REST, 7),
            Column::new("", 6, 8, 5).right(),
            Column::new("", 7, 9, 6).right(),
        ];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        self.list.draw(buf, rows, look.theme, all.len(), !self.inside, |buf, slot| {
            let Some((_, activity)) = all.get(slot.index) else { return };
            let planned = activity.on.is_some_and(|on| on > look.today);
            let style = if planned { look.theme.muted } else { look.theme.text };
            columns.draw_row(buf, slot.area, |column| {
                let text: Cow<'_, str> = match column {
                    0 => activity.on.map(|on| look.day(on)).unwrap_or_default().into(),
                    1 => look.short_code("activity-kind", &activity.kind).into(),
                    2 if activity.title.is_empty() => activity.text.lines().next().unwrap_or_default().into(),
                    2 => activity.title.as_str().into(),
                    3 => look.locale.f("outreach-offices-count", &[("count", &activity.tour().len().to_string())]),
                    _ => look.locale.f("outreach-yen", &[("yen", &activity.yen().to_string())]),
                };
                (text, style)
            });
        });
        let (all_total, kinds) = totals(model.activities.values(), year, model.today());
        let below = inset(Rect { y: rows.bottom(), height: foot, ..inner });
        let mut lines = total_line("outreach-total", &all_total, "", look);
        let mut used = u16::MAX;
        for (kind, total) in &kinds {
            let part = total_line("outreach-total-kind", total, &look.short_code("activity-kind", kind), look);
            let wide = width(&part);
            // A kind begins a line where it would not end in this one.
            let fits = used.saturating_add(wide + 2) <= below.width;
            lines.push_str(if fits { "  " } else { "\n" });
            used = if fits { used + wide + 2 } else { wide };
            lines.push_str(&part);
        }
        put_wrapped(buf, below, &lines, look.theme.muted);
        let front = self.list.selected(all.len()).and_then(|at| all.get(at));
        match front {
            Some((_, activity)) => self.draw_front(activity, model, look, detail, buf),
            None => _ = Panel::new(look.theme).draw(buf, detail),
        }
    }

    fn draw_front(&self, activity: &Activity, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let day = activity.on.map(|on| look.day(on)).unwrap_or_default();
        let title = format!("{day} {} {}", look.code("activity-kind", &activity.kind), activity.title);
        let yen = look.locale.f("outreach-yen", &[("yen", &activity.yen().to_string())]).into_owned();
        let panel = Panel::new(look.theme).title(title.trim_end()).right(&yen).focused(self.inside);
        let inner = inset(panel.draw(buf, area));
        let tour = activity.tour();
        let kept = u16::try_from(tour.len()).unwrap_or(u16::MAX).min(inner.height / 2);
        let mut y = inner.y;
        for (text, style) in about(activity, model, look) {
            for range in wrap(&text, inner.width) {
                if y + kept < inner.bottom() {
                    put(buf, inner.x, y, inner.width, text.get(range).unwrap_or_default(), style);
                    y += 1;
                }
            }
        }
        let rows = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
        let columns =
            [Column::new("", 14, Column::REST, 9), Column::new("", 8, 30, 7), Column::new("", 5, 7, 5).right()];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        self.visits.draw(buf, rows, look.theme, tour.len(), self.inside, |buf, slot| {
            let Some((id, visit)) = tour.get(slot.index) else { return };
            let office = model.offices.get(id);
            columns.draw_row(buf, slot.area, |column| {
                let text: Cow<'_, str> = match column {
                    0 => office.map_or("", |office| office.name.as_str()).into(),
                    1 => {
                        let met = visit.met.iter().filter(|(_, met)| **met);
                        let names = met.filter_map(|(id, _)| Some(office?.staff.get(id)?.name.as_str()));
                        names.collect::<Vec<_>>().join("・").into() // data, not a sentence
                    }
                    _ if visit.flyers == 0 => "".into(),
                    _ => look.locale.f("outreach-flyers", &[("count", &visit.flyers.to_string())]),
                };
                (text, look.theme.text)
            });
        });
    }

    pub(super) fn draw_offices(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let all = self.offices(model);
        let key = look.key(Action::AddEntry).unwrap_or_default();
        let told = |about: &str| look.locale.f(about, &[("key", &key)]).into_owned();
        let (title, about) = if self.shown == Shown::NeverMet {
            ("outreach-never-met", told("outreach-never-met-about"))
        } else {
            let reading = Self::reading(model, look);
            ("outreach-never-called", reading.unwrap_or_else(|| told("outreach-never-called-about")))
        };
        let (count, marked) = (all.len().to_string(), self.marked.len().to_string());
        let right = look.locale.f("outreach-marked", &[("count", &count), ("marked", &marked)]).into_owned();
        let inner = Panel::new(look.theme).title(&look.t(title)).right(&right).focused(true).draw(buf, area);
        let foot = inner.height.min(3);
        let rows = Rect { height: inner.height - foot, ..inner };
        let last = LastMet::of(model.activities.values(), model.today());
        // The names need the room: the areas take no more than their words.
        let areas = all.iter().take(LOOKED).filter_map(|id| model.offices.get(id)).map(|office| width(&office.area));
        let area_width = areas.max().unwrap_or_default().clamp(4, 12);
        let columns = [
            Column::new("", 2, 2, 9),
            Column::new("", 4, area_width, 7),
            Column::new("", 20, Column::REST, 9),
            Column::new("", 6, 8, 5),
            Column::new("", 12, 13, 6),
            Column::new("", 14, 16, 4),
        ];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        self.list.draw(buf, rows, look.theme, all.len(), true, |buf, slot| {
            let found = all.get(slot.index).and_then(|id| Some((*id, model.offices.get(id)?)));
            let Some((id, office)) = found else { return };
            columns.draw_row(buf, slot.area, |column| {
                let text: Cow<'_, str> = match column {
                    0 if self.marked.contains(&id) => look.t("outreach-mark"),
                    0 => "".into(),
                    1 => office.area.as_str().into(),
                    2 => office.name.as_str().into(),
                    3 => look.short_code("office-kind", &office.kind).into(),
                    4 => office.phone.as_str().into(),
                    _ => match last.offices.get(&id) {
                        Some(day) => look.locale.f("outreach-met-on", &[("day", &look.day(*day))]).into_owned().into(),
                        None => look.t("outreach-met-never"),
                    },
                };
                (text, look.theme.text)
            });
        });
        let below = inset(Rect { y: rows.bottom(), height: foot, ..inner });
        put_wrapped(buf, below, &about, look.theme.muted);
    }
}

/// What stands about an activity before its offices.
fn about(activity: &Activity, model: &Model, look: &Look<'_>) -> Vec<(String, Style)> {
    let theme = look.theme;
    let mut lines = Vec::new();
    let names: Vec<&str> = activity.operators.iter().map(|id| model.operator_name(*id)).collect();
    let fares: Vec<String> = activity
        .fares
        .values()
        .map(|fare| {
            let yen = look.locale.f("outreach-yen", &[("yen", &fare.yen.to_string())]).into_owned();
            let means = look.short_code("fare-means", &fare.means);
            let parts = [means.as_str(), &fare.island, &yen, model.operator_name(fare.operator)];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    let count = |n: u32| if n == 0 { String::new() } else { n.to_string() };
    for (member, text) in [
        ("operators", names.join("・")), // data, not a sentence
        ("fares", fares.join("、")),
        ("heads", count(activity.heads)),
        ("text", activity.text.replace('\n', " ")),
        ("result", activity.result.replace('\n', " ")),
        ("next-on", activity.next_on.map(|day| look.day(day)).unwrap_or_default()),
    ] {
        if !text.is_empty() {
            let label = look.locale.t(&format!("field-activity-{member}")).into_owned();
            lines.push((format!("{label}: {text}"), if member == "result" { theme.value } else { theme.text }));
        }
    }
    lines
}
