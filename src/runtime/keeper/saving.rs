//! Changes and drafts on their way to the disk. What an earlier failure left behind is put right on the way.

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use crate::app::msg::{Committed, Msg, Ticket};
use crate::desk::id::Id;
use crate::desk::record::{Batch, Explain};
use crate::desk::say::Say;
use crate::journal::{CommitError, Journal, OpenError, Receipt, TakenBack, Told};
use crate::runtime::{fault, reading};

use super::{Answered, Keeper, Tell, mend};

impl Keeper {
    pub(super) fn commit(&mut self, ticket: Ticket, batch: &Batch, tell: Tell<'_>) {
        let at = (self.clock)();
        if let Some(Ok(true)) = self.desk.as_ref().map(|desk| fault::guarded(|| reading::is_gone(&desk.journal, batch)))
        {
            return tell(Answered::Said(Msg::NotCommitted { ticket, say: Say::new("runtime-case-gone") }));
        }
        let said = match self.write(tell, |journal| journal.commit(batch.clone(), at)) {
            Ok(receipt) => {
                self.note_persons(&receipt);
                Msg::Committed { ticket, receipt: committed(receipt, batch.what.clone()) }
            }
            Err(say) => Msg::NotCommitted { ticket, say },
        };
        tell(Answered::Said(said));
    }

    pub(super) fn take_back(
        &mut self,
        ticket: Ticket,
        tell: Tell<'_>,
        take: impl Fn(&mut Journal, DateTime<FixedOffset>) -> Result<Option<TakenBack>, CommitError>,
    ) {
        let at = (self.clock)();
        let said = match self.write(tell, |journal| take(journal, at)) {
            Ok(Some(back)) => {
                self.note_persons(&back.receipt);
                Msg::Committed { ticket, receipt: committed(back.receipt, back.what) }
            }
            Ok(None) => Msg::NothingToUndo { ticket },
            Err(say) => Msg::NotCommitted { ticket, say },
        };
        tell(Answered::Said(said));
    }

    /// Writes to the journal. What an earlier failure left behind is put right first, and once more after a failure
    /// that repair can help with.
    pub(super) fn write<T>(
        &mut self,
        tell: Tell<'_>,
        work: impl Fn(&mut Journal) -> Result<T, CommitError>,
    ) -> Result<T, Say> {
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

    pub(super) fn save_draft(&mut self, id: Id, version: u64, draft: &Value, tell: Tell<'_>) {
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

/// What the app is told of it.
pub(super) fn committed(receipt: Receipt, what: String) -> Committed {
    Committed { batch: receipt.batch, at: receipt.at, what, records: receipt.records }
}
