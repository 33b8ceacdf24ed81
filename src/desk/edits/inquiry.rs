//! Changes of 主治医照会, and of the 主治医・副主治医 of the school districts.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::super::case::Case;
use super::super::doctors::pairs::{District, Pair};
use super::super::id::Id;
use super::super::inquiry::Inquiry;
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::{change, compact, create};

/// The code of list `has-doctor` for あり, and of list `doctor-notice` for 必要.
const YES: &str = "1";

/// A doctor was asked; with `taking` the doctor took the case at once, as in [`answer_inquiry`].
pub fn add_inquiry(by: Id, id: Id, inquiry: &Inquiry, taking: Option<(&Case, &Taking)>) -> Batch {
    let mut edits = vec![create(Kind::Inquiry, id, inquiry)];
    edits.extend(taking.and_then(|(case, taking)| take(case, taking, inquiry)));
    Batch::new("done-add-inquiry", by, edits)
}

/// The edit by which a doctor becomes that of the case; `None` where the case says so already.
fn take(case: &Case, taking: &Taking, inquiry: &Inquiry) -> Option<Edit> {
    let patch = taken(case, taking, inquiry);
    (patch != json!({})).then(|| Edit::new(RecordKey::new(Kind::Case, inquiry.case), patch))
}

/// The doctor who takes a case, as the case names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    /// The doctor's office.
    pub office: Id,
    /// As it is written in the case: clinic and name.
    pub name: String,
}

/// What the doctor answered; with `taking` the doctor is the case's from now on, in the same deed. `None` when nothing
/// differs. `case` is the case as it was seen.
///
/// Who was asked and answered has been told of the case: where the doctor is another one than before, 主治医への伝達 says
/// the day and the means of the inquiry. What is there of a doctor who stays the same is left.
pub fn answer_inquiry(
    by: Id,
    id: Id,
    before: &Inquiry,
    after: &Inquiry,
    taking: Option<(&Case, &Taking)>,
) -> Option<Batch> {
    let mut edits: Vec<Edit> = change(Kind::Inquiry, id, before, after).into_iter().collect();
    edits.extend(taking.and_then(|(case, taking)| take(case, taking, after)));
    (!edits.is_empty()).then(|| Batch::new("done-answer-inquiry", by, edits))
}

/// What a case says once its doctor is this one, as a patch of it; empty where it says so already.
pub fn taken(case: &Case, taking: &Taking, inquiry: &Inquiry) -> Value {
    let mut patch = serde_json::Map::new();
    let mut set = |name: &str, was: &Value, is: Value| {
        if *was != is {
            patch.insert(name.to_owned(), is);
        }
    };
    set("has_doctor", &json!(case.has_doctor), json!(YES));
    set("doctor", &json!(case.doctor), json!(taking.name));
    set("doctor_office", &json!(case.doctor_office), json!(taking.office));
    let same = case.doctor_office == taking.office;
    if !same || case.doctor_notice.is_empty() {
        let told = inquiry.answered_on.or(inquiry.on);
        set("doctor_notice", &json!(case.doctor_notice), json!(YES));
        set("doctor_notice_on", &json!(case.doctor_notice_on), json!(told));
        set("doctor_notice_by", &json!(case.doctor_notice_by), json!(inquiry.means));
        // The desk itself told this one.
        if !case.doctor_notice_who.is_empty() {
            set("doctor_notice_who", &json!(case.doctor_notice_who), Value::Null);
        }
    }
    Value::Object(patch)
}

fn desk_edit(desk: Id, member: &str, id: Id, value: &Value) -> Edit {
    Edit::new(RecordKey::new(Kind::Desk, desk), json!({ member: { id.to_string(): value } }))
}

/// A 中学校区 was added, or its name or place was changed.
pub fn keep_district(by: Id, desk: Id, id: Id, district: &District) -> Batch {
    let mut patch = compact(district);
    if let (Value::Object(members), true) = (&mut patch, district.area.is_empty()) {
        members.insert("area".to_owned(), Value::Null);
    }
    Batch::new("done-keep-district", by, vec![desk_edit(desk, "districts", id, &patch)])
}

/// A 中学校区 goes, with its pairs.
pub fn remove_district(by: Id, desk: Id, id: Id, pairs: &[Id]) -> Batch {
    let pairs = pairs.iter().map(|pair| desk_edit(desk, "doctor_pairs", *pair, &Value::Null));
    let edits = std::iter::once(desk_edit(desk, "districts", id, &Value::Null)).chain(pairs).collect();
    Batch::new("done-remove-district", by, edits)
}

/// A pair of 主治医 and 副主治医 is as this from now on. `None` when nothing differs.
pub fn keep_pair(by: Id, desk: Id, id: Id, before: Option<&Pair>, after: &Pair) -> Option<Batch> {
    if before == Some(after) {
        return None;
    }
    // A merge patch leaves what it does not name: what went is named.
    let mut patch = compact(after);
    if let (Some(Value::Object(was)), Value::Object(is)) = (before.map(compact), &mut patch) {
        for name in was.keys() {
            is.entry(name.clone()).or_insert(Value::Null);
        }
    }
    Some(Batch::new("done-keep-pair", by, vec![desk_edit(desk, "doctor_pairs", id, &patch)]))
}

/// The pair was confirmed as it stands on this day.
pub fn confirm_pair(by: Id, desk: Id, id: Id, on: NaiveDate) -> Batch {
    Batch::new("done-keep-pair", by, vec![desk_edit(desk, "doctor_pairs", id, &json!({ "on": on }))])
}

/// A pair goes.
pub fn remove_pair(by: Id, desk: Id, id: Id) -> Batch {
    Batch::new("done-remove-pair", by, vec![desk_edit(desk, "doctor_pairs", id, &Value::Null)])
}

#[cfg(test)]
mod tests {
    use super::super::super::inquiry::Reply;
    use super::super::super::operator::DeskProfile;
    use super::super::super::patch;
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn asked() -> Inquiry {
        Inquiry { case: id(1), office: id(2), means: "1".into(), on: Some(day(18)), ..Inquiry::default() }
    }

    fn after(case: &Case, batch: &Batch) -> Case {
        let mut value = compact(case);
        for edit in batch.edits.iter().filter(|edit| edit.record.kind == Kind::Case) {
            patch::apply(&mut value, &edit.patch);
        }
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn who_takes_the_case_is_its_doctor_and_was_told_by_the_inquiry() {
        let taking = Taking { office: id(2), name: "架空浜クリニック 磯部 渚".into() };
        let yes = Inquiry { answer: Reply::Accepted, answered_on: Some(day(20)), ..asked() };
        let old = Case {
            has_doctor: "1".into(),
            doctor: "架空駅前医院".into(),
            doctor_office: id(7),
            doctor_notice: "2".into(),
            doctor_notice_who: "ケアマネ".into(),
            ..Case::default()
        };
        let told = Case {
            has_doctor: "1".into(),
            doctor: taking.name.clone(),
            doctor_office: id(2),
            doctor_notice: "1".into(),
            doctor_notice_on: Some(day(3)),
            doctor_notice_by: "4".into(),
            doctor_notice_who: "病院".into(),
            ..Case::default()
        };
        for (before, on, by, who) in
            [(Case::default(), day(20), "1", ""), (old, day(20), "1", ""), (told, day(3), "4", "病院")]
        {
            let batch = answer_inquiry(id(9), id(5), &asked(), &yes, Some((&before, &taking))).unwrap();
            let case = after(&before, &batch);
            assert_eq!((case.has_doctor.as_str(), case.doctor_office), ("1", id(2)));
            assert_eq!(case.doctor, taking.name);
            assert_eq!((case.doctor_notice.as_str(), case.doctor_notice_on), ("1", Some(on)));
            assert_eq!((case.doctor_notice_by.as_str(), case.doctor_notice_who.as_str()), (by, who));
            assert!(super::super::super::closing::missing(&case, []).iter().all(|m| !m.field().contains("doctor")));
        }
        assert_eq!(answer_inquiry(id(9), id(5), &yes, &yes, None), None);
    }

    #[test]
    fn districts_and_pairs_are_kept_one_by_one_and_go_together() {
        let mut desk = json!({});
        let mut apply = |batch: &Batch| -> DeskProfile {
            batch.edits.iter().for_each(|edit| patch::apply(&mut desk, &edit.patch));
            serde_json::from_value(desk.clone()).unwrap()
        };
        let district =
            District { name: "架空西中学校区".into(), area: "西部".into(), order: 1, ..District::default() };
        apply(&keep_district(id(9), id(8), id(1), &district));
        let pair =
            Pair { district: id(1), doctor_office: id(2), second_office: id(3), on: Some(day(1)), ..Pair::default() };
        let profile = apply(&keep_pair(id(9), id(8), id(4), None, &pair).unwrap());
        assert_eq!((profile.districts.get(&id(1)), profile.doctor_pairs.get(&id(4))), (Some(&district), Some(&pair)));
        let alone = Pair { second_office: Id::NIL, ..pair.clone() };
        let profile = apply(&keep_pair(id(9), id(8), id(4), Some(&pair), &alone).unwrap());
        assert_eq!(profile.doctor_pairs.get(&id(4)), Some(&alone));
        assert_eq!(keep_pair(id(9), id(8), id(4), Some(&alone), &alone), None);
        let profile = apply(&confirm_pair(id(9), id(8), id(4), day(22)));
        assert_eq!(profile.doctor_pairs.get(&id(4)).unwrap().on, Some(day(22)));
        let profile = apply(&remove_district(id(9), id(8), id(1), &[id(4)]));
        assert!(profile.districts.is_empty() && profile.doctor_pairs.is_empty());
    }
}
