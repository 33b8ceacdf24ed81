//! Looks that the journal could not take when they happened: at a desk that is only read, and at a backup that was made
//! without the passphrase. Knows no screen.
//!
//! Each is a small file of its own, so that several programs can leave one at once, and the next opening takes it into
//! the chain, with the time at which it happened. What is left without a key says nothing but that a backup was made or
//! restored: whoever can write to the folder could leave one, so nobody's name is believed there.

use std::io;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault;
use crate::desk::access::{self, Access, Details, Look};
use crate::desk::id::Id;
use crate::desk::record::{Batch, Edit, Explain, Kind, RecordKey};
use crate::desk::say::Say;
use crate::journal::disk::{read_all, replace};
use crate::journal::seal::{Clear, Seal, epoch_of};
use crate::journal::{Disk, Journal};

/// The folder in the data folder.
const FOLDER: &str = "noted";
/// What the files' names end in.
const END: &str = ".note";
/// More than this many are not left: somebody reads on for months without opening the desk to write.
const MOST: usize = 5000;
/// What is longer is none.
const LONGEST: u64 = 1 << 20;

#[derive(Serialize, Deserialize)]
struct Note {
    at: DateTime<FixedOffset>,
    what: String,
    operator: Id,
    edits: Vec<Edit>,
}

fn place(name: &str) -> Vec<u8> {
    [b"madoguchi noted ".as_slice(), name.as_bytes()].concat()
}

/// Leaves a look that happened at this time, sealed where the keys are at hand.
///
/// # Errors
/// The folder takes no file, or has too many.
pub fn leave(
    disk: &dyn Disk,
    data: &Path,
    seal: &dyn Seal,
    at: DateTime<FixedOffset>,
    batch: &Batch,
) -> io::Result<()> {
    let folder = data.join(FOLDER);
    if disk.names(&folder)?.len() > MOST {
        return Err(io::ErrorKind::QuotaExceeded.into());
    }
    let mut chance = [0; 16];
    getrandom::fill(&mut chance).map_err(io::Error::other)?;
    let name = format!("{}{END}", Id::from_bytes(chance));
    let Batch { what, operator, edits, .. } = batch.clone();
    let plain = serde_json::to_vec(&Note { at, what, operator, edits })?;
    let sealed = seal.seal(&place(&name), &plain).map_err(io::Error::other)?;
    disk.create_folder(&folder)?;
    replace(disk, &folder.join(name), &sealed)
}

/// Leaves that a backup was made ([`Access::Backup`]) or restored ([`Access::Restore`]) by somebody who gave no
/// passphrase. The file's name may name somebody, so it is not kept.
///
/// # Errors
/// The folder takes no file.
pub fn leave_without_key(
    disk: &dyn Disk,
    data: &Path,
    (access, desk): (Access, Id),
    at: DateTime<FixedOffset>,
    failed: bool,
) -> io::Result<()> {
    leave(disk, data, &Clear, at, &access::of_desk(access, desk, Id::NIL, without_key(failed)))
}

fn without_key(failed: bool) -> Details {
    Details { task: "without-passphrase".to_owned(), command_line: true, failed, ..Details::default() }
}

/// Takes what was left into the journal's chain. What cannot be taken stays for the next opening, which is told.
pub fn take_over(journal: &mut Journal, disk: &dyn Disk, seal: &dyn Seal, now: DateTime<FixedOffset>) -> Option<Say> {
    let data = journal.folder().to_owned();
    let taken = fault::guarded(|| {
        let folder = data.join(FOLDER);
        let mut names = disk.names(&folder).unwrap_or_default();
        names.retain(|name| name.ends_with(END));
        let mut notes: Vec<(Note, String)> =
            names.into_iter().map(|name| (read(disk, &folder, &name, seal, journal.desk(), now), name)).collect();
        notes.sort_by_key(|(note, _)| note.at);
        for (note, name) in notes {
            journal.commit(note.late(), now).map_err(|error| error.say())?;
            // A file that stays is taken once more: rather twice in the log than never.
            let _ = disk.remove(&folder.join(name));
        }
        Ok::<(), Say>(())
    });
    matches!(taken, Ok(Err(_)) | Err(fault::Fault)).then(|| Say::new("access-not-kept"))
}

/// A file as what it tells; one that does not open tells at least that it was there.
fn read(disk: &dyn Disk, folder: &Path, name: &str, seal: &dyn Seal, desk: Id, now: DateTime<FixedOffset>) -> Note {
    let path = folder.join(name);
    let short = disk.open_to_read(&path).and_then(|file| file.size()).is_ok_and(|size| size <= LONGEST);
    let bytes = if short { read_all(disk, &path).ok().flatten().unwrap_or_default() } else { Vec::new() };
    let in_clear = epoch_of(&bytes) == Some(0);
    let plain = if in_clear { Clear.open(&place(name), &bytes) } else { seal.open(&place(name), &bytes) };
    let note = plain.and_then(|plain| serde_json::from_slice::<Note>(&plain).ok());
    let about = RecordKey::new(Kind::Desk, desk);
    let of = |access: Access, at, details: Details| {
        let edits = Look::new(access, about).with(details).batch(Id::NIL).edits;
        Note { at, what: access.name().to_owned(), operator: Id::NIL, edits }
    };
    match note {
        Some(note) if in_clear => {
            let access = Access::of(&note.what).filter(|access| matches!(access, Access::Backup | Access::Restore));
            let failed = note.edits.iter().any(|edit| Details::of(&edit.patch).failed);
            access.map(|access| of(access, note.at, without_key(failed)))
        }
        note => note.filter(|note| Access::of(&note.what).is_some()),
    }
    .unwrap_or_else(|| {
        let task = "note-unreadable".to_owned();
        of(Access::Log, now, Details { task, failed: true, ..Details::default() })
    })
}

impl Note {
    /// As it is kept now, with the time at which it happened.
    fn late(self) -> Batch {
        let at = serde_json::to_value(self.at).unwrap_or_default();
        let late = |mut edit: Edit| {
            if let Value::Object(members) = &mut edit.patch {
                members.entry("tried_at").or_insert_with(|| at.clone());
            }
            edit
        };
        Batch::new(self.what, self.operator, self.edits.into_iter().map(late).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::access::Entry;
    use crate::journal::faulty::Plan;

    fn at(second: u32) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(&format!("2026-11-24T14:29:{second:02}+09:00")).unwrap()
    }

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn log(journal: &Journal) -> Vec<(String, Id, bool, DateTime<FixedOffset>)> {
        let entries = journal.walk_back(None).map(|found| found.unwrap()).map(|(seq, change)| Entry::of(seq, &change));
        let mut all: Vec<_> = entries.map(|e| (e.what.clone(), e.operator, e.details.failed, e.happened())).collect();
        all.reverse();
        all
    }

    #[test]
    fn what_was_left_is_taken_over_once_with_its_own_time() {
        let (mut journal, disk, _) = Journal::in_memory(id(9), at(0)).unwrap();
        let data = journal.folder().to_owned();
        let login = access::session(Access::Login, id(1), false);
        // The toy disk's desk is sealed by nothing, so what is not about a backup counts as forged.
        leave(&disk, &data, &Clear, at(7), &login).unwrap();
        leave_without_key(&disk, &data, (Access::Backup, id(9)), at(5), true).unwrap();
        disk.plan(Plan { fail_at: Some(1), lasting: true, ..Plan::default() });
        assert_eq!(take_over(&mut journal, &disk, &Clear, at(20)).map(|say| say.key), Some("access-not-kept"));
        disk.plan(Plan::default());
        journal.resume().unwrap();
        assert_eq!(take_over(&mut journal, &disk, &Clear, at(30)), None);
        assert_eq!(take_over(&mut journal, &disk, &Clear, at(40)), None);
        let expected =
            [("access-backup".to_owned(), Id::NIL, true, at(5)), ("access-log".to_owned(), Id::NIL, true, at(30))];
        assert_eq!(log(&journal), expected);
        assert!(disk.names(&data.join(FOLDER)).unwrap().is_empty());
    }

    #[test]
    fn a_broken_or_foreign_file_is_told_and_goes() {
        let (mut journal, disk, _) = Journal::in_memory(id(9), at(0)).unwrap();
        let data = journal.folder().to_owned();
        for (n, bytes) in [b"".as_slice(), b"\0\0\0\0{", b"\x07\0\0\0 nothing", &[0xff; 40]].into_iter().enumerate() {
            replace(&disk, &data.join(FOLDER).join(format!("{n}{END}")), bytes).unwrap();
        }
        replace(&disk, &data.join(FOLDER).join("other"), b"stays").unwrap();
        assert_eq!(take_over(&mut journal, &disk, &Clear, at(20)), None);
        assert_eq!(log(&journal).len(), 4);
        assert_eq!(disk.names(&data.join(FOLDER)).unwrap(), ["other"]);
    }
}
