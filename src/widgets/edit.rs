//! What an edit does to a text: the core that the one-line field and the text area share. Knows no key and no screen;
//! rows on the screen, and so Up and Down, are the text area's.
//!
//! The cursor is a byte that always is a grapheme border, so Backspace takes the whole of what a reader sees.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::width::{characters, graphemes, slice};
use crate::search::fold::display;

/// An edit, already resolved from a key or a paste.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit<'a> {
    /// Text typed, committed by an IME, or pasted: all the same.
    Insert(&'a str),
    /// Takes the grapheme before the caret.
    Backspace,
    /// Takes the grapheme after the caret.
    Delete,
    /// One grapheme to the left.
    Left,
    /// One grapheme to the right.
    Right,
    /// To the start of the row; there, to the start of the line.
    Home,
    /// To the end of the row; there, to the end of the line.
    End,
    /// One row up (text area only).
    Up,
    /// One row down (text area only).
    Down,
    /// To the start of this or the previous word: a run of kanji, of hiragana, of katakana, of letters and digits.
    WordLeft,
    /// To the end of this or the next word.
    WordRight,
    /// Takes the rest of the line; at its end the line break.
    KillToEnd,
    /// Takes the line up to the caret.
    KillToStart,
    /// A line break (text area only).
    Newline,
}

/// What came of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// The text changed.
    Text,
    /// Only the caret moved.
    Caret,
    /// Nothing: the caret was at the edge, or the text is full. The screen may use the key for something else.
    Nothing,
}

/// A text with a caret and a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Editor {
    text: String,
    cursor: usize,
    chars: usize,
    limit: usize,
    multiline: bool,
}

impl Editor {
    /// An empty text of at most `limit` characters; without `multiline`, line breaks become spaces.
    pub fn new(limit: usize, multiline: bool) -> Self {
        Self { text: String::new(), cursor: 0, chars: 0, limit, multiline }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Replaces everything; the caret goes to the end.
    pub fn set_text(&mut self, text: &str) {
        self.text.clear();
        self.cursor = 0;
        self.chars = 0;
        self.insert(text);
    }

    /// Puts the caret at the grapheme border at or after `byte`.
    pub fn set_cursor(&mut self, byte: usize) {
        self.cursor = self.border_from(byte);
    }

    /// Puts `new` in the place of `range` (widened to whole graphemes) and the caret after it.
    pub fn replace(&mut self, range: Range<usize>, new: &str) -> Edited {
        let end = self.border_from(range.end);
        let start = self.border_to(range.start).min(end);
        let removed = self.remove(start..end);
        match self.insert(new) {
            Edited::Text => Edited::Text,
            Edited::Caret | Edited::Nothing => removed,
        }
    }

    /// Carries an edit out; Up and Down do nothing here.
    pub fn edit(&mut self, edit: Edit<'_>) -> Edited {
        match edit {
            Edit::Insert(text) => self.insert(text),
            Edit::Newline if self.multiline => self.insert("\n"),
            Edit::Backspace => self.remove(self.border_before(self.cursor)..self.cursor),
            Edit::Delete => self.remove(self.cursor..self.border_after(self.cursor)),
            Edit::Left => self.go(self.border_before(self.cursor)),
            Edit::Right => self.go(self.border_after(self.cursor)),
            Edit::Home => self.go(self.line().start),
            Edit::End => self.go(self.line().end),
            Edit::WordLeft => self.go(self.word_left()),
            Edit::WordRight => self.go(self.word_right()),
            Edit::KillToEnd => {
                let end = self.line().end;
                self.remove(self.cursor..if end == self.cursor { self.border_after(end) } else { end })
            }
            Edit::KillToStart => self.remove(self.line().start..self.cursor),
            Edit::Up | Edit::Down | Edit::Newline => Edited::Nothing,
        }
    }

    /// Moves the caret to `byte`, which is a grapheme border.
    pub fn go(&mut self, byte: usize) -> Edited {
        if byte == self.cursor {
            return Edited::Nothing;
        }
        self.cursor = byte;
        Edited::Caret
    }

    fn insert(&mut self, text: &str) -> Edited {
        let text = clean(&self.with_mark(text), self.multiline).into_owned();
        let room = self.limit.saturating_sub(self.chars);
        let fitting = fitting_characters(&text, room);
        if fitting.is_empty() {
            return Edited::Nothing;
        }
        let at = self.cursor;
        self.text.insert_str(at, fitting);
        self.chars += characters(fitting);
        self.cursor = self.border_from(at + fitting.len());
        self.compose(at);
        Edited::Text
    }

    /// Half-width kana may come key by key: a sound mark alone joins the letter before the caret if there is such a letter.
    fn with_mark<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let (mark, rest) = match text.chars().next() {
            Some('\u{FF9E}') => ('\u{3099}', slice(text, '\u{FF9E}'.len_utf8(), text.len())),
            Some('\u{FF9F}') => ('\u{309A}', slice(text, '\u{FF9F}'.len_utf8(), text.len())),
            Some(_) | None => return Cow::Borrowed(text),
        };
        let before = slice(&self.text, self.border_before(self.cursor), self.cursor);
        let joined = clean(&format!("{before}{mark}"), self.multiline).into_owned();
        if !before.is_empty() && characters(&joined) == 1 {
            Cow::Owned(format!("{mark}{rest}"))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// A mark typed after its letter (か and then a sound mark) becomes one character with it, as if it had come so.
    fn compose(&mut self, at: usize) {
        if at == 0 || self.border_from(at) == at {
            return;
        }
        let start = self.border_before(at);
        let end = self.border_after(start);
        let joined = slice(&self.text, start, end);
        let composed = clean(joined, self.multiline).into_owned();
        if composed != joined {
            let cursor = self.cursor.saturating_sub(end);
            self.chars = self.chars + characters(&composed) - characters(joined);
            self.text.replace_range(start..end, &composed);
            self.cursor = self.border_from(start + composed.len() + cursor);
        }
    }

    fn remove(&mut self, range: Range<usize>) -> Edited {
        let gone = characters(slice(&self.text, range.start, range.end));
        if gone == 0 {
            return Edited::Nothing;
        }
        self.text.replace_range(range.clone(), "");
        self.chars -= gone;
        self.cursor = self.border_from(range.start);
        Edited::Text
    }

    /// The line (between line breaks) that the caret is in.
    fn line(&self) -> Range<usize> {
        let before = slice(&self.text, 0, self.cursor);
        let after = slice(&self.text, self.cursor, self.text.len());
        let start = before.rfind('\n').map_or(0, |found| found + 1);
        start..after.find('\n').map_or(self.text.len(), |found| self.cursor + found)
    }

    fn word_left(&self) -> usize {
        let before = slice(&self.text, 0, self.cursor);
        let word = before.trim_end_matches(|c| class(c) == Class::Between);
        let Some(kind) = word.chars().rev().map(class).find(|&kind| kind != Class::Mark) else {
            return 0;
        };
        self.border_to(word.trim_end_matches(|c| class(c) == kind || class(c) == Class::Mark).len())
    }

    fn word_right(&self) -> usize {
        let after = slice(&self.text, self.cursor, self.text.len());
        let word = after.trim_start_matches(|c| class(c) == Class::Between);
        let Some(kind) = word.chars().next().map(class) else {
            return self.text.len();
        };
        let rest = word.trim_start_matches(|c| class(c) == kind || class(c) == Class::Mark);
        self.border_from(self.text.len() - rest.len())
    }

    /// The last grapheme border before `byte`; 0 if there is none.
    fn border_before(&self, byte: usize) -> usize {
        let byte = self.character_from(byte);
        let mut cursor = GraphemeCursor::new(byte, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    /// The first grapheme border after `byte`; the end if there is none.
    fn border_after(&self, byte: usize) -> usize {
        let byte = self.character_from(byte);
        let mut cursor = GraphemeCursor::new(byte, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    /// The grapheme border at or after `byte`.
    fn border_from(&self, byte: usize) -> usize {
        let byte = self.character_from(byte);
        let mut cursor = GraphemeCursor::new(byte, self.text.len(), true);
        if cursor.is_boundary(&self.text, 0).unwrap_or(false) { byte } else { self.border_after(byte) }
    }

    /// The grapheme border at or before `byte`.
    fn border_to(&self, byte: usize) -> usize {
        let border = self.border_from(byte);
        if border > byte { self.border_before(border) } else { border }
    }

    /// The character border at or after `byte`.
    fn character_from(&self, byte: usize) -> usize {
        (byte..self.text.len()).find(|&byte| self.text.is_char_boundary(byte)).unwrap_or(self.text.len())
    }
}

/// As much of `text` as has at most `room` characters, whole graphemes only.
fn fitting_characters(text: &str, room: usize) -> &str {
    let mut left = room;
    for grapheme in graphemes(text) {
        let Some(rest) = left.checked_sub(characters(grapheme.text)) else {
            return slice(text, 0, grapheme.start);
        };
        left = rest;
    }
    text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Between,
    Mark,
    Kanji,
    Hiragana,
    Katakana,
    Letter,
}

fn class(c: char) -> Class {
    match c {
        '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' => Class::Hiragana,
        '\u{30A1}'..='\u{30FA}' | '\u{30FD}'..='\u{30FF}' => Class::Katakana,
        // Long vowel, sound marks, variation selectors: part of the word they stand in.
        'ー'
        | '\u{3099}'
        | '\u{309A}'
        | '\u{300}'..='\u{36F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}' => Class::Mark,
        '々'
        | '〆'
        | '〇'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Class::Kanji,
        c if c.is_alphanumeric() => Class::Letter,
        _ => Class::Between,
    }
}

/// Text as fields hold it: normalised as all text that enters, tabs as spaces; in one line, line breaks become spaces and
/// those at the end go. Other spaces stay, for they are being typed.
pub(super) fn clean(text: &str, multiline: bool) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let text = display(text).replace('\t', " ").replace(['\u{2028}', '\u{2029}'], "\n");
    Cow::Owned(if multiline { text } else { text.trim_end_matches('\n').replace('\n', " ") })
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::edit_of;
