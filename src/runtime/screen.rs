//! Frames: what the app painted, brought to the terminal in one write. Knows no app.
//!
//! `ratatui::Terminal::draw` shows and moves the cursor at every frame and asks for the terminal's size each time; the
//! first makes the candidate window of an input method flicker, the second costs a system call a key. Here a frame
//! that changes nothing writes nothing, and the cursor is touched only when cells were written or it has to move.

use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use crate::widgets::held::Held;

/// What the terminal shows, and what is painted next.
#[derive(Debug)]
pub struct Screen<W> {
    out: W,
    bytes: Vec<u8>,
    shown: Buffer,
    /// The same as what is shown, until the next frame is painted over it.
    next: Buffer,
    held: Held,
    /// `None`: the cursor is hidden.
    caret: Option<Position>,
    /// What the terminal shows is not known: everything is written anew.
    stale: bool,
}

impl<W: Write> Screen<W> {
    /// A screen of `width` columns and `height` rows, whose frames are written to `out`.
    pub fn new(out: W, width: u16, height: u16) -> Self {
        let area = Rect::new(0, 0, width, height);
        let (shown, next) = (Buffer::empty(area), Buffer::empty(area));
        Self { out, bytes: Vec::with_capacity(16 * 1024), shown, next, held: Held::default(), caret: None, stale: true }
    }

    /// The terminal has this size now; the next frame writes everything.
    pub fn resize(&mut self, width: u16, height: u16) {
        let area = Rect::new(0, 0, width, height);
        if area != self.next.area {
            self.next.resize(area);
            self.shown.resize(area);
        }
        self.stale = true;
    }

    /// The next frame writes everything: something else may have written to the terminal.
    pub fn forget(&mut self) {
        self.stale = true;
    }

    /// Paints a frame with `view`, which [begins](Held::begin) it and returns where the caret is, and shows it.
    pub fn draw(&mut self, view: impl FnOnce(&Held, &mut Buffer) -> Option<Position>) -> io::Result<()> {
        self.held.set_level(!self.stale);
        let area = self.next.area;
        let caret = view(&self.held, &mut self.next).filter(|position| area.contains(*position));
        self.bytes.clear();
        queue!(self.bytes, BeginSynchronizedUpdate)?;
        let begun = self.bytes.len();
        if self.stale {
            self.shown.reset();
            queue!(self.bytes, Hide, Clear(ClearType::All))?;
            self.caret = None;
        }
        let rows = changed_rows(&self.shown, &self.next, &self.held);
        let mut changes = rows.iter().flat_map(|(shown, next)| shown.diff_iter(next)).peekable();
        let painted = changes.peek().is_some();
        if painted {
            CrosstermBackend::new(&mut self.bytes).draw(changes)?;
        }
        match (caret, self.caret) {
            (Some(now), before) => {
                if painted || before != Some(now) {
                    queue!(self.bytes, MoveTo(now.x, now.y))?;
                }
                if before.is_none() {
                    queue!(self.bytes, Show)?;
                }
            }
            (None, Some(_)) => queue!(self.bytes, Hide)?,
            (None, None) => {}
        }
        if self.bytes.len() > begun {
            queue!(self.bytes, EndSynchronizedUpdate)?;
            self.out.write_all(&self.bytes)?;
            self.out.flush()?;
        }
        // Only after the write: a frame that did not arrive is not what the terminal shows.
        self.stale = false;
        self.caret = caret;
        for (_, next) in rows {
            keep(next, &mut self.shown);
        }
        Ok(())
    }

    /// Writes bytes that the terminal keeps to itself and does not show, such as a text for its clipboard.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()
    }
}

/// The rows that differ, each as a buffer of its own: what is shown there, and what is next.
///
/// A key changes a row or two of many; to measure every cell of the others, as the library's diff does, takes a third of
/// the time from a key to the screen.
fn changed_rows(shown: &Buffer, next: &Buffer, held: &Held) -> Vec<(Buffer, Buffer)> {
    let area = next.area;
    let width = usize::from(area.width).max(1);
    let rows = shown.content.chunks(width).zip(next.content.chunks(width)).zip(area.rows());
    rows.filter(|(_, area)| held.may_differ(area.y))
        .filter(|((shown, next), _)| !shown.iter().zip(*next).all(|(shown, next)| is_same(shown, next)))
        .map(|((shown, next), area)| {
            (Buffer { area, content: shown.to_vec() }, Buffer { area, content: next.to_vec() })
        })
        .collect()
}

/// Puts a row in its place.
fn keep(row: Buffer, on: &mut Buffer) {
    let width = usize::from(on.area.width);
    let at = usize::from(row.area.y - on.area.y) * width;
    if let Some(place) = on.content.get_mut(at..at + width) {
        for (cell, new) in place.iter_mut().zip(row.content) {
            *cell = new;
        }
    }
}

/// As `==`, without a call for each of thousands of short symbols.
fn is_same(a: &Cell, b: &Cell) -> bool {
    a.fg == b.fg
        && a.bg == b.bg
        && a.modifier == b.modifier
        && a.underline_color == b.underline_color
        && a.diff_option == b.diff_option
        && a.symbol().bytes().eq(b.symbol().bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn frame(screen: &mut Screen<Vec<u8>>, text: &str, caret: Option<Position>) -> String {
        screen.out.clear();
        screen
            .draw(|held, buffer| {
                held.begin(false, buffer);
                buffer.set_stringn(0, 0, text, usize::from(buffer.area.width), Style::new());
                caret
            })
            .unwrap();
        String::from_utf8(screen.out.clone()).unwrap()
    }

    #[test]
    fn a_frame_that_changes_nothing_writes_nothing() {
        let mut screen = Screen::new(Vec::new(), 20, 2);
        let caret = Some(Position::new(4, 0));
        let first = frame(&mut screen, "相談", caret);
        for part in ["相", "談", "\u{1b}[?25h", "\u{1b}[1;5H"] {
            assert!(first.contains(part), "{first:?}");
        }
        assert_eq!(frame(&mut screen, "相談", caret), "");
    }

    #[test]
    fn the_cursor_is_shown_once_and_moved_after_what_was_written() {
        let mut screen = Screen::new(Vec::new(), 20, 2);
        frame(&mut screen, "", Some(Position::new(0, 0)));
        let second = frame(&mut screen, "あ", Some(Position::new(2, 0)));
        assert!(!second.contains("?25h"), "{second:?}");
        assert!(second.find("あ").unwrap() < second.find("\u{1b}[1;3H").unwrap());
        let moved = frame(&mut screen, "あ", Some(Position::new(0, 0)));
        assert_eq!(moved, "\u{1b}[?2026h\u{1b}[1;1H\u{1b}[?2026l");
        assert!(frame(&mut screen, "あ", None).contains("\u{1b}[?25l"));
    }

    #[test]
    fn row_by_row_the_same_cells_change_as_in_the_whole() {
        let paint = |rows: &[&str]| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 4));
            for (y, row) in (0..).zip(rows) {
                buffer.set_stringn(0, y, *row, 12, Style::new());
            }
            buffer
        };
        let screens = [
            paint(&["窓口", "相談 a", "", "が"]),
            paint(&["窓口", "a相談", "x", "か\u{3099}"]),
            paint(&[" 窓口", "a相談", "x", ""]),
            paint(&["", "", "", ""]),
            paint(&["あいうえおか", "aあいうえお", "ｶﾞ", "①②"]),
        ];
        for shown in &screens {
            for next in &screens {
                let rows = changed_rows(shown, next, &Held::default());
                let ours: Vec<_> = rows
                    .iter()
                    .flat_map(|(shown, next)| shown.diff_iter(next).map(|(x, y, cell)| (x, y, cell.clone())))
                    .collect();
                let whole: Vec<_> = shown.diff_iter(next).map(|(x, y, cell)| (x, y, cell.clone())).collect();
                assert_eq!(ours, whole);
            }
        }
        for size in [(0, 0), (0, 3), (3, 0)] {
            let empty = Buffer::empty(Rect::new(0, 0, size.0, size.1));
            assert!(changed_rows(&empty, &empty, &Held::default()).is_empty());
        }
    }

    #[test]
    fn a_caret_outside_of_the_screen_is_hidden() {
        let mut screen = Screen::new(Vec::new(), 4, 1);
        assert!(!frame(&mut screen, "", Some(Position::new(4, 0))).contains("?25h"));
    }

    #[test]
    fn everything_is_written_anew_after_a_resize_and_when_asked() {
        let mut screen = Screen::new(Vec::new(), 20, 2);
        frame(&mut screen, "窓口", None);
        screen.forget();
        assert!(frame(&mut screen, "窓口", None).contains('口'));
        for (width, height) in [(7, 1), (1, 1), (0, 0), (200, 60)] {
            screen.resize(width, height);
            let text = frame(&mut screen, "窓口", None);
            assert_eq!(text.contains('口'), width >= 4, "{width}");
        }
    }
}
