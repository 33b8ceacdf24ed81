//! Who may read what the program leaves on the disk: the person who runs it, and nobody else.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::{Computer, Demo};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Everything below this folder that somebody else may touch.
fn open_to_others(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        found.extend((mode(&folder) != 0o700).then(|| format!("{} {:o}", folder.display(), mode(&folder))));
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if mode(&path) != 0o600 {
                found.push(format!("{} {:o}", path.display(), mode(&path)));
            }
        }
    }
    found
}

#[test]
fn what_a_new_desk_keeps_is_its_owners_whatever_the_mask_says() {
    let computer = Computer::new();
    let data = computer.arg("data");
    computer.run_carelessly(&["demo", "--keep", &data, "--no-open"]).ends(0);
    for line in [&["case", "list"][..], &["verify"], &["verify", "--repair"]] {
        computer.run_carelessly(&[&["--data", &data], line].concat()).ends(0);
    }
    assert_eq!(open_to_others(Path::new(&data)), [""; 0]);
}

#[test]
fn a_desk_that_lay_open_is_closed_at_its_next_start() {
    let demo = Demo::new();
    let data = demo.computer.path("data");
    let mut all = vec![data.clone()];
    let mut next = 0;
    while let Some(path) = all.get(next).cloned() {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        if path.is_dir() {
            all.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        next += 1;
    }
    assert!(!open_to_others(&data).is_empty());
    demo.run(&["case", "list"]).ends(0);
    assert_eq!(open_to_others(&data), [""; 0]);
}

#[test]
fn printed_and_exported_files_are_their_owners_and_leave_nothing_beside_them() {
    let demo = Demo::new();
    let out = demo.computer.path("out");
    fs::create_dir(&out).unwrap();
    let data = demo.computer.arg("data");
    let names = ["cases.json", "cases.xlsx", "offices.csv", "agenda.txt"];
    for (name, line) in names.iter().zip([
        &["case", "export"][..],
        &["case", "export"],
        &["office", "export"],
        &["meeting", "print", "next", "--file"],
    ]) {
        let file = out.join(name);
        // An older file that others could read does not stay so.
        fs::write(&file, b"old").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o666)).unwrap();
        demo.computer.run_carelessly(&[&["--data", &data], line, &[file.to_str().unwrap()]].concat()).ends(0);
        assert_eq!(mode(&file), 0o600, "{name}");
        assert_ne!(fs::read(&file).unwrap(), b"old", "{name}");
    }
    let mut left: Vec<String> =
        fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    assert_eq!(left, ["agenda.txt", "cases.json", "cases.xlsx", "offices.csv"]);
    assert_eq!(fs::read_dir(demo.computer.path("tmp")).unwrap().count(), 0);
}
