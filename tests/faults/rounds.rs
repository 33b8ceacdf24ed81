//! How many rounds: a few at each push, many once a week (`tests/run --weekly`).

use std::io::Write;

/// `per_push` rounds, or `weekly` ones where `MADOGUCHI_ROUNDS` says so.
pub fn rounds(per_push: u64, weekly: u64) -> u64 {
    if is_weekly() { weekly } else { per_push }
}

/// Whether the many rounds are asked for.
pub fn is_weekly() -> bool {
    match std::env::var("MADOGUCHI_ROUNDS").as_deref() {
        Ok("weekly") => true,
        Ok("") | Err(_) => false,
        Ok(other) => panic!("MADOGUCHI_ROUNDS is `weekly` or nothing, not `{other}`"),
    }
}

/// Says what many rounds came to, past the harness that swallows what a passing test prints.
pub fn figures(text: &str) {
    if is_weekly() {
        let mut err = std::io::stderr();
        writeln!(err, "{text}").unwrap();
    }
}
