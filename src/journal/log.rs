//! The append-only file: segments, one write and one `fdatasync` a batch, and reading records back by place.
//! Knows no meaning of a body.
//!
//! Segments are preallocated with zeros, so that a save changes no file length. After a write or a sync that failed
//! nothing may be believed about the tail: the log is dead until [`Log::resume`] has wiped it, durably, or the program
//! has opened it anew.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::disk::{Disk, DiskFile};
use super::format::{
    BODY_HEAD, Hash, RECORD_HEAD, RecordHead, SEGMENT_HEAD, SegmentHead, VERSION, body, genesis, hash,
};
use super::seal::{NoKey, Seal};
use super::walk::{Chain, Place, Walked, segment_name, segment_numbers};
use crate::desk::id::Id;
use crate::desk::record::Stamp;

/// What waits to be sealed and appended.
pub struct Plain {
    /// The change's stamp.
    pub stamp: Stamp,
    /// The salt and the text, as [`plain`] puts them together.
    pub text: Vec<u8>,
}

/// Bytes of the salt that a body begins with, before sealing.
pub const SALT: usize = 16;

/// What a body says, before sealing.
pub fn plain(seal: &dyn Seal, stamp: Stamp, text: &[u8]) -> Plain {
    Plain { stamp, text: [&seal.salt(), text].concat() }
}

/// Why a batch was not appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Nothing was written, and the log is as it was. A next segment could not be made.
    #[error("no room for the next segment: {0}")]
    Room(io::Error),
    /// The write or the sync failed: not saved, and the log is dead.
    #[error("write or sync failed: {0}")]
    Failed(io::Error),
    /// The desk is locked: nothing was written.
    #[error(transparent)]
    NoKey(#[from] NoKey),
    /// An earlier write or sync failed.
    #[error("the log is closed after a failed write")]
    Dead,
}

/// The open journal file.
pub struct Log {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    desk: Id,
    segment_bytes: u64,
    numbers: Vec<u32>,
    open: Box<dyn DiskFile>,
    number: u32,
    end: u64,
    size: u64,
    chain: Chain,
    stamp: Stamp,
    after_damage: bool,
    closed: bool,
    dirty_to: Option<u64>,
    reader: Mutex<Option<(u32, Box<dyn DiskFile>)>>,
}

impl Log {
    /// Makes the first segment of a desk's journal.
    pub fn create(disk: Arc<dyn Disk>, folder: &Path, desk: Id, segment_bytes: u64) -> io::Result<Self> {
        disk.create_folder(folder)?;
        let chain = Chain { seq: 0, hash: genesis(desk) };
        let (open, size) = new_segment(&*disk, folder, desk, 1, chain, segment_bytes, 0)?;
        Ok(Self {
            disk,
            folder: folder.to_owned(),
            desk,
            segment_bytes,
            numbers: vec![1],
            open,
            number: 1,
            end: wide(SEGMENT_HEAD),
            size,
            chain,
            stamp: Stamp::default(),
            after_damage: false,
            closed: false,
            dirty_to: None,
            reader: Mutex::new(None),
        })
    }

    /// Opens the log as a walk found it, and wipes the torn tail. Returns how many bytes that was.
    pub fn open(
        disk: Arc<dyn Disk>,
        folder: &Path,
        desk: Id,
        segment_bytes: u64,
        walked: &Walked,
        acknowledged: u64,
    ) -> io::Result<(Self, u64)> {
        let numbers = segment_numbers(&*disk, folder)?;
        let number = numbers.last().copied().ok_or(ErrorKind::NotFound)?;
        let mut open = disk.open(&folder.join(segment_name(number)), false)?;
        let mut chain = walked.chain.unwrap_or(Chain { seq: 0, hash: genesis(desk) });
        let size = open.size()?;
        let torn = walked.torn_to.saturating_sub(walked.end);
        if torn > 0 {
            zero(&mut *open, walked.end, walked.torn_to)?;
        }
        if walked.unfinished {
            let head = SegmentHead { version: VERSION, number, first: chain.seq + 1, desk, prev: chain.hash };
            open.write_at(0, &head.encode())?;
            open.sync()?;
        }
        chain.seq = chain.seq.max(acknowledged);
        let log = Self {
            disk,
            folder: folder.to_owned(),
            desk,
            segment_bytes,
            numbers,
            open,
            number,
            end: walked.end,
            size,
            chain,
            stamp: walked.stamp,
            after_damage: walked.broken_end,
            closed: false,
            dirty_to: None,
            reader: Mutex::new(None),
        };
        Ok((log, torn))
    }

    /// The log as a walk over these segments found it, only to read: nothing is wiped.
    pub fn open_to_read(
        disk: Arc<dyn Disk>,
        folder: &Path,
        desk: Id,
        numbers: &[u32],
        walked: &Walked,
    ) -> io::Result<Self> {
        let number = numbers.last().copied().ok_or(ErrorKind::NotFound)?;
        let open = disk.open_to_read(&folder.join(segment_name(number)))?;
        Ok(Self {
            disk,
            folder: folder.to_owned(),
            desk,
            segment_bytes: 0,
            numbers: numbers.to_vec(),
            size: open.size()?,
            open,
            number,
            end: walked.end,
            chain: walked.chain.unwrap_or(Chain { seq: 0, hash: genesis(desk) }),
            stamp: walked.stamp,
            after_damage: false,
            closed: true,
            dirty_to: None,
            reader: Mutex::new(None),
        })
    }

    /// The end of the chain.
    pub const fn chain(&self) -> Chain {
        self.chain
    }

    /// The last stamp.
    pub const fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// The segments' folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The segments' numbers, ascending.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Where the next record goes in the last segment: what lies before is saved.
    pub const fn end(&self) -> u64 {
        self.end
    }

    /// The disk below.
    pub fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// Whether a write or a sync failed.
    pub const fn is_dead(&self) -> bool {
        self.dirty_to.is_some()
    }

    /// Whether nothing was appended to the open segment yet.
    pub fn is_fresh(&self) -> bool {
        self.end <= wide(SEGMENT_HEAD) && !self.after_damage
    }

    /// Whether a batch of so many bytes in the file needs a new segment.
    pub fn needs_segment(&self, batch: u64) -> bool {
        self.closed || self.end.saturating_add(batch) > self.size.max(self.segment_bytes)
    }

    /// Closes the open segment and makes the next one, with room for `need` bytes of records.
    pub fn next_segment(&mut self, need: u64) -> Result<(), AppendError> {
        if self.is_dead() {
            return Err(AppendError::Dead);
        }
        let number = self.number.saturating_add(1);
        let made = new_segment(&*self.disk, &self.folder, self.desk, number, self.chain, self.segment_bytes, need);
        match made {
            Ok((open, size)) => {
                (self.open, self.size, self.number, self.end) = (open, size, number, wide(SEGMENT_HEAD));
                self.numbers.push(number);
                self.closed = false;
                Ok(())
            }
            Err(error) => {
                // A half-made segment holds nothing; the next try writes over it. Its file may stay, so nothing is
                // appended to the one before any more: only the last segment may have a torn tail.
                self.closed = true;
                let _ = self.disk.remove(&self.folder.join(segment_name(number)));
                Err(AppendError::Room(error))
            }
        }
    }

    /// Appends one batch: one write, one sync. Returns where each record lies and the hash of the last head.
    pub fn append(&mut self, bodies: &[Plain], seal: &dyn Seal) -> Result<Vec<(Place, Hash)>, AppendError> {
        if self.is_dead() {
            return Err(AppendError::Dead);
        }
        let batch = batch_bytes(bodies, seal);
        if self.needs_segment(batch) {
            self.next_segment(batch)?;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(batch).unwrap_or_default());
        let (mut chain, mut places) = (self.chain, Vec::with_capacity(bodies.len()));
        for (i, plain) in bodies.iter().enumerate() {
            let head = RecordHead {
                version: VERSION,
                last: i + 1 == bodies.len(),
                nth: u32::try_from(i).unwrap_or(u32::MAX),
                after_damage: i == 0 && self.after_damage,
                length: u32::try_from(body_bytes(plain, seal)).unwrap_or(u32::MAX),
                seq: chain.seq + 1,
                stamp: plain.stamp,
                prev: chain.hash,
                body: hash(&plain.text),
            };
            let head_bytes = head.encode();
            let sealed = seal.seal(&head_bytes, &plain.text)?;
            chain = Chain { seq: head.seq, hash: hash(&head_bytes) };
            places.push((Place { segment: self.number, at: self.end + wide(bytes.len()) }, chain.hash));
            bytes.extend_from_slice(&head_bytes);
            bytes.extend_from_slice(&body(&sealed));
        }
        let end = self.end + wide(bytes.len());
        if let Err(error) = self.open.write_at(self.end, &bytes).and_then(|()| self.open.sync()) {
            self.dirty_to = Some(end);
            return Err(AppendError::Failed(error));
        }
        (self.end, self.size, self.chain, self.after_damage) = (end, self.size.max(end), chain, false);
        self.stamp = bodies.last().map_or(self.stamp, |plain| plain.stamp);
        Ok(places)
    }

    /// A segment's file was replaced by one with the same records in the same places.
    pub fn replaced(&mut self, number: u32) -> io::Result<()> {
        *self.reader.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if number == self.number {
            // Until the new file is open nothing may be appended: it would go to the old one, which has no name any more.
            self.dirty_to = Some(self.end);
            self.open = self.disk.open(&self.folder.join(segment_name(number)), false)?;
            self.dirty_to = None;
        }
        Ok(())
    }

    /// After a failed write: wipes what was never acknowledged. Only when that is durable may writing go on.
    pub fn resume(&mut self) -> io::Result<()> {
        if let Some(to) = self.dirty_to {
            self.open = self.disk.open(&self.folder.join(segment_name(self.number)), false)?;
            zero(&mut *self.open, self.end, to)?;
            self.dirty_to = None;
        }
        Ok(())
    }

    /// The record at this place; `None` when its head or body is damaged.
    pub fn read(&self, place: Place) -> io::Result<Option<(RecordHead, Vec<u8>)>> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if reader.as_ref().is_none_or(|(number, _)| *number != place.segment) {
            let path = self.folder.join(segment_name(place.segment));
            *reader = Some((place.segment, self.disk.open(&path, false)?));
        }
        let Some((_, file)) = reader.as_ref() else { return Ok(None) };
        let mut head = [0; RECORD_HEAD];
        file.read_at(place.at, &mut head)?;
        let Some((head, _)) = RecordHead::decode(&head) else { return Ok(None) };
        let mut body = vec![0; usize::try_from(head.length).unwrap_or_default()];
        let read = file.read_at(place.at + wide(RECORD_HEAD), &mut body)?;
        Ok((read == body.len() && head.body_in(&body).is_some()).then_some((head, body)))
    }
}

fn body_bytes(plain: &Plain, seal: &dyn Seal) -> usize {
    BODY_HEAD + seal.sealed_len(plain.text.len())
}

/// Bytes of the batch in the file.
pub fn batch_bytes(bodies: &[Plain], seal: &dyn Seal) -> u64 {
    bodies.iter().map(|plain| wide(RECORD_HEAD + body_bytes(plain, seal))).sum()
}

fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn zero(file: &mut dyn DiskFile, from: u64, to: u64) -> io::Result<()> {
    let bytes = vec![0; usize::try_from(to.saturating_sub(from)).map_err(|_| ErrorKind::FileTooLarge)?];
    file.write_at(from, &bytes)?;
    file.sync()
}

fn new_segment(
    disk: &dyn Disk,
    folder: &Path,
    desk: Id,
    number: u32,
    chain: Chain,
    segment_bytes: u64,
    need: u64,
) -> io::Result<(Box<dyn DiskFile>, u64)> {
    let size = segment_bytes.max(wide(SEGMENT_HEAD) + need);
    let mut bytes = SegmentHead { version: VERSION, number, first: chain.seq + 1, desk, prev: chain.hash }.encode();
    bytes.resize(usize::try_from(size).map_err(|_| ErrorKind::FileTooLarge)?, 0);
    let mut open = disk.open(&folder.join(segment_name(number)), true)?;
    open.write_at(0, &bytes)?;
    open.sync()?;
    disk.sync_folder(folder)?;
    Ok((open, size))
}
