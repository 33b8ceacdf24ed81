//! The directory as a file: CSV (UTF-8 or CP932), Excel, JSON. One row for each member of staff.
//!
//! [`super::rows`] reads what this writes: the headers are those of the layout [`super::layout::OWN`].

use rust_xlsxwriter::{Format as CellFormat, Workbook, XlsxError};
use serde_json::{Map, Value};

use super::text;
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
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

/// One row of the file: an office, and one of its staff where it has any.
struct Line<'a> {
    id: Id,
    office: &'a Office,
    staff: Option<&'a Staff>,
}

type Column = (&'static str, fn(&Line<'_>) -> String);

/// The person's value of a row without a person is empty.
fn of_staff(line: &Line<'_>, value: impl Fn(&Staff) -> &String) -> String {
    line.staff.map(|s| value(s).clone()).unwrap_or_default()
}

/// The columns: header and value.
const COLUMNS: [Column; 35] = [
    ("窓口管理ID", |l| l.id.to_string()),
    ("公的ID", |l| l.office.official_id.clone()),
    ("名称", |l| l.office.name.clone()),
    ("フリガナ", |l| l.office.kana.clone()),
    ("略称", |l| l.office.short_name.clone()),
    ("種別", |l| l.office.kind.clone()),
    ("部署", |l| l.office.department.clone()),
    ("電話番号", |l| l.office.phone.clone()),
    ("内線番号", |l| l.office.extension.clone()),
    ("FAX番号", |l| l.office.fax.clone()),
    ("メール", |l| l.office.email.clone()),
    ("郵便番号", |l| postal(&l.office.postal_code)),
    ("住所", |l| l.office.address.clone()),
    ("方書", |l| l.office.building.clone()),
    ("緯度", |l| l.office.latitude.map(|n| n.to_string()).unwrap_or_default()),
    ("経度", |l| l.office.longitude.map(|n| n.to_string()).unwrap_or_default()),
    ("圏域", |l| l.office.area.clone()),
    ("設置主体・法人", |l| l.office.corporation.clone()),
    ("対応内容", |l| l.office.handles.clone()),
    ("サービス", |l| l.office.services.join("、")),
    ("診療日時", |l| l.office.hours.clone()),
    ("連絡のしかた", |l| l.office.how_to_contact.clone()),
    ("注意", |l| l.office.alert.clone()),
    ("URL", |l| l.office.url.clone()),
    ("定員・病床", |l| l.office.capacity.clone()),
    ("備考", |l| l.office.note.clone()),
    ("更新日", |l| l.office.updated_on.map(|d| d.to_string()).unwrap_or_default()),
    ("確認日", |l| l.office.verified.as_ref().map(|v| v.on.to_string()).unwrap_or_default()),
    ("担当者名", |l| of_staff(l, |s| &s.name)),
    ("担当者ふりがな", |l| of_staff(l, |s| &s.kana)),
    ("担当者の部署", |l| of_staff(l, |s| &s.department)),
    ("職種", |l| of_staff(l, |s| &s.role)),
    ("直通電話", |l| of_staff(l, |s| &s.phone)),
    ("担当者の内線", |l| of_staff(l, |s| &s.extension)),
    ("担当者の対応内容", |l| of_staff(l, |s| &s.handles)),
];

/// A spreadsheet takes leading zeros from bare digits, not from a code with its hyphen.
fn postal(code: &str) -> String {
    match code.split_at_checked(3) {
        Some((area, town)) if code.len() == 7 => format!("{area}-{town}"),
        _ => code.to_owned(),
    }
}

/// The file's bytes. Entries that were taken out of the directory and staff who have left are not in it.
///
/// # Errors
/// An [`ExportError`] where the format cannot hold a cell; nothing is replaced in silence.
pub fn offices(all: &[(Id, Office)], format: Format) -> Result<Vec<u8>, ExportError> {
    let rows = rows(all);
    match format {
        Format::CsvUtf8 => Ok([b"\xef\xbb\xbf".as_slice(), csv(&rows)?.as_bytes()].concat()),
        Format::CsvCp932 => cp932(&rows),
        Format::Xlsx => xlsx(&rows),
        Format::Json => json(&rows),
    }
}

fn rows(all: &[(Id, Office)]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (id, office) in all.iter().filter(|(_, o)| !o.removed) {
        let staff = office.present_staff();
        let people: Vec<Option<&Staff>> =
            if staff.is_empty() { vec![None] } else { staff.into_iter().map(|(_, s)| Some(s)).collect() };
        for person in people {
            let line = Line { id: *id, office, staff: person };
            rows.push(COLUMNS.iter().map(|(_, value)| value(&line)).collect());
        }
    }
    rows
}

fn headers() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(header, _)| *header)
}

fn csv(rows: &[Vec<String>]) -> Result<String, ExportError> {
    let failed = |e: csv::Error| ExportError::Failed(e.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(headers()).map_err(failed)?;
    for row in rows {
        writer.write_record(row).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| ExportError::Failed(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| ExportError::Failed(e.to_string()))
}

fn cp932(rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let mut first = None;
    let mut cells = 0;
    for (number, row) in rows.iter().enumerate() {
        for (column, cell) in headers().zip(row) {
            if let Err(sign) = text::encode_cp932(cell) {
                cells += 1;
                first = first.or(Some((number + 2, column, sign)));
            }
        }
    }
    if let Some((row, column, sign)) = first {
        return Err(ExportError::Unmappable { row, column, sign, cells });
    }
    text::encode_cp932(&csv(rows)?).map_err(|sign| ExportError::Failed(format!("U+{:04X}", u32::from(sign))))
}

/// Everything is written as text: a phone number that begins with 0 stays one, and no cell is a formula.
fn xlsx(rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let failed = |e: &XlsxError| ExportError::Failed(e.to_string());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = CellFormat::new().set_bold();
    let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    for (column, header) in headers().enumerate() {
        sheet.write_string_with_format(0, number(column), header, &bold).map_err(|e| failed(&e))?;
    }
    for (i, row) in rows.iter().enumerate() {
        let place = u32::try_from(i + 1).unwrap_or(u32::MAX);
        for ((column, header), cell) in headers().enumerate().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            if cell.encode_utf16().count() > MAX_EXCEL {
                return Err(ExportError::TooLong { row: i + 2, column: header });
            }
            sheet.write_string(place, number(column), cell).map_err(|e| failed(&e))?;
        }
    }
    sheet.set_freeze_panes(1, 3).map_err(|e| failed(&e))?;
    book.save_to_buffer().map_err(|e| failed(&e))
}

fn json(rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    let object = |row: &Vec<String>| {
        let members = headers().zip(row).filter(|(_, cell)| !cell.is_empty());
        Value::Object(members.map(|(header, cell)| (header.to_owned(), cell.clone().into())).collect::<Map<_, _>>())
    };
    let list = Value::Array(rows.iter().map(object).collect());
    let mut bytes = serde_json::to_vec_pretty(&list).map_err(|e| ExportError::Failed(e.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests;
