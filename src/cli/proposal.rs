//! `madoguchi proposal`: 変更届 for offices, what came back of them, and what is taken over of it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::desk::Desk;
use super::{Cx, Exit, Failure};
use crate::app::sheets::{BY_PAPER, Sheets};
use crate::desk::access::{Access, Details};
use crate::desk::codebook::Codebook;
use crate::desk::edits::{self, Accept};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::DeskProfile;
use crate::desk::proposal::{Item, Part, Proposal, State, present};
use crate::desk::record::{Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::exchange::proposal::Sender;
use crate::exchange::proposal::plan::{Came, Reader, plan};
use crate::exchange::proposal::read::Returned;
use crate::runtime::{clock, sheets};
use crate::search::same;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// A sheet for each of these offices.
    Make {
        /// Names, identities or beginnings of identities.
        #[arg(required = true)]
        offices: Vec<String>,
        /// The folder for the sheets.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Reads sheets that came back; they wait then.
    Read {
        /// Excel files, or folders with such.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// What waits.
    List,
    /// Takes changes over.
    Accept {
        /// The proposal: its identity or the beginning of it.
        id: String,
        /// The items, as `list` names them; all that are no conflict without it.
        items: Vec<String>,
        /// Whose sheet it is, where the sheet does not say.
        #[arg(long, value_name = "OFFICE")]
        office: Option<String>,
    },
    /// Puts changes away.
    Refuse {
        /// The proposal: its identity or the beginning of it.
        id: String,
        /// The items; all without it.
        items: Vec<String>,
    },
}

impl Args {
    /// Whether nothing is written for it and nothing leaves the desk.
    pub(super) const fn only_reads(&self) -> bool {
        matches!(self.what, What::List)
    }
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    // Files are read, and wrong ones refused, before the desk is opened.
    let returned = match &args.what {
        What::Read { files } => sheets::proposals(files, clock::wall().date_naive()).map_err(bad_input)?,
        What::Make { .. } | What::List | What::Accept { .. } | What::Refuse { .. } => Vec::new(),
    };
    Desk::with(cx, |desk, cx| match &args.what {
        What::Make { offices, out } => make(desk, offices, out, cx),
        What::Read { .. } => read(desk, &returned, cx),
        What::List => list(desk, cx),
        What::Accept { id, items, office } => accept(desk, (id, items), office.as_deref(), cx),
        What::Refuse { id, items } => refuse(desk, id, items, cx),
    })
}

/// Why files were refused, with the sentence that nothing was changed.
pub(super) fn bad_input(mut says: Vec<Say>) -> Failure {
    says.push(Say::new("exchange-nothing-changed"));
    Failure { exit: Exit::BadInput, says }
}

/// The desk with its code lists, for the heads of sheets.
pub(super) fn with_sender<T>(desk: &Desk, work: impl FnOnce(&Sender<'_>) -> T) -> Result<T, Failure> {
    let books: Vec<Value> = desk.all(Kind::Codebook)?.into_iter().map(|(_, value)| value).collect();
    let (codebook, words) = (Codebook::from_records(&books), sheets::words());
    let profiles: Vec<(Id, DeskProfile)> = desk.all(Kind::Desk)?;
    let (desk_id, profile) = profiles.into_iter().next().unwrap_or_default();
    let on = clock::wall().date_naive();
    Ok(work(&Sender { desk: &profile, desk_id, on, words: &words, codebook: &codebook }))
}

/// The offices that are in the directory.
pub(super) fn offices(desk: &Desk) -> Result<BTreeMap<Id, Office>, Failure> {
    let all: Vec<(Id, Office)> = desk.all(Kind::Office)?;
    Ok(all.into_iter().filter(|(_, office)| !office.removed).collect())
}

/// The office that is meant: by its identity, the beginning of that, or its name.
pub(super) fn office(all: &BTreeMap<Id, Office>, wanted: &str) -> Result<Id, Failure> {
    let start = wanted.to_ascii_lowercase();
    let fits = |(id, office): &(&Id, &Office)| {
        (!start.is_empty() && id.to_string().starts_with(&start)) || same(&office.name, wanted)
    };
    let mut found = all.iter().filter(fits).map(|(id, _)| *id);
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        (Some(_), Some(_)) => Err(Failure::new(Exit::Failed, Say::new("exchange-several-ids"))),
        (None, _) => Err(Failure::new(Exit::Failed, Say::new("exchange-no-such-office").with("id", wanted))),
    }
}

fn make(desk: &mut Desk, wanted: &[String], out: &std::path::Path, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let all = offices(desk)?;
    let mut chosen = Vec::new();
    for text in wanted {
        let id = office(&all, text)?;
        chosen.extend(all.get(&id).map(|office| (id, office.clone())));
    }
    write(desk, &Sheets::Proposals(chosen), out, wanted.len(), cx)
}

/// Writes sheets and says which.
pub(super) fn write(
    desk: &mut Desk,
    sheets: &Sheets,
    out: &std::path::Path,
    count: usize,
    cx: &mut Cx<'_>,
) -> Result<(), Failure> {
    let folder = desk.paper(out)?;
    let details = Details { task: "office".to_owned(), count: u64::try_from(count).ok(), ..Details::default() };
    // Noted before it is written: what left the desk must not be missing in the log.
    desk.look(Access::Export, None, details, cx);
    let written = with_sender(desk, |sender| sheets::write(sheets, &folder, sender))?;
    let written = written.map_err(|say| Failure::new(Exit::Failed, say))?;
    let names: Vec<String> = written.iter().map(|file| file.display().to_string()).collect();
    if cx.global.json {
        return cx.json(&json!({ "files": names }));
    }
    for name in names {
        writeln!(cx.out, "{name}")?;
    }
    Ok(())
}

fn read(desk: &mut Desk, returned: &[Returned], cx: &mut Cx<'_>) -> Result<(), Failure> {
    let all: BTreeMap<Id, Office> = offices(desk)?;
    let before: Vec<(Id, Proposal)> = desk.all(Kind::Proposal)?;
    let reader = Reader { by: desk.operator(), today: clock::wall().date_naive() };
    let mut new: Vec<(Id, Proposal)> = Vec::new();
    let (mut nothing, mut known) = (0_usize, 0_usize);
    for sheet in returned {
        let found = |id: Id| all.get(&id);
        let mut every = || all.iter().map(|(id, office)| (*id, office)).collect();
        let there = before.iter().chain(&new).map(|(_, proposal)| proposal);
        match plan(sheet, &found, &mut every, there, reader) {
            Came::Waits(proposal) => {
                let id = desk.fresh();
                new.push((id, *proposal));
            }
            Came::Nothing => nothing += 1,
            Came::Known => known += 1,
        }
        for misread in sheet.misread() {
            cx.tell(&misread.say());
        }
    }
    if let Some(batch) = edits::add_proposals(desk.operator(), &new) {
        desk.commit(batch)?;
        let details = Details { task: "office".to_owned(), count: u64::try_from(new.len()).ok(), ..Details::default() };
        desk.look(Access::Import, None, details, cx);
    }
    if cx.global.json {
        let ids: Vec<Value> = new.iter().map(|(id, proposal)| brief(*id, proposal, &all)).collect();
        return cx.json(&json!({ "new": ids, "nothing": nothing, "known": known }));
    }
    let say = Say::new("proposal-read").with("new", new.len().to_string());
    cx.print(&say.with("nothing", nothing.to_string()).with("known", known.to_string()))?;
    new.iter().try_for_each(|(id, proposal)| show(*id, proposal, &all, cx))
}

fn list(desk: &Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let all = offices(desk)?;
    let mut waiting: Vec<(Id, Proposal)> = desk.all(Kind::Proposal)?;
    waiting.retain(|(_, proposal)| !proposal.closed);
    waiting.sort_by(|(_, a), (_, b)| (a.received_on, &a.name).cmp(&(b.received_on, &b.name)));
    if cx.global.json {
        let list: Vec<Value> = waiting.iter().map(|(id, proposal)| brief(*id, proposal, &all)).collect();
        return cx.json(&list);
    }
    if waiting.is_empty() {
        cx.tell(&Say::new("proposal-none"));
    }
    waiting.iter().try_for_each(|(id, proposal)| show(*id, proposal, &all, cx))
}

fn brief(id: Id, proposal: &Proposal, all: &BTreeMap<Id, Office>) -> Value {
    let office = all.get(&proposal.office);
    let items: Vec<Value> = proposal.waiting().map(|(part, item)| item_json(&part, item, office)).collect();
    json!({
        "id": id,
        "office": (!proposal.office.is_nil()).then_some(proposal.office),
        "sure": proposal.sure,
        "name": proposal.name,
        "made_on": proposal.made_on,
        "received_on": proposal.received_on,
        "file": proposal.file,
        "sheet": proposal.sheet,
        "unchanged": proposal.unchanged,
        "items": items,
    })
}

fn item_json(part: &Part, item: &Item, office: Option<&Office>) -> Value {
    json!({
        "item": part.to_string(),
        "now": office.map(|office| present(office, part)),
        "wanted": item.wanted,
        "base": item.base,
        "conflict": office.is_some_and(|office| Proposal::is_conflict(part, item, office)),
        "readable": item.expected.is_none(),
        "cell": item.cell,
    })
}

fn show(id: Id, proposal: &Proposal, all: &BTreeMap<Id, Office>, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let short: String = id.to_string().chars().take(8).collect();
    let day = proposal.received_on.map(|on| on.to_string()).unwrap_or_default();
    let unsure = if proposal.sure { String::new() } else { cx.locale.t("proposal-unsure").into_owned() };
    writeln!(cx.out, "{}", format!("{short}  {}  {day}  {}  {unsure}", proposal.name, proposal.file).trim_end())?;
    if proposal.unchanged {
        writeln!(cx.out, "  {}", cx.locale.t("proposal-all-holds"))?;
    }
    let office = all.get(&proposal.office);
    for (part, item) in proposal.waiting() {
        let now = office.map(|office| present(office, &part)).unwrap_or_default();
        let mark = match (item.expected, office.is_some_and(|office| Proposal::is_conflict(&part, item, office))) {
            (Some(_), _) => cx.locale.t("proposal-mark-unread"),
            (None, true) => cx.locale.t("proposal-mark-conflict"),
            (None, false) => "".into(),
        };
        let line = format!("  {part}: {} > {}  {mark}", flat(&now), flat(&item.wanted));
        writeln!(cx.out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn flat(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" / ")
}

fn find(desk: &Desk, wanted: &str) -> Result<(Id, Proposal), Failure> {
    let start = wanted.to_ascii_lowercase();
    let all: Vec<(Id, Proposal)> = desk.all(Kind::Proposal)?;
    let fits =
        |(id, proposal): &(Id, Proposal)| !start.is_empty() && !proposal.closed && id.to_string().starts_with(&start);
    let mut found = all.into_iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(Failure::new(Exit::Failed, Say::new("exchange-several-ids"))),
        (None, _) => Err(Failure::new(Exit::Failed, Say::new("proposal-no-such").with("id", wanted))),
    }
}

/// The items that are meant; an unknown one is refused before anything is done.
fn chosen(proposal: &Proposal, items: &[String]) -> Result<Vec<String>, Failure> {
    for item in items {
        if proposal.items.get(item).is_none_or(|known| known.state != State::Waiting) {
            return Err(Failure::new(Exit::Failed, Say::new("proposal-no-such-item").with("item", item)));
        }
    }
    Ok(items.to_vec())
}

fn accept(
    desk: &mut Desk,
    (wanted, items): (&str, &[String]),
    whose: Option<&str>,
    cx: &mut Cx<'_>,
) -> Result<(), Failure> {
    let (id, mut proposal) = find(desk, wanted)?;
    let all = offices(desk)?;
    let me = desk.operator();
    let named = whose.map(|text| office(&all, text)).transpose()?;
    if named.is_none() && !proposal.sure {
        return Err(Failure::new(Exit::Failed, Say::new("proposal-say-whose").with("name", proposal.name)));
    }
    if let Some(named) = named {
        proposal.office = named;
        proposal.sure = true;
    }
    let Some(entry) = all.get(&proposal.office) else {
        return Err(Failure::new(Exit::Failed, Say::new("proposal-say-whose").with("name", proposal.name)));
    };
    let mut keys = chosen(&proposal, items)?;
    let mut left = 0_usize;
    if items.is_empty() {
        let clean = |(part, item): &(Part, &Item)| !Proposal::is_conflict(part, item, entry) && item.expected.is_none();
        keys = proposal.waiting().filter(clean).map(|(part, _)| part.to_string()).collect();
        left = proposal.waiting().count() - keys.len();
    }
    let told = sheets::words().t("proposal-source").into_owned();
    let today = clock::wall().date_naive();
    let accept = Accept { by: me, how: BY_PAPER, told: &told, today };
    let batch = edits::accept_changes(&accept, (id, &proposal), entry, &keys, &mut || desk.fresh());
    let Some(mut batch) = batch else {
        return Err(Failure::new(Exit::Failed, Say::new("proposal-nothing-to-accept")));
    };
    if named.is_some() {
        batch.edits.extend(edits::name_proposal(me, id, proposal.office).edits);
    }
    desk.commit(batch)?;
    if cx.global.json {
        return cx.json(&json!({ "accepted": keys, "left": left }));
    }
    let say = Say::new("proposal-accepted").with("count", keys.len().to_string());
    cx.print(&say)?;
    if left > 0 {
        cx.tell(&Say::new("proposal-left").with("count", left.to_string()));
    }
    Ok(())
}

fn refuse(desk: &mut Desk, wanted: &str, items: &[String], cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (id, proposal) = find(desk, wanted)?;
    let mut keys = chosen(&proposal, items)?;
    if items.is_empty() {
        keys = proposal.items.keys().cloned().collect();
    }
    let Some(batch) = edits::refuse_changes(desk.operator(), (id, &proposal), &keys) else {
        return Err(Failure::new(Exit::Failed, Say::new("proposal-nothing-to-accept")));
    };
    desk.commit(batch)?;
    let record: Option<Proposal> = desk.get(RecordKey::new(Kind::Proposal, id))?;
    let left = record.map_or(0, |proposal| proposal.waiting().count());
    if cx.global.json {
        return cx.json(&json!({ "refused": keys, "left": left }));
    }
    cx.print(&Say::new("proposal-refused").with("count", keys.len().to_string()))
}
