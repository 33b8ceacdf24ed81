//! What the empty fields of a slip may be filled with by Enter: what was said of this person or by this caller the last
//! time, the operator's usual answers, and how far the desk goes into the matter. Writes nothing on the slip.

use serde_json::Value;

use super::call::Call;
use crate::app::known::Card;
use crate::app::model::Model;
use crate::desk::contact::Contact;
use crate::desk::id::Id;
use crate::desk::person::is_private;
use crate::desk::triage::{self, Because, Facts, Triage};
use crate::desk::usual::{HEADS, Last, USUAL, last_of_caller, last_of_person};
use crate::screens::form::field::Target;
use crate::screens::form::proposal::{Proposals, Why};
use crate::screens::form::values::Values;
use crate::search::fold;
use crate::widgets::cache::version;

/// 以前に利用 (list `route`): how a caller of before has found the desk.
const USED_BEFORE: &str = "1";
/// 継続 and 再相談 (list `visit`).
const GOES_ON: &str = "2";
const COMES_AGAIN: &str = "3";

/// What was found for the call in front, so that it is not looked for at every key.
#[derive(Debug, Default)]
pub(super) struct Proposing {
    seen: u64,
    /// What is known of the persons of the slip, and from what that was made.
    last: (u64, Vec<(Target, Last)>),
    /// The operator's usual answers, and from what they were made.
    usual: (u64, Vec<(&'static str, String, bool)>),
}

/// Who is on the slip by a link that still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Linked {
    caller: Option<Id>,
    subject: Option<Id>,
}

impl Proposing {
    /// Proposes for the call in front what fits now.
    pub fn propose(&mut self, call: &mut Call, model: &Model) {
        let linked = linked(call.form.values(), model);
        let triage = judge(call.form.values());
        let slip = HEADS.map(|(head, _)| call.form.values().text(Target::Case, head));
        let known = (model.history_version, model.known.version(), model.cases_version);
        let desk = (model.habits.version(), model.codebook_version, model.me, model.today());
        let focus = (call.id, call.form.field().map(|field| (field.target, field.member)), call.form.has_promised());
        let seen = version(&(focus, linked, &triage, slip, known, desk));
        if std::mem::replace(&mut self.seen, seen) == seen {
            return;
        }
        let at = version(&(linked, known));
        if self.last.0 != at {
            self.last = (at, last(linked, model));
        }
        let at = version(&desk);
        if self.usual.0 != at {
            self.usual = (at, usual(model));
        }
        let mut proposals = Proposals::default();
        if let Some(triage) = &triage {
            let value = triage.response.into();
            proposals.add(Target::Contact, "response", value, because(triage));
        }
        for (target, (member, value, on)) in &self.last.1 {
            proposals.add(*target, member, value.clone(), Why::on("propose-last", *on));
        }
        for (member, code, own) in &self.usual.1 {
            let why = Why::of(if *own { "propose-own" } else { "propose-desk" });
            proposals.add(Target::Contact, member, code.as_str().into(), why);
        }
        fit(&mut proposals, call.form.values(), &self.last.1);
        proposals.retain_codes(call.form.fields(), &model.around());
        call.form.propose(proposals);
    }
}

/// Takes away what does not fit what is on the slip: the doctor of somebody who has none, where somebody lay before.
fn fit(proposals: &mut Proposals, slip: &Values, last: &[(Target, Last)]) {
    for (head, rest) in HEADS {
        let told = slip.get(Target::Case, head);
        let before = last.iter().find(|(target, (member, ..))| *target == Target::Case && *member == head);
        if told.is_some() && told != before.map(|(_, (_, value, _))| value) {
            proposals.drop_all(Target::Case, rest);
        }
    }
}

/// Who is on the slip. A link holds only as long as the slip names whom it was made to: what is known of somebody is
/// never proposed for somebody else.
fn linked(slip: &Values, model: &Model) -> Linked {
    let link = |target, member: &str, name: &str, phone: &str| {
        let id = model.known.resolve(slip.text(target, member).parse().ok()?);
        let card = model.known.get(id).filter(|_| !id.is_nil())?;
        names(card, slip.text(target, name), slip.text(target, phone)).then_some(id)
    };
    let caller = link(Target::Contact, "caller_person", "caller_name", "phone");
    let subject = link(Target::Case, "subject_person", "subject_name", "phone");
    // 本人: who calls is whom it is about, unless somebody else is named.
    let own = slip.text(Target::Contact, "caller_kind") == "K";
    let named = slip.text(Target::Case, "subject_name");
    let same = named.is_empty() || fold::same(named, slip.text(Target::Contact, "caller_name"));
    Linked { caller, subject: subject.or_else(|| caller.filter(|_| own && same)) }
}

/// Whether the slip names this person: by name or reading, or, of whom only a number is known, by that.
fn names(card: &Card, name: &str, phone: &str) -> bool {
    if card.name.is_empty() {
        return name.is_empty() && card.phones.iter().any(|known| fold::same(known, phone));
    }
    !name.is_empty() && [&card.name, &card.kana].into_iter().any(|known| !known.is_empty() && fold::same(known, name))
}

/// What was said the last time of and by those who are linked.
fn last(linked: Linked, model: &Model) -> Vec<(Target, Last)> {
    let mut found = Vec::new();
    let known = |id: Id, all: &[Id]| all.contains(&id);
    let read = |person: Option<Id>| {
        let history = model.history.as_ref()?;
        let person = person.filter(|person| history.persons.contains(person))?;
        Some((history, person, model.known.all_of(person)))
    };
    if let Some((history, person, all)) = read(linked.subject) {
        let own = history.cases.iter().filter(|(_, case)| known(case.subject_person, &all));
        let told = last_of_person(own.map(|(on, case)| (*on, case)));
        found.extend(told.into_iter().map(|last| (Target::Case, last)));
        found.extend(visit(person, model).map(|last| (Target::Contact, last)));
    }
    // Who calls for themselves or their own goes on with what they called about; at work one calls about many.
    let private = |id: Id| model.known.get(id).is_some_and(|card| is_private(&card.kind));
    let caller = linked.caller.filter(|caller| linked.subject.is_none() && private(*caller));
    found.extend(caller.and_then(|caller| visit(caller, model)).map(|last| (Target::Contact, last)));
    if let Some((history, _, all)) = read(linked.caller) {
        let own: Vec<&Contact> = history.contacts.iter().filter(|c| known(c.caller_person, &all)).collect();
        let before = own.iter().find_map(|contact| Some(contact.at?.date_naive()));
        found.extend(last_of_caller(own).into_iter().map(|last| (Target::Contact, last)));
        found.extend(before.map(|on| (Target::Contact, ("route", Value::from(USED_BEFORE), on))));
    }
    found
}

/// 初回・継続 of somebody who has cases: one that is open goes on.
fn visit(person: Id, model: &Model) -> Option<Last> {
    let cards = model.known.all_of(person).into_iter().filter_map(|id| model.known.card(id));
    let seen: Vec<_> = cards.flat_map(|card| card.seen.iter()).collect();
    let open = seen.iter().any(|(case, _)| model.brief(*case).is_some_and(crate::desk::brief::Brief::is_open));
    let on = seen.iter().map(|(_, on)| *on).max()?;
    Some(("visit", Value::from(if open { GOES_ON } else { COMES_AGAIN }), on))
}

fn usual(model: &Model) -> Vec<(&'static str, String, bool)> {
    let of = |member: &&'static str| {
        let usual = model.habits.usual(member, model.me, model.today())?;
        Some((*member, usual.code.to_owned(), usual.own))
    };
    USUAL.iter().filter_map(of).collect()
}

/// How far the desk goes into what is on the slip.
fn judge(slip: &Values) -> Option<Triage> {
    let contact = |member| slip.text(Target::Contact, member);
    let topics = slip.codes(Target::Contact, "topics");
    let offices = slip.get(Target::Contact, "offices").and_then(Value::as_object);
    let referred = |office: &Value| office.get("referred").and_then(Value::as_bool).unwrap_or_default();
    triage::propose(&Facts {
        topics: &topics,
        urgency: slip.text(Target::Case, "urgency"),
        caller_kind: contact("caller_kind"),
        again: [GOES_ON, COMES_AGAIN].contains(&contact("visit")),
        given: offices.is_some() || slip.get(Target::Contact, "information").is_some(),
        referred: !contact("referred_to").is_empty() || offices.is_some_and(|all| all.values().any(referred)),
    })
}

/// The reason of a judgement, in the words of its codes.
fn because(triage: &Triage) -> Why {
    let key = match (triage.because, triage.topic) {
        (None, _) => "triage-because",
        (Some(Because::Citizen), _) => "triage-citizen",
        (Some(Because::Again), _) => "triage-again",
        (Some(Because::Given), Some(_)) => "triage-given",
        (Some(Because::Given), None) => "triage-only-given",
        (Some(Because::Referred), _) => "triage-referred",
    };
    let topic = triage.topic.map(|code| ("topic", code.to_owned()));
    let urgency = triage.urgency.map(|code| ("urgency", code.to_owned()));
    Why { key, day: None, codes: topic.into_iter().chain(urgency).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_a_field_of_the_slip() {
        let on_slip = |target, member: &str| {
            super::super::fields::SLIP.iter().any(|field| field.target == target && field.member == member)
        };
        for member in crate::desk::usual::OF_PERSON {
            assert!(on_slip(Target::Case, member), "{member}");
        }
        for member in crate::desk::usual::OF_CALLER.iter().chain(&USUAL) {
            assert!(on_slip(Target::Contact, member), "{member}");
        }
    }
}
