//! A screen of several pages: each page is a screen of its own under a row of titles, of which one is in front. Knows
//! nothing of what the pages are about.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Screen;
use super::form::Focus;
use super::look::Look;
use crate::app::hands::Hands;
use crate::app::model::Model;
use crate::app::msg::KeysResult;
use crate::desk::id::Id;
use crate::desk::operator::Role;
use crate::desk::say::Say;
use crate::keys::{Action, Context};
use crate::widgets::bar::{Segment, draw_bar};
use crate::widgets::edit::Edit;

/// A page of the screen.
pub trait Page: Screen {
    /// The locale key of its title, short: two to six characters of Japanese.
    fn title(&self) -> &'static str;

    /// Whether it is there for this role. What an operator may not do is not shown.
    fn seen_by(&self, role: Role) -> bool;
}

/// Below this width the titles stand closer.
const NARROW: u16 = 90;

/// The screen.
pub struct Pages {
    all: Vec<Box<dyn Page>>,
    at: usize,
    /// The keys of this screen, under a popup too.
    here: &'static [Context],
}

impl Pages {
    /// These pages, in their order; the keys of the screen are looked up in the tables `here`.
    pub fn new(pages: Vec<Box<dyn Page>>, here: &'static [Context]) -> Self {
        Self { all: pages, at: 0, here }
    }

    fn page(&self) -> Option<&dyn Page> {
        self.all.get(self.at).map(AsRef::as_ref)
    }

    fn front(&mut self, work: impl FnOnce(&mut dyn Page) -> bool) -> bool {
        self.all.get_mut(self.at).is_some_and(|page| work(page.as_mut()))
    }

    /// Turns to the next page that this operator sees, or the one before.
    fn turn(&mut self, forward: bool, hands: &mut Hands<'_>) {
        let role = hands.model.role();
        let len = self.all.len();
        let seen = |at: &usize| self.all.get(*at).is_some_and(|page| page.seen_by(role));
        let next = (1..len).map(|by| (self.at + if forward { by } else { len - by }) % len).find(seen);
        if let Some(next) = next {
            self.front(|page| {
                page.left(hands);
                true
            });
            self.at = next;
            self.front(|page| {
                page.entered(hands);
                true
            });
        }
    }
}

impl Screen for Pages {
    fn takes(&self) -> Focus {
        self.page().map_or(Focus::None, Screen::takes)
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        if self.front(|page| page.act(action, hands)) {
            return true;
        }
        match action {
            Action::NextPage => self.turn(true, hands),
            Action::PreviousPage => self.turn(false, hands),
            _ => return false,
        }
        true
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) {
        self.front(|page| {
            page.text(text, hands);
            true
        });
    }

    fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>) {
        self.front(|page| {
            page.edit(edit, hands);
            true
        });
    }

    fn entered(&mut self, hands: &mut Hands<'_>) {
        // Another operator may sit here now, who sees fewer pages.
        let role = hands.model.role();
        if !self.page().is_some_and(|page| page.seen_by(role)) {
            self.at = self.all.iter().position(|page| page.seen_by(role)).unwrap_or_default();
        }
        self.front(|page| {
            page.entered(hands);
            true
        });
    }

    fn left(&mut self, hands: &mut Hands<'_>) {
        self.front(|page| {
            page.left(hands);
            true
        });
    }

    fn shows(&self, model: &Model) -> Option<Id> {
        self.page().and_then(|page| page.shows(model))
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        self.front(|page| {
            page.changed(hands);
            true
        });
    }

    fn keys_done(&mut self, result: &Result<KeysResult, Say>, hands: &mut Hands<'_>) -> bool {
        self.front(|page| page.keys_done(result, hands))
    }

    fn next_second(&self, now: Duration) -> Option<Duration> {
        self.page().and_then(|page| page.next_second(now))
    }

    fn hints(&self) -> &'static [Action] {
        self.page().map_or(&[], Screen::hints)
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let row = Rect { height: area.height.min(1), ..area };
        let role = model.role();
        let mut titles = Vec::new();
        for (at, page) in self.all.iter().enumerate().filter(|(_, page)| page.seen_by(role)) {
            let title = look.t(page.title());
            let front = at == self.at;
            // In a narrow window the key that turns the pages needs the room.
            let text = match (front, area.width < NARROW) {
                (true, _) => format!("[{title}]"),
                (false, true) => title.into_owned(),
                (false, false) => format!(" {title} "),
            };
            let style = if front { look.theme.bar_active } else { look.theme.bar };
            titles.push(Segment::new(text, style, if front { 9 } else { 5 }));
        }
        let keys = [Action::PreviousPage, Action::NextPage]
            .into_iter()
            .filter_map(|action| look.keymap.keys_for(action, self.here));
        let right = Segment::hint(keys.collect::<Vec<_>>().join(" "), look.t("app-pages"), look.theme, 1);
        draw_bar(buf, row, look.theme.bar, &titles, &[right]);
        let body = Rect { y: area.y + row.height, height: area.height - row.height, ..area };
        self.page()?.view(model, look, body, buf)
    }
}
