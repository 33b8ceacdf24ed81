//! Filling an empty data folder: with the demo, or with a desk and its first operator. The first screen and the command
//! line call the same function.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::app::hands::Ids;
use crate::app::msg::Setup;
use crate::demo;
use crate::desk::edits;
use crate::desk::id::Id;
use crate::desk::operator::{DeskProfile, Operator};
use crate::desk::record::{Batch, Explain, Kind};
use crate::desk::say::Say;
use crate::desk::secret::Secret;
use crate::journal::disk::{Disk, read_all, replace};
use crate::journal::vault::{Confirmed, Cost, Founding, Keyring, Newcomer};
use crate::journal::{Journal, Options};

use super::entry::{self, DEMO, Made};

/// The file that says who used the desk last on this computer.
const LAST_OPERATOR: &str = "last-operator";

/// What a new desk begins with, each batch with its time. Nothing is written.
pub fn batches(setup: &Setup, now: DateTime<FixedOffset>, ids: &mut Ids) -> Vec<(DateTime<FixedOffset>, Batch)> {
    match setup {
        Setup::Demo => demo::batches(now, &mut || ids.fresh()),
        Setup::Desk { name, operator, lang, .. } => {
            let language = lang.code().to_owned();
            let profile = DeskProfile { name: name.clone(), language, ..DeskProfile::default() };
            let person = Operator { name: operator.clone(), ..Operator::default() };
            vec![(now, edits::set_up(ids.fresh(), &profile, ids.fresh(), &person))]
        }
    }
}

/// A desk that was made.
pub struct MadeDesk {
    /// Its journal, open.
    pub journal: Journal,
    /// Its keys.
    pub made: Made,
}

/// Makes a desk in an empty folder, its keys first, and commits what it begins with. The demo's passphrase is
/// [`DEMO`], unless another one is given.
///
/// # Errors
/// The sentence says why. A desk that was made but has no operator yet is finished by [`finish`].
pub fn create(
    folder: &Path,
    disk: &Arc<dyn Disk>,
    options: &Options,
    setup: &Setup,
    ids: &mut Ids,
    (cost, given): (Cost, Option<&Secret>),
) -> Result<MadeDesk, Say> {
    let batches = batches(setup, options.now, ids);
    let desk = batches.iter().flat_map(|(_, batch)| &batch.edits).find(|edit| edit.record.kind == Kind::Desk);
    let desk = desk.map_or_else(|| ids.fresh(), |edit| edit.record.id);
    let made = keys_for(folder, disk, (setup, desk, &batches), options.now, (cost, given))?;
    let options = super::entry::behind(options, &made.unlocked.keyring).of_desk(desk);
    let (mut journal, _) = Journal::create(folder, Arc::clone(disk), options).map_err(|error| error.say())?;
    commit_all(&mut journal, disk, batches)?;
    Ok(MadeDesk { journal, made })
}

/// Fills a desk that an earlier set-up made and could not fill, with keys of its own: nothing is sealed in it yet.
///
/// # Errors
/// The sentence says why.
pub fn finish(
    journal: &mut Journal,
    keyring: &Keyring,
    disk: &Arc<dyn Disk>,
    setup: &Setup,
    now: DateTime<FixedOffset>,
    ids: &mut Ids,
    kept: (Cost, Option<&Secret>),
) -> Result<Made, Say> {
    let batches = batches(setup, now, ids);
    let made = keys_for(journal.folder(), disk, (setup, journal.desk(), &batches), now, kept)?;
    keyring.fill(&made.unlocked.keyring);
    commit_all(journal, disk, batches)?;
    Ok(made)
}

/// The keys for the first operator of what a desk begins with.
fn keys_for(
    folder: &Path,
    disk: &Arc<dyn Disk>,
    (setup, desk, batches): (&Setup, Id, &[(DateTime<FixedOffset>, Batch)]),
    now: DateTime<FixedOffset>,
    (cost, given): (Cost, Option<&Secret>),
) -> Result<Made, Say> {
    let operator = batches.first().map_or(Id::NIL, |(_, batch)| batch.operator);
    match setup {
        Setup::Demo => {
            let passphrase = given.cloned().unwrap_or_else(|| Secret::passphrase(DEMO));
            let first = Newcomer { operator, passphrase: &passphrase, second: None, names: &[] };
            // Everybody knows the passphrase: what a try of it costs keeps nobody out.
            let mut made =
                entry::make_keys(folder, disk, &Founding { desk, demo: true, first, cost: Cost::TEST }, now)?;
            if given.is_none() {
                // Whoever chose a passphrase for their demo wants nobody else in it.
                known_keys(&mut made, batches, now)?;
            }
            Ok(made)
        }
        Setup::Desk { name, operator: person, passphrase, second, .. } => {
            let second = match second {
                Some(new) => {
                    let wrong = || Say::new("vault-code-wrong");
                    Some(Confirmed::new(&new.secret, &new.code, now).ok_or_else(wrong)?)
                }
                None => None,
            };
            let names = [name.as_str(), person];
            let first = Newcomer { operator, passphrase, second, names: &names };
            entry::make_keys(folder, disk, &Founding { desk, demo: false, first, cost }, now)
        }
    }
}

/// Known passphrases for the others of the demo.
fn known_keys(
    made: &mut Made,
    batches: &[(DateTime<FixedOffset>, Batch)],
    now: DateTime<FixedOffset>,
) -> Result<(), Say> {
    let people = batches.iter().flat_map(|(_, batch)| &batch.edits).filter(|edit| edit.record.kind == Kind::Operator);
    let others = people.map(|edit| edit.record.id).filter(|id| *id != made.unlocked.operator);
    for (operator, passphrase) in others.zip(demo::PASSPHRASES) {
        let passphrase = Secret::passphrase(passphrase);
        let newcomer = Newcomer { operator, passphrase: &passphrase, second: None, names: &[] };
        made.vault.add(&made.unlocked.keyring, &newcomer, now).map_err(|error| error.say())?;
    }
    Ok(())
}

/// Whether anybody can work at this desk: before that it counts as not set up.
pub fn is_filled(journal: &Journal) -> bool {
    journal.each(Kind::Operator).next().is_some()
}

fn commit_all(
    journal: &mut Journal,
    disk: &Arc<dyn Disk>,
    batches: Vec<(DateTime<FixedOffset>, Batch)>,
) -> Result<(), Say> {
    let first = batches.first().map(|(_, batch)| batch.operator);
    for (at, batch) in batches {
        journal.commit(batch, at).map_err(|error| error.say())?;
    }
    if let Some(operator) = first {
        // A courtesy: without it the first operator in the list is offered.
        let _ = remember_operator(journal.folder(), &**disk, operator);
    }
    Ok(())
}

/// Notes who uses the desk on this computer. It is mostly who used it last, and then nothing waits for the disk.
pub fn remember_operator(folder: &Path, disk: &dyn Disk, operator: Id) -> std::io::Result<()> {
    if last_operator(folder, disk) == Some(operator) {
        return Ok(());
    }
    replace(disk, &folder.join(LAST_OPERATOR), operator.to_string().as_bytes())
}

/// Who used the desk last on this computer.
pub fn last_operator(folder: &Path, disk: &dyn Disk) -> Option<Id> {
    let bytes = read_all(disk, &folder.join(LAST_OPERATOR)).ok()??;
    std::str::from_utf8(&bytes).ok()?.trim().parse().ok()
}
