//! The end of a case: the outcome, a note, and what is still missing, on one sheet.

use serde_json::Value;

use super::acts::about;
use super::fields;
use crate::app::hands::Hands;
use crate::app::msg::CaseFile;
use crate::desk::case::Case;
use crate::desk::closing::{self, Missing};
use crate::desk::contact::Contact;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::inquiry::of_case;
use crate::desk::say::Say;
use crate::popups::sheet::Sheet;
use crate::screens::form::Form;
use crate::screens::form::field::{Field, Target};
use crate::screens::form::values::Values;

/// Opens the sheet that closes this case.
pub(super) fn ask(file: &CaseFile, hands: &mut Hands<'_>) {
    let missing = closing::missing(&file.case, file.contacts.iter().map(|(_, contact)| contact));
    let response = missing.contains(&Missing::Response);
    let doctor =
        missing.iter().any(|m| matches!(m, Missing::DoctorNotice | Missing::DoctorNoticeOn | Missing::DoctorNoticeBy));
    let asked = fields::closing(response, doctor);
    let mut values = Values::default();
    if let Value::Object(members) = edits::compact(&file.case) {
        let own = |name: &String| asked.iter().any(|f| f.target == Target::Case && f.member == name);
        values.set_record(Target::Case, members.into_iter().filter(|(name, _)| own(name)).collect());
    }
    let mut notes: Vec<Say> = closing::warnings(&file.case).into_iter().map(closing::Warning::say).collect();
    let waiting = of_case(&hands.model.inquiries, file.id).iter().filter(|(_, asked)| asked.is_waiting()).count();
    if waiting > 0 {
        notes.push(Say::new("inquiry-close-waiting").with("count", waiting.to_string()));
    }
    let title = about("queue-close-title", &[file.id], hands);
    let file = file.clone();
    let sheet = Sheet::new(title, Form::new(asked, values), move |hands, values| keep(&file, asked, hands, values));
    hands.open(sheet.notes(notes));
}

fn keep(file: &CaseFile, asked: &[Field], hands: &mut Hands<'_>, values: &Values) -> Result<(), Say> {
    let after = filled(&file.case, asked, values).ok_or_else(|| Say::new("queue-unreadable"))?;
    let response = asked.iter().any(|field| field.target == Target::Contact);
    let contact = response.then(|| responded(file, &after, hands, values));
    let contacts = file.contacts.iter().map(|(_, contact)| contact).chain(contact.as_ref().map(|(_, _, after)| after));
    if let Some(missing) = closing::missing(&after, contacts).first() {
        return Err(missing.say());
    }
    let contact = contact.as_ref().map(|(id, before, after)| (*id, *before, after));
    let model = hands.model;
    hands.commit(edits::close_with(model.me, file.id, &file.case, &after, contact, model.now.wall));
    Ok(())
}

/// The case with what stands on the sheet in the fields that were asked; `None` if that cannot be read.
fn filled(case: &Case, asked: &[Field], values: &Values) -> Option<Case> {
    let Value::Object(mut members) = edits::compact(case) else { return None };
    members.retain(|name, _| !asked.iter().any(|f| f.target == Target::Case && f.member == name));
    members.extend(values.record(Target::Case));
    serde_json::from_value(Value::Object(members)).ok()
}

/// The last contact with the 対応区分 of the sheet. A case that has no contact gets one: what was done is said somewhere.
fn responded<'f>(
    file: &'f CaseFile,
    after: &Case,
    hands: &mut Hands<'_>,
    values: &Values,
) -> (Id, Option<&'f Contact>, Contact) {
    let code = values.text(Target::Contact, "response").to_owned();
    if let Some((id, last)) = file.contacts.last() {
        return (*id, Some(last), Contact { response: code, ..last.clone() });
    }
    let contact = Contact {
        case: file.id,
        at: Some(hands.model.now.wall),
        operator: hands.model.me,
        text: after.closing_note.clone(),
        response: code,
        ..Contact::default()
    };
    (hands.ids.fresh(), None, contact)
}
