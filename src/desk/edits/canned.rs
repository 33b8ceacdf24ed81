//! Changes of the desk's 定型文.

use super::super::canned::{self, Canned};
use super::super::id::Id;
use super::super::record::{Batch, Edit, Kind, RecordKey};

/// A text was written or changed, its name too; `None` when nothing differs. The record is the desk's own: `desk` is its
/// identity.
pub fn keep_canned(by: Id, desk: Id, before: Option<&Canned>, after: &Canned) -> Option<Batch> {
    if before == Some(after) {
        return None;
    }
    let record = RecordKey::new(Kind::Codebook, desk);
    let renamed = before.filter(|before| before.name != after.name);
    let mut edits: Vec<Edit> =
        renamed.into_iter().map(|before| Edit::new(record, canned::remove(&before.name))).collect();
    edits.push(Edit::new(record, canned::keep(after)));
    Some(Batch::new("done-keep-canned", by, edits))
}

/// A text was taken out.
pub fn remove_canned(by: Id, desk: Id, name: &str) -> Batch {
    let record = RecordKey::new(Kind::Codebook, desk);
    Batch::new("done-remove-canned", by, vec![Edit::new(record, canned::remove(name))])
}
