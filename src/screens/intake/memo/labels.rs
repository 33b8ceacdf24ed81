//! The labels that a memo's signs may be followed by: the code lists in both languages, the names of the directory, and
//! what the slip itself names. Made once for each state of the desk, so that a key in the memo costs no search.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;
use std::hash::{BuildHasher, RandomState};

use super::tokens::{Known, ends, longest};
use crate::app::model::Model;
use crate::desk::codebook::{Codebook, label_key, short_key};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::locale::{Lang, Locale};
use crate::screens::form::field::Target;
use crate::screens::form::values::Values;
use crate::search::fold;
use crate::search::{Entry, Keys};

/// A code with everything that it is called.
#[derive(Debug)]
pub struct CodeLabel {
    /// The code.
    pub code: String,
    /// The key that chooses it in its field.
    pub key: Option<char>,
    /// Its labels, long and short, in both languages: a memo outlives a change of language.
    pub labels: Vec<String>,
    /// What it is found by.
    pub keys: Keys,
}

/// Which office bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bearer {
    One(Id),
    /// The name alone does not say which.
    Several,
}

/// All labels of the desk.
#[derive(Debug, Default)]
pub struct Labels {
    /// The states of code lists and directory that they were made from.
    made_from: Option<(u64, u64)>,
    /// 相談内容区分.
    pub topics: Vec<CodeLabel>,
    /// 相談者区分.
    pub kinds: Vec<CodeLabel>,
    meeting: Vec<String>,
    hasher: RandomState,
    /// By the hash of the name: the names themselves are in the directory.
    offices: HashMap<u64, Bearer>,
    /// The bytes of the longest name.
    longest: usize,
}

impl Labels {
    /// Makes them anew where the code lists or the directory have changed.
    pub fn refresh(&mut self, model: &Model) {
        let now = state(model);
        let before = self.made_from.replace(now);
        if before.map(|(codes, _)| codes) != Some(now.0) {
            let locales = [Locale::new(Lang::Ja), Locale::new(Lang::En)];
            self.topics = code_labels(&model.codebook, "topic", &locales);
            self.kinds = code_labels(&model.codebook, "caller-kind", &locales);
            self.meeting = locales.iter().map(|locale| locale.t("memo-meeting").into_owned()).collect();
        }
        if before.map(|(_, offices)| offices) != Some(now.1) {
            self.read_names(model.offices.iter().map(|(id, office)| (id, &**office)));
        }
    }

    fn read_names<'m>(&mut self, offices: impl IntoIterator<Item = (&'m Id, &'m Office)>) {
        self.offices.clear();
        self.longest = 0;
        for (id, office) in offices.into_iter().filter(|(_, office)| !office.removed && !office.name.is_empty()) {
            let name = word(&office.name);
            self.longest = self.longest.max(name.len());
            match self.offices.entry(self.hasher.hash_one(&*name)) {
                Place::Vacant(place) => _ = place.insert(Bearer::One(*id)),
                Place::Occupied(mut place) => _ = place.insert(Bearer::Several),
            }
        }
    }

    /// The one office of this name.
    pub fn office<'m>(&self, name: &str, model: &'m Model) -> Option<(Id, &'m Office)> {
        let Some(Bearer::One(id)) = self.offices.get(&self.hasher.hash_one(name)).copied() else { return None };
        let office = model.offices.get(&id)?;
        (*word(&office.name) == *name).then_some((id, office))
    }
}

/// The states of code lists and directory. While the directory is still arriving it is one state: a desk of many offices
/// would be read again at each part.
pub const fn state(model: &Model) -> (u64, u64) {
    (model.codebook_version, if model.complete { model.offices_version } else { u64::MAX })
}

/// A name as it stands in a memo: text that enters a field is normalised, and a label is one line.
pub fn word(name: &str) -> std::borrow::Cow<'_, str> {
    let plain = |c: char| {
        c.is_ascii_graphic()
            || c == ' '
            || matches!(c, '\u{3000}'..='\u{3098}' | '\u{309B}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}')
    };
    if name.chars().all(plain) && name.trim().len() == name.len() {
        return name.into();
    }
    fold::one_line(name).into()
}

/// How a memo names a person of an office.
pub fn caller_label(office: &str, name: &str) -> String {
    [word(office), word(name)].join(" ").trim().to_owned()
}

fn code_labels(codebook: &Codebook, list: &str, locales: &[Locale]) -> Vec<CodeLabel> {
    let entries = codebook.entries(list).iter().map(|entry| {
        let own = [codebook.label(list, &entry.code), codebook.short(list, &entry.code)];
        let mut labels: Vec<String> = own.into_iter().flatten().map(|label| word(label).into_owned()).collect();
        for key in [label_key(list, &entry.code), short_key(list, &entry.code)] {
            labels.extend(locales.iter().filter(|locale| locale.has(&key)).map(|locale| locale.t(&key).into_owned()));
        }
        let read = reading(list, &entry.code);
        let words: Vec<&str> = labels.iter().map(String::as_str).chain(Some(read)).collect();
        let keys = Keys::of(&Entry { words: words.clone(), ..Entry::default() });
        CodeLabel { code: entry.code.clone(), key: entry.key, labels, keys }
    });
    entries.collect()
}

/// How the words of built-in labels are read that the search's own list of words does not know: list, code, reading.
const READINGS: &str = include_str!("readings.tsv");

/// The reading of a code's labels; of the word for the meeting with the list `meeting` and no code.
pub fn reading(list: &str, code: &str) -> &'static str {
    let rows = READINGS.lines().filter_map(|line| line.strip_prefix(list)?.strip_prefix('\t')?.split_once('\t'));
    rows.filter(|(of, _)| *of == code).map(|(_, reading)| reading).next().unwrap_or_default()
}

/// What is known while a memo of this slip is read.
pub struct Lexicon<'a> {
    /// The labels of the desk.
    pub labels: &'a Labels,
    /// The desk.
    pub model: &'a Model,
    /// The slip.
    pub slip: &'a Values,
}

impl Lexicon<'_> {
    fn code(labels: &[CodeLabel], rest: &str) -> Option<(usize, String)> {
        let all = labels.iter().flat_map(|of| of.labels.iter().map(|label| (label.as_str(), &of.code)));
        longest(rest, all).map(|(len, code)| (len, code.clone()))
    }

    /// The offices that stand on the slip, by their names.
    pub fn given(&self) -> impl Iterator<Item = &str> {
        let offices = self.slip.get(Target::Contact, "offices").and_then(serde_json::Value::as_object);
        offices.into_iter().flatten().filter_map(|(_, office)| office.get("name")?.as_str())
    }

    /// The caller as the slip has it: office and name.
    fn on_slip(&self) -> (&str, &str) {
        (self.slip.text(Target::Contact, "caller_office"), self.slip.text(Target::Contact, "caller_name"))
    }
}

impl Known for Lexicon<'_> {
    fn kind(&self, rest: &str) -> Option<(usize, String)> {
        Self::code(&self.labels.kinds, rest)
    }

    fn topic(&self, rest: &str) -> Option<(usize, String)> {
        Self::code(&self.labels.topics, rest)
    }

    fn office(&self, rest: &str) -> Option<usize> {
        // What was chosen stands on the slip: its name is known even where two offices bear it, or none any more.
        let given: Vec<String> = self.given().map(|name| word(name).into_owned()).collect();
        let given = longest(rest, given.iter().map(|name| (name.as_str(), ()))).map(|(len, ())| len);
        let listed = ends(rest, self.labels.longest).find(|len| rest.get(..*len).is_some_and(|name| self.lists(name)));
        given.max(listed)
    }

    fn caller(&self, rest: &str) -> Option<(usize, String, String)> {
        let (office, name) = self.on_slip();
        let (office, name) = (word(office), word(name));
        let both = caller_label(&office, &name);
        let slip = [(&*both, (&*office, &*name)), (&*office, (&*office, "")), (&*name, ("", &*name))];
        let slip = longest(rest, slip.into_iter());
        let slip = slip.map(|(len, (office, name))| (len, office.to_owned(), name.to_owned()));
        [slip, self.listed_caller(rest)].into_iter().flatten().max_by_key(|(len, ..)| *len)
    }

    fn meeting(&self, rest: &str) -> Option<usize> {
        longest(rest, self.labels.meeting.iter().map(|label| (label.as_str(), ()))).map(|(len, ())| len)
    }
}

impl Lexicon<'_> {
    fn lists(&self, name: &str) -> bool {
        self.labels.office(name, self.model).is_some()
    }

    /// An office of the directory, and the person there whose name follows.
    fn listed_caller(&self, rest: &str) -> Option<(usize, String, String)> {
        ends(rest, self.labels.longest).find_map(|len| {
            let office = rest.get(..len)?;
            let (_, found) = self.labels.office(office, self.model)?;
            let blank = rest.get(len..).and_then(|tail| tail.strip_prefix(' '));
            let staff: Vec<String> = found.present_staff().iter().map(|(_, s)| word(&s.name).into_owned()).collect();
            let person = blank.and_then(|tail| longest(tail, staff.iter().map(|name| (name.as_str(), name))));
            Some(match person {
                Some((name_len, name)) => (len + 1 + name_len, office.to_owned(), name.clone()),
                None => (len, office.to_owned(), String::new()),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::search::Filter;

    fn of(list: &str) -> Vec<CodeLabel> {
        code_labels(&Codebook::default(), list, &[Locale::new(Lang::Ja), Locale::new(Lang::En)])
    }

    #[test]
    fn no_label_stands_for_two_codes() {
        for list in ["topic", "caller-kind"] {
            let mut seen = BTreeSet::new();
            for code in of(list) {
                let own: BTreeSet<_> = code.labels.into_iter().collect();
                for label in own {
                    assert!(!label.contains('\n') && seen.insert(label.clone()), "{list}: {label} stands twice");
                }
            }
        }
    }

    #[test]
    fn codes_are_found_in_romaji_kana_and_kanji() {
        let topics = of("topic");
        for (typed, code) in [
            ("mitori", "h"),
            ("みとり", "h"),
            ("看取", "h"),
            ("oushin", "a"),
            ("おうしん", "a"),
            ("ikensho", "c"),
            ("iken", "c"),
            ("kikikata", "d"),
            ("taiin", "e"),
            ("てんいん", "e"),
            ("kyuukyuu", "i"),
            ("ninchi", "j"),
            ("kyohi", "k"),
            ("kujou", "t"),
            ("sonota", "z"),
            ("refuses", "k"),
        ] {
            let filter = Filter::new(typed);
            let found: Vec<&str> = topics.iter().filter(|t| filter.matches(&t.keys)).map(|t| t.code.as_str()).collect();
            assert!(found.contains(&code), "{typed}: {found:?}");
        }
        let kinds = of("caller-kind");
        for (typed, code) in [("keamane", "1"), ("けあまね", "1"), ("houkatsu", "2"), ("kazoku", "F"), ("gyousei", "A")]
        {
            let filter = Filter::new(typed);
            assert!(kinds.iter().any(|k| k.code == code && filter.matches(&k.keys)), "{typed}");
        }
    }

    #[test]
    fn a_name_is_written_as_a_field_holds_it() {
        for (name, written) in [
            ("架空病院", "架空病院"),
            ("法人　架空病院", "法人　架空病院"),
            ("ｶﾞｸｳ病院", "ガクウ病院"),
            (" 架空\t病院\n", "架空 病院"),
            ("架空①㈱", "架空①㈱"),
        ] {
            assert_eq!(word(name), written, "{name}");
        }
    }
}
