//! What may happen to the app, and what it asks to be done outside. Data only.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use crate::desk::brief::Brief;
use crate::desk::case::Case;
use crate::desk::contact::Contact;
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::record::{Batch, Change, Kind, RecordKey, Stamp};
use crate::desk::say::Say;
use crate::keys::Key;
use crate::locale::Lang;
use crate::search::Keys;

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
    /// The store found something that the operator must know.
    Warned(Vec<Say>),
    /// What was asked for.
    Loaded {
        /// The ticket of the question.
        ticket: Ticket,
        /// The answer.
        answer: Answer,
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

/// What was found in the data folder, enough to work with.
#[derive(Debug, Default)]
pub struct Opening {
    /// Whether there is no desk yet.
    pub fresh: bool,
    /// The desk, its operators, code lists, meetings: every record of the small kinds.
    pub records: Vec<(RecordKey, Value)>,
    /// The desk's identity.
    pub desk: Id,
    /// The open cases.
    pub cases: Vec<(Brief, Keys)>,
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
    /// That was all.
    Complete,
}

/// What can be asked of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// A case with its contacts.
    CaseFile(Id),
    /// Every change of one record.
    History(RecordKey),
}

/// What the store answered.
#[derive(Debug)]
pub enum Answer {
    /// A case with its contacts, oldest first.
    CaseFile(Box<CaseFile>),
    /// Every change of one record, oldest first.
    History(RecordKey, Vec<Change>),
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
    /// Put a text into the clipboard.
    Copy(String),
    /// Draw everything anew.
    Redraw,
    /// End the program; every effect before it is carried out first.
    Quit,
}

/// The kinds whose records are all read before the first usable frame: few, and needed everywhere.
pub const SMALL_KINDS: [Kind; 5] = [Kind::Desk, Kind::Operator, Kind::Codebook, Kind::Meeting, Kind::Policy];
