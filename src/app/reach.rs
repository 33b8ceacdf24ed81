//! Which offices ever called, and how callers found the desk: read off every contact of the journal, a part at a time and
//! not before a page asks for it, so that neither the start nor a save waits for it. What is saved meanwhile counts at once.

use std::collections::{HashMap, HashSet};

use crate::desk::contact::Contact;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::reach::Told;
use crate::search::fold;

/// Contacts as they were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// It holds those after this one; none: from the first on.
    pub after: Option<Id>,
    /// What they tell; of those that tell nothing, their identity alone.
    pub told: Vec<(Id, Option<Told>)>,
    /// The last of them, where there are more.
    pub next: Option<Id>,
}

/// What all contacts tell, as far as they were read.
#[derive(Debug, Default)]
pub struct Reach {
    told: HashMap<Id, Option<Told>>,
    /// The last one that was read.
    cursor: Option<Id>,
    complete: bool,
    version: u64,
}

impl Reach {
    /// What these contacts tell, which are all.
    pub fn of<'c>(contacts: impl Iterator<Item = (Id, &'c Contact)>) -> Self {
        let told = contacts.map(|(id, contact)| (id, Told::of(contact))).collect();
        Self { told, complete: true, ..Self::default() }
    }

    /// After which contact to read on; `None` where all were read.
    pub fn wanted(&self) -> Option<Option<Id>> {
        (!self.complete).then_some(self.cursor)
    }

    /// Takes in what was read; after which contact to read on. What was saved meanwhile is newer and stays, and a part
    /// that came twice leads nowhere.
    pub fn take(&mut self, part: Part) -> Option<Option<Id>> {
        if self.complete || part.after != self.cursor {
            return None;
        }
        for (id, told) in part.told {
            self.told.entry(id).or_insert(told);
        }
        self.version += 1;
        self.complete = part.next.is_none();
        self.cursor = part.next.or(self.cursor);
        self.wanted()
    }

    /// A contact as it is now; `None`: it was taken back.
    pub fn apply(&mut self, id: Id, contact: Option<&Contact>) {
        self.told.insert(id, contact.and_then(Told::of));
        self.version += 1;
    }

    /// Whether all contacts were read.
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// How many contacts were read.
    pub fn count(&self) -> usize {
        self.told.len()
    }

    /// Counts the changes.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// What they tell, in no order of meaning.
    pub fn told(&self) -> impl Iterator<Item = &Told> {
        self.told.values().flatten()
    }

    /// Those of these offices that never called: neither chosen as the one that called, nor named as that in any spelling.
    pub fn never_called<'o>(&self, offices: impl Iterator<Item = (Id, &'o Office)>) -> Vec<Id> {
        let (mut called, mut named) = (HashSet::new(), HashSet::new());
        for told in self.told() {
            called.insert(told.office);
            if !told.named.is_empty() {
                named.insert(told.named.as_ref());
            }
        }
        let named: HashSet<String> = named.into_iter().map(fold::text).collect();
        let known = |name: &str| !name.is_empty() && named.contains(&fold::text(name));
        let never =
            |id: &Id, office: &Office| !called.contains(id) && !known(&office.name) && !known(&office.short_name);
        offices.filter(|(id, office)| !office.removed && never(id, office)).map(|(id, _)| id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn contact(office: u8, named: &str) -> Contact {
        let at = chrono::DateTime::parse_from_rfc3339("2026-11-22T10:00:00+09:00").unwrap();
        let office = if office == 0 { Id::NIL } else { id(office) };
        Contact { at: Some(at), caller_office_id: office, caller_office: named.into(), ..Contact::default() }
    }

    fn part(after: Option<u8>, contacts: &[(u8, Contact)], next: Option<u8>) -> Part {
        let told = contacts.iter().map(|(n, contact)| (id(*n), Told::of(contact))).collect();
        Part { after: after.map(id), told, next: next.map(id) }
    }

    fn named(name: &str, short: &str) -> Office {
        Office { name: name.into(), short_name: short.into(), ..Office::default() }
    }

    #[test]
    fn an_office_called_that_was_chosen_or_is_named_in_any_spelling() {
        let offices = [
            (id(101), named("架空中央病院", "")),
            (id(102), named("架空ｸﾘﾆｯｸ", "")),
            (id(103), named("医療法人架空会 架空山手医院", "山手医院")),
            (id(104), named("架空外科医院", "")),
            (id(105), Office { removed: true, ..named("架空旧医院", "") }),
            (id(106), named("", "")),
        ];
        let contacts = [
            (id(1), contact(101, "")),
            (id(2), contact(0, "架空クリニック")),
            (id(3), contact(0, "山手医院")),
            (id(4), Contact { direction: "2".into(), ..contact(104, "") }),
            (id(5), contact(0, "")),
        ];
        let reach = Reach::of(contacts.iter().map(|(id, contact)| (*id, contact)));
        assert_eq!(reach.never_called(offices.iter().map(|(id, office)| (*id, office))), [id(104), id(106)]);
        assert_eq!(reach.wanted(), None);
    }

    #[test]
    fn what_is_read_in_parts_ends_and_what_was_saved_meanwhile_stays() {
        let mut reach = Reach::default();
        assert_eq!(reach.wanted(), Some(None));
        let first = part(None, &[(1, contact(101, "")), (2, contact(102, ""))], Some(2));
        assert_eq!(reach.take(first.clone()), Some(Some(id(2))));
        // Asked twice, answered twice.
        assert_eq!(reach.take(first), None);
        assert_eq!(reach.wanted(), Some(Some(id(2))));
        reach.apply(id(3), Some(&contact(103, "")));
        reach.apply(id(4), None);
        assert_eq!(reach.take(part(Some(2), &[(3, contact(104, "")), (4, contact(104, ""))], None)), None);
        assert!(reach.is_complete() && reach.wanted().is_none());
        let mut offices: Vec<Id> = reach.told().map(|told| told.office).collect();
        offices.sort_unstable();
        assert_eq!((offices, reach.count()), ([101, 102, 103].map(id).to_vec(), 4));
        reach.apply(id(1), None);
        assert_eq!(reach.told().count(), 2);
    }
}
