//! When spellings fold together, what entry does to text, and the properties of keys.

use super::*;
use proptest::prelude::*;

#[test]
fn text_keys() {
    for (typed, key) in [
        ("", ""),
        ("徳山　中央 病院", "徳山中央病院"),
        ("ＩＣＵ・第２病棟", "icu第2病棟"),
        ("クリニック", "くりにつく"),
        ("ｻｰﾋﾞｽ", "さびす"),
        ("サーヴィス", "さびす"),
        ("ヴ", "ぶ"),
        ("㈱山口", "株式会社山口"),
        ("(医社)葵会", "医療法人社団葵会"),
        ("(株", "(株"),
        ("(架空)", "(架空)"),
        ("旭ヶ丘", "旭が丘"),
        ("旭ケ丘", "旭が丘"),
        ("旭ケア", "旭けあ"),
        ("旭カ丘", "旭が丘"),
        ("旭ヵ丘", "旭が丘"),
        ("旭ガ丘", "旭が丘"),
        ("緩和ケア病棟", "緩和けあ病棟"),
        ("3ヶ月", "3が月"),
        ("３か月", "3が月"),
        ("三箇月", "三が月"),
        ("確か丘", "確か丘"),
        ("西之谷", "西の谷"),
        ("西ノ谷", "西の谷"),
        ("一乃湯", "一の湯"),
        ("博之", "博之"),
        ("乃木", "乃木"),
        ("ヴュー", "びゆ"),
        ("北一条西五丁目", "北1条西5"),
        ("1の2の3", "1-2-3"),
        ("二－三－五", "2-3-5"),
        ("2丁3番5", "2-3-5"),
        ("二の丸", "二の丸"),
        ("一－", "一-"),
        ("受け入れ", "受け入れ"),
        ("0834－28ー4411", "0834-28-4411"),
        ("一丁目３番", "1-3"),
        ("孝田町１番１号", "孝田町1-1"),
        ("二十三番地の十", "23-10"),
        ("一〇三号", "103"),
        ("三番町", "三番町"),
        ("201号室", "201号室"),
        ("百二丁目", "102"),
        ("当番医", "当番医"),
        ("番号", "番号"),
        ("佐々木", "佐佐木"),
        ("々", ""),
        ("山〜川～", "山~川~"),
        ("か\u{3099}\u{200b}く", "がく"),
    ] {
        assert_eq!(text(typed), key, "{typed}");
        assert_eq!(text(&text(typed)), key, "{typed}");
    }
}

#[test]
fn words_begin_after_spaces_brackets_and_legal_forms() {
    for (typed, starts) in [
        ("徳山 病院", &[0, 6][..]),
        ("ア・イ", &[0, 3]),
        ("徳山（病院）", &[0, 7]),
        ("㈱山口", &[0, 12]),
        ("", &[]),
        (" 山", &[0]),
    ] {
        assert_eq!(marked(typed).starts, starts, "{typed}");
    }
}

#[test]
fn romaji_keys() {
    for (typed, key, flat) in [
        ("シュウナン", "shuunan", "shunan"),
        ("チュウオウビョウイン", "chuuoubyouin", "chuobyoin"),
        ("サーヴィス", "sabisu", "sabisu"),
        ("ﾃﾞｲｻｰﾋﾞｽ", "deisabisu", "desabisu"),
        ("ファックス", "fakusu", "fakusu"),
        ("パーティー", "pachi", "pachi"),
        ("ディスコ", "jisuko", "jisuko"),
        ("ウィング", "wingu", "wingu"),
        ("フェリー", "feri", "feri"),
        ("オオノ", "oono", "ono"),
        ("けいゆう", "keiyuu", "keyu"),
        ("ohno", "ono", "ono"),
        ("Ōno", "ono", "ono"),
        ("Shûnan", "shunan", "shunan"),
        ("sinnbunn", "shinbun", "shinbun"),
        ("shimbun", "shinbun", "shinbun"),
        ("tyuuou", "chuuou", "chuo"),
        ("zyunniti", "junichi", "junichi"),
        ("jun'ichi", "junichi", "junichi"),
        ("matcha", "macha", "macha"),
        ("La Villa", "rabira", "rabira"),
        ("かな漢字カナ", "kana kana", "kana kana"),
        ("漢字", "", ""),
        ("wo", "o", "o"),
        ("xtu", "", ""),
    ] {
        assert_eq!(romaji::key(typed), key, "{typed}");
        assert_eq!(romaji::flatten(&romaji::key(typed)), flat, "{typed}");
    }
}

#[test]
fn every_kana_has_a_romaji_key_that_is_canonical() {
    for c in ('ぁ'..='ゖ').filter(|c| !matches!(c, 'っ')) {
        let key = romaji::key(&c.to_string());
        assert!(!key.is_empty(), "{c}");
        assert_eq!(romaji::key(&key), key, "{c}");
        for small in "ぁぃぅぇぉゃゅょゎ".chars() {
            let key = romaji::key(&format!("{c}{small}"));
            assert_eq!(romaji::key(&key), key, "{c}{small}");
        }
    }
}

#[test]
fn the_key_that_an_input_method_hid_is_found() {
    for (typed, key) in [
        ('1', Some('1')),
        ('１', Some('1')),
        ('ａ', Some('a')),
        ('Ａ', Some('A')),
        ('？', Some('?')),
        ('／', Some('/')),
        ('　', Some(' ')),
        ('あ', Some('a')),
        ('い', Some('i')),
        ('か', Some('k')),
        ('カ', Some('k')),
        ('ｶ', Some('k')),
        ('し', Some('s')),
        ('ち', Some('c')),
        ('っ', Some('t')),
        ('ん', Some('n')),
        ('。', Some('.')),
        ('、', Some(',')),
        ('・', Some('/')),
        ('ー', Some('-')),
        ('「', Some('[')),
        ('漢', None),
        ('\n', None),
        ('\u{1b}', None),
        ('é', None),
    ] {
        assert_eq!(command_key(typed), key, "{typed:?}");
    }
}

#[test]
fn text_is_made_clean_when_it_enters() {
    for (typed, shown, line) in [
        ("ﾊﾟｰﾄ ﾋﾞﾙ", "パート ビル", "パート ビル"),
        ("ｶﾞ｡｢ｱ｣､･", "ガ。「ア」、・", "ガ。「ア」、・"),
        ("か\u{3099}", "が", "が"),
        ("㈱①ＡＢ½", "㈱①ＡＢ½", "㈱①ＡＢ½"),
        ("一\r\n二\r三\n", "一\n二\n三\n", "一 二 三"),
        ("\u{1b}[31m赤\0\u{7f}\u{9b}", "[31m赤", "[31m赤"),
        ("ﾞﾟ", "゛゜", "゛゜"),
        ("　山\t川　", "　山\t川　", "山 川"),
        ("", "", ""),
        ("\n\n", "\n\n", ""),
    ] {
        assert_eq!(display(typed), shown, "{typed:?}");
        assert_eq!(one_line(typed), line, "{typed:?}");
    }
}

#[test]
fn same_is_about_spelling_only() {
    assert!(same("ﾃﾞｲｻｰﾋﾞｽ　さくら", "デイサービスさくら"));
    assert!(!same("デイサービスさくら", "デイサービスうめ"));
    assert!(same("", " "));
}

const STRANGE: &str =
    "[一二三十〇丁目番地号条線の0-9ケヶカか箇之乃がけ々ー‐－ヴァィぶ旭丘(株)医社 ・ﾊﾟｶﾞㇰ㈱①a-cＡé\u{3099}\u{301}]{0,12}";

proptest! {
    #[test]
    fn folding_twice_is_folding_once(any in "\\PC{0,12}", strange in STRANGE, japanese in "[ぁ-ゖァ-ヶー一-龠ｦ-ﾟ 　A-Za-z]{0,12}") {
        for typed in [any, strange, japanese] {
            let key = text(&typed);
            prop_assert_eq!(text(&key), key);
            let key = romaji::key(&romaji::key(&typed).replace(' ', ""));
            prop_assert_eq!(romaji::key(&key), key.clone());
            let once = romaji::flatten(&key);
            prop_assert_eq!(romaji::flatten(&once), once.clone());
            let shown = display(&typed);
            prop_assert_eq!(display(&shown), shown.clone());
            prop_assert!(!shown.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
            let line = one_line(&typed);
            prop_assert_eq!(one_line(&line), line);
        }
    }

    #[test]
    fn romaji_as_typed_in_is_the_key_of_the_kana(kana in "[あ-そた-っつ-のは-をん]{1,8}") {
        // What a Hepburn typist writes, letter by letter, is already canonical.
        let key = romaji::key(&kana);
        prop_assert_eq!(romaji::key(&key), key);
    }
}

#[test]
fn a_name_keeps_its_registered_form_and_is_found_by_the_common_one() {
    // CP932 has these as IBM extensions; NFC alone would change them into 神, 塚 and 福.
    for (registered, common) in [("\u{fa19}田", "神田"), ("大\u{fa10}", "大塚"), ("\u{fa1b}山か\u{3099}", "福山が")]
    {
        assert_eq!(display(registered).chars().count(), common.chars().count(), "{common}");
        assert!(display(registered).contains(['\u{fa19}', '\u{fa10}', '\u{fa1b}']), "{common}");
        assert!(super::same(registered, common), "{common}");
    }
}
