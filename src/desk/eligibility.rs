//! 窓口の対象者: who may call a desk by its rule, and which other desks are the right ones for who may not. It only tells:
//! whoever sits at the desk may take any call. Knows no screen.

use super::id::Id;
use super::office::Office;

/// Whom a desk is there for (list `callers`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Rule {
    /// 制限なし.
    #[default]
    Anyone,
    /// 専門職のみ: not the person, the family, neighbours.
    Professionals,
    /// ケアマネと福祉のみ: those of care and welfare, not those of medicine.
    CareAndWelfare,
}

/// The code of list `office-kind` for 他の相談窓口.
const OTHER_DESK: &str = "b";
/// The code of list `office-kind` for 地域包括支援センター: the desk of its own area, and of no other.
const COMMUNITY_CENTRE: &str = "7";

/// The code of list `response` for 他窓口へ紹介.
pub const REFERRED: &str = "5";

impl Rule {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Anyone, Self::Professionals, Self::CareAndWelfare];

    /// The code as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Anyone => "1",
            Self::Professionals => "2",
            Self::CareAndWelfare => "3",
        }
    }

    /// The rule of this code. No code, or one of a later version, keeps nobody out.
    pub fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|rule| rule.code() == code).unwrap_or_default()
    }

    /// Whether the desk is there for this kind of caller (list `caller-kind`). Who is of no kind, of another, or of one that
    /// the desk added itself is not turned away by a guess.
    pub fn admits(self, caller_kind: &str) -> bool {
        let citizen = super::codebook::CITIZENS.contains(&caller_kind);
        match self {
            Self::Anyone => true,
            Self::Professionals => !citizen,
            Self::CareAndWelfare => !citizen && !matches!(caller_kind, "3" | "4" | "5" | "6" | "7" | "8" | "D"),
        }
    }
}

/// The other desks of the directory, the first one the best: those of the area, where it is known, and among them those
/// whose entry was checked last, because a number that nobody answers is worse than none. A community centre is the right
/// one in its own area only.
pub fn other_desks<'a>(offices: impl IntoIterator<Item = (Id, &'a Office)>, area: &str) -> Vec<Id> {
    let here = |office: &Office| !area.is_empty() && office.area == area;
    let right = |office: &Office| {
        !office.removed
            && (office.kind == OTHER_DESK || (office.kind == COMMUNITY_CENTRE && here(office)))
            && !office.phone.is_empty()
    };
    let mut found: Vec<(Id, &Office)> = offices.into_iter().filter(|(_, office)| right(office)).collect();
    found.sort_by(|(a_id, a), (b_id, b)| {
        let place = |office: &Office| (!here(office), office.kind == COMMUNITY_CENTRE);
        let checked = |office: &Office| std::cmp::Reverse(office.verified.as_ref().map(|verified| verified.on));
        (place(a), checked(a), &a.kana, a_id).cmp(&(place(b), checked(b), &b.kana, b_id))
    });
    found.into_iter().map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::codebook::list;
    use super::super::office::Verified;
    use super::*;

    #[test]
    fn rules_are_the_codes_of_their_list() {
        let codes: Vec<_> = list("callers").unwrap().entries.iter().map(|entry| entry.code).collect();
        assert_eq!(codes, Rule::ALL.map(Rule::code));
        for (code, rule) in [("", Rule::Anyone), ("9", Rule::Anyone), ("2", Rule::Professionals)] {
            assert_eq!(Rule::of(code), rule);
        }
    }

    #[test]
    fn each_rule_says_of_each_kind_of_caller_whether_it_is_meant() {
        let kinds: Vec<_> = list("caller-kind").unwrap().entries.iter().map(|entry| entry.code).collect();
        let out = |rule: Rule| kinds.iter().copied().filter(|kind| !rule.admits(kind)).collect::<Vec<_>>();
        assert_eq!(out(Rule::Anyone), Vec::<&str>::new());
        assert_eq!(out(Rule::Professionals), ["K", "F", "N"]);
        assert_eq!(out(Rule::CareAndWelfare), ["3", "4", "5", "6", "7", "8", "D", "K", "F", "N"]);
        for unknown in ["", "Z", "own-1"] {
            assert!(Rule::ALL.iter().all(|rule| rule.admits(unknown)), "{unknown}");
        }
    }

    #[test]
    fn the_right_desk_is_of_the_area_and_was_checked_last() {
        let office = |n: u8, kind: &str, area: &str, checked: Option<u32>| {
            let verified = checked.and_then(|day| NaiveDate::from_ymd_opt(2026, 11, day));
            let verified = verified.map(|on| Verified { on, by: Id::NIL, how: String::new() });
            let office = Office {
                name: format!("架空{n}"),
                kind: kind.to_owned(),
                area: area.to_owned(),
                phone: "0834-00-0001".to_owned(),
                verified,
                removed: n == 9,
                ..Office::default()
            };
            (Id::from_bytes([n; 16]), office)
        };
        let offices = [
            office(1, "b", "中央", Some(1)),
            office(2, "b", "中央", Some(20)),
            office(3, "b", "東", Some(10)),
            office(4, "7", "東", None),
            office(5, "7", "中央", Some(21)),
            office(6, "1", "東", Some(21)),
            office(9, "b", "東", Some(22)),
        ];
        let numbers = |area: &str| {
            let ids = other_desks(offices.iter().map(|(id, office)| (*id, office)), area);
            ids.iter().map(|id| id.bytes()[0]).collect::<Vec<_>>()
        };
        assert_eq!(numbers(""), [2, 3, 1], "no community centre where the area is not known");
        assert_eq!(numbers("東"), [3, 4, 2, 1]);
        assert_eq!(numbers("中央"), [2, 1, 5, 3]);
        assert_eq!(numbers("西"), [2, 3, 1]);
    }
}
