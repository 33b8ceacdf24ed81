//! Readings that are guessed of names: from words of the front desk, municipalities, common family names, and from what the
//! readings of other records show. A proposal, never the truth: whoever keeps one marks it as guessed. Knows no record.

use std::collections::HashMap;

use super::{fold, places, words};

/// Legal forms, common parts of names of offices, and common family names (each among the most frequent of the country), with
/// their readings. A single kanji has many readings: those here are its usual ones in names of offices.
const PARTS: &str = "医療法人 いりょうほうじん|社団 しゃだん|財団 ざいだん|社会 しゃかい|社会福祉法人 しゃかいふくしほうじん|株式会社 かぶしきがいしゃ|\
    有限会社 ゆうげんがいしゃ|合同会社 ごうどうがいしゃ|独立行政法人 どくりつぎょうせいほうじん|学校法人 がっこうほうじん|一般社団法人 いっぱんしゃだんほうじん|\
    事業所 じぎょうしょ|支援 しえん|歯科医院 しかいいん|耳鼻科 じびか|胃腸科 いちょうか|産科 さんか|形成外科 けいせいげか|会 かい|院 いん|園 えん|苑 えん|荘 そう|館 かん|\
    科 か|室 しつ|課 か|部 ぶ|市 し|町 ちょう|村 むら|区 く|県 けん|立 りつ|新 しん|東 ひがし|西 にし|南 みなみ|北 きた|丘 おか|台 だい|駅前 えきまえ|港 みなと|\
    佐藤 さとう|鈴木 すずき|高橋 たかはし|田中 たなか|伊藤 いとう|渡辺 わたなべ|山本 やまもと|中村 なかむら|小林 こばやし|加藤 かとう|吉田 よしだ|山田 やまだ|\
    佐々木 ささき|山口 やまぐち|松本 まつもと|井上 いのうえ|木村 きむら|林 はやし|斉藤 さいとう|清水 しみず|山崎 やまさき|森 もり|池田 いけだ|橋本 はしもと|阿部 あべ|\
    石川 いしかわ|山下 やました|中島 なかしま|石井 いしい|小川 おがわ|前田 まえだ|岡田 おかだ|長谷川 はせがわ|藤田 ふじた|後藤 ごとう|近藤 こんどう|村上 むらかみ|\
    遠藤 えんどう|青木 あおき|坂本 さかもと|福田 ふくだ|太田 おおた|西村 にしむら|藤井 ふじい|金子 かねこ|藤原 ふじわら|岡本 おかもと|三浦 みうら|中野 なかの|\
    中川 なかがわ|原田 はらだ|松田 まつだ|竹内 たけうち|小野 おの|田村 たむら|中山 なかやま|和田 わだ|石田 いしだ|森田 もりた|上田 うえだ|原 はら|内田 うちだ|柴田 しばた|\
    酒井 さかい|宮崎 みやざき|横山 よこやま|高木 たかぎ|安藤 あんどう|宮本 みやもと|大野 おおの|小島 こじま|谷口 たにぐち|今井 いまい|工藤 くどう|高田 たかだ|増田 ますだ|\
    丸山 まるやま|杉山 すぎやま|村田 むらた|大塚 おおつか|新井 あらい|小山 こやま|平野 ひらの|藤本 ふじもと|河野 こうの|上野 うえの|野口 のぐち|武田 たけだ|松井 まつい|\
    千葉 ちば|岩崎 いわさき|菅原 すがわら|木下 きのした|久保 くぼ|佐野 さの|野村 のむら|松尾 まつお|菊地 きくち|市川 いちかわ|杉本 すぎもと|古川 ふるかわ|大西 おおにし|\
    島田 しまだ|水野 みずの|桜井 さくらい|高野 たかの|吉川 よしかわ|山内 やまうち|西田 にしだ|飯田 いいだ|西川 にしかわ|小松 こまつ|北村 きたむら|安田 やすだ|五十嵐 いがらし|\
    川口 かわぐち|平田 ひらた|関 せき|中田 なかた|久保田 くぼた|服部 はっとり|東 ひがし|岩田 いわた|土屋 つちや|川崎 かわさき|福島 ふくしま|本田 ほんだ|辻 つじ|樋口 ひぐち|\
    秋山 あきやま|田口 たぐち|永井 ながい|山中 やまなか|中西 なかにし|吉村 よしむら|川上 かわかみ|石原 いしはら|大橋 おおはし|松岡 まつおか|馬場 ばば|浜田 はまだ|森本 もりもと";

/// The longest word that is looked up, in characters.
const LONGEST: usize = 14;
/// What a kanji costs that nobody knows, beside a word.
const UNKNOWN: u32 = 100;

/// Words with their readings.
pub struct Readings {
    /// Hiragana, by text key.
    words: HashMap<String, String>,
}

impl Default for Readings {
    fn default() -> Self {
        Self::new()
    }
}

impl Readings {
    /// What is known without any record.
    pub fn new() -> Self {
        let mut readings = Self { words: HashMap::new() };
        let parts = PARTS.split('|').filter_map(|part| part.trim().split_once(' '));
        for (word, reading) in words::all().chain(parts) {
            readings.put(word, reading);
        }
        for (name, kana) in places::bare() {
            readings.put(name, kana);
        }
        readings
    }

    /// Adds a word; a reading that is known already stays.
    pub fn put(&mut self, word: &str, reading: &str) {
        self.words.entry(fold::text(word)).or_insert_with(|| hiragana(reading));
    }

    /// Learns the parts of a name whose reading is known: what is left when known words are taken from both ends.
    pub fn learn(&mut self, name: &str, kana: &str) {
        let gaps = |text: &str| -> Vec<String> { fold::plain(text).split_whitespace().map(str::to_owned).collect() };
        let (names, kanas) = (gaps(name), gaps(kana));
        if names.len() == kanas.len() {
            names.iter().zip(&kanas).for_each(|(name, kana)| self.learn_part(name, &hiragana(kana)));
        } else {
            self.learn_part(&names.concat(), &hiragana(&kanas.concat()));
        }
    }

    fn learn_part(&mut self, name: &str, kana: &str) {
        let (mut name, mut kana) = (name, kana);
        while let Some((shorter, rest)) = self.without_known(name, kana) {
            (name, kana) = (shorter, rest);
        }
        let (signs, sounds) = (name.chars().count(), kana.chars().count());
        let plausible = (2..=6).contains(&signs) && (signs..=signs * 4).contains(&sounds);
        if plausible && name.chars().all(fold::is_kanji) && kana.chars().all(fold::is_kana) {
            self.put(name, kana);
        }
    }

    /// Name and reading without a known word, or a kana, at one of their ends.
    fn without_known<'t>(&self, name: &'t str, kana: &'t str) -> Option<(&'t str, &'t str)> {
        let reading = |word: &str| match word.chars().next().filter(|c| fold::is_kana(*c)) {
            Some(c) if word.len() == c.len_utf8() => Some(hiragana(word)),
            _ => self.words.get(&fold::text(word)).cloned(),
        };
        let mut ends = name.char_indices().map(|(at, _)| at);
        let behind = ends.clone().find_map(|at| {
            let (before, word) = name.split_at_checked(at)?;
            Some((before, kana.strip_suffix(reading(word)?.as_str())?)).filter(|(before, _)| !before.is_empty())
        });
        behind.or_else(|| {
            ends.by_ref().skip(1).collect::<Vec<_>>().into_iter().rev().find_map(|at| {
                let (word, after) = name.split_at_checked(at)?;
                Some((after, kana.strip_prefix(reading(word)?.as_str())?))
            })
        })
    }

    /// The reading of a name in katakana, as far as its words are known; empty where there is nothing to guess.
    pub fn guess(&self, name: &str) -> String {
        let name: Vec<char> = fold::plain(name).chars().collect();
        if !name.iter().any(|c| fold::is_kanji(*c)) {
            return String::new();
        }
        // The cheapest way from each character to the end, and how many characters its first step takes.
        let mut ways: Vec<(u32, usize, String)> = vec![(0, 0, String::new())];
        for at in (0..name.len()).rev() {
            let cost = |step: usize| ways.get(name.len() - at - step).map_or(u32::MAX / 2, |(cost, ..)| *cost);
            let Some(c) = name.get(at) else { continue };
            let alone = if fold::is_kanji(*c) { UNKNOWN } else { 0 };
            let mut best = (alone + cost(1), 1, c.to_string());
            for step in 1..=LONGEST.min(name.len() - at).min(if fold::is_kanji(*c) { LONGEST } else { 0 }) {
                let word: String = name.iter().skip(at).take(step).collect();
                if let Some(reading) = self.words.get(&fold::text(&word)) {
                    let price = if step == 1 { 30 } else { 10 };
                    if price + cost(step) < best.0 {
                        best = (price + cost(step), step, reading.clone());
                    }
                }
            }
            ways.push(best);
        }
        let (mut at, mut guess) = (0, String::new());
        while let Some((_, step, reading)) = ways.get(name.len() - at).filter(|(_, step, _)| *step > 0) {
            guess.push_str(reading);
            at += step;
        }
        katakana(&guess)
    }
}

fn hiragana(text: &str) -> String {
    fold::plain(text).chars().map(fold::hiragana).collect()
}

fn katakana(text: &str) -> String {
    let shift = |c: char| match c {
        'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    };
    text.chars().map(shift).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_by_its_words_and_by_what_other_names_show() {
        let mut readings = Readings::new();
        for (name, guess) in [
            ("医療法人　周南中央病院", "イリョウホウジン シュウナンチュウオウビョウイン"),
            ("髙橋内科クリニック", "タカハシナイカクリニック"),
            ("さくら訪問看護ステーション", "サクラホウモンカンゴステーション"),
            ("架空遠石医院", "架空遠石イイン"),
            ("ひまわりデイサービス", ""),
            ("", ""),
        ] {
            assert_eq!(readings.guess(name), guess, "{name}");
        }
        readings.learn("医療法人架空会　遠石病院", "イリョウホウジンカクウカイ　トオイシビョウイン");
        readings.learn("架空歯科", "ｶｸｳｼｶ");
        // Nothing is learnt of what does not fit.
        readings.learn("東雲荘", "ナ");
        readings.learn("", "カナ");
        assert_eq!(readings.guess("架空遠石医院"), "カクウトオイシイイン");
        assert_eq!(readings.guess("東雲荘"), "ヒガシ雲ソウ");
    }

    #[test]
    fn very_long_names_take_no_time() {
        let readings = Readings::new();
        assert!(!readings.guess(&"徳山中央病院".repeat(2_000)).is_empty());
    }
}
