//! A save of a case with its contact against append + fdatasync of the very same bytes, in the same run.
//!
//! `cargo bench --bench commit`. The bar is 1.5 times. Two ways of saving: one after the other with the store's flush
//! in between, as the worker does when the operator types on, and in a burst without a pause.

#![expect(clippy::print_stdout, reason = "a bench tells its figures on the terminal")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may stop where a desk may not")]

use std::any::Any;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::DateTime;
use madoguchi::desk::id::Id;
use madoguchi::desk::record::{Batch, Edit, Kind, RecordKey};
use madoguchi::journal::{Disk, DiskFile, Journal, Options, RealDisk};
use serde_json::json;

const SAVES: u32 = 600;

/// The real disk, remembering the last write: the bytes that the plain file is given too.
#[derive(Clone, Default)]
struct Recording(Arc<Mutex<Vec<u8>>>);

struct RecordingFile(Box<dyn DiskFile>, Recording);

impl Disk for Recording {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.create_folder(path)
    }
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        RealDisk.names(folder)
    }
    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(RecordingFile(RealDisk.open(path, create)?, self.clone())))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_folder(path)
    }
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_folder(path)
    }
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Any + Send>>> {
        RealDisk.lock(path)
    }
}

impl DiskFile for RecordingFile {
    fn size(&self) -> io::Result<u64> {
        self.0.size()
    }
    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        self.0.read_at(at, into)
    }
    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        *self.1.0.lock().unwrap() = bytes.to_vec();
        self.0.write_at(at, bytes)
    }
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync()
    }
}

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

fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100]
}

fn run(name: &str, pause: bool) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let disk = Recording::default();
    let options = Options::new(DateTime::UNIX_EPOCH.fixed_offset()).of_desk(id(1));
    let (mut journal, _) = Journal::create(&folder.path().join("desk"), Arc::new(disk.clone()), options).unwrap();
    let mut plain = OpenOptions::new().create(true).append(true).open(folder.path().join("plain")).unwrap();
    let (mut ours, mut floor, mut bytes) = (Vec::new(), Vec::new(), 0);
    for n in 0..SAVES {
        let begun = Instant::now();
        journal.commit(save(n), DateTime::UNIX_EPOCH.fixed_offset()).unwrap();
        ours.push(begun.elapsed());
        if pause {
            journal.idle().unwrap();
        }
        let same = disk.0.lock().unwrap().clone();
        bytes += same.len();
        let begun = Instant::now();
        plain.write_all(&same).unwrap();
        plain.sync_data().unwrap();
        floor.push(begun.elapsed());
    }
    let size = bytes / ours.len();
    println!("{name}: {SAVES} saves of {size} bytes");
    for percent in [50, 99] {
        let (ours, floor) = (percentile(&mut ours, percent), percentile(&mut floor, percent));
        let ratio = ours.as_secs_f64() / floor.as_secs_f64();
        println!("  p{percent}: save {ours:?}, append + fdatasync {floor:?}, ratio {ratio:.2} (bar 1.5)");
    }
    journal.close().unwrap();
}

fn main() {
    // `cargo test --benches` runs this too: then one save is enough to show that it works.
    run("one after the other", true);
    run("in a burst", false);
}
