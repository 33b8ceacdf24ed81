//! The forms of a slip: which one a call is written on, and the key that goes to another. Nothing that was written goes.

use super::Intake;
use super::call::Call;
use super::fields::{self, SLIP};
use crate::app::hands::{Hands, Tone};
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::edits::compact;
use crate::desk::say::Say;
use crate::desk::slip::{self, SlipForm, suggests_discharge};
use crate::screens::form::Around;
use crate::screens::form::field::Target;

/// The rows of the form for discharges that are about who calls.
const CALLER_ROWS: u8 = 2;

impl Call {
    /// The form that the call is written on.
    pub const fn form_kind(&self) -> SlipForm {
        self.kind
    }

    /// Whether the form for discharges is worth a word: never again once somebody chose a form.
    pub fn suggests_discharge(&self) -> bool {
        let values = self.form.values();
        values.text(Target::Contact, "form").is_empty()
            && suggests_discharge(values.text(Target::Contact, "caller_kind"), values.codes(Target::Contact, "topics"))
    }

    /// Goes on on this form, by somebody's key: it can be taken back like a field.
    pub fn take_form(&mut self, form: SlipForm, around: &Around<'_>) {
        self.form.checkpoint();
        self.form.put(|values| values.set_text(Target::Contact, "form", form.name()));
        self.follow(around);
    }

    /// Shows the form that the slip says.
    pub(super) fn follow(&mut self, around: &Around<'_>) {
        let said = SlipForm::of(self.form.values().text(Target::Contact, "form"));
        if said != self.kind {
            self.kind = said;
            self.form.set_fields(fields::of(said), around);
        }
    }

    /// How many fields were filled in that this form does not show; of an earlier case only what is new.
    pub fn filled_elsewhere(&self) -> usize {
        if self.kind == SlipForm::Standard {
            return 0;
        }
        let values = self.form.values();
        let seen = self.about.as_ref().map(|(_, case)| compact(case)).unwrap_or_default();
        let by_itself = |target, member: &str| {
            (target == Target::Contact && matches!(member, "method" | "visit"))
                || (target == Target::Case && seen.get(member) == values.get(target, member))
        };
        let shown = self.form.fields();
        let hidden = SLIP.iter().filter(|field| values.is_filled(field) && !by_itself(field.target, field.member));
        hidden.filter(|field| !shown.iter().any(|other| other.name() == field.name())).count()
    }

    /// Whether the focus is on who calls, on the form for discharges.
    pub(super) fn is_on_caller(&self) -> bool {
        self.kind == SlipForm::Discharge && self.form.field().is_some_and(|field| field.row < CALLER_ROWS)
    }

    /// A hospital that calls is where the person is, and who calls is whom to ask there: once told, it stands in its
    /// fields, where it can be changed.
    pub(super) fn carry_caller(&mut self) {
        if self.is_on_caller() {
            return;
        }
        let values = self.form.values();
        let text = |target, member| values.text(target, member).to_owned();
        let of_case = |member| text(Target::Case, member);
        let of_contact = |member| text(Target::Contact, member);
        let mut case =
            Case { facility: of_case("facility"), hospital_staff: of_case("hospital_staff"), ..Case::default() };
        let contact = Contact {
            caller_kind: of_contact("caller_kind"),
            caller_office: of_contact("caller_office"),
            caller_name: of_contact("caller_name"),
            ..Contact::default()
        };
        if slip::carry(&mut case, &contact) {
            self.form.put(|values| {
                values.set_text(Target::Case, "facility", &case.facility);
                values.set_text(Target::Case, "hospital_staff", &case.hospital_staff);
            });
        }
    }
}

impl Intake {
    /// Whether the call in front is one of a discharge with the focus on who calls.
    pub(super) fn is_on_caller(&self) -> bool {
        self.current().is_some_and(Call::is_on_caller)
    }

    /// Carries who calls over into the hospital's fields as soon as the focus goes on.
    pub(super) fn carry_caller(&mut self, was_on_caller: bool) {
        if let Some(call) = self.calls.get_mut(self.current).filter(|_| was_on_caller) {
            call.carry_caller();
        }
    }

    /// Goes on to the next form, or to the one that is proposed.
    pub(super) fn switch_form(&mut self, hands: &mut Hands<'_>) {
        let around = hands.model.around();
        let Some(call) = self.calls.get_mut(self.current) else { return };
        let to = if call.suggests_discharge() { SlipForm::Discharge } else { call.form_kind().next() };
        call.take_form(to, &around);
        call.carry_caller();
        let name = hands.locale.t(match to {
            SlipForm::Standard => "code-form-standard",
            SlipForm::Brief => "code-form-brief",
            SlipForm::Discharge => "code-form-discharge",
        });
        hands.say(Say::new("intake-form-taken").with("form", name.into_owned()), Tone::Good);
    }
}
