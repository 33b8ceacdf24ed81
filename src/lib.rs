//! madoguchi (窓口): the program that a home-care consultation desk opens when the phone rings.
//!
//! The map of the house: what lives where, and what each room may not know. `tests/house.rs` guards it.
//!
//! - [`desk`]: the domain: plain types and rules. Imports nothing of ours; knows no terminal, no disk, no clock.
//! - [`locale`]: every sentence that a person reads, in Japanese and English.
//! - [`search`]: folding of Japanese text, keys, ranking. Nothing else decides when two spellings are the same.
//! - [`journal`]: what is true: an append-only file, and sled, the store that it folds into. Only it names sled.
//! - [`exchange`]: files in and out: CSV, Excel, JSON. Makes edits; never writes to the journal itself.
//! - [`mod@print`]: forms on paper: HTML templates, one A4 page each. Fills them in; writes and opens nothing.
//! - [`demo`]: a fictional desk, as edits.
//! - [`keys`]: key names, actions, keymap files, look-up, and the hints made from them. Knows no terminal library.
//! - [`widgets`]: text field, text area, chips, list: draw and edit, know no domain. Only `widgets::width` measures text.
//! - [`app`]: model, screens, popup stack; `update(Msg) -> Vec<Effect>`. Pure: no I/O, no clock, no terminal.
//! - [`screens`], [`popups`]: one folder a screen, one file a popup. They never write: they return effects.
//! - [`runtime`]: the only impure room: terminal guard, input thread, worker thread that owns the journal, clock.
//! - [`cli`]: one file a subcommand; the same functions that the screens call.

pub mod app;
pub mod cli;
pub mod demo;
pub mod desk;
pub mod exchange;
pub mod journal;
pub mod keys;
pub mod locale;
pub mod popups;
pub mod print;
pub mod runtime;
pub mod screens;
pub mod search;
pub mod widgets;
