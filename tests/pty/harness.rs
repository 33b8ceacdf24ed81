//! A real terminal around the real program: a pty, and a terminal emulator that reads what the program writes.
//!
//! Nothing here sleeps: every wait is for a condition on the screen, with a deadline after which the test fails and
//! shows what the screen held.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use memchr::memmem;
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// Far more than anything here takes on an idle computer; a busy one may need some of it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A home folder and a data folder that belong to one test.
pub struct Home(TempDir);

/// What opens the desks of these tests.
pub const PASSPHRASE: &str = "雨の日は縁側で猫とお茶を飲む";

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// Everything that the program may write to without being asked for another place.
    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// Starts the program on this home's data folder.
    pub fn start(&self, columns: u16, rows: u16) -> Desk {
        self.start_with(columns, rows, &[])
    }

    /// The same with further environment variables.
    pub fn start_with(&self, columns: u16, rows: u16, variables: &[(&str, &str)]) -> Desk {
        let mut command = self.command();
        command.args(["--lang", "ja"]);
        for (name, value) in variables {
            command.env(name, value);
        }
        Desk::start(command, columns, rows)
    }

    /// The program with this home and its data folder.
    pub fn command(&self) -> CommandBuilder {
        let mut command = self.bare_command();
        command.arg("--data");
        command.arg(self.data());
        command
    }

    /// The program with this home and nothing of the tester's own environment.
    pub fn bare_command(&self) -> CommandBuilder {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_madoguchi"));
        command.env_clear();
        let home: &Path = self.0.path();
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "USERPROFILE"] {
            command.env(name, home);
        }
        let temporary = home.join("tmp");
        std::fs::create_dir_all(&temporary).expect("a folder for temporary files");
        command.env("TMPDIR", temporary);
        // The passphrase of a desk in this home: given at each start, so that it need not be typed.
        let passphrase = home.join("passphrase");
        std::fs::write(&passphrase, PASSPHRASE).expect("a file for the passphrase");
        command.env("MADOGUCHI_PASSPHRASE_FILE", passphrase);
        command.env("MADOGUCHI_TEST_COST", "1");
        command.env("TERM", "xterm-256color");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.cwd(home);
        command
    }
}

struct State {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    closed: bool,
}

impl State {
    /// Whether a frame has begun and not ended: its cells are not all there, and the cursor is on its way.
    fn is_mid_frame(&self) -> bool {
        memmem::rfind(&self.bytes, b"\x1b[?2026h") > memmem::rfind(&self.bytes, b"\x1b[?2026l")
    }
}

/// The program at work in a terminal. Dropping it kills the program.
pub struct Desk {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Desk {
    pub fn start(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a pty");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let keyboard = pair.master.take_writer().expect("a writer");
        let parser = vt100::Parser::new(cells(rows), cells(columns), 0);
        let state = Arc::new((Mutex::new(State { parser, bytes: Vec::new(), closed: false }), Condvar::new()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            let mut chunk = vec![0; 64 * 1024];
            loop {
                let read = output.read(&mut chunk).unwrap_or(0);
                let mut state = shared.0.lock().unwrap();
                state.parser.process(&chunk[..read]);
                state.bytes.extend_from_slice(&chunk[..read]);
                state.closed = read == 0;
                shared.1.notify_all();
                if read == 0 {
                    return;
                }
            }
        });
        Self { child, master: pair.master, keyboard, state }
    }

    /// Sends bytes as a terminal would.
    pub fn send(&mut self, bytes: &str) {
        self.keyboard.write_all(bytes.as_bytes()).expect("the program reads");
        self.keyboard.flush().expect("the program reads");
    }

    /// Presses named keys one after the other: `"f2 tab enter"`.
    pub fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            self.send(&bytes_of(key));
        }
    }

    /// Pastes as a terminal does where bracketed paste is on: line ends arrive as `\r`.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace('\n', "\r");
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Waits until `condition` holds for the screen.
    pub fn until(&self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        self.wait(what, |state| !state.is_mid_frame() && condition(state.parser.screen()));
    }

    /// The same, giving the program a push now and then: where nothing shows when it can be pushed.
    pub fn until_pushed(&self, what: &str, push: impl Fn(&Self), condition: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            push(self);
            let (state, _) = (self.state.1).wait_timeout(self.lock(), Duration::from_millis(100)).unwrap();
            if !state.is_mid_frame() && condition(state.parser.screen()) {
                return;
            }
            assert!(Instant::now() < deadline, "waited in vain for: {what}");
        }
    }

    /// Waits until `text` stands somewhere on the screen.
    pub fn until_text(&self, text: &str) {
        self.until(text, |screen| text_of(screen).contains(text));
    }

    /// Waits until the program's output was read to its end, and gives what the emulator holds then.
    pub fn finished(&mut self) -> Ended {
        // The pty closes with the last process that has it, which is the program.
        self.wait("the end of the program", |state| state.closed);
        let status = self.child.wait().expect("the program can be waited for");
        let state = self.lock();
        let screen = state.parser.screen().clone();
        Ended { status, screen, bytes: String::from_utf8_lossy(&state.bytes).into_owned() }
    }

    pub fn screen(&self) -> vt100::Screen {
        self.lock().parser.screen().clone()
    }

    pub fn text(&self) -> String {
        text_of(self.lock().parser.screen())
    }

    /// How many bytes the program has written so far.
    pub fn written(&self) -> usize {
        self.lock().bytes.len()
    }

    /// Waits until the program has written past this many bytes.
    pub fn until_written(&self, past: usize) {
        self.wait("more output", |state| state.bytes.len() > past);
    }

    /// How many frames the program has drawn so far.
    pub fn frames(&self) -> usize {
        memmem::find_iter(&self.lock().bytes, b"\x1b[?2026h").count()
    }

    /// What the terminal held at the end of each frame that ended behind this byte of the output, the oldest first. The
    /// window must have had one size from the start.
    pub fn frames_from(&self, byte: usize) -> Vec<vt100::Screen> {
        const END: &[u8] = b"\x1b[?2026l";
        let state = self.lock();
        let (rows, columns) = state.parser.screen().size();
        let mut parser = vt100::Parser::new(rows, columns, 0);
        let mut from = 0;
        let ends = memmem::find_iter(&state.bytes, END).map(|at| at + END.len());
        let frames = ends.map(|end| {
            parser.process(&state.bytes[from..end]);
            from = end;
            (end, parser.screen().clone())
        });
        frames.filter(|(end, _)| *end > byte).map(|(_, screen)| screen).collect()
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        self.lock().parser.set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).expect("the pty can be resized");
    }

    /// The program's number.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// Sends a signal by its name, such as `KILL` or `TERM`.
    pub fn signal(&self, name: &str) {
        let process = self.process().to_string();
        let sent = std::process::Command::new("kill").args(["-s", name, &process]).status().expect("kill");
        assert!(sent.success());
    }

    /// Ends the program as a power cut would: it gets no chance to do anything.
    pub fn kill(mut self) {
        self.signal("KILL");
        self.child.wait().expect("the program can be waited for");
    }

    fn wait(&self, what: &str, condition: impl Fn(&State) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut state = self.lock();
        while !condition(&state) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited in vain for: {what}\n{}", text_of(state.parser.screen()));
            assert!(!state.closed, "the program ended before: {what}\n{}", text_of(state.parser.screen()));
            state = self.state.1.wait_timeout(state, left).unwrap().0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.0.lock().unwrap()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was left when the program had ended.
pub struct Ended {
    pub status: ExitStatus,
    pub screen: vt100::Screen,
    pub bytes: String,
}

impl Ended {
    /// The terminal is as it was before the program.
    pub fn assert_restored(&self) {
        assert!(self.bytes.contains("\x1b[?1049h"), "the program never took the screen");
        assert!(!self.screen.alternate_screen(), "the alternate screen is still on");
        assert!(!self.screen.hide_cursor(), "the cursor is still hidden");
        assert!(!self.screen.bracketed_paste(), "bracketed paste is still on");
        assert_eq!(self.screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(self.bytes.rfind("\x1b[?2026l") >= self.bytes.rfind("\x1b[?2026h"), "a frame was left open");
    }

    pub fn text(&self) -> String {
        text_of(&self.screen)
    }
}

/// The rows of the screen, one a line.
pub fn text_of(screen: &vt100::Screen) -> String {
    let (_, columns) = screen.size();
    screen.rows(0, columns.get()).collect::<Vec<_>>().join("\n")
}

/// Row and column (in cells) of the first place where `text` stands.
pub fn find(screen: &vt100::Screen, text: &str) -> Option<(u16, u16)> {
    let (rows, columns) = screen.size();
    (0..rows.get()).find_map(|row| {
        (0..columns.get()).find_map(|column| {
            let line = screen.contents_between(row, column, row, columns.get());
            let starts = screen.cell(row, column).is_some_and(|cell| !cell.is_wide_continuation());
            (starts && line.starts_with(text)).then_some((row, column))
        })
    })
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a terminal has cells")
}

fn bytes_of(key: &str) -> String {
    let named = match key {
        "enter" => "\r",
        "tab" => "\t",
        "backtab" | "shift-tab" => "\x1b[Z",
        "esc" => "\x1b",
        "backspace" => "\x7f",
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "home" => "\x1b[H",
        "end" => "\x1b[F",
        "pageup" => "\x1b[5~",
        "pagedown" => "\x1b[6~",
        "delete" => "\x1b[3~",
        "f1" => "\x1bOP",
        "f2" => "\x1bOQ",
        "f3" => "\x1bOR",
        "f4" => "\x1bOS",
        "f5" => "\x1b[15~",
        "f6" => "\x1b[17~",
        "f7" => "\x1b[18~",
        "f8" => "\x1b[19~",
        "f9" => "\x1b[20~",
        "f10" => "\x1b[21~",
        "f11" => "\x1b[23~",
        "f12" => "\x1b[24~",
        "shift-f7" => "\x1b[18;2~",
        "shift-f10" => "\x1b[21;2~",
        other => {
            let mut chars = other.strip_prefix("ctrl-").expect("a key that this table knows").chars();
            let (Some(letter), None) = (chars.next(), chars.next()) else { panic!("no such key: {key}") };
            return char::from(letter.to_ascii_lowercase() as u8 & 0x1f).to_string();
        }
    };
    named.to_owned()
}
