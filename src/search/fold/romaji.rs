//! Kana as romaji, and all ways of typing romaji as one: Hepburn, so that a half-typed word is a prefix of its key.

use super::{Mark, Marked, hiragana, is_gap, is_kana, normal};

/// The Hepburn spelling of one kana, without what follows it. Small tsu and the long-vowel mark are left out of keys.
const fn kana(c: char) -> &'static str {
    match c {
        'あ' | 'ぁ' => "a",
        'い' | 'ぃ' | 'ゐ' => "i",
        'う' | 'ぅ' => "u",
        'え' | 'ぇ' | 'ゑ' => "e",
        'お' | 'ぉ' | 'を' => "o",
        'か' | 'ゕ' => "ka",
        'き' => "ki",
        'く' => "ku",
        'け' | 'ゖ' => "ke",
        'こ' => "ko",
        'が' => "ga",
        'ぎ' => "gi",
        'ぐ' => "gu",
        'げ' => "ge",
        'ご' => "go",
        'さ' => "sa",
        'し' => "shi",
        'す' => "su",
        'せ' => "se",
        'そ' => "so",
        'ざ' => "za",
        'じ' | 'ぢ' => "ji",
        'ず' | 'づ' => "zu",
        'ぜ' => "ze",
        'ぞ' => "zo",
        'た' => "ta",
        'ち' => "chi",
        'つ' => "tsu",
        'て' => "te",
        'と' => "to",
        'だ' => "da",
        'で' => "de",
        'ど' => "do",
        'な' => "na",
        'に' => "ni",
        'ぬ' => "nu",
        'ね' => "ne",
        'の' => "no",
        'は' => "ha",
        'ひ' => "hi",
        'ふ' => "fu",
        'へ' => "he",
        'ほ' => "ho",
        'ば' => "ba",
        'び' => "bi",
        'ぶ' | 'ゔ' => "bu",
        'べ' => "be",
        'ぼ' => "bo",
        'ぱ' => "pa",
        'ぴ' => "pi",
        'ぷ' => "pu",
        'ぺ' => "pe",
        'ぽ' => "po",
        'ま' => "ma",
        'み' => "mi",
        'む' => "mu",
        'め' => "me",
        'も' => "mo",
        'や' | 'ゃ' => "ya",
        'ゆ' | 'ゅ' => "yu",
        'よ' | 'ょ' => "yo",
        'ら' => "ra",
        'り' => "ri",
        'る' => "ru",
        'れ' => "re",
        'ろ' => "ro",
        'わ' | 'ゎ' => "wa",
        'ん' => "n",
        _ => "",
    }
}

/// The consonants that a kana has before a small vowel or a small ya, yu, yo: `None` where the small kana stands for itself.
fn stem(c: char, small: char) -> Option<&'static str> {
    Some(match (c, small) {
        ('し', 'ゃ' | 'ゅ' | 'ょ' | 'ぇ') => "sh",
        ('ち', 'ゃ' | 'ゅ' | 'ょ' | 'ぇ') | ('て', 'ぃ' | 'ゅ') => "ch",
        ('じ' | 'ぢ', 'ゃ' | 'ゅ' | 'ょ' | 'ぇ') | ('で', 'ぃ' | 'ゅ') => "j",
        ('き', 'ゃ' | 'ゅ' | 'ょ') => "ky",
        ('ぎ', 'ゃ' | 'ゅ' | 'ょ') => "gy",
        ('に', 'ゃ' | 'ゅ' | 'ょ') => "ny",
        ('ひ', 'ゃ' | 'ゅ' | 'ょ') => "hy",
        ('び' | 'ゔ', 'ゃ' | 'ゅ' | 'ょ') => "by",
        ('ぴ', 'ゃ' | 'ゅ' | 'ょ') => "py",
        ('み', 'ゃ' | 'ゅ' | 'ょ') => "my",
        ('り', 'ゃ' | 'ゅ' | 'ょ') => "ry",
        ('ふ', 'ゃ' | 'ゅ' | 'ょ') => "fy",
        ('い', 'ぇ') => "y",
        ('ふ', 'ぁ' | 'ぃ' | 'ぇ' | 'ぉ') => "f",
        ('ゔ', 'ぁ' | 'ぃ' | 'ぇ' | 'ぉ') => "b",
        ('う', 'ぁ' | 'ぃ' | 'ぇ') => "w",
        ('う', 'ぉ') => "",
        ('つ', 'ぁ' | 'ぃ' | 'ぇ' | 'ぉ') | ('と', 'ぅ') => "ts",
        ('ど', 'ぅ') => "z",
        ('く', 'ぁ' | 'ぃ' | 'ぇ' | 'ぉ' | 'ゎ') => "kw",
        ('ぐ', 'ぁ' | 'ぃ' | 'ぇ' | 'ぉ' | 'ゎ') => "gw",
        _ => return None,
    })
}

const fn small_vowel(c: char) -> &'static str {
    match c {
        'ぁ' | 'ゃ' | 'ゎ' => "a",
        'ぃ' => "i",
        'ぅ' | 'ゅ' => "u",
        'ぇ' => "e",
        'ぉ' | 'ょ' => "o",
        _ => "",
    }
}

/// The first letter of a kana's Hepburn spelling (hiragana or katakana).
pub(super) fn first_letter(c: char) -> Option<char> {
    let c = hiragana(c);
    let letters = if c == 'っ' { "t" } else { kana(c) };
    letters.chars().next()
}

/// The romaji key of everything in the text that is kana or Latin letters; kanji and other characters part it with a space.
pub fn key(text: &str) -> String {
    canonical(&spell(text)).iter().map(|m| m.c).collect()
}

/// The same with the beginnings of words, and with the second key, in which long vowels are short.
pub(crate) fn keys(text: &str) -> (Marked, Marked) {
    let first = canonical(&spell(text));
    let second = flat(&first);
    (Marked::of(&first), Marked::of(&second))
}

/// The second key of a first one: every long vowel short.
pub fn flatten(key: &str) -> String {
    let marks: Vec<Mark> = key.chars().map(|c| Mark { c, start: false }).collect();
    flat(&marks).iter().map(|m| m.c).collect()
}

/// Kana spelled out, Latin letters as they are, one space for anything between them.
fn spell(text: &str) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::with_capacity(text.len());
    let mut source = normal(text).map(hiragana).peekable();
    let mut start = true;
    let mut run_over = false;
    while let Some(c) = source.next() {
        if is_gap(c) {
            start = true;
            continue;
        }
        let spelled: (&str, &str) = if is_kana(c) {
            match source.peek().and_then(|small| Some((stem(c, *small)?, small_vowel(*small)))) {
                Some(pair) => {
                    source.next();
                    pair
                }
                None => (kana(c), ""),
            }
        } else if let Some(c) = letter(c) {
            push(&mut out, std::iter::once(c), &mut start, &mut run_over);
            continue;
        } else if matches!(c, '\'' | '’' | '-') {
            continue;
        } else {
            run_over = true;
            continue;
        };
        push(&mut out, spelled.0.chars().chain(spelled.1.chars()), &mut start, &mut run_over);
    }
    out
}

/// A letter of romaji; a long vowel with its mark (Ōno, Shûnan) is written as a short one.
const fn letter(c: char) -> Option<char> {
    match c {
        'a'..='z' => Some(c),
        'ā' | 'â' => Some('a'),
        'ī' | 'î' => Some('i'),
        'ū' | 'û' => Some('u'),
        'ē' | 'ê' => Some('e'),
        'ō' | 'ô' => Some('o'),
        _ => None,
    }
}

fn push(out: &mut Vec<Mark>, letters: impl Iterator<Item = char>, start: &mut bool, run_over: &mut bool) {
    for c in letters {
        if std::mem::take(run_over) {
            if !out.is_empty() {
                out.push(Mark { c: ' ', start: false });
            }
            *start = true;
        }
        out.push(Mark { c, start: std::mem::take(start) });
    }
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u' | 'e' | 'o')
}

/// One spelling for all ways of typing: what the match rules say of the romaji key, on keys and queries alike.
fn canonical(letters: &[Mark]) -> Vec<Mark> {
    // What one pass leaves out or puts in can bring letters together that a second one reads as one sound (dhya, jya, ja).
    let mut made = canonical_once(letters);
    for _ in 0..4 {
        let again = canonical_once(&made);
        if again == made {
            break;
        }
        made = again;
    }
    made
}

fn canonical_once(letters: &[Mark]) -> Vec<Mark> {
    let letters = single(letters);
    let mut out: Vec<Mark> = Vec::with_capacity(letters.len());
    let mut rest = letters.as_slice();
    // A letter that is not spoken hands its word's beginning on to the next one.
    let mut start = false;
    while let Some((first, after)) = rest.split_first() {
        start |= first.start;
        if is_vowel(first.c) || !first.c.is_ascii_alphabetic() {
            out.push(Mark { c: first.c, start: std::mem::take(&mut start) });
            rest = after;
            continue;
        }
        let at = |i: usize| rest.get(i).map_or(' ', |m| m.c);
        let (used, spelled) = syllable(at(0), at(1), at(2), out.last().map(|m| m.c));
        start |= rest.iter().take(used).any(|m| m.start);
        if let Some(spelled) = spelled {
            out.extend(spelled.chars().map(|c| Mark { c, start: std::mem::take(&mut start) }));
        } else {
            out.push(Mark { c: first.c, start: std::mem::take(&mut start) });
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    out
}

/// The canonical letters at a consonant: how many letters they stand for, and what they are; `None` for the letter itself.
fn syllable(a: char, b: char, c: char, before: Option<char>) -> (usize, Option<&'static str>) {
    match (a, b, c) {
        ('s', 'h', 'y') => (3, Some("sh")),
        ('c', 'h', 'y') => (3, Some("ch")),
        ('s' | 'c', 'i', _) => (1, Some("sh")),
        ('s', 'h' | 'y', _) => (2, Some("sh")),
        ('t', 'i', _) => (1, Some("ch")),
        ('t', 'u', _) => (1, Some("ts")),
        ('t', 's', _) => (2, Some("ts")),
        ('t' | 'c', 'y' | 'h', _) => (2, Some("ch")),
        ('c', 'e', _) => (1, Some("s")),
        ('c', 'a' | 'u' | 'o', _) | ('q', _, _) => (1, Some("k")),
        ('z' | 'd', 'i', _) => (1, Some("j")),
        ('z' | 'j' | 'd', 'y', _) | ('d', 'h', _) => (2, Some("j")),
        ('d', 'z', _) => (2, Some("z")),
        ('d', 'u', _) => (1, Some("z")),
        ('h', 'u', _) => (1, Some("f")),
        // 大野 as ohno: the h only lengthens the o.
        ('h', next, _) if before == Some('o') && next.is_ascii_alphabetic() && !is_vowel(next) && next != 'y' => {
            (1, Some(""))
        }
        ('w', 'o', _) => (1, Some("")),
        ('x' | 'l', 't', 'u') => (3, Some("")),
        ('v', _, _) => (1, Some("b")),
        ('l', _, _) => (1, Some("r")),
        _ => (1, None),
    }
}

/// m before b, p and m is n; doubled consonants are one; t before ch is not heard.
fn single(letters: &[Mark]) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::with_capacity(letters.len());
    for (i, mark) in letters.iter().enumerate() {
        let next = letters.get(i + 1).map_or(' ', |m| m.c);
        let mut mark = *mark;
        match (mark.c, next) {
            ('m', 'b' | 'p' | 'm') => mark.c = 'n',
            ('t', 'c') => {
                if let Some(last) = out.last_mut().filter(|_| mark.start) {
                    last.start = true;
                }
                continue;
            }
            _ => {}
        }
        let doubled = mark.c.is_ascii_alphabetic() && !is_vowel(mark.c);
        match out.last_mut() {
            Some(last) if doubled && last.c == mark.c => last.start |= mark.start,
            _ => out.push(mark),
        }
    }
    out
}

/// ou oo uu aa ii ee ei are one vowel, however often they follow each other; not across the beginning of a word.
fn flat(letters: &[Mark]) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::with_capacity(letters.len());
    for mark in letters {
        let long = out.last().is_some_and(|last| {
            is_vowel(mark.c) && (last.c == mark.c || matches!((last.c, mark.c), ('o', 'u') | ('e', 'i')))
        });
        if !long || mark.start {
            out.push(*mark);
        }
    }
    out
}

/// The keys with an h left out, or all, that may only lengthen an o before a vowel: 佐藤医院 typed as `satohiin`. The rule of the
/// key itself leaves it there, because it is mostly spoken (小原, `ohara`).
pub(crate) fn without_long_h(key: &str) -> Vec<String> {
    let letters: Vec<char> = key.chars().collect();
    let near = |at: usize| letters.get(at).copied().unwrap_or(' ');
    let may_be_silent =
        |at: &usize| near(*at) == 'h' && near(at - 1) == 'o' && (is_vowel(near(at + 1)) || near(at + 1) == 'y');
    let silent: Vec<usize> = (1..letters.len()).filter(may_be_silent).take(4).collect();
    let without = |left_out: &[usize]| -> String {
        (0..).zip(&letters).filter(|(at, _)| !left_out.contains(at)).map(|(_, c)| *c).collect()
    };
    match silent.as_slice() {
        [] => Vec::new(),
        [one] => vec![without(&[*one])],
        several => several.iter().map(|at| without(&[*at])).chain([without(several)]).collect(),
    }
}

/// Keys that a half-typed query may still be heading for: `t` for `chi` typed as `ti`, `m` for the n of `shimbun`, `h` for `fu`.
pub(crate) fn heading_for(key: &str) -> Vec<String> {
    let mut letters = key.chars();
    let Some(last) = letters.next_back() else { return Vec::new() };
    let head = letters.as_str();
    let before = head.chars().next_back();
    let ends: &[&str] = match (before, last) {
        (Some('o'), 'h') => &["f", ""],
        (Some('s' | 'c'), 'h') => &[],
        (_, 'h') => &["f"],
        (_, 't') => &["ch"],
        (_, 'z') => &["j"],
        (_, 'd') => &["j", "z"],
        (_, 'm') => &["n"],
        (_, 'w') => &["o"],
        (_, 'c') => &["k"],
        _ => &[],
    };
    ends.iter().map(|end| format!("{head}{end}")).collect()
}
