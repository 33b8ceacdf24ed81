//! Changes of the editions that a desk gives away.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::super::document::{Document, Recipient};
use super::super::id::Id;
use super::super::record::{Batch, Edit, Kind, RecordKey};
use super::{compact, create};

fn edit(id: Id, patch: Value) -> Edit {
    Edit::new(RecordKey::new(Kind::Document, id), patch)
}

/// The number of an edition is given. It is the desk's doing and nobody's: taking back the edition does not give its number
/// to another one, for a paper with it may have left. To be kept before [`make_edition`]; `desk` is the desk's identity.
pub fn number_edition(desk: Id, list: &str, number: u32) -> Batch {
    let mut numbers = Map::new();
    numbers.insert(list.to_owned(), Value::from(number));
    Batch::new("done-number-edition", Id::NIL, vec![edit(desk, json!({ "numbers": numbers }))])
}

/// An edition was made.
pub fn make_edition(by: Id, id: Id, edition: &Document) -> Batch {
    Batch::new("done-make-edition", by, vec![create(Kind::Document, id, edition)])
}

/// These received an edition.
pub fn give_edition(by: Id, id: Id, recipients: &[(Id, Recipient)]) -> Batch {
    let entries = recipients.iter().map(|(entry, recipient)| (entry.to_string(), compact(recipient)));
    let entries: Map<String, Value> = entries.collect();
    Batch::new("done-give-edition", by, vec![edit(id, json!({ "recipients": entries }))])
}

/// An entry of who received an edition was wrong.
pub fn ungive_edition(by: Id, id: Id, entry: Id) -> Batch {
    Batch::new("done-ungive-edition", by, vec![edit(id, json!({ "recipients": { entry.to_string(): null } }))])
}

/// An edition was taken back from who received it, or was not after all.
pub fn edition_back(by: Id, id: Id, entry: Id, on: Option<NaiveDate>) -> Batch {
    let patch = json!({ "recipients": { entry.to_string(): { "back": on } } });
    Batch::new("done-edition-back", by, vec![edit(id, patch)])
}
