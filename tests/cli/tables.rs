//! Everything as tables goes out and comes back through the real program; broken files change nothing on the disk.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Computer, Demo};

/// The files under a folder by their names.
pub(super) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let inner = files(&entry.path()).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes));
            found.extend(inner.collect::<Vec<_>>());
        } else {
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// A new desk, with a word for its folder.
fn new_desk(computer: &Computer) -> String {
    let data = computer.arg("new");
    computer.run(&["--data", &data, "init", "--desk", "架空窓口", "--operator", "山田"]).ends(0);
    data
}

#[test]
fn a_whole_desk_moves_to_another_by_each_kind_of_table() {
    let demo = Demo::new();
    let wanted = demo.computer.arg("wanted");
    demo.run(&["export", "--all", "--csv", "--yes", &wanted]).ends(0);
    let wanted = files(&demo.computer.path("wanted"));
    assert!(wanted.len() > 14 && wanted["office.staff.csv"].len() > 1000 && wanted["case.csv"].len() > 1000);
    for (name, how) in [("a", Some("--csv")), ("b", Some("--cp932")), ("c.xlsx", None)] {
        let target = demo.computer.arg(name);
        let line: Vec<&str> = ["export", "--all", "--yes"].into_iter().chain(how).chain([target.as_str()]).collect();
        demo.run(&line).ends(0);
        let other = Computer::new();
        let data = new_desk(&other);
        let run = |line: &[&str]| other.run(&[&["--data", data.as_str()], line].concat());
        let would = run(&["import", "--all", "--dry-run", &target]).ends(0).out;
        assert!(would.contains("まだ何も変えていません") && would.contains("表に入らないもの"), "{would}");
        let said = run(&["import", "--all", "--json", &target]).ends(0).json();
        // The settings come in; the new desk's own name stays.
        assert_eq!((&said["changed"], &said["kept"]), (&1.into(), &1.into()), "{said}");
        assert!(said["left_out"].as_array().unwrap().iter().any(|left| left == "history"), "{said}");
        let again = run(&["import", "--all", "--json", &target]).ends(0).json();
        assert!(again["added"].as_object().unwrap().is_empty(), "{again}");
        let out = other.arg("out");
        run(&["export", "--all", "--csv", "--yes", &out]).ends(0);
        let mut is = files(&other.path("out"));
        let mut was = wanted.clone();
        // The desk that takes them in has an operator of its own, and counts its rows.
        let operators = is.remove("operator.csv").unwrap();
        let theirs = was.remove("operator.csv").unwrap();
        let (operators, theirs) = (String::from_utf8(operators).unwrap(), String::from_utf8(theirs).unwrap());
        assert!(operators.lines().count() == theirs.lines().count() + 1 && operators.contains("山田"));
        // The settings of the old desk are those of the new one, but for its name.
        let (profile, theirs) = (is.remove("desk.csv").unwrap(), was.remove("desk.csv").unwrap());
        let cells = |bytes: Vec<u8>| -> BTreeMap<String, String> {
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let headers = reader.headers().unwrap().clone();
            let row = reader.records().next().unwrap().unwrap();
            headers.iter().zip(&row).map(|(header, cell)| (header.to_owned(), cell.to_owned())).collect()
        };
        let (profile, theirs) = (cells(profile), cells(theirs));
        let differs = |header: &str| ["[#id]", "[name]"].iter().any(|own| header.ends_with(own));
        assert!(theirs.iter().all(|(header, cell)| differs(header) != (profile.get(header) == Some(cell))));
        assert!(theirs.keys().any(|header| header.ends_with("[areas:list]")), "{:?}", theirs.keys());
        let named = theirs.iter().find(|(header, _)| header.ends_with("[name]")).unwrap().1.clone();
        assert!(was["usage.calls.csv"].len() > 100);
        // What has the identity of the desk itself has that of the new one there.
        let desk = |first: Vec<u8>| String::from_utf8(first).unwrap().lines().nth(1).unwrap()[19..45].to_owned();
        let (here, there) = (desk(was.remove("madoguchi.csv").unwrap()), desk(is.remove("madoguchi.csv").unwrap()));
        assert!(here.len() == 26 && here != there);
        let sorted = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap().replace(&here, &there).replace(&named, "架空窓口");
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort_unstable();
            lines
        };
        for (file, bytes) in &was {
            let moved = sorted(bytes) == is.get(file).map(|bytes| sorted(bytes)).unwrap_or_default();
            assert!(
                is.get(file) == Some(bytes) || (file == "document.csv" || file.starts_with("desk.")) && moved,
                "{name} {file}"
            );
        }
        assert_eq!(is.len(), was.len());
        run(&["verify"]).ends(0);
    }
}

#[test]
fn what_is_no_table_of_everything_is_refused_and_the_disk_stays_as_it_is() {
    let demo = Demo::new();
    let (folder, book) = (demo.computer.arg("all"), demo.computer.arg("all.xlsx"));
    demo.run(&["export", "--all", "--csv", "--yes", &folder]).ends(0);
    demo.run(&["export", "--all", "--yes", &book]).ends(0);
    assert_eq!(demo.run(&["export", "--all", "--yes", &book]).ends(2).out, "", "never over another file");
    demo.run(&["export", "--all", "--csv", "--yes", &demo.computer.arg("b.xlsx")]).ends(2);
    demo.run(&["export", "--all", "--similar", "--yes", &demo.computer.arg("c")]).ends(2);
    let path = |name: &str| demo.computer.path(name);
    let cut = path("all").join("contact.csv");
    let text = std::fs::read_to_string(&cut).unwrap();
    let lines: Vec<&str> = text.split_inclusive("\r\n").collect();
    let journal = files(&path("data").join("journal"));
    let half = text.chars().take(text.chars().count() / 2).collect::<String>();
    for (broken, said) in [
        (lines[..lines.len() - 1].concat(), "contact.csv"),
        (half, "contact.csv"),
        (text.replacen(lines[1].split(',').next().unwrap(), "だれ", 1), "2行目「ID [#id]」"),
    ] {
        std::fs::write(&cut, broken).unwrap();
        let ended = demo.run(&["import", "--all", &folder]).ends(3);
        assert!(ended.err.contains(said) && ended.err.contains("何も変えていません"), "{}", ended.err);
    }
    let first = path("all").join("madoguchi.csv");
    let contents = std::fs::read_to_string(&first).unwrap();
    let lines: Vec<&str> = contents.split_inclusive("\r\n").collect();
    std::fs::write(&first, lines[..lines.len() - 1].concat()).unwrap();
    let ended = demo.run(&["import", "--all", &folder]).ends(3);
    let counts = [lines.len() - 2, lines.len() - 3].map(|rows| format!("{rows}行"));
    assert!(ended.err.contains("madoguchi.csv") && counts.iter().all(|rows| ended.err.contains(rows)), "{}", ended.err);
    std::fs::write(&first, &contents).unwrap();
    std::fs::remove_file(&cut).unwrap();
    assert!(demo.run(&["import", "--all", &folder]).ends(3).err.contains("0行しかありません"));
    let bytes = std::fs::read(&book).unwrap();
    std::fs::write(&book, &bytes[..bytes.len() / 2]).unwrap();
    assert!(demo.run(&["import", "--all", &book]).ends(3).err.contains("all.xlsx"));
    for none in ["no-such-file.xlsx", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/kaigo_old.csv"), "."] {
        demo.run(&["import", "--all", none]).ends(3);
    }
    assert_eq!(files(&path("data").join("journal")), journal, "a refused file leaves no trace");
}

#[test]
fn the_directory_leaves_as_hsds_and_only_as_json() {
    let demo = Demo::new();
    let file = demo.computer.arg("名簿.json");
    demo.run(&["office", "export", "--hsds", &file]).ends(0);
    let list: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let all = list.as_array().unwrap();
    assert_eq!(all.len(), demo.json(&["office", "list"]).as_array().unwrap().len());
    assert!(all.iter().all(|service| service["status"] == "active" && service["organization"]["name"].is_string()));
    let told = |name: &str| all.iter().any(|service| service[name].as_array().is_some_and(|list| !list.is_empty()));
    for name in ["phones", "schedules", "service_areas", "service_at_locations", "contacts", "attributes", "metadata"] {
        assert!(told(name), "{name}");
    }
    assert!(all.iter().any(|service| service["schedules"][0]["opens_at"].is_string()), "hours that can be read");
    demo.run(&["office", "export", "--hsds", &demo.computer.arg("名簿.csv")]).ends(2);
    demo.run(&["office", "export", "--hsds", "--cp932", &file]).ends(2);
}
