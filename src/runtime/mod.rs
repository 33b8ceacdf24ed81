//! The only impure room: terminal, threads, clock.

pub mod clipboard;
pub mod clock;
pub mod detect;
pub mod fault;
pub mod log;
pub mod paths;
pub mod screen;
pub mod signals;
pub mod terminal;
