//! The second factor: the six digits that an operator's device shows (TOTP, RFC 6238: SHA-1, 30 seconds, as every
//! authenticator program knows it). Knows no slot and no clock.
//!
//! The shared secret lies in the operator's slot, behind the passphrase. So the second factor guards the program's
//! door: who has the passphrase **and** the files can do without it, and only the passphrase's strength helps there.

use std::fmt::Write;

use base32::Alphabet;
use chrono::{DateTime, FixedOffset};
use totp_rs::{Algorithm, Builder};
use zeroize::{Zeroize, Zeroizing};

use super::primitive::{NoChance, random};
use crate::desk::secret::Secret;

const BASE32: Alphabet = Alphabet::Rfc4648 { padding: false };
/// Seconds that a code lasts.
const STEP: u64 = 30;

/// What the operator's device and the slot both know: 160 random bits, as RFC 4226 recommends.
#[derive(Clone)]
pub struct Shared(Zeroizing<[u8; 20]>);

impl Shared {
    /// A new one.
    pub fn fresh() -> Result<Self, NoChance> {
        random().map(Self::from_bytes)
    }

    /// The one with these bytes.
    pub(super) fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The one that was shown as these 32 letters of base32; blanks and small letters are taken too.
    pub fn parse(text: &Secret) -> Option<Self> {
        let letters: Zeroizing<String> =
            Zeroizing::new(text.expose().chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect());
        let bytes = Zeroizing::new(base32::decode(BASE32, &letters)?);
        bytes.as_slice().try_into().ok().map(Self::from_bytes)
    }

    /// The 32 letters, for devices without a camera.
    pub fn letters(&self) -> Secret {
        Secret::new(base32::encode(BASE32, &*self.0))
    }

    /// What the QR code says: the desk's and the operator's name are what the device shows beside the code.
    pub fn url(&self, desk: &str, operator: &str) -> Secret {
        let (desk, operator) = (escaped(desk), escaped(operator));
        let letters = self.letters();
        let url = Zeroizing::new(format!("otpauth://totp/{desk}:{operator}?secret={}&issuer={desk}", letters.expose()));
        Secret::new(url.as_str())
    }

    /// The step of the code when it is right at this time: the current one, the one before, or the next.
    pub fn fits(&self, code: &str, now: DateTime<FixedOffset>) -> Option<u64> {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let six = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        let time = u64::try_from(now.timestamp()).ok().filter(|_| six)?;
        self.totp().check(&code, time)
    }

    /// The code of this time: for tests, and for who has no other device at hand.
    pub fn code(&self, now: DateTime<FixedOffset>) -> String {
        self.totp().generate(u64::try_from(now.timestamp()).unwrap_or_default()).to_string()
    }

    fn totp(&self) -> totp_rs::Totp {
        let mut bytes = *self.0;
        let made = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(1)
            .with_step_duration(STEP)
            .with_secret(totp_rs::Secret::new_stack(bytes))
            .build_noncompliant();
        bytes.zeroize();
        made
    }
}

/// A second factor that is being set up, and that the operator's device has shown to know.
#[derive(Clone)]
pub struct Confirmed {
    pub(super) shared: Shared,
    pub(super) step: u64,
}

impl Confirmed {
    /// The letters that were shown and the code that the device made of them; `None` when they do not go together.
    pub fn new(letters: &Secret, code: &str, now: DateTime<FixedOffset>) -> Option<Self> {
        let shared = Shared::parse(letters)?;
        let step = shared.fits(code, now)?;
        Some(Self { shared, step })
    }
}

/// As RFC 3986 wants it in a URL.
fn escaped(text: &str) -> String {
    let mut url = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<FixedOffset> {
        DateTime::from_timestamp(seconds, 0).unwrap().fixed_offset()
    }

    /// RFC 6238, appendix B, the last six digits.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let shared = Shared::from_bytes(*b"12345678901234567890");
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(shared.code(at(time)), code);
            assert!(shared.fits(code, at(time)).is_some(), "{time}");
        }
        assert_eq!(shared.letters().expose(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_code_is_taken_one_step_early_or_late_and_no_more() {
        let shared = Shared::fresh().unwrap();
        let code = shared.code(at(3000));
        for (time, fits) in [(2939, false), (2970, true), (3000, true), (3059, true), (3060, false)] {
            assert_eq!(shared.fits(&code, at(time)), fits.then_some(100), "{time}");
        }
        for wrong in ["", "12345", "1234567", "12345a", "１２３４５６", "+12345"] {
            assert_eq!(shared.fits(wrong, at(3000)), None, "{wrong}");
        }
        assert!(
            shared.fits(&format!(" {} {}", code.get(..3).unwrap(), code.get(3..).unwrap()), at(3000)).is_some(),
            "as devices show it"
        );
        assert!(shared.fits(&code, at(-5)).is_none());
    }

    #[test]
    fn the_letters_and_the_url_carry_the_secret() {
        let shared = Shared::fresh().unwrap();
        let letters = shared.letters();
        assert_eq!(letters.expose().len(), 32);
        let typed = letters.expose().to_lowercase().chars().flat_map(|c| [c, ' ']).collect::<String>();
        assert_eq!(Shared::parse(&Secret::new(typed)).unwrap().bytes(), shared.bytes());
        for wrong in ["", "ABC", "１２", "11111111111111111111111111111111", "みとり"] {
            assert!(Shared::parse(&Secret::new(wrong)).is_none(), "{wrong}");
        }
        let url = shared.url("架空窓口", "見本 花子");
        assert!(url.expose().starts_with("otpauth://totp/%E6%9E%B6%E7%A9%BA"));
        assert!(url.expose().is_ascii() && url.expose().contains(letters.expose()));
    }
}
