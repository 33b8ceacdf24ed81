//! What is typed in the directory, understood: names and words to find, and among them what an office can do, its kind, its
//! area, a day, now. A word that may be a name is looked for both ways; nothing is hidden because it was understood.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Timelike as _};

use crate::desk::codebook::{self, Codebook, label_key, short_key};
use crate::desk::date;
use crate::desk::office::{Answer, Office};
use crate::desk::suits;
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
    /// Open on this day in these weeks of a month, bit 0 being the first.
    Nth(usize, u8),
    /// Open before noon, or (`true`) after it, on this day or on any.
    Half(Option<usize>, bool),
    /// Open now.
    Now,
    /// Takes somebody just now, as told, until a day that has not passed.
    Accepting,
    /// In the evening or at night.
    Night,
    /// On Sundays and holidays.
    Holiday,
    /// On 祝日.
    PublicHoliday,
}

impl Chip {
    /// Whether it depends on the minute at which it is asked.
    pub const fn is_of_now(&self) -> bool {
        matches!(self, Self::Now | Self::Accepting)
    }

    /// The tags of the offices of which nobody knows whether it is so: told too little of their days.
    fn untold(&self, holiday: bool) -> Vec<String> {
        let tags: &[&str] = match self {
            Self::Day(_) | Self::Nth(..) | Self::Holiday => &[NO_WEEK],
            Self::Now if holiday => &[NO_WEEK, NO_HOURS, NO_HOLIDAYS],
            Self::Half(..) | Self::Now | Self::Night => &[NO_WEEK, NO_HOURS],
            Self::PublicHoliday => &[NO_WEEK, NO_HOLIDAYS],
            Self::Able(..) | Self::Kind(_) | Self::Area(_) | Self::Accepting => &[],
        };
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }
}

/// The tags of offices whose days, whose hours, and whose 祝日 are not told, or not so that they can be read.
const NO_WEEK: &str = "week:?";
const NO_HOURS: &str = "hours:?";
const NO_HOLIDAYS: &str = "holidays:?";

/// So many words has no label more.
const LONGEST: usize = 3;

/// What was typed, as it is looked for.
pub struct Asked {
    /// What is looked for.
    pub query: Query,
    /// The same, and beside it the offices of which it is not known; `None`: nothing was asked that may be unknown.
    pub or_unknown: Option<Query>,
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
        put(&mut words, &locale.t("directory-word-public-holiday"), &Chip::PublicHoliday);
        put(&mut words, &locale.t("directory-word-morning"), &Chip::Half(None, false));
        put(&mut words, &locale.t("directory-word-afternoon"), &Chip::Half(None, true));
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
        let mut asking =
            Asking { index, at, query: Query::parts(typed), or_unknown: Query::parts(typed), chips: Vec::new() };
        asking.all(typed, &|word| typed_keys(word).find_map(|key| own.get(&key).or_else(|| WORDS.get(&key))).cloned());
        let may_be_unknown = |chip: &Chip| {
            !matches!(chip, Chip::Kind(_) | Chip::Area(_) | Chip::Accepting | Chip::Able(_, Some(Answer::Unknown)))
        };
        let unknown = asking.chips.iter().any(may_be_unknown);
        Self { query: asking.query, or_unknown: unknown.then_some(asking.or_unknown), chips: asking.chips }
    }
}

/// What was understood so far.
struct Asking<'a> {
    index: &'a Index,
    at: DateTime<FixedOffset>,
    query: Query,
    or_unknown: Query,
    chips: Vec<Chip>,
}

impl Asking<'_> {
    fn all(&mut self, typed: &str, known: &dyn Fn(&str) -> Option<Chip>) {
        let words = phrases(typed, known);
        let mut words = words.iter().map(|word| &**word).peekable();
        let mut day = None;
        while let Some(word) = words.next() {
            let before = day.take();
            if let Some(Chip::Able(code, _)) = known(word) {
                if let Some(answer) = words.peek().and_then(|next| answer(next)) {
                    let next = words.next().unwrap_or_default();
                    self.able(word, next, code, answer);
                } else {
                    let can = [Answer::Yes, Answer::Ask].map(|answer| able_tag(&code, answer)).to_vec();
                    let not = std::iter::once(able_tag(&code, Answer::No)).chain(unsuited(&code)).collect();
                    self.or_unknown.word_without_tags(word, not, can.clone());
                    self.query.word_or_tags(word, can);
                    self.chips.push(Chip::Able(code, None));
                }
            } else if let Some((word, state, code, answer)) = joined(word, known) {
                self.able(word, state, code, answer);
            } else if let Some(chips) = day_of(word, known) {
                day = chips.iter().find_map(day_asked);
                self.understood(word, chips);
            } else if let Some(chip) = known(word) {
                // 土曜 午後 and 午後 土曜: the afternoon of that day.
                let next = words.peek().and_then(|next| known(next)).as_ref().and_then(day_asked);
                day = day_asked(&chip);
                let chip = if let Chip::Half(None, half) = chip { Chip::Half(before.or(next), half) } else { chip };
                self.understood(word, vec![chip]);
            } else if let Some(tag) =
                typed_keys(word).map(|key| format!("area:{key}")).find(|tag| self.index.has_tag(tag))
            {
                self.query.word_or_tags(word, vec![tag.clone()]);
                self.or_unknown.word_or_tags(word, vec![tag]);
                self.chips.push(Chip::Area(word.to_owned()));
            } else {
                self.query.word(word);
                self.or_unknown.word(word);
            }
        }
    }

    fn understood(&mut self, word: &str, chips: Vec<Chip>) {
        let holiday = date::holiday(self.at.date_naive()).is_some();
        let tags = tags_of(&chips, self.index, self.at);
        let untold = chips.iter().flat_map(|chip| chip.untold(holiday));
        self.or_unknown.word_or_tags(word, tags.iter().cloned().chain(untold).collect());
        self.query.word_or_tags(word, tags);
        self.chips.extend(chips);
    }

    fn able(&mut self, word: &str, state: &str, code: String, answer: Answer) {
        let told = [Answer::Yes, Answer::No, Answer::Ask];
        let others = told.into_iter().filter(|told| *told != answer).map(|answer| able_tag(&code, answer));
        let not: Vec<String> = others.chain(unsuited(&code)).collect();
        if answer == Answer::Unknown {
            self.query.pair_without_tags(word, state, not.clone(), Vec::new());
            self.or_unknown.pair_without_tags(word, state, not, Vec::new());
        } else {
            let said = vec![able_tag(&code, answer)];
            self.or_unknown.pair_without_tags(word, state, not, said.clone());
            self.query.pair_or_tags(word, state, said);
        }
        self.chips.push(Chip::Able(code, Some(answer)));
    }
}

/// The words that were typed; those of an English label of several words (`end of life`) stand together.
fn phrases<'t>(typed: &'t str, known: &dyn Fn(&str) -> Option<Chip>) -> Vec<Cow<'t, str>> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let (mut phrases, mut rest) = (Vec::new(), words.as_slice());
    while let Some((first, others)) = rest.split_first() {
        let several = (2..=LONGEST).rev().find_map(|count| {
            let phrase = rest.get(..count).filter(|words| words.iter().all(|word| word.is_ascii()))?.join(" ");
            known(&phrase).map(|_| (phrase, count))
        });
        let (phrase, count) = several.map_or((Cow::Borrowed(*first), 1), |(phrase, count)| (phrase.into(), count));
        phrases.push(phrase);
        rest = others.get(count - 1..).unwrap_or_default();
    }
    phrases
}

/// The day that a chip is about.
const fn day_asked(chip: &Chip) -> Option<usize> {
    match chip {
        Chip::Day(day) | Chip::Nth(day, _) => Some(*day),
        Chip::PublicHoliday => Some(week::HOLIDAY),
        Chip::Able(..)
        | Chip::Kind(_)
        | Chip::Area(_)
        | Chip::Half(..)
        | Chip::Now
        | Chip::Accepting
        | Chip::Night
        | Chip::Holiday => None,
    }
}

/// 第1・第3土曜, 土曜午後, 土午前: a day with its weeks or its half, typed as one word.
fn day_of(word: &str, known: &dyn Fn(&str) -> Option<Chip>) -> Option<Vec<Chip>> {
    let text = fold::plain(word);
    let (weeks, rest) = week::weeks(&text).unwrap_or((0, &text));
    let halves = [("午前", false), ("午後", true)];
    let half = halves.into_iter().find_map(|(half, is)| Some((rest.strip_suffix(half)?, is)));
    let day = half.map_or(rest, |(before, _)| before);
    let sign = || "月火水木金土日祝".chars().position(|sign| day.chars().eq([sign]));
    let day = known(day).as_ref().and_then(day_asked).or_else(sign)?;
    let nth = (weeks != 0).then_some(Chip::Nth(day, weeks));
    let half = half.map(|(_, half)| Chip::Half(Some(day), half));
    let chips: Vec<Chip> = nth.into_iter().chain(half).collect();
    (!chips.is_empty()).then_some(chips)
}

/// 看取り可, typed as one word.
fn joined<'w>(word: &'w str, known: &dyn Fn(&str) -> Option<Chip>) -> Option<(&'w str, &'w str, String, Answer)> {
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

/// The tags of the offices that these chips mean together, which were said in one word.
fn tags_of(chips: &[Chip], index: &Index, at: DateTime<FixedOffset>) -> Vec<String> {
    if let [chip] = chips
        && let Some(tags) = other_tags(chip, index, at)
    {
        return tags;
    }
    let open = |week: &Week| chips.iter().all(|chip| is_open(chip, week, at));
    index.tags().filter(|tag| Week::from_tag(tag).is_some_and(|week| open(&week))).map(str::to_owned).collect()
}

/// Whether an office with this week is open as it is asked.
fn is_open(chip: &Chip, week: &Week, at: DateTime<FixedOffset>) -> bool {
    match chip {
        Chip::Day(day) => week.on(*day),
        Chip::Nth(day, weeks) => (1..=5).filter(|nth| weeks & (1 << (nth - 1)) != 0).all(|nth| week.in_week(*day, nth)),
        Chip::Half(day, afternoon) => week.half(*day, *afternoon),
        Chip::Now => {
            let today = at.date_naive();
            let weekday = at.weekday().num_days_from_monday() as usize;
            let day = if date::holiday(today).is_some() { week::HOLIDAY } else { weekday };
            week.in_week(day, at.day0() / 7 + 1) && week.at(day, at.hour() * 60 + at.minute())
        }
        Chip::Night => week.by_night(),
        Chip::Holiday => week.on(6) || week.on(week::HOLIDAY),
        Chip::PublicHoliday => week.on(week::HOLIDAY),
        Chip::Able(..) | Chip::Kind(_) | Chip::Area(_) | Chip::Accepting => false,
    }
}

/// The tags of a chip that is not about the week alone.
fn other_tags(chip: &Chip, index: &Index, at: DateTime<FixedOffset>) -> Option<Vec<String>> {
    let weeks = || index.tags().filter(|tag| Week::from_tag(tag).is_some_and(|week| is_open(chip, &week, at)));
    let or_can = |codes: &[&str]| -> Vec<String> {
        let can = codes.iter().flat_map(|code| [Answer::Yes, Answer::Ask].map(|answer| able_tag(code, answer)));
        weeks().map(str::to_owned).chain(can).collect()
    };
    Some(match chip {
        Chip::Kind(code) => vec![kind_tag(code)],
        Chip::Accepting => {
            let today = at.date_naive();
            let until = |tag: &str| tag.strip_prefix(ACCEPTING)?.parse::<NaiveDate>().ok();
            index.tags().filter(|tag| until(tag).is_some_and(|until| today <= until)).map(str::to_owned).collect()
        }
        Chip::Night => or_can(&["night-holiday", "round-clock"]),
        Chip::Holiday | Chip::PublicHoliday => or_can(&["night-holiday"]),
        Chip::Able(..) | Chip::Area(_) | Chip::Day(_) | Chip::Nth(..) | Chip::Half(..) | Chip::Now => return None,
    })
}

/// The tag of all offices of a kind.
pub fn kind_tag(code: &str) -> String {
    format!("kind:{code}")
}

/// The tags of the kinds of office of which nobody would ask this: they are not unknown, they are something else.
fn unsuited(code: &str) -> impl Iterator<Item = String> {
    suits::unsuited_kinds(code).map(kind_tag)
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
    match Week::of(office) {
        Some(week) => {
            tags.push(week.tag());
            let lacking = [(week.lacks_hours(), NO_HOURS), (!week.tells_holidays(), NO_HOLIDAYS)];
            tags.extend(lacking.into_iter().filter(|(lacks, _)| *lacks).map(|(_, tag)| tag.to_owned()));
        }
        None => tags.push(NO_WEEK.to_owned()),
    }
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
