//! The domain: plain types and rules of a consultation desk. Knows no terminal, no disk, no clock, and no other room.

pub mod access;
pub mod agenda;
pub mod brief;
pub mod case;
pub mod closing;
pub mod codebook;
pub mod contact;
pub mod date;
pub mod deidentify;
pub mod edits;
pub mod history;
pub mod id;
pub mod index;
pub mod meeting;
pub mod members;
pub mod number;
pub mod office;
pub mod operator;
pub mod passphrase;
pub mod patch;
pub mod phone;
pub mod queue;
pub mod record;
pub mod retention;
pub mod say;
pub mod secret;
