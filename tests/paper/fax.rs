//! The FAX cover sheet on paper: one page whatever stands on it, and all of it can be read.

use std::sync::LazyLock;

use chrono::NaiveDate;
use madoguchi::desk::codebook::{Codebook, label_key, list};
use madoguchi::locale::{Lang, Locale};
use madoguchi::print::fax::{About, From, To};
use madoguchi::print::{Fax, Fit, Paper};

use crate::pdf::{A4, Pdf, plain};

/// Made once: the labels are read from the locale's files.
static FILLED: LazyLock<Fax> = LazyLock::new(|| {
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
        ..Fax::default()
    }
    .for_purpose("9", &["home-visit".to_owned(), "end-of-life".to_owned()], &Codebook::default(), TODAY)
});

fn filled() -> Fax {
    FILLED.clone()
}

const TODAY: NaiveDate = NaiveDate::MIN;

/// Every topic there is, and each name as long as its field takes: 200 characters.
fn longest() -> Fax {
    let name = |what: &str| format!("{}{what}", "架".repeat(200 - what.chars().count()));
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
    all.extend(fax.wanted.iter().map(String::as_str));
    all.extend(fax.purposes.iter().filter(|one| one.chosen).map(|one| one.label.as_str()));
    all.retain(|text| !text.is_empty());
    all
}

fn paper(fax: &Fax) -> Paper {
    Paper::Fax(Box::new(fax.clone()))
}

#[test]
#[ignore = "needs Chromium, poppler-utils and a Japanese font: tests/run"]
fn it_has_the_pages_that_were_counted_and_every_text_of_it_is_there_inside_the_margins() {
    let empty = Fax { topics: Vec::new(), ..Fax::default() };
    let by_hand = Fax { from: From { phone: String::new(), fax: String::new(), ..filled().from }, ..filled() };
    for (name, fax) in [("usual", filled()), ("empty", empty), ("by hand", by_hand)] {
        assert_eq!(Fit::of(&fax).unwrap(), Fit { small: false, sheets: 1 }, "{name}");
        stands_on_its_pages(name, &fax);
    }
    // A line takes 200 characters; a text that was imported may be longer: the most that each size of type and two pages
    // are counted to hold, in characters of each width, in few fields and in many.
    stands_on_its_pages("full", &longest());
    for letter in ["架", "Wide "] {
        for few in [true, false] {
            let of = |count: usize| filled_to(letter, count, few);
            for wanted in
                [Fit { small: false, sheets: 1 }, Fit { small: true, sheets: 1 }, Fit { small: true, sheets: 2 }]
            {
                let most = (0..4000).rev().find(|count| Fit::of(&of(*count)) == Ok(wanted)).unwrap();
                stands_on_its_pages(&format!("{letter} {most} {few}"), &of(most));
            }
        }
    }
}

/// A sheet with so many characters, in one name or in all of them.
fn filled_to(letter: &str, count: usize, few: bool) -> Fax {
    let text = |count: usize| letter.chars().cycle().take(count).collect::<String>().trim().to_owned();
    let mut fax = filled();
    if few {
        fax.to.office = text(count);
        return fax;
    }
    let (to, from) = (&mut fax.to, &mut fax.from);
    let names =
        [&mut to.office, &mut to.department, &mut to.doctor, &mut from.desk, &mut from.founder, &mut from.operator];
    for name in names.into_iter().chain([&mut fax.about.name, &mut fax.about.area]) {
        *name = text(count / 8);
    }
    fax
}

/// Fails where the pages are not as many as are counted beforehand, or a text is not on them or reaches out of them.
fn stands_on_its_pages(name: &str, fax: &Fax) {
    let fit = Fit::of(fax).unwrap();
    let made = Pdf::of_paper(&paper(fax));
    assert_eq!(made.pages(A4), usize::from(fit.sheets), "{name}");
    made.keeps_to_its_margins(A4);
    let pages = made.texts();
    let text = pages.concat();
    for wanted in texts(fax) {
        assert!(text.contains(&plain(wanted)), "{name}: {wanted} is not on the paper:\n{text}");
    }
    for wanted in ["主治医連絡", "送り先", "連絡の内容", "返信欄", "お返事", "ご記入者"] {
        assert!(text.contains(&plain(wanted)), "{name}: {wanted}");
    }
    assert_eq!(text.contains(&plain("電話 ＿＿＿")), fax.from.phone.is_empty(), "{name}: a line to write on");
    for (n, page) in (1..).zip(&pages) {
        assert_eq!(page.contains(&plain(&format!("（{n} / 2枚）"))), fit.sheets == 2, "{name}, page {n}: {page}");
    }
    if let [first, second] = pages.as_slice() {
        assert!(!first.contains("返信欄") && second.contains("返信欄"), "{name}: the reply slip is the second page");
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
