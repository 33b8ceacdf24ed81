//! Invented rows of a directory, made from patterns of Japanese place and facility names: the same for a seed on every machine.
//! Each part of a name carries its spellings by hand, so that what is typed does not come from the code that is measured.

#![allow(dead_code, missing_docs, clippy::indexing_slicing)] // The bench and the recall test use different fields.

/// A part of a name: as written, kana, Hepburn, Kunrei as an input method takes it, Hepburn without long vowels.
pub type Part = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// Places, as they stand in names of offices.
pub const PLACES: &[Part] = &[
    ("徳山", "トクヤマ", "tokuyama", "tokuyama", "tokuyama"),
    ("下松", "クダマツ", "kudamatsu", "kudamatu", "kudamatsu"),
    ("宇部", "ウベ", "ube", "ube", "ube"),
    ("下関", "シモノセキ", "shimonoseki", "simonoseki", "shimonoseki"),
    ("防府", "ホウフ", "houfu", "houhu", "hofu"),
    ("岩国", "イワクニ", "iwakuni", "iwakuni", "iwakuni"),
    ("周南", "シュウナン", "shuunan", "syuunann", "shunan"),
    ("新南陽", "シンナンヨウ", "shinnanyou", "sinnnannyou", "shinnanyo"),
    ("柳井", "ヤナイ", "yanai", "yanai", "yanai"),
    ("長門", "ナガト", "nagato", "nagato", "nagato"),
    ("萩", "ハギ", "hagi", "hagi", "hagi"),
    ("光", "ヒカリ", "hikari", "hikari", "hikari"),
    ("美祢", "ミネ", "mine", "mine", "mine"),
    ("大島", "オオシマ", "ooshima", "oosima", "oshima"),
    ("熊毛", "クマゲ", "kumage", "kumage", "kumage"),
    ("鹿野", "カノ", "kano", "kano", "kano"),
    ("築地", "ツキジ", "tsukiji", "tukizi", "tsukiji"),
    ("千鳥", "チドリ", "chidori", "tidori", "chidori"),
    ("富士見", "フジミ", "fujimi", "huzimi", "fujimi"),
    ("中央", "チュウオウ", "chuuou", "tyuuou", "chuo"),
    ("城山", "シロヤマ", "shiroyama", "siroyama", "shiroyama"),
    ("旭ヶ丘", "アサヒガオカ", "asahigaoka", "asahigaoka", "asahigaoka"),
    ("緑ケ丘", "ミドリガオカ", "midorigaoka", "midorigaoka", "midorigaoka"),
    ("日本橋", "ニホンバシ", "nihombashi", "nihonnbasi", "nihombashi"),
    ("新町", "シンマチ", "shimmachi", "sinnmati", "shimmachi"),
    ("別府", "ベップ", "beppu", "beppu", "beppu"),
    ("八丁", "ハッチョウ", "hatchou", "hattyou", "hatcho"),
    ("上条", "ジョウジョウ", "joujou", "zyouzyou", "jojo"),
    ("遠石", "トオイシ", "tooishi", "tooisi", "toishi"),
    ("久米", "クメ", "kume", "kume", "kume"),
];

/// Families and virtues after which offices are named; several in an old form.
pub const NAMES: &[Part] = &[
    ("髙橋", "タカハシ", "takahashi", "takahasi", "takahashi"),
    ("渡邊", "ワタナベ", "watanabe", "watanabe", "watanabe"),
    ("齋藤", "サイトウ", "saitou", "saitou", "saito"),
    ("山﨑", "ヤマサキ", "yamasaki", "yamasaki", "yamasaki"),
    ("濵田", "ハマダ", "hamada", "hamada", "hamada"),
    ("佐藤", "サトウ", "satou", "satou", "sato"),
    ("大野", "オオノ", "oono", "oono", "ono"),
    ("進藤", "シンドウ", "shindou", "sinndou", "shindo"),
    ("純一", "ジュンイチ", "jun'ichi", "zyunniti", "jun'ichi"),
    ("清風", "セイフウ", "seifuu", "seihuu", "seifu"),
    ("和光", "ワコウ", "wakou", "wakou", "wako"),
    ("慈恵", "ジケイ", "jikei", "zikei", "jikei"),
    ("緑風", "リョクフウ", "ryokufuu", "ryokuhuu", "ryokufu"),
    ("さくら", "サクラ", "sakura", "sakura", "sakura"),
    ("ひまわり", "ヒマワリ", "himawari", "himawari", "himawari"),
    ("フェニックス", "フェニックス", "fenikkusu", "fenikkusu", "fenikkusu"),
    ("ヴィラ", "ヴィラ", "vira", "vira", "vira"),
    ("サーヴィス", "サーヴィス", "saavisu", "sa-visu", "savisu"),
    ("あおぞら", "アオゾラ", "aozora", "aozora", "aozora"),
    ("廣瀨", "ヒロセ", "hirose", "hirose", "hirose"),
];

/// Kinds of facility.
pub const KINDS: &[Part] = &[
    ("病院", "ビョウイン", "byouin", "byouinn", "byoin"),
    ("中央病院", "チュウオウビョウイン", "chuuoubyouin", "tyuuoubyouinn", "chuobyoin"),
    ("クリニック", "クリニック", "kurinikku", "kurinikku", "kurinikku"),
    ("内科医院", "ナイカイイン", "naikaiin", "naikaiinn", "naikain"),
    ("整形外科", "セイケイゲカ", "seikeigeka", "seikeigeka", "seikeigeka"),
    (
        "訪問看護ステーション",
        "ホウモンカンゴステーション",
        "houmonkangosuteeshon",
        "houmonnkanngosute-syonn",
        "homonkangosuteshon",
    ),
    ("デイサービスセンター", "デイサービスセンター", "deisaabisusentaa", "deisa-bisusennta-", "deisabisusenta"),
    ("薬局", "ヤッキョク", "yakkyoku", "yakkyoku", "yakkyoku"),
    ("歯科診療所", "シカシンリョウジョ", "shikashinryoujo", "sikasinnryouzyo", "shikashinryojo"),
    (
        "居宅介護支援事業所",
        "キョタクカイゴシエンジギョウショ",
        "kyotakukaigoshienjigyousho",
        "kyotakukaigosiennzigyousyo",
        "kyotakukaigoshienjigyosho",
    ),
    (
        "特別養護老人ホーム",
        "トクベツヨウゴロウジンホーム",
        "tokubetsuyougoroujinhoomu",
        "tokubetuyougorouzinnho-mu",
        "tokubetsuyogorojinhomu",
    ),
    (
        "リハビリテーション病院",
        "リハビリテーションビョウイン",
        "rihabiriteeshonbyouin",
        "rihabirite-syonnbyouinn",
        "rihabiriteshonbyoin",
    ),
];

const CORPORATIONS: &[(&str, &str)] = &[
    ("", ""),
    ("", ""),
    ("医療法人", "イリョウホウジン"),
    ("医療法人社団架空会　", "イリョウホウジンシャダンカクウカイ　"),
    ("社会福祉法人　", "シャカイフクシホウジン　"),
    ("㈱", "カブシキガイシャ"),
    ("(有)", "ユウゲンガイシャ"),
];

/// Cities and towns of addresses: as written, Hepburn of the city.
pub const CITIES: &[(&str, &str, &str)] = &[
    ("山口県周南市", "孝田町", "shuunan"),
    ("周南市", "新宿通", "shunan"),
    ("山口県下松市", "大手町", "kudamatsu"),
    ("山口県宇部市", "厚南中央", "ube"),
    ("山口県下関市", "長府才川", "shimonoseki"),
    ("山口県防府市", "高倉", "houfu"),
    ("光市", "虹ケ浜", "hikari"),
    ("山口県岩国市", "麻里布町", "iwakuni"),
    ("熊本県熊本市", "中央区水前寺", "kumamoto"),
    ("山口県熊毛郡平生町", "平生村", "hirao"),
];

const DEPARTMENTS: &[&str] = &["地域医療連携室", "入退院支援センター", "相談室", "医事課", "訪問部", "在宅医療部", ""];
const NOTES: &[&str] = &[
    "人工透析は要相談。受付は平日９時から１７時まで",
    "転院の相談は前日までに電話。夜間は代表へ",
    "在宅酸素、点滴、褥瘡に対応。看取り可",
    "担当者不在のときは内線201",
    "ＦＡＸで依頼書を送ってから連絡する。返事は翌日",
    "",
];

/// One invented office.
#[derive(Debug, Clone)]
pub struct Row {
    pub name: String,
    pub kana: String,
    /// The parts of the name that a person types.
    pub parts: [Part; 3],
    pub phone: String,
    pub address: String,
    /// The city's reading in romaji.
    pub city: &'static str,
    /// Town and house number, as typed with hyphens.
    pub house: String,
    pub department: &'static str,
    pub staff: String,
    pub staff_kana: String,
    pub note: &'static str,
}

/// A small generator of numbers: no machine's luck in what is measured.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).unwrap_or_default()
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Makes `count` rows.
pub fn rows(count: usize, seed: u64) -> Vec<Row> {
    let mut numbers = Numbers::new(seed);
    (0..count).map(|_| row(&mut numbers)).collect()
}

fn row(numbers: &mut Numbers) -> Row {
    let (corporation, corporation_kana) = numbers.pick(CORPORATIONS);
    let parts = [numbers.pick(PLACES), numbers.pick(NAMES), numbers.pick(KINDS)];
    let gap = numbers.pick(&["", "", "　", " "]);
    let (city, town, city_romaji) = numbers.pick(CITIES);
    let (block, lot, house) = (numbers.below(9) + 1, numbers.below(40) + 1, numbers.below(20) + 1);
    let address = match numbers.below(4) {
        0 => format!("{city}{town}{block}丁目{lot}番{house}号"),
        1 => format!(
            "{city}{town}{}丁目{lot}-{house}",
            ["一", "二", "三", "四", "五", "六", "七", "八", "九"][block - 1]
        ),
        2 => format!("{city}{town}{block}－{lot}－{house}"),
        _ => format!("{city}{town}{block}-{lot}-{house}"),
    };
    let family = numbers.pick(NAMES);
    let digits = numbers.below(10_000);
    let exchange = numbers.pick(&["0834-00", "0833-00", "0836-00", "083-000", "０８３５（００）"]);
    let phone =
        if exchange.ends_with('）') { format!("{exchange}{digits:04}") } else { format!("{exchange}-{digits:04}") };
    Row {
        name: format!("{corporation}{}{gap}{}{}", parts[0].0, parts[1].0, parts[2].0),
        kana: format!("{corporation_kana}{}{gap}{}{}", parts[0].1, parts[1].1, parts[2].1),
        parts,
        phone,
        address,
        city: city_romaji,
        house: format!("{town}{block}-{lot}-{house}"),
        department: numbers.pick(DEPARTMENTS),
        staff: format!("{}　{}", family.0, numbers.pick(&["花子", "太郎", "さくら", "健", "美咲"])),
        staff_kana: family.1.to_owned(),
        note: numbers.pick(NOTES),
    }
}
