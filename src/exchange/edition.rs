//! An edition of a list as a file to be given away: Excel as it is to be printed, CSV in UTF-8 or CP932, JSON. Knows only
//! what stands in the list already.

use rust_xlsxwriter::{Format as CellFormat, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::text::Twins;
use super::write::{Column, ExportError, Format, Table, csv_cp932, csv_utf8};
use crate::locale::{Lang, Locale};
use crate::print::List;
use crate::print::edition::label;

/// UTF-16 units of one cell that Excel can hold.
const MAX_EXCEL: usize = 32_767;

/// The bytes of the list as a file.
///
/// # Errors
/// An [`ExportError`] where the form cannot hold a cell; nothing is replaced in silence.
pub fn file(list: &List, form: Format) -> Result<Vec<u8>, ExportError> {
    let cp932 = |twins| csv_cp932(&[&table(list)], twins).map(|files| files.concat());
    match form {
        Format::CsvUtf8 => csv_utf8(&table(list)),
        Format::CsvCp932 => cp932(Twins::Refuse),
        Format::CsvCp932Similar => cp932(Twins::Write),
        Format::Xlsx => xlsx(list),
        Format::Json => {
            let mut bytes = serde_json::to_vec_pretty(list).map_err(|error| ExportError::Failed(error.to_string()))?;
            bytes.push(b'\n');
            Ok(bytes)
        }
    }
}

/// The list as a table.
fn table(list: &List) -> Table {
    let mut rows = list.table.iter();
    let heads = rows.next().into_iter().flatten();
    let columns = heads.map(|header| Column { header: header.clone(), number: false }).collect();
    Table { name: String::new(), columns, rows: rows.cloned().collect() }
}

/// The head of the column at this place.
fn head(list: &List, column: usize) -> String {
    list.table.first().and_then(|heads| heads.get(column)).cloned().unwrap_or_default()
}

/// The first row of the table on the sheet, from 0: above it stand the title and who gives the list away.
const FIRST: u32 = 2;

/// The widest column of the sheet, in characters of half width.
const WIDEST: f64 = 18.0;

/// The height of a line, in points, and the most lines of a row (Excel allows 409 points).
const LINE: f64 = 15.0;
const MOST_LINES: f64 = 26.0;

/// A sheet that prints on A4, lying, as wide as the paper, with the heads on each page. Everything is text: a phone number
/// that begins with 0 stays one, and no cell is a formula.
fn xlsx(list: &List) -> Result<Vec<u8>, ExportError> {
    for (row, cells) in list.table.iter().enumerate() {
        if let Some(column) = cells.iter().position(|cell| cell.encode_utf16().count() > MAX_EXCEL) {
            let row = row + 1 + usize::try_from(FIRST).unwrap_or_default();
            return Err(ExportError::TooLong { table: String::new(), row, column: head(list, column) });
        }
    }
    let mut book = Workbook::new();
    let made = fill(book.add_worksheet(), list);
    made.and_then(|()| book.save_to_buffer()).map_err(|error| ExportError::Failed(error.to_string()))
}

fn fill(sheet: &mut Worksheet, list: &List) -> Result<(), XlsxError> {
    let large = CellFormat::new().set_bold().set_font_size(16);
    let heads = CellFormat::new().set_bold().set_border(FormatBorder::Thin).set_text_wrap();
    let heads = heads.set_align(FormatAlign::VerticalCenter);
    let cells = CellFormat::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    sheet.write_string_with_format(0, 0, format!("{}　第{}版", list.title, list.number), &large)?;
    let words = Locale::new(Lang::Ja);
    let named = |member, value: &String| {
        if value.is_empty() { String::new() } else { format!("{} {value}", label(&words, "office", member)) }
    };
    let by = &list.by;
    let by = [by.founder.clone(), by.desk.clone(), named("phone", &by.phone), named("fax", &by.fax)];
    let by: Vec<String> = by.into_iter().filter(|part| !part.is_empty()).collect();
    sheet.write_string(1, 0, format!("{}　{}　{}", list.date, by.join("　"), list.note).trim())?;
    for (row, values) in list.table.iter().enumerate() {
        let place = FIRST.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
        let format = if row == 0 { &heads } else { &cells };
        for (column, value) in values.iter().enumerate() {
            sheet.write_string_with_format(place, number(column), value, format)?;
        }
    }
    let columns = list.table.first().map_or(0, Vec::len);
    for column in 0..columns {
        // A column that no office has filled takes room from the others on the paper; it can be shown again.
        if list.table.len() > 1 && list.table.iter().skip(1).all(|row| row.get(column).is_none_or(String::is_empty)) {
            sheet.set_column_hidden(number(column))?;
            continue;
        }
        let widest = list.table.iter().filter_map(|row| row.get(column)).map(|cell| wide(cell)).fold(6.0, f64::max);
        sheet.set_column_width(number(column), widest.min(WIDEST) + 1.5)?;
    }
    // Programs other than Excel leave a row of wrapped cells as high as one line.
    for (row, cells) in list.table.iter().enumerate() {
        let lines = cells.iter().map(|cell| lines(cell)).fold(1.0, f64::max);
        let place = FIRST.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
        sheet.set_row_height(place, LINE * lines.min(MOST_LINES) + 3.0)?;
    }
    sheet.set_freeze_panes(FIRST + 1, 1)?;
    sheet.set_repeat_rows(FIRST, FIRST)?;
    let last = FIRST.saturating_add(u32::try_from(list.table.len()).unwrap_or(u32::MAX)).saturating_sub(1);
    sheet.set_print_area(0, 0, last, number(columns.saturating_sub(1)))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.2, 0.3);
    sheet.set_header(format!("&R{}　第{}版", list.title.replace('&', "&&"), list.number)).set_footer("&C&P / &N");
    Ok(())
}

/// About how wide the widest line of a cell stands in Excel: a sign beyond ASCII takes the room of two.
fn wide(cell: &str) -> f64 {
    let line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
    cell.lines().map(line).fold(0.0, f64::max)
}

/// About how many lines a cell takes in a column as wide as it may become.
fn lines(cell: &str) -> f64 {
    cell.lines().map(|line| (wide(line) / WIDEST).ceil().max(1.0)).sum()
}

#[cfg(test)]
mod tests;
