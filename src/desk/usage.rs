//! 入力の手数: how many keys and seconds a call took. Numbers only: no text, no person, no case.

use serde::{Deserialize, Serialize};

/// The keys that one call took. What counts as which is told in `app::counting`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Keys that choose, move or command, those to begin and to end the call too.
    #[serde(skip_serializing_if = "is_zero")]
    pub coded: u32,
    /// Keys that write free text, one a character where an input method or a paste brings several at once.
    #[serde(skip_serializing_if = "is_zero")]
    pub text: u32,
    /// Keys from whatever was open to the first field of the slip.
    #[serde(skip_serializing_if = "is_zero")]
    pub begin: u32,
    /// Keys from hanging up to the case being saved; 0 until then.
    #[serde(skip_serializing_if = "is_zero")]
    pub end: u32,
}

impl Tally {
    /// Coded and text keys together.
    pub const fn keys(&self) -> u32 {
        self.coded.saturating_add(self.text)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference in")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}
