//! When the app wants to be woken: the earliest of the clocks that it keeps.

use std::time::Duration;

use super::App;
use super::model::Phase;
use crate::screens::{Screen as _, ScreenName};

impl App {
    /// When the app wants [`Msg::Wake`](super::msg::Msg::Wake), on the clock that never runs back; `None`: not by itself.
    pub fn deadline(&self) -> Option<Duration> {
        let now = self.model.now.mono;
        match self.model.phase {
            Phase::Locked => {
                let door = self.gate.deadline(now).into_iter().chain(self.key_deadline()).chain(self.backup_deadline());
                self.intake.next_second(now).into_iter().chain(door).min()
            }
            Phase::Closed => self.gate.deadline(now).into_iter().chain(self.key_deadline()).min(),
            Phase::Ready => {
                let drafts = self.intake.deadline(&self.model);
                let upkeep = Some(&self.upkeep).filter(|_| self.screen == ScreenName::Upkeep);
                let drafts = drafts.into_iter().chain(upkeep.and_then(|screen| screen.next_second(now)));
                let watched = self.looks.deadline().into_iter().chain(self.backup_deadline());
                drafts.chain(watched).chain(self.idle_deadline()).min()
            }
            Phase::Opening | Phase::Fresh | Phase::Failed => self.intake.deadline(&self.model),
        }
    }
}
