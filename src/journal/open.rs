//! Creating and opening: lock, desk, store, journal, in that order; what does not fit together is put right and told.

use std::io;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};

use super::backup::Claims;
use super::disk::{Disk, read_all, replace};
use super::drafts::Drafts;
use super::error::Told;
use super::format::{SEGMENT_HEAD, SegmentHead, check, genesis};
use super::lock::Lock;
use super::log::{AppendError, Log};
use super::rebuild::{Replayed, lost_numbers, told_of};
use super::salvage::Salvage;
use super::store::StoreError;
use super::store::cell::Mark;
use super::walk::{segment_name, segment_numbers, walk};
use super::{Journal, OpenError, Opened, Options};
use crate::desk::id::Id;

pub(super) use together::{NewStore, new_store};
use together::{Opening, Restored, Stored, open_store};

mod together;

/// The file that says which desk this is; written last when a desk is made.
const DESK: &str = "desk";
/// The mark of a clean stop.
pub(super) const CLEAN: &str = "clean";
/// The reserve file.
pub(super) const RESERVE: &str = "reserve";

#[derive(Serialize, Deserialize)]
struct DeskFile {
    format: u32,
    desk: Id,
}

/// The content of the mark of a clean stop: the last number, with a check.
pub(super) fn clean_mark(seq: u64) -> Vec<u8> {
    let mut bytes = seq.to_string().into_bytes();
    let check = check(&bytes);
    bytes.push(b' ');
    for b in check {
        bytes.extend_from_slice(format!("{b:02x}").as_bytes());
    }
    bytes
}

pub(super) fn clean_seq(bytes: &[u8]) -> Option<u64> {
    let seq = std::str::from_utf8(bytes).ok()?.split(' ').next()?.parse().ok()?;
    (clean_mark(seq) == bytes).then_some(seq)
}

/// Whether there is a desk in this folder.
pub fn exists(folder: &Path, disk: &dyn Disk) -> io::Result<bool> {
    Ok(read_all(disk, &folder.join(DESK))?.is_some() || desk_of_segments(folder, disk)?.is_some())
}

/// The desk that the first sound head of a segment names.
pub(super) fn desk_of_segments(folder: &Path, disk: &dyn Disk) -> io::Result<Option<Id>> {
    let journal = folder.join("journal");
    for number in segment_numbers(disk, &journal)? {
        let mut bytes = [0; SEGMENT_HEAD];
        disk.open(&journal.join(segment_name(number)), false)?.read_at(0, &mut bytes)?;
        if let Some(head) = SegmentHead::decode(&bytes) {
            return Ok(Some(head.desk));
        }
    }
    Ok(None)
}

fn write_desk(folder: &Path, disk: &dyn Disk, desk: Id) -> io::Result<()> {
    replace(disk, &folder.join(DESK), &serde_json::to_vec(&DeskFile { format: 1, desk })?)
}

/// The desk of this folder: from its file, else from the segments. When the file does not read it is written again.
fn read_desk(folder: &Path, disk: &dyn Disk, told: &mut Vec<Told>) -> Result<Id, OpenError> {
    let (desk, file) = find_desk(folder, disk)?;
    if file != FoundDesk::Sound {
        told.extend((file == FoundDesk::Damaged).then_some(Told::DeskFile));
        write_desk(folder, disk, desk).map_err(|error| OpenError::io(&folder.join(DESK), error))?;
    }
    Ok(desk)
}

/// What was found of the file that says which desk this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FoundDesk {
    Sound,
    Damaged,
    Missing,
}

/// The desk of this folder, and what became of its file.
pub(super) fn find_desk(folder: &Path, disk: &dyn Disk) -> Result<(Id, FoundDesk), OpenError> {
    let path = folder.join(DESK);
    let bytes = read_all(disk, &path).map_err(|error| OpenError::io(&path, error))?;
    let file: Option<DeskFile> = bytes.as_deref().and_then(|bytes| serde_json::from_slice(bytes).ok());
    let segments = desk_of_segments(folder, disk).map_err(|error| OpenError::io(folder, error))?;
    if let Some(file) = &file
        && file.format != 1
        && segments.is_none_or(|desk| desk == file.desk)
    {
        // A flipped bit in the number alone would look the same, but then the segments are still of version 1.
        if segments.is_none() {
            return Err(OpenError::Newer { file: path, version: file.format });
        }
    }
    match (file, segments) {
        (Some(file), Some(desk)) if file.desk == desk && file.format == 1 => Ok((desk, FoundDesk::Sound)),
        (Some(file), None) => Ok((file.desk, FoundDesk::Sound)),
        (None, None) => Err(OpenError::NoDesk(folder.to_owned())),
        (_, Some(desk)) if bytes.is_some() => Ok((desk, FoundDesk::Damaged)),
        (_, Some(desk)) => Ok((desk, FoundDesk::Missing)),
    }
}

impl Journal {
    /// Makes a desk in this folder; the desk's identity comes from [`Options::desk`] (an error without one).
    pub fn create(folder: &Path, disk: Arc<dyn Disk>, options: Options) -> Result<(Self, Opened), OpenError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| OpenError::io(&path, error)
        };
        let desk = options.desk.ok_or_else(|| OpenError::io(folder, io::ErrorKind::InvalidInput.into()))?;
        if disk.is_remote(folder) {
            return Err(OpenError::Remote(folder.to_owned()));
        }
        disk.create_folder(folder).map_err(at(folder))?;
        let lock = Lock::take(&*disk, folder, &options.who, options.now)?;
        let mut told = place_told(folder, &*disk);
        let journal = folder.join("journal");
        if exists(folder, &*disk).map_err(at(folder))? || holds_records(&journal, &*disk).map_err(at(&journal))? {
            return Err(OpenError::Exists(folder.to_owned()));
        }
        let log = Log::create(Arc::clone(&disk), &journal, desk, options.segment_bytes).map_err(at(&journal))?;
        let stored = match open_store(folder, &options, false) {
            // An attempt that was broken off may have left an empty store, never one with records.
            Ok(Stored { store, mark: None }) => store,
            Err(error @ (StoreError::Full | StoreError::Locked)) => return Err(OpenError::store(folder, error)),
            Ok(_) | Err(_) => new_store(folder, &options)?.store,
        };
        let drafts = folder.join("drafts");
        let drafts = Drafts::open(Arc::clone(&disk), Arc::clone(&options.seal), &drafts).map_err(at(&drafts))?;
        write_desk(folder, &*disk, desk).map_err(at(folder))?;
        let mark = Mark::empty(genesis(desk), options.seal.epoch());
        let made = Self {
            folder: folder.to_owned(),
            disk,
            desk,
            log,
            store: stored,
            mark,
            unflushed: 0,
            hardened: true,
            store_behind: false,
            stamp: mark.stamp,
            drafts,
            renewal: None,
            claims: Claims::default(),
            options,
            lock: Some(lock),
        };
        made.make_reserve(&mut told);
        Ok((made, Opened { desk, told, checked: true }))
    }

    /// Opens the desk in this folder.
    pub fn open(folder: &Path, disk: Arc<dyn Disk>, options: Options) -> Result<(Self, Opened), OpenError> {
        if !exists(folder, &*disk).map_err(|error| OpenError::io(folder, error))? {
            return Err(OpenError::NoDesk(folder.to_owned()));
        }
        if !options.seal.is_open() {
            return Err(OpenError::Locked);
        }
        if super::convert::is_clear(folder, &*disk).map_err(|error| OpenError::io(folder, error))? {
            return Err(OpenError::InClear(folder.to_owned()));
        }
        let lock = Lock::take(&*disk, folder, &options.who, options.now)?;
        let mut told = place_told(folder, &*disk);
        let desk = read_desk(folder, &*disk, &mut told)?;
        let clean = take_clean_mark(folder, &*disk)?;
        if clean.is_none() {
            told.push(Told::UncleanStop);
        }
        let opening = Opening { folder, disk: &disk, options: &options, desk, clean: clean.unwrap_or_default() };
        let Restored { store, replayed, salvage, acknowledged } =
            opening.store_and_journal(clean.is_none(), &mut told)?;
        let journal = folder.join("journal");
        let acknowledged = acknowledged.max(replayed.mark.seq);
        let (log, torn) =
            Log::open(Arc::clone(&disk), &journal, desk, options.segment_bytes, &replayed.walked, acknowledged)
                .map_err(|error| OpenError::io(&journal, error))?;
        if torn > 0 {
            let file = log.numbers().last().map(|number| segment_name(*number)).unwrap_or_default();
            told.push(Told::TornTail { file, bytes: torn });
        }
        let drafts = folder.join("drafts");
        let drafts = Drafts::open(Arc::clone(&disk), Arc::clone(&options.seal), &drafts)
            .map_err(|error| OpenError::io(&drafts, error))?;
        let mut opened = Self {
            folder: folder.to_owned(),
            stamp: log.stamp().max(replayed.mark.stamp),
            mark: replayed.mark,
            desk,
            log,
            store,
            unflushed: 0,
            hardened: false,
            store_behind: false,
            drafts,
            renewal: super::renew::left_over(folder, &*disk).map_err(|error| OpenError::io(folder, error))?,
            disk,
            claims: Claims::default(),
            options,
            lock: Some(lock),
        };
        opened.mend(&replayed, &salvage, &mut told)?;
        opened.make_reserve(&mut told);
        opened.finish_key_change();
        told.extend(clock_told(opened.stamp.ms, opened.options.now));
        Ok((opened, Opened { desk, told, checked: clean.is_none() }))
    }

    /// Tells damage and writes to a new segment what only the store still has.
    fn mend(&mut self, replayed: &Replayed, salvage: &Salvage, told: &mut Vec<Told>) -> Result<(), OpenError> {
        let folder = self.log.folder().to_owned();
        told.extend(told_of(&replayed.walked));
        if replayed.walked.damage.is_empty() && replayed.walked.bad_heads.is_empty() {
            return Ok(());
        }
        let failed = |error: super::ReadError| OpenError::io(&folder, io::Error::other(error.to_string()));
        let lost = lost_numbers(&replayed.walked.damage);
        let records = self.records_of(&lost).map_err(failed)?;
        let (mut edits, left) = self.restating(&records);
        edits.extend(salvage.edits());
        // Damage is never written over: what follows begins a segment of its own.
        if !self.log.is_fresh() {
            self.checkpoint().map_err(|error| OpenError::store(&self.folder, error))?;
            self.log.next_segment(0).map_err(|error| match error {
                AppendError::Room(error) | AppendError::Failed(error) => OpenError::io(&folder, error),
                other @ (AppendError::Dead | AppendError::NoKey(_)) => {
                    OpenError::io(&folder, io::Error::other(other.to_string()))
                }
            })?;
        }
        if !edits.is_empty() {
            let restated = self.restate(edits);
            let records = restated.map_err(|error| OpenError::io(&folder, io::Error::other(error.to_string())))?;
            told.push(Told::Restated { records });
        }
        told.extend(left.into_iter().map(|record| Told::RecordLost { record }));
        told.extend(salvage.told());
        Ok(())
    }

    fn make_reserve(&self, told: &mut Vec<Told>) {
        let path = self.folder.join(RESERVE);
        let wanted = self.options.reserve_bytes;
        let made = || -> io::Result<()> {
            let mut file = self.disk.open(&path, true)?;
            if file.size()? < wanted {
                let zeros = vec![0; usize::try_from(wanted).map_err(|_| io::ErrorKind::FileTooLarge)?];
                file.write_at(0, &zeros)?;
                file.sync()?;
            }
            Ok(())
        };
        if wanted > 0 && made().is_err() {
            let _ = self.disk.remove(&path);
            told.push(Told::NoReserve);
        }
    }

    /// Whether the reserve file is there.
    pub fn has_reserve(&self) -> bool {
        has_reserve(&self.folder, &*self.disk)
    }

    /// Deletes the reserve file, so that a full disk takes some more saves. The next start makes it again.
    pub fn release_reserve(&mut self) -> Result<(), OpenError> {
        release_reserve(&self.folder, &*self.disk)
    }
}

/// Closes the folder to others, and tells what is unsafe about where it lies.
fn place_told(folder: &Path, disk: &dyn Disk) -> Vec<Told> {
    let open = (!disk.close_to_others(folder)).then(|| Told::OpenToOthers { folder: folder.to_owned() });
    let remote = disk.is_remote(folder).then(|| Told::Remote { folder: folder.to_owned() });
    open.into_iter().chain(remote).collect()
}

/// Tells of a clock that stands more than a day before the last change: numbers and order stay right, dates would not.
fn clock_told(last: u64, now: DateTime<FixedOffset>) -> Option<Told> {
    let last = DateTime::from_timestamp_millis(i64::try_from(last).ok()?)?.with_timezone(now.offset());
    (last - now > TimeDelta::days(1)).then_some(Told::ClockBack { now, last })
}

/// Whether a reserve file lies in this data folder, for a desk that does not open for want of room.
pub fn has_reserve(folder: &Path, disk: &dyn Disk) -> bool {
    disk.open_to_read(&folder.join(RESERVE)).is_ok_and(|file| file.size().is_ok_and(|n| n > 0))
}

/// Deletes the reserve file of a desk that is not open. The next start that has room makes it again.
pub fn release_reserve(folder: &Path, disk: &dyn Disk) -> Result<(), OpenError> {
    let path = folder.join(RESERVE);
    disk.remove(&path).and_then(|()| disk.sync_folder(folder)).map_err(|error| OpenError::io(&path, error))
}

/// Whether any record or damaged byte lies in the segments: then no desk may be made over them.
fn holds_records(journal: &Path, disk: &dyn Disk) -> io::Result<bool> {
    let numbers = segment_numbers(disk, journal)?;
    let walked = walk::<io::Error>(disk, journal, &numbers, 0, |_| Ok(()))?;
    Ok(walked.sound > 0 || !walked.damage.is_empty() || walked.torn_to > walked.end)
}

/// The number in the mark of a clean stop. The mark is gone, durably, before anything is written.
fn take_clean_mark(folder: &Path, disk: &dyn Disk) -> Result<Option<u64>, OpenError> {
    let path = folder.join(CLEAN);
    let failed = |error| OpenError::io(&path, error);
    let Some(bytes) = read_all(disk, &path).map_err(failed)? else { return Ok(None) };
    disk.remove(&path).and_then(|()| disk.sync_folder(folder)).map_err(failed)?;
    Ok(clean_seq(&bytes))
}
