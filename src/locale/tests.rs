//! The two languages say the same things, and the source asks for nothing that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;

use super::*;

fn messages(area: &str, text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource =
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(_, errors)| panic!("{area}.ftl: {errors:?}"));
    let keys: Vec<String> = text
        .lines()
        .filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|l| Some(l.split_once('=')?.0.trim().to_owned()))
        .collect();
    assert_eq!(
        resource.entries().filter(|e| matches!(e, fluent_syntax::ast::Entry::Message(_))).count(),
        keys.len(),
        "{area}.ftl"
    );
    let mut found = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines() {
        if let Some((name, _)) = line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            key = name.trim().to_owned();
            assert!(found.insert(key.clone(), BTreeSet::new()).is_none(), "{area}.ftl: {key} stands twice");
        }
        for place in line.split('$').skip(1) {
            let name: String =
                place.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
            found.entry(key.clone()).or_default().insert(name);
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_values() {
    let mut all = BTreeSet::new();
    for (area, ja, en) in AREAS {
        let (ja, en) = (messages(area, ja), messages(area, en));
        assert_eq!(ja, en, "{area}.ftl: ja and en differ");
        for key in ja.into_keys() {
            assert!(all.insert(key.clone()), "{area}.ftl: {key} stands in another file too");
        }
    }
}

fn sources(dir: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_sentence_that_the_source_asks_for_is_there() {
    let locale = Locale::new(Lang::Ja);
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for (file, text) in files.iter().filter(|(file, _)| !file.contains("/locale/") && !file.ends_with("tests.rs")) {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in [".t(\"", ".f(\"", "Say::new(\"", "ask(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                assert!(locale.has(key), "{file}: no sentence `{key}`");
            }
        }
    }
}

#[test]
fn no_japanese_sentence_stands_outside_of_the_locale_files() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let kana = |c: char| ('ぁ'..='ヿ').contains(&c) || ('一'..='鿿').contains(&c);
    // Tables of the language itself, of fictional people and of file headers are data, not sentences.
    let data = [
        "/locale/",
        "/search/",
        "/demo/",
        "/exchange/",
        "/desk/date",
        "/desk/phone",
        "/desk/passphrase",
        "/desk/beds",
        "/cli/office/hsds",
        "/desk/era",
        "/app/asked",
        "tests.rs",
    ];
    for (file, text) in files.iter().filter(|(file, _)| !data.iter().any(|d| file.contains(d))) {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
            let code = line.split(" // ").next().unwrap_or_default();
            let literal: String = code.split('"').skip(1).step_by(2).collect();
            assert!(!literal.contains(kana) || line.contains("data, not a sentence"), "{file}: {line}");
        }
    }
}

/// Words that stood for the same thing as another one: one thing has one word on every screen and in every document.
const ONE_WORD: &[(&str, &str)] = &[
    ("パスフレーズ", "合言葉"),
    ("回復キー", "予備の鍵"),
    ("復旧キー", "予備の鍵"),
    ("確認コード", "6桁の番号"),
    ("フォルダ ", "フォルダー"),
    ("フォルダを", "フォルダーを"),
    ("フォルダに", "フォルダーに"),
    ("USBメモリ", "USB メモリー"),
    ("保存先", "置き場所"),
    ("役割", "権限"),
    ("閲覧者", "閲覧のみの人"),
    ("写し取り", "番号のコピー"),
    ("命令を", "操作を"),
    ("6 桁", "6桁"),
    ("けたの", "桁の"),
];

#[test]
fn one_thing_has_one_word() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = ["README.md", "CHANGELOG.md", "docs/operators-guide.md", "docs/security.md"];
    let mut texts: Vec<(String, String)> =
        documents.iter().map(|name| ((*name).to_owned(), std::fs::read_to_string(root.join(name)).unwrap())).collect();
    texts.extend(AREAS.iter().map(|(area, ja, _)| (format!("ja/{area}.ftl"), (*ja).to_owned())));
    for (name, text) in &texts {
        for (old, word) in ONE_WORD {
            let line = text.lines().find(|line| line.contains(old));
            assert!(line.is_none(), "{name} says {old}, where the screens say {word}: {line:?}");
        }
    }
    // 二要素 and パスワード are the guideline's words: only the page that answers to it quotes them.
    let quoted = ["docs/security.md", "ja/exchange.ftl"];
    for (name, text) in texts.iter().filter(|(name, _)| !quoted.contains(&name.as_str())) {
        assert!(!text.contains("二要素") && !text.contains("パスワード"), "{name}");
    }
    for (area, _, en) in AREAS.iter().filter(|(area, ..)| *area != "exchange") {
        let en = en.to_lowercase();
        for old in ["password", "pass phrase", "spare key", "recovery code", "backup key"] {
            assert!(!en.contains(old), "en/{area}.ftl: {old}");
        }
    }
}

#[test]
fn a_locale_name_names_a_language() {
    for (code, lang) in [
        ("ja", Some(Lang::Ja)),
        ("ja_JP.UTF-8", Some(Lang::Ja)),
        ("en-GB", Some(Lang::En)),
        ("C.UTF-8", None),
        ("", None),
    ] {
        assert_eq!(Lang::from_code(code), lang, "{code}");
    }
}

#[test]
fn each_kind_of_look_has_a_name_in_both_languages() {
    for lang in [Lang::Ja, Lang::En] {
        let locale = Locale::new(lang);
        for access in crate::desk::access::Access::ALL {
            assert!(locale.has(access.name()), "{lang:?} {}", access.name());
        }
    }
}

#[test]
fn one_is_told_from_several_and_only_counts_are_numbers() {
    let locale = Locale::new(Lang::En);
    for (key, count, said) in [
        ("queue-count", "1", "1 case"),
        ("queue-count", "0", "0 cases"),
        ("queue-count", "12", "12 cases"),
        ("access-count", "1", "1 entry"),
        ("access-count", "1000", "1000 entries"),
        ("meeting-count", "1", "1 item"),
        ("merge-cases", "1", "1 case and its contacts stay as they are. Undo takes it back."),
    ] {
        assert_eq!(locale.f(key, &[("count", count)]), said);
    }
    assert_eq!(locale.f("practice-left", &[("key", "007")]), "Practice paused. 007 goes on from here.");
}

#[test]
fn what_is_told_at_the_foot_of_a_desk_that_is_only_read_fits_a_narrow_one() {
    for lang in [Lang::Ja, Lang::En] {
        for key in ["journal-only-to-read", "app-only-reading", "entry-viewer"] {
            let width = crate::widgets::width::width(&Locale::new(lang).t(key));
            assert!(width <= 79, "{key} takes {width} cells in {}", lang.code());
        }
    }
}
