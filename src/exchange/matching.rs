//! Which entry of the directory a row is about: by identity, else by name and place. By hash maps, never pair by pair.
//!
//! Whether two names or addresses are the same is for [`crate::search::fold`] to say.

use std::collections::HashMap;

use super::rows::Incoming;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::phone;
use crate::search::fold;

/// What was found for a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// This entry.
    Same {
        /// Its place, in the order in which entries were given.
        place: usize,
        /// Whether an identity says so, and not only name and place.
        by_id: bool,
    },
    /// Two entries or more could be meant.
    Several,
    /// None.
    New {
        /// Whether an entry has the same name and another address.
        same_name: bool,
    },
}

/// The entries by everything that they can be known by.
#[derive(Debug, Default)]
pub struct Matcher {
    entries: Vec<Known>,
    by_record: HashMap<Id, usize>,
    by_official: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    /// By the digits of the phone and by the address.
    by_place: HashMap<String, Vec<usize>>,
}

/// What an entry is known by.
#[derive(Debug, Default, Clone)]
struct Known {
    official_id: String,
    kind: String,
    name: String,
    address: String,
    phone: String,
}

impl Known {
    fn of(office: &Office) -> Self {
        Self {
            official_id: office.official_id.clone(),
            kind: office.kind.clone(),
            name: fold::text(&office.name),
            address: fold::address(&office.address),
            phone: phone::digits(&office.phone),
        }
    }

    fn scheme(&self) -> Option<&str> {
        self.official_id.split_once(':').map(|(scheme, _)| scheme)
    }

    /// Two identities of one scheme, or two kinds of which one has an identity: two offices, whatever their names.
    fn excludes(&self, other: &Self) -> bool {
        let official = self.scheme().or(other.scheme()).is_some();
        official
            && (self.scheme() == other.scheme() && self.official_id != other.official_id
                || !alike(&self.kind, &other.kind))
    }

    fn same_place(&self, other: &Self) -> bool {
        !self.address.is_empty() && self.address == other.address || !self.phone.is_empty() && self.phone == other.phone
    }

    /// Whether the places can't be compared.
    fn placeless(&self, other: &Self) -> bool {
        self.address.is_empty() || other.address.is_empty()
    }
}

impl Matcher {
    /// Knows these entries, at their places.
    pub fn new(existing: &[(Id, Office)]) -> Self {
        let mut matcher = Self::default();
        for (id, office) in existing {
            let place = matcher.insert(Known::of(office), &office.name);
            matcher.by_record.insert(*id, place);
        }
        matcher
    }

    /// Knows a new entry made of this row, and says its place.
    pub fn add(&mut self, incoming: &Incoming) -> usize {
        self.insert(Known::of(&incoming.office), &incoming.office.name)
    }

    /// What a row added to an entry that was known without it.
    pub fn refine(&mut self, place: usize, incoming: &Incoming) {
        let Some(known) = self.entries.get_mut(place) else { return };
        if known.official_id.is_empty() && !incoming.office.official_id.is_empty() {
            known.official_id.clone_from(&incoming.office.official_id);
            self.by_official.entry(known.official_id.clone()).or_default().push(place);
        }
        if known.address.is_empty() && !incoming.office.address.is_empty() {
            known.address = fold::address(&incoming.office.address);
            self.by_place.entry(known.address.clone()).or_default().push(place);
        }
    }

    /// The entry that this row is about.
    pub fn find(&self, incoming: &Incoming) -> Match {
        if let Some(place) = incoming.id.and_then(|id| self.by_record.get(&id)) {
            return Match::Same { place: *place, by_id: true };
        }
        let row = Known::of(&incoming.office);
        if let Some(place) = self.by_identity(&row) {
            return Match::Same { place, by_id: true };
        }
        let named = self.known(self.by_name.get(&row.name), &row);
        let here: Vec<_> = named.iter().copied().filter(|(_, known)| known.same_place(&row)).collect();
        if let Some(found) = one(&here, &row) {
            return found;
        }
        // A name without an address can only be told by being the only one.
        let somewhere: Vec<_> = named.iter().copied().filter(|(_, known)| known.placeless(&row)).collect();
        if let Some(found) = one(&somewhere, &row) {
            return found;
        }
        // 医療法人架空会　架空病院 is 架空病院 where it stands in the same place or has the same number.
        let beside = [&row.address, &row.phone].into_iter().filter(|key| !key.is_empty());
        let beside = beside.flat_map(|key| self.known(self.by_place.get(key), &row));
        let mut beside: Vec<_> =
            beside.filter(|(_, k)| k.name.ends_with(&row.name) || row.name.ends_with(&k.name)).collect();
        beside.sort_by_key(|(place, _)| *place);
        beside.dedup_by_key(|(place, _)| *place);
        one(&beside, &row).unwrap_or(Match::New { same_name: !named.is_empty() && row.official_id.is_empty() })
    }

    fn by_identity(&self, row: &Known) -> Option<usize> {
        let same = self.by_official.get(&row.official_id).filter(|_| !row.official_id.is_empty())?;
        let at = |place: &&usize| self.entries.get(**place);
        // One number may stand for a ward and for its day service: two entries with two names.
        same.iter()
            .find(|p| at(p).is_some_and(|k| k.name == row.name))
            .or_else(|| same.iter().find(|p| at(p).is_some_and(|k| k.kind == row.kind)))
            .copied()
    }

    fn known<'k>(&'k self, places: Option<&'k Vec<usize>>, row: &Known) -> Vec<(usize, &'k Known)> {
        let all = places.into_iter().flatten().filter_map(|p| Some((*p, self.entries.get(*p)?)));
        all.filter(|(_, known)| !known.excludes(row)).collect()
    }

    fn insert(&mut self, known: Known, name: &str) -> usize {
        let place = self.entries.len();
        if !known.official_id.is_empty() {
            self.by_official.entry(known.official_id.clone()).or_default().push(place);
        }
        self.by_name.entry(known.name.clone()).or_default().push(place);
        // 法人　施設: lists of desks give the second part alone.
        if let Some((_, part)) = name.rsplit_once(['　', ' ']).filter(|(_, part)| part.chars().nth(2).is_some()) {
            let part = fold::text(part);
            if part != known.name {
                self.by_name.entry(part).or_default().push(place);
            }
        }
        for key in [&known.address, &known.phone] {
            if !key.is_empty() {
                self.by_place.entry(key.clone()).or_default().push(place);
            }
        }
        self.entries.push(known);
        place
    }
}

/// Whether two kinds may be one office in two lists: a name doesn't always tell 病院 from 診療所, nor 施設 from its services.
fn alike(a: &str, b: &str) -> bool {
    let family = |kind: &str| match kind {
        "2" => "1".to_owned(),
        "9" => "8".to_owned(),
        other => other.to_owned(),
    };
    a == "z" || b == "z" || a.is_empty() || b.is_empty() || family(a) == family(b)
}

/// The only one, or the only one of the same kind; `None` where there is none.
fn one(all: &[(usize, &Known)], row: &Known) -> Option<Match> {
    let same_kind: Vec<_> = all.iter().filter(|(_, known)| known.kind == row.kind).collect();
    match (all, same_kind.as_slice()) {
        ([], _) => None,
        ([(place, _)], _) | (_, [(place, _)]) => Some(Match::Same { place: *place, by_id: false }),
        _ => Some(Match::Several),
    }
}
