//! The desk for subcommands: opened, read, written to by the one way there is, and closed in order.

use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::{Cx, Exit, Failure};
use crate::app::hands::Ids;
use crate::desk::id::Id;
use crate::desk::operator::Operator;
use crate::desk::record::{Batch, Kind, RecordKey};
use crate::desk::say::Say;
use crate::journal::{Journal, OpenError, Options, RealDisk, Receipt};
use crate::runtime::clock;

/// A desk that is open for one subcommand.
pub(super) struct Desk {
    journal: Journal,
    ids: Ids,
}

impl Desk {
    /// Opens the desk in the data folder, and tells what had to be put right.
    pub(super) fn open(cx: &mut Cx<'_>) -> Result<Self, Failure> {
        let paths = cx.paths()?;
        let who = ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| (cx.variable)(name)).unwrap_or_default();
        let options = Options { who, ..Options::new(clock::wall()) };
        let (journal, opened) = Journal::open(&paths.data, Arc::new(RealDisk), options).map_err(|error| {
            let elsewhere = matches!(error, OpenError::OpenElsewhere { .. } | OpenError::StoreLocked);
            Failure::of(if elsewhere { Exit::OpenElsewhere } else { Exit::Failed }, &error)
        })?;
        for told in &opened.told {
            cx.tell(&crate::desk::record::Explain::say(told));
        }
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)
            .map_err(|error| Failure::new(Exit::Failed, Say::new("cli-no-chance").with("why", error.to_string())))?;
        Ok(Self { journal, ids: Ids::new(seed) })
    }

    /// All records of a kind as values of the domain.
    pub(super) fn all<T: DeserializeOwned>(&self, kind: Kind) -> Result<Vec<(Id, T)>, Failure> {
        let mut all = Vec::new();
        for record in self.journal.each(kind) {
            let (id, value) = record.map_err(|error| Failure::of(Exit::Failed, &error))?;
            let value = serde_json::from_value(value).map_err(|_| {
                let record = RecordKey::new(kind, id).to_string();
                Failure::new(Exit::Failed, Say::new("cli-record-unreadable").with("record", record))
            })?;
            all.push((id, value));
        }
        Ok(all)
    }

    /// Who is written down as having done it: who used the desk last on this computer, else its first operator.
    pub(super) fn operator(&self) -> Result<Id, Failure> {
        let all: Vec<(Id, Operator)> = self.all(Kind::Operator)?;
        let last = last_operator(self.journal.folder());
        let here = || all.iter().filter(|(_, operator)| !operator.left).map(|(id, _)| *id);
        Ok(here().find(|id| Some(*id) == last).or_else(|| here().next()).unwrap_or_default())
    }

    /// A new identity.
    pub(super) fn fresh(&mut self) -> Id {
        self.ids.fresh()
    }

    /// Keeps a batch: with the receipt it is on the disk.
    pub(super) fn commit(&mut self, batch: Batch) -> Result<Receipt, Failure> {
        self.journal.commit(batch, clock::wall()).map_err(|error| Failure::of(Exit::Failed, &error))
    }

    /// Closes the desk with the mark of a clean stop.
    pub(super) fn close(self) -> Result<(), Failure> {
        self.journal.close().map_err(|error| Failure::of(Exit::Failed, &error))
    }
}

fn last_operator(folder: &Path) -> Option<Id> {
    std::fs::read_to_string(folder.join("last-operator")).ok()?.trim().parse().ok()
}
