//! The keystroke budget (`domain.md` §4.2): calls played as key strings on the whole app, each key possible from what the
//! screen shows alone, what the case then holds, and the table of keys and seconds in `docs/budget.md`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/desk.rs"]
mod desk;
#[path = "../support/unsealed.rs"]
mod unsealed;
#[path = "../support/watch.rs"]
mod watch;

mod calls;
mod limits;
mod player;
mod shown;
mod table;
