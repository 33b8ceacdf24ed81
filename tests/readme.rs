//! The README says what is true: its keys are those of the keymap.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use madoguchi::keys::{Action, Context, Keymap};

#[test]
fn the_keys_of_the_readme_are_those_of_the_keymap() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let keymap = Keymap::default();
    let mut rows = 0;
    for row in readme.lines().filter(|row| row.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let (Some(key), Some(name)) = (cells.get(1), cells.get(2)) else { panic!("{row}") };
        let action: Action = name.parse().unwrap_or_else(|_| panic!("no action is called {name}"));
        let keys = keymap.all_keys_for(action, &[Context::Global]);
        assert!(keys.iter().any(|k| k == key), "{name} has the keys {keys:?}, not {key}");
        rows += 1;
    }
    assert!(rows > 10, "the table of keys was not found");
}
