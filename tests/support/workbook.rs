//! Workbooks that offices send back: filled in as another program does, by the key of a row or a column.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test binary uses its part; a test may fail loudly"
)]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;

/// Writes the first sheet of the workbook anew, with these cells changed: the key of the row (or of a column), the column
/// from 0, the text.
pub fn fill(file: &Path, cells: &[(&str, u16, &str)]) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(fs::read(file).unwrap())).unwrap();
    let name = book.sheet_names().first().unwrap().clone();
    let range = book.worksheet_range(&name).unwrap();
    let mut out = Workbook::new();
    let sheet = out.add_worksheet();
    sheet.set_name(&name).unwrap();
    for (row, column, cell) in range.used_cells() {
        if let Data::String(text) = cell {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    for (key, column, text) in cells {
        let found = range.used_cells().find(|(_, _, cell)| **cell == Data::String((*key).to_owned()));
        let row = found.unwrap_or_else(|| panic!("no row {key}")).0;
        sheet.write_string(u32::try_from(row).unwrap(), *column, *text).unwrap();
    }
    out.save(file).unwrap();
}

/// The files of a folder, by name.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
