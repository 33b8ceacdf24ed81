//! 統一対応方針: what all desks say to a person or a family who asks at each of them. Knows no desk's screen.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::id::Id;

/// 統一対応方針. Written from a case, for one person or several of a family.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// The case that it was written from; with it the policy is disposed of.
    pub case: Id,
    /// For whom, by identity, so that two desks can both add.
    pub persons: BTreeMap<Id, bool>,
    /// お伝えすること.
    pub say: String,
    /// お伝えしないこと・避けること.
    pub avoid: String,
    /// Which desks agreed.
    pub desks: String,
    /// 合意した日.
    pub agreed_on: Option<NaiveDate>,
    /// 見直しの日.
    pub review_on: Option<NaiveDate>,
    /// 有効期限: the last day on which it holds.
    pub expires_on: Option<NaiveDate>,
    /// Who wrote it.
    pub by: Id,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

/// How a policy stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It holds.
    Valid,
    /// It holds, and the day of its review has come.
    ToReview,
    /// Its last day is over.
    Expired,
}

impl Policy {
    /// Whether it is for one of these persons.
    pub fn is_for(&self, persons: &[Id]) -> bool {
        persons.iter().any(|person| self.persons.get(person).copied().unwrap_or_default())
    }

    /// How it stands on this day.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        if self.expires_on.is_some_and(|day| day < today) {
            Standing::Expired
        } else if self.review_on.is_some_and(|day| day <= today) {
            Standing::ToReview
        } else {
            Standing::Valid
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_holds_until_its_last_day_and_is_due_for_review_before() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d);
        for (review, expires, standing) in [
            (None, None, Standing::Valid),
            (day(25), day(30), Standing::Valid),
            (day(24), day(30), Standing::ToReview),
            (day(20), day(24), Standing::ToReview),
            (day(20), day(23), Standing::Expired),
            (None, day(24), Standing::Valid),
        ] {
            let policy = Policy { review_on: review, expires_on: expires, ..Policy::default() };
            assert_eq!(policy.standing(day(24).unwrap()), standing, "{review:?} {expires:?}");
        }
    }

    #[test]
    fn it_is_for_those_who_are_named_and_not_taken_out() {
        let id = |n| Id::from_bytes([n; 16]);
        let policy = Policy { persons: BTreeMap::from([(id(1), true), (id(2), false)]), ..Policy::default() };
        assert!(policy.is_for(&[id(3), id(1)]));
        assert!(!policy.is_for(&[id(2)]) && !policy.is_for(&[]));
    }
}
