//! 未記入: the few fields that a desk wants on a slip before the case can be sent round or closed, by form. A list to look
//! at, never a condition: a slip can be saved with any of them empty. Knows no screen and no value.

use serde_json::Value;

use super::slip::SlipForm;

/// A field by its record (`contact`, `case`) and its member there.
pub type Wanted = (&'static str, &'static str);

/// Each row is wanted once: the first of it is what is named, any of it is enough.
const STANDARD: &[&[Wanted]] = &[
    &[("contact", "caller_kind")],
    &[("contact", "caller_name"), ("contact", "caller_office")],
    &[("case", "age_band"), ("case", "birth")],
    &[("case", "area")],
    &[("case", "has_doctor")],
    &[("contact", "topics")],
    &[("contact", "text"), ("contact", "complaint")],
    &[("contact", "response")],
];

const BRIEF: &[&[Wanted]] = &[
    &[("contact", "caller_kind")],
    &[("contact", "topics")],
    &[("contact", "referred_to"), ("contact", "offices")],
    &[("contact", "response")],
    &[("contact", "text"), ("contact", "complaint")],
];

const DISCHARGE: &[&[Wanted]] = &[
    &[("contact", "caller_kind")],
    &[("case", "facility"), ("contact", "caller_office")],
    &[("case", "ward")],
    &[("case", "hospital_staff"), ("contact", "caller_name")],
    &[("case", "subject_name"), ("case", "age_band"), ("case", "birth")],
    &[("case", "discharge_on")],
    &[("case", "discharge_to")],
    &[("case", "area")],
    &[("case", "care_manager")],
    &[("contact", "request"), ("contact", "text")],
    &[("contact", "response")],
];

/// What is still to be asked for on this form, in its order. `filled` says whether something stands in a field.
pub fn wanted(form: SlipForm, filled: impl Fn(&str, &str) -> bool) -> Vec<Wanted> {
    let rows = match form {
        SlipForm::Standard => STANDARD,
        SlipForm::Brief => BRIEF,
        SlipForm::Discharge => DISCHARGE,
    };
    let lacks = |row: &&&[Wanted]| !row.iter().any(|(record, member)| filled(record, member));
    rows.iter().filter(lacks).filter_map(|row| row.first().copied()).collect()
}

/// The same of a draft as it lies on the disk: `{"contact": …, "case": …, "raw": …}`.
pub fn wanted_in(slip: &Value) -> Vec<Wanted> {
    let member = |record: &str, member: &str| slip.get(record).and_then(|record| record.get(member));
    let form = SlipForm::of(member("contact", "form").and_then(Value::as_str).unwrap_or_default());
    // What was typed and is no date yet is written down all the same.
    let raw = |record: &str, member: &str| slip.get("raw").and_then(|raw| raw.get(format!("{record}.{member}")));
    wanted(form, |record, name| member(record, name).or_else(|| raw(record, name)).is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::members::{CASE, CONTACT};
    use super::*;

    #[test]
    fn every_wanted_field_is_one_of_its_record() {
        for (record, member) in [STANDARD, BRIEF, DISCHARGE].into_iter().flatten().flat_map(|row| row.iter()) {
            let members = if *record == "case" { CASE } else { CONTACT };
            assert!(members.iter().any(|(name, _)| name == member), "{record}.{member}");
        }
    }

    #[test]
    fn any_field_of_a_row_is_enough_and_the_first_one_is_named() {
        for (slip, count, first) in [
            (json!({}), 8, Some(("contact", "caller_kind"))),
            (json!({"contact": {"caller_kind": "1", "caller_office": "架空"}}), 6, Some(("case", "age_band"))),
            (json!({"contact": {"form": "brief"}}), 5, Some(("contact", "caller_kind"))),
            (
                json!({"contact": {"form": "brief", "caller_kind": "F", "topics": ["q"], "response": "5", "text": "架空",
                "offices": {"x": {}}}}),
                0,
                None,
            ),
            (
                json!({"contact": {"form": "discharge", "caller_kind": "3", "caller_office": "架空", "caller_name": "架空"},
                "raw": {"case.discharge_on": "13/40"}}),
                7,
                Some(("case", "ward")),
            ),
            (json!({"contact": {"form": "of a later version"}}), 8, Some(("contact", "caller_kind"))),
        ] {
            let found = wanted_in(&slip);
            assert_eq!((found.len(), found.first().copied()), (count, first), "{slip}");
        }
    }
}
