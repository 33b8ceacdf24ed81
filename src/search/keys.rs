//! The keys of one record: what is searched instead of the record itself. Made once, kept with the record, rebuilt on edit.

use serde::{Deserialize, Serialize};

use super::fold::{self, romaji};
use super::{places, words};
use crate::desk::phone;

/// What a record offers to the search. Who owns the record fills it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry<'a> {
    /// The name, as shown.
    pub name: &'a str,
    /// Its reading in kana (either kind, any width); empty when it is not known.
    pub kana: &'a str,
    /// The short name; may be empty.
    pub short_name: &'a str,
    /// Phone numbers in any spelling, best first.
    pub phones: Vec<&'a str>,
    /// The address.
    pub address: &'a str,
    /// The reading of its town as far as it is known; that of the city is.
    pub address_kana: &'a str,
    /// What kinds of record it is one of, each a word that whoever fills it chooses: for filters, never for text.
    pub tags: Vec<String>,
    /// All other text: department, staff (with their kana), what they handle, services, notes, dates in both forms.
    pub words: Vec<&'a str>,
    /// When it was last used, in any unit that grows (days since 1970, a counter); 0: never.
    pub recent: u32,
}

/// Parts one field from the next in a key; never part of a query.
pub(super) const FIELD: char = '\u{1f}';

/// The longest key of one field, in bytes, for the fields whose places are remembered: far beyond any real name or address.
const FIELD_MAX: usize = 8_000;

/// The keys of one record. Compact to keep with it; inserted into an index without being computed again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Keys {
    /// The name as it is written.
    #[serde(rename = "n")]
    pub(super) name: String,
    /// Text keys of what it is called: name, short name, kana.
    #[serde(rename = "t")]
    pub(super) names: String,
    /// Romaji keys of what it is called: reading, reading with short vowels.
    #[serde(rename = "r")]
    pub(super) readings: String,
    /// The address: text key, and romaji with short vowels.
    #[serde(rename = "a")]
    pub(super) address: String,
    /// All else: text keys, and romaji with short vowels.
    #[serde(rename = "e")]
    pub(super) notes: String,
    /// Digits of phone numbers, each ended by a separator.
    #[serde(rename = "d")]
    pub(super) digits: String,
    /// Where words begin in `names`, in bytes.
    #[serde(rename = "ts")]
    pub(super) name_starts: Vec<u16>,
    /// The same for `readings`.
    #[serde(rename = "rs")]
    pub(super) reading_starts: Vec<u16>,
    /// The tags ([`Entry::tags`]).
    #[serde(rename = "g", default)]
    pub(super) tags: Vec<String>,
    /// The first 16 kana by which it is sorted (五十音), one byte each.
    #[serde(rename = "o")]
    pub(super) order: [u8; 16],
    /// When it was last used ([`Entry::recent`]).
    #[serde(rename = "u", default)]
    pub(super) recent: u32,
}

impl Keys {
    /// Computes the keys of a record.
    pub fn of(entry: &Entry<'_>) -> Self {
        let mut keys = Self {
            name: cut(entry.name).to_owned(),
            recent: entry.recent,
            tags: entry.tags.clone(),
            ..Self::default()
        };
        let name = fold::marked(cut(entry.name));
        let kana = fold::marked(cut(entry.kana));
        keys.order = order(if entry.kana.is_empty() { &name } else { &kana });
        keys.add_name(&name);
        keys.add_name(&fold::marked(cut(entry.short_name)));
        keys.add_name(&kana);
        let address = fold::address(cut(entry.address));
        keys.address.push_str(&address);
        keys.address.push(FIELD);
        push_romaji(&mut keys.address, &[places::reading(&address), cut(entry.address_kana), cut(entry.address)]);
        let mut readings = Vec::new();
        keys.add_words(entry, &mut readings);
        readings.extend(&entry.words);
        push_romaji(&mut keys.notes, &readings);
        keys.add_readings(entry);
        for number in &entry.phones {
            let digits = phone::digits(number);
            if !digits.is_empty() {
                keys.digits.push_str(&digits);
                keys.digits.push(FIELD);
            }
        }
        keys
    }

    /// The name as it is written.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The keys, as the buffers of an index take them.
    pub(super) const fn parts(&self) -> [&String; 6] {
        [&self.name, &self.names, &self.readings, &self.address, &self.notes, &self.digits]
    }

    /// How many bytes the keys take.
    pub fn len(&self) -> usize {
        self.parts().iter().map(|key| key.len()).sum()
    }

    /// Whether there is nothing to be found.
    pub fn is_empty(&self) -> bool {
        [&self.names, &self.address, &self.notes].iter().all(|key| key.chars().all(|c| c == FIELD))
            && self.digits.is_empty()
    }

    fn add_name(&mut self, field: &fold::Marked) {
        let at = self.names.len();
        self.names.push_str(&field.key);
        self.name_starts.extend(field.starts.iter().filter_map(|s| u16::try_from(at + usize::from(*s)).ok()));
        // A legal form is no part of the name that a person says: what follows it begins a word.
        if let Some(after) = words::legal_form(&field.key).filter(|n| *n < field.key.len()) {
            self.name_starts.extend(u16::try_from(at + after).ok());
        }
        self.names.push(FIELD);
    }

    /// Adds all other text, and the short forms and readings of the front desk's words that the record holds.
    fn add_words<'a>(&mut self, entry: &Entry<'a>, readings: &mut Vec<&'a str>) {
        let name_end = self.names.find(FIELD).unwrap_or_default();
        let known = self.names.get(..name_end).map(words::found).unwrap_or_default();
        let mut shorts: Vec<&'static str> = known.iter().filter_map(|w| w.short).collect();
        // The reading of the name itself is known where kana are given.
        if entry.kana.is_empty() {
            readings.extend(known.iter().map(|w| w.reading));
        }
        for text in entry.words.iter().filter(|t| !t.is_empty()) {
            let key = fold::text(text);
            for word in words::found(&key) {
                readings.push(word.reading);
                shorts.extend(word.short);
            }
            self.notes.push_str(&key);
            self.notes.push(FIELD);
        }
        dedup(readings);
        dedup(&mut shorts);
        for short in shorts {
            if !self.notes.contains(short) && !self.names.contains(short) {
                self.notes.push_str(short);
                self.notes.push(FIELD);
            }
        }
    }

    fn add_readings(&mut self, entry: &Entry<'_>) {
        let name = format!("{}　{}", if entry.kana.is_empty() { entry.name } else { entry.kana }, entry.short_name);
        let (first, second) = romaji::keys(cut(&name));
        let mut shadow = second;
        if shadow.key == first.key {
            shadow = fold::Marked::default();
        }
        for field in [first, shadow] {
            let at = self.readings.len();
            self.readings.push_str(&field.key);
            self.reading_starts.extend(field.starts.iter().filter_map(|s| u16::try_from(at + usize::from(*s)).ok()));
            if let Some(after) = words::legal_reading(&field.key).filter(|n| *n < field.key.len()) {
                self.reading_starts.extend(u16::try_from(at + after).ok());
            }
            self.readings.push(FIELD);
        }
    }
}

/// Adds the romaji keys of these texts. Their long vowels are short: in other text than names nobody tells them apart.
fn push_romaji(to: &mut String, texts: &[&str]) {
    for key in texts.iter().map(|text| romaji::flatten(&romaji::key(text))).filter(|key| !key.is_empty()) {
        to.push_str(&key);
        to.push(' ');
    }
}

fn dedup(words: &mut Vec<&str>) {
    words.sort_unstable();
    words.dedup();
}

/// The text cut to what keys remember of one field.
fn cut(text: &str) -> &str {
    let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= FIELD_MAX).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The kana by which a name is sorted: without the legal form, and from the second word where there is one after it.
fn order(field: &fold::Marked) -> [u8; 16] {
    let mut from = 0;
    if let Some(after) = words::legal_form(&field.key).filter(|n| *n < field.key.len()) {
        let next = field.starts.iter().map(|s| usize::from(*s)).find(|s| *s > after);
        from = next.unwrap_or(after);
    }
    let mut order = [0; 16];
    for (slot, c) in order.iter_mut().zip(field.key.get(from..).unwrap_or_default().chars()) {
        *slot = match c {
            'ぁ'..='ん' => u8::try_from(u32::from(c) - 0x3040).unwrap_or(u8::MAX),
            c if c.is_ascii() => 100 + u8::try_from(u32::from(c)).unwrap_or_default(),
            _ => u8::MAX,
        };
    }
    order
}
