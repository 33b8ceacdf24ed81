//! 主治医連絡FAX送付書 from a case: to the doctor's office that the case names, else to one of the directory that is chosen.

use crate::app::hands::{Hands, Tone};
use crate::app::model::Model;
use crate::app::msg::CaseFile;
use crate::desk::id::Id;
use crate::desk::inquiry::{Inquiry, of_case};
use crate::desk::say::Say;
use crate::popups::fax::Fax as Confirm;
use crate::popups::offices::Offices;
use crate::print::Fax;
use crate::search::Query;

/// FAX (list `method`).
const FAX: &str = "4";
/// How many offices are offered that the name of the doctor may mean.
const LIKELY: usize = 3;

/// Asks for what is missing: the recipient, where the case names none; then always whether the number is right.
pub(super) fn ask(file: &CaseFile, hands: &mut Hands<'_>) {
    if !file.case.is_open() {
        return hands.say(Say::new("print-no-open-case"), Tone::Warning);
    }
    // Who was asked by FAX and has not answered is whom the sheet is for.
    let asked = of_case(&hands.model.inquiries, file.id).into_iter().map(|(_, inquiry)| inquiry);
    let asked =
        asked.filter(|inquiry| inquiry.is_waiting() && inquiry.means == FAX).map(|inquiry| inquiry.office).next();
    let named = asked.unwrap_or(file.case.doctor_office);
    if hands.model.offices.get(&named).is_some_and(|office| !office.removed) {
        confirm(file.clone(), named, hands);
    } else {
        choose(file.clone(), hands);
    }
}

/// The offices that the case has to do with: the doctor's, then those of its calls, the last first; of each call those that were named, then the caller's.
fn near(file: &CaseFile, model: &Model) -> Vec<Id> {
    let mut near = vec![file.case.doctor_office];
    // The doctor is often written with the clinic before the name.
    let clinic = file.case.doctor.split_whitespace().next().map(Query::new);
    near.extend(clinic.into_iter().flat_map(|query| model.index.search(&query, LIKELY)).map(|hit| hit.id));
    for (_, contact) in file.contacts.iter().rev() {
        near.extend(contact.offices.keys().copied().chain([contact.caller_office_id]));
    }
    let mut once = Vec::new();
    for id in near.into_iter().filter(|id| !id.is_nil()) {
        if !once.contains(&id) {
            once.push(id);
        }
    }
    once
}

fn choose(file: CaseFile, hands: &mut Hands<'_>) {
    let list = Offices::new(Say::new("print-offices-title"), near(&file, hands.model), hands, move |hands, office| {
        confirm(file, office, hands);
    });
    hands.open(list);
}

/// What this office was asked for the case and has not answered: the newest.
fn asked(model: &Model, case: Id, office: Id) -> Option<&Inquiry> {
    let mut own = of_case(&model.inquiries, case).into_iter().map(|(_, inquiry)| inquiry);
    own.find(|inquiry| inquiry.office == office && inquiry.is_waiting())
}

/// Asks whether this office's number is the right one, and then makes the paper.
pub fn confirm(file: CaseFile, to: Id, hands: &mut Hands<'_>) {
    let model = hands.model;
    let Some(office) = model.offices.get(&to) else { return };
    let (desk, case) = (&model.desk, &file.case);
    let fax = Fax::of(case, office, desk, model.operator_name(model.me), model.today());
    let asked = asked(model, file.id, to);
    let person = asked.and_then(|inquiry| office.staff.get(&inquiry.staff)).map(|person| person.name.as_str());
    let of_case = if case.doctor_office == to { case.doctor.as_str() } else { "" };
    let topics = crate::print::fax::topics(case, &model.codebook);
    let fax = fax.to_doctor(person.unwrap_or(of_case)).with_topics(topics);
    let (purpose, wanted) = asked.map_or(("", &[][..]), |inquiry| (inquiry.purpose.as_str(), &inquiry.wanted[..]));
    let fax = fax.for_purpose(purpose, wanted, &model.codebook, model.today());
    let (folder, name) = (desk.paper_folder.clone(), case.subject_name.clone());
    hands.open(Confirm::new(file.id, fax, folder, &name, move |hands| choose(file, hands)));
}
