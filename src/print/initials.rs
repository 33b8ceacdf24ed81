//! The initials of a person, from the reading of the name: what a paper shows instead of the name.

/// The letters of the readings' first sounds, as they are written in passports.
const SOUNDS: &[(&str, char)] = &[
    ("アァ", 'A'),         // data, not a sentence
    ("イィヰ", 'I'),       // data, not a sentence
    ("ウゥ", 'U'),         // data, not a sentence
    ("エェヱ", 'E'),       // data, not a sentence
    ("オォヲ", 'O'),       // data, not a sentence
    ("カキクケコ", 'K'),   // data, not a sentence
    ("ガギグゲゴ", 'G'),   // data, not a sentence
    ("サシスセソ", 'S'),   // data, not a sentence
    ("ザズゼゾ", 'Z'),     // data, not a sentence
    ("ジヂ", 'J'),         // data, not a sentence
    ("タツテト", 'T'),     // data, not a sentence
    ("チ", 'C'),           // data, not a sentence
    ("ダデド", 'D'),       // data, not a sentence
    ("ヅ", 'Z'),           // data, not a sentence
    ("ナニヌネノン", 'N'), // data, not a sentence
    ("ハヒヘホ", 'H'),     // data, not a sentence
    ("フ", 'F'),           // data, not a sentence
    ("バビブベボ", 'B'),   // data, not a sentence
    ("パピプペポ", 'P'),   // data, not a sentence
    ("マミムメモ", 'M'),   // data, not a sentence
    ("ヤユヨャュョ", 'Y'), // data, not a sentence
    ("ラリルレロ", 'R'),   // data, not a sentence
    ("ワ", 'W'),           // data, not a sentence
    ("ヴ", 'V'),           // data, not a sentence
];

/// `K.H.` of a reading such as カクウ ハナエ or かくうはなえ (then `K.`), or of a name in kana or Latin letters. Empty where
/// a part is in kanji: whoever writes the paper knows the reading, this program would guess.
pub fn initials(reading: &str) -> String {
    let mut all = String::new();
    for part in reading.split(|c: char| c.is_whitespace() || c == '・' || c == '.') {
        let Some(first) = part.chars().next() else { continue };
        let Some(letter) = letter(first) else { return String::new() };
        all.push(letter);
        all.push('.');
    }
    all
}

fn letter(first: char) -> Option<char> {
    if first.is_ascii_alphabetic() {
        return Some(first.to_ascii_uppercase());
    }
    // Hiragana lie 96 places before their katakana.
    let katakana = match u32::from(first) {
        code @ 0x3041..=0x3096 => char::from_u32(code + 0x60)?,
        _ => first,
    };
    SOUNDS.iter().find(|(sounds, _)| sounds.contains(katakana)).map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_gives_its_first_letters_and_kanji_give_none() {
        for (reading, expected) in [
            ("カクウ ハナエ", "K.H."),
            ("かくう　じゅんこ", "K.J."),
            ("チバ フミ", "C.F."),
            ("タナカ", "T."),
            ("ヴィクトル・オオノ", "V.O."),
            ("Anna Schmidt", "A.S."),
            ("  ", ""),
            ("", ""),
            ("架空 花枝", ""),
            ("カクウ 花枝", ""),
            ("ーー", ""),
        ] {
            assert_eq!(initials(reading), expected, "{reading}");
        }
    }
}
