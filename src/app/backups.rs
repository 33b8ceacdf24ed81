//! When a backup is due, and how old the last good one is: what the head shows and what the app asks for by itself.
//! Knows no folder and no file: the runtime looks and makes.

use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};

use super::App;
use super::hands::Tone;
use super::model::{Model, Phase};
use super::msg::{Effect, Now};
use crate::desk::id::Id;
use crate::desk::operator::DeskProfile;
use crate::desk::say::Say;
use crate::popups::message::Message;

/// A backup that is older than this is too old (hours).
const OLD: i64 = 48;
/// How long after a failure the next try is made: a stick may be in again by then.
const AGAIN: Duration = Duration::from_secs(10 * 60);
/// The age is drawn anew, and the day looked at, this often at most.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// What the runtime is asked to do with backups. It takes as long as a stick or a share takes, beside everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackupTask {
    /// Look what the folder has.
    List,
    /// Make the next generation.
    Make,
    /// Restore the newest good one on trial.
    Drill,
}

/// A task with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupOrder {
    /// What is to be done.
    pub task: BackupTask,
    /// Where.
    pub folder: String,
    /// How many days with a backup are kept; none: the program's own number.
    pub daily: Option<u32>,
    /// How many weeks; none: the program's own number.
    pub weekly: Option<u32>,
    /// Who asks: for the access log.
    pub operator: Id,
    /// Whether nobody asked: the daily backup.
    pub by_itself: bool,
}

/// A backup in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRow {
    /// The file's name.
    pub file: String,
    /// When it was made.
    pub at: NaiveDateTime,
    /// Whether it is kept for weeks.
    pub weekly: bool,
    /// Its size in words.
    pub size: String,
    /// What is wrong with it.
    pub problem: Option<Say>,
}

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupNews {
    /// The order.
    pub order: BackupOrder,
    /// What the folder has now, newest first; or why nobody knows.
    pub rows: Result<Vec<BackupRow>, Say>,
    /// When the last good backup was made, as far as this computer remembers: the stick may be out.
    pub remembered: Option<NaiveDateTime>,
    /// How making one or the trial ended: well, with a sentence, or badly.
    pub outcome: Option<Result<Say, Say>>,
}

/// What is known of the desk's backups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Backups {
    /// The folder that this is about; empty when none was looked at.
    pub folder: String,
    /// What it has, newest first.
    pub rows: Vec<BackupRow>,
    /// Why nobody knows what it has, or why the last backup failed.
    pub problem: Option<Say>,
    /// What is being done.
    pub doing: Option<BackupTask>,
    remembered: Option<NaiveDateTime>,
    /// Whether the folder was looked at.
    known: bool,
    /// When the next look or backup is due.
    next: Duration,
}

/// How the desk's backups stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Nobody has looked yet.
    Unknown,
    /// No folder is chosen.
    NoFolder,
    /// There is none that is good.
    Missing,
    /// The last good one was made then, and is young enough.
    Good(NaiveDateTime),
    /// The last good one was made then: too long ago.
    Old(NaiveDateTime),
}

impl Standing {
    /// Whether somebody must do something.
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::NoFolder | Self::Missing | Self::Old(_))
    }

    /// The sentence that says what to do.
    pub const fn advice(self) -> Option<&'static str> {
        match self {
            Self::NoFolder => Some("backup-advice-folder"),
            Self::Missing => Some("backup-advice-missing"),
            Self::Old(_) => Some("backup-advice-old"),
            Self::Unknown | Self::Good(_) => None,
        }
    }
}

/// How long ago a backup was made, in whole units: it need not be drawn anew every minute.
pub fn age(at: NaiveDateTime, now: NaiveDateTime) -> Say {
    let hours = (now - at).num_hours().max(0);
    match hours {
        0 => Say::new("backup-age-now"),
        1..OLD => Say::new("backup-age-hours").with("n", hours.to_string()),
        _ => Say::new("backup-age-days").with("n", (hours / 24).to_string()),
    }
}

impl Backups {
    /// When the last good backup was made. One of the future says that a clock ran ahead, and counts for nothing.
    pub fn last_good(&self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let good = self.rows.iter().filter(|row| row.problem.is_none()).map(|row| row.at);
        good.chain(self.remembered).filter(|at| *at <= now + TimeDelta::days(1)).max()
    }

    /// How they stand.
    pub fn standing(&self, desk: &DeskProfile, now: NaiveDateTime) -> Standing {
        if desk.backup_folder.is_empty() {
            return Standing::NoFolder;
        }
        match self.last_good(now) {
            _ if !self.known => Standing::Unknown,
            None => Standing::Missing,
            Some(at) if (now - at).num_hours() >= OLD => Standing::Old(at),
            Some(at) => Standing::Good(at),
        }
    }

    /// Whether today's is still to be made.
    fn is_due(&self, now: NaiveDateTime) -> bool {
        self.last_good(now).is_none_or(|at| at.date() < now.date())
    }

    /// Takes in what came of an order; when to look again follows from it.
    fn take(&mut self, news: BackupNews, now: Now) {
        self.doing = None;
        self.known = true;
        self.remembered = news.remembered;
        let failed = news.rows.is_err() || matches!(news.outcome, Some(Err(_)));
        self.problem = match (&news.outcome, &news.rows) {
            (Some(Err(say)), _) | (_, Err(say)) => Some(say.clone()),
            (_, Ok(_)) => None,
        };
        self.rows = news.rows.unwrap_or_default();
        let made = news.order.task == BackupTask::Make;
        self.next = match (failed, made) {
            (true, _) => now.mono + AGAIN,
            // What was listed may show that today's is due: at once.
            (false, false) if self.is_due(now.wall.naive_local()) => now.mono,
            (false, _) => now.mono + until_midnight(now.wall.naive_local()).min(HOUR),
        };
    }
}

fn until_midnight(now: NaiveDateTime) -> Duration {
    let midnight = (now.date() + TimeDelta::days(1)).and_time(chrono::NaiveTime::MIN);
    // A moment into the day, so that it is the next one by then.
    (midnight - now).to_std().unwrap_or(HOUR) + Duration::from_secs(1)
}

impl Model {
    /// How the desk's backups stand.
    pub fn backup_standing(&self) -> Standing {
        self.backups.standing(&self.desk, self.now.wall.naive_local())
    }
}

impl App {
    /// Has something done with the backups.
    pub(super) fn order_backup(&mut self, task: BackupTask, by_itself: bool) {
        let desk = &self.model.desk;
        if desk.backup_folder.is_empty() {
            return self.say(Say::new("backup-notice-folder"), Tone::Warning);
        }
        if self.model.backups.doing.is_some() {
            return self.say(Say::new("backup-busy"), Tone::Warning);
        }
        let order = BackupOrder {
            task: task.clone(),
            folder: desk.backup_folder.clone(),
            daily: desk.backup_daily,
            weekly: desk.backup_weekly,
            operator: self.model.me,
            by_itself,
        };
        self.model.backups.doing = Some(task);
        self.effects.push(Effect::Backup(order));
        self.dirty = true;
    }

    /// Makes the backup of the day by itself. A locked desk is backed up too: it may stay locked for a night.
    pub(super) fn watch_backups(&mut self) {
        let there = !matches!(self.model.phase, Phase::Opening | Phase::Fresh | Phase::Failed) && self.model.complete;
        let folder = &self.model.desk.backup_folder;
        // Whoever has the desk open to write backs it up.
        if !there || self.model.read_only || self.model.backups.doing.is_some() {
            return;
        }
        if *folder != self.model.backups.folder {
            self.model.backups = Backups { folder: folder.clone(), ..Backups::default() };
            if !folder.is_empty() {
                self.order_backup(BackupTask::List, true);
            }
        } else if !folder.is_empty() && self.model.now.mono >= self.model.backups.next {
            if self.model.backups.is_due(self.model.now.wall.naive_local()) {
                self.order_backup(BackupTask::Make, true);
            } else {
                let wait = until_midnight(self.model.now.wall.naive_local()).min(HOUR);
                self.model.backups.next = self.model.now.mono + wait;
                self.dirty = true;
            }
        }
    }

    /// When [`App::watch_backups`] wants to look again.
    pub(super) fn backup_deadline(&self) -> Option<Duration> {
        let backups = &self.model.backups;
        let waits = self.model.complete && !backups.folder.is_empty() && backups.doing.is_none();
        waits.then_some(backups.next)
    }

    /// Something was done with the backups.
    pub(super) fn backed_up(&mut self, news: BackupNews) {
        let before = self.model.backups.problem.clone();
        let (by_itself, outcome) = (news.order.by_itself, news.outcome.clone());
        if news.order.folder == self.model.backups.folder {
            let now = self.model.now;
            self.model.backups.take(news, now);
        } else {
            // The folder was changed meanwhile: what is known of the old one says nothing.
            self.model.backups.doing = None;
        }
        let problem = self.model.backups.problem.clone();
        match outcome {
            // Whoever asked reads what came of it.
            Some(Ok(say) | Err(say)) if !by_itself => self.open(Box::new(Message::new(vec![say]))),
            // Told once, not every ten minutes.
            Some(Ok(_) | Err(_)) | None => {
                if let Some(say) = problem.filter(|say| before.as_ref() != Some(say)) {
                    self.say(say, Tone::Bad);
                }
            }
        }
        self.dirty = true;
    }

    /// What a desk without a folder for backups is told at its start. The demo needs none.
    pub(super) fn advise_backups(&mut self) {
        let model = &self.model;
        if model.desk.backup_folder.is_empty() && !model.desk.demo && !model.read_only && self.notice.is_none() {
            self.say(Say::new("backup-notice-folder"), Tone::Warning);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn row(text: &str, problem: Option<Say>) -> BackupRow {
        BackupRow { file: String::new(), at: at(text), weekly: false, size: String::new(), problem }
    }

    #[test]
    fn the_age_is_told_in_whole_units() {
        let now = at("2026-11-22 09:00");
        for (made, key, n) in [
            ("2026-11-22 09:00", "backup-age-now", None),
            ("2026-11-22 08:01", "backup-age-now", None),
            ("2026-11-22 08:00", "backup-age-hours", Some("1")),
            ("2026-11-20 09:01", "backup-age-hours", Some("47")),
            ("2026-11-20 09:00", "backup-age-days", Some("2")),
            ("2026-11-23 09:00", "backup-age-now", None),
        ] {
            let say = age(at(made), now);
            assert_eq!((say.key, say.args.first().map(|(_, n)| n.as_str())), (key, n), "{made}");
        }
    }

    #[test]
    fn only_a_good_backup_of_the_past_counts() {
        let now = at("2026-11-22 09:00");
        let desk = DeskProfile { backup_folder: "stick".to_owned(), ..DeskProfile::default() };
        let bad = || Some(Say::new("backup-busy"));
        let known = |rows| Backups { folder: "stick".to_owned(), rows, known: true, ..Backups::default() };
        for (rows, standing, due) in [
            (vec![], Standing::Missing, true),
            (vec![row("2026-11-22 08:00", None)], Standing::Good(at("2026-11-22 08:00")), false),
            (vec![row("2026-11-21 23:59", None)], Standing::Good(at("2026-11-21 23:59")), true),
            (vec![row("2026-11-20 09:00", None)], Standing::Old(at("2026-11-20 09:00")), true),
            (vec![row("2026-11-22 08:00", bad())], Standing::Missing, true),
            (
                vec![row("2031-01-01 08:00", None), row("2026-11-20 08:00", None)],
                Standing::Old(at("2026-11-20 08:00")),
                true,
            ),
        ] {
            let backups = known(rows);
            assert_eq!((backups.standing(&desk, now), backups.is_due(now)), (standing, due));
        }
        let remembered = Backups { remembered: Some(at("2026-11-21 09:00")), ..known(vec![]) };
        assert_eq!(remembered.standing(&desk, now), Standing::Good(at("2026-11-21 09:00")));
        assert_eq!(Backups::default().standing(&desk, now), Standing::Unknown);
        assert_eq!(Backups::default().standing(&DeskProfile::default(), now), Standing::NoFolder);
        assert_eq!(until_midnight(at("2026-11-22 23:59")), Duration::from_secs(61));
    }
}
