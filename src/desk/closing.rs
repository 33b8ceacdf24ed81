//! What a case still lacks before it can be closed. Nothing is forced before: callers don't speak in form order.

use super::case::{Case, Status};
use super::contact::Contact;
use super::say::Say;

/// Something without which a case is not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// 転帰.
    Outcome,
    /// 対応区分: none of the contacts says what was done.
    Response,
    /// There is a doctor, and nobody said whether the doctor has to be told (主治医への伝達 要否).
    DoctorNotice,
    /// The doctor has to be told, and the day is missing.
    DoctorNoticeOn,
    /// The doctor has to be told, and the way (電話, FAX …) is missing.
    DoctorNoticeBy,
}

impl Missing {
    /// The field that is to be filled in, by its name in the record.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Outcome => "outcome",
            Self::Response => "response",
            Self::DoctorNotice => "doctor_notice",
            Self::DoctorNoticeOn => "doctor_notice_on",
            Self::DoctorNoticeBy => "doctor_notice_by",
        }
    }

    /// What is missing, as a sentence.
    pub const fn say(self) -> Say {
        Say::new(match self {
            Self::Outcome => "desk-missing-outcome",
            Self::Response => "desk-missing-response",
            Self::DoctorNotice => "desk-missing-doctor-notice",
            Self::DoctorNoticeOn => "desk-missing-doctor-notice-on",
            Self::DoctorNoticeBy => "desk-missing-doctor-notice-by",
        })
    }
}

/// Something worth a look before closing, that doesn't stop it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// No caller kind: the case will be missing from the statistics by caller.
    NoCallerKind,
    /// No topic: the case will be missing from the statistics by topic.
    NoTopic,
    /// No scene.
    NoScene,
    /// Whether there is a doctor is not known.
    DoctorUnknown,
    /// A next action is still set.
    NextAction,
    /// Flagged for the next meeting: it stays on the agenda.
    Flagged,
}

impl Warning {
    /// What to look at, as a sentence.
    pub const fn say(self) -> Say {
        Say::new(match self {
            Self::NoCallerKind => "desk-warn-no-caller-kind",
            Self::NoTopic => "desk-warn-no-topic",
            Self::NoScene => "desk-warn-no-scene",
            Self::DoctorUnknown => "desk-warn-doctor-unknown",
            Self::NextAction => "desk-warn-next-action",
            Self::Flagged => "desk-warn-flagged",
        })
    }
}

/// The code of list `has-doctor` for あり.
const HAS_DOCTOR: &str = "1";
/// The code of list `doctor-notice` for 必要.
const NOTICE_NEEDED: &str = "1";

/// What the case still lacks before it can be closed, in the order of the form. `contacts` are all of the case.
///
/// The doctor's part (`domain.md` §5, M5) answers the question that the doctors asked at the meeting of 2017-02-09,
/// whether the doctor in charge is told. Who told them is in the record's history.
pub fn missing<'a>(case: &Case, contacts: impl IntoIterator<Item = &'a Contact>) -> Vec<Missing> {
    let mut found = Vec::new();
    if contacts.into_iter().all(|contact| contact.response.is_empty()) {
        found.push(Missing::Response);
    }
    if case.has_doctor == HAS_DOCTOR {
        if case.doctor_notice.is_empty() {
            found.push(Missing::DoctorNotice);
        } else if case.doctor_notice == NOTICE_NEEDED {
            if case.doctor_notice_on.is_none() {
                found.push(Missing::DoctorNoticeOn);
            }
            if case.doctor_notice_by.is_empty() {
                found.push(Missing::DoctorNoticeBy);
            }
        }
    }
    if case.outcome.is_empty() {
        found.push(Missing::Outcome);
    }
    found
}

/// What is worth a look before closing.
pub fn warnings(case: &Case) -> Vec<Warning> {
    [
        (case.caller_kind.is_empty(), Warning::NoCallerKind),
        (case.topics.is_empty(), Warning::NoTopic),
        (case.scene.is_empty(), Warning::NoScene),
        (!matches!(case.has_doctor.as_str(), "1" | "2"), Warning::DoctorUnknown),
        (!case.next_action.is_empty() && case.is_open(), Warning::NextAction),
        (case.flag.is_some(), Warning::Flagged),
    ]
    .into_iter()
    .filter_map(|(holds, warning)| holds.then_some(warning))
    .collect()
}

/// The state after somebody did something on the case: a taken one is worked on now, all others stay. A closed one stays
/// closed, because word of how it went comes after the end.
pub fn after_contact(status: Status) -> Status {
    if status == Status::Received { Status::Active } else { status }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn done() -> (Case, Contact) {
        let case = Case {
            outcome: "1".into(),
            caller_kind: "1".into(),
            topics: vec!["g".into()],
            scene: "1".into(),
            has_doctor: "2".into(),
            ..Case::default()
        };
        (case, Contact { response: "1".into(), ..Contact::default() })
    }

    #[test]
    fn a_case_with_everything_closes_without_a_word() {
        let (case, contact) = done();
        assert_eq!(missing(&case, [&contact]), []);
        assert_eq!(warnings(&case), []);
    }

    #[test]
    fn an_empty_case_names_what_it_lacks() {
        assert_eq!(missing(&Case::default(), &[]), [Missing::Response, Missing::Outcome]);
        assert_eq!(
            warnings(&Case::default()),
            [Warning::NoCallerKind, Warning::NoTopic, Warning::NoScene, Warning::DoctorUnknown]
        );
    }

    #[test]
    fn one_contact_with_a_response_is_enough() {
        let (case, contact) = done();
        assert_eq!(missing(&case, [&Contact::default(), &contact]), []);
        assert_eq!(missing(&case, [&Contact::default()]), [Missing::Response]);
    }

    #[test]
    fn a_doctor_in_charge_has_to_be_told_or_it_is_said_why_not() {
        let (mut case, contact) = done();
        case.has_doctor = "1".into();
        assert_eq!(missing(&case, [&contact]), [Missing::DoctorNotice]);
        for not_needed in ["2", "3"] {
            case.doctor_notice = not_needed.into();
            assert_eq!(missing(&case, [&contact]), []);
        }
        case.doctor_notice = "1".into();
        assert_eq!(missing(&case, [&contact]), [Missing::DoctorNoticeOn, Missing::DoctorNoticeBy]);
        case.doctor_notice_on = NaiveDate::from_ymd_opt(2026, 11, 20);
        assert_eq!(missing(&case, [&contact]), [Missing::DoctorNoticeBy]);
        case.doctor_notice_by = "4".into();
        assert_eq!(missing(&case, [&contact]), []);
    }
}
