//! `madoguchi edition make`.

use super::{Cx, Desk, Exit, Failure, Lists};
use crate::desk::document::{Document, Extent};
use crate::desk::edition;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::record::Kind;
use crate::desk::say::Say;
use crate::search::fold;

/// What it takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The list: its code (`liaison`, `medical`, `facility`) or its title.
    list: String,
    /// Only offices of this kind (a code of list `office-kind`); may be given several times.
    #[arg(long, value_name = "CODE")]
    kind: Vec<String>,
    /// Only offices of this area.
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// Only offices that can do this (a code of list `capability`); may be given several times.
    #[arg(long, value_name = "CODE")]
    able: Vec<String>,
    /// With the persons at the offices.
    #[arg(long, conflicts_with = "no_staff")]
    staff: bool,
    /// Without them.
    #[arg(long)]
    no_staff: bool,
    /// Why it was made, or what was changed.
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
}

/// Makes the edition.
pub(super) fn run(args: &Args, lists: &Lists, desk: &mut Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let list = lists.named(&args.list, cx)?;
    let mut extent: Extent = edition::usual_extent(&list);
    for (of, given) in [("office-kind", &args.kind), ("capability", &args.able)] {
        if let Some(code) = given.iter().find(|code| lists.words.codebook.entry(of, code).is_none()) {
            return Err(Failure::new(Exit::Usage, Say::new("edition-no-such-code").with("code", code.as_str())));
        }
    }
    if !args.kind.is_empty() {
        extent.kinds.clone_from(&args.kind);
    }
    extent.able.clone_from(&args.able);
    extent.area = args.area.as_deref().map(fold::one_line).unwrap_or_default();
    extent.staff = (extent.staff || args.staff) && !args.no_staff;
    let offices: Vec<(Id, Office)> = desk.all(Kind::Office)?;
    let made = edition::snapshot(offices.iter().map(|(id, office)| (*id, office)), &list, &extent, &fold::same);
    // The list is kept without the directory beside it: of a large one both would not fit into little memory.
    drop(offices);
    if made.rows.is_empty() {
        return Err(Failure::new(Exit::Failed, Say::new("edition-empty")));
    }
    let number = edition::next_number(lists.documents.values(), &list);
    let (by, id, on) = (desk.operator(), desk.fresh(), Some(lists.words.today));
    let made = Document { number, on, by, note: fold::one_line(&args.note), ..made };
    desk.commit(edits::number_edition(desk.journal().desk(), &list, number))?;
    desk.commit(edits::make_edition(by, id, &made))?;
    if cx.global.json {
        let head = lists.head(id, &made, cx);
        return cx.json(&head);
    }
    let say = Say::new("edition-made").with("title", lists.title(&made, cx)).with("number", number.to_string());
    cx.print(&say.with("count", made.rows.len().to_string()))
}
