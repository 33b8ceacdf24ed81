//! `madoguchi activity export`.

use std::path::Path;

use serde_json::json;

use super::{Cx, Desk, Exit, Failure, wrong};
use crate::desk::access::{Access, Details};
use crate::desk::say::Say;
use crate::exchange::text::Twins;
use crate::exchange::write::{ExportError, Format, Table, book, csv_cp932, csv_utf8};
use crate::runtime::private;

/// Which table a file with one table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// One row an activity.
    Activities,
    /// One row a month.
    Months,
    /// One row a way in which callers found the desk.
    Routes,
}

/// The part of this name.
pub(super) fn part(text: &str) -> Result<Part, &'static str> {
    match text {
        "activities" => Ok(Part::Activities),
        "months" => Ok(Part::Months),
        "routes" => Ok(Part::Routes),
        // Never shown: `refuse` says it in the reader's language.
        _ => Err("activities, months, routes"),
    }
}

/// The form that a file's name asks for.
pub(super) fn format_of(file: &Path, cp932: bool) -> Result<Format, Failure> {
    match Format::of_name(&file.to_string_lossy()) {
        Some(Format::CsvUtf8) if cp932 => Ok(Format::CsvCp932),
        Some(_) if cp932 => Err(wrong(Say::new("edition-cp932-only-csv"))),
        Some(format) => Ok(format),
        None => Err(wrong(Say::new("cli-activity-no-such-form"))),
    }
}

fn bytes(format: Format, part: &Table, all: &[Table]) -> Result<Vec<u8>, ExportError> {
    let one = [part];
    match format {
        Format::Xlsx => book(all),
        Format::CsvUtf8 => csv_utf8(part),
        Format::CsvCp932 => csv_cp932(&one, Twins::Refuse).map(|files| files.concat()),
        Format::CsvCp932Similar => csv_cp932(&one, Twins::Write).map(|files| files.concat()),
        Format::Json => {
            let heads: Vec<&str> = part.columns.iter().map(|column| column.header.as_str()).collect();
            let row = |row: &Vec<String>| {
                let members = heads.iter().zip(row).map(|(head, cell)| ((*head).to_owned(), json!(cell)));
                serde_json::Value::Object(members.collect())
            };
            let rows: Vec<serde_json::Value> = part.rows.iter().map(row).collect();
            serde_json::to_vec_pretty(&rows).map_err(|error| ExportError::Failed(error.to_string()))
        }
    }
}

/// Writes the file.
pub(super) fn run(
    (file, format, part): (&Path, Format, Part),
    tables: &[Table; 3],
    desk: &mut Desk,
    cx: &mut Cx<'_>,
) -> Result<(), Failure> {
    let [activities, months, routes] = tables;
    let one = match part {
        Part::Activities => activities,
        Part::Months => months,
        Part::Routes => routes,
    };
    let bytes = bytes(format, one, tables).map_err(|error| Failure { exit: Exit::Failed, says: error.says() })?;
    let target = desk.paper(file)?;
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let count = u64::try_from(activities.rows.len()).ok();
    // Noted before it is written: what left the desk must not be missing in the log.
    let details = Details { task: "activity".to_owned(), file: name, count, ..Details::default() };
    desk.look(Access::Export, None, details, cx);
    private::write(&target, &bytes).map_err(|error| {
        let say = Say::new("print-not-written").with("file", target.display().to_string());
        Failure::new(Exit::Failed, say.with("why", error.kind().to_string()))
    })?;
    let shown = target.display().to_string();
    if cx.global.json {
        return cx.json(&json!({ "file": shown }));
    }
    cx.print(&Say::new("print-kept").with("file", shown))
}
