//! 受付票の種類: on which form a call is written. A form is a choice and an order of fields; what was written on one stays
//! when the call goes on on another. Knows no field.

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

/// Whether the form for discharges is worth a word: a hospital calls about one.
pub fn suggests_discharge<'a>(caller_kind: &str, topics: impl IntoIterator<Item = &'a str>) -> bool {
    is_hospital(caller_kind) && topics.into_iter().any(|topic| topic == DISCHARGE_TOPIC)
}

#[cfg(test)]
mod tests {
    use super::super::codebook::list;
    use super::*;

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
