//! What comes out of a printer: pages made by a real Chromium, read back as a reader would, by poppler's tools.
//!
//! These tests need what a computer may lack, so plain `cargo test` counts them as ignored; `tests/run` installs what it
//! can, runs them, and says what is missing where it can't; that it does so is tried in plain `cargo test` too.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

mod command;
mod edition;
mod fax;
mod pdf;
#[cfg(target_os = "linux")]
mod preparing;
