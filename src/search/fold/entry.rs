//! What is done to text when it enters, and what a key means that an input method made. Knows no key of a search.

use unicode_normalization::UnicodeNormalization;

use super::romaji;

/// Text as it is stored and shown: NFC, half-width kana full width, no control characters but line ends and tabs, `\n` as
/// line end. Not NFKC: ①, ㈱ and full-width letters stay as they were typed.
pub fn display(text: &str) -> String {
    let wide = wide_kana(text).replace("\r\n", "\n").replace('\r', "\n");
    let mut shown = String::with_capacity(wide.len());
    for run in wide.split_inclusive(is_registered_form) {
        let mark = run.chars().next_back().filter(|c| is_registered_form(*c));
        let plain = run.strip_suffix(is_registered_form).unwrap_or(run);
        shown.extend(plain.nfc().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
        shown.extend(mark);
    }
    shown
}

/// The compatibility ideographs: NFC would turn the 神 or 塚 of a name as it is registered into the common one.
const fn is_registered_form(c: char) -> bool {
    matches!(c, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// The same for a field of one line: line ends and tabs become single spaces, the ends are trimmed.
pub fn one_line(text: &str) -> String {
    let text = display(text);
    let parts: Vec<&str> = text.split(['\n', '\t', '\u{2028}', '\u{2029}']).map(str::trim).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.join(" ")
}

/// Half-width katakana and its punctuation as full width, with the sound marks joined; the rest untouched.
fn wide_kana(text: &str) -> String {
    let half = |c: char| matches!(c, '\u{ff61}'..='\u{ff9f}');
    if !text.contains(half) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if half(c) {
            run.push(c);
            continue;
        }
        flush(&mut run, &mut out);
        out.push(c);
    }
    flush(&mut run, &mut out);
    out
}

fn flush(run: &mut String, out: &mut String) {
    // A sound mark that joined nothing is shown as the spacing mark: a bare combining one would sit on its neighbour.
    out.extend(run.nfkc().map(|c| match c {
        '\u{3099}' => '゛',
        '\u{309a}' => '゜',
        _ => c,
    }));
    run.clear();
}

/// The key that was meant when an input method was left on: `１` → `1`, `ａ` → `a`, `あ` → `a`, `し` → `s`, `。` → `.`.
///
/// Kana give the first letter of their Hepburn spelling: か is `k` although some type `ca`, ち is `c` although most type `ti`,
/// ふ is `f`, じ is `j`. A plain input method commits a bare consonant as `ｋ`, which is exact; kana come only where a vowel
/// followed, so the guess matters for lists whose codes hold both letters. `None` for kanji and what no key makes.
pub fn command_key(c: char) -> Option<char> {
    if c.is_ascii_graphic() || c == ' ' {
        return Some(c);
    }
    let punctuation = match c {
        '、' | '､' | '，' => Some(','),
        '。' | '｡' | '．' => Some('.'),
        '・' | '･' => Some('/'),
        '「' | '｢' => Some('['),
        '」' | '｣' => Some(']'),
        'ー' | 'ｰ' | '−' | '‐' | '―' => Some('-'),
        '〜' | '～' => Some('~'),
        '￥' | '¥' => Some('\\'),
        '’' => Some('\''),
        '”' => Some('"'),
        _ => None,
    };
    if punctuation.is_some() {
        return punctuation;
    }
    let wide = std::iter::once(c).nfkc().next()?;
    if wide.is_ascii_graphic() || wide == ' ' {
        return Some(wide);
    }
    romaji::first_letter(wide)
}
