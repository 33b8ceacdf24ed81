//! What came back of an アンケート, as Excel: the rate by kind and area, the answers to each question, who is missing.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::title;
use crate::desk::codebook::Codebook;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::survey::{Asked, Rate, Survey};
use crate::exchange::ability;
use crate::exchange::proposal::{Sender, failed};
use crate::exchange::write::{Column, ExportError, Table};
use crate::locale::Locale;
use crate::print::edition::code;

/// The workbook with three sheets.
///
/// # Errors
/// An [`ExportError`] where Excel cannot hold it.
pub fn workbook<'o>(
    survey: &Survey,
    office: &dyn Fn(Id) -> Option<&'o Office>,
    sender: &Sender<'_>,
) -> Result<Vec<u8>, ExportError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let about = About { survey, office, sender, bold };
    let filled = rates(book.add_worksheet(), &about)
        .and_then(|()| results(book.add_worksheet(), &about))
        .and_then(|()| missing(book.add_worksheet(), &about));
    filled.map_err(|error| failed(&error))?;
    book.save_to_buffer().map_err(|error| failed(&error))
}

/// Who has not answered, as a table for a file: enough to call or fax them.
pub fn missing_table(missing: &[&Office], words: &Locale, codebook: &Codebook) -> Table {
    let heads = ["name", "department", "kind", "area", "phone", "extension", "fax", "best-time", "how-to-contact"];
    let head = |name: &str| Column { header: words.t(&format!("field-office-{name}")).into_owned(), number: false };
    let row = |office: &&Office| {
        let kind =
            if office.kind.is_empty() { String::new() } else { code(words, codebook, "office-kind", &office.kind) };
        vec![
            office.name.clone(),
            office.department.clone(),
            kind,
            office.area.clone(),
            office.phone.clone(),
            office.extension.clone(),
            office.fax.clone(),
            office.best_time.clone(),
            office.how_to_contact.clone(),
        ]
    };
    Table {
        name: words.t("survey-report-missing").into_owned(),
        columns: heads.into_iter().map(head).collect(),
        rows: missing.iter().map(row).collect(),
    }
}

struct About<'a, 'o> {
    survey: &'a Survey,
    office: &'a dyn Fn(Id) -> Option<&'o Office>,
    sender: &'a Sender<'a>,
    bold: Format,
}

/// The label of an answer.
pub fn answer_label(answer: &str, asked: &Asked<'_>, sender: &Sender<'_>) -> String {
    match asked {
        _ if answer.is_empty() => sender.words.t("survey-no-answer").into_owned(),
        Asked::Able(_) | Asked::Accepting => ability::accepting_cell(answer),
        Asked::Own(_) => answer.to_owned(),
    }
}

fn head(sheet: &mut Worksheet, name: &str, keys: &[&str], about: &About<'_, '_>) -> Result<(), XlsxError> {
    let words = about.sender.words;
    sheet.set_name(&*words.t(name))?;
    sheet.write_string_with_format(0, 0, &about.survey.name, &about.bold)?;
    for (column, key) in (0..).zip(keys) {
        sheet.write_string_with_format(2, column, words.t(key), &about.bold)?;
        sheet.set_column_width(column, if column < 2 { 32.0 } else { 16.0 })?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(3, 0)?;
    Ok(())
}

fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::INFINITY, f64::from)
}

fn rates(sheet: &mut Worksheet, about: &About<'_, '_>) -> Result<(), XlsxError> {
    let keys = [
        "survey-column-by",
        "survey-column-group",
        "survey-column-asked",
        "survey-column-answered",
        "survey-column-rate",
    ];
    head(sheet, "survey-report-rates", &keys, about)?;
    let words = about.sender.words;
    let kind = |id: Id| (about.office)(id).map(|office| office.kind.clone()).unwrap_or_default();
    let area = |id: Id| (about.office)(id).map(|office| office.area.clone()).unwrap_or_default();
    let all = words.t("survey-all").into_owned();
    let mut lines: Vec<(String, String, Rate)> = vec![(all, String::new(), about.survey.rate_of_all())];
    let by_kind = about.survey.rates_by(kind).into_iter().map(|(code, rate)| {
        let label = if code.is_empty() { String::new() } else { about.sender.code("office-kind", &code) };
        (words.t("field-office-kind").into_owned(), label, rate)
    });
    lines.extend(by_kind);
    let by_area = about.survey.rates_by(area).into_iter();
    lines.extend(by_area.map(|(area, rate)| (words.t("field-office-area").into_owned(), area, rate)));
    for (row, (by, group, rate)) in (3..).zip(lines) {
        sheet.write_string(row, 0, by)?.write_string(row, 1, group)?;
        sheet.write_number(row, 2, number(rate.asked))?.write_number(row, 3, number(rate.answered))?;
        let percent = rate.percent().map_or_else(String::new, |percent| format!("{percent}%"));
        sheet.write_string(row, 4, percent)?;
    }
    Ok(())
}

fn results(sheet: &mut Worksheet, about: &About<'_, '_>) -> Result<(), XlsxError> {
    let keys = ["survey-sheet-question", "survey-sheet-answer", "survey-column-count", "survey-column-percent"];
    head(sheet, "survey-report-results", &keys, about)?;
    let answered = about.survey.returned.len();
    let mut row = 3;
    for (key, asked) in about.survey.keys() {
        for (answer, count) in about.survey.results(&key, &asked) {
            sheet.write_string(row, 0, title(&asked, about.sender))?;
            sheet.write_string(row, 1, answer_label(&answer, &asked, about.sender))?;
            sheet.write_number(row, 2, number(count))?;
            let percent = Rate { asked: answered, answered: count }.percent();
            sheet.write_string(row, 3, percent.map_or_else(String::new, |percent| format!("{percent}%")))?;
            row += 1;
        }
    }
    Ok(())
}

fn missing(sheet: &mut Worksheet, about: &About<'_, '_>) -> Result<(), XlsxError> {
    let keys =
        ["field-office-name", "field-office-kind", "field-office-area", "field-office-phone", "field-office-fax"];
    head(sheet, "survey-report-missing", &keys, about)?;
    let offices = about.survey.missing().into_iter().filter_map(about.office);
    for (row, office) in (3..).zip(offices) {
        let kind = if office.kind.is_empty() { String::new() } else { about.sender.code("office-kind", &office.kind) };
        let cells = [&office.name, &kind, &office.area, &office.phone, &office.fax];
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(())
}
