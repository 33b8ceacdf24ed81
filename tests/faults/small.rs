//! A file system that fills up: 10 MiB of tmpfs, 24 MiB of ext4 in a file. Row 6 of the table (docs/faults.md). Mounting
//! needs root; without it the test says that it was not run.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use madoguchi::journal::{CommitError, Journal, OpenError, Options, RealDisk};

use super::rounds::{figures, rounds};
use super::{Records, all, at, fold, id, save};

/// Unmounted at the end.
struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).stderr(Stdio::null()).status();
    }
}

fn done(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// A small file system at `place`; `None` where this user may not mount, or the tools are missing.
fn mount(kind: &str, place: &Path) -> Option<Mounted> {
    let folder = place.join(kind);
    fs::create_dir(&folder).unwrap();
    let made = if kind == "tmpfs" {
        done(Command::new("mount").args(["-t", "tmpfs", "-o", "size=10m", "tmpfs"]).arg(&folder))
    } else {
        let image = place.join("image");
        let file = fs::File::create(&image).unwrap();
        file.set_len(24 << 20).unwrap();
        done(Command::new("mkfs.ext4").arg("-q").arg(&image))
            && done(Command::new("mount").args(["-o", "loop"]).arg(&image).arg(&folder))
    };
    made.then(|| Mounted(folder))
}

fn options() -> Options {
    Options { segment_bytes: 64 << 10, reserve_bytes: 1 << 20, ..Options::small(at(0)) }.of_desk(id(7))
}

/// Saves until nothing goes any more. Returns what was acknowledged, and what else may be there.
fn fill(journal: &mut Journal, folder: &Path, from: u64) -> (u64, Records, Option<Records>) {
    let mut saved = Records::new();
    (0..from).for_each(|n| fold(&mut saved, &save(n).edits));
    let mut reserve_used = false;
    for n in from..20_000 {
        match journal.commit(save(n), at(n)) {
            Ok(_) => fold(&mut saved, &save(n).edits),
            Err(CommitError::Full { reserve: true }) if !reserve_used => {
                // The store's own threads may have met the end of the disk first, and then its handle is dead: it says so,
                // and who opens the desk only to read sees all of it.
                let readable = all(journal).map(|now| now == saved);
                let beside = || {
                    let opened = Journal::open_read_only(folder, Arc::new(RealDisk), options());
                    all(&opened.unwrap().0).map(|now| now == saved)
                };
                assert!(readable == Ok(true) || beside() == Ok(true), "what is there can be read: {readable:?}");
                journal.release_reserve().unwrap();
                reserve_used = true;
                match journal.commit(save(n), at(n)) {
                    Ok(_) => fold(&mut saved, &save(n).edits),
                    Err(error) => return ended(n, saved, &error),
                }
            }
            Err(error) => return ended(n, saved, &error),
        }
    }
    panic!("20,000 saves fit on a small file system")
}

fn ended(n: u64, saved: Records, error: &CommitError) -> (u64, Records, Option<Records>) {
    let sure = matches!(error, CommitError::Full { .. } | CommitError::Stopped | CommitError::StoreBehind);
    assert!(sure || matches!(error, CommitError::NotConfirmed(_) | CommitError::Io(_)), "{error:?}");
    let mut maybe = saved.clone();
    fold(&mut maybe, &save(n).edits);
    (n, saved, (!sure).then_some(maybe))
}

#[test]
fn a_small_file_system_that_fills_up_loses_nothing_acknowledged() {
    for kind in ["tmpfs", "ext4"] {
        let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let Some(mounted) = mount(kind, place.path()) else {
            let mut err = std::io::stderr();
            writeln!(err, "not run: a full {kind} (mounting needs root)").unwrap();
            continue;
        };
        let rounds = rounds(1, 20);
        let mut total = 0;
        for round in 0..rounds {
            let folder = mounted.0.join(format!("desk-{round}"));
            let filler = mounted.0.join("filler");
            // What is freed later must be room for the reserve (1 MiB) and for a store that is built anew.
            fs::write(&filler, vec![1; (5 << 20) + usize::try_from(round).unwrap() * 7_777]).unwrap();
            let (mut journal, _) = Journal::create(&folder, Arc::new(RealDisk), options()).unwrap();
            let (next, saved, maybe) = fill(&mut journal, &folder, 0);
            total += next;
            drop(journal);
            // While it is full it can be read, and opens or says that it is full.
            let (reading, _) = Journal::open_read_only(&folder, Arc::new(RealDisk), options()).unwrap();
            let seen = all(&reading).unwrap();
            assert!(seen == saved || Some(seen) == maybe, "{kind}, round {round}: lost while it is full");
            drop(reading);
            match Journal::open(&folder, Arc::new(RealDisk), options()) {
                Ok((journal, _)) => assert!(all(&journal).is_ok_and(|now| now == saved || Some(now) == maybe)),
                Err(error) => assert!(matches!(error, OpenError::Full(_)), "{kind}: {error:?}"),
            }
            fs::remove_file(&filler).unwrap();
            let (mut journal, _) = Journal::open(&folder, Arc::new(RealDisk), options()).unwrap();
            let now = all(&journal).unwrap();
            assert!(now == saved || Some(now) == maybe, "{kind}, round {round}: lost");
            assert!(journal.verify().unwrap().is_sound(), "{kind}, round {round}");
            journal.commit(save(next + 1), at(next + 1)).unwrap();
            drop(journal);
            fs::remove_dir_all(&folder).unwrap();
        }
        figures(&format!("full {kind}: {rounds} rounds, {total} saves, nothing lost"));
    }
}
