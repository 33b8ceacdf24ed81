//! The domain: plain types and rules of a consultation desk. Knows no terminal, no disk, no clock, and no other room.

pub mod case;
pub mod codebook;
pub mod contact;
pub mod id;
pub mod meeting;
pub mod office;
pub mod operator;
pub mod patch;
pub mod record;
pub mod say;
