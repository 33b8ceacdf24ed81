//! The seeds of the fuzz targets, run through what the targets do: so that what fuzzing found once stays found, without a
//! fuzzer. `tests/fuzz/Cargo.toml` has the targets themselves.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

#[path = "work.rs"]
mod work;

use std::fs;
use std::path::Path;

/// What a target does with bytes.
type Work = fn(&[u8]);

fn seeds(target: &str, work: Work) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(target);
    let mut ran = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        work(&bytes);
        // A file that ends early is the commonest damage.
        for end in (0..bytes.len()).step_by(bytes.len() / 16 + 1) {
            work(&bytes[..end]);
        }
        ran += 1;
    }
    assert!(ran > 0, "no seeds for {target}");
}

#[test]
fn csv() {
    seeds("csv", work::csv);
}

#[test]
fn tsv() {
    seeds("tsv", work::tsv);
}

#[test]
fn json() {
    seeds("json", work::json);
}

#[test]
fn xlsx() {
    seeds("xlsx", work::xlsx);
}

#[test]
fn cases() {
    seeds("cases", work::cases);
}

#[test]
fn keymap() {
    seeds("keymap", work::keymap);
}

#[test]
fn drafts() {
    seeds("drafts", work::drafts);
}

#[test]
fn journal() {
    seeds("journal", work::journal);
}

#[test]
fn backup() {
    seeds("backup", work::backup);
}

#[test]
fn keys() {
    seeds("keys", work::keys);
}

/// What the program writes today goes through the targets whole, and with each byte altered in turn. With
/// `MADOGUCHI_FUZZ_SEEDS` these files become the fuzzer's seeds: after a change of a format.
#[test]
fn what_is_written_today() {
    let made = work::made();
    let targets: [(&str, &[u8], Work); 4] = [
        ("journal", &made.journal, work::journal),
        ("backup", &made.backup, work::backup),
        ("keys", &made.keys, work::keys),
        ("drafts", &made.drafts, work::drafts),
    ];
    for (name, bytes, work) in targets {
        work(bytes);
        let mut altered = bytes.to_vec();
        for at in (0..bytes.len()).step_by(bytes.len() / 300 + 1) {
            altered[at] ^= 0x11;
            work(&altered);
            altered[at] = bytes[at];
        }
        if std::env::var_os("MADOGUCHI_FUZZ_SEEDS").is_some() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(name);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("made.bin"), bytes).unwrap();
        }
    }
}
