//! What happens beside reading and saving: looks on their way into the access log, and backups.

use super::super::backups::{self, Done, Job};
use super::{Answered, Keeper, Tell};
use crate::app::msg::{BackupOrder, Msg};
use crate::desk::record::{Batch, Explain};
use crate::journal::OpenError;

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
        // Opening has said that nothing is kept.
        if !self.read_only {
            let at = (self.clock)();
            self.looks.add(at, batch);
        }
    }

    /// What is to be done with backups since the last call: each takes its time, so that it belongs on a thread of its own.
    pub fn take_jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.jobs)
    }

    /// Takes back what came of a job.
    pub fn finish(&mut self, done: Done, tell: Tell<'_>) {
        if let Some(batch) = done.look {
            self.look(batch);
        }
        tell(Answered::Said(Msg::Backup(Box::new(done.news))));
    }

    pub(super) fn order(&mut self, order: BackupOrder, tell: Tell<'_>) {
        let at = (self.clock)();
        let refused = match &self.desk {
            // Whoever has the desk open backs it up.
            Some(_) if self.read_only => backups::refused(order, OpenError::ReadOnly.say()),
            Some(desk) => match Job::of(order, &desk.journal, &self.disk, at) {
                Ok(job) => return self.jobs.push(job),
                Err(news) => *news,
            },
            None => backups::refused(order, self.refused.clone()),
        };
        tell(Answered::Said(Msg::Backup(Box::new(refused))));
    }
}
