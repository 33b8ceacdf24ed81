//! Sheets of an アンケート that came back, for one office or as a table. Knows no directory and no survey: what the answers
//! mean is for [`super::plan`] to say.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{LIST_MARK, MARK};
use crate::desk::date;
use crate::desk::id::Id;
use crate::exchange::clean;
use crate::exchange::error::{ImportError, Refusal};
use crate::exchange::proposal::cells::{Form, Place};
use crate::exchange::proposal::place;
use crate::exchange::proposal::read::{bytes, workbook_of};
use crate::exchange::table::{Row, Sheet};
use crate::locale::Locale;

/// Files of one folder that are read at most.
pub const MAX_FILES: usize = 10_000;

/// What one office wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// The file, the sheet, and the row's first cell in a table.
    pub at: Place,
    /// The survey.
    pub survey: Option<Id>,
    /// The office; none where the key is lost.
    pub office: Option<Id>,
    /// The office's name, where it stands there.
    pub name: String,
    /// Its number.
    pub phone: String,
    /// The day that was written.
    pub on: Option<NaiveDate>,
    /// The answers as they were written, by the key of their question.
    pub answers: Vec<(String, String, Place)>,
}

/// The files that are meant: of a folder the workbooks in it, in the order of their names.
///
/// # Errors
/// An [`ImportError`] where a folder does not read, has no workbook, or more than [`MAX_FILES`].
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ImportError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let unreadable =
            |e: &std::io::Error| ImportError::new(&name, Refusal::Unreadable { why: e.kind().to_string() });
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(|e| unreadable(&e))? {
            let file = entry.map_err(|e| unreadable(&e))?.path();
            let called = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
            // ~$ is what Excel leaves beside a workbook that is open.
            let workbook = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
            if workbook && !called.starts_with("~$") && !called.starts_with('.') {
                inside.push(file);
            }
        }
        if inside.is_empty() {
            return Err(ImportError::new(name, Refusal::NoSurvey));
        }
        inside.sort();
        files.extend(inside);
    }
    if files.len() > MAX_FILES {
        return Err(ImportError::new("", Refusal::TooManyRows { limit: MAX_FILES }));
    }
    Ok(files)
}

/// What stands in a file; `words` are those that it was made with.
///
/// # Errors
/// An [`ImportError`] where it does not read, or no sheet of it is an アンケート.
pub fn file(path: &Path, words: &Locale, today: NaiveDate) -> Result<Vec<Filled>, ImportError> {
    let (name, bytes) = bytes(path)?;
    from_bytes(&name, &bytes, words, today)
}

/// The same for a file that is in memory.
///
/// # Errors
/// As [`file()`].
pub fn from_bytes(name: &str, bytes: &[u8], words: &Locale, today: NaiveDate) -> Result<Vec<Filled>, ImportError> {
    let mut found = Vec::new();
    let mut any = false;
    for sheet in workbook_of(name, bytes, Refusal::NoSurvey)? {
        let one = Form::of(&sheet, MARK);
        if survey(&one).is_some() {
            any = true;
            found.push(of_office(&one, name, words, today));
            continue;
        }
        let list = Form::of(&sheet, LIST_MARK);
        if survey(&list).is_some() {
            any = true;
            of_list(&list, name, today, &mut found);
        }
    }
    if any { Ok(found) } else { Err(ImportError::new(name, Refusal::NoSurvey)) }
}

fn survey(form: &Form<'_>) -> Option<Id> {
    form.about.get("survey")?.as_str()?.parse().ok()
}

fn day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    date::parse(&clean::line(text), today).ok().map(|parsed| parsed.date).filter(|day| *day <= today)
}

/// The sheet of one office: every row with the key of a question has its answer right of the question.
fn of_office(form: &Form<'_>, file: &str, words: &Locale, today: NaiveDate) -> Filled {
    let sheet: &Sheet = form.sheet;
    let head = sheet.rows.iter().find(|row| form.key(row) == "@questions");
    let column = head.and_then(|row| form.column(row, &words.t("survey-sheet-answer")));
    let column = column.or_else(|| form.keys.map(|keys| keys + 4)).unwrap_or_default();
    let mut filled = Filled {
        at: Place { file: file.to_owned(), sheet: sheet.name.clone(), cell: String::new() },
        survey: survey(form),
        office: form.about.get("office").and_then(serde_json::Value::as_str).and_then(|id| id.parse().ok()),
        name: String::new(),
        phone: String::new(),
        on: None,
        answers: Vec::new(),
    };
    for row in &sheet.rows {
        let (key, text) = (form.key(row), clean::lines(row.cell(column)));
        match key {
            "@when" => filled.on = day(&text, today),
            "" | "@whose" | "@who" | "@questions" => {}
            key if text.is_empty() || !is_question(key) => {}
            key => filled.answers.push((key.to_owned(), text, place(file, &sheet.name, row.number, column))),
        }
    }
    filled
}

fn is_question(key: &str) -> bool {
    key.starts_with("able.") || key.starts_with("own.") || key == crate::desk::survey::ACCEPTING
}

/// The table of all offices: the keys of the columns stand in the row of the mark.
fn of_list(form: &Form<'_>, file: &str, today: NaiveDate, found: &mut Vec<Filled>) {
    let sheet = form.sheet;
    let mut rows = sheet.rows.iter();
    let Some(keys) = rows.by_ref().find(|row| form.key(row) == LIST_MARK) else { return };
    let at = |name: &str| keys.cells.iter().position(|cell| cell.trim() == name);
    let (name, phone, when) = (at("@name"), at("@phone"), at("@when"));
    let cell = |row: &Row, column: Option<usize>| column.map(|c| clean::line(row.cell(c))).unwrap_or_default();
    for row in rows {
        let office: Option<Id> = form.key(row).parse().ok();
        let answers: Vec<(String, String, Place)> = keys
            .cells
            .iter()
            .enumerate()
            .filter(|(_, key)| is_question(key.trim()))
            .map(|(column, key)| {
                let at = place(file, &sheet.name, row.number, column);
                (key.trim().to_owned(), clean::lines(row.cell(column)), at)
            })
            .filter(|(_, text, _)| !text.is_empty())
            .collect();
        // The heads have no key and stand above the first office; a row without an answer is an office that has not answered.
        if answers.is_empty() || (office.is_none() && form.column(row, "名称").is_some()) {
            continue;
        }
        let (name, phone) = (cell(row, name), cell(row, phone));
        let on = day(&cell(row, when), today);
        let first = form.keys.map_or(0, |keys| keys + 2);
        let at = place(file, &sheet.name, row.number, first);
        found.push(Filled { at, survey: survey(form), office, name, phone, on, answers });
    }
}
