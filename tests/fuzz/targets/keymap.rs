#![no_main]

#[path = "../work.rs"]
mod work;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| work::keymap(bytes));
