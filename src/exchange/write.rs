//! Tables as files: CSV in UTF-8 or CP932, Excel, JSON. Knows nothing of what stands in them.

use rust_xlsxwriter::{Format as CellFormat, Workbook, XlsxError};
use serde_json::{Map, Value};

use super::text;
use crate::desk::record::Explain;
use crate::desk::say::Say;

/// The kinds of file that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV in UTF-8 with a BOM, which Excel needs to know it.
    CsvUtf8,
    /// CSV in CP932, for programs that know nothing else.
    CsvCp932,
    /// Excel.
    Xlsx,
    /// A JSON list of objects with the same names.
    Json,
}

impl Format {
    /// The kind that a file's name asks for by its ending; `None` where it has another or none.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::CsvUtf8),
            "xlsx" => Some(Self::Xlsx),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Why nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// CP932 lacks a character.
    #[error("CP932 lacks a character of row {row}")]
    Unmappable {
        /// The first row that has one, as a spreadsheet counts.
        row: usize,
        /// Its column's header.
        column: &'static str,
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
        /// Its column's header.
        column: &'static str,
    },
    /// The library could not make the file.
    #[error("the file could not be made: {0}")]
    Failed(String),
}

impl Explain for ExportError {
    fn say(&self) -> Say {
        match self {
            Self::Unmappable { row, column, sign, cells } => Say::new("exchange-unmappable")
                .with("row", row.to_string())
                .with("column", *column)
                .with("sign", format!("{sign} (U+{:04X})", u32::from(*sign)))
                .with("cells", cells.to_string()),
            Self::TooLong { row, column } => {
                Say::new("exchange-cell-too-long").with("row", row.to_string()).with("column", *column)
            }
            Self::Failed(why) => Say::new("exchange-not-made").with("why", why),
        }
    }
}

/// UTF-16 units of one cell that Excel can hold.
const MAX_EXCEL: usize = 32_767;

/// The bytes of a file with these headers and rows.
///
/// # Errors
/// An [`ExportError`] where the format cannot hold a cell; nothing is replaced in silence.
pub fn table(headers: &[&'static str], rows: &[Vec<String>], format: Format) -> Result<Vec<u8>, ExportError> {
    match format {
        Format::CsvUtf8 => Ok([b"\xef\xbb\xbf".as_slice(), csv(headers, rows)?.as_bytes()].concat()),
        Format::CsvCp932 => cp932(headers, rows),
        Format::Xlsx => xlsx(headers, rows),
        Format::Json => json(headers, rows),
    }
}

fn csv(headers: &[&'static str], rows: &[Vec<String>]) -> Result<String, ExportError> {
    let failed = |e: csv::Error| ExportError::Failed(e.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(headers).map_err(failed)?;
    for row in rows {
        writer.write_record(row).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| ExportError::Failed(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| ExportError::Failed(e.to_string()))
}

fn cp932(headers: &[&'static str], rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let mut first = None;
    let mut cells = 0;
    for (number, row) in rows.iter().enumerate() {
        for (column, cell) in headers.iter().copied().zip(row) {
            if let Err(sign) = text::encode_cp932(cell) {
                cells += 1;
                first = first.or(Some((number + 2, column, sign)));
            }
        }
    }
    if let Some((row, column, sign)) = first {
        return Err(ExportError::Unmappable { row, column, sign, cells });
    }
    text::encode_cp932(&csv(headers, rows)?).map_err(|sign| ExportError::Failed(format!("U+{:04X}", u32::from(sign))))
}

/// Everything is written as text: a phone number that begins with 0 stays one, and no cell is a formula.
fn xlsx(headers: &[&'static str], rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let failed = |e: &XlsxError| ExportError::Failed(e.to_string());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = CellFormat::new().set_bold();
    let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    for (column, header) in headers.iter().copied().enumerate() {
        sheet.write_string_with_format(0, number(column), header, &bold).map_err(|e| failed(&e))?;
    }
    for (i, row) in rows.iter().enumerate() {
        let place = u32::try_from(i + 1).unwrap_or(u32::MAX);
        for ((column, header), cell) in
            headers.iter().copied().enumerate().zip(row).filter(|(_, cell)| !cell.is_empty())
        {
            if cell.encode_utf16().count() > MAX_EXCEL {
                return Err(ExportError::TooLong { row: i + 2, column: header });
            }
            sheet.write_string(place, number(column), cell).map_err(|e| failed(&e))?;
        }
    }
    sheet.set_freeze_panes(1, 3).map_err(|e| failed(&e))?;
    book.save_to_buffer().map_err(|e| failed(&e))
}

fn json(headers: &[&'static str], rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let object = |row: &Vec<String>| {
        let members = headers.iter().copied().zip(row).filter(|(_, cell)| !cell.is_empty());
        Value::Object(members.map(|(header, cell)| (header.to_owned(), cell.clone().into())).collect::<Map<_, _>>())
    };
    let list = Value::Array(rows.iter().map(object).collect());
    let mut bytes = serde_json::to_vec_pretty(&list).map_err(|e| ExportError::Failed(e.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}
