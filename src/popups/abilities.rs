//! What an office can do, one key an answer: a grid of the list `capability`. Nothing is kept before it is saved, and then
//! all of it as one deed, so that one undo takes it back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::Hands;
use crate::desk::codebook::Entry;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::{Answer, Capability, Office};
use crate::desk::say::Say;
use crate::keys::{Action, Context};
use crate::screens::form::{Around, Focus};
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::paint::put;
use crate::widgets::width::{pad, truncate, width as measure};

/// The list of what an office can do.
const LIST: &str = "capability";
/// The list of how an answer became known.
const TOLD: &str = "told";
/// From this width on two abilities stand side by side.
const TWO: u16 = 64;
/// Rows that are no abilities: the frame, the line above them and the line below.
const FRAME: u16 = 4;
/// In fewer cells than these a day and its source are only pieces.
const SHORT: u16 = 8;
/// What confirms every answer that stands there; no code list gives it to a code.
const ALL_AS_BEFORE: char = '0';

/// The answers of one office.
pub struct Abilities {
    office: Id,
    title: Say,
    entries: Vec<Entry>,
    told: Vec<Entry>,
    before: BTreeMap<String, Capability>,
    /// The answers that were given here.
    given: BTreeMap<String, Answer>,
    at: usize,
    source: usize,
    /// How many stand side by side, as it was last drawn.
    columns: std::cell::Cell<usize>,
    leaving: bool,
}

impl Abilities {
    /// The grid of an office, its answers as they are known.
    pub fn new(id: Id, office: &Office, hands: &Hands<'_>) -> Self {
        let offered = |list: &str| hands.model.codebook.offered(list, hands.today()).cloned().collect::<Vec<_>>();
        // A code that is offered no more is shown where there is an answer to it.
        let known = hands.model.codebook.entries(LIST).iter();
        let known = known.filter(|e| e.valid_on(hands.today()) || office.capabilities.contains_key(&e.code));
        Self {
            office: id,
            title: Say::new("abilities-title").with("name", office.name.clone()),
            entries: known.cloned().collect(),
            told: offered(TOLD),
            before: office.capabilities.clone(),
            given: BTreeMap::new(),
            at: 0,
            source: 0,
            columns: std::cell::Cell::new(2),
            leaving: false,
        }
    }

    fn answer(&self, code: &str) -> Answer {
        let known = || self.before.get(code).map_or(Answer::Unknown, |known| known.answer);
        self.given.get(code).copied().unwrap_or_else(known)
    }

    /// The next answer of the ability at the marker: 可, 要相談, 不可, 未確認, and 可 again.
    fn turn(&mut self) {
        let Some(code) = self.entries.get(self.at).map(|entry| entry.code.clone()) else { return };
        let next = match self.answer(&code) {
            Answer::Unknown => Answer::Yes,
            Answer::Yes => Answer::Ask,
            Answer::Ask => Answer::No,
            Answer::No => Answer::Unknown,
        };
        // Turned round to what is not known and never was: nothing was said of it.
        if next == Answer::Unknown && !self.before.contains_key(&code) {
            self.given.remove(&code);
        } else {
            self.given.insert(code, next);
        }
    }

    fn all_as_before(&mut self) {
        for (code, known) in &self.before {
            if known.answer != Answer::Unknown {
                self.given.entry(code.clone()).or_insert(known.answer);
            }
        }
    }

    fn keep(&self, hands: &mut Hands<'_>) {
        let source = self.told.get(self.source).map_or("", |told| told.code.as_str());
        let (me, today) = (hands.model.me, hands.today());
        if let Some(batch) = edits::set_abilities(me, self.office, &self.before, &self.given, source, today) {
            hands.commit(batch);
        }
    }

    fn go(&mut self, action: Action) {
        let (len, columns) = (self.entries.len(), self.columns.get().max(1));
        let rows = len.div_ceil(columns).max(1);
        let at = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => self.at + 1,
            // The grid is read down its columns.
            Action::PageUp | Action::PreviousPage if self.at >= rows => self.at - rows,
            Action::PageDown | Action::NextPage if self.at + rows < len => self.at + rows,
            Action::First => 0,
            Action::Last => len,
            _ => return,
        };
        self.at = at.min(len.saturating_sub(1));
    }

    fn turn_source(&mut self, on: bool) {
        let len = self.told.len().max(1);
        self.source = (self.source + if on { 1 } else { len - 1 }) % len;
    }

    /// Whether it was answered here, or is to be asked again, where no more has room.
    fn sign(&self, entry: &Entry, look: &Look<'_>) -> String {
        let old = self.before.get(&entry.code).is_some_and(|known| known.is_old(look.today));
        match (self.given.contains_key(&entry.code), old) {
            (true, _) => look.t("abilities-given-sign").into_owned(),
            (false, true) => look.t("abilities-old-sign").into_owned(),
            (false, false) => String::new(),
        }
    }

    /// How the marked answer is known, in whole: beside it there is often no room.
    fn draw_marked(&self, area: Rect, around: &Around<'_>, look: &Look<'_>, buf: &mut Buffer) {
        let Some(entry) = self.entries.get(self.at) else { return };
        let (_, _, from) = self.line(entry, 0, around, look);
        if from.is_empty() || self.given.contains_key(&entry.code) {
            return;
        }
        let text = format!("{}: {from}", look.short_code(LIST, &entry.code));
        let text = truncate(&text, area.width.saturating_sub(2));
        let width = measure(&text);
        put(buf, area.right().saturating_sub(width), area.y, width, &text, look.theme.muted);
    }

    /// One ability on a line: key, name, answer, and from when and whom.
    fn line(&self, entry: &Entry, name: u16, around: &Around<'_>, look: &Look<'_>) -> (String, String, String) {
        let key = entry.key.map(String::from).unwrap_or_default();
        let answer = look.t(answer_key(self.answer(&entry.code)));
        let known = self.before.get(&entry.code).filter(|known| known.answer != Answer::Unknown);
        let from = if self.given.contains_key(&entry.code) {
            look.t("abilities-now").into_owned()
        } else {
            known.map_or_else(String::new, |known| told_of(known, look.today, around, look))
        };
        (key, format!("{} {answer}", pad(&truncate(&look.short_code(LIST, &entry.code), name), name)), from)
    }
}

/// How an answer is called.
pub const fn answer_key(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "directory-yes",
        Answer::No => "directory-no",
        Answer::Ask => "directory-ask",
        Answer::Unknown => "directory-unknown",
    }
}

/// How it is known, since when and by whom; first whether it is to be asked again.
fn told_of(known: &Capability, today: NaiveDate, around: &Around<'_>, look: &Look<'_>) -> String {
    let old = if known.is_old(today) { look.t("directory-old").into_owned() } else { String::new() };
    let day = known.on.map(|on| look.day(on)).unwrap_or_default();
    let source = source(known, look);
    let by = around.operators.get(&known.by).map_or("", |operator| operator.name.as_str());
    [old.as_str(), &day, &source, by].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// How an answer became known, in words: a code of its list, or as a file said it.
pub fn source(known: &Capability, look: &Look<'_>) -> String {
    let code = look.codebook.entry(TOLD, &known.source);
    code.map_or_else(|| known.source.clone(), |entry| look.short_code(TOLD, &entry.code))
}

impl Popup for Abilities {
    fn takes(&self) -> Focus {
        // As in a line: the arrows to the sides go between the columns.
        Focus::Line
    }

    fn contexts(&self) -> &'static [Context] {
        &[Context::Popup, Context::List, Context::Form, Context::Global]
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        let leaving = std::mem::take(&mut self.leaving);
        match action {
            Action::SaveCall | Action::Accept | Action::Open => {
                self.keep(hands);
                return Flow::Close;
            }
            // Esc never throws away by itself: the second one in a row does.
            Action::Cancel | Action::Back if self.given.is_empty() || leaving => return Flow::Close,
            Action::Cancel | Action::Back => self.leaving = true,
            Action::NextPane | Action::NextField => self.turn_source(true),
            Action::PreviousField => self.turn_source(false),
            Action::ClearField | Action::Undo => {
                if let Some(entry) = self.entries.get(self.at) {
                    self.given.remove(&entry.code);
                }
            }
            other => self.go(other),
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _hands: &mut Hands<'_>) -> Flow {
        self.leaving = false;
        for typed in text.chars() {
            let key = fold::command_key(typed).unwrap_or(typed).to_ascii_lowercase();
            if key == ' ' {
                self.turn();
            } else if key == ALL_AS_BEFORE {
                self.all_as_before();
            } else if let Some(at) = self.entries.iter().position(|entry| entry.key == Some(key)) {
                self.at = at;
                self.turn();
            }
        }
        Flow::Stay
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) -> Flow {
        match edit {
            Edit::Left => self.go(Action::PageUp),
            Edit::Right => self.go(Action::PageDown),
            Edit::Home => self.go(Action::First),
            Edit::End => self.go(Action::Last),
            _ => {}
        }
        Flow::Stay
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::SaveCall, Action::Down, Action::ClearField, Action::Cancel]
    }

    fn view(&self, look: &Look<'_>, around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        // The names whole, as far as the longest answer leaves room beside them.
        let answers = [Answer::Yes, Answer::No, Answer::Ask, Answer::Unknown].map(|answer| look.t(answer_key(answer)));
        let answer = answers.iter().map(|answer| measure(answer)).max().unwrap_or_default();
        let names = self.entries.iter().map(|entry| measure(&look.short_code(LIST, &entry.code))).max();
        let names = names.unwrap_or_default();
        let rows_of = |side: u16| u16::try_from(self.entries.len()).unwrap_or(u16::MAX).div_ceil(side);
        let side = match area.width {
            ..TWO => 1_u16,
            // All at one look stand above from when each of them is: the marked one's stands in the first line.
            width if rows_of(2) + FRAME > area.height && names + answer + 6 <= width.saturating_sub(2) / 3 => 3,
            _ => 2,
        };
        self.columns.set(usize::from(side));
        // Where there is room for it, how each is known stands in full.
        let wide = area.width.saturating_sub(8).clamp(98, 132);
        let rows = rows_of(side);
        let inner = framed(&look.locale.say(&self.title), wide, rows.saturating_add(FRAME), look, area, buf);
        let source = self.told.get(self.source).map(|told| look.code(TOLD, &told.code)).unwrap_or_default();
        let head = look.locale.f("abilities-source", &[("source", &source)]).into_owned();
        let end = put(buf, inner.x, inner.y, inner.width, &truncate(&head, inner.width), look.theme.label);
        self.draw_marked(
            Rect { x: end, width: inner.right().saturating_sub(end), height: 1, ..inner },
            around,
            look,
            buf,
        );
        let foot = if self.leaving { "sheet-leave" } else { "abilities-keys" };
        let style = if self.leaving { look.theme.warning } else { look.theme.muted };
        let bottom = inner.bottom().saturating_sub(1);
        let shown = inner.height.saturating_sub(2).max(1);
        let hidden = match rows.saturating_sub(shown) {
            0 => String::new(),
            hidden => look.locale.f("abilities-hidden", &[("rows", &hidden.to_string())]).into_owned(),
        };
        let end = inner.right().saturating_sub(measure(&hidden));
        put(buf, end, bottom, inner.width, &hidden, look.theme.warning);
        let room = end.saturating_sub(inner.x + u16::from(!hidden.is_empty()));
        put(buf, inner.x, bottom, room, &truncate(&look.t(foot), room), style);
        // Where not all rows have room, those about the marker are shown.
        let marked = u16::try_from(self.at).unwrap_or(u16::MAX) % rows.max(1);
        let first = marked.saturating_sub(shown - 1);
        let width = inner.width / side;
        let name = names.min(width.saturating_sub(answer + 6)).max(10);
        for (index, entry) in self.entries.iter().enumerate() {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            let (column, row) = (index / rows.max(1), index % rows.max(1));
            if row < first || row - first >= shown || inner.y + 1 + row - first >= bottom {
                continue;
            }
            let (x, y) = (inner.x + column * width, inner.y + 1 + row - first);
            let room = width.saturating_sub(1);
            let here = usize::from(index) == self.at;
            let (key, what, from) = self.line(entry, name, around, look);
            put(buf, x, y, 1, if here { ">" } else { " " }, look.theme.chosen);
            put(buf, x + 2, y, 1, &key, look.theme.key);
            let style = if here { look.theme.chosen } else { look.theme.text };
            let end = put(buf, x + 4, y, room.saturating_sub(4), &truncate(&what, room.saturating_sub(4)), style) + 1;
            let end = end.max(x + 5 + name + answer + 1);
            let left = (x + room).saturating_sub(end);
            let from = if left < SHORT { self.sign(entry, look) } else { from };
            put(buf, end, y, left, &truncate(&from, left), look.theme.muted);
        }
        None
    }
}
