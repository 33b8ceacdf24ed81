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
use crate::journal::disk::{Disk, read_all, replace};
use crate::journal::{Journal, Options};

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

/// Makes a desk in an empty folder and commits what it begins with.
///
/// # Errors
/// The sentence says why. A desk that was made but has no operator yet is finished by [`finish`].
pub fn create(
    folder: &Path,
    disk: &Arc<dyn Disk>,
    options: Options,
    setup: &Setup,
    ids: &mut Ids,
) -> Result<Journal, Say> {
    let batches = batches(setup, options.now, ids);
    let desk = batches.iter().flat_map(|(_, batch)| &batch.edits).find(|edit| edit.record.kind == Kind::Desk);
    let options = options.of_desk(desk.map_or_else(|| ids.fresh(), |edit| edit.record.id));
    let (mut journal, _) = Journal::create(folder, Arc::clone(disk), options).map_err(|error| error.say())?;
    commit_all(&mut journal, disk, batches)?;
    Ok(journal)
}

/// Fills a desk that an earlier set-up made and could not fill.
///
/// # Errors
/// The sentence says why.
pub fn finish(
    journal: &mut Journal,
    disk: &Arc<dyn Disk>,
    setup: &Setup,
    now: DateTime<FixedOffset>,
    ids: &mut Ids,
) -> Result<(), Say> {
    commit_all(journal, disk, batches(setup, now, ids))
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

/// Notes who uses the desk on this computer.
pub fn remember_operator(folder: &Path, disk: &dyn Disk, operator: Id) -> std::io::Result<()> {
    replace(disk, &folder.join(LAST_OPERATOR), operator.to_string().as_bytes())
}

/// Who used the desk last on this computer.
pub fn last_operator(folder: &Path, disk: &dyn Disk) -> Option<Id> {
    let bytes = read_all(disk, &folder.join(LAST_OPERATOR)).ok()??;
    std::str::from_utf8(&bytes).ok()?.trim().parse().ok()
}
