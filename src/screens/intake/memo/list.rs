//! The list that a sign opens at the caret: what can be chosen there, and what is written when it is. Knows no key and
//! draws nothing.

use chrono::{Datelike, NaiveDate};

use super::callers::{self, Caller};
use super::labels::{self, CodeLabel, Labels, word};
use super::tokens::{Day, Sign};
use crate::app::model::Model;
use crate::desk::canned::Canned;
use crate::desk::codebook;
use crate::desk::date;
use crate::desk::id::Id;
use crate::locale::Locale;
use crate::search::fold;
use crate::search::{Entry, Filter, Keys, Query};
use crate::widgets::list::ListState;

/// How many offices are shown.
const OFFICES: usize = 20;
/// Fewer digits than this behind a sign are a number in a sentence (`体温 >38`), not a telephone number.
const DIGITS: usize = 4;

/// What a choice does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Take {
    /// Its words say all: the text sets the fields.
    Words,
    /// This office goes on the slip.
    Office(Id),
    /// These fields of the slip are filled.
    Caller(Box<Caller>),
    /// This text comes in the place of the sign.
    Canned(String),
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What stands in it, and what is written behind the sign unless `words` says otherwise.
    pub label: String,
    /// What is told beside it: a telephone number, a key.
    pub beside: String,
    /// What is written behind the sign.
    pub words: String,
    /// What is done.
    pub take: Take,
}

/// An open list.
#[derive(Debug)]
pub struct Open {
    /// Its sign.
    pub sign: Sign,
    /// The byte of the memo at which the sign stands.
    pub at: usize,
    /// What can be chosen now.
    pub rows: Vec<Row>,
    /// Which row is chosen.
    pub state: ListState,
}

impl Open {
    /// The locale key of its title.
    pub const fn title(&self) -> &'static str {
        match self.sign {
            Sign::Caller => "memo-list-caller",
            Sign::Topic => "memo-list-topic",
            Sign::Office => "memo-list-office",
            Sign::Next => "memo-list-next",
            Sign::Meeting => "memo-list-meeting",
            Sign::Canned => "memo-list-canned",
        }
    }
}

/// What is looked at to make the rows.
pub struct Sources<'a> {
    /// The labels of the desk.
    pub labels: &'a Labels,
    /// The desk.
    pub model: &'a Model,
    /// The language in which a choice is written.
    pub locale: &'a Locale,
}

impl Sources<'_> {
    /// What can be chosen behind this sign after this was typed.
    pub fn rows(&self, sign: Sign, typed: &str) -> Vec<Row> {
        let digits = !typed.is_empty() && typed.chars().all(char::is_numeric);
        if digits && typed.chars().nth(DIGITS - 1).is_none() && matches!(sign, Sign::Office) {
            return Vec::new();
        }
        match sign {
            Sign::Topic => self.codes("topic", &self.labels.topics, typed),
            Sign::Office => self.offices(typed),
            Sign::Caller => {
                let mut rows = self.codes("caller-kind", &self.labels.kinds, typed);
                if !digits || typed.chars().nth(DIGITS - 1).is_some() {
                    rows.extend(callers::found(typed, self.model).into_iter().map(caller_row));
                }
                rows
            }
            Sign::Next => next_rows(typed, self.model.today(), self.locale),
            Sign::Meeting => self.meeting(typed),
            Sign::Canned => self.canned(typed),
        }
    }

    /// The texts that the desk has now.
    pub fn texts(&self) -> Vec<Canned> {
        self.model.canned_texts(self.locale)
    }

    fn codes(&self, list: &'static str, labels: &[CodeLabel], typed: &str) -> Vec<Row> {
        let filter = Filter::new(typed);
        let mut letters = typed.chars();
        let key = letters.next().filter(|_| letters.as_str().is_empty());
        let key = key.map(|c| fold::command_key(c).unwrap_or(c).to_ascii_lowercase());
        let today = self.model.today();
        let offered = labels.iter().filter(|of| {
            let valid = self.model.codebook.entry(list, &of.code).is_some_and(|entry| entry.valid_on(today));
            valid && (filter.matches(&of.keys) || (key.is_some() && of.key == key))
        });
        let mut rows: Vec<(bool, Row)> = offered
            .map(|of| {
                let label = self.short_label(list, &of.code);
                let beside = of.key.map(String::from).unwrap_or_default();
                let words = label.clone();
                (key.is_none() || of.key != key, Row { label, beside, words, take: Take::Words })
            })
            .collect();
        // The one key of a code chooses it here too.
        rows.sort_by_key(|(other, _)| *other);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn short_label(&self, list: &str, code: &str) -> String {
        let own = self.model.codebook.short(list, code);
        let keys = [codebook::short_key(list, code), codebook::label_key(list, code)];
        let built_in = || keys.iter().find(|key| self.locale.has(key)).map(|key| self.locale.t(key).into_owned());
        let label = own.map(str::to_owned).or_else(built_in).unwrap_or_else(|| code.to_owned());
        word(&label).into_owned()
    }

    fn offices(&self, typed: &str) -> Vec<Row> {
        let hits = self.model.index.search(&Query::new(typed), OFFICES);
        let offices = hits.into_iter().filter_map(|hit| Some((hit.id, self.model.offices.get(&hit.id)?)));
        let rows = offices.map(|(id, office)| Row {
            label: [&*word(&office.name), &office.department].join(" ").trim_end().to_owned(),
            beside: office.phone.clone(),
            words: word(&office.name).into_owned(),
            take: Take::Office(id),
        });
        rows.collect()
    }

    fn meeting(&self, typed: &str) -> Vec<Row> {
        let label = self.locale.t("memo-meeting").into_owned();
        let words = vec![labels::reading("meeting", "")];
        let keys = Keys::of(&Entry { name: &label, words, ..Entry::default() });
        if !Filter::new(typed).matches(&keys) {
            return Vec::new();
        }
        let beside = self.locale.t("memo-meeting-about").into_owned();
        vec![Row { words: label.clone(), label, beside, take: Take::Words }]
    }

    fn canned(&self, typed: &str) -> Vec<Row> {
        let filter = Filter::new(typed);
        let name: String = typed.chars().map(|c| fold::command_key(c).unwrap_or(c).to_ascii_lowercase()).collect();
        let fits = |text: &Canned| {
            let keys = Keys::of(&Entry { name: &text.title, words: vec![&text.text], ..Entry::default() });
            text.name.starts_with(&name) || filter.matches(&keys)
        };
        let texts = self.texts().into_iter().filter(fits).map(|text| Row {
            label: format!("{} {}", text.name, text.title),
            beside: text.text.lines().next().unwrap_or_default().to_owned(),
            words: String::new(),
            take: Take::Canned(text.text),
        });
        texts.collect()
    }
}

fn caller_row(caller: Caller) -> Row {
    let label = caller.label();
    Row { beside: caller.phone.clone(), words: label.clone(), label, take: Take::Caller(Box::new(caller)) }
}

/// `+7 返事を確認`: the day in any spelling that a due date has, then what is to be done. With nothing typed, the days that
/// are wanted most.
fn next_rows(typed: &str, today: NaiveDate, locale: &Locale) -> Vec<Row> {
    let row = |day: NaiveDate, action: &str, beside: String| {
        let words = [&readable(day, today, locale), action].join(" ").trim_end().to_owned();
        Row { label: words.clone(), beside, words, take: Take::Words }
    };
    if typed.trim().is_empty() {
        let wanted = ["tomorrow", "+7", "月末", "+1m"].into_iter(); // data, not a sentence
        let keys = ["memo-next-tomorrow", "memo-next-week", "memo-next-month-end", "memo-next-month"];
        let days = wanted.zip(keys).filter_map(|(told, key)| Some((date::parse_due(told, today).ok()?.date, key)));
        return days.map(|(day, key)| row(day, "", locale.t(key).into_owned())).collect();
    }
    // The shortest beginning that is a day: `来週 火` is one, and of `+7 5人に電話` only the first word.
    let blanks = typed.trim_start().char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let typed = typed.trim_start();
    for end in blanks.take(3).chain(Some(typed.len())) {
        let (Some(told), Some(action)) = (typed.get(..end), typed.get(end..)) else { continue };
        if let Ok(parsed) = date::parse_due(told, today) {
            let beside = locale.t("memo-next-about").into_owned();
            return vec![row(parsed.date, action.trim(), beside)];
        }
    }
    Vec::new()
}

/// A day as a memo names it: without the year where it is the coming one.
pub fn readable(date: NaiveDate, today: NaiveDate, locale: &Locale) -> String {
    let weekday = locale.t(match date.weekday() {
        chrono::Weekday::Mon => "weekday-mon",
        chrono::Weekday::Tue => "weekday-tue",
        chrono::Weekday::Wed => "weekday-wed",
        chrono::Weekday::Thu => "weekday-thu",
        chrono::Weekday::Fri => "weekday-fri",
        chrono::Weekday::Sat => "weekday-sat",
        chrono::Weekday::Sun => "weekday-sun",
    });
    let short = Day { year: None, month: date.month(), day: date.day(), weekday: None };
    let year = if short.coming(today) == Some(date) { String::new() } else { format!("{}/", date.year()) };
    format!("{year}{}/{}({weekday})", date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn a_day_in_any_spelling_is_written_so_that_it_can_be_read_again() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        for (lang, typed, written) in [
            (Lang::Ja, "+7 返事を確認", "11/29(日) 返事を確認"),
            (Lang::Ja, "＋７　返事を確認", "11/29(日) 返事を確認"),
            (Lang::Ja, "火", "11/24(火)"),
            (Lang::Ja, "来週 火 電話", "11/29(日) 火 電話"),
            (Lang::Ja, "来週火 電話", "11/24(火) 電話"),
            (Lang::Ja, "1/5 電話", "1/5(火) 電話"),
            (Lang::Ja, "R9.12.1 更新", "2027/12/1(水) 更新"),
            (Lang::Ja, "2026/11/1", "2026/11/1(日)"),
            (Lang::En, "+7 call", "11/29(Sun) call"),
        ] {
            let rows = next_rows(typed, today, &Locale::new(lang));
            let words: Vec<&str> = rows.iter().map(|row| row.words.as_str()).collect();
            assert_eq!(words, [written], "{typed}");
        }
        assert_eq!(next_rows("！", today, &Locale::new(Lang::Ja)), []);
        assert_eq!(next_rows("返事を確認", today, &Locale::new(Lang::Ja)), []);
        assert_eq!(next_rows("", today, &Locale::new(Lang::Ja)).len(), 4);
    }
}
