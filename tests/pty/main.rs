//! The real program in a real terminal: what only a pty can show. Everything else is tested without one.

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a step that cannot be taken fails its test, with the place where it was"
)]

mod frames;
#[allow(dead_code, reason = "the tests of faults use it too")]
mod harness;
mod modes;
mod reading;
mod steps;
mod survival;
mod typing;
