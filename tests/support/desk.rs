//! The desk of a journey: the program and the world that outlives it. What is typed is looked for on the disk at the end.

#![allow(dead_code, clippy::unwrap_used, reason = "each test binary uses its part; a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::DateTime;
use madoguchi::app::msg::Msg;
use madoguchi::desk::id::Id;
use madoguchi::desk::record::{Batch, Kind};
use madoguchi::desk::secret::Secret;
use madoguchi::journal::backup::{Target, restore};
use madoguchi::journal::vault::Keyring;
use madoguchi::journal::{Disk, FaultyDisk, Journal, MemoryStore, Options, Report, StoreChoice};
use madoguchi::keys::{Key, Keymap};
use madoguchi::locale::Lang;
use madoguchi::runtime::entry;
use madoguchi::runtime::headless::{Headless, NotAKey, World};

use serde_json::Value;

use crate::support::{NOW, PASSPHRASE, SET_UP};
use crate::unsealed;
use crate::watch::Watch;

/// A program in its world.
pub struct Desk {
    world: World,
    program: Headless,
    watch: Watch,
}

impl Desk {
    /// Presses keys, as [`Headless::keys`] does; what they type is looked for on the disk at the end.
    pub fn keys(&mut self, script: &str) -> Result<(), NotAKey> {
        self.watch.script(script);
        self.program.keys(script)
    }

    /// Presses one key, which tells nothing of anybody.
    pub fn press(&mut self, key: Key) {
        self.program.take(Msg::Key(key));
    }

    /// Pastes a text, which is looked for on the disk at the end.
    pub fn paste(&mut self, text: &str) {
        self.watch.text(text);
        self.program.paste(text);
    }

    /// The disk under it.
    pub const fn disk(&self) -> &FaultyDisk {
        &self.world.disk
    }

    /// The files in a folder of its disk, by name.
    pub fn files_in(&self, folder: &str) -> Vec<PathBuf> {
        let mut files = self.world.disk.paths();
        files.retain(|path| path.starts_with(folder));
        files.sort();
        files
    }

    /// The keys that this passphrase leads to now.
    pub fn keyring(&self, passphrase: &str) -> Keyring {
        unsealed::keys(&self.world.disk, passphrase, self.world.wall)
    }

    /// The files, and the store, in which a text stands for who has these keys.
    pub fn holding(&self, text: &str, keys: &[Keyring]) -> BTreeSet<String> {
        unsealed::holding(text, &self.world.disk, &self.world.store, keys)
    }

    /// The records of a kind, read by another program that has this passphrase and no store.
    pub fn records(&self, kind: Kind, passphrase: &str) -> BTreeMap<Id, Value> {
        self.journal(passphrase).each(kind).map(Result::unwrap).collect()
    }

    /// What a check of everything finds, by another program that has this passphrase and no store.
    pub fn report(&self, passphrase: &str) -> Report {
        self.journal(passphrase).verify().unwrap()
    }

    fn journal(&self, passphrase: &str) -> Journal {
        let disk: Arc<dyn Disk> = Arc::new(self.world.disk.copy());
        let store = StoreChoice::Memory(MemoryStore::default());
        let options = Options { store, ..entry::behind(&Options::small(self.world.wall), &self.keyring(passphrase)) };
        Journal::open(Path::new("desk"), disk, options).unwrap().0
    }

    /// Another computer, on which this backup is restored and opened, with the folder of the backups.
    pub fn restored(&self, backup: &Path) -> Self {
        let mut world = self.world.clone();
        (world.disk, world.store) = (self.world.disk.copy(), MemoryStore::default());
        for path in self.world.disk.paths().iter().filter(|path| path.starts_with("desk")) {
            world.disk.remove(path).unwrap();
        }
        let disk: Arc<dyn Disk> = Arc::new(world.disk.clone());
        let target = Target { disk: &disk, folder: Path::new("desk"), who: "uketsuke", now: world.wall };
        restore(&*disk, backup, &target).unwrap();
        let watch = Watch::new(&world.disk, &world.store);
        Self { program: world.start(), world, watch }
    }
}

impl Deref for Desk {
    type Target = Headless;

    fn deref(&self) -> &Headless {
        &self.program
    }
}

impl DerefMut for Desk {
    fn deref_mut(&mut self) -> &mut Headless {
        &mut self.program
    }
}

fn start(lang: Lang, size: (u16, u16)) -> Desk {
    let mut world = World::new(DateTime::parse_from_rfc3339(NOW).unwrap());
    world.passphrase = Some(Secret::passphrase(PASSPHRASE));
    (world.size, world.lang) = (size, Some(lang));
    let watch = Watch::new(&world.disk, &world.store);
    Desk { program: world.start(), world, watch }
}

/// A program on an empty data folder.
pub fn fresh(size: (u16, u16)) -> Desk {
    start(Lang::Ja, size)
}

/// The program gone without a word and started again over what it left.
pub fn again(desk: Desk) -> Desk {
    let Desk { mut world, program, watch } = desk;
    drop(program);
    Desk { program: world.start(), world, watch }
}

/// As [`again`], after all this was kept by another program, one after the other.
pub fn again_with(desk: Desk, batches: &[Batch]) -> Desk {
    let Desk { mut world, program, watch } = desk;
    drop(program);
    let disk: Arc<dyn Disk> = Arc::new(world.disk.clone());
    let keys = unsealed::keys(&world.disk, PASSPHRASE, world.wall);
    let options = Options { store: StoreChoice::Memory(world.store.clone()), ..Options::small(world.wall) };
    let (mut journal, _) = Journal::open(Path::new("desk"), disk, entry::behind(&options, &keys)).unwrap();
    for batch in batches {
        journal.commit(batch.clone(), world.wall).unwrap();
    }
    journal.close().unwrap();
    Desk { program: world.start(), world, watch }
}

/// As [`again`], opened by this passphrase.
pub fn again_as(desk: Desk, passphrase: &str) -> Desk {
    let Desk { mut world, program, watch } = desk;
    drop(program);
    world.passphrase = Some(Secret::passphrase(passphrase));
    Desk { program: world.start(), world, watch }
}

/// As [`again_as`], with another keymap.
pub fn again_with_keys(desk: Desk, passphrase: &str, keymap: Keymap) -> Desk {
    let Desk { mut world, program, watch } = desk;
    drop(program);
    world.passphrase = Some(Secret::passphrase(passphrase));
    world.keymap = keymap;
    Desk { program: world.start(), world, watch }
}

/// As [`again`], so many days later.
pub fn days_later(desk: Desk, days: u64) -> Desk {
    let Desk { mut world, program, watch } = desk;
    drop(program);
    world.wall = world.wall + chrono::Days::new(days);
    Desk { program: world.start(), world, watch }
}

/// The demo's desk.
pub fn demo(lang: Lang, size: (u16, u16)) -> Desk {
    let mut desk = start(lang, size);
    desk.watch.demo();
    desk.keys("\"1\"").unwrap();
    desk
}

/// An empty desk with one operator.
pub fn empty_desk(size: (u16, u16)) -> Desk {
    let mut desk = fresh(size);
    desk.keys(SET_UP).unwrap();
    desk.confirm_recovery_key();
    desk
}

/// As [`second`], with another keymap.
pub fn second_with_keys(first: &Desk, keymap: Keymap) -> Headless {
    let mut world = first.world.clone();
    world.keymap = keymap;
    world.start()
}

/// Another program on the same data folder, while the first one has it open.
pub fn second(first: &Desk) -> Headless {
    first.world.clone().start()
}
