//! Tables as files: CSV in UTF-8 or CP932, Excel, JSON. Knows nothing of what stands in them.

mod book;
pub mod formula;

use serde_json::{Map, Value};

use super::text::{self, Twins};
use crate::desk::record::Explain;
use crate::desk::say::Say;

pub use book::book;

/// The kinds of file that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV in UTF-8 with a BOM, which Excel needs to know it.
    CsvUtf8,
    /// CSV in CP932, for programs that know nothing else.
    CsvCp932,
    /// The same; a sign that Unicode has twice is written as the one that CP932 has (`〜` as `～`).
    CsvCp932Similar,
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

/// A table that is to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its name: that of the sheet, or of the file among several. Empty where it is the only one.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// A cell for each column in every row.
    pub rows: Vec<Vec<String>>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// What stands in its first row.
    pub header: String,
    /// Whether its cells are numbers to reckon with, and no codes or phone numbers.
    pub number: bool,
}

/// Why nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// CP932 lacks a character.
    #[error("CP932 lacks characters of {cells} cells")]
    Unmappable {
        /// The first cells that have one, up to [`MAX_TOLD`].
        places: Vec<Unmappable>,
        /// How many cells have such a character.
        cells: usize,
    },
    /// A cell holds more than Excel allows (32,767 characters).
    #[error("row {row} has a cell that is too long for Excel")]
    TooLong {
        /// The table; empty where it is the only one.
        table: String,
        /// The row, as a spreadsheet counts.
        row: usize,
        /// Its column's header.
        column: String,
    },
    /// The library could not make the file.
    #[error("the file could not be made: {0}")]
    Failed(String),
}

/// A character that CP932 lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmappable {
    /// The table; empty where it is the only one.
    pub table: String,
    /// The row, as a spreadsheet counts.
    pub row: usize,
    /// Its column's header.
    pub column: String,
    /// The first such character of the cell.
    pub sign: char,
}

/// Cells that [`ExportError::Unmappable`] names.
pub const MAX_TOLD: usize = 20;

impl Unmappable {
    fn say(&self) -> Say {
        Say::new("exchange-unmappable")
            .with("table", place(&self.table))
            .with("row", self.row.to_string())
            .with("column", self.column.as_str())
            .with("sign", format!("{} (U+{:04X})", self.sign, u32::from(self.sign)))
    }
}

/// The table's name as the sentences take it.
fn place(table: &str) -> &str {
    if table.is_empty() { "none" } else { table }
}

impl ExportError {
    /// All that there is to say of it: each cell that it names, and then what to do.
    pub fn says(&self) -> Vec<Say> {
        let Self::Unmappable { places, .. } = self else { return vec![self.say()] };
        places.iter().map(Unmappable::say).chain([self.say()]).collect()
    }
}

impl Explain for ExportError {
    fn say(&self) -> Say {
        match self {
            Self::Unmappable { cells, .. } => Say::new("exchange-unmappable-all").with("cells", cells.to_string()),
            Self::TooLong { table, row, column } => Say::new("exchange-cell-too-long")
                .with("table", place(table))
                .with("row", row.to_string())
                .with("column", column.as_str()),
            Self::Failed(why) => Say::new("exchange-not-made").with("why", why),
        }
    }
}

/// The bytes of a file with these headers and rows.
///
/// # Errors
/// An [`ExportError`] where the format cannot hold a cell; nothing is replaced in silence.
pub fn table(headers: &[&'static str], rows: &[Vec<String>], format: Format) -> Result<Vec<u8>, ExportError> {
    if format == Format::Json {
        return json(headers, rows);
    }
    let columns = headers.iter().map(|header| Column { header: (*header).to_owned(), number: false }).collect();
    let table = Table { name: String::new(), columns, rows: rows.to_vec() };
    match format {
        Format::CsvUtf8 => csv_utf8(&table),
        Format::CsvCp932 => csv_cp932(&[&table], Twins::Refuse).map(|files| files.concat()),
        Format::CsvCp932Similar => csv_cp932(&[&table], Twins::Write).map(|files| files.concat()),
        Format::Xlsx | Format::Json => book(&[table]),
    }
}

/// One table as CSV in UTF-8 with a BOM.
///
/// # Errors
/// [`ExportError::Failed`] where the library could not make it.
pub fn csv_utf8(table: &Table) -> Result<Vec<u8>, ExportError> {
    Ok([b"\xef\xbb\xbf".as_slice(), csv(table)?.as_bytes()].concat())
}

/// Each table as CSV in CP932.
///
/// # Errors
/// [`ExportError::Unmappable`] with the cells of all tables that CP932 cannot hold.
pub fn csv_cp932(tables: &[&Table], twins: Twins) -> Result<Vec<Vec<u8>>, ExportError> {
    let mut places = Vec::new();
    let mut cells = 0;
    for table in tables {
        let headers: Vec<&String> = table.columns.iter().map(|column| &column.header).collect();
        let names = std::iter::once((1, headers.clone()));
        let rows = table.rows.iter().enumerate().map(|(n, row)| (n + 2, row.iter().collect()));
        for (row, line) in names.chain(rows) {
            for (column, cell) in headers.iter().zip(line) {
                let Err(sign) = text::encode_cp932(cell, twins) else { continue };
                cells += 1;
                if places.len() < MAX_TOLD {
                    let (table, column) = (table.name.clone(), (*column).clone());
                    places.push(Unmappable { table, row, column, sign });
                }
            }
        }
    }
    if cells > 0 {
        return Err(ExportError::Unmappable { places, cells });
    }
    let failed = |sign: char| ExportError::Failed(format!("U+{:04X}", u32::from(sign)));
    tables.iter().map(|table| text::encode_cp932(&csv(table)?, twins).map_err(failed)).collect()
}

fn csv(table: &Table) -> Result<String, ExportError> {
    let failed = |e: csv::Error| ExportError::Failed(e.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| column.header.as_str())).map_err(failed)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| formula::guard(cell).into_owned())).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| ExportError::Failed(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| ExportError::Failed(e.to_string()))
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
