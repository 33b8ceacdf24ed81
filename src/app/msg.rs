//! What may happen to the app, and what it asks to be done outside. Data only.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::Value;

use crate::desk::access::review::SignOff;
use crate::desk::access::{Entry, Filter};
use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::handover::Recent;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::record::{Batch, Change, RecordKey, Stamp};
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::desk::usage::Report;
use crate::keys::Key;
use crate::locale::Lang;
use crate::print::Job;
use crate::search::Keys;

pub use super::backups::{BackupNews, BackupOrder, BackupRow, BackupTask};
pub use super::entering::{Holder, KeysResult, KeysTask, NewSecond};
pub use super::known::Card;
pub use super::reach::Part;
pub use super::sheets::{SheetNews, SheetTask};
pub use super::small::SMALL_KINDS;

/// The two clocks at the moment of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The wall clock of the desk; may jump.
    pub wall: DateTime<FixedOffset>,
    /// Time since the program started; never runs back.
    pub mono: Duration,
}

/// Ties an answer to the effect that asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ticket(pub u64);

/// What may happen.
#[derive(Debug)]
pub enum Msg {
    /// A key, already without the terminal library's types.
    Key(Key),
    /// A paste, or several characters that an input method committed at once.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// The deadline that the app named has passed.
    Wake,
    /// The data folder was looked at.
    Opened(Box<Opening>),
    /// The data folder cannot be used.
    NotOpened(Say),
    /// The data folder holds a desk that does not open as it should; one of these is possible instead
    /// ([`Effect::OpenInstead`]).
    Shut {
        /// Why.
        say: Say,
        /// What is possible, the best first.
        instead: Vec<Instead>,
    },
    /// More of the desk arrived from the store.
    Arrived(Arrival),
    /// The batch is on the disk.
    Committed {
        /// The commit's ticket.
        ticket: Ticket,
        /// What was kept.
        receipt: Committed,
    },
    /// The batch is not on the disk; nothing was changed.
    NotCommitted {
        /// The commit's ticket.
        ticket: Ticket,
        /// Why.
        say: Say,
    },
    /// There was nothing to undo or redo.
    NothingToUndo {
        /// The ticket of the undo or redo.
        ticket: Ticket,
    },
    /// This version of the draft is on the disk.
    DraftSaved {
        /// The draft.
        id: Id,
        /// The version that the effect named.
        version: u64,
    },
    /// A draft could not be written.
    DraftNotSaved {
        /// The draft.
        id: Id,
        /// Why.
        say: Say,
    },
    /// Something that went on behind the screen is done.
    Noted(Say),
    /// The store found something that the operator must know.
    Warned(Vec<Say>),
    /// What was asked for.
    Loaded {
        /// The ticket of the question.
        ticket: Ticket,
        /// The answer.
        answer: Answer,
    },
    /// Something was done with the backups.
    Backup(Box<BackupNews>),
    /// Sheets for offices were made or read.
    Sheets(Box<SheetNews>),
    /// The data folder holds a sealed desk: nothing of it can be read yet. Comes instead of [`Msg::Opened`], which
    /// follows when the passphrase was right, with whose it was as its `last_operator`.
    AskPassphrase {
        /// Whether it is the demo, whose passphrase may be told.
        demo: bool,
        /// How long to wait before the next try, after too many wrong ones.
        wait: Option<Duration>,
    },
    /// The data folder holds a desk in clear, made by an earlier version: it is sealed before it is opened.
    AskSeal {
        /// Who has not left, by reading: one of them seals it.
        operators: Vec<(Id, String)>,
    },
    /// The passphrase was right: the start goes on, or the screen is as it was before the lock.
    Unlocked {
        /// Whose passphrase it was.
        operator: Id,
    },
    /// The desk stays closed.
    NotUnlocked {
        /// Why.
        say: Say,
        /// The passphrase was right, and a code of the second factor is wanted as well.
        code_needed: bool,
        /// How long to wait before the next try.
        wait: Option<Duration>,
    },
    /// The recovery key was right: who sets a new passphrase is to be chosen ([`Effect::UnlockByRecovery`]).
    Recovering {
        /// Who has not left, by reading.
        operators: Vec<(Id, String)>,
    },
    /// The recovery key, to be shown this once.
    RecoveryKey {
        /// In groups with blanks between, as it is to be written down.
        key: Secret,
    },
    /// A [`KeysTask`] came to its end.
    KeysDone {
        /// The task's ticket.
        ticket: Ticket,
        /// What came of it, or why nothing was changed.
        result: Result<KeysResult, Say>,
    },
}

/// What a commit left behind.
#[derive(Debug, Clone)]
pub struct Committed {
    /// The batch.
    pub batch: Stamp,
    /// When it was kept.
    pub at: DateTime<FixedOffset>,
    /// What was done, as a locale key; of an undo, what was taken back.
    pub what: String,
    /// The records with their values after it. An empty value: the record is no more.
    pub records: Vec<(RecordKey, Value)>,
}

/// What can be done about a desk that does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// Try once more: somebody may have closed it, or made room.
    Again,
    /// Open it only to read it.
    ReadOnly,
    /// Give the room that is kept back for calls to the desk, and open it.
    UseReserve,
}

/// What was found in the data folder, enough to work with.
#[derive(Debug, Default)]
pub struct Opening {
    /// Whether there is no desk yet.
    pub fresh: bool,
    /// The desk, its operators, code lists, meetings: every record of the small kinds.
    pub records: Vec<(RecordKey, Value)>,
    /// The desk's identity.
    pub desk: Id,
    /// Whether the desk is sealed: then it can be locked.
    pub sealed: bool,
    /// Whether it was opened only to read it.
    pub read_only: bool,
    /// The open cases.
    pub cases: Vec<(Brief, Keys)>,
    /// Whether the program was cut off when it ran last.
    pub cut_off: bool,
    /// The drafts that were left, as they were saved.
    pub drafts: Vec<(Id, Value)>,
    /// The highest case number of each fiscal year around this one.
    pub last_numbers: Vec<String>,
    /// What the operator must read before work goes on.
    pub notices: Vec<Say>,
    /// What is worth a line at the foot: nothing is lost and nothing is to be done.
    pub remarks: Vec<Say>,
    /// Where the data lie, for the start screen.
    pub folder: String,
    /// Who used the desk last.
    pub last_operator: Option<Id>,
}

/// More of the desk, in the background.
#[derive(Debug)]
pub enum Arrival {
    /// Closed cases.
    Cases(Vec<(Brief, Keys)>),
    /// Offices.
    Offices(Vec<(Id, Office, Keys)>),
    /// Persons.
    Persons(Vec<(Id, Card, Keys)>),
    /// The newest contacts, the newest first.
    Contacts(Vec<(Id, Contact)>),
    /// Records that were changed behind the screen, with their values now.
    Changed(Vec<(RecordKey, Value)>),
    /// That was all.
    Complete,
}

/// What can be asked of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// A case with its contacts.
    CaseFile(Id),
    /// The last contacts of these persons.
    Persons(Vec<Id>),
    /// A contact with its case, as the slip of a call.
    Slip(Id),
    /// Every change of one record.
    History(RecordKey),
    /// The looks at one record, newest first, and who asks. Who is no supervisor gets their own only.
    Looks(RecordKey, Id),
    /// A page of the access log.
    Log(LogQuery),
    /// Which months of the access log have been reviewed.
    Reviews,
    /// What was done to cases up to this day, and how often who asks has come on it.
    Recent(Id, NaiveDate),
    /// How many keys and seconds calls took until this day: who asks gets their own figures and the desk's medians, a
    /// supervisor the desk's by week too.
    Usage(Id, NaiveDate),
    /// What the contacts after this one tell of whom the desk reaches.
    Reach(Option<Id>),
}

/// What is wanted of the access log. Who is no supervisor gets their own entries only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogQuery {
    /// Who asks.
    pub who: Id,
    /// What narrows it.
    pub filter: Filter,
    /// From before this number of the journal; none: from the newest.
    pub before: Option<u64>,
}

/// A page of the access log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogPage {
    /// What was asked.
    pub query: LogQuery,
    /// The entries, newest first. There may be more even when there are none: few may be wanted of many.
    pub entries: Vec<Entry>,
    /// Where the next page begins; none: this was all.
    pub next: Option<u64>,
    /// Entries on the way that do not read: damaged, or disposed of.
    pub unreadable: u64,
    /// Whether only the entries of who asks were given.
    pub own: bool,
}

/// Which months of the access log have been reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviews {
    /// The desk's first day.
    pub first: NaiveDate,
    /// The sign-offs, newest first.
    pub signed: Vec<SignOff>,
    /// The journal's last number, and the hash of that record's head in hexadecimal: what a sign-off names.
    pub head: (u64, String),
}

/// What the store answered.
#[derive(Debug)]
pub enum Answer {
    /// A case with its contacts, oldest first.
    CaseFile(Box<CaseFile>),
    /// The last contacts of some persons.
    Persons(Box<History>),
    /// A contact with its case.
    Slip(Box<KeptSlip>),
    /// Every change of one record, oldest first.
    History(RecordKey, Vec<Change>),
    /// The looks at one record, newest first.
    Looks(RecordKey, Vec<Entry>),
    /// A page of the access log.
    Log(Box<LogPage>),
    /// Which months of the access log have been reviewed.
    Reviews(Box<Reviews>),
    /// What was done to cases lately.
    Recent(Box<Recent>),
    /// How many keys and seconds calls took.
    Usage(Box<Report>),
    /// What some contacts tell of whom the desk reaches.
    Reach(Part),
    /// There is nothing of that identity.
    Nothing,
    /// It could not be read.
    Failed(Say),
}

/// A case with its contacts.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFile {
    /// The case's identity.
    pub id: Id,
    /// The case.
    pub case: Case,
    /// 経過, oldest first.
    pub contacts: Vec<(Id, Contact)>,
}

/// The slip of a call that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptSlip {
    /// The contact's identity.
    pub id: Id,
    /// Who took the call.
    pub operator: Id,
    /// The contact, as it is kept.
    pub contact: Value,
    /// Its case, as it is kept.
    pub case: Value,
}

/// What some persons called about before, and what others called about them.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The persons, as they were asked for.
    pub persons: Vec<Id>,
    /// Their last contacts, the newest first.
    pub contacts: Vec<Contact>,
    /// The last cases about them, each with the day of its last contact, the newest first.
    pub cases: Vec<(NaiveDate, Case)>,
}

/// How an empty data folder is to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setup {
    /// The demo with fictional people, in this data folder.
    Demo,
    /// A desk of this name with its first operator.
    Desk {
        /// 窓口名.
        name: String,
        /// 相談員.
        operator: String,
        /// The language in which it was set up.
        lang: Lang,
        /// What will open the desk for its first operator. Answered by [`Msg::Opened`] and then [`Msg::RecoveryKey`].
        passphrase: Secret,
        /// A second factor, if one is wanted at once.
        second: Option<NewSecond>,
    },
}

/// What the app asks to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Keep these edits.
    Commit {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The edits.
        batch: Batch,
    },
    /// Open the desk in another way than it was tried ([`Msg::Shut`]).
    OpenInstead(Instead),
    /// Note in the access log that somebody looked, as soon as nothing else is to be done. Not answered.
    Look(Batch),
    /// Agree to a disposal and carry it out; answered like a commit.
    Dispose {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The proposal.
        disposal: Id,
        /// Who agrees.
        operator: Id,
    },
    /// Take back this operator's last batch.
    Undo {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Whose.
        operator: Id,
    },
    /// Do again what was taken back last.
    Redo {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Whose.
        operator: Id,
    },
    /// Write a draft in place of its earlier version.
    SaveDraft {
        /// The draft.
        id: Id,
        /// Counts the versions of this draft.
        version: u64,
        /// The whole draft.
        draft: Value,
    },
    /// Remove a draft whose call is committed or was dropped.
    RemoveDraft {
        /// The draft.
        id: Id,
    },
    /// Look something up.
    Load {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The question.
        query: Query,
    },
    /// Fill an empty data folder; answered by [`Msg::Opened`].
    SetUp(Setup),
    /// Remember who works at this computer.
    RememberOperator(Id),
    /// Open a sealed desk, at the start or after a lock; answered by [`Msg::Unlocked`] (then at the start by
    /// [`Msg::Opened`]) or [`Msg::NotUnlocked`].
    Unlock {
        /// The passphrase.
        passphrase: Secret,
        /// The code of the second factor, once it was asked for: digits, folded.
        code: Option<String>,
    },
    /// Open a sealed desk by its recovery key. Without an operator it is only tried, and answered by
    /// [`Msg::Recovering`]; with one, that operator's slot is made anew with this passphrase and without a second
    /// factor, and the answers are those of [`Effect::Unlock`].
    UnlockByRecovery {
        /// The recovery key as typed.
        key: Secret,
        /// Who sets a new passphrase.
        operator: Option<Id>,
        /// The new passphrase; empty while nobody was chosen.
        passphrase: Secret,
    },
    /// Lock the desk: what was asked for before is carried out, then the keys are wiped from memory.
    Lock,
    /// Seal a desk that is in clear; answered by [`Msg::Opened`] and [`Msg::RecoveryKey`], or [`Msg::NotUnlocked`].
    SealDesk {
        /// Who does it: becomes a supervisor.
        operator: Id,
        /// What will open the desk for them.
        passphrase: Secret,
    },
    /// Something about the keys; answered by [`Msg::KeysDone`].
    Keys {
        /// Comes back with the answer.
        ticket: Ticket,
        /// The task.
        task: KeysTask,
    },
    /// Do something with the backups, beside everything else; answered by [`Msg::Backup`].
    Backup(BackupOrder),
    /// Make or read sheets for offices, beside everything else; answered by [`Msg::Sheets`].
    Sheets(Box<SheetTask>),
    /// Make a paper: opened in the system's browser, or a file; answered by [`Msg::Noted`] or [`Msg::Warned`].
    Print(Box<Job>),
    /// Put a text into the clipboard.
    Copy(String),
    /// Draw everything anew.
    Redraw,
    /// End the program; every effect before it is carried out first.
    Quit,
}
