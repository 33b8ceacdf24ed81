//! A second program on the same desk: told who has it, ends with its own code, changes nothing. Row 8 of the table
//! (docs/faults.md).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use madoguchi::journal::{Journal, Options, RealDisk};

use super::closed::files;
use super::{at, id, save};

fn bytes_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = Vec::new();
    files(folder, &mut found);
    found.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn a_second_program_names_the_holder_and_changes_nothing() {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = place.path().join("desk");
    let options = Options { who: "tantou".into(), ..Options::small(at(0)) }.of_desk(id(7));
    let (mut journal, _) = Journal::create(&folder, Arc::new(RealDisk), options).unwrap();
    for n in 0..8 {
        journal.commit(save(n), at(n)).unwrap();
    }
    journal.idle().unwrap();
    let passphrase = place.path().join("passphrase");
    fs::write(&passphrase, "夜の川に白い橋がかかる秋の朝\n").unwrap();
    let before = bytes_of(&folder);
    for lang in ["ja", "en"] {
        let output = Command::new(env!("CARGO_BIN_EXE_madoguchi"))
            .args(["--lang", lang, "--data"])
            .arg(&folder)
            .args(["init", "--desk", "a", "--operator", "b", "--passphrase-file"])
            .arg(&passphrase)
            .env("HOME", place.path())
            .env("XDG_STATE_HOME", place.path())
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains("tantou") && said.contains(&std::process::id().to_string()), "{said}");
    }
    assert!(bytes_of(&folder) == before, "the second program changed a file");
    journal.commit(save(8), at(9)).unwrap();
    journal.close().unwrap();
}
