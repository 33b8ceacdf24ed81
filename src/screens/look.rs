//! How things look: theme, language and keymap together, and the texts that several screens make of the same data.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use crate::desk::codebook::{Codebook, label_key, short_key};
use crate::keys::{Action, Context, Keymap};
use crate::locale::Locale;
use crate::widgets::held::Held;
use crate::widgets::theme::Theme;

/// What every view draws with.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// Styles by meaning.
    pub theme: &'a Theme,
    /// The sentences of the operator's language.
    pub locale: &'a Locale,
    /// The keymap in force, for hints.
    pub keymap: &'a Keymap,
    /// The contexts in which a key is looked up now, the nearest first.
    pub contexts: &'a [Context],
    /// The code lists in force.
    pub codebook: &'a Codebook,
    /// Today at the desk.
    pub today: NaiveDate,
    /// The frame before, where the next one is drawn over it.
    pub held: Option<&'a Held>,
}

impl<'a> Look<'a> {
    /// The sentence of this key.
    pub fn t(&self, key: &'a str) -> Cow<'a, str> {
        self.locale.t(key)
    }

    /// The key that leads to `action` here and now, as the screen shows it.
    pub fn key(&self, action: Action) -> Option<String> {
        self.keymap.keys_for(action, self.contexts)
    }

    /// The full label of a code; the code itself where there is none. Empty for an empty code.
    pub fn code(&self, list: &str, code: &str) -> String {
        if code.is_empty() {
            return String::new();
        }
        if let Some(own) = self.codebook.label(list, code) {
            return own.to_owned();
        }
        let key = label_key(list, code);
        if self.locale.has(&key) { self.locale.t(&key).into_owned() } else { code.to_owned() }
    }

    /// The short label of a code, for lists.
    pub fn short_code(&self, list: &str, code: &str) -> String {
        if let Some(own) = self.codebook.short(list, code) {
            return own.to_owned();
        }
        let key = short_key(list, code);
        if self.locale.has(&key) { self.locale.t(&key).into_owned() } else { self.code(list, code) }
    }

    /// The short labels of several codes, one after the other.
    pub fn short_codes<'c>(&self, list: &str, codes: impl IntoIterator<Item = &'c str>) -> String {
        codes.into_iter().map(|code| self.short_code(list, code)).collect::<Vec<_>>().join(" ")
    }

    /// A day as lists show it: without the year in this year, `12/05(土)`.
    pub fn day(&self, day: NaiveDate) -> String {
        let weekday = self.weekday(day);
        if day.year() == self.today.year() {
            format!("{}({weekday})", day.format("%m/%d"))
        } else {
            format!("{}({weekday})", day.format("%Y/%m/%d"))
        }
    }

    /// A day in a narrow column, ten cells at most: of another year without its weekday, `2025/12/05`.
    pub fn short_day(&self, day: NaiveDate) -> String {
        if day.year() == self.today.year() { self.day(day) } else { day.format("%Y/%m/%d").to_string() }
    }

    /// The short name of the day's weekday.
    pub fn weekday(&self, day: NaiveDate) -> Cow<'a, str> {
        let key = match day.weekday() {
            chrono::Weekday::Mon => "weekday-mon",
            chrono::Weekday::Tue => "weekday-tue",
            chrono::Weekday::Wed => "weekday-wed",
            chrono::Weekday::Thu => "weekday-thu",
            chrono::Weekday::Fri => "weekday-fri",
            chrono::Weekday::Sat => "weekday-sat",
            chrono::Weekday::Sun => "weekday-sun",
        };
        self.locale.t(key)
    }
}
