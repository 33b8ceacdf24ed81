//! Bytes to text and back: BOM, then strict UTF-8, then CP932 (the Windows kind of Shift_JIS).

use std::borrow::Cow;

use encoding_rs::{Encoding, SHIFT_JIS};

use super::error::Refusal;

/// The text in `bytes`, without a BOM.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        let body = bytes.get(bom..).unwrap_or_default();
        return encoding
            .decode_without_bom_handling_and_without_replacement(body)
            .ok_or_else(|| Refusal::NotText { row: first_bad_line(body, is_utf8) });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let bad_utf8 = first_bad_line(bytes, is_utf8);
    if lines(bytes).any(is_japanese_utf8) {
        return Err(Refusal::MixedEncodings { row: bad_utf8 });
    }
    SHIFT_JIS
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| Refusal::NotText { row: first_bad_line(bytes, is_cp932) })
}

/// What is done with a sign that Unicode has twice and CP932 once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twins {
    /// It is refused: it would come back as the other one.
    Refuse,
    /// The one that CP932 has is written in its place (`〜` as `～`).
    Write,
}

/// `text` in CP932.
///
/// # Errors
/// The first character that CP932 lacks, or that would come back from it as another.
pub fn encode_cp932(text: &str, twins: Twins) -> Result<Vec<u8>, char> {
    let text: Cow<'_, str> = match twins {
        Twins::Refuse => Cow::Borrowed(text),
        Twins::Write => text.chars().map(twin).collect::<String>().into(),
    };
    let (bytes, _, replaced) = SHIFT_JIS.encode(&text);
    if !replaced && SHIFT_JIS.decode_without_bom_handling(&bytes).0 == text {
        return Ok(bytes.into_owned());
    }
    Err(text.chars().find(|c| !is_in_cp932(*c)).unwrap_or_default())
}

/// Whether the character comes back from CP932 as it went in.
fn is_in_cp932(c: char) -> bool {
    let mut cell = [0; 4];
    let text: &str = c.encode_utf8(&mut cell);
    let (bytes, _, replaced) = SHIFT_JIS.encode(text);
    !replaced && SHIFT_JIS.decode_without_bom_handling(&bytes).0 == text
}

/// Whether `b` is what `a` becomes on its way through CP932, which has one of several signs alike.
pub fn same_in_cp932(a: &str, b: &str) -> bool {
    a == b || encode_cp932(a, Twins::Write).is_ok_and(|bytes| SHIFT_JIS.decode_without_bom_handling(&bytes).0 == b)
}

/// Signs that Unicode has twice: Windows reads and writes the second of each pair.
fn twin(c: char) -> char {
    match c {
        '\u{301c}' => '\u{ff5e}',
        '\u{2014}' => '\u{2015}',
        '\u{2016}' => '\u{2225}',
        '\u{2212}' => '\u{ff0d}',
        '\u{a5}' => '\u{ffe5}',
        '\u{a2}' => '\u{ffe0}',
        '\u{a3}' => '\u{ffe1}',
        '\u{ac}' => '\u{ffe2}',
        '\u{203e}' => '\u{ffe3}',
        other => other,
    }
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|b| *b == b'\n')
}

fn first_bad_line(bytes: &[u8], good: impl Fn(&[u8]) -> bool) -> usize {
    lines(bytes).position(|line| !good(line)).unwrap_or_default() + 1
}

fn is_utf8(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok()
}

fn is_cp932(line: &[u8]) -> bool {
    SHIFT_JIS.decode_without_bom_handling_and_without_replacement(line).is_some()
}

/// Three kana or kanji that are sound UTF-8: by chance CP932 bytes are that in about no line.
fn is_japanese_utf8(line: &[u8]) -> bool {
    std::str::from_utf8(line)
        .is_ok_and(|text| text.chars().filter(|c| ('\u{3040}'..='\u{9fff}').contains(c)).count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_each_encoding_that_desks_have() {
        let text = "病院名,電話\n架空病院㈱髙﨑,0834-00-0001\n";
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            format!("\u{feff}{text}").into_bytes(),
            encode_cp932(text, Twins::Refuse).unwrap(),
            utf16,
        ] {
            assert_eq!(decode(&bytes).unwrap(), text);
        }
        assert_eq!(decode(b"").unwrap(), "");
    }

    #[test]
    fn what_is_no_text_or_two_encodings_names_its_line() {
        let mut mixed = "病院名,電話\n架空病院,0834-00-0001\n".as_bytes().to_vec();
        mixed.extend(encode_cp932("架空医院,0834-00-0002\n", Twins::Refuse).unwrap());
        assert_eq!(decode(&mixed), Err(Refusal::MixedEncodings { row: 3 }));
        let mut cut = encode_cp932("病院名,電話\n架空病院", Twins::Refuse).unwrap();
        cut.pop();
        assert_eq!(decode(&cut), Err(Refusal::NotText { row: 2 }));
        assert_eq!(decode(b"\xef\xbb\xbfname\n\xff\xff"), Err(Refusal::NotText { row: 2 }));
    }

    #[test]
    fn cp932_names_what_it_lacks_and_writes_a_twin_only_when_asked() {
        for (sign, twin) in [
            ('〜', "～"),
            ('—', "―"),
            ('‖', "∥"),
            ('−', "－"),
            ('¥', "￥"),
            ('¢', "￠"),
            ('£', "￡"),
            ('¬', "￢"),
            ('‾', "￣"),
        ] {
            let text = sign.to_string();
            assert_eq!(encode_cp932(&text, Twins::Refuse), Err(sign));
            assert_eq!(decode(&encode_cp932(&text, Twins::Write).unwrap()).unwrap(), twin);
        }
        for twins in [Twins::Refuse, Twins::Write] {
            assert_eq!(encode_cp932("架空𠮷田", twins), Err('𠮷'));
            assert_eq!(encode_cp932("葛\u{e0100}", twins), Err('\u{e0100}'));
            let whole = "㈱①髙﨑濵德℡～―∥－￥ﾋﾞﾙ\\~";
            assert_eq!(decode(&encode_cp932(whole, twins).unwrap()).unwrap(), whole);
        }
    }
}
