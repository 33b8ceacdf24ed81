//! Simulation: the app with a clock that is told the time and a disk that fails, under random keys from a seed.
//!
//! What is asked: no panic and no cut glyph at any size of the terminal; what the screen called 保存済 is there after a
//! power cut; the screen shows what the journal says; case numbers are given once; undo of everything leads back to
//! the start. A failure prints its seed; `MADOGUCHI_SEED=… cargo test --test simulation` runs the same keys again, and
//! `MADOGUCHI_KEYS=…` says how many keys the whole run presses.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    clippy::print_stderr,
    reason = "helpers of tests, too, stop where a desk may not, and tell the seed"
)]

mod desk;
mod inputs;
mod ledger;
mod screen;
mod start;
mod worker;

use std::env;

use madoguchi::locale::Lang;

use desk::{Desk, Troubles};

/// Keys that a whole run presses at least, when the environment does not say otherwise.
const KEYS: u64 = 204_000;
/// Where the seeds of a run begin.
const SEED: u64 = 20_261_124;

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// The keys of one test whose part of a whole run is `part` of 100.
fn keys(part: u64) -> u64 {
    number("MADOGUCHI_KEYS").unwrap_or(KEYS) * part / 100
}

fn seed(test: u64) -> u64 {
    number("MADOGUCHI_SEED").unwrap_or(SEED).wrapping_mul(1_000).wrapping_add(test)
}

/// Presses random keys on a desk whose disk fails and whose power goes, and sees that the run was worth something.
fn a_day_of_troubles(test: u64, keymap: &str, lang: Lang) {
    let wanted = keys(15);
    let mut desk = Desk::new(seed(test), keymap, lang, Troubles::Many);
    desk.press(wanted);
    desk.finish();
    let seen = desk.tally();
    assert!(seen.keys >= wanted, "{seen:?}");
    // Short runs, such as one that looks for a bug, need not have met everything.
    if wanted >= 20_000 {
        assert!(seen.commits > 100 && seen.refused > 5 && seen.drafts > 500, "{seen:?}");
        assert!(seen.kills > 5 && seen.cuts > 5 && seen.stops > 5, "{seen:?}");
        assert!(seen.called_saved > 500, "{seen:?}");
    }
}

#[test]
fn troubles_with_the_default_keymap() {
    a_day_of_troubles(1, "default", Lang::Ja);
}

#[test]
fn troubles_with_the_default_keymap_in_english() {
    a_day_of_troubles(2, "default", Lang::En);
}

#[test]
fn troubles_with_the_vim_keymap() {
    a_day_of_troubles(3, "vim", Lang::Ja);
}

#[test]
fn troubles_with_the_function_keys() {
    a_day_of_troubles(4, "function-keys", Lang::Ja);
}

/// Presses random keys, then takes everything back: the desk is as it was at the start, record by record.
fn there_and_back(test: u64, keymap: &str) {
    let rounds = 4;
    let mut desk = Desk::new(seed(test), keymap, Lang::Ja, Troubles::None);
    for _ in 0..rounds {
        desk.press(keys(20) / rounds);
        desk.take_everything_back();
    }
    desk.finish();
    let seen = desk.tally();
    assert!(keys(20) < 20_000 || (seen.commits > 200 && seen.taken_back > 100), "{seen:?}");
}

#[test]
fn undo_of_everything_leads_back_to_the_start() {
    there_and_back(5, "default");
}

#[test]
fn undo_of_everything_leads_back_to_the_start_with_the_vim_keymap() {
    there_and_back(6, "vim");
}
