//! The members of a record as cells, and back. Knows no file and no desk.
//!
//! A column's header ends in the member's place, `[verified.on]`, and in what its cells are where they are no text:
//! `[pauses:number]`. Without that a reader could not tell the number 12 from the text 12.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use crate::desk::id::Id;
use crate::desk::record::Kind;

/// Members that are lists of their own, each entry under its key: they become tables.
const LISTS: [(Kind, &str); 10] = [
    (Kind::Office, "staff"),
    (Kind::Office, "capabilities"),
    (Kind::Contact, "offices"),
    (Kind::Meeting, "items"),
    (Kind::Person, "phones"),
    (Kind::Person, "seen"),
    (Kind::Policy, "persons"),
    (Kind::Codebook, "entries"),
    (Kind::Codebook, "texts"),
    (Kind::Usage, "calls"),
];
/// Members that only this program reads: they stay as they are kept.
const AS_KEPT: [(Kind, &str); 1] = [(Kind::Office, "imported")];
/// The members of a member that get columns of their own, so deep.
const DEPTH: usize = 3;
/// The place of a list's entry that is no object.
pub const VALUE: &str = "=";
/// The place of members whose names cannot stand in a header.
const REST: &str = "*";

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text, codes, days and times.
    Text,
    /// A number.
    Number,
    /// `yes` or `no`.
    YesNo,
    /// Texts, parted by 、; one in a text has `\` before it.
    List,
    /// JSON.
    Json,
}

const SUFFIXES: [(Holds, &str); 5] = [
    (Holds::Text, ""),
    (Holds::Number, ":number"),
    (Holds::YesNo, ":yes-no"),
    (Holds::List, ":list"),
    (Holds::Json, ":json"),
];

impl Holds {
    /// What a header says behind the place.
    pub fn suffix(self) -> &'static str {
        SUFFIXES.iter().find(|(holds, _)| *holds == self).map_or("", |(_, suffix)| suffix)
    }

    fn of(value: &Value) -> Self {
        match value {
            Value::String(_) => Self::Text,
            Value::Number(_) => Self::Number,
            Value::Bool(_) => Self::YesNo,
            // A blank text would make a cell that looks empty, or an end of one that does.
            Value::Array(all) if all.iter().all(|one| one.as_str().is_some_and(|one| !one.trim().is_empty())) => {
                Self::List
            }
            Value::Null | Value::Array(_) | Value::Object(_) => Self::Json,
        }
    }

    /// What a column is whose cells are of both kinds.
    pub fn with(self, other: Self) -> Self {
        if self == other { self } else { Self::Json }
    }

    /// A value as a cell.
    pub fn cell(self, value: &Value) -> String {
        match (self, value) {
            (Self::Text, Value::String(text)) => text.clone(),
            (Self::YesNo, Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
            (Self::List, Value::Array(all)) => {
                let one = |one: &Value| one.as_str().unwrap_or_default().replace('\\', "\\\\").replace('、', "\\、");
                all.iter().map(one).collect::<Vec<_>>().join("、")
            }
            _ => value.to_string(),
        }
    }

    /// The value of a cell that is not empty; `None` where it is no such value.
    pub fn value(self, cell: &str) -> Option<Value> {
        match self {
            Self::Text => Some(Value::from(cell)),
            Self::Number => cell.trim().parse::<Number>().ok().map(Value::Number),
            Self::YesNo => match cell.trim() {
                "yes" => Some(Value::Bool(true)),
                "no" => Some(Value::Bool(false)),
                _ => None,
            },
            Self::List => Some(list(cell)),
            Self::Json => serde_json::from_str(cell).ok(),
        }
    }
}

fn list(cell: &str) -> Value {
    let mut all = vec![String::new()];
    let mut signs = cell.chars();
    while let Some(sign) = signs.next() {
        let sign = match sign {
            '、' => {
                all.push(String::new());
                continue;
            }
            '\\' => signs.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(last) = all.last_mut() {
            last.push(sign);
        }
    }
    all.into_iter().filter(|one| !one.is_empty()).map(Value::from).collect()
}

/// A header: what a person reads, then the place and what the cells are.
pub fn header(label: &str, place: &str, holds: Holds) -> String {
    format!("{label} [{place}{}]", holds.suffix()).trim_start().to_owned()
}

/// The place and what the cells are, out of a header; `None` where a column only helps people read.
pub fn place(header: &str) -> Option<(&str, Holds)> {
    let inner = header.trim().strip_suffix(']')?.rsplit_once('[')?.1;
    let typed = SUFFIXES.iter().skip(1).find_map(|(holds, suffix)| Some((inner.strip_suffix(suffix)?, *holds)));
    let (place, holds) = typed.unwrap_or((inner, Holds::Text));
    (!place.is_empty()).then_some((place, holds))
}

/// The cells of a row, by their places.
pub type Cells = BTreeMap<String, Value>;

/// A record taken apart.
#[derive(Debug, Default)]
pub struct Apart {
    /// Its own cells, by their places.
    pub own: Cells,
    /// Its lists, by the members' names: the entries by their keys.
    pub lists: BTreeMap<String, Vec<(String, Cells)>>,
}

/// Takes a record apart. What is as if it were not there (empty, blank, nobody) has no cell.
pub fn apart(kind: Kind, members: &Map<String, Value>) -> Apart {
    let mut apart = Apart::default();
    let mut rest = Map::new();
    for (name, value) in members.iter().filter(|(_, value)| !is_blank(value)) {
        let inner = value.as_object();
        if !is_plain(name) {
            rest.insert(name.clone(), value.clone());
        } else if let Some(entries) = inner.filter(|entries| is_list(kind, name, entries)) {
            apart.lists.insert(name.clone(), entries.iter().map(entry).collect());
        } else if let Some(inner) = inner.filter(|inner| is_open(inner) && !AS_KEPT.contains(&(kind, name))) {
            spread(name, inner, DEPTH, &mut apart.own);
        } else {
            apart.own.insert(name.clone(), value.clone());
        }
    }
    if !rest.is_empty() {
        apart.own.insert(REST.to_owned(), Value::Object(rest));
    }
    apart
}

fn entry((key, value): (&String, &Value)) -> (String, Cells) {
    let mut cells = Cells::new();
    if let Some(members) = value.as_object().filter(|members| is_open(members)) {
        spread("", members, DEPTH, &mut cells);
    } else {
        cells.insert(VALUE.to_owned(), value.clone());
    }
    (key.clone(), cells)
}

/// Puts cells together to an object.
pub fn together(cells: Cells) -> Map<String, Value> {
    let mut members = Map::new();
    for (place, value) in cells {
        if place == REST {
            members.extend(if let Value::Object(rest) = value { rest } else { Map::new() });
            continue;
        }
        let mut at = &mut members;
        let mut names: Vec<&str> = place.split('.').collect();
        let Some(last) = names.pop() else { continue };
        for name in names {
            let inner = at.entry(name).or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            let Value::Object(next) = inner else { return members };
            at = next;
        }
        at.insert(last.to_owned(), value);
    }
    members
}

/// The kind of a column's cells.
pub fn holds(value: &Value) -> Holds {
    Holds::of(value)
}

fn is_list(kind: Kind, name: &str, entries: &Map<String, Value>) -> bool {
    LISTS.contains(&(kind, name)) || entries.keys().all(|key| key.parse::<Id>().is_ok())
}

fn spread(before: &str, members: &Map<String, Value>, deep: usize, into: &mut Cells) {
    for (name, value) in members.iter().filter(|(_, value)| !is_blank(value)) {
        let place = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        if let Some(inner) = value.as_object().filter(|inner| deep > 1 && is_open(inner)) {
            spread(&place, inner, deep - 1, into);
        } else {
            into.insert(place, value.clone());
        }
    }
}

/// Whether every member can have a column of its own.
fn is_open(members: &Map<String, Value>) -> bool {
    members.keys().all(|name| is_plain(name)) && members.values().any(|value| !is_blank(value))
}

/// Whether a name can stand in a header.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
}

/// Missing, empty and blank are the same everywhere in this program.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
