//! What a journey leaves on the disk: nothing that was typed or pasted in it, and nothing of the demo, may stand there in
//! clear. Every journey ends with this search. Row 11 of the table (docs/faults.md).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use chrono::DateTime;
use madoguchi::demo::batches;
use madoguchi::desk::id::Id;
use madoguchi::journal::disk::read_all;
use madoguchi::journal::faulty::Plan;
use madoguchi::journal::{FaultyDisk, MemoryStore};
use serde_json::Value;

use crate::support::NOW;

/// Looks at the disk and the store when it goes.
pub struct Watch {
    disk: FaultyDisk,
    store: MemoryStore,
    typed: BTreeSet<String>,
    demo: bool,
}

/// Whether it says something of somebody: more than a code or a word.
fn tells(text: &str) -> bool {
    let wide = text.chars().filter(|sign| !sign.is_ascii()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    wide >= 4 || (digits >= 9 && text.starts_with('0'))
}

fn spelt(texts: &BTreeSet<String>) -> AhoCorasick {
    let wide = |text: &String| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let all = texts.iter().flat_map(|text| [text.clone().into_bytes(), wide(text)]);
    AhoCorasick::new(all).unwrap()
}

/// Every text of the demo.
fn of_the_demo() -> &'static AhoCorasick {
    static DEMO: OnceLock<AhoCorasick> = OnceLock::new();
    fn texts(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => {
                found.extend(tells(text).then(|| text.clone()));
            }
            Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
            Value::Object(members) => members.values().for_each(|value| texts(value, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    DEMO.get_or_init(|| {
        let (mut found, mut n) = (BTreeSet::new(), 0_u128);
        let mut ids = || {
            n += 1;
            Id::from_bytes(n.to_be_bytes())
        };
        for (_, batch) in batches(DateTime::parse_from_rfc3339(NOW).unwrap(), &mut ids) {
            batch.edits.iter().for_each(|edit| texts(&edit.patch, &mut found));
        }
        assert!(found.len() > 300, "the demo holds only {} texts", found.len());
        spelt(&found)
    })
}

impl Watch {
    /// Over this disk and this store.
    pub fn new(disk: &FaultyDisk, store: &MemoryStore) -> Self {
        Self { disk: disk.clone(), store: store.clone(), typed: BTreeSet::new(), demo: false }
    }

    /// The demo is made.
    pub fn demo(&mut self) {
        self.demo = true;
    }

    /// Remembers what a script types: what stands in quotes.
    pub fn script(&mut self, script: &str) {
        script.split('"').skip(1).step_by(2).for_each(|text| self.text(text));
    }

    /// Remembers a text that is typed or pasted.
    pub fn text(&mut self, text: &str) {
        for line in text.lines().map(str::trim) {
            // Before a name stands the key of the code that was chosen first.
            let name = line.trim_start_matches(|sign: char| sign.is_ascii_alphanumeric());
            self.typed.extend([line, name].into_iter().filter(|text| tells(text)).map(str::to_owned));
        }
    }

    /// The files and cells in which one of the texts stands.
    fn found(&self, texts: &AhoCorasick) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for path in self.disk.paths() {
            let bytes = read_all(&self.disk, Path::new(&path)).unwrap().unwrap_or_default();
            if texts.is_match(&bytes) || texts.is_match(path.to_string_lossy().as_bytes()) {
                found.insert(path.to_string_lossy().into_owned());
            }
        }
        self.store.tamper(|cells| {
            let clear = cells.iter().filter(|(key, value)| texts.is_match(&key[..]) || texts.is_match(&value[..]));
            found.extend(clear.map(|_| "a cell of the store".to_owned()));
        });
        found
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.disk.plan(Plan::default());
        assert_eq!(self.found(&spelt(&self.typed)), BTreeSet::new(), "what was typed stands in clear");
        if self.demo {
            assert_eq!(self.found(of_the_demo()), BTreeSet::new(), "what the demo holds stands in clear");
        }
    }
}

#[test]
fn checker_a_text_that_was_planted_is_found() {
    let disk = FaultyDisk::new();
    let mut watch = Watch::new(&disk, &MemoryStore::default());
    watch.script("f7 \"1架空音 喜代乃\" tab");
    assert_eq!(watch.found(&spelt(&watch.typed)), BTreeSet::new());
    madoguchi::journal::disk::replace(&disk, Path::new("desk/tmp"), "x架空音 喜代乃x".as_bytes()).unwrap();
    assert_eq!(watch.found(&spelt(&watch.typed)).len(), 1);
    watch.typed.clear();
}
