//! 主治医・副主治医 by 中学校区, as the desk keeps them in its profile, and where such a pair is missing or no longer sure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::id::Id;
use super::super::office::Office;

/// Days after which a pair is to be confirmed again, and an office's entry to be checked again.
const FRESH_DAYS: i64 = 365;

/// 中学校区.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct District {
    /// 名称.
    pub name: String,
    /// 圏域 to which it belongs; may be empty.
    pub area: String,
    /// Position in lists: smaller first, then by name.
    pub order: u32,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

/// A 主治医 with the 副主治医 who stands in, for one 中学校区.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Pair {
    /// The 中学校区.
    pub district: Id,
    /// 主治医: the office.
    pub doctor_office: Id,
    /// 主治医: among the office's staff; nobody where only the office is known.
    pub doctor_staff: Id,
    /// 副主治医: the office; nobody where there is none.
    pub second_office: Id,
    /// 副主治医: among the office's staff.
    pub second_staff: Id,
    /// When it was last confirmed.
    pub on: Option<NaiveDate>,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

/// What is missing or not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// The district has no pair at all.
    NoPair,
    /// There is no 副主治医.
    NoSecond,
    /// The 主治医 is no longer in the directory, or has left the office.
    DoctorLeft,
    /// The 副主治医 is no longer in the directory, or has left the office.
    SecondLeft,
    /// Both are the same.
    Same,
    /// The pair was not confirmed for a year.
    OldPair,
    /// The entry of one of the offices was not checked for a year.
    OldEntry,
}

impl Gap {
    /// The sentence's key in the locale files, short.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoPair => "inquiry-gap-no-pair",
            Self::NoSecond => "inquiry-gap-no-second",
            Self::DoctorLeft => "inquiry-gap-doctor-left",
            Self::SecondLeft => "inquiry-gap-second-left",
            Self::Same => "inquiry-gap-same",
            Self::OldPair => "inquiry-gap-old-pair",
            Self::OldEntry => "inquiry-gap-old-entry",
        }
    }

    /// Whether a doctor is missing, and not only a check.
    pub const fn is_hole(self) -> bool {
        !matches!(self, Self::OldPair | Self::OldEntry)
    }
}

/// A line of the registry: a district with one of its pairs, or with none.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// The district.
    pub district: Id,
    /// As the desk keeps it.
    pub of: &'a District,
    /// The pair.
    pub pair: Option<(Id, &'a Pair)>,
    /// What is missing or not sure, the worst first.
    pub gaps: Vec<Gap>,
}

/// Every district with each of its pairs; a district without one has a line of its own. By the districts' order and name.
pub fn rows<'a>(
    districts: &'a BTreeMap<Id, District>,
    pairs: &'a BTreeMap<Id, Pair>,
    office: &dyn Fn(Id) -> Option<&'a Office>,
    today: NaiveDate,
) -> Vec<Row<'a>> {
    let mut sorted: Vec<_> = districts.iter().collect();
    sorted.sort_by(|(a_id, a), (b_id, b)| (a.order, &a.name, a_id).cmp(&(b.order, &b.name, b_id)));
    let mut rows = Vec::new();
    for (id, of) in sorted {
        let own: Vec<_> = pairs.iter().filter(|(_, pair)| pair.district == *id).collect();
        if own.is_empty() {
            rows.push(Row { district: *id, of, pair: None, gaps: vec![Gap::NoPair] });
        }
        rows.extend(own.into_iter().map(|(pair_id, pair)| Row {
            district: *id,
            of,
            pair: Some((*pair_id, pair)),
            gaps: gaps(pair, office, today),
        }));
    }
    rows
}

/// What is missing or not sure of one pair, the worst first.
pub fn gaps<'a>(pair: &Pair, office: &dyn Fn(Id) -> Option<&'a Office>, today: NaiveDate) -> Vec<Gap> {
    let old = |on: Option<NaiveDate>| on.is_none_or(|on| (today - on).num_days() > FRESH_DAYS);
    let there = |office_id: Id, staff: Id| {
        let known = office(office_id).filter(|office| !office.removed)?;
        let left = !staff.is_nil() && known.staff.get(&staff).is_none_or(|person| person.left);
        (!left).then_some(known)
    };
    let doctor = there(pair.doctor_office, pair.doctor_staff);
    let second = there(pair.second_office, pair.second_staff);
    let none = pair.second_office.is_nil();
    let same = !none && (pair.doctor_office, pair.doctor_staff) == (pair.second_office, pair.second_staff);
    let entries = [doctor, second].into_iter().flatten();
    let unchecked = entries.into_iter().any(|office| old(office.verified.as_ref().map(|verified| verified.on)));
    let found = [
        (doctor.is_none(), Gap::DoctorLeft),
        (none, Gap::NoSecond),
        (!none && second.is_none(), Gap::SecondLeft),
        (same, Gap::Same),
        (old(pair.on), Gap::OldPair),
        (unchecked, Gap::OldEntry),
    ];
    found.into_iter().filter(|(is, _)| *is).map(|(_, gap)| gap).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::office::{Staff, Verified};
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn directory() -> BTreeMap<Id, Office> {
        let fresh = Some(Verified { on: day(2026, 6, 1), by: id(99), how: "1".into() });
        let doctor = |left| Staff { name: "架空 医師".into(), left, ..Staff::default() };
        let staff = BTreeMap::from([(id(21), doctor(false)), (id(22), doctor(true))]);
        let checked = Office { verified: fresh, staff, ..Office::default() };
        [
            (id(1), checked.clone()),
            (id(2), checked.clone()),
            (id(3), Office { verified: None, ..checked.clone() }),
            (id(4), Office { removed: true, ..checked }),
        ]
        .into()
    }

    #[test]
    fn each_gap_is_found_and_nothing_else() {
        let directory = directory();
        let office = |id: Id| directory.get(&id);
        let sure = Pair { doctor_office: id(1), second_office: id(2), on: Some(day(2026, 11, 1)), ..Pair::default() };
        for (pair, found) in [
            (sure.clone(), vec![]),
            (Pair { second_office: Id::NIL, ..sure.clone() }, vec![Gap::NoSecond]),
            (Pair { doctor_office: id(4), ..sure.clone() }, vec![Gap::DoctorLeft]),
            (Pair { doctor_office: id(77), ..sure.clone() }, vec![Gap::DoctorLeft]),
            (Pair { doctor_staff: id(21), ..sure.clone() }, vec![]),
            (Pair { doctor_staff: id(22), ..sure.clone() }, vec![Gap::DoctorLeft]),
            (Pair { second_staff: id(23), ..sure.clone() }, vec![Gap::SecondLeft]),
            (Pair { second_office: id(1), ..sure.clone() }, vec![Gap::Same]),
            (Pair { second_office: id(1), second_staff: id(21), ..sure.clone() }, vec![]),
            (Pair { on: Some(day(2025, 11, 21)), ..sure.clone() }, vec![Gap::OldPair]),
            (Pair { on: None, second_office: id(3), ..sure }, vec![Gap::OldPair, Gap::OldEntry]),
        ] {
            assert_eq!(gaps(&pair, &office, day(2026, 11, 22)), found, "{pair:?}");
        }
    }

    #[test]
    fn a_district_without_a_pair_has_a_line_of_its_own() {
        let directory = directory();
        let office = |id: Id| directory.get(&id);
        let district = |name: &str, order| District { name: name.into(), order, ..District::default() };
        let districts = BTreeMap::from([
            (id(1), district("架空東", 3)),
            (id(2), district("架空西", 1)),
            (id(3), district("架空南", 2)),
        ]);
        let pair = |d| Pair { district: id(d), doctor_office: id(1), ..Pair::default() };
        let pairs = BTreeMap::from([(id(11), pair(1)), (id(12), pair(1)), (id(13), pair(3)), (id(14), pair(9))]);
        let rows = rows(&districts, &pairs, &office, day(2026, 11, 22));
        let found: Vec<_> = rows.iter().map(|row| (row.of.name.as_str(), row.pair.map(|(id, _)| id))).collect();
        assert_eq!(
            found,
            [("架空西", None), ("架空南", Some(id(13))), ("架空東", Some(id(11))), ("架空東", Some(id(12)))]
        );
        assert_eq!(rows.first().unwrap().gaps, [Gap::NoPair]);
    }
}
