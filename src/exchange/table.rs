//! Rows of text out of a file of any kind. Knows nothing of what the columns mean.

use std::path::Path;

use super::error::{ImportError, Refusal};
use super::{delimited, json, text, workbook};

/// The largest file that is opened, in megabytes. The country's whole list of hospitals is 6.
pub const MAX_FILE_MB: u64 = 64;
/// What a workbook may unpack to, in megabytes.
pub const MAX_UNPACKED_MB: u64 = 400;
/// Rows with content in one file.
pub const MAX_ROWS: usize = 1_000_000;
/// Columns of one row.
pub const MAX_COLUMNS: usize = 1_000;
/// Cells in one file, those that only stand before a filled one included.
pub const MAX_CELLS: usize = 10_000_000;
/// What the texts that the cells of a workbook share may unpack to, in megabytes: each of them costs more in memory.
pub const MAX_SHARED_MB: u64 = 128;
/// What all cells hold, in megabytes: the same text can stand in many.
pub const MAX_TEXT_MB: usize = 400;
/// The sign of a cell with a formula whose result was not saved.
pub const UNCALCULATED: &str = "=";

/// One sheet of rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// The file's name without its folders.
    pub file: String,
    /// The sheet's name; empty where a file has no sheets.
    pub name: String,
    /// Rows with content.
    pub rows: Vec<Row>,
    /// The cells that a spreadsheet could not calculate, with its sign.
    pub errors: Vec<CellError>,
    /// Whether the text ended in the middle of its last line (no line end): perhaps it was cut.
    pub unended: bool,
    /// Whether rows are lines of text, in which a lost or added sign moves the cells behind it.
    pub delimited: bool,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// The number that a spreadsheet program shows, from 1; the place in the list for JSON.
    pub number: u32,
    /// The cells from the first column, empty ones as empty text.
    pub cells: Vec<String>,
}

/// A cell that holds an error instead of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// The row's number.
    pub row: u32,
    /// The column, from 0.
    pub column: usize,
    /// Such as `#REF!`.
    pub sign: String,
}

impl Row {
    /// The cell in this column (from 0); empty right of the last.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Reads the file at `path`.
///
/// # Errors
/// An [`ImportError`] where the file can't be read, is too large, or is broken.
pub fn read(path: &Path) -> Result<Vec<Sheet>, ImportError> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let unreadable = |e: &std::io::Error| ImportError::new(&name, Refusal::Unreadable { why: e.kind().to_string() });
    let size = std::fs::metadata(path).map_err(|e| unreadable(&e))?.len();
    if size > MAX_FILE_MB << 20 {
        return Err(ImportError::new(&name, Refusal::TooLarge { limit: MAX_FILE_MB }));
    }
    let bytes = std::fs::read(path).map_err(|e| unreadable(&e))?;
    from_bytes(&name, &bytes)
}

/// Reads a file that is already in memory; what it is shows in its first bytes.
///
/// # Errors
/// As [`read`].
pub fn from_bytes(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, ImportError> {
    let refuse = |what| ImportError::new(file, what);
    if bytes.len() as u64 > MAX_FILE_MB << 20 {
        return Err(refuse(Refusal::TooLarge { limit: MAX_FILE_MB }));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return workbook::read(file, bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(refuse(Refusal::OldExcel));
    }
    if let Some(kind) = other_kind(bytes) {
        return Err(refuse(Refusal::OtherKind { kind }));
    }
    let text = text::decode(bytes).map_err(refuse)?;
    if let Some(at) = text.find('\0') {
        let row = text.bytes().take(at).filter(|b| *b == b'\n').count() + 1;
        return Err(refuse(Refusal::Binary { row }));
    }
    let sheet = match text.trim_start().chars().next() {
        None => return Err(refuse(Refusal::Empty)),
        Some('[' | '{') => json::read(&text),
        Some(_) => delimited::read(&text),
    };
    let mut sheet = sheet.map_err(refuse)?;
    file.clone_into(&mut sheet.file);
    Ok(vec![sheet])
}

/// What a file is that is no table, by the bytes with which it begins.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 6] = [
        (b"%PDF", "PDF"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"{\\rtf", "RTF"),
        (b"\x1f\x8b", "gzip"),
        (b"Rar!", "RAR"),
    ];
    let begins = KINDS.iter().find(|(sign, _)| bytes.starts_with(sign)).map(|(_, kind)| *kind);
    begins.or_else(|| is_markup(bytes).then_some("HTML"))
}

/// Web pages are often saved or served in the place of a table, whatever the name says.
fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head: Vec<u8> = bytes.iter().take(64).map(u8::to_ascii_lowercase).collect();
    [b"<!doctype".as_slice(), b"<html", b"<?xml", b"<table", b"<!--"].iter().any(|sign| head.starts_with(sign))
}

/// Counts what has been read and stops at the limits.
#[derive(Default)]
pub(super) struct Guard {
    rows: usize,
    cells: usize,
    text: usize,
}

impl Guard {
    /// One more row with these cells.
    pub(super) fn row(&mut self, row: u32, cells: usize) -> Result<(), Refusal> {
        self.rows += 1;
        self.cells += cells;
        if self.rows > MAX_ROWS {
            return Err(Refusal::TooManyRows { limit: MAX_ROWS });
        }
        if cells > MAX_COLUMNS || self.cells > MAX_CELLS {
            return Err(Refusal::TooManyCells { row, limit: MAX_COLUMNS });
        }
        Ok(())
    }

    /// A cell of a row that is there: the row grows to its column.
    pub(super) fn cell(&mut self, row: &mut Row, column: usize, value: String) -> Result<(), Refusal> {
        let grows = (column + 1).saturating_sub(row.cells.len());
        self.cells += grows;
        self.text += value.len();
        if column >= MAX_COLUMNS || self.cells > MAX_CELLS {
            return Err(Refusal::TooManyCells { row: row.number, limit: MAX_COLUMNS });
        }
        if self.text > MAX_TEXT_MB << 20 {
            return Err(Refusal::Inflates { limit: MAX_TEXT_MB as u64 });
        }
        if grows > 0 {
            row.cells.resize(column + 1, String::new());
        }
        if let Some(place) = row.cells.get_mut(column) {
            *place = value;
        }
        Ok(())
    }
}
