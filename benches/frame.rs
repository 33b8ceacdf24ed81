//! From a key to the bytes of its frame, inside the program: what the app thinks, paints and writes, without the
//! threads and the pty that `latency` has too. Beside it a plain ratatui screen of two panes, key by key in turn.
//!
//! `cargo bench --bench frame`. It shows whether the size of the desk matters to a key: it must not.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot run says where it stopped; its figures are for people"
)]

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use desk::figures::{load, ratio, us};
use desk::program::{Program, SIZE};
use madoguchi::app::msg::{Arrival, Card, Msg};
use madoguchi::desk::id::Id;
use madoguchi::keys::Key;
use madoguchi::runtime::headless::parse;
use madoguchi::runtime::keeper::Keeper;
use madoguchi::search::Keys;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::{Block, Paragraph, Wrap};
use ratatui::{Terminal, TerminalOptions, Viewport};

mod desk;
mod rows;

/// How many persons the desk knows, whatever its size.
const PERSONS: usize = 20_000;

const KEYS: usize = 2_000;
const AREA: Rect = Rect { x: 0, y: 0, width: SIZE.0, height: SIZE.1 };
const TEXT: &str = "来週退院するが主治医が決まっていない。訪問診療をしてくれる医師を探している。";

/// What is typed where: how one gets there, and the keys.
const SCENES: [(&str, &str, &str); 4] = [
    ("memo", "f7 ctrl-t", ""),
    ("caller, typed ahead", "f7 tab", "\"h\" \"a\" \"m\" \"a\" backspace backspace backspace backspace"),
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
    for cases in desk::sizes() {
        let home = tempfile::tempdir().expect("a temporary folder");
        desk::fill(&home.path().join("data"), cases);
        println!("{cases} cases, load {}", load());
        println!("  where                      update  view + write     together  plain ratatui   ratio");
        for (name, way, keys) in SCENES {
            let mut typist = Typist::at(&home.path().join("data"), way);
            measure(name, &mut typist, keys);
        }
    }
}

fn measure(name: &str, typist: &mut Typist, keys: &str) {
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
    let ratio = ratio(&whole, &theirs);
    let (thought, painted, whole, theirs) = (us(&thought), us(&painted), us(&whole), us(&theirs));
    println!("  {name:<22} {thought:>10} {painted:>13} {whole:>12} {theirs:>14} {ratio:>7}");
}

/// Everybody whom a desk of any size may know.
fn persons() -> Vec<(Id, Card, Keys)> {
    let rows = rows::rows(PERSONS, 23);
    let persons = rows.iter().zip(1_u128..).map(|(row, n)| {
        let card = Card {
            name: row.staff.as_str().into(),
            kana: row.staff_kana.as_str().into(),
            kind: "1".into(),
            office: row.name.as_str().into(),
            phones: Box::new([row.phone.as_str().into()]),
            ..Card::default()
        };
        let keys = Keys::of(&card.entry());
        (Id::from_bytes(n.to_be_bytes()), card, keys)
    });
    persons.collect()
}

/// Somebody who types, with all of the desk in the app's model.
struct Typist {
    program: Program,
    keeper: Keeper,
    way: Vec<Key>,
}

impl Typist {
    fn at(folder: &Path, way: &str) -> Self {
        let mut program = Program::new();
        let (mut keeper, _) = program.open(folder);
        program.read_on(&mut keeper);
        program.take(Msg::Arrived(Arrival::Persons(persons())));
        Self { program, keeper, way: parse(way).expect("keys") }
    }

    /// To the place where keys are measured, from wherever it is.
    fn again(&mut self) {
        for key in self.way.clone() {
            self.program.take(Msg::Key(key));
        }
        self.program.draw();
    }

    fn press(&mut self, key: Key) -> (Duration, Duration) {
        let begun = Instant::now();
        self.program.take(Msg::Key(key));
        let thought = begun.elapsed();
        self.program.draw();
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
