//! 相談者・対象者: somebody who called, or about whom somebody called, over all of their cases. Knows no spelling: what is
//! the same name is the search's matter, and comes in here as [`Evidence`].

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::contact::Contact;
use super::id::Id;
use super::phone;

/// 相談者・対象者.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// 氏名; empty for somebody of whom only a number is known.
    pub name: String,
    /// カナ.
    pub kana: String,
    /// 相談者区分 (list `caller-kind`); empty for somebody who never called.
    pub kind: String,
    /// 続柄・関係・職種.
    pub relation: String,
    /// 所属.
    pub office: String,
    /// 所属 in the directory.
    pub office_id: Id,
    /// 電話 as they are shown, by their digits, so that two desks can both add.
    pub phones: BTreeMap<String, String>,
    /// FAX.
    pub fax: String,
    /// 生年月日.
    pub birth: Option<NaiveDate>,
    /// 圏域.
    pub area: String,
    /// The cases that the person called about or is the subject of, with the day of the last contact in each.
    pub seen: BTreeMap<Id, NaiveDate>,
    /// The person that this one turned out to be.
    pub merged_into: Id,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

/// How two texts of the same meaning compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Likeness {
    /// One of them is not known.
    #[default]
    Unknown,
    /// They are not the same.
    Different,
    /// One is the beginning or a part of the other, as while it is being typed.
    Part,
    /// They are the same.
    Same,
}

/// What is known of whether two descriptions are of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// 電話.
    pub phone: Likeness,
    /// 氏名, or its reading where that is what was told.
    pub name: Likeness,
    /// カナ.
    pub kana: Likeness,
    /// The year of birth.
    pub birth_year: Likeness,
    /// The day of birth.
    pub birth: Likeness,
    /// 所属.
    pub office: Likeness,
    /// 相談者区分.
    pub role: Likeness,
}

/// From this score on two persons are shown as the same one, perhaps.
pub const ALIKE: i32 = 55;

impl Evidence {
    /// How strongly it speaks for one person; zero and less: not at all. A number weighs more than reading and year of
    /// birth together, these more than office and role, and a name that differs more than an office that is shared.
    pub fn score(&self) -> i32 {
        use Likeness::{Different, Part, Same, Unknown};
        let weigh = |likeness, same: i32, part: i32, different: i32| match likeness {
            Same => same,
            Part => part,
            Different => different,
            Unknown => 0,
        };
        let name = match (self.name, self.kana) {
            (Same, _) | (_, Same) => 40,
            (Part, _) | (_, Part) => 20,
            (Different, _) | (_, Different) => -90,
            (Unknown, Unknown) => 0,
        };
        let score = weigh(self.phone, 100, 46, 0)
            + name
            + weigh(self.birth_year, 30, 0, -60)
            + weigh(self.birth, 10, 0, -20)
            + weigh(self.office, 20, 10, -5)
            + weigh(self.role, 5, 0, -3);
        // What office and role say alone is true of everybody there.
        let personal = [self.phone, self.name, self.kana].iter().any(|likeness| matches!(likeness, Same | Part));
        if personal { score } else { score.min(weigh(self.office, 20, 10, 0)) }
    }

    /// Whether it is enough to take both for one person without asking: the same name, and a mark beside it that two
    /// people of one name do not share; nothing that speaks against it.
    pub fn is_sure(&self) -> bool {
        use Likeness::{Different, Same};
        let against = [self.birth_year, self.birth, self.name].contains(&Different);
        let marked = self.birth == Same || self.phone == Same || self.office == Same;
        let named = self.name == Same && marked;
        // Nobody of two gave a name: the number is all that there is.
        let nameless = self.name == Likeness::Unknown && self.phone == Same && self.kana != Different;
        !against && (named || nameless)
    }
}

/// How two values compare that are equal or not.
pub fn likeness<T: PartialEq>(a: Option<T>, b: Option<T>) -> Likeness {
    match (a, b) {
        (Some(a), Some(b)) if a == b => Likeness::Same,
        (Some(_), Some(_)) => Likeness::Different,
        _ => Likeness::Unknown,
    }
}

/// How a number compares with those of a person: what is typed may be its beginning or its last four digits.
pub fn phone_likeness<'a>(typed: &str, numbers: impl IntoIterator<Item = &'a str>) -> Likeness {
    let typed = phone::digits(typed);
    if typed.is_empty() {
        return Likeness::Unknown;
    }
    let mut found = Likeness::Unknown;
    for number in numbers {
        let number = phone::digits(number);
        if number == typed {
            return Likeness::Same;
        }
        let part = typed.len() >= PHONE_LEAST && (number.starts_with(&typed) || number.ends_with(&typed));
        if part {
            found = Likeness::Part;
        } else if found == Likeness::Unknown {
            found = Likeness::Different;
        }
    }
    found
}

/// How many digits of a number are enough to look for it.
pub const PHONE_LEAST: usize = 4;

/// The identity of the person whom this contact or case was the first to tell of: the same whenever it is derived.
pub fn first_told_in(record: Id) -> Id {
    let mut bytes = *record.bytes();
    if let Some(first) = bytes.first_mut() {
        *first ^= 0xa5;
    }
    Id::from_bytes(bytes)
}

impl Person {
    /// Who called, as far as the contact says; `None` for a caller without name and number.
    pub fn of_caller(contact: &Contact) -> Option<Self> {
        let person = Self {
            name: contact.caller_name.trim().to_owned(),
            kana: contact.caller_kana.trim().to_owned(),
            kind: contact.caller_kind.clone(),
            relation: contact.relation.trim().to_owned(),
            office: contact.caller_office.trim().to_owned(),
            office_id: contact.caller_office_id,
            phones: numbers(&contact.phone),
            fax: contact.fax.trim().to_owned(),
            ..Self::default()
        };
        person.is_somebody().then_some(person)
    }

    /// Whom the case is about, as far as it says; `None` for somebody without name and number.
    pub fn of_subject(case: &Case) -> Option<Self> {
        let person = Self {
            name: case.subject_name.trim().to_owned(),
            kana: case.subject_kana.trim().to_owned(),
            phones: numbers(&case.phone),
            birth: case.birth,
            area: case.area.trim().to_owned(),
            ..Self::default()
        };
        person.is_somebody().then_some(person)
    }

    /// Whether something identifies the person.
    pub fn is_somebody(&self) -> bool {
        !self.name.is_empty() || !self.phones.is_empty()
    }

    /// Whether there is more than a name by which the person would be known again.
    pub fn is_marked(&self) -> bool {
        !self.phones.is_empty() || self.birth.is_some() || !self.office.is_empty() || !self.office_id.is_nil()
    }

    /// The year of birth.
    pub fn birth_year(&self) -> Option<i32> {
        self.birth.map(|day| day.year())
    }

    /// The day of the last contact.
    pub fn last_seen(&self) -> Option<NaiveDate> {
        self.seen.values().max().copied()
    }

    /// Whether the person is another one now.
    pub fn is_merged(&self) -> bool {
        !self.merged_into.is_nil()
    }

    /// The same person with what `told` knows and this one does not; numbers are added, nothing is replaced.
    #[must_use]
    pub fn completed(&self, told: &Self) -> Self {
        let fill = |own: &str, told: &str| (if own.is_empty() { told } else { own }).to_owned();
        let same_office = self.office.is_empty() || self.office == told.office;
        let mut person = Self {
            name: fill(&self.name, &told.name),
            kana: fill(&self.kana, &told.kana),
            kind: fill(&self.kind, &told.kind),
            relation: fill(&self.relation, &told.relation),
            office: fill(&self.office, &told.office),
            office_id: if self.office_id.is_nil() && same_office { told.office_id } else { self.office_id },
            fax: fill(&self.fax, &told.fax),
            birth: self.birth.or(told.birth),
            area: fill(&self.area, &told.area),
            ..self.clone()
        };
        for (digits, shown) in &told.phones {
            person.phones.entry(digits.clone()).or_insert_with(|| shown.clone());
        }
        for (case, day) in &told.seen {
            person.see(*case, *day);
        }
        person
    }

    /// Notes a contact in a case.
    pub fn see(&mut self, case: Id, on: NaiveDate) {
        let last = self.seen.entry(case).or_insert(on);
        *last = on.max(*last);
    }
}

/// Whether who calls so (list `caller-kind`) calls for themselves or their own: not because it is their work.
pub fn is_private(kind: &str) -> bool {
    matches!(kind, "" | "K" | "F" | "N" | "Z")
}

fn numbers(phone: &str) -> BTreeMap<String, String> {
    let digits = phone::digits(phone);
    let shown = phone::split(phone).number;
    if digits.len() < PHONE_LEAST { BTreeMap::new() } else { BTreeMap::from([(digits, shown)]) }
}

#[cfg(test)]
mod tests;
