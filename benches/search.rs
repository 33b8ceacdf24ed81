//! Search per key at 1k, 10k, 100k and 400k offices, beside `fzf --filter` and SQLite's FTS5 over the same rows in the same run.
//!
//! `cargo bench --bench search`; `MADOGUCHI_BENCH_ROWS=400000` takes one size alone. A key is one more letter of a typed word;
//! each search matches all records and ranks the best 50. A reference whose program is not on the PATH is named as missing.

#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::unwrap_used, clippy::print_stdout, missing_docs)]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

mod rows;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use madoguchi::desk::id::Id;
use madoguchi::search::{Entry, Index, Keys, Query};
use rows::Row;

/// What is typed, letter by letter.
const TYPED: &[&str] = &[
    "tokuyama",
    "shimonoseki",
    "kurinikku",
    "chuoubyouin",
    "tyuuoubyouinn",
    "くりにっく",
    "ｸﾘﾆｯｸ",
    "徳山",
    "徳山中央病院",
    "髙橋",
    "高橋",
    "株式会社",
    "山口県宇部市",
    "0834-00-12",
    "０８３４",
    "9876",
    "宇部 髙橋",
    "renkei",
    "touseki",
    "徳中",
];

/// What fzf is asked: whole words, because each question costs it a process.
const ASKED: &[&str] = &["tokuyama", "徳山", "髙橋", "株式会社", "0834-00", "クリニック", "山口県宇部市"];

fn entry(row: &Row) -> Entry<'_> {
    Entry {
        name: &row.name,
        kana: &row.kana,
        short_name: "",
        phones: vec![&row.phone],
        address: &row.address,
        words: vec![row.department, &row.staff, &row.staff_kana, row.note],
        ..Entry::default()
    }
}

fn line(row: &Row) -> String {
    [&row.name, &row.kana, &row.phone, &row.address, row.department, &row.staff, &row.staff_kana, row.note].join("\t")
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The median, the 99th of a hundred, and the longest, in milliseconds.
fn spread(mut times: Vec<Duration>) -> (f64, f64, f64) {
    times.sort_unstable();
    let at = |part: usize| millis(times[(times.len() - 1) * part / 100]);
    (at(50), at(99), at(100))
}

fn main() {
    println!("madoguchi search, p50 / p99 / max in ms; one thread; match all, rank 50");
    let only: Option<usize> = std::env::var("MADOGUCHI_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok());
    for count in [1_000, 10_000, 100_000, 400_000].into_iter().filter(|count| only.is_none_or(|only| only == *count)) {
        let rows = rows::rows(count, 20_261_122);
        let (index, keys_bytes) = build(&rows);
        let bytes: usize = rows.iter().map(|row| line(row).len()).sum();
        println!(
            "{count:>7} rows: {} bytes a row, keys {} bytes a row, index {:.1} MB",
            bytes / count,
            keys_bytes / count,
            index.memory() as f64 / 1e6
        );
        let began = Instant::now();
        std::hint::black_box(index.find(&Query::new("t"), 50));
        println!("{count:>7} first key  {:8.3}", millis(began.elapsed()));
        let mut keys = every_key(&index);
        let (p50, p99, max) = spread(keys.iter().map(|(_, time)| *time).collect());
        println!("{count:>7} each key   {p50:8.3} {p99:8.3} {max:8.3}");
        keys.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
        let mut told = std::collections::HashSet::new();
        let slowest = keys
            .iter()
            .filter(|(typed, _)| told.insert(*typed))
            .take(6)
            .map(|(typed, time)| format!("{typed} {:.2}", millis(*time)));
        println!("{count:>7} slowest    {}", slowest.collect::<Vec<_>>().join(", "));
        let folder = Folder::new();
        let file: String = rows.iter().map(|row| line(row) + "\n").collect();
        std::fs::write(folder.rows(), file).unwrap();
        beside_fzf(&folder, &index, count);
        beside_sqlite(&folder, &index, count);
    }
}

/// A folder for the rows as the references read them; gone when the run is.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("madoguchi-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn rows(&self) -> PathBuf {
        self.0.join("rows.tsv")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn build(rows: &[Row]) -> (Index, usize) {
    let began = Instant::now();
    let keys: Vec<Keys> = rows.iter().map(|row| Keys::of(&entry(row))).collect();
    let computed = began.elapsed();
    let records: Vec<(Id, &Keys)> =
        keys.iter().enumerate().map(|(n, keys)| (Id::from_bytes((n as u128 + 1).to_be_bytes()), keys)).collect();
    let mut index = Index::directory();
    let (mut pages, mut at) = (Vec::new(), 0);
    let began = Instant::now();
    while at < records.len() {
        // As the program hands them on: ever larger pages.
        let to = records.len().min(at + (at / 32).clamp(128, 4096));
        let began = Instant::now();
        index.insert_all(records[at..to].iter().copied());
        pages.push(began.elapsed());
        at = to;
    }
    let inserted = began.elapsed();
    let settling = Instant::now();
    index.settle();
    let settled = settling.elapsed();
    println!(
        "{:>7} rows: keys {:.0} ms ({:.1} us a row), load with kept keys {:.1} ms in {} pages, the longest {:.1}; settle {:.2} ms",
        rows.len(),
        millis(computed),
        computed.as_secs_f64() * 1e6 / rows.len() as f64,
        millis(inserted),
        pages.len(),
        millis(pages.into_iter().max().unwrap_or_default()),
        millis(settled)
    );
    let bytes = keys.iter().map(Keys::len).sum();
    drop(keys);
    // What millions of small strings leave to the allocator is no part of a search: it is paid here.
    std::hint::black_box(Vec::<u8>::with_capacity(8 << 20));
    (index, bytes)
}

/// Every beginning of every typed word.
fn typed_keys() -> impl Iterator<Item = &'static str> {
    TYPED.iter().flat_map(|typed| typed.char_indices().map(|(at, c)| &typed[..at + c.len_utf8()]))
}

fn every_key(index: &Index) -> Vec<(&'static str, Duration)> {
    let mut times = Vec::new();
    for _ in 0..5 {
        for typed in typed_keys() {
            let began = Instant::now();
            let query = Query::new(typed);
            std::hint::black_box(index.find(&query, 50));
            times.push((typed, began.elapsed()));
        }
    }
    times
}

fn beside_fzf(folder: &Folder, index: &Index, count: usize) {
    for exact in [false, true] {
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        for asked in ASKED {
            let began = Instant::now();
            let mut fzf = Command::new("fzf");
            fzf.arg("--filter").arg(asked).stdin(std::fs::File::open(folder.rows()).unwrap()).stdout(Stdio::null());
            if exact {
                fzf.arg("--exact");
            }
            if fzf.status().is_err() {
                println!("{count:>7} fzf is not on the PATH: not compared");
                return;
            }
            theirs.push(began.elapsed());
            let began = Instant::now();
            std::hint::black_box(index.find(&Query::new(asked), 50));
            ours.push(began.elapsed());
        }
        let ((theirs, _, longest), (ours, ..)) = (spread(theirs), spread(ours));
        let name = if exact { "fzf --exact" } else { "fzf" };
        println!("{count:>7} {name:<11} {theirs:8.1} {longest:17.1}   {:.0} times ours ({ours:.3})", theirs / ours);
    }
}

/// FTS5 with trigrams, in one process with a warm cache; its own clock, which counts only its own work.
fn beside_sqlite(folder: &Folder, index: &Index, count: usize) {
    let began = Instant::now();
    let load = format!(
        "PRAGMA journal_mode=OFF;\nCREATE VIRTUAL TABLE t USING fts5(line, tokenize='trigram');\n.mode ascii\n\
         .separator \"\\037\" \"\\n\"\n.import {} t\nSELECT count(*) FROM t;\n",
        folder.rows().display()
    );
    let Some(loaded) = sqlite(folder, &load) else {
        println!("{count:>7} sqlite3 is not on the PATH: not compared");
        return;
    };
    assert!(loaded.contains(&count.to_string()), "sqlite3 took in other rows: {loaded}");
    let built = began.elapsed();
    let mut ask = String::from(".output /dev/null\n");
    for typed in typed_keys() {
        let _ = writeln!(ask, "SELECT rowid FROM t WHERE t MATCH '\"{typed}\"' ORDER BY rank LIMIT 50;");
    }
    ask.push_str(".output stdout\n.timer on\n");
    for typed in typed_keys() {
        let _ = writeln!(ask, "SELECT rowid FROM t WHERE t MATCH '\"{typed}\"' ORDER BY rank LIMIT 50;");
    }
    let Some(said) = sqlite(folder, &ask) else { return };
    let (mut times, mut nothing, mut rows) = (Vec::new(), 0, 0);
    let mut keys = typed_keys();
    for said in said.lines() {
        let Some(time) = said.strip_prefix("Run Time:") else {
            rows += 1;
            continue;
        };
        let parts: Vec<f64> = time.split_whitespace().filter_map(|part| part.parse().ok()).collect();
        times.push(Duration::from_secs_f64(parts[1] + parts[2]));
        let ours = keys.next().is_some_and(|typed| index.find(&Query::new(typed), 1).total > 0);
        nothing += usize::from(ours && rows == 0);
        rows = 0;
    }
    let asked = times.len();
    let (p50, p99, max) = spread(times);
    println!(
        "{count:>7} FTS5        {p50:8.3} {p99:8.3} {max:8.3}   nothing for {nothing} of {asked} keys that ours answers; \
         {:.1} MB, made in {:.1} s",
        std::fs::metadata(folder.0.join("rows.db")).map_or(0, |data| data.len()) as f64 / 1e6,
        built.as_secs_f64()
    );
}

/// What sqlite3 says to these commands; `None` when there is no such program.
fn sqlite(folder: &Folder, commands: &str) -> Option<String> {
    let mut sqlite = Command::new("sqlite3");
    sqlite.arg("-batch").arg(folder.0.join("rows.db")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = sqlite.spawn().ok()?;
    let mut into = child.stdin.take()?;
    let commands = commands.to_owned();
    let writer = std::thread::spawn(move || into.write_all(commands.as_bytes()));
    let said = child.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    Some(String::from_utf8_lossy(&said.stdout).into_owned())
}
