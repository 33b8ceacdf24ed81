//! What is done with the store, one request at a time: opening, saving, drafts, questions, and reading the desk in
//! steps. Knows no thread: the worker's thread has one, and so have tests.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use crate::app::hands::Ids;
use crate::app::msg::{Committed, Effect, Instead, Msg, Opening, Query, SMALL_KINDS, Ticket};
use crate::desk::access::{self, Access};
use crate::desk::id::Id;
use crate::desk::record::{Batch, Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::journal::{
    CommitError, Disk, Drafts, Journal, OpenError, Options, ReadError, RealDisk, Receipt, StoreCheck, TakenBack, Told,
};

use super::backups::Job;
use super::eyes::Eyes;
use super::looks::Looks;
use super::reading::{self, Gathered, Rest};
use super::{clock, entry as entering, fault, setup};
use entry::Door;

mod entry;

mod disposal;

/// An answer of the store.
#[derive(Debug)]
pub enum Answered {
    /// For the app.
    Said(Msg),
    /// The data folder is open elsewhere: for the app, which offers to read it, and for the exit code.
    OpenElsewhere(Say),
}

impl Answered {
    /// The app's part of it.
    pub fn into_msg(self) -> Msg {
        match self {
            Self::Said(message) => message,
            Self::OpenElsewhere(say) => Msg::Shut { say, instead: vec![Instead::ReadOnly, Instead::Again] },
        }
    }
}

/// Where answers go.
pub type Tell<'a> = &'a mut dyn FnMut(Answered);

/// The data folder, its desk when it is open, and what is still to be read of it.
pub struct Keeper {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    options: Options,
    clock: Box<dyn Fn() -> DateTime<FixedOffset> + Send>,
    ids: Ids,
    desk: Option<Desk>,
    looks: Looks,
    /// Whether the desk is only read.
    read_only: bool,
    door: Door,
    eyes: Eyes,
    /// What is to be done with backups, on another thread.
    jobs: Vec<Job>,
    /// Why there is no desk to write to.
    refused: Say,
}

struct Desk {
    journal: Journal,
    drafts: Drafts,
    rest: Rest,
    gathered: Gathered,
    /// How far the check behind the screen has come; none when opening did it, or when it is done.
    check: Option<StoreCheck>,
    /// Whether a renewal is on its way that can go on.
    renews: bool,
    /// Whether what goes with a disposal is being removed: worth saying when it is done.
    disposes: bool,
}

impl Desk {
    fn new(journal: Journal, drafts: Drafts, rest: Rest) -> Self {
        let renews = journal.is_renewing();
        Self { journal, drafts, rest, gathered: Gathered::default(), check: None, renews, disposes: false }
    }

    /// Whether a step of a renewal would do something now: not while the journal waits for the disk, nor while a backup
    /// reads the segments.
    fn renews(&self) -> bool {
        let journal = &self.journal;
        let waits = journal.is_stopped() || journal.is_store_behind() || journal.is_read_only();
        self.renews && !waits && journal.claims().take().is_some()
    }
}

impl Keeper {
    /// The keeper of a folder on this computer. `seed` is random, for the identities of a new desk.
    pub fn on_disk(folder: PathBuf, seed: [u8; 32]) -> Self {
        // Who is asked by a second process that finds the desk open: the name that this computer knows.
        let who = ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
        let options = Options { who, ..Options::new(clock::wall()) };
        Self::new(folder, Arc::new(RealDisk), options, Box::new(clock::wall), seed)
    }

    /// The keeper of a folder on this disk, with this clock.
    pub fn new(
        folder: PathBuf,
        disk: Arc<dyn Disk>,
        options: Options,
        clock: Box<dyn Fn() -> DateTime<FixedOffset> + Send>,
        seed: [u8; 32],
    ) -> Self {
        let (ids, refused) = (Ids::new(seed), Say::new("runtime-not-open"));
        let (looks, jobs, door) = (Looks::default(), Vec::new(), Door::new());
        Self {
            folder,
            disk,
            options,
            clock,
            ids,
            desk: None,
            read_only: false,
            looks,
            door,
            jobs,
            eyes: Eyes::default(),
            refused,
        }
    }

    /// Another clock from now on: tests let time pass.
    pub fn set_clock(&mut self, clock: Box<dyn Fn() -> DateTime<FixedOffset> + Send>) {
        self.clock = clock;
    }

    /// Looks at the data folder and asks for what opens it: the passphrase, or what a new desk is to be.
    pub fn open(&mut self, tell: Tell<'_>) {
        self.options.now = (self.clock)();
        self.seen(tell, Self::approach);
    }

    /// Has work done whose answers are seen by who sits at the desk: everything that leaves the keeper goes by here.
    fn seen(&mut self, tell: Tell<'_>, work: impl FnOnce(&mut Self, Tell<'_>)) {
        let mut eyes = std::mem::take(&mut self.eyes);
        work(self, &mut |answered| {
            tell(match answered {
                Answered::Said(message) => Answered::Said(eyes.pass(message)),
                Answered::OpenElsewhere(say) => Answered::OpenElsewhere(say),
            });
        });
        self.eyes = eyes;
    }

    /// Opens the desk behind the keys that are at hand, and tells what is in it, enough to work with.
    fn open_journal(&mut self, tell: Tell<'_>) {
        self.options.now = (self.clock)();
        let options = self.door.behind(&self.options);
        match fault::guarded(|| entering::open(&self.folder, &self.disk, &options, self.read_only)) {
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

    /// Whether there is more to read of the desk, or to check.
    pub fn has_more(&self) -> bool {
        // While a backup reads the segments a renewal stands still; the end of the backup wakes it.
        let renews = |desk: &Desk| desk.renews() && !desk.journal.claims().is_taken();
        let to_read = |desk: &Desk| desk.rest != Rest::Nothing || desk.check.is_some() || renews(desk);
        let to_do = self.desk.as_ref().is_some_and(|desk| to_read(desk) || self.looks.is_due());
        // Without the keys nothing is read and nothing is written: it waits for who comes back.
        to_do && !self.door.is_locked()
    }

    /// Writes what waits for the access log, or else reads a little more of the desk.
    pub fn read_on(&mut self, tell: Tell<'_>) {
        self.seen(tell, Self::go_on_reading);
    }

    fn go_on_reading(&mut self, tell: Tell<'_>) {
        if self.looks.is_due() {
            return self.keep_looks(tell);
        }
        let Some(desk) = &mut self.desk else { return };
        if desk.rest == Rest::Nothing {
            if desk.renews() {
                return self.renew_on(tell);
            }
            return mend::check_on(desk, tell);
        }
        match fault::guarded(|| reading::step(&desk.journal, desk.rest)) {
            Ok((arrival, rest)) => {
                desk.rest = rest;
                desk.gathered.add(arrival, &mut |arrival| tell(Answered::Said(Msg::Arrived(arrival))));
            }
            // The screen goes on saying that not everything has arrived, which is true.
            Err(fault::Fault) => desk.rest = Rest::Nothing,
        }
    }

    /// Some more of a renewal: after an operator was removed, or a disposal.
    fn renew_on(&mut self, tell: Tell<'_>) {
        let Some(desk) = &mut self.desk else { return };
        match fault::guarded(|| desk.journal.renewal_step()) {
            Ok(Ok(true)) => {
                desk.renews = false;
                let disposed = std::mem::take(&mut desk.disposes);
                self.door.retire();
                if disposed {
                    tell(Answered::Said(Msg::Noted(Say::new("retention-removed"))));
                }
            }
            Ok(Ok(false)) => {}
            Ok(Err(error)) => {
                // The plan is on the disk: the next start goes on with it.
                desk.renews = false;
                tell(Answered::Said(Msg::Warned(vec![error.say()])));
            }
            Err(fault::Fault) => desk.renews = false,
        }
    }

    /// Nothing is waiting: the store may put its house in order.
    pub fn idle(&mut self) {
        if let Some(desk) = &mut self.desk
            && let Ok(Err(error)) = fault::guarded(|| desk.journal.idle())
        {
            tracing::warn!(%error, "the store could not be flushed");
        }
    }

    /// Closes the desk with the mark of a clean stop.
    pub fn close(&mut self) {
        self.keep_looks(&mut |_| {});
        if let Some(desk) = self.desk.take() {
            drop(desk.drafts);
            if let Ok(Err(_)) | Err(fault::Fault) = fault::guarded(|| desk.journal.close()) {
                tracing::warn!("the desk was not closed cleanly; the next start checks it");
            }
        }
    }

    /// Carries out an effect that concerns the store; the others are the loop's.
    pub fn carry_out(&mut self, effect: Effect, tell: Tell<'_>) {
        match self.eyes.refuses(&effect) {
            Some(answer) => tell(Answered::Said(answer)),
            None => self.seen(tell, |keeper, tell| keeper.act(effect, tell)),
        }
    }

    fn act(&mut self, effect: Effect, tell: Tell<'_>) {
        if let Effect::Commit { .. } | Effect::Dispose { .. } | Effect::Undo { .. } | Effect::Redo { .. } = effect
            && let Some(desk) = &mut self.desk
        {
            // What was read before a change must not arrive behind it.
            desk.gathered.hand_on(&mut |arrival| tell(Answered::Said(Msg::Arrived(arrival))));
        }
        self.looks.retry();
        match effect {
            Effect::OpenInstead(instead) => self.open_instead(instead, tell),
            Effect::Look(batch) => self.look(batch),
            Effect::Commit { ticket, batch } => self.commit(ticket, &batch, tell),
            Effect::Dispose { ticket, disposal, operator } => self.dispose(ticket, disposal, operator, tell),
            Effect::Undo { ticket, operator } => self.take_back(ticket, tell, |journal, at| journal.undo(operator, at)),
            Effect::Redo { ticket, operator } => self.take_back(ticket, tell, |journal, at| journal.redo(operator, at)),
            Effect::SaveDraft { id, version, draft } => self.save_draft(id, version, &draft, tell),
            Effect::RemoveDraft { id } => {
                if let Some(desk) = &self.desk
                    && let Err(error) = desk.drafts.remove(id)
                {
                    // It shows again at the next start, where it can be dropped.
                    tracing::warn!(%id, %error, "a draft could not be removed");
                }
            }
            Effect::Load { ticket, query } => {
                if let Query::Log(_) | Query::Looks(..) | Query::Reviews = query {
                    // The log is complete when it is read.
                    self.keep_looks(tell);
                }
                let answer = match &self.desk {
                    Some(desk) => fault::guarded(|| reading::answer(&desk.journal, &query))
                        .unwrap_or_else(|_| reading::failed(Say::new("runtime-store-fault"))),
                    None => reading::failed(self.refused.clone()),
                };
                tell(Answered::Said(Msg::Loaded { ticket, answer }));
            }
            Effect::Backup(order) => self.order(order, tell),
            Effect::SetUp(setup) => self.set_up(&setup, tell),
            Effect::RememberOperator(id) => {
                if let Err(error) = setup::remember_operator(&self.folder, &*self.disk, id) {
                    tracing::warn!(%error, "who used the desk last could not be noted");
                }
            }
            effect @ (Effect::Unlock { .. }
            | Effect::UnlockByRecovery { .. }
            | Effect::Lock
            | Effect::SealDesk { .. }
            | Effect::Keys { .. }) => {
                self.enter(effect, tell);
                if let Some(desk) = &mut self.desk {
                    desk.renews = desk.journal.is_renewing();
                }
            }
            Effect::Copy(_) | Effect::Redraw | Effect::Quit => {}
        }
    }

    fn fresh(&self) -> Opening {
        Opening { fresh: true, folder: self.folder.display().to_string(), ..Opening::default() }
    }

    fn opened(&mut self, mut journal: Journal, told: &[Told], tell: Tell<'_>) {
        let drafts = journal.drafts();
        if let Ok(false) = fault::guarded(|| setup::is_filled(&journal)) {
            // An earlier set-up was cut off between making the desk and its first save.
            self.desk = Some(Desk::new(journal, drafts, Rest::Nothing));
            tell(Answered::Said(Msg::Opened(Box::new(self.fresh()))));
            return;
        }
        let settled = self.settle(&mut journal);
        let read = fault::guarded(|| self.opening(&journal, told));
        match read {
            Ok(Ok(mut opening)) => {
                opening.notices.extend(settled);
                self.desk = Some(Desk::new(journal, drafts, Rest::first()));
                if let Some(operator) = opening.last_operator {
                    self.look(access::session(Access::Login, operator, false));
                }
                tell(Answered::Said(Msg::Opened(Box::new(opening))));
            }
            Ok(Err(error)) => self.refuse(&error, tell),
            Err(fault::Fault) => self.refused_as(Say::new("runtime-store-fault"), tell),
        }
    }

    fn opening(&self, journal: &Journal, told: &[Told]) -> Result<Opening, ReadError> {
        let mut opening = Opening {
            desk: journal.desk(),
            read_only: journal.is_read_only(),
            folder: self.folder.display().to_string(),
            notices: told.iter().filter(|told| told.is_grave()).map(Explain::say).collect(),
            remarks: told.iter().filter(|told| !told.is_grave()).map(Explain::say).collect(),
            last_operator: Some(self.door.me).filter(|me| !me.is_nil()),
            sealed: self.door.is_sealed(),
            last_numbers: reading::last_numbers(journal, (self.clock)().date_naive())?,
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
        opening.drafts = open;
        opening.notices.extend(told.iter().map(Explain::say));
        Ok(opening)
    }

    fn refuse(&mut self, error: &(impl Explain + std::error::Error), tell: Tell<'_>) {
        tracing::warn!(%error, "the data folder was not opened");
        self.refused_as(error.say(), tell);
    }

    fn refused_as(&mut self, say: Say, tell: Tell<'_>) {
        self.refused = say.clone();
        tell(Answered::Said(Msg::NotOpened(say)));
    }

    fn commit(&mut self, ticket: Ticket, batch: &Batch, tell: Tell<'_>) {
        let at = (self.clock)();
        if let Some(Ok(true)) = self.desk.as_ref().map(|desk| fault::guarded(|| reading::is_gone(&desk.journal, batch)))
        {
            return tell(Answered::Said(Msg::NotCommitted { ticket, say: Say::new("runtime-case-gone") }));
        }
        let said = match self.write(tell, |journal| journal.commit(batch.clone(), at)) {
            Ok(receipt) => Msg::Committed { ticket, receipt: committed(receipt, batch.what.clone()) },
            Err(say) => Msg::NotCommitted { ticket, say },
        };
        tell(Answered::Said(said));
    }

    fn take_back(
        &mut self,
        ticket: Ticket,
        tell: Tell<'_>,
        take: impl Fn(&mut Journal, DateTime<FixedOffset>) -> Result<Option<TakenBack>, CommitError>,
    ) {
        let at = (self.clock)();
        let said = match self.write(tell, |journal| take(journal, at)) {
            Ok(Some(back)) => Msg::Committed { ticket, receipt: committed(back.receipt, back.what) },
            Ok(None) => Msg::NothingToUndo { ticket },
            Err(say) => Msg::NotCommitted { ticket, say },
        };
        tell(Answered::Said(said));
    }

    /// Writes to the journal. What an earlier failure left behind is put right first, and once more after a failure
    /// that repair can help with.
    fn write<T>(&mut self, tell: Tell<'_>, work: impl Fn(&mut Journal) -> Result<T, CommitError>) -> Result<T, Say> {
        let Some(desk) = &mut self.desk else { return Err(self.refused.clone()) };
        let journal = &mut desk.journal;
        let (mut reserve_used, mut mended) = (false, Vec::new());
        let result = fault::guarded(|| {
            if journal.is_stopped() {
                journal.resume().map_err(|error| error.say())?;
            }
            match work(journal) {
                // A call that is being taken goes before the room kept back for it.
                Err(CommitError::Full { reserve: true }) => {
                    journal.release_reserve().map_err(|error| error.say())?;
                    reserve_used = true;
                    work(journal).map_err(|error| error.say())
                }
                Err(CommitError::StoreBehind | CommitError::Damaged(_)) => {
                    let report = journal.verify().map_err(|error| error.say())?;
                    mended = match journal.repair(&report) {
                        Err(OpenError::Full(_)) if journal.has_reserve() => {
                            journal.release_reserve().map_err(|error| error.say())?;
                            reserve_used = true;
                            journal.repair(&report).map_err(|error| error.say())?
                        }
                        mended => mended.map_err(|error| error.say())?,
                    };
                    work(journal).map_err(|error| error.say())
                }
                result => result.map_err(|error| error.say()),
            }
        });
        if reserve_used {
            tell(Answered::Said(Msg::Warned(vec![Say::new("runtime-reserve-used")])));
        }
        if mended.iter().any(Told::is_damage) {
            tell(Answered::Said(Msg::Warned(mended.iter().map(Explain::say).collect())));
        }
        if let Ok(result) = result {
            return result;
        }
        // Nobody knows what the fault left in memory; the next start reads what is on the disk.
        tracing::error!("a fault while saving: the store is not used any more");
        self.desk = None;
        self.refused = Say::new("runtime-store-fault");
        Err(self.refused.clone())
    }

    fn save_draft(&mut self, id: Id, version: u64, draft: &Value, tell: Tell<'_>) {
        let said = match &mut self.desk {
            None => Msg::DraftNotSaved { id, say: self.refused.clone() },
            Some(_) if self.read_only => Msg::DraftNotSaved { id, say: OpenError::ReadOnly.say() },
            Some(desk) => match fault::guarded(|| mend::save_or_make_room(desk, id, draft, tell)) {
                Ok(Ok(())) => Msg::DraftSaved { id, version },
                Ok(Err(error)) => {
                    tracing::warn!(%id, %error, "a draft was not saved");
                    Msg::DraftNotSaved { id, say: Say::new("runtime-draft-not-saved") }
                }
                Err(fault::Fault) => Msg::DraftNotSaved { id, say: Say::new("runtime-store-fault") },
            },
        };
        tell(Answered::Said(said));
    }
}

fn committed(receipt: Receipt, what: String) -> Committed {
    Committed { batch: receipt.batch, at: receipt.at, what, records: receipt.records }
}

mod beside;
mod mend;
mod shut;
#[cfg(test)]
mod tests;
