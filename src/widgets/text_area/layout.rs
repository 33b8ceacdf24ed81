//! The rows of a wrapped text, kept from one look to the next: a key in a long memo wraps only what it changed.

use std::ops::Range;

use crate::widgets::width::{Row, wrap_from};

/// The rows of a text at a width.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    cells: u16,
    paragraphs: Vec<Paragraph>,
}

/// A line of the text (between line breaks) with its rows.
#[derive(Debug, Clone)]
struct Paragraph {
    text: String,
    /// Where it starts in the whole text, in bytes.
    start: usize,
    /// How many rows stand before it.
    above: usize,
    /// Its rows, in bytes of the paragraph; at least one.
    rows: Vec<Row>,
}

impl Layout {
    /// Brings the rows up to `text` in rows of `cells`.
    pub fn update(&mut self, text: &str, cells: u16) {
        if self.cells != cells {
            self.cells = cells;
            self.paragraphs.clear();
        }
        let wanted = text.split('\n').count();
        let same_head =
            self.paragraphs.iter().zip(text.split('\n')).take_while(|(kept, line)| kept.text == **line).count();
        // Paragraphs that came in or went move those below, which stay as they are.
        let same_tail = self
            .paragraphs
            .iter()
            .rev()
            .zip(text.rsplit('\n'))
            .take(wanted.min(self.paragraphs.len()) - same_head)
            .take_while(|(kept, line)| kept.text == **line)
            .count();
        let changed = same_head..wanted - same_tail;
        let mut old =
            self.paragraphs.splice(same_head..self.paragraphs.len() - same_tail, []).collect::<Vec<_>>().into_iter();
        let fresh: Vec<Paragraph> = text
            .split('\n')
            .skip(changed.start)
            .take(changed.len())
            .map(|line| Paragraph::wrapped(old.next(), line, cells))
            .collect();
        drop(old);
        self.paragraphs.splice(same_head..same_head, fresh);
        self.place();
    }

    /// How many rows there are: at least one once laid out.
    pub fn len(&self) -> usize {
        self.paragraphs.last().map_or(1, |last| last.above + last.rows.len())
    }

    /// The bytes of a row in the whole text, without a line break; an empty range beyond the end.
    pub fn row(&self, row: usize) -> Range<usize> {
        let paragraph = self.paragraphs.partition_point(|paragraph| paragraph.above <= row).saturating_sub(1);
        self.paragraphs.get(paragraph).map_or(0..0, |paragraph| {
            let end = paragraph.start + paragraph.text.len();
            paragraph
                .rows
                .get(row - paragraph.above)
                .map_or(end..end, |row| paragraph.start + row.start..paragraph.start + row.end)
        })
    }

    /// Whether the row goes on in the next one without a line break.
    pub fn is_soft_end(&self, row: usize) -> bool {
        self.row(row).end == self.row(row + 1).start && row + 1 < self.len()
    }

    /// The row of the caret at `byte`; at a soft row end the upper one if `at_row_end`.
    pub fn row_of(&self, byte: usize, at_row_end: bool) -> usize {
        let index = self.paragraphs.partition_point(|paragraph| paragraph.start <= byte).saturating_sub(1);
        let Some(paragraph) = self.paragraphs.get(index) else {
            return 0;
        };
        let inside = byte - paragraph.start;
        let row = paragraph.rows.partition_point(|row| row.start <= inside).saturating_sub(1);
        let starts_here = paragraph.rows.get(row).is_some_and(|row| row.start == inside);
        paragraph.above + if at_row_end && starts_here { row.saturating_sub(1) } else { row }
    }

    fn place(&mut self) {
        let (mut start, mut above) = (0, 0);
        for paragraph in &mut self.paragraphs {
            paragraph.start = start;
            paragraph.above = above;
            start += paragraph.text.len() + 1;
            above += paragraph.rows.len();
        }
    }
}

impl Paragraph {
    /// The line with its rows; of an earlier state of it, the rows that the change can't have touched are kept.
    fn wrapped(old: Option<Self>, line: &str, cells: u16) -> Self {
        let mut rows = Vec::new();
        if let Some(old) = old {
            let same = same_start(old.text.as_bytes(), line.as_bytes());
            let same = (0..=same).rev().find(|&byte| line.is_char_boundary(byte)).unwrap_or(0);
            rows = old.rows;
            // A row is decided by the bytes up to `seen` and, for the grapheme border there, the character after.
            rows.truncate(rows.iter().take_while(|row| row.seen < same).count());
        }
        let start = rows.last().map_or(0, |row| row.end);
        wrap_from(line, start, cells, &mut rows);
        Self { text: line.to_owned(), start: 0, above: 0, rows }
    }
}

/// How many bytes are the same from the start on; compared in blocks, for lines are long and changes small.
fn same_start(a: &[u8], b: &[u8]) -> usize {
    const BLOCK: usize = 128;
    let blocks = a.chunks_exact(BLOCK).zip(b.chunks_exact(BLOCK)).take_while(|(a, b)| a == b).count() * BLOCK;
    blocks + a.iter().skip(blocks).zip(b.iter().skip(blocks)).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::widgets::width::{odd_text, wrap};

    fn rows(layout: &Layout) -> Vec<Range<usize>> {
        (0..layout.len()).map(|row| layout.row(row)).collect()
    }

    #[test]
    fn an_empty_text_has_one_row() {
        let mut layout = Layout::default();
        layout.update("", 10);
        assert_eq!((layout.len(), layout.row(0)), (1, 0..0));
        assert_eq!(layout.row(5), 0..0);
        assert!(!layout.is_soft_end(0));
    }

    #[test]
    fn counts_the_same_bytes_over_blocks() {
        for len in [0, 1, 127, 128, 129, 300] {
            let (a, mut b) = (vec![b'a'; 300], vec![b'a'; len]);
            assert_eq!(same_start(&a, &b), len);
            b.push(b'b');
            assert_eq!(same_start(&a, &b), len);
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_equals_what_would_be_made(
            texts in proptest::collection::vec((odd_text(), "[\n徳ー、a ]{0,12}", 0_usize..80, 0_usize..20, 1_u16..12), 1..8)
        ) {
            let (mut layout, mut text) = (Layout::default(), String::new());
            let mut cells = 8;
            for (odd, lines, at, gone, other) in texts {
                let snap = |byte: usize| (0..=byte.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
                let (from, to) = (snap(at), snap(at + gone));
                text.replace_range(from..to, &format!("{odd}{lines}"));
                if at % 4 == 0 {
                    cells = other;
                }
                layout.update(&text, cells);
                prop_assert_eq!(rows(&layout), wrap(&text, cells));
                for (index, row) in wrap(&text, cells).iter().enumerate() {
                    prop_assert_eq!(layout.row_of(row.start, false), index);
                    prop_assert!(layout.row_of(row.end, true) <= index);
                }
            }
        }
    }
}
