//! What the program knows about who is calling and whom it is about, beside the slip: who may be meant by what has been
//! typed, what they called about before, what all desks say to them. It writes on the slip only when a key says so.

mod act;
pub mod view;

use std::collections::BTreeSet;

use super::call::Call;
use crate::app::known::find::{self, Asked, Found, Typing, What};
use crate::app::known::{Card, alike};
use crate::app::model::Model;
use crate::app::msg::Query;
use crate::desk::id::Id;
use crate::screens::form::field::Target;
use crate::search::fold;
use crate::widgets::cache::{PaneCache, version};

/// What stands beside one slip.
#[derive(Debug, Default)]
pub struct Beside {
    version: u64,
    found: Found,
    subject: bool,
    marked: Option<usize>,
    /// The persons whose earlier calls are shown.
    concerned: Vec<Id>,
    /// Those among them whom a key has chosen: only for them does the slip make room at its top.
    chosen: Vec<Id>,
    /// Somebody among them who looks like somebody else.
    double: Option<(Id, Id)>,
    /// For whom the earlier calls were asked for, and at which version of the persons.
    asked: Option<(Vec<Id>, u64)>,
    /// An earlier case that the call goes on with as soon as it has been read.
    continuing: Option<Id>,
    /// The call, and whose earlier calls were shown in it.
    looked: (Id, BTreeSet<Id>),
    pub(super) pane: PaneCache,
    pub(super) banner: PaneCache,
}

/// What is to be asked of the store, and whom somebody looks at by that.
#[derive(Debug, Default)]
pub struct Wanted {
    /// The questions.
    pub queries: Vec<Query>,
    /// Persons whose earlier calls are shown from now on.
    pub looked_at: Vec<Id>,
}

impl Beside {
    /// Changes with what is known of those who call, as far as it shows.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Looks at the slip after something has happened. Cheap where nothing that matters has changed.
    pub fn look(&mut self, call: Option<&mut Call>, model: &Model) -> Wanted {
        let mut wanted = Wanted::default();
        let Some(call) = call else {
            *self = Self::default();
            return wanted;
        };
        self.go_on_with(call, model);
        let seen = version_of(call, model);
        if seen != self.version {
            self.version = seen;
            self.marked = None;
            let asked = asked_of(call, model);
            self.subject = asked.is_some_and(|asked| asked.subject);
            self.found = asked.map(|asked| find::find(model, &asked)).unwrap_or_default();
            self.concern(call, model);
        }
        if self.looked.0 != call.id {
            self.looked = (call.id, BTreeSet::new());
        }
        let at = (self.concerned.clone(), model.known.version());
        if !self.concerned.is_empty() && self.asked.as_ref() != Some(&at) {
            let all = self.concerned.iter().flat_map(|person| model.known.all_of(*person)).collect();
            wanted.queries.push(Query::Persons(all));
            wanted.looked_at.extend(self.concerned.iter().filter(|person| self.looked.1.insert(**person)));
            self.asked = Some(at);
        }
        wanted
    }

    /// Whether something is proposed for the field in focus.
    pub fn proposes(&self) -> bool {
        !self.found.proposals.is_empty()
    }

    /// What Enter takes now.
    pub fn taken_by_enter(&self) -> Option<What> {
        let at = self.marked.or_else(|| self.found.sure.then_some(0))?;
        self.found.proposals.get(at).map(|proposal| proposal.what)
    }

    /// The persons whose earlier calls are shown.
    pub fn concerned(&self) -> &[Id] {
        &self.concerned
    }

    /// Who the call concerns: those who were taken, and who would be taken by Enter.
    fn concern(&mut self, call: &Call, model: &Model) {
        let values = call.form.values();
        let taken = [(Target::Contact, "caller_person"), (Target::Case, "subject_person")];
        let mut persons: Vec<Id> =
            taken.iter().filter_map(|(target, member)| values.text(*target, member).parse().ok()).collect();
        let proposed = match self.taken_by_enter() {
            Some(What::Person(id)) => Some(id),
            Some(What::Office(_) | What::Staff(..)) | None => None,
        };
        persons.extend(proposed.filter(|_| self.marked.is_some()));
        let present = |persons: Vec<Id>| {
            let mut once: Vec<Id> = Vec::new();
            for person in persons.into_iter().map(|person| model.known.resolve(person)) {
                if !person.is_nil() && !once.contains(&person) {
                    once.push(person);
                }
            }
            once
        };
        self.chosen = present(persons.clone());
        persons.extend(proposed);
        let concerned = present(persons);
        self.double = concerned
            .iter()
            .find_map(|person| alike(&model.known, *person).first().map(|(other, _)| (*person, *other)));
        self.concerned = concerned;
    }

    /// Goes on with an earlier case once it is there.
    fn go_on_with(&mut self, call: &mut Call, model: &Model) {
        let Some(case) = self.continuing else { return };
        if let Some(file) = model.file.as_ref().filter(|file| file.id == case) {
            call.go_on_with(case, &file.case);
            self.continuing = None;
        }
    }
}

/// What the proposals depend on.
fn version_of(call: &Call, model: &Model) -> u64 {
    let values = call.form.values();
    let contact = |member| values.text(Target::Contact, member);
    let case = |member| values.text(Target::Case, member);
    let caller = ["caller_name", "caller_kana", "caller_office", "phone", "caller_kind", "caller_person"].map(contact);
    let subject = ["subject_name", "subject_kana", "phone", "birth", "subject_person"].map(case);
    let known = (model.known.version(), model.offices_version, model.complete);
    version(&(call.id, call.form.focused(), caller, subject, known))
}

/// What is being looked for, by the field in focus. Nothing where it tells already who was taken.
fn asked_of<'a>(call: &'a Call, model: &Model) -> Option<Asked<'a>> {
    let field = call.form.field()?;
    let (subject, typing, kana) = match (field.target, field.member) {
        (Target::Contact, "caller_name") => (false, Typing::Name, false),
        (Target::Contact, "caller_kana") => (false, Typing::Name, true),
        (Target::Contact, "caller_office") => (false, Typing::Office, false),
        (Target::Contact, "phone") => (false, Typing::Phone, false),
        (Target::Case, "subject_name") => (true, Typing::Name, false),
        (Target::Case, "subject_kana") => (true, Typing::Name, true),
        (Target::Case, "phone") => (true, Typing::Phone, false),
        _ => return None,
    };
    let values = call.form.values();
    let target = if subject { Target::Case } else { Target::Contact };
    let typed = values.text(target, field.member);
    let person = values.text(target, if subject { "subject_person" } else { "caller_person" });
    let taken = person.parse().ok().and_then(|id: Id| model.known.get(id));
    if taken.is_some_and(|card| says(card, typed)) {
        return None;
    }
    let name = match (subject, kana) {
        (true, false) => "subject_name",
        (true, true) => "subject_kana",
        (false, false) => "caller_name",
        (false, true) => "caller_kana",
    };
    Some(Asked {
        typing,
        subject,
        name: values.text(target, name),
        office: if subject { "" } else { values.text(target, "caller_office") },
        phone: values.text(target, "phone"),
        kind: if subject { "" } else { values.text(target, "caller_kind") },
        birth: if subject { values.text(target, "birth").parse().ok() } else { None },
    })
}

/// Whether this is what the card says already.
fn says(card: &Card, text: &str) -> bool {
    let numbers = card.phones.iter().map(AsRef::as_ref);
    let mut texts = [&*card.name, &*card.kana, &*card.office].into_iter().chain(numbers);
    texts.any(|known| !known.is_empty() && fold::same(known, text))
}
