//! The fields of a case as its page and its sheets show them. Tables only.

use crate::screens::form::field::{Field, FieldKind, Target, field};

use FieldKind::{Area, Birth, Code, Codes, Date, Due, Line, Memo, Phone};
use Target::{Case, Contact};

/// Every field of a case, a page a group: the matter, the person, how the person is and what is wanted.
pub(super) const CASE: &[Field] = &[
    // The matter.
    field(Case, "summary", Line, 0, 0, 1),
    field(Case, "topics", Codes("topic"), 0, 1, 1),
    field(Case, "scene", Code("scene"), 0, 2, 1),
    field(Case, "urgency", Code("urgency"), 0, 2, 1),
    field(Case, "caller_kind", Code("caller-kind"), 0, 3, 1),
    field(Case, "caller", Line, 0, 3, 1),
    field(Case, "caller_kana", Line, 0, 4, 1),
    field(Case, "next_action", Line, 0, 5, 3),
    field(Case, "due", Due, 0, 5, 2),
    field(Case, "has_doctor", Code("has-doctor"), 0, 6, 1),
    field(Case, "doctor", Line, 0, 6, 1),
    field(Case, "doctor_notice", Code("doctor-notice"), 0, 7, 1),
    field(Case, "doctor_notice_on", Date, 0, 7, 1),
    field(Case, "doctor_notice_by", Code("method"), 0, 8, 1),
    field(Case, "second_doctor", Line, 0, 8, 1),
    field(Case, "doctor_notice_who", Line, 0, 9, 1),
    field(Case, "expect_repeat", Code("yes-no"), 0, 10, 1),
    field(Case, "share_with_city", Code("yes-no"), 0, 10, 1),
    field(Case, "local_issue", Line, 0, 11, 1),
    field(Case, "remarks", Line, 0, 12, 1),
    // The person.
    field(Case, "subject_name", Line, 1, 0, 1),
    field(Case, "subject_kana", Line, 1, 0, 1),
    field(Case, "sex", Code("sex"), 1, 1, 1),
    field(Case, "age_band", Code("age-band"), 1, 1, 1),
    field(Case, "birth", Birth, 1, 2, 1),
    field(Case, "phone", Phone, 1, 2, 1),
    field(Case, "address", Line, 1, 3, 1),
    field(Case, "area", Area, 1, 4, 1),
    field(Case, "school_district", Line, 1, 4, 1),
    field(Case, "whereabouts", Code("whereabouts"), 1, 5, 1),
    field(Case, "facility", Line, 1, 5, 1),
    field(Case, "ward", Line, 1, 6, 1),
    field(Case, "hospital_staff", Line, 1, 6, 1),
    field(Case, "hospital_doctor", Line, 1, 7, 1),
    field(Case, "discharge_on", Due, 1, 7, 1),
    field(Case, "discharge_to", Code("discharge-to"), 1, 8, 1),
    field(Case, "household", Code("household"), 1, 8, 1),
    field(Case, "emergency_contact", Line, 1, 9, 1),
    field(Case, "consent", Code("consent"), 1, 9, 1),
    field(Case, "insured_number", Line, 1, 10, 1),
    field(Case, "insurer", Line, 1, 10, 1),
    field(Case, "care_manager", Line, 1, 11, 1),
    // How the person is, and what is wanted.
    field(Case, "care_level", Code("care-level"), 2, 0, 1),
    field(Case, "certified_from", Date, 2, 0, 1),
    field(Case, "certified_until", Date, 2, 0, 1),
    field(Case, "mobility", Code("mobility"), 2, 1, 1),
    field(Case, "dementia", Code("dementia"), 2, 1, 1),
    field(Case, "disability", Line, 2, 2, 1),
    field(Case, "illness", Memo, 2, 3, 1),
    field(Case, "treatments", Codes("treatment"), 2, 4, 1),
    field(Case, "services", Line, 2, 5, 1),
    field(Case, "economy", Line, 2, 6, 1),
    field(Case, "housing", Line, 2, 6, 1),
    field(Case, "wish_of_person", Line, 2, 7, 1),
    field(Case, "wish_of_family", Line, 2, 8, 1),
    field(Case, "difficulty", Line, 2, 9, 1),
];

/// The titles of the groups of [`CASE`], by page.
pub(super) const GROUPS: [&str; 3] = ["queue-group-matter", "queue-group-person", "queue-group-state"];

const OUTCOME: Field = field(Case, "outcome", Code("outcome"), 0, 0, 1);
const RESPONSE: Field = field(Contact, "response", Code("response"), 0, 1, 1);
const NOTICE: Field = field(Case, "doctor_notice", Code("doctor-notice"), 0, 2, 1);
const NOTICE_ON: Field = field(Case, "doctor_notice_on", Date, 0, 3, 1);
const NOTICE_BY: Field = field(Case, "doctor_notice_by", Code("method"), 0, 3, 1);
const NOTE: Field = field(Case, "closing_note", Memo, 0, 4, 1);

const CLOSE: &[Field] = &[OUTCOME, NOTE];
const CLOSE_RESPONSE: &[Field] = &[OUTCOME, RESPONSE, NOTE];
const CLOSE_DOCTOR: &[Field] = &[OUTCOME, NOTICE, NOTICE_ON, NOTICE_BY, NOTE];
const CLOSE_ALL: &[Field] = &[OUTCOME, RESPONSE, NOTICE, NOTICE_ON, NOTICE_BY, NOTE];

/// What is asked at the end of a case: the outcome and a note, and only what is still missing besides.
pub(super) const fn closing(response: bool, doctor: bool) -> &'static [Field] {
    match (response, doctor) {
        (false, false) => CLOSE,
        (true, false) => CLOSE_RESPONSE,
        (false, true) => CLOSE_DOCTOR,
        (true, true) => CLOSE_ALL,
    }
}
