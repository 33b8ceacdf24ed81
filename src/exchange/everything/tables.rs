//! Records as tables, and tables as records. Knows no desk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};

use super::super::clean::entered;
use super::super::error::{ImportError, Refusal};
use super::super::offices;
use super::super::table::{self, Row, Sheet};
use super::super::write::{Column, Table};
use super::cells::{self, Cells, Holds};
use super::error::{EverythingError, Fault};
use super::{KINDS, STAYING, plan::Record};
use crate::desk::edits::compact;
use crate::desk::id::Id;
use crate::desk::members;
use crate::desk::record::{Kind, RecordKey};

/// The table that says what the others are: its name, and in its first row the version.
const FIRST: &str = "madoguchi";
/// What stands before the version.
const FORMAT: &str = "madoguchi-tables";
/// The version that is written, and the newest that is read.
const VERSION: u64 = 1;
/// The place of a column that goes on with the cells of the one before it.
const MORE: &str = "+";
/// UTF-16 units of a part: Excel's cells hold 32,767, and a sign of two units must not be cut in half.
const MAX_PART: usize = 32_000;
/// Characters that the name of an Excel sheet can have.
const MAX_NAME: usize = 31;
/// The columns of a list's table by which its rows are found.
const ID: &str = "#id";
const KEY: &str = "#key";
/// Asked for the header of a column that only helps people read.
const ABOUT: &str = "#about";

/// What things are called: by the kind, the list in it (empty: the record itself), and the member's place (empty: the
/// whole table; `#id`, `#key` and `#about` are no members). Empty where there is no word.
pub type Label<'a> = &'a dyn Fn(Kind, &str, &str) -> String;

/// The rows of one table while they are gathered.
#[derive(Default)]
struct Rows {
    all: Vec<(String, String, Cells)>,
    holds: BTreeMap<String, Holds>,
}

impl Rows {
    fn add(&mut self, id: Id, key: String, cells: Cells) {
        for (place, value) in &cells {
            let holds = cells::holds(value);
            self.holds.entry(place.clone()).and_modify(|before| *before = before.with(holds)).or_insert(holds);
        }
        self.all.push((id.to_string(), key, cells));
    }
}

/// The tables, each with its plain name: that of its file among several.
pub fn tables(desk: Id, records: &[(RecordKey, Value)], label: Label<'_>) -> Vec<(String, Table)> {
    let mut all: BTreeMap<(usize, String), Rows> = BTreeMap::new();
    let place = |kind: Kind| KINDS.iter().position(|known| *known == kind);
    for (n, _) in KINDS.iter().enumerate() {
        all.entry((n, String::new())).or_default();
    }
    let mut titles = BTreeMap::new();
    let mut sorted: Vec<(RecordKey, Value)> = records.iter().map(|(key, value)| (*key, compact(value))).collect();
    sorted.sort_by_key(|(key, _)| *key);
    for (key, value) in &mut sorted {
        let (Some(n), Value::Object(members)) = (place(key.kind), value) else { continue };
        if key.kind == Kind::Desk {
            // What other desks said of themselves is theirs to give away.
            if key.id != desk {
                continue;
            }
            members.retain(|name, _| !STAYING.contains(&name.as_str()));
        }
        let apart = cells::apart(key.kind, members);
        if apart.own.is_empty() && apart.lists.is_empty() {
            continue;
        }
        titles.insert(key.id.to_string(), title(members));
        all.entry((n, String::new())).or_default().add(key.id, String::new(), apart.own);
        for (list, entries) in apart.lists {
            let rows = all.entry((n, list)).or_default();
            for (entry, cells) in entries {
                rows.add(key.id, entry, cells);
            }
        }
    }
    let kind = |n: usize| KINDS.get(n).copied().unwrap_or(Kind::Office);
    let made: Vec<_> = all.into_iter().map(|((n, list), rows)| made(kind(n), &list, &rows, &titles, label)).collect();
    std::iter::once(first(desk, &made)).chain(made).collect()
}

/// What a person knows a record by.
fn title(members: &Map<String, Value>) -> String {
    let named = ["name", "number", "title", "list", "on"].iter().find_map(|name| members.get(*name)?.as_str());
    named.unwrap_or_default().to_owned()
}

/// The table that says how many rows the others have, so that what was cut off is missed, and which desk wrote them; in its
/// first row how many tables there are, so that its own end is missed too.
fn first(desk: Id, made: &[(String, Table)]) -> (String, Table) {
    let column = |header: &str, number| Column { header: header.to_owned(), number };
    let version = vec![FORMAT.to_owned(), VERSION.to_string(), desk.to_string(), made.len().to_string()];
    let row = |(name, table): &(String, Table)| {
        vec![name.clone(), table.rows.len().to_string(), table.name.clone(), String::new()]
    };
    let rows = made.iter().map(row);
    let table = Table {
        name: FIRST.to_owned(),
        columns: vec![column("table", false), column("rows", true), column("name", false), column("tables", true)],
        rows: std::iter::once(version).chain(rows).collect(),
    };
    (FIRST.to_owned(), table)
}

/// Members in the order in which a person reads them; the others stand behind.
fn order(kind: Kind, place: &str) -> usize {
    let name = place.split('.').next().unwrap_or_default();
    let member = |all: &[members::Member]| all.iter().position(|(known, _)| *known == name);
    let found = if kind == Kind::Case {
        member(members::CASE)
    } else if kind == Kind::Contact {
        member(members::CONTACT)
    } else {
        offices::FIELDS.iter().position(|known| *known == name)
    };
    found.unwrap_or(usize::MAX)
}

fn made(kind: Kind, list: &str, rows: &Rows, titles: &BTreeMap<String, String>, label: Label<'_>) -> (String, Table) {
    let is_list = !list.is_empty();
    let name = if is_list { format!("{}.{list}", kind.name()) } else { kind.name().to_owned() };
    let mut places: Vec<(&String, Holds, usize)> = Vec::new();
    for (place, holds) in &rows.holds {
        places.push((place, *holds, parts_of(rows, place, *holds)));
    }
    places.sort_by_key(|(place, ..)| (order(kind, place), *place));
    let title = |id: &str| titles.get(id).cloned().unwrap_or_default();
    let about = |id: &str, cells: &Cells| {
        if is_list { title(id) } else { title(cells.get("case").and_then(Value::as_str).unwrap_or_default()) }
    };
    let text =
        |place: &str| Column { header: cells::header(&label(kind, list, place), place, Holds::Text), number: false };
    let mut columns = vec![text(ID)];
    let hint = |header: String| Column { header, number: false };
    let has_about = is_list || matches!(kind, Kind::Contact | Kind::Policy);
    let names_others = is_list && rows.all.iter().any(|(_, key, _)| !title(key).is_empty());
    columns.extend(has_about.then(|| hint(label(kind, "", ABOUT))));
    columns.extend(is_list.then(|| text(KEY)));
    columns.extend(names_others.then(|| hint(label(kind, list, ABOUT))));
    for (place, holds, count) in &places {
        let header = cells::header(&label(kind, list, place), place, *holds);
        columns.push(Column { header, number: *holds == Holds::Number });
        // What no cell of a spreadsheet can hold goes on in the columns beside it.
        let further = (1..*count).map(|_| cells::header("", MORE, Holds::Text));
        columns.extend(further.map(|header| Column { header, number: false }));
    }
    let row = |(id, key, cells): &(String, String, Cells)| {
        let mut row = vec![id.clone()];
        row.extend(has_about.then(|| about(id, cells)));
        row.extend(is_list.then(|| key.clone()));
        row.extend(names_others.then(|| title(key)));
        for (place, holds, count) in &places {
            let mut parts = cells.get(*place).map(|value| parts(&holds.cell(value))).unwrap_or_default();
            parts.resize(*count, String::new());
            row.extend(parts);
        }
        row
    };
    let table =
        Table { name: sheet_name(&label(kind, list, ""), &name), columns, rows: rows.all.iter().map(row).collect() };
    (name, table)
}

/// A cell's text in parts that a spreadsheet can hold; one at least.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut units = 0;
    for c in text.chars() {
        units += c.len_utf16();
        if units > MAX_PART {
            parts.push(String::new());
            units = c.len_utf16();
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

/// How many columns the longest cell of a place takes.
fn parts_of(rows: &Rows, place: &str, holds: Holds) -> usize {
    let cells = rows.all.iter().filter_map(|(_, _, cells)| cells.get(place)).map(|value| holds.cell(value));
    cells.filter(|cell| cell.len() > MAX_PART).map(|cell| parts(&cell).len()).max().unwrap_or(1)
}

/// What a sheet is called: what a person reads, and the plain name.
fn sheet_name(label: &str, name: &str) -> String {
    let label: String =
        label.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).collect();
    let room = MAX_NAME.saturating_sub(name.len() + 2);
    let label: String = label.chars().take(room).collect();
    if label.is_empty() { name.to_owned() } else { format!("{label}({name})") }
}

fn plain_name(sheet: &str) -> &str {
    sheet.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')).map_or(sheet, |(_, name)| name)
}

/// An export of everything that could be read.
#[derive(Debug, Default)]
pub struct Incoming {
    /// The file's or the folder's name.
    pub file: String,
    /// The desk that wrote it.
    pub(super) desk: Option<Id>,
    pub(super) records: Vec<Record>,
}

/// Reads a workbook, or a folder of CSV files.
///
/// # Errors
/// An [`EverythingError`] where anything of it cannot be read: nothing may be taken in then.
pub fn read(path: &Path) -> Result<Incoming, EverythingError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !path.is_dir() {
        return from_workbook(&name, table::read(path)?);
    }
    let first = path.join(format!("{FIRST}.csv"));
    if !first.is_file() {
        return Err(EverythingError::NotOurs { file: name });
    }
    let mut files = table::read(&first)?;
    let names: Vec<String> = named(files.first()).into_iter().map(|(name, _)| name).collect();
    for name in names {
        let file = path.join(format!("{name}.csv"));
        // A table without a file is told as one that misses its rows.
        if file.is_file() {
            files.extend(table::read(&file)?);
        }
    }
    from_files(&name, files)
}

/// Reads sheets of one workbook.
///
/// # Errors
/// As [`read`].
pub fn from_workbook(file: &str, sheets: Vec<Sheet>) -> Result<Incoming, EverythingError> {
    let named = sheets.into_iter().map(|sheet| (plain_name(&sheet.name).to_owned(), sheet));
    incoming(file, &named.collect::<Vec<_>>())
}

/// Reads tables of files of their own, the first one first.
///
/// # Errors
/// As [`read`].
pub fn from_files(folder: &str, files: Vec<Sheet>) -> Result<Incoming, EverythingError> {
    let name = |sheet: &Sheet| sheet.file.strip_suffix(".csv").unwrap_or(&sheet.file).to_owned();
    incoming(folder, &files.into_iter().map(|sheet| (name(&sheet), sheet)).collect::<Vec<_>>())
}

/// The tables that the first one names, with their rows. Only names that this program gives are followed.
fn named(first: Option<&Sheet>) -> Vec<(String, usize)> {
    let rows = first.map(|sheet| sheet.rows.as_slice()).unwrap_or_default();
    let ours = |name: &str| KINDS.iter().any(|kind| name.split('.').next() == Some(kind.name()));
    let safe = |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-' | b'.'));
    let named = rows.iter().skip(2).map(|row| (row.cell(0).to_owned(), row.cell(1).trim().parse().unwrap_or_default()));
    named.filter(|(name, _)| ours(name) && safe(name)).collect()
}

fn incoming(file: &str, tables: &[(String, Sheet)]) -> Result<Incoming, EverythingError> {
    let not_ours = || EverythingError::NotOurs { file: file.to_owned() };
    let first = tables.iter().find(|(name, _)| name == FIRST).map(|(_, sheet)| sheet).ok_or_else(not_ours)?;
    let version_row = first.rows.get(1).filter(|row| row.cell(0) == FORMAT).ok_or_else(not_ours)?;
    let desk = version_row.cell(2).trim().parse::<Id>().ok().filter(|desk| !desk.is_nil());
    let version: u64 = version_row.cell(1).trim().parse().map_err(|_| not_ours())?;
    if version > VERSION {
        return Err(EverythingError::Newer { file: file.to_owned(), version });
    }
    whole(first, version_row.cell(3).trim().parse().ok())?;
    let mut reading = Reading::default();
    for (name, expected) in named(Some(first)) {
        let sheet = tables.iter().find(|(known, _)| *known == name).map(|(_, sheet)| sheet);
        let found = sheet.map_or(0, |sheet| sheet.rows.len().saturating_sub(1));
        if found < expected {
            let file = sheet.map_or_else(|| format!("{file} [{name}]"), place);
            return Err(EverythingError::Missing { file, found, expected });
        }
        let (kind, list) = name.split_once('.').unwrap_or((&name, ""));
        let kind = KINDS.into_iter().find(|known| known.name() == kind);
        if let (Some(kind), Some(sheet)) = (kind, sheet.filter(|sheet| !sheet.rows.is_empty())) {
            reading.table(kind, list, sheet)?;
        }
    }
    Ok(Incoming { file: file.to_owned(), desk, records: reading.records })
}

/// Whether the first table itself has all its rows; files from before it told their number have it in none.
fn whole(first: &Sheet, tables: Option<usize>) -> Result<(), EverythingError> {
    if first.unended && first.delimited {
        let row = first.rows.last().map_or(1, |row| row.number);
        return Err(EverythingError::At { file: place(first), row, column: String::new(), fault: Fault::Cells });
    }
    let (found, expected) = (first.rows.len().saturating_sub(2), tables.unwrap_or_default());
    if found < expected {
        return Err(EverythingError::Missing { file: place(first), found, expected });
    }
    Ok(())
}

fn place(sheet: &Sheet) -> String {
    if sheet.name.is_empty() { sheet.file.clone() } else { format!("{} [{}]", sheet.file, sheet.name) }
}

#[derive(Default)]
struct Reading {
    records: Vec<Record>,
    by_key: BTreeMap<RecordKey, usize>,
}

/// The columns of a table that have a place.
struct Columns<'a> {
    file: String,
    headers: &'a Row,
    places: Vec<(usize, &'a str, Holds)>,
    /// How many columns behind each one go on with it.
    further: BTreeMap<usize, usize>,
}

impl Columns<'_> {
    fn fault(&self, row: &Row, column: usize, fault: Fault) -> EverythingError {
        let column = self.headers.cell(column).to_owned();
        EverythingError::At { file: self.file.clone(), row: row.number, column, fault }
    }

    /// The cells of a row by their places.
    fn cells(&self, row: &Row) -> Result<Cells, EverythingError> {
        let mut cells = Cells::new();
        for (column, place, holds) in self.places.iter().filter(|(column, ..)| !row.cell(*column).trim().is_empty()) {
            let further = self.further.get(column).copied().unwrap_or_default();
            let text: String = (*column..=column + further).map(|part| row.cell(part)).collect();
            let mut value = holds.value(&text).ok_or_else(|| self.fault(row, *column, Fault::Value))?;
            entered(&mut value);
            cells.insert((*place).to_owned(), value);
        }
        Ok(cells)
    }
}

/// Whether every row is whole and every cell a value.
fn shape(sheet: &Sheet, columns: &Columns<'_>) -> Result<(), EverythingError> {
    let at = |row: u32, fault| EverythingError::At { file: columns.file.clone(), row, column: String::new(), fault };
    if let Some(error) = sheet.errors.first() {
        let column = columns.headers.cell(error.column).to_owned();
        return Err(EverythingError::At { file: columns.file.clone(), row: error.row, column, fault: Fault::Formula });
    }
    let width = columns.headers.cells.len();
    if !sheet.delimited {
        let wide = sheet.rows.iter().find(|row| row.cells.len() > width);
        return wide.map_or(Ok(()), |row| Err(at(row.number, Fault::Cells)));
    }
    match sheet.rows.iter().find(|row| row.cells.len() != width) {
        Some(row) => Err(at(row.number, Fault::Cells)),
        None if sheet.unended => Err(at(sheet.rows.last().map_or(1, |row| row.number), Fault::Cells)),
        None => Ok(()),
    }
}

impl Reading {
    fn table(&mut self, kind: Kind, list: &str, sheet: &Sheet) -> Result<(), EverythingError> {
        let Some(headers) = sheet.rows.first() else { return Ok(()) };
        let named = headers.cells.iter().enumerate().filter_map(|(n, header)| {
            let (place, holds) = cells::place(header)?;
            Some((n, place, holds))
        });
        let mut further = BTreeMap::new();
        let mut places: Vec<(usize, &str, Holds)> = Vec::new();
        for (n, name, holds) in named {
            match places.last() {
                Some((last, ..)) if name == MORE => *further.entry(*last).or_insert(0) += 1,
                _ => places.push((n, name, holds)),
            }
        }
        let mut columns = Columns { file: place(sheet), headers, places, further };
        shape(sheet, &columns)?;
        let mut seen = BTreeSet::new();
        if let Some((n, ..)) = columns.places.iter().find(|(_, place, _)| !seen.insert(*place)) {
            let (row, column) = (headers.number, headers.cell(*n).to_owned());
            return Err(ImportError::new(&columns.file, Refusal::TwiceTheSameColumn { row, column }).into());
        }
        let mut take = |wanted: &str| {
            let at = columns.places.iter().position(|(_, place, _)| *place == wanted)?;
            Some(columns.places.remove(at).0)
        };
        let id = take(ID);
        let key = if list.is_empty() { Some(0) } else { take(KEY) };
        let (Some(id), Some(key)) = (id, key) else {
            return Err(columns.fault(headers, 0, Fault::Value));
        };
        for row in sheet.rows.iter().skip(1) {
            let parsed = row.cell(id).trim().parse::<Id>().ok().filter(|id| !id.is_nil());
            let record = RecordKey::new(kind, parsed.ok_or_else(|| columns.fault(row, id, Fault::Value))?);
            let cells = columns.cells(row)?;
            if list.is_empty() {
                if self.by_key.insert(record, self.records.len()).is_some() {
                    return Err(columns.fault(row, id, Fault::Twice));
                }
                let headers =
                    columns.places.iter().map(|(n, place, _)| ((*place).to_owned(), headers.cell(*n).to_owned()));
                self.records.push(Record {
                    key: record,
                    members: cells::together(cells),
                    place: (columns.file.clone(), row.number),
                    headers: headers.collect(),
                    entries: BTreeMap::new(),
                });
                continue;
            }
            let whose = self.by_key.get(&record).and_then(|n| self.records.get_mut(*n));
            let whose = whose.ok_or_else(|| columns.fault(row, id, Fault::Alone))?;
            let entry = row.cell(key).to_owned();
            let value = match cells.get(cells::VALUE) {
                Some(value) => value.clone(),
                None => Value::Object(cells::together(cells)),
            };
            let all = whose.members.entry(list).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(all) = all else { return Err(columns.fault(row, id, Fault::Value)) };
            if all.insert(entry.clone(), value).is_some() {
                return Err(columns.fault(row, key, Fault::Twice));
            }
            whose.entries.insert((list.to_owned(), entry), (columns.file.clone(), row.number));
        }
        Ok(())
    }
}
