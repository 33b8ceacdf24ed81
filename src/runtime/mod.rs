//! The only impure room: terminal, threads, clock.

pub mod backups;
pub mod clock;
pub mod deriving;
pub mod disposing;
pub mod entry;
pub mod eyes;
pub mod headless;
pub mod keeper;
pub mod open;
pub mod paper;
pub mod paths;
pub mod private;
pub mod setup;
pub mod sheets;

mod clipboard;
pub mod detect;
mod fault;
mod input;
mod log;
mod looks;
pub mod noted;
pub mod reading;
pub mod screen;
mod signals;
mod terminal;
mod turn;
mod worker;

pub use fault::{speak, told};
pub use open::{Wishes, open_desk};
pub use terminal::ask_unseen;
