//! A desk without a terminal for the tests of the whole app: a faultless disk in memory, a clock that stands still
//! until it is told to go on, identities from a fixed seed.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test binary uses its part; a test may fail loudly"
)]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use madoguchi::app::Config;
use madoguchi::app::msg::Now;
use madoguchi::desk::secret::Secret;
use madoguchi::journal::faulty::FaultyDisk;
use madoguchi::journal::vault::Cost;
use madoguchi::journal::{MemoryStore, Options, StoreChoice};
use madoguchi::keys::Keymap;
use madoguchi::locale::Lang;
use madoguchi::runtime::headless::Headless;
use madoguchi::runtime::keeper::Keeper;
use madoguchi::widgets::theme::{Borders, Colours, Theme};

/// What opens the desks of these tests, the demo too.
pub const PASSPHRASE: &str = "雨の日は縁側で猫とお茶を飲む";

/// Sunday would be no day for a desk: a Tuesday in the eighth year of Reiwa.
pub const NOW: &str = "2026-11-24T14:29:00+09:00";

/// The keys that set a desk up with its first operator, from the first screen.
pub const SET_UP: &str = "\"2\" \"架空窓口\" tab \"山田 花子\" tab tab \"雨の日は縁側で猫とお茶を飲む\" tab \"雨の日は縁側で猫とお茶を飲む\" enter";

/// The time at which every test starts.
pub fn start() -> Now {
    Now { wall: DateTime::parse_from_rfc3339(NOW).unwrap(), mono: Duration::from_secs(5) }
}

/// What the app is started with.
pub fn config(lang: Lang, seed: u8) -> Config {
    Config {
        lang: Some(lang),
        keymap: Keymap::default(),
        theme: Theme::new(Colours::None, Borders::LINE),
        seed: [seed; 32],
        now: start(),
    }
}

/// The store over this disk, with an index in memory.
pub fn keeper(disk: &FaultyDisk, seed: u8) -> Keeper {
    let wall: DateTime<FixedOffset> = start().wall;
    let options = Options { store: StoreChoice::Memory(MemoryStore::default()), ..Options::small(wall) };
    let keeper =
        Keeper::new(PathBuf::from("desk"), Arc::new(disk.clone()), options, Box::new(move || wall), [seed; 32]);
    // The desks of these tests have one passphrase, which need not be asked for at each start.
    keeper.with_cost(Cost::TEST).with_passphrase(Some(Secret::passphrase(PASSPHRASE)))
}

/// A program on an empty data folder.
pub fn fresh(disk: &FaultyDisk, lang: Lang, size: (u16, u16)) -> Headless {
    Headless::start(config(lang, 1), keeper(disk, 2), size)
}

/// The program started again over what a disk holds. `seed` must be another one than before: identities are used once.
pub fn again(disk: &FaultyDisk, seed: u8, lang: Lang, size: (u16, u16)) -> Headless {
    Headless::start(config(lang, seed), keeper(disk, seed.wrapping_add(100)), size)
}

/// The demo's desk.
pub fn demo(disk: &FaultyDisk, lang: Lang, size: (u16, u16)) -> Headless {
    let mut desk = fresh(disk, lang, size);
    desk.keys("\"1\"").unwrap();
    desk
}

/// An empty desk with one operator.
pub fn empty_desk(disk: &FaultyDisk, size: (u16, u16)) -> Headless {
    let mut desk = fresh(disk, Lang::Ja, size);
    desk.keys(SET_UP).unwrap();
    desk.confirm_recovery_key();
    desk
}

/// Fails with the screen where `text` is not on it.
pub fn shows(desk: &Headless, text: &str) {
    assert!(desk.text().contains(text), "`{text}` is not on the screen:\n{}", desk.text());
}

/// Fails with the screen where `text` is on it.
pub fn hides(desk: &Headless, text: &str) {
    assert!(!desk.text().contains(text), "`{text}` is on the screen:\n{}", desk.text());
}
