//! 変更届: what an office wants changed in its entry, field by field, as a sheet of it said. Knows no file: `exchange` reads
//! the sheet; nothing of it is in the directory before somebody has accepted it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::date;
use super::id::Id;
use super::office::{Answer, Office, Staff};
use super::phone;

/// The members of an office that a sheet asks for, in its order. 注意 and 備考 are the desk's own words about an office and
/// never leave it this way; nor do 種別, 圏域 and what tells the entry apart.
pub const FIELDS: [&str; 21] = [
    "name",
    "kana",
    "department",
    "phone",
    "extension",
    "fax",
    "email",
    "postal_code",
    "address",
    "building",
    "corporation",
    "services",
    "handles",
    "hours",
    "closed",
    "best_time",
    "serves",
    "url",
    "capacity",
    "accepting",
    "accepting_until",
];

/// The members of a person that a sheet asks for, in its order.
pub const STAFF_FIELDS: [&str; 7] = ["name", "kana", "role", "department", "phone", "extension", "handles"];

/// What of an entry an item of a sheet is about; written `office.phone`, `able.ivh`, `staff.ID.phone`, `left.ID`, `new.2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A member of [`FIELDS`].
    Office(&'static str),
    /// An ability, by its code of list `capability`.
    Able(String),
    /// A member of [`STAFF_FIELDS`] of a person who is there.
    Staff(Id, &'static str),
    /// A person who has left.
    Left(Id),
    /// A person who is new: the row of the sheet.
    New(u32),
}

/// The text names no part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPart;

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Office(member) => write!(f, "office.{member}"),
            Self::Able(code) => write!(f, "able.{code}"),
            Self::Staff(id, member) => write!(f, "staff.{id}.{member}"),
            Self::Left(id) => write!(f, "left.{id}"),
            Self::New(row) => write!(f, "new.{row}"),
        }
    }
}

impl FromStr for Part {
    type Err = NoPart;

    fn from_str(text: &str) -> Result<Self, NoPart> {
        let one_of = |all: &[&'static str], name: &str| all.iter().find(|known| **known == name).copied();
        let (head, rest) = text.split_once('.').ok_or(NoPart)?;
        match head {
            "office" => one_of(&FIELDS, rest).map(Self::Office),
            "able" => Some(Self::Able(rest.to_owned())).filter(|_| !rest.is_empty()),
            "staff" => rest
                .split_once('.')
                .and_then(|(id, member)| Some(Self::Staff(id.parse().ok()?, one_of(&STAFF_FIELDS, member)?))),
            "left" => rest.parse().ok().map(Self::Left),
            "new" => rest.parse().ok().map(Self::New),
            _ => None,
        }
        .ok_or(NoPart)
    }
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody has decided.
    #[default]
    Waiting,
    /// It is in the directory.
    Accepted,
    /// It is not to come in.
    Refused,
}

/// What a value has to be that a cell did not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// A telephone number.
    Phone,
    /// Seven digits.
    Postal,
    /// A mail address.
    Email,
    /// A day.
    Day,
    /// 可, 不可 or 要相談.
    Answer,
    /// Something: a name must not be empty.
    Name,
}

impl Expected {
    /// The locale key of the words for it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Phone => "proposal-expected-phone",
            Self::Postal => "proposal-expected-postal",
            Self::Email => "proposal-expected-email",
            Self::Day => "proposal-expected-day",
            Self::Answer => "proposal-expected-answer",
            Self::Name => "proposal-expected-name",
        }
    }
}

/// One value that a sheet gives.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// What the directory held when the sheet was made.
    pub base: String,
    /// What it is to hold; empty: nothing. As the directory keeps it, but where [`Self::expected`] says otherwise.
    pub wanted: String,
    /// The whole person, where one is new.
    pub person: Option<Staff>,
    /// What the cell should have held; then it cannot be accepted before it is put right.
    pub expected: Option<Expected>,
    /// The cell, such as `H12`.
    pub cell: String,
    /// What became of it.
    pub state: State,
}

/// One sheet that came back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Proposal {
    /// The office; nobody while that is not known.
    pub office: Id,
    /// Whether the sheet itself said which office it is, or a person did. Otherwise it was found by name and number.
    pub sure: bool,
    /// The office's name on the sheet.
    pub name: String,
    /// When the sheet was made.
    pub made_on: Option<NaiveDate>,
    /// When it was read in.
    pub received_on: Option<NaiveDate>,
    /// Who read it in.
    pub by: Id,
    /// The file's name without its folders.
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
    /// A hash of what the sheet says: the same sheet again is known by it.
    pub mark: String,
    /// Whether the office ticked that everything still holds.
    pub unchanged: bool,
    /// The items by their [`Part`].
    pub items: BTreeMap<String, Item>,
    /// Whether nothing of it waits any more.
    pub closed: bool,
    /// Members that this version does not know: kept, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

impl Proposal {
    /// The items in the order of the sheet, with their parts. Parts of a later version are left out.
    pub fn in_order(&self) -> Vec<(Part, &Item)> {
        let mut items: Vec<(Part, &Item)> =
            self.items.iter().filter_map(|(key, item)| Some((key.parse().ok()?, item))).collect();
        items.sort_by(|(a, _), (b, _)| (place(a), a).cmp(&(place(b), b)));
        items
    }

    /// The items that wait, in the order of the sheet.
    pub fn waiting(&self) -> impl Iterator<Item = (Part, &Item)> {
        self.in_order().into_iter().filter(|(_, item)| item.state == State::Waiting)
    }

    /// Whether the directory holds something else now than when the sheet was made, and not what is wanted either.
    pub fn is_conflict(part: &Part, item: &Item, office: &Office) -> bool {
        let now = present(office, part);
        !alike(&now, &item.base) && !alike(&now, &item.wanted)
    }
}

/// Where a part stands on the sheet: fields, people, abilities.
fn place(part: &Part) -> (u8, usize) {
    let at = |all: &[&str], member: &str| all.iter().position(|known| *known == member).unwrap_or_default();
    match part {
        Part::Office(member) => (0, at(&FIELDS, member)),
        Part::Staff(_, member) => (1, at(&STAFF_FIELDS, member)),
        Part::Left(_) => (2, 0),
        Part::New(row) => (3, usize::try_from(*row).unwrap_or(usize::MAX)),
        Part::Able(_) => (4, 0),
    }
}

/// Whether two values are the same but for their blanks: a spreadsheet changes line ends.
pub fn alike(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// What the directory holds of a part now, as an item writes it.
pub fn present(office: &Office, part: &Part) -> String {
    match part {
        Part::Office("services") => office.services.join("、"), // data, not a sentence
        Part::Office(member) => member_of(office, member),
        Part::Able(code) => office.capabilities.get(code).map_or("", |known| answer_code(known.answer)).to_owned(),
        Part::Staff(id, member) => office.staff.get(id).map(|person| member_of(person, member)).unwrap_or_default(),
        Part::Left(id) => office.staff.get(id).filter(|person| person.left).map_or("", |_| LEFT).to_owned(),
        Part::New(_) => String::new(),
    }
}

/// What an item wants of a person who has left.
pub const LEFT: &str = "left";

/// The answer as an item writes it; empty for one that nobody knows.
pub const fn answer_code(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Ask => "ask",
        Answer::Unknown => "",
    }
}

/// The answer that an item writes so.
pub fn answer_of(code: &str) -> Answer {
    match code {
        "yes" => Answer::Yes,
        "no" => Answer::No,
        "ask" => Answer::Ask,
        _ => Answer::Unknown,
    }
}

fn member_of(record: &impl Serialize, member: &str) -> String {
    let value = serde_json::to_value(record).unwrap_or_default();
    value.get(member).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The value as the directory keeps it, from what a person wrote. Half-width kana is folded before.
///
/// # Errors
/// What it has to be.
pub fn understood(part: &Part, text: &str, today: NaiveDate) -> Result<String, Expected> {
    let text = text.trim();
    if text.is_empty() {
        let named = matches!(part, Part::Office("name") | Part::Staff(_, "name"));
        return if named { Err(Expected::Name) } else { Ok(String::new()) };
    }
    match part {
        Part::Office("phone" | "fax") | Part::Staff(_, "phone") => {
            let digits = phone::digits(text).len();
            let several = text.contains(['/', '、', ',', ' ', '\n', '／']); // data, not a sentence
            match digits {
                3..=11 => Ok(phone::split(text).number),
                // Two numbers in one cell stay as they were told.
                12.. if several => Ok(text.to_owned()),
                _ => Err(Expected::Phone),
            }
        }
        Part::Office("postal_code") => {
            let digits = phone::digits(text);
            if digits.len() == 7 { Ok(digits) } else { Err(Expected::Postal) }
        }
        Part::Office("email") => {
            let whole = text.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
            if whole && !text.contains(char::is_whitespace) { Ok(text.to_owned()) } else { Err(Expected::Email) }
        }
        Part::Office("accepting_until") => {
            date::parse(text, today).map(|parsed| parsed.date.to_string()).map_err(|_| Expected::Day)
        }
        Part::Office("accepting") | Part::Able(_) => match text {
            "yes" | "no" | "ask" => Ok(text.to_owned()),
            _ => Err(Expected::Answer),
        },
        Part::Office(_) | Part::Staff(..) | Part::Left(_) | Part::New(_) => Ok(text.to_owned()),
    }
}

/// The patch of the office that does what an item wants. `told` says how an answer became known, `on` when it was given;
/// `fresh` is the identity of a new person.
pub fn patch(part: &Part, item: &Item, office: &Office, told: (&str, NaiveDate, Id), fresh: Id) -> Value {
    let wanted = item.wanted.as_str();
    let text = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
    match part {
        Part::Office("services") => {
            let list: Vec<&str> = wanted.split(['、', ',', '，']).map(str::trim).filter(|s| !s.is_empty()).collect();
            json!({ "services": if list.is_empty() { Value::Null } else { json!(list) } })
        }
        Part::Office("kana") => json!({ "kana": text(wanted), "kana_guess": Value::Null }),
        Part::Office(member) => json!({ *member: text(wanted) }),
        Part::Able(code) => {
            let (source, on, by) = told;
            let known = json!({ "answer": wanted, "source": source, "on": on, "by": by });
            json!({ "capabilities": { code: if wanted.is_empty() { Value::Null } else { known } } })
        }
        Part::Staff(id, member) => json!({ "staff": { id.to_string(): { *member: text(wanted) } } }),
        Part::Left(id) => json!({ "staff": { id.to_string(): { "left": true } } }),
        Part::New(_) => {
            let order = office.staff.values().map(|person| person.order).max().map_or(0, |last| last + 1);
            let person = item.person.clone().map(|person| Staff { order, ..person });
            json!({ "staff": { fresh.to_string(): super::edits::compact(&person) } })
        }
    }
}

/// A member of [`STAFF_FIELDS`] of a person, as text; empty for another.
pub fn person_value(person: &Staff, member: &str) -> String {
    match member {
        "name" => &person.name,
        "kana" => &person.kana,
        "role" => &person.role,
        "department" => &person.department,
        "phone" => &person.phone,
        "extension" => &person.extension,
        _ => &person.handles,
    }
    .clone()
}

/// A new person in one line.
pub fn new_person_line(person: &Staff) -> String {
    let parts = STAFF_FIELDS.map(|member| person_value(person, member));
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
