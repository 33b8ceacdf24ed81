//! Disposals, asked for by the screen.

use super::saving::committed;
use super::{Answered, Keeper, Tell};
use crate::app::msg::{Msg, Ticket};
use crate::desk::id::Id;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::journal::Journal;
use crate::runtime::{disposing, fault};

impl Keeper {
    /// Agrees to a disposal and begins to carry it out.
    pub(super) fn dispose(&mut self, ticket: Ticket, disposal: Id, operator: Id, tell: Tell<'_>) {
        // What waits for the access log is about cases that are still there, and goes with them.
        self.keep_looks(tell);
        // The second person is who gave their passphrase, whatever the screen says.
        let operator = if self.door.me.is_nil() { operator } else { self.door.me };
        let at = (self.clock)();
        let Some(desk) = &mut self.desk else {
            return tell(Answered::Said(Msg::NotCommitted { ticket, say: self.refused.clone() }));
        };
        let journal = &mut desk.journal;
        let done = fault::guarded(|| {
            if journal.is_stopped() {
                journal.resume().map_err(|error| error.say())?;
            }
            disposing::approve(journal, operator, disposal, at).map_err(|error| error.say())
        });
        match done {
            Ok(Ok(done)) => {
                (desk.renews, desk.disposes) = (desk.journal.is_renewing(), true);
                let receipt = committed(done.receipt, "disposal-done".to_owned());
                tell(Answered::Said(Msg::Committed { ticket, receipt }));
                if !done.told.is_empty() {
                    tell(Answered::Said(Msg::Warned(done.told)));
                }
            }
            Ok(Err(say)) => tell(Answered::Said(Msg::NotCommitted { ticket, say })),
            Err(fault::Fault) => {
                self.desk = None;
                self.refused = Say::new("runtime-store-fault");
                tell(Answered::Said(Msg::NotCommitted { ticket, say: self.refused.clone() }));
            }
        }
    }

    /// Settles what is left of earlier disposals; gives what there is to tell.
    pub(super) fn settle(&self, journal: &mut Journal) -> Vec<Say> {
        if journal.is_read_only() {
            return Vec::new();
        }
        let at = (self.clock)();
        fault::guarded(|| disposing::settle(journal, at)).unwrap_or_else(|_| vec![Say::new("retention-not-settled")])
    }
}
