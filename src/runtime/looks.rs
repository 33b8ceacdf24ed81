//! Looks on their way into the journal: kept in the order in which they happened, at the first moment when nothing else
//! is asked for, so that no save waits for them. Knows no screen.

use std::collections::VecDeque;

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::desk::record::{Batch, Explain};
use crate::desk::say::Say;
use crate::journal::{CommitError, Journal};

use super::fault;

/// Looks of one kind and operator that lie this close together are written as one batch, with the time of the first.
const TOGETHER: TimeDelta = TimeDelta::seconds(1);

enum Kept {
    Yes,
    Later,
}

/// Looks that wait.
#[derive(Debug, Default)]
pub struct Looks {
    waiting: VecDeque<(DateTime<FixedOffset>, Batch)>,
    /// The last attempt failed: the next one is made with the next thing that is asked for.
    stuck: bool,
    /// Whether the failure was told.
    told: bool,
}

impl Looks {
    /// Takes a look that happened at this time.
    pub fn add(&mut self, at: DateTime<FixedOffset>, batch: Batch) {
        if let Some((since, last)) = self.waiting.back_mut()
            && (last.what.as_str(), last.operator) == (batch.what.as_str(), batch.operator)
            && (TimeDelta::zero()..TOGETHER).contains(&(at - *since))
        {
            last.edits.extend(batch.edits);
            return;
        }
        self.waiting.push_back((at, batch));
    }

    /// Whether some wait that may be written now.
    pub fn is_due(&self) -> bool {
        !self.stuck && !self.waiting.is_empty()
    }

    /// Lets what could not be written be tried again.
    pub const fn retry(&mut self) {
        self.stuck = false;
    }

    /// Writes all that wait. What cannot be written goes on waiting; the first time that is told.
    pub fn keep(&mut self, journal: &mut Journal) -> Option<Say> {
        while let Some((at, batch)) = self.waiting.front() {
            let kept = fault::guarded(|| {
                if journal.is_stopped() {
                    journal.resume().map_err(|error| error.say())?;
                }
                match journal.commit(batch.clone(), *at) {
                    Ok(_) => Ok(Kept::Yes),
                    // What happens while the desk is locked (the backup of the night) waits for its key.
                    Err(CommitError::Locked) => Ok(Kept::Later),
                    Err(error) => Err(error.say()),
                }
            });
            match kept {
                Ok(Ok(Kept::Yes)) => _ = self.waiting.pop_front(),
                Ok(Ok(Kept::Later)) => {
                    self.stuck = true;
                    return None;
                }
                Ok(Err(why)) => return self.failed(&why),
                Err(fault::Fault) => return self.failed(&Say::new("runtime-store-fault")),
            }
        }
        (self.stuck, self.told) = (false, false);
        None
    }

    fn failed(&mut self, why: &Say) -> Option<Say> {
        tracing::warn!(why = why.key, waiting = self.waiting.len(), "the access log could not be written");
        self.stuck = true;
        let first = !std::mem::replace(&mut self.told, true);
        first.then(|| Say::new("access-not-kept"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::access::{Access, Look};
    use crate::desk::id::Id;
    use crate::desk::record::{Kind, RecordKey};
    use crate::journal::faulty::Plan;

    fn at(second: u32) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(&format!("2026-11-24T14:29:{second:02}+09:00")).unwrap()
    }

    fn case(n: u8) -> RecordKey {
        RecordKey::new(Kind::Case, Id::from_bytes([n; 16]))
    }

    fn look(access: Access, n: u8) -> Batch {
        Look::new(access, case(n)).batch(Id::from_bytes([1; 16]))
    }

    #[test]
    fn looks_of_one_kind_that_lie_close_together_are_one_batch() {
        let (mut journal, ..) = Journal::in_memory(Id::from_bytes([9; 16]), at(0)).unwrap();
        let mut looks = Looks::default();
        for (second, access, n) in
            [(0, Access::Open, 1), (0, Access::Open, 2), (0, Access::Print, 2), (5, Access::Print, 3)]
        {
            looks.add(at(second), look(access, n));
        }
        assert!(looks.is_due());
        assert_eq!(looks.keep(&mut journal), None);
        assert!(!looks.is_due());
        let batches: Vec<_> = journal.walk_back(None).map(|found| found.unwrap().1.what).collect();
        assert_eq!(batches, ["access-print", "access-print", "access-open"]);
        assert_eq!(journal.looks(case(2), 9).unwrap().len(), 2);
    }

    #[test]
    fn what_cannot_be_written_waits_and_is_told_once() {
        let (mut journal, disk, _) = Journal::in_memory(Id::from_bytes([9; 16]), at(0)).unwrap();
        let mut looks = Looks::default();
        looks.add(at(1), look(Access::Open, 1));
        disk.plan(Plan { fail_at: Some(1), lasting: true, ..Plan::default() });
        assert_eq!(looks.keep(&mut journal).map(|say| say.key), Some("access-not-kept"));
        assert!(!looks.is_due(), "nothing turns in a circle");
        looks.add(at(2), look(Access::Open, 2));
        looks.retry();
        assert_eq!(looks.keep(&mut journal), None, "told once");
        disk.plan(Plan::default());
        looks.retry();
        assert!(looks.is_due());
        assert_eq!(looks.keep(&mut journal), None);
        assert_eq!((journal.looks(case(1), 9).unwrap().len(), journal.looks(case(2), 9).unwrap().len()), (1, 1));
    }
}
