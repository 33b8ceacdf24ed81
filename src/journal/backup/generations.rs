//! Backups in generations: what the folder has, which new one is due, and which old ones go. By name; only files of our
//! own desk are ever removed, and only after the new one was read back.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::Path;

use chrono::{DateTime, Datelike, FixedOffset, IsoWeek, NaiveDate, NaiveDateTime, TimeDelta};

use super::super::disk::Disk;
use super::{BackupError, Disposals, Made, Snapshot, check, look, write};
use crate::desk::id::Id;
use crate::desk::operator::DeskProfile;

/// Which row of generations a backup belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// One of the last days.
    Daily,
    /// One of the last weeks: the first backup of a week.
    Weekly,
}

impl Rank {
    /// The word in file names.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }
}

/// A backup in the folder, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation {
    /// When it was made, on the wall clock of the desk, to the minute.
    pub at: NaiveDateTime,
    /// Its row.
    pub rank: Rank,
    /// Whose it is.
    desk: [u8; 8],
}

/// The first characters of the desk's identity that stand in file names.
fn short(desk: Id) -> [u8; 8] {
    let mut short = [0; 8];
    // The first digit of an identity holds only three bits: the last eight say more.
    short.iter_mut().rev().zip(desk.to_string().bytes().rev()).for_each(|(to, from)| *to = from);
    short
}

const TIME: &str = "%Y%m%d-%H%M";
const END: &str = ".backup";

impl Generation {
    /// The backup of this desk at this time.
    pub fn new(desk: Id, at: NaiveDateTime, rank: Rank) -> Self {
        Self { at, rank, desk: short(desk) }
    }

    /// The backup of this file name; `None` for any other file.
    fn of(name: &str, desk: Id) -> Option<Self> {
        let known = short(desk);
        let rest = name.strip_prefix("madoguchi-")?.strip_prefix(std::str::from_utf8(&known).ok()?)?;
        let (time, rank) = rest.strip_prefix('-')?.strip_suffix(END)?.rsplit_once('-')?;
        let rank = [Rank::Daily, Rank::Weekly].into_iter().find(|known| known.word() == rank)?;
        let at = NaiveDateTime::parse_from_str(time, TIME).ok()?;
        Some(Self { at, rank, desk: known }).filter(|generation| generation.to_string() == name)
    }
}

impl fmt::Display for Generation {
    /// The file's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let desk = std::str::from_utf8(&self.desk).unwrap_or_default();
        write!(f, "madoguchi-{desk}-{}-{}{END}", self.at.format(TIME), self.rank.word())
    }
}

/// How many generations are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Days with a backup. At least one is kept.
    pub daily: u32,
    /// Weeks with a backup. At least one is kept.
    pub weekly: u32,
}

impl Keep {
    /// As the desk has set it.
    pub fn of(desk: &DeskProfile) -> Self {
        let Self { daily, weekly } = Self::default();
        Self { daily: desk.backup_daily.unwrap_or(daily), weekly: desk.backup_weekly.unwrap_or(weekly) }
    }
}

impl Default for Keep {
    fn default() -> Self {
        Self { daily: 7, weekly: 5 }
    }
}

/// A new generation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which.
    pub generation: Generation,
    /// What was made.
    pub made: Made,
    /// Older ones that were removed.
    pub removed: Vec<Generation>,
}

/// This desk's backups in the folder, newest first, as their names say.
///
/// # Errors
/// The folder is not there, or does not read.
pub fn generations(disk: &dyn Disk, folder: &Path, desk: Id) -> Result<Vec<Generation>, BackupError> {
    let failed = |error| BackupError::reading(folder, error);
    if !disk.has_folder(folder).map_err(failed)? {
        return Err(BackupError::FolderMissing(folder.to_owned()));
    }
    let names = disk.names(folder).map_err(failed)?;
    let mut all: Vec<Generation> = names.iter().filter_map(|name| Generation::of(name, desk)).collect();
    all.sort_by(|a, b| b.cmp(a));
    Ok(all)
}

/// The newest backup that is not of the future: a clock that once ran ahead must not count as a backup for years.
pub fn newest(all: &[Generation], now: NaiveDateTime) -> Option<&Generation> {
    all.iter().filter(|generation| !is_future(generation, now)).max()
}

fn is_future(generation: &Generation, now: NaiveDateTime) -> bool {
    // A day for the change of a clock's zone.
    generation.at > now + TimeDelta::days(1)
}

/// Makes the next generation in the folder, reads it back, and then removes those that are too many.
///
/// # Errors
/// Then the folder has every backup that it had before.
pub fn keep(
    snapshot: &Snapshot,
    disk: &dyn Disk,
    folder: &Path,
    keep: Keep,
    now: DateTime<FixedOffset>,
) -> Result<Kept, BackupError> {
    if is_within(folder, &snapshot.folder) {
        return Err(BackupError::Inside(folder.to_owned()));
    }
    let desk = snapshot.desk;
    let before = generations(disk, folder, desk)?;
    remove_leftovers(disk, folder, desk).map_err(|error| BackupError::writing(folder, error))?;
    let generation = Generation::new(desk, now.naive_local(), next_rank(&before, now.naive_local()));
    let made = write(snapshot, disk, &folder.join(generation.to_string()), now)?;
    copy_disposals(snapshot, disk, folder)?;
    let mut removed = Vec::new();
    // Of a desk whose journal is damaged the older backups may be needed.
    if made.checked.damage.is_empty() {
        let all: Vec<Generation> = before.into_iter().filter(|old| *old != generation).chain([generation]).collect();
        removed = too_many(&all, keep, now.naive_local());
        removed.retain(|old| remove(disk, folder, *old, desk));
        if !removed.is_empty() {
            let _ = disk.sync_folder(folder);
        }
    }
    Ok(Kept { generation, made, removed })
}

/// Whether the folder is the data folder or lies in it. Links are not followed here: the runtime hands in real paths.
fn is_within(folder: &Path, data: &Path) -> bool {
    folder.starts_with(data)
}

/// The first backup of a week is the one that stays for weeks.
fn next_rank(all: &[Generation], now: NaiveDateTime) -> Rank {
    let week = now.iso_week();
    let had = all.iter().any(|old| old.rank == Rank::Weekly && old.at.iso_week() == week);
    if had { Rank::Daily } else { Rank::Weekly }
}

/// The backups that are too many: of each row the newest of the last days or weeks stay.
fn too_many(all: &[Generation], keep: Keep, now: NaiveDateTime) -> Vec<Generation> {
    let mut known: Vec<Generation> = all.iter().copied().filter(|old| !is_future(old, now)).collect();
    known.sort_by(|a, b| b.cmp(a));
    let (mut days, mut weeks) = (BTreeSet::<NaiveDate>::new(), BTreeSet::<IsoWeek>::new());
    let wide = |n: u32| usize::try_from(n.max(1)).unwrap_or(usize::MAX);
    known.retain(|old| {
        let stays = match old.rank {
            Rank::Daily => days.len() < wide(keep.daily) && days.insert(old.at.date()),
            Rank::Weekly => weeks.len() < wide(keep.weekly) && weeks.insert(old.at.iso_week()),
        };
        !stays
    });
    known
}

/// Removes a backup that its own manifest says is this desk's; one that does not read stays where it is and is told.
fn remove(disk: &dyn Disk, folder: &Path, old: Generation, desk: Id) -> bool {
    let path = folder.join(old.to_string());
    look(disk, &path).is_ok_and(|manifest| manifest.desk == desk) && disk.remove(&path).is_ok()
}

/// Removes what broken-off attempts left of this desk.
fn remove_leftovers(disk: &dyn Disk, folder: &Path, desk: Id) -> io::Result<()> {
    for name in disk.names(folder)? {
        if name.strip_suffix(".new").is_some_and(|name| Generation::of(name, desk).is_some()) {
            disk.remove(&folder.join(name))?;
        }
    }
    Ok(())
}

/// Puts the list of what was disposed of beside the backups, for those that were made before.
fn copy_disposals(snapshot: &Snapshot, disk: &dyn Disk, folder: &Path) -> Result<(), BackupError> {
    let ours = Disposals::load(&*snapshot.disk, &snapshot.folder.join(super::DISPOSALS), snapshot.desk)?;
    ours.merge_into(disk, folder)
}

/// The name of the list of what was disposed of, beside the backups of a desk.
pub(super) fn disposals_name(desk: Id) -> String {
    format!("madoguchi-{}.{}", std::str::from_utf8(&short(desk)).unwrap_or_default(), super::DISPOSALS)
}

/// A backup that is not to be relied on, and why.
pub type Bad = (Generation, BackupError);

/// The newest backup in the folder that is whole, with those newer ones that are not.
///
/// # Errors
/// The folder is not there or does not read.
pub fn newest_good(disk: &dyn Disk, folder: &Path, desk: Id) -> Result<(Option<Generation>, Vec<Bad>), BackupError> {
    let mut bad = Vec::new();
    for generation in generations(disk, folder, desk)? {
        let path = folder.join(generation.to_string());
        match check(disk, &path) {
            Ok(checked) if checked.manifest.desk == desk => return Ok((Some(generation), bad)),
            Ok(_) => bad.push((generation, BackupError::OtherDesk(path))),
            Err(error) => bad.push((generation, error)),
        }
    }
    Ok((None, bad))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> Id {
        Id::from_bytes([7; 16])
    }

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn made(text: &str, rank: Rank) -> Generation {
        Generation::new(id(), at(text), rank)
    }

    #[test]
    fn names_read_back_and_others_are_left_alone() {
        for rank in [Rank::Daily, Rank::Weekly] {
            let generation = made("2026-11-22 09:05", rank);
            assert_eq!(Generation::of(&generation.to_string(), id()), Some(generation));
            assert_eq!(Generation::of(&generation.to_string(), Id::from_bytes([8; 16])), None);
            assert_eq!(Generation::of(&format!("{generation}.new"), id()), None);
        }
        let name = made("2026-11-22 09:05", Rank::Daily).to_string();
        for other in ["", "写真.jpg", "madoguchi-", &name.replace("daily", "yearly"), &name.replace("0905", "2505")] {
            assert_eq!(Generation::of(other, id()), None, "{other}");
        }
    }

    #[test]
    fn the_first_of_a_week_stays_for_weeks() {
        let monday = made("2026-11-16 09:00", Rank::Weekly);
        assert_eq!(next_rank(&[], at("2026-11-22 09:00")), Rank::Weekly);
        assert_eq!(next_rank(&[monday], at("2026-11-22 09:00")), Rank::Daily);
        assert_eq!(next_rank(&[monday], at("2026-11-23 09:00")), Rank::Weekly);
        // The first days of January belong to the last week of December.
        let december = made("2026-12-28 09:00", Rank::Weekly);
        assert_eq!(next_rank(&[december], at("2027-01-03 09:00")), Rank::Daily);
    }

    #[test]
    fn days_and_weeks_are_counted_and_not_files() {
        let keep = Keep { daily: 2, weekly: 1 };
        let all = [
            made("2026-11-16 09:00", Rank::Weekly),
            made("2026-11-09 09:00", Rank::Weekly),
            made("2026-11-22 18:00", Rank::Daily),
            made("2026-11-22 12:00", Rank::Daily),
            made("2026-11-22 09:00", Rank::Daily),
            made("2026-11-20 09:00", Rank::Daily),
            made("2026-11-19 09:00", Rank::Daily),
            // Made while the clock was wrong: neither counted nor removed.
            made("2031-01-01 09:00", Rank::Daily),
        ];
        let mut gone = too_many(&all, keep, at("2026-11-22 19:00"));
        gone.sort();
        let expected = [
            made("2026-11-09 09:00", Rank::Weekly),
            made("2026-11-19 09:00", Rank::Daily),
            made("2026-11-22 09:00", Rank::Daily),
            made("2026-11-22 12:00", Rank::Daily),
        ];
        assert_eq!(gone, expected);
        assert_eq!(newest(&all, at("2026-11-22 19:00")), Some(&all[2]));
        assert!(too_many(&all[..1], Keep { daily: 0, weekly: 0 }, at("2026-11-22 19:00")).is_empty());
        assert_eq!(newest(&[], at("2026-11-22 19:00")), None);
    }
}
