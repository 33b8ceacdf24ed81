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
    /// Text keys: name, short name, kana, address, words.
    #[serde(rename = "t")]
    pub(super) text: String,
    /// Romaji keys: reading, reading with short vowels, address (both), words (both).
    #[serde(rename = "r")]
    pub(super) romaji: String,
    /// Digits of phone numbers, each ended by a separator.
    #[serde(rename = "d")]
    pub(super) digits: String,
    /// Where words begin in the name, short name and kana of the text keys, in bytes.
    #[serde(rename = "ts")]
    pub(super) text_starts: Vec<u16>,
    /// The same for the two readings of the romaji keys.
    #[serde(rename = "rs")]
    pub(super) romaji_starts: Vec<u16>,
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
        keys.add_text(&name);
        keys.add_text(&fold::marked(cut(entry.short_name)));
        keys.add_text(&kana);
        let address = fold::address(cut(entry.address));
        keys.text.push_str(&address);
        keys.text.push(FIELD);
        let mut readings = Vec::new();
        keys.add_words(entry, &mut readings);
        keys.add_romaji(entry, &address, &readings);
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

    /// How many bytes the keys take.
    pub fn len(&self) -> usize {
        self.name.len() + self.text.len() + self.romaji.len() + self.digits.len()
    }

    /// Whether there is nothing to be found.
    pub fn is_empty(&self) -> bool {
        self.text.chars().all(|c| c == FIELD) && self.digits.is_empty()
    }

    fn add_text(&mut self, field: &fold::Marked) {
        let at = self.text.len();
        self.text.push_str(&field.key);
        self.text_starts.extend(field.starts.iter().filter_map(|s| u16::try_from(at + usize::from(*s)).ok()));
        // A legal form is no part of the name that a person says: what follows it begins a word.
        if let Some(after) = words::legal_form(&field.key).filter(|n| *n < field.key.len()) {
            self.text_starts.extend(u16::try_from(at + after).ok());
        }
        self.text.push(FIELD);
    }

    /// Adds all other text, and the short forms and readings of the front desk's words that the record holds.
    fn add_words(&mut self, entry: &Entry<'_>, readings: &mut Vec<&'static str>) {
        let name_end = self.text.find(FIELD).unwrap_or_default();
        let known = self.text.get(..name_end).map(words::found).unwrap_or_default();
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
            self.text.push_str(&key);
            self.text.push(FIELD);
        }
        dedup(readings);
        dedup(&mut shorts);
        for short in shorts {
            if !self.text.contains(short) {
                self.text.push_str(short);
                self.text.push(FIELD);
            }
        }
    }

    fn add_romaji(&mut self, entry: &Entry<'_>, address: &str, readings: &[&str]) {
        let name = format!("{}　{}", if entry.kana.is_empty() { entry.name } else { entry.kana }, entry.short_name);
        let (first, second) = romaji::keys(cut(&name));
        let mut shadow = second;
        if shadow.key == first.key {
            shadow = fold::Marked::default();
        }
        for field in [first, shadow] {
            let at = self.romaji.len();
            self.romaji.push_str(&field.key);
            self.romaji_starts.extend(field.starts.iter().filter_map(|s| u16::try_from(at + usize::from(*s)).ok()));
            if let Some(after) = words::legal_reading(&field.key).filter(|n| *n < field.key.len()) {
                self.romaji_starts.extend(u16::try_from(at + after).ok());
            }
            self.romaji.push(FIELD);
        }
        let mut place = places::reading(address);
        place.push(' ');
        place.push_str(cut(entry.address));
        self.add_both(&[place.as_str()]);
        let mut all: Vec<&str> = entry.words.clone();
        all.extend(readings);
        self.add_both(&all);
    }

    /// Adds the first keys of these texts, and their second keys where they differ, as one field.
    fn add_both(&mut self, texts: &[&str]) {
        for text in texts {
            let first = romaji::key(text);
            if first.is_empty() {
                continue;
            }
            let second = romaji::flatten(&first);
            self.romaji.push_str(&first);
            self.romaji.push(' ');
            if second != first {
                self.romaji.push_str(&second);
                self.romaji.push(' ');
            }
        }
        self.romaji.push(FIELD);
    }
}

fn dedup(words: &mut Vec<&'static str>) {
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
