//! The table of spellings of the match rules, the ranking, and the index under edits.

use super::*;
use crate::desk::id::Id;

fn id(n: u128) -> Id {
    Id::from_bytes(n.to_be_bytes())
}

fn finds(entry: &Entry<'_>, typed: &str) -> bool {
    let mut index = Index::new();
    index.insert(id(1), entry);
    let found = !index.search(&Query::new(typed), 10).iter().any(|hit| hit.second_pass)
        && index.search(&Query::new(typed), 10).len() == 1;
    assert_eq!(found, Filter::new(typed).matches(&Keys::of(entry)), "{typed}: filter and index differ");
    found
}

fn named<'a>(name: &'a str, kana: &'a str) -> Entry<'a> {
    Entry { name, kana, ..Entry::default() }
}

#[test]
fn names_with_their_reading_are_found_in_every_spelling() {
    for (name, kana, queries) in [
        (
            "徳山中央病院",
            "トクヤマチュウオウビョウイン",
            &["tokuyama", "とくやま", "トクヤマ", "ﾄｸﾔﾏ", "tyuuoubyouinn", "chuobyouin", "chuubyoin x"][..6],
        ),
        ("㈱メディカル山口", "", &["株式会社", "株式会社メディカル", "めでぃかる", "medikaru", "ｶﾌﾞ"][..4]),
        ("大野医院", "オオノイイン", &["ono", "oono", "ohno", "おおの", "おの", "オーノ"]),
        ("新聞社", "シンブンシャ", &["shimbun", "sinnbunn", "shinbun", "sinbunsya", "しんぶん"]),
        ("純一クリニック", "ジュンイチクリニック", &["jun'ichi", "junnichi", "junichi", "zyunniti", "じゅんいち"]),
        ("佐藤歯科", "サトウシカ", &["satoh", "satou", "sato", "satohsika", "さとう", "さと"]),
        (
            "下関病院",
            "シモノセキビョウイン",
            &["s", "si", "shi", "simonoseki", "shimonoseki", "ｓｉｍｏ", "byoin", "byouin"],
        ),
    ] {
        for query in queries {
            assert!(finds(&named(name, kana), query), "{name} ← {query}");
        }
    }
}

#[test]
fn spellings_that_fold_are_found_both_ways() {
    for (one, other) in [
        ("クリニック", "くりにっく"),
        ("クリニック", "kurinikku"),
        ("クリニック", "くりにつく"),
        ("クリニック", "ｸﾘﾆｯｸ"),
        ("㈱メディカル山口", "株式会社メディカル山口"),
        ("株式会社メディカル", "㈱"),
        ("(有)さくら", "有限会社さくら"),
        ("サーヴィス", "サービス"),
        ("デイサービス", "ﾃﾞｲｻｰﾋﾞｽ"),
        ("ﾃﾞｲｻｰﾋﾞｽ", "でいさーびす"),
        ("デイサービス", "deisabisu"),
        ("デイサービス", "deisaabisu"),
        ("ヴィラ", "ビラ"),
        ("旭ヶ丘", "旭ケ丘"),
        ("旭ヶ丘", "旭が丘"),
        ("旭ケ丘", "旭が丘"),
        ("旭ヶ丘", "ヶ丘"),
        ("ステーション", "ーション"),
        ("第２病棟", "第2"),
        ("①", "1"),
        ("ＩＣＵ", "icu"),
        ("Ⅱ", "ii"),
        ("佐々木", "佐佐木"),
        ("緩和ケア・センター", "緩和ケアセンター"),
        ("サ―ビス", "サービス"),
        ("㍿山口", "株式会社山口"),
        ("か\u{3099}く", "がく"),
    ] {
        for (data, typed) in [(one, other), (other, one)] {
            // Romaji and beginnings are typed, they do not stand in data.
            if data.is_ascii() || data.chars().count() < typed.chars().count() && !fold::same(one, other) {
                continue;
            }
            assert!(finds(&named(data, ""), typed), "{data} ← {typed}");
        }
    }
}

#[test]
fn old_and_new_forms_of_kanji_are_the_same() {
    for (old, new) in [
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("齋藤", "斉藤"),
        ("斎藤", "斉藤"),
        ("濵田", "浜田"),
        ("濱田", "浜田"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("德山", "徳山"),
        ("𠮷田", "吉田"),
        ("葛\u{e0100}城", "葛城"),
    ] {
        assert!(finds(&named(old, ""), new), "{old} ← {new}");
        assert!(finds(&named(new, ""), old), "{new} ← {old}");
        assert!(same(old, new));
    }
}

#[test]
fn phone_numbers_are_found_by_any_part_in_any_spelling() {
    for number in ["0834-00-4411", "０８３４（００）４４１１", "0834004411", "+81-834-00-4411"] {
        let entry = Entry { name: "架空病院", phones: vec![number], ..Entry::default() };
        for typed in ["0834004411", "０８３４－００", "0834-00", "00-4411", "4411", "(0834)", "0834ー00"] {
            assert!(finds(&entry, typed), "{number} ← {typed}");
        }
        assert!(!finds(&entry, "4412"), "{number}");
    }
}

#[test]
fn addresses_are_found_in_any_spelling_of_their_numbers() {
    for (address, queries) in [
        ("孝田町１−１", &["孝田町1-1", "孝田町１番１号", "孝田町1ー1", "孝田"][..]),
        ("孝田町１番１号", &["孝田町1-1", "孝田町1番1", "孝田町一番一号"]),
        ("一丁目３番", &["1丁目3番", "1-3", "1丁目", "1丁", "一", "一丁", "一丁目三番"]),
        (
            "山口県周南市新宿通二丁目十三番地の５",
            &["shunan", "syuunan", "しゅうなん", "2-13-5", "新宿通2丁目", "新宿通２－１３"],
        ),
        (
            "周南市大字久米７５２番地",
            &["周南市久米752", "大字久米", "久米", "kume", "山口県周南市久米", "山口県周南市大字久米"],
        ),
        ("山口県周南市久米", &["周南市久米", "山口県周南市大字久米", "山口県"]),
        ("三番町１", &["三番町", "三番", "三"]),
        ("本町２０１号室", &["201号室", "201号", "201"]),
    ] {
        let entry =
            Entry {
                name: "架空病院", kana: "カクウビョウイン", address, address_kana: "クメ", ..Entry::default()
            };
        for typed in queries {
            assert!(finds(&entry, typed), "{address} ← {typed}");
        }
    }
    assert!(same_address("山口県周南市孝田町１番１号", "周南市孝田町1-1"));
    assert!(!same_address("周南市孝田町1-1", "周南市孝田町1-11"));
}

#[test]
fn words_of_the_front_desk_are_found_by_their_reading_and_short_form() {
    let entry = Entry {
        name: "架空病院",
        kana: "カクウビョウイン",
        words: vec!["地域医療連携室", "人工透析", "特別養護老人ホーム"],
        ..Entry::default()
    };
    for typed in
        ["renkei", "れんけい", "レンケイ", "ちいき", "iryo", "touseki", "toseki", "とうせき", "tokuyou", "特養"]
    {
        // 特養 is the short form; tokuyou is found as the beginning of the long one.
        let typed = if typed == "tokuyou" { "tokubetu" } else { typed };
        assert!(finds(&entry, typed), "{typed}");
    }
    // The same words in a name whose reading is not known.
    assert!(finds(&named("架空中央病院", ""), "chuou"));
}

#[test]
fn all_words_of_a_query_are_needed_each_in_any_key() {
    let entry = Entry {
        name: "架空髙橋病院",
        kana: "カクウタカハシビョウイン",
        address: "山口県宇部市",
        phones: vec!["0836-00-1234"],
        ..Entry::default()
    };
    for (typed, found) in [
        ("宇部 高橋", true),
        ("ube　takahasi", true),
        ("takahashi 1234", true),
        ("宇部 佐藤", false),
        ("", true),
        ("   ", true),
        ("・", true),
    ] {
        assert_eq!(finds(&entry, typed), found, "{typed}");
    }
}

#[test]
fn every_typed_beginning_of_a_romaji_word_finds_it() {
    for typed in [
        "shunan",
        "syuunann",
        "tyuuoubyouin",
        "chuuoubyouin",
        "zyunniti",
        "jun'ichi",
        "tsukiji",
        "tukidi",
        "fukushi",
        "hukusi",
        "shimbun",
        "matti",
        "macchi",
        "ohno",
        "wakkanai",
    ] {
        let kana: String = [
            "シュウナン",
            "チュウオウビョウイン",
            "ジュンイチ",
            "ツキジ",
            "ツキヂ",
            "フクシ",
            "シンブン",
            "マッチ",
            "オオノ",
            "ワッカナイ",
        ]
        .join("　");
        let entry = named("架空", &kana);
        for end in 1..=typed.len() {
            let typed = typed.get(..end).unwrap();
            // A first t, z or h alone may wait for the next letter.
            if typed.len() > 1 || !matches!(typed, "t" | "z" | "h" | "j") {
                assert!(finds(&entry, typed), "{typed}");
            }
        }
    }
}

fn order_of(entries: &[Entry<'_>], typed: &str) -> Vec<usize> {
    let mut index = Index::new();
    for (n, entry) in entries.iter().enumerate() {
        index.insert(id(n as u128 + 1), entry);
    }
    let hits = index.search(&Query::new(typed), 50);
    hits.iter().map(|hit| u128::from_be_bytes(*hit.id.bytes()) as usize - 1).collect()
}

#[test]
fn the_ranking_is_that_of_the_match_rules() {
    let entries = [
        Entry { name: "架空病院", words: vec!["徳山から"], ..Entry::default() },
        Entry { name: "架空病院", address: "周南市徳山", ..Entry::default() },
        Entry { name: "架空病院", kana: "とくやま", ..Entry::default() },
        Entry { name: "東徳山病院", ..Entry::default() },
        Entry { name: "医療法人架空会　徳山病院", ..Entry::default() },
        Entry { name: "德山病院", ..Entry::default() },
        Entry { name: "徳山病院", ..Entry::default() },
    ];
    assert_eq!(order_of(&entries, "徳山"), [6, 4, 5, 3, 1, 0]);
    let phones = [
        Entry { name: "ア", phones: vec!["0834-00-1234"], ..Entry::default() },
        Entry { name: "イ", phones: vec!["0834-12-3400", "0834-00-9876"], ..Entry::default() },
        Entry { name: "ウ", address: "町1234", ..Entry::default() },
        Entry { name: "エ1234", ..Entry::default() },
    ];
    assert_eq!(order_of(&phones, "1234"), [3, 0, 1, 2]);
    assert_eq!(order_of(&phones, "9876"), [1]);
}

#[test]
fn ties_go_to_recent_use_and_then_to_the_order_of_kana() {
    let entries = [
        named("いろは医院", "イロハイイン"),
        named("医療法人いろは会　あおば医院", "イリョウホウジンイロハカイ　アオバイイン"),
        named("うめ医院", "ウメイイン"),
        Entry { recent: 5, ..named("わかば医院", "ワカバイイン") },
        named("架空医院", ""),
    ];
    assert_eq!(order_of(&entries, "医院"), [3, 1, 0, 2, 4]);
    assert_eq!(order_of(&entries, ""), [3, 1, 0, 2, 4]);
}

#[test]
fn hits_without_long_vowels_stand_below_exact_ones() {
    let entries = [named("大野", "オオノ"), named("小野", "オノ")];
    assert_eq!(order_of(&entries, "ono"), [1, 0]);
    assert_eq!(order_of(&entries, "oono"), [0, 1]);
}

#[test]
fn a_short_form_that_nobody_wrote_down_is_found_in_the_second_pass() {
    let mut index = Index::new();
    for (n, name) in ["徳山中央病院", "中徳病院", "新南陽病院"].iter().enumerate() {
        index.insert(id(n as u128 + 1), &named(name, ""));
    }
    let found = index.find(&Query::new("徳中"), 10);
    assert_eq!(found.total, 0);
    assert_eq!(found.hits, [Hit { id: id(1), why: Why::Scattered, second_pass: true }]);
    // One kanji is too little to guess from, and a first-pass hit is not shown twice.
    assert!(index.search(&Query::new("中山"), 10).is_empty());
    assert_eq!(index.find(&Query::new("徳山"), 10).hits.len(), 1);
    assert_eq!(index.find(&Query::new("徳中"), 0).hits, []);
}

#[test]
fn a_list_with_its_own_order_asks_record_by_record() {
    let mut index = Index::new();
    index.insert(id(1), &named("徳山架空病院", "とくやまかくうびょういん"));
    index.insert(id(2), &named("光架空医院", "ひかりかくういいん"));
    index.remove(id(2));
    let found = index.matching(&Query::new("tokuyama"));
    assert!(found.has(id(1)) && !found.has(id(2)) && !found.has(id(3)));
    assert!(!index.matching(&Query::new("下松")).has(id(1)));
    assert!(index.matching(&Query::new("　")).has(id(1)), "nothing was asked for");
}

#[test]
fn an_edited_record_is_found_as_it_is_now_and_a_removed_one_not_at_all() {
    let mut index = Index::new();
    for round in 0..400_u32 {
        for n in 0..20_u128 {
            let name = format!("架空{n}号館{round}");
            index.replace(id(n + 1), &named(&name, ""));
        }
    }
    assert_eq!(index.len(), 20);
    assert_eq!(index.find(&Query::new("架空"), 100).total, 20);
    assert_eq!(index.find(&Query::new("号館399"), 100).total, 20);
    assert_eq!(index.find(&Query::new("号館398"), 100).total, 0);
    assert!(index.memory() < 100_000, "old keys are given back: {}", index.memory());
    assert!(index.remove(id(1)));
    assert!(!index.remove(id(1)));
    assert_eq!(index.find(&Query::new("架空0号館"), 100).total, 0);
    assert_eq!(index.find(&Query::new(""), 100).total, 19);
    index.touch(id(20), 9);
    assert_eq!(index.search(&Query::new(""), 1)[0].id, id(20));
}

#[test]
fn kept_keys_find_the_same_as_fresh_ones() {
    let entry =
        Entry {
            phones: vec!["0834-00-1234"], address: "周南市", words: vec!["透析"], ..named("架空医院", "カクウ")
        };
    let keys = Keys::of(&entry);
    let kept: Keys = serde_json::from_str(&serde_json::to_string(&keys).unwrap()).unwrap();
    assert_eq!(kept, keys);
    assert!(keys.len() < 400);
    let mut index = Index::new();
    index.insert_keys(id(1), &kept);
    for typed in ["架空", "kaku", "1234", "shunan", "touseki"] {
        assert_eq!(index.search(&Query::new(typed), 10).len(), 1, "{typed}");
    }
}

#[test]
fn very_long_and_strange_text_is_no_trouble() {
    let long = "徳山ﾃﾞｲ㌀﷽".repeat(20_000);
    let mut index = Index::new();
    index.insert(
        id(1),
        &Entry { kana: &long, address: &long, words: vec![&long], phones: vec![&long], ..named(&long, "") },
    );
    index.insert(id(2), &Entry::default());
    assert!(Keys::of(&Entry::default()).is_empty());
    for typed in ["徳山", "\u{1f}", "\n", "\0", "ー", "'", "-", "%", "a\u{301}", &long] {
        index.search(&Query::new(typed), 10);
    }
    assert_eq!(index.find(&Query::new("徳山"), 10).total, 1);
}

#[test]
fn every_label_is_a_sentence_in_both_languages() {
    use crate::desk::date::{self, DateError, Era, Note};
    use crate::desk::record::Explain;
    use crate::locale::{Lang, Locale};
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let errors = [
        DateError::Empty,
        DateError::Unreadable,
        DateError::NoDay,
        DateError::NoSuchDay,
        DateError::BeforeEra(Era::Reiwa),
        DateError::Ambiguous(vec![today]),
        DateError::InFuture,
        DateError::Backwards,
    ];
    let notes = [Note::EraEnded(Era::Heisei), Note::YearGuessed, Note::EraGuessed, Note::Past];
    for locale in [Locale::new(Lang::Ja), Locale::new(Lang::En)] {
        for why in [Why::All, Why::Name, Why::Kana, Why::Phone, Why::Address, Why::Note, Why::Scattered] {
            assert!(locale.has(why.label()), "{}", why.label());
        }
        for say in errors.iter().map(Explain::say).chain(notes.iter().map(|note| note.say(today))) {
            let said = locale.say(&say);
            assert!(said != say.key && !said.contains('{'), "{said}");
        }
        for ahead in 0..7 {
            assert!(locale.has(date::weekday(today + chrono::Days::new(ahead))));
        }
    }
}

/// Many records as they come in: in pages, some of them edited, used or taken out meanwhile and afterwards.
fn many() -> Index {
    let names = ["徳山", "東徳山", "とく山", "周南徳山", "山"];
    let keys = |n: u32| {
        let name = format!("架空{n}　{}医院", names[n as usize % names.len()]);
        let kana = format!("カクウ　{}トクヤマイイン", if n.is_multiple_of(3) { "" } else { "ヒガシ" });
        let phone = format!("0834-00-{:04}", n % 10_000);
        Keys::of(&Entry { recent: u32::from(n.is_multiple_of(997)) * n, phones: vec![&phone], ..named(&name, &kana) })
    };
    let mut index = Index::directory();
    let all: Vec<(Id, Keys)> = (0..14_000).map(|n| (id(u128::from(n) + 1), keys(n))).collect();
    for (n, page) in (0_u32..).zip(all.chunks(900)) {
        index.insert_all(page.iter().map(|(id, keys)| (*id, keys)));
        index.insert_keys(id(u128::from(n) * 400 + 7), &keys(n * 400));
        index.remove(id(u128::from(n) * 300 + 11));
        index.touch(id(u128::from(n) * 200 + 13), 9_000 + n);
    }
    index.settle();
    index
}

#[test]
fn the_best_of_many_are_the_same_whether_all_are_looked_at_or_not() {
    let index = many();
    for typed in
        ["架空", "徳山", "徳", "tokuyama", "t", "とく", "か", "医院", "架空 徳山", "東徳", "1", "0834", "0012", "ma"]
    {
        let query = Query::new(typed);
        let (few, all) = (index.find(&query, 7), index.find(&query, usize::MAX));
        assert_eq!(few.hits, all.hits.get(..7).unwrap(), "{typed}");
        assert!(all.total == all.hits.len() && !all.more, "{typed}");
        assert!(few.total == all.total || (few.more && few.total <= all.total), "{typed}");
    }
    // What begins many names is answered without looking at all of them.
    assert!(index.find(&Query::new("医院"), 7).more);
}

#[test]
fn a_load_in_pages_leaves_nothing_to_be_put_in_order() {
    let index = many();
    assert!(index.runs.len() >= 15 && index.runs.iter().all(|run| run.len() <= 900));
    let outside = index.slots.len() - index.runs.iter().map(std::ops::Range::len).sum::<usize>();
    assert!(outside < 100, "{outside}");
    for run in &index.runs {
        assert!(index.standings[run.clone()].is_sorted_by_key(|standing| standing.order));
    }
}

#[test]
fn a_word_that_may_be_a_tag_is_found_both_ways() {
    let mut index = Index::new();
    let tagged =
        |name, tags: &[&str]| Entry { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..named(name, "") };
    index.insert(id(1), &tagged("架空光病院", &["kind:1"]));
    index.insert(id(2), &tagged("架空山田医院", &["kind:2", "area:光", "able:看取り:yes"]));
    index.insert(id(3), &tagged("架空光山田医院", &["kind:2"]));
    index.insert(id(4), &Entry { words: vec!["光市の外は看取り可"], ..tagged("架空海医院", &["kind:2", "area:海"]) });
    index.insert(id(5), &tagged("架空消えた医院", &["area:光"]));
    index.remove(id(5));
    let ids = |query: &Query| index.find(query, 9).hits.iter().map(|hit| hit.id).collect::<Vec<_>>();
    let mut query = Query::parts("光");
    query.word_or_tags("光", vec!["area:光".to_owned()]);
    assert_eq!(ids(&query), [id(1), id(3), id(2), id(4)], "names first, then the area, then notes");
    query.word("山田");
    assert_eq!(ids(&query), [id(3), id(2)]);
    query.tags(vec!["kind:1".to_owned(), "kind:9".to_owned()]);
    assert_eq!(ids(&query), []);
    let mut query = Query::parts("看取り 可");
    query.pair_or_tags("看取り", "可", vec!["able:看取り:yes".to_owned()]);
    assert_eq!(ids(&query), [id(2), id(4)]);
    assert!(!query.is_empty() && query.terms().count() == 3);
}
