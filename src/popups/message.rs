//! Tells what an operator must not miss: what was not saved, what had to be repaired.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::{Hands, Request};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::screens::form::{Around, Focus};
use crate::screens::look::Look;
use crate::widgets::paint::put;
use crate::widgets::width::wrap;

/// Sentences that stay until they are closed.
pub struct Message {
    sentences: Vec<Say>,
}

impl Message {
    /// Tells these sentences, one below the other.
    pub const fn new(sentences: Vec<Say>) -> Self {
        Self { sentences }
    }
}

impl Popup for Message {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::Cancel | Action::Accept | Action::Back | Action::Open => Flow::Close,
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => Flow::Stay,
            // The phone may ring while this stands here: any command puts it away and is done.
            _ => {
                hands.ask(Request::Act(action));
                Flow::Close
            }
        }
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Accept]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let width = 70_u16.min(area.width);
        let texts: Vec<String> = self.sentences.iter().map(|s| look.locale.say(s)).collect();
        let mut lines = Vec::new();
        for text in &texts {
            lines.extend(wrap(text, width.saturating_sub(4)).into_iter().filter_map(|line| text.get(line)));
        }
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = framed(&look.t("popup-message-title"), width, height, look, area, buf);
        for (y, line) in (inner.y..inner.bottom()).zip(lines) {
            put(buf, inner.x + 1, y, inner.width.saturating_sub(1), line, look.theme.text);
        }
        None
    }
}
