//! アンケート as Excel: a sheet for one office, or one table with a row an office; and its results. [`read`] reads what comes
//! back, [`plan`] says what it leads to. Makes no edits and knows no journal.
//!
//! The first two columns are hidden, as on a 変更届: the key of each row, and what it belongs to.

use rust_xlsxwriter::{DataValidation, Workbook, Worksheet, XlsxError};
use serde_json::json;

use super::proposal::cells::{self, Looks, height};
use super::proposal::{Sender, failed};
use super::write::ExportError;
use crate::desk::date::format_era_long;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::survey::{Asked, Survey};

pub mod plan;
pub mod read;
pub mod report;

/// What stands in the first cell of a sheet for one office.
pub(super) const MARK: &str = "madoguchi-survey 1";
/// What stands in the first cell of the table of all offices.
pub(super) const LIST_MARK: &str = "madoguchi-survey-list 1";

/// Widths of the columns that are seen of a sheet for one office, in characters of Excel.
const WIDTHS: [f64; 3] = [5.0, 62.0, 34.0];
/// The first column that is seen, and the one of the answers.
const FIRST: u16 = 2;
const ANSWER: u16 = 4;

/// Characters of Excel that stand on a lying A4 page so large that they can be read and filled in by hand.
const READABLE: f64 = 130.0;

/// How wide the column of a question is: 要相談 has room under its head, a text of one's own has more.
fn width_of(asked: &Asked<'_>) -> f64 {
    match asked {
        Asked::Able(_) | Asked::Accepting => 10.0,
        Asked::Own(question) if question.choices.is_empty() => 26.0,
        Asked::Own(_) => 16.0,
    }
}

/// How many lying A4 pages beside each other columns of these widths take, the first two on each of them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 20")]
fn pages_wide(widths: &[f64]) -> u16 {
    let (whose, questions) = widths.split_at(widths.len().min(2));
    let room = READABLE - whose.iter().sum::<f64>();
    (questions.iter().sum::<f64>() / room.max(1.0)).ceil().clamp(1.0, 20.0) as u16
}

/// A width in whole characters.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the widths of this file are small")]
const fn whole(width: f64) -> u16 {
    width as u16
}

/// What a question is called.
pub fn title(asked: &Asked<'_>, sender: &Sender<'_>) -> String {
    match asked {
        Asked::Able(code) => sender.code("capability", code),
        Asked::Accepting => sender.words.t("field-office-accepting").into_owned(),
        Asked::Own(question) => question.text.clone(),
    }
}

/// The answers to choose from, as a list of the cell. Excel holds 255 characters of it, and parts it by commas: a longer
/// one stands in the question only.
fn choices(asked: &Asked<'_>) -> Option<DataValidation> {
    match asked {
        Asked::Able(_) | Asked::Accepting => DataValidation::new().allow_list_strings(&cells::ANSWERS).ok(),
        Asked::Own(question) if question.choices.is_empty() => None,
        Asked::Own(question) if question.choices.iter().any(|choice| choice.contains(',')) => None,
        Asked::Own(question) => DataValidation::new().allow_list_strings(&question.choices).ok(),
    }
}

fn question_text(asked: &Asked<'_>, sender: &Sender<'_>) -> String {
    let title = title(asked, sender);
    match asked {
        Asked::Own(question) if !question.choices.is_empty() => format!("{title} ({})", question.choices.join(" / ")),
        Asked::Own(_) | Asked::Able(_) | Asked::Accepting => title,
    }
}

/// The sheet for one office.
///
/// # Errors
/// An [`ExportError`] where Excel cannot hold it.
pub fn sheet(survey: (Id, &Survey), office: (Id, &Office), sender: &Sender<'_>) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), survey, office, sender).map_err(|error| failed(&error))?;
    book.save_to_buffer().map_err(|error| failed(&error))
}

fn fill(
    sheet: &mut Worksheet,
    (id, survey): (Id, &Survey),
    (office_id, office): (Id, &Office),
    sender: &Sender<'_>,
) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let words = sender.words;
    sheet.set_name(&*words.t("survey-sheet-title"))?;
    cells::page(sheet, &WIDTHS, FIRST)?;
    sheet.write_string(0, 0, MARK)?.write_string(0, 1, json!({ "survey": id, "office": office_id }).to_string())?;
    cells::wide(sheet, 0, (FIRST, ANSWER), &survey.name, &looks.title)?;
    sheet.write_string(1, 0, "@whose")?;
    let whose = words.f("survey-sheet-whose", &[("name", &office.name)]);
    cells::wide(sheet, 1, (FIRST, ANSWER), &whose, &looks.strong)?;
    let cover = if survey.cover.is_empty() { words.t("survey-sheet-cover").into_owned() } else { survey.cover.clone() };
    cells::wide(sheet, 2, (FIRST, ANSWER), &cover, &looks.text)?;
    sheet.set_row_height(2, height(&cover, 96))?;
    let due = survey.due.map(|due| words.f("survey-sheet-due", &[("day", &format_era_long(due))]).into_owned());
    cells::wide(sheet, 3, (FIRST, ANSWER), &due.unwrap_or_default(), &looks.strong)?;
    let back = words.f("proposal-sheet-back", &[("desk", &sender.desk_line())]);
    cells::wide(sheet, 4, (FIRST, ANSWER), &back, &looks.text)?;
    for (row, key, tag) in [(5, "proposal-sheet-who", "@who"), (6, "proposal-sheet-when", "@when")] {
        sheet.write_string(row, 0, tag)?;
        cells::wide(sheet, row, (FIRST, FIRST + 1), &words.t(key), &looks.label)?;
        sheet.write_string_with_format(row, ANSWER, "", &looks.open)?;
    }
    for (row, height) in [(0, 30), (1, 22), (3, 22), (5, 22), (6, 22)] {
        sheet.set_row_height(row, height)?;
    }
    sheet.write_string(8, 0, "@questions")?;
    let heads = ["survey-sheet-number", "survey-sheet-question", "survey-sheet-answer"];
    for (column, key) in (FIRST..).zip(heads) {
        sheet.write_string_with_format(8, column, words.t(key), &looks.head)?;
    }
    let mut row = 8;
    for (number, (key, asked)) in survey.keys().into_iter().enumerate() {
        row += 1;
        let text = question_text(&asked, sender);
        sheet.write_string(row, 0, key)?;
        sheet.write_string_with_format(row, FIRST, (number + 1).to_string(), &looks.label)?;
        sheet.write_string_with_format(row, FIRST + 1, &text, &looks.label)?;
        sheet.write_string_with_format(row, ANSWER, "", &looks.open)?;
        let free = matches!(asked, Asked::Own(question) if question.choices.is_empty());
        sheet.set_row_height(row, height(&text, 60).max(if free { 50.0 } else { 22.0 }))?;
        if let Some(list) = choices(&asked) {
            sheet.add_data_validation(row, ANSWER, row, ANSWER, &list)?;
        }
    }
    sheet.set_print_area(0, FIRST, row, ANSWER)?;
    Ok(())
}

/// One table with a row an office.
///
/// # Errors
/// An [`ExportError`] where Excel cannot hold it.
pub fn list(survey: (Id, &Survey), offices: &[(Id, &Office)], sender: &Sender<'_>) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    fill_list(book.add_worksheet(), survey, offices, sender).map_err(|error| failed(&error))?;
    book.save_to_buffer().map_err(|error| failed(&error))
}

fn fill_list(
    sheet: &mut Worksheet,
    (id, survey): (Id, &Survey),
    offices: &[(Id, &Office)],
    sender: &Sender<'_>,
) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let words = sender.words;
    let keys = survey.keys();
    let widths: Vec<f64> =
        [30.0, 15.0].into_iter().chain(keys.iter().map(|(_, asked)| width_of(asked))).chain([12.0]).collect();
    sheet.set_name(&*words.t("survey-sheet-title"))?;
    cells::page(sheet, &widths, FIRST)?;
    // As many sheets of paper beside each other as it takes to read it; the offices stand on each.
    sheet.set_landscape().set_print_fit_to_pages(pages_wide(&widths), 0).set_repeat_columns(FIRST, FIRST + 1)?;
    sheet.write_string(0, 0, LIST_MARK)?.write_string(0, 1, json!({ "survey": id }).to_string())?;
    sheet.set_row_hidden(0)?;
    let lead = words.f("survey-sheet-list-lead", &[("name", &survey.name), ("desk", &sender.desk_line())]);
    sheet.write_string_with_format(1, FIRST, &*lead, &looks.title.clone().set_font_size(12))?;
    let mut heads = vec![
        ("@name".to_owned(), words.t("field-office-name").into_owned(), None),
        ("@phone".to_owned(), words.t("field-office-phone").into_owned(), None),
    ];
    heads.extend(keys.iter().map(|(key, asked)| (key.clone(), question_text(asked, sender), choices(asked))));
    heads.push(("@when".to_owned(), words.t("proposal-sheet-when").into_owned(), None));
    let last = u32::try_from(offices.len()).unwrap_or(u32::MAX).saturating_add(2);
    let mut tall = 24.0_f64;
    for (column, (key, head, list)) in (FIRST..).zip(&heads) {
        sheet.write_string(0, column, key)?.write_string_with_format(2, column, head, &looks.head)?;
        let place = usize::from(column.saturating_sub(FIRST));
        tall = tall.max(height(head, widths.get(place).map_or(15, |width| whole(*width) - 1)));
        if let Some(list) = list.as_ref().filter(|_| last > 2) {
            sheet.add_data_validation(3, column, last, column, list)?;
        }
    }
    sheet.set_row_height(2, tall)?;
    for (row, (office_id, office)) in (3..).zip(offices) {
        sheet.write_string(row, 0, office_id.to_string())?;
        sheet.write_string_with_format(row, FIRST, &office.name, &looks.now)?;
        sheet.write_string_with_format(row, FIRST + 1, &office.phone, &looks.now)?;
        for (column, _) in (FIRST..).zip(&heads).skip(2) {
            sheet.write_string_with_format(row, column, "", &looks.open)?;
        }
        sheet.set_row_height(row, height(&office.name, 30).max(22.0))?;
    }
    sheet.set_freeze_panes(3, FIRST + 2)?.set_repeat_rows(2, 2)?;
    Ok(())
}

#[cfg(test)]
mod tests;
