//! What a role may do, and whose eyes what leaves the desk meets: a viewer's get de-identified lists and nothing else. The
//! one place where roles bind, on the screen and on the command line: neither has a name that it could show a viewer.

use serde_json::Value;

use crate::app::entries::case_entry;
use crate::app::msg::{Answer, Arrival, Committed, Effect, KeysTask, Msg, Opening};
use crate::desk::brief::{self, Brief, Words};
use crate::desk::codebook::Codebook;
use crate::desk::deidentify::{Known, deidentified};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::{Operator, Role, role_of};
use crate::desk::record::{Batch, Kind, RecordKey};
use crate::desk::say::Say;
use crate::search::Keys;

use super::backups;

/// What somebody wants of the desk, whichever way they came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// What is anybody's: their own key, leaving, looking whether the data are whole, what makes itself.
    Free,
    /// To see a list. A viewer gets it without persons.
    List,
    /// To see more than a list, to change something, to take something out of the desk.
    Work,
    /// To keep the operators and their keys.
    Supervise,
}

/// Whether who has this role may.
///
/// # Errors
/// The sentence that says why not.
pub fn allows(role: Role, act: Act) -> Result<(), Say> {
    match (act, role) {
        (Act::Free | Act::List, _)
        | (Act::Work, Role::Operator | Role::Supervisor)
        | (Act::Supervise, Role::Supervisor) => Ok(()),
        (Act::Work | Act::Supervise, Role::Viewer) => Err(Say::new("entry-viewer")),
        (Act::Supervise, Role::Operator) => Err(Say::new("vault-supervisors-only")),
    }
}

/// The role of an operator among all of the desk; who is not known only views.
pub fn role_in(operators: &[(Id, Operator)], who: Id) -> Role {
    let own = operators.iter().find(|(id, _)| *id == who);
    own.map_or(Role::Viewer, |(_, own)| role_of(own, operators.iter().map(|(_, operator)| operator)))
}

/// What a task about keys is.
pub const fn act_of(task: &KeysTask) -> Act {
    match task {
        KeysTask::ChangePassphrase { .. }
        | KeysTask::SetSecondFactor { .. }
        | KeysTask::DropSecondFactor { .. }
        | KeysTask::CheckSecond(_)
        | KeysTask::Holders => Act::Free,
        KeysTask::AddOperator { .. }
        | KeysTask::RemoveOperator { .. }
        | KeysTask::GivePassphrase { .. }
        | KeysTask::NewRecoveryKey => Act::Supervise,
    }
}

/// What passes to whom. It learns who sits at the desk from the opening that passes.
#[derive(Debug, Default)]
pub struct Eyes {
    viewer: Option<Viewer>,
    seat: Option<Seat>,
}

/// Who sits at the desk, and who else there is: roles change while it is open.
#[derive(Debug)]
struct Seat {
    me: Id,
    operators: Vec<(Id, Operator)>,
}

/// What somebody may change of their own record; their role and whether they have left are not among it.
const OWN: [&str; 4] = ["name", "kana", "qualifications", "language"];

/// What a viewer's records are judged by.
#[derive(Debug, Default)]
struct Viewer {
    codebook: Codebook,
    areas: Vec<String>,
}

impl Eyes {
    /// The eyes of who has this role, for what is read without the keeper; `records` are the desk's own and its code
    /// lists.
    pub fn of(role: Role, records: &[(RecordKey, Value)]) -> Self {
        Self { viewer: (role == Role::Viewer).then(|| Viewer::of(records)), seat: None }
    }

    /// The record as they may see it.
    pub fn record(&self, kind: Kind, value: Value) -> Value {
        match &self.viewer {
            Some(viewer) => deidentified(kind, &value, &viewer.known()),
            None => value,
        }
    }

    /// The message as who sits at the desk may see it.
    pub fn pass(&mut self, message: Msg) -> Msg {
        if let Msg::Opened(opening) = &message {
            self.seat = Seat::of(opening);
            let viewer = self.seat.as_ref().is_some_and(|seat| seat.role() == Role::Viewer);
            self.viewer = viewer.then(|| Viewer::of(&opening.records));
        }
        if let (
            Some(seat),
            Msg::Committed { receipt: Committed { records, .. }, .. } | Msg::Arrived(Arrival::Changed(records)),
        ) = (&mut self.seat, &message)
        {
            seat.learn(records);
        }
        match &self.viewer {
            Some(viewer) => viewer.pass(message),
            None => message,
        }
    }

    /// Why this may not be carried out for who sits at the desk; `None` where it may.
    pub fn refuses(&self, effect: &Effect) -> Option<Msg> {
        if let (Some(seat), Effect::Commit { ticket, batch }) = (&self.seat, effect)
            && seat.keeps(batch)
            && let Err(say) = allows(seat.role(), Act::Supervise)
        {
            return Some(Msg::NotCommitted { ticket: *ticket, say });
        }
        let role = self.viewer.as_ref().map(|_| Role::Viewer)?;
        let say = || Say::new("entry-viewer");
        match effect {
            Effect::Commit { ticket, .. }
            | Effect::Dispose { ticket, .. }
            | Effect::Undo { ticket, .. }
            | Effect::Redo { ticket, .. } => Some(Msg::NotCommitted { ticket: *ticket, say: say() }),
            Effect::Load { ticket, .. } => Some(Msg::Loaded { ticket: *ticket, answer: Answer::Nothing }),
            Effect::SaveDraft { id, .. } => Some(Msg::DraftNotSaved { id: *id, say: say() }),
            Effect::Keys { ticket, task } => {
                let refused = allows(role, act_of(task)).err();
                refused.map(|say| Msg::KeysDone { ticket: *ticket, result: Err(say) })
            }
            // The backup of the day makes itself, whoever sits there, and shows nobody anything.
            Effect::Backup(order) if !order.by_itself => {
                Some(Msg::Backup(Box::new(backups::refused(order.clone(), say()))))
            }
            Effect::Sheets(_) => Some(Msg::Warned(vec![say()])),
            Effect::Look(_)
            | Effect::Backup(_)
            | Effect::RemoveDraft { .. }
            | Effect::SetUp(_)
            | Effect::OpenInstead(_)
            | Effect::RememberOperator(_)
            | Effect::Unlock { .. }
            | Effect::UnlockByRecovery { .. }
            | Effect::Lock
            | Effect::SealDesk { .. }
            | Effect::Print(_)
            | Effect::Copy(_)
            | Effect::Redraw
            | Effect::Quit => None,
        }
    }
}

impl Seat {
    /// Who opened this desk, if anybody did.
    fn of(opening: &Opening) -> Option<Self> {
        let mut seat = Self { me: opening.last_operator?, operators: Vec::new() };
        seat.learn(&opening.records);
        Some(seat)
    }

    fn role(&self) -> Role {
        role_in(&self.operators, self.me)
    }

    /// Takes over what these records say of operators.
    fn learn(&mut self, records: &[(RecordKey, Value)]) {
        for (id, value) in of_kind(records, Kind::Operator) {
            self.operators.retain(|(other, _)| *other != id);
            self.operators.extend(serde_json::from_value(value.clone()).ok().map(|operator| (id, operator)));
        }
    }

    /// Whether this changes the settings of the desk, another operator, or what this one may do.
    fn keeps(&self, batch: &Batch) -> bool {
        let own = |patch: &Value| {
            patch.as_object().is_some_and(|patch| patch.keys().all(|name| OWN.contains(&name.as_str())))
        };
        batch.edits.iter().any(|edit| {
            let RecordKey { kind, id } = edit.record;
            kind == Kind::Desk || (kind == Kind::Operator && !(id == self.me && own(&edit.patch)))
        })
    }
}

fn of_kind(records: &[(RecordKey, Value)], kind: Kind) -> impl Iterator<Item = (Id, &Value)> {
    records.iter().filter(move |(key, _)| key.kind == kind).map(|(key, value)| (key.id, value))
}

impl Viewer {
    fn of(records: &[(RecordKey, Value)]) -> Self {
        let books: Vec<Value> = of_kind(records, Kind::Codebook).map(|(_, value)| value.clone()).collect();
        let areas = of_kind(records, Kind::Desk).filter_map(|(_, desk)| desk.get("areas")?.as_array()).flatten();
        let areas = areas.filter_map(Value::as_str).map(str::to_owned).collect();
        Self { codebook: Codebook::from_records(&books), areas }
    }

    fn pass(&self, message: Msg) -> Msg {
        match message {
            Msg::Opened(mut opening) => {
                opening.records = self.records(std::mem::take(&mut opening.records));
                opening.cases = opening.cases.into_iter().map(|(brief, _)| self.brief(&brief)).collect();
                // A draft is what somebody else is being told.
                opening.drafts.clear();
                Msg::Opened(opening)
            }
            Msg::Arrived(Arrival::Cases(cases)) => {
                Msg::Arrived(Arrival::Cases(cases.into_iter().map(|(brief, _)| self.brief(&brief)).collect()))
            }
            Msg::Arrived(Arrival::Offices(offices)) => Msg::Arrived(Arrival::Offices(
                offices.into_iter().filter_map(|(id, o, _)| self.office(id, &o)).collect(),
            )),
            // A viewer works with nobody's name.
            Msg::Arrived(Arrival::Changed(records)) => Msg::Arrived(Arrival::Changed(self.records(records))),
            Msg::Arrived(Arrival::Persons(_)) => Msg::Arrived(Arrival::Persons(Vec::new())),
            Msg::Arrived(Arrival::Contacts(_)) => Msg::Arrived(Arrival::Contacts(Vec::new())),
            Msg::Committed { ticket, receipt } => {
                let records = self.records(receipt.records);
                Msg::Committed { ticket, receipt: Committed { records, ..receipt } }
            }
            // Whatever was asked for holds more than a list.
            Msg::Loaded { ticket, .. } => Msg::Loaded { ticket, answer: Answer::Nothing },
            // Each by its name: a message that is added later is thought about here.
            other @ (Msg::Key(_)
            | Msg::Paste(_)
            | Msg::Resize(..)
            | Msg::Wake
            | Msg::NotOpened(_)
            | Msg::Shut { .. }
            | Msg::Arrived(Arrival::Complete)
            | Msg::NotCommitted { .. }
            | Msg::NothingToUndo { .. }
            | Msg::DraftSaved { .. }
            | Msg::DraftNotSaved { .. }
            | Msg::Noted(_)
            | Msg::Warned(_)
            | Msg::Backup(_)
            | Msg::Sheets(_)
            | Msg::AskPassphrase { .. }
            | Msg::AskSeal { .. }
            | Msg::Unlocked { .. }
            | Msg::NotUnlocked { .. }
            | Msg::Recovering { .. }
            | Msg::RecoveryKey { .. }
            | Msg::KeysDone { .. }) => other,
        }
    }

    fn known(&self) -> Known<'_> {
        Known { codebook: &self.codebook, areas: &self.areas }
    }

    fn records(&self, records: Vec<(RecordKey, Value)>) -> Vec<(RecordKey, Value)> {
        records.into_iter().map(|(key, value)| (key, deidentified(key.kind, &value, &self.known()))).collect()
    }

    /// The row of a list, as [`deidentified`] leaves the case that it comes from.
    fn brief(&self, brief: &Brief) -> (Brief, Keys) {
        let listed = |list: &str, code: &str| self.codebook.entry(list, code).is_some();
        let topics: Vec<&str> = brief.topics().filter(|code| listed("topic", code)).collect();
        let topics = topics.join(brief::BETWEEN);
        let words = brief.words();
        let mut shown = brief.saying(&Words {
            number: words.number,
            outcome: words.outcome,
            caller_kind: Some(words.caller_kind).filter(|code| listed("caller-kind", code)).unwrap_or_default(),
            area: Some(words.area).filter(|area| self.areas.iter().any(|one| **one == **area)).unwrap_or_default(),
            topics: &topics,
            ..Words::default()
        });
        if let Some(flag) = &mut shown.flag {
            flag.reason.clear();
        }
        if let Some(hold) = &mut shown.hold {
            hold.reason.clear();
        }
        let keys = Keys::of(&case_entry(&shown));
        (shown, keys)
    }

    fn office(&self, id: Id, office: &Office) -> Option<(Id, Office, Keys)> {
        let value = deidentified(Kind::Office, &serde_json::to_value(office).ok()?, &self.known());
        let office: Office = serde_json::from_value(value).ok()?;
        let keys = Keys::of(&crate::app::entries::office_entry(&office));
        Some((id, office, keys))
    }
}

#[cfg(test)]
mod tests;
