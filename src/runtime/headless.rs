//! The whole program without a terminal, threads and the system's clock: key strings in, a screen out. For tests.
//!
//! The same app and the same keeper as at a desk; effects are carried out at once and their answers come back before
//! the next key, so that a test needs no waiting.

use std::collections::VecDeque;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::msg::{Effect, Msg, Now};
use crate::app::{App, Config};
use crate::keys::Key;

use super::keeper::Keeper;

/// A desk without a terminal.
pub struct Headless {
    /// The app, for assertions.
    pub app: App,
    /// What was put into the clipboard, oldest first.
    pub copied: Vec<String>,
    /// Whether the app asked to end.
    pub ended: bool,
    keeper: Keeper,
    now: Now,
    buffer: Buffer,
    caret: Option<Position>,
}

/// The text is no key script.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such key in a script: {0}")]
pub struct NotAKey(pub String);

impl Headless {
    /// An app of this configuration, over what `keeper` keeps. Everything has arrived when this returns.
    pub fn start(config: Config, keeper: Keeper, (width, height): (u16, u16)) -> Self {
        let now = config.now;
        let mut desk = Self {
            app: App::new(config),
            copied: Vec::new(),
            ended: false,
            keeper,
            now,
            buffer: Buffer::empty(Rect::new(0, 0, width, height)),
            caret: None,
        };
        desk.paint();
        let mut answers = VecDeque::new();
        desk.keeper.open(&mut |answered| answers.push_back(answered.into_msg()));
        desk.digest(answers);
        desk.settle();
        desk
    }

    /// Lets the keeper read on until everything has arrived.
    pub fn settle(&mut self) {
        while self.keeper.has_more() {
            let mut answers = VecDeque::new();
            self.keeper.read_on(&mut |answered| answers.push_back(answered.into_msg()));
            self.digest(answers);
        }
    }

    /// Presses keys: names as in a keymap, and quoted text that is typed character by character: `f7 "山田" tab ctrl-s`.
    pub fn keys(&mut self, script: &str) -> Result<(), NotAKey> {
        for key in parse(script)? {
            self.take(Msg::Key(key));
        }
        Ok(())
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) {
        self.take(Msg::Paste(text.to_owned()));
    }

    /// One message from outside, as the loop would bring it.
    pub fn take(&mut self, message: Msg) {
        if let Msg::Resize(width, height) = message {
            self.buffer.resize(Rect::new(0, 0, width, height));
        }
        self.digest(VecDeque::from([message]));
        self.settle();
    }

    /// Lets time pass; the app is woken at each of its deadlines on the way.
    pub fn advance(&mut self, by: Duration) {
        let end = self.now.mono + by;
        // An app whose deadline never moves would keep a desk busy for ever; here it shows as a test that goes on.
        while let Some(deadline) = self.app.deadline().filter(|deadline| *deadline <= end) {
            self.set_mono(deadline.max(self.now.mono));
            self.take(Msg::Wake);
        }
        self.set_mono(end);
    }

    /// Another time of day, as when the computer's clock is put right.
    pub fn set_wall(&mut self, wall: DateTime<FixedOffset>) {
        self.now.wall = wall;
    }

    /// The rows of the screen, one a line, without the blanks at their ends.
    pub fn text(&self) -> String {
        let area = self.buffer.area;
        let mut text = String::new();
        for y in area.top()..area.bottom() {
            let mut row = String::new();
            let mut covered = 0;
            for x in area.left()..area.right() {
                let Some(cell) = self.buffer.cell((x, y)) else { continue };
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                row.push_str(cell.symbol());
                covered = crate::widgets::width::width(cell.symbol()).saturating_sub(1);
            }
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }

    /// The cells of the screen.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Where the caret is.
    pub fn caret(&self) -> Option<Position> {
        self.caret
    }

    /// The time at this desk.
    pub fn now(&self) -> Now {
        self.now
    }

    /// What keeps, for tests that look into it or start another app over it.
    pub fn into_keeper(self) -> Keeper {
        self.keeper
    }

    fn set_mono(&mut self, mono: Duration) {
        let passed = mono.saturating_sub(self.now.mono);
        self.now.mono = mono;
        self.now.wall += passed;
    }

    fn digest(&mut self, mut messages: VecDeque<Msg>) {
        while let Some(message) = messages.pop_front() {
            for effect in self.app.update(self.now, message) {
                match effect {
                    Effect::Quit => self.ended = true,
                    Effect::Redraw => {}
                    Effect::Copy(text) => self.copied.push(text),
                    kept @ (Effect::Commit { .. }
                    | Effect::Undo { .. }
                    | Effect::Redo { .. }
                    | Effect::SaveDraft { .. }
                    | Effect::RemoveDraft { .. }
                    | Effect::Load { .. }
                    | Effect::SetUp(_)
                    | Effect::RememberOperator(_)) => {
                        self.keeper.carry_out(kept, &mut |answered| messages.push_back(answered.into_msg()));
                    }
                }
            }
        }
        if self.app.take_dirty() {
            self.paint();
        }
    }

    fn paint(&mut self) {
        self.buffer.reset();
        self.caret = self.app.view(self.buffer.area, &mut self.buffer);
    }
}

/// The keys of a script.
pub fn parse(script: &str) -> Result<Vec<Key>, NotAKey> {
    let mut keys = Vec::new();
    for (i, part) in script.split('"').enumerate() {
        if i % 2 == 1 {
            keys.extend(part.chars().map(Key::char));
            continue;
        }
        for name in part.split_whitespace() {
            keys.push(Key::from_str(name).map_err(|_| NotAKey(name.to_owned()))?);
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_holds_names_and_texts() {
        let keys = parse("f7 \"山 田\" tab ctrl-s").unwrap();
        let shown: Vec<String> = keys.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["f7", "山", "space", "田", "tab", "ctrl-s"]);
        assert_eq!(parse("f7 nokey"), Err(NotAKey("nokey".to_owned())));
        assert_eq!(parse("").unwrap(), []);
    }
}
