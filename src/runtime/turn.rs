//! The loop: waits for what happens, lets the app think, has its effects carried out, draws once.
//!
//! No tick: it sleeps until something arrives or the deadline that the app named has passed.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use crate::app::App;
use crate::app::msg::{Effect, Instead, Msg, Now};
use crate::desk::say::Say;

use super::clock::{self, Clock};
use super::keeper::Answered;
use super::paper::Papers;
use super::screen::Screen;
use super::signals::Asked;
use super::worker::Worker;
use super::{clipboard, fault, log, signals, terminal};

/// What arrives at the loop.
#[derive(Debug)]
pub enum Event {
    /// Keys, pastes and new sizes that came at once.
    Input(Vec<Msg>),
    /// The store answered.
    Store(Answered),
    /// The deadline that the app named has passed.
    Wake,
    /// The system asks something of the program.
    Asked(Asked),
    /// The terminal is gone.
    Lost,
}

/// How the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The operator left.
    Quit,
    /// A signal.
    Signal(i32),
    /// The terminal is gone.
    Lost,
}

/// After this much work without a look at the screen a frame is drawn, however much still waits.
const LONGEST_TURN: Duration = Duration::from_millis(12);

/// Between two wakes there is at least this.
const SHORTEST_SLEEP: Duration = Duration::from_millis(20);

/// The app with everything that it needs from outside.
pub struct Turn<W> {
    // In this order they go: first the screen is given back, then the store is waited for.
    guard: terminal::Guard,
    papers: Option<Papers>,
    worker: Option<Worker>,
    app: App,
    screen: Screen<W>,
    events: Receiver<Event>,
    clock: Clock,
    open_elsewhere: Option<Say>,
    woken_at: Option<Duration>,
    fault_wanted: bool,
}

impl<W: Write> Turn<W> {
    /// An app on this screen; nothing is kept yet.
    pub fn new(app: App, screen: Screen<W>, events: Receiver<Event>, clock: Clock, guard: terminal::Guard) -> Self {
        let fault_wanted = cfg!(debug_assertions) && std::env::var_os("MADOGUCHI_TEST_PANIC").is_some();
        Self {
            guard,
            papers: None,
            worker: None,
            app,
            screen,
            events,
            clock,
            open_elsewhere: None,
            woken_at: None,
            fault_wanted,
        }
    }

    /// From now on `worker` keeps and reads.
    pub fn employ(&mut self, worker: Worker) {
        self.worker = Some(worker);
    }

    /// From now on papers are made by `papers`.
    pub fn print_by(&mut self, papers: Papers) {
        self.papers = Some(papers);
    }

    /// Gives the terminal back and lets the store finish; says who has the data folder open, if that was the matter.
    pub fn close(self) -> Option<Say> {
        self.open_elsewhere
    }

    /// Runs until the end.
    pub fn run(&mut self) -> Ending {
        let ending = match self.until_end() {
            Ok(ending) => ending,
            // Nothing can be written any more: nobody reads.
            Err(_) => Ending::Lost,
        };
        if ending != Ending::Quit {
            self.keep_drafts();
        }
        ending
    }

    /// Shows the app as it is now.
    pub fn draw(&mut self) -> io::Result<()> {
        let app = &self.app;
        fault::speak(app.lang());
        self.screen.draw(|held, buffer| app.view_over(held, buffer))
    }

    fn until_end(&mut self) -> io::Result<Ending> {
        loop {
            let Some(event) = self.wait() else { return Ok(Ending::Lost) };
            let began = self.clock.mono();
            let mut next = Some(event);
            while let Some(event) = next {
                if let Some(ending) = self.take(event)? {
                    return Ok(ending);
                }
                next = if self.clock.mono().saturating_sub(began) < LONGEST_TURN {
                    self.events.try_recv().ok()
                } else {
                    None
                };
            }
            if self.app.take_dirty() {
                self.draw()?;
            }
        }
    }

    /// The next thing that happens; `None` when nothing can happen any more.
    fn wait(&mut self) -> Option<Event> {
        let Some(deadline) = self.app.deadline() else { return self.events.recv().ok() };
        let now = self.clock.mono();
        // An app that names a deadline which has passed would never let this thread sleep again.
        let earliest = self.woken_at.map_or(now, |woken| woken + SHORTEST_SLEEP);
        match self.events.recv_timeout(deadline.max(earliest).saturating_sub(now)) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => {
                self.woken_at = Some(self.clock.mono());
                Some(Event::Wake)
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    fn take(&mut self, event: Event) -> io::Result<Option<Ending>> {
        match event {
            Event::Input(messages) => {
                for message in messages {
                    self.fault_on_request(&message);
                    if let Msg::Resize(width, height) = message {
                        self.screen.resize(width, height);
                    }
                    if let Some(ending) = self.update(message)? {
                        return Ok(Some(ending));
                    }
                }
                Ok(None)
            }
            Event::Store(answered) => {
                if let Answered::OpenElsewhere(say) = &answered {
                    self.open_elsewhere = Some(say.clone());
                }
                self.update(answered.into_msg())
            }
            Event::Wake => self.update(Msg::Wake),
            Event::Asked(Asked::Stop) => {
                terminal::restore();
                signals::stop();
                terminal::retake(&self.guard)?;
                self.screen.forget();
                // The window may have another size by now.
                let (width, height) = terminal::size()?;
                self.screen.resize(width, height);
                let ending = self.update(Msg::Resize(width, height))?;
                self.draw()?;
                Ok(ending)
            }
            Event::Asked(Asked::End(signal)) => Ok(Some(Ending::Signal(signal))),
            Event::Lost => Ok(Some(Ending::Lost)),
        }
    }

    fn update(&mut self, message: Msg) -> io::Result<Option<Ending>> {
        for effect in self.app.update(self.now(), message) {
            if let Effect::OpenInstead(instead) = effect {
                // Who opens it all the same has done what they came for.
                self.open_elsewhere = None;
                if instead == Instead::ReadOnly {
                    log::stop();
                }
            }
            match effect {
                Effect::Quit => return Ok(Some(Ending::Quit)),
                Effect::Redraw => {
                    self.screen.forget();
                    self.draw()?;
                }
                Effect::Copy(text) => {
                    if let Some(bytes) = clipboard::osc52(&text) {
                        self.screen.send(&bytes)?;
                    }
                }
                Effect::Print(paper) => {
                    if let Some(said) = self.papers.as_mut().map(|papers| papers.print(&paper))
                        && let Some(ending) = self.update(said)?
                    {
                        return Ok(Some(ending));
                    }
                }
                kept @ (Effect::Commit { .. }
                | Effect::OpenInstead(_)
                | Effect::Dispose { .. }
                | Effect::Look(_)
                | Effect::Backup(_)
                | Effect::Sheets(_)
                | Effect::Undo { .. }
                | Effect::Redo { .. }
                | Effect::SaveDraft { .. }
                | Effect::RemoveDraft { .. }
                | Effect::Load { .. }
                | Effect::SetUp(_)
                | Effect::Unlock { .. }
                | Effect::UnlockByRecovery { .. }
                | Effect::Lock
                | Effect::SealDesk { .. }
                | Effect::Keys { .. }
                | Effect::RememberOperator(_)) => self.ask(kept),
            }
        }
        Ok(None)
    }

    /// Before the program ends without having been asked by the operator: what waits for its second is kept now.
    fn keep_drafts(&mut self) {
        let mut now = self.now();
        // A few rounds are enough for every clock that the app keeps; drafts are among the first.
        for _ in 0..8 {
            let Some(deadline) = self.app.deadline() else { return };
            now.mono = now.mono.max(deadline);
            for effect in self.app.update(now, Msg::Wake) {
                if matches!(effect, Effect::SaveDraft { .. }) {
                    self.ask(effect);
                }
            }
        }
    }

    fn ask(&self, effect: Effect) {
        if let Some(worker) = &self.worker {
            worker.ask(effect);
        }
    }

    fn now(&self) -> Now {
        Now { wall: clock::wall(), mono: self.clock.mono() }
    }

    /// In a debug build a test may ask for a fault of the program at the next key.
    fn fault_on_request(&self, message: &Msg) {
        let wanted = self.fault_wanted && matches!(message, Msg::Key(_));
        assert!(!wanted, "asked for by a test");
    }
}
