//! Power cuts on the real disk with the real store: what a program did is recorded, the folder rebuilt at random points.
//!
//! A child of this test program does the work and acknowledges on its standard output, which the recorder writes down in
//! its place among the writes. Rows 2, 3 and 17 of the table (docs/faults.md).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use madoguchi::desk::record::Kind;
use madoguchi::journal::disk::{Disk, DiskFile};
use madoguchi::journal::faulty::Random;
use madoguchi::journal::{Journal, OpenError, Options, RealDisk, Told};
use serde_json::json;

use super::recording::{RangeSync, Recorded, entries, record};
use super::rounds::{figures, rounds};
use super::{Records, all, at, fold, id, save, tell};

const SCENE: &str = "MADOGUCHI_FAULTS_SCENE";
const FOLDER: &str = "MADOGUCHI_FAULTS_FOLDER";
/// Saves that are in the desk before the scene begins, where it begins with one.
pub const BEFORE: u64 = 80;

pub fn options() -> Options {
    // A check that takes this long on a busy computer is no fault of the store.
    Options { segment_bytes: 48 << 10, reserve_bytes: 16 << 10, ..Options::small(at(0)) }.of_desk(id(7))
}

/// Saves, with the acknowledgement after each, drafts and idle moments between.
pub fn saves(journal: &mut Journal, numbers: std::ops::Range<u64>) {
    for n in numbers {
        journal.drafts().save(id(n % 3), &json!({"n": n})).unwrap();
        tell(&format!("draft {n}"));
        journal.commit(save(n), at(n)).unwrap();
        tell(&format!("saved {n}"));
        if n % 16 == 15 {
            journal.idle().unwrap();
        }
    }
}

/// A disk that says that it synced, and did not: the journal without `fdatasync`.
struct Unsynced(RealDisk);

struct UnsyncedFile(Box<dyn DiskFile>);

impl DiskFile for UnsyncedFile {
    fn size(&self) -> std::io::Result<u64> {
        self.0.size()
    }
    fn read_at(&self, at: u64, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.read_at(at, into)
    }
    fn write_at(&mut self, at: u64, bytes: &[u8]) -> std::io::Result<()> {
        self.0.write_at(at, bytes)
    }
    fn sync(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Disk for Unsynced {
    fn create_folder(&self, path: &Path) -> std::io::Result<()> {
        self.0.create_folder(path)
    }
    fn names(&self, folder: &Path) -> std::io::Result<Vec<String>> {
        self.0.names(folder)
    }
    fn open(&self, path: &Path, create: bool) -> std::io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(UnsyncedFile(self.0.open(path, create)?)))
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

/// sled as its users use it, without a journal.
fn bare(folder: &Path, work: impl FnOnce(&sled::Db)) -> Result<(), String> {
    let db = sled::Config::new().path(folder).mode(sled::Mode::LowSpace).open().map_err(|error| error.to_string())?;
    work(&db);
    Ok(())
}

/// The child: does what the scene asks for. In an ordinary run of the tests there is no scene and nothing to do.
#[test]
fn child() {
    let Ok(scene) = std::env::var(SCENE) else { return };
    let folder = std::env::var_os(FOLDER).map(PathBuf::from).unwrap();
    let real = Arc::new(RealDisk);
    match scene.as_str() {
        "saves" => {
            let (mut journal, _) = Journal::create(&folder, real.clone(), options()).unwrap();
            saves(&mut journal, 0..60);
            journal.close().unwrap();
            let (mut journal, _) = Journal::open(&folder, real, options()).unwrap();
            saves(&mut journal, 60..120);
            assert!(journal.verify().unwrap().is_sound());
            saves(&mut journal, 120..130);
        }
        "unsynced" => {
            let (mut journal, _) = Journal::create(&folder, Arc::new(Unsynced(RealDisk)), options()).unwrap();
            saves(&mut journal, 0..100);
        }
        "repair" => {
            let (mut journal, opened) = Journal::open(&folder, real, options()).unwrap();
            assert!(opened.told.iter().any(Told::is_grave), "{:?}", opened.told);
            tell("opened");
            saves(&mut journal, BEFORE..BEFORE + 10);
            let report = journal.verify().unwrap();
            journal.repair(&report).unwrap();
            tell("repaired");
            saves(&mut journal, BEFORE + 10..BEFORE + 20);
            journal.close().unwrap();
        }
        "bare" => bare(&folder, |db| {
            for n in 0_u64..100 {
                let value = serde_json::to_vec(&save(n).edits[1].patch).unwrap();
                db.insert(n.to_be_bytes(), value).unwrap();
                db.flush().unwrap();
                tell(&format!("saved {n}"));
            }
        })
        .unwrap(),
        "backups" => super::turning::backups(&folder),
        "new-key" => super::turning::new_key(&folder),
        other => panic!("no such scene: {other}"),
    }
}

/// Runs the child in this folder, recorded, and gives the log's path.
fn run(scene: &str, folder: &Path, log: &Path) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "recorded::child", "--nocapture", "--test-threads=1"]);
    command.env(SCENE, scene).env(FOLDER, folder).stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = record(&mut command, folder, log).output().unwrap();
    assert!(output.status.success(), "{scene}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The number in the last whole line of what was said that begins with `word`.
pub fn last(said: &str, word: &str) -> Option<u64> {
    let whole = said.rsplit_once('\n').map_or("", |(whole, _)| whole);
    whole.lines().rev().find_map(|line| line.strip_prefix(word)?.strip_prefix(' ')?.parse().ok())
}

/// The same of a desk in clear, to its clean end.
fn check(folder: &Path, saved: Option<u64>, draft: Option<u64>) -> Result<(), String> {
    let journal = check_desk(folder, options(), saved, draft)?;
    journal.close().map_err(|error| format!("does not close: {error:?}"))
}

/// What is asked of a folder after a power cut: nothing acknowledged is lost, it opens, and it can be saved to.
pub fn check_desk(folder: &Path, options: Options, saved: Option<u64>, draft: Option<u64>) -> Result<Journal, String> {
    let (mut journal, opened) = match Journal::open(folder, Arc::new(RealDisk), options.clone()) {
        Err(OpenError::NoDesk(_)) if saved.is_none() && draft.is_none() => {
            Journal::create(folder, Arc::new(RealDisk), options).map_err(|error| format!("not made: {error:?}"))?
        }
        other => other.map_err(|error| format!("does not open: {error:?}"))?,
    };
    let there = u64::try_from(journal.each(Kind::Contact).count()).unwrap();
    if saved.is_some_and(|saved| there <= saved) {
        return Err(format!("{} saves were acknowledged, {there} are there", saved.unwrap_or_default() + 1));
    }
    let mut expected = Records::new();
    (0..there).for_each(|n| fold(&mut expected, &save(n).edits));
    if all(&journal)? != expected {
        return Err(format!("the records are not those of {there} saves"));
    }
    let (drafts, broken) = journal.drafts().list().map_err(|error| error.to_string())?;
    if !broken.is_empty() {
        return Err(format!("{broken:?}"));
    }
    if let Some(draft) = draft {
        let found = drafts.iter().find(|(key, _)| *key == id(draft % 3)).and_then(|(_, value)| value["n"].as_u64());
        if found.is_none_or(|n| n < draft) {
            return Err(format!("draft {draft} was acknowledged, {found:?} is there"));
        }
    }
    if let Some(told) = opened.told.iter().find(|told| matches!(told, Told::Lost { .. })) {
        return Err(format!("{told:?}"));
    }
    journal.commit(save(there), at(there)).map_err(|error| format!("no save afterwards: {error:?}"))?;
    Ok(journal)
}

/// A recorded run: where, from what, and what was done.
pub struct Run {
    place: tempfile::TempDir,
    entries: Vec<super::recording::Entry>,
}

impl Run {
    /// Records a scene; `prepare` makes the folder that it begins with.
    pub fn of(scene: &str, prepare: impl FnOnce(&Path)) -> Self {
        let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let (folder, log) = (place.path().join("desk"), place.path().join("log"));
        prepare(&folder);
        if folder.exists() {
            super::closed::copy(&folder, &place.path().join("before"));
        }
        run(scene, &folder, &log);
        Self::read(place)
    }

    /// What was recorded in the file `log` of this place about its folder `desk`, which stood as in `before`.
    pub fn read(place: tempfile::TempDir) -> Self {
        let entries = entries(&place.path().join("log"));
        same_as_recorded(&entries, &place.path().join("desk"), &place.path().join("before"));
        assert!(entries.len() > 150, "only {} calls were recorded", entries.len());
        Self { place, entries }
    }

    /// What the program said, with the number of calls after which it had said it.
    pub fn said(&self) -> impl Iterator<Item = (usize, &[u8])> {
        let said = self.entries.iter().enumerate().filter(|(_, entry)| entry.letter == b'A');
        said.map(|(at, entry)| (at + 1, entry.bytes.as_slice()))
    }

    /// How many calls were recorded.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Cuts the power at `cuts` random calls and checks each. Returns what was wrong.
    pub fn cuts(&self, worth: RangeSync, cuts: u64, check: impl Fn(&Path, &str) -> Result<(), String>) -> Vec<String> {
        self.cuts_at(worth, cuts, |path, said, _| check(path, said))
    }

    /// The same for a check that is told after how many calls the power was cut.
    pub fn cuts_at(
        &self,
        worth: RangeSync,
        cuts: u64,
        check: impl Fn(&Path, &str, usize) -> Result<(), String>,
    ) -> Vec<String> {
        let mut random = Random(cuts ^ worth as u64);
        let mut points: Vec<usize> = (0..cuts).map(|_| random.below(self.entries.len() + 1)).collect();
        points.sort_unstable();
        let root = self.place.path().join("desk");
        let mut recorded = Recorded::new(&root, &self.place.path().join("before"), worth);
        let (mut done, mut wrong) = (0, Vec::new());
        for (i, point) in points.into_iter().enumerate() {
            self.entries[done..point].iter().for_each(|entry| recorded.follow(entry));
            done = point;
            let path = self.place.path().join(format!("cut-{worth:?}-{i}"));
            recorded.cut(&path, &mut Random(u64::try_from(i).unwrap()));
            let result = check(&path, &recorded.said, point);
            let failed = result.is_err();
            wrong.extend(result.err().map(|error| format!("{worth:?}, cut {i}, at call {point}: {error}")));
            keep_bad_stores(&path, &format!("{worth:?}-{i}"), failed);
            // A store that hangs may still write to it.
            let _ = fs::remove_dir_all(&path);
        }
        wrong
    }
}

/// Keeps the stores that did not open, where `MADOGUCHI_FAULTS_KEEP` names a folder for them: what row 9 is made of. They
/// were set aside; where sled is used without a journal, the folder that failed its check is one.
fn keep_bad_stores(folder: &Path, name: &str, failed: bool) {
    let Some(keep) = std::env::var_os("MADOGUCHI_FAULTS_KEEP").map(PathBuf::from) else { return };
    if failed {
        super::closed::copy(folder, &keep.join(name));
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().extension().is_some_and(|end| end == "aside") && entry.path().is_dir() {
            super::closed::copy(&entry.path(), &keep.join(format!("{name}-aside")));
        }
    }
}

/// Nothing went past the recorder: all that it wrote down, done again, gives the folder that is there.
fn same_as_recorded(entries: &[super::recording::Entry], folder: &Path, before: &Path) {
    let mut recorded = Recorded::new(folder, before, RangeSync::Nothing);
    for entry in entries {
        recorded.follow(entry);
    }
    let mut found = Vec::new();
    super::closed::files(folder, &mut found);
    let mut there: Vec<(PathBuf, Vec<u8>)> = found
        .into_iter()
        .map(|path| (path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    there.sort();
    let written = recorded.whole();
    let names = |files: &[(PathBuf, Vec<u8>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(names(&written), names(&there));
    let differs = written.iter().zip(&there).find(|(a, b)| a != b);
    assert!(differs.is_none(), "{:?} is not as recorded", differs.map(|(file, _)| &file.0));
}

fn nothing_is_lost(run: &Run, cuts: u64, before: Option<u64>) {
    for worth in RangeSync::ALL {
        let wrong =
            run.cuts(worth, cuts, |path, said| check(path, last(said, "saved").or(before), last(said, "draft")));
        assert_eq!(wrong, Vec::<String>::new());
        figures(&format!("{worth:?}: {cuts} cuts in {} calls, nothing lost, all opened", run.entries.len()));
    }
}

#[test]
fn a_power_cut_while_saving_loses_nothing_acknowledged() {
    let run = Run::of("saves", |_| ());
    nothing_is_lost(&run, rounds(60, 2_000), None);
}

pub fn desk_with_saves(folder: &Path) {
    let (mut journal, _) = Journal::create(folder, Arc::new(RealDisk), options()).unwrap();
    (0..BEFORE).for_each(|n| drop(journal.commit(save(n), at(n)).unwrap()));
    journal.close().unwrap();
}

#[test]
fn a_power_cut_while_a_store_is_built_anew_loses_nothing() {
    let run = Run::of("repair", |folder| {
        desk_with_saves(folder);
        // Damage inside sled's log it may pass over in silence, and the journal puts back what is missing; without its
        // settings it opens nothing, so that a new store is built.
        fs::write(folder.join("store-1").join("conf"), "no settings").unwrap();
    });
    nothing_is_lost(&run, rounds(14, 340), Some(BEFORE - 1));
}

/// How many cuts the checker finds something wrong with.
fn found(scene: &str, check: impl Fn(&Path, &str) -> Result<(), String>) -> [usize; 3] {
    let run = Run::of(scene, |_| ());
    RangeSync::ALL.map(|worth| run.cuts(worth, rounds(30, 200), &check).len())
}

#[test]
fn checker_a_store_without_a_journal_fails_it() {
    let [nothing, bytes, _] = found("bare", |path, said| {
        let (sender, receiver) = mpsc::channel();
        let (path, saved) = (path.to_owned(), last(said, "saved"));
        // sled may panic or hang at what it finds.
        std::thread::spawn(move || {
            let mut result = Err("nothing was read".to_owned());
            let opened = bare(&path, |db| {
                let there = db.iter().flatten().count();
                let wanted = saved.map_or(0, |saved| usize::try_from(saved).unwrap() + 1);
                result = if there < wanted { Err(format!("{there} of {wanted}")) } else { Ok(()) };
            });
            let _ = sender.send(opened.and(result));
        });
        receiver.recv_timeout(Duration::from_secs(10)).unwrap_or(Err("panic or hang".to_owned()))
    });
    let third = usize::try_from(rounds(30, 200)).unwrap() / 3;
    assert!(nothing > third && bytes > third, "the checker found only {nothing} and {bytes}");
}

#[test]
fn checker_a_journal_without_syncs_fails_it_on_the_real_disk() {
    let [nothing, ..] = found("unsynced", |path, said| check(path, last(said, "saved"), last(said, "draft")));
    assert!(nothing > usize::try_from(rounds(30, 200)).unwrap() / 3, "the checker found only {nothing}");
}
