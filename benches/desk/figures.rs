//! Figures for people: percentiles, what the computer was busy with, and what is measured beside a figure.

use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, io};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use madoguchi::journal::vault::Cost;

/// The time that so many of a hundred stayed below.
pub fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
}

/// p50 / p99 in milliseconds; `-` where nothing was measured.
pub fn ms(times: &[Duration]) -> String {
    spread(times, 1e3, 2)
}

/// p50 / p99 in microseconds.
pub fn us(times: &[Duration]) -> String {
    spread(times, 1e6, 0)
}

fn spread(times: &[Duration], unit: f64, digits: usize) -> String {
    if times.is_empty() {
        return "-".to_owned();
    }
    let at = |percent| percentile(times, percent).as_secs_f64() * unit;
    format!("{:.digits$} / {:.digits$}", at(50), at(99))
}

/// How many times as long as the reference, by the medians.
pub fn ratio(ours: &[Duration], reference: &[Duration]) -> String {
    if reference.is_empty() {
        return "-".to_owned();
    }
    format!("{:.2}", percentile(ours, 50).as_secs_f64() / percentile(reference, 50).as_secs_f64())
}

/// How many programs want the computer: a figure taken beside others says little.
pub fn load() -> String {
    let all = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    all.split_whitespace().next().unwrap_or("-").to_owned()
}

/// The process's resident memory in MB and the most it ever was; 0 where the system does not say.
pub fn memory(process: Option<u32>) -> (u64, u64) {
    let name = process.map_or_else(|| "self".to_owned(), |id| id.to_string());
    let status = fs::read_to_string(format!("/proc/{name}/status")).unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or_default() / 1_024
    };
    (field("VmRSS:"), field("VmHWM:"))
}

/// What a try of a desk's passphrase costs by itself: argon2id with the desk's own cost, and nothing around it.
pub fn argon2() -> Duration {
    let Cost { memory_kib, passes } = Cost::DESK;
    let params = Params::new(memory_kib, passes, 1, Some(32)).expect("the desk's own cost");
    let begun = Instant::now();
    let mut memory = vec![Block::new(); params.block_count()];
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(super::PASSPHRASE.as_bytes(), &[7; 16], &mut key, &mut memory)
        .expect("a passphrase and a salt");
    zeroize::Zeroize::zeroize(&mut memory);
    std::hint::black_box(key);
    begun.elapsed()
}

/// Reads every file of a folder: what the disk itself asks for the same bytes. How many there were, and how long it took.
pub fn read_all(folder: &Path) -> (usize, Duration) {
    let begun = Instant::now();
    let bytes = bytes_of(folder).expect("the desk's files");
    (bytes, begun.elapsed())
}

fn bytes_of(folder: &Path) -> io::Result<usize> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        bytes += if path.is_dir() { bytes_of(&path)? } else { fs::read(&path)?.len() };
    }
    Ok(bytes)
}
