//! What a try of a passphrase costs: argon2id, which needs memory that who guesses cannot save. Knows no slot.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::primitive::Key;
use crate::desk::secret::Secret;

/// How much work argon2id does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory in KiB. 8 to 1,048,576.
    pub memory_kib: u32,
    /// Passes over it. 1 to 64.
    pub passes: u32,
}

impl Cost {
    /// Of a desk: 64 MiB and three passes, the second choice of RFC 9106. 0.15 to 0.2 s on a small computer.
    pub const DESK: Self = Self { memory_kib: 64 << 10, passes: 3 };
    /// For tests, which unlock very often.
    pub const TEST: Self = Self { memory_kib: 8, passes: 1 };

    /// The key that follows from a passphrase. `None` when the file names a cost outside the limits: who alters it must
    /// not make the program ask for all memory.
    pub(super) fn key(self, passphrase: &Secret, salt: &[u8]) -> Option<Key> {
        if !(8..=1 << 20).contains(&self.memory_kib) || !(1..=64).contains(&self.passes) {
            return None;
        }
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).ok()?;
        let mut key: Key = Zeroizing::new([0; 32]);
        // The memory is ours, so that it can be wiped: the crate's own is given back as it is.
        let mut memory = vec![Block::new(); params.block_count()];
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let done = argon2.hash_password_into_with_memory(passphrase.expose().as_bytes(), salt, &mut *key, &mut memory);
        memory.zeroize();
        done.ok().map(|()| key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_outside_the_limits_is_refused_before_any_work() {
        let secret = Secret::new("架空の合言葉");
        let salt = [1; 16];
        for (memory_kib, passes, works) in
            [(8, 1, true), (64, 2, true), (7, 1, false), (8, 0, false), (u32::MAX, 1, false), (8, u32::MAX, false)]
        {
            assert_eq!(Cost { memory_kib, passes }.key(&secret, &salt).is_some(), works, "{memory_kib} {passes}");
        }
        assert!(Cost::TEST.key(&secret, &[1; 4]).is_none(), "a salt that was cut");
    }

    /// From the reference implementation (phc-winner-argon2, `test.c`): argon2id v19, m=2^8 KiB, t=2, p=1.
    #[test]
    fn the_key_is_the_published_one() {
        let cost = Cost { memory_kib: 256, passes: 2 };
        let key = cost.key(&Secret::new("password"), b"somesalt").unwrap();
        let published: super::super::primitive::Hex =
            serde_json::from_value("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe".into()).unwrap();
        assert_eq!(key.as_slice(), published.0);
    }
}
