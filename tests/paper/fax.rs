//! The FAX cover sheet on paper: one page whatever stands on it, and all of it can be read.

use madoguchi::desk::codebook::{label_key, list};
use madoguchi::locale::{Lang, Locale};
use madoguchi::print::fax::{About, From, To};
use madoguchi::print::{Fax, Paper};

use crate::pdf::{A4, Pdf, plain};

fn filled() -> Fax {
    Fax {
        number: "R8-0123".to_owned(),
        date: "令和8年11月24日".to_owned(),
        to: To {
            office: "架空内科医院".to_owned(),
            department: "外来".to_owned(),
            doctor: "架空 一郎".to_owned(),
            fax: "0834-00-1235".to_owned(),
            phone: "0834-00-1234".to_owned(),
        },
        from: From {
            desk: "架空窓口".to_owned(),
            founder: "架空市医師会".to_owned(),
            operator: "山田 花子".to_owned(),
            phone: "0834-00-1000".to_owned(),
            fax: "0834-00-1001".to_owned(),
        },
        about: About { initials: "K.H.".to_owned(), name: String::new(), area: "架空中央".to_owned() },
        topics: vec!["退院・転院・受入先".to_owned()],
    }
}

/// The longest that a desk may meet: names of 60 characters, a full name, every topic there is.
fn longest() -> Fax {
    let name = |what: &str| format!("{}{what}", "架空".repeat(25));
    let locale = Locale::new(Lang::Ja);
    let topics = list("topic").unwrap().entries;
    let topics: Vec<String> = topics.iter().map(|e| locale.t(&label_key("topic", e.code)).into_owned()).collect();
    assert!(topics.len() >= 20);
    let mut fax = filled();
    fax.to.office = name("総合医療センター病院");
    fax.to.department = name("地域医療連携室");
    fax.to.doctor = name("先生");
    fax.from.desk = name("相談窓口");
    fax.from.founder = name("医師会");
    fax.from.operator = name("相談員");
    fax.about.name = name("さん");
    fax.about.area = name("圏域");
    Fax { topics, ..fax }
}

/// Every text of the sheet.
fn texts(fax: &Fax) -> Vec<&str> {
    let (to, from, about) = (&fax.to, &fax.from, &fax.about);
    let mut all = vec![fax.number.as_str(), &fax.date, &to.office, &to.department, &to.doctor, &to.fax, &to.phone];
    all.extend([&from.desk, &from.founder, &from.operator, &from.phone, &from.fax].map(String::as_str));
    all.extend([&about.initials, &about.name, &about.area].map(String::as_str));
    all.extend(fax.topics.iter().map(String::as_str));
    all.retain(|text| !text.is_empty());
    all
}

fn paper(fax: &Fax) -> Paper {
    Paper::Fax(Box::new(fax.clone()))
}

#[test]
#[ignore = "needs Chromium, poppler-utils and a Japanese font: tests/run"]
fn it_is_one_a4_page_and_every_text_of_it_is_there_inside_the_margins() {
    let empty = Fax { topics: Vec::new(), ..Fax::default() };
    let by_hand = Fax { from: From { phone: String::new(), fax: String::new(), ..filled().from }, ..filled() };
    for (name, fax) in [("usual", filled()), ("longest", longest()), ("empty", empty), ("by hand", by_hand)] {
        let made = Pdf::of_paper(&paper(&fax));
        assert_eq!(made.pages(A4), 1, "{name}");
        made.keeps_to_its_margins(A4);
        let text = made.text();
        for wanted in texts(&fax) {
            assert!(text.contains(&plain(wanted)), "{name}: {wanted} is not on the paper:\n{text}");
        }
        for wanted in ["主治医連絡", "送り先", "連絡の内容", "返信欄", "お返事", "ご記入者"] {
            assert!(text.contains(&plain(wanted)), "{name}: {wanted}");
        }
        assert_eq!(text.contains(&plain("電話 ＿＿＿")), fax.from.phone.is_empty(), "{name}: a line to write on");
    }
}

#[test]
#[ignore = "needs Chromium, poppler-utils and a Japanese font: tests/run"]
fn its_fonts_are_in_the_file_and_show_japanese() {
    let made = Pdf::of_paper(&paper(&filled()));
    let fonts = made.fonts();
    let japanese = ["BIZUD", "Noto", "CJK", "IPA", "Takao", "VL", "Hiragino", "Yu", "Meiryo", "MS"];
    assert!(fonts.iter().any(|font| japanese.iter().any(|name| font.contains(name))), "{fonts:?}");
    // Without a font that has them, all would be the same empty box as a character that no font has.
    let letter = |letter: &str| {
        let page = format!("<!DOCTYPE html><meta charset=utf-8><p style='font:60pt sans-serif'>{letter}");
        Pdf::of(&page).picture()
    };
    let pictures: Vec<Vec<u8>> = ["医", "療", "窓", "薬", "ケ", "\u{e123}"].map(letter).to_vec();
    for (n, one) in pictures.iter().enumerate() {
        assert!(pictures.iter().skip(n + 1).all(|other| other != one), "the {n}th looks like another");
    }
}

#[test]
#[ignore = "needs Chromium, poppler-utils and a Japanese font: tests/run"]
fn a_desks_own_template_runs_no_script_and_reaches_nothing() {
    let page = "<!DOCTYPE html><meta charset=utf-8><p id=a>はじめ</p><p>あと</p>\
                <script>document.getElementById('a').textContent='かわった'</script>\
                <img src='http://127.0.0.1:9/x.png' alt='絵'>";
    let text = Pdf::of(page).text();
    assert!(text.contains("はじめ") && !text.contains("かわった"), "{text}");
}
