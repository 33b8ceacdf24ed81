//! Everybody whom the desk knows, in memory: found at each key, small enough for tens of thousands. Knows no screen and no
//! disk; the records are what came from the store.

mod compare;
pub mod find;
pub mod link;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::desk::id::Id;
use crate::desk::person::Person;
use crate::desk::policy::Policy;
use crate::search::{Entry, Index, Keys};

pub use compare::{alike, compare};

/// A person as lists and the search need it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// 氏名; empty for somebody of whom only a number is known.
    pub name: Box<str>,
    /// カナ.
    pub kana: Box<str>,
    /// 相談者区分.
    pub kind: Box<str>,
    /// 続柄・関係・職種.
    pub relation: Box<str>,
    /// 所属.
    pub office: Box<str>,
    /// 所属 in the directory.
    pub office_id: Id,
    /// 電話.
    pub phones: Box<[Box<str>]>,
    /// FAX.
    pub fax: Box<str>,
    /// 生年月日.
    pub birth: Option<NaiveDate>,
    /// 圏域.
    pub area: Box<str>,
    /// The cases, with the day of the last contact in each.
    pub seen: Box<[(Id, NaiveDate)]>,
    /// The person that this one turned out to be.
    pub merged_into: Id,
}

impl Card {
    /// What is needed of a person.
    pub fn of(person: &Person) -> Self {
        let text = |text: &str| Box::<str>::from(text);
        Self {
            name: text(&person.name),
            kana: text(&person.kana),
            kind: text(&person.kind),
            relation: text(&person.relation),
            office: text(&person.office),
            office_id: person.office_id,
            phones: person.phones.values().map(|shown| text(shown)).collect(),
            fax: text(&person.fax),
            birth: person.birth,
            area: text(&person.area),
            seen: person.seen.iter().map(|(case, day)| (*case, *day)).collect(),
            merged_into: person.merged_into,
        }
    }

    /// The person, without the members that this version does not know.
    pub fn person(&self) -> Person {
        let numbers = self.phones.iter().map(|shown| (crate::desk::phone::digits(shown), shown.to_string()));
        Person {
            name: self.name.to_string(),
            kana: self.kana.to_string(),
            kind: self.kind.to_string(),
            relation: self.relation.to_string(),
            office: self.office.to_string(),
            office_id: self.office_id,
            phones: numbers.collect(),
            fax: self.fax.to_string(),
            birth: self.birth,
            area: self.area.to_string(),
            seen: self.seen.iter().copied().collect(),
            merged_into: self.merged_into,
            other: BTreeMap::new(),
        }
    }

    /// The day of the last contact.
    pub fn last_seen(&self) -> Option<NaiveDate> {
        self.seen.iter().map(|(_, day)| *day).max()
    }

    /// What can be searched of a person.
    pub fn entry(&self) -> Entry<'_> {
        Entry {
            name: &self.name,
            kana: &self.kana,
            phones: self.phones.iter().map(AsRef::as_ref).collect(),
            words: if self.office.is_empty() { Vec::new() } else { vec![&self.office] },
            ..Entry::default()
        }
    }
}

/// Everybody whom the desk knows.
#[derive(Default)]
pub struct Known {
    cards: BTreeMap<Id, Card>,
    index: Index,
    /// Who turned out to be this person.
    merged: BTreeMap<Id, Vec<Id>>,
    /// The policies in force and out of it.
    policies: BTreeMap<Id, Policy>,
    version: u64,
}

impl Known {
    /// Counts the changes.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// How many persons there are, without those who turned out to be others.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// How many bytes the search takes.
    pub fn search_memory(&self) -> usize {
        self.index.memory()
    }

    /// Takes in persons from the store. Who changed meanwhile is newer and stays.
    pub fn arrive(&mut self, persons: Vec<(Id, Card, Keys)>) {
        let new: Vec<_> = persons.into_iter().filter(|(id, ..)| !self.cards.contains_key(id)).collect();
        let present = new.iter().filter(|(_, card, _)| card.merged_into.is_nil());
        self.index.insert_all(present.map(|(id, _, keys)| (*id, keys)));
        for (id, card, _) in new {
            self.keep(id, card);
        }
        self.version += 1;
    }

    /// All have arrived.
    pub fn settle(&mut self) {
        self.index.settle();
    }

    /// Takes over a person after a commit; `None`: the person is no more.
    pub fn apply(&mut self, id: Id, person: Option<&Person>) {
        self.version += 1;
        self.index.remove(id);
        if let Some(before) = self.cards.remove(&id)
            && let Some(merged) = self.merged.get_mut(&before.merged_into)
        {
            merged.retain(|other| *other != id);
        }
        if let Some(person) = person {
            let card = Card::of(person);
            if card.merged_into.is_nil() {
                self.index.insert(id, &card.entry());
            }
            self.keep(id, card);
        }
    }

    fn keep(&mut self, id: Id, card: Card) {
        if !card.merged_into.is_nil() {
            self.merged.entry(card.merged_into).or_default().push(id);
        }
        self.cards.insert(id, card);
    }

    /// Takes over a policy after a commit; `None`: it is no more.
    pub fn apply_policy(&mut self, id: Id, policy: Option<Policy>) {
        self.version += 1;
        match policy {
            Some(policy) => _ = self.policies.insert(id, policy),
            None => _ = self.policies.remove(&id),
        }
    }

    /// Who this is now; [`Id::NIL`] for somebody who is no more.
    pub fn resolve(&self, id: Id) -> Id {
        let mut at = id;
        // A circle, as two desks could make it, ends nowhere: the first one stays who it was.
        for _ in 0..16 {
            match self.cards.get(&at) {
                None => return Id::NIL,
                Some(card) if card.merged_into.is_nil() => return at,
                Some(card) => at = card.merged_into,
            }
        }
        id
    }

    /// A person's card, by any identity that the person ever had.
    pub fn get(&self, id: Id) -> Option<&Card> {
        self.cards.get(&self.resolve(id))
    }

    /// The card under exactly this identity.
    pub fn card(&self, id: Id) -> Option<&Card> {
        self.cards.get(&id)
    }

    /// Every identity that this person ever had, the present one first; empty for somebody who is no more.
    pub fn all_of(&self, id: Id) -> Vec<Id> {
        let id = self.resolve(id);
        let mut all: Vec<Id> = if id.is_nil() { Vec::new() } else { vec![id] };
        let mut at = 0;
        while let Some(one) = all.get(at).copied() {
            for other in self.merged.get(&one).into_iter().flatten() {
                if !all.contains(other) {
                    all.push(*other);
                }
            }
            at += 1;
        }
        all
    }

    /// The persons, without those who turned out to be others.
    pub fn iter(&self) -> impl Iterator<Item = (Id, &Card)> {
        self.cards.iter().filter(|(_, card)| card.merged_into.is_nil()).map(|(id, card)| (*id, card))
    }

    /// The policies for these persons, under any identity that they ever had, the newest first.
    pub fn policies_for(&self, persons: &[Id]) -> Vec<(Id, &Policy)> {
        if self.policies.is_empty() || persons.is_empty() {
            return Vec::new();
        }
        let all: Vec<Id> = persons.iter().flat_map(|person| self.all_of(*person)).collect();
        let mut found: Vec<(Id, &Policy)> =
            self.policies.iter().filter(|(_, policy)| policy.is_for(&all)).map(|(id, policy)| (*id, policy)).collect();
        found.sort_by_key(|(id, policy)| (std::cmp::Reverse(policy.agreed_on), *id));
        found
    }

    /// A policy.
    pub fn policy(&self, id: Id) -> Option<&Policy> {
        self.policies.get(&id)
    }
}

#[cfg(test)]
mod tests;
