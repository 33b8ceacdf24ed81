//! 変更届 and アンケート on this computer: written into a folder, read from files. What the screen and the command line both do;
//! the screen's on a thread of its own, because a share may take its time.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{fault, private};
use crate::app::sheets::{SheetNews, SheetTask, Sheets};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::desk::survey::Survey;
use crate::exchange::error::ImportError;
use crate::exchange::proposal::read::Returned;
use crate::exchange::proposal::{Sender, file_name};
use crate::exchange::survey::read::Filled;
use crate::exchange::write::{book, csv_utf8};
use crate::exchange::{proposal, survey};
use crate::locale::{Lang, Locale};

/// The words of the sheets: of those who fill them in, whatever the desk speaks.
pub fn words() -> Locale {
    Locale::new(Lang::Ja)
}

/// Does what a screen asked for.
pub fn run(task: SheetTask, today: NaiveDate) -> SheetNews {
    fault::guarded(|| carry_out(task, today))
        .unwrap_or_else(|_| SheetNews::Refused(vec![Say::new("runtime-store-fault")]))
}

fn carry_out(task: SheetTask, today: NaiveDate) -> SheetNews {
    let done = match task {
        SheetTask::Write { sheets, folder, desk, desk_id, codebook } => {
            let words = words();
            let sender = Sender { desk: &desk, desk_id, on: today, words: &words, codebook: &codebook };
            let place = place(&folder);
            write(&sheets, &place, &sender)
                .map(|files| SheetNews::Written(files.len(), place.display().to_string()))
                .map_err(|say| vec![say])
        }
        SheetTask::ReadProposals(path) => proposals(&[place(&path)], today).map(SheetNews::Proposals),
        SheetTask::ReadSurvey(path) => answers(&[place(&path)], today).map(SheetNews::Survey),
    };
    done.unwrap_or_else(SheetNews::Refused)
}

/// A path as somebody types it: in quotes as a file manager puts it, with the mark for the own home.
fn place(typed: &str) -> PathBuf {
    let bare = typed.trim().trim_matches(['"', '\'']);
    let bare = bare.strip_prefix("file://").unwrap_or(bare);
    match (bare.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(bare),
    }
}

/// Every file is read before anything is compared: one that is refused stops the others too.
fn all<T>(files: &[PathBuf], read: impl Fn(&Path) -> Result<Vec<T>, ImportError>) -> Result<Vec<T>, Vec<Say>> {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for file in files {
        match read(file) {
            Ok(sheets) => found.extend(sheets),
            Err(error) => refused.push(error.say()),
        }
    }
    if refused.is_empty() { Ok(found) } else { Err(refused) }
}

/// The 変更届 of these files; of a folder those in it.
///
/// # Errors
/// Why nothing was read, one sentence a file.
pub fn proposals(paths: &[PathBuf], today: NaiveDate) -> Result<Vec<Returned>, Vec<Say>> {
    let files = survey::read::files(paths).map_err(|error| vec![error.say()])?;
    let words = words();
    all(&files, |file| proposal::read::file(file, &words, today))
}

/// What came back of surveys in these files; of a folder in those in it.
///
/// # Errors
/// As [`proposals`].
pub fn answers(paths: &[PathBuf], today: NaiveDate) -> Result<Vec<Filled>, Vec<Say>> {
    let files = survey::read::files(paths).map_err(|error| vec![error.say()])?;
    let words = words();
    all(&files, |file| survey::read::file(file, &words, today))
}

/// Writes sheets into a folder, which is made where there is none; no file that is there is written over.
///
/// # Errors
/// Why not all of them are there.
pub fn write(sheets: &Sheets, folder: &Path, sender: &Sender<'_>) -> Result<Vec<PathBuf>, Say> {
    let failed = |why: String, file: &Path| {
        Say::new("print-not-written").with("file", file.display().to_string()).with("why", why)
    };
    if !folder.is_dir() {
        private::folder(folder).map_err(|error| failed(error.kind().to_string(), folder))?;
    }
    let mut written = Vec::new();
    let mut put = |name: &str, bytes: &[u8]| {
        let file = free(folder, name);
        private::write(&file, bytes).map_err(|error| failed(error.kind().to_string(), &file))?;
        written.push(file);
        Ok(())
    };
    let words = sender.words;
    match sheets {
        Sheets::Proposals(offices) => {
            for (id, office) in offices {
                let bytes = proposal::sheet(*id, office, sender).map_err(|error| error.say())?;
                put(&file_name(&words.t("proposal-file"), office), &bytes)?;
            }
        }
        Sheets::Survey(id, survey, offices) => {
            for (office_id, office) in offices {
                let bytes = survey::sheet((*id, survey), (*office_id, office), sender).map_err(|error| error.say())?;
                put(&file_name(&words.t("survey-file"), office), &bytes)?;
            }
            put(&named(words, "survey-file-list", survey), &table((*id, survey), offices, sender)?)?;
        }
        Sheets::Report(survey, offices) => {
            let office = |wanted: Id| offices.iter().find(|(id, _)| *id == wanted).map(|(_, office)| office);
            let bytes = survey::report::workbook(survey, &office, sender).map_err(|error| error.say())?;
            put(&named(words, "survey-file-report", survey), &bytes)?;
        }
        Sheets::Tables(name, tables) => {
            put(&format!("{name}.xlsx"), &book(tables).map_err(|error| error.say())?)?;
            for table in tables {
                put(&format!("{name}_{}.csv", table.name), &csv_utf8(table).map_err(|error| error.say())?)?;
            }
        }
    }
    Ok(written)
}

fn named(words: &Locale, key: &str, survey: &Survey) -> String {
    file_name(&words.t(key), &Office { name: survey.name.clone(), ..Office::default() })
}

fn table(survey: (Id, &Survey), offices: &[(Id, Office)], sender: &Sender<'_>) -> Result<Vec<u8>, Say> {
    let refs: Vec<(Id, &Office)> = offices.iter().map(|(id, office)| (*id, office)).collect();
    survey::list(survey, &refs, sender).map_err(|error| error.say())
}

/// The name of a file that is not there yet: two offices may have one name, and what somebody filled in stays.
fn free(folder: &Path, name: &str) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = (2..).map(|n| folder.join(format!("{stem}_{n}.{ending}")));
    std::iter::once(folder.join(name)).chain(numbered).find(|file| !file.exists()).unwrap_or_else(|| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_as_it_is_typed_or_dropped() {
        for (typed, path) in [
            (" /tmp/x.xlsx ", "/tmp/x.xlsx"),
            ("'/tmp/変更 届.xlsx'", "/tmp/変更 届.xlsx"),
            ("\"C:\\書類\\x.xlsx\"", "C:\\書類\\x.xlsx"),
            ("file:///tmp/x.xlsx", "/tmp/x.xlsx"),
        ] {
            assert_eq!(place(typed), PathBuf::from(path));
        }
    }

    #[test]
    fn no_file_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        for expected in ["a.xlsx", "a_2.xlsx", "a_3.xlsx"] {
            let file = free(folder.path(), "a.xlsx");
            assert_eq!(file.file_name().unwrap(), expected);
            std::fs::write(file, b"x").unwrap();
        }
    }

    #[test]
    fn what_does_not_read_is_refused_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        std::fs::write(folder.path().join("a.xlsx"), b"no workbook").unwrap();
        let all = [folder.path().to_owned()];
        assert_eq!(proposals(&all, today).map_err(|says| says[0].key), Err("proposal-no-sheet"));
        assert_eq!(answers(&all, today).map_err(|says| says[0].key), Err("survey-no-sheet"));
        let gone = [folder.path().join("b.xlsx")];
        assert_eq!(answers(&gone, today).map_err(|says| says[0].key), Err("exchange-unreadable"));
    }
}
