//! The recall table once more, over the names of all cities, towns and villages of the country with their official readings, and
//! a class for each point that the match rules had left open: what is found there is to be more than column 4d found.

use std::rc::Rc;

use super::super::*;
use super::rows::{KINDS, Numbers};
use super::spelling::{
    Style, half_width, hiragana, kanji_number, katakana, large, romaji, wide, with_h, with_marks, without_long,
};

const MUNICIPALITIES: &str = include_str!("../municipalities.tsv");

/// A way of typing: what column 4d of the table found (0: the point was open), and records with what is typed for them.
struct Class {
    what: &'static str,
    before: f64,
    cases: Vec<(Rc<Keys>, String)>,
}

impl Class {
    const fn new(what: &'static str, before: f64, cases: Vec<(Rc<Keys>, String)>) -> Self {
        Self { what, before, cases }
    }

    fn found(&self) -> f64 {
        let count = |count: usize| f64::from(u32::try_from(count).unwrap());
        let found = self.cases.iter().filter(|(keys, typed)| Filter::new(typed).matches(keys)).count();
        100.0 * count(found) / count(self.cases.len())
    }

    fn missed(&self) -> Vec<&str> {
        let missed = self.cases.iter().filter(|(keys, typed)| !Filter::new(typed).matches(keys));
        missed.map(|(_, typed)| typed.as_str()).take(5).collect()
    }
}

fn keys(entry: &Entry<'_>) -> Rc<Keys> {
    Rc::new(Keys::of(entry))
}

fn named(name: &str, kana: &str) -> Rc<Keys> {
    keys(&Entry { name, kana, ..Entry::default() })
}

fn at(address: &str, address_kana: &str) -> Rc<Keys> {
    keys(&Entry { name: "架空病院", kana: "カクウビョウイン", address, address_kana, ..Entry::default() })
}

/// The prefecture, the name and the reading of every city, town and village.
fn municipalities() -> Vec<(&'static str, String, String)> {
    let mut prefecture = "";
    let mut all = Vec::new();
    for line in MUNICIPALITIES.lines() {
        if let Some(name) = line.strip_prefix('#') {
            prefecture = name;
        } else if let Some((name, kana)) =
            line.split_once('\t').filter(|(name, _)| !name.contains("市") || name.ends_with('市'))
        {
            let last = |text: &str| text.rsplit('|').next().unwrap().to_owned();
            all.push((prefecture, last(name), last(kana)));
        }
    }
    all
}

/// A name without 市, 町, 村 or 区, and its reading.
fn bare(name: &str, kana: &str) -> Option<(String, String)> {
    let ends = [("市", "シ"), ("町", "チョウ"), ("町", "マチ"), ("村", "ムラ"), ("村", "ソン"), ("区", "ク")];
    let cut = |(sign, sound): &(&str, &str)| Some((name.strip_suffix(sign)?, kana.strip_suffix(sound)?));
    ends.iter().find_map(cut).map(|(name, kana)| (name.to_owned(), kana.to_owned()))
}

/// Offices named after a place: corporation, place and kind in turn.
fn offices() -> Vec<(Rc<Keys>, String, String)> {
    let mut numbers = Numbers::new(11);
    let forms = [
        ("", ""),
        ("医療法人　", "イリョウホウジン　"),
        ("㈱", "カブシキガイシャ"),
        ("(医社)架空会 ", "イリョウホウジンシャダンカクウカイ "),
    ];
    let places = municipalities().into_iter().filter_map(|(_, name, kana)| bare(&name, &kana));
    let office = |(place, kana): (String, String)| {
        let (form, form_kana) = numbers.pick(&forms);
        let kind = numbers.pick(KINDS);
        let made = named(&format!("{form}{place}{}", kind.0), &format!("{form_kana}{kana}{}", kind.1));
        let typed = if numbers.below(2) == 0 { kana } else { format!("{kana}{}", kind.1) };
        (made, typed, place)
    };
    places.map(office).collect()
}

fn spelled(offices: &[(Rc<Keys>, String, String)], of: impl Fn(&str) -> Option<String>) -> Vec<(Rc<Keys>, String)> {
    offices.iter().filter_map(|(keys, kana, _)| Some((Rc::clone(keys), of(kana)?))).collect()
}

/// Each class of the table over the names of places.
fn of_places() -> Vec<Class> {
    let offices = offices();
    let cities = municipalities();
    let typed = |of: &dyn Fn(&str) -> String| -> Vec<(Rc<Keys>, String)> {
        let city = |(prefecture, name, kana): &(&str, String, String)| {
            let (_, bare) = bare(name, kana)?;
            Some((at(&format!("{prefecture}{name}架空町1-2"), ""), of(&bare)))
        };
        cities.iter().filter_map(city).collect()
    };
    let as_written = offices.iter().filter(|(_, _, place)| place.chars().nth(1).is_some());
    vec![
        Class::new("places: romaji Hepburn", 98.5, spelled(&offices, |kana| Some(romaji(kana, Style::Hepburn)))),
        Class::new(
            "places: romaji Kunrei, as for an input method",
            98.5,
            spelled(&offices, |k| Some(romaji(k, Style::Kunrei))),
        ),
        Class::new("places: romaji without long vowels", 98.2, spelled(&offices, |kana| Some(without_long(kana)))),
        Class::new("places: hiragana", 100.0, spelled(&offices, |kana| Some(hiragana(kana)))),
        Class::new("places: half-width katakana", 100.0, spelled(&offices, |kana| Some(half_width(kana)))),
        Class::new("places: kana, small typed large, no ー", 100.0, spelled(&offices, |kana| Some(large(kana)))),
        Class::new(
            "places: as written",
            100.0,
            as_written.map(|(keys, _, place)| (Rc::clone(keys), place.clone())).collect(),
        ),
        Class::new("city in the address, romaji", 90.0, typed(&|kana| romaji(kana, Style::Hepburn))),
        Class::new("city in the address, romaji without long vowels", 90.0, typed(&without_long)),
        Class::new("city in the address, hiragana", 90.0, typed(&hiragana)),
        Class::new("places: romaji with h for long o (Ohno, Satoh)", 0.0, spelled(&offices, with_h)),
        Class::new("places: romaji with marks (Ōno, Chūō)", 0.0, spelled(&offices, with_marks)),
    ]
}

/// Kanji between which ヶ stands, with the reading of the whole.
const KE: &[(&str, &str, &str)] = &[
    ("宮", "丘", "ミヤガオカ"),
    ("旭", "丘", "アサヒガオカ"),
    ("緑", "丘", "ミドリガオカ"),
    ("桜", "丘", "サクラガオカ"),
    ("霞", "関", "カスミガセキ"),
    ("市", "谷", "イチガヤ"),
    ("鎌", "谷", "カマガヤ"),
    ("茅", "崎", "チガサキ"),
    ("槍", "岳", "ヤリガタケ"),
    ("八", "岳", "ヤツガタケ"),
    ("鬼", "島", "オニガシマ"),
    ("虹", "浜", "ニジガハマ"),
    ("由比", "浜", "ユイガハマ"),
    ("関", "原", "セキガハラ"),
    ("鶴", "峰", "ツルガミネ"),
    ("自由", "丘", "ジユウガオカ"),
    ("百合", "丘", "ユリガオカ"),
    ("龍", "崎", "リュウガサキ"),
    ("袖", "浦", "ソデガウラ"),
    ("夕陽", "丘", "ユウヒガオカ"),
];

/// Kanji between which の stands.
const NO: &[(&str, &str)] = &[
    ("西", "谷"),
    ("一", "宮"),
    ("井", "頭"),
    ("山", "手"),
    ("中", "島"),
    ("竹", "内"),
    ("神", "浦"),
    ("城", "内"),
    ("池", "上"),
    ("堀", "内"),
    ("宮", "前"),
    ("川", "端"),
];

/// Every spelling in the data beside every other one that is typed, within a name of an office; also half of it, letter by letter.
fn each_other(pairs: &[(String, String)], between: &[&str], typed: &[&str]) -> Vec<(Rc<Keys>, String)> {
    let mut cases = Vec::new();
    for (one, other) in pairs {
        for written in between {
            let keys = named(&format!("医療法人　{one}{written}{other}クリニック"), "");
            for typed in typed.iter().filter(|typed| *typed != written) {
                cases.push((Rc::clone(&keys), format!("{one}{typed}{other}")));
                cases.push((Rc::clone(&keys), format!("{one}{typed}")));
                cases.push((Rc::clone(&keys), format!("{typed}{other}クリニック")));
            }
        }
    }
    cases
}

fn of_spellings() -> Vec<Class> {
    let ke: Vec<(String, String)> = KE.iter().map(|(a, b, _)| ((*a).to_owned(), (*b).to_owned())).collect();
    let no: Vec<(String, String)> = NO.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let counted = ["1", "２", "三", "十二"]
        .iter()
        .flat_map(|n| ["月", "所", "国"].map(|what| ((*n).to_owned(), what.to_owned())));
    let counted: Vec<(String, String)> = counted.collect();
    let read = KE.iter().flat_map(|(one, other, kana)| {
        ["ヶ", "ケ", "が", "ヵ", "カ", "ガ"]
            .map(|ke| (named(&format!("{one}{ke}{other}医院"), &format!("{kana}イイン")), romaji(kana, Style::Hepburn)))
    });
    vec![
        Class::new("宮ヶ丘 in data, 宮ケ丘 typed, and back", 100.0, each_other(&ke, &["ヶ", "ケ"], &["ヶ", "ケ"])),
        Class::new(
            "宮ヶ丘・ケ・ヵ・カ・ガ in data, が typed",
            0.0,
            each_other(&ke, &["ヶ", "ケ", "ヵ", "カ", "ガ"], &["が"]),
        ),
        Class::new(
            "宮が丘 in data, ヶ・ケ・ヵ・カ・ｹ typed",
            0.0,
            each_other(&ke, &["が"], &["ヶ", "ケ", "ヵ", "カ", "ｹ"]),
        ),
        Class::new("宮ヶ丘 in any spelling, miyagaoka typed", 98.5, read.collect()),
        Class::new(
            "3ヶ月・か・カ・ヵ・ケ・箇, each other typed",
            0.0,
            each_other(&counted, &["ヶ", "か", "カ", "ヵ", "ケ", "箇"], &["ヶ", "か", "カ", "ヵ", "ケ", "箇"]),
        ),
        Class::new("西之谷・ノ・の, each other typed", 0.0, each_other(&no, &["之", "ノ", "の"], &["之", "ノ", "の"])),
        Class::new("ブ in data, ヴ typed", 0.0, voiced(true)),
        Class::new("ヴ in data, v typed in romaji", 88.0, voiced(false)),
    ]
}

/// Names with ヴ: as data without it and typed with it, else as data with it and typed in romaji.
fn voiced(typed: bool) -> Vec<(Rc<Keys>, String)> {
    let names = [
        "ヴィラ",
        "サーヴィス",
        "ラヴ",
        "リヴィエール",
        "ヴェルデ",
        "ヴォイス",
        "ヴァイオレット",
        "ベルヴュー",
        "オリーヴ",
        "ヴィレッジ",
    ];
    let plain = |name: &str| {
        let vowels = [("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴァ", "バ"), ("ヴュ", "ビュ"), ("ヴ", "ブ")];
        vowels.iter().fold(name.to_owned(), |name, (from, to)| name.replace(from, to))
    };
    let case = |name: &&str| {
        if typed {
            return (named(&format!("{}さくら", plain(name)), ""), (*name).to_owned());
        }
        (named(&format!("{name}さくら"), ""), romaji(name, Style::Kunrei))
    };
    names.iter().map(case).collect()
}

/// The number of a house in every spelling: the first three with hyphens only.
fn house(town: &str, [block, lot, house]: [usize; 3]) -> Vec<String> {
    let kanji = kanji_number;
    vec![
        format!("{town}{block}-{lot}-{house}"),
        wide(&format!("{town}{block}-{lot}-{house}")).replace('－', "−"),
        format!("{town}{block}‐{lot}―{house}"),
        format!("{town}{block}丁目{lot}番{house}号"),
        format!("{town}{}丁目{lot}番{house}号", kanji(block)),
        format!("{town}{}丁目{}番{}号", kanji(block), kanji(lot), kanji(house)),
        wide(&format!("{town}{block}丁目{lot}番地{house}")),
        wide(&format!("{town}{block}丁目{lot}-{house}")).replace('－', "−"),
        format!("{town}{}丁目{lot}番地の{house}", kanji(block)),
        format!("{town}{block}の{lot}の{house}"),
        format!("{town}{}－{}－{}", kanji(block), kanji(lot), kanji(house)),
    ]
}

fn of_addresses() -> Vec<Class> {
    let mut numbers = Numbers::new(5);
    let towns = [
        ("孝田町", "コウダチョウ"),
        ("新宿通", "シンジュクドオリ"),
        ("久米", "クメ"),
        ("長府才川", "チョウフサイカワ"),
        ("虹ケ浜", "ニジガハマ"),
        ("麻里布町", "マリフマチ"),
        ("桜馬場通", "サクラノババドオリ"),
        ("江口", "エグチ"),
        ("大字櫛ケ浜", "クシガハマ"),
        ("徳山港町", "トクヤマミナトマチ"),
        ("遠石", "トオイシ"),
        ("周陽", "シュウヨウ"),
    ];
    let (mut hyphens, mut words, mut kanji, mut parts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut town_romaji = Vec::new();
    for (town, kana) in towns {
        for _ in 0..2 {
            let number = [numbers.below(9) + 1, numbers.below(40) + 1, numbers.below(30) + 1];
            for (n, written) in house(town, number).iter().enumerate() {
                let keys = at(&format!("山口県周南市{written}"), kana);
                for (m, typed) in house(town, number).into_iter().enumerate().filter(|(m, _)| *m != n) {
                    let case = (Rc::clone(&keys), typed);
                    match (n < 3, m < 3, typed_in_kanji(m)) {
                        (true, true, _) => {}
                        (false, true, _) => hyphens.push(case),
                        (_, _, true) => kanji.push(case),
                        (..) => words.push(case),
                    }
                }
                let [block, lot, house] = number;
                for typed in [
                    format!("{block}-{lot}"),
                    format!("{lot}番{house}号"),
                    format!("{}丁目{lot}", kanji_number(block)),
                    format!("{block}丁"),
                    format!("{}－", kanji_number(block)),
                ] {
                    parts.push((Rc::clone(&keys), typed));
                }
            }
        }
        let keys = at(&format!("周南市{town}1-2"), kana);
        town_romaji.extend([
            (Rc::clone(&keys), romaji(kana, Style::Kunrei)),
            (Rc::clone(&keys), without_long(kana)),
            (keys, hiragana(kana)),
        ]);
    }
    vec![
        Class::new("address: 2-3-5 typed, 二丁目3番5号 in data", 0.0, hyphens),
        Class::new("address: ２丁目３番５号 typed, anything else in data", 0.0, words),
        Class::new("address: kanji numerals typed, anything else in data", 0.0, kanji),
        Class::new("address: a part of the number typed, on its way", 0.0, parts),
        Class::new("town in the address (postal table), romaji and kana", 90.0, town_romaji),
    ]
}

const fn typed_in_kanji(spelling: usize) -> bool {
    matches!(spelling, 4 | 5 | 8 | 10)
}

/// What is said at a desk, as it stands in notes and departments, and its reading.
const SAID: &[(&str, &str)] = &[
    ("地域医療連携室", "レンケイ"),
    ("地域連携室　直通", "チョクツウ"),
    ("入退院支援センター", "ニュウタイイン"),
    ("人工透析は要相談", "トウセキ"),
    ("転院の相談は前日まで", "テンイン"),
    ("担当は不在", "タントウ"),
    ("内線201", "ナイセン"),
    ("受付は平日のみ", "ウケツケ"),
    ("医療相談室", "ソウダン"),
    ("胃ろう・経管栄養", "イロウ"),
    ("胃瘻の交換", "イロウ"),
    ("受入は木曜から", "ウケイレ"),
    ("受け入れ中", "ウケイレ"),
    ("開放型病床あり", "カイホウガタ"),
    ("完全オープンシステム", "カンゼンオープンシステム"),
    ("回復期リハビリテーション病棟", "カイフクキ"),
    ("高度急性期", "コウドキュウセイキ"),
    ("慢性期30床", "マンセイキ"),
    ("看取り可", "ミトリ"),
    ("緩和ケア病棟", "カンワケア"),
    ("人工呼吸器の管理", "ジンコウコキュウキ"),
    ("在宅酸素・褥瘡", "ジョクソウ"),
    ("訪問看護指示書", "シジショ"),
    ("主治医意見書", "イケンショ"),
    ("認知症疾患医療センター", "ニンチショウ"),
    ("喀痰吸引等研修修了", "キュウイン"),
    ("居宅介護支援事業所", "キョタク"),
    ("短期入所あり", "タンキニュウショ"),
    ("生活保護指定", "セイカツホゴ"),
    ("成年後見の相談", "セイネンコウケン"),
    ("小児の訪問", "ショウニ"),
    ("難病医療費助成", "ナンビョウ"),
    ("離島へ往診", "オウシン"),
    ("駐車場3台", "チュウシャジョウ"),
    ("定休日は水曜", "テイキュウビ"),
    ("看護師長", "カンゴシ"),
    ("管理栄養士", "エイヨウシ"),
    ("社会福祉協議会", "シャカイフクシキョウギカイ"),
    ("民生委員", "ミンセイイイン"),
    ("夜間対応は代表へ", "ヤカン"),
];

fn of_words() -> Vec<Class> {
    let note = |text: &str| {
        keys(&Entry { name: "架空病院", kana: "カクウビョウイン", words: vec![text], ..Entry::default() })
    };
    let said: Vec<(Rc<Keys>, &str)> = SAID.iter().map(|(text, kana)| (note(text), *kana)).collect();
    let all = words::all().map(|(word, reading)| (note(&format!("架空の{word}です")), katakana(reading)));
    let all: Vec<(Rc<Keys>, String)> = all.collect();
    let typed = |of: &dyn Fn(&str) -> String| said.iter().map(|(keys, kana)| (Rc::clone(keys), of(kana))).collect();
    let each = |of: &dyn Fn(&str) -> String| all.iter().map(|(keys, kana)| (Rc::clone(keys), of(kana))).collect();
    vec![
        Class::new("words of the desk, romaji (renkei)", 0.0, typed(&|kana| romaji(kana, Style::Hepburn))),
        Class::new("words of the desk, as for an input method", 0.0, typed(&|kana| romaji(kana, Style::Kunrei))),
        Class::new("words of the desk, hiragana", 0.0, typed(&hiragana)),
        Class::new("all words of the list, romaji without long vowels", 0.0, each(&without_long)),
        Class::new("all words of the list, hiragana", 0.0, each(&hiragana)),
    ]
}

#[test]
fn recall_is_at_least_column_4d_over_real_places_and_above_it_where_points_were_open() {
    println!("found   column 4d");
    for class in [of_places(), of_spellings(), of_addresses(), of_words()].into_iter().flatten() {
        assert!(class.cases.len() >= 10, "{}: too few cases", class.what);
        let found = class.found();
        println!("{found:5.1}   {:>5.1}   {} ({} cases)", class.before, class.what, class.cases.len());
        assert!(found >= class.before, "{}: {:?} are not found", class.what, class.missed());
        assert!(class.before > 0.0 || found >= 98.0, "{}: {found:.1}, {:?} are not found", class.what, class.missed());
    }
}
