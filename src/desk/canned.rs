//! 定型文: texts that a desk writes again and again, each with a name of two letters and places to fill (`{病院}`). The
//! built-in ones stand in the locale; a desk changes them, takes them out and adds its own in one record.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

/// A text as the desk has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Canned {
    /// Its name: two small letters.
    pub name: String,
    /// What it is about, in a few words.
    pub title: String,
    /// The text; `{…}` in it are places to fill.
    pub text: String,
}

/// The names of the built-in texts, those that are wanted most first. Title and text are in the locale under
/// `canned-NAME` and `canned-NAME-text`. After the answers that the minutes of 2017-02-09 tell of.
pub const BUILT_IN: [&str; 14] = ["kk", "kb", "os", "ik", "kh", "qq", "md", "mt", "ts", "hk", "si", "or", "jt", "kj"];

/// The member that tells a record of texts from one of codes, and its value.
const LIST: (&str, &str) = ("list", "canned");

/// What a record says of one text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Own {
    title: String,
    text: String,
    removed: bool,
}

/// Whether this can be a name: two small letters, so that two keys after the sign put the text in.
pub fn is_name(name: &str) -> bool {
    name.len() == 2 && name.bytes().all(|b| b.is_ascii_lowercase())
}

/// The texts in force: the built-in ones in their order with what the desk's record changes, then its own by name.
/// What cannot be read changes nothing.
pub fn in_force(built_in: impl Iterator<Item = Canned>, record: Option<&Value>) -> Vec<Canned> {
    let mut own: BTreeMap<String, Own> = BTreeMap::new();
    let texts = record.and_then(|record| record.get("texts")).and_then(Value::as_object);
    for (name, value) in texts.into_iter().flatten().filter(|(name, _)| is_name(name)) {
        own.extend(Own::deserialize(value).ok().map(|value| (name.clone(), value)));
    }
    let mut texts = Vec::new();
    for text in built_in {
        match own.remove(&text.name) {
            None => texts.push(text),
            Some(own) if own.removed => {}
            Some(own) => texts.push(own.named(text.name)),
        }
    }
    let added = own.into_iter().filter(|(_, own)| !own.removed && !own.text.is_empty());
    texts.extend(added.map(|(name, own)| own.named(name)));
    texts
}

impl Own {
    fn named(self, name: String) -> Canned {
        Canned { name, title: self.title, text: self.text }
    }
}

/// The patch of the desk's record that keeps this text.
pub fn keep(text: &Canned) -> Value {
    json!({ LIST.0: LIST.1, "texts": { &text.name: { "title": text.title, "text": text.text, "removed": false } } })
}

/// The patch of the desk's record that takes a text out: a built-in one too.
pub fn remove(name: &str) -> Value {
    json!({ LIST.0: LIST.1, "texts": { name: { "title": null, "text": null, "removed": true } } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::patch;

    fn built_in() -> impl Iterator<Item = Canned> {
        ["kk", "os"].into_iter().map(|name| Canned { name: name.into(), title: name.into(), text: "文".into() })
    }

    fn names(texts: &[Canned]) -> Vec<(&str, &str)> {
        texts.iter().map(|text| (text.name.as_str(), text.text.as_str())).collect()
    }

    #[test]
    fn a_desk_changes_takes_out_and_adds() {
        assert_eq!(names(&in_force(built_in(), None)), [("kk", "文"), ("os", "文")]);
        let mut record = Value::Null;
        let own = |name: &str, text: &str| Canned { name: name.into(), title: "題".into(), text: text.into() };
        patch::apply(&mut record, &keep(&own("kk", "聞き方")));
        patch::apply(&mut record, &keep(&own("ab", "離島")));
        patch::apply(&mut record, &remove("os"));
        assert_eq!(names(&in_force(built_in(), Some(&record))), [("kk", "聞き方"), ("ab", "離島")]);
        // What was taken out comes back by being written again.
        patch::apply(&mut record, &keep(&own("os", "探す")));
        patch::apply(&mut record, &remove("ab"));
        assert_eq!(names(&in_force(built_in(), Some(&record))), [("kk", "聞き方"), ("os", "探す")]);
    }

    #[test]
    fn what_cannot_be_read_changes_nothing() {
        for record in [
            json!(null),
            json!({"list": "topic", "entries": {}}),
            json!({"texts": ["kk"]}),
            json!({"texts": {"kk": "文", "KK": {"text": "大"}, "k": {"text": "短"}, "zz": {"title": "空"}}}),
        ] {
            assert_eq!(names(&in_force(built_in(), Some(&record))), [("kk", "文"), ("os", "文")], "{record}");
        }
    }

    #[test]
    fn names_are_two_small_letters() {
        for (name, is) in [("kk", true), ("k1", false), ("KK", false), ("k", false), ("kkk", false), ("か", false)] {
            assert_eq!(is_name(name), is, "{name}");
        }
        assert!(BUILT_IN.iter().all(|name| is_name(name)));
        let single: std::collections::BTreeSet<_> = BUILT_IN.into_iter().collect();
        assert_eq!(single.len(), BUILT_IN.len());
    }
}
