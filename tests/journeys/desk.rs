//! The desk of a journey: the program and the world that outlives it.

use std::ops::{Deref, DerefMut};

use chrono::DateTime;
use madoguchi::desk::secret::Secret;
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::{Headless, NotAKey, World};

use crate::support::{NOW, PASSPHRASE, SET_UP};
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

    /// Pastes a text, which is looked for on the disk at the end.
    pub fn paste(&mut self, text: &str) {
        self.watch.text(text);
        self.program.paste(text);
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

/// As [`again`], opened by this passphrase.
pub fn again_as(desk: Desk, passphrase: &str) -> Desk {
    let Desk { mut world, program, watch } = desk;
    drop(program);
    world.passphrase = Some(Secret::passphrase(passphrase));
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

/// Another program on the same data folder, while the first one has it open.
pub fn second(first: &Desk) -> Headless {
    first.world.clone().start()
}
