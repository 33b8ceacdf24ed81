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
/// Cells with content in one file.
pub const MAX_CELLS: usize = 10_000_000;

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
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read(file, bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(refuse(Refusal::OldExcel));
    }
    let text = text::decode(bytes).map_err(refuse)?;
    let sheet = match text.trim_start().chars().next() {
        None => return Err(refuse(Refusal::Empty)),
        Some('[' | '{') => json::read(&text),
        Some(_) => delimited::read(&text),
    };
    let mut sheet = sheet.map_err(refuse)?;
    file.clone_into(&mut sheet.file);
    Ok(vec![sheet])
}

/// Counts what has been read and stops at the limits.
#[derive(Default)]
pub(super) struct Guard {
    rows: usize,
    cells: usize,
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
}
