//! The monthly review: the months, the figures of the one that is chosen, and its sign-off.

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{figures, told};
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::{LogQuery, Query, Reviews};
use crate::desk::access::review::{Figures, Month, SignOff, open_months, sign_off};
use crate::desk::access::{Access, Details, Filter};
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::confirm::Confirm;
use crate::screens::lists;
use crate::screens::look::Look;
use crate::widgets::list::ListState;
use crate::widgets::paint::{put, put_line, put_wrapped};
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::width::{pad, width};

/// The cells of the list of months.
const MONTHS: u16 = 20;
/// The cells of a label of the figures, and of a figure.
const LABEL: u16 = 19;
const NUMBER: u16 = 6;

/// The page of figures.
#[derive(Debug, Default)]
pub(super) struct Review {
    /// The months of the desk, the newest first.
    months: Vec<Month>,
    /// Those without a sign-off.
    open: Vec<Month>,
    list: ListState,
    /// What was asked and has not come.
    asked: Option<LogQuery>,
    figures: Option<Figures>,
    /// The last save that was seen: a sign-off is one.
    saved_at: Option<DateTime<FixedOffset>>,
}

impl Review {
    /// Asks which months there are.
    pub fn begin(&mut self, hands: &mut Hands<'_>) {
        self.months.clear();
        self.figures = None;
        self.asked = None;
        self.saved_at = hands.model.saved_at;
        hands.ask(Request::Load(Query::Reviews));
    }

    fn month(&self) -> Option<Month> {
        self.months.get(self.list.selected(self.months.len())?).copied()
    }

    /// Counts the chosen month from the beginning.
    fn count(&mut self, hands: &mut Hands<'_>) {
        let Some(month) = self.month() else { return };
        self.figures = Some(Figures::new(month));
        let details = Details { month: month.to_string(), ..Details::default() };
        hands.look(Access::Log, RecordKey::new(Kind::Desk, hands.model.desk_id), details);
        let filter = Filter { from: Some(month.first()), to: Some(month.last()), ..Filter::default() };
        self.ask(LogQuery { who: hands.model.me, filter, before: None }, hands);
    }

    fn ask(&mut self, query: LogQuery, hands: &mut Hands<'_>) {
        self.asked = Some(query.clone());
        hands.ask(Request::Load(Query::Log(query)));
    }

    /// Takes in what has come.
    pub fn changed(&mut self, hands: &mut Hands<'_>) {
        if self.saved_at != hands.model.saved_at {
            self.saved_at = hands.model.saved_at;
            hands.ask(Request::Load(Query::Reviews));
        }
        if let Some(reviews) = &hands.model.reviews {
            self.open = open_months(reviews.first, hands.today(), &reviews.signed);
            if self.months.is_empty() {
                self.months = months(reviews, hands);
                // What is most overdue is what one has come for.
                let first = self.open.first().and_then(|open| self.months.iter().position(|month| month == open));
                self.list.select(first.unwrap_or_default());
                self.count(hands);
            }
        }
        if let Some(page) = hands.model.log.as_ref().filter(|page| self.asked.as_ref() == Some(&page.query)) {
            let (next, query) = (page.next, page.query.clone());
            if let Some(figures) = &mut self.figures {
                page.entries.iter().for_each(|entry| figures.add(entry));
            }
            self.asked = None;
            if let Some(next) = next {
                self.ask(LogQuery { before: Some(next), ..query }, hands);
            }
        }
    }

    /// A key; `false` where it means nothing here.
    pub fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::SignOff => self.sign(hands),
            Action::Back | Action::Cancel => hands.ask(Request::Act(Action::NextPane)),
            _ => {
                let before = self.month();
                if !lists::go(&mut self.list, action, self.months.len()) {
                    return false;
                }
                if self.month() != before {
                    self.count(hands);
                }
            }
        }
        true
    }

    /// Asks whether the figures were looked at, and signs the month off.
    fn sign(&mut self, hands: &mut Hands<'_>) {
        let (Some(month), Some(reviews)) = (self.month(), &hands.model.reviews) else { return };
        let name = month.to_string();
        if Month::of(hands.today()) <= month {
            hands.say(Say::new("access-sign-early").with("month", name), Tone::Warning);
        } else if self.asked.is_some() {
            hands.say(Say::new("access-counting"), Tone::Warning);
        } else {
            let (seq, head) = reviews.head.clone();
            hands.open(Confirm::new(Say::new("access-sign-question").with("month", name), move |hands| {
                hands.commit(sign_off(month, hands.model.me, seq, &head));
            }));
        }
    }

    /// The actions to show at the foot.
    pub const HINTS: &'static [Action] = &[Action::SignOff, Action::Up, Action::Down, Action::Back, Action::Help];

    /// Draws the months and the figures of the chosen one.
    pub fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let left = Rect { width: MONTHS.min(area.width), ..area };
        let right = Rect { x: left.right(), width: area.width - left.width, ..area };
        let inner = Panel::new(look.theme).title(&look.t("access-months")).focused(true).draw(buf, left);
        self.list.draw(buf, inner, look.theme, self.months.len(), true, |buf, slot| {
            let Some(month) = self.months.get(slot.index) else { return };
            let key = if self.open.contains(month) {
                "access-month-open"
            } else if Month::of(look.today) <= *month {
                "access-month-running"
            } else {
                "access-month-signed"
            };
            let style = if self.open.contains(month) { look.theme.warning } else { look.theme.text };
            let text = format!("{month} {}", look.t(key));
            put(buf, slot.area.x, slot.area.y, slot.area.width, &text, style);
        });
        let title = self.month().map(|month| month.to_string()).unwrap_or_default();
        let inner = Panel::new(look.theme).title(&title).draw(buf, right);
        let Some(counted) = &self.figures else { return };
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        if self.asked.is_some() {
            put_line(buf, inner, &look.t("access-counting"), look.theme.muted);
            return;
        }
        let used = view_totals(counted, look, inner, buf);
        let below = |rows: u16| Rect { y: inner.y + rows, height: inner.height.saturating_sub(rows), ..inner };
        let used = used + view_operators(counted, model, look, below(used), buf);
        if let Some(reviews) = &model.reviews {
            view_sign(reviews, counted.month, model, look, below(used), buf);
        }
    }
}

/// From the desk's first month to this one, the newest first.
fn months(reviews: &Reviews, hands: &Hands<'_>) -> Vec<Month> {
    let first = Month::of(reviews.first);
    let months = std::iter::successors(Some(Month::of(hands.today())), |month| Some(month.before()));
    // A wrong clock may have begun the desk in the future or long ago.
    let months: Vec<Month> = months.take_while(|month| *month >= first).take(1200).collect();
    if months.is_empty() { vec![Month::of(hands.today())] } else { months }
}

/// The figures of the desk in two columns; how many rows they took.
fn view_totals(counted: &Figures, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> u16 {
    let rows = figures::rows(counted, look.locale);
    let wide = LABEL + NUMBER + 3;
    let columns = (area.width / wide).clamp(1, 2);
    let height = rows.len().div_ceil(usize::from(columns));
    let mut x = area.x;
    for part in rows.chunks(height) {
        for (y, (label, count)) in (area.y..area.bottom()).zip(part) {
            let style = if *count > 0 { look.theme.text } else { look.theme.muted };
            let text = format!("{} {count:>number$}", pad(label, LABEL), number = usize::from(NUMBER));
            put(buf, x, y, area.right().saturating_sub(x), &text, style);
        }
        x += wide;
    }
    u16::try_from(height).unwrap_or(u16::MAX).min(area.height)
}

/// What each operator did; how many rows it took.
fn view_operators(counted: &Figures, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> u16 {
    if area.height < 2 || counted.by.is_empty() {
        return 0;
    }
    let name = Column::new(look.t("access-head-who"), 8, 14, 9);
    let numbers = figures::HEADS.map(|key| {
        let head = look.t(key);
        let cells = width(&head);
        Column::new(head, cells, cells.max(NUMBER), 5).right()
    });
    let columns = Columns::new(std::iter::once(name).chain(numbers), area.width);
    columns.draw_head(buf, Rect { height: 1, ..area }, look.theme);
    let mut rows = 1;
    for (y, (id, work)) in (area.y + 1..area.bottom()).zip(&counted.by) {
        let numbers = figures::numbers(work);
        columns.draw_row(buf, Rect { y, height: 1, ..area }, |column| {
            let text = match column.checked_sub(1) {
                None => model.operator_name(*id).to_owned(),
                Some(at) => numbers.get(at).map(u64::to_string).unwrap_or_default(),
            };
            (text.into(), look.theme.text)
        });
        rows += 1;
    }
    rows
}

/// Who signed the month off, or how to.
fn view_sign(reviews: &Reviews, month: Month, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let signed = reviews.signed.iter().find(|sign| sign.month == month);
    let say = match signed {
        Some(SignOff { by, at, seq, head, .. }) => Say::new("access-signed")
            .with("name", model.operator_name(*by))
            .with("at", at.format("%Y-%m-%d %H:%M").to_string())
            .with("seq", seq.to_string())
            .with("head", told::short(head)),
        None if Month::of(look.today) <= month => Say::new("access-sign-early").with("month", month.to_string()),
        None => Say::new("access-sign-key").with("key", look.key(Action::SignOff).unwrap_or_default()),
    };
    put_wrapped(buf, area, &look.locale.say(&say), look.theme.muted);
}
