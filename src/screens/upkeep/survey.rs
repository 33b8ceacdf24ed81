//! アンケート: which there are, how many have answered, by kind and area, what they answered, and who is still to be asked.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::proposals::{into_folder, meant};
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::sheets::{SheetWish, wish};
use crate::desk::access::{Access, Details};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::Role;
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::desk::survey::{Question, Survey};
use crate::keys::Action;
use crate::popups::prompt::Prompt;
use crate::popups::sheet::Sheet;
use crate::print::{Chase, Job, Made, Paper};
use crate::screens::form::field::{Field, FieldKind, Target, field};
use crate::screens::form::values::Values;
use crate::screens::form::{Focus, Form};
use crate::screens::look::Look;
use crate::screens::pages::Page;
use crate::screens::{Screen, lists};
use crate::search::fold;
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;

mod view;

/// A new survey.
const SURVEY: &[Field] = &[
    field(Target::Survey, "name", FieldKind::Line, 0, 0, 2),
    field(Target::Survey, "due", FieldKind::Due, 0, 0, 1),
    field(Target::Survey, "kinds", FieldKind::Codes("office-kind"), 0, 1, 1),
    field(Target::Survey, "areas", FieldKind::Line, 0, 2, 1),
    field(Target::Survey, "accepting", FieldKind::Code("yes-no"), 0, 2, 1),
    field(Target::Survey, "abilities", FieldKind::Codes("capability"), 0, 3, 1),
    field(Target::Survey, "questions", FieldKind::Memo, 0, 4, 1),
    field(Target::Survey, "cover", FieldKind::Memo, 0, 5, 1),
    field(Target::Survey, "folder", FieldKind::Line, 0, 6, 1),
];

/// What is shown of a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    /// How many have answered.
    #[default]
    Rates,
    /// What they answered.
    Results,
    /// Who has not.
    Missing,
}

/// The page.
#[derive(Debug, Default)]
pub struct Surveys {
    list: ListState,
    lines: ListState,
    shown: Shown,
}

/// The surveys, the newest first.
fn surveys(model: &Model) -> Vec<(Id, &Survey)> {
    let mut all: Vec<(Id, &Survey)> = model.surveys.iter().map(|(id, survey)| (*id, survey)).collect();
    all.sort_by(|(_, a), (_, b)| (b.on, &a.name).cmp(&(a.on, &b.name)));
    all
}

impl Surveys {
    fn chosen<'m>(&self, model: &'m Model) -> Option<(Id, &'m Survey)> {
        let all = surveys(model);
        self.list.selected(all.len()).and_then(|at| all.get(at)).copied()
    }

    /// A page of who has not answered, to be called or faxed.
    fn print(&self, hands: &mut Hands<'_>) {
        let model = hands.model;
        let Some((id, survey)) = self.chosen(model) else { return };
        let missing = model.unanswered(survey);
        if missing.is_empty() {
            return hands.say(Say::new("survey-all-answered"), Tone::Good);
        }
        let missing: Vec<&Office> = missing.into_iter().map(|(_, office)| office).collect();
        let chase = Chase::of(survey, &missing, model.today(), &model.desk, &model.codebook);
        let folder = model.desk.paper_folder.clone();
        let job = Job { paper: Paper::Chase(Box::new(chase)), folder, made: Made::Opened };
        hands.ask(Request::Print(RecordKey::new(Kind::Survey, id), Box::new(job)));
    }

    /// Copies the number of who has not answered.
    fn copy(&self, hands: &mut Hands<'_>) {
        let model = hands.model;
        let Some((_, survey)) = self.chosen(model).filter(|_| self.shown == Shown::Missing) else { return };
        let missing = model.unanswered(survey);
        let Some((id, office)) = self.lines.selected(missing.len()).and_then(|at| missing.get(at)) else { return };
        if office.phone.is_empty() {
            return hands.say(Say::new("survey-no-phone"), Tone::Warning);
        }
        hands.look(Access::Copy, RecordKey::new(Kind::Office, *id), Details::default());
        hands.ask(Request::Copy(office.phone.clone()));
    }
}

/// Asks for a new survey.
fn add(hands: &mut Hands<'_>) {
    let mut values = Values::default();
    values.set_text(Target::Survey, "folder", &hands.model.desk.paper_folder);
    let id = hands.ids.fresh();
    let sheet = Sheet::new(Say::new("survey-add-title"), Form::new(SURVEY, values), move |hands, values| {
        let survey = made(values, hands)?;
        hands.commit(edits::add_survey(hands.model.me, id, &survey));
        let folder = fold::one_line(values.text(Target::Survey, "folder"));
        if !folder.is_empty() {
            wish(hands, SheetWish::MakeSurvey(id, Box::new(survey), folder));
        }
        Ok(())
    });
    hands.open(sheet.notes(vec![Say::new("survey-add-about")]));
}

/// The survey that a sheet leads to, or what is wrong with it.
fn made(values: &Values, hands: &Hands<'_>) -> Result<Survey, Say> {
    let text = |member| values.text(Target::Survey, member);
    let survey = Survey {
        name: fold::one_line(text("name")),
        on: Some(hands.today()),
        by: hands.model.me,
        due: text("due").parse().ok(),
        cover: text("cover").trim().to_owned(),
        abilities: values.codes(Target::Survey, "abilities").into_iter().map(str::to_owned).collect(),
        accepting: text("accepting") == "1",
        questions: text("questions").lines().filter_map(question).collect(),
        asked: meant(values, hands),
        ..Survey::default()
    };
    if survey.name.is_empty() || survey.keys().is_empty() {
        return Err(Say::new("survey-needs"));
    }
    if survey.asked.is_empty() {
        return Err(Say::new("survey-nobody"));
    }
    if hands.model.surveys.values().any(|known| fold::same(&known.name, &survey.name)) {
        return Err(Say::new("survey-same-name"));
    }
    Ok(survey)
}

/// A question of a line: `text|answer|answer`.
fn question(line: &str) -> Option<Question> {
    let line = fold::one_line(line);
    let mut parts = line.split(['|', '\u{ff5c}']).map(|part| part.trim().to_owned());
    let text = parts.next().filter(|text| !text.is_empty())?;
    Some(Question { text, choices: parts.filter(|choice| !choice.is_empty()).collect() })
}

fn read(hands: &mut Hands<'_>) {
    let (title, about) = (Say::new("survey-read-title"), Say::new("proposal-path-about"));
    hands.open(Prompt::new(title, about, "", |hands, typed| {
        if typed.trim().is_empty() {
            return Err(Say::new("proposal-path-empty"));
        }
        wish(hands, SheetWish::ReadSurvey(typed.to_owned()));
        Ok(())
    }));
}

impl Screen for Surveys {
    fn takes(&self) -> Focus {
        Focus::None
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        let model = hands.model;
        match action {
            Action::AddSurvey => add(hands),
            Action::ReadSheets => read(hands),
            Action::MakeSheets => {
                if let Some((id, survey)) = self.chosen(model) {
                    let survey = Box::new(survey.clone());
                    into_folder(hands, move |folder| SheetWish::MakeSurvey(id, survey.clone(), folder));
                }
            }
            Action::SurveyReport => {
                if let Some((id, _)) = self.chosen(model) {
                    into_folder(hands, move |folder| SheetWish::Report(id, folder));
                }
            }
            Action::SaveTable => {
                if let Some((id, _)) = self.chosen(model) {
                    into_folder(hands, move |folder| SheetWish::Missing(id, folder));
                }
            }
            Action::Print => self.print(hands),
            Action::CopyPhone => self.copy(hands),
            Action::NextPane | Action::Open => {
                self.shown = match self.shown {
                    Shown::Rates => Shown::Results,
                    Shown::Results => Shown::Missing,
                    Shown::Missing => Shown::Rates,
                };
                self.lines.select(0);
            }
            Action::Back if self.shown != Shown::Rates => self.shown = Shown::Rates,
            _ if self.shown == Shown::Rates => return lists::go(&mut self.list, action, model.surveys.len()),
            _ => {
                let len = self.chosen(model).map_or(0, |(_, survey)| self.line_count(survey, model));
                return lists::go(&mut self.lines, action, len);
            }
        }
        true
    }

    fn text(&mut self, _text: &str, _hands: &mut Hands<'_>) {}

    fn edit(&mut self, _edit: Edit<'_>, _hands: &mut Hands<'_>) {}

    fn hints(&self) -> &'static [Action] {
        match self.shown {
            Shown::Missing => &[
                Action::CopyPhone,
                Action::Print,
                Action::SaveTable,
                Action::NextPane,
                Action::ReadSheets,
                Action::MakeSheets,
                Action::Back,
                Action::Help,
            ],
            Shown::Rates | Shown::Results => &[
                Action::AddSurvey,
                Action::ReadSheets,
                Action::NextPane,
                Action::SurveyReport,
                Action::MakeSheets,
                Action::NextPage,
                Action::Help,
            ],
        }
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.draw(model, look, area, buf);
        None
    }
}

impl Page for Surveys {
    fn title(&self) -> &'static str {
        "survey-page"
    }

    fn seen_by(&self, role: Role) -> bool {
        role != Role::Viewer
    }
}
