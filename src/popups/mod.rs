//! One popup a file. Each asks the app through its hands and never touches it; what a choice leads to comes along as
//! a function from whoever opened it, so that a new use of a popup is written in one place.
//!
//! A trait and not an enum: the app only draws popups and passes keys to the top one, and never asks which it is.
#![allow(clippy::wildcard_enum_match_arm, reason = "a popup acts on the few actions that mean something to it")]

pub mod abilities;
pub mod calls;
pub mod confirm;
pub mod fax;
pub mod frame;
pub mod handover;
pub mod help;
pub mod history;
pub mod inquiries;
pub mod inquiry;
pub mod inquiry_sheet;
pub mod keys_sheet;
pub mod merge;
pub mod message;
pub mod offices;
pub mod palette;
pub mod path;
pub mod picker;
pub mod policy;
pub mod prompt;
pub mod reason;
pub mod recovery;
pub mod sheet;
pub mod shut;
pub mod told;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::hands::Hands;
use crate::app::msg::{Answer, KeysResult};
use crate::desk::say::Say;
use crate::keys::{Action, Context};
use crate::screens::form::Focus;
use crate::screens::look::Look;
use crate::widgets::edit::Edit;

/// Whether a popup stays after a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It stays.
    Stay,
    /// It is done.
    Close,
}

/// Something on top of a screen that takes every key until it closes.
pub trait Popup {
    /// What its focus takes of the keys.
    fn takes(&self) -> Focus;

    /// The contexts in which its keys are looked up, the nearest first.
    fn contexts(&self) -> &'static [Context] {
        match self.takes() {
            Focus::Line | Focus::Area => &[Context::Popup, Context::Form, Context::Global],
            // Typing chooses from the list.
            Focus::Code => &[Context::Popup, Context::List, Context::Form, Context::Global],
            Focus::None => &[Context::Popup, Context::List, Context::Global],
        }
    }

    /// An action from the keymap.
    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Flow;

    /// Typed or pasted text; nothing to a popup in which nobody types.
    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) -> Flow {
        Flow::Stay
    }

    /// An editing key; nothing to a popup in which nobody types.
    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) -> Flow {
        Flow::Stay
    }

    /// The actions to show at the foot of the screen.
    fn hints(&self) -> &'static [Action];

    /// An answer from the store that it may wait for.
    fn answered(&mut self, _answer: &Answer) {}

    /// Something with the keys came to its end; `None` where it was not this popup that asked.
    fn keys_done(&mut self, _result: &Result<KeysResult, Say>) -> Option<Flow> {
        None
    }

    /// Draws it over `area`, the whole screen without head and foot; returns where the caret stands.
    fn view(
        &self,
        look: &Look<'_>,
        around: &crate::screens::form::Around<'_>,
        area: Rect,
        buf: &mut Buffer,
    ) -> Option<Position>;
}
