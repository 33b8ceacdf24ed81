//! `madoguchi edition export`.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::super::desk::chance;
use super::super::print::profile;
use super::changes::Between;
use super::{Cx, Desk, Exit, Failure, Lists, Which, key};
use crate::desk::access::{Access, Details};
use crate::desk::edition;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::exchange::edition::file;
use crate::exchange::write::Format;
use crate::print::{Changes, Job, List, Made, Paper, Recall};
use crate::runtime::{paper, private};

/// What it takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: Which,
    /// Its ending says the form: .xlsx, .csv, .json, and as a page to print .html and .pdf.
    file: PathBuf,
    /// CSV in CP932 instead of UTF-8.
    #[arg(long)]
    cp932: bool,
    /// The same; signs that look alike are written as those that CP932 has.
    #[arg(long, requires = "cp932")]
    similar: bool,
    /// The page of what changed instead of the list; only .html and .pdf.
    #[arg(long, conflicts_with = "recall")]
    changes: bool,
    /// The page of who has an older edition instead of the list; only .html and .pdf.
    #[arg(long)]
    recall: bool,
    #[command(flatten)]
    between: Between,
}

/// What a file's name asks for.
enum Form {
    Table(Format),
    Html,
    Pdf,
}

fn form(args: &Args) -> Result<Form, Failure> {
    let refused = |key: &'static str| Failure::new(Exit::Usage, Say::new(key));
    let ending = args.file.extension().map(|end| end.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let form = match ending.as_str() {
        "html" | "htm" => Form::Html,
        "pdf" => Form::Pdf,
        _ => Form::Table(Format::of_name(&args.file.to_string_lossy()).ok_or_else(|| refused("edition-no-such-form"))?),
    };
    match form {
        Form::Table(_) if args.changes || args.recall => Err(refused("edition-only-a-page")),
        Form::Table(Format::CsvUtf8) if args.similar => Ok(Form::Table(Format::CsvCp932Similar)),
        Form::Table(Format::CsvUtf8) if args.cp932 => Ok(Form::Table(Format::CsvCp932)),
        Form::Table(_) | Form::Html | Form::Pdf if args.cp932 => Err(refused("edition-cp932-only-csv")),
        Form::Table(_) | Form::Html | Form::Pdf => Ok(form),
    }
}

/// What is to stand in the file.
fn paper_of(args: &Args, lists: &Lists, desk: &Desk, cx: &Cx<'_>) -> Result<Paper, Failure> {
    let (profile, book) = (profile(desk)?, &lists.words.codebook);
    let (_, document) = lists.find(&args.which, cx)?;
    if args.changes {
        let (before, after, found) = args.between.compared(&document.list, lists, desk)?;
        return Ok(Paper::Changes(Box::new(Changes::of(before, &after, &found, &profile, book))));
    }
    if args.recall {
        let (_, newest) = lists.numbered(&document.list, None)?;
        let holders = edition::holders_of_old(&lists.documents, &document.list, &key);
        return Ok(Paper::Recall(Box::new(Recall::of(newest, &holders, &profile, book))));
    }
    Ok(Paper::List(Box::new(List::of(document, &profile, book))))
}

/// Writes the file.
pub(super) fn run(args: &Args, lists: &Lists, desk: &mut Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let failed = |say: Say| Failure::new(Exit::Failed, say);
    let form = form(args)?;
    let (id, document) = lists.find(&args.which, cx)?;
    let job = Job { paper: paper_of(args, lists, desk, cx)?, folder: profile(desk)?.paper_folder, made: Made::Opened };
    let bytes = match (form, &job.paper) {
        (Form::Table(format), Paper::List(list)) => {
            file(list, format).map_err(|error| Failure { exit: Exit::Failed, says: error.says() })?
        }
        (Form::Table(_), Paper::Fax(_) | Paper::Changes(_) | Paper::Recall(_) | Paper::Chase(_)) => {
            return Err(Failure::new(Exit::Usage, Say::new("edition-only-a-page")));
        }
        (Form::Html, _) => paper::html(&job).map_err(failed)?.into_bytes(),
        (Form::Pdf, _) => {
            let page = paper::html(&job).map_err(failed)?;
            paper::pdf(&page, chance()?, cx.variable).map_err(failed)?
        }
    };
    let target = desk.paper(&args.file)?;
    // Noted before it is written: what left the desk must not be missing in the log.
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (task, to) = (job.paper.task().to_owned(), job.paper.logged());
    let details = Details { task, to, file: name, ..Details::default() };
    desk.look(Access::Export, Some(RecordKey::new(Kind::Document, id)), details, cx);
    write(&target, &bytes)?;
    let shown = target.display().to_string();
    if cx.global.json {
        return cx.json(&json!({ "file": shown, "list": document.list, "number": document.number }));
    }
    cx.print(&Say::new("print-kept").with("file", shown))
}

fn write(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    private::write(target, bytes).map_err(|error| {
        let say = Say::new("print-not-written").with("file", target.display().to_string());
        Failure::new(Exit::Failed, say.with("why", error.kind().to_string()))
    })
}
