//! A disk in memory that fails, tears, forgets and loses power when told to: for tests and for the simulation.
//!
//! It keeps apart what was synced and what was only written. A power cut leaves what was synced, a random part of the
//! rest in blocks of 512 bytes, and the names up to a random point (names become durable in order, as on ext4).

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::disk::{Disk, DiskFile};

/// What is to go wrong. Operations are counted from 1: creating, writing, syncing, renaming, removing.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The operation that fails.
    pub fail_at: Option<u64>,
    /// Whether every operation after it fails too.
    pub lasting: bool,
    /// Whether the failing write leaves its first half behind.
    pub torn: bool,
    /// From this operation on the power is off: nothing more happens, every call fails.
    pub cut_at: Option<u64>,
    /// Syncs answer that all is well and do nothing: a disk that lies, or a journal without `fdatasync`.
    pub forget_syncs: bool,
    /// Bytes that fit on the disk.
    pub room: Option<u64>,
    /// A folder that is out of reach with all that is in it, as one on a stick that was taken out.
    pub gone: Option<PathBuf>,
}

/// The disk. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct FaultyDisk(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    files: HashMap<u64, Node>,
    names: BTreeMap<PathBuf, u64>,
    durable_names: BTreeMap<PathBuf, u64>,
    pending_names: Vec<NameChange>,
    locks: BTreeSet<PathBuf>,
    next: u64,
    operations: u64,
    plan: Plan,
}

#[derive(Debug, Clone, Default)]
struct Node {
    now: Vec<u8>,
    durable: Vec<u8>,
    pending: Vec<(usize, Vec<u8>)>,
}

#[derive(Debug, Clone)]
enum NameChange {
    Put(PathBuf, u64),
    Gone(PathBuf),
    /// A folder with all that is in it, at once.
    Folder(PathBuf, PathBuf),
}

const BLOCK: usize = 512;

fn put(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    let end = at.saturating_add(new.len());
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    if let Some(place) = bytes.get_mut(at..end) {
        place.copy_from_slice(new);
    }
}

fn rename_in(names: &mut BTreeMap<PathBuf, u64>, change: &NameChange) {
    match change {
        NameChange::Put(path, node) => drop(names.insert(path.clone(), *node)),
        NameChange::Gone(path) => drop(names.remove(path)),
        NameChange::Folder(from, to) => {
            *names = std::mem::take(names)
                .into_iter()
                .map(|(path, node)| match path.strip_prefix(from) {
                    Ok(inside) => (to.join(inside), node),
                    Err(_) => (path, node),
                })
                .collect();
        }
    }
}

impl State {
    /// Counts an operation and says whether it may happen; a write that is to be torn gets half of its length.
    fn step(&mut self, length: Option<usize>) -> Result<(), (io::Error, usize)> {
        self.operations += 1;
        let n = self.operations;
        if self.plan.cut_at.is_some_and(|cut| n >= cut) {
            return Err((io::Error::other("the power is off"), 0));
        }
        if self.plan.fail_at.is_some_and(|at| n == at || (self.plan.lasting && n > at)) {
            let half = if self.plan.torn { length.unwrap_or_default() / 2 } else { 0 };
            return Err((io::Error::other("injected fault"), half));
        }
        Ok(())
    }

    /// Fails where the path is out of reach.
    fn reach(&self, path: &Path) -> io::Result<()> {
        let gone = self.plan.gone.as_ref().is_some_and(|gone| path.starts_with(gone));
        if gone { Err(ErrorKind::NotFound.into()) } else { Ok(()) }
    }

    fn used(&self) -> u64 {
        self.names
            .values()
            .filter_map(|node| self.files.get(node))
            .map(|n| u64::try_from(n.now.len()).unwrap_or(u64::MAX))
            .sum()
    }

    fn change_name(&mut self, change: NameChange) {
        rename_in(&mut self.names, &change);
        self.pending_names.push(change);
    }
}

impl FaultyDisk {
    /// An empty disk without faults.
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets what is to go wrong from here on; the operations are counted anew.
    pub fn plan(&self, plan: Plan) {
        let mut state = self.state();
        state.plan = plan;
        state.operations = 0;
    }

    /// How many operations were asked for since the plan was set.
    pub fn operations(&self) -> u64 {
        self.state().operations
    }

    /// The disk as it is found after the power was cut now: faultless, unlocked, with a random part of what was not synced.
    #[must_use]
    pub fn after_cut(&self, seed: u64) -> Self {
        let state = self.state();
        let mut random = Random(seed);
        let mut names = state.durable_names.clone();
        let kept = random.below(state.pending_names.len().saturating_add(1));
        for change in state.pending_names.iter().take(kept) {
            rename_in(&mut names, change);
        }
        let mut files = HashMap::new();
        for node in names.values() {
            let mut bytes = Vec::new();
            if let Some(old) = state.files.get(node) {
                bytes.clone_from(&old.durable);
                for (at, new) in &old.pending {
                    keep_some_blocks(&mut bytes, *at, new, &mut random);
                }
            }
            files.insert(*node, Node { now: bytes.clone(), durable: bytes, pending: Vec::new() });
        }
        let next = state.next;
        Self(Arc::new(Mutex::new(State { files, durable_names: names.clone(), names, next, ..State::default() })))
    }

    /// A disk with the same content that goes its own way, faultless and unlocked: what another process would read now.
    #[must_use]
    pub fn copy(&self) -> Self {
        let state = self.state();
        let State { files, names, durable_names, pending_names, next, .. } = &*state;
        let (files, names) = (files.clone(), names.clone());
        let (durable_names, pending_names) = (durable_names.clone(), pending_names.clone());
        let copied = State { files, names, durable_names, pending_names, next: *next, ..State::default() };
        Self(Arc::new(Mutex::new(copied)))
    }

    /// The paths of all files.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }

    /// Changes the bytes of a file behind everybody's back; `false` when there is no such file.
    pub fn tamper(&self, path: &Path, change: impl FnOnce(&mut Vec<u8>)) -> bool {
        let mut state = self.state();
        let Some(node) = state.names.get(path).copied().and_then(|node| state.files.get_mut(&node)) else {
            return false;
        };
        change(&mut node.now);
        node.durable.clone_from(&node.now);
        node.pending.clear();
        true
    }
}

/// Writes those 512-byte blocks of `new` that the seed keeps.
fn keep_some_blocks(bytes: &mut Vec<u8>, at: usize, new: &[u8], random: &mut Random) {
    let mut from = 0;
    while from < new.len() {
        let to_boundary = BLOCK - (at.saturating_add(from) % BLOCK);
        let to = from.saturating_add(to_boundary).min(new.len());
        if random.below(2) == 0
            && let Some(block) = new.get(from..to)
        {
            put(bytes, at.saturating_add(from), block);
        }
        from = to;
    }
}

/// Numbers from a seed (splitmix64).
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next_u64() % end).unwrap_or_default()
    }
}

impl Disk for FaultyDisk {
    fn create_folder(&self, _: &Path) -> io::Result<()> {
        // Folders are only the front parts of names here.
        self.state().step(None).map_err(|(error, _)| error)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        // As the real one answers for a folder that is missing.
        if state.reach(folder).is_err() {
            return Ok(Vec::new());
        }
        let inside = state.names.keys().filter(|path| path.parent() == Some(folder));
        Ok(inside.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect())
    }

    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.state();
        state.reach(path)?;
        let found = state.names.get(path).copied();
        let node = match found {
            Some(node) => node,
            None if !create => return Err(ErrorKind::NotFound.into()),
            None => {
                state.step(None).map_err(|(error, _)| error)?;
                state.next += 1;
                let node = state.next;
                state.files.insert(node, Node::default());
                state.change_name(NameChange::Put(path.to_owned(), node));
                node
            }
        };
        Ok(Box::new(FaultyFile { disk: self.clone(), node }))
    }

    fn has_folder(&self, path: &Path) -> io::Result<bool> {
        Ok(self.state().reach(path).is_ok())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.reach(from).and_then(|()| state.reach(to))?;
        state.step(None).map_err(|(error, _)| error)?;
        if !state.names.contains_key(from) && state.names.keys().any(|path| path.starts_with(from)) {
            if state.names.keys().any(|path| path.starts_with(to)) {
                return Err(ErrorKind::DirectoryNotEmpty.into());
            }
            state.change_name(NameChange::Folder(from.to_owned(), to.to_owned()));
            return Ok(());
        }
        let node = state.names.get(from).copied().ok_or(ErrorKind::NotFound)?;
        state.change_name(NameChange::Put(to.to_owned(), node));
        state.change_name(NameChange::Gone(from.to_owned()));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.reach(path)?;
        if !state.names.contains_key(path) {
            return Err(ErrorKind::NotFound.into());
        }
        state.step(None).map_err(|(error, _)| error)?;
        state.change_name(NameChange::Gone(path.to_owned()));
        Ok(())
    }

    fn remove_folder(&self, _: &Path) -> io::Result<()> {
        self.state().step(None).map_err(|(error, _)| error)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.reach(folder)?;
        state.step(None).map_err(|(error, _)| error)?;
        if !state.plan.forget_syncs {
            let changes = std::mem::take(&mut state.pending_names);
            for change in &changes {
                rename_in(&mut state.durable_names, change);
            }
            // Files without a name are gone: a long simulation saves very many drafts.
            let State { files, names, durable_names, .. } = &mut *state;
            let named: BTreeSet<u64> = names.values().chain(durable_names.values()).copied().collect();
            files.retain(|node, _| named.contains(node));
        }
        Ok(())
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Any + Send>>> {
        let free = self.state().locks.insert(path.to_owned());
        let guard = || Box::new(FaultyLock { disk: self.clone(), path: path.to_owned() }) as Box<dyn Any + Send>;
        Ok(free.then(guard))
    }
}

struct FaultyLock {
    disk: FaultyDisk,
    path: PathBuf,
}

impl Drop for FaultyLock {
    fn drop(&mut self) {
        self.disk.state().locks.remove(&self.path);
    }
}

struct FaultyFile {
    disk: FaultyDisk,
    node: u64,
}

impl DiskFile for FaultyFile {
    fn size(&self) -> io::Result<u64> {
        let state = self.disk.state();
        let node = state.files.get(&self.node).ok_or(ErrorKind::NotFound)?;
        Ok(u64::try_from(node.now.len()).unwrap_or(u64::MAX))
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let state = self.disk.state();
        let node = state.files.get(&self.node).ok_or(ErrorKind::NotFound)?;
        let from = usize::try_from(at).unwrap_or(usize::MAX).min(node.now.len());
        let to = from.saturating_add(into.len()).min(node.now.len());
        let found = node.now.get(from..to).unwrap_or_default();
        if let Some(place) = into.get_mut(..found.len()) {
            place.copy_from_slice(found);
        }
        Ok(found.len())
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        let at = usize::try_from(at).map_err(|_| ErrorKind::FileTooLarge)?;
        let (mut written, mut result) = (bytes, Ok(()));
        if let Err((error, part)) = state.step(Some(bytes.len())) {
            (written, result) = (bytes.get(..part).unwrap_or_default(), Err(error));
        }
        if let Some(room) = state.plan.room {
            let now = state.files.get(&self.node).map_or(0, |n| n.now.len());
            let grows = at.saturating_add(written.len()).saturating_sub(now);
            if state.used().saturating_add(u64::try_from(grows).unwrap_or(u64::MAX)) > room && grows > 0 {
                return Err(ErrorKind::StorageFull.into());
            }
        }
        let node = state.files.get_mut(&self.node).ok_or(ErrorKind::NotFound)?;
        if !written.is_empty() {
            put(&mut node.now, at, written);
            node.pending.push((at, written.to_vec()));
        }
        result
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        state.step(None).map_err(|(error, _)| error)?;
        let forget = state.plan.forget_syncs;
        let node = state.files.get_mut(&self.node).ok_or(ErrorKind::NotFound)?;
        if !forget {
            for (at, bytes) in std::mem::take(&mut node.pending) {
                put(&mut node.durable, at, &bytes);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::disk::{read_all, replace};
    use super::*;

    #[test]
    fn a_cut_keeps_what_was_synced_and_only_that_for_sure() {
        let disk = FaultyDisk::new();
        let path = Path::new("a");
        replace(&disk, path, b"synced").unwrap();
        disk.open(path, false).unwrap().write_at(0, b"LATER!").unwrap();
        let mut seen = BTreeSet::new();
        for seed in 0..64 {
            seen.insert(read_all(&disk.after_cut(seed), path).unwrap().unwrap());
        }
        assert_eq!(seen, BTreeSet::from([b"synced".to_vec(), b"LATER!".to_vec()]));
    }

    #[test]
    fn a_plan_fails_that_operation_and_tears_it() {
        let disk = FaultyDisk::new();
        let mut file = disk.open(Path::new("a"), true).unwrap();
        disk.plan(Plan { fail_at: Some(2), torn: true, ..Plan::default() });
        file.write_at(0, b"1234").unwrap();
        assert!(file.write_at(4, b"5678").is_err());
        file.sync().unwrap();
        assert_eq!(disk.operations(), 3);
        assert_eq!(read_all(&disk, Path::new("a")).unwrap().unwrap(), b"123456");
    }

    #[test]
    fn a_folder_out_of_reach_has_nothing_and_comes_back_with_all_of_it() {
        let disk = FaultyDisk::new();
        let (folder, path) = (Path::new("stick"), Path::new("stick/a"));
        replace(&disk, path, b"there").unwrap();
        disk.plan(Plan { gone: Some(folder.to_owned()), ..Plan::default() });
        assert!(!disk.has_folder(folder).unwrap() && disk.has_folder(Path::new("sticky")).unwrap());
        assert!(disk.names(folder).unwrap().is_empty() && read_all(&disk, path).unwrap().is_none());
        assert!(replace(&disk, path, b"else").is_err() && disk.remove(path).is_err());
        disk.plan(Plan::default());
        assert_eq!(read_all(&disk, path).unwrap().unwrap(), b"there");
    }

    #[test]
    fn a_full_disk_says_so() {
        let disk = FaultyDisk::new();
        disk.plan(Plan { room: Some(4), ..Plan::default() });
        let mut file = disk.open(Path::new("a"), true).unwrap();
        file.write_at(0, b"1234").unwrap();
        assert_eq!(file.write_at(4, b"5").unwrap_err().kind(), ErrorKind::StorageFull);
        file.write_at(0, b"4321").unwrap();
    }
}
