//! Records and the changes they are the fold of (DESIGN §3). Knows nothing of how changes are kept.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::id::Id;
use super::say::Say;

/// What a record is about (DESIGN §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Kind {
    /// 案件: one matter of one person.
    Case = 1,
    /// 相談・経過: one call, visit or fax; what 延べ件数 counts.
    Contact = 2,
    /// 相談者・対象者.
    Person = 3,
    /// 連携先, with its staff.
    Office = 4,
    /// 会議, with its agenda.
    Meeting = 5,
    /// 次の対応 beyond the one that a case carries itself.
    Task = 6,
    /// 統一対応方針.
    Policy = 7,
    /// 相談員.
    Operator = 8,
    /// 区分表: a desk's own additions to the code lists.
    Codebook = 9,
    /// 窓口: the desk's own profile.
    Desk = 10,
    /// 活動.
    Activity = 11,
    /// 様式・一覧表・手引き.
    Document = 12,
    /// 廃棄: what was disposed of, by whom, and the numbers of the changes that are no more.
    Disposal = 13,
    /// 入力の手数: numbers of keys and seconds, no text.
    Usage = 14,
    /// 主治医照会: a doctor asked for a case, and the answer.
    Inquiry = 15,
    /// 確認の巡回: offices to be asked whether their entries still hold, and what came of each.
    Round = 16,
    /// アンケート: a questionnaire that went to offices, and what came back.
    Survey = 17,
    /// 変更届: what an office wants changed in its entry, until somebody decides.
    Proposal = 18,
}

impl Kind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [Self; 18] = [
        Self::Case,
        Self::Contact,
        Self::Person,
        Self::Office,
        Self::Meeting,
        Self::Task,
        Self::Policy,
        Self::Operator,
        Self::Codebook,
        Self::Desk,
        Self::Activity,
        Self::Document,
        Self::Disposal,
        Self::Usage,
        Self::Inquiry,
        Self::Round,
        Self::Survey,
        Self::Proposal,
    ];

    /// The kind's number, as it stands in store keys.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The kind with this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// The kind's name in English, as in `case`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Contact => "contact",
            Self::Person => "person",
            Self::Office => "office",
            Self::Meeting => "meeting",
            Self::Task => "task",
            Self::Policy => "policy",
            Self::Operator => "operator",
            Self::Codebook => "codebook",
            Self::Desk => "desk",
            Self::Activity => "activity",
            Self::Document => "document",
            Self::Disposal => "disposal",
            Self::Usage => "usage",
            Self::Inquiry => "inquiry",
            Self::Round => "round",
            Self::Survey => "survey",
            Self::Proposal => "proposal",
        }
    }
}

/// Which record: its kind and its identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey {
    /// What it is about.
    pub kind: Kind,
    /// Which one.
    pub id: Id,
}

impl RecordKey {
    /// The record of this kind with this identity.
    pub const fn new(kind: Kind, id: Id) -> Self {
        Self { kind, id }
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.name(), self.id)
    }
}

/// A hybrid logical clock value: sorts all changes of all desks, never runs backwards on one desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01 UTC, or later when the clock stood still or went back.
    pub ms: u64,
    /// Counts the changes that share one millisecond.
    pub counter: u32,
    /// The first four bytes of the desk's identity: breaks ties between desks.
    pub desk: u32,
}

impl Stamp {
    /// The 16 bytes, big endian, so that byte order is time order.
    pub fn bytes(&self) -> [u8; 16] {
        ((u128::from(self.ms) << 64) | (u128::from(self.counter) << 32) | u128::from(self.desk)).to_be_bytes()
    }

    /// The stamp in these 16 bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        let low = |n: u128| u32::try_from(n & u128::from(u32::MAX)).unwrap_or_default();
        let n = u128::from_be_bytes(bytes);
        Self { ms: u64::try_from(n >> 64).unwrap_or_default(), counter: low(n >> 32), desk: low(n) }
    }

    /// The next stamp at `now_ms`: later than this one even when the clock went back.
    #[must_use]
    pub fn next(self, now_ms: u64, desk: u32) -> Self {
        if now_ms > self.ms {
            Self { ms: now_ms, counter: 0, desk }
        } else {
            Self { ms: self.ms, counter: self.counter.saturating_add(1), desk }
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:013x}-{:04x}-{:08x}", self.ms, self.counter, self.desk)
    }
}

/// The text is not a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stamp")]
pub struct NotAStamp;

impl FromStr for Stamp {
    type Err = NotAStamp;

    fn from_str(s: &str) -> Result<Self, NotAStamp> {
        let mut parts = s.split('-');
        let (Some(ms), Some(counter), Some(desk), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAStamp);
        };
        Ok(Self {
            ms: u64::from_str_radix(ms, 16).map_err(|_| NotAStamp)?,
            counter: u32::from_str_radix(counter, 16).map_err(|_| NotAStamp)?,
            desk: u32::from_str_radix(desk, 16).map_err(|_| NotAStamp)?,
        })
    }
}

impl Serialize for Stamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What somebody wants changed in one record: an RFC 7396 merge patch over its present value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The record.
    pub record: RecordKey,
    /// The merge patch: a member that is null removes the field.
    pub patch: Value,
}

impl Edit {
    /// A patch of this record.
    pub const fn new(record: RecordKey, patch: Value) -> Self {
        Self { record, patch }
    }
}

/// Edits that belong together: kept, undone and redone as one. The unit of `commit`.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// What was done, as a locale key without values (`done-save-call`): the history and "undone: …" say it.
    pub what: String,
    /// Who does it.
    pub operator: Id,
    /// The edits, in the order in which they apply.
    pub edits: Vec<Edit>,
    /// The batch (its first stamp) that this one takes back, when it is an undo or a redo.
    pub undoes: Option<Stamp>,
}

impl Batch {
    /// Edits done by `operator` under the name `what`.
    pub fn new(what: impl Into<String>, operator: Id, edits: Vec<Edit>) -> Self {
        Self { what: what.into(), operator, edits, undoes: None }
    }
}

/// One change as it is kept: the unit of truth (DESIGN §3). The chain's hashes live in the journal's headers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// When, in the order of all changes.
    pub stamp: Stamp,
    /// The first stamp of the batch that it was committed in.
    pub batch: Stamp,
    /// When, on the wall clock of the desk.
    pub at: DateTime<FixedOffset>,
    /// The desk that made it.
    pub desk: Id,
    /// Who made it.
    pub operator: Id,
    /// What was done ([`Batch::what`]).
    pub what: String,
    /// The batch that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Stamp>,
    /// The record.
    pub record: RecordKey,
    /// The merge patch.
    pub patch: Value,
    /// The patch that takes it back: what stood in the same fields before (null: nothing).
    #[serde(default)]
    pub back: Value,
}

/// What the names of batches begin with that dispose of records: they keep nothing of what stood there, and nobody can
/// take them back.
pub const DISPOSAL: &str = "disposal-";

/// What the names of looks begin with ([`Change::is_look`]).
pub const LOOK: &str = "access-";

impl Change {
    /// Whether somebody looked and changed nothing: the patch tells details of it and is never applied to the record.
    pub fn is_look(&self) -> bool {
        self.what.starts_with(LOOK)
    }
}

/// An error that can be said to a person.
pub trait Explain {
    /// The sentence: what is wrong, where, and what to do.
    fn say(&self) -> Say;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_sort_as_their_bytes_and_survive_a_clock_that_goes_back() {
        let a = Stamp::default().next(1_000, 7);
        let b = a.next(1_000, 7);
        let c = b.next(10, 7);
        let d = c.next(2_000, 7);
        let all = [a, b, c, d];
        assert!(all.is_sorted_by(|x, y| x < y && x.bytes() < y.bytes()));
        for stamp in all {
            assert_eq!(Stamp::from_bytes(stamp.bytes()), stamp);
            assert_eq!(stamp.to_string().parse(), Ok(stamp));
        }
    }

    #[test]
    fn kinds_are_found_by_number() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_number(kind.number()), Some(kind));
        }
        assert_eq!(Kind::from_number(0), None);
    }
}
