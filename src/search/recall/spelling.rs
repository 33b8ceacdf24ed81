//! Kana as people spell them in Latin letters, written without a look at the code that is measured.

/// Kana with their Hepburn and their Kunrei spelling, two kana before one.
const TABLE: &str = "\
    キャ kya kya|キュ kyu kyu|キョ kyo kyo|シャ sha sya|シュ shu syu|ショ sho syo|シェ she sye|チャ cha tya|チュ chu tyu|チョ cho tyo|チェ che tye|\
    ニャ nya nya|ニュ nyu nyu|ニョ nyo nyo|ヒャ hya hya|ヒュ hyu hyu|ヒョ hyo hyo|ミャ mya mya|ミュ myu myu|ミョ myo myo|リャ rya rya|リュ ryu ryu|\
    リョ ryo ryo|ギャ gya gya|ギュ gyu gyu|ギョ gyo gyo|ジャ ja zya|ジュ ju zyu|ジョ jo zyo|ジェ je zye|ビャ bya bya|ビュ byu byu|ビョ byo byo|\
    ピャ pya pya|ピュ pyu pyu|ピョ pyo pyo|ファ fa fa|フィ fi fi|フェ fe fe|フォ fo fo|ヴァ va va|ヴィ vi vi|ヴェ ve ve|ヴォ vo vo|ヴュ vyu vyu|ティ ti thi|ディ di dhi|デュ dyu dhu|ウィ wi wi|\
    ウェ we we|ア a a|イ i i|ウ u u|エ e e|オ o o|カ ka ka|キ ki ki|ク ku ku|ケ ke ke|コ ko ko|サ sa sa|シ shi si|ス su su|セ se se|ソ so so|\
    タ ta ta|チ chi ti|ツ tsu tu|テ te te|ト to to|ナ na na|ニ ni ni|ヌ nu nu|ネ ne ne|ノ no no|ハ ha ha|ヒ hi hi|フ fu hu|ヘ he he|ホ ho ho|\
    マ ma ma|ミ mi mi|ム mu mu|メ me me|モ mo mo|ヤ ya ya|ユ yu yu|ヨ yo yo|ラ ra ra|リ ri ri|ル ru ru|レ re re|ロ ro ro|ワ wa wa|ヲ o wo|\
    ガ ga ga|ギ gi gi|グ gu gu|ゲ ge ge|ゴ go go|ザ za za|ジ ji zi|ズ zu zu|ゼ ze ze|ゾ zo zo|ダ da da|ヂ ji di|ヅ zu du|デ de de|ド do do|\
    バ ba ba|ビ bi bi|ブ bu bu|ベ be be|ボ bo bo|パ pa pa|ピ pi pi|プ pu pu|ペ pe pe|ポ po po|ヴ vu vu";

/// How somebody writes in Latin letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As on signs, with long vowels spelled out: `shimbun`, `chuuou`, `jun'ichi`.
    Hepburn,
    /// As an input method takes it: `sinnbunn`, `tyuuou`.
    Kunrei,
}

/// Katakana in Latin letters.
pub fn romaji(kana: &str, style: Style) -> String {
    let kana: Vec<char> = kana.chars().collect();
    let (mut out, mut at, mut doubled) = (String::new(), 0, false);
    while at < kana.len() {
        let one: String = kana[at..=at].iter().collect();
        let two: String = kana[at..kana.len().min(at + 2)].iter().collect();
        let found = [two, one].into_iter().find_map(|part| Some((spelling(&part, style)?, part.chars().count())));
        let Some((letters, used)) = found else {
            match kana[at] {
                'ッ' => doubled = true,
                'ー' if style == Style::Kunrei => out.push('-'),
                'ー' => out.extend(out.chars().next_back()),
                'ン' => out.push_str(n_before(kana.get(at + 1).copied(), style)),
                other => out.push(other),
            }
            at += 1;
            continue;
        };
        if std::mem::take(&mut doubled) {
            let first = if letters.starts_with("ch") { 't' } else { letters.chars().next().unwrap() };
            out.push(first);
        }
        out.push_str(letters);
        at += used;
    }
    out
}

fn spelling(part: &str, style: Style) -> Option<&'static str> {
    TABLE.split('|').find_map(|line| {
        let mut cells = line.split_whitespace();
        let (hepburn, kunrei) = (cells.next() == Some(part)).then(|| (cells.next(), cells.next())).unzip();
        if style == Style::Hepburn { hepburn? } else { kunrei? }
    })
}

fn n_before(next: Option<char>, style: Style) -> &'static str {
    match next.and_then(|next| spelling(&next.to_string(), Style::Hepburn)).and_then(|next| next.chars().next()) {
        _ if style == Style::Kunrei => "nn",
        Some('b' | 'm' | 'p') => "m",
        Some('a' | 'i' | 'u' | 'e' | 'o' | 'y') => "n'",
        _ => "n",
    }
}

/// Hepburn as in English texts: long o and u are short, and so is what ー makes long.
pub fn without_long(kana: &str) -> String {
    let long = romaji(&kana.replace('ー', ""), Style::Hepburn);
    [("ou", "o"), ("oo", "o"), ("uu", "u")].iter().fold(long, |text, (long, short)| text.replace(long, short))
}

/// Hepburn as in passports: `Ohno`, `Satoh`.
pub fn with_h(kana: &str) -> Option<String> {
    let long = romaji(kana, Style::Hepburn);
    let made = ["ou", "oo"].iter().fold(long.clone(), |text, long| text.replace(long, "oh"));
    (made != long).then_some(made)
}

/// Hepburn as on maps: `Ōno`, `Chūō`.
pub fn with_marks(kana: &str) -> Option<String> {
    let long = romaji(kana, Style::Hepburn);
    let made = long.replace("ou", "ō").replace("oo", "ō").replace("uu", "ū");
    (made != long).then_some(made)
}

/// Hiragana of katakana, by the code chart alone.
pub fn hiragana(kana: &str) -> String {
    let shift = |c: char| match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap(),
        _ => c,
    };
    kana.chars().map(shift).collect()
}

/// Katakana of hiragana, by the code chart alone.
pub fn katakana(kana: &str) -> String {
    let shift = |c: char| match c {
        'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap(),
        _ => c,
    };
    kana.chars().map(shift).collect()
}

/// Half-width katakana, by a table.
pub fn half_width(kana: &str) -> String {
    let full = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー";
    let half = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ";
    let voiced = "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ";
    let voiceless = "カキクケコサシスセソタチツテトハヒフヘホウ";
    let plain = |c: char| full.chars().zip(half.chars()).find(|(f, _)| *f == c).map_or(c, |(_, h)| h);
    let mut out = String::new();
    for c in kana.chars() {
        if let Some((_, base)) = voiced.chars().zip(voiceless.chars()).find(|(v, _)| *v == c) {
            out.extend([plain(base), 'ﾞ']);
        } else if let Some((_, base)) = "パピプペポ".chars().zip("ハヒフヘホ".chars()).find(|(v, _)| *v == c)
        {
            out.extend([plain(base), 'ﾟ']);
        } else {
            out.push(plain(c));
        }
    }
    out
}

/// Hiragana with small kana typed large and without ー.
pub fn large(kana: &str) -> String {
    let small = "ぁぃぅぇぉゃゅょっ".chars().zip("あいうえおやゆよつ".chars());
    let large = |c: char| small.clone().find(|(s, _)| *s == c).map_or(c, |(_, l)| l);
    hiragana(kana).chars().filter(|c| *c != 'ー').map(large).collect()
}

/// Full-width digits and signs.
pub fn wide(text: &str) -> String {
    text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_graphic()).unwrap_or(c)).collect()
}

/// A number below a hundred in kanji.
pub fn kanji_number(number: usize) -> String {
    let sign = |n: usize| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][n];
    match (number / 10, number % 10) {
        (0, one) => sign(one).to_owned(),
        (1, one) => format!("十{}", sign(one)),
        (ten, one) => format!("{}十{}", sign(ten), sign(one)),
    }
}

#[test]
fn spellings_are_those_of_people() {
    for (kana, hepburn, kunrei, short) in [
        ("シンブンシャ", "shimbunsha", "sinnbunnsya", "shimbunsha"),
        ("チュウオウビョウイン", "chuuoubyouin", "tyuuoubyouinn", "chuobyoin"),
        ("ジュンイチ", "jun'ichi", "zyunniti", "jun'ichi"),
        ("ハッチョウ", "hatchou", "hattyou", "hatcho"),
        ("クリニック", "kurinikku", "kurinikku", "kurinikku"),
        ("オオサカ", "oosaka", "oosaka", "osaka"),
        ("センター", "sentaa", "sennta-", "senta"),
    ] {
        assert_eq!(romaji(kana, Style::Hepburn), hepburn);
        assert_eq!(romaji(kana, Style::Kunrei), kunrei);
        assert_eq!(without_long(kana), short);
    }
    assert_eq!(with_h("オオノ").as_deref(), Some("ohno"));
    assert_eq!(with_marks("チュウオウ").as_deref(), Some("chūō"));
    assert_eq!((kanji_number(23), kanji_number(10), kanji_number(7)), ("二十三".into(), "十".into(), "七".into()));
}
