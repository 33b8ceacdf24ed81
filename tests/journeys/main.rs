//! What a person does at the desk, as key strings on the whole app, over a real journal in memory.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

#[path = "../support/mod.rs"]
mod support;

mod abilities;
mod access;
mod backups;
mod call;
mod caller;
mod calls;
mod canned;
#[path = "../support/desk.rs"]
mod desk;
mod directory;
mod doctors;
mod editions;
mod entry;
mod forms;
mod handover;
mod looking;
mod meeting;
mod memo;
mod numbers;
mod outreach;
mod outside;
mod paper;
mod proposals;
mod queue;
mod retention;
mod rounds;
mod sheets;
mod start;
#[path = "../support/unsealed.rs"]
mod unsealed;
mod usage;
#[path = "../support/watch.rs"]
mod watch;
#[path = "../support/workbook.rs"]
mod workbook;
