//! The members of cases and contacts in the order in which a person reads them, each with the code list that it is
//! chosen from. For whoever shows or checks a record without a form.

use super::record::Kind;

/// A member's name as it is kept, and its code list; empty for one that is no code.
pub type Member = (&'static str, &'static str);

/// The members of a case.
pub const CASE: &[Member] = &[
    ("number", ""),
    ("status", "status"),
    ("urgency", "urgency"),
    ("due", ""),
    ("next_action", ""),
    ("summary", ""),
    ("topics", "topic"),
    ("scene", "scene"),
    ("caller_kind", "caller-kind"),
    ("caller", ""),
    ("caller_kana", ""),
    ("operator", ""),
    ("opened_at", ""),
    ("flag", ""),
    ("subject_person", ""),
    ("subject_name", ""),
    ("subject_kana", ""),
    ("sex", "sex"),
    ("birth", ""),
    ("age_band", "age-band"),
    ("address", ""),
    ("area", ""),
    ("school_district", ""),
    ("phone", ""),
    ("insured_number", ""),
    ("insurer", ""),
    ("whereabouts", "whereabouts"),
    ("facility", ""),
    ("ward", ""),
    ("hospital_staff", ""),
    ("hospital_doctor", ""),
    ("discharge_on", ""),
    ("discharge_to", "discharge-to"),
    ("household", "household"),
    ("emergency_contact", ""),
    ("consent", "consent"),
    ("care_manager", ""),
    ("care_level", "care-level"),
    ("certified_from", ""),
    ("certified_until", ""),
    ("mobility", "mobility"),
    ("dementia", "dementia"),
    ("disability", ""),
    ("illness", ""),
    ("treatments", "treatment"),
    ("services", ""),
    ("economy", ""),
    ("housing", ""),
    ("has_doctor", "has-doctor"),
    ("doctor", ""),
    ("doctor_office", ""),
    ("second_doctor", ""),
    ("wish_of_person", ""),
    ("wish_of_family", ""),
    ("difficulty", ""),
    ("doctor_notice", "doctor-notice"),
    ("doctor_notice_on", ""),
    ("doctor_notice_by", "method"),
    ("doctor_notice_who", ""),
    ("expect_repeat", "yes-no"),
    ("share_with_city", "yes-no"),
    ("local_issue", ""),
    ("remarks", ""),
    ("closed_at", ""),
    ("outcome", "outcome"),
    ("closing_note", ""),
    ("hold", ""),
];

/// The members of a contact.
pub const CONTACT: &[Member] = &[
    ("case", ""),
    ("at", ""),
    ("ended_at", ""),
    ("seconds", ""),
    ("operator", ""),
    ("pauses", ""),
    ("form", "form"),
    ("method", "method"),
    ("direction", "direction"),
    ("visit", "visit"),
    ("caller_kind", "caller-kind"),
    ("caller_name", ""),
    ("caller_kana", ""),
    ("caller_office", ""),
    ("caller_office_id", ""),
    ("caller_person", ""),
    ("relation", ""),
    ("phone", ""),
    ("fax", ""),
    ("reachable", ""),
    ("route", "route"),
    ("topics", "topic"),
    ("scene", "scene"),
    ("items", "eight-items"),
    ("complaint", ""),
    ("request", ""),
    ("text", ""),
    ("response", "response"),
    ("response_text", ""),
    ("information", "information"),
    ("offices", ""),
    ("referred_to", ""),
];

/// The code list that a member of a record is chosen from; `None` for one that is no code.
pub fn list_of(kind: Kind, member: &str) -> Option<&'static str> {
    let members = match kind {
        Kind::Case => CASE,
        Kind::Contact => CONTACT,
        Kind::Office => &[("kind", "office-kind"), ("accepting", "accepting")],
        Kind::Meeting => &[("kind", "meeting-kind")],
        Kind::Person => &[("kind", "caller-kind")],
        Kind::Inquiry => &[
            ("purpose", "inquiry-purpose"),
            ("means", "method"),
            ("answer", "inquiry-answer"),
            ("declined_for", "inquiry-decline"),
            ("wanted", "capability"),
        ],
        Kind::Task
        | Kind::Policy
        | Kind::Operator
        | Kind::Codebook
        | Kind::Desk
        | Kind::Activity
        | Kind::Document
        | Kind::Disposal
        | Kind::Usage
        | Kind::Round
        | Kind::Survey
        | Kind::Proposal => &[][..],
    };
    members.iter().find(|(name, list)| *name == member && !list.is_empty()).map(|(_, list)| *list)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::case::Case;
    use super::super::codebook::list;
    use super::super::contact::Contact;
    use super::*;

    #[test]
    fn every_member_stands_here_once() {
        let names = |value: serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        for (members, kept) in [
            (CASE, serde_json::to_value(Case::default()).unwrap()),
            (CONTACT, serde_json::to_value(Contact::default()).unwrap()),
        ] {
            let here: BTreeSet<String> = members.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(here, names(kept));
            assert_eq!(here.len(), members.len());
        }
    }

    #[test]
    fn every_list_is_one_of_the_codebook() {
        // The states are fixed by the program: they are no list that a desk may change.
        for (member, name) in CASE.iter().chain(CONTACT).filter(|(_, list)| !list.is_empty() && *list != "status") {
            assert!(list(name).is_some(), "{member}: {name}");
        }
        assert_eq!(list_of(Kind::Case, "topics"), Some("topic"));
        assert_eq!(list_of(Kind::Office, "kind"), Some("office-kind"));
        for (kind, member) in [(Kind::Case, "summary"), (Kind::Case, ""), (Kind::Desk, "kind"), (Kind::Case, "相談")]
        {
            assert_eq!(list_of(kind, member), None);
        }
    }
}
