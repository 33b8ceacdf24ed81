//! What the records of the log are called on the screen.

use crate::app::model::Model;
use crate::desk::record::{Kind, RecordKey};

/// A case's number, a name, a meeting's day; the beginning of the identity of what is no more; empty for the desk.
pub(super) fn record(key: RecordKey, model: &Model) -> String {
    let known = match key.kind {
        Kind::Desk => return String::new(),
        Kind::Case => model.brief(key.id).map(|brief| brief.number().to_string()),
        Kind::Operator => Some(model.operator_name(key.id).to_owned()),
        Kind::Office => model.offices.get(&key.id).map(|office| office.name.clone()),
        Kind::Meeting => model.meetings.get(&key.id).and_then(|meeting| Some(meeting.on?.to_string())),
        Kind::Person => model.known.get(key.id).map(|card| card.name.to_string()),
        Kind::Contact
        | Kind::Task
        | Kind::Policy
        | Kind::Codebook
        | Kind::Activity
        | Kind::Document
        | Kind::Disposal
        | Kind::Usage
        | Kind::Inquiry
        | Kind::Round
        | Kind::Survey
        | Kind::Proposal => None,
    };
    known.unwrap_or_else(|| key.id.to_string().chars().take(8).collect())
}
