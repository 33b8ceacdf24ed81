//! A desk that does not open as it should: what can be done instead, and doing it.

use std::sync::Arc;

use super::{Answered, Keeper, Tell};
use crate::app::msg::{Instead, Msg};
use crate::desk::record::Explain;
use crate::desk::say::Say;
use crate::journal::read_only::OnlyRead;
use crate::journal::{self, OpenError};

impl Keeper {
    /// Says why the desk did not open, with what can be done instead.
    pub(super) fn not_opened(&mut self, error: &OpenError, tell: Tell<'_>) {
        if let OpenError::OpenElsewhere { .. } = error {
            self.refused = error.say();
            return tell(Answered::OpenElsewhere(error.say()));
        }
        if error.leaves_reading() && !self.read_only {
            return self.shut(error, tell);
        }
        self.refuse(error, tell);
    }

    /// The desk does not open as it should; what can be done instead is offered.
    pub(super) fn shut(&mut self, error: &OpenError, tell: Tell<'_>) {
        tracing::warn!(%error, "the data folder was not opened");
        let reserve = matches!(error, OpenError::Full(_)) && journal::has_reserve(&self.folder, &*self.disk);
        let say = if reserve { Say::new("runtime-full-reserve") } else { error.say() };
        let mut instead = if reserve { vec![Instead::UseReserve] } else { Vec::new() };
        instead.extend([Instead::ReadOnly, Instead::Again]);
        self.refused = say.clone();
        tell(Answered::Said(Msg::Shut { say, instead }));
    }

    /// Opens the desk in another way.
    pub(super) fn open_instead(&mut self, instead: Instead, tell: Tell<'_>) {
        if self.desk.is_some() {
            return;
        }
        match instead {
            Instead::Again => self.open_again(tell),
            Instead::ReadOnly => {
                self.only_read();
                self.open_again(tell);
            }
            Instead::UseReserve => match journal::release_reserve(&self.folder, &*self.disk) {
                Ok(()) => {
                    self.open_again(tell);
                    if self.desk.is_some() {
                        tell(Answered::Said(Msg::Warned(vec![Say::new("runtime-reserve-used")])));
                    }
                }
                Err(error) => self.shut(&error, tell),
            },
        }
    }

    /// Tries once more; who has shown the passphrase is not asked again.
    fn open_again(&mut self, tell: Tell<'_>) {
        if self.door.is_sealed() && !self.door.is_locked() {
            return self.open_journal(tell);
        }
        self.open(tell);
    }

    /// From now on nothing is written, whatever is asked for.
    pub fn only_read(&mut self) {
        if !self.read_only {
            self.disk = Arc::new(OnlyRead::of(Arc::clone(&self.disk)));
            self.read_only = true;
        }
    }
}
