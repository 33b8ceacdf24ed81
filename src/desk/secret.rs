//! What must not be seen: passphrases, recovery keys, codes. Wiped from memory when it is dropped. Knows no vault.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A text that no message, log or debug output may show.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// A passphrase as it counts, however it was typed: in NFKC, without blanks at its ends.
    ///
    /// A terminal cannot switch an input method off, so `ｄｅｍｏ` must open what `demo` opens, and a file with a
    /// passphrase ends in a line break. Everything that takes a passphrase takes it through here.
    pub fn passphrase(typed: &str) -> Self {
        let folded = Zeroizing::new(typed.nfkc().collect::<String>());
        Self::new(folded.trim())
    }

    /// The text itself: for the vault and for the screen that shows it once.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_the_same_however_it_was_typed() {
        for (typed, counts) in [
            ("demo", "demo"),
            ("ｄｅｍｏ", "demo"),
            ("  demo\r\n", "demo"),
            ("　ＡＢ　１２　", "AB 12"),
            ("ｶﾞｯｺｳ", "ガッコウ"),
            ("か\u{3099}", "が"),
            ("", ""),
            ("　", ""),
        ] {
            assert_eq!(Secret::passphrase(typed).expose(), counts, "{typed:?}");
        }
        assert_ne!(Secret::passphrase("Demo"), Secret::passphrase("demo"));
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let secret = Secret::new("みとりのいえ 0834");
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert!(Secret::default().is_empty() && !secret.is_empty());
    }
}
