//! An edition of a list as a file to be given away: Excel as it is to be printed, CSV in UTF-8 or CP932, JSON. Knows only
//! what stands in the list already.

use rust_xlsxwriter::{Format as CellFormat, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::text;
use super::write::Format;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::print::List;

/// Why nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// CP932 lacks a character.
    #[error("CP932 lacks a character of row {row}")]
    Unmappable {
        /// The first row that has one, as a spreadsheet counts.
        row: usize,
        /// Its column's head.
        column: String,
        /// The character's code point.
        sign: char,
        /// How many cells have such a character.
        cells: usize,
    },
    /// A cell holds more than Excel allows (32,767 characters).
    #[error("row {row} has a cell that is too long for Excel")]
    TooLong {
        /// The row, as a spreadsheet counts.
        row: usize,
        /// Its column's head.
        column: String,
    },
    /// The library could not make the file.
    #[error("the file could not be made: {0}")]
    Failed(String),
}

impl Explain for Refused {
    fn say(&self) -> Say {
        match self {
            Self::Unmappable { row, column, sign, cells } => Say::new("exchange-unmappable")
                .with("row", row.to_string())
                .with("column", column.clone())
                .with("sign", format!("{sign} (U+{:04X})", u32::from(*sign)))
                .with("cells", cells.to_string()),
            Self::TooLong { row, column } => {
                Say::new("exchange-cell-too-long").with("row", row.to_string()).with("column", column.clone())
            }
            Self::Failed(why) => Say::new("exchange-not-made").with("why", why.clone()),
        }
    }
}

/// UTF-16 units of one cell that Excel can hold.
const MAX_EXCEL: usize = 32_767;

/// The bytes of the list as a file.
///
/// # Errors
/// A [`Refused`] where the form cannot hold a cell; nothing is replaced in silence.
pub fn file(list: &List, form: Format) -> Result<Vec<u8>, Refused> {
    match form {
        Format::CsvUtf8 => Ok([b"\xef\xbb\xbf".as_slice(), csv(list)?.as_bytes()].concat()),
        Format::CsvCp932 => cp932(list),
        Format::Xlsx => xlsx(list),
        Format::Json => {
            let mut bytes = serde_json::to_vec_pretty(list).map_err(|error| Refused::Failed(error.to_string()))?;
            bytes.push(b'\n');
            Ok(bytes)
        }
    }
}

fn csv(list: &List) -> Result<String, Refused> {
    let failed = |error: csv::Error| Refused::Failed(error.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in &list.table {
        writer.write_record(row).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| Refused::Failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Refused::Failed(error.to_string()))
}

/// The head of the column at this place.
fn head(list: &List, column: usize) -> String {
    list.table.first().and_then(|heads| heads.get(column)).cloned().unwrap_or_default()
}

fn cp932(list: &List) -> Result<Vec<u8>, Refused> {
    let cells = list.table.iter().enumerate();
    let cells = cells.flat_map(|(row, cells)| cells.iter().enumerate().map(move |(column, cell)| (row, column, cell)));
    let mut lacking = cells.filter_map(|(row, column, cell)| Some((row, column, text::encode_cp932(cell).err()?)));
    if let Some((row, column, sign)) = lacking.next() {
        let cells = lacking.count() + 1;
        return Err(Refused::Unmappable { row: row + 1, column: head(list, column), sign, cells });
    }
    text::encode_cp932(&csv(list)?).map_err(|sign| Refused::Failed(format!("U+{:04X}", u32::from(sign))))
}

/// The first row of the table on the sheet, from 0: above it stand the title and who gives the list away.
const FIRST: u32 = 2;

/// The widest column of the sheet, in characters of half width.
const WIDEST: f64 = 34.0;

/// A sheet that prints on A4, lying, as wide as the paper, with the heads on each page. Everything is text: a phone number
/// that begins with 0 stays one, and no cell is a formula.
fn xlsx(list: &List) -> Result<Vec<u8>, Refused> {
    for (row, cells) in list.table.iter().enumerate() {
        if let Some(column) = cells.iter().position(|cell| cell.encode_utf16().count() > MAX_EXCEL) {
            let row = row + 1 + usize::try_from(FIRST).unwrap_or_default();
            return Err(Refused::TooLong { row, column: head(list, column) });
        }
    }
    let mut book = Workbook::new();
    let made = fill(book.add_worksheet(), list);
    made.and_then(|()| book.save_to_buffer()).map_err(|error| Refused::Failed(error.to_string()))
}

fn fill(sheet: &mut Worksheet, list: &List) -> Result<(), XlsxError> {
    let large = CellFormat::new().set_bold().set_font_size(16);
    let heads = CellFormat::new().set_bold().set_border(FormatBorder::Thin).set_text_wrap();
    let heads = heads.set_align(FormatAlign::VerticalCenter);
    let cells = CellFormat::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    sheet.write_string_with_format(0, 0, format!("{}　第{}版", list.title, list.number), &large)?;
    let by = [&list.by.founder, &list.by.desk, &list.by.phone, &list.by.fax];
    let by: Vec<&str> = by.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
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
        let widest = list.table.iter().filter_map(|row| row.get(column)).map(|cell| wide(cell)).fold(6.0, f64::max);
        sheet.set_column_width(number(column), widest.min(WIDEST) + 1.5)?;
    }
    sheet.set_freeze_panes(FIRST + 1, 1)?;
    sheet.set_repeat_rows(FIRST, FIRST)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.2, 0.3);
    sheet.set_header(format!("&R{}　第{}版", list.title.replace('&', "&&"), list.number)).set_footer("&C&P / &N");
    Ok(())
}

/// About how wide the widest line of a cell stands in Excel: a sign beyond ASCII takes the room of two.
fn wide(cell: &str) -> f64 {
    let line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>();
    cell.lines().map(line).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests;
