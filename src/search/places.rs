//! Readings of places, so that an address is found by what is typed: tables only. Knows no record.
//!
//! The cities and towns of 山口県 come from 日本郵便's KEN_ALL (its kana; no copyright is asserted in it), through the public package
//! jusho 1.0.1. The prefectures and the larger cities of the country are written by hand.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold;

const TABLE: &str = include_str!("places.tsv");

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

/// The seats of prefectures and the larger cities, and the neighbours of 山口県.
const CITIES: &[(&str, &str)] = &[
    ("札幌市", "さっぽろし"),
    ("旭川市", "あさひかわし"),
    ("函館市", "はこだてし"),
    ("青森市", "あおもりし"),
    ("八戸市", "はちのへし"),
    ("盛岡市", "もりおかし"),
    ("仙台市", "せんだいし"),
    ("秋田市", "あきたし"),
    ("山形市", "やまがたし"),
    ("福島市", "ふくしまし"),
    ("郡山市", "こおりやまし"),
    ("いわき市", "いわきし"),
    ("水戸市", "みとし"),
    ("宇都宮市", "うつのみやし"),
    ("前橋市", "まえばしし"),
    ("高崎市", "たかさきし"),
    ("さいたま市", "さいたまし"),
    ("川越市", "かわごえし"),
    ("川口市", "かわぐちし"),
    ("千葉市", "ちばし"),
    ("船橋市", "ふなばしし"),
    ("柏市", "かしわし"),
    ("八王子市", "はちおうじし"),
    ("横浜市", "よこはまし"),
    ("川崎市", "かわさきし"),
    ("相模原市", "さがみはらし"),
    ("横須賀市", "よこすかし"),
    ("新潟市", "にいがたし"),
    ("長岡市", "ながおかし"),
    ("富山市", "とやまし"),
    ("金沢市", "かなざわし"),
    ("福井市", "ふくいし"),
    ("甲府市", "こうふし"),
    ("長野市", "ながのし"),
    ("松本市", "まつもとし"),
    ("岐阜市", "ぎふし"),
    ("静岡市", "しずおかし"),
    ("浜松市", "はままつし"),
    ("名古屋市", "なごやし"),
    ("豊田市", "とよたし"),
    ("豊橋市", "とよはしし"),
    ("岡崎市", "おかざきし"),
    ("津市", "つし"),
    ("四日市市", "よっかいちし"),
    ("大津市", "おおつし"),
    ("京都市", "きょうとし"),
    ("大阪市", "おおさかし"),
    ("堺市", "さかいし"),
    ("東大阪市", "ひがしおおさかし"),
    ("豊中市", "とよなかし"),
    ("枚方市", "ひらかたし"),
    ("高槻市", "たかつきし"),
    ("神戸市", "こうべし"),
    ("姫路市", "ひめじし"),
    ("尼崎市", "あまがさきし"),
    ("西宮市", "にしのみやし"),
    ("奈良市", "ならし"),
    ("和歌山市", "わかやまし"),
    ("鳥取市", "とっとりし"),
    ("米子市", "よなごし"),
    ("松江市", "まつえし"),
    ("出雲市", "いずもし"),
    ("浜田市", "はまだし"),
    ("益田市", "ますだし"),
    ("津和野町", "つわのちょう"),
    ("吉賀町", "よしかちょう"),
    ("岡山市", "おかやまし"),
    ("倉敷市", "くらしきし"),
    ("広島市", "ひろしまし"),
    ("福山市", "ふくやまし"),
    ("呉市", "くれし"),
    ("尾道市", "おのみちし"),
    ("廿日市市", "はつかいちし"),
    ("大竹市", "おおたけし"),
    ("東広島市", "ひがしひろしまし"),
    ("徳島市", "とくしまし"),
    ("高松市", "たかまつし"),
    ("松山市", "まつやまし"),
    ("今治市", "いまばりし"),
    ("高知市", "こうちし"),
    ("北九州市", "きたきゅうしゅうし"),
    ("福岡市", "ふくおかし"),
    ("久留米市", "くるめし"),
    ("佐賀市", "さがし"),
    ("長崎市", "ながさきし"),
    ("佐世保市", "させぼし"),
    ("熊本市", "くまもとし"),
    ("大分市", "おおいたし"),
    ("別府市", "べっぷし"),
    ("宮崎市", "みやざきし"),
    ("鹿児島市", "かごしまし"),
    ("那覇市", "なはし"),
];

/// A city: its reading, and the readings of its towns by text key.
#[derive(Default)]
struct City {
    kana: &'static str,
    towns: HashMap<String, &'static str>,
    /// The longest town's key, in characters.
    longest: usize,
}

struct Places {
    cities: HashMap<String, City>,
    longest: usize,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let mut cities: HashMap<String, City> = HashMap::new();
    for (name, kana) in CITIES {
        cities.insert(fold::text(name), City { kana, ..City::default() });
    }
    let mut current = String::new();
    for (name, kana) in TABLE.lines().filter_map(|l| l.split_once('\t')) {
        if let Some(city) = name.strip_prefix('#') {
            current = fold::text(city);
            // 熊毛郡平生町 is also written without its district.
            if let Some((_, town)) = city.split_once('郡') {
                let kana = kana.split_once("グン").map_or(kana, |(_, town)| town);
                cities.entry(fold::text(town)).or_default().kana = kana;
            }
            cities.entry(current.clone()).or_default().kana = kana;
        } else if let Some(city) = cities.get_mut(&current) {
            let key = fold::text(name);
            city.longest = city.longest.max(key.chars().count());
            city.towns.insert(key, kana);
        }
    }
    let longest = cities.keys().map(|k| k.chars().count()).max().unwrap_or_default();
    Places { cities, longest }
});

/// The address (as a text key) without its prefecture.
pub(super) fn without_prefecture(address: &str) -> &str {
    let first = address.chars().next();
    PREFECTURES
        .iter()
        .filter(|(name, _)| name.chars().next() == first)
        .find_map(|(name, _)| address.strip_prefix(name))
        .unwrap_or(address)
}

/// The reading of the city and the town of an address (as a text key) as far as the tables know them, words parted by spaces.
pub(super) fn reading(address: &str) -> String {
    let rest = without_prefecture(address);
    let Some((at, city)) = prefix(rest, PLACES.longest, |key| PLACES.cities.get(key)) else {
        let known = PREFECTURES.iter().find(|(name, _)| address.starts_with(name));
        return known.map(|(_, kana)| (*kana).to_owned()).unwrap_or_default();
    };
    let after = rest.get(at..).unwrap_or_default();
    match prefix(after, city.longest, |key| city.towns.get(key)) {
        Some((_, town)) => format!("{} {town}", city.kana),
        None => city.kana.to_owned(),
    }
}

/// The longest beginning of the text, of at most `longest` characters, that `look` knows, with its length in bytes.
fn prefix<'a, T: ?Sized>(text: &str, longest: usize, look: impl Fn(&str) -> Option<&'a T>) -> Option<(usize, &'a T)> {
    let mut ends: Vec<usize> = text.char_indices().skip(1).map(|(at, _)| at).take(longest).collect();
    if ends.len() < longest && !text.is_empty() {
        ends.push(text.len());
    }
    ends.into_iter().rev().find_map(|end| Some((end, look(text.get(..end)?)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reading_of_an_address_is_that_of_its_city_and_town() {
        for (address, kana) in [
            ("山口県周南市孝田町１−１", "シュウナンシ コウダチョウ"),
            ("周南市孝田町１－１", "シュウナンシ コウダチョウ"),
            ("山口県熊毛郡平生町平生村", "クマゲグンヒラオチョウ ヒラオムラ"),
            ("平生町", "ヒラオチョウ"),
            ("熊本市", "くまもとし"),
            ("高知県高岡郡のどこか", "こうちけん"),
            ("", ""),
            ("火星", ""),
        ] {
            assert_eq!(reading(&fold::text(address)), kana, "{address}");
        }
    }
}
