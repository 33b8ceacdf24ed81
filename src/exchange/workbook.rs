//! Excel workbooks (`.xlsx`). Rows are streamed: what a sheet says of its own size is never believed.

use std::io::{Cursor, Read};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::error::{ImportError, Refusal};
use super::table::{CellError, Guard, MAX_ROWS, MAX_SHARED_MB, MAX_UNPACKED_MB, Row, Sheet, UNCALCULATED};

/// Rows that a merged region may span: more is a decoration, not a repeated value.
const MAX_MERGED_ROWS: u32 = 1_000;
/// Merged regions of a sheet that are looked at.
const MAX_MERGED: usize = 20_000;

/// The visible sheets of the workbook in `bytes`.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, ImportError> {
    sheets(file, bytes, true)
}

/// The same of a form, in which a region merged over several rows says what it says once.
pub fn read_form(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, ImportError> {
    sheets(file, bytes, false)
}

fn sheets(file: &str, bytes: &[u8], repeat: bool) -> Result<Vec<Sheet>, ImportError> {
    let refuse = |what| ImportError::new(file, what);
    unpacked_size_is_sane(bytes).map_err(refuse)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| refuse(refusal(&e)))?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|s| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet)
        .map(|s| s.name.clone())
        .collect();
    let mut sheets = Vec::new();
    let mut guard = Guard::default();
    for name in names {
        let merged = if repeat { book.merge_cells_by_sheet_name(&name).unwrap_or_default() } else { Vec::new() };
        let mut sheet = rows_of(&mut book, &name, &mut guard).map_err(|e| refuse(e).in_sheet(&name))?;
        repeat_merged(&mut sheet.rows, &merged, &mut guard).map_err(|e| refuse(e).in_sheet(&name))?;
        file.clone_into(&mut sheet.file);
        sheet.name = name;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Unpacks everything into nothing, so that a small file cannot become a huge one in memory.
fn unpacked_size_is_sane(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let mut left = MAX_UNPACKED_MB << 20;
    for i in 0..archive.len() {
        let entry = archive.by_index(i).map_err(|_| Refusal::Damaged)?;
        let shared = entry.name().unwrap_or_default().to_ascii_lowercase().ends_with("sharedstrings.xml");
        let limit = if shared { left.min(MAX_SHARED_MB << 20) } else { left };
        let read = std::io::copy(&mut entry.take(limit + 1), &mut std::io::sink()).map_err(|_| Refusal::Damaged)?;
        if read > limit {
            return Err(Refusal::Inflates { limit: if shared { MAX_SHARED_MB } else { MAX_UNPACKED_MB } });
        }
        left -= read;
    }
    Ok(())
}

fn rows_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, guard: &mut Guard) -> Result<Sheet, Refusal> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|e| refusal(&e))?;
    let mut sheet = Sheet::default();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|e| refusal(&e))? {
        let (row, column) = cell.pos;
        let number = row.saturating_add(1);
        let column = column as usize;
        let sign = if let DataRef::Error(sign) = &cell.value {
            Some(sign.to_string())
        } else {
            // Not every program calculates what it writes; an empty result is text without letters.
            let calculated = cell.formula.is_none() || !matches!(cell.value, DataRef::Empty);
            (!calculated).then(|| UNCALCULATED.to_owned())
        };
        sheet.errors.extend(sign.map(|sign| CellError { row: number, column, sign }));
        if sheet.errors.len() > MAX_ROWS {
            return Err(Refusal::TooManyRows { limit: MAX_ROWS });
        }
        let value = plain(&cell.value);
        if value.trim().is_empty() {
            continue;
        }
        if sheet.rows.last().is_none_or(|last| last.number != number) {
            guard.row(number, 0)?;
            sheet.rows.push(Row { number, cells: Vec::new() });
        }
        if let Some(last) = sheet.rows.last_mut() {
            guard.cell(last, column, value)?;
        }
    }
    // The format allows rows in any order, though no program writes them so.
    sheet.rows.sort_by_key(|r| r.number);
    Ok(sheet)
}

/// A region merged over several rows says the same of each of them.
fn repeat_merged(rows: &mut [Row], merged: &[Dimensions], guard: &mut Guard) -> Result<(), Refusal> {
    for region in merged.iter().take(MAX_MERGED) {
        let (first, last) = (region.start.0.saturating_add(1), region.end.0.saturating_add(1));
        if last <= first || last - first > MAX_MERGED_ROWS {
            continue;
        }
        let column = region.start.1 as usize;
        let from = rows.partition_point(|r| r.number < first);
        let value = rows.get(from).filter(|r| r.number == first).map(|r| r.cell(column).to_owned()).unwrap_or_default();
        if value.is_empty() {
            continue;
        }
        for row in rows.iter_mut().skip(from + 1).take_while(|r| r.number <= last) {
            if row.cell(column).is_empty() {
                guard.cell(row, column, value.clone())?;
            }
        }
    }
    Ok(())
}

fn plain(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        // Codes and phone numbers typed as numbers have no point and no exponent.
        DataRef::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        DataRef::Float(n) => n.to_string(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "1" } else { "" }.to_owned(),
        DataRef::DateTime(when) => date(*when),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn date(when: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = when.to_ymd_hms_milli();
    if when.as_f64() < 1.0 { format!("{hour}:{minute:02}") } else { format!("{year}-{month:02}-{day:02}") }
}

fn refusal(error: &XlsxError) -> Refusal {
    if matches!(error, XlsxError::Password) { Refusal::OldExcel } else { Refusal::Damaged }
}
