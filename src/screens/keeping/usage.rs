//! 自己点検: how many keys and seconds calls take, against the budget. Medians of the desk and one's own figures; nobody
//! else's: it shows where the program is slow, not who is.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Page;
use crate::app::hands::{Hands, Request};
use crate::app::model::Model;
use crate::app::msg::Query;
use crate::desk::operator::Role;
use crate::desk::usage::{BUDGET, Figures, Report, Spread};
use crate::keys::Action;
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::screens::{Screen, lists};
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::{put_line, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::width::{pad, truncate, width};

/// The rows under the figures for what they mean.
const BELOW: u16 = 4;
/// The cells of a line's name, and of each of its figures.
const NAME: u16 = 20;
const CELL: u16 = 9;

/// A line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether it is the head of a part.
    pub head: bool,
    /// What it says.
    pub text: String,
}

fn right(text: &str) -> String {
    format!("{}{text}", " ".repeat(usize::from(CELL.saturating_sub(width(text)))))
}

fn row(name: &str, cells: [String; 6]) -> String {
    let name = pad(&truncate(name, NAME), NAME);
    format!("{name}{}", cells.map(|cell| right(&cell)).concat())
}

fn of(name: &str, figures: &Figures) -> String {
    let spread = |spread: Spread| format!("{}/{}", spread.median, spread.p90);
    let Figures { coded, text, seconds, begin, end, .. } = *figures;
    let [coded, text, seconds, begin, end] = [coded, text, seconds, begin, end].map(spread);
    row(name, [figures.calls.to_string(), coded, text, seconds, begin, end])
}

/// The report as lines: the screen and the command line show the same.
pub fn lines(report: &Report, look: &Look<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut say = |head: bool, text: String| lines.push(Line { head, text });
    let heads = [
        look.t("usage-head-calls"),
        look.t("usage-head-coded"),
        look.t("usage-head-text"),
        look.t("usage-head-seconds"),
        look.t("usage-head-begin"),
        look.t("usage-head-end"),
    ];
    let from = look.day(report.from);
    say(true, row(&look.locale.f("usage-since", &[("day", &from)]), heads.map(Cow::into_owned)));
    if report.desk.calls == 0 {
        say(false, look.t("usage-nothing").into_owned());
        return lines;
    }
    let (coded, seconds, begin, end) = BUDGET;
    let budget = [coded, seconds, begin, end].map(|number| number.to_string());
    let [coded, seconds, begin, end] = budget;
    say(false, row(&look.t("usage-budget"), [String::new(), coded, String::new(), seconds, begin, end]));
    say(false, of(&look.t("usage-desk"), &report.desk));
    say(false, of(&look.t("usage-own"), &report.own));
    say(true, look.t(if report.all { "usage-weeks-desk" } else { "usage-weeks-own" }).into_owned());
    for (week, figures) in &report.weeks {
        say(false, of(&look.locale.f("usage-week", &[("day", &look.day(*week))]), figures));
    }
    say(true, look.t("usage-forms").into_owned());
    for (form, figures) in &report.forms {
        say(false, of(&look.short_code("form", form), figures));
    }
    say(true, look.t("usage-hours").into_owned());
    for (hour, figures) in &report.hours {
        say(false, of(&look.locale.f("usage-hour", &[("hour", &hour.to_string())]), figures));
    }
    say(true, look.t("usage-else").into_owned());
    let count = |key: &'static str, number: String| look.locale.f(key, &[("count", &number)]).into_owned();
    say(false, count("usage-over", report.desk.over.to_string()));
    say(false, count("usage-rescued", report.desk.rescued.to_string()));
    say(false, count("usage-undone", report.desk.undone.to_string()));
    say(false, count("usage-unsaved", report.desk.unsaved.to_string()));
    lines
}

/// The page.
#[derive(Debug, Default)]
pub struct UsagePage {
    list: ListState,
    /// How many lines there were when it was drawn last.
    rows: std::cell::Cell<usize>,
}

impl Screen for UsagePage {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, _hands: &mut Hands<'_>) -> bool {
        lists::go(&mut self.list, action, self.rows.get())
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn entered(&mut self, hands: &mut Hands<'_>) {
        hands.ask(Request::Load(Query::Usage(hands.model.me, hands.today())));
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Down, Action::PageDown, Action::NextPage, Action::Help]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = Panel::new(look.theme).title(&look.t("usage-page")).focused(true).draw(buf, area);
        let lines = model.usage.as_ref().map(|report| lines(report, look)).unwrap_or_default();
        self.rows.set(lines.len());
        let below = BELOW.min(inner.height / 3);
        let rows = Rect { height: inner.height - below, ..inner };
        self.list.draw(buf, rows, look.theme, lines.len(), true, |buf, slot| {
            let Some(line) = lines.get(slot.index) else { return };
            let style = if line.head { look.theme.title } else { look.theme.text };
            put_line(buf, slot.area, &line.text, style);
        });
        let below = Rect { x: inner.x + 1, y: rows.bottom(), width: inner.width.saturating_sub(2), height: below };
        put_wrapped(buf, below, &look.t("usage-about"), look.theme.muted);
        None
    }
}

impl Page for UsagePage {
    fn title(&self) -> &'static str {
        "usage-page"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}
