//! `madoguchi handover`: the page that the desk hands on, as plain text.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::desk::Desk;
use super::words::Words;
use super::{Cx, Exit, Failure};
use crate::desk::access::{Access, Details};
use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::handover::{OpenDraft, Page, Recent};
use crate::desk::id::Id;
use crate::desk::index;
use crate::desk::record::{Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::popups::handover::{Handover, lines};
use crate::runtime::reading;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the page.
pub fn run(_args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| {
        let words = Words::of(desk)?;
        let recent = reading::recent(desk.journal(), words.today, desk.operator());
        let recent = recent.map_err(|error| Failure::of(Exit::Failed, &error))?;
        let (cases, drafts) = (cases(desk, &recent)?, drafts(desk, cx)?);
        desk.look(Access::List, None, Details { task: "handover".to_owned(), ..Details::default() }, cx);
        let open = cases.values().filter(|brief| brief.is_open());
        let page = Page::new(drafts, open, |id| cases.get(&id), &recent, words.today);
        if cx.global.json {
            let value = as_json(&page, &words);
            return cx.json(&value);
        }
        let name = |id| words.operator(id).to_owned();
        write!(cx.out, "{}", Handover::text(&lines(&page, &words.look(cx.locale), &name)))?;
        Ok(())
    })
}

/// The open cases, and those that were worked on lately.
fn cases(desk: &Desk, recent: &Recent) -> Result<BTreeMap<Id, Brief>, Failure> {
    let open = desk.indexed(index::OPEN, &[])?.into_iter().map(|key| key.id);
    let touched = recent.days.iter().flat_map(|day| day.cases.iter().map(|touched| touched.case));
    let mut cases = BTreeMap::new();
    for id in open.chain(touched) {
        if let Some(case) = desk.get::<Case>(RecordKey::new(Kind::Case, id))? {
            cases.insert(id, Brief::of(id, &case));
        }
    }
    Ok(cases)
}

fn drafts(desk: &Desk, cx: &mut Cx<'_>) -> Result<Vec<OpenDraft>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(Exit::Failed, Say::new("cli-handover-drafts").with("why", error.to_string()))
    };
    let (drafts, told) = desk.journal().drafts().list().map_err(failed)?;
    for told in told {
        cx.tell(&told.say());
    }
    Ok(drafts.iter().filter_map(|(_, draft)| OpenDraft::of(draft)).collect())
}

fn as_json(page: &Page<'_>, words: &Words) -> Value {
    let case = |brief: &&Brief| {
        json!({
            "id": brief.id,
            "number": brief.number(),
            "status": brief.status.name(),
            "due": brief.due,
            "next_action": brief.next_action(),
            "caller": brief.caller(),
            "summary": brief.summary(),
            "operator": words.operator(brief.operator),
        })
    };
    let cases = |briefs: &[&Brief]| briefs.iter().map(case).collect::<Vec<_>>();
    let drafts = page.drafts.iter().map(|draft| {
        json!({
            "started_at": draft.started_at,
            "operator": words.operator(draft.operator),
            "caller_kind": draft.caller_kind,
            "caller": draft.caller,
            "text": draft.text,
            "wanted": draft.wanted.iter().map(|(record, member)| format!("{record}.{member}")).collect::<Vec<_>>(),
        })
    });
    let days = page.days.iter().map(|(on, touched)| {
        let done = touched.iter().map(|(touched, brief)| {
            let names: Vec<&str> = touched.operators.iter().map(|id| words.operator(*id)).collect();
            json!({
                "id": brief.id,
                "number": brief.number(),
                "at": touched.last,
                "operators": names,
                "taken": touched.taken,
                "closed": touched.closed,
                "contacts": touched.contacts,
            })
        });
        json!({ "on": on, "cases": done.collect::<Vec<_>>() })
    });
    json!({
        "drafts": drafts.collect::<Vec<_>>(),
        "overdue": cases(&page.overdue),
        "today": cases(&page.today),
        "ask": cases(&page.ask),
        "days": days.collect::<Vec<_>>(),
    })
}
