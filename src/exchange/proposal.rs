//! 変更届 as an Excel sheet: what the directory holds of one office, with empty cells beside it for what is to change.
//! [`read`] reads it when it comes back. Makes no edits and knows no journal.
//!
//! The first two columns are hidden: the key of each row ([`Part`]) and the value when the sheet was made. Only the cells
//! to fill are open; the protection has no word, because it guards against slips and not against anybody.

use chrono::NaiveDate;
use rust_xlsxwriter::{DataValidation, Workbook, Worksheet, XlsxError};
use serde_json::json;

use super::ability;
use super::write::ExportError;
use crate::desk::codebook::{Codebook, label_key};
use crate::desk::date::format_era_long;
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::desk::operator::DeskProfile;
use crate::desk::proposal::{FIELDS, Part, STAFF_FIELDS, answer_of, present};
use crate::locale::Locale;

pub(super) use crate::desk::proposal::person_value;

pub(super) mod cells;
pub mod plan;
pub mod read;

use cells::{Looks, Place, height};

/// What stands in the first cell of such a sheet.
pub(super) const MARK: &str = "madoguchi-proposal 1";

/// The first column that is seen.
const FIRST: u16 = 2;
/// The last column.
const LAST: u16 = 9;
/// Widths of the columns from [`FIRST`] on, in characters of Excel.
const WIDTHS: [f64; 8] = [13.0, 14.0, 13.0, 14.0, 15.0, 8.0, 20.0, 8.0];
/// Empty rows for new people.
const NEW_ROWS: u32 = 5;
/// Half-width characters that 今の内容 and 変更後 have room for.
const NOW_CELLS: u16 = 40;

/// Who sends the sheet out, and when.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    /// The desk.
    pub desk: &'a DeskProfile,
    /// The desk's identity.
    pub desk_id: Id,
    /// The day.
    pub on: NaiveDate,
    /// The words of the sheet: of the language of those who fill it in.
    pub words: &'a Locale,
    /// The code lists in force.
    pub codebook: &'a Codebook,
}

impl Sender<'_> {
    /// The label of a code.
    pub fn code(&self, list: &str, code: &str) -> String {
        let own = self.codebook.label(list, code).map(str::to_owned);
        own.unwrap_or_else(|| self.words.t(&label_key(list, code)).into_owned())
    }

    /// The desk with its numbers, in one line.
    pub(super) fn desk_line(&self) -> String {
        let word = |key: &str, number: &str| {
            if number.is_empty() { String::new() } else { format!("{} {number}", self.words.t(key)) }
        };
        let parts = [
            self.desk.name.clone(),
            word("field-office-phone", &self.desk.phone),
            word("field-office-fax", &self.desk.fax),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
    }
}

pub(super) fn failed(error: &XlsxError) -> ExportError {
    ExportError::Failed(error.to_string())
}

/// The name of the file for an office: signs that a file's name cannot have are left out.
pub fn file_name(head: &str, office: &Office) -> String {
    let name: String = office.name.chars().filter(|c| !c.is_control() && !r#"/\:*?"<>|.,;'"#.contains(*c)).collect();
    let short: String = name.trim().chars().take(60).collect();
    format!("{head}_{short}.xlsx")
}

/// The sheet of one office.
///
/// # Errors
/// An [`ExportError`] where Excel cannot hold it.
pub fn sheet(id: Id, office: &Office, sender: &Sender<'_>) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, id, office, sender).map_err(|error| failed(&error))?;
    book.save_to_buffer().map_err(|error| failed(&error))
}

fn fill(sheet: &mut Worksheet, id: Id, office: &Office, sender: &Sender<'_>) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let words = sender.words;
    let (title, lead) = (words.t("proposal-sheet-title"), words.t("proposal-sheet-lead"));
    sheet.set_name(&*title)?;
    cells::page(sheet, &WIDTHS, FIRST)?;
    let mark = json!({ "office": id, "made": sender.on, "desk": sender.desk_id });
    sheet.write_string(0, 0, MARK)?.write_string(0, 1, mark.to_string())?;
    cells::wide(sheet, 0, (FIRST, LAST), &title, &looks.title)?;
    cells::wide(sheet, 1, (FIRST, LAST), &lead, &looks.text)?;
    sheet.set_row_height(1, height(&lead, 105))?;
    let whose = words.f("proposal-sheet-whose", &[("name", &office.name), ("day", &format_era_long(sender.on))]);
    cells::wide(sheet, 2, (FIRST, LAST), &whose, &looks.strong)?;
    let back = words.f("proposal-sheet-back", &[("desk", &sender.desk_line())]);
    cells::wide(sheet, 3, (FIRST, LAST), &back, &looks.text)?;
    sheet.set_row_height(0, 30)?.set_row_height(2, 22)?.set_row_height(4, 24)?;
    filled_by(sheet, 4, sender, &looks)?;
    let mut row = fields(sheet, 6, office, sender, &looks)?;
    row = people(sheet, row + 1, office, sender, &looks)?;
    row = able(sheet, row + 1, office, sender, &looks)?;
    sheet.set_print_area(0, FIRST, row, LAST)?;
    Ok(())
}

/// Who filled it in and when, and the mark that everything still holds.
fn filled_by(sheet: &mut Worksheet, row: u32, sender: &Sender<'_>, looks: &Looks) -> Result<(), XlsxError> {
    let words = sender.words;
    sheet.write_string(row, 0, "@filled")?;
    cells::wide(sheet, row, (2, 3), &words.t("proposal-sheet-unchanged"), &looks.label)?;
    sheet.write_string_with_format(row, 4, "", &looks.open)?;
    sheet.add_data_validation(row, 4, row, 4, &DataValidation::new().allow_list_strings(&[cells::TICK])?)?;
    sheet.write_string_with_format(row, 5, words.t("proposal-sheet-who"), &looks.label)?;
    sheet.write_string_with_format(row, 6, "", &looks.open)?;
    sheet.write_string_with_format(row, 7, words.t("proposal-sheet-when"), &looks.label)?;
    cells::wide(sheet, row, (8, 9), "", &looks.open)
}

fn fields(
    sheet: &mut Worksheet,
    mut row: u32,
    office: &Office,
    sender: &Sender<'_>,
    looks: &Looks,
) -> Result<u32, XlsxError> {
    let words = sender.words;
    sheet.write_string(row, 0, "@fields")?;
    let head = [((2, 3), "proposal-sheet-item"), ((4, 6), "proposal-sheet-now"), ((7, 9), "proposal-sheet-after")];
    for (place, key) in head {
        cells::wide(sheet, row, place, &words.t(key), &looks.head)?;
    }
    for member in FIELDS {
        row += 1;
        let part = Part::Office(member);
        let now = present(office, &part);
        let shown = if member == "accepting" { ability::accepting_cell(&now) } else { now.clone() };
        let label = words.t(&format!("field-office-{}", member.replace('_', "-"))).into_owned();
        sheet.write_string(row, 0, part.to_string())?.write_string(row, 1, &now)?;
        cells::wide(sheet, row, (2, 3), &label, &looks.label)?;
        cells::wide(sheet, row, (4, 6), &shown, &looks.now)?;
        cells::wide(sheet, row, (7, 9), "", &looks.open)?;
        sheet.set_row_height(row, height(&shown, NOW_CELLS))?;
        let hint = match member {
            "accepting" => Some(DataValidation::new().allow_list_strings(&cells::ANSWERS)?),
            "phone" | "fax" => Some(cells::hint(&words.t("proposal-sheet-hint-phone"))?),
            "accepting_until" => Some(cells::hint(&words.t("proposal-sheet-hint-day"))?),
            _ => None,
        };
        if let Some(hint) = hint {
            sheet.add_data_validation(row, 7, row, 7, &hint)?;
        }
    }
    Ok(row + 1)
}

/// The table of people: theirs are typed over where they stand; the last column says who has left.
fn people(
    sheet: &mut Worksheet,
    mut row: u32,
    office: &Office,
    sender: &Sender<'_>,
    looks: &Looks,
) -> Result<u32, XlsxError> {
    let words = sender.words;
    cells::wide(sheet, row, (FIRST, LAST), &words.t("proposal-sheet-people"), &looks.text)?;
    sheet.set_row_height(row, height(&words.t("proposal-sheet-people"), 105))?;
    row += 1;
    sheet.write_string(row, 0, "@people")?;
    for (column, member) in (FIRST..).zip(STAFF_FIELDS) {
        sheet.write_string_with_format(row, column, words.t(&format!("field-staff-{member}")), &looks.head)?;
    }
    sheet.write_string_with_format(row, LAST, words.t("proposal-sheet-left"), &looks.head)?;
    let empty = Staff::default();
    let there = office.present_staff();
    let rows = there.into_iter().map(|(id, person)| (Some(id), person));
    let new = std::iter::repeat_n((None, &empty), usize::try_from(NEW_ROWS).unwrap_or_default());
    for (id, person) in rows.chain(new) {
        row += 1;
        let values = STAFF_FIELDS.map(|member| person_value(person, member));
        let key = id.map_or_else(|| "@new".to_owned(), |id| format!("@person {id}"));
        sheet.write_string(row, 0, key)?;
        if id.is_some() {
            sheet.write_string(row, 1, json!(values).to_string())?;
        }
        for (column, value) in (FIRST..).zip(&values) {
            sheet.write_string_with_format(row, column, value, &looks.open)?;
        }
        let longest = values.iter().map(|value| height(value, 12)).fold(0.0, f64::max);
        sheet.set_row_height(row, longest.max(24.0))?;
        sheet.write_string_with_format(row, LAST, "", &looks.open)?;
        if id.is_some() {
            let left = words.t("proposal-sheet-left").into_owned();
            sheet.add_data_validation(row, LAST, row, LAST, &DataValidation::new().allow_list_strings(&[left])?)?;
        }
    }
    Ok(row + 1)
}

fn able(
    sheet: &mut Worksheet,
    mut row: u32,
    office: &Office,
    sender: &Sender<'_>,
    looks: &Looks,
) -> Result<u32, XlsxError> {
    let words = sender.words;
    let head = row;
    sheet.write_string(row, 0, "@able")?;
    let heads =
        [((2, 5), "field-office-capabilities"), ((6, 6), "proposal-sheet-now"), ((7, 9), "proposal-sheet-after")];
    for (place, key) in heads {
        cells::wide(sheet, row, place, &words.t(key), &looks.head)?;
    }
    let offered = sender.codebook.entries("capability").iter();
    for entry in offered.filter(|entry| entry.valid_on(sender.on)) {
        row += 1;
        let part = Part::Able(entry.code.clone());
        let now = present(office, &part);
        sheet.write_string(row, 0, part.to_string())?.write_string(row, 1, &now)?;
        sheet.set_row_height(row, 22)?;
        cells::wide(sheet, row, (2, 5), &sender.code("capability", &entry.code), &looks.label)?;
        sheet.write_string_with_format(row, 6, ability::word(answer_of(&now)), &looks.now)?;
        cells::wide(sheet, row, (7, 9), "", &looks.open)?;
        sheet.add_data_validation(row, 7, row, 7, &DataValidation::new().allow_list_strings(&cells::ANSWERS)?)?;
    }
    // The abilities are one list: on a page of their own where the sheet is printed.
    sheet.set_page_breaks(&[head])?;
    Ok(row)
}

/// Where something stands on a sheet.
pub(super) fn place(file: &str, sheet: &str, row: u32, column: usize) -> Place {
    Place { file: file.to_owned(), sheet: sheet.to_owned(), cell: cells::name(row, column) }
}

#[cfg(test)]
mod tests;
