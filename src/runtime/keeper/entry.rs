//! Who may come in: the passphrase at the start and after a lock, sealing a desk of before, and what is done with keys.
#![allow(clippy::wildcard_enum_match_arm, reason = "each function takes the few effects and tasks that are its own")]

use crate::app::msg::{Effect, Msg, Setup, Ticket};
use crate::desk::access::{self, Access};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::operator::{DeskProfile, Operator, Role};
use crate::desk::record::{Explain, Kind};
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::journal::Options;
use crate::journal::vault::{Cost, Keyring, Newcomer, UnlockError, Unlocked, Vault};
use crate::runtime::entry::{self, Clear, DEMO, Found, Made};
use crate::runtime::{fault, setup};

use super::{Answered, Keeper, Tell};

/// The keys of the desk in the folder, and who came in with them.
pub(super) struct Door {
    pub(super) vault: Option<Vault>,
    pub(super) keyring: Keyring,
    cost: Cost,
    /// Who opened the desk; nobody while it is closed.
    pub(super) me: Id,
    /// The passphrase that the command line gave, for the first try; in a demo it becomes the passphrase.
    given: Option<Secret>,
}

impl Door {
    pub(super) fn new() -> Self {
        Self {
            vault: None,
            keyring: Keyring::empty(),
            cost: entry::cost_here(&|name| std::env::var(name).ok()),
            me: Id::NIL,
            given: None,
        }
    }

    /// The options behind the keys that are at hand.
    pub(super) fn behind(&self, options: &Options) -> Options {
        entry::behind(options, &self.keyring)
    }

    /// Whether the desk is locked: nothing of it can be read or written.
    pub(super) fn is_locked(&self) -> bool {
        self.vault.is_some() && self.keyring.is_locked()
    }

    /// Whether the desk is sealed: everyone is.
    pub(super) const fn is_sealed(&self) -> bool {
        self.vault.is_some()
    }

    fn take_over(&mut self, made: Made) -> Secret {
        self.keyring.fill(&made.unlocked.keyring);
        self.me = made.unlocked.operator;
        self.vault = Some(made.vault);
        made.recovery
    }

    /// What was sealed with older keys has been written anew.
    pub(super) fn retire(&mut self) {
        if let Some(vault) = &mut self.vault
            && let Err(error) = entry::retire(vault, &self.keyring)
        {
            tracing::warn!(%error, "an old key could not be retired; the next opening does it");
        }
    }
}

impl Keeper {
    /// The same with a passphrase for the first try; in a demo that is made it becomes the passphrase.
    #[must_use]
    pub fn with_passphrase(mut self, passphrase: Option<Secret>) -> Self {
        self.door.given = passphrase;
        self
    }

    /// The same where a try of a passphrase costs this much: for tests, which try very often.
    #[must_use]
    pub const fn with_cost(mut self, cost: Cost) -> Self {
        self.door.cost = cost;
        self
    }

    /// Looks what lies in the folder, and asks for what opens it.
    pub(super) fn approach(&mut self, tell: Tell<'_>) {
        match fault::guarded(|| entry::find(&self.folder, &self.disk, self.read_only)) {
            Ok(Ok(Found::Nothing)) => tell(Answered::Said(Msg::Opened(Box::new(self.fresh())))),
            Ok(Ok(Found::Sealed(vault))) => self.ask_passphrase(*vault, tell),
            Ok(Ok(Found::InClear(clear))) => self.ask_seal(&clear, tell),
            Ok(Err(error)) => self.not_opened(&error, tell),
            Err(fault::Fault) => self.refused_as(Say::new("runtime-store-fault"), tell),
        }
    }

    fn ask_passphrase(&mut self, vault: Vault, tell: Tell<'_>) {
        let mut vault = vault.with_cost(self.door.cost);
        let (demo, wait) = (vault.is_demo(), vault.wait((self.clock)()));
        self.door.vault = Some(vault);
        self.refused = Say::new("journal-locked");
        tell(Answered::Said(Msg::AskPassphrase { demo, wait }));
        if let Some(given) = self.door.given.take() {
            self.unlock(&given, None, tell);
        }
    }

    fn ask_seal(&mut self, clear: &Clear, tell: Tell<'_>) {
        let given = self.door.given.take();
        let passphrase = given.or_else(|| clear.profile.demo.then(|| Secret::passphrase(DEMO)));
        let operators = clear.operators.iter().map(|(id, operator)| (*id, operator.name.clone())).collect();
        tell(Answered::Said(Msg::AskSeal { operators }));
        if let (Some(passphrase), Some((operator, _))) = (passphrase, clear.operators.first()) {
            self.seal_desk(*operator, &passphrase, tell);
        }
    }

    /// Carries out what concerns the keys.
    pub(super) fn enter(&mut self, effect: Effect, tell: Tell<'_>) {
        match effect {
            Effect::Unlock { passphrase, code } => self.unlock(&passphrase, code.as_deref(), tell),
            Effect::UnlockByRecovery { key, operator, passphrase } => self.recover(&key, operator, &passphrase, tell),
            Effect::Lock => self.lock(tell),
            Effect::SealDesk { operator, passphrase } => self.seal_desk(operator, &passphrase, tell),
            Effect::Keys { ticket, task } => self.keys(ticket, task, tell),
            _ => {}
        }
    }

    fn unlock(&mut self, passphrase: &Secret, code: Option<&str>, tell: Tell<'_>) {
        let now = (self.clock)();
        let Some(vault) = &mut self.door.vault else { return stays_closed(self.refused.clone(), tell) };
        match fault::guarded(|| vault.unlock(passphrase, code, now)) {
            Ok(Ok(unlocked)) => self.came_in(&unlocked, unlocked.operator, tell),
            Ok(Err(error)) => self.kept_out(&error, tell),
            Err(fault::Fault) => stays_closed(Say::new("runtime-store-fault"), tell),
        }
    }

    fn kept_out(&mut self, error: &UnlockError, tell: Tell<'_>) {
        let wait = self.door.vault.as_mut().and_then(|vault| vault.wait((self.clock)()));
        let code_needed = matches!(error, UnlockError::CodeNeeded | UnlockError::CodeWrong);
        tell(Answered::Said(Msg::NotUnlocked { say: error.say(), code_needed, wait }));
    }

    /// The passphrase was right: the keys are at hand, and the desk opens, or goes on where it was locked.
    fn came_in(&mut self, unlocked: &Unlocked, operator: Id, tell: Tell<'_>) {
        self.door.keyring.fill(&unlocked.keyring);
        self.door.me = operator;
        let _ = setup::remember_operator(&self.folder, &*self.disk, operator);
        let at_start = self.desk.is_none();
        if !at_start && self.is_viewer(operator) {
            // What is behind the lock was read for somebody who may see names.
            self.door.keyring.wipe();
            return stays_closed(Say::new("vault-viewer-behind-lock"), tell);
        }
        tell(Answered::Said(Msg::Unlocked { operator }));
        if at_start {
            self.open_journal(tell);
        } else {
            self.look(access::session(Access::Unlock, operator, false));
        }
        let Some(desk) = &self.desk else { return };
        let desk = desk.journal.desk();
        let tried: Vec<_> = unlocked.failures.iter().map(|failure| failure.at).collect();
        let kind = if at_start { Access::LoginFailed } else { Access::UnlockFailed };
        let failed = access::failed_tries(kind, desk, operator, &tried);
        if unlocked.healed {
            tell(Answered::Said(Msg::Warned(vec![Say::new("vault-healed")])));
        }
        if let Some(batch) = failed {
            self.look(batch);
            self.keep_looks(tell);
            if let Some(vault) = self.door.vault.as_mut().filter(|_| !self.looks.is_due()) {
                vault.failures_are_logged();
            }
        }
    }

    /// Whether this operator sees lists without persons only; who is not known does.
    fn is_viewer(&self, operator: Id) -> bool {
        let Ok((operators, _)) = self.people() else { return true };
        let found = operators.iter().find(|(id, _)| *id == operator);
        found.is_none_or(|(_, operator)| Role::from_code(&operator.role) == Role::Viewer)
    }

    fn recover(&mut self, key: &Secret, operator: Option<Id>, passphrase: &Secret, tell: Tell<'_>) {
        let now = (self.clock)();
        let Some(vault) = &mut self.door.vault else { return stays_closed(self.refused.clone(), tell) };
        let unlocked = match fault::guarded(|| vault.unlock_by_recovery(key, now)) {
            Ok(Ok(unlocked)) => unlocked,
            Ok(Err(error)) => return self.kept_out(&error, tell),
            Err(fault::Fault) => return stays_closed(Say::new("runtime-store-fault"), tell),
        };
        self.door.keyring.fill(&unlocked.keyring);
        let known = self.people();
        let Some(operator) = operator else {
            self.door.keyring.wipe();
            return match known {
                Ok((operators, _)) => {
                    let names = operators.into_iter().map(|(id, operator)| (id, operator.name)).collect();
                    tell(Answered::Said(Msg::Recovering { operators: names }));
                }
                Err(say) => stays_closed(say, tell),
            };
        };
        let given = known.and_then(|(operators, profile)| {
            let person = operators.iter().find(|(id, _)| *id == operator).map(|(_, person)| person.clone());
            let names = names(&person.unwrap_or_default(), &profile);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let newcomer = Newcomer { operator, passphrase, second: None, names: &names };
            let Some(vault) = &mut self.door.vault else { return Err(Say::new("journal-locked")) };
            vault.give(&self.door.keyring, &newcomer, now).map_err(|error| error.say())
        });
        match given {
            Ok(()) => self.came_in(&unlocked, operator, tell),
            Err(say) => {
                self.door.keyring.wipe();
                stays_closed(say, tell);
            }
        }
    }

    /// Who has not left, by reading, and the desk's profile; of a desk that is closed too, once the keys are at hand.
    pub(super) fn people(&self) -> Result<(Vec<(Id, Operator)>, DeskProfile), Say> {
        let opened;
        let journal = if let Some(desk) = &self.desk {
            &desk.journal
        } else {
            let options = entry::behind(&self.options, &self.door.keyring);
            opened = entry::open(&self.folder, &self.disk, &options, self.read_only).map_err(|error| error.say())?.0;
            &opened
        };
        let (mut operators, mut profile): (Vec<(Id, Operator)>, _) = (Vec::new(), DeskProfile::default());
        for (id, value) in journal.each(Kind::Operator).flatten() {
            operators.extend(serde_json::from_value(value).ok().map(|operator| (id, operator)));
        }
        for (_, value) in journal.each(Kind::Desk).flatten() {
            profile = serde_json::from_value(value).unwrap_or_default();
        }
        operators.retain(|(_, operator)| !operator.left);
        operators.sort_by(|(_, a), (_, b)| (&a.kana, &a.name).cmp(&(&b.kana, &b.name)));
        Ok((operators, profile))
    }

    /// What was asked for before has been carried out; now the keys go.
    fn lock(&mut self, tell: Tell<'_>) {
        if !self.door.is_sealed() || self.desk.is_none() || self.door.is_locked() {
            return;
        }
        self.look(access::session(Access::Lock, self.door.me, false));
        self.keep_looks(tell);
        self.door.keyring.wipe();
    }

    fn seal_desk(&mut self, operator: Id, passphrase: &Secret, tell: Tell<'_>) {
        self.options.now = (self.clock)();
        let (folder, disk, options, cost) = (&self.folder, &self.disk, &self.options, self.door.cost);
        match fault::guarded(|| entry::seal(folder, disk, options, (operator, passphrase), cost)) {
            Ok(Ok(made)) => {
                let recovery = self.door.take_over(made);
                self.open_journal(tell);
                self.make_supervisor(operator, tell);
                tell(Answered::Said(Msg::RecoveryKey { key: recovery }));
            }
            Ok(Err(say)) => stays_closed(say, tell),
            Err(fault::Fault) => stays_closed(Say::new("runtime-store-fault"), tell),
        }
    }

    /// Who seals a desk of before keeps its operators from now on, unless somebody does already.
    fn make_supervisor(&mut self, operator: Id, tell: Tell<'_>) {
        let Ok((operators, _)) = self.people() else { return };
        let there = operators.iter().any(|(_, o)| Role::from_code(&o.role) == Role::Supervisor);
        let Some((_, before)) = operators.iter().find(|(id, _)| *id == operator).filter(|_| !there) else { return };
        let after = Operator { role: Role::Supervisor.code().to_owned(), ..before.clone() };
        if let Some(batch) = edits::edit_operator(operator, operator, before, &after) {
            self.commit(Ticket::default(), &batch, tell);
        }
    }

    /// Makes or finishes a desk as the first screen wishes.
    pub(super) fn set_up(&mut self, setup: &Setup, tell: Tell<'_>) {
        self.options.now = (self.clock)();
        let (folder, disk, options, ids) = (&self.folder, &self.disk, &self.options, &mut self.ids);
        let (begun, door) = (self.desk.take(), &mut self.door);
        let fresh = begun.is_none();
        let kept = (door.cost, door.given.as_ref());
        let filled = fault::guarded(|| match begun {
            Some(mut begun) => {
                let made = setup::finish(&mut begun.journal, &door.keyring, disk, setup, options.now, ids, kept)?;
                Ok((begun.journal, made))
            }
            None => setup::create(folder, disk, options, setup, ids, kept).map(|desk| (desk.journal, desk.made)),
        });
        match filled {
            Ok(Ok((journal, made))) => {
                if fresh {
                    // The journal seals with the keyring that it was made with: it becomes the door's.
                    self.door.keyring = made.unlocked.keyring.clone();
                }
                let recovery = self.door.take_over(made);
                self.opened(journal, &[], tell);
                if *setup != Setup::Demo {
                    tell(Answered::Said(Msg::RecoveryKey { key: recovery }));
                }
            }
            Ok(Err(say)) => self.refused_as(say, tell),
            Err(fault::Fault) => self.refused_as(Say::new("runtime-store-fault"), tell),
        }
    }
}

fn stays_closed(say: Say, tell: Tell<'_>) {
    tell(Answered::Said(Msg::NotUnlocked { say, code_needed: false, wait: None }));
}

/// What no passphrase of this operator may be made of.
pub(super) fn names(operator: &Operator, profile: &DeskProfile) -> [String; 3] {
    [operator.name.clone(), operator.kana.clone(), profile.name.clone()]
}
