//! What a role may do, and whose eyes what leaves the desk meets: a viewer's get de-identified lists and nothing else. The
//! one place where roles bind, on the screen and on the command line: neither has a name that it could show a viewer.

use serde_json::Value;

use crate::app::entries::case_entry;
use crate::app::msg::{Answer, Arrival, Committed, Effect, KeysTask, Msg, Opening};
use crate::desk::brief::Brief;
use crate::desk::codebook::Codebook;
use crate::desk::deidentify::{Known, deidentified};
use crate::desk::id::Id;
use crate::desk::office::Office;
use crate::desk::operator::{Operator, Role, role_of};
use crate::desk::record::{Kind, RecordKey};
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
}

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
        Self { viewer: (role == Role::Viewer).then(|| Viewer::of(records)) }
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
            self.viewer = is_viewer(opening).then(|| Viewer::of(&opening.records));
        }
        match &self.viewer {
            Some(viewer) => viewer.pass(message),
            None => message,
        }
    }

    /// Why this may not be carried out for who sits at the desk; `None` where it may.
    pub fn refuses(&self, effect: &Effect) -> Option<Msg> {
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
            | Effect::Copy(_)
            | Effect::Redraw
            | Effect::Quit => None,
        }
    }
}

/// Whether who opened this desk is a viewer.
fn is_viewer(opening: &Opening) -> bool {
    let operators: Vec<(Id, Operator)> = of_kind(&opening.records, Kind::Operator)
        .filter_map(|(id, value)| Some((id, serde_json::from_value(value.clone()).ok()?)))
        .collect();
    opening.last_operator.is_some_and(|me| role_in(&operators, me) == Role::Viewer)
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
                opening.cases = opening.cases.into_iter().map(|(brief, _)| self.brief(brief)).collect();
                // A draft is what somebody else is being told.
                opening.drafts.clear();
                Msg::Opened(opening)
            }
            Msg::Arrived(Arrival::Cases(cases)) => {
                Msg::Arrived(Arrival::Cases(cases.into_iter().map(|(brief, _)| self.brief(brief)).collect()))
            }
            Msg::Arrived(Arrival::Offices(offices)) => Msg::Arrived(Arrival::Offices(
                offices.into_iter().filter_map(|(id, o, _)| self.office(id, &o)).collect(),
            )),
            // A viewer works with nobody's name.
            Msg::Arrived(Arrival::Changed(records)) => Msg::Arrived(Arrival::Changed(self.records(records))),
            Msg::Arrived(Arrival::Persons(_)) => Msg::Arrived(Arrival::Persons(Vec::new())),
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
    fn brief(&self, brief: Brief) -> (Brief, Keys) {
        let area = if self.areas.iter().any(|area| **area == *brief.area) { brief.area } else { "".into() };
        let listed = |list: &str, code: &str| self.codebook.entry(list, code).is_some();
        let flag = brief.flag.map(|mut flag| {
            flag.reason.clear();
            flag
        });
        let hold = brief.hold.map(|mut hold| {
            hold.reason.clear();
            hold
        });
        let caller_kind = Some(brief.caller_kind).filter(|code| listed("caller-kind", code)).unwrap_or_default();
        let topics = brief.topics.into_vec().into_iter().filter(|code| listed("topic", code)).collect();
        let empty = || Box::<str>::from("");
        let brief = Brief {
            next_action: empty(),
            caller: empty(),
            kana: empty(),
            summary: empty(),
            subject: empty(),
            area,
            flag,
            hold,
            caller_kind,
            topics,
            ..brief
        };
        let keys = Keys::of(&case_entry(&brief));
        (brief, keys)
    }

    fn office(&self, id: Id, office: &Office) -> Option<(Id, Office, Keys)> {
        let value = deidentified(Kind::Office, &serde_json::to_value(office).ok()?, &self.known());
        let office: Office = serde_json::from_value(value).ok()?;
        let keys = Keys::of(&crate::app::entries::office_entry(&office));
        Some((id, office, keys))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::*;
    use crate::app::msg::{CaseFile, Query, Ticket};
    use crate::desk::case::{Case, Flag, Hold};
    use crate::desk::record::{Batch, Stamp};

    const ME: Id = Id::from_bytes([1; 16]);
    const OTHER: Id = Id::from_bytes([2; 16]);
    const NAME: &str = "架空花枝";

    fn case() -> Case {
        Case {
            number: "R8-0001".to_owned(),
            subject_name: NAME.to_owned(),
            subject_kana: NAME.to_owned(),
            caller: NAME.to_owned(),
            summary: NAME.to_owned(),
            next_action: NAME.to_owned(),
            area: NAME.to_owned(),
            topics: vec!["h".to_owned(), NAME.to_owned()],
            caller_kind: NAME.to_owned(),
            flag: Some(Flag {
                at: DateTime::parse_from_rfc3339("2026-11-24T10:00:00+09:00").unwrap(),
                by: OTHER,
                reason: NAME.to_owned(),
            }),
            hold: Some(Hold {
                at: DateTime::parse_from_rfc3339("2026-11-24T10:00:00+09:00").unwrap(),
                by: OTHER,
                reason: NAME.to_owned(),
            }),
            ..Case::default()
        }
    }

    fn row() -> (Brief, Keys) {
        let brief = Brief::of(OTHER, &case());
        let keys = Keys::of(&case_entry(&brief));
        (brief, keys)
    }

    fn opening(role: &str) -> Msg {
        let record = |kind, id, value| (RecordKey::new(kind, id), value);
        Msg::Opened(Box::new(Opening {
            records: vec![
                record(Kind::Desk, OTHER, json!({"areas": ["架空中央"]})),
                record(Kind::Operator, ME, json!({"name": "閲覧", "role": role})),
                record(Kind::Operator, OTHER, json!({"name": "管理", "role": "supervisor"})),
                record(Kind::Policy, OTHER, json!({"text": NAME})),
                record(Kind::Meeting, OTHER, json!({"note": NAME, "place": NAME})),
            ],
            cases: vec![row()],
            drafts: vec![(OTHER, json!({"slip": NAME}))],
            last_operator: Some(ME),
            ..Opening::default()
        }))
    }

    /// Everything that comes from the store, as text.
    fn everything(eyes: &mut Eyes, role: &str) -> String {
        let office = Office { name: "架空病院".to_owned(), note: NAME.to_owned(), ..Office::default() };
        let keys = Keys::of(&crate::app::entries::office_entry(&office));
        let file = CaseFile { id: OTHER, case: case(), contacts: vec![] };
        let record = (RecordKey::new(Kind::Case, OTHER), serde_json::to_value(case()).unwrap());
        let batch = Batch::new("done-edit-case", OTHER, vec![]);
        let receipt = Committed {
            batch: Stamp::default(),
            at: DateTime::parse_from_rfc3339("2026-11-24T10:00:00+09:00").unwrap(),
            what: batch.what,
            records: vec![record],
        };
        let messages = vec![
            opening(role),
            Msg::Arrived(Arrival::Cases(vec![row()])),
            Msg::Arrived(Arrival::Offices(vec![(OTHER, office, keys)])),
            Msg::Committed { ticket: Ticket(1), receipt },
            Msg::Loaded { ticket: Ticket(2), answer: Answer::CaseFile(Box::new(file)) },
        ];
        let seen: Vec<Msg> = messages.into_iter().map(|message| eyes.pass(message)).collect();
        format!("{seen:?}")
    }

    #[test]
    fn no_name_reaches_a_viewer_by_any_way() {
        let mut eyes = Eyes::default();
        let seen = everything(&mut eyes, "viewer");
        assert!(!seen.contains(NAME), "{seen}");
        assert!(seen.contains("R8-0001") && seen.contains("架空病院"), "{seen}");
        assert!(everything(&mut Eyes::default(), "operator").contains(NAME));
    }

    #[test]
    fn a_viewer_changes_and_opens_nothing() {
        let (mut viewer, mut operator) = (Eyes::default(), Eyes::default());
        viewer.pass(opening("viewer"));
        operator.pass(opening("operator"));
        let ticket = Ticket(3);
        for (effect, refused) in [
            (Effect::Commit { ticket, batch: Batch::new("done-edit-case", ME, vec![]) }, true),
            (Effect::Undo { ticket, operator: ME }, true),
            (Effect::Load { ticket, query: Query::CaseFile(OTHER) }, true),
            (Effect::SaveDraft { id: OTHER, version: 1, draft: json!({}) }, true),
            (Effect::Keys { ticket, task: KeysTask::RemoveOperator { id: OTHER } }, true),
            (Effect::Keys { ticket, task: KeysTask::NewRecoveryKey }, true),
            (Effect::Keys { ticket, task: KeysTask::Holders }, false),
            (Effect::Lock, false),
        ] {
            assert_eq!(viewer.refuses(&effect).is_some(), refused, "{effect:?}");
            assert!(operator.refuses(&effect).is_none(), "{effect:?}");
        }
    }

    #[test]
    fn a_role_may_what_its_name_says_and_who_is_not_known_only_views() {
        let acts = [Act::Free, Act::List, Act::Work, Act::Supervise];
        for (role, may) in [
            (Role::Viewer, [true, true, false, false]),
            (Role::Operator, [true, true, true, false]),
            (Role::Supervisor, [true; 4]),
        ] {
            assert_eq!(acts.map(|act| allows(role, act).is_ok()), may, "{role:?}");
        }
        let known = [(ME, Operator { role: "supervisor".to_owned(), ..Operator::default() })];
        assert_eq!((role_in(&known, ME), role_in(&known, OTHER)), (Role::Supervisor, Role::Viewer));
    }

    #[test]
    fn who_opens_next_is_looked_at_anew() {
        let mut eyes = Eyes::default();
        eyes.pass(opening("viewer"));
        let seen = format!("{:?}", eyes.pass(opening("operator")));
        assert!(seen.contains(NAME));
    }
}
