//! The only module that measures text. It counts what `ratatui`'s buffer will use, grapheme by grapheme, so that what
//! is laid out by it lands where it was meant to.
//!
//! Text is expected as it is after entry normalisation (no half-width kana with sound marks, which terminals and
//! libraries count differently: ratatui#2499, unicode-width#89); other text is measured as the buffer counts it.
//! Widths are in cells and saturate at `u16::MAX`, which no screen reaches.

mod wrap;

use std::borrow::Cow;

use ratatui::buffer::{Cell, CellWidth};
use unicode_segmentation::UnicodeSegmentation;

pub use wrap::wrap;
pub(super) use wrap::{Row, wrap_from};

/// What stands at the end of a text that was cut. ASCII, because an ellipsis has another width on some terminals.
pub const CUT: &str = "..";

/// How many cells `text` takes on the screen. Control characters take none, as in the buffer.
pub fn width(text: &str) -> u16 {
    // Nearly every text is of characters that never join; then none has to be looked at twice.
    let quick = text.chars().try_fold(0_u16, |sum, c| simple(c).map(|cells| sum.saturating_add(cells)));
    quick.unwrap_or_else(|| full_width(text))
}

fn full_width(text: &str) -> u16 {
    graphemes(text).fold(0, |sum: u16, grapheme| sum.saturating_add(grapheme.cells))
}

/// How many characters (Unicode scalar values) `text` has: for length limits of fields, never for layout.
pub fn characters(text: &str) -> usize {
    text.chars().count()
}

/// `text` if it fits into `cells`, else as much of it as fits before [`CUT`], on a grapheme border. Never wider than
/// `cells`; where not even the mark fits, only what fits of the text.
pub fn truncate(text: &str, cells: u16) -> Cow<'_, str> {
    let mark = width(CUT);
    let keep = cells.saturating_sub(mark);
    let (mut used, mut kept) = (0_u16, 0);
    for grapheme in graphemes(text) {
        used = used.saturating_add(grapheme.cells);
        if used > cells {
            let head = slice(text, 0, if cells < mark { fitting(text, cells) } else { kept });
            return if cells < mark { Cow::Borrowed(head) } else { Cow::Owned(format!("{head}{CUT}")) };
        }
        if used <= keep {
            kept = grapheme.end();
        }
    }
    Cow::Borrowed(text)
}

/// `text` cut or filled with spaces on the right to exactly `cells`.
pub fn pad(text: &str, cells: u16) -> String {
    let text = truncate(text, cells);
    let missing = cells.saturating_sub(width(&text));
    let mut padded = text.into_owned();
    padded.extend(std::iter::repeat_n(' ', usize::from(missing)));
    padded
}

/// `text` cut or filled with spaces on the left to exactly `cells`.
pub fn pad_left(text: &str, cells: u16) -> String {
    let text = truncate(text, cells);
    let missing = cells.saturating_sub(width(&text));
    let mut padded = " ".repeat(usize::from(missing));
    padded.push_str(&text);
    padded
}

/// The cells before the byte `byte` of `text`: the column of a caret there. A byte inside a grapheme counts as its start.
pub fn column_of(text: &str, byte: usize) -> u16 {
    graphemes(text)
        .take_while(|grapheme| grapheme.end() <= byte)
        .fold(0, |sum: u16, grapheme| sum.saturating_add(grapheme.cells))
}

/// The byte of the grapheme that covers `column` of `text`; the end of the text for columns beyond it.
pub fn byte_at_column(text: &str, column: u16) -> usize {
    let mut used = 0_u16;
    for grapheme in graphemes(text) {
        used = used.saturating_add(grapheme.cells);
        if used > column {
            return grapheme.start;
        }
    }
    text.len()
}

/// One thing that a reader takes for a character, with its place in the text and its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grapheme<'a> {
    /// Its bytes.
    pub text: &'a str,
    /// Where it starts in the text, in bytes.
    pub start: usize,
    /// Cells that the buffer uses for it; 0 for control characters and lone marks, which the buffer leaves out.
    pub cells: u16,
}

impl Grapheme<'_> {
    /// Where it ends in the text, in bytes.
    pub const fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The graphemes of `text`, in order.
pub(super) fn graphemes(text: &str) -> Graphemes<'_> {
    Graphemes { text, at: 0 }
}

/// The graphemes of `text` from the byte `at` on, with their places in the whole text. `at` is a grapheme border.
pub(super) fn graphemes_from(text: &str, at: usize) -> Graphemes<'_> {
    Graphemes { text, at }
}

/// How many cells the symbol of a buffer's cell takes.
pub(super) fn of_cell(cell: &Cell) -> u16 {
    cell.cell_width()
}

/// Iterator over graphemes with a quick way for ASCII, kana and kanji, which are nearly everything here.
#[derive(Debug, Clone)]
pub(super) struct Graphemes<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Graphemes<'a> {
    type Item = Grapheme<'a>;

    fn next(&mut self) -> Option<Grapheme<'a>> {
        let rest = self.text.get(self.at..)?;
        let mut chars = rest.chars();
        let first = chars.next()?;
        let quick = simple(first).filter(|_| chars.next().is_none_or(|next| simple(next).is_some()));
        let (len, cells) = if let Some(cells) = quick {
            (first.len_utf8(), cells)
        } else {
            // At a border the rules of segmentation need nothing of what came before.
            let grapheme = rest.graphemes(true).next()?;
            (grapheme.len(), buffer_cells(grapheme))
        };
        let grapheme = Grapheme { text: rest.get(..len)?, start: self.at, cells };
        self.at += len;
        Some(grapheme)
    }
}

/// What the buffer uses for a grapheme: nothing where it holds a control character.
fn buffer_cells(grapheme: &str) -> u16 {
    if grapheme.contains(char::is_control) { 0 } else { grapheme.cell_width() }
}

/// The width of a character that never joins with another such character; `None` for all that need the full rules.
const fn simple(c: char) -> Option<u16> {
    match c {
        ' '..='~' => Some(1),
        // CJK punctuation up to the tone marks, hiragana, katakana, kanji, full-width forms. Left out: sound marks
        // (U+3099, U+309A) and the emoji among the symbols (U+3030, U+303D).
        '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{309B}'..='\u{30FF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{FF01}'..='\u{FF60}' => Some(2),
        _ => None,
    }
}

/// The bytes of the graphemes of `text` that fit into `cells`.
pub(super) fn fitting(text: &str, cells: u16) -> usize {
    let mut used = 0_u16;
    for grapheme in graphemes(text) {
        used = used.saturating_add(grapheme.cells);
        if used > cells {
            return grapheme.start;
        }
    }
    text.len()
}

/// The bytes `from..to` of `text`; empty where they are no borders of characters.
pub(super) fn slice(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::odd_text;
