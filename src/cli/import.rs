//! `madoguchi import --all`: an export of everything as tables comes back, into this desk or another.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::desk::Desk;
use super::export::tables::tell_left_out;
use super::{Cx, Exit, Failure};
use crate::desk::access::{Access, Details};
use crate::desk::id::Id;
use crate::desk::index;
use crate::desk::operator::{Operator, Role};
use crate::desk::record::{Explain, Kind};
use crate::desk::say::Say;
use crate::exchange::everything::{self, EverythingError, Incoming, Plan, Present};
use crate::runtime::disposing;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Everything.
    #[arg(long, required = true)]
    all: bool,
    /// Only show what would change.
    #[arg(long)]
    dry_run: bool,
    /// Take the file's word where this desk has another.
    #[arg(long)]
    overwrite: bool,
    /// A workbook, or a folder of CSV files, that `export --all` wrote.
    source: PathBuf,
}

/// Takes it in.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    // Files that cannot be read are refused before the desk is opened.
    let incoming = everything::read(&args.source).map_err(|error| refused(&error))?;
    Desk::with(cx, |desk, cx| import(desk, incoming, args, cx))
}

fn refused(error: &EverythingError) -> Failure {
    Failure { exit: Exit::BadInput, says: vec![error.say(), Say::new("exchange-all-nothing-changed")] }
}

fn import(desk: &mut Desk, mut incoming: Incoming, args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    incoming.at_desk(desk.journal().desk());
    let plan = incoming.plan(&present(desk, &incoming)?, args.overwrite).map_err(|error| refused(&error))?;
    let told = told(&plan, args.dry_run);
    let json = json!({
        "dry_run": args.dry_run,
        "added": plan.added.iter().map(|(kind, n)| (kind.name().to_owned(), json!(n))).collect::<Map<_, _>>(),
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "kept": plan.kept,
        "left_out": everything::LEFT_OUT.map(|left| left.name),
    });
    if !args.dry_run {
        let count = u64::try_from(plan.added() + plan.changed).ok();
        if !plan.is_empty() {
            let operator = desk.operator();
            desk.commit(plan.batch(operator))?;
        }
        let file = incoming.file;
        desk.look(Access::Import, None, Details { file, task: "all".to_owned(), count, ..Details::default() }, cx);
    }
    if cx.global.json {
        return cx.json(&json);
    }
    cx.print(&told)?;
    tell_left_out(cx)
}

fn told(plan: &Plan, dry_run: bool) -> Say {
    Say::new(if dry_run { "exchange-all-would-import" } else { "exchange-all-imported" })
        .with("added", plan.added().to_string())
        .with("changed", plan.changed.to_string())
        .with("unchanged", plan.unchanged.to_string())
        .with("kept", plan.kept.to_string())
}

/// What the desk has of what the file names.
fn present(desk: &Desk, incoming: &Incoming) -> Result<Present, Failure> {
    let mut present = Present { desk: desk.journal().desk(), ..Present::default() };
    for key in incoming.keys() {
        if let Some(value) = desk.value(key)? {
            present.archive.records.insert(key, value);
        }
    }
    for number in incoming.numbers() {
        for key in desk.indexed(index::NUMBER, number.as_bytes())? {
            present.archive.numbers.insert(number.to_owned(), key.id);
        }
    }
    present.archive.disposed = disposing::gone(desk.journal()).map_err(|say| Failure::new(Exit::Failed, say))?;
    present.books = desk.all::<Value>(Kind::Codebook)?.into_iter().map(|(_, value)| value).collect();
    let operators: Vec<(Id, Operator)> = desk.all(Kind::Operator)?;
    let supervises = |operator: &Operator| !operator.left && Role::from_code(&operator.role) == Role::Supervisor;
    present.has_supervisor = operators.iter().any(|(_, operator)| supervises(operator));
    Ok(present)
}
