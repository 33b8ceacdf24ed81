//! `madoguchi survey`: questionnaires from the directory, their answers, and what came of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::desk::Desk;
use super::proposal::{bad_input, offices, with_sender, write};
use super::{Cx, Exit, Failure};
use crate::app::sheets::{BY_PAPER, Sheets, source_of};
use crate::desk::access::{Access, Details};
use crate::desk::codebook::list as code_list;
use crate::desk::date;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::record::{Explain, Kind};
use crate::desk::say::Say;
use crate::desk::survey::{Question, Rate, Survey};
use crate::exchange::survey::plan::plan;
use crate::exchange::survey::read::Filled;
use crate::runtime::{clock, sheets};
use crate::search::same;
use crate::widgets::width;

mod missing;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Makes a survey and its sheets: one an office, and one table of all.
    Make {
        /// Its name.
        name: String,
        /// The folder for the sheets.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Only offices of these kinds: codes of list `office-kind`.
        #[arg(long, value_name = "CODE,..", value_delimiter = ',')]
        kinds: Vec<String>,
        /// Only offices of these areas.
        #[arg(long, value_name = "AREA,..", value_delimiter = ',')]
        areas: Vec<String>,
        /// The abilities to ask for, codes of list `capability`; all without it.
        #[arg(long, value_name = "CODE,..", value_delimiter = ',')]
        abilities: Option<Vec<String>>,
        /// Ask whether they take somebody just now too.
        #[arg(long)]
        accepting: bool,
        /// A question of one's own: `TEXT`, or `TEXT|ANSWER|ANSWER`.
        #[arg(long, value_name = "TEXT|ANSWER|..")]
        question: Vec<String>,
        /// Until when answers are asked for.
        #[arg(long, value_name = "DAY")]
        due: Option<String>,
        /// The text above the questions.
        #[arg(long, value_name = "TEXT")]
        cover: Option<String>,
    },
    /// Reads what came back.
    Read {
        /// Excel files, or folders with such.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Response rate, answers, who is missing.
    Report {
        /// The survey: its name, its identity or the beginning of that.
        survey: String,
        /// Write it as Excel into this folder too.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Who has not answered.
    Missing {
        /// As for `report`.
        survey: String,
        /// Write it to this file: .csv, .xlsx, and as a page to print .html and .pdf.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// All surveys.
    List,
}

impl Args {
    /// Whether nothing is written for it and nothing leaves the desk.
    pub(super) const fn only_reads(&self) -> bool {
        matches!(self.what, What::List | What::Report { out: None, .. } | What::Missing { out: None, .. })
    }
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    // Files are read, and wrong ones refused, before the desk is opened.
    let filled = match &args.what {
        What::Read { files } => sheets::answers(files, clock::wall().date_naive()).map_err(bad_input)?,
        What::Make { .. } | What::Report { .. } | What::Missing { .. } | What::List => Vec::new(),
    };
    Desk::with(cx, |desk, cx| match &args.what {
        What::Make { .. } => make(&args.what, desk, cx),
        What::Read { .. } => read(desk, &filled, cx),
        What::Report { survey, out } => report(desk, survey, out.as_deref(), cx),
        What::Missing { survey, out } => missing::run(survey, out.as_deref(), desk, cx),
        What::List => list(desk, cx),
    })
}

fn wrong(say: Say) -> Failure {
    Failure::new(Exit::Usage, say)
}

/// The codes as they were given, or the first that no list has.
fn known<'c>(list: &'static str, codes: &'c [String]) -> Result<Vec<String>, Failure> {
    let has =
        |code: &'c String| code_list(list).is_some_and(|list| list.entries.iter().any(|entry| entry.code == code));
    match codes.iter().find(|code| !has(code)) {
        Some(code) => Err(wrong(Say::new("survey-no-such-code").with("code", code).with("list", list))),
        None => Ok(codes.to_vec()),
    }
}

fn question(text: &str) -> Option<Question> {
    let mut parts = text.split(['|', '｜']).map(|part| part.trim().to_owned()); // data, not a sentence
    let text = parts.next().filter(|text| !text.is_empty())?;
    Some(Question { text, choices: parts.filter(|choice| !choice.is_empty()).collect() })
}

fn make(what: &What, desk: &mut Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let What::Make { name, out, kinds, areas, abilities, accepting, question: asked, due, cover } = what else {
        return Ok(());
    };
    let today = clock::wall().date_naive();
    let kinds = known("office-kind", kinds)?;
    let abilities = match abilities {
        Some(codes) => known("capability", codes)?,
        None => code_list("capability").into_iter().flat_map(|l| l.entries).map(|e| e.code.to_owned()).collect(),
    };
    let due = due.as_deref().map(|text| due_day(text, today)).transpose()?;
    let all = offices(desk)?;
    let meant = |office: &Office| {
        (kinds.is_empty() || kinds.contains(&office.kind))
            && (areas.is_empty() || areas.iter().any(|area| same(area, &office.area)))
    };
    let chosen: Vec<(Id, Office)> =
        all.iter().filter(|(_, office)| meant(office)).map(|(id, office)| (*id, office.clone())).collect();
    if chosen.is_empty() {
        return Err(Failure::new(Exit::Failed, Say::new("survey-nobody")));
    }
    let survey = Survey {
        name: name.trim().to_owned(),
        on: Some(today),
        by: desk.operator(),
        due,
        cover: cover.clone().unwrap_or_default(),
        abilities,
        accepting: *accepting,
        questions: asked.iter().filter_map(|text| question(text)).collect(),
        asked: chosen.iter().map(|(id, _)| *id).collect(),
        ..Survey::default()
    };
    if survey.name.is_empty() || survey.keys().is_empty() {
        return Err(wrong(Say::new("survey-needs")));
    }
    let (id, count) = (desk.fresh(), chosen.len());
    desk.commit(edits::add_survey(desk.operator(), id, &survey))?;
    write(desk, &Sheets::Survey(id, Box::new(survey), chosen), out, count, cx)
}

fn due_day(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    date::parse_due(text, today).map(|parsed| parsed.date).map_err(|error| wrong(error.say()))
}

fn surveys(desk: &Desk) -> Result<BTreeMap<Id, Survey>, Failure> {
    Ok(desk.all(Kind::Survey)?.into_iter().collect())
}

fn read(desk: &mut Desk, filled: &[Filled], cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (all, surveys) = (offices(desk)?, surveys(desk)?);
    let today = clock::wall().date_naive();
    let source = source_of(&sheets::words());
    let refs: BTreeMap<Id, &Office> = all.iter().map(|(id, office)| (*id, office)).collect();
    let plan = plan(filled, &surveys, &refs, &source, today);
    if let Some(batch) = plan.batch(desk.operator(), &surveys, &refs, &source, (BY_PAPER, today)) {
        desk.commit(batch)?;
        let count = u64::try_from(plan.count()).ok();
        let details = Details { task: "office".to_owned(), count, ..Details::default() };
        desk.look(Access::Import, None, details, cx);
    }
    for left in &plan.left {
        cx.tell(&left.say());
    }
    if cx.global.json {
        let left = plan.left.len();
        return cx.json(
            &json!({ "read": plan.count(), "known": plan.known, "abilities": plan.abilities, "left_out": left }),
        );
    }
    let say = Say::new("survey-read").with("count", plan.count().to_string());
    cx.print(&say.with("known", plan.known.to_string()).with("abilities", plan.abilities.to_string()))
}

fn find(desk: &Desk, wanted: &str) -> Result<(Id, Survey), Failure> {
    let start = wanted.to_ascii_lowercase();
    let fits = |(id, survey): &(Id, Survey)| {
        (!start.is_empty() && id.to_string().starts_with(&start)) || same(&survey.name, wanted)
    };
    let mut found = surveys(desk)?.into_iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(Failure::new(Exit::Failed, Say::new("exchange-several-ids"))),
        (None, _) => Err(Failure::new(Exit::Failed, Say::new("survey-no-such").with("id", wanted))),
    }
}

fn rate_json(rate: Rate) -> Value {
    json!({ "asked": rate.asked, "answered": rate.answered, "percent": rate.percent() })
}

fn report(desk: &mut Desk, wanted: &str, out: Option<&Path>, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (id, survey) = find(desk, wanted)?;
    let all = offices(desk)?;
    if let Some(out) = out {
        let entries = survey.asked.iter().filter_map(|id| Some((*id, all.get(id)?.clone()))).collect();
        let count = survey.asked.len();
        return write(desk, &Sheets::Report(Box::new(survey), entries), out, count, cx);
    }
    let by = |of: fn(&Office) -> &String| survey.rates_by(|id| all.get(&id).map(|o| of(o).clone()).unwrap_or_default());
    let (kinds, areas) = (by(|office| &office.kind), by(|office| &office.area));
    let missing: Vec<(Id, &Office)> = survey.missing().into_iter().filter_map(|id| Some((id, all.get(&id)?))).collect();
    if cx.global.json {
        let group = |list: &[(String, Rate)]| -> Value {
            list.iter().map(|(name, rate)| json!({ "name": name, "rate": rate_json(*rate) })).collect()
        };
        let results: Vec<Value> = survey
            .keys()
            .iter()
            .map(|(key, asked)| {
                let results = survey.results(key, asked).into_iter();
                let answers: Vec<Value> = results.map(|(a, n)| json!({ "answer": a, "count": n })).collect();
                json!({ "question": key, "answers": answers })
            })
            .collect();
        let missing: Vec<Value> =
            missing.iter().map(|(id, o)| json!({ "id": id, "name": o.name, "phone": o.phone, "fax": o.fax })).collect();
        let rate = rate_json(survey.rate_of_all());
        return cx.json(&json!({
            "id": id, "name": survey.name, "due": survey.due, "rate": rate, "kinds": group(&kinds),
            "areas": group(&areas), "results": results, "missing": missing,
        }));
    }
    let lines = with_sender(desk, |sender| {
        let mut lines = vec![line(&survey.name, survey.rate_of_all())];
        let kind = |code: &str| if code.is_empty() { String::new() } else { sender.code("office-kind", code) };
        lines.extend(kinds.iter().map(|(code, rate)| line(&format!("  {}", kind(code)), *rate)));
        lines.extend(areas.iter().map(|(area, rate)| line(&format!("  {area}"), *rate)));
        let answered = survey.returned.len();
        for (key, asked) in survey.keys() {
            lines.push(crate::exchange::survey::title(&asked, sender));
            for (answer, count) in survey.results(&key, &asked) {
                let label = crate::exchange::survey::report::answer_label(&answer, &asked, sender);
                let percent = Rate { asked: answered, answered: count }.percent().unwrap_or_default();
                lines.push(format!("  {} {count:>5} {percent:>4}%", width::pad(&label, 30)));
            }
        }
        lines.push(sender.words.t("survey-report-missing").into_owned());
        lines.extend(missing.iter().map(|(_, o)| format!("  {} {}", width::pad(&o.name, 40), o.phone)));
        lines
    })?;
    lines.into_iter().try_for_each(|line| Ok(writeln!(cx.out, "{line}")?))
}

fn line(name: &str, rate: Rate) -> String {
    let percent = rate.percent().map_or_else(String::new, |percent| format!("{percent}%"));
    format!("{} {:>5} / {:<5} {percent:>4}", width::pad(name, 40), rate.answered, rate.asked)
}

fn list(desk: &Desk, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let surveys = surveys(desk)?;
    if cx.global.json {
        let list = surveys.iter().map(|(id, survey)| {
            json!({ "id": id, "name": survey.name, "on": survey.on, "due": survey.due, "rate": rate_json(survey.rate_of_all()) })
        });
        return cx.json(&list.collect::<Vec<_>>());
    }
    if surveys.is_empty() {
        cx.tell(&Say::new("survey-none"));
    }
    for (id, survey) in &surveys {
        let short: String = id.to_string().chars().take(8).collect();
        let due = survey.due.map(|due| due.to_string()).unwrap_or_default();
        writeln!(cx.out, "{short}  {} {due}", line(&survey.name, survey.rate_of_all()))?;
    }
    Ok(())
}
