//! Rows of a known layout as clean directory entries. Knows nothing of the directory that they will go into.

mod cells;

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;

use super::clean::Bad;
use super::error::{ImportError, Refusal};
use super::kind;
use super::layout::{self, Field, Found};
use super::table::{self, Row, Sheet, UNCALCULATED};
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::search::fold;
use cells::Cells;

/// What was understood of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The file's name without its folders.
    pub file: String,
    /// The sheet's name; empty where a file has no sheets.
    pub sheet: String,
    /// The layout's name.
    pub layout: &'static str,
    /// The row of the header.
    pub header_row: u32,
    /// Headers that mean nothing to this program.
    pub unread: Vec<String>,
    /// The entries.
    pub rows: Vec<Incoming>,
    /// What single cells had that could not be taken, and rows that were passed over.
    pub problems: Vec<Problem>,
}

/// One row as an entry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Incoming {
    /// The row's number.
    pub row: u32,
    /// Which list the row is from: the layout's name, and the service where one layout has a file for each.
    pub source: String,
    /// The office, without staff.
    pub office: Office,
    /// The person of this row.
    pub staff: Option<Staff>,
    /// The record's own identity, in this program's export.
    pub id: Option<Id>,
    /// When the exported record was last changed, in this program's export.
    pub updated_on: Option<NaiveDate>,
    /// The name of the operator who asked for 今の受入, in this program's export.
    pub asked_by: String,
}

impl Reading {
    /// Says who asked for 今の受入, by the names of the desk's operators; a name that none or several of them have is told.
    pub fn name_operators(&mut self, operators: &[(Id, String)]) {
        for incoming in self.rows.iter_mut().filter(|incoming| !incoming.asked_by.is_empty()) {
            let mut same = operators.iter().filter(|(_, name)| fold::same(name, &incoming.asked_by));
            match (same.next(), same.next()) {
                (Some((id, _)), None) => incoming.office.accepting_by = *id,
                _ => self.problems.push(Problem {
                    file: self.file.clone(),
                    row: incoming.row,
                    column: layout::ASKED_BY.to_owned(),
                    what: Trouble::Operator,
                }),
            }
        }
    }
}

impl Incoming {
    /// A further row of the office above.
    fn continues(&mut self, above: &Office) {
        self.office.name.clone_from(&above.name);
        if let Some(staff) = self.staff.as_mut().filter(|staff| staff.department.is_empty()) {
            staff.department.clone_from(&above.department);
        }
        if self.office.department.is_empty() {
            self.office.department.clone_from(&above.department);
        }
    }
}

/// The kind that identity, name and department tell where no column does.
fn kind_of(office: &Office) -> Option<&'static str> {
    kind::of_iryo_id(&office.official_id)
        .or_else(|| kind::of_name(&office.name))
        .or_else(|| office.department.contains("連携").then_some(kind::HOSPITAL))
}

/// A cell or row that was passed over. Holds no value of the file: those may be personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, with the sheet.
    pub file: String,
    /// The row.
    pub row: u32,
    /// The column's header; empty where the whole row is meant.
    pub column: String,
    /// What is wrong.
    pub what: Trouble,
}

/// Why a cell or row was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The cell is not what its column should hold: it stays empty.
    Value(Bad),
    /// The row has no name: it is passed over.
    NoName,
    /// Content right of the last header: it is not read.
    Outside,
    /// Several entries of the directory could be meant: the row is passed over.
    Several,
    /// An entry has this name and another address: a new one is made.
    SameName,
    /// The same identity has two names in the file: the first counts.
    TwoNames,
    /// No operator of this desk, or several, have this name: it stays empty.
    Operator,
}

impl Explain for Problem {
    fn say(&self) -> Say {
        let key = match self.what {
            Trouble::Value(Bad::Postal) => "exchange-bad-postal",
            Trouble::Value(Bad::Code) => "exchange-bad-code",
            Trouble::Value(Bad::RoundedCode) => "exchange-rounded-code",
            Trouble::Value(Bad::Coordinate) => "exchange-bad-coordinate",
            Trouble::Value(Bad::Phone) => "exchange-bad-phone",
            Trouble::Value(Bad::PhoneIsId) => "exchange-phone-is-id",
            Trouble::Value(Bad::IdIsPhone) => "exchange-id-is-phone",
            Trouble::Value(Bad::Ability) => "exchange-bad-ability",
            Trouble::Value(Bad::Day) => "exchange-bad-day",
            Trouble::NoName => "exchange-no-name",
            Trouble::Outside => "exchange-outside",
            Trouble::Several => "exchange-several",
            Trouble::SameName => "exchange-same-name",
            Trouble::TwoNames => "exchange-two-names",
            Trouble::Operator => "exchange-no-operator",
        };
        Say::new(key)
            .with("file", self.file.clone())
            .with("row", self.row.to_string())
            .with("column", self.column.clone())
    }
}

/// Reads the directory entries in the file at `path`.
///
/// # Errors
/// An [`ImportError`] where the file is refused as a whole.
pub fn read(path: &Path) -> Result<Vec<Reading>, ImportError> {
    understand(&table::read(path)?)
}

/// Reads the directory entries in a file that is in memory.
///
/// # Errors
/// As [`read`].
pub fn from_bytes(file: &str, bytes: &[u8]) -> Result<Vec<Reading>, ImportError> {
    understand(&table::from_bytes(file, bytes)?)
}

/// The entries of all sheets that have a known header; sheets without one are passed over unless no sheet has one.
fn understand(sheets: &[Sheet]) -> Result<Vec<Reading>, ImportError> {
    let mut readings = Vec::new();
    let mut refused = None;
    for sheet in sheets {
        let refuse = |what| ImportError::new(&sheet.file, what).in_sheet(&sheet.name);
        match layout::find(sheet) {
            Ok(found) => readings.push(entries(sheet, &found).map_err(refuse)?),
            Err(Refusal::NoHeader) if sheets.len() > 1 => refused = refused.or(Some(refuse(Refusal::NoHeader))),
            Err(Refusal::NoHeader) if layout::is_code_table(sheet) => return Err(refuse(Refusal::CodeTable)),
            Err(what) => return Err(refuse(what)),
        }
    }
    match (readings.is_empty(), refused, sheets.first()) {
        (false, ..) => Ok(readings),
        (true, Some(refused), _) => Err(refused),
        (true, None, first) => Err(ImportError::new(first.map_or("", |s| &s.file), Refusal::Empty)),
    }
}

fn entries(sheet: &Sheet, found: &Found) -> Result<Reading, Refusal> {
    shape(sheet, found)?;
    let mut reading = Reading {
        file: sheet.file.clone(),
        sheet: sheet.name.clone(),
        layout: found.layout.name,
        header_row: found.row,
        unread: found.unread.clone(),
        rows: Vec::new(),
        problems: Vec::new(),
    };
    let place = if sheet.name.is_empty() { sheet.file.clone() } else { format!("{} [{}]", sheet.file, sheet.name) };
    let mut above = Office::default();
    for row in sheet.rows.iter().skip(found.first) {
        let mut cells = Cells { row, found, file: &place, problems: &mut reading.problems };
        if cells.repeats_header() {
            continue;
        }
        if row.cells.iter().skip(found.width).any(|c| !c.trim().is_empty()) {
            cells.problem("", Trouble::Outside);
        }
        let mut incoming = cells.entry();
        if found.layout.staff && incoming.office.name.is_empty() && incoming.staff.is_some() {
            // Name and department stand in the first of an office's rows only.
            incoming.continues(&above);
        }
        if incoming.office.name.is_empty() {
            cells.problem("", Trouble::NoName);
            continue;
        }
        if incoming.office.kind.is_empty() {
            kind_of(&incoming.office).unwrap_or_default().clone_into(&mut incoming.office.kind);
        }
        above.clone_from(&incoming.office);
        reading.rows.push(incoming);
    }
    if reading.rows.is_empty() {
        return Err(Refusal::NoRows);
    }
    settle_kinds(&mut reading, found);
    Ok(reading)
}

/// The checks of a table as a whole: nothing cut off, nothing shifted, no cell that could not be calculated.
fn shape(sheet: &Sheet, found: &Found) -> Result<(), Refusal> {
    let header = |column: usize| found.headers.get(column).cloned().unwrap_or_default();
    let read = |column: &usize| found.columns.values().any(|c| c == column);
    let first_row = sheet.rows.get(found.first).map_or(u32::MAX, |r| r.number);
    if let Some(error) = sheet.errors.iter().find(|e| e.row >= first_row && read(&e.column)) {
        let (row, column) = (error.row, header(error.column));
        if error.sign == UNCALCULATED {
            return Err(Refusal::Uncalculated { row, column });
        }
        return Err(Refusal::CellError { row, column, sign: error.sign.clone() });
    }
    if !sheet.delimited {
        return Ok(());
    }
    let used = |row: &Row| row.cells.iter().rposition(|c| !c.trim().is_empty()).map_or(0, |last| last + 1);
    let mut body = sheet.rows.iter().skip(found.first);
    if let Some(row) = body.clone().find(|row| used(row) > found.width) {
        return Err(Refusal::ColumnCount { row: row.number, found: row.cells.len(), expected: found.width });
    }
    let last = body.next_back().filter(|last| sheet.unended && last.cells.len() < found.width);
    match last {
        // Where other rows are short too, the program that wrote the file leaves out empty cells.
        Some(last) if body.all(|row| row.cells.len() >= found.width) => {
            Err(Refusal::Cut { row: last.number, found: last.cells.len(), expected: found.width })
        }
        _ => Ok(()),
    }
}

/// Where most names of a list tell the same kind, those that tell none are of that kind too; in a list of one kind all are.
fn settle_kinds(reading: &mut Reading, found: &Found) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for incoming in reading.rows.iter().filter(|r| !r.office.kind.is_empty()) {
        *counts.entry(&incoming.office.kind).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind)));
    let usual = most.filter(|(_, n)| n * 10 >= reading.rows.len() * 7).map(|(kind, _)| kind.to_owned());
    let all = found.layout.one_kind && !found.columns.contains_key(&Field::Kind) && usual.is_some();
    let usual = usual.unwrap_or_else(|| "z".to_owned());
    for incoming in reading.rows.iter_mut().filter(|r| all || r.office.kind.is_empty()) {
        incoming.office.kind.clone_from(&usual);
    }
}
