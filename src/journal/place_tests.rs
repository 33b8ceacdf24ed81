//! Tests of what surrounds a desk: the disk that it lies on, who may read it, and the computer's clock.

use std::any::Any;
use std::io;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::json;

use super::tests::{at, edit, id, reopen};
use super::*;

/// A disk of another computer, or one without permissions.
struct Strange {
    disk: FaultyDisk,
    remote: bool,
    open: bool,
}

impl Disk for Strange {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.disk.create_folder(path)
    }
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.disk.names(folder)
    }
    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn DiskFile>> {
        self.disk.open(path, create)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.disk.remove_folder(path)
    }
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.disk.sync_folder(path)
    }
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Any + Send>>> {
        self.disk.lock(path)
    }
    fn close_to_others(&self, _: &Path) -> bool {
        !self.open
    }
    fn is_remote(&self, _: &Path) -> bool {
        self.remote
    }
}

#[test]
fn a_desk_on_another_computer_is_not_made_and_only_warned_of_when_it_is_there() {
    let (journal, disk, options) = Journal::in_memory(id(1), at(0)).unwrap();
    journal.close().unwrap();
    let folder = Path::new("desk");
    let strange = |remote, open| Arc::new(Strange { disk: disk.clone(), remote, open });
    for (remote, open) in [(false, false), (true, false), (false, true), (true, true)] {
        let (journal, opened) = Journal::open(folder, strange(remote, open), options.clone()).unwrap();
        journal.close().unwrap();
        assert_eq!(opened.told.contains(&Told::Remote { folder: folder.to_owned() }), remote);
        assert_eq!(opened.told.contains(&Told::OpenToOthers { folder: folder.to_owned() }), open);
        assert!(!opened.told.iter().any(Told::is_damage));
    }
    let elsewhere = Strange { disk: FaultyDisk::new(), remote: true, open: false };
    let error = Journal::create(folder, Arc::new(elsewhere), options).err();
    assert!(matches!(error, Some(OpenError::Remote(_))), "{error:?}");
}

#[test]
fn a_clock_more_than_a_day_behind_the_last_change_is_told() {
    let (mut journal, disk, options) = Journal::in_memory(id(1), at(0)).unwrap();
    journal.commit(edit(1, json!({"a": 1})), at(0)).unwrap();
    journal.close().unwrap();
    for (hours, told) in [(1, false), (0, false), (-23, false), (-25, true)] {
        let options = Options { now: at(0) + TimeDelta::hours(hours), ..options.clone() };
        let (journal, opened) = reopen(&disk, &options);
        journal.close().unwrap();
        let clock = Told::ClockBack { now: options.now, last: at(0) };
        assert_eq!(opened.told.contains(&clock), told, "{hours} {:?}", opened.told);
    }
}
