//! The few operations that everything in the vault is made of: random bytes, keys derived from keys, and small sealed
//! boxes. Knows no file and no operator.

use std::fmt;

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A key of 256 bits, wiped when it is dropped.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// Bytes of the nonce of XChaCha20: long enough to be drawn at random for ever, so that a restored backup or a copied
/// machine never repeats one.
pub(super) const NONCE: usize = 24;
/// Bytes of the Poly1305 tag.
pub(super) const TAG: usize = 16;

/// The system gave no random bytes: nothing can be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no random bytes")]
pub struct NoChance;

/// Random bytes from the operating system.
pub(super) fn random<const N: usize>() -> Result<[u8; N], NoChance> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoChance)?;
    Ok(bytes)
}

/// A new key.
pub(super) fn new_key() -> Result<Key, NoChance> {
    let mut key = Key::default();
    getrandom::fill(&mut *key).map_err(|_| NoChance)?;
    Ok(key)
}

/// The key for this purpose that follows from the parts, which have fixed lengths. A purpose is used in one place.
pub(super) fn derive(purpose: &str, parts: &[&[u8]]) -> Key {
    let mut hasher = blake3::Hasher::new_derive_key(purpose);
    for part in parts {
        hasher.update(part);
    }
    Zeroizing::new(*hasher.finalize().as_bytes())
}

/// Seals `buffer` in place, adds the tag, and returns the nonce.
pub(super) fn seal_into(key: &Key, place: &[u8], buffer: &mut Vec<u8>) -> Result<[u8; NONCE], NoChance> {
    let nonce = random::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    // It refuses only texts of more than 256 GiB.
    cipher.encrypt_in_place(&XNonce::from(nonce), place, buffer).map_err(|_| NoChance)?;
    Ok(nonce)
}

/// Opens what [`seal_into`] made, in place.
pub(super) fn open_into(key: &Key, place: &[u8], nonce: [u8; NONCE], buffer: &mut Vec<u8>) -> Option<()> {
    let cipher = XChaCha20Poly1305::new((&**key).into());
    cipher.decrypt_in_place(&XNonce::from(nonce), place, buffer).ok()
}

/// A small box: nonce, sealed text, tag. It opens only with the same key at the same place.
pub(super) fn shut(key: &Key, place: &[u8], plain: &[u8]) -> Result<Hex, NoChance> {
    let mut buffer = Vec::with_capacity(plain.len().saturating_add(TAG));
    buffer.extend_from_slice(plain);
    let nonce = seal_into(key, place, &mut buffer)?;
    Ok(Hex([nonce.as_slice(), &buffer].concat()))
}

/// What is in a small box; `None` when the key or the place is another one, or a bit was altered.
pub(super) fn unshut(key: &Key, place: &[u8], shut: &Hex) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = shut.0.split_first_chunk::<NONCE>()?;
    let mut buffer = Zeroizing::new(sealed.to_vec());
    open_into(key, place, *nonce, &mut buffer)?;
    Some(buffer)
}

/// A place: what it is for, and of whom. The parts have fixed lengths.
pub(super) fn place(purpose: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = purpose.as_bytes().to_vec();
    bytes.push(0);
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// Bytes that are written as hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) struct Hex(pub Vec<u8>);

impl Hex {
    /// The bytes when there are exactly so many.
    pub fn exactly<const N: usize>(&self) -> Option<[u8; N]> {
        self.0.as_slice().try_into().ok()
    }
}

impl fmt::Debug for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
        let text: String = self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let digit = |c: u8| char::from(c).to_digit(16).and_then(|n| u8::try_from(n).ok());
        let bytes = text.as_bytes().chunks(2).map(|pair| match pair {
            [high, low] => Some((digit(*high)? << 4) | digit(*low)?),
            _ => None,
        });
        bytes.collect::<Option<_>>().map(Self).ok_or_else(|| serde::de::Error::custom("not hexadecimal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_opens_only_with_its_key_at_its_place_and_whole() {
        let (key, other) = (new_key().unwrap(), new_key().unwrap());
        for plain in [b"".as_slice(), "架空の相談".as_bytes(), &[7; 5000]] {
            let here = place("test", &[&[1; 16]]);
            let shut_box = shut(&key, &here, plain).unwrap();
            assert_eq!(unshut(&key, &here, &shut_box).unwrap().as_slice(), plain);
            assert!(unshut(&other, &here, &shut_box).is_none());
            assert!(unshut(&key, &place("test", &[&[2; 16]]), &shut_box).is_none());
            assert!(unshut(&key, &place("tes", &[&[1; 16]]), &shut_box).is_none());
            for at in [0, NONCE, shut_box.0.len() - 1] {
                let mut altered = shut_box.clone();
                altered.0[at] ^= 1;
                assert!(unshut(&key, &here, &altered).is_none(), "byte {at}");
            }
            let cut = Hex(shut_box.0[..shut_box.0.len() - 1].to_vec());
            assert!(unshut(&key, &here, &cut).is_none());
            assert_ne!(shut(&key, &here, plain).unwrap(), shut_box, "a nonce is used once");
        }
        assert!(unshut(&key, b"", &Hex(vec![0; 3])).is_none());
    }

    /// The vector of draft-irtf-cfrg-xchacha-03, A.3.1: another implementation opens what we seal.
    #[test]
    fn the_cipher_is_the_published_one() {
        let key: Key = Zeroizing::new(std::array::from_fn(|n| 0x80 + u8::try_from(n).unwrap()));
        let nonce: [u8; NONCE] = std::array::from_fn(|n| 0x40 + u8::try_from(n).unwrap());
        let place = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let sealed = concat!(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39",
            "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9",
            "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49"
        );
        let mut sealed: Hex = serde_json::from_value(sealed.into()).unwrap();
        open_into(&key, &place, nonce, &mut sealed.0).unwrap();
        let plain = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                     sunscreen would be it.";
        assert_eq!(sealed.0, plain.as_bytes());
    }

    #[test]
    fn hexadecimal_reads_back_and_refuses_the_rest() {
        let all = Hex((0..=255).collect());
        let text = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<Hex>(&text).unwrap(), all);
        for text in ["\"a\"", "\"0g\"", "\"０１\"", "\"+1\"", "3"] {
            assert!(serde_json::from_str::<Hex>(text).is_err(), "{text}");
        }
    }
}
