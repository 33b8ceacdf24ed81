//! Persons made behind the screen of what was kept before there were any, once everything has been read and checked.

use crate::app::msg::{Arrival, Msg};
use crate::journal::Receipt;
use crate::runtime::deriving::Deriving;
use crate::runtime::fault;
use crate::runtime::reading::Rest;

use super::{Answered, Desk, Keeper, Tell};

impl Desk {
    /// Whether a step would do something now: not before the desk is usable, nor while the journal waits for the disk.
    pub(super) fn derives(&self) -> bool {
        let journal = &self.journal;
        let waits = journal.is_stopped() || journal.is_store_behind() || journal.is_read_only();
        self.deriving.is_some() && self.rest == Rest::Nothing && self.check.is_none() && !waits
    }
}

impl Keeper {
    /// A page more of the persons.
    pub(super) fn derive_on(&mut self, tell: Tell<'_>) {
        let at = (self.clock)();
        let Some(desk) = &mut self.desk else { return };
        let Some(deriving) = &mut desk.deriving else { return };
        match fault::guarded(|| deriving.step(&mut desk.journal, at)) {
            Ok(Ok(step)) => {
                if step.done {
                    desk.deriving = None;
                }
                if !step.changed.is_empty() {
                    tell(Answered::Said(Msg::Arrived(Arrival::Changed(step.changed))));
                }
            }
            Ok(Err(error)) => {
                // What was made stays; the next start goes on with the rest.
                tracing::warn!(%error, "persons were not made of earlier records");
                desk.deriving = None;
            }
            Err(fault::Fault) => desk.deriving = None,
        }
    }

    /// What was changed by a call meanwhile counts for the pages to come.
    pub(super) fn note_persons(&mut self, receipt: &Receipt) {
        if let Some(deriving) = self.desk.as_mut().and_then(|desk| desk.deriving.as_mut()) {
            deriving.note(&receipt.records);
        }
    }

    /// A desk with something kept begins, unless it has its persons already.
    pub(super) fn begin_deriving(&mut self) {
        if let Some(desk) = self.desk.as_mut().filter(|desk| !desk.journal.is_read_only()) {
            desk.deriving = Some(Deriving::default());
        }
    }
}
