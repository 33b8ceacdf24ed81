//! `madoguchi case`: the cases as lists and files.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::desk::Desk;
use super::words::{Words, label, print_field, print_table};
use super::{Cx, Exit, Failure};
use crate::desk::access::{Access, Details};
use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::index;
use crate::desk::members::{self, Member};
use crate::desk::number::Number;
use crate::desk::queue::{due_in, newest_first, place};
use crate::desk::record::{Edit, Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::exchange::archive::{self, CasesError, Incoming, Present, Whole};
use crate::exchange::cases;
use crate::exchange::write::Format;
use crate::runtime::eyes::Act;
use crate::runtime::{disposing, private};

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The open cases, as the queue has them.
    List {
        /// Closed ones too.
        #[arg(long)]
        all: bool,
        /// Only closed ones.
        #[arg(long, conflicts_with = "all")]
        closed: bool,
    },
    /// One case with everything that happened on it.
    Show {
        /// Its number or its identity.
        id: String,
    },
    /// Takes an export back.
    Import {
        /// JSON that `export` wrote.
        file: PathBuf,
    },
    /// Writes all cases to a file.
    Export {
        /// Its ending says the kind: .json, .csv, .xlsx.
        file: PathBuf,
    },
}

impl Args {
    /// Whether nothing is written for it and nothing leaves the desk.
    pub(super) const fn only_reads(&self) -> bool {
        matches!(self.what, What::List { .. } | What::Show { .. })
    }

    /// What it is, for the roles.
    pub(super) const fn act(&self) -> Act {
        match self.what {
            What::List { .. } => Act::List,
            What::Show { .. } | What::Import { .. } | What::Export { .. } => Act::Work,
        }
    }
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    match &args.what {
        What::List { all, closed } => Desk::with(cx, |desk, cx| list(desk, *all, *closed, cx)),
        What::Show { id } => Desk::with(cx, |desk, cx| show(desk, id, cx)),
        What::Import { file } => {
            // A file that cannot be read is refused before the desk is opened.
            let incoming = archive::read(file).map_err(|error| refused(&error))?;
            Desk::with(cx, |desk, cx| import(desk, &incoming, &name_of(file), cx))
        }
        What::Export { file } => {
            let format = format_of(file)?;
            Desk::with(cx, |desk, cx| export(desk, file, format, cx))
        }
    }
}

fn list(desk: &mut Desk, all: bool, closed: bool, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let mut found: Vec<Brief> = if all || closed {
        let cases: Vec<(Id, Case)> = desk.all(Kind::Case)?;
        cases.iter().map(|(id, case)| Brief::of(*id, case)).filter(|brief| all || !brief.is_open()).collect()
    } else {
        let mut open = Vec::new();
        for key in desk.indexed(index::OPEN, &[])? {
            open.extend(desk.get::<Case>(key)?.map(|case| Brief::of(key.id, &case)));
        }
        open
    };
    // As the queue has them: closed ones stand behind, the newest first.
    found.sort_by_cached_key(|brief| {
        let open = brief.is_open();
        (!open, open.then(|| place(brief)), (!open).then(|| newest_first(brief)), brief.id)
    });
    let details = Details { task: "case".to_owned(), ..counted(found.len()) };
    desk.look(Access::List, None, details, cx);
    if cx.global.json {
        return cx.json(&found.iter().map(row).collect::<Vec<_>>());
    }
    if found.is_empty() {
        cx.tell(&Say::new("cli-case-none"));
        return Ok(());
    }
    print_list(&found, &Words::of(desk)?, cx)
}

fn counted(count: usize) -> Details {
    Details { count: u64::try_from(count).ok(), ..Details::default() }
}

/// The name of a file without its folder: all that the access log needs of it.
fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What other programs read of a case in a list (README, "For other programs").
fn row(brief: &Brief) -> Value {
    json!({
        "id": brief.id,
        "number": brief.number(),
        "status": brief.status,
        "urgency": brief.urgency.to_string(),
        "caller_kind": brief.caller_kind(),
        "topics": brief.topics().collect::<Vec<_>>(),
        "flagged": brief.flag.is_some(),
        "due": brief.due,
        "opened_at": brief.opened_at,
        "summary": brief.summary(),
    })
}

fn print_list(found: &[Brief], words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let look = words.look(cx.locale);
    let heads = ["number", "status", "urgency", "due", "caller_kind", "topics", "flag", "summary"];
    let heads = heads.map(|member| label(cx.locale, Kind::Case, member));
    let line = |brief: &Brief| {
        let day = brief.due.map(|day| day.to_string()).unwrap_or_default();
        let due = if brief.due.is_some() && brief.is_open() {
            cx.locale.say(&due_in(brief, words.today))
        } else {
            String::new()
        };
        vec![
            brief.number().to_string(),
            look.short_code("status", brief.status.name()),
            look.short_code("urgency", &brief.urgency.to_string()),
            format!("{day} {due}").trim().to_owned(),
            look.short_code("caller-kind", brief.caller_kind()),
            look.short_codes("topic", brief.topics()),
            if brief.flag.is_some() { look.t("queue-flag-sign").into_owned() } else { String::new() },
            brief.summary().replace('\n', " "),
        ]
    };
    let rows: Vec<Vec<String>> = found.iter().map(line).collect();
    print_table(&heads, &rows, cx)
}

fn show(desk: &mut Desk, wanted: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let whole = desk.whole(desk.case_id(wanted)?)?;
    desk.look_at_case(Access::Open, whole.id, &whole.case, cx);
    if cx.global.json {
        return cx.json(&whole.json());
    }
    let words = Words::of(desk)?;
    writeln!(cx.out, "{}  {}", whole.case.number, whole.id)?;
    let shown = members::CASE.iter().filter(|(name, _)| !["number", "subject_person"].contains(name));
    print_members(Kind::Case, shown, &edits::compact(&whole.case), &words, cx)?;
    for (_, contact) in &whole.contacts {
        let at = contact.at.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
        writeln!(cx.out, "\n{at}  {}", words.operator(contact.operator))?;
        let shown =
            members::CONTACT.iter().filter(|(name, _)| !["case", "at", "operator", "caller_person"].contains(name));
        print_members(Kind::Contact, shown, &edits::compact(contact), &words, cx)?;
    }
    Ok(())
}

fn print_members<'a>(
    kind: Kind,
    shown: impl Iterator<Item = &'a Member>,
    kept: &Value,
    words: &Words,
    cx: &mut Cx<'_>,
) -> Result<(), Failure> {
    for (name, _) in shown {
        let text = kept.get(name).map(|value| words.value(cx.locale, kind, name, value)).unwrap_or_default();
        print_field(&label(cx.locale, kind, name), &text, cx)?;
    }
    Ok(())
}

fn refused(error: &CasesError) -> Failure {
    Failure { exit: Exit::BadInput, says: vec![error.say(), Say::new("exchange-cases-nothing-changed")] }
}

fn import(desk: &mut Desk, incoming: &Incoming, file: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let mut present = Present::default();
    for key in incoming.keys() {
        if let Some(value) = desk.value(key)? {
            present.records.insert(key, value);
        }
    }
    for number in incoming.numbers() {
        for key in desk.indexed(index::NUMBER, number.as_bytes())? {
            present.numbers.insert(number.to_owned(), key.id);
        }
    }
    present.disposed = disposing::gone(desk.journal()).map_err(|say| Failure::new(Exit::Failed, say))?;
    let plan = incoming.plan(&present, &Words::of(desk)?.codebook).map_err(|error| refused(&error))?;
    let counts = [
        ("added", plan.added),
        ("changed", plan.changed),
        ("unchanged", plan.unchanged),
        ("contacts_added", plan.contacts_added),
        ("contacts_changed", plan.contacts_changed),
    ];
    let taken = Details { file: file.to_owned(), task: "case".to_owned(), ..counted(plan.added + plan.changed) };
    if !plan.is_empty() {
        let operator = desk.operator();
        let profile = RecordKey::new(Kind::Desk, desk.journal().desk());
        let mut batch = plan.batch(operator);
        // The persons of what came in are made when the desk is opened next.
        batch.edits.push(Edit::new(profile, json!({ "has_persons": null })));
        desk.commit(batch)?;
    }
    desk.look(Access::Import, None, taken, cx);
    if cx.global.json {
        let counts = counts.map(|(name, count)| (name.to_owned(), Value::from(count)));
        return cx.json(&Value::Object(Map::from_iter(counts)));
    }
    let say = Say::new("exchange-cases-imported");
    cx.print(&counts.into_iter().fold(say, |say, (name, count)| say.with(name, count.to_string())))
}

fn format_of(file: &Path) -> Result<Format, Failure> {
    let name = name_of(file);
    Format::of_name(&name)
        .ok_or_else(|| Failure::new(Exit::Usage, Say::new("exchange-unknown-ending").with("file", name)))
}

/// JSON holds everything and is read back; the others are the list, for a spreadsheet.
fn export(desk: &mut Desk, file: &Path, format: Format, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let mut all: Vec<(Id, Case)> = desk.all(Kind::Case)?;
    all.sort_by_cached_key(|(id, case)| (case.number.parse::<Number>().ok(), Reverse(case.opened_at), *id));
    let count = all.len();
    let bytes = if format == Format::Json {
        let wholes: Result<Vec<Whole>, Failure> = all.into_iter().map(|(id, case)| desk.whole_of(id, case)).collect();
        let not_made = |why: String| Failure::new(Exit::Failed, Say::new("exchange-not-made").with("why", why));
        archive::json_file(&wholes?).map_err(|error| not_made(error.to_string()))?
    } else {
        cases::cases(&all, format).map_err(|error| Failure::of(Exit::Failed, &error))?
    };
    let file = desk.paper(file)?;
    let name = file.display().to_string();
    // Noted before it is written: what left the desk must not be missing in the log.
    let written = Details { file: name_of(&file), task: "case".to_owned(), ..counted(count) };
    desk.look(Access::Export, None, written, cx);
    private::write(&file, &bytes).map_err(|error| {
        let say = Say::new("exchange-not-written").with("file", name.as_str());
        Failure::new(Exit::Failed, say.with("why", error.kind().to_string()))
    })?;
    if cx.global.json {
        return cx.json(&json!({ "file": name, "cases": count }));
    }
    cx.print(&Say::new("exchange-written").with("file", name).with("count", count.to_string()))
}
