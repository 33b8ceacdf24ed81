//! Who may open the desk: a slot for each operator and one for the recovery key, all for the same data key. Knows no
//! journal and no screen; the time comes with each call, and every file goes through the journal's
//! [`Disk`].
//!
//! # The files
//!
//! `keys` and `keys.copy` hold the same ([`mod@file`]): slots with random identities, in which nothing tells whose they are.
//! A damaged one is healed from the other at the next unlocking. `attempts` ([`mod@attempts`]) holds failed tries.
//!
//! # The keys
//!
//! - A passphrase gives, by argon2id, the key of its slot; in there lies a private X25519 key ([`slot`]).
//! - The data key of the newest epoch is wrapped for each slot's public key. It leads back to those of the epochs
//!   before, so that old values open until they are written anew.
//! - Of each data key follow the keys for sealing, for blind index keys and for the MAC of the file ([`keyring`]).
//!
//! # What an intruder with the files cannot do
//!
//! Add a slot, so that the next epoch is wrapped for it too: the MAC does not know it. Add an epoch whose key is known:
//! it cannot lead back to the key that each slot has seen last. Put a slot in another's place: its identity is part of
//! what is sealed. Put an old file back on the same computer: its generation was seen. Each is refused and told.

mod attempts;
mod cost;
mod error;
mod file;
mod keyring;
mod manage;
mod primitive;
mod recovery;
mod second;
mod slot;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};

pub use attempts::Failure;
pub use cost::Cost;
pub use error::{UnlockError, VaultError};
pub use keyring::Keyring;
pub use manage::{Holder, Newcomer};
pub use primitive::NoChance;
pub use second::{Confirmed, Shared};

use super::disk::Disk;
use crate::desk::id::Id;
use crate::desk::secret::Secret;
use attempts::Attempts;
use file::Document;
use primitive::{Key, new_key};
use recovery::RecoveryKey;
use slot::{Seat, Slot, SlotKind, Who, Within, fingerprint, unchain};

/// The slots of a desk.
pub struct Vault {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    cost: Cost,
    document: Document,
    attempts: Attempts,
    /// What is known of tries could not be written: it is kept in memory, where the file must not wipe it out.
    unwritten: bool,
    /// The slot whose code was right at the last unlocking, and when: its owner needs no second one at once.
    proved: Option<(Id, DateTime<FixedOffset>)>,
}

/// For so long a code that opened the desk also counts for a change of the own slot.
const PROVED: TimeDelta = TimeDelta::minutes(2);

/// An open desk.
pub struct Unlocked {
    /// Who opened it; nobody when it was the recovery key.
    pub operator: Id,
    /// The keys.
    pub keyring: Keyring,
    /// Failed tries that no access log has yet: see [`Vault::failures_are_logged`].
    pub failures: Vec<Failure>,
    /// A keys file did not read, or was behind, and was written again from the other.
    pub healed: bool,
}

/// What a new vault is made of.
pub struct Founding<'a> {
    /// The desk.
    pub desk: Id,
    /// The demo, whose passphrase need not be a good one.
    pub demo: bool,
    /// The first operator.
    pub first: Newcomer<'a>,
    /// What a try of a passphrase costs.
    pub cost: Cost,
}

/// A slot that was opened.
struct Entered {
    index: usize,
    kek: Key,
    within: Within,
    keys: BTreeMap<u32, Key>,
}

fn millis(now: DateTime<FixedOffset>) -> i64 {
    now.timestamp_millis()
}

impl Vault {
    /// Whether the desk in this folder is sealed: whether there is a keys file or its copy, sound or not.
    pub fn exists(folder: &Path, disk: &dyn Disk) -> io::Result<bool> {
        file::exist(disk, folder)
    }

    /// Makes the first slot and the recovery key's, and with them the keys of a new desk, over those of a desk that was
    /// never finished. The key is to be shown once: nothing keeps it.
    pub fn create(
        folder: &Path,
        disk: Arc<dyn Disk>,
        founding: &Founding<'_>,
        now: DateTime<FixedOffset>,
    ) -> Result<(Self, Unlocked, Secret), VaultError> {
        let first = &founding.first;
        if !founding.demo {
            first.check()?;
        }
        let data = new_key()?;
        let seat = Seat { desk: founding.desk, epoch: 1, data: &data };
        let since = millis(now);
        let second = first.second.clone().map(|second| (second.shared, second.step));
        let who = Who { operator: first.operator, second: second.is_some(), since };
        let slot = Slot::for_operator(seat, first.passphrase, founding.cost, who, second)?;
        let recovery = RecoveryKey::fresh()?;
        let mut document = Document::new(founding.desk, founding.demo);
        document.slots.push(slot.ok_or(UnlockError::Chance)?);
        document.slots.push(Slot::for_recovery(seat, &recovery, since)?);
        let path = file::first(folder);
        let failed = |error| VaultError::io(&path, error);
        disk.create_folder(folder).map_err(failed)?;
        let (folder, cost, attempts) = (folder.to_owned(), founding.cost, Attempts::default());
        let mut vault = Self { folder, disk, cost, document, attempts, unwritten: false, proved: None };
        vault.keep(&data).map_err(failed)?;
        vault.note(|attempts, document| {
            let slot = document.slots.first().map(|slot| slot.id).unwrap_or_default();
            attempts.succeed(slot, document.generation);
        });
        let keyring = Keyring::with(&BTreeMap::from([(1, data)]));
        let unlocked = Unlocked { operator: first.operator, keyring, failures: Vec::new(), healed: false };
        Ok((vault, unlocked, recovery.printed()))
    }

    /// Reads the keys of a desk. Nothing of it is trusted before somebody has unlocked it.
    pub fn load(folder: &Path, disk: Arc<dyn Disk>) -> Result<Self, UnlockError> {
        let mut sound = file::read(&*disk, folder)?.sound;
        let attempts = Attempts::read(&*disk, folder);
        // There is at least one, or it would have been an error.
        let document = if sound.is_empty() { Document::new(Id::NIL, false) } else { sound.swap_remove(0) };
        Ok(Self {
            folder: folder.to_owned(),
            disk,
            cost: Cost::DESK,
            document,
            attempts,
            unwritten: false,
            proved: None,
        })
    }

    /// The same, whose new slots cost this much.
    #[must_use]
    pub fn with_cost(self, cost: Cost) -> Self {
        Self { cost, ..self }
    }

    /// The desk whose keys these say to be.
    pub const fn desk(&self) -> Id {
        self.document.desk
    }

    /// Whether it says to be the demo, whose passphrase may be told.
    pub const fn is_demo(&self) -> bool {
        self.document.demo
    }

    /// How long the next try has to wait after too many wrong ones.
    pub fn wait(&mut self, now: DateTime<FixedOffset>) -> Option<Duration> {
        let before = self.attempts.clone();
        let wait = self.attempts.wait(now);
        if self.attempts != before {
            // The clock was put back: the next program too must count from now.
            self.write_attempts();
        }
        wait
    }

    /// Opens the desk with a passphrase, and the code of the second factor where its operator has one.
    ///
    /// # Errors
    /// A wrong passphrase or code counts as a failed try; a missing code does not.
    pub fn unlock(
        &mut self,
        passphrase: &Secret,
        code: Option<&str>,
        now: DateTime<FixedOffset>,
    ) -> Result<Unlocked, UnlockError> {
        self.may_try(now)?;
        let last = self.attempts.slot;
        let open = |document: &Document| {
            let mut order: Vec<usize> = (0..document.slots.len()).collect();
            order.sort_by_key(|index| document.slots.get(*index).map(|slot| slot.id) != last);
            order.into_iter().find_map(|index| {
                let slot = document.slots.get(index).filter(|slot| slot.kind == SlotKind::Operator)?;
                let kek = slot.kek(passphrase)?;
                let within = slot.open(document.desk, &kek)?;
                Some((index, kek, within))
            })
        };
        let (mut entered, behind) = self.enter(open, now)?;
        self.proved = None;
        self.check_code(&mut entered.within, entered.index, code, now)?;
        if entered.within.second.is_some() {
            self.proved = self.document.slots.get(entered.index).map(|slot| (slot.id, now));
        }
        self.come_in(&entered, behind)
    }

    /// Opens the desk with the recovery key. Whoever did this sets a new passphrase with [`Vault::give`].
    pub fn unlock_by_recovery(&mut self, typed: &Secret, now: DateTime<FixedOffset>) -> Result<Unlocked, UnlockError> {
        self.may_try(now)?;
        let key = RecoveryKey::parse(typed).ok_or(UnlockError::Slip)?;
        let open = |document: &Document| {
            document.slots.iter().enumerate().find_map(|(index, slot)| {
                let kek = (slot.kind == SlotKind::Recovery).then(|| key.kek(&slot.salt.0))?;
                let within = slot.open(document.desk, &kek)?;
                Some((index, kek, within))
            })
        };
        let (entered, behind) = self.enter(open, now)?;
        self.come_in(&entered, behind)
    }

    /// Failed tries that no access log has yet.
    pub fn failures(&self) -> Vec<Failure> {
        self.attempts.failures.clone()
    }

    /// The failed tries stand in the access log: they need not be kept here any more.
    pub fn failures_are_logged(&mut self) {
        self.note(|attempts, _| attempts.failures.clear());
    }

    fn may_try(&mut self, now: DateTime<FixedOffset>) -> Result<(), UnlockError> {
        if !self.unwritten {
            // Another program may have tried since.
            self.attempts = Attempts::read(&*self.disk, &self.folder);
        }
        self.wait(now).map_or(Ok(()), |wait| Err(UnlockError::Wait(wait)))
    }

    /// Finds the slot that opens, in the first file that proves genuine. Also says whether a file is behind.
    fn enter(
        &mut self,
        open: impl Fn(&Document) -> Option<(usize, Key, Within)>,
        now: DateTime<FixedOffset>,
    ) -> Result<(Entered, bool), UnlockError> {
        let copies = file::read(&*self.disk, &self.folder)?;
        let mut behind = !copies.behind.is_empty();
        let mut refused = None;
        for document in copies.sound {
            let Some((index, kek, within)) = open(&document) else { continue };
            let keys = self.keys_of(&document, index, &within);
            match keys {
                Ok(keys) => {
                    self.document = document;
                    return Ok((Entered { index, kek, within, keys }, behind));
                }
                Err(error) => {
                    // The other file may be the one that was not altered.
                    behind = true;
                    refused.get_or_insert(error);
                }
            }
        }
        Err(refused.unwrap_or_else(|| {
            self.note(|attempts, _| attempts.fail(now, None));
            UnlockError::Wrong
        }))
    }

    /// The data keys that an opened slot leads to, if the file is genuine and not an old one.
    fn keys_of(&self, document: &Document, index: usize, within: &Within) -> Result<BTreeMap<u32, Key>, UnlockError> {
        let foreign = || UnlockError::Foreign { file: file::first(&self.folder) };
        let slot = document.slots.get(index).ok_or_else(foreign)?;
        let (desk, newest) = (document.desk, document.newest());
        let data = slot.unwrap(desk, newest, &within.private).ok_or_else(foreign)?;
        if !document.is_genuine(&data) {
            return Err(foreign());
        }
        let mut keys = BTreeMap::from([(newest, data)]);
        for (epoch, before) in document.epochs.iter().rev().zip(document.epochs.iter().rev().skip(1)) {
            let here = keys.get(&epoch.number).ok_or_else(foreign)?;
            let seat = Seat { desk, epoch: epoch.number, data: here };
            let older = unchain(seat, &epoch.older).ok_or_else(foreign)?;
            keys.insert(before.number, older);
        }
        match keys.get(&slot.pinned) {
            Some(seen) if fingerprint(seen) == within.pin => {}
            // The recovery key may lie in its safe for years, while what it saw is long retired.
            None if slot.kind == SlotKind::Recovery && slot.pinned <= document.retired => {}
            Some(_) | None => return Err(foreign()),
        }
        if slot.kind == SlotKind::Operator && document.generation < self.attempts.generation {
            return Err(UnlockError::Older { file: file::first(&self.folder) });
        }
        keys.retain(|number, _| *number > document.retired);
        Ok(keys)
    }

    /// Checks the second factor, and notes in `within` which code was used.
    fn check_code(
        &mut self,
        within: &mut Within,
        index: usize,
        code: Option<&str>,
        now: DateTime<FixedOffset>,
    ) -> Result<(), UnlockError> {
        let Some(shared) = &within.second else { return Ok(()) };
        let code = code.filter(|code| !code.trim().is_empty()).ok_or(UnlockError::CodeNeeded)?;
        if let Some(step) = shared.fits(code, now).filter(|step| *step > within.used) {
            within.used = step;
            return Ok(());
        }
        let slot = self.document.slots.get(index).map(|slot| slot.id);
        self.note(|attempts, _| attempts.fail(now, slot));
        Err(UnlockError::CodeWrong)
    }

    /// Notes what is new in the slot, heals a damaged file, and hands out the keys.
    fn come_in(&mut self, entered: &Entered, behind: bool) -> Result<Unlocked, UnlockError> {
        let Entered { index, kek, within, keys } = entered;
        let newest = self.document.newest();
        let data = keys.get(&newest).ok_or(UnlockError::Wrong)?;
        let (desk, pin) = (self.document.desk, fingerprint(data));
        let slot = self.document.slots.get_mut(*index).ok_or(UnlockError::Wrong)?;
        let id = slot.id;
        if slot.pinned != newest || within.second.is_some() {
            slot.pinned = newest;
            let seen = Within { private: within.private.clone(), second: within.second.clone(), pin, ..*within };
            slot.shut(desk, kek, &seen)?;
            // On a medium that takes no writes the desk opens all the same.
            let _ = self.keep(data);
        } else if behind {
            let _ = self.write_both();
        }
        let failures = self.attempts.failures.clone();
        self.note(|attempts, document| attempts.succeed(id, document.generation));
        Ok(Unlocked { operator: within.operator, keyring: Keyring::with(keys), failures, healed: behind })
    }

    /// Signs the document as the next generation and writes it.
    fn keep(&mut self, data: &Key) -> io::Result<()> {
        self.document.generation = self.document.generation.saturating_add(1);
        self.document.sign(data)?;
        self.write_both()
    }

    fn write_both(&self) -> io::Result<()> {
        file::write(&*self.disk, &self.folder, &self.document)?;
        // Without its copy the file is as good as before; the next unlocking makes the copy.
        let _ = file::write_copy(&*self.disk, &self.folder, &self.document);
        Ok(())
    }

    /// Changes what is known of tries, and writes it down where that can be. Most who come in are who came in last, and
    /// need not wait for the disk.
    fn note(&mut self, change: impl FnOnce(&mut Attempts, &Document)) {
        let before = self.attempts.clone();
        change(&mut self.attempts, &self.document);
        if self.unwritten || self.attempts != before {
            self.write_attempts();
        }
    }

    fn write_attempts(&mut self) {
        self.unwritten = self.attempts.write(&*self.disk, &self.folder).is_err();
    }
}
