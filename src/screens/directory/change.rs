//! What changes the directory: new offices and people, corrections, checks, removals.

use chrono::{Days, NaiveDate};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Directory;
use super::fields::{ACCEPTING, OFFICE, STAFF};
use crate::app::hands::{Hands, Request, Tone};
use crate::desk::edits::{self, compact};
use crate::desk::id::Id;
use crate::desk::office::{Office, Staff};
use crate::desk::say::Say;
use crate::popups::abilities::Abilities;
use crate::popups::confirm::Confirm;
use crate::popups::picker::{Picker, codes};
use crate::popups::prompt::Prompt;
use crate::popups::sheet::Sheet;
use crate::screens::form::Form;
use crate::screens::form::field::{Field, Target};
use crate::screens::form::values::Values;
use crate::search::{Readings, fold};

/// The value that a sheet leads to: the members that its fields show are taken from the sheet, the others stay.
fn merged<T: DeserializeOwned>(
    before: &impl serde::Serialize,
    values: &Values,
    fields: &[Field],
    target: Target,
) -> Result<T, Say> {
    let mut members = match compact(before) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for field in fields {
        match values.get(target, field.member) {
            Some(value) => members.insert(field.member.to_owned(), value.clone()),
            None => members.remove(field.member),
        };
    }
    serde_json::from_value(Value::Object(members)).map_err(|_| Say::new("form-not-understood"))
}

fn filled(record: &impl serde::Serialize, target: Target) -> Values {
    let mut values = Values::default();
    if let Value::Object(members) = compact(record) {
        values.set_record(target, members);
    }
    values
}

fn office_from(before: &Office, values: &Values) -> Result<Office, Say> {
    let mut office: Office = merged(before, values, OFFICE, Target::Office)?;
    if office.name.trim().is_empty() {
        return Err(Say::new("directory-name-missing"));
    }
    office.postal_code = crate::desk::phone::digits(&office.postal_code);
    if !office.kana.is_empty() {
        office.kana_guess.clear();
    } else if office.name != before.name {
        office.kana_guess = Readings::new().guess(&office.name);
    }
    Ok(office)
}

/// Days for which what was told of places holds where nobody said until when.
const HOLDS: Days = Days::new(14);

fn accepting_from(before: &Office, values: &Values, today: NaiveDate) -> Result<Office, Say> {
    let mut office: Office = merged(before, values, ACCEPTING, Target::Office)?;
    let told = !office.accepting.is_empty() || !office.waiting.is_empty();
    let again = (&office.accepting, &office.waiting) != (&before.accepting, &before.waiting);
    office.accepting_until = match office.accepting_until {
        _ if !told => None,
        // A day that was left from the last time says nothing of what is told now.
        until if until.is_none() || again && until == before.accepting_until => today.checked_add_days(HOLDS),
        until => until,
    };
    if office.accepting_until.is_some_and(|until| until < today) {
        return Err(Say::new("directory-accepting-past"));
    }
    Ok(office)
}

fn staff_from(before: &Staff, values: &Values) -> Result<Staff, Say> {
    let staff: Staff = merged(before, values, STAFF, Target::Staff)?;
    if staff.name.trim().is_empty() && staff.department.trim().is_empty() {
        return Err(Say::new("directory-staff-name-missing"));
    }
    Ok(staff)
}

/// The sheet of an office. What it leads to is kept, but is no check of the whole entry.
pub fn edit_entry(id: Id, office: &Office, hands: &mut Hands<'_>) {
    let before = office.clone();
    let form = Form::new(OFFICE, filled(office, Target::Office));
    let title = Say::new("directory-edit-title").with("name", office.name.clone());
    hands.open(Sheet::new(title, form, move |hands, values| {
        let after = office_from(&before, values)?;
        if let Some(batch) = edits::edit_office(hands.model.me, id, &before, &after, hands.today()) {
            hands.commit(batch);
        }
        Ok(())
    }));
}

/// The sheet of a person at an office.
pub fn edit_person(office: Id, (id, person): (Id, &Staff), hands: &mut Hands<'_>) {
    let before = person.clone();
    let form = Form::new(STAFF, filled(person, Target::Staff));
    let title = Say::new("directory-edit-staff-title").with("name", person.name.clone());
    hands.open(Sheet::new(title, form, move |hands, values| {
        let after = staff_from(&before, values)?;
        if let Some(batch) = edits::edit_staff(hands.model.me, office, id, &before, &after, hands.today()) {
            hands.commit(batch);
        }
        Ok(())
    }));
}

/// The sheet of a person who is nowhere yet; what it leads to goes to `then`.
pub fn correct_person(
    title: Say,
    person: &Staff,
    hands: &mut Hands<'_>,
    then: impl Fn(&mut Hands<'_>, &Staff) + 'static,
) {
    let before = person.clone();
    let form = Form::new(STAFF, filled(person, Target::Staff));
    hands.open(Sheet::new(title, form, move |hands, values| {
        let after = staff_from(&before, values)?;
        then(hands, &after);
        Ok(())
    }));
}

/// The sheet of a new person at an office.
pub fn add_person(office: Id, found: &Office, hands: &mut Hands<'_>) {
    let order = found.staff.values().map(|person| person.order).max().unwrap_or(0) + 1;
    let id = hands.ids.fresh();
    let title = Say::new("directory-add-staff-title").with("name", found.name.clone());
    hands.open(Sheet::new(title, Form::new(STAFF, Values::default()), move |hands, values| {
        let staff = staff_from(&Staff { order, ..Staff::default() }, values)?;
        let batch = edits::add_staff(hands.model.me, office, id, &staff, hands.today());
        hands.commit(batch);
        Ok(())
    }));
}

/// 受入 and 待ち just now, and until when that holds.
pub fn tell_accepting(id: Id, office: &Office, hands: &mut Hands<'_>) {
    let before = office.clone();
    let title = Say::new("directory-accepting-title").with("name", office.name.clone());
    let form = Form::new(ACCEPTING, filled(office, Target::Office));
    hands.open(Sheet::new(title, form, move |hands, values| {
        let after = accepting_from(&before, values, hands.today())?;
        if let Some(batch) = edits::edit_office(hands.model.me, id, &before, &after, hands.today()) {
            hands.commit(batch);
        }
        Ok(())
    }));
}

impl Directory {
    pub(super) fn add_office(&mut self, hands: &mut Hands<'_>) {
        let mut values = Values::default();
        // What was typed and found nothing is probably the name; digits are a number.
        let typed = fold::one_line(self.field.text());
        let member = if typed.chars().any(char::is_alphabetic) { "name" } else { "phone" };
        values.set_text(Target::Office, member, typed.trim());
        if let Some(kind) = &self.kind {
            values.set_text(Target::Office, "kind", kind);
        }
        let id = hands.ids.fresh();
        hands.open(Sheet::new(Say::new("directory-add-title"), Form::new(OFFICE, values), move |hands, values| {
            let office = office_from(&Office::default(), values)?;
            let batch = edits::add_office(hands.model.me, id, &office, hands.today());
            hands.commit(batch);
            hands.ask(Request::ShowOffice(id));
            Ok(())
        }));
    }

    /// The sheet of the person with the keys, else of the office.
    pub(super) fn edit_chosen(&mut self, hands: &mut Hands<'_>) {
        let Some((id, office)) = self.office(hands.model) else { return };
        match self.person(hands.model) {
            Some((person_id, person)) => edit_person(id, (person_id, person), hands),
            None => edit_entry(id, office, hands),
        }
        // The sheet is all that shows the whole entry: it opens for who may only read it, too.
        if let Some(say) = hands.model.refusal() {
            hands.say(say, Tone::Warning);
        }
    }

    /// The reading alone, in one line: what was guessed stands there to be corrected, and is kept as known by `Enter`.
    pub(super) fn fix_reading(&mut self, hands: &mut Hands<'_>) {
        let Some((id, office)) = self.office(hands.model) else { return };
        let before = office.clone();
        let title = Say::new("directory-reading-title").with("name", office.name.clone());
        let about = Say::new("directory-reading-about");
        hands.open(Prompt::new(title, about, office.reading(), move |hands, typed| {
            let after = Office { kana: fold::one_line(typed), kana_guess: String::new(), ..before.clone() };
            if let Some(batch) = edits::edit_office(hands.model.me, id, &before, &after, hands.today()) {
                hands.commit(batch);
            }
            Ok(())
        }));
    }

    pub(super) fn add_staff(&mut self, hands: &mut Hands<'_>) {
        if let Some((id, office)) = self.office(hands.model) {
            add_person(id, office, hands);
        }
    }

    /// What the office can do, in a grid.
    pub(super) fn set_abilities(&self, hands: &mut Hands<'_>) {
        let Some((id, office)) = self.office(hands.model) else { return };
        let popup = Abilities::new(id, office, hands);
        hands.open(popup);
    }

    pub(super) fn set_accepting(&self, hands: &mut Hands<'_>) {
        if let Some((id, office)) = self.office(hands.model) {
            tell_accepting(id, office, hands);
        }
    }

    /// Asked how it was checked: one key.
    pub(super) fn verify(&mut self, hands: &mut Hands<'_>) {
        let Some((id, office)) = self.office(hands.model) else { return };
        let list = "method";
        let choices = codes(list, hands);
        let title = Say::new("directory-verify-title").with("name", office.name.clone());
        hands.open(Picker::new(title, choices, Some("1"), move |hands, how| {
            let batch = edits::verify_offices(hands.model.me, &[id], hands.today(), how);
            hands.commit(batch);
        }));
    }

    /// A person leaves, an office is taken out: asked before, and undone by one key.
    pub(super) fn remove(&mut self, hands: &mut Hands<'_>) {
        let Some((id, office)) = self.office(hands.model) else { return };
        if let Some((person_id, person)) = self.person(hands.model) {
            let question = Say::new("directory-staff-left-question").with("name", person.name.clone());
            hands.open(Confirm::new(question, move |hands| {
                let batch = edits::staff_left(hands.model.me, id, person_id, hands.today());
                hands.commit(batch);
            }));
            return;
        }
        let question = Say::new("directory-remove-question").with("name", office.name.clone());
        hands.open(Confirm::new(question, move |hands| {
            let batch = edits::remove_offices(hands.model.me, &[id]);
            hands.commit(batch);
            hands.say(Say::new("directory-removed"), Tone::Good);
        }));
    }
}
