//! What a program did to a folder, written down by `preload/record.c`, and the folder as a power cut would leave it at
//! any point of that.
//!
//! What was synced is there. Of the rest a random part is, block by block. Names (making, renaming, removing) become
//! durable in order, all of them when a folder is synced: stricter than ext4, where syncing a file does that too.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use madoguchi::journal::faulty::Random;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/preload/record.c");

/// The preload, compiled once in a run of the tests.
fn shim() -> &'static Path {
    static SHIM: OnceLock<PathBuf> = OnceLock::new();
    SHIM.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let path = folder.join("record.so");
        // Test programs may run side by side: each compiles aside, and the last one stays.
        let aside = folder.join(format!("record.so.{}", std::process::id()));
        let made = Command::new("cc")
            .args(["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O1", "-U_FORTIFY_SOURCE", "-o"])
            .arg(&aside)
            .args([SOURCE, "-ldl", "-lpthread"])
            .output()
            .expect("the C compiler `cc`, which Rust needs for linking too, compiles tests/faults/preload/record.c");
        assert!(made.status.success(), "cc: {}", String::from_utf8_lossy(&made.stderr));
        fs::rename(&aside, &path).unwrap();
        path
    })
}

/// So many chances of so many: everything is kept.
const ALL_OF_IT: usize = 4;

/// The environment of a program whose work below `folder` is appended to `log`.
pub fn environment<'a>(folder: &'a Path, log: &'a Path) -> [(&'static str, &'a Path); 3] {
    [("LD_PRELOAD", shim()), ("MADOGUCHI_RECORD_FOLDER", folder), ("MADOGUCHI_RECORD_LOG", log)]
}

/// Lets the command be written down: what it does below `folder` is appended to `log`.
pub fn record<'a>(command: &'a mut Command, folder: &Path, log: &Path) -> &'a mut Command {
    command.envs(environment(folder, log)).env_remove("MADOGUCHI_RECORD_FAIL")
}

/// One entry of the log; the letters are those of `record.c`.
pub struct Entry {
    pub letter: u8,
    pub handle: u64,
    pub a: u64,
    pub b: u64,
    pub bytes: Vec<u8>,
}

/// The log, entry by entry. The last one may be cut off, as the program may have been.
pub fn entries(log: &Path) -> Vec<Entry> {
    let bytes = fs::read(log).unwrap();
    let mut rest = bytes.as_slice();
    let mut entries = Vec::new();
    let number = |bytes: &[u8]| u64::from_le_bytes(*bytes.first_chunk().unwrap());
    while let Some((head, tail)) = rest.split_first_chunk::<29>() {
        let length = u32::from_le_bytes(*head[25..].first_chunk().unwrap());
        let Some((bytes, tail)) = tail.split_at_checked(usize::try_from(length).unwrap()) else { break };
        let (handle, a, b) = (number(&head[1..]), number(&head[9..]), number(&head[17..]));
        entries.push(Entry { letter: head[0], handle, a, b, bytes: bytes.to_vec() });
        rest = tail;
    }
    entries
}

/// What `sync_file_range` is worth on a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeSync {
    /// Nothing: the disk has a cache that a power cut empties.
    Nothing,
    /// The bytes are durable, a new length of the file is not.
    Bytes,
    /// As much as `fdatasync`: what sled hopes.
    All,
}

impl RangeSync {
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Bytes, Self::All];
}

#[derive(Debug, Clone, PartialEq)]
enum Item {
    Folder,
    File(usize),
}

#[derive(Debug, Clone)]
enum NameChange {
    Put(PathBuf, Item),
    Gone(PathBuf),
    Moved(PathBuf, PathBuf),
}

type Names = BTreeMap<PathBuf, Item>;

fn rename_in(names: &mut Names, change: &NameChange) {
    match change {
        NameChange::Put(path, item) => drop(names.insert(path.clone(), item.clone())),
        NameChange::Gone(path) => drop(names.remove(path)),
        NameChange::Moved(from, to) => {
            let moved: Vec<PathBuf> = names.keys().filter(|path| path.starts_with(from)).cloned().collect();
            for path in moved {
                let item = names.remove(&path).unwrap();
                let rest = path.strip_prefix(from).unwrap();
                names.insert(if rest.as_os_str().is_empty() { to.clone() } else { to.join(rest) }, item);
            }
        }
    }
}

enum Pending {
    Bytes(usize, Vec<u8>),
    Length(usize),
}

#[derive(Default)]
struct Node {
    durable: Vec<u8>,
    pending: Vec<Pending>,
}

fn put(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    let end = at + new.len();
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[at..end].copy_from_slice(new);
}

impl Node {
    fn sync(&mut self) {
        for pending in self.pending.drain(..) {
            match pending {
                Pending::Bytes(at, new) => put(&mut self.durable, at, &new),
                Pending::Length(length) => self.durable.resize(length, 0),
            }
        }
    }

    /// Makes the bytes of a range durable as far as the durable length goes; what lies beyond it stays pending.
    fn sync_bytes(&mut self, from: usize, length: usize) {
        // A length of 0 means up to the end.
        let to = if length == 0 { usize::MAX } else { from + length };
        for pending in std::mem::take(&mut self.pending) {
            let Pending::Bytes(at, new) = pending else {
                self.pending.push(pending);
                continue;
            };
            let (begin, end) = (at.max(from), (at + new.len()).min(to).min(self.durable.len()));
            if begin >= end {
                self.pending.push(Pending::Bytes(at, new));
                continue;
            }
            self.durable[begin..end].copy_from_slice(&new[begin - at..end - at]);
            for (at, rest) in [(at, &new[..begin - at]), (end, &new[end - at..])] {
                if !rest.is_empty() {
                    self.pending.push(Pending::Bytes(at, rest.to_vec()));
                }
            }
        }
    }

    /// What a power cut leaves: each block of what was not synced is there with `keep` chances of [`ALL_OF_IT`].
    fn after_cut(&self, block: usize, keep: usize, random: &mut Random) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        for pending in &self.pending {
            match pending {
                Pending::Length(length) => {
                    if random.below(ALL_OF_IT) < keep {
                        bytes.resize(*length, 0);
                    }
                }
                Pending::Bytes(at, new) => {
                    let mut from = 0;
                    while from < new.len() {
                        let to = (from + block - (at + from) % block).min(new.len());
                        if random.below(ALL_OF_IT) < keep {
                            put(&mut bytes, at + from, &new[from..to]);
                        }
                        from = to;
                    }
                }
            }
        }
        bytes
    }
}

/// The folder while the log is followed: what is there, and what of it would be there after a power cut.
pub struct Recorded {
    root: PathBuf,
    worth: RangeSync,
    nodes: Vec<Node>,
    names: Names,
    durable_names: Names,
    pending_names: Vec<NameChange>,
    handles: HashMap<u64, Item>,
    /// Everything that the program wrote to its standard output so far.
    pub said: String,
}

impl Recorded {
    /// The folder as it stood before the first entry: `before` is a copy of it, `root` its path in the log.
    pub fn new(root: &Path, before: &Path, worth: RangeSync) -> Self {
        let mut recorded = Self {
            root: root.to_owned(),
            worth,
            nodes: Vec::new(),
            names: Names::new(),
            durable_names: Names::new(),
            pending_names: Vec::new(),
            handles: HashMap::new(),
            said: String::new(),
        };
        if before.exists() {
            recorded.take_in(before, Path::new(""));
        }
        recorded.durable_names = recorded.names.clone();
        recorded
    }

    fn take_in(&mut self, from: &Path, at: &Path) {
        self.names.insert(at.to_owned(), Item::Folder);
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let (path, at) = (entry.path(), at.join(entry.file_name()));
            if path.is_dir() {
                self.take_in(&path, &at);
            } else {
                self.nodes.push(Node { durable: fs::read(&path).unwrap(), ..Node::default() });
                self.names.insert(at, Item::File(self.nodes.len() - 1));
            }
        }
    }

    fn change_name(&mut self, change: NameChange) {
        rename_in(&mut self.names, &change);
        self.pending_names.push(change);
    }

    fn inside(&self, path: &[u8]) -> PathBuf {
        let path = Path::new(std::str::from_utf8(path).unwrap());
        path.strip_prefix(&self.root).unwrap().to_owned()
    }

    fn node(&mut self, handle: u64) -> Option<&mut Node> {
        match self.handles.get(&handle)? {
            Item::File(node) => self.nodes.get_mut(*node),
            Item::Folder => None,
        }
    }

    /// Does what the entry says.
    pub fn follow(&mut self, entry: &Entry) {
        let size = |n: u64| usize::try_from(n).unwrap();
        match entry.letter {
            b'O' => self.open(entry),
            b'W' => {
                let pending = Pending::Bytes(size(entry.a), entry.bytes.clone());
                self.node(entry.handle).expect("a file is written to").pending.push(pending);
            }
            b'T' => {
                let pending = Pending::Length(size(entry.a));
                self.node(entry.handle).expect("a file is cut").pending.push(pending);
            }
            b'S' | b'D' => match self.node(entry.handle) {
                Some(node) => node.sync(),
                None => {
                    for change in std::mem::take(&mut self.pending_names) {
                        rename_in(&mut self.durable_names, &change);
                    }
                }
            },
            b'R' => {
                let worth = self.worth;
                let node = self.node(entry.handle).expect("a file is synced");
                match worth {
                    RangeSync::Nothing => {}
                    RangeSync::Bytes => node.sync_bytes(size(entry.a), size(entry.b)),
                    RangeSync::All => node.sync(),
                }
            }
            b'N' => {
                assert_eq!((entry.a, entry.b), (1, 1), "files are renamed within the folder");
                let mut paths = entry.bytes.split(|byte| *byte == 0).map(|path| self.inside(path));
                let (from, to) = (paths.next().unwrap(), paths.next().unwrap());
                self.change_name(NameChange::Moved(from, to));
            }
            b'U' | b'X' => self.change_name(NameChange::Gone(self.inside(&entry.bytes))),
            b'M' => self.change_name(NameChange::Put(self.inside(&entry.bytes), Item::Folder)),
            b'A' => self.said.push_str(&String::from_utf8_lossy(&entry.bytes)),
            b'F' => {}
            other => panic!("no such entry: {other}"),
        }
    }

    fn open(&mut self, entry: &Entry) {
        const CREATE: u64 = 0o100;
        const TRUNCATE: u64 = 0o1000;
        let path = self.inside(&entry.bytes);
        let item = self.names.get(&path).cloned().unwrap_or_else(|| {
            assert!(entry.a & CREATE != 0, "{} was not there and was opened", path.display());
            self.nodes.push(Node::default());
            let item = Item::File(self.nodes.len() - 1);
            self.change_name(NameChange::Put(path, item.clone()));
            item
        });
        self.handles.insert(entry.handle, item);
        if entry.a & TRUNCATE != 0
            && let Some(node) = self.node(entry.handle)
        {
            node.pending.push(Pending::Length(0));
        }
    }

    /// Every file that is not empty, with all that was written to it.
    pub fn whole(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let files = self.names.iter().filter_map(|(path, item)| match item {
            Item::File(node) => Some((path.clone(), self.nodes[*node].after_cut(4096, ALL_OF_IT, &mut Random(0)))),
            Item::Folder => None,
        });
        files.filter(|(_, bytes)| !bytes.is_empty()).collect()
    }

    /// The folder after a power cut here, made anew at `to`.
    pub fn cut(&self, to: &Path, random: &mut Random) {
        let block = [512, 4096][random.below(2)];
        // From "nothing but what was synced" to "all of it".
        let keep = random.below(ALL_OF_IT + 1);
        let mut names = self.durable_names.clone();
        let kept = random.below(self.pending_names.len() + 1);
        self.pending_names.iter().take(kept).for_each(|change| rename_in(&mut names, change));
        // Folders come before what is in them.
        for (path, item) in &names {
            let path = if path.as_os_str().is_empty() { to.to_owned() } else { to.join(path) };
            match item {
                Item::Folder => fs::create_dir_all(path).unwrap(),
                Item::File(node) => {
                    // A file in a folder whose making was lost is lost with it.
                    if path.parent().is_some_and(Path::is_dir) {
                        fs::write(path, self.nodes[*node].after_cut(block, keep, random)).unwrap();
                    }
                }
            }
        }
    }
}
