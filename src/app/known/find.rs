//! Who may be calling, from what has been typed so far: known persons, offices of the directory and their staff. Nothing
//! is read from the disk. What is proposed must fit everything that was told: false suggestions are worse than none.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};

use super::Card;
use crate::app::model::Model;
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::desk::person::{Evidence, Likeness, PHONE_LEAST, likeness, phone_likeness};
use crate::desk::phone;
use crate::search::{Entry, Filter, Keys, Query, Why, fold};

/// How many are proposed.
pub const SHOWN: usize = 8;
/// How many are looked at more closely.
const MOST: usize = 24;
/// A part of a number that this many have is no mark of anybody.
const COMMON: usize = 8;
/// What a proposal must score: a part of a name, in spite of another office and another role.
const LEAST: i32 = 12;
/// The directory's own number, told in full: it stands before the people who call from there.
const OFFICE_NUMBER: i32 = 150;

/// What is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Typing {
    /// A name, or its reading.
    Name,
    /// An office.
    Office,
    /// A number.
    Phone,
}

/// What is known of somebody who is being looked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What is being typed.
    pub typing: Typing,
    /// Whether it is about whom the call is about, and not about who calls.
    pub subject: bool,
    /// The name or reading.
    pub name: &'a str,
    /// The office.
    pub office: &'a str,
    /// The number.
    pub phone: &'a str,
    /// 相談者区分.
    pub kind: &'a str,
    /// 生年月日.
    pub birth: Option<NaiveDate>,
}

/// Who or what is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// An office of the directory.
    Office(Id),
    /// A person whom the desk knows.
    Person(Id),
    /// A member of staff of an office of the directory.
    Staff(Id, Id),
}

/// What is proposed, and how strongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Proposal {
    /// Who or what.
    pub what: What,
    /// How strongly ([`Evidence::score`]).
    pub score: i32,
}

/// What was found for what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Found {
    /// The proposals, the best first.
    pub proposals: Vec<Proposal>,
    /// Whether the first one is so much better than the next that Enter may take it.
    pub sure: bool,
}

impl Found {
    fn of(mut proposals: Vec<(Proposal, Option<NaiveDate>)>) -> Self {
        proposals.sort_by_key(|(proposal, last)| (Reverse(proposal.score), Reverse(*last), proposal.what));
        let scores: Vec<i32> = proposals.iter().map(|(proposal, _)| proposal.score).collect();
        let sure = match scores.as_slice() {
            [] => false,
            [only] => *only > 0,
            [first, second, ..] => first > second,
        };
        let proposals = proposals.into_iter().take(SHOWN).map(|(proposal, _)| proposal).collect();
        Self { proposals, sure }
    }
}

/// A text that is a number in any spelling, with digits enough to look for it.
pub fn is_number(text: &str) -> bool {
    let key = fold::text(text);
    phone::digits(text).len() >= PHONE_LEAST
        && key.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '(' | ')' | '+' | '.'))
}

/// Whether there is enough of a name to look for it: two letters of Japanese, three of romaji.
fn is_enough(text: &str) -> bool {
    let key = fold::text(text);
    let least = if key.is_ascii() { 3 } else { 2 };
    key.chars().nth(least - 1).is_some()
}

/// Who may be meant.
pub fn find(model: &Model, asked: &Asked<'_>) -> Found {
    let mut asked = *asked;
    // A number told first is typed into whatever field has the focus.
    let typed = match asked.typing {
        Typing::Name => asked.name,
        Typing::Office => asked.office,
        Typing::Phone => asked.phone,
    };
    if asked.typing != Typing::Phone && is_number(typed) {
        (asked.typing, asked.phone) = (Typing::Phone, typed);
    }
    if is_number(asked.name) {
        asked.name = "";
    }
    if is_number(asked.office) {
        asked.office = "";
    }
    let enough = match asked.typing {
        Typing::Phone => is_number(typed),
        Typing::Name | Typing::Office => is_enough(typed),
    };
    if enough { Finding { model, asked }.run() } else { Found::default() }
}

struct Finding<'a> {
    model: &'a Model,
    asked: Asked<'a>,
}

impl Finding<'_> {
    fn run(&self) -> Found {
        let offices = self.offices();
        let mut ids = self.persons();
        if !offices.is_empty() && self.asked.typing != Typing::Name {
            let at = |card: &Card| offices.iter().any(|(id, _)| *id == card.office_id);
            ids.extend(self.model.known.iter().filter(|(_, card)| at(card)).map(|(id, _)| id).take(4 * MOST));
        }
        ids.sort_unstable();
        ids.dedup();
        let mut found: Vec<(Proposal, Option<NaiveDate>)> = Vec::new();
        for id in ids {
            let Some(card) = self.model.known.get(id) else { continue };
            if self.asked.subject && !card.office.is_empty() {
                continue;
            }
            let score = self.score_of(card, &offices);
            if score >= self.least() {
                found.push((Proposal { what: What::Person(id), score }, card.last_seen()));
            }
        }
        if !self.asked.subject {
            let staff = self.staff(&offices, &found);
            found.extend(staff);
            found.extend(offices.iter().map(|(id, score)| (Proposal { what: What::Office(*id), score: *score }, None)));
        }
        Found::of(found)
    }

    fn least(&self) -> i32 {
        if self.asked.typing == Typing::Office { 1 } else { LEAST }
    }

    /// Persons whose keys hold what is being typed, or who have the number that was told before.
    fn persons(&self) -> Vec<Id> {
        let typed = match self.asked.typing {
            Typing::Name => self.asked.name,
            Typing::Office => self.asked.office,
            Typing::Phone => self.asked.phone,
        };
        let index = &self.model.known.index;
        let found = index.find(&Query::new(typed), MOST);
        let whole = phone::digits(self.asked.phone).len() >= 10;
        let common = self.asked.typing == Typing::Phone && !whole && found.total > COMMON;
        let mut ids: Vec<Id> = if common { Vec::new() } else { found.hits.into_iter().map(|hit| hit.id).collect() };
        if self.asked.typing != Typing::Phone && whole {
            ids.extend(index.search(&Query::new(self.asked.phone), MOST).into_iter().map(|hit| hit.id));
        }
        ids
    }

    /// Offices of the directory that fit, with their scores.
    fn offices(&self) -> Vec<(Id, i32)> {
        let (text, wanted): (_, &[Why]) = match self.asked.typing {
            Typing::Name => return Vec::new(),
            Typing::Office => (self.asked.office, &[Why::Name, Why::Kana]),
            Typing::Phone => (self.asked.phone, &[Why::Phone]),
        };
        let found = self.model.index.find(&Query::new(text), SHOWN);
        let whole = phone::digits(text).len() >= 10;
        if self.asked.typing == Typing::Phone && !whole && found.total > COMMON {
            return Vec::new();
        }
        let fits = found.hits.into_iter().filter(|hit| !hit.second_pass && wanted.contains(&hit.why));
        fits.filter_map(|hit| Some((hit.id, self.score_of_office(self.model.offices.get(&hit.id)?)?))).collect()
    }

    fn score_of_office(&self, office: &Office) -> Option<i32> {
        if self.asked.typing == Typing::Office {
            let same =
                [&office.name, &office.kana, &office.short_name].iter().any(|name| fold::same(name, self.asked.office));
            return Some(if same { 25 } else { 15 });
        }
        match phone_likeness(self.asked.phone, [office.phone.as_str(), &office.fax]) {
            Likeness::Same => Some(OFFICE_NUMBER),
            Likeness::Part => Some(45),
            Likeness::Different | Likeness::Unknown => None,
        }
    }

    fn score_of(&self, card: &Card, offices: &[(Id, i32)]) -> i32 {
        let asked = &self.asked;
        let mut evidence = Evidence {
            phone: phone_likeness(asked.phone, card.phones.iter().map(AsRef::as_ref)),
            name: typed_likeness(asked.name, &card.name, &card.kana),
            office: typed_likeness(asked.office, &card.office, ""),
            role: likeness(code(asked.kind), code(&card.kind)),
            birth_year: likeness(asked.birth.map(|day| day.year()), card.birth.map(|day| day.year())),
            birth: likeness(asked.birth, card.birth),
            kana: Likeness::Unknown,
        };
        if evidence.name == Likeness::Different {
            return 0;
        }
        let at_one_of_them = offices.iter().find(|(id, _)| *id == card.office_id);
        if let Some((_, score)) = at_one_of_them {
            evidence.office = evidence.office.max_of(Likeness::Part);
            // The office's own number is the number of everybody there.
            if asked.typing == Typing::Phone && *score == OFFICE_NUMBER && evidence.phone != Likeness::Same {
                evidence.phone = Likeness::Part;
            }
        }
        evidence.score()
    }

    /// Members of staff who fit and are not among the persons.
    fn staff(
        &self,
        offices: &[(Id, i32)],
        persons: &[(Proposal, Option<NaiveDate>)],
    ) -> Vec<(Proposal, Option<NaiveDate>)> {
        let mut at: Vec<Id> = offices.iter().map(|(id, _)| *id).collect();
        if self.asked.typing == Typing::Name {
            at = self.model.index.search(&Query::new(self.asked.name), MOST).into_iter().map(|hit| hit.id).collect();
        }
        let mut found = Vec::new();
        for office_id in at {
            let Some(office) = self.model.offices.get(&office_id) else { continue };
            for (staff_id, person) in office.present_staff() {
                let score = self.score_of_staff(person, office);
                let is_known = |(proposal, _): &(Proposal, Option<NaiveDate>)| match proposal.what {
                    What::Person(id) => self.model.known.get(id).is_some_and(|card| {
                        fold::same(&card.name, &person.name)
                            && (card.office_id == office_id || fold::same(&card.office, &office.name))
                    }),
                    What::Office(_) | What::Staff(..) => false,
                };
                if score >= self.least() && !persons.iter().any(is_known) {
                    found.push((Proposal { what: What::Staff(office_id, staff_id), score }, None));
                }
            }
        }
        found
    }

    /// As a person of whom the directory tells; a little behind one whom the desk has spoken to.
    fn score_of_staff(&self, person: &Staff, office: &Office) -> i32 {
        let own = phone_likeness(self.asked.phone, [person.phone.as_str()]);
        let shared = phone_likeness(self.asked.phone, [office.phone.as_str()]);
        let evidence = Evidence {
            phone: if shared == Likeness::Same { own.max_of(Likeness::Part) } else { own },
            name: typed_likeness(self.asked.name, &person.name, &person.kana),
            office: typed_likeness(self.asked.office, &office.name, &office.kana),
            ..Evidence::default()
        };
        if evidence.name == Likeness::Different { 0 } else { evidence.score() - 2 }
    }
}

impl Likeness {
    /// The one that says more for being the same.
    fn max_of(self, other: Self) -> Self {
        let rank = |likeness| match likeness {
            Self::Same => 3,
            Self::Part => 2,
            Self::Unknown => 1,
            Self::Different => 0,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

fn code(code: &str) -> Option<&str> {
    Some(code).filter(|code| !code.is_empty())
}

/// How what is typed compares with a name that may be read so.
fn typed_likeness(typed: &str, name: &str, kana: &str) -> Likeness {
    if fold::text(typed).is_empty() || (name.is_empty() && kana.is_empty()) {
        return Likeness::Unknown;
    }
    let read = |kana: &str| !kana.is_empty() && fold::romaji::key(kana) == fold::romaji::key(typed);
    let same = |text: &str| !text.is_empty() && fold::same(typed, text);
    if same(name) || same(kana) || (typed.is_ascii() && read(kana)) {
        return Likeness::Same;
    }
    let keys = Keys::of(&Entry { name, kana, ..Entry::default() });
    if Filter::new(typed).matches(&keys) { Likeness::Part } else { Likeness::Different }
}

/// What a proposal puts on the slip.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filling {
    /// Who it is, where the desk knows.
    pub person: Id,
    /// 相談者区分.
    pub kind: String,
    /// 氏名.
    pub name: String,
    /// カナ.
    pub kana: String,
    /// 続柄・関係.
    pub relation: String,
    /// 所属.
    pub office: String,
    /// 所属 in the directory.
    pub office_id: Id,
    /// 電話.
    pub phone: String,
    /// FAX.
    pub fax: String,
    /// 生年月日.
    pub birth: Option<NaiveDate>,
    /// 圏域.
    pub area: String,
}

/// What this proposal puts on the slip; `typed` is the number as far as it was told: the person's number that begins or
/// ends so is taken. `None` for what is no more.
pub fn filling(model: &Model, what: What, typed: &str) -> Option<Filling> {
    match what {
        What::Person(id) => {
            let card = model.known.get(id)?;
            let fits = |number: &str| matches!(phone_likeness(typed, [number]), Likeness::Same | Likeness::Part);
            let phone = card.phones.iter().find(|number| fits(number)).or_else(|| card.phones.first());
            Some(Filling {
                person: model.known.resolve(id),
                kind: card.kind.to_string(),
                name: card.name.to_string(),
                kana: card.kana.to_string(),
                relation: card.relation.to_string(),
                office: card.office.to_string(),
                office_id: card.office_id,
                phone: phone.map(ToString::to_string).unwrap_or_default(),
                fax: card.fax.to_string(),
                birth: card.birth,
                area: card.area.to_string(),
            })
        }
        What::Office(id) => model.offices.get(&id).map(|office| of_office(id, office)),
        What::Staff(id, staff) => {
            let office = model.offices.get(&id)?;
            let person = office.staff.get(&staff)?;
            let phone = Some(&person.phone).filter(|phone| !phone.is_empty()).unwrap_or(&office.phone);
            Some(Filling {
                name: person.name.clone(),
                kana: person.kana.clone(),
                relation: person.role.clone(),
                phone: phone.clone(),
                ..of_office(id, office)
            })
        }
    }
}

fn of_office(id: Id, office: &Office) -> Filling {
    Filling {
        kind: caller_kind(&office.kind).to_owned(),
        office: office.name.clone(),
        office_id: id,
        phone: office.phone.clone(),
        fax: office.fax.clone(),
        ..Filling::default()
    }
}

/// The 相談者区分 of who calls from an office of this kind (lists `office-kind`, `caller-kind`); empty where it may be
/// anybody.
const fn caller_kind(office_kind: &str) -> &'static str {
    match office_kind.as_bytes() {
        b"1" => "3",
        b"2" => "5",
        b"3" => "6",
        b"4" => "7",
        b"5" => "8",
        b"6" => "1",
        b"7" => "2",
        b"8" | b"9" => "9",
        b"a" => "A",
        _ => "",
    }
}
