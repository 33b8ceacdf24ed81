//! How the page of アンケート is drawn.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Shown, Surveys, surveys};
use crate::app::model::Model;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::proposal::answer_of;
use crate::desk::survey::{Asked, Rate, Survey};
use crate::popups::abilities::answer_key;
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::{put_line, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};

/// From this width on the surveys have more room.
const WIDE: u16 = 100;
/// Cells of a whole bar: they stand in the least window.
const BAR: usize = 12;

/// A row of what is shown.
struct Line {
    name: String,
    first: String,
    second: String,
    bar: String,
    strong: bool,
}

fn percent(rate: Rate) -> String {
    rate.percent().map_or_else(String::new, |percent| format!("{percent}%"))
}

fn bar(rate: Rate) -> String {
    "#".repeat(rate.percent().unwrap_or_default() * BAR / 100)
}

fn rate_line(name: String, rate: Rate, strong: bool) -> Line {
    Line { name, first: format!("{}/{}", rate.answered, rate.asked), second: percent(rate), bar: bar(rate), strong }
}

fn head(name: Cow<'_, str>) -> Line {
    Line { name: name.into_owned(), first: String::new(), second: String::new(), bar: String::new(), strong: true }
}

fn rates(survey: &Survey, model: &Model, look: &Look<'_>) -> Vec<Line> {
    let office = |id: Id| model.offices.get(&id);
    let or_none = |text: String| if text.is_empty() { look.t("survey-not-known").into_owned() } else { text };
    let mut lines = vec![rate_line(look.t("survey-all").into_owned(), survey.rate_of_all(), true)];
    lines.push(head(look.t("survey-by-kind")));
    let kinds = survey.rates_by(|id| office(id).map(|office| office.kind.clone()).unwrap_or_default());
    lines.extend(
        kinds
            .into_iter()
            .map(|(code, rate)| rate_line(format!("  {}", or_none(look.code("office-kind", &code))), rate, false)),
    );
    lines.push(head(look.t("survey-by-area")));
    let areas = survey.rates_by(|id| office(id).map(|office| office.area.clone()).unwrap_or_default());
    lines.extend(areas.into_iter().map(|(area, rate)| rate_line(format!("  {}", or_none(area)), rate, false)));
    lines
}

fn results(survey: &Survey, look: &Look<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let answered = survey.returned.len();
    for (key, asked) in survey.keys() {
        lines.push(head(match &asked {
            Asked::Able(code) => look.code("capability", code).into(),
            Asked::Accepting => look.t("field-office-accepting"),
            Asked::Own(question) => question.text.as_str().into(),
        }));
        for (answer, count) in survey.results(&key, &asked) {
            let label = match &asked {
                _ if answer.is_empty() => look.t("survey-no-answer").into_owned(),
                Asked::Able(_) | Asked::Accepting => look.locale.t(answer_key(answer_of(&answer))).into_owned(),
                Asked::Own(_) => answer.clone(),
            };
            let rate = Rate { asked: answered, answered: count };
            let (first, second) = (count.to_string(), percent(rate));
            lines.push(Line { name: format!("  {label}"), first, second, bar: bar(rate), strong: false });
        }
    }
    lines
}

fn absent(survey: &Survey, model: &Model, look: &Look<'_>) -> Vec<Line> {
    let line = |(_, office): (Id, &Office)| Line {
        name: office.name.clone(),
        first: office.phone.clone(),
        second: look.short_code("office-kind", &office.kind),
        bar: office.area.clone(),
        strong: false,
    };
    model.unanswered(survey).into_iter().map(line).collect()
}

impl Surveys {
    fn lines(&self, survey: &Survey, model: &Model, look: &Look<'_>) -> Vec<Line> {
        match self.shown {
            Shown::Rates => rates(survey, model, look),
            Shown::Results => results(survey, look),
            Shown::Missing => absent(survey, model, look),
        }
    }

    /// How many rows there are to go through.
    pub(super) fn line_count(&self, survey: &Survey, model: &Model) -> usize {
        match self.shown {
            Shown::Rates => 0,
            Shown::Results => survey.keys().iter().map(|(key, asked)| survey.results(key, asked).len() + 1).sum(),
            Shown::Missing => model.unanswered(survey).len(),
        }
    }

    pub(super) fn draw(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let all = surveys(model);
        let left = if area.width >= WIDE { 40 } else { 32 }.min(area.width);
        let front = self.shown == Shown::Rates;
        let count = look.locale.f("intake-count", &[("count", &all.len().to_string())]);
        let title = look.t("survey-page");
        let panel = Panel::new(look.theme).title(&title).right(&count).focused(front);
        let inner = panel.draw(buf, Rect { width: left, ..area });
        if all.is_empty() {
            let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
            put_wrapped(buf, text, &look.t("survey-empty"), look.theme.muted);
        }
        let columns = [Column::new("", 10, Column::REST, 9), Column::new("", 7, 7, 8).right()];
        let columns = Columns::new(columns, ListState::row_area(inner).width);
        self.list.draw(buf, inner, look.theme, all.len(), front, |buf, slot| {
            let Some((_, survey)) = all.get(slot.index) else { return };
            let rate = survey.rate_of_all();
            columns.draw_row(buf, slot.area, |column| match column {
                0 => (survey.name.as_str().into(), look.theme.text),
                _ => (format!("{}/{}", rate.answered, rate.asked).into(), look.theme.muted),
            });
        });
        let rest = Rect { x: area.x + left, width: area.width - left, ..area };
        let Some((_, survey)) = self.chosen(model) else {
            let inner = Panel::new(look.theme).draw(buf, rest);
            let text = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
            put_wrapped(buf, text, &look.t("survey-about"), look.theme.muted);
            return;
        };
        self.one(survey, model, look, rest, buf);
    }

    fn one(&self, survey: &Survey, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let inner = Panel::new(look.theme).title(&survey.name).focused(self.shown != Shown::Rates).draw(buf, area);
        let due = survey.due.map(|due| look.day(due)).unwrap_or_default();
        let made = survey.on.map(|on| look.day(on)).unwrap_or_default();
        let view = look.t(match self.shown {
            Shown::Rates => "survey-report-rates",
            Shown::Results => "survey-report-results",
            Shown::Missing => "survey-report-missing",
        });
        let about = look.locale.f("survey-head", &[("view", &view), ("made", &made), ("due", &due)]);
        let line = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: inner.height.min(1), ..inner };
        put_line(buf, line, &about, look.theme.muted);
        let rows = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        let lines = self.lines(survey, model, look);
        let wide = self.shown == Shown::Missing;
        let columns = [
            Column::new("", 16, Column::REST, 9),
            if wide { Column::new("", 12, 13, 9) } else { Column::new("", 7, 8, 8).right() },
            if wide { Column::new("", 6, 8, 6) } else { Column::new("", 5, 6, 8).right() },
            if wide { Column::new("", 8, 16, 4) } else { Column::new("", 12, 14, 4) },
        ];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        let focused = self.shown != Shown::Rates;
        self.lines.draw(buf, rows, look.theme, lines.len(), focused, |buf, slot| {
            let Some(line) = lines.get(slot.index) else { return };
            columns.draw_row(buf, slot.area, |column| match column {
                0 => (line.name.as_str().into(), if line.strong { look.theme.label } else { look.theme.text }),
                1 => (line.first.as_str().into(), look.theme.value),
                2 => (line.second.as_str().into(), look.theme.text),
                _ => (line.bar.as_str().into(), look.theme.muted),
            });
        });
    }
}
