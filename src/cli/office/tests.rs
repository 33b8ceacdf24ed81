//! The subcommand on a real data folder, as a person or a program runs it.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::super::{Surroundings, run as run_line};
use crate::journal::{Disk, RealDisk};

/// A new desk in a folder of its own.
fn desk() -> TempDir {
    let folder = TempDir::new().unwrap();
    let made = run_in(folder.path(), &["init", "--desk", "架空窓口", "--operator", "試験花子"]);
    assert_eq!(made.code, 0, "{}", made.err);
    folder
}

struct Ended {
    code: u8,
    out: String,
    err: String,
}

impl Ended {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

fn office(folder: &Path, line: &[&str]) -> Ended {
    run_in(folder, &[&["office"], line].concat())
}

fn run_in(folder: &Path, line: &[&str]) -> Ended {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let data = folder.to_str().unwrap();
    let code = run_line(
        ["madoguchi", "--lang", "ja", "--data", data].iter().chain(line).copied(),
        Surroundings {
            variable: &|name| match name {
                "MADOGUCHI_PASSPHRASE_FILE" => Some(fixture("passphrase.txt")),
                "MADOGUCHI_TEST_COST" => Some("1".to_owned()),
                _ => None,
            },
            config: None,
            open_desk: &|_| 42,
            ask: &|_| None,
            out: &mut out,
            err: &mut err,
        },
    );
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code, out: text(out), err: text(err) }
}

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name).to_str().unwrap().to_owned()
}

#[test]
fn lists_are_imported_once_and_found_by_any_spelling() {
    let desk = desk();
    let (iryo, liaison) = (fixture("iryo_hospital.csv"), fixture("liaison_cp932.csv"));
    let dry = office(desk.path(), &["import", "--dry-run", "--json", &iryo, &liaison]);
    assert_eq!((dry.code, dry.json()["added"].as_u64(), dry.json()["dry_run"].as_bool()), (0, Some(5), Some(true)));
    assert_eq!(office(desk.path(), &["list", "--json"]).json().as_array().unwrap().len(), 0, "nothing was written");

    let done = office(desk.path(), &["import", &iryo, &liaison]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("追加 5件"), "{}", done.out);
    let again = office(desk.path(), &["import", "--json", &iryo, &liaison]).json();
    assert_eq!((again["added"].as_u64(), again["changed"].as_u64()), (Some(0), Some(0)));
    assert_eq!(again["unchanged"].as_u64(), Some(5));

    let hits = office(desk.path(), &["search", "--json", "takahashi"]).json();
    let hit = &hits[0];
    assert_eq!(hit["name"], "医療法人架空会　架空中央病院");
    assert_eq!(hit["staff"][1]["name"], "髙橋 一郎");
    let members: Vec<_> = hit.as_object().unwrap().keys().map(String::as_str).collect();
    let wanted = ["address", "fax", "id", "kana", "kind", "name", "phone", "postal_code", "staff", "verified_on"];
    assert_eq!(members, wanted);
    let shown = office(desk.path(), &["show", hit["id"].as_str().unwrap()]);
    assert!(shown.out.contains("iryo:3511350000011") && shown.out.contains("入退院調整"), "{}", shown.out);
    assert_eq!(office(desk.path(), &["show", "zzzz"]).code, 1);
    assert_eq!(office(desk.path(), &["show", ""]).code, 1, "all begin with nothing");
}

#[test]
fn one_refused_file_stops_them_all() {
    let desk = desk();
    let bad = desk.path().join("bad.csv");
    std::fs::write(&bad, "病院名,電話\n架空病院,0834-00-0001,3,4\n").unwrap();
    let ended = office(desk.path(), &["import", &fixture("kaigo_old.csv"), bad.to_str().unwrap()]);
    assert_eq!(ended.code, 3);
    assert!(ended.err.contains("bad.csv") && ended.err.contains("2行目"), "{}", ended.err);
    assert_eq!(office(desk.path(), &["list", "--json"]).json(), Value::Array(Vec::new()));
    assert_eq!(office(desk.path(), &["import", "no-such-file.csv"]).code, 3);
}

#[test]
fn the_directory_is_exported_and_read_back() {
    let desk = desk();
    assert_eq!(
        office(desk.path(), &["import", &fixture("liaison_utf8.csv"), &fixture("medical_standard.csv")]).code,
        0
    );
    for name in ["o.csv", "o.xlsx", "o.json"] {
        let file = desk.path().join(name);
        let file = file.to_str().unwrap();
        let ended = office(desk.path(), &["export", file]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let back = office(desk.path(), &["import", "--json", file]).json();
        assert_eq!((back["added"].as_u64(), back["changed"].as_u64()), (Some(0), Some(0)), "{name}: {back}");
    }
    let listed = office(desk.path(), &["list", "--json"]);
    let file = desk.path().join("list.json");
    std::fs::write(&file, &listed.out).unwrap();
    let back = office(desk.path(), &["import", "--json", file.to_str().unwrap()]).json();
    let counts = [&back["added"], &back["changed"], &back["problems"]];
    assert_eq!(counts, [&Value::from(0), &Value::from(0), &Value::Array(Vec::new())], "{back}");
    let other = self::desk();
    assert_eq!(office(other.path(), &["import", file.to_str().unwrap()]).code, 0);
    let copied = office(other.path(), &["list", "--json"]).json();
    let people = |list: &Value| list.as_array().unwrap().iter().map(|o| o["staff"].clone()).collect::<Vec<_>>();
    assert_eq!(people(&copied), people(&listed.json()));
    assert_eq!(office(desk.path(), &["export", "--cp932", "o.xlsx"]).code, 2);
    assert_eq!(office(desk.path(), &["export", "o.txt"]).code, 2);
    assert_eq!(office(desk.path(), &["export", "/no/such/folder/o.csv"]).code, 1);
}

#[test]
fn a_folder_without_a_desk_and_a_desk_that_is_open_are_told() {
    let nothing = TempDir::new().unwrap();
    assert_eq!(office(nothing.path(), &["list"]).code, 1);
    let desk = desk();
    let held = RealDisk.lock(&desk.path().join("lock")).unwrap().unwrap();
    assert_eq!(office(desk.path(), &["list"]).code, 4);
    drop(held);
    assert_eq!(office(desk.path(), &["list"]).code, 0);
}

#[test]
fn a_search_by_beds_says_how_many_nobody_has_asked() {
    let desk = desk();
    assert_eq!(office(desk.path(), &["import", &fixture("hospital_list.csv"), &fixture("liaison_utf8.csv")]).code, 0);
    let all = office(desk.path(), &["list", "--json"]).json().as_array().unwrap().len();
    let count = |words: &[&str]| {
        let found = office(desk.path(), &[&["search", "--json"], words].concat());
        (found.json().as_array().unwrap().len(), found.err)
    };
    let (has, told) = count(&["精神病床", "可"]);
    let (lacks, _) = count(&["精神病床", "不可"]);
    let (unknown, quiet) = count(&["精神病床", "未確認"]);
    assert!(has > 0 && lacks > 0 && unknown > 0, "{has} {lacks} {unknown}");
    assert_eq!(has + lacks + unknown, all);
    assert!(told.contains(&format!("{unknown}件")) && told.contains("未確認"), "{told}");
    assert!(!quiet.contains("上の一覧に入れていません"), "{quiet}");
    let (_, plain) = count(&["架空"]);
    assert_eq!(plain, "", "words alone leave nobody out");
    let text = office(desk.path(), &["search", "精神病床", "可"]);
    assert!(text.err.contains(&format!("{unknown}件")) && !text.out.contains("未確認"), "{}", text.err);
}
