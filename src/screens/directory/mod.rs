//! 連携先: offices and their people, found at each key. From an open call one key takes the chosen one into the slip.

pub mod change;
mod detail;
mod fields;
mod results;
mod view;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Screen;
use super::form::Focus;
use super::lists;
use super::look::Look;
use crate::app::hands::{Hands, Request, Tone};
use crate::app::model::Model;
use crate::app::msg::Query;
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::desk::record::{Kind, RecordKey};
use crate::desk::say::Say;
use crate::keys::Action;
use crate::popups::history::History;
use crate::popups::inquiries;
use crate::popups::picker::{Choice, Picker, codes};
use crate::widgets::edit::Edit;
use crate::widgets::list::ListState;
use crate::widgets::text_field::TextField;

use results::Results;

/// Where the keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    /// The search field: letters narrow.
    #[default]
    Field,
    /// The list: letters are commands.
    List,
    /// The people of the chosen office.
    Staff,
}

/// The directory.
#[derive(Debug)]
pub struct Directory {
    field: TextField,
    kind: Option<String>,
    place: Place,
    list: ListState,
    staff: ListState,
    results: Results,
    /// The office that was added last, until it is there to be chosen.
    expected: Option<Id>,
}

impl Default for Directory {
    fn default() -> Self {
        Self {
            field: TextField::new(60),
            kind: None,
            place: Place::Field,
            list: ListState::default(),
            staff: ListState::default(),
            results: Results::default(),
            expected: None,
        }
    }
}

impl Directory {
    fn len(&self, model: &Model) -> usize {
        self.results.of(model, self.field.text(), self.kind.as_deref()).ids.len()
    }

    /// The chosen office.
    fn chosen(&self, model: &Model) -> Option<Id> {
        let found = self.results.of(model, self.field.text(), self.kind.as_deref());
        found.ids.get(self.list.selected(found.ids.len())?).copied()
    }

    fn office<'a>(&self, model: &'a Model) -> Option<(Id, &'a Office)> {
        let id = self.chosen(model)?;
        Some((id, model.offices.get(&id).map(Box::as_ref)?))
    }

    /// The chosen person, while the people have the keys.
    fn person<'a>(&self, model: &'a Model) -> Option<(Id, &'a Staff)> {
        if self.place != Place::Staff {
            return None;
        }
        let people = self.office(model)?.1.present_staff();
        people.get(self.staff.selected(people.len())?).copied()
    }

    fn typed(&mut self) {
        self.results.pin(None);
        self.place = Place::Field;
        self.list.select(0);
        self.staff.select(0);
    }

    fn take(&mut self, hands: &mut Hands<'_>) {
        if self.place == Place::Field && self.field.is_empty() {
            // Enter on an empty field would take whatever stands first.
            self.place = Place::List;
            return;
        }
        let Some(office) = self.chosen(hands.model) else { return };
        let person = self.person(hands.model).map(|(id, _)| id);
        hands.ask(Request::TakeOffice(office, person));
    }

    fn copy(&self, hands: &mut Hands<'_>) {
        let Some((_, office)) = self.office(hands.model) else { return };
        let direct = self.person(hands.model).map(|(_, person)| person.phone.clone()).filter(|phone| !phone.is_empty());
        let phone = direct.unwrap_or_else(|| office.phone.clone());
        if phone.is_empty() {
            hands.say(Say::new("directory-no-phone"), Tone::Warning);
        } else {
            hands.ask(Request::Copy(phone));
        }
    }

    fn history(&self, hands: &mut Hands<'_>) {
        let Some(id) = self.chosen(hands.model) else { return };
        let record = RecordKey::new(Kind::Office, id);
        let popup = History::new(record, hands);
        hands.open(popup);
        hands.ask(Request::Load(Query::History(record)));
    }

    fn filter_kind(&self, hands: &mut Hands<'_>) {
        let list = "office-kind";
        let all =
            Choice { code: String::new(), key: Some('0'), label: hands.locale.t("directory-all-kinds").into_owned() };
        let kinds = codes(list, hands);
        let choices = std::iter::once(all).chain(kinds).collect();
        let at = self.kind.clone();
        hands.open(Picker::new(Say::new("directory-which-kind"), choices, at.as_deref(), |hands, code| {
            hands.ask(Request::FilterOffices(Some(code.to_owned()).filter(|code| !code.is_empty())));
        }));
    }

    /// Which ability is wanted: its word is typed into the field, so that what a key does and what is typed are one.
    fn filter_able(hands: &mut Hands<'_>) {
        let list = "capability";
        let choices = codes(list, hands);
        let words: Vec<(String, String)> = choices.iter().map(|c| (c.code.clone(), c.label.clone())).collect();
        let yes = hands.locale.t("directory-yes").into_owned();
        hands.open(Picker::new(Say::new("directory-which-able"), choices, None, move |hands, code| {
            let word = words.iter().find(|(other, _)| other == code).map_or("", |(_, word)| word.as_str());
            hands.ask(Request::SearchWords(format!("{} {yes}", word.replace(char::is_whitespace, ""))));
        }));
    }

    fn filter_area(hands: &mut Hands<'_>) {
        let mut areas: Vec<&str> = hands.model.desk.areas.iter().map(String::as_str).collect();
        areas.extend(hands.model.offices.values().map(|office| office.area.as_str()));
        areas.retain(|area| !area.is_empty());
        areas.sort_unstable();
        areas.dedup();
        let keys = ('1'..='9').chain('a'..='z').map(Some).chain(std::iter::repeat(None));
        let choices = areas.into_iter().zip(keys).map(|(area, key)| Choice {
            code: area.to_owned(),
            key,
            label: area.to_owned(),
        });
        let choices: Vec<Choice> = choices.collect();
        if choices.is_empty() {
            return hands.say(Say::new("directory-no-areas"), Tone::Warning);
        }
        hands.open(Picker::new(Say::new("directory-which-area"), choices, None, |hands, area| {
            hands.ask(Request::SearchWords(area.replace(char::is_whitespace, "")));
        }));
    }

    /// Types these words into the field, or takes them out if they are there.
    pub fn search_words(&mut self, words: &str) {
        let text = format!(" {} ", self.field.text().trim());
        let wanted = format!(" {words} ");
        let text = if text.contains(&wanted) { text.replacen(&wanted, " ", 1) } else { format!("{text}{words} ") };
        self.field.set_text(text.trim_start());
        self.typed();
    }

    /// Forgets what was searched: the next search is about something else.
    pub fn clear(&mut self) {
        self.field.set_text("");
        self.results.pin(None);
        self.show_kind(None);
    }

    /// Shows only offices of this kind; `None`: all.
    pub fn show_kind(&mut self, kind: Option<String>) {
        self.kind = kind;
        self.list.select(0);
        self.staff.select(0);
    }

    /// Chooses this office as soon as it is kept: one looks at what one has just added, and adds its people.
    pub fn expect(&mut self, office: Id) {
        self.expected = Some(office);
    }

    fn choose_expected(&mut self, model: &Model) {
        let Some(office) = self.expected.filter(|office| model.offices.contains_key(office)) else { return };
        self.expected = None;
        if self.row_of(office, model).is_none() {
            // Also what was typed as its name need not find it under the name that it got.
            let typed = model.offices.get(&office).map_or("", |office| office.name.as_str());
            self.field.set_text(typed);
            self.show_kind(None);
            // Nor need it be among those that are listed.
            self.results.pin(Some(office));
        }
        self.list.select(self.row_of(office, model).unwrap_or(0));
        self.staff.select(0);
        self.place = Place::List;
    }

    fn row_of(&self, office: Id, model: &Model) -> Option<usize> {
        let found = self.results.of(model, self.field.text(), self.kind.as_deref());
        found.ids.iter().position(|id| *id == office)
    }

    fn go(&mut self, action: Action, model: &Model) {
        let people = self.office(model).map_or(0, |(_, office)| office.present_staff().len());
        let (list, len) = if self.place == Place::Staff {
            (&mut self.staff, people)
        } else {
            (&mut self.list, self.results.of(model, self.field.text(), self.kind.as_deref()).ids.len())
        };
        lists::go(list, action, len);
        if self.place != Place::Staff {
            self.staff.select(0);
        }
    }

    /// Esc goes back a step: people, list, field, empty field, the call.
    fn back(&mut self, hands: &mut Hands<'_>) -> bool {
        match self.place {
            Place::Staff => self.place = Place::List,
            Place::List => self.place = Place::Field,
            Place::Field if !self.field.is_empty() => self.field.set_text(""),
            Place::Field => hands.ask(Request::Act(Action::GoIntake)),
        }
        true
    }
}

impl Screen for Directory {
    fn takes(&self) -> Focus {
        if self.place == Place::Field { Focus::Line } else { Focus::None }
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> bool {
        match action {
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last => {
                self.go(action, hands.model);
            }
            Action::NextPane => {
                let people = self.office(hands.model).is_some_and(|(_, office)| !office.present_staff().is_empty());
                self.place = match self.place {
                    Place::Field if self.len(hands.model) > 0 => Place::List,
                    Place::List if people => Place::Staff,
                    Place::Field | Place::List | Place::Staff => Place::Field,
                };
            }
            Action::TakeOffice => self.take(hands),
            Action::Find => {
                self.clear();
                self.place = Place::Field;
            }
            Action::Narrow => self.place = Place::Field,
            Action::Back => return self.back(hands),
            Action::CopyPhone => self.copy(hands),
            Action::Verify => self.verify(hands),
            Action::SetAbilities => self.set_abilities(hands),
            Action::SetAccepting => self.set_accepting(hands),
            Action::Edit | Action::Open => self.edit_chosen(hands),
            Action::FixReading => self.fix_reading(hands),
            Action::AddOffice => self.add_office(hands),
            Action::AddStaff => self.add_staff(hands),
            Action::RemoveOffice => self.remove(hands),
            Action::FilterKind => self.filter_kind(hands),
            Action::FilterAble => Self::filter_able(hands),
            Action::FilterArea => Self::filter_area(hands),
            Action::OpenNow => self.search_words(&hands.locale.t("directory-word-now")),
            Action::History => self.history(hands),
            Action::ShowInquiries => {
                if let Some(office) = self.chosen(hands.model) {
                    let person = self.person(hands.model).map(|(id, _)| id);
                    inquiries::open(office, person, hands);
                }
            }
            _ => return false,
        }
        true
    }

    fn text(&mut self, text: &str, _hands: &mut Hands<'_>) {
        if self.place == Place::Field {
            self.field.edit(Edit::Insert(text));
            self.typed();
        }
    }

    fn edit(&mut self, edit: Edit<'_>, _hands: &mut Hands<'_>) {
        self.field.edit(edit);
        self.typed();
    }

    fn entered(&mut self, _hands: &mut Hands<'_>) {
        self.place = Place::Field;
    }

    fn changed(&mut self, hands: &mut Hands<'_>) {
        self.choose_expected(hands.model);
    }

    fn hints(&self) -> &'static [Action] {
        &[
            Action::TakeOffice,
            Action::NextPane,
            Action::CopyPhone,
            Action::Verify,
            Action::SetAbilities,
            Action::SetAccepting,
            Action::Edit,
            Action::AddOffice,
            Action::AddStaff,
            Action::FilterKind,
            Action::FilterAble,
            Action::FilterArea,
            Action::OpenNow,
            Action::FixReading,
            Action::ShowInquiries,
            Action::RemoveOffice,
            Action::Help,
        ]
    }

    fn view(&self, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.draw(model, look, area, buf)
    }
}
