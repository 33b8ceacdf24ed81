//! The demo's sheets: a survey that half of the clinics have answered, and a change notice that waits, of a hospital whose
//! entry has changed since its sheet was made.

use std::collections::BTreeMap;

use super::build::{Build, phone_number};
use crate::desk::edits::{self, Answered};
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::desk::proposal::{Item, Part, Proposal, answer_code, present};
use crate::desk::record::Kind;
use crate::desk::survey::{ACCEPTING, Question, Returned, Survey};

/// The survey's name, and how its answers became known.
const SURVEY: &str = "在宅医療アンケート";
const SOURCE: &str = "アンケート 在宅医療アンケート";
/// What it asks.
const ABILITIES: [&str; 4] = ["end-of-life", "round-clock", "ventilator", "opinion-letter"];
const CHOICES: [&str; 3] = ["対面", "オンライン", "どちらでも"];
const TROUBLES: [&str; 3] = ["夜間の連絡先が分からない", "", "主治医に聞きにくい"];

impl Build<'_> {
    /// Both of them.
    pub fn sheets(&mut self) {
        self.survey();
        self.notice();
    }

    fn survey(&mut self) {
        let (made, read, by) = (self.time.part(880), self.time.part(960), self.operator(1));
        let clinics: Vec<(Id, Office)> = self.listed.iter().filter(|(_, office)| office.kind == "2").cloned().collect();
        let survey = Survey {
            name: SURVEY.to_owned(),
            on: Some(made),
            by,
            due: Some(self.time.after(self.time.last(), 0)),
            abilities: ABILITIES.map(str::to_owned).to_vec(),
            accepting: true,
            questions: vec![
                Question {
                    text: "多職種の会議に出やすい形".to_owned(), choices: CHOICES.map(str::to_owned).to_vec()
                },
                Question { text: "在宅医療で困っていること".to_owned(), choices: Vec::new() },
            ],
            asked: clinics.iter().map(|(id, _)| *id).collect(),
            ..Survey::default()
        };
        let id = (self.ids)();
        self.push(self.time.at(made, 10, 20), edits::add_survey(by, id, &survey));
        let answered: Vec<Answered<'_>> = clinics
            .iter()
            .step_by(2)
            .enumerate()
            .map(|(n, (id, office))| Answered {
                id: *id,
                office,
                returned: Returned {
                    on: Some(read), file: format!("返送{}.xlsx", n + 1), answers: answers(n, office)
                },
            })
            .collect();
        let batch = edits::answer_survey(by, (id, &survey), &answered, (SOURCE, "6", read));
        let at = self.time.at(read, 13, 40);
        if let Some(mut batch) = batch {
            // The clinics answered what the directory has of them already.
            batch.edits.retain(|edit| edit.record.kind == Kind::Survey);
            self.push(at, batch);
        }
    }

    /// A sheet of the first hospital: its number has changed in the directory since.
    fn notice(&mut self) {
        let (made, received, by) = (self.time.part(940), self.time.last(), self.operator(0));
        let hospital = self.listed.iter().find(|(_, office)| office.kind == "1" && office.staff.len() > 1).cloned();
        let Some((id, office)) = hospital else { return };
        let item = |base: String, wanted: &str, cell: &str| Item {
            base,
            wanted: wanted.to_owned(),
            cell: cell.to_owned(),
            ..Item::default()
        };
        let stood = |member: &'static str| present(&office, &Part::Office(member));
        let mut items = BTreeMap::from([
            ("office.phone".to_owned(), item(phone_number(1997), &phone_number(1996), "H11")),
            ("office.hours".to_owned(), item(stood("hours"), "平日 8:30-17:15、土 8:30-12:00", "H21")),
            ("office.best_time".to_owned(), item(stood("best_time"), "平日 13:00-16:00", "H23")),
            ("able.respite".to_owned(), item(present(&office, &Part::Able("respite".to_owned())), "ask", "H58")),
        ]);
        let mut people = office.present_staff().into_iter();
        if let Some((person, staff)) = people.next() {
            let part = Part::Staff(person, "handles").to_string();
            items.insert(part, item(staff.handles.clone(), "入退院の調整、在宅からの入院相談", "C34"));
        }
        let new = Staff {
            name: "架空 春香".to_owned(),
            kana: "かくう はるか".to_owned(),
            role: "社会福祉士".to_owned(),
            extension: "244".to_owned(),
            ..Staff::default()
        };
        let line = "架空 春香 かくう はるか 社会福祉士 244";
        let person = Item { person: Some(new), ..item(String::new(), line, "C37") };
        items.insert("new.37".to_owned(), person);
        let proposal = Proposal {
            office: id,
            sure: true,
            name: office.name.clone(),
            made_on: Some(made),
            received_on: Some(received),
            by,
            file: format!("変更届_{}.xlsx", office.name),
            sheet: "変更届".to_owned(),
            mark: "demo".to_owned(),
            items,
            ..Proposal::default()
        };
        let fresh = (self.ids)();
        let at = self.time.at(received, 15, 20);
        if let Some(batch) = edits::add_proposals(by, &[(fresh, proposal)]) {
            self.push(at, batch);
        }
    }
}

/// What the n-th clinic answered: what the directory knows of it, and more.
fn answers(n: usize, office: &Office) -> BTreeMap<String, String> {
    let known = |code: &str| office.capabilities.get(code).map(|known| answer_code(known.answer).to_owned());
    let mut answers: BTreeMap<String, String> =
        ABILITIES.iter().filter_map(|code| Some((format!("able.{code}"), known(code)?))).collect();
    if n.is_multiple_of(2) {
        answers.insert(ACCEPTING.to_owned(), "ask".to_owned());
    }
    answers.insert("own.1".to_owned(), CHOICES.get(n % 3).copied().unwrap_or_default().to_owned());
    if let Some(trouble) = TROUBLES.get(n % 3).filter(|trouble| !trouble.is_empty()) {
        answers.insert("own.2".to_owned(), (*trouble).to_owned());
    }
    answers
}
