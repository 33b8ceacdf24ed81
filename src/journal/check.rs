//! Checking: the store against its own digest, the journal against its chain, and the one against the other; repair.

use std::collections::HashMap;
use std::io;

use serde_json::Value;

use super::broken::{Broken, Suspects, hex};
use super::error::{ReadError, Told};
use super::fold::{assemble, load, patched};
use super::format::{genesis, take};
use super::open::{NewStore, new_store};
use super::rebuild::{ReplayError, Said, Sources, lost_numbers, said, told_of};
use super::renew::{Numbers, holds};
use super::salvage::{Salvage, old_store, salvage};
use super::store::cell::{self, Cell, Mark};
use super::store::memory::MemoryStore;
use super::store::{self, Scan, Store, StoreError};
use super::walk::{Place, segment_name, walk};
use super::{Journal, OpenError};
use crate::desk::record::{Change, Kind, RecordKey};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Everything that is not as it should be; empty when all is well.
    pub told: Vec<Told>,
    /// Whether the store's cells are whole and say what the journal says.
    pub store_sound: bool,
    /// Numbers of changes whose text is damaged in the journal.
    pub lost: Vec<u64>,
    /// Records that such changes belong to, as far as the store knows, and that were not written again since.
    pub unmended: Vec<RecordKey>,
    /// The first broken link of the chain.
    pub broken: Option<Broken>,
    /// Numbers of changes that were disposed of.
    pub disposed: Vec<u64>,
    /// Records that were compared.
    pub records: u64,
    /// Changes that were read.
    pub changes: u64,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.told.is_empty() && self.store_sound && self.broken.is_none()
    }

    /// Whether [`Journal::repair`] has something to do. Damaged bytes in a journal file stay where they are, and are
    /// told by each check, after what they say has been written again.
    pub fn needs_repair(&self) -> bool {
        !self.store_sound || !self.unmended.is_empty()
    }
}

/// The member of a disposal's record that holds the numbers, as ranges `[from, to]`.
pub const NUMBERS: &str = "numbers";

/// How many cells one step of a check reads: a few milliseconds.
const STEP: usize = 512;

/// How far a check of the store in steps has come.
#[derive(Debug, Clone, Default)]
pub struct StoreCheck {
    seq: Option<u64>,
    from: Vec<u8>,
    digest: u128,
    cells: u64,
}

impl StoreCheck {
    /// Reads some more cells, each with its own check; `true` when all were read and their sum is that of the mark.
    fn step(&mut self, store: &dyn Store, mark: &Mark) -> Result<bool, StoreError> {
        if self.seq != Some(mark.seq) {
            // Something was saved since: the sum is another one.
            *self = Self { seq: Some(mark.seq), ..Self::default() };
        }
        let page = store.page(&self.from, &[u8::MAX], false, STEP)?;
        for (key, bytes) in page.iter().filter(|(key, _)| key != cell::MARK) {
            Cell::decode(key, bytes).ok_or(StoreError::Damaged)?;
            self.digest = self.digest.wrapping_add(cell::digest(key, bytes));
            self.cells += 1;
        }
        if let Some((key, _)) = page.last().filter(|_| page.len() == STEP) {
            self.from.clone_from(key);
            self.from.push(0);
            return Ok(false);
        }
        if (self.digest, self.cells) == (mark.digest, mark.cells) { Ok(true) } else { Err(StoreError::Damaged) }
    }
}

/// Reads every cell of the store, with its own check, and compares their sum with the mark.
pub(super) fn check_cells(store: &dyn Store, mark: &Mark) -> Result<(), StoreError> {
    let mut check = StoreCheck::default();
    while !check.step(store, mark)? {}
    Ok(())
}

/// What a walk met of one record, kept small: there are many.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// How many changes.
    count: u32,
    /// The number of the last.
    seq: u64,
    /// Where the last lies.
    place: Place,
    /// The fingerprint of the value after the first: most records have no other change, and are not read again.
    value: u64,
    /// Whether the store has the record.
    stored: bool,
}

impl Found {
    fn meet(&mut self, change: &Change, seq: u64, place: Place) {
        if self.count == 0 {
            self.value = fingerprint(patched(None, &change.patch).as_ref());
        }
        *self = Self { count: self.count.saturating_add(1), seq, place, ..*self };
    }
}

/// Tells values apart. It need not withstand somebody who means harm: the chain of hashes does.
fn fingerprint(value: Option<&Value>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    // Writing to a hasher does not fail.
    let _ = serde_json::to_writer(&mut hasher, &value);
    u64::from_be_bytes(take(hasher.finalize().as_bytes(), 0).unwrap_or_default())
}

impl Journal {
    /// Checks some more of the store behind the screen: `true` when all of it was read and is sound, an error when it
    /// wants [repair](Journal::repair). To be called when idle after a clean stop
    /// ([`Opened::checked`](super::Opened::checked) says whether opening did it all); begins anew after a save.
    pub fn check_on(&self, check: &mut StoreCheck) -> Result<bool, StoreError> {
        check.step(&*self.store, &self.mark)
    }

    /// Checks the store from end to end against its own digest: one to two seconds for 100,000 cases.
    pub fn check_store(&self) -> Result<(), StoreError> {
        check_cells(&*self.store, &self.mark)
    }

    /// Checks everything: the chain, every body, every cell, and each record against the fold of its changes.
    pub fn verify(&self) -> Result<Report, ReadError> {
        let mut report = Report { store_sound: self.check_store().is_ok() && !self.store_behind, ..Report::default() };
        if !report.store_sound {
            report.told.push(Told::StoreDamaged);
        }
        let mut found: HashMap<RecordKey, Found> = HashMap::new();
        let (mut unreadable, mut looks) = (Vec::new(), 0_u64);
        let (signed, mut suspects, mut disposed) = (self.signed_heads()?, Suspects::default(), Vec::new());
        let acknowledged = self.log.chain().seq;
        let disk = self.log.disk();
        let walked = walk::<ReadError>(&**disk, self.log.folder(), self.log.numbers(), acknowledged, |met| {
            if met.head.seq > acknowledged {
                // Another process has gone on since this one opened the desk to read.
                return Ok(());
            }
            report.changes += 1;
            if signed.get(&met.head.seq).is_some_and(|head| *head != hex(&met.hash)) {
                suspects.not_as_signed.push((met.head.seq, met.place));
            }
            match said(&*self.options.seal, &met.head, met.body)? {
                Said::Change(change) if change.is_look() => looks += 1,
                Said::Change(change) => {
                    found.entry(change.record).or_default().meet(&change, met.head.seq, met.place);
                }
                Said::Disposed => {
                    report.disposed.push(met.head.seq);
                    disposed.push((met.head.seq, met.place));
                }
                Said::Unreadable => unreadable.push((met.head.seq, met.place)),
            }
            Ok(())
        })?;
        report.told.extend(told_of(&walked));
        // Bytes that are whole and do not open: somebody without the key put them there.
        let strange = unreadable.iter().map(|(_, place)| (segment_name(place.segment), place.at));
        report.told.extend(strange.map(|(file, from)| Told::Damage { file, from, changes: 1 }));
        suspects.altered.clone_from(&unreadable);
        let unreadable = unreadable.into_iter().map(|(seq, _)| seq);
        report.lost = lost_numbers(&walked.damage).into_iter().chain(unreadable).collect();
        let agreed = self.agreed_disposals()?;
        let gone: Vec<u64> = report.disposed.iter().copied().filter(|n| !holds(&agreed, *n)).collect();
        suspects.removed = disposed.into_iter().filter(|(seq, _)| !holds(&agreed, *seq)).collect();
        report.broken = self.first_broken(&walked, &suspects)?;
        if let Some(first) = gone.first() {
            report.told.push(Told::Gone { first: *first, changes: u64::try_from(gone.len()).unwrap_or(u64::MAX) });
        }
        report.unmended = self.records_of(&report.lost.iter().copied().collect()).unwrap_or_default();
        let (mended, gone): (Vec<_>, Vec<_>) = std::mem::take(&mut report.unmended)
            .into_iter()
            .partition(|record| load(&*self.store, &*self.options.seal, *record).is_ok());
        report.told.extend(gone.into_iter().map(|record| Told::RecordLost { record }));
        report.told.extend(mended.iter().map(|record| Told::Unmended { record: *record }));
        report.unmended = mended;
        if report.store_sound {
            let broken = self.compare(&mut found, &mut report)?;
            // Looks that the store lost would not be missed anywhere else.
            let known = Scan::new(&*self.store, cell::LOOKS, false).count();
            let known = u64::try_from(known).unwrap_or(u64::MAX);
            report.store_sound = broken.is_empty() && (known == looks || !report.lost.is_empty());
            report.told.extend(broken.into_iter().map(|record| Told::Record { record }));
        }
        Ok(report)
    }

    /// The numbers of all changes that somebody agreed to dispose of.
    pub fn agreed_disposals(&self) -> Result<Numbers, ReadError> {
        let mut all = Numbers::new();
        for record in self.each(Kind::Disposal) {
            let numbers = record?.1.get(NUMBERS).cloned();
            all.extend(numbers.and_then(|numbers| serde_json::from_value::<Numbers>(numbers).ok()).unwrap_or_default());
        }
        Ok(all)
    }

    /// The records that are not what the journal says. Those that damage touched are compared only by their numbers.
    fn compare(&self, found: &mut HashMap<RecordKey, Found>, report: &mut Report) -> Result<Vec<RecordKey>, ReadError> {
        let mut broken = Vec::new();
        for kind in Kind::ALL {
            // The history lies in the same order as the records.
            let mut history = Scan::new(&*self.store, &cell::changes_of(kind), false).peekable();
            for record in self.cells_after(kind, None) {
                let (key, cells) = record?;
                report.records += 1;
                let end = store::after(&cell::changes(key));
                let (mut known, mut last) = (0, None);
                while let Some(pair) = history.next_if(|pair| pair.as_ref().map_or(true, |(at, _)| *at < end)) {
                    let (at, bytes) = pair?;
                    if let Some((_, seq)) = cell::change_of(&at).filter(|(record, _)| *record == key) {
                        known += 1;
                        last = Cell::decode(&at, &bytes)
                            .and_then(|cell| Some((seq, cell::decode_place(&cell.payload)?.0)));
                    }
                }
                let met = found.get_mut(&key).map_or_else(Found::default, |met| {
                    met.stored = true;
                    *met
                });
                let loaded = cells.and_then(|cells| assemble(&*self.options.seal, key, cells).ok());
                let seq = loaded.as_ref().map_or(0, |loaded| loaded.seq);
                let value = loaded.and_then(|loaded| loaded.value);
                let mut whole = known == met.count && last == Some((met.seq, met.place)) && met.seq == seq;
                let mut folded = met.value;
                if whole && known > 1 {
                    let history = self.history(key)?;
                    whole = history.unreadable == 0;
                    let changes = history.changes.iter();
                    folded = fingerprint(changes.fold(None, |v, change| patched(v.as_ref(), &change.patch)).as_ref());
                }
                if (whole && fingerprint(value.as_ref()) != folded) || (!whole && report.lost.is_empty()) {
                    broken.push(key);
                }
            }
        }
        // To look each of them up in the store takes as long as all the rest: the scan above has met them.
        let missing = found.iter().filter(|(_, met)| !met.stored).map(|(key, _)| *key);
        broken.extend(missing);
        Ok(broken)
    }

    /// Puts right what a check found: a store that is not sound is set aside and built anew from the journal, and
    /// records whose changes are damaged in the journal are written to it again from the store.
    pub fn repair(&mut self, report: &Report) -> Result<Vec<Told>, OpenError> {
        let folder = self.log.folder().to_owned();
        let failed = |error: String| OpenError::io(&folder, io::Error::other(error));
        if !self.options.seal.is_open() {
            // What does not open for want of the key is not damaged.
            return Err(OpenError::Locked);
        }
        if self.is_read_only() {
            return Err(OpenError::ReadOnly);
        }
        let mut told = Vec::new();
        if self.log.is_dead() {
            self.resume()?;
        }
        let (mut edits, left) = self.restating(&report.unmended);
        if !report.store_sound || self.store_behind {
            let (rebuilt, salvage) = self.rebuild_store()?;
            told.push(rebuilt);
            // What stands in both is the same.
            edits.retain(|edit| salvage.found.iter().all(|(record, _)| *record != edit.record));
            edits.extend(salvage.edits());
            let named = salvage.told();
            let twice = |record: &RecordKey| named.contains(&Told::RecordLost { record: *record });
            told.extend(left.into_iter().filter(|record| !twice(record)).map(|record| Told::RecordLost { record }));
            told.extend(named);
        } else {
            told.extend(left.into_iter().map(|record| Told::RecordLost { record }));
        }
        if !edits.is_empty() {
            let records = self.restate(edits).map_err(|error| failed(error.to_string()))?;
            told.push(Told::Restated { records });
        }
        Ok(told)
    }

    /// Sets the store aside and builds it anew from all segments.
    fn rebuild_store(&mut self) -> Result<(Told, Salvage), OpenError> {
        let made = new_store(&self.folder, &self.options)?;
        let replayed = {
            let sources = Sources {
                disk: &**self.log.disk(),
                folder: self.log.folder(),
                numbers: self.log.numbers(),
                seal: &*self.options.seal,
                store: &*made.store,
            };
            sources.replay(Mark::empty(genesis(self.desk), self.options.seal.epoch()), self.log.chain().seq)
        };
        let replayed = replayed.map_err(|error| match error {
            ReplayError::Io(error) => OpenError::io(self.log.folder(), error),
            ReplayError::Read(ReadError::Store(error)) => OpenError::store(&self.folder, error),
            other @ (ReplayError::Mismatch | ReplayError::Read(_)) => {
                OpenError::io(self.log.folder(), io::Error::other(other.to_string()))
            }
        })?;
        // The old handle holds the lock of the folder that was set aside.
        self.store = Box::new(MemoryStore::default());
        let old = if replayed.lost.is_empty() { None } else { old_store(&self.folder, &self.options, &made) };
        let salvage = salvage(old.as_deref(), &*made.store, &*self.options.seal, &replayed.lost);
        let NewStore { store, aside, .. } = made;
        self.store = store;
        self.mark = replayed.mark;
        self.unflushed = 0;
        self.store_behind = false;
        Ok((Told::StoreRebuilt { aside, changes: replayed.changes }, salvage))
    }
}
