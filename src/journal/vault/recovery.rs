//! The recovery key: printed and kept in a safe, it opens the desk when every passphrase is forgotten.
//!
//! 160 random bits as 32 letters of Crockford's base 32, which has no letters that look like another, and four more
//! that tell a slip of the pen from a wrong key: nine groups of four.

use base32::Alphabet;
use zeroize::Zeroizing;

use super::primitive::{Key, NoChance, derive, random};
use crate::desk::secret::Secret;

/// Letters of the key, and of the key with its check.
const LETTERS: usize = 32;
const ALL: usize = LETTERS + 4;

/// The key.
#[derive(Clone)]
pub(super) struct RecoveryKey(Zeroizing<[u8; 20]>);

impl RecoveryKey {
    /// A new one.
    pub fn fresh() -> Result<Self, NoChance> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// The key as it is printed: nine groups of four with blanks between.
    pub fn printed(&self) -> Secret {
        let letters = Zeroizing::new(base32::encode(Alphabet::Crockford, &*self.0));
        let mut text = Zeroizing::new(String::with_capacity(ALL + 8));
        for (n, letter) in letters.chars().chain(check(&letters).chars()).enumerate() {
            if n > 0 && n % 4 == 0 {
                text.push(' ');
            }
            text.push(letter);
        }
        Secret::new(text.as_str())
    }

    /// The key that was typed: small letters, blanks, hyphens and look-alikes (`o`, `i`, `l`) are taken. `None` when a
    /// letter is missing or wrong.
    pub fn parse(typed: &Secret) -> Option<Self> {
        let mut letters = Zeroizing::new(String::with_capacity(ALL));
        for c in typed.expose().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase) {
            letters.push(match c {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            });
        }
        let (key, sum) = letters.split_at_checked(LETTERS)?;
        (sum == check(key)).then_some(())?;
        let bytes = Zeroizing::new(base32::decode(Alphabet::Crockford, key)?);
        Some(Self(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }

    /// What its slot is sealed with.
    pub fn kek(&self, salt: &[u8]) -> Key {
        derive("madoguchi 2026 vault recovery 1", &[&*self.0, salt])
    }
}

/// Four letters that follow from the others: of a million slips one passes.
fn check(letters: &str) -> String {
    let hash = blake3::derive_key("madoguchi 2026 vault recovery check 1", letters.as_bytes());
    base32::encode(Alphabet::Crockford, &hash).chars().take(ALL - LETTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_key_is_read_however_it_is_typed() {
        let key = RecoveryKey::fresh().unwrap();
        let printed = key.printed();
        assert_eq!(printed.expose().split(' ').map(str::len).collect::<Vec<_>>(), [4; 9]);
        let loose = printed.expose().to_lowercase().replace('0', "o").replace('1', "l").replace(' ', "-");
        for typed in [printed.expose().to_owned(), printed.expose().replace(' ', ""), loose] {
            assert_eq!(*RecoveryKey::parse(&Secret::new(typed)).unwrap().0, *key.0);
        }
    }

    #[test]
    fn a_slip_is_noticed_before_the_key_is_tried() {
        let key = RecoveryKey::fresh().unwrap();
        let printed: Vec<char> = key.printed().expose().chars().collect();
        for at in 0..printed.len() {
            let mut slip = printed.clone();
            slip[at] = match slip[at] {
                ' ' => continue,
                '7' => '8',
                _ => '7',
            };
            let typed: String = slip.into_iter().collect();
            assert!(RecoveryKey::parse(&Secret::new(typed)).is_none(), "letter {at}");
        }
        for typed in ["", "0000", "架空の鍵", &"0".repeat(36), &"あ".repeat(36), &"A".repeat(5000)] {
            assert!(RecoveryKey::parse(&Secret::new(typed)).is_none());
        }
    }
}
