//! `madoguchi doctor`: the doctors who fit a case in the order in which they are to be asked, and who stands for which
//! 中学校区, as the screens have them.

use std::time::Duration;

use chrono::Weekday;
use serde_json::{Value, json};

use super::desk::Desk;
use super::words::{Words, print_table};
use super::{Cx, Exit, Failure};
use crate::app::doctors;
use crate::app::model::Model;
use crate::app::msg::{Now, Opening, SMALL_KINDS};
use crate::desk::access::Access;
use crate::desk::case::Case;
use crate::desk::doctors::load::table;
use crate::desk::doctors::pairs::rows;
use crate::desk::doctors::{Aside, Criterion, Fit, Need, What as Asked};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::inquiry::Reply;
use crate::desk::office::Office;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::popups::inquiry;
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
    /// The doctors who fit a case.
    Fit {
        /// The case's number or identity.
        case: String,
        /// What is asked for in place of what the case needs: codes of list capability.
        #[arg(long, value_name = "CODE")]
        want: Vec<String>,
        /// The day of the week: mon to sun.
        #[arg(long, value_name = "DAY")]
        weekday: Option<Weekday>,
    },
    /// 主治医・副主治医 by 中学校区, with what is missing.
    Pairs,
    /// How often each doctor was asked.
    Load,
}

impl Args {
    /// What it is, for the roles.
    pub(super) const fn act(&self) -> Act {
        match self.what {
            What::Fit { .. } | What::Pairs | What::Load => Act::Work,
        }
    }
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| {
        let (model, words) = (model(desk)?, Words::of(desk)?);
        match &args.what {
            What::Fit { case, want, weekday } => {
                let id = desk.case_id(case)?;
                let whole = desk.whole(id)?;
                desk.look_at_case(Access::Open, id, &whole.case, cx);
                let mut case: Case = whole.case;
                for (_, contact) in &whole.contacts {
                    edits::fill_from_contact(&mut case, contact);
                }
                let mut need = Need::of(id, &case);
                if let Some(code) = want.iter().find(|code| words.codebook.entry("capability", code).is_none()) {
                    let codes = words.codebook.offered("capability", words.today).map(|entry| entry.code.clone());
                    let say = Say::new("cli-inquiry-no-code").with("code", code.as_str()).with("list", "capability");
                    return Err(Failure::new(Exit::Failed, say.with("codes", codes.collect::<Vec<_>>().join(" "))));
                }
                if !want.is_empty() {
                    need.wanted.clone_from(want);
                }
                need.weekday = *weekday;
                fit(&need, &model, &words, cx)
            }
            What::Pairs => pairs(&model, &words, cx),
            What::Load => load(&model, &words, cx),
        }
    })
}

/// The part of the desk that doctors are about.
fn model(desk: &Desk) -> Result<Model, Failure> {
    let mut model = Model::new(Now { wall: clock::wall(), mono: Duration::ZERO });
    let mut opening = Opening { desk: desk.journal().desk(), ..Opening::default() };
    for kind in SMALL_KINDS {
        let records: Vec<(Id, Value)> = desk.all(kind)?;
        opening.records.extend(records.into_iter().map(|(id, value)| (RecordKey::new(kind, id), value)));
    }
    model.open(opening);
    let offices: Vec<(Id, Office)> = desk.all(Kind::Office)?;
    model.offices = offices.into_iter().map(|(id, office)| (id, Box::new(office))).collect();
    Ok(model)
}

fn fit(need: &Need, model: &Model, words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let (fits, _) = doctors::fits(need, model);
    if cx.global.json {
        return cx.json(&fits.iter().map(|fit| value(fit, model)).collect::<Vec<_>>());
    }
    let look = words.look(cx.locale);
    let days = doctors::days(model).to_string();
    let heads = [
        cx.locale.t("inquiry-head-doctor").into_owned(),
        cx.locale.t("inquiry-head-km").into_owned(),
        cx.locale.f("inquiry-head-recent", &[("days", &days)]).into_owned(),
        cx.locale.t("inquiry-head-last").into_owned(),
        cx.locale.t("inquiry-head-fit").into_owned(),
    ];
    let rows: Vec<Vec<String>> = fits
        .iter()
        .map(|fit| {
            vec![
                doctors::name(model, fit.office, fit.staff),
                inquiry::kilometres(fit, &look),
                inquiry::times(fit, &look),
                inquiry::last(fit, &look),
                inquiry::short(fit, &look),
            ]
        })
        .collect();
    print_table(&heads, &rows, cx)
}

fn value(fit: &Fit, model: &Model) -> Value {
    let criterion = |criterion: &Criterion| {
        let what = match &criterion.what {
            Asked::Ability(code) => code.as_str(),
            Asked::Place => "place",
            Asked::Weekday => "weekday",
            Asked::Distance => "distance",
            Asked::Places => "accepting",
        };
        json!({ "what": what, "answer": criterion.answer, "on": criterion.on, "old": criterion.old })
    };
    let (aside, day) = match fit.aside {
        None => (None, None),
        Some(Aside::Taken(on)) => (Some("taken"), on),
        Some(Aside::Waiting(on)) => (Some("waiting"), on),
        Some(Aside::Declined(on)) => (Some("declined"), on),
        Some(Aside::Resting(until)) => (Some("resting"), Some(until)),
    };
    json!({
        "office": fit.office,
        "staff": Some(fit.staff).filter(|staff| !staff.is_nil()),
        "doctor": doctors::name(model, fit.office, fit.staff),
        "fits": fit.fits(),
        "answer": fit.worst(),
        "criteria": fit.criteria.iter().map(criterion).collect::<Vec<_>>(),
        "km": fit.km.map(|km| (km * 10.0).round() / 10.0),
        "step": fit.step(),
        "asked": fit.load.doctor,
        "office_asked": fit.load.office,
        "last_asked": fit.load.last.map(|(on, _)| on),
        "last_answer": fit.load.last.map(|(_, reply)| reply),
        "full": fit.full,
        "aside": aside,
        "aside_day": day,
    })
}

fn pairs(model: &Model, words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let office = |id| model.offices.get(&id).map(AsRef::as_ref);
    let found = rows(&model.desk.districts, &model.desk.doctor_pairs, &office, words.today);
    let of = |office: Id, staff: Id| doctors::name(model, office, staff);
    if cx.global.json {
        let value = |row: &crate::desk::doctors::pairs::Row<'_>| {
            let pair = row.pair.map(|(_, pair)| pair);
            json!({
                "district": row.of.name,
                "area": row.of.area,
                "doctor": pair.map(|pair| of(pair.doctor_office, pair.doctor_staff)),
                "second": pair.filter(|p| !p.second_office.is_nil()).map(|p| of(p.second_office, p.second_staff)),
                "confirmed": pair.and_then(|pair| pair.on),
                "gaps": row.gaps.iter().map(|gap| gap.key().trim_start_matches("inquiry-gap-")).collect::<Vec<_>>(),
            })
        };
        return cx.json(&found.iter().map(value).collect::<Vec<_>>());
    }
    let heads = ["district", "main", "second", "on", "gap"];
    let heads = heads.map(|head| cx.locale.t(&format!("inquiry-head-{head}")).into_owned());
    let rows: Vec<Vec<String>> = found
        .iter()
        .map(|row| {
            let pair = row.pair.map(|(_, pair)| pair);
            vec![
                row.of.name.clone(),
                pair.map(|pair| of(pair.doctor_office, pair.doctor_staff)).unwrap_or_default(),
                pair.map(|pair| of(pair.second_office, pair.second_staff)).unwrap_or_default(),
                pair.and_then(|pair| pair.on).map(|on| on.to_string()).unwrap_or_default(),
                row.gaps.iter().map(|gap| cx.locale.t(gap.key()).into_owned()).collect::<Vec<_>>().join(" / "),
            ]
        })
        .collect();
    print_table(&heads, &rows, cx)
}

fn load(model: &Model, words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let days = doctors::days(model);
    let lines = table(&model.inquiries, words.today, days);
    if cx.global.json {
        let value = |line: &crate::desk::doctors::load::Asked| {
            let answers: serde_json::Map<String, Value> =
                Reply::ALL.iter().zip(line.answers).map(|(reply, n)| (reply.code().to_owned(), n.into())).collect();
            json!({
                "doctor": doctors::name(model, line.office, line.staff),
                "office": line.office,
                "days": days,
                "asked": line.recent,
                "asked_in_year": line.year,
                "answers": answers,
                "last": line.last,
                "rest_until": line.resting,
            })
        };
        return cx.json(&lines.iter().map(value).collect::<Vec<_>>());
    }
    let look = words.look(cx.locale);
    let mut heads = vec![
        cx.locale.t("inquiry-head-doctor").into_owned(),
        cx.locale.f("inquiry-head-recent", &[("days", &days.to_string())]).into_owned(),
        cx.locale.t("inquiry-head-year").into_owned(),
    ];
    heads.extend(Reply::ALL.map(|reply| look.short_code("inquiry-answer", reply.code())));
    heads.push(cx.locale.t("inquiry-head-last").into_owned());
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let counts = [line.recent, line.year].into_iter().chain(line.answers).map(|count| count.to_string());
            let mut row = vec![doctors::name(model, line.office, line.staff)];
            row.extend(counts);
            row.push(line.last.map(|on| on.to_string()).unwrap_or_default());
            row
        })
        .collect();
    print_table(&heads, &rows, cx)
}
