//! One fault in one file of a closed desk: cut, flipped bit, zeroed sector. Nothing lost, nothing silent.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use madoguchi::desk::id::Id;
use madoguchi::journal::faulty::Random;
use madoguchi::journal::{Journal, Options, RealDisk, Report, Told};
use serde_json::{Value, json};

use super::rounds::{figures, rounds};
use super::{Records, all, at, id, operator, save};

const SAVES: u64 = 160;

pub fn options() -> Options {
    Options {
        segment_bytes: 32 << 10,
        reserve_bytes: 8 << 10,
        sled_limit: Duration::from_secs(20),
        ..Options::small(at(0))
    }
    .of_desk(id(7))
}

/// What a reader sees: records, changes that read, and drafts.
#[derive(PartialEq)]
pub struct View {
    pub records: Records,
    changes: usize,
    drafts: Vec<(Id, Value)>,
}

fn view(journal: &Journal) -> Result<(View, Vec<Told>), String> {
    let records = all(journal)?;
    let mut changes = 0;
    for key in records.keys() {
        changes += journal.history(*key).map_err(|error| error.to_string())?.changes.len();
    }
    let (drafts, told) = journal.drafts().list().map_err(|error| error.to_string())?;
    Ok((View { records, changes, drafts }, told))
}

pub fn build(folder: &Path) -> View {
    let (mut journal, _) = Journal::create(folder, Arc::new(RealDisk), options()).unwrap();
    for n in 0..SAVES {
        journal.commit(save(n), at(n)).unwrap();
    }
    journal.undo(operator(), at(SAVES)).unwrap().unwrap();
    for n in 0..3 {
        journal.drafts().save(id(n), &json!({"complaint": "途中", "n": n})).unwrap();
    }
    let (view, told) = view(&journal).unwrap();
    assert_eq!(told, []);
    journal.close().unwrap();
    view
}

pub fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if fs::metadata(&path).unwrap().len() > 0 {
            found.push(path);
        }
    }
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Does one fault to the file, and says which.
pub fn harm(path: &Path, random: &mut Random) -> String {
    let mut bytes = fs::read(path).unwrap();
    // Where something is written: the end of a file is often an empty reserve.
    let end = bytes.iter().rposition(|b| *b != 0).map_or(bytes.len(), |i| i + 1);
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let told = match random.below(5) {
        0 => {
            let cut = (1 + random.below(8 << 10)).min(bytes.len());
            bytes.truncate(bytes.len() - cut);
            format!("{name}: {cut} bytes cut off")
        }
        1 => {
            let near = end - 1 - random.below(end.min(600));
            bytes[near] ^= 1 << random.below(8);
            format!("{name}: a bit flipped near the end, at {near}")
        }
        2 => {
            let anywhere = random.below(end);
            bytes[anywhere] ^= 1 << random.below(8);
            format!("{name}: a bit flipped at {anywhere}")
        }
        3 => {
            let (a, b) = (random.below(end) / 512 * 512, random.below(end) / 512 * 512);
            let length = 512.min(bytes.len() - a.max(b));
            let (first, second) = (bytes[a..a + length].to_vec(), bytes[b..b + length].to_vec());
            bytes[a..a + length].copy_from_slice(&second);
            bytes[b..b + length].copy_from_slice(&first);
            format!("{name}: sectors swapped at {a} and {b}")
        }
        _ => {
            let from = random.below(end) / 512 * 512;
            let to = (from + 512).min(bytes.len());
            bytes[from..to].fill(0);
            format!("{name}: a sector zeroed at {from}")
        }
    };
    fs::write(path, bytes).unwrap();
    told
}

#[test]
fn one_fault_in_one_file_loses_nothing_and_is_never_silent() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let sound = folder.path().join("sound");
    let expected = build(&sound);
    let mut harmed = [0_u32; 2];
    for round in 0..rounds(132, 5_000) {
        let mut random = Random(round);
        let path = folder.path().join(format!("round-{round}"));
        copy(&sound, &path);
        let mut all_files = Vec::new();
        files(&path, &mut all_files);
        let file = &all_files[random.below(all_files.len())];
        let fault = harm(file, &mut random);
        let (mut journal, opened) = Journal::open(&path, Arc::new(RealDisk), options())
            .unwrap_or_else(|error| panic!("{fault}: does not open: {error:?}"));
        let seen = view(&journal);
        let report = journal.verify().unwrap_or_else(|_| Report { store_sound: false, ..Report::default() });
        let in_drafts = file.parent().unwrap().ends_with("drafts");
        let unharmed = match &seen {
            Ok((view, told)) => *view == expected && told.is_empty(),
            Err(_) => false,
        };
        if !unharmed {
            let told = !opened.told.is_empty() || seen.as_ref().map_or(true, |(_, told)| !told.is_empty());
            assert!(told || !report.is_sound(), "{fault}: silent");
        }
        journal.repair(&report).unwrap_or_else(|error| panic!("{fault}: not repaired: {error:?}"));
        let (after, _) = view(&journal).unwrap_or_else(|error| panic!("{fault}: not readable after repair: {error}"));
        assert!(after.records == expected.records, "{fault}: records lost; told {:?} {:?}", opened.told, report.told);
        assert!(in_drafts || after.drafts == expected.drafts, "{fault}: drafts lost");
        assert!(after.drafts.len() + 1 >= expected.drafts.len(), "{fault}: other drafts lost");
        let again = journal.verify().unwrap_or_else(|error| panic!("{fault}: no check after repair: {error:?}"));
        assert!(!again.needs_repair(), "{fault}: repaired, but {:?}", again.told);
        journal.commit(save(SAVES + 1), at(SAVES + 2)).unwrap_or_else(|error| panic!("{fault}: no save: {error:?}"));
        harmed[usize::from(unharmed)] += 1;
        drop(journal);
        fs::remove_dir_all(&path).unwrap();
    }
    figures(&format!("one fault in one file: {harmed:?} harmed and not, nothing lost, nothing silent"));
    assert!(harmed[0] > 20, "the faults hit what counts: {harmed:?} harmed, unharmed");
}
