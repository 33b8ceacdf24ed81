//! The entries of the log: read page by page as one goes down, narrowed by kind, by operator and by typing.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{told, words};
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::{LogQuery, Query};
use crate::desk::access::{Access, Entry, Filter};
use crate::desk::record::Kind;
use crate::desk::say::Say;
use crate::keys::{Action, Context};
use crate::popups::picker::{Choice, Picker};
use crate::screens::form::Focus;
use crate::screens::lists;
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::bar::{Segment, draw_bar};
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::paint::put_wrapped;
use crate::widgets::panel::Panel;
use crate::widgets::table::{Column, Columns};
use crate::widgets::text_field::TextField;

/// The longest text to narrow by, in characters.
const TEXT_MAX: usize = 60;
/// So many rows are read before one has gone down to them.
const AHEAD: usize = 60;
/// More entries than this are not held; the command line and the filters reach the older ones.
const MOST: usize = 20_000;
/// Rows for the entry that is looked at, with the line above them.
const DETAIL: u16 = 5;

/// What narrows by a kind that is none: all, and by how it ended.
const ALL: &str = "all";
const FAILURES: &str = "failures";
const OTHERS: &str = "others";
const CHANGES: &str = "changes";

/// An entry with what it is found by.
#[derive(Debug)]
struct Row {
    entry: Entry,
    hay: String,
}

/// The entries that have been read.
#[derive(Debug)]
pub(super) struct Log {
    filter: Filter,
    text: TextField,
    typing: bool,
    rows: Vec<Row>,
    /// The rows that the text finds.
    shown: Vec<usize>,
    list: ListState,
    /// What was asked and has not come.
    asked: Option<LogQuery>,
    /// Where the next page begins; none: this was all.
    next: Option<u64>,
    own: bool,
    unreadable: u64,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            text: TextField::new(TEXT_MAX),
            typing: false,
            rows: Vec::new(),
            shown: Vec::new(),
            list: ListState::default(),
            asked: None,
            next: None,
            own: false,
            unreadable: 0,
        }
    }
}

impl Log {
    /// Reads the log anew from its end.
    pub fn begin(&mut self, hands: &mut Hands<'_>) {
        self.filter = hands.model.log_filter.clone();
        self.rows.clear();
        self.shown.clear();
        self.list.select(0);
        self.unreadable = 0;
        self.ask(None, hands);
    }

    /// Whether the text to narrow by is being typed.
    pub const fn is_typing(&self) -> bool {
        self.typing
    }

    /// What the focus takes of the keys.
    pub const fn takes(&self) -> Focus {
        if self.typing { Focus::Line } else { Focus::None }
    }

    fn ask(&mut self, before: Option<u64>, hands: &mut Hands<'_>) {
        let query = LogQuery { who: hands.model.me, filter: self.filter.clone(), before };
        self.asked = Some(query.clone());
        hands.ask(Request::Load(Query::Log(query)));
    }

    /// Takes in the page that was asked for, and a changed filter.
    pub fn changed(&mut self, hands: &mut Hands<'_>) {
        if self.filter != hands.model.log_filter {
            return self.begin(hands);
        }
        if let Some(page) = hands.model.log.as_ref().filter(|page| self.asked.as_ref() == Some(&page.query)) {
            self.asked = None;
            self.next = page.next;
            self.own = page.own;
            self.unreadable += page.unreadable;
            let rows = page.entries.iter().map(|entry| Row { hay: hay(entry, hands), entry: entry.clone() });
            self.rows.extend(rows);
            self.narrow();
        }
        self.read_on(hands);
    }

    /// Asks for more when one comes near the end of what there is.
    fn read_on(&mut self, hands: &mut Hands<'_>) {
        let below = self.shown.len() - self.list.selected(self.shown.len()).unwrap_or_default();
        if let Some(next) = self.next.filter(|_| self.asked.is_none() && below < AHEAD && self.rows.len() < MOST) {
            self.ask(Some(next), hands);
        }
    }

    fn narrow(&mut self) {
        let words: Vec<String> = self.text.text().split_whitespace().map(fold::text).collect();
        let found = |row: &Row| words.iter().all(|word| row.hay.contains(word.as_str()));
        self.shown = self.rows.iter().enumerate().filter(|(_, row)| found(row)).map(|(at, _)| at).collect();
    }

    fn chosen(&self) -> Option<&Entry> {
        let row = self.shown.get(self.list.selected(self.shown.len())?)?;
        self.rows.get(*row).map(|row| &row.entry)
    }

    /// A key; `false` where it means nothing here.
    pub fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Narrow => self.typing = true,
            Action::NextPane | Action::NextField | Action::PreviousField | Action::Open if self.typing => {
                self.typing = false;
            }
            Action::Open => self.show(hands),
            Action::ClearField => self.cut(hands),
            Action::ClearFilters => {
                self.cut(hands);
                hands.ask(Request::NarrowLog(Filter::default()));
            }
            Action::Back | Action::Cancel => {
                self.typing = false;
                self.cut(hands);
            }
            Action::FilterKind => choose_kind(&self.filter, hands),
            Action::FilterOperator => choose_operator(&self.filter, hands),
            _ => {
                let moved = lists::go(&mut self.list, action, self.shown.len());
                self.read_on(hands);
                return moved;
            }
        }
        true
    }

    fn cut(&mut self, hands: &mut Hands<'_>) {
        self.text.set_text("");
        self.narrow();
        self.read_on(hands);
    }

    /// An editing key in the text to narrow by.
    pub fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>) {
        if self.typing {
            self.text.edit(edit);
            self.list.select(0);
            self.narrow();
            self.read_on(hands);
        }
    }

    /// Goes to the case that the entry is about.
    fn show(&self, hands: &mut Hands<'_>) {
        let Some(entry) = self.chosen() else { return };
        if entry.record.kind == Kind::Case && hands.model.brief(entry.record.id).is_some() {
            hands.ask(Request::ShowCase(entry.record.id));
        } else {
            hands.say(Say::new("access-no-case"), Tone::Warning);
        }
    }

    /// The actions to show at the foot.
    pub const fn hints(&self) -> &'static [Action] {
        if self.typing {
            &[Action::NextPane, Action::Down, Action::ClearField, Action::Back]
        } else {
            &[
                Action::FilterKind,
                Action::FilterOperator,
                Action::Narrow,
                Action::NextPane,
                Action::Open,
                Action::Back,
                Action::NextPage,
                Action::Help,
            ]
        }
    }

    /// Draws what narrows, the entries, and the one that is looked at; returns where the caret stands.
    pub fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let bar = Rect { height: area.height.min(1), ..area };
        let caret = self.view_filter(model, look, bar, buf);
        let foot = if area.height > DETAIL + 6 { DETAIL } else { 0 };
        let list = Rect { y: area.y + bar.height, height: area.height - bar.height - foot, ..area };
        self.view_rows(model, look, list, buf);
        if let Some(entry) = self.chosen().filter(|_| foot > 0) {
            let below = Rect { y: list.bottom(), height: foot, ..area };
            view_entry(entry, model, look, below, buf);
        }
        caret
    }

    fn view_filter(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if self.typing {
            let label = look.t("queue-typing");
            let x = crate::widgets::paint::put(buf, area.x + 1, area.y, area.width, &label, look.theme.label) + 1;
            let field = Rect { x, width: area.right().saturating_sub(x).min(40), ..area };
            return self.text.draw(buf, field, look.theme.field_focused);
        }
        let kind = kind_key(&self.filter);
        let who = self.filter.operator.map(|id| model.operator_name(id).to_owned());
        let text = Some(self.text.text()).filter(|text| !text.is_empty()).map(str::to_owned);
        let part = |action, set: Option<String>, all: &'static str, rank| {
            let key =
                look.keymap.keys_for(action, &[Context::Keeping, Context::List, Context::Global]).unwrap_or_default();
            Segment::hint(key, set.map_or_else(|| look.t(all), Cow::Owned), look.theme, rank)
        };
        let kind = kind.map(|key| look.locale.t(key).into_owned());
        let left = [
            part(Action::FilterKind, kind, "access-kind-all", 9),
            part(Action::FilterOperator, who, "access-who-all", 8),
            part(Action::Narrow, text, "queue-text-any", 7),
        ];
        // That the months are behind a key is not to be guessed from its name.
        let right = [part(Action::NextPane, None, "access-to-months", 6)];
        let bar = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        draw_bar(buf, bar, look.theme.text, &left, &right);
        None
    }

    fn view_rows(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let more = if self.next.is_some() || self.asked.is_some() { "access-count-more" } else { "access-count" };
        let right = look.locale.f(more, &[("count", &self.shown.len().to_string())]);
        let title = look.t("access-title");
        let inner = Panel::new(look.theme).title(&title).right(&right).focused(!self.typing).draw(buf, area);
        let notes = self.notes();
        let foot = u16::try_from(notes.len()).unwrap_or_default().min(inner.height / 2);
        let head = Rect { height: inner.height.min(1), ..inner };
        let rows = Rect {
            y: inner.y + head.height,
            height: inner.height - head.height - foot.min(inner.height - head.height),
            ..inner
        };
        let columns = [
            Column::new(look.t("access-head-when"), 16, 16, 9),
            Column::new(look.t("access-head-who"), 8, 12, 8),
            Column::new(look.t("access-head-what"), 10, 18, 9),
            Column::new(look.t("access-head-record"), 8, 12, 7),
            Column::new(look.t("access-head-details"), 8, Column::REST, 5),
        ];
        let columns = Columns::new(columns, ListState::row_area(rows).width);
        columns.draw_head(buf, ListState::row_area(head), look.theme);
        self.list.draw(buf, rows, look.theme, self.shown.len(), !self.typing, |buf, slot| {
            let Some(entry) = self.shown.get(slot.index).and_then(|row| self.rows.get(*row)).map(|row| &row.entry)
            else {
                return;
            };
            let style = if entry.is_failure() { look.theme.error } else { look.theme.text };
            columns.draw_row(buf, slot.area, |column| {
                let text: Cow<'_, str> = match column {
                    0 => told::when(entry).into(),
                    1 => model.operator_name(entry.operator).to_owned().into(),
                    2 => told::what(entry, look.locale).into(),
                    3 => words::record(entry.record, model).into(),
                    _ => told::details(entry, look.locale).replace('\n', " ").into(),
                };
                (text, style)
            });
        });
        for (line, say) in (rows.bottom()..inner.bottom()).zip(notes) {
            let at = Rect { y: line, height: 1, x: inner.x + 1, width: inner.width.saturating_sub(2) };
            put_wrapped(buf, at, &look.locale.say(&say), look.theme.muted);
        }
    }

    /// What is to be known of the list as a whole.
    fn notes(&self) -> Vec<Say> {
        let mut notes = Vec::new();
        if self.own {
            notes.push(Say::new("access-own-only"));
        }
        if self.unreadable > 0 {
            notes.push(Say::new("access-unreadable").with("count", self.unreadable.to_string()));
        }
        if self.rows.len() >= MOST && self.next.is_some() {
            notes.push(Say::new("access-older"));
        }
        if self.shown.is_empty() && self.asked.is_none() {
            notes.push(Say::new("access-none"));
        }
        notes
    }
}

/// What an entry is found by: what its row says.
fn hay(entry: &Entry, hands: &Hands<'_>) -> String {
    let parts = [
        told::when(entry),
        hands.model.operator_name(entry.operator).to_owned(),
        told::what(entry, hands.locale),
        words::record(entry.record, hands.model),
        told::details(entry, hands.locale),
    ];
    parts.iter().map(|part| fold::text(part)).collect::<Vec<_>>().join("\n")
}

/// Everything that is known of an entry.
fn view_entry(entry: &Entry, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let number = look.locale.f("access-number", &[("seq", &entry.seq.to_string())]);
    let title = told::what(entry, look.locale);
    let inner = Panel::new(look.theme).title(&title).right(&number).draw(buf, area);
    let at = entry.happened().format("%Y-%m-%d %H:%M:%S").to_string();
    let who = model.operator_name(entry.operator);
    let first = [at.as_str(), who, &words::record(entry.record, model)].join("  ");
    let line = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), height: inner.height.min(1), ..inner };
    put_wrapped(buf, line, &first, look.theme.text);
    let rest = Rect { y: line.bottom(), height: inner.height - line.height, ..line };
    put_wrapped(buf, rest, &told::details(entry, look.locale), look.theme.text);
}

/// What the filter says of the kind, as a locale key.
const fn kind_key(filter: &Filter) -> Option<&'static str> {
    match filter {
        Filter { access: Some(access), .. } => Some(access.name()),
        Filter { failures: true, .. } => Some("access-kind-failures"),
        Filter { others: true, .. } => Some("access-kind-others"),
        Filter { changes: true, .. } => Some("access-kind-changes"),
        _ => None,
    }
}

fn choose_kind(filter: &Filter, hands: &mut Hands<'_>) {
    let special = [
        (ALL, "access-kind-all"),
        (FAILURES, "access-kind-failures"),
        (OTHERS, "access-kind-others"),
        (CHANGES, "access-kind-changes"),
    ];
    let choices = special.into_iter().chain(told::kinds()).zip(('0'..='9').chain('a'..='z'));
    let choices = choices.map(|((code, name), key)| Choice {
        code: code.to_owned(),
        key: Some(key),
        label: hands.locale.t(name).into_owned(),
    });
    let now = filter.clone();
    hands.open(Picker::new(Say::new("access-which-kind"), choices.collect(), None, move |hands, code| {
        let wanted = Filter {
            access: Access::of(code),
            failures: code == FAILURES,
            others: code == OTHERS,
            changes: code == CHANGES,
            ..now
        };
        hands.ask(Request::NarrowLog(wanted));
    }));
}

fn choose_operator(filter: &Filter, hands: &mut Hands<'_>) {
    let all = Choice { code: ALL.to_owned(), key: Some('0'), label: hands.locale.t("access-who-all").into_owned() };
    // Those who left too: what they did stays.
    let people = hands.model.operators.iter().zip(('1'..='9').chain('a'..='z'));
    let people = people.map(|((id, o), key)| Choice { code: id.to_string(), key: Some(key), label: o.name.clone() });
    let choices = std::iter::once(all).chain(people).collect();
    let now = filter.clone();
    hands.open(Picker::new(Say::new("access-which-operator"), choices, None, move |hands, code| {
        hands.ask(Request::NarrowLog(Filter { operator: code.parse().ok(), ..now }));
    }));
}
