//! The terminal's modes, owned by one guard. Knows no app: only what was switched on and how to take it back.
//!
//! `ratatui::restore` takes back only what `ratatui::init` did; here every mode that is switched on is noted in one
//! place, so that the end of the program, a panic and a signal all leave the terminal as it was found.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};

use crate::desk::secret::Secret;

const RAW: u8 = 1;
const SCREEN: u8 = 2;
const PASTE: u8 = 4;
const CURSOR: u8 = 8;

/// The modes that are on: read by the panic hook and by signals, which have no guard in their hands.
static ON: AtomicU8 = AtomicU8::new(0);

/// While this lives the terminal is ours; when it is dropped the terminal is as it was.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal: raw mode, the alternate screen, bracketed paste, no cursor.
    ///
    /// Neither the mouse nor the kitty keyboard protocol is switched on: the first costs the terminal's own selection,
    /// the second breaks input methods.
    pub fn enter() -> io::Result<Self> {
        let guard = Self(());
        switch_on()?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Takes the terminal again after the program was stopped and continued: all that its guard gives back.
pub fn retake(_guard: &Guard) -> io::Result<()> {
    switch_on()
}

/// Whether a person sits at both ends: keys come from a terminal and the screen goes to one.
pub fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Columns and rows.
pub fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

/// Leaves the terminal as it was found. Harmless when there is nothing to take back, and from any thread.
pub fn restore() {
    let on = ON.swap(0, Ordering::SeqCst);
    let mut out = io::stdout();
    // What cannot be written cannot be written: the terminal may be gone. Each step is tried whatever the others did.
    if on & SCREEN != 0 {
        // A panic may have come in the middle of a frame: a terminal that waits for its end shows nothing.
        let _ = queue!(out, EndSynchronizedUpdate);
    }
    if on & PASTE != 0 {
        let _ = queue!(out, DisableBracketedPaste);
    }
    if on & SCREEN != 0 {
        let _ = queue!(out, LeaveAlternateScreen);
    }
    if on & CURSOR != 0 {
        let _ = queue!(out, Show);
    }
    let _ = out.flush();
    if on & RAW != 0 {
        let _ = disable_raw_mode();
    }
}

fn switch_on() -> io::Result<()> {
    let mut out = io::stdout();
    // Each mode is noted before it is switched on: taking back what was not yet on does no harm, the reverse does.
    ON.fetch_or(RAW, Ordering::SeqCst);
    enable_raw_mode()?;
    ON.fetch_or(SCREEN | PASTE | CURSOR, Ordering::SeqCst);
    // No title: most terminals cannot say which one they had, so it could not be given back.
    execute!(out, EnterAlternateScreen, EnableBracketedPaste, Hide)
}

/// Asks a question at the terminal; what is typed does not show. `None` where nobody is at one.
pub fn ask_unseen(question: &str) -> Option<Secret> {
    if !io::stdin().is_terminal() {
        return None;
    }
    rpassword::prompt_password(question).ok().map(Secret::new)
}
