//! What is done while nobody asks for anything: the access log, the rest of the desk, a renewal, the check of the store.

use crate::app::msg::Msg;
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::runtime::fault;
use crate::runtime::reading::{self, Rest};

use super::{Answered, Desk, Keeper, Tell, mend};

impl Keeper {
    /// Whether there is more to read of the desk, or to check.
    pub fn has_more(&self) -> bool {
        // While a backup reads the segments a renewal stands still; the end of the backup wakes it.
        let renews = |desk: &Desk| desk.renews() && !desk.journal.claims().is_taken();
        let to_read =
            |desk: &Desk| desk.rest != Rest::Nothing || desk.check.is_some() || renews(desk) || desk.derives();
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
            if desk.check.is_none() && desk.derives() {
                return self.derive_on(tell);
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
}
