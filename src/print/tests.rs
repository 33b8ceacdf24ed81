//! Templates filled in, and faulty ones refused.

use chrono::NaiveDate;

use super::*;
use crate::desk::case::Case;
use crate::desk::codebook::Codebook;
use crate::desk::office::Office;
use crate::desk::operator::DeskProfile;

fn rendered(fax: &Fax, own: Option<(&str, &str)>) -> Result<String, Fault> {
    render(&Paper::Fax(Box::new(fax.clone())), &Forms { page: own.map(template), base: None })
}

fn template((file, source): (&str, &str)) -> Template {
    Template { file: file.to_owned(), source: source.to_owned() }
}

fn fax() -> Fax {
    let case = Case {
        number: "R8-0123".to_owned(),
        subject_name: "架空 花枝".to_owned(),
        subject_kana: "カクウ ハナエ".to_owned(),
        area: "架空中央".to_owned(),
        phone: "0834-00-7777".to_owned(),
        summary: "架空花枝さんの退院".to_owned(),
        ..Case::default()
    };
    let office = Office {
        name: "架空内科医院".to_owned(),
        department: "外来".to_owned(),
        fax: "0834-00-1235".to_owned(),
        phone: "0834-00-1234".to_owned(),
        ..Office::default()
    };
    let desk = DeskProfile {
        name: "架空窓口".to_owned(),
        founder: "架空市".to_owned(),
        phone: "0834-00-1000".to_owned(),
        fax: "0834-00-1001".to_owned(),
        ..DeskProfile::default()
    };
    let on = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    Fax::of(&case, &office, &desk, "山田 花子", on)
        .to_doctor("架空 一郎")
        .with_topics(vec!["退院".to_owned(), "往診".to_owned()])
        .for_purpose("9", &["home-visit".to_owned(), "空を飛ぶ".to_owned()], &Codebook::default(), on)
}

#[test]
fn the_purpose_of_the_inquiry_is_marked_and_the_others_are_not() {
    let book = Codebook::default();
    let on = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    for (code, marked, to_take) in [
        ("9", Some("訪問診療・主治医の引受"), true),
        ("6", Some("状況の相談"), false),
        ("8", Some("その他"), false),
        ("", None, false),
        ("無い", None, false),
    ] {
        let page = rendered(&fax().for_purpose(code, &[], &book, on), None).unwrap();
        assert_eq!(page.matches('■').count(), usize::from(marked.is_some()), "{code}");
        if let Some(label) = marked {
            assert!(page.contains(&format!("■ {label}")), "{code}");
        }
        for label in ["服薬", "福祉用具", "その他（"] {
            assert!(page.contains(label), "{code}: {label}");
        }
        assert_eq!(page.contains("□ 引き受ける"), to_take, "{code}");
        assert!(!page.contains("お願いしたいこと"));
    }
    let page = rendered(&fax(), None).unwrap();
    assert!(page.contains("お願いしたいこと　訪問診療") && !page.contains("空を飛ぶ"));
}

#[test]
fn every_value_is_on_the_page_and_the_name_only_where_it_was_chosen() {
    let page = rendered(&fax(), None).unwrap();
    for text in [
        "R8-0123",
        "令和8年11月24日",
        "架空内科医院",
        "外来",
        "架空 一郎 先生",
        "0834-00-1235",
        "0834-00-1234",
        "架空市",
        "架空窓口",
        "山田 花子",
        "K.H. 様（イニシャル）",
        "架空中央",
        "退院、往診",
    ] {
        assert!(page.contains(text), "{text}");
    }
    for text in ["花枝", "0834-00-7777", "カクウ"] {
        assert!(!page.contains(text), "{text}");
    }
    let mut full = fax();
    full.about.name = "架空 花枝".to_owned();
    let page = rendered(&full, None).unwrap();
    assert!(page.contains("架空 花枝 様"));
    let (_, reply) = page.split_once("返信欄").unwrap();
    assert!(reply.contains("K.H.") && !reply.contains("花枝"), "the reply slip has initials only");
}

#[test]
fn each_member_that_is_filled_stands_on_the_page() {
    fn texts(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => found.push(text.clone()),
            serde_json::Value::Array(all) => all.iter().for_each(|value| texts(value, found)),
            serde_json::Value::Object(all) => all.values().for_each(|value| texts(value, found)),
            serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
        }
    }
    let mut all = Vec::new();
    texts(&serde_json::to_value(fax()).unwrap(), &mut all);
    let page = rendered(&fax(), None).unwrap();
    assert!(all.len() > 12);
    assert!(all.iter().all(|text| page.contains(text)), "{all:?}");
}

#[test]
fn what_is_filled_in_is_escaped_wherever_it_stands() {
    let bad = "<script src=\"//x\">&'";
    let mut fax = fax();
    for text in [
        &mut fax.number,
        &mut fax.date,
        &mut fax.to.office,
        &mut fax.to.department,
        &mut fax.to.doctor,
        &mut fax.to.fax,
        &mut fax.to.phone,
        &mut fax.from.desk,
        &mut fax.from.founder,
        &mut fax.from.operator,
        &mut fax.from.phone,
        &mut fax.from.fax,
        &mut fax.about.initials,
        &mut fax.about.name,
        &mut fax.about.area,
    ] {
        bad.clone_into(text);
    }
    fax.topics = vec![bad.to_owned()];
    fax.wanted = vec![bad.to_owned()];
    fax.purposes = vec![fax::Purpose { label: bad.to_owned(), ..fax::Purpose::default() }];
    let page = rendered(&fax, None).unwrap();
    assert!(!page.contains("<script") && page.matches("&lt;script").count() >= 18, "{page}");
    // A desk's own template has no name that ends in html at times.
    assert!(!rendered(&fax, Some(("own", "{{ to.office }}"))).unwrap().contains('<'));
}

#[test]
fn empty_and_very_long_values_give_a_page_too() {
    let empty = rendered(&Fax::default(), None).unwrap();
    assert!(empty.contains("主治医 先生") && empty.contains("＿ 様（イニシャル）") && !empty.contains("undefined"));
    let mut long = fax();
    long.to.office = "架空".repeat(400);
    long.topics = vec!["往診の相談".repeat(100); 20];
    assert!(rendered(&long, None).unwrap().contains(&long.to.office));
}

#[test]
fn the_page_is_a4_black_and_white_and_asks_for_nothing_from_outside() {
    let page = rendered(&fax(), None).unwrap();
    assert!(page.contains("size: A4 portrait") && page.contains("default-src 'none'"));
    for outside in ["http:", "https:", "url(", "@import", "<link", "<img", "<script", "src="] {
        assert!(!page.contains(outside), "{outside}");
    }
    let colours = page.split('#').skip(1).filter_map(|rest| rest.get(..3));
    assert!(colours.clone().count() > 2 && colours.clone().all(|c| c == "000" || c == "fff"), "{:?}", colours.last());
    let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
    assert_eq!(title, "主治医連絡FAX送付書", "a browser keeps titles");
}

/// One of each paper, with something in each of its lists.
fn one_of_each() -> [Paper; 5] {
    use edition::{ChangedOffice, Difference, Labelled, Line, Old, Staff};
    let row = Line { rest: vec![Labelled::default()], staff: vec![Staff::default()], ..Line::default() };
    let office = ChangedOffice { name: String::new(), what: vec![Difference::default()] };
    [
        Paper::Fax(Box::new(fax())),
        Paper::List(Box::new(List { rows: vec![row], ..List::default() })),
        Paper::Changes(Box::new(Changes { offices: vec![office], ..Changes::default() })),
        Paper::Recall(Box::new(Recall { holders: vec![Old::default()], ..Recall::default() })),
        Paper::Chase(Box::new(Chase { rows: vec![chase::Unanswered::default()], ..Chase::default() })),
    ]
}

#[test]
fn the_guide_lists_every_name_that_a_template_may_use_and_no_other() {
    fn names(value: &serde_json::Value, before: &str, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(members) => {
                for (name, value) in members {
                    let nested = value.is_object();
                    if !nested {
                        found.push(format!("{before}{name}"));
                    }
                    names(value, &if nested { format!("{name}.") } else { String::new() }, found);
                }
            }
            serde_json::Value::Array(all) => all.iter().for_each(|value| names(value, "", found)),
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::String(_) => {}
        }
    }
    let guide = include_str!("../../docs/operators-guide.md");
    for paper in one_of_each() {
        let row = guide.lines().find(|line| line.starts_with(&format!("| `{}` |", paper.file())));
        let row = row.unwrap_or_else(|| panic!("{} is not in the guide", paper.file()));
        let told: Vec<&str> = row.split('`').skip(3).step_by(2).collect();
        let mut all = Vec::new();
        names(&serde_json::to_value(paper.values()).unwrap(), "", &mut all);
        assert!(all.len() > 8, "{all:?}");
        // Who gives a list away is the same on each of them.
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let by = |name: &str| paper.file() != EDITION && name.starts_with("by.");
        for name in all.iter().filter(|name| !by(name)) {
            assert!(told.contains(name), "{}: {name} is not in {told:?}", paper.file());
        }
        for name in told {
            assert!(all.contains(&name), "{}: there is no {name}", paper.file());
        }
    }
}

#[test]
fn a_faulty_template_of_any_paper_is_told_with_its_file_and_line() {
    for paper in one_of_each() {
        let file = format!("/紙/{FOLDER}/{}", paper.file());
        for (source, line, wrong) in [
            ("<p>\n\n{{ nothing.here }}", 3, Wrong::Unknown),
            ("<p>\n{% for one in %}", 2, Wrong::Syntax),
            ("<p>\n{% if title %}", 2, Wrong::Syntax),
            ("<p>{{ 1 / 0 }}", 1, Wrong::Other),
        ] {
            let fault = render(&paper, &Forms { page: Some(template((&file, source))), base: None }).unwrap_err();
            assert_eq!((fault.file.as_str(), fault.line, fault.wrong), (file.as_str(), line, wrong), "{source}");
        }
        // The program's own is a good one of a desk, too.
        let (_, source) = OWN.into_iter().find(|(name, _)| *name == paper.file()).unwrap();
        let own = Forms { page: Some(template((&file, source))), base: None };
        assert_eq!(render(&paper, &own).unwrap(), render(&paper, &Forms::default()).unwrap());
    }
}

#[test]
fn a_faulty_template_of_the_desk_is_told_with_file_line_and_what() {
    let file = "/紙/forms/fax.html";
    for (source, line, wrong, near) in [
        ("<p>\n{{ to.office }}\n{{ to.ofice }}", 3, Wrong::Unknown, "to.ofice"),
        ("{{ phone }}", 1, Wrong::Unknown, "phone"),
        ("<p>\n{% if to.office %}\n", 0, Wrong::Syntax, ""),
        ("a\nb\n{{ to.office | nothing }}", 3, Wrong::Unknown, ""),
        ("<p>\n{% include 'other.html' %}", 2, Wrong::Unknown, "other.html"),
        ("{% extends '/etc/hosts' %}", 1, Wrong::Unknown, "hosts"),
        ("{% extends 'fax.html' %}\n{%- block nothing -%}いない{% endblock %}", 2, Wrong::Unknown, "nothing"),
    ] {
        let fault = rendered(&fax(), Some((file, source))).unwrap_err();
        assert_eq!((fault.file.as_str(), fault.wrong), (file, wrong), "{source}: {fault:?}");
        assert!(line == 0 || fault.line == line, "{source}: {fault:?}");
        assert!(fault.near.contains(near), "{source}: {fault:?}");
        let said = crate::locale::Locale::new(crate::locale::Lang::Ja).say(&fault.say());
        assert!(said.contains(file) && said.contains(&fault.line.to_string()) && !said.contains("架空"), "{said}");
    }
    let own = rendered(&fax(), Some((file, "{% for topic in topics %}[{{ topic }}]{% endfor %}")));
    assert_eq!(own.unwrap(), "[退院][往診]");
}

#[test]
fn a_desks_own_template_extends_the_programs_or_the_base_that_all_lists_share() {
    let whole = render(&one_of_each()[1], &Forms::default()).unwrap();
    for paper in one_of_each().into_iter().filter(Paper::has_base) {
        let made = |page: Option<&str>, base: Option<&str>| {
            let page = page.map(|source| template(("/紙/forms/page.html", source)));
            render(&paper, &Forms { page, base: base.map(|source| template(("/紙/forms/base.html", source))) })
        };
        let usual = made(None, None).unwrap();
        for shared in ["default-src 'none'", "table-header-group", "counter(pages)"] {
            assert!(usual.contains(shared) && whole.contains(shared), "{}: {shared}", paper.file());
        }
        // One block of the program's page is the desk's, the others stay.
        let page =
            format!("{{% extends '{}' %}}{{% block count %}}窓口の注{{{{ super() }}}}{{% endblock %}}", paper.file());
        let own = made(Some(&page), None).unwrap();
        assert!(own.contains("窓口の注1件"), "{own}");
        assert_eq!(own.replace("窓口の注", ""), usual);
        // A page of the desk's own rows in the head and the type of all.
        let page = "{% extends 'base.html' %}{% block rows %}<tr><td>{{ title }}行</td></tr>{% endblock %}";
        let own = made(Some(page), None).unwrap();
        assert!(own.contains("<tr><td>行</td></tr>") && own.contains("table-header-group"), "{own}");
        // The base is the desk's, under the program's page and under the desk's.
        let base = "[{{ by.desk }}{% block rows %}{% endblock %}]";
        let rows = usual.split_once("<tbody>\n").unwrap().1.split_once("</tbody>").unwrap().0;
        assert_eq!(made(None, Some(base)).unwrap().trim(), format!("[{rows}]"));
        assert_eq!(made(Some(page), Some(base)).unwrap().trim(), "[<tr><td>行</td></tr>]");
        // What is wrong is told of the file that it stands in.
        for (page, base, file, line, wrong) in [
            (None, Some("\n{{ nothing }}"), "/紙/forms/base.html", 2, Wrong::Unknown),
            (Some(page), Some("{% block rows %}{% endblock %}\nb\n{% if %}"), "/紙/forms/base.html", 3, Wrong::Syntax),
            (
                Some("{% extends 'base.html' %}\n{% block rows %}\n{{ nothing }}{% endblock %}"),
                None,
                "/紙/forms/page.html",
                3,
                Wrong::Unknown,
            ),
            (
                Some("{% extends 'base.html' %}\n{% block row %}行{% endblock %}"),
                None,
                "/紙/forms/page.html",
                2,
                Wrong::Unknown,
            ),
            (None, Some("{% extends 'base.html' %}"), "/紙/forms/base.html", 1, Wrong::Other),
        ] {
            let fault = made(page, base).unwrap_err();
            assert_eq!(
                (fault.file.as_str(), fault.line, fault.wrong),
                (file, line, wrong),
                "{page:?} {base:?}: {fault:?}"
            );
        }
    }
}
