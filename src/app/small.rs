//! Which records are few enough to be read before anything is shown. Knows no store.

use crate::desk::record::Kind;

/// The kinds whose records are all read before the first usable frame: few, and needed everywhere.
pub const SMALL_KINDS: [Kind; 12] = [
    Kind::Desk,
    Kind::Operator,
    Kind::Codebook,
    Kind::Meeting,
    Kind::Policy,
    Kind::Disposal,
    Kind::Activity,
    Kind::Document,
    Kind::Inquiry,
    Kind::Round,
    Kind::Survey,
    Kind::Proposal,
];
