//! A save of a case with its contact against append + fdatasync of the very same bytes, in the same run.
//!
//! `cargo bench --bench commit`. The bar is 1.5 times. Two ways of saving: one after the other with the store's flush
//! in between, as the worker does when the operator types on, and in a burst without a pause. Sealed, as every desk is,
//! and in clear, as no desk is: what sealing itself costs.

#![expect(clippy::print_stdout, reason = "a bench tells its figures on the terminal")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a bench may stop where a desk may not"
)]

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use chrono::DateTime;
use desk::Sealing;
use desk::disk::Observed;
use desk::figures::{load, percentile};
use madoguchi::desk::id::Id;
use madoguchi::desk::record::{Batch, Edit, Kind, RecordKey};
use madoguchi::journal::{Disk, Journal, Options};
use madoguchi::runtime::entry;
use serde_json::json;

mod desk;
mod rows;

const SAVES: u32 = 600;

fn id(n: u32) -> Id {
    Id::from_bytes(*blake3::hash(&n.to_be_bytes()).as_bytes().first_chunk().unwrap())
}

fn save(n: u32) -> Batch {
    let case = RecordKey::new(Kind::Case, id(n));
    let contact = RecordKey::new(Kind::Contact, id(n + 1_000_000));
    let edits = vec![
        Edit::new(
            case,
            json!({"number": format!("R8-{n:04}"), "status": "received", "urgency": "2", "topics": ["1", "4"],
                   "summary": "退院後の訪問診療を探している", "caller": "架空居宅支援事業所", "phone": "0834-00-1234"}),
        ),
        Edit::new(
            contact,
            json!({"case": case.id.to_string(), "at": "2026-11-22T09:00:00+09:00", "method": "1", "caller_kind": "2",
                   "complaint": "来週退院するが、主治医が決まっていない。".repeat(4)}),
        ),
    ];
    Batch::new("done-save-call", id(9), edits)
}

fn run(name: &str, sealing: Sealing, pause: bool) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (data, disk) = (folder.path().join("desk"), Observed::default());
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let mut options = Options::new(DateTime::UNIX_EPOCH.fixed_offset()).of_desk(desk::id(1, 0));
    if sealing == Sealing::Sealed {
        options = entry::behind(&options, &desk::keys(&data, &shared).unlocked.keyring);
    }
    let (mut journal, _) = Journal::create(&data, shared, options).unwrap();
    let mut plain = OpenOptions::new().create(true).append(true).open(folder.path().join("plain")).unwrap();
    let (mut ours, mut floor, mut bytes) = (Vec::new(), Vec::new(), 0);
    for n in 0..SAVES {
        let begun = Instant::now();
        journal.commit(save(n), DateTime::UNIX_EPOCH.fixed_offset()).unwrap();
        ours.push(begun.elapsed());
        if pause {
            journal.idle().unwrap();
        }
        let same = disk.last();
        bytes += same.len();
        let begun = Instant::now();
        plain.write_all(&same).unwrap();
        plain.sync_data().unwrap();
        floor.push(begun.elapsed());
    }
    let size = bytes / ours.len();
    println!("{name}: {SAVES} saves of {size} bytes, load {}", load());
    for percent in [50, 99] {
        let (ours, floor) = (percentile(&ours, percent), percentile(&floor, percent));
        let ratio = ours.as_secs_f64() / floor.as_secs_f64();
        println!("  p{percent}: save {ours:?}, append + fdatasync {floor:?}, ratio {ratio:.2} (bar 1.5)");
    }
    journal.close().unwrap();
}

fn main() {
    // `cargo test` builds and runs this too: a debug build has no figures to give.
    if cfg!(debug_assertions) {
        println!("commit: not measured in a debug build");
        return;
    }
    run("sealed, one after the other", Sealing::Sealed, true);
    run("sealed, in a burst", Sealing::Sealed, false);
    run("in clear, one after the other", Sealing::Clear, true);
    run("in clear, in a burst", Sealing::Clear, false);
}
