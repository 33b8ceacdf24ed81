//! `madoguchi activity add`.

use chrono::NaiveDate;

use super::super::proposal::{office, offices};
use super::{Cx, Desk, Failure, Outreach, wrong};
use crate::app::fares::{Names, number};
use crate::desk::activity::{Activity, Visit};
use crate::desk::date;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::record::Explain as _;
use crate::desk::say::Say;
use crate::search::fold;

/// What it takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its kind: the code (list `activity-kind`).
    kind: String,
    /// 名称・場所.
    title: String,
    /// The day; today without it.
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// An office that was gone to: its identity, the beginning of that, or its name. Several times for several.
    #[arg(long, value_name = "OFFICE")]
    office: Vec<String>,
    /// Flyers at each of them.
    #[arg(long, value_name = "N")]
    flyers: Option<String>,
    /// 参加者数.
    #[arg(long, value_name = "N")]
    heads: Option<String>,
    /// A fare as the page takes it. Several times for several.
    #[arg(long, value_name = "TEXT")]
    fare: Vec<String>,
    /// Who went, by the beginning of the name; who runs the command without it.
    #[arg(long, value_name = "NAME")]
    who: Vec<String>,
    /// 内容.
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// 成果.
    #[arg(long, value_name = "TEXT")]
    result: Option<String>,
    /// When to go again.
    #[arg(long, value_name = "DAY")]
    next: Option<String>,
}

fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    date::parse_due(text, today).map(|parsed| parsed.date).map_err(|error| wrong(error.say()))
}

fn count(text: Option<&String>) -> Result<u32, Failure> {
    text.map_or(Ok(0), |text| number(text)).map_err(wrong)
}

/// Writes it. What is wrong is told before anything is written.
pub(super) fn run(args: &Args, outreach: &Outreach, desk: &mut Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (book, today) = (&outreach.words.codebook, outreach.words.today);
    if book.entry("activity-kind", &args.kind).is_none() {
        return Err(wrong(Say::new("cli-activity-no-such-kind").with("code", &args.kind)));
    }
    let names = Names { codebook: book, operators: &outreach.operators, locale: cx.locale };
    let on = args.on.as_deref().map_or(Ok(today), |text| day(text, today))?;
    let next_on = args.next.as_deref().map(|text| day(text, today)).transpose()?;
    let (flyers, heads) = (count(args.flyers.as_ref())?, count(args.heads.as_ref())?);
    let who = |name: &String| {
        names.operator(name).ok_or_else(|| wrong(Say::new("cli-activity-no-such-operator").with("name", name)))
    };
    let mut operators = args.who.iter().map(who).collect::<Result<Vec<Id>, Failure>>()?;
    if operators.is_empty() {
        operators.push(desk.operator());
    }
    let mut fares = Vec::new();
    for text in &args.fare {
        fares.extend(names.fares(text).map_err(wrong)?);
    }
    let all = offices(desk)?;
    let visited = args.office.iter().map(|text| office(&all, text)).collect::<Result<Vec<Id>, Failure>>()?;
    let visit = |(id, order)| (id, Visit { visited: true, flyers, order, ..Visit::default() });
    let text = |text: Option<&String>| text.map(|text| text.trim_end().to_owned()).unwrap_or_default();
    let activity = Activity {
        kind: args.kind.clone(),
        on: Some(on),
        title: fold::one_line(&args.title),
        operators,
        offices: visited.into_iter().zip(1..).map(visit).collect(),
        heads,
        fares: fares.into_iter().map(|fare| (desk.fresh(), fare)).collect(),
        text: text(args.text.as_ref()),
        result: text(args.result.as_ref()),
        next_on,
        ..Activity::default()
    };
    let (id, by) = (desk.fresh(), desk.operator());
    desk.commit(edits::add_activity(by, id, &activity))?;
    if cx.global.json {
        return cx.json(&outreach.json(id, &activity));
    }
    let say = Say::new("cli-activity-added").with("day", on.to_string());
    cx.print(&say.with("count", activity.tour().len().to_string()).with("yen", activity.yen().to_string()))
}
