//! Texts as they could stand in a file: whole and in parts, in every encoding and spelling; and a search for them all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use serde_json::Value;

use super::closed::files;

/// Every text in the value that says something of a person: longer than a code.
pub fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let digits = text.chars().filter(char::is_ascii_digit).count();
            // A number begins with 0; a day or a time of day says nothing of anybody.
            if wide(text) >= 3 || (digits >= 8 && text.starts_with('0') && text.contains('-')) {
                found.insert(text.clone());
            }
        }
        Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        Value::Object(members) => members.values().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn wide(text: &str) -> usize {
    text.chars().filter(|sign| !sign.is_ascii()).count()
}

/// The text in half-width kana, as far as it is kana.
fn half_width(text: &str) -> String {
    const WIDE: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンー";
    const HALF: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｰ";
    let half = |sign| WIDE.chars().position(|wide| wide == sign).and_then(|n| HALF.chars().nth(n));
    text.chars().map(|sign| half(sign).unwrap_or(sign)).collect()
}

/// The digits as an input method makes them.
fn full_width(text: &str) -> String {
    let full = |sign: char| sign.to_digit(10).and_then(|digit| char::from_u32('０' as u32 + digit));
    text.chars().map(|sign| full(sign).unwrap_or(sign)).collect()
}

/// The text in UTF-8, in UTF-16 in both orders, and in CP932.
fn encoded(text: &str) -> impl Iterator<Item = Vec<u8>> {
    let (sjis, _, unknown) = encoding_rs::SHIFT_JIS.encode(text);
    let cp932 = (!unknown).then(|| sjis.into_owned());
    let wide = |turn: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(turn).collect();
    [text.as_bytes().to_vec(), wide(u16::to_le_bytes), wide(u16::to_be_bytes)].into_iter().chain(cp932)
}

/// The parts that say something by themselves: a surname, half a sentence, the digits of a number.
fn parts(text: &str) -> BTreeSet<String> {
    let between = |sign: char| sign.is_whitespace() || "、。，．・「」（）()/:：".contains(sign);
    let mut parts: BTreeSet<String> = text.split(between).map(str::to_owned).collect();
    parts.insert(text.to_owned());
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 8 && text.chars().all(|sign| sign == '-' || sign.is_ascii_digit()) {
        parts.insert(digits.trim_start_matches('0').to_owned());
        parts.insert(full_width(&digits));
        parts.insert(full_width(text));
        parts.insert(digits);
    }
    parts
}

/// The text as bytes. What is so short that noise would hold it now and then is left out.
fn spellings(text: &str) -> BTreeSet<Vec<u8>> {
    let mut all = BTreeSet::new();
    for part in parts(text) {
        for part in [half_width(&part), part] {
            // Two signs are six bytes of UTF-8; a number is told from others by seven digits.
            if wide(&part) >= 2 || (part.len() >= 7 && !part.contains(|sign: char| sign.is_ascii_alphabetic())) {
                all.extend(encoded(&part).filter(|bytes| bytes.len() >= 6));
            }
        }
    }
    all
}

/// Many texts, looked for at once.
pub struct Search {
    automaton: AhoCorasick,
    /// For each spelling the number of its text.
    texts: Vec<usize>,
}

impl Search {
    /// For these texts, numbered in their order.
    pub fn of(texts: &BTreeSet<String>) -> Self {
        let spelt = texts.iter().enumerate().flat_map(|(n, text)| spellings(text).into_iter().map(move |s| (n, s)));
        let (texts, spellings): (Vec<_>, Vec<_>) = spelt.unzip();
        Self { automaton: AhoCorasick::new(spellings).unwrap(), texts }
    }

    /// How many spellings are looked for.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Where they stand: contents and names of the files below the folder, but for those that are passed over. What was
    /// found is named by its number alone.
    pub fn hits(&self, folder: &Path, passed: &[PathBuf]) -> BTreeSet<(String, usize)> {
        let mut found = Vec::new();
        files(folder, &mut found);
        let mut hits = BTreeSet::new();
        for path in found.iter().filter(|path| !passed.contains(path)) {
            let inside = path.strip_prefix(folder).unwrap().to_string_lossy();
            for bytes in [&fs::read(path).unwrap()[..], inside.as_bytes()] {
                let numbers =
                    self.automaton.find_overlapping_iter(bytes).map(|hit| self.texts[hit.pattern().as_usize()]);
                hits.extend(numbers.map(|number| (inside.to_string(), number)));
            }
        }
        hits
    }
}
