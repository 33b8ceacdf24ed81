//! From a key to the bytes of its frame, inside the program: what the app thinks, paints and writes, without the
//! threads and the pty that `latency` has too. Beside it a plain ratatui screen of two panes, key by key in turn.
//!
//! `cargo bench --bench frame`. It shows whether the size of the desk matters to a key: it must not.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot run says where it stopped; its figures are for people"
)]

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use madoguchi::app::msg::{Msg, Now};
use madoguchi::app::{App, Config};
use madoguchi::keys::{Key, Keymap};
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::parse;
use madoguchi::runtime::keeper::Keeper;
use madoguchi::runtime::screen::Screen;
use madoguchi::widgets::theme::Theme;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::{Block, Paragraph, Wrap};
use ratatui::{Terminal, TerminalOptions, Viewport};

mod desk;
mod rows;

const KEYS: usize = 2_000;
const AREA: Rect = Rect { x: 0, y: 0, width: 120, height: 40 };
const TEXT: &str = "来週退院するが主治医が決まっていない。訪問診療をしてくれる医師を探している。";

/// What is typed where: how one gets there, and the keys.
const SCENES: [(&str, &str, &str); 3] = [
    ("memo", "f7 ctrl-t", ""),
    ("queue, down and up", "f3", "down down down up up up"),
    ("directory, typed ahead", "f4", "\"t\" \"o\" \"k\" \"u\" backspace backspace backspace backspace"),
];

fn main() {
    // `cargo test` builds and runs this too: a debug build has no figures to give.
    if cfg!(debug_assertions) {
        println!("frame: not measured in a debug build");
        return;
    }
    println!("microseconds from a key to the bytes of its frame at {}x{}, p50 / p99", AREA.width, AREA.height);
    println!(
        "  cases    where                        update         view + write    together       plain ratatui   ratio"
    );
    for cases in [1_000, 100_000] {
        let home = tempfile::tempdir().expect("a temporary folder");
        desk::fill(&home.path().join("data"), cases);
        for (name, way, keys) in SCENES {
            let mut typist = Typist::at(&home.path().join("data"), way);
            measure(cases, name, &mut typist, keys);
        }
    }
}

fn measure(cases: usize, name: &str, typist: &mut Typist, keys: &str) {
    let keys: Vec<Key> =
        if keys.is_empty() { TEXT.chars().map(Key::char).collect() } else { parse(keys).expect("keys") };
    let mut plain = Plain::new();
    let (mut thought, mut painted, mut whole, mut theirs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for n in 0..KEYS {
        // A memo of 2,000 characters is longer than any; the keys begin again in a fresh one.
        if n % 200 == 0 {
            typist.again();
        }
        let (think, paint) = typist.press(keys[n % keys.len()]);
        thought.push(think);
        painted.push(paint);
        whole.push(think + paint);
        theirs.push(plain.press());
    }
    let (ours, reference) = (percentile(&mut whole.clone(), 50), percentile(&mut theirs.clone(), 50));
    println!(
        "  {cases:>6}   {name:<24} {} {} {} {}   {:.2}",
        pair(&mut thought),
        pair(&mut painted),
        pair(&mut whole),
        pair(&mut theirs),
        ours.as_secs_f64() / reference.as_secs_f64()
    );
}

fn pair(times: &mut [Duration]) -> String {
    let us = |time: Duration| time.as_secs_f64() * 1e6;
    format!("{:>7.0} /{:>6.0}", us(percentile(times, 50)), us(percentile(times, 99)))
}

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100]
}

/// The program without its threads, all of the desk in its model.
struct Typist {
    app: App,
    screen: Screen<io::Sink>,
    keeper: Keeper,
    began: Instant,
    wall: DateTime<FixedOffset>,
    way: Vec<Key>,
}

impl Typist {
    fn at(folder: &Path, way: &str) -> Self {
        let wall = DateTime::parse_from_rfc3339("2026-11-24T14:29:00+09:00").expect("a time");
        let now = Now { wall, mono: Duration::ZERO };
        let app = App::new(Config {
            lang: Some(Lang::Ja),
            keymap: Keymap::default(),
            theme: Theme::default(),
            seed: [1; 32],
            now,
        });
        let screen = Screen::new(io::sink(), AREA.width, AREA.height);
        let keeper = Keeper::on_disk(folder.to_owned(), [2; 32]);
        let way = parse(way).expect("keys");
        let mut typist = Self { app, screen, keeper, began: Instant::now(), wall, way };
        let mut answers = Vec::new();
        typist.keeper.open(&mut |answer| answers.push(answer.into_msg()));
        while typist.keeper.has_more() {
            typist.keeper.read_on(&mut |answer| answers.push(answer.into_msg()));
        }
        for answer in answers {
            typist.take(answer);
        }
        assert!(typist.app.model.complete, "the desk did not arrive");
        typist
    }

    /// What is asked of the store is left out: at a desk another thread does that.
    fn take(&mut self, message: Msg) {
        let mono = self.began.elapsed();
        drop(self.app.update(Now { wall: self.wall, mono }, message));
    }

    /// To the place where keys are measured, from wherever it is.
    fn again(&mut self) {
        for key in self.way.clone() {
            self.take(Msg::Key(key));
        }
        self.draw();
    }

    fn draw(&mut self) {
        let app = &self.app;
        self.screen.draw(|area, buf| app.view(area, buf)).expect("a sink takes everything");
    }

    fn press(&mut self, key: Key) -> (Duration, Duration) {
        let begun = Instant::now();
        self.take(Msg::Key(key));
        let thought = begun.elapsed();
        self.draw();
        (thought, begun.elapsed().saturating_sub(thought))
    }
}

impl Drop for Typist {
    fn drop(&mut self) {
        self.keeper.close();
    }
}

/// What anybody's ratatui program does: two boxes of text, drawn anew at each key.
struct Plain {
    terminal: Terminal<CrosstermBackend<Counting>>,
    text: String,
}

impl Plain {
    fn new() -> Self {
        let viewport = Viewport::Fixed(AREA);
        let backend = CrosstermBackend::new(Counting(0));
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport }).expect("a terminal in memory");
        Self { terminal, text: String::new() }
    }

    fn press(&mut self) -> Duration {
        let next = TEXT.chars().nth(self.text.chars().count() % TEXT.chars().count()).unwrap_or('。');
        if self.text.chars().count() > 200 {
            self.text.clear();
        }
        self.text.push(next);
        let other = TEXT.repeat(12);
        let text = self.text.clone();
        let begun = Instant::now();
        self.terminal
            .draw(|frame| {
                let [left, right] =
                    Layout::horizontal([Constraint::Percentage(60), Constraint::Percentage(40)]).areas(frame.area());
                let paragraph = |text: String, title| {
                    Paragraph::new(text).wrap(Wrap { trim: false }).block(Block::bordered().title(title))
                };
                frame.render_widget(paragraph(text, "受付票"), left);
                frame.render_widget(paragraph(other, "連携先"), right);
            })
            .expect("a terminal in memory");
        begun.elapsed()
    }
}

/// Takes every byte and remembers how many.
struct Counting(usize);

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
