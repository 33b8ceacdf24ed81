//! What is done with keys by who has come in: operators come and go, passphrases and second factors change.
#![allow(clippy::wildcard_enum_match_arm, reason = "each function takes the few tasks that are its own")]

use crate::app::msg::{Holder, KeysResult, KeysTask, Msg, NewSecond, Ticket};
use crate::desk::access;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::operator::{DeskProfile, Operator, Role};
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::journal::vault::{Confirmed, Keyring, Newcomer, UnlockError, Vault, VaultError};
use crate::runtime::{entry, eyes};

use super::entry::names;
use super::{Answered, Keeper, Tell};

impl Keeper {
    pub(super) fn keys(&mut self, ticket: Ticket, task: KeysTask, tell: Tell<'_>) {
        let result = match task {
            // A desk that is being set up has no keys yet.
            KeysTask::CheckSecond(second) => self.confirmed(&second).map(|_| KeysResult::Done),
            _ if self.desk.is_none() || self.door.is_locked() => Err(self.refused.clone()),
            task => self.keys_task(ticket, task, tell),
        };
        tell(Answered::Said(Msg::KeysDone { ticket, result }));
    }

    fn confirmed(&self, second: &NewSecond) -> Result<Confirmed, Say> {
        let fits = Confirmed::new(&second.secret, &second.code, (self.clock)());
        fits.ok_or_else(|| UnlockError::CodeWrong.say())
    }

    fn keys_task(&mut self, ticket: Ticket, task: KeysTask, tell: Tell<'_>) -> Result<KeysResult, Say> {
        let (operators, profile) = self.people()?;
        let person = |id: Id| operators.iter().find(|(known, _)| *known == id).map(|(_, o)| o.clone());
        let (me, now) = (self.door.me, (self.clock)());
        let own = names(&person(me).unwrap_or_default(), &profile);
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        eyes::allows(eyes::role_in(&operators, me), eyes::act_of(&task))?;
        let said = |error: VaultError| error.say();
        let second_of = |new: &NewSecond| self.confirmed(new);
        let (done, what) = match task {
            KeysTask::CheckSecond(_) => return Ok(KeysResult::Done),
            KeysTask::Holders => return self.holders(),
            KeysTask::AddOperator { id, operator, passphrase, second } => {
                let second = second.as_ref().map(second_of).transpose()?;
                let names = names(&operator, &profile);
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let newcomer = Newcomer { operator: id, passphrase: &passphrase, second, names: &names };
                let vault = self.door.vault.as_mut().ok_or_else(|| Say::new("journal-locked"))?;
                vault.add(&self.door.keyring, &newcomer, now).map_err(said)?;
                self.commit(ticket, &edits::add_operator(me, id, &operator), tell);
                (Ok(()), "add-operator")
            }
            KeysTask::RemoveOperator { id } => (self.remove_operator(ticket, id, &operators, tell), "remove-operator"),
            task => {
                let vault = self.door.vault.as_mut().ok_or_else(|| Say::new("journal-locked"))?;
                let keys = &self.door.keyring;
                own_task(vault, keys, (task, me, &own), &person, &profile, now, tell)?
            }
        };
        done?;
        let desk = self.desk.as_ref().map(|desk| desk.journal.desk()).unwrap_or_default();
        self.look(access::settings(desk, me, what));
        Ok(KeysResult::Done)
    }

    fn holders(&self) -> Result<KeysResult, Say> {
        let vault = self.door.vault.as_ref().ok_or_else(|| Say::new("journal-locked"))?;
        let known = vault.operators(&self.door.keyring).map_err(|error| error.say())?;
        let holder = |known: crate::journal::vault::Holder| Holder {
            operator: known.operator,
            second: Some(known.second),
            since: Some(known.since),
        };
        Ok(KeysResult::Holders(known.into_iter().map(holder).collect()))
    }

    /// The key goes first: from then on the passphrase opens nothing.
    fn remove_operator(
        &mut self,
        ticket: Ticket,
        id: Id,
        operators: &[(Id, Operator)],
        tell: Tell<'_>,
    ) -> Result<(), Say> {
        let supervises = |operator: &Operator| Role::from_code(&operator.role) == Role::Supervisor;
        let Some((_, before)) = operators.iter().find(|(known, _)| *known == id) else {
            return Err(VaultError::NoSlot.say());
        };
        if supervises(before) && operators.iter().filter(|(_, operator)| supervises(operator)).count() < 2 {
            return Err(Say::new("vault-last-supervisor"));
        }
        let vault = self.door.vault.as_mut().ok_or_else(|| Say::new("journal-locked"))?;
        let journal = self.desk.as_mut().map(|desk| &mut desk.journal).ok_or_else(|| self.refused.clone())?;
        entry::remove_key(journal, (vault, &self.door.keyring), id).map_err(|error| error.say())?;
        let after = Operator { left: true, ..before.clone() };
        if let Some(batch) = edits::edit_operator(self.door.me, id, before, &after) {
            self.commit(ticket, &batch, tell);
        }
        Ok(())
    }
}

/// What concerns one slot alone.
fn own_task(
    vault: &mut Vault,
    keys: &Keyring,
    (task, me, own): (KeysTask, Id, &[&str]),
    person: &dyn Fn(Id) -> Option<Operator>,
    profile: &DeskProfile,
    now: chrono::DateTime<chrono::FixedOffset>,
    tell: Tell<'_>,
) -> Result<(Result<(), Say>, &'static str), Say> {
    let slot = |passphrase| Newcomer { operator: me, passphrase, second: None, names: own };
    Ok(match task {
        KeysTask::GivePassphrase { id, passphrase } => {
            let names = names(&person(id).ok_or_else(|| VaultError::NoSlot.say())?, profile);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let newcomer = Newcomer { operator: id, passphrase: &passphrase, second: None, names: &names };
            (vault.give(keys, &newcomer, now).map_err(|error| error.say()), "give-passphrase")
        }
        KeysTask::ChangePassphrase { old, new, code } => {
            let changed = vault.change_passphrase(keys, &slot(&new), &old, code.as_deref(), now);
            (changed.map_err(|error| error.say()), "change-passphrase")
        }
        KeysTask::SetSecondFactor { passphrase, code, second } => {
            let confirmed = Confirmed::new(&second.secret, &second.code, now);
            let confirmed = confirmed.ok_or_else(|| UnlockError::CodeWrong.say())?;
            let newcomer = Newcomer { second: Some(confirmed), ..slot(&passphrase) };
            let set = vault.set_second_factor(keys, &newcomer, code.as_deref(), now);
            (set.map_err(|error| error.say()), "set-second-factor")
        }
        KeysTask::DropSecondFactor { passphrase, code } => {
            let dropped = vault.set_second_factor(keys, &slot(&passphrase), Some(&code), now);
            (dropped.map_err(|error| error.say()), "drop-second-factor")
        }
        KeysTask::NewRecoveryKey => {
            let key = vault.new_recovery_key(keys, now).map_err(|error| error.say())?;
            tell(Answered::Said(Msg::RecoveryKey { key }));
            (Ok(()), "new-recovery-key")
        }
        KeysTask::AddOperator { .. }
        | KeysTask::RemoveOperator { .. }
        | KeysTask::CheckSecond(_)
        | KeysTask::Holders => (Ok(()), ""),
    })
}
