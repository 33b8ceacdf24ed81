//! What is typed in the directory, understood: names and words to find, and among them what an office can do, its kind, its
//! area, a day, now. A word that may be a name is looked for both ways; nothing is hidden because it was understood.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Timelike as _};

use crate::desk::codebook::{self, Codebook, label_key, short_key};
use crate::desk::office::{Answer, Office};
use crate::locale::{Lang, Locale};
use crate::search::{Index, Query, fold};

pub mod week;

use week::Week;

/// What was understood of one or two words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chip {
    /// What an office can do (list `capability`), and the answer that is wanted; `None`: it can, or it is to be asked.
    Able(String, Option<Answer>),
    /// The kind (list `office-kind`).
    Kind(String),
    /// The area or the city, as it was typed.
    Area(String),
    /// Open on this day, 0 being Monday.
    Day(usize),
    /// Open now.
    Now,
    /// Takes somebody just now, as told, until a day that has not passed.
    Accepting,
    /// In the evening or at night.
    Night,
    /// On Sundays and holidays.
    Holiday,
}

/// What was typed, as it is looked for.
pub struct Asked {
    /// What is looked for.
    pub query: Query,
    /// What was understood, in the order of the words.
    pub chips: Vec<Chip>,
}

/// The built-in words by their text keys and by the romaji of their readings, in both languages.
static WORDS: LazyLock<HashMap<String, Chip>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for locale in [Locale::new(Lang::Ja), Locale::new(Lang::En)] {
        for (list, chip) in [("capability", able as fn(&str) -> Chip), ("office-kind", kind)] {
            for code in codebook::list(list).into_iter().flat_map(|list| list.entries) {
                for key in [label_key(list, code.code), short_key(list, code.code)].iter().filter(|key| locale.has(key))
                {
                    put(&mut words, &locale.t(key), &chip(code.code));
                }
            }
        }
        put(&mut words, &locale.t("directory-word-now"), &Chip::Now);
        put(&mut words, &locale.t("directory-word-accepting"), &Chip::Accepting);
        put(&mut words, &locale.t("directory-word-night"), &Chip::Night);
        put(&mut words, &locale.t("directory-word-holiday"), &Chip::Holiday);
    }
    let days = ["げつよう", "かよう", "すいよう", "もくよう", "きんよう", "どよう", "にちよう"];
    let english = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    for (day, ((sign, reading), english)) in "月火水木金土日".chars().zip(days).zip(english).enumerate() {
        for word in
            [format!("{sign}曜"), format!("{sign}曜日"), reading.to_owned(), format!("{reading}び"), english.to_owned()]
        {
            put(&mut words, &word, &Chip::Day(day));
        }
    }
    words
});

fn able(code: &str) -> Chip {
    Chip::Able(code.to_owned(), None)
}

fn kind(code: &str) -> Chip {
    Chip::Kind(code.to_owned())
}

/// Adds a word under all keys that may be typed for it; the first that has a key keeps it: what an office can do comes first.
fn put(words: &mut HashMap<String, Chip>, word: &str, chip: &Chip) {
    let reading = crate::search::reading(word).unwrap_or(word);
    let kana = !reading.chars().any(fold::is_kanji);
    let romaji = if kana { fold::romaji::flatten(&fold::romaji::key(reading)) } else { String::new() };
    for key in [fold::text(word), fold::text(reading), romaji].into_iter().filter(|key| !key.is_empty()) {
        words.entry(key).or_insert_with(|| chip.clone());
    }
}

/// The keys under which a word stands: as text, and in romaji.
fn keys(word: &str) -> [String; 2] {
    let plain = !word.chars().any(fold::is_kanji) && word.chars().all(|c| c.is_alphabetic() || fold::is_kana(c));
    let romaji = if plain { fold::romaji::flatten(&fold::romaji::key(word)) } else { String::new() };
    // One or two letters are on the way to anything.
    [fold::text(word), if romaji.len() > 2 { romaji } else { String::new() }]
}

/// The keys of a word that was typed: kana are meant as they stand, with their long vowels.
fn typed_keys(word: &str) -> impl Iterator<Item = String> {
    let letters = fold::plain(word).chars().all(|c| c.is_ascii_alphabetic());
    keys(word).into_iter().take(if letters { 2 } else { 1 })
}

/// 可・不可・要相談, as they are typed.
fn answer(word: &str) -> Option<Answer> {
    match fold::text(word).as_str() {
        "可" | "可能" | "できる" | "○" | "〇" | "◯" | "ok" | "yes" => Some(Answer::Yes),
        "不可" | "できない" | "×" | "✕" | "no" => Some(Answer::No),
        "要相談" | "相談" | "△" | "ask" => Some(Answer::Ask),
        "未確認" | "不明" | "?" | "unknown" => Some(Answer::Unknown),
        _ => None,
    }
}

impl Asked {
    /// Understands what was typed: the words of the code lists in force, the areas and the weeks that the index knows.
    pub fn new(typed: &str, index: &Index, codebook: &Codebook, at: DateTime<FixedOffset>) -> Self {
        let own = own_words(codebook);
        let mut asked = Self { query: Query::parts(typed), chips: Vec::new() };
        let mut words = typed.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let known =
                |word: &str| typed_keys(word).find_map(|key| own.get(&key).or_else(|| WORDS.get(&key))).cloned();
            if let Some(Chip::Able(code, _)) = known(word) {
                if let Some(answer) = words.peek().and_then(|next| answer(next)) {
                    let next = words.next().unwrap_or_default();
                    asked.able(word, next, code, answer);
                } else {
                    let tags = [Answer::Yes, Answer::Ask].map(|answer| able_tag(&code, answer));
                    asked.understood(word, tags.to_vec(), Chip::Able(code, None));
                }
            } else if let Some((word, state, code, answer)) = joined(word, known) {
                asked.able(word, state, code, answer);
            } else if let Some(chip) = known(word) {
                let tags = tags_of(&chip, index, at);
                asked.understood(word, tags, chip);
            } else if let Some(tag) = typed_keys(word).map(|key| format!("area:{key}")).find(|tag| index.has_tag(tag)) {
                asked.understood(word, vec![tag], Chip::Area(word.to_owned()));
            } else {
                asked.query.word(word);
            }
        }
        asked
    }

    fn understood(&mut self, word: &str, tags: Vec<String>, chip: Chip) {
        self.query.word_or_tags(word, tags);
        self.chips.push(chip);
    }

    fn able(&mut self, word: &str, state: &str, code: String, answer: Answer) {
        if answer == Answer::Unknown {
            let told = [Answer::Yes, Answer::No, Answer::Ask].map(|answer| able_tag(&code, answer));
            self.query.pair_without_tags(word, state, told.to_vec());
        } else {
            self.query.pair_or_tags(word, state, vec![able_tag(&code, answer)]);
        }
        self.chips.push(Chip::Able(code, Some(answer)));
    }
}

/// 看取り可, typed as one word.
fn joined(word: &str, known: impl Fn(&str) -> Option<Chip>) -> Option<(&str, &str, String, Answer)> {
    let ends = word.char_indices().skip(1).map(|(at, _)| at);
    ends.filter_map(|at| word.split_at_checked(at)).find_map(|(word, state)| match (known(word)?, answer(state)?) {
        (Chip::Able(code, _), answer) => Some((word, state, code, answer)),
        _ => None,
    })
}

/// What a desk calls its codes itself.
fn own_words(codebook: &Codebook) -> HashMap<String, Chip> {
    let mut words = HashMap::new();
    for (list, chip) in [("capability", able as fn(&str) -> Chip), ("office-kind", kind)] {
        for entry in codebook.entries(list) {
            for label in entry.label.iter().chain(&entry.short) {
                put(&mut words, label, &chip(&entry.code));
            }
        }
    }
    words
}

/// The tags of the offices that a chip means.
fn tags_of(chip: &Chip, index: &Index, at: DateTime<FixedOffset>) -> Vec<String> {
    let today = at.weekday().num_days_from_monday() as usize;
    let minute = at.hour() * 60 + at.minute();
    let weeks = |open: &dyn Fn(&Week) -> bool| -> Vec<String> {
        index.tags().filter(|tag| Week::from_tag(tag).is_some_and(|week| open(&week))).map(str::to_owned).collect()
    };
    let can = |codes: &[&str]| -> Vec<String> {
        codes.iter().flat_map(|code| [Answer::Yes, Answer::Ask].map(|answer| able_tag(code, answer))).collect()
    };
    match chip {
        Chip::Kind(code) => vec![kind_tag(code)],
        Chip::Day(day) => weeks(&|week| week.on(*day)),
        Chip::Now => weeks(&|week| week.at(today, minute)),
        Chip::Accepting => {
            let today = at.date_naive();
            let until = |tag: &str| tag.strip_prefix(ACCEPTING)?.parse::<NaiveDate>().ok();
            index.tags().filter(|tag| until(tag).is_some_and(|until| today <= until)).map(str::to_owned).collect()
        }
        Chip::Night => [weeks(&Week::by_night), can(&["night-holiday", "round-clock"])].concat(),
        Chip::Holiday => [weeks(&|week| week.on(6)), can(&["night-holiday"])].concat(),
        Chip::Able(..) | Chip::Area(_) => Vec::new(),
    }
}

/// The tag of all offices of a kind.
pub fn kind_tag(code: &str) -> String {
    format!("kind:{code}")
}

/// What stands before the last day on which an office takes somebody.
const ACCEPTING: &str = "accepting:";

fn able_tag(code: &str, answer: Answer) -> String {
    let answer = match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Ask => "ask",
        Answer::Unknown => "unknown",
    };
    format!("able:{code}:{answer}")
}

/// The tags of an office: what the filters ask for.
pub fn tags(office: &Office) -> Vec<String> {
    let mut tags = Vec::new();
    if !office.kind.is_empty() {
        tags.push(kind_tag(&office.kind));
    }
    let told = office.capabilities.iter().filter(|(_, capability)| capability.answer != Answer::Unknown);
    tags.extend(told.map(|(code, capability)| able_tag(code, capability.answer)));
    tags.extend(Week::read(&office.hours).map(|week| week.tag()));
    tags.extend(
        office.accepting_until.filter(|until| office.accepts_on(*until)).map(|until| format!("{ACCEPTING}{until}")),
    );
    let city = crate::search::city(&office.address);
    let places = [(office.area.as_str(), ""), city];
    for (place, reading) in places.into_iter().chain(office.served().map(|place| (place, ""))) {
        for key in [place, reading, bare(place), bare_reading(reading)]
            .into_iter()
            .filter(|place| !place.is_empty())
            .flat_map(keys)
        {
            let tag = format!("area:{key}");
            if !key.is_empty() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
    }
    tags
}

/// The place without 市, 町 or 圏域: as people say it.
fn bare(place: &str) -> &str {
    let ends = ["圏域", "中学校区", "地区", "市", "町", "村", "区"];
    let bare = ends.iter().find_map(|end| place.strip_suffix(end)).unwrap_or_default();
    bare.rsplit('郡').next().unwrap_or(bare)
}

/// The same of a reading in katakana.
fn bare_reading(reading: &str) -> &str {
    ["シ", "チョウ", "マチ", "ムラ", "ソン", "ク"].iter().find_map(|end| reading.strip_suffix(end)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
