//! Words of the front desk with their readings, and the legal forms of corporations: tables only. Knows no record.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold;

/// A word with its reading and, where there is one, the short form that people say for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// In hiragana.
    pub reading: &'static str,
    /// As a text key.
    pub short: Option<&'static str>,
}

/// Words that stand in names of departments, in roles and in notes: `word reading [short form]`, one a line.
const WORDS: &str = include_str!("words.tsv");

static TABLE: LazyLock<HashMap<char, Vec<(String, Word)>>> = LazyLock::new(|| {
    let mut table: HashMap<char, Vec<(String, Word)>> = HashMap::new();
    for line in WORDS.lines() {
        let mut cells = line.split('\t');
        let (Some(word), Some(reading)) = (cells.next().map(fold::text), cells.next()) else { continue };
        if let Some(first) = word.chars().next() {
            table.entry(first).or_default().push((word, Word { reading, short: cells.next() }));
        }
    }
    table
});

/// The words that a text (as a text key) holds.
pub(super) fn found(key: &str) -> Vec<Word> {
    let mut found = Vec::new();
    for (at, c) in key.char_indices().filter(|(_, c)| fold::is_kanji(*c)) {
        let rest = key.get(at..).unwrap_or_default();
        let known = TABLE.get(&c).into_iter().flatten();
        found.extend(known.filter(|(word, _)| rest.starts_with(word.as_str())).map(|(_, word)| *word));
    }
    found
}

/// All words of the list with their readings.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?))
    })
}

/// The reading of a word that is in the list, in hiragana.
pub fn reading(word: &str) -> Option<&'static str> {
    let key = fold::text(word);
    TABLE.get(&key.chars().next()?)?.iter().find(|(known, _)| *known == key).map(|(_, word)| word.reading)
}

/// Legal forms as text keys, longer ones before their beginnings.
const LEGAL_FORMS: &[&str] = &[
    "特定医療法人社団",
    "社会医療法人社団",
    "医療法人社団",
    "医療法人財団",
    "社会医療法人",
    "特定医療法人",
    "医療法人",
    "社会福祉法人",
    "一般社団法人",
    "公益社団法人",
    "一般財団法人",
    "公益財団法人",
    "特定非営利活動法人",
    "地方独立行政法人",
    "独立行政法人国立病院機構",
    "独立行政法人地域医療機能推進機構",
    "独立行政法人",
    "国立大学法人",
    "学校法人",
    "宗教法人",
    "財団法人",
    "社団法人",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "いりようほうじんしやだん",
    "いりようほうじんざいだん",
    "いりようほうじん",
    "しやかいいりようほうじん",
    "しやかいふくしほうじん",
    "いつぱんしやだんほうじん",
    "こうえきしやだんほうじん",
    "いつぱんざいだんほうじん",
    "こうえきざいだんほうじん",
    "とくていひえいりかつどうほうじん",
    "どくりつぎようせいほうじんこくりつびよういんきこう",
    "どくりつぎようせいほうじん",
    "ちほうどくりつぎようせいほうじん",
    "こくりつだいがくほうじん",
    "がつこうほうじん",
    "かぶしきがいしや",
    "かぶしきかいしや",
    "ゆうげんがいしや",
    "ゆうげんかいしや",
    "ごうどうがいしや",
    "ごうどうかいしや",
];

/// The same as romaji keys, of both kinds.
const LEGAL_READINGS: &[&str] = &[
    "iryouhoujinshadan",
    "iryouhoujinzaidan",
    "iryouhoujin",
    "shakaiiryouhoujin",
    "shakaifukushihoujin",
    "ipanshadanhoujin",
    "kouekishadanhoujin",
    "ipanzaidanhoujin",
    "kouekizaidanhoujin",
    "tokuteihieirikatsudouhoujin",
    "dokuritsugyouseihoujinkokuritsubyouinkikou",
    "dokuritsugyouseihoujin",
    "gakouhoujin",
    "kabushikigaisha",
    "kabushikikaisha",
    "yuugengaisha",
    "yuugenkaisha",
    "goudougaisha",
    "goudoukaisha",
    "iryohojinshadan",
    "iryohojinzaidan",
    "iryohojin",
    "shakairyohojin",
    "shakaifukushihojin",
    "ipanshadanhojin",
    "koekishadanhojin",
    "ipanzaidanhojin",
    "koekizaidanhojin",
    "tokutehierikatsudohojin",
    "dokuritsugyosehojinkokuritsubyoinkiko",
    "dokuritsugyosehojin",
    "gakohojin",
    "yugengaisha",
    "yugenkaisha",
    "godogaisha",
    "godokaisha",
];

/// The length in bytes of the legal form at the beginning of a text key, if there is one.
pub(super) fn legal_form(key: &str) -> Option<usize> {
    LEGAL_FORMS.iter().filter(|form| key.starts_with(**form)).map(|form| form.len()).max()
}

/// The same for a romaji key.
pub(super) fn legal_reading(key: &str) -> Option<usize> {
    LEGAL_READINGS.iter().filter(|form| key.starts_with(**form)).map(|form| form.len()).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_kanji_word_and_a_reading_in_kana() {
        assert!(WORDS.lines().count() >= 150);
        for line in WORDS.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!((2..=3).contains(&cells.len()), "{line}");
            assert!(fold::text(cells[0]).starts_with(fold::is_kanji), "{line}");
            assert!(cells[1].chars().all(fold::is_kana), "{line}");
            assert!(cells.get(2).is_none_or(|short| fold::text(short) == *short), "{line}");
        }
    }

    #[test]
    fn legal_readings_are_the_keys_of_their_kana() {
        for form in LEGAL_READINGS {
            assert_eq!(fold::romaji::key(form), *form);
        }
        for form in LEGAL_FORMS {
            assert_eq!(fold::text(form), *form);
        }
    }
}
