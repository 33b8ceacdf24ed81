//! Who the persons of a call are: known ones where that is sure, new ones where something identifies them.

use super::compare::{candidates, compare};
use super::{Card, Known};
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::edits::{self, Called};
use crate::desk::id::Id;
use crate::desk::person::{Likeness, Person, first_told_in};
use crate::desk::record::Batch;
use crate::search::fold;

/// 本人 (list `caller-kind`): who calls is whom it is about.
const SELF: &str = "K";

impl Known {
    /// Who this description is of, where there is no doubt; of several the one seen last.
    pub fn sure(&self, told: &Person) -> Option<Id> {
        if !told.is_marked() {
            return None;
        }
        let sure = candidates(self, told).into_iter().filter_map(|id| Some((id, self.get(id)?)));
        // Of a number alone nobody knows who of those with names it is.
        let sure = sure.filter(|(_, card)| card.name.is_empty() == told.name.is_empty());
        let sure = sure.filter(|(_, card)| compare(card, told).is_sure());
        sure.max_by_key(|(id, card)| (card.last_seen(), *id)).map(|(id, _)| id)
    }

    /// Who was chosen for this description, unless it was changed into that of somebody else since.
    fn chosen(&self, chosen: Id, told: &Person) -> Option<Id> {
        let id = self.resolve(chosen);
        let card = self.get(id).filter(|_| !id.is_nil())?;
        (!is_other(card, told)).then_some(id)
    }

    fn called(&self, chosen: Id, told: Person, told_in: Id, otherwise: Id) -> Called {
        let id = self.chosen(chosen, &told).or_else(|| self.sure(&told));
        let before = id.and_then(|id| Some(self.get(id)?.person()));
        let fresh = first_told_in(told_in);
        // A case whose person was corrected into somebody else has given its identity away already.
        let fresh = if self.cards.contains_key(&fresh) { otherwise } else { fresh };
        Called { id: id.unwrap_or(fresh), before, told }
    }
}

/// Whether the description is of somebody else: another name, where both are known.
fn is_other(card: &Card, told: &Person) -> bool {
    let evidence = compare(card, told);
    let by_reading = !told.name.is_empty() && fold::same(&told.name, &card.kana);
    evidence.name == Likeness::Different && evidence.kana != Likeness::Same && !by_reading
}

/// Puts the persons of a call into its contact and its case, and gives who they are.
pub fn link(known: &Known, case_id: Id, case: &mut Case, contact_id: Id, contact: &mut Contact) -> Vec<Called> {
    let mut persons: Vec<Called> = Vec::new();
    let otherwise = both(case_id, contact_id);
    let caller = Person::of_caller(contact);
    let caller = caller.map(|told| known.called(contact.caller_person, told, contact_id, otherwise));
    contact.caller_person = caller.as_ref().map_or(Id::NIL, |caller| caller.id);
    persons.extend(caller);
    let own = contact.caller_kind == SELF
        && (case.subject_name.is_empty() || fold::same(&case.subject_name, &contact.caller_name));
    let subject = Person::of_subject(case);
    if let (true, Some(caller)) = (own, persons.first_mut()) {
        if let Some(told) = subject {
            caller.told = caller.told.completed(&told);
        }
        case.subject_person = caller.id;
        return persons;
    }
    let Some(told) = subject else {
        case.subject_person = Id::NIL;
        return persons;
    };
    let person = known.called(case.subject_person, told, case_id, otherwise);
    case.subject_person = person.id;
    match persons.iter_mut().find(|other| other.id == person.id) {
        // Both were found to be one: one edit for one record.
        Some(other) => other.told = other.told.completed(&person.told),
        None => persons.push(person),
    }
    persons
}

/// An identity for a second person of one case.
fn both(case: Id, contact: Id) -> Id {
    let mut bytes = *case.bytes();
    bytes.iter_mut().zip(contact.bytes()).for_each(|(byte, other)| *byte ^= other);
    Id::from_bytes(bytes)
}

/// Takes the persons of a call over, as its commit does.
pub fn note(known: &mut Known, case: Id, on: Option<chrono::NaiveDate>, persons: &[Called]) {
    for person in persons {
        let mut after = person.before.clone().unwrap_or_default().completed(&person.told);
        if let Some(on) = on {
            after.see(case, on);
        }
        known.apply(person.id, Some(&after));
    }
}

/// The batch of a case that was corrected on its page; `None` when nothing differs. Where it tells of its person otherwise
/// than before, the person is looked for anew as when a call is saved: the same one is completed, somebody else is another
/// one, with this identity if nobody knows them. Who it was before keeps the case among those seen: they may have called
/// about it, and what is about them is found by the case itself.
pub fn edit_case(known: &Known, by: Id, id: Id, (before, after): (&Case, &Case), fresh: Id) -> Option<Batch> {
    let told = Person::of_subject(after);
    if told == Person::of_subject(before) {
        return edits::edit_case(by, id, before, after);
    }
    let person = told.map(|told| known.called(after.subject_person, told, id, fresh));
    let subject_person = person.as_ref().map_or(Id::NIL, |person| person.id);
    let after = Case { subject_person, ..after.clone() };
    let on = after.opened_at.map(|at| at.date_naive());
    let batch = edits::edit_case(by, id, before, &after)?;
    Some(edits::with_persons(batch, id, on, person.as_slice()))
}

/// The batch that keeps a call, its persons made or completed. As [`edits::save_call`].
pub fn save_call(
    known: &Known,
    by: Id,
    case_id: Id,
    seen: Option<&Case>,
    (case, (contact_id, contact)): (&Case, (Id, &Contact)),
) -> Batch {
    let (mut case, mut contact) = (case.clone(), contact.clone());
    let persons = link(known, case_id, &mut case, contact_id, &mut contact);
    let on = contact.at.map(|at| at.date_naive());
    let batch = edits::save_call(by, case_id, seen, &case, (contact_id, &contact));
    edits::with_persons(batch, case_id, on, &persons)
}
