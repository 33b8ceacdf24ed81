//! Which passphrases are strong enough (医療情報システムの安全管理に関するガイドライン 第6.0版, rules a and c). Knows no vault.

use chrono::NaiveDate;
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroizing;

use super::date;
use super::secret::Secret;

/// The fewest characters of a passphrase that stands alone.
pub const ALONE: usize = 13;
/// The fewest characters of a passphrase beside a second factor.
pub const WITH_SECOND: usize = 8;

/// How few different characters are too few.
const DIFFERENT: usize = 5;
/// How many characters beside a name are too few.
const BESIDE_NAME: usize = 4;

/// What is wrong with a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// It has fewer characters than this.
    Short {
        /// How many it must have: [`ALONE`] or [`WITH_SECOND`].
        least: usize,
    },
    /// It is little more than a name that is known: the operator's, its reading, the desk's.
    Name,
    /// It is a date, or nothing but digits: a birth date, a telephone number.
    Digits,
    /// The same few characters again and again, or characters in the order of the alphabet or the keyboard.
    Pattern,
    /// It is one of those that are tried first.
    Common,
}

impl Weak {
    /// The key of the sentence that says so; `least` is its only value.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Short { .. } => "entry-weak-short",
            Self::Name => "entry-weak-name",
            Self::Digits => "entry-weak-digits",
            Self::Pattern => "entry-weak-pattern",
            Self::Common => "entry-weak-common",
        }
    }
}

/// Words that attackers try first. In lower case, without blanks.
const COMMON: &[&str] = &[
    "demo",
    "madoguchi",
    "password",
    "passphrase",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "admin",
    "letmein",
    "welcome",
    "login",
    "secret",
    "iloveyou",
    "qwerty",
    "asdf",
    "zxcv",
    "1qaz2wsx",
    "zaq12wsx",
    "パスワード",
    "ぱすわーど",
    "パスフレーズ",
    "ひみつ",
    "あいことば",
    "窓口",
    "まどぐち",
    "相談窓口",
    "そうだん",
];

/// Rows in the order in which fingers and children go.
const ROWS: &[&str] = &[
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
    "いろはにほへとちりぬるを",
];

/// How long a passphrase is, as the rules count: what a person sees as one character is one.
pub fn length(passphrase: &Secret) -> usize {
    passphrase.expose().graphemes(true).count()
}

/// What is wrong with this passphrase (already folded by [`Secret::passphrase`]), beside a second factor or alone;
/// `known` are the names that somebody who knows the desk would try. `None`: it may be used.
pub fn weakness(passphrase: &Secret, second: bool, known: &[&str]) -> Option<Weak> {
    let least = if second { WITH_SECOND } else { ALONE };
    if length(passphrase) < least {
        return Some(Weak::Short { least });
    }
    let plain = plain(passphrase.expose());
    if plain.chars().all(|c| c.is_ascii_digit()) || is_date(passphrase.expose()) {
        return Some(Weak::Digits);
    }
    if without(&plain, COMMON.iter().copied()) < BESIDE_NAME {
        return Some(Weak::Common);
    }
    let names: Vec<_> = known.iter().flat_map(|name| parts(name)).collect();
    if without(&plain, names.iter().map(|name| name.as_str())) < BESIDE_NAME {
        return Some(Weak::Name);
    }
    is_pattern(&plain).then_some(Weak::Pattern)
}

/// In lower case, letters and digits only: what is between them is guessed in no time.
fn plain(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len() * 2));
    plain.extend(text.chars().filter(|c| c.is_alphanumeric() || *c == 'ー').flat_map(char::to_lowercase));
    plain
}

/// A name as a whole and its parts.
fn parts(name: &str) -> Vec<Zeroizing<String>> {
    let folded = Secret::passphrase(name);
    let whole = plain(folded.expose());
    let parts = folded.expose().split(|c: char| !c.is_alphanumeric()).map(plain);
    std::iter::once(whole.clone()).chain(parts).filter(|part| part.chars().nth(1).is_some()).collect()
}

/// How many characters that are no digits are left when these words are taken out, the longest first.
fn without<'a>(plain: &str, words: impl Iterator<Item = &'a str>) -> usize {
    let mut words: Vec<&str> = words.collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let whole = Zeroizing::new(plain.to_owned());
    let rest = words.into_iter().fold(whole, |rest, word| Zeroizing::new(rest.replace(word, "")));
    rest.chars().filter(|c| !c.is_numeric()).count()
}

fn is_date(text: &str) -> bool {
    let far = NaiveDate::from_ymd_opt(2100, 1, 1).unwrap_or_default();
    date::parse_birth(text, far).is_ok() || date::parse(text, far).is_ok()
}

/// Few different characters, or nearly each one the neighbour of the one before.
fn is_pattern(plain: &str) -> bool {
    let mut different: Vec<char> = plain.chars().collect();
    let steps = different.len().saturating_sub(1);
    let near = plain.chars().zip(plain.chars().skip(1)).filter(|(a, b)| are_neighbours(*a, *b)).count();
    different.sort_unstable();
    different.dedup();
    different.len() < DIFFERENT || near * 5 >= steps * 4
}

fn are_neighbours(a: char, b: char) -> bool {
    let beside = |row: &&str| row.chars().zip(row.chars().skip(1)).any(|pair| pair == (a, b) || pair == (b, a));
    a == b || ROWS.iter().any(beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["山田 花子", "やまだ はなこ", "架空在宅医療相談窓口", "Yamada Hanako"];

    #[test]
    fn what_is_easily_guessed_is_refused_and_said_why() {
        let (alone, beside) = (Weak::Short { least: 13 }, Weak::Short { least: 8 });
        for (typed, second, weak) in [
            ("", false, Some(alone)),
            ("二文字", false, Some(alone)),
            ("twelve chars", false, Some(alone)),
            ("seven77", true, Some(beside)),
            ("thirteen char", false, None),
            ("green-tea", true, None),
            ("green-tea", false, Some(alone)),
            ("雨の日は縁側で猫とお茶を", false, Some(alone)),
            ("雨の日は縁側で猫とお茶を飲む", false, None),
            (
                "か\u{3099}か\u{3099}か\u{3099}か\u{3099}か\u{3099}か\u{3099}か\u{3099}か\u{3099}か\u{3099}",
                false,
                Some(alone),
            ),
            ("aaaaaaaaaaaaaaaaaa", false, Some(Weak::Pattern)),
            ("あああああああああああああああ", false, Some(Weak::Pattern)),
            ("abcabcabcabcabc", false, Some(Weak::Pattern)),
            ("abcdefghijklmnop", false, Some(Weak::Pattern)),
            ("qwertyuiopasdfghjkl", false, Some(Weak::Pattern)),
            ("あいうえおかきくけこさしす", false, Some(Weak::Pattern)),
            ("19801231", true, Some(Weak::Digits)),
            ("1980-12-31", true, Some(Weak::Digits)),
            ("昭和55年12月31日", true, Some(Weak::Digits)),
            ("0834-00-1234-5678", false, Some(Weak::Digits)),
            ("password12345", false, Some(Weak::Common)),
            ("demo demo demo demo", false, Some(Weak::Common)),
            ("Passphrase 2026!", false, Some(Weak::Common)),
            ("yamada hanako 1980", false, Some(Weak::Name)),
            ("やまだはなこ1980123", false, Some(Weak::Name)),
            ("ﾔﾏﾀﾞの犬は白くて大きいです", false, None),
            ("架空在宅医療相談窓口です", true, Some(Weak::Name)),
            ("山田花子山田花子山田花子", true, Some(Weak::Name)),
        ] {
            assert_eq!(weakness(&Secret::passphrase(typed), second, &KNOWN), weak, "{typed:?}");
        }
    }

    #[test]
    fn any_text_has_an_answer() {
        for typed in ["　", "\u{200d}", "👩‍👩‍👧‍👦", "ー", "-", "\u{3099}", &"長い".repeat(5_000)] {
            let _ = weakness(&Secret::passphrase(typed), true, &["", " ", "あ"]);
        }
    }
}
