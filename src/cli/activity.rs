//! `madoguchi activity`: 活動, as the page 活動 has them: listed, written, counted by month, taken out as files; and the offices
//! that never called.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::desk::Desk;
use super::proposal::offices;
use super::words::{Words, print_offices, print_table};
use super::{Cx, Exit, Failure};
use crate::app::reach::Reach;
use crate::desk::access::{Access, Details};
use crate::desk::activity::{Activity, Total, months};
use crate::desk::contact::Contact;
use crate::desk::date::{fiscal_label, fiscal_months, fiscal_year};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::Operator;
use crate::desk::reach::routes;
use crate::desk::record::Kind;
use crate::desk::say::Say;
use crate::exchange::outreach::About;
use crate::exchange::write::Table;
use crate::runtime::eyes::Act;

mod add;
mod export;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The activities of a fiscal year, the newest first.
    List {
        /// The calendar year in which it begins; this one without it.
        #[arg(long, value_name = "YYYY")]
        year: Option<i32>,
    },
    /// Writes an activity.
    Add(Box<add::Args>),
    /// The offices that never called, area by area.
    NeverCalled,
    /// What a fiscal year came to by month, and how callers found the desk.
    Report {
        /// As for `list`.
        #[arg(long, value_name = "YYYY")]
        year: Option<i32>,
    },
    /// A fiscal year as a file.
    Export {
        /// Its ending says the form: .xlsx has all tables, .csv and .json have one.
        file: PathBuf,
        /// As for `list`.
        #[arg(long, value_name = "YYYY")]
        year: Option<i32>,
        /// Which one: `activities`, `months` or `routes`.
        #[arg(long, value_name = "NAME", default_value = "activities", value_parser = export::part)]
        table: export::Part,
        /// CSV in CP932 instead of UTF-8.
        #[arg(long)]
        cp932: bool,
    },
}

impl Args {
    /// Whether nothing is written for it and nothing leaves the desk.
    pub(super) const fn only_reads(&self) -> bool {
        matches!(self.what, What::List { .. } | What::NeverCalled | What::Report { .. })
    }
}

/// What it is, for the roles.
pub(super) const ACT: Act = Act::Work;

/// What activities are told with.
struct Outreach {
    activities: Vec<(Id, Activity)>,
    offices: BTreeMap<Id, Office>,
    operators: BTreeMap<Id, Operator>,
    words: Words,
}

impl Outreach {
    fn of(desk: &Desk) -> Result<Self, Failure> {
        let (offices, operators) = (desk.all(Kind::Office)?, desk.all(Kind::Operator)?);
        Ok(Self {
            activities: desk.all(Kind::Activity)?,
            offices: offices.into_iter().collect(),
            operators: operators.into_iter().collect(),
            words: Words::of(desk)?,
        })
    }

    fn year(&self, asked: Option<i32>) -> i32 {
        asked.unwrap_or_else(|| fiscal_year(self.words.today))
    }

    fn of_year(&self, year: i32) -> Vec<(Id, &Activity)> {
        let of_year = |activity: &Activity| !activity.removed && activity.year() == Some(year);
        let all = self.activities.iter().map(|(id, activity)| (*id, activity));
        let mut all: Vec<(Id, &Activity)> = all.filter(|(_, activity)| of_year(activity)).collect();
        all.sort_by_key(|(id, activity)| std::cmp::Reverse((activity.on, *id)));
        all
    }

    fn office(&self, id: Id) -> String {
        self.offices.get(&id).map(|office| office.name.clone()).unwrap_or_default()
    }

    /// An activity for other programs.
    fn json(&self, id: Id, activity: &Activity) -> Value {
        let tour = activity.tour();
        let visits =
            tour.iter().map(|(id, visit)| json!({ "id": id, "name": self.office(*id), "flyers": visit.flyers }));
        let names = activity.operators.iter().map(|id| self.words.operator(*id));
        json!({
            "id": id,
            "on": activity.on,
            "kind": activity.kind,
            "title": activity.title,
            "operators": names.collect::<Vec<_>>(),
            "offices": visits.collect::<Vec<_>>(),
            "met": activity.met(),
            "heads": activity.heads,
            "flyers": activity.flyers(),
            "yen": activity.yen(),
            "islands": activity.islands(),
            "text": activity.text,
            "result": activity.result,
            "next_on": activity.next_on,
        })
    }

    /// The three tables of a year.
    fn tables(&self, year: i32, reach: &Reach, cx: &Cx<'_>) -> (String, [Table; 3]) {
        let (office, operator) = (|id: Id| self.office(id), |id: Id| self.words.operator(id).to_owned());
        let about = About {
            year,
            today: self.words.today,
            words: cx.locale,
            codebook: &self.words.codebook,
            office: &office,
            operator: &operator,
        };
        let all = || self.activities.iter().map(|(_, activity)| activity);
        let routes = about.routes(&routes(reach.told(), year));
        (about.file_name(), [about.activities(all()), about.months(all()), routes])
    }
}

/// What all contacts of the desk tell.
fn reach(desk: &Desk) -> Result<Reach, Failure> {
    let contacts: Vec<(Id, Contact)> = desk.all(Kind::Contact)?;
    Ok(Reach::of(contacts.iter().map(|(id, contact)| (*id, contact))))
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let format = match &args.what {
        What::Export { file, cp932, .. } => Some(export::format_of(file, *cp932)?),
        What::List { .. } | What::Add(_) | What::NeverCalled | What::Report { .. } => None,
    };
    Desk::with(cx, |desk, cx| {
        let outreach = Outreach::of(desk)?;
        match &args.what {
            What::List { year } => list(&outreach, outreach.year(*year), cx),
            What::Add(args) => add::run(args, &outreach, desk, cx),
            What::NeverCalled => never_called(desk, &outreach.words, cx),
            What::Report { year } => report(&outreach, (outreach.year(*year), &reach(desk)?), cx),
            What::Export { file, year, table, .. } => match format {
                Some(format) => {
                    let (_, tables) = outreach.tables(outreach.year(*year), &reach(desk)?, cx);
                    export::run((file, format, *table), &tables, desk, cx)
                }
                None => Ok(()),
            },
        }
    })
}

fn year_label(year: i32, words: &Words) -> String {
    fiscal_label(fiscal_months(year).into_iter().next().unwrap_or(words.today))
}

fn list(outreach: &Outreach, year: i32, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let all = outreach.of_year(year);
    if cx.global.json {
        return cx.json(&all.iter().map(|(id, activity)| outreach.json(*id, activity)).collect::<Vec<Value>>());
    }
    if all.is_empty() {
        return cx.print(&Say::new("cli-activity-none").with("year", year_label(year, &outreach.words)));
    }
    let locale = cx.locale;
    let look = outreach.words.look(locale);
    let heads = [
        "field-activity-on",
        "field-activity-kind",
        "outreach-column-offices-count",
        "outreach-column-yen",
        "outreach-column-island",
        "field-activity-title",
    ];
    let heads = heads.map(|key| locale.t(key).into_owned());
    let island = locale.t("outreach-some-island").into_owned();
    let row = |activity: &Activity| {
        let islands = activity.islands().into_iter().map(|name| if name.is_empty() { island.as_str() } else { name });
        vec![
            activity.on.map(|on| on.to_string()).unwrap_or_default(),
            look.short_code("activity-kind", &activity.kind),
            activity.tour().len().to_string(),
            activity.yen().to_string(),
            islands.collect::<Vec<_>>().join(" "),
            activity.title.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(|(_, activity)| row(activity)).collect();
    print_table(&heads, &rows, cx)
}

fn never_called(desk: &mut Desk, words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (all, reach) = (offices(desk)?, reach(desk)?);
    let never = reach.never_called(all.iter().map(|(id, office)| (*id, office)));
    let mut never: Vec<(Id, &Office)> = never.into_iter().filter_map(|id| Some((id, all.get(&id)?))).collect();
    never.sort_by_key(|(id, office)| office.tour_key(*id));
    let count = u64::try_from(never.len()).ok();
    desk.look(Access::List, None, Details { task: "office".to_owned(), count, ..Details::default() }, cx);
    print_offices(&never, "cli-activity-all-called", words, cx)
}

fn report(outreach: &Outreach, (year, reach): (i32, &Reach), cx: &mut Cx<'_>) -> Result<(), Failure> {
    if cx.global.json {
        let all = outreach.activities.iter().map(|(_, activity)| activity);
        let found = months(all, year, outreach.words.today);
        let mut total = Total::default();
        for (_, month) in &found {
            total.join(month);
        }
        let months: Vec<Value> = found
            .iter()
            .map(|(first, total)| json!({ "month": first.format("%Y-%m").to_string(), "total": total }))
            .collect();
        let routes = routes(reach.told(), year);
        return cx.json(&json!({ "year": year, "total": total, "months": months, "routes": routes }));
    }
    let (name, [_, months, routes]) = outreach.tables(year, reach, cx);
    writeln!(cx.out, "{name}")?;
    for table in [months, routes] {
        writeln!(cx.out, "\n{}", table.name)?;
        let heads: Vec<String> = table.columns.into_iter().map(|column| column.header).collect();
        print_table(&heads, &table.rows, cx)?;
    }
    Ok(())
}

fn wrong(say: Say) -> Failure {
    Failure::new(Exit::Usage, say)
}
