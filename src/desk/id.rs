//! Identities of records. Random, so that two desks never give the same one; the random bytes come from outside.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A random 128-bit identity, written as 26 characters of Crockford's base 32 (no `I L O U`), lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id([u8; 16]);

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The text is not 26 characters of the identity alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identity")]
pub struct NotAnId;

impl Id {
    /// The identity that no record has (all zero): "nobody", "nothing".
    pub const NIL: Self = Self([0; 16]);

    /// An identity made of these (random) bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes, as they stand in store keys.
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Whether this is [`Id::NIL`].
    pub fn is_nil(&self) -> bool {
        *self == Self::NIL
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = u128::from_be_bytes(self.0);
        for i in (0..26).rev() {
            let digit = usize::try_from((n >> (i * 5)) & 31).unwrap_or_default();
            let c = DIGITS.get(digit).copied().unwrap_or(b'0');
            fmt::Write::write_char(f, char::from(c))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(s: &str) -> Result<Self, NotAnId> {
        if s.len() != 26 {
            return Err(NotAnId);
        }
        let mut n: u128 = 0;
        for (i, c) in s.bytes().enumerate() {
            let c = c.to_ascii_lowercase();
            let digit = DIGITS.iter().position(|d| *d == c).ok_or(NotAnId)?;
            // 26 digits hold 130 bits: the first may only use its lower three.
            if i == 0 && digit > 7 {
                return Err(NotAnId);
            }
            n = (n << 5) | u128::try_from(digit).map_err(|_| NotAnId)?;
        }
        Ok(Self(n.to_be_bytes()))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_reads_back_as_it_was_written() {
        for seed in [0_u128, 1, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            let id = Id::from_bytes(seed.to_be_bytes());
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(id.to_string().len(), 26);
        }
    }

    #[test]
    fn what_is_no_identity_is_refused() {
        for text in ["", "8zzzzzzzzzzzzzzzzzzzzzzzzz", "0000000000000000000000000u", "山田花子"] {
            assert_eq!(text.parse::<Id>(), Err(NotAnId), "{text}");
        }
    }
}
