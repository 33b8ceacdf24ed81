//! What screens and popups work with: the model to read, new identities, and a tray for what is to be done.

use chrono::NaiveDate;

use crate::app::model::Model;
use crate::app::msg::{BackupTask, Effect, KeysTask, Query};
use crate::app::sheets::SheetWish;
use crate::desk::access::{Access, Details, Filter, Look};
use crate::desk::edits::Taking;
use crate::desk::id::Id;
use crate::desk::inquiry::Inquiry;
use crate::desk::queue::CaseFilter;
use crate::desk::record::{Batch, RecordKey};
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::keys::Action;
use crate::locale::{Lang, Locale};
use crate::popups::Popup;
use crate::print::Job;
use crate::screens::ScreenName;
use crate::screens::form::Around;

/// How a notice at the foot of the screen is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It went well.
    Good,
    /// Look here.
    Warning,
    /// It was refused or failed.
    Bad,
}

/// What a screen or a popup asks the app to do.
pub enum Request {
    /// Keep these edits; the screen shows them when they are on the disk.
    Commit(Batch),
    /// Keep these edits and end the call of this draft when they are on the disk.
    CommitCall(Id, Batch),
    /// Look something up; the answer goes to the screens.
    Load(Query),
    /// Put a popup on top.
    Open(Box<dyn Popup>),
    /// Go to a screen.
    Go(ScreenName),
    /// Say something at the foot of the screen until the next key.
    Say(Say, Tone),
    /// Make a paper about this record.
    Print(RecordKey, Box<Job>),
    /// Copy a text.
    Copy(String),
    /// Go to this call in progress.
    GoToCall(Id),
    /// Hand the call in front on to this other desk.
    ReferTo(Id),
    /// Take this office, and this person there, into the call in progress.
    TakeOffice(Id, Option<Id>),
    /// Keep this inquiry with the call in front; its doctor may be that of the case.
    TakeInquiry(Box<Inquiry>, Option<Taking>),
    /// Open a call about this case (追加の相談・経過).
    CallAbout(Id),
    /// The call in front goes on with this earlier case.
    GoOnWith(Id),
    /// Do what this action does (the palette chose it).
    Act(Action),
    /// Show only offices of this kind; `None`: all.
    FilterOffices(Option<String>),
    /// Type these words into the directory's search, or take them out if they are there.
    SearchWords(String),
    /// Choose this office, just added, in the directory when it is kept.
    ShowOffice(Id),
    /// Narrow the queue to this.
    NarrowCases(CaseFilter),
    /// Show this case in the queue.
    ShowCase(Id),
    /// Begin the practice as soon as the demo is there.
    Practise,
    /// Fill the empty data folder.
    SetUp(super::msg::Setup),
    /// Speak another language from now on.
    Speak(Lang),
    /// This operator sits at the desk from now on.
    WorkAs(Id),
    /// Throw the draft away.
    DropDraft(Id),
    /// Narrow the access log to this.
    NarrowLog(Filter),
    /// Do something with the backups.
    Backup(BackupTask),
    /// Have sheets for offices made or read.
    Sheets(SheetWish),
    /// Note in the access log that somebody looked.
    Look(Look),
    /// This case of another operator is looked at for this reason.
    GiveReason(Id, String),
    /// Try to enter: one of the effects that open, recover or seal a desk.
    Enter(Effect),
    /// Agree to this disposal.
    Dispose(Id),
    /// Have something done with the keys; the answer comes to what is in front.
    Keys(KeysTask),
}

/// What a screen or popup works with while it handles one key.
pub struct Hands<'a> {
    /// The desk as it is known now.
    pub model: &'a Model,
    /// The sentences of the operator's language, for texts that become part of what is chosen.
    pub locale: &'a Locale,
    /// New identities.
    pub ids: &'a mut Ids,
    /// What is to be done, in order.
    pub tray: &'a mut Vec<Request>,
}

impl Hands<'_> {
    /// Asks for something to be done.
    pub fn ask(&mut self, request: Request) {
        self.tray.push(request);
    }

    /// Keeps edits.
    pub fn commit(&mut self, batch: Batch) {
        self.ask(Request::Commit(batch));
    }

    /// Notes in the access log that somebody looked.
    pub fn look(&mut self, access: Access, record: RecordKey, details: Details) {
        self.ask(Request::Look(Look::new(access, record).with(details)));
    }

    /// Puts a popup on top.
    pub fn open(&mut self, popup: impl Popup + 'static) {
        self.ask(Request::Open(Box::new(popup)));
    }

    /// Says something at the foot of the screen.
    pub fn say(&mut self, say: Say, tone: Tone) {
        self.ask(Request::Say(say, tone));
    }

    /// Today at the desk.
    pub fn today(&self) -> NaiveDate {
        self.model.today()
    }

    /// What a form must know.
    pub fn around(&self) -> Around<'_> {
        self.model.around()
    }
}

/// Gives new identities: random, from a seed that comes from outside, so that a test can repeat a run.
#[derive(Debug, Clone)]
pub struct Ids {
    seed: [u8; 32],
    given: u64,
}

impl Ids {
    /// Identities from this seed, which must be random and used once.
    pub const fn new(seed: [u8; 32]) -> Self {
        Self { seed, given: 0 }
    }

    /// The secret of a new second factor: 20 random bytes in base32 (RFC 4648, without padding), 32 letters.
    pub fn second_factor(&mut self) -> Secret {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        self.given += 1;
        let hash = blake3::keyed_hash(&self.seed, &self.given.to_le_bytes());
        // Five bits a letter; each byte of the hash gives one, so that 32 of them are 160 random bits.
        let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).copied().map(char::from);
        Secret::new(hash.as_bytes().iter().filter_map(letter).collect::<String>())
    }

    /// A new identity.
    pub fn fresh(&mut self) -> Id {
        self.given += 1;
        let hash = blake3::keyed_hash(&self.seed, &self.given.to_le_bytes());
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
        Id::from_bytes(bytes)
    }
}
