//! What all contacts tell of whom the desk reaches, out of the journal in parts as short as all others.

use crate::app::reach::Part;
use crate::desk::contact::Contact;
use crate::desk::id::Id;
use crate::desk::reach::Told;
use crate::desk::record::Kind;
use crate::journal::Journal;

use super::{page, typed};

/// The contacts after this one.
pub(super) fn part(journal: &Journal, after: Option<Id>) -> Part {
    let (page, next) = page(journal, Kind::Contact, after);
    let told = |(id, value)| {
        let contact: Option<Contact> = typed(Kind::Contact, id, value);
        (id, contact.as_ref().and_then(Told::of))
    };
    Part { after, told: page.into_iter().map(told).collect(), next }
}
