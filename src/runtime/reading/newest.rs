//! The newest contacts, out of the journal from its end: what operators answered lately. A few thousand batches at most,
//! in steps as short as all others, so that a desk of any age opens as fast.

use serde_json::Value;

use crate::app::msg::{Answer, KeptSlip};
use crate::desk::contact::Contact;
use crate::desk::id::Id;
use crate::desk::record::{Kind, RecordKey};
use crate::journal::{Journal, ReadError};

use super::typed;

/// How many batches are read in one step, looks among them.
const STEP: usize = 32;
/// How many batches are read at most.
const BATCHES: usize = 2_000;
/// How many contacts are enough.
const CONTACTS: usize = 300;
/// A saved call is two persons, a case and a contact; of an import the first ones will do.
const CHANGES: usize = 6;

/// How far back it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Back {
    /// From before this number of the journal; none: from the end.
    before: Option<u64>,
    batches: usize,
    contacts: usize,
}

/// The next step: contacts as they are now, the newest first, and where to go on; none: that is enough.
pub(super) fn step(journal: &Journal, from: Back) -> (Vec<(Id, Contact)>, Option<Back>) {
    let mut back = from;
    let mut found = Vec::new();
    let mut met = 0;
    for logged in journal.batches_back(from.before, CHANGES).take(STEP) {
        let logged = match logged {
            Ok(logged) => logged,
            Err(error) => {
                // Nothing but proposals is made of it; the check of the whole store names what is damaged.
                tracing::error!(%error, "the newest contacts do not read");
                return (found, None);
            }
        };
        met += 1;
        back.before = Some(logged.seq);
        let made = logged.changes.iter().filter(|change| !change.is_look() && change.record.kind == Kind::Contact);
        for change in made.filter(|change| change.patch.get("at").is_some()) {
            // What was taken back or corrected since counts as it is now.
            if let Ok(Some(value)) = journal.get(change.record) {
                let id = change.record.id;
                found.extend(typed::<Contact>(Kind::Contact, id, value).map(|contact| (id, contact)));
            }
        }
    }
    back.batches += met;
    back.contacts += found.len();
    let more = met == STEP && back.batches < BATCHES && back.contacts < CONTACTS;
    (found, more.then_some(back))
}

/// A contact with its case.
pub(super) fn slip(journal: &Journal, id: Id) -> Result<Answer, ReadError> {
    let Some(contact) = journal.get(RecordKey::new(Kind::Contact, id))? else { return Ok(Answer::Nothing) };
    let of = |member: &str| contact.get(member).and_then(Value::as_str).and_then(|id| id.parse::<Id>().ok());
    let (case, operator) = (of("case").unwrap_or_default(), of("operator").unwrap_or_default());
    let case = journal.get(RecordKey::new(Kind::Case, case))?.unwrap_or_default();
    Ok(Answer::Slip(Box::new(KeptSlip { id, operator, contact, case })))
}
