//! `madoguchi survey missing`: who has not answered, to be called or faxed.

use std::path::Path;

use serde_json::json;

use super::super::desk::chance;
use super::super::print::profile;
use super::super::words::{Words, print_offices};
use super::{Cx, Desk, Exit, Failure, find, offices, wrong};
use crate::desk::access::{Access, Details};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::exchange::survey::report::missing_table;
use crate::exchange::write::{book, csv_utf8};
use crate::print::chase::unanswered;
use crate::print::{Chase, Job, Made, Paper};
use crate::runtime::{paper, private};

/// What a file's name asks for.
enum Form {
    Csv,
    Xlsx,
    Html,
    Pdf,
}

fn form(file: &Path) -> Result<Form, Failure> {
    let ending = file.extension().map(|end| end.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" => Ok(Form::Csv),
        "xlsx" => Ok(Form::Xlsx),
        "html" | "htm" => Ok(Form::Html),
        "pdf" => Ok(Form::Pdf),
        _ => Err(wrong(Say::new("survey-no-such-form"))),
    }
}

/// Lists them, or writes them to a file.
pub(super) fn run(wanted: &str, file: Option<&Path>, desk: &mut Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let form = file.map(|file| form(file).map(|form| (file, form))).transpose()?;
    let (id, survey) = find(desk, wanted)?;
    let (all, words) = (offices(desk)?, Words::of(desk)?);
    let missing: Vec<(Id, &Office)> =
        unanswered(survey.missing().into_iter().filter_map(|id| Some((id, all.get(&id)?))));
    let rows: Vec<&Office> = missing.iter().map(|(_, office)| *office).collect();
    let Some((file, form)) = form else { return print_offices(&missing, "survey-all-answered", &words, cx) };
    let failed = |say: Say| Failure::new(Exit::Failed, say);
    let page = || {
        let profile = profile(desk)?;
        let chase = Chase::of(&survey, &rows, words.today, &profile, &words.codebook);
        let job = Job { paper: Paper::Chase(Box::new(chase)), folder: profile.paper_folder, made: Made::Opened };
        paper::html(&job).map_err(failed)
    };
    let table = missing_table(&rows, cx.locale, &words.codebook);
    let unwritten = |error: crate::exchange::write::ExportError| Failure { exit: Exit::Failed, says: error.says() };
    let bytes = match form {
        Form::Csv => csv_utf8(&table).map_err(unwritten)?,
        Form::Xlsx => book(std::slice::from_ref(&table)).map_err(unwritten)?,
        Form::Html => page()?.into_bytes(),
        Form::Pdf => paper::pdf(&page()?, chance()?, cx.variable).map_err(failed)?,
    };
    let target = desk.paper(file)?;
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let count = u64::try_from(rows.len()).ok();
    // Noted before it is written: what left the desk must not be missing in the log.
    let details = Details { task: "survey-missing".to_owned(), file: name, count, ..Details::default() };
    desk.look(Access::Export, Some(RecordKey::new(Kind::Survey, id)), details, cx);
    private::write(&target, &bytes).map_err(|error| {
        failed(
            Say::new("print-not-written")
                .with("file", target.display().to_string())
                .with("why", error.kind().to_string()),
        )
    })?;
    let shown = target.display().to_string();
    if cx.global.json {
        return cx.json(&json!({ "file": shown, "missing": rows.len() }));
    }
    cx.print(&Say::new("print-kept").with("file", shown))
}
