//! Says why the desk does not open, and what can be done instead, each by one key that stands there.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::{Hands, Request};
use crate::app::msg::{Effect, Instead};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::screens::form::{Around, Focus};
use crate::screens::look::Look;
use crate::search::fold;
use crate::widgets::paint::put;
use crate::widgets::width::wrap;

/// A desk that does not open.
pub struct Shut {
    why: Say,
    instead: Vec<Instead>,
}

impl Shut {
    /// Says why, and offers these.
    pub const fn new(why: Say, instead: Vec<Instead>) -> Self {
        Self { why, instead }
    }
}

const fn words(instead: Instead) -> &'static str {
    match instead {
        Instead::Again => "popup-shut-again",
        Instead::ReadOnly => "popup-shut-read-only",
        Instead::UseReserve => "popup-shut-use-reserve",
    }
}

impl Popup for Shut {
    fn takes(&self) -> Focus {
        Focus::Code
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Quit | Action::Cancel | Action::Back => hands.ask(Request::Act(Action::Quit)),
            Action::Language | Action::Redraw => hands.ask(Request::Act(action)),
            _ => {}
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) -> Flow {
        let key = text.chars().next().map(|key| fold::command_key(key).unwrap_or(key));
        let place = key.and_then(|key| key.to_digit(10)).and_then(|n| usize::try_from(n).ok()?.checked_sub(1));
        match place.and_then(|place| self.instead.get(place)) {
            Some(instead) => {
                hands.ask(Request::Enter(Effect::OpenInstead(*instead)));
                Flow::Close
            }
            None => Flow::Stay,
        }
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Quit]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let width = 70_u16.min(area.width);
        let mut texts = vec![look.locale.say(&self.why), String::new()];
        let offers = (1..).zip(&self.instead);
        texts.extend(offers.map(|(n, instead)| format!("{n}  {}", look.t(words(*instead)))));
        let mut lines = Vec::new();
        for text in &texts {
            let wrapped = wrap(text, width.saturating_sub(4)).into_iter().filter_map(|line| text.get(line));
            lines.extend(wrapped);
        }
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = framed(&look.t("popup-message-title"), width, height, look, area, buf);
        for (y, line) in (inner.y..inner.bottom()).zip(lines) {
            put(buf, inner.x + 1, y, inner.width.saturating_sub(1), line, look.theme.text);
        }
        None
    }
}
