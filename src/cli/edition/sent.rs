//! `madoguchi edition sent`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::super::print::office;
use super::super::words::print_table;
use super::{Cx, Desk, Exit, Failure, Lists, Which, key};
use crate::desk::document::{Document, Recipient};
use crate::desk::edition;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::say::Say;
use crate::print::edition::code;
use crate::search::fold;

/// What it takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    which: Which,
    /// It went to this office of the directory (its name, or its identity or the beginning of it); several times for several.
    #[arg(long, value_name = "OFFICE")]
    to: Vec<String>,
    /// It went to somebody who is not in the directory; several times for several.
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
    /// It went to every office that stands in it.
    #[arg(long)]
    all: bool,
    /// It went to everybody who has an older edition.
    #[arg(long)]
    renew: bool,
    /// How (a code of list `method`).
    #[arg(long, value_name = "CODE", default_value = "6")]
    how: String,
    /// How many copies each.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=9999))]
    copies: u32,
    /// When (YYYY-MM-DD); today without it.
    #[arg(long, value_name = "DAY")]
    on: Option<NaiveDate>,
    /// Lists who has received an older edition of the list and not the newest.
    #[arg(long, conflicts_with_all = ["to", "name", "all", "renew", "number"])]
    old: bool,
}

impl Args {
    /// Whether it only lists.
    pub(super) const fn only_reads(&self) -> bool {
        self.to.is_empty() && self.name.is_empty() && !self.all && !self.renew
    }
}

/// Lists who received it, or keeps that these did.
pub(super) fn run(args: &Args, lists: &Lists, desk: &mut Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (id, document) = lists.find(&args.which, cx)?;
    if args.old {
        let found = edition::holders_of_old(&lists.documents, &document.list, &key);
        let rows: Vec<(u32, &Recipient)> = found.iter().map(|holder| (holder.number, holder.recipient)).collect();
        return print(&rows, lists, cx);
    }
    if args.only_reads() {
        let rows: Vec<(u32, &Recipient)> = document.recipients.values().map(|one| (document.number, one)).collect();
        return print(&rows, lists, cx);
    }
    let given = given(args, document, lists, desk)?;
    if given.is_empty() {
        return cx.print(&Say::new("edition-nobody-new"));
    }
    desk.commit(edits::give_edition(desk.operator(), id, &given))?;
    if cx.global.json {
        let rows: Vec<Value> = given.iter().map(|(_, one)| json_of(document.number, one, lists)).collect();
        return cx.json(&rows);
    }
    let say = Say::new("edition-given").with("title", lists.title(document, cx));
    cx.print(&say.with("number", document.number.to_string()).with("count", given.len().to_string()))
}

/// The new recipients; who has received it already does so no second time.
fn given(args: &Args, document: &Document, lists: &Lists, desk: &mut Desk) -> Result<Vec<(Id, Recipient)>, Failure> {
    if lists.words.codebook.entry("method", &args.how).is_none() {
        return Err(Failure::new(Exit::Usage, Say::new("edition-no-such-code").with("code", args.how.as_str())));
    }
    let mut wanted: Vec<(Id, String)> = Vec::new();
    for name in &args.to {
        let (id, office) = office(desk, name)?;
        wanted.push((id, office.name));
    }
    wanted.extend(args.name.iter().map(|name| (Id::NIL, fold::one_line(name))));
    if args.all {
        wanted.extend(edition::everybody(document).into_iter().map(|(id, name)| (id, name.to_owned())));
    }
    if args.renew {
        let old = edition::holders_of_old(&lists.documents, &document.list, &key);
        wanted.extend(old.iter().map(|holder| (holder.recipient.office, holder.recipient.name.clone())));
    }
    let on = args.on.unwrap_or(lists.words.today);
    let mut there: BTreeSet<String> = document.recipients.values().map(key).collect();
    let mut given = Vec::new();
    for (office, name) in wanted {
        let one = edition::recipient(office, &name, on, &args.how, desk.operator());
        if !name.is_empty() && there.insert(key(&one)) {
            given.push((desk.fresh(), Recipient { copies: args.copies, ..one }));
        }
    }
    Ok(given)
}

fn json_of(number: u32, one: &Recipient, lists: &Lists) -> Value {
    json!({
        "number": number,
        "office": (!one.office.is_nil()).then_some(one.office),
        "name": one.name,
        "on": one.on,
        "how": one.how,
        "copies": one.copies,
        "by": lists.words.operator(one.by),
        "back": one.back,
    })
}

fn print(rows: &[(u32, &Recipient)], lists: &Lists, cx: &mut Cx<'_>) -> Result<(), Failure> {
    if cx.global.json {
        let rows: Vec<Value> = rows.iter().map(|(number, one)| json_of(*number, one, lists)).collect();
        return cx.json(&rows);
    }
    let heads = ["number", "recipient", "on", "how", "copies", "back"];
    let heads = heads.map(|head| cx.locale.t(&format!("cli-edition-head-{head}")).into_owned());
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let row = |(number, one): &(u32, &Recipient)| {
        let how = code(cx.locale, &lists.words.codebook, "method", &one.how);
        vec![number.to_string(), one.name.clone(), day(one.on), how, one.copies.to_string(), day(one.back)]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    print_table(&heads, &rows, cx)
}
