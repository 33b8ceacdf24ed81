//! Renewal: every segment is written again where it must be, the store is built anew beside the old one, and what is
//! left of the old is removed. For a new key after an operator was removed, and for disposal. Knows no reason for either.
//!
//! It goes in steps between saves, and is carried on at the next start: the plan stands in a file of its own from before
//! the first step until after the last. A segment is replaced as a whole; heads, lengths and places in it stay as they
//! are, so the chain, the store's places and the open file's end hold on both sides of each step.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk::{Disk, read_all, replace};
use super::format::{Body, RECORD_HEAD, SEGMENT_HEAD, body, check, disposed, genesis};
use super::rebuild::Sources;
use super::seal::{Seal, epoch_of};
use super::store::cell::{self, Mark};
use super::store::sled::{self, SledStore};
use super::store::{Scan, Store};
use super::walk::{Met, segment_name, walk};
use super::{Journal, MemoryStore, OpenError, ReadError, StoreChoice};
use crate::desk::record::RecordKey;

/// The plan's file.
const FILE: &str = "renewal";

/// Journal numbers, from and to, both included.
pub type Numbers = Vec<(u64, u64)>;

/// Single numbers as ranges.
pub fn ranges(numbers: &BTreeSet<u64>) -> Numbers {
    let mut out = Numbers::new();
    for number in numbers {
        match out.last_mut() {
            Some((_, to)) if *to + 1 == *number => *to = *number,
            Some(_) | None => out.push((*number, *number)),
        }
    }
    out
}

/// Whether the ranges hold the number.
pub fn holds(ranges: &[(u64, u64)], number: u64) -> bool {
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&number))
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Plan {
    dispose: Numbers,
    /// The number of the store's folder that is to be replaced.
    store: u32,
}

enum Step {
    Segment(usize),
    Store(Box<Building>),
    Drafts,
    Sweep,
}

struct Building {
    store: Box<dyn Store>,
    /// The same store where it is one in memory: it takes the old one's place under everybody who shares that.
    memory: Option<MemoryStore>,
    mark: Mark,
    next: usize,
}

/// A renewal on its way.
pub(super) struct Renewal {
    plan: Plan,
    step: Step,
}

/// The plan that an earlier program left, if one did.
pub(super) fn left_over(folder: &Path, disk: &dyn Disk) -> io::Result<Option<Renewal>> {
    let bytes = read_all(disk, &folder.join(FILE))?.unwrap_or_default();
    let plan = bytes.split_at_checked(8).filter(|(told, plan)| *told == check(plan).as_slice());
    let plan: Option<Plan> = plan.and_then(|(_, plan)| serde_json::from_slice(plan).ok());
    Ok(plan.map(|plan| Renewal { plan, step: Step::Segment(0) }))
}

/// Disposes of the bodies with these numbers in the segments of a folder that nobody has open, such as one that was
/// restored. Needs no key. Returns how many bodies that were.
pub fn dispose_in(disk: &dyn Disk, journal: &Path, numbers: &[(u64, u64)]) -> io::Result<u64> {
    let mut gone = 0;
    for segment in super::walk::segment_numbers(disk, journal)? {
        gone += rewrite(disk, journal, segment, numbers, None)?.0;
    }
    Ok(gone)
}

/// The same with what an earlier program was to dispose of here and has not yet.
pub(super) fn dispose_left_over(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    match left_over(folder, disk)? {
        Some(renewal) if !renewal.plan.dispose.is_empty() => {
            dispose_in(disk, &folder.join("journal"), &renewal.plan.dispose).map(drop)
        }
        Some(_) | None => Ok(()),
    }
}

/// Writes a segment again: bodies with these numbers disposed of, and bodies of older keys sealed with the newest one.
/// Returns how many were disposed of, and whether anything had to be written.
fn rewrite(
    disk: &dyn Disk,
    journal: &Path,
    segment: u32,
    numbers: &[(u64, u64)],
    seal: Option<&dyn Seal>,
) -> io::Result<(u64, bool)> {
    let path = journal.join(segment_name(segment));
    let Some(mut bytes) = read_all(disk, &path)? else { return Ok((0, false)) };
    let mut writes: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut gone = 0;
    walk::<io::Error>(disk, journal, &[segment], 0, |met: Met<'_>| {
        let at = usize::try_from(met.place.at).map_err(|_| io::ErrorKind::FileTooLarge)? + RECORD_HEAD;
        let Some(Body::Sealed(sealed)) = met.head.body_in(met.body) else { return Ok(()) };
        if holds(numbers, met.head.seq) {
            gone += 1;
            writes.push((at, disposed(met.body.len())));
        } else if let Some(seal) = seal.filter(|seal| epoch_of(sealed) != Some(seal.epoch())) {
            let place = met.head.encode();
            // What does not open is damaged or foreign: it stays as it is, and the check tells it.
            let Some(plain) = seal.open(&place, sealed) else { return Ok(()) };
            let sealed = seal.seal(&place, &plain).map_err(|_| io::ErrorKind::PermissionDenied)?;
            let new = body(&sealed);
            if new.len() == met.body.len() {
                writes.push((at, new));
            }
        }
        Ok(())
    })?;
    for (at, new) in &writes {
        if let Some(place) = bytes.get_mut(*at..at + new.len()) {
            place.copy_from_slice(new);
        }
    }
    if !writes.is_empty() && bytes.len() > SEGMENT_HEAD {
        replace(disk, &path, &bytes)?;
    }
    Ok((gone, !writes.is_empty()))
}

impl Journal {
    /// The numbers of all changes of these records, and of all looks at them.
    pub fn numbers_of(&self, records: &[RecordKey]) -> Result<BTreeSet<u64>, ReadError> {
        let mut numbers = BTreeSet::new();
        for key in records {
            for prefix in [cell::changes(*key), cell::looks(*key)] {
                for pair in Scan::new(&*self.store, &prefix, false) {
                    numbers.extend(cell::change_of(&pair?.0).map(|(_, seq)| seq));
                }
            }
        }
        Ok(numbers)
    }

    /// Begins a renewal: bodies of older keys are sealed with the newest, the bodies with these numbers are disposed of,
    /// and the store is built anew without them. When this returns, the plan is on the disk; one that is on its way
    /// begins anew with both. Nothing has happened yet: [`Journal::renewal_step`] does it.
    pub fn begin_renewal(&mut self, dispose: &BTreeSet<u64>) -> Result<(), OpenError> {
        let mut all: BTreeSet<u64> = dispose.clone();
        if let Some(renewal) = &self.renewal {
            all.extend(renewal.plan.dispose.iter().flat_map(|(from, to)| *from..=*to));
        }
        let store = match &self.options.store {
            StoreChoice::Sled => {
                sled::current_number(&self.folder).map_err(|error| OpenError::io(&self.folder, error))?
            }
            StoreChoice::Memory(_) => 0,
        };
        let plan = Plan { dispose: ranges(&all), store };
        let text = serde_json::to_vec(&plan).map_err(|error| OpenError::io(&self.folder, error.into()))?;
        let path = self.folder.join(FILE);
        replace(&*self.disk, &path, &[&check(&text)[..], &text].concat())
            .map_err(|error| OpenError::io(&path, error))?;
        self.renewal = Some(Renewal { plan, step: Step::Segment(0) });
        Ok(())
    }

    /// Begins a renewal where keys of older epochs are at hand and none is on its way: an earlier program ended between
    /// the last step of one and forgetting the key. A disk that takes no plan now takes one at the next opening.
    pub(super) fn finish_key_change(&mut self) {
        if self.renewal.is_none() && self.options.seal.holds_older() {
            let _ = self.begin_renewal(&BTreeSet::new());
        }
    }

    /// Takes what is to go with a disposal out of all segments at once, so that no backup that is made from here on has
    /// it. The rest of the renewal goes on as before. Nothing happens while somebody else reads the segments.
    pub fn dispose_now(&mut self) -> Result<(), OpenError> {
        let Some(Renewal { plan, step: Step::Segment(_) }) = &self.renewal else { return Ok(()) };
        if plan.dispose.is_empty() || self.is_read_only() {
            return Ok(());
        }
        let Some(_claim) = self.claims.take() else { return Ok(()) };
        let folder = self.log.folder().to_owned();
        for number in self.log.numbers().to_vec() {
            let (_, written) = rewrite(&*self.disk, &folder, number, &plan.dispose, None)
                .map_err(|error| OpenError::io(&folder, error))?;
            if written {
                self.log.replaced(number).map_err(|error| OpenError::io(&folder, error))?;
            }
        }
        Ok(())
    }

    /// Whether a renewal is on its way.
    pub const fn is_renewing(&self) -> bool {
        self.renewal.is_some()
    }

    /// Does some more of a renewal, at most one segment's work; `true` when there is nothing left to do. After an error
    /// the same step is tried again by the next call.
    pub fn renewal_step(&mut self) -> Result<bool, OpenError> {
        if self.is_read_only() {
            // What somebody began is theirs to end.
            return Ok(false);
        }
        if !self.options.seal.is_open() {
            return Err(OpenError::Locked);
        }
        if self.log.is_dead() || self.store_behind {
            // That is put right first; until then the plan waits.
            return Ok(false);
        }
        let Some(Renewal { plan, step }) = self.renewal.take() else { return Ok(true) };
        match self.step(&plan, step) {
            Ok(Some(step)) => {
                self.renewal = Some(Renewal { plan, step });
                Ok(false)
            }
            Ok(None) => Ok(true),
            Err(error) => {
                self.renewal = Some(Renewal { plan, step: Step::Segment(0) });
                Err(error)
            }
        }
    }

    fn step(&mut self, plan: &Plan, step: Step) -> Result<Option<Step>, OpenError> {
        match step {
            Step::Segment(i) => {
                let Some(number) = self.log.numbers().get(i).copied() else { return self.building(plan).map(Some) };
                // A backup is reading the segments: this one's turn comes after it.
                let Some(_claim) = self.claims.take() else { return Ok(Some(Step::Segment(i))) };
                let folder = self.log.folder().to_owned();
                let seal = &*self.options.seal;
                let (_, written) = rewrite(&*self.disk, &folder, number, &plan.dispose, Some(seal))
                    .map_err(|error| OpenError::io(&folder, error))?;
                if written {
                    self.log.replaced(number).map_err(|error| OpenError::io(&folder, error))?;
                }
                Ok(Some(Step::Segment(i + 1)))
            }
            Step::Store(building) => self.build_on(building).map(Some),
            Step::Drafts => {
                let folder = self.folder.join("drafts");
                self.drafts.seal_again().map_err(|error| OpenError::io(&folder, error))?;
                Ok(Some(Step::Sweep))
            }
            Step::Sweep => {
                let swept = match &self.options.store {
                    StoreChoice::Sled => sled::remove_all_but_current(&self.folder),
                    StoreChoice::Memory(_) => Ok(()),
                };
                let path = self.folder.join(FILE);
                swept
                    .and_then(|()| self.disk.remove(&path))
                    .and_then(|()| self.disk.sync_folder(&self.folder))
                    .map_err(|error| OpenError::io(&path, error))?;
                Ok(None)
            }
        }
    }

    /// The empty store beside the present one; straight on where an earlier program got as far as the new store.
    fn building(&self, plan: &Plan) -> Result<Step, OpenError> {
        let mark = Mark::empty(genesis(self.desk), self.options.seal.epoch());
        // A store that was made with the newest key holds nothing that was sealed with an older one.
        let newest = self.mark.blind == self.options.seal.epoch();
        if newest && plan.dispose.is_empty() {
            return Ok(Step::Drafts);
        }
        let (store, memory): (Box<dyn Store>, _) = match &self.options.store {
            StoreChoice::Sled => {
                let current = sled::current_number(&self.folder).map_err(|error| OpenError::io(&self.folder, error))?;
                if current > plan.store && newest {
                    return Ok(Step::Drafts);
                }
                let next = sled::next_folder(&self.folder).map_err(|error| OpenError::io(&self.folder, error))?;
                let opened = SledStore::open(&next, self.options.cache_bytes, self.options.sled_limit, |_| Ok(()));
                (Box::new(opened.map_err(|error| OpenError::store(&self.folder, error))?), None)
            }
            StoreChoice::Memory(_) => {
                let memory = MemoryStore::default();
                (Box::new(memory.clone()), Some(memory))
            }
        };
        Ok(Step::Store(Box::new(Building { store, memory, mark, next: 0 })))
    }

    /// Folds one more segment into the new store; after the last one the new store takes the old one's place.
    fn build_on(&mut self, mut building: Box<Building>) -> Result<Step, OpenError> {
        let numbers = self.log.numbers().to_vec();
        if let Some(number) = numbers.get(building.next) {
            let sources = Sources {
                disk: &*self.disk,
                folder: self.log.folder(),
                numbers: &[*number],
                seal: &*self.options.seal,
                store: &*building.store,
            };
            let replayed = sources.replay(building.mark, building.mark.seq);
            building.mark =
                replayed.map_err(|error| OpenError::io(self.log.folder(), io::Error::other(error.to_string())))?.mark;
            // The open segment may have grown by the next step.
            if building.next + 1 < numbers.len() {
                building.next += 1;
                return Ok(Step::Store(building));
            }
        }
        building.store.harden().map_err(|error| OpenError::store(&self.folder, error))?;
        let Building { store, memory, mark, .. } = *building;
        self.mark = mark;
        self.unflushed = 0;
        match (memory, &self.options.store) {
            (Some(new), StoreChoice::Memory(shared)) => shared.become_like(&new),
            (_, StoreChoice::Sled | StoreChoice::Memory(_)) => self.store = store,
        }
        Ok(Step::Drafts)
    }
}
