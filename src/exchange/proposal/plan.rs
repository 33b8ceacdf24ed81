//! What sheets that came back lead to: proposals that wait for somebody to decide. Compares with the directory as it is now;
//! changes nothing of it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::person_value;
use super::read::{Person, Returned, same};
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::desk::phone;
use crate::desk::proposal::{Expected, Item, LEFT, Part, Proposal, STAFF_FIELDS, new_person_line, present};
use crate::search::fold;

/// What became of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Came {
    /// It waits.
    Waits(Box<Proposal>),
    /// Nothing on it differs from the directory.
    Nothing,
    /// It was read before.
    Known,
}

/// Who reads sheets in, and when.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// The operator.
    pub by: Id,
    /// Today at the desk.
    pub today: NaiveDate,
}

/// What this sheet leads to in this directory; `before` are the proposals that are there.
pub fn plan<'o>(
    returned: &Returned,
    offices: &dyn Fn(Id) -> Option<&'o Office>,
    all: &mut dyn FnMut() -> Vec<(Id, &'o Office)>,
    mut before: impl Iterator<Item = &'o Proposal>,
    reader: Reader,
) -> Came {
    if before.any(|known| known.mark == returned.mark) {
        return Came::Known;
    }
    let own = returned.office.filter(|id| offices(*id).is_some_and(|office| !office.removed));
    let office = own.or_else(|| alone(returned, &all()));
    let entry = office.and_then(offices).cloned().unwrap_or_default();
    let mut proposal = Proposal {
        office: office.unwrap_or_default(),
        sure: own.is_some(),
        name: if returned.name.is_empty() { entry.name.clone() } else { returned.name.clone() },
        made_on: returned.made_on,
        received_on: Some(reader.today),
        by: reader.by,
        file: returned.at.file.clone(),
        sheet: returned.at.sheet.clone(),
        mark: returned.mark.clone(),
        ..Proposal::default()
    };
    for value in &returned.values {
        let (wanted, expected) = match &value.wanted {
            Ok(wanted) => (wanted.clone(), None),
            Err((written, expected)) => (written.clone(), Some(*expected)),
        };
        // What the directory holds by now needs nobody's decision.
        if expected.is_none() && office.is_some() && same(&value.part, &wanted, &present(&entry, &value.part)) {
            continue;
        }
        let base = value.base.clone().unwrap_or_default();
        let item = Item { base, wanted, expected, cell: value.at.cell.clone(), ..Item::default() };
        proposal.items.insert(value.part.to_string(), item);
    }
    for person in &returned.people {
        people(person, &entry, &mut proposal);
    }
    proposal.unchanged = returned.unchanged && proposal.items.is_empty();
    if proposal.items.is_empty() && !proposal.unchanged { Came::Nothing } else { Came::Waits(Box::new(proposal)) }
}

/// The only office of the name, or of the number, on the sheet; a name that is another's number is nobody's.
fn alone(returned: &Returned, all: &[(Id, &Office)]) -> Option<Id> {
    let (name, digits) = (fold::text(&returned.name), phone::digits(&returned.phone));
    let mut scores: HashMap<Id, u8> = HashMap::new();
    for (id, office) in all.iter().filter(|(_, office)| !office.removed) {
        let named = !name.is_empty() && fold::text(&office.name) == name;
        let called = !digits.is_empty() && phone::digits(&office.phone) == digits;
        if named || called {
            scores.insert(*id, u8::from(named) + u8::from(called));
        }
    }
    let best = scores.values().max().copied()?;
    let mut at_best = scores.iter().filter(|(_, score)| **score == best).map(|(id, _)| *id);
    match (at_best.next(), at_best.next()) {
        (Some(id), None) => Some(id),
        _ => None,
    }
}

/// A row of the table: changes of somebody who is there, or somebody new.
fn people(row: &Person, entry: &Office, proposal: &mut Proposal) {
    let own = row.id.filter(|id| entry.staff.contains_key(id));
    // A row that lost its key is known by the name.
    let named = || {
        let mut same =
            entry.present_staff().into_iter().filter(|(_, person)| fold::same(&person.name, &row.staff.name));
        same.next().filter(|_| row.id.is_none() && !row.staff.name.is_empty()).map(|(id, _)| id)
    };
    let mut put = |part: &Part, item: Item| _ = proposal.items.insert(part.to_string(), item);
    let Some(id) = own.or_else(named) else {
        // Who left before anybody knew of them is nobody's business.
        if !row.left {
            let person = Some(Staff { left: false, ..row.staff.clone() });
            let expected = row.bad_phone.then_some(Expected::Phone);
            let wanted = new_person_line(&row.staff);
            put(&Part::New(row.row), Item { wanted, person, expected, cell: row.at.cell.clone(), ..Item::default() });
        }
        return;
    };
    let Some(known) = entry.staff.get(&id) else { return };
    if row.left {
        if !known.left {
            put(&Part::Left(id), Item { wanted: LEFT.to_owned(), cell: row.at.cell.clone(), ..Item::default() });
        }
        return;
    }
    for (at, member) in STAFF_FIELDS.into_iter().enumerate() {
        let part = Part::Staff(id, member);
        let (now, wanted) = (person_value(known, member), person_value(&row.staff, member));
        let base = row.base.as_ref().and_then(|base| base.get(at)).cloned();
        let stood = base.clone().unwrap_or_else(|| now.clone());
        // Without what stood there, an empty cell says nothing.
        if same(&part, &wanted, &stood) || same(&part, &wanted, &now) || (base.is_none() && wanted.is_empty()) {
            continue;
        }
        let bad = member == "phone" && row.bad_phone;
        let expected =
            if bad { Some(Expected::Phone) } else { (member == "name" && wanted.is_empty()).then_some(Expected::Name) };
        put(&part, Item { base: stood, wanted, expected, cell: row.at.cell.clone(), ..Item::default() });
    }
}
