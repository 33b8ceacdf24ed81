//! `madoguchi audit`: the access log, what narrows it, and the monthly review with its sign-off.

use std::collections::HashMap;
use std::num::NonZeroUsize;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};

use super::desk::Desk;
use super::words::{Words, print_table};
use super::{Cx, Exit, Failure};
use crate::app::msg::{LogQuery, Reviews};
use crate::desk::access::review::{Figures, Month, SignOff, open_months, sign_off};
use crate::desk::access::{Access, Details, Entry, Filter};
use crate::desk::id::Id;
use crate::desk::operator::Operator;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::runtime::clock;
use crate::runtime::reading::log;
use crate::screens::keeping::access::{figures, told};
use crate::search::fold;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// From this day on.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    from: Option<NaiveDate>,
    /// Up to and with this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    to: Option<NaiveDate>,
    /// Only what this operator did: a name or an identity.
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
    /// Only of this record: a case's number or an identity.
    #[arg(long, value_name = "ID")]
    record: Option<String>,
    /// Only this kind, such as `open` or `export`.
    #[arg(long, value_parser = kinds())]
    kind: Option<Access>,
    /// Only what was refused or did not succeed.
    #[arg(long)]
    failures: bool,
    /// Only looks at cases that another operator had.
    #[arg(long)]
    others: bool,
    /// The changes too.
    #[arg(long)]
    changes: bool,
    /// At most so many, the newest.
    #[arg(long, value_name = "N")]
    limit: Option<NonZeroUsize>,
    /// The figures of one month.
    #[arg(long, value_name = "YYYY-MM", value_parser = month)]
    month: Option<Month>,
    /// Sign the month off.
    #[arg(long, requires = "month")]
    sign_off: bool,
}

impl Args {
    /// Whether nothing is written for it.
    pub(super) const fn only_reads(&self) -> bool {
        !self.sign_off
    }
}

// What these say is never shown: `refuse` says it in the reader's language.
fn day(text: &str) -> Result<NaiveDate, &'static str> {
    text.parse().map_err(|_| "YYYY-MM-DD")
}

fn kinds() -> impl TypedValueParser<Value = Access> {
    let names = Access::ALL.iter().map(|access| access.short());
    PossibleValuesParser::new(names).try_map(|name| Access::of(&name).ok_or("open"))
}

fn month(text: &str) -> Result<Month, &'static str> {
    text.parse().map_err(|_| "YYYY-MM")
}

/// Shows the log, or a month of it.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| match args.month {
        Some(month) => review(desk, month, args.sign_off, cx),
        None => list(desk, args, cx),
    })
}

fn list(desk: &mut Desk, args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let filter = Filter {
        operator: args.operator.as_deref().map(|name| operator_of(desk, name)).transpose()?,
        from: args.from,
        to: args.to,
        record: args.record.as_deref().map(|text| record_of(desk, text)).transpose()?,
        access: args.kind,
        failures: args.failures,
        others: args.others,
        changes: args.changes,
    };
    let most = args.limit.map_or(usize::MAX, NonZeroUsize::get);
    let mut found = Vec::new();
    walk(desk, filter, cx, |entry| {
        found.push(entry);
        found.len() < most
    })?;
    let count = u64::try_from(found.len()).ok();
    desk.look(Access::Log, None, Details { count, ..Details::default() }, cx);
    let words = Words::of(desk)?;
    let mut names = Names::default();
    if cx.global.json {
        let all: Vec<Value> = found.iter().map(|entry| as_json(entry, desk, &words, &mut names, cx)).collect();
        return cx.json(&all);
    }
    if found.is_empty() {
        cx.tell(&Say::new("access-none"));
        return Ok(());
    }
    let heads = ["when", "who", "what", "record", "details"].map(|part| format!("access-head-{part}"));
    let heads: Vec<String> = heads.iter().map(|key| cx.locale.t(key).into_owned()).collect();
    let row = |entry: &Entry| {
        let who = words.operator(entry.operator).to_owned();
        let record = names.of(entry.record, desk, &words);
        let (what, details) = (told::what(entry, cx.locale), told::details(entry, cx.locale));
        vec![told::when(entry), who, what, record, details.replace('\n', " ")]
    };
    let rows: Vec<Vec<String>> = found.iter().map(row).collect();
    print_table(&heads, &rows, cx)
}

/// Reads the log page by page, newest first, until `meet` has enough; tells what was left out.
fn walk(desk: &Desk, filter: Filter, cx: &mut Cx<'_>, mut meet: impl FnMut(Entry) -> bool) -> Result<(), Failure> {
    let mut query = LogQuery { who: desk.operator(), filter, before: None };
    let mut unreadable = 0;
    'pages: loop {
        let page = log::page(desk.journal(), &query).map_err(|error| Failure::of(Exit::Failed, &error))?;
        if page.own && query.before.is_none() {
            cx.tell(&Say::new("access-own-only"));
        }
        unreadable += page.unreadable;
        for entry in page.entries {
            if !meet(entry) {
                break 'pages;
            }
        }
        match page.next {
            Some(next) => query.before = Some(next),
            None => break,
        }
    }
    if unreadable > 0 {
        cx.tell(&Say::new("access-unreadable").with("count", unreadable.to_string()));
    }
    Ok(())
}

/// An operator by identity, else by name or reading in any spelling.
fn operator_of(desk: &Desk, text: &str) -> Result<Id, Failure> {
    let none = || Failure::new(Exit::Failed, Say::new("cli-audit-no-operator").with("name", text));
    let all: Vec<(Id, Operator)> = desk.all(Kind::Operator)?;
    let given = text.trim().parse::<Id>().ok();
    let is_meant = |id: Id, o: &Operator| given == Some(id) || fold::same(&o.name, text) || fold::same(&o.kana, text);
    all.iter().find(|(id, operator)| is_meant(*id, operator)).map(|(id, _)| *id).ok_or_else(none)
}

/// A record's identity: of a case that is no more too.
fn record_of(desk: &Desk, text: &str) -> Result<Id, Failure> {
    text.trim().parse().map_or_else(|_| desk.case_id(text), Ok)
}

/// What records are called, each looked up once.
#[derive(Default)]
struct Names(HashMap<RecordKey, String>);

impl Names {
    fn of(&mut self, key: RecordKey, desk: &Desk, words: &Words) -> String {
        self.0.entry(key).or_insert_with(|| name(key, desk, words)).clone()
    }
}

/// A case's number, a name, a meeting's day; empty for the desk itself and for what is no more.
fn name(key: RecordKey, desk: &Desk, words: &Words) -> String {
    let member = match key.kind {
        Kind::Operator => return words.operator(key.id).to_owned(),
        Kind::Case => "number",
        Kind::Meeting => "on",
        Kind::Office | Kind::Person => "name",
        Kind::Contact
        | Kind::Task
        | Kind::Policy
        | Kind::Codebook
        | Kind::Desk
        | Kind::Activity
        | Kind::Document
        | Kind::Disposal
        | Kind::Usage
        | Kind::Inquiry
        | Kind::Round
        | Kind::Survey
        | Kind::Proposal => return String::new(),
    };
    let value = desk.value(key).ok().flatten();
    value.and_then(|value| Some(value.get(member)?.as_str()?.to_owned())).unwrap_or_default()
}

fn as_json(entry: &Entry, desk: &Desk, words: &Words, names: &mut Names, cx: &Cx<'_>) -> Value {
    json!({
        "seq": entry.seq,
        "at": entry.at,
        "operator": entry.operator,
        "operator_name": words.operator(entry.operator),
        "what": entry.what,
        "message": told::what(entry, cx.locale),
        "record": {
            "kind": entry.record.kind,
            "id": entry.record.id,
            "name": names.of(entry.record, desk, words),
        },
        "failure": entry.is_failure(),
        "details": entry.details.value(),
    })
}

/// One page of figures of a month, and its sign-off.
fn review(desk: &mut Desk, month: Month, sign: bool, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let me = desk.operator();
    let today = clock::wall().date_naive();
    if sign {
        may_sign(desk, me, month, today)?;
    }
    let mut counted = Figures::new(month);
    let filter = Filter { from: Some(month.first()), to: Some(month.last()), ..Filter::default() };
    walk(desk, filter, cx, |entry| {
        counted.add(&entry);
        true
    })?;
    let reviews = reviews(desk)?;
    if sign {
        let (seq, head) = &reviews.head;
        desk.commit(sign_off(month, me, *seq, head))?;
    } else {
        let details = Details { month: month.to_string(), ..Details::default() };
        desk.look(Access::Log, None, details, cx);
    }
    tell_review(&counted, desk, today, cx)
}

fn reviews(desk: &Desk) -> Result<Reviews, Failure> {
    log::reviews(desk.journal()).map_err(|error| Failure::of(Exit::Failed, &error))
}

/// A month is signed off by somebody who sees all of it, once it is over.
fn may_sign(desk: &Desk, me: Id, month: Month, today: NaiveDate) -> Result<(), Failure> {
    let all = log::sees_all(desk.journal(), me).map_err(|error| Failure::of(Exit::Failed, &error))?;
    let why = match (all, Month::of(today) > month) {
        (true, true) => return Ok(()),
        (false, _) => "access-sign-supervisor",
        (true, false) => "access-sign-early",
    };
    Err(Failure::new(Exit::Failed, Say { key: why, args: Vec::new() }.with("month", month.to_string())))
}

fn tell_review(counted: &Figures, desk: &Desk, today: NaiveDate, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (words, reviews) = (Words::of(desk)?, reviews(desk)?);
    let signed: Vec<&SignOff> = reviews.signed.iter().filter(|signed| signed.month == counted.month).collect();
    let open = open_months(reviews.first, today, &reviews.signed);
    if cx.global.json {
        let value = review_json(counted, &signed, &open, &words);
        return cx.json(&value);
    }
    let locale = cx.locale;
    cx.print(&Say::new("access-review-title").with("month", counted.month.to_string()))?;
    for (label, count) in figures::rows(counted, locale) {
        writeln!(cx.out, "  {} {count:>6}", crate::widgets::width::pad(&label, 34))?;
    }
    writeln!(cx.out)?;
    let heads: Vec<String> =
        std::iter::once("access-head-who").chain(figures::HEADS).map(|key| locale.t(key).into_owned()).collect();
    let row = |(id, work): (&Id, &_)| {
        let numbers = figures::numbers(work).into_iter().map(|n| n.to_string());
        std::iter::once(words.operator(*id).to_owned()).chain(numbers).collect()
    };
    let rows: Vec<Vec<String>> = counted.by.iter().map(row).collect();
    print_table(&heads, &rows, cx)?;
    writeln!(cx.out)?;
    for sign in &signed {
        let say = Say::new("access-signed").with("name", words.operator(sign.by));
        let say = say.with("at", sign.at.format("%Y-%m-%d %H:%M").to_string());
        cx.print(&say.with("seq", sign.seq.to_string()).with("head", told::short(&sign.head)))?;
    }
    if signed.is_empty() {
        cx.print(&Say::new("access-not-signed"))?;
    }
    if open.is_empty() {
        return Ok(());
    }
    let months: Vec<String> = open.iter().map(Month::to_string).collect();
    cx.print(&Say::new("access-open-months").with("months", months.join(" ")))
}

fn review_json(counted: &Figures, signed: &[&SignOff], open: &[Month], words: &Words) -> Value {
    let of: serde_json::Map<String, Value> =
        counted.of.iter().map(|(access, count)| (access.short().to_owned(), json!(count))).collect();
    let by = counted.by.iter().map(|(id, work)| {
        json!({
            "operator": id,
            "operator_name": words.operator(*id),
            "logins": work.logins,
            "opens": work.opens,
            "searches": work.searches,
            "prints": work.prints,
            "exports": work.exports,
            "others": work.others,
            "odd_hours": work.odd,
        })
    });
    let signs = signed.iter().map(|sign| {
        json!({ "by": sign.by, "name": words.operator(sign.by), "at": sign.at, "seq": sign.seq, "head": sign.head })
    });
    json!({
        "month": counted.month.to_string(),
        "total": counted.total,
        "refused": counted.refused,
        "failed": counted.failed,
        "others": counted.others,
        "without_reason": counted.without_reason,
        "odd_hours": counted.odd,
        "by_kind": of,
        "by_operator": by.collect::<Vec<_>>(),
        "signed_off": signs.collect::<Vec<_>>(),
        "months_not_signed_off": open.iter().map(Month::to_string).collect::<Vec<_>>(),
    })
}
