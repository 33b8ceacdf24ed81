//! Backup files with other bytes than they should have: told by the member's name, and never a panic.

use std::path::Path;

use proptest::prelude::*;
use serde_json::json;

use super::super::disk::{Disk, read_all};
use super::super::faulty::{FaultyDisk, Random};
use super::super::tests::{at, edit, memory};
use super::tests::{desk, file, made};
use super::{BackupError, COMMENT, MANIFEST, check, inside, is_member, look, write};
use crate::desk::record::Explain;

#[test]
fn a_disk_that_lies_is_found_out_when_it_is_read_back() {
    // What is read back is not what was written: bytes change on the way to the stick.
    struct Flipping(FaultyDisk);
    impl Disk for Flipping {
        fn create_folder(&self, path: &Path) -> std::io::Result<()> {
            self.0.create_folder(path)
        }
        fn names(&self, folder: &Path) -> std::io::Result<Vec<String>> {
            self.0.names(folder)
        }
        fn open(&self, path: &Path, create: bool) -> std::io::Result<Box<dyn super::super::DiskFile>> {
            self.0.open(path, create)
        }
        fn open_to_read(&self, path: &Path) -> std::io::Result<Box<dyn super::super::DiskFile>> {
            self.0.tamper(path, |bytes| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            });
            self.0.open(path, false)
        }
        fn rename(&self, from: &Path, to: &Path) -> std::io::Result<()> {
            self.0.rename(from, to)
        }
        fn remove(&self, path: &Path) -> std::io::Result<()> {
            self.0.remove(path)
        }
        fn remove_folder(&self, path: &Path) -> std::io::Result<()> {
            self.0.remove_folder(path)
        }
        fn sync_folder(&self, path: &Path) -> std::io::Result<()> {
            self.0.sync_folder(path)
        }
        fn lock(&self, path: &Path) -> std::io::Result<Option<Box<dyn std::any::Any + Send>>> {
            self.0.lock(path)
        }
    }
    let (journal, ..) = desk();
    let stick = FaultyDisk::new();
    let error = write(&journal.snapshot().unwrap(), &Flipping(stick.clone()), &file(), at(40)).unwrap_err();
    assert!(matches!(error, BackupError::Damaged { .. }), "{error:?}");
    assert!(stick.paths().is_empty(), "nothing is left of it");
}

#[test]
fn every_flipped_bit_and_every_cut_is_told() {
    let (journal, disk, _) = memory();
    let mut journal = journal;
    for n in 0..3 {
        journal.commit(edit(n, json!({"n": n})), at(n)).unwrap();
    }
    made(&journal, &disk);
    let good = read_all(&disk, &file()).unwrap().unwrap();
    let manifest = look(&disk, &file()).unwrap();
    let (mut by_name, mut random) = (0, Random(5));
    for byte in 0..good.len() {
        disk.tamper(&file(), |bytes| bytes[byte] ^= 1 << random.below(8));
        let error = check(&disk, &file()).map(|checked| checked.changes).unwrap_err();
        let known = |member: &str| member.is_empty() || member == MANIFEST || is_member(member);
        if let BackupError::Damaged { member, .. } = &error {
            by_name += usize::from(known(member) && !member.is_empty());
        } else {
            let told =
                matches!(error, BackupError::CutShort(_) | BackupError::NotABackup(_) | BackupError::Newer { .. });
            assert!(told, "byte {byte}: {error:?}");
        }
        assert!(!error.say().key.is_empty());
        disk.tamper(&file(), |bytes| bytes.clone_from(&good));
    }
    // Nearly all bytes belong to a member, which is named.
    let kept: u64 = manifest.files.iter().map(|member| member.size).sum();
    assert!(by_name >= usize::try_from(kept).unwrap(), "{by_name} of {kept}");
    for length in (0..good.len()).rev() {
        disk.tamper(&file(), |bytes| bytes.truncate(length));
        assert!(check(&disk, &file()).is_err(), "{length}");
        if (64..good.len()).contains(&length) {
            assert!(matches!(check(&disk, &file()), Err(BackupError::CutShort(_))), "{length}");
        }
    }
}

#[test]
fn a_flipped_byte_in_a_segment_names_it() {
    let (journal, disk, _) = desk();
    made(&journal, &disk);
    let opened = inside::open(&disk, &file()).unwrap();
    for member in &opened.manifest.files {
        let good = read_all(&disk, &file()).unwrap().unwrap();
        let bytes = opened.inside.read(Path::new(&member.name)).unwrap().unwrap();
        let kept = &bytes[..usize::try_from(member.size).unwrap()];
        let at = memchr::memmem::find(&good, kept).unwrap();
        disk.tamper(&file(), |bytes| bytes[at + kept.len() / 2] ^= 1);
        let error = check(&disk, &file()).unwrap_err();
        assert!(matches!(&error, BackupError::Damaged { member: named, .. } if *named == member.name), "{error:?}");
        let said = error.say();
        assert!(said.args.iter().any(|(_, value)| *value == member.name), "{said:?}");
        disk.tamper(&file(), |bytes| bytes.clone_from(&good));
    }
}

#[test]
fn what_is_no_backup_is_refused_with_a_reason() {
    let disk = FaultyDisk::new();
    let put = |bytes: &[u8]| super::super::disk::replace(&disk, &file(), bytes).unwrap();
    assert!(matches!(check(&disk, &file()), Err(BackupError::Missing(_))));
    for bytes in [&b""[..], b"PK", "給料の表".as_bytes(), b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        put(bytes);
        assert!(matches!(check(&disk, &file()), Err(BackupError::NotABackup(_))), "{bytes:?}");
    }
    // A zip file of somebody else, and ours with a member that would leave the folder.
    for name in ["../../etc/passwd", "journal/1.seg", "drafts/x.draft", "写真.jpg"] {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("desk", options).unwrap();
        zip.start_file(name, options).unwrap();
        zip.write_all(b"x").unwrap();
        zip.set_raw_comment(format!("{COMMENT}1 {}", "0".repeat(64)).into_bytes().into()).unwrap();
        put(&zip.finish().unwrap().into_inner());
        assert!(matches!(check(&disk, &file()), Err(BackupError::Damaged { member, .. }) if member == name), "{name}");
    }
    // A newer program's.
    let (journal, desk, _) = memory();
    made(&journal, &desk);
    let good = read_all(&desk, &file()).unwrap().unwrap();
    let comment = memchr::memmem::find(&good, COMMENT.as_bytes()).unwrap() + COMMENT.len();
    let mut newer = good;
    newer[comment] = b'7';
    put(&newer);
    assert!(matches!(check(&disk, &file()), Err(BackupError::Newer { version: 7, .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_refused_and_never_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..2_000), zip in 0..3_u8) {
        if zip > 0 {
            let mut begun = b"PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x04\0\0\0desk".to_vec();
            begun.append(&mut bytes);
            bytes = begun;
        }
        if zip > 1 {
            bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x36\0\0\0\x10\0\0\0\0\0");
        }
        let disk = FaultyDisk::new();
        super::super::disk::replace(&disk, &file(), &bytes).unwrap();
        prop_assert!(check(&disk, &file()).is_err());
    }

    #[test]
    fn any_damage_is_told(damage in proptest::collection::vec((any::<prop::sample::Index>(), 1..=u8::MAX), 1..5), cut in any::<prop::sample::Index>(), cuts in any::<bool>()) {
        let (journal, disk, _) = memory();
        made(&journal, &disk);
        disk.tamper(&file(), |bytes| {
            let mut seen = std::collections::BTreeSet::new();
            for (at, flip) in &damage {
                let at = at.index(bytes.len());
                if seen.insert(at) {
                    bytes[at] ^= flip;
                }
            }
            if cuts {
                bytes.truncate(cut.index(bytes.len()));
            }
        });
        prop_assert!(check(&disk, &file()).is_err());
    }
}
