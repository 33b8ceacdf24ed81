//! Queue.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Screen;
use super::form::Focus;
use super::look::Look;
use crate::app::hands::Hands;
use crate::app::model::Model;
use crate::keys::Action;
use crate::widgets::edit::Edit;

/// The screen.
#[derive(Debug, Default)]
pub struct Queue {}

impl Screen for Queue {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, _action: Action, _hands: &mut Hands<'_>) -> bool {
        false
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn hints(&self) -> &'static [Action] {
        &[Action::Help]
    }

    fn view(&self, _model: &Model, _look: &Look<'_>, _area: Rect, _buf: &mut Buffer) -> Option<Position> {
        None
    }
}

impl Queue {
    /// Shows this case.
    pub fn show(&mut self, _case: crate::desk::id::Id, _model: &Model) {}
}
