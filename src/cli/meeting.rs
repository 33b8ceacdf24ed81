//! `madoguchi meeting`: the meetings and their agendas, as the meeting screen has them.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::desk::Desk;
use super::words::{Words, print_field, print_table};
use super::{Cx, Exit, Failure};
use crate::app::model::Model;
use crate::app::msg::{Now, Opening, SMALL_KINDS};
use crate::desk::access::{Access, Details};
use crate::desk::agenda::{self, MONTHLY, Row};
use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::date::format_era_long;
use crate::desk::id::Id;
use crate::desk::index;
use crate::desk::meeting::Treatment;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::locale::{Lang, Locale};
use crate::runtime::eyes::Act;
use crate::runtime::{clock, private};
use crate::screens::meeting::sitting::{self, Shown, Sitting, Stage};
use crate::search::Keys;
use crate::widgets::width;

/// Columns of a printed page: A4 upright in a usual fixed font.
const PAGE: u16 = 78;

/// What the subcommand takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// All meetings by day.
    List,
    /// A meeting with its agenda and what was decided.
    Show {
        /// Its identity or the beginning of it, its day, or `next`.
        id: String,
    },
    /// The agenda as a page of plain text.
    Print {
        /// As for `show`.
        id: String,
        /// Write it to this file instead, which its owner alone may read.
        #[arg(long, value_name = "FILE", conflicts_with = "json")]
        file: Option<PathBuf>,
    },
}

impl Args {
    /// Whether nothing is written for it and nothing leaves the desk.
    pub(super) const fn only_reads(&self) -> bool {
        matches!(self.what, What::List | What::Show { .. })
    }

    /// What it is, for the roles.
    pub(super) const fn act(&self) -> Act {
        match self.what {
            What::List => Act::List,
            What::Show { .. } | What::Print { .. } => Act::Work,
        }
    }
}

/// Does what was asked for.
pub fn run(args: &Args, cx: &mut Cx<'_>) -> Result<(), Failure> {
    Desk::with(cx, |desk, cx| {
        let (model, words) = (model(desk)?, Words::of(desk)?);
        match &args.what {
            What::List => list(&model, &words, cx),
            What::Show { id } | What::Print { id, .. } => {
                let sitting = find(&model, id)?;
                look(&args.what, &sitting, desk, cx);
                let sheet = Sheet { sitting: &sitting, model: &model, words: &words };
                match &args.what {
                    What::Print { file: Some(file), .. } => sheet.write(&desk.paper(file)?, cx),
                    _ if cx.global.json => {
                        let value = sheet.json();
                        cx.json(&value)
                    }
                    What::Print { .. } => sheet.print(cx),
                    What::Show { .. } | What::List => sheet.show(cx),
                }
            }
        }
    })
}

/// The page to hand out is a print; both show what the cases on the agenda are about.
fn look(what: &What, sitting: &Sitting, desk: &mut Desk, cx: &mut Cx<'_>) {
    let access = if matches!(what, What::Print { .. }) { Access::Print } else { Access::List };
    let count = u64::try_from(sitting.rows.len()).ok();
    let details = Details { task: "meeting".to_owned(), count, ..Details::default() };
    desk.look(access, sitting.id.map(|id| RecordKey::new(Kind::Meeting, id)), details, cx);
}

/// The part of the desk that meetings are about, as the screens have it.
fn model(desk: &Desk) -> Result<Model, Failure> {
    let mut model = Model::new(Now { wall: clock::wall(), mono: std::time::Duration::ZERO });
    let mut opening = Opening { desk: desk.journal().desk(), ..Opening::default() };
    let mut cases: Vec<Id> = Vec::new();
    for kind in SMALL_KINDS {
        let records: Vec<(Id, Value)> = desk.all(kind)?;
        for (id, value) in records {
            let items = value.get("items").and_then(Value::as_object).into_iter().flatten();
            cases.extend(items.filter_map(|(case, _)| case.parse::<Id>().ok()).filter(|_| kind == Kind::Meeting));
            opening.records.push((RecordKey::new(kind, id), value));
        }
    }
    cases.extend(desk.indexed(index::FLAGGED, &[])?.iter().filter(|key| key.kind == Kind::Case).map(|key| key.id));
    cases.sort_unstable();
    cases.dedup();
    for id in cases {
        let case: Option<Case> = desk.get(RecordKey::new(Kind::Case, id))?;
        // Nothing is searched here.
        opening.cases.extend(case.map(|case| (Brief::of(id, &case), Keys::default())));
    }
    model.open(opening);
    Ok(model)
}

/// All meetings by day; of the other kinds too.
fn all(model: &Model) -> Vec<Sitting> {
    let mut all: Vec<Sitting> =
        sitting::all(model).into_iter().map(|shown| Sitting::find(model, shown, None)).collect();
    let others = model.meetings.iter().filter(|(_, meeting)| meeting.kind != MONTHLY || meeting.on.is_none());
    all.extend(others.map(|(id, meeting)| Sitting {
        id: Some(*id),
        meeting: meeting.clone(),
        rows: agenda::agenda(Some(meeting), []),
        stage: if meeting.held { Stage::Held } else { Stage::Later },
    }));
    all.sort_by_key(|sitting| (sitting.meeting.on, sitting.id));
    all
}

fn find(model: &Model, wanted: &str) -> Result<Sitting, Failure> {
    if wanted == "next" {
        return Ok(Sitting::find(model, Shown::Next, None));
    }
    let day: Option<NaiveDate> = wanted.parse().ok();
    let begins = |id: Id| !wanted.is_empty() && id.to_string().starts_with(&wanted.to_ascii_lowercase());
    let fits = |sitting: &Sitting| match day {
        Some(_) => sitting.meeting.on == day,
        None => sitting.id.is_some_and(begins),
    };
    let mut found = all(model).into_iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(Failure::new(Exit::Failed, Say::new("cli-several-meetings").with("id", wanted))),
        (None, _) => Err(Failure::new(Exit::Failed, Say::new("cli-no-such-meeting").with("id", wanted))),
    }
}

fn list(model: &Model, words: &Words, cx: &mut Cx<'_>) -> Result<(), Failure> {
    let all = all(model);
    if cx.global.json {
        return cx.json(&all.iter().map(head_json).collect::<Vec<_>>());
    }
    let locale = cx.locale;
    let heads = ["cli-meeting-head-id", "cli-meeting-head-day", "cli-meeting-head-kind", "cli-meeting-head-items"];
    let heads = heads.map(|key| locale.t(key).into_owned());
    let line = |sitting: &Sitting| {
        let id = sitting.id.map(|id| id.to_string()).and_then(|id| id.get(..8).map(str::to_owned));
        let stage = match sitting.stage {
            Stage::Next => locale.t("cli-meeting-next"),
            Stage::Held => locale.t("meeting-stage-held"),
            Stage::Later | Stage::Left => "".into(),
        };
        vec![
            id.unwrap_or_else(|| "next".to_owned()),
            sitting.meeting.on.map(|on| on.to_string()).unwrap_or_default(),
            words.look(locale).code("meeting-kind", &sitting.meeting.kind),
            sitting.rows.len().to_string(),
            stage.into_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().map(line).collect();
    let heads: Vec<String> = heads.into_iter().chain([String::new()]).collect();
    print_table(&heads, &rows, cx)
}

/// What other programs read of a meeting in a list.
fn head_json(sitting: &Sitting) -> Value {
    let meeting = &sitting.meeting;
    json!({
        "id": sitting.id,
        "date": meeting.on,
        "kind": meeting.kind,
        "starts_at": meeting.starts_at,
        "place": meeting.place,
        "held": meeting.held,
        "next": sitting.stage == Stage::Next,
        "items": sitting.rows.len(),
    })
}

/// A meeting on paper, and what it is written with.
struct Sheet<'a> {
    sitting: &'a Sitting,
    model: &'a Model,
    words: &'a Words,
}

impl Sheet<'_> {
    fn json(&self) -> Value {
        let mut all = head_json(self.sitting);
        let items: Vec<Value> = self.sitting.rows.iter().map(|row| self.item_json(row)).collect();
        if let Value::Object(members) = &mut all {
            members.insert("items".to_owned(), items.into());
            members.insert("chair".to_owned(), json!(self.words.operator(self.sitting.meeting.chair)));
            members.insert("note".to_owned(), json!(self.sitting.meeting.note));
        }
        all
    }

    fn item_json(&self, row: &Row) -> Value {
        let case = self.model.brief(row.case);
        json!({
            "case": row.case,
            "number": case.map(super::super::desk::brief::Brief::number),
            "summary": case.map(super::super::desk::brief::Brief::summary),
            "status": case.map(|case| case.status),
            "caller_kind": case.map(super::super::desk::brief::Brief::caller_kind),
            "topics": case.map(|case| case.topics().collect::<Vec<_>>()),
            "area": case.map(super::super::desk::brief::Brief::area),
            "flagged": row.flagged_at.is_some(),
            "reason": self.reason(row),
            "treatment": row.item.treatment,
            "minutes": agenda::minutes(&row.item),
            "decision": row.item.decision,
            "operator": self.words.operator(row.item.operator),
            "due": row.item.due,
        })
    }

    fn reason(&self, row: &Row) -> &str {
        let flag = self.model.brief(row.case).and_then(|case| case.flag.as_deref());
        flag.map_or("", |flag| flag.reason.as_str())
    }

    /// 令和8年12月8日 13:30 and where, who leads: as far as they are known.
    fn heads(&self, locale: &Locale) -> [String; 4] {
        let meeting = &self.sitting.meeting;
        let written = |day: NaiveDate| match locale.lang() {
            Lang::Ja => format_era_long(day),
            Lang::En => day.to_string(),
        };
        let day = meeting.on.map_or_else(|| locale.t("meeting-unset").into_owned(), written);
        let time = meeting
            .starts_at
            .map_or_else(|| locale.t("meeting-no-time").into_owned(), |time| time.format("%H:%M").to_string());
        let place =
            if meeting.place.is_empty() { locale.t("meeting-no-place").into_owned() } else { meeting.place.clone() };
        let chair = self.words.operator(meeting.chair);
        let chair =
            if chair.is_empty() { String::new() } else { locale.f("meeting-chair", &[("name", chair)]).into_owned() };
        [day, time, place, chair]
    }

    fn title(&self, locale: &Locale) -> String {
        let kind = self.words.look(locale).code("meeting-kind", &self.sitting.meeting.kind);
        format!("{kind} {}", locale.t("meeting-agenda"))
    }

    /// The first line of an item: its number, the case, how it is treated.
    fn item_head(&self, n: usize, row: &Row, locale: &Locale) -> String {
        let case = self.model.brief(row.case);
        let number = case.map_or("", |case| case.number());
        let treatment = match row.item.treatment {
            Treatment::Decide => locale.t("meeting-decide"),
            Treatment::Report => locale.t("meeting-report"),
            Treatment::Defer => locale.t("meeting-defer"),
        };
        let minutes = agenda::minutes(&row.item).to_string();
        let minutes = locale.f("meeting-minutes", &[("minutes", &minutes)]);
        format!("{n}. {number}  {treatment}  {minutes}")
    }

    /// What stands under it: label and text.
    fn item_fields(&self, row: &Row, locale: &Locale) -> Vec<(String, String)> {
        let look = self.words.look(locale);
        let case = self.model.brief(row.case);
        let caller = case.map(|case| look.short_code("caller-kind", case.caller_kind())).unwrap_or_default();
        let topics = case.map(|case| look.short_codes("topic", case.topics()));
        let summary = case.map(|case| case.summary().to_string()).unwrap_or_default();
        let due = row.item.due.map(|due| look.day(due)).unwrap_or_default();
        let found = [
            ("cli-meeting-matter", summary),
            ("cli-meeting-caller", caller),
            ("cli-meeting-topics", topics.unwrap_or_default()),
            ("cli-meeting-reason", self.reason(row).to_owned()),
            ("meeting-decision", row.item.decision.clone()),
            ("field-meeting-operator", self.words.operator(row.item.operator).to_owned()),
            ("field-meeting-due", due),
        ];
        found.into_iter().map(|(key, text)| (locale.t(key).into_owned(), text)).collect()
    }

    fn show(&self, cx: &mut Cx<'_>) -> Result<(), Failure> {
        let locale = cx.locale;
        writeln!(cx.out, "{}  {}", self.title(locale), self.heads(locale).join("  ").trim_end())?;
        for (n, row) in (1..).zip(&self.sitting.rows) {
            writeln!(cx.out, "\n{}", self.item_head(n, row, locale))?;
            for (label, text) in self.item_fields(row, locale) {
                print_field(&label, &text, cx)?;
            }
        }
        if self.sitting.rows.is_empty() {
            cx.tell(&Say::new("cli-meeting-no-items"));
        }
        Ok(())
    }

    /// The page in a file.
    fn write(&self, file: &Path, cx: &mut Cx<'_>) -> Result<(), Failure> {
        let mut page = Vec::new();
        self.print(&mut Cx {
            out: &mut page,
            err: &mut *cx.err,
            global: cx.global,
            act: cx.act,
            locale: cx.locale,
            variable: cx.variable,
            config: None,
            open_desk: cx.open_desk,
            ask: cx.ask,
        })?;
        let name = file.display().to_string();
        private::write(file, &page).map_err(|error| {
            let say = Say::new("exchange-not-written").with("file", name.as_str());
            Failure::new(Exit::Failed, say.with("why", error.kind().to_string()))
        })?;
        cx.print(&Say::new("cli-meeting-printed").with("file", name))
    }

    /// A page to hand out: what is still to be decided has lines to write on.
    fn print(&self, cx: &mut Cx<'_>) -> Result<(), Failure> {
        let locale = cx.locale;
        let title = self.title(locale);
        let indent = PAGE.saturating_sub(width::width(&title)) / 2;
        writeln!(cx.out, "{}{title}\n", " ".repeat(usize::from(indent)))?;
        for head in self.heads(locale).iter().filter(|head| !head.is_empty()) {
            writeln!(cx.out, "{head}")?;
        }
        writeln!(cx.out, "{}", "=".repeat(usize::from(PAGE)))?;
        for (n, row) in (1..).zip(&self.sitting.rows) {
            writeln!(cx.out, "{}", self.item_head(n, row, locale))?;
            let blank = "_".repeat(60);
            for (label, text) in self.item_fields(row, locale) {
                let open = row.item.treatment == Treatment::Decide && label == locale.t("meeting-decision");
                let text = if text.is_empty() && open { format!("{blank}\n{blank}") } else { text };
                let text = if text.is_empty() { continue } else { text };
                paragraph(&label, &text, cx)?;
            }
            writeln!(cx.out, "{}", "-".repeat(usize::from(PAGE)))?;
        }
        if self.sitting.rows.is_empty() {
            cx.print(&Say::new("cli-meeting-no-items"))?;
        }
        let note = &self.sitting.meeting.note;
        if note.is_empty() { Ok(()) } else { paragraph(&locale.t("field-meeting-note"), note, cx) }
    }
}

/// A labelled text, wrapped to the page.
fn paragraph(label: &str, text: &str, cx: &mut Cx<'_>) -> Result<(), Failure> {
    const LABEL: u16 = 14;
    for (n, range) in width::wrap(text, PAGE - LABEL - 3).into_iter().enumerate() {
        let label = if n == 0 { label } else { "" };
        let line = text.get(range).unwrap_or_default();
        writeln!(cx.out, "{}", format!("   {}{line}", width::pad(label, LABEL)).trim_end())?;
    }
    Ok(())
}
