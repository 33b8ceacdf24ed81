//! `madoguchi print`: forms on paper, made by the same functions as on the screen.

use std::path::PathBuf;

use serde_json::json;

use super::desk::{Desk, chance};
use super::inquiry::known;
use super::words::Words;
use super::{Cx, Exit, Failure};
use crate::desk::access::{self, Access, Details};
use crate::desk::id::Id;
use crate::desk::inquiry::{Inquiry, of_case};
use crate::desk::office::Office;
use crate::desk::operator::DeskProfile;
use crate::desk::record::{Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::print::{Fax, Fit, Job, Made, Paper, fax};
use crate::runtime::{paper, private};
use crate::search::same;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// 主治医連絡FAX送付書 from an open case.
    Fax {
        /// The case's number or identity.
        case: String,
        /// The office in the directory: its name, its identity or the beginning of that.
        #[arg(long, value_name = "OFFICE")]
        to: String,
        /// Write it to this file, which its owner alone may read; else to standard output.
        #[arg(long, value_name = "FILE", required_if_eq_any([("pdf", "true"), ("json", "true")]))]
        out: Option<PathBuf>,
        /// As a PDF, by an installed Chromium, Chrome or Edge.
        #[arg(long)]
        pdf: bool,
        /// The purpose: a code of list inquiry-purpose; without it that of the inquiry without an answer.
        #[arg(long, value_name = "CODE")]
        purpose: Option<String>,
        /// Show the full name instead of initials.
        #[arg(long)]
        full_name: bool,
    },
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let What::Fax { case, to, out, pdf, purpose, full_name } = &args.what;
    Desk::with(cx, |desk, cx| {
        let (id, fax) = filled(desk, case, to, purpose.as_deref(), *full_name)?;
        let fit = Fit::of(&fax).map_err(|long| Failure::new(Exit::Failed, long.say()))?;
        let folder = profile(desk)?.paper_folder;
        let failed = |say: Say| Failure::new(Exit::Failed, say);
        let job = Job { paper: Paper::Fax(Box::new(fax.clone())), folder, made: Made::Opened };
        let page = paper::html(&job).map_err(failed)?;
        let bytes = if *pdf { paper::pdf(&page, chance()?, cx.variable).map_err(failed)? } else { page.into_bytes() };
        let file = out.as_deref().map(|out| desk.paper(out)).transpose()?;
        let name = file.as_deref().and_then(|file| file.file_name());
        let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Noted before it is written: what left the desk must not be missing in the log.
        let whole = desk.whole(id)?;
        let of_case = access::at_case(&whole.case, desk.operator());
        let details = Details { task: "fax".to_owned(), to: fax.logged(), file: name, ..of_case };
        desk.look(Access::Print, Some(RecordKey::new(Kind::Case, id)), details, cx);
        let Some(file) = file else { return Ok(cx.out.write_all(&bytes)?) };
        let shown = file.display().to_string();
        private::write(&file, &bytes).map_err(|error| {
            let say = Say::new("print-not-written").with("file", shown.clone());
            failed(say.with("why", error.kind().to_string()))
        })?;
        if cx.global.json {
            let sheets = fit.sheets;
            let (to, number) = (&fax.to.office, &fax.to.fax);
            return cx.json(&json!({ "file": shown, "case": fax.number, "to": to, "fax": number, "sheets": sheets }));
        }
        let say = Say::new("cli-print-fax-written").with("file", shown).with("office", fax.to.office);
        cx.print(&say.with("fax", fax.to.fax))?;
        if fit.sheets > 1 { cx.print(&Say::new("print-fax-two")) } else { Ok(()) }
    })
}

/// The desk's own profile.
pub(super) fn profile(desk: &Desk) -> Result<DeskProfile, Failure> {
    let profiles: Vec<(Id, DeskProfile)> = desk.all(Kind::Desk)?;
    Ok(profiles.into_iter().map(|(_, profile)| profile).next().unwrap_or_default())
}

/// The sheet of this case to this office.
fn filled(desk: &Desk, case: &str, to: &str, purpose: Option<&str>, full_name: bool) -> Result<(Id, Fax), Failure> {
    let failed = |say: Say| Failure::new(Exit::Failed, say);
    let id = desk.case_id(case)?;
    let case = desk.whole(id)?.case;
    if !case.is_open() {
        return Err(failed(Say::new("print-no-open-case")));
    }
    let (office_id, office) = office(desk, to)?;
    if office.fax.trim().is_empty() {
        return Err(failed(Say::new("print-no-fax").with("office", office.name).with("id", office_id.to_string())));
    }
    let words = Words::of(desk)?;
    let profile = profile(desk)?;
    let all: Vec<(Id, Inquiry)> = desk.all(Kind::Inquiry)?;
    let own = of_case(all.iter().map(|(id, inquiry)| (id, inquiry)), id);
    let asked = own.into_iter().map(|(_, inquiry)| inquiry).find(|one| one.office == office_id && one.is_waiting());
    let person = asked.and_then(|asked| office.staff.get(&asked.staff)).map(|person| person.name.as_str());
    let of_case = if case.doctor_office == office_id { case.doctor.as_str() } else { "" };
    let doctor = person.unwrap_or(of_case);
    if let Some(purpose) = purpose {
        known(&words, "inquiry-purpose", purpose)?;
    }
    let purpose = purpose.or(asked.map(|asked| asked.purpose.as_str())).unwrap_or_default();
    let wanted = asked.map(|asked| asked.wanted.clone()).unwrap_or_default();
    let sheet = Fax::of(&case, &office, &profile, words.operator(desk.operator()), words.today);
    let mut sheet = sheet.to_doctor(doctor).with_topics(fax::topics(&case, &words.codebook));
    sheet = sheet.for_purpose(purpose, &wanted, &words.codebook, words.today);
    if full_name {
        case.subject_name.trim().clone_into(&mut sheet.about.name);
    }
    Ok((id, sheet))
}

/// The one office of the directory that is meant: no number is ever taken from the command line.
pub(super) fn office(desk: &Desk, wanted: &str) -> Result<(Id, Office), Failure> {
    let all: Vec<(Id, Office)> = desk.all(Kind::Office)?;
    let begins = |id: Id| !wanted.is_empty() && id.to_string().starts_with(&wanted.to_ascii_lowercase());
    let fits = |(id, office): &(Id, Office)| !office.removed && (begins(*id) || same(&office.name, wanted));
    let mut found = all.into_iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(Failure::new(Exit::Failed, Say::new("exchange-several-ids"))),
        (None, _) => Err(Failure::new(Exit::Failed, Say::new("exchange-no-such-office").with("id", wanted))),
    }
}
