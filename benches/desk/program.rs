//! The program without its threads and its terminal: what the app thinks, paints and writes, and what the store answers.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use madoguchi::app::model::Phase;
use madoguchi::app::msg::{Effect, Msg, Now, Opening, SMALL_KINDS};
use madoguchi::app::{App, Config};
use madoguchi::desk::record::RecordKey;
use madoguchi::desk::secret::Secret;
use madoguchi::journal::Journal;
use madoguchi::keys::Keymap;
use madoguchi::locale::Lang;
use madoguchi::runtime::keeper::Keeper;
use madoguchi::runtime::reading::{self, Gathered, Rest};
use madoguchi::runtime::screen::Screen;
use madoguchi::widgets::theme::Theme;

use super::{PASSPHRASE, now};

/// Columns and rows of the terminal.
pub const SIZE: (u16, u16) = (120, 40);

/// The screen's side of the program: every byte that it writes goes nowhere.
pub struct Program {
    /// The app.
    pub app: App,
    screen: Screen<io::Sink>,
    began: Instant,
}

/// A start, in parts.
pub struct Started {
    /// From the passphrase's Enter until the keys were at hand: argon2 and little else.
    pub unlocked: Duration,
    /// From the same Enter until the queue was on the screen.
    pub queue: Duration,
}

impl Program {
    /// Nothing is open yet.
    pub fn new() -> Self {
        let app = App::new(Config {
            lang: Some(Lang::Ja),
            keymap: Keymap::default(),
            theme: Theme::default(),
            seed: [1; 32],
            now: Now { wall: now(), mono: Duration::ZERO },
        });
        Self { app, screen: Screen::new(io::sink(), SIZE.0, SIZE.1), began: Instant::now() }
    }

    /// Opens the sealed desk in the folder with its passphrase, as far as a usable queue on the screen.
    pub fn open(&mut self, folder: &Path) -> (Keeper, Started) {
        let mut keeper = Keeper::on_disk(folder.to_owned(), [2; 32]);
        let mut answers = Vec::new();
        keeper.open(&mut |answer| answers.push(answer.into_msg()));
        answers.drain(..).for_each(|answer| self.take(answer));
        assert!(self.app.model.phase == Phase::Closed, "no passphrase was asked for: this is no sealed desk");
        let begun = Instant::now();
        let mut unlocked = None;
        let passphrase = Secret::passphrase(PASSPHRASE);
        keeper.carry_out(Effect::Unlock { passphrase, code: None }, &mut |answer| {
            let message = answer.into_msg();
            if matches!(message, Msg::Unlocked { .. }) {
                unlocked = Some(begun.elapsed());
            }
            answers.push(message);
        });
        for answer in answers {
            self.take(answer);
        }
        self.draw();
        let started = Started { queue: begun.elapsed(), unlocked: unlocked.expect("the passphrase opens the desk") };
        self.assert_open();
        (keeper, started)
    }

    /// Takes in everything else of the desk.
    pub fn read_on(&mut self, keeper: &mut Keeper) {
        let mut answers = Vec::new();
        while keeper.has_more() {
            keeper.read_on(&mut |answer| answers.push(answer.into_msg()));
            answers.drain(..).for_each(|answer| self.take(answer));
        }
        self.draw();
        assert!(self.app.model.complete, "the desk did not arrive");
    }

    /// The same of a desk in clear, which the program itself opens no more: what the keeper does, by the same functions.
    pub fn open_clear(&mut self, journal: &Journal) {
        let mut opening = Opening { desk: journal.desk(), ..Opening::default() };
        opening.last_numbers = reading::last_numbers(journal, now().date_naive(), &[]).expect("the numbers");
        for kind in SMALL_KINDS {
            let records = journal.each(kind).map(|record| record.expect("a record"));
            opening.records.extend(records.map(|(id, value)| (RecordKey::new(kind, id), value)));
        }
        opening.cases = reading::open_cases(journal, &mut opening.notices).expect("the open cases");
        self.take(Msg::Opened(Box::new(opening)));
        self.draw();
        self.assert_open();
    }

    /// Takes in everything else of a desk in clear.
    pub fn read_on_clear(&mut self, journal: &Journal) {
        let (mut rest, mut gathered) = (Rest::first(), Gathered::default());
        while rest != Rest::Nothing {
            let (arrival, next) = reading::step(journal, rest);
            gathered.add(arrival, &mut |arrival| self.take(Msg::Arrived(arrival)));
            rest = next;
        }
        self.draw();
        assert!(self.app.model.complete, "the desk did not arrive");
    }

    /// One message. What is asked of the store is left out: at a desk another thread does that.
    pub fn take(&mut self, message: Msg) {
        let mono = self.began.elapsed();
        drop(self.app.update(Now { wall: now(), mono }, message));
    }

    /// A frame.
    pub fn draw(&mut self) {
        let app = &self.app;
        self.screen.draw(|held, buf| app.view_over(held, buf)).expect("a sink takes everything");
    }

    fn assert_open(&self) {
        assert!(self.app.model.phase == Phase::Ready, "the desk did not open");
        assert!(self.app.model.open_count() > 0, "the queue is empty");
    }
}
