//! `madoguchi edition changes`.

use serde_json::json;

use super::super::words::print_table;
use super::{Cx, Desk, Failure, Lists, now};
use crate::desk::document::Document;
use crate::desk::edition::{self, Changed};
use crate::desk::say::Say;
use crate::print::edition::{ChangedOffice, told};

/// What it takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The list: its code (`liaison`, `medical`, `facility`) or its title.
    list: String,
    #[command(flatten)]
    between: Between,
}

/// Between which two it is compared.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Between {
    /// Since this edition; the newest without it.
    #[arg(long, value_name = "N")]
    since: Option<u32>,
    /// Until this edition; the directory as it is now without it.
    #[arg(long, value_name = "N")]
    until: Option<u32>,
}

impl Between {
    /// The two editions, and what changed.
    pub(super) fn compared<'l>(
        &self,
        list: &str,
        lists: &'l Lists,
        desk: &Desk,
    ) -> Result<(&'l Document, Document, Vec<Changed>), Failure> {
        let (_, before) = lists.numbered(list, self.since)?;
        let after = match self.until {
            Some(number) => lists.numbered(list, Some(number))?.1.clone(),
            None => now(desk, before, lists)?,
        };
        let found = edition::changes(before, &after);
        Ok((before, after, found))
    }
}

/// Shows what changed.
pub(super) fn run(args: &Args, lists: &Lists, desk: &Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let list = lists.named(&args.list, cx)?;
    let (before, after, found) = args.between.compared(&list, lists, desk)?;
    let told: Vec<ChangedOffice> =
        found.iter().map(|changed| told(changed, cx.locale, &lists.words.codebook)).collect();
    if cx.global.json {
        return cx.json(&json!({
            "list": list,
            "since": before.number,
            "until": (after.number > 0).then_some(after.number),
            "offices": told,
        }));
    }
    if told.is_empty() {
        return cx.print(&Say::new("edition-no-changes"));
    }
    let heads = ["name", "what", "before", "after"];
    let heads = heads.map(|head| cx.locale.t(&format!("cli-edition-head-{head}")).into_owned());
    let rows = told.iter().flat_map(|office| {
        office.what.iter().map(|one| {
            let what = format!("{} {}", one.person, one.what);
            let line = |text: &str| text.lines().collect::<Vec<_>>().join(" / ");
            vec![office.name.clone(), what.trim().to_owned(), line(&one.before), line(&one.after)]
        })
    });
    let rows: Vec<Vec<String>> = rows.collect();
    print_table(&heads, &rows, cx)
}
