//! The thread that owns the store, as a queue that is worked off when the simulation says so, and what it promised.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, FixedOffset};
use madoguchi::app::msg::{Effect, Msg};
use madoguchi::desk::secret::Secret;
use madoguchi::journal::MemoryStore;
use madoguchi::journal::vault::Cost;
use madoguchi::runtime::entry;
use madoguchi::runtime::keeper::Keeper;

use crate::ledger::Ledger;
use crate::start::{self, FaultyDisk};

/// The time of day, which the app and the keeper share.
pub type Wall = Arc<Mutex<DateTime<FixedOffset>>>;

/// The keeper with what waits for it.
pub struct Worker {
    keeper: Keeper,
    queue: VecDeque<Effect>,
}

/// What came of one effect.
#[derive(Debug, Default)]
pub struct Done {
    /// The answers, in order.
    pub answers: Vec<Msg>,
    /// A batch was acknowledged.
    pub committed: bool,
    /// It was an undo or a redo.
    pub taken_back: bool,
    /// A batch or a draft was refused.
    pub refused: bool,
    /// A draft was acknowledged.
    pub draft: bool,
}

impl Worker {
    /// The keeper of what is on this disk.
    pub fn new(disk: &FaultyDisk, store: &MemoryStore, wall: &Wall, seed: [u8; 32]) -> Self {
        let options = start::options(store, *wall.lock().unwrap());
        let wall = Arc::clone(wall);
        let clock = Box::new(move || *wall.lock().unwrap());
        let keeper = Keeper::new(start::folder().to_owned(), Arc::new(disk.clone()), options, clock, seed);
        let passphrase = Some(Secret::passphrase(entry::DEMO));
        Self { keeper: keeper.with_cost(Cost::TEST).with_passphrase(passphrase), queue: VecDeque::new() }
    }

    /// Opens the folder; the answers.
    pub fn open(&mut self) -> Vec<Msg> {
        let mut answers = Vec::new();
        self.keeper.open(&mut |answer| answers.push(answer.into_msg()));
        answers
    }

    /// Puts an effect behind the others.
    pub fn ask(&mut self, effect: Effect) {
        self.queue.push_back(effect);
    }

    /// Whether a batch waits.
    pub fn waits_with_a_batch(&self) -> bool {
        self.queue.iter().any(|e| matches!(e, Effect::Commit { .. } | Effect::Undo { .. } | Effect::Redo { .. }))
    }

    /// Does the next thing, if there is one, and enters in the ledger what it promises.
    pub fn step(&mut self, ledger: &mut Ledger) -> Option<Done> {
        let Some(effect) = self.queue.pop_front() else {
            if self.keeper.has_more() {
                let mut done = Done::default();
                self.keeper.read_on(&mut |answer| done.answers.push(answer.into_msg()));
                return Some(done);
            }
            return None;
        };
        let mut done = Done::default();
        match &effect {
            Effect::Commit { .. } => ledger.doubtful += 1,
            Effect::Undo { .. } | Effect::Redo { .. } => {
                ledger.doubtful += 1;
                done.taken_back = true;
            }
            Effect::SaveDraft { id, draft, .. } => {
                let entry = ledger.drafts.entry(*id).or_default();
                entry.tried.push(draft.clone());
                entry.removed = false;
            }
            Effect::RemoveDraft { id } => ledger.drafts.entry(*id).or_default().removed = true,
            _ => {}
        }
        self.keeper.carry_out(effect, &mut |answer| done.answers.push(answer.into_msg()));
        for answer in &done.answers {
            match answer {
                Msg::Committed { receipt, .. } => {
                    ledger.acknowledged(receipt.batch, &receipt.records);
                    done.committed = true;
                }
                Msg::NothingToUndo { .. } => ledger.doubtful -= 1,
                Msg::DraftSaved { id, .. } => {
                    let draft = ledger.drafts.entry(*id).or_default();
                    draft.kept = draft.tried.pop();
                    draft.tried.clear();
                    done.draft = true;
                }
                Msg::NotCommitted { .. } | Msg::DraftNotSaved { .. } => done.refused = true,
                _ => {}
            }
        }
        Some(done)
    }

    /// Nothing is asked for just now: the store puts its house in order.
    pub fn rest(&mut self) {
        self.keeper.idle();
    }

    /// Ends as at the end of the day: everything that waits is done first.
    pub fn close(mut self, ledger: &mut Ledger) {
        while self.step(ledger).is_some() {}
        self.keeper.close();
    }
}
