//! A slot: how one passphrase, or the recovery key, opens the desk.
//!
//! Each slot has a pair of X25519 keys. The private one lies in the slot, sealed with a key that argon2id makes of the
//! passphrase; the data key of the newest epoch is wrapped for the public one. So a new epoch needs nobody's
//! passphrase, and who is removed keeps a private key for which nothing is wrapped any more.

use serde::{Deserialize, Serialize};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::cost::Cost;
use super::primitive::{Hex, Key, NoChance, derive, new_key, place, random, shut, unshut};
use super::recovery::RecoveryKey;
use super::second::Shared;
use crate::desk::id::Id;
use crate::desk::secret::Secret;

/// Whose slot it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SlotKind {
    /// An operator's, opened by a passphrase.
    Operator,
    /// Opened by the recovery key.
    Recovery,
}

/// A slot as it stands in the file: nothing in it says whose it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slot {
    pub id: Id,
    pub kind: SlotKind,
    pub salt: Hex,
    pub cost: Cost,
    pub public: Hex,
    /// The epoch whose data key this slot has seen last.
    pub pinned: u32,
    /// [`Within`], sealed for who has the passphrase.
    body: Hex,
    /// The newest data key, for who has the private key.
    wrap: Hex,
    /// [`Who`], sealed for who has the data key.
    who: Hex,
}

/// What only the passphrase shows.
pub(super) struct Within {
    pub private: StaticSecret,
    pub operator: Id,
    /// The fingerprint of the data key of the epoch `pinned`.
    pub pin: [u8; 16],
    pub second: Option<Shared>,
    /// The step of the last code that was taken: none is taken twice.
    pub used: u64,
}

/// What everybody who has the data key may know of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Who {
    pub operator: Id,
    pub second: bool,
    /// Milliseconds since 1970.
    pub since: i64,
}

/// The desk, its newest epoch and that epoch's data key.
#[derive(Clone, Copy)]
pub(super) struct Seat<'a> {
    pub desk: Id,
    pub epoch: u32,
    pub data: &'a Key,
}

/// What tells a data key from another one without telling it.
pub(super) fn fingerprint(data: &Key) -> [u8; 16] {
    let print = derive("madoguchi 2026 vault fingerprint 1", &[&**data]);
    print.first_chunk().copied().unwrap_or_default()
}

/// The data key of the epoch before, sealed in this epoch.
pub(super) fn chain(seat: Seat<'_>, older: &Key) -> Result<Hex, NoChance> {
    let key = derive("madoguchi 2026 vault chain 1", &[&**seat.data]);
    shut(&key, &place("madoguchi vault chain 1", &[seat.desk.bytes(), &seat.epoch.to_le_bytes()]), &**older)
}

/// What [`chain`] sealed.
pub(super) fn unchain(seat: Seat<'_>, older: &Hex) -> Option<Key> {
    let key = derive("madoguchi 2026 vault chain 1", &[&**seat.data]);
    let here = place("madoguchi vault chain 1", &[seat.desk.bytes(), &seat.epoch.to_le_bytes()]);
    exactly(&unshut(&key, &here, older)?)
}

fn exactly(bytes: &[u8]) -> Option<Key> {
    Some(Zeroizing::new(bytes.try_into().ok()?))
}

impl Slot {
    /// A slot for an operator. `None` in place of a slot: this cost cannot be had here (too little memory).
    pub fn for_operator(
        seat: Seat<'_>,
        passphrase: &Secret,
        cost: Cost,
        who: Who,
        second: Option<(Shared, u64)>,
    ) -> Result<Option<Self>, NoChance> {
        let salt = random::<16>()?;
        let Some(kek) = cost.key(passphrase, &salt) else { return Ok(None) };
        Self::make(seat, SlotKind::Operator, salt, cost, &kek, who, second).map(Some)
    }

    /// The slot of the recovery key. Its cost is not used: the key is random and too long to be guessed.
    pub fn for_recovery(seat: Seat<'_>, key: &RecoveryKey, since: i64) -> Result<Self, NoChance> {
        let salt = random::<16>()?;
        let who = Who { operator: Id::NIL, second: false, since };
        Self::make(seat, SlotKind::Recovery, salt, Cost::TEST, &key.kek(&salt), who, None)
    }

    fn make(
        seat: Seat<'_>,
        kind: SlotKind,
        salt: [u8; 16],
        cost: Cost,
        kek: &Key,
        who: Who,
        second: Option<(Shared, u64)>,
    ) -> Result<Self, NoChance> {
        let private = StaticSecret::from(*new_key()?);
        let mut slot = Self {
            id: Id::from_bytes(random()?),
            kind,
            salt: Hex(salt.to_vec()),
            cost,
            public: Hex(PublicKey::from(&private).as_bytes().to_vec()),
            pinned: seat.epoch,
            body: Hex::default(),
            wrap: Hex::default(),
            who: Hex::default(),
        };
        let (second, used) = second.map_or((None, 0), |(shared, used)| (Some(shared), used));
        let within = Within { private, operator: who.operator, pin: fingerprint(seat.data), second, used };
        slot.shut(seat.desk, kek, &within)?;
        slot.wrap(seat)?;
        slot.sign(seat, who)?;
        Ok(slot)
    }

    fn body_place(&self, desk: Id) -> Vec<u8> {
        let kind = [u8::from(self.kind == SlotKind::Recovery)];
        let parts: [&[u8]; 5] = [desk.bytes(), self.id.bytes(), &kind, &self.pinned.to_le_bytes(), &self.public.0];
        place("madoguchi vault slot 1", &parts)
    }

    /// The key that this passphrase gives here.
    pub fn kek(&self, passphrase: &Secret) -> Option<Key> {
        self.cost.key(passphrase, &self.salt.0)
    }

    /// What is in the slot, for who has the key; `None` when it is another one or the slot was altered.
    pub fn open(&self, desk: Id, kek: &Key) -> Option<Within> {
        let plain = unshut(kek, &self.body_place(desk), &self.body)?;
        let within = Within::decode(&plain)?;
        // A public key that somebody else has the private one of must never get the next data key.
        (PublicKey::from(&within.private).as_bytes().as_slice() == self.public.0).then_some(within)
    }

    /// Seals what is in the slot anew.
    pub fn shut(&mut self, desk: Id, kek: &Key, within: &Within) -> Result<(), NoChance> {
        self.body = shut(kek, &self.body_place(desk), &within.encode())?;
        Ok(())
    }

    fn wrap_place(&self, desk: Id, epoch: u32) -> Vec<u8> {
        place("madoguchi vault wrap 1", &[desk.bytes(), self.id.bytes(), &epoch.to_le_bytes()])
    }

    /// Wraps the data key for this slot.
    pub fn wrap(&mut self, seat: Seat<'_>) -> Result<(), NoChance> {
        let public: [u8; 32] = self.public.exactly().unwrap_or_default();
        let ephemeral = StaticSecret::from(*new_key()?);
        let sender = PublicKey::from(&ephemeral);
        let shared = ephemeral.diffie_hellman(&PublicKey::from(public));
        let key = derive("madoguchi 2026 vault wrap 1", &[shared.as_bytes(), sender.as_bytes(), &public]);
        let sealed = shut(&key, &self.wrap_place(seat.desk, seat.epoch), &**seat.data)?;
        self.wrap = Hex([sender.as_bytes().as_slice(), &sealed.0].concat());
        Ok(())
    }

    /// The data key that was wrapped for this slot.
    pub fn unwrap(&self, desk: Id, epoch: u32, private: &StaticSecret) -> Option<Key> {
        let (sender, sealed) = self.wrap.0.split_first_chunk::<32>()?;
        let shared = private.diffie_hellman(&PublicKey::from(*sender));
        // A point of small order would give a key that everybody knows.
        shared.was_contributory().then_some(())?;
        let public = PublicKey::from(private);
        let key = derive("madoguchi 2026 vault wrap 1", &[shared.as_bytes(), sender, public.as_bytes()]);
        exactly(&unshut(&key, &self.wrap_place(desk, epoch), &Hex(sealed.to_vec()))?)
    }

    fn who_box(&self, seat: Seat<'_>) -> (Key, Vec<u8>) {
        let key = derive("madoguchi 2026 vault who 1", &[&**seat.data]);
        (key, place("madoguchi vault who 1", &[seat.desk.bytes(), self.id.bytes(), &seat.epoch.to_le_bytes()]))
    }

    /// Notes whose slot it is, for those who have the data key.
    pub fn sign(&mut self, seat: Seat<'_>, who: Who) -> Result<(), NoChance> {
        let (key, here) = self.who_box(seat);
        let plain = [who.operator.bytes().as_slice(), &[u8::from(who.second)], &who.since.to_le_bytes()].concat();
        self.who = shut(&key, &here, &plain)?;
        Ok(())
    }

    /// Whose slot it is.
    pub fn who(&self, seat: Seat<'_>) -> Option<Who> {
        let (key, here) = self.who_box(seat);
        let plain = unshut(&key, &here, &self.who)?;
        let (operator, rest) = plain.split_first_chunk::<16>()?;
        let (second, since) = rest.split_first()?;
        let since = i64::from_le_bytes(since.try_into().ok()?);
        Some(Who { operator: Id::from_bytes(*operator), second: *second == 1, since })
    }
}

impl Within {
    const LENGTH: usize = 1 + 32 + 16 + 16 + 1 + 20 + 8;

    /// Always as long: whether there is a second factor does not show.
    fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut plain = Zeroizing::new(Vec::with_capacity(Self::LENGTH));
        plain.push(1);
        plain.extend_from_slice(self.private.as_bytes());
        plain.extend_from_slice(self.operator.bytes());
        plain.extend_from_slice(&self.pin);
        plain.push(u8::from(self.second.is_some()));
        plain.extend_from_slice(self.second.as_ref().map_or(&[0; 20], |shared| shared.bytes()));
        plain.extend_from_slice(&self.used.to_le_bytes());
        plain
    }

    fn decode(plain: &[u8]) -> Option<Self> {
        let (version, rest) = plain.split_first()?;
        let (private, rest) = rest.split_first_chunk::<32>()?;
        let (operator, rest) = rest.split_first_chunk::<16>()?;
        let (pin, rest) = rest.split_first_chunk::<16>()?;
        let (has_second, rest) = rest.split_first()?;
        let (second, used) = rest.split_first_chunk::<20>()?;
        (*version == 1).then_some(())?;
        Some(Self {
            private: StaticSecret::from(*private),
            operator: Id::from_bytes(*operator),
            pin: *pin,
            second: (*has_second == 1).then(|| Shared::from_bytes(*second)),
            used: u64::from_le_bytes(used.try_into().ok()?),
        })
    }
}
