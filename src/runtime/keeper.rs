//! What is done with the store, one request at a time: opening, saving, drafts, questions, and reading the desk in
//! steps. Knows no thread: the worker's thread has one, and so have tests.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::hands::Ids;
use crate::app::msg::{Effect, Instead, Msg, Query, SheetTask};
use crate::desk::say::Say;
use crate::journal::{Disk, Drafts, Journal, Options, RealDisk, StoreCheck};

use super::backups::Job;
use super::deriving::Deriving;
use super::eyes::Eyes;
use super::looks::Looks;
use super::reading::{self, Gathered, Rest};
use super::{clock, fault, setup};
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
    /// The same disk, where it may be written to although the desk is only read: for the notes of who looked.
    beside: Arc<dyn Disk>,
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
    /// Sheets to be made or read, on another thread; with the day on which that was asked.
    sheets: Vec<(SheetTask, NaiveDate)>,
    /// The day for which the access log has that the daily backup failed: a stick that is out fails every few minutes.
    backup_failed: Option<NaiveDate>,
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
    /// Persons on their way; none when they are all there.
    deriving: Option<Deriving>,
}

impl Desk {
    fn new(journal: Journal, drafts: Drafts, rest: Rest) -> Self {
        let renews = journal.is_renewing();
        Self {
            journal,
            drafts,
            rest,
            gathered: Gathered::default(),
            check: None,
            renews,
            disposes: false,
            deriving: None,
        }
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
            beside: Arc::clone(&disk),
            disk,
            options,
            clock,
            ids,
            desk: None,
            read_only: false,
            looks,
            door,
            jobs,
            sheets: Vec::new(),
            backup_failed: None,
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
                if let Query::Log(_) | Query::Looks(..) | Query::Reviews | Query::Recent(..) = query {
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
            Effect::Sheets(task) => self.sheets.push((*task, (self.clock)().date_naive())),
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
            Effect::Print(_) | Effect::Copy(_) | Effect::Redraw | Effect::Quit => {}
        }
    }
}

mod beside;
mod deriving;
mod going_on;
mod keys;
mod mend;
mod opening;
#[cfg(test)]
mod removal_tests;
mod saving;
mod shut;
#[cfg(test)]
mod tests;
