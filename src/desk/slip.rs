//! 受付票の種類: on which form a call is written. A form is a choice and an order of fields; what was written on one stays
//! when the call goes on on another. Knows no field.

use super::case::Case;
use super::contact::Contact;

/// On which form a call is written (list `form`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum SlipForm {
    /// 標準.
    #[default]
    Standard,
    /// 簡易: the matter is another desk's. Who called, about what, where they were sent.
    Brief,
    /// 退院情報連絡: a hospital tells of somebody who goes home.
    Discharge,
}

impl SlipForm {
    /// All, in the order in which one key goes through them.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Brief, Self::Discharge];

    /// The code as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Brief => "brief",
            Self::Discharge => "discharge",
        }
    }

    /// The form of this code. No code, or one of a later version, is the standard form: it has every field.
    pub fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|form| form.name() == code).unwrap_or_default()
    }

    /// The form that comes after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Standard => Self::Brief,
            Self::Brief => Self::Discharge,
            Self::Discharge => Self::Standard,
        }
    }
}

/// The code of list `topic` for 退院・転院・受入先.
pub const DISCHARGE_TOPIC: &str = "e";

/// The code of list `scene` for 入退院支援.
pub const DISCHARGE_SCENE: &str = "2";

/// Whether a caller of this kind (list `caller-kind`) calls from a hospital: its liaison office, or its nurses.
pub fn is_hospital(caller_kind: &str) -> bool {
    matches!(caller_kind, "3" | "4")
}

/// A hospital that calls is where the person is, and who calls is whom to ask there. What stands in the case stays. Whether
/// something came into it.
pub fn carry(case: &mut Case, contact: &Contact) -> bool {
    let told = [(&mut case.facility, &contact.caller_office), (&mut case.hospital_staff, &contact.caller_name)];
    let told = told.into_iter().filter(|(there, told)| there.is_empty() && !told.is_empty());
    let told = told.filter(|_| is_hospital(&contact.caller_kind));
    told.map(|(there, told)| there.clone_from(told)).count() > 0
}

/// Whether the form for discharges is worth a word: a hospital calls about one.
pub fn suggests_discharge<'a>(caller_kind: &str, topics: impl IntoIterator<Item = &'a str>) -> bool {
    is_hospital(caller_kind) && topics.into_iter().any(|topic| topic == DISCHARGE_TOPIC)
}

#[cfg(test)]
mod tests {
    use super::super::codebook::list;
    use super::*;

    #[test]
    fn a_hospital_that_calls_is_where_the_person_is_unless_that_is_known() {
        let caller = |kind: &str| Contact {
            caller_kind: kind.to_owned(),
            caller_office: "架空病院 地域連携室".to_owned(),
            caller_name: "架空 一郎".to_owned(),
            ..Contact::default()
        };
        for (kind, facility, wanted, came) in [
            ("3", "", ("架空病院 地域連携室", "架空 一郎"), true),
            ("4", "", ("架空病院 地域連携室", "架空 一郎"), true),
            ("3", "架空医院", ("架空医院", "架空 一郎"), true),
            ("1", "", ("", ""), false),
            ("", "", ("", ""), false),
        ] {
            let mut case = Case { facility: facility.to_owned(), ..Case::default() };
            assert_eq!(carry(&mut case, &caller(kind)), came, "{kind}");
            assert_eq!((case.facility.as_str(), case.hospital_staff.as_str()), wanted, "{kind}");
            assert!(!carry(&mut case, &caller(kind)), "{kind}: it is there");
        }
        assert!(!carry(&mut Case::default(), &Contact { caller_kind: "3".to_owned(), ..Contact::default() }));
    }

    #[test]
    fn forms_are_the_codes_of_their_list_and_one_key_goes_through_all() {
        let codes: Vec<_> = list("form").unwrap().entries.iter().map(|entry| entry.code).collect();
        assert_eq!(codes, SlipForm::ALL.map(SlipForm::name));
        for form in SlipForm::ALL {
            assert_eq!(SlipForm::of(form.name()), form);
            assert_eq!(form.next().next().next(), form);
        }
        for code in ["", "later", "簡易", "Brief"] {
            assert_eq!(SlipForm::of(code), SlipForm::Standard, "{code}");
        }
    }

    #[test]
    fn only_a_hospital_that_calls_about_a_discharge_suggests_its_form() {
        for (kind, topics, suggests) in [
            ("3", &["e"][..], true),
            ("4", &["h", "e"], true),
            ("3", &["h"], false),
            ("3", &[], false),
            ("1", &["e"], false),
            ("", &["e"], false),
            ("5", &["e"], false),
        ] {
            assert_eq!(suggests_discharge(kind, topics.iter().copied()), suggests, "{kind} {topics:?}");
        }
        for (list_name, code) in [("topic", DISCHARGE_TOPIC), ("scene", DISCHARGE_SCENE), ("caller-kind", "3")] {
            assert!(list(list_name).unwrap().entries.iter().any(|entry| entry.code == code), "{list_name} {code}");
        }
    }
}
