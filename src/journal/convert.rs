//! Sealing a desk that was made before anything was sealed (segments of format 1). Knows no passphrase: whoever calls it
//! has the keys.
//!
//! The sealed segments are written beside the clear ones, whole, before anything of those is touched; a mark on the disk
//! says that they are whole. From then on the clear ones are overwritten and replaced, and whatever else held clear text
//! is overwritten and removed. A power cut before the mark leaves the clear desk, one after it a desk whose sealing the
//! next start finishes. Overwriting is as good as the disk makes it: a solid-state disk may keep old blocks for a while.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::disk::{Disk, read_all, replace};
use super::drafts::Drafts;
use super::error::Told;
use super::fold::patched;
use super::format::{Body, SEGMENT_HEAD, SegmentHead, VERSION_CLEAR};
use super::lock::Lock;
use super::log::{Log, Plain, plain};
use super::rebuild::told_of;
use super::seal::Seal;
use super::store::sled;
use super::walk::{Met, Walked, segment_name, segment_numbers, walk};
use super::{OpenError, Options, StoreChoice};
use crate::desk::id::Id;
use crate::desk::record::{Change, Kind, RecordKey};

/// The sealed segments while they are being written.
const ASIDE: &str = "journal-sealed";
/// The mark that they are whole.
const MARK: &str = "sealing";

/// Whether the desk in this folder lies there in clear, or its sealing was cut off.
pub fn is_clear(folder: &Path, disk: &dyn Disk) -> io::Result<bool> {
    if read_all(disk, &folder.join(MARK))?.is_some() {
        return Ok(true);
    }
    let journal = folder.join("journal");
    for number in segment_numbers(disk, &journal)? {
        if head(disk, &journal, number)?.is_some_and(|head| head.version == VERSION_CLEAR) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn head(disk: &dyn Disk, journal: &Path, number: u32) -> io::Result<Option<SegmentHead>> {
    let mut bytes = [0; SEGMENT_HEAD];
    disk.open(&journal.join(segment_name(number)), false)?.read_at(0, &mut bytes)?;
    Ok(SegmentHead::decode(&bytes))
}

/// Reads the clear changes in order, each with whether it ends its batch.
fn each_change(
    folder: &Path,
    disk: &dyn Disk,
    mut take: impl FnMut(&Change, &[u8], bool) -> io::Result<()>,
) -> io::Result<Walked> {
    let journal = folder.join("journal");
    let numbers = segment_numbers(disk, &journal)?;
    walk::<io::Error>(disk, &journal, &numbers, 0, |met: Met<'_>| match met.head.body_in(met.body) {
        Some(Body::Clear(text)) => match serde_json::from_slice::<Change>(text) {
            Ok(change) => take(&change, text, met.head.last),
            Err(_) => Ok(()),
        },
        Some(Body::Sealed(_) | Body::Disposed) | None => Ok(()),
    })
}

/// The records of these kinds in a clear desk: who may seal it, and whether it is a demo.
pub fn records(folder: &Path, disk: &dyn Disk, kinds: &[Kind]) -> Result<Vec<(RecordKey, Value)>, OpenError> {
    let mut found: BTreeMap<RecordKey, Option<Value>> = BTreeMap::new();
    let read = each_change(folder, disk, |change, _, _| {
        if kinds.contains(&change.record.kind) {
            let value = found.entry(change.record).or_default();
            *value = patched(value.as_ref(), &change.patch);
        }
        Ok(())
    });
    read.map_err(|error| OpenError::io(&folder.join("journal"), error))?;
    Ok(found.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
}

/// Seals the desk in this folder with the seal of the options. May be called again after it was cut off. Tells what was
/// damaged in the clear journal: its sound changes are kept, and the damaged ones go with it.
pub fn seal_desk(folder: &Path, disk: &Arc<dyn Disk>, options: &Options) -> Result<Vec<Told>, OpenError> {
    if !options.seal.is_open() {
        return Err(OpenError::Locked);
    }
    let _lock = Lock::take(&**disk, folder, &options.who, options.now)?;
    let failed = |error| OpenError::io(folder, error);
    let mut told = Vec::new();
    let mark = folder.join(MARK);
    if read_all(&**disk, &mark).map_err(failed)?.is_none() {
        told = write_aside(folder, disk, options).map_err(failed)?;
        replace(&**disk, &mark, b"1").map_err(failed)?;
    }
    take_over(folder, disk, options).map_err(failed)?;
    disk.remove(&mark).and_then(|()| disk.sync_folder(folder)).map_err(failed)?;
    Ok(told)
}

/// Writes all changes sealed into segments beside the clear ones.
fn write_aside(folder: &Path, disk: &Arc<dyn Disk>, options: &Options) -> io::Result<Vec<Told>> {
    let aside = folder.join(ASIDE);
    for name in disk.names(&aside)? {
        disk.remove(&aside.join(name))?;
    }
    let journal = folder.join("journal");
    let mut heads = segment_numbers(&**disk, &journal)?.into_iter().map(|number| head(&**disk, &journal, number));
    let desk = heads.find_map(Result::transpose).transpose()?.ok_or(ErrorKind::NotFound)?.desk;
    let mut log = Log::create(Arc::clone(disk), &aside, desk, options.segment_bytes)?;
    let mut batch: Vec<Plain> = Vec::new();
    let mut of = None;
    let walked = each_change(folder, &**disk, |change, text, last| {
        // The end of the batch before may be damaged.
        if of.is_some_and(|of| of != change.batch) {
            append(&mut log, &mut batch, &*options.seal)?;
        }
        of = Some(change.batch);
        batch.push(plain(&*options.seal, change.stamp, text));
        if last {
            append(&mut log, &mut batch, &*options.seal)?;
        }
        Ok(())
    })?;
    append(&mut log, &mut batch, &*options.seal)?;
    Ok(told_of(&walked))
}

fn append(log: &mut Log, batch: &mut Vec<Plain>, seal: &dyn Seal) -> io::Result<()> {
    if !batch.is_empty() {
        log.append(batch, seal).map_err(io::Error::other)?;
        batch.clear();
    }
    Ok(())
}

/// Puts the sealed segments in the place of the clear ones, and removes what else is in clear.
fn take_over(folder: &Path, disk: &Arc<dyn Disk>, options: &Options) -> io::Result<()> {
    let (journal, aside) = (folder.join("journal"), folder.join(ASIDE));
    for number in segment_numbers(&**disk, &journal)? {
        if head(&**disk, &journal, number)?.is_none_or(|head| head.version == VERSION_CLEAR) {
            overwrite(&**disk, &journal.join(segment_name(number)))?;
        }
    }
    let mut sealed = segment_numbers(&**disk, &aside)?;
    // From the back: until the first is there, what stands in front of it says that this is not finished.
    sealed.reverse();
    for number in sealed {
        let name = segment_name(number);
        disk.rename(&aside.join(&name), &journal.join(&name))?;
    }
    disk.sync_folder(&journal)?;
    disk.sync_folder(&aside)?;
    for number in segment_numbers(&**disk, &journal)? {
        if head(&**disk, &journal, number)?.is_none() {
            disk.remove(&journal.join(segment_name(number)))?;
        }
    }
    disk.sync_folder(&journal)?;
    disk.remove_folder(&aside)?;
    match &options.store {
        StoreChoice::Sled => sled::overwrite_all(folder)?,
        StoreChoice::Memory(store) => store.tamper(BTreeMap::clear),
    }
    let drafts = folder.join("drafts");
    Drafts::open(Arc::clone(disk), Arc::clone(&options.seal), &drafts)?.seal_clear()?;
    for name in disk.names(&drafts)?.iter().filter(|name| name.contains(".aside")) {
        // A broken draft was told when it was set aside; nobody could read it since.
        overwrite(&**disk, &drafts.join(name))?;
        disk.remove(&drafts.join(name))?;
    }
    // The numbers of a damaged journal are others now.
    match disk.remove(&folder.join(super::open::CLEAN)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Zeros over the whole file, on the disk.
fn overwrite(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    let mut file = disk.open(path, false)?;
    let size = usize::try_from(file.size()?).map_err(|_| ErrorKind::FileTooLarge)?;
    file.write_at(0, &vec![0; size])?;
    file.sync()
}

/// Whose desk it is, for the keys that are made for it.
pub fn desk_of(folder: &Path, disk: &dyn Disk) -> io::Result<Option<Id>> {
    super::open::desk_of_segments(folder, disk)
}
