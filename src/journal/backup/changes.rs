//! Every change in the order of the journal: for who takes everything out.

use std::collections::BTreeSet;

use super::super::rebuild::{Said, lost_numbers, said};
use super::super::walk::walk;
use super::super::{Journal, ReadError};
use crate::desk::record::Change;

impl Journal {
    /// Hands over every change and every look, oldest first, with its number; says how many do not read. Those that were
    /// disposed of are neither.
    ///
    /// # Errors
    /// The disk, or what `take` answers.
    pub fn each_change(&self, mut take: impl FnMut(u64, Change) -> std::io::Result<()>) -> Result<u64, ReadError> {
        let mut unreadable = BTreeSet::new();
        let acknowledged = self.log.chain().seq;
        let walked = walk::<ReadError>(&*self.disk, self.log.folder(), self.log.numbers(), acknowledged, |met| {
            match said(&*self.options.seal, &met.head, met.body)? {
                Said::Change(change) => take(met.head.seq, *change)?,
                Said::Disposed => {}
                Said::Unreadable => _ = unreadable.insert(met.head.seq),
            }
            Ok(())
        })?;
        unreadable.extend(lost_numbers(&walked.damage));
        Ok(u64::try_from(unreadable.len()).unwrap_or(u64::MAX))
    }
}
