//! `madoguchi round`: the rounds of checks, as the page 確認 has them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::desk::Desk;
use super::words::{Words, print_table};
use super::{Cx, Exit, Failure};
use crate::app::used::Used;
use crate::desk::access::{Access, Details};
use crate::desk::contact::Contact;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::DeskProfile;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::round::{Report, Round, Scope, Tally, offices_for};
use crate::desk::say::Say;
use crate::runtime::clock;
use crate::runtime::eyes::Act;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// All rounds, the open ones first.
    List,
    /// A round begins.
    Begin {
        /// `expired`, `kind`, `area`, `april` or `never`.
        #[arg(value_parser = scope)]
        scope: Scope,
        /// The code of the kind, or the area.
        of: Option<String>,
    },
    /// The offices of a round in the order in which they are to be called.
    Show {
        /// Its identity or the beginning of it.
        id: String,
    },
    /// What came of a round, by kind and area.
    Report {
        /// As for `show`.
        id: String,
    },
}

fn scope(text: &str) -> Result<Scope, &'static str> {
    match text {
        "expired" => Ok(Scope::Expired),
        "kind" => Ok(Scope::Kind),
        "area" => Ok(Scope::Area),
        "april" => Ok(Scope::April),
        "never" => Ok(Scope::Never),
        // Never shown: `refuse` says it in the reader's language.
        _ => Err("expired, kind, area, april, never"),
    }
}

impl Args {
    /// Whether nothing is written for it and nothing leaves the desk.
    pub(super) const fn only_reads(&self) -> bool {
        !matches!(self.what, What::Begin { .. })
    }
}

/// What it is, for the roles: who answers for the directory works at the desk.
pub(super) const ACT: Act = Act::Work;

/// What a round needs of the desk.
struct Directory {
    rounds: Vec<(Id, Round)>,
    offices: BTreeMap<Id, Office>,
    uses: BTreeMap<Id, u32>,
    months: u32,
}

impl Directory {
    fn of(desk: &Desk) -> Result<Self, Failure> {
        let mut rounds: Vec<(Id, Round)> = desk.all(Kind::Round)?;
        rounds.sort_by_key(|(id, round)| (!round.is_open(), std::cmp::Reverse((round.on, *id))));
        let offices: Vec<(Id, Office)> = desk.all(Kind::Office)?;
        let contacts: Vec<(Id, Contact)> = desk.all(Kind::Contact)?;
        let mut used = Used::default();
        for (id, contact) in &contacts {
            used.apply(*id, Some(contact));
        }
        let profiles: Vec<(Id, DeskProfile)> = desk.all(Kind::Desk)?;
        let months = profiles.first().map_or(crate::desk::office::VERIFY_MONTHS, |(_, desk)| desk.verify_months());
        Ok(Self { rounds, offices: offices.into_iter().collect(), uses: used.all(), months })
    }

    fn used(&self, id: Id) -> u32 {
        self.uses.get(&id).copied().unwrap_or_default()
    }

    fn find(&self, wanted: &str) -> Result<&(Id, Round), Failure> {
        let begins = |id: &Id| !wanted.is_empty() && id.to_string().starts_with(&wanted.to_ascii_lowercase());
        let mut found = self.rounds.iter().filter(|(id, _)| begins(id));
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one),
            (Some(_), Some(_)) => Err(Failure::new(Exit::Failed, Say::new("cli-several-rounds").with("id", wanted))),
            (None, _) => Err(Failure::new(Exit::Failed, Say::new("cli-no-such-round").with("id", wanted))),
        }
    }
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| {
        let (directory, words) = (Directory::of(desk)?, Words::of(desk)?);
        match &args.what {
            What::List => list(&directory, &words, cx),
            What::Begin { scope, of } => begin(desk, &directory, (*scope, of.as_deref()), &words, cx),
            What::Show { id } => {
                let (id, round) = directory.find(id)?;
                let count = u64::try_from(round.offices.len()).ok();
                let details = Details { task: "round".to_owned(), count, ..Details::default() };
                desk.look(Access::List, Some(RecordKey::new(Kind::Round, *id)), details, cx);
                show(&directory, (*id, round), &words, cx)
            }
            What::Report { id } => {
                let (id, round) = directory.find(id)?;
                report(&directory, (*id, round), &words, cx)
            }
        }
    })
}

/// What other programs read of a round in a list.
fn head(id: Id, round: &Round, words: &Words) -> Value {
    let (done, left) = round.progress();
    json!({
        "id": id,
        "on": round.on,
        "by": words.operator(round.by),
        "scope": round.scope,
        "of": round.of,
        "done": done,
        "left": left,
        "seconds": round.seconds(),
        "closed_on": round.closed_on,
    })
}

fn list(directory: &Directory, words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    if cx.global.json {
        let rounds: Vec<Value> = directory.rounds.iter().map(|(id, round)| head(*id, round, words)).collect();
        return cx.json(&rounds);
    }
    if directory.rounds.is_empty() {
        return cx.print(&Say::new("cli-round-none"));
    }
    let locale = cx.locale;
    let look = words.look(locale);
    let heads = ["cli-round-head-id", "rounds-head-on", "rounds-head-scope", "rounds-head-done", "rounds-head-state"];
    let heads = heads.map(|key| locale.t(key).into_owned());
    let row = |(id, round): &(Id, Round)| {
        let (done, left) = round.progress();
        let of = if Scope::from_code(&round.scope) == Some(Scope::Kind) {
            look.code("office-kind", &round.of)
        } else {
            round.of.clone()
        };
        let state = match round.closed_on {
            Some(day) => locale.f("rounds-closed", &[("day", &day.to_string())]),
            None => locale.t("rounds-open"),
        };
        vec![
            id.to_string().get(..8).unwrap_or_default().to_owned(),
            round.on.map(|on| on.to_string()).unwrap_or_default(),
            [look.code("round-scope", &round.scope), of].join(" ").trim_end().to_owned(),
            format!("{done}/{}", done + left),
            state.into_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = directory.rounds.iter().map(row).collect();
    print_table(&heads, &rows, cx)
}

fn begin(
    desk: &mut Desk,
    directory: &Directory,
    (scope, of): (Scope, Option<&str>),
    words: &Words,
    cx: &mut Cx<'_>,
) -> Result<(), Failure> {
    let of = of.unwrap_or_default();
    let needed = matches!(scope, Scope::Kind | Scope::Area);
    if needed == of.is_empty() {
        let key = if needed { "cli-round-of-missing" } else { "cli-round-of-not-here" };
        return Err(Failure::new(Exit::Usage, Say::new(key)));
    }
    if scope == Scope::Kind && words.codebook.entry("office-kind", of).is_none() {
        return Err(Failure::new(Exit::Usage, Say::new("cli-round-no-such-kind").with("code", of)));
    }
    let today = clock::wall().date_naive();
    let offices = directory.offices.iter().map(|(id, office)| (*id, office));
    let (ids, more) = offices_for((scope, of), offices, |id| directory.used(id), (today, directory.months));
    if ids.is_empty() {
        return Err(Failure::new(Exit::Failed, Say::new("rounds-none-to-ask")));
    }
    let (id, by, count) = (desk.fresh(), desk.operator(), ids.len());
    let round = Round::over(ids, scope, of, by, today);
    desk.commit(edits::begin_round(by, id, &round))?;
    if more > 0 {
        cx.tell(&Say::new("rounds-more").with("count", count.to_string()).with("more", more.to_string()));
    }
    if cx.global.json {
        return cx.json(&head(id, &round, words));
    }
    let short = id.to_string().get(..8).unwrap_or_default().to_owned();
    cx.print(&Say::new("cli-round-begun").with("id", short).with("count", count.to_string()))
}

fn show(directory: &Directory, (id, round): (Id, &Round), words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let order = round.order(|id| directory.offices.get(&id), |id| directory.used(id), words.today);
    let found = order.iter().filter_map(|id| Some((*id, directory.offices.get(id)?, round.offices.get(id)?)));
    if cx.global.json {
        let mut value = head(id, round, words);
        let offices = found.map(|(id, office, asked)| {
            json!({
                "id": id,
                "name": office.name,
                "kind": office.kind,
                "area": office.area,
                "phone": office.phone,
                "verified_on": office.verified.as_ref().map(|verified| verified.on),
                "done": asked.is_done(),
                "outcome": asked.last().map(|call| &call.outcome),
                "calls": asked.tries.len(),
                "again_on": asked.again_on,
                "seconds": asked.seconds(),
                "note": asked.note,
            })
        });
        if let Value::Object(members) = &mut value {
            members.insert("offices".to_owned(), offices.collect());
        }
        return cx.json(&value);
    }
    let locale = cx.locale;
    let look = words.look(locale);
    let heads = ["cli-round-head-state", "cli-round-head-calls", "cli-round-head-office", "cli-round-head-phone"];
    let heads = heads.map(|key| locale.t(key).into_owned());
    let rows: Vec<Vec<String>> = found
        .map(|(_, office, asked)| {
            let state = match asked.outcome() {
                Some(outcome) => look.short_code("round-outcome", outcome.code()),
                None => locale.t("rounds-left").into_owned(),
            };
            vec![state, asked.tries.len().to_string(), office.name.clone(), office.phone.clone()]
        })
        .collect();
    print_table(&heads, &rows, cx)
}

fn report(directory: &Directory, (id, round): (Id, &Round), words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let report = Report::of(round, |id| directory.offices.get(&id));
    if cx.global.json {
        let mut value = head(id, round, words);
        let part = |tally: &Tally| {
            let mut value = json!(tally);
            if let Value::Object(members) = &mut value {
                members.insert("rate".to_owned(), json!(tally.rate()));
            }
            value
        };
        let parts = |map: &BTreeMap<String, Tally>| -> Value {
            Value::Object(map.iter().map(|(name, tally)| (name.clone(), part(tally))).collect())
        };
        if let Value::Object(members) = &mut value {
            members.insert("all".to_owned(), part(&report.all));
            members.insert("kinds".to_owned(), parts(&report.kinds));
            members.insert("areas".to_owned(), parts(&report.areas));
        }
        return cx.json(&value);
    }
    let locale = cx.locale;
    let look = words.look(locale);
    let heads = std::iter::once("rounds-head-part").chain(Tally::HEADS);
    let heads: Vec<String> = heads.map(|key| locale.t(key).into_owned()).collect();
    let row = |name: String, tally: &Tally| {
        let name = if name.is_empty() { locale.t("rounds-no-area").into_owned() } else { name };
        std::iter::once(name).chain(tally.figures()).collect::<Vec<String>>()
    };
    let mut rows = vec![row(locale.t("rounds-all").into_owned(), &report.all)];
    rows.extend(report.kinds.iter().map(|(kind, tally)| row(look.short_code("office-kind", kind), tally)));
    rows.extend(report.areas.iter().map(|(area, tally)| row(area.clone(), tally)));
    print_table(&heads, &rows, cx)
}
