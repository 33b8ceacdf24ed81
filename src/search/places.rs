//! Readings of prefectures and cities, so that an address is found by what is typed: tables only. Knows no record.
//!
//! The cities, towns and villages of the whole country come from 日本郵便's KEN_ALL (its kana; no copyright is asserted in it),
//! through the public package jusho 1.0.1; a `|` stands behind the district. Readings of what is smaller are imported by a desk.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold;

const TABLE: &str = include_str!("municipalities.tsv");

/// Prefectures with their readings.
const PREFECTURES: &[(&str, &str)] = &[
    ("北海道", "ほっかいどう"),
    ("青森県", "あおもりけん"),
    ("岩手県", "いわてけん"),
    ("宮城県", "みやぎけん"),
    ("秋田県", "あきたけん"),
    ("山形県", "やまがたけん"),
    ("福島県", "ふくしまけん"),
    ("茨城県", "いばらきけん"),
    ("栃木県", "とちぎけん"),
    ("群馬県", "ぐんまけん"),
    ("埼玉県", "さいたまけん"),
    ("千葉県", "ちばけん"),
    ("東京都", "とうきょうと"),
    ("神奈川県", "かながわけん"),
    ("新潟県", "にいがたけん"),
    ("富山県", "とやまけん"),
    ("石川県", "いしかわけん"),
    ("福井県", "ふくいけん"),
    ("山梨県", "やまなしけん"),
    ("長野県", "ながのけん"),
    ("岐阜県", "ぎふけん"),
    ("静岡県", "しずおかけん"),
    ("愛知県", "あいちけん"),
    ("三重県", "みえけん"),
    ("滋賀県", "しがけん"),
    ("京都府", "きょうとふ"),
    ("大阪府", "おおさかふ"),
    ("兵庫県", "ひょうごけん"),
    ("奈良県", "ならけん"),
    ("和歌山県", "わかやまけん"),
    ("鳥取県", "とっとりけん"),
    ("島根県", "しまねけん"),
    ("岡山県", "おかやまけん"),
    ("広島県", "ひろしまけん"),
    ("山口県", "やまぐちけん"),
    ("徳島県", "とくしまけん"),
    ("香川県", "かがわけん"),
    ("愛媛県", "えひめけん"),
    ("高知県", "こうちけん"),
    ("福岡県", "ふくおかけん"),
    ("佐賀県", "さがけん"),
    ("長崎県", "ながさきけん"),
    ("熊本県", "くまもとけん"),
    ("大分県", "おおいたけん"),
    ("宮崎県", "みやざきけん"),
    ("鹿児島県", "かごしまけん"),
    ("沖縄県", "おきなわけん"),
];

/// All cities, towns, villages and wards by text key, each with its name, its prefecture and its reading; those of a district
/// also without it, as many write them.
static CITIES: LazyLock<HashMap<String, Vec<City>>> = LazyLock::new(|| {
    let mut cities: HashMap<String, Vec<City>> = HashMap::new();
    let mut prefecture = "";
    for line in TABLE.lines() {
        if let Some(name) = line.strip_prefix('#') {
            prefecture = name;
            continue;
        }
        let Some((name, kana)) = line.split_once('\t') else { continue };
        let whole = City { prefecture, name: name.replace('|', ""), kana: kana.replace('|', "") };
        let parts = name.split_once('|').zip(kana.split_once('|'));
        let town =
            parts.map(|((_, name), (_, kana))| City { prefecture, name: name.to_owned(), kana: kana.to_owned() });
        for city in std::iter::once(whole).chain(town) {
            cities.entry(fold::text(&city.name)).or_default().push(city);
        }
    }
    cities
});

/// The longest key of a city, in characters.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| CITIES.keys().map(|key| key.chars().count()).max().unwrap_or_default());

/// A city, town, village or ward.
struct City {
    prefecture: &'static str,
    name: String,
    kana: String,
}

/// The address (as a text key) without its prefecture.
pub(super) fn without_prefecture(address: &str) -> &str {
    let first = address.chars().next();
    PREFECTURES
        .iter()
        .filter(|(name, _)| name.chars().next() == first)
        .find_map(|(name, _)| address.strip_prefix(name))
        .unwrap_or(address)
}

/// The city at the beginning of an address (as a text key).
fn find(address: &str) -> Option<&'static City> {
    let all = prefix(without_prefecture(address), *LONGEST, |key| CITIES.get(key))?;
    let named = all.iter().find(|city| address.starts_with(city.prefecture));
    named.or_else(|| all.first())
}

/// The cities, towns and villages as they stand in names, without 市, 町 or 村, with their readings.
pub(super) fn bare() -> impl Iterator<Item = (&'static str, &'static str)> {
    let ends = [("市", "シ"), ("町", "チョウ"), ("町", "マチ"), ("村", "ムラ"), ("村", "ソン")];
    CITIES.values().flatten().filter_map(move |city| {
        let bare = |(sign, kana): &(&str, &str)| Some((city.name.strip_suffix(sign)?, city.kana.strip_suffix(kana)?));
        ends.iter().find_map(bare).filter(|(name, _)| !name.contains('郡') && name.chars().nth(1).is_some())
    })
}

/// The name and the reading of the city of an address, as it is written; empty where there is none.
pub fn city(address: &str) -> (&'static str, &'static str) {
    find(&fold::address(address)).map_or(("", ""), |city| (&city.name, &city.kana))
}

/// The reading of the city of an address (as a text key), else of its prefecture.
pub(super) fn reading(address: &str) -> &'static str {
    let prefecture = || PREFECTURES.iter().find(|(name, _)| address.starts_with(name)).map(|(_, kana)| *kana);
    find(address).map(|city| city.kana.as_str()).or_else(prefecture).unwrap_or_default()
}

/// What `look` knows of the longest beginning of the text, of at most `longest` characters.
fn prefix<'a, T: ?Sized>(text: &str, longest: usize, look: impl Fn(&str) -> Option<&'a T>) -> Option<&'a T> {
    let mut ends: Vec<usize> = text.char_indices().skip(1).map(|(at, _)| at).take(longest).collect();
    if ends.len() < longest && !text.is_empty() {
        ends.push(text.len());
    }
    ends.into_iter().rev().find_map(|end| look(text.get(..end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reading_of_an_address_is_that_of_its_city_and_town() {
        for (address, kana) in [
            ("山口県周南市孝田町１−１", "シュウナンシ"),
            ("周南市孝田町１－１", "シュウナンシ"),
            ("山口県熊毛郡平生町平生村", "クマゲグンヒラオチョウ"),
            ("平生町", "ヒラオチョウ"),
            ("熊本市", "クマモトシ"),
            ("熊本県熊本市中央区水前寺", "クマモトシチュウオウク"),
            ("岐阜県揖斐郡池田町", "イビグンイケダチョウ"),
            ("長野県池田町", "イケダマチ"),
            ("郡山市", "コオリヤマシ"),
            ("高知県高岡郡のどこか", "こうちけん"),
            ("", ""),
            ("火星", ""),
        ] {
            assert_eq!(reading(&fold::text(address)), kana, "{address}");
        }
    }
}
