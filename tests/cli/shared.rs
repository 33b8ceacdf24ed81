//! The public lists that lie beside the repository, where they do: every row of each comes in once, or it is said why not.
//! They are no part of it; `MADOGUCHI_SHARED_DATA` names another folder. The table that this prints is that of
//! `docs/import.md`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;

use super::Computer;

/// Says it whether the test passes or not: a test that did not run must not look like one that did.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("MADOGUCHI_SHARED_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"));
    folder.is_dir().then_some(folder)
}

/// Rows under the header, counted without the program; none for a workbook.
fn rows(file: &Path) -> Option<usize> {
    let bytes = std::fs::read(file).unwrap();
    match file.extension()?.to_str()? {
        "csv" => Some(csv::Reader::from_reader(bytes.as_slice()).into_byte_records().count()),
        "json" => serde_json::from_slice::<Value>(&bytes).ok()?.as_array().map(Vec::len),
        _ => None,
    }
}

/// Rows of a CSV file that count beds in this column; none where it has no such column.
fn with_beds(file: &Path, column: &str) -> Option<usize> {
    let bytes = std::fs::read(file).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let at = reader.headers().ok()?.iter().position(|header| header == column)?;
    Some(
        reader
            .records()
            .filter(|row| row.as_ref().is_ok_and(|row| row[at].parse::<u32>().is_ok_and(|n| n > 0)))
            .count(),
    )
}

#[test]
fn every_row_of_the_public_lists_comes_in_once() {
    let Some(folder) = folder() else {
        return say(
            "NOT RUN: every_row_of_the_public_lists_comes_in_once: no ../shared/data and no MADOGUCHI_SHARED_DATA",
        );
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end != "md"));
    files.sort();
    assert!(!files.is_empty(), "the folder is empty");
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let computer = Computer::new();
        let data = computer.arg("data");
        computer.run(&["--data", &data, "init", "--desk", "架空窓口", "--operator", "山田"]).ends(0);
        let import = || {
            let begun = Instant::now();
            (computer.run(&["--data", &data, "office", "import", "--json", file.to_str().unwrap()]), begun.elapsed())
        };
        let (ended, took) = import();
        if ended.code == 3 {
            assert!(ended.err.contains(&name) && ended.err.contains("名簿は何も変えていません"), "{}", ended.err);
            assert!(!ended.err.contains("見出しの行が見つかりません"), "{name}: what it is was not seen");
            say(&format!("{name}: refused: {}", ended.err.lines().next().unwrap_or_default()));
            continue;
        }
        let told = ended.ends(0).json();
        let count = |member: &str| usize::try_from(told[member].as_u64().unwrap()).unwrap();
        let read: usize = told["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| usize::try_from(f["rows"].as_u64().unwrap()).unwrap())
            .sum();
        let problems = told["problems"].as_array().unwrap().len();
        say(&format!(
            "{name}: {} rows, {read} read, {} added, {} skipped, {problems} told, {:.2} s",
            rows(&file).map_or_else(|| "?".to_owned(), |n| n.to_string()),
            count("added"),
            count("skipped"),
            took.as_secs_f64(),
        ));
        if read == 0 {
            // A table of towns gives readings to the offices that are there.
            assert!(name.contains("postal") && count("added") == 0, "{name}");
            continue;
        }
        if let Some(rows) = rows(&file) {
            assert_eq!(read + count("skipped"), rows, "{name}: rows vanished");
        }
        assert_eq!(count("added") + problems, read + count("skipped"), "{name}: rows vanished unsaid");
        let listed = computer.run(&["--data", &data, "office", "list", "--json"]).ends(0).json();
        let listed = listed.as_array().unwrap();
        assert_eq!(listed.len(), count("added"), "{name}");
        let filled =
            |member: &str| listed.iter().filter(|o| !o[member].as_str().unwrap_or_default().is_empty()).count();
        assert_eq!(filled("name"), listed.len());
        assert!(filled("address") * 10 >= listed.len() * 9, "{name}: addresses");
        let digits = |phone: &str| phone.bytes().filter(u8::is_ascii_digit).count();
        let odd =
            listed.iter().filter_map(|o| o["phone"].as_str()).find(|p| !p.is_empty() && !(9..=11).contains(&digits(p)));
        assert!(odd.is_none(), "{name}: an identity in the place of a phone");
        for (column, able) in [("一般病床数", "一般病床"), ("療養病床数", "療養病床"), ("精神病床数", "精神病床")]
        {
            let Some(there) = with_beds(&file, column) else { continue };
            let found = computer.run(&["--data", &data, "office", "search", "--json", able, "可"]).ends(0).json();
            assert_eq!(found.as_array().unwrap().len(), there, "{name}: {column}");
        }
        let again = import().0.ends(0).json();
        assert_eq!((again["added"].as_u64(), again["changed"].as_u64()), (Some(0), Some(0)), "{name}: once more");
    }
}
