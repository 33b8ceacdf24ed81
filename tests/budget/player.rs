//! Plays a call: every key that is no text must be on the screen that was drawn just before it.

use std::collections::BTreeMap;

use madoguchi::desk::id::Id;
use madoguchi::desk::record::Kind;
use madoguchi::runtime::headless::parse;
use serde_json::Value;

use crate::desk::Desk;
use crate::shown::shows_key;
use crate::support::PASSPHRASE;

/// What somebody does in one thought.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Takes the call: keys as in a keymap.
    Begin(&'static str),
    /// Chooses, goes on, commands.
    Coded(&'static str),
    /// Types the beginning of what is looked for, with an input method switched off.
    Search(&'static str),
    /// Writes.
    Text(&'static str),
    /// Hangs up: from here to the case in the queue.
    End(&'static str),
}

/// The keys of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Count {
    /// From the ringing to the first field.
    pub begin: u32,
    /// All that are no text, those to begin and to end with them.
    pub coded: u32,
    /// Characters of text.
    pub text: u32,
    /// Keys for this text, where Japanese is typed in romaji.
    pub strokes: u32,
    /// From hanging up to the end.
    pub end: u32,
    /// Thoughts.
    pub thoughts: u32,
}

/// Keys for a Japanese character in romaji, with the conversion and its mistakes, in tenths (`domain.md` §4.1: a month of
/// real work took 2.36).
const STROKES: u32 = 24;

/// Seconds for a key, where the typist is no secretary, and for making up one's mind (`domain.md` §4.1). No hand leaves the
/// keys for a mouse.
const KEY: f64 = 0.28;
const MIND: f64 = 1.35;

impl Count {
    /// The keys of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            begin: self.begin + other.begin,
            coded: self.coded + other.coded,
            text: self.text + other.text,
            strokes: self.strokes + other.strokes,
            end: self.end + other.end,
            thoughts: self.thoughts + other.thoughts,
        }
    }

    /// Seconds by the keystroke-level model.
    pub fn seconds(&self) -> f64 {
        KEY * f64::from(self.coded + self.strokes) + MIND * f64::from(self.thoughts)
    }
}

/// Keys that a text takes, in whole ones.
pub fn strokes(text: &str) -> u32 {
    let tenths: u32 = text.chars().map(|c| if c.is_ascii() { 10 } else { STROKES }).sum();
    tenths.div_ceil(10)
}

/// Plays the steps on what is there.
///
/// # Panics
/// A key is pressed that the screen does not show, or text is typed where there is no caret.
pub fn play(desk: &mut Desk, what: &str, steps: &[Step]) -> Count {
    let mut count = Count::default();
    let before = desk.app.counted().all;
    for step in steps {
        count.thoughts += 1;
        match *step {
            Step::Begin(keys) => count.begin += press(desk, what, keys),
            Step::Coded(keys) => _ = press(desk, what, keys),
            Step::Search(text) => write(desk, what, text),
            Step::Text(text) => {
                write(desk, what, text);
                count.text += u32::try_from(text.chars().count()).unwrap();
                count.strokes += strokes(text);
            }
            Step::End(keys) => count.end += press(desk, what, keys),
        }
    }
    // The app counts on its own, by its own rules.
    let after = desk.app.counted().all;
    count.coded = after.coded - before.coded;
    assert_eq!(after.text - before.text, count.text, "{what}: text");
    count
}

fn press(desk: &mut Desk, what: &str, keys: &str) -> u32 {
    let keys = parse(keys).unwrap();
    for key in &keys {
        assert!(shows_key(desk, *key), "{what}: {} is not on the screen:\n{}", key.display(), desk.text());
        desk.press(*key);
    }
    u32::try_from(keys.len()).unwrap()
}

fn write(desk: &mut Desk, what: &str, text: &str) {
    assert!(desk.caret().is_some(), "{what}: there is nowhere to write:\n{}", desk.text());
    desk.keys(&format!("\"{text}\"")).unwrap();
}

/// What a call left in the journal: the case and the contact, without what the clock and the identities say.
pub struct Kept {
    records: [BTreeMap<Id, Value>; 2],
}

/// The members that differ from run to run, or stand in both records by rule.
const OWN: [&str; 13] = [
    "at",
    "ended_at",
    "opened_at",
    "operator",
    "case",
    "number",
    "caller_person",
    "subject_person",
    "caller_office_id",
    "seconds",
    "keys",
    "status",
    "tally",
];

impl Kept {
    /// What is there before the call.
    pub fn before(desk: &Desk) -> Self {
        Self { records: [Kind::Case, Kind::Contact].map(|kind| desk.records(kind, PASSPHRASE)) }
    }

    /// The case and the contact that have come since.
    pub fn since(&self, desk: &Desk) -> [Value; 2] {
        let now = Self::before(desk).records;
        [0, 1].map(|kind| {
            let mut new = now[kind].iter().filter(|(id, _)| !self.records[kind].contains_key(id));
            let value = new.next().unwrap().1.clone();
            assert!(new.next().is_none(), "more than one");
            let Value::Object(mut members) = value else { panic!("no object") };
            members.retain(|name, _| !OWN.contains(&name.as_str()));
            if let Some(offices) = members.get_mut("offices") {
                *offices = offices.as_object().unwrap().values().map(|office| office["name"].clone()).collect();
            }
            if let Some(flag) = members.get_mut("flag") {
                *flag = flag.is_object().into();
            }
            Value::Object(members)
        })
    }

    /// Whether nothing has come since.
    pub fn is_all(&self, desk: &Desk) -> bool {
        let now = Self::before(desk).records;
        (0..2).all(|kind| now[kind].len() == self.records[kind].len())
    }
}
