//! The slip's fields (`domain.md` §2.1). There are three forms for three kinds of call, and each is a choice and an order
//! of the same fields: the standard one has all of them, the common ones on its first page. Tables only.

use crate::desk::slip::SlipForm;
use crate::screens::form::field::{Field, FieldKind, Target, field};

use FieldKind::{Area, Birth, Code, Codes, Date, Due, Line, Memo, Phone};
use Target::{Case, Contact};

/// The fields of a form, in the order in which Tab goes through them.
pub const fn of(form: SlipForm) -> &'static [Field] {
    match form {
        SlipForm::Standard => SLIP,
        SlipForm::Brief => BRIEF,
        SlipForm::Discharge => DISCHARGE,
    }
}

/// 簡易: another desk's matter. Who called, about what, where they were sent, one text.
const BRIEF: &[Field] = &[
    field(Contact, "caller_kind", Code("caller-kind"), 0, 0, 1),
    field(Contact, "caller_name", Line, 0, 0, 1),
    field(Contact, "caller_office", Line, 0, 1, 1),
    field(Contact, "phone", Phone, 0, 1, 1),
    field(Contact, "topics", Codes("topic"), 0, 2, 1),
    field(Case, "area", Area, 0, 3, 1),
    field(Contact, "response", Code("response"), 0, 3, 1),
    field(Contact, "referred_to", Line, 0, 4, 1),
    field(Contact, "text", Memo, 0, 5, 1),
];

/// 退院情報連絡: what a hospital tells of somebody who goes home, in the order in which its sheet is read out.
const DISCHARGE: &[Field] = &[
    field(Contact, "caller_kind", Code("caller-kind"), 0, 0, 1),
    field(Contact, "caller_name", Line, 0, 0, 1),
    field(Contact, "caller_office", Line, 0, 1, 1),
    field(Contact, "phone", Phone, 0, 1, 1),
    field(Case, "facility", Line, 0, 2, 1),
    field(Case, "ward", Line, 0, 2, 1),
    field(Case, "hospital_staff", Line, 0, 3, 1),
    field(Case, "hospital_doctor", Line, 0, 3, 1),
    field(Case, "subject_name", Line, 0, 4, 4),
    field(Case, "age_band", Code("age-band"), 0, 4, 2),
    field(Case, "sex", Code("sex"), 0, 4, 2),
    field(Case, "discharge_on", Due, 0, 5, 1),
    field(Case, "discharge_to", Code("discharge-to"), 0, 5, 1),
    field(Case, "area", Area, 0, 6, 1),
    field(Case, "care_level", Code("care-level"), 0, 6, 1),
    field(Case, "care_manager", Line, 0, 7, 1),
    field(Case, "doctor", Line, 0, 7, 1),
    field(Case, "treatments", Codes("treatment"), 0, 8, 1),
    field(Contact, "request", Line, 0, 9, 1),
    field(Contact, "text", Memo, 0, 10, 1),
    field(Contact, "response", Code("response"), 0, 11, 1),
    field(Case, "urgency", Code("urgency"), 0, 11, 1),
    field(Case, "next_action", Line, 0, 12, 3),
    field(Case, "due", Due, 0, 12, 2),
];

/// 標準: every field of a slip.
pub const SLIP: &[Field] = &[
    // Page 1: what nearly every call has.
    field(Contact, "caller_kind", Code("caller-kind"), 0, 0, 1),
    field(Contact, "caller_name", Line, 0, 0, 1),
    field(Contact, "caller_office", Line, 0, 1, 1),
    field(Contact, "phone", Phone, 0, 1, 1),
    field(Contact, "method", Code("method"), 0, 2, 1),
    field(Contact, "visit", Code("visit"), 0, 2, 1),
    field(Case, "subject_name", Line, 0, 3, 4),
    field(Case, "age_band", Code("age-band"), 0, 3, 2),
    field(Case, "sex", Code("sex"), 0, 3, 2),
    field(Case, "area", Area, 0, 4, 1),
    field(Case, "care_level", Code("care-level"), 0, 4, 1),
    field(Case, "whereabouts", Code("whereabouts"), 0, 5, 1),
    field(Case, "household", Code("household"), 0, 5, 1),
    field(Case, "has_doctor", Code("has-doctor"), 0, 6, 1),
    field(Case, "doctor", Line, 0, 6, 1),
    field(Contact, "topics", Codes("topic"), 0, 7, 1),
    field(Contact, "scene", Code("scene"), 0, 8, 1),
    field(Case, "urgency", Code("urgency"), 0, 8, 1),
    field(Contact, "text", Memo, 0, 9, 1),
    field(Contact, "information", Codes("information"), 0, 10, 1),
    field(Contact, "response", Code("response"), 0, 11, 1),
    field(Case, "doctor_notice", Code("doctor-notice"), 0, 11, 1),
    field(Case, "next_action", Line, 0, 12, 3),
    field(Case, "due", Due, 0, 12, 2),
    // Page 2: the caller and the person.
    field(Contact, "caller_kana", Line, 1, 0, 1),
    field(Contact, "relation", Line, 1, 0, 1),
    field(Contact, "fax", Phone, 1, 1, 1),
    field(Contact, "reachable", Line, 1, 1, 1),
    field(Contact, "direction", Code("direction"), 1, 2, 1),
    field(Contact, "route", Code("route"), 1, 2, 1),
    field(Case, "subject_kana", Line, 1, 3, 1),
    field(Case, "birth", Birth, 1, 3, 1),
    field(Case, "address", Line, 1, 4, 1),
    field(Case, "school_district", Line, 1, 5, 1),
    field(Case, "phone", Phone, 1, 5, 1),
    field(Case, "insured_number", Line, 1, 6, 1),
    field(Case, "insurer", Line, 1, 6, 1),
    field(Case, "facility", Line, 1, 7, 1),
    field(Case, "ward", Line, 1, 7, 1),
    field(Case, "hospital_staff", Line, 1, 8, 1),
    field(Case, "hospital_doctor", Line, 1, 8, 1),
    field(Case, "discharge_on", Due, 1, 9, 1),
    field(Case, "discharge_to", Code("discharge-to"), 1, 9, 1),
    field(Case, "emergency_contact", Line, 1, 10, 1),
    field(Case, "consent", Code("consent"), 1, 11, 1),
    field(Case, "care_manager", Line, 1, 11, 1),
    // Page 3: how the person is.
    field(Case, "certified_from", Date, 2, 0, 1),
    field(Case, "certified_until", Date, 2, 0, 1),
    field(Case, "mobility", Code("mobility"), 2, 1, 1),
    field(Case, "dementia", Code("dementia"), 2, 1, 1),
    field(Case, "illness", Memo, 2, 2, 1),
    field(Case, "treatments", Codes("treatment"), 2, 3, 1),
    field(Case, "services", Line, 2, 4, 1),
    field(Case, "second_doctor", Line, 2, 5, 1),
    field(Case, "economy", Line, 2, 5, 1),
    field(Case, "housing", Line, 2, 6, 1),
    field(Case, "disability", Line, 2, 6, 1),
    // Page 4: what is wanted, what was done, what the desk needs.
    field(Contact, "complaint", Memo, 3, 0, 1),
    field(Case, "wish_of_person", Line, 3, 1, 1),
    field(Case, "wish_of_family", Line, 3, 2, 1),
    field(Case, "difficulty", Line, 3, 3, 1),
    field(Contact, "response_text", Memo, 3, 4, 1),
    field(Contact, "referred_to", Line, 3, 5, 1),
    field(Contact, "request", Line, 3, 5, 1),
    field(Contact, "items", Codes("eight-items"), 3, 6, 1),
    field(Case, "doctor_notice_on", Date, 3, 7, 1),
    field(Case, "doctor_notice_by", Code("method"), 3, 7, 1),
    field(Case, "doctor_notice_who", Line, 3, 8, 1),
    field(Case, "summary", Line, 3, 9, 1),
    field(Case, "local_issue", Line, 3, 10, 1),
    field(Case, "remarks", Line, 3, 11, 1),
    field(Case, "expect_repeat", Code("yes-no"), 3, 12, 1),
    field(Case, "share_with_city", Code("yes-no"), 3, 12, 1),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::desk::case::Case as CaseRecord;
    use crate::desk::codebook;
    use crate::desk::contact::Contact as ContactRecord;
    use crate::locale::{Lang, Locale};
    use crate::widgets::width::width;

    /// Members that a slip fills by itself, or that belong to what happens after the call.
    const NOT_TYPED: [&str; 24] = [
        "case",
        "form",
        "pauses",
        "at",
        "ended_at",
        "seconds",
        "operator",
        "caller_office_id",
        "caller_person",
        "subject_person",
        "offices",
        "number",
        "status",
        "opened_at",
        "closed_at",
        "caller",
        "flag",
        "hold",
        "outcome",
        "closing_note",
        "doctor_office",
        "topics",
        "scene",
        "caller_kana",
    ];

    #[test]
    fn every_member_of_a_case_and_a_contact_has_its_field() {
        for (target, record) in [
            (Case, serde_json::to_value(CaseRecord::default()).unwrap()),
            (Contact, serde_json::to_value(ContactRecord::default()).unwrap()),
        ] {
            for member in record.as_object().unwrap().keys() {
                let shown = SLIP.iter().any(|field| field.target == target && field.member == member);
                let known = NOT_TYPED.contains(&member.as_str()) || (target == Case && member == "caller_kind");
                assert!(shown || known, "{}.{member} is on no page of the slip", target.name());
            }
        }
    }

    #[test]
    fn fields_are_single_labelled_and_their_lists_exist() {
        for form in SlipForm::ALL {
            let mut seen = BTreeSet::new();
            for field in of(form) {
                assert!(seen.insert(field.name()), "{form:?}: {} stands twice", field.name());
                if let Some(list) = field.kind.list() {
                    assert!(codebook::list(list).is_some(), "no list {list}");
                }
                for lang in [Lang::Ja, Lang::En] {
                    let locale = Locale::new(lang);
                    let key = field.label_key();
                    assert!(locale.has(&key), "{key}");
                    assert!(width(&locale.t(&key)) <= 10, "{key} does not fit its column in {}", lang.code());
                }
            }
            assert!(of(form).is_sorted_by_key(|field| (field.page, field.row)), "{form:?}: Tab goes down the page");
        }
    }

    #[test]
    fn the_standard_form_has_every_field_of_the_others_and_all_are_typed_alike() {
        for field in SlipForm::ALL.into_iter().flat_map(of) {
            let same = SLIP.iter().find(|other| other.name() == field.name());
            assert_eq!(same.map(|other| other.kind), Some(field.kind), "{}", field.name());
        }
        for form in SlipForm::ALL {
            let first = of(form).first().map(Field::name);
            assert_eq!(first.as_deref(), Some("contact.caller_kind"), "{form:?} begins with who calls");
            assert!(of(form).iter().any(|field| field.name() == "contact.text"), "{form:?} has its text");
        }
    }
}
