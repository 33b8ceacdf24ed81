//! アクセス記録: who looked at what, the newest first, and the monthly review of it. Everybody sees their own entries; the
//! runtime gives a supervisor everybody's.

pub mod figures;
mod list;
mod review;
pub mod told;
mod words;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Page;
use crate::app::hands::Hands;
use crate::app::model::Model;
use crate::desk::access::{Access, Details};
use crate::desk::operator::Role;
use crate::desk::record::{Kind, RecordKey};
use crate::keys::Action;
use crate::screens::Screen;
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::widgets::edit::Edit;

use list::Log;
use review::Review;

/// Which of the two has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Pane {
    /// The entries.
    #[default]
    Log,
    /// The months.
    Review,
}

/// The page.
#[derive(Debug, Default)]
pub struct AccessLog {
    pane: Pane,
    log: Log,
    review: Review,
}

impl AccessLog {
    fn turn(&mut self, hands: &mut Hands<'_>) {
        self.pane = match self.pane {
            Pane::Log => Pane::Review,
            Pane::Review => Pane::Log,
        };
        match self.pane {
            Pane::Log => self.log.begin(hands),
            Pane::Review => self.review.begin(hands),
        }
    }
}

impl Screen for AccessLog {
    fn takes(&self) -> Focus {
        if self.pane == Pane::Log { self.log.takes() } else { Focus::None }
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        let supervisor = hands.model.role() == Role::Supervisor;
        match action {
            // What a review counts is everybody's, so it is there for who sees everybody's.
            Action::NextPane if supervisor && !self.log.is_typing() => self.turn(hands),
            _ if self.pane == Pane::Review => return self.review.act(action, hands),
            _ => return self.log.act(action, hands),
        }
        true
    }

    fn text(&mut self, text: &str, hands: &mut Hands<'_>) {
        self.edit(Edit::Insert(text), hands);
    }

    fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>) {
        if self.pane == Pane::Log {
            self.log.edit(edit, hands);
        }
    }

    fn entered(&mut self, hands: &mut Hands<'_>) {
        self.pane = Pane::Log;
        // The log is read after this is in it.
        hands.look(Access::Log, RecordKey::new(Kind::Desk, hands.model.desk_id), Details::default());
        self.log.begin(hands);
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        match self.pane {
            Pane::Log => self.log.changed(hands),
            Pane::Review => self.review.changed(hands),
        }
    }

    fn hints(&self) -> &'static [Action] {
        if self.pane == Pane::Review { Review::HINTS } else { self.log.hints() }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        match self.pane {
            Pane::Log => self.log.view(model, look, area, buf),
            Pane::Review => {
                self.review.view(model, look, area, buf);
                None
            }
        }
    }
}

impl Page for AccessLog {
    fn title(&self) -> &'static str {
        "access-title"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}
