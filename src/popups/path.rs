//! 転院の道すじ: the functions of hospitals in their order, the hospitals of the directory at each, and words for a family
//! that can be read out as they stand, in either language.

use std::borrow::Cow;
use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::abilities::answer_key;
use super::frame::framed;
use super::{Flow, Popup};
use crate::app::doctors;
use crate::app::hands::{Hands, Request};
use crate::desk::doctors::path::{Step, Stop};
use crate::desk::office::Answer;
use crate::keys::{Action, Context};
use crate::locale::Locale;
use crate::screens::form::{Around, Focus};
use crate::screens::look::Look;
use crate::widgets::edit::Edit;
use crate::widgets::paint::{put, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::width::{truncate, wrap};

/// From this width on the steps stand side by side.
const WIDE: u16 = 112;
/// The cells of a step's name where they stand under one another.
const NAME: u16 = 18;
/// The rows for the words, at most.
const WORDS: u16 = 6;

/// An office at a step, as it is shown.
struct Shown {
    name: String,
    phone: String,
    area: String,
    near: bool,
    here: bool,
    answer: Answer,
}

impl Shown {
    fn of(stop: &Stop<'_>) -> Self {
        let office = stop.office;
        let name = if office.short_name.is_empty() { &office.name } else { &office.short_name };
        Self {
            name: name.clone(),
            phone: office.phone.clone(),
            area: office.area.clone(),
            near: stop.near,
            here: stop.here,
            answer: stop.answer,
        }
    }
}

/// The way.
pub struct Path {
    area: String,
    steps: Vec<(Step, Vec<Shown>)>,
    at: usize,
    /// The other language for the words, once it was asked for, and whether it is the one that shows.
    other: Option<Locale>,
    turned: bool,
}

impl Path {
    /// The way for somebody of this 圏域 who is in this facility now; both may be empty.
    pub fn new(area: &str, facility: &str, hands: &Hands<'_>) -> Self {
        let steps = doctors::steps(hands.model, area, facility);
        let steps: Vec<(Step, Vec<Shown>)> =
            steps.iter().map(|(step, stops)| (*step, stops.iter().map(Shown::of).collect())).collect();
        // It begins where the person is.
        let at = steps.iter().position(|(_, stops)| stops.iter().any(|stop| stop.here)).unwrap_or_default();
        Self { area: area.to_owned(), steps, at, other: None, turned: false }
    }

    fn go(&mut self, on: bool) {
        let last = self.steps.len().saturating_sub(1);
        self.at = if on { (self.at + 1).min(last) } else { self.at.saturating_sub(1) };
    }

    /// The words are read out in this language.
    fn spoken<'a>(&'a self, own: &'a Locale) -> &'a Locale {
        self.other.as_ref().filter(|_| self.turned).unwrap_or(own)
    }

    /// All of it as a text to hand on: nothing of the person, not even where they are.
    fn to_copy(&self, locale: &Locale) -> String {
        let mut text = format!("{}\n", locale.t("inquiry-path-title"));
        for (step, stops) in &self.steps {
            let (name, words) = (name(*step), words(*step));
            _ = write!(text, "\n[{}]\n{}\n", locale.t(name), locale.t(words));
            for stop in stops {
                _ = writeln!(text, "- {} {} {}", stop.name, stop.phone, stop.area);
            }
        }
        text
    }

    fn view_wide(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let count = u16::try_from(self.steps.len()).unwrap_or(1).max(1);
        let width = area.width.saturating_sub(2 * (count - 1)) / count;
        let mut x = area.x;
        for (index, (step, stops)) in self.steps.iter().enumerate() {
            let outer = Rect { x, width, ..area };
            let chosen = index == self.at;
            let inner = Panel::new(look.theme).title(&look.t(name(*step))).focused(chosen).draw(buf, outer);
            if stops.is_empty() {
                put_wrapped(buf, inner, &look.t("inquiry-path-none"), look.theme.muted);
            }
            self.stops(stops, look, inner, buf);
            x = x.saturating_add(width);
            if index + 1 < self.steps.len() {
                put(buf, x, area.y + area.height / 2, 2, " >", look.theme.key);
                x = x.saturating_add(2);
            }
        }
    }

    /// The offices of a step under one another; how many more there are where they don't all fit.
    fn stops(&self, stops: &[Shown], look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let mut y = area.y;
        for (at, stop) in stops.iter().enumerate() {
            let mut lines = self.stop_lines(stop, look, area.width);
            let left = area.bottom().saturating_sub(y) as usize;
            if lines.len() > left || (at + 1 < stops.len() && lines.len() == left) {
                let more = (stops.len() - at).to_string();
                let text = look.locale.f("inquiry-path-more", &[("count", &more)]).into_owned();
                lines = vec![(text, look.theme.muted)];
            }
            for (text, style) in lines.iter().take(left) {
                put(buf, area.x, y, area.width, &truncate(text, area.width), *style);
                y += 1;
            }
            if lines.len() == 1 {
                return;
            }
        }
    }

    /// An office in a column: its name in full, its number, and whether the person is there.
    fn stop_lines(&self, stop: &Shown, look: &Look<'_>, width: u16) -> Vec<(String, Style)> {
        let style = if stop.here { look.theme.chosen } else { look.theme.text };
        let named = self.named(stop);
        let parts = wrap(&named, width).into_iter();
        let mut lines: Vec<(String, Style)> =
            parts.map(|part| (named.get(part).unwrap_or_default().to_owned(), style)).collect();
        lines.push((format!(" {} {}", stop.phone, known(stop, look)), look.theme.muted));
        if stop.here {
            lines.push((format!(" {}", here(stop, look)), look.theme.chosen));
        }
        lines
    }

    fn view_narrow(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let width = area.width.saturating_sub(NAME);
        let texts: Vec<Cow<'_, str>> = self.steps.iter().map(|(_, stops)| self.told(stops, look)).collect();
        let needed: Vec<u16> =
            texts.iter().map(|text| u16::try_from(wrap(text, width).len()).unwrap_or(u16::MAX)).collect();
        let heights = heights(&needed, area.height);
        let last = self.steps.len().saturating_sub(1);
        let mut y = area.y;
        for (index, (((step, stops), text), height)) in self.steps.iter().zip(&texts).zip(heights).enumerate() {
            if y + height > area.bottom() {
                return;
            }
            let here = index == self.at;
            let style = if here { look.theme.chosen } else { look.theme.label };
            put(buf, area.x, y, 1, if here { ">" } else { " " }, look.theme.chosen);
            put(buf, area.x + 2, y, NAME - 3, &truncate(&look.t(name(*step)), NAME - 3), style);
            if height > 1 && index < last {
                put(buf, area.x + 4, y + height - 1, 1, "v", look.theme.key);
            }
            let style = if stops.is_empty() { look.theme.muted } else { look.theme.text };
            for (row, part) in (0..height).zip(wrap(text, width)) {
                // The last row that there is room for says that more was there.
                let part = if row + 1 == height { part.start..text.len() } else { part };
                let shown = truncate(text.get(part).unwrap_or_default(), width);
                put(buf, area.x + NAME, y + row, width, &shown, style);
            }
            y += height;
        }
    }

    /// The offices of a step in one sentence.
    fn told<'a>(&self, stops: &[Shown], look: &Look<'a>) -> Cow<'a, str> {
        let text: Vec<String> = stops.iter().map(|stop| format!("{} {}", self.line(stop, look), stop.phone)).collect();
        if text.is_empty() { look.t("inquiry-path-none") } else { text.join(&look.t("inquiry-path-and")).into() }
    }

    /// One office: whether the person is there, the name, and the area where it is another.
    fn line(&self, stop: &Shown, look: &Look<'_>) -> String {
        format!("{}{}", here(stop, look), self.named(stop))
    }

    /// The name, and the area where it is another.
    fn named(&self, stop: &Shown) -> String {
        let elsewhere = if stop.near || self.area.is_empty() || stop.area.is_empty() {
            String::new()
        } else {
            format!("({})", stop.area)
        };
        format!("{}{elsewhere}", stop.name)
    }
}

/// How many rows each step has: one for its name and one for the arrow, then row by row whoever
/// needs more and has least: a long step does not take what the others need.
fn heights(needed: &[u16], rows: u16) -> Vec<u16> {
    let count = u16::try_from(needed.len()).unwrap_or(u16::MAX).max(1);
    let mut heights = vec![(rows / count).clamp(1, 2); needed.len()];
    for _ in heights.iter().sum::<u16>()..rows {
        let short = heights.iter_mut().zip(needed).filter(|(has, needs)| *needs > *has);
        if let Some((has, _)) = short.min_by_key(|(has, _)| **has) {
            *has += 1;
        }
    }
    heights
}

/// Where the person is now.
fn here(stop: &Shown, look: &Look<'_>) -> String {
    if stop.here { look.t("inquiry-path-here").into_owned() } else { String::new() }
}

/// What is known of the function; nothing where it is sure.
fn known(stop: &Shown, look: &Look<'_>) -> String {
    if stop.answer == Answer::Yes { String::new() } else { look.t(answer_key(stop.answer)).into_owned() }
}

const fn name(step: Step) -> &'static str {
    match step {
        Step::HighAcute => "inquiry-path-high-acute",
        Step::Acute => "inquiry-path-acute",
        Step::Recovery => "inquiry-path-recovery",
        Step::Chronic => "inquiry-path-chronic",
        Step::Onward => "inquiry-path-onward",
    }
}

const fn words(step: Step) -> &'static str {
    match step {
        Step::HighAcute => "inquiry-path-high-acute-words",
        Step::Acute => "inquiry-path-acute-words",
        Step::Recovery => "inquiry-path-recovery-words",
        Step::Chronic => "inquiry-path-chronic-words",
        Step::Onward => "inquiry-path-onward-words",
    }
}

impl Popup for Path {
    fn takes(&self) -> Focus {
        Focus::Line
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::List, Context::Form, Context::Global]
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Cancel | Action::Back | Action::Accept => return Flow::Close,
            Action::Down => self.go(true),
            Action::Up => self.go(false),
            Action::First => self.at = 0,
            Action::Last => self.at = self.steps.len().saturating_sub(1),
            Action::NextPane | Action::NextField => {
                self.turned = !self.turned;
                self.other.get_or_insert_with(|| Locale::new(hands.locale.lang().other()));
            }
            Action::CopyText => hands.ask(Request::Copy(self.to_copy(self.spoken(hands.locale)))),
            _ => {}
        }
        Flow::Stay
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) -> Flow {
        match edit {
            Edit::Left => self.go(false),
            Edit::Right => self.go(true),
            _ => {}
        }
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Down, Action::NextPane, Action::CopyText, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let title = if self.area.is_empty() {
            look.t("inquiry-path-title")
        } else {
            look.locale.f("inquiry-path-title-area", &[("area", &self.area)])
        };
        let inner = framed(&title, 138, 30, look, area, buf);
        let spoken = self.spoken(look.locale);
        let room = inner.width.saturating_sub(2);
        // The words of no step are longer: what they leave is for the offices.
        let rows = self.steps.iter().map(|(step, _)| wrap(&spoken.t(words(*step)), room).len()).max();
        let rows = rows.and_then(|rows| u16::try_from(rows).ok()).unwrap_or_default().min(WORDS);
        let below = (rows + 1).min(inner.height / 2);
        let above = Rect { height: inner.height - below, ..inner };
        if inner.width >= WIDE {
            self.view_wide(look, above, buf);
        } else {
            self.view_narrow(look, above, buf);
        }
        let (step, _) = self.steps.get(self.at)?;
        let head = spoken.t("inquiry-path-say").into_owned();
        put(buf, inner.x + 1, above.bottom(), room, &truncate(&head, room), look.theme.title);
        let words_at = Rect { x: inner.x + 1, y: above.bottom() + 1, width: room, height: below.saturating_sub(1) };
        put_wrapped(buf, words_at, &spoken.t(words(*step)), look.theme.value);
        None
    }
}

/// Opens the way.
pub fn open(area: &str, facility: &str, hands: &mut Hands<'_>) {
    let path = Path::new(area, facility, hands);
    hands.open(path);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_to_the_steps_that_need_them_and_never_beyond_the_room() {
        for (needed, rows, expected) in [
            (&[1, 2, 3, 3, 4][..], 15, &[2, 2, 3, 3, 4][..]),
            (&[1, 2, 3, 3, 9], 15, &[2, 2, 3, 3, 5]),
            (&[1, 1, 1, 1, 1], 20, &[2, 2, 2, 2, 2]),
            (&[5, 5, 5, 5, 5], 7, &[1, 1, 1, 2, 2]),
            (&[5, 5], 0, &[1, 1]),
            (&[], 10, &[]),
        ] {
            let heights = heights(needed, rows);
            assert_eq!(heights.len(), expected.len(), "{needed:?} {rows}");
            assert_eq!(heights.iter().sum::<u16>(), expected.iter().sum::<u16>(), "{needed:?} {rows}: {heights:?}");
            if rows >= 10 {
                assert_eq!(heights, expected, "{needed:?} {rows}");
            }
        }
    }
}
