//! Looks: what the access log holds beside the changes (domain §3.1): who looked at what, when, and how it ended.
//!
//! A look is a change whose name begins with [`LOOK`]; its patch tells [`Details`] and is never applied to a record. So
//! the log has the same chain as the changes, and cannot be altered without the next check saying so. Knows no disk and
//! no clock: whoever keeps a look says when it was.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::case::Case;
use super::id::Id;
use super::record::{Batch, Change, Edit, Kind, LOOK, RecordKey};

pub mod filter;
pub mod review;

pub use filter::Filter;

macro_rules! accesses {
    ($($(#[$doc:meta])+ $variant:ident $name:literal),+ $(,)?) => {
        /// The kinds of looks. The name of each is its sentence in the locale files too.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Access {
            $($(#[$doc])+ $variant),+
        }

        impl Access {
            /// Every kind, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in the journal ([`Batch::what`]), which is its locale key.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => concat!("access-", $name)),+ }
            }
        }
    };
}

accesses! {
    /// Somebody began to work at the desk.
    Login "login",
    /// A wrong passphrase or code at the start.
    LoginFailed "login-failed",
    /// The screen was locked, by the key or by itself.
    Lock "lock",
    /// The screen was unlocked.
    Unlock "unlock",
    /// A wrong passphrase or code at the lock.
    UnlockFailed "unlock-failed",
    /// A case was looked at.
    Open "open",
    /// Something was searched among the cases.
    Search "search",
    /// A list of cases was looked at, or an agenda.
    List "list",
    /// The history of a record was looked at.
    History "history",
    /// Something of a record was copied out, such as a telephone number.
    Copy "copy",
    /// Something was put on paper.
    Print "print",
    /// Something was written to a file outside of the data folder.
    Export "export",
    /// A file was taken in.
    Import "import",
    /// A backup was made.
    Backup "backup",
    /// A backup was restored into a new folder.
    Restore "restore",
    /// A backup was restored on trial and compared.
    Drill "restore-drill",
    /// Operators, keys or settings were changed.
    Settings "settings",
    /// The access log was looked at.
    Log "log",
    /// The log of a month was reviewed and signed off.
    Review "review",
    /// The wall clock was set back, or went ahead of the time that had passed.
    Clock "clock",
}

impl Access {
    /// The kind of this name; with and without `access-`.
    pub fn of(name: &str) -> Option<Self> {
        let short = name.strip_prefix(LOOK).unwrap_or(name);
        Self::ALL.iter().copied().find(|kind| kind.short() == short)
    }

    /// Its name without `access-`, as the command line takes it.
    pub fn short(self) -> &'static str {
        self.name().strip_prefix(LOOK).unwrap_or_default()
    }

    /// Whether it is a refusal in itself. Others fail where their details say so.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::LoginFailed | Self::UnlockFailed)
    }
}

/// What more is known of a look. Only what is filled is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Why somebody looked at a case that another operator has.
    pub reason: String,
    /// What was searched for.
    pub query: String,
    /// How many were found, written or taken in.
    pub count: Option<u64>,
    /// The file that was written or read: its name alone.
    pub file: String,
    /// To whom it goes: the office and its number, as they were then.
    pub to: String,
    /// What exactly: the setting, the part of a record, the paper, the subcommand.
    pub task: String,
    /// Whether another operator has the case.
    pub of_other: bool,
    /// Whether only the short form beside the list was seen.
    pub preview: bool,
    /// Whether it happened by itself: the lock after idle minutes, the daily backup.
    pub by_itself: bool,
    /// Whether it was done by the command line and not on the screen.
    pub command_line: bool,
    /// Whether it did not succeed.
    pub failed: bool,
    /// When a try was made that could only be kept later: before the desk is open nothing can be kept.
    pub tried_at: Option<DateTime<FixedOffset>>,
    /// How far the clock was set, in seconds; back: below zero.
    pub seconds: Option<i64>,
    /// The month that was reviewed.
    pub month: String,
    /// The journal's last number when the month was signed off.
    pub seq: Option<u64>,
    /// The hash of that record's head, in hexadecimal.
    pub head: String,
    /// Members that this version does not know: kept and shown, never dropped.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

impl Details {
    /// As it is kept: without the members that say nothing. Zero found is something.
    pub fn value(&self) -> Value {
        let Ok(Value::Object(members)) = serde_json::to_value(self) else { return Value::Object(Map::new()) };
        let says = |value: &Value| match value {
            Value::Null => false,
            Value::Bool(yes) => *yes,
            Value::String(text) => !text.is_empty(),
            Value::Number(_) | Value::Array(_) | Value::Object(_) => true,
        };
        Value::Object(members.into_iter().filter(|(_, value)| says(value)).collect())
    }

    /// What a look's patch says; what has another shape than expected is left out and never an error.
    pub fn of(patch: &Value) -> Self {
        if let Ok(details) = serde_json::from_value(patch.clone()) {
            return details;
        }
        // One bad member must not hide the others.
        let mut sound = Map::new();
        for (name, value) in patch.as_object().into_iter().flatten() {
            let one = Value::Object(Map::from_iter([(name.clone(), value.clone())]));
            if serde_json::from_value::<Self>(one).is_ok() {
                sound.insert(name.clone(), value.clone());
            }
        }
        serde_json::from_value(Value::Object(sound)).unwrap_or_default()
    }
}

/// One look that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// What was done.
    pub access: Access,
    /// What was looked at: the case or office; the operator of a login or lock; else the desk.
    pub record: RecordKey,
    /// What more is known.
    pub details: Details,
}

impl Look {
    /// A look of which nothing more is known.
    pub fn new(access: Access, record: RecordKey) -> Self {
        Self { access, record, details: Details::default() }
    }

    /// The same with these details.
    #[must_use]
    pub fn with(self, details: Details) -> Self {
        Self { details, ..self }
    }

    /// As a batch of the journal. A batch of one look that is never undone.
    pub fn batch(&self, operator: Id) -> Batch {
        batch(self.access, operator, [self])
    }
}

/// Looks of one kind and one operator as one batch.
pub fn batch<'a>(access: Access, operator: Id, looks: impl IntoIterator<Item = &'a Look>) -> Batch {
    let edits = looks.into_iter().map(|look| Edit::new(look.record, look.details.value())).collect();
    Batch::new(access.name(), operator, edits)
}

/// Somebody began to work, locked or unlocked ([`Access::Login`], [`Access::Lock`], [`Access::Unlock`]).
pub fn session(access: Access, operator: Id, by_itself: bool) -> Batch {
    let details = Details { by_itself, ..Details::default() };
    Look::new(access, RecordKey::new(Kind::Operator, operator)).with(details).batch(operator)
}

/// Tries that failed ([`Access::LoginFailed`], [`Access::UnlockFailed`]), kept by the operator who then got in: before
/// that there is no key to keep them with. Nobody knows whose tries they were, so they are the desk's. `None` when there
/// were none.
pub fn failed_tries(access: Access, desk: Id, then: Id, at: &[DateTime<FixedOffset>]) -> Option<Batch> {
    let look = |at: &DateTime<FixedOffset>| {
        let details = Details { tried_at: Some(*at), failed: true, ..Details::default() };
        Look::new(access, RecordKey::new(Kind::Desk, desk)).with(details)
    };
    let looks: Vec<Look> = at.iter().map(look).collect();
    (!looks.is_empty()).then(|| batch(access, then, &looks))
}

/// Something about the whole desk: settings, keys, exports, imports, backups, drills.
pub fn of_desk(access: Access, desk: Id, operator: Id, details: Details) -> Batch {
    Look::new(access, RecordKey::new(Kind::Desk, desk)).with(details).batch(operator)
}

/// Operators, keys or settings were changed; `task` says which, such as `change-passphrase` or `add-operator`.
pub fn settings(desk: Id, operator: Id, task: &str) -> Batch {
    of_desk(Access::Settings, desk, operator, Details { task: task.to_owned(), ..Details::default() })
}

/// A backup, a restore or a drill ([`Access::Backup`], [`Access::Restore`], [`Access::Drill`]), and how it ended.
pub fn backup(access: Access, desk: Id, operator: Id, file: &str, by_itself: bool, failed: bool) -> Batch {
    let details = Details { file: file.to_owned(), by_itself, failed, ..Details::default() };
    of_desk(access, desk, operator, details)
}

/// Where sign-offs of months are kept: apart from the desk's other looks, so that they are found without reading those.
pub const REVIEWS: RecordKey = RecordKey::new(Kind::Desk, Id::from_bytes(*b"access reviews  "));

/// Whether the case is somebody else's than `me`; one that nobody has is everybody's.
pub fn is_of_other(operator: Id, me: Id) -> bool {
    !operator.is_nil() && operator != me
}

/// The details of a look at a case by `me`.
pub fn at_case(case: &Case, me: Id) -> Details {
    Details { of_other: is_of_other(case.operator, me), ..Details::default() }
}

/// Changes that the access log shows beside the looks: they change who may do what, and how the desk works.
const SETTINGS: [&str; 5] =
    ["setup-desk", "done-add-operator", "done-edit-operator", "done-edit-desk", "done-edit-codes"];

/// One entry of the access log, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the journal.
    pub seq: u64,
    /// When it was kept, on the wall clock of the desk.
    pub at: DateTime<FixedOffset>,
    /// Who.
    pub operator: Id,
    /// What was done ([`Batch::what`]), which is its locale key.
    pub what: String,
    /// What was looked at or changed.
    pub record: RecordKey,
    /// What more is known; of a change nothing: its history tells.
    pub details: Details,
}

impl Entry {
    /// The entry of this number.
    pub fn of(seq: u64, change: &Change) -> Self {
        let details = if change.is_look() { Details::of(&change.patch) } else { Details::default() };
        let (what, record) = (change.what.clone(), change.record);
        Self { seq, at: change.at, operator: change.operator, what, record, details }
    }

    /// Its kind. A change of operators or settings is one too; none for other changes, and for a look that a newer
    /// version knows.
    pub fn access(&self) -> Option<Access> {
        if self.is_look() {
            return Access::of(&self.what);
        }
        SETTINGS.contains(&self.what.as_str()).then_some(Access::Settings)
    }

    /// Whether it belongs to the access log without being asked for: all but the changes of everyday work.
    pub fn is_logged(&self) -> bool {
        self.is_look() || self.access().is_some()
    }

    /// Whether somebody looked and changed nothing.
    pub fn is_look(&self) -> bool {
        self.what.starts_with(LOOK)
    }

    /// Whether something was refused or did not succeed.
    pub fn is_failure(&self) -> bool {
        self.details.failed || self.access().is_some_and(Access::is_failure)
    }

    /// When it happened: when it was tried, if it could only be kept later.
    pub fn happened(&self) -> DateTime<FixedOffset> {
        self.details.tried_at.unwrap_or(self.at)
    }

    /// The day on which it happened.
    pub fn day(&self) -> NaiveDate {
        self.happened().date_naive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn each_kind_is_found_by_its_name_in_both_forms() {
        for kind in Access::ALL {
            assert_eq!(Access::of(kind.name()), Some(*kind));
            assert_eq!(Access::of(kind.short()), Some(*kind));
            assert!(kind.name().starts_with(LOOK));
        }
        for name in ["", "access-", "done-save-call", "ログイン", "access-nothing", "Open"] {
            assert_eq!(Access::of(name), None, "{name}");
        }
    }

    #[test]
    fn details_are_kept_without_what_says_nothing_and_read_back() {
        assert_eq!(Details::default().value(), json!({}));
        let nothing_found = Details { query: "ﾔﾏﾀﾞ".into(), count: Some(0), ..Details::default() };
        assert_eq!(nothing_found.value(), json!({"query": "ﾔﾏﾀﾞ", "count": 0}));
        for details in [
            nothing_found,
            Details { reason: "回覧の確認".repeat(500), of_other: true, preview: true, ..Details::default() },
            Details { seconds: Some(-3600), tried_at: Some(at("2026-11-24T09:00:00+09:00")), ..Details::default() },
            Details { other: BTreeMap::from([("later".to_owned(), json!([1]))]), ..Details::default() },
        ] {
            assert_eq!(Details::of(&details.value()), details);
        }
    }

    #[test]
    fn a_member_of_another_shape_hides_no_other() {
        let patch = json!({"reason": "確認", "count": "many", "of_other": 3, "new": 1});
        let read = Details::of(&patch);
        assert_eq!((read.reason.as_str(), read.count, read.of_other), ("確認", None, false));
        assert_eq!(read.other, BTreeMap::from([("new".to_owned(), json!(1))]));
        for odd in [json!(null), json!(3), json!("text"), json!([])] {
            assert_eq!(Details::of(&odd), Details::default());
        }
    }

    #[test]
    fn failed_tries_keep_each_its_own_time() {
        let (desk, me) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        assert_eq!(failed_tries(Access::LoginFailed, desk, me, &[]), None);
        let times = [at("2026-11-24T08:59:00+09:00"), at("2026-11-24T08:59:09+09:00")];
        let batch = failed_tries(Access::LoginFailed, desk, me, &times).unwrap();
        assert_eq!((batch.what.as_str(), batch.edits.len(), batch.undoes), ("access-login-failed", 2, None));
        let tried: Vec<_> = batch.edits.iter().map(|edit| Details::of(&edit.patch).tried_at).collect();
        assert_eq!(tried, times.map(Some));
        assert!(batch.edits.iter().all(|edit| edit.record == RecordKey::new(Kind::Desk, desk)));
    }

    #[test]
    fn a_case_of_nobody_is_nobody_elses() {
        let (me, other) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        for (has, expected) in [(me, false), (other, true), (Id::NIL, false)] {
            let case = Case { operator: has, ..Case::default() };
            assert_eq!(at_case(&case, me).of_other, expected);
        }
    }
}
