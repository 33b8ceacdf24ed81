//! 主治医照会 during a call: what the slip says so far decides who fits; a doctor who was asked is kept with the call.

use serde_json::Value;

use super::Intake;
use super::call::Call;
use crate::app::hands::Hands;
use crate::app::model::Model;
use crate::desk::case::Case;
use crate::desk::edits::{self, Taking};
use crate::desk::id::Id;
use crate::desk::inquiry::Inquiry;
use crate::desk::record::{Edit, Kind};
use crate::popups::inquiry_sheet::{self, About};
use crate::popups::path;
use crate::screens::form::field::Target;

impl Intake {
    /// Opens the doctors who fit what the slip says so far.
    pub(super) fn ask_doctor(&self, hands: &mut Hands<'_>) {
        let Some(call) = self.current() else { return };
        let case = call.about.as_ref().map_or(Id::NIL, |(case, _)| *case);
        inquiry_sheet::open(About::Slip(case, Box::new(so_far(call, hands.model))), hands);
    }

    /// Opens the way through hospitals for the person on the slip.
    pub(super) fn show_path(&self, hands: &mut Hands<'_>) {
        let Some(call) = self.current() else { return };
        let text = |member| call.form.values().text(Target::Case, member).to_owned();
        path::open(&text("area"), &text("facility"), hands);
    }

    /// Keeps an inquiry with the call in front; one to the same doctor takes the place of the earlier. `false` while the
    /// call is being saved.
    pub(crate) fn take_inquiry(&mut self, inquiry: Inquiry, taking: Option<&Taking>, model: &Model) -> bool {
        let ending = &self.ending;
        let Some(call) = self.calls.get_mut(self.current).filter(|call| !super::among(ending, call.id)) else {
            return false;
        };
        let seen = so_far(call, model);
        let patch = taking.map(|taking| edits::taken(&seen, taking, &inquiry));
        call.inquiries.retain(|known| (known.office, known.staff) != (inquiry.office, inquiry.staff));
        call.inquiries.push(inquiry);
        // The draft is written anew even where nothing on the slip differs.
        call.form.change(|values| {
            let Some(Value::Object(members)) = patch else { return };
            for (name, value) in members {
                values.set(Target::Case, &name, value);
            }
        });
        call.touched(model.now.mono);
        true
    }
}

/// The case as the slip says it by now.
fn so_far(call: &Call, model: &Model) -> Case {
    let label = |key: &str| key.to_owned();
    let Some((mut case, contact)) = call.records(model.now.mono, model.now.wall, &label) else {
        return Case::default();
    };
    edits::fill_from_contact(&mut case, &contact);
    case
}

/// The edits that keep the inquiries of a call with the case that it leads to.
pub(super) fn edits(inquiries: &[Inquiry], case: Id, hands: &mut Hands<'_>) -> Vec<Edit> {
    let of_case = |inquiry: &Inquiry| Inquiry { case, ..inquiry.clone() };
    inquiries.iter().map(|inquiry| edits::create(Kind::Inquiry, hands.ids.fresh(), &of_case(inquiry))).collect()
}
