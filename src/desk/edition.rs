//! 版: an edition made of the directory, what changed from one to another, and who still has an older one. Knows no words
//! for what it finds: members and codes are named, not labelled.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::document::{Document, Extent, Person, Recipient, Row};
use super::id::Id;
use super::office::{Answer, Office, Staff};

/// 連携室一覧表.
pub const LIAISON: &str = "liaison";
/// 医療機関一覧.
pub const MEDICAL: &str = "medical";
/// 施設一覧.
pub const FACILITY: &str = "facility";

/// The columns of an office in every list, with how each is read.
type Column<T> = (&'static str, fn(&T) -> String);

const COMMON: [Column<Office>; 8] = [
    ("name", |o| o.name.clone()),
    ("kind", |o| o.kind.clone()),
    ("department", |o| o.department.clone()),
    ("phone", |o| o.phone.clone()),
    ("extension", |o| o.extension.clone()),
    ("fax", |o| o.fax.clone()),
    ("area", |o| o.area.clone()),
    ("how_to_contact", |o| o.how_to_contact.clone()),
];

const OF_LIAISON: [Column<Office>; 2] = [("handles", |o| o.handles.clone()), ("best_time", |o| o.best_time.clone())];

const OF_MEDICAL: [Column<Office>; 6] = [
    ("postal_code", |o| o.postal_code.clone()),
    ("address", |o| o.address.clone()),
    ("services", |o| o.services.join("、")),
    ("hours", |o| o.hours.clone()),
    ("closed", |o| o.closed.clone()),
    ("capabilities", |o| able(o).join(" ")),
];

const OF_FACILITY: [Column<Office>; 5] = [
    ("postal_code", |o| o.postal_code.clone()),
    ("address", |o| o.address.clone()),
    ("services", |o| o.services.join("、")),
    ("capacity", |o| o.capacity.clone()),
    ("capabilities", |o| able(o).join(" ")),
];

const OF_STAFF: [Column<Staff>; 6] = [
    ("name", |s| s.name.clone()),
    ("department", |s| s.department.clone()),
    ("role", |s| s.role.clone()),
    ("phone", |s| s.phone.clone()),
    ("extension", |s| s.extension.clone()),
    ("handles", |s| s.handles.clone()),
];

/// What an office can, by the codes of list `capability`: those answered 可.
fn able(office: &Office) -> Vec<&str> {
    let known = office.capabilities.iter().filter(|(_, known)| known.answer == Answer::Yes);
    known.map(|(code, _)| code.as_str()).collect()
}

fn columns(list: &str) -> Vec<Column<Office>> {
    let own: &[Column<Office>] = match list {
        LIAISON => &OF_LIAISON,
        FACILITY => &OF_FACILITY,
        // A list of the desk's own shows what a list of medical offices does.
        _ => &OF_MEDICAL,
    };
    COMMON.iter().chain(own).copied().collect()
}

/// What a list is made of where nothing else is wanted.
pub fn usual_extent(list: &str) -> Extent {
    let kinds: &[&str] = match list {
        LIAISON => &["1"],
        MEDICAL => &["1", "2", "3", "4", "5"],
        FACILITY => &["8", "9"],
        _ => &[],
    };
    let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    Extent { kinds, staff: list == LIAISON, ..Extent::default() }
}

/// Whether the office belongs into an edition of this extent; `same` says whether two areas are one.
pub fn belongs(office: &Office, extent: &Extent, same: &impl Fn(&str, &str) -> bool) -> bool {
    let can = |code: &String| office.capabilities.get(code).is_some_and(|known| known.answer == Answer::Yes);
    !office.removed
        && (extent.kinds.is_empty() || extent.kinds.contains(&office.kind))
        && (extent.area.is_empty() || same(&office.area, &extent.area))
        && extent.able.iter().all(can)
}

/// The directory of this extent as an edition of the list, without a number yet: by kind, then by reading.
pub fn snapshot<'a>(
    offices: impl Iterator<Item = (Id, &'a Office)>,
    list: &str,
    extent: &Extent,
    same: &impl Fn(&str, &str) -> bool,
) -> Document {
    let columns = columns(list);
    let mut found: Vec<(Id, &Office)> = offices.filter(|(_, office)| belongs(office, extent, same)).collect();
    found.sort_by(|(a_id, a), (b_id, b)| {
        (&a.kind, a.reading(), &a.name, a_id).cmp(&(&b.kind, b.reading(), &b.name, b_id))
    });
    let person =
        |(id, staff): (Id, &Staff)| Person { id, cells: OF_STAFF.iter().map(|(_, cell)| cell(staff)).collect() };
    let rows = found.into_iter().map(|(id, office)| Row {
        id,
        cells: columns.iter().map(|(_, cell)| cell(office).trim().to_owned()).collect(),
        staff: if extent.staff { office.present_staff().into_iter().map(person).collect() } else { Vec::new() },
    });
    Document {
        list: list.to_owned(),
        extent: extent.clone(),
        rows: rows.collect(),
        columns: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        staff_columns: if extent.staff { OF_STAFF.map(|(name, _)| name.to_owned()).to_vec() } else { Vec::new() },
        ..Document::default()
    }
}

/// The number of the next edition of a list. One that was taken back stays given: it may have left the desk.
pub fn next_number<'a>(documents: impl Iterator<Item = &'a Document>, list: &str) -> u32 {
    let given = documents.map(|document| {
        let counted = document.numbers.get(list).copied().unwrap_or_default();
        if document.list == list { counted.max(document.number) } else { counted }
    });
    given.max().unwrap_or_default().saturating_add(1)
}

/// All editions of a list, the newest first.
pub fn editions<'a>(documents: &'a BTreeMap<Id, Document>, list: &str) -> Vec<(Id, &'a Document)> {
    let mut all: Vec<(Id, &Document)> =
        documents.iter().filter(|(_, d)| d.is_edition() && d.list == list).map(|(id, d)| (*id, d)).collect();
    all.sort_by(|(a_id, a), (b_id, b)| (b.number, b_id).cmp(&(a.number, a_id)));
    all
}

/// The edition of the list before this one.
pub fn before<'a>(documents: &'a BTreeMap<Id, Document>, document: &Document) -> Option<(Id, &'a Document)> {
    editions(documents, &document.list).into_iter().find(|(_, other)| other.number < document.number)
}

/// What is different in a row, or about a person of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The office is new in the list.
    Added,
    /// The office is no more in the list.
    Removed,
    /// A value of the office.
    Field {
        /// The member.
        member: String,
        /// What stood there.
        before: String,
        /// What stands there.
        after: String,
    },
    /// 担当者 who are new, by name.
    PersonAdded(String),
    /// 担当者 who are there no more, by name.
    PersonRemoved(String),
    /// A value of a person.
    PersonField {
        /// The name, as it is now.
        person: String,
        /// The member.
        member: String,
        /// What stood there.
        before: String,
        /// What stands there.
        after: String,
    },
}

/// What changed about one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub id: Id,
    /// Its name, as it is now.
    pub name: String,
    /// What, in the order of the columns, then of the staff.
    pub what: Vec<What>,
}

/// What changed from one edition to another: of offices that are in both first, then new ones, then those that are gone.
/// A column that only one of them has counts as no change: the list grew, not the office.
pub fn changes(before: &Document, after: &Document) -> Vec<Changed> {
    let old: BTreeMap<Id, &Row> = before.rows.iter().map(|row| (row.id, row)).collect();
    let new: BTreeMap<Id, &Row> = after.rows.iter().map(|row| (row.id, row)).collect();
    let whole = |document: &Document, row: &Row, what: What| Changed {
        id: row.id,
        name: document.cell(row, "name").to_owned(),
        what: vec![what],
    };
    let in_both = after.rows.iter().filter_map(|row| {
        let what = row_changes((before, old.get(&row.id)?), (after, row));
        (!what.is_empty()).then(|| Changed { id: row.id, name: after.cell(row, "name").to_owned(), what })
    });
    let added = after.rows.iter().filter(|row| !old.contains_key(&row.id)).map(|row| whole(after, row, What::Added));
    let gone = before.rows.iter().filter(|row| !new.contains_key(&row.id)).map(|row| whole(before, row, What::Removed));
    in_both.chain(added).chain(gone).collect()
}

fn row_changes((before, old): (&Document, &Row), (after, new): (&Document, &Row)) -> Vec<What> {
    let mut what = Vec::new();
    for member in after.columns.iter().filter(|member| before.columns.contains(member)) {
        let (was, is) = (before.cell(old, member), after.cell(new, member));
        if was != is {
            what.push(What::Field { member: member.clone(), before: was.to_owned(), after: is.to_owned() });
        }
    }
    // A list without staff tells nothing of who is there.
    if before.staff_columns.is_empty() || after.staff_columns.is_empty() {
        return what;
    }
    for person in &new.staff {
        let name = after.staff_cell(person, "name").to_owned();
        let Some(was) = old.staff.iter().find(|was| was.id == person.id) else {
            what.push(What::PersonAdded(name));
            continue;
        };
        for member in after.staff_columns.iter().filter(|member| before.staff_columns.contains(member)) {
            let (was, is) = (before.staff_cell(was, member), after.staff_cell(person, member));
            if was != is {
                let (before, after) = (was.to_owned(), is.to_owned());
                what.push(What::PersonField { person: name.clone(), member: member.clone(), before, after });
            }
        }
    }
    let gone = old.staff.iter().filter(|was| !new.staff.iter().any(|person| person.id == was.id));
    what.extend(gone.map(|was| What::PersonRemoved(before.staff_cell(was, "name").to_owned())));
    what
}

/// Somebody who holds an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder<'a> {
    /// The edition's identity.
    pub document: Id,
    /// The edition's number.
    pub number: u32,
    /// The entry's identity in the edition.
    pub entry: Id,
    /// Who.
    pub recipient: &'a Recipient,
}

/// 旧版を持つ配付先: who received an edition of the list, has not received the newest one, and has not given theirs back;
/// each once, with the newest that they have, the oldest first. `key` says who is one: an office is itself, others go by
/// their name.
pub fn holders_of_old<'a>(
    documents: &'a BTreeMap<Id, Document>,
    list: &str,
    key: &impl Fn(&Recipient) -> String,
) -> Vec<Holder<'a>> {
    let all = editions(documents, list);
    let Some((_, newest)) = all.first() else { return Vec::new() };
    let mut last: BTreeMap<String, Holder<'a>> = BTreeMap::new();
    for (document, edition) in &all {
        for (entry, recipient) in &edition.recipients {
            let holder = Holder { document: *document, number: edition.number, entry: *entry, recipient };
            let known = last.entry(key(recipient)).or_insert_with(|| holder.clone());
            // Of one edition received twice, the copy that is still there counts.
            if known.number == holder.number && known.recipient.back.is_some() {
                *known = holder;
            }
        }
    }
    let mut holders: Vec<Holder<'a>> =
        last.into_values().filter(|holder| holder.number < newest.number && holder.recipient.back.is_none()).collect();
    holders.sort_by(|a, b| (a.number, &a.recipient.name, a.entry).cmp(&(b.number, &b.recipient.name, b.entry)));
    holders
}

/// The offices that an edition goes to when it goes to all of its own: those in it.
pub fn everybody(document: &Document) -> Vec<(Id, &str)> {
    document.rows.iter().map(|row| (row.id, document.cell(row, "name"))).collect()
}

/// A recipient who is an office of the directory, or, where that is nobody, one of this name.
pub fn recipient(office: Id, name: &str, on: NaiveDate, how: &str, by: Id) -> Recipient {
    Recipient { office, name: name.trim().to_owned(), on: Some(on), how: how.to_owned(), by, copies: 1, back: None }
}

#[cfg(test)]
mod tests;
