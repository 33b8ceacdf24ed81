//! Two faults at once, one in the journal and one in the store: what both had may be lost, and then it is said. Row 5 of
//! the table (docs/faults.md).

use std::fs;
use std::sync::Arc;

use madoguchi::journal::faulty::Random;
use madoguchi::journal::{Journal, RealDisk, Told};

use super::closed::{build, copy, files, harm, options};
use super::rounds::{figures, rounds};
use super::{all, at, save};

#[test]
fn faults_in_the_journal_and_the_store_are_never_silent() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let sound = folder.path().join("sound");
    let expected = build(&sound).records;
    let (rounds, mut lossy) = (rounds(40, 1_000), 0);
    for round in 0..rounds {
        let mut random = Random(round ^ 0x5eed);
        let path = folder.path().join(format!("round-{round}"));
        copy(&sound, &path);
        let mut faults = Vec::new();
        for part in ["journal", "store-1"] {
            let mut found = Vec::new();
            files(&path.join(part), &mut found);
            faults.push(harm(&found[random.below(found.len())], &mut random));
        }
        let (mut journal, opened) = Journal::open(&path, Arc::new(RealDisk), options())
            .unwrap_or_else(|error| panic!("{faults:?}: does not open: {error:?}"));
        let before = all(&journal);
        let report = journal.verify().unwrap_or_else(|error| panic!("{faults:?}: no check: {error:?}"));
        journal.repair(&report).unwrap_or_else(|error| panic!("{faults:?}: not repaired: {error:?}"));
        let after = all(&journal).unwrap_or_else(|error| panic!("{faults:?}: not readable: {error}"));
        if after != expected || before.as_ref() != Ok(&expected) {
            let told = opened.told.iter().chain(&report.told);
            let named = told.filter(|told| told.is_grave()).count();
            assert!(named > 0, "{faults:?}: silent; {:?}", opened.told);
        }
        if after != expected {
            lossy += 1;
            let numbered = opened.told.iter().chain(&report.told).any(|told| {
                matches!(told, Told::Lost { changes, .. } | Told::Damage { changes, .. } if *changes > 0)
                    || matches!(told, Told::Record { .. })
            });
            assert!(numbered || !report.lost.is_empty(), "{faults:?}: what is lost is not named: {:?}", opened.told);
        }
        let again = journal.verify().unwrap_or_else(|error| panic!("{faults:?}: no check: {error:?}"));
        assert!(!again.needs_repair(), "{faults:?}: repaired, but {:?}", again.told);
        journal.commit(save(900), at(2_000)).unwrap_or_else(|error| panic!("{faults:?}: no save: {error:?}"));
        drop(journal);
        fs::remove_dir_all(&path).unwrap();
    }
    figures(&format!("two faults: {rounds} rounds, {lossy} lost something and said so"));
}
