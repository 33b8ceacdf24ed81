//! How long a person waits: from the start to the first frame and to a usable queue, and from a key to the screen.
//!
//! Measured from outside, over a pty: `cargo bench --bench latency`. Where nano is on the PATH it is measured in the
//! same run, key by key in turn, so that a busy computer slows both. The plain write is what the disk and the pty allow.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench that cannot run says where it stopped; its figures are for people"
)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use madoguchi::locale::{Lang, Locale};
use memchr::memmem;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use desk::PASSPHRASE;
use desk::figures::{argon2, load, memory, ms, ratio};

mod desk;
mod rows;

const KEYS: usize = 300;
const STARTS: usize = 15;
const ROWS: u16 = 40;
const COLUMNS: u16 = 120;

fn main() {
    // `cargo test` builds and runs this too: a debug build has no figures to give.
    if cfg!(debug_assertions) {
        println!("latency: not measured in a debug build");
        return;
    }
    println!(
        "milliseconds, p50 / p99; start to the first frame (bar 30); the passphrase's Enter to a usable queue, argon2"
    );
    println!(
        "alone, and the one less the other (bar 100); key to screen in the memo at {COLUMNS}x{ROWS}, and nano (bar 1.5)"
    );
    for cases in desk::sizes() {
        measure(cases);
    }
}

fn measure(cases: usize) {
    let home = tempfile::tempdir().expect("a temporary folder");
    desk::fill(&home.path().join("data"), cases);
    let (mut frames, mut queues, mut alone, mut beyond) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let begun_under = load();
    for _ in 0..STARTS {
        // Before the start: behind its queue the program goes on reading.
        let argon2 = argon2();
        let began = Instant::now();
        let mut desk = Terminal::start(program(home.path()));
        frames.push(desk.until(b"\x1b[?2026l").duration_since(began));
        let queue = desk.enter();
        queues.push(queue);
        alone.push(argon2);
        beyond.push(queue.saturating_sub(argon2));
        // Ctrl-Q.
        desk.send("\x11");
        desk.child.wait().expect("the program ends");
    }
    println!("{cases:>7} cases, load {begun_under}");
    println!(
        "    first frame {}   Enter to queue {}   argon2 {}   beyond {}",
        ms(&frames),
        ms(&queues),
        ms(&alone),
        ms(&beyond)
    );
    let mut desk = Terminal::start(program(home.path()));
    desk.enter();
    desk.until_complete();
    // The store is checked behind the screen.
    desk.settle(Duration::from_secs(5));
    let (held, most) = memory(desk.child.process_id());
    println!("    memory {held} MB with everything there (bar 120), at most {most}");
    desk.go_to_memo();
    let mut editor = nano(home.path());
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for i in 0..KEYS {
        let key = if i % 40 == 39 { "\r" } else { "k" };
        ours.push(desk.echo(key));
        theirs.extend(editor.as_mut().map(|editor| editor.echo(key)));
    }
    println!(
        "    key to screen {}   nano {}   ratio {}   load {}",
        ms(&ours),
        ms(&theirs),
        ratio(&ours, &theirs),
        load()
    );
}

fn program(home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_madoguchi"));
    for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(name, home);
    }
    command.env("TERM", "xterm-256color");
    command.args(["--lang", "ja", "--data"]);
    command.arg(home.join("data"));
    command
}

fn nano(home: &Path) -> Option<Terminal> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find(|folder| folder.join("nano").is_file())?;
    let mut command = CommandBuilder::new("nano");
    command.args(["--ignorercfiles", "notes"]);
    command.env("TERM", "xterm-256color");
    command.cwd(home);
    let mut editor = Terminal::start(command);
    editor.settle(Duration::from_millis(400));
    Some(editor)
}

struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    seen: Vec<u8>,
    screen: vt100::Parser,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn start(command: CommandBuilder) -> Self {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pty");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let keyboard = pair.master.take_writer().expect("a writer");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut chunk = vec![0; 64 * 1024];
            while let Ok(read @ 1..) = reader.read(&mut chunk) {
                if sender.send((Instant::now(), chunk[..read].to_vec())).is_err() {
                    return;
                }
            }
        });
        let cells = |n| NonZeroU16::new(n).expect("cells");
        let screen = vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0);
        Self { child, keyboard, output, seen: Vec::new(), screen, _master: pair.master }
    }

    fn take(&mut self, patience: Duration) -> Option<Instant> {
        match self.output.recv_timeout(patience) {
            Ok((at, chunk)) => {
                self.screen.process(&chunk);
                self.seen.extend(chunk);
                Some(at)
            }
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the program ended"),
        }
    }

    /// When `bytes` had been written for the first time since the last question.
    fn until(&mut self, bytes: &[u8]) -> Instant {
        loop {
            let at = self.take(Duration::from_secs(30)).expect("the program writes");
            if let Some(found) = memmem::find(&self.seen, bytes) {
                self.seen.drain(..found + bytes.len());
                return at;
            }
        }
    }

    /// Waits until nothing has been written for so long.
    fn settle(&mut self, quiet: Duration) {
        while self.take(quiet).is_some() {}
    }

    fn send(&mut self, key: &str) {
        self.keyboard.write_all(key.as_bytes()).expect("the program reads");
        self.keyboard.flush().expect("the program reads");
    }

    /// Types the passphrase where it is asked for; from its Enter until the queue is there.
    fn enter(&mut self) -> Duration {
        self.settle(Duration::from_millis(120));
        self.send(PASSPHRASE);
        self.settle(Duration::from_millis(60));
        self.seen.clear();
        let began = Instant::now();
        self.send("\r");
        self.until(b"R8-").duration_since(began)
    }

    /// Waits in the directory (F4), which says so as long as not all of the desk has arrived.
    fn until_complete(&mut self) {
        let loading = Locale::new(Lang::Ja).t("directory-loading").into_owned();
        self.send("\x1bOS");
        self.take(Duration::from_secs(10)).expect("the program writes");
        for _ in 0..600 {
            self.settle(Duration::from_millis(300));
            if !self.screen.screen().contents().contains(&loading) {
                return;
            }
            self.take(Duration::from_millis(300));
        }
        panic!("the desk did not arrive");
    }

    /// Opens a slip (F7) and goes to its memo, field by field.
    fn go_to_memo(&mut self) {
        let memo = format!("─ {} ─", Locale::new(Lang::Ja).t("field-contact-text"));
        self.send("\x1b[18~");
        for _ in 0..40 {
            self.settle(Duration::from_millis(60));
            if self.screen.screen().contents().contains(&memo) {
                return;
            }
            self.send("\t");
        }
        panic!("no memo:\n{}", self.screen.screen().contents());
    }

    /// From a key to the first byte of what it changes on the screen.
    fn echo(&mut self, key: &str) -> Duration {
        // Whatever still arrives belongs to the key before.
        self.settle(Duration::from_millis(15));
        let began = Instant::now();
        self.send(key);
        self.take(Duration::from_secs(10)).expect("the program writes").duration_since(began)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
