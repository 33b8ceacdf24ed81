//! A store that cannot be opened, whatever is wrong with it: it is set aside, built anew from the journal, and told. Row 9
//! of the table (docs/faults.md).

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use madoguchi::journal::faulty::Random;
use madoguchi::journal::{Journal, RealDisk, Told};

use super::closed::{build, copy, files, options};
use super::{all, at, save};

fn each_file(store: &Path, name: &str, change: impl Fn(&mut Vec<u8>)) {
    let mut found = Vec::new();
    files(store, &mut found);
    let mut met = 0;
    for path in found.iter().filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(name)) {
        let mut bytes = fs::read(path).unwrap();
        change(&mut bytes);
        fs::write(path, bytes).unwrap();
        met += 1;
    }
    assert!(met > 0, "the store has no file {name}");
}

fn noise(bytes: &mut [u8]) {
    let mut random = Random(9);
    bytes.fill_with(|| u8::try_from(random.below(256)).unwrap());
}

/// A way in which a store is bad.
type Harm = fn(&Path);

const KINDS: [(&str, Harm); 14] = [
    ("settings that are none", |store| fs::write(store.join("conf"), "no settings").unwrap()),
    ("settings of another version", |store| {
        each_file(store, "conf", |bytes| bytes.iter_mut().filter(|b| **b == b'3').for_each(|b| *b = b'9'));
    }),
    ("empty settings", |store| fs::write(store.join("conf"), "").unwrap()),
    ("no settings", |store| fs::remove_file(store.join("conf")).unwrap()),
    ("an empty log", |store| each_file(store, "db", Vec::clear)),
    ("a log of zeros", |store| each_file(store, "db", |bytes| bytes.fill(0))),
    ("a log of noise", |store| each_file(store, "db", |bytes| noise(bytes))),
    ("half a log", |store| each_file(store, "db", |bytes| bytes.truncate(bytes.len() / 2))),
    ("a log whose first half is noise", |store| {
        each_file(store, "db", |bytes| {
            let half = bytes.len() / 2;
            noise(&mut bytes[..half]);
        });
    }),
    ("a log with flipped bits", |store| {
        each_file(store, "db", |bytes| {
            bytes.iter_mut().step_by(997).for_each(|byte| *byte ^= 4);
        });
    }),
    ("a snapshot of noise", |store| {
        let mut bytes = vec![0; 300];
        noise(&mut bytes);
        fs::write(store.join("snap.0000000000000200"), bytes).unwrap();
    }),
    ("an unfinished snapshot", |store| fs::write(store.join("snap.0000000000000200.generating"), [1; 40]).unwrap()),
    ("a file in place of the folder", |store| {
        fs::remove_dir_all(store).unwrap();
        fs::write(store, "no folder").unwrap();
    }),
    ("a folder in place of the log", |store| {
        fs::remove_file(store.join("db")).unwrap();
        fs::create_dir(store.join("db")).unwrap();
    }),
];

#[test]
fn a_store_that_is_bad_is_set_aside_and_built_anew() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let sound = folder.path().join("sound");
    let expected = build(&sound).records;
    let mut told = 0;
    for (i, (kind, harm)) in KINDS.into_iter().enumerate() {
        let path = folder.path().join(format!("bad-{i}"));
        copy(&sound, &path);
        harm(&path.join("store-1"));
        // Without the mark of a clean stop the store is read to its end before it is used.
        fs::remove_file(path.join("clean")).unwrap();
        let begun = Instant::now();
        let (mut journal, opened) = Journal::open(&path, Arc::new(RealDisk), options())
            .unwrap_or_else(|error| panic!("{kind}: does not open: {error:?}"));
        assert!(begun.elapsed() < Duration::from_secs(60), "{kind}: {:?}", begun.elapsed());
        assert!(all(&journal).unwrap() == expected, "{kind}: {:?}", opened.told);
        let rebuilt = opened.told.iter().find_map(|told| {
            if let Told::StoreRebuilt { aside, .. } = told {
                Some(aside.clone())
            } else {
                matches!(told, Told::Replayed { .. }).then(String::new)
            }
        });
        match rebuilt {
            Some(aside) => {
                assert!(aside.is_empty() || path.join(&aside).exists(), "{kind}: what was set aside is kept");
                told += 1;
            }
            // sled does without some of its files; then nothing is missing.
            None => assert!(journal.verify().unwrap().is_sound(), "{kind}: silent: {:?}", opened.told),
        }
        journal.commit(save(900), at(2_000)).unwrap();
        assert!(journal.verify().unwrap().is_sound(), "{kind}");
        journal.close().unwrap();
    }
    assert!(told >= 8, "only {told} kinds of bad stores were noticed");
}

/// Stores that sled itself left after a power cut, without a journal's help (`MADOGUCHI_FAULTS_KEEP`): each one packed, as
/// most of it is empty.
const HARVESTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/stores");

fn unpack(packed: &Path, to: &Path) {
    let mut archive = zip::ZipArchive::new(fs::File::open(packed).unwrap()).unwrap();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).unwrap();
        let path = to.join(file.enclosed_name().unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::io::copy(&mut file, &mut fs::File::create(path).unwrap()).unwrap();
    }
}

#[test]
fn stores_that_broke_by_themselves_are_set_aside_and_built_anew() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let sound = folder.path().join("sound");
    let expected = build(&sound).records;
    let mut met = 0;
    for packed in fs::read_dir(HARVESTED).unwrap() {
        let packed = packed.unwrap().path();
        let kind = packed.file_stem().unwrap().to_string_lossy().into_owned();
        let path = folder.path().join(&kind);
        copy(&sound, &path);
        fs::remove_dir_all(path.join("store-1")).unwrap();
        unpack(&packed, &path.join("store-1"));
        fs::remove_file(path.join("clean")).unwrap();
        let begun = Instant::now();
        let (mut journal, opened) = Journal::open(&path, Arc::new(RealDisk), options())
            .unwrap_or_else(|error| panic!("{kind}: does not open: {error:?}"));
        assert!(begun.elapsed() < Duration::from_secs(60), "{kind}: {:?}", begun.elapsed());
        let aside = opened.told.iter().find_map(|told| {
            let Told::StoreRebuilt { aside, .. } = told else { return None };
            Some(path.join(aside))
        });
        assert!(aside.is_some_and(|aside| aside.is_dir()), "{kind}: silent: {:?}", opened.told);
        assert!(all(&journal).unwrap() == expected, "{kind}: {:?}", opened.told);
        journal.commit(save(900), at(2_000)).unwrap();
        assert!(journal.verify().unwrap().is_sound(), "{kind}");
        journal.close().unwrap();
        met += 1;
    }
    assert!(met >= 2, "the stores are there");
}
