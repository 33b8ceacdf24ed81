//! Search per key at 1k, 10k and 100k offices, beside `fzf --filter` over the same rows where fzf is on the PATH.
//!
//! `cargo bench --bench search`. A key is one more letter of a typed word; each search matches all records and ranks the best 50.

#![allow(clippy::indexing_slicing, clippy::string_slice, clippy::unwrap_used, clippy::print_stdout, missing_docs)]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

mod rows;

use std::fmt::Write as _;
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
        recent: 0,
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
    for count in [1_000, 10_000, 100_000] {
        let rows = rows::rows(count, 20_261_122);
        let (index, keys_bytes) = build(&rows);
        let bytes: usize = rows.iter().map(|row| line(row).len()).sum();
        println!(
            "{count:>7} rows: {} bytes a row, keys {} bytes a row, index {:.1} MB",
            bytes / count,
            keys_bytes / count,
            index.memory() as f64 / 1e6
        );
        let (p50, p99, max) = spread(every_key(&index));
        println!("{count:>7} each key   {p50:8.3} {p99:8.3} {max:8.3}");
        beside_fzf(&rows, &index, count);
    }
}

fn build(rows: &[Row]) -> (Index, usize) {
    let began = Instant::now();
    let keys: Vec<Keys> = rows.iter().map(|row| Keys::of(&entry(row))).collect();
    let computed = began.elapsed();
    let began = Instant::now();
    let mut index = Index::new();
    for (n, keys) in keys.iter().enumerate() {
        index.insert_keys(Id::from_bytes((n as u128 + 1).to_be_bytes()), keys);
    }
    index.settle();
    let inserted = began.elapsed();
    println!(
        "{:>7} rows: keys {:.0} ms ({:.1} us a row), insert with kept keys {:.1} ms",
        rows.len(),
        millis(computed),
        computed.as_secs_f64() * 1e6 / rows.len() as f64,
        millis(inserted)
    );
    (index, keys.iter().map(Keys::len).sum())
}

fn every_key(index: &Index) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..5 {
        for typed in TYPED {
            for end in typed.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let began = Instant::now();
                let query = Query::new(&typed[..end]);
                std::hint::black_box(index.find(&query, 50));
                times.push(began.elapsed());
            }
        }
    }
    times
}

fn beside_fzf(rows: &[Row], index: &Index, count: usize) {
    let mut file = String::new();
    for row in rows {
        let _ = writeln!(file, "{}", line(row));
    }
    let folder = std::env::temp_dir().join(format!("madoguchi-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("rows.tsv");
    std::fs::write(&path, file).unwrap();
    for exact in [false, true] {
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        for asked in ASKED {
            let began = Instant::now();
            let mut fzf = Command::new("fzf");
            fzf.arg("--filter").arg(asked).stdin(std::fs::File::open(&path).unwrap()).stdout(Stdio::null());
            if exact {
                fzf.arg("--exact");
            }
            if fzf.status().is_err() {
                println!("{count:>7} fzf is not on the PATH: not compared");
                std::fs::remove_dir_all(&folder).unwrap();
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
    std::fs::remove_dir_all(&folder).unwrap();
}
