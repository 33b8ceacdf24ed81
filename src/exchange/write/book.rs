//! Tables as an Excel workbook that a person can work with: head frozen, filters on, columns as wide as what stands in them,
//! days as days, and everything else as text, so that a phone number keeps its zero and no cell is a formula.

use chrono::NaiveDate;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{ExportError, Table};
use crate::widgets::width;

/// UTF-16 units of one cell that Excel can hold.
const MAX_CELL: usize = 32_767;
/// The narrowest and the widest column, in half-width characters.
const WIDTHS: (u16, u16) = (6, 44);
/// Rows whose cells say how wide a column is.
const MEASURED: usize = 400;
/// Characters of a sheet's name that Excel can hold.
const MAX_NAME: usize = 31;
/// Half-width characters that can still be read when they are made to fit across a page.
const FITS: u32 = 200;
/// The paper of the page setup: A4.
const A4: u8 = 9;

struct Looks {
    head: Format,
    text: Format,
    day: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: cell().set_bold().set_background_color(Color::RGB(0x00E6_E6E6)).set_border_bottom(FormatBorder::Thin),
            // What somebody types into the column is text as well: 0834 stays 0834.
            text: cell().set_num_format("@"),
            day: cell().set_num_format("yyyy-mm-dd"),
        }
    }
}

/// A workbook with a sheet for each table. The same tables give the same bytes.
///
/// # Errors
/// [`ExportError::TooLong`] where Excel cannot hold a cell.
pub fn book(tables: &[Table]) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let looks = Looks::new();
    // The library would write the time of day into it.
    let when = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|e| failed(&e))?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&when));
    for table in tables {
        let sheet = book.add_worksheet();
        set_up(sheet, table, &looks).map_err(|e| failed(&e))?;
        fill(sheet, table, &looks)?;
    }
    book.save_to_buffer().map_err(|e| failed(&e))
}

fn failed(error: &XlsxError) -> ExportError {
    ExportError::Failed(error.to_string())
}

fn number(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

fn set_up(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), XlsxError> {
    if !table.name.is_empty() {
        sheet.set_name(table.name.chars().take(MAX_NAME).collect::<String>())?;
    }
    for (i, column) in table.columns.iter().enumerate() {
        if !column.number {
            sheet.set_column_format(number(i), &looks.text)?;
        }
        sheet.set_column_width(number(i), f64::from(wide(table, i)))?;
        sheet.write_string_with_format(0, number(i), &column.header, &looks.head)?;
    }
    // Japanese letters in bold need more than a row's usual height.
    sheet.set_row_height(0, 18)?;
    sheet.set_freeze_panes(1, number(table.columns.len().min(3)))?;
    let (rows, columns) = (table.rows.len(), table.columns.len().saturating_sub(1));
    sheet.autofilter(0, 0, u32::try_from(rows).unwrap_or(u32::MAX), number(columns))?;
    sheet.set_landscape().set_paper_size(A4).set_repeat_rows(0, 0)?;
    let whole: u32 = (0..table.columns.len()).map(|i| u32::from(wide(table, i))).sum();
    if whole <= FITS {
        sheet.set_print_fit_to_pages(1, 0);
    }
    Ok(())
}

fn fill(sheet: &mut Worksheet, table: &Table, looks: &Looks) -> Result<(), ExportError> {
    let days: Vec<bool> = (0..table.columns.len()).map(|i| holds_days(table, i)).collect();
    for (i, row) in table.rows.iter().enumerate() {
        let place = u32::try_from(i + 1).unwrap_or(u32::MAX);
        let cells = table.columns.iter().zip(&days).zip(row).enumerate();
        for (c, ((column, days), cell)) in cells.filter(|(_, (_, cell))| !cell.is_empty()) {
            if cell.encode_utf16().count() > MAX_CELL {
                let (table, column) = (table.name.clone(), column.header.clone());
                return Err(ExportError::TooLong { table, row: i + 2, column });
            }
            let written = match (days.then(|| day(cell)).flatten(), cell.parse::<f64>()) {
                (Some(day), _) => sheet.write_number_with_format(place, number(c), day, &looks.day),
                (None, Ok(value)) if column.number && is_exact(cell, value) => {
                    sheet.write_number(place, number(c), value)
                }
                _ => sheet.write_string_with_format(place, number(c), cell, &looks.text),
            };
            written.map_err(|e| failed(&e))?;
        }
    }
    Ok(())
}

/// Whether reading the number out of a workbook gives this cell again.
fn is_exact(cell: &str, value: f64) -> bool {
    value.is_finite() && value.to_string() == cell && value.abs() < 1e15
}

/// A day as Excel counts it. Before March of 1900 its calendar has a day that never was: such a one stays text.
fn day(cell: &str) -> Option<u32> {
    let begin = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let day = cell.parse::<NaiveDate>().ok().filter(|day| day.to_string() == cell)?;
    u32::try_from((day - begin).num_days()).ok().filter(|days| (61..2_958_466).contains(days))
}

fn holds_days(table: &Table, column: usize) -> bool {
    let mut cells = table.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some() && cells.all(|cell| day(cell).is_some())
}

/// The width of a column: of its widest line, the filter's button counted, not wider than can be read.
fn wide(table: &Table, column: usize) -> u16 {
    let head = table.columns.get(column).map_or(0, |column| width::width(&column.header).saturating_add(3));
    let cells = table.rows.iter().take(MEASURED).filter_map(|row| row.get(column));
    let widest =
        cells.flat_map(|cell| cell.lines()).map(|line| width::width(line).saturating_add(1)).max().unwrap_or_default();
    widest.max(head).clamp(WIDTHS.0, WIDTHS.1)
}
