//! What happens beside reading and saving: looks on their way into the access log, and backups.

use super::{Answered, Keeper, Tell};
use chrono::NaiveDate;

use crate::app::msg::{BackupOrder, Msg, SheetTask};
use crate::desk::record::{Batch, Explain};
use crate::journal::OpenError;
use crate::runtime::backups::{self, Done, Job};
use crate::runtime::{fault, noted};

impl Keeper {
    /// Writes what waits for the access log: before the desk is locked or closed, and before the log is read.
    pub fn keep_looks(&mut self, tell: Tell<'_>) {
        if let Some(desk) = &mut self.desk
            && let Some(say) = self.looks.keep(&mut desk.journal)
        {
            tell(Answered::Said(Msg::Warned(vec![say])));
        }
    }

    /// Notes a look that happened now.
    pub(super) fn look(&mut self, batch: Batch) {
        let at = (self.clock)();
        if !self.read_only {
            return self.looks.add(at, batch);
        }
        // Whoever opens the desk to write takes it over; where nothing can be written at all, opening has said so.
        let left = fault::guarded(|| noted::leave(&*self.beside, &self.folder, &self.door.keyring, at, &batch));
        if !matches!(left, Ok(Ok(()))) {
            tracing::warn!("a look at a desk that is only read could not be noted");
        }
    }

    /// What is to be done with backups since the last call: each takes its time, so that it belongs on a thread of its own.
    pub fn take_jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.jobs)
    }

    /// The sheets that were asked for since the last call: a share takes its time, so each belongs on a thread of its own.
    pub fn take_sheets(&mut self) -> Vec<(SheetTask, NaiveDate)> {
        std::mem::take(&mut self.sheets)
    }

    /// Takes back what came of a job.
    pub fn finish(&mut self, done: Done, tell: Tell<'_>) {
        let today = Some((self.clock)().date_naive());
        let told = done.failed_by_itself && self.backup_failed == today;
        if let Some(batch) = done.look.filter(|_| !told) {
            self.backup_failed = today.filter(|_| done.failed_by_itself);
            self.look(batch);
        }
        tell(Answered::Said(Msg::Backup(Box::new(done.news))));
    }

    pub(super) fn order(&mut self, order: BackupOrder, tell: Tell<'_>) {
        let at = (self.clock)();
        let refused = match &mut self.desk {
            // Whoever has the desk open backs it up.
            Some(_) if self.read_only => backups::refused(order, OpenError::ReadOnly.say()),
            Some(desk) => match Job::of(order, (&mut desk.journal, &self.door.keyring), &self.disk, at) {
                Ok(job) => return self.jobs.push(job),
                Err(news) => *news,
            },
            None => backups::refused(order, self.refused.clone()),
        };
        tell(Answered::Said(Msg::Backup(Box::new(refused))));
    }
}
