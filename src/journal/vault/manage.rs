//! What may be done with an open vault: operators come and go, passphrases and second factors change. Each is one write
//! of the keys: before it nothing is changed, after it everything. Knows no roles: the caller asks who may.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::cost::Cost;
use super::error::{UnlockError, VaultError};
use super::file::{self, Document, Epoch};
use super::primitive::{Hex, Key, new_key};
use super::recovery::RecoveryKey;
use super::second::Confirmed;
use super::slot::{Seat, Slot, SlotKind, Who, Within, chain, fingerprint};
use super::{Keyring, Vault, millis};
use crate::desk::id::Id;
use crate::desk::passphrase::{self, Weak};
use crate::desk::secret::Secret;

/// Somebody who gets a slot.
pub struct Newcomer<'a> {
    /// Who.
    pub operator: Id,
    /// What will open the desk for them, as it counts ([`Secret::passphrase`]).
    pub passphrase: &'a Secret,
    /// A second factor.
    pub second: Option<Confirmed>,
    /// Their name and its reading, and the desk's name: no passphrase may be made of these.
    pub names: &'a [&'a str],
}

impl Newcomer<'_> {
    /// Checks the passphrase against the rules.
    pub(super) fn check(&self) -> Result<(), Weak> {
        strong(self.passphrase, self.second.is_some(), self.names)
    }
}

/// An operator who has a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub operator: Id,
    /// Whether a code is asked for.
    pub second: bool,
    /// Since when the passphrase and the second factor are what they are.
    pub since: DateTime<FixedOffset>,
}

fn strong(passphrase: &Secret, second: bool, names: &[&str]) -> Result<(), Weak> {
    passphrase::weakness(passphrase, second, names).map_or(Ok(()), Err)
}

/// The operator's slot by its place.
fn place_of(document: &Document, seat: Seat<'_>, operator: Id) -> Option<usize> {
    document.slots.iter().position(|slot| is_of(slot, seat, operator))
}

fn is_of(slot: &Slot, seat: Seat<'_>, operator: Id) -> bool {
    slot.kind == SlotKind::Operator && slot.who(seat).is_some_and(|who| who.operator == operator)
}

/// No two operators may have one passphrase: it says who is there.
fn untaken(document: &Document, but: Option<usize>, passphrase: &Secret) -> Result<(), VaultError> {
    let others = document.slots.iter().enumerate().filter(|(index, _)| Some(*index) != but);
    for (_, slot) in others.filter(|(_, slot)| slot.kind == SlotKind::Operator) {
        if slot.kek(passphrase).is_some_and(|kek| slot.open(document.desk, &kek).is_some()) {
            return Err(VaultError::Taken);
        }
    }
    Ok(())
}

impl Vault {
    /// Who has a key.
    pub fn operators(&self, keys: &Keyring) -> Result<Vec<Holder>, VaultError> {
        let (epoch, data) = keys.data().ok_or(VaultError::Locked)?;
        let seat = Seat { desk: self.document.desk, epoch, data: &data };
        let operators = self.document.slots.iter().filter(|slot| slot.kind == SlotKind::Operator);
        let holders = operators.filter_map(|slot| slot.who(seat)).map(|who| Holder {
            operator: who.operator,
            second: who.second,
            since: DateTime::from_timestamp_millis(who.since).unwrap_or_default().fixed_offset(),
        });
        Ok(holders.collect())
    }

    /// Whether these keys of a file and those at hand belong together, and somebody's passphrase leads to them: for a
    /// backup that is tried. `None` where the keys of its epoch are not at hand any more.
    pub fn fits(&self, keys: &Keyring) -> Option<bool> {
        let epoch = self.document.newest();
        let data = keys.data_of(epoch)?;
        let seat = Seat { desk: self.document.desk, epoch, data: &data };
        let leads = |slot: &Slot| slot.kind == SlotKind::Operator && slot.who(seat).is_some();
        Some(self.document.is_genuine(&data) && self.document.slots.iter().any(leads))
    }

    /// Gives an operator a key.
    pub fn add(
        &mut self,
        keys: &Keyring,
        newcomer: &Newcomer<'_>,
        now: DateTime<FixedOffset>,
    ) -> Result<(), VaultError> {
        self.seat(keys, newcomer, now, |old| if old { Err(VaultError::HasSlot) } else { Ok(()) })
    }

    /// Gives an operator a new passphrase in place of one that was forgotten, and so a new slot; one who had none gets
    /// one. The old passphrase and the old second factor are gone.
    pub fn give(
        &mut self,
        keys: &Keyring,
        newcomer: &Newcomer<'_>,
        now: DateTime<FixedOffset>,
    ) -> Result<(), VaultError> {
        self.seat(keys, newcomer, now, |_| Ok(()))
    }

    /// A new slot in the place of the one that they may have had, if that is `fine`. Passphrases of a demo are known, so
    /// they need not be strong.
    fn seat(
        &mut self,
        keys: &Keyring,
        newcomer: &Newcomer<'_>,
        now: DateTime<FixedOffset>,
        fine: impl FnOnce(bool) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        let cost = self.cost;
        if !self.is_demo() {
            newcomer.check()?;
        }
        self.change(keys, |document, seat| {
            let old = place_of(document, seat, newcomer.operator);
            fine(old.is_some())?;
            untaken(document, old, newcomer.passphrase)?;
            document.slots.retain(|slot| !is_of(slot, seat, newcomer.operator));
            document.slots.push(slot_for(seat, newcomer, cost, now)?);
            Ok(None)
        })
    }

    /// Takes an operator's key away, and begins an epoch with a data key that the operator never had. From now on the
    /// keyring seals in it; what was sealed before is to be written anew, and then its epoch [retired](Vault::retire).
    pub fn remove(&mut self, keys: &Keyring, operator: Id) -> Result<u32, VaultError> {
        let file = file::first(&self.folder);
        self.change(keys, |document, seat| {
            let gone = place_of(document, seat, operator).ok_or(VaultError::NoSlot)?;
            let operators = document.slots.iter().filter(|slot| slot.kind == SlotKind::Operator).count();
            if operators < 2 {
                return Err(VaultError::LastOperator);
            }
            document.slots.remove(gone);
            let data = new_key()?;
            let epoch = seat.epoch.saturating_add(1);
            let next = Seat { desk: seat.desk, epoch, data: &data };
            let older = chain(next, seat.data)?;
            for slot in &mut document.slots {
                let who = slot.who(seat).ok_or_else(|| UnlockError::Foreign { file: file.clone() })?;
                slot.wrap(next)?;
                slot.sign(next, who)?;
            }
            document.epochs.push(Epoch { number: epoch, older });
            Ok(Some((epoch, data)))
        })?;
        Ok(self.document.newest())
    }

    /// Changes an operator's own passphrase; the second factor stays.
    pub fn change_passphrase(
        &mut self,
        keys: &Keyring,
        newcomer: &Newcomer<'_>,
        old: &Secret,
        code: Option<&str>,
        now: DateTime<FixedOffset>,
    ) -> Result<(), VaultError> {
        let cost = self.cost;
        let own = self.own(keys, newcomer.operator, old, code, now)?;
        strong(newcomer.passphrase, own.within.second.is_some(), newcomer.names)?;
        self.change(keys, |document, seat| {
            let index = own.place(document)?;
            untaken(document, Some(index), newcomer.passphrase)?;
            let who = own.who(now);
            let second = own.within.second.clone().map(|shared| (shared, own.within.used));
            let slot = Slot::for_operator(seat, newcomer.passphrase, cost, who, second)?.ok_or(UnlockError::Chance)?;
            document.slots.remove(index);
            document.slots.push(slot);
            Ok(None)
        })
    }

    /// Sets up an operator's own second factor, or does without one. `newcomer` holds the passphrase as it is and the new
    /// second factor; `code` is one of the second factor so far.
    pub fn set_second_factor(
        &mut self,
        keys: &Keyring,
        newcomer: &Newcomer<'_>,
        code: Option<&str>,
        now: DateTime<FixedOffset>,
    ) -> Result<(), VaultError> {
        let mut own = self.own(keys, newcomer.operator, newcomer.passphrase, code, now)?;
        newcomer.check()?;
        (own.within.second, own.within.used) = match &newcomer.second {
            Some(second) => (Some(second.shared.clone()), second.step),
            None => (None, 0),
        };
        self.change(keys, |document, seat| {
            let index = own.place(document)?;
            let slot = document.slots.get_mut(index).ok_or(VaultError::NoSlot)?;
            slot.pinned = seat.epoch;
            own.within.pin = fingerprint(seat.data);
            slot.shut(seat.desk, &own.kek, &own.within)?;
            slot.sign(seat, own.who(now))?;
            Ok(None)
        })
    }

    /// A new recovery key: the one before opens nothing any more. It is to be shown once.
    pub fn new_recovery_key(&mut self, keys: &Keyring, now: DateTime<FixedOffset>) -> Result<Secret, VaultError> {
        let key = RecoveryKey::fresh()?;
        self.change(keys, |document, seat| {
            document.slots.retain(|slot| slot.kind != SlotKind::Recovery);
            document.slots.push(Slot::for_recovery(seat, &key, millis(now))?);
            Ok(None)
        })?;
        Ok(key.printed())
    }

    /// Nothing is sealed with the keys up to this epoch any more: they are forgotten. The newest epoch stays.
    pub fn retire(&mut self, keys: &Keyring, epoch: u32) -> Result<(), VaultError> {
        self.change(keys, |document, seat| {
            document.retired = document.retired.max(epoch.min(seat.epoch.saturating_sub(1)));
            // A slot that has not been opened since still leads to the key that it knows by the ones between.
            let operators = document.slots.iter().filter(|slot| slot.kind == SlotKind::Operator);
            let seen = operators.map(|slot| slot.pinned).min().unwrap_or(seat.epoch);
            let keep = seen.min(document.retired.saturating_add(1));
            document.epochs.retain(|epoch| epoch.number >= keep);
            if let Some(first) = document.epochs.first_mut() {
                first.older = Hex::default();
            }
            Ok(None)
        })?;
        keys.forget(self.document.retired);
        Ok(())
    }

    /// Opens an operator's own slot once more, for a change that only they may make.
    fn own(
        &mut self,
        keys: &Keyring,
        operator: Id,
        passphrase: &Secret,
        code: Option<&str>,
        now: DateTime<FixedOffset>,
    ) -> Result<Own, VaultError> {
        self.may_try(now)?;
        let (epoch, data) = keys.data().ok_or(VaultError::Locked)?;
        let seat = Seat { desk: self.document.desk, epoch, data: &data };
        let index = place_of(&self.document, seat, operator).ok_or(VaultError::NoSlot)?;
        let slot = self.document.slots.get(index).ok_or(VaultError::NoSlot)?;
        let id = slot.id;
        let opened = slot.kek(passphrase).and_then(|kek| Some((slot.open(self.document.desk, &kek)?, kek)));
        let Some((mut within, kek)) = opened else {
            self.note(|attempts, _| attempts.fail(now, Some(id)));
            return Err(UnlockError::Wrong.into());
        };
        let passed = self.proved.filter(|(slot, _)| *slot == id && code.is_none()).map(|(_, at)| now - at);
        // No code is taken twice, so who has just come in would have to wait for the next one.
        if !passed.is_some_and(|passed| (TimeDelta::zero()..super::PROVED).contains(&passed)) {
            self.check_code(&mut within, index, code, now)?;
        }
        Ok(Own { slot: id, kek, within })
    }

    /// Changes the keys as they are on the disk now, and writes them. A new epoch comes into force with the write.
    fn change(
        &mut self,
        keys: &Keyring,
        work: impl FnOnce(&mut Document, Seat<'_>) -> Result<Option<(u32, Key)>, VaultError>,
    ) -> Result<(), VaultError> {
        let (epoch, data) = keys.data().ok_or(VaultError::Locked)?;
        let path = file::first(&self.folder);
        // Another program may have noted a used code since. What is not genuine, or older, is written over.
        let stands = file::read(&*self.disk, &self.folder).map(|copies| copies.sound).unwrap_or_default();
        let genuine = |document: &Document| document.newest() == epoch && document.is_genuine(&data);
        let stands = stands.into_iter().find(|document| genuine(document));
        let mut document = match stands.filter(|stands| stands.generation >= self.document.generation) {
            Some(stands) => stands,
            None if genuine(&self.document) => self.document.clone(),
            None => return Err(UnlockError::Foreign { file: path }.into()),
        };
        let seat = Seat { desk: document.desk, epoch, data: &data };
        let next = work(&mut document, seat)?;
        document.generation = document.generation.saturating_add(1);
        let signing = next.as_ref().map_or(&data, |(_, data)| data);
        let written = document.sign(signing).and_then(|()| file::write(&*self.disk, &self.folder, &document));
        written.map_err(|error| VaultError::io(&path, error))?;
        // Without its copy the file is as good as before; the next unlocking makes the copy.
        let _ = file::write_copy(&*self.disk, &self.folder, &document);
        self.document = document;
        self.note(|attempts, document| attempts.generation = attempts.generation.max(document.generation));
        if let Some((epoch, data)) = next {
            keys.add(epoch, data);
        }
        Ok(())
    }
}

/// An operator's own slot, opened.
struct Own {
    slot: Id,
    kek: Key,
    within: Within,
}

impl Own {
    fn place(&self, document: &Document) -> Result<usize, VaultError> {
        document.slots.iter().position(|slot| slot.id == self.slot).ok_or(VaultError::NoSlot)
    }

    fn who(&self, now: DateTime<FixedOffset>) -> Who {
        Who { operator: self.within.operator, second: self.within.second.is_some(), since: millis(now) }
    }
}

fn slot_for(
    seat: Seat<'_>,
    newcomer: &Newcomer<'_>,
    cost: Cost,
    now: DateTime<FixedOffset>,
) -> Result<Slot, VaultError> {
    let second = newcomer.second.clone().map(|second| (second.shared, second.step));
    let who = Who { operator: newcomer.operator, second: second.is_some(), since: millis(now) };
    Ok(Slot::for_operator(seat, newcomer.passphrase, cost, who, second)?.ok_or(UnlockError::Chance)?)
}
