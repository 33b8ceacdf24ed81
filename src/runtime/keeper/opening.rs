//! From the keys at hand to an open desk, and what the screen has to know of it at once. Knows no passphrase.

use crate::app::msg::{Msg, Opening, SMALL_KINDS};
use crate::desk::access::{Access, Details, Look};
use crate::desk::id::Id;
use crate::desk::record::{Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::journal::{Journal, ReadError, StoreCheck, Told};
use crate::runtime::reading::{self, Rest};
use crate::runtime::{entry, fault, noted, setup};

use super::{Answered, Desk, Keeper, Tell};

impl Keeper {
    /// Opens the desk behind the keys that are at hand, and tells what is in it, enough to work with.
    pub(super) fn open_journal(&mut self, tell: Tell<'_>) {
        self.options.now = (self.clock)();
        let options = self.door.behind(&self.options);
        match fault::guarded(|| entry::open(&self.folder, &self.disk, &options, self.read_only)) {
            Ok(Ok((journal, opened))) => {
                self.opened(journal, &opened.told, tell);
                if let Some(desk) = self.desk.as_mut().filter(|_| !opened.checked) {
                    desk.check = Some(StoreCheck::default());
                }
            }
            Ok(Err(error)) => self.not_opened(&error, tell),
            Err(fault::Fault) => self.refused_as(Say::new("runtime-store-fault"), tell),
        }
    }

    pub(super) fn fresh(&self) -> Opening {
        Opening { fresh: true, folder: self.folder.display().to_string(), ..Opening::default() }
    }

    pub(super) fn opened(&mut self, mut journal: Journal, told: &[Told], tell: Tell<'_>) {
        let drafts = journal.drafts();
        if let Ok(false) = fault::guarded(|| setup::is_filled(&journal)) {
            // An earlier set-up was cut off between making the desk and its first save.
            self.desk = Some(Desk::new(journal, drafts, Rest::Nothing));
            tell(Answered::Said(Msg::Opened(Box::new(self.fresh()))));
            return;
        }
        let mut settled = self.settle(&mut journal);
        if !self.read_only {
            settled.extend(noted::take_over(&mut journal, &*self.disk, &self.door.keyring, (self.clock)()));
        }
        let read = fault::guarded(|| self.opening(&journal, told));
        match read {
            Ok(Ok(mut opening)) => {
                opening.notices.extend(settled);
                self.desk = Some(Desk::new(journal, drafts, Rest::first()));
                self.begin_deriving();
                if let Some(operator) = opening.last_operator {
                    let task = if self.read_only { "read-only" } else { "" }.to_owned();
                    let login = Look::new(Access::Login, RecordKey::new(Kind::Operator, operator));
                    self.look(login.with(Details { task, ..Details::default() }).batch(operator));
                }
                tell(Answered::Said(Msg::Opened(Box::new(opening))));
            }
            Ok(Err(error)) => self.refuse(&error, tell),
            Err(fault::Fault) => self.refused_as(Say::new("runtime-store-fault"), tell),
        }
    }

    pub(super) fn opening(&self, journal: &Journal, told: &[Told]) -> Result<Opening, ReadError> {
        let mut opening = Opening {
            desk: journal.desk(),
            read_only: journal.is_read_only(),
            folder: self.folder.display().to_string(),
            notices: told.iter().filter(|told| told.is_grave()).map(Explain::say).collect(),
            remarks: told.iter().filter(|told| !told.is_grave()).map(Explain::say).collect(),
            last_operator: Some(self.door.me).filter(|me| !me.is_nil()),
            cut_off: told.contains(&Told::UncleanStop),
            sealed: self.door.is_sealed(),
            ..Opening::default()
        };
        for kind in SMALL_KINDS {
            for record in journal.each(kind) {
                match record {
                    Ok((id, value)) => opening.records.push((RecordKey::new(kind, id), value)),
                    // One damaged record must not close the desk.
                    Err(error) => opening.notices.push(error.say()),
                }
            }
        }
        opening.cases = reading::open_cases(journal, &mut opening.notices)?;
        if journal.is_read_only() {
            // They belong to whoever has the desk open, or wait until it can be written to again.
            let waiting = journal.drafts().count().unwrap_or_default();
            if waiting > 0 {
                opening.notices.push(Say::new("runtime-drafts-wait").with("count", waiting.to_string()));
            }
            return Ok(opening);
        }
        let (drafts, told) = journal.drafts().list()?;
        // A crash between a commit and the removal of its draft leaves the draft of a call that is kept.
        let is_kept = |id: Id| matches!(journal.get(RecordKey::new(Kind::Contact, id)), Ok(Some(_)));
        let (kept, open): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|(id, _)| is_kept(*id));
        for (id, _) in kept {
            let _ = journal.drafts().remove(id);
        }
        opening.last_numbers = reading::last_numbers(journal, (self.clock)().date_naive(), &open)?;
        opening.drafts = open;
        opening.notices.extend(told.iter().map(Explain::say));
        Ok(opening)
    }

    pub(super) fn refuse(&mut self, error: &(impl Explain + std::error::Error), tell: Tell<'_>) {
        tracing::warn!(%error, "the data folder was not opened");
        self.refused_as(error.say(), tell);
    }

    pub(super) fn refused_as(&mut self, say: Say, tell: Tell<'_>) {
        self.refused = say.clone();
        tell(Answered::Said(Msg::NotOpened(say)));
    }
}
