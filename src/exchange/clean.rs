//! Single values: what of a cell is kept, and what it means. Original spellings are kept but for half-width kana.

use serde_json::Value;

use crate::desk::phone::{self, Split};
use crate::search::fold;

/// A value that is not what its column should hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    /// No postal code: 7 digits.
    Postal,
    /// No code of the length of its scheme.
    Code,
    /// A code that a spreadsheet rounded (`3.51E+12`).
    RoundedCode,
    /// No latitude or longitude.
    Coordinate,
    /// No phone number.
    Phone,
    /// No abilities, or no answer of 今の受入, as this program writes them.
    Ability,
    /// No day.
    Day,
    /// An identity where a phone number should be.
    PhoneIsId,
    /// A phone number where an identity should be.
    IdIsPhone,
}

/// The key of a header: width, case, brackets, underscores, spaces and BOM don't count.
pub fn header(text: &str) -> String {
    let key: String = fold::plain(text).chars().filter(|c| c.is_alphanumeric() || *c == '〒').collect();
    key.to_lowercase()
}

/// Makes the texts of a value what they are when they are typed: half-width kana full width, no control characters.
pub fn entered(value: &mut Value) {
    match value {
        Value::String(text) => *text = fold::display(text),
        Value::Array(list) => list.iter_mut().for_each(entered),
        Value::Object(members) => members.values_mut().for_each(entered),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A cell as one line: outer blanks and control characters gone, half-width kana full.
pub fn line(text: &str) -> String {
    // Most cells of most lists are empty or plain: they need no folding.
    let text = text.trim();
    let plain = |b: u8| (b' '..0x7f).contains(&b);
    if text.bytes().all(plain) { text.to_owned() } else { fold::one_line(text) }
}

/// A cell that may have several lines.
pub fn lines(text: &str) -> String {
    let text = fold::display(text);
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A mark in a column of ○: set, not set, or (`None`) something else.
pub fn mark(text: &str) -> Option<bool> {
    match text.trim() {
        "" | "0" | "×" | "✕" | "-" | "－" | "無" => Some(false),
        "○" | "〇" | "◯" | "◎" | "●" | "1" | "レ" | "✓" | "有" => Some(true),
        _ => None,
    }
}

/// Whether there are beds of a kind, by its column: a number, a mark, 有 or 無; `None` where nothing or something else stands
/// there.
pub fn beds(text: &str) -> Option<bool> {
    let text = line(text);
    let plain = fold::plain(&text);
    let count: String =
        plain.trim_end_matches('床').chars().filter(|c| !matches!(c, ',' | '，') && !c.is_whitespace()).collect();
    match count.parse::<u32>() {
        Ok(count) => Some(count > 0),
        // A hyphen says nothing: some lists mean none by it, others that nobody told them.
        Err(_) if text.is_empty() || text.chars().all(is_hyphen) => None,
        Err(_) => mark(&text),
    }
}

/// Whether the text holds one of `words`, in whatever kana.
pub fn holds(text: &str, words: &[&str]) -> bool {
    let text = fold::text(text);
    words.iter().any(|w| text.contains(&fold::text(w)))
}

/// 郵便番号: 7 digits; a leading zero that a spreadsheet took away is put back.
pub fn postal(text: &str) -> Result<String, Bad> {
    let text: String =
        fold::plain(text).chars().filter(|c| !c.is_whitespace() && *c != '〒' && !is_hyphen(*c)).collect();
    match text.len() {
        0 => Ok(text),
        6 | 7 if text.bytes().all(|b| b.is_ascii_digit()) => Ok(format!("{text:0>7}")),
        _ => Err(Bad::Postal),
    }
}

/// A code of `length` characters: digits, here and there a capital letter. Lost leading zeros are put back.
pub fn code(text: &str, length: usize) -> Result<String, Bad> {
    let text: String = fold::plain(text).chars().filter(|c| !c.is_whitespace()).collect();
    if looks_like_phone(&text) && text.contains(is_hyphen) {
        return Err(Bad::IdIsPhone);
    }
    let text: String = text.chars().filter(|c| !is_hyphen(*c)).collect::<String>().to_uppercase();
    let numeric = text.bytes().all(|b| b.is_ascii_digit());
    if text.is_empty() || numeric && text.len() <= length && text.len() + 2 >= length {
        return Ok(if text.is_empty() { text } else { format!("{text:0>length$}") });
    }
    if text.contains("E+") || text.contains('.') {
        return Err(Bad::RoundedCode);
    }
    let letters = text.len() == length && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if letters { Ok(text) } else { Err(Bad::Code) }
}

/// The prefecture's two digits out of a municipal code; empty where there is none.
///
/// Five digits are a code without its check digit, or a whole one whose leading zero a spreadsheet took away: the check
/// digit (weights 6 to 2, modulus 11, 全国地方公共団体コード) tells which.
pub fn prefecture_code(text: &str) -> String {
    let digits: String = fold::plain(text).chars().filter(char::is_ascii_digit).collect();
    let padded = format!("0{digits}");
    let whole = match digits.len() {
        1 => padded,
        5 if has_check_digit(&padded) => padded,
        2 | 5 | 6 => digits,
        _ => String::new(),
    };
    whole.chars().take(2).collect()
}

fn has_check_digit(code: &str) -> bool {
    let digits: Vec<u32> = code.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((check, rest)) = digits.split_last() else { return false };
    let sum: u32 = rest.iter().zip([6, 5, 4, 3, 2]).map(|(d, weight)| d * weight).sum();
    (11 - sum % 11) % 10 == *check
}

/// An identity of unknown scheme: 13 digits are 医療情報ネット, 10 characters 介護, 7 digits a 医療機関コード.
pub fn any_id(text: &str) -> Result<String, Bad> {
    let text = line(text);
    if text.is_empty() {
        return Ok(text);
    }
    if looks_like_phone(&text) && text.contains(is_hyphen) {
        return Err(Bad::IdIsPhone);
    }
    for (scheme, length) in [("iryo", 13), ("kaigo", 10)] {
        if let Ok(code) = code(&text, length) {
            return Ok(format!("{scheme}:{code}"));
        }
    }
    Err(Bad::Code)
}

/// 緯度 or 経度 in degrees, inside of `low..high`.
pub fn coordinate(text: &str, low: f64, high: f64) -> Result<Option<f64>, Bad> {
    let text: String = fold::plain(text).chars().filter(|c| !c.is_whitespace()).collect();
    match text.parse::<f64>() {
        _ if text.is_empty() => Ok(None),
        // Lists write 0 where they don't know.
        Ok(0.0) => Ok(None),
        Ok(degrees) if (low..high).contains(&degrees) => Ok(Some(degrees)),
        _ => Err(Bad::Coordinate),
    }
}

/// A phone number as it is kept, with the extension that was written behind it; `id` is the row's identity, which real
/// lists put into this column by mistake.
pub fn phone(text: &str, id: &str) -> Result<Split, Bad> {
    let text = line(text);
    let digits = phone::digits(&text);
    let bare = fold::plain(&text).chars().all(|c| c.is_ascii_digit());
    if digits.is_empty() {
        // 「なし」「-」 are answers, not mistakes.
        return if fold::plain(&text).chars().nth(4).is_none() { Ok(Split::default()) } else { Err(Bad::Phone) };
    }
    let own = id.rsplit(':').next().unwrap_or_default();
    if bare && (digits == own || digits.len() > 11) {
        return Err(Bad::PhoneIsId);
    }
    if bare && !digits.starts_with('0') && digits.len() >= 9 {
        // A spreadsheet takes the zero away: 9 digits of a fixed line, 10 of a mobile or 050 number.
        let lost = digits.len() == 9 || digits.len() == 10 && digits.starts_with(['5', '7', '8', '9']);
        return if lost { Ok(phone::split(&format!("0{digits}"))) } else { Err(Bad::PhoneIsId) };
    }
    match digits.len() {
        0..=2 => Err(Bad::Phone),
        3..=11 => Ok(parted(&text).unwrap_or_else(|| phone::split(&text))),
        // Two numbers in one cell stay as they were told.
        _ => Ok(Split { number: text, extension: String::new() }),
    }
}

/// A number that is written in its three parts: the list knows its area code better than any rule does.
fn parted(text: &str) -> Option<Split> {
    let plain: String =
        fold::plain(text).chars().map(|c| if is_hyphen(c) || matches!(c, '(' | ')') { '-' } else { c }).collect();
    let parts: Vec<&str> = plain.trim_matches('-').split('-').map(str::trim).collect();
    let [area, exchange, line] = parts.as_slice() else { return None };
    let numeric = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let whole = parts.iter().all(numeric)
        && area.starts_with('0')
        && line.len() == 4
        && (10..=11).contains(&(area.len() + exchange.len() + line.len()));
    whole.then(|| Split { number: format!("{area}-{exchange}-{line}"), extension: String::new() })
}

fn looks_like_phone(text: &str) -> bool {
    let digits = phone::digits(text);
    digits.starts_with('0') && (10..=11).contains(&digits.len())
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | 'ー' | 'ｰ')
}

/// The address with its prefecture and city in front where the list keeps those in columns of their own.
pub fn address(address: &str, prefecture: &str, city: &str) -> String {
    if address.is_empty() || prefecture.is_empty() || address.starts_with(prefecture) {
        return address.to_owned();
    }
    let city = if address.contains(city) { "" } else { city };
    format!("{prefecture}{city}{address}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_any_spelling() {
        for (text, key) in [
            ("\u{feff}正式名称（フリガナ）", "正式名称フリガナ"),
            ("名称_カナ", "名称カナ"),
            ("ＦＡＸ 番号", "fax番号"),
            ("方書(ﾋﾞﾙ名等)", "方書ビル名等"),
            ("電話\n番号", "電話番号"),
            ("", ""),
        ] {
            assert_eq!(header(text), key);
        }
    }

    #[test]
    fn values_are_kept_or_refused() {
        assert_eq!(line("　ﾃﾞｲｻｰﾋﾞｽ　髙﨑 \r\n"), "デイサービス　髙﨑");
        assert_eq!(postal("〒745-0000"), Ok("7450000".into()));
        assert_eq!(postal("６００００１"), Ok("0600001".into()));
        assert_eq!(postal("745"), Err(Bad::Postal));
        assert_eq!(code("170200001", 10), Ok("0170200001".into()));
        assert_eq!(code("35A0100012", 10), Ok("35A0100012".into()));
        assert_eq!(code("3.57E+09", 10), Err(Bad::RoundedCode));
        assert_eq!(code("0834-00-0001", 10), Err(Bad::IdIsPhone));
        assert_eq!(coordinate("34.05", 20.0, 46.0), Ok(Some(34.05)));
        assert_eq!(coordinate("131.8", 20.0, 46.0), Err(Bad::Coordinate));
        assert_eq!(coordinate("0", 20.0, 46.0), Ok(None));
        assert_eq!(any_id("3511350000001"), Ok("iryo:3511350000001".into()));
        for (text, wanted) in
            [("352021", "35"), ("35202", "35"), ("11011", "01"), ("011011", "01"), ("1", "01"), ("", "")]
        {
            assert_eq!(prefecture_code(text), wanted, "{text}");
        }
        assert_eq!(any_id("3570000001"), Ok("kaigo:3570000001".into()));
    }

    #[test]
    fn a_phone_is_no_identity() {
        for (text, id, wanted) in [
            ("0834-00-0001", "", Ok("0834-00-0001")),
            ("834000001", "", Ok("0834-00-0001")),
            ("０８３４（００）０００１", "", Ok("0834-00-0001")),
            ("0834-00-0001 / 0834-00-0002", "", Ok("0834-00-0001 / 0834-00-0002")),
            ("083-700-0001", "", Ok("083-700-0001")),
            ("9000000001", "", Ok("090-0000-0001")),
            ("3570000001", "kaigo:3570000001", Err(Bad::PhoneIsId)),
            ("3570000001", "", Err(Bad::PhoneIsId)),
            ("0170000001", "kaigo:0170000001", Err(Bad::PhoneIsId)),
            ("3511350000001", "", Err(Bad::PhoneIsId)),
            ("なし", "", Ok("")),
            ("問い合わせ中です", "", Err(Bad::Phone)),
        ] {
            assert_eq!(phone(text, id).map(|s| s.number), wanted.map(str::to_owned), "{text}");
        }
        assert_eq!(phone("0834-00-0001(内線 12)", "").unwrap().extension, "12");
    }

    #[test]
    fn an_address_is_whole() {
        assert_eq!(address("架空市港町1", "山口県", "架空市"), "山口県架空市港町1");
        assert_eq!(address("港町1", "山口県", "架空市"), "山口県架空市港町1");
        assert_eq!(address("山口県架空市港町1", "山口県", "架空市"), "山口県架空市港町1");
        assert_eq!(address("", "山口県", "架空市"), "");
    }
}
