//! When a backup is due, and how old the last good one is: what the head shows and the app asks for by itself.

use chrono::NaiveDateTime;

use crate::desk::say::Say;

/// How long ago a backup was made, in whole units: it need not be drawn anew every minute.
pub fn age(at: NaiveDateTime, now: NaiveDateTime) -> Say {
    let hours = (now - at).num_hours().max(0);
    match hours {
        0 => Say::new("backup-age-now"),
        1..48 => Say::new("backup-age-hours").with("n", hours.to_string()),
        _ => Say::new("backup-age-days").with("n", (hours / 24).to_string()),
    }
}
