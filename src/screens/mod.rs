//! One folder a screen: state, update, view. They never write: they ask for what is to be done.
#![allow(clippy::wildcard_enum_match_arm, reason = "a screen acts on the few actions that mean something to it")]

pub mod directory;
pub mod entry;
pub mod form;
pub mod intake;
pub mod keeping;
pub mod lists;
pub mod look;
pub mod meeting;
pub mod pages;
pub mod queue;
pub mod start;
pub mod upkeep;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::hands::Hands;
use crate::app::model::Model;
use crate::app::msg::KeysResult;
use crate::desk::id::Id;
use crate::desk::say::Say;
use crate::keys::Action;
use crate::widgets::edit::Edit;
use form::Focus;
use look::Look;

/// The screens of the desk, in the order of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ScreenName {
    /// 受付.
    Intake,
    /// 案件.
    #[default]
    Queue,
    /// 連携先.
    Directory,
    /// 会議.
    Meeting,
    /// 名簿整備.
    Upkeep,
    /// 管理.
    Keeping,
}

impl ScreenName {
    /// All that can be gone to, in the order of the header.
    pub const ALL: [Self; 6] = [Self::Intake, Self::Queue, Self::Directory, Self::Meeting, Self::Upkeep, Self::Keeping];

    /// Whether it is not for every day: its tab takes no room from the others.
    pub const fn is_seldom(self) -> bool {
        matches!(self, Self::Upkeep | Self::Keeping)
    }
}

/// A screen: takes keys, asks for what is to be done, draws itself.
pub trait Screen {
    /// What its focus takes of the keys.
    fn takes(&self) -> Focus;

    /// An action from the keymap; `false` where it means nothing here.
    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool;

    /// Typed or pasted text.
    fn text(&mut self, text: &str, hands: &mut Hands<'_>);

    /// An editing key.
    fn edit(&mut self, edit: Edit<'_>, hands: &mut Hands<'_>);

    /// It came to the front.
    fn entered(&mut self, _hands: &mut Hands<'_>) {}

    /// Another screen comes to the front, or the program ends.
    fn left(&mut self, _hands: &mut Hands<'_>) {}

    /// The case whose contents it shows without its having been opened: beside a list.
    fn shows(&self, _model: &Model) -> Option<Id> {
        None
    }

    /// Something came in from outside while it is in front: a commit, an answer, more of the desk.
    fn changed(&mut self, _hands: &mut Hands<'_>) {}

    /// When a clock that it shows comes to its next second; `None`: none runs.
    fn next_second(&self, _now: Duration) -> Option<Duration> {
        None
    }

    /// Something with the keys came to its end; `false` where it was not this screen that asked.
    fn keys_done(&mut self, _result: &Result<KeysResult, Say>, _hands: &mut Hands<'_>) -> bool {
        false
    }

    /// The actions to show at the foot of the screen, the most important first.
    fn hints(&self) -> &'static [Action];

    /// Draws it into `area`, the screen without head and foot; returns where the caret stands.
    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position>;
}
