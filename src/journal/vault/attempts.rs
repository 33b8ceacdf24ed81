//! Failed tries, kept on the disk so that a restart does not give new ones: when, and at which slot where that is known.
//! Knows no name and no key.
//!
//! The first three are free. Then each next one waits twice as long, up to five minutes. Who can write to the folder can
//! remove the file; but who can do that has the files anyway, and only the cost of argon2 stands in the way.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::desk::id::Id;
use crate::journal::disk::{Disk, read_all, replace};

/// The file's name.
pub(super) const NAME: &str = "attempts";

const FREE: u32 = 3;
const LONGEST: Duration = Duration::from_secs(300);
/// So many failed tries are kept for the access log; more of them only count.
const KEPT: usize = 200;

/// A failed try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// When, by the desk's clock.
    pub at: DateTime<FixedOffset>,
    /// The slot whose passphrase was right and whose code was wrong.
    pub slot: Option<Id>,
}

/// What is known of tries on this computer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Attempts {
    /// Failures since somebody got in.
    streak: u32,
    /// The last of them.
    last: Option<DateTime<FixedOffset>>,
    /// Those that no access log has yet.
    pub failures: Vec<Failure>,
    /// The slot that was opened last: it is tried first.
    pub slot: Option<Id>,
    /// The highest generation of the keys that was seen here: an older file was put back by somebody.
    pub generation: u64,
}

fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

impl Attempts {
    /// What stands in the folder. A file that does not read is none: it must keep nobody out.
    pub fn read(disk: &dyn Disk, folder: &Path) -> Self {
        let bytes = read_all(disk, &path(folder)).ok().flatten().unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Writes it down.
    pub fn write(&self, disk: &dyn Disk, folder: &Path) -> io::Result<()> {
        replace(disk, &path(folder), &serde_json::to_vec(self)?)
    }

    /// How long the next try has to wait.
    pub fn wait(&mut self, now: DateTime<FixedOffset>) -> Option<Duration> {
        let last = self.last.as_mut()?;
        // A clock that was put back must not lock the desk until it has caught up.
        *last = (*last).min(now);
        let passed = now.signed_duration_since(*last).max(TimeDelta::zero()).to_std().unwrap_or(LONGEST);
        delay(self.streak).checked_sub(passed).filter(|wait| !wait.is_zero())
    }

    /// One more failure.
    pub fn fail(&mut self, at: DateTime<FixedOffset>, slot: Option<Id>) {
        self.streak = self.streak.saturating_add(1);
        self.last = Some(at);
        if self.failures.len() < KEPT {
            self.failures.push(Failure { at, slot });
        }
    }

    /// Somebody got in.
    pub fn succeed(&mut self, slot: Id, generation: u64) {
        (self.streak, self.last) = (0, None);
        self.slot = Some(slot);
        self.generation = self.generation.max(generation);
    }
}

fn delay(streak: u32) -> Duration {
    match streak.checked_sub(FREE) {
        None => Duration::ZERO,
        Some(more) => Duration::from_secs(2 << more.min(20)).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::FaultyDisk;

    fn at(seconds: i64) -> DateTime<FixedOffset> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap().fixed_offset()
    }

    #[test]
    fn tries_slow_down_and_the_clock_does_not_help() {
        let seconds: Vec<u64> = (0..13).map(|streak| delay(streak).as_secs()).collect();
        assert_eq!(seconds, [0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        let mut attempts = Attempts::default();
        for _ in 0..5 {
            attempts.fail(at(0), None);
        }
        assert_eq!(attempts.wait(at(0)), Some(Duration::from_secs(8)));
        assert_eq!(attempts.wait(at(7)), Some(Duration::from_secs(1)));
        assert_eq!(attempts.wait(at(8)), None);
        assert_eq!(attempts.wait(at(-90_000)), Some(Duration::from_secs(8)), "the clock was put back");
        assert_eq!(attempts.wait(at(-89_992)), None, "and goes on");
        attempts.succeed(Id::from_bytes([1; 16]), 4);
        assert_eq!((attempts.wait(at(-89_992)), attempts.failures.len(), attempts.generation), (None, 5, 4));
    }

    #[test]
    fn a_restart_gives_no_new_tries_and_a_broken_file_keeps_nobody_out() {
        let (disk, folder) = (FaultyDisk::new(), Path::new("desk"));
        let mut attempts = Attempts::read(&disk, folder);
        assert_eq!(attempts, Attempts::default());
        for n in 0..500 {
            attempts.fail(at(n), None);
        }
        assert_eq!(attempts.failures.len(), KEPT);
        attempts.write(&disk, folder).unwrap();
        assert_eq!(Attempts::read(&disk, folder).wait(at(500)), Some(Duration::from_secs(299)));
        disk.tamper(&path(folder), |bytes| bytes.truncate(20));
        assert_eq!(Attempts::read(&disk, folder), Attempts::default());
    }
}
