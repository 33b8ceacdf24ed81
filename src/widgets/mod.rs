//! Draw and edit. Know no domain, no keymap and no terminal: edits come in already resolved, text comes in already in
//! the reader's language.
//!
//! - [`width`]: the only module that measures text. Everything here asks it.
//! - [`paint`]: puts text into a buffer; [`screen_text`] reads a buffer back, for tests.
//! - [`theme`]: what a thing looks like by what it means; [`theme::Borders`] for line and ASCII terminals.
//! - [`edit`]: what a key does to a text; [`text_field`] (one line) and [`text_area`] (soft-wrapped) show it.
//! - [`secret_field`]: a line of stars, wiped when it is done with.
//! - [`list`], [`table`], [`chips`]: rows to choose from, columns, one-key choices.
//! - [`panel`], [`bar`]: boxes with titles; header and footer of segments that give way by priority.
//! - [`place`], [`clear`]: where a popup stands, and room for it; [`cache`]: keeps a pane that did not change.

pub mod bar;
pub mod cache;
pub mod chips;
pub mod clear;
pub mod edit;
pub mod held;
pub mod list;
pub mod paint;
pub mod panel;
pub mod place;
pub mod qr;
pub mod secret_field;
pub mod table;
pub mod text_area;
pub mod text_field;
pub mod theme;
pub mod width;

pub use bar::Segment;
pub use cache::PaneCache;
pub use chips::Chip;
pub use clear::clear_area;
pub use edit::{Edit, Edited};
pub use list::ListState;
pub use paint::{put, put_line, put_wrapped, screen_text};
pub use panel::Panel;
pub use secret_field::SecretField;
pub use table::{Column, Columns};
pub use text_area::TextArea;
pub use text_field::TextField;
pub use theme::Theme;
