//! Phone numbers: digits of any spelling, extensions, and hyphens where a Japanese number has them. Knows no directory.

use unicode_normalization::UnicodeNormalization;

/// A phone number as it was told, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// The number itself, formatted ([`format()`]).
    pub number: String,
    /// 内線, digits; empty when none was told.
    pub extension: String,
}

/// Words that come before an extension, after NFKC and in lower case; longer ones before their beginnings.
const EXTENSION: &[&str] = &["内線番号", "内線", "(内)", "内)", "extension", "ext.", "ext", "内"];

/// Area codes of 山口県 that the general rule does not know, longer ones first (総務省, 市外局番の一覧).
const AREA_CODES: &[&str] =
    &["08387", "08388", "08396", "0820", "0827", "0833", "0834", "0835", "0836", "0837", "0838", "083"];

/// Area codes of two digits, where every number of ten digits that begins so has it (総務省, 市外局番の一覧).
const SHORT_AREA_CODES: &[&str] = &["03", "06"];

/// The digits of a number in any spelling: full width, any hyphens, brackets, `+81`; without the extension.
pub fn digits(text: &str) -> String {
    let text = normal(text);
    bare(cut_extension(&text).0)
}

/// The number and the extension of what was told: `0834-00-1234 内線 201`.
pub fn split(text: &str) -> Split {
    let plain = normal(text);
    let (number, extension) = cut_extension(&plain);
    Split { number: format(number), extension: extension.chars().filter(char::is_ascii_digit).collect() }
}

/// The number with hyphens: `0834001234` → `0834-00-1234`. A number told in three parts, or whose parts are not known, keeps the
/// parts that it was told with; text without a digit is given back trimmed.
pub fn format(text: &str) -> String {
    let plain = normal(text);
    let digits = bare(&plain);
    if digits.is_empty() {
        return text.trim().to_owned();
    }
    // 083-7xx is an exchange of 下関, 0837 the area code of 長門: who told the parts knows which.
    let told = as_told(&plain, &digits);
    let parts_told: Vec<&str> = told.split('-').collect();
    if digits.len() == 10
        && matches!(parts_told.as_slice(), [area, _, last] if area.starts_with('0') && last.len() == 4)
    {
        return told;
    }
    parts(&digits).map_or(told, |lengths| hyphenate(&digits, lengths))
}

fn normal(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// The text before the extension, and what comes after the extension's word.
fn cut_extension(text: &str) -> (&str, &str) {
    let found = EXTENSION
        .iter()
        .filter_map(|word| Some((text.find(word)?, word.len())))
        .min_by_key(|(at, len)| (*at, usize::MAX - len));
    let Some((at, len)) = found else { return (text, "") };
    let (number, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let number = number.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '/' | ',' | '、'));
    (number, rest.get(len..).unwrap_or_default())
}

fn bare(text: &str) -> String {
    let trimmed = text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+');
    let digits: String = trimmed.chars().filter(char::is_ascii_digit).collect();
    let abroad = trimmed.starts_with('+').then(|| digits.strip_prefix("81")).flatten();
    match abroad {
        // +81 (0)834 …: the zero in brackets is the national one.
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    }
}

/// How many digits the first two parts have, where the number itself says it.
fn parts(digits: &str) -> Option<(usize, usize)> {
    let starts = |heads: &[&str]| heads.iter().any(|head| digits.starts_with(head));
    match digits.len() {
        10 if starts(&["0120", "0570", "0990"]) => Some((4, 3)),
        10 if starts(SHORT_AREA_CODES) => Some((2, 4)),
        10 => {
            let area = AREA_CODES.iter().find(|code| digits.starts_with(**code))?.len();
            Some((area, 6 - area))
        }
        11 if starts(&["0800"]) => Some((4, 3)),
        11 if starts(&["020", "050", "060", "070", "080", "090"]) => Some((3, 4)),
        _ => None,
    }
}

fn hyphenate(digits: &str, (first, second): (usize, usize)) -> String {
    let head = digits.get(..first).unwrap_or_default();
    let middle = digits.get(first..first + second).unwrap_or_default();
    let tail = digits.get(first + second..).unwrap_or_default();
    format!("{head}-{middle}-{tail}")
}

/// The digits in the groups in which they were told.
fn as_told(plain: &str, digits: &str) -> String {
    if plain.trim_start().starts_with('+') {
        return digits.to_owned();
    }
    let groups: Vec<&str> = plain.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_has_the_same_digits() {
        for spelling in [
            "0834-00-1234",
            "0834001234",
            "０８３４（００）１２３４",
            "0834ー00ー1234",
            "０８３４－００－１２３４",
            "0834‐00‑1234",
            "0834 00 1234",
            "+81-834-00-1234",
            "+81 (0)834-00-1234",
            "TEL 0834-00-1234",
            "℡0834-00-1234",
            "0834-00-1234 内線 201",
            "0834-00-1234（内線201）",
            "0834.00.1234 ext.201",
        ] {
            assert_eq!(digits(spelling), "0834001234", "{spelling}");
        }
        for nothing in ["", "なし", "内線201", "ﾅｼ"] {
            assert_eq!(digits(nothing), "", "{nothing}");
        }
    }

    #[test]
    fn numbers_get_their_hyphens() {
        for (told, formatted) in [
            ("0834001234", "0834-00-1234"),
            ("０８３４（００）１２３４", "0834-00-1234"),
            ("0820001234", "0820-00-1234"),
            ("0827001234", "0827-00-1234"),
            ("0830001234", "083-000-1234"),
            ("0833001234", "0833-00-1234"),
            ("0838001234", "0838-00-1234"),
            ("0838701234", "08387-0-1234"),
            ("0838801234", "08388-0-1234"),
            ("0839601234", "08396-0-1234"),
            ("0120001234", "0120-001-234"),
            ("0570001234", "0570-001-234"),
            ("08000001234", "0800-000-1234"),
            ("05000001234", "050-0000-1234"),
            ("07000001234", "070-0000-1234"),
            ("08000012345", "0800-001-2345"),
            ("08012341234", "080-1234-1234"),
            ("０９０00001234", "090-0000-1234"),
            ("0300001234", "03-0000-1234"),
            ("+819000001234", "090-0000-1234"),
            ("0837001234", "0837-00-1234"),
            ("083-700-1234", "083-700-1234"),
            ("083（700）1234", "083-700-1234"),
            ("0834-001-234", "0834-00-1234"),
            // Parts that are not known stay as they were told.
            ("0968-00-1234", "0968-00-1234"),
            ("0968001234", "0968001234"),
            ("096(800)1234", "096-800-1234"),
            ("00-1234", "00-1234"),
            ("00ー1234", "00-1234"),
            ("#7119", "7119"),
            ("119", "119"),
            (" なし ", "なし"),
            ("", ""),
        ] {
            assert_eq!(format(told), formatted, "{told}");
        }
    }

    #[test]
    fn the_extension_is_told_apart() {
        for (told, number, extension) in [
            ("0834-00-1234 内線 201", "0834-00-1234", "201"),
            ("0834001234（内線：２０１）", "0834-00-1234", "201"),
            ("0834-00-1234(内)201", "0834-00-1234", "201"),
            ("0834-00-1234 内201", "0834-00-1234", "201"),
            ("0834-00-1234 ext.201", "0834-00-1234", "201"),
            ("0834-00-1234", "0834-00-1234", ""),
            ("内線201", "", "201"),
            ("", "", ""),
        ] {
            assert_eq!(split(told), Split { number: number.into(), extension: extension.into() }, "{told}");
        }
    }

    #[test]
    fn very_long_text_is_no_trouble() {
        let long = "０８３４－".repeat(10_000);
        assert_eq!(digits(&long).len(), 40_000);
        assert!(format(&long).starts_with("0834-0834-"));
    }
}
