//! What persons called about before, out of the journal.

use std::collections::BTreeMap;

use crate::app::msg::{Answer, History};
use crate::desk::contact::Contact;
use crate::desk::id::Id;
use crate::desk::index;
use crate::desk::record::{Kind, RecordKey};
use crate::journal::{Journal, ReadError};

use super::typed;

/// How many contacts are handed on.
const MOST: usize = 12;

/// The last contacts of these persons, those that they made and those about them, the newest first.
pub(super) fn history(journal: &Journal, persons: &[Id]) -> Result<Answer, ReadError> {
    let mut found: BTreeMap<Id, Contact> = BTreeMap::new();
    let mut add = |key: RecordKey| -> Result<(), ReadError> {
        if let Some(value) = journal.get(key)? {
            found.extend(typed::<Contact>(Kind::Contact, key.id, value).map(|contact| (key.id, contact)));
        }
        Ok(())
    };
    for person in persons {
        for key in journal.index_at(index::CALLER, person.bytes())? {
            add(key)?;
        }
        for case in journal.index_at(index::SUBJECT, person.bytes())? {
            for key in journal.index_at(index::CASE, case.id.bytes())? {
                add(key)?;
            }
        }
    }
    let mut contacts: Vec<(Id, Contact)> = found.into_iter().collect();
    contacts.sort_by_key(|(id, contact)| std::cmp::Reverse((contact.at, *id)));
    contacts.truncate(MOST);
    let contacts = contacts.into_iter().map(|(_, contact)| contact).collect();
    Ok(Answer::Persons(Box::new(History { persons: persons.to_vec(), contacts })))
}
