//! When two spellings are the same: the text key, and what is done to text when it enters. Knows no record and no index.
//!
//! The order of the steps is that of the match rules: variant kanji, NFKC, lower case, katakana to hiragana, ㈱ and its like
//! spelled out, small kana large, long-vowel marks, hyphens, numbers of addresses, spaces.

mod entry;
mod numbers;
pub mod romaji;
mod variants;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

pub use entry::{command_key, display, one_line};
pub(super) use numbers::numerals;
use numbers::{numbers, numeral};
use variants::variant;

/// One character of a key in the making, with whether a word of the original begins at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// The character.
    pub c: char,
    /// Whether a word begins here.
    pub start: bool,
}

/// A key with the byte offsets in it at which words of the original begin, ascending, the first being 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The key.
    pub key: String,
    /// Where words begin, in bytes of the key.
    pub starts: Vec<u16>,
}

impl Marked {
    pub(super) fn of(marks: &[Mark]) -> Self {
        let mut made = Self { key: String::with_capacity(marks.len() * 3), starts: Vec::new() };
        for mark in marks {
            if let Some(at) = u16::try_from(made.key.len()).ok().filter(|_| mark.start || made.key.is_empty()) {
                made.starts.push(at);
            }
            made.key.push(mark.c);
        }
        made
    }
}

/// The text key: equal for all spellings of the match rules.
pub fn text(text: &str) -> String {
    marked(text).key
}

/// The text key with the beginnings of words.
pub fn marked(text: &str) -> Marked {
    let mut marks = chars(text);
    legal_forms(&mut marks);
    Marked::of(&numbers(marks))
}

/// The text key without the step for numbers of addresses (`一丁目３番` → `1-3`): another key of a half-typed query.
pub fn without_numbers(text: &str) -> String {
    let mut marks = chars(text);
    legal_forms(&mut marks);
    marks.iter().map(|m| m.c).collect()
}

/// Text with one width for each character (NFKC) and nothing else folded: for codes, numbers and headers in files.
pub fn plain(text: &str) -> String {
    text.nfkc().collect()
}

/// Whether two texts are the same but for their spelling.
pub fn same(a: &str, b: &str) -> bool {
    a == b || text(a) == text(b)
}

/// The text key of an address: `大字` is left out, as many leave it out.
pub fn address(address: &str) -> String {
    let key = text(address);
    if key.contains("大字") { key.replace("大字", "") } else { key }
}

/// Whether two addresses are the same but for their spelling, a missing prefecture, and a missing `大字`.
pub fn same_address(a: &str, b: &str) -> bool {
    a == b || {
        let (a, b) = (address(a), address(b));
        super::places::without_prefecture(&a) == super::places::without_prefecture(&b)
    }
}

/// The characters after NFKC in lower case, with variant kanji replaced: what every key begins with.
pub(super) fn normal(text: &str) -> impl Iterator<Item = char> + '_ {
    // NFKC maps some compatibility kanji onto characters that the table knows, so the table is asked before and after.
    text.chars().map(variant).nfkc().map(variant).flat_map(char::to_lowercase).filter(|c| !is_invisible(*c))
}

/// Marks that change nothing that a person types: variation selectors, combining accents, zero-width characters, controls.
fn is_invisible(c: char) -> bool {
    match c {
        ' '..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヿ' | '\u{3400}'..='\u{9fff}' => false,
        '\u{200b}'..='\u{200f}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{00ad}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}' => true,
        _ => canonical_combining_class(c) != 0 || (c.is_control() && !c.is_whitespace()),
    }
}

/// Whether the character only parts words, so that keys do without it.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '・' | '･' | '·' | '‧' | '•')
}

/// Whether the character is kanji.
pub fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '々' | '〇')
}

/// Whether the character is hiragana, katakana, or the long-vowel mark.
pub fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⁃' | '﹘' | 'ー' | '─' | 'ｰ')
}

/// Katakana as hiragana; other characters as they are.
pub(super) fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => u32::from(c).checked_sub(0x60).and_then(char::from_u32).unwrap_or(c),
        'ヽ' => 'ゝ',
        'ヾ' => 'ゞ',
        _ => c,
    }
}

fn large(c: char) -> char {
    match c {
        'ぁ' => 'あ',
        'ぃ' => 'い',
        'ぅ' => 'う',
        'ぇ' => 'え',
        'ぉ' => 'お',
        'っ' => 'つ',
        'ゃ' => 'や',
        'ゅ' => 'ゆ',
        'ょ' => 'よ',
        'ゎ' => 'わ',
        'ゕ' => 'か',
        'ゖ' => 'け',
        _ => c,
    }
}

/// ヴァ ヴィ ヴ ヴェ ヴォ are ば び ぶ べ ぼ: `vowel` is what follows ヴ, small or (typed in haste) large.
const fn b_for_v(vowel: char) -> Option<char> {
    match vowel {
        'ぁ' | 'あ' => Some('ば'),
        'ぃ' | 'い' => Some('び'),
        'ぇ' | 'え' => Some('べ'),
        'ぉ' | 'お' => Some('ぼ'),
        _ => None,
    }
}

/// Whether what stands before makes が of ヶ: 宮ヶ丘, 3ヶ月; and so does the bracket of a legal form, which becomes
/// kanji (as does what opens it, for what stands before).
fn before_ga(prev: Option<char>) -> bool {
    prev.is_some_and(|p| is_kanji(p) || p.is_ascii_digit() || p == ')')
}

/// What a character is read as between kanji, where it has several spellings (宮ヶ丘, 宮ケ丘, 宮カ丘, 宮が丘; 西之谷, 西ノ谷, 西の谷)
/// or counts (3ヶ月, 3カ月, 3箇月, 3か月): `prev` is what stands before it, in a key. `None`: it stands for itself.
pub(super) fn between(c: char, prev: Option<char>) -> Option<char> {
    // What 丁目, 番地 and 号 leave behind is a number.
    let counts =
        prev.is_some_and(|p| p.is_ascii_digit() || numeral(p).is_some() || matches!(p, '目' | '番' | '地' | '号'));
    match c {
        'ケ' | 'カ' | 'ｹ' | 'ｶ' if before_ga(prev) => Some('が'),
        'か' | '箇' if counts => Some('が'),
        '之' | '乃' if prev.is_some_and(|p| is_kanji(p) || p == ')') => Some('の'),
        _ => None,
    }
}

/// The same for a character at the beginning of what was typed, where nobody knows what stands before it.
pub(super) const fn begins_between(c: char) -> Option<char> {
    match c {
        'ヶ' | 'ヵ' | 'ケ' | 'カ' | 'ｹ' | 'ｶ' | 'か' | '箇' => Some('が'),
        '之' | '乃' => Some('の'),
        _ => None,
    }
}

/// Everything up to the legal forms and the numbers, character by character.
fn chars(text: &str) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::with_capacity(text.len() / 2);
    let mut start = true;
    // What the last character is if a kanji follows, and whether it was ヴ, which its vowel changes.
    let (mut if_kanji, mut after_vu) = (None, false);
    for c in normal(text) {
        if is_gap(c) {
            start = true;
            continue;
        }
        let prev = out.last().map(|m| m.c);
        let vu = std::mem::take(&mut after_vu);
        if is_hyphen(c) {
            // A dash after kana is a long-vowel mark, whatever dash the typist found.
            if !prev.is_some_and(is_kana) {
                if_kanji = None;
                out.push(Mark { c: '-', start: std::mem::take(&mut start) });
            }
            continue;
        }
        let hira = hiragana(c);
        let made = match hira {
            vowel if vu && b_for_v(vowel).is_some() => {
                if let (Some(last), Some(b)) = (out.last_mut(), b_for_v(hira)) {
                    last.c = b;
                }
                continue;
            }
            'ゃ' | 'ゅ' | 'ょ' if vu => {
                if let Some(last) = out.last_mut() {
                    last.c = 'び';
                }
                large(hira)
            }
            'ゔ' => {
                after_vu = true;
                'ぶ'
            }
            // Iteration marks repeat what stands before them, and say nothing alone.
            'ゝ' | 'ゞ' | '々' => match prev.filter(|p| if hira == '々' { is_kanji(*p) } else { is_kana(*p) }) {
                Some(prev) => prev,
                None => continue,
            },
            'ゖ' | 'ゕ' if before_ga(prev) => 'が',
            '〜' | '∼' | '～' => '~',
            _ => large(hira),
        };
        let read = std::mem::replace(&mut if_kanji, between(if hira == '々' { made } else { c }, prev));
        if let (Some(last), Some(read)) = (out.last_mut(), read.filter(|_| is_kanji(made) || made == '(')) {
            last.c = read;
        }
        out.push(Mark { c: made, start: std::mem::take(&mut start) });
        // What stands after a bracket is a word of its own.
        start = matches!(made, '(' | '「' | '『' | '[' | '【' | '<' | '〈' | '/');
    }
    out
}

/// Legal forms of corporations as they are abbreviated in brackets, with their full names.
const LEGAL: &[(&str, &str)] = &[
    ("株", "株式会社"),
    ("有", "有限会社"),
    ("医", "医療法人"),
    ("福", "社会福祉法人"),
    ("社", "社団法人"),
    ("財", "財団法人"),
    ("学", "学校法人"),
    ("宗", "宗教法人"),
    ("独", "独立行政法人"),
    ("資", "合資会社"),
    ("名", "合名会社"),
    ("合", "合同会社"),
    ("社福", "社会福祉法人"),
    ("医社", "医療法人社団"),
    ("医財", "医療法人財団"),
    ("一社", "一般社団法人"),
    ("一財", "一般財団法人"),
    ("公社", "公益社団法人"),
    ("公財", "公益財団法人"),
    ("特非", "特定非営利活動法人"),
];

/// Spells out `(株)` and its like, which NFKC has made of ㈱.
fn legal_forms(marks: &mut Vec<Mark>) {
    let mut from = 0;
    while let Some(open) = marks.iter().skip(from).position(|m| m.c == '(').map(|p| p + from) {
        from = open + 1;
        let inside: String = marks.iter().skip(from).take(3).take_while(|m| m.c != ')').map(|m| m.c).collect();
        let close = from + inside.chars().count();
        let Some((_, full)) = LEGAL.iter().find(|(short, _)| *short == inside) else { continue };
        if marks.get(close).is_none_or(|m| m.c != ')') {
            continue;
        }
        let start = marks.get(open).is_some_and(|m| m.start);
        let spelled = full.chars().enumerate().map(|(i, c)| Mark { c, start: start && i == 0 });
        marks.splice(open..=close, spelled);
        from = open + full.chars().count();
        if let Some(next) = marks.get_mut(from) {
            next.start = true;
        }
    }
}

#[cfg(test)]
mod tests;
