//! Disposals of this journal: what a batch agreed to is taken away for good, and the list of it is kept beside the
//! journal, so that no backup brings it back. Knows no reason for any of it: the desk's rules do.
//!
//! Three things say one and the same, in this order: the record that agrees (in the chain), the renewal that removes the
//! text, and the list (`disposals`). What a power cut or a restored backup left undone is done by
//! [`Journal::settle_disposals`], which compares the first and the last.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use super::backup::{BackupError, DISPOSALS, Disposal, Disposals};
use super::check::NUMBERS;
use super::format::Body;
use super::renew::{Numbers, holds, ranges};
use super::store::Scan;
use super::store::cell::{self, Cell};
use super::walk::walk;
use super::{CommitError, Journal, OpenError, ReadError, Receipt};
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::record::{Batch, Change, Explain, Kind, RecordKey, Stamp};
use crate::desk::say::Say;

/// What goes with a disposal.
#[derive(Debug, Clone, Default)]
pub struct Going {
    /// Numbers and stamps of the changes and looks.
    pub changes: BTreeMap<u64, Stamp>,
    /// Records that go as a whole.
    pub records: Vec<RecordKey>,
}

impl Going {
    /// The numbers as ranges, as the agreeing record has them.
    pub fn numbers(&self) -> Numbers {
        ranges(&self.changes.keys().copied().collect())
    }
}

/// What was settled at an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// Disposals that were agreed to and not carried out: the text is being removed now.
    pub resumed: usize,
    /// Disposals from after the backup that this desk was restored from: they hold for it too.
    pub restored: usize,
    /// The list was damaged, and was made anew from the records.
    pub list_damaged: bool,
}

/// Why a disposal was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum DisposalError {
    /// Nothing was agreed to, and nothing is gone.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The journal could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It is agreed to, and the text is still there: the next start goes on with it.
    #[error(transparent)]
    Begin(#[from] OpenError),
    /// It is agreed to, and the list of disposals could not be written: the next start does it.
    #[error(transparent)]
    List(#[from] BackupError),
}

impl From<std::io::Error> for DisposalError {
    fn from(error: std::io::Error) -> Self {
        Self::Read(ReadError::Io(error))
    }
}

impl Explain for DisposalError {
    fn say(&self) -> Say {
        match self {
            Self::Commit(error) => error.say(),
            Self::Read(error) => error.say(),
            Self::Begin(error) => error.say(),
            Self::List(error) => error.say(),
        }
    }
}

impl Journal {
    /// The changes of a record that read, with their numbers, oldest first.
    pub fn numbered(&self, key: RecordKey) -> Result<Vec<(u64, Change)>, ReadError> {
        self.numbered_in(&cell::changes(key), key)
    }

    /// The looks at a record that read, with their numbers, oldest first.
    pub fn numbered_looks(&self, key: RecordKey) -> Result<Vec<(u64, Change)>, ReadError> {
        self.numbered_in(&cell::looks(key), key)
    }

    fn numbered_in(&self, prefix: &[u8], key: RecordKey) -> Result<Vec<(u64, Change)>, ReadError> {
        let mut found = Vec::new();
        for pair in Scan::new(&*self.store, prefix, false) {
            let (at, bytes) = pair?;
            let change = self.change_of_cell(&at, &bytes)?.filter(|change| change.record == key);
            found.extend(cell::change_of(&at).and_then(|(_, seq)| Some((seq, change?))));
        }
        Ok(found)
    }

    /// Everything that was ever said of these records: all changes, and all looks.
    pub fn going(&self, records: Vec<RecordKey>) -> Result<Going, ReadError> {
        let mut changes = BTreeMap::new();
        for key in &records {
            for prefix in [cell::changes(*key), cell::looks(*key)] {
                for pair in Scan::new(&*self.store, &prefix, false) {
                    let (at, bytes) = pair?;
                    let place = Cell::decode(&at, &bytes).and_then(|cell| cell::decode_place(&cell.payload));
                    let stamp = place.map(|(_, stamp)| stamp).unwrap_or_default();
                    changes.extend(cell::change_of(&at).map(|(_, seq)| (seq, stamp)));
                }
            }
        }
        Ok(Going { changes, records })
    }

    /// Keeps the batch that agrees to a disposal (its record is `id`), and begins to take away what goes with it. What
    /// comes with the receipt is why that could not begin: the disposal stands, and the next start goes on with it.
    ///
    /// # Errors
    /// Nothing has happened.
    pub fn dispose(
        &mut self,
        batch: Batch,
        id: Id,
        going: &Going,
        at: DateTime<FixedOffset>,
    ) -> Result<(Receipt, Option<DisposalError>), CommitError> {
        let receipt = self.commit(batch, at)?;
        let begun = self.begin_disposal(id, going, at);
        Ok((receipt, begun.err()))
    }

    fn begin_disposal(&mut self, id: Id, going: &Going, at: DateTime<FixedOffset>) -> Result<(), DisposalError> {
        self.begin_renewal(&going.changes.keys().copied().collect())?;
        // The stamps of what is damaged in the store are not known: its numbers are all there is.
        let mut changes: Vec<Stamp> = going.changes.values().copied().filter(|s| *s != Stamp::default()).collect();
        changes.sort_unstable();
        let mut list = self.disposals().or_else(|error| self.made_anew(error))?;
        list.add(Disposal { at, id, records: going.records.clone(), changes });
        Ok(list.save(&*self.disk, &self.folder.join(DISPOSALS))?)
    }

    /// The list of disposals in the data folder.
    ///
    /// # Errors
    /// It is damaged, of a newer program or of another desk.
    pub fn disposals(&self) -> Result<Disposals, BackupError> {
        Disposals::load(&*self.disk, &self.folder.join(DISPOSALS), self.desk)
    }

    /// An empty list in the place of a damaged one: what it had is in the records.
    fn made_anew(&self, error: BackupError) -> Result<Disposals, BackupError> {
        if matches!(error, BackupError::Damaged { .. }) { Ok(Disposals::none(self.desk)) } else { Err(error) }
    }

    /// Carries out what was agreed to and not carried out, and agrees to what the list has and no record agrees to: to be
    /// called after each opening. Costs next to nothing where all is settled.
    ///
    /// # Errors
    /// What could not be settled waits for the next opening.
    pub fn settle_disposals(&mut self, at: DateTime<FixedOffset>) -> Result<Settled, DisposalError> {
        let path = self.folder.join(DISPOSALS);
        let (mut list, damaged) = match self.disposals() {
            Ok(list) => (list, false),
            Err(error) => (self.made_anew(error)?, true),
        };
        let mut agreed: BTreeMap<Id, Value> = BTreeMap::new();
        for record in self.each(Kind::Disposal) {
            let (id, value) = record?;
            if value.get(NUMBERS).is_some() {
                agreed.insert(id, value);
            }
        }
        let unlisted: Vec<(Id, Value)> = agreed.iter().filter(|(id, _)| !list.has(**id)).map(own).collect();
        let unagreed: Vec<Disposal> = list.all().filter(|entry| !agreed.contains_key(&entry.id)).cloned().collect();
        let settled = Settled { resumed: unlisted.len(), restored: unagreed.len(), list_damaged: damaged };
        if settled == Settled::default() {
            return Ok(settled);
        }
        let heads = Heads::of(self, &unlisted, &unagreed)?;
        if !heads.there.is_empty() {
            self.begin_renewal(&heads.there)?;
        }
        for entry in &unagreed {
            let numbers: BTreeSet<u64> =
                entry.changes.iter().filter_map(|stamp| heads.by_stamp.get(stamp)).copied().collect();
            let cases: Vec<Id> = entry.records.iter().filter(|key| key.kind == Kind::Case).map(|key| key.id).collect();
            self.commit(edits::restore_disposal(entry.id, &ranges(&numbers), &cases, at), at)?;
        }
        self.drop_drafts(&unagreed)?;
        for (id, value) in &unlisted {
            let numbers = numbers_in(value);
            let of_it = heads.by_stamp.iter().filter(|(_, seq)| holds(&numbers, **seq));
            let cases = value.get("cases").and_then(Value::as_object).into_iter().flatten();
            let records = cases.filter_map(|(case, _)| Some(RecordKey::new(Kind::Case, case.parse().ok()?)));
            let when = value.get("approved_at").and_then(|at| serde_json::from_value(at.clone()).ok());
            list.add(Disposal {
                at: when.unwrap_or(at),
                id: *id,
                records: records.collect(),
                changes: of_it.map(|(stamp, _)| *stamp).collect(),
            });
        }
        if damaged || !unlisted.is_empty() {
            list.save(&*self.disk, &path)?;
        }
        Ok(settled)
    }

    /// Removes the drafts of calls that these disposals took away, and of calls about their cases: when the disposals were
    /// agreed to, none of them was open any more.
    fn drop_drafts(&self, disposals: &[Disposal]) -> Result<(), DisposalError> {
        let gone: BTreeSet<RecordKey> = disposals.iter().flat_map(|entry| entry.records.iter().copied()).collect();
        if gone.is_empty() {
            return Ok(());
        }
        for (id, draft) in self.drafts.list()?.0 {
            let about = draft.get("about").and_then(Value::as_str).and_then(|case| case.parse().ok());
            let of_case = about.is_some_and(|case| gone.contains(&RecordKey::new(Kind::Case, case)));
            if of_case || gone.contains(&RecordKey::new(Kind::Contact, id)) {
                self.drafts.remove(id)?;
            }
        }
        Ok(())
    }

    /// Puts the list beside the backups in this folder, for those that were made before: at a disposal, so that an older
    /// backup is safe to restore at once.
    ///
    /// # Errors
    /// The folder is not there, or cannot be written to. The next backup brings the list along.
    pub fn list_disposals_in(&self, folder: &Path) -> Result<(), BackupError> {
        self.disposals()?.merge_into(&*self.disk, folder)
    }
}

fn own((id, value): (&Id, &Value)) -> (Id, Value) {
    (*id, value.clone())
}

fn numbers_in(value: &Value) -> Numbers {
    value.get(NUMBERS).and_then(|numbers| serde_json::from_value(numbers.clone()).ok()).unwrap_or_default()
}

/// What the journal has of the changes that disposals are about.
#[derive(Default)]
struct Heads {
    /// Their numbers by their stamps.
    by_stamp: BTreeMap<Stamp, u64>,
    /// The numbers of those whose text is still there.
    there: BTreeSet<u64>,
}

impl Heads {
    fn of(journal: &Journal, unlisted: &[(Id, Value)], unagreed: &[Disposal]) -> Result<Self, DisposalError> {
        let numbers: Numbers = unlisted.iter().flat_map(|(_, value)| numbers_in(value)).collect();
        let stamps: BTreeSet<Stamp> = unagreed.iter().flat_map(|entry| entry.changes.iter().copied()).collect();
        let mut heads = Self::default();
        let log = &journal.log;
        walk::<DisposalError>(&**log.disk(), log.folder(), log.numbers(), log.chain().seq, |met| {
            let (seq, stamp) = (met.head.seq, met.head.stamp);
            if holds(&numbers, seq) || stamps.contains(&stamp) {
                heads.by_stamp.insert(stamp, seq);
                if met.head.body_in(met.body) != Some(Body::Disposed) {
                    heads.there.insert(seq);
                }
            }
            Ok(())
        })?;
        Ok(heads)
    }
}
