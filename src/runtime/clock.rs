//! The one place that asks the system what time it is. Everything else is told.

use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};

use crate::app::msg::Now;

/// The two clocks: the wall clock of the desk, and the time since the program started.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    started: Instant,
}

impl Clock {
    /// A clock that starts now.
    pub fn start() -> Self {
        Self { started: Instant::now() }
    }

    /// Time since the start; never runs back.
    pub fn mono(&self) -> Duration {
        self.started.elapsed()
    }

    /// Both.
    pub fn now(&self) -> Now {
        Now { wall: wall(), mono: self.mono() }
    }
}

/// The wall clock of the desk, in its time zone; may jump.
#[expect(clippy::disallowed_methods, reason = "the one place with the system's clock")]
pub fn wall() -> DateTime<FixedOffset> {
    chrono::Local::now().fixed_offset()
}
