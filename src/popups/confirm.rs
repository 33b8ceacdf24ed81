//! Asks before something is taken away. Another key than the one that opened it says yes; Enter says no.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::frame::framed;
use super::{Flow, Popup};
use crate::app::hands::Hands;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::screens::form::{Around, Focus};
use crate::screens::look::Look;
use crate::widgets::paint::put;
use crate::widgets::width::wrap;

/// What is done when the answer is yes.
type Then = Box<dyn FnOnce(&mut Hands<'_>)>;

/// A question that is answered by yes or no.
pub struct Confirm {
    question: Say,
    yes: Option<Then>,
}

impl Confirm {
    /// Asks `question`; `yes` is done when it is answered by yes.
    pub fn new(question: Say, yes: impl FnOnce(&mut Hands<'_>) + 'static) -> Self {
        Self { question, yes: Some(Box::new(yes)) }
    }
}

impl Popup for Confirm {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow {
        match action {
            Action::ConfirmYes => {
                if let Some(yes) = self.yes.take() {
                    yes(hands);
                }
                Flow::Close
            }
            Action::ConfirmNo | Action::Cancel | Action::Accept | Action::Back => Flow::Close,
            _ => Flow::Stay,
        }
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::ConfirmYes, Action::ConfirmNo]
    }

    fn view(&self, look: &Look<'_>, _around: &Around<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let text = look.locale.say(&self.question);
        let width = 60_u16.min(area.width);
        let lines = wrap(&text, width.saturating_sub(4));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = framed(&look.t("popup-confirm-title"), width, height, look, area, buf);
        for (y, line) in (inner.y..inner.bottom()).zip(lines) {
            put(
                buf,
                inner.x + 1,
                y,
                inner.width.saturating_sub(1),
                text.get(line).unwrap_or_default(),
                look.theme.text,
            );
        }
        None
    }
}
