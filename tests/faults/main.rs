//! Faults: what is done to a desk, how often, and what is asked of it stands in docs/faults.md.
//!
//! What is asked of each: nothing that was acknowledged is lost, nothing is silent, nothing panics, it opens again.
//! `checker` turns the same checks on a disk that forgets its syncs, where they must find losses.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests, too, stop where a desk may not"
)]

mod bad_store;
mod clock;
mod closed;
#[cfg(target_os = "linux")]
mod failing;
#[cfg(unix)]
#[path = "../pty/harness.rs"]
#[allow(dead_code, reason = "each test binary uses its part")]
mod harness;
mod kill;
mod operations;
mod plain;
mod power;
#[cfg(target_os = "linux")]
mod program;
#[cfg(target_os = "linux")]
mod program_failing;
#[cfg(target_os = "linux")]
mod recorded;
#[cfg(target_os = "linux")]
mod recording;
mod restored;
mod rounds;
mod sealed;
mod second;
#[cfg(target_os = "linux")]
mod small;
mod soak;
mod spelt;
#[cfg(unix)]
#[path = "../pty/steps.rs"]
#[allow(dead_code, reason = "each test binary uses its part")]
mod steps;
#[cfg(target_os = "linux")]
mod turning;
mod twice;
#[cfg(unix)]
mod typed;

use std::collections::BTreeMap;
use std::io::Write;

use chrono::{DateTime, FixedOffset, TimeDelta};
use madoguchi::desk::id::Id;
use madoguchi::desk::patch;
use madoguchi::desk::record::{Batch, Edit, Kind, RecordKey};
use madoguchi::journal::faulty::Random;
use madoguchi::journal::{CommitError, Journal, Receipt};
use serde_json::{Value, json};

/// Every record by its key.
type Records = BTreeMap<RecordKey, Value>;

/// A line of a child for its parent.
fn tell(line: &str) {
    let mut out = std::io::stdout();
    // The harness leaves a line open before the first of ours.
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

fn at(second: u64) -> DateTime<FixedOffset> {
    let start = DateTime::parse_from_rfc3339("2026-11-22T09:00:00+09:00").unwrap();
    start + TimeDelta::seconds(i64::try_from(second).unwrap())
}

fn id(n: u64) -> Id {
    let mut bytes = *blake3::hash(&n.to_be_bytes()).as_bytes().first_chunk::<16>().unwrap();
    bytes[0] = 1;
    Id::from_bytes(bytes)
}

fn operator() -> Id {
    id(1_000_000)
}

fn all(journal: &Journal) -> Result<Records, String> {
    let mut records = Records::new();
    for kind in Kind::ALL {
        for pair in journal.each(kind) {
            let (id, value) = pair.map_err(|error| error.to_string())?;
            records.insert(RecordKey::new(kind, id), value);
        }
    }
    Ok(records)
}

/// The `n`th save of a desk: a contact is added and its case is changed; now and then a long text, or a field goes away.
fn save(n: u64) -> Batch {
    let mut random = Random(n);
    let case = RecordKey::new(Kind::Case, id(n % 40));
    let contact = RecordKey::new(Kind::Contact, id(100_000 + n));
    let long = if random.below(12) == 0 { "長い経過。".repeat(700) } else { "経過".repeat(random.below(80)) };
    let summary = if random.below(5) == 0 { Value::Null } else { json!(format!("架空の要約{n}")) };
    let edits = vec![
        Edit::new(case, json!({"n": n, "number": format!("R8-{n:04}"), "summary": summary, "status": "active"})),
        Edit::new(
            contact,
            json!({"case": case.id.to_string(), "n": n, "text": long, "latitude": 34.055_8 + 0.000_1 * f64::from(u16::try_from(n % 999).unwrap())}),
        ),
    ];
    Batch::new("done-test", operator(), edits)
}

/// What the records are after a batch.
fn fold(records: &mut Records, edits: &[Edit]) {
    for edit in edits {
        let mut value = records.remove(&edit.record).unwrap_or(Value::Null);
        patch::apply(&mut value, &edit.patch);
        if !value.is_null() && value != json!({}) {
            records.insert(edit.record, value);
        }
    }
}

/// What happened so far, as an observer outside sees it.
#[derive(Default)]
struct Seen {
    /// What was acknowledged.
    saved: Records,
    /// What else may be there: the last batch, when nobody could say.
    maybe: Option<Records>,
}

impl Seen {
    fn committed(&mut self, edits: &[Edit], result: &Result<Receipt, CommitError>) {
        let mut after = self.saved.clone();
        fold(&mut after, edits);
        match result {
            Ok(receipt) => {
                for (key, value) in &receipt.records {
                    assert_eq!(after.get(key).unwrap_or(&Value::Null), value, "the receipt says what is saved");
                }
                self.saved = after;
            }
            Err(CommitError::NotConfirmed(_)) => self.maybe = Some(after),
            Err(_) => {}
        }
    }

    /// Says what is wrong with what is there now.
    fn check(&self, now: &Records) -> Result<(), String> {
        if *now == self.saved || self.maybe.as_ref() == Some(now) {
            return Ok(());
        }
        let wrong = self.saved.iter().filter(|(key, value)| now.get(key) != Some(value)).count();
        Err(format!("{wrong} of {} records are not as acknowledged, {} there", self.saved.len(), now.len()))
    }
}
