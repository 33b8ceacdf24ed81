//! Where a long line may be broken (禁則, JIS X 4051 in small): no 、。」ー or small kana at the start of a row, no 「（ at the
//! end of one, no break inside a word or number. What would stand wrong is pushed to the next row.

use std::ops::Range;

use super::{Grapheme, graphemes_from};

/// The rows of `text` in a column of `cells`, as byte ranges without the newlines. Every row but a too wide grapheme
/// fits; spaces at the end of a row may hang over it. An empty text has one empty row.
pub fn wrap(text: &str, cells: u16) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        let mut found = Vec::new();
        wrap_from(paragraph, 0, cells, &mut found);
        rows.extend(found.iter().map(|row| start + row.start..start + row.end));
        start += paragraph.len() + 1;
    }
    rows
}

/// One row of a wrapped paragraph, in bytes of the paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// First byte.
    pub start: usize,
    /// One after the last byte.
    pub end: usize,
    /// The row was decided by the bytes before this one alone; `usize::MAX` where it ends because the text does.
    pub seen: usize,
}

/// Wraps `paragraph` (no newline in it) from the byte `start` on and adds the rows to `rows`: at least one, so that an
/// empty paragraph has a row for the caret.
pub(crate) fn wrap_from(paragraph: &str, start: usize, cells: u16, rows: &mut Vec<Row>) {
    let mut start = start;
    loop {
        let row = next_row(paragraph, start, cells.max(1));
        rows.push(row);
        if row.end >= paragraph.len() {
            return;
        }
        start = row.end;
    }
}

fn next_row(paragraph: &str, start: usize, cells: u16) -> Row {
    let (mut used, mut good, mut before) = (0_u16, None, None::<char>);
    let mut rest = graphemes_from(paragraph, start);
    while let Some(grapheme) = rest.next() {
        let first = grapheme.text.chars().next();
        if before.zip(first).is_some_and(|(a, b)| may_break(a, b)) {
            good = Some(grapheme.start);
        }
        used = used.saturating_add(grapheme.cells);
        if used > cells && grapheme.start > start {
            return if grapheme.text.chars().all(is_space) {
                hang(paragraph, start, grapheme, rest)
            } else {
                Row { start, end: good.unwrap_or(grapheme.start), seen: grapheme.end() }
            };
        }
        before = grapheme.text.chars().next_back();
    }
    Row { start, end: paragraph.len(), seen: usize::MAX }
}

/// The row takes all spaces at its end, so that the next one starts with a word.
fn hang<'a>(paragraph: &str, start: usize, space: Grapheme<'a>, rest: impl Iterator<Item = Grapheme<'a>>) -> Row {
    let mut end = space.end();
    for grapheme in rest {
        if !grapheme.text.chars().all(is_space) {
            return Row { start, end, seen: grapheme.end() };
        }
        end = grapheme.end();
    }
    Row { start, end: paragraph.len(), seen: usize::MAX }
}

fn may_break(before: char, after: char) -> bool {
    if is_kanji(before) && is_kanji(after) {
        return true;
    }
    !(is_space(after)
        || never_first(after)
        || never_last(before)
        || (in_word(before) && in_word(after))
        || (before == after && matches!(after, '…' | '‥' | '―' | '─')))
}

const fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}')
}

const fn in_word(c: char) -> bool {
    c.is_ascii_graphic() || matches!(c, '０'..='９')
}

const fn never_first(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '・'
            | '：'
            | '；'
            | '？'
            | '！'
            | '」'
            | '』'
            | '）'
            | '］'
            | '｝'
            | '〉'
            | '》'
            | '】'
            | '〕'
            | '〗'
            | '〙'
            | '〟'
            | '’'
            | '”'
            | 'ー'
            | '々'
            | '〻'
            | 'ゝ'
            | 'ゞ'
            | 'ヽ'
            | 'ヾ'
            | '〜'
            | '～'
            | '％'
            | '℃'
            | '‐'
            | '–'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ゕ'
            | 'ゖ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
            | 'ㇰ'..='ㇿ' | '…' | '‥' | ')' | ']' | '}' | ',' | '.' | '!' | '?' | ':' | ';' | '%'
    )
}

const fn never_last(c: char) -> bool {
    matches!(
        c,
        '「' | '『'
            | '（'
            | '［'
            | '｛'
            | '〈'
            | '《'
            | '【'
            | '〔'
            | '〖'
            | '〘'
            | '〝'
            | '‘'
            | '“'
            | '￥'
            | '('
            | '['
            | '{'
    )
}
