//! `madoguchi retention`: which cases have been kept long enough, who holds which, and their disposal.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::desk::Desk;
use super::words::{Words, print_table};
use super::{Cx, Exit, Failure};
use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::operator::Operator;
use crate::desk::record::{Batch, Kind, RecordKey};
use crate::desk::retention::{self, Disposal, Disposed, NotApproved, Ties};
use crate::desk::say::Say;
use crate::runtime::{clock, disposing};

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The cases that may be disposed of, those that are held, and what is proposed.
    List,
    /// Proposes a disposal.
    Propose {
        /// The cases by number or identity; all that may be disposed of where none is named.
        ids: Vec<String>,
    },
    /// Agrees to a disposal.
    Approve {
        /// The proposal's identity or the beginning of it.
        id: String,
        /// How many cases it has.
        #[arg(long)]
        count: usize,
    },
    /// Takes a proposal back.
    Withdraw {
        /// The proposal's identity or the beginning of it.
        id: String,
    },
    /// Keeps a case whatever its age.
    Hold {
        /// Its number or its identity.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Lets a held case go when its time is over.
    Release {
        /// Its number or its identity.
        id: String,
    },
    /// What was disposed of.
    Log,
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| match &args.what {
        What::List => list(desk, cx),
        What::Propose { ids } => propose(desk, ids, cx),
        What::Approve { id, count } => approve(desk, id, *count, cx),
        What::Withdraw { id } => withdraw(desk, id, cx),
        What::Hold { id, reason } => hold(desk, id, reason, cx),
        What::Release { id } => release(desk, id, cx),
        What::Log => log(desk, cx),
    })
}

/// The cases and disposals of a desk, for all subcommands.
struct Kept {
    cases: Vec<Brief>,
    disposals: BTreeMap<Id, Disposal>,
    ties: Ties,
    years: u32,
}

impl Kept {
    fn of(desk: &Desk) -> Result<Self, Failure> {
        let failed = |error| Failure::of(Exit::Failed, &error);
        let today = clock::wall().date_naive();
        let cases: Vec<(Id, Case)> = desk.all(Kind::Case)?;
        Ok(Self {
            cases: cases.iter().map(|(id, case)| Brief::of(*id, case)).collect(),
            disposals: desk.all(Kind::Disposal)?.into_iter().collect(),
            ties: disposing::ties(desk.journal(), today).map_err(failed)?,
            years: retention::years(&disposing::profile(desk.journal()).map_err(failed)?),
        })
    }

    /// The cases that may be disposed of and are not proposed yet.
    fn due(&self) -> Vec<(&Brief, Disposed)> {
        let proposed: BTreeSet<Id> = self.proposals().flat_map(|(_, p)| p.cases.keys().copied()).collect();
        let all = retention::all_due(&self.cases, &self.ties, self.years, clock::wall().date_naive());
        let free = all.into_iter().filter(|(case, _)| !proposed.contains(&case.id));
        free.map(|(case, since)| (case, Disposed::of(case, since))).collect()
    }

    fn proposals(&self) -> impl Iterator<Item = (Id, &Disposal)> {
        self.disposals.iter().filter(|(_, disposal)| disposal.is_proposed()).map(|(id, disposal)| (*id, disposal))
    }

    /// The proposal that is meant.
    fn proposal(&self, text: &str) -> Result<(Id, &Disposal), Failure> {
        let begins = |id: &Id| !text.is_empty() && id.to_string().starts_with(&text.to_ascii_lowercase());
        let mut found = self.disposals.iter().filter(|(id, _)| begins(id));
        match (found.next(), found.next()) {
            (Some((id, disposal)), None) => Ok((*id, disposal)),
            (Some(_), Some(_)) => Err(failed(Say::new("cli-retention-several").with("id", text))),
            (None, _) => Err(Failure::of(Exit::Failed, &NotApproved::Unknown)),
        }
    }
}

fn failed(say: Say) -> Failure {
    Failure::new(Exit::Failed, say)
}

fn list(desk: &Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    proposer(desk)?;
    let (kept, words) = (Kept::of(desk)?, Words::of(desk)?);
    let due = kept.due();
    let held: Vec<&Brief> = kept.cases.iter().filter(|case| case.hold.is_some()).collect();
    let undated: Vec<&str> = kept
        .cases
        .iter()
        .filter(|case| !case.is_open() && case.closed_on.is_none())
        .map(super::super::desk::brief::Brief::number)
        .collect();
    if cx.global.json {
        let hold = |case: &&Brief| {
            let hold = case.hold.as_deref()?;
            let by = words.operator(hold.by);
            Some(json!({ "id": case.id, "number": case.number(), "reason": hold.reason, "by": by, "at": hold.at }))
        };
        let of_due = |(case, due): &(&Brief, Disposed)| {
            json!({ "id": case.id, "number": due.number, "closed_on": due.closed_on, "since": due.since,
                "summary": case.summary() })
        };
        return cx.json(&json!({
            "years": kept.years,
            "due": due.iter().map(of_due).collect::<Vec<_>>(),
            "held": held.iter().filter_map(hold).collect::<Vec<_>>(),
            "undated": undated,
            "proposals": kept.proposals().map(|(id, p)| as_json(id, p, &words)).collect::<Vec<_>>(),
        }));
    }
    let say = Say::new(if due.is_empty() { "cli-retention-none" } else { "cli-retention-due" });
    cx.print(&say.with("years", kept.years.to_string()).with("count", due.len().to_string()))?;
    let line = |(case, due): &(&Brief, Disposed)| {
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        vec![due.number.clone(), day(due.closed_on), day(due.since), case.summary().replace('\n', " ")]
    };
    if !due.is_empty() {
        let heads = ["cli-retention-number", "cli-retention-closed", "cli-retention-since", "cli-retention-what"];
        let heads = heads.map(|key| cx.locale.t(key).into_owned());
        print_table(&heads, &due.iter().map(line).collect::<Vec<_>>(), cx)?;
    }
    for case in held {
        let Some(hold) = case.hold.as_deref() else { continue };
        let say = Say::new("cli-retention-held").with("number", case.number()).with("by", words.operator(hold.by));
        cx.print(&say.with("day", hold.at.date_naive().to_string()).with("reason", hold.reason.clone()))?;
    }
    for number in undated {
        cx.print(&retention::Kept::NoDay.say(number))?;
    }
    for (id, proposal) in kept.proposals() {
        cx.print(&said("cli-retention-proposed", id, proposal, &words))?;
    }
    Ok(())
}

/// A proposal or a disposal in a sentence: the beginning of its identity, how many cases, who and when.
fn said(key: &'static str, id: Id, disposal: &Disposal, words: &Words) -> Say {
    let numbers: Vec<&str> = disposal.cases.values().map(|case| case.number.as_str()).collect();
    let day = |at: Option<chrono::DateTime<_>>| at.map(|at| at.date_naive().to_string()).unwrap_or_default();
    Say { key, args: Vec::new() }
        .with("id", id.to_string().get(..8).unwrap_or_default())
        .with("count", disposal.cases.len().to_string())
        .with("numbers", numbers.join(" "))
        .with("contacts", disposal.contacts.to_string())
        .with("proposer", words.operator(disposal.proposed_by))
        .with("proposed", day(disposal.proposed_at))
        .with("approver", words.operator(disposal.approved_by))
        .with("approved", day(disposal.approved_at.or(disposal.restored_at)))
}

fn as_json(id: Id, disposal: &Disposal, words: &Words) -> Value {
    let case = |(id, case): (&Id, &Disposed)| json!({ "id": id, "number": case.number, "closed_on": case.closed_on, "since": case.since });
    json!({
        "id": id,
        "cases": disposal.cases.iter().map(case).collect::<Vec<_>>(),
        "contacts": disposal.contacts,
        "proposed_by": words.operator(disposal.proposed_by),
        "proposed_at": disposal.proposed_at,
        "approved_by": words.operator(disposal.approved_by),
        "approved_at": disposal.approved_at,
        "restored_at": disposal.restored_at,
        "numbers": disposal.numbers,
    })
}

/// Who does it, where that is somebody who works on cases.
fn proposer(desk: &Desk) -> Result<Id, Failure> {
    let by = desk.operator();
    let operators: BTreeMap<Id, Operator> = desk.all(Kind::Operator)?.into_iter().collect();
    if retention::may_propose(by, &operators) { Ok(by) } else { Err(failed(Say::new("retention-viewer"))) }
}

fn keep(desk: &mut Desk, batch: Batch) -> Result<(), Failure> {
    desk.commit(batch).map(|_| ())
}

fn propose(desk: &mut Desk, ids: &[String], cx: &mut Cx<'_>) -> Result<(), Failure> {
    let by = proposer(desk)?;
    let kept = Kept::of(desk)?;
    let due = kept.due();
    let mut cases: BTreeMap<Id, Disposed> = BTreeMap::new();
    for text in ids {
        let id = desk.case_id(text)?;
        match due.iter().find(|(case, _)| case.id == id) {
            Some((_, disposed)) => _ = cases.insert(id, disposed.clone()),
            None => return Err(not_due(&kept, id)),
        }
    }
    if ids.is_empty() {
        cases = due.iter().map(|(case, disposed)| (case.id, disposed.clone())).collect();
    }
    if cases.is_empty() {
        return Err(failed(Say::new("cli-retention-none").with("years", kept.years.to_string()).with("count", "0")));
    }
    let (id, at) = (desk.fresh(), clock::wall());
    let proposal = Disposal { cases: cases.clone(), proposed_by: by, proposed_at: Some(at), ..Disposal::default() };
    keep(desk, edits::propose_disposal(by, id, cases, at))?;
    tell(desk, "cli-retention-proposed", id, &proposal, cx)
}

/// Why a case cannot be proposed.
fn not_due(kept: &Kept, id: Id) -> Failure {
    let Some(case) = kept.cases.iter().find(|case| case.id == id) else {
        return failed(retention::Kept::Gone.say(""));
    };
    let today = clock::wall().date_naive();
    match retention::due(case, &kept.ties, kept.years, today) {
        Err(why) => failed(why.say(case.number())),
        Ok(_) => failed(Say::new("retention-proposed-already").with("number", case.number())),
    }
}

fn tell(desk: &Desk, key: &'static str, id: Id, disposal: &Disposal, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let words = Words::of(desk)?;
    if cx.global.json {
        return cx.json(&as_json(id, disposal, &words));
    }
    cx.print(&said(key, id, disposal, &words))
}

fn approve(desk: &mut Desk, text: &str, count: usize, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let by = desk.operator();
    let kept = Kept::of(desk)?;
    let (id, proposal) = kept.proposal(text)?;
    if proposal.is_proposed() && proposal.cases.len() != count {
        let say = Say::new("retention-count-differs").with("count", proposal.cases.len().to_string());
        return Err(failed(say.with("typed", count.to_string())));
    }
    let done = disposing::approve(desk.journal_mut(), by, id, clock::wall());
    let done = done.map_err(|error| Failure::of(Exit::Failed, &error))?;
    done.told.iter().for_each(|say| cx.tell(say));
    if let Err(say) = disposing::finish(desk.journal_mut()) {
        cx.tell(&say);
        cx.tell(&Say::new("retention-goes-on"));
    }
    let disposal: Disposal = desk.get(RecordKey::new(Kind::Disposal, id))?.unwrap_or_default();
    tell(desk, "cli-retention-done", id, &disposal, cx)
}

fn withdraw(desk: &mut Desk, text: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let by = proposer(desk)?;
    let kept = Kept::of(desk)?;
    let (id, proposal) = kept.proposal(text)?;
    if !proposal.is_proposed() {
        return Err(Failure::of(Exit::Failed, &NotApproved::Done));
    }
    keep(desk, edits::withdraw_disposal(by, id))?;
    tell(desk, "cli-retention-withdrawn", id, proposal, cx)
}

fn hold(desk: &mut Desk, text: &str, reason: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let by = proposer(desk)?;
    let id = desk.case_id(text)?;
    if reason.trim().is_empty() {
        return Err(Failure::new(Exit::Usage, Say::new("retention-no-reason")));
    }
    keep(desk, edits::hold(by, &[id], &crate::search::fold::one_line(reason), clock::wall()))?;
    held(desk, "cli-retention-holds", id, cx)
}

fn release(desk: &mut Desk, text: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let by = proposer(desk)?;
    let id = desk.case_id(text)?;
    keep(desk, edits::release(by, &[id]))?;
    held(desk, "cli-retention-released", id, cx)
}

fn held(desk: &Desk, key: &'static str, id: Id, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let case: Case = desk.get(RecordKey::new(Kind::Case, id))?.unwrap_or_default();
    if cx.global.json {
        return cx.json(&json!({ "id": id, "number": case.number, "hold": case.hold }));
    }
    cx.print(&Say { key, args: Vec::new() }.with("number", case.number))
}

fn log(desk: &Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (kept, words) = (Kept::of(desk)?, Words::of(desk)?);
    let mut done: Vec<(&Id, &Disposal)> =
        kept.disposals.iter().filter(|(_, disposal)| !disposal.is_proposed()).collect();
    done.sort_by_key(|(id, disposal)| (disposal.approved_at.or(disposal.restored_at), **id));
    if cx.global.json {
        return cx.json(&done.iter().map(|(id, disposal)| as_json(**id, disposal, &words)).collect::<Vec<_>>());
    }
    if done.is_empty() {
        cx.tell(&Say::new("retention-log-empty"));
    }
    for (id, disposal) in done {
        let key = if disposal.approved_at.is_some() { "cli-retention-done" } else { "cli-retention-done-again" };
        cx.print(&said(key, *id, disposal, &words))?;
    }
    Ok(())
}
