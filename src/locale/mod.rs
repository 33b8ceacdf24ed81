//! Every sentence that a person reads, in Japanese and English (Project Fluent). Knows no screen.
//!
//! One `.ftl` file an area, the same names and keys in `ja/` and `en/`; the tests compare them.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::langid;

use crate::desk::say::Say;

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Lang {
    /// Japanese, the desk's own.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The language of a code such as `ja`, `en` or a locale name such as `en_US.UTF-8`; `None` for others.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.to_ascii_lowercase();
        let head = code.split(['_', '-', '.']).next().unwrap_or_default();
        match head {
            "ja" => Some(Self::Ja),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// `ja` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Ja => Self::En,
            Self::En => Self::Ja,
        }
    }
}

macro_rules! areas {
    ($($area:literal),+ $(,)?) => {
        /// The locale files: area, Japanese, English.
        const AREAS: &[(&str, &str, &str)] =
            &[$(($area, include_str!(concat!("ja/", $area, ".ftl")), include_str!(concat!("en/", $area, ".ftl")))),+];
    };
}

areas![
    "access",
    "app",
    "backup",
    "canned",
    "cli",
    "codes",
    "demo",
    "desk",
    "edition",
    "directory",
    "entry",
    "exchange",
    "fields",
    "handover",
    "inquiry",
    "intake",
    "journal",
    "keeping",
    "keys",
    "meeting",
    "memo",
    "outreach",
    "practice",
    "print",
    "proposal",
    "queue",
    "retention",
    "rounds",
    "runtime",
    "search",
    "start",
    "survey",
    "usage",
    "vault",
    "widgets"
];

/// The sentences of one language.
pub struct Locale {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Locale {
    /// Reads the sentences of `lang`, which are part of the program.
    pub fn new(lang: Lang) -> Self {
        let id = match lang {
            Lang::Ja => langid!("ja"),
            Lang::En => langid!("en"),
        };
        let mut bundle = FluentBundle::new(vec![id]);
        // The isolation marks are for right-to-left text and would count as characters on the screen.
        bundle.set_use_isolating(false);
        for (_, ja, en) in AREAS {
            let text = if lang == Lang::Ja { ja } else { en };
            // A file with an error still gives its sound messages; the tests allow no error.
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// The language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// The sentence `key`; the key itself where there is none, which the tests exclude for keys in the source.
    pub fn t<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        self.format(key, None)
    }

    /// The sentence `key` with values.
    pub fn f<'a>(&'a self, key: &'a str, args: &[(&'static str, &str)]) -> Cow<'a, str> {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            // Only what is counted is a number, which may choose between one and several: other figures are set as they are,
            // with their zeros.
            let count = (*name == "count").then(|| value.parse::<u64>().ok()).flatten();
            let value = count.map_or_else(|| FluentValue::from((*value).to_owned()), FluentValue::from);
            values.set(*name, value);
        }
        Cow::Owned(self.format(key, Some(&values)).into_owned())
    }

    /// What is to be said, in this language.
    pub fn say(&self, say: &Say) -> String {
        let args: Vec<_> = say.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.f(say.key, &args).into_owned()
    }

    /// Whether there is a sentence of this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    fn format<'a>(&'a self, key: &'a str, args: Option<&'a FluentArgs<'_>>) -> Cow<'a, str> {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return Cow::Borrowed(key);
        };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, args, &mut errors)
    }
}

#[cfg(test)]
mod tests;
