//! What was typed, as keys: every term is turned into all the keys that it may stand for. Knows no buffer.

use memchr::memmem::Finder;

use super::fold::{self, romaji};
use super::keys::Keys;
use super::places;
use crate::desk::phone;

/// The keys in which a needle is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Romaji,
    /// The query has no long vowels left: a hit is a weaker one.
    FlatRomaji,
    Digits,
}

/// One key of a term.
pub(super) struct Needle {
    pub place: Place,
    pub finder: Finder<'static>,
}

/// One word of the query: found where any of its needles is.
pub(super) struct Term {
    pub needles: Vec<Needle>,
    /// The term's text key, for the second pass.
    pub key: String,
}

/// One of the things that the words of a group may mean as text: all of its terms must be there.
pub(super) struct Meaning {
    pub terms: Vec<Term>,
    /// Whether they count in names and readings only.
    pub in_names: bool,
}

/// Words that belong together: a record must have what any of the meanings asks for, or any of the tags.
#[derive(Default)]
pub(super) struct Group {
    pub meanings: Vec<Meaning>,
    pub tags: Vec<String>,
    /// It is the records without any of the tags that are meant.
    pub without: bool,
    /// Tags that a record may have instead, whatever else it has.
    pub unless: Vec<String>,
}

impl Group {
    fn of(words: &str) -> Self {
        let terms: Vec<Term> = words.split_whitespace().filter_map(Term::new).collect();
        let meanings = if terms.is_empty() { Vec::new() } else { vec![Meaning { terms, in_names: false }] };
        Self { meanings, ..Self::default() }
    }

    /// Its one word, where it is nothing else.
    pub fn only_term(&self) -> Option<&Term> {
        let plain = self.tags.is_empty() && self.meanings.len() == 1;
        let meaning = self.meanings.first().filter(|meaning| plain && !meaning.in_names)?;
        if let [term] = meaning.terms.as_slice() { Some(term) } else { None }
    }

    fn is_empty(&self) -> bool {
        self.meanings.is_empty() && self.tags.is_empty()
    }
}

/// What was typed, ready to be looked for. Words are parted by spaces of any width; a record must have all of them.
pub struct Query {
    pub(super) raw: String,
    pub(super) groups: Vec<Group>,
}

impl Query {
    /// Turns what was typed into keys. Text that holds nothing to look for finds everything.
    pub fn new(typed: &str) -> Self {
        let mut query = Self { raw: typed.trim().to_owned(), groups: Vec::new() };
        for word in typed.split_whitespace() {
            query.add(Group::of(word));
        }
        query
    }

    /// A query without words, to which they are added; `typed` is how a name must begin to stand first.
    pub fn parts(typed: &str) -> Self {
        Self { raw: typed.trim().to_owned(), groups: Vec::new() }
    }

    /// Adds a word that a record must have.
    pub fn word(&mut self, word: &str) {
        self.add(Group::of(word));
    }

    /// Adds a word that may also be read as any of these tags: a record must have the one or the other.
    pub fn word_or_tags(&mut self, word: &str, tags: Vec<String>) {
        self.add(Group { tags, ..Group::of(word) });
    }

    /// Adds two words that together may be read as any of these tags, or stand beside each other in any text, or both in a name.
    pub fn pair_or_tags(&mut self, first: &str, second: &str, tags: Vec<String>) {
        let mut group = Group { tags, ..Group::default() };
        // A sign alone (○) makes no text of its own: the first word would be all that is left.
        if second.contains(char::is_alphabetic) {
            group.meanings.extend(Group::of(&format!("{first}{second}")).meanings);
        }
        let both = Group::of(&format!("{first} {second}")).meanings.into_iter();
        group.meanings.extend(both.map(|meaning| Meaning { in_names: true, ..meaning }));
        self.add(group);
    }

    /// The same, where the two words may be read as having none of these tags, or else one of `unless`.
    pub fn pair_without_tags(&mut self, first: &str, second: &str, tags: Vec<String>, unless: Vec<String>) {
        self.pair_or_tags(first, second, tags);
        if let Some(group) = self.groups.last_mut() {
            (group.without, group.unless) = (true, unless);
        }
    }

    /// Adds a word that may also be read as having none of these tags, or else one of `unless`.
    pub fn word_without_tags(&mut self, word: &str, tags: Vec<String>, unless: Vec<String>) {
        self.add(Group { tags, without: true, unless, ..Group::of(word) });
    }

    /// Adds that a record must have any of these tags.
    pub fn tags(&mut self, tags: Vec<String>) {
        self.groups.push(Group { tags, ..Group::default() });
    }

    fn add(&mut self, group: Group) {
        if !group.is_empty() {
            self.groups.push(group);
        }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether it has words only.
    pub(super) fn is_plain(&self) -> bool {
        self.groups.iter().all(|group| group.tags.is_empty() && !group.meanings.is_empty())
    }

    /// All words.
    pub(super) fn terms(&self) -> impl Iterator<Item = &Term> {
        self.groups.iter().flat_map(|group| &group.meanings).flat_map(|meaning| &meaning.terms)
    }

    /// The number of kanji in the query.
    pub(super) fn kanji(&self) -> usize {
        self.raw.chars().filter(|c| fold::is_kanji(*c)).count()
    }
}

impl Term {
    fn new(typed: &str) -> Option<Self> {
        // A word cut out of the middle of another can begin with a long-vowel mark or a small vowel, which no word does.
        let typed = typed.trim_start_matches(['ー', 'ｰ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ']);
        let key = fold::text(typed);
        let mut needles = Vec::new();
        let number = is_number(typed);
        for text in text_keys(typed) {
            add(&mut needles, Place::Text, &text);
        }
        if number {
            add(&mut needles, Place::Digits, &phone::digits(typed));
        } else if !typed.chars().any(fold::is_kanji) {
            add_romaji(&mut needles, typed);
        }
        (!needles.is_empty()).then_some(Self { needles, key })
    }
}

fn add(needles: &mut Vec<Needle>, place: Place, key: &str) {
    let known = needles.iter().any(|n| n.place == place && n.finder.needle() == key.as_bytes());
    if !key.is_empty() && !known {
        needles.push(Needle { place, finder: Finder::new(key).into_owned() });
    }
}

fn add_romaji(needles: &mut Vec<Needle>, typed: &str) {
    let first = romaji::key(typed);
    // What holds other characters too (digits, marks) cannot be in a key of letters alone.
    if first.is_empty() || first.contains(' ') || typed.chars().any(char::is_numeric) {
        return;
    }
    let mut keys = vec![first.clone()];
    // One letter finds nearly everything anyway; from the second on it must find what is being typed.
    if first.len() > 1 && typed.ends_with(|c: char| c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c)) {
        keys.extend(romaji::heading_for(&first));
    }
    for key in keys {
        let flat = romaji::flatten(&key);
        add(needles, Place::Romaji, &key);
        if flat != key {
            add(needles, Place::FlatRomaji, &flat);
        }
    }
    for key in romaji::without_long_h(&first) {
        add(needles, Place::FlatRomaji, &romaji::flatten(&key));
    }
}

/// Whether the term is a number as phones and house numbers are written: digits with hyphens, brackets or a plus.
fn is_number(typed: &str) -> bool {
    let key = fold::text(typed);
    key.contains(|c: char| c.is_ascii_digit())
        && key.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '(' | ')' | '+'))
}

/// The text keys of a term that may be cut out of a longer word: what stands before it or comes next changes how it is read.
fn text_keys(typed: &str) -> Vec<String> {
    let mut keys = end_keys(typed);
    // ヶ丘, 之谷: read が and の after whatever kanji stands before them.
    let mut letters = typed.chars();
    let read = letters.next().and_then(fold::begins_between);
    if let Some(read) = read.filter(|_| letters.as_str().starts_with(fold::is_kanji)) {
        keys.extend(end_keys(&format!("{read}{}", letters.as_str())));
    }
    // Addresses are kept without 大字, and many without their prefecture.
    if let Some(key) = keys.first().map(|key| fold::address(key)).filter(|key| !key.is_empty()) {
        keys.push(places::without_prefecture(&key).to_owned());
    }
    keys
}

/// The text keys of a term that may be half-typed.
fn end_keys(typed: &str) -> Vec<String> {
    let mut keys = vec![fold::text(typed), fold::without_numbers(typed)];
    let mut letters = typed.chars();
    let Some(last) = letters.next_back() else { return keys };
    let head = letters.as_str();
    // 旭ケ, 西之: read が and の as soon as a kanji follows.
    if let Some(read) = fold::between(last, fold::text(head).chars().next_back()) {
        keys.push(fold::text(&format!("{head}{read}")));
    }
    // ヴ: no kana of its own yet, until its vowel follows.
    if last == 'ヴ' {
        keys.push(fold::text(head));
    }
    // 一, 1丁 or 一－: on the way to 一丁目 and to 1-3.
    let hyphen = fold::text(&format!("0{last}")).ends_with('-');
    let number = if last == '丁' || hyphen { head } else { typed };
    let (before, numerals) = split_numerals(number);
    if let Some(value) = fold::numerals(numerals.chars()) {
        keys.push(fold::text(&format!("{before}{value}{}", if hyphen { "-" } else { "" })));
    } else if last == '丁' && head.ends_with(char::is_numeric) {
        keys.push(fold::text(head));
    }
    keys
}

/// The term parted before the kanji numerals at its end.
fn split_numerals(typed: &str) -> (&str, &str) {
    let head = typed.trim_end_matches(|c: char| fold::numerals(std::iter::once(c)).is_some());
    typed.split_at_checked(head.len()).unwrap_or((typed, ""))
}

/// Narrows a list that is in hand: whether a record's keys hold every word of what was typed.
pub struct Filter {
    query: Query,
}

impl Filter {
    /// A filter by what was typed; empty text lets everything through.
    pub fn new(typed: &str) -> Self {
        Self { query: Query::new(typed) }
    }

    /// Whether the filter lets everything through.
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
    }

    /// Whether the record with these keys passes.
    pub fn matches(&self, keys: &Keys) -> bool {
        self.query.terms().all(|term| {
            term.needles.iter().any(|needle| {
                let [_, names, readings, address, notes, digits] = keys.parts();
                let all: &[&String] = match needle.place {
                    Place::Text => &[names, address, notes],
                    Place::Romaji | Place::FlatRomaji => &[readings, address, notes],
                    Place::Digits => &[digits],
                };
                all.iter().any(|key| needle.finder.find(key.as_bytes()).is_some())
            })
        })
    }
}
