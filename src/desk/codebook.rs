//! 区分表: the code lists of the desk, built in and as changed by a desk. Knows no label text: the
//! locale has those of the built-in codes (`code-LIST-CODE`, short: `code-LIST-CODE-short`), a desk's own carry theirs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

pub use lists::LISTS;

mod lists;

/// A built-in code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code as stored and exported, such as `21` or `K`; ASCII letters, digits and hyphens.
    pub code: &'static str,
    /// What is typed for it: one digit or small letter, unique in its list.
    pub key: char,
    /// First day (year, month, day) on which it may be chosen.
    pub valid_from: Option<(i32, u32, u32)>,
    /// Last day on which it may be chosen. Later it is only shown where it was chosen before.
    pub valid_to: Option<(i32, u32, u32)>,
}

/// A built-in code list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeList {
    /// Its name, such as `caller-kind`; its title in the locale is `list-NAME`.
    pub name: &'static str,
    /// Whether a field may hold several codes of it (複数).
    pub multiple: bool,
    /// Its codes, in the order in which they are offered.
    pub entries: &'static [Code],
}

/// The built-in list of this name.
pub fn list(name: &str) -> Option<&'static CodeList> {
    LISTS.iter().find(|list| list.name == name)
}

/// The locale key of a built-in code's full label.
pub fn label_key(list: &str, code: &str) -> String {
    format!("code-{list}-{code}")
}

/// The locale key of a built-in code's short label; there is one only where the full label is long.
pub fn short_key(list: &str, code: &str) -> String {
    format!("code-{list}-{code}-short")
}

/// The caller kinds (list `caller-kind`) that count as citizens (市民): the person, the family, neighbours.
pub const CITIZENS: [&str; 3] = ["K", "F", "N"];

/// A code as the desk uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The code as stored.
    pub code: String,
    /// What is typed for it; `None` where every key of the list was taken: it is then chosen from the list.
    pub key: Option<char>,
    /// The desk's own text; `None`: that of the locale.
    pub label: Option<String>,
    /// The desk's own short text.
    pub short: Option<String>,
    /// First day on which it may be chosen.
    pub valid_from: Option<NaiveDate>,
    /// Last day on which it may be chosen.
    pub valid_to: Option<NaiveDate>,
}

impl Entry {
    /// Whether it may be chosen on this day.
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// What a codebook record says of one list; codes by name, so that two desks can both add.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Own {
    list: String,
    entries: BTreeMap<String, OwnEntry>,
}

/// A changed or an added code in a codebook record.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OwnEntry {
    label: Option<String>,
    short: Option<String>,
    key: Option<char>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

/// The code lists in force: the built-in ones with what the desk renamed, retired and added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    lists: BTreeMap<String, Vec<Entry>>,
}

impl Default for Codebook {
    fn default() -> Self {
        Self::from_records(&[])
    }
}

impl Codebook {
    /// The built-in lists merged with codebook records, each of the form
    /// `{"list": "topic", "entries": {"g": {"label": …, "short": …, "key": …, "valid_from": …, "valid_to": …}}}`.
    ///
    /// A record that cannot be read, or that names a list that does not exist, changes nothing: a wrong codebook must
    /// not keep the desk from its form. A code stays in its list for ever; a desk retires it by `valid_to`.
    pub fn from_records(records: &[Value]) -> Self {
        let mut lists: BTreeMap<String, Vec<Entry>> =
            LISTS.iter().map(|list| (list.name.to_owned(), list.entries.iter().map(built_in).collect())).collect();
        for own in records.iter().filter_map(|value| Own::deserialize(value).ok()) {
            if let Some(entries) = lists.get_mut(&own.list) {
                own.entries.into_iter().for_each(|(code, change)| merge(entries, code, change));
            }
        }
        Self { lists }
    }

    /// All codes of a list, retired ones too, in the order in which they are offered; empty for an unknown list.
    pub fn entries(&self, list: &str) -> &[Entry] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// The codes of a list that may be chosen on this day.
    pub fn offered(&self, list: &str, day: NaiveDate) -> impl Iterator<Item = &Entry> {
        self.entries(list).iter().filter(move |entry| entry.valid_on(day))
    }

    /// One code of a list, retired or not.
    pub fn entry(&self, list: &str, code: &str) -> Option<&Entry> {
        self.entries(list).iter().find(|entry| entry.code == code)
    }

    /// What typing `key` chooses on this day. `key` is a digit or a letter in any case; an IME's output is folded before.
    pub fn by_key(&self, list: &str, key: char, day: NaiveDate) -> Option<&Entry> {
        let key = key.to_ascii_lowercase();
        self.offered(list, day).find(|entry| entry.key == Some(key))
    }

    /// The desk's own text for a code; `None`: the locale's ([`label_key`]).
    pub fn label(&self, list: &str, code: &str) -> Option<&str> {
        self.entry(list, code)?.label.as_deref()
    }

    /// The desk's own short text for a code: its short label, else its label; `None`: the locale's.
    pub fn short(&self, list: &str, code: &str) -> Option<&str> {
        let entry = self.entry(list, code)?;
        entry.short.as_deref().or(entry.label.as_deref())
    }

    /// Whether a field may hold several codes of this list.
    pub fn multiple(list_name: &str) -> bool {
        list(list_name).is_some_and(|list| list.multiple)
    }
}

fn built_in(code: &Code) -> Entry {
    let day = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day);
    Entry {
        code: code.code.to_owned(),
        key: Some(code.key),
        label: None,
        short: None,
        valid_from: code.valid_from.and_then(day),
        valid_to: code.valid_to.and_then(day),
    }
}

fn merge(entries: &mut Vec<Entry>, code: String, change: OwnEntry) {
    let text = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
    let (label, short) = (text(change.label), text(change.short));
    if let Some(entry) = entries.iter_mut().find(|entry| entry.code == code) {
        entry.label = label.or(entry.label.take());
        entry.short = short.or(entry.short.take());
        entry.valid_from = change.valid_from.or(entry.valid_from);
        entry.valid_to = change.valid_to.or(entry.valid_to);
        return;
    }
    // A new code without a text could not be shown to anybody.
    let Some(label) = label else { return };
    let taken: Vec<char> = entries.iter().filter_map(|entry| entry.key).collect();
    let wanted = change.key.map(|key| key.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric);
    let key = wanted.into_iter().chain('1'..='9').chain('a'..='z').find(|key| !taken.contains(key));
    entries.push(Entry {
        code,
        key,
        label: Some(label),
        short,
        valid_from: change.valid_from,
        valid_to: change.valid_to,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeSet;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn names_codes_and_keys_are_unique_and_plain() {
        let names: BTreeSet<_> = LISTS.iter().map(|list| list.name).collect();
        assert_eq!(names.len(), LISTS.len());
        for list in LISTS {
            let codes: BTreeSet<_> = list.entries.iter().map(|e| e.code).collect();
            let keys: BTreeSet<_> = list.entries.iter().map(|e| e.key).collect();
            assert_eq!(codes.len(), list.entries.len(), "{}", list.name);
            assert_eq!(keys.len(), list.entries.len(), "{}", list.name);
            assert!(keys.iter().all(|k| k.is_ascii_digit() || k.is_ascii_lowercase()), "{}", list.name);
            assert!(codes.iter().all(|c| c.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')), "{}", list.name);
        }
    }

    #[test]
    fn every_status_is_a_code() {
        use super::super::case::Status;
        let codes: Vec<_> = list("status").unwrap().entries.iter().map(|e| e.code).collect();
        assert_eq!(codes, Status::ALL.map(Status::name));
    }

    #[test]
    fn one_key_chooses_what_a_clerk_expects() {
        let book = Codebook::default();
        let today = day(2026, 11, 22);
        for (list, key, code) in [
            ("care-level", '3', "23"),
            ("care-level", '6', "12"),
            ("care-level", '0', "00"),
            ("caller-kind", 'K', "K"),
            ("caller-kind", 'k', "K"),
            ("topic", 'g', "g"),
            ("mobility", '6', "b1"),
            ("dementia", '4', "2b"),
            ("eight-items", '5', "5"),
        ] {
            assert_eq!(book.by_key(list, key, today).map(|e| e.code.as_str()), Some(code), "{list} {key}");
        }
        assert_eq!(book.by_key("care-level", 'c', today), None, "a retired code is not offered");
        assert!(book.entry("care-level", "11").is_some(), "but it is known");
        assert_eq!(book.by_key("topic", '９', today), None);
        assert_eq!(book.entries("no-such-list"), &[]);
    }

    #[test]
    fn a_desk_renames_retires_and_adds() {
        let book = Codebook::from_records(&[
            json!({"list": "topic", "entries": {
                "g": {"label": "在宅の暮らし", "short": ""},
                "t": {"valid_to": "2026-03-31"},
                "own-1": {"label": "離島の相談", "key": "g", "valid_from": "2026-04-01"},
                "own-2": {"short": "名前なし"},
            }}),
            json!({"list": "no-such-list", "entries": {"x": {"label": "x"}}}),
            json!({"list": "topic", "entries": ["not", "a", "map"]}),
            json!("not a record"),
        ]);
        assert_eq!(book.label("topic", "g"), Some("在宅の暮らし"));
        assert_eq!(book.short("topic", "g"), Some("在宅の暮らし"));
        assert_eq!(book.label("topic", "h"), None);
        let today = day(2026, 11, 22);
        assert_eq!(book.by_key("topic", 't', today), None);
        assert_eq!(book.by_key("topic", 't', day(2026, 3, 31)).map(|e| e.code.as_str()), Some("t"));
        let own = book.entry("topic", "own-1").unwrap();
        assert_eq!(own.key, Some('1'), "a taken key is not given twice");
        assert!(!own.valid_on(day(2026, 3, 31)));
        assert!(book.entry("topic", "own-2").is_none(), "a code without a text cannot be shown");
        assert!(Codebook::multiple("topic"));
        assert!(!Codebook::multiple("scene"));
    }
}
