//! `madoguchi office`: search, list and show the directory, take lists in, write it out.

mod hsds;
mod show;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use self::show::{asked_by, brief, label, line, print_list, show};
use super::desk::Desk;
use super::{Cx, Exit, Failure};
use crate::app::asked::Asked;
use crate::app::entries::office_entry;
use crate::desk::access::{Access, Details};
use crate::desk::codebook::Codebook;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::Operator;
use crate::desk::record::{Edit, Explain, Kind};
use crate::desk::say::Say;
use crate::exchange::export::{self, Format};
use crate::exchange::offices::{self, Change, Plan, Why};
use crate::exchange::postal::Towns;
use crate::exchange::rows::{self, Problem, Reading};
use crate::runtime::eyes::Act;
use crate::runtime::private;
use crate::search::Index;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The best hits first.
    Search {
        /// Words in romaji, kana or kanji, or a part of a phone number.
        #[arg(required = true)]
        query: Vec<String>,
    },
    /// All offices, by their reading.
    List,
    /// One office with everything that is known of it.
    Show {
        /// Its identity, or the beginning of it.
        id: String,
    },
    /// Takes lists of offices in.
    Import {
        /// CSV, Excel or JSON.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Only show what would change.
        #[arg(long)]
        dry_run: bool,
    },
    /// Writes the directory to a file.
    Export {
        /// Its ending says the kind: .csv, .xlsx, .json.
        file: PathBuf,
        /// CSV in CP932 instead of UTF-8.
        #[arg(long)]
        cp932: bool,
        /// Look-alikes of signs that CP932 does not have.
        #[arg(long, requires = "cp932")]
        similar: bool,
        /// HSDS 3.0 (openreferral.org) in JSON.
        #[arg(long, conflicts_with = "cp932")]
        hsds: bool,
    },
}

impl Args {
    /// Whether nothing is written for it and nothing leaves the desk.
    pub(super) const fn only_reads(&self) -> bool {
        matches!(self.what, What::Search { .. } | What::List | What::Show { .. })
    }

    /// What it is, for the roles: the directory is a list, and what is in no public one is left out of it for a viewer.
    pub(super) const fn act(&self) -> Act {
        match self.what {
            What::Search { .. } | What::List | What::Show { .. } => Act::List,
            What::Import { .. } | What::Export { .. } => Act::Work,
        }
    }
}

/// Does what was asked for, and closes the desk whatever came of it.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    // Files are read, and wrong names refused, before the desk is opened.
    let (mut readings, towns) = match &args.what {
        What::Import { files, .. } => read(files)?,
        What::Search { .. } | What::List | What::Show { .. } | What::Export { .. } => (Vec::new(), Vec::new()),
    };
    let format = match &args.what {
        What::Export { file, cp932, similar, hsds } => Some(format_of(file, (*cp932, *similar), *hsds)?),
        What::Search { .. } | What::List | What::Show { .. } | What::Import { .. } => None,
    };
    let mut desk = Desk::open(cx)?;
    let mut all: Vec<(Id, Office)> = desk.all(Kind::Office)?;
    let done = match &args.what {
        What::Search { query } => {
            let books: Vec<Value> = desk.all(Kind::Codebook)?.into_iter().map(|(_, value)| value).collect();
            search(&present(all), &query.join(" "), &Codebook::from_records(&books), cx)
        }
        What::List => {
            all = present(all);
            all.sort_by_cached_key(|(_, office)| order(office));
            print_list(&all, cx)
        }
        What::Show { id } => show(&all, &operators(&desk)?, id, cx),
        What::Import { dry_run, .. } => {
            let operators = operators(&desk)?;
            for reading in &mut readings {
                reading.name_operators(&operators);
            }
            import(&mut desk, (&readings, &towns), (&all, &operators), *dry_run, cx)
        }
        What::Export { file, hsds, .. } => match format {
            Some(format) => {
                let all = present(all);
                let file_name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                desk.look(Access::Export, None, details(file_name, all.len()), cx);
                let bytes =
                    if *hsds { hsds::bytes(&desk, &all, cx.locale) } else { tables(&all, &operators(&desk)?, format) };
                desk.paper(file).and_then(|file| write((&all, &bytes?), &file, cx))
            }
            None => Ok(()),
        },
    };
    let closed = desk.close();
    done.and(closed)
}

/// An operator with the name.
type Named = (Id, String);

/// The desk's operators by their names.
fn operators(desk: &Desk) -> Result<Vec<Named>, Failure> {
    let all: Vec<(Id, Operator)> = desk.all(Kind::Operator)?;
    Ok(all.into_iter().map(|(id, operator)| (id, operator.name)).collect())
}

/// What the access log is told of a list that left the desk or came in.
fn details(file: String, count: usize) -> Details {
    Details { file, task: "office".to_owned(), count: u64::try_from(count).ok(), ..Details::default() }
}

fn present(all: Vec<(Id, Office)>) -> Vec<(Id, Office)> {
    all.into_iter().filter(|(_, office)| !office.removed).collect()
}

/// 五十音順: by the reading, which the name stands in for where there is none.
fn order(office: &Office) -> (String, String) {
    let reading = if office.kana.is_empty() { &office.name } else { &office.kana };
    (crate::search::fold::text(reading), office.name.clone())
}

fn search(all: &[(Id, Office)], query: &str, codebook: &Codebook, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let mut index = Index::directory();
    for (id, office) in all {
        index.insert(*id, &office_entry(office));
    }
    let asked = Asked::new(query, &index, codebook, crate::runtime::clock::wall());
    let found = index.find(&asked.query, all.len());
    let by_id: std::collections::HashMap<Id, &Office> = all.iter().map(|(id, office)| (*id, office)).collect();
    let hits = found.hits.iter().filter_map(|hit| Some((hit.id, (*by_id.get(&hit.id)?).clone())));
    print_list(&hits.collect::<Vec<_>>(), cx)?;
    // As on the screen: what nobody has asked yet is neither a yes nor a no, and must not look like a no.
    let with_unknown = asked.or_unknown.map_or(0, |query| index.find(&query, all.len()).total);
    let unknown = with_unknown.saturating_sub(found.total);
    if unknown > 0 {
        cx.tell(&Say::new("exchange-search-unknown").with("count", unknown.to_string()));
    }
    Ok(())
}

/// Everything is read before anything is compared: a file that is refused stops the others too.
fn read(files: &[PathBuf]) -> Result<(Vec<Reading>, Vec<Towns>), Failure> {
    let (mut readings, mut towns) = (Vec::new(), Vec::new());
    let mut refused = Vec::new();
    for file in files {
        match rows::read(file) {
            Ok(found) => readings.extend(found),
            // The postal table has no header.
            Err(error) => match Towns::read(file) {
                Ok(Some(table)) => towns.push(table),
                Ok(None) | Err(_) => refused.push(error.say()),
            },
        }
    }
    if refused.is_empty() {
        return Ok((readings, towns));
    }
    refused.push(Say::new("exchange-nothing-changed"));
    Err(Failure { exit: Exit::BadInput, says: refused })
}

fn import(
    desk: &mut Desk,
    (readings, towns): (&[Reading], &[Towns]),
    (all, operators): (&[(Id, Office)], &[Named]),
    dry_run: bool,
    cx: &mut Cx<'_>,
) -> Result<(), Failure> {
    let today = crate::runtime::clock::wall().date_naive();
    let plan = offices::plan(readings, all, &mut || desk.fresh(), today);
    let after = offices::after(all, &plan);
    let read: Vec<Edit> = towns.iter().flat_map(|towns| towns.readings(&after)).collect();
    if !(dry_run || plan.is_empty() && read.is_empty()) {
        let mut batch = plan.batch(desk.operator());
        if !plan.is_empty() {
            batch.edits.extend(offices::guesses(&after));
        }
        batch.edits.extend(read.iter().cloned());
        desk.commit(batch)?;
    }
    if !towns.is_empty() {
        let rows: usize = towns.iter().map(|towns| towns.rows).sum();
        let say = Say::new("exchange-postal").with("rows", rows.to_string()).with("count", read.len().to_string());
        cx.tell(&say);
    }
    if !dry_run {
        let files: Vec<&str> = readings.iter().map(|reading| reading.file.as_str()).collect();
        desk.look(Access::Import, None, details(files.join("、"), plan.adds.len() + plan.changed_offices()), cx);
    }
    for problem in problems(&plan) {
        cx.tell(&problem.say());
    }
    if cx.global.json {
        let report = report(readings, &plan, dry_run, cx);
        return cx.json(&report);
    }
    if dry_run {
        print_plan(&plan, operators, cx)?;
    }
    for reading in readings {
        let place = if reading.sheet.is_empty() { String::new() } else { format!(" [{}]", reading.sheet) };
        let say = Say::new("exchange-read")
            .with("file", format!("{}{place}", reading.file))
            .with("layout", cx.locale.t(&format!("exchange-layout-{}", reading.layout)))
            .with("rows", reading.rows.len().to_string());
        writeln!(cx.out, "{}", cx.locale.say(&say))?;
        if !reading.unread.is_empty() {
            let say = Say::new("exchange-unread").with("columns", reading.unread.join("、"));
            writeln!(cx.out, "  {}", cx.locale.say(&say))?;
        }
    }
    let key = if dry_run { "exchange-would-import" } else { "exchange-imported" };
    let say = Say::new(key)
        .with("added", plan.adds.len().to_string())
        .with("changed", plan.changed_offices().to_string())
        .with("unchanged", plan.unchanged.to_string())
        .with("kept", plan.kept.len().to_string())
        .with("skipped", (plan.skipped.len() + plan.conflicts.len()).to_string());
    Ok(writeln!(cx.out, "{}", cx.locale.say(&say))?)
}

fn problems(plan: &Plan) -> impl Iterator<Item = &Problem> {
    plan.skipped.iter().chain(&plan.conflicts).chain(&plan.problems)
}

/// What would change, one line each.
fn print_plan(plan: &Plan, operators: &[Named], cx: &mut Cx<'_>) -> Result<(), Failure> {
    for (id, office) in &plan.adds {
        let line = line(*id, office, cx);
        writeln!(cx.out, "+ {line}")?;
    }
    for change in &plan.changes {
        let say = change_say("exchange-change", change, operators, cx);
        writeln!(cx.out, "* {}", cx.locale.say(&say))?;
    }
    for kept in &plan.kept {
        let say = change_say("exchange-kept", &kept.change, operators, cx).with("why", cx.locale.t(why_key(kept.why)));
        writeln!(cx.out, "= {}", cx.locale.say(&say))?;
    }
    Ok(())
}

fn change_say(key: &'static str, change: &Change, operators: &[Named], cx: &Cx<'_>) -> Say {
    // A new person is a change of the office.
    let of = if change.staff.is_empty() { "office" } else { "staff" };
    let name = [change.office.as_str(), &change.staff].join(" ");
    let value = |text: &str| if change.field == "accepting_by" { asked_by(text, operators) } else { text.to_owned() };
    Say::new(key)
        .with("name", name.trim())
        .with("field", label(of, change.field, cx))
        .with("from", value(&change.from))
        .with("to", value(&change.to))
}

const fn why_key(why: Why) -> &'static str {
    match why {
        Why::Desk => "exchange-why-desk",
        Why::OtherList => "exchange-why-other-list",
        Why::Removed => "exchange-why-removed",
    }
}

fn report(readings: &[Reading], plan: &Plan, dry_run: bool, cx: &Cx<'_>) -> Value {
    let change = |c: &Change| json!({ "id": c.id, "office": c.office, "staff": c.staff, "field": c.field, "from": c.from, "to": c.to });
    let problem =
        |p: &Problem| json!({ "file": p.file, "row": p.row, "column": p.column, "message": cx.locale.say(&p.say()) });
    let file = |r: &Reading| {
        let (layout, unread) = (r.layout, &r.unread);
        json!({ "file": r.file, "sheet": r.sheet, "layout": layout, "rows": r.rows.len(), "unread_columns": unread })
    };
    json!({
        "dry_run": dry_run,
        "files": readings.iter().map(file).collect::<Vec<_>>(),
        "added": plan.adds.len(),
        "changed": plan.changed_offices(),
        "unchanged": plan.unchanged,
        "skipped": plan.skipped.len(),
        "adds": plan.adds.iter().map(|(id, office)| brief(*id, office)).collect::<Vec<_>>(),
        "changes": plan.changes.iter().map(change).collect::<Vec<_>>(),
        "kept": plan.kept.iter().map(|k| {
            let mut entry = change(&k.change);
            if let Value::Object(members) = &mut entry {
                members.insert("why".to_owned(), json!(cx.locale.t(why_key(k.why))));
            }
            entry
        }).collect::<Vec<_>>(),
        "problems": problems(plan).map(problem).collect::<Vec<_>>(),
    })
}

fn format_of(file: &Path, (cp932, similar): (bool, bool), hsds: bool) -> Result<Format, Failure> {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    match Format::of_name(&name) {
        Some(Format::Json) if hsds => Ok(Format::Json),
        Some(_) | None if hsds => Err(Failure::new(Exit::Usage, Say::new("exchange-hsds-is-json"))),
        Some(Format::CsvUtf8) if similar => Ok(Format::CsvCp932Similar),
        Some(Format::CsvUtf8) if cp932 => Ok(Format::CsvCp932),
        Some(_) if cp932 => Err(Failure::new(Exit::Usage, Say::new("exchange-cp932-is-csv"))),
        Some(format) => Ok(format),
        None => Err(Failure::new(Exit::Usage, Say::new("exchange-unknown-ending").with("file", name))),
    }
}

fn tables(all: &[(Id, Office)], operators: &[Named], format: Format) -> Result<Vec<u8>, Failure> {
    export::offices(all, operators, format).map_err(|error| Failure { exit: Exit::Failed, says: error.says() })
}

fn write((all, bytes): (&[(Id, Office)], &[u8]), file: &Path, cx: &mut Cx<'_>) -> Result<(), Failure> {
    private::write(file, bytes).map_err(|error| {
        let name = file.display().to_string();
        let why = error.kind().to_string();
        Failure::new(Exit::Failed, Say::new("exchange-not-written").with("file", name).with("why", why))
    })?;
    if cx.global.json {
        return cx.json(&json!({ "file": file.display().to_string(), "offices": all.len() }));
    }
    let say =
        Say::new("exchange-written").with("file", file.display().to_string()).with("count", all.len().to_string());
    Ok(writeln!(cx.out, "{}", cx.locale.say(&say))?)
}

#[cfg(test)]
mod tests;
