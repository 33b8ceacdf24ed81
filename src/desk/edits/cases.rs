//! Changes of cases and contacts.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use super::super::case::{Case, Status};
use super::super::closing::after_contact;
use super::super::contact::Contact;
use super::super::id::Id;
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::{change, create, text};

fn case_edit(id: Id, patch: Value) -> Edit {
    Edit::new(RecordKey::new(Kind::Case, id), patch)
}

fn each(ids: &[Id], patch: &Value) -> Vec<Edit> {
    ids.iter().map(|id| case_edit(*id, patch.clone())).collect()
}

/// Fills what a case shows in lists from one of its contacts, where the case has nothing yet: caller, scene, summary.
/// Topics are added to those that are there.
pub fn fill_from_contact(case: &mut Case, contact: &Contact) {
    let fill = |field: &mut String, value: &str| {
        if field.is_empty() {
            value.clone_into(field);
        }
    };
    fill(&mut case.caller_kind, &contact.caller_kind);
    fill(&mut case.caller, &contact.caller_name);
    fill(&mut case.caller_kana, &contact.caller_kana);
    fill(&mut case.caller, &contact.caller_office);
    // An anonymous daughter is still a daughter in the list.
    fill(&mut case.caller, &contact.relation);
    fill(&mut case.scene, &contact.scene);
    fill(&mut case.summary, &contact.complaint);
    for topic in &contact.topics {
        if !case.topics.contains(topic) {
            case.topics.push(topic.clone());
        }
    }
}

/// A call is over and kept: its contact, and its case.
///
/// `seen` is the case as it stood when the call was attached to it; `None`: the case is new. Only what differs from it
/// is written. The case's lists are filled from the contact ([`fill_from_contact`]).
pub fn save_call(by: Id, case_id: Id, seen: Option<&Case>, case: &Case, contact: (Id, &Contact)) -> Batch {
    let (contact_id, contact) = contact;
    let mut case = case.clone();
    fill_from_contact(&mut case, contact);
    let contact = Contact { case: case_id, ..contact.clone() };
    let mut edits = Vec::new();
    match seen {
        None => edits.push(create(Kind::Case, case_id, &case)),
        Some(seen) => edits.extend(change(Kind::Case, case_id, seen, &case)),
    }
    edits.push(create(Kind::Contact, contact_id, &contact));
    Batch::new("done-save-call", by, edits)
}

/// Something more happened on a case: 経過. A case that was only taken is worked on from now.
pub fn add_contact(by: Id, case_id: Id, case: &Case, contact: (Id, &Contact)) -> Batch {
    let (contact_id, contact) = contact;
    let contact = Contact { case: case_id, ..contact.clone() };
    let mut edits = vec![create(Kind::Contact, contact_id, &contact)];
    let status = after_contact(case.status);
    if status != case.status {
        edits.push(case_edit(case_id, json!({ "status": status })));
    }
    Batch::new("done-add-contact", by, edits)
}

/// A contact was corrected; `None` when nothing differs. Who called stays who it was: what a person is known by is never
/// taken back from them, and no screen changes a contact that is kept.
pub fn edit_contact(by: Id, id: Id, before: &Contact, after: &Contact) -> Option<Batch> {
    change(Kind::Contact, id, before, after).map(|edit| Batch::new("done-edit-contact", by, vec![edit]))
}

/// Fields of a case were changed on its page; `None` when nothing differs.
pub fn edit_case(by: Id, id: Id, before: &Case, after: &Case) -> Option<Batch> {
    change(Kind::Case, id, before, after).map(|edit| Batch::new("done-edit-case", by, vec![edit]))
}

/// Other states for these cases; those that have it already are left alone. `None` when all have.
///
/// Closing sets the time of closing, opening again takes it and the outcome away; nothing else is touched.
pub fn set_status(by: Id, cases: &[(Id, Status)], to: Status, at: DateTime<FixedOffset>) -> Option<Batch> {
    let edits: Vec<Edit> = cases
        .iter()
        .filter(|(_, from)| *from != to)
        .map(|(id, from)| {
            let patch = match (*from, to) {
                (_, Status::Closed) => json!({ "status": to, "closed_at": at }),
                (Status::Closed, _) => json!({ "status": to, "closed_at": null, "outcome": null }),
                _ => json!({ "status": to }),
            };
            case_edit(*id, patch)
        })
        .collect();
    let reopens = to != Status::Closed && cases.iter().any(|(_, from)| *from == Status::Closed);
    let what = if reopens { "done-reopen-case" } else { "done-set-status" };
    (!edits.is_empty()).then(|| Batch::new(what, by, edits))
}

/// The next action of a case and the day by which it is due; an empty text or no day takes the old one away.
pub fn set_next(by: Id, id: Id, next_action: &str, due: Option<NaiveDate>) -> Batch {
    let patch = json!({ "next_action": text(next_action.trim()), "due": due });
    Batch::new("done-set-next", by, vec![case_edit(id, patch)])
}

/// The due day of these cases, their next action unchanged.
pub fn set_due(by: Id, ids: &[Id], due: Option<NaiveDate>) -> Batch {
    Batch::new("done-set-next", by, each(ids, &json!({ "due": due })))
}

/// The urgency (list `urgency`) of these cases; an empty code takes it away.
pub fn set_urgency(by: Id, ids: &[Id], code: &str) -> Batch {
    Batch::new("done-set-urgency", by, each(ids, &json!({ "urgency": text(code) })))
}

/// These cases are another operator's now.
pub fn set_operator(by: Id, ids: &[Id], operator: Id) -> Batch {
    Batch::new("done-set-operator", by, each(ids, &json!({ "operator": operator })))
}

/// The case is closed with this outcome (list `outcome`). An empty note leaves an earlier one. What is missing is asked
/// of `closing::missing` before.
pub fn close(by: Id, id: Id, outcome: &str, note: &str, at: DateTime<FixedOffset>) -> Batch {
    let mut patch = json!({ "status": Status::Closed, "closed_at": at, "outcome": text(outcome) });
    if let (Value::Object(members), false) = (&mut patch, note.trim().is_empty()) {
        members.insert("closing_note".to_owned(), Value::from(note.trim()));
    }
    Batch::new("done-close-case", by, vec![case_edit(id, patch)])
}

/// The case is closed with what closing asked for. `before` is the case as the operator saw it, `after` with the outcome
/// and all else that was filled in; `contact` is the one that got its 対応区分: identity, as it was (`None`: it is new), as
/// it is.
pub fn close_with(
    by: Id,
    id: Id,
    before: &Case,
    after: &Case,
    contact: Option<(Id, Option<&Contact>, &Contact)>,
    at: DateTime<FixedOffset>,
) -> Batch {
    let after = Case { status: Status::Closed, closed_at: Some(at), ..after.clone() };
    let mut edits: Vec<Edit> = change(Kind::Case, id, before, &after).into_iter().collect();
    if let Some((contact_id, seen, contact)) = contact {
        let contact = Contact { case: id, ..contact.clone() };
        match seen {
            Some(seen) => edits.extend(change(Kind::Contact, contact_id, seen, &contact)),
            None => edits.push(create(Kind::Contact, contact_id, &contact)),
        }
    }
    Batch::new("done-close-case", by, edits)
}

/// The case is worked on again. Its closing note stays.
pub fn reopen(by: Id, id: Id) -> Batch {
    let patch = json!({ "status": Status::Active, "closed_at": null, "outcome": null });
    Batch::new("done-reopen-case", by, vec![case_edit(id, patch)])
}

/// These cases are to be talked about in the monthly meeting.
pub fn flag(by: Id, ids: &[Id], reason: &str, at: DateTime<FixedOffset>) -> Batch {
    // The reason is written even when empty, so that it replaces that of an earlier flag.
    let patch = json!({ "flag": { "reason": reason.trim(), "at": at, "by": by } });
    Batch::new("done-flag", by, each(ids, &patch))
}

/// These cases need not be talked about. Their place on the agenda is kept for the case that they are flagged again.
pub fn unflag(by: Id, ids: &[Id]) -> Batch {
    Batch::new("done-unflag", by, each(ids, &json!({ "flag": null })))
}
