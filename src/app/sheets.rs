//! 変更届 and アンケート as files: what the app asks to be written and read, and what it does with what came back. The files
//! themselves are the runtime's.

use std::collections::BTreeMap;

use super::App;
use super::hands::{Hands, Tone};
use super::model::Model;
use super::msg::Effect;
use crate::desk::access::{Access, Details, Look};
use crate::desk::codebook::Codebook;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::DeskProfile;
use crate::desk::proposal::Proposal;
use crate::desk::reach::routes;
use crate::desk::record::{Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::desk::survey::Survey;
use crate::exchange::outreach::About;
use crate::exchange::proposal::plan::{self, Came, Reader};
use crate::exchange::proposal::read::Returned;
use crate::exchange::survey::plan as answers;
use crate::exchange::survey::read::Filled;
use crate::exchange::survey::report;
use crate::exchange::write::Table;
use crate::locale::{Lang, Locale};
use crate::popups::message::Message;
use crate::print::chase::unanswered;

/// How an entry was checked that a sheet of its office tells of: 文書 of list `method`.
pub const BY_PAPER: &str = "6";
/// Sentences of a message that are shown; the others are counted.
const SHOWN: usize = 12;

/// What a screen asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetWish {
    /// A 変更届 for each of these offices, into this folder.
    MakeProposals(Vec<Id>, String),
    /// The 変更届 of this file, or of all in this folder.
    ReadProposals(String),
    /// The sheets of this survey for those who have not answered, into this folder.
    MakeSurvey(Id, Box<Survey>, String),
    /// What came back of surveys, in this file or folder.
    ReadSurvey(String),
    /// The results of this survey, into this folder.
    Report(Id, String),
    /// 活動 of this fiscal year, into this folder.
    Activities(i32, String),
    /// Who has not answered this survey, into this folder.
    Missing(Id, String),
}

/// What sheets are made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Sheets {
    /// 変更届.
    Proposals(Vec<(Id, Office)>),
    /// アンケート, one an office and one table.
    Survey(Id, Box<Survey>, Vec<(Id, Office)>),
    /// The results of an アンケート.
    Report(Box<Survey>, Vec<(Id, Office)>),
    /// Tables under this name: one workbook of all, and a CSV of each.
    Tables(String, Vec<Table>),
}

/// What is to be done with files, on a thread of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetTask {
    /// Write these.
    Write {
        /// What they are made of.
        sheets: Sheets,
        /// Where.
        folder: String,
        /// The desk.
        desk: Box<DeskProfile>,
        /// The desk's identity.
        desk_id: Id,
        /// The code lists in force.
        codebook: Box<Codebook>,
    },
    /// Read 変更届.
    ReadProposals(String),
    /// Read what came back of surveys.
    ReadSurvey(String),
}

/// What came of it.
#[derive(Debug)]
pub enum SheetNews {
    /// So many files are in the folder.
    Written(usize, String),
    /// These 変更届 were read.
    Proposals(Vec<Returned>),
    /// This came back of surveys.
    Survey(Vec<Filled>),
    /// Nothing was read or written, and why.
    Refused(Vec<Say>),
}

impl Model {
    fn entries(&self, ids: impl IntoIterator<Item = Id>) -> Vec<(Id, Office)> {
        let entry = |id: Id| self.offices.get(&id).filter(|office| !office.removed).map(|o| (id, (**o).clone()));
        ids.into_iter().filter_map(entry).collect()
    }

    /// Who has not answered this survey, area by area.
    pub fn unanswered(&self, survey: &Survey) -> Vec<(Id, &Office)> {
        let there = |id: Id| self.offices.get(&id).map(|office| (id, office.as_ref()));
        unanswered(survey.missing().into_iter().filter_map(there))
    }

    /// The proposals of which something waits, the oldest first.
    pub fn waiting_proposals(&self) -> Vec<(Id, &Proposal)> {
        let mut waiting: Vec<_> = self.proposals.iter().filter(|(_, p)| !p.closed).map(|(id, p)| (*id, p)).collect();
        waiting.sort_by(|(_, a), (_, b)| (a.received_on, &a.name, &a.sheet).cmp(&(b.received_on, &b.name, &b.sheet)));
        waiting
    }
}

impl App {
    /// Has sheets made or read.
    pub(super) fn wish_sheets(&mut self, wish: SheetWish) {
        if self.refuse_to_write() {
            return;
        }
        let model = &self.model;
        let write = |sheets: Sheets, folder: String| SheetTask::Write {
            sheets,
            folder,
            desk: Box::new(model.desk.clone()),
            desk_id: model.desk_id,
            codebook: Box::new(model.codebook.clone()),
        };
        let about = if let SheetWish::Activities(..) = wish { "activity" } else { "office" };
        let (task, count) = match wish {
            SheetWish::MakeProposals(ids, folder) => {
                let entries = model.entries(ids);
                let count = entries.len();
                (write(Sheets::Proposals(entries), folder), Some(count))
            }
            SheetWish::MakeSurvey(id, survey, folder) => {
                let entries = model.entries(survey.missing());
                let count = entries.len();
                (write(Sheets::Survey(id, survey, entries), folder), Some(count))
            }
            SheetWish::Report(id, folder) => {
                let Some(survey) = model.surveys.get(&id) else { return };
                let entries = model.entries(survey.asked.iter().copied());
                (write(Sheets::Report(Box::new(survey.clone()), entries), folder), Some(survey.asked.len()))
            }
            SheetWish::Activities(year, folder) => {
                let (name, tables) = activities(model, &self.locale, year);
                let count = tables.first().map(|table| table.rows.len());
                (write(Sheets::Tables(name, tables), folder), count)
            }
            SheetWish::Missing(id, folder) => {
                let Some(survey) = model.surveys.get(&id) else { return };
                let missing = model.unanswered(survey);
                let missing: Vec<&Office> = missing.iter().map(|(_, office)| *office).collect();
                let table = report::missing_table(&missing, &self.locale, &model.codebook);
                let name = plain_name(&format!("{}_{}", survey.name, self.locale.t("survey-report-missing")));
                (write(Sheets::Tables(name, vec![table]), folder), Some(missing.len()))
            }
            SheetWish::ReadProposals(path) => (SheetTask::ReadProposals(path), None),
            SheetWish::ReadSurvey(path) => (SheetTask::ReadSurvey(path), None),
        };
        // Noted before it is written: what left the desk must not be missing in the log.
        if let Some(count) = count {
            self.note_sheets(Access::Export, about, count);
        }
        self.say(Say::new("proposal-busy"), Tone::Good);
        self.effects.push(Effect::Sheets(Box::new(task)));
    }

    fn note_sheets(&mut self, access: Access, task: &str, count: usize) {
        let details = Details { task: task.to_owned(), count: u64::try_from(count).ok(), ..Details::default() };
        let desk = RecordKey::new(Kind::Desk, self.model.desk_id);
        self.look(Look::new(access, desk).with(details));
    }

    /// Sheets were made or read.
    pub(super) fn sheets_came(&mut self, news: SheetNews) {
        match news {
            SheetNews::Written(count, folder) => {
                let say = Say::new("proposal-written").with("count", count.to_string()).with("folder", folder);
                self.open(Box::new(Message::new(vec![say])));
            }
            SheetNews::Refused(says) => self.tell_sheets(says),
            SheetNews::Proposals(returned) => self.proposals_came(&returned),
            SheetNews::Survey(filled) => self.survey_came(&filled),
        }
        self.dirty = true;
    }

    fn tell_sheets(&mut self, mut says: Vec<Say>) {
        let more = says.len().saturating_sub(SHOWN);
        says.truncate(SHOWN);
        if more > 0 {
            says.push(Say::new("proposal-more").with("count", more.to_string()));
        }
        self.open(Box::new(Message::new(says)));
    }

    fn proposals_came(&mut self, returned: &[Returned]) {
        let mut new: Vec<(Id, Proposal)> = Vec::new();
        let (mut nothing, mut known) = (0_usize, 0_usize);
        let mut says: Vec<Say> = returned.iter().flat_map(Returned::misread).map(|misread| misread.say()).collect();
        for sheet in returned {
            let model = &self.model;
            let office = |id: Id| model.offices.get(&id).map(Box::as_ref);
            let mut all = || model.offices.iter().map(|(id, office)| (*id, office.as_ref())).collect();
            let before = model.proposals.values().chain(new.iter().map(|(_, proposal)| proposal));
            let reader = Reader { by: model.me, today: model.today() };
            match plan::plan(sheet, &office, &mut all, before, reader) {
                Came::Waits(proposal) => new.push((self.ids.fresh(), *proposal)),
                Came::Nothing => nothing += 1,
                Came::Known => known += 1,
            }
        }
        let say = Say::new("proposal-read").with("new", new.len().to_string());
        says.insert(0, say.with("nothing", nothing.to_string()).with("known", known.to_string()));
        if let Some(batch) = edits::add_proposals(self.model.me, &new) {
            self.note_sheets(Access::Import, "office", new.len());
            self.commit(batch, super::Pending::Plain);
        }
        self.tell_sheets(says);
    }

    fn survey_came(&mut self, filled: &[Filled]) {
        let today = self.model.today();
        let source = source_of(&Locale::new(Lang::Ja));
        let refs: BTreeMap<Id, &Office> = self.model.offices.iter().map(|(id, o)| (*id, o.as_ref())).collect();
        let plan = answers::plan(filled, &self.model.surveys, &refs, &source, today);
        let batch = plan.batch(self.model.me, &self.model.surveys, &refs, &source, (BY_PAPER, today));
        let say = Say::new("survey-read").with("count", plan.count().to_string());
        let say = say.with("known", plan.known.to_string()).with("abilities", plan.abilities.to_string());
        let says = std::iter::once(say).chain(plan.left.iter().map(Explain::say)).collect();
        if let Some(batch) = batch {
            self.note_sheets(Access::Import, "office", plan.count());
            self.commit(batch, super::Pending::Plain);
        }
        self.tell_sheets(says);
    }
}

/// A name that every computer takes for a file.
fn plain_name(name: &str) -> String {
    name.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c }).collect()
}

/// 活動 of a fiscal year as tables, and what the files are called. Of 把握経路 only where all contacts were read.
fn activities(model: &Model, locale: &Locale, year: i32) -> (String, Vec<Table>) {
    let office = |id: Id| model.offices.get(&id).map(|office| office.name.clone()).unwrap_or_default();
    let operator = |id: Id| model.operator_name(id).to_owned();
    let (today, codebook) = (model.today(), &model.codebook);
    let about = About { year, today, words: locale, codebook, office: &office, operator: &operator };
    let all = || model.activities.values();
    let mut tables = vec![about.activities(all()), about.months(all())];
    if model.reach.is_complete() {
        tables.push(about.routes(&routes(model.reach.told(), year)));
    }
    (about.file_name(), tables)
}

/// How an answer of a survey became known, in the words of the directory.
pub fn source_of(words: &Locale) -> impl Fn(&Survey) -> String + use<> {
    let pattern = words.f("survey-source", &[("name", "\u{0}")]).into_owned();
    move |survey| pattern.replace('\u{0}', &survey.name)
}

/// Asks for sheets to be made or read.
pub fn wish(hands: &mut Hands<'_>, wish: SheetWish) {
    hands.ask(super::hands::Request::Sheets(wish));
}
